"""Names of which only the first part stands in quotation marks: “四好”车间党小组, “农”字号样板大棚, and once more “订单式”联育.

What is quoted there is a grade or a word of praise, and the noun behind it says whom it is given to: with what chooses it an
honour, with a drive behind it a campaign of the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from nlp.activity_lexicon import COUNTED, HAN, Known, Lexicon, Proposal, plain

_GRADE = re.compile(  # 四好, 五个好, 双优, 五星级
    "(?:[一二三四五六七八九十][个为]?|双)(?:[好型强有优星美佳满争无化先亮心能带创规]|十佳|过硬|满意|合格)级?"
)
_WHOM = (  # units and people that come up to a grade
    "党支部|党小组|党组织|党总支|党委|支部|团支部|团总支|团委|团组织|团小组|少工委|中队|班组|班级|工会|工会小组|分会|妇联|妇代会|妇委会|女工委|女职工委员会|关工委|残联"
    "|科室|处室|股室|机关|车间|工段|班子|学校|校园|幼儿园|医院|卫生院|法庭|司法所|派出所|文化站|站所|窗口|村|村庄|村镇|社区|小区|乡镇|街道|家庭|农户|农家|庭院|院落|楼栋"
    "|单位|企业|店铺|药店|食堂|餐厅|公厕|物业|农家乐|乡村|河湖|河道|楼宇|校区|教室|场所|协会|商会|合作社|宿舍|寝室|市场|商户|门店|党员|干部|教师|职工|员工|青年|教练员|会员|民兵连|支队|岗位|个人|集体"
)
# Behind the noun: a mark, a number, what is done with such a title, one more of a list.
_UNIT = re.compile(
    rf"(?P<name>(?:(?![的了在将是为以和与及等创评被])[{HAN}]){{0,8}}?(?:{_WHOM}))"
    r"(?:(?P<drive>(?:创建|评选|争创|达标|竞赛|创评|评比)?活动|(?=创建|争创|评选))"
    r"|(?=[，。；、：！？）》\n]|\s|\Z|[0-9]|[一二两三四五六七八九十]+[个家户名]|[和与及等]|以及|的?(?:称号|荣誉|标准|目标|评定|达标|行列)))"
)
_CHOSEN = re.compile(  # what chooses or makes one, its number and level
    "(?:争创|创建|创成|建成|建设|打造|培育|评选|评为|评出|评定|荣获|荣膺|获评|获得|授予|表彰|命名|认定|选树|选出|争当|争做|涌现|达到|申报|考核|巩固|发展|验收|新增|成为|建立|推选|推荐|创)"
    rf"(?:了|为|好|出|成|过|的)?(?:[0-9]+(?:余|多)?[个名户家批]|[一二两三四五六七八九十]+批|[一二两三四五六七八九十]+个|一批)?"
    rf"(?:(?:国家|[省市县区镇乡校院厂局])级?|全[国省市县区镇乡校院厂局]|[{HAN}]{{2,3}}[市县区](?:级)?)?(?:的)?$"
)
_STRONG = re.compile(  # and what does nothing else
    "(?:争创|评选|评为|评出|荣获|荣膺|获评|授予|命名|选树|争当)(?:了|为|出|成)?(?:[0-9]+(?:余|多)?[个名户家]|[一二两三四五六七八九十]+个|一批)?"
    r"(?:(?:国家|[省市县区镇乡校院厂局])级?|全[国省市县区镇乡校院厂局])?$"
)
_TITLED = re.compile("的?(?:荣誉|光荣)?(?:称号|殊荣|奖牌|牌匾)")
_NUMBERED = re.compile(r"[0-9]+(?:余|多)?[个名户家]|[一二两三四五六七八九十]+[个家户名]")
_LEVEL = re.compile("[国省市县区乡镇校院]家?级$")
_LISTED = ("、", "和", "与", "及", "以及")
_LONGEST_PRAISE = 5  # characters in quotation marks before a unit
_BEFORE = 20
# What is of one sort and a model of it: “农”字号样板大棚80个.
_SORT = re.compile(
    rf"(?:字号|字头|牌)(?P<name>(?:(?![的了在和与及])[{HAN}]){{0,4}}?(?:(?:样板|示范|精品|标杆)[{HAN}]{{2,4}}?|(?:基地|合作社|车间|门店|超市|大棚)))(?=[，。；、\s]|[0-9])"
)
_FOUNDED = re.compile(
    "(?:办起|建起|建成|创建|创办|建立|打造|培育|新建|发展|扶持)(?:了|出)?(?:[0-9]+(?:余|多)?[个座处家])?$"
)
_COUNT = re.compile("[0-9]+(?:余|多)?[个座处家亩]")
_LONGEST_KNOWN = 9  # characters of a known name behind its quoted part
_DRIVE_BEHIND = re.compile("(?:创建|评选|争创)?活动")
_RULE = "activity/part"
_AGAIN_RULES = (_RULE, "activity/quoted-head")
_LEAST_OUTSIDE = 2  # characters behind the quotation mark
_MOST_AGAIN = 40  # names of a text that are looked for again


class Quoted(Protocol):
    """A quoted stretch: text[start:end] with its marks, `inner` without."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def inner(self) -> str: ...


