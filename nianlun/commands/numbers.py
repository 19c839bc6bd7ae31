"""`nianlun numbers`: numbers with their unit and what they count, and their sum."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.options import NO_MATCH, OK, Run, common, filters
from nianlun.output import Column, Row, cell, column
from nianlun.vocabulary import STATES

if TYPE_CHECKING:
    from index.lists import Total
    from index.store import Index

_BEFORE = {"about": "约 ", "exact": "", "more": "", "less": ""}
_AFTER = {"more": "+", "less": "-"}
SHOWN = 10


@bilingual.command(
    "numbers",
    "报告里的数字:数值、单位、所指、所在的句子。被遮盖或残损的数字按原样显示,前加 ▒,不当数字用。\n"
    "--sum 求和:单位不同的不相加,百分比、年龄之类不相加,看不清的列在一边。",
    "The numbers of the reports: value, unit, what is counted, in their sentences. A masked or damaged one stands as written,"
    " with ▒ before it, and is never a number.\n--sum adds them up: never different units, never shares or ages; the illegible are listed apart.",
    ("nianlun numbers --unit 人次", "所有“人次”", "every 人次"),
    ("nianlun numbers --unit 元 --sum --of 贷款", "贷款金额合计", "the sum of loans"),
    ("nianlun numbers --state damaged", "残损的数字", "damaged numbers"),
)
@option(
    "--unit",
    metavar="UNIT",
    zh="单位,如 人次、元(万元、亿元都换算成元)",
    en="unit, as 人次 or 元 (万元 and 亿元 are multiplied out)",
)
@option("--of", metavar="TEXT", zh="所指(可写一部分),如 贷款", en="what is counted, or a part of it")
@option("--state", type=click.Choice(list(STATES)), metavar="STATE",
        zh="状态:" + "、".join(f"{code} {words.zh}" for code, words in STATES.items()), en=f"state: {', '.join(STATES)}")  # fmt: skip
@option("--sum", "total", is_flag=True, zh="求和", en="add them up")
@filters()
@common()
def command(run: Run, unit: str | None, of: str | None, state: str | None, total: bool, filters: dict[str, Any]) -> int:
    from nianlun.empty import explain_empty
    from nianlun.rows import base_row, number_row, total_row

    with run.index() as index:
        answer = index.numbers(unit=unit, state=state, of=of, total=total, **filters)
        about = {
            "base": base_row(answer.base), "total": None if answer.total is None else total_row(answer.total),
            "apart": [number_row(one) for one in answer.apart],
        }  # fmt: skip
        run.write([number_row(one) for one in answer], _columns(run), about)
        unclear = sum(one.state != "stated" for one in answer)
        if unclear:
            run.tell("damaged_numbers", count=unclear)
        if answer.total is not None and answer:
            _tell_sum(run, answer.total)
        if not answer and not (answer.base.documents == 0 and explain_empty(run, index, answer.base, filters)):
            run.tell("no_number", units=_units(index) or run.words("none"))
        run.tell_base(answer.base)
    return OK if answer else NO_MATCH


def value_text(row: Row) -> str:
    """Return a number as people read it: 500+ for 500多, 2~8 for a range, ▒ and the words where it is illegible."""
    from nianlun.rows import MARK

    if row["state"] != "stated" or row["value"] is None:
        return f"{MARK}{row['text']}"
    text = cell(row["value"], "zh")
    if row["value_max"] is not None:
        text += f"~{cell(row['value_max'], 'zh')}"
    return _BEFORE.get(row["approx"], "") + text + _AFTER.get(row["approx"], "")


def _columns(run: Run) -> list[Column]:
    return [
        column("reference", "出处", "reference"),
        column("year_label", "年份", "year", lambda row: row["year_label"] or run.words("undated")),
        column("value", "数值", "value", value_text, right=True),
        column("unit", "单位", "unit"),
        column("of", "所指", "of", ratio=1),
        column("text", "原文", "as written"),
        column("sentence", "句子", "sentence", lambda row: " ".join(row["sentence"].split()), ratio=3),
        column("state", "状态", "state", spare=2),
    ]


def _tell_sum(run: Run, total: Total) -> None:
    from nianlun.jsonlines import number
    from nianlun.rows import MARK

    bound = {"exact": "", "more": ("超过 ", "more than "), "about": ("约 ", "about "), "less": ("不到 ", "less than ")}
    words = bound[total.bound]
    told = words if isinstance(words, str) else words[run.lang == "en"]
    run.tell("sum", bound=told, value=cell(number(total.value), run.lang), unit=total.unit, counted=total.counted)
    if total.value_max != total.value:
        run.tell("sum_range", value=cell(number(total.value_max), run.lang), unit=total.unit)
    if total.left_out:
        items = " ".join(f"{one.reference} {MARK}{one.text}" for one in total.left_out[:SHOWN])
        run.tell("sum_left_out", count=len(total.left_out), items=items + (" …" if len(total.left_out) > SHOWN else ""))
    if total.counted > 1:
        run.tell("sum_overlap")


def _units(index: Index) -> str:
    counts = Counter(one.unit for one in index.numbers() if one.unit)
    return " ".join(f"{unit}({count})" for unit, count in counts.most_common(20))
