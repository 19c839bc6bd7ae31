"""Corrections: what a person says against what the program read, kept once and for all.

`corrections` is the log: who, when, why, which field, which value, and the words it belongs to (`index.identity`). `corrected` holds what each
of them changed in the rows of today, so that it can be taken back exactly. When a document is stored anew its rows are those of the
program again, and the log is applied to them; what finds no place waits in the log until a document with its words comes in.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

from index.characters import document_of as document_of_row
from index.characters import narrow, phrase
from index.copies import document_of
from index.errors import BadCorrection, BadDay
from index.identity import Anchor, Bare, Sketch, anchor_of, bare, find_anchor, sketch_of
from index.inputs import parse_day, parse_days
from index.problems import leaf_named, read_leaves
from index.references import format_place, parse_ref
from index.rows import same_text, unpack_offsets
from index.scope import document_named
from index.sums import split_unit
from index.tables import TABLES
from ingest.decode import without_surrogates
from ingest.records import OffsetMap

CORRECTED = "corrected"  # rule and basis of what a person said
NONE, YES, NO = "none", "yes", "no"
DOC_TYPES = ("plan", "summary", "rectification", "experience", "research", "speech", "notice", "news", "other")
ORG_LEVELS = ("nation", "province", "city", "county", "township", "village", "enterprise", "unknown")
POLARITIES = ("asserted", "negated", "solved", "measure_implied", "required_of_others", "hypothetical")
SCOPES = ("own_organisation", "lower_level", "leaders_above", "population", "society_law")
STRENGTHS = ("widespread", "partial", "mild", NONE)
APPROX = ("exact", "more", "about", "less")
TIME_KINDS = ("date", "period", "deadline", "duration", "frequency")
ACTIVITY_KINDS = ("campaign", "programme", "brand", "honour", "event", "body")
TABLE_OF = {"problem": "problems", "number": "quantities", "time": "times", "activity": "activities"}
FIELDS: dict[str, tuple[str, ...]] = {  # the layers that have a field
    **dict.fromkeys(("year", "org", "org_level", "region", "doc_type", "title"), ("document",)),
    **dict.fromkeys(("problem", "polarity", "leaves", "scope", "strength"), ("problem",)),
    **dict.fromkeys(("value", "unit", "of", "approx", "number"), ("number",)),
    **dict.fromkeys(("start", "end", "date", "time"), ("time",)),
    **dict.fromkeys(("name", "activity"), ("activity",)),
    "kind": ("activity", "time"),
}
CODES = {
    "org_level": ORG_LEVELS, "doc_type": DOC_TYPES, "problem": (YES, NO), "polarity": POLARITIES, "scope": SCOPES,
    "strength": STRENGTHS, "approx": APPROX, "kind": (*ACTIVITY_KINDS, *TIME_KINDS), "number": (NO,), "time": (NO,),
    "activity": (NO,),
}  # fmt: skip
REMOVES = ("number", "time", "activity")  # fields whose no takes the mention away
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
LONGEST_RUN = 24  # characters of a sentence by which it is looked up
_RUN = re.compile(r"[\u4e00-\u9fff]+")
LOOKED_UP = 20  # documents that hold a phrase, of those looked at for a report that has lost its place
_COLUMNS = {table.name: tuple(column.name for column in table.columns) for table in TABLES}
_LOGGED = (
    "layer", "field", "value", "anchor", "text", "sentence", "role", "made_at", "made_by", "why", "undone_at", "undone_by",
)  # fmt: skip
_KNOWN_BY = ("ref", "path", "ordinal", "title", "sketch")
Span = tuple[int, int]
Row = dict[str, Any]


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


# ---- the log


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
    document = _Document.read(connection, number)
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
    identity = _identity(connection, document)
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
    ref = _Document.read(connection, _document_named(connection, place.ref)).ref
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


# ---- values


def checked(connection: sqlite3.Connection, field: str, value: str) -> str:
    """Return a value as the log keeps it. Raises BadCorrection (UnknownLeaf for leaves), which say what would do."""
    value = value.strip()
    if field in CODES:
        if value not in CODES[field]:
            raise BadCorrection("code", value=value, known=" ".join(CODES[field]))
        return value
    if not value:
        raise BadCorrection("empty", value=field, known=NONE)
    if field == "leaves":
        names = read_leaves(connection)
        return " ".join(dict.fromkeys(leaf_named(part, names) for part in _listed(value)))
    if field in ("title", "unit", "of", "name", "org", "region") or value == NONE:
        return value
    try:
        if field == "year":
            return _year(value)
        if field == "value":
            return "..".join(map(str, _numbers(value)))
        return "..".join(_days(field, value))
    except (ValueError, BadDay):
        raise BadCorrection(field if field in ("year", "value") else "day", value=value, known="") from None


def _listed(value: str) -> list[str]:
    for mark in "、,,;;":
        value = value.replace(mark, " ")
    return value.split()


def _year(value: str) -> str:
    year = parse_day(value)
    if len(year) != 4 or not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        raise ValueError(value)
    return year


def _numbers(value: str) -> list[Fraction]:
    """Return the number, or the lower and the upper of a range, that words spell: 1200, 1.5万, 3..5."""
    from nlp.numerals import parse_numeral

    parts = [parse_numeral(part) for part in value.replace("%", "").replace("%", "").split("..")]
    if len(parts) > 2 or sorted(parts) != parts:
        raise ValueError(value)
    return parts


def _days(field: str, value: str) -> list[str]:
    """Return the first and the last day that words spell; of the fields start and end that day alone."""
    if field != "date":
        return [_whole(parse_day(value), last=field == "end")]
    days = parse_days(value)
    first, last = days if isinstance(days, tuple) else (days, days)
    return [_whole(first, last=False) if first else "", _whole(last, last=True) if last else ""]


def _whole(day: str, *, last: bool) -> str:
    """Return the first or the last day of a day, month or year."""
    from calendar import monthrange

    year, month, number = (*map(int, day.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    number = number or (monthrange(year, month)[1] if last else 1)
    return f"{year:04d}-{month:02d}-{number:02d}"


# ---- what a correction is about


@dataclass(frozen=True, slots=True)
class _Target:
    layer: str
    stretch: Span  # of the clean text
    around: Span  # the sentence of it
    words: str
    sentence: str
    role: str | None


@dataclass
class _Document:
    """A document as it is stored now."""

    connection: sqlite3.Connection
    id: int
    source: int
    path: str
    ordinal: int
    ref: str
    title: str | None
    text: str

    @classmethod
    def read(cls, connection: sqlite3.Connection, number: int) -> _Document:
        query = """SELECT d.id, d.source, s.path, d.ordinal, d.ref, d.title, d.text FROM documents AS d
