"""Reuse: passages that stand in several reports, word for word or with other numbers, years and names.

Documents are compared once, when a question first needs it (`index.collate`), and what they share is stored:
`reuse_passages` has a row for each passage that two documents have, `reused_sentences` the family of each sentence in one of
`REUSED` characters and more. Triggers of the database empty both as soon as a document is added, changed or removed, so
that no answer is stale. Where the index cannot be written, they are temporary tables.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from index.scope import Connection

VERSION = 2  # of what is stored; a change here makes every index compare its documents anew
KEPT = 32  # characters that count, of a passage that is stored …
REUSED = 40  # … and of one that is told, and makes the sentences in it depend on others
STATE = "reuse"
PATIENCE = 30.0  # seconds to wait for another writer
TABLES = ("reuse_passages", "reused_sentences")

Progress = Callable[[int, int], None]
Stored = tuple[int, int, int, int, int, int, int]  # document, start, end, other, its start, its end, shared


class Families:
    """Which sentences are one and the same text, by where they stand."""

    def __init__(self, rows: Iterable[tuple[int, int, int, int]]) -> None:
        self._rows: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for document, start, end, family in rows:
            self._rows[document].append((start, end, family))

    def __contains__(self, document: int) -> bool:
        return document in self._rows

    def at(self, document: int, start: int, end: int) -> int | None:
        """Return the family of the sentence that holds at least half of a stretch."""
        best, common = None, 0
        for first, last, family in self._rows.get(document, ()):
            shared = min(end, last) - max(start, first)
            if shared > common:
                best, common = family, shared
        return best if 2 * common >= end - start else None


def is_current(connection: sqlite3.Connection) -> bool:
    """Return whether what is stored is about the documents as they are now."""
    return _state(connection) is not None


def ensure(connection: sqlite3.Connection, progress: Progress | None = None) -> dict[str, Any]:
    """Compare the documents unless that is done; return how many were compared and how many were too short."""
    state = _state(connection)
    if state is None:
        if not _write_elsewhere(connection, progress):
            from index.collate import refresh  # late: numpy and the rest take a tenth of a second

            refresh(connection, progress)
        state = _state(connection)
    return state or {"documents": 0, "short": 0}


def marks(rows: Iterable[tuple[int, int, int, str]], families: Families | None) -> list[str]:
    """Return for each (document, start, end, mark of its words) a mark that is equal where sentences are one text.

    That is: they are the same word for word, or stand for one another in a passage that documents share, or a third
    sentence is one text with both. Without `families`, only words count.
    """
    rows = list(rows)
    if families is None:
        return [words for *_, words in rows]
    found = [families.at(document, start, end) for document, start, end, _ in rows]
    parents: dict[int, int] = {}

    def root(family: int) -> int:
        while (parent := parents.get(family, family)) != family:
            family = parent
        return family

    by_words: dict[str, int] = {}
    for (*_, words), family in zip(rows, found, strict=True):
        if family is not None:
            one, other = root(by_words.setdefault(words, family)), root(family)
            parents[max(one, other)] = min(one, other)
    return [f"~{root(by_words[words])}" if words in by_words else words for *_, words in rows]


def families(connection: sqlite3.Connection, documents: Iterable[int] | None = None) -> Families:
    """Return which sentences are one text (in passages of `REUSED` characters and more): of some documents, or of all."""
    ensure(connection)
    if documents is None:
        query = 'SELECT document, start, "end", family FROM reused_sentences'
        return Families(connection.execute(query))
    query = 'SELECT document, start, "end", family FROM reused_sentences WHERE document = ?'
    return Families(row for number in documents for row in connection.execute(query, (number,)))


def stored(connection: sqlite3.Connection, min_chars: int, document: int | None = None) -> list[Stored]:
    """Return the passages that two documents have in common: of one document, or all."""
    columns = 'document, start, "end", other, other_start, other_end, shared'
    if document is None:
        query = f"SELECT {columns} FROM reuse_passages WHERE shared >= ? ORDER BY id"
        return connection.execute(query, (min_chars,)).fetchall()
    query = f"SELECT {columns} FROM reuse_passages WHERE shared >= ? AND (document = ? OR other = ?) ORDER BY id"
    return connection.execute(query, (min_chars, document, document)).fetchall()


def _state(connection: sqlite3.Connection) -> dict[str, Any] | None:
    found = connection.execute("SELECT value FROM meta WHERE name = ?", (STATE,)).fetchone()
    if found is None and connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'reuse_state'").fetchone():
        found = connection.execute("SELECT value FROM reuse_state").fetchone()
        if found and json.loads(found[0])["seen"] != connection.execute("PRAGMA main.data_version").fetchone()[0]:
            found = None
    if found is None:
        return None
    state = json.loads(found[0])
    return state if (state["version"], state["slogans"]) == (VERSION, slogans_mark()) else None


def _write_elsewhere(connection: sqlite3.Connection, progress: Progress | None) -> bool:
    """Let a connection of its own store what is found where this one only reads; return whether that could be done.

    Not while this one holds a state of the index: the other would wait for its end.
    """
    if connection.in_transaction or not _is_read_only(connection):
        return False
    from index.collate import refresh

    path = connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
    try:
        writer = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE, factory=Connection)
        try:
            writer.execute("BEGIN IMMEDIATE")  # or fail at once
            writer.execute("ROLLBACK")
            refresh(writer, progress)
        finally:
            writer.close()
    except sqlite3.OperationalError:  # a file or folder that cannot be written, or somebody writes
        return False
    return True


def _is_read_only(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SAVEPOINT try_to_write")
        connection.execute("DELETE FROM main.meta WHERE name IS NULL")
    except sqlite3.OperationalError:
        return True
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO try_to_write")
            connection.execute("RELEASE try_to_write")
    return False


def writable_schema(connection: sqlite3.Connection) -> str:
    """Return main, or temp with tables of the same names where the index only can be read."""
    if not _is_read_only(connection):
        return "main"
    for table in TABLES:
        columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
        connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS reuse_state (name TEXT PRIMARY KEY, value TEXT)")
    return "temp"


def slogans_text() -> str:
    return (files("index.data") / "slogans.csv").read_text(encoding="utf-8")


@cache
def slogans_mark() -> str:
    return blake2b(slogans_text().encode(), digest_size=8).hexdigest()
