"""Lines of a source, and which of them belong together.

Reports come hard-wrapped, or with single paragraphs broken by a converter, sometimes with an empty line in between. A line
is joined to the next one where nothing closes it and something shows that it goes on: punctuation, the length of the
line, the width to which the text is wrapped, or a word that stands across the break.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|(?<=[^\s])\u3000{2,}(?=[^\s])")
EDGE = " \t\u3000\xa0\ufeff\u200b\x00"
# A list mark at the start of a line, in the forms of the official format GB/T 9704 and the looser ones of practice.
MARK = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}[章节部篇条][^分]"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．:：)）]"
    r"|\d{1,2}[、．)）](?!\d)|\d{1,2}\.(?!\d)|[①-⑳]|[•●○■◆★※▲]"
    r"|[一二三四五六七八九十]{1,2}(?:是|要|方面)|其[一二三四五六七八九十]|第[一二三四五六七八九十]{1,2}[,，、:：]"
    r"|附件|抄送|主题词)"
)
# Closed by a stop, which quotation marks or the writer's name in brackets may follow.
CLOSED = re.compile(r"[。！？!?；;：:…][”’〞\"'》〉）)\]】」』]*(?:[（(][^（()）]{1,20}[)）])?$")
INNER_STOP = re.compile(r"[。！？；](?=.)")
CANNOT_START = frozenset("，。、；：！？”’》〉）〕】」』,;:!?)]}%％〔")
CANNOT_END = frozenset("，、（《〈〔【“‘「『([{,-—~～")
PARAGRAPH = 60  # characters: a longer line that nothing closes is a broken paragraph, no heading
SHORTEST_BROKEN = 10
WRAPPED_SHARE = 0.5  # of the lines end within WRAP_SLACK characters of the width
WRAP_SLACK = 4
DATE_LINE = re.compile(
    r"[二〇○零一\dX×＊*]{2,4}\s*年[\s\dX×*一二三四五六七八九十]{1,4}月(?:[\s\dX×*一二三四五六七八九十]{1,4}[日号])?$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """source[start:end] without the white space around it; `gap` counts the empty lines before it."""

    start: int
    end: int
    text: str
    gap: int

    @property
    def is_marked(self) -> bool:
        return MARK.match(self.text) is not None

    @property
    def is_closed(self) -> bool:
        return CLOSED.search(self.text) is not None


def split_lines(text: str) -> Iterator[Line]:
    """Yield the lines that are not empty. Two ideographic spaces inside a line start a new one."""
    at, gap = 0, 0
    for match in BREAK.finditer(text):
        line = _line(text, at, match.start(), gap)
        at = match.end()
        if line:
            yield line
            gap = 0
        else:
            gap += 1
    if line := _line(text, at, len(text), gap):
        yield line


def _line(text: str, start: int, end: int, gap: int) -> Line | None:
    piece = text[start:end]
    bare = piece.strip(EDGE)
    if not bare:
        return None
    start += len(piece) - len(piece.lstrip(EDGE))
    return Line(start, start + len(bare), bare, gap)


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the width in characters to which the lines are wrapped, or None for text in whole paragraphs."""
    lengths = Counter(len(line.text) for line in lines if len(line.text) >= SHORTEST_BROKEN)
    total = sum(lengths.values())
    if total < 6:
        return None
    best, width = 0, 0
    for candidate in lengths:
        if candidate > 2 * PARAGRAPH:
            continue
        near = sum(count for length, count in lengths.items() if candidate - WRAP_SLACK < length <= candidate)
        longer = sum(count for length, count in lengths.items() if length > candidate)
        if longer <= total * 0.05 and (near, candidate) > (best, width):
            best, width = near, candidate
    return width if best >= total * WRAPPED_SHARE else None


def goes_on(line: Line, following: Line, width: int | None, *, in_paragraph: bool = False) -> bool:
    """Tell whether `following` continues the paragraph of `line`.

    `in_paragraph`: what stands before `line` in its paragraph shows already that it is running text, no heading.
    """
    head, tail = following.text, line.text
    if line.is_closed or DATE_LINE.match(tail) or DATE_LINE.match(head):
        return False
    if head[0] in CANNOT_START and len(tail) >= SHORTEST_BROKEN:
        return True
    if following.is_marked:
        return width is not None and len(tail) >= width - 1 and _word_across(tail, head)
    if tail[-1] in CANNOT_END and len(tail) >= SHORTEST_BROKEN:
        return True
    if len(tail) < SHORTEST_BROKEN:
        return False
    if in_paragraph or is_running_text(tail):
        return True
    if width is not None and following.gap == 0 and len(tail) > width - WRAP_SLACK:
        return True
    return _word_across(tail, head)


def is_running_text(text: str) -> bool:
    """Tell a (broken) paragraph from a heading: a full stop inside, or too long for a heading."""
    return len(text) > PARAGRAPH or INNER_STOP.search(text) is not None


def _word_across(tail: str, head: str) -> bool:
    """Tell whether a dictionary word of two or more Han characters stands across the break."""
    left, right = tail[-6:], head[:6]
    at = 0
    for word in _words(left + right):
        if at < len(left) < at + len(word):
            return len(word) > 1 and all("\u4e00" <= char <= "\u9fff" for char in word)
        at += len(word)
    return False


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    import rjieba

    from ingest.script import to_simplified

    simple = to_simplified(text)
    return tuple(rjieba.cut(simple if len(simple) == len(text) else text, False))
