"""Which documents a question is about, and what is said of each: one vocabulary for all answers.

Every answer carries its `Base`: how many documents it could have counted, how many of them are undated, and which were
set apart because only an interval of years is known that touches the years asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypedDict, TypeVar

from index.errors import UnknownDocument
from index.inputs import Years, parse_years, plain

Row = TypeVar("Row")
Kept = TypeVar("Kept")
Document = TypeVar("Document", bound="Dated")

INFERRED = "≈"
FROM, UNTIL = "≥", "≤"  # of an interval of years that is open on one side


class Filtering(TypedDict, total=False):
    """The filters that every question takes. Several values for one field are alternatives."""

    year: Years | None  # one year, or the first and the last, either of them open
    org: str | Sequence[str] | None
    org_level: str | Sequence[str] | None
    region: str | Sequence[str] | None
    doc_type: str | Sequence[str] | None
    section: str | Sequence[str] | None  # role of the sentence: problems, measures, achievements, plan, background
    ref: str | Sequence[str] | None  # of a document, or the short name of a file
    undated: str  # separate (the default), infer or drop


class Dated:
    """A document as filters and groups see it, however much of it was read."""

    __slots__ = ()
    id: int
    ref: str
    doc_type: str
    org: str | None
    org_level: str
    region: str | None
    region_basis: str | None
    county: str | None
    city: str | None
    province: str | None
    year: int | None
    year_low: int | None
    year_high: int | None
    year_basis: str
    copies: int

    @property
    def region_label(self) -> str | None:
        """清溪县, ≈吉林省 where inferred, None where nothing is known."""
        return f"{INFERRED}{self.region}" if self.region and self.region_basis == "inferred" else self.region

    @property
    def year_label(self) -> str | None:
        """2012, ≈2007 where inferred, ≈2004–2005 or ≥2015 where only an interval is known, None where nothing is."""
        if self.year is not None:
            return f"{INFERRED}{self.year}" if self.year_basis == "inferred" else str(self.year)
        if self.year_low is not None and self.year_high is not None:
            span = str(self.year_low) if self.year_low == self.year_high else f"{self.year_low}–{self.year_high}"
            return INFERRED + span
        if self.year_low is not None:
            return f"{FROM}{self.year_low}"
        return None if self.year_high is None else f"{UNTIL}{self.year_high}"

    @property
    def inferred(self) -> bool:
        return self.year is not None and self.year_basis == "inferred"

    @property
    def undated(self) -> bool:
        return self.year is None

    @property
    def sort_key(self) -> tuple[int, str]:
        """By year (of an interval, the first), the undated last, then by name."""
        known = (self.year, self.year_low, self.year_high)
        year = next((one for one in known if one is not None), 9999)
        return (year, self.ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow(Dated):
    """A document as it stands in lists. `damage` and `problems` count places; `stale` means an earlier reading."""

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
    signed: str | None
    script: str
    chars: int
    source_start: int
    source_end: int
    damage: int
    problems: int
    path: str
    stale: bool
    copies: int  # places where it stands again; each is counted nowhere else
    region_basis: str | None = None  # body, stated, inferred or none; None in an index of an earlier version
    county: str | None = None
    city: str | None = None
    province: str | None = None
    addressee: str | None = None
    signer: str | None = None
    number: str | None = None  # of the document
    year_conflicts: int | None = None  # words that contradict the year that is stated
    org_basis: str | None = None  # stated, inferred or none; None in an index of an earlier version
    corrected: tuple[str, ...] = ()  # fields that stand as a person said

    @property
    def org_label(self) -> str | None:
        """清溪县妇联, ≈镇妇联 where it is the likeliest of those named, None where nobody is likely."""
        return f"{INFERRED}{self.org}" if self.org and self.org_basis == "inferred" else self.org


class _Brief(NamedTuple):
    id: int
    ref: str
    doc_type: str
    org: str | None
    org_level: str
    region: str | None
    year: int | None
    year_low: int | None
    year_high: int | None
    year_basis: str
    region_basis: str | None
    county: str | None
    city: str | None
    province: str | None
    copies: int


class Brief(_Brief, Dated):
    """A document as counting needs it: read in a sixth of the time."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What an answer rests on.

    `documents` could have been counted; `total` are in the index. `undated` of the counted have no year. `apart` are
    documents whose interval of years touches the years asked for, without lying in them. `dropped` were left out because
    nothing dates them.
    """

    documents: int
    total: int
    undated: int
    apart: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    unread: int = 0  # files that failed or were skipped, and hold nothing from before
    interval: int = 0  # of the undated, those of which an interval of years is known (≈2004–2005, ≥2015)
    inferred: int = 0  # of the counted, those whose year is inferred (≈2007)
    stale: int = 0  # files that fail now and are shown as they were read before
    copies: int = 0  # of the counted documents, which stand in other files or places again; they are not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Generic[Row]):
    """Rows with their base. `apart` are rows of documents that are set apart (see Base)."""

    rows: tuple[Row, ...]
    base: Base
    apart: tuple[Row, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> Row:
        return self.rows[at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The documents of a question: those that count, and those set apart; both by id, in order of year and name."""

    documents: Mapping[int, DocumentRow]
    apart: Mapping[int, DocumentRow]
    roles: frozenset[str]  # of sentences; empty: all
    base: Base
    all: Mapping[int, DocumentRow] = field(repr=False)

    def wants(self, role: str | None) -> bool:
        """Return whether a section of that role is asked for."""
        return not self.roles or role in self.roles


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefScope:
    """The documents of a question that counts: see Scope."""

    documents: Mapping[int, Brief]
    apart: Mapping[int, Brief]
    roles: frozenset[str]
    base: Base


