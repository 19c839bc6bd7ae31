"""Build report.ofd from report.ofd.txt: an OFD file (GB/T 33190) laid out as the standard describes.

    python corpus/formats/build_ofd.py [FOLDER]
    python corpus/formats/build_ofd.py --from-pdf FILE.pdf FOLDER    # twice: first the PDF is laid out, then it is converted

report.ofd is written by hand, with what real producers are known to do: a
template page with the running head, lines as one object or as one per character and out of order, steps as `g 3 5.64`,
matrices, glyph transforms, bold drawn twice, two columns, a table of paths, a watermark at a slant, an annotation.
In the text file a line `||` begins and ends the part in two columns, tabs make table rows.

ofd_converted.ofd is what another program makes of the plain paragraphs of pdf.txt: LibreOffice lays them out, easyofd (Apache-2.0; it needs
PyMuPDF, so it is no dependency of ours, and has to be installed beside) converts that PDF. easyofd sets each line as one stretch with one
step for all its characters, writes `size` for `Size`, and takes an inch for 200 units.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
NAMESPACE = "http://www.ofdspec.org/2016"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{{0}} xmlns:ofd="{NAMESPACE}"'
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 210.0, 297.0, 28.0, 40.0, 262.0  # millimetres
SIZE, STEP = 5.64, 9.8  # 16 points, as reports are set
GUTTER, SMALL, SMALL_STEP = 8.0, 4.23, 6.6  # of the two columns
WEEKDAY = (2012, 1, 9, 9, 0, 0)


class Pages:
    """Collects the objects of pages while text flows down them."""

    def __init__(self) -> None:
        self.objects: list[list[str]] = [[]]
        self.y = TOP
        self.number = 100

    def identity(self) -> int:
        self.number += 1
        return self.number

    def room(self, height: float) -> None:
        if self.y + height > BOTTOM:
            self.objects.append([])
            self.y = TOP

    def add(self, xml: str) -> None:
        self.objects[-1].append(xml)

    def line(self, x: float, y: float, text: str, size: float, form: str = "plain") -> None:
        """Put a line whose top left corner is (x, y), in one of the forms that producers write."""
        base, length = size * 0.86, len(text)
        steps = f' DeltaX="g {length - 1} {size:.4g}"' if length > 1 else ""
        if form == "characters":
            order = [*range(1, length, 2), *range(0, length, 2)]
            for at in order:
                self.text(
                    x + at * size, y, size, f'<ofd:TextCode X="0" Y="{base:.4g}">{escape(text[at])}</ofd:TextCode>'
                )
            return
        if form == "matrix":
            # In a space of points, scaled down to millimetres, as converters from PDF write it.
            scale = 25.4 / 72
            code = f'<ofd:TextCode X="0" Y="{base / scale:.6g}" DeltaX="{" ".join([f"{size / scale:.6g}"] * (length - 1))}">{escape(text)}</ofd:TextCode>'
            self.text(x, y, size / scale, code, f' CTM="{scale:.6g} 0 0 {scale:.6g} 0 0"', length)
            return
        glyphs = ""
        if form == "glyphs":
            count = " ".join(str(40 + at) for at in range(length))
            glyphs = f'<ofd:CGTransform CodePosition="0" CodeCount="{length}" GlyphCount="{length}"><ofd:Glyphs>{count}</ofd:Glyphs></ofd:CGTransform>'
        code = (
            f'{glyphs}<ofd:TextCode X="0" Y="{base:.4g}"{"" if form == "bare" else steps}>{escape(text)}</ofd:TextCode>'
        )
        for _ in range(2 if form == "bold" else 1):
            self.text(x, y, size, code, "", length)

    def text(self, x: float, y: float, size: float, code: str, more: str = "", length: int = 1) -> None:
        box = f"{x:.5g} {y:.5g} {length * SIZE:.5g} {SIZE * 1.1:.4g}"
        self.add(
            f'<ofd:TextObject ID="{self.identity()}" Boundary="{box}" Font="3" Size="{size:.6g}"{more}>{code}</ofd:TextObject>'
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        box = f"{x0:.5g} {y0:.5g} {max(x1 - x0, 0.2):.5g} {max(y1 - y0, 0.2):.5g}"
        data = f"M 0 0 L {x1 - x0:.5g} {y1 - y0:.5g}"
        self.add(
            f'<ofd:PathObject ID="{self.identity()}" Boundary="{box}" LineWidth="0.2"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
        )


def lay_out(text: str) -> list[list[str]]:
    """Return the objects of each page."""
    pages = Pages()
    lines = text.split("\n")
    forms = ["plain", "characters", "matrix", "glyphs", "bare"]
    pages.line((WIDTH - len(lines[0]) * SIZE) / 2, pages.y, lines[0], SIZE, "bold")
    pages.y += 2 * STEP
    at = 1
    while at < len(lines):
        line = lines[at]
        at += 1
        if line == "||":
            end = lines.index("||", at)
            columns(pages, lines[at:end])
            at = end + 1
        elif "\t" in line:
            end = at
            while end < len(lines) and "\t" in lines[end]:
                end += 1
            table(pages, [row.split("\t") for row in lines[at - 1 : end]])
            at = end
        elif line:
            for number, (indent, part) in enumerate(wrap(line, 27)):
                pages.room(STEP)
                pages.line(LEFT + indent * SIZE, pages.y, part, SIZE, forms[(at + number) % len(forms)])
                pages.y += STEP
    return pages.objects


def wrap(paragraph: str, width: int) -> list[tuple[int, str]]:
    """Return (indent, text) of the lines of a paragraph, whose first line stands in by two characters."""
    first, rest = paragraph[: width - 2], paragraph[width - 2 :]
    return [(2, first)] + [(0, rest[at : at + width]) for at in range(0, len(rest), width)]


def columns(pages: Pages, paragraphs: list[str]) -> None:
    width = int((WIDTH - 2 * LEFT - GUTTER) / 2 / SMALL)
    lines = [line for paragraph in paragraphs for line in wrap(paragraph, width)]
    half = (len(lines) + 1) // 2
    pages.room((half + 1) * SMALL_STEP)
    for number, (indent, part) in enumerate(lines):
        x = LEFT + (number // half) * (width * SMALL + GUTTER) + indent * SMALL
        pages.line(x, pages.y + (number % half) * SMALL_STEP, part, SMALL)
    pages.y += half * SMALL_STEP + STEP


def table(pages: Pages, rows: list[list[str]]) -> None:
    widths, height = [50.0, 30.0, 30.0, 44.0], 9.0
    pages.room((len(rows) + 1) * height)
    xs = [LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
    for row in range(len(rows) + 1):
        pages.rule(xs[0], pages.y + row * height, xs[-1], pages.y + row * height)
    for x in xs:
        pages.rule(x, pages.y, x, pages.y + len(rows) * height)
    for row, cells in enumerate(rows):
        for x, cell in zip(xs, cells, strict=False):
            if cell:
                pages.line(x + 2, pages.y + row * height + 2, cell, SMALL, "bare")
    pages.y += (len(rows) + 1) * height


def build(text: str, head: str) -> dict[str, str]:
    """Return the parts of the file by name."""
    pages = lay_out(text)
    box = f"0 0 {WIDTH:g} {HEIGHT:g}"
    listed = "".join(f'<ofd:Page ID="{at + 10}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    top = f'<ofd:TextObject ID="51" Boundary="{LEFT} 18 {len(head) * SMALL:.5g} 5" Font="3" Size="{SMALL}"><ofd:TextCode X="0" Y="{SMALL * 0.86:.4g}" DeltaX="g {len(head) - 1} {SMALL}">{escape(head)}</ofd:TextCode></ofd:TextObject>'
    mark = '<ofd:TextObject ID="52" Boundary="60 120 90 90" Font="3" Size="14" CTM="0.8 -0.6 0.6 0.8 0 60"><ofd:TextCode X="0" Y="14" DeltaX="14 14 14">内部资料</ofd:TextCode></ofd:TextObject>'
    parts = {
        "OFD.xml": HEAD.format("OFD")
        + ' Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>c0ffee00c0ffee00c0ffee00c0ffee00</ofd:DocID>'
        + f"<ofd:Title>{escape(text.split(chr(10))[0])}</ofd:Title><ofd:CreationDate>2016-01-09</ofd:CreationDate></ofd:DocInfo>"
        + "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": HEAD.format("Document")
        + f"><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
        + '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml" ZOrder="Background"/></ofd:CommonData>'
        + f"<ofd:Pages>{listed}</ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>",
        "Doc_0/PublicRes.xml": HEAD.format("Res")
        + ' BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="仿宋" FamilyName="仿宋"/></ofd:Fonts></ofd:Res>',
        "Doc_0/Tpls/Tpl_0/Content.xml": HEAD.format("Page")
        + f'><ofd:Content><ofd:Layer ID="50" Type="Background">{top}{mark}</ofd:Layer></ofd:Content></ofd:Page>',
        "Doc_0/Annots/Annotations.xml": HEAD.format("Annotations")
        + '><ofd:Page PageID="10"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
        "Doc_0/Annots/Page_0/Annotation.xml": HEAD.format("PageAnnot")
        + '><ofd:Annot ID="60" Type="Stamp" Creator="办公室" LastModDate="2016-01-09"><ofd:Appearance Boundary="10 10 60 10">'
        + '<ofd:TextObject ID="61" Boundary="0 0 60 10" Font="3" Size="5"><ofd:TextCode X="0" Y="5">批注：请复核数据</ofd:TextCode></ofd:TextObject>'
        + "</ofd:Appearance></ofd:Annot></ofd:PageAnnot>",
    }
    for at, objects in enumerate(pages):
        foot = f"— {at + 1} —"
        objects = [
            *objects,
            f'<ofd:TextObject ID="{9000 + at}" Boundary="98 275 20 5" Font="3" Size="{SMALL}"><ofd:TextCode X="0" Y="3.6">{foot}</ofd:TextCode></ofd:TextObject>',
        ]
        parts[f"Doc_0/Pages/Page_{at}/Content.xml"] = (
            HEAD.format("Page")
            + f'><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area><ofd:Template TemplateID="2" ZOrder="Background"/>'
            + f'<ofd:Content><ofd:Layer ID="{at + 70}" Type="Body"><ofd:PageBlock ID="{at + 80}">{"".join(objects)}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>'
        )
    return parts


def pack(parts: dict[str, str], target: Path) -> None:
    """Write the parts as a zip that is the same byte for byte each time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, WEEKDAY), text.encode(), zipfile.ZIP_DEFLATED)


def lay_out_by_office(target: Path) -> None:
    """Write the PDF that easyofd converts. Needs soffice."""
    import runpy
    import subprocess

    made = runpy.run_path(str(HERE / "build_pdf.py"))
    lines = (HERE / "pdf.txt").read_text("utf-8").split("\n")
    word = target.with_suffix(".docx")
    made["word"]("\n".join(line for line in lines if line != "||" and "\t" not in line).strip(), word)
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(target.parent), str(word)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def convert(pdf: Path, target: Path) -> None:
    """Write what easyofd makes of a PDF."""
    from easyofd.ofd import OFD

    target.write_bytes(OFD().pdf2ofd(pdf.read_bytes(), optional_text=True))


def main(folder: Path) -> None:
    text = (HERE / "report.ofd.txt").read_text("utf-8").rstrip("\n")
    pack(build(text, "共青团榆堰县委文件汇编"), folder / "report.ofd")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--from-pdf"]:
        source, target = Path(sys.argv[2]), Path(sys.argv[3])
        if not source.exists():
            lay_out_by_office(source)
        else:
            convert(source, target / "ofd_converted.ofd")
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
