"""Bodies and places: who a report is by, as its text names it (邛崃市妇联, 市总工会, 共青团榆林市委), and of which level.

Names are found by their ends (妇联, 教育局, 人民政府 …; `nlp/data/bodies.toml`) and read backwards to the place or word of level
that they begin with. `nlp/data/regions.csv` tells a city that is a prefecture from one that is a county.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nlp.divisions import load_divisions
from nlp.segment import load_segmenter
from nlp.word_lists import read_lists

MASK = "XxＸ×*＊#○_Yy"
HAN = "\u4e00-\u9fff"
RANKS = ("nation", "province", "city", "county", "township", "village")
PLACE_STOP = frozenset(
    "个名支所批位次两二三四五六七八九十百千的在和与及对向由为是从到被把据按以各全我本了于经给让关该其并将会要受聘请报配年赴用至因届"
)
PLACE_STOP_WORDS = re.compile(
    r"代表|指导|调研|情况|材料|部分|沿[着著]|现任|担任|时任|历任|围绕|根据|领导|组织|邀请|深入|协助|配合|积极|通过|支持|参加|推动|以来|工作|成立|开展|加强|获得|荣获"
    r"|浅[析谈议论探]|试[论析谈]|[略简再]论|探[析讨究]|刍议|漫谈|剖析|解析"
    r"|配备|选配|配齐|设立|下设|增设|内设|设有|由于|虽然|随着|位于|属于|利用|依托|借助|包括|涉及|覆盖|惠及|派出|选派|联系|走遍"
    r"|按照|依照|参照|会议上|大会上|会上|仪式上|全国|规范|优化|提升|促进|困难|严重|中共(?=.*委)"
    r"|选举|产生|选出|推选|推举|组建|召开|审议|近期|近日|日前|目前|当前|最近|随后|此后|期间|完成|办完|结束|启动|实施|推行|推进|抓好|做好|搞好|办好|迎来|进驻|入驻"
)
BEFORE_ITS_PLACE = (  # what of a body's name goes before its place: 团云坪县委, 民革云坪市委会
    *("共青团", "中共", "团", "妇联"),
    *("民革", "民盟", "民建", "民进", "九三学社"),
)
LEAGUE_OF_LEVEL = frozenset(f"团{level}" for level in "省市县区旗")  # of 团市委: no place is called so
BEFORE_NAME = PLACE_STOP | frozenset("省市县区旗镇乡年月日后中，")
CLASS_PLACES = frozenset(
    [
        "乡镇",
        "农村",
        "县市",
        "区县",
        "市县",
        "县乡",
        "村镇",
        "市区",
        "城区",
        "省市",
        "省市县",
        "县区",
        "镇村",
        "村社区",
        "街道社区",
        "乡镇街道",
        "镇街道",
        "城市",
        "城乡",
        "地市",
        "市州",
        "盟市",
        "旗县",
        "盟市旗县",
    ]
)
GENERIC_PLACE = frozenset(
    [
        "农村",
        "城乡",
        "乡村",
        "社区",
        "地区",
        "城市",
        "辖区",
        "园区",
        "山区",
        "街道",
        "乡镇",
        "村镇",
        "城区",
        "郊区",
        "校区",
        "小区",
        "行政村",
        "自然村",
        "景区",
        "片区",
        "县市",
        "市区",
        "跨省",
        "跨市",
        "外省",
        "外市",
        "邻县",
        "邻省",
        "大城市",
        "中心城市",
        "试点县",
        "贫困县",
        "贫困村",
        "示范县",
        "示范村",
        "示范镇",
        "示范区",
        "灾区",
        "库区",
        "牧区",
        "矿区",
        "老区",
        "特区",
        "新区",
        "开发区",
        "高新区",
        "自治区",
        "直辖市",
    ]
)
ENDS_OF_NO_PLACES = tuple((CLASS_PLACES | GENERIC_PLACE) - {"街道"})
NO_PLACE = re.compile(
    r"文明|美丽|示范|特色|弘扬|调整|部署|落实|分管|先进|伟大|乡镇|副[县镇乡市区]$|[县市]委县$|[州市县区]级|红旗$|强[县镇乡市]$|小城镇$|^[首下上]?页|^[镇乡村区]街道$"
)  # of 特色强县, 兴农示范乡, 三八红旗
NO_PLACE_ENDS = ("农村", "乡村", "城乡")
ALL_TOWNS = re.compile("(?:^|[省市县区旗州])乡镇(?:街道)?$")  # of 清河县乡镇妇联, those of all its towns; but 新乡镇
NO_PLACE_TAGS = frozenset(("v", "p", "c", "d", "u", "uj", "ul", "r", "f", "m", "q"))
NO_PLACE_HEADS = frozenset(("p", "c", "d", "r"))
ONLY_LEVELS = re.compile(
    r"(?:自治区|街道|社区|省|市|县|区|乡|镇|村|州|旗)*?(?P<last>自治区|街道|社区|省|市|县|区|乡|镇|村|州|旗)"
)
UNUSUAL = "示范区|保税区|开发区|高新区|试验区|实验区|度假区|风景区|管理区|工业园区|产业园区|园区|新区|矿区|合作区"  # of longer names
OF_PLACE_OFFICE = re.compile(rf"[{HAN}]{{1,6}}?[省市县区旗镇乡](?=[{HAN}]{{2,}}[局委办院校厅处所站司]$)")
LED_BY = re.compile(  # 但县妇联, 即县总工会: no such county, but 且末县 and 即墨区
    r"[但而且即虽则或由对若故可着得过盼求找请](?=(?:自治区|街道|[省市县区旗镇乡村])$)"
)
WITHIN_NAMES = frozenset("关和名")
NO_PASS = frozenset("有相机海")  # before 关: 有关镇, 相关县, 机关
LEVEL_BEHIND = frozenset("镇乡县区街")
LEADING_LEVEL = re.compile(r"街道|社区|村(?=委|民)")  # of 街道办事处, 社区居委会, 村委会: it belongs to the place
CORE = re.compile(
    rf"^共青团|^妇联|^民[革盟建进]|^九三学社|^团[{HAN}{re.escape(MASK)}]{{1,6}}委$|(?:妇联|妇女联合会|妇委会|妇女工作委员会|妇工委|妇儿工委|妇代会|工会|工会工作委员会|工会委员会|工会联合会|团委|团工委|少工委"
    r"|青联|学联|残联|残疾人联合会|科协|科学技术协会|文联|文学艺术界联合会|工商联|工商业联合会|红十字会|侨联|计生协|老龄委|关工委)$"
)
NAMED_INSTITUTION = re.compile(
    rf"^(?P<place>(?:[{HAN}]{{1,6}}?(?:省|自治区|市|州|县|区|旗|镇|乡|街道)){{1,3}})?(?P<own>[{HAN}{re.escape(MASK)}]{{1,10}}?)"
    r"(?:医院|卫生院|保健院|学校|中学|小学|(?<!初)高中(?!心)|[林农牧渔茶]场(?=工会|团委|党委|妇)|[一二三四五六七八九十]中(?=团委|工会|党|$)|学院|大学|幼儿园|敬老院|福利院|公司|集团|(?<!工)厂|煤矿|矿业|银行|支行|信用社|联社|合作社|书店)"
    r"(?:(?<=矿业)(?:集团|股份|有限|责任|公司)+|(?<=集团)(?:股份|有限|责任|公司)+)?(?:工会委员会|工会|团委|妇委会|妇工委|女工委|女职工委员会|关工委|党委|党总支|党支部)?",
    re.MULTILINE,
)
COMMITTEE = "委"  # which every name has whose place stands inside
PLACE_END = re.compile(r"自治区|自治州|[省市县旗镇乡区](?!级|委会)|街道")
BANK_BRANCH = re.compile(
    rf"^(?:中国)?(?:农业|工商|建设|农业发展|邮政储蓄|人民)?(?:银行|农行|工行|建行|中行|农发行)(?P<place>[{HAN}]{{1,6}}[省市县区])?[{HAN}]{{0,4}}(?:支行|分行)"
    r"(?:工会委员会|工会|团委|妇委会|党委|党支部)?",
    re.MULTILINE,
)
UNION_OF = re.compile(  # of 县一中工会, 县教育局团委
    r"工会(?:委员会)?|团委|团工委|团总支|团支部|妇委会|妇工委|女工委|女职工委员会|关工委|关心下一代工作委员会|青工委"
)
UNION_BEGINS = frozenset("工团妇女关青")
WITHIN = frozenset("局委办院校厅处厂所站台馆社行司")  # before 团委, 工会: they are of a body that no list knows
LONGEST_OFFICE = 10  # characters
OF_OFFICE = re.compile(rf"[省市县区旗州镇乡][{HAN}]{{1,8}}$")
VERB_FIRST = re.compile(
    "提升|提高|促进|规范|推进|推动|加强|增强|强化|优化|深化|完善|健全|做好|抓好|搞好|助力|聚焦|走进|走访|落实|开展|整治|创建|打造|关心|关爱|帮助|支持|发展"
)
NO_NAME = re.compile(
    r"^非(?!遗|物质|税)|[在的和与及对向为于是我各全本至因用]|[有相]关|配备|选配|设立|设有|虽然|随着|如果|但是"
)


@dataclass(frozen=True, slots=True)
class Whole:
    """Names of bodies with the place inside (团清河县委); each has one of the `signs`, `before` characters into it."""

    pattern: re.Pattern[str]
    signs: tuple[str, ...]
    before: int


@dataclass(frozen=True, slots=True)
class Bodies:
    """Ends of the names of bodies, and the level that the word before them tells; from `nlp/data/bodies.toml`."""

    names: tuple[str, ...]  # the ends
    core: tuple[bool, ...]  # whether each is of those that write of themselves (`is_core`)
    leading: tuple[int, ...]  # characters at the head of each that belong to the place before it
    ends: AhoCorasick
    whole: tuple[Whole, ...]
    levels: tuple[tuple[str, str], ...]  # (word, level), longest first
    level_words: frozenset[str]
    last_chars: frozenset[str]  # of the words of level of places
    name_begins: re.Pattern[str]  # names of places that begin with a character of `PLACE_STOP`
    kept: str  # those of them that are words, as a pattern


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the text names it: `place` is the named place at its head, or None."""

    name: str
    place: str | None
    level: str

    def __hash__(self) -> int:  # bodies are counted by the thousand
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Regions:
    """The provinces, cities, leagues and county-level cities of `nlp/data/regions.csv`."""

    levels: dict[str, str]
    names: tuple[str, ...]
    finder: AhoCorasick


