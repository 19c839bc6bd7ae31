"""The outline of a report: its sections with their roles, and its sentences.

Reports number in the order of GB/T 9704 (一、 （一） 1. （1）), in looser forms (第一，一是，一要，首先) and inside running text;
the nesting is taken from the order in which the kinds of mark turn up in the document itself.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingest.titles import parse_number
from nlp.records import Section, Sentence

HAN_NUMBER = r"[一二三四五六七八九十]{1,3}"
# Kinds of mark, from the outermost to the innermost. The last ones count inside a paragraph too.
MARKS = (
    ("chapter", rf"第{HAN_NUMBER}(?:章|部分|板块)"),
    ("han", rf"{HAN_NUMBER}、"),
    ("han-bracket", rf"[（(]{HAN_NUMBER}[)）]、?"),
    ("ordinal", rf"第{HAN_NUMBER}[，、：,]"),
    ("digit", r"\d{1,2}(?:[、．]|\.(?!\d))"),
    ("digit-bracket", r"[（(]?\d{1,2}[)）]"),
    ("circle", r"[①-⑳]"),
    ("item", rf"{HAN_NUMBER}(?:是|要|则)(?!一|否)|[一二三四五六七八九十]方面"),
    ("word", r"(?:首先|其次|再次|再者|最后|其[一二三四五六七八九十])(?=[，,是、：]|[\u4e00-\u9fff])"),
)
LINE_MARK = re.compile("|".join(f"(?P<m{at}>{pattern})" for at, (_, pattern) in enumerate(MARKS)))
INLINE_MARK = re.compile(
    rf"(?:(?<=[。；：，\s])|(?<=[。！？；][”’）]))(?:(?P<item>{HAN_NUMBER}(?:是|要)(?!一|否))|(?P<ordinal>第{HAN_NUMBER}[，、：])|(?P<digit>\d{{1,2}}、))"
)
LEVEL = {name: at for at, (name, _) in enumerate(MARKS)}
HEADING_STOP = re.compile(r"[。：；\n]")
LONGEST_HEADING = 60  # characters
LONGEST_ANNOUNCEMENT = 32
SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’）〉》]*|(?=\n)|$)")
# Words before which the shortcomings follow, and words with which the writer turns away from them.
LEAD_IN = re.compile(
    r"(?:存在|还有|仍有|尚有|也有|仍存|面临|暴露出?|反映出|梳理出|查找出|查摆出?|归纳出|显露|看到)[^。；]{0,60}?"
    r"(?:问题|不足|差距|困难|薄弱环节|短板|矛盾|挑战|弱项|困境|制约因素)[^。；，：]{0,14}(?=[。：；！]|$|，(?:主要|具体|表现|突出|如|比如|例如|一是))"
    r"|(?:问题|不足|差距|困难|薄弱环节|短板|矛盾|弱项)[^。；]{0,12}(?:主要有|主要是|表现[在为]|体现在|如下|有以下)|不容忽视的问题"
)
# One of these stands in every lead-in (measured: a sixth of the time of looking for one in all sentences).
LED_TO = re.compile("问题|不足|差距|困难|薄弱环节|短板|矛盾|挑战|弱项|困境|制约因素")
NOT_LEAD_IN = re.compile(
    r"(?<![亟急]待)(?<![亟急]需)(?<!需要)(?<!有待)(?<!尚未)(?<!得不到)解决|整改措施|针对|没有.{0,6}问题|破解|克服|化解|排查|调处|研究.{0,6}问题|切实|着力(?!解决的)|(?<!需)要.{0,10}问题"
    r"|问题的(?:问卷|调查|通知|意见)|(?:作|做)(?:出|了)?(?:如下|以下)的?(?:说明|解释|报告|汇报|回答|交代)|现将|调查了?[。：]|(?:摸清|了解|掌握|看清).{0,16}(?:问题|困难)"
)
TURN = re.compile(
    r"^(?:针对|为此|对此|为解决|为了解决|今后|下一步|下步|下一阶段|下半年(?=[，,：我])|明年|来年|在今后|接下来|今年|新的一年|面对(?:这些|上述|以上)|对于?(?:这些|上述|以上)"
    r"|以上(?:这些)?(?:问题|不足)|这些(?:问题|困难|不足)|如何解决|我们将|在下一?步|二〇|20\d\d年)"
)
# Tables and lists put into lines name the role of each line: 问题3：…  整改措施：…  完成时限：…
LABELS = (
    (
        "problems",
        re.compile(
            r"(?:存在的?|主要|具体|突出|发现的?)*(?:问题|不足|困难|差距|短板)(?:[和与及、](?:问题|不足|困难|差距|短板))?(?:表现|描述)?\s?[一二三四五六七八九十\d]{0,3}[：:]"
        ),
    ),
    (
        "measures",
        re.compile(
            r"(?:整改|改进|主要|下一步|工作|具体|解决)?(?:措施|目标|对策|建议|办法|举措)\s?[一二三四五六七八九十\d]{0,3}[：:]"
        ),
    ),
    ("achievements", re.compile(r"(?:整改|落实|完成|进展|工作)(?:情况|成效|结果|进度)[：:]")),
    ("plan", re.compile(r"(?:责任|牵头|配合|分管|完成|整改)(?:领导|单位|部门|科室|人|时限|时间|期限)[：:]")),
)
# A heading of two parts, the second one of shortcomings: the section begins as its first part.
MIXED = re.compile(
    r"^[^，。；：]{0,24}?(?:(?P<achievements>成效|成绩|做法|进展|亮点|完成|工作(?:开展)?(?:情况)?|开展情况|落实情况|执行情况|收获|优势|经验)|(?P<background>现状|概况|基本情况|情况))"
    r"[^，。；：]{0,6}?(?:与|和|及|以及|、|暨|，)[^。；：]{0,10}?(?:问题|不足|差距|困难|短板|薄弱环节|难点)[^，。；：]{0,4}$"
)
# A shortcoming told in passing where plans or measures are told: 目前…还不高, 当前仍存在…现象.
IN_PASSING = re.compile(
    rf"^(?:{HAN_NUMBER}[、是]|[（(]{HAN_NUMBER}[)）]|\d{{1,2}}[、.．])?"
    r"(?:但是?[，]?|然而|鉴于|由于|因为)?(?:目前|当前|现阶段|现在|眼下|就目前(?:来看)?|从目前(?:情况)?来?看)[^。；]{0,40}?"
    r"(?:(?<!如果)(?:存在|面临)[^。；，]{0,24}?(?:问题|不足|困难|差距|现象|矛盾|短板|瓶颈)"
    r"|(?:还|仍|尚|较|比较|相对|普遍|明显|偏|程度|水平|力量|意识|度|率)(?:不[高够强足多大齐畅深广匹平适]|未[能形建达]|缺[乏少]|薄弱|滞后|偏[低少弱]|较[低少弱]|低|弱|少|落后)(?!于|下))"
)
# What a work is stuck at, whatever is promised in the next clause: 可是补偿一直谈不拢.
STUCK = re.compile("不[拢进出去来动了成通上起下开到]")  # in all of them
HINDERED = re.compile(
    r"(?:可是?|但是?|却|因为?|由于|一直|始终|至今|迟迟|仍然?|还是|还|又|也|老|总|都)[^，。；]{0,8}?"
    r"[谈进出上下办推走落动批跟接供拿开迈转收请租卖搬施通过](?:不(?:拢|进|出|去|来|动|了|成|通|上|起|下|开|到)(?![的好让给被同只仅但])|不下[来去](?!的))"
)
NOT_HINDERED = re.compile(
    "终于|现已|已经|得到|解决了|帮|不怕|再也|杜绝|避免|防止|如果|只要|否则|原先|过去|曾|谁|决不|绝不|离不开|忍|舍|放不下|少不了|免不了|忘不了|受不了"
)
NOT_IN_PASSING = re.compile(r"要|须|应|必|着力|解决|克服|针对|努力|力争|确保|改变|消除|扭转|不存在|没有|已经")
MEASURES_TURN = re.compile(r"针对|为此|解决|整改|对此|对于?(?:这些|上述|以上)|面对")
# Words with which a passage of shortcomings ends: what is promised (我们必须正视这些问题，加以解决), and what gives heart.
PROMISES = re.compile(
    r"^(?:但是?|因此|所以)?[，]?(?:我们|我[局乡镇县市区省]|全[局乡镇县市区省][^，。；]{0,6})(?:一定|必须|务必|决心|将|要|会|应当?)(?!.{0,30}(?:却|可是|但))"
    r"[^。；]{0,40}?(?:解决|克服|改进|改正|整改|正视|直面|化解|弥补|补齐|扭转|加强|不辜负|不负|开创|再上)"
)
HEARTENS = re.compile(
    r"^(?:但是?|同时|当然|然而|不过)?[，]?(?:(?:我们)?(?:也|更|还)(?:应该|应当|要|必须)?(?:清醒地?|充分)?(?:看到|认识到)[^。；]{0,40}(?:机遇|有利|优势|支撑|基础|希望)"
    r"|我们?(?:坚信|相信|深信|完全有|有信心|有能力|有条件|有决心)|[^，。；]{0,16}(?:优势|基础|条件)(?:[^，。；]{0,6}(?:雄厚|明显|突出|完备|独特|良好|扎实))|前(?:行|进)(?:的)?(?:道)?路上)"
)
# What closes a clause that says a lack: 台账不规范等问题，
CLOSES_LACK = r"[”’]?(?:等)?(?:的)?(?:一些|诸多|突出|实际|新)?(?:问题|现象|情况|状况|现状|困难|短板|倾向)?[”’]?(?:的问题)?(?=[，。；、：！]|$)"
# In papers about what was set right, each point says the fault and then, behind one of these, what was done about it.
ANSWER = re.compile(
    r"[（(【]?(?:(?:整改|纠改|改进)(?:落实|完成|推进|具体|主要)?(?:情况|措施|举措|结果|成效|进展|目标|方向|时限|期限|责任人?|状态)"
    r"|(?:责任|牵头|配合)(?:领导|单位|部门|科室|人)|(?:完成|办结)(?:时限|时间|期限)|落实情况|处理结果)[）)】]?\s?[：:）)】]"
)
NOT_OWNED = re.compile(
    rf"(?:{HAN_NUMBER}[、是]|[（(]?{HAN_NUMBER}[)）]|[（(]?\d{{1,2}}[、.．)）])?(?:针对|为此|对此|已|将|要|我们|通过|经|迅速|立即|按照)"
)
DONE = re.compile(
    r"(?:现|目前|均|都)?已(?:于|经|在|[^，。；有存]{0,6}(?:召开|制定|完成|修订|建立|组织|开展|印发|补|落实|签|更换|安装|清|改|增|配|派|调|联系|协调|要求|明确|健全))"
    r"|针对(?:上述|以上|这|此|该)|为此|对此|(?:迅速|立即|及时)[^，。；]{0,6}(?:召开|制定|组织|开展|整改|安排)"
)
FAR_BACK = 12  # sentences before an answer that may say what it answers
# A lack named as what a measure answers: 针对骨干年龄偏大、办法不多的问题，…
AGAINST = re.compile(
    r"针对(?!(?:以上|上述|这些|这一|存在|所|查[找摆]|可能|潜在|各类|不同|反馈|检查|梳理|问题|突出|性))(?P<lack>[^。；，]{4,60}(?:，[^。；，]{2,20}){0,2}?)(?:等|的)+(?:一些|突出|实际|普遍|共性|具体)*"
    r"(?:问题|情况|现象|不足|困难|状况|现状|实际|短板|弊端|矛盾)"
)
RESOLVED = re.compile(
    "前期|一度|当时|曾|有效(?:防止|解决|化解|缓解|遏制|破解|改善)|(?:得到|已经?|全部)[^，。；]{0,6}(?:解决|改善|扭转|缓解|整改)"
)
# What came to light is there, whatever the section tells: 暴露出活动老套、骨干流失等新问题.
EXPOSED = re.compile(
    r"(?:(?:暴露|反映|显露|显现|折射)(?:出|了)|(?:检|督|核|抽|巡|排|调|自|审)(?:查|计|研|访)[^，。；]{0,8}?(?:发现|中?看出|显示)，?)(?P<lack>[^。；]{3,80})"
)
SET_RIGHT = re.compile(
    "已[^，。；]{0,12}(?:整改|解决|处理|到位|完成|消除|办结)|全部|逐[条一项]|立即|当场|责令|督促|下发|整改(?!不)|立行立改|没有|未发现|及时(?!性)(?<!不及时)"
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
# A meeting that looks into its own faults: what it lists next are those.
LOOKS_IN = re.compile("对照检查|自我剖析|自我批评|检视剖析|自我检视|党性分析|剖析(?:了|出)?(?:自身|班子|问题)")
# A heading of works that names what is worked on by its lack: 抓好薄弱村组建设; not 推进中存在的困难.
WORKS_ON = re.compile(
    r"(?:要|抓[好紧实牢]|办好|加强|加大|加快|进一步|切实|着力|努力|推进|推动|坚持|强化|完善|建立|健全|做好|积极|大力|争取|力争|确保|严格|注重|集中|持续|整[治顿改]|转化|改造|改善|帮扶|扶持|配[强齐好]|选[配派]|补[齐足强]|补上)"
    r"(?!.{0,30}(?:存在|面临|遇到|[^节]?(?:问题|困难|不足|差距|原因|难点|难题|瓶颈)[^，。；：]{0,4}$))"
)
GIVES_HEART = frozenset("我全但同当然不因所也更还前")  # with one of these both begin
DOUBTS = re.compile("不[^断懈负辜辱忘屈怕畏惧]|没|缺|弱|差距|滞后|难以|有待")
# Works that are planned, in a list of them: 水渠：某村计划清淤800米. Where one stands, a passage of shortcomings is over until a hint of a lack.
PLANNED = re.compile(
    r"(?<![原虚比草模按])(?:拟(?!定)|计划(?![外内的生])|打算|规划(?=[新修建改])|预计|将(?=[新修建改扩清栽种铺架装换添购增设安硬绿维加]))[^，。；]{0,20}?"
    r"(?:[\d一二三四五六七八九十百千两]+(?:\.\d+)?[余多来]?[万亿]?[个座条米亩株棵口户名人次期场公里处平立方台套辆间栋眼盏元吨家件所]"
    r"|[新修改扩][建造]|清淤|疏浚|栽[树植种]|硬化|绿化|加固|维修|修[路桥渠建缮复]|添置|购置|增设|安装|铺设|架设)"
)
# A heading that is plainly a lack, and what makes one of it that is not: 解决…不足, 存在的不足, 没有…
PLAIN_LACK = re.compile(
    r"(?:[^，。；：]{2,24}?(?:不足|不够|不均衡?|不平衡|不协调|不强|不高|不实|不深|不严|不力|不广|不畅|不齐|不稳定?|不大|不浓|不活|不全|不多|不清|不牢|不顺|不及时|不主动|不健全|不完善|不到位|不规范|不适应|不合理|不统一|欠账(?:较|很|比较|过|仍然)?[多大]|有(?:较大|一定|明显|不小)?(?:的)?差距"
    r"|不明显|不突出|不理想|参差不齐|青黄不接|简陋|陈旧|单一|缺乏|缺失|匮乏|短缺|紧缺|紧张|薄弱|滞后|落后|老化|断层|脱节|流失(?:严重)?|偏[低少弱]|[太过]少|淡薄|淡漠|松散|松懈|流于形式"
    r"|矛盾(?:比较|较为|日益|十分|相当)?(?:突出|尖锐)|压力(?:较|很|过)?大|[^解排纾]难|差距(?:较|很|比较|仍然)?大"
    r"|(?:有待|亟待|亟需|急需|尚待|尚需)(?:进一步|继续)?(?:[^，。；：]{2,8}))(?:的?(?:问题|现象|状况))?"
    r"|(?:缺乏|缺少|欠缺)[^，。；：]{2,20})(?=，|$)"
)
OF_LACKS = re.compile(
    r"解决|克服|不[怕畏]|针对|破解|改变|扭转|防止|避免|消除|缓解|弥补|补齐|攻克|帮|扶|救助|整治|治理|不再|力戒|严防|杜绝|着力|努力|切实|确保|存在的?(?:主要|突出)?(?:不足|困难|问题|薄弱)"
    r"|主要(?:不足|困难)|^(?:问题|困难|不足|没有)|不存在|与不足|和不足|及不足|、不足|关于|群众|要(?![求素点])"
)
AIMS = re.compile(
    "要|抓|办好|加强|加大|加快|进一步|切实|着力|努力|深化|推进|坚持|强化|完善|建立|健全|抓好|做好|积极|大力|提高|提升|开展|组织|落实|争取|力争|确保|解决|针对|严格|规范|创新|突出|发挥|深入|认真|继续|不断|全面|注重"
)
ANNOUNCES = re.compile(r"以下|如下|下列|方面|几点|主要(?:是|有|表现|体现)|[:：]$")
ROW_FOLLOWS = re.compile(r"(?:以下|如下|下列|方面|几点|主要(?:是|有|表现|体现))[^：:]*[：:]?$|[:：]$")
# The writer goes over to what should be done, for the rest of the line, under whatever heading.
SUGGESTS = re.compile(
    rf"^(?:{HAN_NUMBER}是)?(?:因此|为此|所以|故|据此|综上所述|综上|鉴于(?:此|上述[^，。；]{0, 10}))?[，]?(?:我们?|笔者|特|现)?(?:提出(?:如下|以下)|强烈|郑重)?(?:建议|对策)(?!不|没|未|较|少|多|质)"
)
HINT_OF_LACK = re.compile("[不少难缺弱差低慢未]")
# Two lacks in one sentence, as the first of a paragraph: 机构残缺，人手单薄. What follows in the paragraph are facts that prove it.
LACKING = (
    r"(?:不足|不够|不强|不高|不齐|不稳|不全|不广|不牢|不顺|不健全|不完善|不到位|不规范|不均衡?|不平衡|不理想|不合理|残缺|缺乏|缺失|匮乏|短缺|紧缺|紧张|薄弱|单薄|微薄|滞后|落后|老化|陈旧|简陋|破旧|单一|断层|脱节|涣散|松散"
    r"|淡薄|偏[低少弱老大]|[太过]少|参差不齐|青黄不接|无保障|没有保障|没有着落|没着落)"
)
TWO_LACKS = re.compile(
    rf"{LACKING}(?:的问题)?[，、](?:而且|并且|且|加之|加上|再加上|同时)?(?:[^。；]{{2,16}}[，、])?[^，。；]{{2,14}}?{LACKING}(?:的问题|等问题)?(?:[，。；！]|$)"
)
NO_PROOF = re.compile(
    r"但|不过|然而|为此|为了|因此|所以|针对|对此|于是|如今|现在[，已]|[经通]过[^，。；]{2,16}[，后]|我们[^没不缺少难]*$|(?:要|应该?|必须|需要?)(?:加强|加大|尽快|抓紧|大力|着力|切实|进一步|建立|把)|今后|下一?步|建议|取得|有了?[很较]?大?(?:改观|改善|起色|好转)"
)
ANY_LACK = re.compile("[不少难缺弱差低慢未没无仅只才欠拖停迟尚旧坏漏短危]|落后|问题|困|矛盾|紧[张缺]")
YEAR_OF_WORK = re.compile(
    r"(?:(?:19|20)\d\d|今|本)年(?:度)?的?(?:[市县区乡镇省]?政府|经济社会发展)?(?:主要|重点|总体)?(?:工作|任务)(?:总体)?(?:部署|安排|建议|要求|任务)?[？。]?$"
)
LOOKED_BACK = re.compile(r"回顾|(?:肯定|总结)成绩|成绩(?:显著|喜人|斐然|来之不易|有目共睹)")  # in a speech or plan, too
LOOKS_BACK = re.compile(r"(?:(?:19|20)\d\d|去|过去[一五])年.{0,10}回顾|关于过去.{1,3}年")
AHEAD = re.compile(r"下一?步|下一?阶段|下半年|[今明来]年|今后|(?:19|20)\d\d年")
NUMBER_OF_MARK = re.compile(r"[一二三四五六七八九十]+|\d+|[①-⑳]")
LONGEST_LEAD_IN = 200
BLANKS = " \t\xa0\u2002\u2003\u3000"
BREAKS = f"\n{BLANKS}"
LINE_ITEM = re.compile(
    rf"{HAN_NUMBER}(?:是|要|则)|[一二三四五六七八九十]方面|首先|其次|再次|再者|最后|其[一二三四五六七八九十]|第{HAN_NUMBER}[，、：,]|\d"
)


@dataclass(frozen=True, slots=True)
class Roles:
    """The rules of `nlp/data/roles.toml`."""

    rules: tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]
    admits: re.Pattern[str]  # a clause that ends in a lack: 台账不规范，
    not_admitted: re.Pattern[str]  # with one of these a sentence owns no lack: 解决台账不规范的问题

    def admit(self, unit: str) -> bool:
        """Tell a sentence that owns a lack and speaks of no remedy: 1.入户走访少，底数不清。"""
        return self.admits.search(unit) is not None and self.not_admitted.search(unit) is None

    def of(self, heading: str) -> str | None:
        """Return the role that the heading announces, or None; of several, the first rule's (a mixed one: see `MIXED`)."""
        for name, cues, unless in self.rules:
            if cues.search(heading) and not (unless and unless.search(heading)):
                return name
        return None