def read_part_quoted(text: str, quotes: Sequence[Quoted], lexicon: Lexicon) -> Iterator[Proposal]:
    """Yield the names that begin with quoted words and end in a noun behind them."""
    last: Proposal | None = None
    for quote in quotes:
        behind = text[quote.end : quote.end + 1]
        if len(quote.inner) > _LONGEST_PRAISE or not "\u4e00" <= behind <= "\u9fff":
            continue
        listed = last is not None and last.kind == "honour" and text[last.end : quote.start] in _LISTED
        graded = _GRADE.fullmatch(quote.inner) is not None
        known = _known(text, quote, lexicon) if graded else None
        found = known or _unit(text, quote, lexicon, graded=graded, listed=listed) or _sort(text, quote)
        if found:
            last = found
            yield found


def _known(text: str, quote: Quoted, lexicon: Lexicon) -> Proposal | None:
    """Return the name of the lexicon of which a quoted grade is the first part: “四强”党支部."""
    entry: Known | None = None
    end = quote.end
    for longer in range(quote.end + 1, min(len(text), quote.end + _LONGEST_KNOWN) + 1):
        if "\u4e00" <= text[longer - 1] <= "\u9fff" and (
            known := lexicon.known.get(quote.inner + text[quote.end : longer])
        ):
            entry, end = known, longer
    if entry is None or entry.kind != "honour":
        return None
    if drive := _DRIVE_BEHIND.match(text, end):
        return Proposal(quote.start, drive.end(), entry.name, "campaign", _RULE)
    return Proposal(quote.start, end, entry.name, entry.kind, _RULE)


def _unit(text: str, quote: Quoted, lexicon: Lexicon, *, graded: bool, listed: bool) -> Proposal | None:
    """Return the honour, or the campaign, of a unit that comes up to what is quoted, a grade or not; `listed` where it follows another one."""
    if not graded and (
        quote.inner in lexicon.known
        or quote.inner in lexicon.stop
        or COUNTED.match(quote.inner)
        or _LEVEL.search(quote.inner)
    ):
        return None
    unit = _UNIT.match(text, quote.end, quote.end + 24)
    if unit is None:
        return None
    name = plain(quote.inner) + unit["name"]
    before = text[max(0, quote.start - _BEFORE) : quote.start]
    if unit["drive"] is not None and (graded or _STRONG.search(before)):
        return Proposal(quote.start, unit.end(), name, "campaign", _RULE)
    if unit["drive"] is None and (
        listed
        or _TITLED.match(text, unit.end())
        or _STRONG.search(before)
        or (graded and (_CHOSEN.search(before) or _NUMBERED.match(text, unit.end())))
    ):
        return Proposal(quote.start, unit.end(), name, "honour", _RULE)
    return None


def _sort(text: str, quote: Quoted) -> Proposal | None:
    """Return the models of a sort that are founded or counted: “农”字号样板大棚80个."""
    sort = _SORT.match(text, quote.end, quote.end + 14)
    if sort is None:
        return None
    if not (_COUNT.match(text, sort.end()) or _FOUNDED.search(text, max(0, quote.start - 10), quote.start)):
        return None
    return Proposal(quote.start, sort.end(), plain(text[quote.start : sort.end()]), "brand", _RULE)


def read_parts_again(text: str, named: Sequence[Proposal]) -> list[Proposal]:
    """Return where a name with quoted words in front stands once more, and nothing around it says so: 做好“订单式”联育工作."""
    bases: dict[str, Proposal] = {}
    for proposal in named:
        if proposal.rule in _AGAIN_RULES and proposal.kind in ("campaign", "honour") and text[proposal.start] == "“":
            closing = text.find("”", proposal.start)
            base = text[proposal.start : proposal.start + len(proposal.name) + 2]
            if (
                closing >= 0
                and plain(base) == proposal.name
                and len(base) - (closing - proposal.start) > _LEAST_OUTSIDE
            ):
                bases.setdefault(base, proposal)
    taken = {proposal.start for proposal in named}
    found = []
    for base, proposal in list(bases.items())[:_MOST_AGAIN]:
        at = text.find(base)
        while at >= 0:
            end = at + len(base)
            if at not in taken:
                drive = _DRIVE_BEHIND.match(text, end)
                kind = "campaign" if drive else _kind_again(base, proposal)
                found.append(Proposal(at, drive.end() if drive else end, proposal.name, kind, "activity/again"))
                taken.add(at)
            at = text.find(base, end)
    return found


def _kind_again(base: str, first: Proposal) -> str:
    """Return what such a name is where no drive stands behind it: that of a unit is its honour."""
    return "honour" if first.rule == _RULE and first.kind == "campaign" and _ENDS_IN_UNIT.search(base) else first.kind


_ENDS_IN_UNIT = re.compile(f"(?:{_WHOM})$")
