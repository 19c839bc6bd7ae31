"""The problem classifier as plain arrays: trained by scikit-learn, stored without pickle, applied to a batch of sentences.

Three linear models share one feature space: the polarity of a sentence (asserted, … , none), its leaves (one against the
rest), and the scope. `train` makes them from labelled sentences; the file holds vocabulary, weights and a digest of the data.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.features import context, quieten
from nlp.segment import cut

POLARITIES = ("asserted", "negated", "solved", "measure_implied", "required_of_others", "hypothetical", "none")
SCOPES = ("own_organisation", "lower_level", "leaders_above", "population", "society_law")
MODEL_FILE = "problems.npz"
UNKNOWN, BORDER = -1, -2

Unit = tuple[str, str]  # text and role of a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Probabilities of a batch: polarity (n × 7), leaves (n × number of leaves), scope (n × 5)."""

    polarity: NDArray[np.float32]
    leaves: NDArray[np.float32]
    scope: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Places:
    """The columns of a vocabulary, by kind of feature."""

    pairs: NDArray[np.int64]  # of characters, as numbers in order, and one that stands for no pair
    pair_columns: NDArray[np.int64]
    characters: NDArray[np.int32]  # the column of each, by its number; of every character that Unicode has room for
    words: dict[str, int]  # BORDER for the line end between two sentences
    context: dict[str, int]

    @classmethod
    def of(cls, vocabulary: dict[str, int]) -> Places:
        pairs = sorted((ord(name[0]) << 21 | ord(name[1]), at) for name, at in vocabulary.items() if len(name) == 2)
        characters = np.full(sys.maxunicode + 1, UNKNOWN, dtype=np.int32)
        for name, at in vocabulary.items():
            if len(name) == 1:
                characters[ord(name)] = at
        words = {name[2:]: at for name, at in vocabulary.items() if name.startswith("w:") and len(name) > 2}
        return cls(
            pairs=np.array([code for code, _ in pairs] + [UNKNOWN], dtype=np.int64),
            pair_columns=np.array([at for _, at in pairs] + [UNKNOWN], dtype=np.int64),
            characters=characters,
            words=words | {"\n": BORDER},
            context={name[2:]: at for name, at in vocabulary.items() if name.startswith("c:") and len(name) > 2},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Vocabulary, weights and what they were made from."""

    vocabulary: dict[str, int]
    idf: NDArray[np.float32]  # 1 for context features, which come after the grams
    weights: NDArray[np.float32]  # features × outputs
    intercepts: NDArray[np.float32]
    leaf_ids: tuple[str, ...]
    data: str  # sha256 of the labelled sentences
    _places: Places = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", Places.of(self.vocabulary))

    def scores(self, units: Sequence[Unit]) -> Scores:
        """Return the probabilities of sentences, given as (text, role)."""
        matrix = vectorise(units, self._places, self.idf)
        raw = matrix @ self.weights + self.intercepts
        first, last = len(POLARITIES), len(POLARITIES) + len(self.leaf_ids)
        return Scores(
            polarity=_softmax(raw[:, :first]),
            leaves=1 / (1 + np.exp(-raw[:, first:last])),
            scope=_softmax(raw[:, last:]),
        )


def vectorise(units: Sequence[Unit], places: Places, idf: NDArray[np.float32]) -> Any:
    """Return a sparse matrix (n × features): grams as 1 + log tf times idf, of unit length; context as it is.

    Within a row, features stand from the last to the first: so sums come out the same, to the last digit, every time.
    """
    from scipy.sparse import csr_matrix

    rows, columns = _grams(units, places)
    grams, firsts, counts = np.unique(rows * len(idf) + columns, return_index=True, return_counts=True)
    by_place = np.argsort(firsts)
    rows, columns = np.divmod(grams[by_place], len(idf))
    weights = (1 + np.log(counts[by_place].astype(np.float32))) * idf[columns]
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(units)))
    weights /= np.maximum(lengths, 1e-9).astype(np.float32)[rows]
    known = places.context.get
    told = [
        (row, at, value)
        for row, unit in enumerate(units)
        for name, value in context(*unit)
        if value and (at := known(name)) is not None
    ]
    more_rows, more_columns, values = np.array(told, dtype=np.float64).reshape(-1, 3).T
    rows = np.concatenate([rows, more_rows.astype(np.int64)])[::-1]
    columns = np.concatenate([columns, more_columns.astype(np.int64)])[::-1]
    order = np.argsort(rows, kind="stable")
    data = np.concatenate([weights, values.astype(np.float32)])[::-1][order]
    borders = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(units)))])
    return csr_matrix((data, columns[order], borders), shape=(len(units), len(idf)), dtype=np.float32)


def _grams(units: Sequence[Unit], places: Places) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return row and column of every known character, pair and word, in the order of `nlp.features.grams`.

    All sentences in one go; counting the grams of each by name took three times as long.
    """
    joined = "\n".join(quieten(text) for text, _ in units)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    pairs = codes[:-1] << 21 | codes[1:]
    at = np.searchsorted(places.pairs[:-1], pairs)
    pair_columns = np.where(places.pairs[at] == pairs, places.pair_columns[at], UNKNOWN)
    known = places.words.get
    word_columns = np.array([known(word, UNKNOWN) for word in cut(joined)], dtype=np.int64)
    borders = np.cumsum(codes == ord("\n"))
    rows = np.concatenate([borders, borders[:-1], np.cumsum(word_columns == BORDER)])
    columns = np.concatenate([places.characters[codes], pair_columns, word_columns])
    return rows[columns >= 0], columns[columns >= 0]


def _softmax(raw: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def dump(model: Model) -> bytes:
    """Return the model as the bytes of an .npz file, the same for the same model."""
    buffer = BytesIO()
    words = json.dumps(list(model.vocabulary), ensure_ascii=False).encode()
    about = json.dumps({"leaf_ids": model.leaf_ids, "data": model.data}).encode()
    np.savez_compressed(
        buffer,
        vocabulary=np.frombuffer(words, dtype=np.uint8),
        about=np.frombuffer(about, dtype=np.uint8),
        idf=model.idf.astype(np.float16),
        weights=model.weights.astype(np.float16),
        intercepts=model.intercepts.astype(np.float32),
    )
    return buffer.getvalue()


def load(data: bytes) -> Model:
    """Return the model of an .npz file."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        words = json.loads(stored["vocabulary"].tobytes())
        about = json.loads(stored["about"].tobytes())
        return Model(
            vocabulary={word: at for at, word in enumerate(words)},
            idf=stored["idf"].astype(np.float32),
            weights=stored["weights"].astype(np.float32),
            intercepts=stored["intercepts"],
            leaf_ids=tuple(about["leaf_ids"]),
            data=about["data"],
        )


@cache
def load_model() -> Model:
    """Return the project's own model, `nlp/data/problems.npz`; `make model` makes it anew."""
    return load(resources.files("nlp.data").joinpath(MODEL_FILE).read_bytes())
