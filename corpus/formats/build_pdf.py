"""Build the sample PDFs from pdf.txt and pdf_notes.txt, by programs that know nothing of our reader. Needs chromium and soffice (LibreOffice).

    python corpus/formats/build_pdf.py [FOLDER]

pdf_browser.pdf is what a browser prints (chromium --headless --print-to-pdf), with the date and address that it sets around each page;
pdf_office.pdf what LibreOffice exports (soffice --convert-to pdf) of a Word file with a running head, page numbers, indents and a
section in two columns. pdf_notes.pdf is what LibreOffice exports of an OpenDocument file with footnotes (pdf_notes.txt: a note is the line
behind its paragraph). In pdf.txt a line `||` begins and ends that section, tabs make table rows. Pages are A5, type is that of zhplot.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HEAD = "芦皋县残联文件选编"
STYLE = """
@font-face { font-family: report; src: url(file://%s) }
@page { size: A5; margin: 18mm 16mm }
body { font: 11pt/1.7 report; text-align: justify }
h1 { font-size: 15pt; font-weight: normal; text-align: center }
p { margin: 0; text-indent: 2em }
table { border-collapse: collapse; width: 100%%; margin: 8pt 0; font-size: 9pt }
td { border: 0.7pt solid black; padding: 1pt 4pt }
.columns { columns: 2; column-gap: 7mm; font-size: 10pt }
"""


def typeface(text: str, target: Path) -> Path:
    """Write the type that a text needs, of one weight: of a variable one the browser would draw each character anew."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    found = find_spec("zhplot")
    assert found and found.submodule_search_locations, "zhplot carries the typeface"
    font = TTFont(sorted(Path(found.submodule_search_locations[0]).rglob("*.[ot]t[fc]"))[0])
    cut = subset.Subsetter(subset.Options(layout_features=[], hinting=False))
    cut.populate(text=text)
    cut.subset(font)
    if "fvar" in font:
        font = instantiateVariableFont(font, {"wght": 400})
    font.save(target)
    return target


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (table, columns or plain, lines)."""
    inside, kinds = False, []
    for line in text.split("\n"):
        inside ^= line == "||"
        kinds.append(("mark" if line == "||" else "table" if "\t" in line else "columns" if inside else "plain", line))
    for kind, group in groupby(kinds, key=lambda pair: pair[0]):
        if kind != "mark":
            yield kind, [line for _, line in group]


def page(text: str, font: Path) -> str:
    """Return the report as HTML."""
    title, _, rest = text.partition("\n")
    parts = [f"<meta charset=utf-8><title>{title}</title><style>{STYLE % font}</style><h1>{title}</h1>"]
    for kind, lines in blocks(rest):
        if kind == "table":
            width = max(line.count("\t") for line in lines) + 1
            rows = [[*line.split("\t"), *[""] * width][:width] for line in lines]
            cells = ("".join(f"<td>{escape(cell)}" for cell in row) for row in rows)
            parts.append("<table>" + "".join(f"<tr>{row}" for row in cells) + "</table>")
        else:
            text = "".join(f"<p>{escape(line)}</p>" for line in lines)
            parts.append(f'<div class="columns">{text}</div>' if kind == "columns" else text)
    return "".join(parts)


def word(text: str, target: Path) -> None:
    """Write the report as a Word file."""
    import docx
    from docx.enum.section import WD_SECTION
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    file = docx.Document()
    style = file.styles["Normal"]
    style.font.name, style.font.size = "Noto Sans CJK SC", Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    section = file.sections[0]
    section.page_width, section.page_height = Mm(148), Mm(210)
    section.left_margin = section.right_margin = Mm(18)
    section.header.paragraphs[0].text = HEAD
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    add_field(foot.add_run(), "PAGE")
    foot.add_run(" —")
    title, _, rest = text.partition("\n")
    first = file.add_paragraph()
    first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    first.add_run(title).font.size = Pt(16)
    for kind, lines in blocks(rest):
        if kind == "table":
            rows = [line.split("\t") for line in lines]
            table = file.add_table(len(rows), max(map(len, rows)), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, value in zip(row.cells, cells, strict=False):
                    cell.text = value
            continue
        if kind == "columns":
            set_columns(file.add_section(WD_SECTION.CONTINUOUS), 1)
        for line in lines:
            paragraph = file.add_paragraph(line)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Pt(22)
            paragraph.paragraph_format.space_after = Pt(0)
        if kind == "columns":
            set_columns(file.sections[-1], 2)
            set_columns(file.add_section(WD_SECTION.CONTINUOUS), 1)
    file.save(str(target))


NOTES = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:styles><style:style style:name="Standard" style:family="paragraph">
<style:text-properties style:font-name-asian="Noto Sans CJK SC" fo:font-family="'Noto Sans CJK SC'"
 style:font-family-asian="'Noto Sans CJK SC'" fo:font-size="11pt" style:font-size-asian="11pt" style:language-asian="zh"
 style:country-asian="CN"/></style:style><style:style style:name="P" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:text-indent="22pt" fo:text-align="justify"/></style:style></office:styles><office:automatic-styles>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="148mm" fo:page-height="210mm" fo:margin="18mm">
<style:footnote-sep style:width="0.5pt" style:rel-width="25%%" style:line-style="solid" style:color="#000000" style:adjustment="left"
 style:distance-before-sep="1mm" style:distance-after-sep="1mm"/></style:page-layout-properties></style:page-layout>
</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"/>
</office:master-styles><office:body><office:text>%s</office:text></office:body></office:document>"""


def with_notes(text: str) -> str:
    """Return the report as flat OpenDocument, whose lines that begin with a number and a blank are footnotes of the line before."""
    paragraphs: list[str] = []
    for line in text.split("\n"):
        number, _, note = line.partition(" ")
        if number.isdecimal() and note:
            mark = number.translate(str.maketrans("123456789", "¹²³⁴⁵⁶⁷⁸⁹"))
            body = f"<text:note-body><text:p>{escape(note)}</text:p></text:note-body>"
            citation = f"<text:note-citation>{number}</text:note-citation>"
            told = f'<text:note text:note-class="footnote">{citation}{body}</text:note>'
            paragraphs[-1] = paragraphs[-1].replace(mark, told)
        else:
            paragraphs.append(escape(line))
    return NOTES % "".join(f'<text:p text:style-name="P">{paragraph}</text:p>' for paragraph in paragraphs)


def set_columns(section: Any, count: int) -> None:
    from docx.oxml.ns import qn

    columns = section._sectPr.xpath("w:cols")[0]
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), "397")


def add_field(run: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)


def main(folder: Path) -> None:
    text = (HERE / "pdf.txt").read_text("utf-8").rstrip("\n")
    with tempfile.TemporaryDirectory() as place:
        html = Path(place) / "pdf.html"
        html.write_text(page(text, typeface(text, Path(place) / "report.ttf")), "utf-8")
        out = folder / "pdf_browser.pdf"
        browser = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={out}", html.as_uri()]
        subprocess.run(browser, check=True, capture_output=True, timeout=120)
        word(text, Path(place) / "pdf_office.docx")
        convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), f"{place}/pdf_office.docx"]
        subprocess.run(convert, check=True, capture_output=True, timeout=120)
        notes = (HERE / "pdf_notes.txt").read_text("utf-8").rstrip("\n")
        (Path(place) / "pdf_notes.fodt").write_text(with_notes(notes), "utf-8")
        subprocess.run([*convert[:-1], f"{place}/pdf_notes.fodt"], check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
