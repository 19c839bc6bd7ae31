"""PDF files: what a page shows, line by line, with page and box."""

from __future__ import annotations

import io

from ingest.errors import DamagedFile, EncryptedFile, NoText
from ingest.layout import EDGE_LINES, INDENT, LINES_TO_JUDGE, PAGE_NUMBER, left_margin, running_heads, shape
from ingest.readers import RawText
from ingest.records import Anchor, Furniture


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
    running = running_heads(pages)
    margin = left_margin([line for lines in pages for line in lines])
    parts: list[str] = []
    anchors: list[Anchor] = []
    furniture: list[Furniture] = []
    length = 0
    for number, lines in enumerate(pages, 1):
        left = left_margin(lines) if len(lines) >= LINES_TO_JUDGE else margin
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
            if edge and (shape(line) in running or (numbered and int(numbered[1]) == number)):
                kind = "page number" if numbered else "running head"
                furniture.append(Furniture(start=length, end=length + len(text), kind=kind))
            parts.append(text + "\n")
            length += len(text) + 1
    return RawText(text="".join(parts), anchors=tuple(anchors), furniture=tuple(furniture))
