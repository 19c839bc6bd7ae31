"""Numbers as they are read from a text, and the quantities that are made of them."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from nlp.numerals import LONGEST, NumeralError, parse_neighbours, parse_numeral
from nlp.records import Quantity, new_record, setters_of
from nlp.units import Unit, Units

_GARBLED = re.compile(r"[0-9]+[lIOo]+[0-9]*[.．]\Z")  # 3l.5万元: letters read for digits
# What stands before the rest of a numeral that is torn in two, or of which every digit stands apart: 捐款1 2300元, 1 2 3 0元.
# Columns of a table are none: a cell stands apart on both sides.
_TORN = re.compile(
    r"(?:(?<=[\u4e00-\u9fff])(?<![第图表附页号式至到和为、期组班])[0-9]{1,6} |(?<![0-9.,] )(?<![0-9.,])(?:[0-9] ){2,}"
    r"|(?P<thousands>(?<=[\u4e00-\u9fff] )[1-9][0-9]{0,2} ))\Z"
)
_MORE = frozenset("多余餘几幾数數")  # a numeral with one of these has more than it says
_BLURS = _MORE | {"来"}
TAIL = re.compile(
    r"(?:[（(]含[）)])?(?:(?:及|或者?)?以(?P<sense>[上下内])|左右|上下|之(?P<within>[内下](?![一二三四五六七八九]))|之多|开外)"
)
_PARTICLE = re.compile(r"余(?![额款下名])|多(?=[，。；、）)地的\n]|\Z)")
BOUND_WORDS = re.compile(
    r"(?=[超突不至最大高多逾过少低小未约将接近])"
    r"(?:(?P<more>超过|超出|突破|不少于|不低于|不小于|不下于?|不得少于|不得低于|至少|最少|大于|高于|多于|不止|(?<![赶])超|(?<![通超经])过了|逾)|"
    r"(?P<less>不足|不满|不到|少于|低于|小于|不超过|不得超过|不高于|不多于|不大于|最多|至多|未达)|"
    r"(?P<about>大约|大概|将近|接近|(?<![附最邻临靠亲])近|(?<![节制条合公签预特契])约))(?:[有为达计合占在了]|达到| ?(?:或者?)? ?等于)?\Z"
)
_BEFORE_ENDS = frozenset("满过出破于下少多止超逾足到达近约概有为计合占在了")
_FAR_BOUND = re.compile(
    r"(?:(?P<more>[至最]少)|(?P<less>[至最]多))(?![，。的])[^，。；、：！？\s\d一二三四五六七八九十百千万]{1,8}\Z"
)
_FAR_OF = re.compile(  # 不低于代表总数的 (30%)
    r"(?:(?P<more>不得?[低少]于|至少(?:[占达]到?))|(?P<less>不得?(?:超过|[高多]于)))[^，。；、：！？\s\d的]{2,12}的\Z"
)
SLASHES = frozenset("/／")
_PARTICLES = frozenset("余多")
_PERCENT_SIGNS = {"％": "%", "﹪": "%"}
TAIL_OPENS = frozenset("（(及或以左上之开")
_PER = re.compile(
    r"[/／]每?(?:千瓦时|平方公里|平方米|立方米|公斤|公里|公顷|小时|学时|课时|万人|[人户亩月年天日秒度吨斤克米升次株头只份个台件场期])"
    r"(?:[·.]?[月年天次])?"
)
_POINTS = frozenset(".．")
_MAY_LOSE_BEHIND = frozenset(".． ")
_LOST_FRACTION = re.compile(r"[.．][万亿千百][多余]?")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
(
    _set_start, _set_end, _set_text, _set_rule, _set_value, _set_value_max, _set_unit, _set_approx, set_of, _set_state,
    _set_dimension, set_measure, set_base, _set_modality, set_whom,
) = setters_of(Quantity)  # fmt: skip


class Number(NamedTuple):
    """A numeral in its place: its value, or both ends of its span, and what blurs or damages it.

    A tuple, made in a third of the time of a frozen dataclass.
    """

    start: int
    end: int
    low: Fraction | None
    high: Fraction | None = None
    approx: str = "exact"
    state: str = "stated"
    digits: bool = True  # written in Arabic digits


def read_number(text: str, start: int, end: int) -> Number | None:
    """Return the number that the numeral text[start:end] names, without a value where it has lost digits; None where it names none."""
    surface = text[start:end]
    may_lose, told = numeral_told(surface)
    before = text[start - 1 : start]
    may_lose = may_lose or before in _MAY_LOSE_BEHIND or text[end : end + 1] in _POINTS
    if may_lose and "分之" not in surface and (lost := _lost_digits(text, start, end)):
        return lost
    if told is None:
        return None
    value, high, approx, digits = told
    if high is not None:
        return Number(start, end, value, high, approx, "stated", digits)
    if before in ("近", "上", "成") and surface[0] in "百千万十" and "分之" not in surface:
        if surface[0] == "十" and before != "近":
            return Number(start, end, value, None, approx, "stated", digits)
        start, approx = start - 1, "about" if before == "近" else "more"
    return Number(start, end, value, None, approx, "stated", digits)


@lru_cache(maxsize=4096)
def numeral_told(surface: str) -> tuple[bool, tuple[Fraction, Fraction | None, str, bool] | None]:
    """Return whether a numeral may have lost digits, and its value, the high end of its span, what blurs it and whether it is in digits.

    None in place of the latter where it is no number that counts.
    """
    digits = surface[0].isdecimal()
    may_lose = surface[0] in "0０" or (len(surface) == 2 and surface[1] == "余" and digits)
    if not digits and (span := parse_neighbours(surface)):
        return may_lose, (*span, "about", digits)
    if len(surface) > 1 and not digits and all(char in "〇零一二三四五六七八九" for char in surface):
        return may_lose, None  # 二〇一二 is a year, 一二三 a list
    try:
        value = parse_numeral(surface)
    except NumeralError:
        return may_lose, None
    approx = "exact" if _BLURS.isdisjoint(surface) else "about" if _MORE.isdisjoint(surface) else "more"
    return may_lose, (value, None, approx, digits)


def _torn_before(text: str, start: int, surface: str) -> int | None:
    """Return where a numeral begins that is torn from what stands before it, None where it is whole."""
    torn = _TORN.search(text, max(0, start - LONGEST), start)
    if torn is None or (torn["thousands"] and not (len(surface) == 3 and surface.isdecimal())):
        return None
    return torn.start()


def _lost_digits(text: str, start: int, end: int) -> Number | None:
    """Return a number that has lost digits (000多人, 0岁左右, 8.万头, .8万公斤), without a value; otherwise None."""
    surface = text[start:end]
    approx = "more" if "多" in surface or "余" in surface else "exact"
    before, earlier = text[start - 1 : start], text[start - 2 : start - 1]
    if garbled := _GARBLED.search(text, max(0, start - 8), start):
        return Number(garbled.start(), end, None, None, approx, "damaged")
    if before == " " and surface[0].isdecimal() and (torn := _torn_before(text, start, surface)) is not None:
        return Number(torn, end, None, None, approx, "damaged")
    if before and before in ".．" and CHINESE.match(earlier) and earlier not in "〇一二三四五六七八九十":
        return Number(start - 1, end, None, None, approx, "damaged")
    if (
        text[end : end + 1] in _POINTS
        and (fraction := _LOST_FRACTION.match(text, end))
        and surface.isdecimal()
        and CHINESE.match(before)
    ):
        return Number(start, fraction.end(), None, None, "more" if fraction[0][-1] in "多余" else "exact", "damaged")
    if len(surface) == 2 and surface[1] == "余" and surface[0].isdecimal():
        return Number(start, end, None, None, approx, "damaged")  # 1余人: 余 follows tens
    zeros = surface[0] in "0０" and surface[1:2] not in (".", "．")
    if zeros and (surface[1:2].isdecimal() or approx == "more" or text.startswith(("左右", "上下", "以上"), end + 1)):
        return Number(start, end, None, None, approx, "damaged")
    return None


def is_of_a_time(text: str, position: int, unit: tuple[str, Unit] | None, units: Units) -> bool:
    """Tell whether what stands behind a number is of a time, which `nlp.times` reads, and no longer word for a unit."""
    if (
        text[position : position + 1] not in units.opens_times
        and text[position : position + 2] not in units.opens_times
    ):
        return False
    time = units.times.match(text, position)
    return time is not None and (unit is None or len(unit[0]) <= len(time[0]))


def quantity_of(
    text: str, number: Number, end: int, form: str, dimension: str, rule: str, *, tail: bool = True, half: bool = False
) -> Quantity:
    """Return the quantity, with what may follow its unit: 元/亩, 多, 以上."""
    follows = text[end : end + 1]
    if form and follows in SLASHES and (per := _PER.match(text, end)):
        form, dimension, end = form + per[0].replace("／", "/"), f"{dimension} {per[0]}", per.end()
    approx = number.approx
    end += half
    if tail and form and follows in _PARTICLES and (particle := _PARTICLE.match(text, end)):
        approx, end = "more", particle.end()
    if tail and text[end : end + 1] in TAIL_OPENS and (after := TAIL.match(text, end)):
        end = after.end()
        approx = blurred_by(after) if approx == "exact" else approx
    elif rule == "span":
        approx = "exact"
    bound = bound_before(text, number.start) if approx in ("exact", "more") else None
    if bound and (approx == "exact" or bound == "about"):
        approx = bound  # 约30余人 is about 30: it promises no more than its vaguest word
    start, _, value, high, _, state, _ = number
    return record_of(start, end, text[start:end], f"quantity/{rule}", value, high, form, approx, state, dimension)


def record_of(
    start: int, end: int, surface: str, rule: str, value: Fraction | None, high: Fraction | None, form: str, approx: str,
    state: str, dimension: str,
) -> Quantity:  # fmt: skip
    """Return a record that does not say yet what is counted and how. Made by its slots: in a third of the time of its constructor."""
    found: Quantity = new_record(Quantity)
    _set_start(found, start)
    _set_end(found, end)
    _set_text(found, surface)
    _set_rule(found, rule)
    _set_value(found, value)
    _set_value_max(found, high)
    _set_unit(found, _PERCENT_SIGNS.get(form, form))
    _set_approx(found, approx)
    _set_state(found, state)
    _set_dimension(found, dimension)
    _set_modality(found, "")
    return found


def bound_before(text: str, start: int) -> str | None:
    """Return the bound that the words before a number give it: 不足, 约, 至少, the last also from afar (至少举办5场)."""
    while start and text[start - 1] == " ":
        start -= 1
    if text[start - 1 : start] in _BEFORE_ENDS and (lead := BOUND_WORDS.search(text, max(0, start - 9), start)):
        return lead.lastgroup
    low = start - 10 if start > 10 else 0
    if text[start - 1 : start] == "的" and (far := _FAR_OF.search(text, max(0, start - 16), start)):
        return far.lastgroup
    near = text[low:start]
    if "至" not in near and "最" not in near:
        return None
    far = _FAR_BOUND.search(text, low, start)
    return far.lastgroup if far else None


def blurred_by(tail: re.Match[str]) -> str:
    """Return what 以上, 以下, 左右 … behind a number make of it: more, less or about."""
    if tail["sense"] == "上" or tail[0].endswith("外"):
        return "more"
    if tail["sense"] or tail["within"]:
        return "less"
    return "exact" if tail[0].endswith("之多") else "about"
