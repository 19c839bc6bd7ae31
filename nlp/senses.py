"""Words of two senses: what a wording says of a leaf by itself, and which leaves it does not mean, however its words sound.

雨水分布不均 is no uneven development, 考核排在末位 no want of institutions. The wordings stand in `nlp/data/senses.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from ingest.decode import without_surrogates
from nlp.leaves import BESIDE, RULED_OUT, SURE, columns, not_said
from nlp.model import Floats
from nlp.word_lists import any_of, read_lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """A wording, the leaf that it tells, those beside it, and those that it rules out, each by its column."""

    signs: tuple[str, ...]  # without one of which the wording stands nowhere
    words: re.Pattern[str]
    in_lines: re.Pattern[str]  # the same in sentences, one in a line
    leaf: int
    beside: list[int]  # leaves that it tells, too
    ruled_out: list[int]


def with_senses(leaves: Floats, units: Sequence[str]) -> Floats:
    """Return the probabilities of leaves with what wordings of two senses mean; what the rest of the sentence says stays."""
    lines = "\n".join(units)
    senses = [sense for sense in _signed(lines) if sense.in_lines.search(lines)]
    told = [(at, sense) for sense in senses for at, unit in enumerate(units) if sense.words.search(unit)]
    if not told:
        return leaves
    moved = leaves.copy()
    for at, sense in told:
        moved[at, sense.leaf] = max(moved[at, sense.leaf], SURE)
        moved[at, sense.beside] = np.maximum(moved[at, sense.beside], BESIDE)
        moved[at, not_said(sense.ruled_out, sense.words.sub("", units[at]))] = RULED_OUT
    return moved


def _signed(lines: str) -> list[Sense]:
    """Return the senses of which a sign stands in a text: few texts have any."""
    finder, owners = _finder()
    signs = {sign for sign, _, _ in finder.find_matches_as_indexes(without_surrogates(lines), overlapping=True)}
    senses = load_senses()
    return [senses[at] for at in sorted({owners[sign] for sign in signs})]


@cache
def _finder() -> tuple[AhoCorasick, list[int]]:
    """Return what finds the signs of all senses in one pass, and the sense of each sign."""
    signs = [(sign, at) for at, sense in enumerate(load_senses()) for sign in sense.signs]
    finder = AhoCorasick([sign for sign, _ in signs], matchkind=MatchKind.Standard, implementation=Implementation.DFA)
    return finder, [at for _, at in signs]


@cache
def load_senses() -> tuple[Sense, ...]:
    """Return the wordings of `nlp/data/senses.toml`."""
    return tuple(
        Sense(
            signs=tuple(entry["signs"]),
            words=re.compile(any_of(entry["words"])),
            in_lines=re.compile(any_of(entry["words"]), re.MULTILINE),
            leaf=columns(entry["leaf"])[0],
            beside=columns(*entry.get("beside", [])),
            ruled_out=columns(*entry["not"]),
        )
        for entry in read_lists("senses")["sense"]
    )
