"""Where the words of a list stand in a text, told by the codes of their first characters, all at once.

An automaton goes through a text byte by byte, ten nanoseconds each, and its table is cold for every document. Here two, three and four
characters in a row are made one number each; tables of the numbers that words open with are looked into by numpy, for a
whole text at three nanoseconds a character, and what is left is compared as it stands. A number may stand for several
strings: a table may hold too much, but what is found is exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from nlp.places import codes_of, pairs_of, with_next

_OPENING = 4  # characters that are told by tables; the rest of a longer word is compared
_ONE, _TWO, _THREE, _LONGER = 1, 2, 4, 8  # how many characters the words have that may stand at a place
_KINDS = {1: _ONE, 2: _TWO, 3: _THREE}
_SHORT = _ONE | _TWO | _THREE
_ENDS = ((), (1,), (2,), (1, 2), (3,), (1, 3), (2, 3), (1, 2, 3))


class WordFinder:
    """Finds the words of a list; each is told by its number in the list."""

    def __init__(self, words: Sequence[str]) -> None:
        self._short: defaultdict[str, list[int]] = defaultdict(list)  # numbers of the words of one to three characters
        self._long: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)  # the others, by their first four
        # For the number of one character, of two, of three and of four the kinds of words that may stand there.
        self._tables = [np.full(2**16, kinds, np.uint8) for kinds in (0, 0, _ONE | _TWO, _SHORT)]
        for number, word in sorted(enumerate(words), key=lambda entry: len(entry[1])):
            if len(word) < _OPENING:
                self._short[word].append(number)
            else:
                self._long[word[:_OPENING]].append((word, number, len(word)))
            self._mark(word, _KINDS.get(len(word), _LONGER))
        self._alone = bool(self._tables[0].any())

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return (number, start, end) of every word wherever it stands, by its start, the shorter before the longer."""
        found: list[tuple[int, int, int]] = []
        short, long, stands, keep = self._short.get, self._long.get, text.startswith, found.append
        for start, kinds in self._may_stand(text):
            for end in _ENDS[kinds & _SHORT]:
                end += start
                for number in short(text[start:end], ()):
                    keep((number, start, end))
            if kinds & _LONGER:
                for word, number, length in long(text[start : start + _OPENING], ()):
                    if length == _OPENING or stands(word, start):
                        keep((number, start, start + length))
        return found

    def _may_stand(self, text: str) -> Iterator[tuple[int, int]]:
        """Return where words may stand, in order, and of how many characters."""
        ones, twos, threes, fours = self._tables
        codes, pairs = codes_of(text), pairs_of(text)
        told = twos.take(pairs)
        if self._alone:
            told |= ones.take(codes[1:-1])
        places = (told != 0).nonzero()[0]
        kinds = told.take(places)
        numbers = with_next(pairs.take(places), codes.take(places + 3, mode="clip"))
        kinds &= threes.take(numbers)
        kinds &= fours.take(with_next(numbers, codes.take(places + 4, mode="clip")))
        kept = kinds.nonzero()[0]
        return zip(places.take(kept).tolist(), kinds.take(kept).tolist(), strict=True)

    def _mark(self, word: str, kind: int) -> None:
        """Mark in the tables what a word opens with."""
        codes = codes_of(word)
        if kind == _ONE:
            self._tables[0][codes[1]] |= kind
            return
        numbers = pairs_of(word)[:1]
        self._tables[1][numbers] |= kind
        for table, at in ((self._tables[2], 3), (self._tables[3], 4))[: len(word) - 2]:
            numbers = with_next(numbers, codes[at : at + 1])
            table[numbers] |= kind


def apart(found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the words that begin first, of these the longest, without overlap; `found` as find returns it."""
    kept: list[tuple[int, int, int]] = []
    last, done = -1, 0
    for entry in found:
        _, start, end = entry
        if start >= done:
            kept.append(entry)
        elif start == last:
            kept[-1] = entry
        else:
            continue
        last, done = start, end
    return kept
