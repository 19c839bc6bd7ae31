"""The signs that a body wrote a paper, by where it is named: in the title, in the table or on the page above the paper, on lines of the head
and the foot, as subject of the first sentence, in running text. What a sign of each kind weighs is told in `nlp/data/whose.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nlp.bodies import (
    GENERIC_PLACE,
    HAN,
    MASK,
    Body,
    find_bodies,
    find_institutions,
    is_core,
    is_place,
    level_of,
    load_bodies,
    named_places,
)
from nlp.edges import DAY, EDGE_LINES, HEAD, LONGEST_EDGE, YEAR
from nlp.news import opening_of
from nlp.writer_words import LONGEST_NAME, MASKED, load_words
from nlp.writers import guessed_level

LEVEL_CHARS = frozenset("省市县区旗州镇乡")
TOLD_BY_OTHERS = frozenset(("news", "other", "research"))
SPOKEN_FOR = frozenset(("speech", "research", "news", "summary", "experience"))  # kinds of papers that bear by-lines
NAMED_LENGTH = 4  # characters: 社区工作总结 and 支部工作总结 name nobody
LONGEST_SUBJECT = 90  # characters of the first sentence in which its subject is looked for
OWN_HEAD = 2000  # characters in which a writer calls his body 我局
PAGE_PARTS = re.compile(r"[_|｜]|\s?[-–—]+\s?")
PATH_PARTS = re.compile(r"\s*(?:>|＞|»|›|→)+\s*")
OF_PAGE = re.compile(r"(?:官方|门户|政务|信息|公众|公开)*(?:网站?|官网|首页|公众号|平台)$")
UNIT = re.compile(
    rf"(?:^|[\s\u3000（(])(?:作者|撰稿|报送|供稿|申报|汇报|报告|填报|所在|推荐)?单位(?:名称)?\s?[:：]\s?(?P<body>[{HAN}{MASKED}]{{3,24}})"
)
REPORTER_OF = re.compile(  # what closes a piece of news: （清河县妇联  李某某）
    rf"[（(](?:通讯员|供稿|撰稿|作者)?[:：\s\u3000]*(?P<body>[{HAN}]{{3,{LONGEST_NAME}}})[\s\u3000]+(?:通讯员|供稿|撰稿)?[:：\s\u3000]*"
    rf"[{HAN}{MASKED}]{{2,4}}(?:[、\s\u3000]+[{HAN}{MASKED}]{{2,4}})*[\s\u3000]*[)）]\s*\Z"
)
SOURCE = re.compile(rf"(?:稿件|文章|信息|内容)?来\s?源\s?[:：]\s?(?P<body>[{HAN}{MASKED}]{{3,24}})")
SIGNER_LABEL = re.compile(r"^[^：:，。]{2,6}[：:]")
LEAGUE = re.compile(
    rf"^(?:{YEAR}年?度?)?(?P<body>(?:[{HAN}]{{2,6}}?)?[省市县区]总)(?=(?:工会)?{YEAR}|女职工|机关|[上下]半年|工作)"
)
PROVIDED = re.compile(r"(?:关于|对于)(?:对|给|向)?$")
VISITS = re.compile(  # of the one who comes: 市人大常委会副主任…到市妇联调研
    rf"(?:党组|党委)?(?:常务)?副?(?:书记|主席|主任|局长|县长|区长|市长|省长|镇长|部长|会长|院长|检察长)[{HAN}、]{{2,16}}?(?:一行)?(?:到|赴|来|莅临|深入|走访|视察)"
)
OF_PLACE = re.compile("(?:[镇乡县区市旗]|街道)$")
OF_PLACE_OR_VILLAGE = re.compile("(?:[镇乡县区市旗村]|街道|社区)$")
HEAD_OFFICE = re.compile("总(?:公司|厂|行|社|院|队)")
INSPECTS = re.compile("(?:审计|监察|检察)[院署]")
LEADING_YEAR = re.compile(rf"{YEAR}年?度?")
OF_YEAR = re.compile(r"(?<=[\d一二三四五六七八九〇○零]年)度")
CALLING = frozenset("表某我本")  # before the name of a body: 我代表…, 某县总工会, 我县妇联
SPEAKING = re.compile(r"(?:我们?|委托[，,]?|在此[，,]?|请允许我)(?:谨|仅|特|首先|在此)*代表\Z")
LONGEST_SPEAKING = 12  # characters
ENDS_CLAUSE = frozenset("，,。；;：:\n \u3000）)！!？?日讯月")
LED_IN = re.compile(  # a clause before the subject of a first sentence: by whose word, what for, when
    r"[^，。\n]{0,4}?(?:根据|按照|依据|遵照|为|围绕|随着|在|自|针对|通过|结合|紧扣|面对|经|受|依照|接|对照|紧紧|不断|切实|进一步|深入|全面|有效|确保)"
    r"|[^，。\n]{0,16}[年月日期来初度午季讯前）][^，。\n]{0,4}$"
)
LONGEST_LEAD = 200  # characters
INSPECTING = re.compile(  # 县委3个巡察组对…
    rf"[\s\u3000]*(?P<body>[{HAN}]{{0,6}}[省市县区旗州]委)[一二三四五六七八九十两\d]+个巡[察视]组(?:对|分别|进驻|深入|已|先后)"
)
PAIR = re.compile("(?:党委|党工委)[、和](?=[镇乡政人街办])")
COMMAS = re.compile("[，,]")
CLAUSE_ENDS = re.compile("[，,。；;：:\\n\u3000）)！？]")
LEVEL_OF_OWN = re.compile(r"(?:我|全|本)(省|自治区|市|州|县|区|旗|镇|乡|街道|村|社区|校|公司|院)(?!委|级)")
DATED = re.compile(DAY)
OWN_WORD = re.compile(
    r"[我本全](?:(?<=[我本])|(?=院|校|园|厂|所(?!有)|公司|镇|乡|街道|社区|村(?!级)))(?:(局|校|院|园|厂|站(?!在)|中心|公司|街道|社区|镇|乡(?!委)|村(?!委)|所(?![有在做知以])|处(?![理在境于])|办(?![理了的事好])|行(?![我动业])|会(?=[在以将坚认积组共现各机秉始紧按根]))(?!级))"
)
I_AM = re.compile(
    rf"我(?:是|叫[{HAN}]{{2,4}}[，,](?:是|现任|现为|担任|任)|现任|现担任)(?:来自)?(?P<body>[{HAN}{MASKED}]{{2,20}}?)(?:的)?(?:党总?支部|党委|党组)?(?:第一书记|副?书记|支书|副?主任|副?主席|校长|院长|局长|镇长|乡长|会长|所长|站长)"
)
EDGES = frozenset(("edge/alone", "edge/letterhead", "edge/by-line", "edge/by-line of another paper"))
MENTIONS = frozenset(("named/league", "head/named", "level/own", "edge/spoken to"))
MENTIONS_ALONE = MENTIONS - {"level/own"} | {"head/subject"}
BELOW = frozenset(("township", "village"))
STATED = frozenset(("title/begins", "title/before its year or kind", "page/issuer", *EDGES))
SETTLES = frozenset(
    ("edge/alone", "edge/letterhead", "edge/by-line")
)  # what the middle of the text says changes nothing
LEADS = frozenset(("title/begins", "title/before its year or kind"))
OF_FIELD = re.compile(r"[省市县区旗州镇乡道村](?P<field>[\u4e00-\u9fff]{2,4})(?:办公室|[局办所站股科]|中心)$")
EVERYBODYS = re.compile("(?:[省市县区旗州镇乡团监纪党]委|工委|政府|党组|人大|政协)$")
SPACES = " \u3000"
SOMEBODY = re.compile("某{1,3}$")  # of 某县总工会


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is looked at: the text, the title of the paper (that of the one issued), its kind, and what stands around it."""

    text: str
    title: str
    doc_type: str
    issuer: str | None = None  # by the table above the paper
    signer: str | None = None
    above: str = ""  # lines of the page, and the page's title


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """That a body wrote a paper, by where it stands: `kind` is one of `nlp/data/whose.toml`, `count` how often."""

    body: Body
    kind: str
    count: int = 1


