"""Which problems are reported, in how many documents: each document counts once for a leaf of the taxonomy.

Beside the number of documents stands the number of independent texts: a document whose sentences on a leaf all stood in an
earlier one copies them, be it word for word (but for marks) or within a passage with other numbers and names (`index.reuse`). Beside the documents that report a problem stand those that only name it
otherwise (solved, negated, asked of others …).
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Unpack

from index import reuse
from index.errors import UnknownLeaf
from index.inputs import named, nearest
from index.quotes import Quote, read_mentions
from index.scope import Answer, DocumentRow, Filtering, Scope, label_key, scope_of

GROUPINGS = ("year", "org", "org_level", "region", "doc_type")
GROUP_NAMES = {"level": "org_level", "body": "org"}  # that mean a grouping, too
_YEARS = "years"  # by year, the inferred with the stated
Group = str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemMention(Quote):
    """A sentence that names a problem; `categories` are (leaf, score), the main one first."""

    main: str
    categories: tuple[tuple[str, float], ...]
    polarity: str
    scope: str
    strength: str
    score: float
    same_text: str
    mark: str = ""  # equal where it is one text, be it with other numbers and names

    @property
    def leaves(self) -> frozenset[str]:
        return frozenset(leaf for leaf, _ in self.categories)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCount:
    """A leaf in a group of documents; `group` is None for the undated (or unnamed) and where nothing is grouped.

    `documents` report it, of `base`; `independent` of them do so in words of their own. `elsewhere` are documents that
    name it under other polarities only, by polarity.
    """

    leaf: str
    zh: str
    en: str
    family: str | None
    group: Group
    documents: tuple[str, ...]
    base: int
    independent: int
    mentions: tuple[ProblemMention, ...]
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemAnswer(Answer[ProblemCount]):
    """`groups` are all groups with their number of documents, those that report nothing too."""

    groups: tuple[tuple[Group, int], ...]


def problems(
    connection: sqlite3.Connection,
    leaf: str | None = None,
    *,
    by: str | None = None,
    polarity: str = "asserted",
    problem_scope: str | None = None,
    texts: bool = True,
    **filters: Unpack[Filtering],
) -> ProblemAnswer:
    """Return document × leaf, most documents first, or group by group where `by` is given.

    By year, an inferred year (≈2007) is a group of its own; with undated infer it counts with the stated one. Documents of an
    interval, or without a year, are groups of their own always: they are spread over no years.

    Without `texts`, only sentences that are the same word for word make documents depend on one another: nothing is compared.

    `leaf` is an id, a name or a part of one that no other has (UnknownLeaf otherwise); polarity all counts every one; `problem_scope` is
    own_organisation, lower_level, leaders_above, population or society_law.
    """
    by = GROUP_NAMES.get(by, by) if by else None
    if by is not None and by not in GROUPINGS:
        raise ValueError(f"by={by!r}: choose one of {', '.join(GROUPINGS)}")
    scope = scope_of(connection, filters)
    by = _YEARS if by == "year" and filters.get("undated") == "infer" else by
    names = read_leaves(connection)
    wanted = None if leaf is None else leaf_named(leaf, names)
    families = reuse.families(connection) if texts else None
    found = _mentions(connection, scope, scope.documents, problem_scope, families)
    rows = _count(found, names, scope.documents, by=by, polarity=polarity, wanted=wanted)
    apart = _mentions(connection, scope, scope.apart, problem_scope)
    groups: dict[Group, int] = defaultdict(int)
    for row in scope.documents.values():
        groups[_group(row, by)] += 1
    return ProblemAnswer(
        rows=tuple(rows),
        base=scope.base,
        apart=tuple(_count(apart, names, scope.apart, by=by, polarity=polarity, wanted=wanted)),
        groups=tuple(sorted(groups.items(), key=lambda item: label_key(item[0]))),
    )


def problem_mentions(
    connection: sqlite3.Connection, polarity: str | None = "asserted", **filters: Unpack[Filtering]
) -> Answer[ProblemMention]:
    """Return the sentences themselves, in order of year and document; polarity None for all."""
    scope = scope_of(connection, filters)
    found = [mention for _, mention in _mentions(connection, scope, scope.documents, None)]
    rows = tuple(mention for mention in found if polarity in (None, "all", mention.polarity))
    return Answer(rows=rows, base=scope.base)


def read_leaves(connection: sqlite3.Connection) -> dict[str, tuple[str | None, str, str, int]]:
    """Return (group, Chinese, English, place) of every leaf, in the order of the taxonomy."""
    query = "SELECT id, family, coalesce(zh, id), coalesce(en, id), place FROM leaves ORDER BY place, id"
    return {row[0]: tuple(row[1:]) for row in connection.execute(query)}


def leaf_named(name: str, names: Mapping[str, tuple[str | None, str, str, int]]) -> str:
    """Return the leaf that an id, a name or a part of a name means. Raises UnknownLeaf."""
    known = {leaf: (zh, en) for leaf, (family, zh, en, _) in names.items() if family is not None}
    if name in names:
        return name
    found = named(name, known)
    if len(found) == 1:
        return found[0]
    told = {leaf: f"{known[leaf][0]} {leaf}" for leaf in known}
    raise UnknownLeaf(name, told.values(), [told[leaf] for leaf in found or nearest(name, known)])


def _mentions(
    connection: sqlite3.Connection,
    scope: Scope,
    documents: Mapping[int, DocumentRow],
    problem_scope: str | None,
    families: reuse.Families | None = None,
) -> list[tuple[DocumentRow, ProblemMention]]:
    labels: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for problem, leaf, score in connection.execute(
        "SELECT problem, leaf, score FROM problem_labels ORDER BY problem, place"
    ):
        labels[problem].append((leaf, score))
    columns = ("main", "polarity", "scope", "strength", "score", "same_text")
    found = []
    for read in read_mentions(connection, "problems", columns, scope, documents=documents):
        own = dict(zip(columns, read.own, strict=True))
        if problem_scope is None or own["scope"] == problem_scope:
            own["main"] = own["main"] or ""
            mention = ProblemMention(**read.quote, **own, categories=tuple(labels[read.number]))
            found.append((read.document, mention))
    found.sort(key=lambda pair: (pair[0].sort_key, pair[1].start))
    marks = reuse.marks(((row.id, one.start, one.end, one.same_text) for row, one in found), families)
    return [(row, replace(one, mark=mark)) for (row, one), mark in zip(found, marks, strict=True)]


def _count(
    found: Iterable[tuple[DocumentRow, ProblemMention]],
    names: Mapping[str, tuple[str | None, str, str, int]],
    documents: Mapping[int, DocumentRow],
    *,
    by: str | None,
    polarity: str,
    wanted: str | None,
) -> list[ProblemCount]:
    base: dict[Group, int] = defaultdict(int)
    for row in documents.values():
        base[_group(row, by)] += 1
    here: dict[tuple[str, Group], dict[str, list[ProblemMention]]] = defaultdict(lambda: defaultdict(list))
    other: dict[tuple[str, Group], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row, mention in found:
        for leaf in mention.leaves:
            if wanted not in (None, leaf):
                continue
            at = (leaf, _group(row, by))
            if polarity in ("all", mention.polarity):
                here[at][row.ref].append(mention)
            else:
                other[at][mention.polarity].append(row.ref)
    own_words = _independent(here)
    ats = set(here) | (set(other) if wanted else set())
    if wanted and by is None and documents:
        ats.add((wanted, None))
    rows = []
    for leaf, group in ats:
        family, zh, en, _ = names.get(leaf, (None, leaf, leaf, 1000))
        reporting = here[leaf, group]
        elsewhere = {
            kind: tuple(dict.fromkeys(ref for ref in refs if ref not in reporting))
            for kind, refs in other[leaf, group].items()
        }
        rows.append(
            ProblemCount(
                leaf=leaf,
                zh=zh,
                en=en,
                family=family,
                group=group,
                documents=tuple(reporting),
                base=base[group],
                independent=own_words[leaf, group],
                mentions=tuple(mention for mentions in reporting.values() for mention in mentions),
                elsewhere=tuple((kind, refs) for kind, refs in sorted(elsewhere.items()) if refs),
            )
        )
    places = {leaf: names[leaf][3] for leaf in names}
    if by is None:
        return sorted(rows, key=lambda row: (-len(row.documents), places.get(row.leaf, 1000), row.leaf))
    return sorted(rows, key=lambda row: (places.get(row.leaf, 1000), row.leaf, label_key(row.group)))


def _independent(here: Mapping[tuple[str, Group], Mapping[str, list[ProblemMention]]]) -> dict[tuple[str, Group], int]:
    """Return the number of documents that bring at least one sentence of their own, the earliest holding it."""
    seen: dict[str, set[str]] = defaultdict(set)
    counts: dict[tuple[str, Group], int] = defaultdict(int)
    for leaf, group in sorted(here, key=lambda at: (at[0], label_key(at[1]))):
        for mentions in here[leaf, group].values():
            texts = {mention.mark for mention in mentions}
            counts[leaf, group] += not texts <= seen[leaf]
            seen[leaf] |= texts
    return counts


def _group(row: DocumentRow, by: str | None) -> Group:
    if by is None:
        return None
    if by == _YEARS and row.year is not None:
        return str(row.year)
    return row.year_label if by in ("year", _YEARS) else getattr(row, by)
