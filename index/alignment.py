"""Two texts side by side: which sentences of one stand in the other, the passages they make, and what differs.

A pair of sentences is a copy when most shingles of the shorter stand in the longer (`ALIKE`): a changed number, year or
name leaves enough of them. From the sentences that signatures brought together the look goes on to their neighbours, so
that a passage is found whole where one of its sentences was; sentences that changed places belong to it too. What counts
of a passage are the characters that both sides have, without slogans and standing phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from index.shingles import SHINGLE, Hashes, gram_hashes, grams_of, read

ALIKE = 0.5  # share of the shingles of the shorter sentence that stand in the longer
BESIDE = 0.4  # of a sentence beside one that was found
NEAR = 4  # sentences between two that belong to one passage, in either text
LOOKS = 12  # pairs looked at for each sentence: a form of a thousand equal lines has a million
PARTNERS = 3  # sentences that one is paired with
HOLDERS = 40  # sentences looked up for one shingle
LONG_GRAM = 8  # characters of a standing phrase
IN_A_ROW = (
    3  # sentences nearly the same: a passage that is copied even where very many have it, for a phrase stands alone
)
SAME = 0.7  # share of the shingles of the longer sentence that stand in the shorter
_PIECE = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*|[A-Za-z]+|\s+|.")
_NUMBER = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*|[〇零一二三四五六七八九十百千万亿两]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}|[一二][〇○零九0-9一二三四五六七八九]{3}")
_NO_WORD = re.compile(r"[\W_]+")


class Passage(NamedTuple):
    """A stretch of one text that stands in another; `shared` are the characters that count, `pairs` the sentences."""

    start: int
    end: int
    other_start: int
    other_end: int
    shared: int
    pairs: tuple[tuple[int, int], ...]


class Difference(NamedTuple):
    """What stands here in one text and there in the other; `kind` is year, number or words."""

    kind: str
    one: str
    other: str

    def __str__(self) -> str:
        return f"{self.one or '∅'}→{self.other or '∅'}"


class Profile:
    """A text, ready to be compared with others."""

    def __init__(self, text: str, standing: Hashes | None = None, slogans: Slogans | None = None) -> None:
        self.text = text
        self._read = read(text)
        self.units = self._read.units()
        self._grams: dict[int, frozenset[str]] = {}
        self._standing = standing
        self._slogans = slogans

    def grams(self, at: int) -> frozenset[str]:
        """Return the shingles of a sentence."""
        found = self._grams.get(at)
        if found is None:
            found = self._grams[at] = frozenset(grams_of(self.units[at].plain))
        return found

    @cached_property
    def no_slogans(self) -> list[bytes]:
        """Return for each sentence which of its characters belong to no slogan."""
        return self._by_sentence(self._marks)

    @cached_property
    def counts(self) -> list[bytes]:
        """Return for each sentence which of its characters belong to no slogan and no standing phrase."""
        marks = self._marks
        if self._standing is not None and len(self._standing):
            marks = marks.copy()
            hashes = gram_hashes(self._read.codes, LONG_GRAM)
            at = np.minimum(np.searchsorted(self._standing, hashes), len(self._standing) - 1)
            for start in np.flatnonzero(self._standing[at] == hashes).tolist():
                marks[start : start + LONG_GRAM] = False
        return self._by_sentence(marks)

    @cached_property
    def _marks(self) -> npt.NDArray[np.bool_]:
        """Return which characters belong to no slogan."""
        marks = np.ones(len(self._read.codes), bool)
        if self._slogans is not None:
            for start, end in self._slogans.places(self._read.plain):
                marks[start:end] = False
        return marks

    def _by_sentence(self, marks: npt.NDArray[np.bool_]) -> list[bytes]:
        flags = marks.tobytes()
        return [
            flags[start : start + len(unit.plain)] for start, unit in zip(self._read.starts, self.units, strict=True)
        ]


class Slogans:
    """Slogans of the day, which are no sign of copying."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = sorted({read(term).plain for term in terms} - {""})
        self._automaton = (
            ahocorasick_rs.AhoCorasick(self._terms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
            if self._terms
            else None
        )

    def places(self, plain: str) -> list[tuple[int, int]]:
        """Return where slogans stand in a text as it is compared."""
        if self._automaton is None:
            return []
        return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(plain)]


