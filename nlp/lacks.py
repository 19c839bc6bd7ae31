"""Who lacks what: classes of words in a clause, and how they stand to each other. Features of the problem classifier.

缺乏经费 lacks money, 村民文化水平不高 schooling, of the people served. Words and classes stand in `nlp/data/lacks.toml`. Words that no
labelled sentence has speak by their class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

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

    def find(self, text: str, clauses: Sequence[int], sentences: Sequence[int]) -> list[tuple[int, int]]:
        """Return in which clauses of the text the features stand and which they are.

        The clause is given for each character, the sentence for each clause.
        """
        found = self.finder.find_matches_as_indexes(text)
        words, size, kinds = self.words, len(self.things), len(self.lacks)
        behind, in_clause_before, whose = size * (1 + kinds), size * (1 + 2 * kinds), size * (1 + 3 * kinds)
        told: list[tuple[int, int]] = []
        last = last_sentence = last_clause = holder = holder_clause = -1  # the last thing, and the last one that holds
        apart = False  # whether they are two words
        for at, (number, start, _) in enumerate(found):
            lacks, things, holds = words[number]
            clause = clauses[start]
            for lack, follows in lacks:
                thing = self._behind(found, at, clauses) if follows else -1
                if last_clause == clause:
                    told.append((clause, size + last * kinds + lack))
                    if apart and holder_clause == clause:
                        told.append((clause, whose + holder * size + last))
                elif thing < 0 and last_sentence == sentences[clause]:
                    told.append((clause, in_clause_before + last * kinds + lack))
                if thing >= 0:
                    told.append((clause, behind + thing * kinds + lack))
            for last in things:
                told.append((clause, last))
            if things:
                last_sentence, last_clause, apart = sentences[clause], clause, holds < 0
                if not apart:
                    holder, holder_clause = holds, clause
        return told

    def _behind(self, found: Sequence[tuple[int, int, int]], at: int, clauses: Sequence[int]) -> int:
        """Return the first thing of the word, or of the next that is a thing, where that stands near enough in its clause; or -1."""
        _, first, end = found[at]
        for later in range(at, len(found)):
            number, start, _ = found[later]
            if start - end > NEAR or clauses[start] != clauses[first]:
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
    classes = (
        (
            tuple((lack, follows[lack]) for lack in lacks),
            tuple(things),
            max((thing for thing in things if holds[thing]), default=-1),
        )
        for things, lacks in words.values()
    )
    alike: dict[Word, Word] = {}  # words of the same classes share one: few are looked at again and again
    return Lacks(
        things=tuple(entry["name"] for entry in data["thing"]),
        lacks=tuple(entry["name"] for entry in data["lack"]),
        follows=follows,
        words=tuple(alike.setdefault(word, word) for word in classes),
        finder=AhoCorasick(
            list(words), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        ),
    )
