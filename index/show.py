"""One document with everything that was read out of it, and the whole index at a glance."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.copies import CopyRow, document_of
from index.lists import ActivityRow, DeadlineRow, activities, deadlines
from index.places import UNSURE
from index.problems import ProblemCount, problems
from index.references import Reference, format_place, parse_ref
from index.rows import unpack_offsets
from index.scope import Answer, Base, DocumentRow, document_named, label_key, scope_of
from index.source_texts import read_text
from ingest.records import Run
from nlp.records import GUESS_BELOW

LAYERS = {
    "problems": ("problems", "coalesce(main, '')", "polarity"),
    "numbers": ("quantities", "unit", "state"),
    "times": ("times", "kind", "coalesce(date_end, '')"),
    "activities": ("activities", "name", "kind"),
    "damage": ("damage", "kind", "''"),
    "evidence": ("year_evidence", "coalesce(low, '')", "why"),
}
_GUESS = f"""EXISTS (SELECT 1 FROM problem_labels AS l
WHERE l.problem = m.id AND l.leaf = m.main AND l.score < {GUESS_BELOW})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch that a layer marks; `label` says what it is (leaf, unit, kind, name), `detail` more of it.

    Of the layer guessed (characters recognised with little confidence) the label is that confidence, in per cent.
    """

    layer: str
    start: int
    end: int
    source_start: int
    source_end: int
    label: str
    detail: str
    corrected: bool = False  # it stands as a person said
    guessed: bool = False  # the leaf of a problem is a guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line of the outline; level 0 is what precedes the first heading."""

    level: int
    marker: str
    heading: str
    role: str
    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A document, or the stretch of it that a reference names: text[start:end] of the clean text, and the raw words."""

    document: DocumentRow
    reference: str
    start: int
    end: int
    text: str
    raw: str
    source_start: int
    source_end: int
    outline: tuple[Heading, ...]
    marks: tuple[Mark, ...]  # those that touch the stretch, in order
    copy: CopyRow | None = None  # what was asked for, where that is a copy of the document


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEvidence:
    """Words that date a document, the years that they allow, why, and where they stand in the file."""

    text: str
    low: int | None
    high: int | None
    why: str
    source_start: int
    source_end: int
    why_zh: str = ""
    weight: str = "stated"  # stated, firm, hint, past or conflict
    verified: bool | None = None  # of an event: whether its source was opened


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A file: what became of it, and why. `documents` are names."""

    key: str
    path: str
    media_type: str | None
    encoding: str | None
    size: int | None
    status: str
    code: str | None
    reason: str | None
    reason_zh: str | None
    remedy: str | None
    remedy_zh: str | None
    stale: bool
    ingested_at: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The index at a glance. `by_year` and `by_kind` count documents, year None being the undated."""

    base: Base
    sources: tuple[SourceRow, ...]
    unread: tuple[SourceRow, ...]
    characters: int
    by_year: tuple[tuple[str | None, int], ...]
    by_kind: tuple[tuple[str, int], ...]
    by_year_and_kind: tuple[tuple[str | None, str, int], ...]
    problems: tuple[ProblemCount, ...]
    deadlines: Answer[DeadlineRow]
    activities: tuple[ActivityRow, ...]


def show(connection: sqlite3.Connection, reference: str | Reference) -> Shown:
    """Return a document or a stretch of it; raises BadReference, UnknownDocument.

    A reference to a file that holds several documents is an UnknownDocument that names them. One to a copy leads to its
    document; a range is the same there only in a file with the same bytes, else all of the document is shown.
    """
    place = parse_ref(reference) if isinstance(reference, str) else reference
    place, copy = document_of(connection, place)
    row = document_named(connection, place.ref)
    text, packed, source = connection.execute(
        "SELECT text, offsets, source FROM documents WHERE id = ?", (row.id,)
    ).fetchone()
    raw = read_text(connection, source)
    start, end = 0, len(text)
    first, last = row.source_start, row.source_end
    runs = unpack_offsets(packed).runs
    if place.start is not None and place.end is not None:
        first, last = place.start, place.end
        start, end = _clean_range(runs, first, last) or (0, 0)
    marks = [*_marks(connection, row.id), *_guessed(connection, row, runs)]
    marks.sort(key=lambda mark: (mark.start, -mark.end, mark.layer))
    return Shown(
        document=row,
        reference=row.ref if place.start is None else format_place(row.ref, first, last),
        start=start,
        end=end,
        text=text[start:end],
        raw=raw[first:last],
        source_start=first,
        source_end=last,
        outline=tuple(_outline(connection, row.id)),
        marks=tuple(mark for mark in marks if mark.start < max(end, start + 1) and mark.end > start),
        copy=copy,
    )


def _clean_range(runs: Sequence[Run], first: int, last: int) -> tuple[int, int] | None:
    """Return the range of clean text that a range of its source became; None where all of it was dropped."""
    inside = [run for run in runs if run.source_start < last and run.source_end > first]
    if not inside:
        return None
    head, tail = inside[0], inside[-1]
    start = head.clean_start + _within(
        head.clean_end - head.clean_start, head.source_end - head.source_start, first - head.source_start, 0
    )
    end = tail.clean_start + _within(
        tail.clean_end - tail.clean_start, tail.source_end - tail.source_start, last - tail.source_start, 1
    )
    return start, end


def _within(clean: int, source: int, at: int, side: int) -> int:
    """Return where in a run of clean text a position of its source stands; a block counts as a whole (side 0 or 1)."""
    if clean != source:
        return clean * side
    return min(max(at, 0), clean)


def _outline(connection: sqlite3.Connection, document: int) -> list[Heading]:
    query = """SELECT level, marker, heading, role, start, "end", source_start, source_end FROM sections
