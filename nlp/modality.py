"""Modality: whether what a mention tells of is done, planned, demanded or proposed.

`modalities` reads it from the nearest cue word before the mention in its sentence (已, 累计 … 将, 力争 … 必须 … 建议), from words behind
it in its clause, and where there is none from the role of the sentence and the kind of document. One pass: the cues of a
sentence are looked for once, and only where it has a mention.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

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
_ASKED = r"(?<![需重主摘纪不只次首必扼提紧简])要(?![求是点素闻道职么案])|(?<![反适相供对响])应(?![急用对届聘邀答征]|[\u4e00-\u9fff]{0,2}届)|需(?=[在于要])|确保"
#: Words that ask for it whatever the document is.
_DEMANDED = r"必须|应当|不得(?!不)|务必|(?<![体作的本])要求(?!进步|是)|严禁|一律|原则上|责令|责成|须(?=[在于按由经])"
_PROPOSED = (
    r"建议(?![书]?[征采已]|[“”\d]|[0-9一二三四五六七八九十多余]+[条件])|倡议(?!书)|提议|希望(?![工小之])|呼吁|恳请|敬请"
)
#: The characters that a cue begins with, looked at first: several times as fast as trying each alternative everywhere.
_OPENS = (
    "已共先累业预年总奋工重现目迄截以一两二三四五去上前曾至原据显统调抽头发获荣被了仅只有同比收得达走跑圆成"
    "将拟计力预打准下今明来年届继着努争要应需确必不务严责须建倡提希呼恳敬"
)
_CUE = re.compile(
    rf"(?=[{_OPENS}])(?:(?P<planned>{_PLANNED})|(?P<asked>{_ASKED})|(?P<demanded>{_DEMANDED})|(?P<proposed>{_PROPOSED})|(?P<done>{_DONE})|(?P<weak>{_WEAK}))"
)
#: What is said of a mention behind it, in its own clause.
_BEHIND = re.compile(
    r"[^，。；、！？\n]{0,10}?(?:(?P<done>已|(?<![为除])了(?![解望])|均已|全部完成)|(?P<planned>将|拟于))"
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
    at_before = -2
    low, role = 0, ""
    cues: list[re.Match[str]] = []
    ahead: re.Match[str] | None = None  # the next cue of the sentence: behind the last mention none is looked for
    rest: Iterator[re.Match[str]] = iter(())
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
            rest = _CUE.finditer(text, low, stop)
            ahead = next(rest, None) if whole else None
        while ahead and ahead.start() < start:
            cues.append(ahead)
            ahead = next(rest, None)
        near = cues if whole else list(_CUE.finditer(text, max(low, start - _LOOKED_AT), start))
        found.append(_modality(text, mention, near, low, role, doc_type, appeal=appeal))
    return found


def _modality(
    text: str, mention: Placed, cues: Sequence[re.Match[str]], low: int, role: str, doc_type: str, *, appeal: bool
) -> str:
    start, end = mention.start, mention.end
    near = _BREAK_OR_CUE.search(text, end, end + 11)  # most often a break, and close by
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
