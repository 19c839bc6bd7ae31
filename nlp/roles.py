"""Roles: by which words headings and sentences tell whether they speak of problems, measures, achievements, plans or background.

The words stand in `nlp/data/roles.toml`; here they are composed. Where they stand in a document is read in `nlp.outline` (sections) and
`nlp.sentences`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any, TypeAlias

from nlp.gate import Gate
from nlp.marks import HAN_NUMBER, sentence_bounds
from nlp.word_lists import any_of, read_lists

LONGEST_ANNOUNCEMENT = 32  # characters
LONGEST_LEAD_IN = 200
FIRST_SENTENCES = 6  # of a section, that tell whether it asks for a search
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
# What closes a clause that says a lack: 台账不规范等问题，
CLOSES_LACK = r"[”’]?(?:等)?(?:的)?(?:一些|诸多|突出|实际|新)?(?:问题|现象|情况|状况|现状|困难|短板|倾向)?[”’]?(?:的问题)?(?=[，。；、：！]|$)"
HINT_OF_LACK = re.compile("[不少难缺弱差低慢未]")
# A heading of two parts, the second one of shortcomings: the section begins as its first part.
MIXED = re.compile(
    r"^[^，。；：]{0,24}?(?:(?P<achievements>成效|成绩|做法|进展|亮点|完成|工作(?:开展)?(?:情况)?|开展情况|落实情况|执行情况|收获|优势|经验)|(?P<background>现状|概况|基本情况|情况))"
    r"[^，。；：]{0,6}?(?:与|和|及|以及|、|暨|，)[^。；：]{0,10}?(?:问题|不足|差距|困难|短板|薄弱环节|难点)[^，。；：]{0,4}$"
)

# Behind it stands what came to light: 排查结果如下：
FINDINGS = re.compile(
    "(?:排查|抽查|暗访|核查|督查|检查|巡查|走访|审计)[^，。；]{0,4}(?:结果|发现)[^，。；]{0,6}如下[：。]$"
)

Words: TypeAlias = re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The rules of `nlp/data/roles.toml`, composed."""

    rules: tuple[tuple[str, Words, Words | None], ...]
    aims: Words  # a heading opens with it: 加强管理
    works_on: Words  # a heading of works opens with it: 抓好薄弱村组建设; not 推进中存在的困难
    enquires: Words  # a heading of a search for problems: 查找问题, 剖析评议阶段
    asks: Words  # what is asked for behind it: 剖析要触及思想
    looked_back: Words  # a heading of deeds in a speech or plan, too
    ahead: Words  # a plan that goes on in its row: 下半年打算
    deeds_in_plans: Words  # a heading of deeds in a part of plans, too: 上半年工作情况
    plans_in_deeds: Words  # and one of plans in a part of deeds: 下一步打算

    admits: Words  # a clause that ends in a lack: 台账不规范，
    clear_lack: Gate  # without one a sentence outside passages of shortcomings names none
    not_admitted: Words  # with one of these a sentence owns no lack: 解决台账不规范的问题
    heading_lack: Words  # a heading that is plainly a lack
    not_heading_lack: Words  # 解决经费不足, 存在的不足
    two_lacks: Words  # in one sentence: 机构残缺，人手单薄
    no_proof: Words  # no fact that proves them

    lead_in: Words  # shortcomings follow: 还存在以下问题：
    lead_in_name: Words  # one of these stands in every lead-in
    not_lead_in: Words  # 针对存在的问题
    announces: Words  # how a short sentence between a lead-in and its row ends
    row_follows: Words  # how a lead-in ends with which the next line goes on
    lists: Words  # opens a list in the line: 渔民的主要困难是船旧；

    labels: tuple[tuple[str, Words], ...]  # with the role of what follows
    turn: Words  # the writer turns away from shortcomings
    turn_to_measures: Words  # … and to what is done about them
    answer: Words  # a label before what was done about a fault: 整改情况：
    seeks: Words  # a search for faults: 要查找班子存在的问题；
    no_fault: Words  # opens no fault
    done: Words  # opens what was done about one
    resolved: Words  # a lack that is no more
    set_right: Words  # what came to light and was set right
    looks_in: Words  # a meeting that looks into its own faults
    once: Words  # how it was before what is told next: 从前
    now: Words  # 如今
    not_in_passing: Words  # no shortcoming told in passing
    not_stuck: Words  # no work that is stuck
    doubts: Words  # no promise, and nothing that gives heart

    def of(self, heading: str) -> str | None:
        """Return the role that the heading announces, or None; of several, the first rule's (a mixed one: see `MIXED`)."""
        for name, cues, unless in self.rules:
            if cues.search(heading) and not (unless and unless.search(heading)):
                return name
        return None

    def admit(self, unit: str) -> bool:
        """Tell a sentence that owns a lack and speaks of no remedy: 1.入户走访少，底数不清。"""
        return self.admits.search(unit) is not None and self.not_admitted.search(unit) is None

    def label_of(self, unit: str) -> str | None:
        """Return the role that the label at the head of a sentence names (整改措施：…), or None."""
        if "：" in unit or ":" in unit:  # a label ends with one
            for role, pattern in self.labels:
                if pattern.match(unit):
                    return role
        return None


