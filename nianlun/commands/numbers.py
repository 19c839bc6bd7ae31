"""`nianlun numbers`: numbers with their unit and what they count, and their sum."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.options import NO_MATCH, OK, CodeType, Run, common, filters
from nianlun.output import Column, Row, cell, column
from nianlun.vocabulary import STATES

if TYPE_CHECKING:
    from index.lists import NumberAnswer
    from index.store import Index
    from index.sums import Total

_BEFORE = {"about": "约 ", "exact": "", "more": "", "less": ""}
_AFTER = {"more": "+", "less": "-"}
SHOWN = 10
THINGS = 12  # that are named where none is the one asked for
_LARGE = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_LONG = 10**6  # from here on a sum is read with 万 or 亿
TOTAL = "total"  # the state of a row that is a sum


@bilingual.command(
    "numbers",
    "报告里的数字:数值、单位、所指、所在的句子。被遮盖或残损的数字按原样显示,前加 ▒,不当数字用。\n"
    "--sum 求和,合计列在最后一行:单位不同的不相加,百分比、年龄之类不相加,看不清的和只是标准的(50 人以下、每村 3 本)列在一边;"
    "某一时点的存量(余额、总量、达到多少、几个时点的累计数)和“从……增加到……”的两个数,也列在一边;"
    "打算和成绩另有小计;个、项之类不说明数的是什么,按所指分别合计。",
    "The numbers of the reports: value, unit, what is counted, in their sentences. A masked or damaged one stands as written,"
    " with ▒ before it, and is never a number.\n--sum adds them up, in the last row: never different units, never shares or ages;"
    " the illegible, those that only state a limit or a rate, what there is at one time (余额, 达到) and both sides of a change are listed apart, plans and what was done have sums of their own;"
    " 个, 项 and the like are added thing by thing.",
    ("nianlun numbers --unit 人次", "所有“人次”", "every 人次"),
    ("nianlun numbers --unit 万元 --of 贷款 --sum", "贷款合计,以万元计", "the sum of loans, in 万元"),
    ("nianlun numbers --state masked", "被遮盖的数字", "masked numbers"),
)
@option(
    "--unit",
    metavar="UNIT",
    zh="单位,如 人次、万元、公里;同类单位换算后列出(元、亿元换算成万元)",
    en="unit, as 人次, 万元 or 公里; numbers of other units of the kind are converted",
)
@option("--of", metavar="TEXT", zh="所指(可写一部分),如 贷款", en="what is counted, or a part of it")
@option("--state", type=CodeType(STATES), metavar="STATE",
        zh="状态:" + "、".join(f"{code} {words.zh}" for code, words in STATES.items()), en=f"state: {', '.join(STATES)}")  # fmt: skip
@option("--sum", "total", is_flag=True, zh="求和", en="add them up")
@filters()
@common()
def command(run: Run, unit: str | None, of: str | None, state: str | None, total: bool, filters: dict[str, Any]) -> int:
    from nianlun.comparing import compare_few
    from nianlun.empty import explain_empty
    from nianlun.rows import base_row, number_row, part_row, total_row

    with run.index(compare_few) as index:
        answer = index.numbers(unit=unit, state=state, of=of, total=total, **filters)
        about = {
            "base": base_row(answer.base), "total": None if answer.total is None else total_row(answer.total),
            "parts": [part_row(one) for one in answer.parts],
            "apart": [number_row(one) for one in answer.apart],
        }  # fmt: skip
        listed: list[Row] = [number_row(one) for one in answer]
        if run.output_form != "json":  # which holds the sum beside the rows
            listed += _total_rows(run, answer)
        run.write(listed, _columns(run), about)
        unclear = sum(one.state != "stated" for one in answer)
        if unclear:
            run.tell("damaged_numbers", count=unclear)
        if answer.total is not None and answer:
            _tell_sum(run, answer.total)
            _tell_copied(run, index, answer)
            _tell_sides(run, answer)
        elif answer.parts:
            run.tell("sum_by_thing", units="、".join(dict.fromkeys(one.unit for one in answer if one.unit)))
        if not answer and not (answer.base.documents == 0 and explain_empty(run, index, answer.base, filters)):
            things = _things(index, unit, of, filters) if of else ""
            if things:
                run.tell("no_number_of", of=of, things=things)
            else:
                run.tell("no_number", units=_units(index) or run.words("none"))
        run.tell_base(answer.base)
    return OK if answer else NO_MATCH


def value_text(row: Row) -> str:
    """Return a number as people read it: 500+ for 500多, 2~8 for a range, ▒ and the words where it is illegible."""
    from nianlun.rows import MARK

    if row["state"] not in ("stated", TOTAL) or row["value"] is None:
        return f"{MARK}{row['text']}"
    text = cell(row["value"], "zh")
    if row["value_max"] is not None:
        text += f"~{cell(row['value_max'], 'zh')}"
    return _BEFORE.get(row["approx"], "") + text + _AFTER.get(row["approx"], "")


def _columns(run: Run) -> list[Column]:
    reference = column("reference", "出处", "reference")
    year = column("year_label", "年份", "year", lambda row: _year(run, row))
    rest = [
        column("unit", "单位", "unit"),
        column("of", "所指", "of", ratio=1),
        column("text", "原文", "as written", _as_written, spare=1),
        column("sentence", "句子", "sentence", lambda row: " ".join(row["sentence"].split()), ratio=3),
        column("state", "状态", "state", lambda row: _state(run, row), spare=2),
    ]
    if run.output_form != "csv":
        return [reference, year, column("value", "数值", "value", value_text, right=True), *rest]
    numeric = [  # for a spreadsheet: nothing but numbers
        column("value", "数值", "value"),
        column("value_max", "上限", "up to"),
        column("approx", "约数", "bound"),
    ]
    return [reference, year, *numeric, *rest]


def _year(run: Run, row: Row) -> str:
    return "" if row["state"] == TOTAL else row["year_label"] or run.words("undated")


def _state(run: Run, row: Row) -> str:
    return run.words("total") if row["state"] == TOTAL else cell(row["state"], run.lang, "state")


def _as_written(row: Row) -> str:
    from nianlun.rows import MARK

    return str(row["text"]) if row["state"] in ("stated", TOTAL) else f"{MARK}{row['text']}"


def _total_rows(run: Run, answer: NumberAnswer) -> list[Row]:
    """Return the rows of the sums: thing by thing, side by side where there are several, and the whole."""
    rows = []
    sides = {one.side for one in answer.parts}
    if answer.total is None or len(sides) > 1:
        rows = [
            _total_row(run, one.total, f"{run.words('total')} {run.words('side_' + one.side)}", one.of or "")
            for one in answer.parts
            if one.total.counted
        ]
    if answer.total is not None and answer:
        rows.append(_total_row(run, answer.total, run.words("total"), ""))
    return rows


def _total_row(run: Run, total: Total, name: str, of: str) -> Row:
    from nianlun.jsonlines import number

    high = None if total.value_max == total.value else number(total.value_max)
    told = run.words(
        "sum_row",
        counted=total.counted,
        left_out=len(total.left_out),
        limits=len(total.limits),
        repeated=len(total.repeated),
        stocks=len(total.stocks) + len(total.changes),
    )
    return {
        "reference": name, "year_label": None, "value": number(total.value), "value_max": high, "unit": total.unit,
        "of": of, "approx": total.bound, "text": "", "sentence": told, "state": TOTAL,
    }  # fmt: skip


def _tell_sum(run: Run, total: Total) -> None:
    from nianlun.rows import MARK

    bound = {"exact": "", "more": ("超过 ", "more than "), "about": ("约 ", "about "), "less": ("不到 ", "less than ")}
    words = bound[total.bound]
    told = words if isinstance(words, str) else words[run.lang == "en"]
    if total.counted:
        run.tell("sum", bound=told, value=_large(run, total.value, total.unit), unit="", counted=total.counted)
    else:
        run.tell("sum_none")
    if total.value_max != total.value:
        run.tell("sum_range", value=_large(run, total.value_max, total.unit), unit="")
    if total.left_out:
        items = " ".join(f"{one.reference} {MARK}{one.text}" for one in total.left_out[:SHOWN])
        run.tell("sum_left_out", count=len(total.left_out), items=items + (" …" if len(total.left_out) > SHOWN else ""))
    if total.limits:
        items = " ".join(f"{one.reference} {one.text}" for one in total.limits[:SHOWN])
        run.tell("sum_limits", count=len(total.limits), items=items + (" …" if len(total.limits) > SHOWN else ""))
    if total.repeated:
        items = " ".join(f"{one.reference} {one.text}" for one in total.repeated[:SHOWN])
        run.tell("sum_repeated", count=len(total.repeated), items=items + (" …" if len(total.repeated) > SHOWN else ""))
    for name, rows in (("sum_stocks", total.stocks), ("sum_changes", total.changes)):
        if rows:
            items = " ".join(f"{one.reference} {one.text}" for one in rows[:SHOWN])
            run.tell(name, count=len(rows), items=items + (" …" if len(rows) > SHOWN else ""))
    if total.counted > 1:
        run.tell("sum_overlap")


def _large(run: Run, value: Fraction, unit: str) -> str:
    """Return a sum with its unit; a long one in 亿 or 万亿 beside: 12199836000万元(即 121.99836万亿元)."""
    from index.sums import split_unit
    from nianlun.jsonlines import number

    told = f"{cell(number(value), run.lang)}{unit}"
    multiple, base = split_unit(unit)
    whole = value * multiple
    if run.lang != "zh" or abs(value) < _LONG:
        return told
    size, name = next(((size, name) for size, name in _LARGE if abs(whole) >= size), (1, ""))
    if not name:
        return told
    short = round(whole / size, 4)
    words = "即" if short * size == whole else "约"
    return f"{told}({words} {cell(number(short), run.lang)}{name}{base})"


def _tell_copied(run: Run, index: Index, answer: NumberAnswer) -> None:
    """Name the numbers of a sum that were copied from an earlier report with their sentence."""
    from index.independent import copied, is_cheap

    if not is_cheap(index.connection):
        return
    known = [one for one in answer if one.value is not None]
    again = copied(index.connection, known, lambda one: (one.value, one.unit))
    items = [f"{one.reference} {one.text}" for one, is_copy in zip(known, again, strict=True) if is_copy]
    if items:
        more = " …" if len(items) > SHOWN else ""
        run.tell("sum_copied", count=len(items), items=" ".join(items[:SHOWN]) + more)


def _tell_sides(run: Run, answer: NumberAnswer) -> None:
    """Say what is planned and what is done, where the sum holds both."""
    counted = [one for one in answer.parts if one.total.counted]
    if len(counted) > 1:
        told = [f"{run.words('side_' + one.side)} {_large(run, one.total.value, one.total.unit)}" for one in counted]
        run.tell("sum_sides", parts=run.words("comma").join(told))


def _things(index: Index, unit: str | None, of: str, filters: dict[str, Any]) -> str:
    """Return what numbers of a unit count, those that are like what was asked for first, then the most frequent."""
    counts = Counter(one.of for one in index.numbers(unit=unit, **filters) if one.of)
    order = sorted(counts, key=lambda thing: (-len(set(thing) & set(of)), -counts[thing]))
    return " ".join(f"{thing}({counts[thing]})" for thing in order[:THINGS])


def _units(index: Index) -> str:
    counts = Counter(one.unit for one in index.numbers() if one.unit)
    return " ".join(f"{unit}({count})" for unit, count in counts.most_common(20))
