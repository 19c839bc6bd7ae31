"""OpenDocument texts (.odt), as LibreOffice, WPS and others write them: ISO/IEC 26300 in a zip package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ingest.assembly import Assembly
from ingest.errors import DamagedFile, EncryptedFile, IngestError, NoText
from ingest.list_numbers import labelled, numeral
from ingest.packages import open_package, parse_xml
from ingest.readers import RawText
from ingest.word import LONGEST_HEADER, join_cell, with_signs

KIND = "OpenDocument (.odt)"
MEDIA_TYPE = b"application/vnd.oasis.opendocument.text"
SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
T, OFFICE, S, D = (f"{{{SPACE}{name}:1.0}}" for name in ("text", "office", "style", "drawing"))
TABLE = f"{{{SPACE}table:1.0}}"
PARAGRAPHS = {f"{T}p", f"{T}h"}
NO_TEXT = {
    f"{T}tracked-changes",
    f"{OFFICE}annotation",
    f"{OFFICE}forms",
    f"{T}hidden-text",
    f"{T}hidden-paragraph",
    f"{T}ruby-text",
}
NO_TEXT |= {f"{T}{name}" for name in ("sequence-decls", "variable-decls", "user-field-decls")}
ASIDE = {f"{T}note", f"{D}frame", f"{D}custom-shape", f"{D}g"}  # their paragraphs stand after the one that holds them
MOST_PARENTS = 50  # styles based on styles
MOST_REPEATED = 1_000  # a cell, row or space that says it stands so often stands there so often


def is_odt(names: set[str], media_type: bytes) -> bool:
    """Tell an OpenDocument text by the parts of its package and the content of the part `mimetype`."""
    return "content.xml" in names and media_type.strip().startswith(MEDIA_TYPE)


def read_odt(data: bytes, path: str) -> RawText:
    """Read an OpenDocument text: paragraphs with their list numbers, tables with a line for each row, anchors as of Word.

    Footnotes and text boxes follow the paragraph that holds them; comments, hidden and deleted text are not
    read; headers and footers are in `about`. Raises DamagedFile, EncryptedFile, TooLarge and NoText.
    """
    package = open_package(data, path, KIND)
    try:
        if "META-INF/manifest.xml" in package.namelist() and b"encryption-data" in package.read(
            "META-INF/manifest.xml"
        ):
            raise EncryptedFile(path, KIND)
        content = parse_xml(package.read("content.xml"))
        styles = parse_xml(package.read("styles.xml")) if "styles.xml" in package.namelist() else None
        hidden = _hidden_styles([root for root in (styles, content) if root is not None])
        _drop_hidden(content, hidden)
        assembly, headings = _read(content, styles)
        about = list(_about(styles)) if styles is not None else []
    except IngestError:
        raise
    except Exception as error:  # KeyError, BadZipFile, zlib.error, XMLSyntaxError, RecursionError
        raise DamagedFile(path, KIND, str(error) or type(error).__name__) from error
    if not assembly.text.strip():
        raise NoText(
            path,
            "the file has no text, perhaps only pictures",
            "文件里没有文字,可能只有图片",
            "Have the pictures recognised (OCR) first.",
            "请先对图片做文字识别(OCR)。",
        )
    return RawText(
        text=with_signs(assembly.text), anchors=tuple(assembly.anchors), about=tuple(about), headings=headings
    )


def _hidden_styles(roots: list[Any]) -> set[str]:
    """Return the names of the styles of paragraphs and characters whose text is not shown."""
    hidden, parents = {}, {}
    for root in roots:
        for style in root.iter(f"{S}style"):
            name = style.get(f"{S}name") or ""
            parents[name] = style.get(f"{S}parent-style-name")
            shown = [one.get(f"{T}display") for one in style.iterfind(f"{S}text-properties")]
            if shown and shown[0]:
                hidden[name] = shown[0] == "none"
    found = set()
    for name in parents:
        above: str | None = name
        for _ in range(MOST_PARENTS):
            if above is None or above in hidden:
                break
            above = parents.get(above)
        if above is not None and hidden.get(above):
            found.add(name)
    return found


def _drop_hidden(content: Any, hidden: set[str]) -> None:
    """Empty the paragraphs and spans of hidden styles; what stands behind them stays."""
    if not hidden:
        return
    for element in content.iter(*PARAGRAPHS, f"{T}span"):
        if element.get(f"{T}style-name") in hidden:
            tail = element.tail
            element.clear(keep_tail=False)
            element.tail = tail


def _about(styles: Any) -> Iterator[tuple[str, str]]:
    """Yield what stands at the head and foot of the pages, each text once."""
    seen = set()
    for page in styles.iter(f"{S}master-page"):
        for part in page:
            place = str(part.tag).rpartition("}")[2].partition("-")[0]
            if place in ("header", "footer"):
                text = " ".join(" ".join(_paragraphs([part])).split())[:LONGEST_HEADER]
                if text and (place, text) not in seen:
                    seen.add((place, text))
                    yield place, text


def _read(content: Any, styles: Any) -> tuple[Assembly, tuple[tuple[int, int], ...]]:
    assembly = Assembly()
    numbers = _Numbers([root for root in (styles, content) if root is not None])
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    headings: list[tuple[int, int]] = []
    paragraphs = tables = 0
    for element, label in _blocks(body, numbers) if body is not None else ():
        if element.tag == f"{TABLE}table":
            for at, row in enumerate(_rows(element, numbers)):
                for column, text in row:
                    assembly.put(text, cell=(tables, at, column))
                    assembly.put("\t")
                assembly.put("\n")
            tables += 1
            continue
        aside: list[Any] = []
        text = _text(element, aside)
        level = element.get(f"{T}outline-level") if element.tag == f"{T}h" else None
        if level and level.isdecimal() and text.strip():
            line = labelled(label, text) + text
            headings.append((assembly.length + len(line) - len(line.lstrip()), int(level)))
        assembly.line(labelled(label, text) + text, paragraph=paragraphs)
        paragraphs += 1
        for inner in _paragraphs(aside):
            assembly.line(inner, paragraph=paragraphs - 1)
    return assembly, tuple(headings)


def _blocks(container: Any, numbers: _Numbers) -> Iterator[tuple[Any, str]]:
    """Yield paragraphs and tables with the list number before them, out of lists, sections and indexes."""
    for child in container:
        if child.tag in PARAGRAPHS:
            yield child, numbers.of_heading(child) if child.tag == f"{T}h" else ""
        elif child.tag == f"{TABLE}table":
            yield child, ""
        elif child.tag == f"{T}list":
            yield from _items(child, numbers, 1, child.get(f"{T}style-name") or "")
        elif child.tag in ASIDE:
            yield from ((paragraph, "") for paragraph in child.iter(*PARAGRAPHS))
        elif isinstance(child.tag, str) and child.tag not in NO_TEXT and child.get(f"{T}display") != "none":
            yield from _blocks(child, numbers)


def _items(container: Any, numbers: _Numbers, level: int, style: str) -> Iterator[tuple[Any, str]]:
    if container.get(f"{T}continue-numbering") != "true" and container.get(f"{T}continue-list") is None and level == 1:
        numbers.begin(style)
    for item in container:
        numbered = item.tag == f"{T}list-item"
        for child in item:
            if child.tag == f"{T}list":
                yield from _items(child, numbers, level + 1, child.get(f"{T}style-name") or style)
            elif child.tag in PARAGRAPHS:
                yield child, numbers.next(style, level, item.get(f"{T}start-value")) if numbered else ""
                numbered = False
            else:
                yield from _blocks([child], numbers)


def _rows(table: Any, numbers: _Numbers) -> Iterator[list[tuple[int, str]]]:
    """Yield the rows of a table as (column, text); what is merged into another cell is left out."""
    for row in table.iter(f"{TABLE}table-row"):
        if next(row.iterancestors(f"{TABLE}table")) is not table:
            continue
        cells: list[tuple[int, str]] = []
        column = 0
        for cell in row:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            times = _count(cell.get(f"{TABLE}number-columns-repeated"))
            if cell.tag == f"{TABLE}table-cell":
                text = join_cell(list(_cell(cell, numbers)))
                cells += [(column + at, text) for at in range(times)]
            column += times
        for _ in range(_count(row.get(f"{TABLE}number-rows-repeated")) if any(text for _, text in cells) else 1):
            yield cells


def _cell(cell: Any, numbers: _Numbers) -> Iterator[str]:
    """Yield the paragraphs of a cell with their list numbers, those of a table within too."""
    for element, label in _blocks(cell, numbers):
        if element.tag == f"{TABLE}table":
            yield from (text for row in _rows(element, numbers) for _, text in row)
            continue
        aside: list[Any] = []
        text = _text(element, aside)
        if text.strip():
            yield labelled(label, text) + text
        yield from _paragraphs(aside)


def _paragraphs(containers: list[Any]) -> Iterator[str]:
    """Yield the texts of all paragraphs inside, each followed by what stands aside of it."""
    for container in containers:
        for element in container.iter(*PARAGRAPHS):
            if any(above.tag in PARAGRAPHS and _inside(above, container) for above in element.iterancestors()):
                continue  # of a note or a frame inside another: its own paragraph brings it
            if any(above.tag in NO_TEXT for above in element.iterancestors()):
                continue
            aside: list[Any] = []
            text = _text(element, aside)
            if text.strip():
                yield text
            yield from _paragraphs(aside)


def _inside(element: Any, container: Any) -> bool:
    return any(above is container for above in element.iterancestors())


def _text(element: Any, aside: list[Any]) -> str:
    """Return the text of a paragraph; notes and frames in it are added to `aside`."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{T}s":
            parts.append(" " * _count(child.get(f"{T}c")))
        elif child.tag == f"{T}tab":
            parts.append("\t")
        elif child.tag == f"{T}line-break":
            parts.append("\n")
        elif child.tag in ASIDE:
            aside.append(child)
        elif isinstance(child.tag, str) and child.tag not in NO_TEXT:
            parts.append(_text(child, aside))
        parts.append(child.tail or "")
    return "".join(parts)


