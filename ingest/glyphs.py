"""The characters of a PDF page with their places, its rules and its pictures, through pdfium.

All places are in points from the top left corner of the page as it is shown: its rotation and its crop box are reckoned with. Text
that stands sideways, upside down or in columns from top to bottom is turned so that it reads from left to right; `turn` tells how.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from ingest.layout import THIN, Piece, Rule

MOST_OBJECTS = 100_000  # of a page that are looked at
MOST_CHARACTERS = 200_000  # of a page that are read
DEEPEST = 5  # drawings within drawings
TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5  # kinds of objects, as pdfium numbers them
HIDDEN = (3, 7)  # modes of text that is drawn neither filled nor stroked
WIDGET, FREE_TEXT = 20, 3  # kinds of annotations: a field of a form, words typed onto the page
SLANT = 0.15  # radians off the four directions from which text is a watermark
SAMPLE = 200  # characters from which the height of the type is told
UPRIGHT, DOWNWARDS, OVER, UPWARDS = range(4)  # directions of text, in quarter turns clockwise
VERTICAL = 0.6  # of the steps from character to character lead down in a page of vertical text
FEW = 6  # characters: too few to tell vertical text
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALL = 0.8  # of the height of its neighbour: raised characters are smaller
RAISED = 0.12  # of that height, by which their feet stand higher
NEXT_TO = 0.8  # of the height: wider gaps part two pieces
WORD_GAP = 0.02  # of the height: a space drawn with no width is none
UNMAPPED = "\ufffd"

Place = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """A character in the reading frame of its direction. `spaced` tells that white space stands before it."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaced: bool = False


@dataclass(slots=True)
class Page:
    """What a page shows: characters by direction of their text, words at a slant, rules, and the share that pictures cover.

    `unmapped` counts characters whose font does not tell what they are; `hidden` holds those that are there but not drawn.
    """

    number: int
    width: float
    height: float
    glyphs: dict[int, list[Glyph]] = field(default_factory=dict)
    hidden: dict[int, list[Glyph]] = field(default_factory=dict)
    slanted: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: float = 0.0
    paths: int = 0
    unmapped: int = 0

    @property
    def count(self) -> int:
        """Return how many characters are shown."""
        return sum(map(len, self.glyphs.values()))


def look_at(pdf: Any, number: int) -> Page:
    """Return what page `number` (from 1) of an open pdfium document shows. Raises what pdfium raises."""
    page = pdf[number - 1]
    try:
        return _Looker(page, number).look()
    finally:
        page.close()


def turn(x0: float, top: float, x1: float, bottom: float, page: Page, direction: int) -> Place:
    """Return a box of the page in the reading frame of text of that direction."""
    if direction == DOWNWARDS:
        return top, page.width - x1, bottom, page.width - x0
    if direction == UPWARDS:
        return page.height - bottom, x0, page.height - top, x1
    if direction == OVER:
        return page.width - x1, page.height - bottom, page.width - x0, page.height - top
    return x0, top, x1, bottom


def turn_back(box: Place, page: Page, direction: int) -> Place:
    """Return where a box of the reading frame stands on the page."""
    x0, top, x1, bottom = box
    if direction == DOWNWARDS:
        return page.width - bottom, x0, page.width - top, x1
    if direction == UPWARDS:
        return top, page.height - x1, bottom, page.height - x0
    return turn(*box, page, direction)


def pieces_of(glyphs: Sequence[Glyph], cells: Sequence[int] | None = None) -> list[Piece]:
    """Join characters to pieces, in the order in which they were drawn: what stands side by side in a line.

    `cells` names the cell of a table that each character stands in; a piece never leaves its cell. Small raised digits become
    superscript ones, so that the mark of a footnote is not read as part of a number.
    """
    pieces: list[Piece] = []
    run: _Run | None = None
    before = -1
    for at, glyph in enumerate(glyphs):
        cell = cells[at] if cells is not None else -1
        if run is None or cell != before or not run.takes(glyph):
            if run is not None:
                pieces.append(run.piece())
            run = _Run(glyph)
        before = cell
    if run is not None:
        pieces.append(run.piece())
    return pieces


