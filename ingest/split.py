"""Compilations: several reports in one file, under numbered headings or glued without any."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.furniture import label_head, label_tail
from ingest.lines import DATE_LINE, Line
from ingest.script import to_simplified

NUMBER = r"[一二三四五六七八九十百\d]{1,4}"
SEPARATOR = re.compile(
    rf"[【\[〔（(★☆]?\s*(?:第\s*(?P<a>{NUMBER})\s*篇|(?:范文)?篇\s*(?P<b>{NUMBER})|(?:范文|例文|样本|参考)\s*(?P<c>{NUMBER}))"
    r"\s*(?:[】\]〕）)★☆]|[:：、.．\s]|$)\s*(?P<title>.*)$"
)
LONGEST_SEPARATOR = 70
KIND_WORD = (
    "工作要点|要点|工作总结|总结|工作计划|计划|规划|工作安排|工作思路|工作打算|整改措施|整改方案|整改报告|整改情况|整改清单|自查报告|调研报告|调查报告|"
    "调查与思考|对策|思考|汇报材料|经验材料|交流材料|事迹材料|汇报|工作报告|述职报告|报告|讲话稿?|讲话提纲|致辞|发言稿?|发言材料|"
    "实施方案|工作方案|方案|实施意见|意见|通知|通报|简报|信息|纪要|决定|倡议书|情况|体会|做法|经验|探索|启示|通告|函"
)
TITLE = re.compile(rf"(?!.*[。；！？，,;★])(?=.{{4,60}}$).*(?:{KIND_WORD})(?:[（(].{{1,14}}[)）])?[》”]?$")
NOT_TITLE = re.compile(
    r"^(?:附件?[:：]|抄送|报送|主送|签发|报告人|汇报人|主讲|[^，]{0,8}同志|现将|以上|此|特此|各)|[:：]$"
)
ISSUES = re.compile(r"印发|转发|下发")
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
        return [part for block in _unglue(lines) for part in [_trim(block, None, is_first=block is lines)]]
    titles = [match["title"].strip() for _, match in separators]
    repeated = Counter(titles)
    bounds = [at for at, _ in separators] + [len(lines)]
    groups: list[Group] = []
    lead = tuple((line, "page head") for line in lines[: bounds[0]])
    for number, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False)):
        heading = titles[number] if repeated[titles[number]] == 1 and titles[number] else None
        block = lines[start + 1 : end]
        beside = ((lines[start], "separator heading"),) + (lead if not groups else ())
        if block:
            groups.append(_trim(block, heading, furniture=beside))
        lead = () if block else (*lead, *beside)
    return groups


def _separators(lines: Sequence[Line]) -> list[tuple[int, re.Match[str]]]:
    """Return the longest run of separator lines numbered 1, 2, 3 …"""
    found = [
        (at, match)
        for at, line in enumerate(lines)
        if len(line.text) <= LONGEST_SEPARATOR and (match := SEPARATOR.match(line.text))
    ]
    run: list[tuple[int, re.Match[str]]] = []
    for at, match in found:
        if _number(match["a"] or match["b"] or match["c"]) == len(run) + 1:
            run.append((at, match))
    return run if len(run) > 1 else []


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
    if len(line.text) > LONGEST_SEPARATOR or line.is_marked:
        return False
    text = to_simplified(line.text).lstrip("—-－ ")
    return bool(TITLE.match(text)) and not NOT_TITLE.search(text)


def _unglue(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Cut where a title follows a signature, or where the numbering starts again below a title.

    A notice that issues a paper (关于印发…的通知) and the paper itself stay together.
    """
    cuts = [0]
    for at in range(4, len(lines) - 2):
        if not is_title(lines[at]) or is_title(lines[at - 1]):
            continue
        before, after = lines[cuts[-1] : at], lines[at:]
        if _size(before) < SHORTEST_REPORT or _size(after) < SHORTEST_REPORT:
            continue
        if any(ISSUES.search(line.text) for line in before[:8]) and not _levels(before):
            continue
        if _is_signature(lines[at - 1]) or _restarts(before, after):
            cuts.append(at)
    return [lines[a:b] for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True)] if len(cuts) > 1 else [lines]


def _size(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _levels(lines: Sequence[Line]) -> list[int]:
    return [_number(match[1]) for line in lines if (match := FIRST_LEVEL.match(line.text))]


def _is_signature(line: Line) -> bool:
    return bool(DATE_LINE.match(line.text)) or (len(line.text) < 25 and line.text.endswith(("年", "月", "日")))


def _restarts(before: Sequence[Line], after: Sequence[Line]) -> bool:
    earlier, later = _levels(before), _levels(after[:40])
    return len(earlier) > 1 and earlier[0] == 1 and max(earlier) > 1 and later[:1] == [1]


def _trim(
    block: Sequence[Line], heading: str | None, *, furniture: tuple[tuple[Line, str], ...] = (), is_first: bool = True
) -> Group:
    head, tail = label_head(block), label_tail(block)
    if len(head) + len(tail) >= len(block):
        head = tail = {}
    dropped = head | tail
    kept = [line for at, line in enumerate(block) if at not in dropped]
    beside = [*furniture, *((block[at], kind) for at, kind in dropped.items())]
    if len(kept) > 2 and is_title(kept[0]) and is_title(kept[1]) and _same_paper(kept[0].text, kept[1].text):
        beside.append((kept.pop(0), "page title"))
    own = next((line.text.lstrip("—-－ ") for line in kept[:6] if is_title(line)), None)
    page = next((block[at].text for at in reversed(head) if head[at] == "page title" and is_title(block[at])), None)
    for title, source in ((own, "own"), (heading, "heading"), (page, "page")):
        if title:
            return Group(tuple(kept), title, source, tuple(beside))
    return Group(tuple(kept), None, "own", tuple(beside))


def _same_paper(page: str, own: str) -> bool:
    """Tell whether a site's title repeats the report's own, as it is or with a year, a kind of place or 范文 added."""
    rest = iter(page)
    return page.endswith(own) or (own[-4:] == page[-4:] and all(char in rest for char in own))
