"""Where a text says a lack in clear words: without any a sentence outside passages of shortcomings names none.

Words and set phrases (`[lack]` of `nlp/data/roles.toml`) are found in one pass, however many they are; only what cannot be
spelled out is searched for beside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from ingest.decode import without_surrogates

SPELLED = re.compile(r"[^\[\](){}?*+|.\\^$]+")  # a form without any operator
CHOICE = re.compile(r"([^\[\]]*)\[([^\[\]^]+)\]([^\[\]]*)")  # one with a choice of characters: 过[高低]


class Gate:
    """Clear wordings of lack."""

    __slots__ = ("_finder", "_others")

    def __init__(self, forms: Sequence[str]) -> None:
        """Take words and regular expressions."""
        words, others = set(), []
        for form in forms:
            if SPELLED.fullmatch(form):
                words.add(form)
            elif choice := CHOICE.fullmatch(form):
                words.update(choice[1] + one + choice[3] for one in choice[2])
            else:
                others.append(form)
        # a word with a shorter one in it tells nothing more
        shortest = {word for word in words if not any(word[at:end] in words for at, end in _parts(len(word)))}
        self._finder = AhoCorasick(
            sorted(shortest), matchkind=MatchKind.LeftmostFirst, implementation=Implementation.DFA
        )
        self._others = [re.compile(form) for form in others]

    def places(self, text: str) -> list[int]:
        """Return where wordings begin, in order, the one that begins first where two lie across each other."""
        places = [start for _, start, _ in self._finder.find_matches_as_indexes(without_surrogates(text))]
        for form in self._others:
            places.extend(match.start() for match in form.finditer(text))
        if self._others:
            places.sort()
        return places

    def opens(self, text: str) -> bool:
        """Tell whether there is any."""
        return bool(self._finder.find_matches_as_indexes(without_surrogates(text))) or any(
            form.search(text) for form in self._others
        )


def _parts(length: int) -> list[tuple[int, int]]:
    """Return the parts of a word that are shorter than itself."""
    return [(at, end) for at in range(length) for end in range(at + 1, length + 1) if end - at < length]