def find_signs(paper: Paper) -> list[Sign]:
    """Return the signs by which one body or another wrote a paper."""
    if "代表国务院" in paper.text[:HEAD]:
        return [Sign(body=Body("国务院", None, "nation"), kind="spoken/in its name")]
    signs = [Sign(body=body, kind=kind) for body, kind in _kinds_of_title(paper.title).items()]
    titled = any(sign.kind in LEADS and not is_generic(sign.body) for sign in signs)
    led = titled or any(
        paper.title.startswith(sign.body.name) and not is_generic(sign.body) for sign in signs
    )  # 市妇联2016年工作总结
    signs += (*_signs_of_page(paper), *_signs_in_text(paper, titled=titled, led=led))
    if titled or (led and paper.doc_type not in TOLD_BY_OTHERS) or any(sign.kind in STATED for sign in signs):
        return signs  # what the first sentences tell could change nothing
    signs += _signs_of_opening(paper)
    if word := own_word(paper.text):
        signs += (*_signs_of_own_word(paper, word, signs),)
    return signs


@lru_cache(maxsize=1)  # asked twice or three times of a text
def own_level(text: str) -> str:
    """Return the level of which a report speaks as its own: 我县, 全镇, 本区."""
    words = Counter(LEVEL_OF_OWN.findall(text))
    if not words:
        return "unknown"
    word = words.most_common(1)[0][0]
    if word in ("校", "公司", "院"):
        return "enterprise"
    return dict(load_bodies().levels)[word]


