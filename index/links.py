"""Problems with what answers them: inside a report (`nlp.links`), and over the years of one body.

Links are found when they are asked for, out of the stored sections, sentences and problems; so a correction of a problem
or of a leaf counts at once.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from index.problems import leaf_named, read_leaves
from index.references import format_place
from index.rows import unpack_offsets
from index.scope import Answer, DocumentRow, Filtering, scope_of
from nlp.links import MEASURE, Link, find_links
from nlp.records import Label, Problem, Section, Sentence

NOTHING = ""  # the basis of a problem that nothing answers
AGAIN, SILENT, LAST = "again", "silent", "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a report, as quoted."""

    text: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedProblem:
    """A problem of a report with one of its measures or causes; `target` is None and `basis` empty where none was found.

    `basis` is heading, number, named, words or topic (nlp.links); `certain` tells what the report ties together itself from
    what only speaks of the same. `leaves` is empty for an item of a list of problems in which none was recognised.
    """

    ref: str
    year_label: str | None
    org: str | None
    leaves: tuple[str, ...]
    problem: Passage
    kind: str
    basis: str
    certain: bool
    target: Passage | None
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAnswer(Answer[LinkedProblem]):
    """`problems` is how many problems there are, `answered` how many have a measure, `certain` of how many it is certain."""

    problems: int
    answered: int
    certain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pursued:
    """A problem that a body named in one year, the measure it promised, and what its later reports say.

    `outcome` is again (a later report names the leaf, the first of them in `again`), silent (later reports do not) or last
    (there is none). `later` are the later reports, by name; silence may mean solved or merely not told.
    """

    org: str
    region: str | None
    leaf: str
    zh: str
    en: str
    year_label: str
    problem: Passage
    measure: Passage | None
    basis: str
    certain: bool
    outcome: str
    again_year: str | None
    again: Passage | None
    later: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PursuitAnswer(Answer[Pursued]):
    """`bodies` is how many bodies have reports of two years and more; `single` documents are of bodies with one year alone,
    `nameless` name no body, `undated` no year: these cannot be followed."""

    bodies: int
    single: int
    nameless: int
    undated: int


def linked_problems(
    connection: sqlite3.Connection, leaf: str | None = None, *, causes: bool = True, problem_scope: str | None = None,
    **filters: Unpack[Filtering],
) -> LinkAnswer:  # fmt: skip
    """Return the problems of the documents with their measures (and causes), in order of year, document and place."""
    wanted = None if leaf is None else leaf_named(leaf, read_leaves(connection))
    scope = scope_of(connection, filters)
    sides = []
    for documents in (scope.documents, scope.apart):
        rows: list[LinkedProblem] = []
        for row in documents.values():
            if _names(connection, row, wanted):
                rows += linked_in(connection, row, wanted, causes=causes, problem_scope=problem_scope)
        sides.append(tuple(rows))
    first: dict[str, list[LinkedProblem]] = defaultdict(list)
    for one in sides[0]:
        first[one.problem.reference].append(one)
    return LinkAnswer(
        rows=sides[0],
        base=scope.base,
        apart=sides[1],
        problems=len(first),
        answered=sum(any(one.kind == MEASURE and one.target for one in many) for many in first.values()),
        certain=sum(any(one.kind == MEASURE and one.certain for one in many) for many in first.values()),
    )


def linked_in(
    connection: sqlite3.Connection, row: DocumentRow, leaf: str | None = None, *, causes: bool = True,
    problem_scope: str | None = None,
) -> Iterator[LinkedProblem]:  # fmt: skip
    """Yield the problems of one document with their measures and causes; with `leaf` only those of that leaf."""
    text, packed = connection.execute("SELECT text, offsets FROM documents WHERE id = ?", (row.id,)).fetchone()
    sections, sentences, problems = read_structure(connection, row.id)
    offsets = unpack_offsets(packed) if packed else None

    def passage(start: int, end: int) -> Passage:
        end = start + len(text[start:end].rstrip())
        first, last = offsets.to_source(start, end) if offsets else (start, end)
        return Passage(text=text[start:end], reference=format_place(row.ref, first, last))

    found: dict[tuple[int, int], list[Link]] = defaultdict(list)
    for link in find_links(text, sections, sentences, problems):
        found[link.start, link.end].append(link)
    for problem in problems:
        if problem.polarity == "asserted" and not any(
            start < problem.end and problem.start < end for start, end in found
        ):
            found[problem.start, problem.end] = []
    for (start, end), links in sorted(found.items()):
        inside = [one for one in problems if one.polarity == "asserted" and start < one.end and one.start < end]
        leaves = tuple(dict.fromkeys(label.id for one in inside for label in one.categories))
        if (leaf is not None and leaf not in leaves) or (
            problem_scope and all(one.scope != problem_scope for one in inside)
        ):
            continue
        told: dict[str, Any] = {
            "ref": row.ref,
            "year_label": row.year_label,
            "org": row.org,
            "leaves": leaves,
            "problem": passage(start, end),
        }
        kept = [link for link in links if causes or link.kind == MEASURE]
        for link in kept:
            yield LinkedProblem(
                **told, kind=link.kind, basis=link.basis, certain=link.certain, shared=link.shared,
                target=passage(link.to_start, link.to_end),
            )  # fmt: skip
        if not any(link.kind == MEASURE for link in kept):
            yield LinkedProblem(**told, kind=MEASURE, basis=NOTHING, certain=False, target=None)


