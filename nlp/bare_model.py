"""The classifier of words without quotation marks: is 木兰助梦行动 a name, and 冷库扩建工程 none?

It sees the head, how much of what stands before it is plain description, the words themselves and their borders; trained
on corpus/labelled_names/bare.csv (`make model`), stored as one weight a feature in `nlp/data/bare_names.csv`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from math import exp
from operator import add

from nlp.activity_lexicon import KINDS, Lexicon
from nlp.name_model import Labelled
from nlp.weights import any_digit, read_weights, stored_lines

MODEL_FILE = "bare_names.csv"
LEAST_ROWS = 2  # a feature of fewer rows says nothing
INVERSE_REGULARISATION = 1.0
NEAR = 3  # characters before and behind that the classifier is told of: two count, and 了 behind a verb says nothing
_ZEROS = str.maketrans("123456789", "000000000")
_DIGITS = frozenset("0123456789")
_MARKS = frozenset(" \n，。；：、！？（）《》,;:!?()")
_LONGEST_HEAD = 4
_MOST_LONG, _MOST_FREE = 10, 4  # characters before a head, and those of them in no plain word; more count as so many
_SORTS = ("head", "b1", "b2", "a1", "a2", "i1", "i2", "e1", "e2", "u")


class Weights:
    """What each feature weighs, by its name; and set out so that the weights of words can be added without making names."""

    __slots__ = ("by_kind", "by_name", "of_sort")

    def __init__(self, by_name: Mapping[str, float]) -> None:
        self.by_name = dict(by_name)
        by_sort: dict[str, dict[str, float]] = {sort: {} for sort in (*_SORTS, "g")}
        for name, weight in by_name.items():
            sort, _, rest = name.partition(" ")
            by_sort.setdefault(sort, {})[rest] = weight
        by_sort |= {sort: any_digit(by_sort[sort]) for sort in ("b1", "b2", "a1", "a2")}
        by_sort["u"] |= by_sort["g"]  # a pair is no character
        self.of_sort = tuple(by_sort[sort].get for sort in _SORTS)
        self.by_kind = {kind: self._of_kind(kind) for kind in KINDS}

    def _of_kind(self, kind: str) -> tuple[float, list[float], list[float], list[float], dict[str, float]]:
        """Return what a kind weighs, by the length of its words, how many characters are free and which share of them, its sides."""
        known = self.by_name.get
        return (
            known("always", 0.0) + known(f"kind {kind}", 0.0),
            [known(f"long {kind} {length}", 0.0) for length in range(_MOST_LONG + 1)],
            [known(f"free {kind} {free}", 0.0) for free in range(_MOST_FREE + 1)],
            [known(f"share {kind} {quarter}", 0.0) for quarter in range(5)],
            {f"{side} {what}": known(f"{side} {kind} {what}", 0.0) for side in ("opens", "closes") for what in ("mark", "number", "word")},
        )  # fmt: skip


def sure(before: str, words: str, after: str, weights: Weights, lexicon: Lexicon) -> float:
    """Return the probability that words are a name, between what stands before and behind them in the line.

    It adds up the weights of `features` without making their names.
    """
    before, after = before.removesuffix("了")[-2:], after[:2]
    head, kind, core, free = parts_of(words, lexicon)
    long = len(core)
    base, by_length, by_free, by_share, sides = weights.by_kind[kind]
    of_head, b1, b2, a1, a2, i1, i2, e1, e2, inside = weights.of_sort
    raw = base + by_length[min(long, _MOST_LONG)] + by_free[min(free, _MOST_FREE)] + by_share[_share(free, long)]
    raw += sides[_opens(before)] + sides[_closes(after)]
    raw += of_head(head, 0.0)
    raw += b1(before[-1:], 0.0)
    raw += b2(before, 0.0)
    raw += a1(after[:1], 0.0)
    raw += a2(after, 0.0)
    raw += i1(core[:1], 0.0)
    raw += i2(core[:2], 0.0)
    raw += e1(core[-1:], 0.0)
    raw += e2(core[-2:], 0.0)
    raw = sum(map(inside, {*core, *map(add, core, core[1:])}, repeat(0.0)), raw)
    return 1 / (1 + exp(-raw))


def features(before: str, words: str, after: str, lexicon: Lexicon) -> list[str]:
    """Return the names of what the classifier sees, each once."""
    before, after = before.removesuffix("了")[-2:].translate(_ZEROS), after[:2].translate(_ZEROS)
    head, kind, core, free = parts_of(words, lexicon)
    long = len(core)
    opens, closes = _opens(before).split(), _closes(after).split()
    seen = {
        "always",
        f"kind {kind}",
        f"head {head}",
        f"long {kind} {min(long, _MOST_LONG)}",
        f"free {kind} {min(free, _MOST_FREE)}",
        f"share {kind} {_share(free, long)}",
        f"{opens[0]} {kind} {opens[1]}",
        f"{closes[0]} {kind} {closes[1]}",
        f"b1 {before[-1:]}",
        f"b2 {before}",
        f"a1 {after[:1]}",
        f"a2 {after}",
        f"i1 {core[:1]}",
        f"i2 {core[:2]}",
        f"e1 {core[-1:]}",
        f"e2 {core[-2:]}",
        *(f"u {char}" for char in core),
        *(f"g {core[at : at + 2]}" for at in range(long - 1)),
    }
    return sorted(seen)


def _share(free: int, long: int) -> int:
    """Return in quarters how much of the words before a head is no plain word."""
    return 4 * free // long if long else 0


def _opens(before: str) -> str:
    return "opens mark" if not before or before[-1] in _MARKS else "opens word"


def _closes(after: str) -> str:
    if not after or after[0] in _MARKS:
        return "closes mark"
    return "closes number" if after[0] in _DIGITS else "closes word"


@lru_cache(maxsize=128)
def parts_of(words: str, lexicon: Lexicon) -> tuple[str, str, str, int]:
    """Return the head that words end in, its kind, what stands before it, and how many characters of that are in no plain word."""
    head, kind = head_of(words, lexicon)
    core = words[: len(words) - len(head)]
    return head, kind, core, len(core) - len("".join(lexicon.plain_words.findall(core)))


def head_of(words: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return the longest head that words end in and its kind; an empty one of an honour where they end in none."""
    for length in range(min(_LONGEST_HEAD, len(words) - 1), 0, -1):
        if (kind := lexicon.weighed_kind.get(words[-length:])) is not None:
            return words[-length:], kind
    return "", "honour"


def train_bare(rows: Sequence[Labelled], lexicon: Lexicon) -> Weights:
    """Return the weights of the features of rows: one logistic regression; the same rows give the same weights."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = [features(row.before, row.words, row.after, lexicon) for row in rows]
    counts = Counter(name for names in seen for name in names)
    kept = [{name: 1.0 for name in names if counts[name] >= LEAST_ROWS} for names in seen]
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform(kept)
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000, tol=1e-4, fit_intercept=False)
    model.fit(matrix, [row.label in KINDS for row in rows])
    return Weights(dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True)))


@cache
def load_bare_model() -> Weights:
    """Return the project's own weights, `nlp/data/bare_names.csv`; `make model` makes them anew."""
    return Weights(read_weights(stored_lines(MODEL_FILE)))
