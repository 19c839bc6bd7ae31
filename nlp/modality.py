"""Modality: whether what a mention tells of is done, planned, demanded or proposed.

`modalities` reads it from the nearest cue word before the mention in its sentence (已, 累计 … 将, 力争 … 必须 … 建议), from words behind
it in its clause, and where there is none from the role of the sentence and the kind of document. One pass: the cues of a
sentence are looked for once, and only where it has a mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from nlp.places import codes_of
from nlp.records import Activity, Metadata, Quantity, Sentence

DONE, PLANNED, DEMANDED, PROPOSED, UNTOLD = "done", "planned", "demanded", "proposed", ""
MODALITIES = (DONE, PLANNED, DEMANDED, PROPOSED, UNTOLD)


class Placed(Protocol):
    """What has a place in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


#: Words that tell what was done, or found to be so.
_DONE = (
    r"已(?![婚故知])|业已|现有|目前|迄今|截[至止]|以来|[一两二三四五]年[来间中]|去年|上年|前年|"
    r"曾(?!祖)|至今|原有|(?<![数根依证论凭占])据(?!点)|显示|统计|调查中|抽[查考](?=[了发显中])|头[一二三四五六七八九十两几]+个月|发现|获得|荣获|被[授评命]|(?<=[\u4e00-\u9fff])(?<![为除])了(?![解望])|仅[有占为]|只有|"
    r"有的|同比|比去年|比上年|收到|得到了|达到了|走过|跑了"
)
#: Words of what was done, unless the same sentence plans: 力争累计达到5万户.
_WEAK = r"(?<![公中国])共(?![同青产建享和性创筑识鸣])|先后|累计"
#: Words that tell what the writer means to do.
_PLANNED = (
    r"(?<![即现])将(?![军近来士领帅]|[^，。；]{1,12}(?:作为|纳入|列入|列为|梳理))|拟(?!定)|(?<![“蕾助动展成务发育业划规])计划(?=[在于到今明全每安举新开建组培投])|"
    r"力争|力求|预计|打算|准备|目标是|下一步|今后|明年|来年|下年|年内|届时|继续(?=[开抓做推办实加保扩])|着力|(?:预期|年度|总体|奋斗|工作)目标|重点(?=抓|做好|推进|实施)|努力(?=[使把实争做在])|争取(?=在|到|于|使|实现|达到|年)"
)
#: Words that ask for it: of others, unless the document is a plan of the writer's own.
_ASKED = r"(?<![需重主摘纪不只次首必扼提紧简])要(?![求是点素闻道职么案])|(?<![反适相供对响])应(?![急用对届聘邀答征缴收退纳]|交(?![流通换接谈])|付(?!诸)|到(?!达)|发(?=[工奖津])|还(?=[贷款本])|扣(?=[税款])|参[保训会检评]|计提|[\u4e00-\u9fff]{0,2}届|(?:制定|建立?|设|配备?|开|完成|整改|办结|上报|配|培训|入会|检查|签订)[^。；\n]{1,20}[，、](?:[实已仅只]|尚[未有]|还[有差]|未))|需(?=[在于要])|确保"
#: Words that ask for it whatever the document is.
_DEMANDED = r"必须|应当|不得(?!不)|务必|(?<![体作的本])要求(?!进步|是)|严禁|一律|原则上|责令|责成|须(?=[在于按由经])"
_PROPOSED = (
    r"建议(?![书]?[征采已]|[“”\d]|[0-9一二三四五六七八九十多余]+[条件])|倡议(?!书)|提议|希望(?![工小之])|呼吁|恳请|敬请"
)
CUES = {
    "planned": _PLANNED, "asked": _ASKED, "demanded": _DEMANDED, "proposed": _PROPOSED, "done": _DONE, "weak": _WEAK,
}  # fmt: skip
CUE = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in CUES.items()))
#: What is said of a mention behind it, in its own clause.
_BEHIND = re.compile(
    r"[^，。；、！？\n]{0,10}?(?:(?P<done>已|(?<![为除])了(?![解望])|均已|全部完成)|(?P<planned>将|拟于))"
)
_OPENING = re.compile(  # of one cue, as written above: (?<!…)确保, [一两]年, 须(?=[在于]), (?:预期|年度)目标
    r"(?:\(\?<[=!][^()]*\))*"
    r"(?:\(\?:(?P<words>[\u4e00-\u9fff|]+)\)|\[?(?P<first>(?<=\[)[\u4e00-\u9fff]+|[\u4e00-\u9fff])\]?"
    r"(?:(?:\(\?=)?(?:\[(?=[^^]))?(?P<second>(?<=\[)[\u4e00-\u9fff]+|[\u4e00-\u9fff]))?)"
)
_BREAKS = frozenset("，。；、！？\n")
_BREAK_OR_CUE = re.compile(rf"[{''.join(sorted(_BREAKS))}已了均全将拟]")
_OTHERS = re.compile(r"(?:各[级地乡镇村县市区单部街社基]|基层|每个?[村乡镇]|企业|单位)[^，。；]{0,10}\Z")
_DEFINES = re.compile(r"(?:是指|指的是|系指|条件[是为]|标准[是为]|限额[是为]|数额[是为])[^。；]*\Z")
_APPEAL = re.compile(r"倡议|建议|提案|议案")
_OWN_PLANS = frozenset(("plan", "summary", "rectification", "experience"))
_ASKS = frozenset(("notice",))
_BY_ROLE = {"achievements": DONE, "problems": DONE, "background": DONE, "plan": PLANNED, "measures": PLANNED}
_LOOKED_AT = 120  # characters of a sentence before a mention


