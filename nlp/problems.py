"""Problems: the sentences that report one, with leaves, polarity, scope and strength.

A sentence is judged by the linear models of `nlp.model` and then in its surroundings: in an enumeration or passage whose other
sentences report problems it is more likely to report one, and less where it stands alone. Sentences without any wording of
lack outside problem passages are passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ingest.titles import is_full_title
from nlp.features import LACK, LAST_OF_BARE_HEADING, MARK, ROLES, is_bare_heading
from nlp.marks import place_of
from nlp.model import POLARITIES, SCOPES, Floats, load_model
from nlp.records import GUESS_BELOW, Label, Problem, Section, Sentence, new_record, setters_of
from nlp.roles import is_lead_in, load_roles
from nlp.taxonomy import compile_for_search, load_taxonomy

ASSERTED, NONE = POLARITIES.index("asserted"), POLARITIES.index("none")
# Thresholds chosen on corpus/gold and on labelled sentences by hands not trained on; see docs/problems.md
ENOUGH = 0.55  # probability from which a problem counts as reported (docs/problems.md compares others) …
ENOUGH_BY_ROLE = {"plan": 0.85, "measures": 0.85, "achievements": 0.85, "background": 0.82}
# Where fewer of the sentences than this share report a problem, one in the background is reported from the higher probability.
RARE, ENOUGH_WHERE_RARE = 0.03, 0.85
OF_PEOPLE = ("population", "society_law")  # scopes of the leaves of the people served
PLACES_OF_PEOPLE = [SCOPES.index(scope) for scope in OF_PEOPLE]
RULE_IDS = {role: f"problem/{role}" for role in ROLES}
ENOUGH_OTHERWISE = 0.5  # probability from which another polarity is told
CLAUSE_ENOUGH = 0.96  # probability from which a leaf of one clause counts for its sentence …
ROW_ENOUGH, ROW_LEAST = 0.85, 2  # … and of one of so many short lacks in a row …
CLAUSE_SUPPORT = 0.001  # … which then need only not speak against it
FIRST_SHARE = (
    0.25  # of the log odds of the first clause that is added where leaves are put in order: what leads stands first
)
NEIGHBOUR_WEIGHT = 0.35  # share of a neighbour's log odds that is added to a sentence's own
NEIGHBOUR_LIMIT = 2.5
SHORTEST = 5  # characters
NOT_A_SENTENCE = re.compile(
    r"[\d二〇○零一三四五六七八九十年月日\s.\-—/（）()]+$|[^，。；：]{2,20}(?:妇联|联合会|委员会|工会|团委|政府|办公室|局|院|校|公司|协会)$"
)
COUNTS = re.compile(
    r"[^。；]{0,24}?(?:共有|现有|共设|下设|下辖|设有|辖有|共辖|是指|指的是|由[^，。；]{2,24}组成|主要以[^，。；]{1,16}为主|主要(?:包括|分布在|来自)|全[市县区乡镇村街局院校站][^，。；]{0,6}有(?![^，。；]*[一1][个名人所]))"
)
ANNOUNCING = re.compile(  # （一）夜校面临的问题
    MARK
    + r"[^，。；：]{0,16}(?:存在|面临|遇到|碰到)的?(?:主要|突出|一些|几个|几点)*(?:问题|困难|不足|差距|挑战|短板)(?:(?:和|与|及|以及|、)(?:主要)?(?:问题|困难|不足|差距|挑战|短板|原因|建议|对策))?[：。]?$"
)
# Words that lead in (具体表现为：), and a bare name before a row (东片联校。): they say nothing yet.
LEADS_IN = re.compile(
    MARK
    + r"(?:下面|这里|现|其)?(?:具体|主要|突出|集中|详细|有关|详情|情况|表现|体现|反映|原因|问题|问题的|存在的|例如|比如|如|分述|说明|包括|内容|事例|有|以下|下列|这些|几个|[两二三四五六七八九]个|几|[两二三四五六七八九]|方面|点|种|类|在于|为|在|是|于|的|地|列举|如下|来看|看|，){1,8}[：:]$"
)
BARE_NAME = re.compile(
    MARK
    + r"[^，。；：、没无未不缺少难差弱只仅在借用住租占挤靠到去来是有要被]{2,8}(?:学校|联校|小学|中学|村|镇|乡|社区|片区?|卫生院|医院|养老院|敬老院|街道|中心|公司|支部|办公室|大队|合作社|总站|分站|工地|工区|标段|路段|项目部)[。：:]?$"
)
# What a rule asks (按新规，…须…), without a word of how far it is kept.
RULE = re.compile(
    r"(?:按照?|根据|依照|依据|遵照)[^，。；]{0,20}(?:规定|新规|要求|条例|办法|文件|政策|章程|法|标准|制度|规则|细则|精神)[^，。；]{0,8}，"
    r"(?:[^。；]{0,30}?[^必])?(?:须|应当?|必须|可以?|一律|要|得|均由|由)"
)
RULES = frozenset("按根依遵")
CONDITION = re.compile("[没未不][^，。；]{1,8}的")
UNRULY = re.compile("但|却|可是|然而|不过|实际|没|无|不|未|难|缺|只|仅|少")
# How a thing goes by the book, and an example of it (按流程先由村组上报，再由乡镇审核); what others say of us (说得不够具体的，都虚心接受).
BY_THE_BOOK = re.compile(
    r"[^，。；]{0,16}(?:依次(?:有|是|为|经|由)|先由[^，。；]{2,24}，(?:再|后|最后|然后)由|(?:有|分|经过?|包括)[^。；]{2,30}(?:道|个|项)(?:程序|步骤|环节|流程))[^。；]*。?$"
    r"|(?:比如|例如|譬如)[，：:][^。；]{2,16}(?:须|应当?|必须|要)由?[^。；]*。?$"
)
# What is asked whatever stands in its way: 不管财力多紧，都要保证投入
WHATEVER = re.compile(
    r"(?:不管|无论|不论|哪怕|即使|即便|再[难苦忙穷紧])[^。；]{1,30}，[^，。；]{0,12}?(?:都|也|均|一律)(?:[一必]定|坚决|绝)?(?:要|必须|须|得|应|不能|不许|不准)[^。；]*[。！]?$"
)
WHATEVERS = frozenset("不无哪即再")
BURDENSOME = re.compile(f"{UNRULY.pattern}|繁|多")
NOT_OURS = re.compile(r"(?:有则改之|有错就改)(?:[，、]?无则加勉)?|(?:虚心|耐心|诚恳)地?(?:接受|听取|采纳)")
# A fault that is rare, or none: 按期交付是没有问题的; 空巢的不多.
NO_FAULT = re.compile(
    r"(?:是|并|都|也|均|应该|基本|完全)?(?:没有?(?:什么|任何|大的?|太大的?)?问题的?|不成问题的?)[。；]?$"
    r"|(?:空巢|留守|独居|辍学|退学|失学|返贫|致贫|失业|违纪|违法|信访|上访|投诉|拖欠)的?(?:[^，。；]{0,6})?(?:不多|很少|极少|少见|罕见|为数不多|寥寥无几)[。；]?$"
)
# What is asked (您眼下最大的困难是什么？), announced (归纳起来，还存在以下几类问题。) or answered (针对存在的问题，制定了措施) without being named.
ASKS = re.compile(
    "(?:问题|困难|不足|短板|难点|欠缺|薄弱环节)[^，。；？]{0,4}(?:是什么|有哪些|在哪里?|是哪[些一])[？?][”’」』]?$"
)
FOLLOWING = re.compile(
    "(?:^|，)[^，。；]{0,8}(?:存在|面临|遇到|梳理出|查找出|归纳出)[^，。；]{0,6}(?:以下|如下|下列)[^，。；]{0,16}(?:问题|不足|困难|差距|短板)[。：]?$"
)
ANSWERED = re.compile(
    "(?:针对|对照|围绕)(?:当前|目前|工作中?|自身|自查|检查|调查|调研|督查|巡[察视])*(?:存在|查找出?|查摆出?|梳理出?|反馈|发现|反映|指出|以上|上述|这些)的?(?:主要|突出|具体|各类)?的?(?:问题|不足|困难|差距|短板)"
)
FAULTLESS_ENDS = frozenset("题的多少见几")  # with one of these such a sentence ends
# A sentence cut off by the end of a page or of the text: 此外，有的社区; 三是各站要把
OPENS = re.compile(MARK + r"(?:此外|另外|同时|其次|再次|再者|最后|二者|而且|并且|具体来?[说看]|比如|例如|如)?[，,]?")
SOME = re.compile(r"有的|有些|部分|个别|少数|一些|某些|不少|许多|多数|大多数|仍有|还有|还|仍|只|才")
OPEN_ENDS = frozenset("，、,的和与及在对于把被将从向为以并而但或因由使让新各该其这每某再又也都就是更较很比")
MIXED_HEADING = re.compile(  # 一、成绩与不足
    MARK
    + r"[^，。；：]{0,10}?(?:成绩|成效|情况|现状|概况|做法|进展|经验|收获|优势|亮点|特点|工作)(?:与|和|及其?|以及|、|暨)(?:存在的?)?(?:主要|突出)?(?:问题|不足|困难|差距|短板|难点|薄弱环节)[。：]?$"
)
LAST_OF_ANNOUNCING = LAST_OF_BARE_HEADING | {"战"}  # and of such a heading
NUMERAL = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千两]+(?=[个名人位家所户])")
# Words of aims and of what was done: with them a sentence speaks as the papers of its kind do (plans of aims, summaries of deeds).
AIM = re.compile(  # each alternative begins with a character that is told: the search skips to where one stands
    "要(?<![主重需必只]要)(?![求素点闻塞害自跑等花])|将|着力|切实|努力|加强|提高|推进|深化|完善|健全|建立|确保|力争|争取|坚持|围绕|进一步|积极|大力|解决|克服|防止|避免|改变|破解|杜绝|消除"
    "|帮助|继续|针对|营造|力戒|规范|推动|开展|引导|关注|做好|抓好|年内"
)
DEED = re.compile(
    r"取得|完成|举办|开展|荣获|召开|累计|先后|实现|达到|受到|得到|圆满|有效|显著|成功|解决|救助|帮扶|扩充|增加到|建[成立]|组织[了\d]|慰问|针对|办起|发放|协调|妥善|及时|大大|改善|提高了"
)
HINT = re.compile(f"不|未|无|乏|{LACK.pattern}")  # of a lack, however faint
# A lead-in and the first item of its list in one sentence: 主要表现在：一是人员少
LEADS_TO_ITEM = re.compile(
    r"[：:](?=[一二三四五六七八九十]{1,2}[、是]|(?:\d{1,2}|[一二三四五六七八九十])[、.．](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[）)]|第[一二三四五六七八九十][，、]|其[一二三四][，是]|首先|[①②③])"
)
# A label that calls what follows a problem: 存在问题：, 隐患2：
CALLED = re.compile(
    r"(?:当前|目前|主要|存在的?|突出|反映的?|发现的?|查摆的?|具体|工作|的)*(?:问题|不足|困难|差距|短板|隐患|缺陷|漏洞|薄弱环节)(?:[和与及、](?:问题|不足|困难|差距|短板))?\s?[一二三四五六七八九十\d]{0,3}："
)
ITEM = re.compile(MARK.removesuffix("?"))
LIST_MARK = re.compile("[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]")
ITEMS_ENOUGH, ITEMS_SHARE = 2, 0.75  # items of a list that report a problem: so many, and such a share
# Of the log odds of leaves, what the head of an item and the sentence before give to a sentence of it (docs/problems.md)
HEAD_SHARE, BEFORE_SHARE, HEAD_LIMIT = 0.5, 0.15, 4.0
ITEM_GAP = 120  # characters that no problem tells, behind which an item is over
AS_ITEM, AS_STATED = 1.5, 0.7  # log odds, see `plainness`
# A problem is said to be there: 还存在…的问题, 已成为…的一大瓶颈; not 查找存在的问题, 针对…存在的困难.
STATES = compile_for_search(
    r"存在(?![的着]?(?:突出|主要|具体)*(?:问题|困难|不足))[^，。；]{1,24}(?:问题|现象|情况|困难|不足|倾向|隐患|差距|矛盾|漏洞|短板|空白)(?=[，。；]|$)"
    r"|(?:差距|矛盾|压力|难度|缺口|风险)[^，。；]{0,8}越[来拉]越|越来越[少难差弱]|日[益趋](?:突出|严重|尖锐|凸显)(?=[，。；]|$)"
    r"|(?:成为|成了|是)[^，。；]{0,20}(?:瓶颈|短板|软肋|难题|障碍|绊脚石|薄弱环节|老大难)(?=[，。；]|$)"
)
AGREEING = {"plan": AIM, "measures": AIM, "achievements": DEED}
WIDESPREAD = re.compile("普遍|突出|严重|大多数|绝大多数|大部分|十分|很大|极|相当|远远|越来越|日益|明显")
(
    _set_start, _set_end, _set_text, _set_rule, _set_categories,
    _set_main, _set_polarity, _set_scope, _set_strength, _set_score,
) = setters_of(Problem)  # fmt: skip
PARTIAL = re.compile("部分|有的|少数|个别|一些|有些|某些|不少|局部|一定程度")
MILD = re.compile("有待|需(?:要)?进一步|还需|尚需|不够|还有|仍需|有差距|一定(?:的)?差距|亟待|不太")


def find_problems(text: str, sentences: Sequence[Sentence], sections: Sequence[Section]) -> Iterator[Problem]:
    """Yield the sentences that name a problem, in order, of every polarity; `asserted` ones report it as existing.

    Where most items of a list report one, the heads of the others are read as items among problems, whatever the heading above it.
    """
    clear = load_roles().clear_lack.places(text)
    found = list(_read(text, sentences, clear))
    asserted = [problem.start for problem in found if problem.polarity == "asserted"]
    if len(asserted) >= ITEMS_ENOUGH and (told := in_lists(sentences, sections, asserted)):
        found = list(_read(text, told, clear))
    yield from found


def in_lists(
    sentences: Sequence[Sentence], sections: Sequence[Section], asserted: Sequence[int]
) -> list[Sentence] | None:
    """Return the sentences with the heads of lists that tell problems among problems, or None where there is none to change.

    `asserted` are the starts of the sentences that report a problem, in order.
    """
    heads: set[int] = set()
    for items in lists_of(sections):
        reporting = sum(bisect_left(asserted, one.end) > bisect_left(asserted, one.start) for one in items)
        if reporting >= max(ITEMS_ENOUGH, ITEMS_SHARE * len(items)):
            heads.update(one.start for one in items)
    changed = {at for at, sentence in enumerate(sentences) if sentence.start in heads and _may_be_told(sentence)}
    if not changed:
        return None
    return [
        replace(sentence, role="problems", assumed=False) if at in changed else sentence
        for at, sentence in enumerate(sentences)
    ]


def lists_of(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Yield the items of each list in running text, 一是…。…二是…。… or 第一，…。第二，…。: sections side by side, numbered on."""
    rows: dict[tuple[int | None, int], list[Section]] = {}
    for section in sections:
        if LIST_MARK.match(section.marker) is None:
            continue
        row = rows.setdefault((section.parent, section.level), [])
        if row and place_of(section.marker) <= place_of(row[-1].marker):
            yield row.copy()
            row.clear()
        row.append(section)
    yield from rows.values()


