"""What the head of a paper shows of its kind: who speaks, of what is done, is to be done or is lacking, and how it is set out.

The words are those of `nlp/data/kinds.toml` (`sign`); `nlp.kind_model` weighs what was seen.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nlp.news import QUOTED, REPORTS_ITSELF, TELLS, opening_of
from nlp.word_lists import read_lists

SPAN = 1000  # characters that are looked at
OPENING = 300  # characters in which a word of the opening stands
SHORT = 400  # characters of a short paper
FEWEST_MARKS = 5
PER_MARK = 10  # a sign beside every tenth mark counts wholly
MANY_LINES = 20
MARKS = re.compile("[，。；！？\n]")
SET_OUT = (
    ("headings", re.compile(r"^[\s\u3000]*[一二三四五六七八九十]、", re.MULTILINE)),
    ("numbered", re.compile(r"^[\s\u3000]*(?:\d{1,2}[、.．]|[（(][一二三四五六七八九十\d][）)])", re.MULTILINE)),
    ("counts", re.compile(r"\d[余多]?[名人个次场户万份件项期条]")),
)
A_DAY = re.compile(r"(?<![年\d])\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class Signs:
    """The words of the signs and what each is a word of; the words of `opening` count there only, those of no sign hide others."""

    finder: AhoCorasick
    names: tuple[str, ...]
    opening: frozenset[str]


@cache
def load_signs() -> Signs:
    """Return the signs of `nlp/data/kinds.toml`."""
    entries = read_lists("kinds")["sign"]
    named = {word: entry["name"] for entry in entries for word in entry["words"]}
    finder = AhoCorasick(list(named), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return Signs(finder, tuple(named.values()), frozenset(entry["name"] for entry in entries if entry.get("opening")))


def signs_of(text: str) -> dict[str, float]:
    """Return what is seen of a text without a telling title: a share of 1 or less for each sign that it shows."""
    signs, head = load_signs(), text[:SPAN]
    marks = max(FEWEST_MARKS, len(MARKS.findall(head)))
    counts, seen = Counter[str](), dict[str, float]()
    for index, start, _ in signs.finder.find_matches_as_indexes(QUOTED.sub("", head)):
        name = signs.names[index]
        if name in signs.opening:
            if start < OPENING:
                seen[name] = 1.0
        elif name:
            counts[name] += 1
    for name, pattern in SET_OUT:
        counts[name] = len(pattern.findall(head))
    seen |= {name: min(1.0, PER_MARK * count / marks) for name, count in counts.items() if count}
    opening = opening_of(text)
    facts = {
        "speaks of us": counts["we"] > 0,
        "speaks of himself": counts["I"] > 0,
        "a day": A_DAY.search(text, 0, OPENING),
        "tells": TELLS.match(opening),
        "reports itself": REPORTS_ITSELF.search(text, 0, 2 * OPENING),
        "short": len(text) < SHORT,
    }
    seen |= {name: 1.0 for name, fact in facts.items() if fact}
    if lines := text.count("\n"):
        seen["lines"] = min(1.0, lines / MANY_LINES)
    return seen
