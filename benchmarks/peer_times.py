"""The dates, periods, deadlines and durations among the cases that other libraries test themselves with.

`is_right(case)` reads the text of a case, its reference day as the day of writing, and asks that every time expected is read: the
same days, where the suite gives days, else the same words. Ends that a suite excludes are made inclusive as `nlp.times` counts
them; a suite's "now" is an open end here, as the guidelines have it (…以来, …前).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from nlp.records import Time
from nlp.times import find_times

KINDS = frozenset(("date", "period", "deadline", "duration"))
CHINA = timezone(timedelta(hours=8))
_DUCKLING = re.compile(r"\((\d+), (\d+), (\d+)[^)]*\)")
_GRAIN = re.compile(r"\b(Year|Month|Week|Day)\b")
_INTO = re.compile("^(?:自从|自|从|在|于)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a suite expects of one time: days of it in any of several readings, or its words, or a sort alone."""

    days: tuple[tuple[str | None, str | None], ...] = ()
    text: str = ""
    kind: str = ""


def is_right(case: Mapping[str, Any]) -> tuple[bool, str]:
    """Return whether a case is read as its suite expects, and what was read."""
    today = _reference(case["ref"])
    times = find_times(case["text"], year=today.year if today else None, written=today.isoformat() if today else None)
    wanted = _WANTED[case["suite"]](case, today)
    right = all(any(_fits(time, one) for time in times) for one in wanted) and (bool(wanted) or not times)
    said = "; ".join(f"{time.kind} {time.text} {time.date_start}..{time.date_end}" for time in times)
    return right, f"{case['text']} | {said} | {wanted}"


def _fits(time: Time, one: Wanted) -> bool:
    if one.kind and time.kind != one.kind:
        return False
    if one.days:
        return any(time.date_end == high and (time.date_start in (low, None)) and (time.date_start == low or time.kind == "deadline")
                   for low, high in one.days)  # fmt: skip
    return not one.text or _INTO.sub("", time.text) == _INTO.sub("", one.text)


def _reference(value: Any) -> date | None:
    """Return the day of reference; JioNLP gives seconds, a list or parts of a day."""
    if value is None:
        return None
    if isinstance(value, int):
        return datetime.fromtimestamp(value, CHINA).date()
    if isinstance(value, list):
        return date(*[*value, 1, 1][:3])
    if isinstance(value, Mapping):
        return date(value["year"], value.get("month", 1), value.get("day", 1))
    return datetime.fromisoformat(value).date()


def _jionlp(case: Mapping[str, Any], today: date | None) -> list[Wanted]:
    expected = case["expected"]
    if isinstance(expected, list):
        return [Wanted(text=item["text"]) for item in expected]
    if expected["type"] in ("time_delta", "time_period"):
        return [Wanted(kind="duration" if expected["type"] == "time_delta" else "frequency")]
    low, high = (moment[:10] for moment in expected["time"])
    now = today.isoformat() if today else ""
    readings = [(low, high)]
    if low == now:
        readings.append((None, high))  # from now to …: a deadline
    if high == now:
        readings.append((low, None))  # … up to now: an open end
    return [Wanted(days=tuple(readings))]


def _duckling(case: Mapping[str, Any], today: date | None) -> list[Wanted]:
    expected = str(case["expected"])
    if expected.startswith("Duration"):
        return [Wanted(kind="duration")]
    points = [tuple(int(part) or 1 for part in point) for point in _DUCKLING.findall(expected)]
    [grain] = _GRAIN.findall(expected)
    low = date(*points[0])
    last = date(*points[1]) if len(points) > 1 else _next(low, grain)  # excluded
    return [Wanted(days=((low.isoformat(), (last - timedelta(1)).isoformat()),))]


def _next(day: date, grain: str) -> date:
    if grain == "Year":
        return date(day.year + 1, 1, 1)
    if grain == "Month":
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day + timedelta(7 if grain == "Week" else 1)


def _recognizers(case: Mapping[str, Any], today: date | None) -> list[Wanted]:
    wanted = []
    for item in case["expected"]:
        kind = "duration" if item["type"].endswith("duration") else "frequency" if item["type"].endswith("set") else ""
        values = item.get("resolution", {}).get("values", [])
        if "value" in item:  # the older form of its cases
            values = [item["value"][key] for key in ("FutureResolution", "PastResolution")]
        days = tuple(pair for value in values if (pair := _days(value)) is not None) if not kind else ()
        wanted.append(Wanted(days=days, text=item["text"] if not kind else "", kind=kind))
    return wanted


def _days(value: Mapping[str, Any]) -> tuple[str | None, str | None] | None:
    """Return first and last day of a value, both included; None where it gives none."""
    mode = value.get("Mod", "")
    if (one := value.get("date", value.get("value"))) is not None:
        return (one, one) if re.fullmatch(r"\d{4}-\d\d-\d\d", one) else None
    low, high = (value.get(side, value.get(f"{side}Date")) for side in ("start", "end"))
    if low is None and high is None:
        return None
    if low and high and ":" in low:  # hours of one day
        return low[:10], high[:10]
    if low and mode == "after" and value.get("sourceEntity") == "datetimepoint":
        low = (date.fromisoformat(low) + timedelta(1)).isoformat()
    if high and mode != "until":
        high = (date.fromisoformat(high) - timedelta(1)).isoformat()
    return low, high


_WANTED = {"jionlp": _jionlp, "duckling": _duckling, "recognizers": _recognizers}
