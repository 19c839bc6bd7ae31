"""Where a stretch of a document stands in the raw file: the anchors that its characters have, and the containers around it.

`index.references` names a stretch by characters of the decoded file. What a reader kept beside the text (page and box,
paragraph and run, cell, slide, the confidence of a recognition) leads from there into a file that is not plain text.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.copies import document_of
from index.references import Reference, format_place, parse_ref
from index.scope import document_named
from index.source_texts import read_stretch, read_text
from ingest.formats import CONTAINERS

UNSURE = 0.8  # a recognition of characters below that confidence is told wherever its words are shown
MAILS = frozenset(("eml", "msg", "tnef"))
INSIDE = "/"  # between a container and a file in it
_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")
_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")
_COLUMNS = """start, "end", page, box_left, box_top, box_right, box_bottom, paragraph, run, table_number, table_row, table_column,
sheet, slide, confidence"""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a part of a stretch stands: `text` is sources.text[source_start:source_end], the part that one anchor holds.

    `page` and `slide` count from 1; `paragraph`, `run`, `table`, `row` and `column` from 0. Boxes are (left, top, right, bottom)
    in points from the top left corner of the page: `line_box` is that of the whole anchor, `box` that of the part, told by
    the widths of the characters. `cell` is as a spreadsheet writes it (表1!C5). `confidence` is that of a recognition.
    """

    source_start: int
    source_end: int
    text: str
    page: int | None = None
    box: Box | None = None
    line_box: Box | None = None
    line_start: int = 0  # where the whole anchor begins, and what it holds
    line_text: str = ""
    paragraph: int | None = None
    run: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    slide: int | None = None
    confidence: float | None = None

    @property
    def unsure(self) -> bool:
        return self.confidence is not None and self.confidence < UNSURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """Of a document, the share of its characters that were recognised in a picture, and the share of those that is unsure."""

    share: float
    unsure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A file that holds others: an archive or a mail, by the name that the index has for it."""

    path: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where a document, or a stretch of it, stands in its raw file. Paths are those of the index.

    `file` is the file on the disk; where that is a container, `members` are the names that lead to the file inside, from
    the outermost. `within` is body or attachment of a mail, member of an archive, None of a file by itself.
    `source_start` and `source_end` count characters of the decoded file, `text`; `before` is what precedes them there.
    """

    reference: str
    file: str
    members: tuple[str, ...]
    within: str | None
    path: str
    media_type: str
    encoding: str | None
    sha256: str | None
    size: int
    fingerprint: str
    source_start: int
    source_end: int
    text: str
    places: tuple[Place, ...]
    anchored: bool  # the reader kept places for this file, whether or not some are in the stretch
    about: tuple[tuple[str, str], ...] = ()  # what the file says of itself: title, date, source, author, url …


def where(connection: sqlite3.Connection, reference: str | Reference) -> Whereabouts:
    """Return where a document or a stretch of it stands; raises BadReference, UnknownDocument."""
    place = parse_ref(reference) if isinstance(reference, str) else reference
    place, _ = document_of(connection, place)
    row = document_named(connection, place.ref)
    start, end = row.source_start, row.source_end
    if place.start is not None and place.end is not None:
        start, end = max(start, place.start), min(end, place.end)
        end = max(start, end)
    number, path, kind, encoding, digest, size, fingerprint, about = connection.execute(
        """SELECT s.id, s.path, s.media_type, s.encoding, s.sha256, s.size, s.fingerprint, s.about FROM sources AS s
JOIN documents AS d ON d.source = s.id WHERE d.id = ?""",
        (row.id,),
    ).fetchone()
    text = read_stretch(connection, number, start, end)
    (anchored,) = connection.execute("SELECT EXISTS (SELECT 1 FROM anchors WHERE source = ?)", (number,)).fetchone()
    around = _containers(connection, path)
    return Whereabouts(
        reference=row.ref if place.start is None else format_place(row.ref, start, end),
        file=around[0].path if around else path,
        members=_members(path, around),
        within=_within(around, kind),
        path=path,
        media_type=kind or "",
        encoding=encoding,
        sha256=digest,
        size=size or 0,
        fingerprint=fingerprint or "",
        source_start=start,
        source_end=end,
        text=text,
        places=tuple(_places(connection, number, start, end)) if anchored else (),
        anchored=bool(anchored),
        about=tuple((str(name), str(value)) for name, value in json.loads(about)) if about else (),
    )


def whole_text(connection: sqlite3.Connection, path: str) -> str:
    """Return the decoded text of a file, by its path in the index; empty where there is none."""
    found = connection.execute("SELECT id FROM sources WHERE path = ?", (path,)).fetchone()
    return read_text(connection, found[0]) if found else ""