def aligned(one: Profile, other: Profile, seeds: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of sentences that are copies: those of the seeds that are, and their neighbours, each sentence once or twice."""
    scores: dict[tuple[int, int], float] = {}
    looked: set[tuple[int, int]] = set()
    queue = []
    for seed in seeds:
        looked.add(seed)
        if (score := _alike(one, other, *seed)) >= ALIKE:
            scores[seed] = score
            queue.append(seed)
    most = len(looked) + LOOKS * (len(one.units) + len(other.units))
    while queue and len(looked) < most:
        at, there = queue.pop()
        for step, beside in ((1, 1), (-1, -1), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 2), (2, 1), (-1, -2), (-2, -1)):
            pair = (at + step, there + beside)
            if pair in looked or not (0 <= pair[0] < len(one.units) and 0 <= pair[1] < len(other.units)):
                continue
            looked.add(pair)
            if (score := _alike(one, other, *pair)) >= (BESIDE if step and beside else ALIKE):
                scores[pair] = score
                queue.append(pair)
    return _best(scores)


def passages(one: Profile, other: Profile, pairs: Sequence[tuple[int, int]], least: int = 0) -> list[Passage]:
    """Return the passages of `least` characters and more that pairs of sentences make, in the order of the first text."""
    found = []
    for group in _groups(sorted(pairs)):
        if (shared := _shared(one, other, group, least)) < least:
            continue
        units = [one.units[at] for at, _ in group], [other.units[at] for _, at in group]
        (start, end), (other_start, other_end) = (
            (min(unit.start for unit in side), max(unit.end for unit in side)) for side in units
        )
        found.append(Passage(start, end, other_start, other_end, shared, tuple(group)))
    return found


def pairs_of(one: Profile, other: Profile) -> list[tuple[int, int]]:
    """Return the pairs of sentences of two texts that are copies, whether or not signatures brought them together."""
    holders: dict[str, list[int]] = {}
    for there in range(len(other.units)):
        for gram in other.grams(there):
            known = holders.setdefault(gram, [])
            if len(known) < HOLDERS:
                known.append(there)
    seeds = []
    for at in range(len(one.units)):
        counts: dict[int, int] = {}
        for gram in one.grams(at):
            for there in holders.get(gram, ()):
                counts[there] = counts.get(there, 0) + 1
        seeds += [(at, there) for there, count in counts.items() if 2 * count >= _least(one, other, at, there)]
    return aligned(one, other, seeds)


def differences(one: str, other: str) -> list[Difference]:
    """Return what differs between two sentences, but for marks and blanks: numbers and years whole, words as they stand."""
    left, right = _pieces(one), _pieces(other)
    found = []
    for tag, low, high, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        here, there = "".join(left[low:high]), "".join(right[first:last])
        found.append(Difference(_kind(here, there), here, there))
    return found


def _pieces(text: str) -> list[str]:
    return [piece for piece in _PIECE.findall(text) if not _NO_WORD.fullmatch(piece)]


def _kind(one: str, other: str) -> str:
    told = [text for text in (one, other) if text]
    if all(_YEAR.fullmatch(text.removesuffix("年")) for text in told):
        return "year"
    return "number" if all(_NUMBER.fullmatch(text) for text in told) else "words"


def _least(one: Profile, other: Profile, at: int, there: int) -> int:
    return max(1, min(len(one.grams(at)), len(other.grams(there))))


def _alike(one: Profile, other: Profile, at: int, there: int) -> float:
    here, beside = one.grams(at), other.grams(there)
    if min(len(here), len(beside)) * 4 < max(len(here), len(beside)):
        return 0.0  # a short sentence within a very long one says little
    return len(here & beside) / max(1, min(len(here), len(beside)))


def _is_same(one: Profile, other: Profile, at: int, there: int) -> bool:
    here, beside = one.grams(at), other.grams(there)
    return len(here & beside) >= SAME * max(len(here), len(beside))


def _best(scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs in which one sentence at least finds its best match, few for each sentence."""
    best: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for (at, there), score in scores.items():
        best[0][at] = max(score, best[0].get(at, 0.0))
        best[1][there] = max(score, best[1].get(there, 0.0))
    partners: tuple[dict[int, int], dict[int, int]] = ({}, {})
    found = []
    for (at, there), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        counts = partners[0].get(at, 0), partners[1].get(there, 0)
        if (score >= best[0][at] or score >= best[1][there]) and max(counts) < PARTNERS:
            partners[0][at], partners[1][there] = counts[0] + 1, counts[1] + 1
            found.append((at, there))
    return sorted(found)


def _groups(pairs: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return pairs that lie near one another in both texts, as groups; `pairs` are sorted."""
    done: list[list[tuple[int, int]]] = []
    open_: list[list[tuple[int, int]]] = []  # groups that a further pair may be near to
    for pair in pairs:
        near, rest = [], []
        for group in open_:
            if group[-1][0] < pair[0] - NEAR:
                done.append(group)
            elif any(pair[0] - at <= NEAR and abs(pair[1] - there) <= NEAR for at, there in group[-4 * NEAR :]):
                near.append(group)
            else:
                rest.append(group)
        if len(near) == 1:
            near[0].append(pair)
            open_ = [*rest, near[0]]
        else:
            open_ = [*rest, [*sorted(one for group in near for one in group), pair]]
    return sorted(done + open_)


def _shared(one: Profile, other: Profile, group: Sequence[tuple[int, int]], least: int) -> int:
    """Return how many characters of the sentences both sides have, each counted once, that count on either side.

    Where they are surely fewer than `least`, that is not counted out.
    """
    if sum(len(one.units[at].plain) for at in {at for at, _ in group}) < least:
        return 0
    shared = _covered(one, other, group)
    return shared if shared < least else min(shared, _covered(other, one, [(there, at) for at, there in group]))


def _covered(one: Profile, other: Profile, group: Sequence[tuple[int, int]]) -> int:
    shingles: dict[int, set[str]] = {}
    alone = len({at for at, there in group if _is_same(one, other, at, there)}) < IN_A_ROW
    for at, there in group:
        shingles.setdefault(at, set()).update(other.grams(there))
    total = 0
    for at, known in shingles.items():
        plain, counts = one.units[at].plain, (one.counts if alone else one.no_slogans)[at]
        end = 0  # of what is covered so far
        for start in range(len(plain) - SHINGLE + 1):
            if plain[start : start + SHINGLE] in known:
                total += counts.count(1, max(start, end), start + SHINGLE)
                end = start + SHINGLE
    return total
