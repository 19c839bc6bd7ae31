"""Named activities: campaigns, programmes, brands, honours, events and bodies, as in “双学双比”活动 or 乡村振兴巾帼行动.

`find_activities` is a pure function over text. Three readers propose: quoted words with what stands around them, names of
the lexicon, and unquoted names between a verb and a head noun (实施…工程); where proposals overlap, the longest stays.
Names stand in `nlp/data/activities.csv`; heads, verbs and words that name no activity in `nlp/data/activity_words.toml`.
"""

from __future__ import annotations

import csv
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.records import Activity

KINDS = ("campaign", "programme", "brand", "honour", "event", "body")

_NAMES = "nlp/data/activities.csv"
_WORDS = "nlp/data/activity_words.toml"
_COLUMNS = ["term", "name", "kind", "sponsor", "source", "note"]
_NO_QUOTES = str.maketrans(dict.fromkeys("“”‘’") | {"，": ",", "〃": "·"})

_SHORTEST = 4  # characters of a name that counts without quotation marks
_QUOTED_PARTS = (
    "最美家庭",
    "三八",
    "五一",
    "五四",
    "六一",
    "两癌",
    "三下乡",
    "两学一做",
    "三严三实",
    "三支一扶",
    "互联网+",
    "三结合",
    "四五",
    "五五",
    "六五",
    "七五",
    "八五",
)  # stand in quotation marks inside a name
_REACH = 24  # characters before a head in which a bare name begins
_HAN = r"\u4e00-\u9fff"
_BREAK = r"\s，。、；：！？（）《》〈〉【】“”‘’,;:!?()…—"
_PARTICLE = "的了在是将把被对向从为以让使其并而至"

_QUOTED = re.compile(r"“([^“”\n]{1,40})”")
_JOIN = re.compile(r"(?:[0-9]+(?:余|多)?[个期场次所名片座批家户支处人])?(?:、|，|和|与|及|以及|或|暨)?")
_LINK = re.compile(r"(?:——|—|-)?(?:寻找|争做|争当|创建|争创|走进|共建|深化)?")
_THEME = re.compile(r"为(?:活动)?主题的?[^。；\n“]{0,24}?(?:活动|大赛|比赛|竞赛|行动)")
_VEHICLE = re.compile(r"(?:[^“”。；\n]{0,12}?等)?(?:创建)?(?:活动)?为(?:载体|抓手|龙头)")
_AND_OTHERS = re.compile(
    r"等(?:[^，。；\n“”]{0,10}?)(?P<head>活动|工程|行动|计划|项目|品牌|称号|荣誉|评选|工作室|队伍|大赛|比赛)"
)
_TITLE = re.compile(
    r"(?:的)?(?:荣誉|光荣)?(?:称号|荣誉|奖项|奖牌|牌匾|殊荣)|(?:的)?(?:创建|评选|争创)(?=活动|工作|评选|[，。、；“]|和|等|中|$)"
)
_ATTRIBUTE = re.compile(r"[0-9+×x一二三四五六七八九十百千万·.]{1,6}")
_COUNTED = re.compile(r"[一二两三四五六七八九十0-9]+[个大项]")
_BRAND = re.compile(
    rf"(?:[、，]“|[一二两三四五六七八九十0-9]+个[{_HAN}]{{0,6}}?品牌|[{_HAN}]{{0,8}}?品牌|等[{_HAN}]{{0,8}}?(?:品牌|工作室|项目))"
)
_DRIVE_SIGN = re.compile(
    "[年月周日进下到争]|大讨论|大走访|大调研|大宣讲|大排查|大培训|大比武|大练兵|创建|评议|一帮一|手拉手|寻找|学习"
)
_BRANDED = re.compile(rf"(?:[一二两三四五六七八九十0-9]+个)?[{_HAN}]{{0,6}}?品牌(?![价战质保])")
_MODIFIES = re.compile(
    rf"(?:[{_HAN}]{{0,8}}?(?:治理|整治|抽检|检查|对接|招商|改革|建设|试点|模式|机制|服务|政策|制度|体系|专列|通道|场景|联动|工作|圈|区|都|战))"
)
_CHOSEN_TEN = re.compile(rf"十佳[{_HAN}]{{2,5}}?(?=[0-9、，。；）\s]|[一二三四五六七八九十]名|评选|称号|和“|荣誉|等)")
_FEAST = re.compile(r"(?:庆祝|欢庆|喜迎|纪念|迎|庆)$")
_SCOPE = re.compile(
    r"^(?:(?:全|我|本|各|该)(?:国|省|市|县|区|镇|乡|村|州|街道|社区|系统|校|院|局|公司)(?:妇联|工会|团委)?|"
    r"(?:一|两|[二三四五六七八九十0-9]+)(?:多|余)?(?:个|项|次|场|批|期|轮|大|所|家|支)|第[一二三四五六七八九十0-9]+个(?:全国)?|(?:国家|省|市|县|区|镇)级|首批|新一轮|新一届|好|了|一年一度|和|与|及)"
)
_ORDINAL = re.compile(
    r"(?:首届|第[一二三四五六七八九十百0-9]{1,4}届|20[0-9]{2}年|(?<![0-9])20[0-9]{2}(?![0-9多余所个家名人亿万]))"
)
_NOUNS_TOO = frozenset(
    ["创建", "评选", "表彰", "推进", "推动", "提升", "争创", "深化", "巩固", "落实"]
)  # verbs that close a name too
_INNER_HEAD = re.compile(r"(?:工程|行动|计划|活动|项目|制度)[和与及、]")
_ORDINAL_END = re.compile(r"(?:首届|第[一二三四五六七八九十百0-9]{1,4}届|20[0-9]{2}年?)$")
_ORDINAL_EVENT = re.compile(
    rf"(?:首届|第[一二三四五六七八九十百0-9]{{1,4}}届)[{_HAN}·“”]{{1,16}}?(?<![环关章调时])(?:节(?![约目日能点假气奏俗水])|大赛|联赛|运动会|论坛|博览会|展览会|联谊会)"
    rf"|第[一二三四五六七八九十0-9]{{1,3}}次[{_HAN}]{{2,8}}代表大会"
)
_PLACE = re.compile(
    rf"(?:(?:(?![在于的为由到和与了对全将以])[{_HAN}]){{2,3}}(?:省|市|县|区|州|镇|乡)|中国|全[国省市县区])$"
)
_PLACE_END = re.compile("[省市县区州镇乡村级]$|社区$|街道$")
_YEARS = re.compile("（[^（）]*[0-9]年?）$")
_COUNT_BEHIND = re.compile("[0-9]+(?:余|多)?(?:个|期|场|次|所|名|片|座|批|家|户|支|处|人|台|辆|万元|元)")
_PLAN = re.compile(r"[一二三四五六七八九十]+五|八七")
_WEAK_MODIFIER = re.compile(
    r"(?:主题|系列|实践|教育|竞赛|创建|评选|倡议|大型|专题|特色|品牌|公益|宣传|宣传教育|争创|专项|文明)*"
)
_DRIVE = re.compile(
    rf"(?:[{_HAN}]{{2,}}(?:[年月周日]|大讨论|大走访|大调研|大宣讲|大排查|大培训|大比武|大练兵|家庭创建|评议|一帮一|手拉手)"
    rf"|送[{_HAN}]{{1,4}}(?:进|下|到)[{_HAN}]{{1,4}}|[{_HAN}]{{2,6}}进[{_HAN}]{{0,2}}(?:社区|校园|机关|企业|农村|家庭|乡村|军营|万家|农家|村)"
    rf"|(?:争做|争当|争创|创建|寻找|评议|学习)[{_HAN}、和]{{4,}}|[{_HAN}]{{1,10}}评议[{_HAN}]{{4,}})"
)
_OUTWARD = re.compile("促进|助力|带动|引领|支持|推动|服务于|对接")
_DAY = re.compile(r"[日周月](?:宣传|纪念|主题)?$")
_SPENT = re.compile(
    r"(?:今|本|当|去|明|每|全|近|前|后|上|下|同|一|二|三|五|两|半|几|多|[0-9])[年月周日]$|节日$|假日$|生日$|平日$|周年$"
)


