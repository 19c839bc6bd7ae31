"""The documents as search needs them: columns as arrays, read when first needed, so that filters take milliseconds.

What is chosen and what it rests on is the same as in `index.scope`, which reads whole rows; a test holds them together.
A column comes out of SQLite as one string (measured: a tenth of the time of as many rows); rows are made of those
documents alone that an answer shows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.columns import UNKNOWN, Coded, Column, Numbers, coded, fitted, parsed, read_columns
from index.fields import WHERE_THINGS
from index.inputs import parse_years, plain
from index.query import Field
from index.scope import Base, Dated, Filtering, kept

Mask = NDArray[np.bool_]
_UNDATED = 9999  # stands where `Dated.sort_key` puts the undated
_KEPT = 64  # choices of documents that are kept
_CHUNK = 500  # rows read at a time
_YEARS = ("year", "year_low", "year_high")
_MOST_YEARS = 100_000
_WITH_TITLES = ("title", "chars", "script")  # none of them is in an index: together they cost one walk
_BEHIND = (None, None, None, None)  # what is not read of a row
_COLUMNS = (
    "id", "ref", "title", "doc_type", "org", "org_level", "region", "year", "year_low", "year_high", "year_basis", "script",
    "chars",
)  # fmt: skip


class _Listed(NamedTuple):
    id: int
    ref: str
    title: str | None
    doc_type: str
    org: str | None
    org_level: str
    region: str | None
    year: int | None
    year_low: int | None
    year_high: int | None
    year_basis: str
    script: str
    chars: int
    copies: int = 0
    region_basis: str | None = None  # these stand behind the text in their rows, and are read where they are asked for
    county: str | None = None
    city: str | None = None
    province: str | None = None


class Listed(_Listed, Dated):
    """A document as search needs it."""

    __slots__ = ()


class _Years(NamedTuple):
    year: int | None
    year_low: int | None
    year_high: int | None
    year_basis: str


class _Dates(_Years, Dated):
    """What is known of the year of a document."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The documents of a question: `counted` and `apart` tell of each place in the list whether it is one of them."""

    counted: Mask
    apart: Mask
    base: Base
    roles: frozenset[str]


