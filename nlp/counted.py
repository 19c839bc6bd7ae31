"""What is counted: 宣传单 in 散发宣传单3000余份 and in 3000余份宣传单.

The noun stands behind the unit (`nlp.noun_behind`) or before the number (`nlp.noun_before`). It is cut out by punctuation, by the light verbs of reports
(发放, 举办, 配备 …) and by the words that lead up to a number (共, 达, 约 …). No parser: a first guess, made quickly.
The verbs are in `nlp/data/counted.toml`, with the words that begin a noun though their first character does not.
"""

from __future__ import annotations

import re

from ingest.sheets import HEAD_UNIT, IS_UNIT, SERIAL
from nlp.noun_before import EACH_ENDS, EVENLY, LONGEST_LEAD, NO_HEAD, head_of, phrase_before, told_noun
from nlp.noun_behind import CLAUSE_OPENS, DEED, DEED_FOR, NO_NOUN_SURE, NOUN_OPENERS, OF_PEOPLE, phrase_behind
from nlp.noun_words import BREAKS, EDGES, REACH, SHORTEST_NOUN, VERBS, WORDS

_NOTHING_BEHIND = (NO_NOUN_SURE | {""}) - CLAUSE_OPENS - {" ", "称"} - set(NOUN_OPENERS)  # behind a unit, most often
#: What is to be done, the base of the share that is done.
TARGETS = ("任务", "目标", "计划", "指标", "预算", "同期", "任务数", "目标数", "计划数", "总任务")
TARGET_ENDS = frozenset(word[-1] for word in TARGETS)
#: Words of measure and of level, which are never counted themselves, and what has the measure in the clause before.
_MEASURES = ("比例", "比重", "占比", "比率")
_MEASURED = re.compile(
    rf"(?P<noun>(?:(?![{BREAKS}])[\u4e00-\u9fff“”0-9]){{2,24}}?)的?(?:的?(?:比例|比重|占比|人数|数量|覆盖面))?"
    r"(?:比较|相对|普遍|明显|一直|仍然?|还是?|依然|总体|很|较|偏|更|最|不|过|太|极)*(?:居多|[高低大小少多])[，,]"
    r"(?:只有|仅有|达到|[仅只约就已达占为有近超过不足]){1,3}\Z"
)
_EXTENTS = frozenset("多高低大小少")
_LONGEST_MEASURED = 44
_MEASURED_OF = re.compile(
    rf"(?:\A|(?<=[{BREAKS}]))(?:其中|但|而)?(?P<noun>(?:(?![{BREAKS}])[\u4e00-\u9fff“”0-9]){{2,20}}?)"
    r"(?:(?:所?占|相当于|在[\u4e00-\u9fff]{2,10}中)[\u4e00-\u9fff]{0,10}?)?的?(?:比例|比重|占比|比率)\Z"
)
_WORTH = ("折合", "约合")
_SUCH_AS = re.compile(
    rf"(?:[，,；]|其中)(?:其中)?(?![最新将尚今去从未涉受全])((?:(?![{BREAKS}])[\u4e00-\u9fff“”]){{2,7}})的\Z"
)
_AVERAGES = frozenset(("人均", "平均"))
_DONE_BY_THEM = frozenset(
    ("出师", "留厂", "留任", "留校", "转产", "转岗", "待岗", "参保", "获救", "护送返乡", "劝返", "复学", "休学", "结业")
)
_SAID_OF_THEM = _DONE_BY_THEM | _AVERAGES | frozenset(_MEASURES)
DEEDS = frozenset(WORDS["deeds"])  # what is done to people, not who they are
_ORGANS = frozenset("个家")  # by which organisations are counted
_LONGEST_LED = 8
_LONGEST_BASE = 18  # characters between 占 and its number, at most
_PEOPLE = (
    r"妇女|女性|[儿女]童|学生|学员|老[人年]人?|职工|员工|[民农]?工人?|农民|[村居市牧渔]民|群众|青年|青少年|[团党会]员|干部|教师|师生|家长|家庭|户|人员|人群|对象|残疾人|军[人属]|官兵|患者|母亲|妈妈|"
    r"姐妹|企业|劳动者|创业者|志愿者|大学生|新生|孤儿|[^，。；、]人"
)
#: For whom something is done, in the clause of the number: 为35名孤寡老人送去棉被70床.
_SERVED = re.compile(
    rf"(?:(?<![行认因作成分视改称较人])为|[给替帮]|(?<![方意定面倾])向|(?<![针应相反面])对)(?:助)?(?P<whom>[^，。；：！？\n为给向]{{0,16}}?(?:{_PEOPLE}))们?(?:{DEED_FOR})"
    r"[^，。；：！？\n]*\Z"
)
_OPENS_WHOM = re.compile(r"[为给替帮向对][^，。；：！？\n]*\Z")  # looked for first: hardly a clause has one
_COUNT_OF_WHOM = re.compile(r"\A.*?[0-9一二两三四五六七八九十百千万余多][名户位个家人口]+(?=..)")
_AGED = re.compile(r"[0-9]{1,3}周?岁")  # 65岁以上老人
_ATTRIBUTES = frozenset(
    ("面积", "占地", "占地面积", "总面积", "建筑面积", "金额", "总金额", "涉案金额", "价值", "总价值", "总长", "全长")
)  # of what was counted before
#: The entries of a table's row, as `ingest.sheets` writes them: head：value；head：value。
_ENTRY_ENDS = frozenset(("；", "。", "\n", ""))
_LONGEST_ROW = 600
_LONGEST_ENTRY = 40
_LONGEST_LABEL = 20
_NO_HEAD_OF_COLUMN = re.compile(r"[，。！？：\t]|^[一二三四五六七八九十]是|^第?[一二三四五六七八九十]、")
_BEGINS_WITH_NUMBER = re.compile(r"[-\d.,]+(?:[%％]|$|[\d年月./-]|[\u4e00-\u9fff])")
_YEAR_OF_HEAD = re.compile(r"^(?:19|20)\d{2}年度?")
_CALLS = frozenset("称的")
_NAMED = re.compile(r"(?:的)?称(?:为|作)?([\u4e00-\u9fff]{2,5})(?=[，。；、,;\n]|\Z)")
_SHARE_OF = re.compile(rf"([^{BREAKS}占]{{2,14}}?)(?:总共|[仅只约就已共])?占到?了?[^{BREAKS}占]{{1,20}}的\Z")
_SUCH_A = frozenset(("这一", "这个", "该", "其", "所占", "上述"))
_SHARE_ALONE = re.compile(
    r"[，,](?:约|只|仅)?占(?:到|了)?(?:全年|年度|年初|今年|本年)?(?:投资|收入)?(?:计划|任务|目标|预算)数?\Z"
)
_KEPT_WITHIN = re.compile(
    rf"((?:(?![{BREAKS}])[\u4e00-\u9fff“”0-9]){{2,20}}?)的?(?:比例|比重|占比)(?:[均都也应须要]|原则上|一般|严格)*(?:控制|保持|稳定)?(?:[在为占]|达到|[不未]得?[低高超少多][于过])[^{BREAKS}]{{2,16}}的\Z"
)
_DONE_OF = re.compile(
    rf"(?:(?:完成|达到|相当于)了?([^{BREAKS}的占]{{2,12}})|占(?:到|了)?([^{BREAKS}的占]{{0,10}}(?:任务|计划|目标|指标|预算)))的\Z"
)
#: A quoted name and what was done so many times by that name; what each of so many gets: 资助学生9名，每人500元.
_MADE_OF = re.compile(
    r"“([^“”，。；0-9]{2,12})”[\u4e00-\u9fff]{0,6}(?:，[\u4e00-\u9fff、]{0,6}?)?(?:(?:到|至|截[至止])?(?:今年|目前|去年|年内|全年|[0-9年月日底末前]+|累计|已经?|共|新|先后|只|仅|均)*)"
    r"(?:完成|建成|创建|新?建|挂牌|开?办|成立|设立|建立|开设|培育|打造|发展|选树|评出|表彰|开讲)了?\Z"
)
_GETTER = frozenset("人户名生均")
_EACH_GETS = re.compile(
    r"(资助|补助|奖励|救助|补贴|帮扶)[^。；，0-9]{2,16}[0-9]+[余多]?[名户人位个]，(?:每[人户名生]|[人户]均)\Z"
)
#: What has a share, behind it: 金奖 in 参赛作品的20%为金奖, 老人 in 其中三成是独居老人; and what is a whole before it, or one of its parts.
_IS = frozenset("为是")
_IS_SUCH = re.compile(
    rf"[为是](?P<noun>(?!在(?![校职岗编读籍])|有(?![机线])|(?:上限|下限|标准|基准|起点|底线|[宜准限界])[，。；、,;\n]|不(?!合格|识字)|最(?![低]生)|[了其此之所由因从被靠把给对向以用没来去通近全历同未已])"
    rf"(?:(?![{BREAKS}]|历[年史]|最[高低多少大小好]|第[一二三]|新[高低]|左右|以[上下内来]|[才可]以)[\u4e00-\u9fff“”]){{2,12}})(?<![的者了]。)(?=[，。；、,;\n]|\Z)"
)
_RATES = frozenset("率度值")
_PARTED = re.compile(
    rf"(?:(?<![分率度值])的|(?:\A|[{BREAKS}])[\u4e00-\u9fff]{{0,2}}?(?:其中|[另还]有|有)?(?:大?约|将?近|只?有|仅)?)\Z"
)
#: What is wanting in the clause before: 经费 in 经费不足，只到账三成; and who is spoken of there.
_WANTING = re.compile(
    rf"(?:\A|[{BREAKS}的])(?P<noun>(?:(?![{BREAKS}的是了与和])[\u4e00-\u9fff“”]){{2,14}}?)"
    r"(?:十分|比较|较为|严重|非常|相对|普遍|明显|仍然?|很|较|还|偏)*"
    r"(?:不足|短缺|紧张|滞后|薄弱|缓慢|有限|奇缺|匮乏|陈旧|老化|老旧|破旧|破损|落后|不高|不多|不够|不快|偏[少低慢弱]|过[少低慢]|较[少低慢弱])[，,；]"
    rf"(?:(?![{BREAKS}])[\u4e00-\u9fff0-9]){{0,12}}\Z"
)
_LONGEST_WANTING = 36
_PEOPLE_BEHIND = re.compile(
    r"(?:农村|城[镇市乡]|留守|贫困|困难|受访|在校|青年|已婚|外来|流动|基层|[男女村])?(?:学生|学员|妇女|职工|员工|群众|干部|党员|团员|会员|教师|家长|居民|村民|农户|家庭|企业|青年|儿童|老人|残疾人|社员|代表|受访者)"
)
#: With one of these no noun begins behind a unit where what it counts was told before.
_DEED_BEHIND = re.compile(
    rf"(?!组织|发展|救助|帮扶|帮助|受益|投入|接待|投放|发放|录用|引进|评选|新增|转移|抽查)(?:{VERBS}|彼此|互相|相互|参评|获评|一直|至今|长期[在被抽无]|多年|[半一]年|仍|尚|还)(?![点站班会所室处员者的])"
)
_LED_BY = frozenset("有近约超逾")
_VERBS_ALONE = frozenset("拿领取办用学看听说想愿能会做走")
_NO_COUNT_OF = ("大关", "关口", "台阶", "有", "占")  # 2000元以上的有4户
_WORKS = frozenset(WORDS["works"])
_TIME_ENDS = frozenset("年月日期时初末底前后中")
_FORMED_BY = re.compile(
    rf"(?P<noun>(?:(?![{BREAKS}])[\u4e00-\u9fff“”]){{2,16}}?)(?:暂?拟|将|应|须|需|一般|暂|共|原)*由[约共近]?\Z"
)
_LEVEL = re.compile(r"(?:国家|[省市县区镇乡村])级\Z")
_LEVEL_ELSE = re.compile(
    r"(?:[、，和及][0-9一二两三四五六七八九十]{1,3}[个名户家处项人条所](?:国家|[省市县区镇乡村])级){1,3}(?P<noun>[\u4e00-\u9fff“”]{2,8}?)(?=[，。；、）)]|\Z)"
)
#: Who has a share: 会员 in 会员占职工总数 (35%); with 的 they are some of those named before, 在外地务工 in 在外地务工的占两成.
_BASE = rf"占(?![地用道])(?:到|了|据)?(?P<base>[^{BREAKS}占有]{{0,12}}?)的?"
_REACHING = "[近约达超为]|达到了?|超过了?|不足|不到|不及|接近|将近|只有|大约"
_SHARED = re.compile(
    rf"(?P<who>[^{BREAKS}（(占]{{2,16}}?)(?:人数|户数)?[总共仅只约就已也都均]*{_BASE}(?:{_REACHING})?\Z"
)
_SUCH = re.compile(
    rf"(?P<who>[^{BREAKS}（(占]{{2,16}}?)的(?:人数|户数)?[总共仅只约就已也都均有]*(?:{_BASE}(?:{_REACHING})?|{_REACHING})\Z"
)
#: The people at the head of such a clause: 租户 in 租户中满意, 父母 in 父母在省内打工.
_OF_WHOM = re.compile(
    r"(?P<people>[\u4e00-\u9fff]{2,8}?)(?:(?<![初高集其当])中|里|当中|(?=[半每几一两二三四五六七八九十][个]?[天日周月年季]|[在想愿能不没从已未经常偶](?![业年事])))"
)
_AGES = re.compile(r"[0-9]{1,3}周?岁|学历|文化")
_WITHIN = re.compile(r"[\u4e00-\u9fff]{1,3}[里内]|[村镇乡街山船岛线校厂]上|[境省市县]外")  # no noun, but where
_LEVEL_AHEAD = re.compile(r"\A(?:国家|[省市县区镇乡村])级")
_CONDITION = re.compile(
    r"(?:人数|年龄|收入|所得|工资|面积|产值|产量|资本|资产|金额|[总余销]额|价值|投资额?|产值|利润)[^，。；]{0,3}(?:在|[达超]到?过?|过|突破|逾|低于|高于|不足|不到)\Z"
    r"|(?:总投资|投资额|造价|面积|能力|产值|产量|容量|资本)约?\Z"
)