@cache
def load_roles() -> Roles:
    """Return the rules of `nlp/data/roles.toml`."""
    data = tomllib.loads(resources.files("nlp.data").joinpath("roles.toml").read_text("utf-8"))
    rules = tuple(
        (e["name"], re.compile("|".join(e["cues"])), re.compile("|".join(e["unless"])) if e["unless"] else None)
        for e in data["role"]
    )
    lack = data["lack"]
    admits = rf"(?:{'|'.join(lack['ends'])}){CLOSES_LACK}"
    return Roles(rules, re.compile(admits), re.compile("|".join(lack["unless"])))


DEFAULT_ROLE = {
    "plan": "plan",
    "summary": "achievements",
    "rectification": "measures",
    "experience": "achievements",
    "research": "background",
    "speech": "plan",
    "notice": "plan",
    "news": "achievements",
    "other": "background",
}


@dataclass(slots=True)
class _Start:
    at: int
    kind: str
    marker: str
    heading: str
    heading_end: int
    opens_line: bool
    rank: float  # the smaller, the further out


def find_sections(text: str, *, doc_type: str, headings: Sequence[tuple[int, int]] = ()) -> list[Section]:
    """Return the sections in order of their start; the first one, of level 0, is what precedes any mark.

    A section reaches to the next one of its level or above, so that sections nest. Its role is what its heading says, else
    what its row is (one behind a lead-in, or with a heading that is plainly a lack), else its parent's, else the usual one of
    the kind of document. `headings` are lines that the file's styles call so: (where the line begins, level from 1); those
    without a mark open sections too.
    """
    starts = sorted(_starts(text), key=lambda start: start.at)
    if headings:
        starts = _with_styled(text, starts, headings)
    default = DEFAULT_ROLE.get(doc_type, "background")
    parents, levels, ends = _nest(starts, len(text))
    told = [_announced(start, default) for start in starts]
    for number, start in enumerate(starts):
        if told[number] == "problems" and (mixed := MIXED.search(start.heading)):
            behind = _next_start(starts, number, start.rank, len(text))
            if _turns(text, start.heading_end, behind):
                told[number] = mixed.lastgroup
    told = _years_ahead(starts, parents, told)
    sections = [_section(0, starts[0].at if starts else len(text), 0, "", "", 0, default, None, assumed=True)]
    of_rows = _roles_of_rows(text, starts, parents, told)
    for number, start in enumerate(starts):
        parent, role = parents[number], told[number]
        above = sections[0 if parent is None else parent]
        if role is None and (above.assumed or above.role in ("background", "problems")):
            role = of_rows.get(number)
        sections.append(
            _section(
                start.at,
                ends[number],
                levels[number],
                start.marker,
                start.heading,
                start.heading_end,
                role or above.role,
                parent,
                assumed=role is None and above.assumed,
            )
        )
    return sections


