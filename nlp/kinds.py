"""Of which kind a text is: plan, summary, rectification, experience, research, speech, notice, news, other.

The title tells it, or the form (minutes, news), or its wordings and signs (`nlp/data/kinds.toml`), weighed by a classifier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log1p

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nlp.edges import EDGE_LINES, HEAD, LONGEST_EDGE
from nlp.kind_model import likeliest_kind, load_kind_weights
from nlp.kind_signs import SPAN, signs_of
from nlp.news import is_news, tells_of_a_body
from nlp.word_lists import read_lists

REPORTS_TO_CONGRESS = re.compile(r"代表.{0,12}(?:政府|国务院).{0,16}(?:报告(?:政府)?工作|作政府工作报告|作工作报告)")
RECTIFIES = re.compile(r"整改(?!.*(?:通知|决定|方案的))")
RECTIFYING_PLAN = re.compile(  # 整改落实方案, 问题的整改实施方案
    r"整改[^，。、]{0,8}(?:方案|计划|安排|打算)$"
)
ISSUED_HEREBY = re.compile(  # 现印发给你们
    r"(?:印发|转发|下发)给你[们单]|现(?:予以?)?(?:印发|转发|下发)|现将[^。\n]{0,30}(?:印发|转发|下发)"
)
NAMED_PAPER = re.compile(r"现将《(?P<paper>[^》\n]{4,50})》[^。，\n]{0,8}(?:印发|转发|下发)")
ORDERS = re.compile(r"(?:通知|要求)如下|请(?:[^。\n]{0,12})(?:组织|对照|按照|按时|抓紧|于)")
LONGEST_TITLE = 200  # characters of a first line
LONGEST_NOTICE = 300  # characters, without what it issues
OF_TARGETS = re.compile(r"(?:目标|任务|指标|责任书|责任制|考核|绩效|计划|规划|完成|实施|执行|推进)[^，。]{0,10}自查")
OF_SAMPLES = re.compile(  # what a site adds to the title of a paper: …工作总结范文, …讲话（一）：, …工作计划怎么写1
    r"(?:[\s　]*[（(【\[](?:[^（()）【】\[\]]{1,24})[】\])）][:：]?|的?(?:(?:范文|模板|范本|样本)(?:大纲)?)|(?:[和与及][^，。]{2,6})?怎么写|(?<![\s\d一二三四五六七八九十])[\s\d一二三四五六七八九十]++)+$"
)
EVENT_TITLE = re.compile(  # 芦溪乡妇联圆满完成换届, where the text goes on with a day
    r"[^，。；：！？]{0,20}?(?:妇联|工会|团委|支部|女工委|妇委会|残联|科协|协会|中心|[省市县区镇乡村]|街道|社区|[局委院校办]|公司|政协|人大)"
    r"(?:集中|圆满|成功|顺利|扎实|积极|全面|深入|持续|组织|认真|隆重|联合)?(?:开展|启动|完成|安排|部署|学习|传达|走访|慰问|赴|获评|荣获|推进|调研)[^，。；：！？]{2,40}"
)
RUN_IN_TITLE = re.compile(  # 第1页共9页区妇联工作报告材料2023年，…
    r"[\s\u3000]*(?:第\d{1,3}页[\s，,]?共\d{1,3}页)?(?P<title>[^，。；：！？,;:\n]{3,40}?(?:(?:工作|年[度终]|述职|自查|整改|调[研查]|心得|实践|经验交流|情况)"
    r"(?:总结|小结|计划|要点|报告|汇报|方案|材料)(?:材料)?|的通知))(?!的|会|大会|制度|中|里|上|工作|和|及|与|、|是|要)(?:[（(][\w\s]{1,12}[)）])?[\s\d\u3000]*[\u4e00-\u9fff“*×xX][^，。；：\n]{2,60}[，,：:]"
)
IN_A_SENTENCE = re.compile(
    "[了着]|根据|按照|为(?:了|进)|今[天年]|我们|现将|召开|听取|现在|汇报如下|接到|收到|认真|听了|结合|一份|这份|(?<!如何)做好"
)
VISIT_TITLE = re.compile(
    "(?:调研|走访|视察|考察|督查|督导|检查|看望|慰问|反馈)[^，。；]{2,24}情况$|[到赴来临][^，。；]{2,24}(?:调研|视察|考察|督导|检查|走访|慰问)$"
)
A_DAY = re.compile(
    r"\d{1,2}\s?日(?!常)|[来到]临?之际|据(?:了解|介绍|悉)|\d{1,2}\.\d{2}\.20\d{2}|日前|近日|[昨今]天|本[网报]讯"
)
LOOSE_KINDS = frozenset(("summary", "experience", "news", "other"))  # told by such words as 情况, 做法, 开展
OF_FAULTS = re.compile("问题|整改|隐患|专项治理|纠|剖析|对照|检视|违规|作风|廉")
SUMMARY_AND_PLAN = re.compile(
    r"(?:总结|小结|完成情况|工作回顾).{0,8}(?:和|及|暨|与|以及|、).{0,12}(?:计划|打算|要点|安排|思路)"
)
MINUTES_LABEL = re.compile(
    r"^[\s\u3000]*(?:会议|开会)?(?:时间|地点|主\s?持(?:人)?|记\s?录(?:人)?|(?:参加|参会|与会|出席|列席|缺席)(?:人员|人|领导)?|议题|议程|主题|内容)[：:]",
    re.MULTILINE,
)
LAST_OF_TITLE = re.compile(r"(?:召开|举行|举办)(?!情况|方案|总结|通知)")
HEADLINE = re.compile(
    r"(?![一二三四五六七八九十\d（(]{1,3}[、.．)）是])[^，。；：！？,;:]{6,50}"
    r"|(?:工作|年[度终]|半年|学期|季度|个人|述职|自查|整改|调[研查])(?:总结|小结|计划|汇报|报告|要点|方案|安排)"
)
MOTTO = re.compile(r"[“\u4e00-\u9fff][^，。；：！？,;:\d]{5,24}")
MOST = 3  # times that a wording counts
TELLING = 3  # what the wordings of a kind weigh where they tell it


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of the texts of a kind, and its weight."""

    kind: str
    pattern: re.Pattern[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of `nlp/data/kinds.toml`: the words of their titles, and the wordings of their texts by how they begin."""

    titles: tuple[tuple[str, re.Pattern[str]], ...]
    declared: tuple[tuple[str, re.Pattern[str]], ...]  # what texts say that they are of
    wordings: tuple[Wording, ...]
    begins: AhoCorasick
    begun: tuple[tuple[int, ...], ...]  # the wordings that begin so


@cache
def load_kinds() -> Kinds:
    """Return the kinds of `nlp/data/kinds.toml`."""
    entries = read_lists("kinds")["kind"]
    titles = tuple((e["name"], re.compile("|".join(sorted(e["title"], key=len, reverse=True)))) for e in entries)
    declared = tuple((e["name"], re.compile("|".join(e["declared"]))) for e in entries if "declared" in e)
    wordings, begun = list[Wording](), dict[str, list[int]]()
    for entry in entries:
        for pattern, weight, begins in entry["body"]:
            for begin in begins.split():
                begun.setdefault(begin, []).append(len(wordings))
            wordings.append(Wording(entry["name"], re.compile(pattern, re.MULTILINE), weight))
    finder = AhoCorasick(list(begun), matchkind=MatchKind.Standard, implementation=Implementation.DFA)
    return Kinds(titles, declared, tuple(wordings), finder, tuple(map(tuple, begun.values())))


def find_kind(text: str, title: str, *, issues: bool = False) -> str:
    """Return the kind of a text, by its title, its form and its wordings.

    A title that ends in a naming word (…工作总结) tells it. Else the form does: minutes, and news (本网讯, or a meeting on a
    day in the first sentence), whatever they tell of (整改, 工作报告); then any naming word of the title, then the wordings.
    With `issues` the title is that of the paper which a notice issues; that paper may not follow it.
    """
    kind = kind_of_title(OF_SAMPLES.sub("", title) or title) if title else kind_of_run_in_title(text)
    if issues and _only_issues(text):
        return "notice"
    if not kind and (issued := NAMED_PAPER.search(text, 0, HEAD)) and not _only_issues(text):
        kind = kind_of_title(issued["paper"])
    if kind in LOOSE_KINDS and title.endswith("情况") and (declared := declared_kind(text)):
        return declared
    if kind and not title:
        return kind
    visit = VISIT_TITLE.search(title) is not None and is_news(text)  # 市妇联到云坪县调研巾帼志愿服务情况
    if kind and not visit and (kind == "news" or ends_in_its_kind(title)):
        return kind
    if is_minutes(text):
        return "other"
    if is_news(text) or LAST_OF_TITLE.search(title):
        return "news"
    if not kind:
        kind = "summary" if REPORTS_TO_CONGRESS.search(text[: 2 * HEAD]) else kind_of_body(text)
        return "news" if kind == "other" and tells_of_a_body(text) else kind
    return kind


def declared_kind(text: str) -> str | None:
    """Return the kind that the head of a text says it is of (现将自查情况报告如下, 特作调研报告如下), or None."""
    return next((name for name, words in load_kinds().declared if words.search(text, 0, HEAD)), None)


def kind_of_run_in_title(text: str) -> str | None:
    """Return the kind of a title to which the text goes on without a break (…的调研报告 妇代会是…，), or None."""
    run_in = RUN_IN_TITLE.match(text)
    if run_in is None or IN_A_SENTENCE.search(run_in["title"]):
        return None
    return kind_of_title(run_in["title"])


def _only_issues(text: str) -> bool:
    """Tell the text of a notice that the paper which it issues does not follow."""
    issued = ISSUED_HEREBY.search(text, 0, HEAD) or ORDERS.search(text, 0, HEAD)
    if issued is None:
        return False
    rest = text[issued.end() :]
    if any(len(line) <= LONGEST_EDGE and ends_in_its_kind(line.strip()) for line in rest.split("\n") if line.strip()):
        return False
    return len(rest) <= LONGEST_NOTICE or "通知如下" in text[: 2 * HEAD]


def kind_of_title(title: str) -> str | None:
    """Return the kind that the last naming word of a title tells, or None."""
    if SUMMARY_AND_PLAN.search(title):
        return "summary"
    best: tuple[int, int, str] | None = None
    for name, words in load_kinds().titles:
        for match in words.finditer(title):
            candidate = (match.end(), match.end() - match.start(), name)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    if best and best[2] == "rectification" and OF_TARGETS.search(title) and not OF_FAULTS.search(title):
        return "summary"  # 目标任务自查报告 tells how far they are reached
    if best and best[2] == "plan" and RECTIFYING_PLAN.search(title):
        return "rectification"
    if best and best[2] in ("summary", "notice") and RECTIFIES.search(title):
        return "rectification"  # 整改情况的报告, 整改进展的通报
    return best[2] if best else None


def kind_of_body(text: str) -> str:
    """Return the kind of which a text without a telling title most likely is; `other` only where no wordings tell one."""
    weights = _weigh(text[:SPAN])
    kind = likeliest_kind(_seen(text, weights), load_kind_weights())
    if kind == "other" and weights:
        best = max(weights, key=lambda name: weights[name])
        return best if weights[best] >= TELLING else kind
    return kind


def seen_of(text: str) -> dict[str, float]:
    """Return what is seen of the kind of a text: its signs, and what the wordings of each kind weigh."""
    return _seen(text, _weigh(text[:SPAN]))


def _seen(text: str, weights: Mapping[str, float]) -> dict[str, float]:
    return signs_of(text) | {f"words of {kind}": log1p(weight) for kind, weight in weights.items()}


def _weigh(text: str) -> dict[str, float]:
    """Return what the wordings of each kind weigh in a text, of those that it has."""
    kinds = load_kinds()
    counts, ends = [0] * len(kinds.wordings), [0] * len(kinds.wordings)
    for index, start, _ in kinds.begins.find_matches_as_indexes(text, overlapping=True):
        for number in kinds.begun[index]:
            if start < ends[number] or counts[number] > MOST:
                continue
            if match := kinds.wordings[number].pattern.match(text, start):
                counts[number] += 1
                ends[number] = match.end()
    weights: dict[str, float] = {}
    for wording, count in zip(kinds.wordings, counts, strict=True):
        if count:
            weights[wording.kind] = weights.get(wording.kind, 0.0) + wording.weight * min(MOST, count)
    return weights


def headline(text: str) -> str:
    """Return the first line of a text that has no title, if it is a short one and a naming word closes it, or it tells of an event."""
    line, _, rest = text.partition("\n")
    parts = line.split()
    line = parts[-1] if len(parts) > 1 and all(map(ends_in_its_kind, parts)) else line.strip(" \u3000")
    if len(line) > LONGEST_TITLE:
        return ""
    head, colon, motto = line.partition("：")
    if rest and colon and MOTTO.fullmatch(motto) and HEADLINE.fullmatch(head) and ends_in_its_kind(head):
        return line  # …经验材料：小支点撬动大民生
    bare = OF_SAMPLES.sub("", line)
    if rest and EVENT_TITLE.fullmatch(line) and A_DAY.search(rest, 0, LONGEST_EDGE):
        return line
    if not rest or not HEADLINE.fullmatch(bare) or kind_of_title(bare) is None:
        return ""
    return line if LAST_OF_TITLE.search(line) or ends_in_its_kind(bare) else ""


def ends_in_its_kind(title: str) -> bool:
    """Tell whether a naming word closes a title, but for a bracket or a number behind it."""
    bare = OF_SAMPLES.sub("", title)
    return any(match.end() == len(bare) for _, words in load_kinds().titles for match in words.finditer(bare)) or bool(
        SUMMARY_AND_PLAN.search(title)
    )


def is_minutes(text: str) -> bool:
    """Tell the record of a meeting by its heading, or by the labels at its head: 时间：… 地点：… 出席：…."""
    if any(line.rstrip().endswith(("会议纪要", "会议记录")) for line in text[:HEAD].split("\n")[:EDGE_LINES]):
        return True
    return len({match.group().strip() for match in MINUTES_LABEL.finditer(text, 0, HEAD)}) > 2
