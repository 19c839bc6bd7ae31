"""Years of the Republic of China, as reports of Taiwan write them: 民国98年, 110年度, 截至110年底, 110-11-30 (1911 years less than ours).

A text that counts so is read with our years in their places, and what was found is led back to the words as they stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from ingest.records import Document

FIRST = 1911
TRADITIONAL = "traditional"
MAINLAND = re.compile("中共|党委|妇联|党组|党支部|共青团|县委|市委|书记")
COUNTS = re.compile(  # what may not stand before a numeral is told behind its first digit: a search for digits is quicker
    r"民国|1(?<![\d.]1)(?<!\d[,，]1)[01]\d(?=年|[-/.]\d{1,2}[-/.]\d)|[789](?<![\d.][789])(?<!\d[,，][789])\d年(?=度|底|初|\d{1,2}月)"
)
_LONG = "(?<!历经)(?<!经过)(?<!历史)(?<!建校)(?<!建庙)(?<!长达)(?<!超过)(?<![近约逾达满共已第期过历隔])"
_NOT_LONG = r"(?![\s　]?(?:来|之久|之后|的历|历史|历程|间|以上|以内|内|期|寿|级|老|树|大计|如一|前|后|左右|余|多))"
YEARS = re.compile(
    rf"(?:中华)?民国\s?(?P<named>\d{{1,3}})(?=\s?年)"
    rf"|(?<![\d.A-Za-z〔（(])(?<!\d[,，])(?:(?P<span>1[0-2]\d|[4-9]\d)(?=(?:年度?)?\s?[至到、~～\-—–]\s?(?:1[0-2]\d|[4-9]\d)年(?!来|级|级))"
    rf"|(?P<marked>1[0-2]\d|[4-9]\d)(?=\s?年(?:度(?!假)|\s?\d{{1,2}}\s?月|[上下]半年|底|初|第[一二三四1-4]季))"
    rf"|(?P<day>1[0-2]\d|[789]\d)(?=(?P<mark>[-/.])\d{{1,2}}(?P=mark)\d{{1,2}}(?!\d))"
    rf"|{_LONG}(?P<bare>1[0-2]\d|[789]\d)(?=\s?年{_NOT_LONG}))"
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the characters of a text with our years stand in the text as written, and the other way round."""

    ours: tuple[int, ...]  # where a replaced year ends in the text with our years …
    theirs: tuple[int, ...]  # … and in the text as written
    begins: tuple[tuple[int, int], ...]  # where each begins, in both

    def back(self, place: int) -> int:
        """Return the place in the text as written; one inside a replaced year is its beginning."""
        at = bisect_right(self.ours, place) - 1
        if at + 1 < len(self.begins) and place > self.begins[at + 1][0]:
            return self.begins[at + 1][1]
        return place + (self.theirs[at] - self.ours[at] if at >= 0 else 0)

    def forward(self, place: int) -> int:
        """Return the place in the text with our years."""
        at = bisect_right(self.theirs, place) - 1
        if at + 1 < len(self.begins) and place > self.begins[at + 1][1]:
            return self.begins[at + 1][0]
        return place + (self.ours[at] - self.theirs[at] if at >= 0 else 0)


def counts_so(document: Document) -> bool:
    """Tell a report in traditional characters that counts the years of the Republic."""
    if document.script != TRADITIONAL:
        return False
    return COUNTS.search(document.text) is not None and MAINLAND.search(document.text) is None


def with_our_years(text: str) -> tuple[str, Places]:
    """Return the text with our years in the places of the Republic's, and the way back."""
    pieces: list[str] = []
    ours, theirs, begins = [], [], []
    done = size = 0
    for match in YEARS.finditer(text):
        value = next(int(one) for one in match.group("named", "span", "marked", "day", "bare") if one)
        pieces += [text[done : match.start()], str(FIRST + value)]
        size += match.start() - done
        begins.append((size, match.start()))
        size += 4
        done = match.end()
        ours.append(size)
        theirs.append(done)
    pieces.append(text[done:])
    return "".join(pieces), Places(tuple(ours), tuple(theirs), tuple(begins))