@cache
def load_bodies() -> Bodies:
    """Return the names of `nlp/data/bodies.toml`."""
    data = read_lists("bodies")
    names = tuple(data["bodies"]["ends"])
    core = tuple(is_core(name) for name in names)
    leading = tuple(match.end() if (match := LEADING_LEVEL.match(name)) else 0 for name in names)
    ends = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    levels = [(word, level) for level, words in data["levels"].items() for word in words]
    whole = tuple(Whole(re.compile(one["pattern"]), tuple(one["signs"]), one.get("before", 0)) for one in data["whole"])
    last_chars = frozenset(word[-1] for word, level in levels if level != "enterprise")
    kept = "|".join(data["names"]["begin"])
    name_begins = re.compile(
        rf"(?:{kept})|[二三四五六七八九十百千][^\W\d{data['names']['counted']}][{HAN}]{{0,2}}?(?:[省市县区旗镇乡村]|街道|社区)"
    )
    return Bodies(
        names,
        core,
        leading,
        ends,
        whole,
        tuple(sorted(levels, key=lambda pair: -len(pair[0]))),
        frozenset(word for word, _ in levels),
        last_chars,
        name_begins,
        kept,
    )


@cache
def load_regions() -> Regions:
    """Return the places of `nlp/data/regions.csv`; a name that was a city once and is a county now is a county."""
    levels = {name: lines[0].level for name, lines in load_divisions().items()}
    names = tuple(
        name for name, level in levels.items() if len(name) > 2 and (level != "county" or name.endswith("市"))
    )
    return Regions(
        levels,
        names,
        AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA),
    )


