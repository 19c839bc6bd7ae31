"""Tables for people: as wide as the terminal, without ever cutting a number or a reference.

Only the columns of long texts are folded. Where that does not do, columns of low worth are left out, and whoever writes
the table says so; where that does not do either, every row becomes a block of lines, one for each column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rich.cells import cell_len, chop_cells

GAP = 2  # columns between two columns
LEAST = 16  # columns that a folded text is given at least …
MORE = 7  # … and for each further share of what is left
HEAD = 4  # columns to which a head may be folded
SAMPLE = 2000  # rows whose width is measured one by one; of the others, the longest texts are
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_PIECE = re.compile(r"[0-9A-Za-z.,%@#_+~≈–/-]+|\s+|.")
_HANGING = frozenset("、。，；：？！）》”」』】,;:?!)")  # never at the beginning of a line


class Drawn(Protocol):
    """What a table wants to know of a column."""

    @property
    def right(self) -> bool: ...
    @property
    def ratio(self) -> int | None: ...
    @property
    def whole(self) -> bool: ...
    @property
    def spare(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """A table that its width did not do for: the heads of the columns left out, and the width that shows them."""

    left_out: tuple[str, ...]
    width: int


def draw(
    rows: Sequence[Sequence[str]], columns: Sequence[Drawn], heads: Sequence[str], width: int, *, bold: bool = False
) -> tuple[list[str], Narrow | None]:
    """Return the lines of a table, and what was left out of it."""
    clean = [[_CONTROL.sub(" ", text).strip() for text in row] for row in rows]
    least, natural = _widths(clean, columns, heads)
    kept = list(range(len(columns)))
    while _total(least, kept) > width and any(columns[at].spare for at in kept):
        kept.remove(max(kept, key=lambda at: (columns[at].spare, at)))
    if _total(least, kept) > width:
        return _blocks(clean, columns, heads, width, bold=bold), None
    narrow = None
    if len(kept) < len(columns):
        dropped = tuple(heads[at] for at in range(len(columns)) if at not in kept)
        narrow = Narrow(left_out=dropped, width=_total(least, range(len(columns))))
    given = _share(columns, kept, least, natural, width)
    lines = list(_row([heads[at] for at in kept], [columns[at] for at in kept], given, bold=bold))
    lines.append("─" * (sum(given) + GAP * (len(given) - 1)))
    for row in clean:
        lines += _row([row[at] for at in kept], [columns[at] for at in kept], given)
    return lines, narrow


def wrap(text: str, width: int) -> list[str]:
    """Return text in lines of at most `width` columns, broken between characters but never inside a number or word."""
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for piece in _PIECE.findall(text):
        size = cell_len(piece)
        if line and used + size > width:
            carried = [line.pop()] if piece in _HANGING and len(line) > 1 and line[-1] not in _HANGING else []
            lines.append("".join(line).rstrip())
            line, used = carried, sum(map(cell_len, carried))
        if size > width:
            *full, piece = chop_cells(piece, width)
            lines += full
            size = cell_len(piece)
        if line or not piece.isspace():
            line.append(piece)
            used += size
    return [*lines, "".join(line).rstrip()] if line else lines


def wrap_whole(text: str, width: int) -> list[str]:
    """Return text in lines broken at blanks only; a word that is too long stands over the edge."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".lstrip()
        if cell_len(joined) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _widths(
    rows: Sequence[Sequence[str]], columns: Sequence[Drawn], heads: Sequence[str]
) -> tuple[list[int], list[int]]:
    """Return the least and the natural width of every column."""
    least, natural = [], []
    for at, column in enumerate(columns):
        texts = {row[at] for row in rows}
        if column.whole:
            words = {word for text in texts for word in text.split()}
            least.append(_longest(words, HEAD))
        elif column.ratio is not None:
            wanted = LEAST + MORE * min(column.ratio - 1, 2)
            least.append(min(wanted, max(_longest(texts), cell_len(heads[at]))))
        else:
            head = min(HEAD, cell_len(heads[at])) if not heads[at].isascii() else _longest(heads[at].split())
            least.append(_longest(texts, head))
        natural.append(max(least[-1], _longest(texts), cell_len(heads[at])))
    return least, natural


def _longest(texts: Iterable[str], least: int = 0) -> int:
    by_length = sorted(texts, key=len, reverse=True)
    best = max(map(cell_len, by_length[:SAMPLE]), default=0)
    return max(best, least, *(cell_len(text) for text in by_length[SAMPLE:] if 2 * len(text) > best), 0)


def _total(widths: Sequence[int], kept: Iterable[int]) -> int:
    chosen = [widths[at] for at in kept]
    return sum(chosen) + GAP * (len(chosen) - 1)


def _share(
    columns: Sequence[Drawn], kept: Sequence[int], least: Sequence[int], natural: Sequence[int], width: int
) -> list[int]:
    """Return the widths of the columns that are kept: what is left goes to heads first, then to texts by their ratio."""
    given = {at: least[at] for at in kept}
    left = width - _total(least, kept)
    for at in kept:
        if columns[at].ratio is None and left:
            more = min(left, natural[at] - given[at])
            given[at] += more
            left -= more
    while left > 0 and (open_ := [at for at in kept if given[at] < natural[at]]):
        shares = sum(columns[at].ratio or 1 for at in open_)
        for at in open_:
            more = min(max(1, left * (columns[at].ratio or 1) // shares), natural[at] - given[at], left)
            given[at] += more
            shares -= columns[at].ratio or 1
            left -= more
            if not left:
                break
    return [given[at] for at in kept]


def _row(texts: Sequence[str], columns: Sequence[Drawn], widths: Sequence[int], *, bold: bool = False) -> Iterable[str]:
    folded = [
        (wrap_whole if column.whole else wrap)(text, width)
        for text, column, width in zip(texts, columns, widths, strict=True)
    ]
    for number in range(max(map(len, folded), default=0)):
        cells = []
        for lines, column, width in zip(folded, columns, widths, strict=True):
            text = lines[number] if number < len(lines) else ""
            pad = " " * max(0, width - cell_len(text))
            cells.append(pad + text if column.right else text + pad)
        line = (" " * GAP).join(cells)
        yield f"\x1b[1m{line}\x1b[0m" if bold else line


def _blocks(
    rows: Sequence[Sequence[str]], columns: Sequence[Drawn], heads: Sequence[str], width: int, *, bold: bool
) -> list[str]:
    """Return the lines of rows as blocks: head and text of every column that has one, numbers and references whole."""
    margin = max(map(cell_len, heads), default=0) + GAP
    lines: list[str] = []
    for row in rows:
        if lines:
            lines.append("")
        for text, column, head in zip(row, columns, heads, strict=True):
            if not text:
                continue
            room = max(LEAST, width - margin)
            folded = wrap_whole(text, room) if column.whole else [text] if column.ratio is None else wrap(text, room)
            for number, line in enumerate(folded):
                pad = " " * (margin - cell_len(head)) if not number else " " * margin
                name = "" if number else f"\x1b[1m{head}\x1b[0m" if bold else head
                lines.append(name + pad + line)
    return lines