JOIN sources AS s ON s.id = d.source WHERE d.id = ?"""
        return cls(connection, *connection.execute(query, (number,)).fetchone())

    @cached_property
    def letters(self) -> Bare:
        return bare(self.text)

    @cached_property
    def offsets(self) -> OffsetMap:
        (packed,) = self.connection.execute("SELECT offsets FROM documents WHERE id = ?", (self.id,)).fetchone()
        return unpack_offsets(packed)

    @cached_property
    def sketch(self) -> Sketch:
        found = self.connection.execute("SELECT hash FROM fingerprints WHERE document = ?", (self.id,))
        return sketch_of(self.text, [mark for (mark,) in found])

    def rows(self, table: str, stretch: Span, *, source: bool = False) -> list[Row]:
        """Return the rows of a table that touch a stretch of the text (or of the source), in order."""
        first, last = ("source_start", "source_end") if source else ("start", "end")
        query = f'SELECT * FROM {table} WHERE document = ? AND "{first}" < ? AND "{last}" > ? ORDER BY start, id'
        found = self.connection.execute(query, (self.id, stretch[1], stretch[0]))
        names = [one[0] for one in found.description]
        return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def _target(connection: sqlite3.Connection, document: _Document, field: str, value: str, stretch: Span) -> _Target:
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


def _problem_rows(document: _Document, stretch: Span) -> list[Row]:
    """Return the sentences at a range of the source; where one of several is named a problem, that."""
    sentences = document.rows("sentences", stretch, source=True)
    if len(sentences) > 1:
        problems = document.rows("problems", stretch, source=True)
        exact = [row for row in problems if (row["source_start"], row["source_end"]) == stretch]
        most = [
            row for row in sentences if 2 * _overlap(row, stretch, "source_") > row["source_end"] - row["source_start"]
        ]
        return exact or most or sentences
    return sentences


def _one(document: _Document, layer: str, rows: list[Row], stretch: Span) -> Row:
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


def _overlap(row: Mapping[str, Any], stretch: Span, prefix: str = "") -> int:
    return max(0, min(row[prefix + "end"], stretch[1]) - max(row[prefix + "start"], stretch[0]))


def _is_same_stretch(row: Row, stretch: Span) -> bool:
    """Return whether a row and a stretch are the same sentence, with or without its marks and list number."""
    common = 2 * _overlap(row, stretch)
    return common >= row["end"] - row["start"] and common >= 1.5 * (stretch[1] - stretch[0])


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
        document = _Document.read(connection, number)
        if (place := find_anchor(anchor, document.letters)) is not None:
            found.append(format_place(document.ref, *document.offsets.to_source(*place)))
    return found


def correctable(connection: sqlite3.Connection, reference: str) -> tuple[str, tuple[str, ...], str] | None:
    """Return polarity, leaves and rule of the problem at a reference; None where there is none."""
    place = parse_ref(reference)
    found = connection.execute(
        """SELECT p.id, p.polarity, p.rule FROM problems AS p JOIN documents AS d ON d.id = p.document
