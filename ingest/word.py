"""What a Word file says, block by block, as Word shows it with all changes accepted.

python-docx opens the file; its text is gathered here, because python-docx leaves out what stands in smart tags (old Word
marks dates and amounts by them), in content controls, in text boxes, in notes and in insertions not yet accepted.
Automatic list numbers, which stand in no paragraph, are counted from the numbering part.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.assembly import Assembly
from ingest.errors import DamagedFile, IngestError, NestedTooDeep, NoText, UnsupportedFormat
from ingest.list_numbers import Level, ListNumbers, labelled, numeral
from ingest.packages import open_package, parse_xml
from ingest.readers import LONG_CELL, RawText

KIND = "Word (.docx)"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHOICE, FALLBACK, ALTERNATIVES = f"{MC}Choice", f"{MC}Fallback", f"{MC}AlternateContent"
PARAGRAPH, TABLE, BOX, VALUE = f"{W}p", f"{W}tbl", f"{W}txbxContent", f"{W}val"
RUN, TEXT, PROPERTIES, OF_RUN, FIELD = f"{W}r", f"{W}t", f"{W}pPr", f"{W}rPr", f"{W}fldChar"
CODE = f"{W}instrText"
ROW, CELL, SYMBOL = f"{W}tr", f"{W}tc", f"{W}sym"
CHUNK, RELATION = f"{W}altChunk", "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CHUNKS = ("html", "mht", "rtf", "text", "docx")  # kinds of files that Word takes into its text
NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object", f"{W}txbxContent"}
# Properties, what was deleted or moved away, codes of fields, how a character is pronounced.
NO_TEXT = {
    f"{W}{name}"
    for name in [
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "del",
        "moveFrom",
        "instrText",
        "delInstrText",
        "delText",
        "rt",
        "rubyPr",
    ]
}
NO_TEXT |= {f"{W}{name}" for name in ["tblPr", "trPr", "tcPr", "tblGrid", "sectPr", "numberingChange"]} | {f"{M}ctrlPr"}
CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
OFF = ("0", "false", "off")
# Signs of fonts without a code of their own (w:sym), as Unicode has them: Wingdings, Wingdings 2, Symbol.
SIGNS = {
    "Wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "◆", 0x75: "◆", 0x77: "◆", 0x9F: "•",
                  0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xE8: "→", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑"},
    "Wingdings 2": {0x50: "√", 0x4F: "×", 0x52: "☑", 0x53: "☒", 0xA3: "□", 0x2A: "□"},
    "Symbol": {0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
               0xBB: "≈", 0x6D: "μ", 0x25: "%", 0x2D: "−", 0x7E: "~", 0xDE: "⇒", 0xAE: "→"},
}  # fmt: skip
# Many programs put the signs of Wingdings into the text itself, in a range that Unicode leaves to each font.
PRIVATE = re.compile(r"[\uf020-\uf0ff]")
PRIVATE_SIGNS = {0xF000 + code: sign for code, sign in SIGNS["Wingdings"].items()}
# Of a cell with so much text its paragraphs stay lines: a form into which a whole report was typed.
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAIN_KINDS = re.compile(
    rb"application/vnd\.(?:ms-word|openxmlformats-officedocument\.wordprocessingml)"
    rb"\.(?:document|template)(?:\.macroEnabled(?:Template)?)?\.main\+xml"
)
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")  # ISO 29500 strict, where the usual files have …/2006/
HEADING_NAME = re.compile(r"(?:heading|标题|標題) ?([1-9])", re.IGNORECASE)
EQUATION = re.compile(r"\\(?P<kind>[of])(?:\s*\\a[dlrc])?\s*\(", re.IGNORECASE)
RINGS = ("○", "〇", "◯")
DEEPEST = 60  # tables in tables, text boxes in text boxes
LONGEST_HEADER = 300  # characters of a header or footer that are kept

Cells = list[tuple[int, str]]


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its stretches of text, each with the paragraph and run that it stands in, and what hangs on it."""

    pieces: list[tuple[str, int, int | None]]
    level: int | None = None  # of a heading, from 1
    aside: list[Paragraph | Table] = field(default_factory=list)  # notes and text boxes

    @property
    def text(self) -> str:
        return "".join(text for text, _, _ in self.pieces)


