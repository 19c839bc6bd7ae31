"""Where things stand on a page becomes the order in which they are read.

Pieces of text with their boxes (of an OFD page, of a recognised scan) become lines: pieces of one height make a row, prose that
stands in columns is read column by column, a table drawn by rules becomes a line per row with tabs between its cells.
Everything is measured in points from the top left corner of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.footnotes import Notes
from ingest.lines import MARK
from ingest.readers import LONG_CELL, RawText
from ingest.records import Anchor, Furniture

PAGE_NUMBER = re.compile(r"[\s\-—–·•]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[\s\-—–·•]*")
# What a browser prints above and below a page.
PRINTED_FOOT = re.compile(r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?")
PRINTED_HEAD = re.compile(r"\d{1,4}[/.\-年]\d{1,2}[/.\-月]\d{1,4}日?,?\s*(?:[上下]午\s*)?\d{1,2}:\d\d")
# What stands together at the head of a line: a number, a Latin word, a character, with the marks that cling to it.
UNBREAKABLE = re.compile(r"[（《〈“‘【〔(]*(?:[A-Za-z0-9.,:/%\-]+|.)[，。、；：！？”’》〉）)】〕…%]*")
EDGE_LINES = 2  # lines at head and foot of a page that may be running heads
OFTEN = 6  # pages on which the same line at the same place is a running head, however close to the text
SMALLER = 0.9  # of the usual height of type: that of running heads
LINES_TO_JUDGE = 8  # on a page, to see where its left margin is (odd and even pages may differ)
INDENT = 1.4  # heights by which a paragraph's first line stands in (two by convention)
RESIZED = 1.16  # times as large, from which type is that of another paragraph
SLACK = 1.2  # heights of room that may be left at the end of a full line, besides what would not fit there
RAGGED = 0.35  # of the width, which a line may leave free that ends nothing
FARTHEST = 6.0  # heights from a line to the next of its block
APART = 1.6  # usual distances to the next line, from which a paragraph starts
SAME_ROW = 0.5  # of the smaller height, between the middles of two pieces of a row
CELL_GAP = 2.0  # heights of empty space that tell two cells from two words
EVEN, WIDEST = 0.35, 5.0  # heights by which the gaps of a title set wide may differ, and be wide
GUTTER = 1.0  # heights of empty space between two columns
COLUMN_ROWS = 3  # with text on both sides, for two columns
COLUMN_CHARACTERS = 8  # of a usual line of prose; the cells of a table are shorter
FULL = 0.85  # of the column's width, which at least half of the lines of prose reach
NEXT_LINE = 2.2  # heights from a row to the next one of its column
STRAIGHT = 3.0  # points within which lines begin at the same place
STARTS = 8  # such places that are tried
DEEPEST = 40  # columns within columns, and below each other
MOST_PIECES = 4_000  # on a page; with more of them columns are not looked for
MOST_RULES = 5_000  # on a page
SPACE, DIGIT_SPACE = 0.25, 0.7  # of the height, between Latin letters, between digits
NUMERIC = frozenset("0123456789.%")
THIN = 2.0  # points: a path as thin as that is a rule
NEAR = 2.0  # points between the ends of rules that meet


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text on a page. `confidence` is that of a recognition; `lent` says that a template page holds it.

    Turned text is laid out in a frame of its own; then `place` is the box on the page.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None
    lent: bool = False
    place: Box | None = None

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 0.1)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A straight line drawn on the page, across or down."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_across(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """A line in reading order: its parts, which tabs or spaces separate, and the block (a column, a table) it is of.

    `cells` tells (table, row, column) of each part of a table's row. `kind` names it if it is furniture by itself.
    `is_note` tells a line of a footnote.
    """

    parts: tuple[Piece, ...]
    block: int
    separators: tuple[str, ...] = ()  # before each part but the first
    cells: tuple[tuple[int, int, int], ...] = ()
    kind: str | None = None
    is_note: bool = False

    @property
    def text(self) -> str:
        return "".join(mark + part.text for mark, part in zip(("", *self.separators), self.parts, strict=True))

    @property
    def x0(self) -> float:
        return self.parts[0].x0

    @property
    def x1(self) -> float:
        return max(part.x1 for part in self.parts)

    @property
    def top(self) -> float:
        return min(part.top for part in self.parts)

    @property
    def bottom(self) -> float:
        return max(part.bottom for part in self.parts)

    @property
    def size(self) -> float:
        """Return the height of the line's type."""
        return max(part.height for part in self.parts)