def _may_be_told(sentence: Sentence) -> bool:
    """Tell a sentence whose role a list may change: no heading and no lead-in told it."""
    return sentence.role == "background" or (sentence.assumed and sentence.role != "problems")


def _read(text: str, sentences: Sequence[Sentence], clear: Sequence[int]) -> Iterator[Problem]:
    """Yield the sentences that name a problem, each read in its role and among its neighbours; clear wordings of lack stand where told."""
    candidates, units = [], []
    at = 0  # of the clear wordings, the first that stands in the sentence or behind it
    for sentence in sentences:
        start, end = sentence.start, sentence.end
        if end - start < SHORTEST:
            continue
        lacking = False
        if sentence.role != "problems":
            at = bisect_left(clear, start, at)
            if at == len(clear) or clear[at] >= end or says_nothing(unit := text[start:end]):
                continue
        else:
            lacking = LACK.search(text, start, end) is not None
            if says_nothing(unit := text[start:end]) or (not lacking and only_counts(unit)):
                continue
        candidates.append(sentence)
        units.append((unit, role_told(unit, sentence, lacking=lacking)))
    if not candidates:
        return
    model = load_model()
    reading = model.read([(said(unit), role) for unit, role in units])
    polarities = model.polarities(reading)
    enough = [ENOUGH_BY_ROLE.get(role, ENOUGH) for _, role in units]
    forms = [plainness(unit, role) for unit, role in units]
    asserted = in_context(polarities[:, ASSERTED], candidates, forms)
    if asserted.sum() < RARE * len(sentences):
        # long reports that tell few: what seems to be one in passing mostly is none
        enough = [
            ENOUGH_WHERE_RARE if role == "background" else bar for bar, (_, role) in zip(enough, units, strict=True)
        ]
    judged = list(_polarities(polarities, asserted, enough))
    told = [at for at, (polarity, _) in enumerate(judged) if polarity != "none"]
    if not told:
        return
    leaves, scopes, clauses = model.leaves_and_scopes(reading.part(told))
    leaves = in_items(leaves, [candidates[at] for at in told], [units[at][0] for at in told])
    likeliest = scopes.argmax(axis=1).tolist(), scopes.take(PLACES_OF_PEOPLE, axis=1).argmax(axis=1).tolist()
    for at, labels, scope, of_people in zip(told, _labels(leaves, *clauses), *likeliest, strict=True):
        unit, role = units[at]
        yield _problem(
            candidates[at], unit, RULE_IDS[role], labels, *judged[at],
            OF_PEOPLE[of_people] if labels[0].id in _of_people() else SCOPES[scope],
        )  # fmt: skip