def find_bodies(text: str, *, only_core: tuple[int, int] = (0, 0)) -> Iterator[tuple[Body, int, int]]:
    """Yield (body, start, end) of every name of a body that begins with a place or a word of level.

    In the stretch `only_core`, only of those that write of themselves (`is_core`).
    """
    bodies = load_bodies()
    first, last = only_core
    done = 0
    for index, at, end in bodies.ends.find_matches_as_indexes(text):
        core, leading = bodies.core[index], bodies.leading[index]
        if (at == 0 and not leading) or (first <= at < last and not core):
            continue
        if (
            leading and text[at - 1 : at] != text[at + leading - 1]
        ):  # of 柳湾村村民委员会 the first 村 belongs to the place
            at += leading
        before = text[at - 1] if at else ""
        of_committee = before == "委" and at > 1 and text[at - 2] in "省市县区旗州镇"
        place_end = at - 1 if of_committee else at
        if place_end == 0 or end <= done:
            continue
        if not of_committee and before not in bodies.last_chars:
            if core and before in WITHIN and (office := OF_OFFICE.search(text, max(0, at - LONGEST_OFFICE), at)):
                prefix = place_before(text, office.start() + 1)
                if named_place(prefix) and prefix not in CLASS_PLACES:
                    start = office.start() + 1 - len(prefix)
                    yield make_body(text[start:end], prefix), start, end
            continue
        if prefix := _beginning(place_before(text, place_end)):
            if not of_committee and bodies.names[index] != "委员会":
                prefix = prefix.removeprefix("中共")  # 中共清河县民政局党组: the party group of a body
            start = place_end - len(prefix)
            if not core and text[end : end + 1] in UNION_BEGINS and (union := UNION_OF.match(text, end)):
                done = end = union.end()
            yield make_body(text[start:end], prefix), start, end
    stretches = ((0, text[:first]), (last, text[last:])) if last else ((0, text),)
    for whole in bodies.whole if any(COMMITTEE in stretch for _, stretch in stretches) else ():
        for offset, stretch in stretches:
            for match in _matches(whole, stretch):
                start, end, prefix = offset + match.start(), offset + match.end(), match["place"]
                if not match.group().startswith(BEFORE_ITS_PLACE):
                    prefix = place_before(text, offset + match.end("place")) or prefix
                    start = offset + match.end("place") - len(prefix)
                if prefix and prefix not in CLASS_PLACES:
                    yield make_body(text[start:end], prefix), start, end


