"""`nianlun deadlines`: what is to be done by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import current_language, option
from nianlun.language import Words
from nianlun.messages import say
from nianlun.options import NO_MATCH, OK, Run, common, filters
from nianlun.output import cell, column

if TYPE_CHECKING:
    from index.lists import DeadlineRow


class DaysType(click.ParamType):
    """A day, month or year, or the first and the last: 2014-03-18, 2014-03, 2014, 2014-01..2014-06."""

    name = "days"

    def __init__(self, *, span: bool) -> None:
        self.span = span

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, tuple):
            return value
        from index.errors import BadDay
        from index.inputs import parse_days

        try:
            days = parse_days(str(value))
        except BadDay as error:
            key = "days_reversed" if error.reversed else "bad_day"
            self.fail(say(key, current_language(), value=value), param, ctx)
        if isinstance(days, tuple) and not self.span:
            self.fail(say("no_single_day", current_language(), value=value), param, ctx)
        return days


@bilingual.command(
    "deadlines",
    "任务台账:写明时限的任务、责任单位、数量、时限、出处,按日期先后,推不出日期的排在最后。"
    "任务或责任单位取自标题或上文的,标明(据标题)、(据上文);读不出任务的,列原句。"
    "报告里已经说完成了的、只是说到那时为止情况如何的(到10月底已建成9个),不是任务,不列,报个数;加 --done 列出。",
    "Ledger of tasks: what is due, who is to do it, how much, by when, where it stands; by date, those without a day come last."
    " What was taken from a heading or another sentence says so; where no task could be read, the sentence stands."
    " What the report tells as done, or as how things stood by then, is no task: it is counted, and listed with --done.",
    ("nianlun deadlines", "全部时限", "all of them"),
    ("nianlun deadlines --due 2014-03", "2014 年 3 月到期的", "due in March 2014"),
    ("nianlun deadlines --overdue-at 2014-04-01", "到 2014 年 4 月 1 日已过期的", "due before that day"),
)
@option("--due", type=DaysType(span=True), metavar="DAY", zh="到期日:2014-03-18、2014-03、2014 或 2014-01..2014-06",
        en="due: a day, a month, a year, or first..last")  # fmt: skip
@option("--overdue-at", type=DaysType(span=False), metavar="DAY", zh="到这一天已过期的", en="due before that day")
@option("--done", is_flag=True, zh="连报告里已说完成的也列出", en="also what is told as done")
@filters()
@common()
def command(run: Run, due: Any, overdue_at: str | None, done: bool, filters: dict[str, Any]) -> int:
    from nianlun.empty import explain_empty
    from nianlun.rows import base_row, deadline_row

    with run.index() as index:
        answer = index.deadlines(due=due, overdue_at=overdue_at, done=done, **filters)
        about = {
            "base": base_row(answer.base), "apart": [deadline_row(one) for one in answer.apart],
            "done": [deadline_row(one) for one in answer.done],
        }  # fmt: skip
        rows = [deadline_row(one) for one in answer]
        places = {id(row): at for at, row in enumerate(rows, start=1)}
        number = column("number", "序号", "no.", lambda row: str(places[id(row)]), right=True, spare=4)
        run.write(
            rows,
            [
                *([] if run.output_form == "tsv" else [number]),
                column("task", "任务", "task", lambda row: _task(row, run.lang), ratio=4),
                column(
                    "who",
                    "责任单位",
                    "who",
                    lambda row: _known(row["who"], row["who_basis"], run.lang),
                    ratio=1,
                    spare=1,
                ),
                column(
                    "amounts",
                    "数量",
                    "how much",
                    lambda row: cell(row["amounts"] if row["task"] else row["numbers"], run.lang),
                    ratio=1,
                    spare=2,
                ),
                column(
                    "date_end",
                    "时限",
                    "last day",
                    lambda row: row["date_end"] or ("" if run.output_form == "csv" else "?"),
                ),
                column("text", "原话", "words", spare=3),
                column("org", "报告单位", "body", ratio=1, spare=5),
                column("reference", "出处", "reference"),
                column("basis", "依据", "basis", spare=6),
                column("who_basis", "责任依据", "who from", spare=7),
            ],
            about,
        )
        if answer.done:
            run.tell("deadlines_done", count=len(answer.done), items=_some(answer.done))
        if (
            not answer
            and not answer.done
            and not (answer.base.documents == 0 and explain_empty(run, index, answer.base, filters))
        ):
            everything = index.deadlines()
            run.tell("no_deadline", all=len(everything), open=sum(one.date_end is None for one in everything))
        run.tell_base(answer.base)
    return OK if answer else NO_MATCH


SHOWN = 5
_FROM = {"heading": Words("(据标题)", " (heading)"), "neighbour": Words("(据上文)", " (context)")}


def _task(row: Mapping[str, Any], lang: str) -> str:
    """Return what is due as people read it; the sentence where no task could be read."""
    return _known(row["task"], row["basis"], lang) or " ".join(row["sentence"].split())


def _some(rows: Sequence[DeadlineRow]) -> str:
    """Return where the first few stand, with the words of the deadline."""
    return " ".join(f"{one.reference} {one.text}" for one in rows[:SHOWN]) + (" …" if len(rows) > SHOWN else "")


def _known(words: str, basis: str, lang: str) -> str:
    """Return words and, where they were taken from elsewhere, from where."""
    return words + _FROM[basis].in_(lang) if words and basis in _FROM else words
