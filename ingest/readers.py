"""One reader per format: bytes become the source's raw text, with anchors back into the file where it is not plain text."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass

from ingest.decode import decode
from ingest.errors import DamagedFile, EncryptedFile, IngestError, NoText
from ingest.records import Anchor, Furniture
from ingest.word import word_blocks

PAGE_NUMBER = re.compile(r"[\s\-—–·•]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[\s\-—–·•]*")
DISTINCT_CHARACTERS = 8  # a report writes hundreds; a file with fewer is filler
LONG_ENOUGH_TO_JUDGE = 200  # characters
SAMPLE = 2_000  # characters
EDGE_LINES = 2  # lines at head and foot of a page that may be running heads
LINES_TO_JUDGE = 8  # on a page, to see where its left margin is (odd and even pages may differ)
INDENT = 1.4  # characters by which a paragraph's first line stands in (two by convention)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file inside a container: a file of an archive, an attachment of a mail.

    One that was refused (encrypted, a bomb, damaged) has no data, and its `trouble` tells why.
    """

    name: str
    data: bytes
    trouble: IngestError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """text[start:end] is a report of its own, with a title where the format tells one: a row of a table, a mail's body."""

    start: int
    end: int
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """What a reader hands on: the text as it stands, and where its parts came from.

    `reports` is for formats that tell where a report begins and ends; without it the text is split by its own looks.
    `about` holds what a page or file says of itself (title, date, source), which never dates the report.
    """

    text: str
    encoding: str | None = None
    anchors: tuple[Anchor, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    reports: tuple[Stretch, ...] = ()
    members: tuple[Member, ...] = ()
    about: tuple[tuple[str, str], ...] = ()


def read_text(data: bytes, path: str) -> RawText:
    """Decode a text file. Raises NoText when it consists of a few characters over and over."""
    text, encoding = decode(data)
    few = len(set(text[:SAMPLE])) < DISTINCT_CHARACTERS and len(set(text)) < DISTINCT_CHARACTERS
    if few and len(text) >= LONG_ENOUGH_TO_JUDGE:
        raise NoText(
            path,
            f"{len(text):,} characters, but only {len(set(text))} different ones",
            f"共 {len(text):,} 字,却只有 {len(set(text))} 种字符",
            "Check whether the right file was saved.",
            "请检查是否存错了文件。",
        )
    return RawText(text=text, encoding=encoding)


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


def read_pdf(data: bytes, path: str) -> RawText:
    """Read a digital PDF through pdfplumber, line by line, with page and box of each.

    A line that stands in from the margin starts a paragraph, told to later stages by an empty line before it. Page numbers
    and lines that recur at the edge of most pages are kept in the text and listed as furniture.
    Raises DamagedFile, and NoText for a scan.
    """
    import pdfplumber

    pages: list[list[dict[str, float | str]]] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                lines = page.dedupe_chars().extract_text_lines(return_chars=False, x_tolerance=2)
                pages.append(lines)
                page.close()
    except Exception as error:  # pdfminer lets its own and many built-in exceptions through
        if "Password" in repr(error):
            raise EncryptedFile(path, "PDF") from error
        raise DamagedFile(path, "PDF", type(error).__name__) from error
    return _join_pages(pages) if any(pages) else _read_scan(data, path, len(pages))


def _read_scan(data: bytes, path: str, pages: int) -> RawText:
    """Recognise a PDF without a text layer, where something is installed that can. Raises NoText where nothing is."""
    from ingest import ocr

    if ocr.engine() is not None:
        return ocr.read_scanned_pdf(data, path)
    raise NoText(
        path,
        f"{pages} pages without a text layer, as of a scan",
        f"{pages} 页均无文字层,像是扫描件",
        "Have it recognised (OCR) first, or `pip install nianlun[ocr]` and read it again.",
        "请先做文字识别(OCR),或安装 nianlun[ocr] 后重新读入。",
    )


def _join_pages(pages: list[list[dict]]) -> RawText:
    running = _running_heads(pages)
    margin = _left_margin([line for lines in pages for line in lines])
    parts: list[str] = []
    anchors: list[Anchor] = []
    furniture: list[Furniture] = []
    length = 0
    for number, lines in enumerate(pages, 1):
        left = _left_margin(lines) if len(lines) >= LINES_TO_JUDGE else margin
        for at, line in enumerate(lines):
            text = line["text"]
            size = (line["x1"] - line["x0"]) / max(1, len(text))
            if line["x0"] > left + INDENT * size:
                parts.append("\n")
                length += 1
            box = (round(line["x0"], 1), round(line["top"], 1), round(line["x1"], 1), round(line["bottom"], 1))
            anchors.append(Anchor(start=length, end=length + len(text), page=number, box=box))
            edge = at < EDGE_LINES or at >= len(lines) - EDGE_LINES
            numbered = PAGE_NUMBER.fullmatch(text)
            if edge and (_shape(line) in running or (numbered and int(numbered[1]) == number)):
                kind = "page number" if numbered else "running head"
                furniture.append(Furniture(start=length, end=length + len(text), kind=kind))
            parts.append(text + "\n")
            length += len(text) + 1
    return RawText(text="".join(parts), anchors=tuple(anchors), furniture=tuple(furniture))


def _left_margin(lines: list[dict]) -> float:
    """Return where whole lines begin: the leftmost place that more than a few lines share."""
    places = Counter(round(line["x0"] / 2) * 2 for line in lines)
    return float(min(place for place, count in places.items() if count >= max(places.values()) * 0.2))


def _running_heads(pages: list[list[dict]]) -> set[tuple[str, int]]:
    """Return the shapes of lines that stand at the edge of more than half of the pages (of three and more)."""
    if len(pages) < 3:
        return set()
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        edges = lines[:EDGE_LINES] + lines[-EDGE_LINES:]
        seen.update({_shape(line) for line in edges if not line["text"].endswith("。")})
    return {shape for shape, count in seen.items() if count > len(pages) / 2}


def _shape(line: dict) -> tuple[str, int]:
    """Return what two running heads share: the wording but for its numbers, and the height on the page."""
    return re.sub(r"\d+", "0", line["text"].strip()), round(line["top"] / 4)
