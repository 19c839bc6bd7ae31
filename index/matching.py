"""Where the terms of a query stand in the documents: candidates from full text, places from the texts themselves."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.characters import PHRASE_LIMIT, document_of, is_plain, narrow, pattern_for, phrase
from index.query import And, Near, Node, Not, Or, Term, terms_of
from index.scope import DocumentRow
from index.variants import Form

CHUNK = 500  # documents read at a time
NEAREST = 5
ALIKE = 0.4  # share of characters that makes a word near

Spelled = tuple[str, str]  # a term and the spelling under which it was found


class Span(NamedTuple):
    """A place; a tuple, because there may be very many."""

    start: int
    end: int
    term: str
    kind: str
    spelled: tuple[Spelled, ...]


@dataclass(slots=True)
class Outline:
    """The sentences of a document, read when first needed."""

    connection: sqlite3.Connection
    document: int
    _rows: list[tuple[int, int, str | None]] | None = None
    _starts: list[int] = field(default_factory=list)

    def at(self, position: int) -> tuple[int, int, int, str | None]:
        """Return number, start, end and role of the sentence at a position; number -1 where there is none."""
        if self._rows is None:
            query = 'SELECT start, "end", role FROM sentences WHERE document = ? ORDER BY start'
            self._rows = self.connection.execute(query, (self.document,)).fetchall()
            self._starts = [row[0] for row in self._rows]
        number = bisect_right(self._starts, position) - 1
        if number < 0 or position >= self._rows[number][1]:
            return -1, position, position, None
        return (number, *self._rows[number])


def candidates(
    connection: sqlite3.Connection, node: Node, forms: Mapping[str, list[Form]], rows: Mapping[int, DocumentRow]
) -> set[int]:
    """Return the documents that may answer; those that wait for the full-text tables always may."""
    waiting = {number for (number,) in connection.execute("SELECT document FROM waiting")}
    traditional = {number for number, row in rows.items() if row.script == "traditional"}
    known: dict[str, set[int]] = {}

    def holding(term: str) -> set[int]:
        if term not in known:
            known[term] = set(waiting)
            for form in forms[term]:
                numbers = matching(connection, "characters", phrase(form.text[:PHRASE_LIMIT]))
                known[term] |= numbers & traditional if form.only_traditional else numbers
        return known[term]

    def visit(part: Node) -> set[int]:
        match part:
            case Term():
                return holding(part.text)
            case Near():
                return holding(part.left.text) & holding(part.right.text)
            case Or():
                return set().union(*(visit(one) for one in part.parts))
            case And():
                return set.intersection(*(visit(one) for one in part.parts if not isinstance(one, Not)))
            case Not():
                return set()

    return visit(node)


def matching(connection: sqlite3.Connection, table: str, match: str) -> set[int]:
    query = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"
    return {document_of(row) for (row,) in connection.execute(query, (match,))}


def texts_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    for at in range(0, len(numbers), CHUNK):
        some = numbers[at : at + CHUNK]
        marks = ", ".join("?" * len(some))
        yield from connection.execute(f"SELECT id, text FROM documents WHERE id IN ({marks}) ORDER BY id", some)


def count_only(term: str, forms: Iterable[Form], row: DocumentRow, text: str) -> Mapping[Spelled, int] | None:
    """Return how often a term stands in a text under its spelling; None where that takes a closer look.

    One spelling that is there, of characters that have no other form, needs none: places are spelled out when asked for.
    """
    there = [form for form in forms if form.text in text or not is_plain(form.text)]
    if row.script != "traditional":
        there = [form for form in there if not form.only_traditional]
    if len(there) == 1 and is_plain(there[0].text):
        return {(term, there[0].text): text.count(there[0].text)}
    return None if there else {}


def spans_in(
    node: Node, forms: Mapping[str, list[Form]], row: DocumentRow, text: str, outline: Outline, within: str
) -> tuple[list[Span], int]:
    """Return the places in a document, in order, and the number of units left out because of a hyphen."""
    if isinstance(node, Term):
        return _occurrences(node.text, forms[node.text], row, text), 0
    by_sentence = within == "sentence"
    spans: dict[str, dict[int, list[Span]]] = {}
    for term in terms_of(node):
        if term.text not in spans:
            units: dict[int, list[Span]] = {}
            for span in _occurrences(term.text, forms[term.text], row, text):
                units.setdefault(outline.at(span.start)[0] if by_sentence else 0, []).append(span)
            spans[term.text] = units
    found: dict[tuple[int, int], Span] = {}
    excluded = 0
    for unit in sorted(set().union(*(units.keys() for units in spans.values()))):
        hits = _found(node, unit, spans)
        if hits is None:
            excluded += _found(node, unit, spans, heed=False) is not None
            continue
        for span in hits:
            found.setdefault((span.start, span.end), span)
    return [found[place] for place in sorted(found)], excluded


def _found(
    node: Node, unit: int, spans: Mapping[str, Mapping[int, list[Span]]], *, heed: bool = True
) -> list[Span] | None:
    """Return the places in a unit, None where it does not answer; without `heed`, hyphens are overlooked."""
    match node:
        case Term():
            return spans[node.text].get(unit) or None
        case Near():
            return list(_pairs(node, unit, spans)) or None
        case Not():
            return [] if not heed or _found(node.part, unit, spans) is None else None
        case And():
            parts = [_found(part, unit, spans, heed=heed) for part in node.parts]
            return None if any(part is None for part in parts) else [span for part in parts for span in part or ()]
        case Or():
            held = [part for part in (_found(one, unit, spans, heed=heed) for one in node.parts) if part is not None]
            return [span for part in held for span in part] if held else None


def _pairs(node: Near, unit: int, spans: Mapping[str, Mapping[int, list[Span]]]) -> Iterator[Span]:
    """Yield, for each place of the left term, the stretch to the nearest place of the right one, if near enough."""
    rights = spans[node.right.text].get(unit, [])
    starts = [span.start for span in rights]
    for left in spans[node.left.text].get(unit, []):
        at = bisect_right(starts, left.start)
        near = [(_gap(left, right), right) for right in rights[max(0, at - 2) : at + 2] if _gap(left, right) >= 0]
        gap, right = min(near, key=lambda pair: pair[0], default=(node.distance + 1, left))
        if gap <= node.distance:
            kind = left.kind if left.kind != "typed" else right.kind
            start, end = min(left.start, right.start), max(left.end, right.end)
            asked = f"{left.term} NEAR/{node.distance} {right.term}"
            yield Span(start, end, asked, kind, left.spelled + right.spelled)


def _gap(one: Span, other: Span) -> int:
    """Return the number of characters between two places; negative where they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def _occurrences(term: str, forms: Iterable[Form], row: DocumentRow, text: str) -> list[Span]:
    """Return the places of a term in a text, in order; each spelling counts as str.count counts."""
    found = [_places(term, form, text) for form in _allowed(forms, row)]
    filled = [spans for spans in found if spans]
    if len(filled) < 2:
        return filled[0] if filled else []
    first: dict[int, Span] = {}
    for spans in filled:
        for span in spans:
            first.setdefault(span.start, span)
    return [first[start] for start in sorted(first)]


