"""The records that reading a file makes: a Source with its Documents.

Offsets count Unicode code points, end excluded. `Source.text` is the decoded file and is never changed;
`Document.text` is clean text, and `Document.to_source` leads any stretch of it back.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

Places: TypeAlias = "array[int]"  # of typecode I
PLACES = "I"  # four bytes for each: texts of up to four thousand million characters


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of clean text and the stretch of source text that it came from.

    Runs of equal length map character by character; others (a conversion that changed the length) map as a block.
    """

    clean_start: int
    clean_end: int
    source_start: int
    source_end: int


class OffsetMap:
    """Where each character of a clean text stood in its source.

    `runs` are in order, without gaps on the clean side; on the source side there are gaps where text was dropped. They are kept as
    numbers in arrays, since a file of a hundred megabytes may have millions; `runs` makes records of them each time it is asked.
    """

    __slots__ = ("_clean_ends", "_clean_starts", "_source_ends", "_source_starts")

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        kept = tuple(runs)
        self._clean_starts = array(PLACES, [run.clean_start for run in kept])
        self._clean_ends = array(PLACES, [run.clean_end for run in kept])
        self._source_starts = array(PLACES, [run.source_start for run in kept])
        self._source_ends = array(PLACES, [run.source_end for run in kept])

    @classmethod
    def of_arrays(
        cls, clean_starts: Places, clean_ends: Places, source_starts: Places, source_ends: Places
    ) -> OffsetMap:
        """Return the map whose n-th run is made of the n-th numbers."""
        made = cls()
        made._clean_starts, made._clean_ends = clean_starts, clean_ends
        made._source_starts, made._source_ends = source_starts, source_ends
        return made

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(map(Run, self._clean_starts, self._clean_ends, self._source_starts, self._source_ends))

    @property
    def source_start(self) -> int:
        return self._source_starts[0] if self._source_starts else 0

    @property
    def source_end(self) -> int:
        return self._source_ends[-1] if self._source_ends else 0

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source range of clean[start:end]; an empty range maps to an empty one."""
        first = self._source_of(start)[0]
        return (first, first) if end <= start else (first, self._source_of(end - 1)[1])

    def from_source(self, at: int) -> int:
        """Return the clean place of a place in the source: where a run that maps as a block begins, behind what was dropped."""
        number = bisect_right(self._source_starts, at) - 1
        if number < 0:
            return 0
        clean_start, source_start = self._clean_starts[number], self._source_starts[number]
        if at >= self._source_ends[number]:
            return self._clean_ends[number]
        block = self._clean_ends[number] - clean_start != self._source_ends[number] - source_start
        return clean_start if block else clean_start + at - source_start

    def shifted(self, by: int) -> OffsetMap:
        """Return the map of the same text where its source stands so many characters further on."""
        starts, ends = (
            array(PLACES, [at + by for at in places]) for places in (self._source_starts, self._source_ends)
        )
        return OffsetMap.of_arrays(self._clean_starts, self._clean_ends, starts, ends)

    def _source_of(self, position: int) -> tuple[int, int]:
        if not self._clean_starts:
            return 0, 0
        number = max(0, bisect_right(self._clean_starts, position) - 1)
        start, end = self._source_starts[number], self._source_ends[number]
        if position >= self._clean_ends[number]:
            return end, end
        if self._clean_ends[number] - self._clean_starts[number] == end - start:
            at = start + position - self._clean_starts[number]
            return at, at + 1
        return start, end

    def _numbers(self) -> tuple[Places, ...]:
        return self._clean_starts, self._clean_ends, self._source_starts, self._source_ends

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OffsetMap) and self._numbers() == other._numbers()

    def __hash__(self) -> int:
        return hash(tuple(places.tobytes() for places in self._numbers()))

    def __repr__(self) -> str:
        return f"OffsetMap(runs={self.runs!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A stretch of Document.text that is not what its author wrote.

    `kind` is masked (XX年, ##县, **万余元) · digits_lost (培训人数000多人) · words_removed (“”突出问题) ·
    truncated (a heading without a body) · mojibake (bytes were lost; one U+FFFD stands for the stretch) ·
    repaired (mojibake that could be taken back exactly: reads as it was written).
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """A stretch of Source.text that belongs to the site or the page, to no document."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a stretch of Source.text stands in a file that is not plain text.

    `page` counts from 1 (PDF), `paragraph` from 0 (Word, with `run` from 0 in it; `cell` is (table, row, column) inside a table).
    In a spreadsheet `sheet` is the sheet's name and `cell` is (sheet, row, column), all from 0; `slide` counts from 1.
    `box` is (left, top, right, bottom) in points from the top left corner of the page.
    `confidence` is how sure a recognition of characters (OCR) is of the stretch, from 0 to 1.
    """

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    paragraph: int | None = None
    run: int | None = None
    cell: tuple[int, int, int] | None = None
    sheet: str | None = None
    slide: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report out of a source. `ordinal` counts from 1 within the source."""

    ordinal: int
    title: str | None
    text: str
    offsets: OffsetMap
    title_source: str = (  # own (a line of the text), heading (a compilation's), page (a site's: says nothing of the year)
        "own"  # or upload (the name under which somebody uploaded the file)
    )
    script: str = "simplified"  # or traditional: then text is converted, and Taiwan's words are variants
    damage: tuple[Damage, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()  # (where its line begins, level from 1), by the styles of the file
    letterhead: str = ""  # the lines around it with the cells of an authority's table or a page's day and source

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of Source.text that text[start:end] came from."""
        return self.offsets.to_source(start, end)

    @property
    def source_start(self) -> int:
        return self.offsets.source_start

    @property
    def source_end(self) -> int:
        return self.offsets.source_end


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A stretch of Source.text that says again what a document of the same file says: it is no document of its own.

    It would have been document `ordinal`; `of` is the ordinal of the document that it repeats.
    """

    ordinal: int
    of: int
    title: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file: its identity, its decoded text, the documents in it, and what was left out of them."""

    path: str
    sha256: str
    size: int  # bytes
    media_type: str  # text, docx or pdf
    encoding: str | None  # of a text file
    text: str
    documents: tuple[Document, ...]
    furniture: tuple[Furniture, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    # What the file or page says of itself (title, date, source, author, url; the heads of a table); it never dates the report.
    about: tuple[tuple[str, str], ...] = ()
    repeats: tuple[Repeat, ...] = ()  # of a report within the file, which are no documents
