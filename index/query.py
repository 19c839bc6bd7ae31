"""The query language: 经费 不足 · "经费不足" · 经费 NEAR/10 (不足 OR 短缺) · 经费*不足 · -保证 · year:2004..2011 has:deadline.

Bare terms must all occur. Quotation marks may be Chinese ones; between them stands what is found as it stands, without
variants and wildcards. `*` stands for any characters within a sentence, `?` for one. NEAR/n asks for at most n characters
between two terms or groups of alternatives, in either order (10 where no number is given). AND (&), OR (|) and NOT (a
leading hyphen, !) are words or signs; NEAR binds first, then NOT, then AND, then OR. A field is name:value (`index.fields`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from index.errors import BadQuery
from index.fields import FIELDS, FieldKind, field_called, values_of
from ingest.decode import without_surrogates

NEAR_DEFAULT = 10
_NEAR = re.compile(r"(?:NEAR|near)/(\d{1,4})|NEAR")
_NEAR_WRONG = re.compile(r"(?:NEAR|near)/.*")
_QUOTES = {'"': '"', "“": "”", "”": "”", "＂": "＂", "「": "」", "『": "』"}
_MINUS = "-－!"
_WORDS = {"AND": "and", "&&": "and", "&": "and", "OR": "or", "||": "or", "|": "or", "NOT": "not"}
_FIELD = re.compile(r"([A-Za-z_]+|[\u4e00-\u9fff]{1,4})[:：]")
_ASCII_FIELD = re.compile(r"[A-Za-z_]{2,}:(?!/)")
_LIST = re.compile(r"[,，、|]")
_WILD = re.compile(r"[*?]+")
_NOTHING_LEFT = "nothing but words to leave out; add one to look for"
_TOO_LONG = 1000  # characters of one query


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found as they stand; those in quotation marks (`exact`) under no other spelling than simplified."""

    text: str
    exact: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Wild:
    """Words with * for any characters within a sentence and ? for one."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Two terms, or groups of alternatives, with at most `distance` characters between them."""

    left: Node
    right: Node
    distance: int


