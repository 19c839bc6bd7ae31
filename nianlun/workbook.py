"""Ledgers as an Excel workbook: a sheet each, ready to be read, filtered and printed.

Rows are written one by one and leave the memory at once. Every text is written as text, whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from xlsxwriter import Workbook as File
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from nianlun.language import Words
from nianlun.ledgers import DAY, NUMBER, Field, Kind, told

LONGEST = 32_767  # characters of a cell, in Excel
MOST = 1_048_576 - 8  # rows of a sheet, without head and heading
NARROWEST, PADDING, FILTER = 4, 1, 3  # columns of half a Chinese character; the button of a filter needs room
FIRST = 3  # line of the first row
SAMPLE = 1_000  # rows by which widths are told
LINE, HIGHEST = 13.5, 409  # points
A4 = 9
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_FONT = "宋体"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CUT = Words("……(本格过长,已截断)", "… (cut here: too long for a cell)")
_PAGE = Words("第 &P 页,共 &N 页", "&P of &N")
_NUMBER = Words("序号", "no.")


class Workbook:
    """An Excel file that sheets are added to; `cut` counts cells that were too long."""

    def __init__(self, path: Path, lang: str) -> None:
        self.lang = lang
        self.cut = 0
        self._file = File(str(path), {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "nan_inf_to_errors": True, "default_date_format": "yyyy-mm-dd",
        })  # fmt: skip
        base = {"font_name": _FONT, "font_size": 10, "valign": "top"}
        grid = {**base, "border": 1, "border_color": "#999999", "text_wrap": True}
        self._title = self._file.add_format(
            {**base, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"}
        )
        self._title_left = self._file.add_format({**base, "font_size": 16, "bold": True, "valign": "vcenter"})
        self._note_left = self._file.add_format({**base, "font_color": "#555555"})
        self._middle = self._file.add_format({**grid, "align": "center"})
        self._note = self._file.add_format({**base, "font_color": "#555555", "text_wrap": True})
        self._head = self._file.add_format(
            {**grid, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DDE8F0"}
        )
        self._text = self._file.add_format(grid)
        self._quoted = self._file.add_format({**grid, "quote_prefix": True})
        self._number = self._file.add_format({**grid, "num_format": "General"})
        self._day = self._file.add_format({**grid, "num_format": "yyyy-mm-dd", "align": "center"})
        self._plain = self._file.add_format({**base, "text_wrap": True})

    def add(self, kind: Kind, rows: Iterable[Mapping[str, Any]], note: str) -> int:
        """Add a ledger, as many sheets as its rows need; return the number of rows."""
        rows, count = iter(rows), 0
        first = list(islice(rows, SAMPLE))
        widths = self._widths(kind, first)
        sheet = self._begin(kind, note, widths, 0)
        for count, row in enumerate(chain(first, rows), start=1):
            line = (count - 1) % MOST
            if count > 1 and line == 0:
                self._finish(sheet, kind, MOST)
                sheet = self._begin(kind, note, widths, (count - 1) // MOST)
            self._write(sheet, FIRST + line, count, kind.fields, row, widths)
        self._finish(sheet, kind, (count - 1) % MOST + 1 if count else 0)
        return count

    def add_years(
        self, title: str, heads: Sequence[str], rows: Iterable[Sequence[str | int]], note: str, *, widths: Sequence[int]
    ) -> None:
        """Add a table of problems and years: the first two columns stay in sight and stand on every page."""
        sheet = self._sheet(title, len(heads), note, merged=False)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        for at, head in enumerate(heads):
            sheet.write_string(2, at, head, self._head)
        last = 2
        for last, row in enumerate(rows, start=FIRST):
            sheet.set_row(last, _height(map(str, row), widths))
            for at, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(last, at, value, self._number if at else self._middle)
                else:
                    self._write_text(sheet, last, at, value)
        sheet.freeze_panes(FIRST, 2)
        sheet.repeat_columns(0, 1)
        sheet.autofilter(2, 0, max(last, 3), len(heads) - 1)

    def add_notes(self, title: str, lines: Iterable[tuple[str, str]]) -> None:
        """Add a sheet that says what the workbook rests on."""
        sheet = self._file.add_worksheet(title)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 100)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for at, (head, text) in enumerate(lines):
            self._write_text(sheet, at, 0, head, self._plain)
            self._write_text(sheet, at, 1, text, self._plain)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the file; after an error, only what xlsxwriter keeps beside it is tidied up."""
        try:
            self._file.close()
        except XlsxWriterException as failed:
            if error is None:
                raise OSError(*getattr(failed.args[0], "args", failed.args)) from failed
        except OSError:
            if error is None:
                raise

    def _sheet(self, title: str, columns: int, note: str, *, merged: bool) -> Worksheet:
        sheet = self._file.add_worksheet(title)
        sheet.set_row(0, 30)
        if merged:
            sheet.merge_range(0, 0, 0, columns - 1, title, self._title)
            sheet.merge_range(1, 0, 1, columns - 1, _clean(note), self._note)
        else:  # over several pages: on the first of them
            sheet.write_string(0, 0, title, self._title_left)
            sheet.write_string(1, 0, _clean(note), self._note_left)
        sheet.set_row(2, 24)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.center_horizontally()
        sheet.repeat_rows(2)
        sheet.set_footer(f"&C&9{_PAGE.in_(self.lang)}")
        return sheet

    def _widths(self, kind: Kind, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Return the widths of the columns, by the first rows: a Chinese character is two."""
        widths = [NARROWEST]
        for field in kind.fields:
            texts = (told(row, field, self.lang) for row in rows)
            longest = max((min(columns(text[: field.widest]), field.widest) for text in texts), default=0)
            widths.append(max(NARROWEST, longest, columns(field.head.in_(self.lang)) + FILTER) + PADDING)
        return widths

    def _begin(self, kind: Kind, note: str, widths: Sequence[int], part: int) -> Worksheet:
        title = kind.title.in_(self.lang) + (f"({part + 1})" if part else "")
        sheet = self._sheet(title, kind.printed + 1, note, merged=True)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        for at, head in enumerate([_NUMBER.in_(self.lang), *(field.head.in_(self.lang) for field in kind.fields)]):
            sheet.write_string(2, at, head, self._head)
        return sheet

    def _write(
        self,
        sheet: Worksheet,
        line: int,
        number: int,
        fields: Sequence[Field],
        row: Mapping[str, Any],
        widths: Sequence[int],
    ) -> None:
        texts = [told(row, field, self.lang) for field in fields]
        sheet.set_row(line, _height(texts, widths[1:]))
        sheet.write_number(line, 0, number, self._middle)
        for at, (field, text) in enumerate(zip(fields, texts, strict=True), start=1):
            value = row.get(field.key)
            if field.holds == NUMBER and isinstance(value, int | float):
                sheet.write_number(line, at, value, self._number)
            elif field.key == "year_label" and text.isdecimal():
                sheet.write_number(line, at, int(text), self._middle)
            elif field.holds == DAY and (day := _day(text)):
                sheet.write_datetime(line, at, day, self._day)
            else:
                self._write_text(sheet, line, at, text)

    def _write_text(self, sheet: Worksheet, line: int, at: int, text: str, form: Any = None) -> None:
        text = _clean(text)
        if len(text) > LONGEST:
            told = _CUT.in_(self.lang)
            text = text[: LONGEST - len(told)] + told
            self.cut += 1
        form = form or (self._quoted if text.startswith(FORMULA) else self._text)
        if text:
            sheet.write_string(line, at, text, form)
        else:
            sheet.write_blank(line, at, None, form)

    def _finish(self, sheet: Worksheet, kind: Kind, rows: int) -> None:
        sheet.freeze_panes(FIRST, 2)
        sheet.autofilter(2, 0, 2 + max(rows, 1), len(kind.fields))
        sheet.print_area(0, 0, 2 + max(rows, 1), kind.printed)
        sheet.fit_to_pages(1, 0)


def _height(texts: Iterable[str], widths: Iterable[int]) -> float:
    """Return the height in points of a row whose texts are folded into these widths."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        if 2 * len(text) >= width or "\n" in text:
            lines = max(lines, sum(max(1, -(-columns(part) // max(1, width - 1))) for part in text.split("\n")))
    return float(min(HIGHEST, LINE * lines + 3))


def columns(text: str) -> int:
    """Return the width of a text: of a Chinese character or mark two, of others one."""
    return len(text) if text.isascii() else len(text.encode("gbk", "replace"))


def _day(text: str) -> date | None:
    """Return a day that Excel knows: it knows none before 1900."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 1900 else None


def _clean(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
