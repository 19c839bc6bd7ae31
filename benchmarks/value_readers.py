"""Readers of values beside nianlun: JioNLP, Recognizers-Text and plain patterns, each made to speak in our records.

A tool finds what it finds in a report (`find`, the part that is timed) and tells it as `Reading`s, layer by layer (`tell`): a
place, and every record that what was said there can kindly be taken for. The scorer counts the one that is right, if one is.

What is done for the peers: they get the clean text of each report, line by line (over a whole report their cost grows with the
square of its length); the labels tell them the year of the report and the day of its signature, which nianlun has to find; where
a peer gives several guesses, each counts; 月底, 年底 and 年初 have the length that the guidelines give them, whatever length the
peer gives, what stands 前 a day or year may end with it or before it, and what has begun (起, 以来) is open; a stretch of time that
ends on the right day is right for a deadline; "… with units" joins a peer's numbers with our units and classifiers
(nlp/data/units.toml), over the particles 余, 多, 几 and 来, the dash of ranges and a 万 or 亿 behind them, and leaves out numbers in
its own times and ordinals, 一 with a classifier (一项), 三个 and the like in Chinese numerals, and 号. Logging and the word
segmentation of peers are off. "nianlun, told and judged as the peers" is given the year and forgiven the same.
"""

from __future__ import annotations

import logging
import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any

from ingest.records import Document
from nlp.quantities import load_units
from nlp.records import Activity, Mention, Quantity, Time

