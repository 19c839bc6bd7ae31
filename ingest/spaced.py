"""What stands apart within: digits of a number (1 9 9 8 年3 月5 日, 2 ．5 亿, １ ９ ９ ８ 人), characters of a line (工 作 总 结 如 下).

Some typesetting programs put a space behind every digit. Columns of a table stand apart too, so a number is put together only where
something tells it from them: a calendar unit, a point between the digits, full-width digits inside Chinese text, or a
neighbourhood in which all numbers are written like this, each close to the word before it. Characters are put together where five or more in a
row stand apart one by one, or where several gaps of a line go through words (累 计争取); cells and names in a row (王芳 李梅) stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ingest.lines import word_across

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
BLANK_IN_LINE = re.compile(r" (?=[\u4e00-\u9fff，。；：、“”《》（）0-9])")
IDEOGRAPH = re.compile(r"[\u4e00-\u9fff，。；：、“”《》（）]")
CHARACTER = re.compile("[\u4e00-\u9fff]")
NUMERALS = frozenset("一二三四五六七八九十")
IN_A_ROW = 4  # gaps, each behind one character
FEWEST_THROUGH = 3  # gaps of a line that go through words
THROUGH_SHARE = 0.3  # of the gaps of the line
ENOUGH_THROUGH = 8  # gaps of a text that is set like this everywhere
SAMPLED = 100  # gaps of a text that are looked at
LINE_OF_ROWS = 8  # gaps
APART_SHARE = 0.4  # of the characters of a line that is set with a gap behind each
SINGLE = re.compile(r"\S (?=\S)")
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
    gaps.update(_between_characters(text))
    for at in sorted(gaps):
        yield at, at + 1, ""


def _between_characters(text: str) -> Iterator[int]:
    """Yield the blanks between characters of one word or sentence, as far as their lines or the whole text show that they are none between words."""
    blanks = [at for match in BLANK_IN_LINE.finditer(text) if _is_behind_character(text, at := match.start())]
    if len(blanks) < FEWEST_THROUGH:
        return
    sample = blanks[:: max(1, len(blanks) // SAMPLED)]
    through = sum(_goes_through(text, at) for at in sample)
    share = through / len(sample)
    everywhere = through >= ENOUGH_THROUGH and share >= THROUGH_SHARE
    line: list[int] = []
    end = -1
    for at in blanks:
        if at > end:
            yield from _in_line(text, line, looked_at=share >= THROUGH_SHARE / 2, everywhere=everywhere)
            line = []
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
        line.append(at)
    yield from _in_line(text, line, looked_at=share >= THROUGH_SHARE / 2, everywhere=everywhere)


def _is_behind_character(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] > "\u2fff" and text[at - 1] not in SPACE


def _goes_through(text: str, at: int) -> bool:
    return word_across(text[max(0, at - 4) : at], text[at + 1 : at + 5])


def _in_line(text: str, blanks: Sequence[int], *, looked_at: bool, everywhere: bool) -> Iterator[int]:
    """Yield those of the single blanks of a line that stand within words or between characters in a row."""
    row: list[int] = []
    rows: set[int] = set()
    many = any(last - first == 2 * IN_A_ROW - 2 for first, last in zip(blanks, blanks[IN_A_ROW - 1 :], strict=False))
    if not many and not looked_at:
        return
    for at in (*blanks, -1) if many else ():
        if row and at != row[-1] + 2:
            rows.update(row if len(row) >= IN_A_ROW else ())
            row = []
        row.append(at)
    if len(rows) >= LINE_OF_ROWS:  # a whole line is set like this, with its figures
        start, end = text.rfind("\n", 0, blanks[0]) + 1, text.find("\n", blanks[-1])
        single = [match.end() - 1 for match in SINGLE.finditer(text, start, end if end >= 0 else len(text))]
        if len(single) >= (max(single) - start) * APART_SHARE:
            yield from single
            return
    if not all(text[at - 1] in NUMERALS for at in rows):
        yield from rows
    between = [at for at in blanks if at not in rows and IDEOGRAPH.match(text, at + 1)] if looked_at else []
    words = [at for at in between if CHARACTER.match(text, at - 1) and CHARACTER.match(text, at + 1)]
    through = sum(_goes_through(text, at) for at in words)
    if through >= (1 if everywhere else FEWEST_THROUGH) and through >= len(words) * THROUGH_SHARE / (1 + everywhere):
        yield from between


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
