"""Anchors: which year the parts of a document speak of, and which of them look ahead.

A paper may close one year and plan the next (2021年度总结和2022年工作计划), or look back before it plans (2023年工作回顾):
the headings say so. `nlp.times` gives the bare months of such a part their year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.places import codes_of, flags_of
from nlp.records import Metadata, Section, Sentence

_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)\s?(?:年度?|(?=工作))")
_NOW = re.compile("今年|本年")
_NEXT = re.compile(r"明年|来年|下一?年度?(?!.*规划)|下一个?年度")
_LAST = re.compile(r"去年|上一?年度?(?!半)")
_GONE = re.compile(r"过去的?一年|一年来")
_COMING = re.compile(r"新的?一年|下一?步|今后|下一?阶段")
_REVIEW = re.compile(r"(?:工作|简要|基本|总体)(?:的)?(?:回顾|总结|情况)|^回顾|(?:主要|取得的?|工作)(?:成[绩效]|做法)")
_SAID = ((-1, _LAST), (0, _NOW), (1, _NEXT))  # by how many years they differ from this one; all name 年, as _GONE does
_PART_OF_YEAR = re.compile("半年|季度|[月学]|五年|规划|届")
_KIND = re.compile(
    r"总结|回顾|情况|成效|成绩|做法|工作$|计划|打算|安排|思路|要点|任务|目标|重点|展望|设想|举措|措施|部署|要求|建议$|总体要求"
)
_MARK = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}(?:部分|章|板块)|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_LABEL = re.compile(
    r"(?P<measures>(?:整改|改进|工作|解决|具体)?(?:措施|打算|计划|举措|办法))[：:]|(?:(?:存在|主要)?问题|(?:整改|完成|落实|进展)(?:情况|成效))[一二三四五六七八九十\d]{0,3}[：:]"
)
_LABEL_ENDS = r"[施算划举措法题况成效一二三四五六七八九十\d]"  # before the colon of a label
_ASSEMBLY = re.compile("政府工作报告|代表大会|(?:人大|党代会|委员会|全委).{0,8}(?:会议|全会)")
_AUTUMN_TERM = re.compile(r"学年度?第?[一1上]个?学?期|年度?(?:秋季?(?:学期)?|下(?:半年)?学期)")
_LAST_OF_TERM = 2  # February
_FIRST_OF_TERM = 8
_MONTHS = (*(str(month) for month in range(1, 13)), *"一二三四五六七八九十", "十一", "十二")
_MONTH_HEADING = re.compile(
    r"(?:^|[\n。；;])[ 　]*(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?[ 　]*[：:\n]"
)
_AHEAD = frozenset(("plan", "measures"))
_APART = 3  # characters between two stretches, at least
LONGEST_HEADING = 32
LONGEST_RUN_ON = 14


def find_years(
    text: str, metadata: Metadata, sections: Sequence[Section], *, year: int | None
) -> tuple[tuple[int, int, int], ...]:
    """Return the stretches (start, end, year) that speak of another year than the document's, in order, without overlap."""
    if year is None:
        return ()
    today = find_today(text, metadata, year=year) or year
    spans = [*_marked(metadata, sections, year, today), *_unmarked(text, metadata, year, today)]
    return tuple(span for span in _flat(spans) if span[2] != year)


def find_today(text: str, metadata: Metadata, *, year: int | None) -> int | None:
    """Return the year that 今年 means: the document's, but the next where a report on a year gone by says that it is given in it.

    Its title then names the next year alone, or it was given to an assembly and signed in the next year.
    """
    if year is None:
        return None
    titled = {int(match["year"]) for match in _YEAR.finditer(metadata.title or "")}
    given = metadata.signed is not None and int(metadata.signed[:4]) == year + 1
    if titled == {year + 1} or (given and _ASSEMBLY.search(f"{metadata.title or ''}\n{text[:200]}")):
        return year + 1
    return year


def find_turn(metadata: Metadata, text: str = "") -> int:
    """Return the last month that lies in the year after the document's: February for the autumn term of a school, else 0.

    The autumn term is told by the title, or by headings that go from the last months of the year on to its first (9月份： … 1月份：).
    """
    if metadata.title and _AUTUMN_TERM.search(metadata.title):
        return _LAST_OF_TERM
    if metadata.doc_type != "plan" or not ("12月" in text or "十二月" in text):
        return 0
    months = [_MONTHS.index(match["month"]) % 12 + 1 for match in _MONTH_HEADING.finditer(text)]
    turns = [at for at in range(1, len(months)) if months[at - 1] == 12 and months[at] <= _LAST_OF_TERM]
    begun = turns and min(months[: turns[0]]) >= _FIRST_OF_TERM
    return _LAST_OF_TERM if begun else 0


def find_ahead(text: str, metadata: Metadata, sentences: Sequence[Sentence]) -> tuple[tuple[int, int], ...]:
    """Return the stretches (start, end) that speak of what is to come, in order: sentences of plans and measures.

    Inside a line a label (措施：… 整改情况：…) tells what follows it.
    A speech mixes praise and tasks without headings that tell them apart: nothing of it counts.
    """
    if metadata.doc_type == "speech":
        return ()
    found: list[tuple[int, int]] = []
    low, high = 0, -_APART  # the stretch that has been reached
    line, label = 0, None
    *labels, label_at = places_of_labels(text)
    for sentence in sentences:
        end, role = sentence.end, sentence.role
        if label is not None or label_at < end:
            start = sentence.start
            if label is not None and text.find("\n", line, start) >= 0:
                label = None
            line = start
            if label_at < end:
                for match in _LABEL.finditer(text[start:end]):
                    label = "measures" if match["measures"] else "other"
                while label_at < end:
                    label_at = labels.pop()
            role = label or role
        if role not in _AHEAD:
            continue
        if sentence.start - high < _APART:
            high = end
            continue
        if high > 0:
            found.append((low, high))
        low, high = sentence.start, end
    return (*found, (low, high)) if high > 0 else ()


