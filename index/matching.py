"""Where the terms of a query stand in the documents: candidates from full text, places from the texts themselves."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, product
from operator import itemgetter
from typing import Any, NamedTuple

from index.characters import PHRASE_LIMIT, document_of, is_plain, narrow, pattern_for, phrase
from index.listing import Listed, tables_of
from index.query import And, Field, Near, Node, Not, Or, Term, Wild, Word, is_filter, pieces, terms_of
from index.variants import Form
from nlp.records import Sentence

CHUNK = 500  # documents read at a time
MOST_PAIRS = 64  # of spellings that full text is asked for beside NEAR
NEAREST = 5
ALIKE = 0.4  # share of characters that makes a word near

_NO_ROLE = "-"
_WILDCARDS = re.compile(r"([*?]+)")

Spelled = tuple[str, str]  # a term and the spelling under which it was found
Forms = Mapping[Word, Sequence[Form]]


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
    _packed: tuple[str, ...] | None = None  # starts, ends and roles, each behind one another

    def at(self, position: int) -> tuple[int, int, int, str | None]:
        """Return number, start, end and role of the sentence at a position; number -1 where there is none."""
        rows = self.rows
        number = bisect_right(self._starts, position) - 1
        if number < 0 or position >= rows[number][1]:
            return -1, position, position, None
        return (number, *rows[number])

    @property
    def rows(self) -> list[tuple[int, int, str | None]]:
        """Start, end and role of each sentence."""
        if self._rows is None:
            if self._packed is None:
                query = 'SELECT start, "end", role FROM sentences WHERE document = ? ORDER BY start'
                self._rows = self.connection.execute(query, (self.document,)).fetchall()
            else:
                starts, ends, roles = (column.split(",") if column else [] for column in self._packed)
                told = (None if role == _NO_ROLE else role for role in roles)
                self._rows = sorted(zip(map(int, starts), map(int, ends), told, strict=True), key=itemgetter(0))
            self._starts = [row[0] for row in self._rows]
        return self._rows


def outlines_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Outline]:
    """Return the outlines of documents, by number, read at once (measured: a third of the time)."""
    found = {number: Outline(connection, number, _packed=("", "", "")) for number in numbers}
    query = f"""SELECT document, group_concat(start), group_concat("end"), group_concat(coalesce(role, '{_NO_ROLE}')) FROM sentences WHERE"""
    for number, *packed in _of_documents(connection, query, "document", numbers, behind="GROUP BY document"):
        found[number]._packed = tuple(packed)
    return found


def mentions_of(
    connection: sqlite3.Connection, node: Field, numbers: Sequence[int]
) -> dict[int, list[tuple[int, int]]]:
    """Return the places of the things that a field of places names, by number of document."""
    found: dict[int, set[tuple[int, int]]] = {number: set() for number in numbers}
    for source, values in tables_of(node, of_some=True):
        query = f'SELECT m.document, m.start, m."end" FROM {source} AND'
        for number, start, end in _of_documents(connection, query, "m.document", numbers, values):
            found[number].add((start, end))
    return {number: sorted(places) for number, places in found.items()}


def expression(
    node: Node, forms: Forms, *, traditional: bool, close: int | None = None, together: bool = False
) -> str | None:
    """Return what full text must hold so that a document may answer; None where it can not tell.

    Without documents in traditional characters, words that stand in these alone are left out. With `close`, what stands beside *
    is to be within so many characters, and so are the words of a query where these must come `together` in a sentence.
    """

    def ask(part: Node) -> str | None:
        return expression(part, forms, traditional=traditional, close=close, together=together)

    def pair(one: Node, other: Node, distance: int) -> str | None:
        """What full text must hold where two terms, or groups of them, are near one another; None of more than words."""
        sides = [_texts_of(side, forms, traditional=traditional) for side in (one, other)]
        if not all(sides) or len(sides[0]) * len(sides[1]) > MOST_PAIRS:
            return None
        return _any_of([_near(left, right, distance) for left, right in product(*sides)])

    match node:
        case Term() | Wild():
            spelled = [one for one in forms[node] if traditional or not one.only_traditional]
            return _any_of([_phrases(form.text, wild=isinstance(node, Wild), close=close) for form in spelled])
        case Near():
            return pair(node.left, node.right, node.distance) or _all_of([ask(node.left), ask(node.right)])
        case And():
            near = [pair(*parts, close) for parts in pairwise(node.parts)] if close is not None and together else []
            return _all_of([*near, *map(ask, node.parts)])
        case Or():
            return _any_of([ask(part) for part in node.parts])
        case _:
            return None


def holding(connection: sqlite3.Connection, match: str) -> Iterator[int]:
    """Yield the documents that full text names, as they stand in its lists."""
    before = -1
    for (row,) in connection.execute("SELECT rowid FROM characters WHERE characters MATCH ?", (match,)):
        number = document_of(row)
        if number != before:
            yield number
        before = number


def matching(connection: sqlite3.Connection, table: str, match: str) -> set[int]:
    query = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"
    return {document_of(row) for (row,) in connection.execute(query, (match,))}


def texts_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    for at in range(0, len(numbers), CHUNK):
        some = numbers[at : at + CHUNK]
        marks = ", ".join("?" * len(some))
        yield from connection.execute(f"SELECT id, text FROM documents WHERE id IN ({marks}) ORDER BY id", some)


def counting(
    term: str, forms: Iterable[Form], *, traditional: bool
) -> Callable[[str], tuple[Spelled, int] | None] | None:
    """Return what tells under which spelling, and how often, a term stands in a text, and None where that takes a closer look.

    One spelling that is there, of characters that have no other form, needs none: places are spelled out when asked for.
    None comes back where every text takes a closer look.
    """
    allowed = [(form.text, (term, form.text)) for form in forms if traditional or not form.only_traditional]
    if not all(is_plain(words) for words, _ in allowed):
        return None
    (words, spelled), *others = allowed
    if not others:
        return lambda text: (spelled, text.count(words))

    def count(text: str) -> tuple[Spelled, int] | None:
        there = [pair for pair in allowed if pair[0] in text]
        if len(there) > 1:
            return None
        return (there[0][1], text.count(there[0][0])) if there else (spelled, 0)

    return count


@dataclass(slots=True)
class Reading:
    """A document under a query: the places of its terms and fields, each looked up once."""

    connection: sqlite3.Connection
    document: int
    traditional: bool  # in which characters it is written
    text: str
    outline: Outline
    forms: Forms
    passes: Callable[[Field, int], bool]  # whether a document has what a field of documents asks for
    row: Callable[[int], Listed]  # a document by its number
    within: str
    mentions: Mapping[Field, Mapping[int, list[tuple[int, int]]]] = field(
        default_factory=dict
    )  # those that are at hand
    _places: dict[Word, dict[int, list[Span]]] = field(default_factory=dict)
    _sentences: dict[Field, set[int]] = field(default_factory=dict)

    def spans(self, node: Node) -> tuple[list[Span], int]:
        """Return the places that answer, in order, and the number of units left out because of a hyphen."""
        if isinstance(node, Term):
            return self.occurrences(node), 0
        found: dict[tuple[int, int], Span] = {}
        excluded = 0
        for unit in self._units(node):
            hits = self._found(node, unit)
            if not hits:
                excluded += bool(_leaves_out(node) and self._found(node, unit, heed=False))
                continue
            for span in hits:
                found.setdefault((span.start, span.end), span)
        return [found[place] for place in sorted(found)], excluded

    def occurrences(self, word: Word) -> list[Span]:
        """Return the places of a term, in order; each spelling counts as str.count counts."""
        allowed = [form for form in self.forms[word] if self.traditional or not form.only_traditional]
        search = self._wild_places if isinstance(word, Wild) else self._plain_places
        filled = [spans for form in allowed if (spans := search(word.text, form))]
        if len(filled) < 2:
            return filled[0] if filled else []
        return _without_overlap(filled)

    def holds(self, node: Node, span: Span | None, *, heed: bool = True) -> bool:
        """Return whether a place fulfils a query of fields."""
        match node:
            case Field():
                return self.passes(node, self.document) if node.kind.of_document else self._holds_there(node, span)
            case Not():
                return not heed or not self.holds(node.part, span, heed=heed)
            case And():
                return all(self.holds(part, span, heed=heed) for part in node.parts)
            case Or():
                return any(self.holds(part, span, heed=heed) for part in node.parts)
            case _:
                return True

    def _units(self, node: Node) -> list[int]:
        """Return the numbers of the sentences that hold a term or a thing of the query; 0 for the whole document."""
        if self.within != "sentence":
            return [0]
        units: set[int] = set()
        for term in terms_of(node):
            units |= self._by_unit(term).keys()
        return sorted(units) if units or not is_filter(node) else list(range(len(self.outline.rows)))

    def _by_unit(self, word: Word) -> Mapping[int, list[Span]]:
        if word not in self._places:
            units: dict[int, list[Span]] = {}
            for span in self.occurrences(word):
                number = self.outline.at(span.start)[0] if self.within == "sentence" else 0
                units.setdefault(number, []).append(span)
            self._places[word] = units
        return self._places[word]

    def _found(self, node: Node, unit: int, *, heed: bool = True) -> list[Span] | None:
        """Return the places in a unit, None where it does not answer; without `heed`, hyphens are overlooked."""
        match node:
            case Term() | Wild():
                return self._by_unit(node).get(unit) or None
            case Near():
                return (
                    list(_pairs(node, self._found(node.left, unit) or [], self._found(node.right, unit) or [])) or None
                )
            case Not():
                return [] if not heed or self._found(node.part, unit) is None else None
            case Field():
                return self._things(node, node, unit, heed=heed)
            case And():
                return self._all(node, unit, heed=heed)
            case Or():
                held = [part for one in node.parts if (part := self._found(one, unit, heed=heed)) is not None]
                return [span for part in held for span in part] if held else None

    def _all(self, node: And, unit: int, *, heed: bool) -> list[Span] | None:
        filters = [part for part in node.parts if is_filter(part)]
        words = [part for part in node.parts if not is_filter(part)]
        if not words:
            return self._things(node, node, unit, heed=heed)
        spans: list[Span] = []
        for part in words:
            found = self._found(part, unit, heed=heed)
            if found is None:
                return None
            spans += found
        if not filters:
            return spans
        kept = [span for span in spans if all(self.holds(part, span, heed=heed) for part in filters)]
        return kept or None

    def _things(self, node: Node, whole: Node, unit: int, *, heed: bool) -> list[Span] | None:
        """Return the places of the things that fields name, those that fulfil the whole of a query without terms."""
        match node:
            case Field():
                if node.kind.of_document or node.name == "is":
                    return [] if self.holds(node, None) else None
                spelled = ((node.text, node.text),)
                there = [Span(start, end, node.text, "typed", spelled) for start, end in self._of(node)]
                if self.within == "sentence":
                    there = [span for span in there if self.outline.at(span.start)[0] == unit]
                return [span for span in there if self.holds(whole, span, heed=heed)] or None
            case And():
                parts = [part for part in node.parts if not isinstance(part, Not)]
                found = [self._things(part, whole, unit, heed=heed) for part in parts]
                return None if any(part is None for part in found) else next((part for part in found if part), None)
            case Or():
                held = [spans for part in node.parts if (spans := self._things(part, part, unit, heed=heed))]
                return [span for part in held for span in part if self.holds(whole, span, heed=heed)] or None
            case _:
                return None

    def _holds_there(self, node: Field, span: Span | None) -> bool:
        if span is None:
            return True
        number, start, end, role = self.outline.at(span.start)
        if node.name == "section":
            return role in node.values
        if node.name == "is":
            sentences = [Sentence(start=start, end=end, section=0, role=role or "")] if number >= 0 else []
            from nlp.modality import modalities  # late: its patterns take a while, and few queries ask for this

            row = self.row(self.document)
            (told,) = modalities(self.text, [span], sentences, doc_type=row.doc_type, title=row.title)
            return told in node.values
        if node not in self._sentences:
            self._sentences[node] = {self.outline.at(start)[0] for start, _ in self._of(node)} - {-1}
        return number in self._sentences[node]

    def _of(self, node: Field) -> list[tuple[int, int]]:
        """Return the places of the things that a field names."""
        if node.name == "section":
            return sorted({(start, end) for start, end, role in self.outline.rows if role in node.values})
        if node in self.mentions:
            return self.mentions[node][self.document]
        return mentions_of(self.connection, node, (self.document,))[self.document]

    def _plain_places(self, term: str, form: Form) -> list[Span]:
        text, words, kind, spelled = self.text, form.text, form.kind, ((term, form.text),)
        if not is_plain(words):
            return [Span(*match.span(), term, kind, spelled) for match in pattern_for(words).finditer(text)]
        length, start, spans = len(words), text.find(words), []
        while start >= 0:
            spans.append(Span(start, start + length, term, kind, spelled))
            start = text.find(words, start + length)
        return spans

    def _wild_places(self, term: str, form: Form) -> list[Span]:
        text, spelled = self.text, ((term, form.text),)
        if not all(piece in text for piece in pieces(form.text) if is_plain(piece)):
            return []
        head, whole = _wild_patterns(form.text)
        if "*" not in form.text:  # a fixed length: where the sentence ends does not matter
            return [Span(*match.span(), term, form.kind, spelled) for match in whole.finditer(text)]
        spans, at = [], 0
        while begun := head.search(text, at):
            start = begun.start()
            number, _, end, _ = self.outline.at(start)
            if number < 0:
                end = text.find("\n", start)
                end = len(text) if end < 0 else end
            match = whole.match(text, start, max(end, begun.end()))
            if match:
                spans.append(Span(start, match.end(), term, form.kind, spelled))
            at = match.end() if match else start + 1
        return spans


def _leaves_out(node: Node) -> bool:
    match node:
        case Not():
            return True
        case And() | Or():
            return any(_leaves_out(part) for part in node.parts)
        case _:
            return False


def _phrases(text: str, *, wild: bool, close: int | None = None) -> str | None:
    """Return what full text must hold for a text: of one with wildcards its pieces, near one another where only ? is between."""
    if not wild:
        return phrase(text[:PHRASE_LIMIT])
    parts = [part for part in _WILDCARDS.split(text) if part]
    wanted, alone = [], {at for at, part in enumerate(parts) if part[0] not in "*?"}
    for at, part in enumerate(parts[1:-1], 1):
        distance = close if "*" in part else len(part)
        if part[0] in "*?" and distance is not None:
            wanted.append(_near(parts[at - 1], parts[at + 1], distance))
            alone -= {at - 1, at + 1}
    return _all_of(wanted + [phrase(parts[at][:PHRASE_LIMIT]) for at in sorted(alone)])


def _near(one: str, other: str, distance: int) -> str:
    """Return what full text must hold where at most so many characters are between two texts, in either order."""
    if max(len(one), len(other)) > PHRASE_LIMIT:  # what is cut off a phrase would count as distance
        return f"({phrase(one[:PHRASE_LIMIT])} AND {phrase(other[:PHRASE_LIMIT])})"
    return f"NEAR({phrase(one)} {phrase(other)}, {distance})"


def _of_documents(
    connection: sqlite3.Connection,
    query: str,
    column: str,
    numbers: Sequence[int],
    values: Sequence[str] = (),
    behind: str = "",
) -> Iterator[tuple[Any, ...]]:
    for at in range(0, len(numbers), CHUNK):
        some = numbers[at : at + CHUNK]
        yield from connection.execute(f"{query} {column} IN ({', '.join('?' * len(some))}) {behind}", (*values, *some))


def _texts_of(node: Node, forms: Forms, *, traditional: bool) -> list[str]:
    """Return the texts, one of which must stand where a side of NEAR does; none where it is more than words."""
    match node:
        case Term():
            return [form.text for form in forms[node] if traditional or not form.only_traditional]
        case Or():
            found = [_texts_of(part, forms, traditional=traditional) for part in node.parts]
            return [text for some in found for text in some] if all(found) else []
    return []


def _all_of(parts: Sequence[str | None]) -> str | None:
    known = list(dict.fromkeys(part for part in parts if part is not None))
    if len(known) < 2:
        return known[0] if known else None
    return "(" + " AND ".join(known) + ")"


def _any_of(parts: Sequence[str | None]) -> str | None:
    known = list(dict.fromkeys(part for part in parts if part is not None))
    if len(known) < len(set(parts)) or not known:
        return None
    return known[0] if len(known) == 1 else "(" + " OR ".join(known) + ")"


@lru_cache(maxsize=256)
def _wild_patterns(text: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern for what stands before the first *, and one for the whole."""
    head, whole = "", ""
    for part in re.split(r"(\*+|\?)", text):
        if part.startswith("*"):
            head = head or whole
            whole += "(?s:.*?)"
        else:
            whole += r"[^\n]" if part == "?" else pattern_for(part).pattern
    return re.compile(head or whole), re.compile(whole)


