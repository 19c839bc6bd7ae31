"""The log of corrections applied: in which document each belongs, and what it changes in the rows, exactly and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from index.characters import document_of as document_of_row
from index.characters import phrase
from index.correction_values import CORRECTED, NO, NONE, REMOVES, SCOPES, TABLE_OF, numbers_in
from index.identity import Anchor, Sketch, find_anchor
from index.rows import same_text
from index.rules import number_of
from index.stored import Row, Span, Stored, overlap
from index.sums import split_unit
from index.tables import TABLES

LOOKED_UP = 20  # documents that hold a phrase, of those looked at for a report that has lost its place
_COLUMNS = {table.name: tuple(column.name for column in table.columns) for table in TABLES}


def identity_of(connection: sqlite3.Connection, document: Stored) -> int:
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


def _read_if_there(connection: sqlite3.Connection, number: int) -> Stored | None:
    there = connection.execute("SELECT 1 FROM documents WHERE id = ?", (number,)).fetchone()
    return Stored.read(connection, number) if there else None


def _find_places(connection: sqlite3.Connection, documents: Sequence[Stored], only: int | None = None) -> list[int]:
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
        best: tuple[float, bool, Stored] | None = None
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
        self.document = Stored.read(connection, document)
        self.rule = number_of(connection, CORRECTED)
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

    def _found(self, anchor: Anchor) -> tuple[Stored, Span] | None:
        """Return the document and the stretch that an anchor means; it may be in another document of the file, cut otherwise."""
        place = find_anchor(anchor, self.document.letters)
        if place is not None:
            return self.document, place
        others = self.connection.execute(
            "SELECT id FROM documents WHERE source = ? AND id <> ? ORDER BY ordinal",
            (self.document.source, self.document.id),
        ).fetchall()
        for (number,) in others:
            document = Stored.read(self.connection, number)
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
        elif field == "org":
            columns["org_basis"] = CORRECTED
        self._update("documents", self.document.id, columns)
        return NONE if row[field] is None else str(row[field])

    def _problem(
        self, document: Stored, layer: str, field: str, value: str, stretch: Span
    ) -> tuple[str, tuple[int, int]] | None:
        """Say something of a sentence as a problem; return what was said before, and where it stands in the source."""
        rows = document.rows("problems", stretch)
        near = [
            row for row in rows if 2 * overlap(row, stretch) >= min(row["end"] - row["start"], stretch[1] - stretch[0])
        ]
        row = max(near, key=lambda row: overlap(row, stretch), default=None)
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
            self._update("problems", row["id"], {"main": leaves[0], "rule": self.rule})
        elif field == "polarity":
            self._update("problems", row["id"], {"polarity": value, "score": 1.0, "rule": self.rule})
        else:
            self._update("problems", row["id"], {field: "" if value == NONE else value, "rule": self.rule})
        return was, place

    def _new_problem(self, document: Stored, stretch: Span) -> Row:
        """Let a sentence be a problem: as it was before a person said that it was none, else one of no particular leaf."""
        for old, labels in self.removed:
            if old["document"] == document.id and 2 * overlap(old, stretch) >= stretch[1] - stretch[0]:
                self._insert("problems", old)
                self._label(old["id"], labels)
                return old
        sentences = document.rows("sentences", stretch)
        sentence = max(sentences, key=lambda one: overlap(one, stretch), default=None)
        start, end = stretch
        if sentence is not None and _is_same_stretch(sentence, stretch):
            start, end = sentence["start"], sentence["end"]
        first, last = document.offsets.to_source(start, end)
        (number,) = self.connection.execute("SELECT coalesce(max(id), 0) + 1 FROM problems").fetchone()
        words = document.text[start:end]
        row = dict.fromkeys(_COLUMNS["problems"])
        row |= {
            "id": number, "document": document.id, "sentence": sentence and sentence["id"], "start": start, "end": end,
            "source_start": first, "source_end": last, "rule": self.rule, "main": "other",
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
        self, document: Stored, layer: str, field: str, value: str, stretch: Span
    ) -> tuple[str, tuple[int, int]] | None:
        """Set a field of a number, time or activity; None where there is none at that place now."""
        table = TABLE_OF[layer]
        row = max(document.rows(table, stretch), key=lambda row: overlap(row, stretch), default=None)
        if row is None:
            place = document.offsets.to_source(*stretch)
            return (NO, place) if field in REMOVES else None
        place = row["source_start"], row["source_end"]
        if field in REMOVES:
            if table == "times":
                for task in self._rows("tasks", "time", row["id"]):
                    self._delete("tasks", task)
            self._delete(table, row)
            return document.text[row["start"] : row["end"]], place
        was, columns = _MENTION_FIELDS[layer](row, field, value)
        self._update(table, row["id"], {**columns, "rule": self.rule})
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


def _is_same_stretch(row: Row, stretch: Span) -> bool:
    """Return whether a row and a stretch are the same sentence, with or without its marks and list number."""
    common = 2 * overlap(row, stretch)
    return common >= row["end"] - row["start"] and common >= 1.5 * (stretch[1] - stretch[0])


def _of_number(row: Row, field: str, value: str) -> tuple[str, Row]:
    """Return what a field of a number held, and the columns that make it another value."""
    if field == "value":
        was = "..".join(filter(None, (row["value_exact"], row["value_max_exact"]))) or NONE
        low, high = (*(numbers_in(value) if value != NONE else ()), None, None)[:2]
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
