"""The numbers, shares, sums of money and units among the cases that other libraries test themselves with.

`is_right(case)` reads the text of a case with our finders and compares with what its suite expects: every number of the kind
in order, none more, its value in the unit that is expected (3斤 are 1500 grams), its bounds where bounds are expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nlp.numerals import find_numerals
from nlp.quantities import find_quantities, load_units

KINDS = frozenset(("number", "percent", "money", "unit"))
UNITS = load_units()
CURRENCIES = frozenset(("CNY", "USD", "HKD", "EUR", "JPY", "GBP", "TWD", "RUB"))
SHARES = frozenset(("percent", "percentage points"))
TOLERANCE = Fraction(1, 10**9)  # the suites write doubles
CENT = Fraction(1, 200)  # JioNLP rounds money to cents
_PERCENT_OF = {"": Fraction(100), "‰": Fraction(1, 10), "成": Fraction(10)}
_DIGITS = re.compile(r"(?<![\d.])-?\d+(?:\.\d+)?")
_BASES = {
    "Gram": ("mass", Fraction(1, 1000)),
    "Metre": ("length", Fraction(1)),
    "Kilometre": ("length", Fraction(1000)),
}
_BLURS = {"accurate": ("exact",), "blur+": ("more",), "blur-": ("less", "about")}


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as our finders read it; `high` where it is a range."""

    start: int
    end: int
    low: Fraction
    high: Fraction | None
    unit: str
    dimension: str
    approx: str


def read(text: str) -> list[Reading]:
    """Return the quantities of a text and the numerals outside them, in order."""
    found = [
        Reading(q.start, q.end, q.value, q.value_max, q.unit, q.dimension, q.approx)
        for q in find_quantities(text, UNITS)
        if q.value is not None
    ]
    taken = [(one.start, one.end) for one in found]
    for one in find_numerals(text):
        if not any(start < one.end and one.start < end for start, end in taken):
            found.append(Reading(one.start, one.end, one.value, None, "", "numeral", one.approx))
    return sorted(found, key=lambda one: one.start)


def is_right(case: Mapping[str, Any]) -> tuple[bool, str]:
    """Return whether a case is read as its suite expects, and what was read."""
    kind, suite = case["kind"], case["suite"]
    readings = [one for one in read(case["text"]) if _is_of(one, kind, case)]
    if suite == "recognizers":
        right = _as_recognizers(readings, case["expected"], kind, case["spec"])
    elif suite == "duckling":
        right = _as_duckling(readings, str(case["expected"]))
    elif suite == "cn2an":
        right = _same(_values(readings), _numbers_of(case))
    else:
        right = _as_jionlp(readings, case["expected"], case["text"])
    return right, "; ".join(
        f"{one.low}{f'–{one.high}' if one.high else ''} {one.unit} {one.approx}" for one in readings
    )


def _is_of(one: Reading, kind: str, case: Mapping[str, Any]) -> bool:
    if "Range" in case["spec"]:
        return one.high is not None or one.approx != "exact"
    if kind == "number":
        return case["expected"] != [] or one.dimension != "numeral"
    if kind == "percent":
        return one.dimension in SHARES
    if kind == "money":
        return one.dimension in CURRENCIES or "Cent" in str(case["expected"])
    return one.dimension not in ("", "numeral")


def _values(readings: list[Reading]) -> list[Fraction]:
    return [value for one in readings for value in (one.low, one.high) if value is not None]


def _same(ours: list[Fraction], theirs: list[Fraction], tolerance: Fraction = Fraction(0)) -> bool:
    return len(ours) == len(theirs) and all(
        abs(one - other) <= max(tolerance, abs(other) * TOLERANCE) for one, other in zip(ours, theirs, strict=True)
    )


def _numbers_of(case: Mapping[str, Any]) -> list[Fraction]:
    """Return what cn2an expects: a number, or a text rewritten, whose numbers stand in digits here or there."""
    expected = str(case["expected"])
    digits = expected if _DIGITS.search(expected) else case["text"]
    return [Fraction(number) for number in _DIGITS.findall(digits)]


def _as_duckling(readings: list[Reading], expected: str) -> bool:
    factor, base = Fraction(1), None
    for name, (dimension, in_base) in _BASES.items():
        if f" {name} " in f"{expected} ":
            base, factor = dimension, in_base
    wanted = [Fraction(number) * factor for number in _DIGITS.findall(expected)]
    ours = []
    for one in readings:
        unit = UNITS.forms.get(one.unit)
        if base is not None and (unit is None or unit.dimension != base):
            return False
        by = unit.factor if unit and base is not None else Fraction(1)  # 分 of money and of marks is 分 as written
        ours += [value * by for value in (one.low, one.high) if value is not None]
    return _same(ours, wanted)


def _as_recognizers(readings: list[Reading], expected: list[dict[str, Any]], kind: str, spec: str) -> bool:
    if len(readings) != len(expected):
        return False
    pairs = zip(readings, expected, strict=True)
    return all(_is_recognized(one, item, kind, "Range" in spec) for one, item in pairs)


def _is_recognized(one: Reading, item: dict[str, Any], kind: str, is_range: bool) -> bool:
    value = item["resolution"]["value"]
    if not (one.start <= item["end"] and item["start"] < one.end):
        return False
    if is_range:
        low, high = (side.strip("[]() ") for side in value.split(","))
        if low and high:
            return _same(_values([one]), [Fraction(low), Fraction(high)])
        right = _same(_values([one]), [Fraction(low or high)])
        return right and one.approx in (("more", "about") if low else ("less",))
    ours = one.low
    if kind == "percent" and one.dimension == "percent":
        ours *= _PERCENT_OF.get(one.unit, Fraction(1))
    return one.high is None and _same([ours], [Fraction(value.rstrip("%"))])


def _as_jionlp(readings: list[Reading], expected: Any, text: str) -> bool:
    if isinstance(expected, list):
        return [text[one.start : one.end] for one in readings] == [item["text"] for item in expected]
    numbers = expected["num"]
    wanted = [Fraction(number) for number in (numbers if isinstance(numbers, list) else [numbers])]
    blurs: Iterator[str] = (one.approx for one in readings)
    known = _BLURS.get(expected["definition"])
    return _same(_values(readings), wanted, CENT) and (known is None or all(blur in known for blur in blurs))