def recognised(connection: sqlite3.Connection, document: int | None = None) -> dict[str, Recognised]:
    """Return which documents hold recognised text (OCR) and how sure that is, by name; of one document where one is given."""
    query = f"""SELECT d.ref, total(o.length), total(CASE WHEN o.confidence IS NOT NULL THEN o.length END),
total(CASE WHEN o.confidence < ? THEN o.length END) FROM sources AS s JOIN documents AS d ON d.source = s.id JOIN
(SELECT source, start, "end", "end" - start AS length, confidence FROM anchors) AS o
ON o.source = s.id AND o.start < d.source_end AND o."end" > d.source_start
WHERE s.media_type IN ('image', 'pdf', 'ofd') {"" if document is None else "AND d.id = ?"} GROUP BY d.id"""
    values = (UNSURE,) if document is None else (UNSURE, document)
    return {
        ref: Recognised(share=seen / whole, unsure=unsure / seen)
        for ref, whole, seen, unsure in connection.execute(query, values)
        if seen
    }


def part_box(box: Box, text: str, start: int, end: int) -> Box:
    """Return the box of text[start:end], where `box` is that of a line of text; wide characters count twice the others.

    A box that is much higher than wide holds a line that runs down the page.
    """
    left, top, right, bottom = box
    widths = [_width(char) for char in text]
    whole = sum(widths)
    if not whole or (start <= 0 and end >= len(text)):
        return box
    first, last = sum(widths[:start]) / whole, sum(widths[:end]) / whole
    if len(text) > 2 and bottom - top > 2 * (right - left):
        height = bottom - top
        return left, round(top + first * height, 1), right, round(top + last * height, 1)
    width = right - left
    return round(left + first * width, 1), top, round(left + last * width, 1), bottom


def cell_name(row: int, column: int, sheet: str | None = None) -> str:
    """Return a cell as a spreadsheet writes it: C5, 表1!C5, '表 1'!C5. `row` and `column` count from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    name = f"{letters}{row + 1}"
    if not sheet:
        return name
    plain = _PLAIN_SHEET.fullmatch(sheet) and not _LIKE_CELL.fullmatch(sheet)
    return f"{sheet}!{name}" if plain else "'{}'!{}".format(sheet.replace("'", "''"), name)


def _width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def _places(connection: sqlite3.Connection, source: int, start: int, end: int) -> list[Place]:
    """Return the places of a stretch, without furniture (a page number between two words) unless it is nothing else."""
    of_a_report = """ AND NOT EXISTS (SELECT 1 FROM furniture AS f
WHERE f.source = a.source AND f.start <= a.start AND f."end" >= a."end")"""
    query = (
        f"""SELECT {_COLUMNS} FROM anchors AS a WHERE source = ? AND start < ? AND "end" > ?%s ORDER BY start, "end" """
    )
    values = (source, max(end, start + 1), start)
    found = (
        connection.execute(query % of_a_report, values).fetchall() or connection.execute(query % "", values).fetchall()
    )
    if not found:
        return []
    first, last = found[0][0], max(row[1] for row in found)
    text = read_stretch(connection, source, first, last)  # once: it is looked for from the beginning
    return [_place(text[row[0] - first : row[1] - first], row, start, end) for row in found]


def _place(words: str, found: Sequence[object], start: int, end: int) -> Place:
    first, last, page, *corners = found[:7]
    paragraph, run, table, row, column, sheet, slide, confidence = found[7:]
    assert isinstance(first, int) and isinstance(last, int)
    low, high = max(start, first), min(max(end, start), last)
    box: Box | None = tuple(corners) if None not in corners else None  # type: ignore[assignment]
    cell = None
    if sheet is not None and isinstance(row, int) and isinstance(column, int):
        cell = cell_name(row, column, str(sheet))
    return Place(
        source_start=low,
        source_end=high,
        text=words[low - first : high - first],
        page=page,  # type: ignore[arg-type]
        box=box and part_box(box, words, low - first, high - first),
        line_box=box,
        line_start=first,
        line_text=words,
        paragraph=paragraph,  # type: ignore[arg-type]
        run=run,  # type: ignore[arg-type]
        table=table,  # type: ignore[arg-type]
        row=row,  # type: ignore[arg-type]
        column=column,  # type: ignore[arg-type]
        sheet=sheet,  # type: ignore[arg-type]
        cell=cell,
        slide=slide,  # type: ignore[arg-type]
        confidence=confidence,  # type: ignore[arg-type]
    )


def _containers(connection: sqlite3.Connection, path: str) -> list[Container]:
    """Return the containers that a file lies in, the outermost first: files of the index whose name its own begins with."""
    cuts = [match.start() for match in re.finditer(re.escape(INSIDE), path)][:500]
    marks = ", ".join("?" * len(cuts))
    query = f"SELECT path, media_type FROM sources WHERE path IN ({marks}) ORDER BY length(path)"
    found = connection.execute(query, [path[:cut] for cut in cuts]).fetchall()
    return [Container(path=name, media_type=kind) for name, kind in found if kind in CONTAINERS]


def _members(path: str, around: Sequence[Container]) -> tuple[str, ...]:
    names = [*(one.path for one in around), path]
    return tuple(inner[len(outer) + len(INSIDE) :] for outer, inner in zip(names, names[1:], strict=False))


def _within(around: Sequence[Container], kind: str | None) -> str | None:
    if kind in MAILS:
        return "body"
    if not around:
        return None
    return "attachment" if around[-1].media_type in MAILS else "member"
