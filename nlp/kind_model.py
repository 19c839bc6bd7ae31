"""How likely a paper whose title and form leave its kind open is of each kind, by what `nlp.kinds` sees of it.

A multinomial logit, trained (`make model`) on corpus/labelled_kinds/papers.csv, what was seen of real papers, without their words, and
their kind, and on the made-up papers of corpus/labelled_bodies/heads.toml that tell theirs. Stored as one weight a feature and kind in
`nlp/data/kinds.csv`. How it was measured: docs/quality.md.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import StringIO

from nlp.weights import dump_seen, read_seen, stored_lines

MODEL_FILE = "kinds.csv"
ALWAYS = "always"  # the feature that every paper has
STRENGTH = 1.0  # inverse of the regularisation
MADE_UP_WEIGHT = 0.15  # of a made-up paper; a real one counts 1


@dataclass(frozen=True, slots=True)
class Paper:
    """A labelled paper, called by the digest of its file: its kind, what is seen of it and what it counts."""

    paper: str
    kind: str
    seen: Mapping[str, float]
    weight: float = 1.0


def likeliest_kind(seen: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> str:
    """Return the kind whose weights of what is seen add up to most."""
    totals = dict(weights[ALWAYS])
    for name, value in seen.items():
        for kind, weight in weights.get(name, {}).items():
            totals[kind] += weight * value
    return max(totals, key=lambda kind: totals[kind])


def train_kinds(papers: Iterable[Paper]) -> dict[str, dict[str, float]]:
    """Return the weights of what is seen, by feature and kind: the same papers give the same weights."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = list(papers)
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform([dict(row.seen) for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-6)
    model.fit(matrix, [row.kind for row in rows], sample_weight=[row.weight for row in rows])
    columns = zip((ALWAYS, *vectorizer.get_feature_names_out()), (model.intercept_, *model.coef_.T), strict=True)
    return {name: dict(zip(model.classes_, map(float, column), strict=True)) for name, column in columns}


def read_papers(lines: Iterable[str]) -> list[Paper]:
    """Return the rows of papers.csv: what was seen of a paper as `name=value`, joined by ; and without =1."""
    return [Paper(row["paper"], row["kind"], read_seen(row["seen"])) for row in csv.DictReader(lines)]


def dump_papers(papers: Iterable[Paper]) -> str:
    """Return papers as papers.csv, in their order."""
    told = StringIO()
    lines = csv.writer(told, lineterminator="\n")
    lines.writerow(["paper", "kind", "seen"])
    for row in sorted(papers, key=lambda row: (row.paper, row.kind)):
        lines.writerow([row.paper, row.kind, dump_seen(row.seen)])
    return told.getvalue()


def dump_kinds(weights: Mapping[str, Mapping[str, float]]) -> str:
    """Return the weights as CSV, one feature a line, the features and kinds in order."""
    told = StringIO()
    kinds = sorted(weights[ALWAYS])
    lines = csv.writer(told, lineterminator="\n")
    lines.writerow(["feature", *kinds])
    lines.writerows([name, *(f"{column[kind]:.3f}" for kind in kinds)] for name, column in sorted(weights.items()))
    return told.getvalue()


@cache
def load_kind_weights() -> dict[str, dict[str, float]]:
    """Return the project's own weights, `nlp/data/kinds.csv`; `make model` makes them anew."""
    rows = csv.DictReader(stored_lines(MODEL_FILE))
    return {row.pop("feature"): {kind: float(value) for kind, value in row.items()} for row in rows}