def _years_ahead(
    starts: Sequence[_Start], parents: Sequence[int | None], told: Sequence[str | None]
) -> list[str | None]:
    """Return the roles told, and plan for the work of a year (三、2011年的工作) behind a heading that tells of what was done.

    What stands behind such a plan in the same row goes on with it; behind another one (明年打算) what opens with an aim does.
    """
    found = list(told)
    done: set[int | None] = set()
    ahead: dict[tuple[int | None, float], str] = {}
    for number, start in enumerate(starts):
        if not start.opens_line or start.rank >= LEVEL["item"]:
            continue
        above, row = parents[number], (parents[number], start.rank)
        of_year = above in done and YEAR_OF_WORK.match(start.heading) is not None
        if told[number] is None:
            behind = ahead.get(row)
            if of_year or (behind and (behind == "year" or _is_aim(start.heading)) and not _is_lack(start.heading)):
                found[number] = "plan"
        if found[number] == "achievements" or LOOKS_BACK.match(start.heading):
            done.add(above)
            ahead.pop(row, None)
        elif of_year:
            ahead[row] = "year"
        elif told[number] == "plan" and AHEAD.search(start.heading):
            ahead.setdefault(row, "aims")
    return found


def _nest(starts: Sequence[_Start], end: int) -> tuple[list[int | None], list[int], list[int]]:
    """Return, for each start, the index of its section's parent (the first start's section is 1), its level and its end."""
    parents: list[int | None] = []
    levels: list[int] = []
    ends = [end] * len(starts)
    stack: list[tuple[float, int, bool]] = []  # (rank of the mark, number of the start, does it stand inside a line)
    for number, start in enumerate(starts):
        while stack and (stack[-1][0] >= start.rank or (start.opens_line and stack[-1][2])):
            ends[stack.pop()[1]] = start.at
        parents.append(stack[-1][1] + 1 if stack else None)
        levels.append(len(stack) + 1)
        stack.append((start.rank, number, not start.opens_line))
    return parents, levels, ends


