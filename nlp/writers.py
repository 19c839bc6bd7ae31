"""Who may have written a paper whose title, letterhead and signature do not settle it, and what speaks for each of them.

Candidates are the bodies for which there are signs (`nlp.writer_signs`), those that act at the head (丹江社区妇联在…), and those that the paper calls
only by level and kind: 我镇 and 妇联 make 镇妇联, 我校 and 工会 学校工会. `nlp.writer_model` weighs what `candidates` says of each.
Source of the words: the language of reports (unverified where no other is named).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import log, log1p

from nlp.bodies import GENERIC_PLACE, HAN, MASK, RANKS, Body, find_bodies, is_core, is_place, level_of, named_places
from nlp.edges import HEAD, YEAR
from nlp.word_lists import read_lists

MASKED = re.escape(MASK)
ACTS_WITHIN = 1500  # characters of the head in which those who act are looked for
FOOT = 300
FIRST, EARLY = 60, 200  # characters: named at the very beginning, and near it
MOST_LEVELS, MOST_KINDS = 3, 5
LAST_ORDER = 5  # of those named at the head, from which on it tells no more who is named first
LONGEST_NAME = 24
BEFORE_CLAUSE = frozenset("，,。；;：:\n \u3000）)！!？?日") | {""}
CHIEF = re.compile(
    "(?:党[组委])?(?:常务)?副?(?:书记|主席|主任|局长|县长|区长|市长|镇长|乡长|会长|院长|校长|负责人|领导)"
)
CLAUSE_ENDS = r"[，,。；;：:\s\u3000）)！!]"
UP_TO_CLAUSE = re.compile(f"(?s:.*){CLAUSE_ENDS}")
LONGEST_ACTING = 60  # characters from the beginning of a clause to the end of the name of who acts in it
WITH_PAPER = ("told", "place", "own level", "acts", "called", "league")  # what weighs otherwise in each kind of paper
MINE = re.compile("我(?=(..))")
OF_GOVERNMENT = frozenset(("政府", "人大", "政协"))  # which what has a rank has only
OF_RANK = frozenset(("省", "自治区", "市", "州", "县", "区", "旗", "镇", "乡", "街道"))
LEVEL_WORDS = {
    **dict.fromkeys(("村", "社区", "居委会", "嘎查"), "village"), "街道": "township",
    **dict.fromkeys(("镇", "乡", "县", "区", "旗", "市", "省"), ""),
}  # fmt: skip
OF_LEVEL = re.compile(
    r"^(?:中共)?(?P<nation>最高人民|全国|中华全国|国务院|(?:中国|中华).*(?:协会|学会|联合会|基金会|妇联|总工会)$)|(?P<province>高级(?:人民)?法院)|(?P<city>中级(?:人民)?法院)"
)
OF_OFFICE = re.compile("(?:局|厅|处|所|站|办|机关|人民法院|法院|检察院)")
VILLAGE = re.compile(rf"[{HAN}]{{2,10}}?(?:(?<!农|乡)村(?!委会?$|民)|(?<!街道)社区)")
MASKED_OR_SOMEBODY = frozenset(MASK) | {"某"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body that may have written a paper; `seen` is what speaks for and against it, by name: 0, 1 or a small number."""

    body: Body
    seen: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Called:
    """How a paper calls a body by level and kind only: 我镇 so often, 妇联 so often."""

    level: str
    levels: int
    kind: str = ""
    kinds: int = 0


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns made of the words of `nlp/data/writers.toml`."""

    acts: re.Pattern[str]
    name_ends: re.Pattern[str]  # the last character of a name of those who act
    titled: re.Pattern[str]
    no_name: re.Pattern[str]
    bare: re.Pattern[str]
    leads: re.Pattern[str]
    acting: re.Pattern[str]
    cut_off: re.Pattern[str]
    national: re.Pattern[str]
    own_level: re.Pattern[str]
    kinds: re.Pattern[str]
    branches: tuple[str, ...]
    called: dict[str, str]
    own_kinds: frozenset[str]
    kinds_of_topic: tuple[tuple[re.Pattern[str], str], ...]
    yards: dict[str, list[str]]
    ends: tuple[str, ...]


@cache
def load_patterns() -> Patterns:
    """Return the patterns of `nlp/data/writers.toml`."""
    data = read_lists("writers")
    words = {name: "|".join(forms) for name, forms in data["words"].items()}
    firsts, lasts = map("".join, zip(*map(_edge_chars, data["words"]["heads"]), strict=True))
    heads = rf"(?=[{firsts}])(?:{words['heads']})"  # one look at a character spares many
    chars = f"[{HAN}{MASKED}]"
    when = rf"(?:(?:今年|{YEAR}年|[XxＸ×*]{{2,4}}年|近年来?|一年来|去年|[一二两三四五]年来|[上下]半年|年初|年内)(?:以来|度)?[，,]?)?"
    return Patterns(
        acts=re.compile(
            rf"(?:^|(?<={CLAUSE_ENDS}))(?:我们?|本|全)?{when}(?:我们?|本)?(?P<body>{chars}{{0,22}}?{heads})(?={words['acts']})"
        ),
        name_ends=re.compile(rf"[{lasts}](?={words['acts']})"),
        titled=re.compile(
            rf"(?:{YEAR}|[XxＸ×*]{{2,4}})?年?度?(?P<body>{chars}{{1,18}}?{heads})(?={YEAR}|[XxＸ×*]{{2,4}}年|{words['titled']})"
        ),
        no_name=re.compile(words["no_name"]),
        bare=re.compile(rf"(?:我|全|本|该)?(?:{words['bare']})"),
        leads=re.compile(f"(?:{words['leads']})"),
        acting=re.compile(words["acting"]),
        cut_off=re.compile(f"(?:.*(?:{words['cut_off']}))(?=..)"),
        national=re.compile(words["national"]),
        own_level=re.compile(rf"(?:[我本]|全(?!局))({words['own_level']})(?!{words['no_own_level']})"),
        kinds=re.compile(words["kinds"]),
        branches=tuple(data["words"]["branches"]),
        called=dict(data["called"]),
        own_kinds=frozenset(data["words"]["own_kinds"]),
        kinds_of_topic=tuple((re.compile(pattern), kind) for pattern, kind in data["kinds_of_topic"].items()),
        yards=dict(data["yards"]),
        ends=tuple(data["words"]["ends"]),
    )


def _edge_chars(form: str) -> tuple[str, str]:
    """Return the characters with which what a form of `heads` matches may begin, and those in which it may end. Raises ValueError for a form of others."""
    one = rf"(?:\[[{HAN}]+\]|[{HAN}])"
    looked = r"(?:\(\?<?![^()]*\))?"  # what may not stand beside it
    first, last = re.match(rf"{looked}({one})", form), re.search(rf"({one}){looked}\Z", form)
    if first is None or last is None:
        raise ValueError(f"nlp/data/writers.toml, heads: {form!r} begins or ends in no character")
    return first[1].strip("[]"), last[1].strip("[]")


def acting_bodies(title: str, text: str) -> Counter[str]:
    """Return the names that a title begins with, or that act at the head or the foot of a text; those of the first words count twice."""
    patterns = load_patterns()
    found: Counter[str] = Counter()
    for place, part in enumerate((title, text[:ACTS_WITHIN], text[-FOOT:] if len(text) > ACTS_WITHIN else "")):
        for match in _acting(part):
            if name := _cleaned(match["body"]):
                found[name] += 2 if place == 1 and match.start() < 2 * FIRST else 1
    if (led := patterns.titled.match(title)) and (name := _cleaned(led["body"])):
        found[name] += 2
    return found


def _acting(part: str) -> Iterator[re.Match[str]]:
    """Yield the names of those who act, each at the beginning of a clause; only clauses with the end of a name before an act are looked at."""
    patterns = load_patterns()
    looked_at: set[int] = set()
    for end in patterns.name_ends.finditer(part):
        first = max(0, end.start() - LONGEST_ACTING)
        begin = _clause_begin(part, first, end.start())
        looked_at.add(begin)
        if begin > first and part[begin - 1] in ",，":
            looked_at.add(_clause_begin(part, first, begin - 1))  # 今年，丹江社区妇联…
    done = 0
    for begin in sorted(looked_at):
        if begin >= done and (match := patterns.acts.match(part, begin)):
            done = match.end()
            yield match


def _clause_begin(part: str, first: int, at: int) -> int:
    """Return where the clause of a place begins, or `first` if that is later."""
    match = UP_TO_CLAUSE.match(part, first, at)
    return match.end() if match else first


def _without_leads(body: Body) -> Body:
    """Return a body without the words that lead to its name and were taken for a part of it: 总结丹江社区妇联."""
    name = _led(body.name)
    return body if name == body.name else _body(name)


@lru_cache(maxsize=4096)
def _led(name: str) -> str:
    while (lead := load_patterns().leads.match(name)) and lead.end() < len(name) - 1:
        name = name[lead.end() :]
    return name


def _cleaned(name: str) -> str:
    """Return a name without the words that lead to it and the clause before it; "" where it is none."""
    clause = load_patterns().cut_off.match(name)
    name = _led(name[clause.end() :] if clause else name)
    return "" if is_bare_kind(name) or name in GENERIC_PLACE or has_no_name(name) else name


@lru_cache(maxsize=4096)
def is_bare_kind(name: str) -> bool:
    """Tell a word by which any writer may call his own, which names nobody: 局, 学校, 中心校, 我镇."""
    return len(name) < 2 or load_patterns().bare.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def has_no_name(name: str) -> bool:
    """Tell a stretch with words that no name has."""
    return load_patterns().no_name.search(name) is not None


def called_bodies(title: str, text: str) -> dict[str, Called]:
    """Return the bodies that a paper calls by level and kind, which need not stand together in it: 镇妇联, 学校工会, 团县委, 镇党委、政府."""
    patterns = load_patterns()
    levels, kinds = Counter(patterns.own_level.findall(text)), Counter(patterns.kinds.findall(text))
    of_one = title.replace("乡镇", "")
    for level in patterns.called:
        if level in of_one:
            levels[level] += 2
    for kind in patterns.kinds.findall(title):
        kinds[kind] += 3
    for topic, kind in patterns.kinds_of_topic:
        if kind in kinds and topic.search(title):  # no body is made of words that a paper does not say
            kinds[kind] += 2
    found: dict[str, Called] = {}
    for level, often in levels.most_common(MOST_LEVELS):
        base = name_of_own(level, text)
        if level in ("镇", "乡", "街道"):
            leading = ("党工委、办事处", "办事处", "党工委") if level == "街道" else ("党委、政府", "政府", "党委")
            for kind in leading:
                found.setdefault(level + kind, Called(level, often, kind, text.count(kind)))
        for kind, count in kinds.most_common(MOST_KINDS):
            short = {"妇女联合会": "妇联", "共青团": "团委"}.get(kind, kind)
            if level in "省市县区旗镇乡" and short in ("党支部", "党总支", "团支部", "团总支"):
                continue  # branches are of what is below them
            if short in OF_GOVERNMENT and level not in OF_RANK:
                continue  # no 局政府
            if short == "党组" and level in OF_RANK:
                continue  # no 镇党组
            name = base + short
            if level in "省市县区旗":
                name = {"团委": f"团{level}委", "工会": f"{level}总工会", "党委": f"{level}委"}.get(short, name)
            found.setdefault(name, Called(level, often, short, count))
    return found


def name_of_own(level: str, text: str) -> str:
    """Return what the body of 我校, 我院, 我园 is called."""
    if level != "院":
        return load_patterns().called.get(level, level)
    told = {name: sum(map(text.count, words)) for name, words in load_patterns().yards.items()}
    return max(told, key=lambda name: told[name])


def guessed_level(name: str) -> str:
    """Return the level of a body by the last place word in its name: 丹江社区妇联 village, 镇妇联 township; 局工会 may be of any."""
    if own := OF_LEVEL.search(name):
        return own.lastgroup or "unknown"
    words = [(name.rfind(word) + len(word), len(word), word) for word in LEVEL_WORDS if word in name]
    if not words:
        return "unknown" if OF_OFFICE.match(name) else "enterprise"
    word = max(words)[2]
    return LEVEL_WORDS[word] or level_of(word)


@dataclass(slots=True)
class _Gathered:
    """The bodies of a paper by their names, and what was counted of each."""

    bodies: dict[str, Body] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)  # of the signs, summed up
    signs: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    mentions: Counter[str] = field(
        default_factory=Counter
    )  # at the head; of those who only act or are called, in the whole text
    first: dict[str, int] = field(default_factory=dict)  # where it is named first
    ours: Counter[str] = field(default_factory=Counter)  # mentions behind 我 and 本
    above: Counter[str] = field(default_factory=Counter)  # mentions as one whose word, lead or help the text speaks of
    clauses: Counter[str] = field(default_factory=Counter)  # mentions at the head that begin a clause
    chiefs: Counter[str] = field(default_factory=Counter)  # and those of its chief: 云坪县妇联主席
    acting: Counter[str] = field(default_factory=Counter)
    called: dict[str, Called] = field(default_factory=dict)

    def add(self, body: Body) -> str:
        """Add a body without the words that lead to its name; return the name."""
        body = _without_leads(body)
        self.bodies.setdefault(body.name, body)
        return body.name


def candidates(
    title: str,
    text: str,
    doc_type: str,
    *,
    own_level: str,
    weighed: Mapping[Body, Mapping[str, float]],
    told: Body | None,
    is_above: Callable[[str, int, int], bool],
) -> list[Candidate]:
    """Return who may have written a paper, each with what is seen of it.

    `weighed` are the bodies with the weights of their signs, `told` the one that these tell, None where they tell none;
    `own_level` is the level of which the paper speaks as its own; `is_above(text, start, end)` tells a body whose word, lead or help a text speaks of.
    """
    gathered = _Gathered()
    for body, kinds in weighed.items():
        name = gathered.add(body)
        gathered.weights[name] = gathered.weights.get(name, 0.0) + sum(kinds.values())
        gathered.signs[name].update(kinds)
    told_name = gathered.add(told) if told else ""
    head = text[:HEAD]
    for body, start, end in find_bodies(head):
        name = gathered.add(body)
        gathered.mentions[name] += 1
        gathered.above[name] += is_above(head, start, end)
        gathered.first.setdefault(name, start)
        before = text[start - 1 : start]
        gathered.ours[name] += before in ("我", "本")
        gathered.clauses[name] += before in BEFORE_CLAUSE
        gathered.chiefs[name] += CHIEF.match(head, end) is not None
    for of_nation in load_patterns().national.finditer(head):
        name = gathered.add(Body(of_nation.group(), None, "nation"))
        gathered.mentions[name] += 1
        gathered.above[name] += is_above(head, of_nation.start(), of_nation.end())
        gathered.first.setdefault(name, of_nation.start())
    gathered.acting = acting_bodies(title, text)
    branches = [branch for branch in load_patterns().branches if branch in head]
    for name in [*gathered.bodies]:
        for branch in branches if not is_core(name) else ():
            if name + branch in head:
                gathered.acting[name + branch] += 1
    gathered.called = called_bodies(title, text)
    for name in (*gathered.acting, *gathered.called):
        if name not in gathered.bodies:
            gathered.bodies[name] = _body(name)
            if count := text.count(name):
                gathered.mentions[name], gathered.first[name] = count, text.find(name)
    kept = [
        name
        for name in gathered.bodies
        if not has_no_name(name) and (not is_bare_kind(name) or (name == told_name and title.startswith(name)))
    ]
    seen_of = _Seer(gathered, title, text, doc_type, own_level, told_name).see
    return [Candidate(gathered.bodies[name], seen_of(name)) for name in kept]


class _Seer:
    """Tells what is seen of each candidate of a paper."""

    def __init__(self, gathered: _Gathered, title: str, text: str, doc_type: str, own_level: str, told: str) -> None:
        self.gathered, self.title, self.text = gathered, title, text
        self.paper = f"paper {doc_type}"
        self.with_paper = [(what, f"{self.paper}, {what}") for what in WITH_PAPER]
        self.own_level, self.told = own_level, told
        mentions = gathered.mentions
        self.most, self.all = max(mentions.values(), default=1), sum(mentions.values()) or 1
        self.heaviest = max(gathered.weights.values(), default=0)
        self.levels = sum(one.levels for one in gathered.called.values()) or 1
        self.begun = title.lstrip("0123456789年度XxＸ〇○ ")
        self.last_words = text[-FIRST:]
        self.order = {first: at for at, first in enumerate(sorted({*gathered.first.values()}))}
        self.mine = set(MINE.findall(text))
        self.names = f" {'  '.join(gathered.bodies)} "
        self.of_end: Counter[str] = Counter()
        for name, count in mentions.items():
            self.of_end[name[-2:]] += count

    def see(self, name: str) -> dict[str, float]:
        """Return what speaks for and against a candidate, without what is 0."""
        seen: dict[str, float] = {f"sign {kind}": 1 for kind in self.gathered.signs.get(name, ())}
        seen |= {key: value for key, value in {**self._by_paper(name), **self._by_mentions(name)}.items() if value}
        seen |= _by_name(name)
        if one := self.gathered.called.get(name):
            seen |= self._by_calling(name, one)
        seen[self.paper] = 1
        for what, told in self.with_paper:
            if what in seen:
                seen[told] = 1
        return seen

    def _by_paper(self, name: str) -> dict[str, float]:
        """Return what signs tell, what the title says, and how its level goes with that of the paper."""
        body, own, title, names = self.gathered.bodies[name], self.own_level, self.title, self.names
        weight, alone = self.gathered.weights.get(name, 0.0), names.count(f" {name} ")
        below = RANKS.index(body.level) - RANKS.index(own) if body.level in RANKS and own in RANKS else 0
        return {
            "told": name == self.told, "weight": weight / 100, "heaviest": weight == self.heaviest,
            f"level {body.level}": 1, "place": body.place is not None, "a place": body.place == name,
            "own level": body.level == own != "unknown", "no own level": own == "unknown",
            "below": below > 0, "above": below < 0,
            "in title": name in title, "end in title": name[-2:] in title, "begins title": self.begun.startswith(name),
            "part of longer": names.count(f"{name} ") > alone, "begins longer": names.count(f" {name}") > alone,
        }  # fmt: skip

    def _by_calling(self, name: str, one: Called) -> dict[str, float]:
        seen: dict[str, float] = {
            "called": 1, "only called": self.gathered.mentions[name] == 0, "levels": log1p(one.levels), "kinds": log1p(one.kinds),
            "share of levels": one.levels / self.levels, "kind in title": bool(one.kind) and one.kind in self.title,
            f"called {one.level}": 1, f"kind {one.kind}": 1,
        }  # fmt: skip
        return {key: value for key, value in seen.items() if value}

    def _by_mentions(self, name: str) -> dict[str, float]:
        gathered = self.gathered
        named, above, first = gathered.mentions[name], gathered.above[name], gathered.first.get(name, HEAD)
        clauses, chiefs = gathered.clauses[name], gathered.chiefs[name]
        order = self.order.get(gathered.first.get(name, -1))
        ours = gathered.ours[name] or (self.text.count(f"我{name}") if name[:2] in self.mine else 0)
        return {
            "acts": name in gathered.acting, "acts often": log(gathered.acting.get(name, 1)),
            "named": log1p(named), "named most": named == self.most,
            "share": named / self.all, "share of end": self.of_end[name[-2:]] / self.all,
            "spoken of as above": above / (named or 1), "only above": 0 < named == above,
            "clauses": log1p(clauses), "begins clause": clauses > 0, "chief": chiefs > 0, "share of chief": chiefs / (named or 1),
            "first of all": order == 0, "order": min(order or 0, LAST_ORDER) / LAST_ORDER,
            "ours": log1p(ours), "first": first < FIRST, "early": first < EARLY, "last words": name in self.last_words,
        }  # fmt: skip


@lru_cache(maxsize=4096)
def _by_name(name: str) -> dict[str, float]:
    """Return what a name alone tells."""
    patterns = load_patterns()
    seen: dict[str, float] = {
        "league": is_core(name), "masked": not MASKED_OR_SOMEBODY.isdisjoint(name),
        "verb": patterns.acting.search(name[:-2]) is not None, "length": len(name) / 10, "short": len(name) < 4,
        **{f"ends {end}": 1 for end in patterns.ends if name.endswith(end)},
    }  # fmt: skip
    return {key: value for key, value in seen.items() if value}


@lru_cache(maxsize=4096)
def _body(name: str) -> Body:
    """Return the body of a name, with the place that it begins with or is."""
    places = [place for place in named_places(name) if name.startswith(place)]
    place = max(places, key=len, default=None)
    if (village := VILLAGE.match(name)) and is_place(village.group()):
        place = village.group()
    return Body(name, place, guessed_level(name))
