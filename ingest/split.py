"""Compilations: several reports in one file, under numbered headings or glued without any."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

from ingest.furniture import is_tail_label, label_head, label_tail
from ingest.lines import DATE_LINE, PARAGRAPH, Line
from ingest.script import to_simplified, to_traditional

NUMBER = r"[一二三四五六七八九十百\d]{1,4}"
SEPARATOR = re.compile(
    rf"[【\[〔（(★☆]?\s*(?:第\s*(?P<a>{NUMBER})\s*篇|(?:范文)?篇\s*(?P<b>{NUMBER})|(?:范文|例文|样本|参考)\s*(?P<c>{NUMBER}))"
    r"\s*(?:[】\]〕）)★☆]|[:：、.．\s]|$)\s*(?P<title>.*)$"
    rf"|(?P<lead>[^。，；：！？]{{2,30}}?)\s*[（(【\[]?(?:范文)?篇\s*(?P<d>{NUMBER})\s*[)）】\]]?$"
)
LONGEST_SEPARATOR = 70
KIND_WORD = (
    "工作要点|要点|工作总结|总结|工作计划|计划|规划|工作安排|工作思路|工作打算|整改措施|整改方案|整改报告|整改情况|整改清单|自查报告|调研报告|调查报告|"
    "调查与思考|对策|思考|汇报材料|经验材料|交流材料|事迹材料|汇报|工作报告|述职报告|报告|讲话稿?|讲话提纲|致辞|发言稿?|发言材料|"
    "实施方案|工作方案|方案|实施意见|意见|通知|通报|简报|信息|纪要|决定|倡议书|情况|体会|做法|经验|探索|启示|通告|函"
)
QUOTED = re.compile(r"“[^”]{1,30}”|《[^》]{1,40}》")  # may hold commas, and so may a title in them
SEPARATOR_WORD = re.compile(r"[篇范例样参]")
TITLE = re.compile(rf"(?!.*[。；！？，,;★])(?=.{{4,60}}$).*(?:{KIND_WORD})(?:[（(].{{1,14}}[)）])?[》”]?$")
NOT_TITLE = re.compile(
    r"^(?:【?[上下]一[篇条]|附件?[:：]|抄送|报送|主送|签发|报告人|汇报人|主讲|[^，]{0,8}同志|现将|以上|此|特此|各)|[:：]$"
)
ISSUES = re.compile(r"印发|转发|下发")
ATTACHMENT = re.compile(r"附[件表录]?\s*[\d一二三四五六七八九十]{0,2}\s*[:：]?$")
ATTACHED = re.compile(r"附[件表]?\s*\d{0,2}\s*[:：]")
SUPERSCRIPTION = re.compile(r"(?!.*(?:文件|简报|目录|附件|公开)$)[\u4e00-\u9fff、·“”《》 \u3000]{2,40}$")
REPEATED_SHARE = 0.9  # of its lines, and a group says nothing that an earlier one does not
TEASERS = 30  # titles of other pages in a row, at most
SHORTEST_REPORT = 250  # characters; a title followed by less is a heading
FIRST_LEVEL = re.compile(r"([一二三四五六七八九十]{1,3})、")
DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九十")}


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one report, with the title found for it and lines beside it that are furniture."""

    lines: tuple[Line, ...]
    title: str | None
    title_source: str
    furniture: tuple[tuple[Line, str], ...]


def split(lines: Sequence[Line]) -> list[Group]:
    """Return the reports of a file; a file with a single report gives one group."""
    separators = _separators(lines)
    if not separators:
        return _without_repetitions([group for block in _unglue(lines) for group in _trim(block, None)])
    titles = [(match["title"] or match["lead"] or "").strip() for _, match in separators]
    repeated = Counter(titles)
    bounds = [at for at, _ in separators] + [len(lines)]
    groups: list[Group] = []
    lead = tuple((line, "page head") for line in lines[: bounds[0]])
    for number, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False)):
        heading = titles[number] if repeated[titles[number]] == 1 and titles[number] else None
        block = lines[start + 1 : end]
        beside = ((lines[start], "separator heading"),) + (lead if not groups else ())
        if block:
            groups += _trim(block, heading, furniture=beside)
        lead = () if block else (*lead, *beside)
    return groups