def named_behind(text: str, start: int, end: int, *, share: bool) -> str:
    """Return the noun phrase behind text[start:end], a number and its unit, "" where none is."""
    if text[end : end + 1] in _NOTHING_BEHIND:
        return ""
    condition = text.startswith("的", end) and _CONDITION.search(text, max(0, start - REACH), start)
    return "" if condition else phrase_behind(text, start, end, share=share)


def named_before(text: str, start: int, end: int, floor: int) -> str:
    """Return the noun phrase before text[start:end], a number and its unit, not beyond `floor`; "" where none is."""
    return told_noun(phrase_before(text, start, floor, organs=text[end - 1 : end] in _ORGANS))


def what_is_counted(
    text: str, start: int, end: int, nouns: tuple[str, str | None], *, floor: int, share: bool, earlier: str,
    last: str = "", people: str = "",
) -> str:  # fmt: skip
    """Return the noun phrase that text[start:end] counts, "" where none is found.

    `nouns` are the phrase behind it and the one before it, which is looked for where it is None;
    `floor` is the end of the quantity before it; `share` is true of percentages and the like, whose noun stands before
    them unless 的 follows; `earlier` is what was counted before by the same unit, meant again in 接待来访82件，办结80件,
    `last` what was counted just before, by whatever unit: the area in 建成茶园一处，面积30亩 is its; `people` who were.
    """
    behind, before = nouns
    if text[end : end + 1] in _CALLS and (named := _NAMED.match(text, end)):
        return named[1]  # 16岁以下称少年
    if share and behind in _VERBS_ALONE:
        behind = ""  # 九成以上拿到证书
    if behind and earlier and earlier not in behind and _DEED_BEHIND.match(behind):
        return earlier  # 企业62家，其中9家安排女工上夜班
    if behind == "组成":
        if composed := _composed(text, start):
            return composed
        behind = ""  # 协会由村民12人组成
    if behind.endswith("级") and _LEVEL.fullmatch(behind) and (whole := _LEVEL_ELSE.match(text, end + len(behind))):
        return behind + whole["noun"]  # 2个省级、3个市级示范村
    if behind and behind not in _NO_COUNT_OF and not (share and (behind == "人" or behind[0] == "有")):
        return behind
    if share and (having := _has_share(text, start, end, floor, last=last, people=people)):
        return having
    noun = named_before(text, start, end, floor) if before is None else before
    if text[end - 1] == "项" and text.endswith(("率”等", "率等"), 0, start):
        return earlier or "指标"  # “残疾发生率”等6项, 入学率等6项: of the class, not of the one that is named
    if earlier and noun and noun[-1] in "里内上外" and _WITHIN.fullmatch(noun):
        return earlier  # 分会98个，其中镇里12个
    if text[end - 1] == "期" and noun and text.startswith("培训", start - len(noun) - len("培训")):
        return "培训"  # 培训妇女12期
    if noun in _WORKS and earlier and text[end - 1] not in OF_PEOPLE:
        return earlier  # 新修渠道7公里，整治3公里
    if noun in _ATTRIBUTES and last and text.find("；", floor, start) < 0:
        return last + noun
    if noun in _SAID_OF_THEM:
        if noun in _MEASURES:
            noun = _has_measure(text, start, floor) or people or last
        elif earlier or noun in _AVERAGES:
            return earlier or last or noun  # 学徒66名，出师41名
    elif earlier and noun in EVENLY and text[end - 1] != "元":
        return earlier  # 果园2000亩，户均5亩; 贷款30万元，户均2万元 tells of 户均
    elif not noun:
        if text[start - 2 : start - 1] == "每" and text[start - 1] in EACH_ENDS and text[end - 1] in OF_PEOPLE:
            return earlier or last  # 宣讲队6支，每支8人
        if last and text.startswith(_WORTH, start - 2):
            return last  # 外资3亿美元，折合20亿元
        if measured := _in_measure(text, start, floor):
            return measured
    if earlier and text[start - 1 : start] == "的" and text.rfind(earlier + "的", max(0, floor - REACH), floor) >= 0:
        earlier = _such(text, start, end, floor) or earlier  # 养蜂的37户，开网店的52户
    if share and not earlier and noun.endswith("级") and _LEVEL.fullmatch(noun):
        noun = ""
    if text[start - 1 : start] in _GETTER and (gets := _EACH_GETS.search(text, max(0, start - 2 * REACH), start)):
        return gets[1]
    return (
        (_levelled(noun, earlier) if noun.endswith("级") else noun)
        or earlier
        or behind
        or ("" if share else _quoted_before(text, start, floor))
        or _wanting(text, start, floor)
        or _such(text, start, end, floor)
        or (_part_of(text, start, floor) if share else "")
    )