Row = list[Piece]


def read_in_order(
    pieces: Iterable[Piece], rules: Iterable[Rule] = (), tables: Iterable[Table] | None = None
) -> list[PageLine]:
    """Return the lines of a page in reading order. Where nobody tells its tables, they are made out from the rules."""
    pieces = [piece for piece in pieces if piece.text.strip()]
    grids: list[Table | _Grid] = list(_grids(rules) if tables is None else tables)
    inside: list[list[Piece]] = [[] for _ in grids]
    outside: list[Piece] = []
    for piece in pieces:
        home = next((at for at, grid in enumerate(grids) if grid.holds(piece)), None)
        (outside if home is None else inside[home]).append(piece)
    found = [(grid.top, at) for at, grid in enumerate(grids) if inside[at]]
    lines: list[PageLine] = []
    for top, at in sorted(found):
        above = [piece for piece in outside if piece.middle <= top]
        outside = [piece for piece in outside if piece.middle > top]
        lines += _prose(above, len(lines))
        lines += grids[at].lines(inside[at], table=at, block=len(lines) + 1)
    return lines + _prose(outside, len(lines))


def gather(characters: Iterable[Piece], gap: float = CELL_GAP * 0.75) -> list[Piece]:
    """Join single characters, or short stretches of them, to pieces: what stands closer in a row than `gap` heights."""
    pieces: list[Piece] = []
    for row in _rows(characters):
        group: Row = []
        for piece in row:
            if group and piece.x0 - max(part.x1 for part in group[-2:]) > gap * piece.height:
                pieces.append(_join(group))
                group = []
            if group and _covers(group[-1], piece):
                continue  # drawn twice for a bold look
            group.append(piece)
        if group:
            pieces.append(_join(group))
    return pieces


def rules_make_a_table(rules: Iterable[Rule]) -> bool:
    """Tell whether rules meet in such a way that they part cells."""
    return next(_grids(rules), None) is not None


def join_pages(pages: Sequence[tuple[int, Sequence[PageLine]]]) -> RawText:
    """Return the text of numbered pages, a line each, with page and box of each part.

    An empty line stands before each paragraph and nowhere else, so that lines are joined across columns and pages. Page numbers and
    lines that recur at the edge of pages are kept in the text and listed as furniture.
    """
    edges = _Edges(pages)
    kinds = {
        (number, at): line.kind or edges.kind(line, number, at, lines)
        for number, lines in pages
        for at, line in enumerate(lines)
    }
    plain = [
        (number, [line for at, line in enumerate(lines) if not kinds[number, at] and not line.is_note])
        for number, lines in pages
    ]
    paragraphs, notes, written = _Paragraphs(plain), Notes(), _Written()
    for number, lines in pages:
        notes.turn(number, [line for at, line in enumerate(lines) if line.is_note and not kinds[number, at]])
        for at, line in enumerate(lines):
            kind = kinds[number, at]
            if kind:
                written.furnish(line, number, kind)
            elif not line.is_note:
                begins = paragraphs.starts(line, number)
                if begins:
                    written.put_notes(notes)
                written.put(line, number, begins=begins)
                notes.see(line.text)
        written.tables += 1 + max((line.cells[0][0] for line in lines if line.cells), default=-1)
    notes.turn(0, ())
    written.put_notes(notes)
    return RawText(
        text="".join(written.parts), anchors=tuple(written.anchors), furniture=tuple(written.furniture), marked=True
    )


