"""What can be corrected, and to what: the fields, their codes, and values as the log keeps them."""

from __future__ import annotations

import sqlite3
from fractions import Fraction

from index.errors import BadCorrection, BadDay
from index.inputs import parse_day, parse_days

CORRECTED = "corrected"  # rule and basis of what a person said
NONE, YES, NO = "none", "yes", "no"
DOC_TYPES = ("plan", "summary", "rectification", "experience", "research", "speech", "notice", "news", "other")
ORG_LEVELS = ("nation", "province", "city", "county", "township", "village", "enterprise", "unknown")
POLARITIES = ("asserted", "negated", "solved", "measure_implied", "required_of_others", "hypothetical")
SCOPES = ("own_organisation", "lower_level", "leaders_above", "population", "society_law")
STRENGTHS = ("widespread", "partial", "mild", NONE)
APPROX = ("exact", "more", "about", "less")
TIME_KINDS = ("date", "period", "deadline", "duration", "frequency")
ACTIVITY_KINDS = ("campaign", "programme", "brand", "honour", "event", "body")
TABLE_OF = {"problem": "problems", "number": "quantities", "time": "times", "activity": "activities"}
FIELDS: dict[str, tuple[str, ...]] = {  # the layers that have a field
    **dict.fromkeys(("year", "org", "org_level", "region", "doc_type", "title"), ("document",)),
    **dict.fromkeys(("problem", "polarity", "leaves", "scope", "strength"), ("problem",)),
    **dict.fromkeys(("value", "unit", "of", "approx", "number"), ("number",)),
    **dict.fromkeys(("start", "end", "date", "time"), ("time",)),
    **dict.fromkeys(("name", "activity"), ("activity",)),
    "kind": ("activity", "time"),
}
CODES = {
    "org_level": ORG_LEVELS, "doc_type": DOC_TYPES, "problem": (YES, NO), "polarity": POLARITIES, "scope": SCOPES,
    "strength": STRENGTHS, "approx": APPROX, "kind": (*ACTIVITY_KINDS, *TIME_KINDS), "number": (NO,), "time": (NO,),
    "activity": (NO,),
}  # fmt: skip
REMOVES = ("number", "time", "activity")  # fields whose no takes the mention away
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


def checked(connection: sqlite3.Connection, field: str, value: str) -> str:
    """Return a value as the log keeps it. Raises BadCorrection (UnknownLeaf for leaves), which say what would do."""
    value = value.strip()
    if field in CODES:
        if value not in CODES[field]:
            raise BadCorrection("code", value=value, known=" ".join(CODES[field]))
        return value
    if not value:
        raise BadCorrection("empty", value=field, known=NONE)
    if field == "leaves":
        from index.problems import leaf_named, read_leaves  # late: every command opens an index, few correct a leaf

        names = read_leaves(connection)
        return " ".join(dict.fromkeys(leaf_named(part, names) for part in _listed(value)))
    if field in ("title", "unit", "of", "name", "org", "region") or value == NONE:
        return value
    try:
        if field == "year":
            return _year(value)
        if field == "value":
            return "..".join(map(str, numbers_in(value)))
        return "..".join(_days(field, value))
    except (ValueError, BadDay):
        raise BadCorrection(field if field in ("year", "value") else "day", value=value, known="") from None


def _listed(value: str) -> list[str]:
    for mark in "、,,;;":
        value = value.replace(mark, " ")
    return value.split()


def _year(value: str) -> str:
    year = parse_day(value)
    if len(year) != 4 or not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        raise ValueError(value)
    return year


def numbers_in(value: str) -> list[Fraction]:
    """Return the number, or the lower and the upper of a range, that words spell: 1200, 1.5万, 3..5."""
    from nlp.numerals import parse_numeral

    parts = [parse_numeral(part) for part in value.replace("%", "").replace("%", "").split("..")]
    if len(parts) > 2 or sorted(parts) != parts:
        raise ValueError(value)
    return parts


def _days(field: str, value: str) -> list[str]:
    """Return the first and the last day that words spell; of the fields start and end that day alone."""
    if field != "date":
        return [_whole(parse_day(value), last=field == "end")]
    days = parse_days(value)
    first, last = days if isinstance(days, tuple) else (days, days)
    return [_whole(first, last=False) if first else "", _whole(last, last=True) if last else ""]


def _whole(day: str, *, last: bool) -> str:
    """Return the first or the last day of a day, month or year."""
    from calendar import monthrange

    year, month, number = (*map(int, day.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    number = number or (monthrange(year, month)[1] if last else 1)
    return f"{year:04d}-{month:02d}-{number:02d}"