@dataclass(slots=True)
class Table:
    """The rows of a table, each cell with its column, and what hangs on its paragraphs."""

    rows: list[Cells]
    aside: list[Paragraph | Table] = field(default_factory=list)


def read_docx(data: bytes, path: str) -> RawText:
    """Read a Word file through python-docx: paragraphs and tables in reading order, a line each.

    Cells of a row are separated by tabs; a merged cell is read once. Notes and text boxes follow the paragraph that holds
    them. Anchors count paragraphs and runs as python-docx does; text of a link or a field has no run of its own there.
    Headers and footers are in `about`; a file of another format that stands in the text (altChunk) is read where it stands,
    or told there (`left out`). Raises DamagedFile, EncryptedFile, TooLarge and NoText.
    """
    import docx

    open_package(data, path, KIND).close()
    try:
        reader = _Reader(docx.Document(io.BytesIO(_usual(data))), path)
        assembly = Assembly()
        headings = lay_out(reader.blocks(reader.body), assembly)
        about = tuple(reader.about())
    except IngestError:
        raise
    except Exception as error:  # python-docx lets KeyError, BadZipFile, XMLSyntaxError, RecursionError and more through
        raise DamagedFile(path, KIND, type(error).__name__) from error
    if not assembly.text.strip():
        raise NoText(
            path,
            "the Word file has no text, perhaps only pictures",
            "Word 文件里没有文字,可能只有图片",
            "Have the pictures recognised (OCR) first.",
            "请先对图片做文字识别(OCR)。",
        )
    return RawText(text=with_signs(assembly.text), anchors=tuple(assembly.anchors), about=about, headings=headings)


def _read_chunk(data: bytes, path: str) -> RawText:
    """Read a file that stands in a Word file: a web page, Rich Text, plain text, a Word file without such files of its own."""
    from ingest.formats import reader_of  # late: they import one another
    from ingest.sniff import sniff

    kind = sniff(data, path)
    if kind not in CHUNKS:
        raise UnsupportedFormat(path, kind, kind, CHUNKS)
    if kind == "docx":
        with open_package(data, path, KIND) as package:
            inner = any(b"altChunk" in package.read(name) for name in package.namelist() if name.endswith(".xml"))
        if inner:
            raise NestedTooDeep(path, 1)
    return reader_of(kind)(data, path)


def with_signs(text: str) -> str:
    """Return a text with the signs of Wingdings as Unicode has them, character for character; unknown ones stay."""
    return text.translate(PRIVATE_SIGNS) if PRIVATE.search(text) else text


def join_cell(paragraphs: Sequence[str]) -> str:
    """Return the text of a table's cell: one line, but the lines of its paragraphs where it holds much text."""
    lines = [" ".join(line.split()) for text in paragraphs for line in text.split("\n")]
    lines = [line for line in lines if line]
    return ("\n" if sum(map(len, lines)) > LONG_CELL else " ").join(lines)


def turn_field(fields: list[str | None], kind: str | None) -> str:
    """Follow the marks of fields (begin, separate, end); return what a field without a result draws.

    `fields` are the open ones, each with its code, or None behind it.
    """
    if kind == "begin":
        fields.append("")
    elif kind == "separate" and fields:
        fields[-1] = None
    elif kind == "end" and fields:
        code = fields.pop()
        return drawn_by(code) if code and all(outer is None for outer in fields) else ""
    return ""


def drawn_by(code: str) -> str:
    """Return the characters that a field EQ draws: in it old Word keeps pronunciations, circled characters and fractions."""
    drawing = EQUATION.search(code)
    if drawing is None or code.split()[0].upper() != "EQ":
        return ""
    parts, depth = [""], 0
    for character in code[drawing.end() :]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            break
        if character in ",，;" and not depth:
            parts.append("")
        else:
            parts[-1] += character
    if drawing["kind"].lower() == "f":
        return "/".join(parts)
    said = [part for part in parts if not part.lstrip().startswith("\\")]  # what is set higher is how it is pronounced
    if len(said) == 2 and said[0] in RINGS:
        return numeral(int(said[1]), "decimalEnclosedCircle") if said[1].isdecimal() else said[1]
    return "".join(said)


