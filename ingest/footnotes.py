"""Footnotes on a page: told by the short rule above them or by their small type, and read behind the paragraph that names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.layout import PageLine, Rule

# With what a note begins. A date or an amount is none, and a list goes on with 、 where a note does not.
NUMBER = re.compile(
    r"(?P<circled>[①-⑳])|(?P<raised>[⁰¹²³⁴-⁹]{1,2})|[\[〔【（(]?(?P<plain>\d{1,2})(?:[\]〕】）)]|(?![\d年月日%％，,、])(?!\.\d))|(?P<star>[*＊※†]{1,3})|注(?:释)?\d{0,2}\s*[:：]"
)
SHORTEST_RULE = 30.0  # points
LONGEST_RULE = 0.6  # of the width of the text; a longer one parts tables, or chapters
BESIDE_MARGIN = 3.0  # heights from the margin, where the rule begins at most
SMALLER = 0.9  # of the usual type of the page
DIGITS = tuple("⁰¹²³⁴⁵⁶⁷⁸⁹")
RAISED = str.maketrans("0123456789", "".join(DIGITS))


def mark_notes(lines: Sequence[PageLine], rules: Sequence[Rule]) -> list[PageLine]:
    """Return the lines of a page, those of its footnotes marked: the last ones of the page, of which the first begins with a number.

    Above them is a short rule that begins at the margin; or their type is smaller, and the text has their number.
    """
    plain = [line for line in lines if not line.kind]
    first = _below_rule(plain, rules)
    if first is None:
        first = _in_small_type(plain)
    if first is None:
        return list(lines)
    notes = set(map(id, plain[first:]))
    return [replace(line, is_note=True) if id(line) in notes else line for line in lines]


def _below_rule(lines: Sequence[PageLine], rules: Sequence[Rule]) -> int | None:
    if len(lines) < 2 or not rules:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    size = median(line.size for line in lines)
    for rule in rules:
        width = rule.x1 - rule.x0
        if (
            not rule.is_across
            or not SHORTEST_RULE <= width <= LONGEST_RULE * (right - left)
            or abs(rule.x0 - left) > BESIDE_MARGIN * size
        ):
            continue
        first = next((at for at, line in enumerate(lines) if line.top > rule.top - 0.5), 0)
        is_between = first and all(line.bottom < rule.bottom + 0.5 for line in lines[:first])
        if (
            is_between
            and all(line.top > rule.top - 0.5 and not line.cells for line in lines[first:])
            and NUMBER.match(lines[first].text)
        ):
            return first
    return None


def _in_small_type(lines: Sequence[PageLine]) -> int | None:
    usual = SMALLER * median([line.size for line in lines]) if lines else 0.0
    first = len(lines)
    while first and lines[first - 1].size < usual and not lines[first - 1].cells:
        first -= 1
    while first and first < len(lines):
        name = name_of(lines[first].text)
        if name and any(_has(line.text, name) for line in lines[:first]) and lines[first].top > lines[first - 1].top:
            return first
        first += 1  # what is small above the notes: a source below a table
    return None


def name_of(note: str) -> str | None:
    """Return the mark by which the text names a note: ① or ¹; None where it begins with none."""
    number = NUMBER.match(note)
    if number is None:
        return None
    return number["circled"] or number["raised"] or (number["plain"] or "").translate(RAISED) or number["star"]


def _has(text: str, name: str) -> bool:
    at = text.find(name, 1)  # at the head of a line it is the number of a list
    return at > 0 and text[at - 1] not in DIGITS and text[at + len(name) : at + len(name) + 1] not in DIGITS


class Notes:
    """The footnotes of the pages, handed out when the paragraph that names them is over, at the latest that which crosses to the next page."""

    def __init__(self) -> None:
        self._open: list[tuple[str | None, list[PageLine]]] = []  # of this page: the name of each, and its lines
        self._due: list[tuple[int, list[PageLine]]] = []
        self._page = 0

    def turn(self, page: int, lines: Sequence[PageLine]) -> None:
        """Go on to a page; `lines` are those of its notes. What is left of the page before is due."""
        self._due += [(self._page, note) for _, note in self._open]
        self._open, self._page = [], page
        for line in lines:
            if not self._open or NUMBER.match(line.text):
                self._open.append((name_of(line.text), [line]))
            else:
                self._open[-1][1].append(line)

    def see(self, text: str) -> None:
        """Look for the names of notes in a line of the text."""
        while self._open and (name := self._open[0][0]) is not None and _has(text, name):
            self._due.append((self._page, self._open.pop(0)[1]))

    def due(self) -> Iterator[tuple[int, list[PageLine]]]:
        """Yield the page and the lines of each note whose paragraph is over, once."""
        due, self._due = self._due, []
        yield from due