def places_of_labels(text: str) -> list[int]:
    """Return where the colons stand that may close a label, the last first, and before them all the end of the text."""
    codes = codes_of(text)
    colons = ((codes[1:-1] == ord("：")) | (codes[1:-1] == ord(":"))).nonzero()[0]
    closing = flags_of(_LABEL_ENDS).take(codes.take(colons)) != 0
    return [len(text), *colons[closing][::-1].tolist()]


def year_of_heading(heading: str, metadata: Metadata, year: int, today: int, role: str) -> int | None:
    """Return the year that a heading announces for what stands below it, None where it announces none."""
    dated = "年" in heading
    stated = {int(match["year"]) for match in _YEAR.finditer(heading)} if dated or "工作" in heading else ()
    if stated:
        (first, *more) = sorted(stated)
        return first if not more and abs(first - year) <= 1 else None
    said = [today + offset for offset, words in _SAID if words.search(heading)] if dated else ()
    if said:
        return said[0] if len(said) == 1 else None
    if dated and _GONE.search(heading) and today == year and _looks_back(metadata, year):
        return year - 1
    if _REVIEW.search(heading) and role == "achievements" and today == year and _opens_year(metadata, year):
        return year - 1
    if _COMING.search(heading) and role == "plan" and metadata.doc_type == "summary" and _closes_year(metadata, year):
        return year + 1
    return None


def _looks_back(metadata: Metadata, year: int) -> bool:
    """Whether the year gone by is the one before the document's: in a plan or speech, or a paper of its first months."""
    early = metadata.signed is not None and metadata.signed[:4] == str(year) and metadata.signed[5:7] <= "03"
    return early or metadata.doc_type in ("plan", "speech", "other")


def _opens_year(metadata: Metadata, year: int) -> bool:
    """Whether a plan for a year, or a speech of its first months, reviews the year before where it says no more than 工作回顾."""
    if _PART_OF_YEAR.search(metadata.title or ""):
        return False
    early = metadata.signed is not None and (metadata.signed[:4] < str(year) or metadata.signed[5:7] <= "03")
    return (metadata.doc_type == "plan" and (early or metadata.signed is None)) or (
        metadata.doc_type == "speech" and early
    )


def _closes_year(metadata: Metadata, year: int) -> bool:
    """Whether what comes next is the next year: a summary signed at the end of its year or after it, or one whose title plans the next."""
    if metadata.signed is None:
        return year + 1 in {int(match["year"]) for match in _YEAR.finditer(metadata.title or "")}
    return int(metadata.signed[:4]) > year or metadata.signed[5:7] in ("11", "12")


def _marked(metadata: Metadata, sections: Sequence[Section], year: int, today: int) -> Iterator[tuple[int, int, int]]:
    for section in sections:
        heading = _short(section.heading)
        if not _MARK.match(section.marker) or heading is None:
            continue
        own = year_of_heading(heading, metadata, year, today, section.role)
        if own is not None:
            yield section.start, section.end, own


def _short(heading: str) -> str | None:
    """Return a heading, cut off behind 回顾 or 安排 where the text runs on in the same line."""
    if len(heading) <= LONGEST_HEADING:
        return heading
    kind = _KIND.search(heading, 0, LONGEST_RUN_ON)
    return heading[: kind.end()] if kind else None


def _unmarked(text: str, metadata: Metadata, year: int, today: int) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches below short lines without a mark that name a year and a kind of text: 2022年工作计划."""
    starts: list[tuple[int, int]] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        if line[-1:] in _CLOSES:
            at += len(line) + 1
            continue
        bare = line.strip(" \u3000（）()")
        own_line = number > 2 or (number > 0 and bare.endswith("回顾"))  # a title may fill the first lines
        if own_line and 4 <= len(bare) <= LONGEST_HEADING and not _MARK.match(bare) and bare[-1] not in _CLOSES:
            own = year_of_heading(bare, metadata, year, today, "plan") if _KIND.search(bare[-6:]) else None
            if own is not None:
                starts.append((at, own))
        at += len(line) + 1
    for place, (start, own) in enumerate(starts):
        yield start, starts[place + 1][0] if place + 1 < len(starts) else len(text), own


_CLOSES = frozenset("。；：，、")  # what a heading does not end in


def _flat(spans: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the spans without overlap: where two cover a place, the one that starts later holds."""
    borders = sorted({border for start, end, _ in spans for border in (start, end)})
    flat: list[tuple[int, int, int]] = []
    for low, high in zip(borders, borders[1:], strict=False):
        covering = [span for span in spans if span[0] <= low and high <= span[1]]
        if covering:
            year = max(covering, key=lambda span: span[0])[2]
            if flat and flat[-1][1] == low and flat[-1][2] == year:
                flat[-1] = (flat[-1][0], high, year)
            else:
                flat.append((low, high, year))
    return flat