class _Written:
    """The text of pages as it grows line by line, with what leads back to them."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.anchors: list[Anchor] = []
        self.furniture: list[Furniture] = []
        self.tables = 0  # on the pages before
        self._length = 0

    def put(self, line: PageLine, page: int, *, begins: bool) -> None:
        """Add a line, with an empty one before it where it begins a paragraph."""
        if begins:
            self._add("\n")
        for place, part in enumerate(line.parts):
            if place:
                self._add(line.separators[place - 1])
            if part.text:
                cell = line.cells[place] if line.cells else None
                self.anchors.append(_anchor(part, self._length, page, cell, self.tables))
            self._add(part.text)
        self._add("\n")

    def furnish(self, line: PageLine, page: int, kind: str) -> None:
        """Add a line that is furniture."""
        start = self._length
        self.put(line, page, begins=False)
        self.furniture.append(Furniture(start=start, end=self._length - 1, kind=kind))

    def put_notes(self, notes: Notes) -> None:
        """Add the footnotes that are due, each a paragraph."""
        for page, lines in notes.due():
            for at, line in enumerate(lines):
                self.put(line, page, begins=not at)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


class _Paragraphs:
    """Tells where paragraphs start, line after line: by indents, by lines that end early, by the size and distance of lines."""

    def __init__(self, pages: Sequence[tuple[int, Sequence[PageLine]]]) -> None:
        blocks: dict[tuple[int, int], list[PageLine]] = {}
        for number, lines in pages:
            for line in lines:
                if not line.cells:
                    blocks.setdefault((number, line.block), []).append(line)
        plain = [line for (_, block), lines in blocks.items() if block >= 0 for line in lines]
        self._usual = usual = _Frame.around(plain) if plain else _Frame(0.0, 0.0, 0.0, 1.0)
        self._frames = {
            key: _Frame.around(lines) if key[1] < 0 or len(lines) >= LINES_TO_JUDGE else usual.over(lines)
            for key, lines in blocks.items()
        }
        self._indented = self._marks_by_indents(blocks)
        self._last: PageLine | None = None
        self._page = 0
        self._room = 0.0  # that the last line left free
        self._began = False  # whether the last line began its paragraph

    def starts(self, line: PageLine, page: int) -> bool:
        """Tell whether a line starts a paragraph. Lines are to be asked for in order."""
        last, self._last = self._last, line
        same_page, self._page = page == self._page, page
        if line.cells:
            rows = last is not None and last.cells and "\t" in last.text and "\t" in line.text
            begins = last is None or not rows or "\n" in last.text
            self._began, self._room = True, 0.0
            return begins
        frame = self._frames[page, line.block]
        begins = last is None or bool(last.cells) or self._parts(last, line, frame, same_page)
        self._room = frame.right - line.x1
        self._began = begins
        return begins

    def _parts(self, last: PageLine, line: PageLine, frame: _Frame, same_page: bool) -> bool:
        size = line.size
        if "\t" in last.text or "\t" in line.text:
            return not ("\t" in last.text and "\t" in line.text)
        if not 1 / RESIZED < size / last.size < RESIZED and line.parts[0].confidence is None:
            return True
        if self._room > (_first_word(line.text) + SLACK) * size and self._is_end(last, line, frame):
            return True
        together = same_page and last.block == line.block
        pitch = max(frame.pitch * max(1.0, size / frame.size), size)
        if together and line.top - last.top > APART * pitch:
            return True
        indent = line.x0 - frame.left
        if indent > INDENT * size:
            if together and self._is_title_broken(last, line, frame):
                return False
            # The lines below a numbered one may stand in from it; a line that began no paragraph has none below it.
            hangs = together and self._began and MARK.match(last.text) and not MARK.match(line.text)
            return not (
                hangs and last.x0 < line.x0 and last.x0 - frame.left < INDENT * size and not _is_closed(last.text)
            )
        if not self._indented and _is_closed(last.text) and MARK.match(line.text):
            return True
        return together and not self._began and last.x0 - line.x0 > INDENT * size

    def _is_end(self, last: PageLine, line: PageLine, frame: _Frame) -> bool:
        """Tell a line that leaves room as the end of its paragraph. Where paragraphs are indented, lines may be ragged."""
        if not self._indented or _is_closed(last.text) or MARK.match(line.text):
            return True
        return self._room > RAGGED * (frame.right - frame.left)

    def _is_title_broken(self, last: PageLine, line: PageLine, frame: _Frame) -> bool:
        """Tell the second line of a centred title whose first one is full."""
        middles = abs(last.x0 + last.x1 - line.x0 - line.x1) < line.size
        return middles and line.size > RESIZED * self._usual.size and last.x0 - frame.left < 2 * line.size

    def _marks_by_indents(self, blocks: dict[tuple[int, int], list[PageLine]]) -> bool:
        """Tell whether the lines after those that end early mostly stand in."""
        after = [
            low.x0 - self._frames[key].left > INDENT * low.size
            for key, lines in blocks.items()
            for high, low in pairwise(lines)
            if self._frames[key].right - high.x1 > (_first_word(low.text) + SLACK) * low.size
        ]
        return sum(after) * 2 > len(after)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the lines of a block begin and end, how far it is from one to the next, and how high their type is."""

    left: float
    right: float
    pitch: float
    size: float

    @classmethod
    def around(cls, lines: Sequence[PageLine]) -> _Frame:
        left = left_margin(line.x0 for line in lines)
        ends = sorted((line.x1 for line in lines), reverse=True)
        size = median(line.size for line in lines)
        # A line alone in reaching that far hangs out, as a full stop does that does not fit.
        shared = (far for far, near in pairwise(ends) if far - near < size)
        steps = [low.top - high.top for high, low in pairwise(lines) if 0 < low.top - high.top < FARTHEST * size]
        return cls(left, next(shared, ends[0]), median(steps) if steps else 0.0, size)

    def over(self, lines: Sequence[PageLine]) -> _Frame:
        """Return this frame, moved where lines begin left of it or end right of it."""
        left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
        return _Frame(min(self.left, left), max(self.right, right), self.pitch, self.size)


