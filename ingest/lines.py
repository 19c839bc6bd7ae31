"""Lines of a source, and which of them belong together.

Reports come hard-wrapped, or with single paragraphs broken by a converter, sometimes with an empty line in between. A line
is joined to the next one where nothing closes it and something shows that it goes on: punctuation, the length of the
line, the width to which the text is wrapped, or a word that stands across the break. Where a wrapped text marks
its paragraphs (by indents or empty lines), the marks decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

EDGE = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\u3000\xa0\ufeff\u200b\x00"
INNER_BREAK = re.compile(
    r"(?<=\S)\u3000{2,}[ \xa0\u3000]*(?=\S)|(?<=\S)\xa0[ \u3000]+(?=\S)|(?<=[。！？；：”])[ \xa0\u3000]{2,}(?=\S)"
)
LONGEST_LINE = 300  # characters; a longer one holds paragraphs that lost their line ends
# A list mark at the start of a line, in the forms of the official format GB/T 9704 and the looser ones of practice.
MARK = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}(?:部分|[章节部篇条][^分])"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．:：)）]"
    r"|\d{1,2}[、．)）](?!\d)|\d{1,2}\.(?!\d)|[①-⑳]|[•●○■◆★※▲]"
    r"|[一二三四五六七八九十]{1,2}(?:是|要|方面)|其[一二三四五六七八九十]|第[一二三四五六七八九十]{1,2}[,，、:：]"
    r"|附件|抄送|主题词)"
)
# Closed by a stop, which quotation marks or the writer's name in brackets may follow.
STOPS = "。！？!?；;：:…"
BRACKETS = "”’〞\"'》〉）)】」』]"
CLOSED = re.compile(rf"[{STOPS}][”’〞\"'》〉）)\]】」』]*(?:[（(][^（()）]{{1,20}}[)）])?$")
INNER_STOP = re.compile(r"[。！？；](?=.)")
CANNOT_START = frozenset("，。、；：！？”’》〉）〕】」』,;:!?)]}%％〔")
CANNOT_END = frozenset("，、（《〈〔【“‘「『([{,-—~～")
CHUNK = 1_000_000  # characters
PARAGRAPH = 60  # characters: a longer line that nothing closes is a broken paragraph, no heading
SHORTEST_BROKEN = 10
WRAPPED_SHARE = 0.5  # of the lines end within WRAP_SLACK of the width
WRAP_SLACK = 7  # columns of half a full-width character
NARROWEST_WRAP = 30  # columns; shorter lines of one length are a list
DATE_LINE = re.compile(
    r"[二〇○零一三四五六七八九\dX×＊*]{2,4}\s*年[\s\dX×*一二三四五六七八九十]{1,4}月(?:[\s\dX×*一二三四五六七八九十]{1,4}[日号])?$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """source[start:end] without the white space around it.

    `gap` counts the empty lines before it, `indent` the columns of white space at its head.
    """

    start: int
    end: int
    text: str
    gap: int
    indent: int = 0

    @property
    def is_marked(self) -> bool:
        return MARK.match(self.text) is not None

    @property
    def is_closed(self) -> bool:
        text = self.text
        # What was lost at the end of a line was most likely its stop.
        return (
            text[-1] in STOPS
            or text[-1] == "\ufffd"
            or (text[-1] in BRACKETS and CLOSED.search(text, max(0, len(text) - 40)) is not None)
        )


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a source is wrapped: the width in columns, and whether indents or empty lines mark its paragraphs."""

    width: int
    marks_paragraphs: bool

    def is_full(self, line: Line) -> bool:
        """Tell a line after which the text had to go on below."""
        indent = line.indent or (4 if line.gap else 0)  # a PDF's indent is told by an empty line
        return columns(line.text) + indent > self.width - WRAP_SLACK


MARKED = Wrap(0, True)  # of a source whose reader saw where each paragraph begins: any line may be a full one


def columns(text: str) -> int:
    """Return the width of the text, a full-width character counting two.

    In UTF-8 those have three bytes and ASCII one, which is told a dozen times faster than by looking at each.
    """
    return len(text) + (len(text.encode("utf-8", "replace")) - len(text)) // 2


