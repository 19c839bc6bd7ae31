"""Search: every occurrence of a term of any length, each verified on the text, with its sentence and its source range.

Full-text search over single characters names the documents that may hold a term; the places are then read off their
texts. Ranking: BM25 over the places, which weigh less in documents where jieba never cut the term as a word.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple, Unpack

from index.characters import PHRASE_LIMIT, Cut, document_of, is_plain, narrow, pattern_for, phrase
from index.errors import BadQuery
from index.query import And, Near, Node, Not, Or, Term, parse_query, terms_of, wanted_terms
from index.references import format_place
from index.rows import unpack_offsets
from index.scope import Base, DocumentRow, Filtering, label_key, scope_of
from index.variants import Form, Variant, forms_of

NEAREST = 5
CHUNK = 500  # documents read at a time
K1, B = 1.2, 0.5
NOT_A_WORD = 0.1  # weight of a place in a document where the term never is a word of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place: `start` and `end` in the clean text, `source_start` and `source_end` in the decoded file."""

    ref: str
    title: str | None
    year_label: str | None
    org: str | None
    doc_type: str
    role: str | None  # of the sentence
    start: int
    end: int
    source_start: int
    source_end: int
    text: str
    left: str
    right: str
    sentence: str
    sentence_start: int
    term: str  # what was asked for
    kind: str  # typed, simplified, taiwan or typo: how the place spells it

    @property
    def reference(self) -> str:
        return format_place(self.ref, self.source_start, self.source_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How often a term was found under a spelling."""

    term: str
    text: str
    kind: str
    places: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a query was understood. `segmented` and `nearest` are filled in on demand and where nothing was found."""

    terms: tuple[str, ...]
    without: tuple[str, ...]
    within: str  # document or sentence: where terms must come together
    spellings: tuple[Spelling, ...]
    excluded: int  # documents or sentences left out because of a hyphen
    segmented: tuple[tuple[str, ...], ...] = ()
    nearest: tuple[str, ...] = ()

    @property
    def variants(self) -> tuple[Spelling, ...]:
        """Spellings other than the one that was typed, where they found something."""
        return tuple(one for one in self.spellings if one.kind != "typed" and one.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a search: `places` in `documents`, of `base.documents` searched; `hits` as many as asked for."""

    query: str
    hits: tuple[Hit, ...]
    places: int
    documents: int
    per_document: tuple[tuple[DocumentRow, int], ...]  # in the order of the hits
    apart: tuple[Hit, ...]  # in documents that may or may not fall in the years asked for
    base: Base
    explanation: Explanation

    def count_by(self, field_name: str) -> dict[str | None, tuple[int, int]]:
        """Return (places, documents) for each value of a field of the documents; year counts by its label."""
        counts: dict[str | None, tuple[int, int]] = {}
        for row, places in self.per_document:
            value = row.year_label if field_name == "year" else getattr(row, field_name)
            before = counts.get(value, (0, 0))
            counts[value] = (before[0] + places, before[1] + 1)
        return dict(sorted(counts.items(), key=lambda item: label_key(None if item[0] is None else str(item[0]))))


class _Span(NamedTuple):
    """A place; a tuple, because there may be very many."""

    start: int
    end: int
    term: str
    kind: str
    spelled: tuple[tuple[str, str], ...]  # (term, spelling) of each term in it


@dataclass(slots=True)
class _DocumentHits:
    row: DocumentRow
    text: str
    spans: list[_Span]
    outline: _Outline
    score: float = 0.0


@dataclass(slots=True)
class _Outline:
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


def search(
    connection: sqlite3.Connection,
    query: str,
    *,
    cut: Cut | None = None,
    variants: Sequence[Variant] = (),
    limit: int | None = None,
    context: int = 20,
    within: str = "document",
    sort: str = "rank",
    explain: bool = False,
    **filters: Unpack[Filtering],
) -> Found:
    """Return the places that a query finds; raises BadQuery.

    `limit` is the number of hits to spell out (all places are counted), `context` the characters on either side,
    `within` the stretch in which terms must come together (document or sentence), `sort` is rank, ref or year.
    """
    if within not in ("document", "sentence") or sort not in ("rank", "ref", "year"):
        raise BadQuery(query, f"within={within!r}, sort={sort!r}: choose document or sentence; rank, ref or year")
    node = parse_query(query)
    scope = scope_of(connection, filters)
    forms = {term.text: forms_of(term.text, variants) for term in terms_of(node)}
    rows = {**scope.apart, **scope.documents}
    numbers = sorted(_candidates(connection, node, forms, rows) & rows.keys())
    excluded, found = 0, []
    for number, text in _texts(connection, numbers):
        outline = _Outline(connection, number)
        spans, left_out = _spans_in(node, forms, rows[number], text, outline, within)
        excluded += left_out
        if scope.roles:
            spans = [span for span in spans if scope.wants(outline.at(span.start)[3])]
        if spans:
            found.append(_DocumentHits(row=rows[number], text=text, spans=spans, outline=outline))
    _rank(connection, found, list(rows.values()))
    order = {"rank": lambda one: (-one.score, one.row.sort_key), "ref": lambda one: one.row.ref}
    found.sort(key=order.get(sort, lambda one: one.row.sort_key))
    counted = [one for one in found if one.row.id in scope.documents]
    places = sum(len(one.spans) for one in counted)
    wanted = tuple(dict.fromkeys(term.text for term in wanted_terms(node)))
    without = tuple(dict.fromkeys(term.text for term in terms_of(node) if term.text not in wanted))
    return Found(
        query=query,
        hits=tuple(_hits(connection, counted, limit, context)),
        places=places,
        documents=len(counted),
        per_document=tuple((one.row, len(one.spans)) for one in counted),
        apart=tuple(_hits(connection, [one for one in found if one.row.id in scope.apart], limit, context)),
        base=scope.base,
        explanation=Explanation(
            terms=wanted,
            without=without,
            within=within,
            spellings=tuple(_spellings(wanted, forms, counted)),
            excluded=excluded,
            segmented=tuple(tuple(cut(narrow(term))) for term in wanted) if cut and (explain or not places) else (),
            nearest=() if places else tuple(_nearest(connection, _unknown(connection, forms, wanted) or wanted)),
        ),
    )


def _candidates(
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
                numbers = _matching(connection, "characters", phrase(form.text[:PHRASE_LIMIT]))
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


def _matching(connection: sqlite3.Connection, table: str, match: str) -> set[int]:
    query = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"
    return {document_of(row) for (row,) in connection.execute(query, (match,))}


def _texts(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    for at in range(0, len(numbers), CHUNK):
        some = numbers[at : at + CHUNK]
        marks = ", ".join("?" * len(some))
        yield from connection.execute(f"SELECT id, text FROM documents WHERE id IN ({marks}) ORDER BY id", some)


def _spans_in(
    node: Node, forms: Mapping[str, list[Form]], row: DocumentRow, text: str, outline: _Outline, within: str
) -> tuple[list[_Span], int]:
    """Return the places in a document, in order, and the number of units left out because of a hyphen."""
    if isinstance(node, Term):
        return _occurrences(node.text, forms[node.text], row, text), 0
    by_sentence = within == "sentence"
    spans: dict[str, dict[int, list[_Span]]] = {}
    for term in terms_of(node):
        if term.text not in spans:
            units: dict[int, list[_Span]] = {}
            for span in _occurrences(term.text, forms[term.text], row, text):
                units.setdefault(outline.at(span.start)[0] if by_sentence else 0, []).append(span)
            spans[term.text] = units
    found: dict[tuple[int, int], _Span] = {}
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
    node: Node, unit: int, spans: Mapping[str, Mapping[int, list[_Span]]], *, heed: bool = True
) -> list[_Span] | None:
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


def _pairs(node: Near, unit: int, spans: Mapping[str, Mapping[int, list[_Span]]]) -> Iterator[_Span]:
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
            yield _Span(start, end, asked, kind, left.spelled + right.spelled)


def _gap(one: _Span, other: _Span) -> int:
    """Return the number of characters between two places; negative where they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def _occurrences(term: str, forms: Iterable[Form], row: DocumentRow, text: str) -> list[_Span]:
    """Return the places of a term in a text, in order; each spelling counts as str.count counts."""
    allowed = [form for form in forms if row.script == "traditional" or not form.only_traditional]
    found = [_places(term, form, text) for form in allowed]
    filled = [spans for spans in found if spans]
    if len(filled) < 2:
        return filled[0] if filled else []
    first: dict[int, _Span] = {}
    for spans in filled:
        for span in spans:
            first.setdefault(span.start, span)
    return [first[start] for start in sorted(first)]


def _places(term: str, form: Form, text: str) -> list[_Span]:
    words, kind, spelled = form.text, form.kind, ((term, form.text),)
    if not is_plain(words):
        return [_Span(*match.span(), term, kind, spelled) for match in pattern_for(words).finditer(text)]
    length, start, spans = len(words), text.find(words), []
    while start >= 0:
        spans.append(_Span(start, start + length, term, kind, spelled))
        start = text.find(words, start + length)
    return spans


def _rank(connection: sqlite3.Connection, found: list[_DocumentHits], rows: Sequence[DocumentRow]) -> None:
    if not found:
        return
    average = sum(row.chars for row in rows) / len(rows) or 1.0
    counts = [_terms_in(one.spans) for one in found]
    frequency = Counter(term for count in counts for term in count)
    as_word = {term: _matching(connection, "words", _as_word(term)) for term in frequency}
    for one, count in zip(found, counts, strict=True):
        norm = K1 * (1 - B + B * one.row.chars / average)
        for term, places in count.items():
            weighed = places * (1.0 if one.row.id in as_word[term] else NOT_A_WORD)
            rarity = log(1 + (len(rows) - frequency[term] + 0.5) / (frequency[term] + 0.5))
            one.score += rarity * weighed * (K1 + 1) / (weighed + norm)


def _terms_in(spans: Sequence[_Span]) -> Counter[str]:
    alike = spans[0].term == spans[-1].term and len({span.term for span in spans}) == 1
    return Counter({spans[0].term: len(spans)}) if alike else Counter(span.term for span in spans)


def _as_word(term: str) -> str:
    word = narrow(term)
    return '"' + word + '"' if word.isalnum() else '""'


def _hits(
    connection: sqlite3.Connection, found: Iterable[_DocumentHits], limit: int | None, context: int
) -> Iterator[Hit]:
    left = limit if limit is not None else -1
    for one in found:
        if left == 0:
            return
        (packed,) = connection.execute("SELECT offsets FROM documents WHERE id = ?", (one.row.id,)).fetchone()
        offsets = unpack_offsets(packed)
        for span in one.spans:
            if left == 0:
                return
            left -= 1
            _, first, last, role = one.outline.at(span.start)
            if last <= first:
                first, last = span.start, span.end
            source_start, source_end = offsets.to_source(span.start, span.end)
            yield Hit(
                ref=one.row.ref,
                title=one.row.title,
                year_label=one.row.year_label,
                org=one.row.org,
                doc_type=one.row.doc_type,
                role=role,
                start=span.start,
                end=span.end,
                source_start=source_start,
                source_end=source_end,
                text=one.text[span.start : span.end],
                left=one.text[max(0, span.start - context) : span.start],
                right=one.text[span.end : span.end + context],
                sentence=one.text[first : max(last, span.end)],
                sentence_start=first,
                term=span.term,
                kind=span.kind,
            )


def _spellings(
    wanted: Sequence[str], forms: Mapping[str, list[Form]], counted: Iterable[_DocumentHits]
) -> Iterator[Spelling]:
    places: Counter[tuple[str, str]] = Counter()
    documents: Counter[tuple[str, str]] = Counter()
    for one in counted:
        here = Counter(spelled for span in one.spans for spelled in span.spelled)
        places.update(here)
        documents.update(here.keys())
    for term in wanted:
        for form in forms[term]:
            at = (term, form.text)
            yield Spelling(term=term, text=form.text, kind=form.kind, places=places[at], documents=documents[at])


def _unknown(connection: sqlite3.Connection, forms: Mapping[str, list[Form]], terms: Iterable[str]) -> tuple[str, ...]:
    """Return the terms that no document holds under any spelling."""
    return tuple(
        term
        for term in terms
        if not any(_matching(connection, "characters", phrase(form.text[:PHRASE_LIMIT])) for form in forms[term])
    )


def _nearest(connection: sqlite3.Connection, terms: Sequence[str]) -> list[str]:
    """Return the words of the index that share most characters with terms, the more frequent first."""
    best: dict[str, tuple[float, int]] = {}
    for term in terms:
        characters = set(narrow(term).lower())
        for char in characters:
            if not char.isalnum():
                continue
            query = "SELECT term, doc FROM vocabulary WHERE term LIKE ? AND length(term) BETWEEN 1 AND 12"
            for word, documents in connection.execute(query, (f"%{char}%",)):
                shared = len(characters & set(word))
                likeness = 2 * shared / (len(characters) + len(set(word)))
                if word != term and likeness >= 0.4:
                    best[word] = max(best.get(word, (0.0, 0)), (likeness, documents))
    return sorted(best, key=lambda word: (*(-value for value in best[word]), word))[:NEAREST]
