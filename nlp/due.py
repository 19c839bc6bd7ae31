"""Whether what a deadline tells of is still to be done, or told as done or as a state: 到10月底，已有9个村换届; 到去年底，共有会员310名.

Words tell it (已, 才, 只有, 了 … against 将, 要, 力争 …), else that the day had gone by when the report was written and its part looks back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from nlp.modality import CUES, DONE, PLANNED
from nlp.records import Metadata, Sentence, Task, Time

#: What is told as done, or found to be so.
_REACHED = re.compile(
    r"已(?![婚故知建有])|已(?=[建有](?!的))|业已|(?<![人天干刚英奇口文贤将全])才(?=[\u4e00-\u9fff])(?![华艺干能智识学女子])|[只仅](?=[有占为完剩达是到建办开拨])|共(?:有|计(?!划)|积|建[成立]|完成|达)"
    r"|(?<=[\u4e00-\u9fff])(?<![为除受未])了(?![解望结])|曾(?!祖)|仍然?(?=[未没有不是])|[尚还](?=[未没有是])|未能|没有|累计(?=[完建培发投达办开])"
)
#: By these alone nothing is done: a number that is aimed at is reached, too.
_WEAK = re.compile("共.*|累计")
_TO_DO = re.compile(
    "|".join(
        (
            CUES["planned"],
            CUES["asked"],
            CUES["demanded"],
            CUES["proposed"],
            "保证|务求|(?<!原)定于",
        )
    )
)
#: A stop, or what parts two clauses of which each has its own say.
_STOP = re.compile("[。！？；;!?\n]")
#: What a sentence goes by that gives the numbers of a plan: 按照十年规划，到1985年 …
_PLAN = re.compile("计划(?!生育)|规划|纲要|目标|方案|部署|要求|提出")
_TO_LAST_CLAUSE = re.compile(".*[，,：:。！？；;!?\n]", re.DOTALL)
#: What is to be done to what has become so before: 6月底前完成已立项项目, 9月底前对已建成的村站复查.
_WORKS_ON = re.compile(
    "[对将把给从按由向为]|完成|清理|核查|检查|复查|整改|巩固|推进|实施|修订|公布|销号|兑现|拨付|归还|支付|发放|督促|确定|落实|验收"
)
_OF_THOSE = re.compile("[^，,。；;！？\n]{0,16}的(?![，,。；;！？\n]?$)")
_BACK = frozenset(("achievements", "problems", "background"))
_LATE_IN_YEAR = "-11-30"  # what was due by the end of the year is open in a summary, if nothing tells
_HALF = re.compile("上半年|半年(?!度?计划)")
_REACH = 60  # characters behind a deadline, and before it


def with_told(
    tasks: Iterable[Task], text: str, times: Sequence[Time], sentences: Sequence[Sentence], metadata: Metadata
) -> tuple[Task, ...]:
    """Return tasks just found, with `modality`: done, planned, or "" where nothing tells. Nobody has seen them yet: they are not copied."""
    records = tuple(tasks)
    if not records:
        return records
    starts = [sentence.start for sentence in sentences]
    rules = {time.start: time.rule for time in times if time.kind == "deadline"}
    dues = [task.due_start for task in records]
    written = written_by(metadata)
    for at, task in enumerate(records):
        place = bisect_right(starts, task.due_start) - 1
        sentence = sentences[place] if place >= 0 else None
        follows = dues[at + 1] if at + 1 < len(dues) else len(text)
        ahead = bool(task.date_end and metadata.year and int(task.date_end[:4]) > metadata.year)
        told = told_by_words(text, task.due_start, task.due_end, follows)
        if told == DONE and ahead:
            told = ""
        if not told and not ahead and sentence and _is_by_the_day(text, task, rules, sentence, metadata, written):
            told = DONE
        object.__setattr__(task, "modality", told)
    return records


def told_by_words(text: str, start: int, end: int, follows: int) -> str:
    """Return what the words around a deadline say of what is due: done, planned, or "".

    They stand before it in its clause, and behind it as far as its sentence and the next deadline go.
    """
    before = _TO_LAST_CLAUSE.match(text, max(0, start - _REACH), start)
    clause = before.end() if before else max(0, start - _REACH)
    stop = _STOP.search(text, end, min(len(text), end + _REACH))
    high = min(stop.start() if stop else end + _REACH, follows, len(text))
    if _TO_DO.search(text, clause, end):
        return PLANNED
    if text[start:end].endswith("为止") and high - end > 2:
        return DONE
    ahead = _TO_DO.search(text, end, high)
    for found in _REACHED.finditer(text, end, ahead.start() if ahead else high):
        between = text[end : found.start()]
        comma = max(between.rfind("，"), between.rfind(","))
        own = between[comma + 1 :]
        if _WORKS_ON.search(own) and found[0] != "了":
            continue
        if _OF_THOSE.match(text, found.end()) or (
            _WEAK.fullmatch(found[0]) and not text[start:end].startswith(("到", "至"))
        ):
            continue
        return DONE
    if ahead:
        return PLANNED
    return (
        DONE
        if text[clause:start].endswith(("已于", "已经于", "已在", "均于", "均在", "都于", "曾于", "业已于"))
        else ""
    )


def written_by(metadata: Metadata) -> str:
    """Return the ISO day by which what a report looks back on lies behind it; "" where nothing tells.

    It is the day it was signed, else of a summary the end of its time but for the last month, else the year before its own.
    """
    if metadata.signed:
        return metadata.signed
    if metadata.year is None:
        return ""
    if metadata.doc_type == "summary":
        return (
            f"{metadata.year}-06-29"
            if metadata.title and _HALF.search(metadata.title)
            else f"{metadata.year}{_LATE_IN_YEAR}"
        )
    return f"{metadata.year - 1}-12-31"


def _is_by_the_day(
    text: str, task: Task, rules: Mapping[int, str], sentence: Sentence, metadata: Metadata, written: str
) -> bool:
    """Whether a part that looks back names a day that had gone by: the numbers behind 到9月底 are those of that day."""
    rule = rules.get(task.due_start, "")
    if sentence.role not in _BACK or not task.date_end or rule == "time/labelled":
        return False
    low = max(sentence.start, task.due_start - 2 * _REACH)
    if _PLAN.search(text, low, task.due_start) or _TO_DO.search(text, low, task.due_start):
        return False
    of_year = rule == "time/by" and metadata.year is not None and task.date_end[5:] < "12-31"
    return of_year or bool(written and task.date_end <= written)
