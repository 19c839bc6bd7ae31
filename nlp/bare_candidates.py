"""What may be a name without quotation marks: the words before a head, behind a verb of doing, founding or winning.

A candidate has a left border (a verb, a particle, a mark, the start of a line), a modifier and a head noun; whether it is a
name or a plain description (整改计划, 建设工作基地) the classifier of `nlp.bare_model` decides. Words stand in [weighed] of
`nlp/data/activity_words.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from nlp.activity_lexicon import COUNTED, HAN, Hits, Lexicon, Proposal
from nlp.bare_names import ACCORDING, ITEM_ENDS_BY, LEVEL_FIRST, is_building

REACH = 18  # characters before a head in which a candidate begins
SHORTEST, LONGEST = 2, 16  # characters before the head
SHORTEST_PROGRAMME = 4  # of them before 项目, 计划 …
_MAY_BE_SHORT = frozenset(("行动", "助学", "贷"))  # 微光助学, 养蜂贷
_LEVEL = re.compile(
    r"(?:(?:全|我|本|各|该)(?:国|省|市|县|区|镇|乡|村|州|街道|社区|系统|校|院|局|公司|厂|集团)|(?:国家|省|部|市|县|区|镇)级"
    r"|(?:首届|第[一二三四五六七八九十百0-9]{1,4}[届批次])|(?:19|20)[0-9]{2}(?:[-—至]20[0-9]{2})?年?度?|[0-9]{1,2}月份?|[今去明当]年"
    r"|[省市](?=劳动|先进|优秀|文明|级|十)|首批|首个|首家|新一轮|新一批|一(?:年一度|批|个|项|所|家|处|座|支|间)|等|了|过|出|次(?![要重新品])|[0-9]+(?:余|多)?支)"
)
_PLACE_BEFORE = re.compile(
    rf"(?:(?!全)[{HAN}]{{2,3}}|某|[*＊xX×]{{1,3}})(?:省|市|县|区|州|镇|乡)(?![民长场容域直委郊政村])"
)
_ITEM_ENDS = re.compile(
    r"(?:[0-9]+[名个位人家户支项篇件幅首]|[（(](?:集体|个人|团体|单位)[）)]|等?(?:荣誉|光荣)?称号|等?(?:荣誉|殊荣)|[一二三特优]等奖|第[一二三四五六][名位]|[金银铜]奖|等|各?[一二两三四五六七八九十]+[名个项]|共|各)+$"
)
MOSTLY_PLAIN = ("programme", "event")
_ORGANS = frozenset(("联合会", "商会", "总会", "中心", "理事会", "法庭", "合议庭"))  # at work they are those who report
_FOUNDED = ("brand", "body")  # kinds of things that are founded: without a word of it they are not asked about
_OTHER_WORDS = {  # before a head, the character that makes another word with it: 颁奖, 信贷, 推进农村
    "奖": frozenset("领颁评夸发获得受授大年终铜银金等质"),
    "贷": frozenset("信借放还存惜房车不增续的免"),
    "助": frozenset("资帮救补捐互协"),
    "进": frozenset("推促引改先前跟迈走演行递带搬请融写住"),
}
_SAID = re.compile(
    "其中|[没未只也又她他你们很]|[0-9一二两三四五六七八九十]+[名个位项条座]|[0-9]+[户人]|(?<!应)该[项县区镇村社校]|参加|年产|若干|[0-9]年|[*＊×■]"
)  # of a sentence, not of a name
_SAID_OPENS = frozenset("其没未只也又她他你们很该参年若*＊×■一二两三四五六七八九十0123456789")  # these, and numbers
_NO_START = frozenset("0123456789的会并和与等各")
_BREAKS = frozenset(" \n\t\u3000，。、；：！？（）《》〈〉【】“”‘’,;:!?()…—．")
_BEFORE_LEADING = _BREAKS | frozenset("和与及并将要了来好")
_AND = frozenset("和与及")
_SHORT_VERBS = {"建": "建立", "设": "设立", "办": "开办"}  # that open a clause: 建三农服务站65个
_WHOLE = frozenset(
    ["和谐", "和事", "和美", "和睦", "温和", "共和", "祥和", "及时", "普及", "参与", "给与"]
)  # words with 和, 与 or 及
_AWARDING = ("命名", "授予", "评为", "授牌", "认定", "获批", "争创", "获评", "荣获")
_TEAM_ENDS = frozenset("伍员长")
_PRIZES = ("奖", "奖章")
_CONTEST = re.compile("(?:[竞大比抗台战野请标]赛|评比|比武|评选)$")
_MONEY = re.compile("奖(?:励|金|项|补|牌|学金|数|征文|作品)|好评|[0-9]万?元")  # no honours


_NUMBER = re.compile("[0-9一二两三四五六七八九十百千万]")
_NUMBER_NEAR = 14  # characters behind a thing or a body that opens a clause: 老杨调解室化解纠纷116件


_GOES_ON = re.compile(
    f"(?!活动|系列|主题|服务|宣[传讲]|工程|行动|志愿|专[项题]|试点|[等和与及工])[{HAN}]"
)  # behind a drive into somewhere


class Candidate(NamedTuple):
    """Words that may be a name, text[start:end]; `head` closes them, `kind` is what they are if they are one.

    `plain` says that words in such a place seldom are a name.
    """

    start: int
    end: int
    head: str
    kind: str
    plain: bool


def find_candidates(text: str, hits: Hits, ruled: Sequence[Proposal], lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what may be a name and meets none of `ruled` (in order, apart), by the heads and verbs found in the text."""
    starts = [proposal.start for proposal in ruled]
    plain, heads = lexicon.plain_before, lexicon.weighed
    for number, start, end in hits.weighed:
        if text[start - 2 : end] in plain or text[end : end + 1] == "”":
            continue  # what stands in quotation marks is read as such
        at = bisect_right(starts, end - 1) - 1
        if at >= 0 and ruled[at].end > start:
            continue
        head, kind = heads[number]
        if (found := _before(text, start, end, head, kind, lexicon)) and not _meets(found, ruled, starts):
            yield found
    seen: set[tuple[int, int]] = set()
    for place in (*hits.awards, *hits.won):
        for found in _awarded(text, place, lexicon):
            if (found.start, found.end) not in seen and not _meets(found, ruled, starts):
                seen.add((found.start, found.end))
                yield found