class LexiconError(ValueError):
    """An entry of the lexicon of activities, or of the words around them, cannot be used."""

    def __init__(self, place: str, problem: str) -> None:
        self.place = place
        super().__init__(f"{place}: {problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A name of the lexicon: `term` as written, `name` canonical, `sponsor` the body that runs it."""

    term: str
    name: str
    kind: str
    sponsor: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The known names, and the patterns made of the words around names."""

    known: dict[str, Known]
    terms: tuple[str, ...]  # as the automaton numbers them; some with quotation marks inside
    finder: AhoCorasick
    heads: tuple[str, ...]
    head_finder: AhoCorasick
    bare: dict[str, str]  # head of an unquoted name → kind
    tail: re.Pattern[str]
    event_tail: re.Pattern[str]
    head_kind: dict[str, str]
    ending: re.Pattern[str]
    ending_kind: dict[str, str]
    honour_beginnings: tuple[str, ...]
    opener: re.Pattern[str]
    opener_kind: dict[str, str]
    border: re.Pattern[str]
    weak_openers: frozenset[str]
    verbs: frozenset[str]
    generic: re.Pattern[str]
    generic_endings: tuple[str, ...]
    not_before: dict[str, tuple[str, ...]]
    stop: frozenset[str]
    feasts: frozenset[str]
    figures: frozenset[str]
    trade: frozenset[str]
    behind: re.Pattern[str]
    before: tuple[str, ...]
    firms: tuple[str, ...]
    ordinary: frozenset[str]
    chosen_behind: re.Pattern[str]
    foul: re.Pattern[str]
    welfare: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a reader takes for a name: text[start:end]."""

    start: int
    end: int
    name: str
    kind: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quoted stretch: text[start:end] with its marks, `inner` without."""

    start: int
    end: int
    inner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """What belongs to a name behind its closing quotation mark: text[quote.end:end]."""

    end: int
    gap: str
    head: str
    kind: str


def find_activities(text: str, lexicon: Lexicon) -> list[Activity]:
    """Return the named activities in text, from left to right, without overlap.

    `name` is canonical: an alias is led back by the lexicon, quotation marks and a trailing generic 活动 are left out, and
    commas are half-width. `kind` is one of `KINDS`.
    """
    quotes = [Quote(start=m.start(), end=m.end(), inner=m[1]) for m in _QUOTED.finditer(text)]
    known = list(_read_known(text, lexicon))
    quoted = list(_read_quotes(text, quotes, lexicon))
    quoted += _read_again(quotes, quoted, lexicon)
    bare = list(_read_bare(text, known + quoted, lexicon))
    bare += [
        Proposal(start=m.start(), end=m.end(), name=m[0], kind="honour", rule="activity/ten")
        for m in _CHOSEN_TEN.finditer(text)
    ]
    bare += [_with_place(text, match) for match in _ORDINAL_EVENT.finditer(text)]
    return [
        Activity(start=p.start, end=p.end, text=text[p.start : p.end], rule=p.rule, name=p.name, kind=p.kind)
        for p in _longest(quoted + bare + known)
    ]


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon of `nlp/data/activities.csv` with the words of `nlp/data/activity_words.toml`.

    Raises LexiconError, naming file and line, where an entry cannot be used.
    """
    data = files("nlp.data")
    return make_lexicon(
        data.joinpath("activities.csv").read_text(encoding="utf-8"),
        data.joinpath("activity_words.toml").read_text(encoding="utf-8"),
    )


def make_lexicon(names: str, words: str) -> Lexicon:
    """Return the lexicon that the text of a CSV of names and of a TOML of words make; raises LexiconError."""
    known = {entry.term: entry for entry in _parse_names(names)}
    try:
        tables = tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(_WORDS, str(error)) from error
    head_kind = _kinds_by_word(tables, "heads")
    bare = _kinds_by_word(tables, "bare")
    ending_kind = _kinds_by_word(tables, "endings")
    opener_kind = _kinds_by_word(tables, "openers")
    stop = {word for group in _table(tables, "stop").values() for word in group}
    borders = _table(tables, "borders")
    generic = _table(tables, "generic")
    not_before = {head: tuple(after) for head, after in _table(tables, "not_before").items()}
    terms = tuple(dict.fromkeys(form for term in known for form in _written(term)))
    verbs = frozenset(borders["openers"]) | opener_kind.keys()
    return Lexicon(
        known=known,
        terms=terms,
        finder=AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest),
        heads=tuple(bare),
        head_finder=AhoCorasick(tuple(bare), matchkind=MatchKind.LeftmostLongest),
        bare=bare,
        tail=_tail_pattern(head_kind, verbs, not_before, 14),
        event_tail=_tail_pattern(
            {h: k for h, k in head_kind.items() if k == "event" and len(h) > 2}, verbs, not_before, 10
        ),
        head_kind=head_kind,
        ending=re.compile(f"(?:{_any(ending_kind)})$"),
        ending_kind=ending_kind,
        honour_beginnings=tuple(_table(tables, "honour_beginnings")["words"]),
        opener=re.compile(
            rf"({_any(opener_kind)})(?:了|好|以|过|出|为|的是)?([0-9一二两三四五六七八九十]+(?:余|多)?[个期场次所名片座批家户支处])?(?:[{_HAN}0-9，]{{0,8}}?(?:妇联系统|系统|全国|全省|全市|全县|省级|市级|县级|首批|一批|[0-9]+名|[0-9]+个|[0-9]+户|今年为))?$"
        ),
        opener_kind=opener_kind,
        border=re.compile(
            rf"(?:{_any(borders['openers'])})(?:了|好|过)?(?:一场|一次|一批|一系列)?|{_any(borders['closers'])}|[{_BREAK}]"
        ),
        weak_openers=frozenset(_table(tables, "weak_openers")["words"]),
        verbs=frozenset(borders["openers"]),
        generic=re.compile(f"(?:{_any(generic['words'])})*"),
        generic_endings=tuple(generic["endings"]),
        not_before=not_before,
        stop=frozenset(_plain(word) for word in stop),
        feasts=frozenset(_table(tables, "stop")["festival"]),
        figures=frozenset(_table(tables, "stop")["figure"]),
        trade=frozenset(_table(tables, "stop")["policy"]),
        behind=re.compile(f"(?:的|这[一个]|等)?(?:{_any(_table(tables, 'not_named')['behind'])})"),
        before=tuple(_table(tables, "not_named")["before"]),
        firms=tuple(_table(tables, "firms")["words"]),
        foul=re.compile(_any(_table(tables, "foul")["words"])),
        welfare=re.compile(_any(_table(tables, "welfare")["words"])),
        ordinary=frozenset(_table(tables, "ordinary")["words"]),
        chosen_behind=re.compile(
            rf"(?:[”、和与及“]{{0,3}}[{_HAN}]{{2,4}}(?:家庭|村|社区|单位)){{0,3}}(?:{_any(_table(tables, 'ordinary')['behind'])})"
        ),
    )