def lay_out(blocks: Iterable[Paragraph | Table], assembly: Assembly) -> tuple[tuple[int, int], ...]:
    """Add blocks with their anchors, a line for each paragraph and each row of a table; return headings with their levels."""
    tables = 0
    headings = []
    for block in blocks:
        if isinstance(block, Table):
            for row, cells in enumerate(block.rows):
                for column, text in cells:
                    assembly.put(text, cell=(tables, row, column))
                    assembly.put("\t")
                assembly.put("\n")
            tables += 1
            _put_aside(block.aside, assembly, {})
            continue
        if block.level is not None and (said := block.text.strip()):
            headings.append((assembly.length + block.text.index(said), block.level))
        for text, paragraph, run in block.pieces:
            assembly.put(text, paragraph=paragraph, run=run)
        assembly.put("\n")
        if block.aside:
            _put_aside(block.aside, assembly, {"paragraph": block.pieces[-1][1] if block.pieces else None})
    return tuple(headings)


def _put_aside(blocks: Sequence[Paragraph | Table], assembly: Assembly, where: dict[str, Any]) -> None:
    """Add notes and text boxes, each anchored to the paragraph that holds it."""
    for block in blocks:
        lines = (
            [block.text] if isinstance(block, Paragraph) else ["\t".join(text for _, text in row) for row in block.rows]
        )
        for line in lines:
            if line.strip():
                assembly.line(line.strip(), **where)
        _put_aside(block.aside, assembly, where)


