"""Word 97–2003 files (.doc) and those of WPS, read from their own structures ([MS-DOC]).

The characters of all stories (text, notes, headers, text boxes) stand one behind the other, in pieces anywhere in the
stream; properties of characters and paragraphs are kept for ranges of bytes, in pages of 512. Only what decides on the
text is read: what was deleted or hidden, list numbers, tables, fields, notes, text boxes.
"""

from __future__ import annotations

import io
import re
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.assembly import Assembly
from ingest.errors import NoText
from ingest.list_numbers import Level, ListNumbers, labelled
from ingest.readers import RawText
from ingest.word import LONGEST_HEADER, Cells, Paragraph, Table, join_cell, lay_out, sign, turn_field, with_signs

WORD_97 = 0x00C1  # nFib
LONGEST = 100_000_000  # characters
# Places in the file information block.
SECOND_TABLE_STREAM = 0x0200  # of the flags at 0x0A
LENGTHS = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes")  # of the stories, from 0x4C
STYLES, NOTES, FONTS, HEADERS, RUNS, PARAGRAPHS, PIECES, SHAPES, ENDNOTES, BOXES, LISTS, LIST_USES = (
    1, 2, 15, 11, 12, 13, 33, 40, 46, 56, 73, 74,
)  # fmt: skip
# Properties (sprm) that decide on the text.
DELETED, HIDDEN, CHARACTER_STYLE, SYMBOL = 0x0800, 0x083C, 0x4A30, 0x6A09
IN_TABLE, ROW_END = 0x2416, 0x2417
LEVEL, LIST, OUTLINE, ROW_SHAPE = 0x260A, 0x460B, 0x2640, 0xD608
WANTED = frozenset((DELETED, HIDDEN, CHARACTER_STYLE, SYMBOL, IN_TABLE, ROW_END, LEVEL, LIST, OUTLINE, ROW_SHAPE))  # fmt: skip
SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of an operand, by the upper three bits; 0 says that it tells itself
PAGE = 512
# MSONFC, from [MS-OSHARED] 2.2.1.3.
FORMS = [
    "decimal",
    "upperRoman",
    "lowerRoman",
    "upperLetter",
    "lowerLetter",
    "ordinal",
    "cardinalText",
    "ordinalText",
    "hex",
    "chicago",
    "ideographDigital",
    "japaneseCounting",
    "aiueo",
    "iroha",
    "decimalFullWidth",
    "decimalHalfWidth",
    "japaneseLegal",
    "japaneseDigitalTenThousand",
    "decimalEnclosedCircle",
    "decimalFullWidth2",
    "aiueoFullWidth",
    "irohaFullWidth",
    "decimalZero",
    "bullet",
    "ganada",
    "chosung",
    "decimalEnclosedFullstop",
    "decimalEnclosedParen",
    "decimalEnclosedCircleChinese",
    "ideographEnclosedCircle",
    "ideographTraditional",
    "ideographZodiac",
    "ideographZodiacTraditional",
    "taiwaneseCounting",
    "ideographLegalTraditional",
    "taiwaneseCountingThousand",
    "taiwaneseDigital",
    "chineseCounting",
    "chineseLegalSimplified",
    "chineseCountingThousand",
]
CHARACTERS = {"\x09": "\t", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-"}
SPECIAL = re.compile("[\x00-\x08\x0b-\x1f]")
ENDS = re.compile("[\r\x07]")
FIELD_MARKS = {"\x13": "begin", "\x14": "separate", "\x15": "end"}


class Unreadable(Exception):
    """A file that is no Word 97 file, or whose structures do not hold."""


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int  # first character
    end: int
    at: int  # first byte in the stream
    width: int  # bytes of a character


@dataclass(slots=True)
class _Style:
    base: int
    number: int  # of the styles that every Word has: 1 to 9 are headings
    properties: dict[int, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class _Rows:
    """A table whose rows are being read."""

    table: Table = field(default_factory=lambda: Table([]))
    row: Cells = field(default_factory=list)
    cell: list[str] = field(default_factory=list)  # the paragraphs of a cell
    kept: bool = False  # a row whose cells all have deleted ends is deleted

    def end_cell(self, *, cut: bool) -> None:
        """End a cell; `cut` tells that its end was deleted."""
        self.row.append((len(self.row), join_cell(self.cell)))
        self.cell = []
        self.kept = self.kept or not cut

    def end_row(self, covered: list[bool]) -> None:
        """End a row, some of whose cells are covered by one before them."""
        if self.kept:
            self.table.rows.append(
                [(place, said) for place, said in self.row if place >= len(covered) or not covered[place]]
            )
        self.row, self.cell, self.kept = [], [], False

    def closed(self) -> Table:
        """Return the table; what stands in a row without an end is kept."""
        rest = [*self.row, (len(self.row), join_cell(self.cell))] if any(self.cell) else self.row
        if rest:
            self.table.rows.append(rest)
        return self.table


def read_word97(data: bytes, path: str) -> RawText:
    """Read a Word 97–2003 file as `ingest.word.read_docx` does a .docx; anchors have no runs.

    Raises Unreadable, struct.error, IndexError and what olefile raises for a damaged file; NoText.
    """
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as file:
        main = file.openstream("WordDocument").read()
        kind, version = struct.unpack_from("<HH", main, 0)
        if kind != 0xA5EC or version < WORD_97:
            raise Unreadable(f"version {version}")
        flags = struct.unpack_from("<H", main, 0x0A)[0]
        table = file.openstream("1Table" if flags & SECOND_TABLE_STREAM else "0Table").read()
    reader = _Reader(main, table)
    assembly = Assembly()
    headings = lay_out(reader.blocks("text", 0, reader.lengths["text"]), assembly)
    if not assembly.text.strip():
        raise NoText(
            path,
            "the Word file has no text, perhaps only pictures",
            "Word 文件里没有文字,可能只有图片",
            "Have the pictures recognised (OCR) first.",
            "请先对图片做文字识别(OCR)。",
        )
    about = tuple(reader.about())
    return RawText(text=with_signs(assembly.text), anchors=tuple(assembly.anchors), about=about, headings=headings)


class _Reader:
    def __init__(self, main: bytes, table: bytes) -> None:
        self._main, self._table = main, table
        self._halved = False  # are there rare characters, which the file counts as two
        lengths = struct.unpack_from("<7i", main, 0x4C)
        if min(lengths) < 0 or sum(lengths) > LONGEST:
            raise Unreadable("lengths of stories")
        self.lengths = dict(zip(LENGTHS, lengths, strict=True))
        self._starts: dict[str, int] = {}
        at = 0
        for name in LENGTHS:
            self._starts[name] = at
            at += self.lengths[name]
        self._pieces = self._read_pieces()
        self._piece_starts = [piece.start for piece in self._pieces]
        self._text = self._read_text()
        if len(self._text) < self.lengths["text"]:
            raise Unreadable("less text than the file says")
        self._styles = self._read_styles()
        self._cuts, self._signs = self._read_runs()
        self._cut_starts = [start for start, _ in self._cuts]
        self._paragraph_starts, self._paragraph_properties = self._read_paragraphs()
        self._numbers, self._uses = self._read_lists()
        self._hanging = dict(self._find_hanging())
        self._hanging_at = sorted(self._hanging)
        self._count = 0

    # What the stories say.

    def blocks(self, story: str, start: int, end: int) -> list[Paragraph | Table]:
        """Return the paragraphs and tables of a stretch of a story."""
        found: list[Paragraph | Table] = []
        counted = story == "text"
        number = max(0, self._count - 1)
        waiting = ""  # of a paragraph whose end was deleted
        aside: list[Paragraph | Table] = []
        rows: _Rows | None = None
        for at, mark, text in self._split(self._starts[story] + start, self._starts[story] + end):
            properties = self._properties_at(mark)
            if counted:
                aside += self._aside(at, mark)
            ends_cell = self._text[mark : mark + 1] == "\x07"
            if ends_cell or properties.get(IN_TABLE, b"\0")[0]:
                rows = rows or _Rows()
                if not self._is_cut(mark) or text:
                    rows.cell.append(self._label(properties, text) + text)
                if ends_cell:
                    if properties.get(ROW_END, b"\0")[0]:
                        rows.end_row(_row_shape(properties.get(ROW_SHAPE, b"")))
                    else:
                        rows.end_cell(cut=self._is_cut(mark))
                    rows.table.aside += aside
                    aside = []
                continue
            if rows is not None:
                found.append(rows.closed())
                rows = None
            if counted:
                number = self._count
                self._count += 1
            if self._is_cut(mark):
                waiting += text
                continue
            text, waiting = waiting + text, ""
            text = self._label(properties, text) + text if text else text
            found.append(Paragraph([(text, number, None)] if text else [], self._heading(properties), aside))
            aside = []
        if waiting:
            found.append(Paragraph([(waiting, number, None)], None, aside))
        if rows is not None:
            found.append(rows.closed())
        return found

    def about(self) -> Iterator[tuple[str, str]]:
        """Yield what stands at the head and foot of the pages, each text once."""
        seen = set()
        places = self._places(HEADERS, 0)
        for at, (start, end) in enumerate(self._stretches("headers", places)):
            if at < 6 or start >= end:  # the first six are lines between text and notes
                continue
            place = "footer" if at % 6 in (2, 3, 5) else "header"
            said = [block.text for block in self.blocks("headers", start, end) if isinstance(block, Paragraph)]
            text = " ".join(" ".join(said).split())[:LONGEST_HEADER]
            if text and (place, text) not in seen:
                seen.add((place, text))
                yield place, text

    def _split(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield where each paragraph begins, the place of its mark, and its text."""
        at = start
        end = min(end, len(self._text))
        fields: list[str | None] = []
        while at < end:
            match = ENDS.search(self._text, at, end)
            mark = match.start() if match else end
            yield at, min(mark, end - 1), self._shown(at, mark, fields)
            at = mark + 1

    def _shown(self, start: int, end: int, fields: list[str | None]) -> str:
        """Return the text of a paragraph: no code of a field, nothing deleted or hidden."""
        text = self._text[start:end]
        first = bisect_right(self._cut_starts, start) - 1
        if first < 0 or self._cuts[first][1] <= start:
            first += 1
        untouched = first >= len(self._cuts) or self._cuts[first][0] >= end
        if untouched and not fields and not self._halved and not SPECIAL.search(text):
            return text
        parts: list[str] = []
        for at, character in enumerate(text, start):
            while first < len(self._cuts) and self._cuts[first][1] <= at:
                first += 1
            cut = first < len(self._cuts) and self._cuts[first][0] <= at
            if character in FIELD_MARKS:
                parts.append(turn_field(fields, FIELD_MARKS[character]))
            elif cut:
                continue
            elif fields and fields[-1] is not None:
                fields[-1] += character
            elif any(code is not None for code in fields):
                continue
            elif at in self._signs:
                parts.append(self._signs[at])
            elif character in CHARACTERS:
                parts.append(CHARACTERS[character])
            elif character >= " ":
                parts.append(character)
        fields[:] = [code for code in fields if code is None]  # one that never ends must not hide the rest
        return whole("".join(parts)) if self._halved else "".join(parts)

    def _is_cut(self, at: int) -> bool:
        first = bisect_right(self._cut_starts, at) - 1
        return first >= 0 and at < self._cuts[first][1]

    def _aside(self, start: int, end: int) -> list[Paragraph | Table]:
        """Return the notes and text boxes that hang on the characters of a stretch of the text."""
        found: list[Paragraph | Table] = []
        at = bisect_right(self._hanging_at, start - 1)
        while at < len(self._hanging_at) and self._hanging_at[at] < end:
            place = self._hanging_at[at]
            if not self._is_cut(place):
                for story, low, high in self._hanging[place]:
                    found += [
                        block
                        for block in self.blocks(story, low, high)
                        if isinstance(block, Table) or block.text.strip()
                    ]
            at += 1
        return found

    def _find_hanging(self) -> Iterator[tuple[int, list[tuple[str, int, int]]]]:
        """Yield the places in the text on which notes and text boxes hang, and the stretches of these."""
        hanging: dict[int, list[tuple[str, int, int]]] = {}
        for story, index in (("footnotes", NOTES), ("endnotes", ENDNOTES)):
            places, said = self._places(index, 2)[:-1], self._places(index + 1, 0)
            for place, (low, high) in zip(places, self._stretches(story, said), strict=False):
                hanging.setdefault(place, []).append((story, low, high))
        shapes = self._structures(SHAPES, 26)
        by_shape = {struct.unpack_from("<i", shape)[0]: place for place, shape in shapes}
        last = max(by_shape.values(), default=0)
        boxes = self._structures(BOXES, 22)[:-1]  # the last one is no box
        for (_, box), (low, high) in zip(boxes, self._stretches("boxes", self._places(BOXES, 22)), strict=False):
            place = by_shape.get(struct.unpack_from("<i", box, 14)[0], last)
            hanging.setdefault(place, []).append(("boxes", low, high))
        yield from hanging.items()

    def _stretches(self, story: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the stretches between places of a story; one that is out of order is empty."""
        reached = 0
        for low, high in zip(places, places[1:], strict=False):
            if not reached <= low <= high <= self.lengths[story]:
                low = high = reached
            reached = high
            yield low, high

    # Numbers and headings.

    def _label(self, properties: dict[int, bytes], text: str) -> str:
        use = int.from_bytes(properties.get(LIST, b""), "little")
        if not 0 < use <= len(self._uses):
            return ""
        label = self._numbers.label(str(use), properties.get(LEVEL, b"\0")[0])
        return labelled(label, text)

    def _heading(self, properties: dict[int, bytes]) -> int | None:
        level = properties.get(OUTLINE, b"\x09")[0]
        return level + 1 if level < 9 else None

    # Structures.

    def _part(self, index: int) -> bytes:
        """Return a part of the table stream, by its place in the file information block."""
        start, size = struct.unpack_from("<II", self._main, 0x9A + 8 * index)
        if start + size > len(self._table):
            raise Unreadable(f"part {index} lies beyond the stream")
        return self._table[start : start + size]

    def _places(self, index: int, size: int) -> Sequence[int]:
        """Return the character places of a list of structures of a size, one more than there are structures."""
        part = self._part(index)
        count = max(0, (len(part) - 4) // (4 + size))
        return struct.unpack_from(f"<{count + 1}i", part) if len(part) >= 4 else ()

    def _structures(self, index: int, size: int) -> list[tuple[int, bytes]]:
        places, part = self._places(index, size), self._part(index)
        return [
            (place, part[4 * len(places) + size * at : 4 * len(places) + size * (at + 1)])
            for at, place in enumerate(places[:-1])
        ]

    def _read_pieces(self) -> list[_Piece]:
        part, at = self._part(PIECES), 0
        while at < len(part) and part[at] == 1:  # properties of pieces saved in haste
            at += 3 + struct.unpack_from("<H", part, at + 1)[0]
        if at >= len(part) or part[at] != 2:
            raise Unreadable("no pieces")
        size = struct.unpack_from("<I", part, at + 1)[0]
        count = (size - 4) // 12
        at += 5
        places = struct.unpack_from(f"<{count + 1}I", part, at)
        pieces = []
        for number, (start, end) in enumerate(zip(places, places[1:], strict=False)):
            code = struct.unpack_from("<I", part, at + 4 * (count + 1) + 8 * number + 2)[0]
            narrow = bool(code & 0x40000000)
            code &= 0x3FFFFFFF
            if end < start or end > LONGEST:
                raise Unreadable("pieces out of order")
            pieces.append(_Piece(start, end, code // 2 if narrow else code, 1 if narrow else 2))
        return pieces

    def _read_text(self) -> str:
        """Return the characters of all stories, one for each of the file's, which counts halves of rare characters."""
        parts = []
        for piece in self._pieces:
            data = self._main[piece.at : piece.at + (piece.end - piece.start) * piece.width]
            if len(data) < (piece.end - piece.start) * piece.width:
                raise Unreadable("a piece lies beyond the stream")
            if piece.width == 1:
                parts.append(data.decode("cp1252", errors="replace"))
                continue
            text = data.decode("utf-16-le", errors="surrogatepass")
            if len(text) * 2 != len(data):
                self._halved = True
                text = "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))
            parts.append(text)
        return "".join(parts)

    def _characters(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the characters that stand in a range of bytes."""
        for piece in self._pieces:
            low = max(start, piece.at)
            high = min(end, piece.at + (piece.end - piece.start) * piece.width)
            if low < high:
                yield piece.start + (low - piece.at) // piece.width, piece.start + (high - piece.at) // piece.width

    def _pages(self, index: int) -> Iterator[tuple[bytes, list[int]]]:
        """Yield the pages of properties with the byte ranges that they are for."""
        part = self._part(index)
        count = max(0, (len(part) - 4) // 8)
        for number in struct.unpack_from(f"<{count}I", part, 4 * (count + 1)):
            at = (number & 0x3FFFFF) * PAGE
            page = self._main[at : at + PAGE]
            if len(page) < PAGE:
                raise Unreadable("a page of properties lies beyond the stream")
            yield page, list(struct.unpack_from(f"<{page[-1] + 1}I", page))

    def _read_runs(self) -> tuple[list[tuple[int, int]], dict[int, str]]:
        """Return the stretches that are not shown, in order, and the characters that stand for signs of a font."""
        cuts: list[tuple[int, int]] = []
        signs: dict[int, str] = {}
        fonts = self._read_fonts()
        for page, bounds in self._pages(RUNS):
            for at, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False)):
                place = page[4 * len(bounds) + at] * 2
                if not place:
                    continue
                properties = _properties(page[place + 1 : place + 1 + page[place]])
                if SYMBOL in properties:
                    font, code = struct.unpack("<HH", properties[SYMBOL])
                    said = sign(fonts[font] if font < len(fonts) else "", code)
                    signs.update(
                        (where, said) for low, high in self._characters(start, end) for where in range(low, high)
                    )
                if self._is_hidden(properties):
                    cuts += self._characters(start, end)
        cuts.sort()
        return cuts, signs

    def _is_hidden(self, properties: dict[int, bytes]) -> bool:
        if properties.get(DELETED, b"\0")[0] == 1:
            return True
        own = properties.get(HIDDEN)
        if own is not None:
            return own[0] in (1, 0x81)
        style = int.from_bytes(properties.get(CHARACTER_STYLE, b""), "little")
        return bool(style) and self._of_style(style).get(HIDDEN, b"\0")[0] == 1

    def _read_fonts(self) -> list[str]:
        part, names = self._part(FONTS), []
        at = 4
        while at < len(part):
            font = part[at + 1 : at + 1 + part[at]]
            names.append(font[39:].decode("utf-16-le", errors="replace").partition("\0")[0])
            at += 1 + part[at]
        return names

    def _read_paragraphs(self) -> tuple[list[int], list[dict[int, bytes]]]:
        """Return where ranges of bytes with properties of paragraphs begin, in order, and the properties."""
        found: list[tuple[int, dict[int, bytes]]] = []
        known: dict[bytes, dict[int, bytes]] = {}
        for page, bounds in self._pages(PARAGRAPHS):
            for at, start in enumerate(bounds[:-1]):
                place = page[4 * len(bounds) + 13 * at] * 2
                said = b""
                if place:
                    size = page[place] * 2 - 1 if page[place] else page[place + 1] * 2
                    begin = place + (1 if page[place] else 2)
                    said = page[begin : begin + size]
                if said not in known:
                    style = int.from_bytes(said[:2], "little")
                    known[said] = {**self._of_style(style), **_properties(said[2:])}
                found.append((start, known[said]))
        found.sort(key=lambda entry: entry[0])
        return [start for start, _ in found], [properties for _, properties in found]

    def _properties_at(self, character: int) -> dict[int, bytes]:
        """Return the properties of the paragraph that ends at a character."""
        piece = self._pieces[max(0, bisect_right(self._piece_starts, character) - 1)]
        at = bisect_right(self._paragraph_starts, piece.at + (character - piece.start) * piece.width) - 1
        return self._paragraph_properties[at] if at >= 0 else {}

    def _read_styles(self) -> list[_Style | None]:
        part = self._part(STYLES)
        if len(part) < 6:
            return []
        at = 2 + struct.unpack_from("<H", part)[0]
        fixed = struct.unpack_from("<H", part, 4)[0]
        styles: list[_Style | None] = []
        while at + 2 <= len(part):
            size = struct.unpack_from("<H", part, at)[0]
            said = part[at + 2 : at + 2 + size]
            styles.append(_style(said, fixed) if size >= 10 else None)
            at += 2 + size + size % 2
        return styles

    def _of_style(self, number: int) -> dict[int, bytes]:
        """Return what a style and those that it is based on say; the level of Word's own headings too."""
        found: dict[int, bytes] = {}
        for _ in range(len(self._styles)):
            style = self._styles[number] if number < len(self._styles) else None
            if style is None:
                break
            found = {**style.properties, **found}
            if 1 <= style.number <= 9:
                found.setdefault(OUTLINE, bytes([style.number - 1]))
            number = style.base
        return found

    def _read_lists(self) -> tuple[ListNumbers, list[int]]:
        """Return the counting of lists, named by their uses from 1 on, and the lists of the uses."""
        numbers, uses = ListNumbers(), []
        start, size = struct.unpack_from("<II", self._main, 0x9A + 8 * LISTS)
        if size < 2:
            return numbers, []
        part = self._table
        count = struct.unpack_from("<H", part, start)[0]
        at = start + size  # the levels stand behind the part itself
        lists: dict[int, dict[int, Level]] = {}
        for number in range(count):
            place = start + 2 + 28 * number
            levels = lists.setdefault(struct.unpack_from("<i", part, place)[0], {})
            for level in range(1 if part[place + 26] & 1 else 9):
                levels[level], at = _level(part, at)
        start, size = struct.unpack_from("<II", self._main, 0x9A + 8 * LIST_USES)
        count = struct.unpack_from("<I", part, start)[0] if size >= 4 else 0
        at = start + 4 + 16 * count
        for number in range(min(count, 65_000)):
            place = start + 4 + 16 * number
            uses.append(struct.unpack_from("<i", part, place)[0])
            name = str(number + 1)
            levels = numbers.levels[name] = dict(lists.get(uses[-1], {}))
            numbers.series[name] = str(uses[-1])
            at += 4
            for _ in range(part[place + 12]):
                first, bits = struct.unpack_from("<iI", part, at)
                at += 8
                if bits & 0x20:
                    levels[bits & 0xF], at = _level(part, at)
                if bits & 0x10:
                    numbers.starts[name, bits & 0xF] = levels[bits & 0xF].start if bits & 0x20 else first
        return numbers, uses


def _properties(said: bytes) -> dict[int, bytes]:
    """Return the wanted ones of a list of properties, the last word of each."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 2 < len(said):
        name = said[at] | said[at + 1] << 8
        at += 2
        size = SIZES[name >> 13]
        if not size:
            if name == ROW_SHAPE:
                size, at = int.from_bytes(said[at : at + 2], "little") - 1, at + 2
            elif name == 0xC615 and said[at] == 255:  # tab stops, too many for a byte
                break
            else:
                size, at = said[at], at + 1
        if name in WANTED and at + size <= len(said):
            found[name] = said[at : at + size]
        at += max(0, size)
    return found


def _style(said: bytes, fixed: int) -> _Style:
    first, second, third = struct.unpack_from("<HHH", said)
    style = _Style(base=second >> 4, number=first & 0x0FFF)
    at = fixed + fixed % 2
    at += 2 + 2 * struct.unpack_from("<H", said, at)[0] + 2
    kind = second & 0xF
    for number in range(min(third & 0xF, 3)):
        if at + 2 > len(said):
            break
        size = struct.unpack_from("<H", said, at)[0]
        part = said[at + 2 : at + 2 + size]
        style.properties |= _properties(part[2:] if kind == 1 and number == 0 else part)
        at += 2 + size + size % 2
    if kind == 1:  # the marks of a paragraph style's characters are not those of its list
        for name in (DELETED, SYMBOL):
            style.properties.pop(name, None)
    return style


def _level(part: bytes, at: int) -> tuple[Level, int]:
    """Return a level of a list and where the next one begins."""
    start, form, flags = struct.unpack_from("<iBB", part, at)
    characters, paragraphs, restart = part[at + 24], part[at + 25], part[at + 26]
    at += 28 + characters + paragraphs
    size = struct.unpack_from("<H", part, at)[0]
    said = part[at + 2 : at + 2 + 2 * size].decode("utf-16-le", errors="replace")
    text = "".join(f"%{ord(sign) + 1}" if sign < "\x09" else sign for sign in said)
    name = FORMS[form] if form < len(FORMS) else {0x39: "numberInDash", 0xFF: "none"}.get(form, "decimal")
    return (
        Level(
            start=start,
            form=name,
            text=text,
            legal=bool(flags & 4),
            restart=restart if flags & 8 else None,
        ),
        at + 2 + 2 * size,
    )


def _row_shape(said: bytes) -> list[bool]:
    """Return for each cell of a row whether it is merged into another."""
    if not said:
        return []
    count = said[0]
    at = 1 + 2 * (count + 1)
    shape = []
    for place in range(at, min(at + 20 * count, len(said) - 1), 20):
        flags = struct.unpack_from("<H", said, place)[0]
        shape.append(bool(flags & 2) or (flags >> 5) & 3 == 1)
    return shape


def whole(text: str) -> str:
    """Return a text whose rare characters stand in two halves with whole ones."""
    return text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
