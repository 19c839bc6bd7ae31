"""The lexicon of activities: known names, and the patterns made of the words that stand around names.

Names stand in `nlp/data/activities.csv`; heads, verbs and words that name no activity in `nlp/data/activity_words.toml`.
Both are checked when they are loaded.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from nlp.activity_variants import Variant, load_variants
from nlp.word_places import WordFinder, apart

KINDS = ("campaign", "programme", "brand", "honour", "event", "body")
SHORTEST = 4  # characters of a name that counts without quotation marks; of one that is a day or a month, one less
HAN = r"\u4e00-\u9fff"
COUNTED = re.compile(r"[一二两三四五六七八九十0-9]+[个大项]")  # 三个…, 五大…: a number of things, not a name
SHORT_TOO = frozenset(
    ("三下乡", "双学赛", "农博会", "园博会", "进博会", "消博会", "西博会", "数博会")
)  # and these, that are nothing else
AWARD_VERBS = ("荣获", "荣膺", "获评", "选树", "评为", "获得", "授予")
ORDINAL_END = re.compile(r"(?:首届|第[一二三四五六七八九十百0-9]{1,4}届|20[0-9]{2}年?)$")

_NAMES = "nlp/data/activities.csv"
_WORDS = "nlp/data/activity_words.toml"
_COLUMNS = ["term", "name", "kind", "sponsor", "source", "note"]
_NO_QUOTES = str.maketrans(dict.fromkeys("“”‘’") | {"，": ",", "〃": "·"})
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
_BREAK = r"\s，。、；：！？（）《》〈〉【】“”‘’,;:!?()…—"
_OUTSIDE = r"\x00-/:-@\[-`{-\xb6\xb8-\u2021\u2023-\u4dff\ua000-\U0010ffff"  # all but Chinese, A-Z, a-z, 0-9, · and •
_NOUN_BEFORE = (
    "工程|行动|计划|项目|活动|中心|基地|大赛"  # a verb right before one of these is a part of the name: “…”培育工程
)
_AT_ONCE = 8  # first characters that one look tells of
_PARTICLE = "的了在是将把被对向从为以让使其并而至"


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
class TailPattern:
    """What stands between a name and the head behind it: up to `reach` characters, none of which begins a match of `bar`."""

    head: re.Pattern[str]
    bar: re.Pattern[str]
    reach: int
    longest: int  # characters of a head, with those behind it that make another word of it

    def match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the head within text[start:end] that is nearest to start, or None."""
        bar = self.bar.search(text, start, end)
        last = min(bar.start() if bar else end, start + self.reach)
        head = self.head.search(text, start, min(end, last + self.longest))
        return head if head and head.start() <= last else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """The known names, and the patterns made of the words around names. It equals itself alone, so that what it says can be kept."""

    known: dict[str, Known]
    known_last: frozenset[str]  # the last two characters of the known names
    finder: WordFinder  # of the terms, heads, verbs that award and weighed heads below, numbered in this order
    terms: tuple[Known, ...]  # for each written form of a term (some with quotation marks inside) its entry
    heads: tuple[str, ...]
    bare: dict[str, str]  # head of an unquoted name → kind
    tail: TailPattern
    event_tail: TailPattern
    head_kind: dict[str, str]
    ending: re.Pattern[str]
    endings: tuple[str, ...]
    endings_last: frozenset[str]  # their last characters, and so below: one look tells that most words end in none
    ending_kind: dict[str, str]
    honour_beginnings: tuple[str, ...]
    opener: re.Pattern[str]
    opener_ends: frozenset[str]  # characters that a match of opener ends in
    opener_kind: dict[str, str]
    border: re.Pattern[str]  # of words, where no mark stands
    breaks: re.Pattern[str]  # up to the last of the characters among the borders
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
    before_last: frozenset[str]
    firms: tuple[str, ...]
    firms_last: frozenset[str]
    chosen_firms: re.Pattern[str]
    chosen_last: frozenset[str]
    never_learned: tuple[str, ...]  # ends of quoted words that no classifier is asked about: firms, sorts of people
    never_last: frozenset[str]
    weighed: tuple[tuple[str, str], ...]  # heads of names that a classifier decides on, with their kinds
    weighed_kind: dict[str, str]
    weighed_borders: dict[str, tuple[str, ...]]  # borders of weighed names by their last character, the longest first
    weighed_ends: frozenset[str]  # the last characters of these and of the verbs below
    leading: frozenset[str]  # verbs that are a border only where they open a clause: 规范…
    opening: frozenset[str]  # the last characters of these, and verbs of one character of the kind: 建…
    unbroken: frozenset[str]  # two characters of which neither is a border: 社会
    founding: tuple[str, ...]  # verbs of founding, before a name
    founded: re.Pattern[str]  # and behind one
    nouns_too: frozenset[str]  # verbs that close the modifier of a name: …支持计划
    plain_before: frozenset[str]  # two characters and a head: 重大项目
    not_behind: dict[str, tuple[str, ...]]
    not_behind_opens: frozenset[str]  # the first characters of these
    awarded: re.Pattern[str]
    chosen: tuple[str, ...]  # verbs behind which a number tells a title: 评出…10名
    honouring: tuple[str, ...]  # these, and verbs that award
    honoured: re.Pattern[str]
    plain_words: re.Pattern[str]
    ordinary: frozenset[str]
    titles: frozenset[str]  # of these, what is striven for: 文明小区
    striving: re.Pattern[str]  # behind the verbs of it
    chosen_behind: re.Pattern[str]
    foul: re.Pattern[str]
    welfare: re.Pattern[str]


