"""What a Word file says, block by block, as Word shows it.

python-docx opens the file and lays out its tables; the text of a paragraph is gathered here, because its own leaves out what
stands in smart tags (old Word marks dates and amounts by them), in content controls, in text boxes and in insertions not
yet accepted. Automatic list numbers, which stand in no paragraph, are counted from the numbering part.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ingest.errors import DamagedFile, NoText
from ingest.readers import RawText
from ingest.records import Anchor

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # repeats its Choice
PARAGRAPH, TABLE, BOX, VALUE = f"{W}p", f"{W}tbl", f"{W}txbxContent", f"{W}val"
NO_TEXT = {f"{W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "instrText", "tbl", "txbxContent")} | {FALLBACK}
CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
DIGITS = "〇一二三四五六七八九"
CHINESE = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital"}

Cells = list[tuple[int, str]]


def read_docx(data: bytes, path: str) -> RawText:
    """Read a Word file through python-docx: paragraphs and tables in reading order, a line each.

    Cells of a row are separated by tabs; a merged cell is read once. Raises DamagedFile.
    """
    import docx

    try:
        blocks = list(word_blocks(docx.Document(io.BytesIO(data))))
    except Exception as error:  # python-docx lets KeyError, BadZipFile, XMLSyntaxError and more through
        raise DamagedFile(path, "Word (.docx)", type(error).__name__) from error
    parts: list[str] = []
    anchors: list[Anchor] = []
    length = 0

    def put(text: str, **where: object) -> None:
        nonlocal length
        if text:
            anchors.append(Anchor(start=length, end=length + len(text), **where))  # type: ignore[arg-type]
        parts.append(text)
        length += len(text)

    def glue(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, list):
            for row, cells in enumerate(block):
                for column, text in cells:
                    put(text, cell=(tables, row, column))
                    glue("\t")
                glue("\n")
            tables += 1
        else:
            put(block, paragraph=paragraphs)
            glue("\n")
            paragraphs += 1
    text = "".join(parts)
    if not text.strip():
        raise NoText(
            path,
            "the Word file has no text, perhaps only pictures",
            "Word 文件里没有文字,可能只有图片",
            "Have the pictures recognised (OCR) first.",
            "请先对图片做文字识别(OCR)。",
        )
    return RawText(text=text, anchors=tuple(anchors))


def word_blocks(word: Any) -> Iterator[str | list[Cells]]:
    """Yield the blocks of an opened Word file in reading order: a paragraph's text, or the rows of a table."""
    from docx.table import Table

    numbers = _Numbers(word)
    for element in _blocks(word.element.body):
        if element.tag == TABLE:
            yield list(_rows(Table(element, word)))
            continue
        yield numbers.label(element) + text_of(element)
        for box in element.iter(BOX):
            if not any(above.tag == FALLBACK for above in box.iterancestors()):
                yield from (text_of(paragraph) for paragraph in box.iter(PARAGRAPH))


def text_of(element: Any) -> str:
    """Return the text of a paragraph without its text boxes, deletions and field codes."""
    parts: list[str] = []
    for child in element:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in CHARACTERS:
            parts.append(CHARACTERS[child.tag])
        elif child.tag not in NO_TEXT:
            parts.append(text_of(child))
    return "".join(parts)


def _blocks(container: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, those inside content controls and other wrappers too."""
    for child in container:
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        elif child.tag != f"{W}sectPr":
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[Cells]:
    seen: set[object] = set()  # the elements themselves: lxml makes new ones, at old addresses, for those let go
    for row in table.rows:
        cells: Cells = []
        for column, cell in enumerate(row.cells):
            if cell._tc not in seen:
                seen.add(cell._tc)
                cells.append((column, " ".join(" ".join(map(text_of, cell._tc.iter(PARAGRAPH))).split())))
        yield cells


class _Numbers:
    """Counts the automatic numbers of a file's lists, paragraph by paragraph."""

    def __init__(self, word: Any) -> None:
        self._styles = {style.style_id: style.element for style in word.styles}
        self._kinds: dict[str, Any] = {}  # numId: its abstractNum
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)  # of an abstractNum: level, count
        part = next((rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        numbering = getattr(part, "element", None)
        if numbering is None:
            return
        kinds = {kind.get(f"{W}abstractNumId"): kind for kind in numbering.iterfind(f"{W}abstractNum")}
        for number in numbering.iterfind(f"{W}num"):
            kind = number.find(f"{W}abstractNumId")
            if kind is not None and kind.get(VALUE) in kinds:
                self._kinds[number.get(f"{W}numId")] = kinds[kind.get(VALUE)]

    def label(self, paragraph: Any) -> str:
        """Return the number that Word shows before the paragraph; none for a bullet or a plain paragraph."""
        number, level = self._place(paragraph)
        kind = self._kinds.get(number)
        if kind is None:
            return ""
        levels = {int(entry.get(f"{W}ilvl")): entry for entry in kind.iterfind(f"{W}lvl")}
        if level not in levels:
            return ""
        counts = self._counts[kind.get(f"{W}abstractNumId")]
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [place for place in counts if place > level]:
            del counts[deeper]
        text = _value(levels[level], "lvlText")
        if "%" not in text:
            return ""
        for place, entry in levels.items():
            if f"%{place + 1}" in text:
                shown = _numeral(counts.get(place, _start(entry)), _value(entry, "numFmt"))
                text = text.replace(f"%{place + 1}", shown)
        return text

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return (numId, level) of the paragraph, from itself or its style; an empty numId for none."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        named = self._styles.get(style.get(VALUE)) if style is not None else None
        if found is None and named is not None:
            found = named.find(f"{W}pPr/{W}numPr")
        if found is None:
            return "", 0
        return _value(found, "numId"), int(_value(found, "ilvl") or 0)


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return (child.get(VALUE) or "") if child is not None else ""


def _start(level: Any) -> int:
    return int(_value(level, "start") or 1)


def _numeral(number: int, form: str) -> str:
    if form in CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x245F + number)
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr((0x60 if form == "lowerLetter" else 0x40) + number)
    return str(number)
