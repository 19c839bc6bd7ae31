"""What recurs from page to page in a plain text: page numbers, running heads, a site's line between paragraphs.

A number on a line of its own is a page number where such numbers count up through the text. A short line is a running head where it
stands beside page numbers or at the top of pages, or comes again and again in the midst of sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.lines import PARAGRAPH, Line

PLAIN = re.compile(r"\d{1,4}$")
PAGE = re.compile(
    r"[-—–－~·•\s]*(?:第\s*(?P<a>\d{1,4})\s*[页頁](?:\s*[,，、/／|]?\s*[共总總]\s*\d{1,4}\s*[页頁])?|[共总總]\s*\d{1,4}\s*[页頁]\s*[,，、/／|]?\s*第\s*(?P<e>\d{1,4})\s*[页頁])[-—–－~·•\s]*$"
    r"|[-—–－~·•]+\s*(?P<b>\d{1,4})\s*[-—–－~·•]+$|(?P<c>\d{1,4})\s*[/／]\s*\d{1,4}$|[Pp](?:age|\.)\s*(?P<d>\d{1,4})(?:\s*of\s*\d{1,4})?$"
)
CLAUSE = re.compile("[，。；、]")
DIGITS = re.compile(r"\d+")
PAGE_TEXT = 150  # characters between two plain page numbers, at least
SKIPPED = 3  # pages without a number between two with one
RECURS = 3  # times
BESIDE = 0.7  # of the lines of one text stand beside page numbers
PAGED = "\x00"
LONGEST = 40  # characters of a running head
MARKS = frozenset("0123456789-—–－~·•第共总總Pp")


def label_running(lines: Sequence[Line], pages: frozenset[int]) -> dict[int, str]:
    """Return {index: kind} of page numbers and running heads. `pages` are the starts of lines that begin a page."""
    numbers = _page_numbers(lines)
    return dict.fromkeys(numbers, "page number") | dict.fromkeys(_running_heads(lines, numbers, pages), "running head")


def pages_of(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the starts of the lines that follow a form feed."""
    found, at = set(), 0
    starts = [line.start for line in lines] if "\f" in text else []
    while (at := text.find("\f", at) + 1) and starts:
        place = bisect_left(starts, at)
        if place < len(starts):
            found.add(starts[place])
    return frozenset(found)


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    marked: list[tuple[int, int]] = []
    plain: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        text = line.text
        if text[0] not in MARKS or len(text) > LONGEST:
            continue
        if PLAIN.match(text):
            plain.append((at, int(text)))
        elif match := PAGE.match(text):
            marked.append((at, int(next(value for value in match.groups() if value))))
    found = {at for at, _ in marked if "页" in lines[at].text or "頁" in lines[at].text} | _counting(marked, 2)
    if len(plain) >= RECURS and not marked:
        counted = _counting(plain, RECURS)
        spaced = all(sum(len(line.text) for line in lines[a:b]) >= PAGE_TEXT for a, b in pairwise(sorted(counted)))
        found |= counted if spaced and len(counted) > 0.8 * len(plain) else set()
    return found


def _counting(numbers: Sequence[tuple[int, int]], least: int) -> set[int]:
    """Return the lines of the longest stretches that count up; a few numbers may be missing, and a text may begin anew."""
    found: set[int] = set()
    run: list[int] = []
    last = 0
    for at, number in numbers:
        if run and last < number <= last + SKIPPED:
            run.append(at)
        else:
            found.update(run if len(run) >= least else ())
            run = [at]
        last = number
    return found | set(run if len(run) >= least else ())


def _running_heads(lines: Sequence[Line], numbers: set[int], pages: frozenset[int]) -> set[int]:
    found: set[int] = set()
    places: dict[str, list[int]] = defaultdict(list)
    counts = Counter(line.text for line in lines if len(line.text) <= LONGEST)
    paged = bool(numbers or pages)
    for at, line in enumerate(lines):
        if not paged and counts[line.text] < RECURS:
            continue
        if 3 < len(line.text) <= LONGEST and at not in numbers and not line.is_closed and not line.is_marked:
            places[line.text].append(at)
            if at + 1 in numbers or at - 1 in numbers or line.start in pages:
                places[PAGED + DIGITS.sub("0", line.text)].append(at)  # with the number of the page on it
    for text, recurring in places.items():
        if text[0] == PAGED:
            alike = sum(len(places[lines[at].text]) for at in recurring[:1])
            if len(recurring) >= 2 and len(recurring) >= alike * BESIDE:
                found.update(recurring)
        elif len(recurring) >= RECURS and min(b - a for a, b in pairwise(recurring)) > 1 and not CLAUSE.search(text):
            within = [
                at for at in recurring if 0 < at < len(lines) - 1 and _is_interrupted(lines[at - 1], lines[at + 1])
            ]
            if len(within) >= max(2, len(recurring) / 2):
                found.update(recurring)
    return found


def _is_interrupted(above: Line, below: Line) -> bool:
    """Tell a sentence that goes on behind a line: the line above ends in the midst of it, the line below starts in it."""
    if above.is_closed or above.is_marked or below.indent or below.is_marked:
        return False
    return all(len(line.text) >= PARAGRAPH / 4 and CLAUSE.search(line.text) for line in (above, below))
