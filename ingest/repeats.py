"""Whether two texts are the same report: the same words and the same figures in the same order.

Copies of a report differ in what a format adds or loses: blanks, line ends, marks, the numbers of a list, the numbers of
pages, the furniture of a site. None of that makes another report. Anything else does: one figure, one name or one
sentence more, and the texts are two reports, however long they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.records import Document, Repeat

FEWEST = 10  # kept characters; shorter texts (无, 目录) say nothing that a copy could repeat
SHORT = 100  # kept characters; a shorter text must agree in everything, list numbers too
EDGE, EDGE_SHARE, EDGE_LEAST = (
    200,
    50,
    40,
)  # kept characters at the head or end that may differ: one in fifty, 40 to 200
MISREAD = 200  # of so many characters, a recognition of characters may read one wrongly
_EDGE_LINES = 8  # at the head and at the tail of a text, in which lines of a site stand

_NUMERAL = "〇零一二三四五六七八九十百千万亿两0123456789"
_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)*[%‰]?|[^\W_0-9]+|(?<![0-9\s])-(?=[0-9])")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_MARK = re.compile(
    r"[(\[【]?(?:第(?P<part>[一二三四五六七八九十百0-9]{1,4})[章节条部篇]分?"
    r"|(?P<number>[一二三四五六七八九十]{1,3}|[0-9]{1,2}(?![0-9]))(?=[、.)\]】)](?![0-9])))[、.,)\]】:]*\s*"
)
_UNITS = re.compile(r"(?<=[。;!?])")
_PAGE = re.compile(r"[\s\-—–·.]*第?\s*(?P<page>[0-9]{1,4})\s*页?(?:\s*[,/]?\s*共\s*[0-9]{1,4}\s*页)?[\s\-—–·.]*")
_SITE = re.compile(
    r"(?:[0-9]{4}[-年./][0-9]{1,2}[-月./][0-9]{1,2}日?\s*(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?\s+)?"
    r"(?:(?:信息|文章|稿件)?来源|发布(?:时间|日期|者|人|单位|机构)|(?:浏览|点击|阅读|访问)(?:次数|量)|责任?编辑?|编辑|字[体号]|打印(?:本页)?|"
    r"关闭(?:窗口)?|分享到?|收藏本[页站]|返回(?:顶部|首页|列表)|首页|(?:您?的?当前|您现在的)位置|上一[篇页]|下一[篇页]|版权所有|扫一扫|索引号)"
    r"(?=[\s:【】\[\](>»|]|$)"
)
_DATE = re.compile(r"[0-9]{1,2}月[0-9]{1,2}日")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_MARKED, _PAGED = "\x01", "\x02"  # what the word of a list number and of a page number begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a text. `text` is them in a row, numbers apart from each other, list and page numbers left out."""

    words: tuple[str, ...]
    text: str


def words_of(text: str) -> Words:
    """Return what is compared of a text."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).translate(_WIDE))
    lines = [line.strip() for line in plain.split("\n") if line.strip()]
    head, tail = lines[:_EDGE_LINES], lines[_EDGE_LINES:]
    tail, end = tail[:-_EDGE_LINES], tail[-_EDGE_LINES:]
    kept = [*_without_site(head), *tail, *_without_site(end)]
    words = tuple(word for line in kept for word in _words_of_line(line))
    return Words(words=words, text=_in_a_row(words))


def alike(one: Words, other: Words, *, misread: bool = False, edges: bool = False) -> bool:
    """Return whether two texts are the same report. With `misread`, one of them is a recognition of characters (OCR).

    With `edges`, other things tell that body and year are the same: then long texts may differ in what stands above the
    report (a title, the line of an agency, a caption), and one may have more behind it.
    """
    if min(len(one.text), len(other.text)) < FEWEST:
        return False
    if one.words == other.words:
        return True
    if max(len(one.text), len(other.text)) < SHORT:
        return _whole(one) == _whole(other)
    if (
        one.text != other.text
        and not (misread and _few_misread(one.text, other.text))
        and not (edges and _same_within(one.text, other.text))
    ):
        return False
    return _numbers_agree(one.words, other.words)


def drop_repeats(documents: Sequence[Document]) -> tuple[list[Document], list[Repeat]]:
    """Return the documents without those that say again what an earlier one of the same file says, and these apart."""
    if len(documents) < 2:
        return list(documents), []
    kept: list[Document] = []
    repeats: list[Repeat] = []
    seen: dict[str, list[int]] = {}  # places in `kept`
    signs: dict[int, int] = {}  # of them: the words themselves would weigh more than all documents
    for document in documents:
        mark = _longest_line(document.text)
        known = seen.setdefault(mark, [])
        words = words_of(document.text) if known else None
        for place in known:
            if place not in signs:
                signs[place] = _sign(words_of(kept[place].text))
        sign = _sign(words) if words else 0
        alikes = (
            kept[place]
            for place in known
            if words and signs[place] == sign and alike(words_of(kept[place].text), words)
        )
        first = next(alikes, None)
        if first is None:
            if words:
                signs[len(kept)] = sign
            known.append(len(kept))
            kept.append(document)
        else:
            repeats.append(
                Repeat(
                    ordinal=document.ordinal, of=first.ordinal, title=document.title, start=document.source_start,
                    end=document.source_end,
                )
            )  # fmt: skip
    return kept, repeats


def _sign(words: Words) -> int:
    """Return a number in which two texts agree that are alike; all short ones have the same."""
    return hash(words.text) if len(words.text) >= SHORT else 0


def _without_site(lines: Sequence[str]) -> list[str]:
    """Return the lines that are not those of a site around a report (来源:…, 打印本页)."""
    return [line for line in lines if not _SITE.match(line.lstrip("【[(<> "))]


def _longest_line(text: str) -> str:
    line = max(text.split("\n"), key=len)
    return "".join(re.findall(r"[^\W_]+", line))[-40:]


def _words_of_line(line: str) -> Iterator[str]:
    if page := _PAGE.fullmatch(line):
        yield _PAGED + str(int(page["page"]))
        return
    for unit in _UNITS.split(line):
        unit = unit.lstrip()
        if mark := _MARK.match(unit):
            yield _MARKED + str(_value(mark["part"] or mark["number"]))
            unit = unit[mark.end() :]
        yield from _WORD.findall(unit)


def _value(numeral: str) -> int:
    """Return the value of a list number: 12 of 十二, 12 or 一二."""
    if numeral.isascii():
        return int(numeral)
    total, digit = 0, 0
    for char in numeral:
        if char in "十百":
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
        else:
            digit = digit * 10 + (int(char) if char.isascii() else _DIGITS[char])
    return total + digit


def _in_a_row(words: Sequence[str]) -> str:
    """Return words in a row; between two numbers stands a blank, so that 1.5 and 15, or 1—5 and 15, differ."""
    parts = []
    before_is_number = False
    for word in words:
        if word[0] in (_MARKED, _PAGED):
            continue
        is_number = word[0].isdecimal()
        if is_number and before_is_number:
            parts.append(" ")
        parts.append(word)
        before_is_number = is_number
    return "".join(parts)


def _whole(words: Words) -> str:
    return " ".join(word if word[0] in (_MARKED, _PAGED) else "" for word in words.words) + words.text


def _numbers_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether list numbers and page numbers differ in nothing but that some are missing on one side.

    Pages that one side has more must be 1, 2, 3 … (or 2, 3 …): a number alone on a line may be a figure of a table.
    """
    for kind in (_MARKED, _PAGED):
        mine = [int(word[1:]) for word in one if word[0] == kind]
        theirs = [int(word[1:]) for word in other if word[0] == kind]
        fewer, more = sorted((mine, theirs), key=len)
        missing = _missing(fewer, more)
        if missing is None:
            return False
        if kind == _PAGED and missing and missing not in (_up_from(1, missing), _up_from(2, missing)):
            return False
    return True


