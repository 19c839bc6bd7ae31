"""Numbers whose digits stand apart: 1 9 9 8 年3 月5 日, 2 ．5 亿, １ ９ ９ ８ 人.

Some typesetting programs put a space behind every digit. Columns of a table stand apart too, so a number is put together only where
something tells it from them: a calendar unit, a point between the digits, full-width digits inside Chinese text, or a
neighbourhood in which all numbers are written like this, each close to the word before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

DIGIT = "[0-9０-９]"
GAP = "[ \u3000]"
POINT = "[.．]"
# Digits one by one, with a gap or a point between every two, and at least one gap.
APART = re.compile(
    rf"(?<!{DIGIT})(?<!{DIGIT}{GAP})(?<!{DIGIT}{POINT})(?={DIGIT}{GAP}|{DIGIT}{POINT}{GAP})"
    rf"{DIGIT}(?:{GAP}?{POINT}{GAP}?{DIGIT}(?!{DIGIT})|{GAP}{DIGIT}(?!{DIGIT}))+{GAP}?(?!{GAP}?{DIGIT})"
)
FRACTION = re.compile(rf"{DIGIT}{{2,}}(?:{GAP}{POINT}{GAP}?|{POINT}{GAP}){DIGIT}+{GAP}?(?=[%％‰亿万])")
LONE = re.compile(rf"(?<![{GAP[1:-1]}0-9０-９]){DIGIT}{GAP}(?=[\u4e00-\u9fff%％‰])")
CALENDAR = "年月日"
RATES = "%％‰亿万"
HAN = re.compile(r"[\u4e00-\u9fff%％‰，。；：、）”》\ufffd]")
SPACE = " \u3000\t\r\n\x0b\x0c\xa0"
SPACES = re.compile(GAP)
TOGETHER = re.compile(rf"{DIGIT}(?={DIGIT})")
FIND = re.compile(r"[ \u3000](?<=[0-9０-９．.][ \u3000])[0-9０-９．.年月日%％‰亿万]")
WINDOW = 10_000  # characters; some pages
LONGEST = 15  # digits on either side of a point
ENOUGH = 3  # numbers of this kind in a window; no more pairs of digits may stand together there than a third as many


def find_spaced(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, "") of the gaps that stand inside numbers, from left to right."""
    gaps: set[int] = set()
    spaced: set[int] = set()

    @lru_cache(maxsize=64)
    def is_spaced(window: int) -> bool:
        return _is_spaced(text[max(0, window * WINDOW - 20) : (window + 1) * WINDOW + 20])

    for match in _numbers(text):
        window = match.start() // WINDOW
        if match.re is APART and is_spaced(window):
            spaced.add(window)
        if match.re is FRACTION or _is_number(text, match, spaced=window in spaced):
            gaps.update(gap.start() for gap in SPACES.finditer(text, match.start(), match.end()))
    for window in spaced:
        for match in LONE.finditer(text, window * WINDOW, (window + 1) * WINDOW):
            gaps.add(match.end() - 1)
    for at in sorted(gaps):
        yield at, at + 1, ""


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be numbers. A fast search for gaps first: the patterns themselves are too slow for a whole text."""
    done = 0
    for gap in FIND.finditer(text):
        at = gap.start()
        if at < done:
            continue
        for start in range(max(done, at - 3), at):
            if match := APART.match(text, start):
                break
        else:
            pointed = text[at - 1] in ".．" or text[at + 1] in ".．"
            match = FRACTION.search(text, max(done, at - LONGEST), at + LONGEST) if pointed else None
        if match:
            yield match
            done = match.end()


def _is_spaced(window: str) -> bool:
    """Tell a page on which all numbers are written like this, close to the words before and behind them."""
    numbers = sum(_is_close(window, match) for match in APART.finditer(window))
    return numbers >= ENOUGH and len(TOGETHER.findall(window)) * 3 <= numbers


def _is_number(text: str, match: re.Match[str], *, spaced: bool) -> bool:
    following = text[match.end() : match.end() + 1]
    if following and following in CALENDAR:
        return True
    if not _is_close(text, match):
        return False
    number = match.group()
    pointed = "." in number or "．" in number
    return spaced or (pointed and following in RATES) or not number.rstrip(SPACE)[0].isascii()


def _is_close(text: str, match: re.Match[str]) -> bool:
    """Tell a number that follows a word without a gap, and that a word or a stop follows: no column of a table."""
    before, following = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    return bool(before) and before not in SPACE and bool(following) and HAN.match(following) is not None