def _count(number: str | None) -> int:
    return max(0, min(int(number), MOST_REPEATED)) if number and number.isascii() and number.isdigit() else 1


class _Numbers:
    """Counts the automatic numbers of lists and headings."""

    def __init__(self, roots: list[Any]) -> None:
        self._levels: dict[str, dict[int, Any]] = defaultdict(dict)  # list style: level, its definition
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for root in roots:
            for name, tag in ((None, f"{T}outline-style"), ("name", f"{T}list-style")):
                for style in root.iter(tag):
                    for level in style:
                        number = level.get(f"{T}level")
                        if number and level.tag in (f"{T}list-level-style-number", f"{T}outline-level-style"):
                            self._levels[style.get(f"{S}name") or "" if name else " outline"][int(number)] = level

    def begin(self, style: str) -> None:
        self._counts[style].clear()

    def of_heading(self, heading: Any) -> str:
        level = heading.get(f"{T}outline-level")
        return self.next(" outline", int(level), None) if level and level.isdigit() else ""

    def next(self, style: str, level: int, start: str | None) -> str:
        """Return the number that is shown before the next item of a level; none for bullets."""
        definition = self._levels[style].get(level)
        if definition is None or not definition.get(f"{S}num-format"):
            return ""
        counts = self._counts[style]
        first = int(start or definition.get(f"{T}start-value") or 1)
        counts[level] = first if start or level not in counts else counts[level] + 1
        for deeper in [place for place in counts if place > level]:
            del counts[deeper]
        shown = max(0, level - _count(definition.get(f"{T}display-levels")))
        numbers = [
            _numeral(counts.get(place, 1), entry.get(f"{S}num-format"))
            for place, entry in sorted(self._levels[style].items())
            if shown < place <= level and entry.get(f"{S}num-format")
        ]
        return (definition.get(f"{S}num-prefix") or "") + ".".join(numbers) + (definition.get(f"{S}num-suffix") or "")


# Forms of LibreOffice, named by their first numerals, and those of the standard; the longest beginning that fits counts.
FORMS = {
    "1": "decimal", "01": "decimalZero", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一, 二": "chineseCountingThousand", "壹, 贰": "chineseLegalSimplified", "壹, 貳": "ideographLegalTraditional",
    "甲, 乙": "ideographTraditional", "子, 丑": "ideographZodiac", "①": "decimalEnclosedCircle", "⑴": "decimalEnclosedParen",
    "１": "decimalFullWidth", "〇, 一": "ideographDigital", "壱": "japaneseLegal", "㊀": "ideographEnclosedCircle",
}  # fmt: skip


def _numeral(number: int, form: str) -> str:
    """Return a number in a form of the standard or of LibreOffice's, which names a Chinese one by its first numerals."""
    found = max((start for start in FORMS if form.startswith(start)), key=len, default="1")
    return numeral(number, FORMS[found])
