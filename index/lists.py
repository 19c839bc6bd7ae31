"""Lists that a clerk asks for: named activities, numbers and their sum, deadlines."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Unpack

from index.characters import storable
from index.errors import MixedUnits, NotAdditive
from index.quotes import Quote, read_mentions
from index.scope import Answer, Filtering, scope_of

# Dimensions of which a sum says nothing; so it is with everything per something (元/亩).
NOT_ADDITIVE = frozenset(
    (
        "percent",
        "percentage points",
        "ratio",
        "times as much",
        "doublings",
        "years of age",
        "temperature",
        "ranks",
        "grades",
    )
)

MULTIPLE = re.compile("^[十百千]*[万亿]+(?=.)")  # of 万元, 亿元: values are multiplied out, their unit is 元


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityMention(Quote):
    """A place that names an activity; `numbers` are the quantities of the same sentence, as written."""

    name: str
    kind: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """An activity: the documents that name it, the years of these (None for the undated), and every place."""

    name: str
    kind: str
    documents: tuple[str, ...]
    years: tuple[str | None, ...]
    mentions: tuple[ActivityMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow(Quote):
    """A number in its sentence; masked and damaged ones have no value."""

    value: Fraction | None
    value_max: Fraction | None
    unit: str
    dimension: str
    approx: str
    of: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum in `unit`; `value_max` is higher than `value` where ranges are in it.

    `bound` is exact, more, about or less, as the loosest of the numbers is; `left_out` are numbers without a value.
    """

    value: Fraction
    value_max: Fraction
    unit: str
    bound: str
    counted: int
    left_out: tuple[NumberRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAnswer(Answer[NumberRow]):
    """Numbers, with their sum where it was asked for."""

    total: Total | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow(Quote):
    """By when something is to be done: `sentence` is the task, `date_end` the last day (None where it cannot be told)."""

    date_start: str | None
    date_end: str | None
    numbers: tuple[str, ...]


def activities(
    connection: sqlite3.Connection, name: str | None = None, *, kind: str | None = None, **filters: Unpack[Filtering]
) -> Answer[ActivityRow]:
    """Return named activities, those of most documents first; `name` is a part of the name."""
    scope = scope_of(connection, filters)
    beside = _numbers_beside(connection, "activities")
    sides = []
    for documents in (scope.documents, scope.apart):
        found: dict[str, list[ActivityMention]] = defaultdict(list)
        for read in read_mentions(connection, "activities", ("name", "kind"), scope, documents=documents):
            called, sort = read.own
            if (name is None or name in called) and kind in (None, sort):
                near = beside.get(read.sentence_number or 0, ())
                found[called].append(ActivityMention(**read.quote, name=called, kind=sort, numbers=near))
        order = {row.ref: at for at, row in enumerate(documents.values())}
        rows = [_activity(called, mentions, order) for called, mentions in found.items()]
        rows.sort(key=lambda row: (-len(row.documents), -len(row.mentions), row.name))
        sides.append(tuple(rows))
    return Answer(rows=sides[0], base=scope.base, apart=sides[1])


def numbers(
    connection: sqlite3.Connection,
    *,
    unit: str | None = None,
    state: str | None = None,
    of: str | None = None,
    total: bool = False,
    factors: Mapping[str, Fraction] | None = None,
    **filters: Unpack[Filtering],
) -> NumberAnswer:
    """Return numbers in order of year and document; `of` is a part of what is counted. The unit may be 万元 for 元.

    With `total`, their sum: raises MixedUnits unless all have one unit, or one dimension and a factor each in `factors`
    (unit to base unit), NotAdditive where they are shares, rates, ages or ranks.
    """
    scope = scope_of(connection, filters)
    columns = ("value_exact", "value_max_exact", "unit", "dimension", "approx", "of", "state")
    conditions, values = ["1"], []
    unit = None if unit is None else MULTIPLE.sub("", unit)
    for column, wanted in (("unit", unit), ("state", state)):
        if wanted is not None:
            conditions.append(f"m.{column} = ?")
            values.append(storable(wanted))
    where, sides = " AND ".join(conditions), []
    for documents in (scope.documents, scope.apart):
        found = []
        for read in read_mentions(
            connection, "quantities", columns, scope, documents=documents, where=where, values=values
        ):
            value, value_max, *others = read.own
            own = dict(zip(columns[2:], others, strict=True))
            if of is None or of in own["of"]:
                row = NumberRow(**read.quote, value=_fraction(value), value_max=_fraction(value_max), **own)
                found.append((read.document.sort_key, row))
        sides.append(tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].start))))
    summed = add_up(sides[0], factors or {}) if total else None
    return NumberAnswer(rows=sides[0], base=scope.base, apart=sides[1], total=summed)