def _signs_of_page(paper: Paper) -> Iterator[Sign]:
    """Yield the bodies of the table above a paper, of the name of its page, of the path to it and of the line 来源."""
    words = load_words()
    if paper.issuer:
        yield Sign(body=body_named(paper.issuer), kind="page/issuer")
    head = paper.text[: 4 * LONGEST_EDGE].split("\n")[:EDGE_LINES]
    above = paper.above.split("\n") if paper.above else []
    for line in (head[0], *above[: EDGE_LINES + 2]):
        parts = PAGE_PARTS.split(line[: 2 * LONGEST_EDGE])
        if (
            len(parts) > 1
            and not words.no_page.search(parts[-1])
            and (body := whole_body(OF_PAGE.sub("", parts[-1].strip(SPACES))))
        ):
            yield Sign(body=body, kind="page/name")
            break
    for line in above[: 2 * EDGE_LINES]:
        steps = PATH_PARTS.split(line[: 2 * LONGEST_EDGE])
        for step in reversed(steps[1:] if len(steps) > 1 else ()):
            if body := whole_body(step.strip(SPACES)):
                yield Sign(body=body, kind="page/path")
                break
    if (
        paper.doc_type in SPOKEN_FOR
        and (wrote := REPORTER_OF.search(paper.text))
        and (body := whole_body(wrote["body"]))
    ):
        yield Sign(body=body, kind="edge/by-line")
    for line in (*above, *head):
        if "单位" in line and (unit := UNIT.search(line)) and (body := whole_body(unit["body"])):
            yield Sign(body=body, kind="edge/by-line")
            break
    for line in (*above, *head):
        if "源" in line and (source := SOURCE.search(line)) and (body := whole_body(source["body"])):
            yield Sign(body=body, kind="page/source")
            break


def _signs_in_text(paper: Paper, *, titled: bool, led: bool) -> Iterator[Sign]:
    """Yield the bodies on lines of the head and the foot, and those that the text names, by the part that they play in it."""
    text, words = paper.text, load_words()
    first = text.split("\n", EDGE_LINES)[:EDGE_LINES]
    last = text.rsplit("\n", EDGE_LINES + 1)[-EDGE_LINES - 1 :]
    edges = dict.fromkeys(line.strip() for line in first + last[-EDGE_LINES:])
    head, foot = sum(map(len, first)) + EDGE_LINES, len(text) - sum(map(len, last)) - EDGE_LINES
    stood = list[Body]()
    settled = ["title"] if led or paper.issuer else list[str]()  # kinds of signs
    for line in (line for line in edges if len(line) <= LONGEST_EDGE):
        yield from _signs_on_line(paper, line, stood, settled, foot=line in last)
    opening = text.find(opening_of(text))
    first_stop = text.find("。", opening)
    named: Counter[Body] = Counter()
    told = titled and head <= HEAD and len(text) - foot <= HEAD
    reach, rest = (head, foot) if told else _head_and_foot(text)
    orders = _orders(paper)
    for body, start, end in _bodies_by_turns(text, reach, rest, lambda: bool(settled)):
        if orders and (words.will_look.match(text, end) or words.report_to.search(text, max(0, start - 6), start)):
            yield Sign(body=body, kind="notice/wants reports")
        if words.counted_after.match(text, end):
            continue  # 乡镇妇联14个
        before = text[start - 1] if start else "\n"
        if before == "某":
            body = _of_somebody(text, body, start)
        elif before in CALLING:
            yield from _signs_of_calling(text, body, start)
        if (
            is_core(body.name)
            and words.elects.search(text, max(0, start - 4), start)
            and own_level(text) in (body.level, "unknown")
        ):
            yield Sign(body=body, kind="own/elects")
        if end < HEAD and (before in ENDS_CLAUSE or before in "我本") and _is_its_field(body, paper):
            yield Sign(body=body, kind="title/its field")
        if end > HEAD:
            named[body] += 1
        elif not is_above(text, start, end) or (is_core(body.name) and body.level == own_level(text)):
            named[body] += 1
            if text[end : end + 1] != "：":
                yield from _signs_at_head(paper, body, start, end, opening=opening, first_stop=first_stop)
        edge = _short_line(text, start, end) if start < head or end > foot else ""
        if edge and edge in edges and (sign := _sign_at_edge(paper, body, edge)):
            settled.extend({sign.kind} & SETTLES)
            yield sign
            stood.append(body)
    yield from _signs_of_leagues(text, {} if settled else named)
    if not stood and not titled and (signing := _at_foot(last)):
        yield Sign(body=whole_body(signing) or body_named(signing), kind="foot/above the date")