def scope_of(connection: sqlite3.Connection, filters: Filtering) -> Scope:
    """Return the documents that the filters leave."""
    rows = read_documents(connection)
    chosen = _choose(rows, filters)
    return Scope(
        documents={row.id: row for row in chosen.counted},
        apart={row.id: row for row in chosen.apart},
        roles=frozenset(_several(filters.get("section"))),
        base=_base(connection, chosen, len(rows)),
        all={row.id: row for row in rows},
    )


def brief_scope_of(connection: sqlite3.Connection, filters: Filtering) -> BriefScope:
    """Return the same documents, as counting needs them."""
    rows = read_briefs(connection)
    chosen = _choose(rows, filters)
    return BriefScope(
        documents={row.id: row for row in chosen.counted},
        apart={row.id: row for row in chosen.apart},
        roles=frozenset(_several(filters.get("section"))),
        base=_base(connection, chosen, len(rows)),
    )


@dataclass(frozen=True, slots=True)
class _Chosen(Generic[Document]):
    counted: list[Document]
    apart: list[Document]
    dropped: list[Document]


def _choose(rows: list[Document], filters: Filtering) -> _Chosen[Document]:
    known = set(Filtering.__annotations__)
    if unknown := set(filters) - known:
        raise TypeError(f"no such filter: {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}")
    undated = filters.get("undated") or "separate"
    if undated not in ("separate", "infer", "drop"):
        raise ValueError(f"undated={undated!r}: choose separate, infer or drop")
    named = any(filters.get(name) for name in ("org", "region", "ref", "org_level", "doc_type"))
    wanted = [row for row in rows if _passes(row, filters)] if named else rows
    low, high = parse_years(filters.get("year"))
    bounded = low is not None or high is not None
    if not bounded and undated != "drop":
        return _Chosen(list(wanted), [], [])
    chosen: _Chosen[Document] = _Chosen([], [], [])
    for row in wanted:
        if row.year is not None:
            if (low is None or row.year >= low) and (high is None or row.year <= high):
                chosen.counted.append(row)
        elif undated == "drop":
            chosen.dropped.append(row)
        elif _surely_within(row, low, high):
            chosen.counted.append(row)
        elif not _may_fall_within(row, low, high):
            if row.year_low is None and row.year_high is None:
                chosen.dropped.append(row)
        else:
            (chosen.counted if undated == "infer" else chosen.apart).append(row)
    return chosen


