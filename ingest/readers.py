"""What a reader makes of a file: its raw text, with anchors back into the file; and the reader of plain text."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.errors import IngestError, NoText
from ingest.mixed import decode_mixed
from ingest.records import Anchor, Furniture

DISTINCT_CHARACTERS = 8  # a report writes hundreds; a file with fewer is filler
LONG_CELL = 150  # characters of a table's cell, beyond which its paragraphs are kept as lines
LONG_ENOUGH_TO_JUDGE = 200  # characters
SAMPLES = (40, 2_000)  # characters; what the first ones tell is told fastest
MOST_TOLD = 100  # stretches in another encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file inside a container: a file of an archive, an attachment of a mail.

    One that was refused (encrypted, a bomb, damaged) has no data, and its `trouble` tells why.
    """

    name: str
    data: bytes
    trouble: IngestError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """text[start:end] is a report of its own, with a title where the format tells one: a row of a table, a mail's body."""

    start: int
    end: int
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """What a reader hands on: the text as it stands, and where its parts came from.

    `reports` is for formats that tell where a report begins and ends; without it the text is split by its own looks.
    `marked` tells that an empty line stands before every paragraph and before nothing else, so that the other lines go on.
    `about` holds what a page or file says of itself (title, date, source), which never dates the report,
    and ("encoding", "gb18030 120-340") for text[120:340] in another encoding than the rest.
    """

    text: str
    encoding: str | None = None
    anchors: tuple[Anchor, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    reports: tuple[Stretch, ...] = ()
    marked: bool = False
    members: tuple[Member, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    marks: tuple[tuple[int, int], ...] = ()  # stretches that the format wrote and nobody said: doubled quotation marks
    headings: tuple[tuple[int, int], ...] = ()  # (where its line begins, level from 1), where the format tells


def read_text(data: bytes, path: str) -> RawText:
    """Decode a text file; stretches in another encoding are told in `about`. Raises NoText for a few characters over and over."""
    text, encoding, stretches = decode_mixed(data)
    few = all(len(set(text[:size])) < DISTINCT_CHARACTERS for size in (*SAMPLES, len(text)))
    if few and len(text) >= LONG_ENOUGH_TO_JUDGE:
        raise NoText(
            path,
            f"{len(text):,} characters, but only {len(set(text))} different ones",
            f"共 {len(text):,} 字,却只有 {len(set(text))} 种字符",
            "Check whether the right file was saved.",
            "请检查是否存错了文件。",
        )
    about = (("encoding", f"{its} {start}-{end}") for start, end, its in stretches[:MOST_TOLD])
    return RawText(text=text, encoding=encoding, about=tuple(about))
