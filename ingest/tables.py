"""Spreadsheets (.xlsx, .xls) and tables in text files (.csv): cells become what `ingest.sheets` makes text of."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import isfinite
from typing import Any

from ingest.assembly import Assembly
from ingest.decode import decode
from ingest.errors import DamagedFile, EncryptedFile, IngestError, NoText
from ingest.packages import TooLarge, open_package
from ingest.readers import RawText, Stretch, read_text
from ingest.records import Anchor
from ingest.sheets import (
    STOPS,
    Cell,
    Sheet,
    find_reports,
    looks_like_head,
    stretches,
    title_of,
    what_is_said,
    write_sheets,
)

MOST_CELLS = 2_000_000  # filled
MOST_PLACES = 30_000_000  # cells looked at, the empty ones between filled ones too
EAST_ASIAN_DATES = frozenset(
    (*range(27, 37), *range(50, 59))
)  # number formats that only Chinese and Japanese Excel define
WITHOUT_DAY = frozenset((52, 55, 57))
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
HIDDEN = re.compile(rb"<(?:\w+:)?(row|col)\s(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*>")
PLACES = re.compile(rb"\s(r|min|max)=\"(\d{1,7})\"")
UNCALCULATED = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
MOST_COLUMNS_OF_SHEET = 16_384
DELIMITERS = ",\t;"
SEPARATOR = re.compile(r"\ufeff?sep=([,;\t])\r?\n", re.IGNORECASE)  # how a file tells Excel
MOST_OF_HEAD = 65_536  # characters
MOST_RAGGED = 0.34  # of the rows of a table have fewer or more fields than its head
SAMPLE = 262_144  # bytes in which a larger file is recognised
WHOLE = 4_000_000  # bytes up to which a file is recognised as a whole
FIRST_LINE = 4_096  # bytes
MOST_COLUMNS = 1_000  # of a CSV file
LARGEST = 1e20  # a number above is no figure
LONGEST_PLAIN = 60  # characters of an entry of a table that nothing but its shape shows
# Heads that the columns of exported tables bear; two of them and the file is a table whatever its cells look like.
COLUMNS = frozenset(
    re.split(
        r"\s+",
        "title year date url source source_url publish_date text full_text content body name id no author category province city "
        "标题 题目 正文 全文 内容 年份 年度 日期 时间 来源 链接 网址 作者 单位 名称 序号 编号 类别 类型 地区 省份 城市 备注 数量 金额 指标 "
        "村名 单位名称 地址 人数 培训人数 经费 数值 比例 合计 项目 姓名 电话 职务 责任单位 责任人 完成时限 发布日期 发布时间 发文单位 发文机关 文号",
    )
)
VALUE = re.compile(
    r"-?[\d,]+(?:\.\d+)?\s*[%％]?|\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?|https?://\S+"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a CSV file: text[start:end], without its quotation marks; what it says; how it was written."""

    start: int
    end: int
    text: str
    quoted: bool = False
    open: bool = False  # its closing quotation mark never came


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What is hidden of a sheet: the whole, so many rows, these columns; and how many formulas have no result."""

    sheet: str
    whole: bool = False
    rows: int = 0
    columns: frozenset[int] = frozenset()
    uncalculated: int = 0


def read_xlsx(data: bytes, path: str) -> RawText:
    """Read an Excel workbook (.xlsx, .xlsm) as `ingest.sheets` describes: values as shown, formulas by their last result.

    Anchors have sheet and cell. Hidden sheets, rows and columns are left out and named in `about`, and so are formulas that
    were never calculated. Raises DamagedFile, TooLarge, NoText.
    """
    kind = "Excel (.xlsx)"
    open_package(data, path, kind).close()
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        package = zipfile.ZipFile(io.BytesIO(data))
        budget = [MOST_CELLS, MOST_PLACES]
        sheets, hidden = [], []
        for number, sheet in enumerate(book.worksheets):
            if sheet.sheet_state != "visible":
                hidden.append(Hidden(sheet=sheet.title, whole=True))
                continue
            marks = _Marks.of(package, getattr(sheet, "_worksheet_path", ""))
            rows = tuple(_rows_of_xlsx(sheet, book.epoch, budget, path))
            hidden.append(marks.unseen(sheet.title, rows))
            sheets.append(
                Sheet(name=sheet.title, number=number, rows=marks.seen(rows), merged=marks.merged, hidden=marks.rows)
            )
        book.close()
    except IngestError:
        raise
    except Exception as error:  # openpyxl lets KeyError, ValueError, BadZipFile, XML errors and more through
        raise DamagedFile(path, kind, str(error)[:200] or type(error).__name__) from error
    return read_sheets(sheets, hidden, path)


def read_xls(data: bytes, path: str) -> RawText:
    """Read an Excel workbook of before 2007 (.xls) as `read_xlsx` does. Raises the same, and EncryptedFile."""
    import xlrd

    kind = "Excel (.xls)"
    try:
        book = _open_xls(data)
        if sum(sheet.nrows * sheet.ncols for sheet in book.sheets()) > MOST_PLACES:
            raise TooLarge(path, kind, "too many cells", "单元格过多")
        sheets, hidden = [], []
        for number, sheet in enumerate(book.sheets()):
            if sheet.visibility:
                hidden.append(Hidden(sheet=sheet.name, whole=True))
                continue
            marks = _Marks(
                merged=tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells),
                rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
                columns=frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
            )
            rows = tuple(_rows_of_xls(sheet, book))
            hidden.append(marks.unseen(sheet.name, rows))
            sheets.append(
                Sheet(name=sheet.name, number=number, rows=marks.seen(rows), merged=marks.merged, hidden=marks.rows)
            )
    except IngestError:
        raise
    except Exception as error:  # xlrd lets struct.error, IndexError, AssertionError and more through
        if isinstance(error, xlrd.XLRDError) and "encrypted" in str(error).lower():
            raise EncryptedFile(path, "Excel") from error
        raise DamagedFile(path, kind, str(error)[:200] or type(error).__name__) from error
    return read_sheets(sheets, hidden, path)


def read_csv(data: bytes, path: str) -> RawText:
    """Read a table in a text file: comma, tab or semicolon, any encoding, fields with line ends in quotation marks.

    Where the rows hold reports, the text is the decoded file unchanged and a report is the inside of its field; else a
    line for each row, as `ingest.sheets` describes. A text that is no table is read as a text file.
    Raises DamagedFile where it ends inside a quoted field.
    """
    text, encoding = decode(data)
    found = _table(text)
    if found is None:
        return read_text(data, path)
    rows = found[1]
    if rows[-1][-1].open:
        raise DamagedFile(path, "CSV", "a quotation mark is never closed", "有引号没有配对")
    fields = {
        (at, column): field for at, row in enumerate(rows) for column, field in enumerate(row) if field.text.strip()
    }
    cells = tuple(
        tuple(Cell(at, column, field.text.strip()) for column, field in enumerate(row) if field.text.strip())
        for at, row in enumerate(rows)
    )
    sheet = Sheet(name="", number=0, rows=tuple(filter(None, cells)))
    kind = find_reports(sheet)
    if kind is None:
        assembly = Assembly()
        write_sheets([sheet], assembly)
        return RawText(text=assembly.text, encoding=encoding, anchors=tuple(assembly.anchors))
    reports = [
        report
        for row in sheet.rows
        for report in stretches(
            row,
            {cell.column: (fields[cell.row, cell.column].start, fields[cell.row, cell.column].end) for cell in row},
            kind,
        )
    ]
    return RawText(
        text=text,
        encoding=encoding,
        anchors=tuple(Anchor(start=field.start, end=field.end, cell=(0, *place)) for place, field in fields.items()),
        reports=tuple(reports),
        about=what_is_said(sheet, kind),
        marks=tuple(_doubled(text, rows)),
    )


def _doubled(text: str, rows: Sequence[Sequence[Field]]) -> Iterator[tuple[int, int]]:
    """Yield the second of each two quotation marks that stand for one."""
    for row in rows:
        for field in row:
            if field.quoted and not field.open and len(field.text) < field.end - field.start:
                at = text.find('""', field.start, field.end)
                while at >= 0:
                    yield at + 1, at + 2
                    at = text.find('""', at + 2, field.end)


def is_csv(data: bytes) -> bool:
    """Tell a text whose lines are the rows of a table: one number of columns, heads above, and something that prose has not.

    That is heads by which exported tables are known, quoted fields, columns of figures, or many short columns.
    """
    first = data[:FIRST_LINE].lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\x00 ").partition(b"\n")[0]
    if not any(mark.encode() in first for mark in DELIMITERS):
        return False
    sample = data if len(data) <= WHOLE else data[: data.rfind(b"\n", 0, SAMPLE) + 1 or SAMPLE]
    found = _table(decode(sample)[0])
    return found is not None and _is_evident(*found, cut=len(sample) < len(data))


def parse_rows(text: str, delimiter: str, start: int = 0) -> Iterator[list[Field]]:
    """Yield the rows of a CSV text from `start` on, RFC 4180 with the liberties that programs take; empty lines are left out."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    quoted = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
    at, end = start, len(text)
    row: list[Field] = []
    while at < end:
        match = quoted.match(text, at) if text[at] == '"' else None
        if match:
            row.append(
                Field(*match.span(1), match[1].replace('""', '"') if '""' in match[1] else match[1], quoted=True)
            )
            at = plain.match(text, match.end()).end()  # type: ignore[union-attr]  # it matches nothing at least
        elif text[at] == '"':
            row.append(Field(at + 1, end, text[at + 1 :], quoted=True, open=True))
            at = end
        else:
            stop = plain.match(text, at).end()  # type: ignore[union-attr]
            row.append(Field(at, stop, text[at:stop]))
            at = stop
        if at < end and text[at] == delimiter:
            at += 1
            if at == end or text[at] in "\r\n":
                row.append(Field(at, at, ""))
            elif at < end:
                continue
        while at < end and text[at] in "\r\n":
            at += 1
        if any(field.text for field in row) or len(row) > 1:
            yield row
        row = []