def around(text: str, start: int, end: int, reach: int) -> tuple[str, str, str]:
    """Return up to `reach` characters before text[start:end], the words, and as many behind, within the line."""
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    if "\n" in before:
        before = before.rpartition("\n")[2]
    return before, text[start:end], after.partition("\n")[0] if "\n" in after else after


def _meets(candidate: Candidate, ruled: Sequence[Proposal], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, candidate.end - 1) - 1
    return at >= 0 and ruled[at].end > candidate.start


def _before(text: str, start: int, end: int, head: str, kind: str, lexicon: Lexicon) -> Candidate | None:
    """Return the candidate that a head closes, with what stands before it up to the last border."""
    if text[end : end + 1] in lexicon.not_behind_opens and text.startswith(lexicon.not_behind.get(head, ()), end):
        return None
    if head[-1] == "队" and text[end : end + 1] in _TEAM_ENDS:
        return None  # 护林队伍, 护林队员
    left, verb = _border(text, start, lexicon)
    if start - left < SHORTEST:
        return None
    if verb == "了":
        verb = next(
            (
                word
                for word in lexicon.weighed_borders.get(text[left - 2 : left - 1], ())
                if text.endswith(word, 0, left - 1)
            ),
            verb,
        )
    seldom = kind in MOSTLY_PLAIN and head not in ("助学", "贷")
    if kind in _FOUNDED and not ((verb and verb.startswith(lexicon.founding)) or lexicon.founded.match(text, end)):
        if (
            verb
            or head in _ORGANS
            or text[end : end + 1] in _BREAKS
            or not _NUMBER.search(text, end, end + _NUMBER_NEAR)
        ):
            return None
        seldom, left = True, _without_place(text, left, start)
    if kind == "honour" and head not in _PRIZES and not verb.startswith(lexicon.honouring):
        return None
    if kind == "brand" and verb.startswith(_AWARDING):
        kind = "honour"
    if kind == "honour":
        left = _without_place(text, _without_level(text, left, start, keep=False), start)
    left = _without_level(text, left, start, keep=_is_contest(head))
    if kind == "programme" and verb in ACCORDING and (set_up := LEVEL_FIRST.match(text, left, start)):
        left = set_up.end()
    core = text[left:start]
    if head == "工程" and is_building(core):
        return None
    if kind == "event" and "年来" in core[:3]:
        return None  # 三年来全县工会共评选: a clause
    if kind == "campaign" and verb in ("把", "将", "让", "使"):
        return None  # 把客商请进校园
    if kind == "campaign" and head[0] == "进" and _GOES_ON.match(text, end):
        return None  # 党员进社区互动学
    if core.endswith("的") or core[-1:] in _OTHER_WORDS.get(head[0], ()):
        return None
    shortest = SHORTEST_PROGRAMME if kind == "programme" and head not in _MAY_BE_SHORT else SHORTEST
    if not shortest <= len(core) <= LONGEST or lexicon.generic.fullmatch(core):
        return None
    if not _SAID_OPENS.isdisjoint(core) and (_SAID.search(core) or COUNTED.search(core)):
        return None
    return Candidate(start=left, end=end, head=head, kind=kind, plain=seldom)


