"""The decoded text of a file, kept without what its documents hold already.

Most of a file is the text of its documents. What is kept of it are the stretches that no document has as they stand: furniture,
line ends, characters that were put right. The way from a document to its file (`documents.offsets`) tells where they belong, so the
text comes back character by character. A text of no document is compressed as it is. Packed texts are bytes that begin with a
byte that UTF-8 never has; those of long files (and of older indexes) are plain text, those of very long ones bytes of UTF-8.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

from index.characters import compressed
from index.rows import unpack_offsets
from ingest.records import OffsetMap

MARK = b"\xff"
PACKED = 300_000  # characters of a file at most: of a longer one, parts are read without the rest
BLOCK = 100  # characters that are kept or left out together
_LENGTH = 4  # bytes of the number of bytes of flags
Stored = tuple[int, int, bytes, str]  # of a document: where it begins in its file, its number, its way back, its text
Held = Sequence[tuple[OffsetMap, str]]  # of each document of a file its way back and its text, in order


def pack_text(text: str, documents: Held = ()) -> bytes:
    """Return what the documents of a file do not hold of its text."""
    flags = bytearray()
    rest: list[str] = []
    at = 0
    for start, block in _blocks(documents):
        is_held = start >= at and text.startswith(block, start)
        flags.append(is_held)
        if is_held:
            rest.append(text[at:start])
            at = start + len(block)
    rest.append(text[at:])
    return MARK + compressed(len(flags).to_bytes(_LENGTH, "little") + flags + "".join(rest).encode())


def unpack_text(packed: bytes, documents: Held = ()) -> str:
    """Return the text of a file that was packed with these very documents."""
    data = zlib.decompress(packed[len(MARK) :])
    begin = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
    rest = data[begin:].decode()
    parts: list[str] = []
    at = used = 0
    for start, block in compress(_blocks(documents), data[_LENGTH:begin]):
        parts += (rest[used : used + start - at], block)
        used, at = used + start - at, start + len(block)
    return "".join((*parts, rest[used:]))


def read_text(connection: sqlite3.Connection, number: int) -> str:
    """Return the decoded text of a file, by the number of its source; empty where there is none."""
    found = connection.execute("SELECT text FROM sources WHERE id = ?", (number,)).fetchone()
    value = None if found is None else found[0]
    if isinstance(value, bytes):
        return unpack_text(value, _held(connection, number)) if value[:1] == MARK else value.decode()
    return value or ""


def read_stretch(connection: sqlite3.Connection, number: int, start: int, end: int) -> str:
    """Return text[start:end] of a file, of a long one without reading all of it."""
    query = """SELECT substr(text, 1, 1) IS x'ff', CASE WHEN substr(text, 1, 1) IS NOT x'ff' THEN substr(CAST(text AS TEXT), ?, ?) END
FROM sources WHERE id = ?"""
    found = connection.execute(query, (start + 1, max(end - start, 0), number)).fetchone()
    if found is not None and found[0]:
        return read_text(connection, number)[start:end]
    return (found[1] or "") if found else ""


def write_text(connection: sqlite3.Connection, number: int, text: str, stored: Iterable[Stored] | None = None) -> None:
    """Keep the text of a file beside the documents that it has now: `stored`, where the caller knows them."""
    held = _held(connection, number) if stored is None else _in_order(stored)
    packed = pack_text(text, held)
    connection.execute("UPDATE sources SET text = ? WHERE id = ?", (packed, number))


def _held(connection: sqlite3.Connection, number: int) -> list[tuple[OffsetMap, str]]:
    query = "SELECT source_start, id, offsets, text FROM documents WHERE source = ?"
    return _in_order(connection.execute(query, (number,)))


def _in_order(stored: Iterable[Stored]) -> list[tuple[OffsetMap, str]]:
    return [(unpack_offsets(offsets), text) for _, _, offsets, text in sorted(stored) if offsets]


def _blocks(documents: Held) -> Iterator[tuple[int, str]]:
    """Yield (place in the file, text) of what may stand in the file as it does in its documents, in short pieces."""
    for offsets, text in documents:
        for run in offsets.runs:
            if run.clean_end - run.clean_start == run.source_end - run.source_start:
                for at in range(run.clean_start, run.clean_end, BLOCK):
                    yield run.source_start + at - run.clean_start, text[at : min(at + BLOCK, run.clean_end)]
