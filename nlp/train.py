"""Training of the classifiers: `python -m nlp.train` reads corpus/labelled/*.csv and writes nlp/data/problems.npz, and
corpus/labelled_names/*.csv and writes nlp/data/names.npz and, of bare.csv among them, nlp/data/bare_names.csv;
corpus/labelled_proposals nlp/data/judged_names.csv, corpus/labelled_bodies nlp/data/writers.csv, corpus/labelled_kinds nlp/data/kinds.csv.

`--more labelled.csv` adds sentences that a person judged (`nianlun corrections --export labelled.csv`). The same sentences
give the same model: no random state enters, and rows are sorted by text first.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import add, attrgetter
from pathlib import Path
from typing import Any

import numpy as np

from nlp.activity_lexicon import load_lexicon
from nlp.bare_model import MODEL_FILE as BARE_FILE
from nlp.bare_model import train_bare
from nlp.features import (
    EDGES,
    ENDS_CLAUSE,
    FIRST,
    LABEL,
    NUMBER,
    PLANE,
    QUIET_MARKS,
    SIGNS,
    Grams,
    Reading,
    cue_columns,
)
from nlp.kind_model import MODEL_FILE as KINDS_FILE
from nlp.kind_model import dump_kinds, train_kinds
from nlp.model import MODEL_FILE, POLARITIES, SCOPES, Model, dump
from nlp.name_judge import MODEL_FILE as JUDGE_FILE
from nlp.name_judge import train_judge
from nlp.name_model import MODEL_FILE as NAMES_FILE
from nlp.name_model import dump_names, read_labelled_names, train_names
from nlp.taxonomy import load_taxonomy
from nlp.train_kinds import all_papers
from nlp.train_names import labelled_proposals
from nlp.train_writers import labelled_candidates
from nlp.weights import dump_weights
from nlp.writer_model import MODEL_FILE as WRITERS_FILE
from nlp.writer_model import train_writers

COLUMNS = ("text", "categories", "polarity", "scope", "role", "org", "year", "register")
DIGITS = re.compile(r"\d+")
QUIET_MARK = re.compile(f"[{re.escape(QUIET_MARKS)}]")
FOLDER = Path("corpus/labelled")
JUDGED_WEIGHT = 3  # times that a sentence counts which a person judged
LEAST_ROWS = 2  # a pair of fewer sentences is no gram
INVERSE_REGULARISATION = 5.0  # of 5, 12 and 30 the best on reports that were not looked at
LEAF_INVERSE_REGULARISATION = 1.0  # of ½, 1 and 2 the best on sentences by hands that were not trained on
# Of sentences that report a problem, by the part of a report they stand in; chosen on samples and on judged government sentences
SHARES, SHARE_ELSEWHERE = {"problems": 0.87, "background": 0.36}, 0.15
EDGE_SHARE = 0.5  # of the weight of the grams with which a sentence begins and ends, beside all its grams
CUE_SHARE = 0.2  # of the weight of the wordings of leaves beside the grams, for leaves
LACK_SHARE = 0.15  # of that of things and lacks
SIGN_SHARE = 0.1  # of that of role, length and lack, for leaves
RATIO_SHARE = 0.5  # of the weight of a feature that goes by how unevenly a leaf's sentences and the others have it


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
    counts = count_grams(sentences)
    grams = _grams(counts)
    idf = np.zeros(len(grams), dtype=np.float32)
    idf[FIRST:] = [_idf(counts[name], len(sentences)) for name in grams.names]
    idf[NUMBER] = _idf(counts["0"], len(sentences))
    polarity, edges, signs, intercepts = _fit_polarity(sentences, grams, idf)
    leaves, cues, leaf_signs, leaf_intercepts = _fit_leaves(
        [sentence for sentence in sentences if sentence.categories], grams, idf
    )
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


def count_grams(sentences: Iterable[Labelled]) -> Counter[str]:
    """Return in how many sentences each character and pair stands, as `Reading` sees them: a run of digits is "0"."""
    rows: Counter[str] = Counter()
    for sentence in sentences:
        quiet = DIGITS.sub("0", QUIET_MARK.sub("", LABEL.sub("", sentence.text)))
        rows.update({*quiet, *map(add, quiet, quiet[1:])})
    return rows


def _grams(counts: Counter[str]) -> Grams:
    """Return the characters of the sentences, and the pairs of several sentences."""
    characters = {name for name in counts if len(name) == 1 and ord(name) < PLANE} | set(ENDS_CLAUSE)
    pairs = {gram for gram, count in counts.items() if len(gram) == 2 and count >= LEAST_ROWS}
    pairs = {pair for pair in pairs if characters.issuperset(pair)}
    return Grams((*sorted(characters - {"0"}), *sorted(pairs)))


def _idf(count: int, of: int) -> float:
    return float(np.log((1 + of) / (1 + count))) + 1


def _gram_matrix(reading: Reading, idf: Any) -> Any:
    """Return the grams of sentences (n × grams), idf times as often as they stand there, about of unit length."""
    from scipy.sparse import csr_matrix, diags

    counts = csr_matrix(
        (np.ones(reading.columns.size), reading.columns.ravel(), 2 * np.append(reading.starts, len(reading.columns))),
        shape=(len(reading), len(idf)),
    )
    counts.sum_duplicates()
    return (diags(1 / np.sqrt(np.maximum(counts @ idf**2, 1e-6))) @ counts.multiply(idf)).tocsr()


def _fit_polarity(sentences: Sequence[Labelled], grams: Grams, idf: Any) -> tuple[Any, Any, Any, Any]:
    """Return the weights of grams, edges and signs for the polarities, and their intercepts."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    reading = _read(sentences, grams)
    share = np.full(len(reading), EDGE_SHARE)
    shape = (len(reading), len(grams))
    ends = [csr_matrix((share, (np.arange(len(reading)), columns)), shape=shape) for columns in reading.edges()]
    matrix = hstack([_gram_matrix(reading, idf), *ends, csr_matrix(reading.signs)]).tocsr()
    machine = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000, tol=1e-3)
    machine.fit(matrix, [POLARITIES.index(one.polarity) for one in sentences], sample_weight=_weights(sentences))
    of_grams, of_edges, of_signs = np.split(machine.coef_.T, np.cumsum([len(grams), EDGES * len(grams)]))
    return of_grams, EDGE_SHARE * of_edges.reshape(EDGES, len(grams), -1), of_signs, machine.intercept_