_Found = TypeVar("_Found", Quantity, Activity)


def with_modality(
    found: Iterable[_Found], text: str, sentences: Sequence[Sentence], metadata: Metadata
) -> tuple[_Found, ...]:
    """Return records just found, with their modality. Nobody has seen them yet: they are not copied."""
    records = tuple(found)
    told = modalities(text, records, sentences, doc_type=metadata.doc_type, title=metadata.title)
    for record, modality in zip(records, told, strict=True):
        object.__setattr__(record, "modality", modality)
    return records


def modalities(
    text: str,
    mentions: Iterable[Placed],
    sentences: Sequence[Sentence],
    *,
    doc_type: str = "",
    title: str | None = None,
) -> list[str]:
    """Return for each mention, in order of the text, done, planned, demanded or proposed; "" where nothing tells."""
    starts = [sentence.start for sentence in sentences]
    appeal = bool(title and _APPEAL.search(title))
    found: list[str] = []
    places, by_first = places_of_cues(text), load_openings().by_first
    at_before = -2
    low, stop, role = 0, 0, ""
    cues: list[re.Match[str]] = []
    ahead, done = 0, 0  # the next place to try, and the end of the cue before it
    for mention in mentions:
        start = mention.start
        at = bisect_right(starts, start) - 1
        if at != at_before:
            at_before = at
            low, stop, role = 0, mention.end, ""
            if at >= 0:
                sentence = sentences[at]
                low, stop, role = sentence.start, sentence.end, sentence.role
            whole = stop - low <= 4 * _LOOKED_AT
            cues = []
            ahead, done = bisect_left(places, low), low
        if whole:
            while ahead < len(places) and (place := places[ahead]) < start:
                ahead += 1
                if place >= done and (cue := by_first[text[place]].match(text, place, stop)):
                    done = cue.end()
                    cues.append(cue)
        near = cues if whole else list(CUE.finditer(text, max(low, start - _LOOKED_AT), start))
        found.append(_modality(text, mention, near, low, role, doc_type, appeal=appeal))
    return found


class _Openings(NamedTuple):
    """What cues begin with, and the pattern of the cues that begin with each character.

    For two characters the sum of `first` of the one and `second` of the other tells in `together` whether a cue begins with them.
    """

    by_first: Mapping[str, re.Pattern[str]]
    first: NDArray[np.uint16]
    second: NDArray[np.uint16]
    together: NDArray[np.bool_]


@lru_cache(maxsize=2)
def places_of_cues(text: str) -> list[int]:
    """Return the places in a text where a cue may begin, in order: the first two characters of one stand there.

    One character in a hundred is left to be tried; a pattern looks closely at twelve.
    """
    _, first, second, together = load_openings()
    codes = codes_of(text)
    firsts = first.take(codes[1:-1])
    places = (firsts != 0).nonzero()[0]
    pairs = firsts.take(places)
    pairs += second.take(codes.take(places + 2))
    found: list[int] = places[together.take(pairs)].tolist()
    return found


