"""What a sentence owns by its own words, whatever its section tells: a lack told in passing, one that came to light, a work that is stuck.

And with which words a writer leaves a passage of shortcomings: works that are planned, promises, what gives heart, suggestions.
"""

from __future__ import annotations

import re

from nlp.marks import HAN_NUMBER
from nlp.roles import Roles

# A shortcoming told in passing where plans or measures are told: 目前…还不高, 当前仍存在…现象.
IN_PASSING = re.compile(
    rf"^(?:{HAN_NUMBER}[、是]|[（(]{HAN_NUMBER}[)）]|\d{{1,2}}[、.．])?"
    r"(?:但是?[，]?|然而|鉴于|由于|因为)?(?:目前|当前|现阶段|现在|眼下|就目前(?:来看)?|从目前(?:情况)?来?看)[^。；]{0,40}?"
    r"(?:(?<!如果)(?:存在|面临)[^。；，]{0,24}?(?:问题|不足|困难|差距|现象|矛盾|短板|瓶颈)"
    r"|(?:还|仍|尚|较|比较|相对|普遍|明显|偏|程度|水平|力量|意识|度|率)(?:不[高够强足多大齐畅深广匹平适]|未[能形建达]|缺[乏少]|薄弱|滞后|偏[低少弱]|较[低少弱]|低|弱|少|落后)(?!于|下))"
)
# What a work is stuck at, whatever is promised in the next clause: 可是补偿一直谈不拢.
STUCK = re.compile("不[拢进出去来动了成通上起下开到]")  # in all of them  # in all of them
HINDERED = re.compile(
    r"(?:可是?|但是?|却|因为?|由于|一直|始终|至今|迟迟|仍然?|还是|还|又|也|老|总|都)[^，。；]{0,8}?"
    r"[谈进出上下办推走落动批跟接供拿开迈转收请租卖搬施通过](?:不(?:拢|进|出|去|来|动|了|成|通|上|起|下|开|到)(?![的好让给被同只仅但])|不下[来去](?!的))"
)
# A lack named as what a measure answers: 针对骨干年龄偏大、办法不多的问题，…
AGAINST = re.compile(
    r"针对(?!(?:以上|上述|这些|这一|存在|所|查[找摆]|可能|潜在|各类|不同|反馈|检查|梳理|问题|突出|性))(?P<lack>[^。；，]{4,60}(?:，[^。；，]{2,20}){0,2}?)(?:等|的)+(?:一些|突出|实际|普遍|共性|具体)*"
    r"(?:问题|情况|现象|不足|困难|状况|现状|实际|短板|弊端|矛盾)"
)
# What came to light is there, whatever the section tells: 暴露出活动老套、骨干流失等新问题.
EXPOSED = re.compile(
    r"(?:(?:暴露|反映|显露|显现|折射)(?:出|了)|(?:检|督|核|抽|巡|排|调|自|审)(?:查|计|研|访)[^，。；]{0,8}?(?:发现|中?看出|显示)，?)(?P<lack>[^。；]{3,80})"
)
# What ought to be and is not: 可我站至今只有三名; 但有的长期无人值守.
FALLS_SHORT = re.compile(
    r"(?:^|[，；])(?:可是?(?!能|以)|但是?|然而|而(?!且)|实际上?|事实上)[，]?[^，。；]{0,8}"
    r"(?:至今|目前|实际|我[局会站镇乡县市区村院校街]|全[市县区乡镇村街局院校站])[^，。；]{0,8}(?:只有|仅有?(?!仅)|不到|不足|尚无|还没有?|没有|无一)"
    r"|(?:^|[，；])(?:可是|但是?|然而)[，]?[^，。；]{0,4}?(?:有的|有些|部分|个别|少数|一些|仍有|还有|日常|平时)(?P<lack>[^。；]{2,40})"
)
FELL = re.compile(
    "有的|有些|部分|个别|少数|一些|仍有|还有|日常|平时|只有|仅|不到|不足|尚无|还没|没有|无一"
)  # in all of them
# Money that is short is short in any section: 棋社的经费奇缺; not 面对经费紧缺, nor 如果资金不足.
SHORT_OF_MONEY = re.compile(
    r"(?:经费|资金|财力)(?!使用|管理|监管)[^，。；、]{0,8}?(?:奇缺|紧缺|匮乏|短缺|不足|紧张|拮据|吃紧|捉襟见肘|(?:相当|十分|非常|极其|极为|很)有限|(?:没有|无|缺乏)(?:着落|保障|来源))(?=[，。；]|$)"
)
NO_SHORTAGE = re.compile(
    "如果|若|一旦|虽|尽管|即使|哪怕|曾|一度|面对|不因|[在从][^，。；]{0,24}(?:情况|条件|形势|基础)|困难[，的]|不[惧畏等怨叫]|补|筹|争取|拿出|挤出"
)
# What fades: 随着手机的普及，广播的影响力渐渐减弱.
FADES = re.compile(
    r"(?:逐渐|渐渐|日渐|日益|逐步|越来越|逐年)(?:地|在|被)?(?:减弱|削弱|弱化|淡化|淡薄|淡漠|萎缩|下滑|流失|失去|丧失|疏远|边缘化|衰退|式微|冷落|退化)"
)
LASTS = re.compile(  # with one of these it is what ought to fade
    "家暴|暴力|陋习|陈规|迷信|赌博|贫困|差距|矛盾|负担|隔阂|歧视|偏见|风险|隐患|污染|疫情|影响渐|影响逐|防止|避免|克服|扭转|改变|解决|遏制"
)
# What misses its mark: 7项与目标差距较大; not 与目标差距较大的村逐一约谈.
MISSES = re.compile(
    r"(?:与|和|离|距离?)[^，。；]{0,10}(?:目标|指标|规划|要求|标准|任务)[^，。；]{0,8}?(?:差距(?:较|很|还|仍|比较|仍然)?大|差得远|有(?:较大|一定|不小|明显)的?差距|(?:尚|还|仍)有(?:一定|较大|不小)?的?差距)(?!的)"
    r"|(?:\d|[一二三四五六七八九十两几数])[项个家处](?:[^，。；]{0,6}指标)?(?:尚|还|仍)?(?:未|没有?|不)达[标到](?!的)"
)
# What the people suffer: 十年九旱, 村民叫苦不迭, 渠水不能满足浇地的需要.
SUFFERS = re.compile(
    r"十[年天]九[停旱涝]|叫苦不迭|叫苦连天|苦不堪言|怨声载道|(?:吃水|饮水|用水|用电|行路|出行|看病|就医|上学|住房)困难(?:人口|户|群众)?(?:达|有|共|\d|近|约|较多)"
    r"|(?:不能|不足以|难以|无法|满足不了)(?:完全|充分|有效)?(?:满足|适应)?[^，。；]{0,12}(?:生活|生产|用水|用电|出行|群众|村民|居民|农民)[^，。；]{0,6}(?:需要|需求|要求)(?=[，。；]|$)"
    r"|给[^，。；]{0,16}(?:生活|生产|出行)[^，。；]{0,6}带来(?:了)?(?:很大|较大|极大|严重|诸多|许多)的?(?:影响|不便|困难)"
)
WORN = re.compile(  # 如今渡船已破旧，
    r"(?:如今|现在|现|目前|眼下)(?![，]?(?:解决|改变))[^，。；]{0,14}?(?:破旧|破败|老化|陈旧|破损|失修|老旧|废弃|闲置)(?:不堪|严重)?(?=[，。；]|$)"
)
EASED = re.compile(
    "解决|结束|告别|不再|改变|曾|过去|以前|从前|原来|原先|避免|防止|为了|帮|缓解|解除|摆脱|如果|一旦|若|终于|现已|全部"
)
# Words with which a passage of shortcomings ends: what is promised (我们必须正视这些问题，加以解决), and what gives heart.
PROMISES = re.compile(
    r"^(?:但是?|因此|所以)?[，]?(?:我们|我[局乡镇县市区省]|全[局乡镇县市区省][^，。；]{0,6})(?:一定|必须|务必|决心|将|要|会|应当?)(?!.{0,30}(?:却|可是|但))"
    r"[^。；]{0,40}?(?:解决|克服|改进|改正|整改|正视|直面|化解|弥补|补齐|扭转|加强|不辜负|不负|开创|再上)"
)
HEARTENS = re.compile(
    r"^(?:但是?|同时|当然|然而|不过)?[，]?(?:(?:我们)?(?:也|更|还)(?:应该|应当|要|必须)?(?:清醒地?|充分)?(?:看到|认识到)[^。；]{0,40}(?:机遇|有利|优势|支撑|基础|希望)"
    r"|我们?(?:坚信|相信|深信|完全有|有信心|有能力|有条件|有决心)|[^，。；]{0,16}(?:优势|基础|条件)(?:[^，。；]{0,6}(?:雄厚|明显|突出|完备|独特|良好|扎实))|前(?:行|进)(?:的)?(?:道)?路上)"
)
GIVES_HEART = frozenset("我全但同当然不因所也更还前")  # with one of these both begin
# Works that are planned, in a list of them: 水渠：某村计划清淤800米. Where one stands, a passage of shortcomings is over until a hint of a lack.
PLANNED = re.compile(
    r"(?<![原虚比草模按])(?:拟(?!定)|计划(?![外内的生])|打算|规划(?=[新修建改])|预计|将(?=[新修建改扩清栽种铺架装换添购增设安硬绿维加]))[^，。；]{0,20}?"
    r"(?:[\d一二三四五六七八九十百千两]+(?:\.\d+)?[余多来]?[万亿]?[个座条米亩株棵口户名人次期场公里处平立方台套辆间栋眼盏元吨家件所]"
    r"|[新修改扩][建造]|清淤|疏浚|栽[树植种]|硬化|绿化|加固|维修|修[路桥渠建缮复]|添置|购置|增设|安装|铺设|架设)"
)
# The writer goes over to what should be done, for the rest of the line, under whatever heading.
SUGGESTS = re.compile(
    rf"^(?:{HAN_NUMBER}是)?(?:因此|为此|所以|故|据此|综上所述|综上|鉴于(?:此|上述[^，。；]{0, 10}))?[，]?(?:我们?|笔者|特|现)?(?:提出(?:如下|以下)|强烈|郑重)?(?:建议|对策)(?!不|没|未|较|少|多|质)"
)
ANY_LACK = re.compile("[不少难缺弱差低慢未没无仅只才欠拖停迟尚旧坏漏短危]|落后|问题|困|矛盾|紧[张缺]")


