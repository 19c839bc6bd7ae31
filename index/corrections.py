"""Corrections: what a person says against what the program read, kept once and for all.

`corrections` is the log: who, when, why, which field, which value, and the words it belongs to (`index.identity`). `corrected` holds what each
of them changed in the rows of today, so that it can be taken back exactly. When a document is stored anew its rows are those of the
program again, and the log is applied to them; what finds no place waits in the log until a document with its words comes in.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from index.applied import LOOKED_UP, identity_of, place_lost, settle
from index.characters import document_of as document_of_row
from index.characters import narrow, phrase
from index.copies import document_of
from index.correction_values import ACTIVITY_KINDS, FIELDS, TABLE_OF, YES, checked
from index.errors import BadCorrection
from index.identity import Sketch, anchor_of, bare, find_anchor
from index.references import format_place, parse_ref
from index.scope import document_named
from index.stored import Row, Span, Stored, overlap
from ingest.decode import without_surrogates

LONGEST_RUN = 24  # characters of a sentence by which it is looked up
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_LOGGED = (
    "layer", "field", "value", "anchor", "text", "sentence", "role", "made_at", "made_by", "why", "undone_at", "undone_by",
)  # fmt: skip
_KNOWN_BY = ("ref", "path", "ordinal", "title", "sketch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A line of the log. `state` is placed, lost (its words are in no document now) or undone.

    `reference` leads to the words; of one that is lost or undone, to its report. `was` is what stood in the field before.
    """

    number: int
    state: str
    reference: str
    layer: str  # document, problem, number, time or activity
    field: str
    was: str
    value: str
    text: str  # the words it is about; of a document, its title
    sentence: str
    made_at: str
    made_by: str
    why: str
    undone_at: str | None
    undone_by: str | None


