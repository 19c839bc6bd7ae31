"""Search: every occurrence of a term of any length, each verified on the text, with its sentence and its source range.

Full-text search over single characters names the documents that may hold a term; the places are then read off their
texts. Ranking: BM25 over the places, which weigh less in documents where jieba never cut the term as a word.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Unpack

from index.characters import Cut, narrow
from index.errors import BadQuery
from index.matching import (
    Outline,
    Span,
    Spelled,
    candidates,
    count_only,
    matching,
    nearest_words,
    spans_in,
    texts_of,
    unknown_terms,
)
from index.query import Node, Term, parse_query, terms_of, wanted_terms
from index.references import format_place
from index.rows import unpack_offsets
from index.scope import Base, DocumentRow, Filtering, Scope, label_key, scope_of
from index.variants import Form, Variant, forms_of

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


@dataclass(slots=True)
class _DocumentHits:
    """A document that answers: how often, under which spellings; `spans` None where they are not spelled out yet."""

    row: DocumentRow
    places: int
    terms: Mapping[str, int]
    spelled: Mapping[Spelled, int]
    outline: Outline
    spans: list[Span] | None = None
    score: float = 0.0


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
    numbers = sorted(candidates(connection, node, forms, rows) & rows.keys())
    excluded, found = 0, []
    for number, text in texts_of(connection, numbers):
        one, left_out = _look(connection, node, forms, rows[number], text, within, scope)
        excluded += left_out
        if one is not None:
            found.append(one)
    _rank(connection, found, list(rows.values()))
    order = {"rank": lambda one: (-one.score, one.row.sort_key), "ref": lambda one: one.row.ref}
    found.sort(key=order.get(sort, lambda one: one.row.sort_key))
    counted = [one for one in found if one.row.id in scope.documents]
    apart = [one for one in found if one.row.id in scope.apart]
    places = sum(one.places for one in counted)
    wanted = tuple(dict.fromkeys(term.text for term in wanted_terms(node)))
    without = tuple(dict.fromkeys(term.text for term in terms_of(node) if term.text not in wanted))
    return Found(
        query=query,
        hits=tuple(_hits(connection, node, forms, counted, limit, context)),
        places=places,
        documents=len(counted),
        per_document=tuple((one.row, one.places) for one in counted),
        apart=tuple(_hits(connection, node, forms, apart, limit, context)),
        base=scope.base,
        explanation=Explanation(
            terms=wanted,
            without=without,
            within=within,
            spellings=tuple(_spellings(wanted, forms, counted)),
            excluded=excluded,
            segmented=tuple(tuple(cut(narrow(term))) for term in wanted) if cut and (explain or not places) else (),
            nearest=()
            if places
            else tuple(nearest_words(connection, unknown_terms(connection, forms, wanted) or wanted)),
        ),
    )


def _look(
    connection: sqlite3.Connection,
    node: Node,
    forms: Mapping[str, list[Form]],
    row: DocumentRow,
    text: str,
    within: str,
    scope: Scope,
) -> tuple[_DocumentHits | None, int]:
    """Return what a document answers, and how many of its units a hyphen left out."""
    outline = Outline(connection, row.id)
    if isinstance(node, Term) and not scope.roles:
        count = count_only(node.text, forms[node.text], row, text)
        if count is not None:
            places = sum(count.values())
            return (_DocumentHits(row, places, {node.text: places}, count, outline) if places else None), 0
    spans, left_out = spans_in(node, forms, row, text, outline, within)
    if scope.roles:
        spans = [span for span in spans if scope.wants(outline.at(span.start)[3])]
    if not spans:
        return None, left_out
    terms = Counter(span.term for span in spans)
    spelled = Counter(one for span in spans for one in span.spelled)
    return _DocumentHits(row, len(spans), terms, spelled, outline, spans), left_out


def _rank(connection: sqlite3.Connection, found: list[_DocumentHits], rows: Sequence[DocumentRow]) -> None:
    if not found:
        return
    average = sum(row.chars for row in rows) / len(rows) or 1.0
    frequency = Counter(term for one in found for term in one.terms)
    as_word = {term: matching(connection, "words", _as_word(term)) for term in frequency}
    for one in found:
        norm = K1 * (1 - B + B * one.row.chars / average)
        for term, places in one.terms.items():
            weighed = places * (1.0 if one.row.id in as_word[term] else NOT_A_WORD)
            rarity = log(1 + (len(rows) - frequency[term] + 0.5) / (frequency[term] + 0.5))
            one.score += rarity * weighed * (K1 + 1) / (weighed + norm)


def _as_word(term: str) -> str:
    word = narrow(term)
    return '"' + word + '"' if word.isalnum() else '""'


def _hits(
    connection: sqlite3.Connection,
    node: Node,
    forms: Mapping[str, list[Form]],
    found: Iterable[_DocumentHits],
    limit: int | None,
    context: int,
) -> Iterator[Hit]:
    left = limit if limit is not None else -1
    for one in found:
        if left == 0:
            return
        query = "SELECT text, offsets FROM documents WHERE id = ?"
        text, packed = connection.execute(query, (one.row.id,)).fetchone()
        offsets = unpack_offsets(packed)
        if one.spans is None:
            one.spans, _ = spans_in(node, forms, one.row, text, one.outline, "document")
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
                text=text[span.start : span.end],
                left=text[max(0, span.start - context) : span.start],
                right=text[span.end : span.end + context],
                sentence=text[first : max(last, span.end)],
                sentence_start=first,
                term=span.term,
                kind=span.kind,
            )


def _spellings(
    wanted: Sequence[str], forms: Mapping[str, list[Form]], counted: Iterable[_DocumentHits]
) -> Iterator[Spelling]:
    places: Counter[Spelled] = Counter()
    documents: Counter[Spelled] = Counter()
    for one in counted:
        for at, count in one.spelled.items():
            places[at] += count
            documents[at] += 1
    for term in wanted:
        for form in forms[term]:
            at = (term, form.text)
            yield Spelling(term=term, text=form.text, kind=form.kind, places=places[at], documents=documents[at])
