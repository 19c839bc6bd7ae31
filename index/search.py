"""Search: every occurrence of a term of any length, each verified on the text, with its sentence and its source range.

Full-text search over single characters names the documents that may hold a term; the places are then read off their
texts. Ranking: BM25 over the places, those in the title and in headings weighing more, and less those in documents where
jieba never cut the term as a word. Of a large index the first page is made of the documents whose titles hold the words and
the first ones that full text names (`Found.complete` is false then); with `count` all places of all documents are counted.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from math import log
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from index.characters import PART, Cut, narrow
from index.columns import UNKNOWN
from index.errors import BadQuery
from index.fields import field_called, leaves_called, values_of
from index.inputs import plain
from index.listing import Chosen, Listed, Listing, Mask, listing_of, several, with_fields
from index.matching import (
    CHUNK,
    Outline,
    Reading,
    Span,
    Spelled,
    counting,
    expression,
    holding,
    matching,
    mentions_of,
    nearest_words,
    outlines_of,
    texts_of,
    unknown_terms,
)
from index.query import (
    And,
    Field,
    Node,
    Not,
    Or,
    Term,
    Wild,
    Word,
    fields_of,
    is_filter,
    parse_query,
    pieces,
    places_of_fields,
    terms_of,
    wanted_terms,
)
from index.references import format_place
from index.rows import unpack_offsets
from index.scope import Base, Filtering, label_key
from index.synonyms import Synonyms
from index.variants import Form, Variant, forms_of

K1, B = 1.2, 0.5
NOT_A_WORD = 0.1  # weight of a place in a document where the term never is a word of its own
IN_TITLE, IN_HEADING = 4.0, 1.5  # places that a place in a title or heading is worth besides itself
HEADINGS_READ = 200  # of the best documents
LARGE = 1_000  # documents of an index from which on the first page is made of some …
CLOSE = 40  # characters between words that look to be in one sentence; such documents are looked at first
WEIGHED = 400  # … so many that answer
TITLED = 100  # of them at most those whose titles hold the words
PASSAGES = 3  # of a document, where documents are listed
FACETS = ("year", "doc_type", "org", "org_level", "region", "section", "leaf")
SORTS = ("rank", "recent", "ref", "year", "left", "right")
HALF = 8  # years in which the weight of a document halves where recent ones come first


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
    fields: tuple[str, ...] = ()  # as they stand in the query, with their codes
    segmented: tuple[tuple[str, ...], ...] = ()
    nearest: tuple[str, ...] = ()
    full_text: str | None = None  # what full text was asked for
    read: int = 0  # documents whose text was read

    @property
    def variants(self) -> tuple[Spelling, ...]:
        """Spellings other than the one that was typed, where they found something."""
        return tuple(one for one in self.spellings if one.kind != "typed" and one.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A document that answers, with the passages that say most."""

    row: Listed
    places: int
    score: float
    passages: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PerDocument(Sequence[tuple[Listed, int]]):
    """Documents with the number of their places; rows are read where they are asked for."""

    listing: Listing
    numbers: Sequence[int]
    places: Sequence[int]

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return PerDocument(self.listing, self.numbers[at], self.places[at])
        return self.listing.row(self.numbers[at]), self.places[at]

    def __iter__(self) -> Iterator[tuple[Listed, int]]:
        return iter(zip(self.listing.rows_of(self.numbers), self.places, strict=True))

    def by(self, name: str) -> dict[str | None, tuple[int, int]]:
        """Return (places, documents) for each value of a field, in the order in which they come; year counts by its label."""
        if not self.numbers:
            return {}
        values, codes = self.listing.codes(name)
        here = codes[self.listing.places_of(self.numbers)]
        documents = np.bincount(here, minlength=len(values))
        places = np.zeros(len(values), dtype=np.int64)
        np.add.at(places, here, np.asarray(self.places, dtype=np.int64))
        first = np.full(len(values), len(here))
        np.minimum.at(first, here, np.arange(len(here)))
        order = [at for at in np.argsort(first, kind="stable").tolist() if documents[at]]
        return {values[at]: (int(places[at]), int(documents[at])) for at in order}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a search: `places` in `documents`, of `base.documents` searched; `hits` as many as asked for.

    Where it is not `complete`, places and documents are those of the documents that the first page was made of.
    """

    query: str
    hits: tuple[Hit, ...]
    places: int
    documents: int
    per_document: PerDocument  # in the order of the hits
    apart: tuple[Hit, ...]  # in documents that may or may not fall in the years asked for
    base: Base
    explanation: Explanation
    complete: bool = True
    offset: int = 0  # hits (or documents, where these are listed) before the first one
    results: tuple[Result, ...] = ()  # where documents are listed
    facets: Mapping[str, Mapping[str | None, tuple[int, int]]] = field(default_factory=dict)  # (places, documents)
    filters: Mapping[str, object] = field(default_factory=dict)  # those asked for, and fields that say the same

    def count_by(self, field_name: str) -> dict[str | None, tuple[int, int]]:
        """Return (places, documents) for each value of a field of the documents; year counts by its label."""
        if field_name in self.facets:
            return dict(self.facets[field_name])
        counts = self.per_document.by(field_name)
        return dict(sorted(counts.items(), key=lambda item: label_key(None if item[0] is None else str(item[0]))))


Mentions = Mapping[int, list[tuple[int, int]]]  # places, by number of document


@dataclass(slots=True)
class _DocumentHits:
    """A document that answers, and how often; there may be very many.

    Where its places are not spelled out yet, all are of one spelling (`alike`).
    """

    number: int
    place: int  # in the list of documents
    places: int
    alike: Spelled = ("", "")
    spans: list[Span] | None = None
    terms: Mapping[str, int] | None = None
    spelled: Mapping[Spelled, int] | None = None
    outline: Outline | None = None
    score: float = 0.0

    def by_term(self) -> Mapping[str, int]:
        return {self.alike[0]: self.places} if self.terms is None else self.terms

    def by_spelling(self) -> Mapping[Spelled, int]:
        return {self.alike: self.places} if self.spelled is None else self.spelled


@dataclass(slots=True)
class _Question:
    """A query with all that its answer needs."""

    connection: sqlite3.Connection
    query: str
    node: Node
    forms: dict[Word, list[Form]]
    listing: Listing
    chosen: Chosen
    within: str
    match: str | None
    close: (
        str | None
    )  # the same of documents where the words are near one another; None where that asks for nothing else
    fields: tuple[str, ...]  # all that the query and its conditions name
    filters: Filtering  # those of the caller, and the fields that became filters
    _masks: dict[Field, Mask] = field(default_factory=dict)
    _wanted: Mask | None = None

    @property
    def wanted(self) -> Mask:
        """Which documents may answer; those without a thing that all of the query asks for do not."""
        if self._wanted is None:
            wanted = self.chosen.counted | self.chosen.apart
            for part in self.node.parts if isinstance(self.node, And) else ():
                if isinstance(part, Field) and part.name in ("has", "unit", "leaf"):
                    wanted &= self.listing.having(part)
            self._wanted = wanted
        return self._wanted

    def passes(self, node: Field, document: int) -> bool:
        if node not in self._masks:
            self._masks[node] = self.listing.holding(node)
        return bool(self._masks[node][self.listing.at[document]])

    def reading(
        self, number: int, place: int, text: str, outline: Outline, mentions: Mapping[Field, Mentions] | None = None
    ) -> Reading:
        return Reading(
            self.connection, number, self.listing.is_traditional(place), text, outline, self.forms, self.passes, self.listing.row,
            self.within, mentions or {},
        )  # fmt: skip

    def candidates(self, *, every: bool) -> Iterator[int]:
        """Yield the documents that may answer; first of a large index those whose titles hold the words.

        Where not every one is asked for, next come those where the words are near one another.
        """
        wanted, ids, at = self.wanted, self.listing.ids, self.listing.at
        many = int(wanted.sum())
        if many <= WEIGHED or (self.match is None and not is_filter(self.node)):
            yield from ids[wanted].tolist()
            return
        if self.match is None:
            numbers = with_fields(self.connection, list(places_of_fields(self.node)))
            yield from sorted(number for number in numbers if number in at and wanted[at[number]])
            return
        first: list[int] = list(self.listing.waiting)
        if int(self.listing.numbers("chars").max(initial=0)) > PART:  # of those full text has several rows
            first += ids[self.listing.numbers("chars") > PART].tolist()
        if many > LARGE:
            first += ids[self._titled(wanted)].tolist()[:TITLED]
        if every:
            found = np.array(sorted({*first, *holding(self.connection, self.match)}), dtype=np.int64)
            known = found[self.listing.holds(found)]
            yield from known[wanted[self.listing.places_of(known)]].tolist()
            return
        seen: set[int] = set()
        asked = [match for match in (self.close, self.match) if match]
        for number in chain(first, *(holding(self.connection, match) for match in asked)):
            if number not in seen and number in at and wanted[at[number]]:
                seen.add(number)
                yield number

    def _titled(self, wanted: Mask) -> Mask:
        words = [plain(piece) for term in wanted_terms(self.node) for piece in pieces(term.text)]
        return self.listing.titled(words, wanted, TITLED)


def search(
    connection: sqlite3.Connection,
    query: str,
    *,
    cut: Cut | None = None,
    variants: Sequence[Variant] = (),
    synonyms: Synonyms | None = None,
    limit: int | None = None,
    offset: int = 0,
    context: int = 20,
    within: str = "document",
    sort: str = "rank",
    by: str = "place",
    facets: Sequence[str] = (),
    count: bool | None = None,
    explain: bool = False,
    conditions: Mapping[str, Sequence[str]] | None = None,
    **filters: Unpack[Filtering],
) -> Found:
    """Return the places that a query finds; raises BadQuery.

    `limit` is the number of hits to spell out behind the first `offset` ones, `context` the characters on either side, `within`
    the stretch in which terms must come together (document or sentence), `sort` one of SORTS (left and right: by the characters
    before or behind the place). With `by` = document, limit and offset count documents, each with its best passages. `facets` are
    of FACETS. `conditions` are fields of `index.fields` with their values, as in a query. `count` asks for all places to be
    counted; by default they are unless a large index is asked for some hits, by rank.
    """
    if within not in ("document", "sentence") or sort not in SORTS or by not in ("place", "document"):
        reason = f"within={within!r}, sort={sort!r}, by={by!r}: choose document or sentence; {', '.join(SORTS)}; place or document"
        raise BadQuery(query, reason)
    if unknown := set(facets) - set(FACETS):
        raise BadQuery(query, f"facets={sorted(unknown)}: choose of {', '.join(FACETS)}")
    question = _question(connection, query, filters, conditions or {}, variants, synonyms, within)
    if count is None:
        count = limit is None or sort != "rank" or bool(facets) or int(question.wanted.sum()) <= LARGE
    lots, excluded, read, complete = _look_through(question, count=count, needed=_needed(by, limit, offset))
    for lot in lots:  # each by itself, so that what comes later changes nothing on an earlier page
        _order(question, lot, sort, alone=complete and len(lots) == 1)
    found = [one for lot in lots for one in lot]
    is_counted = question.chosen.counted[[one.place for one in found]]
    counted = found if is_counted.all() else [one for one, held in zip(found, is_counted, strict=True) if held]
    apart = [] if is_counted.all() else [one for one, held in zip(found, is_counted, strict=True) if not held]
    places = sum(one.places for one in counted)
    hits, results = _page(question, counted, by=by, sort=sort, limit=limit, offset=offset, context=context)
    return Found(
        query=query,
        hits=hits,
        places=places,
        documents=len(counted),
        per_document=PerDocument(question.listing, [one.number for one in counted], [one.places for one in counted]),
        apart=tuple(_hits(question, apart, limit or None, 0, context)),
        base=question.chosen.base,
        explanation=_explanation(question, counted, excluded, read, cut if explain or not places else None),
        complete=complete,
        offset=offset,
        results=results,
        facets={name: _facet(question, counted, name) for name in facets},
        filters={name: value for name, value in question.filters.items() if value},
    )


def _question(
    connection: sqlite3.Connection,
    query: str,
    filters: Filtering,
    conditions: Mapping[str, Sequence[str]],
    variants: Sequence[Variant],
    synonyms: Synonyms | None,
    within: str,
) -> _Question:
    """Read a query: fields that all of it depends on become filters, names of leaves their codes."""
    node = parse_query(query)
    more = [_condition(query, name, several(values)) for name, values in conditions.items() if values]
    if roles := several(filters.get("section")):
        more.append(_condition(query, "section", roles))
    parts = [*(node.parts if isinstance(node, And) else (node,)), *more]
    parts = [_with_leaves(connection, part, query) for part in parts]
    fields = tuple(field.text for part in parts for field in fields_of(part))
    left: Filtering = {**filters}
    left.pop("section", None)
    kept = []
    for part in parts:
        name = part.kind.filter if isinstance(part, Field) and part.kind.of_document else None
        if name is None or left.get(name) or part.values == ("none",):  # type: ignore[union-attr]
            kept.append(part)
        elif name == "year":
            low, high = (int(value) if value else None for value in part.values)  # type: ignore[union-attr]
            left["year"] = low if low is not None and low == high else (low, high)
        else:
            left[name] = part.values  # type: ignore[literal-required, union-attr]
    node = kept[0] if len(kept) == 1 else And(tuple(kept))
    listing = listing_of(connection)
    forms = {term: forms_of(term.text, () if _is_exact(term) else variants, None if _is_exact(term) else synonyms)
             for term in terms_of(node)}  # fmt: skip
    match = expression(node, forms, traditional=listing.traditional)
    close = expression(node, forms, traditional=listing.traditional, close=CLOSE, together=within == "sentence")
    return _Question(
        connection, query, node, forms, listing, listing.choose(left), within, match, None if close == match else close,
        fields, left,
    )  # fmt: skip


def _condition(query: str, name: str, values: Sequence[str]) -> Field:
    kind = field_called(name)
    if kind is None:
        raise BadQuery(query, "no such field; known", detail=name)
    try:
        return Field(kind.name, values_of(kind, tuple(values)))
    except ValueError as error:
        raise BadQuery(query, "no such value of a field; known", detail=str(error.args[1])) from None


def _with_leaves(connection: sqlite3.Connection, node: Node, query: str) -> Node:
    """Return a query with the codes of the leaves that it names."""
    match node:
        case Field(name="leaf"):
            values = leaves_called(connection, node.values, query, node.start, node.end)
            return Field("leaf", values, node.start, node.end)
        case Not():
            return Not(_with_leaves(connection, node.part, query))
        case And() | Or():
            return type(node)(tuple(_with_leaves(connection, part, query) for part in node.parts))
    return node


def _is_exact(word: Word) -> bool:
    return isinstance(word, Term) and word.exact


def _needed(by: str, limit: int | None, offset: int) -> tuple[int, int]:
    """Return how many documents and places a page must know of."""
    end = 0 if limit is None else offset + limit
    return (end, 0) if by == "document" else (0, end)


def _look_through(
    question: _Question, *, count: bool, needed: tuple[int, int]
) -> tuple[list[list[_DocumentHits]], int, int, bool]:
    """Return the documents that answer, lot by lot, how many a hyphen left out, how many were read, and whether these were all."""
    candidates = question.candidates(every=count)
    lots: list[list[_DocumentHits]] = []
    excluded = read = documents = places = 0
    while some := sorted(islice(candidates, None if count else WEIGHED)):
        read += len(some)
        lot, left_out = _look(question, some)
        excluded += left_out
        lots.append(lot)
        documents += len(lot)
        places += sum(one.places for one in lot)
        if len(some) == WEIGHED and not count and documents >= max(needed[0], 1) and places >= needed[1]:
            return lots, excluded, read, next(candidates, None) is None
    return lots, excluded, read, True


def _look(question: _Question, numbers: Sequence[int]) -> tuple[list[_DocumentHits], int]:
    """Return what documents answer, and how many of their units a hyphen left out."""
    node, connection, listing = question.node, question.connection, question.listing
    found, excluded = [], 0
    counts: list[Any] = [None, None]
    if isinstance(node, Term):
        counts = [counting(node.text, question.forms[node], traditional=traditional) for traditional in (False, True)]
    for first in range(0, len(numbers), CHUNK):
        some = numbers[first : first + CHUNK]
        outlines, mentions = _at_hand(question, some)
        for number, text in texts_of(connection, some):
            place = listing.at[number]
            count = counts[listing.is_traditional(place)]
            if count is not None and (counted := count(text)) is not None:
                alike, many = counted
                if many:
                    found.append(_DocumentHits(number, place, many, alike))
                continue
            outline = outlines.get(number) or Outline(connection, number)
            spans, left_out = question.reading(number, place, text, outline, mentions).spans(node)
            excluded += left_out
            if spans:
                terms = Counter(span.term for span in spans)
                spelled = Counter(one for span in spans for one in span.spelled)
                found.append(
                    _DocumentHits(number, place, len(spans), spans=spans, terms=terms, spelled=spelled, outline=outline)
                )
    return found, excluded


def _at_hand(question: _Question, numbers: Sequence[int]) -> tuple[Mapping[int, Outline], Mapping[Field, Mentions]]:
    """Return the outlines and the things that a query asks for in nearly every document, read for all of these at once."""
    fields = [one for one in fields_of(question.node) if not one.kind.of_document]
    mentions = {
        one: mentions_of(question.connection, one, numbers) for one in fields if one.name in ("has", "unit", "leaf")
    }
    wild = any(isinstance(term, Wild) and "*" in term.text for term in terms_of(question.node))
    if not (fields or wild or question.within == "sentence"):
        return {}, mentions
    return outlines_of(question.connection, numbers), mentions


def _order(question: _Question, found: list[_DocumentHits], sort: str, *, alone: bool) -> None:
    if sort in ("rank", "recent"):
        scores = _rank(question, found, recent=sort == "recent", alone=alone)
        order = np.lexsort((np.array([one.place for one in found]), -scores))
        found[:] = [found[at] for at in order.tolist()]
    elif sort == "ref":
        refs = question.listing.words("ref")
        found.sort(key=lambda one: refs[one.place] or "")
    else:
        found.sort(key=lambda one: one.place)


def _rank(question: _Question, found: list[_DocumentHits], *, recent: bool, alone: bool) -> NDArray[np.float64]:
    """Give each document its score, and return the scores: BM25, with what a place in the title or a heading is worth.

    Where these are not all that answer (`alone`), terms are taken for words wherever they stand: to know it takes long.
    """
    if not found:
        return np.zeros(0)
    listing = question.listing
    spelled = {form.text for forms in question.forms.values() for form in forms if form.text}
    titles = listing.words("title")
    bonus = np.array([IN_TITLE * _standing_in(titles[one.place] or "", spelled) for one in found])
    weights = _Weights(question, found, alone=alone)
    scores = weights.scores(bonus)
    best = np.argsort(-scores, kind="stable")[:HEADINGS_READ]
    at = {found[place].number: place for place in best.tolist()}
    for number, heading in _headings(question.connection, list(at)):
        bonus[at[number]] += IN_HEADING * _standing_in(heading, spelled)
    scores = weights.scores(bonus)
    if recent:
        years = listing.numbers("year")[[one.place for one in found]]
        age = np.where(years == UNKNOWN, HALF, max(int(years.max()), 0) - years)
        scores *= 0.5 ** (age / HALF)
    for one, score in zip(found, scores.tolist(), strict=True):
        one.score = score
    return scores


def _standing_in(text: str, spelled: Iterable[str]) -> int:
    return sum(words in text for words in spelled)


class _Weights:
    """What the terms of a query weigh in documents: their places there, their rarity in all, the length of each."""

    def __init__(self, question: _Question, found: Sequence[_DocumentHits], *, alone: bool) -> None:
        listing = question.listing
        chars = listing.numbers("chars")[[one.place for one in found]]
        self.norms = K1 * (1 - B + B * chars / listing.average)
        self.terms: list[tuple[NDArray[np.float64], float]] = []
        by_term = [one.by_term() for one in found]
        for term, documents in Counter(chain.from_iterable(by_term)).items():
            places = np.array([terms.get(term, 0) for terms in by_term], dtype=np.float64)
            if alone:
                known = matching(question.connection, "words", _as_word(term))
                places *= np.array([1.0 if one.number in known else NOT_A_WORD for one in found])
            self.terms.append((places, log(1 + (len(listing) - documents + 0.5) / (documents + 0.5))))

    def scores(self, bonus: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the score of each document; `bonus` are places that titles and headings are worth."""
        scores = np.zeros(len(bonus))
        for places, rarity in self.terms:
            weighed = np.where(places > 0, places + bonus, 0.0)
            scores += rarity * weighed * (K1 + 1) / (weighed + self.norms)
        return scores


