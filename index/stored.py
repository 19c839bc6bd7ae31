"""A document as it stands in an index now, for what looks at its words and changes its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from index.identity import Bare, Sketch, bare, sketch_of
from index.rows import unpack_offsets
from ingest.records import OffsetMap

Span = tuple[int, int]
Row = dict[str, Any]


@dataclass
class Stored:
    """A document as it is stored now."""

    connection: sqlite3.Connection
    id: int
    source: int
    path: str
    ordinal: int
    ref: str
    title: str | None
    text: str

    @classmethod
    def read(cls, connection: sqlite3.Connection, number: int) -> Stored:
        query = """SELECT d.id, d.source, s.path, d.ordinal, d.ref, d.title, d.text FROM documents AS d
JOIN sources AS s ON s.id = d.source WHERE d.id = ?"""
        return cls(connection, *connection.execute(query, (number,)).fetchone())

    @cached_property
    def letters(self) -> Bare:
        return bare(self.text)

    @cached_property
    def offsets(self) -> OffsetMap:
        (packed,) = self.connection.execute("SELECT offsets FROM documents WHERE id = ?", (self.id,)).fetchone()
        return unpack_offsets(packed)

    @cached_property
    def sketch(self) -> Sketch:
        found = self.connection.execute("SELECT hash FROM fingerprints WHERE document = ?", (self.id,))
        return sketch_of(self.text, [mark for (mark,) in found], self.letters)

    def rows(self, table: str, stretch: Span, *, source: bool = False) -> list[Row]:
        """Return the rows of a table that touch a stretch of the text (or of the source), in order."""
        first, last = ("source_start", "source_end") if source else ("start", "end")
        query = f'SELECT * FROM {table} WHERE document = ? AND "{first}" < ? AND "{last}" > ? ORDER BY start, id'
        found = self.connection.execute(query, (self.id, stretch[1], stretch[0]))
        names = [one[0] for one in found.description]
        return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def overlap(row: Mapping[str, Any], stretch: Span, prefix: str = "") -> int:
    """Return how many characters of a stretch a row takes up; with `prefix` source_, of the source."""
    return max(0, min(row[prefix + "end"], stretch[1]) - max(row[prefix + "start"], stretch[0]))
