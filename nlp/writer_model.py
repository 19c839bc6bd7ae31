"""How likely each candidate is to have written a paper: the candidates of a paper and nobody compete, by what `nlp.writers` sees of each.

A conditional logit (McFadden 1974, Conditional logit analysis of qualitative choice behavior), trained on corpus/labelled_bodies (`make model`):
papers.csv holds what was seen of the candidates of real papers, without their words; heads.toml made-up papers. Stored as one weight a feature
in `nlp/data/writers.csv`. How it was measured: docs/quality.md.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from math import exp

from nlp.weights import dump_seen, read_seen, read_weights, stored_lines
from nlp.writers import Candidate

MODEL_FILE = "writers.csv"
NOBODY = "nobody"  # who competes with the candidates of every paper
LEAST_FULLER = (
    0.3  # of the likeliest one's, from which the same body with its place goes before it: 云坪县妇联 before 县妇联
)
MADE_UP_WEIGHT = 0.8  # of a made-up paper; a real one counts 1
REGULARISATION = 2.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A candidate of a paper, and whether it wrote it; `weight` is that of its paper."""

    paper: str
    seen: Mapping[str, float]
    right: bool
    weight: float = 1.0


def probabilities(seen: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> list[float]:
    """Return the probability that each of the candidates of a paper wrote it, and last that none of them did."""
    raw = [sum(weights.get(name, 0.0) * value for name, value in one.items()) for one in (*seen, seen_of_nobody(seen))]
    most = max(raw)
    odds = [exp(one - most) for one in raw]
    total = sum(odds)
    return [one / total for one in odds]


def seen_of_nobody(seen: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return what speaks for nobody by what is seen of the candidates: the kind of paper, whether the signs tell one and the text a level of its own."""
    all_seen = {name for one in seen for name in one}
    facts = ("told", "no own level", *(name for name in all_seen if name.startswith("paper ") and "," not in name))
    return {NOBODY: 1.0, **{f"{NOBODY}, {fact}": 1.0 for fact in facts if fact in all_seen}}


def likeliest(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> Candidate | None:
    """Return who most likely wrote a paper, with its place where the paper names it so; None where that is nobody."""
    if not candidates:
        return None
    *likely, nobody = probabilities([one.seen for one in candidates], weights)
    most = max(likely)
    if most < nobody:
        return None
    best = candidates[likely.index(most)]
    if best.body.place:
        return best
    fuller = [
        (one, other)
        for one, other in zip(likely, candidates, strict=True)
        if other.body.place and other.body.name.endswith(best.body.name)
    ]
    of_it, other = max(fuller, key=lambda row: row[0], default=(0.0, best))
    return other if of_it >= LEAST_FULLER * most else best


def train_writers(rows: Iterable[Labelled]) -> dict[str, float]:
    """Return the weights of what is seen: the same rows give the same weights.

    They make it likely that one of those who are right wrote each paper, nobody where none of its candidates is.
    """
    import numpy as np
    from scipy.optimize import minimize
    from sklearn.feature_extraction import DictVectorizer

    papers: dict[str, list[Labelled]] = {}
    for row in rows:
        papers.setdefault(row.paper, []).append(row)
    choices = [
        [*((row.seen, row.right) for row in of_one), (seen_of_nobody(row.seen for row in of_one), not any(row.right for row in of_one))]
        for of_one in papers.values()
    ]  # fmt: skip
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform([dict(seen) for choice in choices for seen, _ in choice]).tocsr()
    right = np.array([told for choice in choices for _, told in choice], dtype=float)
    paper = np.repeat(np.arange(len(choices)), [len(choice) for choice in choices])
    counts = np.array([of_one[0].weight for of_one in papers.values()])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        raw = matrix @ weights
        most = np.full(len(choices), -np.inf)
        np.maximum.at(most, paper, raw)
        odds = np.exp(raw - most[paper])
        all_odds, right_odds = np.bincount(paper, odds), np.bincount(paper, odds * right)
        apart = odds / all_odds[paper] - odds * right / right_odds[paper]
        told = float(counts @ np.log(all_odds / right_odds)) + REGULARISATION / 2 * float(weights @ weights)
        return told, matrix.T @ (apart * counts[paper]) + REGULARISATION * weights

    found = minimize(
        loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 2000, "ftol": 1e-12}
    )
    return dict(zip(vectorizer.get_feature_names_out(), map(float, found.x), strict=True))


def read_rows(lines: Iterable[str]) -> list[Labelled]:
    """Return the rows of papers.csv: what was seen of a candidate as `name=value`, joined by ; and without =1."""
    return [
        Labelled(row["paper"], read_seen(row["seen"]), row["right"] == "1") for row in csv.DictReader(lines)
    ]  # fmt: skip


def dump_rows(rows: Iterable[Labelled]) -> str:
    """Return rows as papers.csv, in the order of their papers."""
    told = StringIO()
    lines = csv.writer(told, lineterminator="\n")
    lines.writerow(["paper", "right", "seen"])
    for row in sorted(rows, key=lambda row: row.paper):
        lines.writerow([row.paper, int(row.right), dump_seen(row.seen)])
    return told.getvalue()


@cache
def load_writers() -> dict[str, float]:
    """Return the project's own weights, `nlp/data/writers.csv`; `make model` makes them anew."""
    return read_weights(stored_lines(MODEL_FILE))
