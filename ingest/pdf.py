"""PDF files: what each page shows, line by line in reading order, with page and box.

Page by page the lightest way that is right is taken. pdfium tells the characters with their places, which is enough for lines,
paragraphs and columns; where rules on the page make up a table, pdfplumber tells its cells; a page that is a picture, or whose
fonts do not tell what their characters are, is drawn and recognised where an engine for that is installed.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from ingest import ocr
from ingest.errors import DamagedFile, EncryptedFile, IngestError, NeedsRecognition, NoText, TooLarge
from ingest.footnotes import mark_notes
from ingest.glyphs import UNMAPPED, UPRIGHT, Glyph, Page, look_at, pieces_of, turn, turn_back
from ingest.layout import Box, PageLine, Table, gather, join_pages, read_in_order, rules_make_a_table
from ingest.pace import step
from ingest.pdfium import load_pdfium
from ingest.readers import Member, RawText

KIND = "PDF"
MOST_PAGES = 10_000
MOST_CROSSINGS = 10_000  # of the rules on a page whose tables are looked for; a map or a drawing has more
MOST_CELLS = 1_500  # of a table
STRIDE = 50  # pages that are read in a step
MOST_CHARACTERS = 50_000_000
FULL_PAGE = 0.5  # of the page, from which a picture on it may be the page itself
STAMPS = 40  # characters: what programs of scanners and archives print onto a picture is no longer
OUTLINES = 200  # paths on a page without characters: type that was turned into drawings
UNTOLD = 0.1  # of a page's characters that the fonts do not tell, from which the page is better recognised
FEW = 5  # such characters on a page are marks and symbols
FOREIGN = 0.1  # of the characters of a page with less Chinese are neither that nor plain Latin
CHINESE = re.compile("[\u4e00-\u9fff]")
PROPER = 0.9  # of the characters of a scanner's own text layer are of some script
MARGIN = 0.1  # of a page's characters: what stands across so little text is a mark in its margin (装订线)
SIDE = 1_000_000  # blocks of text in another direction are numbered from here on
GAP = 0.8  # heights between two pieces of a line; wider ones stay apart


@dataclass(frozen=True, slots=True)
class _Read:
    """The pages of a file: the lines of each, and the numbers of those that want to be recognised."""

    lines: dict[int, list[PageLine]]
    to_recognise: list[int]
    unreadable: list[int]
    about: list[tuple[str, str]]
    count: int


def read_pdf(data: bytes, path: str) -> RawText:
    """Read a PDF page by page, with page and box of each line.

    A line that stands in from the margin starts a paragraph, told to later stages by an empty line before it. Page numbers,
    running heads and watermarks are kept in the text and listed as furniture. Pages that are pictures are recognised; where
    nothing is installed for that, a member that cannot be read tells of them, and a file of nothing else raises NoText.
    Raises DamagedFile, EncryptedFile, TooLarge.
    """
    if max(data.rfind(b"%%EOF"), data.rfind(b"startxref")) < data.rfind(b"endobj"):
        raise DamagedFile(path, KIND, "its end is missing", "缺少结尾")
    read = _read_pages(data, path)
    recognised, mute = [], read.to_recognise
    if read.to_recognise and ocr.engine() is not None:
        mute = []
        for number in read.to_recognise:
            try:
                read.lines.update(ocr.scanned_lines(data, path, [number]))
                recognised.append(number)
            except IngestError:
                read.unreadable.append(number)
    pages = [(number, read.lines.get(number, [])) for number in range(1, read.count + 1)]
    if not any(lines for _, lines in pages) or len(mute) + len(read.unreadable) == read.count:
        raise _nothing_read(path, read)
    about = [*read.about, *([("recognised_pages", _ranges(recognised))] if recognised else [])]
    return replace(join_pages(pages), about=tuple(about), members=tuple(missing_pages(path, mute, read.unreadable)))


def missing_pages(path: str, mute: Sequence[int], unreadable: Sequence[int] = (), kind: str = KIND) -> Iterator[Member]:
    """Yield what tells of pages that are not in the text, as of members of the file that cannot be read."""
    if mute:
        pages = _ranges(mute)
        name = f"p{pages}"
        trouble: IngestError = NeedsRecognition(
            f"{path}/{name}",
            f"pages {pages} are pictures, as of a scan, or do not tell their characters; the other pages were read",
            f"第 {pages} 页是图片(像是扫描件)或字体无法取字;其余各页已读入",
        )
        yield Member(name=name, data=b"", trouble=trouble)
    if unreadable:
        name = f"p{_ranges(unreadable)}"
        trouble = DamagedFile(f"{path}/{name}", kind, "these pages cannot be opened", "这些页打不开")
        yield Member(name=name, data=b"", trouble=trouble)


def _nothing_read(path: str, read: _Read) -> IngestError:
    if len(read.unreadable) == read.count:
        return DamagedFile(path, KIND, "no page of it can be opened", "所有的页都打不开")
    if ocr.engine() is not None and read.to_recognise:
        return NoText(
            path,
            f"{read.count} pages of pictures in which nothing was recognised",
            f"{read.count} 页均为图片,未识别出文字",
            "Scan it again, upright, at 300 dpi.",
            "请摆正后以 300 dpi 重新扫描。",
        )
    return NeedsRecognition(
        path,
        f"{read.count} pages without a text layer that can be read, as of a scan",
        f"{read.count} 页均无可用的文字层,像是扫描件",
    )


def _read_pages(data: bytes, path: str) -> _Read:
    read = _Read({}, [], [], [], 0)
    characters = 0
    with _opened(data, path) as pdf, _tables_of(data) as tables:
        count = len(pdf)
        if count > MOST_PAGES:
            raise TooLarge(
                path,
                f"{count:,} pages, of which {MOST_PAGES:,} are the limit",
                f"共 {count:,} 页,上限为 {MOST_PAGES:,} 页",
            )
        read.about.extend(_about(pdf))
        for number in range(1, count + 1):
            if number % STRIDE == 0:
                step()
            try:
                page = look_at(pdf, number)
            except Exception:  # pdfium's own error is a RuntimeError; a page that is none
                read.unreadable.append(number)
                continue
            characters += page.count
            if characters > MOST_CHARACTERS:
                found = f"more than {MOST_CHARACTERS:,} characters"
                raise TooLarge(path, found, f"超过 {MOST_CHARACTERS:,} 字")
            if _wants_recognition(page):
                read.to_recognise.append(number)
            if page.glyphs or page.hidden or page.slanted:
                lines = _lines(page, tables)
                if number not in read.to_recognise[-1:]:
                    read.lines[number] = lines
                elif page.count < STAMPS:
                    read.lines[number] = [replace(line, kind="stamp") for line in lines]
                elif not _is_gibberish(page):
                    read.lines[number] = lines  # with a sign for each character that is lost
    return replace(read, count=count)


@contextmanager
def _opened(data: bytes, path: str) -> Iterator[Any]:
    try:
        pdf = load_pdfium().PdfDocument(data)
    except Exception as error:
        if "password" in str(error).lower():
            raise EncryptedFile(path, KIND) from error
        raise DamagedFile(path, KIND, type(error).__name__) from error
    try:
        yield pdf
    finally:
        pdf.close()


def _about(pdf: Any) -> Iterator[tuple[str, str]]:
    """Yield title, author and date of creation, as the file tells them."""
    try:
        told = pdf.get_metadata_dict(skip_empty=True)
    except Exception:  # what a file says of itself is no reason not to read it
        return
    for name, label in (("Title", "title"), ("Author", "author"), ("CreationDate", "date")):
        value = " ".join(str(told.get(name, "")).split())[:500]
        if label == "date":
            digits = value.removeprefix("D:")[:8]
            value = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdecimal() else ""
        if value and value not in ("untitled", "anonymous", "unspecified"):
            yield label, value


def _wants_recognition(page: Page) -> bool:
    """Tell a page that is a picture without a text layer of worth, that is drawn type, or whose fonts are mute."""
    if page.unmapped > max(FEW, UNTOLD * page.count) or _is_gibberish(page):
        return True
    if page.count >= STAMPS:
        return False
    if page.pictures >= FULL_PAGE:
        return not _is_proper(page.hidden)
    return not page.count and not page.hidden and (page.paths >= OUTLINES or page.pictures > 0)


def _is_gibberish(page: Page) -> bool:
    """Tell a page whose fonts pass off the numbers of their glyphs as characters: hardly a Chinese one, and odd ones."""
    text = "".join(glyph.char for glyphs in page.glyphs.values() for glyph in glyphs)
    odd = sum("\x7f" <= char <= "\x9f" or char == UNMAPPED for char in text)
    if odd > len(text) / 2:
        return True
    foreign = sum("\xa1" <= char <= "\xff" for char in text)
    return len(CHINESE.findall(text)) < FOREIGN * len(text) < odd + foreign and odd + foreign > FEW


def _is_proper(hidden: dict[int, list[Glyph]]) -> bool:
    """Tell whether the text layer that a scanner's program laid under the picture can serve."""
    text = "".join(glyph.char for glyphs in hidden.values() for glyph in glyphs)
    return len(text) >= FEW and sum(char.isalnum() or char in "，。、；：（）《》“”%" for char in text) >= PROPER * len(
        text
    )


