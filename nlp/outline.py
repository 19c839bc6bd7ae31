"""The outline of a report: its sections with their roles, and its sentences.

Reports number in the order of GB/T 9704 (一、 （一） 1. （1）), in looser forms (第一，一是，一要，首先) and inside running text;
the nesting is taken from the order in which the kinds of mark turn up in the document itself.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from nlp.records import Section, Sentence

HAN_NUMBER = r"[一二三四五六七八九十]{1,3}"
# Kinds of mark, from the outermost to the innermost. The last ones count inside a paragraph too.
MARKS = (
    ("chapter", rf"第{HAN_NUMBER}(?:章|部分|板块)"),
    ("han", rf"{HAN_NUMBER}、"),
    ("han-bracket", rf"[（(]{HAN_NUMBER}[)）]、?"),
    ("ordinal", rf"第{HAN_NUMBER}[，、：,]"),
    ("digit", r"\d{1,2}(?:[、．]|\.(?!\d))"),
    ("digit-bracket", r"[（(]?\d{1,2}[)）]"),
    ("circle", r"[①-⑳]"),
    ("item", rf"{HAN_NUMBER}(?:是|要|则)(?!一|否)|[一二三四五六七八九十]方面"),
    ("word", r"(?:首先|其次|再次|再者|最后|其[一二三四五六七八九十])(?=[，,是、：]|[\u4e00-\u9fff])"),
)
LINE_MARK = re.compile("|".join(f"(?P<m{at}>{pattern})" for at, (_, pattern) in enumerate(MARKS)))
INLINE_MARK = re.compile(
    rf"(?<=[。；：，\s])(?:(?P<item>{HAN_NUMBER}(?:是|要)(?!一|否))|(?P<ordinal>第{HAN_NUMBER}[，、：])|(?P<digit>\d{{1,2}}、))"
)
LEVEL = {name: at for at, (name, _) in enumerate(MARKS)}
HEADING_STOP = re.compile(r"[。：；\n]")
LONGEST_HEADING = 60  # characters
LONGEST_ANNOUNCEMENT = 32
SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’）〉》]*|(?=\n)|$)")
# Words before which the shortcomings follow, and words with which the writer turns away from them.
LEAD_IN = re.compile(
    r"(?:存在|还有|仍有|尚有|也有|仍存|面临|暴露出?|反映出|梳理出|查找出|查摆出?|归纳出|显露|看到)[^。；]{0,60}?"
    r"(?:问题|不足|差距|困难|薄弱环节|短板|矛盾|挑战|弱项|困境|制约因素)[^。；，：]{0,14}(?=[。：]|$|，(?:主要|具体|表现|突出|如|比如|例如|一是))"
    r"|(?:问题|不足|差距|困难|薄弱环节|短板|矛盾|弱项)[^。；]{0,12}(?:主要有|主要是|表现[在为]|体现在|如下|有以下)|主要表现[在为：]|不容忽视的问题"
)
NOT_LEAD_IN = re.compile(
    r"(?<![亟急]待)(?<![亟急]需)(?<!需要)(?<!有待)(?<!尚未)(?<!得不到)解决|整改措施|针对|没有.{0,6}问题|破解|克服|化解|排查|调处|研究.{0,6}问题|切实|着力(?!解决的)|(?<!需)要.{0,10}问题"
    r"|问题的(?:问卷|调查|通知|意见)|现将|调查了?[。：]|(?:摸清|了解|掌握|看清).{0,16}(?:问题|困难)"
)
TURN = re.compile(
    r"^(?:针对|为此|对此|为解决|为了解决|今后|下一步|下步|下一阶段|明年|来年|在今后|接下来|今年|新的一年|面对(?:这些|上述|以上)|对(?:这些|上述|以上)"
    r"|以上(?:这些)?(?:问题|不足)|这些(?:问题|困难|不足)|如何解决|我们将|在下一?步|二〇|20\d\d年)"
)
# Tables and lists put into lines name the role of each line: 问题3：…  整改措施：…  完成时限：…
LABELS = (
    (
        "problems",
        re.compile(
            r"(?:存在的?|主要|具体|突出|发现的?)*(?:问题|不足|困难|差距|短板)(?:表现|描述)?\s?[一二三四五六七八九十\d]{0,3}[：:]"
        ),
    ),
    (
        "measures",
        re.compile(
            r"(?:整改|改进|主要|下一步|工作|具体|解决)?(?:措施|目标|对策|建议|办法|举措)\s?[一二三四五六七八九十\d]{0,3}[：:]"
        ),
    ),
    ("achievements", re.compile(r"(?:整改|落实|完成|进展|工作)(?:情况|成效|结果|进度)[：:]")),
    ("plan", re.compile(r"(?:责任|牵头|配合|分管|完成|整改)(?:领导|单位|部门|科室|人|时限|时间|期限)[：:]")),
)
# A heading of two parts, the second one of shortcomings: the section begins as its first part.
MIXED = re.compile(
    r"^[^，。；：]{0,24}?(?:(?P<achievements>成效|成绩|做法|进展|亮点|完成|工作(?:开展)?(?:情况)?|开展情况|落实情况|执行情况|收获|优势|经验)|(?P<background>现状|概况|基本情况))"
    r"[^，。；：]{0,6}?(?:与|和|及|以及|、|暨|，)[^。；：]{0,10}?(?:问题|不足|差距|困难|短板|薄弱环节|难点)[^，。；：]{0,4}$"
)
# A shortcoming told in passing where plans or measures are told: 目前…还不高, 当前仍存在…现象.
IN_PASSING = re.compile(
    rf"^(?:{HAN_NUMBER}[、是]|[（(]{HAN_NUMBER}[)）]|\d{{1,2}}[、.．])?"
    r"(?:但是?[，]?|然而|鉴于|由于|因为)?(?:目前|当前|现阶段|现在|眼下|就目前(?:来看)?|从目前(?:情况)?来?看)[^。；]{0,40}?"
    r"(?:(?<!如果)(?:存在|面临)[^。；，]{0,24}?(?:问题|不足|困难|差距|现象|矛盾|短板|瓶颈)"
    r"|(?:还|仍|尚|较|比较|相对|普遍|明显|偏|程度|水平|力量|意识|度|率)(?:不[高够强足多大齐畅深广匹平适]|未[能形建达]|缺[乏少]|薄弱|滞后|偏[低少弱]|较[低少弱]|低|弱|少|落后)(?!于|下))"
)
NOT_IN_PASSING = re.compile(r"要|须|应|必|着力|解决|克服|针对|努力|力争|确保|改变|消除|扭转|不存在|没有|已经")
MEASURES_TURN = re.compile(r"针对|为此|解决|整改|对此|对(?:这些|上述|以上)|面对")
LINE_ITEM = re.compile(
    rf"{HAN_NUMBER}(?:是|要|则)|[一二三四五六七八九十]方面|首先|其次|再次|再者|最后|其[一二三四五六七八九十]|第{HAN_NUMBER}[，、：,]|\d"
)


@dataclass(frozen=True, slots=True)
class Roles:
    """The rules of `nlp/data/roles.toml`."""

    rules: tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]

    def of(self, heading: str) -> str | None:
        """Return the role that the heading announces, or None; of several, the first rule's (a mixed one: see `MIXED`)."""
        for name, cues, unless in self.rules:
            if cues.search(heading) and not (unless and unless.search(heading)):
                return name
        return None


