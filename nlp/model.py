"""The problem classifier as plain arrays: trained by scikit-learn, stored without pickle, applied to many sentences at once.

Linear models share one feature space: the polarity of a sentence (asserted, … , none), its scope, and its leaves (one against
the rest). They are asked one after the other: leaves and scope only of sentences that name a problem. What a sentence or a
clause scores is a sum over its grams, divided by their length as a vector. `nlp.train` makes the models.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from nlp.features import Grams, Reading

POLARITIES = ("asserted", "negated", "solved", "measure_implied", "required_of_others", "hypothetical", "none")
SCOPES = ("own_organisation", "lower_level", "leaders_above", "population", "society_law")
MODEL_FILE = "problems.npz"
ARRAYS = ("polarity", "edges", "signs", "polarity_intercepts", "leaves", "cues", "leaf_signs", "leaf_intercepts")

# Log odds of a leaf by its distance and by that of the best one; fitted on files left out in turn
OWN, BEST, OFFSET = 5.75, 1.5, 1.44

Floats = NDArray[np.float32]
Unit = tuple[str, str]  # text and role of a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Grams, weights and what they were made from. The last column of `polarity` and of `leaves` holds the squares of idf."""

    grams: Grams
    polarity: Floats  # grams × (7 + 1), idf being part of the weights
    edges: Floats  # kinds of edges × grams × 7
    signs: Floats  # of `Reading.signs` × 7
    polarity_intercepts: Floats
    leaves: Floats  # grams × (leaves + scopes + 1)
    cues: Floats  # of `Reading.cues` × (leaves + scopes)
    leaf_signs: Floats  # of `Reading.signs` × (leaves + scopes)
    leaf_intercepts: Floats  # leaves + scopes
    leaf_ids: tuple[str, ...]
    data: str  # sha256 of the labelled sentences

    def read(self, units: Sequence[Unit]) -> Reading:
        """Return sentences, given as (text, role), as the models see them."""
        return Reading([text for text, _ in units], [role for _, role in units], self.grams)

    def polarities(self, reading: Reading) -> Floats:
        """Return the probabilities of the polarities of sentences (n × 7)."""
        raw = _sums(_weights(self.polarity, reading), 2 * reading.starts)
        raw += reading.signs @ self.signs + self.polarity_intercepts
        for kind, columns in enumerate(reading.edges()):
            raw += self.edges[kind].take(columns, axis=0)
        return _softmax(raw)

    def leaves_and_scopes(self, reading: Reading) -> tuple[Floats, Floats, tuple[NDArray[np.int64], Floats]]:
        """Return the probabilities of leaves and scopes of sentences, and those of leaves of clauses with the clauses' sentences.

        Only sentences of several clauses have any.
        """
        many = len(self.leaf_ids)
        weights = _weights(self.leaves, reading)
        sentences, clauses, columns = reading.cues()
        signs = reading.signs @ self.leaf_signs + self.leaf_intercepts
        raw = _sums(weights, 2 * reading.starts) + signs + self._told(sentences, columns, len(reading))
        owners, places, borders = reading.clauses()
        parts = np.zeros((0, many), dtype=np.float32)
        if len(owners):
            row = np.full(max(places[-1], clauses.max(initial=0)) + 1, -1)
            row[places] = np.arange(len(places))
            inside = row[clauses] >= 0
            cues = self._told(row[clauses[inside]], columns[inside], len(owners))
            parts = _sums(weights, 2 * borders)[::2] + cues + signs[owners]
        return _chances(raw[:, :many]), _softmax(raw[:, many:]), (owners, _chances(parts[:, :many]))

    def _told(self, rows: NDArray[np.int64], columns: NDArray[np.int64], count: int) -> Floats:
        """Return the sums of the weights of what is told in rows; what is told twice in one counts once."""
        pairs = np.unique(rows * len(self.cues) + columns)
        told = np.zeros((count, self.cues.shape[1]), dtype=np.float32)
        firsts = np.flatnonzero(np.diff(pairs // len(self.cues), prepend=-1))
        if len(firsts):
            weights = self.cues.take(pairs % len(self.cues), axis=0)
            told[pairs[firsts] // len(self.cues)] = np.add.reduceat(weights, firsts, axis=0)
        return told


def _weights(weights: Floats, reading: Reading) -> Floats:
    """Return the weights of the character at each place and of the pair that it opens, one after the other."""
    return weights.take(reading.columns.ravel(), axis=0)


def _sums(weights: Floats, borders: NDArray[np.int64]) -> Floats:
    """Return the sums of weights between borders, divided by the length of the vector, whose square is the last of them."""
    sums: Floats = np.add.reduceat(weights, borders, axis=0)
    lengths: Floats = np.sqrt(np.maximum(sums[:, -1:], 1e-6))
    return sums[:, :-1] / lengths


def _softmax(raw: Floats) -> Floats:
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _chances(distances: Floats) -> Floats:
    """Return the probabilities of leaves by how far a sentence lies from their borders, less what the best of them claims."""
    if not len(distances):
        return distances
    odds = OWN * distances - BEST * distances.max(axis=1, keepdims=True) + OFFSET
    return (1 / (1 + np.exp(-odds))).astype(np.float32)


def dump(model: Model) -> bytes:
    """Return the model as the bytes of an .npz file, the same for the same model."""
    buffer = BytesIO()
    names = "\n".join(model.grams.names).encode()
    about = json.dumps({"leaf_ids": model.leaf_ids, "data": model.data}).encode()
    np.savez_compressed(
        buffer,
        names=np.frombuffer(names, dtype=np.uint8),
        about=np.frombuffer(about, dtype=np.uint8),
        **{name: getattr(model, name).astype(np.float16) for name in ARRAYS},
    )
    return buffer.getvalue()


def load(data: bytes) -> Model:
    """Return the model of an .npz file."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        about = json.loads(stored["about"].tobytes())
        grams = Grams(tuple(stored["names"].tobytes().decode().split("\n")))
        arrays = {name: stored[name].astype(np.float32) for name in ARRAYS}
    return Model(grams=grams, leaf_ids=tuple(about["leaf_ids"]), data=about["data"], **arrays)


@cache
def load_model() -> Model:
    """Return the project's own model, `nlp/data/problems.npz`; `make model` makes it anew."""
    return load(resources.files("nlp.data").joinpath(MODEL_FILE).read_bytes())
