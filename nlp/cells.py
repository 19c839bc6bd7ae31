"""Tables in running text, as Word files and web pages have them: lines of cells between blanks, under a line of heads.

A number there has its unit in its head (贷款（万元） over 320), in the column 单位 or in the line above the heads, and counts what its
head says of the label of its row. Rows of spreadsheets, which `ingest.sheets` writes out, are read in `nlp.counted`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.sheets import COUNT_HEAD, HEAD_UNIT, IS_UNIT, NO_UNIT, NUMBER, SERIAL, TABLE_UNIT, UNIT_HEAD
from nlp.places import codes_of, flags_of
from nlp.quantities import find_quantities
from nlp.records import Quantity
from nlp.units import Units

#: A cell of a number or of a number with its unit, behind another cell.
_CELL = re.compile(r"[ \t]-?\d[\d,.]*[\u4e00-\u9fff%％]{0,3}(?=[ \t\n]|\Z)")
_FILLED = re.compile(r"[^ \t]+")
_NO_HEAD = re.compile(r"[，。；！？：:;]|^\d|\d$")
LONGEST_ROW = 400  # characters
LONGEST_HEAD = 24  # of one cell
LONGEST_LABEL = 20
MOST_CELLS = 30


@dataclass(frozen=True, slots=True)
class _Cell:
    """A stretch of the text between blanks."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Table:
    """The heads of a table, and the unit of all its numbers ("" for none)."""

    heads: tuple[str, ...]
    unit: str


def with_cells(
    found: Iterable[Quantity], text: str, units: Units, taken: Sequence[tuple[int, int]] = ()
) -> Iterable[Quantity]:
    """Return quantities just found, with the numbers of tables whose head holds their unit, in order of the text.

    A quantity that fills a cell counts what the head and the label of its row say. Nobody has seen the records yet: they are not copied.
    """
    rows = list(_rows(text)) if _may_hold_cells(text) else []
    if not rows:
        return found
    by_start = {quantity.start: quantity for quantity in found}
    spans = {at for start, end in taken for at in range(start, end)}
    for table, cells in rows:
        label = _label(table, cells)
        own = next((cell.text for head, cell in zip(table.heads, cells, strict=True) if _is_unit(head, cell.text)), "")
        for head, cell in zip(table.heads, cells, strict=True):
            measured = HEAD_UNIT.match(head)
            name = measured[1] if measured else head
            thing = name if label in name else label + name
            known = by_start.get(cell.start)
            if known is not None and (known.end != cell.end or known.unit):
                if known.end == cell.end:
                    object.__setattr__(known, "of", thing)
                    object.__setattr__(known, "rule", "quantity/table-cell")
                continue
            if cell.start in spans or NUMBER.fullmatch(cell.text) is None:
                continue
            made = _read(name, cell.text, _unit_of(head, own or table.unit), units)
            if made is not None:
                by_start[cell.start] = replace(
                    made, start=cell.start, end=cell.end, text=cell.text, rule="quantity/table-head", of=thing
                )
    return sorted(by_start.values(), key=lambda quantity: quantity.start)


def _may_hold_cells(text: str) -> bool:
    """Tell whether a digit, or a sign, stands behind a blank anywhere."""
    if " " not in text and "\t" not in text:
        return False
    told = flags_of(r"[ \t]", r"[-\d]").take(codes_of(text))
    return b"\1" in (told[:-1] & (told[1:] >> 1)).tobytes()


def _rows(text: str) -> Iterator[tuple[_Table, tuple[_Cell, ...]]]:
    """Yield the rows that hold a number, with their table; rows of other tables than these have no unit."""
    done, last = 0, -1  # where the line ends that was looked at last; where the last row of `table` ends
    table: _Table | None = None
    for found in _CELL.finditer(text):
        if found.start() < done:
            continue
        low = text.rfind("\n", max(0, found.start() - LONGEST_ROW), found.start()) + 1
        if not low and found.start() > LONGEST_ROW:
            continue
        high = text.find("\n", found.end(), low + LONGEST_ROW)
        if high < 0:
            high = len(text)
        done = high
        if high - low > LONGEST_ROW:
            continue
        cells = tuple(_Cell(low + one.start(), low + one.end(), one[0]) for one in _FILLED.finditer(text[low:high]))
        if not 2 <= len(cells) <= MOST_CELLS:
            continue
        if last < 0 or low != last + 1 or table is None or len(table.heads) != len(cells):
            table = _table_above(text, low, len(cells))
        last = high if table is not None else -1
        if table is not None:
            yield table, cells


def _table_above(text: str, low: int, count: int) -> _Table | None:
    """Return the heads in the line above a row, where they are as many as its cells."""
    if not low:
        return None
    top = text.rfind("\n", max(0, low - 1 - LONGEST_ROW), low - 1) + 1
    heads = text[top : low - 1].split()
    if len(heads) != count or any(len(head) > LONGEST_HEAD or _NO_HEAD.search(head) for head in heads):
        return None
    above = text[text.rfind("\n", max(0, top - 1 - LONGEST_HEAD * 3), max(0, top - 1)) + 1 : max(0, top - 1)]
    unit = TABLE_UNIT.search(above)
    return _Table(tuple(heads), unit[1] if unit else "")


def _label(table: _Table, cells: Sequence[_Cell]) -> str:
    """Return what the cells before the first number say, without serial numbers and units."""
    label = ""
    for head, cell in zip(table.heads, cells, strict=True):
        if SERIAL.fullmatch(head) or _is_unit(head, cell.text):
            continue
        if cell.text[0].isdigit() or len(cell.text) > LONGEST_LABEL:
            break
        measured = HEAD_UNIT.match(cell.text)
        label += measured[1] if measured else cell.text
    return label


def _is_unit(head: str, cell: str) -> bool:
    return UNIT_HEAD.fullmatch(head) is not None and IS_UNIT.fullmatch(cell) is not None


def _unit_of(head: str, around: str) -> str:
    """Return the unit that a head gives its numbers: in brackets, in its own last word (走访户数, 培训人次), else the table's."""
    if measured := HEAD_UNIT.match(head):
        return measured[2]
    if NO_UNIT.search(head) or SERIAL.fullmatch(head):
        return ""
    counts = COUNT_HEAD.search(head)
    return counts[1] if counts else around


def _read(head: str, number: str, unit: str, units: Units) -> Quantity | None:
    """Return the quantity that a number with its unit makes under its head, as if it were written out."""
    if not unit:
        return None
    said = f"{head}：{number}{unit}；"
    at = len(head) + 1
    return next((one for one in find_quantities(said, units) if one.start == at and one.state == "stated"), None)