def _weights(sentences: Sequence[Labelled]) -> list[float]:
    """Return what each sentence counts so that those that report a problem have the share in each role that they have in reports."""
    rows = Counter(sentence.role for sentence in sentences)
    reporting = Counter(sentence.role for sentence in sentences if sentence.polarity == "asserted")
    weights = []
    for one in sentences:
        share, reported = SHARES.get(one.role, SHARE_ELSEWHERE), reporting[one.role] / rows[one.role]
        weights.append(share / reported if one.polarity == "asserted" else (1 - share) / (1 - reported))
    return weights


def _fit_leaves(named: Sequence[Labelled], grams: Grams, idf: Any) -> tuple[Any, ...]:
    """Return the weights of grams, cues and signs for leaves and scopes, and their intercepts."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    reading = _read(named, grams)
    sentences, _, columns_of_cues = reading.cues()
    leaf_ids = [leaf.id for leaf in load_taxonomy().leaves]
    cues = np.zeros((len(named), sum(cue_columns())), dtype=np.float32)
    cues[sentences, columns_of_cues] = 1
    counted = np.ones(len(idf))
    counted[NUMBER] = 0
    counted[FIRST:] = ["0" not in name for name in grams.names]
    matrix = hstack([_gram_matrix(reading, idf).multiply(counted), csr_matrix(cues), csr_matrix(reading.signs)]).tocsr()
    sizes = [len(grams), *cue_columns(), SIGNS]
    shares = np.repeat([1, CUE_SHARE, LACK_SHARE, SIGN_SHARE], sizes)
    columns = [
        _fit_leaf(matrix, np.array([leaf in sentence.categories for sentence in named]), shares, sum(sizes[:3]))
        for leaf in leaf_ids
    ]
    machine = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000, tol=1e-3)
    machine.fit(matrix.multiply(shares).tocsr(), [SCOPES.index(sentence.scope) for sentence in named])
    columns.append(((machine.coef_ * shares).T, machine.intercept_))
    coefficients = np.hstack([weights for weights, _ in columns])
    of_grams, of_cues, of_signs = np.split(coefficients, [len(grams), sum(sizes[:3])])
    return of_grams, of_cues, of_signs, np.concatenate([intercept for _, intercept in columns])


def _fit_leaf(matrix: Any, has: Any, shares: Any, counted: int) -> tuple[Any, Any]:
    """Return the weights (features × 1) and the intercept of one leaf, whose sum is the distance from its border.

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
    return (machine.coef_ * factors).T, machine.intercept_