def _table(text: str) -> tuple[str, list[list[Field]]] | None:
    """Return the delimiter and the rows of a text that has the form of a table; None for any other."""
    said = SEPARATOR.match(text)
    start = said.end() if said else 0
    line = text[start : start + MOST_OF_HEAD].lstrip("\r\n \ufeff").partition("\n")[0]
    for delimiter in said[1] if said else sorted(DELIMITERS, key=line.count, reverse=True):
        if delimiter not in line:
            break
        rows: list[list[Field]] = []
        ragged = 0
        for row in parse_rows(text, delimiter, start):
            rows.append(row)
            ragged += len(row) != len(rows[0]) and not row[-1].open
            if len(row) > MOST_COLUMNS or (ragged > 1 and ragged > len(rows) * MOST_RAGGED + 1):
                break
        else:
            if len(rows) > 1 and len(rows[0]) > 1 and (not ragged or _has_names(rows, ragged)):
                return delimiter, rows
    return None


def _has_names(rows: Sequence[Sequence[Field]], ragged: int) -> bool:
    """Tell a table by its heads alone, although some of its rows have fewer or more fields."""
    known = sum(field.text.strip().lower() in COLUMNS for field in rows[0])
    return (
        known > 1
        and len(rows[0]) > 2
        and ragged <= len(rows) * MOST_RAGGED
        and all(len(row) * 2 > len(rows[0]) for row in rows)
    )


