"""Build the sample reports that are not plain UTF-8 text, and their gold labels, from the masters.

    python corpus/build.py [--into FOLDER]

A master (`corpus/masters/NAME.txt` with `NAME.<layer>.jsonl`) is the report in whole paragraphs, with labels that count
in it. What `manifest.toml` calls built is set here: as hard-wrapped GB18030, as Word or as PDF. A built file says the
same, white space and the furniture of its pages apart, so a label is led over by counting the characters that are
neither. Needs python-docx and reportlab.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from ingest.read import read_bytes
from ingest.records import Source

HERE = Path(__file__).parent
LAYERS = ("documents", "quantities", "times", "activities", "problems")
# A unit of the problems layer ends at a stop (with the quotation marks that close it) or at the end of a line.
UNIT = re.compile(r"[^。！？；!?;\r\n]+[。！？；!?;]*[”’」』）)》]*")
CANNOT_START = "，。、；：！？”’》〉）〕】%,;:!?)"
CANNOT_END = "（《〈〔【“‘("
HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,2}部分")
COLUMNS = 68  # of an old editor's line: 34 full-width characters
SCRAP = 8  # characters: a shorter piece of a wrapped sentence is optional in the gold
FIXED_DATE = (2024, 1, 1, 0, 0, 0)  # so that a Word file built twice is the same file
FONT = "STSong-Light"
PAGE = (595.3, 841.9)  # A4, in points
MARGIN, SIZE, LEADING = 88.0, 13.0, 22.0  # points


def build(into: Path) -> list[Path]:
    """Write the built reports to into/reports and their labels to into/gold; return the paths of the reports."""
    makers: dict[str, Callable[[str, dict[str, Any]], bytes]] = {"wrapped": wrapped, "docx": word, "pdf": pdf}
    manifest = tomllib.loads((HERE / "manifest.toml").read_text("utf-8"))
    written = []
    for entry in manifest["report"]:
        if "built" not in entry:
            continue
        target = into / "reports" / entry["file"]
        name = target.name[: -len(target.suffix)]
        master = (HERE / "masters" / f"{name}.txt").read_text("utf-8")
        data = makers[entry["built"]](master, entry)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        written.append(target)
        lead_over(master, read_bytes(data, entry["file"]), name, into / "gold")
    return written


def wrapped(master: str, _: dict[str, Any]) -> bytes:
    """Return the text as an old editor keeps it: indented, broken at 68 columns, CR LF, GB18030."""
    lines: list[str] = []
    for at, paragraph in enumerate(master.split("\n")):
        bare = paragraph.strip()
        if at < 2 and bare:
            lines.append("　" * ((COLUMNS - _columns(bare)) // 4) + bare)
        elif bare and paragraph == master.rstrip("\n").split("\n")[-1]:
            lines.append("　" * 22 + bare)
        else:
            lines += fold("　　" + bare, COLUMNS, _columns) if bare else [""]
    return "\r\n".join(lines).encode("gb18030")


def fold(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return the lines into which text is broken at width; no line starts or ends with a mark that must not."""
    lines, line = [], ""
    for at, char in enumerate(text):
        full = measure(line + char) > width and char not in CANNOT_START
        if line.strip("　") and (full or (char in CANNOT_END and measure(line + text[at : at + 2]) > width)):
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line else lines