# --- loading -------------------------------------------------------------------------------------------------------


def _parse_names(names: str) -> Iterator[Known]:
    reader = csv.DictReader(names.splitlines())
    if reader.fieldnames != _COLUMNS:
        raise LexiconError(f"{_NAMES}:1", f"columns are {reader.fieldnames}, not {_COLUMNS}")
    seen: set[str] = set()
    for row in reader:
        place = f"{_NAMES}:{reader.line_num}"
        if None in row or None in row.values():
            raise LexiconError(place, f"not {len(_COLUMNS)} columns in {row}")
        if not (row["term"] and row["name"] and row["source"]):
            raise LexiconError(place, f"term, name or source is empty in {row}")
        if row["kind"] not in KINDS:
            raise LexiconError(place, f"kind {row['kind']!r} of {row['term']} is unknown. Known: {', '.join(KINDS)}")
        if row["term"] in seen:
            raise LexiconError(place, f"{row['term']} stands here a second time")
        seen.add(row["term"])
        yield Known(**{column: row[column] for column in _COLUMNS[:-1]})


def _table(tables: dict[str, dict[str, list[str]]], name: str) -> dict[str, list[str]]:
    table = tables.get(name)
    if not isinstance(table, dict):
        raise LexiconError(_WORDS, f"table [{name}] is missing")
    for key, words in table.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise LexiconError(_WORDS, f"{key} of [{name}] is not a list of words")
    return table


