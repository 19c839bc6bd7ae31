"""The query language: 经费 不足 · "经费不足" · 经费 NEAR/10 不足 · -保证 · 经费 OR 资金 · (经费 OR 资金) 不足.

Bare terms must all occur. Quotation marks may be Chinese ones. NEAR/n asks for at most n characters between two terms,
in either order (10 where no number is given). A leading hyphen leaves out; something must be left to look for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import BadQuery
from ingest.decode import without_surrogates

NEAR_DEFAULT = 10
_NEAR = re.compile(r"NEAR(?:/(\d{1,4}))?|near/(\d{1,4})")
_QUOTES = {'"': '"', "“": "”", "”": "”", "＂": "＂", "「": "」", "『": "』"}
_MINUS = "-－"
_TOO_LONG = 1000  # characters of one query


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Two terms with at most `distance` characters between them."""

    left: Term
    right: Term
    distance: int


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


Node = Term | Near | Not | And | Or


def parse_query(query: str) -> Node:
    """Return what a query asks for; raises BadQuery, with the reason."""
    if len(query) > _TOO_LONG:
        raise BadQuery(query[:40] + "…", f"longer than {_TOO_LONG} characters")
    query = without_surrogates(query)  # a terminal of another encoding sends what is no character
    tokens = list(_tokens(query))
    node, at = _either(query, tokens, 0)
    if at < len(tokens):
        raise BadQuery(query, "a closing bracket without an opening one")
    return node


def exact(text: str) -> str:
    """Return a query for text as it stands."""
    return '"' + text.replace('"', '""') + '"'


def terms_of(node: Node) -> Iterator[Term]:
    """Yield the terms of a query, those to be left out too, from left to right."""
    match node:
        case Term():
            yield node
        case Near():
            yield node.left
            yield node.right
        case Not():
            yield from terms_of(node.part)
        case And() | Or():
            for part in node.parts:
                yield from terms_of(part)


def wanted_terms(node: Node) -> Iterator[Term]:
    """Yield the terms of a query that are to be found."""
    match node:
        case Not():
            return
        case And() | Or():
            for part in node.parts:
                yield from wanted_terms(part)
        case _:
            yield from terms_of(node)


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text): term, near (its distance), or, not, open, close."""
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
        elif char in "()":
            yield ("open" if char == "(" else "close"), char
            at += 1
        elif char in _QUOTES:
            text, at = _quoted(query, at)
            if text:
                yield "term", text
        elif char in _MINUS and at + 1 < len(query) and not query[at + 1].isspace():
            yield "not", char
            at += 1
        else:
            start = at
            while at < len(query) and not query[at].isspace() and query[at] not in '()"“”＂':
                at += 1
            yield _bare(query[start:at])


def _bare(word: str) -> tuple[str, str]:
    if word in ("OR", "|"):
        return "or", word
    if near := _NEAR.fullmatch(word):
        return "near", near[1] or near[2] or str(NEAR_DEFAULT)
    return "term", word


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


def _either(query: str, tokens: list[tuple[str, str]], at: int) -> tuple[Node, int]:
    node, at = _all(query, tokens, at)
    parts = [node]
    while at < len(tokens) and tokens[at][0] == "or":
        node, at = _all(query, tokens, at + 1)
        parts.append(node)
    return (parts[0] if len(parts) == 1 else Or(tuple(parts))), at


def _all(query: str, tokens: list[tuple[str, str]], at: int) -> tuple[Node, int]:
    parts: list[Node] = []
    while at < len(tokens) and tokens[at][0] not in ("or", "close"):
        node, at = _one(query, tokens, at)
        parts.append(node)
    if not parts:
        raise BadQuery(query, "nothing to look for" if not tokens else "a term is missing beside OR or in brackets")
    if all(isinstance(part, Not) for part in parts):
        raise BadQuery(query, "nothing but words to leave out; add one to look for")
    return (parts[0] if len(parts) == 1 else And(tuple(parts))), at


def _one(query: str, tokens: list[tuple[str, str]], at: int) -> tuple[Node, int]:
    kind, text = tokens[at]
    if kind == "not":
        if at + 1 >= len(tokens) or tokens[at + 1][0] not in ("term", "open"):
            raise BadQuery(query, "a hyphen with nothing behind it")
        node, at = _one(query, tokens, at + 1)
        return Not(node), at
    if kind == "open":
        node, at = _either(query, tokens, at + 1)
        if at >= len(tokens) or tokens[at][0] != "close":
            raise BadQuery(query, "an opening bracket without a closing one")
        return node, at + 1
    if kind == "near":
        raise BadQuery(query, "NEAR stands between two terms: 经费 NEAR/10 不足")
    left = Term(text)
    if at + 1 < len(tokens) and tokens[at + 1][0] == "near":
        if at + 2 >= len(tokens) or tokens[at + 2][0] != "term":
            raise BadQuery(query, "NEAR stands between two terms: 经费 NEAR/10 不足")
        return Near(left, Term(tokens[at + 2][1]), int(tokens[at + 1][1])), at + 3
    return left, at + 1
