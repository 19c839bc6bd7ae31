"""Comparing all documents with one another: signatures bring sentences together, alignment decides.

What does not count: slogans of the day (`index/data/slogans.csv`) and standing phrases, stretches of eight characters that
stand in ten of a thousand unrelated documents, unless three sentences of a passage are nearly the same. Documents of which
half stands in one another are one for that.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from index.alignment import LONG_GRAM, Passage, Profile, Slogans, aligned, passages
from index.reuse import KEPT, REUSED, STATE, TABLES, VERSION, Progress, slogans_mark, slogans_text, writable_schema
from index.shingles import Bands, Candidates, Hashes, bands_of, candidates, frequent_grams, units_of

STANDING, SAMPLED = 10, 1_000  # a phrase that so many of so many unrelated documents have is nobody's own
RELATED = 0.5  # of the shorter document: two that share so much are one when phrases are counted
PROFILES = 1_500  # texts kept ready


class _Pair(NamedTuple):
    one: int  # places of the documents in the order of comparison
    other: int
    passage: Passage


def refresh(connection: sqlite3.Connection, progress: Progress | None = None) -> dict[str, Any]:
    """Compare all documents and store what they share; into temporary tables where the index cannot be written.

    Where others write meanwhile, the documents are compared once more, and nobody writes until that is done.
    """
    schema = writable_schema(connection)
    inside = connection.in_transaction
    version = "PRAGMA main.data_version"
    (before,) = connection.execute(version).fetchone()
    found = None if inside else compare_all(connection, progress)
    connection.execute("SAVEPOINT reuse" if inside else "BEGIN IMMEDIATE" if schema == "main" else "BEGIN")
    try:
        (now,) = connection.execute(version).fetchone()
        if found is None or now != before:
            found = compare_all(connection, progress)
        state = _store(connection, schema, *found, now)
        connection.execute("RELEASE reuse" if inside else "COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO reuse" if inside else "ROLLBACK")
            if inside:
                connection.execute("RELEASE reuse")
        raise
    return state


def _store(
    connection: sqlite3.Connection,
    schema: str,
    numbers: Sequence[int],
    bands: Bands,
    found: Sequence[_Pair],
    version: int,
) -> dict[str, Any]:
    """Write what documents share into tables of a schema; return what is kept of the comparison."""
    short = int((np.diff(bands.first) == 0).sum())
    state = {
        "documents": len(numbers), "short": short, "version": VERSION, "slogans": slogans_mark(), "seen": version,
    }  # fmt: skip
    for table in TABLES:
        connection.execute(f"DELETE FROM {schema}.{table}")
    insert = f"INSERT INTO {schema}.{{}} VALUES ({{}})"
    connection.executemany(insert.format("reuse_passages", ", ".join("?" * 9)), _rows(numbers, found))
    families = _families(connection, numbers, found)
    connection.executemany(insert.format("reused_sentences", ", ".join("?" * 4)), families)
    table = "meta" if schema == "main" else "reuse_state"
    connection.execute(f"INSERT OR REPLACE INTO {schema}.{table} VALUES (?, ?)", (STATE, json.dumps(state)))
    return state


def compare_all(
    connection: sqlite3.Connection, progress: Progress | None = None
) -> tuple[list[int], Bands, list[_Pair]]:
    """Return the numbers of the documents in the order of comparison, their bands, and the passages they share."""
    numbers = [number for (number,) in connection.execute("SELECT id FROM documents ORDER BY ref")]
    texts = (text for (text,) in connection.execute("SELECT text FROM documents ORDER BY ref"))
    bands = bands_of(texts)
    pairs = candidates(bands, KEPT)

    def text_of(at: int) -> str:
        return str(connection.execute("SELECT text FROM documents WHERE id = ?", (numbers[at],)).fetchone()[0])

    return numbers, bands, list(shared_passages(text_of, bands, pairs, progress))


def shared_passages(
    text_of: Callable[[int], str], bands: Bands, pairs: Candidates, progress: Progress | None = None
) -> Iterator[_Pair]:
    """Yield the passages that documents share, pair by pair, those of `KEPT` characters that count and more."""
    if not len(pairs):
        return
    standing = _standing(text_of, bands, pairs)
    slogans = load_slogans()
    profiles: OrderedDict[int, Profile] = OrderedDict()

    def profile(at: int) -> Profile:
        if at in profiles:
            profiles.move_to_end(at)
            return profiles[at]
        if len(profiles) >= PROFILES:
            profiles.popitem(last=False)
        made = profiles[at] = Profile(text_of(at), standing, slogans)
        return made

    for one, other, seeds in pairs.by_pair():
        here, there = profile(one), profile(other)
        for passage in passages(here, there, aligned(here, there, seeds), KEPT):
            yield _Pair(one, other, passage)
        if progress is not None:
            progress(one + 1, len(bands.first) - 1)


@cache
def load_slogans() -> Slogans:
    """Return the slogans of the day; source: index/data/slogans.csv."""
    return Slogans(row["term"] for row in csv.DictReader(slogans_text().splitlines()))


class Union:
    """Sets that grow together; the first of a set stands for it."""

    def __init__(self, count: int = 0) -> None:
        self.parents = list(range(count))

    def add(self) -> int:
        """Return the number of a new set of one."""
        self.parents.append(len(self.parents))
        return len(self.parents) - 1

    def root(self, at: int) -> int:
        """Return the first of the set that holds a member."""
        while self.parents[at] != at:
            self.parents[at] = self.parents[self.parents[at]]
            at = self.parents[at]
        return at

    def join(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        self.parents[max(one, other)] = min(one, other)


def _standing(text_of: Callable[[int], str], bands: Bands, pairs: Candidates) -> Hashes:
    """Return the stretches of characters that stand in very many unrelated documents."""
    count = len(bands.first) - 1
    sizes = np.zeros(count, np.int64)
    np.add.at(sizes, bands.documents, bands.lengths)
    joined = Union(count)
    lengths = bands.lengths[bands.first[pairs.documents] + pairs.sentences]
    for low, high in _runs(pairs):
        one, other = int(pairs.documents[low]), int(pairs.others[low])
        if int(lengths[low:high].sum()) >= RELATED * min(sizes[one], sizes[other]):
            joined.join(one, other)
    unrelated = [at for at in range(count) if joined.root(at) == at]
    step = max(1, len(unrelated) // SAMPLED)
    sample = unrelated[::step][:SAMPLED]
    if len(sample) < STANDING:
        return np.empty(0, np.uint64)
    return frequent_grams((text_of(at) for at in sample), LONG_GRAM, STANDING)


def _runs(pairs: Candidates) -> Iterator[tuple[int, int]]:
    change = np.flatnonzero((np.diff(pairs.documents) != 0) | (np.diff(pairs.others) != 0)) + 1
    bounds = [0, *change.tolist(), len(pairs)]
    return pairwise(bounds)


def _rows(numbers: Sequence[int], found: Sequence[_Pair]) -> Iterator[tuple[int, ...]]:
    for number, (one, other, passage) in enumerate(found, 1):
        yield (
            number, numbers[one], passage.start, passage.end, numbers[other], passage.other_start, passage.other_end,
            passage.shared, len(passage.pairs),
        )  # fmt: skip


def _families(
    connection: sqlite3.Connection, numbers: Sequence[int], found: Sequence[_Pair]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield document, place and family of each sentence of the passages that are told."""
    union, at = Union(), {}
    for one, other, passage in found:
        if passage.shared < REUSED:
            continue
        for sentence, like in passage.pairs:
            members = []
            for key in ((one, sentence), (other, like)):
                if key not in at:
                    at[key] = union.add()
                members.append(at[key])
            union.join(*members)
    by_document: dict[int, list[int]] = defaultdict(list)
    for document, sentence in at:
        by_document[document].append(sentence)
    for document, sentences in sorted(by_document.items()):
        (text,) = connection.execute("SELECT text FROM documents WHERE id = ?", (numbers[document],)).fetchone()
        units = units_of(text)
        for sentence in sorted(sentences):
            unit = units[sentence]
            yield numbers[document], unit.start, unit.end, union.root(at[document, sentence])
