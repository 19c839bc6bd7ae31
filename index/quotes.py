"""Mentions in their sentences, as every answer quotes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.references import format_place
from index.rules import names_of
from index.scope import DocumentRow, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A mention in its sentence: `start` and `end` in the clean text, the source range in the decoded file."""

    ref: str
    title: str | None
    year_label: str | None
    org: str | None
    doc_type: str
    role: str | None  # of the sentence
    start: int
    end: int
    source_start: int
    source_end: int
    text: str
    rule: str
    sentence: str
    sentence_start: int

    @property
    def reference(self) -> str:
        return format_place(self.ref, self.source_start, self.source_end)


@dataclass(frozen=True, slots=True)
class Read:
    """A mention as it is read from its table: number, document, the fields of Quote, the columns of its own."""

    number: int
    document: DocumentRow
    sentence_number: int | None
    quote: dict[str, Any]
    own: tuple[Any, ...]


def read_mentions(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    scope: Scope,
    *,
    documents: Mapping[int, DocumentRow] | None = None,
    where: str = "1",
    values: Sequence[Any] = (),
) -> Iterator[Read]:
    """Yield the mentions of a table that stand in the documents of a scope (or in `documents`), document by document."""
    rows = scope.documents if documents is None else documents
    own = "".join(f', m."{column}"' for column in columns)
    query = f"""SELECT m.id, m.document, m.sentence, m.start, m."end", m.source_start, m.source_end, m.rule,
s.start, s."end", s.role{own} FROM {table} AS m LEFT JOIN sentences AS s ON s.id = m.sentence WHERE {where} ORDER BY m.document, m.start, m.id"""
    number, text, rules = -1, "", names_of(connection)
    for found in connection.execute(query, values):
        row = rows.get(found[1])
        if row is None or not scope.wants(found[10]):
            continue
        if found[1] != number:
            number = found[1]
            (text,) = connection.execute("SELECT text FROM documents WHERE id = ?", (number,)).fetchone()
        yield Read(found[0], row, found[2], _quote(row, found, text, rules), found[11:])


def _quote(row: DocumentRow, found: Sequence[Any], text: str, rules: Mapping[int, str]) -> dict[str, Any]:
    start, end = found[3], found[4]
    first, last = (start, end) if found[8] is None else (found[8], max(found[9], end))
    return {
        "ref": row.ref,
        "title": row.title,
        "year_label": row.year_label,
        "org": row.org,
        "doc_type": row.doc_type,
        "role": found[10],
        "start": start,
        "end": end,
        "source_start": found[5],
        "source_end": found[6],
        "text": text[start:end],
        "rule": rules[found[7]],
        "sentence": text[first:last],
        "sentence_start": first,
    }