@cache
def load_roles() -> Roles:
    """Return the rules of `nlp/data/roles.toml`."""
    data = read_lists("roles")
    return Roles(
        rules=tuple((e["name"], _any(e["cues"]), _any(e["unless"]) if e["unless"] else None) for e in data["role"]),
        labels=tuple((e["role"], re.compile(rf"(?:{any_of(e['forms'])})[：:]")) for e in data["label"]),
        **_of_headings(data["heading"]),
        **_of_lacks(data["lack"]),
        **_of_lead_ins(data["lead_in"]),
        **_of_sentences(data["sentence"]),
    )


def is_aim(heading: str) -> bool:
    """Tell a heading that opens with what is to be done: 加强管理; not 开展活动少."""
    return load_roles().aims.match(heading) is not None and HINT_OF_LACK.search(heading) is None


@lru_cache(maxsize=512)  # asked of a heading up to three times
def is_lack(heading: str) -> bool:
    """Tell a heading that is plainly a lack: 经费不足, 培训条件有待提高, 缺乏专业人才; not 解决经费不足, nor 存在的不足."""
    roles = load_roles()
    return roles.heading_lack.match(heading) is not None and not roles.not_heading_lack.search(heading)


def is_lead_in(unit: str) -> bool:
    """Tell a sentence after which shortcomings are told (…主要表现在以下几个方面：), by its last clause that names them."""
    roles = load_roles()
    if (
        roles.lead_in_name.search(unit) is None
    ):  # measured: a sixth of the time of looking for a lead-in in all sentences
        return False
    for match in roles.lead_in.finditer(unit):
        clause = unit[unit.rfind("，", 0, match.start()) + 1 : match.end() + 14]
        if not roles.not_lead_in.search(clause):
            return True
    return False


def opens_list(unit: str) -> bool:
    """Tell a sentence that begins a list of shortcomings in its line, up to the full stop: 渔民的主要困难是船旧；"""
    return unit[-1] == "；" and load_roles().lists.search(unit) is not None


def opens_search(unit: str) -> bool:
    """Tell a sentence that begins a list of what is to be looked for, up to the full stop: 要查找班子存在的问题；"""
    return unit[-1] == "；" and load_roles().seeks.search(unit) is not None


def asks_to_search(text: str, start: int, end: int) -> bool:
    """Tell whether some of the first sentences of a stretch ask for something and fewer own a lack: 剖析要触及思想。"""
    roles, asked, owned = load_roles(), 0, 0
    for low, high in islice(sentence_bounds(text, start, end), FIRST_SENTENCES):
        unit = text[low:high]
        if roles.asks.search(unit) is not None:
            asked += 1
        elif roles.admit(unit):
            owned += 1
    return asked > owned


def tells_findings(unit: str) -> bool:
    """Tell a sentence behind which stands what came to light: 排查结果如下："""
    return unit[-3:-1] == "如下" and FINDINGS.search(unit) is not None


def is_behind_lead_in(text: str, at: int) -> bool:
    """Tell whether the line before a place closes with a lead-in (…还存在以下问题：)."""
    end = at - 1
    if end < 1:
        return False
    first = text.rfind("\n", 0, end) + 1
    bounds = list(sentence_bounds(text, max(first, end - LONGEST_LEAD_IN), end))
    told = [text[low:high] for low, high in bounds[-2:]]
    if len(told) == 2 and not (len(told[1]) < LONGEST_ANNOUNCEMENT and load_roles().announces.search(told[1])):
        del told[0]
    return any(map(is_lead_in, told))


