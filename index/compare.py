"""Two years side by side: problems up and down, activities new and gone, words that set them apart."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Unpack

from index.characters import Cut, narrow, unpack_words, words_of
from index.errors import SameYear
from index.lists import activities
from index.problems import problems
from index.scope import Base, Filtering, scope_of

TERMS = 15
LEAST = 3  # times that a term must occur
SURE = 10.83  # log-likelihood for p = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafChange:
    """A problem in both years: documents that report it, and their share of the documents of the year."""

    leaf: str
    zh: str
    en: str
    documents_a: tuple[str, ...]
    documents_b: tuple[str, ...]
    share_a: float
    share_b: float


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
    """Year a against year b. Activities are (name, documents); both sides carry their base."""

    year_a: int
    year_b: int
    base_a: Base
    base_b: Base
    leaves: tuple[LeafChange, ...]
    gone: tuple[tuple[str, tuple[str, ...]], ...]
    new: tuple[tuple[str, tuple[str, ...]], ...]
    kept: tuple[tuple[str, tuple[str, ...]], ...]
    keywords: tuple[Keyword, ...]


def compare(
    connection: sqlite3.Connection, year_a: int, year_b: int, *, cut: Cut, **filters: Unpack[Filtering]
) -> Comparison:
    """Return what differs between the documents of two years; the other filters hold on both sides. Raises SameYear."""
    if year_a == year_b:
        raise SameYear(year_a)
    first: Filtering = {**filters, "year": year_a}
    second: Filtering = {**filters, "year": year_b}
    scope_a, scope_b = scope_of(connection, first), scope_of(connection, second)
    return Comparison(
        year_a=year_a,
        year_b=year_b,
        base_a=scope_a.base,
        base_b=scope_b.base,
        leaves=tuple(_leaves(connection, first, second)),
        keywords=tuple(
            _keywords(
                _count(connection, scope_a.documents, cut), _count(connection, scope_b.documents, cut), year_a, year_b
            )
        ),
        **_activities(connection, first, second),
    )


def _leaves(connection: sqlite3.Connection, first: Filtering, second: Filtering) -> list[LeafChange]:
    sides = [problems(connection, **first), problems(connection, **second)]
    found = [{row.leaf: row for row in side} for side in sides]
    size_a, size_b = (side.base.documents or 1 for side in sides)
    rows = []
    for leaf in {**found[0], **found[1]}:
        known = found[0].get(leaf) or found[1][leaf]
        refs = [side[leaf].documents if leaf in side else () for side in found]
        share_a, share_b = len(refs[0]) / size_a, len(refs[1]) / size_b
        rows.append(
            LeafChange(
                leaf=leaf,
                zh=known.zh,
                en=known.en,
                documents_a=refs[0],
                documents_b=refs[1],
                share_a=share_a,
                share_b=share_b,
            )
        )
    return sorted(rows, key=lambda row: (-abs(row.share_b - row.share_a), row.leaf))


def _activities(
    connection: sqlite3.Connection, first: Filtering, second: Filtering
) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    a = {row.name: row.documents for row in activities(connection, **first)}
    b = {row.name: row.documents for row in activities(connection, **second)}
    return {
        "gone": tuple((name, refs) for name, refs in a.items() if name not in b),
        "new": tuple((name, refs) for name, refs in b.items() if name not in a),
        "kept": tuple((name, (*refs, *b[name])) for name, refs in a.items() if name in b),
    }


def _count(connection: sqlite3.Connection, numbers: Iterable[int], cut: Cut) -> Counter[str]:
    """Return the words of two characters and more; documents that wait for full-text search are cut on the spot."""
    counts: Counter[str] = Counter()
    query = (
        "SELECT d.text, s.lengths FROM documents AS d LEFT JOIN segmentations AS s ON s.document = d.id WHERE d.id = ?"
    )
    for number in numbers:
        text, lengths = connection.execute(query, (number,)).fetchone()
        plain = narrow(text)
        words = unpack_words(lengths, plain) if lengths is not None else words_of(plain, cut)
        counts.update(word for word in words if len(word) > 1 and word.isalpha())
    return counts


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