@lru_cache(maxsize=4096)
def _beginning(prefix: str) -> str:
    """Return the places, or the word of level, with which the name of a body begins; "" where they are those of a class of bodies."""
    if prefix in CLASS_PLACES or prefix.endswith(NO_PLACE_ENDS) or ALL_TOWNS.search(prefix):
        return ""
    bare = ONLY_LEVELS.fullmatch(prefix)
    return bare["last"] if bare else prefix


def _matches(whole: Whole, text: str) -> list[re.Match[str]]:
    """Return what `whole.pattern.finditer` yields; only places of its signs are looked at."""
    places: list[int] = []
    for sign in whole.signs:
        at = text.find(sign)
        while at >= 0:
            places.append(at - whole.before)
            at = text.find(sign, at + 1)
    found, done = list[re.Match[str]](), 0
    for at in sorted(places) if len(whole.signs) > 1 else places:
        if at >= done and (match := whole.pattern.match(text, at)):
            done = match.end()
            found.append(match)
    return found


def find_institutions(text: str) -> Iterator[tuple[Body, int, int]]:
    """Yield (body, start, end) of schools, hospitals and companies that stand at the head of a line: 清河县第二中学工会."""
    for match in (*BANK_BRANCH.finditer(text), *NAMED_INSTITUTION.finditer(text)):
        place = match["place"]
        if place not in CLASS_PLACES and not NO_NAME.search(match.group()) and not VERB_FIRST.match(match.group()):
            of_level = match.group()[0] in "省市县区州旗镇乡"  # 县中医院
            level = level_of(place or match.group()[0]) if place or of_level else "enterprise"
            yield Body(match.group(), place, level), match.start(), match.end()


@lru_cache(maxsize=1024)
def is_core(name: str) -> bool:
    """Tell the bodies that write of themselves (妇联, 工会, 团委 …) from those that are named in everybody's reports."""
    return bool(CORE.search(name))


@lru_cache(maxsize=4096)
def make_body(name: str, prefix: str) -> Body:
    """Return the body of a name that begins with `prefix` (after 共青团 or 中共)."""
    if name.startswith("国务院"):
        return Body("国务院", None, "nation")
    if (level := level_of(prefix)) == "unknown" and (office := OF_PLACE_OFFICE.match(prefix)):
        return Body(name, office.group(), level_of(office.group()))  # 中共清河县交通局委员会
    return Body(name, named_place(prefix), level)


def find_regions(text: str) -> list[str]:
    """Return the places of `nlp/data/regions.csv` that a text names, in order, as often as it does."""
    regions = load_regions()
    return [
        regions.names[index]
        for index, _, end in regions.finder.find_matches_as_indexes(text)
        if text[end : end + 1] not in ("场", "价", "容", "值", "政") or not regions.names[index].endswith("市")
    ]


def is_place(name: str) -> bool:
    """Tell a name that is one of a place from its first character on: 柳湾村, XX 社区, but not 由于社区, 配备村."""
    bare = name[2:-2] if name.startswith(tuple(load_bodies().kept.split("|"))) else name[:-2]
    if name in GENERIC_PLACE or name[:-1] in CLASS_PLACES or PLACE_STOP_WORDS.search(name) or NO_NAME.search(bare):
        return False
    tagged: list[tuple[str, str]] = load_segmenter().tag(name[:4])
    return not (len(tagged[0][0]) > 1 and tagged[0][1] in NO_PLACE_HEADS)