class _Tables:
    """Finds the tables of pages through pdfplumber, which is opened when the first page wants it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None

    def on(self, page: Page) -> list[Table]:
        """Return the tables of a page, in its places as shown. A page that pdfplumber cannot read has none."""
        import pdfplumber

        try:
            if self._pdf is None:
                logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each font that lacks something
                self._pdf = pdfplumber.open(io.BytesIO(self._data))
            theirs = self._pdf.pages[page.number - 1]
            try:
                left, top = theirs.bbox[:2]
                found = theirs.find_tables()
                return [
                    Table(tuple(tuple(_moved(cell, left, top) for cell in row.cells) for row in table.rows))
                    for table in found
                    if 1 < len(table.cells) <= MOST_CELLS
                ]
            finally:
                theirs.close()
        except Exception:  # pdfminer lets its own and many built-in exceptions through
            return []

    def close(self) -> None:
        if self._pdf is not None:
            with suppress(Exception):  # it reads the pages once more, and fails where they are broken
                self._pdf.close()


@contextmanager
def _tables_of(data: bytes) -> Iterator[_Tables]:
    tables = _Tables(data)
    try:
        yield tables
    finally:
        tables.close()


def _moved(cell: Box | None, left: float, top: float) -> Box | None:
    return None if cell is None else (cell[0] - left, cell[1] - top, cell[2] - left, cell[3] - top)


def _lines(page: Page, finder: _Tables) -> list[PageLine]:
    """Return the lines of a page: text of its main direction, what stands across that before or after it, watermarks last."""
    shown = page.glyphs
    if page.count < STAMPS and page.hidden and page.pictures >= FULL_PAGE:
        shown = page.hidden
    main = max(shown, key=lambda direction: len(shown[direction]), default=UPRIGHT)
    before: list[PageLine] = []
    after: list[PageLine] = []
    for direction, glyphs in shown.items():
        if direction != main:
            lines = _in_order(page, glyphs, direction, None)
            if main == UPRIGHT and len(glyphs) <= MARGIN * page.count:
                after += [replace(line, block=SIDE, kind="margin") for line in lines]
                continue
            middle = sum(glyph.top for glyph in glyphs) / len(glyphs) if direction == UPRIGHT else 0.0
            side = before if middle < page.height / 2 else after
            side += [replace(line, block=SIDE + 1_000 * direction + line.block) for line in lines]
    across = sum(rule.is_across for rule in page.rules)
    is_ruled = across * (len(page.rules) - across) <= MOST_CROSSINGS and rules_make_a_table(page.rules)
    tables = finder.on(page) if is_ruled else []
    lines = _in_order(page, shown.get(main, []), main, tables)
    if main == UPRIGHT:
        lines = mark_notes(lines, page.rules)
    last = 1 + max((line.block for line in (*lines, *before, *after)), default=0)
    return [
        *before,
        *lines,
        *after,
        *(PageLine(parts=(piece,), block=last, kind="watermark") for piece in page.slanted),
    ]


def _in_order(page: Page, glyphs: Sequence[Glyph], direction: int, tables: Sequence[Table] | None) -> list[PageLine]:
    turned = [_turned(table, page, direction) for table in tables or ()]
    if turned:
        cells = list(_cells(glyphs, turned))
        pieces = pieces_of(glyphs, cells)
    else:
        pieces = pieces_of(glyphs)
    if not turned:
        pieces = gather(pieces, GAP)
    if direction != UPRIGHT:
        pieces = [
            replace(piece, place=turn_back((piece.x0, piece.top, piece.x1, piece.bottom), page, direction))
            for piece in pieces
        ]
    return read_in_order(pieces, tables=turned)


def _turned(table: Table, page: Page, direction: int) -> Table:
    if direction == UPRIGHT:
        return table
    return Table(
        tuple(tuple(None if cell is None else turn(*cell, page, direction) for cell in row) for row in table.rows)
    )


def _cells(glyphs: Sequence[Glyph], tables: Sequence[Table]) -> Iterator[int]:
    """Yield the number of the cell that each character stands in, -1 outside of tables."""
    boxes = [cell for table in tables for row in table.rows for cell in row if cell]
    last = -1
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if last < 0 or not _holds(boxes[last], x, y):
            last = next((at for at, box in enumerate(boxes) if _holds(box, x, y)), -1)
        yield last


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _ranges(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them: 1,3-5."""
    parts = []
    for _, group in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        parts.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return ",".join(parts)
