"""What the sheets of a spreadsheet say, as text.

A sheet is one of two things. Where a column holds long texts, each row is a report and the other columns are about it.
Anything else is a table of figures or of short entries, and each row becomes a line that can be read alone:

    乡镇：苎塘镇；培训人数：350人次；经费：12.5万元。
    指标：培训人数；单位：人次；2012年培训人数：350人次；2013年培训人数：420人次。

Every value stands after the head of its column (heads of several levels run together); a head that is nothing but a time
takes the row's label with it. A bare number takes the unit that its row's 单位 column, its head in brackets or the line
above the table gives. Titles, notes and whatever stands outside a table are lines as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.assembly import Assembly
from ingest.readers import Stretch

LONG = 200  # characters: half of the texts of a column of reports are longer
LONG_BODY = 120  # where its head says that it holds the text
SHORTEST_BODY = 40  # characters of a cell in that column; a shorter one is no report
LONGEST_HEAD = 40
SHORTEST_TITLE = 6
DEEPEST_HEAD = 4  # rows
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|0|[1-9]\d{0,10})(?:\.\d{1,12})?")
YEAR = re.compile(r"(?:19|20)\d{2}")
UNIT = (
    r"(?:[十百千万亿]*(?:人次|人|户次|户|元|美元|个|名|位|次|期|场|件|起|例|宗|项|条|份|篇|册|本|亩|公顷|平方米|平方公里|公里|千米|米"
    r"|吨|公斤|千克|斤|升|立方米|千瓦时|度|套|台|辆|架|艘|张|块|支|只|头|羽|株|棵|家|所|处|座|栋|幢|间|口|片|对|批|班|门|节"
    r"|课时|学时|小时|分钟|天|日|周|月|年|岁|届|组|队|村|社区|站|点|分|人年|床|张床位)|%|％|‰|百分点|个百分点)"
)
IS_UNIT = re.compile(UNIT)
HEAD_UNIT = re.compile(rf"^(.+?)\s*[（(\[【/／]\s*(?:单位[:：]\s*)?({UNIT})\s*[）)\]】]?$")
COUNT_HEAD = re.compile(r"((?:人次|户次)(?=数?$)|(?:人|户|件|次|期|场|项|个|篇|份|名|台|辆|套)(?=数$))")
TABLE_UNIT = re.compile(rf"(?:^|[\s（(])(?:计量|金额)?单位\s*[:：]\s*({UNIT})(?=$|[\s）)])")
UNIT_HEAD = re.compile(r"(?:计量)?单位|unit", re.IGNORECASE)
NO_UNIT = re.compile(r"序号|编号|号码|代码|电话|年份|年度|日期|时间|排名|名次|位次|率|占比|比重|比例|增幅|[%％]")
PART = re.compile(r"^其中\s*[:：]?")
SERIAL = re.compile(r"序号|编号|no\.?|id", re.IGNORECASE)
TIME_HEAD = re.compile(
    r"(?:(?:[上本今去前]年|(?:19|20)\d{2}年?)?(?:度|末|底|初|全年|[上下]半年|第?[一二三四1-4]季度"
    r"|[一二三四五六七八九十\d]{1,2}(?:月份?|[-—至~]\s*[一二三四五六七八九十\d]{1,2}月份?))?)(?:累计|实际|完成|计划|目标|预计)?"
)
TITLE_HEADS = (
    re.compile(r"title|标题|题目|文件标题|报告标题|材料标题|文章标题|headline", re.IGNORECASE),
    re.compile(r"篇名|文件名称?|报告名称|材料名称|文章名称|主题|subject", re.IGNORECASE),
    re.compile(r"名称|name", re.IGNORECASE),
)
BODY_HEAD = re.compile(r"正文|全文|内容|文本|报告内容|正文内容|文章内容|text|full_?text|content|body", re.IGNORECASE)
DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
STOPS = "。！？；!?;"
MARGIN = " \t\r\n\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: its row and column from 0, its text as the program shows it, and whether that is a bare number."""

    row: int
    column: int
    text: str

    @property
    def is_number(self) -> bool:
        return NUMBER.fullmatch(self.text) is not None

    @property
    def is_year(self) -> bool:
        return YEAR.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The filled cells of a sheet, row by row, and what is merged: (top, left, bottom, right), all included.

    `hidden` are the rows that are left out since the program does not show them: no gap in a table.
    """

    name: str
    number: int
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reports:
    """The columns of a sheet that hold reports, the one that holds their titles, and the row of the heads, if any."""

    bodies: tuple[int, ...]
    title: int | None
    head: dict[int, str]


def write_sheets(sheets: Sequence[Sheet], assembly: Assembly) -> tuple[list[Stretch], tuple[tuple[str, str], ...]]:
    """Write the sheets into the assembly; return the reports in it and what a single report's row says about it.

    There are no reports where no sheet has a column of long texts; with one such sheet, the others are reports too.
    """
    reports: list[Stretch] = []
    about: tuple[tuple[str, str], ...] = ()
    found = [find_reports(sheet) for sheet in sheets]
    for sheet, kind in zip(sheets, found, strict=True):
        start = assembly.length
        named = not DEFAULT_NAME.fullmatch(sheet.name) and bool(sheet.name)
        if named and not _has_title(sheet, alone=len(sheets) == 1):
            assembly.line(sheet.name, sheet=sheet.name)
        if kind is None:
            _write_table(sheet, assembly)
            if any(found):
                reports.append(Stretch(start=start, end=assembly.length, title=sheet.name if named else None))
            continue
        for row in sheet.rows:
            places: dict[int, tuple[int, int]] = {}
            for cell in row:
                if places:
                    assembly.put("\t")
                places[cell.column] = assembly.put(
                    cell.text, sheet=sheet.name or None, cell=(sheet.number, cell.row, cell.column)
                )
            assembly.put("\n")
            reports += stretches(row, places, kind)
        if len(sheets) == 1:
            about = what_is_said(sheet, kind)
    return reports, about


def title_of(sheet: Sheet) -> str | None:
    """Return what a sheet is called: its first line where that is a title, else its name where somebody gave it one."""
    if _has_title(sheet, alone=True):
        return "".join(sheet.rows[0][0].text.split())
    return sheet.name if sheet.name and not DEFAULT_NAME.fullmatch(sheet.name) else None


def _has_title(sheet: Sheet, *, alone: bool) -> bool:
    """Tell a sheet whose own first line says what it is called better than its name does."""
    first = sheet.rows[0]
    title = "".join(first[0].text.split())
    return len(first) == 1 and len(title) >= SHORTEST_TITLE and (alone or sheet.name in title)


def find_reports(sheet: Sheet) -> Reports | None:
    """Return the columns of a sheet whose rows each hold a report; None for a table of figures or short entries."""
    rows = [row for row in sheet.rows if len(row) > 1]
    if not rows:
        return None
    first = {cell.column: " ".join(cell.text.split()) for cell in rows[0]}
    has_head = all(len(text) <= LONGEST_HEAD and not text.endswith(tuple(STOPS)) for text in first.values())
    head = first if has_head else {}
    lengths: dict[int, list[int]] = {}
    for row in rows[1:] if has_head else rows:
        for cell in row:
            lengths.setdefault(cell.column, []).append(len(cell.text))
    bodies = tuple(
        column
        for column, sizes in sorted(lengths.items())
        if median(sizes) >= (LONG_BODY if BODY_HEAD.fullmatch(head.get(column, "")) else LONG)
    )
    if not bodies:
        return None
    titles = (column for words in TITLE_HEADS for column, text in head.items() if words.fullmatch(text))
    return Reports(bodies, next((column for column in titles if column not in bodies), None), head)


def stretches(row: Sequence[Cell], places: dict[int, tuple[int, int]], kind: Reports) -> Iterator[Stretch]:
    """Yield the reports of a row; `places` tells where the text of each column stands."""
    titles = [" ".join(cell.text.split()) for cell in row if cell.column == kind.title]
    bodies = [cell for cell in row if cell.column in kind.bodies and len(cell.text.strip()) >= SHORTEST_BODY]
    for cell in bodies:
        parts = titles + ([kind.head[cell.column]] if len(bodies) > 1 and cell.column in kind.head else [])
        start, end = places[cell.column]
        yield Stretch(start=start, end=end, title=" ".join(parts) or None)


def what_is_said(sheet: Sheet, kind: Reports) -> tuple[tuple[str, str], ...]:
    """Return what the row of a single report says about it: pairs of head and value."""
    rows = [
        row for row in sheet.rows if any(cell.column in kind.bodies and len(cell.text) >= LONG_BODY for cell in row)
    ]
    if len(rows) != 1 or not kind.head:
        return ()
    told = (cell for cell in rows[0] if cell.column not in kind.bodies and cell.column in kind.head)
    return tuple((kind.head[cell.column], " ".join(cell.text.split())) for cell in told)


def looks_like_head(row: Sequence[Cell]) -> bool:
    """Tell a row of column heads: short entries, no numbers but years, nothing said of anything."""
    return len(row) > 1 and all(
        len(cell.text) <= LONGEST_HEAD
        and (not cell.is_number or cell.is_year)
        and not re.search(r"[：:。；！？]", PART.sub("", cell.text))
        and cell.text.strip(MARGIN)
        for cell in row
    )


def _write_table(sheet: Sheet, assembly: Assembly) -> None:
    spans = _Spans(sheet)
    heads: dict[int, str] = {}
    unit = ""
    last = -2
    at = 0
    rows = sheet.rows
    while at < len(rows):
        row = rows[at]
        if any(gap not in sheet.hidden for gap in range(last + 1, min(row[0].row, last + 1 + len(sheet.hidden) + 1))):
            heads = {}  # an empty row ends a table
        depth = _depth_of_head(rows[at:], spans) if not heads and at + 1 < len(rows) else 0
        if depth:
            heads = _heads(rows[at : at + depth], spans)
            at += depth
            last = rows[at - 1][0].row
            continue
        found = TABLE_UNIT.search(" ".join(cell.text for cell in row))
        if found:
            unit = found[1]
        aside = len(row) <= len(heads) / 2 and any("：" in cell.text or ":" in cell.text for cell in row)
        if not heads or aside or (len(row) == 1 and row[0].row not in spans.filled):
            _write_line(row, sheet, assembly)
        else:
            _write_row([*row, *spans.filled.get(row[0].row, ())], heads, unit, sheet, assembly)
        last = row[0].row
        at += 1


def _write_line(row: Sequence[Cell], sheet: Sheet, assembly: Assembly) -> None:
    for at, cell in enumerate(row):
        if at:
            assembly.put("\t")
        lines = (
            [line.strip(MARGIN) for line in cell.text.split("\n")] if len(row) == 1 else [" ".join(cell.text.split())]
        )
        for number, line in enumerate(filter(None, lines)):
            if number:
                assembly.put("\n")
            assembly.put(line, sheet=sheet.name or None, cell=(sheet.number, cell.row, cell.column))
    assembly.put("\n")


def _write_row(row: Sequence[Cell], heads: dict[int, str], unit: str, sheet: Sheet, assembly: Assembly) -> None:
    row = sorted(row, key=lambda cell: cell.column)
    units = [cell.text for cell in row if _is_unit_column(heads.get(cell.column, "")) and IS_UNIT.fullmatch(cell.text)]
    labels = (
        cell.text
        for cell in row
        if not cell.is_number and cell.text not in units and not SERIAL.fullmatch(heads.get(cell.column, ""))
    )
    label = " ".join(next(labels, "").split())
    measured = HEAD_UNIT.match(label)
    if measured:  # a row 培训（期）
        label, units = measured[1], units or [measured[2]]
    text = ""
    for cell in row:
        if text:
            assembly.put("" if text[-1] in STOPS else "；")
        text = _entry(cell, heads.get(cell.column, ""), label, units[0] if units else "", unit)
        assembly.put(text, sheet=sheet.name or None, cell=(sheet.number, cell.row, cell.column))
    assembly.put("\n" if text[-1:] in tuple(STOPS) else "。\n")


def _entry(cell: Cell, head: str, label: str, row_unit: str, table_unit: str) -> str:
    value = " ".join(cell.text.split())
    if YEAR.fullmatch(head):
        head += "年"
    own = HEAD_UNIT.match(head)
    if own and cell.is_number:
        head, value = own[1], value + own[2]
    elif cell.is_number and not NO_UNIT.search(head) and not SERIAL.fullmatch(head):
        counts = COUNT_HEAD.search(head)
        value += row_unit or (counts[1] if counts else "岁" if head.endswith("年龄") else table_unit)
    if head and TIME_HEAD.fullmatch(head) and cell.is_number and label:
        head += label
    return f"{head}：{value}" if head else value


def _is_unit_column(head: str) -> bool:
    return UNIT_HEAD.fullmatch(head) is not None


class _Spans:
    """What the merged cells of a sheet stand for."""

    def __init__(self, sheet: Sheet) -> None:
        texts = {(cell.row, cell.column): cell.text for row in sheet.rows for cell in row}
        self.right: dict[tuple[int, int], int] = {}  # first cell: last column
        self.down: dict[tuple[int, int], int] = {}  # first cell: last row
        self.filled: dict[int, list[Cell]] = {}  # row: labels that a cell merged downwards gives it
        rows = {row[0].row for row in sheet.rows}
        for top, left, bottom, right in sheet.merged:
            self.right[top, left], self.down[top, left] = right, bottom
            if (top, left) in texts and bottom - top < len(rows) + top:
                for row in range(top + 1, bottom + 1):
                    if row in rows:
                        self.filled.setdefault(row, []).append(Cell(row, left, texts[top, left]))


def _depth_of_head(rows: Sequence[Sequence[Cell]], spans: _Spans) -> int:
    """Return how many of the rows are column heads; 0 for none."""
    if not looks_like_head(rows[0]):
        return 0
    depth = 1
    for above, below in pairwise(rows[: DEEPEST_HEAD + 1]):
        if below[0].row != above[0].row + 1 or not all(not cell.is_number or cell.is_year for cell in below):
            break
        spanning = any(
            spans.down.get((cell.row, cell.column), cell.row) >= below[0].row for row in rows[:depth] for cell in row
        )
        wide = any(spans.right.get((cell.row, cell.column), cell.column) > cell.column for cell in above)
        columns = {cell.column for cell in above}
        gaps = {cell.column for cell in below} - columns
        hanging = bool(gaps) and min(columns) < min(cell.column for cell in below) and looks_like_head(below)
        if not (spanning or wide or hanging) or len(rows) <= depth + 1:
            break
        depth += 1
    return depth


def _heads(rows: Sequence[Sequence[Cell]], spans: _Spans) -> dict[int, str]:
    """Return the head of each column, those of several levels run together from the top down."""
    columns = range(max(cell.column for row in rows for cell in row) + 1)
    widest = max((spans.right.get((cell.row, cell.column), 0) for row in rows for cell in row), default=0)
    levels: dict[int, list[str]] = {column: [] for column in range(max(len(columns), widest + 1))}
    for at, row in enumerate(rows):
        taken = {cell.column for cell in row}
        for cell in row:
            text = PART.sub("其中", "".join(cell.text.split()))
            end = spans.right.get((cell.row, cell.column), cell.column)
            below = rows[at + 1] if at + 1 < len(rows) else ()
            hanging = {other.column for other in below}
            while not spans.right and end + 1 in hanging - taken:
                end += 1  # a file without merges: an empty head over a filled one belongs to the head before it
            for column in range(cell.column, end + 1):
                if column in levels and text not in levels[column]:
                    levels[column].append(text)
    heads: dict[int, str] = {}
    unit = ""
    for column, texts in levels.items():
        head = _joined(texts)
        if not head:
            continue
        own = HEAD_UNIT.match(head)
        counts = COUNT_HEAD.search(head)
        if head.startswith("其中") and unit and not own and not counts and not NO_UNIT.search(head):
            head = f"{head}（{unit}）"  # counted as the column before it is
        elif not head.startswith("其中"):
            unit = own[2] if own else counts[1] if counts else ""
        heads[column] = head
    return heads


def _joined(texts: Sequence[str]) -> str:
    """Return the levels of a head as one; a unit behind an upper level stands behind the whole."""
    *above, last = texts or [""]
    found = [HEAD_UNIT.match(text) for text in above]
    counts = [COUNT_HEAD.search(text) for text in above]
    unit = next((match[2] for match in reversed(found) if match), "")
    unit = unit or next((match[1] for match in reversed(counts) if match), "")
    whole = "".join(match[1] if match else text for match, text in zip(found, above, strict=True)) + last
    return (
        f"{whole}（{unit}）"
        if unit and not (HEAD_UNIT.match(last) or COUNT_HEAD.search(last) or NO_UNIT.search(last))
        else whole
    )
