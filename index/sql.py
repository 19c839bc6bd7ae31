"""Questions in SQL that can only read: what would write is refused, what takes too long is stopped.

Three guards, each of which would do: the file is opened read-only, SQLite is told `query_only`, and an authorizer lets nothing
but SELECT and PRAGMAs that ask pass. The last one knows what a query wanted, so the message can say it.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from index.errors import BadSql, ReadOnly, TooSlow
from index.functions import add_functions
from index.tables import TABLES, VIEWS

EMPTY = "there is no query in it"
PATIENCE = 60.0  # seconds that a query may take
STEPS = 20_000  # of SQLite's machine between two looks at the clock: about a millisecond
LARGEST = 256 << 20  # bytes of a value; of a query that would fill the memory
BINARY = 32  # bytes of a value that are shown
_READS = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)  # fmt: skip
# PRAGMAs that ask; those of the second group take an argument, with which the others would set something
_ASKS = frozenset(
    {"application_id", "collation_list", "compile_options", "data_version", "database_list", "encoding", "freelist_count",
     "function_list", "journal_mode", "module_list", "page_count", "page_size", "pragma_list", "query_only", "schema_version", "table_list",
     "user_version"}
)  # fmt: skip
_ASKS_OF = frozenset(
    {"foreign_key_check", "foreign_key_list", "index_info", "index_list", "index_xinfo", "integrity_check", "quick_check", "table_info",
     "table_list", "table_xinfo"}
)  # fmt: skip
_VIRTUAL = ("characters", "words", "vocabulary", "json_each('[]')", "json_tree('[]')")
_FORBIDDEN = frozenset({"load_extension", "fts3_tokenizer"})
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_UNKNOWN = re.compile(r"no such (table|column|function): (?:main\.)?(\S+)")


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query: names of its columns, no two alike, and its rows, read one by one."""

    columns: tuple[str, ...]
    rows: Iterator[dict[str, Any]]


@contextmanager
def ask(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, str] | None = None, *, seconds: float = PATIENCE
) -> Iterator[Result]:
    """Give the answer to one query; rows are read while the block runs. The connection is guarded from then on.

    `values` stand for the names in it (:year). Raises ReadOnly, TooSlow, BadSql, also while rows are read.
    """
    guard = _Guard(connection, sql, seconds)
    with guard.errors():
        cursor = connection.execute(sql, dict(values or {}))
        if cursor.description is None:
            raise BadSql(sql, EMPTY)
        columns = _distinct([one[0] for one in cursor.description])
    yield Result(columns=columns, rows=guard.rows(cursor, columns))


def shown(value: Any) -> Any:
    """Return a value as text and JSON can hold it: bytes by their number or, where they are few, as SQL writes them."""
    if isinstance(value, bytes):
        return f"x'{value.hex()}'" if len(value) <= BINARY else f"[{len(value)} bytes]"
    if isinstance(value, float) and value - value != 0:  # infinite
        return str(value)
    return value


class _Guard:
    """The three guards of a connection, and what they refused."""

    def __init__(self, connection: sqlite3.Connection, sql: str, seconds: float) -> None:
        self.sql, self.seconds = sql, seconds
        self.refused = ""
        self.broken = False
        self.end = time.monotonic() + seconds
        connection.execute("PRAGMA query_only = ON")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        add_functions(connection)
        for name in (*_VIRTUAL, *(f"pragma_{name}" for name in sorted(_ASKS | _ASKS_OF))):
            with suppress(
                sqlite3.Error
            ):  # when a virtual table is met for the first time, SQLite declares it with CREATE TABLE
                connection.execute(f"SELECT 1 FROM {name} LIMIT 0")
        connection.set_progress_handler(self.is_over, STEPS)
        connection.set_authorizer(self.allow)

    def allow(self, action: int, one: str | None, two: str | None, database: str | None, inner: str | None) -> int:
        """Say whether a step of a query may be taken."""
        if action in _READS and not (action == sqlite3.SQLITE_FUNCTION and two in _FORBIDDEN):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_PRAGMA and one is not None:
            name = one.lower()
            if name in _ASKS_OF or (name in _ASKS and two is None):
                return sqlite3.SQLITE_OK
        self.refused = self.refused or _verb(self.sql) or str(two or one or "that")
        return sqlite3.SQLITE_DENY

    def is_over(self) -> int:
        """Say whether the query is to stop."""
        try:
            return int(time.monotonic() > self.end)
        except KeyboardInterrupt:  # SQLite would swallow it
            self.broken = True
            return 1

    def rows(self, cursor: sqlite3.Cursor, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        while True:
            with self.errors():
                row = cursor.fetchone()
            if row is None:
                return
            yield dict(zip(columns, map(shown, row), strict=True))

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Tell SQLite's errors in our words."""
        try:
            yield
        except (sqlite3.Error, sqlite3.Warning, OverflowError, MemoryError) as error:
            said = str(error)
            if self.broken:
                raise KeyboardInterrupt from error
            if self.refused:
                raise ReadOnly(self.refused) from error
            if "readonly" in said or "read-only" in said:
                raise ReadOnly(_verb(self.sql) or "that") from error
            if "interrupted" in said:
                raise TooSlow(self.seconds) from error
            if "malformed" in said or "not a database" in said or "locked" in said or "disk" in said:
                raise
            raise BadSql(self.sql, said, near=_near(said)) from error


def _verb(sql: str) -> str:
    """Return the first word of a statement, unless it is one of those that ask."""
    found = re.match(r"\s*([A-Za-z]+)", _COMMENT.sub(" ", sql))
    verb = found[1].upper() if found else ""
    return "" if verb in ("SELECT", "WITH", "VALUES", "EXPLAIN") else verb


def _near(said: str) -> tuple[str, ...]:
    """Return the tables or columns whose names are like one that SQLite does not know; the views where none is."""
    found = _UNKNOWN.search(said)
    if found is None or found[1] == "function":
        return ()
    views, tables = [one.name for one in VIEWS], [one.name for one in TABLES]
    if found[1] == "table":
        return tuple(get_close_matches(found[2].lower(), views + tables)) or tuple(views)
    columns = {name for view in VIEWS for name, _ in view.columns} | {
        one.name for table in TABLES for one in table.columns
    }
    return tuple(get_close_matches(found[2].rpartition(".")[2].lower(), sorted(columns)))


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Return names, with a number behind those that stood before: a row is a dict."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        new = name
        while new in seen:
            seen[name] += 1
            new = f"{name}_{seen[name]}"
        seen[new] = 1
        told.append(new)
    return tuple(told)
