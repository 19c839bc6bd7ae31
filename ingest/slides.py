"""Presentations (.pptx): what stands on each slide, then the speaker's notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ingest.assembly import Assembly
from ingest.errors import DamagedFile, IngestError, NoText
from ingest.list_numbers import labelled, numeral
from ingest.packages import open_package, parse_xml
from ingest.readers import RawText
from ingest.word import join_cell

KIND = "PowerPoint (.pptx)"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
CHROME = {"DATE", "FOOTER", "HEADER", "SLIDE_NUMBER", "SLIDE_IMAGE"}  # placeholders that repeat on every slide
OFF = ("0", "false")
FIELDS = ("slidenum", "datetime")
# Forms of automatic numbers (ST_TextAutonumberScheme), by their beginnings.
FORMS = (
    ("ea1Chs", "chineseCountingThousand"),
    ("ea1Cht", "taiwaneseCountingThousand"),
    ("ea1Jpn", "japaneseCounting"),
    ("circleNum", "decimalEnclosedCircle"),
    ("alphaLc", "lowerLetter"),
    ("alphaUc", "upperLetter"),
    ("romanLc", "lowerRoman"),
    ("romanUc", "upperRoman"),
)
DEEPEST = 50  # groups in groups


def read_pptx(data: bytes, path: str) -> RawText:
    """Read a presentation: slides in order, the title first, then text frames, tables and diagrams, then the notes.

    A paragraph is a line, cells of a row are separated by tabs; every anchor has the slide, numbered as in the file. Dates,
    footers, slide numbers and hidden shapes are left out; so are hidden slides, which `about` tells. Raises DamagedFile, EncryptedFile, TooLarge and NoText.
    """
    open_package(data, path, KIND).close()
    import pptx

    assembly = Assembly()
    hidden: list[str] = []
    try:
        for number, slide in enumerate(pptx.Presentation(io.BytesIO(data)).slides, 1):
            if slide._element.get("show") in OFF:
                hidden.append(str(number))
            else:
                _read(slide, number, assembly)
    except IngestError:
        raise
    except Exception as error:  # python-pptx lets KeyError, ValueError, XMLSyntaxError and more through
        raise DamagedFile(path, KIND, str(error) or type(error).__name__) from error
    if not assembly.text.strip():
        raise NoText(
            path,
            "the slides have no text, perhaps only pictures",
            "幻灯片里没有文字,可能只有图片",
            "Have the pictures recognised (OCR) first.",
            "请先对图片做文字识别(OCR)。",
        )
    about = (("hidden slides", ", ".join(hidden)),) if hidden else ()
    return RawText(text=assembly.text, anchors=tuple(assembly.anchors), about=about)


def _read(slide: Any, number: int, assembly: Assembly) -> None:
    title = slide.shapes.title
    first = [title] if title is not None else []
    others = (shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id)
    _put_shapes([*first, *others], number, assembly)
    if slide.has_notes_slide:
        _put_shapes(slide.notes_slide.shapes, number, assembly)


def _put_shapes(shapes: Any, number: int, assembly: Assembly) -> None:
    tables = 0
    for shape in _leaves(shapes):
        if getattr(shape, "has_table", False):
            for row, cells in enumerate(_rows(shape.table)):
                for column, text in cells:
                    assembly.put(text, slide=number, cell=(tables, row, column))
                    assembly.put("\t")
                assembly.put("\n")
            tables += 1
        elif shape.has_text_frame:
            for line in _lines(shape.text_frame._txBody):
                _put_lines(line, number, assembly)
        else:
            for line in _diagram(shape):
                _put_lines(line, number, assembly)


def _leaves(shapes: Any, depth: int = 0) -> Iterator[Any]:
    for shape in shapes:
        named = next(shape._element.iter(f"{P}cNvPr"), None)
        if named is not None and named.get("hidden") in ("1", "true"):
            continue
        if shape.is_placeholder and (shape.placeholder_format.type or _Nameless).name in CHROME:
            continue
        if hasattr(shape, "shapes"):
            if depth < DEEPEST:
                yield from _leaves(shape.shapes, depth + 1)
        else:
            yield shape


class _Nameless:
    name = ""


def _rows(table: Any) -> Iterator[list[tuple[int, str]]]:
    """Yield the rows of a table as (column, text); a merged cell is read once."""
    for row in table.rows:
        cells = [(at, cell) for at, cell in enumerate(row.cells) if not cell.is_spanned]
        yield [(at, join_cell(list(_lines(cell._tc)))) for at, cell in cells]


def _lines(body: Any) -> Iterator[str]:
    """Yield the paragraphs of a text, automatic numbers before them; without the fields that number slides and tell dates."""
    counts: dict[int, int] = {}
    for paragraph in body.iter(f"{A}p"):
        parts = []
        for child in paragraph:
            if child.tag == f"{A}br":
                parts.append("\n")
            elif child.tag == f"{A}r" or (child.tag == f"{A}fld" and not (child.get("type") or "").startswith(FIELDS)):
                parts += [text.text or "" for text in child.iter(f"{A}t")]
            elif child.tag not in (f"{A}fld", f"{A}pPr", f"{A}endParaRPr"):
                parts += [text.text or "" for text in child.iter() if str(text.tag).endswith("}t")]  # a formula
        text = "".join(parts)
        label = _label(paragraph.find(f"{A}pPr"), counts) if text.strip() else ""
        yield labelled(label, text) + text


def _label(properties: Any, counts: dict[int, int]) -> str:
    level = int(properties.get("lvl") or 0) if properties is not None else 0
    automatic = properties.find(f"{A}buAutoNum") if properties is not None else None
    for deeper in [place for place in counts if place > level or (place == level and automatic is None)]:
        del counts[deeper]
    if automatic is None:
        return ""
    counts[level] = counts[level] + 1 if level in counts else int(automatic.get("startAt") or 1)
    form = automatic.get("type") or ""
    name = next((name for start, name in FORMS if form.startswith(start)), "decimal")
    shown = numeral(counts[level], name)
    if form.endswith("ParenBoth"):
        return f"({shown})"
    return shown + (
        ")" if form.endswith("ParenR") else "" if form.endswith(("Plain", "Minus")) else "、" if "Ch" in form else "."
    )


def _diagram(shape: Any) -> Iterator[str]:
    """Yield the paragraphs of a diagram (SmartArt), which stand in a part of their own."""
    if f"{A}graphicData" not in {element.tag for element in shape._element.iter()}:
        return
    wanted = {
        value for element in shape._element.iter() for name, value in element.attrib.items() if name.endswith("}dm")
    }
    for name in wanted:
        relation = shape.part.rels.get(name)
        if relation is not None and relation.reltype == DIAGRAM and not relation.is_external:
            for paragraph in parse_xml(relation.target_part.blob).iter(f"{A}p"):
                yield "".join(run.text or "" for run in paragraph.iter(f"{A}t"))


def _put_lines(text: str, number: int, assembly: Assembly) -> None:
    for line in text.replace("\x0b", "\n").split("\n"):
        if line.strip():
            assembly.line(line, slide=number)