def _problem(
    sentence: Sentence, unit: str, rule: str, labels: tuple[Label, ...], polarity: str, probability: float, scope: str
) -> Problem:
    """Return a record, made past its constructor."""
    found: Problem = new_record(Problem)
    _set_start(found, sentence.start)
    _set_end(found, sentence.end)
    _set_text(found, unit)
    _set_rule(found, rule)
    _set_categories(found, labels)
    _set_main(found, labels[0].id)
    _set_polarity(found, polarity)
    _set_scope(found, scope)
    _set_strength(found, _strength(unit))
    _set_score(found, round(probability, 3))
    return found


def said(unit: str) -> str:
    """Return what a sentence says behind the label or lead-in that opens it: 人员少 of 存在问题：人员少 and of 主要表现在：一是人员少."""
    if "：" not in unit:
        return unit
    if (label := CALLED.match(unit)) is not None and len(unit) - label.end() >= SHORTEST:
        unit = unit[label.end() :]
    lead = LEADS_TO_ITEM.search(unit)
    return unit[lead.end() :] if lead is not None and len(unit) - lead.end() >= SHORTEST else unit


def only_counts(unit: str) -> bool:
    """Tell a sentence that only counts or defines (全县共有村书记213名, 收入主要以种植为主), or names, with no word of a lack."""
    if LACK.search(unit) is not None:
        return False
    if COUNTS.match(unit) is not None and len(NUMERAL.findall(unit)) < 2:
        return True
    return BARE_NAME.match(unit) is not None or (
        BY_THE_BOOK.match(unit) is not None and BURDENSOME.search(unit) is None
    )