class _Run:
    """Characters side by side that are joined to a piece; its height is that of its type, raised digits apart."""

    __slots__ = ("_last", "_only_digits", "bottom", "parts", "top", "x0", "x1")

    def __init__(self, glyph: Glyph) -> None:
        self.parts = [glyph.char]
        self.x0, self.top, self.x1, self.bottom = glyph.x0, glyph.top, glyph.x1, glyph.bottom
        self._last = glyph
        self._only_digits = glyph.char.isdigit()

    def takes(self, glyph: Glyph) -> bool:
        """Add a character that goes on where the run ends; tell whether it did."""
        height, own = self.bottom - self.top, glyph.bottom - glyph.top
        gap = glyph.x0 - self.x1
        overlap = min(self.bottom, glyph.bottom) - max(self.top, glyph.top)
        if overlap < 0.4 * min(height, own) or not -0.6 * max(height, own) < gap < NEXT_TO * max(height, own):
            return False
        last = self._last
        if glyph.char == last.char and abs(glyph.x0 - last.x0) < 0.25 * own and abs(glyph.top - last.top) < 0.25 * own:
            return True  # drawn twice for a bold look
        char = glyph.char
        if own < SMALL * height and self.bottom - glyph.bottom > RAISED * height:
            char = char.translate(SUPERSCRIPT)
        elif self._only_digits and height < SMALL * own and glyph.bottom - self.bottom > RAISED * own:
            self.parts = [part.translate(SUPERSCRIPT) for part in self.parts]
            self.top, self.bottom = glyph.top, glyph.bottom
        elif own > height:
            self.top, self.bottom = min(self.top, glyph.top), max(self.bottom, glyph.bottom)
        if glyph.spaced and gap > WORD_GAP * own and _parts_words(last.char, char, gap / own):
            self.parts.append(" ")
        self.parts.append(char)
        self.x1 = max(self.x1, glyph.x1)
        self._only_digits = self._only_digits and glyph.char.isdigit()
        self._last = glyph
        return True

    def piece(self) -> Piece:
        return Piece(text="".join(self.parts), x0=self.x0, top=self.top, x1=self.x1, bottom=self.bottom)


def _parts_words(left: str, right: str, gap: float) -> bool:
    """Tell whether a space is kept: between Latin words; beside Chinese only a wide one, for programs set those apart."""
    return gap > 0.45 or (left < "\u2e80" and right < "\u2e80")