def _base(connection: sqlite3.Connection, chosen: _Chosen[Document], total: int) -> Base:
    counted = chosen.counted
    statuses = dict(
        connection.execute("SELECT status, count(*) FROM sources WHERE NOT stale GROUP BY status").fetchall()
    )
    (stale,) = connection.execute("SELECT count(*) FROM sources WHERE stale").fetchone()
    undated = [row for row in counted if row.year is None]
    return Base(
        documents=len(counted),
        total=total,
        undated=len(undated),
        interval=sum(row.year_label is not None for row in undated),
        apart=tuple(row.ref for row in chosen.apart),
        dropped=tuple(row.ref for row in chosen.dropped),
        inferred=sum(row.year_basis == "inferred" and row.year is not None for row in counted),
        unread=statuses.get("failed", 0) + statuses.get("skipped", 0),
        stale=stale,
        copies=sum(row.copies for row in counted),
    )


def label_key(label: str | None) -> tuple[bool, str, bool]:
    """The key that sorts labels: 2007 before ≈2007 before 2008, the undated or unnamed last."""
    return (label is None, (label or "").lstrip(INFERRED + FROM + UNTIL), not (label or "")[:1].isdigit())


class Connection(sqlite3.Connection):
    """A connection that keeps what was read of all documents until something changes (measured: half the time of a search)."""

    in_snapshot = False  # in a transaction that only reads

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self._state: tuple[int, int] | None = None
        self._read: dict[Callable[[Connection], Any], Any] = {}

    def keep(self, read: Callable[[Connection], Kept]) -> Kept:
        """Return what a function reads; it is called again only when the rows may be others. Our own changes may still be undone: nothing is kept."""
        if self.in_transaction and not self.in_snapshot:
            return read(self)
        (version,) = self.execute("PRAGMA data_version").fetchone()  # of what others wrote; total_changes is our own
        state = version, self.total_changes
        if state != self._state:
            self._state, self._read = state, {}
        if read not in self._read:
            self._read[read] = read(self)
        found: Kept = self._read[read]
        return found


def kept(connection: sqlite3.Connection, read: Callable[[sqlite3.Connection], Kept]) -> Kept:
    """Return what a function reads, from what the connection keeps if it does so."""
    return connection.keep(read) if isinstance(connection, Connection) else read(connection)


def read_documents(connection: sqlite3.Connection) -> list[DocumentRow]:
    """Return every document, by year (the undated last) and name."""
    return kept(connection, _read_documents)


def _read_documents(connection: sqlite3.Connection) -> list[DocumentRow]:
    query = """SELECT d.id, d.ref, d.title, d.doc_type, d.org, d.org_level, d.region, d.year, d.year_low, d.year_high,
d.year_basis, d.signed, d.script, d.chars, d.source_start, d.source_end,
s.path, d.region_basis, d.county, d.city, d.province, d.addressee, d.signer, d.number, d.year_conflicts, d.org_basis,
s.stale FROM documents AS d JOIN sources AS s ON s.id = d.source"""
    damage = dict(connection.execute("SELECT document, count(*) FROM damage GROUP BY document").fetchall())
    asserted = "SELECT document, count(*) FROM problems WHERE polarity = 'asserted' GROUP BY document"
    problems = dict(connection.execute(asserted).fetchall())
    copies = dict(connection.execute("SELECT document, count(*) FROM copies GROUP BY document").fetchall())
    told = """SELECT e.document, c.field FROM corrected AS e JOIN corrections AS c ON c.id = e.correction
WHERE c.layer = 'document' ORDER BY c.id"""
    corrected: dict[int, tuple[str, ...]] = {}
    for document, field_ in connection.execute(told):
        corrected[document] = tuple(dict.fromkeys((*corrected.get(document, ()), field_)))
    counted = ("damage", "problems", "stale", "copies", "corrected")
    names = [name for name in DocumentRow.__dataclass_fields__ if name not in counted]
    rows = [
        DocumentRow(
            **dict(zip(names, values, strict=True)),
            stale=bool(stale),
            damage=damage.get(values[0], 0),
            problems=problems.get(values[0], 0),
            copies=copies.get(values[0], 0),
            corrected=corrected.get(values[0], ()),
        )
        for *values, stale in connection.execute(query)
    ]
    return sorted(rows, key=lambda row: row.sort_key)