def _usual(data: bytes) -> bytes:
    """Return the package as python-docx takes it: a strict one, one with macros or a template under the usual names."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        kinds, links = package.read("[Content_Types].xml"), package.read("_rels/.rels")
        if MAIN.encode() in kinds and not STRICT.search(links):
            return data
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as usual:
            for name in package.namelist():
                part = package.read(name)
                if name.endswith((".xml", ".rels")):
                    part = STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part)
                usual.writestr(name, MAIN_KINDS.sub(MAIN.encode(), part) if name == "[Content_Types].xml" else part)
        return buffer.getvalue()


class _Reader:
    """Walks through the body of an opened Word file."""

    def __init__(self, word: Any, path: str) -> None:
        self.body = word.element.body
        self._path = path
        self._parts = word.part.related_parts
        self._left_out: list[str] = []
        self._styles = _Styles(word)
        self._numbers = _Numbers(word, self._styles)
        self._relations = list(word.part.rels.values())
        self._notes: dict[str, dict[str, Any]] = {}
        self._fields: list[str | None] = []  # the code of each open field, the innermost last; None behind the code
        self._aside: list[Any] = []  # notes and text boxes of the paragraph being read
        self._count = 0
        self._depth = 0

    def blocks(self, container: Any, *, counted: bool = True) -> Iterator[Paragraph | Table]:
        """Yield paragraphs and tables in order, those in content controls too. A deleted paragraph mark joins two paragraphs.

        `counted` tells whether the paragraphs have numbers of their own; else they have that of the one that holds them.
        """
        waiting: list[tuple[str, int, int | None]] = []
        aside: list[Paragraph | Table] = []
        number = max(0, self._count - 1)
        for element in _blocks(container):
            if element.tag == CHUNK:
                yield from self._chunk(element, number)
                continue
            if element.tag == TABLE:
                if waiting or aside:
                    yield Paragraph(waiting, None, aside)
                    waiting, aside = [], []
                yield self._table(element)
                continue
            if counted:
                number = self._count
                self._count += 1
            properties = element.find(PROPERTIES)
            pieces = self._pieces(element, properties, number)
            aside += self._hanging()
            if properties is not None and _mark_is_gone(properties):
                waiting += pieces
                continue
            pieces = waiting + pieces
            if pieces:
                label = self._numbers.label(properties)
                if label:
                    first, paragraph, run = pieces[0]
                    pieces[0] = (labelled(label, first) + first, paragraph, run)
            elif properties is not None:  # Word counts an empty paragraph of a list and shows its number
                self._numbers.label(properties)
            yield Paragraph(pieces, self._styles.heading(properties), aside)
            waiting, aside = [], []
        if waiting or aside:
            yield Paragraph(waiting, None, aside)

    def _chunk(self, element: Any, number: int) -> Iterator[Paragraph]:
        """Yield the lines of a file that stands in the text, for Word to take over when it opens it."""
        part = self._parts.get(element.get(RELATION))
        name = "altChunk" if part is None else str(part.partname).lstrip("/")
        try:
            raw = _read_chunk(b"" if part is None else part.blob, f"{self._path}/{name}")
        except IngestError as error:
            self._left_out.append(f"{name} ({error.code})")
            return
        levels, at = dict(raw.headings), 0
        for line in raw.text.split("\n"):
            indent = len(line) - len(line.lstrip())
            yield Paragraph([(line, number, None)] if line.strip() else [], levels.get(at + indent))
            at += len(line) + 1

    def about(self) -> Iterator[tuple[str, str]]:
        """Yield what stands at the head and foot of the pages, each text once, and what could not be read."""
        if self._left_out:
            yield "left out", ", ".join(self._left_out)
        seen = set()
        for relation in self._relations:
            place = relation.reltype.rpartition("/")[2]
            if place not in ("header", "footer") or relation.is_external:
                continue
            lines = [block.text for block in self.blocks(_root(relation.target_part), counted=False) if isinstance(block, Paragraph)]  # fmt: skip
            text = " ".join(" ".join(lines).split())[:LONGEST_HEADER]
            if text and (place, text) not in seen:
                seen.add((place, text))
                yield place, text

    def _pieces(self, paragraph: Any, properties: Any, number: int) -> list[tuple[str, int, int | None]]:
        if properties is not None and self._styles.hides(properties.find(f"{W}pStyle")):
            return []
        pieces: list[tuple[str, int, int | None]] = []
        run = -1
        for child in paragraph:
            if child.tag == RUN:
                run += 1
                text = self._run(child)
                if text:
                    pieces.append((text, number, run))
            elif child.tag not in NO_TEXT:
                text = self._inline(child)
                if text:
                    pieces.append((text, number, None))
        self._fields = [code for code in self._fields if code is None]  # one that never ends must not hide the rest
        return pieces

    def _inline(self, element: Any) -> str:
        """Return the text inside a wrapper: a link, an insertion, a content control, a formula, a ruby base."""
        tag = element.tag
        if tag == RUN:
            return self._run(element)
        if tag == f"{M}t":
            return element.text or ""
        if tag == f"{M}f":
            above, below = (element.find(f"{M}{part}") for part in ("num", "den"))
            return "/".join(self._inline(part) for part in (above, below) if part is not None)
        if tag == f"{W}sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            return ""  # the prompt of a field that nobody filled in
        if tag == ALTERNATIVES:
            return "".join(map(self._inline, _chosen(element)))
        return "".join([self._inline(child) for child in element if child.tag not in NO_TEXT])

    def _run(self, run: Any) -> str:
        properties = run.find(OF_RUN)
        if properties is not None and self._styles.is_hidden(properties):
            return ""
        parts: list[str] = []
        for child in run:
            tag = child.tag
            if tag == TEXT:
                if not self._fields or self._shows():
                    parts.append(child.text or "")
            elif tag == FIELD:
                parts.append(turn_field(self._fields, child.get(f"{W}fldCharType")))
            elif tag == CODE:
                if self._fields and self._fields[-1] is not None:
                    self._fields[-1] += child.text or ""
            elif tag in NO_TEXT or (self._fields and not self._shows()):
                continue
            elif tag in CHARACTERS:
                parts.append(CHARACTERS[tag])
            elif tag in NOTES or tag in DRAWN:
                self._aside.append(child)
            elif tag == ALTERNATIVES:
                for branch in _chosen(child):
                    parts.append(self._run(branch))
            elif tag == SYMBOL:
                parts.append(_sign(child))
            elif tag == f"{W}ruby":
                parts.append(self._inline(child))
        return "".join(parts)

    def _shows(self) -> bool:
        """Tell whether what stands here is shown: no field's code."""
        return all(code is None for code in self._fields)

    def _hanging(self) -> list[Paragraph | Table]:
        """Return the notes and text boxes that were met since the last call."""
        if not self._aside:
            return []
        met, self._aside = self._aside, []
        fields, self._fields = self._fields, []
        found: list[Paragraph | Table] = []
        self._depth += 1
        if self._depth <= DEEPEST:
            for element in met:
                for container in self._note(element) if element.tag in NOTES else _boxes(element):
                    found += self.blocks(container, counted=False)
        self._depth -= 1
        self._fields = fields
        return found

    def _note(self, reference: Any) -> list[Any]:
        kind = NOTES[reference.tag]
        if kind not in self._notes:
            part = next((rel.target_part for rel in self._relations if rel.reltype.endswith("/" + kind)), None)
            notes = _root(part) if part is not None else ()
            self._notes[kind] = {note.get(f"{W}id"): note for note in notes if note.get(f"{W}type") is None or note.get(f"{W}type") == "normal"}  # fmt: skip
        note = self._notes[kind].pop(reference.get(f"{W}id"), None)  # told once, however often it is named
        return [note] if note is not None else []

    def _table(self, table: Any) -> Table:
        """Return the rows of a table as (column, text), columns counted as python-docx counts them."""
        told = Table([])
        open_cells: set[int] = set()  # columns of the grid in which a merged cell goes on downwards
        for row in _inside(table, ROW):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            cells: Cells = []
            before = properties.find(f"{W}gridBefore") if properties is not None else None
            offset = _number(before)
            column = 0
            for cell in _inside(row, CELL):
                wide, merged, deleted = _shape(cell)
                at = column + offset
                if merged == "continue" and at in open_cells:
                    column += wide
                    continue
                (open_cells.add if merged == "restart" else open_cells.discard)(at)
                if not deleted:
                    cells.append((column, join_cell(self._cell(cell, told))))
                column += wide
            told.rows.append(cells)
        return told

    def _cell(self, cell: Any, outer: Table) -> list[str]:
        lines: list[str] = []
        self._depth += 1
        if self._depth <= DEEPEST:
            for block in self.blocks(cell, counted=False):
                if isinstance(block, Paragraph):
                    lines.append(block.text)
                else:
                    lines += [text for row in block.rows for _, text in row]
                for hanging in block.aside:  # a note after the table, a text box with the words around it
                    outer.aside.append(hanging)
        self._depth -= 1
        return lines


