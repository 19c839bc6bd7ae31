"""The noun behind a number and its unit: 宣传单 in 3000余份宣传单.

`phrase_behind` returns it, "" where what stands behind is no noun: 12人参加, 30户脱贫.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from nlp.noun_words import (
    ASPECT,
    BREAKS,
    COMMAS,
    DIGITS,
    EDGES,
    ENDS_IN_DEED,
    PAIRS,
    REACH,
    SCHOOLS,
    SHORTEST_NOUN,
    VERBS,
    WORDS,
)
from nlp.taxonomy import first_characters

_QUOTED = frozenset("“‘「『‚《〈")
_CLOSING = {opening: closing for closing, opening in PAIRS.items()}
#: Words with which no noun begins: behind a unit they say that the noun stands before the number.
NO_NOUN_SURE = frozenset(
    f"{BREAKS}）)》”’]】+*0123456789获虽已均都被为是到在占由把将向给从与和及并或以按前内时起止达因没也又还可能要需应曾仍才只增减提之等称予兼得了脱升降成转作做晋荣评走住奔赴于列居位超约去/"
)
_NO_NOUN_OPENS = frozenset(
    "无目今明中上下不享入全共其再出分加参受同后完实对就左开当报接整未来正符签经观进通采顺领用发扩压调缩回取一责高申"
)
_NO_NOUN = re.compile(
    r"无(?!人机|障碍|公害|烟|党派|业|线|职|物业|纺|菌|偿|疫|核|主|废|黑|讼|访|毒|机|缝|纸)|目前|今年|今后|明年|参加|参与|参会|参赛|参训|参保|出席|获|虽|受(?![访益灾训]|助(?![前后]))|得到|接受|已|均|都|分别|进行|被|为|是|到|在|占|由|把|将|向|给|从|与|和|及|"
    r"对(?![口象外])|并|或|以|用(?![人户工地水电药具品])|(?:发展|扩充|扩大|扩展|压缩|调整|缩短|回落)[到至为]|取消|一律|责令|按|后(?![备进])|前|内|时|起|止|来(?![信访])|去|上(?![市级])|下(?![岗])|不等|其中|通过|经(?![济营费销纪])|采(?!购)|实现|达|因|"
    r"中(?=[只仅有共已仍还尚的约近占0-9，,])|未(?!成年|就业|婚|入学|脱贫|参保)|没|不(?!和谐|良|合格|同|动产|文明|稳定)|就(?!业)|也|又|还|再(?!就)|可|能|要|需|应|曾|正(?!式)|仍|才|只|全部|共(?!产|青)|同时|增|减|提|下降|上升|左右|"
    r"之|等|称|予|兼|得|了|脱|升|降|完成|开展|签订|进入|加入|成|顺利|报(?!道|告|纸|刊|表|名)|观看|转|作|做|符合|享受|领取|入选|当选|晋|荣|评|走|住|"
    r"整(?=[，。；、]|\Z)|奔|赴|于|列|居|位|高[于达出过居踞]|申请(?![人表书者]|材料|对象)|超|约"
)
#: A clause that qualifies the noun behind a unit (3户从事养殖的居民) opens with one of these.
_CLAUSE = re.compile(
    rf"(?:\d+[多余]?[人名户](?:参加)?|(?:受到|获得|荣获)[^，。；！？\n的0-9]{{1,20}}|(?:具有|具备|拥有|符合|涉及|影响|从事|患有?|失去|缺少|缺乏|急需|需要|热爱|热心|来自|反映|关系|适合|懂|生活|居住|就读|在[校职岗读编册])"
    rf"(?:(?![{BREAKS}的0-9])[\u4e00-\u9fff“”]){{1,14}}"
    rf"|(?:职工|员工|年龄|收入|面积|人数|注册|月薪|年均|人均|年产|年收|总?投资|产值|销售|纳税|营业|利润|资产)[\u4e00-\u9fff]{{0,4}}(?:在|超过?|达到?|不足|低于|高于|突破)[0-9.]+[万亿]?[人元岁户亩个吨%％](?:以上|以下|左右)?)的(?=[\u4e00-\u9fff“])"
)
CLAUSE_OPENS = frozenset(
    "0123456789０１２３４５６７８９受获荣具拥符涉影从患失缺急需热来反关适懂生居就在职员年收面人注月总投产销纳营利资"
)


def _by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    by_first: dict[str, list[str]] = defaultdict(list)
    for word in words:
        by_first[word[0]].append(word)
    return {first: tuple(found) for first, found in by_first.items()}


#: Words with which a noun begins, though their first character by itself says that none does: 成员, 居民, 获奖作品.
NOUN_OPENERS = _by_first(WORDS["noun_openers"])
#: Behind a unit and at the end of its clause, what was done or was so, and no noun: 妇女230人务工, 3个选址未定, 7道几乎没动.
_PREDICATE = re.compile(
    r"几乎.*|一[人年户次](?!一|性).*|(?:外出|返乡|就近|就地|成功|顺利|实现|正常|按时|如期|稳定|灵活)*(?:务工|打工|就业|创业|返乡|脱贫|上岗|在岗|在编|到岗|到会|持证|毕业|结业|出师|留厂|留任|留校|转产|转岗|待岗|下岗|参保|获救|护送返乡|劝返|复学|休学|报名|签约|落户|投产|开工|完工|竣工|入住|"
    r"开业|复工|合格|达标|过关|晋级|获奖|退休|离职|辞职|调离|住院|痊愈|康复|死亡|受伤|缺席|迟到|待业|失业|入会|入党|入团|入学|在读|升学|退出|销号)|[\u4e00-\u9fff]{2}(?:[未没]|(?<!残疾)不)[\u4e00-\u9fff]{1,2}"
)
_PREDICATE_LAST = frozenset("师厂任校产保救返工业乡贫岗编会证约户产住格标关级奖休职离院愈复亡伤席到党团学读退号")
_NOT = frozenset("未没不")
_PREDICATE_ENDS = frozenset("，。；、！？,;:： \n）)")
#: Behind these units of events, what was held so many times: 分4批开展了入户核查; and who took part in it: 3次部门参加的会商.
_EVENTS = frozenset("次批期场轮届课堂")
_HOLDS = re.compile(
    r"(?:集中|依次|陆续|分别|专门)?(?:进行|开展|举办|组织|召开|举行|培训|实施|开设|安排|组织开展|组织召开)(?:了|过)?(?=[\u4e00-\u9fff“《])"
)
_HOLDS_OPENS = frozenset("集依陆分专进开举组召培实安")
_TAKE_PART = re.compile(
    rf"(?:(?![{BREAKS}的了0-9])[\u4e00-\u9fff]){{2,14}}(?:参加|参与|出席|参演|主讲|联办|主持|同台)的(?=[\u4e00-\u9fff“])"
)
_EXTENDS, _LENGTHS = frozenset("长宽高深厚粗"), frozenset("米里分寸尺丈")
_ONE_MORE = re.compile(r"一[笔次宗项](?=[，。；、,;\n]|\Z)")  # 借款6万元一笔
_SHARE_BEHIND = re.compile(r"的(?:[0-9]|[一二两三四五六七八九十百]+(?:成|分之|倍|半))")  # 占任务500万元的六成
#: Behind these units the noun is what stands behind 的: 3名村里的老人; 12个乡镇的主席 counts towns.
_OF_THINGS = frozenset("名位份件本册场条篇起例幅首台辆")
#: Another unit in brackets, 300头（只）, and a space behind a number that is written with spaces, 30 名 学员.
_OTHER_UNIT = re.compile(r"[（(][只头羽匹户人名个家所套台件篇条项次场期块处][)）]")
_BRACKETS = frozenset("（(")
_SPACED = re.compile(r" [\u4e00-\u9fff]{1,2} (?=[\u4e00-\u9fff])")
#: How large it is, between a unit and the noun behind it: 2条10千伏线路, 3座60KW电站.
_SIZE_AHEAD = re.compile(
    r"[0-9][0-9.]*[多余]?[万亿]?(?:千伏安?|[kKＫ][vVwWＶＷ][hHaAＨＡ]?|[兆千]?瓦|吨级?|立方米?|平方米|平米|[公厘]里?米|公里|寸|升|公斤|匹|马力|伏)(?:以[上下])?的?(?=[\u4e00-\u9fffKW])"
    r"(?:WH|[WH])?(?=[\u4e00-\u9fff])"
)
_OF_YEAR = re.compile(r"(?:19|20)\d\d(?:[-—－–至](?:19|20)?\d\d)?(?:年度|学年度?)的?(?=[\u4e00-\u9fff“])")
_CURRENCY = "人民币"
_LASTING = re.compile(r"为期[0-9一二两三四五六七八九十半]+个?[天日周月年]半?的(?=[\u4e00-\u9fff“])")
_LONGEST_HEAD = 6  # characters of a noun right behind a unit and before a number of its own
_LONGEST_NAMED_HEAD = 10  # of the noun behind a quoted word
#: What ends a noun phrase behind a unit.
_ENDS_NOUN = f"{BREAKS}（(）)》\\]】0-9０-９*"
_ENDS_AT = (
    r"有(?=[0-9一二两三四五六七八九十百])|[只仅]有(?=[0-9一二两三四五六七八九十百])|[只仅共](?=[0-9xX×＊一二两三四五六七八九十百])|中(?<![初高集城]中)(?=[只仅有共已仍还尚0-9])|提供|送去|送上|举办(?!地)|发放(?![点站])|办理(?![窗点])|领取|掌握|加入|通过(?!率)|带领|负责(?!人)|担任|兼任|协助|"
    r"编入|转为|用于|用来|参加|参与|参赛(?!队|选手|作品|人员|者|单位)|参训(?!人员|学员|骨干)|受益(?![人户群妇])|当选|出席|获得|荣获|受到|得到|接受|已经|分别|进行|成为|参会|组成|座谈(?!会)|纳入|建立|开展|实现|达到|"
    r"选择|承认|表示|认为|坦言|拿到|带头|全部|已(?!婚)|没有|不[少低]于|不超过|占(?![地道用])|均(?!衡)|被(?<![棉毛植]被)(?![告子褥困])|在(?![校编岗册职读建线])|到(?![位站期])|为(?<![行作有人]为)|"
    r"赴(?![京省外])|分片|分头|同步|立即|随即|迅速|达(?=[0-9一二两三四五六七八九十百近约])|争取|申请(?![人表书者]|材料|对象)|充实|进入(?!权)|积极(?!分子|性)|正在|[即就便]可|重新|[共现]有(?=[0-9\u4e00-\u9fff]{2})|实施(?!方案|细则|意见|计划|办法|项目)|"
    r"外出(?!务工人|人员|打工)|现身|遭受|从(?![业教事艺属医军警政众容])|约(?=[0-9])|[建修]成(?!区)|动工|全线|有序|顺利|提质|落地(?=[，。；、见])|完成(?=投资)|遭遇|需要|合并|即(?=[\u4e00-\u9fff]{3})|各(?=配|发放|选派|派出|建[立成有]|设[立有置]|[获捐送]|补助|开展|举办|安排|安装|完成|拨付|奖励)|经过|主要(?!领导|负责|干部|任务|指标|工作|成员|街道|道路)"
)
#: The characters that open an alternative are looked at first: at most places none of them stands.
_END = re.compile(
    rf"(?=[{_ENDS_NOUN}{''.join(sorted(first_characters(_ENDS_AT) or ()))}])(?:[{_ENDS_NOUN}]|{_ENDS_AT})"
)
_DEGREE = re.compile(
    r"比较|非常|特别|十分|[很较更最]|相对|长期|[不未没][\u4e00-\u9fff]"
)  # a clause that tells what they are like
_ADJECTIVES = frozenset(
    (
        "优秀",
        "贫困",
        "先进",
        "困难",
        "典型",
        "重点",
        "大型",
        "特殊",
        "符合条件",
        "主要",
        "重要",
        "新",
        "不同",
        "较大",
        "具体",
        "空缺",
        "左右",
    )
)
OF_PEOPLE = frozenset("人名户")
DEED_FOR = (
    r"提供|发放|送[去上出医法教温戏]?|赠送|捐赠|捐助|捐款|开展|举办|进行|讲授|组织|办理|落实|争取|筹集|募集|解决|购买|购置|配备|印发|散发|派发|颁发|补贴|补助|"
    r"支付|拨付|化解|追回|挽回|讨回|追讨|清欠|代理|检查|体检|免费|义诊|减免|投放|安装|修建|新建|建[成立]?|发出|讲(?=[课授解])|上(?=课)|办(?=[实好])"
)
DEED = re.compile(rf"(?:{DEED_FOR})+")
#: What people do, or what is done for them, behind the word for them; 妇女组织 and 职工帮扶中心 are words.
_LONGEST_ACTORS = 4
_THEY_ACT = re.compile(
    rf"(?<=[员工民户生童女师手者属孩友众人妇])(?!组织|发展|安置|救助|帮扶|培养|受益)(?:{VERBS}|{DEED_FOR})(?![点站班会所室处员者的户人率])"
)
_SERVES = frozenset(verb[0] for verb in DEED_FOR.split("|"))
_FOR_THEM = re.compile(r"(?<![行认因作成分视改称较人])[为给替帮](?:[0-9.]+[多余]?万?[人名户]、?)?\Z")
#: Levels in a list before the noun that they qualify: 27名 (全国、省、县) 标兵.
_LEVELS = re.compile(
    r"(?:(?:全[国省市县区]|国家|[省市县区镇乡村])级?[、和及与])+(?:全[国省市县区]|国家|[省市县区镇乡村])级?(?=[\u4e00-\u9fff]{2})"
)
_LEVEL_OPENS = frozenset("全国省市县区镇乡村")
#: A verb and a noun right before a number, where behind its unit another noun has a number of its own: 办起夜校 (30个) 书屋5个.
_VERB_AND_NOUN = re.compile(
    rf"(?:{VERBS}|慰问|走访|培训|[办建种养][起了成])(?P<noun>(?:(?![{BREAKS}的])[\u4e00-\u9fff]){{2,6}}(?<![省市县区镇乡村州])|(?:全[省市县区镇乡村]))\Z"
)
_NUMERALS = frozenset("0123456789一二两三四五六七八九十百千")
_DATE = re.compile(r"[0-9]+[年月日]")


def phrase_behind(text: str, start: int, end: int, *, share: bool) -> str:
    """Return the noun phrase that begins right behind a number and its unit, "" where none does."""
    position = _noun_may_begin(text, end, share=share)
    first = text[position : position + 1] if position >= 0 else ""
    if not first or first in _BRACKETS:
        return ""
    if first in _QUOTED:
        return _quoted(text, position)
    if (first == "一" and _ONE_MORE.match(text, position)) or _is_for_them(text, start, end, position):
        return ""
    if first == "为" and (lasting := _LASTING.match(text, position)):
        position = lasting.end()  # 1期为期3天的培训班
    elif first in DIGITS and (of_year := _OF_YEAR.match(text, position)):
        position = of_year.end()
    elif first in DIGITS and text[end - 1] not in OF_PEOPLE and (size := _SIZE_AHEAD.match(text, position)):
        position = size.end()
    first = text[position]
    if first in _LEVEL_OPENS and (levels := _LEVELS.match(text, position)):
        position = levels.end()
    if first in CLAUSE_OPENS and (clause := _CLAUSE.match(text, position, position + REACH)):
        position = clause.end()
    elif _begins_no_noun(text, position):
        return ""
    phrase = _phrase_at(text, position)
    if len(phrase) > _LONGEST_ACTORS and text[end - 1] in OF_PEOPLE and (acts := _THEY_ACT.search(phrase)):
        phrase = phrase[: acts.start()]  # 12名贫困女生募集学费
    stop = position + len(phrase)
    if (
        len(phrase) > 1
        and (phrase[-1] in _PREDICATE_LAST or phrase[0] in "几一" or not _NOT.isdisjoint(phrase))
        and (stop == len(text) or text[stop] in _PREDICATE_ENDS)
        and _PREDICATE.fullmatch(phrase)
    ):
        return ""
    if (
        position == end
        and len(phrase) <= _LONGEST_HEAD + 2
        and text[stop : stop + 1] in _NUMERALS
        and not _DATE.match(text, stop)
        and (noun := _VERB_AND_NOUN.search(text, max(0, start - REACH), start))
    ):
        return noun["noun"]
    if phrase.endswith("中") and text[stop : stop + 1] in COMMAS and not phrase.endswith((*SCHOOLS, "集中")):
        phrase = phrase[:-1]  # 3500亩受灾面积中，
    return _head_of_phrase(phrase, unit=text[end - 1]) if "的" in phrase else _trimmed(phrase)


def _noun_may_begin(text: str, end: int, *, share: bool) -> int:
    """Return where a noun may begin behind a unit that ends at end, behind 的, a second unit and the like; -1 where none may."""
    position = end + (len("组成的") if text.startswith("组成的", end) else text.startswith("的", end))
    if (
        position == end
        and text[end : end + 1] in _EXTENDS
        and text.startswith("的", end + 1)
        and text[end - 1] in _LENGTHS
    ):
        position = end + 2  # 3米宽的路面
    if position > end and _SHARE_BEHIND.match(text, end):
        return -1
    if text[end - 1] in _EVENTS and text[end - 2] != "人":
        if taking_part := _TAKE_PART.match(text, position, position + REACH):
            position = taking_part.end()
        elif text[position : position + 1] in _HOLDS_OPENS and (holds := _HOLDS.match(text, position)):
            position = holds.end()
    if position == end and share and not text.startswith(("以上", "以下"), end - 2):
        return -1
    if text[position : position + 1] in _BRACKETS and (other_unit := _OTHER_UNIT.match(text, position)):
        position = other_unit.end()
    elif text[max(0, position - 3)] == " " and _SPACED.match(text, max(0, position - 3)):
        position += 1
    if text[end - 1] == "元" and text.startswith(_CURRENCY, position):
        position += len(_CURRENCY)  # 300万元人民币
    return position + (text[position : position + 1] == " " and text[position + 1 : position + 2] in _QUOTED)


def _is_for_them(text: str, start: int, end: int, position: int) -> bool:
    """Tell whether behind people counted stands what is done for them: 为6户发放补贴."""
    return (
        text[position] in _SERVES
        and text[end - 1] in OF_PEOPLE
        and DEED.match(text, position) is not None
        and _FOR_THEM.search(text, max(0, start - REACH), start) is not None
    )


def _phrase_at(text: str, position: int) -> str:
    """Return the words from position up to what ends a noun phrase."""
    stop_at = _END.search(text, position + 1, position + REACH)
    phrase = text[position : stop_at.start() if stop_at else position + REACH]
    if "了" in phrase and (done := ASPECT.search(phrase)) and done[0] == "了":
        verb = ENDS_IN_DEED.search(phrase, 0, done.start())
        phrase = phrase[: verb.start() if verb else max(0, done.start() - 2)]  # 副科级干部担任了要职
    return phrase


def _head_of_phrase(phrase: str, *, unit: str) -> str:
    """Return the head of a phrase with 的: what stands behind it where things of a kind are counted, else mostly before."""
    first, _, rest = phrase.partition("的")
    if unit in _OF_THINGS or _DEGREE.search(first):
        last = phrase.rpartition("的")[2].strip(EDGES)
        if len(last) >= SHORTEST_NOUN and not _begins_no_noun(last, 0):
            return last
    return _trimmed(rest if first in _ADJECTIVES and rest else first)


def _trimmed(phrase: str) -> str:
    """Return a noun phrase without marks and particles at its edges; 和 of 和谐家庭 is none."""
    return phrase.rstrip(EDGES) if phrase.startswith(NOUN_OPENERS.get(phrase[:1], ())) else phrase.strip(EDGES)


def _begins_no_noun(text: str, position: int) -> bool:
    """Tell whether no noun begins at a position; the character alone tells it in most places."""
    first = text[position : position + 1]
    if first not in NO_NOUN_SURE and not (first in _NO_NOUN_OPENS and _NO_NOUN.match(text, position)):
        return False
    return not text.startswith(NOUN_OPENERS.get(first, ()), position)


def _quoted(text: str, position: int) -> str:
    """Return the quoted words that stand at position, with the noun that they qualify: “暖心”驿站."""
    stop = text.find(_CLOSING[text[position]], position + 1, position + REACH * 2)
    if stop < 0:
        return ""
    inner = text[position + 1 : stop].strip(EDGES)
    if text[position] == "《" or _begins_no_noun(text, stop + 1):
        return inner
    end = _END.search(text, stop + 1, stop + 1 + REACH)
    head = text[stop + 1 : end.start() if end else stop + 1 + REACH].partition("的")[0].strip(EDGES)
    return text[position : stop + 1] + head if 1 < len(head) <= _LONGEST_NAMED_HEAD else inner
