"""Who may have written a paper whose title, letterhead and signature do not settle it, and what speaks for each of them.

Candidates are the bodies for which there are signs (`nlp.writer_signs`), those that act at the head (丹江社区妇联在…), and those that the paper calls
only by level and kind: 我镇 and 妇联 make 镇妇联, 我校 and 工会 学校工会. `nlp.writer_model` weighs what `candidates` says of each.
Source of the words: the language of reports (unverified where no other is named).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log, log1p

from nlp.bodies import GENERIC_PLACE, HAN, MASK, RANKS, Body, find_bodies, is_core, level_of, named_places
from nlp.edges import HEAD, YEAR
from nlp.word_lists import read_lists

MASKED = re.escape(MASK)
ACTS_WITHIN = 1500  # characters of the head in which those who act are looked for
FOOT = 300
FIRST, EARLY = 60, 200  # characters: named at the very beginning, and near it
MOST_LEVELS, MOST_KINDS = 3, 5
LONGEST_NAME = 24
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
    titled: re.Pattern[str]
    no_name: re.Pattern[str]
    bare: re.Pattern[str]
    leads: re.Pattern[str]
    acting: re.Pattern[str]
    own_level: re.Pattern[str]
    kinds: re.Pattern[str]
    branches: tuple[str, ...]
    called: dict[str, str]
    kinds_of_topic: tuple[tuple[re.Pattern[str], str], ...]
    yards: dict[str, list[str]]
    ends: tuple[str, ...]


@cache
def load_patterns() -> Patterns:
    """Return the patterns of `nlp/data/writers.toml`."""
    data = read_lists("writers")
    words = {name: "|".join(forms) for name, forms in data["words"].items()}
    chars = f"[{HAN}{MASKED}]"
    when = rf"(?:(?:今年|{YEAR}年|[XxＸ×*]{{2,4}}年|近年来?|一年来|去年|[一二两三四五]年来|[上下]半年|年初|年内)(?:以来|度)?[，,]?)?"
    return Patterns(
        acts=re.compile(
            rf"(?:^|(?<=[，,。；;：:\s\u3000）)！!]))(?:我们?|本|全)?{when}(?:我们?|本)?(?P<body>{chars}{{0,22}}?(?:{words['heads']}))"
            rf"(?={words['acts']})"
        ),
        titled=re.compile(
            rf"(?:{YEAR}|[XxＸ×*]{{2,4}})?年?度?(?P<body>{chars}{{1,18}}?(?:{words['heads']}))(?={YEAR}|[XxＸ×*]{{2,4}}年|{words['titled']})"
        ),
        no_name=re.compile(words["no_name"]),
        bare=re.compile(rf"(?:我|全|本|该)?(?:{words['bare']})"),
        leads=re.compile(f"(?:{words['leads']})"),
        acting=re.compile(words["acting"]),
        own_level=re.compile(rf"[我全本]({words['own_level']})(?!{words['no_own_level']})"),
        kinds=re.compile(words["kinds"]),
        branches=tuple(data["words"]["branches"]),
        called=dict(data["called"]),
        kinds_of_topic=tuple((re.compile(pattern), kind) for pattern, kind in data["kinds_of_topic"].items()),
        yards=dict(data["yards"]),
        ends=tuple(data["words"]["ends"]),
    )


def acting_bodies(title: str, text: str) -> Counter[str]:
    """Return the names that a title begins with, or that act at the head or the foot of a text; those of the first words count twice."""
    patterns = load_patterns()
    found: Counter[str] = Counter()
    for place, part in enumerate((title, text[:ACTS_WITHIN], text[-FOOT:] if len(text) > ACTS_WITHIN else "")):
        for match in patterns.acts.finditer(part):
            if name := _cleaned(match["body"]):
                found[name] += 2 if place == 1 and match.start() < 2 * FIRST else 1
    if (led := patterns.titled.match(title)) and (name := _cleaned(led["body"])):
        found[name] += 2
    return found


def _without_leads(body: Body) -> Body:
    """Return a body without the words that lead to its name and were taken for a part of it: 总结丹江社区妇联."""
    name = _led(body.name)
    return body if name == body.name else _body(name)


def _led(name: str) -> str:
    while (lead := load_patterns().leads.match(name)) and lead.end() < len(name) - 1:
        name = name[lead.end() :]
    return name


def _cleaned(name: str) -> str:
    """Return a name without the words that lead to it; "" where it is none."""
    patterns, name = load_patterns(), _led(name)
    return "" if is_bare_kind(name) or name in GENERIC_PLACE or patterns.no_name.search(name) else name


def is_bare_kind(name: str) -> bool:
    """Tell a word by which any writer may call his own, which names nobody: 局, 学校, 中心校, 我镇."""
    return len(name) < 2 or load_patterns().bare.fullmatch(name) is not None


def called_bodies(title: str, text: str) -> dict[str, Called]:
    """Return the bodies that a paper calls by level and kind, which need not stand together in it: 镇妇联, 学校工会, 团县委, 镇党委、政府."""
    patterns = load_patterns()
    levels, kinds = Counter(patterns.own_level.findall(text)), Counter(patterns.kinds.findall(text))
    for level in patterns.called:
        if level in title:
            levels[level] += 2
    for kind in patterns.kinds.findall(title):
        kinds[kind] += 3
    for topic, kind in patterns.kinds_of_topic:
        if kind in kinds and topic.search(title):  # no body is made of words that a paper does not say
            kinds[kind] += 2
    found: dict[str, Called] = {}
    for level, often in levels.most_common(MOST_LEVELS):
        base = _called(level, text)
        if level in ("镇", "乡", "街道"):
            leading = ("党工委、办事处", "办事处", "党工委") if level == "街道" else ("党委、政府", "政府", "党委")
            for kind in leading:
                found.setdefault(level + kind, Called(level, often, kind, text.count(kind)))
        for kind, count in kinds.most_common(MOST_KINDS):
            short = {"妇女联合会": "妇联", "共青团": "团委"}.get(kind, kind)
            name = base + short
            if level in "省市县区旗":
                name = {"团委": f"团{level}委", "工会": f"{level}总工会"}.get(short, name)
            found.setdefault(name, Called(level, often, short, count))
    return found


def _called(level: str, text: str) -> str:
    """Return what the body of 我校, 我院, 我园 is called."""
    if level != "院":
        return load_patterns().called.get(level, level)
    told = {name: sum(map(text.count, words)) for name, words in load_patterns().yards.items()}
    return max(told, key=lambda name: told[name])


def _guessed_level(name: str) -> str:
    """Return the level of a body by the last place word in its name: 丹江社区妇联 village, 镇妇联 township."""
    at = max((name.rfind(word), word) for word in ("村", "社区", "镇", "乡", "街道", "县", "区", "旗", "市", "省"))
    if at[0] < 0:
        return "enterprise"
    return "village" if at[1] in ("村", "社区") else "township" if at[1] == "街道" else level_of(at[1])


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
    patterns = load_patterns()
    bodies: dict[str, Body] = {}
    sums: defaultdict[str, float] = defaultdict(float)
    signs: defaultdict[str, set[str]] = defaultdict(set)
    for body, kinds in weighed.items():
        body = _without_leads(body)
        bodies.setdefault(body.name, body)
        sums[body.name] += sum(kinds.values())
        signs[body.name].update(kinds)
    if told:
        told = _without_leads(told)
        bodies.setdefault(told.name, told)
    mentions: Counter[str] = Counter()
    first: dict[str, int] = {}
    ours: Counter[str] = Counter()
    above: Counter[str] = Counter()
    head = text[:HEAD]
    for found, start, end in find_bodies(head):
        body = _without_leads(found)
        mentions[body.name] += 1
        above[body.name] += is_above(head, start, end)
        first.setdefault(body.name, start)
        ours[body.name] += text[start - 1 : start] in ("我", "本")
        bodies.setdefault(body.name, body)
    acting = acting_bodies(title, text)
    for name in [*bodies]:
        for branch in patterns.branches if not is_core(name) else ():
            if name + branch in head:
                acting[name + branch] += 1
    called = called_bodies(title, text)
    for name in (*acting, *called):
        if name not in bodies:
            bodies[name] = _body(name)
            if count := text.count(name):
                mentions[name], first[name] = count, text.find(name)
    most, heaviest = max(mentions.values(), default=1), max(sums.values(), default=0)
    all_named, all_called = sum(mentions.values()) or 1, sum(one.levels for one in called.values()) or 1
    names = f" {'  '.join(bodies)} "
    of_end: Counter[str] = Counter()
    for name, count in mentions.items():
        of_end[name[-2:]] += count
    rows: list[Candidate] = []
    for name, body in bodies.items():
        if (is_bare_kind(name) and not (told and told.name == name)) or (
            patterns.no_name.search(name) and name not in title
        ):
            continue
        seen: defaultdict[str, float] = defaultdict(float)
        for kind in signs.get(name, ()):
            seen[f"sign {kind}"] = 1
        seen["told"] = told is not None and told.name == name
        seen["weight"] = sums[name] / 100
        seen["heaviest"] = name in sums and sums[name] == heaviest
        seen["no sign"] = name not in sums
        seen["place"] = body.place is not None
        seen["a place"] = body.place == name
        seen["league"] = is_core(name)
        seen["masked"] = not MASKED_OR_SOMEBODY.isdisjoint(name)
        seen["own level"] = body.level == own_level != "unknown"
        if body.level in RANKS and own_level in RANKS:
            rank, own = RANKS.index(body.level), RANKS.index(own_level)
            seen["below"], seen["above"] = rank > own, rank < own
        seen["no own level"] = own_level == "unknown"
        seen[f"level {body.level}"] = 1
        if one := called.get(name):
            seen["called"], seen["only called"] = 1, mentions[name] == 0
            seen["levels"], seen["kinds"] = log1p(one.levels), log1p(one.kinds)
            seen["share of levels"] = one.levels / all_called
            seen["kind in title"] = bool(one.kind) and one.kind in title
            seen[f"called {one.level}"] = seen[f"kind {one.kind}"] = 1
        if name in acting:
            seen["acts"], seen["acts often"] = 1, log(acting[name])
        seen["named"], seen["named most"] = log1p(mentions[name]), mentions[name] == most
        seen["share"], seen["share of end"] = mentions[name] / all_named, of_end[name[-2:]] / all_named
        seen["spoken of as above"] = above[name] / (mentions[name] or 1)
        seen["only above"] = 0 < mentions[name] == above[name]
        seen["ours"] = log1p(ours[name] or text.count(f"我{name}"))
        seen["first"], seen["early"] = first.get(name, HEAD) < FIRST, first.get(name, HEAD) < EARLY
        seen["in title"], seen["end in title"] = name in title, name[-2:] in title
        seen["begins title"] = title.lstrip("0123456789年度XxＸ〇○ ").startswith(name)
        seen["verb"] = patterns.acting.search(name[:-2]) is not None
        seen["length"], seen["short"] = len(name) / 10, len(name) < 4
        alone = names.count(f" {name} ")
        seen["part of longer"] = names.count(f"{name} ") > alone
        seen["begins longer"] = names.count(f" {name}") > alone
        seen["last words"] = name in text[-FIRST:]
        seen[f"paper {doc_type}"] = 1
        for what in ("told", "place", "own level", "acts", "called", "league"):
            if seen[what]:
                seen[f"paper {doc_type}, {what}"] = 1
        for last in patterns.ends:
            if name.endswith(last):
                seen[f"ends {last}"] = 1
        rows.append(Candidate(body, {key: float(value) for key, value in seen.items() if value}))
    return rows


def _body(name: str) -> Body:
    """Return the body of a name, with the place that it begins with."""
    places = [place for place in named_places(name) if place != name and name.startswith(place)]
    place = max(places, key=len, default=None)
    return Body(name, place, _guessed_level(name))