def word(master: str, _: dict[str, Any]) -> bytes:
    """Return a Word file: headings as headings, lines of tab-separated cells as one table."""
    import docx
    from docx.shared import Pt

    file = docx.Document()
    file.core_properties.author = file.core_properties.last_modified_by = ""
    file.styles["Normal"].font.size = Pt(12)
    for tabular, group in groupby(filter(str.strip, master.split("\n")), key=lambda line: "\t" in line):
        if tabular:
            rows = [line.split("\t") for line in group]
            table = file.add_table(len(rows), len(rows[0]), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
            continue
        for line in group:
            paragraph = file.add_paragraph(line.strip(), style="Heading 1" if HEADING.match(line) else None)
            if not HEADING.match(line) and line.endswith(("。", "；")):
                paragraph.paragraph_format.first_line_indent = Pt(24)
    buffer = io.BytesIO()
    file.save(buffer)
    return _with_fixed_dates(buffer.getvalue())


def pdf(master: str, entry: dict[str, Any]) -> bytes:
    """Return a PDF: a running head and a page number on every page, the first line of a paragraph indented."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))

    def measure(text: str) -> float:
        return float(pdfmetrics.stringWidth(text, FONT, SIZE))

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=PAGE, invariant=1)
    canvas.setTitle(entry["running_head"])
    top = 0.0
    for at, paragraph in enumerate(filter(str.strip, master.split("\n"))):
        indent = "" if at == 0 else "　　"
        for line in fold(indent + paragraph.strip(), PAGE[0] - 2 * MARGIN, measure):
            if top < MARGIN + LEADING:
                if at:
                    canvas.showPage()
                top = PAGE[1] - MARGIN
                canvas.setFont(FONT, 9)
                canvas.drawCentredString(PAGE[0] / 2, PAGE[1] - 50, entry["running_head"])
                canvas.drawCentredString(PAGE[0] / 2, 45, f"— {canvas.getPageNumber()} —")
                canvas.setFont(FONT, SIZE)
            left = MARGIN + measure(line) - measure(line.lstrip("　"))
            canvas.drawString((PAGE[0] - measure(line)) / 2 if at == 0 else left, top, line.strip("　"))
            top -= LEADING
    canvas.save()
    return buffer.getvalue()


def lead_over(master: str, built: Source, name: str, into: Path) -> None:
    """Write the labels of the master so that they count in the text of the built file."""
    lead = _lead(master, built)
    into.mkdir(parents=True, exist_ok=True)
    for layer in LAYERS:
        rows = [json.loads(line) for line in (HERE / "masters" / f"{name}.{layer}.jsonl").open(encoding="utf-8")]
        moved = (
            list(_units(rows, built, lead)) if layer == "problems" else [_moved(row, built.text, lead) for row in rows]
        )
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in moved)
        (into / f"{name}.{layer}.jsonl").write_text(text, "utf-8", newline="\n")


def _lead(master: str, built: Source) -> dict[int, int]:
    """Return {position in the master: position in the built text} of every character that is no white space."""
    from_here = [at for at, char in enumerate(master) if not char.isspace()]
    furniture = {at for piece in built.furniture for at in range(piece.start, piece.end)}
    to_there = [at for at, char in enumerate(built.text) if not char.isspace() and at not in furniture]
    here, there = "".join(master[at] for at in from_here), "".join(built.text[at] for at in to_there)
    if here != there:
        at = next((at for at, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), len(there))
        raise ValueError(f"{built.path} differs from its master: {here[at : at + 20]!r} became {there[at : at + 20]!r}")
    return dict(zip(from_here, to_there, strict=True))


def _moved(row: dict[str, Any], text: str, lead: dict[int, int]) -> dict[str, Any]:
    inside = [lead[at] for at in range(row["char_start"], row["char_end"]) if at in lead]
    start, end = inside[0], inside[-1] + 1
    changed: dict[str, Any] = {"char_start": start, "char_end": end}
    if "surface" in row:
        changed["surface"] = text[start:end]
    else:
        changed |= {"first_line": text[start : start + 20], "last_line": text[end - 20 : end]}
    return row | changed


def _units(rows: list[dict[str, Any]], built: Source, lead: dict[int, int]) -> Iterator[dict[str, Any]]:
    """Yield the units of the built text; each has the labels of the master's unit with which it shares most."""
    origin = {lead[at]: row for row in rows for at in range(row["char_start"], row["char_end"]) if at in lead}
    number = 0
    for match in UNIT.finditer(built.text):
        own = [at for at in range(*match.span()) if at in origin]
        if not own:
            continue
        units = [origin[at]["unit"] for at in own]
        row = rows[max(set(units), key=units.count)]
        start, end = own[0], own[-1] + 1
        changed = {"unit": number, "surface": built.text[start:end], "char_start": start, "char_end": end}
        if row["categories"] and end - start < min(SCRAP, row["char_end"] - row["char_start"]):
            changed["optional"] = True
        yield row | changed
        number += 1


def _columns(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def _with_fixed_dates(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, FIXED_DATE), old.read(item), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=HERE, help="a folder other than corpus/")
    for path in build(parser.parse_args().into):
        print(path)