class _Styles:
    """What styles say of their paragraphs and runs: list numbers, levels of headings, hidden text."""

    def __init__(self, word: Any) -> None:
        root = word.styles.element
        self._styles = {style.get(f"{W}styleId"): style for style in root.iterfind(f"{W}style")}
        self._default = next(
            (
                style
                for style in self._styles.values()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
            ),
            None,
        )
        self._hide = any(True for _ in root.iter(f"{W}vanish"))
        self._levels: dict[str | None, int | None] = {}

    def chain(self, name: str | None) -> list[Any]:
        """Return a style (the default one for None or an unknown one) and those that it is based on."""
        style = self._styles.get(name, self._default) if name else self._default
        found: list[Any] = []
        while style is not None and style not in found:
            found.append(style)
            style = self._styles.get(_value(style, "basedOn"))
        return found

    def numbering(self, name: str) -> Any:
        """Return the numPr of a style of lists."""
        return next(
            (found for style in self.chain(name) if (found := style.find(f"{W}pPr/{W}numPr")) is not None), None
        )

    def heading(self, properties: Any) -> int | None:
        """Return the level of a heading, from 1, told by the paragraph or its style; None for any other paragraph."""
        own = properties.find(f"{W}outlineLvl") if properties is not None else None
        if own is not None:
            return _level(own)
        name = _value(properties, "pStyle") if properties is not None else ""
        if name not in self._levels:
            self._levels[name] = self._level_of_style(name)
        return self._levels[name]

    def _level_of_style(self, name: str) -> int | None:
        for style in self.chain(name):
            found = style.find(f"{W}pPr/{W}outlineLvl")
            if found is not None:
                return _level(found)
            named = HEADING_NAME.fullmatch(_value(style, "name"))
            if named:
                return int(named[1])
        return None

    def is_hidden(self, properties: Any) -> bool:
        """Tell a run that is not shown, by its properties or by its style of characters."""
        own = properties.find(f"{W}vanish")
        if own is not None:
            return own.get(VALUE) not in OFF
        return self._hide and self.hides(properties.find(f"{W}rStyle"))

    def hides(self, named: Any) -> bool:
        """Tell whether a style hides its text."""
        if not self._hide or named is None:
            return False
        for style in self.chain(named.get(VALUE)):
            own = style.find(f"{W}rPr/{W}vanish")
            if own is not None:
                return own.get(VALUE) not in OFF
        return False


