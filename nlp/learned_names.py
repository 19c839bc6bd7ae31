"""Words of which no rule says anything, with how sure a classifier is that they are a name: “绣花帮”, “田埂法庭”; 木兰助梦行动.

Whether they are one `nlp.name_judge` decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from nlp.activity_lexicon import COUNTED, HAN, Hits, Lexicon, Proposal, plain
from nlp.bare_candidates import around, find_candidates
from nlp.bare_model import NEAR, load_bare_model, sure
from nlp.name_judge import Offer
from nlp.name_model import NO_NAME, OUTPUTS, REACH, load_name_model
from nlp.quoted_names import Quote, are_topics, is_formula, is_list, modifies, not_named

SHORTEST_AGAIN = 5  # characters of such a name that counts wherever it stands
MOST_AGAIN = 40  # names of a text that are looked for again
LONGEST = 16  # characters: longer ones are sentences
_LONG = 8  # characters of one that is named without the 活动 that it ends in
_NEAR = 4  # characters between two of a list
_NUMBERED = re.compile(f"[一二两三四五六七八九十][个大项条种股支][{HAN}]{{2,4}}$")
_HAN = re.compile(f"[{HAN}]")


def read_learned(text: str, quotes: Sequence[Quote], ruled: Sequence[Proposal], lexicon: Lexicon) -> list[Offer]:
    """Return the quoted words that meet none of `ruled` (in order, apart) and are not barred, with how sure the classifier is."""
    asked = _asked(text, quotes, ruled, lexicon)
    if not asked:
        return []
    scores = load_name_model().scores([_around(text, quote) for quote in asked])
    none = OUTPUTS.index(NO_NAME)
    return [
        Offer(
            Proposal(
                start=quote.start,
                end=quote.end,
                name=_without_drive(plain(quote.inner)),
                kind=OUTPUTS[int(row[:none].argmax())],
                rule="activity/learned",
            ),
            1 - float(row[none]),
        )
        for quote, row in zip(asked, scores, strict=True)
    ]


def _without_drive(name: str) -> str:
    return name.removesuffix("活动") if len(name) >= _LONG else name


def read_weighed(text: str, hits: Hits, ruled: Sequence[Proposal], lexicon: Lexicon) -> list[Offer]:
    """Return the words without quotation marks that may be a name and meet none of `ruled` (in order, apart), with how sure the classifier is."""
    weights = load_bare_model()
    found: dict[tuple[int, int], Offer] = {}
    for candidate in find_candidates(text, hits, ruled, lexicon):
        span = candidate.start, candidate.end
        if span in found:
            continue  # a head closes it, and it stands in a list of what was won
        before, words, after = around(text, *span, NEAR)
        proposal = Proposal(*span, plain(words), candidate.kind, "activity/weighed")
        found[span] = Offer(proposal, sure(before, words, after, weights, lexicon), candidate.plain)
    return list(found.values())


def read_weighed_again(text: str, named: Sequence[Proposal]) -> list[Proposal]:
    """Return where the names that only a classifier found stand once more, and no other name does."""
    found = [proposal for proposal in named if proposal.rule.startswith("activity/weighed")]
    names = list({p.name: p for p in found if len(p.name) >= SHORTEST_AGAIN}.values())[:MOST_AGAIN]
    if not names:
        return []
    taken = sorted(named, key=lambda p: p.start)
    starts = [proposal.start for proposal in taken]
    again: list[Proposal] = []
    for start, name in sorted((place, known) for known in names for place in _places(text, known.name)):
        end = start + len(name.name)
        before = bisect_right(starts, end - 1) - 1
        free = before < 0 or taken[before].end <= start
        if free and (not again or again[-1].end <= start):
            again.append(Proposal(start, end, name.name, name.kind, "activity/weighed-again"))
    return again


def _places(text: str, name: str) -> Iterator[int]:
    """Yield where a name stands, apart."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _asked(text: str, quotes: Sequence[Quote], ruled: Sequence[Proposal], lexicon: Lexicon) -> list[Quote]:
    """Return the quoted words that nothing bars. What bars one of a list (坚持“…”、“…”的原则) bars those behind it."""
    starts = [proposal.start for proposal in ruled]
    opens = [_open(quote, ruled, starts, lexicon) for quote in quotes]
    asked = []
    slogans = _numbered_slogans(text, quotes)
    barred, last = False, None
    for at, quote in enumerate(quotes):
        listed = last is not None and quote.start - last.end <= 2 and is_list(text, last, quote)
        last = quote
        if not opens[at] and not (at + 1 < len(quotes) and quotes[at + 1].start - quote.end <= 2):
            continue  # neither asked nor before one of its list
        barred = (listed and barred) or quote.start in slogans or not_named(text, quote, lexicon)
        if not barred and opens[at] and not (modifies(text, quote) or is_formula(quote)):
            asked.append(quote)
    return asked


def _numbered_slogans(text: str, quotes: Sequence[Quote]) -> set[int]:
    """Return where lists begin, each member, of which two or more count what a speech asks for: “一条主线”、“两个抓手”.

    The members of lists of topics count, too.
    """
    slogans: set[int] = set()
    row: list[Quote] = []
    for at, quote in enumerate(quotes):
        row.append(quote)
        if at + 1 < len(quotes) and quotes[at + 1].start - quote.end <= _NEAR and is_list(text, quote, quotes[at + 1]):
            continue
        if are_topics(text, row) or (len(row) > 1 and sum(_NUMBERED.match(one.inner) is not None for one in row) > 1):
            slogans.update(one.start for one in row)
        row = []
    return slogans


def _open(quote: Quote, ruled: Sequence[Proposal], starts: Sequence[int], lexicon: Lexicon) -> bool:
    """Tell whether quoted words can be a name at all, and no rule has read them."""
    at = bisect_right(starts, quote.end - 1) - 1
    if at >= 0 and ruled[at].end > quote.start:
        return False
    inner = plain(quote.inner)
    if not 2 < len(inner) <= LONGEST or inner in lexicon.stop:
        return False
    if inner[-1] in lexicon.never_last and inner.endswith(lexicon.never_learned):
        return False
    return _HAN.search(inner) is not None and COUNTED.fullmatch(inner) is None


def _around(text: str, quote: Quote) -> tuple[str, str, str]:
    before = text[max(0, quote.start - REACH) : quote.start].rpartition("\n")[2]
    return before, text[quote.start : quote.end], text[quote.end : quote.end + REACH].partition("\n")[0]
