"""Pages of raw files as pictures, with the words that a reference means boxed on them.

A PDF is rendered, a scan is its own picture. An OFD page is our own drawing: its text at its place in a Chinese font, its rules and
nothing else, since no package that draws OFD could come with this one. A box hugs the words, not their line: on a PDF with a text
layer by the boxes of its characters, elsewhere by their widths.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from index.errors import BadPicture, NoPage

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

    from index.places import Box, Place, Whereabouts

PAGED = ("pdf", "ofd", "image")  # kinds of files that have pages
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff")
RESOLUTION = 150  # dots per inch of what is drawn
MOST_PIXELS = 40_000_000  # of a drawn page; a larger sheet is drawn coarser
MOST_PAGES = 50  # of one stretch
PAD = 1.5  # points between the words and their box
LINE = (192, 32, 32)
FILL = (255, 244, 160)
NEAR = 2.0  # points by which a character may stand out of the box of its line


class _Character(NamedTuple):
    """A character of a page: its box, how far along its line it stands, and whether the line runs up or down the page."""

    char: str
    box: Box
    along: float
    upright: bool = False


def draw(where: Whereabouts, data: bytes) -> Iterator[tuple[int, Image]]:
    """Yield (number, picture) of each page that a stretch stands on, its places boxed; MOST_PAGES at most.

    `data` are the bytes of the raw file (`nianlun.originals.original`). Raises NoPage for a file without pages, and the
    IngestError of a file that cannot be opened.
    """
    wanted = pages_of(where)
    make = {"pdf": _pdf, "ofd": _ofd, "image": _pictures}[where.media_type]
    yield from make(data, where.path, wanted)


def pages_of(where: Whereabouts) -> dict[int, list[Place]]:
    """Return the places of a stretch by page, MOST_PAGES of them at most; raises NoPage where there are none to draw."""
    if where.media_type not in PAGED:
        raise NoPage(where.path, where.media_type)
    pages: dict[int, list[Place]] = {}
    for place in where.places:
        if place.page is not None and (place.page in pages or len(pages) < MOST_PAGES):
            pages.setdefault(place.page, []).append(place)
    if not pages:
        raise NoPage(where.path, where.media_type, paged=True)
    return pages


def save(pictures: Iterator[tuple[int, Image]], out: Path) -> list[tuple[Path, int]]:
    """Write pictures and return (file, page) of each: out.png, and out-2.png, out-3.png … for further pages."""
    written = []
    for count, (number, picture) in enumerate(pictures, 1):
        path = out if count == 1 else out.with_name(f"{out.stem}-{count}{out.suffix}")
        picture.save(path, dpi=(RESOLUTION, RESOLUTION))
        written.append((path, number))
    return written


def check_name(out: Path, raw: Path) -> None:
    """Raise BadPicture where a picture cannot have that name: by its suffix, or since the raw file has it."""
    if out.suffix.lower() not in SUFFIXES or (out.exists() and raw.exists() and out.samefile(raw)):
        raise BadPicture(str(out), SUFFIXES)


def _pdf(data: bytes, path: str, wanted: Mapping[int, Sequence[Place]]) -> Iterator[tuple[int, Image]]:
    from ingest.errors import DamagedFile
    from ingest.pdfium import load_pdfium

    pypdfium2 = load_pdfium()
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise DamagedFile(path, "PDF", type(error).__name__) from error
    try:
        for number, places in sorted(wanted.items()):
            page = pdf[number - 1]
            scale = _scale(*page.get_size())
            picture = page.render(scale=scale).to_pil().convert("RGB")
            whole = all(place.text == place.line_text for place in places)
            page.close()
            characters = [] if whole else _characters(pdf, number)
            boxes = [box for place in places for box in _boxes(place, characters)]
            yield number, boxed(picture, boxes, scale, scale)
    finally:
        pdf.close()


def _pictures(data: bytes, path: str, wanted: Mapping[int, Sequence[Place]]) -> Iterator[tuple[int, Image]]:
    from ingest.ocr import frames, points_per_pixel

    for number, picture in enumerate(frames(data, path), 1):
        if number in wanted:
            scale = 1 / points_per_pixel(picture)
            yield number, boxed(picture, [place.box for place in wanted[number] if place.box], scale, scale)
        if number >= max(wanted):
            return


def _ofd(data: bytes, path: str, wanted: Mapping[int, Sequence[Place]]) -> Iterator[tuple[int, Image]]:
    from PIL import Image, ImageDraw

    from ingest.ofd import drawn_pages

    for number, ((width, height), characters, rules) in enumerate(drawn_pages(data, path), 1):
        if number in wanted:
            scale = _scale(width, height)
            picture = Image.new("RGB", (max(1, round(width * scale)), max(1, round(height * scale))), "white")
            pen = ImageDraw.Draw(picture)
            for rule in rules:
                corners = (rule.x0 * scale, rule.top * scale, rule.x1 * scale, rule.bottom * scale)
                pen.line(corners, fill="black", width=max(1, round(0.5 * scale)))
            for piece in characters:
                size = max(1, min(1000, round((piece.bottom - piece.top) * scale)))
                at = (piece.x0 * scale, (piece.top + 0.86 * (piece.bottom - piece.top)) * scale)
                pen.text(at, piece.text, fill="black", font=_font(size), anchor="ls")
            own = [
                _Character(piece.text, (piece.x0, piece.top, piece.x1, piece.bottom), piece.x0) for piece in characters
            ]
            boxes = [box for place in wanted[number] for box in _boxes(place, own)]
            yield number, boxed(picture, boxes, scale, scale)
        if number >= max(wanted):
            return


def boxed(picture: Image, boxes: Sequence[Box], across: float, down: float) -> Image:
    """Return the picture with boxes on it: pale yellow under the words, a red line around them.

    Boxes are in points; `across` and `down` are the pixels in a point.
    """
    from PIL import Image, ImageChops, ImageDraw

    marked = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(marked)
    width = max(2, round(across))
    for left, top, right, bottom in boxes:
        corners = (
            (left - PAD) * across - width, (top - PAD) * down - width, (right + PAD) * across + width,
            (bottom + PAD) * down + width,
        )  # fmt: skip
        low = min(max(corners[0], 0), picture.width - 1), min(max(corners[1], 0), picture.height - 1)
        high = min(max(corners[2], low[0]), picture.width - 1), min(max(corners[3], low[1]), picture.height - 1)
        pen.rectangle((*low, *high), fill=FILL, outline=LINE, width=width)
    return ImageChops.multiply(picture.convert("RGB"), marked)  # what is printed stays black under the colour


def _scale(width: float, height: float) -> float:
    """Return the pixels in a point of a page of that size, in points."""
    most: float = (MOST_PIXELS / max(1.0, width * height)) ** 0.5
    return min(RESOLUTION / 72, most)


@lru_cache(maxsize=64)
def _font(size: int) -> FreeTypeFont:
    from matplotlib import font_manager
    from PIL import ImageFont

    from nianlun.fonts import find_font

    return ImageFont.truetype(font_manager.findfont(find_font()), size)


def _boxes(place: Place, characters: Sequence[_Character]) -> list[Box]:
    """Return the boxes of the words of a place: by the boxes of the page's characters where those of its line can be told.

    There are several where the words run over lines, as in the cell of a table.
    """
    if place.line_box is None or place.box is None:
        return []
    if place.text == place.line_text or not _bare(place.text):
        return [place.box]
    inside = [one for one in characters if _inside(one.box, place.line_box)]
    found = _found(place, inside) or _found(place, sorted(inside, key=lambda one: one.along))
    if not found:
        return [place.box]
    lines = [[found[0]]]
    for before, one in pairwise(found):
        if _apart(before, one):
            lines.append([])
        lines[-1].append(one)
    several = any(_apart(inside[0], one) for one in inside)
    return [_around(line, None if several else place.line_box) for line in lines]


def _found(place: Place, inside: Sequence[_Character]) -> list[_Character]:
    """Return the characters that a place means, of those of its line in reading order; none where they cannot be told."""
    line, words = _bare(place.line_text), _bare(place.text)
    shown = [(char, one) for one in inside for char in _bare(one.char)]
    text = "".join(char for char, _ in shown)
    if text == line:
        first = len(_bare(place.line_text[: place.source_start - place.line_start]))
    elif text.count(words) == 1:
        first = text.index(words)
    else:
        return []
    return [one for _, one in shown[first : first + len(words)]]


def _apart(one: _Character, other: _Character) -> bool:
    """Tell whether two characters stand in different lines."""
    low, high = (0, 2) if one.upright else (1, 3)
    middles = [(each.box[low] + each.box[high]) / 2 for each in (one, other)]
    sizes = [each.box[high] - each.box[low] for each in (one, other)]
    return abs(middles[0] - middles[1]) > max(0.7 * max(sizes), NEAR)


def _around(line: Sequence[_Character], whole: Box | None) -> Box:
    """Return the box around characters of a line, as high as the whole line where its box is given."""
    lefts, tops, rights, bottoms = zip(*(one.box for one in line), strict=True)
    if whole is None:
        return min(lefts), min(tops), max(rights), max(bottoms)
    if line[0].upright:
        return whole[0], min(tops), whole[2], max(bottoms)
    return min(lefts), whole[1], max(rights), whole[3]


def _inside(box: Box, line: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return line[0] - NEAR <= across <= line[2] + NEAR and line[1] - NEAR <= down <= line[3] + NEAR


def _characters(pdf: Any, number: int) -> list[_Character]:
    """Return the characters of a PDF page; none of a page that does not tell them."""
    from ingest.glyphs import look_at, turn_back

    try:
        page = look_at(pdf, number)
    except Exception:  # pdfium's own error is a RuntimeError; the page was rendered all the same
        return []
    return [
        _Character(
            glyph.char,
            turn_back((glyph.x0, glyph.top, glyph.x1, glyph.bottom), page, direction),
            glyph.x0,
            direction % 2 == 1,
        )
        for layer in (page.glyphs, page.hidden)
        for direction, glyphs in layer.items()
        for glyph in glyphs
    ]


def _bare(text: str) -> str:
    """Return text without blanks, and with the plain forms of characters that a PDF may show in others (⼯ for 工)."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("\x00", "")