def _part_of(text: str, start: int, floor: int) -> str:
    """Return what a share behind 的 is a part of: 工资 in 财政安排工资的30%; "" where a time or no noun is before 的."""
    if text[start - 1 : start] != "的":
        return ""
    noun = told_noun(head_of(text[max(floor, start - REACH) : start - 1]))
    return noun if len(noun) >= SHORTEST_NOUN and noun[-1] not in _TIME_ENDS else ""


def _composed(text: str, start: int) -> str:
    """Return what so many form: 理事会 in 理事会拟由7人组成; "" where 由 and its subject are not before the number."""
    formed = _FORMED_BY.search(text, max(0, start - REACH), start)
    return told_noun(head_of(formed["noun"])) if formed else ""


def _has_share(text: str, start: int, end: int, floor: int, *, last: str, people: str) -> str:
    """Return who or what has a share, by 占, by 的 before it or by the people right behind it; "" where none of them tells it."""
    if last and _SHARE_ALONE.search(text, max(0, start - REACH), start):
        return last  # 完成投资5亿元，占年度计划111%
    if text[end : end + 1] in _IS and (getting := _gets_share(text, start, end, floor, last)):
        return getting  # 总数的20%为金奖
    led = text[start - 1 : start] in _LED_BY or text[end - 1] == "成"
    if led and (behind := _PEOPLE_BEHIND.match(text, end)):
        return behind[0]  # 有三成学生
    if having := _who_has(text, start, floor, last, people):
        return having
    if text[start - 1 : start] != "的":
        return ""
    if subject := _of_a_share(text, start, floor):
        return subject
    has = text.rfind("占", max(0, floor - REACH), floor) if floor == start - 1 else -1
    return (_has_part_of(text, has, floor) or last) if has >= 0 else ""


