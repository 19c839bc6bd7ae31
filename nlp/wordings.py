"""How a sentence says what it says: behind which label, in the words of aims or deeds, as a problem that is there, and how strongly.

The words stand in `nlp/data/wordings.toml`; here they are composed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from nlp.features import LACK, MARK
from nlp.records import Sentence
from nlp.taxonomy import compile_for_search
from nlp.word_lists import any_of, read_lists

SHORTEST = 5  # characters of a sentence
AS_ITEM, AS_STATED = 1.5, 0.7  # log odds, see `plainness`
ITEM = re.compile(MARK.removesuffix("?"))
# A lead-in and the first item of its list in one sentence: 主要表现在：一是人员少
LEADS_TO_ITEM = re.compile(
    r"[：:](?=[一二三四五六七八九十]{1,2}[、是]|(?:\d{1,2}|[一二三四五六七八九十])[、.．](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[）)]|第[一二三四五六七八九][，、]|其[一二三四][，是]|首先|[①②③])"
)

Words: TypeAlias = re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """The wordings of `nlp/data/wordings.toml`, composed."""

    aim: Words
    deed: Words
    hint: Words
    called: Words
    states: Words
    strengths: tuple[tuple[str, Words], ...]  # the strongest first

    def agree(self, unit: str, role: str) -> bool:
        """Tell whether a sentence speaks as its role does: a plan and measures of aims, achievements of deeds."""
        words = self.deed if role == "achievements" else self.aim if role in ("plan", "measures") else None
        return words is not None and words.search(unit) is not None


@cache
def load_wordings() -> Wordings:
    """Return the wordings of `nlp/data/wordings.toml`."""
    data = read_lists("wordings")
    spoken, called, stated = data["spoken"], data["called"], data["stated"]
    return Wordings(
        aim=re.compile(any_of(spoken["aims"])),
        deed=re.compile(any_of(spoken["deeds"])),
        hint=re.compile(f"{any_of(spoken['hints'])}|{LACK.pattern}"),
        called=re.compile(
            rf"(?:{any_of(called['how'])})*(?:{any_of(called['faults'])})(?:[和与及、](?:{any_of(called['faults'])}))?\s?[一二三四五六七八九十\d]{{0,3}}："
        ),
        states=compile_for_search(
            rf"存在(?![的着]?(?:{any_of(stated['kinds'])})*(?:{any_of(stated['general'])}))[^，。；]{{1,24}}(?:{any_of(stated['there'])})(?=[，。；]|$)"
            rf"|(?:{any_of(stated['grows'])})[^，。；]{{0,8}}越[来拉]越|{any_of(stated['plainly'])}"
            rf"|(?:成为|成了|是)[^，。；]{{0,20}}(?:{any_of(stated['becomes'])})(?=[，。；]|$)"
        ),
        strengths=tuple((name, re.compile(any_of(forms))) for name, forms in data["strength"].items()),
    )


def said(unit: str) -> str:
    """Return what a sentence says behind the label or lead-in that opens it: 人员少 of 存在问题：人员少 and of 主要表现在：一是人员少."""
    if "：" not in unit:
        return unit
    if (label := load_wordings().called.match(unit)) is not None and len(unit) - label.end() >= SHORTEST:
        unit = unit[label.end() :]
    lead = LEADS_TO_ITEM.search(unit)
    return unit[lead.end() :] if lead is not None and len(unit) - lead.end() >= SHORTEST else unit


def role_told(unit: str, sentence: Sentence, *, lacking: bool = False) -> str:
    """Return the role that counts for a sentence: one that rests on the kind of the document alone does where its own words agree.

    A plan's 要加强…, a summary's 解决了… are what they seem; 电脑都不够 is a lack in any kind of paper. A heading of problems makes none
    of a sentence of aims or deeds in which no word hints at a lack; `lacking` tells that one is known to do so.
    """
    role, words = sentence.role, load_wordings()
    without_lack = role == "problems" and not lacking and not words.hint.search(unit)
    if without_lack and (words.aim.search(unit) or words.deed.search(unit)):
        return "background"  # 近年来，…努力构建… under a heading of problems
    return role if not sentence.assumed or words.agree(unit, role) else "background"


def plainness(unit: str, role: str) -> float:
    """Return the log odds that the form of a sentence adds: an item among problems, and words that say that a problem is there.

    Chosen on the samples, the real files and the reports kept apart (docs/problems.md).
    """
    words = load_wordings()
    added = 0.0
    if role == "problems" and ITEM.match(unit) and (LACK.search(unit) or not words.aim.search(unit)):
        added = AS_ITEM
    return added + AS_STATED if words.states.search(unit) else added


def strength(unit: str) -> str:
    """Return how strong a problem is said to be: widespread, partial, mild, or nothing."""
    for name, words in load_wordings().strengths:
        if words.search(unit):
            return name
    return ""
