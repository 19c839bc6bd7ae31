"""Marks and stops: where sections and sentences of a text begin.

Reports number in the order of GB/T 9704 (一、 （一） 1. （1）), in looser forms (第一，一是，一要，首先) and inside running text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ingest.titles import parse_number
from nlp.places import codes_of, flags_of

HAN_NUMBER = r"[一二三四五六七八九十]{1,3}"
# Kinds of mark, from the outermost to the innermost. The last ones count inside a paragraph too.
MARKS = (
    ("chapter", rf"第{HAN_NUMBER}(?:章|部分|板块)"),
    ("han", rf"{HAN_NUMBER}、"),
    ("han-bracket", rf"[（(]{HAN_NUMBER}[)）]、?"),
    ("ordinal", rf"第{HAN_NUMBER}[，、：,]"),
    ("digit", r"\d{1,2}(?:[、．]|\.(?!\d))"),
    ("digit-bracket", r"[（(]?\d{1,2}[)）]"),
    ("circle", r"[①-⑳]"),
    ("item", rf"{HAN_NUMBER}(?:是|要|则)(?!一|否)|[一二三四五六七八九十]方面"),
    ("word", r"(?:首先|其次|再次|再者|最后|其[一二三四五六七八九十])(?=[，,是、：]|[\u4e00-\u9fff])"),
)
LEVEL = {name: at for at, (name, _) in enumerate(MARKS)}
LINE_MARK = re.compile("|".join(f"(?P<m{at}>{pattern})" for at, (_, pattern) in enumerate(MARKS)))
# With these one opens inside a line, and behind these: `INLINE_MARK` is tried there alone.
OPENS_INLINE, BEFORE_INLINE = r"[一二三四五六七八九十第\d]", r"[。；：，\s”’）]"
INLINE_MARK = re.compile(
    rf"(?:(?<=[。；：，\s])|(?<=[。！？；][”’）]))(?:(?P<item>{HAN_NUMBER}(?:是|要)(?!一|否))|(?P<ordinal>第{HAN_NUMBER}[，、：])|(?P<digit>\d{{1,2}}、))"
)
LINE_ITEM = re.compile(
    rf"{HAN_NUMBER}(?:是|要|则)|[一二三四五六七八九十]方面|首先|其次|再次|再者|最后|其[一二三四五六七八九十]|第{HAN_NUMBER}[，、：,]|\d"
)
NUMBER_OF_MARK = re.compile(r"[一二三四五六七八九十]+|\d+|[①-⑳]")
HEADING_STOP = re.compile(r"[。：；\n]")
LONGEST_HEADING = 60  # characters
BLANKS = " \t\xa0\u2002\u2003\u3000"
BREAKS = f"\n{BLANKS}"
BLANK_RUN = re.compile(f"[{BLANKS}]+")
SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’）〉》]*|(?=\n)|$)")
_STOP, _CLOSES, _LINE_END, _BLANK = 1, 2, 4, 8

Numbers: TypeAlias = NDArray[np.int64]


@dataclass(slots=True)
class Start:
    """Where a section starts: its mark and heading."""

    at: int
    kind: str
    marker: str
    heading: str
    heading_end: int
    opens_line: bool
    rank: float  # the smaller, the further out


def find_starts(text: str, headings: Sequence[tuple[int, int]] = ()) -> list[Start]:
    """Return where sections start, in order: at marks, and at the lines that a file's styles call headings (place, level from 1)."""
    starts = sorted(_starts(text), key=lambda start: start.at)
    return _with_styled(text, starts, headings) if headings else starts


