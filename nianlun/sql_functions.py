"""A Datasette plugin: SQL functions that the ready-made queries use, and references that lead to their sentence."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import quote

from datasette import hookimpl  # type: ignore[import-untyped]
from datasette.utils import tilde_encode  # type: ignore[import-untyped]
from markupsafe import Markup

from index.functions import PHRASE, add_functions

NAME = PHRASE

# Columns that hold a reference, and the query that each leads to: the sentence it stands in, its place in the raw file.
REFERENCES = {"出处": "sentence_at", "reference": "sentence_at", "原件": "place_at"}


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Make the functions known to a connection."""
    add_functions(conn)


@hookimpl
def render_cell(value: Any, column: str, database: str) -> Markup | None:
    """Show a reference as a link to the sentence it stands in, or to its place in the raw file."""
    if column not in REFERENCES or not isinstance(value, str) or "@" not in value:
        return None
    address = f"/{tilde_encode(database)}/{REFERENCES[column]}?reference={quote(value)}"
    return Markup('<a href="{}">{}</a>').format(address, value)
