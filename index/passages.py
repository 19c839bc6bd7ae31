"""What is told of reuse: the texts that wander, where the passages of a document come from, two documents side by side."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Unpack

from index.alignment import Difference, Profile, differences, pairs_of, passages
from index.collate import Union, load_slogans
from index.references import format_place
from index.reuse import REUSED, Progress, Stored, ensure, stored
from index.rows import unpack_offsets
from index.scope import Base, DocumentRow, Filtering, document_named, scope_of

SAME_PLACE = 0.5  # of two stretches of one document, that they are one passage: share of what both cover
TOLD = 6  # differences of a cluster that are told, of the first so many
LOOKED_AT = 40
SHORT = 12  # characters of a difference that is told
_ORDER = ("year", "number", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a document: `start` and `end` in its clean text, `source_start` and `source_end` in the decoded file."""

    document: DocumentRow
    start: int
    end: int
    source_start: int
    source_end: int
    text: str

    @property
    def reference(self) -> str:
        return format_place(self.document.ref, self.source_start, self.source_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A text that wanders: its places, the earliest first, the characters they share at most, and what differs in them."""

    places: tuple[Place, ...]
    documents: int
    shared: int
    differs: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A passage of a document (`here`) that stands in another, too; `direction` is from, to or unknown (no year, or the same)."""

    here: Place
    there: Place
    direction: str
    shared: int
    differs: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """A sentence of one document beside its like in the other; passages are counted from 1."""

    passage: int
    one: Place
    other: Place
    differs: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two documents: their sentences in common, and how many characters count of each passage."""

    one: DocumentRow
    other: DocumentRow
    rows: tuple[Aligned, ...]
    shared: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """The clusters of an index: as many `rows` as were asked for, of `clusters`, which stand in `documents`.

    `compared` documents of the index were compared, `short` have no sentence that is long enough.
    """

    rows: tuple[Cluster, ...]
    clusters: int
    documents: int
    base: Base
    compared: int
    short: int

    def __iter__(self) -> Iterator[Cluster]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def clusters(
    connection: sqlite3.Connection,
    *,
    min_chars: int = REUSED,
    limit: int | None = None,
    progress: Progress | None = None,
    **filters: Unpack[Filtering],
) -> Reuse:
    """Return the passages that stand in several documents, those of most documents first, the longest of these first.

    `limit` is the number of clusters to spell out; all are counted.
    """
    state = ensure(connection, progress)
    scope = scope_of(connection, filters)
    grouped = _grouped(stored(connection, min_chars), scope.documents)
    grouped.sort(key=lambda group: (-len({number for number, *_ in group.places}), -group.shared, group.key))
    return Reuse(
        rows=tuple(_cluster(connection, group, scope.documents) for group in grouped[:limit]),
        clusters=len(grouped),
        documents=len({number for group in grouped for number, *_ in group.places}),
        base=scope.base,
        compared=state["documents"],
        short=state["short"],
    )


def links_of(
    connection: sqlite3.Connection,
    document: str,
    *,
    min_chars: int = REUSED,
    progress: Progress | None = None,
    **filters: Unpack[Filtering],
) -> list[Link]:
    """Return where the passages of a document stand, too, in the order of the document and of the years; raises UnknownDocument."""
    ensure(connection, progress)
    row = document_named(connection, document)
    others = scope_of(connection, filters).documents
    found = []
    for one, start, end, other, other_start, other_end, shared in stored(connection, min_chars, row.id):
        if one != row.id:
            one, start, end, other, other_start, other_end = other, other_start, other_end, one, start, end
        if other not in others:
            continue
        here = _place(connection, row, start, end)
        there = _place(connection, others[other], other_start, other_end)
        found.append(
            Link(here=here, there=there, direction=_direction(row, others[other]), shared=shared,
                 differs=tuple(_differences(here, there)))
        )  # fmt: skip
    return sorted(found, key=lambda link: (link.here.start, link.there.document.sort_key, link.there.start))


def side_by_side(connection: sqlite3.Connection, one: str, other: str, *, min_chars: int = 0) -> SideBySide:
    """Return the sentences that two documents have in common, in the order of the first; raises UnknownDocument."""
    documents = document_named(connection, one), document_named(connection, other)
    texts = [
        connection.execute("SELECT text FROM documents WHERE id = ?", (row.id,)).fetchone()[0] for row in documents
    ]
    left, right = (Profile(text, None, load_slogans()) for text in texts)
    told = passages(left, right, pairs_of(left, right), min_chars)
    rows = []
    for number, passage in enumerate(told, 1):
        for at, there in passage.pairs:
            places = [
                _place(connection, row, unit.start, unit.end)
                for row, unit in zip(documents, (left.units[at], right.units[there]), strict=True)
            ]
            differs = tuple(differences(places[0].text, places[1].text))
            rows.append(Aligned(passage=number, one=places[0], other=places[1], differs=differs))
    return SideBySide(
        one=documents[0], other=documents[1], rows=tuple(rows), shared=tuple(passage.shared for passage in told)
    )


class _Group(NamedTuple):
    places: list[tuple[int, int, int]]  # (document, start, end)
    shared: int
    key: tuple[tuple[int, str], int]  # of the earliest place


def _grouped(found: Iterable[Stored], documents: Mapping[int, DocumentRow]) -> list[_Group]:
    """Return the places that are one passage: ends of a stored row, and stretches of a document that cover one another."""
    union = Union()
    places: list[tuple[int, int, int]] = []
    by_document: dict[int, list[int]] = defaultdict(list)
    shared: dict[int, int] = {}

    def node(document: int, start: int, end: int) -> int:
        for at in by_document[document]:
            _, first, last = places[at]
            common = min(end, last) - max(start, first)
            if common > SAME_PLACE * (max(end, last) - min(start, first)):
                places[at] = (document, min(start, first), max(end, last))
                return at
        places.append((document, start, end))
        by_document[document].append(len(places) - 1)
        return union.add()

    rows = [row for row in found if row[0] in documents and row[3] in documents]
    rows.sort(key=lambda row: -row[6])  # the longest first: shorter parts of a passage do not widen it
    for one, start, end, other, other_start, other_end, count in rows:
        left, right = node(one, start, end), node(other, other_start, other_end)
        union.join(left, right)
        shared[left] = max(count, shared.get(left, 0))
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(places)):
        groups[union.root(at)].append(at)
    made = []
    for group in groups.values():
        own = [places[at] for at in group]
        key = min((documents[number].sort_key, start) for number, start, _ in own)
        made.append(_Group(own, max(shared.get(at, 0) for at in group), key))
    return made


def _cluster(connection: sqlite3.Connection, group: _Group, documents: Mapping[int, DocumentRow]) -> Cluster:
    ordered = sorted(_merged(group.places), key=lambda place: (documents[place[0]].sort_key, place[1]))
    places = tuple(_place(connection, documents[number], start, end) for number, start, end in ordered)
    differs: dict[tuple[str, str], Difference] = {}  # one for each thing of the earliest that was changed
    for place in places[1:]:
        if len(differs) >= LOOKED_AT:
            break
        for difference in _differences(places[0], place):
            differs.setdefault((difference.kind, difference.one), difference)
    told = sorted(differs.values(), key=lambda one: (_ORDER.index(one.kind), not (one.one and one.other)))
    return Cluster(
        places=places,
        documents=len({place.document.id for place in places}),
        shared=group.shared,
        differs=tuple(told[:TOLD]),
    )


def _merged(places: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return stretches of documents, those that overlap as one."""
    merged: list[tuple[int, int, int]] = []
    for document, start, end in sorted(places):
        if merged and merged[-1][0] == document and start < merged[-1][2]:
            merged[-1] = (document, merged[-1][1], max(end, merged[-1][2]))
        else:
            merged.append((document, start, end))
    return merged


def _differences(one: Place, other: Place) -> list[Difference]:
    """Return what was changed in a passage, years and numbers first; what was added or left out at length is not told."""
    left, right = Profile(one.text), Profile(other.text)
    found: dict[Difference, None] = {}
    for at, there in pairs_of(left, right):
        texts = one.text[slice(*left.units[at][:2])], other.text[slice(*right.units[there][:2])]
        for difference in differences(*texts):
            if max(len(difference.one), len(difference.other)) <= SHORT:
                found[difference] = None
    return sorted(found, key=lambda one: (_ORDER.index(one.kind), not (one.one and one.other)))


def _place(connection: sqlite3.Connection, row: DocumentRow, start: int, end: int) -> Place:
    text, packed = connection.execute(
        "SELECT substr(text, ?, ?), offsets FROM documents WHERE id = ?", (start + 1, end - start, row.id)
    ).fetchone()
    source_start, source_end = unpack_offsets(packed).to_source(start, end)
    return Place(document=row, start=start, end=end, source_start=source_start, source_end=source_end, text=text)


def _direction(here: DocumentRow, there: DocumentRow) -> str:
    if here.year is None or there.year is None or here.year == there.year:
        return "unknown"
    return "from" if there.year < here.year else "to"
