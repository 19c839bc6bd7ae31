"""Quoted names: “河畔夜话”大讲堂, 评选“最美河长”, “进村串户”、“入厂问计”活动.

Whether quoted words name an activity, and of which kind, is told by the head behind them, by their own last word, by the
verb before them and by their company in a list; figures of speech, slogans and policies are told apart by lists.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.activity_lexicon import COUNTED, HAN, ORDINAL_END, SHORTEST, Known, Lexicon, Proposal, plain
from nlp.bare_names import PLACE, is_span, left_border, named_drive
from nlp.numerals import parse_numeral

_QUOTED = re.compile(r"“([^“”\n]{1,40})(?:”|(?<=行动|工程|计划|活动)(?=\n|\Z))")
_OPENED_TWICE = re.compile(r"(“[^“”\n]{1,40})“(?=[、，。；等及和与活]|\n|\Z)")
_SINGLE = re.compile(r"‘([^“”‘’\n]{2,20})’")
_NOT_CLOSED = re.compile(
    r"[，。；：！？、（）]"
)  # a name that lost its closing mark at the end of a paragraph holds none
# Between quoted words: what makes a list of them, and what makes one name of them.
_JOIN = re.compile(
    r"(?:[0-9]+(?:余|多)?[个期场次所名片座批家户支处人])?(?:[ \u3000]?(?:、|，|和|与|及|以及|或|暨)[ \u3000]?)?"
)
_LINK = re.compile(r"(?:——|—|-)?(?:寻找|争做|争当|创建|争创|走进|共建|深化)?")
# Behind them: …为主题的…活动, …为载体, …等活动, …称号, …品牌, and nouns that they only qualify (…治理, …试点).
_THEME = re.compile(r"为(?:活动)?主题的?[^。；\n“]{0,24}?(?:活动|大赛|比赛|竞赛|行动)")
_VEHICLE = re.compile(r"(?:[^“”。；\n]{0,12}?等)?(?:创建)?(?:活动)?为(?:载体|抓手|龙头|平台|依托|阵地)")
_AND_OTHERS = re.compile(
    r"等(?:[^，。；\n“”]{0,10}?)(?P<head>活动|工程|行动|计划|项目|品牌|称号|荣誉|评选|工作室|(?:志愿)?服务队|服务团|宣讲团|团队|队伍|平台|栏目|节目|课程|讲座|大赛|比赛)"
)
_TITLE = re.compile(
    r"(?:的)?(?:荣誉|光荣)?(?:称号|荣誉|奖项|奖牌|牌匾|殊荣)|(?:的)?(?:创建|评选|争创)(?=活动|工作|评选|[，。、；“]|和|等|中|$)|的?(?:推荐|推选|申报)(?=申报|评选|表彰|工作|[、和])|(?:的)?评选(?=出|结果|产生|共|揭晓|落幕|[0-9])|(?:系列)?(?:先进)?典型(?=[0-9，。；、]|人物|称号)"
)
# Inside them: a bare number (“1+3”工程), the years of a plan, a place before a known name.
_ACTIVITY_OF = re.compile("的(?:主题|创建|争创|评选|竞赛|实践|教育|系列)*活动(?![室场目主要氛]|中心)")
# What names of a sort are told of behind it: 开展各种主题队会，如“…”、“…”等.
_FOR_INSTANCE = re.compile(
    rf"(?:主题|各种|各类|各式|多种|多样|系列|特色|实践|文体)[{HAN}]{{0,8}}?(?:活动|队会|班会|团会|队日|团日|大赛|比赛)[，：:（(]?(?:例如|比如|诸如|如|像)[：:]?$"
)
_ENDS_INSTANCES = re.compile(r"等?[，。；：）)\n]|等(?:活动|主题|系列)|\Z")
_ATTRIBUTE = re.compile(r"[0-9+×x一二三四五六七八九十百千万·.]{1,6}")
_BRAND = re.compile(
    rf"(?:[、，]“|[一二两三四五六七八九十0-9]+个[{HAN}]{{0,6}}?品牌|[{HAN}]{{0,8}}?品牌|等[{HAN}]{{0,8}}?(?:品牌|工作室|项目))"
)
_BRANDED = re.compile(rf"(?:[一二两三四五六七八九十0-9]+个)?[{HAN}]{{0,6}}?品牌(?![价战质保])")
_BRAND_FIRST = re.compile("(?:党建|支部|服务|志愿服务|工作|文化|廉洁|实践)+品牌")
# 荣获云浦省“…”、“…”，石桥市“…”: what was won goes on behind a place or a level.
_ELSEWHERE = re.compile(
    f"(?:称号|荣誉称号)?[，、；及和](?:被评为|[{HAN}]{{2,3}}[省市县区镇乡]|全[国省市县区镇]|(?:国家|[省市县区镇校])级?|[×xXｘＸ*＊_]{{1,3}}[省市县区])"
)
_WINS = ("荣获", "获得", "授予", "评为", "获评", "荣膺", "获", "命名")
_SYSTEM = re.compile(
    "(?:综合|[学师][生德]|质量|素质|特色)?(?:评价|课程|育人)体系"
)  # a generic word behind a name, no part of it
_MODIFIES = re.compile(
    rf"(?:[{HAN}]{{0,8}}?(?:治理|整治|抽检|检查|对接|招商|改革|建设|试点|模式|机制|服务|政策|制度|体系|专列|通道|场景|联动|工作|培训|讲座|圈|区|都|战))"
)
_FEAST = re.compile(r"(?:庆祝|欢庆|喜迎|纪念|迎|庆)$")
_PLACE_FIRST = re.compile(f"(?!全)[{HAN}]{{2,3}}[省市县区镇乡](?![民长场容域直委])")
_PLACE_END = re.compile("[省市县区州镇乡村级]$|社区$|街道$")
_LEVEL_INSIDE = re.compile(
    "全[国省市县区镇乡州]|(?:国家|[省市县区])级"
)  # a level that is quoted with an honour belongs to it
_YEARS = re.compile("（[^（）]*[0-9]年?）$")
_COUNT_BEHIND = re.compile("[0-9]+(?:余|多)?(?:个|期|场|次|所|名|片|座|批|家|户|支|处|人|台|辆|万元|元)")
_PLAN = re.compile(r"[一二三四五六七八九十]+五|八七")
_WEAK_MODIFIER = re.compile(
    r"(?:主题|系列|实践|教育|竞赛|星级|创建|评选|倡议|大型|专题|特色|品牌|公益|宣传|宣传教育|争创|专项|文明|结对帮扶|结对共建|帮扶结对)*"
)
_IN_ITS_WAY = re.compile(f"[{HAN}]{{0,6}}(?:征文|宣讲|宣传|志愿服务|展示|分享|慰问|讨论|义诊|阅读|诵读|评选|比赛|走访)")
_OCCASION = re.compile(
    "(?:庆祝?|喜迎|迎|纪念)?(?:元旦|新年|春节|新春|元宵|清明|端午|七夕|中秋|国庆|重阳|冬至|腊八|[三五六七八十]·?[一八四]|妇女|劳动|儿童|青年|教师|母亲|父亲|建军|护士|老人)节?(?:主题|系列|专题)(?:教育|实践|系列|文化|宣传)*"
)
_WORDS_BEFORE = 4  # characters before quoted words that say nothing alone: 渔政服务“三农”活动
_QUALIFIES_NOUN = re.compile("[字型类的级]")
_LONG_HONOUR = 7  # characters of a title that is told by its own words
_ANY_TITLE = re.compile("(?:先进|示范|优秀|模范).{2,3}$|奖$")
_WIDEST_JOINT = 5  # characters between two quotes of a group
_OPENER_REACH = 16  # characters before quoted words in which a verb counts
_MET = 4  # quotes behind the beginning of a name that it may meet
_FEW = 2
_TITLE_MARKS = re.compile(r"《([^《》\n]{3,60})》")
_TITLES = re.compile(
    r"项目(?:名称|名单)?(?:分别|依次|主要)?(?:为|是|有|包括|：)(?P<row>(?:[^《》。；\n]{0,24}《[^《》\n]{3,60}》){3,})"
)
_COLUMN = re.compile(r"【([^【】\n]{3,24})】")
_COLUMNS = re.compile(
    r"(?P<row>(?:【[^【】\n]{3,24}】[、和]?)+)(?:等)?(?:[一二两三四五六七八九十0-9]+[个大档])?(?:特色|专题|系列)?(?P<head>栏目|专栏|板块|节目|专题|品牌|活动)"
)
_COMES_BACK = 3  # times
_IS_WORK = re.compile("(?:创建)?(?:工作(?!站|室|法|者|组)|建设|情况|领导小组|实施方案|工作方案)")
_IS_DONE = re.compile(
    "(?:开展|推进|实施|深化|抓好|做好|推动|参与|组建|制定|落实|启动|组织)(?:了|好)?(?:[我全本][省市县区镇乡校])?$"
)
_IN_PARTS = re.compile("[^\u4e00-\u9fffA-Za-z0-9·]|[的了和与及暨]|活动|小组|工作|办公室")
_CARRIED_OUT = re.compile("开展|深化|实施|推进|争创|创建|争当|争做|评选|参与|投身|喜迎|关爱")
_LONGEST_REST = 4  # characters of a name beside the known name that it begins or ends with
_PLATFORM = "平台"
_NUMBER_WORD = re.compile("[一二两三四五六七八九十双].{1,2}")  # “三促”服务平台 is one for three things
_CHOICE = re.compile("(?<=..)(?:评选|评比)(?:表彰|表扬)?$")
_OUTWARD = re.compile("促进|助力|带动|引领|支持|推动|服务于|对接")
_AGAINST = re.compile("纠正|治理|整治|破除|克服|反对|解决|杜绝|防止|消除|打击|查处|存在|坚持|围绕|落实|贯彻")
_ENDS = frozenset("，。；、！？：）》“”\n")  # behind such a mark stands no head
_ORDINAL_ENDS = frozenset("届年0123456789")
_TITLE_OPENS = frozenset("的荣光称奖牌殊创评争系先典")
_ANY_HAN = re.compile(f"[{HAN}]")
_WHOSE = re.compile(
    rf"(?:首届|第[一二三四五六七八九十百0-9]{{1,4}}届)(?:(?![的了在和与及]|委员|成员|代表)[{HAN}]){{0,6}}$"
)
_ORDINAL = re.compile("(?:首届|第[一二三四五六七八九十百0-9]{1,4}[届次])(?: ?(?:全[国省市县区]|国家|[省市县区]))?$")
_ORDINAL_LAST = frozenset("届次国家省市县区")
# The end of a row of quoted names, and what stands between them: 等三个专项行动; 、活动室.
_ROW_CLOSES = re.compile(
    r"等?(?P<number>[2-9两二三四五六七八九十])(?:个|项|大|场)(?P<special>专项)?(?P<head>行动|工程|活动|计划|项目|品牌)"
)
_ROW_OPENS = frozenset("等23456789两二三四五六七八九十")
_ROW_GAP = re.compile(rf"[、，和与及]?[{HAN}]{{0,6}}|以及[{HAN}]{{0,6}}")
_LONGEST_IN_ROW = 10  # characters
# A number that tells how many names a list had, with what they all are: 、“…”四小姊妹救助项目.
_COUNTED_ROW = re.compile(
    rf"等?[2-9两二三四五六七八九十](?:[大个项]|小(?![时组队区]))[{HAN}]{{2,8}}?(?P<head>行动|工程|计划|项目|品牌)"
)
# What is listed behind a colon: 创出了多个活动品牌：“…”“…”; and topics: “…”、“…”等专题讲座.
_LED_BY = re.compile("(?P<head>品牌|活动|荣誉|称号)(?:有|包括|分别[是为]|主要有)?[：:]$")
_LEADS_ON = ("：", ":")
_LEADS_INSTANCES = frozenset("如像：:")
_TOPICS = re.compile(rf"等[{HAN}]{{0,6}}?(?:讲座|培训(?!班)|课程|党课|书籍|影片|电影|歌曲)")
_LONGEST_TOPIC = 4  # characters
_ROW_COUNT = re.compile(r"等?[2-9两二三四五六七八九十](?:[大个项支]|小(?![时组队区]))")
_LONGEST_NOT_CLOSED = 14
_ACCREDITED = ("示范基地", "示范园", "示范点", "示范区", "示范园区")
_ACCREDITS = re.compile(
    r"(?:(?:荣获|荣膺|获评|获得|评为|评上|命名为|认定为|授予|授牌|入选)[^，。；\n]{0,6}"
    r"|(?:创建|创成|推选|推荐|申报|争创|选树)(?:了|出|成|为)*(?:[0-9]+[个家处]|[一二两三四五六七八九十]+[个家处])?"
    r"(?:国家级|[省市县区州]级|全[国省市县区州]|[省市县区]))$"
)
# The theme of a year, of which something is asked: “项目攻坚推进年”的总要求.
_THEME_YEAR = re.compile(
    r"(?:建设|推进|提升|攻坚|突破|落实|服务|创新|转型|整治|改革|作风|质量|效能|管理|执行|担当|奋进|发展|深化|巩固|规范|项目|环境|基层|调研|学习|培训|宣传|文化|法治|安全)年$"
)
_ITS_AIM = re.compile(r"的?(?:总|总体|工作)?(?:要求|部署|主题|目标|安排|任务)")
_PEOPLE = ("少年", "青年", "老年", "中年", "成年")  # whom a year of people is, no campaign
_AWARDED = ("title", "honour")
_FRAME = re.compile("(?P<bar>(?:的)?(?:创建|评选|验收)?标准)|(?:创建)?(?:的)?长效机制")
# Units that are praised: “红旗少工委”, a title where something is made, or chosen, of it.
_PRAISED_UNIT = re.compile(
    rf"(?:五四红旗|红旗|先进|优秀|模范|示范|标杆|星级|金牌|过硬|最强)[{HAN}]{{0,4}}?(?:少工委|团委|团支部|团总支|党委|党支部|党总支|党组织|党小组|中队|大队|班组|工会|妇联|关工委|科室|支部|团队|小分队|志愿者|集体)"
)
# Behind a known campaign: how people think or work, not what they do. 按照“三严三实”要求, 树立创先争优意识
AS_A_VIEW = re.compile("的?(?:要求|意识|思想(?!教育)|理念|精神|作风|标准|氛围)")
# How something is done or thought: “参观式”、“互动式”等活动, 以“菌菇经济”为载体.
_MANNERS = ("式", "型", "经济", "模式", "机制", "理念", "精神", "思维", "格局")
_FORMULA = re.compile(f"[{HAN}]+(?:[+＋][{HAN}]+)+")  # of what something is made up: “专职+兼职”服务梯队
_PRAISES = re.compile(f"(?:示范|标兵|先进|优秀|模范|红旗)[{HAN}]{{2,4}}$")
_LONGEST_MODEL = 6  # characters: “清洁河道”标准; longer quoted words in such a frame are principles
_GOES_ON_AS = re.compile(
    "创建|争创|评选|活动|工作|行动|(?P<added>征文)(?:比赛)?(?:活动)?"
)  # behind a name that lost its marks: 和美小院创建
_IS_WON = re.compile(
    f"(?:评为|被评|荣获|获评|授予|命名为|获得|荣膺|评选|推选)(?:了|出|为)?(?:[{HAN}]{{2,8}}(?:系统|[国省市县区校级]))?$"
)
_WON_BEFORE = 16
_TELLS_ITSELF = 5  # characters of a brand that needs no marks once it had them
_MOST_AGAIN = 40  # names of a text that are looked for again
# Quoted words that end so name a campaign whatever stands around them; those in …年 need a word of it.
_CLEAR_CAMPAIGNS = (
    "进校园",
    "进万家",
    "进农家",
    "进社区",
    "下乡",
    "大走访",
    "大讨论",
    "主题活动",
    "宣传月",
    "宣传周",
    "服务月",
    "活动月",
    "维权周",
)
_CUPS = ("杯", "节日")  # “电缆杯”“…”活动, “我们的节日”“…”活动
_OF_EACH = ("活动", "项目", "行动", "品牌", "竞赛")  # said of each of some names that stand side by side
_WHO = ("家庭", "村庄", "社区")
_MOTTO = re.compile("[·，,；;]")
_LONG_DRIVE = 8  # characters of a campaign that is named without the 活动 that it ends in
#: What ends like a party and is none: “千帆竞发歌颂党”文艺汇演, “茶乡向党”读书会.
_TO_THE_PARTY = re.compile("(?:.{5}|[向跟爱颂听随])党$")
_CONTESTS = ("竞赛", "比赛", "劳动竞赛", "技能竞赛")
_LONG_SLOGAN = 2  # marks between its parts: “…、…、共建家园”
_HELD = ("开展", "组织", "举办", "举行", "参加", "参与")
_SPELLS = ("宣传月", "宣传周", "服务月", "服务周", "教育月", "活动月", "活动周")
# What work is to bring about: 为建设“…家园”作贡献.
_AIMED_AT = re.compile("[做作]出?(?:应有的?|积极的?|新的?更大的?)?贡献|而(?:不懈)?(?:努力|奋斗)")
_SORTS_OF = ("各类人", "各种人", "人才", "人员", "群体", "能人")  # “土专家”等各类人才加入宣讲队伍
_PLANNED = ("规划", "纲要", "条例", "办法")  # papers, of which a drive tells: “妇女儿童规划”宣传活动
_TOLD_OF = ("宣传", "学习", "知识", "宣讲")
_MEETINGS = ("座谈会", "研讨会")
#: Meetings that set a drive going, which has its own name: “…行动”现场推进会, “…”活动动员会.
_SETS_GOING = ("推进会", "动员会", "动员大会", "启动会", "誓师大会")
_A_DRIVE = re.compile("(?:行动|工程|计划|项目|活动)$")
_ITS_HEAD = re.compile("(?:主题|创建|实践|教育|公益)*(?P<head>活动|行动|工程|计划|项目)")
#: Words of a verb between a name and the next head: “…”促进青年志愿者活动.
_GOES_ON = re.compile("(?:促进|孵化|推动|带领|引导|覆盖|融入)..")
#: Who or what is a model of a drive: “…”活动示范家庭.
_MADE_OF = re.compile("(建设|评选)活动")  # “五净”模范机关建设活动
_MODEL_OF = re.compile(
    "(?:模范|示范|先进|优秀|标兵)(?:家庭|村|社区|单位|集体|个人|学校|班组|窗口|岗|户|组织者|志愿者)(?:（(?:社区|村|户|个人|集体|标兵)）)?"
)
_AT_WORK = re.compile(r"工作$|规划|问题|专题|项目")  # a meeting about what is quoted, not of that name
_IN_PRINT = re.compile("[网报刊栏号台页]|公众|门户|频道|平台|开设|开辟|推出|新增|发表|刊登")
_COUNTED_PEOPLE = re.compile("[0-9一二两三四五六七八九十百][多余]?[名位户对] ?(?:[一二三四五]星级|[省市县区镇]级)?$")
_OF_SOMEBODY = frozenset("名位户对级 ")
_CHOSEN = re.compile("评选|评出|表彰|命名|选树|选出|授予|推选")
#: The year of something, told to be one: 今年是我区“基层管理年”.
_IS_YEAR = re.compile(
    f"(?:是|为|作为|确定为|定为|开展)(?:[我全本][省市县区镇乡校院局会]|公司|[{HAN}_×xX*＊]{{1,3}}[省市县区镇乡])?的?$"
)
_COUNTS_DAYS = frozenset("次个届")  # 第二十次“全国助残日”主会场活动 is more than the day
_DAY = re.compile(r"[日周月](?:宣传|纪念|主题)?$")


class Quote(NamedTuple):
    """A quoted stretch: text[start:end] with its marks, `inner` without."""

    start: int
    end: int
    inner: str


class Tail(NamedTuple):
    """What belongs to a name behind its closing quotation mark: text[quote.end:end]."""

    end: int
    gap: str
    head: str
    kind: str


def find_quotes(text: str) -> list[Quote]:
    """Return the stretches between quotation marks, up to 40 characters long and without quotation marks inside.

    One that a paragraph cuts off behind 行动 or the like counts, too: 推进“姐妹结对行动. A mark that opens where one has to close is
    taken for that: 开展“渔歌夜话“、“船娘课堂“等活动.
    """
    if text.count("“") > text.count("”"):
        text = _OPENED_TWICE.sub(r"\1”", text)
    found = [
        Quote(*match.span(), match[1])
        for match in _QUOTED.finditer(text)
        if match[0][-1] == "”" or not (_NOT_CLOSED.search(match[1]) or len(match[1]) > _LONGEST_NOT_CLOSED)
    ]
    return found if text.find("‘") < 0 else _with_inner(text, found)


def _with_inner(text: str, quotes: list[Quote]) -> list[Quote]:
    """Return quotes, and those between single marks that stand in none of them: in a speech that is quoted itself."""
    ends = [quote.end for quote in quotes]
    inner = []
    for match in _SINGLE.finditer(text):
        at = bisect_right(ends, match.start())
        if at == len(quotes) or quotes[at].start >= match.end():
            inner.append(Quote(*match.span(), match[1]))
    return sorted([*quotes, *inner])


def read_quotes(text: str, quotes: Sequence[Quote], lexicon: Lexicon) -> Iterator[Proposal]:
    """Yield the names among quoted words, from left to right."""
    # A step for all groups, then the next: what a step needs is at hand for the group behind.
    groups = _grouped(text, quotes, lexicon)
    openers = [_opener_of(text, group[0].start, lexicon) for group in groups]
    tails = [_tail_of(text, group[-1], lexicon) for group in groups]
    headed = [tail is not None and tail.gap in ("", "专项") for tail in tails]
    shared = [
        tail.kind if tail and head else _shared_kind(text, group, opener, lexicon)
        for group, opener, tail, head in zip(groups, openers, tails, headed, strict=True)
    ]
    kept = zip(groups, tails, headed, shared, _won_elsewhere(text, groups, openers), strict=True)
    for group, tail, head, kind, won in kept:
        if len(group) > 1:
            found = _read_group(text, group, tail, kind or won, lexicon, headed=head)
            yield from [_with_ordinal(text, proposal) for proposal in found]
        elif alone := _read_one(text, group[0], tail, kind or won, lexicon):
            yield _with_ordinal(text, alone)


def _grouped(text: str, quotes: Sequence[Quote], lexicon: Lexicon) -> list[list[Quote]]:
    """Return quoted words, those that stand side by side as one group."""
    groups = [[quote] for quote in quotes[:1]]
    for left, right in pairwise(quotes):
        if right.start - left.end <= _WIDEST_JOINT and _joined(text, left, right, lexicon):
            groups[-1].append(right)
        else:
            groups.append([right])
    return groups


def _opener_of(text: str, start: int, lexicon: Lexicon) -> re.Match[str] | None:
    """Return the verb before quoted words that begin at start, with what stands between them, that makes them a name."""
    if text[start - 1 : start] not in lexicon.opener_ends:
        return None
    return lexicon.opener.search(text[max(0, start - _OPENER_REACH) : start])


def _won_elsewhere(
    text: str, groups: Sequence[list[Quote]], openers: Sequence[re.Match[str] | None]
) -> Iterator[str | None]:
    """Yield for each group the kind that a verb of winning before an earlier one gives it, as that holds for those behind a place, too."""
    kind, end = None, 0
    for group, opener in zip(groups, openers, strict=True):
        won = kind if kind and _ELSEWHERE.fullmatch(text, end, group[0].start) else None
        yield won
        kind, end = won or ("honour" if opener and opener[1] in _WINS else None), group[-1].end


def _with_ordinal(text: str, proposal: Proposal) -> Proposal:
    """Return an event, or a campaign that is no known one, with the ordinal before it: 第二届“丰收杯”篮球赛."""
    if proposal.kind not in ("event", "campaign") or proposal.rule == "activity/lexicon":
        return proposal
    start = proposal.start
    if proposal.rule == "activity/attribute" and proposal.kind == "event":
        return _with_whose(text, proposal)
    if text[start - 1 : start] not in _ORDINAL_LAST or not (
        ordinal := _ORDINAL.search(text, max(0, start - 11), start)
    ):
        return proposal
    name = ordinal[0] + proposal.name
    return proposal._replace(start=ordinal.start(), name=name, kind="event")


def _with_whose(text: str, event: Proposal) -> Proposal:
    """Return an event of a feast with the ordinal, its place and who takes part before it: 云浦市第二届职工庆“七一”球赛."""
    opening = _WHOSE.search(text, max(0, event.start - 14), event.start)
    if opening is None:
        return event
    place = PLACE.search(text, max(0, opening.start() - 4), opening.start())
    start = place.start() if place else opening.start()
    return event._replace(start=start, name=plain(text[start : event.start]) + event.name)


def read_rows(text: str, quotes: Sequence[Quote], lexicon: Lexicon) -> list[Proposal]:
    """Return the names that a number of drives closes, each behind its own noun: 账目“日清”、村务“月结”两个专项行动."""
    found = []
    for at, quote in enumerate(quotes):
        closing = _ROW_CLOSES.match(text, quote.end) if at and text[quote.end : quote.end + 1] in _ROW_OPENS else None
        if closing is None:
            continue
        first = at - int(parse_numeral(closing["number"])) + 1
        row = quotes[max(first, 0) : at + 1]
        if first < 0 or not all(_ROW_GAP.fullmatch(text, a.end, b.start) for a, b in pairwise(row)):
            continue
        kind = "campaign" if closing["special"] else lexicon.head_kind.get(closing["head"], "campaign")
        found += [
            Proposal(start=q.start, end=q.end, name=plain(q.inner), kind=kind, rule="activity/quoted-row")
            for q in row
            if 3 <= len(q.inner) <= _LONGEST_IN_ROW and plain(q.inner) not in lexicon.stop
        ]
    return found


def torn(quotes: Sequence[Quote], ends: Sequence[int], proposal: Proposal) -> bool:
    """Tell whether a name begins or ends inside quoted words, and the other way round not; `ends` are those of quotes."""
    return any(
        quote.start < proposal.start < quote.end < proposal.end
        or proposal.start < quote.start < proposal.end < quote.end
        for quote in quotes[bisect_right(ends, proposal.start) :][:_MET]
    )


def read_titles(text: str) -> list[Proposal]:
    """Return the projects that a list names in title marks, each behind its owner: 立项项目为渔业学院《…》，船舶学院《…》."""
    found = []
    for row in _TITLES.finditer(text) if text.find("》") >= 0 else ():
        if len(titles := list(_TITLE_MARKS.finditer(text, row.start("row"), row.end("row")))) > _FEW:
            found += [
                Proposal(
                    start=title.start(),
                    end=title.end(),
                    name=plain(title[1]),
                    kind="programme",
                    rule="activity/quoted-row",
                )
                for title in titles
            ]
    return found


def read_columns(text: str) -> list[Proposal]:
    """Return the columns and programmes of a medium in square marks: 推出【渔港早知道】【渔家灯火】两个栏目."""
    names = {
        column[1]: "campaign" if row["head"] == "活动" else "brand"
        for row in (_COLUMNS.finditer(text) if text.find("】") >= 0 else ())
        for column in _COLUMN.finditer(row["row"])
    }
    return [
        Proposal(start=at.start(), end=at.end(), name=plain(at[1]), kind=names[at[1]], rule="activity/quoted")
        for at in (_COLUMN.finditer(text) if names else ())
        if at[1] in names
    ]


def read_repeated(text: str, quotes: Sequence[Quote], lexicon: Lexicon) -> list[Proposal]:
    """Return quoted words that a text comes back to as to a work that is done: 开展“五城联创”工作, of which it speaks three times."""
    times = Counter(quote.inner for quote in quotes)
    return [
        Proposal(start=quote.start, end=quote.end, name=plain(quote.inner), kind="campaign", rule="activity/quoted")
        for quote in quotes
        if times[quote.inner] >= _COMES_BACK
        and SHORTEST <= len(quote.inner) <= _LONGEST_IN_ROW
        and quote.inner not in lexicon.stop
        and quote.inner not in lexicon.known
        and not quote.inner.endswith((*lexicon.firms, *lexicon.never_learned))
        and _IS_WORK.match(text, quote.end)
        and _IS_DONE.search(text, max(0, quote.start - 8), quote.start)
    ]


def read_again(quotes: Sequence[Quote], named: Sequence[Proposal], lexicon: Lexicon) -> list[Proposal]:
    """Return the quoted words that were a name elsewhere in the text, where nothing around them says so."""
    kinds = {proposal.name: proposal.kind for proposal in named if proposal.rule.startswith("activity/quoted")}
    if not kinds:
        return []
    starts = {proposal.start for proposal in named}
    return [
        Proposal(start=quote.start, end=quote.end, name=name, kind=kinds[name], rule="activity/again")
        for quote in quotes
        if quote.start not in starts and (name := plain(quote.inner)) in kinds and name not in lexicon.stop
    ]


def read_without_marks(text: str, named: Sequence[Proposal], lexicon: Lexicon) -> list[Proposal]:
    """Return where a quoted name stands once more without its marks, and goes on as a drive does: 清洁河道创建工作.

    What is won counts, too, as an honour, and a place or thing that is told by its last word: 渔村说事港湾.
    """
    quoted = {p.name: p for p in named if p.rule.startswith("activity/quoted") and text.startswith("“", p.start)}
    names = [p for p in quoted.values() if SHORTEST <= len(p.name) <= _LONGEST_IN_ROW and p.name.isalpha()]
    found = []
    for known in names[:_MOST_AGAIN]:
        at = text.find(known.name)
        while at >= 0:
            end = at + len(known.name)
            goes_on = _GOES_ON_AS.match(text, end)
            won = _IS_WON.search(text, max(0, at - _WON_BEFORE), at) is not None
            told = known.kind == "brand" and len(known.name) >= _TELLS_ITSELF and known.name.endswith(lexicon.endings)
            if text[at - 1 : at] != "“" and (goes_on or won or told):
                added = (goes_on["added"] or "") if goes_on else ""
                kind = "honour" if won and not goes_on else known.kind
                found.append(Proposal(at, end + len(added), known.name + added, kind, "activity/again"))
            at = text.find(known.name, end)
    return found


def _joined(text: str, left: Quote, right: Quote, lexicon: Lexicon) -> bool:
    gap = right.start - left.end
    if not gap and left.inner in lexicon.feasts:
        return False  # 迎“五一”“电缆杯”球赛: the feast is only its occasion
    return bool(_JOIN.fullmatch(text, left.end, right.start) or (gap and _LINK.fullmatch(text, left.end, right.start)))


def _read_group(
    text: str, group: list[Quote], tail: Tail | None, shared: str | None, lexicon: Lexicon, *, headed: bool
) -> Iterator[Proposal]:
    """Yield the names among quoted words that stand side by side; the last one's head counts for all.

    `shared` is the kind that the words around them give each of them; `headed` says that the head does.
    """
    last = group[-1]
    if tail and _ROW_COUNT.match(tail.gap):
        for quote in group:
            if one := _read_one(text, quote, None, tail.kind, lexicon, headed=True):
                yield one
        return
    if tail and shared is None and _of_each(tail):
        headed, shared = True, tail.kind
    if len(group) > _FEW and all(quote.inner.endswith("星") and len(quote.inner) >= SHORTEST for quote in group):
        for quote in group:  # “爱港爱船星”“诚信守法星”“出航平安星”
            yield Proposal(quote.start, quote.end, plain(quote.inner), "honour", "activity/quoted")
        return
    chain = len(group) - 1
    while tail and chain > 0 and not _listed(text, group[chain - 1], group[chain], tail, lexicon):
        chain -= 1
    read = [_read_one(text, quote, None, shared, lexicon, headed=headed) for quote in group[:chain]]
    if chain < len(group) - 1 and tail:
        yield from (proposal for proposal in read if proposal)
        start = group[chain].start
        name = plain(text[start : tail.end].replace("—", ""))
        yield Proposal(start=start, end=tail.end, name=_strip(name, tail), kind=tail.kind, rule="activity/chain")
        return
    read.append(_read_one(text, last, tail, shared, lexicon))
    kinds = {proposal.kind for proposal in read if proposal}
    # The names of one list are of one kind.
    if shared is None and len(kinds) == 1 and None in read and not _against(text, group[0]):
        (kind,) = kinds
        read = [
            proposal or _read_one(text, quote, None, kind, lexicon)
            for quote, proposal in zip(group, read, strict=False)
        ]
    yield from (proposal for proposal in read if proposal)


def _for_instance(text: str, first: Quote) -> bool:
    """Tell whether quoted words are told of as instances of what goes on: 主题活动，如“…”."""
    return (
        text[first.start - 1 : first.start] in _LEADS_INSTANCES
        and _FOR_INSTANCE.search(text, max(0, first.start - 20), first.start) is not None
    )


def _against(text: str, first: Quote) -> bool:
    """Tell whether what is quoted is fought, kept to or carried out: 纠正“…”、“…”."""
    return _AGAINST.search(text, max(0, first.start - 6), first.start) is not None


def is_list(text: str, left: Quote, right: Quote) -> bool:
    """Tell whether nothing but a separator stands between two quoted stretches."""
    gap = text[left.end : right.start]
    return bool(gap) and bool(_JOIN.fullmatch(gap))


def _listed(text: str, left: Quote, right: Quote, tail: Tail, lexicon: Lexicon) -> bool:
    """Tell whether two quoted stretches are two names; those that touch are, where both are long and only 活动 is said of them."""
    if left.end < right.start:
        if tail.kind == "event" and text[left.end : right.start] == "暨":
            return False  # “…”暨“…”动员会 is one meeting
        return is_list(text, left, right)
    return not left.inner.endswith(_CUPS) and right.inner not in lexicon.feasts


def _of_each(tail: Tail) -> bool:
    """Tell whether what stands behind the last of a list says of each of its names what it is: “…”和“…”劳动竞赛活动."""
    if tail.gap in _CONTESTS or tail.gap + tail.head in _CONTESTS:
        return True
    return tail.head in _OF_EACH and _WEAK_MODIFIER.fullmatch(tail.gap) is not None


def _tail_of(text: str, quote: Quote, lexicon: Lexicon) -> Tail | None:
    """Return the words up to the head behind a quoted stretch; an event behind the head makes it longer (…活动启动仪式)."""
    if text[quote.end : quote.end + 1] in _ENDS:
        return None
    match = lexicon.tail.match(text, quote.end, quote.end + 28)
    if match is None:
        return None
    gap, head, end = text[quote.end : match.start()], match[0], match.end()
    if _GOES_ON.match(gap) and not _MOTTO.search(quote.inner):
        return None
    if head == "活动" and (model := _MODEL_OF.match(text, end)):
        return Tail(end=model.end(), gap=gap + head, head=model[0], kind="honour")
    if lexicon.head_kind[head] == "honour" and (drive := _MADE_OF.match(text, end)):
        return Tail(end=drive.end(), gap=gap + head + drive[1], head="活动", kind="campaign")
    if head != "活动" and _BRAND_FIRST.match(gap):
        return None  # “…”党建品牌建设计划: of a brand
    if head == "活动" and gap.endswith(_HELD):
        return None  # 围绕“…”中心工作开展活动
    if not _is_event(head, lexicon):
        longer = lexicon.event_tail.match(text, end, end + 18)
        if longer:
            gap, head, end = text[quote.end : longer.start()], longer[0], longer.end()
    elif head in ("竞赛", "比赛", "评选") and not gap and text.startswith("活动", end):
        return Tail(end=end + 2, gap=head, head="活动", kind="campaign")
    elif (longer := lexicon.event_tail.match(text, end, end + 4)) and longer.start() == end:
        gap, head, end = text[quote.end : longer.start()], longer[0], longer.end()
    if head in (*_SETS_GOING, *_MEETINGS) and (drive := _ITS_HEAD.match(gap) if gap else None):
        end = quote.end + drive.end()
        return Tail(end=end, gap=gap[: drive.start("head")], head=drive["head"], kind=lexicon.head_kind[drive["head"]])
    if head in _SETS_GOING and _A_DRIVE.search(quote.inner):
        return None
    if text.startswith("活动", end) and lexicon.head_kind[head] == "event":
        end += 2
    return Tail(end=end, gap=gap, head=head, kind=lexicon.head_kind[head])


def _is_event(head: str, lexicon: Lexicon) -> bool:
    return lexicon.head_kind[head] == "event"


def _shared_kind(text: str, group: list[Quote], opener: re.Match[str] | None, lexicon: Lexicon) -> str | None:
    """Return the kind that the words around a group of quoted words give each of them; `opener` is the verb before them."""
    first, last = group[0], group[-1]
    precedes, follows = text[first.start - 1 : first.start], text[last.end : last.end + 1]
    if precedes in _LEADS_ON and (led := _LED_BY.search(text, max(0, first.start - 12), first.start)):
        return {"品牌": "brand", "荣誉": "honour", "称号": "honour"}.get(led["head"], "campaign")
    if (follows == "等" or len(group) > 1) and are_topics(text, group):
        return None
    if follows not in _ENDS:
        if follows == "等" and (others := _and_others(text, last)):
            head = others["head"]
            if head in ("称号", "荣誉", "评选"):
                return "honour"
            return "brand" if head == "品牌" else lexicon.head_kind.get(head, "body")
        if _branded(text, last):
            return "brand"
        if len(group) > 1 and (row := _COUNTED_ROW.match(text, last.end)):
            return lexicon.head_kind.get(row["head"], "campaign")
    if precedes in _LEADS_INSTANCES and _for_instance(text, first) and _ENDS_INSTANCES.match(text, last.end):
        return "campaign"
    before = text[max(0, first.start - _OPENER_REACH) : first.start]
    if "以" in before[-4:]:
        if _THEME.match(text, last.end, last.end + 40) or _VEHICLE.match(text, last.end, last.end + 20):
            return "campaign"
        return None
    if follows in _TITLE_OPENS and _TITLE.match(text, last.end):
        return "honour" if text.startswith(("称号", "荣誉", "评选"), last.end) else "title"
    if precedes in _ORDINAL_ENDS and ORDINAL_END.search(before):
        return "title"
    if (
        precedes in _OF_SOMEBODY
        and _COUNTED_PEOPLE.search(before)
        and _CHOSEN.search(text, max(0, first.start - 40), first.start)
    ):
        return "honour"  # 评出10户“…”、10名“…”
    chosen = opener is not None and lexicon.opener_kind[opener[1]] == "honour"
    if follows == "的" and not chosen and _ACTIVITY_OF.match(text, last.end):
        return "campaign"
    if opener is None:
        return None
    counted = opener[2] or _COUNT_BEHIND.match(text, last.end)
    weak = opener[1] in lexicon.weak_openers and not counted
    return "weak" if weak else lexicon.opener_kind[opener[1]]


def _read_one(
    text: str, quote: Quote, tail: Tail | None, shared: str | None, lexicon: Lexicon, *, headed: bool = False
) -> Proposal | None:
    """Return the name that a quoted stretch is, or None; `shared` is the kind that its company and the verb before it give.

    `headed` says that the head behind the last of a list gives it.
    """
    inner = plain(_YEARS.sub("", quote.inner) if quote.inner.endswith("）") else quote.inner)
    known = lexicon.known
    entry = known.get(quote.inner) or (known.get(inner) if inner != quote.inner else None)
    if entry is None and inner.endswith("活动"):
        entry = known.get(inner.removesuffix("活动"))
    if inner in lexicon.feasts or (tail and (inner in lexicon.trade or _ATTRIBUTE.fullmatch(inner))):
        return _read_attribute(text, quote, tail, lexicon)
    if inner in lexicon.figures and tail and (tail.head in ("行动", "计划") or tail.kind == "campaign"):
        return None if _foul(tail, lexicon) else _with_tail(text, quote, tail, None, inner)
    if tail and (whole := known.get(inner + tail.gap + tail.head)):
        return Proposal(start=quote.start, end=tail.end, name=whole.name, kind=whole.kind, rule="activity/lexicon")
    if entry and entry.kind == "campaign" and tail is None and AS_A_VIEW.match(text, quote.end):
        return None
    if entry and not (
        tail and tail.gap and inner[-1] in "日周月" and text[quote.start - 1 : quote.start] in _COUNTS_DAYS
    ):
        return _read_entry(text, quote, tail, entry)
    if len(inner) == 1 and tail and (pun := _read_pun(text, quote, tail, lexicon)):
        return pun
    if inner in lexicon.stop or len(inner) < 2 or not _ANY_HAN.search(inner):
        return None
    if not tail and (_FORMULA.fullmatch(inner) or (inner.endswith(_MANNERS) and not inner.endswith("仪式"))):
        return None
    firm = (
        inner[-1] in lexicon.firms_last
        and inner.endswith(lexicon.firms)
        and not inner.endswith("俱乐部")
        and lexicon.chosen_firms.fullmatch(inner) is None
    )
    held = headed if tail is None else tail.head == "活动" and not tail.gap  # “永远跟党”活动 is not of the party
    held = held or (tail is not None and tail.kind in ("event", "body") and _TO_THE_PARTY.search(inner) is not None)
    if firm and not held and shared not in _AWARDED and not _branded(text, quote):
        return None
    own = _own_kind(inner, lexicon)
    if own is None and shared is not None and _PRAISED_UNIT.fullmatch(inner):
        own = "honour"
        shared = "title" if shared in ("brand", "weak") else shared
    if not (tail and _MOTTO.search(inner)) and (longer := _known_end(inner, lexicon)):
        if tail is None and _PLACE_END.search(inner[: len(inner) - len(longer.term)]):
            ended = _read_entry(text, quote, None, longer)
            return ended._replace(name=inner) if longer.kind == "honour" else ended
        own = longer.kind
    elif own is None and tail is None and (first := _known_start(inner, lexicon)):
        return Proposal(start=quote.start, end=quote.end, name=inner, kind=first.kind, rule="activity/quoted")
    if own == "honour" and inner.endswith("社区") and text.startswith("创建活动", quote.end):
        end = quote.end + len("创建活动")
        return Proposal(start=quote.start, end=end, name=inner + "创建", kind="campaign", rule="activity/quoted")
    if tail:
        return _read_headed(text, quote, tail, own, inner, lexicon)
    return _read_alone(text, quote, own, shared, inner, lexicon, headed=headed)


def _read_pun(text: str, quote: Quote, tail: Tail, lexicon: Lexicon) -> Proposal | None:
    """Return the drive that one quoted character is a part of, a play on words: 开展平安渔港“益”起建志愿服务活动."""
    if tail.kind not in ("campaign", "programme", "event") or not tail.gap or _ANY_HAN.match(quote.inner) is None:
        return None
    start, verb = left_border(text, quote.start, max(0, quote.start - 14), lexicon, nouns=False)
    if not verb or text[start] in "和与及" or _QUALIFIES_NOUN.match(tail.gap):
        return None
    return Proposal(start, tail.end, _strip(plain(text[start : tail.end]), tail), tail.kind, "activity/quoted-head")


def _read_headed(text: str, quote: Quote, tail: Tail, own: str | None, inner: str, lexicon: Lexicon) -> Proposal | None:
    """Return the name that quoted words of which the lexicon knows nothing make with the head behind them, or None."""
    if inner.endswith(_PLANNED) and tail.gap.startswith(_TOLD_OF):
        return None
    if _foul(tail, lexicon, inner) or (
        tail.head in _MEETINGS and _AT_WORK.search(tail.gap) and not _MOTTO.search(inner)
    ):
        return None
    if tail.head == "板块" and not _IN_PRINT.search(text, max(0, quote.start - 14), quote.start):
        return None  # “北部”板块
    named = _with_tail(text, quote, tail, own, inner)
    accredited = named.kind == "brand" and _accredited(text, quote.start, named.name)
    return named._replace(kind="honour") if accredited else named


def _read_alone(
    text: str, quote: Quote, own: str | None, shared: str | None, inner: str, lexicon: Lexicon, *, headed: bool
) -> Proposal | None:
    """Return the name that quoted words are without a head behind them, by their own last word and their company, or None."""
    if frame := _framed(text, quote, inner, lexicon):
        return Proposal(start=quote.start, end=quote.end, name=inner, kind=frame, rule="activity/quoted")
    if own == "campaign" and _is_year(text, quote, inner):
        return Proposal(start=quote.start, end=quote.end, name=inner, kind="campaign", rule="activity/quoted")
    if own is None and (shared is None or (not headed and inner in lexicon.never_learned)):
        return None
    if own is None and (
        (not headed and not_named(text, quote, lexicon)) or (shared in ("brand", "weak") and COUNTED.match(inner))
    ):
        return None
    if own == "brand" and shared in _AWARDED:
        own = "honour"  # “…学校”等荣誉
    if own == "honour" and shared not in _AWARDED and "," in inner:
        own = "campaign"  # a slogan that ends in one: “弘扬…，共建文明城市”
    kind = own or {"title": "honour", "weak": "brand"}.get(shared or "", shared)
    if kind == "brand" and _accredited(text, quote.start, inner):
        kind = "honour"
    named = kind == "brand" and text.startswith("品牌", quote.end)
    if kind is None or (
        own is None and not named and (len(inner) < 2 + (shared != "programme" and not headed) or "+" in inner)
    ):
        return None
    barred = (
        _only_qualifies(text, quote, shared, inner)
        if own is None
        else _is_loose(text, quote, own, shared, inner, lexicon)
    )
    if barred:
        return None
    if kind == "campaign" and inner.endswith("活动") and len(inner) >= _LONG_DRIVE:
        inner = inner.removesuffix("活动")
    return Proposal(start=quote.start, end=quote.end, name=inner, kind=kind, rule="activity/quoted")


def _framed(text: str, quote: Quote, inner: str, lexicon: Lexicon) -> str | None:
    """Return the kind of a model in quotation marks: that things come up to (达到“…”标准), kept up (“…”长效机制), or of chosen firms."""
    if SHORTEST <= len(inner) <= _LONGEST_MODEL and text[quote.end : quote.end + 1] not in _ENDS:
        frame = _FRAME.match(text, quote.end) if inner.startswith(lexicon.honour_beginnings) else None
        if frame:
            return "honour" if frame["bar"] else "campaign"
    if inner[-1] not in lexicon.chosen_last or lexicon.chosen_firms.fullmatch(inner) is None:
        return None
    return None if modifies(text, quote) else "honour"


def _is_year(text: str, quote: Quote, inner: str) -> bool:
    """Tell whether quoted words are the theme of a year of which something is asked, or that a year is told to be."""
    return (
        _THEME_YEAR.search(inner) is not None
        and (_ITS_AIM.match(text, quote.end) or _IS_YEAR.search(text, max(0, quote.start - 8), quote.start)) is not None
    )


def _only_qualifies(text: str, quote: Quote, shared: str | None, inner: str) -> bool:
    """Tell whether quoted words whose last word says nothing are too little of a name for the company they keep."""
    if shared == "weak" and not _BRAND.match(text, quote.end):
        return True
    if shared == "campaign" and not _in_company(text, quote) and modifies(text, quote):
        return True
    return inner.endswith(("日", "节"))


def _is_loose(text: str, quote: Quote, own: str, shared: str | None, inner: str, lexicon: Lexicon) -> bool:
    """Tell whether quoted words that end like a name are a number, a motto or, with nobody to choose them, ordinary words."""
    if own in ("programme", "brand") and _AIMED_AT.match(text, quote.end):
        return True
    if own in ("programme", "brand"):
        return COUNTED.match(inner) is not None or "，" in quote.inner or inner.count("、") >= _LONG_SLOGAN
    if own not in ("honour", "campaign") or shared is not None:
        return False
    if own == "honour" and len(inner) >= _LONG_HONOUR and _ANY_TITLE.search(inner):
        return False  # 创“全省海岛和渔港依法管理示范乡镇”
    return not (_honoured(inner, lexicon) or inner.endswith(_CLEAR_CAMPAIGNS))


def _known_end(inner: str, lexicon: Lexicon) -> Known | None:
    """Return the known name that a longer quoted name ends in, if there is one."""
    if inner[-2:] not in lexicon.known_last:
        return None
    for start in range(1, len(inner) - SHORTEST + 1):
        if entry := lexicon.known.get(inner[start:]):
            return entry
    return None


def _known_start(inner: str, lexicon: Lexicon) -> Known | None:
    """Return the known honour that a longer quoted name begins with, if there is one: “青年文明号示范窗口”."""
    if len(inner) > _LONGEST_IN_ROW + 2 or not inner.isalnum() or not _PRAISES.search(inner):
        return None
    for end in range(len(inner) - 1, SHORTEST - 1, -1):
        entry = lexicon.known.get(inner[:end])
        if entry and entry.kind == "honour":
            return entry
    return None


def _read_entry(text: str, quote: Quote, tail: Tail | None, entry: Known) -> Proposal:
    if tail is None or (entry.kind == "honour" and tail.kind == "campaign"):
        return Proposal(start=quote.start, end=quote.end, name=entry.name, kind=entry.kind, rule="activity/lexicon")
    if entry.kind == "campaign" and tail.head in ("竞赛", "比赛") and not tail.gap:
        return Proposal(start=quote.start, end=tail.end, name=entry.name, kind=entry.kind, rule="activity/lexicon")
    if tail.kind == "campaign" and tail.head == "活动":
        if tail.gap.endswith(_SPELLS):
            name = entry.name + tail.gap
            return Proposal(start=quote.start, end=tail.end, name=name, kind="campaign", rule="activity/quoted-head")
        if _WEAK_MODIFIER.fullmatch(tail.gap):
            return Proposal(start=quote.start, end=tail.end, name=entry.name, kind=entry.kind, rule="activity/lexicon")
        if entry.kind == "campaign" and _IN_ITS_WAY.fullmatch(tail.gap):
            name = entry.name + tail.gap  # “书香三八”读书征文活动
            return Proposal(start=quote.start, end=tail.end, name=name, kind="campaign", rule="activity/quoted-head")
        if tail.gap.endswith("创建") and entry.kind == "campaign":
            name = entry.name + tail.gap
            return Proposal(start=quote.start, end=tail.end, name=name, kind="campaign", rule="activity/quoted-head")
        return Proposal(start=quote.start, end=quote.end, name=entry.name, kind=entry.kind, rule="activity/lexicon")
    if (
        (tail.gap or tail.head == _PLATFORM)
        and tail.kind in ("campaign", "brand", "body")
        and tail.head not in ("服务队", "协会")
    ):
        return Proposal(start=quote.start, end=quote.end, name=entry.name, kind=entry.kind, rule="activity/lexicon")
    close = tail.gap + tail.head
    said = plain(quote.inner) if entry.name.startswith(entry.term) else entry.name  # “安康杯”技能竞赛
    name = entry.name if entry.name.endswith(close) else said + close
    if tail.kind == "event" and text.endswith("寻找", 0, quote.start):
        return Proposal(
            start=quote.start - 2, end=tail.end, name="寻找" + name, kind="event", rule="activity/quoted-head"
        )
    return Proposal(start=quote.start, end=tail.end, name=name, kind=tail.kind, rule="activity/quoted-head")


def _with_tail(text: str, quote: Quote, tail: Tail, own: str | None, inner: str) -> Proposal:
    if own == "honour" and tail.kind == "campaign":
        return Proposal(start=quote.start, end=quote.end, name=inner, kind="honour", rule="activity/quoted")
    if own in ("programme", "event", "brand", "body") and tail.kind == "campaign":
        end = tail.end if not tail.gap else quote.end
        return Proposal(start=quote.start, end=end, name=inner, kind=own, rule="activity/quoted")
    if own == tail.kind == "brand" and tail.gap:
        return Proposal(start=quote.start, end=quote.end, name=inner, kind=own, rule="activity/quoted")
    start = quote.start
    if tail.kind in ("event", "programme") and text.endswith("寻找", 0, start):
        start -= 2
    name = _strip(plain(text[start : quote.end]) + tail.gap + tail.head, tail)
    return Proposal(start=start, end=tail.end, name=name, kind=tail.kind, rule="activity/quoted-head")


def _foul(tail: Tail, lexicon: Lexicon, inner: str = "") -> bool:
    """Tell whether the words up to the head speak of something that is no activity of a report."""
    if tail.head == "项目":
        return bool(tail.gap) and lexicon.welfare.search(tail.gap) is None
    if tail.head == "基地":
        return bool(tail.gap)
    if tail.head.endswith(_PLATFORM) and _NUMBER_WORD.fullmatch(inner):
        return True
    if tail.kind in ("body", "brand", "honour") and _OUTWARD.search(tail.gap):
        return True
    return lexicon.foul.search(tail.gap) is not None


def _accredited(text: str, start: int, name: str) -> bool:
    """Tell whether a model base is a title that a higher level grants: 成功创建省级“…”示范基地, 荣获“全市…示范基地”."""
    return name.endswith(_ACCREDITED) and _ACCREDITS.search(text, max(0, start - 14), start) is not None


def _strip(name: str, tail: Tail) -> str:
    """Return the name without a trailing generic 活动 and what only qualifies it (主题, 创建 …, 重阳节主题)."""
    if tail.head != "活动":
        return name.removesuffix("活动")
    if tail.gap in _CONTESTS and name.removesuffix(tail.gap + "活动").endswith(_CUPS):
        return name.removesuffix("活动")  # “云浦杯”竞赛活动
    if _OCCASION.fullmatch(tail.gap):
        return name.removesuffix("活动").removesuffix(tail.gap)
    name = re.sub("(?:系列|主题|大型)+$", "", name.removesuffix("活动"))
    name = _CHOICE.sub("", name)  # “四净”院落评选表彰活动
    return name.removesuffix(tail.gap) if tail.gap and _WEAK_MODIFIER.fullmatch(tail.gap) else name


def _read_attribute(text: str, quote: Quote, tail: Tail | None, lexicon: Lexicon) -> Proposal | None:
    """Read a quoted word that only qualifies: 庆“三八”表彰大会, 创业“5+1”工程; 庆祝“六一”活动 names nothing."""
    inner = plain(quote.inner)
    if tail and tail.kind == "campaign" and inner in lexicon.trade:
        start, verb = left_border(text, quote.start, max(0, quote.start - 14), lexicon, nouns=False)
        if (
            verb
            and quote.start - start >= _WORDS_BEFORE - 2 * bool(tail.gap)
            and not text.startswith(("和", "与", "及"), start)
        ):
            name = _strip(plain(text[start : tail.end]), tail)
            return Proposal(start=start, end=tail.end, name=name, kind=tail.kind, rule="activity/attribute")
    if tail is None or (tail.head == "活动" and not (named_drive(tail.gap) or _DAY.search(tail.gap))):
        return None
    if inner in lexicon.feasts:
        if tail.kind not in ("event", "campaign", "honour", "brand"):
            return None
        feast = _FEAST.search(text, max(0, quote.start - 4), quote.start)
        start = feast.start() if feast else quote.start
    elif tail.kind in ("programme", "event"):
        if _PLAN.fullmatch(inner) and (not tail.gap or re.search("规划|各|时期|重大|重点", tail.gap)):
            return None
        if tail.head == "项目" and lexicon.welfare.search(tail.gap) is None and inner in lexicon.trade:
            return None
        if tail.head in ("培训班", "招聘会") and inner in lexicon.trade:
            return None
        start, verb = left_border(text, quote.start, max(0, quote.start - 14), lexicon, nouns=False)
        start = start if verb and text[start] not in "和与及" else quote.start
        if tail.kind == "programme" and (place := _PLACE_FIRST.match(text, start, quote.start)):
            start = place.end()
        if start == quote.start and _ATTRIBUTE.fullmatch(inner) is None and not tail.gap:
            return None
    elif tail.kind == "campaign" or (tail.kind in ("body", "brand") and tail.gap and inner[0].isdigit()):
        start = quote.start  # “6020”青年教育联盟
    else:
        return None
    name = plain(text[start : tail.end])
    return Proposal(start=start, end=tail.end, name=_strip(name, tail), kind=tail.kind, rule="activity/attribute")


_NO_PRIZES = frozenset(("等奖", "大奖", "获奖", "颁奖", "领奖", "评奖", "抽奖", "开奖", "中奖"))


def _own_kind(inner: str, lexicon: Lexicon) -> str | None:
    """Return the kind that the last word of a quoted name gives it."""
    closed = inner[-1:] in lexicon.endings_last and inner.endswith(lexicon.endings)
    match = lexicon.ending.search(inner) if closed else None
    if match is None and inner.startswith(("十佳", "最美", "十大杰出")) and len(inner) <= 9:
        return "honour"
    if match is None or (len(inner) - len(match[0]) < 2 and len(match[0]) < 3):
        return None
    if match[0] == "年" and (len(inner) < 4 or inner.endswith(_PEOPLE) or is_span(inner)):
        return None
    if match[0] == "奖" and inner[-2:] in _NO_PRIZES:
        return None
    kind = lexicon.ending_kind[match[0]]
    if kind == "honour" and match[0] in _WHO and (len(inner) > _LONGEST_IN_ROW or _MOTTO.search(inner)):
        return None  # a motto: “树清风·建书香家庭”
    if kind == "honour" and match[0] in ("家庭", "村庄", "社区") and not inner.startswith(lexicon.honour_beginnings):
        return None
    return kind


def whole_name(quote: Quote, known: Proposal) -> Proposal | None:
    """Return the quoted name of which a known name is the first part, or the last: “巾帼家政保”, “五好文明家庭公布栏”."""
    if not quote.start < known.start < known.end < quote.end or _IN_PARTS.search(quote.inner):
        return None
    rest = quote.end - quote.start - 2 - (known.end - known.start)
    if not 0 < rest <= _LONGEST_REST or known.end - known.start < SHORTEST:
        return None
    if known.start > quote.start + 1 and (known.end < quote.end - 1 or _CARRIED_OUT.match(quote.inner)):
        return None
    return known._replace(start=quote.start, end=quote.end, name=plain(quote.inner), rule="activity/quoted")


def _honoured(inner: str, lexicon: Lexicon) -> bool:
    return inner.startswith(lexicon.honour_beginnings) or inner.endswith(("红旗手", "示范岗", "文明岗", "建设年"))


def are_topics(text: str, row: Sequence[Quote]) -> bool:
    """Tell whether quoted words are what is taught or told of: “…”、“…”等专题讲座, 以“节水”、“爱鸟”为主题的宣传活动."""
    last = row[-1].end
    if text.startswith("等", last):
        return _TOPICS.match(text, last) is not None
    short = len(row) > 1 and all(len(quote.inner) <= _LONGEST_TOPIC for quote in row)
    return short and _THEME.match(text, last, last + 40) is not None


def is_formula(quote: Quote) -> bool:
    """Tell whether quoted words add up what something is made of: “党建+普法”."""
    return _FORMULA.fullmatch(quote.inner) is not None


def modifies(text: str, quote: Quote) -> bool:
    """Tell whether a quoted stretch only qualifies a common noun behind it: …治理, …试点, …服务."""
    return text[quote.end : quote.end + 1] not in _ENDS and _MODIFIES.match(text, quote.end) is not None


def _in_company(text: str, quote: Quote) -> bool:
    return _and_others(text, quote) is not None


def not_named(text: str, quote: Quote, lexicon: Lexicon) -> bool:
    """Tell whether the words before or behind say that a quoted stretch is a principle, a motto, a policy …."""
    start = quote.start
    barred = text[start - 1 : start] in lexicon.before_last and text.endswith(lexicon.before, max(0, start - 5), start)
    if barred and _for_instance(text, quote):
        barred = False
    if not barred and (text[quote.end : quote.end + 1] in _ENDS or not lexicon.behind.match(text, quote.end)):
        return False
    return _and_others(text, quote) is None and not _branded(text, quote)


def _and_others(text: str, last: Quote) -> re.Match[str] | None:
    if not text.startswith("等", last.end) or text.startswith(_SORTS_OF, last.end + 1):
        return None
    return _AND_OTHERS.match(text, last.end, last.end + 24)


def _branded(text: str, last: Quote) -> bool:
    """Tell whether 品牌 or a generic word of the like is said of quoted words behind them."""
    end = last.end
    if text.find("品牌", end, end + 24) >= 0 and _BRANDED.match(text, end):
        return True
    return text.find("体系", end, end + 10) >= 0 and _SYSTEM.match(text, end) is not None
