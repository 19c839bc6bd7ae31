"""Names without quotation marks: 实施残疾人安居托底工程, 第三届山城美食节, 十佳护林员.

Such a name begins behind a verb or a particle and closes with a head noun; an ordinal may stand for the verb.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp.activity_lexicon import AWARD_VERBS, COUNTED, HAN, SHORTEST, Hits, Lexicon, Proposal, plain, spoilt
from nlp.places import codes_of, flags_of
from nlp.surnames import load_surnames

_REACH = 24  # characters before a head in which a bare name begins
# Whose honour it is, which is no part of its name: X市, 石桥市教育系统.
_HONOURS_PLACE = re.compile(
    rf"(?:[×xXｘＸ*＊_某]{{1,4}}[省市县区州镇乡]|(?:(?!全)[{HAN}]){{2,3}}[省市县区](?![民场容域直]))(?:[{HAN}]{{2,4}}系统)?级?|[{HAN}]{{2,4}}系统"
)
_INNER_HEAD = re.compile(
    r"(?:工程|行动|计划|活动|项目|制度|大赛|比赛|竞赛|球赛|晚会|运动会|论坛|艺节|美节|技节|文节|旅节|育节|文化节|艺术节)[和与及、]"
)
_SCOPE = re.compile(
    r"^(?:(?:全|我|本|各|该)(?:国|省|市|县|区|镇|乡|村|州|街道|社区|系统|校|院|局|公司)(?:妇联|工会|团委)?|"
    r"(?:一|两|[二三四五六七八九十0-9]+)(?:多|余)?(?:个|项|次|场|批|期|轮|大|所|家|支)|第[一二三四五六七八九十0-9]+个(?:全国)?|(?:国家|省|市|县|区|镇)级|首批|新一轮|新一届|当前|目前|今年|其中|包括|好|了|一年一度|系列(?!化)|以[上下]|和|与|及|暨)"
)
_ORDINAL = re.compile(
    r"(?:首届|第[一二三四五六七八九十百0-9]{1,4}届|20[0-9]{2}年|(?<![0-9])20[0-9]{2}(?![0-9多余所个家名人亿万]))"
)
_ORDINAL_EVENT = re.compile(
    r"(?:首届|第[一二三四五六七八九十百0-9]{1,4}届)"
    rf"(?:(?![的等在和与及]|组织|举办|开展|召开|委员|成员)[{HAN}·“”]){{1,16}}?(?<![环关章调时])"
    r"(?:节(?![约目日能点假气奏俗水])|大赛|联赛|比赛|竞赛|锦标赛|邀请赛|挑战赛|运动会|[冬农残青民]运会|论坛|博览会|展览会|展销会|推介会|洽谈会|交易会"
    r"|联谊会|灯会|庙会|花会|迎春会|歌会|招聘会|研讨会|开放周|体验周|晚会|书画展|摄影展|文化周|文化月)”?"
)
PLACE = re.compile(
    rf"(?:(?:(?![在于的为由到和与了对全将以好协召举赴]|获(?!嘉)|(?<=召)开|(?<=[举承主协])办)[{HAN}]){{2,3}}(?:省|市|县|区|州|镇|乡)|中国|全[国省市县区])$"
)
# Meetings that statutes call for are work, and no activities: 第九次妇女代表大会, 第三届职工代表大会第一次会议, 党员大会.
_STATUTORY = re.compile(
    "代表(?:大会|会议)|全体会议|全会|执委会?|常委会|委员会(?:会议)?$|联席会|选举大会|换届大会|党员大会|职代会|团代会|妇代会|党代会"
)
_JOINT_ENDS = "大会|仪式|座谈会|推进会|动员会|总结会|表彰会|汇报会|研讨会|交流会|晚会|论坛|会议|演出|比赛|大赛|竞赛|活动|培训班|讲座"
_JOINT = re.compile(  # …成立暨…大会: two occasions in one event
    rf"暨(?!世界反法西斯)(?:(?![的了在将])[{HAN}0-9“”·]){{2,22}}?(?:{_JOINT_ENDS})(?!室|中心|制度|精神|纪念碑)"
    r"(?:第[一二三四五六七八九十0-9]{1,3}次(?:全体)?(?:会议|大会)|活动)?"
)
# A drive of which a stage is opened or closed.
_STAGE_OF = re.compile(
    rf"(?:全[国省市县区镇乡校院局])?(?P<drive>(?P<name>[{HAN}]{{2,10}}年)活动)(?=[{HAN}]{{0,6}}(?:阶段|动员|部署|总结|推进|会))"
)
_PLAIN_MEETING = re.compile(
    "(?:年度|年终|半年|上半年|工作|总结|表彰|动员|部署|推进|启动|培训|学习|交流|经验|座谈|先进|大会|会议?|暨)+"
)
_JOINT_OPENS = re.compile(
    r"(?:召开|举行|举办|组织|开展|承办|主办|协办|筹办|策划|参加|参与|出席|筹备|迎接|协助|指导|配合|抓好|做好|办好)(?:了|好)?"
    r"|[，。；：、！？（）()\s]|[的了在]|[0-9]+[月日]|(?:今|去|当|同)年|(?:我|本)(?:省|市|县|区|州|镇|乡|村|校|院|会|局|街道)"
)
_AWARDED = re.compile(  # a list of honours behind the verb that awards them
    rf"(?:{'|'.join(AWARD_VERBS)})(?:了|为)?(?P<list>[{HAN}0-9、“”·]{{3,80}})"
)
_PRAISED = (  # a unit of some kind that came up to a model: 卫生村, 花园式单位
    rf"(?:绿色|文明|平安|卫生|生态|节水|无烟|诚信|书香|示范|美丽|廉洁|园林|花园|特色)(?:(?![的了和与及等])[{HAN}]){{0,4}}?"
    r"(?:学校|社区|小区|村庄|村镇|乡镇|单位|机关|企业|工厂|医院|校园|楼院|庭院|村|户)"
)
_AWARD = re.compile(  # one of them: its level or year, its name, its number
    rf"(?:(?:20[0-9]{{2}}年度?|全[国省市县区镇乡校院]|(?:国家|省|市|县|区|镇|校|院|部|厅)级|首[批届])的?)*"
    rf"(?:[{HAN}]{{2,3}}(?:省|市|县|区|镇|乡)(?![民长场容域直]))?(?:[省市县区](?![民长场容域直]))?"
    rf"(?P<name>(?:最美[{HAN}]{{2,5}}?|(?:先进|优秀|模范|示范|红旗|文明|最佳)[{HAN}]{{2,8}}?(?=等?(?:荣誉|光荣)?称号)|示范性[{HAN}]{{2,6}}(?:基地|单位|学校|社区|园)|[{HAN}]{{4,10}}?先进(?:单位|集体|个人|工作者)|{_PRAISED}|[{HAN}·]{{2,8}}?(?:创新奖|贡献奖|标兵|先锋|之星|工匠|能手|先锋班|示范班|(?<![培学兴毕进研补修导集先])(?<![训习趣业修习导])班)))"
    r"(?:[0-9]+[名个位人家户支])?(?:等?(?:荣誉|光荣)?称号|等荣誉|等)?"
)
# One more in a row of honours, before or behind one that is known: 最美家庭、清廉家庭; 三八红旗手9人、优秀妇联干部8人.
_ROW_ITEM = (
    rf"(?:全[国省市县区镇乡校院]|(?:国家|省|市|县|区|镇|校)级|[{HAN}]{{2,3}}[省市县区](?![民长场容域直])|第[一二三四五六七八九十0-9]+届)?"
    rf"(?P<name>(?:优秀|最美|最佳|十佳|金牌|星级|模范|杰出)(?!奖)(?:(?![的了和与及等])[{HAN}]){{1,7}}?(?:者|干部|员|师|标兵|能手|之星|岗|户|班长|工匠|社长|村官|家长|会长|主席|站长|集体|之家|团队)"
    rf"|(?:(?![的了和与及等每各家个户])[{HAN}]){{2,4}}家庭|{_PRAISED}"
    rf"|先进(?:基层)?(?:党组织|党支部|集体|个人|单位|班组)|身边好人|道德模范"
    rf"|(?:最美|最佳|十佳)(?:(?![的了和与及等])[{HAN}]){{2,6}}?(?=[0-9]{{1,4}}[名个位人家户支对])"
    rf"|(?:(?![的了和与及等])[{HAN}]){{2,6}}(?:标兵|能手|之星|好班长|工匠|先锋岗|示范岗|示范户|红旗手|红旗集体|文明岗))"
)
_MOVING = re.compile(rf"感动[{HAN}]{{2,4}}?(?:年度|十大)?人物")  # 感动石桥人物
# Good people of a kind, nominated or listed: 暖心好班长名单, 河口市贴心好护士经推荐.
_GOOD_PEOPLE = (
    "班长|干部|教师|老师|医生|护士|青年|少年|队员|邻居|媳妇|婆婆|公婆|儿女|儿媳|女婿|母亲|父亲|妈妈|丈夫|妻子|军嫂|警嫂|支书|书记|员工|职工|工友|司机|民警"
    "|警察|法官|村医|家长|校长|园丁|河长|农民|店主|队长|榜样|团员|党员|辅导员|调解员|网格员|乘务员|快递员|保育员|同学|学生|村官|组长"
)
_GOOD = re.compile(
    rf"好(?:{_GOOD_PEOPLE})"
    r"(?=名单|的?(?:评选|推荐|推选|申报|候选|称号|荣誉)|经(?:推荐|评选|公示)|候选|参评|等(?:荣誉|称号|奖项)|[0-9]{1,3}[名位个人])"
)
_GOOD_OPENS = re.compile(
    rf"(?:\A|[，。；：、！？）()（\n\s“]|[和与及]|(?:评选|表彰|评出|推选|选树|选出|评为|授予|荣获|推荐|申报|命名|争创|争当|开展|参加|报名)(?:了|出)?)"
    rf"(?:全[国省市县区镇乡校院]|[{HAN}]{{2,3}}[省市县区](?![民场容域直])|(?:国家|[省市县区镇校])级|第[一二三四五六七八九十0-9]+届|首届|20[0-9]{{2}}年度?)*"
    rf"(?P<name>(?!评|选|表彰|授予|推荐|命名|争|开展|涌现|获|寻找|树|一批)(?:(?![的了和与及是很最更省市县区们做当])[{HAN}]){{1,4}})$"
)
_ROW_NUMBER = r"(?:[0-9]{1,4}(?:余|多)?[名个位人家户支对])?"
_ROW_NEXT = re.compile(
    rf"(?:{_ROW_NUMBER}(?:、|和|与|及|以及)|(?<![0-9])[0-9]{{1,4}}(?:余|多)?[名个位人家户支对]，){_ROW_ITEM}(?=[0-9、，。；,;\n”（(]|[和与及等共各](?!谐)|(?:的)?评选|称号|荣誉|名单|\Z)"
)
_ROW_LAST = re.compile(
    rf"(?:评选|评选表彰|表彰|评出|推选|选树|选出|评为|授予|荣获|推荐|申报|命名|[、和与及，。；])(?:了|出)?(?!优秀){_ROW_ITEM}{_ROW_NUMBER}(?:、|和|与|及)\Z"
)
_ROW_CHOSEN = re.compile(
    r"评选|表彰|评出|推选|选树|选出|评为|评比|授予|荣获|推荐|推送|报送|上报|选送|报名|申报|命名|争创|争当|涌现|获评|评定|创建|创成"
)
_ROW_REACH, _LONGEST_ITEM = 60, 18  # characters
# What is done at one time everywhere, as a name: a verb of checking or mending, its object, and what a drive has.
_TOGETHER = re.compile(
    rf"(?P<name>(?:集中|专项)(?:清查|整治|清理|治理|排查|打击|整顿|清欠|清收|督查|检查|普查|化解|攻坚|执行|巡查)(?:(?![的了在和与及等对个次场或][一-龥]|开展|工作)[{HAN}]){{2,6}}?)活动"
    r"(?P<planned>(?:实施|工作)?方案|动员|领导小组|的?(?:会议|通知|意见)|[与和][^，。；\n]{1,6}同步)?"
)
_STARTS_DRIVE = re.compile(
    r"(?:开展|组织|部署|实施|启动|搞|推进|抓好|深化)(?:了|好)?(?:[全我][国省市县区镇乡校])?(?:范围内)?的?\Z"
)
# A model village of some kind, as somebody chose or made it: 列为30个生态宜居样板村.
_MODEL_VILLAGE = re.compile(
    rf"(?:列[为入]|评为|建成|创成|命名为|确定为|认定为|打造|创建|评选|培育|选树|新增)了?(?:[0-9]{{1,4}}个)?(?:(?:国家|[省市县区])级)?"
    rf"(?P<name>(?:(?![的了在和与及等级个批首重])[{HAN}]){{4,9}}?(?:示范|样板|精品|标杆)(?:村(?!民|委)|(?:户|社区|庭院|院落|街区|窗口|家庭)(?=[0-9])))"
)
_SO_MANY_YEARS = ("三年", "五年", "两年")
# A list that 称号 closes, behind a verb of striving: 争取优秀小分队、先进书屋之家等称号.
_STRIVEN = re.compile(
    rf"(?:争取|争创|力争|争当|争评)(?:了|到|获|获得)?(?P<list>[{HAN}0-9、“”·]{{3,60}}?)等?(?:荣誉|光荣)?称号"
)
_STRIVEN_ITEM = re.compile(
    rf"(?:全[国省市县区镇乡校院]|(?:国家|[省市县区镇校院部厅])级|(?:国家|[省市县区]))?"
    rf"(?P<name>(?=[{HAN}]{{0,8}}(?:优秀|先进|模范|红旗|示范|文明|最美|十佳|星级|标兵|五好|金牌))(?:(?![的了在和与及])[{HAN}]){{4,14}})"
)
_NO_AWARD = re.compile(
    r"培训|学习|补习|辅导|优秀班|优秀奖|[一二三]等|各类|一批|一名|作用|担任|开办|举办|[的了在为和与及]"
)
_COMMON_VOLUNTEERS = frozenset(
    [
        "青年",
        "党员",
        "社区",
        "妇女",
        "学生",
        "职工",
        "医务",
        "法律",
        "文艺",
        "环保",
        "助残",
        "普法",
        "心理",
        "专业",
        "爱心",
        "企业",
        "高校",
        "机关",
        "大量",
        "社会",
        "各类",
        "一支",
        "两支",
        "多支",
        "本地",
        "成立",
        "组建",
    ]
)
_LIST_MARKS = frozenset("、和与及")
_SEPARATOR = re.compile(r"[、和及与]")
ITEM_ENDS_BY = re.compile(r"、|和(?![谐睦美])|与|及(?!时)|以及")  # between the members of a list of names
_HOLDER = re.compile(
    rf"(?:^|[，。：\s“]|召开|举行|召开了)(?P<body>(?!召开|举行|举办|参加|出席|在|了)[{HAN}]{{2,8}}(?:村|社区|学校|学院|大学|中学|小学|公司|医院))$"
)
# 百名法官进万家, 十万农户学技术: a round number of people and what they do, as an item of a list or before 活动.
_MANY = re.compile(
    r"(?<![0-9一二两三四五六七八九十百千万几数上近约共有余多第])(?:[百千万]|十万|百万|千万)"
    rf"(?:[名户个家支]|(?=[{HAN}]{{0,3}}[女民工生员户]))(?:(?![的了在和与及上下余多元人次份亩吨册])[{HAN}])"
    rf"(?:(?![的了和与及])[{HAN}]){{4,11}}?(?=[、，；。\n”]|活动|行动|工程|大赛|竞赛)"
)
_MANY_OPENS = re.compile(r"(?:开展|实施|启动|深化|推进|组织|召开|举办|抓好|做好|以|[、和与及“])(?:了|好)?$")
_MANY_DO = re.compile("[学进访联帮助创争送建下讲结献挂包育比评兴]")
_MEETS = re.compile(rf"在(?:[{HAN}*＊]{{1,10}}?)(?:隆重|圆满|顺利)?(?:召开|举行|举办|开幕)")
_HOLD = ("召开", "举办", "举行", "承办", "主办", "协办")
_NOUNS_TOO = frozenset(
    ["创建", "评选", "表彰", "推进", "推动", "提升", "争创", "深化", "巩固", "落实"]
)  # verbs that close a name too
_BEFORE_HEADS = frozenset(["", "提升", "升级", "提质", "完善", "拓展"])  # 巩固提升工程: such a verb and another
#: Behind one of these stands whose a workshop is.
ROOM_VERBS = "依托|发挥|成立|建立|创建|建成|打造|设立|命名|授予|创办|组建|挂牌"
# A workshop that bears somebody's name: 发挥吴秀英调解工作室作用.
_ROOM_OF = re.compile(
    rf"(?:\A|[，。；：、！？（）()\s]|[和与及由以在]|{ROOM_VERBS})(?:了|为)?"
    rf"(?P<name>(?P<surname>[{HAN}])(?![省市县区镇乡村街])[{HAN}]{{1,2}}?(?:个人|劳模|创新|劳模创新|劳模和工匠人才创新|调解|人民调解|名师|名校长|名班主任|班主任|家事|法律|法律服务|代表|书记|院士|技能大师|技能|大师|首席|品牌|心理)(?:工作|调解)室)\Z"
)
_ROOMS = ("工作室", "调解室")
_LONGEST_ROOM = 18  # characters, with the verb before it
_CHOSEN_TEN = re.compile(rf"十佳[{HAN}]{{2,5}}?(?=[0-9、，。；）\s]|[一二三四五六七八九十]名|评选|称号|和“|荣誉|等)")
# What a drive does, side by side: 开展学模范、讲奉献活动.
_DOES = "学讲树做建促争创爱比献查找强转抓立知懂守提亮访解办传扬"
_PARALLEL = re.compile(
    rf"(?:开展|组织|启动|深化|举办|参加|参与|继续|深入|和|搞好|抓好|以|的)(?:了|好)?"
    rf"(?P<name>[{_DOES}](?:(?![的了在和与及{_DOES}])[{HAN}]){{1,4}}(?:[、，]?[{_DOES}](?:(?![的了在和与及{_DOES}])[{HAN}]){{1,4}}){{0,2}}[、，][{_DOES}](?:(?![的了在和与及])[{HAN}]){{1,4}}?)"
    r"(?:主题|教育|主题教育|实践)?$"
)
_DRIVE_SIGN = re.compile(  # opens with a set of characters, for speed
    "[年月周日进下到争大创评一手寻学题教](?:(?<=[年月周日进下到争])|(?<=题)教育|(?<=教)育实践|(?<=大)(?:讨论|走访|调研|宣讲|排查|培训|比武|练兵)"
    "|(?<=创)建|(?<=评)[议税警企]|(?<=一)帮一|(?<=手)拉手|(?<=寻)找|(?<=学)习)"
)
_DRIVE = re.compile(
    rf"(?:(?:大[{HAN}]{{2}}){{2,}}|双[{HAN}]双[{HAN}]|[{HAN}]{{2,}}(?:[年月周日]|大讨论|大走访|大调研|大宣讲|大排查|大培训|大比武|大练兵|家庭创建|评议|一帮一|手拉手)"
    rf"|送[{HAN}]{{1,4}}(?:进|下|到)[{HAN}]{{1,4}}|[{HAN}]{{2,6}}下乡|[{HAN}](?P<what>[{HAN}]{{1,2}})(?:[{HAN}](?P=what)){{1,3}}(?:主题教育)?"
    rf"|(?=[{HAN}]{{0,4}}(?:理想|信念|敬老|感恩|廉政|党性|宗旨|荣辱|法纪|思源|初心|荣光|职业精神|职业道德|核心价值|民族精神|爱国|诚信))[{HAN}]{{4,12}}(?:主题教育|教育实践)|[{HAN}]{{2,6}}评[税警企]|[{HAN}]{{2,6}}进[{HAN}]{{0,2}}(?:社区|校园|机关|企业|农村|家庭|乡村|军营|万家|农家|村)"
    rf"|(?:争做|争当|争创|创建|寻找|评议|学习)[{HAN}、和]{{4,}}|[{HAN}]{{1,10}}评议[{HAN}]{{4,}})"
)
_MADE = re.compile("(成立|创办|开办|建立|打造|开设|组建)了?的$")  # 为…而成立的银龄书友之家
# Of some years, in the title of a paper; and words that plan for all.
_IN_A_TITLE = re.compile(
    rf"《(?:(?:关于)?(?:印发|实施|开展))?(?:(?:全国|[{HAN}]{{2,3}}[省市县区])(?![民场]))?(?:加快|推进|促进|深化)?(?P<name>(?:(?![的了])[{HAN}]){{4,16}}(?:行动|行动计划|工程|计划))"
    r"[（(](?:19|20)[0-9]{2}(?:年?[-—–~～至到]+(?:19|20)?[0-9]{2})?年?度?[）)](?:实施|工作|推进)?(?:方案|规划|意见|办法|通知)?》"
)
_GENERAL = re.compile(
    r"[一二三四五六七八九十]年|五年|发展(?:行动)?计划$|工作(?:行动)?计划$|规划|建设计划$|总体|重点工程$"
)
# One more programme in a row, and what tells rows of programmes from rows of building work.
_ROW_MEMBER = re.compile(rf"(?:、|和|与|及|以及)(?P<name>(?:(?![的了在将和与及])[{HAN}]){{2,9}})")
_ROW_GOES_ON = frozenset("、和与及以")
_NO_MEMBER = re.compile(
    r"(?:重点|重大|民生|利民|便民|惠民|系列|各项|专项|基础|年度|实事|示范|试点|精品|品牌|一批|多项|其他|主要|系统|联合|集中|统一|整治|执法|攻坚)+(?:工程|行动)"
)
_LONGEST_MEMBER = 9
_ROW_HEADS = ("工程", "行动")
_SHORTEST_TITLE = 5  # characters of a title that a level tells
_SO_MANY_SPLIT = re.compile("[、和与及](?!谐|睦)")
# A row that its number closes: 深化助困先行、助学圆梦、助医暖心三大行动.
_SO_MANY = re.compile("(?P<number>[两三四五六七八九十])[大项个](?P<head>行动|工程|计划|活动)(?![^，。；]{0,2}方案)")
_SO_MANY_NUMBER = {number: value for value, number in enumerate("两三四五六七八九十", 2)}
_SO_MANY_REACH = 110  # characters
_SO_MANY_ITEM = re.compile(rf"(?:(?![的了在将])[{HAN}]){{4,14}}")
# A title of a level, by what it praises: 全省农村科普先进单位, 市级双语教学示范学校.
_OF_LEVEL = re.compile(
    rf"(?:全[国省市县区]|[省市县区]级)(?P<name>(?!重点)(?:(?![的了在和与及各对将为以等批个名次开召推评选树立组做成是抓创给向并被])[{HAN}]){{2,14}}?(?:先进|模范|示范|优秀|百强)"
    rf"(?:单位|集体|个人|工作者|组织|县|市(?!场)|镇|乡镇|乡|村(?!民)|社区|学校|企业|支部|党组织|党支部|妇代会|工会|家庭|基地|机关|班组|岗(?!位)|户))"
    rf"(?=[0-9、，。；！\s”）（《]|\Z|等?(?:荣誉)?称号|荣誉|[和与及等](?!谐)|之一|[一二三]等奖|表彰|行列|名单)"
)
_SHORTEST_SPECIAL = 6  # characters: 护渔百日专项
_DOING = frozenset(
    ("实施", "推进", "启动", "开展", "深化", "抓好", "做好", "推行", "落实", "打造", "组织", "抓实", "推动")
)
_LEADS_ROW = re.compile(r"(?:(?P<verb>主推|主抓|推出|突出|狠抓|着力|重点)(?:抓好|实施)?|好|了)")
_WORKS = re.compile(
    r"建设|改造|[硬亮绿净]化|管网|道路|公路|铁路|[桥楼渠堤坝库河渔]工|水库|灌区|泵站|[供给排引调改]水|排污|污水|饮水|饮用水|垃圾|加固|扩建|续建|修复|治理|整治|防洪|电网|厂房|安置|搬迁|拆迁"
    r"|土建|主体|附属|安装|装修|装饰|维修|修缮|配套|开发|机场|供[热气电]|改厕|危房|农田|绿地|园林|景观|水利|交通|沼气|电力|天然林|退耕|造林"
)
# What is built: a 工程 of such words is no programme.
_BUILDING = re.compile(
    r"[新改扩续重修翻]建|翻[新修]|拓宽|改造|[硬亮绿净美]化|管[网道线廊]|[污雨供排引调给饮]水(?!安全)|雨污|分流|提标|步道|水[渠库坝毁]|[河渠沟航]道|清淤|疏浚|道路|公路|铁路|[街桥隧堤坝渠闸]{1,2}(?=[\u4e00-\u9fff]*(?:修|建|拓|固|整治))"
    r"|加固|除险|安置[房点区]|厂房|垃圾|中转站|电梯|外墙|保温|加装|围墙|操场|校舍|楼[宇房栋]|护坡|护岸|边坡|景观|绿道|路[灯面基网]|泵站|灌区|灌溉|高标准农田|输[变配]电|电网|变电|充电桩|停车场|基建|流域|[河湖江溪沟渠][\u4e00-\u9fff]{0,6}(?:治理|修复)|公厕|改厕|危桥|渠系|防洪|堤防|码头|机场|养护|截污|净水|自来水|天然气|供[热暖气]|装[修饰]|屋顶|房屋"
)
_ROUND = re.compile("[百千万十]{1,2}[名户个家支]?[妇女农职青学干党教工村企人]")  # 百万妇女培训计划
_MODEL = ("示范", "惠民", "民心", "富民", "便民", "暖心")
_FOR_PEOPLE = re.compile(
    r"素质|素养|维权|帮扶|帮助|救助|援助|创业|就业|关爱|文明|家庭|家风|暖|先锋|头雁|人才|成才|成长|培训|教育|健康|信用|廉|党建|惠民|富民|强基|连心|民心|助学|助残|[女职员青]工|会员|青年|青春|巾帼|巧手|技能|能力|安居|文化"
)
# A drive by which other work is done: 以…行动为总抓手.
_AS_VEHICLE = re.compile("(?:创建)?为(?:总|重要|主要|有力)?(?:抓手|载体|契机|龙头|牵引|依托|平台|突破口)")
_ASKED_FOR = ("要求", "部署", "安排", "的要求", "的部署", "的安排", "总体要求", "工作要求")
ACCORDING = ("按照", "根据", "遵照", "围绕", "落实")
LEVEL_FIRST = re.compile(
    r"[省市县区镇](?![委政场民容域直级内外区城长局府际属道郊中辖情])"
)  # who set it up: 县春季灭蝗行动
# Before 专项行动 that opens its clause, nobody who acts stands: 隐患清零专项行动共排查420处.
_ACTORS = re.compile(
    r"[局委办厅院部队站所]|机关|部门|[我本各该此其]|全[国省市县区镇乡]|单位|干部|工作|行动|活动|[0-9一二两三四五六七八九]"
)
_SHORTEST_BEHIND_LEVEL = 3  # 依托区云岭红艺术团
_STARTS_CLAUSE = frozenset(("", *"\n，。；：！ \u3000"))
_SPENT = re.compile(
    r"(?:今|本|当|去|明|每|全|近|前|后|上|下|同|一|二|三|五|两|半|几|多|[0-9])[年月周日]$|节日$|假日$|生日$|平日$|周年$"
)


def read_bare(text: str, hits: Hits, others: Sequence[Proposal], lexicon: Lexicon) -> list[Proposal]:
    """Return the names without quotation marks; `others` are names found already, where a list may go on."""
    found = list(_read_heads(text, hits, others, lexicon))
    found += _read_rows_of_programmes(text, hits, lexicon)
    if (ten := text.find("十佳")) >= 0:
        found += [Proposal(*m.span(), m[0], "honour", "activity/ten") for m in _CHOSEN_TEN.finditer(text, ten)]
    ordinal, joint, good, moving, many, titles, together, model, so_many, of_level, listed = _signs(text)
    found += filter(None, (_with_place(text, match) for match in ordinal))
    found += _read_joint(text, joint, lexicon)
    found += _read_good(text, good)
    found += _read_listed(listed, lexicon)
    found += [Proposal(*match.span(), match[0], "honour", "activity/moving") for match in moving]
    found += _read_many(text, many)
    found += _read_so_many(text, so_many, lexicon)
    found += _read_titles(titles)
    found += _read_together(text, together)
    found += [Proposal(*match.span("name"), match["name"], "honour", "activity/model") for match in model]
    found += _read_rooms(text)
    awards = list(_read_awards(text, hits.awards))
    awards += _read_striven(text)
    awards += _read_of_level(of_level)
    ends = {award.end for award in awards}
    return [p for p in found if p.end not in ends] + awards


def _read_awards(text: str, places: Sequence[int]) -> Iterator[Proposal]:
    """Yield the honours of lists such as 荣获全市技术标兵、服务先锋等称号, each by what it ends in."""
    for place in places:
        match = _AWARDED.match(text, place)
        if match is None:
            continue
        at = match.start("list")
        for item in _SEPARATOR.split(match["list"]):
            award = _AWARD.fullmatch(item)
            if award and not _NO_AWARD.search(award["name"]):
                start, end = at + award.start("name"), at + award.end("name")
                yield Proposal(start=start, end=end, name=award["name"], kind="honour", rule="activity/award")
            at += len(item) + 1


def _read_striven(text: str) -> Iterator[Proposal]:
    """Yield the titles that are striven for, in a list that 称号 closes: 争取优秀小分队、先进书屋之家等称号."""
    closing = text.find("称号")
    while closing >= 0:
        match = _STRIVEN.search(text, max(0, closing - _ROW_REACH), closing + 2)
        at = match.start("list") if match and match.end() == closing + 2 else -1
        for item in _SEPARATOR.split(match["list"]) if match and at >= 0 else ():
            title = _STRIVEN_ITEM.fullmatch(item)
            if title and not _NO_AWARD.search(title["name"]):
                yield Proposal(
                    at + title.start("name"), at + title.end("name"), title["name"], "honour", "activity/award"
                )
            at += len(item) + 1
        closing = text.find("称号", closing + 2)


def read_rows_of_honours(text: str, named: Sequence[Proposal]) -> list[Proposal]:
    """Return the honours that stand in a row with one of `named` (in order, apart) behind a verb of choosing, and are none of them."""
    taken = {position for p in named if p.kind == "honour" for position in (p.start, p.end)}
    starts = [p.start for p in named]
    found: list[Proposal] = []
    for honour in named:
        if honour.kind != "honour" or _ROW_CHOSEN.search(text, max(0, honour.start - _ROW_REACH), honour.start) is None:
            continue
        end = honour.end
        while match := _ROW_NEXT.match(text, end):
            start, end = match.span("name")
            if start in taken or not _is_free(start, end, named, starts):
                break
            if "，" in match[0] and len(match["name"]) < SHORTEST:
                break
            taken |= {start, end}
            found.append(Proposal(start, end, match["name"], "honour", "activity/row"))
        start = honour.start
        while match := _ROW_LAST.search(text, max(0, start - _LONGEST_ITEM), start):
            start, end = match.span("name")
            if end in taken or not _is_free(start, end, named, starts):
                break
            taken |= {start, end}
            found.append(Proposal(start, end, match["name"], "honour", "activity/row"))
    return [p for p in found if not _NO_AWARD.search(p.name)]


def _read_rows_of_programmes(text: str, hits: Hits, lexicon: Lexicon) -> Iterator[Proposal]:
    """Yield the programmes of a row behind a verb of doing, each a name as soon as one must be: 实施巧手工程、维权工程和素质工程.

    None where a member tells of building work.
    """
    for sort in _ROW_HEADS:
        row: list[tuple[int, int]] = []  # where the heads stand
        for number, start, end in hits.heads:
            if lexicon.heads[number] != sort:
                continue
            if row and not (text[row[-1][1]] in _ROW_GOES_ON and _ROW_MEMBER.fullmatch(text, row[-1][1], start)):
                yield from _programmes_of(text, row, sort, lexicon)
                row = []
            row.append((start, end))
        yield from _programmes_of(text, row, sort, lexicon)


def _programmes_of(text: str, row: Sequence[tuple[int, int]], sort: str, lexicon: Lexicon) -> Iterator[Proposal]:
    if len(row) < 2 or spoilt(text, row[-1][1], sort, lexicon):
        return
    left, verb = left_border(text, row[0][0], max(0, row[0][0] - _REACH), lexicon)
    led = _LEADS_ROW.match(text, left, row[0][0])
    left = led.end() if led else left
    if not (verb[:2] in _DOING or (led and led["verb"])) or not 2 <= row[0][0] - left <= _LONGEST_MEMBER:
        return
    starts = [left]
    for (_, end), (start, _) in pairwise(row):
        member = _ROW_MEMBER.match(text, end, start)
        starts.append(member.start("name") if member else end)
    names = [(start, end, text[start:end]) for start, (_, end) in zip(starts, row, strict=True)]
    works = _BUILDING if sort == "行动" else _WORKS
    if works.search("、".join(name for _, _, name in names)) or not any(_FOR_PEOPLE.search(n) for _, _, n in names):
        return
    for start, end, name in names:
        if not _NO_MEMBER.fullmatch(name):
            yield Proposal(start, end, name, "programme", "activity/bare-row")


def _is_free(start: int, end: int, named: Sequence[Proposal], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, end) - 1
    return at < 0 or named[at].end <= start


def _read_many(text: str, signs: Sequence[re.Match[str]]) -> Iterator[Proposal]:
    """Yield the drives of a round number of people: 开展百名法官进万家活动."""
    for match in signs:
        if _MANY_DO.search(match[0]) and _MANY_OPENS.search(text, max(0, match.start() - 4), match.start()):
            end = match.end() + (2 if text.startswith("活动", match.end()) else 0)
            yield Proposal(start=match.start(), end=end, name=match[0], kind="campaign", rule="activity/many")


def _read_of_level(signs: Sequence[re.Match[str]]) -> Iterator[Proposal]:
    """Yield the titles that a level tells: 全省农村科普先进单位."""
    for match in signs:
        if len(match["name"]) >= _SHORTEST_TITLE and not _NO_AWARD.search(match["name"]):
            yield Proposal(*match.span("name"), match["name"], "honour", "activity/award")


def _read_so_many(text: str, signs: Sequence[re.Match[str]], lexicon: Lexicon) -> Iterator[Proposal]:
    """Yield the members of a row that its number closes, where there are so many of them and none stands in marks."""
    for match in signs:
        number, head = _SO_MANY_NUMBER[match["number"]], match["head"]
        stop = match.start() - (text[match.start() - 1 : match.start()] == "等")
        line = text[max(0, stop - _SO_MANY_REACH) : stop]
        items = list(_SO_MANY_SPLIT.split(line))[-number:]
        if len(items) < number:
            continue
        at = stop - len("、".join(items))
        places = []
        for item in items:
            places.append((at, at + len(item)))
            at += len(item) + 1
        first = places[0][1]
        left, verb = left_border(text, first, max(0, first - _REACH), lexicon)
        if verb[:2] not in _DOING:
            continue
        places[0] = (left, first)
        names = [text[start:end].removesuffix("等") for start, end in places]
        if all(_SO_MANY_ITEM.fullmatch(name) for name in names):
            kind = "campaign" if head == "活动" else "programme"
            for (start, _), name in zip(places, names, strict=True):
                yield Proposal(start, start + len(name), name, kind, "activity/bare-row")


def _read_titles(signs: Sequence[re.Match[str]]) -> Iterator[Proposal]:
    """Yield the programmes of so many years that a paper plans: 《渔村医疗提升行动（2019—2021年）方案》."""
    for match in signs:
        if not _GENERAL.search(match["name"]):
            yield Proposal(*match.span("name"), match["name"], "programme", "activity/title")


def _read_together(text: str, signs: Sequence[re.Match[str]]) -> Iterator[Proposal]:
    """Yield the drives that are planned, or begun, to mend one thing everywhere: 集中清理旧账活动方案."""
    for match in signs:
        if match["planned"] or _STARTS_DRIVE.search(text, max(0, match.start() - 9), match.start()):
            yield Proposal(match.start(), match.end("name") + 2, match["name"], "campaign", "activity/together")


def _read_rooms(text: str) -> Iterator[Proposal]:
    """Yield the workshops that bear the name of somebody: 发挥吴秀英调解工作室作用."""
    for room in _ROOMS:
        at = text.find(room)
        while at >= 0:
            end = at + len(room)
            named = _ROOM_OF.search(text[max(0, end - _LONGEST_ROOM) : end])
            if named and named["surname"] in load_surnames():
                yield Proposal(end - len(named["name"]), end, named["name"], "brand", "activity/room")
            at = text.find(room, end)


def read_without_ordinal(text: str, named: Sequence[Proposal]) -> list[Proposal]:
    """Return where a feast or contest that had its number stands once more without: 第三届梨花文化节, and 梨花文化节."""
    names: dict[str, None] = {}
    for event in named:
        if event.kind == "event" and (ordinal := _NUMBERED.search(event.name)):
            rest = event.name[ordinal.end() :]
            if _LEAST_FEAST <= len(rest) <= _LONGEST_FEAST and rest.endswith(_FEASTS):
                names.setdefault(rest, None)
    starts = [p.start for p in named]
    found = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            if _is_free(at, at + len(name), named, starts):
                found.append(Proposal(at, at + len(name), name, "event", "activity/again"))
            at = text.find(name, at + len(name))
    return found


def _read_good(text: str, signs: Sequence[re.Match[str]]) -> Iterator[Proposal]:
    """Yield the titles of good people of a kind that are nominated or listed: 暖心好班长名单, 金牌好护士的评选."""
    for match in signs:
        if before := _GOOD_OPENS.search(text, max(0, match.start() - _ROW_REACH), match.start()):
            start = before.start("name")
            yield Proposal(start, match.end(), text[start : match.end()], "honour", "activity/good")


def _verb_before(text: str, start: int, lexicon: Lexicon) -> str:
    """Return the verb right before a name, or an empty string."""
    left, verb = left_border(text, start, max(0, start - 8), lexicon, nouns=False)
    return verb if left == start else ""


# Events of a list that a word for events closes: 办好采莲节、龙舟赛和水乡美食季等节会.
_LISTED = re.compile(
    rf"(?:举办|承办|办好|举行)(?:了|好)?(?P<list>[{HAN}A-Z0-9“”、·]{{5,80}}?)等(?:[{HAN}]{{0,6}}?)(?P<head>赛事|节会|展会|盛会|盛事|活动)"
)
_OCCASION = re.compile("(?:节|月|季|周|大赛|联赛|公开赛|锦标赛|马拉松|论坛|博览会|展)$")
_SHORTEST_OCCASION, _LONGEST_EVENT = 5, 14


def _read_listed(signs: Sequence[re.Match[str]], lexicon: Lexicon) -> Iterator[Proposal]:
    """Yield the events of such lists; before 活动, those that say by their last word that they are one."""
    for match in signs:
        if "、" not in match["list"]:
            continue
        separators = [*ITEM_ENDS_BY.finditer(match.string, *match.span("list"))]
        starts = [match.start("list"), *(one.end() for one in separators)]
        ends = [*(one.start() for one in separators), match.end("list")]
        for start, end in zip(starts, ends, strict=True):
            item = match.string[start:end]
            if not 3 <= len(item) <= _LONGEST_EVENT or not item.isalnum() or COUNTED.match(item):
                continue
            if match["head"] == "活动" and not (len(item) >= _SHORTEST_OCCASION and _OCCASION.search(item)):
                continue
            if lexicon.generic.fullmatch(item):
                continue
            yield Proposal(start, end, item, "event", "activity/listed")


#: The patterns of names that open with a sign, with the sets that hold its first two characters.
_SIGNS = (
    (_ORDINAL_EVENT, "[首第]", "[届一二三四五六七八九十百0-9]"),
    (_JOINT, "[暨]", rf"[{HAN}0-9“”·]"),
    (_GOOD, "[好]", f"[{''.join(sorted({word[0] for word in _GOOD_PEOPLE.split('|')}))}]"),
    (_MOVING, "[感]", "[动]"),
    (_MANY, "[百千万十]", f"(?![的了在和与及上下余多元人次份亩吨册])[{HAN}]"),
    (_IN_A_TITLE, "[《]", f"[{HAN}]"),
    (_TOGETHER, "[集专]", "[中项]"),
    (_MODEL_VILLAGE, "[列评建创命确认打培选新]", "[为入成名定造建选育树增]"),
    (_SO_MANY, "[两三四五六七八九十]", "[大项个]"),
    (_OF_LEVEL, "[全省市县区]", "[国省市县区级]"),
    (_LISTED, "[举承办]", "[办行好]"),
)


def _signs(text: str) -> list[list[re.Match[str]]]:
    """Return the matches of each pattern of _SIGNS, without overlap, tried only where both characters stand."""
    patterns, firsts, seconds = zip(*_SIGNS, strict=True)
    codes = codes_of(text)
    told = flags_of(*firsts).take(codes[1:-1])
    places = (told != 0).nonzero()[0]
    told = told.take(places) & flags_of(*seconds).take(codes.take(places + 2))
    kept = told.nonzero()[0]
    found: list[list[re.Match[str]]] = [[] for _ in patterns]
    for at, signs in zip(places.take(kept).tolist(), told.take(kept).tolist(), strict=True):
        while signs:
            number = signs.bit_length() - 1
            signs ^= 1 << number
            before = found[number]
            if (not before or at >= before[-1].end()) and (match := patterns[number].match(text, at)):
                before.append(match)
    return found


def _read_heads(text: str, hits: Hits, others: Sequence[Proposal], lexicon: Lexicon) -> Iterator[Proposal]:
    known_ends = {proposal.end: proposal.start for proposal in others}
    ends = sorted(known_ends)
    last, verb = 0, ""  # end of the bare name read last, and the verb before it
    for number, start, end in hits.heads:
        head = lexicon.heads[number]
        if (
            head == "活动"
            and text[start - 1 : start] != "”"
            and (drive := _PARALLEL.search(text, max(last, start - _REACH), start))
        ):
            if not is_span(drive["name"]):
                yield Proposal(
                    drive.start("name"), end, drive["name"].replace("，", ","), "campaign", "activity/bare-campaign"
                )
                last = end
            continue
        if (
            head == "活动"
            and not _says_twice(text, start)
            and _DRIVE_SIGN.search(text, max(last, start - _REACH), start) is None
        ):
            continue
        if spoilt(text, end, head, lexicon):
            continue
        floor = max(last, start - _REACH)
        at = bisect_left(ends, start + 1) - 1
        if at >= 0:
            floor = max(floor, ends[at])
        if floor in known_ends:  # the verb before a name holds for what follows it in a list
            first = known_ends[floor]
            while text[first - 1 : first] in _LIST_MARKS and first - 1 in known_ends:
                first = known_ends[first - 1]
            verb = _verb_before(text, first, lexicon)
        found, verb = _bare_name(text, start, end, floor, head, verb, lexicon)
        if found and head[-1] in "月周" and known_ends.get(end) == found.start:
            continue
        if found and not (end in known_ends and re.search("[和与及、]", found.name)):
            yield found
            last = end


def _with_place(text: str, match: re.Match[str]) -> Proposal | None:
    """Return the event of a match that begins with 第三届, with the place that holds it where that stands before."""
    place = PLACE.search(text, max(0, match.start() - 4), match.start())
    start = place.start() if place else match.start()
    if not place and (body := _HOLDER.search(text, max(0, match.start() - 12), match.start())):
        start = body.start("body")
    for party in ("政协", "中共", "共青团", "中国共产党"):
        if place and text.endswith(party, 0, start):
            start -= len(party)
    name = plain(text[start : match.end()])
    return Proposal(start=start, end=match.end(), name=name, kind="event", rule="activity/ordinal")


def _read_joint(text: str, signs: Sequence[re.Match[str]], lexicon: Lexicon) -> Iterator[Proposal]:
    """Yield the events that are two in one: 召开石桥商会成立暨第一次会员大会."""
    for match in signs:
        floor = max(0, match.start() - _REACH)
        openers = [opener.end() for opener in _JOINT_OPENS.finditer(text, floor, match.start())]
        if floor and not openers:
            continue
        start = openers[-1] if openers else 0
        name = plain(text[start : match.end()])
        left, right = text[start : match.start()], match[0][1:]
        if right.endswith("活动") and left[-1:] not in "周月" and _ends_known(left, lexicon):
            continue  # 春风行动暨就业援助月活动: two drives
        if _STATUTORY.search(name):
            continue
        if (drive := _STAGE_OF.match(left)) and not is_span(drive["name"]):
            yield Proposal(
                start + drive.start("drive"), start + drive.end(), drive["name"], "campaign", "activity/joint"
            )
            continue
        if match.start() - start >= 4 and not COUNTED.match(name) and not _PLAIN_MEETING.fullmatch(name):
            drives = name.endswith(("周系列活动", "月系列活动"))
            name = name.removesuffix("活动")
            if drives:
                name = name.removesuffix("系列")
            yield Proposal(start, match.end(), name, "campaign" if drives else "event", "activity/joint")


def _known_end_of(words: str, kind: str, lexicon: Lexicon) -> str:
    """Return the known name of a kind that longer words end in: 巾帼文明岗 of 去年度云浦巾帼文明岗; "" where they end in none."""
    if words[-2:] not in lexicon.known_last or words in lexicon.known:
        return ""
    for at in range(1, len(words) - SHORTEST + 1):
        if (entry := lexicon.known.get(words[at:])) and entry.kind == kind:
            return words[at:]
    return ""


def _ends_known(words: str, lexicon: Lexicon) -> bool:
    return words[-2:] in lexicon.known_last and any(
        plain(words[at:]) in lexicon.known for at in range(len(words) - SHORTEST + 1)
    )


def _bare_name(
    text: str, start: int, end: int, floor: int, head: str, verb_before: str, lexicon: Lexicon
) -> tuple[Proposal | None, str]:
    left, verb, follows = _border_of(text, start, floor, lexicon)
    if follows and not verb:
        verb = verb_before
    kind = lexicon.bare[head]
    of_years = head == "行动" and text.endswith(_SO_MANY_YEARS, 0, start)  # 央企提质三年行动
    special = of_years or (head == "行动" and text.endswith("专项", 0, start))
    if kind == "programme" and not verb and text.endswith(ACCORDING, 0, left) and text.startswith(_ASKED_FOR, end):
        verb = text[left - 2 : left]
        if level := LEVEL_FIRST.match(text, left, start):
            left = level.end()
    elif special and not verb and not follows and text[left - 1 : left] in _STARTS_CLAUSE:
        acts = _ACTORS.search(text, left, start - (2 if of_years else 0))
        verb = "" if acts or start - left < _SHORTEST_SPECIAL else "开展"
    if kind == "event" and verb[:2] not in _HOLD and _MEETS.match(text, end):
        left, verb = _clause_border(text, start, floor), "召开"
    elif kind == "programme" and not verb and text[left - 1 : left] == "以" and _AS_VEHICLE.match(text, end):
        verb = "开展"
    elif kind in ("brand", "body") and (maker := _MADE.search(text, max(0, left - 4), left)):
        verb = maker[1]
    if not (verb or follows) and kind in _ONLY_DONE:
        return None, verb
    core = text[left:start]
    if split := _INNER_HEAD.search(core):
        left, core, follows = left + split.end(), core[split.end() :], bool(verb or follows)
    if kind in ("body", "brand") and verb and (level := LEVEL_FIRST.match(core)) and len(core) > _SHORTEST_BEHIND_LEVEL:
        left, core = left + level.end(), core[level.end() :]
    if kind == "honour" and (known := _known_end_of(core + head, kind, lexicon)):
        left = end - len(known)
        core = text[left:start]
    elif kind == "campaign" and (known := _known_end_of(core if head == "活动" else core + head, kind, lexicon)):
        return None, verb  # 实现全国科普日活动: read as known
    if kind == "honour" and (place := _HONOURS_PLACE.match(core)):
        left, core = left + place.end(), core[place.end() :]
    while scope := _SCOPE.match(core):
        if lexicon.bare[head] == "event" and scope[0].startswith(("全", "我")):
            break
        left += scope.end()
        core = text[left:start]
    ordinal = _ordinal_of(core) if kind in ("event", "body") else None
    if ordinal and kind == "body" and "届" not in ordinal[0]:
        ordinal = None
    if ordinal:
        kind = "event"
        place = PLACE.search(core, 0, ordinal.start())
        left += place.start() if place else ordinal.start()
        core = text[left:start]
    if COUNTED.search(core[-4:]) or (head == "活动" and text.endswith("”等", 0, left)):
        return None, verb  # “…”、“…”等主题队日活动
    free = kind in ("event", "campaign") or head == "志愿者团队"
    if not (verb or follows or free) or not _BARE_RULES[kind](core, head, verb, lexicon):
        return None, verb
    if lexicon.generic.fullmatch(core):
        return None, verb
    name = core if head == "活动" else core + head
    return Proposal(start=left, end=end, name=name.replace("，", ","), kind=kind, rule=f"activity/bare-{kind}"), verb


def _clause_border(text: str, start: int, floor: int) -> int:
    """Return where the clause up to start begins, behind the last mark or 的."""
    return max(floor, max(text.rfind(mark, floor, start) + 1 for mark in "，。；：、！？\n 的由了"))


def _ordinal_of(core: str) -> re.Match[str] | None:
    """Return the 第三届 or 2024年 that opens the last of the events in core."""
    ordinals = list(_ORDINAL.finditer(core))
    opening = [match for match in ordinals if match.start() and core[match.start() - 1] in "和与及、"]
    return opening[-1] if opening else ordinals[0] if ordinals else None


def _border_of(text: str, start: int, floor: int, lexicon: Lexicon) -> tuple[int, str, bool]:
    """Return where a bare name begins, the verb before it, and whether it follows another name (、…工程)."""
    left, verb = left_border(text, start, floor, lexicon)
    follows = left == floor + 1 and text[floor : floor + 1] in ("、", "和", "与", "及") and floor > start - _REACH
    if not verb and left == floor and text[floor : floor + 1] in ("和", "与", "及"):
        return floor + 1, "", floor > start - _REACH
    return left, verb, follows


def left_border(text: str, start: int, floor: int, lexicon: Lexicon, *, nouns: bool = True) -> tuple[int, str]:
    """Return where the words up to start begin, behind the last verb or particle, and that verb.

    `nouns` says that a verb right before start belongs to the name (…提升行动, …创建活动).
    """
    if mark := lexicon.breaks.match(text, floor, start):  # nothing before the last mark counts
        floor = mark.end()
    found: list[tuple[int, int, str]] = []
    for match in lexicon.border.finditer(text, floor, start):
        word = match[0]
        if nouns and word in _NOUNS_TOO and text[match.end() : start] in _BEFORE_HEADS:
            break
        found.append((match.start(), match.end(), word))
    unbroken = lexicon.unbroken
    for at, end, word in reversed(found):
        if len(word) == 1 and (text[at : end + 1] in unbroken or text[at - 1 : end] in unbroken):
            continue  # 社会, 平等: no border within a word
        return end, word if word[:2] in lexicon.verbs else ""
    return floor, ""


def _says_twice(text: str, start: int) -> bool:
    """Tell whether the words up to start end in a pair that says one word twice: 护河爱河, 读经典诵经典, 双联双促."""
    return (
        text[start - 1 : start] == text[start - 3 : start - 2]
        or text[start - 2 : start] == text[start - 5 : start - 3]
        or text[start - 2 : start - 1] == text[start - 4 : start - 3] == "双"
    )


def named_drive(core: str) -> bool:
    """Tell whether the words before 活动 name one by themselves: …年, …大讨论, 送…进…, 争当…."""
    return bool(_DRIVE.fullmatch(core)) and not is_span(core)


def is_span(words: str) -> bool:
    """Tell whether words end in a stretch of time and not in the year or month of a campaign: 今年, 节日, 三周年."""
    return _SPENT.search(words) is not None


def _bare_campaign(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    if head[-1] in "月周":
        return len(core) >= 2 and not is_span(core)
    return len(core) >= 4 and (head != "活动" or named_drive(core))


def _bare_programme(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    if head == "计划" and verb in ("制定", "完成", "落实", "执行", "根据", "纳入"):
        return False
    if head == "工程" and is_building(core):
        return False
    if head == "行动" and core.endswith(_SO_MANY_YEARS) and 4 <= len(core) - 2 <= 14:
        return not lexicon.generic.fullmatch(core[:-2])
    if _ROUND.match(core) and 6 <= len(core) <= 14 and not _BUILDING.search(core):
        return True
    if core.startswith(("重点", "重大", "一批", "国家重大", "国家重点")) or not 4 <= len(core) <= 20:
        return False
    return not core.endswith(lexicon.generic_endings)


def is_building(core: str) -> bool:
    """Tell whether words before 工程 tell of building work (管网改造工程); one that is to be a model is a programme (配电网示范工程)."""
    return _BUILDING.search(core) is not None and not core.endswith(_MODEL)


def _bare_brand(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    return len(core) >= 2 and bool(verb)


def _bare_honour(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    return 2 <= len(core) <= 10 and verb[:2] in lexicon.opener_kind and lexicon.opener_kind[verb[:2]] != "campaign"


def _bare_event(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    if _ORDINAL.search(core):
        return True
    if head == "节":
        return verb[:2] in _HOLD and 2 <= len(core) <= 12 and core[-1] not in _NO_FEAST
    if head in _FESTIVALS and (place := _PLACE_OPENS.match(core)):
        return place.end() < len(core) or not verb
    return len(core) >= 6 and verb[:2] in _HOLD


def _bare_body(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    if (
        len(core) == 2
        and verb[:2] in ("成立", "组建")
        and head in ("艺术团", "宣讲团", "讲师团", "志愿服务队", "志愿者服务队")
    ):
        return core not in _COMMON_VOLUNTEERS
    known = verb[:2] in ("成立", "组建") or (verb[:2] in ("建立", "创办", "依托") and not head.endswith("中心"))
    if head == "志愿者团队" and len(core) == 2:
        return core not in _COMMON_VOLUNTEERS
    return len(core) >= 3 and (known or (not verb and head.startswith("志愿者")))


_NO_FEAST = frozenset("环关章季细时佳春情礼秋庆午女童师动年阳宵子人士父母两双国期元调小音党八一五三六十")
_NUMBERED = re.compile("(?:首届|第[一二三四五六七八九十百0-9]{1,4}届)")
_FEASTS = ("节", "大赛", "联赛", "运动会", "论坛", "博览会", "展销会", "马拉松")
_LEAST_FEAST, _LONGEST_FEAST = 4, 14  # characters
_FESTIVALS = ("文化节", "艺术节", "旅游节", "美食节", "采摘节", "读书节", "科技节", "运动会")
_PLACE_OPENS = re.compile(  # 云浦镇文化艺术节
    rf"(?:(?![在于的为由到和与了对全将以好协召举赴我本各每该])[{HAN}]){{2,3}}(?:省|市|县|区|州|镇|乡|街道)"
)
_ONLY_DONE = ("programme", "brand", "honour")  # kinds that are names only behind a verb, or behind another name
_BARE_RULES = {
    "campaign": _bare_campaign,
    "programme": _bare_programme,
    "brand": _bare_brand,
    "honour": _bare_honour,
    "event": _bare_event,
    "body": _bare_body,
}