def says_nothing(unit: str) -> bool:
    """Tell a heading or lead-in that announces problems without naming one, a title, a signature or a date."""
    last, short = unit[-1], len(unit) < 40
    if unit[0] in RULES and tells_rule(unit):
        return True
    if unit[0] in WHATEVERS and WHATEVER.match(unit) is not None:
        return True
    if (
        not FAULTLESS_ENDS.isdisjoint(unit[-2:])
        and NO_FAULT.search(unit) is not None
        and LACK.search(NO_FAULT.sub("", unit)) is None
    ):
        return True
    if (
        ("心" in unit or "改" in unit or "诚" in unit)
        and NOT_OURS.search(unit) is not None
        and UNRULY.search(NOT_OURS.sub("", CONDITION.sub("", unit))) is None
    ):
        return True
    if "针对" in unit or "对照" in unit or "围绕" in unit:
        rest = ANSWERED.sub("", unit)
        if len(rest) < len(unit) and not load_roles().clear_lack.opens(rest):
            return True
    if "？" in unit[-2:] and ASKS.search(unit) is not None:
        return True
    if "以下" in unit or "如下" in unit or "下列" in unit:
        rest = FOLLOWING.sub("", unit)
        if len(rest) < len(unit) and LACK.search(rest.replace("问题", "")) is None:
            return True
    if last in "。；！？：":  # most sentences, told by one look
        if not short or last in "；！？":
            return False
        if unit[-2:-1] in LAST_OF_ANNOUNCING and (is_bare_heading(unit) or ANNOUNCING.match(unit)):
            return True
        if last == "：" and LEADS_IN.match(unit):
            return True
        return unit.endswith(("：", "如下。")) and is_lead_in(unit)
    return bool(
        is_bare_heading(unit)
        or is_full_title(unit)
        or (short and (ANNOUNCING.match(unit) or MIXED_HEADING.match(unit) or is_cut_off(unit)))
        or NOT_A_SENTENCE.match(unit)
    )