def _kinds_by_word(tables: dict[str, dict[str, list[str]]], name: str) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for kind, words in _table(tables, name).items():
        if kind not in KINDS:
            raise LexiconError(_WORDS, f"kind {kind!r} of [{name}] is unknown. Known: {', '.join(KINDS)}")
        for word in words:
            kinds.setdefault(word, kind)
    return kinds


def _written(term: str) -> Iterator[str]:
    """Yield the forms of a term that count without quotation marks: itself, and with marks around its first part."""
    if len(term) >= _SHORTEST:
        yield term
        for part in _QUOTED_PARTS:
            if part in term and part != term:
                yield term.replace(part, f"“{part}”", 1)


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; one look at the first character rules most places out."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    firsts = "".join(re.escape(char) for char in sorted({word[0] for word in ordered}))
    return f"(?=[{firsts}])(?:{'|'.join(re.escape(word) for word in ordered)})"


def _tail_pattern(
    heads: Iterable[str], verbs: Iterable[str], not_before: dict[str, tuple[str, ...]], reach: int
) -> re.Pattern[str]:
    inside = rf"(?:(?!{_any(set(verbs) - {'创建', '建设', '评选', '表彰', '推广', '启动'})}|领导小组|协调小组)[{_HAN}A-Za-z0-9·•])"
    barred = f"和(?!谐)|[{_PARTICLE}与或等及这该此个条]|(?<!专)项"
    closing = "|".join(
        re.escape(head) + (f"(?!{_any(not_before[head])})" if not_before.get(head) else "")
        for head in sorted(heads, key=lambda head: (-len(head), head))
    )
    return re.compile(rf"(?P<gap>(?:(?!{barred}){inside}){{0,{reach}}}?)(?P<head>{closing})")


def _plain(text: str) -> str:
    return text.translate(_NO_QUOTES).strip(" ，,、。")


# --- names of the lexicon ------------------------------------------------------------------------------------------


