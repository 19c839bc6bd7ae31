"""The last word on what no rule takes for a name: quoted words, and words before a head, as they stand in their place.

The classifiers of `nlp.name_model` and `nlp.bare_model`, trained on words that were written for it, say how much the words look like a name;
the judge knows how far that holds in real papers. It sees what they say, whether something around the words speaks against it, the words and
their borders, and their neighbours among quoted words. One logistic regression, trained on proposals of real papers (corpus/labelled_proposals
holds what was seen of each, without the papers), of the sample reports and of corpus/labelled_names (`make model`), stored as one weight a
feature in `nlp/data/judged_names.csv`. How it was measured: docs/quality.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import log
from operator import add
from typing import NamedTuple

from nlp.activity_lexicon import Lexicon, Proposal
from nlp.bare_model import head_of
from nlp.quoted_names import Quote
from nlp.weights import read_weights, stored_lines

MODEL_FILE = "judged_names.csv"
LEAST_SURE = 0.55  # probability from which words are a name of which no rule says anything
LEAST_SURE_PLAIN = 0.5  # the same of …工程, …比赛 and the like, of which fewer are asked about
SURE = 0.9  # of what a classifier gives words that nothing speaks against, from which they are a name in any case
LEAST_ASKED = 0.03  # of what a classifier gives them, from which words are looked at at all
LEAST_ROWS = 3  # a feature of fewer rows says nothing
INVERSE_REGULARISATION = 0.3
SPAN_WEIGHT = 0.5  # of a proposal that meets a name and is none: its borders are wrong, or its words
_NEAR = 2  # characters between two quoted stretches of a list
_LONGEST, _MOST_TAIL, _MOST_LEAD, _MOST_FREE, _MOST_TIMES, _MOST_COMMAS = 14, 8, 6, 4, 3, 3
_ZEROS = str.maketrans("123456789", "000000000")
_MARKS = "“”《》"
_COMMAS = ("、", "，", ",", "·", "！")
_NUMERALS = frozenset("0123456789一二三四五六七八九十")
_BUCKETS = 5  # of the probability that another classifier gives


class Offer(NamedTuple):
    """A proposal, and the probability that a classifier gives it where no rule proposes it; `plain`: such words, so placed, seldom are a name."""

    proposal: Proposal
    sure: float | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """What was seen of a proposal, and its verdict: yes, no, or span where it meets a name and is not that name."""

    paper: str
    verdict: str
    seen: Sequence[str]
    weight: float = 1.0


def judge(text: str, offers: Sequence[Offer], quotes: Sequence[Quote], lexicon: Lexicon) -> list[Proposal]:
    """Return the names among offers, in order: what rules propose, and of the rest what is likely one; of two that meet, the likelier."""
    kept = [offer.proposal for offer in offers if offer.sure is None]
    if len(kept) == len(offers):
        return kept
    weights, sight = load_judge().get, Sight(text, offers, quotes, lexicon)
    likely: list[tuple[float, Proposal]] = []
    for offer in offers:
        if offer.sure is None or offer.sure < LEAST_ASKED:
            continue
        raw = sum(map(weights, sight.of(offer), repeat(0.0)))
        if raw >= (_LEAST_RAW_PLAIN if offer.plain else _LEAST_RAW) or (offer.sure >= SURE and not offer.plain):
            likely.append((-raw, offer.proposal))
    taken: list[Proposal] = []
    for _, one in sorted(likely):
        at = bisect_left(taken, one)
        if (at == 0 or taken[at - 1].end <= one.start) and (at == len(taken) or one.end <= taken[at].start):
            taken.insert(at, one)
    return sorted(kept + taken, key=lambda proposal: proposal.start)


_LEAST_RAW = log(LEAST_SURE / (1 - LEAST_SURE))
_LEAST_RAW_PLAIN = log(LEAST_SURE_PLAIN / (1 - LEAST_SURE_PLAIN))


class Sight:
    """What is seen of the offers of one text: `of` names it, a feature a name."""

    __slots__ = ("_lexicon", "_named", "_quotes", "_starts", "_text", "_times")

    def __init__(self, text: str, offers: Sequence[Offer], quotes: Sequence[Quote], lexicon: Lexicon) -> None:
        self._text, self._quotes, self._lexicon = text, quotes, lexicon
        self._starts = [quote.start for quote in quotes]
        self._times = Counter(text[offer.proposal.start : offer.proposal.end].strip(_MARKS) for offer in offers)
        self._named = {offer.proposal.start for offer in offers if offer.sure is None}

    def of(self, offer: Offer) -> list[str]:
        """Return the names of what is seen of an offer: how it was proposed, its words, its borders, its company."""
        (start, end, _, kind, rule), sure, plain = offer
        text = self._text
        before = text[max(0, start - 2) : start].rpartition("\n")[2].translate(_ZEROS)
        after = text[end : end + 2].partition("\n")[0].translate(_ZEROS)
        words = text[start:end]
        inner = words.strip(_MARKS)
        how = rule.removeprefix("activity/") + ("-plain" if plain else "")
        first = bisect_left(self._starts, start)
        quoted = first < len(self._quotes) and self._quotes[first].start < end
        mark = "quoted" if quoted else "bare"
        seen = [
            "always",
            f"rule {how}",
            f"rule {how} {kind}",
            f"b1 {before[-1:]}",
            f"b2 {before}",
            f"a1 {after[:1]}",
            f"a2 {after}",
            f"{how} b1 {before[-1:]}",
            f"{how} a1 {after[:1]}",
            f"i1 {inner[:1]}",
            f"i2 {inner[:2]}",
            f"e1 {inner[-1:]}",
            f"e2 {inner[-2:]}",
            f"{mark} e2 {inner[-2:]}",
            f"long {mark} {min(len(inner), _LONGEST)}",
            f"times {min(self._times[inner], _MOST_TIMES)}",
            f"commas {min(sum(map(inner.count, _COMMAS)), _MOST_COMMAS)}",
            *map(add, repeat("u "), set(inner)),
            *map(add, repeat("g "), set(map(add, inner, inner[1:]))),
        ]
        if not _NUMERALS.isdisjoint(inner):
            seen.append("numeral")
        if sure is not None:
            seen.append(f"{how} {int(_BUCKETS * min(sure, 0.999))}")
        seen += self._of_quote(start, end, first) if quoted else self._of_words(words, kind)
        return seen

    def _of_quote(self, start: int, end: int, first: int) -> Iterator[str]:
        """Yield what is seen of quoted words: what goes with them, and whether their neighbours in a list are names."""
        quotes, quote = self._quotes, self._quotes[first]
        tail = self._text[quote.end : end]
        yield f"tail {tail[-2:]}"
        yield f"tail long {min(len(tail), _MOST_TAIL)}"
        yield f"lead long {min(quote.start - start, _MOST_LEAD)}"
        if first and quote.start - quotes[first - 1].end <= _NEAR:
            yield "behind a name" if quotes[first - 1].start in self._named else "behind none"
        if first + 1 < len(quotes) and quotes[first + 1].start - quote.end <= _NEAR:
            yield "before a name" if quotes[first + 1].start in self._named else "before none"

    def _of_words(self, words: str, kind: str) -> Iterator[str]:
        """Yield what is seen of words without marks: their head, and how much of the rest is no plain description."""
        head, _ = head_of(words, self._lexicon)
        core = words[: len(words) - len(head)]
        free = len(core) - len("".join(self._lexicon.plain_words.findall(core)))
        yield f"head {head}"
        yield f"free {kind} {min(free, _MOST_FREE)}"
        yield f"share {4 * free // len(core) if core else 0}"


def train_judge(rows: Sequence[Labelled]) -> dict[str, float]:
    """Return the weights of what is seen: one logistic regression; the same rows give the same weights."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for row in rows for name in row.seen)
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform([{name: 1.0 for name in row.seen if counts[name] >= LEAST_ROWS} for row in rows])
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=3000, tol=1e-4, fit_intercept=False)
    model.fit(
        matrix,
        [row.verdict == "yes" for row in rows],
        sample_weight=[row.weight * (SPAN_WEIGHT if row.verdict == "span" else 1.0) for row in rows],
    )
    return dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))


@cache
def load_judge() -> dict[str, float]:
    """Return the project's own weights, `nlp/data/judged_names.csv`; `make model` makes them anew."""
    return read_weights(stored_lines(MODEL_FILE))
