"""More like this: passages of other reports that say what a passage says, for who wants last year's paragraph.

Nothing is stored. Full text names the reports that share the rarest words of the passage; of the best of them every passage is
weighed: cosine of TF-IDF over the words that jieba cut, a word's rarity taken from the list of words of the index. Passages that
differ in nothing but numbers and marks are shown once.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from itertools import accumulate
from math import log, sqrt
from typing import Unpack

from index.characters import Cut, narrow, unpack_words, words_of
from index.errors import BadReference
from index.listing import Listed, Listing, Mask, listing_of
from index.matching import CHUNK, Outline, matching
from index.references import Reference, format_place, parse_ref
from index.rows import unpack_offsets
from index.scope import Base, Filtering, document_named
from ingest.script import to_simplified

SHORTEST, LONGEST = 60, 400  # characters of a passage
LEAST_CHARS = 12  # of a passage; what is shorter is a heading
ASKED = 20  # words by which reports are looked for
ASKED_MOST = 300  # different words of a passage that are weighed
RAREST = 3  # of them that are asked for however many reports have them
COMMON = log(20)  # rarity of a word that one report in twenty has
MANY = 1_000  # documents, of which the frequent words are not all asked for
FEW = 50  # documents that an index counts as, at least: in a handful every word would be common
COMMONEST = 0.05  # rarity of a word that all documents have
WEIGHED = 300  # passages whose cosine is taken
READ = 200  # reports whose passages are weighed
FEWEST = 2  # words that a passage must share
LEAST = 0.1  # cosine
TOLD = 8  # shared words that are named
_NO_LETTER = re.compile(r"[\W\d_]+")

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarPassage:
    """A passage: `start` and `end` in the clean text, the source range in the decoded file; `shared` are the weightiest words."""

    ref: str
    title: str | None
    year_label: str | None
    org: str | None
    doc_type: str
    role: str | None  # of its first sentence
    start: int
    end: int
    source_start: int
    source_end: int
    text: str
    score: float  # cosine, from 0 to 1
    shared: tuple[str, ...]
    copies: tuple[str, ...]  # where it stands again, but for numbers and marks

    @property
    def reference(self) -> str:
        return format_place(self.ref, self.source_start, self.source_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """The answer: the passage that was given, those like it, the best first, and how many words it was compared by."""

    text: str
    words: int
    passages: tuple[SimilarPassage, ...]
    base: Base


@dataclass(frozen=True, slots=True)
class _Passage:
    row: Listed
    start: int
    end: int
    text: str
    role: str | None
    words: Counter[str]
    score: float
    shared: tuple[str, ...] = ()


@dataclass(slots=True)
class _Rarities:
    """How rare words are among the documents, each looked up once."""

    connection: sqlite3.Connection
    documents: int
    _known: dict[str, float] = field(default_factory=dict)

    def of(self, word: str) -> float:
        if word not in self._known:
            found = self.connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (word.lower(),)).fetchone()
            held = min(found[0], self.documents) if found else 0
            self._known[word] = log((self.documents + 1) / (held + 1)) + COMMONEST
        return self._known[word]

    def weights(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Return the TF-IDF of words, of length 1."""
        weights = {word: (1 + log(count)) * self.of(word) for word, count in counts.items()}
        norm = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / norm for word, weight in weights.items()}


def similar(
    connection: sqlite3.Connection, text: str, *, cut: Cut, limit: int = 10, **filters: Unpack[Filtering]
) -> Similar:
    """Return the passages like a text, or like the place that a reference names (its own document is left out).

    Raises UnknownDocument where a reference with a place names no document. Filters are those of `index.scope`.
    """
    listing = listing_of(connection)
    chosen = listing.choose(filters)
    given, own = _given(connection, text)
    counts = Counter(word for word in words_of(narrow(to_simplified(given)), cut) if _counts(word))
    rarities = _Rarities(connection, max(len(listing), FEW))
    weights = rarities.weights(dict(counts.most_common(ASKED_MOST)))
    near: list[_Passage] = []
    size = min(max(len(given), SHORTEST), LONGEST)
    for row, whole, words in _texts(
        connection, listing, _reports(connection, listing, weights, chosen.counted, rarities), cut
    ):
        if row.id != own:
            near += _like(connection, row, whole, words, weights, size)
    near = nlargest(WEIGHED, near, key=lambda one: one.score)
    found = [one for one in (_weighed(passage, weights, rarities) for passage in near) if one.score >= LEAST]
    found.sort(key=lambda one: (-one.score, -(one.row.year or 0), one.row.ref, one.start))
    return Similar(
        text=given, words=len(weights), passages=tuple(_folded(connection, found, limit)), base=chosen.base
    )  # fmt: skip


def _given(connection: sqlite3.Connection, text: str) -> tuple[str, int | None]:
    """Return the text to compare with, and the number of its document where it is one of the index."""
    query = "SELECT id, text, offsets FROM documents WHERE ref = ?"
    try:
        reference = parse_ref(text)
    except BadReference:
        return text, None
    found = connection.execute(query, (reference.ref,)).fetchone()
    if found is None:
        if reference.start is None:
            return text, None
        found = connection.execute(query, (document_named(connection, reference.ref).ref,)).fetchone()
    number, whole, packed = found
    start, end = _clean_range(reference, whole, packed)
    return whole[start:end], number