@dataclass(frozen=True, slots=True)
class Field:
    """What a document or a place must have; several values are alternatives."""

    name: str
    values: tuple[str, ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def kind(self) -> FieldKind:
        return next(one for one in FIELDS if one.name == self.name)

    @property
    def text(self) -> str:
        if self.name == "year" and len(self.values) == 2:
            low, high = self.values
            return f"year:{low}" if low == high else f"year:{low}..{high}"
        return f"{self.name}:{','.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Not:
    """Something that must not occur."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One part at least holds."""

    parts: tuple[Node, ...]


Word = Term | Wild
Node = Term | Wild | Near | Field | Not | And | Or


class _Token(NamedTuple):
    kind: str  # term, exact, wild, field, near, and, or, not, open, close
    text: str
    start: int
    end: int
    values: tuple[str, ...] = ()


def parse_query(query: str) -> Node:
    """Return what a query asks for; raises BadQuery, with the reason and the place."""
    if len(query) > _TOO_LONG:
        raise BadQuery(query[:40] + "…", f"longer than {_TOO_LONG} characters")
    query = without_surrogates(query)  # a terminal of another encoding sends what is no character
    return _Parser(query, list(_tokens(query))).parse()


def exact(text: str) -> str:
    """Return a query for text as it stands."""
    return '"' + text.replace('"', '""') + '"'


def terms_of(node: Node) -> Iterator[Word]:
    """Yield the terms of a query, those to be left out too, from left to right."""
    match node:
        case Term() | Wild():
            yield node
        case Near():
            yield from terms_of(node.left)
            yield from terms_of(node.right)
        case Not():
            yield from terms_of(node.part)
        case And() | Or():
            for part in node.parts:
                yield from terms_of(part)


def wanted_terms(node: Node) -> Iterator[Word]:
    """Yield the terms of a query that are to be found."""
    match node:
        case Not() | Field():
            return
        case And() | Or():
            for part in node.parts:
                yield from wanted_terms(part)
        case _:
            yield from terms_of(node)


def fields_of(node: Node) -> Iterator[Field]:
    """Yield the fields of a query, from left to right."""
    match node:
        case Field():
            yield node
        case Not():
            yield from fields_of(node.part)
        case And() | Or():
            for part in node.parts:
                yield from fields_of(part)


def is_filter(node: Node) -> bool:
    """Return whether a query has no term: it tells of documents and places, but looks for no words."""
    return next(terms_of(node), None) is None


def of_documents(node: Node) -> bool:
    """Return whether a query has nothing but fields of documents."""
    return is_filter(node) and all(one.kind.of_document for one in fields_of(node))


def places_of_fields(node: Node) -> Iterator[Field]:
    """Yield the fields of a query without terms that name places of their own: not `is`, nothing to be left out."""
    match node:
        case Field():
            if not node.kind.of_document and node.name != "is":
                yield node
        case And() | Or():
            for part in node.parts:
                yield from places_of_fields(part)


def pieces(text: str) -> list[str]:
    """Return what stands between the wildcards of a word."""
    return [piece for piece in _WILD.split(text) if piece]


def _tokens(query: str) -> Iterator[_Token]:
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
        elif char in "()":
            yield _Token("open" if char == "(" else "close", char, at, at + 1)
            at += 1
        elif char in _QUOTES:
            text, end = _quoted(query, at)
            if text:
                yield _Token("exact", text, at, end)
            at = end
        elif char in _MINUS and at + 1 < len(query) and not query[at + 1].isspace() and query[at + 1] != ")":
            yield _Token("not", char, at, at + 1)
            at += 1
        else:
            token = _field(query, at) or _bare(query, at)
            yield token
            at = token.end


def _bare(query: str, start: int) -> _Token:
    end = start
    while end < len(query) and not query[end].isspace() and query[end] not in '()"“”＂':
        end += 1
    word = query[start:end]
    if word in _WORDS:
        return _Token(_WORDS[word], word, start, end)
    if near := _NEAR.fullmatch(word):
        return _Token("near", near[1] or str(NEAR_DEFAULT), start, end)
    if _NEAR_WRONG.fullmatch(word):
        raise BadQuery(query, "NEAR takes a number of at most four digits: 经费 NEAR/10 不足", at=start, end=end)
    if _ASCII_FIELD.match(word):
        known = " ".join(f"{one.names[0]}({one.name}:)" for one in FIELDS)
        raise BadQuery(query, "no such field; known", at=start, end=start + word.index(":") + 1, detail=known)
    if _WILD.search(word):
        bare = word.strip("*")
        if not pieces(bare):
            raise BadQuery(
                query, 'nothing but wildcards; a mark itself stands in quotation marks: "*"', at=start, end=end
            )
        return _Token("wild" if _WILD.search(bare) else "term", bare, start, end)
    return _Token("term", word, start, end)


def _field(query: str, start: int) -> _Token | None:
    """Return the field that begins at a place, if one does."""
    match = _FIELD.match(query, start)
    kind = field_called(match[1]) if match else None
    if match is None or kind is None:
        return None
    at = match.end()
    if at < len(query) and query[at] in _QUOTES:
        text, end = _quoted(query, at)
        values: tuple[str, ...] = (text,) if text else ()
    else:
        end = at
        while end < len(query) and not query[end].isspace() and query[end] not in "()":
            end += 1
        values = tuple(filter(None, _LIST.split(query[at:end]))) if kind.name != "year" else (query[at:end],)
    if not any(values):
        if match[0].isascii():
            raise BadQuery(query, "a field without a value, as in", at=start, end=end, detail=kind.example)
        return None  # 标题： may be words of a report
    try:
        values = values_of(kind, values)
    except ValueError as error:
        if query[match.end() - 1] == "：":  # so may be words of a report
            return None
        raise BadQuery(query, "no such value of a field; known", at=at, end=end, detail=str(error.args[1])) from None
    return _Token("field", kind.name, start, end, values)


def _quoted(query: str, at: int) -> tuple[str, int]:
    """Return what stands between the quotation mark at `at` and its partner, a doubled mark being one; and what follows."""
    close = _QUOTES[query[at]]
    text, at = "", at + 1
    while at < len(query):
        if query[at] == close:
            if query[at + 1 : at + 2] != close:
                return text, at + 1
            at += 1
        text += query[at]
        at += 1
    return text, at


class _Parser:
    def __init__(self, query: str, tokens: list[_Token]) -> None:
        self.query, self.tokens, self.at = query, tokens, 0

    def parse(self) -> Node:
        node = self.either()
        if self.at < len(self.tokens):
            self.refuse("a closing bracket without an opening one", self.tokens[self.at])
        if of_documents(node) and not isinstance(node, Not):
            raise BadQuery(
                self.query, "nothing but documents to choose; add a word, or list them with `nianlun docs`",
                at=self.tokens[0].start, end=self.tokens[-1].end,
            )  # fmt: skip
        if is_filter(node) and not any(places_of_fields(node)):
            only_is = any(one.name == "is" for one in fields_of(node))
            reason = "`is` tells of places: add a word or another field" if only_is else _NOTHING_LEFT
            raise BadQuery(self.query, reason, at=0, end=len(self.query))
        return node

    def peek(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def refuse(self, reason: str, token: _Token | None = None, detail: str = "") -> None:
        end = len(self.query.rstrip())
        start, end = (token.start, token.end) if token else (end, end + 1)
        raise BadQuery(self.query, reason, at=start, end=end, detail=detail)

    def either(self) -> Node:
        first = self.at
        parts = [self.all()]
        while self.peek() == "or":
            self.at += 1
            parts.append(self.all())
        if len(parts) == 1:
            return parts[0]
        if any(of_documents(part) for part in parts) and not all(is_filter(part) for part in parts):
            self.refuse("beside OR stands a filter of documents without a word", self.tokens[first])
        return Or(tuple(parts))

    def all(self) -> Node:
        parts: list[Node] = []
        first, joined = self.at, False
        while self.peek() not in ("or", "close", ""):
            if self.peek() == "and":
                if not parts or joined:
                    self.refuse("a term is missing beside AND", self.tokens[self.at])
                joined = True
                self.at += 1
                continue
            parts.append(self.one())
            joined = False
        if joined:
            self.refuse("a term is missing beside AND", self.tokens[self.at - 1])
        if not parts:
            if not self.tokens:
                raise BadQuery(self.query, "nothing to look for", at=0, end=max(1, len(self.query)))
            near = self.tokens[self.at] if self.at < len(self.tokens) else self.tokens[-1]
            lonely = near.kind == "close" and not any(token.kind == "open" for token in self.tokens[: self.at])
            self.refuse(
                "a closing bracket without an opening one" if lonely else "a term is missing beside OR or in brackets",
                near,
            )
        if all(isinstance(part, Not) for part in parts) and not all(of_documents(part) for part in parts):
            self.refuse(_NOTHING_LEFT, self.tokens[first])
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def one(self) -> Node:
        if self.peek() == "not":
            sign = self.tokens[self.at]
            self.at += 1
            if self.peek() in ("", "or", "and", "close", "near", "not"):
                what = "NOT" if sign.text == "NOT" else "a hyphen"
                self.refuse(f"{what} with nothing behind it", sign)
            return Not(self.one())
        node = self.atom()
        while self.peek() == "near":
            token = self.tokens[self.at]
            self.at += 1
            if self.peek() not in ("term", "exact", "wild", "open"):
                self.refuse("NEAR stands between two terms: 经费 NEAR/10 不足", token)
            right = self.atom()
            for side in (node, right):
                if not _has_places(side):
                    self.refuse(
                        "beside NEAR stand words, or words in brackets with OR: 经费 NEAR/10 (不足 OR 短缺)", token
                    )
            node = Near(node, right, int(token.text))
        return node

    def atom(self) -> Node:
        token = self.tokens[self.at]
        self.at += 1
        match token.kind:
            case "open":
                node = self.either()
                if self.peek() != "close":
                    self.refuse("an opening bracket without a closing one", token)
                self.at += 1
                return node
            case "near":
                self.refuse("NEAR stands between two terms: 经费 NEAR/10 不足", token)
            case "field":
                return Field(token.text, token.values, token.start, token.end)
            case "wild":
                return Wild(token.text)
        return Term(token.text, token.kind == "exact")


def _has_places(node: Node) -> bool:
    match node:
        case Term() | Wild() | Near():
            return True
        case Or():
            return all(_has_places(part) for part in node.parts)
        case _:
            return False
