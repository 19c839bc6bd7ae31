"""Signs of symbol fonts that programs save as private characters: the bullets of Word and WPS, ticks and boxes.

Wingdings and Symbol put their signs at U+F020 to U+F0FF. At the head of a line they are marks of a list; inside a line those that are
known are told by what they show. Other private characters are somebody's rare characters: they stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Code of the sign in Wingdings or Symbol, and the character that shows the same. From the fonts' own charts.
SHOWN = {
    0xF06C: "●", 0xF06D: "○", 0xF06E: "■", 0xF06F: "□", 0xF071: "□", 0xF072: "□", 0xF075: "◆", 0xF076: "◆", 0xF077: "◆", 0xF09F: "•",
    0xF0A1: "○", 0xF0A7: "■", 0xF0A8: "□", 0xF0AB: "★", 0xF0B2: "☆", 0xF0B7: "•", 0xF0D8: "▲", 0xF0E0: "→", 0xF0E8: "→", 0xF0F0: "→",
    0xF0FB: "×", 0xF0FC: "√", 0xF0FD: "×", 0xF0FE: "√",
}  # fmt: skip
LIST_MARK = "•"
SYMBOL = re.compile("[\uf020-\uf0ff]")
HEAD = re.compile("(?:^|(?<=[\r\n\v\f\x85\u2028\u2029]))[ \t\u3000\xa0]*[\uf020-\uf0ff][ \t\u3000\xa0]*")
PRIVATE = re.compile("[\ue000-\uf8ff]{3,}")


def find_symbols(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, sign) of the signs of symbol fonts, from left to right; text in another private script stays.

    A sign at the head of a line that is none of the known ones is a mark of a list.
    """
    if SYMBOL.search(text) is None:
        return
    heads = {match.end() - len(match[0].lstrip(" \t\u3000\xa0")) for match in HEAD.finditer(text)}
    unreadable = {at for match in PRIVATE.finditer(text) if is_unreadable(match[0]) for at in range(*match.span())}
    for match in SYMBOL.finditer(text):
        at = match.start()
        sign = SHOWN.get(ord(match[0]), LIST_MARK if at in heads else "")
        if sign and at not in unreadable:
            yield at, at + 1, sign


def is_unreadable(private: str) -> bool:
    """Tell a run of private characters that is text in a font's own code from one sign repeated, as a leader or a rule."""
    return len(private) >= 3 and len(set(private)) > 1
