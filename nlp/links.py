"""Links inside a document: which measure answers a problem, and what is said to cause it.

`find_links` is a pure function over the sections, sentences and problems of one document. A link is certain where the report
itself ties both together: under one heading, by equal numbers of two lists that speak of the same, by 针对 and the like, or
by words that these two items alone share. Otherwise it is a guess: the item that speaks most of the same. What measures speak
of is in `nlp/data/remedies.csv`.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from math import log

from nlp.records import Problem, Section, Sentence

MEASURE, CAUSE = "measure", "cause"
BASES = ("heading", "number", "named", "words", "topic")
SIZES = (2, 3, 4)  # of runs of characters that are compared; a run of four counts as its shorter parts, too
STRONG = 10.0  # score from which words make sure, if no other item has them and …
AHEAD = 1.4  # … the next item falls so far behind
NEXT = 3  # characters between a sentence and the next, at most
WEAK = 5.0  # score from which words make a guess
TOPIC = 3.0  # what a term of remedies.csv adds, half of it where it stands behind the head of an item
HEAD = 40  # characters of an item
BESIDE = 0.5  # what the words around a problem count, of what its own do
ITEM = 1_000  # characters of an item around a problem, at most
LONG = 300  # runs of an item, from which its length counts against it
GUESSES = 2  # of one problem, at most
SHORTEST = 12  # characters of a sentence that may answer
FAR = 100  # measures before and behind a problem that it is compared with

_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")
_ANSWERS = re.compile(
    r"针对|为(?:了)?(?:切实|有效|着力)?(?:解决|破解|扭转|克服|弥补|缓解)|(?:^|[，。；])(?:为此|对此)[，,]"
)
_AGAINST = re.compile(
    r"(?:针对|为(?:了)?解决)[^。；]{4,60}?(?:问题|情况|现象|实际|不足|困难|状况|现状|弊端|薄弱环节)[，,]"
)
_EMPTY = re.compile(r"存在|问题|情况|现象|实际|不足|困难|状况|现状|以上|上述|这些")
_REFERS = re.compile(
    r"\s*(?:为此|对此|针对(?:这|上述|以上|此)|(?:对)?(?:这些|上述|以上)(?:存在的)?(?:问题|不足|困难|情况|矛盾))"
)
_DOES = re.compile(
    r"(?:要|应|应当|必须|进一步|切实|不断|努力|着力|充分|大力|积极|认真|继续|全面|各级|政府|从[^，。；]{2,10}上|以[^，。；]{2,10}为[^，。；]{1,6}，?){0,3}"
    r"(?:加强|加大|加快|强化|完善|建立|健全|扩大|提高|提升|增强|增加|创新|开展|推进|推动|深化|落实|拓宽|拓展|培育|培养|转变|发挥|制定|出台|成立|组建"
    r"|创造|营造|改善|改进|改革|优化|整合|规范|严格|抓好|抓实|做好|搞好|争取|引导|宣传|坚持|重视|保障|明确|突出|构建|打造|整顿|充实|配齐|选好|走)"
)
_CAUSES = re.compile(
    r"究其原因|(?:主要|根本|深层次|重要)?原因(?:是|在于|有|主要)|(?:问题的)?(?:根源|症结)(?:是|在于)|归根到底|之所以|这(?:主要)?(?:是|与)由于"
)
_OWING = re.compile(r"(?:由于|因为|受[^，。；]{2,14}影响)[^。；]{3,60}?[，,]")
_CAUSE_HEADING = re.compile(r"原因|成因|根源|症结")
_COMMON = frozenset(
    re.findall("..", "工作妇女我们进行进一一步切实加强提高不断全面开展各级存在问题方面干部群众组织妇联建设")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """text[start:end] states a problem, text[to_start:to_end] the measure that answers it or the cause that is given.

    `basis` is heading, number, named, words or topic; `shared` are the longest words that both have.
    """

    start: int
    end: int
    to_start: int
    to_end: int
    kind: str
    basis: str
    certain: bool
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    """A stretch that is compared: a problem or a measure, in its section."""

    start: int
    end: int
    section: int
    grams: frozenset[str]


def find_links(
    text: str, sections: Sequence[Section], sentences: Sequence[Sentence], problems: Sequence[Problem]
) -> list[Link]:
    """Return the links of the problems that a document states, problem by problem, the surest first.

    An item of a list of problems in which no problem was recognised is a problem, too.
    """
    points = _points(text, sections, sentences, problems)
    if not points:
        return []
    measures = _measures(text, sections, sentences, points)
    links = [*_measures_of(text, sections, sentences, points, measures), *_causes(text, sections, sentences, points)]
    order = {basis: place for place, basis in enumerate(BASES)}
    return sorted(links, key=lambda one: (one.start, one.kind, not one.certain, order[one.basis], one.to_start))


def _points(
    text: str, sections: Sequence[Section], sentences: Sequence[Sentence], problems: Sequence[Problem]
) -> list[tuple[_Item, frozenset[str]]]:
    """Return what is to be answered, with its leaves: sentences that report a problem, and items of lists of problems."""
    found: dict[int, tuple[_Item, frozenset[str]]] = {}
    for problem in problems:
        if problem.polarity != "asserted" and not (
            problem.polarity == "measure_implied" and _AGAINST.search(text, problem.start, problem.end)
        ):
            continue
        at = _sentence_at(sentences, problem.start)
        if at is None:
            continue
        start, end, section = sentences[at].start, sentences[at].end, sentences[at].section
        inside = [n for n in _sections_in(sections, start, end) if sections[n].role == "problems"]
        if inside:  # a sentence that runs on into the items of a list: the item it is in
            section = next((n for n in reversed(inside) if sections[n].start <= problem.start), inside[0])
            start, end = sections[section].start, min(end, sections[section].end)
        leaves = frozenset(label.id for label in problem.categories)
        known = found.get(start)
        item = _Item(start, end, section, _grams(text[start:end]))
        found[start] = (item, leaves | known[1]) if known else (item, leaves)
    numbered = {n for n, one in enumerate(sections) if one.marker and one.role == "problems"}
    spoken = {item.section for item, _ in found.values()}
    for number in sorted(numbered - spoken):
        own = sections[number]
        kin = {n for n in numbered if sections[n].parent == own.parent and sections[n].level == own.level}
        if kin & spoken and not any(own.start <= item.start < own.end for item, _ in found.values()):
            found[own.start] = _Item(own.start, own.end, number, _grams(text[own.start : own.end])), frozenset()
    return [found[start] for start in sorted(found)]


def _measures(
    text: str,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    points: Sequence[tuple[_Item, frozenset[str]]],
) -> list[_Item]:
    """Return what may answer: the items of measures, elsewhere their sentences; those of plans where there are no measures.

    An item is what stands in one numbered section without a break; a sentence that states a problem is no part of it. Where no
    role tells of measures, the items whose head begins with what is to be done are taken for them.
    """
    parents = {one.parent for one in sections}
    starts = {point.start for point, _ in points if not _AGAINST.search(text, point.start, point.end)}
    for role in ("measures", "plan"):
        items: list[_Item] = []
        for (section, wanted), many in groupby(
            sentences, key=lambda one: (one.section, one.role == role and not one.assumed and one.start not in starts)
        ):
            group = list(many)
            if not wanted or (sections[section].marker and section in parents):
                continue  # of another role, or what leads in the items of a list
            if sections[section].marker:
                group = [Sentence(start=group[0].start, end=group[-1].end, section=section, role=role)]
            items += [
                _Item(one.start, one.end, section, _grams(text[one.start : one.end]))
                for one in group
                if one.end - one.start >= SHORTEST
            ]
        if items:
            return items
    return [
        _Item(one.start, one.end, number, _grams(text[one.start : one.end]))
        for number, one in enumerate(sections)
        if one.marker
        and one.role not in ("problems", "achievements")
        and number not in parents
        and _DOES.match(one.heading)
        and not any(one.start <= start < one.end for start in starts)
    ]


def _measures_of(
    text: str,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    points: Sequence[tuple[_Item, frozenset[str]]],
    measures: Sequence[_Item],
) -> Iterator[Link]:
    rarity = _rarity([item for item, _ in points], measures)
    around = _around(text, sections, points)
    scores = [
        {n: _score(text, point, leaves, measures[n], rarity, around[at]) for n in _near(measures, point)}
        for at, (point, leaves) in enumerate(points)
    ]
    pairs = _by_number(sections, points, measures, scores)
    for at, (point, leaves) in enumerate(points):
        linked: dict[int, Link] = {}
        for number in scores[at]:
            item, basis = measures[number], None
            if item.start >= point.end and _together(sections, point, item, points, measures):
                basis = "heading"
            elif number in pairs.get(at, ()):
                basis = "number"
            elif _is_named(text, point, item):
                basis = "named"
            if basis is not None:
                linked[number] = _link(text, point, item, basis, certain=True)
        _leave_to_others(linked, points)
        found = [*linked.values(), *_in_itself(text, sentences, points, at)]
        yield from found
        if not any(link.basis in ("heading", "named") for link in found):
            yield from _by_words(text, point, leaves, measures, scores[at], linked)


def _leave_to_others(linked: dict[int, Link], points: Sequence[tuple[_Item, frozenset[str]]]) -> None:
    """Take away the measures under a heading that stand behind the next problem: where they take turns, they are its own."""
    under = [number for number, link in linked.items() if link.basis == "heading"]
    first = min((linked[number].to_start for number in under), default=0)
    following = min((other.start for other, _ in points if other.start > first), default=None)
    for number in under:
        if following is not None and linked[number].to_start > following:
            del linked[number]


def _by_words(
    text: str, point: _Item, leaves: frozenset[str], measures: Sequence[_Item], scores: Mapping[int, float], linked: Mapping[int, Link]
) -> Iterator[Link]:  # fmt: skip
    """Yield the items that speak most of the same; the best of them is certain where the others fall far behind."""
    ranked = sorted((n for n in scores if scores[n] >= WEAK), key=lambda n: (-scores[n], n))
    if not ranked:
        return
    best = scores[ranked[0]]
    next_best = max((scores[n] for n in scores if n != ranked[0]), default=0.0)
    for number in ranked[:GUESSES]:
        if number in linked or scores[number] < best / AHEAD:
            continue
        shared = _shared(text, point, measures[number])
        sure = not linked and number == ranked[0] and best >= AHEAD * next_best
        sure = sure and best >= STRONG and _alone(text, shared, measures, number)
        yield _link(text, point, measures[number], "words" if shared else "topic", certain=sure and bool(shared))


def _alone(text: str, shared: Sequence[str], measures: Sequence[_Item], number: int) -> bool:
    """Return whether a measure has words of a problem that no other has: one of four characters, or two of three."""
    own = [
        word
        for word in shared
        if len(word) > 2 and not any(word in text[one.start : one.end] for n, one in enumerate(measures) if n != number)
    ]
    return len(own) > 1 or any(len(word) > 3 for word in own)


def _by_number(
    sections: Sequence[Section],
    points: Sequence[tuple[_Item, frozenset[str]]],
    measures: Sequence[_Item],
    scores: Sequence[Mapping[int, float]],
) -> dict[int, set[int]]:
    """Return of each problem the measures of the same number, of two lists that are equally long and speak of the same."""
    found: dict[int, set[int]] = defaultdict(set)
    problem_lists = _lists(sections, "problems", {item.section for item, _ in points})
    measure_lists = (
        _lists(sections, sections[measures[0].section].role, {m.section for m in measures}) if measures else []
    )
    for asked in problem_lists:
        equal = [answer for answer in measure_lists if len(answer) == len(asked) and answer[0] > asked[-1]]
        if len(asked) < 2 or len(equal) != 1:
            continue
        pairs = []
        for problem, answer in zip(asked, equal[0], strict=True):
            own = [at for at, (item, _) in enumerate(points) if _within(sections, item.section, problem)]
            theirs = [n for n, item in enumerate(measures) if _within(sections, item.section, answer)]
            pairs.append((own, theirs))
        agreeing = sum(any(scores[at].get(n, 0) >= WEAK for at in own for n in theirs) for own, theirs in pairs)
        if 2 * agreeing >= len(pairs):
            for own, theirs in pairs:
                for at in own:
                    found[at].update(theirs)
    return found


def _lists(sections: Sequence[Section], role: str, held: set[int]) -> list[list[int]]:
    """Return the lists of numbered sections of a role that hold something, each in order."""
    lists: dict[tuple[int | None, int], list[int]] = defaultdict(list)
    for number, section in enumerate(sections):
        if section.marker and section.role == role:
            lists[section.parent, section.level].append(number)
    return [one for one in lists.values() if any(_within(sections, n, item) for item in one for n in held)]


def _together(
    sections: Sequence[Section],
    point: _Item,
    item: _Item,
    points: Sequence[tuple[_Item, frozenset[str]]],
    measures: Sequence[_Item],
) -> bool:
    """Return whether a problem and a measure stand under one heading that is one of several such."""
    if point.section == item.section:
        return bool(sections[point.section].marker)
    if sections[item.section].role not in ("measures", "plan") or sections[point.section].role in ("measures", "plan"):
        return False
    shared = _nearest(sections, point.section, item.section)
    if shared is None or not sections[shared].marker:
        return False
    kin = [
        n
        for n, one in enumerate(sections)
        if one.parent == sections[shared].parent and one.level == sections[shared].level
    ]
    both = sum(
        any(_within(sections, one.section, n) for one, _ in points)
        and any(_within(sections, one.section, n) for one in measures)
        for n in kin
    )
    return both > 1


def _is_named(text: str, point: _Item, item: _Item) -> bool:
    """Return whether a measure says what it is against, and that is this problem."""
    for match in _ANSWERS.finditer(text, item.start, min(item.end, item.start + 200)):
        end = min((at for at in (text.find(mark, match.end()) for mark in "，。；") if at >= 0), default=item.end)
        named = _grams(_EMPTY.sub("，", text[match.end() : min(end, item.end)]))
        if len({gram for gram in named & point.grams if gram not in _COMMON and "的" not in gram}) >= 2:
            return True
    return False


def _in_itself(
    text: str, sentences: Sequence[Sentence], points: Sequence[tuple[_Item, frozenset[str]]], at: int
) -> Iterator[Link]:
    """Yield what answers a problem where it stands: the rest of 针对…问题，, and a sentence behind it that begins with 为此 or 这些问题.

    Such a sentence answers all problems of the row that it stands behind.
    """
    point = points[at][0]
    if match := _AGAINST.search(text, point.start, point.end):
        if point.end - match.end() >= SHORTEST:
            yield Link(start=point.start, end=point.end, to_start=match.end(), to_end=point.end, kind=MEASURE, basis="named",
                       certain=True)  # fmt: skip
        return
    last = point.end
    for later, _ in points[at + 1 :]:
        if later.start - last > NEXT:
            break
        last = later.end
    after = next((one for one in sentences if one.start >= last), None)
    if after is not None and after.start - last <= NEXT and _REFERS.match(text, after.start, after.end):
        yield Link(start=point.start, end=point.end, to_start=after.start, to_end=after.end, kind=MEASURE, basis="named",
                   certain=True)  # fmt: skip


def _causes(
    text: str,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    points: Sequence[tuple[_Item, frozenset[str]]],
) -> Iterator[Link]:
    """Yield what is said to cause a problem: in its sentence (由于…), in its item (究其原因…), or under a heading of causes."""
    headed = [n for n, one in enumerate(sections) if one.marker and _CAUSE_HEADING.search(one.heading[:16])]
    parents = {sections[n].parent for n in range(len(sections))}
    items = [
        _Item(one.start, one.end, n, _grams(text[one.start : one.end]))
        for n, one in enumerate(sections)
        if one.marker and n not in parents and any(_within(sections, n, head) for head in headed)
    ]
    rarity = _rarity([item for item, _ in points], items)
    for point, _ in points:
        owing = _OWING.search(text, point.start, point.end)
        if owing is not None:
            yield Link(start=point.start, end=point.end, to_start=owing.start(), to_end=owing.end() - 1, kind=CAUSE,
                       basis="named", certain=True)  # fmt: skip
        for one in sentences:
            if one.section == point.section and one.start >= point.end and _CAUSES.search(text, one.start, one.end):
                yield Link(start=point.start, end=point.end, to_start=one.start, to_end=one.end, kind=CAUSE,
                           basis="heading", certain=True)  # fmt: skip
        scores = [
            (_score(text, point, frozenset(), item, rarity), -n)
            for n, item in enumerate(items)
            if item.start > point.end
        ]
        if scores and max(scores)[0] >= WEAK:
            item = items[-max(scores)[1]]
            yield _link(text, point, item, "words", certain=False, kind=CAUSE)


def _near(measures: Sequence[_Item], point: _Item) -> range:
    """Return the measures that a problem is compared with: all, or of a book those around it."""
    at = bisect_left(measures, point.start, key=lambda item: item.start)
    return range(max(at - FAR, 0), min(at + FAR, len(measures)))


def _around(
    text: str, sections: Sequence[Section], points: Sequence[tuple[_Item, frozenset[str]]]
) -> list[frozenset[str]]:
    """Return what the numbered item around each problem speaks of, but for the problem itself."""
    whole: dict[int, frozenset[str]] = {}
    for point, _ in points:
        own = sections[point.section]
        if own.marker and own.role == "problems" and point.section not in whole:
            whole[point.section] = _grams(text[own.start : min(own.end, own.start + ITEM)])
    return [whole.get(point.section, frozenset()) - point.grams for point, _ in points]


def _score(
    text: str, point: _Item, leaves: frozenset[str], item: _Item, rarity: Mapping[str, float], around: frozenset[str] = frozenset()
) -> float:  # fmt: skip
    """Return how much two items speak of the same: runs of characters by their rarity, those around by a part; terms of the leaf."""
    size = (max(len(item.grams), LONG) / LONG) ** 0.5
    same = sum(rarity[gram] for gram in point.grams & item.grams)
    beside = sum(rarity[gram] for gram in around & item.grams)
    terms = {term for leaf in leaves for term in load_remedies().get(leaf, ())}
    head, whole = text[item.start : min(item.end, item.start + HEAD)], text[item.start : item.end]
    return (same + BESIDE * beside) / size + TOPIC * sum((term in head) + (term in whole) for term in terms) / 2


def _rarity(points: Sequence[_Item], measures: Sequence[_Item]) -> Mapping[str, float]:
    """Return what a run of characters is worth: the more, the fewer items have it; nothing where it is in most."""
    counts = Counter(gram for item in (*points, *measures) for gram in item.grams)
    total = max(len(points) + len(measures), 2)
    return {gram: 0.0 if gram in _COMMON else max(log(total / count), 0.0) for gram, count in counts.items()}


def _grams(text: str) -> frozenset[str]:
    parts = [part for part in _NOT_HAN.split(text) if len(part) > 1]
    return frozenset(part[at : at + size] for part in parts for size in SIZES for at in range(len(part) - size + 1))


def _shared(text: str, point: _Item, item: _Item) -> tuple[str, ...]:
    """Return the longest runs of characters that both have, in the order of the problem."""
    runs, other = [], text[item.start : item.end]
    for part in _NOT_HAN.split(text[point.start : point.end]):
        at = 0
        while at < len(part) - 1:
            size = 0
            while at + size < len(part) and part[at : at + size + 1] in other:
                size += 1
            if size > 1 and part[at : at + size] not in _COMMON:
                runs.append(part[at : at + size])
            at += max(size, 1)
    return tuple(dict.fromkeys(runs))


def _link(text: str, point: _Item, item: _Item, basis: str, *, certain: bool, kind: str = MEASURE) -> Link:
    return Link(
        start=point.start, end=point.end, to_start=item.start, to_end=item.end, kind=kind, basis=basis, certain=certain,
        shared=_shared(text, point, item),
    )  # fmt: skip


def _sentence_at(sentences: Sequence[Sentence], at: int) -> int | None:
    return next((n for n, one in enumerate(sentences) if one.start <= at < one.end), None)


def _sections_in(sections: Sequence[Section], start: int, end: int) -> list[int]:
    return [n for n, one in enumerate(sections) if start <= one.start < end and one.marker]


def _within(sections: Sequence[Section], section: int, other: int) -> bool:
    """Return whether a section is another or stands in it."""
    return sections[other].start <= sections[section].start < sections[other].end


def _nearest(sections: Sequence[Section], one: int, other: int) -> int | None:
    """Return the innermost section that holds two."""
    holding = [n for n in range(len(sections)) if _within(sections, one, n) and _within(sections, other, n)]
    return max(holding, key=lambda n: sections[n].start, default=None)


@cache
def load_remedies() -> Mapping[str, tuple[str, ...]]:
    """Return, of each leaf, what measures against it speak of."""
    found: dict[str, list[str]] = defaultdict(list)
    with (files("nlp.data") / "remedies.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found[row["label"]].append(row["term"])
    return {leaf: tuple(terms) for leaf, terms in found.items()}
