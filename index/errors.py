"""What can go wrong with an index; every message says what, where, and what would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar


class StoreError(Exception):
    """Something about an index or a question put to it."""


class DatabaseTooNew(StoreError):
    """The file was written by a later version of the program."""

    def __init__(self, path: str, unknown: Iterable[str]) -> None:
        self.path = path
        self.unknown = tuple(unknown)
        steps = ", ".join(self.unknown)
        super().__init__(f"{path}: written by a newer nianlun (it knows {steps}). Update nianlun, or use another file.")


class NotAnIndex(StoreError):
    """The file is no SQLite database, or one of another program."""

    def __init__(self, path: str | Path, reason: str) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}. Name a file that nianlun made, or a new one.")


class NoSuchIndex(StoreError):
    """There is no file to read from."""

    def __init__(self, path: str | Path) -> None:
        self.path = path
        super().__init__(f"{path}: there is no such index. Make one with `nianlun ingest FOLDER --db {path}`.")


class BadQuery(StoreError):
    """A search asks for nothing that could be found; `at` and `end` are the place in the query, where there is one."""

    def __init__(self, query: str, reason: str, *, at: int | None = None, end: int = 0, detail: str = "") -> None:
        self.query, self.reason, self.at, self.end, self.detail = query, reason, at, end, detail
        super().__init__(f"{query!r}: {reason}" + (f": {detail}" if detail else ""))


class BadReference(StoreError):
    """Words that are no reference to a document."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"{text!r} is no reference. Write a document as 003 or 000#2, a place in it as 003@512-540.")


class UnknownDocument(StoreError):
    """A well-formed reference to a document that is not in the index."""

    def __init__(self, ref: str, near: Iterable[str]) -> None:
        self.ref = ref
        self.near = tuple(near)
        hint = f" Near it: {', '.join(self.near)}." if self.near else ""
        super().__init__(f"{ref}: no such document in the index.{hint}")


class BadDay(StoreError, ValueError):
    """Words that are no day, a day that no calendar has, or a span that ends before it begins."""

    def __init__(self, text: str, *, reversed_: bool = False) -> None:
        self.text, self.reversed = text, reversed_
        why = "ends before it begins" if reversed_ else "is no day"
        super().__init__(f"{text!r} {why}. Write 2014-03-18, 2014-03, 2014 or 2014-01..2014-06.")


class BadYears(StoreError, ValueError):
    """Something that names no years, or a span that ends before it begins."""

    def __init__(self, years: object, *, reversed_: bool = False) -> None:
        self.years, self.reversed = years, reversed_
        why = "ends before it begins" if reversed_ else "names no years"
        super().__init__(f"year={years!r} {why}. Write 2012, (2004, 2011) or (2004, None).")