class _Looker:
    """Reads one page. Matrices and boxes are turned into the page as it is shown, at the one place where they come in."""

    def __init__(self, page: Any, number: int) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._page = page
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._rotation = page.get_rotation() // 90
        width, height = self._right - self._left, self._top - self._bottom
        if self._rotation % 2:
            width, height = height, width
        self._shown = Page(number=number, width=width, height=height)
        self._has_hidden = False

    def look(self) -> Page:
        shown = self._shown
        self._walk_objects()
        self._read_characters()
        self._read_annotations()
        self._tell_vertical(shown.glyphs)
        self._tell_vertical(shown.hidden)
        for group in (shown.glyphs, shown.hidden):
            for direction, glyphs in group.items():
                group[direction] = _evened(glyphs)
        return shown

    def _show(self, x0: float, bottom: float, x1: float, top: float) -> Place:
        """Return a box of the page's own space as (left, top, right, bottom) of the page as shown."""
        if self._rotation == 0:
            return x0 - self._left, self._top - top, x1 - self._left, self._top - bottom
        if self._rotation == 1:
            return bottom - self._bottom, x0 - self._left, top - self._bottom, x1 - self._left
        if self._rotation == 2:
            return self._right - x1, bottom - self._bottom, self._right - x0, top - self._bottom
        return self._top - top, self._right - x1, self._top - bottom, self._right - x0

    def _walk_objects(self) -> None:
        pdfium, page = self._pdfium, self._page.raw
        count = min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)
        self._left_to_see = MOST_OBJECTS
        self._walk((pdfium.FPDFPage_GetObject(page, at) for at in range(count)), None, 0)
        shown = self._shown
        shown.pictures = min(1.0, shown.pictures / max(1.0, shown.width * shown.height))

    def _walk(self, objects: Iterable[Any], outer: tuple[float, ...] | None, depth: int) -> None:
        pdfium = self._pdfium
        box = [ctypes.c_float() for _ in range(4)]
        for item in objects:
            self._left_to_see -= 1
            if self._left_to_see < 0:
                return
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == TEXT:
                self._has_hidden = self._has_hidden or pdfium.FPDFTextObj_GetTextRenderMode(item) in HIDDEN
            elif kind in (PATH, IMAGE):
                if pdfium.FPDFPageObj_GetBounds(item, *box):
                    self._add(item, kind, _through(outer, *(side.value for side in box)))
            elif kind == FORM and depth < DEEPEST:
                matrix = pdfium.FS_MATRIX()
                pdfium.FPDFPageObj_GetMatrix(item, matrix)
                inner = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
                inside = range(min(max(0, pdfium.FPDFFormObj_CountObjects(item)), MOST_OBJECTS))
                children = (pdfium.FPDFFormObj_GetObject(item, at) for at in inside)
                self._walk(children, _composed(outer, inner), depth + 1)

    def _add(self, item: Any, kind: int, box: Place) -> None:
        shown = self._shown
        x0, top, x1, bottom = self._show(*box)
        if kind == IMAGE:
            inside = (min(x1, shown.width) - max(x0, 0.0), min(bottom, shown.height) - max(top, 0.0))
            shown.pictures += max(0.0, inside[0]) * max(0.0, inside[1])
            return
        shown.paths += 1
        if min(x1 - x0, bottom - top) <= 2 * THIN:
            shown.rules.append(Rule(x0=x0, top=top, x1=x1, bottom=bottom))
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self._pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        if stroke.value:
            # A frame, or many lines drawn as one path: where exactly they run is left to the reader of tables.
            shown.rules += [
                Rule(x0=x0, top=top, x1=x1, bottom=top), Rule(x0=x0, top=bottom, x1=x1, bottom=bottom),
                Rule(x0=x0, top=top, x1=x0, bottom=bottom), Rule(x0=x1, top=top, x1=x1, bottom=bottom),
            ]  # fmt: skip
            if self._pdfium.FPDFPath_CountSegments(item) > 5:
                shown.rules.append(Rule(x0=x0, top=(top + bottom) / 2, x1=x1, bottom=(top + bottom) / 2))

    def _read_characters(self) -> None:
        pdfium = self._pdfium
        page = self._page.get_textpage()
        try:
            text = page.raw
            count = min(page.count_chars(), MOST_CHARACTERS)
            rect = pdfium.FS_RECTF()
            place = ctypes.byref(rect)
            get_char, get_box, get_angle = (
                pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharAngle
            )  # fmt: skip
            is_unmapped, is_generated = pdfium.FPDFText_HasUnicodeMapError, pdfium.FPDFText_IsGenerated
            spaced = False
            slanted: list[tuple[str, Place]] = []
            for at in range(count):
                code = get_char(text, at)
                if code <= 32 or code in (0xA0, 0x3000):
                    if code == 2:
                        code = 0x2D  # a hyphen at the end of a line
                    elif code != 0 or is_generated(text, at) == 1:
                        spaced = True
                        continue
                char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else UNMAPPED
                if is_unmapped(text, at) == 1 and not _is_likely(char):
                    char = UNMAPPED
                if not get_box(text, at, place):
                    continue
                box = self._show(rect.left, rect.bottom, rect.right, rect.top)
                angle = get_angle(text, at)
                direction = UPRIGHT
                if angle > SLANT or self._rotation:
                    quarters = angle / (math.pi / 2)
                    if abs(quarters - round(quarters)) * (math.pi / 2) > SLANT:
                        slanted.append((char, box))
                        continue
                    direction = (self._turns(round(quarters)) + self._rotation) % 4
                glyphs = self._shown.glyphs
                if self._has_hidden:
                    drawn = pdfium.FPDFText_GetTextObject(text, at)
                    if drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) in HIDDEN:
                        glyphs = self._shown.hidden
                if char == UNMAPPED and glyphs is self._shown.glyphs:
                    self._shown.unmapped += 1
                turned = turn(*box, self._shown, direction) if direction else box
                glyphs.setdefault(direction, []).append(Glyph(char, *turned, spaced))
                spaced = False
            self._shown.slanted += _slanted_pieces(slanted)
        finally:
            page.close()

    @staticmethod
    def _turns(quarters: int) -> int:
        return quarters % 4

    def _read_annotations(self) -> None:
        """Add what was typed into the fields of a form, or onto the page; notes and comments stay out."""
        pdfium, page = self._pdfium, self._page.raw
        for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), 2_000)):
            note = pdfium.FPDFPage_GetAnnot(page, at)
            if not note:
                continue
            try:
                kind = pdfium.FPDFAnnot_GetSubtype(note)
                if kind not in (WIDGET, FREE_TEXT) or pdfium.FPDFAnnot_GetFlags(note) & 2:
                    continue
                words = _string(pdfium, note, b"V" if kind == WIDGET else b"Contents")
                rect = pdfium.FS_RECTF()
                if words.strip() and pdfium.FPDFAnnot_GetRect(note, rect):
                    self._type_in(words, self._show(rect.left, rect.bottom, rect.right, rect.top))
            finally:
                pdfium.FPDFPage_CloseAnnot(note)

    def _type_in(self, words: str, box: Place) -> None:
        lines = [line for line in words.replace("\r", "\n").split("\n") if line.strip()]
        height = (box[3] - box[1]) / len(lines)
        size = min(height, 14.0)
        glyphs = self._shown.glyphs.setdefault(UPRIGHT, [])
        for number, line in enumerate(lines):
            middle, x = box[1] + (number + 0.5) * height, box[0]
            spaced = False
            for char in line:
                if char.isspace():
                    spaced, x = True, x + size / 2
                    continue
                wide = size if char >= "\u2e80" else size / 2
                glyphs.append(Glyph(char, x, middle - size / 2, x + wide, middle + size / 2, spaced))
                x, spaced = x + wide, False

    def _tell_vertical(self, group: dict[int, list[Glyph]]) -> None:
        """Turn upright characters that follow each other down the page: vertical text, whose columns run from right to left."""
        glyphs = group.get(UPRIGHT, [])
        down = sum(_is_below(one, other) for one, other in pairwise(glyphs))
        if len(glyphs) < FEW or down < VERTICAL * len(glyphs):
            return
        shown = self._shown
        del group[UPRIGHT]
        group.setdefault(DOWNWARDS, [])[:0] = [
            Glyph(
                VERTICAL_FORMS.get(glyph.char, glyph.char),
                *turn(glyph.x0, glyph.top, glyph.x1, glyph.bottom, shown, DOWNWARDS),
                glyph.spaced,
            )
            for glyph in glyphs
        ]


