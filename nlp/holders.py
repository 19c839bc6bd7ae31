"""Who lacks what: schooling of cadres is low_qualification, that of the people served low_participation (or what they want for a job).

The hardship of a household (生活拮据, 没有本钱) is no want of a body's money and no age or schooling of cadres: it is theirs, too.

The classifier knows the lack by its words; whose it is stands in the sentence, or, where it names nobody (3、文化素质低。), in the headings
above it. The words stand in `nlp/data/holders.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nlp.leaves import BESIDE, RULED_OUT, SURE, columns, not_said
from nlp.model import Floats
from nlp.records import GUESS_BELOW, Section, Sentence
from nlp.taxonomy import compile_for_search
from nlp.word_lists import any_of, read_lists

OF_OFFICERS, OF_PEOPLE, FOR_A_JOB = "low_qualification", "low_participation", "employment_difficulty"
LEFT_BEHIND = "left_behind"
OF_BODIES = ("funding_gap", "ageing_cadres", OF_OFFICERS, "uneven_development")  # no hardship of a household


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """The words of `nlp/data/holders.toml`."""

    people: re.Pattern[str]  # the people served
    officers: re.Pattern[str]
    hardship: re.Pattern[str]  # of a household
    hints: re.Pattern[str]  # at it: found faster


def with_holders(
    leaves: Floats, sentences: Sequence[Sentence], units: Sequence[str], sections: Sequence[Section]
) -> Floats:
    """Return the probabilities of leaves where hardship and schooling are of those who lack it: 渔民识字少, not 村干部识字少."""
    return _with_schooling(_with_hardship(leaves, units), sentences, units, sections)


def tells_hardship(unit: str) -> bool:
    """Tell the hardship of a household: 渔民生活拮据，欠下外债; not 协会没有资金, nor what cadres live on."""
    words = _words()
    return words.hints.search(unit) is not None and words.officers.search(unit) is None


def is_of_people(unit: str, section: int, sections: Sequence[Section]) -> bool:
    """Tell a sentence of the people served alone, by its words or, where it names nobody, by the headings above it."""
    words = _words()
    people, officers = words.people, words.officers
    if officers.search(unit) is not None:
        return False
    if people.search(unit) is not None:
        return True
    above = " ".join(_headings(section, sections))
    return people.search(above) is not None and officers.search(above) is None


def _with_hardship(leaves: Floats, units: Sequence[str]) -> Floats:
    """Return the probabilities of leaves where the hardship of households is theirs, and nothing that a body lacks."""
    rows = [at for at, unit in enumerate(units) if tells_hardship(unit)]
    if not rows:
        return leaves
    of_officers, of_people, for_a_job, behind, *of_bodies = columns(
        OF_OFFICERS, OF_PEOPLE, FOR_A_JOB, LEFT_BEHIND, *OF_BODIES
    )
    moved = leaves.copy()
    for at in rows:
        own = behind if leaves[at, behind] >= GUESS_BELOW else for_a_job
        moved[at, own] = max(leaves[at, own], SURE)
        if leaves[at, of_officers] >= GUESS_BELOW:
            moved[at, of_people] = max(leaves[at, of_people], BESIDE)
        moved[at, not_said(of_bodies, _words().hardship.sub("", units[at]))] = RULED_OUT
    return moved


def _with_schooling(
    leaves: Floats, sentences: Sequence[Sentence], units: Sequence[str], sections: Sequence[Section]
) -> Floats:
    """Return the probabilities of leaves where schooling that the people served lack is theirs."""
    of_officers, of_people, for_a_job = columns(OF_OFFICERS, OF_PEOPLE, FOR_A_JOB)
    rows = [
        at
        for at in (leaves[:, of_officers] >= GUESS_BELOW).nonzero()[0].tolist()
        if is_of_people(units[at], sentences[at].section, sections)
    ]
    if not rows:
        return leaves
    moved = leaves.copy()
    for at in rows:
        if leaves[at, for_a_job] < GUESS_BELOW:
            moved[at, of_people] = max(leaves[at, of_people], leaves[at, of_officers])
    moved[rows, of_officers] = RULED_OUT
    return moved


def _headings(section: int, sections: Sequence[Section]) -> list[str]:
    """Return the headings of a section and of those above it."""
    found, at = [], None if section >= len(sections) else section
    while at is not None:
        found.append(sections[at].heading)
        at = sections[at].parent
    return found


@cache
def _words() -> Holders:
    """Return the words of `nlp/data/holders.toml`, composed."""
    lists = {name: any_of(forms) for name, forms in read_lists("holders").items()}
    return Holders(
        people=re.compile(lists["people"]),
        officers=re.compile(lists["officers"]),
        hardship=re.compile(lists["hardship"]),
        hints=compile_for_search(lists["hardship"]),
    )
