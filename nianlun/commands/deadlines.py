"""`nianlun deadlines`: what is to be done by when."""

from __future__ import annotations

from typing import Any

import click

from nianlun import bilingual
from nianlun.bilingual import current_language, option
from nianlun.messages import say
from nianlun.options import NO_MATCH, OK, Run, common, filters
from nianlun.output import column


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
        except BadDay:
            days = None
        if days is None or (isinstance(days, tuple) and not self.span):
            self.fail(say("bad_day", current_language(), value=value), param, ctx)
        return days


@bilingual.command(
    "deadlines",
    "写明时限的任务:最后一天、原话、所在句子(即任务)、句中数字,按日期先后。推不出日期的排在最后。",
    "Tasks with a deadline: last day, words, sentence (the task), numbers beside it, by date; those without a day come last.",
    ("nianlun deadlines", "全部时限", "all of them"),
    ("nianlun deadlines --due 2014-03", "2014 年 3 月到期的", "due in March 2014"),
    ("nianlun deadlines --overdue-at 2014-04-01", "到 2014 年 4 月 1 日已过期的", "due before that day"),
)
@option("--due", type=DaysType(span=True), metavar="DAY", zh="到期日:2014-03-18、2014-03、2014 或 2014-01..2014-06",
        en="due: a day, a month, a year, or first..last")  # fmt: skip
@option("--overdue-at", type=DaysType(span=False), metavar="DAY", zh="到这一天已过期的", en="due before that day")
@filters()
@common()
def command(run: Run, due: Any, overdue_at: str | None, filters: dict[str, Any]) -> int:
    from nianlun.empty import explain_empty
    from nianlun.rows import base_row, deadline_row

    with run.index() as index:
        answer = index.deadlines(due=due, overdue_at=overdue_at, **filters)
        about = {"base": base_row(answer.base), "apart": [deadline_row(one) for one in answer.apart]}
        run.write(
            [deadline_row(one) for one in answer],
            [
                column(
                    "date_end",
                    "最后一天",
                    "last day",
                    lambda row: row["date_end"] or ("" if run.output_form == "csv" else "?"),
                ),
                column("text", "原话", "words"),
                column("org", "单位", "body", ratio=1, spare=2),
                column("sentence", "任务(原句)", "task", lambda row: " ".join(row["sentence"].split()), ratio=4),
                column("numbers", "数量", "numbers", ratio=1, spare=1),
                column("reference", "出处", "reference"),
            ],
            about,
        )
        if not answer and not (answer.base.documents == 0 and explain_empty(run, index, answer.base, filters)):
            everything = index.deadlines()
            run.tell("no_deadline", all=len(everything), open=sum(one.date_end is None for one in everything))
        run.tell_base(answer.base)
    return OK if answer else NO_MATCH