WHERE d.ref = ?1 AND p.source_start < ?3 AND p.source_end > ?2
ORDER BY min(p.source_end, ?3) - max(p.source_start, ?2) DESC LIMIT 1""",
        (place.ref, place.start, place.end),
    ).fetchone()
    if found is None:
        return None
    leaves = connection.execute("SELECT leaf FROM problem_labels WHERE problem = ? ORDER BY place", (found[0],))
    return found[1], tuple(leaf for (leaf,) in leaves), found[2]


# ---- where a correction belongs


def _identity(connection: sqlite3.Connection, document: _Document) -> int:
    """Return the number under which a document is known to the log."""
    found = connection.execute("SELECT id FROM corrected_documents WHERE document = ?", (document.id,)).fetchone()
    if found is not None:
        return int(found[0])
    cursor = connection.execute(
        "INSERT INTO corrected_documents (document, ref, path, ordinal, title, sketch) VALUES (?, ?, ?, ?, ?, ?)",
        (document.id, document.ref, document.path, document.ordinal, document.title, document.sketch.as_json()),
    )
    return int(cursor.lastrowid or 0)


def has_any(connection: sqlite3.Connection) -> bool:
    """Return whether there is anything to apply."""
    return connection.execute("SELECT 1 FROM corrected_documents LIMIT 1").fetchone() is not None


def place_new(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Apply the log to documents that were stored just now."""
    fresh = [document for number in dict.fromkeys(numbers) if (document := _read_if_there(connection, number))]
    if not fresh:
        return
    _find_places(connection, fresh)
    touched = {document.source for document in fresh}
    marks = ", ".join("?" * len(touched))
    query = f"""SELECT i.id FROM corrected_documents AS i JOIN documents AS d ON d.id = i.document
WHERE d.source IN ({marks})"""
    settle(connection, [identity for (identity,) in connection.execute(query, sorted(touched)).fetchall()])


