"""Quantities: a numeral followed by a unit, as in 80余人, 1.5万人次 or 16.6亿元.

`find_quantities` is a pure function over text; the spaCy component that calls it is in `nlp.pipeline`.
Units come from `nlp.units`, numerals from `nlp.numerals`, what is counted from `nlp.counted_in_turn`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from string import ascii_letters
from typing import Any

import numpy as np

from nlp.counted import for_whom
from nlp.counted_in_turn import UNIT_LOST, Recent, nouns_around, what_counts
from nlp.measures import AMOUNT, COUNT, measure_of
from nlp.noun_before import nouns_in_turn
from nlp.numerals import (
    ANCHORS,
    ARABIC,
    DIGITS,
    LONGEST,
    MYRIADS,
    NUMERAL,
    TENS,
    NumeralError,
    end_of_spaced,
    parse_numeral,
    scale_of,
)
from nlp.places import Flags, codes_of, flags_of
from nlp.quantity_records import (
    CHINESE,
    SLASHES,
    TAIL,
    TAIL_OPENS,
    Number,
    blurred_by,
    bound_before,
    is_of_a_time,
    numeral_told,
    quantity_of,
    read_number,
    record_of,
    set_base,
    set_measure,
    set_of,
    set_whom,
)
from nlp.records import Quantity
from nlp.special_quantities import (
    AND_A_HALF,
    COMPARED,
    ENDS,
    IN_TURN,
    MASK,
    is_year,
    read_cents,
    read_compared,
    read_doubling,
    read_few,
    read_fraction,
    read_half,
    read_lost,
    read_masked,
    read_ratio,
    read_tenths,
)
from nlp.units import Unit, Units, UnitsError, load_units

__all__ = ["Unit", "Units", "UnitsError", "find_quantities", "load_units"]
_CANDIDATE = rf"(?:(?P<mask>[{MASK}]++)|(?P<half>一半|半数|(?<=过)半(?=[，。；、的）]))|(?P<lost>(?<=[达共计约])余(?=[万千百]?[人名户元份件个亩头]))|{NUMERAL.pattern})"
#: Digits, and plain characters, behind which nothing stands that may belong to them: most numerals, read at once.
_ALONE_AT_ONCE = (
    rf"[0-9]++(?:\.[0-9]++)?(?![0-9０-９,，.． {''.join((*TENS, *MYRIADS))}多余餘几幾来又分])"
    rf"|[零〇一二两三四五六七八九十百千万亿]++(?![{''.join((*DIGITS, *TENS, *MYRIADS))}廿卅点點又分多余餘几幾来半])"
)
_GAPS = frozenset((" ", "\u3000"))
_MOST_ITEMS = 30  # a list hardly goes on so far
_NUMBERED = frozenset("第图表附件式章节条例号注款项页版线路栋楼室幢型期段口至")  # before a number that only numbers
_OPEN_ENDS = "百千万亿多余几"  # a Chinese numeral that ends so may count without a unit
_JOINTS = frozenset("-－—–−~～至到以或左上成比番（(")  # or lead up to a span, a bound or a share
_TO_MORE = frozenset("番至到-－—–~～")  # 翻一番, 一到三个
_PAIR_CLASSIFIERS = frozenset(
    "个名位人户间座套条项块份亩头只辆册篇件幅"
)  # 二 before one of these counts, before others it orders
_NO_COUNT_BEFORE_TWO = frozenset("第其之星期周拜小初高老")
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "‚": "‛", '"': '"'}
_DASH = re.compile(r"(?:[（(]含[）)])?(?:[-－—–−~～]{1,3}|至|到)")
_COMPARES = frozenset("于过了足到少多有占比为是数 ")
_UPPER = re.compile(
    r"(?:的同时|[，、,])?(?:且|并且?|而|但)?(?:小于|低于|少于|不超过|不高于|不多于|不大于|不足)(?: ?(?:或者?)? ?等于)? ?"
)
_COMMAS = frozenset("，、,")
_UNDER = ("不满", "未满")
_UPPER_OPENS = frozenset("且并而但小低少不")
_SPAN_OPENS = frozenset("（(及或以左上之开-－—–−~～至到 和与的，、,") | _UPPER_OPENS
_AND = re.compile(r" ?[和与] ?")  # of 20和30之间
_AND_WORDS = frozenset(("和", "与", " 和", " 与", "和 ", "与 ", " 和 ", " 与 "))
_PAIR = re.compile(r"([1-9]|[一二三四五六七八九])、([1-9]|[二三四五六七八九])(?![0-9.．十百千万亿、])")
_LIST_JOINTS = frozenset("、，,和与及")
#: Before a number without a unit: rates whose sign was lost, words that say there is none, and those that only number.
_RATE = re.compile(r"(?:(?<![概频效利汇税费速])(?<!(?<!成)功)率|占比|(?<![之])比例)(?:均?[为是达]|达到|[：:])?\Z")
_RATE_ENDS = frozenset("率比例为是达到：:")
#: Of what a share or by how much a thing grew, right before a number that lost its sign: 占年计划的62.4, 同比下降7.2.
_SHARE_OR_GROWTH = re.compile(
    r"占[^，。；：、\d]{0,8}(?:计划|任务|目标|指标|预算|总[数量额])数?的?\Z|(?:同比|环比|增长|增幅|下降|提高|上升|递增)了?\Z"
)
_SHARE_OR_GROWTH_ENDS = frozenset("划务标算数量额的比长幅降高升增了")
_HIGHEST_RATE = 200
_SAYS_IS = frozenset("为是")
_NUMBERS_ONLY = re.compile(r"(?:编号|代码|记|设|起点|参数|标|误差)[为是]\Z")
_CLAUSE_ENDS = frozenset("，。；、,;）\n")
_MARKS_LARGE = frozenset((",", *MYRIADS))
_ENDS_OR_CLAUSE = ENDS | _CLAUSE_ENDS
_POWERS = "".join((*TENS, *MYRIADS))
_LISTED_NUMBER = re.compile(rf"(?:[、，,和与及](?:{ARABIC}(?:[{_POWERS}]++)?|[{''.join(DIGITS)}{_POWERS}]++))++")
_SUB_UNITS = {  # 3斤5两: a second, smaller unit behind the first, and how many of it make the first
    "斤": ("两", 10), "公斤": ("两", 20), "米": ("厘米", 100), "公里": ("米", 1000), "吨": ("公斤", 1000), "尺": ("寸", 10), "亩": ("分", 10),
}  # fmt: skip
_SIGNED = frozenset(("percent", "percentage points", "temperature", "CNY", "USD"))  # dimensions that go below nothing
_BELOW = re.compile(r"零下\Z|(?:\A|[\s：:（(为是达至到约])[-－−负]\Z")
_REACHED = re.compile(r"(?:达到?了?|超过?了?|突破|逾|近|约|过)\Z")
_ORDERS = frozenset("第初头劣新腊")  # before a numeral that counts nothing
_CENT = rf"(?:[0-9０-９]|[{''.join(DIGITS)}])"
_CENTS = re.compile(rf"(?P<jiao>{_CENT})角(?:(?P<fen>{_CENT})分)?")
_HOTLINE = re.compile(r"(?:\A|[.．])(?:1[12]\d|12\d{3}|9\d{4})\Z")  # 12338, 12351, 110
_MINUS = re.compile(r"(?<![0-9０-９%％年月日A-Za-z])[-－−负]\Z")
_JOINS_PLENARIES = frozenset("届、和")
_PLENARY = re.compile("届(?:[一二三四五六七八九十]{1,2}次[、和])*\\Z")
_HELD = re.compile(r"[了过办开共出印编讲满达有续计]\Z")  # 开了三次会议 counts, 人大三次会议 does not
_LONE = frozenset(DIGITS) | frozenset(TENS) | frozenset("廿卅")  # alone, they count only before a unit
_LONE -= frozenset(_OPEN_ENDS)
_ALONE = _LONE | frozenset("123456789")
_LIST_MARKS = frozenset("、.．")
_LINE_STARTS = frozenset(("", "\n"))
_MAY_FOLLOW = _JOINTS | _GAPS | _LIST_JOINTS | frozenset((":", "："))
#: Beside none of these characters, a numeral, its unit and the words of a bound before it tell all that there is to read.
_TELLING_BEFORE = frozenset(("", *"\n.．,/:近上成前下-－−负", *_ORDERS, *_QUOTES, *ascii_letters))
_TELLING_BEHIND = frozenset(f"/／余多半人{ANCHORS}0123456789０１２３４５６７８９") | _SPAN_OPENS
_NO_COUNT_BEHIND = _ORDERS | frozenset(ascii_letters)
_ROUND_BEHIND = frozenset("近上成")  # a part of the numeral where that is round: 近百, 上千
_TAILS = frozenset("以左上之开")
_NUMERAL_OPENS = frozenset(f" {ANCHORS}0123456789０１２３４５６７８９")
_BOUNDABLE = frozenset(("exact", "more"))
_JOINS_CLAUSES = frozenset(
    "的，、,"
)  # of the characters that open a span, those that do it only before 同 and 不, 小 …
_UPPER_BEHIND = _UPPER_OPENS | {"同"}
_TELLING_AFTER = frozenset("成番:：∶比+＋.．/／") | _SPAN_OPENS | _GAPS  # behind a numeral itself
_NO_NOUN_BEFORE_ONE = "同某任每各有这那另唯之了的统单逐如举"
_ROUND = re.compile(r"十?[百千万亿]+")
_HOW_MANY_CAME = re.compile(
    r"(?:[同共]?(?:到场|参加|参与|出席|签名|围观|报名|聚集|同台|在场|观看|传唱)|规模)的"
)  # 千人参与的长跑
_PER_SO_MANY = re.compile(r"[/／] ?(?P<many>(?:10 ?|十|百)?万|1?千)(?![\d元人名户吨亩美吨公平立件次])")  # 18.5/10万
_CODE = re.compile(r"(?:编号|号码|账号|帐号|群号|证号|代码|邮编|QQ|电话|手机|传真|热线)[：: ]?\Z")
_LEAST_OF_A_CODE = 7  # digits
_PART = re.compile(r"(?P<over>[1-9])/(?P<under>[2-9]|10)(?=以[上下]|左右|的|多|[，。；、）)]|\Z)")
_PERSON = re.compile(r"人(?=[，。；、,;）)的都只就在来去报同]|\Z)")
_SOLID = frozenset(  # dimensions of which 一 counts one, standing behind its noun: 健身器材一套
    ("persons", "institutions", "places", "rooms", "buildings", "teams", "machines", "vehicles", "sets", "copies")
)
_TOLD_ALONE = frozenset(("times as much", "percentage points"))  # 增长一倍
_MEASURED = frozenset(("mass", "length", "area"))  # 二斤 counts, 二期 orders
_MEASURES_FOR = frozenset((COUNT, AMOUNT))
_GROWS_ALSO = re.compile(  # 玉米、豆类分别收3吨、2吨，同比增长一成、两成
    "[，,；](?:年均|平均|同比|环比|[比较](?:上年|去年)|同期|分别|依次|各)*(?:增[长加幅]|上升|提高|下降|降低|减少|回落)[了达到为至]*"
)
_LIST_GAPS = frozenset(("、", "，", ",", "和", "与", "及", "以及"))
_LISTED = re.compile(r"([1-9]\d?)\.(?=\d)")
LIST_ITEM = 1_000  # characters
_LOOK_CLOSER: Any = object()
_TORN_BEHIND = frozenset("第0123456789")  # before a space: a numeral behind it is an ordinal, or may be torn


def find_quantities(text: str, units: Units, *, taken: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Return the quantities in text, from left to right, without overlap, and none that touches a `taken` span.

    A value is the number after multiplication by 十, 百, 千, 万, 亿 (percentages: the number shown); a span has its ends
    in `value` and `value_max`. Masked and damaged numbers have no value, and say so in `state`.
    """
    # A step for all numbers, then the next: what a step needs is at hand for the number behind, and all takes a fifth less.
    numbers = _numbers(text, units, taken)
    counted, in_list = _what_they_count(text, numbers)
    measured = ("", "")
    for number, goes_on in zip(numbers, in_list, strict=True):
        measured = measured if goes_on else measure_of(text, number)
        set_measure(number, measured[0])
        set_base(number, measured[1])
    before: Quantity | None = None
    for number, noun in zip(numbers, counted, strict=True):
        whom = ""
        if noun and number.measure in _MEASURES_FOR:
            whom, thing = for_whom(text, number.start, noun)
            set_of(number, thing)
        set_whom(number, whom)
        if before and noun and not before.of and before.end == number.start:
            set_of(before, noun)  # 12户30名困难群众
        before = number
    return numbers