def tells_rule(unit: str) -> bool:
    """Tell what is asked (按新规，设站的须交费，没设的须交筹备费。), without a word of how far it is kept."""
    return RULE.match(unit) is not None and UNRULY.search(CONDITION.sub("", unit)) is None


def is_cut_off(unit: str) -> bool:
    """Tell a sentence that breaks off before it says anything: 此外，有的社区; not 经费不足，也."""
    if unit[-1] not in OPEN_ENDS and not SOME.match(unit, OPENS.match(unit).end()):  # type: ignore[union-attr]
        return False
    return LACK.search(SOME.sub("", unit)) is None


def role_told(unit: str, sentence: Sentence, *, lacking: bool = False) -> str:
    """Return the role that counts for a sentence: one that rests on the kind of the document alone does where its own words agree.

    A plan's 要加强…, a summary's 解决了… are what they seem; 电脑都不够 is a lack in any kind of paper. A heading of problems makes none
    of a sentence of aims or deeds in which no word hints at a lack; `lacking` tells that one is known to do so.
    """
    if (
        sentence.role == "problems"
        and not lacking
        and not HINT.search(unit)
        and (AIM.search(unit) or DEED.search(unit))
    ):
        return "background"  # 近年来，…努力构建… under a heading of problems
    if not sentence.assumed:
        return sentence.role
    agreeing = AGREEING.get(sentence.role)
    return sentence.role if agreeing and agreeing.search(unit) else "background"