def place_lost(connection: sqlite3.Connection) -> None:
    """Look through all documents for reports that have lost their place, and apply what is said of them."""
    query = "SELECT id, path, sketch FROM corrected_documents WHERE document IS NULL"
    for identity, path, packed in connection.execute(query).fetchall():
        sketch = Sketch.of_json(packed)
        there = "SELECT d.id FROM documents AS d JOIN sources AS s ON s.id = d.source WHERE s.path = ?"
        numbers = {number: None for (number,) in connection.execute(there, (path,))}
        for mark in sketch.marks:
            found = connection.execute("SELECT document FROM fingerprints WHERE hash = ? LIMIT ?", (mark, LOOKED_UP))
            numbers |= {number: None for (number,) in found}
        for words in sketch.phrases:
            found = connection.execute(
                "SELECT rowid FROM characters WHERE text MATCH ? LIMIT ?", (phrase(words), LOOKED_UP)
            )
            numbers |= {document_of_row(row): None for (row,) in found}
        candidates = [document for number in numbers if (document := _read_if_there(connection, number))]
        if _find_places(connection, candidates, identity):
            settle(connection, [identity])


def _read_if_there(connection: sqlite3.Connection, number: int) -> _Document | None:
    there = connection.execute("SELECT 1 FROM documents WHERE id = ?", (number,)).fetchone()
    return _Document.read(connection, number) if there else None


def _find_places(connection: sqlite3.Connection, documents: Sequence[_Document], only: int | None = None) -> list[int]:
    """Give reports that have lost their place the document that is most like them; return those that found one."""
    query = (
        "SELECT id, path, ordinal, sketch FROM corrected_documents WHERE document IS NULL AND (?1 IS NULL OR id = ?1)"
    )
    lost = connection.execute(query, (only,)).fetchall()
    if not lost:
        return []
    marks = [_marks(connection, document.id) for document in documents]
    found = []
    for identity, path, ordinal, packed in lost:
        sketch = Sketch.of_json(packed)
        best: tuple[float, bool, _Document] | None = None
        for document, own in zip(documents, marks, strict=True):
            here = document.path == path
            if not (here or sketch.marks & own or only is not None):
                continue
            likeness = sketch.likeness(document.sketch, document.text, same_file=here)
            if likeness and (best is None or (likeness, here and document.ordinal == ordinal) > best[:2]):
                best = likeness, here and document.ordinal == ordinal, document
        if best is not None:
            document = best[2]
            connection.execute(
                """UPDATE corrected_documents SET document = ?, ref = ?, path = ?, ordinal = ?, title = ?, sketch = ?
WHERE id = ?""",
                (
                    document.id, document.ref, document.path, document.ordinal, document.title, document.sketch.as_json(),
                    identity,
                ),
            )  # fmt: skip
            found.append(identity)
    return found


def _marks(connection: sqlite3.Connection, number: int) -> frozenset[int]:
    found = connection.execute("SELECT hash FROM fingerprints WHERE document = ?", (number,))
    return frozenset(mark for (mark,) in found)


# ---- applying


def settle(connection: sqlite3.Connection, identities: Iterable[int]) -> None:
    """Make the rows of some reports what the program reads, changed by the corrections that hold, in the order of the log."""
    for identity in dict.fromkeys(identities):
        _take_back(connection, identity)
        found = connection.execute("SELECT document FROM corrected_documents WHERE id = ?", (identity,)).fetchone()
        if found is None or found[0] is None:
            continue
        holding = connection.execute(
            """SELECT id, layer, field, value, anchor FROM corrections WHERE identity = ? AND undone_at IS NULL ORDER BY id""",
            (identity,),
        ).fetchall()
        _Pass(connection, found[0]).apply(holding)


def _take_back(connection: sqlite3.Connection, identity: int) -> None:
    query = """SELECT e.id, e.change FROM corrected AS e JOIN corrections AS c ON c.id = e.correction
WHERE c.identity = ? ORDER BY e.id DESC"""
    for number, packed in connection.execute(query, (identity,)).fetchall():
        for step in reversed(json.loads(packed)):
            _UNDO[step["do"]](connection, step)
        connection.execute("DELETE FROM corrected WHERE id = ?", (number,))


def _undo_update(connection: sqlite3.Connection, step: Row) -> None:
    names = ", ".join(f'"{name}" = ?' for name in step["old"])
    connection.execute(f"UPDATE {step['table']} SET {names} WHERE id = ?", (*step["old"].values(), step["row"]))