def owns_lack(unit: str, roles: Roles) -> bool:
    """Tell a sentence that owns a lack among measures, deeds or plans: one worked against, one that came to light, one of what ought to be."""
    if "针对" in unit and (match := AGAINST.search(unit)) and roles.admits.search(match["lack"] + "。"):
        return roles.resolved.search(unit) is None
    return (
        _comes_to_light(unit, roles)
        or _falls_short(unit, roles)
        or _is_short_of_money(unit, roles)
        or _fades(unit)
        or _misses_its_mark(unit)
        or _suffers(unit)
    )


def tells_in_passing(unit: str, roles: Roles) -> bool:
    """Tell a shortcoming of today told in passing: 目前到会率还不高; not what is to be done about it."""
    some = "前" in unit or "现" in unit or "眼下" in unit
    return some and IN_PASSING.match(unit) is not None and not roles.not_in_passing.search(unit)


def is_stuck(unit: str, roles: Roles) -> bool:
    """Tell a sentence of a work that is stuck: 可是补偿一直谈不拢."""
    return (
        "不" in unit
        and STUCK.search(unit) is not None
        and HINDERED.search(unit) is not None
        and not roles.not_stuck.search(unit)
    )


def tells_two_lacks(unit: str, roles: Roles) -> bool:
    """Tell a sentence of two lacks at once, what follows in its paragraph being facts that prove them: 机构残缺，人手单薄。"""
    return (
        roles.two_lacks.search(unit) is not None
        and not roles.no_proof.search(unit)
        and not roles.not_heading_lack.search(unit)
    )