def _is_evident(delimiter: str, rows: Sequence[Sequence[Field]], *, cut: bool) -> bool:
    titles = 0
    while titles < len(rows) - 1 and sum(bool(field.text.strip()) for field in rows[titles]) < 2:
        titles += 1  # a title over the table, padded with empty fields
    if titles and (len(rows[0]) < 3 or not rows[0][0].text.strip()):
        return False
    head, data = rows[titles], rows[titles + 1 :]
    names = [field.text.strip() for field in head]
    cells = tuple(Cell(0, at, name) for at, name in enumerate(names) if name)
    if not data or not looks_like_head(cells) or len({cell.text for cell in cells}) < len(cells):
        return False
    if any("，" in name or name.endswith(tuple(STOPS)) for name in names):
        return False
    if any(field.open for row in rows[:-1] for field in row):
        return False
    known = sum(name.lower() in COLUMNS for name in names)
    if known > 1:
        return True
    if rows[-1][-1].open and not cut:
        return False
    if any(field.quoted and not field.open and re.search(r"[\n,;\t]", field.text) for row in data for field in row):
        return True
    prose = any(not field.quoted and re.search(r"[。！？]", field.text) for row in data for field in row)
    if prose or any(len(field.text) > LONGEST_PLAIN for row in data for field in row):
        return False
    if len(data) > 1 and any(
        _is_of_values([row[at].text.strip() for row in data if at < len(row)]) for at in range(1, len(names))
    ):
        return True
    return len(data) > 2 and len(names) >= (3 if delimiter == "\t" else 4) and all(names)


def _is_of_values(column: Sequence[str]) -> bool:
    filled = [text for text in column if text]
    return len(filled) * 2 > len(column) and all(VALUE.fullmatch(text) for text in filled)


