"""Numbered headings of a compilation: 第二篇, 【篇2】, 范文二, 工作总结2, or a number before each title.

A heading of the first kinds says that it parts papers. A number before a title is what sections of one report have too, so that there
the papers themselves must show that they are several.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.titles import (
    CIRCLED,
    FIRM,
    ROMAN,
    ROMAN_LETTERS,
    is_addressee,
    is_closing,
    is_full_title,
    is_signature,
    is_title,
    parse_number,
    reads_like_title,
)

SHORTEST_REPORT = 250  # characters; a title followed by less is a heading
LONGEST = 70  # characters of a heading
NUMBER = r"[一二三四五六七八九十百\d]{1,4}"
NAMED = re.compile(
    rf"[【\[〔（(★☆]?\s*(?:第\s*(?P<a>{NUMBER})\s*篇|(?:范文)?篇\s*(?P<b>{NUMBER})"
    rf"|(?:范文|例文|样本|参考|材料|文稿|讲话稿|发言稿)\s*(?P<c>{NUMBER}))"
    r"\s*(?:[】\]〕）)★☆]|[:：、.．\s]|$)\s*[:：]?\s*(?P<title>.*)$"
    rf"|(?P<lead>(?:[^。，；：！？“]|“[^”]{{1,30}}”){{2,50}}?)\s*[（(【\[]?(?:(?:范文)?篇\s*(?P<d>{NUMBER})|第\s*(?P<e>{NUMBER})\s*篇)[)）】\]]?[:：]?$"
)
COUNTED = re.compile(r"\s+[（(]?\d{3,5}\s?字[)）]?$")  # characters, as a site counts them behind a title
NAMED_WORD = re.compile(r"[篇范例样参材稿]")
CIRCLES, ROMANS = f"[{CIRCLED}]", f"[{''.join(ROMAN)}]|(?:{'|'.join(sorted(ROMAN_LETTERS, key=len, reverse=True))})"
BEFORE = re.compile(
    rf"(?P<open>[（(【\[〔]?)\s*(?:(?P<arabic>\d{{1,3}})|(?P<chinese>[一二三四五六七八九十百]{{1,4}})|(?P<circle>{CIRCLES})|(?P<roman>{ROMANS}))\s*"
    r"(?P<close>[)）】\]〕]?\s*[、.．:：,，]?|)\s*(?P<title>\S.{3,})$"
)
BEHIND = re.compile(rf"(?P<title>.{{4,50}}?)\s*[（(【\[]?(?P<number>{NUMBER})[)）】\]]?$")
SIGNED = 3  # lines at the end of a paper in which its signature stands
ADDRESSED = 5  # lines at its beginning in which it says to whom
CHINESE = frozenset("一二三四五六七八九十百")
BEFORE_FIRST = CHINESE | frozenset("（(【[〔" + CIRCLED) | frozenset("".join([*ROMAN, *ROMAN_LETTERS]))  # or a digit
BEHIND_LAST = CHINESE | frozenset(")）】]")  # or a digit
FIRST = re.compile(r"一、")
LEADER = re.compile(r"[.．。·…\s]*\d{0,3}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered line: where it stands, its number, and the title on it."""

    at: int
    number: int
    title: str
    form: str


def find_headings(lines: Sequence[Line]) -> list[Heading]:
    """Return the headings, numbered 1, 2, 3 …, that part the lines into papers; none where the lines are one paper or unnumbered."""
    for reader, fits in ((_named, _parts), (_numbered, _parts_papers)):
        runs = [run for run in _runs(lines, reader) if len(run) > 1]
        sized = [(_size(lines, run), run) for run in runs]
        for _, run in sorted(sized, key=lambda one: -one[0]):
            if fits(lines, run):
                return run
    return []


def names_paper(text: str) -> bool:
    """Tell a heading that says itself that it heads a paper: 第二篇, 范文二."""
    return len(text) <= LONGEST and NAMED_WORD.search(text) is not None and NAMED.match(text) is not None


def number_of_paper(text: str) -> tuple[int, str]:
    """Return the number and the title on a heading that says itself that it heads a paper; 0 and "" for what is none."""
    match = NAMED.match(text) if len(text) <= LONGEST and NAMED_WORD.search(text) else None
    if match is None:
        return 0, ""
    number = next(value for value in match.group("a", "b", "c", "d", "e") if value)
    return parse_number(number), _title_on(match)


