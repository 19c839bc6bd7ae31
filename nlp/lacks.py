"""Who lacks what: classes of words in a clause, and how they stand to each other. Features of the problem classifier.

缺乏经费 lacks money, 村民文化水平不高 schooling, of the people served. Words and classes stand in `nlp/data/lacks.toml`. Words that no
labelled sentence has speak by their class.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import chain

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from numpy.typing import NDArray

NEAR = 8  # characters within which the thing stands behind a lack

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lacks:
    """Words by their classes. Columns: each thing; a thing before each lack, behind it, named in a clause before; a holder and a thing.

    Of the classes of a word, `codes` has those of lacks, then those of things, which are numbered from the number of lacks on.
    """

    things: tuple[str, ...]
    lacks: tuple[str, ...]
    holds: NDArray[np.bool_] = field(repr=False)  # of each class
    follows: NDArray[np.bool_] = field(repr=False)  # of each class: a lack whose thing stands behind it
    finder: AhoCorasick = field(repr=False)
    codes: Numbers = field(repr=False)  # of all words, one after the other
    firsts: Numbers = field(repr=False)  # where the codes of each word begin, and where the last ones end

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.things) * (1 + 3 * len(self.lacks) + len(self.things))

    def columns(self, text: str, sentences: Numbers, clauses: Numbers) -> tuple[Numbers, Numbers]:
        """Return where in the text the features stand and which they are; sentence and clause are given for each character."""
        matches = chain.from_iterable(self.finder.find_matches_as_indexes(text))
        found = np.fromiter(matches, dtype=np.int64).reshape(-1, 3)
        many = self.firsts[found[:, 0] + 1] - self.firsts[found[:, 0]]
        rows = np.repeat(np.arange(len(found)), many)  # one for each class of a word
        within = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
        codes = self.codes[self.firsts[found[rows, 0]] + within]
        places, ends = found[rows, 1], found[rows, 2]
        is_thing = codes >= len(self.lacks)
        thing = codes - len(self.lacks)
        lacking = np.flatnonzero(~is_thing)
        lack, clause, sentence = codes[lacking], clauses[places[lacking]], sentences[places[lacking]]
        before, held = _last(is_thing)[lacking], _last(is_thing & self.holds[codes])[lacking]
        behind = _next(is_thing & (np.append(True, rows[1:] != rows[:-1]) | ~np.append(True, is_thing[:-1])))[lacking]
        near = (before >= 0) & (clauses[places[before]] == clause)
        follows = self.follows[lack] & (behind >= 0) & (clauses[places[behind]] == clause)
        follows &= places[behind] - ends[lacking] <= NEAR
        earlier = ~near & ~follows & (before >= 0) & (sentences[places[before]] == sentence)
        whose = near & (held >= 0) & (clauses[places[held]] == clause) & (rows[held] != rows[before])
        size, kinds = len(self.things), len(self.lacks)
        told = [
            (places[is_thing], thing[is_thing]),
            (places[lacking[near]], size + thing[before[near]] * kinds + lack[near]),
            (places[lacking[follows]], size * (1 + kinds) + thing[behind[follows]] * kinds + lack[follows]),
            (places[lacking[earlier]], size * (1 + 2 * kinds) + thing[before[earlier]] * kinds + lack[earlier]),
            (places[lacking[whose]], size * (1 + 3 * kinds) + thing[held[whose]] * size + thing[before[whose]]),
        ]
        return np.concatenate([at for at, _ in told]), np.concatenate([column for _, column in told])


def _last(marked: NDArray[np.bool_]) -> Numbers:
    """Return of each row the last marked one before it, or -1."""
    rows = np.where(marked, np.arange(len(marked)), -1)
    return np.append(-1, np.maximum.accumulate(rows)[:-1]) if len(rows) else rows


def _next(marked: NDArray[np.bool_]) -> Numbers:
    """Return of each row the first marked one behind it, or -1."""
    rows = len(marked) - 1 - _last(marked[::-1])[::-1]
    return np.where(rows < len(marked), rows, -1)


@cache
def load_lacks() -> Lacks:
    """Return the classes of `nlp/data/lacks.toml`."""
    data = tomllib.loads(resources.files("nlp.data").joinpath("lacks.toml").read_text("utf-8"))
    words: dict[str, tuple[list[int], list[int]]] = {}
    for kind, entries in enumerate((data["thing"], data["lack"])):
        for number, entry in enumerate(entries):
            for word in entry["words"]:
                words.setdefault(word, ([], []))[kind].append(number)
    many = len(data["lack"])
    codes = [[*lacks, *(many + thing for thing in things)] for things, lacks in words.values()]
    return Lacks(
        things=tuple(entry["name"] for entry in data["thing"]),
        lacks=tuple(entry["name"] for entry in data["lack"]),
        holds=np.array([entry.get("holds", False) for entry in (*data["lack"], *data["thing"])]),
        follows=np.array([entry.get("follows", False) for entry in (*data["lack"], *data["thing"])]),
        finder=AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA),
        codes=np.array([code for one in codes for code in one]),
        firsts=np.cumsum([0, *map(len, codes)]),
    )