def _signs_on_line(paper: Paper, line: str, stood: list[Body], settled: list[str], *, foot: bool) -> Iterator[Sign]:
    """Yield the bodies that a line of the head or the foot consists of or begins with.

    All that it names go to `stood`, kinds of signs that leave nothing open to `settled`.
    """
    words = load_words()
    for body, _, end in find_institutions(line):
        whole = bool(words.branches.fullmatch(line, end)) or (
            foot and bool(words.foot.fullmatch(line)) and not words.no_body.search(line, end)
        )
        body = Body(line, body.place, body.level) if whole else body
        if kind := "edge/alone" if whole else _kind_of_edge(line[end:], paper.doc_type):
            settled.extend({kind} & SETTLES)
            yield Sign(body=body, kind=kind)
        stood.append(body)
    if chief := words.chief.match(SIGNER_LABEL.sub("", line)):
        place = chief["place"]
        if is_place(place) and not words.no_body.search(place):
            yield Sign(body=_place(place), kind="edge/chief of a place")
    elif not stood and (office := words.office_line.fullmatch(line)):
        stood.append(Body(line, office["place"], level_of(office["place"])))
        yield Sign(body=stood[-1], kind="edge/alone")


def _signs_of_calling(text: str, body: Body, start: int) -> Iterator[Sign]:
    """Yield a body in whose name the text speaks, or that it calls its own, by the words before it: 我代表…, 我…, 本…."""
    before = text[start - 1]
    if before == "表" and text.endswith("代表", 0, start):
        spoken = SPEAKING.search(text, max(0, start - LONGEST_SPEAKING), start) is not None
        if spoken or start < HEAD:
            yield Sign(body=body, kind="spoken/in its name" if spoken else "spoken/represented")
    elif before in "我本" and is_core(body.name):
        yield Sign(body=body, kind="own/ours")


def _sign_at_edge(paper: Paper, body: Body, line: str) -> Sign | None:
    """Return the sign of a body with which a line of the head or the foot begins, with its party group; None where it does not."""
    lead, _, after = line.partition(body.name)
    if lead not in ("", "中共") or not (kind := _kind_of_edge(after, paper.doc_type)):
        return None
    groups = load_words().party_groups
    group = after in groups and not body.name.endswith(groups)
    return Sign(body=Body(body.name + after, body.place, body.level) if group else body, kind=kind)


def _signs_of_leagues(text: str, named: Mapping[Body, int]) -> Iterator[Sign]:
    """Yield the leagues and unions among bodies named so often; others need more than mentions."""
    for body, count in named.items():
        if is_core(body.name):
            yield Sign(body=body, kind="named/league", count=count)
            if body.level == own_level(text) != "unknown":
                yield Sign(body=body, kind="level/own", count=count)


def _orders(paper: Paper) -> bool:
    """Tell a paper by which a body orders those below it to do something."""
    return paper.doc_type == "notice" or (paper.doc_type == "plan" and "的通知" in paper.above)


def _is_its_field(body: Body, paper: Paper) -> bool:
    """Tell an office, of the level of which the paper speaks as its own, from whose field the paper is titled: 镇综治办 of 综治工作总结."""
    field = OF_FIELD.search(body.name) if not is_core(body.name) and body.name not in paper.title else None
    return bool(field and field["field"] in paper.title and own_level(paper.text) in (body.level, "unknown"))


def is_generic(body: Body) -> bool:
    """Tell a name that any such body bears: 卫生院, 企业工会, 村党支部."""
    return body.place in (None, body.name) and load_words().generic.fullmatch(body.name) is not None


def own_word(text: str, *, at_least: int = 1) -> str:
    """Return the word by which a writer calls the body most often (我局: 局); "" where there is none said so often."""
    words = Counter(OWN_WORD.findall(text, 0, OWN_HEAD))
    return next((word for word, count in words.most_common(1) if count >= at_least), "")