def _first_word(text: str) -> float:
    """Return the width in heights of what a line begins with that could not be broken off it."""
    match = UNBREAKABLE.match(text)
    word = match[0] if match else text[:1]
    return sum(1.0 if char >= "\u2e80" or char in "“”‘’…—" else 0.5 for char in word)


def _is_closed(text: str) -> bool:
    return text.rstrip("”’》〉）)】」』]").endswith(("。", "！", "？", "；", "…", ";"))


class _Edges:
    """Tells the furniture at head and foot of pages: numbers of pages, and what recurs there apart from the text."""

    def __init__(self, pages: Sequence[tuple[int, Sequence[PageLine]]]) -> None:
        shapes: dict[Shape, list[int]] = {}
        every = [line for _, lines in pages for line in lines]
        self._size = median(line.size for line in every) if every else 0.0
        steps = [low.top - high.top for high, low in pairwise(every) if low.top > high.top and low.block == high.block]
        self._pitch = median(steps) if steps else 0.0
        self._printed = False
        for number, lines in pages:
            for key in {key for line in _edge(lines) if not line.text.endswith("。") for key in _shapes(line, number)}:
                shapes.setdefault(key, []).append(number)
            self._printed = self._printed or any(PRINTED_FOOT.fullmatch(line.text) for line in _edge(lines))
        self._recurring = {key: len(places) for key, places in shapes.items() if _recurs(places, len(pages))}

    def kind(self, line: PageLine, page: int, at: int, lines: Sequence[PageLine]) -> str | None:
        """Return the kind of furniture that a line is, or None; `at` is its place among the lines of its page."""
        if not (at < EDGE_LINES or at >= len(lines) - EDGE_LINES) or line.cells:
            return None
        numbered = PAGE_NUMBER.fullmatch(line.text)
        if numbered and int(numbered[1]) == page:
            return "page number"
        times = max((self._recurring.get(key, 0) for key in _shapes(line, page)), default=0)
        if times and (times >= OFTEN or line.size < SMALLER * self._size or self._is_apart(line, lines, at)):
            return "page number" if numbered else "running head"
        if self._printed and (PRINTED_FOOT.fullmatch(line.text) or (at == 0 and PRINTED_HEAD.match(line.text))):
            return "running head"
        return None

    def _is_apart(self, line: PageLine, lines: Sequence[PageLine], at: int) -> bool:
        """Tell a line with more room than usual on the side of the text."""
        tops = [other.top for other in lines if abs(other.top - line.top) > line.size / 2]
        if not tops:
            return True
        above = at < EDGE_LINES
        if above and at >= len(lines) - EDGE_LINES:
            above = line.top < (min(tops) + max(tops)) / 2
        gap = min((abs(top - line.top) for top in tops if (top > line.top) == above), default=0.0)
        return gap > 1.3 * self._pitch or gap > 4 * line.size