CURRENCIES = frozenset(("元", "美元", "港元", "欧元", "日元", "英镑"))
VAGUE = "余餘多几幾来來"
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
DIGITS = {
    char: value
    for value, chars in enumerate(("零〇", "一壹", "二两贰兩", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
NO_COUNTS = re.compile("一(?!成)|[二两三四五六七八九]个|.*号$")  # 一项, 三个 (方面), 21号: left out, they gain
BEFORE = ("前", "为止")  # 前 ends 之前 and 以前 too
Days = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as the readers get it; year and signature are those of the labels."""

    document: Document
    year: int | None = None
    signed: date | None = None

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield the lines that hold something, with their offsets."""
        for match in re.finditer("[^\n]+", self.document.text):
            if match[0].strip():
                yield match.start(), match[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """text[start:end], and what was read there in all the ways that may be meant."""

    start: int
    end: int
    options: tuple[Mention, ...]


Told = Mapping[str, Sequence[Reading]]  # by layer; a layer that a tool does not know is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A reader of values; `needs` are the modules without which it is left out, `packages` those whose version is told."""

    name: str
    find: Callable[[Report], Any]
    tell: Callable[[Report, Any], Told]
    needs: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()

    @property
    def is_here(self) -> bool:
        return all(find_spec(name) for name in self.needs)


# --- readings ---


def quantity(text: str, start: int, *values: tuple[Any, Any, str]) -> Reading:
    """Return the reading of a quantity, an option for each (value, maximum, unit)."""
    end = start + len(text)
    options = (
        Quantity(
            start=start, end=end, text=text, rule="peer", value=_fraction(low), value_max=_fraction(high), unit=unit
        )
        for low, high, unit in values
    )
    return Reading(start=start, end=end, options=tuple(options))


def time(text: str, start: int, kind: str, *days: Days) -> Reading:
    """Return the reading of a time, its options made of each (first day, last day), both included."""
    end = start + len(text)
    if kind in ("duration", "frequency") or not days:
        pairs: list[tuple[str, str | None, str | None]] = [(kind, None, None)]
    else:
        by_when = kind == "deadline" or text.endswith(BEFORE)
        ends = [end for _, high in days if by_when and high for end in _ends_before(text, high)]
        pairs = [(name, None, end) for end in ends for name in ("deadline", "period")]
        pairs += [(kind, *one) for one in days if kind == "deadline"]
        for low, high in (*days, *(pair for one in days for pair in _our_length(text, *one))):
            pairs += [("date" if low == high else "period", low, high)]
        pairs += [("period", None, high) for _, high in days]  # as a deadline: its last day alone
    if text.endswith(("起", "以来", "以後", "以后")):
        pairs += [("period", low, None) for _, low, _ in pairs]
    options = (
        Time(start=start, end=end, text=text, rule="peer", kind=kind, date_start=low, date_end=high)
        for kind, low, high in pairs
    )
    return Reading(start=start, end=end, options=tuple(options))


def apart(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings in order; of those that overlap, the longest."""
    kept: list[Reading] = []
    for one in sorted(readings, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _fraction(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


def _ends_before(text: str, high: str) -> Iterator[str]:
    """Yield the days that 前 may mean: the last one told, the day before it, the end of the year before."""
    yield high
    yield (date.fromisoformat(high) - timedelta(1)).isoformat()
    if re.search("年(?:以|之)?前$", text):
        yield f"{int(high[:4]) - 1}-12-31"


def _our_length(text: str, low: str | None, high: str | None) -> Iterator[Days]:
    if high and ("年底" in text or "年末" in text):
        yield f"{high[:4]}-12-01", f"{high[:4]}-12-31"
    elif high and ("底" in text or "末" in text):
        last = f"{high[:7]}-{monthrange(int(high[:4]), int(high[5:7]))[1]:02}"
        yield last, last
        yield low, last
    if low and "年初" in text:
        yield f"{low[:4]}-01-01", f"{low[:4]}-01-31"


# --- nianlun ---


def _find_nianlun(report: Report) -> Any:
    from nlp.analyse import analyse

    return analyse(report.document)


def _tell_nianlun(_: Report, analysis: Any) -> Told:
    return {
        layer: [Reading(start=one.start, end=one.end, options=(one,)) for one in getattr(analysis, layer)]
        for layer in ("quantities", "times", "activities")
    }


def _steps(report: Report, names: Sequence[str], *, told: bool = False) -> dict[str, Any]:
    """Run the steps of the analysis that are named, and no others; `told` gives them the year of the labels."""
    from nlp.analyse import STEPS
    from nlp.metadata import find_metadata

    metadata = find_metadata(report.document)
    if told and report.year:
        metadata = replace(metadata, year=report.year, year_basis="title")
    parts: dict[str, Any] = {"document": report.document, "metadata": metadata}
    for step in STEPS:
        if step.name in names:
            parts[step.name] = tuple(step.read(*(parts[name] for name in step.needs)))
    return parts


def _find_told(report: Report) -> Any:
    return SimpleNamespace(**_steps(report, (*_VALUES, "activities"), told=True))


def _tell_kindly(report: Report, analysis: Any) -> Told:
    times = [time(one.text, one.start, one.kind, (one.date_start, one.date_end)) for one in analysis.times]
    return {**_tell_nianlun(report, analysis), "times": times}


_VALUES = ("sections", "sentences", "times", "quantities")


def _find_nianlun_values(report: Report) -> Any:
    return _steps(report, _VALUES)


def _tell_nianlun_values(_: Report, parts: Any) -> Told:
    return {
        layer: [Reading(start=one.start, end=one.end, options=(one,)) for one in parts[layer]]
        for layer in ("quantities", "times")
    }


# --- JioNLP ---


@cache
def _jio() -> Any:
    import jionlp

    logging.disable(logging.ERROR)
    return jionlp


def _find_jionlp(report: Report) -> Any:
    jio = _jio()
    base = {"year": report.year or date.today().year}
    return [
        (at, line, jio.ner.extract_money(line), jio.ner.extract_time(line, time_base=base))
        for at, line in report.lines()
    ]


def _find_jionlp_with_units(report: Report) -> Any:
    """Add what `parse_money` reads of numerals before our units, told that they are 元: it has no reader of numbers."""
    return [(*found, _numbers_by_money(found[1])) for found in _find_jionlp(report)]


_RUN = re.compile(
    rf"[近约]?(?<!第)(?:\d[\d,.]*|[{''.join(DIGITS)}十百千半])[\d.,{''.join(DIGITS)}十百千万亿{VAGUE}~～—–-]*"
)


def _numbers_by_money(line: str) -> list[tuple[int, str, str, Any]]:
    units, found = load_units(), []
    for match in _RUN.finditer(line):
        unit = units.match(line, match.end())
        numeral = match[0].rstrip("~～—–-.,")
        if unit is None or len(numeral) != len(match[0]) or NO_COUNTS.match(match[0] + unit[0]):
            continue
        try:
            detail = _jio().parse_money(numeral + "元")
        except Exception:  # it raises what it meets on the way
            continue
        if detail and detail.get("num") is not None:
            found.append((match.start(), match[0] + unit[0], unit[0], detail))
    return found


def tell_jionlp(_: Report, found: Any) -> Told:
    """Tell money and times. A range of money in which it turns 余 or 多 counts by its lower end as well."""
    money: list[Reading] = []
    times: list[Reading] = []
    for at, _line, sums, moments, *joined in found:
        moments = [one for one in moments if not re.fullmatch(r"\d+", one["text"])] if joined else moments
        times += (told for one in moments if (told := _jionlp_time(at, one)) is not None)
        more = [quantity(one["text"], at + one["offset"][0], *_sums(one["detail"])) for one in sums]
        taken = [(at + one["offset"][0], at + one["offset"][1]) for one in moments]
        for start, text, unit, detail in (one for several in joined for one in several):
            if all(at + start + len(text) <= low or high <= at + start for low, high in taken):
                more.append(quantity(text, at + start, *_sums(detail, unit)))
        money += more
    return {"quantities": apart(money), "times": times}


def _sums(detail: Mapping[str, Any], unit: str | None = None) -> list[tuple[Any, Any, str]]:
    unit = unit or detail["case"]
    number = detail["num"]
    if isinstance(number, (list, tuple)):
        return [(number[0], number[1], unit), (number[0], None, unit)]
    return [(number, None, unit)]


def _jionlp_time(at: int, one: Mapping[str, Any]) -> Reading | None:
    text, start = one["text"], at + one["offset"][0]
    if one["type"] == "time_delta":
        return time(text, start, "duration")
    if one["type"] == "time_period":
        return time(text, start, "frequency")
    low, high = (moment[:10] if moment[:1].isdigit() else None for moment in one["detail"]["time"])
    return time(text, start, "deadline" if low is None else "period", (low, high))


# --- Recognizers-Text ---


@cache
def _models() -> dict[str, Any]:
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    numbers, units = NumberRecognizer("zh-cn"), NumberWithUnitRecognizer("zh-cn")
    return {
        "number": numbers.get_number_model(),
        "percentage": numbers.get_percentage_model(),
        "currency": units.get_currency_model(),
        "age": units.get_age_model(),
        "dimension": units.get_dimension_model(),
        "temperature": units.get_temperature_model(),
        "time": DateTimeRecognizer("zh-cn").get_datetime_model(),
    }


def _find_recognizers(report: Report, kinds: Sequence[str] = ("percentage", "currency", "age", "dimension", "temperature")) -> Any:  # fmt: skip
    models = _models()
    base = datetime(report.year or date.today().year, 12, 31)  # 今年 reaches to the day of reference there
    return [
        (at, line, {kind: models[kind].parse(line) for kind in kinds}, models["time"].parse(line, base))
        for at, line in report.lines()
    ]


def _find_recognizers_with_units(report: Report) -> Any:
    return _find_recognizers(report, ("percentage", "number"))


def tell_recognizers(_: Report, found: Any) -> Told:
    """Tell shares and numbers with units (by the words behind the number, its units being English names), and times.

    Hours of the day are passed over: the guidelines label none. A share told in 成 counts as 成 or as per cent.
    """
    quantities: list[Reading] = []
    times: list[Reading] = []
    for at, line, by_kind, moments in found:
        for kind, results in by_kind.items():
            if kind != "number":
                quantities += (_recognized(at, line, one) for one in results if _has_value(one))
        moments = [one for one in moments if one.resolution]
        if "number" in by_kind:
            moments = [one for one in moments if not re.fullmatch(r"\d+", one.text)]
            taken = [(one.start, one.end + 1) for one in (*moments, *by_kind["percentage"])]
            numbers = [(n.start, n.end + 1, n.resolution["value"]) for n in by_kind["number"] if _has_value(n)]
            quantities += join_units(line, at, numbers, taken)
        times += (told for one in moments if (told := _recognized_time(at, line, one)) is not None)
    return {"quantities": apart(quantities), "times": apart(times)}


def _has_value(one: Any) -> bool:
    return bool(one.resolution) and one.resolution.get("value") is not None  # a unit alone has none


_NUMERAL = re.compile(rf"^[\d.,\s{''.join(DIGITS)}十百千万萬亿億半-]+")


def _recognized(at: int, line: str, one: Any) -> Reading:
    text = line[one.start : one.end + 1]
    value = str(one.resolution["value"])
    if one.type_name == "percentage":
        number = Fraction(value.rstrip("%"))
        also = (
            [(number / 10, None, "成")]
            if text.endswith("成")
            else [(number, None, "个百分点")]
            if text.endswith("点")
            else []
        )
        return quantity(text, at + one.start, *also, (number, None, "%"))
    return quantity(text, at + one.start, (value, None, _NUMERAL.sub("", text)))


def _recognized_time(at: int, line: str, one: Any) -> Reading | None:
    text, start = line[one.start : one.end + 1], at + one.start
    kind = one.type_name.rpartition(".")[2]
    if kind == "duration":
        return time(text, start, "duration")
    if kind == "set":
        return time(text, start, "frequency")
    if kind in ("time", "timerange"):
        return None
    days = [pair for value in one.resolution["values"] for pair in _days(value)]
    return time(text, start, "period", *days)


def _days(value: Mapping[str, Any]) -> Iterator[Days]:
    """Yield first and last day of one of its values. It excludes the end of a range of months and includes that of one of days."""
    moment = value.get("value", "")
    if re.match(r"\d{4}-\d\d-\d\d", moment):
        day = moment[:10]
        yield {"before": (None, day), "after": (day, None), "since": (day, None)}.get(value.get("Mod", ""), (day, day))
        return
    low, high = (side and side[:10] for side in (value.get("start"), value.get("end")))
    if high and value["type"] == "daterange":
        yield low, (date.fromisoformat(high) - timedelta(1)).isoformat()
    if low or high:
        yield low, high


def join_units(
    line: str, at: int, numbers: Sequence[tuple[int, int, str]], taken: Sequence[tuple[int, int]]
) -> Iterator[Reading]:
    """Yield the quantities that numbers (start, end, value) make with our units behind them, outside the places taken."""
    units = load_units()
    low: tuple[int, int, Fraction] | None = None  # the number before, with the end of its unit if it has one
    for start, end, value in numbers:
        number = abs(Fraction(value))
        match = re.compile(f"[{VAGUE}]*([万萬亿億]?)[{VAGUE}]*").match(line, end)
        assert match is not None
        behind, scale = match.end(), SCALES.get(match[1], 1)
        unit = units.match(line, behind)
        text = line[start:behind] + unit[0] if unit else ""
        before, low = low, (start, start + len(text) if unit else end, number * scale)
        if any(start < high and first < end for first, high in taken) or line[start - 1 : start] == "第":
            low = None
        elif unit and before and re.fullmatch("[-~～—–至到]+", line[before[1] : start].strip() or line[start]):
            scales = {1, scale, SCALES.get(line[end - 1], 1)}
            values = [(before[2] * by, number * scale, unit[0]) for by in sorted(scales)]
            yield quantity(line[before[0] : start] + text, at + before[0], *values)
        elif unit and not NO_COUNTS.match(text):
            yield quantity(text, at + start, (number * scale, None, unit[0]))


# --- plain patterns: what an afternoon gives ---

_PLAIN_NUMBER = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|[{''.join(DIGITS)}十百千]+)"
_PLAIN_QUANTITY = re.compile(
    rf"(?<![第\d.])({_PLAIN_NUMBER})(?:[-~～—–至到]+({_PLAIN_NUMBER}))?[{VAGUE}]?([万萬亿億]{{0,2}})[{VAGUE}]?(?![年月日天])"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
_PLAIN_TIME = re.compile(
    r"(?P<every>每(?:个)?(?:年|季度|季|月|周|星期|天|日)[一二三四五六日]?)"
    rf"|(?P<lasting>(?<!\d)(?:\d{{1,3}}(?!\d)|[{''.join(DIGITS)}十]{{1,3}})[{VAGUE}]?(?:个(?:工作日|月)|年(?![度底初末])|天|周(?!岁)|小时))"
    r"|(?P<to>到|至)?(?=[\d今本去明上下年一二三四五六七八九十第全])"
    r"(?P<year>\d{4}年度?|今年|本年|去年|上年|明年)?"
    rf"(?:(?P<month>{_MONTH})(?:(?P<day>\d{{1,2}})[日号]|(?P<part>底|初|上旬|中旬|下旬))?"
    rf"(?:[至到~～—–-]+(?P<month2>{_MONTH})?(?:(?P<day2>\d{{1,2}})[日号]|(?P<last>底)?))?"
    r"|(?P<half>上半年|下半年|年初|年?[底末](?![部线])|年内|第?[一二三四]季度|全年))?(?P<before>之?前|以前)?(?P<open>以来|起)?"
)
_QUOTED = re.compile(
    r"[“「『]([^“”「」『』，。；\n]{2,15})[”」』](工程|行动|计划|项目|活动|大赛|文化节|大讲堂|讲座|示范岗|基地|之家)?"
)
_PARTS = {"上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12)}


def _find_plain(report: Report) -> Any:
    text = report.document.text
    times = list(_plain_times(text, report.year))
    taken = [(one.start, one.end) for one in times]
    quantities = [
        one for one in _plain_quantities(text) if not any(one.start < end and start < one.end for start, end in taken)
    ]
    return {"quantities": quantities, "times": times, "activities": list(_plain_names(text))}


def plain_number(numeral: str) -> Fraction:
    """Return the value of digits or of a Chinese numeral below ten thousand."""
    if numeral[0].isdigit():
        return Fraction(numeral.replace(",", ""))
    total, digit = 0, 0
    for char in numeral:
        if char in SCALES:
            total, digit = total + (digit or 1) * SCALES[char], 0
        else:
            digit = digit * 10 + DIGITS[char]
    return Fraction(total + digit)


def _plain_quantities(text: str) -> Iterator[Reading]:
    units = load_units()
    for match in _PLAIN_QUANTITY.finditer(text):
        unit = units.match(text, match.end())
        if unit is not None and not NO_COUNTS.match(match[0] + unit[0]):
            scale = 1
            for char in match[3]:
                scale *= SCALES[char]
            high = plain_number(match[2]) * scale if match[2] else None
            yield quantity(match[0] + unit[0], match.start(), (plain_number(match[1]) * scale, high, unit[0]))


def _plain_times(text: str, own: int | None) -> Iterator[Reading]:
    for match in _PLAIN_TIME.finditer(text):
        if match["every"]:
            yield time(match[0], match.start(), "frequency")
        elif match["lasting"]:
            yield time(match[0], match.start(), "duration")
        elif match["year"] or match["month"] or match["half"]:
            days = _plain_days(match, own)
            by_when = match["before"] or match["to"] or match["half"] == "年内"
            yield time(match[0], match.start(), "deadline" if by_when else "period", *days)


def _plain_days(match: re.Match[str], own: int | None) -> list[Days]:
    said = match["year"] or ""
    year = int(said[:4]) if said[:1].isdigit() else own and own + {"去": -1, "上": -1, "明": 1}.get(said[:1], 0)
    if not year:
        return []
    first, last = 1, 12
    half = match["half"] or ""
    if match["month"]:
        first = last = int(plain_number(match["month"].rstrip("份").rstrip("月")))
        last = int(plain_number(match["month2"].rstrip("份").rstrip("月"))) if match["month2"] else last
    elif half in _PARTS:
        first, last = _PARTS[half]
    elif "季" in half:
        last = 3 * (" 一二三四".index(half.strip("第")[0]))
        first = last - 2
    elif half and half not in ("年内",):
        first = last = 1 if half.endswith("初") else 12
    low, high = date(year, first, 1), date(year, last, monthrange(year, last)[1])
    if match["day"] and 1 <= int(match["day"]) <= high.day:
        low = date(year, first, int(match["day"]))
        high = date(year, last, min(high.day, int(match["day2"]))) if match["day2"] else low
    part = match["part"] or ""
    if part == "底":
        low = date(year, first, monthrange(year, first)[1])
    elif part:
        start, end = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, high.day)}[part]
        low, high = date(year, first, start), date(year, first, end)
    return [(low.isoformat(), high.isoformat())]


def _plain_names(text: str) -> Iterator[Reading]:
    for match in _QUOTED.finditer(text):
        tail = match[2] if match[2] and match[2] != "活动" else ""
        options = tuple(
            Activity(start=match.start(), end=match.end(), text=match[0], rule="peer", name=name, kind="")
            for name in dict.fromkeys((match[1] + tail, match[1]))
        )
        yield Reading(start=match.start(), end=match.end(), options=options)


def _as_found(_: Report, found: Any) -> Told:
    return dict(found)


TOOLS = (
    Tool(name="nianlun, all that it reads", find=_find_nianlun, tell=_tell_nianlun),
    Tool(name="nianlun, told and judged as the peers", find=_find_told, tell=_tell_kindly),
    Tool(name="nianlun, quantities and times alone", find=_find_nianlun_values, tell=_tell_nianlun_values),
    Tool(name="JioNLP", find=_find_jionlp, tell=tell_jionlp, needs=("jionlp",), packages=("jionlp",)),
    Tool(name="JioNLP with units", find=_find_jionlp_with_units, tell=tell_jionlp, needs=("jionlp",)),
    Tool(
        name="Recognizers-Text",
        find=_find_recognizers,
        tell=tell_recognizers,
        needs=("recognizers_date_time", "recognizers_number_with_unit"),
        packages=("recognizers-text-suite",),
    ),
    Tool(
        name="Recognizers-Text with units",
        find=_find_recognizers_with_units,
        tell=tell_recognizers,
        needs=("recognizers_date_time", "recognizers_number_with_unit"),
    ),
    Tool(name="plain patterns", find=_find_plain, tell=_as_found),
)
