"""What is counted: 宣传单 in 散发宣传单3000余份 and in 3000余份宣传单.

The noun stands behind the unit or before the number. It is cut out by punctuation, by the light verbs of reports
(发放, 举办, 配备 …) and by the words that lead up to a number (共, 达, 约 …). No parser: a first guess, made quickly.
The verbs are in `nlp/data/counted.toml`, with the words that begin a noun though their first character does not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from ingest.sheets import HEAD_UNIT, IS_UNIT, SERIAL
from nlp.taxonomy import first_characters
from nlp.word_lists import read_lists

REACH = 24  # characters looked at on either side

_BREAKS = "，。；：！？、,;!?\n\r\t \u3000|\ufffd"
_PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『", "‛": "‚", "》": "《", "〉": "〈", "）": "（", ")": "("}
_QUOTED = frozenset("“‘「『‚《〈")
_CLOSING = {opening: closing for closing, opening in _PAIRS.items()}
_EDGES = "“”‘’「」『』‚‛《》〈〉 \u3000·,，.:：0123456789%的和与及、"
_OUTER_EDGES = _EDGES.translate({ord(mark): None for mark in "“”"})

#: Words with which no noun begins: behind a unit they say that the noun stands before the number.
_NO_NOUN_SURE = frozenset(
    f"{_BREAKS}）)》”’]】+*0123456789获虽已均都被为是到在占由把将向给从与和及并或以按前内时起止达因没也又还可能要需应曾仍才只增减提之等称予兼得了脱升降成转作做晋荣评走住奔赴于列居位超约去/"
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
    rf"(?:(?![{_BREAKS}的0-9])[\u4e00-\u9fff“”]){{1,14}}"
    rf"|(?:职工|员工|年龄|收入|面积|人数|注册|月薪|年均|人均|年产|年收|总?投资|产值|销售|纳税|营业|利润|资产)[\u4e00-\u9fff]{{0,4}}(?:在|超过?|达到?|不足|低于|高于|突破)[0-9.]+[万亿]?[人元岁户亩个吨%％](?:以上|以下|左右)?)的(?=[\u4e00-\u9fff“])"
)
_CLAUSE_OPENS = frozenset(
    "0123456789０１２３４５６７８９受获荣具拥符涉影从患失缺急需热来反关适懂生居就在职员年收面人注月总投产销纳营利资"
)


def _by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    by_first: dict[str, list[str]] = defaultdict(list)
    for word in words:
        by_first[word[0]].append(word)
    return {first: tuple(found) for first, found in by_first.items()}


def _any(words: Iterable[str]) -> str:
    """Return the alternatives of a pattern, the longest first, each with what keeps it apart from other words."""
    return "|".join(word + _NOT_WITHIN.get(word, "") for word in sorted(words, key=len, reverse=True))


_WORDS = read_lists("counted")
_NOT_WITHIN = {"共建": "(?![立成设有])", "价值": "(?<!经济价值)"}
#: Words with which a noun begins, though their first character by itself says that none does: 成员, 居民, 获奖作品.
_NOUN_OPENERS = _by_first(_WORDS["noun_openers"])
_NOTHING_BEHIND = (_NO_NOUN_SURE | {""}) - _CLAUSE_OPENS - {" ", "称"} - set(_NOUN_OPENERS)  # behind a unit, most often
#: Behind a unit and at the end of its clause, what was done or was so, and no noun: 妇女230人务工, 3个选址未定, 7道几乎没动.
_PREDICATE = re.compile(
    r"几乎.*|一[人年户次](?!一|性).*|(?:外出|返乡|就近|就地|成功|顺利|实现|正常|按时|如期|稳定|灵活)*(?:务工|打工|就业|创业|返乡|脱贫|上岗|在岗|在编|到岗|到会|持证|毕业|结业|出师|留厂|留任|留校|转产|转岗|待岗|下岗|参保|获救|护送返乡|劝返|复学|休学|报名|签约|落户|投产|开工|完工|竣工|入住|"
    r"开业|复工|合格|达标|过关|晋级|获奖|退休|离职|辞职|调离|住院|痊愈|康复|死亡|受伤|缺席|迟到|待业|失业|入会|入党|入团|入学|在读|升学|退出|销号)|[\u4e00-\u9fff]{2}(?:[未没]|(?<!残疾)不)[\u4e00-\u9fff]{1,2}"
)
_PREDICATE_LAST = frozenset("师厂任校产保救返工业乡贫岗编会证约户产住格标关级奖休职离院愈复亡伤席到党团学读退号")
_NOT = frozenset("未没不")
_PREDICATE_ENDS = frozenset("，。；、！？,;:： \n）)")
#: What is to be done, the base of the share that is done.
TARGETS = ("任务", "目标", "计划", "指标", "预算", "同期", "任务数", "目标数", "计划数", "总任务")
TARGET_ENDS = frozenset(word[-1] for word in TARGETS)
#: Behind these units of events, what was held so many times: 分4批开展了入户核查; and who took part in it: 3次部门参加的会商.
_EVENTS = frozenset("次批期场轮届课堂")
_HOLDS = re.compile(
    r"(?:集中|依次|陆续|分别|专门)?(?:进行|开展|举办|组织|召开|举行|培训|实施|开设|安排|组织开展|组织召开)(?:了|过)?(?=[\u4e00-\u9fff“《])"
)
_HOLDS_OPENS = frozenset("集依陆分专进开举组召培实安")
_TAKE_PART = re.compile(
    rf"(?:(?![{_BREAKS}的了0-9])[\u4e00-\u9fff]){{2,14}}(?:参加|参与|出席|参演|主讲|联办|主持|同台)的(?=[\u4e00-\u9fff“])"
)
#: Words of measure and of level, which are never counted themselves, and what has the measure in the clause before.
_MEASURES = ("比例", "比重", "占比", "比率")
_MEASURED = re.compile(
    rf"(?P<noun>(?:(?![{_BREAKS}])[\u4e00-\u9fff“”0-9]){{2,24}}?)的?(?:的?(?:比例|比重|占比|人数|数量|覆盖面))?"
    r"(?:比较|相对|普遍|明显|一直|仍然?|还是?|依然|总体|很|较|偏|更|最|不|过|太|极)*(?:居多|[高低大小少多])[，,]"
    r"(?:只有|仅有|达到|[仅只约就已达占为有近超过不足]){1,3}\Z"
)
_EXTENTS = frozenset("多高低大小少")
_EXTENDS, _LENGTHS = frozenset("长宽高深厚粗"), frozenset("米里分寸尺丈")
_LONGEST_MEASURED = 44
_MEASURED_OF = re.compile(
    rf"(?:\A|(?<=[{_BREAKS}]))(?:其中|但|而)?(?P<noun>(?:(?![{_BREAKS}])[\u4e00-\u9fff“”0-9]){{2,20}}?)"
    r"(?:(?:所?占|相当于|在[\u4e00-\u9fff]{2,10}中)[\u4e00-\u9fff]{0,10}?)?的?(?:比例|比重|占比|比率)\Z"
)
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
_DIGITS = frozenset("0123456789")
_CURRENCY = "人民币"
_WORTH = ("折合", "约合")
_LASTING = re.compile(r"为期[0-9一二两三四五六七八九十半]+个?[天日周月年]半?的(?=[\u4e00-\u9fff“])")
_LONGEST_HEAD = 6  # characters of a noun right behind a unit and before a number of its own
_LONGEST_NAMED_HEAD = 10  # of the noun behind a quoted word
#: What ends a noun phrase behind a unit.
_ENDS_NOUN = f"{_BREAKS}（(）)》\\]】0-9０-９*"
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
#: Words that lead up to a number.
_LEAD = re.compile(
    r"(?:分别|按|[迈站跃]上|(?:提高|增长|上升|下降|降低|减少|增加|扩大|增|降|升|上调|下调|缩小|发展|扩展|延伸|压缩|控制|稳定|保持)?[到至了为由在]|达到|达|有|占|(?<![签合条公节违契])约|"
    r"近|超过|突破|超|逾|少于|多于|不[得能]|[折约]合|显示[为是]|(?:扩版|扩容|改版|增刊|增容|扩|增)[至到为]|不少于|不低于|不足|不到|不超过|低于|高于|至少|大约|将近|接近|力争|有望|可望|共计|总计|合计|累计|共|(?<![会统设估])计|已|(?<![人户村年月亩])均|就|只|仅|仍然?|(?<![偿归退返])还|(?<![时高和])尚|也|都|各|"
    r"是|高达|不下于?|多达|总共|全部|一次性|先后|其中|等|增长|提高|上升|下降|减少|增加|降低|[同环]?比|率先|[：:（(“‘「]|平均|最高|最低|最多|每|不|"
    r"过|足|年?满|涉及|多|人民币|(?<=[为是按达到])人[年月]|年人均|(?:[只需都均])?(?<![主重需])要|再|必?须|(?<![必急所])需|(?<![供响反适对])应|(?<![即])将|拟|(?<![落核查充真切现])实|"
    r"(?<![部十处积百得评学])分|每年|今年|预计|从|由)\Z"
)
_LEAD_ENDS = frozenset(
    "到至了为由在达有占约近过破超逾于足少计共已均就只仅仍然还尚也都各是下部性后中等长高升降加低比先按：:（(“‘「多每不得能合满及币要再须需应将拟实分别年从上争望"
)
_EACH_ENDS = frozenset("人户亩月天次场期季周日支个队组班家所座套")
_SUCH_AS = re.compile(
    rf"(?:[，,；]|其中)(?:其中)?(?![最新将尚今去从未涉受全])((?:(?![{_BREAKS}])[\u4e00-\u9fff“”]){{2,7}})的\Z"
)
_AVERAGES = frozenset(("人均", "平均"))
_OF_PEOPLE = frozenset("人名户")
_DONE_BY_THEM = frozenset(
    ("出师", "留厂", "留任", "留校", "转产", "转岗", "待岗", "参保", "获救", "护送返乡", "劝返", "复学", "休学", "结业")
)
_SAID_OF_THEM = _DONE_BY_THEM | _AVERAGES | frozenset(_MEASURES)
_VERBS = _any(_WORDS["verbs"])
_NOUNY = _any(_WORDS["deeds"])  # verbs that begin nouns, too: 培训班
DEEDS = frozenset(_WORDS["deeds"])  # what is done to people, not who they are
_FUNCTION = "期间|中(?=发现|查出|查处|有|不|共|已)|前(?<=[收耕播种汛期冬]前)|学期(?=[\u4e00-\u9fff])|年(?<=[0-9xX×＊*]年)(?:[底末]|初(?!中))?|月(?<=[0-9 ]月)(?:[底末初]|[上中下]旬)?(?:[之以]?前)?|日(?<=[0-9]日)(?:[之以]?前)?|对(?![象外口接手方策比照联标应])|向(?<![方意定面]向)(?!导)|为(?<![行作认]为)|替(?<![代交接]替)(?![换代补])|给(?<![供补]给)(?!付)予?|把|将|被|使(?![用命馆者])|让|了|等(?<![平高中初均]等)(?![级次候额值])|及(?<!普及)(?!以[上下])|并|在(?![编岗册校读职])|以来已?|以(?![上下内外前后来])|从(?<!服从)(?![业事众])|由(?<![自理]由)|于|占(?![地用道])|有(?![效关序机限偿害毒线色奖])|共(?![青产享建同])|其中|我[省市县区镇乡街村]|全[省市州县区镇乡街村](?=.)"
#: Behind the last of these a noun begins. Each alternative opens with a character: the search then passes over all others at once.
_BEGINS_BEHIND_VERB = re.compile(rf"(?:{_VERBS})(?!率[和及与、])")
_BEGINS_BEHIND_NOUNY = re.compile(rf"(?:{_NOUNY})(?!\Z|[业户者员]|面积|总值|活动)")
_BEGINS_BEHIND_FUNCTION = re.compile(rf"(?:{_FUNCTION})(?!\Z)")
_MAY_BEGIN_BEHIND = re.compile(rf"{_VERBS}|{_NOUNY}|{_FUNCTION}")  # wherever one of these three finds anything
_YEAR_LAST = re.compile(r"(?<=[\u4e00-\u9fff])(?:(?:19|20)[0-9xX×＊*]{2}|[xX×＊*]{2,4})年\Z")
_LONGEST_LEAD = 3  # characters: 不少于, 提高到
_LONGEST_VERB = 4  # 协调解决
_TO_LAST_OTHER_BREAK = re.compile(rf".*[{_BREAKS.replace('、', '')}]", re.DOTALL)
_TO_LAST_BREAK = re.compile(rf".*[{_BREAKS}]", re.DOTALL)
_ENDS_IN_VERB = re.compile(rf"(?:{_VERBS})\Z")
_ENDS_IN_DEED = re.compile(
    rf"(?:{_VERBS}|{_NOUNY}|[办建修设配装学拿领评组编印写作做种养住买卖送成通开积当交签挂涨用花换走跑打收发做入迁搬挤丢断停出解])\Z"
)
_VERB_ENDS = frozenset(verb[-1] for verb in _WORDS["verbs"])
#: What is left of a clause without a noun: the noun was named before.
_NO_HEAD = frozenset(
    [
        "起",
        *"一二三四五六七八九十",
        "底",
        "前",
        "底前",
        "以前",
        "之前",
        "初",
        "末",
        "其余",
        "剩余",
        "剩下",
        "另",
        "首批",
        "一半",
        "半数",
        "结果",
        "仅",
        "只",
        "分",
        "同口径",
        "可能",
        "有可能",
        "按可比价",
        "按可比价计算",
        "按可比价格计算",
        "按可比口径",
        "名义",
        "计划分",
        "来",
        "去",
        "后来",
        "今年",
        "全年",
        "年内",
        "力争",
        "以上",
        "以下",
        "每",
        "每月",
        "每年",
        *"对向为给把将被使让印建办查修购买卖编写发送植栽种",
    ]
)
#: And what is left of one that says only that something was done, is there or is missing: 只到账, 至今只, 实收, 缺编.
_ONLY_DONE = re.compile(
    r"(?:[0-9年月底今去全至目迄当前初末来]*[只仅才刚已均都还又也新仍尚]*"
    r"(?:到账|到位|开工|完工|竣工|动工|拨付|下拨|建成|完成|落实|启动|收到|改造|整改|整改销号|销号|消除风险|摘帽|办结|开展|举办|办|开)?"
    r"|有效|获奖|自筹|完毕|造成|退出|[调转迁]|[调转迁][进出入]|[实应少多]收|[实应]到|[缺空超]编|抽样|空缺)了?\Z"
)
_MEANWHILE = ("席时", "期间", "以来", "之后", "以后", "当中", "同时", "年底", "年初", "年末")
_SUFFIXES = frozenset("率数量额人度")
_SIZES = frozenset(
    ("面积", "规模", "产量", "总量", "数量", "人数", "户数", "总额", "金额", "产值", "收入", "范围", "能力")
)
_ORGANS = frozenset("个家")  # by which organisations are counted
_OPENS_BRACKET = re.compile(r".*[（(](?!.*[）)])")
_CLOSED = frozenset("）)")
_LONGEST_LED = 8
_LONGEST_BASE = 18  # characters between 占 and its number, at most
_SHORTEST_NOUN = 2  # characters behind a verb that may be a part of a noun: not 栏 of 宣传栏
_SCHOOLS = ("初中", "高中")
_LONGEST_LISTED = 10  # characters of a noun in a list
_ITEM = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:是|要(?!求|闻|道|素|点|塞|害))|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_AND = re.compile(r"[、和及与]|以及")
_IN_TURN = re.compile(
    r"(?P<nouns>[\u4e00-\u9fffA-Za-z“”、]+[、和及与][\u4e00-\u9fffA-Za-z“”]{2,}?)"
    r"(?:共|各|总)?(?:分别|依次)(?:[达为是有到约近超]|达到|超过|(?:[同环]比|比[上去]年(?:同期)?)?(?:[增减][长加少产收]|下降|提高|上升|降低|回落)|了)*\Z"
)
_NO_ITEM = re.compile(r"总|合计|累计|首批|其|共|人数|平均|另")  # no noun of a list
_ITEM_OPENS = frozenset("第一二三四五六七八九十（(")
_DEED_FOR = (
    r"提供|发放|送[去上出医法教温戏]?|赠送|捐赠|捐助|捐款|开展|举办|进行|讲授|组织|办理|落实|争取|筹集|募集|解决|购买|购置|配备|印发|散发|派发|颁发|补贴|补助|"
    r"支付|拨付|化解|追回|挽回|讨回|追讨|清欠|代理|检查|体检|免费|义诊|减免|投放|安装|修建|新建|建[成立]?|发出|讲(?=[课授解])|上(?=课)|办(?=[实好])"
)
_PEOPLE = (
    r"妇女|女性|[儿女]童|学生|学员|老[人年]人?|职工|员工|[民农]?工人?|农民|[村居市牧渔]民|群众|青年|青少年|[团党会]员|干部|教师|师生|家长|家庭|户|人员|人群|对象|残疾人|军[人属]|官兵|患者|母亲|妈妈|"
    r"姐妹|企业|劳动者|创业者|志愿者|大学生|新生|孤儿|[^，。；、]人"
)
#: For whom something is done, in the clause of the number: 为35名孤寡老人送去棉被70床.
_SERVED = re.compile(
    rf"(?:(?<![行认因作成分视改称较人])为|[给替帮]|(?<![方意定面倾])向|(?<![针应相反面])对)(?:助)?(?P<whom>[^，。；：！？\n为给向]{{0,16}}?(?:{_PEOPLE}))们?(?:{_DEED_FOR})"
    r"[^，。；：！？\n]*\Z"
)
_OPENS_WHOM = re.compile(r"[为给替帮向对][^，。；：！？\n]*\Z")  # looked for first: hardly a clause has one
_DEED = re.compile(rf"(?:{_DEED_FOR})+")
#: What people do, or what is done for them, behind the word for them; 妇女组织 and 职工帮扶中心 are words.
_LONGEST_ACTORS = 4
_THEY_ACT = re.compile(
    rf"(?<=[员工民户生童女师手者属孩友众人妇])(?!组织|发展|安置|救助|帮扶|培养|受益)(?:{_VERBS}|{_DEED_FOR})(?![点站班会所室处员者的户人率])"
)
_SERVES = frozenset(verb[0] for verb in _DEED_FOR.split("|"))
_FOR_THEM = re.compile(r"(?<![行认因作成分视改称较人])[为给替帮](?:[0-9.]+[多余]?万?[人名户]、?)?\Z")
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
#: With one of these a clause begins that names nothing counted: 比上年, 每人每月, 其中, 我县.
_NOTHING = re.compile(
    r"比(?![例赛武重])|较(?![大小好差高低多])|每|其中|中(?:有|的|只有)?\Z|虽|进(?=[两村支班党常])|据(?!点)|从(?![业教])|确保|截[至止]|我[国省市县区镇乡村局会们院校]\Z|"
    r"全[国省市县区镇乡村]\Z|[二两三]者\Z|平均每|共计?\Z|还有|不[少足]|未(?!成年|婚|就业|入学|参保|脱贫)|一[人年户]\Z|数来|做到"
)
_ASPECT = re.compile(r"了(?![解望])|[着过](?![望力重装眼程渡敏滤路冬])")
_NAMED = re.compile(r"(?:的)?称(?:为|作)?([\u4e00-\u9fff]{2,5})(?=[，。；、,;\n]|\Z)")
_SHARE_OF = re.compile(rf"([^{_BREAKS}占]{{2,14}}?)(?:总共|[仅只约就已共])?占到?了?[^{_BREAKS}占]{{1,20}}的\Z")
_SUCH_A = frozenset(("这一", "这个", "该", "其", "所占", "上述"))
_SHARE_ALONE = re.compile(
    r"[，,](?:约|只|仅)?占(?:到|了)?(?:全年|年度|年初|今年|本年)?(?:投资|收入)?(?:计划|任务|目标|预算)数?\Z"
)
_KEPT_WITHIN = re.compile(
    rf"((?:(?![{_BREAKS}])[\u4e00-\u9fff“”0-9]){{2,20}}?)的?(?:比例|比重|占比)(?:[均都也应须要]|原则上|一般|严格)*(?:控制|保持|稳定)?(?:[在为占]|达到|[不未]得?[低高超少多][于过])[^{_BREAKS}]{{2,16}}的\Z"
)
_DONE_OF = re.compile(
    rf"(?:(?:完成|达到|相当于)了?([^{_BREAKS}的占]{{2,12}})|占(?:到|了)?([^{_BREAKS}的占]{{0,10}}(?:任务|计划|目标|指标|预算)))的\Z"
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
#: What each gets: 补助 in 每人补助300元, 图书 in 每村新购图书200册.
_FOR_EACH = re.compile(
    rf"每(?:[人户亩村镇校班次场期季月周天年所家个名处](?:每[人户亩月年天])?)(?:平均)?(?:新购|购买|新增|协调|发放|安排|{_VERBS})?"
    r"(?P<noun>(?:(?![每只送平最不])[\u4e00-\u9fff]){2,8})\Z"
)
#: What has a share, behind it: 金奖 in 参赛作品的20%为金奖, 老人 in 其中三成是独居老人; and what is a whole before it, or one of its parts.
_IS = frozenset("为是")
_IS_SUCH = re.compile(
    rf"[为是](?P<noun>(?!在(?![校职岗编读籍])|有(?![机线])|(?:上限|下限|标准|基准|起点|底线|[宜准限界])[，。；、,;\n]|不(?!合格|识字)|最(?![低]生)|[了其此之所由因从被靠把给对向以用没来去通近全历同未已])"
    rf"(?:(?![{_BREAKS}]|历[年史]|最[高低多少大小好]|第[一二三]|新[高低]|左右|以[上下内来]|[才可]以)[\u4e00-\u9fff“”]){{2,12}})(?<![的者了]。)(?=[，。；、,;\n]|\Z)"
)
_RATES = frozenset("率度值")
_PARTED = re.compile(
    rf"(?:(?<![分率度值])的|(?:\A|[{_BREAKS}])[\u4e00-\u9fff]{{0,2}}?(?:其中|[另还]有|有)?(?:大?约|将?近|只?有|仅)?)\Z"
)
_LONGEST_DONE = 8
_DONE_OPENS = frozenset(
    "造消销整脱摘退调转迁到竣拨落启收0123456789年月底今去全至目迄当前只仅才刚已均都还又也新有实应少多缺空超抽仍尚获自完"
)
#: What is wanting in the clause before: 经费 in 经费不足，只到账三成; and who is spoken of there.
_WANTING = re.compile(
    rf"(?:\A|[{_BREAKS}的])(?P<noun>(?:(?![{_BREAKS}的是了与和])[\u4e00-\u9fff“”]){{2,14}}?)"
    r"(?:十分|比较|较为|严重|非常|相对|普遍|明显|仍然?|很|较|还|偏)*"
    r"(?:不足|短缺|紧张|滞后|薄弱|缓慢|有限|奇缺|匮乏|陈旧|老化|老旧|破旧|破损|落后|不高|不多|不够|不快|偏[少低慢弱]|过[少低慢]|较[少低慢弱])[，,；]"
    rf"(?:(?![{_BREAKS}])[\u4e00-\u9fff0-9]){{0,12}}\Z"
)
_LONGEST_WANTING = 36
_PEOPLE_BEHIND = re.compile(
    r"(?:农村|城[镇市乡]|留守|贫困|困难|受访|在校|青年|已婚|外来|流动|基层|[男女村])?(?:学生|学员|妇女|职工|员工|群众|干部|党员|团员|会员|教师|家长|居民|村民|农户|家庭|企业|青年|儿童|老人|残疾人|社员|代表|受访者)"
)
#: With one of these no noun begins behind a unit where what it counts was told before.
_DEED_BEHIND = re.compile(
    rf"(?!组织|发展|救助|帮扶|帮助|受益|投入|接待|投放|发放|录用|引进|评选|新增|转移|抽查)(?:{_VERBS}|彼此|互相|相互|参评|获评|一直|至今|长期[在被抽无]|多年|[半一]年|仍|尚|还)(?![点站班会所室处员者的])"
)
_LED_BY = frozenset("有近约超逾")
_VERBS_ALONE = frozenset("拿领取办用学看听说想愿能会做走")
_NO_COUNT_OF = ("大关", "关口", "台阶", "有", "占")  # 2000元以上的有4户
_EVENLY = frozenset(("户均", "人均", "亩均", "村均", "年均", "月均", "日均"))
#: What is counted behind a verb that says it itself: 筹资30万元, 放贷30万元.
_ITS_OBJECT = dict.fromkeys(("筹资", "集资", "出资", "注资", "引资", "捐资", "融资"), "资金") | {"放贷": "贷款"}
_NOTHING_OPENS = frozenset("做比较每其中虽进据从确截我全二两三平共还不未一数")
#: What has been so far, without the thing: 目前只 (完成12户), 近三年仅招录 (14人), 半年走 (了4个).
_SO_FAR = re.compile(
    r"(?:截[至止])?(?:目前|当前|眼下|今后|迄今|(?:近|这)?(?:半年|[一两二三四五六七八九十几]年)来?)(?P<only>[只仅才])?(?:每[年季月周天日]度?)?"
)
_SO_FAR_OPENS = frozenset("截目当眼今迄近这半一两二三四五六七八九十几")
_COMPOUNDS = _WORDS["compounds"]
_COMPOUND = re.compile(rf"(?:{'|'.join(_COMPOUNDS)})\Z")
_COMPOUND_ENDS = frozenset(word[-1] for word in _COMPOUNDS)
_WORKS = frozenset(_WORDS["works"])
_STOCK = re.compile(r"(?<=[\u4e00-\u9fff])(?:养殖)?(?:全年|[年现已])?[出存]栏\Z")
_INVESTED = re.compile(r"(?:完成|实现|达到)(?P<noun>[\u4e00-\u9fff]{2,8}投入)\Z")
_HELP = re.compile(r"(?:临时|医疗|司法|慈善|社会|教育|专项|急难|应急)(?:救助|援助|补助)\Z")
_DONE_ALREADY = re.compile(
    r"(?:已经?|共|先后|累计|全年|年内|今年|年底前|[上下]半年|目前|全部|均|都|新|又|还|分别|陆续|首次|率先|基本|全面|如期|提前)+\Z"
)
#: What is given out stands before the verb, too: 小额贷款累计发放3亿元.
_GIVEN_OUT = re.compile(r"(?:贷款|资金|经费|补[贴助]|[款金]|手册|资料|传单|单页|读本|书籍|物资|折页|倡议书|公开信)\Z")
_ORGANISED = frozenset("团党工妇社群级")
_SETTLED = re.compile(rf"(?:{_VERBS})成功\Z")  # 争议调解成功84起
_BUILT = frozenset(
    (
        "评出",
        "选出",
        "签订",
        "评选",
        "建成",
        "新建",
        "改建",
        "扩建",
        "修建",
        "回收",
        "发放",
        "发出",
        "收回",
        "设立",
        "建立",
        "安装",
        "铺设",
        "收集",
        "募集",
        "撤并",
        "架设",
        "砌筑",
        "打造",
    )
)
_TIME_ENDS = frozenset("年月日期时初末底前后中")
_FORMED_BY = re.compile(
    rf"(?P<noun>(?:(?![{_BREAKS}])[\u4e00-\u9fff“”]){{2,16}}?)(?:暂?拟|将|应|须|需|一般|暂|共|原)*由[约共近]?\Z"
)
#: A thing before the verb that made it: 电商服务站建成9个.
_THING = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8})?(?:“[\u4e00-\u9fff·]{2,12}”)?[\u4e00-\u9fff]{0,4}(?:站|点|室|屋|园|院|家园|基地|驿站|中心|超市|夜校|讲堂|课堂|学校|问卷|资金|资料|手册|公寓|厂房|公厕|路灯|广场|大棚|公路|岗|队|团|栏|牌|[道公水马]?路|路面|步道|[桥沟渠坝堤墙井池网线缆]|管道|护栏|栏杆|绿地|草坪|户|合同|协议|家庭|标兵|能手|”)"
)
#: What was held so many times: 青年联谊办了2场. Who got into a committee: 主任进“两委”12名.
_HELD_OF = re.compile(r"(?P<noun>[\u4e00-\u9fff“”]{2,12}?)(?:举办|开展|召开|办|开|搞|演|讲|拍|印)\Z")
_SEATED = re.compile(
    r"(?:(?P<who>[\u4e00-\u9fff]{2,10}?)(?:全部|顺利|成功|已)?)?(?:进入?|选入)“?(?:村|社区)?“?(?:两委班子|两委|支委|村委|居委|党委班子|党委|班子)”?(?:会|班子)?\Z"
)
_GIVEN = frozenset(("资助", "救助", "奖励", "帮扶", "扶持", "捐助"))
_HOLDING = frozenset(("召开", "举办", "举行", "开展", "组织"))
_EACH_TIME = frozenset("每期计年后已")
_EACH_GIVEN = re.compile(r"每[人户村校班次场年月天名](?:一次性)?(?P<noun>资助|救助|奖励|帮扶|扶持|捐助)\Z")
_HELD_EACH = re.compile(  # 议事会每月召开 (2次)
    r"(?P<noun>[\u4e00-\u9fff“”]{1,10}?(?:会|课|赛|活动|讲座|班|集市|论坛|演练|沙龙))"
    r"(?:每[年月周季天日半](?:度|个?月|年)?|定期|累计|全年|先后|已)+(?:共|至少|平均)?(?:召开|举办|举行|开展|组织)\Z"
)
_NO_MATTER = re.compile(r"[，,](?:无论|不论|不管)[^，。；]{2,16}\Z")  # 所占比例，无论城乡均为12%
_SEATS = frozenset("委子会”")
_IN_ALL = frozenset(("共", "共计", "总计", "合计", "累计"))
_COMMAS = frozenset("，,")
#: What a share rises or falls from: 参合率由去年的 (82%上升到97%).
_FROM_THEN = re.compile(
    r"[由从](?:[\u4e00-\u9fff]{2,4}[前时初]|去年|上年|前年|年初|往年|当初|当年|过去|原来|原先|以前|之前|最初|(?:19|20)\d\d年)(?:同期|[初底末])?的?\Z"
)
_THEN_ENDS = frozenset("的年初底末期前时")
_CUT_ENDS = (
    _THEN_ENDS | _SEATS | {word[-1] for word in (*_GIVEN, *_HOLDING)}
)  # what a chunk ends in that is cut or read whole
_ADVERBS = re.compile(
    r"(?:[出编写印发](?=简报|简讯|快报|黑板报|板报|墙报|专报|通报|信息)|计划(?=增|扩)|新创(?!业)|争创|全年|当年|当场|实际|一次性|先后|累计)+(?=[\u4e00-\u9fff“]{2})"
)
_ADVERB_OPENS = frozenset("新争全当实一先累出编写印发")
#: A noun phrase that begins with none of these is one, unless something was done to it.
_TOLD_OPENS = _ITEM_OPENS | _NOTHING_OPENS | _DONE_OPENS | _SO_FAR_OPENS | _ADVERB_OPENS | {"分"}
_LEVEL = re.compile(r"(?:国家|[省市县区镇乡村])级\Z")
_LEVEL_ELSE = re.compile(
    r"(?:[、，和及][0-9一二两三四五六七八九十]{1,3}[个名户家处项人条所](?:国家|[省市县区镇乡村])级){1,3}(?P<noun>[\u4e00-\u9fff“”]{2,8}?)(?=[，。；、）)]|\Z)"
)
_ACTOR = re.compile(
    r"(?:[联会委局府部镇乡村县市区街院校办司家们者站组]|单位|中心|组织|部门|各地|全年|[年月日期]|[，。])\Z|\A[^\u4e00-\u9fff]*\Z"
)
#: Levels in a list before the noun that they qualify: 27名 (全国、省、县) 标兵.
_LEVELS = re.compile(
    r"(?:(?:全[国省市县区]|国家|[省市县区镇乡村])级?[、和及与])+(?:全[国省市县区]|国家|[省市县区镇乡村])级?(?=[\u4e00-\u9fff]{2})"
)
_LEVEL_OPENS = frozenset("全国省市县区镇乡村")
#: A verb and a noun right before a number, where behind its unit another noun has a number of its own: 办起夜校 (30个) 书屋5个.
_VERB_AND_NOUN = re.compile(
    rf"(?:{_VERBS}|慰问|走访|培训|[办建种养][起了成])(?P<noun>(?:(?![{_BREAKS}的])[\u4e00-\u9fff]){{2,6}}(?<![省市县区镇乡村州])|(?:全[省市县区镇乡村]))\Z"
)
_NUMERALS = frozenset("0123456789一二两三四五六七八九十百千")
_DATE = re.compile(r"[0-9]+[年月日]")
#: Who has a share: 会员 in 会员占职工总数 (35%); with 的 they are some of those named before, 在外地务工 in 在外地务工的占两成.
_BASE = rf"占(?![地用道])(?:到|了|据)?(?P<base>[^{_BREAKS}占有]{{0,12}}?)的?"
_REACHING = "[近约达超为]|达到了?|超过了?|不足|不到|不及|接近|将近|只有|大约"
_SHARED = re.compile(
    rf"(?P<who>[^{_BREAKS}（(占]{{2,16}}?)(?:人数|户数)?[总共仅只约就已也都均]*{_BASE}(?:{_REACHING})?\Z"
)
_SUCH = re.compile(
    rf"(?P<who>[^{_BREAKS}（(占]{{2,16}}?)的(?:人数|户数)?[总共仅只约就已也都均有]*(?:{_BASE}(?:{_REACHING})?|{_REACHING})\Z"
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


def what_is_counted(
    text: str, start: int, end: int, *, floor: int, share: bool, earlier: str, last: str = "", people: str = ""
) -> str:
    """Return the noun phrase that text[start:end] counts, "" where none is found.

    `floor` is the end of the quantity before it; `share` is true of percentages and the like, whose noun stands before
    them unless 的 follows; `earlier` is what was counted before by the same unit, meant again in 接待来访82件，办结80件,
    `last` what was counted just before, by whatever unit: the area in 建成茶园一处，面积30亩 is its; `people` who were.
    """
    behind = ""
    if text[end : end + 1] not in _NOTHING_BEHIND:
        if text.startswith(("称", "的称"), end) and (named := _NAMED.match(text, end)):
            return named[1]  # 16岁以下称少年
        condition = text.startswith("的", end) and _CONDITION.search(text, max(0, start - REACH), start)
        behind = "" if condition else _behind(text, start, end, share=share)
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
    noun = _told(_before(text, start, floor, organs=text[end - 1 : end] in _ORGANS))
    if text[end - 1] == "项" and text.endswith(("率”等", "率等"), 0, start):
        return earlier or "指标"  # “残疾发生率”等6项, 入学率等6项: of the class, not of the one that is named
    if earlier and noun and noun[-1] in "里内上外" and _WITHIN.fullmatch(noun):
        return earlier  # 分会98个，其中镇里12个
    if text[end - 1] == "期" and noun and text.startswith("培训", start - len(noun) - len("培训")):
        return "培训"  # 培训妇女12期
    if noun in _WORKS and earlier and text[end - 1] not in _OF_PEOPLE:
        return earlier  # 新修渠道7公里，整治3公里
    if noun in _ATTRIBUTES and last and text.find("；", floor, start) < 0:
        return last + noun
    if noun in _SAID_OF_THEM:
        if noun in _MEASURES:
            noun = _has_measure(text, start, floor) or people or last
        elif earlier or noun in _AVERAGES:
            return earlier or last or noun  # 学徒66名，出师41名
    elif earlier and noun in _EVENLY and text[end - 1] != "元":
        return earlier  # 果园2000亩，户均5亩; 贷款30万元，户均2万元 tells of 户均
    elif not noun:
        if text[start - 2 : start - 1] == "每" and text[start - 1] in _EACH_ENDS and text[end - 1] in _OF_PEOPLE:
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
    noun = _told(_head(text[max(floor, start - REACH) : start - 1]))
    return noun if len(noun) >= _SHORTEST_NOUN and noun[-1] not in _TIME_ENDS else ""


def _composed(text: str, start: int) -> str:
    """Return what so many form: 理事会 in 理事会拟由7人组成; "" where 由 and its subject are not before the number."""
    formed = _FORMED_BY.search(text, max(0, start - REACH), start)
    return _told(_head(formed["noun"])) if formed else ""


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
    noun = told["noun"].rpartition("的")[2].strip(_EDGES)
    return noun if len(noun) >= _SHORTEST_NOUN else ""


def _such(text: str, start: int, end: int, floor: int) -> str:
    """Return what is said of those counted, who are not named: 养蜂 in 青年中，养蜂的37户; "" where no 的 is before the number."""
    if text[start - 1 : start] != "的" or text[end - 1] not in _OF_PEOPLE:
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
    return _head(told["noun"]) if told else ""


def _wanting(text: str, start: int, floor: int) -> str:
    """Return what the clause before says is wanting: 经费 in 经费不足，全年只到账三成; "" where it says nothing of the kind."""
    low = max(floor, start - _LONGEST_WANTING)
    if text.find("，", low, start) < 0:
        return ""
    wanting = _WANTING.search(text, low, start)
    return _head(wanting["noun"]) if wanting else ""


def _of_a_share(text: str, start: int, floor: int) -> str:
    """Return what a share behind 的 is of: 年度任务 in 完成年度任务的106%, and 会员 in 会员占职工总数的七成; "" of others."""
    if done := _DONE_OF.search(text, max(floor, start - REACH), start):
        return done[1] or done[2]
    if kept := _KEPT_WITHIN.search(text, max(floor, start - 2 * REACH), start):
        return "" if kept[1] in _SUCH_A else kept[1]
    held = _SHARE_OF.search(text, max(floor, start - 2 * REACH), start)
    return _told(_head(held[1])) if held else ""


def _has_part_of(text: str, has: int, end: int) -> str:
    """Return who has a part of a number: 玉米 in 玉米占粮食产量40万吨的三成."""
    return _told(_head(text[max(0, has - REACH) : has]))


def _who_has(text: str, start: int, floor: int, last: str, people: str) -> str:
    """Return who has a share: 会员 in 会员占职工总数35%, 船员 with 从不回 in 船员占31%，从不回的占25%; "" where no 占 tells it."""
    low = max(0, start - REACH - _LONGEST_LED)
    has = text.rfind("占", max(0, start - _LONGEST_BASE), start)
    of = text.rfind("的", low, has if has >= 0 else start)
    if has < 0 and of < start - _LONGEST_LEAD - 2:
        return ""
    such = _SUCH.search(text, low, start) if of >= 0 else None
    if such is None:
        if has < 0:
            return ""
        held = _SHARED.search(text, max(floor, low), start)
        return _told(_head(held["who"])) if held and held["base"] else ""
    who = such["who"].removeprefix("其中")
    own = _OF_WHOM.match(who)
    if own and own["people"] not in _NO_HEAD:
        return who
    named = (people if _AGES.search(who) else "") or last
    whom = _OF_WHOM.match(named)
    named = whom["people"] if whom else named.rpartition("的")[2]
    at = text.rfind(named, max(0, start - 4 * REACH), such.start()) if len(named) >= _SHORTEST_NOUN else -1
    known = at >= 0 and named not in who and not text.startswith("的", at + len(named))
    return f"{who}的{named}" if known else who


def _told(noun: str) -> str:
    """Return a noun phrase without the adverbs that lead it; "" where it is a clause that names nothing counted."""
    if noun in _ITS_OBJECT:
        return _ITS_OBJECT[noun]
    if noun[:1] not in _TOLD_OPENS:
        return "" if _has_aspect(noun) else noun
    noun = noun.removeprefix("分别")
    if noun[:1] in _ITEM_OPENS and (item := _ITEM.match(noun)):
        noun = noun[item.end() :]  # 二是
    if noun[:1] == "每" and (each := _FOR_EACH.match(noun)):
        noun = each["noun"]  # 每人补助
    if not noun or (noun[0] in _NOTHING_OPENS and _NOTHING.match(noun)) or _has_aspect(noun):
        return ""
    if len(noun) <= _LONGEST_DONE and noun[0] in _DONE_OPENS and _ONLY_DONE.match(noun):
        return ""
    if noun[0] in _SO_FAR_OPENS and (so_far := _SO_FAR.match(noun)):
        noun = noun[so_far.end() :]
        if so_far["only"] or len(noun) < _SHORTEST_NOUN or _ENDS_IN_DEED.fullmatch(noun):
            return ""
    adverbs = _ADVERBS.match(noun) if noun[0] in _ADVERB_OPENS else None
    if adverbs is None:
        return noun
    noun = noun[adverbs.end() :]
    return "" if len(noun) <= _LONGEST_DONE and _ONLY_DONE.match(noun) else noun  # 全年实收


def _has_aspect(noun: str) -> bool:
    return ("了" in noun or "着" in noun or "过" in noun) and _ASPECT.search(noun) is not None


def _levelled(noun: str, earlier: str) -> str:
    """Return 县级文明岗 for “文明岗”县级, and 市级文明岗 for the 市级 behind it."""
    level = _LEVEL.search(noun)
    if level is None:
        return noun
    name = noun[: level.start()].strip(_EDGES) or _LEVEL_AHEAD.sub("", earlier)
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
    whom = whom.strip(_EDGES) if not _AGED.match(whom) else whom.rstrip(_EDGES)
    if len(whom) < 2 or whom == of:
        return "", of
    if of.startswith(whom):  # 农民工讨回工钱
        deed = of[len(whom) :].removeprefix("们")
        thing = _DEED.sub("", deed)
        return whom, (thing if len(thing) > 1 else deed).strip(_EDGES) or of
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


def _behind(text: str, start: int, end: int, *, share: bool) -> str:
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
    elif first in _DIGITS and (of_year := _OF_YEAR.match(text, position)):
        position = of_year.end()
    elif first in _DIGITS and text[end - 1] not in _OF_PEOPLE and (size := _SIZE_AHEAD.match(text, position)):
        position = size.end()
    first = text[position]
    if first in _LEVEL_OPENS and (levels := _LEVELS.match(text, position)):
        position = levels.end()
    if first in _CLAUSE_OPENS and (clause := _CLAUSE.match(text, position, position + REACH)):
        position = clause.end()
    elif _begins_no_noun(text, position):
        return ""
    phrase = _phrase_at(text, position)
    if len(phrase) > _LONGEST_ACTORS and text[end - 1] in _OF_PEOPLE and (acts := _THEY_ACT.search(phrase)):
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
    if phrase.endswith("中") and text[stop : stop + 1] in _COMMAS and not phrase.endswith((*_SCHOOLS, "集中")):
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
        and text[end - 1] in _OF_PEOPLE
        and _DEED.match(text, position) is not None
        and _FOR_THEM.search(text, max(0, start - REACH), start) is not None
    )


def _phrase_at(text: str, position: int) -> str:
    """Return the words from position up to what ends a noun phrase."""
    stop_at = _END.search(text, position + 1, position + REACH)
    phrase = text[position : stop_at.start() if stop_at else position + REACH]
    if "了" in phrase and (done := _ASPECT.search(phrase)) and done[0] == "了":
        verb = _ENDS_IN_DEED.search(phrase, 0, done.start())
        phrase = phrase[: verb.start() if verb else max(0, done.start() - 2)]  # 副科级干部担任了要职
    return phrase


def _head_of_phrase(phrase: str, *, unit: str) -> str:
    """Return the head of a phrase with 的: what stands behind it where things of a kind are counted, else mostly before."""
    first, _, rest = phrase.partition("的")
    if unit in _OF_THINGS or _DEGREE.search(first):
        last = phrase.rpartition("的")[2].strip(_EDGES)
        if len(last) >= _SHORTEST_NOUN and not _begins_no_noun(last, 0):
            return last
    return _trimmed(rest if first in _ADJECTIVES and rest else first)


def _trimmed(phrase: str) -> str:
    """Return a noun phrase without marks and particles at its edges; 和 of 和谐家庭 is none."""
    return phrase.rstrip(_EDGES) if phrase.startswith(_NOUN_OPENERS.get(phrase[:1], ())) else phrase.strip(_EDGES)


def _begins_no_noun(text: str, position: int) -> bool:
    """Tell whether no noun begins at a position; the character alone tells it in most places."""
    first = text[position : position + 1]
    if first not in _NO_NOUN_SURE and not (first in _NO_NOUN_OPENS and _NO_NOUN.match(text, position)):
        return False
    return not text.startswith(_NOUN_OPENERS.get(first, ()), position)


def _quoted(text: str, position: int) -> str:
    """Return the quoted words that stand at position, with the noun that they qualify: “暖心”驿站."""
    stop = text.find(_CLOSING[text[position]], position + 1, position + REACH * 2)
    if stop < 0:
        return ""
    inner = text[position + 1 : stop].strip(_EDGES)
    if text[position] == "《" or _begins_no_noun(text, stop + 1):
        return inner
    end = _END.search(text, stop + 1, stop + 1 + REACH)
    head = text[stop + 1 : end.start() if end else stop + 1 + REACH].partition("的")[0].strip(_EDGES)
    return text[position : stop + 1] + head if 1 < len(head) <= _LONGEST_NAMED_HEAD else inner


def _before(text: str, start: int, floor: int, *, organs: bool = False) -> str:
    low = start - REACH
    chunk = text[low if low > floor else floor : start].rstrip(" ")
    # A word at a time, from the number backwards.
    while chunk:
        if chunk[-2:-1] == "每" and chunk[-1] in _EACH_ENDS and len(chunk) > _SHORTEST_NOUN:
            chunk = chunk[:-2]  # 补助每人每天60元
            continue
        if chunk[-2:] in _EVENLY and len(chunk) > _LONGEST_LEAD and chunk[-3] not in _BREAKS:
            chunk = chunk[:-2]  # 救助水平人均每月300元
            continue
        if chunk[-1] not in _LEAD_ENDS or not (lead := _lead_of(chunk[-_LONGEST_LEAD - 1 :])):
            break
        chunk = chunk[: -len(lead)]
        if lead in _IN_ALL and chunk[-1:] in _COMMAS:
            chunk = chunk[:-1]  # 选举产生了执委，共135名
            break
        if lead == "了" and (held := _HELD_OF.search(chunk)):
            return "" if _ACTOR.search(held["noun"]) else held["noun"].strip(_OUTER_EDGES)
    if chunk.endswith("一式"):
        chunk = chunk[:-2].rstrip("（(，,")  # 登记表（一式3份
    if chunk[-1:] in _CUT_ENDS or "论" in chunk or "管" in chunk:
        if chunk.endswith("年") and (year := _YEAR_LAST.search(chunk)):
            chunk = chunk[: year.start()]  # 水果销售2012年达到80万元
        chunk = _NO_MATTER.sub("", chunk)
        if chunk[-2:] in _GIVEN and (each := _EACH_GIVEN.search(chunk, len(chunk) - 4 if len(chunk) > 4 else 0)):
            return each["noun"]
        if chunk[-2:] in _HOLDING and not _EACH_TIME.isdisjoint(chunk) and (held := _HELD_EACH.search(chunk)):
            return held["noun"]
        if chunk[-1:] in _SEATS and (seated := _SEATED.search(chunk)):
            return _head(seated["who"] or "")  # 村妇代会主任进“两委”193名
        if chunk[-1:] in _THEN_ENDS and (then := _FROM_THEN.search(chunk)):
            chunk = chunk[: then.start()]
    if not chunk or chunk[-1] not in _PAIRS:
        if organs and chunk.endswith("组织"):
            return _head(chunk[:-2]) + "组织"  # 青年组织98个
        return _head(chunk[:-1] if chunk.endswith("中") and not chunk.endswith((*_SCHOOLS, "集中")) else chunk)
    opened = chunk.rfind(_PAIRS[chunk[-1]])
    if chunk[-1] in "）)" and opened > 0:
        return _head(chunk[:opened]) + chunk[opened:]
    return chunk[opened + 1 : -1].strip(_EDGES)


@lru_cache(maxsize=4096)
def _lead_of(words: str) -> str:
    """Return the word that leads up to a number at the end of words: these and the character before are all that it is told by."""
    lead = _LEAD.search(words, max(0, len(words) - _LONGEST_LEAD))
    return lead[0] if lead else ""


def _head(chunk: str) -> str:
    """Return what stands behind the last break and the last light verb of a clause; of a list of nouns, all of them."""
    if not chunk:
        return ""
    listed = ""  # what stands before the last break, where that parts the nouns of a list
    if broken := _TO_LAST_BREAK.match(chunk):
        chunk = chunk[broken.end() :]
        listed = broken[0][:-1] if broken[0][-1] == "、" else ""
    if ("（" in chunk or "(" in chunk) and chunk[-1:] not in _CLOSED:
        chunk, listed = _OPENS_BRACKET.sub("", chunk), ""  # 学习班（参加人数83人
    if "按每" in chunk:
        chunk = chunk.partition("按每")[0]  # 国家补助按每公里10万元
    last = chunk[-1:]
    if last in _COMPOUND_ENDS and (compound := _COMPOUND.search(chunk)):
        return compound[0]
    if last == "功" and (settled := _SETTLED.search(chunk)):
        return _head(chunk[: settled.start()])
    if last == "栏" and (stock := _STOCK.search(chunk)):
        return _head(chunk[: stock.start()])  # 生猪养殖年出栏2000头
    if last == "助" and (help_ := _HELP.search(chunk)):
        return help_[0]
    if last in _VERB_ENDS and (verb := _ENDS_IN_VERB.search(chunk, max(0, len(chunk) - _LONGEST_VERB))):
        subject = chunk[: verb.start()]
        if verb[0] in _ITS_OBJECT:
            return _ITS_OBJECT[verb[0]]
        if subject in _EVENLY:
            return chunk  # 户均投入5200元
        if verb[0] == "投入" and (invested := _INVESTED.search(chunk)):
            return invested["noun"]  # 完成技改投入4亿元
        if verb[0] == "价值":
            return chunk if subject in ("", "总") else _head(subject)
        subject = _DONE_ALREADY.sub("", subject)
        if subject.endswith("被") and len(subject) > _SHORTEST_NOUN:
            return _head(subject[:-1])  # 专职干部被抽调
        if verb[0] == "组织" and subject[-1:] in _ORGANISED:
            subject = chunk  # 团组织, 党组织
        elif not ((verb[0] in _BUILT and _THING.fullmatch(subject)) or _GIVEN_OUT.search(subject)) and (
            verb[0] not in ("完成", "实现", "新增") or _ACTOR.search(subject)
        ):
            return ""
        chunk = subject  # 招商引资完成3亿元: what is done stands before the verb
    begin = function = 0
    if _MAY_BEGIN_BEHIND.search(chunk):  # two clauses in three hold none of them
        function = _last_end(_BEGINS_BEHIND_FUNCTION, chunk)
        begin = max(_begins(chunk), function)
    noun = chunk[begin:]
    if noun in _SUFFIXES or (noun in _SIZES and begin != function and not chunk.endswith(("完成", "实现"), 0, begin)):
        noun = chunk[function:]  # 调处率: the verb is a part of the noun
    if "的" in noun:
        noun = noun.rpartition("的")[2]
    noun = noun.lstrip("）)")  # （12月4日）讲座
    cut = noun.strip(_EDGES)
    if "》" in cut and "《" not in cut:
        cut, listed = cut.rpartition("》")[2], ""  # 被《…》报道
    noun = noun.strip(_OUTER_EDGES) if "”" in cut and cut.count("”") > cut.count("“") else cut  # “暖心”驿站
    if listed and noun and not begin and len(noun) <= _LONGEST_LISTED and not _NO_ITEM.match(noun):
        noun = "、".join((*_listed(listed), noun))
    return "" if noun in _NO_HEAD or noun.endswith(_MEANWHILE) else noun


def nouns_in_turn(text: str, floor: int, start: int) -> list[str]:
    """Return the nouns that the numbers from start on count one after the other: 玉米 and 豆类 of 玉米、豆类分别达到3吨、2吨."""
    told = _IN_TURN.search(text, max(floor, start - 2 * REACH), start)
    if told is None:
        return []
    first, *rest = _AND.split(told["nouns"])
    if text[told.start() - 1 : told.start()] in _DIGITS:
        bare = first.lstrip("年度月份日")  # 2013年存款、贷款
        first = bare if bare != first or not first[0].isascii() else text[told.start() - 1] + first  # 5G基站
    begin = max(_begins(first), _last_end(_BEGINS_BEHIND_FUNCTION, first))
    opening = _told(first[begin:].rpartition("的")[2])
    if opening in _SIZES:
        opening = _told(first[_last_end(_BEGINS_BEHIND_FUNCTION, first) :].rpartition("的")[2])  # 投资总额
    nouns = [noun.strip(_EDGES) for noun in (opening, *rest)]
    return nouns if len(nouns) > 1 and all(0 < len(noun) <= _LONGEST_LISTED for noun in nouns) else []


def _begins(chunk: str) -> int:
    """Return where a noun begins behind the last light verb of a clause, 0 where there is none."""
    begin = _last_end(_BEGINS_BEHIND_VERB, chunk) or _last_end(_BEGINS_BEHIND_NOUNY, chunk)
    if len(chunk) - begin >= _SHORTEST_NOUN or chunk[begin:] in _SUFFIXES:
        return begin
    return _last_end(_BEGINS_BEHIND_VERB, chunk[: begin - 1]) if begin else 0  # 筹集“两癌”救助金


def _listed(chunk: str) -> list[str]:
    """Return the nouns of a list (赠送书包、文具 before 、水杯各30套) in order, as far as they are nouns alone."""
    nouns: list[str] = []
    cut_off = len(chunk) + _LONGEST_LISTED + 2 > REACH  # the first of them may begin before what is looked at
    broken = _TO_LAST_OTHER_BREAK.match(chunk)
    parts = (chunk[broken.end() :] if broken else chunk).split("、")
    for at in range(len(parts) - 1, -1, -1):
        part = parts[at]
        begin = max(_begins(part), _last_end(_BEGINS_BEHIND_FUNCTION, part))
        noun = part[begin:].rpartition("的")[2].strip(_EDGES)
        item = _ITEM.match(noun)
        noun = noun[item.end() :] if item else noun
        whole = begin > 0 or at > 0 or broken or not cut_off
        if not whole or not 1 < len(noun) <= _LONGEST_LISTED or not noun.isalpha() or _NOTHING.match(noun):
            break
        nouns.append(noun)
        if begin or item:
            break
    return nouns[::-1]


def _last_end(pattern: re.Pattern[str], chunk: str) -> int:
    end = 0
    while match := pattern.search(chunk, end):
        end = match.end()
    return end