def _gets_share(text: str, start: int, end: int, floor: int, last: str) -> str:
    """Return what has a share by the 为 or 是 behind it: 银奖 in 30%为银奖; "" of a mark to be reached (得分率达到90%为优秀)."""
    told = _IS_SUCH.match(text, end)
    if told is None or not _PARTED.search(text, max(floor, start - REACH), start):
        return ""
    if text[start - 1] == "的" and _DONE_OF.search(text, max(floor, start - REACH), start):
        return ""
    if text[start - 1] != "的" and last[-1:] in _RATES:
        return ""  # 满意率达到90%为优秀，80%为合格
    noun = told["noun"].rpartition("的")[2].strip(EDGES)
    return noun if len(noun) >= SHORTEST_NOUN else ""


def _such(text: str, start: int, end: int, floor: int) -> str:
    """Return what is said of those counted, who are not named: 养蜂 in 青年中，养蜂的37户; "" where no 的 is before the number."""
    if text[start - 1 : start] != "的" or text[end - 1] not in OF_PEOPLE:
        return ""
    told = _SUCH_AS.search(text, max(floor, start - _LONGEST_LED), start)
    return told[1] if told else ""


def _quoted_before(text: str, start: int, floor: int) -> str:
    """Return the quoted name of which a clause says only that so many were made: “石榴小屋” in 打造“石榴小屋”，已建成20个."""
    low = max(floor, start - 2 * REACH)
    if text.find("”", low, start) < 0:
        return ""
    made = _MADE_OF.search(text, low, start)
    return made[1] if made else ""