def sentence_bounds(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield start and end of the sentences of a stretch, without the blanks before them."""
    for match in SENTENCE.finditer(text, first, len(text) if last is None else last):
        start, end = match.span()
        while start < end and text[start] in BLANKS:
            start += 1
        if start < end:
            yield start, end


def all_sentence_bounds(text: str) -> tuple[Numbers, Numbers]:
    """Return the starts and the ends that `sentence_bounds` yields for a whole text, in a quarter of its time."""
    told = flags_of("[。！？；]", "[”’）〉》]", "\n", f"[{BLANKS}]").take(codes_of(text))
    # behind each run of stops, with what closes behind it, and at each line end
    cuts = (((told[1:-1] & _STOP) > (told[2:] & _STOP)) | (told[1:-1] == _LINE_END)).nonzero()[0]
    at_line_end = told.take(cuts + 1) == _LINE_END
    ends = cuts + ~at_line_end
    for number in (told.take(ends + 1) == _CLOSES).nonzero()[0].tolist() if len(ends) else ():
        end = int(ends[number]) + 1
        while told[end + 1] == _CLOSES:
            end += 1
        ends[number] = end
    starts = np.concatenate(([0], ends + at_line_end))
    ends = np.append(ends, len(text))
    for number in (told.take(starts + 1) == _BLANK).nonzero()[0].tolist():
        starts[number] = BLANK_RUN.match(text, starts[number]).end()  # type: ignore[union-attr]
    kept = (starts < ends).nonzero()[0]
    return starts.take(kept), ends.take(kept)


def line_end(text: str, at: int) -> int:
    """Return where the line of a place ends."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def place_of(marker: str) -> int:
    """Return the number of a mark; 0 for one that has none (首先)."""
    number = NUMBER_OF_MARK.search(marker)
    return parse_number(number.group()) if number else 0


def enumerates(text: str, at: int = 0) -> bool:
    """Tell whether an enumeration (一是, 1、) goes on at a place: with a mark by itself, or a line that opens with one."""
    return LINE_ITEM.match(text, at) is not None


def goes_on(marker: str) -> bool:
    """Tell a mark inside a point, behind the first of its row: 二是, ②."""
    if "①" <= marker[0] <= "⑳":
        return marker[0] > "①"
    return enumerates(marker) and not marker[0].isdigit() and place_of(marker) > 1


def _starts(text: str) -> Iterator[Start]:
    at = 0
    places = _inline_places(text)
    here = 0  # of the places, the first that stands in the line or behind it
    for line in text.split("\n"):
        indent = _indent(line)
        opened = LINE_MARK.match(line, indent)
        if opened:
            yield _start(text, at + indent, _kind(opened), opened.group(), opens_line=True)
        end = at + len(line)
        if places[here] < end:
            behind = bisect_left(places, end, here)
            yield from _inline_starts(text, places[bisect_right(places, at + indent, here) : behind], opened)
            here = behind
        at = end + 1


def _inline_places(text: str) -> list[int]:
    """Return where a mark may stand inside a line, and the end of the text."""
    told = flags_of(OPENS_INLINE, BEFORE_INLINE).take(codes_of(text))
    places = ((told[1:-1] & 1) & (told[:-2] >> 1)).nonzero()[0].tolist()
    return [*places, len(text)]


def _inline_starts(text: str, places: Sequence[int], opened: re.Match[str] | None) -> Iterator[Start]:
    """Yield the marks inside a paragraph that belong to a run 一是…二是… or 1、…2、…"""
    runs: dict[str, list[re.Match[str]]] = {}
    for at in places:
        if match := INLINE_MARK.match(text, at):
            runs.setdefault(match.lastgroup or "", []).append(match)
    for kind, matches in runs.items():
        if len(matches) > 1 or (opened and _kind(opened) == kind):
            for match in matches:
                yield _start(text, match.start(), kind, match.group(), opens_line=False)


def _kind(mark: re.Match[str]) -> str:
    return MARKS[int((mark.lastgroup or "m0")[1:])][0]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip()) if line[:1].isspace() else 0


def _start(text: str, at: int, kind: str, marker: str, *, opens_line: bool) -> Start:
    begin = at + len(marker)
    stop = HEADING_STOP.search(text, begin, begin + LONGEST_HEADING)
    end = stop.start() if stop else min(len(text), begin + LONGEST_HEADING)
    if not stop and end < len(text):
        comma = text.rfind("，", begin, end)
        end = comma if comma > begin else end
    return Start(at, kind, marker, text[begin:end].strip(), end, opens_line, LEVEL[kind])


def _with_styled(text: str, starts: Sequence[Start], headings: Sequence[tuple[int, int]]) -> list[Start]:
    """Return the starts with those of headings that have a style and no mark.

    Where marked headings have styles too, one without a mark stands beside those of its level; else it is above all marks.
    A first heading whose level no other has is the title.
    """
    marked = {start.at: start.rank for start in starts if start.opens_line}
    ranks: dict[int, float] = {}
    for at, level in headings:
        at += _indent(text[at : at + LONGEST_HEADING])
        if at in marked:
            ranks[level] = min(marked[at], ranks.get(level, len(MARKS)))
    levels = Counter(level for _, level in headings)
    found = list(starts)
    for number, (at, level) in enumerate(headings):
        end = line_end(text, at)
        at += _indent(text[at:end])
        if at in marked or end - at > LONGEST_HEADING or (number == 0 and levels[level] == 1):
            continue
        found.append(Start(at, "styled", "", text[at:end].strip(), end, True, _rank_of(level, ranks)))
    return sorted(found, key=lambda start: start.at)


def _rank_of(level: int, ranks: dict[int, float]) -> float:
    """Return the rank of a level of styles: that of its marks, else just inside the innermost of the levels above it."""
    if level in ranks:
        return ranks[level]
    outer = [rank for other, rank in ranks.items() if other < level]
    return (max(outer) if outer else -10) + level / 10