def pursued_problems(
    connection: sqlite3.Connection, leaf: str | None = None, **filters: Unpack[Filtering]
) -> PursuitAnswer:
    """Return what became of the problems that a body named, year by year: promised, named again, or not.

    A body is told by its name and region. Only documents with a year, stated or inferred, can be followed.
    """
    names = read_leaves(connection)
    wanted = None if leaf is None else leaf_named(leaf, names)
    scope = scope_of(connection, filters)
    bodies: dict[tuple[str, str | None], list[DocumentRow]] = defaultdict(list)
    for row in scope.documents.values():
        if row.org and row.year is not None:
            bodies[row.org, row.region].append(row)
    several = {body: rows for body, rows in bodies.items() if len({row.year for row in rows}) > 1}
    rows: list[Pursued] = []
    for (org, region), reports in sorted(several.items(), key=lambda one: (one[0][0], one[0][1] or "")):
        linked = {row.id: list(linked_in(connection, row, wanted, causes=False)) for row in reports}
        for row in reports:
            for one in _named_in(linked[row.id], wanted):
                rows.append(_pursued(org, region, row, one, reports, linked, names))
    return PursuitAnswer(
        rows=tuple(rows),
        base=scope.base,
        bodies=len(several),
        single=sum(len(reports) for body, reports in bodies.items() if body not in several),
        nameless=sum(not row.org for row in scope.documents.values()),
        undated=sum(row.year is None for row in scope.documents.values()),
    )


def _named_in(linked: Sequence[LinkedProblem], wanted: str | None) -> Iterator[tuple[str, LinkedProblem]]:
    """Yield each leaf of a report once, with the problem whose measure is surest."""
    leaves = dict.fromkeys(leaf for one in linked for leaf in one.leaves if wanted in (None, leaf))
    for leaf in leaves:
        own = [one for one in linked if leaf in one.leaves]
        yield leaf, max(own, key=lambda one: (one.certain, one.target is not None, one.leaves[0] == leaf))


def _pursued(
    org: str,
    region: str | None,
    row: DocumentRow,
    named: tuple[str, LinkedProblem],
    reports: Sequence[DocumentRow],
    linked: dict[int, list[LinkedProblem]],
    names: dict[str, tuple[str | None, str, str, int]],
) -> Pursued:
    leaf, one = named
    later = [other for other in reports if (other.year or 0) > (row.year or 0)]
    again = next(((other, found) for other in later for found in linked[other.id] if leaf in found.leaves), None)
    _, zh, en, _ = names.get(leaf, (None, leaf, leaf, 0))
    return Pursued(
        org=org, region=region, leaf=leaf, zh=zh, en=en, year_label=row.year_label or "", problem=one.problem,
        measure=one.target, basis=one.basis, certain=one.certain,
        outcome=AGAIN if again else SILENT if later else LAST,
        again_year=again[0].year_label if again else None, again=again[1].problem if again else None,
        later=tuple(other.ref for other in later),
    )  # fmt: skip


def read_structure(
    connection: sqlite3.Connection, document: int
) -> tuple[list[Section], list[Sentence], list[Problem]]:
    """Return the sections, sentences and problems of a document, as they were read (and corrected)."""
    query = """SELECT id, start, "end", level, marker, heading, heading_end, role, parent FROM sections
WHERE document = ? ORDER BY ordinal"""
    rows = connection.execute(query, (document,)).fetchall()
    place = {row[0]: at for at, row in enumerate(rows)}
    sections = [
        Section(start=start, end=end, level=level, marker=marker or "", heading=heading or "", heading_end=heading_end or start,
                role=role or "", parent=place.get(parent))
        for _, start, end, level, marker, heading, heading_end, role, parent in rows
    ]  # fmt: skip
    query = 'SELECT start, "end", section, role FROM sentences WHERE document = ? ORDER BY start'
    sentences = []
    for start, end, section, role in connection.execute(query, (document,)):
        at = place.get(section, 0)
        usual = bool(sections) and not sections[at].marker and role == sections[at].role  # no heading tells it
        sentences.append(Sentence(start=start, end=end, section=at, role=role or "", assumed=usual))
    query = """SELECT m.id, m.start, m."end", substr(d.text, m.start + 1, m."end" - m.start), r.name, coalesce(m.main, ''), m.polarity,
m.scope, coalesce(m.strength, ''), m.score FROM problems AS m JOIN documents AS d ON d.id = m.document
LEFT JOIN rules AS r ON r.id = m.rule WHERE m.document = ? ORDER BY m.start"""
    problems = []
    for number, start, end, text, rule, main, polarity, scope, strength, score in connection.execute(
        query, (document,)
    ):
        labels = connection.execute(
            "SELECT leaf, score FROM problem_labels WHERE problem = ? ORDER BY place", (number,)
        )
        problems.append(
            Problem(
                start=start, end=end, text=text, rule=rule, main=main, polarity=polarity, scope=scope, strength=strength,
                score=score, categories=tuple(Label(id=leaf, score=sure or 0.0) for leaf, sure in labels),
            )
        )  # fmt: skip
    return (sections or [_whole()]), sentences, problems


def _whole() -> Section:
    return Section(start=0, end=1 << 40, level=0, marker="", heading="", heading_end=0, role="", parent=None)


def _names(connection: sqlite3.Connection, row: DocumentRow, leaf: str | None) -> bool:
    """Return whether a document reports a problem (of a leaf)."""
    if leaf is None:
        return row.problems > 0
    query = """SELECT 1 FROM problems AS m JOIN problem_labels AS l ON l.problem = m.id
WHERE m.document = ? AND m.polarity = 'asserted' AND l.leaf = ? LIMIT 1"""
    return connection.execute(query, (row.id, leaf)).fetchone() is not None