def _has_measure(text: str, start: int, floor: int) -> str:
    """Return what has a share of so much: 老教师 in 老教师的比例为40%, 参加体检的比例为40%; "" where the clause tells it not."""
    at = max(text.rfind(word, max(floor, start - REACH), start) for word in _MEASURES)
    if at < 0:
        return ""
    told = _MEASURED_OF.search(text, max(0, floor - 1, at - REACH), at + 2)
    return told["noun"] if told else ""


def _in_measure(text: str, start: int, floor: int) -> str:
    """Return what has so high or low a measure in the clause before: 农户 in 参加合作社的农户比例较高，占八成; "" where nothing has."""
    near = start - 4 if start > 4 else 0
    comma = text.rfind("，", near, start)
    if comma < 0:
        comma = text.rfind(",", near, start)
    if comma < 1 or text[comma - 1] not in _EXTENTS:
        return ""
    told = _MEASURED.search(text, max(floor, start - _LONGEST_MEASURED), start)
    return head_of(told["noun"]) if told else ""


def _wanting(text: str, start: int, floor: int) -> str:
    """Return what the clause before says is wanting: 经费 in 经费不足，全年只到账三成; "" where it says nothing of the kind."""
    low = max(floor, start - _LONGEST_WANTING)
    if text.find("，", low, start) < 0:
        return ""
    wanting = _WANTING.search(text, low, start)
    return head_of(wanting["noun"]) if wanting else ""