def _signs_of_own_word(paper: Paper, word: str, signs: Iterable[Sign]) -> Iterator[Sign]:
    """Yield the body that is of the kind of which the writer says 我局: of those that are more than named, or the one that acts at the head.

    A study speaks so of what it studies, and a piece of news of what it tells of.
    """
    words = load_words()
    said = {sign.body.name: sign.body for sign in signs if sign.kind not in MENTIONS}
    agree = [body for name, body in said.items() if words.own[word].search(name)]
    told = any(sign.kind not in MENTIONS_ALONE for sign in signs)
    if not agree and not told and paper.doc_type not in ("research", "news"):
        acting: dict[str, Body] = {}
        for match in words.own_subject[word].finditer(paper.text, 0, HEAD):
            name = match["body"]
            if (
                (len(name) < NAMED_LENGTH and not name.startswith("中心"))
                or words.no_body.search(name)
                or words.no_village.search(name)
            ):
                continue
            if not OF_PLACE.search(name) or is_place(name):
                acting[name] = _place(name) if OF_PLACE.search(name) else body_named(name)
        agree = list(acting.values()) if len(acting) == 1 else []
    for body in agree:
        yield Sign(body=body, kind="own/agrees")


def _signs_of_opening(paper: Paper) -> Iterator[Sign]:
    """Yield the subject of the first sentence, the body of the one who speaks first, and the body that the head describes."""
    words = load_words()
    opening = opening_of(paper.text)
    if body := _opening_body(paper, opening):
        yield Sign(body=body, kind=_as_subject(paper.doc_type))
    if inner := words.inner.search(opening, 0, LONGEST_SUBJECT):
        before = opening[: inner.start()]
        if (not before or before[-1] in ENDS_CLAUSE) and _is_led_in(before.rpartition("。")[2]):
            yield Sign(body=Body(inner.group(), None, "enterprise"), kind="opening/subject")
    state = words.of_its_state.search(opening)
    if state and _is_called(state["body"], state["again"]) and not words.no_body.search(state["body"]):
        yield Sign(body=whole_body(state["body"]) or body_named(state["body"]), kind=_as_subject(paper.doc_type))
    if paper.doc_type not in ("news", "research"):
        yield from _leading_pair(paper)
    if inspecting := INSPECTING.match(opening):
        yield Sign(body=body_named(inspecting["body"]), kind="opening/subject")
    if paper.doc_type not in ("news", "research") and (inspected := words.inspected.search(paper.text, 0, HEAD)):
        name = inspected["body"]
        if body := whole_body(name) or (None if words.no_body.search(name) else body_named(name)):
            yield Sign(body=body, kind="opening/inspected")
    if (chief := I_AM.search(paper.text, 0, HEAD)) and not words.no_body.search(chief["body"]):
        name = chief["body"]
        of_place = OF_PLACE_OR_VILLAGE.search(name) and is_place(name)
        if body := whole_body(name) or (_place(name) if of_place else None):
            yield Sign(body=body, kind="spoken/by its chief")
    if paper.doc_type in TOLD_BY_OTHERS:
        if (spoke := words.spoke.match(opening)) and not words.no_titled.search(spoke["body"]):
            yield Sign(body=body_named(spoke["body"]), kind="opening/speaker")
        for body, _, end in find_bodies(opening[: 2 * LONGEST_SUBJECT]):
            if words.speaker.match(opening, end):
                yield Sign(body=body, kind="opening/speaker")
                break
    if paper.doc_type in ("research", "news"):
        return  # they describe what they tell of
    for match in words.described.finditer(paper.text, 0, HEAD):
        clause = CLAUSE_ENDS.split(paper.text[max(0, match.start() - LONGEST_NAME) : match.start()])[-1]
        name = clause.strip(SPACES)
        if (
            len(name) < 3
            or not words.whole_name.fullmatch(name)
            or words.no_body.search(name)
            or words.no_village.search(name)
        ):
            continue
        if OF_PLACE_OR_VILLAGE.search(name):
            if is_place(name):
                yield Sign(body=_place(name), kind="own/described")
        elif len(name) >= NAMED_LENGTH:
            yield Sign(body=whole_body(name) or body_named(name), kind="own/described")


def _is_called(name: str, words: str) -> bool:
    """Tell words that begin with what a body may be called by its kind: 支行成立 of 城南支行, 学校 of 南门小学."""
    if words.startswith((name[-2:], name[-3:])):
        return True
    return any(word in words[1:3] and ends.search(name) for word, ends in load_words().own.items())


