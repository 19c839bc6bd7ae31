"""The problem classifier as plain arrays: trained by scikit-learn, stored without pickle, applied to a batch of sentences.

Three linear models share one feature space: the polarity of a sentence (asserted, … , none), its leaves (one against the
rest), and the scope. `train` makes them from labelled sentences; the file holds vocabulary, weights and a digest of the data.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.features import context, grams

POLARITIES = ("asserted", "negated", "solved", "measure_implied", "required_of_others", "hypothetical", "none")
SCOPES = ("own_organisation", "lower_level", "leaders_above", "population", "society_law")
MODEL_FILE = "problems.npz"

Unit = tuple[str, str]  # text and role of a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Probabilities of a batch: polarity (n × 7), leaves (n × number of leaves), scope (n × 5)."""

    polarity: NDArray[np.float32]
    leaves: NDArray[np.float32]
    scope: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Vocabulary, weights and what they were made from."""

    vocabulary: dict[str, int]
    idf: NDArray[np.float32]  # 1 for context features, which come after the grams
    weights: NDArray[np.float32]  # features × outputs
    intercepts: NDArray[np.float32]
    leaf_ids: tuple[str, ...]
    data: str  # sha256 of the labelled sentences

    def scores(self, units: Sequence[Unit]) -> Scores:
        """Return the probabilities of sentences, given as (text, role)."""
        matrix = vectorise(units, self.vocabulary, self.idf)
        raw = matrix @ self.weights + self.intercepts
        first, last = len(POLARITIES), len(POLARITIES) + len(self.leaf_ids)
        return Scores(
            polarity=_softmax(raw[:, :first]),
            leaves=1 / (1 + np.exp(-raw[:, first:last])),
            scope=_softmax(raw[:, last:]),
        )


def vectorise(units: Sequence[Unit], vocabulary: dict[str, int], idf: NDArray[np.float32]) -> Any:
    """Return a sparse matrix (n × features): grams as 1 + log tf times idf, of unit length; context as it is."""
    from scipy.sparse import csr_matrix

    places: list[int] = []
    counts: list[int] = []
    told: list[int] = []
    values: list[float] = []
    sizes: list[int] = []
    extras: list[int] = []
    known = vocabulary.get
    for (text, role), seen in zip(units, grams(text for text, _ in units), strict=True):
        found = Counter(map(known, seen))
        found.pop(None, None)
        places += found
        counts += found.values()
        sizes.append(len(found))
        here = [(at, value) for name, value in _named(text, role) if value and (at := known(name)) is not None]
        told += [at for at, _ in here]
        values += [value for _, value in here]
        extras.append(len(here))
    columns = np.array(places, dtype=np.int32)
    weights = (1 + np.log(np.array(counts, dtype=np.float32))) * idf[columns]
    rows = np.repeat(np.arange(len(units)), sizes)
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(units)))
    weights /= np.maximum(lengths, 1e-9).astype(np.float32)[rows]
    shape = (len(units), len(vocabulary))
    seen = csr_matrix((weights, columns, np.concatenate([[0], np.cumsum(sizes)])), shape=shape, dtype=np.float32)
    around = csr_matrix((values, told, np.concatenate([[0], np.cumsum(extras)])), shape=shape, dtype=np.float32)
    return seen + around


def _named(text: str, role: str) -> list[tuple[str, float]]:
    return [("c:" + name, value) for name, value in context(text, role)]


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
