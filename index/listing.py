"""The documents as search needs them: read once, columns as arrays, so that filters take milliseconds.

What is chosen and what it rests on is the same as in `index.scope`, which reads whole rows; a test holds them together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from index.fields import WHERE_THINGS
from index.inputs import parse_years, plain
from index.query import Field
from index.scope import Base, Dated, Filtering

Mask = NDArray[np.bool_]
_UNKNOWN = -1
_KEPT = 64  # choices of documents that are kept
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The documents of a question: `counted` and `apart` tell of each place in the list whether it is one of them."""

    counted: Mask
    apart: Mask
    base: Base
    roles: frozenset[str]


@dataclass(slots=True)
class Listing:
    """All documents, by year (the undated last) and name."""

    connection: sqlite3.Connection
    rows: list[Listed]
    at: dict[int, int]  # places in `rows` by number of document
    waiting: tuple[int, ...]  # documents that full text does not know yet
    unread: int
    stale: int
    _codes: dict[str, tuple[list[Any], NDArray[np.intp]]] = field(default_factory=dict)
    _numbers: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    _chosen: dict[object, Chosen] = field(default_factory=dict)
    _having: dict[Field, Mask] = field(default_factory=dict)
    _titles: tuple[str, NDArray[np.int64]] | None = None  # in one string, and where each begins
    _average: float | None = None
    _traditional: bool | None = None

    @property
    def average(self) -> float:
        """Characters of a document, on average."""
        if self._average is None:
            self._average = float(self.numbers("chars").mean()) if self.rows else 1.0
        return self._average or 1.0

    @property
    def traditional(self) -> bool:
        """Whether some document is in traditional characters."""
        if self._traditional is None:
            self._traditional = any(row.script == "traditional" for row in self.rows)
        return self._traditional

    def numbers(self, name: str) -> NDArray[np.int64]:
        """Return a column of numbers, -1 where it is empty."""
        if name not in self._numbers:
            at = Listed._fields.index(name)
            values = [_UNKNOWN if row[at] is None else row[at] for row in self.rows]
            self._numbers[name] = np.array(values, dtype=np.int64)
        return self._numbers[name]

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
        return self.titled([plain(value) for value in values], np.ones(len(self.rows), dtype=np.bool_))

    def titled(self, words: Sequence[str], among: Mask, limit: int | None = None) -> Mask:
        """Return which documents, of those among which to look, have one of some words in their title, the first `limit` ones.

        The words come as `index.inputs.plain` makes them.
        """
        if self._titles is None:
            titles = [plain(row.title) if row.title else "" for row in self.rows]
            starts = np.cumsum([0, *(len(title) + 1 for title in titles)])
            self._titles = "\n".join(titles) + "\n", starts
        text, starts = self._titles
        found = np.zeros(len(self.rows), dtype=np.bool_)
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
            mask = np.zeros(len(self.rows), dtype=np.bool_)
            for number in with_fields(self.connection, [node]):
                if number in self.at:
                    mask[self.at[number]] = True
            self._having[node] = mask
        return self._having[node]

    def _choose(self, filters: Filtering) -> Chosen:
        undated = filters.get("undated") or "separate"
        if undated not in ("separate", "infer", "drop"):
            raise ValueError(f"undated={undated!r}: choose separate, infer or drop")
        wanted = self._wanted(filters)
        low, high = parse_years(filters.get("year"))
        nothing = np.zeros(len(self.rows), dtype=np.bool_)
        counted, apart, dropped = wanted, nothing, nothing
        if low is not None or high is not None or undated == "drop":
            year = self.numbers("year")
            dated = year != _UNKNOWN
            counted = wanted & dated & _between(year, year, low, high)
            first, last = self.numbers("year_low"), self.numbers("year_high")
            unknown = (first == _UNKNOWN) & (last == _UNKNOWN)
            undecided = wanted & ~dated
            if undated == "drop":
                dropped = undecided
            else:
                surely = undecided & (first != _UNKNOWN) & (last != _UNKNOWN) & _between(first, last, low, high)
                may = undecided & ~unknown & ~surely
                may &= (first == _UNKNOWN) | (high is None) | (first <= (high or 0))
                may &= (last == _UNKNOWN) | (low is None) | (last >= (low or 0))
                counted = counted | surely | (may if undated == "infer" else nothing)
                apart = may if undated == "separate" else nothing
                dropped = undecided & unknown
        return Chosen(
            counted=counted, apart=apart, base=self._base(counted, apart, dropped),
            roles=frozenset(several(filters.get("section"))),
        )  # fmt: skip

    def _wanted(self, filters: Filtering) -> Mask:
        wanted = np.ones(len(self.rows), dtype=np.bool_)
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
        if column not in self._codes:
            at = Listed._fields.index(column)
            self._codes[column] = _coded(row[at] for row in self.rows)
        values, codes = self._codes[column]
        return np.array([test(value) for value in values], dtype=np.bool_)[codes]

    def _in_places(self, names: Sequence[str]) -> Mask:
        if "places" not in self._codes:
            query = "SELECT id, county, city, province FROM documents"
            more = {number: rest for number, *rest in self.connection.execute(query)}
            self._codes["places"] = _coded(
                " ".join(filter(None, (row.region, row.org, *more.get(row.id, ())))) for row in self.rows
            )
        return self._where("places", lambda places: any(name in places for name in names))

    def _named(self, refs: Sequence[str]) -> Mask:
        wanted = set(refs)
        return np.array([row.ref in wanted or row.ref.partition("#")[0] in wanted for row in self.rows], dtype=np.bool_)

    def _in_years(self, values: Sequence[str]) -> Mask:
        year = self.numbers("year")
        if values == ("none",):
            return year == _UNKNOWN
        low, high = (int(value) if value else None for value in values)
        first = np.where(year == _UNKNOWN, self.numbers("year_low"), year)
        last = np.where(year == _UNKNOWN, self.numbers("year_high"), year)
        return (first != _UNKNOWN) & (last != _UNKNOWN) & _between(first, last, low, high)

    def _base(self, counted: Mask, apart: Mask, dropped: Mask) -> Base:
        undated = counted & (self.numbers("year") == _UNKNOWN)
        interval = (self.numbers("year_low") != _UNKNOWN) | (self.numbers("year_high") != _UNKNOWN)
        inferred = self._where("year_basis", lambda basis: basis == "inferred")
        return Base(
            documents=int(counted.sum()),
            total=len(self.rows),
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
        return tuple(self.rows[at].ref for at in np.flatnonzero(mask))


_LISTINGS: WeakKeyDictionary[sqlite3.Connection, tuple[tuple[int, int], Listing]] = WeakKeyDictionary()


def listing_of(connection: sqlite3.Connection) -> Listing:
    """Return the documents of an index; the list is kept until something changes."""
    if connection.in_transaction:
        return _read(connection)
    (version,) = connection.execute("PRAGMA data_version").fetchone()  # of what others wrote; total_changes is our own
    state = version, connection.total_changes
    try:
        kept = _LISTINGS.get(connection)
    except TypeError:  # a plain connection has no weak references
        return _read(connection)
    if kept is None or kept[0] != state:
        kept = state, _read(connection)
        _LISTINGS[connection] = kept
    return kept[1]


def with_fields(connection: sqlite3.Connection, fields: Sequence[Field]) -> set[int]:
    """Return the documents that have one of the things which fields name."""
    found: set[int] = set()
    for one in fields:
        for source, values in tables_of(one):
            query = f"SELECT DISTINCT m.document FROM {source}"
            found.update(number for (number,) in connection.execute(query, values))
    return found


def tables_of(node: Field) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what stands behind FROM to find the things of a field, as m, with its values."""
    if node.name == "has":
        for value in node.values:
            table, where = WHERE_THINGS[value].split(" WHERE ")
            yield f"{table} AS m WHERE {where}", ()
    elif node.name == "unit":
        units = {unit for value in map(plain, node.values) for unit in (value, value.lstrip("十百千万亿")) if unit}
        marks = ", ".join("?" * len(units))  # 万 is multiplied out: 万元 stands as 元
        yield f"quantities AS m WHERE m.unit IN ({marks})", tuple(sorted(units))
    elif node.name == "leaf":
        marks = ", ".join("?" * len(node.values))
        joined = "problems AS m JOIN problem_labels AS l ON l.problem = m.id"
        yield f"{joined} WHERE m.polarity = 'asserted' AND l.leaf IN ({marks})", node.values
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
    query = f"SELECT {', '.join(_COLUMNS)} FROM documents"
    rows = [Listed(*values) for values in connection.execute(query)]
    if copies:
        rows = [row._replace(copies=copies[row.id]) if row.id in copies else row for row in rows]
    rows.sort(key=lambda row: row.sort_key)
    query = "SELECT stale, count(*) FROM sources WHERE status IN ('failed', 'skipped') GROUP BY stale"
    failed: Mapping[int, int] = dict(connection.execute(query).fetchall())
    waiting = tuple(number for (number,) in connection.execute("SELECT document FROM waiting"))
    return Listing(
        connection=connection, rows=rows, at={row.id: at for at, row in enumerate(rows)}, waiting=waiting,
        unread=failed.get(0, 0), stale=failed.get(1, 0),
    )  # fmt: skip


def _coded(values: Iterable[Any]) -> tuple[list[Any], NDArray[np.intp]]:
    codes: dict[Any, int] = {}
    numbers = np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.intp)
    return list(codes), numbers


def _between(first: NDArray[np.int64], last: NDArray[np.int64], low: int | None, high: int | None) -> Mask:
    return np.asarray(
        ((low is None) | (first >= (low or 0))) & ((high is None) | (last <= (high or 0))), dtype=np.bool_
    )


def _hashable(value: Any) -> Any:
    return tuple(_hashable(one) for one in value) if isinstance(value, list | tuple) else value
