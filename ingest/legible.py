"""A source's text as its author wrote it: what went wrong on the way into the file is undone where that is exact.

Four things are mended, before lines and reports are told apart, since all of them hide line ends and headings too: mojibake
(`ingest.mojibake`), radicals for characters (`ingest.radicals`), characters that are spelt out (`ingest.spelt`), and numbers whose digits stand apart (`ingest.spaced`). The source's
text itself never changes; a map leads every character back to it. Where bytes were lost, one U+FFFD stands for the whole stretch, so that
nothing of it is indexed as text. A text that needs none of this comes back as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.mojibake import aligned, find_mojibake, suspects
from ingest.radicals import RADICAL, find_radicals
from ingest.readers import RawText
from ingest.records import Damage, Document, Furniture, OffsetMap
from ingest.runs import RunsBuilder, part_of_run
from ingest.spaced import find_spaced
from ingest.spelt import find_spelt
from ingest.symbols import SYMBOL, find_symbols

LOST = "\ufffd"
ONE_DAMAGE = 40  # characters (numbers, spaces) between two repaired stretches of one damage

PIECE = 1_000_000  # characters looked at a time

Edit = tuple[int, int, str]  # text[start:end] is read as these characters
Finder = Callable[[str], Iterator[Edit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Legible:
    """A text to read on, and what leads back from it to the source; `offsets` is None where nothing was mended.

    `repaired` are the stretches of `text` that were mojibake and could be taken back.
    """

    text: str
    offsets: OffsetMap | None = None
    repaired: tuple[tuple[int, int], ...] = ()

    def place(self, at: int) -> int:
        """Return the place in `text` of a place in the source; inside something mended, where that begins."""
        return at if self.offsets is None else self.offsets.from_source(at)

    def raw(self, raw: RawText) -> RawText:
        """Return what a reader made of the source, with this text and in places of it. Anchors stay out: they lead on from the source."""
        if self.offsets is None:
            return raw
        furniture = (
            replace(piece, start=self.place(piece.start), end=self.place(piece.end)) for piece in raw.furniture
        )
        reports = (
            replace(piece, start=self.place(piece.start), end=self.place(piece.end), title=_title(piece.title))
            for piece in raw.reports
        )
        return replace(raw, text=self.text, furniture=tuple(furniture), reports=tuple(reports), anchors=())

    def furniture(self, pieces: Iterable[Furniture]) -> list[Furniture]:
        """Return furniture of `text` as furniture of the source."""
        if self.offsets is None:
            return list(pieces)
        ends = ((piece, self.offsets.to_source(piece.start, piece.end)) for piece in pieces)
        return [replace(piece, start=start, end=end) for piece, (start, end) in ends]

    def document(self, document: Document) -> Document:
        """Return a document that leads to `text` as one that leads to the source, what was repaired marked in it."""
        if self.offsets is None:
            return document
        near = document.offsets
        repaired = []
        for start, end in self.repaired:
            first, last = near.from_source(start), near.from_source(end)
            if first < last:
                repaired.append(Damage(start=first, end=last, kind="repaired"))
        return replace(
            document,
            offsets=_composed(near, self.offsets),
            damage=(*document.damage, *repaired),
        )


def make_legible(text: str, marks: Sequence[tuple[int, int]] = ()) -> Legible:
    """Return the text mended, as far as that is exact; `marks` are stretches that the format wrote and nobody said."""
    if not marks and text.isascii() and "&" not in text and "\\u" not in text and "<U+" not in text:
        return Legible(text=text)
    mended = Legible(text=text)
    if marks:
        mended = _edited(mended, ((start, end, "") for start, end in marks))
        text = mended.text
    signs = _signs(text)
    found = find_mojibake(text, signs) if signs else []
    if found:
        unmarked = mended.offsets
        mended = _edited(mended, _of_mojibake(text, found))
        if unmarked is not None:
            found = [(*unmarked.to_source(start, end), repair) for start, end, repair in found]
        mended = replace(mended, repaired=tuple(_stretches(mended, found)))
        signs = _signs(mended.text)
    for find, needs in FINDERS:
        edits = list(find(mended.text)) if needs.search(signs) else ()
        if edits:
            mended = _edited(mended, edits)
            signs = _signs(mended.text)
    return mended


# What finds something to mend, and the characters of which a text has one at least if it is found there.
FINDERS: tuple[tuple[Finder, re.Pattern[str]], ...] = (
    (find_radicals, RADICAL),
    (find_spelt, re.compile(r"[<&\\]")),
    (find_symbols, SYMBOL),
    (find_spaced, re.compile("[ \u3000]")),
)


def _signs(text: str) -> str:
    """Return the characters of a text that one of the searches may begin with, each once: one pass instead of eight."""
    wanted = _wanted()
    found: set[str] = set()
    for start in range(0, len(text), PIECE):
        found.update(wanted.findall(text[start : start + PIECE]))
    return "".join(found)


@cache
def _wanted() -> re.Pattern[str]:
    inside = "".join(needs.pattern[1:-1] for _, needs in FINDERS)
    return re.compile(f"[{suspects()}{inside}]")


def _title(title: str | None) -> str | None:
    return make_legible(title).text if title else title


def _of_mojibake(text: str, found: list[tuple[int, int, str | None]]) -> Iterator[Edit]:
    """Yield the repairs in steps as small as lead back exactly, and one sign for each stretch that is lost."""
    at = 0
    while at < len(found):
        start, end, repair = found[at]
        at += 1
        if repair is None:
            while at < len(found) and found[at][0] == end and found[at][2] is None:
                end = found[at][1]
                at += 1
            lost = text[start:end]
            yield start, end, LOST + "\n" * ("\n" in lost)
            continue
        before = start
        after = 0
        for damaged, whole in aligned(text[start:end], repair):
            yield before, before + damaged, repair[after : after + whole]
            before += damaged
            after += whole


def _stretches(mended: Legible, found: list[tuple[int, int, str | None]]) -> Iterator[tuple[int, int]]:
    """Yield the repaired stretches, in places of the mended text; what is lost in between counts to them."""
    start = end = -1
    for first, last, repair in found:
        if repair is None:
            continue
        if end >= 0 and first - end <= ONE_DAMAGE:
            end = last
            continue
        if end >= 0:
            yield mended.place(start), mended.place(end)
        start, end = first, last
    if end >= 0:
        yield mended.place(start), mended.place(end)


def _edited(before: Legible, edits: Iterable[Edit]) -> Legible:
    """Return the text with the edits made; they are in order and do not overlap."""
    builder = RunsBuilder()
    at = 0
    text = before.text
    for start, end, new in edits:
        if text[start:end] == new:
            continue
        builder.put(text[at:start], at, start)
        builder.put(new, start, end)
        at = end
    builder.put(text[at:], at, len(text))
    offsets = builder.offsets()
    repaired = tuple((offsets.from_source(start), offsets.from_source(end)) for start, end in before.repaired)
    if before.offsets is not None:
        offsets = _composed(offsets, before.offsets)
    return Legible(text="".join(builder.parts), offsets=offsets, repaired=repaired)


def _composed(first: OffsetMap, second: OffsetMap) -> OffsetMap:
    """Return the map that leads through `first` and then through `second`."""
    builder, far = RunsBuilder(), second.runs
    at = 0
    for run in first.runs:
        at = max(0, min(at, len(far) - 1))
        while at and far[at].clean_start > run.source_start:
            at -= 1
        while at + 1 < len(far) and far[at].clean_end <= run.source_start:
            at += 1
        if run.clean_end - run.clean_start != run.source_end - run.source_start:
            start = end = -1
            while at < len(far) and far[at].clean_start < run.source_end:
                if piece := part_of_run(far[at], run.source_start, run.source_end):
                    start, end = (piece[1] if start < 0 else start), piece[2]
                at += 1
            builder.add(run.clean_end - run.clean_start, start, end)
            continue
        while at < len(far) and far[at].clean_start < run.source_end:
            if piece := part_of_run(far[at], run.source_start, run.source_end):
                builder.add(*piece)
            at += 1
    return builder.offsets()