def _leading_pair(paper: Paper) -> Iterator[Sign]:
    """Yield the township whose party committee and government lead at the head of a paper that tells of no other."""
    pairs = list[re.Match[str]]()
    for mark in PAIR.finditer(paper.text, 0, HEAD):
        start = max(0, mark.start() - LONGEST_NAME)
        clause = CLAUSE_ENDS.split(paper.text[start : mark.start()])[-1]
        if pair := load_words().pair.match(paper.text, mark.start() - len(clause)):
            pairs.append(pair)
    if (
        not pairs
        or len({match["place"] for match in pairs}) > 1
        or own_level(paper.text) not in ("township", "unknown")
    ):
        return
    place = pairs[0]["place"]
    if place == "街道":
        yield Sign(body=Body(pairs[0]["body"], None, "township"), kind="head/leads its township")
    elif is_place(place) and not load_words().no_body.search(place):
        yield Sign(body=_place(place), kind="head/leads its township")


def _as_subject(doc_type: str) -> str:
    return "opening/subject of what others tell" if doc_type in TOLD_BY_OTHERS else "opening/subject"


def _may_act(body: Body, doc_type: str) -> bool:
    """Tell a body that a first sentence names as its subject because it writes; party committees and governments are everybody's subject."""
    return doc_type in ("news", "other") or is_core(body.name) or not EVERYBODYS.search(body.name)


def _bodies_by_turns(text: str, head: int, foot: int, enough: Callable[[], bool]) -> Iterator[tuple[Body, int, int]]:
    """Yield (body, start, end) of the bodies of the head and the foot; of the leagues and unions between them, unless it is enough by then."""
    if head >= foot:
        yield from find_bodies(text)
        return
    yield from find_bodies(text[:head])
    for body, start, end in find_bodies(text[foot:]):
        yield body, foot + start, foot + end
    if not enough():
        for body, start, end in find_bodies(text[head:foot], only_core=(0, foot - head)):
            yield body, head + start, head + end