def _roles_of_rows(
    text: str, starts: Sequence[_Start], parents: Sequence[int | None], told: Sequence[str | None]
) -> dict[int, str]:
    """Return {number of a start: problems} for the rows of headings that tell problems, as long as none announces another role.

    Such a row stands behind a lead-in (… 存在以下问题：), or has a heading that is plainly a lack (培训条件有待提高): then those
    before and behind it in its row are lacks too, but for those that open with an aim.
    """
    rows: dict[tuple[int | None, float], list[int]] = {}
    found: dict[int, str] = {}

    def close(row: Sequence[int]) -> None:
        if any(_is_lack(starts[number].heading) for number in row if told[number] is None):
            mates = (number for number in row if told[number] is None and not _is_aim(starts[number].heading))
            found.update(dict.fromkeys(mates, "problems"))

    for number, start in enumerate(starts):
        if not start.opens_line or start.rank >= LEVEL["item"]:
            continue
        key = (parents[number], start.rank)
        row = rows.get(key, [])
        if row and (told[number] or place_of(start.marker) <= place_of(starts[row[-1]].marker)):
            close(rows.pop(key))
            row = []
        if told[number]:
            continue
        if row[-1] in found if row else not _is_aim(start.heading) and _behind_lead_in(text, start.at):
            found[number] = "problems"
        rows.setdefault(key, []).append(number)
    for row in rows.values():
        close(row)
    return found


