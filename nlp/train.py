"""Training of the classifiers: `python -m nlp.train` reads corpus/labelled/*.csv and writes nlp/data/problems.npz, and
corpus/labelled_names/*.csv and writes nlp/data/names.npz.

The same sentences give the same model: no random state enters, and rows are sorted by text first.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import add
from pathlib import Path
from typing import Any

import numpy as np

from nlp.features import EDGES, ENDS_CLAUSE, FIRST, NUMBER, PLANE, QUIET_MARKS, SIGNS, Grams, Reading
from nlp.model import MODEL_FILE, POLARITIES, SCOPES, Model, dump
from nlp.name_model import MODEL_FILE as NAMES_FILE
from nlp.name_model import dump_names, read_labelled_names, train_names
from nlp.taxonomy import load_taxonomy

COLUMNS = ("text", "categories", "polarity", "scope", "role", "org", "year", "register")
DIGITS = re.compile(r"\d+")
QUIET_MARK = re.compile(f"[{re.escape(QUIET_MARKS)}]")
Vectors = dict[str, Any]  # of unit length, by word
FOLDER = Path("corpus/labelled")
VECTORS = "vectors/words.npz"  # beside the folder of labelled sentences; see its README
LEAST_ROWS = 2  # a gram of fewer sentences has a weight only by its vector
INVERSE_REGULARISATION = 5.0  # of 5, 12 and 30 the best on reports that were not looked at
LEAF_INVERSE_REGULARISATION = 1.0  # of ½, 1 and 2 the best on sentences by hands that were not trained on
EDGE_SHARE = 0.5  # of the weight of the grams with which a sentence begins and ends, beside all its grams
CUE_SHARE = 0.2  # of the weight of the wordings of leaves beside the grams, for leaves
SIGN_SHARE = 0.1  # of that of role, length and lack, for leaves
VECTOR_SHARE = 0.7  # of that of what the words of a sentence mean, for leaves
CHARACTER_SHARE = 0.3  # of a character beside a pair in that
RATIO_SHARE = 0.5  # of the weight of a feature that goes by how unevenly a leaf's sentences and the others have it
STEEPNESS, OFFSET = 5.15, 1.12  # log odds of a leaf by the distance from its border; fitted on files left out in turn


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


def train(sentences: Sequence[Labelled], vectors: Vectors) -> Model:
    """Return a model of the sentences: logistic regression for polarity and scope, support vectors for each leaf.

    `vectors` tell of characters and pairs what words they are like. What a leaf makes of them becomes part of the weights of
    grams, so grams that stand in no labelled sentence have weights too, by those that mean about the same.
    """
    counts = count_grams(sentences)
    grams = _grams(counts, vectors)
    idf = np.zeros(len(grams), dtype=np.float32)
    idf[FIRST:] = [_idf(counts[name], len(sentences)) for name in grams.names]
    idf[NUMBER] = _idf(counts["0"], len(sentences))
    known = np.zeros(len(grams), dtype=bool)
    known[FIRST:] = [counts[name] >= LEAST_ROWS for name in grams.names]
    known[NUMBER] = True
    named = [sentence for sentence in sentences if sentence.categories]
    meanings = _meanings(grams, counts, vectors)
    polarity, edges, signs, intercepts = _fit_polarity(sentences, grams, idf, known, meanings)
    leaves, cues, leaf_signs, leaf_intercepts = _fit_leaves(named, grams, idf, known, meanings)
    square = (idf**2)[:, None]
    return Model(
        grams=grams,
        polarity=np.hstack([polarity * idf[:, None], square]).astype(np.float32),
        edges=edges.astype(np.float32),
        signs=signs.astype(np.float32),
        polarity_intercepts=intercepts.astype(np.float32),
        leaves=np.hstack([leaves * idf[:, None], square]).astype(np.float32),
        cues=cues.astype(np.float32),
        leaf_signs=leaf_signs.astype(np.float32),
        leaf_intercepts=leaf_intercepts.astype(np.float32),
        leaf_ids=tuple(leaf.id for leaf in load_taxonomy().leaves),
        data=digest(sentences),
    )


def read_vectors(path: Path) -> Vectors:
    """Return the vectors of characters and pairs, of unit length; see corpus/vectors/README.md."""
    with np.load(path, allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode().split("\n")
        rows = stored["vectors"].astype(np.float32)
    return dict(zip(words, rows / np.linalg.norm(rows, axis=1, keepdims=True), strict=True))


def count_grams(sentences: Iterable[Labelled]) -> Counter[str]:
    """Return in how many sentences each character and pair stands, as `Reading` sees them: a run of digits is "0"."""
    rows: Counter[str] = Counter()
    for sentence in sentences:
        quiet = DIGITS.sub("0", QUIET_MARK.sub("", sentence.text))
        rows.update({*quiet, *map(add, quiet, quiet[1:])})
    return rows


def _grams(counts: Counter[str], vectors: Vectors) -> Grams:
    """Return the characters of the sentences, and the pairs of several sentences or with a vector."""
    characters = {name for name in counts if len(name) == 1 and ord(name) < PLANE} | set(ENDS_CLAUSE)
    pairs = {gram for gram, count in counts.items() if len(gram) == 2 and (count >= LEAST_ROWS or gram in vectors)}
    pairs |= {word for word in vectors if len(word) == 2}
    pairs = {pair for pair in pairs if characters.issuperset(pair)}
    return Grams((*sorted(characters - {"0"}), *sorted(pairs)))


def _idf(count: int, of: int) -> float:
    return float(np.log((1 + of) / (1 + count))) + 1


def _meanings(grams: Grams, counts: Counter[str], vectors: Vectors) -> Any:
    """Return the vectors of the grams, less what all words of these sentences have in common."""
    meanings = np.zeros((len(grams), len(next(iter(vectors.values())))), dtype=np.float32)
    for length, share in ((1, CHARACTER_SHARE), (2, 1.0)):
        places = [at for at, name in enumerate(grams.names) if len(name) == length and name in vectors]
        rows = np.array([vectors[grams.names[at]] for at in places])
        common = rows[[counts[grams.names[at]] > 0 for at in places]].mean(axis=0)
        meanings[np.array(places) + FIRST] = share * VECTOR_SHARE * (rows - common)
    return meanings


def _gram_matrix(reading: Reading, idf: Any) -> Any:
    """Return the grams of sentences (n × grams), idf times as often as they stand there, about of unit length."""
    from scipy.sparse import csr_matrix, diags

    counts = csr_matrix(
        (np.ones(reading.columns.size), reading.columns.ravel(), 2 * np.append(reading.starts, len(reading.columns))),
        shape=(len(reading), len(idf)),
    )
    counts.sum_duplicates()
    return (diags(1 / np.sqrt(np.maximum(counts @ idf**2, 1e-6))) @ counts.multiply(idf)).tocsr()


def _fit_polarity(
    sentences: Sequence[Labelled], grams: Grams, idf: Any, known: Any, meanings: Any
) -> tuple[Any, Any, Any, Any]:
    """Return the weights of grams, edges and signs for the polarities, and their intercepts."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    reading = _read(sentences, grams)
    share = np.full(len(reading), EDGE_SHARE)
    shape = (len(reading), len(grams))
    ends = [csr_matrix((share, (np.arange(len(reading)), columns)), shape=shape) for columns in reading.edges()]
    rows = _gram_matrix(reading, idf)
    matrix = hstack([rows[:, known], csr_matrix(rows @ meanings), *ends, csr_matrix(reading.signs)]).tocsr()
    machine = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000, tol=1e-3)
    machine.fit(matrix, [POLARITIES.index(sentence.polarity) for sentence in sentences])
    sizes = [int(known.sum()), meanings.shape[1], EDGES * len(grams)]
    of_grams, of_meanings, of_edges, of_signs = np.split(machine.coef_.T, np.cumsum(sizes))
    weights = meanings @ of_meanings
    weights[known] += of_grams
    return weights, EDGE_SHARE * of_edges.reshape(EDGES, len(grams), -1), of_signs, machine.intercept_


