"""The noun before a number: 宣传单 in 散发宣传单3000余份.

`phrase_before` takes off, from the number backwards, the words that lead up to it (共, 达, 约 …) and cuts the noun out behind the last
break and the last light verb of its clause; `nouns_in_turn` reads the nouns of 玉米、豆类分别达到3吨、2吨.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.noun_words import (
    ASPECT,
    BREAKS,
    COMMAS,
    DIGITS,
    EDGES,
    ENDS_IN_DEED,
    NOUNY,
    PAIRS,
    REACH,
    SCHOOLS,
    SHORTEST_NOUN,
    VERBS,
    WORDS,
)

_OUTER_EDGES = EDGES.translate({ord(mark): None for mark in "“”"})
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
EACH_ENDS = frozenset("人户亩月天次场期季周日支个队组班家所座套")
_FUNCTION = "期间|中(?=发现|查出|查处|有|不|共|已)|前(?<=[收耕播种汛期冬]前)|学期(?=[\u4e00-\u9fff])|年(?<=[0-9xX×＊*]年)(?:[底末]|初(?!中))?|月(?<=[0-9 ]月)(?:[底末初]|[上中下]旬)?(?:[之以]?前)?|日(?<=[0-9]日)(?:[之以]?前)?|对(?![象外口接手方策比照联标应])|向(?<![方意定面]向)(?!导)|为(?<![行作认]为)|替(?<![代交接]替)(?![换代补])|给(?<![供补]给)(?!付)予?|把|将|被|使(?![用命馆者])|让|了|等(?<![平高中初均]等)(?![级次候额值])|及(?<!普及)(?!以[上下])|并|在(?![编岗册校读职])|以来已?|以(?![上下内外前后来])|从(?<!服从)(?![业事众])|由(?<![自理]由)|于|占(?![地用道])|有(?![效关序机限偿害毒线色奖])|共(?![青产享建同])|其中|我[省市县区镇乡街村]|全[省市州县区镇乡街村](?=.)"
#: Behind the last of these a noun begins. Each alternative opens with a character: the search then passes over all others at once.
_BEGINS_BEHIND_VERB = re.compile(rf"(?:{VERBS})(?!率[和及与、])")
_BEGINS_BEHIND_NOUNY = re.compile(rf"(?:{NOUNY})(?!\Z|[业户者员]|面积|总值|活动)")
_BEGINS_BEHIND_FUNCTION = re.compile(rf"(?:{_FUNCTION})(?!\Z)")
_MAY_BEGIN_BEHIND = re.compile(rf"{VERBS}|{NOUNY}|{_FUNCTION}")  # wherever one of these three finds anything
_YEAR_LAST = re.compile(r"(?<=[\u4e00-\u9fff])(?:(?:19|20)[0-9xX×＊*]{2}|[xX×＊*]{2,4})年\Z")
LONGEST_LEAD = 3  # characters: 不少于, 提高到
_LONGEST_VERB = 4  # 协调解决
_TO_LAST_OTHER_BREAK = re.compile(rf".*[{BREAKS.replace('、', '')}]", re.DOTALL)
_TO_LAST_BREAK = re.compile(rf".*[{BREAKS}]", re.DOTALL)
_ENDS_IN_VERB = re.compile(rf"(?:{VERBS})\Z")
_VERB_ENDS = frozenset(verb[-1] for verb in WORDS["verbs"])
#: What is left of a clause without a noun: the noun was named before.
NO_HEAD = frozenset(
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
_OPENS_BRACKET = re.compile(r".*[（(](?!.*[）)])")
_CLOSED = frozenset("）)")
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
#: With one of these a clause begins that names nothing counted: 比上年, 每人每月, 其中, 我县.
_NOTHING = re.compile(
    r"比(?![例赛武重])|较(?![大小好差高低多])|每|其中|中(?:有|的|只有)?\Z|虽|进(?=[两村支班党常])|据(?!点)|从(?![业教])|确保|截[至止]|我[国省市县区镇乡村局会们院校]\Z|"
    r"全[国省市县区镇乡村]\Z|[二两三]者\Z|平均每|共计?\Z|还有|不[少足]|未(?!成年|婚|就业|入学|参保|脱贫)|一[人年户]\Z|数来|做到"
)
#: What each gets: 补助 in 每人补助300元, 图书 in 每村新购图书200册.
_FOR_EACH = re.compile(
    rf"每(?:[人户亩村镇校班次场期季月周天年所家个名处](?:每[人户亩月年天])?)(?:平均)?(?:新购|购买|新增|协调|发放|安排|{VERBS})?"
    r"(?P<noun>(?:(?![每只送平最不])[\u4e00-\u9fff]){2,8})\Z"
)
_LONGEST_DONE = 8
_DONE_OPENS = frozenset(
    "造消销整脱摘退调转迁到竣拨落启收0123456789年月底今去全至目迄当前只仅才刚已均都还又也新有实应少多缺空超抽仍尚获自完"
)
EVENLY = frozenset(("户均", "人均", "亩均", "村均", "年均", "月均", "日均"))
#: What is counted behind a verb that says it itself: 筹资30万元, 放贷30万元.
_ITS_OBJECT = dict.fromkeys(("筹资", "集资", "出资", "注资", "引资", "捐资", "融资"), "资金") | {"放贷": "贷款"}
_NOTHING_OPENS = frozenset("做比较每其中虽进据从确截我全二两三平共还不未一数")
#: What has been so far, without the thing: 目前只 (完成12户), 近三年仅招录 (14人), 半年走 (了4个).
_SO_FAR = re.compile(
    r"(?:截[至止])?(?:目前|当前|眼下|今后|迄今|(?:近|这)?(?:半年|[一两二三四五六七八九十几]年)来?)(?P<only>[只仅才])?(?:每[年季月周天日]度?)?"
)
_SO_FAR_OPENS = frozenset("截目当眼今迄近这半一两二三四五六七八九十几")
_COMPOUNDS = WORDS["compounds"]
_COMPOUND = re.compile(rf"(?:{'|'.join(_COMPOUNDS)})\Z")
_COMPOUND_ENDS = frozenset(word[-1] for word in _COMPOUNDS)
_STOCK = re.compile(r"(?<=[\u4e00-\u9fff])(?:养殖)?(?:全年|[年现已])?[出存]栏\Z")
_INVESTED = re.compile(r"(?:完成|实现|达到)(?P<noun>[\u4e00-\u9fff]{2,8}投入)\Z")
_HELP = re.compile(r"(?:临时|医疗|司法|慈善|社会|教育|专项|急难|应急)(?:救助|援助|补助)\Z")
_DONE_ALREADY = re.compile(
    r"(?:已经?|共|先后|累计|全年|年内|今年|年底前|[上下]半年|目前|全部|均|都|新|又|还|分别|陆续|首次|率先|基本|全面|如期|提前)+\Z"
)
#: What is given out stands before the verb, too: 小额贷款累计发放3亿元.
_GIVEN_OUT = re.compile(r"(?:贷款|资金|经费|补[贴助]|[款金]|手册|资料|传单|单页|读本|书籍|物资|折页|倡议书|公开信)\Z")
_ORGANISED = frozenset("团党工妇社群级")
_SETTLED = re.compile(rf"(?:{VERBS})成功\Z")  # 争议调解成功84起
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
_ACTOR = re.compile(
    r"(?:[联会委局府部镇乡村县市区街院校办司家们者站组]|单位|中心|组织|部门|各地|全年|[年月日期]|[，。])\Z|\A[^\u4e00-\u9fff]*\Z"
)


def told_noun(noun: str) -> str:
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
        if so_far["only"] or len(noun) < SHORTEST_NOUN or ENDS_IN_DEED.fullmatch(noun):
            return ""
    adverbs = _ADVERBS.match(noun) if noun[0] in _ADVERB_OPENS else None
    if adverbs is None:
        return noun
    noun = noun[adverbs.end() :]
    return "" if len(noun) <= _LONGEST_DONE and _ONLY_DONE.match(noun) else noun  # 全年实收


def _has_aspect(noun: str) -> bool:
    return ("了" in noun or "着" in noun or "过" in noun) and ASPECT.search(noun) is not None


def phrase_before(text: str, start: int, floor: int, *, organs: bool = False) -> str:
    """Return the noun phrase before a number that begins at start, not beyond `floor`; of `organs` a group keeps its 组织."""
    low = start - REACH
    chunk = text[low if low > floor else floor : start].rstrip(" ")
    # A word at a time, from the number backwards.
    while chunk:
        if chunk[-2:-1] == "每" and chunk[-1] in EACH_ENDS and len(chunk) > SHORTEST_NOUN:
            chunk = chunk[:-2]  # 补助每人每天60元
            continue
        if chunk[-2:] in EVENLY and len(chunk) > LONGEST_LEAD and chunk[-3] not in BREAKS:
            chunk = chunk[:-2]  # 救助水平人均每月300元
            continue
        if chunk[-1] not in _LEAD_ENDS or not (lead := _lead_of(chunk[-LONGEST_LEAD - 1 :])):
            break
        chunk = chunk[: -len(lead)]
        if lead in _IN_ALL and chunk[-1:] in COMMAS:
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
            return head_of(seated["who"] or "")  # 村妇代会主任进“两委”193名
        if chunk[-1:] in _THEN_ENDS and (then := _FROM_THEN.search(chunk)):
            chunk = chunk[: then.start()]
    if not chunk or chunk[-1] not in PAIRS:
        if organs and chunk.endswith("组织"):
            return head_of(chunk[:-2]) + "组织"  # 青年组织98个
        return head_of(chunk[:-1] if chunk.endswith("中") and not chunk.endswith((*SCHOOLS, "集中")) else chunk)
    opened = chunk.rfind(PAIRS[chunk[-1]])
    if chunk[-1] in "）)" and opened > 0:
        return head_of(chunk[:opened]) + chunk[opened:]
    return chunk[opened + 1 : -1].strip(EDGES)


@lru_cache(maxsize=4096)
def _lead_of(words: str) -> str:
    """Return the word that leads up to a number at the end of words: these and the character before are all that it is told by."""
    lead = _LEAD.search(words, max(0, len(words) - LONGEST_LEAD))
    return lead[0] if lead else ""


def head_of(chunk: str) -> str:
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
        return head_of(chunk[: settled.start()])
    if last == "栏" and (stock := _STOCK.search(chunk)):
        return head_of(chunk[: stock.start()])  # 生猪养殖年出栏2000头
    if last == "助" and (help_ := _HELP.search(chunk)):
        return help_[0]
    if last in _VERB_ENDS and (verb := _ENDS_IN_VERB.search(chunk, max(0, len(chunk) - _LONGEST_VERB))):
        subject = chunk[: verb.start()]
        if verb[0] in _ITS_OBJECT:
            return _ITS_OBJECT[verb[0]]
        if subject in EVENLY:
            return chunk  # 户均投入5200元
        if verb[0] == "投入" and (invested := _INVESTED.search(chunk)):
            return invested["noun"]  # 完成技改投入4亿元
        if verb[0] == "价值":
            return chunk if subject in ("", "总") else head_of(subject)
        subject = _DONE_ALREADY.sub("", subject)
        if subject.endswith("被") and len(subject) > SHORTEST_NOUN:
            return head_of(subject[:-1])  # 专职干部被抽调
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
    cut = noun.strip(EDGES)
    if "》" in cut and "《" not in cut:
        cut, listed = cut.rpartition("》")[2], ""  # 被《…》报道
    noun = noun.strip(_OUTER_EDGES) if "”" in cut and cut.count("”") > cut.count("“") else cut  # “暖心”驿站
    if listed and noun and not begin and len(noun) <= _LONGEST_LISTED and not _NO_ITEM.match(noun):
        noun = "、".join((*_listed(listed), noun))
    return "" if noun in NO_HEAD or noun.endswith(_MEANWHILE) else noun


def nouns_in_turn(text: str, floor: int, start: int) -> list[str]:
    """Return the nouns that the numbers from start on count one after the other: 玉米 and 豆类 of 玉米、豆类分别达到3吨、2吨."""
    told = _IN_TURN.search(text, max(floor, start - 2 * REACH), start)
    if told is None:
        return []
    first, *rest = _AND.split(told["nouns"])
    if text[told.start() - 1 : told.start()] in DIGITS:
        bare = first.lstrip("年度月份日")  # 2013年存款、贷款
        first = bare if bare != first or not first[0].isascii() else text[told.start() - 1] + first  # 5G基站
    begin = max(_begins(first), _last_end(_BEGINS_BEHIND_FUNCTION, first))
    opening = told_noun(first[begin:].rpartition("的")[2])
    if opening in _SIZES:
        opening = told_noun(first[_last_end(_BEGINS_BEHIND_FUNCTION, first) :].rpartition("的")[2])  # 投资总额
    nouns = [noun.strip(EDGES) for noun in (opening, *rest)]
    return nouns if len(nouns) > 1 and all(0 < len(noun) <= _LONGEST_LISTED for noun in nouns) else []


def _begins(chunk: str) -> int:
    """Return where a noun begins behind the last light verb of a clause, 0 where there is none."""
    begin = _last_end(_BEGINS_BEHIND_VERB, chunk) or _last_end(_BEGINS_BEHIND_NOUNY, chunk)
    if len(chunk) - begin >= SHORTEST_NOUN or chunk[begin:] in _SUFFIXES:
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
        noun = part[begin:].rpartition("的")[2].strip(EDGES)
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