def _behind_lead_in(text: str, at: int) -> bool:
    """Tell whether the line before a place closes with a lead-in (…还存在以下问题：)."""
    end = at - 1
    if end < 1:
        return False
    first = text.rfind("\n", 0, end) + 1
    units = list(_units(text, max(first, end - LONGEST_LEAD_IN), end))
    told = [text[low:high] for low, high in units[-2:]]
    if len(told) == 2 and not (len(told[1]) < LONGEST_ANNOUNCEMENT and ANNOUNCES.search(told[1])):
        del told[0]
    return any(map(is_lead_in, told))


def _is_aim(heading: str) -> bool:
    """Tell a heading that opens with what is to be done: 加强管理; not 开展活动少."""
    return AIMS.match(heading) is not None and HINT_OF_LACK.search(heading) is None


def place_of(marker: str) -> int:
    """Return the number of a mark; 0 for one that has none (首先)."""
    number = NUMBER_OF_MARK.search(marker)
    return parse_number(number.group()) if number else 0


def _is_lack(heading: str) -> bool:
    """Tell a heading that is plainly a lack: 经费不足, 培训条件有待提高, 缺乏专业人才; not 解决经费不足, nor 存在的不足."""
    return PLAIN_LACK.match(heading) is not None and not OF_LACKS.search(heading)