def _read_known(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    for number, start, end in lexicon.finder.find_matches_as_indexes(text):
        entry = lexicon.known[_plain(lexicon.terms[number])] if "“" in lexicon.terms[number] else None
        entry = entry or lexicon.known[lexicon.terms[number]]
        if text[end - 1 : end + 1].isdigit():
            continue
        if entry.term in lexicon.ordinary and not _chosen(text, start, end, lexicon):
            continue
        name = entry.name
        if entry.kind in ("campaign", "programme", "brand"):
            for head in ("主题实践活动", "主题活动", "创建活动", "活动", "工程", "行动", "计划", "项目"):
                if text.startswith(head, end) and not _spoilt(text, end + len(head), head, lexicon):
                    end += len(head)
                    name += "" if head.endswith("活动") or name.endswith(head) else head
                    break
        if entry.kind == "event" and (ordinal := _ORDINAL_END.search(text, max(0, start - 8), start)):
            start, name = ordinal.start(), ordinal[0] + name
        yield Proposal(start=start, end=end, name=name, kind=entry.kind, rule="activity/lexicon")


def _chosen(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether words that are ordinary too are used as a name here: chosen, awarded or carried out."""
    if lexicon.chosen_behind.match(text, end):
        return True
    opener = lexicon.opener.search(text, max(0, start - 8), start)
    return opener is not None and lexicon.opener_kind[opener[1]] == "honour"


def _spoilt(text: str, end: int, head: str, lexicon: Lexicon) -> bool:
    return text.startswith(lexicon.not_before.get(head, ()), end)


# --- quoted names --------------------------------------------------------------------------------------------------


def _read_quotes(text: str, quotes: Sequence[Quote], lexicon: Lexicon) -> Iterator[Proposal]:
    at = 0
    while at < len(quotes):
        group = [quotes[at]]
        while at + len(group) < len(quotes) and _joined(text, group[-1], quotes[at + len(group)]):
            group.append(quotes[at + len(group)])
        at += len(group)
        yield from _read_group(text, group, lexicon)


def _read_again(quotes: Sequence[Quote], named: Sequence[Proposal], lexicon: Lexicon) -> list[Proposal]:
    """Return the quoted words that were a name elsewhere in the text, where nothing around them says so."""
    kinds = {proposal.name: proposal.kind for proposal in named if proposal.rule.startswith("activity/quoted")}
    starts = {proposal.start for proposal in named}
    return [
        Proposal(start=quote.start, end=quote.end, name=name, kind=kinds[name], rule="activity/again")
        for quote in quotes
        if (name := _plain(quote.inner)) in kinds and quote.start not in starts and name not in lexicon.stop
    ]


def _joined(text: str, left: Quote, right: Quote) -> bool:
    gap = right.start - left.end
    return gap <= 5 and bool(
        _JOIN.fullmatch(text, left.end, right.start) or (gap and _LINK.fullmatch(text, left.end, right.start))
    )


def _read_group(text: str, group: list[Quote], lexicon: Lexicon) -> Iterator[Proposal]:
    """Yield the names among quoted words that stand side by side; the last one's head counts for all."""
    last = group[-1]
    tail = _tail_of(text, last, lexicon)
    shared = tail.kind if tail and not tail.gap else _shared_kind(text, group, lexicon)
    chain = len(group) - 1
    while tail and chain > 0 and not _is_list(text, group[chain - 1], group[chain]):
        chain -= 1
    for quote in group[:chain]:
        proposal = _read_one(text, quote, None, shared, lexicon)
        if proposal:
            yield proposal
    if chain < len(group) - 1 and tail:
        start = group[chain].start
        name = _plain(text[start : tail.end].replace("—", ""))
        yield Proposal(start=start, end=tail.end, name=_strip(name, tail), kind=tail.kind, rule="activity/chain")
        return
    proposal = _read_one(text, last, tail, shared, lexicon)
    if proposal:
        yield proposal


def _is_list(text: str, left: Quote, right: Quote) -> bool:
    gap = text[left.end : right.start]
    return bool(gap) and bool(_JOIN.fullmatch(gap))


def _tail_of(text: str, quote: Quote, lexicon: Lexicon) -> Tail | None:
    match = lexicon.tail.match(text, quote.end, quote.end + 28)
    if match is None:
        return None
    gap, head, end = match["gap"], match["head"], match.end()
    if not _is_event(head, lexicon):
        longer = lexicon.event_tail.match(text, end, end + 18)
        if longer:
            gap, head, end = text[quote.end : longer.start("head")], longer["head"], longer.end()
    elif head in ("竞赛", "比赛", "评选") and not gap and text.startswith("活动", end):
        return Tail(end=end + 2, gap=head, head="活动", kind="campaign")
    elif (longer := lexicon.event_tail.match(text, end, end + 4)) and longer["gap"] == "":
        gap, head, end = text[quote.end : longer.start("head")], longer["head"], longer.end()
    if text.startswith("活动", end) and lexicon.head_kind[head] == "event":
        end += 2
    return Tail(end=end, gap=gap, head=head, kind=lexicon.head_kind[head])


def _is_event(head: str, lexicon: Lexicon) -> bool:
    return lexicon.head_kind[head] == "event"


def _shared_kind(text: str, group: list[Quote], lexicon: Lexicon) -> str | None:
    """Return the kind that the words around a group of quoted words give each of them."""
    first, last = group[0], group[-1]
    others = _AND_OTHERS.match(text, last.end, last.end + 24)
    if others:
        head = others["head"]
        if head in ("称号", "荣誉", "评选"):
            return "honour"
        return "brand" if head == "品牌" else lexicon.head_kind.get(head, "body")
    if _BRANDED.match(text, last.end):
        return "brand"
    before = text[max(0, first.start - 16) : first.start]
    if before.endswith("以") or "以" in before[-4:]:
        if _THEME.match(text, last.end, last.end + 40) or _VEHICLE.match(text, last.end, last.end + 20):
            return "campaign"
        return None
    if _TITLE.match(text, last.end):
        return "honour" if text.startswith(("称号", "荣誉", "评选"), last.end) else "title"
    if _ORDINAL_END.search(before):
        return "title"
    opener = lexicon.opener.search(before)
    if opener is None:
        return None
    counted = opener[2] or _COUNT_BEHIND.match(text, last.end)
    weak = opener[1] in lexicon.weak_openers and not counted
    return "weak" if weak else lexicon.opener_kind[opener[1]]


def _read_one(text: str, quote: Quote, tail: Tail | None, shared: str | None, lexicon: Lexicon) -> Proposal | None:
    inner = _plain(_YEARS.sub("", quote.inner))
    entry = lexicon.known.get(quote.inner) or lexicon.known.get(inner) or lexicon.known.get(inner.removesuffix("活动"))
    if inner in lexicon.feasts or (tail and (inner in lexicon.trade or _ATTRIBUTE.fullmatch(inner))):
        return _read_attribute(text, quote, tail, lexicon)
    if inner in lexicon.figures and tail and (tail.head in ("行动", "计划") or tail.kind == "campaign"):
        return None if _foul(tail, lexicon) else _with_tail(text, quote, tail, None, inner)
    if tail and (whole := lexicon.known.get(inner + tail.gap + tail.head)):
        return Proposal(start=quote.start, end=tail.end, name=whole.name, kind=whole.kind, rule="activity/lexicon")
    if entry:
        return _read_entry(text, quote, tail, entry)
    if inner in lexicon.stop or inner.endswith(lexicon.firms) or len(inner) < 2 or not re.search(rf"[{_HAN}]", inner):
        return None
    own = _own_kind(inner, lexicon)
    if longer := _known_end(inner, lexicon):
        if tail is None and _PLACE_END.search(inner[: len(inner) - len(longer.term)]):
            return _read_entry(text, quote, None, longer)
        own = longer.kind
    if tail:
        return None if _foul(tail, lexicon) else _with_tail(text, quote, tail, own, inner)
    if own is None and (_not_named(text, quote, lexicon) or (shared in ("brand", "weak") and _COUNTED.match(inner))):
        return None
    kind = own or {"title": "honour", "weak": "brand"}.get(shared or "", shared)
    if kind is None or (own is None and (len(inner) < 3 or "+" in inner)):
        return None
    if own in ("programme", "brand") and (_COUNTED.match(inner) or "，" in quote.inner):
        return None
    if shared == "weak" and own is None and not _BRAND.match(text, quote.end):
        return None
    if own is None and shared == "campaign" and not _in_company(text, quote) and _MODIFIES.match(text, quote.end):
        return None
    if own is None and inner.endswith(("日", "节")):
        return None
    if own in ("honour", "campaign") and shared is None and not _honoured(inner, lexicon):
        return None
    return Proposal(start=quote.start, end=quote.end, name=inner, kind=kind, rule="activity/quoted")


def _known_end(inner: str, lexicon: Lexicon) -> Known | None:
    """Return the known name that a longer quoted name ends in, if there is one."""
    for start in range(1, len(inner) - _SHORTEST + 1):
        if entry := lexicon.known.get(inner[start:]):
            return entry
    return None


def _read_entry(text: str, quote: Quote, tail: Tail | None, entry: Known) -> Proposal:
    if tail is None or (entry.kind == "honour" and tail.kind == "campaign"):
        return Proposal(start=quote.start, end=quote.end, name=entry.name, kind=entry.kind, rule="activity/lexicon")
    if entry.kind == "campaign" and tail.head in ("竞赛", "比赛") and not tail.gap:
        return Proposal(start=quote.start, end=tail.end, name=entry.name, kind=entry.kind, rule="activity/lexicon")
    if tail.kind == "campaign" and tail.head == "活动":
        if _WEAK_MODIFIER.fullmatch(tail.gap):
            return Proposal(start=quote.start, end=tail.end, name=entry.name, kind=entry.kind, rule="activity/lexicon")
        return Proposal(start=quote.start, end=quote.end, name=entry.name, kind=entry.kind, rule="activity/lexicon")
    if tail.gap and tail.kind in ("campaign", "brand", "body") and tail.head not in ("服务队", "协会"):
        return Proposal(start=quote.start, end=quote.end, name=entry.name, kind=entry.kind, rule="activity/lexicon")
    close = tail.gap + tail.head
    name = entry.name if entry.name.endswith(close) else entry.name + close
    if tail.kind == "event" and text.endswith("寻找", 0, quote.start):
        return Proposal(
            start=quote.start - 2, end=tail.end, name="寻找" + name, kind="event", rule="activity/quoted-head"
        )
    return Proposal(start=quote.start, end=tail.end, name=name, kind=tail.kind, rule="activity/quoted-head")


def _with_tail(text: str, quote: Quote, tail: Tail, own: str | None, inner: str) -> Proposal:
    if own == "honour" and tail.kind == "campaign":
        return Proposal(start=quote.start, end=quote.end, name=inner, kind="honour", rule="activity/quoted")
    if own in ("programme", "event", "brand", "body") and tail.kind == "campaign":
        end = tail.end if not tail.gap else quote.end
        return Proposal(start=quote.start, end=end, name=inner, kind=own, rule="activity/quoted")
    start = quote.start
    if tail.kind in ("event", "programme") and text.endswith("寻找", 0, start):
        start -= 2
    name = _strip(_plain(text[start : quote.end]) + tail.gap + tail.head, tail)
    return Proposal(start=start, end=tail.end, name=name, kind=tail.kind, rule="activity/quoted-head")


def _foul(tail: Tail, lexicon: Lexicon) -> bool:
    """Tell whether the words up to the head speak of something that is no activity of a report."""
    if tail.head == "项目":
        return bool(tail.gap) and lexicon.welfare.search(tail.gap) is None
    if tail.head == "基地":
        return bool(tail.gap)
    if tail.kind in ("body", "brand", "honour") and _OUTWARD.search(tail.gap):
        return True
    return lexicon.foul.search(tail.gap) is not None


def _strip(name: str, tail: Tail) -> str:
    """Return the name without a trailing generic 活动 and what only qualifies it (主题, 创建 …)."""
    if tail.head != "活动":
        return name.removesuffix("活动")
    name = re.sub("(?:系列|主题|大型)+$", "", name.removesuffix("活动"))
    return name.removesuffix(tail.gap) if tail.gap and _WEAK_MODIFIER.fullmatch(tail.gap) else name


def _read_attribute(text: str, quote: Quote, tail: Tail | None, lexicon: Lexicon) -> Proposal | None:
    """Read a quoted word that only qualifies: 庆“三八”表彰大会, 创业“5+1”工程; 庆祝“六一”活动 names nothing."""
    if tail is None or (tail.head == "活动" and not (_named_drive(tail.gap) or _DAY.search(tail.gap))):
        return None
    inner = _plain(quote.inner)
    if inner in lexicon.feasts:
        if tail.kind not in ("event", "campaign", "honour", "brand"):
            return None
        feast = _FEAST.search(text, max(0, quote.start - 4), quote.start)
        start = feast.start() if feast else quote.start
    elif tail.kind in ("programme", "event"):
        if _PLAN.fullmatch(inner) and (not tail.gap or re.search("规划|各|时期|重大|重点", tail.gap)):
            return None
        if tail.head == "项目" and lexicon.welfare.search(tail.gap) is None and inner in lexicon.trade:
            return None
        if tail.head in ("培训班", "招聘会") and inner in lexicon.trade:
            return None
        start, verb = _left_border(text, quote.start, max(0, quote.start - 14), lexicon, nouns=False)
        start = start if verb and text[start] not in "和与及" else quote.start
        if start == quote.start and _ATTRIBUTE.fullmatch(inner) is None and not tail.gap:
            return None
    elif tail.kind == "campaign":
        start = quote.start
    else:
        return None
    name = _plain(text[start : tail.end])
    return Proposal(start=start, end=tail.end, name=_strip(name, tail), kind=tail.kind, rule="activity/attribute")


def _own_kind(inner: str, lexicon: Lexicon) -> str | None:
    """Return the kind that the last word of a quoted name gives it."""
    match = lexicon.ending.search(inner)
    if match is None and inner.startswith(("十佳", "最美", "十大杰出")) and len(inner) <= 9:
        return "honour"
    if match is None or (len(inner) - len(match[0]) < 2 and len(match[0]) < 3):
        return None
    if match[0] == "年" and (len(inner) < 4 or _SPENT.search(inner)):
        return None
    kind = lexicon.ending_kind[match[0]]
    if kind == "honour" and match[0] in ("家庭", "村庄", "社区") and not inner.startswith(lexicon.honour_beginnings):
        return None
    return kind


def _honoured(inner: str, lexicon: Lexicon) -> bool:
    return inner.startswith(lexicon.honour_beginnings) or inner.endswith(("红旗手", "示范岗", "文明岗", "建设年"))


def _in_company(text: str, quote: Quote) -> bool:
    return _AND_OTHERS.match(text, quote.end, quote.end + 24) is not None


def _not_named(text: str, quote: Quote, lexicon: Lexicon) -> bool:
    if _in_company(text, quote) or _BRANDED.match(text, quote.end):
        return False
    before = text[max(0, quote.start - 5) : quote.start]
    return bool(lexicon.behind.match(text, quote.end)) or before.endswith(lexicon.before)


# --- names without quotation marks ---------------------------------------------------------------------------------


def _read_bare(text: str, others: Sequence[Proposal], lexicon: Lexicon) -> Iterator[Proposal]:
    known_ends = {proposal.end for proposal in others}
    ends = sorted(known_ends)
    last, verb = 0, ""  # end of the bare name read last, and the verb before it
    for number, start, end in lexicon.head_finder.find_matches_as_indexes(text):
        head = lexicon.heads[number]
        if head == "活动" and _DRIVE_SIGN.search(text, max(last, start - _REACH), start) is None:
            continue
        if _spoilt(text, end, head, lexicon):
            continue
        floor = max(last, start - _REACH)
        at = bisect_left(ends, start + 1) - 1
        if at >= 0:
            floor = max(floor, ends[at])
        found, verb = _bare_name(text, start, end, floor, head, verb, lexicon)
        if found and not (end in known_ends and re.search("[和与及、]", found.name)):
            yield found
            last = end


def _bare_name(
    text: str, start: int, end: int, floor: int, head: str, verb_before: str, lexicon: Lexicon
) -> tuple[Proposal | None, str]:
    left, verb, follows = _border_of(text, start, floor, lexicon)
    if follows and not verb:
        verb = verb_before
    core = text[left:start]
    if split := _INNER_HEAD.search(core):
        left, core, follows = left + split.end(), core[split.end() :], bool(verb or follows)
    while scope := _SCOPE.match(core):
        if lexicon.bare[head] == "event" and scope[0].startswith(("全", "我")):
            break
        left += scope.end()
        core = text[left:start]
    kind = lexicon.bare[head]
    ordinal = _ordinal_of(core) if kind in ("event", "body") else None
    if ordinal and kind == "body" and "届" not in ordinal[0]:
        ordinal = None
    if ordinal:
        kind = "event"
        place = _PLACE.search(core, 0, ordinal.start())
        left += place.start() if place else ordinal.start()
        core = text[left:start]
    if _COUNTED.search(core[-4:]):
        return None, verb
    if not (verb or follows or kind in ("event", "campaign")) or not _BARE_RULES[kind](core, head, verb, lexicon):
        return None, verb
    if lexicon.generic.fullmatch(core):
        return None, verb
    name = core if head == "活动" else core + head
    return Proposal(start=left, end=end, name=name.replace("，", ","), kind=kind, rule=f"activity/bare-{kind}"), verb


def _with_place(text: str, match: re.Match[str]) -> Proposal:
    """Return the event of a match that begins with 第三届, with the place that holds it where that stands before."""
    place = _PLACE.search(text, max(0, match.start() - 4), match.start())
    start = place.start() if place else match.start()
    name = _plain(text[start : match.end()])
    return Proposal(start=start, end=match.end(), name=name, kind="event", rule="activity/ordinal")


def _ordinal_of(core: str) -> re.Match[str] | None:
    """Return the 第三届 or 2024年 that opens the last of the events in core."""
    ordinals = list(_ORDINAL.finditer(core))
    opening = [match for match in ordinals if match.start() and core[match.start() - 1] in "和与及、"]
    return opening[-1] if opening else ordinals[0] if ordinals else None


def _border_of(text: str, start: int, floor: int, lexicon: Lexicon) -> tuple[int, str, bool]:
    """Return where a bare name begins, the verb before it, and whether it follows another name (、…工程)."""
    left, verb = _left_border(text, start, floor, lexicon)
    follows = left == floor + 1 and text[floor : floor + 1] in ("、", "和", "与", "及") and floor > start - _REACH
    if not verb and left == floor and text[floor : floor + 1] in ("和", "与", "及"):
        return floor + 1, "", floor > start - _REACH
    return left, verb, follows


def _left_border(text: str, start: int, floor: int, lexicon: Lexicon, *, nouns: bool = True) -> tuple[int, str]:
    """Return where the words up to start begin, behind the last verb or particle, and that verb.

    `nouns` says that a verb right before start belongs to the name (…提升行动, …创建活动).
    """
    left, verb = floor, ""
    for match in lexicon.border.finditer(text, floor, start):
        word = match[0]
        if nouns and word in _NOUNS_TOO and match.end() == start:
            break
        left = match.end()
        verb = word if word[:2] in lexicon.verbs else ""
    return left, verb


def _named_drive(core: str) -> bool:
    return bool(_DRIVE.fullmatch(core)) and not _SPENT.search(core)


def _bare_campaign(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    return len(core) >= 4 and (head != "活动" or _named_drive(core))


def _bare_programme(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    if head == "计划" and verb in ("制定", "完成", "落实", "执行", "根据", "纳入"):
        return False
    if core.startswith(("重点", "重大", "一批", "国家重大", "国家重点")) or not 4 <= len(core) <= 20:
        return False
    return not core.endswith(lexicon.generic_endings)


def _bare_brand(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    return len(core) >= 2 and bool(verb)


def _bare_honour(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    return 2 <= len(core) <= 10 and verb[:2] in lexicon.opener_kind and lexicon.opener_kind[verb[:2]] != "campaign"


def _bare_event(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    if _ORDINAL.search(core):
        return True
    return len(core) >= 6 and verb[:2] in ("召开", "举办", "举行", "承办", "主办", "协办")


def _bare_body(core: str, head: str, verb: str, lexicon: Lexicon) -> bool:
    known = verb[:2] in ("成立", "组建") or (verb[:2] in ("建立", "创办", "依托") and not head.endswith("中心"))
    return len(core) >= 3 and (known or (not verb and head.startswith("志愿者")))


_BARE_RULES = {
    "campaign": _bare_campaign,
    "programme": _bare_programme,
    "brand": _bare_brand,
    "honour": _bare_honour,
    "event": _bare_event,
    "body": _bare_body,
}


# --- overlaps ------------------------------------------------------------------------------------------------------


def _longest(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals without overlap: of those that meet, the longest; of equal ones, the first."""
    kept: list[Proposal] = []
    for proposal in sorted(proposals, key=lambda p: (p.start, -p.end)):
        if not kept or proposal.start >= kept[-1].end:
            kept.append(proposal)
        elif proposal.end - proposal.start > kept[-1].end - kept[-1].start:
            kept[-1] = proposal
    return kept
