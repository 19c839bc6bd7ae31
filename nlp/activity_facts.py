"""What a report says of an activity beside its name: the numbers and the times that belong to it.

`with_facts` goes by one rule. A number or a time of a sentence belongs to the activity nearest to it in its own clause;
where its clause names none, a number belongs to the last activity before it, a time to the next one behind it, and to the
other neighbour where there is none there. The names of one list (“…”、“…”和“…”) share what belongs to one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from nlp.records import Activity, Mention, Quantity, Sentence, Time

_CLAUSE_END = re.compile("[，；：,;:]")
_LONGEST_LIST = 20
_PEOPLE = frozenset(("persons", "attendances", "households"))
_IN_A_LIST = re.compile("[、，]?(?:和|与|及|以及|或)?")


def with_facts(
    found: Iterable[Activity],
    text: str,
    sentences: Sequence[Sentence],
    quantities: Sequence[Quantity],
    times: Sequence[Time],
) -> tuple[Activity, ...]:
    """Return activities just found, with the numbers and times that belong to them. Nobody has seen them yet: they are not copied."""
    activities = tuple(found)
    starts = [sentence.start for sentence in sentences]
    number_starts = [number.start for number in quantities]
    time_starts = [time.start for time in times]
    for group, low, high in _by_sentence(activities, sentences, starts):
        amounts = quantities[bisect_right(number_starts, low - 1) : bisect_right(number_starts, high - 1)]
        dates = times[bisect_right(time_starts, low - 1) : bisect_right(time_starts, high - 1)]
        if not (amounts or dates):
            continue
        ends = [mark.start() for mark in _CLAUSE_END.finditer(text, low, high)]
        if amounts:
            _share(text, group, amounts, "amounts", ends, onwards=False)
        if dates:
            _share(text, group, dates, "times", ends, onwards=True)
    return activities


def _by_sentence(
    activities: Sequence[Activity], sentences: Sequence[Sentence], starts: Sequence[int]
) -> Iterator[tuple[list[Activity], int, int]]:
    """Yield the activities of each sentence that names one, and where the sentence begins and ends."""
    group: list[Activity] = []
    at_before = -1
    for activity in activities:
        at = bisect_right(starts, activity.start) - 1
        if group and at != at_before:
            yield group, sentences[at_before].start, sentences[at_before].end
            group = []
        if at >= 0:
            group.append(activity)
            at_before = at
    if group:
        yield group, sentences[at_before].start, sentences[at_before].end


def _share(
    text: str, group: Sequence[Activity], facts: Sequence[Mention], name: str, ends: Sequence[int], *, onwards: bool
) -> None:
    starts = [one.start for one in group]
    found: dict[int, list[str]] = {}
    for fact in facts:
        before = bisect_right(starts, fact.start) - 1
        inside = before >= 0 and group[before].end > fact.start
        if inside or (before + 1 < len(group) and starts[before + 1] < fact.end):
            continue  # a number within a name
        owner = _owner(group, before, fact, ends, onwards=onwards)
        if before < 0 and not onwards and _of_others(fact, facts, group[0], ends):
            continue
        for at in _list_of(text, group, owner):
            found.setdefault(at, []).append(fact.text)
    for at, words in found.items():
        object.__setattr__(group[at], name, tuple(words))


def _owner(group: Sequence[Activity], before: int, fact: Mention, ends: Sequence[int], *, onwards: bool) -> int:
    """Return the place of the activity that a number or a time belongs to; `before` is that of the last one before it."""
    behind = before + 1
    if before < 0 or behind >= len(group):
        return max(before, 0)
    clause = bisect_right(ends, fact.start)
    near = [at for at in (before, behind) if bisect_right(ends, group[at].start) == clause]
    if len(near) == 2:
        return before if fact.start - group[before].end <= group[behind].start - fact.end else behind
    return near[0] if near else behind if onwards else before


def _of_others(fact: Mention, facts: Sequence[Mention], first: Activity, ends: Sequence[int]) -> bool:
    """Whether a number of people stands in a clause before that of the first activity, which has its own: 培训妇女90人次，建成“书香驿站”3个."""
    clause, own = bisect_right(ends, fact.start), bisect_right(ends, first.start)
    return (
        clause < own
        and getattr(fact, "dimension", "") in _PEOPLE
        and any(one is not fact and bisect_right(ends, one.start) == own for one in facts)
    )


def _list_of(text: str, group: Sequence[Activity], at: int) -> range:
    """Return the places of the names that stand in one list with one of them, up to `_LONGEST_LIST` on either side."""
    first = last = at
    while first > max(0, at - _LONGEST_LIST) and _IN_A_LIST.fullmatch(text, group[first - 1].end, group[first].start):
        first -= 1
    stop = min(len(group), at + _LONGEST_LIST)
    while last + 1 < stop and _IN_A_LIST.fullmatch(text, group[last].end, group[last + 1].start):
        last += 1
    return range(first, last + 1)