def _next_start(starts: Sequence[_Start], number: int, rank: float, end: int) -> int:
    """Return where the section of a start ends: at the next mark of its rank or above, else at the end."""
    return next((starts[at].at for at in range(number + 1, len(starts)) if starts[at].rank <= rank), end)


def _turns(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch turns to shortcomings somewhere, by a lead-in."""
    return any(is_lead_in(text[low:high]) for low, high in _units(text, start, end))


def _announced(start: _Start, default: str) -> str | None:
    """Return the role that a heading announces. Items and long sentences announce none, small numbers only two roles."""
    if start.kind in ("item", "word") or len(start.heading) > LONGEST_ANNOUNCEMENT:
        return None
    role = load_roles().of(start.heading)
    if role == "problems" and WORKS_ON.match(start.heading):
        return None  # 抓好薄弱村组建设
    if role in ("plan", "background") and _is_lack(start.heading):
        return None  # 任务推进不平衡
    if start.rank >= LEVEL["ordinal"] and role not in ("problems", "measures"):
        return None
    return None if default == "plan" and role == "achievements" and not LOOKED_BACK.search(start.heading) else role


def _section(
    start: int,
    end: int,
    level: int,
    marker: str,
    heading: str,
    heading_end: int,
    role: str,
    parent: int | None,
    *,
    assumed: bool,
) -> Section:
    return Section(
        start=start,
        end=end,
        level=level,
        marker=marker,
        heading=heading,
        heading_end=heading_end,
        role=role,
        parent=parent,
        assumed=assumed,
    )


def _starts(text: str) -> Iterator[_Start]:
    at = 0
    for line in text.split("\n"):
        indent = _indent(line)
        if match := LINE_MARK.match(line, indent):
            kind = MARKS[int((match.lastgroup or "m0")[1:])][0]
            yield _start(text, at + indent, kind, match.group(), opens_line=True)
        yield from _inline_starts(text, at, line)
        at += len(line) + 1


def _inline_starts(text: str, offset: int, line: str) -> Iterator[_Start]:
    """Yield the marks inside a paragraph that belong to a run 一是…二是… or 1、…2、…"""
    runs: dict[str, list[re.Match[str]]] = {}
    indent = _indent(line)
    for match in INLINE_MARK.finditer(line, indent + 1 if indent else 0):
        runs.setdefault(match.lastgroup or "", []).append(match)
    for kind, matches in runs.items():
        opened = LINE_MARK.match(line, indent)
        if len(matches) > 1 or (opened and MARKS[int((opened.lastgroup or "m0")[1:])][0] == kind):
            for match in matches:
                yield _start(text, offset + match.start(), kind, match.group(), opens_line=False)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip()) if line[:1].isspace() else 0


def _start(text: str, at: int, kind: str, marker: str, *, opens_line: bool) -> _Start:
    begin = at + len(marker)
    stop = HEADING_STOP.search(text, begin, begin + LONGEST_HEADING)
    end = stop.start() if stop else min(len(text), begin + LONGEST_HEADING)
    if not stop and end < len(text):
        comma = text.rfind("，", begin, end)
        end = comma if comma > begin else end
    return _Start(at, kind, marker, text[begin:end].strip(), end, opens_line, LEVEL[kind])


def _with_styled(text: str, starts: Sequence[_Start], headings: Sequence[tuple[int, int]]) -> list[_Start]:
    """Return the starts with those of headings that have a style and no mark.

    Where marked headings have styles too, one without a mark stands beside those of its level; else it is above all marks.
    A first heading whose level no other has is the title.
    """
    marked = {start.at: start.rank for start in starts if start.opens_line}
    ranks: dict[int, float] = {}
    for at, level in headings:
        at += _indent(text[at : at + LONGEST_HEADING])
        if at in marked:
            ranks[level] = min(marked[at], ranks.get(level, len(MARKS)))
    levels = Counter(level for _, level in headings)
    found = list(starts)
    for number, (at, level) in enumerate(headings):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        at += _indent(text[at:end])
        if at in marked or end - at > LONGEST_HEADING or (number == 0 and levels[level] == 1):
            continue
        outer = [rank for other, rank in ranks.items() if other < level]
        rank = ranks[level] if level in ranks else (max(outer) if outer else -10) + level / 10
        found.append(_Start(at, "styled", "", text[at:end].strip(), end, True, rank))
    return sorted(found, key=lambda start: start.at)


def find_sentences(text: str, sections: Sequence[Section]) -> list[Sentence]:
    """Return the sentences in order, each with its innermost section and the role in which it speaks."""
    starts = [section.start for section in sections]
    outer_of = _outer_sections(sections)
    found: list[Sentence] = []
    leading: str | None = None  # role that a lead-in set, until the writer turns away
    lead_section = -1
    label: str | None = None  # role that a label set, until the next label or the next section of its level or above
    label_level = 0
    carried = False  # a lead-in closed its line: the next one goes on with it
    suggested = -1  # end of the line in which suggestions stand
    before = False  # under a heading of two parts shortcomings have not begun
    proving = -1  # end of the paragraph whose first sentence admits lacks
    planned = -1  # section in which a list of works that are planned has begun
    units = list(_units(text))
    rules = load_roles()
    answered = _answered(text, units, sections, rules)
    looked_in = False
    for start, end in units:
        at = max(0, bisect_right(starts, start) - 1)
        while sections[at].end <= start and sections[at].parent is not None:
            at = sections[at].parent or 0
        unit = text[start:end]
        section = sections[at]
        if section.start == start and section.level <= label_level:
            label = None
        if label == "problems" and text[start - 1 : start] == "\n" and TURN.match(unit):
            label = None
        if "：" in unit or ":" in unit:  # a label ends with one
            for role, pattern in LABELS:
                if pattern.match(unit):
                    label, label_level = role, section.level
                    break
        outer = outer_of[at]
        if outer == lead_section and TURN.match(unit):
            leading = "measures" if MEASURES_TURN.match(unit) else None
        elif outer != lead_section:
            leading = None
        if section.role != "problems" and is_lead_in(unit):
            leading, lead_section = "problems", outer
            carried = text.startswith("\n", end) and ROW_FOLLOWS.search(unit) is not None
        elif carried and start and text[start - 1] == "\n":
            carried = False
        if start > suggested and SUGGESTS.match(unit):
            suggested = text.find("\n", end)
            suggested = len(text) if suggested < 0 else suggested
        role = "measures" if start <= suggested else label or leading or section.role
        if start < proving:
            if NO_PROOF.search(unit):
                proving = -1
            elif role in ("background", "achievements"):
                role = "problems"
        elif (
            unit[-1] == "。"
            and (section.start == start or text[start - 1] in BREAKS)
            and (role == "background" or section.assumed)
            and TWO_LACKS.search(unit)
            and not NO_PROOF.search(unit)
            and not OF_LACKS.search(unit)
        ):
            role = "problems"
            proving = text.find("\n", end)
            proving = len(text) if proving < 0 else proving
        if section.start == start and role == section.role and role != "problems" and _in_itself(section):
            role = "problems"
        if role != "problems" and (
            start in answered
            or _owns(
                unit,
                role,
                head=section.start == start and bool(section.marker) and (role == "measures" or not section.assumed),
                rules=rules,
            )
        ):
            role = "problems"
        if (
            looked_in
            and role != "problems"
            and section.start == start
            and section.marker
            and ANY_LACK.search(unit)
            and not rules.not_admitted.search(unit)
        ):
            role = leading = "problems"
            lead_section, carried = outer, False
        looked_in = ("剖析" in unit or "自我" in unit or "对照" in unit or "分析" in unit) and LOOKS_IN.search(
            unit
        ) is not None
        if role == "problems" and section.start != start and DONE.match(unit) and _in_measures(sections, section):
            role = "measures"
        if role in ("plan", "measures") and IN_PASSING.match(unit) and not NOT_IN_PASSING.search(unit):
            role = "problems"
        if (
            "不" in unit
            and role != "problems"
            and STUCK.search(unit)
            and HINDERED.search(unit)
            and not NOT_HINDERED.search(unit)
        ):
            role = "problems"
        if section.start == start:
            before = role == "problems" and MIXED.search(section.heading) is not None
        elif before:
            before = role == "problems" and ANY_LACK.search(unit) is None
            if before:
                role = "background"  # 一、现状与问题, and first how things are
        if role == "problems":
            if ANY_LACK.search(unit) is not None:
                planned = -1
            elif PLANNED.search(unit) is not None:
                planned = outer
            if planned == outer:
                role = "plan"
            elif unit[0] in GIVES_HEART and (PROMISES.match(unit) or HEARTENS.match(unit)) and not DOUBTS.search(unit):
                role = "measures"
        else:
            planned = -1
        assumed = section.assumed and role == section.role and not (label or leading)
        found.append(Sentence(start=start, end=end, section=at, role=role, assumed=assumed))
        if (
            leading == "problems"
            and not carried
            and end < len(text)
            and text[end] == "\n"
            and not _enumerates(text, end + 1)
        ):
            leading = None
    return found


def _answered(text: str, units: Sequence[tuple[int, int]], sections: Sequence[Section], rules: Roles) -> set[int]:
    """Return where the sentences begin that say the fault of a point before what was done about it (… 整改情况：…)."""
    found: set[int] = set()
    if "整改" not in text and "责任" not in text:
        return found
    heads = {section.start: section.marker for section in sections if section.marker}
    behind = -1  # the last answer
    for number, (start, _) in enumerate(units):
        if ANSWER.match(text, start) is None:
            continue
        faults: list[int] = []
        for begin, end in reversed(units[max(behind + 1, number - FAR_BACK) : number]):
            unit = text[begin:end]
            if ANY_LACK.search(unit) and not NOT_OWNED.match(unit) and not rules.not_admitted.search(unit):
                faults.append(begin)
            if (marker := heads.get(begin)) and not _goes_on(marker):
                found.update(faults)
                break
        behind = number
    return found


def _goes_on(marker: str) -> bool:
    """Tell a mark inside a point, behind the first of its row: 二是, ②."""
    if "①" <= marker[0] <= "⑳":
        return marker[0] > "①"
    return LINE_ITEM.match(marker) is not None and not marker[0].isdigit() and place_of(marker) > 1


def _in_measures(sections: Sequence[Section], section: Section) -> bool:
    """Tell a section right below one whose heading tells of measures or deeds."""
    above = sections[section.parent or 0]
    return above.role in ("measures", "achievements") and not above.assumed


def _owns(unit: str, role: str, *, head: bool, rules: Roles) -> bool:
    """Tell a sentence that owns a lack among measures, deeds or plans: the head of a point, what came to light, what is worked against."""
    if head and role in ("measures", "achievements", "plan") and rules.admit(unit):
        return True
    if "针对" in unit and (match := AGAINST.search(unit)) and rules.admits.search(match["lack"] + "。"):
        return RESOLVED.search(unit) is None
    if (
        ("发现" in unit or "显" in unit or "暴露" in unit or "反映" in unit or "折射" in unit or "看出" in unit)
        and (match := EXPOSED.search(unit))
        and rules.admits.search(match["lack"])
        and not SET_RIGHT.search(unit)
    ):
        return True
    if not ("但" in unit or "可" in unit or "而" in unit or "实" in unit) or FELL.search(unit) is None:
        return False
    match = FALLS_SHORT.search(unit)
    return match is not None and (match["lack"] is None or rules.admit(match["lack"] + "。"))


def _in_itself(section: Section) -> bool:
    """Tell an item that is plainly a lack (二是设施简陋) where no heading says that something else is told."""
    return (section.assumed or section.role == "background") and bool(section.marker) and _is_lack(section.heading)


def is_lead_in(unit: str) -> bool:
    """Tell a sentence after which shortcomings are told (…主要表现在以下几个方面：), by its last clause that names them."""
    if LED_TO.search(unit) is None:
        return False
    for match in LEAD_IN.finditer(unit):
        clause = unit[unit.rfind("，", 0, match.start()) + 1 : match.end() + 14]
        if not NOT_LEAD_IN.search(clause):
            return True
    return False


def _units(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    for match in SENTENCE.finditer(text, first, len(text) if last is None else last):
        start, end = match.span()
        while start < end and text[start] in BLANKS:
            start += 1
        if start < end:
            yield start, end


def _outer_sections(sections: Sequence[Section]) -> list[int]:
    """Return, for each section, the one above or before the enumeration (一是 …, 1、 …) that it belongs to, or its own index."""
    outer: list[int] = []
    for at, section in enumerate(sections):
        before = at - 1 if section.parent is None else section.parent
        outer.append(outer[before] if at and LINE_ITEM.match(section.marker) else at)
    return outer


def _enumerates(text: str, at: int) -> bool:
    return LINE_ITEM.match(text, at) is not None
