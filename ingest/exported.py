"""Sheets in other clothes: OpenDocument (.ods, .fods), and what programs export under the name of Excel.

An export called .xls is often no workbook but XML (SpreadsheetML of 2003) or a web page with a table. All become what
`ingest.sheets` makes text of, as workbooks do; hidden sheets, rows and columns are left out and told in `about`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

from ingest.errors import DamagedFile, EncryptedFile, IngestError
from ingest.packages import DECLARATION, PROLOGUE, TooLarge, open_package, parse_xml
from ingest.readers import RawText
from ingest.sheets import Cell, Sheet
from ingest.tables import MOST_CELLS, MOST_PLACES, Hidden, read_sheets, shown

ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT, STYLE = (f"{{{SPACE}{name}:1.0}}" for name in ("office", "table", "text", "style"))
NOT_SHOWN = frozenset(("collapse", "filter"))
SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
NAMED_FORMATS = {"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "Short Date": "yyyy-mm-dd"}
EXCEL_PAGE = re.compile(rb"urn:schemas-microsoft-com:office:excel|content=[\"']?Excel\.Sheet", re.I)
ONLY_TABLE = re.compile(
    rb"(?:\xef\xbb\xbf|\s|<!doctype[^>]*>|<!--.{0,2000}?-->|</?(?:html|head|body|meta|center|div)\b[^>]*>"
    rb"|<(title|style)\b[^>]*>[^<]{0,20000}</\1>)*<table\b",
    re.I | re.S,
)
AFTER_TABLE = re.compile(rb"</table>(?:\s|</(?:html|body|center|div)>)*$", re.I)
TAIL = 512  # bytes


def is_ods(names: set[str], media_type: bytes) -> bool:
    """Tell an OpenDocument spreadsheet by the parts of its package and the content of the part `mimetype`."""
    return "content.xml" in names and media_type.strip().startswith(ODS_TYPE)


def is_flat_ods(head: bytes) -> bool:
    """Tell an OpenDocument spreadsheet in one XML file (.fods) by how it begins."""
    return b"<office:document" in head and ODS_TYPE in head


def is_sheet_xml(head: bytes) -> bool:
    """Tell a workbook in one XML file, as Excel 2003 and many programs write it, by how it begins."""
    return b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"Workbook" in head


def is_sheet_page(data: bytes) -> bool:
    """Tell a web page that is a sheet: one that Excel wrote, or one that holds a single table and nothing else."""
    head = data[:PROLOGUE]
    if b"<table" not in data[: 16 * PROLOGUE].lower():
        return False
    if EXCEL_PAGE.search(head):
        return True
    if not (ONLY_TABLE.match(data, 0, 8 * PROLOGUE) and AFTER_TABLE.search(data[-TAIL:].rstrip(b"\x00"))):
        return False
    return len(re.findall(rb"<table\b", data, re.I)) == 1


def read_ods(data: bytes, path: str) -> RawText:
    """Read an OpenDocument spreadsheet, values as shown. Raises DamagedFile, EncryptedFile, TooLarge, NoText."""
    kind = "OpenDocument (.ods)"
    try:
        if data.startswith(b"PK"):
            package = open_package(data, path, kind)
            manifest = "META-INF/manifest.xml"
            if manifest in package.namelist() and b"encryption-data" in package.read(manifest):
                raise EncryptedFile(path, kind)
            root = parse_xml(package.read("content.xml"))
        else:
            root = _root(data, path, kind)
        return _whole(_sheets_of_ods(root, _Room(path, kind)), path)
    except IngestError:
        raise
    except Exception as error:  # KeyError, BadZipFile, zlib.error, XMLSyntaxError, ValueError
        raise DamagedFile(path, kind, str(error)[:200] or type(error).__name__) from error


def read_sheet_xml(data: bytes, path: str) -> RawText:
    """Read a workbook in one XML file (SpreadsheetML of 2003), values as shown. Raises DamagedFile, TooLarge, NoText."""
    kind = "Excel (XML)"
    try:
        return _whole(_sheets_of_xml(_root(data, path, kind), _Room(path, kind)), path)
    except IngestError:
        raise
    except Exception as error:
        raise DamagedFile(path, kind, str(error)[:200] or type(error).__name__) from error


def read_sheet_page(data: bytes, path: str) -> RawText:
    """Read a web page that is a sheet: each of its tables as one. Raises DamagedFile, TooLarge, NoText."""
    from ingest.web import decode_page

    kind = "Excel (HTML)"
    try:
        source, encoding = decode_page(data)
        raw = _whole(_sheets_of_page(source, _Room(path, kind)), path)
    except IngestError:
        raise
    except Exception as error:
        raise DamagedFile(path, kind, type(error).__name__) from error
    return RawText(
        text=raw.text, encoding=encoding, anchors=raw.anchors, reports=raw.reports, about=raw.about, members=raw.members
    )


class _Room:
    """Counts cells, so that a file that claims to be endless is refused."""

    def __init__(self, path: str, kind: str) -> None:
        self.path, self.kind = path, kind
        self.cells, self.places = MOST_CELLS, MOST_PLACES

    def take(self, cells: int, places: int) -> None:
        self.cells -= cells
        self.places -= places + 1
        if min(self.cells, self.places) < 0:
            raise TooLarge(self.path, self.kind, "too many cells", "单元格过多")


Found = tuple[Sheet | None, Hidden]  # a sheet, None for a hidden one; what is hidden in it


def _whole(found: Iterator[Found], path: str) -> RawText:
    sheets, hidden = [], []
    for sheet, unseen in found:
        hidden.append(unseen)
        if sheet is not None:
            sheets.append(sheet)
    return read_sheets(sheets, hidden, path)


def _root(data: bytes, path: str, kind: str) -> Any:
    if DECLARATION.search(data[:PROLOGUE].replace(b"\x00", b"")):
        raise DamagedFile(
            path, kind, "it declares entities, as no office program does", "其中声明了实体,办公软件不会这样写"
        )
    return parse_xml(data)


def _sheets_of_ods(root: Any, room: _Room) -> Iterator[Found]:
    unseen = {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        for properties in style.iter(f"{STYLE}table-properties")
        if properties.get(f"{TABLE}display") == "false"
    }
    for number, table in enumerate(root.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")):
        name = table.get(f"{TABLE}name") or ""
        if table.get(f"{TABLE}style-name") in unseen:
            yield None, Hidden(sheet=name, whole=True)
            continue
        columns = _hidden_columns(table)
        rows: list[tuple[Cell, ...]] = []
        merged: list[tuple[int, int, int, int]] = []
        unseen_rows: set[int] = set()
        at = skipped = 0
        for row in _rows_of_ods(table):
            times = int(row.get(f"{TABLE}number-rows-repeated") or 1)
            cells = list(_cells_of_ods(row, at, merged, room))
            if cells and row.get(f"{TABLE}visibility") in NOT_SHOWN:
                skipped += times
                unseen_rows.update(range(at, at + min(times, MOST_CELLS)))
            elif cells:
                room.take(len(cells) * times, 0)
                kept = [cell for cell in cells if cell.column not in columns]
                rows += [tuple(Cell(at + n, cell.column, cell.text) for cell in kept) for n in range(times) if kept]
            at += times
        sheet = Sheet(name=name, number=number, rows=tuple(rows), merged=tuple(merged), hidden=frozenset(unseen_rows))
        yield sheet, Hidden(sheet=name, rows=skipped, columns=frozenset(columns))


def _rows_of_ods(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-row-group", f"{TABLE}table-header-rows", f"{TABLE}table-rows"):
            yield from _rows_of_ods(child)


def _hidden_columns(table: Any) -> set[int]:
    found: set[int] = set()
    at = 0
    for column in table.iter(f"{TABLE}table-column"):
        times = min(int(column.get(f"{TABLE}number-columns-repeated") or 1), 20_000)
        if column.get(f"{TABLE}visibility") in NOT_SHOWN:
            found.update(range(at, at + times))
        at += times
    return found


def _cells_of_ods(row: Any, at: int, merged: list[tuple[int, int, int, int]], room: _Room) -> Iterator[Cell]:
    column = 0
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        times = int(cell.get(f"{TABLE}number-columns-repeated") or 1)
        text = "\n".join(_ods_text(child) for child in cell if child.tag == f"{TEXT}p").strip()
        right = int(cell.get(f"{TABLE}number-columns-spanned") or 1)
        down = int(cell.get(f"{TABLE}number-rows-spanned") or 1)
        if right > 1 or down > 1:
            merged.append((at, column, at + down - 1, column + right - 1))
        if text:
            room.take(times, times)
            yield from (Cell(at, column + n, text) for n in range(times))
        column += times


def _ods_text(paragraph: Any) -> str:
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{TEXT}s":
            parts.append(" " * min(int(child.get(f"{TEXT}c") or 1), 1_000))
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif isinstance(child.tag, str) and child.tag != f"{OFFICE}annotation":
            parts.append(_ods_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _sheets_of_xml(root: Any, room: _Room) -> Iterator[Found]:
    forms = {
        style.get(f"{SS}ID"): form.get(f"{SS}Format") or "General"
        for style in root.iter(f"{SS}Style")
        for form in style.iter(f"{SS}NumberFormat")
    }
    for number, worksheet in enumerate(root.iterfind(f"{SS}Worksheet")):
        name = worksheet.get(f"{SS}Name") or ""
        if worksheet.find(".//{urn:schemas-microsoft-com:office:excel}Visible") is not None:
            yield None, Hidden(sheet=name, whole=True)
            continue
        rows: list[tuple[Cell, ...]] = []
        merged: list[tuple[int, int, int, int]] = []
        skipped: set[int] = set()
        covered: set[tuple[int, int]] = set()
        at = -1
        for row in worksheet.iterfind(f"{SS}Table/{SS}Row"):
            at = int(row.get(f"{SS}Index") or at + 2) - 1
            cells = tuple(_cells_of_xml(row, at, forms, merged, covered))
            room.take(len(cells), len(row))
            if cells and row.get(f"{SS}Hidden") == "1":
                skipped.add(at)
            elif cells:
                rows.append(cells)
        yield (
            Sheet(name=name, number=number, rows=tuple(rows), merged=tuple(merged), hidden=frozenset(skipped)),
            Hidden(sheet=name, rows=len(skipped)),
        )


def _cells_of_xml(
    row: Any,
    at: int,
    forms: dict[str, str],
    merged: list[tuple[int, int, int, int]],
    covered: set[tuple[int, int]],
) -> Iterator[Cell]:
    column = -1
    for cell in row.iterfind(f"{SS}Cell"):
        column += 1
        while (at, column) in covered:
            column += 1  # by a cell merged downwards; some programs do not count it
        column = int(cell.get(f"{SS}Index") or column + 1) - 1
        right, down = int(cell.get(f"{SS}MergeAcross") or 0), int(cell.get(f"{SS}MergeDown") or 0)
        if right or down:
            merged.append((at, column, at + down, column + right))
            wide, deep = min(right, 1_000) + 1, min(down, 1_000) + 1
            covered |= {(at + n, column + m) for n in range(1, deep) for m in range(wide)}
        data = cell.find(f"{SS}Data")
        if data is not None:
            form = forms.get(cell.get(f"{SS}StyleID") or "", "General")
            said = "".join(data.itertext())
            text = _typed(said, data.get(f"{SS}Type") or "String", NAMED_FORMATS.get(form, form)).strip()
            if text:
                yield Cell(at, column, text)
        column += right


def _typed(text: str, kind: str, form: str) -> str:
    readers: dict[str, Callable[[str], object]] = {
        "Number": float,
        "DateTime": datetime.datetime.fromisoformat,
        "Boolean": lambda value: value == "1",
    }
    try:
        return shown(readers[kind](text.strip()), form) if kind in readers else text
    except ValueError:
        return text


def _sheets_of_page(source: str, room: _Room) -> Iterator[Found]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    for number, table in enumerate(tree.css("table")):
        if any(inner.mem_id != table.mem_id for inner in table.css("table")):
            continue  # it lays out others
        taken: set[tuple[int, int]] = set()
        skipped: set[int] = set()
        rows: list[tuple[Cell, ...]] = []
        merged: list[tuple[int, int, int, int]] = []
        for at, row in enumerate(table.css("tr")):
            cells: list[Cell] = []
            column = 0
            for cell in row.iter():
                if cell.tag not in ("td", "th"):
                    continue
                while (at, column) in taken:
                    column += 1
                right, down = (_span(cell.attributes.get(name)) for name in ("colspan", "rowspan"))
                if right * down > 1:
                    merged.append((at, column, at + down - 1, column + right - 1))
                    taken |= {(at + n, column + m) for n in range(down) for m in range(right)}
                room.take(0, right * down)
                hidden = re.search(r"display\s*:\s*none", cell.attributes.get("style") or "", re.I)
                text = "" if hidden else "\n".join(filter(None, map(_bare, _broken(cell).split("\n"))))
                if text:
                    cells.append(Cell(at, column, text))
                column += right
            room.take(len(cells), 0)
            if re.search(r"display\s*:\s*none", row.attributes.get("style") or "", re.I):
                skipped.add(at)
            elif cells:
                rows.append(tuple(cells))
        yield (
            Sheet(name="", number=number, rows=tuple(rows), merged=tuple(merged), hidden=frozenset(skipped)),
            Hidden(sheet=f"<table> {number + 1}", rows=len(skipped)),
        )


def _broken(cell: Any) -> str:
    """Return the text of a cell with line ends where it has breaks."""
    parts = []
    for node in cell.traverse(include_text=True):
        if node.is_text_node:
            parts.append(re.sub(r"[\r\n\t ]+", " ", node.text_content or ""))
        elif node.tag in ("br", "p", "div"):
            parts.append("\n")
    return "".join(parts)


def _bare(line: str) -> str:
    return line.replace("\xa0", " ").strip()


def _span(value: str | None) -> int:
    return min(max(1, int(value)), 1_000) if value and value.strip().isdecimal() else 1