def read_sheets(sheets: Sequence[Sheet], hidden: Sequence[Hidden], path: str) -> RawText:
    """Return the sheets as text. `about` names what is hidden in them and is not in it. Raises NoText."""
    sheets = [sheet for sheet in sheets if sheet.rows]
    about = tuple(pair for one in hidden for pair in _told(one))
    if not sheets:
        raise NoText(
            path,
            "the sheets are empty" + (", but for hidden ones" if hidden else ""),
            "工作表是空的" + ("(另有隐藏的工作表)" if hidden else ""),
            "Show the hidden sheets and save again." if hidden else "Check whether the right file was saved.",
            "请取消隐藏工作表后另存。" if hidden else "请检查是否存错了文件。",
        )
    assembly = Assembly()
    reports, said = write_sheets(sheets, assembly)
    title = title_of(sheets[0])
    if title and not reports:
        reports = [Stretch(start=0, end=assembly.length, title=title)]
    return RawText(text=assembly.text, anchors=tuple(assembly.anchors), reports=tuple(reports), about=said + about)


def _rows_of_xlsx(sheet: Any, epoch: datetime.datetime, budget: list[int], path: str) -> Iterator[tuple[Cell, ...]]:
    from openpyxl.utils.datetime import from_excel

    sheet.reset_dimensions()  # what the file says of its size need not be true
    for cells in sheet.iter_rows():
        row = []
        for cell in cells:
            value = cell.value
            if value is None:
                continue
            form = cell.style_array.numFmtId if cell.style_array is not None else 0
            if form in EAST_ASIAN_DATES and isinstance(value, int | float) and not isinstance(value, bool):
                text = _date(from_excel(value, epoch), "年" if form not in WITHOUT_DAY else "年m", form)
            else:
                text = shown(value, cell.number_format or "General")
            if text.strip():
                row.append(Cell(cell.row - 1, cell.column - 1, text.strip()))
        budget[0] -= len(row)
        budget[1] -= len(cells) + 1
        if min(budget) < 0:
            raise TooLarge(path, "Excel (.xlsx)", "too many cells", "单元格过多")
        if row:
            yield tuple(row)