def _runs(lines: Sequence[Line], reader: object) -> list[list[Heading]]:
    """Return the runs of headings of one form that count from 1 on."""
    runs: list[list[Heading]] = []
    last: dict[str, list[Heading]] = {}
    for at, line in enumerate(lines):
        if len(line.text) > LONGEST:
            continue
        heading = reader(at, line)  # type: ignore[operator]
        if heading is None:
            continue
        run = last.get(heading.form)
        if heading.number == 1:
            runs.append([heading])
            last[heading.form] = runs[-1]
        elif run and heading.number == len(run) + 1:
            run.append(heading)
        elif run and heading.number <= len(run) and _outranks(heading, run[heading.number - 1]):
            run[heading.number - 1 :] = [heading]
    return runs


def _outranks(heading: Heading, other: Heading) -> bool:
    """Tell the title of a paper from a section (二、整改措施) of the paper before that bears the same number."""
    return heading.form != "named" and is_full_title(heading.title) and not is_full_title(other.title)


def _named(at: int, line: Line) -> Heading | None:
    text = line.text
    if not NAMED_WORD.search(text) or not (match := NAMED.match(text)):
        return None
    number = next(value for value in match.group("a", "b", "c", "d", "e") if value)
    return Heading(at, parse_number(number), _title_on(match), "named")


def _title_on(match: re.Match[str]) -> str:
    return COUNTED.sub("", match["title"] or match["lead"] or "").strip()


def _numbered(at: int, line: Line) -> Heading | None:
    """Return the heading on a line that is a title with a number before or behind it."""
    text = line.text
    if text[-1] in "。；！？，：:;,、":
        return None
    first, last = text[0], text[-1]
    begins = first in BEFORE_FIRST or first.isdecimal() or first.isspace()
    if begins and (match := BEFORE.match(text)) and (match["close"] or match["circle"] or match["roman"]):
        kind = next(name for name in ("arabic", "chinese", "circle", "roman") if match[name])
        title = match["title"].strip()
        if reads_like_title(title) and FIRM.match(title):
            form = f"{match['open']}{kind}{match['close'].strip()}"
            return Heading(at, parse_number(match[kind]), title, form)
        return None
    if not (last in BEHIND_LAST or last.isdecimal() or last.isspace()) or line.is_marked:
        return None
    if (match := BEHIND.match(text)) and match["title"][-1] not in "第年月日附件表图":
        title = match["title"].strip()
        if reads_like_title(title) and FIRM.match(title):
            digits = "arabic" if match["number"].isdecimal() else "chinese"
            return Heading(at, parse_number(match["number"]), title, f"{title} {digits}")
    return None


def _parts(lines: Sequence[Line], run: Sequence[Heading]) -> bool:
    """Tell headings with text between them from a table of contents."""
    headings = _length([lines[heading.at] for heading in run[:-1]])
    return 2 * (_size(lines, run) - headings) > headings + len(lines[run[-1].at].text)


def _parts_papers(lines: Sequence[Line], run: Sequence[Heading]) -> bool:
    """Tell numbered titles of papers from the sections of one paper: most are long, and what they head has a beginning or an end."""
    ends = [heading.at for heading in run[1:]] + [len(lines)]
    papers = [lines[heading.at + 1 : end] for heading, end in zip(run, ends, strict=True)]
    if sum(_length(paper) >= SHORTEST_REPORT for paper in papers) < len(papers) * 0.8:
        return False
    if run[0].form.endswith((" arabic", " chinese")):
        return True
    chinese = run[0].form == "chinese、"
    whole = sum(_is_whole(paper, sections=not chinese) for paper in papers)
    bodies = {heading.title[:4] for heading in run}
    named = all(is_full_title(heading.title) for heading in run) and len(bodies) > 1
    return whole * 2 >= len(papers) or named


def _is_whole(paper: Sequence[Line], *, sections: bool) -> bool:
    """Tell a paper by itself: with an addressee, a title or sections of the first level, or signed."""
    if any(is_addressee(line.text) or is_title(line) for line in paper[:ADDRESSED]):
        return True
    if any(is_signature(line.text) or is_closing(line.text) for line in paper[-SIGNED:]):
        return True
    return sections and any(FIRST.match(line.text) for line in paper)


def _size(lines: Sequence[Line], run: Sequence[Heading]) -> int:
    """Return the characters between the first heading and the last, and below that as many as it heads."""
    return _length(lines[run[0].at : run[-1].at])


def _length(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)
