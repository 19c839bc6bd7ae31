"""The sentences that a person judged, as examples to learn from: with what holds of them now."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from index.correction_values import NO, SCOPES

NO_PROBLEM = "none"  # the polarity of a sentence that names no problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sentence that was judged: whether it names a problem, and which; `leaves` are empty where it names none."""

    text: str
    leaves: tuple[str, ...]
    polarity: str
    scope: str
    role: str
    org: str
    year: int | None
    document: int | None  # number of its row, None where its report is not in the index now
    start: int | None  # in the source
    end: int | None


def judged(connection: sqlite3.Connection) -> Iterator[Judged]:
    """Yield every sentence that a correction which holds says something of, once, in the order of the log.

    Of a sentence in the index all is told that the index says of it now; of one that has no place, what the log says.
    """
    query = """SELECT c.identity, c.anchor, c.sentence, coalesce(c.role, ''), c.field, c.value, e.document, e.source_start,
e.source_end, d.org, d.year FROM corrections AS c LEFT JOIN corrected AS e ON e.correction = c.id
LEFT JOIN documents AS d ON d.id = e.document WHERE c.layer = 'problem' AND c.undone_at IS NULL ORDER BY c.id"""
    sentences: dict[tuple[int, str], tuple[tuple[object, ...], dict[str, str]]] = {}
    for identity, anchor, text, role, field, value, *place in connection.execute(query).fetchall():
        _, said = sentences.setdefault((identity, anchor), ((text, role, *place), {}))
        if field == "problem":
            said.clear()
        elif said.get("problem") == NO:
            said.pop("problem")
        said[field] = value
    for (text, role, document, start, end, org, year), said in sentences.values():
        now = None if document is None else _now(connection, document, start, end)
        if now is None and document is None:
            now = _as_said(said)
        if now is None:
            now = (), NO_PROBLEM, ""
        leaves, polarity, scope = now
        yield Judged(
            text=" ".join(str(text).split()), leaves=leaves, polarity=polarity, scope=scope, role=str(role), org=str(org or ""),
            year=year if isinstance(year, int) else None, document=document if isinstance(document, int) else None,
            start=start if isinstance(start, int) else None, end=end if isinstance(end, int) else None,
        )  # fmt: skip


def _now(
    connection: sqlite3.Connection, document: object, start: object, end: object
) -> tuple[tuple[str, ...], str, str] | None:
    found = connection.execute(
        """SELECT id, polarity, scope FROM problems WHERE document = ?1 AND source_start < ?3 AND source_end > ?2
ORDER BY min(source_end, ?3) - max(source_start, ?2) DESC LIMIT 1""",
        (document, start, end),
    ).fetchone()
    if found is None:
        return None
    leaves = connection.execute("SELECT leaf FROM problem_labels WHERE problem = ? ORDER BY place", (found[0],))
    return tuple(leaf for (leaf,) in leaves), found[1], found[2]


def _as_said(said: dict[str, str]) -> tuple[tuple[str, ...], str, str] | None:
    """Return what the log says of a sentence without a place; None of one that is said to be no problem."""
    if said.get("problem") == NO:
        return None
    leaves = tuple(said.get("leaves", "other").split())
    return leaves, said.get("polarity", "asserted"), said.get("scope", SCOPES[0])
