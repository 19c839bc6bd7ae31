"""Documents × leaf, counted without reading a sentence: what problems do over the years, in a hundred thousand documents.

A document counts once for a leaf. A year is the year that a document states or that is inferred; documents of which no
year, or only an interval, is known stand in no year, and their number is told beside.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Unpack

import numpy as np

from index import reuse
from index.independent import is_cheap
from index.problems import leaf_named, read_leaves
from index.scope import INFERRED, Answer, Brief, BriefScope, Filtering, brief_scope_of
from index.shares import Outcome, Share, adjusted, longest_run, rank_trend, share_of, trend, weighted_share

WEIGHTS = ("body",)
Texts = Mapping[
    int, set[str]
]  # of documents that report a leaf, by id: the marks of their sentences (`index.reuse.marks`)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A leaf over all years of the documents asked for, whatever their number.

    `first`, `last` and `run` are years as people read them, with ≈ where nothing but inference dates the documents of that
    year that report it. `run` is the longest row of years without a gap. `yearly` are (year, documents that report it,
    documents) of every year with a document.
    """

    first: str | None
    last: str | None
    run: tuple[str, str] | None
    run_years: int
    years: tuple[str, ...]
    yearly: tuple[tuple[int, int, int], ...]
    undated: int  # documents that report it and stand in no year
    trend: Outcome

    @property
    def seen(self) -> tuple[int, ...]:
        """The years in which it is reported."""
        return tuple(year for year, count, _ in self.yearly if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafTrend:
    """A leaf in all documents asked for: `documents` report it, of `base`; `bodies` of `body_base` do.

    Bodies are told by name and region; a document that names none is a body of its own.
    """

    leaf: str
    zh: str
    en: str
    family: str | None
    documents: tuple[str, ...]
    base: int
    share: Share
    independent: int
    bodies: int
    body_base: int
    history: History


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendAnswer(Answer[LeafTrend]):
    """`years` are (year, documents, of them inferred); `undated` documents stand in none of them."""

    years: tuple[tuple[int, int, int], ...]
    undated: int
    tested: int  # leaves of which a trend could be tested
    weight: str | None


class Group:
    """Some documents, in order, and how many of each body."""

    def __init__(self, documents: Iterable[Brief]) -> None:
        self.documents = {row.id: row for row in documents}

    @cached_property
    def bodies(self) -> Counter[Hashable]:
        return Counter(body_of(row) for row in self.documents.values())

    def reporting(self, texts: Texts) -> list[Brief]:
        """Return the documents of the group that report a leaf."""
        return [row for number, row in self.documents.items() if number in texts]

    def share(self, reporting: Iterable[Brief], weight: str | None) -> Share:
        """Return the share of the documents that report it; with weight body, the mean of the shares of the bodies."""
        if weight is None:
            return share_of(sum(1 for _ in reporting), len(self.documents))
        counts = Counter(body_of(row) for row in reporting)
        return weighted_share({body: (counts[body], base) for body, base in self.bodies.items()})


def body_of(row: Brief) -> Hashable:
    """Return what tells a body from others: its name and region; of a document that names none, the document."""
    return (row.org, row.region) if row.org else row.id


def trends(
    connection: sqlite3.Connection, leaf: str | None = None, *, weight: str | None = None, polarity: str = "asserted",
    problem_scope: str | None = None, **filters: Unpack[Filtering],
) -> TrendAnswer:  # fmt: skip
    """Return every leaf over the years: first and last year, longest run, share, and a trend where a test shows one.

    The test is Cochran–Armitage over documents; with weight body it is Mann–Kendall over yearly shares, in which each body
    has one vote. q is adjusted for all leaves that could be tested (Benjamini–Hochberg), `leaf` or not.
    """
    check_weight(weight)
    names = read_leaves(connection)
    wanted = None if leaf is None else leaf_named(leaf, names)
    scope = brief_scope_of(connection, filters)
    asked = Asked(polarity=polarity, scope=problem_scope, roles=scope.roles)
    texts = read_texts(connection, asked, scope.documents)
    whole = Group(scope.documents.values())
    histories = histories_of(scope, read_reporting(connection, asked), weight)
    rows = []
    for one, history in histories.items():
        if wanted not in (None, one):
            continue
        family, zh, en, _ = names.get(one, (None, one, one, 1000))
        reporting = whole.reporting(texts[one])
        rows.append(
            LeafTrend(
                leaf=one, zh=zh, en=en, family=family, documents=tuple(row.ref for row in reporting),
                base=len(whole.documents), share=whole.share(reporting, weight),
                independent=independent(reporting, texts[one]), bodies=len({body_of(row) for row in reporting}),
                body_base=len(whole.bodies), history=history,
            )
        )  # fmt: skip
    rows.sort(key=lambda row: (-len(row.documents), names.get(row.leaf, (None, "", "", 1000))[3], row.leaf))
    dated = by_year(scope.documents.values())
    return TrendAnswer(
        rows=tuple(rows),
        base=scope.base,
        years=tuple((year, len(docs), sum(row.inferred for row in docs)) for year, docs in dated.items()),
        undated=scope.base.undated,
        tested=sum(history.trend.p is not None for history in histories.values()),
        weight=weight,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which sentences count: of which polarity (or all), whose problem, in sections of which roles."""

    polarity: str = "asserted"
    scope: str | None = None
    roles: frozenset[str] = frozenset()

    def where(self) -> tuple[str, list[str]]:
        """Return the condition of a query over problems AS m, and its values."""
        conditions, values = ["1"], []
        if self.polarity != "all":
            conditions.append("+m.polarity = ?")  # the documents, not the polarity, tell which rows to read
            values.append(self.polarity)
        if self.scope is not None:
            conditions.append("m.scope = ?")
            values.append(self.scope)
        if self.roles:
            marks = ", ".join("?" * len(self.roles))
            conditions.append(f"m.sentence IN (SELECT id FROM sentences WHERE role IN ({marks}))")
            values += sorted(self.roles)
        return " AND ".join(conditions), values


def read_reporting(connection: sqlite3.Connection, asked: Asked) -> dict[str, np.ndarray]:
    """Return of each leaf the documents of the index that report it, by id, in order."""
    where, values = asked.where()
    joined = "SELECT l.leaf, m.document FROM problem_labels AS l CROSS JOIN problems AS m ON m.id = l.problem WHERE"
    found: dict[str, list[int]] = defaultdict(list)
    if asked == Asked():
        # Two thirds of the time: the leading leaf stands with the problem, and an index holds both in order.
        leading = "SELECT main, json_group_array(document) FROM problems WHERE polarity = ? AND main IS NOT NULL GROUP BY main"
        found.update((leaf, json.loads(documents)) for leaf, documents in connection.execute(leading, values))
        nameless = """SELECT l.leaf, m.document FROM problems AS m JOIN problem_labels AS l ON l.problem = m.id
WHERE m.polarity = ? AND m.main IS NULL"""
        for leaf, document in connection.execute(nameless, values):
            found[leaf].append(document)
        where = f"l.place > 0 AND {where}"
    for leaf, document in connection.execute(f"{joined} {where}", values):
        found[leaf].append(document)
    return {leaf: np.unique(np.array(documents, dtype=np.int64)) for leaf, documents in found.items()}


def read_texts(connection: sqlite3.Connection, asked: Asked, documents: Iterable[int]) -> dict[str, Texts]:
    """Return of each leaf those of some documents that report it, with the marks of every sentence.

    Passages with other numbers and names are told where the documents were compared already (`index.reuse`), or where there
    are so few that this takes no time; otherwise only sentences that are the same word for word.
    """
    numbers = list(documents)
    families = reuse.families(connection, numbers) if is_cheap(connection) else None
    where, values = asked.where()
    query = f"""SELECT l.leaf, m.document, m.start, m."end", m.same_text FROM problems AS m
JOIN problem_labels AS l ON l.problem = m.id WHERE m.document IN (SELECT value FROM json_each(?)) AND {where}"""
    rows = connection.execute(query, [json.dumps(numbers), *values]).fetchall()
    found: dict[str, dict[int, set[str]]] = defaultdict(dict)
    for (leaf, document, *_), mark in zip(rows, reuse.marks((row[1:] for row in rows), families), strict=True):
        found[leaf].setdefault(document, set()).add(mark)
    return dict(found)


def histories_of(
    scope: BriefScope, reporting: Mapping[str, np.ndarray], weight: str | None = None
) -> dict[str, History]:
    """Return the history of each leaf that a document of the scope reports, trends adjusted together."""
    known = scope.documents
    groups = {year: Group(rows) for year, rows in by_year(known.values()).items()}
    numbers = np.fromiter(known, dtype=np.int64, count=len(known))
    order = np.argsort(numbers)
    years = np.array([row.year or 0 for row in known.values()], dtype=np.int64)[order]
    stated = np.array([not row.inferred for row in known.values()], dtype=bool)[order]
    numbers = numbers[order]
    counts: dict[str, tuple[dict[int, int], frozenset[int], int]] = {}
    tests: dict[str, Outcome] = {}
    for leaf, documents in reporting.items():
        inside = np.isin(numbers, documents, assume_unique=True)
        if not inside.any():
            continue
        each, count = np.unique(years[inside], return_counts=True)
        yearly = dict(zip(each.tolist(), count.tolist(), strict=True))
        undated = yearly.pop(0, 0)
        counts[leaf] = yearly, frozenset(np.unique(years[inside & stated]).tolist()), undated
        if weight is None:
            tests[leaf] = trend({year: (yearly.get(year, 0), len(group.documents)) for year, group in groups.items()})
        else:
            by = by_year(known[number] for number in numbers[inside].tolist())
            tests[leaf] = rank_trend(
                {year: group.share(by.get(year, ()), weight).value for year, group in groups.items()}
            )
    tests = adjusted(tests)
    base = {year: len(group.documents) for year, group in groups.items()}
    return {leaf: _history(base, *told, tests[leaf]) for leaf, told in counts.items()}


def independent(reporting: Iterable[Brief], texts: Texts) -> int:
    """Return how many documents bring at least one sentence of their own on a leaf, the earliest holding it."""
    known: set[str] = set()
    count = 0
    for row in reporting:
        count += not texts[row.id] <= known
        known |= texts[row.id]
    return count


def by_year(rows: Iterable[Brief]) -> dict[int, list[Brief]]:
    """Return documents by year, stated or inferred, in order; those without a year are in none."""
    found: dict[int, list[Brief]] = defaultdict(list)
    for row in rows:
        if row.year is not None:
            found[row.year].append(row)
    return dict(sorted(found.items()))


def check_weight(weight: str | None) -> None:
    """Raise ValueError for a weight that is not known."""
    if weight is not None and weight not in WEIGHTS:
        raise ValueError(f"weight={weight!r}: choose {', '.join(WEIGHTS)} or None")


def _history(
    base: Mapping[int, int], counts: Mapping[int, int], stated: frozenset[int], undated: int, test: Outcome
) -> History:
    label = {year: f"{'' if year in stated else INFERRED}{year}" for year in counts}
    run = longest_run(counts)
    return History(
        first=label[min(counts)] if counts else None,
        last=label[max(counts)] if counts else None,
        run=None if run is None else (label[run[0]], label[run[1]]),
        run_years=0 if run is None else run[1] - run[0] + 1,
        years=tuple(label[year] for year in sorted(counts)),
        yearly=tuple((year, counts.get(year, 0), count) for year, count in base.items()),
        undated=undated,
        trend=test,
    )