@dataclass(slots=True)
class Listing:
    """All documents, by year (the undated last) and name: a place is a number in that order."""

    connection: sqlite3.Connection
    ids: Numbers  # number of the document at each place
    waiting: tuple[int, ...]  # documents that full text does not know yet
    unread: int
    stale: int
    _copies: Mapping[int, int]  # of documents that have some
    _known: Numbers  # numbers of the documents, in their order
    _places: NDArray[np.intp]  # of these
    _columns: dict[str, Numbers] = field(default_factory=dict)
    _words: dict[str, list[str | None]] = field(default_factory=dict)
    _codes: dict[str, Coded] = field(default_factory=dict)
    _chosen: dict[object, Chosen] = field(default_factory=dict)
    _having: dict[Field, Mask] = field(default_factory=dict)
    _rows: dict[int, Listed] = field(default_factory=dict)
    _at: dict[int, int] = field(default_factory=dict)
    _titles: tuple[str, NDArray[np.int64]] | None = None  # in one string, and where each begins
    _average: float | None = None

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def rows(self) -> list[Listed]:
        """All documents, in order."""
        return self.rows_of(self.ids.tolist())

    @property
    def at(self) -> Mapping[int, int]:
        """The place of each document, by its number."""
        if not self._at:
            self._at = dict(zip(self.ids.tolist(), range(len(self.ids)), strict=True))
        return self._at

    @property
    def average(self) -> float:
        """Characters of a document, on average."""
        if self._average is None:
            self._average = float(self.numbers("chars").mean()) if len(self) else 1.0
        return self._average or 1.0

    @property
    def traditional(self) -> bool:
        """Whether some document is in traditional characters."""
        return "traditional" in self.codes("script")[0]

    def is_traditional(self, place: int) -> bool:
        """Whether the document at a place is in traditional characters."""
        values, codes = self.codes("script")
        return values[codes[place]] == "traditional"

    def row(self, number: int) -> Listed:
        """Return a document by its number."""
        return self.rows_of((number,))[0]

    def rows_of(self, numbers: Sequence[int]) -> list[Listed]:
        """Return documents by their numbers, in the order of these."""
        missing = [number for number in numbers if number not in self._rows]
        for first in range(0, len(missing), _CHUNK):
            some = missing[first : first + _CHUNK]
            query = f"SELECT {', '.join(_COLUMNS)} FROM documents WHERE id IN ({', '.join('?' * len(some))})"
            for values in self.connection.execute(query, some):
                self._rows[values[0]] = Listed._make((*values, self._copies.get(values[0], 0), *_BEHIND))
        return [self._rows[number] for number in numbers]

    def holds(self, numbers: Numbers) -> Mask:
        """Return which of some numbers are documents."""
        at = np.minimum(np.searchsorted(self._known, numbers), len(self._known) - 1)
        return np.asarray(self._known[at] == numbers if len(self._known) else np.zeros(len(numbers)), dtype=np.bool_)

    def places_of(self, numbers: Sequence[int] | Numbers) -> NDArray[np.intp]:
        """Return the places of documents, by their numbers."""
        return self._places[np.searchsorted(self._known, np.asarray(numbers, dtype=np.int64))]

    def numbers(self, name: str) -> Numbers:
        """Return a column of numbers, -1 where it is empty."""
        if name not in self._columns:
            self._load(name)
        return self._columns[name]

    def words(self, name: str) -> list[str | None]:
        """Return a column of words."""
        if name not in self._words:
            self._load(name)
        return self._words[name]

    def codes(self, name: str) -> Coded:
        """Return the values of a column, and which of them stands at each place; `year` are labels of years."""
        if name not in self._codes:
            self._codes[name] = self._year_labels() if name == "year" else coded(self.words(name))
            if name not in ("title", "ref"):
                self._words.pop(name, None)
        return self._codes[name]

    def choose(self, filters: Filtering) -> Chosen:
        """Return the documents that the filters leave; raises TypeError and ValueError as `index.scope` does."""
        known = set(Filtering.__annotations__)
        if unknown := set(filters) - known:
            raise TypeError(f"no such filter: {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}")
        key = tuple((name, _hashable(value)) for name, value in sorted(filters.items()))
        if key not in self._chosen:
            if len(self._chosen) >= _KEPT:
                self._chosen.pop(next(iter(self._chosen)))
            self._chosen[key] = self._choose(filters)
        return self._chosen[key]

    def holding(self, node: Field) -> Mask:
        """Return which documents have what a field of documents asks for."""
        values = node.values
        match node.name:
            case "year":
                return self._in_years(values)
            case "kind":
                return self._where("doc_type", lambda kind: kind in values)
            case "body":
                return self._where("org", lambda org: any(value in (org or "") for value in values))
            case "level":
                return self._where("org_level", lambda level: level in values)
            case "region":
                return self._in_places(values)
            case "ref":
                return self._named(values)
            case "script":
                return self._where("script", lambda script: script in values)
        return self.titled([plain(value) for value in values], np.ones(len(self), dtype=np.bool_))

    def titled(self, words: Sequence[str], among: Mask, limit: int | None = None) -> Mask:
        """Return which documents, of those among which to look, have one of some words in their title, the first `limit` ones.

        The words come as `index.inputs.plain` makes them.
        """
        if self._titles is None:
            self._titles = _one_string(self.words("title"))
        text, starts = self._titles
        found = np.zeros(len(self), dtype=np.bool_)
        for word in filter(None, words):
            left, start = limit, text.find(word)
            while start >= 0 and left != 0:
                at = int(np.searchsorted(starts, start, side="right")) - 1
                if among[at]:
                    found[at] = True
                    left = None if left is None else left - 1
                start = text.find(word, int(starts[at + 1]))
        return found

    def having(self, node: Field) -> Mask:
        """Return which documents have one of the things that a field of places names (not `is`, not section)."""
        if node not in self._having:
            mask = np.zeros(len(self), dtype=np.bool_)
            numbers = np.fromiter(with_fields(self.connection, [node]), np.int64)
            mask[self.places_of(numbers[self.holds(numbers)])] = True
            self._having[node] = mask
        return self._having[node]

    def _load(self, name: str) -> None:
        """Read a column, and those that cost no more beside it."""
        names = _WITH_TITLES if name in _WITH_TITLES else (name,)
        known, columns = read_columns(self.connection, names)
        fits = np.array_equal(known, self._known)  # others may write while we read
        for one, column in zip(names, columns, strict=True):
            self._keep(one, column if fits else fitted(known, column, self._known))

    def _keep(self, name: str, column: Column) -> None:
        """Take a column in, whose values come in the order of the numbers of documents."""
        if isinstance(column, list):
            words: list[str | None] = [None] * len(column)
            for place, word in zip(self._places.tolist(), column, strict=True):
                words[place] = word
            self._words[name] = words
        else:
            numbers = np.empty_like(column)
            numbers[self._places] = column
            self._columns[name] = numbers

    def _choose(self, filters: Filtering) -> Chosen:
        undated = filters.get("undated") or "separate"
        if undated not in ("separate", "infer", "drop"):
            raise ValueError(f"undated={undated!r}: choose separate, infer or drop")
        wanted = self._wanted(filters)
        low, high = parse_years(filters.get("year"))
        nothing = np.zeros(len(self), dtype=np.bool_)
        counted, apart, dropped = wanted, nothing, nothing
        if low is not None or high is not None or undated == "drop":
            year = self.numbers("year")
            dated = year != UNKNOWN
            counted = wanted & dated & _between(year, year, low, high)
            first, last = self.numbers("year_low"), self.numbers("year_high")
            unknown = (first == UNKNOWN) & (last == UNKNOWN)
            undecided = wanted & ~dated
            if undated == "drop":
                dropped = undecided
            else:
                surely = undecided & (first != UNKNOWN) & (last != UNKNOWN) & _between(first, last, low, high)
                may = undecided & ~unknown & ~surely
                may &= (first == UNKNOWN) | (high is None) | (first <= (high or 0))
                may &= (last == UNKNOWN) | (low is None) | (last >= (low or 0))
                counted = counted | surely | (may if undated == "infer" else nothing)
                apart = may if undated == "separate" else nothing
                dropped = undecided & unknown
        return Chosen(
            counted=counted, apart=apart, base=self._base(counted, apart, dropped),
            roles=frozenset(several(filters.get("section"))),
        )  # fmt: skip

    def _wanted(self, filters: Filtering) -> Mask:
        wanted = np.ones(len(self), dtype=np.bool_)
        org, region = several(filters.get("org")), several(filters.get("region"))
        kinds, levels, refs = (several(filters.get(name)) for name in ("doc_type", "org_level", "ref"))
        if org:
            wanted &= self._where("org", lambda name: any(one in (name or "") for one in org))
        if kinds:
            wanted &= self._where("doc_type", lambda kind: kind in kinds)
        if levels:
            wanted &= self._where("org_level", lambda level: level in levels)
        if region:
            wanted &= self._in_places(region)
        if refs:
            wanted &= self._named(refs)
        return wanted

    def _where(self, column: str, test: Callable[[Any], bool]) -> Mask:
        """Return where a column passes a test, which is put to each of its values once."""
        values, codes = self.codes(column)
        return np.array([test(value) for value in values], dtype=np.bool_)[codes]

    def _in_places(self, names: Sequence[str]) -> Mask:
        if "places" not in self._codes:
            columns = [self.words(name) for name in ("region", "org", "county", "city", "province")]
            self._codes["places"] = coded(" ".join(filter(None, names)) for names in zip(*columns, strict=True))
        return self._where("places", lambda places: any(name in places for name in names))

    def _named(self, refs: Sequence[str]) -> Mask:
        wanted = set(refs)
        names = [ref or "" for ref in self.words("ref")]
        return np.array([name in wanted or name.partition("#")[0] in wanted for name in names], dtype=np.bool_)

    def _in_years(self, values: Sequence[str]) -> Mask:
        year = self.numbers("year")
        if values == ("none",):
            return year == UNKNOWN
        low, high = (int(value) if value else None for value in values)
        first = np.where(year == UNKNOWN, self.numbers("year_low"), year)
        last = np.where(year == UNKNOWN, self.numbers("year_high"), year)
        return (first != UNKNOWN) & (last != UNKNOWN) & _between(first, last, low, high)

    def _base(self, counted: Mask, apart: Mask, dropped: Mask) -> Base:
        undated = counted & (self.numbers("year") == UNKNOWN)
        interval = (self.numbers("year_low") != UNKNOWN) | (self.numbers("year_high") != UNKNOWN)
        inferred = self._where("year_basis", lambda basis: basis == "inferred")
        return Base(
            documents=int(counted.sum()),
            total=len(self),
            undated=int(undated.sum()),
            interval=int((undated & interval).sum()),
            apart=self._refs(apart),
            dropped=self._refs(dropped),
            inferred=int((counted & inferred & ~undated).sum()),
            unread=self.unread,
            stale=self.stale,
            copies=int(self.numbers("copies")[counted].sum()),
        )

    def _refs(self, mask: Mask) -> tuple[str, ...]:
        places = np.flatnonzero(mask).tolist()
        refs = self.words("ref") if places else []
        return tuple(refs[place] or "" for place in places)

    def _year_labels(self) -> Coded:
        inferred = self._where("year_basis", lambda basis: basis == "inferred")
        key = inferred.astype(np.int64)
        columns = [self.numbers(name) for name in ("year", "year_low", "year_high")]
        for column in columns:
            key = key * _MOST_YEARS + column + 1
        _, first, codes = np.unique(key, return_index=True, return_inverse=True)
        labels = []
        for at in first.tolist():
            year, low, high = (None if column[at] == UNKNOWN else int(column[at]) for column in columns)
            basis = "inferred" if inferred[at] else ""
            labels.append(_Dates(year, low, high, basis).year_label)
        values, merged = coded(labels)  # a year that is inferred and an interval of one year read alike
        return values, merged[codes]