class Proposal(NamedTuple):
    """What a reader takes for a name: text[start:end]."""

    start: int
    end: int
    name: str
    kind: str
    rule: str


class Hits(NamedTuple):
    """Where the words that readers start from stand, by (number, start, end); of known names and of heads the longest, apart."""

    known: list[tuple[int, int, int]]
    heads: list[tuple[int, int, int]]
    awards: list[int]  # where verbs that award stand
    weighed: list[tuple[int, int, int]]
    won: list[int]  # where verbs of winning stand


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon of `nlp/data/activities.csv` and its variants, with the words of `nlp/data/activity_words.toml`.

    Raises LexiconError, naming file and line, where an entry cannot be used.
    """
    data = files("nlp.data")
    return make_lexicon(
        data.joinpath("activities.csv").read_text(encoding="utf-8"),
        data.joinpath("activity_words.toml").read_text(encoding="utf-8"),
        load_variants().values(),
    )


def make_lexicon(names: str, words: str, variants: Iterable[Variant] = ()) -> Lexicon:
    """Return the lexicon that the text of a CSV of names, of a TOML of words, and other forms of names make; raises LexiconError."""
    known = {entry.term: entry for entry in _parse_names(names)}
    known |= {entry.term: entry for entry in _other_forms(known, variants)}
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
    terms = _written_forms(known)
    verbs = frozenset(borders["openers"]) | opener_kind.keys()
    opening = frozenset("建设办" + "".join(word[-1] for word in _table(tables, "weighed_words")["leading"]))
    weighed = _kinds_by_word(tables, "weighed")
    weighing = _table(tables, "weighed_words")
    plain_before = _table(tables, "plain_before")
    never_learned = (*_table(tables, "firms")["words"], *_table(tables, "sorts")["words"])
    won = tuple(word for word in weighing["won"] if word not in AWARD_VERBS)
    weighed_borders = _by_last([*borders["openers"], *borders["closers"], *weighing["verbs"], *won, *AWARD_VERBS])
    return Lexicon(
        known=known,
        known_last=frozenset(term[-2:] for term in known),
        finder=WordFinder([*terms, *bare, *AWARD_VERBS, *weighed, *won]),
        terms=tuple(terms.values()),
        heads=tuple(bare),
        bare=bare,
        tail=_tail_pattern(head_kind, verbs, not_before, 14),
        event_tail=_tail_pattern(
            {h: k for h, k in head_kind.items() if k == "event" and len(h) > 2}, verbs, not_before, 10
        ),
        head_kind=head_kind,
        ending=re.compile(f"(?:{_any(ending_kind)})$"),
        endings=tuple(ending_kind),
        endings_last=frozenset(ending[-1] for ending in ending_kind),
        ending_kind=ending_kind,
        honour_beginnings=tuple(_table(tables, "honour_beginnings")["words"]),
        opener=re.compile(
            rf"({'|'.join(sorted(opener_kind, key=lambda word: (-len(word), word)))})(?:了|好|以|过|出|为|的是)?([0-9一二两三四五六七八九十]+(?:余|多)?[个期场次所名片座批家户支处])?(?:[{HAN}0-9，]{{0,8}}?(?:妇联系统|系统|全国|全省|全市|全县|全区|全镇|省级|市级|县级|区级|年度|首批|一批|[0-9]+名|[0-9]+个|[0-9]+户|今年为|(?:[{HAN}]{{2,3}}|[×xXｘＸ*＊_某]{{1,3}})[省市县区镇乡]))?$"
        ),
        opener_ends=frozenset(
            "了好以过出为是个期场次所名片座批家户支处统国省市县区镇乡级度" + "".join(verb[-1] for verb in opener_kind)
        ),
        opener_kind=opener_kind,
        border=_border_pattern(borders["openers"], borders["closers"]),
        breaks=re.compile(f".*[{_BREAK}]", re.DOTALL),
        weak_openers=frozenset(_table(tables, "weak_openers")["words"]),
        verbs=frozenset(borders["openers"]),
        generic=re.compile(f"(?:{_any(generic['words'])})*"),
        generic_endings=tuple(generic["endings"]),
        not_before=not_before,
        stop=frozenset(plain(word) for word in stop),
        feasts=frozenset(_table(tables, "stop")["festival"]),
        figures=frozenset(_table(tables, "stop")["figure"]),
        trade=frozenset(_table(tables, "stop")["policy"]),
        behind=re.compile(f"(?:的|这[一个]|等)?(?:{_any(_table(tables, 'not_named')['behind'])})"),
        before=tuple(_table(tables, "not_named")["before"]),
        before_last=frozenset(word[-1] for word in _table(tables, "not_named")["before"]),
        firms=tuple(_table(tables, "firms")["words"]),
        firms_last=frozenset(word[-1] for word in _table(tables, "firms")["words"]),
        chosen_last=frozenset(word[-1] for word in _table(tables, "firms")["chosen"]),
        never_learned=never_learned,
        never_last=frozenset(word[-1] for word in never_learned),
        chosen_firms=re.compile(
            rf"[{HAN}]{{0,4}}(?:{_any(_table(tables, 'firms')['praise'])})[{HAN}]{{0,4}}(?:{_any(_table(tables, 'firms')['chosen'])})"
        ),
        weighed=tuple(weighed.items()),
        weighed_kind=weighed,
        weighed_borders=weighed_borders,
        weighed_ends=opening.union(weighed_borders),
        leading=frozenset(weighing["leading"]),
        opening=opening,
        unbroken=_pairs(weighing["unbroken"]),
        founding=tuple(weighing["founding"]),
        founded=re.compile(_any(weighing["founded"])),
        nouns_too=frozenset(weighing["nouns_too"]),
        plain_before=frozenset(
            word + head for head in weighed for word in (*plain_before["any"], *plain_before.get(head, ()))
        ),
        not_behind={head: tuple(after) for head, after in _table(tables, "not_behind").items()},
        not_behind_opens=frozenset(word[0] for after in _table(tables, "not_behind").values() for word in after),
        awarded=re.compile(
            rf"(?:{_any([*AWARD_VERBS, *won])})(?![感批悉益利准赠取]|[以为]?下)(?:了|为|到)?(?P<list>[{HAN}0-9、（）()·]{{4,60}})"
        ),
        chosen=tuple(weighing["chosen"]),
        honouring=(*weighing["chosen"], *AWARD_VERBS),
        honoured=re.compile(_any(weighing["honoured"])),
        plain_words=re.compile(_any(_table(tables, "plain")["words"])),
        foul=re.compile(_any(_table(tables, "foul")["words"])),
        welfare=re.compile(_any(_table(tables, "welfare")["words"])),
        ordinary=frozenset(_table(tables, "ordinary")["words"]),
        titles=frozenset(_table(tables, "ordinary")["titles"]),
        striving=re.compile(f"(?:{_any(_table(tables, 'ordinary')['striving'])})(?:好|了|为|成)?$"),
        chosen_behind=re.compile(
            rf"(?:[”、和与及“]{{0,3}}[{HAN}]{{2,4}}(?:家庭|村|社区|单位)){{0,3}}(?:{_any(_table(tables, 'ordinary')['behind'])})"
        ),
    )


def find_hits(text: str, lexicon: Lexicon) -> Hits:
    """Return where known names, heads and verbs that award stand, found in one pass."""
    known, heads, awards, weighed, won = [], [], [], [], []
    first_head = len(lexicon.terms)
    first_verb = first_head + len(lexicon.heads)
    first_weighed = first_verb + len(AWARD_VERBS)
    first_won = first_weighed + len(lexicon.weighed)
    for number, start, end in lexicon.finder.find(text):
        if number < first_head:
            known.append((number, start, end))
        elif number < first_verb:
            heads.append((number - first_head, start, end))
        elif number < first_weighed:
            awards.append(start)
        elif number < first_won:
            weighed.append((number - first_weighed, start, end))
        else:
            won.append(start)
    return Hits(known=apart(known), heads=apart(heads), awards=awards, weighed=apart(weighed), won=won)


@lru_cache(4096)
def plain(text: str) -> str:
    """Return a name without quotation marks and the marks around it, its commas half-width."""
    return text.translate(_NO_QUOTES).strip(" ，,、。")


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


def _other_forms(known: dict[str, Known], variants: Iterable[Variant]) -> Iterator[Known]:
    """Yield an entry for each other form of a name that is known: a mention keeps the name that stands in the report."""
    for one in variants:
        entry = known.get(one.name)
        if entry and one.variant not in known and one.variant.removeprefix(entry.name) != "竞赛":  # that is read anyway
            yield Known(term=one.variant, name=one.variant, kind=entry.kind, sponsor=entry.sponsor, source=one.source)


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


def _written_forms(known: dict[str, Known]) -> dict[str, Known]:
    """Return the entries by the forms that count without quotation marks."""
    forms = dict.fromkeys(form for term in known for form in _written(term))
    return {form: known[plain(form) if "“" in form else form] for form in forms}


def _written(term: str) -> Iterator[str]:
    """Yield the forms of a term that count without quotation marks: itself, and with marks around its first part."""
    if len(term) >= SHORTEST - (term[-1] in "日月周") or term in SHORT_TOO:
        yield term
        for part in _QUOTED_PARTS:
            if part in term and part != term:
                yield term.replace(part, f"“{part}”", 1)


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; one look at the first character rules most places out."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    firsts = "".join(re.escape(char) for char in sorted({word[0] for word in ordered}))
    return f"(?=[{firsts}])(?:{'|'.join(re.escape(word) for word in ordered)})"


def _rests(words: Iterable[str]) -> dict[str, str]:
    """Return for each first character of words the pattern of what stands behind it, the longest first."""
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return {first: f"(?:{'|'.join(rest)})" for first, rest in rests.items()}


def _behind_first(words: Iterable[str], after: str) -> str:
    """Return a pattern for the rest of words whose first character was read, the longest first, and what may stand behind.

    A look at a set of first characters tells whether any of some words is worth a look.
    """
    rests = sorted(_rests(words).items())
    found = []
    for at in range(0, len(rests), _AT_ONCE):
        some = rests[at : at + _AT_ONCE]
        each = "|".join(f"(?<={re.escape(first)}){rest}{after}" for first, rest in some)
        found.append(f"(?<=[{''.join(first for first, _ in some)}])(?:{each})")
    return "|".join(found)


def _border_pattern(openers: Sequence[str], closers: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of left borders but marks. Its alternatives open with one character each: that is told at a glance."""
    verbs = {first: f"{rest}(?:了|好|过)?(?:一场|一次|一批|一系列)?" for first, rest in _rests(openers).items()}
    others = _rests(closers)
    firsts = sorted({*verbs, *others})
    return re.compile(
        "|".join(
            f"{re.escape(first)}(?:{'|'.join(rests[first] for rests in (verbs, others) if first in rests)})"
            for first in firsts
        )
    )


