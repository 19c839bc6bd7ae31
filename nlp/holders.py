"""Who lacks schooling: what cadres lack is low_qualification, what the people served lack low_participation (or what they want for a job).

The classifier knows the lack by its words; whose it is stands in the sentence, or, where it names nobody (3、文化素质低。), in the headings
above it. The words stand in `nlp/data/holders.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from nlp.model import Floats, load_model
from nlp.records import GUESS_BELOW, Section, Sentence

OF_OFFICERS, OF_PEOPLE, FOR_A_JOB = "low_qualification", "low_participation", "employment_difficulty"
RULED_OUT = 0.0  # probability of a leaf of others; no clause brings it back


def with_holders(
    leaves: Floats, sentences: Sequence[Sentence], units: Sequence[str], sections: Sequence[Section]
) -> Floats:
    """Return the probabilities of leaves where schooling that the people served lack is theirs: 渔民识字少, not 村干部识字少."""
    ids = load_model().leaf_ids
    of_officers, of_people, for_a_job = (ids.index(leaf) for leaf in (OF_OFFICERS, OF_PEOPLE, FOR_A_JOB))
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


def is_of_people(unit: str, section: int, sections: Sequence[Section]) -> bool:
    """Tell a sentence of the people served alone, by its words or, where it names nobody, by the headings above it."""
    people, officers = _words()
    if officers.search(unit) is not None:
        return False
    if people.search(unit) is not None:
        return True
    above = " ".join(_headings(section, sections))
    return people.search(above) is not None and officers.search(above) is None


def _headings(section: int, sections: Sequence[Section]) -> list[str]:
    """Return the headings of a section and of those above it."""
    found, at = [], None if section >= len(sections) else section
    while at is not None:
        found.append(sections[at].heading)
        at = sections[at].parent
    return found


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the words of the people served, and those of officers."""
    data = tomllib.loads(resources.files("nlp.data").joinpath("holders.toml").read_text("utf-8"))
    return re.compile("|".join(data["people"])), re.compile("|".join(data["officers"]))
