"""How likely each candidate is to have written a paper: one logistic regression over what `nlp.writers` sees of it.

Trained on corpus/labelled_bodies (`make model`): papers.csv holds what was seen of the candidates of real papers, without their words;
heads.toml made-up papers. Stored as one weight a feature in `nlp/data/writers.csv`. How it was measured: docs/quality.md.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from math import exp

from nlp.writers import Candidate

MODEL_FILE = "writers.csv"
ALWAYS = "always"  # the feature that every candidate has
LEAST = 0.35  # probability below which nobody is told
LEAST_TOLD = 0.2  # and that of the one whom the signs alone tell
LEAST_FULLER = (
    0.3  # of the likeliest one's, from which the same body with its place goes before it: 云坪县妇联 before 县妇联
)
MADE_UP_WEIGHT = 0.2  # of a made-up paper; a real one counts 1
INVERSE_REGULARISATION = 0.3


@dataclass(frozen=True, slots=True)
class Labelled:
    """A candidate of a paper, and whether it wrote it; `weight` is that of its paper."""

    paper: str
    seen: Mapping[str, float]
    right: bool
    weight: float = 1.0


def probability(candidate: Candidate, weights: Mapping[str, float]) -> float:
    """Return the probability that a candidate wrote the paper."""
    raw = weights.get(ALWAYS, 0.0) + sum(weights.get(name, 0.0) * value for name, value in candidate.seen.items())
    return 1 / (1 + exp(-raw))


def likeliest(candidates: Iterable[Candidate], weights: Mapping[str, float]) -> Candidate | None:
    """Return who most likely wrote a paper, with its place where the paper names it so; None where nobody is likely."""
    rows = [(probability(candidate, weights), candidate) for candidate in candidates]
    if not rows:
        return None
    most, best = max(rows, key=lambda row: row[0])
    if most < (LEAST_TOLD if "told" in best.seen else LEAST):
        return None
    fuller = [
        (likely, other)
        for likely, other in rows
        if not best.body.place and other.body.place and other.body.name.endswith(best.body.name)
    ]
    likely, other = max(fuller, key=lambda row: row[0], default=(0.0, best))
    return other if likely >= LEAST_FULLER * most else best


def train_writers(rows: Sequence[Labelled]) -> dict[str, float]:
    """Return the weights of what is seen: the same rows give the same weights."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform([dict(row.seen) for row in rows])
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=5000, tol=1e-6)
    model.fit(matrix, [row.right for row in rows], sample_weight=[row.weight for row in rows])
    names = vectorizer.get_feature_names_out()
    return {ALWAYS: float(model.intercept_[0]), **dict(zip(names, map(float, model.coef_[0]), strict=True))}


def read_rows(lines: Iterable[str]) -> list[Labelled]:
    """Return the rows of papers.csv: what was seen of a candidate as `name=value`, joined by ; and without =1."""
    return [
        Labelled(row["paper"], _seen(row["seen"]), row["right"] == "1") for row in csv.DictReader(lines)
    ]  # fmt: skip


def _seen(told: str) -> dict[str, float]:
    parts = (one.partition("=") for one in told.split(";") if one)
    return {name: float(value or 1) for name, _, value in parts}


def dump_rows(rows: Iterable[Labelled]) -> str:
    """Return rows as papers.csv, in the order of their papers."""
    told = StringIO()
    lines = csv.writer(told, lineterminator="\n")
    lines.writerow(["paper", "right", "seen"])
    for row in sorted(rows, key=lambda row: row.paper):
        seen = (name if value == 1 else f"{name}={value:.3g}" for name, value in sorted(row.seen.items()))
        lines.writerow([row.paper, int(row.right), ";".join(seen)])
    return told.getvalue()


def dump_writers(weights: Mapping[str, float]) -> str:
    """Return the weights as CSV, one feature a line, the features in order; what weighs nothing is left out."""
    told = StringIO()
    lines = csv.writer(told, lineterminator="\n")
    lines.writerow(["feature", "weight"])
    lines.writerows([name, f"{weight:.3f}"] for name, weight in sorted(weights.items()) if abs(weight) >= 0.0005)
    return told.getvalue()


@cache
def load_writers() -> dict[str, float]:
    """Return the project's own weights, `nlp/data/writers.csv`; `make model` makes them anew."""
    text = files("nlp.data").joinpath(MODEL_FILE).read_text(encoding="utf-8")
    return {row["feature"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}