def _by_last(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return words by their last character, the longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        found.setdefault(word[-1], []).append(word)
    return {last: tuple(group) for last, group in found.items()}


def _pairs(words: Iterable[str]) -> frozenset[str]:
    """Return the pairs of neighbouring characters of words."""
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))


def _tail_pattern(
    heads: Collection[str], verbs: Iterable[str], not_before: dict[str, tuple[str, ...]], reach: int
) -> TailPattern:
    words = {*verbs, "领导小组", "协调小组"} - {"创建", "建设", "评选", "表彰", "推广", "启动", "建", "评"}
    firsts = "".join(sorted({word[0] for word in words}))
    alone = f"{_PARTICLE}与或等及这该此个条每已也均都各".replace("对", "")
    opened = _behind_first(words, f"(?!{_NOUN_BEFORE})")
    bar = rf"[{_OUTSIDE}{alone}和项对{firsts}](?:(?<=[{_OUTSIDE}{alone}])|(?<=和)(?!谐)|(?<=对)(?<![结配]对)(?!口)|(?<=项)(?<!专项)|{opened})"
    closing: dict[str, list[str]] = {}  # by the first character
    for head in sorted(heads, key=lambda head: (-len(head), head)):
        spoilt_by = f"(?!{_any(not_before[head])})" if not_before.get(head) else ""
        closing.setdefault(head[0], []).append(re.escape(head[1:]) + spoilt_by)
    pattern = re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in closing.items()))
    longest = max(len(head) + max(map(len, not_before.get(head, ())), default=0) for head in heads)
    return TailPattern(head=pattern, bar=re.compile(bar), reach=reach, longest=longest)


def spoilt(text: str, end: int, head: str, lexicon: Lexicon) -> bool:
    return text.startswith(lexicon.not_before.get(head, ()), end)
