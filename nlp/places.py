"""Places: where in a text a finder has to look at all, told by the codes of its characters, all at once.

A pattern that is tried at every character costs twenty to ninety nanoseconds a character, found or not. A table of the characters
that may begin what it finds, or stand beside it, rules out nearly all of them in one pass of numpy, at two. The pattern itself
decides on what is left: a table may hold too much, and changes nothing that is found.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_REST = 0xFFFF  # stands for every character beyond the basic plane
_BEYOND = "\U0001d7ce"  # a digit: what \d holds of them; no other set of a finder holds any
_A_BYTE = 8  # sets that a byte tells of
_SPREADS = np.uint16(24571)  # a number of two characters stands for few others, too

Codes = NDArray[np.uint16]
Flags = NDArray[np.unsignedinteger[Any]]


@lru_cache(maxsize=2)
def codes_of(text: str) -> Codes:
    """Return the code of each character, with 0 before the first and behind the last: that of text[at] is codes[at + 1]."""
    codes: Codes = np.frombuffer(f"\0{text}\0".encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(codes) != len(text) + 2:
        wide = np.frombuffer(f"\0{text}\0".encode("utf-32-le", "surrogatepass"), dtype="<u4")
        codes = np.minimum(wide, _REST).astype(np.uint16)
    return codes


@lru_cache(maxsize=2)
def pairs_of(text: str) -> Codes:
    """Return for each character a number made of it and the next: the same for the same two, seldom for others."""
    codes = codes_of(text)
    return with_next(codes[1:-1], codes[2:])


def with_next(numbers: Codes, codes: Codes) -> Codes:
    """Return the numbers of strings that are longer by one character than those of which the numbers are given."""
    longer = numbers * _SPREADS
    longer += codes
    return longer


@cache
def flags_of(*charsets: str) -> Flags:
    """Return for each code the sets that hold its character: 1 for the first, 2 for the second, 4 … .

    Up to sixteen sets, each written as in a regular expression: [0-9一二三]. No set holds the 0 at either end of a text.
    """
    flags: Flags = np.zeros(_REST + 1, dtype=np.uint8 if len(charsets) <= _A_BYTE else np.uint16)
    characters = "".join(map(chr, range(_REST))) + _BEYOND
    for at, charset in enumerate(charsets):
        flags[[match.start() for match in re.finditer(charset, characters)]] |= 1 << at
    flags[0] = 0
    return flags
