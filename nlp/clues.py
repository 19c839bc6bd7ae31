"""Which rules may hold of which sentences, told for all sentences of a text at once.

A rule that is asked of every sentence costs a search in each. Here every word of the rules stands for the characters that it opens
with, one or two; tables of them are looked into by numpy, for a whole text at ten nanoseconds a character, however many the rules
are. A table may hold too much: the rule itself decides on the few sentences that are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nlp.places import codes_of, pairs_of
from nlp.taxonomy import beginnings
from nlp.word_lists import read_lists

# What a sentence may do, by its words: the rules of `load_clues`, in its order.
(
    LABELS, SUGGESTS, LEADS_IN, LISTS, PROVES, OWNS, PASSES, STICKS, ANSWERS,
) = (1 << at for at in range(9))  # fmt: skip
ASSERTION = re.compile(r"\(\?<?[!=][^()]*\)")  # without it a form holds where it did, and elsewhere too

Forms: TypeAlias = Sequence[str]
Numbers: TypeAlias = NDArray[np.int64]


class Clues:
    """Rules with what they need: of every list one word, in one of several ways."""

    def __init__(self, rules: Sequence[Sequence[Sequence[Forms]]]) -> None:
        """Take for each rule its ways, each some lists of regular expressions; no sentence is without an empty way."""
        self._lists: dict[frozenset[str], int] = {}
        self._pairs, self._ones = np.zeros(2**16, np.uint32), np.zeros(2**16, np.uint32)
        self._ways = [
            (1 << rule, np.uint32(sum({self._bit_of(forms) for forms in way})))
            for rule, ways in enumerate(rules)
            for way in ways
        ]

    def told(self, text: str, starts: Numbers) -> Numbers:
        """Return for each stretch, from where it starts to the next, the rules that may hold: 1 for the first, 2 for the second, 4 … ."""
        told = np.zeros(len(starts), np.int64)
        if not len(starts):
            return told
        stands = self._pairs.take(pairs_of(text))
        stands |= self._ones.take(codes_of(text)[1:-1])
        words = np.bitwise_or.reduceat(stands, starts)
        for rule, needs in self._ways:
            told |= rule * ((words & needs) == needs)
        return told

    def _bit_of(self, forms: Iterable[str]) -> int:
        """Return the bit of a list; 0 where what its words open with cannot be told."""
        known = [beginnings(ASSERTION.sub("", form)) for form in forms]
        if None in known:
            return 0
        clues = frozenset(one[:2] for some in known if some for one in some)
        if clues not in self._lists:
            bit = self._lists[clues] = 1 << len(self._lists)
            for clue in clues:
                if len(clue) == 1:
                    self._ones[codes_of(clue)[1]] |= bit
                else:
                    self._pairs[pairs_of(clue)[0]] |= bit
        return self._lists[clues]


@cache
def load_clues() -> Clues:
    """Return what sentences need for the rules of `nlp/data/roles.toml` and `nlp/data/admissions.toml` to hold of them."""
    roles, admissions = read_lists("roles"), read_lists("admissions")
    lead_in, sentence = roles["lead_in"], roles["sentence"]
    names = lead_in["names"] + lead_in["names_behind"]
    passing, stuck = admissions["in_passing"], admissions["stuck"]
    return Clues(
        [
            [[["：", ":"]]],
            [[admissions["suggests"]["what"]]],
            [[names, lead_in["opens"] + lead_in["tells"] + lead_in["always"]], [["如下"]]],
            [[lead_in["lists"]], [sentence["seeks"]]],
            [[roles["lack"]["pair_ends"]]],
            _ways_to_own(admissions),
            [[passing["now"], passing["faults"] + passing["lacks"]]],
            [[[f"不[{stuck['at']}]"], stuck["hindered"]]],
            [[sentence["answer"]]],
        ]
    )


def _ways_to_own(data: dict[str, dict[str, list[str]]]) -> list[list[list[str]]]:
    """Return what `nlp.admissions.owns_lack` needs."""
    against, exposed, short, money = data["against"], data["exposed"], data["falls_short"], data["short_of_money"]
    fades, misses, suffers, worn = data["fades"], data["misses"], data["suffers"], data["worn"]
    alone = exposed["shows"] + data["awaits"]["what"] + misses["short"] + misses["not_met"] + suffers["phrases"]
    return [
        [alone],
        [against["holds"], against["called"]],
        [[f"[{exposed['looks']}][{exposed['into']}]"], exposed["finds"]],
        [short["turns"] + short["turns_to_some"], short["only"] + short["some"]],
        [money["money"], money["short"]],
        [fades["how"], fades["does"]],
        [suffers["needs"], ["困难"]],
        [suffers["cannot"], suffers["wants"]],
        [["带来"], suffers["burdens"]],
        [worn["now"], worn["does"]],
    ]