def _head_and_foot(text: str) -> tuple[int, int]:
    """Return where the sentences of the head end, and where those of the foot begin."""
    return (text.find("。", HEAD) + 1 or len(text)), text.rfind("。", 0, max(0, len(text) - HEAD // 2)) + 1


def is_above(text: str, start: int, end: int) -> bool:
    """Tell a body whose word, lead or help a paper speaks of."""
    words = load_words()
    return bool(words.superior_after.match(text, end) or words.superior_before.search(text, max(0, start - 6), start))


def _signs_at_head(paper: Paper, body: Body, start: int, end: int, *, opening: int, first_stop: int) -> Iterator[Sign]:
    """Yield what it says that a body is named at the head, and that it is the subject of a clause there; a study's writer is who asks."""
    text, words = paper.text, load_words()
    if body.place:
        yield Sign(body=body, kind="head/named")
    if not body.place and body.level not in BELOW and text[start - 1 : start] == "我" and opening < start < first_stop:
        start -= 1  # 我市水务局
    begins = not start or text[start - 1] in ENDS_CLAUSE
    if not begins or not _may_act(body, paper.doc_type) or words.no_subject.match(text, end):
        return
    if words.decides.match(text, end) and _is_there(body, paper.title):
        yield Sign(body=body, kind="head/decides")
    if paper.doc_type == "research":
        if words.asked.search(text[end : end + LONGEST_NAME // 2].partition("。")[0]):
            yield Sign(body=body, kind=_as_subject(paper.doc_type))
    elif opening <= start < first_stop and _is_led_in(text[opening:start]):
        yield Sign(body=body, kind=_as_subject(paper.doc_type))
    else:
        yield Sign(body=body, kind="head/subject")


def _is_there(body: Body, title: str) -> bool:
    """Tell a body of the place that a title names: 镇团委, 白沙镇团委 of 白沙镇…行动计划."""
    return any(place in (body.place, complete(body, title).place) for place in named_places(title))


def _is_led_in(before: str) -> bool:
    """Tell the words before a subject that only lead in: 根据…通知，; 近期，; 2015年，为…，."""
    return len(before) <= LONGEST_LEAD and all(
        LED_IN.match(clause) for clause in COMMAS.split(before) if clause.strip(SPACES)
    )


def _of_somebody(text: str, body: Body, start: int) -> Body:
    """Return the body with the 某 before it: 某县总工会."""
    some = SOMEBODY.search(text, max(0, start - 3), start)
    return Body(some.group() + body.name, None, body.level) if some and not body.place else body


def _place(name: str) -> Body:
    return Body(name, name, level_of(name))


def whole_body(name: str) -> Body | None:
    """Return the body that a name is from its first to its last character."""
    if len(name) < 3:
        return None
    for body, start, end in (*find_bodies(name), *find_institutions(name)):
        if not name[:start].strip("中共") and end == len(name):
            return body
    return None


def _opening_body(paper: Paper, whole: str) -> Body | None:
    """Return the institution, firm or village that is the subject of the first sentence: 3月6日，清河县人民法院召开…."""
    words, doc_type = load_words(), paper.doc_type
    opening = whole[:LONGEST_SUBJECT]
    for match in words.opening.finditer(whole[: LONGEST_SUBJECT + 2]):
        name = match["body"]
        if match.end() > LONGEST_SUBJECT:
            break  # what follows was cut off: 建成村 of 建成村级…
        if words.no_body.search(name) or words.no_village.search(name):
            continue
        if (match["office"] and doc_type not in ("news", "other")) or words.superior_after.match(whole, match.end()):
            continue
        if name.endswith(("村", "社区")) and not is_place(name):
            continue
        return body_named(name)
    if doc_type != "research" and (place := _place_told(opening)):
        return place
    if doc_type in ("news", "other"):
        return _subject(opening) or _subject(paper.text.partition("\n")[0][:LONGEST_EDGE])
    if doc_type == "research" and (went := words.went.match(opening.lstrip())):
        name = went["body"].strip(SPACES)
        if OF_PLACE.search(name) and is_place(name) and not words.no_body.search(name):
            return _place(name)
        found = [body for body, _, end in find_bodies(name) if end == len(name)]
        return found[0] if found else None
    return None


def _place_told(line: str) -> Body | None:
    """Return the township or village that a line begins to tell of: 2015年，白沙镇在…; xx 社区在城西."""
    words = load_words()
    match = words.told.match(line)
    name = match["body"] if match else ""
    if match is None or words.no_body.search(name) or words.no_village.search(name) or not is_place(match["place"]):
        return None
    return Body(name, match["place"], level_of(match["place"]))


def _subject(line: str) -> Body | None:
    """Return the body that holds, does or says something in a line of news: 白沙镇召开…, 3月6日，北屏林场组织…, 审计处表示…."""
    words = load_words()
    found = words.subject.match(line)
    for match in (*((found,) if found else ()), *words.spoke.finditer(line)):
        name = match["body"]
        if (
            len(name) < 2
            or name in GENERIC_PLACE
            or any(pattern.search(name) for pattern in (words.no_body, words.no_village, words.no_titled))
        ):
            continue
        if OF_PLACE.search(name) and len(name) > 2:
            return _place(name)
        known = (body for body, start, _ in find_bodies(name) if not start and body.name == name)
        body = next(known, body_named(name))
        if (
            body.place
            or len(name) >= NAMED_LENGTH
            or match.re is words.spoke
            or INSPECTS.fullmatch(name)
            or HEAD_OFFICE.fullmatch(name)
        ):
            return body
    return None


def body_named(name: str) -> Body:
    """Return the body of a name that no list knows, with the place that it begins with."""
    places = [place for place in named_places(name) if place != name and name.startswith(place)]
    place = max(places, key=len, default=None)
    if name.endswith(("村", "社区")):
        return Body(name, name, "village")
    if place is None and name[0] in LEVEL_CHARS:
        return Body(name, None, level_of(name[0]))  # 县委, 区人民法院
    return Body(name, place, level_of(place) if place else guessed_level(name))


def _titled_body(title: str) -> Body | None:
    """Return the body before the year of a title (柳湾县气象台2015年工作总结), whatever it is called."""
    words = load_words()
    if short := LEAGUE.match(title):
        return body_named(short["body"])
    if (within := words.within.search(title)) and (whole := _with_kind(title[: within.start()], within["kind"])):
        return whole_body(whole) or body_named(whole)
    match = words.titled.match(title) or words.titled_office.match(title)
    if match is None:
        return None
    of_office = match.re is words.titled_office
    name = (match["body"] or match["named"]) if of_office else match["body"]
    if words.no_body.search(name.replace("“两委”", "")) or words.no_village.search(name):
        return None
    if of_office and match["named"] and (words.no_titled.search(name) or len(name) < NAMED_LENGTH):
        return None
    places = (place for place in named_places(name) if name.removeprefix("中共").startswith(place))
    place = max(places, key=len, default=None)
    if place is None and name[0] in LEVEL_CHARS:
        return Body(name, None, level_of(name[0]))
    village = re.match(rf"[{HAN}]{{2,10}}?(?:村|社区)", name)
    if place is None and village:
        return Body(name, village.group(), "village")
    return Body(name, place, level_of(place) if place else "enterprise" if words.business.search(name) else "unknown")


def _with_kind(name: str, kind: str) -> str:
    """Return what the league or union of a place or an institution is called: 柳湾镇妇联 of 柳湾镇2019年妇联工作总结."""
    words = load_words()
    if is_core(name) or not words.has_within.fullmatch(name) or words.no_body.search(name):
        return ""
    if name[-1] in "省市县区旗州" and not name.endswith("社区"):
        kind = {"工会": "总工会", "党支部": ""}.get(kind, kind)
        return f"共青团{name}委" if kind in ("团委", "共青团") else name + kind
    return name + {"共青团": "团委"}.get(kind, kind)


def _dated_body(title: str) -> Body | None:
    """Return the body behind the year of a title: that of the same title with the body before its year."""
    match = load_words().dated.match(title)
    if match is None or load_words().no_titled.search(match["body"]):
        return None
    return _titled_body(match["body"] + title)


def _kinds_of_title(title: str) -> dict[Body, str]:
    """Return the bodies of a title, each with the kind of sign that it is: the one that begins it says whose report it is."""
    words, evidence = load_words(), load_words().evidence
    kinds: dict[Body, str] = {}
    title = OF_YEAR.sub("　", title)  # in 2018年度清河县文化馆 no 度清河
    village = words.village.match(title)
    if village and not words.no_body.search(village["body"]) and not words.no_village.search(village["body"]):
        kinds[Body(village["body"], village["body"], "village")] = "title/village"
    dated = LEADING_YEAR.match(title)
    skipped = dated.end() if dated else int(title.startswith("在"))  # 在…公司工作会议上的讲话
    institutions = ((body, a + skipped, b + skipped) for body, a, b in find_institutions(title[skipped:]))
    for body, start, end in (*institutions, *find_bodies(title)):
        leads = not title[:start].strip("—-－ 0123456789年")
        if any(body.name in other.name for other in kinds):
            kind = "title/part of a name"
        else:
            kind = "title/begins" if leads and body.place else "title/names"
        before = title[:start]
        met = before.startswith("关于") and words.superior_before.search(before)
        if end < len(title) and (met or PROVIDED.search(before) or (leads and VISITS.match(title, end))):
            kind = "title/is about"
        if title[start - 1 : start] == "某":
            body = _of_somebody(title, body, start)
        if body not in kinds or evidence[kind].weight >= evidence[kinds[body]].weight or kind == "title/is about":
            kinds[body] = kind
    place = words.township.match(title)
    if place and (place["about"] or not words.leagues.search(title.replace("政府工作", ""))):
        name = place["body"]
        barred = words.no_body.search(name) or words.no_village.search(name) or any(name in body.name for body in kinds)
        if not barred and is_place(name):
            kinds[_place(name)] = "title/township"
    titled = _titled_body(title) or _dated_body(title)
    if titled and all(titled.name not in body.name for body in kinds):
        inner = max(
            (body for body in kinds if titled.name.startswith(body.name)), key=lambda body: len(body.name), default=None
        )
        whole = Body(titled.name, inner.place, inner.level) if inner else titled
        kinds[whole] = "title/before its year or kind"
    return kinds


def _kind_of_edge(rest: str, doc_type: str) -> str:
    """Return the kind of sign that a line at the head or foot is which begins with a body, by what follows it; "" for none."""
    if not rest or load_words().branches.fullmatch(rest):
        return "edge/alone"
    if rest == "文件":
        return "edge/letterhead"
    if rest in ("：", ":"):
        return "edge/spoken to"
    if load_words().by_line.match(rest):
        return "edge/by-line" if doc_type in SPOKEN_FOR else "edge/by-line of another paper"
    return ""


def _at_foot(lines: list[str]) -> str:
    """Return the name on a line of its own above the date that closes a text: 北屏林场."""
    words = load_words()
    foot = [line.strip(SPACES) for line in lines if line.strip(SPACES)]
    if len(foot) < 2 or not DATED.match(foot[-1]) or len(foot[-1]) > 16 or not words.foot.fullmatch(foot[-2]):
        return ""
    return "" if words.no_body.search(foot[-2]) or foot[-2] in GENERIC_PLACE else foot[-2]


def complete(body: Body, title: str) -> Body:
    """Return 琅岐市总工会 for 市总工会 where the title names a place of its level."""
    if (
        body.place is None
        and body.level in ("province", "city", "county", "township")
        and not body.name.startswith(tuple(MASK))
    ):
        for place in named_places(title):
            if place[-1] == body.name[0]:
                return Body(place[:-1] + body.name, place, level_of(place))
    return body


def _short_line(text: str, start: int, end: int) -> str:
    """Return the line that a stretch stands in, or nothing where it is longer than a signature."""
    first = text.rfind("\n", max(0, start - LONGEST_EDGE), start)
    last = text.find("\n", end, end + LONGEST_EDGE)
    if (first < 0 and start > LONGEST_EDGE) or (last < 0 and len(text) > end + LONGEST_EDGE):
        return ""
    return text[first + 1 : last if last >= 0 else len(text)].strip()
