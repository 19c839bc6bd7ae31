"""Named activities: campaigns, programmes, brands, honours, events and bodies, as in “双学双比”活动 or 乡村振兴巾帼行动.

`find_activities` is a pure function over text. Three readers propose: quoted words with what stands around them
(`nlp.quoted_names`), names of the lexicon, and unquoted names between a verb and a head noun (`nlp.bare_names`); where
proposals overlap, the longest stays. On words of which they say nothing, quoted or not, classifiers are asked (`nlp.learned_names`),
and a judge decides (`nlp.name_judge`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence

from nlp.activity_lexicon import (
    KINDS,
    ORDINAL_END,
    SHORT_TOO,
    Hits,
    Known,
    Lexicon,
    LexiconError,
    Proposal,
    find_hits,
    load_lexicon,
    make_lexicon,
    plain,
    spoilt,
)
from nlp.bare_names import ROOM_VERBS, read_bare, read_rows_of_honours, read_without_ordinal
from nlp.learned_names import read_learned, read_weighed, read_weighed_again
from nlp.name_judge import Offer, judge
from nlp.part_quoted import read_part_quoted, read_parts_again
from nlp.quoted_names import (
    AS_A_VIEW,
    Quote,
    find_quotes,
    read_again,
    read_columns,
    read_quotes,
    read_repeated,
    read_rows,
    read_titles,
    read_without_marks,
    torn,
    whole_name,
)
from nlp.records import Activity, new_record, setters_of
from nlp.surnames import load_surnames

_PRIZE = re.compile("[\u4e00-\u9fff]{0,4}奖")
# A platform that reports on something is no activity of its own: 被“…”栏目报道, 在“…”公众号刊发.
_IN_A_MEDIUM = re.compile(r"(?:被|在|经|由|获|登上|登录|》)[^，。；！？\n]{0,14}$")
_REPORTED = re.compile(r"[”]?(?:[\u4e00-\u9fff、]{0,10}?)(?:报道|刊发|刊登|播出|登载|转载|推送|刊载|采用)")

# Before a workshop of a known sort, at the start of its clause: whose it is, and what tells of no single one.
_LONGEST_WHOSE = 9  # characters, with the mark before them
_WHOSE_ROOM = re.compile(r"(?:\A|[，。；：！\n\s])(?P<who>[\u4e00-\u9fff]{2,8})$")
_ITS_PERSON = re.compile(  # whose it is behind a verb: 依托赵秀兰劳模工作室
    rf"(?:{ROOM_VERBS}|[以由、和与])(?:了|为)?(?P<who>[\u4e00-\u9fff]{{2,3}})$"
)
_EVERYBODY = re.compile(
    r"^[全我本各该其每新还已将]|^(?:今年|目前|现有|首批|一批|先后|累计|同时|其中)|[建成立设创个家间批级有的了在对以为和与及到等从让把]|优秀|示范|命名|打造|评选|发挥|依托|推进|开展|加强|深化|支持|组织|挂牌|单位|部门"
)

_HEADS = ("主题实践活动", "主题活动", "创建活动", "活动", "工程", "行动", "计划", "项目")  # belong to a known name
_HEADS_OPEN = {head[0] for head in _HEADS}
_TEAMS = (
    "志愿者服务队",
    "志愿服务队",
    "志愿者服务团",
    "志愿服务团",
    "志愿者协会",
    "服务队",
    "宣讲团",
    "宣讲队",
    "突击队",
    "志愿者",
)
_TEAMS_OPEN = {team[0] for team in _TEAMS}
# What a known name grows into behind itself: 文明村镇创建三年行动, 巾帼建功立业工程, 双学双比女能手.
_LENGTHENED = ("campaign", "programme", "honour")
_LONGER = re.compile(
    r"(?:(?!活动|[的了在和与及等为由将把被对让使以向从按各线段期项个大])[\u4e00-\u9fff]){0,5}?"
    r"(?:(?P<programme>(?:[三五两]年|专项|百日|攻坚|提质|提升|巾帼|护航)?行动(?!计划|方案|中|上|者|力|起来)|工程(?!师|建设|项目|质量))"
    r"|(?P<event>(?:职工|劳动|岗位)?(?:技能|知识)?(?:竞赛|大赛|比武)(?!活动))"
    r"|(?P<honour>女?(?:能手|标兵|状元)(?![岗])))"
)
_LONGER_KINDS = {"programme": "programme", "event": "event", "honour": "honour"}
# And what is named after it: 平安家庭示范村, 双学双比活动先进集体, 爱心妈妈帮帮团, 巾帼建功队, 科普大篷车进乡镇.
_NAMED_AFTER = re.compile(
    r"(?P<honour>(?:活动)?(?:(?!活动|[的了在和与及等为由将把被对让使以向从按各线段期项个大工])[\u4e00-\u9fff0-9]){0,7}?"
    r"(?:示范(?:村|镇|乡镇|县|户|社区|街道|街|巷|点|岗|单位|家庭|窗口|庭院|学校|基地|区)(?![民委级长])"
    r"|先进(?:集体|个人|单位|工作者)|(?:杰出|突出)贡献(?:企业|单位|个人|奖)|模范(?:村|户|家庭)))"
    r"|(?P<body>(?:(?:志愿者?)?(?:服务|宣讲|宣传|帮扶|突击|先锋|建功)?队(?![伍员列])|帮帮团|导师团))"
    r"|(?P<post>岗(?!位))"
    r"|(?P<campaign>进(?:乡镇|乡村|社区|校园|企业|机关|农村|家庭|军营|万家|基层|工地|课堂|文化礼堂)|(?<=[务传])[月周](?![底初份中末边年围内]))"
)
_NAMED_AFTER_KINDS = {"honour": "honour", "body": "body", "post": "honour", "campaign": "campaign"}
_NAMED_AFTER_BY = {  # kinds of known names that each grows from
    "honour": ("campaign", "programme", "honour", "brand"),
    "body": ("campaign", "programme"),
    "post": ("campaign",),
    "campaign": ("campaign", "brand", "programme"),
}
# What a body that is founded is for stands before its known name: 成立春汛攻坚党员突击队.
_FOUNDED_FOR = re.compile(
    r"(?:成立|组建)(?:了|起)?(?P<purpose>(?:(?![的了在和与及各等多支名个省市县区镇乡村]|街道|社区|全|我|本)[\u4e00-\u9fff]){4,8})$"
)
_RUNS_ON = frozenset(("优秀",))  # 争先创优秀 is no 创先争优
_TEN = ("十佳", "十大")
_LISTS = frozenset("、和与及")
_HALVES = ("campaign", "programme")  # kinds whose names come as couplets
# A level or place that is quoted with an honour belongs to it.
_LEVEL_QUOTED = re.compile("全[国省市县区镇乡州]|(?:国家|[省市县区])级|[\u4e00-\u9fff]{2,4}(?:省|市|县|区|州|镇|乡)级?")
_COUPLET = re.compile("[\u4e00-\u9fff]{4,10}[、,][\u4e00-\u9fff]{4,10}")

# A title that is striven for, of a level or counted: 创建省级生态村3个, 建成国家卫生县城.
_CREATED = re.compile(
    r"(?:创建|创成|建成|争创|新增|评比|评定|达到|列为|跻身|入选|申报|推荐)(?:了|为|成)?(?P<level>国家级?|[省市县区部]级|全[国省市县区])?$"
)
_LEVELS = frozenset("省市县区镇乡校院厂")
_CREATED_ENDS = frozenset("建成创增比定到为选报荐了家级国省市县区")
_COUNTED_TITLE = re.compile("[0-9]{1,4}(?:余|多)?[个家所户处名条]|[（(]")
# An honour without any verb: of a level (全国文明单位之一), or a title counted by itself (绿色家庭50户).
_OF_A_LEVEL = re.compile(r"(?:全国|国家级?|[省市县区]级)$")
_MORE_HOUSEHOLDS = re.compile("、[\u4e00-\u9fff]{2,4}家庭[、和与及]")  # 争创平安家庭、廉洁家庭和…
_MANY_HONOURED = re.compile("[0-9]{1,5}(?:余|多)?万?(?:余|多)?[个家所户]")

__all__ = ["KINDS", "Lexicon", "LexiconError", "find_activities", "load_lexicon", "make_lexicon"]


def find_activities(text: str, lexicon: Lexicon) -> list[Activity]:
    """Return the named activities in text, from left to right, without overlap.

    `name` is what stands in the report without quotation marks and a trailing generic 活动, with half-width commas; which
    activity another form of a name tells of, `nlp.activity_variants` says. `kind` is one of `KINDS`.
    """
    quotes = find_quotes(text)
    named = judge(text, find_offers(text, quotes, lexicon), quotes, lexicon)
    named = sorted(named + read_weighed_again(text, named), key=lambda p: p.start)
    named = sorted(named + read_rows_of_honours(text, named), key=lambda p: p.start)
    named = sorted(named + read_without_ordinal(text, named), key=lambda p: p.start)
    return [_activity(text, p) for p in named if p.kind != "brand" or not _is_medium(text, p)]


def find_offers(text: str, quotes: Sequence[Quote], lexicon: Lexicon) -> list[Offer]:
    """Return what may be a name: what the rules propose, in order and apart, and what a classifier was asked about."""
    hits = find_hits(text, lexicon)
    known = list(_read_known(text, hits, lexicon))
    rows = read_rows(text, quotes, lexicon)
    rows += read_titles(text) + read_columns(text)
    rows += read_part_quoted(text, quotes, lexicon)
    in_rows = {proposal.start for proposal in rows}
    quoted = rows + [p for p in read_quotes(text, quotes, lexicon) if p.start not in in_rows]
    quoted += read_repeated(text, quotes, lexicon)
    quoted += read_parts_again(text, quoted)
    quoted += read_again(quotes, quoted, lexicon)
    quoted += read_without_marks(text, quoted, lexicon)
    ends = [quote.end for quote in quotes]
    bare = [p for p in read_bare(text, hits, known + quoted, lexicon) if not torn(quotes, ends, p)]
    ruled = _longest(quoted + bare + list(_widen(known, quotes)))
    asked = read_learned(text, quotes, ruled, lexicon) + read_weighed(text, hits, ruled, lexicon)
    return [*map(Offer, ruled), *asked]


(
    _set_start, _set_end, _set_text, _set_rule, _set_name, _set_kind, _set_modality, _set_amounts, _set_times,
) = setters_of(Activity)  # fmt: skip


def _activity(text: str, proposal: Proposal) -> Activity:
    """Return a record without modality and facts, made by its slots: in a third of the time of its constructor."""
    start, end, name, kind, rule = proposal
    found: Activity = new_record(Activity)
    _set_start(found, start)
    _set_end(found, end)
    _set_text(found, text[start:end])
    _set_rule(found, rule)
    _set_name(found, name)
    _set_kind(found, kind)
    _set_modality(found, "")
    _set_amounts(found, ())
    _set_times(found, ())
    return found


def _widen(known: Sequence[Proposal], quotes: Sequence[Quote]) -> Iterator[Proposal]:
    """Yield known names, one that is half of a quoted couplet (“…、…”) as the whole of it."""
    starts = [quote.start for quote in quotes]
    for proposal in known:
        at = bisect_right(starts, proposal.start) - 1
        if at >= 0 and proposal.kind == "honour" and proposal.end == quotes[at].end - 1:
            inner = plain(quotes[at].inner)
            if inner.endswith(proposal.name) and _LEVEL_QUOTED.fullmatch(inner.removesuffix(proposal.name)):
                yield proposal._replace(start=quotes[at].start, end=quotes[at].end, name=inner)
                continue
        if at >= 0 and (whole := whole_name(quotes[at], proposal)):
            yield whole
            continue
        if at >= 0 and proposal.kind in _HALVES and proposal.end < quotes[at].end:
            name = plain(quotes[at].inner)
            if _COUPLET.fullmatch(name) and not {"、", ","} & set(proposal.name):
                yield proposal._replace(start=quotes[at].start, end=quotes[at].end, name=name)
                continue
        yield proposal


def _is_medium(text: str, brand: Proposal) -> bool:
    """Tell whether a brand is only the medium in which something was reported."""
    behind = _REPORTED.match(text, brand.end)
    return behind is not None and _IN_A_MEDIUM.search(text[max(0, brand.start - 16) : brand.start]) is not None


def _read_known(text: str, hits: Hits, lexicon: Lexicon) -> Iterator[Proposal]:
    places = {
        place for number, start, end in hits.known if lexicon.terms[number].kind == "brand" for place in (start, end)
    }
    for number, start, end in hits.known:
        entry = lexicon.terms[number]
        if text[end - 1 : end + 1].isdigit() or text[end - 1 : end + 1] in _RUNS_ON:
            continue
        if entry.term in SHORT_TOO and _PRIZE.match(text, end):
            continue  # 省农博会金穗奖
        if entry.kind == "campaign" and AS_A_VIEW.match(text, end + (text[end : end + 1] == "”")):
            continue  # 按照“三严三实”要求, 树立创先争优意识
        if entry.term in lexicon.ordinary and not (
            _chosen(text, start, end, entry, lexicon) or (entry.kind == "brand" and _listed(text, start, end, places))
        ):
            continue
        name = entry.name
        if entry.kind == "brand" and entry.term.endswith("工作室") and (whose := _whose_room(text, start)):
            start, name = start - len(whose), whose + name
        elif (
            entry.kind == "body"
            and entry.term.endswith("艺术团")
            and (troupe := _WHOSE_ROOM.search(text, max(0, start - _LONGEST_WHOSE), start))
        ):
            whose = "" if _EVERYBODY.search(troupe["who"]) else troupe["who"]
            start, name = start - len(whose), whose + name  # 金辉老年艺术团演出46场
        if entry.kind in ("campaign", "programme", "brand") and text[end : end + 1] in _HEADS_OPEN:
            for head in _HEADS:
                if text.startswith(head, end) and not spoilt(text, end + len(head), head, lexicon):
                    end += len(head)
                    name += "" if head.endswith("活动") or name.endswith(head) else head
                    break
        kind = entry.kind
        if kind in _LENGTHENED and (longer := _LONGER.match(text, end)) and entry.term not in SHORT_TOO:
            end, kind = longer.end(), next(kind for group, kind in _LONGER_KINDS.items() if longer[group])
            name = plain(text[start:end])
        elif entry.term not in SHORT_TOO and (after := _NAMED_AFTER.match(text, end)):
            group = after.lastgroup or ""
            if kind in _NAMED_AFTER_BY[group]:
                end, kind = after.end(), _NAMED_AFTER_KINDS[group]
                name = plain(text[start:end])
                end += 2 if kind == "campaign" and text.startswith("活动", end) else 0
        if kind == "body" and (founded := _FOUNDED_FOR.search(text, max(0, start - 12), start)):
            start, name = founded.start("purpose"), founded["purpose"] + name
        if kind in _HALVES and text[end : end + 1] in _TEAMS_OPEN:
            for team in _TEAMS:
                if text.startswith(team, end):
                    end, name, kind = end + len(team), plain(text[start:end]) + team, "body"  # 阳光助残志愿者服务队
                    break
        if kind == "honour" and text[start - 2 : start] in _TEN and text[start - 3 : start - 2] != "“":
            start, name = start - 2, text[start - 2 : start] + name  # 十佳巾帼建功标兵
        if entry.kind == "event" and (ordinal := ORDINAL_END.search(text, max(0, start - 8), start)):
            start, name = ordinal.start(), ordinal[0] + name
        yield Proposal(start=start, end=end, name=name, kind=kind, rule="activity/lexicon")


def _whose_room(text: str, start: int) -> str:
    """Return whose a workshop is, where that opens its clause: 矿山 in 矿山劳模工作室带徒12人; "" of others."""
    low = max(0, start - _LONGEST_WHOSE)
    person = _ITS_PERSON.search(text, low, start)
    if person and person["who"][0] in load_surnames() and not _EVERYBODY.search(person["who"]):
        return person["who"]
    whose = _WHOSE_ROOM.search(text, low, start)
    return "" if whose is None or _EVERYBODY.search(whose["who"]) else whose["who"]


def _listed(text: str, start: int, end: int, places: Container[int]) -> bool:
    """Tell whether words stand in a list right before or behind another known brand: 妇女之家、留守儿童之家."""
    return (text[start - 1 : start] in _LISTS and start - 1 in places) or (
        text[end : end + 1] in _LISTS and end + 1 in places
    )


def _chosen(text: str, start: int, end: int, entry: Known, lexicon: Lexicon) -> bool:
    """Tell whether words that are ordinary too are used as a name here: chosen, awarded, counted or carried out."""
    if lexicon.chosen_behind.match(text, end) or text[start - 1 : start] == "‘":
        return True
    before = text[max(0, start - 6) : start]
    if entry.kind == "honour" and _OF_A_LEVEL.search(before):
        return True
    if (entry.term in lexicon.titles or entry.term.endswith("家庭")) and _MANY_HONOURED.match(text, end):
        return True
    if entry.term in lexicon.titles and lexicon.striving.search(before):
        return True
    if entry.term.endswith("家庭") and _MORE_HOUSEHOLDS.match(text, end) and lexicon.striving.search(before):
        return True
    if text[start - 1 : start] in _CREATED_ENDS and (created := _CREATED.search(text, max(0, start - 12), start)):
        return bool(created["level"]) or _COUNTED_TITLE.match(text, end) is not None
    if text[start - 1 : start] in _LEVELS:
        start -= 1  # 被评为省劳动模范
    opener = lexicon.opener.search(text, max(0, start - 8), start)
    return opener is not None and lexicon.opener_kind[opener[1]] == "honour"


def _longest(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals without overlap: of those that meet, the longest; of equal ones, the first."""
    kept: list[Proposal] = []
    for proposal in sorted(proposals, key=lambda p: (p.start, -p.end)):
        if not kept or proposal.start >= kept[-1].end:
            kept.append(proposal)
        elif proposal.end - proposal.start > kept[-1].end - kept[-1].start:
            kept[-1] = proposal
    return kept
