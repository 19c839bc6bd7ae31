"""Ledgers as a Word document: what it is about, the sentence as a quotation, and under it where it stands.

python-docx makes a document with the styles, page and footer; the paragraphs are written into it one by one as XML, for it would keep them all.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from nianlun.language import Words
from nianlun.ledgers import Kind, told

PLACE = "\ue000rows\ue000"  # where the paragraphs go
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_QUOTE = frozenset({"sentence", "org", "year_label", "title", "reference", "file"})
_UNDATED = Words("年份未注明", "undated")
_COLON, _SEMICOLON, _COMMA = Words("：", ": "), Words("；", "; "), Words("，", ", ")
Paragraph = tuple[str, str]  # style, text


def write_word(path: Path, parts: Iterable[Iterable[Paragraph]]) -> None:
    """Write a document of paragraphs (style: title, note, heading1, heading2, lead, quote, source)."""
    skeleton, styles = _skeleton()
    with zipfile.ZipFile(io.BytesIO(skeleton)) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            data = made.read(name)
            if name != "word/document.xml":
                out.writestr(name, data)
                continue
            text = data.decode("utf-8")
            at = text.index(PLACE)
            first = text.rindex("<w:p>", 0, at) if "<w:p>" in text[:at] else text.rindex("<w:p ", 0, at)
            last = text.index("</w:p>", at) + len("</w:p>")
            with out.open(name, "w", force_zip64=True) as body:
                body.write(text[:first].encode())
                for part in parts:
                    for style, words in part:
                        body.write(_paragraph(styles[style], words).encode())
                body.write(text[last:].encode())


def paragraphs(kind: Kind, rows: Iterable[Mapping[str, Any]], lang: str, counted: list[int]) -> Iterator[Paragraph]:
    """Yield a ledger: of each row its facts, the sentence, and the source; `counted` gets the number of rows."""
    yield "heading1", kind.title.in_(lang)
    count = 0
    for count, row in enumerate(rows, start=1):
        lead = next(field for field in kind.fields if field.key == kind.lead)
        yield "lead", f"{count}. {told(row, lead, lang) or row.get('text') or ''}".rstrip()
        facts = [
            f"{field.head.in_(lang)}{_COLON.in_(lang)}{words}"
            for field in kind.fields
            if field.key not in _NO_QUOTE and field.key != kind.lead and (words := told(row, field, lang))
        ]
        if facts:
            yield "note", _SEMICOLON.in_(lang).join(facts)
        if row.get("sentence"):
            yield "quote", str(row["sentence"])
        yield "source", source_note(row, lang)
    counted.append(count)


def source_note(row: Mapping[str, Any], lang: str) -> str:
    """Return where a sentence stands: body, title, year, reference and file."""
    year = row.get("year_label") or _UNDATED.in_(lang)
    title = row.get("title")
    pieces = [
        row.get("org"),
        f"《{title}》" if title and lang == "zh" else title,
        year,
        row.get("reference"),
        row.get("file"),
    ]
    return "—— " + _COMMA.in_(lang).join(str(one) for one in pieces if one)


def _paragraph(style: str, text: str) -> str:
    words = escape(_FORBIDDEN.sub("\ufffd", text))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def _skeleton() -> tuple[bytes, dict[str, str]]:
    """Return an empty document, A4, with our styles and page numbers, and the ids of the styles."""
    made = Document()
    section = made.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(27)
    section.top_margin, section.bottom_margin = Mm(30), Mm(27)
    normal = made.styles["Normal"]
    _font(normal, "仿宋", 12)
    ids = {}
    for name, base, size, font, indent, grey in (
        ("title", "Title", 20, "黑体", 0, False), ("heading1", "Heading 1", 16, "黑体", 0, False), ("heading2", "Heading 2", 14, "黑体", 0, False),
        ("lead", "Nianlun Lead", 12, "黑体", 0, False), ("note", "Nianlun Note", 10.5, "宋体", 0, True),
        ("quote", "Nianlun Quote", 12, "仿宋", 8, False), ("source", "Nianlun Source", 10, "楷体", 8, True),
    ):  # fmt: skip
        style = made.styles[base] if base in made.styles else made.styles.add_style(base, WD_STYLE_TYPE.PARAGRAPH)
        _font(style, font, size)
        style.paragraph_format.left_indent = Mm(indent)
        style.paragraph_format.space_after = Pt(2 if name in ("lead", "note", "quote") else 8)
        style.paragraph_format.keep_with_next = name in ("lead", "note", "quote", "heading1", "heading2")
        style.font.color.rgb = RGBColor(0x55, 0x55, 0x55) if grey else RGBColor(0, 0, 0)
        ids[name] = style.style_id
    _page_numbers(section.footer.paragraphs[0])
    made.add_paragraph(PLACE)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue(), ids


def _font(style: Any, name: str, size: float) -> None:
    style.font.name, style.font.size = "Times New Roman", Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), name)


def _page_numbers(paragraph: Any) -> None:
    """Put the number of the page and of all pages into a footer."""
    paragraph.alignment = 1
    for code in ("PAGE", "NUMPAGES"):
        if code == "NUMPAGES":
            paragraph.add_run(" / ")
        for kind in ("begin", "", "end"):
            run = paragraph.add_run()
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = code
            run._r.append(mark)