class SameYear(StoreError, ValueError):
    """A comparison of a year with itself."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"{year} is compared with itself; name two years.")


class UnknownLeaf(StoreError):
    """A question about a leaf that the taxonomy does not have; `near` are those with names like it, or that it may mean."""

    def __init__(self, leaf: str, known: Iterable[str], near: Iterable[str] = ()) -> None:
        self.leaf, self.known, self.near = leaf, tuple(known), tuple(near)
        hint = f" Near it: {', '.join(self.near)}." if self.near else ""
        super().__init__(f"{leaf}: no such problem in the taxonomy.{hint} Known: {', '.join(self.known)}")


class MixedUnits(StoreError):
    """Numbers that cannot be added, as 人 and 人次 cannot."""

    def __init__(self, units: Mapping[str, int]) -> None:
        self.units = dict(units)
        listed = ", ".join(f"{unit or '(no unit)'} × {count}" for unit, count in self.units.items())
        super().__init__(f"These numbers cannot be added, their units differ: {listed}. Choose one with unit=…")


class NotAdditive(StoreError):
    """Numbers of which a sum says nothing: shares, rates, ages, ranks."""

    def __init__(self, units: Mapping[str, int]) -> None:
        self.units = dict(units)
        listed = ", ".join(f"{unit} × {count}" for unit, count in self.units.items())
        super().__init__(
            f"A sum of shares, rates, ages or ranks says nothing: {listed}. Choose another unit with unit=…"
        )


class BadCorrection(StoreError, ValueError):
    """A correction that cannot be made: `reason` says which part of it is wrong, `known` what would do."""

    REASONS: ClassVar[dict[str, str]] = {
        "field": "no such field. Known: {known}",
        "code": "no such value. Known: {known}",
        "empty": "a value is missing. Write {known} where there is none",
        "year": "no year. Write 2012, or none where it cannot be told",
        "value": "no number. Write 1200, 1.5万, 3..5, or none where it cannot be read",
        "day": "no day. Write 2012-03-18, 2012-03, 2012-03-01..2012-06-30, or none",
        "place": "a field of a sentence or a mention; write the place, as in {known}@512-540 (every row has one)",
        "copy": "a stretch of a copy; name it in the document itself, {known}",
        "nothing": "nothing of that kind stands there {known}",
        "several": "several stand there; name one: {known}",
        "undo": "no correction that holds",
        "form": "neither annotations of Label Studio or doccano nor a log of nianlun",
    }

    def __init__(self, reason: str, *, value: str, known: str) -> None:
        self.reason, self.value, self.known = reason, value, known
        super().__init__(f"{value!r}: {self.REASONS[reason].format(known=known)}.")


class BadVariants(StoreError):
    """A line of variants.csv that cannot be used."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")


class FileGone(StoreError):
    """The raw file that an answer leads to is not where it was read."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"{path}: the file is not there any more. Put it back, or run `nianlun ingest` again.")


class FileChanged(StoreError):
    """The raw file is another than the one that was read."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"{path}: the file has changed since it was read. Run `nianlun ingest` again.")


class NoPage(StoreError):
    """A picture is asked of a file that has no pages, or (`paged`) of a stretch of which the page is not known."""

    def __init__(self, path: str, media_type: str, *, paged: bool = False) -> None:
        self.path, self.media_type, self.paged = path, media_type, paged
        why = "no place on a page is known for this, run `nianlun ingest` again" if paged else "it has no pages to draw"
        super().__init__(f"{path} ({media_type}): {why}. `nianlun show --source` tells where the words stand.")


class BadPicture(StoreError):
    """A name for a picture that cannot be used: of a format that is not written, or that of the raw file itself."""

    def __init__(self, path: str, known: Iterable[str]) -> None:
        self.path, self.known = path, tuple(known)
        super().__init__(f"{path}: no name for a picture. Write one that ends in {', '.join(self.known)}.")


class ReadOnly(StoreError):
    """A query that would change something."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        super().__init__(f"{wanted}: an index is only read here. Ask with SELECT; `nianlun ingest` alone writes.")


class TooSlow(StoreError):
    """A query that ran into its limit of time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"The query was stopped after {seconds:g} s. Narrow it, or give it more with --timeout.")


class BadSql(StoreError):
    """A query that SQLite does not understand; `near` are names that may have been meant."""

    def __init__(self, sql: str, reason: str, near: Iterable[str] = ()) -> None:
        self.sql, self.reason, self.near = sql, reason, tuple(near)
        hint = f" Near it: {', '.join(self.near)}." if self.near else ""
        super().__init__(f"{reason}.{hint}")


class BadBackup(StoreError):
    """A backup that cannot be made: why is exists, same, folder, nowhere, refused, full or damaged; `detail` are the system's words."""

    def __init__(self, path: str | Path, why: str, detail: str = "") -> None:
        self.path, self.why, self.detail = path, why, detail
        super().__init__(f"{path}: no backup was made ({why}{': ' if detail else ''}{detail}).")


class BadExport(StoreError):
    """A file that cannot be written; why is exists, ending, folder, package, empty or query."""

    def __init__(self, path: str | Path, why: str, detail: str = "") -> None:
        self.path, self.why, self.detail = path, why, detail
        super().__init__(f"{path}: nothing was exported ({why}{': ' if detail else ''}{detail}).")