def plainness(unit: str, role: str) -> float:
    """Return the log odds that the form of a sentence adds: an item among problems, and words that say that a problem is there.

    Chosen on the samples, the real files and the reports kept apart (docs/problems.md).
    """
    added = 0.0
    if role == "problems" and ITEM.match(unit) and (LACK.search(unit) or not AIM.search(unit)):
        added = AS_ITEM
    return added + AS_STATED if STATES.search(unit) else added


def in_context(probabilities: Floats, sentences: Sequence[Sentence], forms: Sequence[float]) -> Floats:
    """Return the probabilities with each sentence's form and neighbours taken into account, where they follow on each other.

    `forms` are the log odds that the form of each sentence adds.
    """
    odds = np.log(probabilities + 1e-4) - np.log(1 - probabilities + 1e-4)
    odds += np.array(forms, dtype=odds.dtype)
    told = np.minimum(np.maximum(odds, -NEIGHBOUR_LIMIT), NEIGHBOUR_LIMIT) * NEIGHBOUR_WEIGHT
    follows = np.array(
        [b.start - a.end <= 1 and a.role == b.role for a, b in zip(sentences, sentences[1:], strict=False)], dtype=bool
    )
    odds[1:] += told[:-1] * follows
    odds[:-1] += told[1:] * follows
    return 1 / (1 + np.exp(-odds))


def _polarities(polarities: Floats, asserted: Floats, enough: Sequence[float]) -> Iterator[tuple[str, float]]:
    """Yield the polarity of each sentence and its probability; `asserted` is that of a problem, in its context.

    A problem is reported from the probability that is `enough` for the sentence.
    """
    others = polarities.copy()
    others[:, ASSERTED] = 0
    best = others.argmax(axis=1)
    scores = others.ravel().take(best + np.arange(0, others.size, len(POLARITIES)))
    for problem, bar, other, score in zip(asserted.tolist(), enough, best.tolist(), scores.tolist(), strict=True):
        if problem >= bar:
            yield "asserted", problem
        elif other != NONE and score >= ENOUGH_OTHERWISE:
            yield POLARITIES[other], score
        else:
            yield "none", 0.0