def place_before(text: str, at: int) -> str:
    """Return the places and words of level that directly precede a position: 沂南县, XX 镇, 县, 自治区."""
    return _place_at_end(text[max(0, at - 16) : at])


@lru_cache(maxsize=4096)
def _place_at_end(window: str) -> str:
    run = re.search(rf"[{HAN}{re.escape(MASK)} ]*$", window)
    context = run.group().lstrip() if run else ""
    known = [name for name in find_regions(context) if context.endswith(name)]
    begins = [
        position for position, char in enumerate(context) if char in PLACE_STOP and _begins_name(context, position)
    ]
    stops = [
        position + 1
        for position, char in enumerate(context)
        if char in PLACE_STOP and position not in begins and not _is_within_name(context, position)
    ]
    stops += [match.end() for match in PLACE_STOP_WORDS.finditer(context)]
    cut = max(stops, default=0)
    begins = [position - cut for position in begins if position >= cut]
    context = context[cut:]
    if led := LED_BY.search(context):
        context, begins = context[led.end() :], []
    if known and len(known[-1]) > len(context):
        return known[-1]
    if not context or (len(context) < 3 and ONLY_LEVELS.fullmatch(context)):
        return context
    whole, level = _levels_pattern()
    for start in sorted({*begins, *_place_borders(context), *(len(context) - len(name) for name in known)}):
        if whole.fullmatch(context[start:]):
            return "" if context[start:] in GENERIC_PLACE - {"街道", "社区", "乡镇", "自治区"} else context[start:]
    last = None
    for match in level.finditer(context):
        last = match
    return last.group() if last and last.end() == len(context) else ""


def _begins_name(context: str, at: int) -> bool:
    """Tell a numeral or a particle with which the name of a place begins, from one before it: 三河镇, 向阳社区, not 三个镇 and 和河镇."""
    if at and context[at - 1] not in BEFORE_NAME:
        return False
    return load_bodies().name_begins.match(context, at) is not None


def _is_within_name(context: str, at: int) -> bool:
    """Tell a particle that stands within the name of a place: 潼关县, 政和县, 城关镇; not 有关镇."""
    char = context[at]
    if char not in WITHIN_NAMES:
        return False
    if char == "关" and at and context[at - 1] not in NO_PASS and context[at + 1 : at + 2] in LEVEL_BEHIND:
        return True
    known = load_regions().levels
    return any(
        context[start:end] in known
        for start in range(max(0, at - 3), at)
        for end in range(max(at + 1, start + 3), start + 6)
    )


@cache
def _levels_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(re.escape(word) for word, level in load_bodies().levels if level != "enterprise")
    mask = f"[{re.escape(MASK)}]{{1,4}}\\s?"
    chunk = rf"(?:(?:{mask}|[{HAN}]{{1,5}}?)?(?:{words})|[{HAN}]{{1,8}}?(?:{UNUSUAL}))"
    return re.compile(rf"(?:{chunk})+"), re.compile(words)


def _place_borders(context: str) -> list[int]:
    """Return the token borders at which a name of a place may begin, the leftmost first."""
    tagged: list[tuple[str, str]] = load_segmenter().tag(context)
    borders, at = [], len(context)
    for word, tag in reversed(tagged):
        if tag in NO_PLACE_TAGS:
            break
        at -= len(word)
        borders.append(at)
    return borders[::-1]


def named_places(text: str) -> list[str]:
    """Return the places that a text names with their level (琅岐市, 白沙镇), as often as it does."""
    found = []
    for match in PLACE_END.finditer(text):
        place = place_before(text, match.end()).removeprefix("中共")
        if (
            len(place) > 2
            and named_place(place)
            and not place.endswith(ENDS_OF_NO_PLACES)
            and not NO_PLACE.search(place)
        ):
            found.append(place)
    return found


def named_place(prefix: str) -> str | None:
    """Return the place that a prefix names; None for a mere word of level (县, 全省)."""
    place = prefix.removeprefix("共青团").removeprefix("中共")
    if place in load_bodies().level_words or place in LEAGUE_OF_LEVEL:
        return None
    return None if place in GENERIC_PLACE or place in ("中华全国", "全国") else place


@lru_cache(maxsize=4096)
def level_of(prefix: str) -> str:
    """Return the level that a place or a word of level tells: 邛崃市 is a county, 重庆市 a province."""
    regions = load_regions()
    for length in range(min(13, len(prefix)), 2, -1):
        if level := regions.levels.get(prefix[-length:]):
            return level
    for word, level in load_bodies().levels:
        if prefix.endswith(word):
            return level
    return "unknown"