class _Numbers:
    """Counts the automatic numbers of a file's lists, paragraph by paragraph."""

    def __init__(self, word: Any, styles: _Styles) -> None:
        self._styles = styles
        self._lists = ListNumbers()
        self._linked: dict[tuple[str, str], int] = {}  # list and style: the level that belongs to the style
        self._inherits = False  # is a style numbered
        part = next((rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        numbering = getattr(part, "element", None)
        if numbering is None:
            return
        self._inherits = word.styles.element.find(f".//{W}numPr") is not None
        kinds = {kind.get(f"{W}abstractNumId"): kind for kind in numbering.iterfind(f"{W}abstractNum")}
        numbers = {number.get(f"{W}numId"): number for number in numbering.iterfind(f"{W}num")}
        read: dict[str, dict[int, Level]] = {}  # of an abstract list
        for name, number in numbers.items():
            kind = self._kind(number, numbers, kinds)
            if kind is None:
                continue
            series = kind.get(f"{W}abstractNumId") or ""
            if series not in read:
                read[series] = {_number(level, "ilvl"): _level_of(level) for level in kind.iterfind(f"{W}lvl")}
            self._lists.series[name] = series
            levels = self._lists.levels[name] = dict(read[series])
            for level in kind.iterfind(f"{W}lvl"):
                self._linked[name, _value(level, "pStyle")] = _number(level, "ilvl")
            for change in number.iterfind(f"{W}lvlOverride"):
                place = _number(change, "ilvl")
                start = change.find(f"{W}startOverride")
                if start is not None:
                    self._lists.starts[name, place] = _number(start)
                levels.update((place, _level_of(level)) for level in change.iterfind(f"{W}lvl"))

    def _kind(self, number: Any, numbers: dict[str, Any], kinds: dict[str, Any]) -> Any:
        """Return the abstract list of a list; where that only names a style, the one of the style."""
        kind = kinds.get(_value(number, "abstractNumId"))
        for _ in range(len(kinds)):
            link = _value(kind, "numStyleLink") if kind is not None else ""
            if not link:
                break
            found = self._styles.numbering(link)
            linked = numbers.get(_value(found, "numId")) if found is not None else None
            kind = kinds.get(_value(linked, "abstractNumId")) if linked is not None else None
        return kind

    def label(self, properties: Any) -> str:
        """Return the number that Word shows before a paragraph; none for a bullet or a plain paragraph."""
        if not self._lists.levels or (properties is None and not self._inherits):
            return ""
        return self._lists.label(*self._place(properties))

    def _place(self, properties: Any) -> tuple[str, int]:
        """Return (numId, level) of a paragraph, from itself or its styles; an empty numId for none."""
        own: Any = properties.find(f"{W}numPr") if properties is not None else None
        name = _value(own, "numId") if own is not None else ""
        if name:
            return name, _number(own.find(f"{W}ilvl"))
        if not self._inherits:
            return "", 0
        for style in self._styles.chain(_value(properties, "pStyle") if properties is not None else None):
            found = style.find(f"{W}pPr/{W}numPr")
            if found is None:
                continue
            name = _value(found, "numId") or name
            if not name:
                continue
            if own is not None and own.find(f"{W}ilvl") is not None:
                return name, _number(own.find(f"{W}ilvl"))
            linked = self._linked.get((name, style.get(f"{W}styleId")))
            return name, _number(found.find(f"{W}ilvl")) if linked is None else linked
        return "", 0


def _blocks(container: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, those inside content controls and other wrappers too."""
    for child in container:
        tag = child.tag
        if tag in (PARAGRAPH, TABLE, CHUNK):
            yield child
        elif tag == ALTERNATIVES:
            for branch in _chosen(child):
                yield from _blocks(branch)
        elif tag == f"{W}sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            continue
        elif isinstance(tag, str) and tag not in NO_TEXT:
            yield from _blocks(child)


def _inside(container: Any, wanted: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, those inside content controls too; none of a table within."""
    for child in container:
        if child.tag == wanted:
            yield child
        elif isinstance(child.tag, str) and child.tag not in NO_TEXT and child.tag not in (PARAGRAPH, TABLE, ROW, CELL):
            yield from _inside(child, wanted)


def _boxes(drawn: Any) -> Iterator[Any]:
    """Yield the contents of the text boxes of a drawing; of two forms of the same drawing the first."""
    if drawn.tag == BOX:
        yield drawn
        return
    for child in drawn:
        if child.tag == ALTERNATIVES:
            for branch in _chosen(child):
                yield from _boxes(branch)
        else:
            yield from _boxes(child)


def _chosen(alternatives: Any) -> list[Any]:
    """Return the form of a content that Word shows today, the fallback where there is no other."""
    for form in (CHOICE, FALLBACK):
        chosen = alternatives.find(form)
        if chosen is not None:
            return [chosen]
    return []


def _mark_is_gone(properties: Any) -> bool:
    """Tell whether the end of a paragraph was deleted, moved away or hidden, so that the next one goes on with it."""
    mark = properties.find(OF_RUN)
    if mark is None:
        return False
    hidden = mark.find(f"{W}vanish")
    if hidden is not None and hidden.get(VALUE) not in OFF:
        return True
    return mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None


def _shape(cell: Any) -> tuple[int, str, bool]:
    """Return how many columns a cell takes, whether it is merged downwards (restart, continue or nothing) and whether it was deleted."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return 1, "", False
    merged = properties.find(f"{W}vMerge")
    wide = properties.find(f"{W}gridSpan")
    return (
        max(1, _number(wide, default=1)),
        "" if merged is None else merged.get(VALUE) or "continue",
        properties.find(f"{W}cellDel") is not None,
    )


def sign(font: str, code: int) -> str:
    """Return a character of a font of signs as Unicode has it; nothing for an ornament that it does not have."""
    if 0xF000 <= code <= 0xF0FF:
        return SIGNS.get(font, {}).get(code - 0xF000, "")
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0x10FFFF else ""


def _sign(symbol: Any) -> str:
    code = symbol.get(f"{W}char") or ""
    return sign(symbol.get(f"{W}font") or "", int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else ""


def _root(part: Any) -> Any:
    """Return the root of a part, which python-docx may have parsed already."""
    root = getattr(part, "element", None)
    return root if root is not None else parse_xml(part.blob)


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return (child.get(VALUE) or "") if child is not None else ""


def _number(element: Any, name: str = "val", default: int = 0) -> int:
    said = element.get(f"{W}{name}") if element is not None else None
    return int(said) if said and re.fullmatch(r"-?\d{1,9}", said) else default


def _level(outline: Any) -> int | None:
    level = _number(outline, default=9)
    return level + 1 if 0 <= level < 9 else None


def _level_of(level: Any) -> Level:
    """Return a level of a list; a form of Word 2010 and later stands in a choice beside its substitute."""
    restart = level.find(f"{W}lvlRestart")
    return Level(
        start=_number(level.find(f"{W}start"), default=1),
        form=next((form.get(VALUE) or "" for form in level.iter(f"{W}numFmt")), "decimal"),
        text=_value(level, "lvlText"),
        legal=level.find(f"{W}isLgl") is not None,
        restart=None if restart is None else _number(restart),
    )
