"""Training of the classifiers: `python -m nlp.train` reads corpus/labelled/*.csv and writes nlp/data/problems.npz, and
corpus/labelled_names/*.csv and writes nlp/data/names.npz.

The same sentences give the same model: no random state enters, and rows are sorted by text first.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from nlp.features import context, grams
from nlp.model import MODEL_FILE, POLARITIES, SCOPES, Model, Places, dump, vectorise
from nlp.name_model import MODEL_FILE as NAMES_FILE
from nlp.name_model import dump_names, read_labelled_names, train_names
from nlp.taxonomy import load_taxonomy

COLUMNS = ("text", "categories", "polarity", "scope", "role", "org", "year", "register")
LEAST_ROWS = 2  # a gram of fewer sentences says nothing
INVERSE_REGULARISATION = 5.0  # of 5, 12 and 30 the best on reports that were not looked at
LEAF_INVERSE_REGULARISATION = 1.0  # of ½, 1 and 2 the best on sentences by hands that were not trained on
CONTEXT_SHARE = 0.35  # of the weight of cues and role beside the grams, for leaves
RATIO_SHARE = 0.5  # of the weight of a feature that goes by how unevenly a leaf's sentences and the others have it
STEEPNESS = 2.0  # log odds of a leaf to the unit of distance from its border


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A labelled sentence; the first category is the main one."""

    text: str
    categories: tuple[str, ...]
    polarity: str
    scope: str
    role: str


def read_labelled(paths: Iterable[Path]) -> list[Labelled]:
    """Return the sentences of CSV files with the columns text, categories, polarity, scope, role, org, year, register."""
    found = []
    for path in sorted(paths):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found.append(
                    Labelled(
                        text=row["text"],
                        categories=tuple(row["categories"].split()),
                        polarity=row["polarity"],
                        scope=row["scope"],
                        role=row["role"],
                    )
                )
    return sorted(found, key=lambda sentence: sentence.text)


def digest(sentences: Sequence[Labelled]) -> str:
    """Return the sha256 of the sentences and their labels."""
    return sha256("\n".join(map(repr, sentences)).encode()).hexdigest()


def train(sentences: Sequence[Labelled]) -> Model:
    """Return a model of the sentences: logistic regression for polarity and scope, support vectors for each leaf."""
    from sklearn.linear_model import LogisticRegression

    vocabulary, idf = _vocabulary(sentences)
    matrix = vectorise([(sentence.text, sentence.role) for sentence in sentences], Places.of(vocabulary), idf)
    named = np.array([bool(sentence.categories) for sentence in sentences])

    def fit(rows: Any, labels: Any) -> Any:
        return LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000, tol=1e-3).fit(rows, labels)

    polarity = fit(matrix, [POLARITIES.index(sentence.polarity) for sentence in sentences])
    scope = fit(matrix[named], [SCOPES.index(sentence.scope) for sentence in sentences if sentence.categories])
    leaf_ids = tuple(leaf.id for leaf in load_taxonomy().leaves)
    columns, intercepts = [polarity.coef_.T], [polarity.intercept_]
    shares = np.array([CONTEXT_SHARE if name.startswith("c:") and len(name) > 2 else 1.0 for name in vocabulary])
    for leaf in leaf_ids:
        has = np.array([leaf in sentence.categories for sentence in sentences if sentence.categories])
        column, intercept = _fit_leaf(matrix[named], has, shares)
        columns.append(column)
        intercepts.append(intercept)
    columns.append(scope.coef_.T)
    intercepts.append(scope.intercept_)
    return Model(
        vocabulary=vocabulary,
        idf=idf,
        weights=np.hstack(columns).astype(np.float32),
        intercepts=np.concatenate(intercepts).astype(np.float32),
        leaf_ids=leaf_ids,
        data=digest(sentences),
    )


def _fit_leaf(matrix: Any, has: Any, shares: Any) -> tuple[Any, Any]:
    """Return the weights (features × 1) and the intercept of one leaf, as log odds.

    A feature counts the more, the more unevenly the sentences with the leaf and those without have it (a support vector
    machine on log-count ratios, as Wang and Manning 2012 do); its factor is part of the weight that comes back.
    """
    from sklearn.svm import LinearSVC

    with_leaf = (1 + (matrix[has] > 0).sum(axis=0)) / (2 + has.sum())
    without = (1 + (matrix[~has] > 0).sum(axis=0)) / (2 + (~has).sum())
    ratios = np.abs(np.log(np.asarray(with_leaf / without).ravel()))
    factors = shares * (RATIO_SHARE * ratios / ratios.mean() + 1 - RATIO_SHARE)
    machine = LinearSVC(C=LEAF_INVERSE_REGULARISATION, tol=1e-3, random_state=0)
    machine.fit(matrix.multiply(factors).tocsr(), has)
    return STEEPNESS * (machine.coef_ * factors).T, STEEPNESS * machine.intercept_


def _vocabulary(sentences: Sequence[Labelled]) -> tuple[dict[str, int], Any]:
    """Return ({feature: column}, idf): grams of at least LEAST_ROWS sentences in order, then the context features."""
    rows: Counter[str] = Counter()
    told: set[str] = set()
    for sentence, found in zip(sentences, grams(sentence.text for sentence in sentences), strict=True):
        rows.update(set(found))
        told.update("c:" + name for name, _ in context(sentence.text, sentence.role))
    kept = sorted(gram for gram, count in rows.items() if count >= LEAST_ROWS)
    names = kept + sorted(told)
    smooth = [np.log((1 + len(sentences)) / (1 + rows[gram])) + 1 for gram in kept]
    return {name: at for at, name in enumerate(names)}, np.array(smooth + [1.0] * len(told), dtype=np.float32)


def main(arguments: Sequence[str] = sys.argv[1:]) -> None:
    """Train on the CSV files of a folder (corpus/labelled), and of the one beside it for names, and write the models."""
    folder = Path(arguments[0]) if arguments else Path("corpus/labelled")
    data = Path(__file__).parent / "data"
    sentences = read_labelled(folder.glob("*.csv"))
    model = train(sentences)
    _write(data / MODEL_FILE, dump(model), f"{len(sentences)} sentences, {len(model.vocabulary)} features")
    rows = read_labelled_names((folder.parent / "labelled_names").glob("*.csv"))
    names = train_names(rows)
    _write(data / NAMES_FILE, dump_names(names), f"{len(rows)} names, {len(names.columns)} features")


def _write(target: Path, content: bytes, told: str) -> None:
    target.write_bytes(content)
    print(f"{told}, {len(content):,} bytes: {target}")


if __name__ == "__main__":
    main()
