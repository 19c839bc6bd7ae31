"""Two years side by side: problems and activities new, gone and kept, words that set them apart.

Whether a problem that both years report became more or less frequent is said only where a test shows it; what it did in
all the years between and around, `History` tells.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Unpack

from index.characters import Cut, narrow, unpack_words, words_of
from index.counts import (
    Asked,
    Group,
    History,
    Texts,
    body_of,
    check_weight,
    histories_of,
    independent,
    read_reporting,
    read_texts,
)
from index.errors import SameYear
from index.problems import read_leaves
from index.scope import Base, Brief, BriefScope, Filtering, brief_scope_of
from index.shares import Outcome, Share, adjusted, difference

TERMS = 15
LEAST = 3  # times that a term must occur
SURE = 10.83  # log-likelihood for p = 0.001
WORD_CHARS = 200_000  # of each year, from which words are counted: more would take longer than all else
CHANGES = ("new", "again", "up", "down", "kept", "gone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A leaf in one of the years: `documents` report it, of `base`, `independent` of them in words of their own.

    `share` is of the documents, or with weight body the mean of the shares of the bodies.
    """

    documents: tuple[str, ...]
    base: int
    share: Share
    independent: int
    bodies: int
    body_base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafChange:
    """A problem that one year or both report.

    `change` is new (never before the second year), again (not in the first year, but before it), gone, up or down (where
    `test` shows it), else kept.
    """

    leaf: str
    zh: str
    en: str
    family: str | None
    change: str
    a: Side
    b: Side
    test: Outcome  # χ² of the two shares
    history: History


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A word that is over-represented in `year`; `likelihood` is Dunning's G², from 10.83 on beyond chance (p < .001)."""

    word: str
    year: int
    count_a: int
    count_b: int
    likelihood: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Year a against year b. Activities are (name, documents); both sides carry their base.

    Words were counted in `read_a` and `read_b` documents: fewer than the base where the texts are many, drawn by lot, the
    same lot every time. `undated` documents stand in no year; `documents` are those of all years, and they.
    """

    year_a: int
    year_b: int
    base_a: Base
    base_b: Base
    leaves: tuple[LeafChange, ...]
    gone: tuple[tuple[str, tuple[str, ...]], ...]
    new: tuple[tuple[str, tuple[str, ...]], ...]
    kept: tuple[tuple[str, tuple[str, ...]], ...]
    keywords: tuple[Keyword, ...]
    read_a: int
    read_b: int
    weight: str | None
    documents: int
    undated: int


def compare(
    connection: sqlite3.Connection, year_a: int, year_b: int, *, cut: Cut, weight: str | None = None, all_words: bool = False,
    **filters: Unpack[Filtering],
) -> Comparison:  # fmt: skip
    """Return what differs between the documents of two years; the other filters hold on both sides.

    With `weight` body each body has one vote, however many documents are its own. `all_words` counts the words of all
    documents, however many. Raises SameYear.
    """
    if year_a == year_b:
        raise SameYear(year_a)
    check_weight(weight)
    whole = brief_scope_of(connection, filters)
    first: Filtering = {**filters, "year": year_a}
    second: Filtering = {**filters, "year": year_b}
    scope_a, scope_b = brief_scope_of(connection, first), brief_scope_of(connection, second)
    counts = [_count(connection, list(scope.documents.values()), cut, all_words) for scope in (scope_a, scope_b)]
    return Comparison(
        year_a=year_a,
        year_b=year_b,
        base_a=scope_a.base,
        base_b=scope_b.base,
        leaves=tuple(_leaves(connection, whole, (scope_a, scope_b), (year_a, year_b), weight)),
        keywords=tuple(_keywords(counts[0][0], counts[1][0], year_a, year_b)),
        read_a=counts[0][1],
        read_b=counts[1][1],
        weight=weight,
        documents=whole.base.documents,
        undated=whole.base.undated,
        **_activities(connection, scope_a, scope_b),
    )


def _leaves(
    connection: sqlite3.Connection, whole: BriefScope, sides: Sequence[BriefScope], years: tuple[int, int], weight: str | None
) -> list[LeafChange]:  # fmt: skip
    names = read_leaves(connection)
    asked = Asked(roles=whole.roles)
    texts = read_texts(connection, asked, [number for side in sides for number in side.documents])
    histories = histories_of(whole, read_reporting(connection, asked), weight)
    groups = [Group(side.documents.values()) for side in sides]
    pairs = {leaf: [_side(group, documents, weight) for group in groups] for leaf, documents in texts.items()}
    tests = adjusted({leaf: difference(_weighed(a), _weighed(b)) for leaf, (a, b) in pairs.items()})
    rows = []
    for leaf, (a, b) in pairs.items():
        family, zh, en, _ = names.get(leaf, (None, leaf, leaf, 1000))
        history, test = histories[leaf], tests[leaf]
        rows.append(
            LeafChange(
                leaf=leaf, zh=zh, en=en, family=family, a=a, b=b, test=test, history=history,
                change=_change(a, b, test, history, years),
            )
        )  # fmt: skip
    order = {leaf: place for leaf, (*_, place) in names.items()}
    return sorted(
        rows,
        key=lambda row: (
            -abs((row.b.share.value or 0) - (row.a.share.value or 0)),
            order.get(row.leaf, 1000),
            row.leaf,
        ),
    )


def _side(group: Group, texts: Texts, weight: str | None) -> Side:
    reporting = group.reporting(texts)
    return Side(
        documents=tuple(row.ref for row in reporting),
        base=len(group.documents),
        share=group.share(reporting, weight),
        independent=independent(reporting, texts),
        bodies=len({body_of(row) for row in reporting}),
        body_base=len(group.bodies),
    )


def _weighed(side: Side) -> tuple[float, float]:
    """Return what a test counts: documents, or with weights as many observations as they are worth."""
    return (side.share.value or 0) * side.share.effective, side.share.effective


def _change(a: Side, b: Side, test: Outcome, history: History, years: tuple[int, int]) -> str:
    if not b.documents:
        return "gone"
    if not a.documents:
        return "again" if any(year < min(years) for year in history.seen) else "new"
    return {"rising": "up", "falling": "down"}.get(test.verdict, "kept")


def _activities(
    connection: sqlite3.Connection, scope_a: BriefScope, scope_b: BriefScope
) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    a, b = _names(connection, scope_a), _names(connection, scope_b)
    return {
        "gone": tuple((name, refs) for name, refs in a.items() if name not in b),
        "new": tuple((name, refs) for name, refs in b.items() if name not in a),
        "kept": tuple((name, (*refs, *b[name])) for name, refs in a.items() if name in b),
    }


def _names(connection: sqlite3.Connection, scope: BriefScope) -> dict[str, tuple[str, ...]]:
    """Return activities with the documents that name them, those of most documents first."""
    roles = sorted(scope.roles)
    query = "SELECT name, document FROM activities WHERE document IN (SELECT value FROM json_each(?))"
    if roles:
        query += f" AND sentence IN (SELECT id FROM sentences WHERE role IN ({', '.join('?' * len(roles))}))"
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for name, document in connection.execute(query, [json.dumps(list(scope.documents)), *roles]):
        places = found[name]
        places[document] = places.get(document, 0) + 1
    order = {number: place for place, number in enumerate(scope.documents)}
    ranked = sorted(found.items(), key=lambda one: (-len(one[1]), -sum(one[1].values()), one[0]))
    return {
        name: tuple(scope.documents[number].ref for number in sorted(places, key=order.__getitem__))
        for name, places in ranked
    }


def _count(
    connection: sqlite3.Connection, rows: Sequence[Brief], cut: Cut, everything: bool
) -> tuple[Counter[str], int]:
    """Return the words of two characters and more, and in how many documents they were counted.

    Documents that wait for full-text search are cut on the spot.
    """
    counts: Counter[str] = Counter()
    query = (
        "SELECT d.text, s.lengths FROM documents AS d LEFT JOIN segmentations AS s ON s.document = d.id WHERE d.id = ?"
    )
    drawn = random.Random(1).sample(rows, len(rows))
    chars = read = 0
    for row in drawn:
        if chars >= WORD_CHARS and not everything:
            break
        text, lengths = connection.execute(query, (row.id,)).fetchone()
        plain = narrow(text)
        words = unpack_words(lengths, plain) if lengths is not None else words_of(plain, cut)
        counts.update(word for word in words if len(word) > 1 and word.isalpha())
        chars, read = chars + len(text), read + 1
    return counts, read


def _keywords(a: Counter[str], b: Counter[str], year_a: int, year_b: int) -> list[Keyword]:
    total_a, total_b = a.total(), b.total()
    if not total_a or not total_b:
        return []
    rows = []
    for word in a.keys() | b.keys():
        count_a, count_b = a[word], b[word]
        if count_a + count_b < LEAST:
            continue
        share = (count_a + count_b) / (total_a + total_b)
        likelihood = 2 * (_surprise(count_a, total_a * share) + _surprise(count_b, total_b * share))
        if likelihood >= SURE:
            year = year_a if count_a / total_a > count_b / total_b else year_b
            rows.append(Keyword(word=word, year=year, count_a=count_a, count_b=count_b, likelihood=likelihood))
    rows.sort(key=lambda row: (-row.likelihood, row.word))
    return [*[row for row in rows if row.year == year_a][:TERMS], *[row for row in rows if row.year == year_b][:TERMS]]


def _surprise(count: int, expected: float) -> float:
    return count * log(count / expected) if count else 0.0