def read_briefs(connection: sqlite3.Connection) -> list[Brief]:
    """Return every document as counting needs it, in the order of `read_documents`."""
    return kept(connection, _read_briefs)


def _read_briefs(connection: sqlite3.Connection) -> list[Brief]:
    copies = dict(connection.execute("SELECT document, count(*) FROM copies GROUP BY document").fetchall())
    columns = ", ".join(name for name in Brief._fields if name != "copies")
    query = f"SELECT {columns}, 0 FROM documents ORDER BY coalesce(year, year_low, year_high, 9999), ref"
    rows = [Brief._make(values) for values in connection.execute(query)]
    return [row._replace(copies=copies[row.id]) if row.id in copies else row for row in rows] if copies else rows


def document_named(connection: sqlite3.Connection, ref: str) -> DocumentRow:
    """Return the document of that name; raises UnknownDocument with names near it."""
    rows = read_documents(connection)
    for row in rows:
        if row.ref == ref:
            return row
    key, mark, ordinal = ref.partition("#")
    found = _files_named(rows, key)
    if len(found) == 1:
        (key,) = found
        inside = [row for row in rows if _key(row) == key]
        asked = [row for row in inside if row.ref == f"{key}{mark}{ordinal}"]
        if len(asked) == 1 or (not mark and len(inside) == 1):
            return (asked or inside)[0]
        raise UnknownDocument(f"{key}{mark}{ordinal}" if mark else key, [row.ref for row in inside])
    near = [row.ref for row in rows if _key(row) in found] or [row.ref for row in rows][:5]
    raise UnknownDocument(ref, near)


def _key(row: DocumentRow) -> str:
    return row.ref.partition("#")[0]


def _files_named(rows: Sequence[DocumentRow], name: str) -> list[str]:
    """Return the short names of the files that a name means: its own or its file's, else those that it begins."""
    wanted = plain(name)
    for same in (
        lambda row: _key(row) == name,
        lambda row: (
            wanted in (plain(_key(row)), plain(row.path), plain(row.path.replace("\\", "/").rpartition("/")[2]))
        ),
        lambda row: plain(_key(row)).startswith(wanted),
    ):
        if found := list(dict.fromkeys(_key(row) for row in rows if same(row))):
            return found
    return []


def _passes(row: Dated, filters: Filtering) -> bool:
    org, region, refs = _several(filters.get("org")), _several(filters.get("region")), _several(filters.get("ref"))
    levels, kinds = _several(filters.get("org_level")), _several(filters.get("doc_type"))
    return (
        (not org or any(name in (row.org or "") for name in org))
        and (not region or any(name in _places(row) for name in region))
        and (not refs or row.ref in refs or row.ref.partition("#")[0] in refs)
        and (not levels or row.org_level in levels)
        and (not kinds or row.doc_type in kinds)
    )


def _places(row: Dated) -> str:
    return " ".join(filter(None, (row.region, row.org, row.county, row.city, row.province)))


def _several(value: str | Sequence[str] | None) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _surely_within(row: Dated, low: int | None, high: int | None) -> bool:
    if row.year_low is None or row.year_high is None:
        return False
    return (low is None or row.year_low >= low) and (high is None or row.year_high <= high)


def _may_fall_within(row: Dated, low: int | None, high: int | None) -> bool:
    if row.year_low is None and row.year_high is None:
        return False
    return (row.year_low is None or high is None or row.year_low <= high) and (
        row.year_high is None or low is None or row.year_high >= low
    )
