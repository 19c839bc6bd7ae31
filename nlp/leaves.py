"""The leaves of sentences that name a problem: from what the models say of the sentence, of its clauses, and of the head of its item.

Every sentence has one; thresholds and shares were chosen on corpus/gold and on labelled sentences by hands not trained on; see
docs/problems.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nlp.model import Floats, OfClauses, load_model
from nlp.records import GUESS_BELOW, Label, Sentence
from nlp.taxonomy import load_taxonomy
from nlp.wordings import ITEM

CLAUSE_ENOUGH = 0.96  # probability from which a leaf of one clause counts for its sentence …
ROW_ENOUGH, ROW_LEAST = 0.85, 2  # … and of one of so many short lacks in a row …
CLAUSE_SUPPORT = 0.001  # … which then need only not speak against it
# Share of the log odds of the first clause that is added where leaves are put in order: what leads stands first
FIRST_SHARE = 0.25
# Of the log odds of leaves, what the head of an item and the sentence before give to a sentence of it
HEAD_SHARE, BEFORE_SHARE, HEAD_LIMIT = 0.5, 0.15, 4.0
ITEM_GAP = 120  # characters that no problem tells, behind which an item is over
# Probability of a leaf that words tell by themselves, of one beside it, and of one that they rule out: no clause brings that back
SURE, BESIDE, RULED_OUT = 0.9, 0.8, 0.0


def in_items(leaves: Floats, sentences: Sequence[Sentence], units: Sequence[str]) -> Floats:
    """Return the probabilities of leaves with what the head of an item says for the sentences below it: 一是经费不足。三年没有…

    A share of the log odds of the leaves that the head has is added, and a smaller one of those of the sentence right before.
    """
    below, heads, behind = _places_in_items(sentences, units)
    if not below:
        return leaves
    odds = _log_odds(leaves)
    told = np.minimum(np.maximum(odds, 0), HEAD_LIMIT)
    odds[below] += HEAD_SHARE * told[heads]
    odds[behind] += BEFORE_SHARE * told[np.array(behind, dtype=np.intp) - 1]
    return (1 / (1 + np.exp(-odds))).astype(np.float32)


def find_labels(leaves: Floats, of_clauses: OfClauses) -> Iterator[tuple[Label, ...]]:
    """Yield, for each sentence, its leaves, the leading one first; that one always where none is likelier than not.

    A leaf counts from its probability for the sentence, or from that for one of its clauses: of a list of lacks, each speaks.
    """
    kept, shown, rank = _told(leaves, of_clauses)
    leading = rank.argmax(axis=1)
    other = load_model().leaf_ids.index("other")
    kept[:, other] &= (np.add.reduce(kept, axis=1) == 1) | (leading == other)
    kept[np.arange(len(kept)), leading] |= ~np.logical_or.reduce(kept, axis=1)
    yield from _in_order(kept, shown, rank)


def columns(*leaves: str) -> list[int]:
    """Return the columns of leaves, given by their ids, in probabilities of leaves."""
    return [load_model().leaf_ids.index(leaf) for leaf in leaves]


def not_said(leaves: Iterable[int], rest: str) -> list[int]:
    """Return those of leaves, given by their columns, that no cue tells in the rest of a sentence."""
    ids, taxonomy = load_model().leaf_ids, load_taxonomy()
    return [leaf for leaf in leaves if taxonomy.leaf(ids[leaf]).cues.search(rest) is None]


def in_rows(owners: NDArray[np.int64], short: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which clauses are short lacks in a row of such: the sentence has so many."""
    many: NDArray[np.bool_] = np.bincount(owners, weights=short).take(owners) >= ROW_LEAST
    return many & short


def _places_in_items(sentences: Sequence[Sentence], units: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
    """Return which sentences stand in items, the head of each, and which of them follow on the one before."""
    below, heads, behind = [], [], []
    head = end = -1
    for at, (sentence, unit) in enumerate(zip(sentences, units, strict=True)):
        start = sentence.start
        if sentence.role != "problems":
            head = -1
        elif ITEM.match(unit):
            head = at
        elif start - end > ITEM_GAP:
            head = -1
        elif head >= 0:
            below.append(at)
            heads.append(head)
            if start - end <= 1:
                behind.append(at)
        end = sentence.end
    return below, heads, behind


def _told(leaves: Floats, of_clauses: OfClauses) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """Return which leaves sentences and their clauses tell, how probable each is, and the log odds that put them in order.

    What the first clause tells leads; what stands behind it is often the cause or what follows.
    """
    owners, parts, short = of_clauses
    kept = leaves >= GUESS_BELOW
    if not len(owners):
        return kept, leaves, _log_odds(leaves)
    firsts = np.ones(len(owners), dtype=bool)
    np.not_equal(owners[1:], owners[:-1], out=firsts[1:])
    first = firsts.nonzero()[0]
    several = owners.take(first)
    best = np.zeros_like(leaves)  # of the clauses of each sentence; none for a sentence of one clause
    enough = np.where(in_rows(owners, short), ROW_ENOUGH, CLAUSE_ENOUGH)[:, None]
    best[several] = np.maximum.reduceat(np.where(parts >= enough, parts, 0), first)
    odds = _log_odds(np.concatenate([leaves, parts.take(first, axis=0)]))
    rank = odds[: len(leaves)]
    rank[several] += FIRST_SHARE * odds[len(leaves) :]
    speaks = (best > 0) & (leaves >= CLAUSE_SUPPORT)
    return kept | speaks, np.where(speaks, np.maximum(leaves, best), leaves), rank


def _in_order(kept: NDArray[np.bool_], shown: Floats, rank: Floats) -> Iterator[tuple[Label, ...]]:
    """Yield the leaves kept of each sentence, the one of the highest rank first."""
    rows, places = kept.nonzero()
    order = np.lexsort((places, -rank[kept], rows))
    ids = load_model().leaf_ids
    labels = [
        _label(ids[place], round(score, 3))
        for place, score in zip(places.take(order).tolist(), shown[kept].take(order).tolist(), strict=True)
    ]
    begin = 0
    for end in np.add.reduce(kept, axis=1).cumsum().tolist():
        yield tuple(labels[begin:end])
        begin = end


@cache
def _label(leaf: str, score: float) -> Label:
    """Return a label; of a leaf and thousandths there are not many."""
    return Label(id=leaf, score=score)


def _log_odds(probabilities: Floats) -> Floats:
    sure: Floats = np.minimum(np.maximum(probabilities, 1e-6), 1 - 1e-6)
    return np.log(sure / (1 - sure))