def add_up(rows: tuple[NumberRow, ...], factors: Mapping[str, Fraction]) -> Total:
    """Return the sum of numbers, in the base unit where one of them has it, else in their most frequent unit.

    Raises MixedUnits when they cannot be added, NotAdditive when their sum would say nothing.
    """
    known = [row for row in rows if row.value is not None]
    units = Counter(row.unit for row in known)
    if len(units) > 1 and (len({row.dimension for row in known}) > 1 or any(unit not in factors for unit in units)):
        raise MixedUnits(dict(units.most_common()))
    if any(row.dimension in NOT_ADDITIVE or "/" in row.unit for row in known):
        raise NotAdditive(dict(units.most_common()))
    one_unit = len(units) <= 1
    listed = [unit for unit, _ in units.most_common()]
    unit = next((one for one in listed if not one_unit and factors[one] == 1), listed[0] if listed else "")
    low = high = Fraction(0)
    for row in known:
        factor = Fraction(1) if one_unit else factors[row.unit] / factors[unit]
        low += row.value * factor if row.value is not None else 0
        high += (row.value_max if row.value_max is not None else row.value or 0) * factor
    return Total(
        value=low,
        value_max=high,
        unit=unit,
        bound=_bound({row.approx for row in known}),
        counted=len(known),
        left_out=tuple(row for row in rows if row.value is None),
    )


def deadlines(
    connection: sqlite3.Connection,
    *,
    due: str | tuple[str | None, str | None] | None = None,
    overdue_at: str | None = None,
    **filters: Unpack[Filtering],
) -> Answer[DeadlineRow]:
    """Return everything with a deadline, by last day, those without a day at the end.

    `due` is an ISO day, month or year, or the first and the last day; `overdue_at` keeps what was due before that day.
    """
    scope = scope_of(connection, filters)
    beside = _numbers_beside(connection, "times")
    rows: list[DeadlineRow] = []
    apart: list[DeadlineRow] = []
    for documents, into in ((scope.documents, rows), (scope.apart, apart)):
        columns = ("date_start", "date_end")
        for read in read_mentions(
            connection, "times", columns, scope, documents=documents, where="m.kind = 'deadline'"
        ):
            first, last = read.own
            if _is_due(last, due) and (overdue_at is None or (last is not None and last < overdue_at)):
                near = beside.get(read.sentence_number or 0, ())
                into.append(DeadlineRow(**read.quote, date_start=first, date_end=last, numbers=near))
        into.sort(key=lambda row: (row.date_end is None, row.date_end or "", row.ref, row.start))
    return Answer(rows=tuple(rows), base=scope.base, apart=tuple(apart))


def _is_due(day: str | None, due: str | tuple[str | None, str | None] | None) -> bool:
    if due is None:
        return True
    if day is None:
        return False
    if isinstance(due, str):
        return day.startswith(due)
    first, last = due
    return (first is None or day >= first) and (last is None or day[: len(last)] <= last)


def _bound(approx: set[str]) -> str:
    loose = approx - {"exact"}
    if not loose:
        return "exact"
    return loose.pop() if len(loose) == 1 else "about"


def _fraction(text: str | None) -> Fraction | None:
    if text is None:
        return None
    return Fraction(int(text)) if text.isdecimal() else Fraction(text)


def _activity(name: str, mentions: list[ActivityMention], order: Mapping[str, int]) -> ActivityRow:
    mentions.sort(key=lambda mention: (order[mention.ref], mention.start))
    return ActivityRow(
        name=name,
        kind=Counter(mention.kind for mention in mentions).most_common(1)[0][0],
        documents=tuple(dict.fromkeys(mention.ref for mention in mentions)),
        years=tuple(dict.fromkeys(mention.year_label for mention in mentions)),
        mentions=tuple(mentions),
    )


def _numbers_beside(connection: sqlite3.Connection, table: str) -> dict[int, tuple[str, ...]]:
    """Return the quantities, as written, of each sentence that a mention of the table stands in."""
    found: dict[int, list[str]] = defaultdict(list)
    query = f"""SELECT sentence, text FROM quantities WHERE sentence IN (SELECT sentence FROM {table})
ORDER BY sentence, start"""
    for sentence, text in connection.execute(query):
        found[sentence].append(text)
    return {sentence: tuple(texts) for sentence, texts in found.items()}
