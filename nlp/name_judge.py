"""The last word on what no rule takes for a name: quoted words, and words before a head, as they stand in their place.

The classifiers of `nlp.name_model` and `nlp.bare_model`, trained on words that were written for it, say how much the words look like a name;
the judge knows how far that holds in real papers. It sees what they say, whether something around the words speaks against it, the words and
their borders, and their neighbours among quoted words. One logistic regression, trained on proposals of real papers (corpus/labelled_proposals
holds what was seen of each, without the papers), of the sample reports and of corpus/labelled_names (`make model`), stored as one weight a
feature in `nlp/data/judged_names.csv`. How it was measured: docs/quality.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import log
from operator import add
from typing import NamedTuple

from nlp.activity_lexicon import KINDS, Lexicon, Proposal
from nlp.bare_candidates import around
from nlp.bare_model import parts_of
from nlp.quoted_names import Quote
from nlp.weights import any_digit, read_weights, stored_lines

MODEL_FILE = "judged_names.csv"
LEAST_SURE = 0.55  # probability from which words are a name of which no rule says anything
LEAST_SURE_PLAIN = 0.45  # the same of …工程, …比赛 and the like, of which fewer are asked about
SURE = 0.9  # of what a classifier gives words that nothing speaks against, from which they are a name in any case
LEAST_ASKED = 0.03  # of what a classifier gives them, from which words are looked at at all
LEAST_ROWS = 3  # a feature of fewer rows says nothing
INVERSE_REGULARISATION = 0.3
SPAN_WEIGHT = 0.5  # of a proposal that meets a name and is none: its borders are wrong, or its words
_NEAR = 2  # characters between two quoted stretches of a list
_LONGEST, _MOST_TAIL, _MOST_LEAD, _MOST_FREE, _MOST_TIMES, _MOST_COMMAS = 14, 8, 6, 4, 3, 3
_ZEROS = str.maketrans("123456789", "000000000")
_MARKS = "“”《》"
_COMMA = re.compile("[、，,·！]")
_NUMERAL = re.compile("[0-9一二三四五六七八九十]")
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
    asked = [offer for offer in offers if offer.sure is not None and offer.sure >= LEAST_ASKED]
    raws = load_judge().sums_of(asked, Sight(text, offers, quotes, lexicon))
    likely = [
        (-raw, proposal)
        for raw, (proposal, sure, plain) in zip(raws, asked, strict=True)
        if raw >= (_LEAST_RAW_PLAIN if plain else _LEAST_RAW) or (sure and sure >= SURE and not plain)
    ]
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

    __slots__ = ("lexicon", "named", "quotes", "starts", "text", "times")

    def __init__(self, text: str, offers: Sequence[Offer], quotes: Sequence[Quote], lexicon: Lexicon) -> None:
        self.text, self.quotes, self.lexicon = text, quotes, lexicon
        self.starts = [quote.start for quote in quotes]
        self.times = Counter([text[start:end].strip(_MARKS) for (start, end, *_), _, _ in offers])
        self.named = {offer.proposal.start for offer in offers if offer.sure is None}

    def of(self, offer: Offer) -> list[str]:
        """Return the names of what is seen of an offer: how it was proposed, its words, its borders, its company."""
        (start, end, _, kind, rule), sure, plain = offer
        before, words, after = around(self.text, start, end, 2)
        before, after, inner = before.translate(_ZEROS), after.translate(_ZEROS), words.strip(_MARKS)
        how, first = _how(rule, plain), self.first_quote(start, end)
        mark = "bare" if first is None else "quoted"
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
            f"times {min(self.times[inner], _MOST_TIMES)}",
            f"commas {min(len(_COMMA.findall(inner)), _MOST_COMMAS)}",
            *map(add, repeat("u "), set(inner)),
            *map(add, repeat("g "), set(map(add, inner, inner[1:]))),
        ]
        if _NUMERAL.search(inner):
            seen.append("numeral")
        if sure is not None:
            seen.append(f"{how} {_bucket(sure)}")
        if first is None:
            head, _, core, free = parts_of(words, self.lexicon)
            return [*seen, f"head {head}", f"free {kind} {min(free, _MOST_FREE)}", f"share {_share(core, free)}"]
        tail, lead = max(end - self.quotes[first].end, 0), self.quotes[first].start - start
        seen += [
            f"tail {self.text[end - min(tail, 2) : end]}",
            f"tail long {min(tail, _MOST_TAIL)}",
            f"lead long {min(lead, _MOST_LEAD)}",
        ]
        return [*seen, *self.company(first)]

    def first_quote(self, start: int, end: int) -> int | None:
        """Return which quoted stretch is the first that begins within text[start:end]; None where there is none."""
        first = bisect_left(self.starts, start)
        return first if first < len(self.starts) and self.starts[first] < end else None

    def company(self, first: int) -> Iterator[str]:
        """Yield whether the neighbours in a list of a quoted stretch are names."""
        quotes, quote = self.quotes, self.quotes[first]
        if first and quote.start - quotes[first - 1].end <= _NEAR:
            yield "behind a name" if quotes[first - 1].start in self.named else "behind none"
        if first + 1 < len(quotes) and quotes[first + 1].start - quote.end <= _NEAR:
            yield "before a name" if quotes[first + 1].start in self.named else "before none"


def _how(rule: str, plain: bool) -> str:
    return rule.removeprefix("activity/") + ("-plain" if plain else "")


def _bucket(sure: float) -> int:
    return int(_BUCKETS * min(sure, 0.999))


def _share(core: str, free: int) -> int:
    return 4 * free // len(core) if core else 0


class _Proposed(NamedTuple):
    """What weighs that an offer was proposed in some way, as some kind: by itself, by the borders, by how sure the classifier is."""

    always: float
    before: dict[str, float]
    after: dict[str, float]
    sure: list[float]


class _Marked(NamedTuple):
    """What the ends and lengths of words weigh, that are quoted or that are not."""

    ends: dict[str, float]
    long: list[float]


class Weights:
    """What each feature weighs, by its name; and set out so that those of an offer can be added without making names."""

    def __init__(self, by_name: Mapping[str, float]) -> None:
        self.by_name = dict(by_name)
        self._proposed: dict[tuple[str, bool, str], _Proposed] = {}
        self._quoted, self._bare = (
            _Marked(self._by_word("e2", f"{mark} e2"), self._by_number(f"long {mark}", _LONGEST))
            for mark in ("quoted", "bare")
        )
        # A pair of characters is never one: both stand in one table.
        self._words = [self._by_word(*sorts).get for sorts in (("u", "g"), ("i1",), ("i2",), ("e1",))]
        self._sides = [any_digit(self._by_word(sort)).get for sort in ("b2", "a2")]
        self._times, self._commas = self._by_number("times", _MOST_TIMES), self._by_number("commas", _MOST_COMMAS)
        self._tail_long = self._by_number("tail long", _MOST_TAIL)
        self._lead_long = self._by_number("lead long", _MOST_LEAD)
        self._shares = self._by_number("share", 4)
        self._free = {kind: self._by_number(f"free {kind}", _MOST_FREE) for kind in KINDS}
        self._tail, self._head = self._by_word("tail").get, self._by_word("head").get

    def sums_of(self, offers: Sequence[Offer], sight: Sight) -> list[float]:
        """Return for each offer the sum of what all that is seen of it weighs: the weights of the names of `Sight.of`."""
        words = [sight.text[start:end].strip(_MARKS) for (start, end, *_), _, _ in offers]
        of_words = [self._of_words(inner, sight.times[inner]) for inner in words]
        of_borders = [self._of_borders(offer, sight.text) for offer in offers]
        of_company = [self._of_company(offer, inner, sight) for offer, inner in zip(offers, words, strict=True)]
        return list(map(sum, zip(of_words, of_borders, of_company, strict=True)))

    def _of_words(self, inner: str, times: int) -> float:
        inside, i1, i2, e1 = self._words
        raw = self._times[min(times, _MOST_TIMES)] + self._commas[min(len(_COMMA.findall(inner)), _MOST_COMMAS)]
        raw += i1(inner[:1], 0.0) + i2(inner[:2], 0.0) + e1(inner[-1:], 0.0)
        raw = sum(map(inside, {*inner, *map(add, inner, inner[1:])}, repeat(0.0)), raw)
        return raw + self.by_name.get("numeral", 0.0) if _NUMERAL.search(inner) else raw

    def _of_borders(self, offer: Offer, text: str) -> float:
        (start, end, _, kind, rule), sure, plain = offer
        before, _, after = around(text, start, end, 2)
        proposed = self._proposed.get((rule, plain, kind)) or self._propose(rule, plain, kind)
        b2, a2 = self._sides
        raw = proposed.always + b2(before, 0.0) + a2(after, 0.0)
        raw += proposed.before.get(before[-1:], 0.0) + proposed.after.get(after[:1], 0.0)
        return raw if sure is None else raw + proposed.sure[_bucket(sure)]

    def _of_company(self, offer: Offer, inner: str, sight: Sight) -> float:
        """Return what it weighs that words are quoted, or not, with their last two characters and their length, and what goes with them."""
        (start, end, _, kind, _), _, _ = offer
        first = sight.first_quote(start, end)
        ends, long = self._bare if first is None else self._quoted
        raw = ends.get(inner[-2:], 0.0) + long[min(len(inner), _LONGEST)]
        if first is None:
            head, _, core, free = parts_of(sight.text[start:end], sight.lexicon)
            return (
                raw + self._head(head, 0.0) + self._free[kind][min(free, _MOST_FREE)] + self._shares[_share(core, free)]
            )
        tail, lead = max(end - sight.quotes[first].end, 0), sight.quotes[first].start - start
        raw += self._tail(sight.text[end - min(tail, 2) : end], 0.0)
        raw += self._tail_long[min(tail, _MOST_TAIL)] + self._lead_long[min(lead, _MOST_LEAD)]
        return sum(map(self.by_name.get, sight.company(first), repeat(0.0)), raw)

    def _propose(self, rule: str, plain: bool, kind: str) -> _Proposed:
        how = _how(rule, plain)
        found = self._proposed[rule, plain, kind] = _Proposed(
            sum(self.by_name.get(name, 0.0) for name in ("always", f"rule {how}", f"rule {how} {kind}")),
            any_digit(self._by_word("b1", f"{how} b1")),
            any_digit(self._by_word("a1", f"{how} a1")),
            self._by_number(how, _BUCKETS),
        )
        return found

    def _by_word(self, *sorts: str) -> dict[str, float]:
        """Return what the features of sorts weigh together by the words behind the sort."""
        found: dict[str, float] = {}
        for name, weight in self.by_name.items():
            for sort in sorts:
                if name.startswith(f"{sort} "):
                    word = name.removeprefix(f"{sort} ")
                    found[word] = found.get(word, 0.0) + weight
        return found

    def _by_number(self, sort: str, most: int) -> list[float]:
        return [self.by_name.get(f"{sort} {number}", 0.0) for number in range(most + 1)]


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
def load_judge() -> Weights:
    """Return the project's own weights, `nlp/data/judged_names.csv`; `make model` makes them anew."""
    return Weights(read_weights(stored_lines(MODEL_FILE)))