def _of_a_share(text: str, start: int, floor: int) -> str:
    """Return what a share behind 的 is of: 年度任务 in 完成年度任务的106%, and 会员 in 会员占职工总数的七成; "" of others."""
    if done := _DONE_OF.search(text, max(floor, start - REACH), start):
        return done[1] or done[2]
    if kept := _KEPT_WITHIN.search(text, max(floor, start - 2 * REACH), start):
        return "" if kept[1] in _SUCH_A else kept[1]
    held = _SHARE_OF.search(text, max(floor, start - 2 * REACH), start)
    return told_noun(head_of(held[1])) if held else ""


def _has_part_of(text: str, has: int, end: int) -> str:
    """Return who has a part of a number: 玉米 in 玉米占粮食产量40万吨的三成."""
    return told_noun(head_of(text[max(0, has - REACH) : has]))


def _who_has(text: str, start: int, floor: int, last: str, people: str) -> str:
    """Return who has a share: 会员 in 会员占职工总数35%, 船员 with 从不回 in 船员占31%，从不回的占25%; "" where no 占 tells it."""
    low = max(0, start - REACH - _LONGEST_LED)
    has = text.rfind("占", max(0, start - _LONGEST_BASE), start)
    of = text.rfind("的", low, has if has >= 0 else start)
    if has < 0 and of < start - LONGEST_LEAD - 2:
        return ""
    such = _SUCH.search(text, low, start) if of >= 0 else None
    if such is None:
        if has < 0:
            return ""
        held = _SHARED.search(text, max(floor, low), start)
        return told_noun(head_of(held["who"])) if held and held["base"] else ""
    who = such["who"].removeprefix("其中")
    own = _OF_WHOM.match(who)
    if own and own["people"] not in NO_HEAD:
        return who
    named = (people if _AGES.search(who) else "") or last
    whom = _OF_WHOM.match(named)
    named = whom["people"] if whom else named.rpartition("的")[2]
    at = text.rfind(named, max(0, start - 4 * REACH), such.start()) if len(named) >= SHORTEST_NOUN else -1
    known = at >= 0 and named not in who and not text.startswith("的", at + len(named))
    return f"{who}的{named}" if known else who


