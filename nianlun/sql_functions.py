"""A Datasette plugin: the SQL function that spells a word for the full-text table of characters."""

from __future__ import annotations

import sqlite3

from datasette import hookimpl  # type: ignore[import-untyped]

from index.characters import phrase

NAME = "nianlun_phrase"


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Make nianlun_phrase(word) known to a connection."""
    conn.create_function(NAME, 1, lambda words: phrase(str(words or "")), deterministic=True)