def _undo_insert(connection: sqlite3.Connection, step: Row) -> None:
    connection.execute(f"DELETE FROM {step['table']} WHERE id = ?", (step["row"],))


def _undo_delete(connection: sqlite3.Connection, step: Row) -> None:
    _insert_row(connection, step["table"], step["old"])


def _undo_labels(connection: sqlite3.Connection, step: Row) -> None:
    _write_labels(connection, step["row"], step["old"])


_UNDO: dict[str, Callable[[sqlite3.Connection, Row], None]] = {
    "update": _undo_update, "insert": _undo_insert, "delete": _undo_delete, "labels": _undo_labels,
}  # fmt: skip


def _insert_row(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def _write_labels(connection: sqlite3.Connection, problem: int, labels: Iterable[Sequence[Any]]) -> None:
    connection.execute("DELETE FROM problem_labels WHERE problem = ?", (problem,))
    connection.executemany("INSERT INTO problem_labels VALUES (?, ?, ?, ?)", [(problem, *one) for one in labels])


class _Pass:
    """One application of the log to a report, which remembers what it changed."""

    def __init__(self, connection: sqlite3.Connection, document: int) -> None:
        self.connection = connection
        self.document = _Document.read(connection, document)
        self.steps: list[Row] = []
        self.removed: list[tuple[Row, list[list[Any]]]] = []  # problems, with their labels

    def apply(self, holding: Iterable[tuple[int, str, str, str, str | None]]) -> None:
        for number, layer, field, value, packed in holding:
            self.steps = []
            place: tuple[int | None, int | None] = (None, None)
            if layer == "document":
                document, was = self.document, self._document(field, value)
            else:
                assert packed is not None  # only what is said of a whole document has no anchor
                found = self._found(Anchor.of_json(packed))
                if found is None:
                    continue
                document, stretch = found
                told = self._problem if layer == "problem" else self._mention
                answer = told(document, layer, field, value, stretch)
                if answer is None:
                    continue
                was, place = answer
            self.connection.execute(
                """INSERT INTO corrected (correction, document, source_start, source_end, was, change)
VALUES (?, ?, ?, ?, ?, ?)""",
                (number, document.id, *place, was, json.dumps(self.steps, ensure_ascii=False)),
            )
            self.connection.execute("UPDATE corrections SET was = ? WHERE id = ?", (was, number))

    def _found(self, anchor: Anchor) -> tuple[_Document, Span] | None:
        """Return the document and the stretch that an anchor means; it may be in another document of the file, cut otherwise."""
        place = find_anchor(anchor, self.document.letters)
        if place is not None:
            return self.document, place
        others = self.connection.execute(
            "SELECT id FROM documents WHERE source = ? AND id <> ? ORDER BY ordinal",
            (self.document.source, self.document.id),
        ).fetchall()
        for (number,) in others:
            document = _Document.read(self.connection, number)
            place = find_anchor(anchor, document.letters)
            if place is not None:
                return document, place
        return None

    def _document(self, field: str, value: str) -> str:
        """Set a field of the document; return what stood there."""
        new: str | int | None = None if value == NONE else int(value) if field == "year" else value
        row = self._row(
            "documents", self.document.id, ("year", "year_basis", "org", "org_level", "region", "doc_type", "title")
        )
        columns: Row = {field: new}
        if field == "year":
            columns = {"year": new, "year_low": new, "year_high": new, "year_basis": CORRECTED}
        elif field == "region":
            from nlp.divisions import divide

            place = divide(value if new else None, row["year"], text="")
            columns = {
                "region": new, "region_basis": CORRECTED, "county": place.county, "city": place.city,
                "province": place.province,
            }  # fmt: skip
        self._update("documents", self.document.id, columns)
        return NONE if row[field] is None else str(row[field])

    def _problem(
        self, document: _Document, layer: str, field: str, value: str, stretch: Span
    ) -> tuple[str, tuple[int, int]] | None:
        """Say something of a sentence as a problem; return what was said before, and where it stands in the source."""
        rows = document.rows("problems", stretch)
        near = [
            row for row in rows if 2 * _overlap(row, stretch) >= min(row["end"] - row["start"], stretch[1] - stretch[0])
        ]
        row = max(near, key=lambda row: _overlap(row, stretch), default=None)
        place = document.offsets.to_source(*stretch) if row is None else (row["source_start"], row["source_end"])
        if field == "problem":
            for one in near:
                self._remove_problem(one)
            return (NO if row is None else row["polarity"]), place
        was = NO
        if row is not None:
            was = self._leaves(row["id"]) if field == "leaves" else row[field] or NONE
        else:
            row = self._new_problem(document, stretch)
            place = row["source_start"], row["source_end"]
        if field == "leaves":
            leaves = value.split()
            self._know(leaves)
            self._label(row["id"], [(leaf, at, 1.0) for at, leaf in enumerate(leaves)])
            self._update("problems", row["id"], {"main": leaves[0], "rule": CORRECTED})
        elif field == "polarity":
            self._update("problems", row["id"], {"polarity": value, "score": 1.0, "rule": CORRECTED})
        else:
            self._update("problems", row["id"], {field: "" if value == NONE else value, "rule": CORRECTED})
        return was, place

    def _new_problem(self, document: _Document, stretch: Span) -> Row:
        """Let a sentence be a problem: as it was before a person said that it was none, else one of no particular leaf."""
        for old, labels in self.removed:
            if old["document"] == document.id and 2 * _overlap(old, stretch) >= stretch[1] - stretch[0]:
                self._insert("problems", old)
                self._label(old["id"], labels)
                return old
        sentences = document.rows("sentences", stretch)
        sentence = max(sentences, key=lambda one: _overlap(one, stretch), default=None)
        start, end = stretch
        if sentence is not None and _is_same_stretch(sentence, stretch):
            start, end = sentence["start"], sentence["end"]
        first, last = document.offsets.to_source(start, end)
        (number,) = self.connection.execute("SELECT coalesce(max(id), 0) + 1 FROM problems").fetchone()
        words = document.text[start:end]
        row = dict.fromkeys(_COLUMNS["problems"])
        row |= {
            "id": number, "document": document.id, "sentence": sentence and sentence["id"], "start": start, "end": end,
            "source_start": first, "source_end": last, "text": words, "rule": CORRECTED, "main": "other",
            "polarity": "asserted", "scope": SCOPES[0], "strength": "", "score": 1.0, "same_text": same_text(words),
        }  # fmt: skip
        self._insert("problems", row)
        self._know(["other"])
        self._label(number, [("other", 0, 1.0)])
        return row

    def _remove_problem(self, row: Row) -> None:
        query = "SELECT leaf, place, score FROM problem_labels WHERE problem = ? ORDER BY place"
        labels = [list(one) for one in self.connection.execute(query, (row["id"],))]
        self._label(row["id"], [])
        self._delete("problems", row)
        self.removed.append((row, labels))

    def _leaves(self, problem: int) -> str:
        query = "SELECT leaf FROM problem_labels WHERE problem = ? ORDER BY place"
        return " ".join(leaf for (leaf,) in self.connection.execute(query, (problem,))) or NONE

    def _know(self, leaves: Iterable[str]) -> None:
        """Let leaves that the taxonomy does not have any more be known: the label of a person stays."""
        for leaf in leaves:
            self.connection.execute(
                "INSERT OR IGNORE INTO leaves (id, family, zh, en, place) VALUES (?, NULL, ?, ?, 1000)",
                (leaf, leaf, leaf),
            )

    def _mention(
        self, document: _Document, layer: str, field: str, value: str, stretch: Span
    ) -> tuple[str, tuple[int, int]] | None:
        """Set a field of a number, time or activity; None where there is none at that place now."""
        table = TABLE_OF[layer]
        row = max(document.rows(table, stretch), key=lambda row: _overlap(row, stretch), default=None)
        if row is None:
            place = document.offsets.to_source(*stretch)
            return (NO, place) if field in REMOVES else None
        place = row["source_start"], row["source_end"]
        if field in REMOVES:
            if table == "times":
                for task in self._rows("tasks", "time", row["id"]):
                    self._delete("tasks", task)
            self._delete(table, row)
            return row["text"], place
        was, columns = _MENTION_FIELDS[layer](row, field, value)
        self._update(table, row["id"], {**columns, "rule": CORRECTED})
        return was, place

    def _row(self, table: str, number: int, columns: Sequence[str]) -> Row:
        names = ", ".join(f'"{name}"' for name in columns)
        found = self.connection.execute(f"SELECT {names} FROM {table} WHERE id = ?", (number,)).fetchone()
        return dict(zip(columns, found, strict=True))

    def _rows(self, table: str, column: str, value: int) -> list[Row]:
        columns = _COLUMNS[table]
        names = ", ".join(f'"{name}"' for name in columns)
        found = self.connection.execute(f'SELECT {names} FROM {table} WHERE "{column}" = ?', (value,)).fetchall()
        return [dict(zip(columns, values, strict=True)) for values in found]

    def _update(self, table: str, number: int, columns: Mapping[str, Any]) -> None:
        old = self._row(table, number, tuple(columns))
        self.steps.append({"do": "update", "table": table, "row": number, "old": old})
        names = ", ".join(f'"{name}" = ?' for name in columns)
        self.connection.execute(f"UPDATE {table} SET {names} WHERE id = ?", (*columns.values(), number))

    def _insert(self, table: str, row: Mapping[str, Any]) -> None:
        _insert_row(self.connection, table, row)
        self.steps.append({"do": "insert", "table": table, "row": row["id"]})

    def _delete(self, table: str, row: Row) -> None:
        self.steps.append({"do": "delete", "table": table, "old": row})
        self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (row["id"],))

    def _label(self, problem: int, labels: Sequence[Sequence[Any]]) -> None:
        query = "SELECT leaf, place, score FROM problem_labels WHERE problem = ? ORDER BY place"
        old = [list(one) for one in self.connection.execute(query, (problem,))]
        self.steps.append({"do": "labels", "row": problem, "old": old})
        _write_labels(self.connection, problem, labels)


