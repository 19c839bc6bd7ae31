"""Quoted words of which no rule says anything, and which the classifier takes for a name: “绣花帮”, “田埂法庭”."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from nlp.activity_lexicon import COUNTED, HAN, Lexicon, Proposal, plain
from nlp.name_model import NO_NAME, OUTPUTS, REACH, load_name_model
from nlp.quoted_names import Quote, is_list, modifies, not_named

LEAST_SURE = 0.6  # probability from which words are a name
LONGEST = 16  # characters: longer ones are sentences
_HAN = re.compile(f"[{HAN}]")


def read_learned(text: str, quotes: Sequence[Quote], ruled: Sequence[Proposal], lexicon: Lexicon) -> list[Proposal]:
    """Return the names that the classifier finds among quoted words that meet none of `ruled` (in order, apart)."""
    asked = _asked(text, quotes, ruled, lexicon)
    if not asked:
        return []
    scores = load_name_model().scores([_around(text, quote) for quote in asked])
    none = OUTPUTS.index(NO_NAME)
    return [
        Proposal(
            start=quote.start,
            end=quote.end,
            name=plain(quote.inner),
            kind=OUTPUTS[int(row[:none].argmax())],
            rule="activity/learned",
        )
        for quote, row in zip(asked, scores, strict=True)
        if 1 - row[none] >= LEAST_SURE
    ]


def _asked(text: str, quotes: Sequence[Quote], ruled: Sequence[Proposal], lexicon: Lexicon) -> list[Quote]:
    """Return the quoted words that nothing bars. What bars one of a list (坚持“…”、“…”的原则) bars those behind it."""
    starts = [proposal.start for proposal in ruled]
    opens = [_open(quote, ruled, starts, lexicon) for quote in quotes]
    asked = []
    barred, last = False, None
    for at, quote in enumerate(quotes):
        listed = last is not None and quote.start - last.end <= 2 and is_list(text, last, quote)
        last = quote
        if not opens[at] and not (at + 1 < len(quotes) and quotes[at + 1].start - quote.end <= 2):
            continue  # neither asked nor before one of its list
        barred = (listed and barred) or not_named(text, quote, lexicon)
        if not barred and opens[at] and not modifies(text, quote):
            asked.append(quote)
    return asked


def _open(quote: Quote, ruled: Sequence[Proposal], starts: Sequence[int], lexicon: Lexicon) -> bool:
    """Tell whether quoted words can be a name at all, and no rule has read them."""
    at = bisect_right(starts, quote.end - 1) - 1
    if at >= 0 and ruled[at].end > quote.start:
        return False
    inner = plain(quote.inner)
    if not 2 < len(inner) <= LONGEST or inner in lexicon.stop or inner.endswith(lexicon.firms):
        return False
    return _HAN.search(inner) is not None and COUNTED.fullmatch(inner) is None


def _around(text: str, quote: Quote) -> tuple[str, str, str]:
    before = text[max(0, quote.start - REACH) : quote.start].rpartition("\n")[2]
    return before, text[quote.start : quote.end], text[quote.end : quote.end + REACH].partition("\n")[0]