def _up_from(first: int, numbers: Sequence[int]) -> list[int]:
    return list(range(first, first + len(numbers)))


def _missing(fewer: Sequence[int], more: Sequence[int]) -> list[int] | None:
    """Return what `more` has beyond `fewer`; None where that is not a part of it, in order."""
    missing, at = [], 0
    for number in more:
        if at < len(fewer) and fewer[at] == number:
            at += 1
        else:
            missing.append(number)
    return missing if at == len(fewer) else None


def _same_within(one: str, other: str) -> bool:
    """Return whether two texts agree but for some words at the head, and some that one has more at the end."""
    most = min(EDGE, min(len(one), len(other)) // EDGE_SHARE)
    if most < EDGE_LEAST or abs(len(one) - len(other)) > 2 * most:
        return False
    i = most  # a stretch of this text behind its head stands in the other, if they agree
    j = other.find(one[i : i + EDGE_LEAST], 0, 2 * most + EDGE_LEAST)
    if j < 0:
        return False
    while i and j and one[i - 1] == other[j - 1]:
        i, j = i - 1, j - 1
    length = min(len(one) - i, len(other) - j)
    if one[i : i + length] != other[j : j + length] or j > most:
        return False
    dates, others = (set(_DATE.findall(head)) for head in (one[: i + 3], other[: j + 3]))  # 3: the end of a date
    if dates and others and not dates & others:
        return False
    return len(one) - i - length <= most and len(other) - j - length <= most


def _few_misread(one: str, other: str) -> bool:
    """Return whether two texts agree but for single characters here and there, none of them a number."""
    if _numbers(one) != _numbers(other):
        return False
    budget = max(len(one), len(other)) // MISREAD
    for a, b in _differences(one, other, budget):
        budget -= max(len(a), len(b))
        if budget < 0 or len(a) > 1 or len(b) > 1 or any(char in _NUMERAL for char in a + b):
            return False
    return True


def _numbers(text: str) -> list[str]:
    return re.findall(r"[0-9]+(?:\.[0-9]+)*[%‰]?", text)


def _differences(one: str, other: str, most: int) -> Iterator[tuple[str, str]]:
    """Yield the stretches in which two texts differ, walking along both: a difference is over where ten characters agree."""
    i = j = found = 0
    while i < len(one) and j < len(other) and found <= most:
        if one[i] == other[j]:
            step = 64
            while step:
                while one[i : i + step] == other[j : j + step] and i + step <= len(one) and j + step <= len(other):
                    i, j = i + step, j + step
                step //= 8
            continue
        found += 1
        for a, b in ((1, 1), (1, 0), (0, 1)):
            if one[i + a : i + a + 10] == other[j + b : j + b + 10]:
                break
        else:
            yield one[i : i + 2], other[j : j + 2]  # more than a character
            return
        yield one[i : i + a], other[j : j + b]
        i, j = i + a, j + b
    if one[i:] or other[j:]:
        yield one[i:], other[j:]
