"""The leaves of sentences that name a problem: from what the models say of the sentence, of its clauses, and of the head of its item.

Every sentence has one; thresholds and shares were chosen on corpus/gold and on labelled sentences by hands not trained on; see
docs/problems.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np

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
    ids = load_model().leaf_ids
    other = ids.index("other")
    ranks = _ranks(leaves, of_clauses)
    rows = leaves.tolist()
    kept = zip(rows, _kept(rows, of_clauses), ranks.argmax(axis=1).tolist(), ranks.tolist(), strict=True)
    for row, scores, leading, rank in kept:
        if not scores:
            scores[leading] = row[leading]
        elif len(scores) > 1 and leading != other:
            scores.pop(other, None)
        order = sorted(sorted(scores), key=rank.__getitem__, reverse=True) if len(scores) > 1 else scores
        yield tuple([_label(ids[leaf], round(1000 * scores[leaf])) for leaf in order])


def columns(*leaves: str) -> list[int]:
    """Return the columns of leaves, given by their ids, in probabilities of leaves."""
    return [load_model().leaf_ids.index(leaf) for leaf in leaves]


def not_said(leaves: Iterable[int], rest: str) -> list[int]:
    """Return those of leaves, given by their columns, that no cue tells in the rest of a sentence."""
    ids, taxonomy = load_model().leaf_ids, load_taxonomy()
    return [leaf for leaf in leaves if taxonomy.leaf(ids[leaf]).cues.search(rest) is None]


def in_rows(owners: Sequence[int], short: Sequence[bool]) -> list[bool]:
    """Tell which clauses are short lacks in a row of such: the sentence has so many."""
    of_rows = Counter(owner for owner, one in zip(owners, short, strict=True) if one)
    return [one and of_rows[owner] >= ROW_LEAST for owner, one in zip(owners, short, strict=True)]


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


def _kept(leaves: Sequence[Sequence[float]], of_clauses: OfClauses) -> list[dict[int, float]]:
    """Return, for each sentence, the leaves that it or one of its clauses tells, and how probable each is."""
    kept = [{leaf: score for leaf, score in enumerate(row) if score >= GUESS_BELOW} for row in leaves]
    owners, parts, short = of_clauses
    likely = parts >= ROW_ENOUGH
    clauses, columns = likely.nonzero()
    told = list(zip(clauses.tolist(), columns.tolist(), parts[likely].tolist(), strict=True))
    in_row = in_rows(owners, short()) if any(score < CLAUSE_ENOUGH for _, _, score in told) else []
    for clause, leaf, score in told:
        row = owners[clause]
        if (score >= CLAUSE_ENOUGH or in_row[clause]) and (whole := leaves[row][leaf]) >= CLAUSE_SUPPORT:
            kept[row][leaf] = max(score, kept[row].get(leaf, whole))
    return kept


def _ranks(leaves: Floats, of_clauses: OfClauses) -> Floats:
    """Return the log odds that put leaves in order: what the first clause tells leads; what stands behind it is often the cause."""
    owners, parts, _ = of_clauses
    if not owners:
        return _log_odds(leaves)
    first = [at for at, owner in enumerate(owners) if at == 0 or owner != owners[at - 1]]
    odds = _log_odds(np.concatenate([leaves, parts.take(first, axis=0)]))
    rank = odds[: len(leaves)]
    rank[[owners[at] for at in first]] += FIRST_SHARE * odds[len(leaves) :]
    return rank


@cache
def _label(leaf: str, thousandths: int) -> Label:
    """Return a label; of a leaf and thousandths there are not many."""
    return Label(id=leaf, score=thousandths / 1000)


def _log_odds(probabilities: Floats) -> Floats:
    sure: Floats = np.minimum(np.maximum(probabilities, 1e-6), 1 - 1e-6)
    return np.log(sure / (1 - sure))