@cache
def _is_contest(head: str) -> bool:
    return _CONTEST.search(head) is not None


def _border(text: str, start: int, lexicon: Lexicon) -> tuple[int, str]:
    """Return where the words up to start begin, and the border before them; start itself where no border is near.

    Behind 和, 与 or 及 the border of what stands before it holds.
    """
    borders, unbroken, opening, ends = lexicon.weighed_borders, lexicon.unbroken, lexicon.opening, lexicon.weighed_ends
    left = -1
    floor = max(0, start - REACH)
    for at in range(start, floor, -1):
        last = text[at - 1]
        if last in _BREAKS:
            return (at if left < 0 else left), ""
        if last in _AND:
            if left < 0 and text[at - 1 : at + 1] not in _WHOLE and text[at - 2 : at] not in _WHOLE:
                left = at
            continue
        if last not in ends:
            continue
        for word in borders.get(last, ()):
            if not text.startswith(word, at - len(word)) or (at >= start - 1 and word in lexicon.nouns_too):
                continue
            if len(word) == 1 and (text[at - 1 : at + 1] in unbroken or text[at - 2 : at] in unbroken):
                continue
            return (at if left < 0 else left), word
        if last not in opening:
            continue
        if text[at - 2 : at] in lexicon.leading and (at < 3 or text[at - 3] in _BEFORE_LEADING):
            return (at if left < 0 else left), text[at - 2 : at]
        if last in _SHORT_VERBS and at < start - 1 and (at < 2 or text[at - 2] in _BREAKS):
            return (at if left < 0 else left), _SHORT_VERBS[last]
    if left >= 0:
        return left, ""
    return (0, "") if floor == 0 else (start, "")


def _without_level(text: str, left: int, start: int, *, keep: bool) -> int:
    """Return where words begin behind what tells only who gives or holds it: 全县, 第五届, 首批."""
    while match := _LEVEL.match(text, left, start):
        if keep and match[0][0] in "全国省市县首第":
            break
        left = match.end()
    return left


def _without_place(text: str, left: int, start: int) -> int:
    place = _PLACE_BEFORE.match(text, left, start)
    return place.end() if place else left


def _awarded(text: str, place: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the honours and contests in the list behind a verb of winning: 入选全市十大环保案例."""
    match = lexicon.awarded.match(text, place)
    if match is None:
        return
    counted = match[0].startswith(lexicon.chosen)
    at = match.start("list")
    last = at
    for separator in [*ITEM_ENDS_BY.finditer(match["list"]), None]:
        end = match.end("list") if separator is None else at + separator.start()
        if found := _honour(text, last, end, lexicon, counted=counted):
            yield found
        last = end if separator is None else at + separator.end()


def _honour(text: str, start: int, end: int, lexicon: Lexicon, *, counted: bool) -> Candidate | None:
    """Return the honour or contest of an item of such a list, without what tells its level and number."""
    if closing := _ITEM_ENDS.search(text, start, end):
        end = closing.start()
    if not (closing and counted) and lexicon.honoured.search(text, start, end) is None:
        return None
    if _MONEY.search(text, start, end) or _SAID.search(text, start, end) or text.find("的", start, end) >= 0:
        return None
    contest = _CONTEST.search(text, start, end)
    start = _without_level(text, _without_place(text, start, end), end, keep=contest is not None)
    start = _without_place(text, start, end)
    if not 3 <= end - start <= LONGEST + 2 or text[start] in _NO_START or text[end : end + 1] == "“":
        return None
    return Candidate(start=start, end=end, head="", kind="event" if contest else "honour", plain=contest is not None)