def _fit_leaves(named: Sequence[Labelled], grams: Grams, idf: Any, known: Any, meanings: Any) -> tuple[Any, ...]:
    """Return the weights of grams, cues and signs for leaves and scopes, and their intercepts."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    reading = _read(named, grams)
    rows = _gram_matrix(reading, idf)
    sentences, _, leaves = reading.cues()
    leaf_ids = [leaf.id for leaf in load_taxonomy().leaves]
    cues = np.zeros((len(named), len(leaf_ids)), dtype=np.float32)
    cues[sentences, leaves] = 1
    matrix = hstack([rows[:, known], csr_matrix(cues), csr_matrix(reading.signs), csr_matrix(rows @ meanings)]).tocsr()
    sizes = [int(known.sum()), len(leaf_ids), SIGNS, meanings.shape[1]]
    shares = np.repeat([1, CUE_SHARE, SIGN_SHARE, 1], sizes)
    columns = [
        _fit_leaf(matrix, np.array([leaf in sentence.categories for sentence in named]), shares, sum(sizes[:2]))
        for leaf in leaf_ids
    ]
    machine = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000, tol=1e-3)
    machine.fit(matrix.multiply(shares).tocsr(), [SCOPES.index(sentence.scope) for sentence in named])
    columns.append(((machine.coef_ * shares).T, machine.intercept_))
    coefficients = np.hstack([weights for weights, _ in columns])
    of_grams, of_cues, of_signs, of_meanings = np.split(coefficients, np.cumsum(sizes[:-1]))
    weights = meanings @ of_meanings
    weights[known] += of_grams
    return weights, of_cues, of_signs, np.concatenate([intercept for _, intercept in columns])


def _fit_leaf(matrix: Any, has: Any, shares: Any, counted: int) -> tuple[Any, Any]:
    """Return the weights (features × 1) and the intercept of one leaf, as log odds.

    Of the first `counted` features, one counts the more, the more unevenly the sentences with the leaf and those without have
    it (a support vector machine on log-count ratios, as Wang and Manning 2012 do); its factor is part of the weight that comes back.
    """
    from sklearn.svm import LinearSVC

    with_leaf = (1 + (matrix[has][:, :counted] > 0).sum(axis=0)) / (2 + has.sum())
    without = (1 + (matrix[~has][:, :counted] > 0).sum(axis=0)) / (2 + (~has).sum())
    ratios = np.abs(np.log(np.asarray(with_leaf / without).ravel()))
    factors = shares.copy()
    factors[:counted] *= RATIO_SHARE * ratios / ratios.mean() + 1 - RATIO_SHARE
    machine = LinearSVC(C=LEAF_INVERSE_REGULARISATION, tol=1e-3, random_state=0)
    machine.fit(matrix.multiply(factors).tocsr(), has)
    return STEEPNESS * (machine.coef_ * factors).T, STEEPNESS * machine.intercept_ + OFFSET


def _read(sentences: Sequence[Labelled], grams: Grams) -> Reading:
    return Reading([sentence.text for sentence in sentences], [sentence.role for sentence in sentences], grams)


def main(arguments: Sequence[str] = sys.argv[1:]) -> None:
    """Train on the CSV files of a folder (corpus/labelled), and of the one beside it for names, and write the models."""
    folder = Path(arguments[0]) if arguments else FOLDER
    data = Path(__file__).parent / "data"
    sentences = read_labelled(folder.glob("*.csv"))
    model = train(sentences, read_vectors(folder.parent / VECTORS))
    _write(data / MODEL_FILE, dump(model), f"{len(sentences)} sentences, {len(model.grams)} grams")
    rows = read_labelled_names((folder.parent / "labelled_names").glob("*.csv"))
    names = train_names(rows)
    _write(data / NAMES_FILE, dump_names(names), f"{len(rows)} names, {len(names.columns)} features")


def _write(target: Path, content: bytes, told: str) -> None:
    target.write_bytes(content)
    print(f"{told}, {len(content):,} bytes: {target}")


if __name__ == "__main__":
    main()