def split_lines(text: str) -> Iterator[Line]:
    """Yield the lines that are not empty. Two ideographic spaces inside a very long line start a new one."""
    at, gap = 0, 0
    for piece in _pieces(text):
        bare = piece.strip(EDGE)
        if not bare:
            gap += 1
            at += len(piece)
            continue
        if len(bare) > LONGEST_LINE and INNER_BREAK.search(bare):
            for start, end in _inner(piece):
                if line := _line(text, at + start, at + end, gap):
                    yield line
                    gap = 0
        else:
            start, indent = at, 0
            if piece[0] != bare[0]:
                head = piece[: len(piece) - len(piece.lstrip(EDGE))]
                start, indent = at + len(head), columns(head)
            yield Line(start, start + len(bare), bare, gap, indent)
        at += len(piece)
        gap = 0


def _pieces(text: str) -> Iterator[str]:
    """Yield the lines with their ends, a chunk at a time: all at once would hold the text twice."""
    at = 0
    while at < len(text):
        end = text.find("\n", at + CHUNK) + 1 or len(text)
        yield from text[at:end].splitlines(keepends=True)
        at = end


def _inner(piece: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in INNER_BREAK.finditer(piece):
        yield at, match.start()
        at = match.start()
    yield at, len(piece)


def _line(text: str, start: int, end: int, gap: int) -> Line | None:
    piece = text[start:end]
    bare = piece.strip(EDGE)
    if not bare:
        return None
    head = len(piece) - len(piece.lstrip(EDGE))
    return Line(start + head, start + head + len(bare), bare, gap, columns(piece[:head]))


def find_wrap(lines: Sequence[Line]) -> Wrap | None:
    """Return how the lines are wrapped, or None for text in whole paragraphs."""
    if sum(len(line.text) > 4 * PARAGRAPH for line in lines) > len(lines) * 0.05:
        return None
    widths = Counter(columns(line.text) + line.indent for line in lines if len(line.text) >= SHORTEST_BROKEN)
    total = sum(widths.values())
    if total < 6:
        return None
    best, width = 0, 0
    for candidate in widths:
        if not NARROWEST_WRAP <= candidate <= 4 * PARAGRAPH:
            continue
        near = sum(count for size, count in widths.items() if candidate - WRAP_SLACK < size <= candidate)
        longer = sum(count for size, count in widths.items() if size > candidate)
        if longer <= total * 0.05 and (near, candidate) > (best, width):
            best, width = near, candidate
    if best < total * WRAPPED_SHARE:
        return None
    return Wrap(width, _marks_paragraphs(lines, Wrap(width, False)))


def _marks_paragraphs(lines: Sequence[Line], wrap: Wrap) -> bool:
    """Tell whether what follows a short line (the end of a paragraph) is nearly always marked, and most else is not."""
    after_short = after_full = short = full = 0
    for line, following in zip(lines, lines[1:], strict=False):
        marked = bool(following.gap or following.indent)
        if wrap.is_full(line):
            full += 1
            after_full += marked
        else:
            short += 1
            after_short += marked
    return short > 2 and after_short > short * 0.8 and after_full < full * 0.5


def goes_on(line: Line, following: Line, wrap: Wrap | None, *, in_paragraph: bool = False) -> bool:
    """Tell whether `following` continues the paragraph of `line`.

    `in_paragraph`: what stands before `line` in its paragraph shows already that it is running text, no heading.
    """
    head, tail = following.text, line.text
    if wrap is not None and wrap.marks_paragraphs and "\t" not in tail:
        if following.indent or following.gap:
            return head[0] in CANNOT_START and not line.is_closed and len(tail) >= SHORTEST_BROKEN
        if wrap.is_full(line):
            return True
    if line.is_closed or "\t" in tail or "\t" in head or DATE_LINE.match(tail) or DATE_LINE.match(head):
        return False
    if len(tail) < SHORTEST_BROKEN:
        return False
    if head[0] in CANNOT_START:
        return True
    full = wrap is not None and wrap.is_full(line)
    if following.is_marked:
        return full and _word_across(tail, head)
    if tail[-1] in CANNOT_END or in_paragraph or is_running_text(tail):
        return True
    if full and following.gap == 0:
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