def _without_repetitions(groups: list[Group]) -> list[Group]:
    """Return the groups without those whose lines nearly all stand in one before: a page dumped several times."""
    kept: list[Group] = []
    beside: list[list[tuple[Line, str]]] = []
    first: dict[str, int] = {}  # the group in which a line is met first
    for group in groups:
        places = Counter(first[line.text] for line in group.lines if line.text in first)
        (place, shared) = places.most_common(1)[0] if places else (0, 0)
        if shared > len(group.lines) * REPEATED_SHARE:
            beside[place] += [*group.furniture, *((line, "repetition") for line in group.lines)]
            continue
        for line in group.lines:
            first.setdefault(line.text, len(kept))
        kept.append(group)
        beside.append(list(group.furniture))
    return [replace(group, furniture=tuple(pieces)) for group, pieces in zip(kept, beside, strict=True)]


def _separators(lines: Sequence[Line]) -> list[tuple[int, re.Match[str]]]:
    """Return the run of separator lines numbered 1, 2, 3 … that has most text to part (the other is a table of contents)."""
    runs: list[list[tuple[int, re.Match[str]]]] = []
    for at, line in enumerate(lines):
        text = line.text
        if len(text) > LONGEST_SEPARATOR or not SEPARATOR_WORD.search(text) or not (match := SEPARATOR.match(text)):
            continue
        number = _number(match["a"] or match["b"] or match["c"] or match["d"])
        if number == 1:
            runs.append([])
        if runs and number == len(runs[-1]) + 1:
            runs[-1].append((at, match))
    if not runs:
        return []
    starts = [run[0][0] for run in runs] + [len(lines)]
    sizes = [
        _size(lines[start:end]) if len(run) > 1 else 0
        for run, start, end in zip(runs, starts, starts[1:], strict=False)
    ]
    best = max(range(len(runs)), key=lambda at: sizes[at])
    run = runs[best]
    return run if sizes[best] > _size([lines[at] for at, _ in run]) else []  # headings without any text are a text


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if "百" in text:
        head, _, tail = text.partition("百")
        return _number(head or "一") * 100 + (_number(tail.lstrip("零〇")) if tail.lstrip("零〇") else 0)
    if "十" in text:
        head, _, tail = text.partition("十")
        return (DIGITS.get(head, 1) if head else 1) * 10 + (DIGITS.get(tail, 0) if tail else 0)
    value = 0
    for char in text:
        value = value * 10 + DIGITS.get(char, 0)
    return value


def is_title(line: Line) -> bool:
    """Tell a line that reads like a report's title: short, unmarked, closing with the name of a kind of paper."""
    if len(line.text) > LONGEST_SEPARATOR or line.text[-1] not in _title_ends() or line.is_marked:
        return False
    text = to_simplified(line.text).lstrip("—-－ ")
    return bool(TITLE.match(QUOTED.sub("“”", text))) and not NOT_TITLE.search(text)


@cache
def _title_ends() -> frozenset[str]:
    """Return the last characters of titles, simplified and traditional, so that most lines are told by one look."""
    ends = {char for word in KIND_WORD.split("|") for char in (word[-3:-1] if word.endswith("?") else word[-1])}
    return frozenset(ends | set(to_traditional("".join(ends))) | set(")）》〉”」』"))