Shape = tuple[str, int]


def _shapes(line: PageLine, page: int) -> Iterator[Shape]:
    """Yield what a running head shares with that of another page: its height, and its words but for the page's number."""
    height, text = round(line.top / 4), line.text.strip()
    yield text, height
    for match in list(re.finditer(r"\d{1,5}", text))[:3]:
        yield f"{text[: match.start()]}\0{int(match[0]) - page}\0{text[match.end() :]}", height


def _edge(lines: Sequence[PageLine]) -> Sequence[PageLine]:
    return lines if len(lines) <= 2 * EDGE_LINES else (*lines[:EDGE_LINES], *lines[-EDGE_LINES:])


def _recurs(places: Sequence[int], count: int) -> bool:
    """Tell what stands on more than half of the pages, or on every other page or so of a part of them (a chapter)."""
    if count < 3:
        return len(places) == 2
    return len(places) > count / 2 or (len(places) >= 4 and len(places) * 2.5 >= places[-1] - places[0] + 1)


def _anchor(part: Piece, start: int, page: int, cell: tuple[int, int, int] | None, tables: int) -> Anchor:
    x0, top, x1, bottom = part.place or (part.x0, part.top, part.x1, part.bottom)
    box = (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))
    place = (cell[0] + tables, cell[1], cell[2]) if cell else None
    sure = None if part.confidence is None else round(part.confidence, 3)
    return Anchor(start=start, end=start + len(part.text), page=page, box=box, cell=place, confidence=sure)


def _rows(pieces: Iterable[Piece]) -> list[Row]:
    """Return the rows of a page from top to bottom, each from left to right."""
    rows: list[Row] = []
    middle = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if rows and piece.middle - middle < SAME_ROW * min(piece.height, rows[-1][-1].height):
            rows[-1].append(piece)
            middle += (piece.middle - middle) / len(rows[-1])
        else:
            rows.append([piece])
            middle = piece.middle
    for row in rows:
        row.sort(key=lambda piece: piece.x0)
    return rows


def _covers(left: Piece, right: Piece) -> bool:
    """Tell a piece that repeats the one before it at (nearly) the same place."""
    return left.text == right.text and abs(left.x0 - right.x0) < 0.25 * right.height