def _allowed(forms: Iterable[Form], row: DocumentRow) -> list[Form]:
    return [form for form in forms if row.script == "traditional" or not form.only_traditional]


def _places(term: str, form: Form, text: str) -> list[Span]:
    words, kind, spelled = form.text, form.kind, ((term, form.text),)
    if not is_plain(words):
        return [Span(*match.span(), term, kind, spelled) for match in pattern_for(words).finditer(text)]
    length, start, spans = len(words), text.find(words), []
    while start >= 0:
        spans.append(Span(start, start + length, term, kind, spelled))
        start = text.find(words, start + length)
    return spans


def unknown_terms(
    connection: sqlite3.Connection, forms: Mapping[str, list[Form]], terms: Iterable[str]
) -> tuple[str, ...]:
    """Return the terms that no document holds under any spelling."""
    return tuple(
        term
        for term in terms
        if not any(matching(connection, "characters", phrase(form.text[:PHRASE_LIMIT])) for form in forms[term])
    )


def nearest_words(connection: sqlite3.Connection, terms: Sequence[str]) -> list[str]:
    """Return the words of the index that share most characters with terms, the more frequent first."""
    best: dict[str, tuple[float, int]] = {}
    for term in terms:
        characters = set(narrow(term).lower())
        likes = [f"%{char}%" for char in characters if char.isalnum()]
        if not likes:
            continue
        any_of = " OR ".join(["term LIKE ?"] * len(likes))  # in one go, because the list of words is made for each
        query = f"SELECT term, doc FROM vocabulary WHERE length(term) BETWEEN 1 AND 12 AND ({any_of})"
        for word, documents in connection.execute(query, likes):
            shared = len(characters & set(word))
            likeness = 2 * shared / (len(characters) + len(set(word)))
            if word != term and likeness >= ALIKE:
                best[word] = max(best.get(word, (0.0, 0)), (likeness, documents))
    return sorted(best, key=lambda word: (*(-value for value in best[word]), word))[:NEAREST]