@cache
def load_openings() -> _Openings:
    """Return what the cues begin with."""
    pairs = [
        (pair, kind, word) for kind, words in CUES.items() for word in alternatives(words) for pair in first_two(word)
    ]
    seconds = ["", *sorted({second for (_, second), *_ in pairs} - {""})]
    firsts = ["", *sorted({first for (first, _), *_ in pairs})]
    of_first, of_second = np.zeros(2**16, np.uint16), np.zeros(2**16, np.uint16)
    of_first[[ord(first) for first in firsts[1:]]] = [len(seconds) * number for number in range(1, len(firsts))]
    of_second[[ord(second) for second in seconds[1:]]] = range(1, len(seconds))
    together = np.zeros((len(firsts), len(seconds)), np.bool_)
    by_first: dict[str, dict[str, str]] = {}
    for (first, second), kind, word in pairs:
        together[firsts.index(first), seconds.index(second) if second else slice(None)] = True
        by_first.setdefault(first, {}).setdefault(word, kind)
    return _Openings(
        {first: _either(words) for first, words in by_first.items()}, of_first, of_second, together.ravel()
    )


def _either(words: Mapping[str, str]) -> re.Pattern[str]:
    """Return the pattern of cues, in their order, each with its kind."""
    kinds = {kind: "|".join(word for word, its in words.items() if its == kind) for kind in words.values()}
    return re.compile("|".join(f"(?P<{kind}>{alternatives})" for kind, alternatives in kinds.items()))


def alternatives(pattern: str) -> list[str]:
    """Return the parts of a pattern between the | that stand in no brackets."""
    parts, depth = [""], 0
    for char in pattern:
        depth += (char in "([") - (char in ")]")
        if char == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def first_two(word: str) -> list[tuple[str, str]]:
    """Return the first two characters of what an alternative finds, in every way; "" for a second that may be any."""
    opening = _OPENING.match(word)
    assert opening is not None, word
    if words := opening["words"]:
        return [(each[0], each[1]) for each in words.split("|")]
    return [(first, second) for first in opening["first"] for second in opening["second"] or ("",)]


def _modality(
    text: str, mention: Placed, cues: Sequence[re.Match[str]], low: int, role: str, doc_type: str, *, appeal: bool
) -> str:
    start, end = mention.start, mention.end
    near = None if text[end : end + 1] in _BREAKS else _BREAK_OR_CUE.search(text, end, end + 11)  # a break is close by
    if near and near[0] not in _BREAKS and (behind := _BEHIND.match(text, end)):
        return behind.lastgroup or UNTOLD
    weak = False
    for cue in reversed(cues):
        distance = start - cue.end()
        if distance < 0:
            continue
        if distance > _LOOKED_AT:
            break
        kind = cue.lastgroup or UNTOLD
        if kind == "weak":
            weak = True
            continue
        if weak and kind == DONE:
            break
        return _asked(text, cue, doc_type, appeal=appeal) if kind == "asked" else kind
    if weak:
        return DONE
    if _DEFINES.search(text, max(low, start - _LOOKED_AT), start):
        return UNTOLD
    return _by_default(role, doc_type, appeal=appeal)


def _asked(text: str, cue: re.Match[str], doc_type: str, *, appeal: bool) -> str:
    """Return what 要 and 应 say: a proposal in an appeal, a plan in the writer's own plan, else a demand."""
    if appeal:
        return PROPOSED
    of_others = _OTHERS.search(text, max(0, cue.start() - 16), cue.start()) is not None
    return PLANNED if doc_type in _OWN_PLANS and not of_others else DEMANDED


def _by_default(role: str, doc_type: str, *, appeal: bool) -> str:
    if appeal:
        return PROPOSED
    told = _BY_ROLE.get(role, UNTOLD)
    if told == PLANNED and doc_type in _ASKS:
        return DEMANDED
    if role == "background" and doc_type == "plan":
        return PLANNED
    return told