def _of_number(row: Row, field: str, value: str) -> tuple[str, Row]:
    """Return what a field of a number held, and the columns that make it another value."""
    if field == "value":
        was = "..".join(filter(None, (row["value_exact"], row["value_max_exact"]))) or NONE
        low, high = (*(_numbers(value) if value != NONE else ()), None, None)[:2]
        return was, {
            "value": _real(low), "value_exact": None if low is None else str(low), "value_max": _real(high),
            "value_max_exact": None if high is None else str(high), "state": "stated" if low is not None else "masked",
        }  # fmt: skip
    text = "" if value == NONE else value
    if field == "unit":
        from nlp.units import load_units

        forms = load_units().forms
        known = forms.get(text) or forms.get(split_unit(text)[1])
        return row["unit"] or NONE, {"unit": text, "dimension": known.dimension if known else text}
    return row[field] or NONE, {field: text}


def _real(value: Fraction | None) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def _of_time(row: Row, field: str, value: str) -> tuple[str, Row]:
    if field == "kind":
        return row["kind"], {"kind": value}
    was = {"start": row["date_start"] or NONE, "end": row["date_end"] or NONE}
    was["date"] = f"{row['date_start'] or ''}..{row['date_end'] or ''}"
    days = value.split("..") if value != NONE else [None, None]
    first, last = (*days, None)[:2]
    columns = {
        "start": {"date_start": first},
        "end": {"date_end": first},
        "date": {"date_start": first or None, "date_end": last or None},
    }
    return was[field], columns[field]


def _of_activity(row: Row, field: str, value: str) -> tuple[str, Row]:
    return row[field] or NONE, {field: value}


_MENTION_FIELDS: dict[str, Callable[[Row, str, str], tuple[str, Row]]] = {
    "number": _of_number, "time": _of_time, "activity": _of_activity,
}  # fmt: skip