def turns_to_shortcomings(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch turns to shortcomings somewhere, by a lead-in."""
    return any(is_lead_in(text[low:high]) for low, high in sentence_bounds(text, start, end))


def _any(forms: Iterable[str]) -> Words:
    return re.compile(any_of(forms))


def _of_headings(lists: dict[str, list[str]]) -> dict[str, Any]:
    names = r"存在|面临|遇到|[^节]?(?:问题|困难|不足|差距|原因|难点|难题|瓶颈)[^，。；：]{0,4}$"
    return {
        "aims": _any(lists["aims"]),
        "works_on": re.compile(rf"(?:{any_of(lists['works_on'])})(?!.{{0,30}}(?:{names}))"),
        "enquires": _any(lists["enquires"]),
        "asks": _any(lists["asks"]),
        "looked_back": _any(lists["looked_back"]),
        "ahead": _any(lists["ahead"]),
        "deeds_in_plans": _any(lists["deeds_in_plans"]),
        "plans_in_deeds": _any(lists["plans_in_deeds"]),
    }


def _of_lacks(lists: dict[str, list[str]]) -> dict[str, Any]:
    heading, pair = any_of(lists["heading_ends"]), f"(?:{any_of(lists['pair_ends'])})"
    return {
        "admits": re.compile(rf"(?:{any_of(lists['ends'])}){CLOSES_LACK}"),
        "not_admitted": _any(lists["unless"]),
        "clear_lack": Gate(lists["clear"] + lists["phrases"]),
        "heading_lack": re.compile(
            rf"(?:[^，。；：]{{2,24}}?(?:{heading})(?:的?(?:问题|现象|状况))?|(?:缺乏|缺少|欠缺)[^，。；：]{{2,20}})(?=，|$)"
        ),
        "not_heading_lack": _any(lists["heading_unless"]),
        "two_lacks": re.compile(
            rf"{pair}(?:的问题)?[，、](?:而且|并且|且|加之|加上|再加上|同时)?(?:[^。；]{{2,16}}[，、])?[^，。；]{{2,14}}?{pair}(?:的问题|等问题)?(?:[，。；！、]|$)"
        ),
        "no_proof": _any(lists["proof_ends"]),
    }


def _of_lead_ins(lists: dict[str, list[str]]) -> dict[str, Any]:
    own, names = any_of(lists["names"]), any_of(lists["names"], lists["names_behind"])
    announces = any_of(lists["announces"])
    behind_opening = (
        rf"(?:{any_of(lists['opens'])})[^。；]{{0,60}}?"
        rf"(?:{names})[^。；，：]{{0,14}}(?=[。：；！]|$|，(?:主要|具体|表现|突出|如|比如|例如|一是))"
    )
    alone = rf"(?:{own})[^。；]{{0,12}}(?:{any_of(lists['tells'])})"
    return {
        "lead_in": _any([behind_opening, alone, *lists["always"]]),
        "lead_in_name": re.compile(names),
        "not_lead_in": _any(lists["unless"]),
        "announces": re.compile(rf"{announces}|[:：]$"),
        "row_follows": re.compile(rf"(?:{announces})[^：:]*[：:]?$|[:：]$"),
        "lists": re.compile(
            rf"^(?![^；]*(?:{any_of(lists['no_list'])}))[^；]{{0,40}}?(?:{any_of(lists['lists'])})(?=[^；：，])"
        ),
    }


def _of_sentences(lists: dict[str, list[str]]) -> dict[str, Any]:
    item = rf"(?:{HAN_NUMBER}[、是]|[（(]?{HAN_NUMBER}[)）]|[（(]?\d{{1,2}}[、.．)）])?"
    shapes = {
        "turn": r"^(?:{})",
        "answer": r"[（(【]?(?:{})[）)】]?\s?[：:）)】]",
        "no_fault": item + "(?:{})",
        "once": item + "(?:{})",
    }
    return {name: re.compile(shapes.get(name, "{}").replace("{}", any_of(forms))) for name, forms in lists.items()}
