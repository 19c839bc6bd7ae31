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
        if amounts:
            _share(text, group, amounts, "amounts", low, high, onwards=False)
        if dates:
            _share(text, group, dates, "times", low, high, onwards=True)
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
    text: str, group: Sequence[Activity], facts: Sequence[Mention], name: str, low: int, high: int, *, onwards: bool
) -> None:
    outside = [fact for fact in facts if not any(one.start < fact.end and fact.start < one.end for one in group)]
    if len(group) == 1:
        _add(group[0], name, (fact.text for fact in outside))
        return
    ends = [mark.start() for mark in _CLAUSE_END.finditer(text, low, high)]
    clauses = [bisect_right(ends, one.start) for one in group]
    for fact in outside:
        owner = _owner(group, clauses, fact, bisect_right(ends, fact.start), onwards=onwards)
        for one in _list_of(text, group, owner):
            _add(one, name, (fact.text,))


def _owner(group: Sequence[Activity], clauses: Sequence[int], fact: Mention, clause: int, *, onwards: bool) -> int:
    """Return the place of the activity that a number or a time belongs to."""
    near = [at for at in range(len(group)) if clauses[at] == clause]
    if near:
        return min(near, key=lambda at: max(fact.start - group[at].end, group[at].start - fact.end))
    behind = next((at for at in range(len(group)) if group[at].start >= fact.end), None)
    last = len(group) - 1 if behind is None else behind - 1
    if onwards:
        return last if behind is None else behind
    return last if last >= 0 else 0


def _list_of(text: str, group: Sequence[Activity], at: int) -> Sequence[Activity]:
    first = last = at
    while first > 0 and _IN_A_LIST.fullmatch(text, group[first - 1].end, group[first].start):
        first -= 1
    while last + 1 < len(group) and _IN_A_LIST.fullmatch(text, group[last].end, group[last + 1].start):
        last += 1
    return group[first : last + 1]


def _add(activity: Activity, name: str, words: Iterable[str]) -> None:
    object.__setattr__(activity, name, (*getattr(activity, name), *words))