def _numbers(text: str, units: Units, taken: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Return the numbers with their units, without what they count."""
    spans = _merged(taken)
    starts = [span[0] for span in spans]
    ahead = iter((*spans, (len(text) + 1, len(text) + 1)))  # the last is no span, but an end
    taken_from, taken_to = next(ahead)
    numbers: list[Quantity] = []
    done = 0
    patterns = units.patterns
    for match in find_candidates(text, units.firsts):
        start, end = match.span()
        if start < done:
            continue
        if end - start == 1 and (alone := text[start]) in _ALONE:
            follows = text[end : end + 1]
            if follows in _LIST_MARKS and text[start - 1 : start] in _LINE_STARTS:
                continue  # 一、, 1、 and 1. number a list
            # Three candidates in five are one character, hardly one of which counts.
            if (
                follows not in patterns
                and follows not in _MAY_FOLLOW
                and alone in _LONE
                and text[start - 1 : start] not in _COMPARES
            ):
                continue
        while taken_to <= start:
            taken_from, taken_to = next(ahead)
        if taken_from < end:
            continue
        found = _LOOK_CLOSER if match.lastgroup else _read_plain(text, start, end, units)
        if found is _LOOK_CLOSER:
            found = _read(text, match, units)
        if found is None or found.start < done or taken_from < found.end:
            continue
        if found.start < start and _is_taken(found.start, start, starts, spans):
            continue
        numbers.append(found)
        done = found.end
    return numbers


def _what_they_count(text: str, numbers: Sequence[Quantity]) -> tuple[list[str], list[bool]]:
    """Tell of each number what it counts; return that, and whether the number goes on with a list whose nouns stand before it."""
    recent = Recent()
    in_turn: list[str] = []
    told_in_turn: list[str] = []
    counted: list[str] = []
    in_list: list[bool] = []
    done = 0
    for number, nouns in zip(numbers, nouns_around(text, numbers), strict=True):
        start = number.start
        goes_on = bool(in_turn) and text[done:start] in _LIST_GAPS
        if not goes_on and (in_turn or text.find("分别", start - 10 if start > 10 else 0, start) >= 0):
            in_turn = nouns_in_turn(text, done, start)
            told_in_turn = in_turn.copy() or told_in_turn
        if told_in_turn and not in_turn and not goes_on:
            in_turn = told_in_turn.copy() if _GROWS_ALSO.fullmatch(text, done, start) else []
            told_in_turn = in_turn.copy()
        noun = in_turn.pop(0) if in_turn else what_counts(text, number, nouns, done, recent)
        set_of(number, noun)
        counted.append(noun)
        in_list.append(goes_on)
        done = number.end
    return counted, in_list


_PLACED = re.compile(rf"(?:{_ALONE_AT_ONCE}|{_CANDIDATE})")


@cache
def candidates(firsts: str) -> tuple[re.Pattern[str], Flags]:
    """Return the pattern of all that may be a number, given the characters that units begin with, and the flags of characters about it.

    Three numerals in five are one character with no unit behind it; they are passed over before anything else is tried.
    """
    follow = re.escape("".join(sorted({*firsts, *_MAY_FOLLOW, *_NUMERAL_OPENS, *"点點又分多余餘来半"})))
    lone, compares = "".join(sorted(_LONE)), re.escape("".join(sorted(_COMPARES)))
    opens = f"[{ANCHORS}{MASK}余半]"
    pattern = re.compile(rf"(?={opens})(?:(?![{lone}](?![{follow}]))|(?<=[{compares}])){_CANDIDATE}")
    return pattern, flags_of(opens, f"[{lone}]", f"[{follow}]", f"[{compares}]", "[0-9]")


def find_candidates(text: str, firsts: str) -> Iterator[re.Match[str]]:
    """Yield all that may be a number, in order and apart: what the pattern finds, tried where a numeral may begin.

    That is nowhere behind a digit, if with a digit, and with a character alone only between those that let it count.
    """
    _, flags = candidates(firsts)
    told = flags.take(codes_of(text))
    here, before, behind = told[1:-1], told[:-2], told[2:]
    may_begin = here & ~((here & before) >> 4) & (~(here >> 1) | (behind >> 2) | (before >> 3)) & 1
    match_at, done = _PLACED.match, 0
    for start in may_begin.view(np.bool_).nonzero()[0].tolist():
        if start >= done and (match := match_at(text, start)):
            done = match.end()
            yield match


def _merged(taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap as one."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(taken):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _is_taken(start: int, end: int, starts: list[int], spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(starts, start)
    return (index < len(spans) and starts[index] < end) or (index > 0 and spans[index - 1][1] > start)


def _read_plain(text: str, start: int, end: int, units: Units) -> Quantity | None:
    """Read a numeral with a unit where nothing around it changes what it says; None where it counts nothing.

    _LOOK_CLOSER where that cannot be told at a glance; `_read` looks closer. Both agree: this is for speed alone.
    """
    before, surface, follows = text[start - 1 : start], text[start:end], text[end : end + 1]
    if before in _TELLING_BEFORE and (before not in _ROUND_BEHIND or surface[0] in "百千万十"):
        nothing = (before in _NO_COUNT_BEHIND and follows != "、") or _opens_a_quotation(text, start)
        return None if nothing else _LOOK_CLOSER
    if before == " " and (earlier := text[start - 2 : start - 1]) in _TORN_BEHIND:
        return None if earlier == "第" else _LOOK_CLOSER
    told = _plainly(surface)
    if told is None or (surface[-1] in "千两" and units.match(text, end - 1)):
        return _LOOK_CLOSER
    value, high, approx, digits = told
    unit = units.match(text, end)
    if unit is None or (unit[1].digits and not digits and not _is_large(surface)):
        if follows in _TELLING_AFTER:
            return _LOOK_CLOSER
        nothing = surface in _LONE or _is_no_bare(text, before, surface, end, approx, units, digits=digits)
        return None if nothing else _LOOK_CLOSER
    form, of_kind = unit
    stop = end + len(form)
    if (
        of_kind.blurred
        or follows in _TELLING_AFTER
        or text[end : end + 2] in units.opens_times
        or follows in units.opens_times
    ):
        return _LOOK_CLOSER
    tail = _plain_tail(text, stop) if text[stop : stop + 1] in _TELLING_BEHIND else None
    if tail is _LOOK_CLOSER:
        return _LOOK_CLOSER
    if not digits:
        if of_kind.digits:
            return _LOOK_CLOSER
        if text[start : start + 2] in units.opens_names and units.names.match(text, start):
            return None
        if _is_talk(text, start, end, form, stop, units, exact=approx == "exact"):
            return None
    if text.rfind("《", start - 40 if start > 40 else 0, start) >= 0 and _is_in_a_title(text, start):
        return None
    if tail:
        stop = tail.end()
        approx = blurred_by(tail) if approx == "exact" else approx
    bound = bound_before(text, start) if approx in _BOUNDABLE else None
    if bound and (approx == "exact" or bound == "about"):
        approx = bound
    return record_of(
        start, stop, text[start:stop], "quantity/numeral-unit", value, high, form, approx, "stated", of_kind.dimension
    )


def _is_no_bare(text: str, before: str, surface: str, end: int, approx: str, units: Units, *, digits: bool) -> bool:
    """Tell at a glance that a numeral without a unit, within its clause, counts nothing: 5G, 2024届, 十大."""
    if end == len(text) or text[end] in _ENDS_OR_CLAUSE or before in _COMPARES:
        return False
    if digits and (approx != "exact" or not _MARKS_LARGE.isdisjoint(surface)):
        return False
    return not ((digits or approx != "exact") and units.people.match(text, end))


def _plain_tail(text: str, stop: int) -> Any:
    """Return 以上, 左右 … behind a unit, None where clauses are joined there; _LOOK_CLOSER where a span or more may follow."""
    behind = text[stop]
    if behind in _TAILS:
        tail = TAIL.match(text, stop)
        goes_on = tail and (text[tail.end() : tail.end() + 1] in _NUMERAL_OPENS or text.startswith(_UNDER, tail.end()))
        return _LOOK_CLOSER if goes_on else tail
    return None if behind in _JOINS_CLAUSES and text[stop + 1 : stop + 2] not in _UPPER_BEHIND else _LOOK_CLOSER


@lru_cache(maxsize=4096)
def _plainly(surface: str) -> tuple[Fraction, Fraction | None, str, bool] | None:
    """Return value, high end, what blurs it and whether it is in digits, of a numeral that no rule looks at twice; None of others."""
    if len(surface) > LONGEST or surface[0] in "0０１２３４５６７８９" or "分之" in surface:
        return None
    if surface.isascii() and surface.isdecimal():
        return (Fraction(int(surface)), None, "exact", True) if len(surface) < _LEAST_OF_A_CODE else None
    may_lose, told = numeral_told(surface)
    return None if may_lose else told


def _read(text: str, match: re.Match[str], units: Units) -> Quantity | None:
    kind = match.lastgroup
    if kind == "mask":
        return read_masked(text, match, units)
    start, end = match.span()
    follows = text[end : end + 1]
    if follows in _GAPS and (spaced := end_of_spaced(text, start, end)) > end:
        end = spaced
        follows = text[end : end + 1]
    if kind == "half":
        return read_half(text, start, end)
    if kind == "lost":
        return read_lost(text, start, units)
    behind_mark = (start == 0 or text[start - 1] == "\n") and _list_mark(text, start, end)
    if behind_mark:
        start = behind_mark
    if end - start > LONGEST or (end - start >= _LEAST_OF_A_CODE and _CODE.search(text, max(0, start - 6), start)):
        return None
    if follows == "、" and (pair := _PAIR.match(text, start)) and (few := read_few(text, pair, units)):
        return few
    listed = _read_listed(text, start, end, units) if follows in _LIST_JOINTS else None
    if not (listed or _may_count(text[start:end], follows, units) or _is_compared(text, start)):
        return None
    if (
        (not behind_mark and _is_part_of_more(text, start))
        or (text[start : start + 2] in units.opens_names and units.names.match(text, start))
        or _opens_a_quotation(text, start)
    ):
        return None
    if listed:
        return listed
    if follows in (":", "：", "∶", "比"):
        return read_ratio(text, start)
    if follows == "/" and (part := _PART.match(text, start)) and int(part["over"]) < int(part["under"]):
        return quantity_of(
            text, Number(start, part.end(), parse_numeral(part[0])), part.end(), "", "percent", "fraction"
        )
    if follows in SLASHES and (per := _PER_SO_MANY.match(text, end)) and (rate := read_number(text, start, end)):
        return quantity_of(text, rate, per.end(), f"/{per['many'].replace(' ', '')}", "percent", "rate")
    if follows == "番" and text[:start].endswith(("翻", "翻了"), max(0, start - 2)):
        return read_doubling(text, start, end)
    if text[end - 1] in "千两" and end - start > 1 and (swallowed := units.match(text, end - 1)):
        shorter = read_number(text, start, end - 1)
        if shorter and (shorter.digits or text[end - 1] == "两" or text[end - 2] in "百千万亿"):
            form, unit = swallowed  # 30千瓦, 二两: the numeral had swallowed a part of the unit
            return quantity_of(text, shorter, end - 1 + len(form), form, unit.dimension, "numeral-unit")
    number = read_number(text, start, end)
    return _read_counted(text, number, units) if number else None


def _list_mark(text: str, start: int, end: int, deepest: int = 5) -> int:
    """Return where the mark of a line in a list ends (8. in 8.6个专项), as the line numbered before it shows, or the next; else 0."""
    mark = _LISTED.match(text, start, end)
    if mark is None:
        return 0
    number = int(mark[1])
    if number == 1:
        after = text.find("\n2.", start, start + LIST_ITEM) + 3
        return mark.end() if after > 2 and not text[after : after + 1].isdigit() else 0
    before = text.rfind(f"\n{number - 1}.", max(0, start - LIST_ITEM), start) + 1
    if not before:
        return 0
    follows = before + len(str(number - 1)) + 1
    listed = not text[follows].isdigit() or (deepest > 0 and _list_mark(text, before, start, deepest - 1))
    return mark.end() if listed else 0


def _may_count(surface: str, follows: str, units: Units) -> bool:
    """Tell cheaply whether it is worth reading the numeral: most of them number headings or stand in other words."""
    if surface == "一":  # the most frequent numeral, and hardly ever a count
        return follows in units.patterns or follows in _TO_MORE
    if follows in ("、", "）", ")") and surface[-1].isdecimal() and len(surface) < 3:
        return False  # 1、 and （2） number a list
    return (
        follows in units.patterns
        or surface[0].isdecimal()
        or surface[-1] in _OPEN_ENDS
        or follows in _JOINTS
        or ("分之" in surface)
        or (follows in _GAPS and surface[-1] in TENS)
        or (surface[-1] == "两" and len(surface) > 1)
    )


def _is_compared(text: str, start: int) -> bool:
    """Tell whether a word of comparison stands before a numeral, which then counts without a unit: 大于20, 超过一千."""
    return text[start - 1 : start] in _COMPARES and COMPARED.search(text, max(0, start - 9), start) is not None


def _is_part_of_more(text: str, start: int) -> bool:
    """Tell whether the numeral belongs to an ordinal, a code, a version or a longer number."""
    before = text[start - 1 : start]
    if not before or ("\u4e00" <= before <= "\u9fff" and before not in _ORDERS):
        return False
    if before in _ORDERS or (before.isascii() and before.isalpha()):
        return True
    earlier = text[start - 2 : start - 1]
    if before == " " and earlier == "第":
        return True
    if before not in ".．,，/:：" or not earlier.isdigit():
        return False
    if before == "," and IN_TURN.search(text, max(0, start - 2 * LONGEST), start):
        return False  # 分别为12,15,20公里
    return before not in "，：" or text[start] in "０１２３４５６７８９"


def _opens_a_quotation(text: str, start: int) -> bool:
    """Tell whether the numeral opens a short quotation, and so a name or a slogan: “三个代表”."""
    closing = _QUOTES.get(text[start - 1 : start])
    return closing is not None and text.find(closing, start, start + 14) > 0


def _is_in_a_title(text: str, start: int) -> bool:
    opened = text.rfind("《", start - 40 if start > 40 else 0, start)
    return opened >= 0 and text.find("》", opened, start) < 0


def _read_counted(text: str, number: Number, units: Units) -> Quantity | None:
    position = _behind_gap(text, number)
    if text.startswith("+", number.end) and units.match(text, number.end + 1):
        position = number.end + 1
        number = number._replace(end=position, approx="more")  # 10万+人次
    unit = units.match(text, position)
    if is_of_a_time(text, position, unit, units) or _is_in_a_title(text, number.start):
        return None
    if "分之" in text[number.start : number.end]:
        return read_fraction(text, number)
    if text[position : position + 1] == "成" and (tenths := read_tenths(text, number, position)):
        return tenths
    if unit and not _fits(text, number, unit[1]):
        unit = None
    if span := _read_span(text, number, unit, position, units):
        return span
    if unit is None:
        return _read_bare(text, number, units)
    form, of_kind = unit
    end = position + len(form)
    if form == "版" and text[number.start] == "0":
        return None  # 02版 is a page of a newspaper
    if form == "个" and text[end : end + 1] == "人" and _PERSON.match(text, end):
        form, of_kind, end = "人", units.forms["人"], end + 1  # 9个人
    if form in ("名", "位") and text[number.start - 1 : number.start] == "前":
        return None  # a rank
    if not number.digits and _is_talk(text, number.start, number.end, form, end, units, exact=number.approx == "exact"):
        return None
    if of_kind.dimension == "CNY" and number.low is not None and (cents := _CENTS.match(text, end)):
        return read_cents(text, number, cents)
    if whole := _read_two_units(text, number, form, end):
        number, end = whole
    elif of_kind.dimension in _SIGNED:
        number = _signed(text, number, of_kind.dimension)
    if text[end : end + 1] == "半" and number.low is not None and number.high is None and AND_A_HALF.match(text, end):
        half = number._replace(low=number.low + Fraction(1, 2))
        return quantity_of(text, half, end, form, of_kind.dimension, "numeral-unit-half", half=True)
    return quantity_of(text, number, end, form, of_kind.dimension, "numeral-unit")


def _behind_gap(text: str, number: Number) -> int:
    """Return where the unit may stand: behind one space, and behind more where the numeral is written in characters."""
    position = number.end
    if text[position : position + 1] not in _GAPS:
        return position
    if number.digits:
        return position + (text[position] == " ")
    if text[position - 1] not in _POWERS:
        return position
    while text[position : position + 1] in _GAPS and position < number.end + 4:
        position += 1
    return position


def _signed(text: str, number: Number, dimension: str) -> Number:
    """Return a number below nothing with its sign: -6℃, 零下四摄氏度, 为-10.1万元; a dash that joins two words is none."""
    if number.low is None or number.high is not None:
        return number
    before = text[max(0, number.start - 2) : number.start]
    if dimension == "temperature" and before == "零下":
        return number._replace(start=number.start - 2, low=-number.low)
    pattern = _BELOW if dimension in ("CNY", "USD", "") else _MINUS
    return number._replace(start=number.start - 1, low=-number.low) if pattern.search(before) else number


def _read_two_units(text: str, number: Number, form: str, end: int) -> tuple[Number, int] | None:
    """Return the number that two units tell, 3斤5两 as 3.5 斤, and where the second ends."""
    smaller = _SUB_UNITS.get(form)
    if smaller is None or number.low is None or number.high is not None:
        return None
    unit, many = smaller
    second = NUMERAL.match(text, end, end + 5)
    if second is None:
        return None
    swallowed = second[0].endswith(unit) and len(second[0]) > 1
    numeral = second[0][: -len(unit)] if swallowed else second[0]
    if not swallowed and not text.startswith(unit, second.end()):
        return None
    try:
        more = parse_numeral(numeral)
    except NumeralError:
        return None
    stop = second.end() + (0 if swallowed else len(unit))
    return (number._replace(low=number.low + more / many), stop) if more < many else None


def _fits(text: str, number: Number, unit: Unit) -> bool:
    if unit.digits and not number.digits and not _is_large(text[number.start : number.end]):
        return False
    return not unit.blurred or number.approx != "exact" or text[number.end - 1] in "百千万"


def _is_large(surface: str) -> bool:
    """Tell a numeral in characters that is no word: 三万方, 一万来字; not 万方."""
    return surface[0] in DIGITS and any(char in MYRIADS for char in surface)


def _is_talk(text: str, start: int, stop: int, form: str, end: int, units: Units, *, exact: bool) -> bool:
    """Tell whether a Chinese numeral, text[start:stop], with its classifier only organises the talk, or belongs to a name."""
    surface = text[start:stop]
    before = text[start - 1 : start]
    if surface == "一":
        return not _is_one(text, start, form, end, units)
    if surface[-1] in "百千万亿" and _ROUND.fullmatch(surface):
        return exact and not (
            _REACHED.search(text, max(0, start - 3), start) or TAIL.match(text, end) or _HOW_MANY_CAME.match(text, end)
        )
    if before in ("这", "那") or (before == "反" and form == "面"):
        return True  # 正反两面
    if form == "次" and before in _JOINS_PLENARIES and _PLENARY.search(text, max(0, start - 12), start):
        return True  # 十届六次、七次全会
    if surface == "二" and units.forms[form].dimension in _MEASURED:
        return before in _NO_COUNT_BEFORE_TWO
    if surface == "二" and (form not in _PAIR_CLASSIFIERS or before in _NO_COUNT_BEFORE_TWO):
        return True  # an ordinal: 二期工程, 二次会议
    if (form == "期" and len(surface) == 1) or (
        form == "次" and text.startswith(("会议", "代会", "代表大会", "\n会议"), end)
    ):
        return not _HELD.search(text, max(0, start - 2), start)
    if form not in units.discourse_classifiers:
        return False
    talk = units.discourse.search(text, end, end + 6)
    return talk is not None and not any(char in text[end : talk.start()] for char in "，。；、：！？\n")


def _is_one(text: str, start: int, form: str, end: int, units: Units) -> bool:
    """Tell whether 一 counts one: behind its noun, at the end of a clause (健身器材一套，)."""
    before = text[start - 1 : start]
    return units.forms[form].dimension in _TOLD_ALONE or (
        units.forms[form].dimension in _SOLID
        and (before in ("”", "》") or (CHINESE.match(before) is not None and before not in _NO_NOUN_BEFORE_ONE))
        and (end == len(text) or text[end] in "，。；、）);,\n\r")
    )


def _read_span(
    text: str, number: Number, unit: tuple[str, Unit] | None, position: int, units: Units
) -> Quantity | None:
    """Read 3—5户, 20周岁至50周岁, 3-5万元 or 2万以上8万以下; None where no span stands here."""
    if number.low is None or number.high is not None:
        return None
    position = position + len(unit[0]) if unit else number.end
    follows = text[position : position + 1]
    if follows not in _SPAN_OPENS or (follows in _COMMAS and text[position + 1 : position + 2] not in _UPPER_OPENS):
        return None
    tail = TAIL.match(text, position)
    joint = _DASH.match(text, position) or _AND.match(text, position) or _upper(text, number, position)
    if not joint and not (tail and tail["sense"] == "上"):
        return None
    at = joint.end() if joint else tail.end() if tail else position
    under = not joint and text.startswith(_UNDER, at)  # 14岁以上不满16岁
    at += 2 * under
    second = NUMERAL.match(text, at + text.startswith(" ", at))
    other = read_number(text, *second.span()) if second and second.end() - second.start() <= LONGEST else None
    if other is None or other.low is None or other.high is not None:
        return None
    found = units.match(text, other.end + text.startswith(" ", other.end))
    if is_of_a_time(text, other.end, found, units):
        return None
    end = other.end + text.startswith(" ", other.end) + len(found[0]) if found else other.end
    closing = None if joint else TAIL.match(text, end)
    if not joint and not under and not (closing and closing["sense"] in ("下", "内")):
        return None
    between = text.startswith("之间", end)
    if joint and not between and (joint[0] in _AND_WORDS or (found is None and joint.re is not _UPPER)):
        return None
    if found and (not _fits(text, other, found[1]) or (unit and unit[1] != found[1])):
        return None
    if joint and joint.re is _AND and number.digits != other.digits:
        return None
    low = number.low if unit or not joint or joint.re is _UPPER else _scaled(text, number, other)
    if low >= other.low:
        return None
    form, dimension = (found[0], found[1].dimension) if found else ("", "")
    if not joint and closing:
        end = closing.end()
    whole = Number(number.start, end, low, other.low, other.approx, "stated", number.digits)
    return quantity_of(text, whole, end, form, dimension, "span", tail=bool(joint))


def _upper(text: str, number: Number, position: int) -> re.Match[str] | None:
    """Return the words of an upper bound (小于) behind a number that has a lower one: 大于20小于35."""
    upper = _UPPER.match(text, position)
    return upper if upper and bound_before(text, number.start) == "more" else None


def _read_listed(text: str, start: int, end: int, units: Units) -> Quantity | None:
    """Read a number of a list whose unit stands behind the last alone: 3 and 5 of 长度分别为3、5和8公里."""
    others = _LISTED_NUMBER.match(text, end, end + 2 * LONGEST)
    if others is None or not IN_TURN.search(text, max(0, start - 2 * LONGEST), start):
        return None
    last = max(others[0].rfind(joint) for joint in _LIST_JOINTS) + 1
    unit = units.match(text, others.end())
    number = read_number(text, start, end)
    if unit is None or number is None or number.low is None or is_of_a_time(text, others.end(), unit, units):
        return None
    final = read_number(text, others.start() + last, others.end())
    if final is None or final.digits != number.digits or not _fits(text, number, unit[1]):
        return None
    return quantity_of(text, number, end, unit[0], unit[1].dimension, "listed", tail=False)


def _scaled(text: str, number: Number, other: Number) -> Fraction:
    """Return the low end of a span whose factor stands only at the high end: 3-5万 begins at 30000."""
    assert number.low is not None and other.low is not None
    surface, high = text[number.start : number.end], text[other.start : other.end]
    if any(char in surface for char in MYRIADS):
        return number.low
    factor = scale_of(high) if scale_of(surface) == 1 else max((MYRIADS.get(char, 1) for char in high), default=1)
    return number.low * factor if number.low * factor < other.low else number.low


def _read_bare(text: str, number: Number, units: Units) -> Quantity | None:
    """Read a number without a unit: 5万多妇女, 300职工, 已达千万, 2万以上."""
    surface, end = text[number.start : number.end], number.end
    large = any(char in surface for char in MYRIADS) or "," in surface
    blurred = number.approx != "exact"
    if number.low is None:
        return None
    if _is_compared(text, number.start) and (compared := read_compared(text, number)):
        return compared
    bounded = len(surface) > 1 and text[end : end + 1] in TAIL_OPENS and TAIL.match(text, end) is not None
    if not (number.digits or blurred or bounded or _ROUND.fullmatch(surface)):
        return None
    if number.digits and (end == len(text) or text[end] in _CLAUSE_ENDS) and _lost_its_unit(text, number):
        return quantity_of(text, number, end, "", "", UNIT_LOST, tail=False)
    reached = _REACHED.search(text, max(0, number.start - 3), number.start)
    if number.digits and text[end : end + 1] == "." and _closes_a_sentence(text, number.start, end):
        return quantity_of(text, number, end, "", "", UNIT_LOST, tail=False)
    at_end = end == len(text) or (text[end] in ENDS and not TAIL.match(text, end + 1))
    if at_end:
        counts = (number.digits and large) or (
            reached is not None and len(surface) > 1 and (large or (number.digits and not is_year(surface)))
        )
    elif TAIL.match(text, end + text.startswith(" ", end)):
        counts = number.digits or large or len(surface) > 1
        end += text.startswith(" ", end)
    elif units.people.match(text, end):
        counts = (number.digits or blurred) and not _HOTLINE.search(surface) and not is_year(surface)
    else:
        counts = number.digits and (large or blurred) and bool(CHINESE.match(text, end)) and text[end] not in "里级号分"
    return quantity_of(text, _signed(text, number, ""), end, "", "", "bare-numeral") if counts else None


def _lost_its_unit(text: str, number: Number) -> bool:
    """Tell whether a number at the end of a clause is a rate that lost its sign (办结率98.2，) or says that there is none (发案数为0。)."""
    start = number.start
    before = text[start - 1 : start]
    if before in _SAYS_IS and text[start : number.end] == "0":
        return _NUMBERS_ONLY.search(text, max(0, start - 5), start) is None
    if number.low is None or number.low > _HIGHEST_RATE:
        return False
    if before in _SHARE_OR_GROWTH_ENDS and _SHARE_OR_GROWTH.search(text, max(0, start - 14), start):
        return text[number.end : number.end + 1] != "、"  # 一是增长5、10元: a list whose unit comes later
    return before in _RATE_ENDS and _RATE.search(text, max(0, start - 9), start) is not None


def _closes_a_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether a stop, not the mark of a list, stands behind a number whose unit is lost: 栽种油茶860.又种花椒60."""
    surface, behind = text[start:end], text[end + 1 : end + 2]
    if not surface.isdecimal() or len(surface) > 5 or int(surface) <= _MOST_ITEMS or is_year(surface):
        return False
    before = text[start - 1 : start]
    return (
        bool(CHINESE.match(before))
        and before not in _NUMBERED
        and (not behind or behind == "\n" or bool(CHINESE.match(behind)))
    )