def _without_overlap(found: Iterable[Sequence[Span]]) -> list[Span]:
    """Return the places of several spellings, in order; one that overlaps a place of an earlier spelling is no other."""
    taken: list[tuple[int, int]] = []
    kept: list[Span] = []
    for spans in found:
        free = []
        for span in spans:
            at = bisect_right(taken, (span.start, span.end))
            before = at > 0 and taken[at - 1][1] > span.start
            behind = at < len(taken) and taken[at][0] < span.end
            if not before and not behind:
                free.append(span)
        kept += free
        taken = sorted((span.start, span.end) for span in kept)
    return sorted(kept)


def _pairs(node: Near, lefts: list[Span], rights: list[Span]) -> Iterator[Span]:
    """Yield, for each place of the left term, the stretch to the nearest place of the right one, if near enough."""
    lefts, rights = sorted(lefts), sorted(rights)
    starts = [span.start for span in rights]
    longest = max((span.end - span.start for span in rights), default=0)
    for left in lefts:
        low = bisect_right(starts, left.start - node.distance - longest - 1)
        high = bisect_right(starts, left.end + node.distance)
        near = [(_gap(left, right), right) for right in rights[low:high] if _gap(left, right) >= 0]
        gap, right = min(near, key=lambda pair: pair[0], default=(node.distance + 1, left))
        if gap <= node.distance:
            kind = left.kind if left.kind != "typed" else right.kind
            start, end = min(left.start, right.start), max(left.end, right.end)
            asked = f"{left.term} NEAR/{node.distance} {right.term}"
            yield Span(start, end, asked, kind, left.spelled + right.spelled)


