"""Rows of the ledgers that are exported, one by one in their order, however many there are.

What is kept of each is its number and what it is ordered by; sentences are read when their row is asked for. So a ledger of a hundred
thousand rows is written in the memory of a few.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Unpack

from index.lists import IS_DUE
from index.problems import read_leaves
from index.quotes import Read, read_mentions
from index.references import format_place
from index.scope import Base, DocumentRow, Filtering, Scope, label_key, scope_of

LEDGERS = ("tasks", "numbers", "activities", "problems", "docs")
SHOWN = 3  # sentences in a cell of problems and years
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A ledger: what it rests on, and its rows; `document` of each row is the number of its document."""

    base: Base
    rows: Iterator[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemYears:
    """Problems and years: `leaves` are (id, Chinese, English) in the order of the taxonomy, `years` the labels (None: undated) with their documents.

    `documents` and `sentences` are numbers by (leaf, year); of the sentences SHOWN at most, from different documents first.
    """

    leaves: tuple[tuple[str, str, str], ...]
    years: tuple[tuple[str | None, int], ...]
    documents: dict[tuple[str, str | None], set[int]]
    sentences: dict[tuple[str, str | None], list[int]] = field(repr=False)


def ledger(connection: sqlite3.Connection, name: str, **filters: Unpack[Filtering]) -> Ledger:
    """Return a ledger: tasks by their last day, but for those told as done, all others by year and document."""
    scope = scope_of(connection, filters)
    return Ledger(base=scope.base, rows=_ROWS[name](connection, scope))


def problem_years(connection: sqlite3.Connection, **filters: Unpack[Filtering]) -> ProblemYears:
    """Return which problems are reported as existing, by year; a document counts once for a leaf and year."""
    scope = scope_of(connection, filters)
    order = {number: at for at, number in enumerate(scope.documents)}
    years: dict[str | None, int] = defaultdict(int)
    for row in scope.documents.values():
        years[row.year_label] += 1
    query = """SELECT p.leaf, m.document, m.id, s.role FROM problem_labels AS p JOIN problems AS m ON m.id = p.problem
LEFT JOIN sentences AS s ON s.id = m.sentence WHERE m.polarity = 'asserted'"""
    found: dict[tuple[str, str | None], list[tuple[int, int]]] = defaultdict(list)
    for leaf, document, number, role in connection.execute(query):
        if document in order and scope.wants(role):
            found[leaf, scope.documents[document].year_label].append((document, number))
    documents, sentences = {}, {}
    for at, places in found.items():
        places.sort(key=lambda place: (order[place[0]], place[1]))
        documents[at] = {document for document, _ in places}
        first = list(dict(reversed(places)).items())[::-1]
        sentences[at] = [number for _, number in first[:SHOWN]]
    leaves = tuple(
        (leaf, zh, en)
        for leaf, (_, zh, en, _) in read_leaves(connection).items()
        if any(leaf == one for one, _ in found)
    )
    return ProblemYears(
        leaves=leaves,
        years=tuple(sorted(years.items(), key=lambda one: label_key(one[0]))),
        documents=documents,
        sentences=sentences,
    )


def problem_sentence(connection: sqlite3.Connection, number: int) -> Row:
    """Return a sentence that names a problem, by the number of the problem."""
    scope = scope_of(connection, {})
    return next(_problem(read, {}) for read in _by_number(connection, "problems", _PROBLEM, scope, number))


def text_of(connection: sqlite3.Connection, document: int) -> str:
    """Return the clean text of a document."""
    return str(connection.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()[0])


_PROBLEM = ("main", "polarity", "scope", "strength", "score")
_NUMBER = ("value", "value_max", "unit", "approx", "of", "state", "measure", "base", "modality", "whom")
_ACTIVITY = ("name", "kind", "modality", "amounts", "times")


def _tasks(connection: sqlite3.Connection, scope: Scope) -> Iterator[Row]:
    keys = [
        (date_end is None, date_end or "", scope.documents[document].ref, start, number)
        for number, document, date_end, start in connection.execute(
            f"SELECT id, document, date_end, start FROM times AS m WHERE {IS_DUE}"
            " AND id NOT IN (SELECT time FROM tasks WHERE modality = 'done')"
        )
        if document in scope.documents
    ]
    keys.sort()
    own = ("task", "basis", "who", "who_basis", "amounts")
    query = f"SELECT {', '.join(own)} FROM tasks WHERE time = ?"
    for *_, number in keys:
        for read in _by_number(connection, "times", ("date_start", "date_end"), scope, number):
            task = connection.execute(query, (number,)).fetchone() or ("",) * len(own)
            date_start, date_end = read.own
            yield {**_quoted(read), **dict(zip(own, task, strict=True)), "date_start": date_start, "date_end": date_end}


def _numbers(connection: sqlite3.Connection, scope: Scope) -> Iterator[Row]:
    for read in _by_document(connection, "quantities", _NUMBER, scope):
        row = {**_quoted(read), **dict(zip(_NUMBER, read.own, strict=True))}
        if row["state"] != "stated":
            row["value"] = row["value_max"] = None
        yield row


def _activities(connection: sqlite3.Connection, scope: Scope) -> Iterator[Row]:
    for read in _by_document(connection, "activities", _ACTIVITY, scope):
        row = {**_quoted(read), **dict(zip(_ACTIVITY, read.own, strict=True))}
        row["activity_kind"] = row.pop("kind")
        yield row


def _problems(connection: sqlite3.Connection, scope: Scope) -> Iterator[Row]:
    names = {leaf: zh for leaf, (_, zh, _, _) in read_leaves(connection).items()}
    query = "SELECT leaf FROM problem_labels WHERE problem = ? ORDER BY place"
    for read in _by_document(connection, "problems", _PROBLEM, scope):
        leaves = [leaf for (leaf,) in connection.execute(query, (read.number,))]
        yield {**_problem(read, names), "categories": "、".join(names.get(leaf, leaf) for leaf in leaves)}


def _problem(read: Read, names: dict[str, str]) -> Row:
    row = {**_quoted(read), **dict(zip(_PROBLEM, read.own, strict=True))}
    return {
        **row,
        "leaf": row["main"],
        "main": names.get(row["main"], row["main"]),
        "score": round(row["score"] or 0, 4),
    }


def _docs(connection: sqlite3.Connection, scope: Scope) -> Iterator[Row]:
    keys = (
        "doc_type",
        "org_level",
        "county",
        "city",
        "province",
        "signed",
        "number",
        "addressee",
        "signer",
        "chars",
        "damage",
        "problems",
    )
    for row in scope.documents.values():
        yield {
            **_about(row),
            "region": row.region_label,
            **{key: getattr(row, key) for key in keys},
            "reference": row.ref,
        }


_ROWS: dict[str, Callable[[sqlite3.Connection, Scope], Iterator[Row]]] = {
    "tasks": _tasks, "numbers": _numbers, "activities": _activities, "problems": _problems, "docs": _docs,
}  # fmt: skip


def _by_document(connection: sqlite3.Connection, table: str, columns: tuple[str, ...], scope: Scope) -> Iterator[Read]:
    for number in scope.documents:
        yield from read_mentions(connection, table, columns, scope, where="m.document = ?", values=(number,))


def _by_number(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], scope: Scope, number: int
) -> Iterator[Read]:
    return read_mentions(connection, table, columns, scope, where="m.id = ?", values=(number,))


def _about(row: DocumentRow) -> Row:
    return {
        "document": row.id, "ref": row.ref, "title": row.title, "year_label": row.year_label, "org": row.org,
        "file": row.path.rpartition("/")[2],
    }  # fmt: skip


def _quoted(read: Read) -> Row:
    quote = read.quote
    return {
        **_about(read.document), "doc_type": read.document.doc_type, "role": quote["role"], "text": " ".join(quote["text"].split()),
        "sentence": " ".join(quote["sentence"].split()),
        "reference": format_place(read.document.ref, quote["source_start"], quote["source_end"]),
    }  # fmt: skip