WHERE document = ? ORDER BY ordinal"""
    names = tuple(Heading.__dataclass_fields__)
    return [Heading(**dict(zip(names, row, strict=True))) for row in connection.execute(query, (document,))]


def _marks(connection: sqlite3.Connection, document: int) -> list[Mark]:
    marks = []
    for layer, (table, label, detail) in LAYERS.items():
        told = "0" if layer in ("damage", "evidence") else "rule = (SELECT id FROM rules WHERE name = 'corrected')"
        guess = _GUESS if layer == "problems" else "0"
        query = f"""SELECT start, "end", source_start, source_end, CAST({label} AS TEXT), CAST({detail} AS TEXT), {told}, {guess}
FROM {table} AS m WHERE document = ?"""
        for start, end, source_start, source_end, name, more, corrected, guessed in connection.execute(
            query, (document,)
        ):
            marks.append(
                Mark(
                    layer=layer,
                    start=start,
                    end=end,
                    source_start=source_start,
                    source_end=source_end,
                    label=name,
                    detail=more,
                    corrected=bool(corrected),
                    guessed=bool(guessed),
                )
            )
    return marks


def _guessed(connection: sqlite3.Connection, row: DocumentRow, runs: Sequence[Run]) -> Iterator[Mark]:
    """Yield what was recognised with little confidence."""
    query = """SELECT a.start, a."end", a.confidence FROM anchors AS a JOIN documents AS d ON d.source = a.source
WHERE d.id = ? AND a.confidence < ? AND a.start < d.source_end AND a."end" > d.source_start"""
    for first, last, confidence in connection.execute(query, (row.id, UNSURE)):
        found = _clean_range(runs, first, last)
        if found is not None and found[0] < found[1]:
            yield Mark(
                layer="guessed", start=found[0], end=found[1], source_start=first, source_end=last,
                label=f"{100 * confidence:.0f}", detail="",
            )  # fmt: skip


def sources(connection: sqlite3.Connection) -> list[SourceRow]:
    """Return every file, read or not, by path."""
    return _source_rows(connection, "ORDER BY path", ())


def source_at(connection: sqlite3.Connection, path: str) -> SourceRow | None:
    """Return the row of one file; None where it was never read."""
    return next(iter(_source_rows(connection, "WHERE path = ?", (path,))), None)


def year_evidence(connection: sqlite3.Connection) -> dict[str, list[YearEvidence]]:
    """Return the words that date each document, by its name."""
    query = """SELECT d.ref, e.verified, e.text, e.low, e.high, e.why, e.source_start, e.source_end,
coalesce(e.why_zh, '') AS why_zh, coalesce(e.weight, 'stated') AS weight
FROM year_evidence AS e JOIN documents AS d ON d.id = e.document ORDER BY d.id, e.start"""
    names = ("text", "low", "high", "why", "source_start", "source_end", "why_zh", "weight")
    found: dict[str, list[YearEvidence]] = {}
    for ref, verified, *values in connection.execute(query):
        known = None if verified is None else bool(verified)
        one = YearEvidence(**dict(zip(names, values, strict=True)), verified=known)
        found.setdefault(ref, []).append(one)
    return found


def digests(connection: sqlite3.Connection) -> dict[str, str | None]:
    """Return the SHA-256 of every file, by path; None of one that could never be read."""
    return dict(connection.execute("SELECT path, sha256 FROM sources ORDER BY path").fetchall())


def overview(connection: sqlite3.Connection, *, top: int = 5) -> Overview:
    """Return the index at a glance: the `top` most reported problems, every deadline, twice as many activities."""
    scope = scope_of(connection, {})
    files = sources(connection)
    rows = list(scope.documents.values())
    years: Counter[str | None] = Counter(row.year_label for row in rows)
    both = Counter((row.year_label, row.doc_type) for row in rows)
    return Overview(
        base=scope.base,
        sources=tuple(files),
        unread=tuple(one for one in files if one.status not in ("read", "copy")),
        characters=sum(row.chars for row in rows),
        by_year=tuple(sorted(years.items(), key=lambda item: label_key(item[0]))),
        by_kind=tuple(Counter(row.doc_type for row in rows).most_common()),
        by_year_and_kind=tuple(
            (year, kind, count)
            for (year, kind), count in sorted(both.items(), key=lambda item: (label_key(item[0][0]), item[0][1]))
        ),
        problems=problems(connection, texts=False).rows[:top],
        deadlines=deadlines(connection),
        activities=activities(connection).rows[: 2 * top],
    )


def _source_rows(connection: sqlite3.Connection, which: str, values: tuple[str, ...]) -> list[SourceRow]:
    names = tuple(SourceRow.__dataclass_fields__)[:-1]
    rows = []
    for number, *found in connection.execute(f"SELECT id, {', '.join(names)} FROM sources {which}", values).fetchall():
        refs = connection.execute("SELECT ref FROM documents WHERE source = ? ORDER BY ordinal", (number,))
        fields = dict(zip(names, found, strict=True))
        documents = tuple(ref for (ref,) in refs)
        rows.append(SourceRow(**{**fields, "stale": bool(fields["stale"])}, documents=documents))
    return rows
