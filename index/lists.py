"""Lists that a clerk asks for: named activities, numbers and their sum, deadlines."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Unpack

from index.inputs import parse_day, parse_days
from index.quotes import Quote, read_mentions
from index.scope import Answer, Filtering, scope_of
from index.sums import NumberRow, Part, Total, add_up, check_additive, needs_thing, parts_of, split_unit
from ingest.decode import without_surrogates
from nlp.activity_variants import variant_of
from nlp.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityMention(Quote):
    """A place that names an activity; `numbers` and `times` are those that belong to it, as written (nlp.activity_facts).

    `variant_of` is the activity that the name is another form of, or None; `suspect` says that it looks like a slip.
    """

    name: str
    kind: str
    numbers: tuple[str, ...]
    modality: str = ""
    times: tuple[str, ...] = ()
    variant_of: str | None = None
    suspect: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """An activity: the documents that name it, the years of these (None for the undated), and every place."""

    name: str
    kind: str
    documents: tuple[str, ...]
    years: tuple[str | None, ...]
    mentions: tuple[ActivityMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAnswer(Answer[NumberRow]):
    """Numbers, with their sum where it was asked for.

    `parts` are the same apart: planned and done, and where the unit does not say what is counted (个, 项), thing by thing;
    then there is no total.
    """

    total: Total | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow(Quote):
    """By when something is to be done: `date_end` is the last day (None where it cannot be told).

    `task` is what is due, `who` is to do it, `amounts` say how much; `basis` and `who_basis` how that is known: stated, heading or
    neighbour. All are empty where the report does not say; `sentence` holds the deadline, `numbers` are those beside it.
    """

    date_start: str | None
    date_end: str | None
    numbers: tuple[str, ...]
    task: str = ""
    basis: str = ""
    who: str = ""
    who_basis: str = ""
    amounts: tuple[str, ...] = ()
    modality: str = ""  # done or planned, where the report tells


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineAnswer(Answer[DeadlineRow]):
    """Deadlines. `done` are those left out because the report tells what was due as done, or as a state that was reached."""

    done: tuple[DeadlineRow, ...] = ()


def activities(
    connection: sqlite3.Connection, name: str | None = None, *, kind: str | None = None, **filters: Unpack[Filtering]
) -> Answer[ActivityRow]:
    """Return named activities, those of most documents first; `name` is a part of the name, or of the one it is a form of."""
    scope = scope_of(connection, filters)
    name = name and name.replace("，", ",")  # as names stand in the index
    columns = ("name", "kind", "modality", "amounts", "times")
    sides = []
    for documents in (scope.documents, scope.apart):
        found: dict[str, list[ActivityMention]] = defaultdict(list)
        for read in read_mentions(connection, "activities", columns, scope, documents=documents):
            called, sort, modality, amounts, times = read.own
            variant = variant_of(called)
            known_as = (called,) if variant is None else (called, variant.name)
            if (name is None or any(name in one for one in known_as)) and kind in (None, sort):
                found[called].append(
                    ActivityMention(
                        **read.quote,
                        name=called,
                        kind=sort,
                        numbers=_parts(amounts),
                        modality=modality or "",
                        times=_parts(times),
                        variant_of=variant.name if variant else None,
                        suspect=variant is not None and variant.suspect,
                    )
                )
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
    units: Mapping[str, Unit] | None = None,
    **filters: Unpack[Filtering],
) -> NumberAnswer:
    """Return numbers in order of year and document; `of` is a part of what is counted.

    `unit` takes numbers of any unit that `units` (form to unit) can convert into it, and converts them: 亿元 into 万元,
    米 into 公里. With `total`, their sum: raises MixedUnits unless all have one dimension, NotAdditive where they are
    shares, rates, ages or ranks.
    """
    scope = scope_of(connection, filters)
    columns = (
        "value_exact",
        "value_max_exact",
        "unit",
        "dimension",
        "approx",
        "of",
        "state",
        "measure",
        "base",
        "modality",
        "whom",
    )
    units = units or {}
    factors = {form: one.factor for form, one in units.items()} if factors is None else factors
    conditions, values = ["1"], []
    converted: dict[str, Fraction] = {}
    if unit is not None:
        converted = conversions(unit, units)
        conditions.append(f"m.unit IN ({', '.join('?' * len(converted))})")
        values += [without_surrogates(one) for one in converted]
    if state is not None:
        conditions.append("m.state = ?")
        values.append(without_surrogates(state))
    where, sides = " AND ".join(conditions), []
    for documents in (scope.documents, scope.apart):
        found = []
        for read in read_mentions(
            connection, "quantities", columns, scope, documents=documents, where=where, values=values
        ):
            value, value_max, *others = read.own
            own = dict(zip(columns[2:], others, strict=True))
            if of is None or of in own["of"]:
                factor = converted.get(own["unit"], Fraction(1))
                own["unit"] = own["unit"] if unit is None else unit
                low, high = _times(value, factor), _times(value_max, factor)
                found.append((read.document.sort_key, NumberRow(**read.quote, value=low, value_max=high, **own)))
        sides.append(tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].start))))
    answer = NumberAnswer(rows=sides[0], base=scope.base, apart=sides[1])
    if not total:
        return answer
    if unit is not None:
        factors = {**factors, unit: Fraction(1)}
    known = [row for row in answer if row.value is not None]
    check_additive(known, factors)
    by_thing = of is None and needs_thing(known, measures(units))
    parts = parts_of(answer.rows, factors, by_thing=by_thing)
    return replace(answer, total=None if by_thing else add_up(answer.rows, factors), parts=parts)


def conversions(unit: str, units: Mapping[str, Unit]) -> dict[str, Fraction]:
    """Return the units that convert into one, with their factors: for 公里 those of length, for 个 itself alone."""
    multiple, base = split_unit(unit)
    if unit in units:
        multiple, base = 1, unit
    known = units.get(base)
    if known is None or known.dimension not in measures(units):
        return {base: Fraction(1, multiple)}
    whole = known.factor * multiple
    return {form: one.factor / whole for form, one in units.items() if one.dimension == known.dimension}


def measures(units: Mapping[str, Unit]) -> frozenset[str]:
    """Return the dimensions that are measured, not counted: those with units of different size, and money."""
    return frozenset(one.dimension for one in units.values() if one.factor != 1) | {"CNY", "energy", "power"}


def deadlines(
    connection: sqlite3.Connection,
    *,
    due: str | tuple[str | None, str | None] | None = None,
    overdue_at: str | None = None,
    done: bool = False,
    **filters: Unpack[Filtering],
) -> DeadlineAnswer:
    """Return everything with a deadline, by last day, those without a day at the end.

    `due` is an ISO day, month or year, or the first and the last day; `overdue_at` keeps what was due before that day.
    What is told as done is no task: with `done` it stands among the rows, else apart.
    """
    due = parse_days(due) if isinstance(due, str) else due
    due = tuple(one and parse_day(one) for one in due) if isinstance(due, tuple) else due  # type: ignore[assignment]
    overdue_at = overdue_at and parse_day(overdue_at)
    scope = scope_of(connection, filters)
    beside = _beside(connection, "times", "quantities")
    tasks = _tasks(connection)
    rows: list[DeadlineRow] = []
    apart: list[DeadlineRow] = []
    for documents, into in ((scope.documents, rows), (scope.apart, apart)):
        columns = ("date_start", "date_end")
        for read in read_mentions(connection, "times", columns, scope, documents=documents, where=IS_DUE):
            first, last = read.own
            if _is_due(last, due) and (overdue_at is None or (last is not None and last < overdue_at)):
                near = beside.get(read.sentence_number or 0, ())
                task = tasks.get(read.number, {})
                into.append(DeadlineRow(**read.quote, date_start=first, date_end=last, numbers=near, **task))
        into.sort(key=lambda row: (row.date_end is None, row.date_end or "", row.ref, row.start))
    gone = () if done else tuple(row for row in rows if row.modality == "done")
    if not done:
        rows, apart = ([row for row in into if row.modality != "done"] for into in (rows, apart))
    return DeadlineAnswer(rows=tuple(rows), base=scope.base, apart=tuple(apart), done=gone)


#: What stands in the ledger: deadlines, and the stretches of a plan that are told by their end.
IS_DUE = "(m.kind = 'deadline' OR m.id IN (SELECT time FROM tasks))"


def _tasks(connection: sqlite3.Connection) -> dict[int, dict[str, Any]]:
    """Return what is due by each deadline, by the number of the time."""
    query = "SELECT time, task, basis, who, who_basis, amounts, modality FROM tasks"
    return {
        time: {
            "task": task, "basis": basis, "who": who, "who_basis": who_basis,
            "amounts": tuple(amounts.split("、")) if amounts else (), "modality": modality or "",
        }
        for time, task, basis, who, who_basis, amounts, modality in connection.execute(query)
    }  # fmt: skip


def _is_due(day: str | None, due: str | tuple[str | None, str | None] | None) -> bool:
    if due is None:
        return True
    if day is None:
        return False
    if isinstance(due, str):
        return day.startswith(due)
    first, last = due
    return (first is None or day >= first) and (last is None or day[: len(last)] <= last)


def _times(text: str | None, factor: Fraction) -> Fraction | None:
    if text is None:
        return None
    value = Fraction(int(text)) if text.isdecimal() else Fraction(text)
    return value if factor == 1 else value * factor


def _activity(name: str, mentions: list[ActivityMention], order: Mapping[str, int]) -> ActivityRow:
    mentions.sort(key=lambda mention: (order[mention.ref], mention.start))
    return ActivityRow(
        name=name,
        kind=Counter(mention.kind for mention in mentions).most_common(1)[0][0],
        documents=tuple(dict.fromkeys(mention.ref for mention in mentions)),
        years=tuple(dict.fromkeys(mention.year_label for mention in mentions)),
        mentions=tuple(mentions),
    )


def _parts(words: str | None) -> tuple[str, ...]:
    """Return what stands between 、 in a column; nothing of an index that was made before it had the column."""
    return tuple(words.split("、")) if words else ()


def _beside(connection: sqlite3.Connection, table: str, of: str) -> dict[int, tuple[str, ...]]:
    """Return the mentions of a table `of`, as written, of each sentence that a mention of the first table stands in."""
    found: dict[int, list[str]] = defaultdict(list)
    query = f"""SELECT m.sentence, substr(d.text, m.start + 1, m."end" - m.start) FROM {of} AS m
JOIN documents AS d ON d.id = m.document WHERE m.sentence IN (SELECT sentence FROM {table}) ORDER BY m.sentence, m.start"""
    for sentence, text in connection.execute(query):
        found[sentence].append(text)
    return {sentence: tuple(texts) for sentence, texts in found.items()}