def listing_of(connection: sqlite3.Connection) -> Listing:
    """Return the documents of an index; the list is kept until something changes."""
    return kept(connection, _read)


def with_fields(connection: sqlite3.Connection, fields: Sequence[Field]) -> set[int]:
    """Return the documents that have one of the things which fields name."""
    found: set[int] = set()
    for one in fields:
        for source, values in tables_of(one):
            query = f"SELECT DISTINCT m.document FROM {source}"
            found.update(number for (number,) in connection.execute(query, values))
    return found


def tables_of(node: Field, *, of_some: bool = False) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what stands behind FROM to find the things of a field, as m, with its values.

    Where they are asked for `of_some` documents, SQLite is to begin with these: it would take any other index for as good.
    """
    plus, join = ("+", "CROSS JOIN") if of_some else ("", "JOIN")
    if node.name == "has":
        for value in node.values:
            table, where = WHERE_THINGS[value].split(" WHERE ")
            yield f"{table} AS m WHERE {plus}{where}", ()
    elif node.name == "unit":
        units = {unit for value in map(plain, node.values) for unit in (value, value.lstrip("十百千万亿")) if unit}
        marks = ", ".join("?" * len(units))  # 万 is multiplied out: 万元 stands as 元
        yield f"quantities AS m WHERE m.unit IN ({marks})", tuple(sorted(units))
    elif node.name == "leaf":
        marks = ", ".join("?" * len(node.values))
        joined = f"problems AS m {join} problem_labels AS l ON l.problem = m.id"
        yield f"{joined} WHERE {plus}m.polarity = 'asserted' AND l.leaf IN ({marks})", node.values
    elif node.name == "section":
        marks = ", ".join("?" * len(node.values))
        yield f"sections AS m WHERE m.role IN ({marks})", node.values
        yield f"sentences AS m WHERE m.role IN ({marks})", node.values


def several(value: object) -> tuple[str, ...]:
    """Return the alternatives of a filter."""
    if value is None or value == "":
        return ()
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else (str(value),)


def _read(connection: sqlite3.Connection) -> Listing:
    copies = dict(connection.execute("SELECT document, count(*) FROM copies GROUP BY document").fetchall())
    query = "SELECT stale, count(*) FROM sources WHERE status IN ('failed', 'skipped') GROUP BY stale"
    failed: Mapping[int, int] = dict(connection.execute(query).fetchall())
    waiting = tuple(number for (number,) in connection.execute("SELECT document FROM waiting"))
    by_name = "SELECT group_concat(id) FROM (SELECT id FROM documents ORDER BY ref)"
    while True:
        known, columns = read_columns(connection, (*_YEARS, "year_basis"))
        named = parsed(connection.execute(by_name).fetchone()[0])
        order = np.searchsorted(known, named)
        if len(named) == len(known) and np.array_equal(known[np.minimum(order, len(known) - 1)], named):
            break  # nobody wrote between the two
    dated = np.full(len(known), _UNDATED, dtype=np.int64)
    for column in (columns[2], columns[1], columns[0]):
        dated = np.where(column == UNKNOWN, dated, column)
    order = order[np.argsort(dated[order], kind="stable")]
    places = np.empty(len(known), dtype=np.intp)
    places[order] = np.arange(len(known))
    listing = Listing(
        connection=connection, ids=known[order], waiting=waiting, unread=failed.get(0, 0), stale=failed.get(1, 0), _copies=copies,
        _known=known, _places=places,
    )  # fmt: skip
    listing._columns["copies"] = np.zeros(len(known), dtype=np.int64)
    for number, many in copies.items():
        listing._columns["copies"][listing.at[number]] = many
    for name, column in zip((*_YEARS, "year_basis"), columns, strict=True):
        listing._keep(name, column)
    return listing


def _one_string(titles: Sequence[str | None]) -> tuple[str, Numbers]:
    """Return titles as `index.inputs.plain` makes them, one behind the other, and where each begins."""
    whole = "\n".join(title or "" for title in titles)
    if whole.count("\n") >= len(titles) > 0:
        whole = "\n".join((title or "").replace("\n", " ") for title in titles)
    text = plain(f"-{whole}\n-")[1:-1]  # all at once: measured, a twentieth of the time; the marks keep blank titles
    starts = np.cumsum([0, *(len(title) + 1 for title in text.split("\n")[:-1])])
    return text, starts


def _between(first: NDArray[np.int64], last: NDArray[np.int64], low: int | None, high: int | None) -> Mask:
    return np.asarray(
        ((low is None) | (first >= (low or 0))) & ((high is None) | (last <= (high or 0))), dtype=np.bool_
    )


def _hashable(value: Any) -> Any:
    return tuple(_hashable(one) for one in value) if isinstance(value, list | tuple) else value