def _headings(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    marks = ", ".join("?" * len(numbers))
    query = f"SELECT document, heading FROM sections WHERE document IN ({marks}) AND heading <> ''"
    yield from connection.execute(query, numbers)


def _as_word(term: str) -> str:
    word = narrow(term)
    return '"' + word + '"' if word.isalnum() else '""'


def _page(
    question: _Question,
    counted: list[_DocumentHits],
    *,
    by: str,
    sort: str,
    limit: int | None,
    offset: int,
    context: int,
) -> tuple[tuple[Hit, ...], tuple[Result, ...]]:
    """Return the hits of a page, and the documents they stand in where documents are listed."""
    end = None if limit is None else offset + limit
    if by == "document":
        results = []
        for one in counted[offset:end]:
            spans, text, outline = _spelled_out(question, one)
            hits = tuple(_hits_of(question, one, _passages(outline, spans), text, outline, context))
            results.append(
                Result(
                    row=question.listing.row(one.number), places=one.places, score=round(one.score, 4), passages=hits
                )
            )
        return tuple(hit for result in results for hit in result.passages), tuple(results)
    if sort in ("left", "right"):
        hits = tuple(sorted(_hits(question, counted, None, 0, context), key=_CONTEXT_KEYS[sort]))
        return hits[offset:end], ()
    return tuple(_hits(question, counted, limit, offset, context)), ()


def _pinyin(text: str) -> bytes:
    """The order of GB2312 is that of the sounds for the frequent characters."""
    return text.encode("gb18030", "replace")


_CONTEXT_KEYS: dict[str, Callable[[Hit], bytes]] = {
    "left": lambda hit: _pinyin("".join(hit.left.split())[::-1]),
    "right": lambda hit: _pinyin("".join(hit.right.split())),
}


def _passages(outline: Outline, spans: Sequence[Span]) -> list[Span]:
    """Return the first place of each of the sentences with most different terms, in order."""
    sentences: dict[int, list[Span]] = {}
    for span in spans:
        sentences.setdefault(outline.at(span.start)[1], []).append(span)
    best = sorted(sentences.values(), key=lambda some: (-len({span.term for span in some}), -len(some), some[0].start))
    return sorted(some[0] for some in best[:PASSAGES])


def _spelled_out(question: _Question, one: _DocumentHits) -> tuple[list[Span], str, Outline]:
    """Return the places of a document, its text and its sentences."""
    (text,) = question.connection.execute("SELECT text FROM documents WHERE id = ?", (one.number,)).fetchone()
    outline = one.outline or Outline(question.connection, one.number)
    if one.spans is None:
        one.spans, _ = question.reading(one.number, one.place, text, outline).spans(question.node)
    return one.spans, text, outline


def _hits(
    question: _Question, found: Iterable[_DocumentHits], limit: int | None, offset: int, context: int
) -> Iterator[Hit]:
    before, left = offset, limit if limit is not None else -1
    for one in found:
        if left == 0:
            return
        if before >= one.places:
            before -= one.places
            continue
        spans, text, outline = _spelled_out(question, one)
        some = spans[before:] if left < 0 else spans[before : before + left]
        before, left = 0, left - len(some) if left > 0 else left
        yield from _hits_of(question, one, some, text, outline, context)


def _hits_of(
    question: _Question, one: _DocumentHits, spans: Iterable[Span], text: str, outline: Outline, context: int
) -> Iterator[Hit]:
    query = "SELECT offsets FROM documents WHERE id = ?"
    (packed,) = question.connection.execute(query, (one.number,)).fetchone()
    offsets, row = unpack_offsets(packed), question.listing.row(one.number)
    for span in spans:
        _, first, last, role = outline.at(span.start)
        if last <= first:
            first, last = span.start, span.end
        source_start, source_end = offsets.to_source(span.start, span.end)
        yield Hit(
            ref=row.ref,
            title=row.title,
            year_label=row.year_label,
            org=row.org,
            doc_type=row.doc_type,
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


def _facet(question: _Question, counted: Sequence[_DocumentHits], name: str) -> dict[str | None, tuple[int, int]]:
    """Return (places, documents) for each value of a facet; a place may be in several leaves, or in none (None)."""
    if name in ("section", "leaf"):
        counts: dict[str | None, tuple[int, int]] = {}
        for one in counted:
            for value, many in Counter(_of_places(question, one, name)).items():
                places, documents = counts.get(value, (0, 0))
                counts[value] = places + many, documents + 1
    else:
        counts = PerDocument(question.listing, [one.number for one in counted], [one.places for one in counted]).by(
            name
        )
    order = sorted(counts, key=lambda value: label_key(None if value is None else str(value)))
    if name != "year":
        order.sort(key=lambda value: -counts[value][1])
    return {value: counts[value] for value in order}


def _of_places(question: _Question, one: _DocumentHits, name: str) -> Iterator[str | None]:
    spans, _, outline = _spelled_out(question, one)
    if name == "section":
        yield from (outline.at(span.start)[3] for span in spans)
        return
    query = """SELECT m.start, l.leaf FROM problems AS m JOIN problem_labels AS l ON l.problem = m.id
WHERE m.polarity = 'asserted' AND m.document = ?"""
    leaves: dict[int, set[str]] = {}
    for start, leaf in question.connection.execute(query, (one.number,)):
        leaves.setdefault(outline.at(start)[0], set()).add(leaf)
    for span in spans:
        yield from leaves.get(outline.at(span.start)[0], {None})


def _explanation(
    question: _Question, counted: Sequence[_DocumentHits], excluded: int, read: int, cut: Cut | None
) -> Explanation:
    wanted = list(dict.fromkeys(wanted_terms(question.node)))
    words = tuple(term.text for term in wanted)
    without = tuple(dict.fromkeys(term.text for term in terms_of(question.node) if term not in wanted))
    near: tuple[str, ...] = ()
    if not counted and wanted:
        unknown = unknown_terms(question.connection, question.forms, wanted) or words
        near = tuple(
            nearest_words(
                question.connection,
                [piece for one in unknown for piece in pieces(one)],
                len(question.listing) > LARGE,
            )
        )
    return Explanation(
        terms=words,
        without=without,
        within=question.within,
        spellings=tuple(_spellings(wanted, question.forms, counted)),
        excluded=excluded,
        fields=question.fields,
        segmented=tuple(tuple(cut(narrow(term))) for term in words) if cut else (),
        nearest=near,
        full_text=question.match,
        read=read,
    )


def _spellings(
    wanted: Sequence[Word], forms: Mapping[Word, list[Form]], counted: Iterable[_DocumentHits]
) -> Iterator[Spelling]:
    places: Counter[Spelled] = Counter()
    documents: Counter[Spelled] = Counter()
    for one in counted:
        for at, count in one.by_spelling().items():
            places[at] += count
            documents[at] += 1
    for term in wanted:
        for form in forms[term]:
            at = (term.text, form.text)
            yield Spelling(term=term.text, text=form.text, kind=form.kind, places=places[at], documents=documents[at])
