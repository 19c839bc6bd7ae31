"""Who lacks what: classes of words in a clause, and how they stand to each other. Features of the problem classifier.

缺乏经费 lacks money, 村民文化水平不高 schooling, of the people served. Words and classes stand in `nlp/data/lacks.toml`. Words that no
labelled sentence has speak by their class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from numpy.typing import NDArray

from nlp.word_lists import read_lists

NEAR = 8  # characters within which the thing stands behind a lack


# The classes of a word by number: lacks, each with whether its thing stands behind it; things; the last of them that holds, or -1.
Word: TypeAlias = tuple[tuple[tuple[int, bool], ...], tuple[int, ...], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacks:
    """Words by their classes. Columns: each thing; a thing before each lack, behind it, named in a clause before; a holder and a thing."""

    things: tuple[str, ...]
    lacks: tuple[str, ...]
    follows: tuple[bool, ...]  # of each lack: whether its thing stands behind it
    words: tuple[Word, ...] = field(repr=False)
    finder: AhoCorasick = field(repr=False)

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.things) * (1 + 3 * len(self.lacks) + len(self.things))

    def find(
        self, text: str, of_sentence: NDArray[np.int64], of_clause: NDArray[np.int64]
    ) -> tuple[list[int], list[int]]:
        """Return where in the text the features stand and which they are; sentence and clause are given for each character."""
        found = self.finder.find_matches_as_indexes(text)
        starts = np.array([start for _, start, _ in found], dtype=np.intp)
        sentences, clauses = of_sentence.take(starts).tolist(), of_clause.take(starts).tolist()
        words, size, kinds = self.words, len(self.things), len(self.lacks)
        behind, in_clause_before, whose = size * (1 + kinds), size * (1 + 2 * kinds), size * (1 + 3 * kinds)
        places: list[int] = []
        columns: list[int] = []
        last = last_sentence = last_clause = holder = holder_clause = -1  # the last thing, and the last one that holds
        apart = False  # whether they are two words
        for at, (number, start, _) in enumerate(found):
            lacks, things, holds = words[number]
            clause = clauses[at]
            for lack, follows in lacks:
                thing = self._behind(found, at, clauses) if follows else -1
                if last_clause == clause:
                    columns.append(size + last * kinds + lack)
                    if apart and holder_clause == clause:
                        columns.append(whose + holder * size + last)
                        places.append(start)
                elif thing < 0 and last_sentence == sentences[at]:
                    columns.append(in_clause_before + last * kinds + lack)
                if thing >= 0:
                    columns.append(behind + thing * kinds + lack)
                    places.append(start)
                if len(places) < len(columns):
                    places.append(start)
            for last in things:
                columns.append(last)
                places.append(start)
            if things:
                last_sentence, last_clause, apart = sentences[at], clause, holds < 0
                if not apart:
                    holder, holder_clause = holds, clause
        return places, columns

    def _behind(self, found: Sequence[tuple[int, int, int]], at: int, clauses: Sequence[int]) -> int:
        """Return the first thing of the word, or of the next that is a thing, where that stands near enough in its clause; or -1."""
        end = found[at][2]
        for later in range(at, len(found)):
            number, start, _ = found[later]
            if start - end > NEAR or clauses[later] != clauses[at]:
                break
            if things := self.words[number][1]:
                return things[0]
        return -1


@cache
def load_lacks() -> Lacks:
    """Return the classes of `nlp/data/lacks.toml`."""
    data = read_lists("lacks")
    words: dict[str, tuple[list[int], list[int]]] = {}
    for kind, entries in enumerate((data["thing"], data["lack"])):
        for number, entry in enumerate(entries):
            for word in entry["words"]:
                words.setdefault(word, ([], []))[kind].append(number)
    holds = [entry.get("holds", False) for entry in data["thing"]]
    follows = tuple(entry.get("follows", False) for entry in data["lack"])
    return Lacks(
        things=tuple(entry["name"] for entry in data["thing"]),
        lacks=tuple(entry["name"] for entry in data["lack"]),
        follows=follows,
        words=tuple(
            (
                tuple((lack, follows[lack]) for lack in lacks),
                tuple(things),
                max((thing for thing in things if holds[thing]), default=-1),
            )
            for things, lacks in words.values()
        ),
        finder=AhoCorasick(
            list(words), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        ),
    )