def _clean_range(reference: Reference, text: str, packed: bytes) -> tuple[int, int]:
    if reference.start is None or reference.end is None:
        return 0, len(text)
    offsets = unpack_offsets(packed)
    start = offsets.from_source(reference.start)
    return start, max(offsets.from_source(reference.end), start)


def _counts(word: str) -> bool:
    return len(word) > 1 and not _NO_LETTER.search(word)


def _reports(
    connection: sqlite3.Connection, listing: Listing, weights: Weights, chosen: Mask, held: _Rarities
) -> list[int]:
    """Return the reports that share most of the weightiest words, and those that full text does not know yet."""
    scores: dict[int, float] = {}
    for place, word in enumerate(sorted(weights, key=lambda word: -weights[word])[:ASKED]):
        if place >= RAREST and held.documents > MANY and held.of(word) < COMMON:
            break
        for number in matching(connection, "words", f'"{word}"'):
            scores[number] = scores.get(number, 0.0) + weights[word]
    best = nlargest(
        READ, (one for one in scores if one in listing.at and chosen[listing.at[one]]), key=scores.__getitem__
    )
    waiting = [number for number in listing.waiting if number in listing.at and chosen[listing.at[number]]]
    return [*best, *waiting[:READ]]


def _texts(
    connection: sqlite3.Connection, listing: Listing, numbers: Sequence[int], cut: Cut
) -> Iterator[tuple[Listed, str, list[str]]]:
    """Yield documents with their texts and words."""
    for at in range(0, len(numbers), CHUNK):
        some = numbers[at : at + CHUNK]
        marks = ", ".join("?" * len(some))
        query = f"""SELECT d.id, d.text, s.lengths FROM documents AS d LEFT JOIN segmentations AS s ON s.document = d.id
WHERE d.id IN ({marks})"""
        rows = dict(zip(some, listing.rows_of(some), strict=True))
        for number, text, lengths in connection.execute(query, some):
            plain = narrow(text)
            words = words_of(plain, cut) if lengths is None else list(unpack_words(lengths, plain))
            yield rows[number], text, words


def _like(
    connection: sqlite3.Connection,
    row: Listed,
    text: str,
    words: Sequence[str],
    weights: Weights,
    size: int,
) -> Iterator[_Passage]:
    """Yield the passages of a document that are like the one at hand."""
    starts = list(accumulate(map(len, words), initial=0))
    shared = [start for start, word in zip(starts, words, strict=False) if word in weights]
    if len(shared) < FEWEST:
        return
    for start, end, role in _passages(Outline(connection, row.id), text, size):
        if end - start < LEAST_CHARS or bisect_left(shared, end) - bisect_left(shared, start) < FEWEST:
            continue
        held = Counter(filter(_counts, words[bisect_left(starts, start) : bisect_left(starts, end)]))
        common = [(1 + log(count)) * weights[word] for word, count in held.items() if word in weights]
        if len(common) >= FEWEST:
            yield _Passage(row, start, end, text[start:end], role, held, sum(common) / sqrt(len(held)))


def _weighed(passage: _Passage, weights: Weights, rarities: _Rarities) -> _Passage:
    """Return a passage with its cosine in place of the rough score, and the words that make it up."""
    own = rarities.weights(passage.words)
    parts = {word: weight * weights[word] for word, weight in own.items() if word in weights}
    shared = sorted(parts, key=lambda word: (-parts[word], word))[:TOLD]
    return replace(passage, score=min(sum(parts.values()), 1.0), shared=tuple(shared))


def _passages(outline: Outline, text: str, size: int) -> Iterator[tuple[int, int, str | None]]:
    """Yield stretches of whole sentences of one paragraph, of about `size` characters; lines that are only a heading are none."""
    start = end = -1
    role: str | None = None
    for first, last, of in outline.rows:
        apart = start >= 0 and ("\n" in text[end:first].strip(" ") or text[end - 1 : end] == "\n")
        if start >= 0 and (apart or last - start > size):
            yield start, end, role
            start = -1
        if start < 0:
            start, role = first, of
        end = last
    if start >= 0:
        yield start, end, role


def _folded(connection: sqlite3.Connection, found: Sequence[_Passage], limit: int) -> Iterator[SimilarPassage]:
    """Yield the first of passages that are the same but for numbers and marks, with the others as its copies."""
    groups: dict[str, list[_Passage]] = {}
    for one in found:
        groups.setdefault(_NO_LETTER.sub("", one.text), []).append(one)
    for first, *others in list(groups.values())[:limit]:
        yield SimilarPassage(
            ref=first.row.ref,
            title=first.row.title,
            year_label=first.row.year_label,
            org=first.row.org,
            doc_type=first.row.doc_type,
            role=first.role,
            start=first.start,
            end=first.end,
            source_start=_source(connection, first)[0],
            source_end=_source(connection, first)[1],
            text=first.text,
            score=round(first.score, 4),
            shared=first.shared,
            copies=tuple(format_place(one.row.ref, *_source(connection, one)) for one in others),
        )


def _source(connection: sqlite3.Connection, one: _Passage) -> tuple[int, int]:
    (packed,) = connection.execute("SELECT offsets FROM documents WHERE id = ?", (one.row.id,)).fetchone()
    return unpack_offsets(packed).to_source(one.start, one.end)
