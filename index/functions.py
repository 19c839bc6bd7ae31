"""SQL functions over the full text and over references, the same in Datasette, in `nianlun sql` and in a notebook."""

from __future__ import annotations

import sqlite3

from index.characters import narrow, phrase
from index.errors import BadReference
from index.references import Reference, parse_ref
from ingest.script import to_simplified

PHRASE = "nianlun_phrase"


def add_functions(connection: sqlite3.Connection) -> None:
    """Make the functions known to a connection; each takes one value, and nothing stands for NULL."""
    for name, function in (
        # a query for `characters MATCH`: the words as one phrase
        (PHRASE, lambda words: phrase(str(words or ""))),
        # text as documents.text has it: simplified, half-width
        ("nianlun_plain", lambda words: to_simplified(narrow(str(words or "")))),
        # of a reference (003@512-540): the document, the first character in sources.text, the character after the last
        ("nianlun_ref", lambda text: _place(text).ref),
        ("nianlun_start", lambda text: _place(text).start),
        ("nianlun_end", lambda text: _place(text).end),
    ):
        connection.create_function(name, 1, function, deterministic=True)


def _place(text: object) -> Reference:
    try:
        return parse_ref(str(text or ""))
    except BadReference:
        return Reference(key="")
