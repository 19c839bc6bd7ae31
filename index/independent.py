"""Independent texts: how many of some documents say something in words of their own.

One definition serves all counts. A sentence is one text with an earlier one when they are the same but for marks and
list numbers, or when they stand for one another in a passage that documents share, be it with other numbers, years and
names (`index.reuse`). A document is independent when one of the sentences that were counted in it is no text of an
earlier one; earlier is by year, then by name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Sequence
from typing import Protocol, TypeVar

from index import reuse
from index.rows import same_text
from index.scope import read_documents

COMPARED = 3_000  # documents that are compared on the spot, for counts that people do not expect to wait for


class Quoted(Protocol):
    """A place in a sentence."""

    @property
    def ref(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def sentence(self) -> str: ...
    @property
    def sentence_start(self) -> int: ...


Row = TypeVar("Row", bound=Quoted)


def is_cheap(connection: sqlite3.Connection) -> bool:
    """Return whether it takes no time to know what documents share."""
    (count,) = connection.execute("SELECT count(*) FROM documents").fetchone()
    return bool(count <= COMPARED) or reuse.is_current(connection)


def compare_few(connection: sqlite3.Connection) -> None:
    """Store what documents share where that takes no time: before a snapshot, in which it could not be stored."""
    if is_cheap(connection):
        reuse.ensure(connection)


def count_independent(connection: sqlite3.Connection, quotes: Sequence[Quoted]) -> int:
    """Return how many of the documents that are quoted bring a sentence of their own."""
    copies = copied(connection, quotes)
    return len({quote.ref for quote, is_copy in zip(quotes, copies, strict=True) if not is_copy})


def copied(
    connection: sqlite3.Connection, quotes: Sequence[Row], also: Callable[[Row], Hashable] = lambda _: None
) -> list[bool]:
    """Return for each place whether its sentence stood in an earlier document, and what `also` tells of it with it."""
    rows = {row.ref: (place, row.id) for place, row in enumerate(read_documents(connection))}
    families = reuse.families(connection, {rows[quote.ref][1] for quote in quotes})
    sentences = (
        (rows[one.ref][1], one.sentence_start, one.sentence_start + len(one.sentence), same_text(one.sentence))
        for one in quotes
    )
    told = [(mark, also(one)) for one, mark in zip(quotes, reuse.marks(sentences, families), strict=True)]
    first: dict[tuple[str, Hashable], int] = {}
    for one, key in zip(quotes, told, strict=True):
        place = rows[one.ref][0]
        first[key] = min(place, first.get(key, place))
    return [first[key] < rows[one.ref][0] for one, key in zip(quotes, told, strict=True)]