def _levelled(noun: str, earlier: str) -> str:
    """Return 县级文明岗 for “文明岗”县级, and 市级文明岗 for the 市级 behind it."""
    level = _LEVEL.search(noun)
    if level is None:
        return noun
    name = noun[: level.start()].strip(EDGES) or _LEVEL_AHEAD.sub("", earlier)
    return level[0] + name if len(name) > 1 else noun


def for_whom(text: str, start: int, of: str) -> tuple[str, str]:
    """Return for whom the thing counted at start is, where its clause says it, and the thing: 困难职工, 米油 in 向困难职工送米油30份.

    "" and the thing as it was where nothing says it.
    """
    opens = _OPENS_WHOM.search(text, start - 2 * REACH if start > 2 * REACH else 0, start)
    served = _SERVED.search(text, opens.start(), start) if opens else None
    if served is None:
        return "", of
    whom = _COUNT_OF_WHOM.sub("", served["whom"]).rpartition("的")[2]
    whom = whom.strip(EDGES) if not _AGED.match(whom) else whom.rstrip(EDGES)
    if len(whom) < 2 or whom == of:
        return "", of
    if of.startswith(whom):  # 农民工讨回工钱
        deed = of[len(whom) :].removeprefix("们")
        thing = DEED.sub("", deed)
        return whom, (thing if len(thing) > 1 else deed).strip(EDGES) or of
    return whom, of


def what_a_row_counts(text: str, start: int, end: int) -> str:
    """Return what a number counts that is the whole of an entry in the row of a table: 石臼村培训人数 in 村：石臼村；培训人数：210人次。

    That is the head of its column behind the labels that open the row. "" where the number stands in no such row.
    """
    if text[start - 1 : start] != "：" or text[end : end + 1] not in _ENTRY_ENDS:
        return ""
    low = max(0, start - 1 - _LONGEST_ROW)  # a line may be the whole of a text, and hold ten thousand numbers
    begin = text.rfind("\n", low, start) + 1
    if not begin and low:
        return ""
    row = text[begin : start - 1]
    *before, head = row.split("；")
    if not 1 <= len(head) <= _LONGEST_ENTRY or _NO_HEAD_OF_COLUMN.search(head):
        return ""
    if not before and text[end : end + 1] != "；":
        return ""  # 参会人数：35人。 may be a row, but looks like any line
    labels: list[str] = []
    leading = True
    for entry in before:
        name, colon, value = entry.partition("：")
        if not colon or len(name) > _LONGEST_ENTRY or "：" in value:
            return ""
        is_unit = IS_UNIT.fullmatch(value) or SERIAL.fullmatch(name) or ("单位" in name and len(value) < 2)
        leading = leading and (bool(is_unit) or not _BEGINS_WITH_NUMBER.match(value))
        if leading and not is_unit and len(value) <= _LONGEST_LABEL:
            measured = HEAD_UNIT.match(value)
            labels.append(measured[1] if measured else value)
    head = _YEAR_OF_HEAD.sub("", head) or head
    return "".join(label for label in labels if label not in head) + head
