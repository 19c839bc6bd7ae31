"""SQL functions over the full text and over references, the same in Datasette, in `nianlun sql` and in a notebook."""

from __future__ import annotations

import sqlite3

from index.characters import narrow, phrase
from index.errors import BadReference
from index.references import Reference, parse_ref
from ingest.script import to_simplified

PHRASE = "nianlun_phrase"
SAYS = {
    PHRASE: "a query for `characters MATCH`: the words as one phrase",
    "nianlun_plain": "text as documents.text has it: simplified, half-width",
    "nianlun_ref": "of a reference, the document: 003 of 003@512-540",
    "nianlun_start": "of a reference, the first character in sources.text",
    "nianlun_end": "of a reference, the character after the last",
}


def add_functions(connection: sqlite3.Connection) -> None:
    """Make the functions known to a connection; each takes one value, and nothing stands for NULL."""
    for name, function in (
        (PHRASE, lambda words: phrase(str(words or ""))),
        ("nianlun_plain", lambda words: to_simplified(narrow(str(words or "")))),
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