def looks_into_faults(unit: str, roles: Roles) -> bool:
    """Tell a sentence of a meeting that looks into its own faults: 班子作了对照检查。"""
    some = "剖析" in unit or "自我" in unit or "对照" in unit or "分析" in unit
    return some and roles.looks_in.search(unit) is not None


def hints_at_lack(unit: str) -> bool:
    """Tell a sentence that may speak of a lack: without any such word it does not."""
    return ANY_LACK.search(unit) is not None


def plans_works(unit: str) -> bool:
    """Tell a work that is planned: 某村计划清淤800米."""
    return PLANNED.search(unit) is not None


def gives_heart(unit: str, roles: Roles) -> bool:
    """Tell a promise, or what gives heart, at the end of shortcomings: 我们必须正视这些问题，加以解决。"""
    if unit[0] not in GIVES_HEART:
        return False
    return bool(PROMISES.match(unit) or HEARTENS.match(unit)) and not roles.doubts.search(unit)


def suggests(unit: str) -> bool:
    """Tell a sentence that opens with a suggestion: 为此建议加快整治。"""
    return ("建议" in unit or "对策" in unit) and SUGGESTS.match(unit) is not None


def _comes_to_light(unit: str, roles: Roles) -> bool:
    some = "发现" in unit or "看出" in unit or "显" in unit or "露" in unit or "映" in unit or "射" in unit
    if not some or (match := EXPOSED.search(unit)) is None:
        return False
    return roles.admits.search(match["lack"]) is not None and not roles.set_right.search(unit)


def _falls_short(unit: str, roles: Roles) -> bool:
    if not ("但" in unit or "可" in unit or "而" in unit or "实" in unit) or FELL.search(unit) is None:
        return False
    match = FALLS_SHORT.search(unit)
    return match is not None and (match["lack"] is None or roles.admit(match["lack"] + "。"))


def _is_short_of_money(unit: str, roles: Roles) -> bool:
    some = "经费" in unit or "资金" in unit or "财力" in unit
    if not some or (match := SHORT_OF_MONEY.search(unit)) is None:
        return False
    return NO_SHORTAGE.search(unit) is None and roles.not_admitted.search(unit, 0, match.end()) is None


def _fades(unit: str) -> bool:
    some = "渐" in unit or "日益" in unit or "逐" in unit or "越来越" in unit
    return some and FADES.search(unit) is not None and LASTS.search(unit) is None


def _misses_its_mark(unit: str) -> bool:
    some = "差" in unit or "达" in unit
    return some and MISSES.search(unit) is not None and EASED.search(unit) is None


def _suffers(unit: str) -> bool:
    some = "苦" in unit or "九" in unit or "困难" in unit or "满足" in unit or "生" in unit or "怨" in unit
    if some and SUFFERS.search(unit) is not None and EASED.search(unit) is None:
        return True
    now = "现" in unit or "今" in unit or "目前" in unit or "眼下" in unit
    return now and WORN.search(unit) is not None
