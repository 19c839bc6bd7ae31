"""What the numbers of a sentence count in turn: each what the words around it name, or what those before it counted.

困难户12户、30人 are households and persons of one kind; 企业62家，其中9家停产 counts firms twice. `nlp.counted` reads the words
around one number; `Recent` is what has been counted until the sentence ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.counted import DEEDS, TARGET_ENDS, TARGETS, named_before, named_behind, what_a_row_counts, what_is_counted
from nlp.records import Quantity

UNIT_LOST = "unit-lost"  # the rule of a number without its unit: what it counts stands before it
_RULE_OF_LOST = f"quantity/{UNIT_LOST}"
_SHARES = frozenset(("percent", "percentage points", "ratio", "times as much", "doublings"))
_PEOPLE = frozenset(("persons", "households"))
_SORTS_OF_PEOPLE = frozenset(
    ("女性", "男性", "妇女", "女同志", "少数民族", "党员", "团员", "青年", "老年人", "女", "男")
)
_KIN = {
    "case-times": "cases",
    "firm visits": "organisations",
    "household visits": "households",
    "attendances": "persons",
}  # 接待来访87件次，办结84件: the same is counted
_COMMAS = frozenset("，、,")
_ENDS = frozenset("，。；、？！,;?!）) \u3000\n\r")
_TOTALS = frozenset(
    (
        "共",
        "共计",
        "合计",
        "总计",
        "计",
        "，共",
        "，共计",
        "，合计",
        "、共",
        "、约",
        "、近",
        "共约",
        "约",
        "，约",
        "，约 ",
    )
)
_PAIR_GAPS = frozenset(("", "、", " ")) | _TOTALS
_LONGEST_GAP = max(map(len, _PAIR_GAPS))
_INHABITED = frozenset("组村镇乡县区市位门业校道")  # 9个小组248户: what lives or works there is counted, not the places
_INHABITANTS = re.compile(r"口(?![径罩腔岸碑号语头述])")  # 8000人口
_OLDEST = re.compile("最[大小](?:的|者)?[为是仅已达才只]*\\Z|最?年[长轻]的[为是仅已达才只]*\\Z")
_TRAINED = re.compile(r"培训([\u4e00-\u9fff]{2,8}?)[0-9一二两三四五六七八九十百]+期\Z")
_MORE_THAN = re.compile("[比较](?:[上去前]一?年|同期)(?:同期)?[净]?(?:增加|增长|减少|多|少)了?\\Z")
_SENTENCE_END = re.compile(  # opens with a set of characters, for speed
    r"[。！？\n；;](?:(?<=[。！？\n])|(?=[一二三四五六七八九十]是|[（(][一二三四五六七八九十0-9]))"
)


@dataclass(slots=True)
class Recent:
    """What has been counted so far in a sentence."""

    by_unit: dict[str, str] = field(default_factory=dict)
    by_kind: dict[str, str] = field(default_factory=dict)  # of units: persons, households, cases …
    last: str = ""  # by whatever unit
    people: str = ""  # by the number right before, where it is one of people

    @property
    def persons(self) -> str:
        return self.by_kind.get("persons", "")

    def clear(self) -> None:
        """Begin a new sentence."""
        self.by_unit.clear()
        self.by_kind.clear()
        self.last = self.people = ""

    def keep(self, counted: str, found: Quantity, kind: str, *, among: bool) -> None:
        """Keep what a quantity counts; `among` tells that the next ones are not among these, but among those counted before."""
        if not among:
            self.by_unit[found.unit] = self.by_kind[kind] = counted
        if not found.unit or not self.last or not counted.startswith(self.last):
            self.last = counted  # but not the area of what was counted
        if found.dimension in _PEOPLE:
            self.people = counted


def nouns_around(text: str, numbers: Sequence[Quantity]) -> list[tuple[str, str | None]]:
    """Return for each number the noun phrase behind it and the one before it; None for that where one stands behind.

    First those behind all the numbers, then those before: what one step needs is at hand for the next number, too.
    """
    behind = [
        "" if one.rule == _RULE_OF_LOST else named_behind(text, one.start, one.end, share=one.dimension in _SHARES)
        for one in numbers
    ]
    floors = (0, *(one.end for one in numbers))
    before = [
        None if noun else named_before(text, one.start, one.end, floor)
        for one, noun, floor in zip(numbers, behind, floors, strict=False)
    ]
    return list(zip(behind, before, strict=True))


def what_counts(text: str, found: Quantity, nouns: tuple[str, str | None], done: int, recent: Recent) -> str:
    """Return what a quantity counts, and keep it in `recent`; `nouns` stand around it, `done` is the end of the quantity before it."""
    start, end, dimension = found.start, found.end, found.dimension
    lost = found.rule == _RULE_OF_LOST
    if lost:
        text = text[:end]
    ended = _SENTENCE_END.search(text, done, start) if recent.by_kind else None
    if ended and not text.startswith("其中", ended.end()):
        recent.clear()
    gap = text[done:start] if recent.last and start - done <= _LONGEST_GAP else None
    kind, share = _KIN.get(dimension, dimension), dimension in _SHARES
    earlier = recent.last if share or not found.unit else _earlier(found, kind, gap, recent)
    counted = what_a_row_counts(text, start, end) if text[start - 1 : start] == "：" else ""
    if lost and text.rfind("占", max(done, start - 14), start) >= 0:
        counted = counted or recent.last  # 完成税收30万元，占年任务51
    people = recent.persons if share else ""
    counted = counted or what_is_counted(
        text, start, end, nouns, floor=done, share=share, earlier=earlier, last=recent.last, people=people
    )
    if (
        gap == ""
        and counted
        and counted == earlier
        and dimension not in _PEOPLE
        and not recent.last.startswith(found.text)
    ):
        counted = recent.last  # 房屋25户3000平方米, whatever was counted by 平方米 before
    if dimension in _PEOPLE:
        counted = _of_people(text, found, done, counted, gap, recent)
    elif gap in _PAIR_GAPS and (not counted or (gap in _TOTALS and _ends(text, end))):
        counted = recent.last  # 书架5组共15个
    if dimension == "years of age":
        counted = _of_age(text, start, counted, recent)
    elif dimension == "areas":
        counted = found.unit  # 8村 counts villages
    elif found.unit == "人" and text[end : end + 1] == "口" and _INHABITANTS.match(text, end):
        counted = "人口"
    if not counted and "" in recent.by_unit and _MORE_THAN.search(text, max(done, start - 12), start):
        counted = recent.by_unit[""]  # 参保妇女9万，比上年增加3000人
    recent.people = ""
    may_be_base = counted and (counted[-1] in TARGET_ENDS or text[end : end + 1] == "的")
    if counted and not (
        may_be_base and _may_be_base(text, end, counted, share=share) and text.find("占", done, start) >= 0
    ):
        among = bool(earlier) and counted in _SORTS_OF_PEOPLE and text.find("其中", done, start) >= 0
        recent.keep(counted, found, kind, among=among)
    return counted


def _earlier(found: Quantity, kind: str, gap: str | None, recent: Recent) -> str:
    """Return what was counted before by the same unit or, where there is none, by one of its kind."""
    if found.dimension not in _PEOPLE and (by_unit := recent.by_unit.get(found.unit)):
        return by_unit
    if found.dimension in _PEOPLE and recent.people and gap in _PAIR_GAPS:
        return recent.people  # 低保户18户40人, whoever was counted by 人 before
    return recent.by_kind.get(kind, "")


def _of_people(text: str, found: Quantity, done: int, counted: str, gap: str | None, recent: Recent) -> str:
    """Return who is counted by 人 or 户: not what is done to them, nor the places counted before, but people that were."""
    if counted in DEEDS or (counted and counted == recent.last and counted[-1] in _INHABITED and not recent.people):
        counted = ""  # 走访12户; 9个小组248户
    if gap in _PAIR_GAPS and (not counted or (gap in _TOTALS and _ends(text, found.end))):
        counted = _of_the_same(text, done, recent.last, recent.people)
    if not counted and recent.by_kind and text[done : found.start] in _COMMAS:
        counted = recent.persons or recent.by_kind.get("households", "")  # 渔民7200人，1900户
    return counted


def _of_the_same(text: str, done: int, last: str, before: str) -> str:
    """Return the noun of people right behind another count that ends at done: 困难户 in 困难户12户、30人; "" behind places (9个小组248户)."""
    if not before and last[-1] in _INHABITED:
        return ""
    trained = _TRAINED.search(text, max(0, done - 20), done) if last in DEEDS else None
    return trained[1] if trained else last  # 培训妇女2期120人


def _of_age(text: str, start: int, counted: str, recent: Recent) -> str:
    """Return who or what is so old; whose mean age it is is kept: 主任平均年龄51岁，55岁以上的5人."""
    if counted:
        if counted.endswith("年龄") and (whose := counted.removesuffix("年龄").removesuffix("平均").removesuffix("的")):
            recent.by_kind.setdefault("persons", whose)
        return counted
    return recent.persons or (  # 干部42人，50岁以上的占三成
        "年龄" if _OLDEST.search(text, max(0, start - 6), start) else ""
    )


def _may_be_base(text: str, end: int, counted: str, *, share: bool) -> bool:
    """Tell whether what is counted is, behind 占, only what something has a share of: 占粮食产量40万吨的三成."""
    return (counted[-1] in TARGET_ENDS and counted.endswith(TARGETS)) or (not share and text.startswith("的", end))


def _ends(text: str, end: int) -> bool:
    return end == len(text) or text[end] in _ENDS