@cache
def load_roles() -> Roles:
    """Return the rules of `nlp/data/roles.toml`."""
    entries = tomllib.loads(resources.files("nlp.data").joinpath("roles.toml").read_text("utf-8"))["role"]
    return Roles(
        tuple(
            (e["name"], re.compile("|".join(e["cues"])), re.compile("|".join(e["unless"])) if e["unless"] else None)
            for e in entries
        )
    )


DEFAULT_ROLE = {
    "plan": "plan",
    "summary": "achievements",
    "rectification": "measures",
    "experience": "achievements",
    "research": "background",
    "speech": "plan",
    "notice": "plan",
    "news": "achievements",
    "other": "background",
}


@dataclass(slots=True)
class _Start:
    at: int
    kind: str
    marker: str
    heading: str
    heading_end: int
    opens_line: bool
    rank: float  # the smaller, the further out


def find_sections(text: str, *, doc_type: str, headings: Sequence[tuple[int, int]] = ()) -> list[Section]:
    """Return the sections in order of their start; the first one, of level 0, is what precedes any mark.

    A section reaches to the next one of its level or above, so that sections nest. Its role is what its heading says,
    else its parent's, else the usual one of the kind of document. `headings` are lines that the file's styles call so:
    (where the line begins, level from 1); those without a mark open sections too.
    """
    starts = sorted(_starts(text), key=lambda start: start.at)
    if headings:
        starts = _with_styled(text, starts, headings)
    sections: list[Section] = []
    first = starts[0].at if starts else len(text)
    default = DEFAULT_ROLE.get(doc_type, "background")
    sections.append(_section(0, first, 0, "", "", 0, default, None, assumed=True))
    stack: list[tuple[float, int, bool]] = []  # (rank of the mark, index of the section, does it stand inside a line)
    ends: dict[int, int] = {}
    for number, start in enumerate(starts):
        rank = start.rank
        while stack and (stack[-1][0] >= rank or (start.opens_line and stack[-1][2])):
            ends[stack.pop()[1]] = start.at
        parent = stack[-1][1] if stack else None
        inherited = sections[parent].role if parent is not None else default
        role = _announced(start, default)
        if role == "problems" and (mixed := MIXED.search(start.heading)):
            behind = _next_start(starts, number, rank, len(text))
            if _turns(text, start.heading_end, behind):
                role = mixed.lastgroup
        sections.append(
            _section(
                start.at,
                len(text),
                len(stack) + 1,
                start.marker,
                start.heading,
                start.heading_end,
                role or inherited,
                parent,
                assumed=role is None and (parent is None or sections[parent].assumed),
            )
        )
        stack.append((rank, len(sections) - 1, not start.opens_line))
    return [
        section if at not in ends else _section(
            section.start, ends[at], section.level, section.marker, section.heading, section.heading_end, section.role, section.parent,
            assumed=section.assumed,
        )
        for at, section in enumerate(sections)
    ]  # fmt: skip