def _unglue(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Cut where a title follows a signature, or where the numbering starts again below a title.

    A notice that issues a paper (关于印发…的通知) and the paper itself stay together; so do a paper and its attachments, and
    the two halves of a paper whose title names them both.
    """
    titles = [at for at in range(4, len(lines) - 2) if is_title(lines[at]) and not is_title(lines[at - 1])]
    if not titles:
        return [lines]
    sizes = [0, *accumulate(len(line.text) for line in lines)]
    levels = [(at, _number(match[1])) for at, line in enumerate(lines) if (match := FIRST_LEVEL.match(line.text))]
    places = [at for at, _ in levels]
    lists = [at for at, line in enumerate(lines) if ATTACHED.match(line.text)]
    cuts = [0]
    for at in titles:
        start = cuts[-1]
        if sizes[at] - sizes[start] < SHORTEST_REPORT or sizes[-1] - sizes[at] < SHORTEST_REPORT:
            continue
        here = bisect_left(places, at)
        earlier = [level for _, level in levels[bisect_left(places, start) : here]]
        later = levels[here][1] if here < len(levels) and places[here] < at + 40 else None
        opening = lines[start : start + 8]
        if not earlier and any(ISSUES.search(line.text) for line in opening):
            continue
        if (
            _is_teaser(lines, at)
            or _is_attached(lines, start, at, lists)
            or any(_names(line, lines[at]) for line in opening)
        ):
            continue
        if _is_signature(lines[at - 1]) or (later == 1 and earlier[:1] == [1] and max(earlier) > 1):
            cuts.append(at)
    return [lines[a:b] for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True)]


def _is_teaser(lines: Sequence[Line], title: int) -> bool:
    """Tell a title in the tail of a page: a label of the tail follows it before any text does."""
    for line in lines[title + 1 : title + TEASERS]:
        if is_tail_label(line):
            return True
        if line.is_marked or line.is_closed or len(line.text) > PARAGRAPH:
            return False
    return False


def _is_attached(lines: Sequence[Line], start: int, title: int, lists: list[int]) -> bool:
    """Tell the title of an attachment: below a line 附件1, or listed as one earlier in the paper."""
    if any(ATTACHMENT.match(line.text) for line in lines[max(start, title - 3) : title]):
        return True
    name = lines[title].text
    listed = lists[bisect_left(lists, start) : bisect_left(lists, title)]
    return any(name in line.text for at in listed for line in lines[at : at + 8] if line is not lines[title])


def _names(line: Line, title: Line) -> bool:
    """Tell a title (of a summary and a plan in one) that contains the title of its second half."""
    return is_title(line) and len(line.text) > len(title.text) and title.text in line.text


def _size(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _is_signature(line: Line) -> bool:
    return bool(DATE_LINE.match(line.text)) or (len(line.text) < 25 and line.text.endswith(("年", "月", "日")))


def _trim(block: Sequence[Line], heading: str | None, *, furniture: tuple[tuple[Line, str], ...] = ()) -> list[Group]:
    """Return the report in the block without what stands around it; two, where another report follows its tail."""
    head, tail = label_head(block), label_tail(block)
    rest: Sequence[Line] = ()
    if tail and max(tail) + 1 < len(block):
        block, rest = block[: max(tail) + 1], block[max(tail) + 1 :]
    if len(head) + len(tail) >= len(block):
        head = tail = {}
    dropped = head | tail
    kept = [line for at, line in enumerate(block) if at not in dropped]
    beside = [*furniture, *((block[at], kind) for at, kind in dropped.items())]
    if len(kept) > 2 and is_title(kept[0]) and is_title(kept[1]) and _same_paper(kept[0].text, kept[1].text):
        beside.append((kept.pop(0), "page title"))
    page = next((block[at].text for at in reversed(head) if head[at] == "page title" and is_title(block[at])), None)
    found = ((_own_title(kept), "own"), (heading, "heading"), (page, "page"))
    title, source = next(((title, source) for title, source in found if title), (None, "own"))
    return [Group(tuple(kept), title, source, tuple(beside)), *(_trim(rest, None) if rest else ())]


def _own_title(lines: Sequence[Line]) -> str | None:
    """Return the first title among the opening lines, with the line above where the title stands on two."""
    at = next((at for at, line in enumerate(lines[:6]) if is_title(line)), None)
    if at is None:
        return None
    title = lines[at].text
    above = lines[at - 1] if at else None
    if above and at < 3 and not above.is_marked and not above.is_closed and SUPERSCRIPTION.match(above.text):
        return above.text + title
    return title.lstrip("—-－ ")


def _same_paper(page: str, own: str) -> bool:
    """Tell whether a site's title repeats the report's own, as it is or with a year, a kind of place or 范文 added."""
    rest = iter(page)
    return page.endswith(own) or (own[-4:] == page[-4:] and all(char in rest for char in own))
