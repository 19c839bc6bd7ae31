"""Lists in running text, most items of which report a problem: the heads of the others are read among problems, too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlp.marks import place_of
from nlp.records import Section, Sentence

LIST_MARK = re.compile("[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]")
ITEMS_ENOUGH, ITEMS_SHARE = 2, 0.75  # items of a list that report a problem: so many, and such a share


def in_lists(sentences: Sequence[Sentence], sections: Sequence[Section], asserted: Sequence[int]) -> list[Sentence]:
    """Return the heads of the items of lists that tell problems, those that stand elsewhere, as sentences among problems.

    `asserted` are the starts of the sentences that report a problem, in order.
    """
    if len(asserted) < ITEMS_ENOUGH:
        return []
    heads: set[int] = set()
    for items in lists_of(sections):
        reporting = sum(bisect_left(asserted, one.end) > bisect_left(asserted, one.start) for one in items)
        if reporting >= max(ITEMS_ENOUGH, ITEMS_SHARE * len(items)):
            heads.update(one.start for one in items)
    return [
        replace(sentence, role="problems", assumed=False)
        for sentence in sentences
        if sentence.start in heads and _may_be_told(sentence)
    ]


def lists_of(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Yield the items of each list in running text, 一是…。…二是…。… or 第一，…。第二，…。: sections side by side, numbered on."""
    rows: dict[tuple[int | None, int], list[Section]] = {}
    places: dict[tuple[int | None, int], int] = {}  # the number of the last item of each row
    for section in sections:
        if LIST_MARK.match(section.marker) is None:
            continue
        key, place = (section.parent, section.level), place_of(section.marker)
        row = rows.setdefault(key, [])
        if row and place <= places[key]:
            yield row.copy()
            row.clear()
        row.append(section)
        places[key] = place
    yield from rows.values()


def _may_be_told(sentence: Sentence) -> bool:
    """Tell a sentence whose role a list may change: no heading and no lead-in told it."""
    return sentence.role == "background" or (sentence.assumed and sentence.role != "problems")