VERTICAL_FORMS = dict(
    zip(
        "︐︑︒︓︔︕︖︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄︰︱",
        "，、。：；！？（）｛｝〔〕【】《》〈〉「」『』：—",
        strict=True,
    )
)


def _is_likely(char: str) -> bool:
    """Tell a character that may be right although its font does not vouch for it."""
    return char != UNMAPPED and not ("\ue000" <= char <= "\uf8ff") and ord(char) >= 32


def _is_below(one: Glyph, other: Glyph) -> bool:
    height = one.bottom - one.top
    return (
        abs(one.x0 + one.x1 - other.x0 - other.x1) < 0.6 * height
        and 0.5 * height < other.top - one.top < 2.0 * height
    )  # fmt: skip


def _evened(glyphs: list[Glyph]) -> list[Glyph]:
    """Return the characters with boxes as high as the type is wide: what fonts tell of their height differs by half."""
    sample = [
        (glyph.bottom - glyph.top) / (glyph.x1 - glyph.x0)
        for glyph in glyphs[: 5 * SAMPLE]
        if "\u3400" <= glyph.char <= "\u9fff" and glyph.x1 > glyph.x0
    ][:SAMPLE]
    by = median(sample) if sample else 1.0
    if 0.95 < by < 1.05 or by <= 0:
        return glyphs
    return [
        Glyph(
            glyph.char,
            glyph.x0,
            (middle := (glyph.top + glyph.bottom) / 2) - (half := (glyph.bottom - glyph.top) / 2 / by),
            glyph.x1,
            middle + half,
            glyph.spaced,
        )
        for glyph in glyphs
    ]


def _slanted_pieces(characters: Sequence[tuple[str, Place]]) -> Iterator[Piece]:
    """Yield words at a slant, cut where the next character stands far off."""
    group: list[tuple[str, Place]] = []
    for char, box in characters:
        if group:
            x0, top, x1, bottom = group[-1][1]
            far = math.hypot((box[0] + box[2] - x0 - x1) / 2, (box[1] + box[3] - top - bottom) / 2)
            if far > 2.5 * max(x1 - x0, bottom - top):
                yield _whole(group)
                group = []
        group.append((char, box))
    if group:
        yield _whole(group)


def _whole(group: Sequence[tuple[str, Place]]) -> Piece:
    boxes = [box for _, box in group]
    return Piece(
        text="".join(char for char, _ in group),
        x0=min(box[0] for box in boxes),
        top=min(box[1] for box in boxes),
        x1=max(box[2] for box in boxes),
        bottom=max(box[3] for box in boxes),
    )


def _through(matrix: tuple[float, ...] | None, x0: float, y0: float, x1: float, y1: float) -> Place:
    """Return the box around a box that a matrix moves."""
    if matrix is None:
        return x0, y0, x1, y1
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)


def _composed(outer: tuple[float, ...] | None, inner: tuple[float, ...]) -> tuple[float, ...]:
    if outer is None:
        return inner
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (
        a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f
    )  # fmt: skip


def _string(pdfium: Any, note: Any, key: bytes) -> str:
    """Return a text that an annotation holds, of at most a hundred thousand characters."""
    size = min(pdfium.FPDFAnnot_GetStringValue(note, key, None, 0), 200_002)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