def _join(group: Row) -> Piece:
    """Return a row's pieces as one; a space stands where Latin words or numbers stand apart."""
    parts = [group[0].text]
    for left, right in pairwise(group):
        if _is_apart(left, right) and not parts[-1].endswith(" "):
            parts.append(" ")
        parts.append(right.text)
    sure = [piece.confidence * len(piece.text) for piece in group if piece.confidence is not None]
    whole = "".join(parts)
    return Piece(
        text=whole.strip(),
        x0=next(piece.x0 for piece in group if piece.text.strip() or piece is group[-1]),
        top=min(piece.top for piece in group),
        x1=max(piece.x1 for piece in group),
        bottom=max(piece.bottom for piece in group),
        confidence=sum(sure) / max(1, sum(len(piece.text) for piece in group)) if sure else None,
        lent=all(piece.lent for piece in group),
        place=_around([piece.place for piece in group if piece.place is not None]),
    )


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _is_apart(left: Piece, right: Piece) -> bool:
    """Tell Latin words and numbers with a space between them; digits on a grid of Chinese characters have none."""
    one, other = left.text[-1], right.text[0]
    if not (one.isascii() and other.isascii()):
        return False
    wide = one in NUMERIC and other in NUMERIC
    return right.x0 - left.x1 > (DIGIT_SPACE if wide else SPACE) * right.height


def _prose(pieces: list[Piece], number: int) -> list[PageLine]:
    """Return the lines of pieces that stand in no table. Blocks of columns have negative numbers."""
    lines: list[PageLine] = []
    for at, (block, is_column) in enumerate(_blocks(pieces)):
        name = -(number + at + 1) if is_column else number
        spread = [_gaps(row) for row in block]
        for place, row in enumerate(block):
            near = spread[max(0, place - 1) : place] + spread[place + 1 : place + 2]
            tabular = bool(spread[place]) and any(near) and any(len(piece.text) > 1 for piece in row)
            between = "" if _is_set_wide(row) and not (len(row) == 2 and any(near)) else " "
            separators = tuple(
                "\t" if tabular and right.x0 - left.x1 > CELL_GAP * right.height else between
                for left, right in pairwise(row)
            )
            lines.append(PageLine(parts=tuple(row), separators=separators, block=name))
    return lines


def _is_set_wide(row: Row) -> bool:
    """Tell a line of single Chinese characters at equal distances: a title set wide."""
    gaps = [right.x0 - left.x1 for left, right in pairwise(row)]
    return (
        len(row) > 1
        and all(len(piece.text) == 1 and "\u3400" <= piece.text <= "\u9fff" for piece in row)
        and max(gaps) - min(gaps) < EVEN * row[0].height
        and max(gaps) < WIDEST * row[0].height
    )


def _gaps(row: Row) -> list[tuple[float, float]]:
    return [(left.x1, right.x0) for left, right in pairwise(row) if right.x0 - left.x1 > CELL_GAP * right.height]


def _blocks(pieces: list[Piece], deep: int = 0) -> Iterator[tuple[list[Row], bool]]:
    """Yield (rows, whether they are a column) in reading order."""
    columns = _find_columns(pieces) if len(pieces) <= MOST_PIECES and deep < DEEPEST else None
    if columns is None:
        if pieces:
            yield _rows(pieces), False
        return
    above, left, right, below = columns
    yield from _blocks(above, deep + 1)
    for side in (left, right):
        yield from ((rows, True) for rows, _ in _blocks(side, deep + 1))
    yield from _blocks(below, deep + 1)


Columns = tuple[list[Piece], list[Piece], list[Piece], list[Piece]]


def _find_columns(pieces: list[Piece]) -> Columns | None:
    """Return (above, left column, right ones, below) of the first columns of prose, or None.

    Columns start at a place that several pieces share, keep a gutter free before it, and end where a piece crosses the gutter
    or where all of them leave a gap. Their lines need not stand at the same heights.
    """
    if len(pieces) < 2 * COLUMN_ROWS:
        return None
    size = median(piece.height for piece in pieces)
    first = min(piece.x0 for piece in pieces)
    starts = Counter(round(piece.x0 / STRAIGHT) for piece in pieces if piece.x0 > first + size * COLUMN_CHARACTERS)
    best: Columns | None = None
    for place, count in starts.most_common(STARTS):
        if count < COLUMN_ROWS:
            break
        found = _columns_from(place * STRAIGHT - STRAIGHT, pieces, size)
        if found and (best is None or len(found[0]) < len(best[0])):
            best = found
    return best


