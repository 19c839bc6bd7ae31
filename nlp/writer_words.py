"""The words by which a paper tells who wrote it, and what each sign of it weighs: `nlp/data/whose.toml` as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.bodies import HAN, MASK, load_bodies
from nlp.edges import YEAR
from nlp.news import DAY_TOLD
from nlp.word_lists import read_lists

MASKED = re.escape(MASK)
LONGEST_NAME = 24
SMALL_PLACE = rf"(?:[{HAN}]{{2,10}}?(?:[镇乡村]|街道|社区)|(?:[{MASKED}]{{1,4}}\s?[市县区])?[{MASKED}]{{1,4}}\s?(?:[镇乡村]|街道|社区))"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kind of sign: what it weighs, and how often it counts."""

    weight: float
    most: int


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns made of the words of `nlp/data/whose.toml`."""

    evidence: dict[str, Evidence]
    own: dict[str, re.Pattern[str]]  # the ends of the names of bodies by the word by which they are called
    own_subject: dict[str, re.Pattern[str]]
    no_body: re.Pattern[str]
    no_village: re.Pattern[str]
    no_titled: re.Pattern[str]
    no_page: re.Pattern[str]
    business: re.Pattern[str]
    leagues: re.Pattern[str]
    titled: re.Pattern[str]
    titled_office: re.Pattern[str]
    dated: re.Pattern[str]
    within: re.Pattern[str]
    has_within: re.Pattern[str]
    village: re.Pattern[str]
    township: re.Pattern[str]
    opening: re.Pattern[str]
    inner: re.Pattern[str]
    told: re.Pattern[str]
    subject: re.Pattern[str]
    spoke: re.Pattern[str]
    went: re.Pattern[str]
    foot: re.Pattern[str]
    by_line: re.Pattern[str]
    chief: re.Pattern[str]
    speaker: re.Pattern[str]
    described: re.Pattern[str]
    decides: re.Pattern[str]
    elects: re.Pattern[str]
    pair: re.Pattern[str]
    of_its_state: re.Pattern[str]
    report_to: re.Pattern[str]
    will_look: re.Pattern[str]
    generic: re.Pattern[str]
    office_line: re.Pattern[str]
    whole_name: re.Pattern[str]
    superior_before: re.Pattern[str]
    superior_after: re.Pattern[str]
    no_subject: re.Pattern[str]
    asked: re.Pattern[str]
    counted_after: re.Pattern[str]
    inspected: re.Pattern[str]
    party_groups: tuple[str, ...]
    branches: re.Pattern[str]
    forms: tuple[tuple[str, str], ...]


@cache
def load_words() -> Words:
    """Return the words of `nlp/data/whose.toml`."""
    data = read_lists("whose")
    words: dict[str, str] = {name: "|".join(forms) for name, forms in data["words"].items() if isinstance(forms, list)}
    offices = words["offices"]
    titled = rf"(?:中共|共青团|国网)?[{HAN}{MASKED}]{{2,24}}?(?:{words['titled']})"
    chars = f"[{HAN}{MASKED}]"
    lines = re.MULTILINE
    return Words(
        evidence={one["kind"]: Evidence(one["weight"], one.get("most", 1)) for one in data["evidence"]},
        own={one["word"]: re.compile(f"(?:{'|'.join(one['ends'])})$") for one in data["own"]},
        own_subject={
            one["word"]: re.compile(
                rf"(?:^|(?<=[，,。；;：:\s\u3000）)“]))(?P<body>{chars}{{2,18}}?(?:{'|'.join(one['ends'])}))"
                rf"(?!{chars}{{0,3}}(?:领导|指导|精神|通知|要求)|[的和与及、等内里上长员：:委])",
                lines,
            )
            for one in data["own"]
        },
        no_body=re.compile(rf"(?!{load_bodies().kept})(?:{words['no_body']})"),
        no_village=re.compile(words["no_village"]),
        no_titled=re.compile(words["no_titled"]),
        no_page=re.compile(words["no_page"]),
        business=re.compile(words["business"]),
        leagues=re.compile(words["leagues"]),
        titled=re.compile(rf"^(?:关于)?(?P<body>{titled})(?:关于)?(?={YEAR}(?:年|[-—~～至]))"),
        titled_office=re.compile(
            rf"^(?P<body>[{HAN}]{{2,8}}局)(?=[上下]半年|年度|工作(?:总结|计划|要点|汇报|思路|安排))|^(?P<named>{titled})"
            rf"(?=关于|(?:[上下]半年|年度|全年)?(?:工作)?(?:{words['paper_after']})|班子)"
        ),
        dated=re.compile(  # 2018年县农机推广站上半年工作总结
            rf"^{YEAR}年(?:度)?(?:上半年|下半年|第[一二三四]季度)?(?P<body>{titled})"
            rf"(?=(?:年度|全年|上半年|下半年|第[一二三四]季度)?(?:[教党团]学?)?(?:工作)?(?:{words['paper_after_year']}))"
        ),
        within=re.compile(  # 柳湾镇2019年妇联工作总结
            rf"(?:{YEAR}(?:—{YEAR})?(?:学?年)?[度\u3000]?|(?=[上下第]))(?:[上下]半年|[上下第][一二]?学期|第[一二三四]季度)?度?(?P<kind>{words['kinds_within']})(?:工作)?(?=总结|小结|计划|要点|汇报|报告|打算|安排|思路|情况)"
        ),
        has_within=re.compile(rf"{chars}{{1,{LONGEST_NAME}}}(?:{words['have_within']})"),
        village=re.compile(
            rf"^(?:{YEAR}年度?)?(?P<body>[{HAN}]{{2,12}}?(?:村|社区))"
            rf"(?={YEAR}|工作|村规|村民公约|居民公约|关于|开展|召开|举行|举办|第[一二三四五六七八九十\d])"
        ),
        township=re.compile(  # 2015年上半年白沙镇主要任务自查报告, 关于白沙镇消防工作的报告
            rf"(?:关于|在)?(?:{YEAR}年?+度?+)?+[\s\u3000]?(?:[上下]半年|全年|第[一二三四]季度)?(?P<body>{SMALL_PLACE})"
            r"(?!委|民|党|[的人]|上(?!半年)|庄|落|建设|振兴|企业)(?P<about>关于)?"
        ),
        opening=re.compile(
            rf"(?:^|(?<=[，\s\u3000）)日讯午]))(?:(?:{YEAR})年(?:度|以来)?)?"
            rf"(?P<body>{chars}{{2,24}}?(?:{words['institutions']}|(?P<office>{words['authorities']}))|[{MASKED}]{{1,4}}(?:局|院|校|公司))"
            rf"(?![的和与及、等内里上长员生民委级系办门附分“”》）)教街局道庄落企机]|{words['goes_on']})"
        ),
        inner=re.compile(rf"(?:{words['inner']})(?!{words['no_subject']})"),
        told=re.compile(
            rf"[\s\u3000]*(?:(?:按照|根据|遵照|围绕|为)[^，。\n]{{2,30}}，)?"
            rf"(?:(?:(?:{YEAR}|今|去|本)年(?:度|以来|上半年|下半年)?|半年来|一年来|[上下]半年|近期|近日)[，,]?)?"
            rf"(?P<body>(?P<place>{SMALL_PLACE})(?:党委|党工委|党支部|人民政府)?)(?={words['told']})"
        ),
        subject=re.compile(
            rf"[\s\u3000]*(?:[^。，\n]{{0,14}}讯(?:[（(][^）)\n]{{2,30}}[）)])?[\s\u3000:：]*)?(?:[（(][^（()）\n]{{2,24}}[）)])?"
            rf"(?:(?:{DAY_TOLD}|昨天|今天|日前|当天|最近|近期|今年以来|今年|{YEAR}年以?来?)[，,\s]?)?(?:为[^，。\n]{{2,24}}，)?"
            rf"(?P<body>{chars}{{1,16}}?(?:{offices}|{words['of_places']}))(?:机关|党委|党组|党支部|工会|团委)?"
            rf"(?={words['deeds']})"
        ),
        spoke=re.compile(  # 审计处表示
            rf"(?:^|(?<=[，,。\s\u3000）)]))(?P<body>[{HAN}]{{0,10}}(?:审计[署处部]|[局处署厅会院]))"
            r"(?=表示|指出|说明|认为|今日|昨日|日前|公布|发表)"
        ),
        went=re.compile(  # of a study: the body that went and asked
            r"(?:[^。\n，]{0,12}?(?:最近|日前|近日|近期|前不久|今年|[月日旬]|为[^，。\n]{2,60})，){0,2}(?P<body>[^，。；\n]{2,16}?)"
            r"(?:的?(?:同志|干部|调研组|课题组|调查组|工作组))?(?:在|先后|分别|组织|专门|会同[^，。]{2,14}|联合[^，。]{2,14})?"
            r"(?:走访|调研|到|赴|深入|对|通过|采取|开展|召开|就|抽调|历时)"
        ),
        foot=re.compile(rf"[{HAN}{MASKED}“”]{{2,22}}(?:{offices}|{words['foot']})$"),
        by_line=re.compile(
            rf"(?:[{HAN}]{{2,8}}(?:委|委员会|办|室|部|处|科))?(?:主席团)?(?:机关)?(?:党组|党委)?(?:常务)?(?:代|副)?(?:{words['roles']})(?:\s|$)"
            rf"|[\s\u3000]+[{HAN}](?:[\s\u3000]?[{HAN}]){{1,2}}$"
            r"|(?:联合)?(?:课题组|调研组|调查组)|(?:办公室)?(?:主办|编印|编\s|印发)"
        ),
        chief=re.compile(
            rf"^(?P<place>{SMALL_PLACE})(?:人民政府|党委|党工委|党支部|人大|政府)?(?:原|代|副|党委副?|常务副)?(?:{words['chiefs']})(?![{HAN}]{{5}})"
        ),
        speaker=re.compile(
            rf"(?:党组|党委)?(?:有关|相关)?(?:副)?(?:负责人|{words['roles']})[{HAN}]{{0,4}}?(?:{words['said']})"
        ),
        described=re.compile(words["described"]),
        decides=re.compile(words["decides"]),
        elects=re.compile(rf"(?:{words['elects']})\Z"),
        pair=re.compile(  # 白沙镇党委、政府带领…
            rf"(?P<body>(?P<place>{SMALL_PLACE}|街道)(?:党委|党工委)(?:、|和)(?:镇|乡|街道)?(?:人民政府|政府|办事处))(?={words['leads']})"
        ),
        of_its_state=re.compile(  # 针对城南支行…的现状，支行…
            rf"(?:针对|结合|根据|鉴于|面对)(?P<body>{chars}{{2,14}}?(?:{words['institutions']}))(?P<rest>[^，,。；\n]{{0,24}})[，,](?:我|本|全)?"
            rf"(?P<again>{chars}{{2,4}})"
        ),
        report_to=re.compile(rf"(?:{words['report_to']})\Z"),
        will_look=re.compile(words["will_look"]),
        generic=re.compile(rf"(?:{words['generic_of']})?(?:{words['generic']})"),
        office_line=re.compile(
            rf"(?P<place>[{HAN}]{{1,6}}?[省市县区旗镇乡]|[{HAN}]{{2,6}}街道)[{HAN}“”]{{2,26}}(?:{words['office_line']})"
        ),
        whole_name=re.compile(rf"{chars}[{HAN}{MASKED} ]{{1,{LONGEST_NAME}}}?(?:{offices}|{words['of_places']})"),
        superior_before=re.compile(rf"(?:{words['superior_before']})\Z"),
        superior_after=re.compile(words["superior_after"]),
        no_subject=re.compile(words["no_subject"]),
        asked=re.compile(words["asked"]),
        counted_after=re.compile(data["words"]["counted_after"]),
        inspected=re.compile(
            rf"{data['words']['inspected']}(?P<body>{chars}{{1,16}}?(?:{words['inspected_ends']})(?:{words['party_groups']})?)"
            r"(?=[，。、；]|领导班子|班子|进行|开展|实施|照单|的?(?:反馈|巡[察视]))"
        ),
        party_groups=tuple(data["words"]["party_groups"]),
        branches=re.compile(words["branches"]),
        forms=tuple(data["forms"].items()),
    )


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Return a name in the shortest of its forms."""
    for form, short in load_words().forms:
        if name.endswith(form):
            return name.removesuffix(form) + short
    return name