def _told(hidden: Hidden) -> Iterator[tuple[str, str]]:
    if hidden.whole:
        yield "hidden sheet", hidden.sheet
    if hidden.rows:
        yield "hidden rows", f"{hidden.sheet}: {hidden.rows}"
    if hidden.columns:
        from openpyxl.utils import get_column_letter

        letters = ", ".join(get_column_letter(column + 1) for column in sorted(hidden.columns)[:20])
        yield "hidden columns", f"{hidden.sheet}: {letters}"
    if hidden.uncalculated:
        yield "formulas without a result", f"{hidden.sheet}: {hidden.uncalculated}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What a sheet says of its cells: what is merged, which rows and columns are hidden (from 0), what lacks a result."""

    merged: tuple[tuple[int, int, int, int], ...] = ()
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    uncalculated: int = 0

    @classmethod
    def of(cls, package: zipfile.ZipFile, name: str) -> _Marks:
        """Return the marks of a sheet of a package."""
        name = name.lstrip("/")
        if name not in package.namelist():
            return cls()
        xml = package.read(name)
        rows: set[int] = set()
        columns: set[int] = set()
        for match in HIDDEN.finditer(xml):
            said = {key.decode(): int(value) for key, value in PLACES.findall(match[0])}
            if match[1] == b"row" and "r" in said:
                rows.add(said["r"] - 1)
            elif match[1] == b"col" and "min" in said and "max" in said:
                columns.update(range(said["min"] - 1, min(said["max"], MOST_COLUMNS_OF_SHEET)))
        return cls(
            merged=tuple(_merged(xml)),
            rows=frozenset(rows),
            columns=frozenset(columns),
            uncalculated=len(UNCALCULATED.findall(xml)),
        )

    def seen(self, rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows without what is hidden."""
        if not self.rows and not self.columns:
            return tuple(rows)
        kept = (
            tuple(cell for cell in row if cell.column not in self.columns)
            for row in rows
            if row[0].row not in self.rows
        )
        return tuple(filter(None, kept))

    def unseen(self, sheet: str, rows: Sequence[tuple[Cell, ...]]) -> Hidden:
        """Return what is hidden among filled rows."""
        columns = self.columns and self.columns & {cell.column for row in rows for cell in row}
        return Hidden(
            sheet=sheet,
            rows=sum(row[0].row in self.rows for row in rows) if self.rows else 0,
            columns=frozenset(columns),
            uncalculated=self.uncalculated,
        )


def _merged(xml: bytes) -> Iterator[tuple[int, int, int, int]]:
    from openpyxl.utils import column_index_from_string

    for match in MERGED.finditer(xml):
        left, top, right, bottom = (part.decode() for part in match.groups())
        yield int(top) - 1, column_index_from_string(left) - 1, int(bottom) - 1, column_index_from_string(right) - 1


def _open_xls(data: bytes) -> Any:
    import olefile
    import xlrd

    if data.startswith(olefile.MAGIC):  # taken out here: in a damaged container xlrd may follow a chain in circles
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            name = next(name for name in ("Workbook", "Book") if file.exists(name))
            data = file.openstream(name).read()
    log = io.StringIO()  # xlrd writes what it finds odd to standard output
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=log)
    except UnicodeDecodeError:  # of before 1997, without its code page
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=log, encoding_override="gb18030")


def _rows_of_xls(sheet: Any, book: Any) -> Iterator[tuple[Cell, ...]]:
    import xlrd

    for at in range(sheet.nrows):
        row = []
        for column in range(sheet.row_len(at)):
            cell = sheet.cell(at, column)
            value = cell.value
            form = book.format_map.get(book.xf_list[cell.xf_index].format_key) if cell.xf_index is not None else None
            code = form.format_str if form else "General"
            if cell.ctype == xlrd.XL_CELL_DATE:
                moment = xlrd.xldate_as_datetime(value, book.datemode)
                key = form.format_key if form else 0
                text = _date(moment, "年", key) if key in EAST_ASIAN_DATES else shown(moment, code)
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                text = shown(bool(value), code)
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(value, "")
            elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT):
                text = shown(value, code)
            else:
                continue
            if text.strip():
                row.append(Cell(at, column, text.strip()))
        if row:
            yield tuple(row)


def shown(value: object, form: str) -> str:
    """Return a value as the program shows it under a number format: decimals, per cent, quoted units, Chinese dates."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, form, 0)
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.timedelta):
        return str(value)
    if not isinstance(value, int | float) or not isfinite(value) or abs(value) > LARGEST:
        return str(value)
    if form in ("General", "@", "") and (isinstance(value, int) or len(repr(value)) < 12):
        text = str(value)
        return text.removesuffix(".0") if "e" not in text else f"{Decimal(text):f}"
    decimals, optional, percent, unit = _rule(form)
    if decimals is None:
        text = f"{Decimal(f'{value:.12g}'):f}"
        optional = "." in text
    else:
        number = Decimal(repr(value)) * (100 if percent else 1)
        text = f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    if optional and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + percent + unit


@lru_cache(maxsize=1_000)
def _rule(form: str) -> tuple[int | None, bool, str, str]:
    """Return what a number format asks for: decimals (None: as many as there are), only if needed, per cent, a unit."""
    section = form.split(";")[0]
    unit = re.search(r'[0#?](?:\\ )?"([^"0#]{1,6})"$', section) or re.search(
        r"[0#?]\\?([\u4e00-\u9fff]{1,3})$", section
    )
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", section)
    percent = "%" if "%" in bare else ""
    places = re.search(r"[0#?](?:\.([0#?]*))?(?![^0#?.]*[0#?])", bare)
    if places is None or "E" in bare.upper():
        return None, True, "", unit[1] if unit else ""
    decimals = places[1] or ""
    return len(decimals), bool(decimals) and "0" not in decimals, percent, unit[1] if unit else ""


def _date(moment: Any, form: str, key: int) -> str:
    if isinstance(moment, datetime.time):
        return moment.strftime("%H:%M")
    if not isinstance(moment, datetime.date):
        return str(moment)
    chinese = "年" in form or key in EAST_ASIAN_DATES
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form).lower()
    with_day = "d" in bare or not re.search("[ym]", bare)
    if key in EAST_ASIAN_DATES:
        with_day = key not in WITHOUT_DAY
    if chinese:
        return f"{moment.year}年{moment.month}月" + (f"{moment.day}日" if with_day else "")
    text = moment.strftime("%Y-%m-%d" if with_day else "%Y-%m")
    clock = isinstance(moment, datetime.datetime) and (moment.hour or moment.minute)
    return text + (f" {moment:%H:%M}" if clock else "")