def _columns_from(place: float, pieces: list[Piece], size: float) -> Columns | None:
    """Return the first columns of which one starts at a place."""
    gutter = place - GUTTER * size
    stretch: list[Piece] = []
    low = 0.0
    ordered = sorted(pieces, key=lambda piece: piece.middle)
    for at, piece in enumerate(ordered):
        crosses = piece.x0 < place and piece.x1 > gutter
        if crosses or (stretch and piece.top - low > NEXT_LINE * size):
            if found := _both_sides(stretch, place):
                return ordered[: at - len(stretch)], *found, ordered[at:]
            stretch = []
        if not crosses:
            low = max(low, piece.bottom) if stretch else piece.bottom
            stretch.append(piece)
    found = _both_sides(stretch, place)
    return (ordered[: len(ordered) - len(stretch)], *found, []) if found else None


def _both_sides(stretch: list[Piece], place: float) -> tuple[list[Piece], list[Piece]] | None:
    left = [piece for piece in stretch if piece.x0 < place]
    right = [piece for piece in stretch if piece.x0 >= place]
    if min(len(left), len(right)) < COLUMN_ROWS or not (_is_prose(_rows(left)) and _is_prose(_rows(right))):
        return None
    return left, right


def _is_prose(rows: list[Row]) -> bool:
    if len(rows) < COLUMN_ROWS:
        return False
    right = max(row[-1].x1 for row in rows)
    width = right - min(row[0].x0 for row in rows)
    full = sum(row[-1].x1 >= right - (1 - FULL) * width for row in rows)
    return full * 2 >= len(rows) and median(sum(len(p.text) for p in row) for row in rows) >= COLUMN_CHARACTERS


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells are known: rows of boxes, None where a cell of the row above or on the left covers the place."""

    rows: tuple[tuple[Box | None, ...], ...]

    @property
    def box(self) -> Box:
        return _around([cell for row in self.rows for cell in row if cell]) or (0.0, 0.0, 0.0, 0.0)

    @property
    def top(self) -> float:
        return self.box[1]

    def holds(self, piece: Piece) -> bool:
        """Tell whether a piece stands in one of the cells."""
        return _is_in(self.box, piece) and self._place_of(piece) is not None

    def _place_of(self, piece: Piece) -> tuple[int, int] | None:
        return next(
            (
                (at, column)
                for at, row in enumerate(self.rows)
                for column, cell in enumerate(row)
                if cell is not None and _is_in(cell, piece)
            ),
            None,
        )

    def lines(self, pieces: list[Piece], *, table: int, block: int) -> Iterator[PageLine]:
        """Yield a line per row that has text; a column is kept where its cell is empty or covered."""
        cells: dict[tuple[int, int], list[Piece]] = {}
        for piece in pieces:
            if place := self._place_of(piece):
                cells.setdefault(place, []).append(piece)
        for at, row in enumerate(self.rows):
            filled = [column for column in range(len(row)) if (at, column) in cells]
            if not filled:
                continue
            parts = []
            for column, cell in enumerate(row[: filled[-1] + 1]):
                here = cells.get((at, column))
                x0, top, x1, bottom = cell or self.box
                empty = Piece(text="", x0=x0, top=top, x1=x1, bottom=bottom)
                parts.append(_paragraphs_of(here) if here else [empty])
            yield _table_row(parts, table, at, block)


def _is_in(box: Box, piece: Piece) -> bool:
    return box[0] <= (piece.x0 + piece.x1) / 2 <= box[2] and box[1] <= piece.middle <= box[3]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table drawn by rules: where its rows and columns are parted."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def top(self) -> float:
        return self.ys[0]

    def holds(self, piece: Piece) -> bool:
        across = (piece.x0 + piece.x1) / 2
        return self.xs[0] <= across <= self.xs[-1] and self.ys[0] <= piece.middle <= self.ys[-1]

    def lines(self, pieces: list[Piece], *, table: int, block: int) -> Iterator[PageLine]:
        """Yield a line per row that has text; a column is kept where its cell is empty."""
        cells: dict[tuple[int, int], list[Piece]] = {}
        for piece in pieces:
            column = min(bisect_right(self.xs, (piece.x0 + piece.x1) / 2), len(self.xs) - 1) - 1
            row = min(bisect_right(self.ys, piece.middle), len(self.ys) - 1) - 1
            cells.setdefault((row, column), []).append(piece)
        for row in sorted({row for row, _ in cells}):
            columns = range(1 + max(column for at, column in cells if at == row))
            parts = [_cell(cells.get((row, column), []), self, row, column) for column in columns]
            yield _table_row(parts, table, row, block)


def _cell(pieces: list[Piece], grid: _Grid, row: int, column: int) -> list[Piece]:
    if pieces:
        return _paragraphs_of(pieces)
    return [Piece(text="", x0=grid.xs[column], x1=grid.xs[column + 1], top=grid.ys[row], bottom=grid.ys[row + 1])]


def _table_row(cells: Sequence[Sequence[Piece]], table: int, row: int, block: int) -> PageLine:
    """Return the line of a row; each cell is a piece, or one for each of its paragraphs."""
    return PageLine(
        parts=tuple(piece for cell in cells for piece in cell),
        separators=tuple("\n\n" if at else "\t" for cell in cells for at in range(len(cell)))[1:],
        cells=tuple((table, row, column) for column, cell in enumerate(cells) for _ in cell),
        block=block,
    )


def _paragraphs_of(pieces: list[Piece]) -> list[Piece]:
    """Return the text of a cell: one piece, but its paragraphs where it holds much text."""
    rows = _rows(pieces)
    if sum(len(piece.text) for piece in pieces) <= LONG_CELL:
        return [_join([piece for row in rows for piece in row])]
    lines = [PageLine(parts=(_join(row),), block=0) for row in rows]
    paragraphs = _Paragraphs([(1, lines)])
    groups: list[Row] = []
    for line, row in zip(lines, rows, strict=True):
        if paragraphs.starts(line, 1):
            groups.append([])
        groups[-1] += row
    return [_join(group) for group in groups]


def _grids(rules: Iterable[Rule]) -> Iterator[_Grid]:
    """Yield the tables that rules make up: sets of rules that meet, of at least two rows or columns."""
    rules = [rule for rule in rules if max(rule.x1 - rule.x0, rule.bottom - rule.top) > 4 * THIN][:MOST_RULES]
    groups: list[list[Rule]] = []
    open_groups: list[tuple[list[Rule], list[Rule]]] = []  # whole, and those that reach down to the next rule
    for rule in sorted(rules, key=lambda rule: rule.top):
        whole, low = [rule], [rule]
        others = []
        for group, reaching in open_groups:
            reaching = [other for other in reaching if other.bottom + NEAR >= rule.top]
            if any(_meet(rule, other) for other in reaching):
                whole, low = group + whole, reaching + low
            elif reaching:
                others.append((group, reaching))
            else:
                groups.append(group)
        open_groups = [*others, (whole, low)]
    groups += [group for group, _ in open_groups]
    for group in groups:
        ys = _places((rule.top + rule.bottom) / 2 for rule in group if rule.is_across)
        xs = _places((rule.x0 + rule.x1) / 2 for rule in group if not rule.is_across)
        if len(xs) >= 2 and len(ys) >= 2 and len(xs) + len(ys) > 4:
            yield _Grid(xs, ys)


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.x0 <= other.x1 + NEAR
        and other.x0 <= one.x1 + NEAR
        and one.top <= other.bottom + NEAR
        and other.top <= one.bottom + NEAR
    )


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """Return the values from small to large, those that nearly coincide once."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return tuple(places)


def left_margin(places: Iterable[float]) -> float:
    """Return where whole lines begin: the leftmost place that more than a few lines share."""
    shared = Counter(round(place / 2) * 2 for place in places)
    return float(min(place for place, count in shared.items() if count >= max(shared.values()) * 0.2))