def in_items(leaves: Floats, sentences: Sequence[Sentence], units: Sequence[str]) -> Floats:
    """Return the probabilities of leaves with what the head of an item says for the sentences below it: 一是经费不足。三年没有…

    A share of the log odds of the leaves that the head has is added, and a smaller one of those of the sentence right before.
    """
    if len(sentences) < 2:
        return leaves
    below, heads, behind = [], [], []  # sentences of items, the head of each, and those that follow on one before
    head = end = -1
    for at, (sentence, unit) in enumerate(zip(sentences, units, strict=True)):
        start = sentence.start
        if sentence.role != "problems":
            head = -1
        elif ITEM.match(unit):
            head = at
        elif start - end > ITEM_GAP:
            head = -1
        elif head >= 0:
            below.append(at)
            heads.append(head)
            if start - end <= 1:
                behind.append(at)
        end = sentence.end
    if not below:
        return leaves
    odds = _log_odds(leaves)
    told = np.minimum(np.maximum(odds, 0), HEAD_LIMIT)
    odds[below] += HEAD_SHARE * told[heads]
    odds[behind] += BEFORE_SHARE * told[np.array(behind, dtype=np.intp) - 1]
    return (1 / (1 + np.exp(-odds))).astype(np.float32)


def _labels(
    leaves: Floats, owners: NDArray[np.int64], of_clauses: Floats, short: NDArray[np.bool_]
) -> Iterator[tuple[Label, ...]]:
    """Yield, for each sentence, its leaves, the leading one first; that one always where none is likelier than not.

    A leaf counts from its probability for the sentence, or from that for one of its clauses: of a list of lacks, each speaks.
    What the first clause tells leads; what stands behind it is often the cause or what follows.
    """
    kept, shown = leaves >= GUESS_BELOW, leaves
    if len(owners):
        firsts = np.ones(len(owners), dtype=bool)
        np.not_equal(owners[1:], owners[:-1], out=firsts[1:])
        first = firsts.nonzero()[0]
        several = owners.take(first)
        best = np.zeros_like(leaves)  # of the clauses of each sentence; none for a sentence of one clause
        enough = np.where(in_rows(owners, short), ROW_ENOUGH, CLAUSE_ENOUGH)[:, None]
        best[several] = np.maximum.reduceat(np.where(of_clauses >= enough, of_clauses, 0), first)
        rank = _log_odds(np.concatenate([leaves, of_clauses.take(first, axis=0)]))
        leading = rank[len(leaves) :]
        rank = rank[: len(leaves)]
        leading *= FIRST_SHARE
        rank[several] += leading
        speaks = (best > 0) & (leaves >= CLAUSE_SUPPORT)
        kept |= speaks
        shown = np.where(speaks, np.maximum(leaves, best), leaves)
    else:
        rank = _log_odds(leaves)
    other = load_model().leaf_ids.index("other")
    kept[:, other] &= (np.add.reduce(kept, axis=1) == 1) | (rank.argmax(axis=1) == other)
    kept[np.arange(len(kept)), rank.argmax(axis=1)] |= ~np.logical_or.reduce(kept, axis=1)
    rows, places = kept.nonzero()
    order = np.lexsort((places, -rank[kept], rows))
    ids = load_model().leaf_ids
    labels = [
        _label(ids[place], round(score, 3))
        for place, score in zip(places.take(order).tolist(), shown[kept].take(order).tolist(), strict=True)
    ]
    begin = 0
    for end in np.add.reduce(kept, axis=1).cumsum().tolist():
        yield tuple(labels[begin:end])
        begin = end


def in_rows(owners: NDArray[np.int64], short: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which clauses are short lacks in a row of such: the sentence has so many."""
    many: NDArray[np.bool_] = np.bincount(owners, weights=short).take(owners) >= ROW_LEAST
    return many & short


@cache
def _of_people() -> frozenset[str]:
    """Return the leaves of the people served: what they suffer is theirs or society's, whoever tells it.

    19 in 20 of the labelled sentences whose main leaf is of that group are labelled so.
    """
    return frozenset(leaf.id for leaf in load_taxonomy().leaves if leaf.group == "people")


@cache
def _label(leaf: str, score: float) -> Label:
    """Return a label; of a leaf and thousandths there are not many."""
    return Label(id=leaf, score=score)


def _log_odds(probabilities: Floats) -> Floats:
    sure: Floats = np.minimum(np.maximum(probabilities, 1e-6), 1 - 1e-6)
    return np.log(sure / (1 - sure))


def _strength(unit: str) -> str:
    if WIDESPREAD.search(unit):
        return "widespread"
    if PARTIAL.search(unit):
        return "partial"
    return "mild" if MILD.search(unit) else ""
