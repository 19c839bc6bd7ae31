"""Sums of numbers: what may be added to what, what is left out of a sum, and plans apart from what was done."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from index.errors import MixedUnits, NotAdditive
from index.quotes import Quote
from nlp.amounts import GAUGES, are_change, tells_limit, tells_running_total, tells_stock

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
# Dimensions whose unit says what is counted. Of all others (个, 项, 件 …) only what is counted says it.
SAY_WHAT = frozenset(("", "persons", "attendances", "households"))
PLAN, DONE, OTHER = "plan", "done", "other"
_ONLY_FOUND = frozenset(("problems", "background"))  # numbers there were found to be so, not achieved
_SIDES = {"plan": PLAN, "measures": PLAN, "achievements": DONE}

_MULTIPLE = re.compile("^([十百千]*[万亿]+)(?=.)")  # of 万元, 亿元: values are multiplied out, their unit is 元
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_TOTAL = re.compile("合计|总计|小计|共计|总数")


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
    measure: str = ""
    base: str = ""
    modality: str = ""
    whom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum in `unit`; `value_max` is higher than `value` where ranges are in it.

    `bound` is exact, more, about or less, as the loosest of the numbers is; `left_out` are numbers without a value,
    `limits` those that state a limit, a rate or an average (以下, 每…, 人均…) and no amount, `repeated` the entries of
    tables that others in the sum make up (合计, 小计) or already hold (其中), `stocks` tell how much there is at a time (余额,
    达到, 累计 of several dates) and cannot be added to what was done, nor to those of another time, `changes` are the two
    sides of 从A增加到B.
    """

    value: Fraction
    value_max: Fraction
    unit: str
    bound: str
    counted: int
    left_out: tuple[NumberRow, ...]
    limits: tuple[NumberRow, ...] = ()
    repeated: tuple[NumberRow, ...] = ()
    stocks: tuple[NumberRow, ...] = ()
    changes: tuple[NumberRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a sum: what is counted where the unit does not say it; side is plan, done or other."""

    of: str | None
    side: str
    total: Total


def split_unit(unit: str) -> tuple[int, str]:
    """Return the multiple and the unit that a word spells: (10000, 元) for 万元, (1, 人) for 人."""
    found = _MULTIPLE.match(unit)
    if found is None:
        return 1, unit
    multiple = 1
    for char in found[1]:
        multiple *= _POWERS[char]
    return multiple, unit[found.end() :]


def add_up(
    rows: Iterable[NumberRow], factors: Mapping[str, Fraction], *, beside: Sequence[NumberRow] | None = None
) -> Total:
    """Return the sum of numbers, in the base unit where one of them has it, else in their most frequent unit.

    `beside` are all numbers of the question, where `rows` are one part of them: they tell which stocks may be added.
    `factors` lead from a unit to the base of its dimension. Raises MixedUnits when the numbers cannot be added,
    NotAdditive when their sum would say nothing.
    """
    rows = tuple(rows)
    around = rows if beside is None else beside
    changes, stocks = changes_in(rows), stocks_in(around)
    limits = tuple(row for row in rows if row.value is not None and is_limit(row))
    stated = [row for row in rows if row.value is not None]
    check_additive(stated, factors)
    changed, levels = set(map(id, changes)), set(map(id, stocks))
    known = [row for row in stated if row not in limits and id(row) not in changed and id(row) not in levels]
    repeated = tuple(repeats(known))
    known = [row for row in known if row not in repeated] if repeated else known
    units = Counter(row.unit for row in known)
    one_unit = len(units) <= 1
    listed = [unit for unit, _ in units.most_common()] or [row.unit for row in stated[:1]]
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
        limits=limits,
        repeated=repeated,
        stocks=tuple(row for row in rows if id(row) in levels and row not in limits),
        changes=tuple(row for row in changes if row not in limits),
    )


def stocks_in(rows: Iterable[NumberRow]) -> tuple[NumberRow, ...]:
    """Return the numbers that tell how much there is at a time, but for those that may be added.

    They may where nothing but such numbers of one year is asked for, one for each body and thing, or a table has them.
    """
    changed: set[int] = set()
    stated = [row for row in rows if row.value is not None and not is_limit(row)]
    changed.update(map(id, changes_in(stated)))
    stated = [row for row in stated if id(row) not in changed]
    running: dict[tuple[str, str], set[str]] = defaultdict(set)  # in which reports a total runs on
    ran = {id(row) for row in stated if _is_running(row)}
    for row in stated:
        if id(row) in ran:
            running[row.of, row.unit].add(row.ref)
    stocks = [row for row in stated if is_stock(row) or (id(row) in ran and len(running[row.of, row.unit]) > 1)]
    if len(stocks) < len(stated):
        return tuple(stocks)
    latest: dict[tuple[str | None, str], str] = {}
    for row in stocks:
        thing = (row.org or row.ref, row.of)
        latest[thing] = max(latest.get(thing, ""), row.year_label or "")
    last = [row for row in stocks if latest[row.org or row.ref, row.of] == (row.year_label or "")]
    told = Counter((row.org or row.ref, row.of) for row in last if not _is_entry(row))
    last = [row for row in last if _is_entry(row) or told[row.org or row.ref, row.of] == 1]
    if len({row.year_label for row in last}) > 1:
        return tuple(stocks)
    kept = set(map(id, last))
    return tuple(row for row in stocks if id(row) not in kept)


def is_stock(row: NumberRow) -> bool:
    """Return whether a number tells how much there is at a time: 贷款余额3亿元, 会员达到260人, 由3户发展到12户."""
    return tells_stock(_around(row)[0], row.of, row.dimension)


def changes_in(rows: Sequence[NumberRow]) -> tuple[NumberRow, ...]:
    """Return the numbers that are one side of a change: both of 从3户增加到12户."""
    found: dict[int, NumberRow] = {}
    for one, other in pairwise(sorted(rows, key=lambda row: (row.ref, row.start))):
        if (one.ref, one.sentence_start) != (other.ref, other.sentence_start) or one.unit != other.unit:
            continue
        at = one.start - one.sentence_start
        between = one.sentence[at + len(one.text) : other.start - other.sentence_start]
        if are_change(one.sentence[:at], between):
            found |= {id(one): one, id(other): other}
    return tuple(row for row in rows if id(row) in found)


def _is_running(row: NumberRow) -> bool:
    return tells_running_total(_around(row)[0], done=row.modality == "done")


def _around(row: NumberRow) -> tuple[str, str]:
    """Return what stands before and behind a number in its sentence."""
    at = row.start - row.sentence_start
    return row.sentence[:at], row.sentence[at + len(row.text) :]


def repeats(rows: Iterable[NumberRow]) -> Iterator[NumberRow]:
    """Yield the entries of a table that must not be added to others among the rows: totals of them, and parts of them.

    A total (合计, 小计 …) is one where its table has other entries for the same column or the same row; a part (其中…)
    where its row has an entry that holds it.
    """
    tables: dict[str, list[NumberRow]] = defaultdict(list)
    for row in rows:
        if _is_entry(row):
            tables[row.ref].append(row)
    for entries in tables.values():
        levels: dict[int, set[str]] = defaultdict(set)
        for row in entries:
            if "其中" not in row.of:
                levels[_level(row.of)].add(row.of)
        forward = {level: sorted(things) for level, things in levels.items()}
        backward = {level: sorted(thing[::-1] for thing in things) for level, things in levels.items()}
        for row in entries:
            label, part, _ = row.of.partition("其中")
            level, word = _level(row.of), _TOTAL.search(row.of)
            if part:
                held = any(_has(things, label) for things in forward.values())
            elif word:
                before, after = row.of[: word.start()], row.of[word.end() :]
                lower = [one for one in levels if one < level]
                held = any(
                    _has(forward[one], before, after) if before else _has(backward[one], after[::-1]) for one in lower
                )
            else:
                continue
            if held:
                yield row


def _level(thing: str) -> int:
    """Return how far an entry sums up others: 0 for none, 1 for a 小计, 2 for a 合计, more for one of those."""
    return sum(1 if word == "小计" else 2 for word in _TOTAL.findall(thing))


def _has(things: Sequence[str], start: str, end: str = "") -> bool:
    """Return whether one of the sorted things begins and ends so."""
    for at in range(bisect_left(things, start), len(things)):
        if not things[at].startswith(start):
            return False
        if things[at].endswith(end):
            return True
    return False


def _is_entry(row: NumberRow) -> bool:
    """Return whether a number is the whole of an entry of a table: 培训人数：210人次；"""
    if row.rule.startswith("quantity/table-"):
        return True
    before, after = _around(row)
    return before.endswith("：") and after in ("", "；", "。")


def check_additive(known: Sequence[NumberRow], factors: Mapping[str, Fraction]) -> None:
    """Raise MixedUnits where numbers cannot be added, NotAdditive where their sum would say nothing."""
    units = Counter(row.unit for row in known)
    if len(units) > 1 and (len({row.dimension for row in known}) > 1 or any(unit not in factors for unit in units)):
        raise MixedUnits(dict(units.most_common()))
    if any(row.dimension in NOT_ADDITIVE or "/" in row.unit for row in known):
        raise NotAdditive(dict(units.most_common()))


def parts_of(rows: Sequence[NumberRow], factors: Mapping[str, Fraction], *, by_thing: bool) -> tuple[Part, ...]:
    """Return the sums of what is planned, done and told elsewhere; `by_thing` for each thing counted, the most frequent first."""
    grouped: dict[tuple[str | None, str], list[NumberRow]] = defaultdict(list)
    for row in rows:
        grouped[row.of if by_thing else None, side_of(row)].append(row)
    things = Counter(row.of for row in rows)
    sides = (PLAN, DONE, OTHER)
    keys = sorted(grouped, key=lambda key: (-things[key[0] or ""], key[0] or "", sides.index(key[1])))
    beside: dict[str | None, list[NumberRow]] = defaultdict(list)
    for row in rows:
        beside[row.of if by_thing else None].append(row)
    return tuple(
        Part(of=thing, side=side, total=add_up(grouped[thing, side], factors, beside=beside[thing]))
        for thing, side in keys
    )


def needs_thing(rows: Iterable[NumberRow], measures: Iterable[str]) -> bool:
    """Return whether the unit of numbers does not say what is counted, and they count different things."""
    rows = [row for row in rows if row.value is not None]
    classifiers = any(row.dimension not in SAY_WHAT and row.dimension not in measures for row in rows)
    return classifiers and len({row.of for row in rows}) > 1


def side_of(row: NumberRow) -> str:
    """Return whether a number is planned, done or neither: by its words where they tell, else by section and document."""
    if row.modality == "done" and row.role not in _ONLY_FOUND:
        return DONE
    if row.modality and row.modality != "done":
        return PLAN
    if row.doc_type == "plan" and row.role != "achievements":
        return PLAN
    return _SIDES.get(row.role or "", OTHER)


def is_limit(row: NumberRow) -> bool:
    """Return whether a number states a limit, a rate, an average or a growth: 50人以下, 200亩以上大户, 每村3本, 比上年多11件."""
    before, after = _around(row)
    return row.measure in GAUGES or tells_limit(before, row.text, after)


def _bound(approx: set[str]) -> str:
    loose = approx - {"exact"}
    if not loose:
        return "exact"
    return loose.pop() if len(loose) == 1 else "about"