def _gap(one: Span, other: Span) -> int:
    """Return the number of characters between two places; negative where they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def unknown_terms(connection: sqlite3.Connection, forms: Forms, terms: Iterable[Word]) -> tuple[str, ...]:
    """Return the terms that no document holds under any spelling."""
    return tuple(
        term.text
        for term in terms
        if not any(next(_rows_with(connection, form.text, isinstance(term, Wild)), None) for form in forms[term])
    )


def _rows_with(connection: sqlite3.Connection, text: str, wild: bool) -> Iterator[tuple[int]]:
    yield from connection.execute(
        "SELECT rowid FROM characters WHERE characters MATCH ? LIMIT 1", (_phrases(text, wild=wild),)
    )


def nearest_words(connection: sqlite3.Connection, terms: Sequence[str], many: bool = False) -> list[str]:
    """Return the words of the index that share most characters with terms, the more frequent first.

    Of `many` documents only words that begin with one of the characters are looked at: all of them take long to count.
    """
    best: dict[str, tuple[float, int]] = {}
    for term in terms:
        characters = {char for char in narrow(term).lower() if char.isalnum()}
        if not characters:
            continue
        for word, documents in _words_with(connection, characters, many):
            shared = len(characters & set(word))
            likeness = 2 * shared / (len(characters) + len(set(word)))
            if word != term and likeness >= ALIKE and (len(word) > 1 or len(term) == 1):
                best[word] = max(best.get(word, (0.0, 0)), (likeness, documents))
    return sorted(best, key=lambda word: (*(-value for value in best[word]), word))[:NEAREST]


def _words_with(connection: sqlite3.Connection, characters: Set[str], many: bool) -> Iterator[tuple[str, int]]:
    if many:
        for char in sorted(characters):
            query = "SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ? AND length(term) <= 12"
            yield from connection.execute(query, (char, chr(ord(char) + 1)))
        return
    any_of = " OR ".join(["term LIKE ?"] * len(characters))  # in one go, because the list of words is made for each
    query = f"SELECT term, doc FROM vocabulary WHERE length(term) BETWEEN 1 AND 12 AND ({any_of})"
    yield from connection.execute(query, [f"%{char}%" for char in sorted(characters)])