def _next_start(starts: Sequence[_Start], number: int, rank: float, end: int) -> int:
    """Return where the section of a start ends: at the next mark of its rank or above, else at the end."""
    return next((starts[at].at for at in range(number + 1, len(starts)) if starts[at].rank <= rank), end)


def _turns(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch turns to shortcomings somewhere, by a lead-in."""
    return any(is_lead_in(text[low:high]) for low, high in _units(text, start, end))


def _announced(start: _Start, default: str) -> str | None:
    """Return the role that a heading announces. Items and long sentences announce none, small numbers only two roles."""
    if start.kind in ("item", "word") or len(start.heading) > LONGEST_ANNOUNCEMENT:
        return None
    role = load_roles().of(start.heading)
    if start.rank >= LEVEL["ordinal"] and role not in ("problems", "measures"):
        return None
    return None if default == "plan" and role == "achievements" and "回顾" not in start.heading else role


def _section(
    start: int,
    end: int,
    level: int,
    marker: str,
    heading: str,
    heading_end: int,
    role: str,
    parent: int | None,
    *,
    assumed: bool,
) -> Section:
    return Section(
        start=start,
        end=end,
        level=level,
        marker=marker,
        heading=heading,
        heading_end=heading_end,
        role=role,
        parent=parent,
        assumed=assumed,
    )


def _starts(text: str) -> Iterator[_Start]:
    at = 0
    for line in text.split("\n"):
        if match := LINE_MARK.match(line):
            kind = MARKS[int((match.lastgroup or "m0")[1:])][0]
            yield _start(text, at, kind, match.group(), opens_line=True)
        yield from _inline_starts(text, at, line)
        at += len(line) + 1


def _inline_starts(text: str, offset: int, line: str) -> Iterator[_Start]:
    """Yield the marks inside a paragraph that belong to a run 一是…二是… or 1、…2、…"""
    runs: dict[str, list[re.Match[str]]] = {}
    for match in INLINE_MARK.finditer(line):
        runs.setdefault(match.lastgroup or "", []).append(match)
    for kind, matches in runs.items():
        opened = LINE_MARK.match(line)
        if len(matches) > 1 or (opened and MARKS[int((opened.lastgroup or "m0")[1:])][0] == kind):
            for match in matches:
                yield _start(text, offset + match.start(), kind, match.group(), opens_line=False)


def _start(text: str, at: int, kind: str, marker: str, *, opens_line: bool) -> _Start:
    begin = at + len(marker)
    stop = HEADING_STOP.search(text, begin, begin + LONGEST_HEADING)
    end = stop.start() if stop else min(len(text), begin + LONGEST_HEADING)
    if not stop and end < len(text):
        comma = text.rfind("，", begin, end)
        end = comma if comma > begin else end
    return _Start(at, kind, marker, text[begin:end].strip(), end, opens_line, LEVEL[kind])


def _with_styled(text: str, starts: Sequence[_Start], headings: Sequence[tuple[int, int]]) -> list[_Start]:
    """Return the starts with those of headings that have a style and no mark.

    Where marked headings have styles too, one without a mark stands beside those of its level; else it is above all marks.
    A first heading whose level no other has is the title.
    """
    marked = {start.at: start.rank for start in starts if start.opens_line}
    ranks: dict[int, float] = {}
    for at, level in headings:
        if at in marked:
            ranks[level] = min(marked[at], ranks.get(level, len(MARKS)))
    levels = Counter(level for _, level in headings)
    found = list(starts)
    for number, (at, level) in enumerate(headings):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if at in marked or end - at > LONGEST_HEADING or (number == 0 and levels[level] == 1):
            continue
        outer = [rank for other, rank in ranks.items() if other < level]
        rank = ranks[level] if level in ranks else (max(outer) if outer else -10) + level / 10
        found.append(_Start(at, "styled", "", text[at:end].strip(), end, True, rank))
    return sorted(found, key=lambda start: start.at)


def find_sentences(text: str, sections: Sequence[Section]) -> list[Sentence]:
    """Return the sentences in order, each with its innermost section and the role in which it speaks."""
    starts = [section.start for section in sections]
    outer_of = _outer_sections(sections)
    found: list[Sentence] = []
    leading: str | None = None  # role that a lead-in set, until the writer turns away
    lead_section = -1
    label: str | None = None  # role that a label set, until the next label or section
    for start, end in _units(text):
        at = max(0, bisect_right(starts, start) - 1)
        while sections[at].end <= start and sections[at].parent is not None:
            at = sections[at].parent or 0
        unit = text[start:end]
        section = sections[at]
        if section.start == start:
            label = None
        label = next((role for role, pattern in LABELS if pattern.match(unit)), label)
        outer = outer_of[at]
        if outer == lead_section and TURN.match(unit):
            leading = "measures" if MEASURES_TURN.match(unit) else None
        elif outer != lead_section:
            leading = None
        if section.role != "problems" and is_lead_in(unit):
            leading, lead_section = "problems", outer
        role = label or leading or section.role
        if role in ("plan", "measures") and IN_PASSING.match(unit) and not NOT_IN_PASSING.search(unit):
            role = "problems"
        assumed = section.assumed and not (label or leading or role != section.role)
        found.append(Sentence(start=start, end=end, section=at, role=role, assumed=assumed))
        if leading == "problems" and end < len(text) and text[end] == "\n" and not _enumerates(text, end + 1):
            leading = None
    return found


def is_lead_in(unit: str) -> bool:
    """Tell a sentence after which shortcomings are told (…主要表现在以下几个方面：), by its last clause that names them."""
    for match in LEAD_IN.finditer(unit):
        clause = unit[unit.rfind("，", 0, match.start()) + 1 : match.end() + 14]
        if not NOT_LEAD_IN.search(clause):
            return True
    return False


def _units(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    for match in SENTENCE.finditer(text, first, len(text) if last is None else last):
        start, end = match.span()
        while start < end and text[start] in " \u3000":
            start += 1
        if start < end:
            yield start, end


def _outer_sections(sections: Sequence[Section]) -> list[int]:
    """Return, for each section, the one above or before the enumeration (一是 …, 1、 …) that it belongs to, or its own index."""
    outer: list[int] = []
    for at, section in enumerate(sections):
        before = at - 1 if section.parent is None else section.parent
        outer.append(outer[before] if at and LINE_ITEM.match(section.marker) else at)
    return outer


def _enumerates(text: str, at: int) -> bool:
    return LINE_ITEM.match(text, at) is not None