def _read(sentences: Sequence[Labelled], grams: Grams) -> Reading:
    return Reading([sentence.text for sentence in sentences], [sentence.role for sentence in sentences], grams)


def with_judged(
    sentences: Iterable[Labelled], judged: Iterable[Labelled], weight: int = JUDGED_WEIGHT
) -> list[Labelled]:
    """Return labelled sentences with those that a person judged, each of these `weight` times; of one text the judgement holds."""
    told = {sentence.text: sentence for sentence in judged}
    kept = [sentence for sentence in sentences if sentence.text not in told]
    return sorted([*kept, *(sentence for sentence in told.values() for _ in range(weight))], key=attrgetter("text"))


def check(sentences: Iterable[Labelled], where: object) -> None:
    """Raise ValueError for a label that no model has, naming the sentence."""
    leaves = {leaf.id for leaf in load_taxonomy().leaves}
    for one in sentences:
        unknown = [leaf for leaf in one.categories if leaf not in leaves]
        if one.polarity not in POLARITIES or unknown or (one.categories and one.scope not in SCOPES):
            raise ValueError(f"{where}: {one.text[:30]}: {one.polarity!r} {one.scope!r} {' '.join(one.categories)}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on the CSV files of a folder (corpus/labelled), and of the one beside it for names, and write the models."""
    parser = argparse.ArgumentParser(prog="python -m nlp.train", description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--more", type=Path, action="append", default=[], metavar="CSV",
                        help="judged sentences, as `nianlun corrections --export` writes them")  # fmt: skip
    parser.add_argument("--weight", type=int, default=JUDGED_WEIGHT, metavar="N",
                        help=f"how often one of them counts (default {JUDGED_WEIGHT})")  # fmt: skip
    given = parser.parse_args(arguments)
    data = Path(__file__).parent / "data"
    sentences = read_labelled(given.folder.glob("*.csv"))
    told = f"{len(sentences)} sentences"
    if given.more:
        judged = read_labelled(given.more)
        check(judged, " ".join(map(str, given.more)))
        sentences = with_judged(sentences, judged, given.weight)
        told += f" and {len(judged)} judged ones, each counting {given.weight} times"
    model = train(sentences)
    _write(data / MODEL_FILE, dump(model), f"{told}, {len(model.grams)} grams")
    folder = given.folder.parent / "labelled_names"
    rows = read_labelled_names(folder.glob("*.csv"))
    names = train_names(rows)
    _write(data / NAMES_FILE, dump_names(names), f"{len(rows)} names, {len(names.columns)} features")
    rows = read_labelled_names([folder / "bare.csv"])
    bare = train_bare(rows, load_lexicon())
    _write(
        data / BARE_FILE,
        dump_weights(bare.by_name).encode(),
        f"{len(rows)} words without marks, {len(bare.by_name)} features",
    )
    proposals = labelled_proposals(given.folder.parent / "labelled_proposals")
    judged_names = train_judge(proposals)
    _write(
        data / JUDGE_FILE,
        dump_weights(judged_names).encode(),
        f"{len(proposals)} proposals, {len(judged_names)} features",
    )
    candidates = labelled_candidates(given.folder.parent / "labelled_bodies")
    writers = train_writers(candidates)
    _write(
        data / WRITERS_FILE, dump_weights(writers).encode(), f"{len(candidates)} candidates, {len(writers)} features"
    )
    papers = all_papers(given.folder.parent / "labelled_kinds")
    kinds = train_kinds(papers)
    _write(data / KINDS_FILE, dump_kinds(kinds).encode(), f"{len(papers)} papers, {len(kinds)} features")


def _write(target: Path, content: bytes, told: str) -> None:
    target.write_bytes(content)
    print(f"{told}, {len(content):,} bytes: {target}")


if __name__ == "__main__":
    main()