def correct(
    connection: sqlite3.Connection, reference: str, field: str, value: str, *, by: str = "", why: str = ""
) -> Correction:
    """Log a correction and apply it; return it. Raises BadReference, UnknownDocument, UnknownLeaf and BadCorrection.

    Fields and values are those of `FIELDS` and `CODES`; leaves are ids or names with blanks or commas between them.
    """
    if field not in FIELDS:
        raise BadCorrection("field", value=field, known=" ".join(FIELDS))
    asked = parse_ref(reference)
    place, _ = document_of(connection, asked)
    number = _document_named(connection, place.ref)
    document = Stored.read(connection, number)
    if asked.start is not None and place.start is None:
        raise BadCorrection("copy", value=reference, known=document.ref)
    value = checked(connection, field, value)
    if field == "problem" and value == YES:
        field, value = "polarity", "asserted"
    layer, anchor, words, sentence, role = "document", None, document.title or "", "", None
    if FIELDS[field] != ("document",):
        if place.start is None or place.end is None:
            raise BadCorrection("place", value=field, known=document.ref)
        target = _target(connection, document, field, value, (place.start, place.end))
        layer, words, sentence, role = target.layer, target.words, target.sentence, target.role
        anchor = anchor_of(document.text, document.letters, target.around, *target.stretch)
        if anchor is None:
            raise BadCorrection("nothing", value=reference, known="")
    identity = identity_of(connection, document)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    cursor = connection.execute(
        """INSERT INTO corrections (identity, layer, field, value, anchor, text, sentence, role, made_at, made_by, why)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            identity, layer, field, without_surrogates(value), anchor and anchor.as_json(), without_surrogates(words),
            without_surrogates(sentence), role, now, by, why,
        ),
    )  # fmt: skip
    settle(connection, [identity])
    return corrections(connection, cursor.lastrowid)[0]


def _document_named(connection: sqlite3.Connection, ref: str) -> int:
    """Return the number of a document; raises UnknownDocument with names near it. One named in full is found without a list of all."""
    found = connection.execute("SELECT id FROM documents WHERE ref = ?", (ref,)).fetchone()
    return int(found[0]) if found is not None else document_named(connection, ref).id


def undo(connection: sqlite3.Connection, numbers: Iterable[int], *, by: str = "") -> list[Correction]:
    """Take corrections back: the rows are again what the program (and the corrections that still hold) make of them."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    wanted = set(numbers)
    for number in wanted:
        connection.execute(
            "UPDATE corrections SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL", (now, by, number)
        )
    marks = ", ".join("?" * len(wanted))
    found = connection.execute(f"SELECT DISTINCT identity FROM corrections WHERE id IN ({marks})", sorted(wanted))
    settle(connection, [identity for (identity,) in found.fetchall()])
    return [one for number in sorted(wanted) for one in corrections(connection, number)]


def undone_by_reference(connection: sqlite3.Connection, reference: str, field: str | None) -> list[int]:
    """Return the numbers of the corrections that hold at a reference (of one field, the latest; else all), to undo them."""
    asked = parse_ref(reference)
    place, _ = document_of(connection, asked)
    ref = Stored.read(connection, _document_named(connection, place.ref)).ref
    found = []
    for one in corrections(connection):
        where = parse_ref(one.reference)
        if one.state != "placed" or where.ref != ref or (field is not None and one.field != field):
            continue
        if place.start is None or place.end is None:
            if one.layer == "document":
                found.append(one.number)
        elif where.start is not None and where.end is not None and where.start < place.end and place.start < where.end:
            found.append(one.number)
    return found[-1:] if field is not None else found


def corrections(connection: sqlite3.Connection, number: int | None = None) -> list[Correction]:
    """Return the log, in order, or the line of that number."""
    query = """SELECT c.id, CASE WHEN c.undone_at IS NOT NULL THEN 'undone' WHEN e.id IS NULL THEN 'lost' ELSE 'placed' END,
coalesce(d.ref, h.ref, i.ref), e.source_start, e.source_end, c.layer, c.field, coalesce(e.was, c.was, ''), c.value,
c.text, c.sentence, c.made_at, c.made_by, c.why, c.undone_at, c.undone_by
FROM corrections AS c JOIN corrected_documents AS i ON i.id = c.identity LEFT JOIN corrected AS e ON e.correction = c.id
LEFT JOIN documents AS d ON d.id = e.document LEFT JOIN documents AS h ON h.id = i.document WHERE ?1 IS NULL OR c.id = ?1 ORDER BY c.id"""
    found = []
    for own, state, ref, start, end, *rest in connection.execute(query, (number,)).fetchall():
        place = ref if start is None else format_place(ref, start, end)
        names = tuple(Correction.__dataclass_fields__)[3:]
        found.append(Correction(number=own, state=state, reference=place, **dict(zip(names, rest, strict=True))))
    return found


def saved_log(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the log with all that finds its places again, as plain values, to be loaded into another index."""
    names = (*_LOGGED, *(f"document_{name}" for name in _KNOWN_BY))
    query = f"""SELECT {", ".join(f"c.{name}" for name in _LOGGED)}, {", ".join(f"i.{name}" for name in _KNOWN_BY)}
FROM corrections AS c JOIN corrected_documents AS i ON i.id = c.identity ORDER BY c.id"""
    return [dict(zip(names, values, strict=True)) for values in connection.execute(query)]


def load_log(connection: sqlite3.Connection, items: Iterable[Mapping[str, Any]]) -> int:
    """Let the log of another index in and apply it; what is in this one already is left out. Return how many are new.

    Raises BadCorrection for anything that `saved_log` did not make.
    """
    reports: dict[str, int] = {}
    new = 0
    for item in items:
        if not {*_LOGGED, *(f"document_{name}" for name in _KNOWN_BY)} <= set(item) or item["field"] not in FIELDS:
            raise BadCorrection("form", value=str(item)[:40], known="")
        sketch = item["document_sketch"]
        if sketch not in reports:
            reports[sketch] = _known_as(connection, item)
        values = {"identity": reports[sketch], **{name: item[name] for name in _LOGGED}}
        same = " AND ".join(f"{name} IS ?" for name in ("identity", "field", "value", "anchor", "made_at"))
        key = [values[name] for name in ("identity", "field", "value", "anchor", "made_at")]
        if connection.execute(f"SELECT 1 FROM corrections WHERE {same}", key).fetchone() is None:
            names = ", ".join(values)
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO corrections ({names}) VALUES ({marks})", tuple(values.values()))
            new += 1
    place_lost(connection)
    settle(connection, reports.values())
    return new


def _known_as(connection: sqlite3.Connection, item: Mapping[str, Any]) -> int:
    """Return the number of a report of another index: that of the same report here, or a new one without a place yet."""
    sketch = Sketch.of_json(item["document_sketch"])
    for identity, packed in connection.execute("SELECT id, sketch FROM corrected_documents"):
        if packed == item["document_sketch"] or Sketch.of_json(packed).likeness(sketch, "", same_file=False):
            return int(identity)
    names = ", ".join(_KNOWN_BY)
    values = [item[f"document_{name}"] for name in _KNOWN_BY]
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(f"INSERT INTO corrected_documents ({names}) VALUES ({marks})", values)
    return int(cursor.lastrowid or 0)


def places_of_words(connection: sqlite3.Connection, words: str) -> list[str]:
    """Return where a sentence stands, whatever its marks, blanks and list number; in several reports where they share it."""
    anchor = anchor_of(words, bare(words), (0, len(words)), 0, len(words))
    if anchor is None:
        return []
    runs = sorted(_RUN.findall(narrow(words)), key=len, reverse=True) or [words.strip()]
    query = "SELECT DISTINCT rowid FROM characters WHERE text MATCH ? ORDER BY rowid LIMIT ?"
    rows = connection.execute(query, (phrase(runs[0][:LONGEST_RUN]), LOOKED_UP)).fetchall()
    waiting = connection.execute("SELECT document FROM waiting").fetchall()
    found = []
    for number in dict.fromkeys([*(document_of_row(row) for (row,) in rows), *(one for (one,) in waiting)]):
        document = Stored.read(connection, number)
        if (place := find_anchor(anchor, document.letters)) is not None:
            found.append(format_place(document.ref, *document.offsets.to_source(*place)))
    return found


def correctable(connection: sqlite3.Connection, reference: str) -> tuple[str, tuple[str, ...], str] | None:
    """Return polarity, leaves and rule of the problem at a reference; None where there is none."""
    place = parse_ref(reference)
    found = connection.execute(
        """SELECT p.id, p.polarity, r.name FROM problems AS p JOIN documents AS d ON d.id = p.document
LEFT JOIN rules AS r ON r.id = p.rule
WHERE d.ref = ?1 AND p.source_start < ?3 AND p.source_end > ?2
ORDER BY min(p.source_end, ?3) - max(p.source_start, ?2) DESC LIMIT 1""",
        (place.ref, place.start, place.end),
    ).fetchone()
    if found is None:
        return None
    leaves = connection.execute("SELECT leaf FROM problem_labels WHERE problem = ? ORDER BY place", (found[0],))
    return found[1], tuple(leaf for (leaf,) in leaves), found[2]


@dataclass(frozen=True, slots=True)
class _Target:
    layer: str
    stretch: Span  # of the clean text
    around: Span  # the sentence of it
    words: str
    sentence: str
    role: str | None


def _target(connection: sqlite3.Connection, document: Stored, field: str, value: str, stretch: Span) -> _Target:
    """Return what a range of the source means: a sentence for what is said of problems, else the mention that stands there."""
    if FIELDS[field] == ("problem",):
        row = _one(document, "problem", _problem_rows(document, stretch), stretch)
        layer = "problem"
    else:
        layers = FIELDS[field]
        if field == "kind":
            layers = ("activity",) if value in ACTIVITY_KINDS else ("time",)
        rows = {layer: document.rows(TABLE_OF[layer], stretch, source=True) for layer in layers}
        layer = next((layer for layer in layers if rows[layer]), layers[0])
        row = _one(document, layer, rows[layer], stretch)
    start, end = row["start"], row["end"]
    sentences = document.rows("sentences", (start, end))
    role = sentences[0]["role"] if sentences else None
    first = min([start, *(one["start"] for one in sentences)])
    last = max([end, *(one["end"] for one in sentences)])
    if layer == "problem":
        first, last = start, end
    words = document.text[start:end]
    return _Target(layer, (start, end), (first, last), words, document.text[first:last].strip(), role)


def _problem_rows(document: Stored, stretch: Span) -> list[Row]:
    """Return the sentences at a range of the source; where one of several is named a problem, that."""
    sentences = document.rows("sentences", stretch, source=True)
    if len(sentences) > 1:
        problems = document.rows("problems", stretch, source=True)
        exact = [row for row in problems if (row["source_start"], row["source_end"]) == stretch]
        most = [
            row for row in sentences if 2 * overlap(row, stretch, "source_") > row["source_end"] - row["source_start"]
        ]
        return exact or most or sentences
    return sentences


def _one(document: Stored, layer: str, rows: list[Row], stretch: Span) -> Row:
    """Return the row that is meant: the one with just this range, else the only one. Raises BadCorrection."""
    exact = [row for row in rows if (row["source_start"], row["source_end"]) == stretch]
    if len(exact) == 1 or len(rows) == 1:
        return (exact or rows)[0]
    place = format_place(document.ref, *stretch)
    if not rows:
        raise BadCorrection("nothing", value=place, known=layer)
    listed = [
        f"{format_place(document.ref, row['source_start'], row['source_end'])} {document.text[row['start'] : row['end']].strip()[:20]}"
        for row in rows
    ]
    raise BadCorrection("several", value=place, known="; ".join(listed))
