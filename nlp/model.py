"""The problem classifier as plain arrays: trained by scikit-learn, stored without pickle, applied to many sentences at once.

Linear models share one feature space: the polarity of a sentence (asserted, … , none), its scope, and its leaves (one against
the rest). They are asked one after the other: leaves and scope only of sentences that name a problem. What a sentence or a
clause scores is a sum over its grams, divided by their length as a vector. `nlp.train` makes the models.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import resources
from io import BytesIO
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from nlp.features import SIGNS_OF_KIND, SIGNS_OF_LENGTH, Clauses, Grams, Reading

POLARITIES = ("asserted", "negated", "solved", "measure_implied", "required_of_others", "hypothetical", "none")
SCOPES = ("own_organisation", "lower_level", "leaders_above", "population", "society_law")
MODEL_FILE = "problems.npz"
ARRAYS = ("polarity", "edges", "signs", "polarity_intercepts", "leaves", "cues", "leaf_signs", "leaf_intercepts")

# Log odds of a leaf by its distance and by that of the best one; fitted on files left out in turn
OWN, BEST, OFFSET = 5.75, 1.5, 1.8
FARTHEST = 80  # log odds, beyond which single floats do not reach

Floats = NDArray[np.float32]
Unit = tuple[str, str]  # text and role of a sentence
# Their sentences, their leaves, and what tells which are short lacks
OfClauses = tuple[list[int], Floats, Callable[[], list[bool]]]


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
    # What signs add to polarities and to leaves and scopes, with the intercepts; where the weights of each kind of edge begin
    _of_signs: tuple[Floats, Floats] = field(init=False, repr=False, compare=False)
    _cues: Floats = field(init=False, repr=False, compare=False)  # and, behind them, one that weighs nothing
    _first_edges: NDArray[np.int64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        signs = (
            _of_signs(self.signs, self.polarity_intercepts),
            _of_signs(self.leaf_signs, self.leaf_intercepts),
        )
        edges = np.arange(len(self.edges))[:, None] * len(self.grams)
        cues = np.pad(self.cues, ((0, 1), (0, 0)))
        for name, value in (("_of_signs", signs), ("_cues", cues), ("_first_edges", edges)):
            object.__setattr__(self, name, value)

    def read(self, units: Sequence[Unit]) -> Reading:
        """Return sentences, given as (text, role), as the models see them."""
        return Reading([text for text, _ in units], [role for _, role in units], self.grams)

    def polarities(self, reading: Reading) -> Floats:
        """Return the probabilities of the polarities of sentences (n × 7)."""
        raw = _divided(np.add.reduceat(_weights(self.polarity, reading), reading.starts, axis=0))
        raw += self._of_signs[0].take(reading.signs_at, axis=0)
        edges = reading.edges()
        edges += self._first_edges
        raw += np.add.reduce(self.edges.reshape(-1, raw.shape[1]).take(edges, axis=0))
        return _softmax(raw)

    def leaves_and_scopes(self, reading: Reading) -> tuple[Floats, Floats, OfClauses]:
        """Return the probabilities of leaves of sentences, what speaks for each scope, and of clauses: their sentences, leaves, and which are short lacks.

        Only sentences of several clauses have any.
        """
        many, count, clauses = len(self.leaf_ids), len(reading), reading.clauses()
        weights = _weights(self.leaves, reading)
        of_clauses = np.add.reduceat(weights, clauses.starts, axis=0)  # each with the mark behind it
        of_sentences = np.add.reduceat(of_clauses, clauses.firsts, axis=0)
        parts = of_clauses.take(clauses.kept, axis=0)
        parts -= weights.take([clauses.ends[one] for one in clauses.kept], axis=0)
        owners = [clauses.whose[one] for one in clauses.kept]
        signs = self._of_signs[1].take(reading.signs_at, axis=0)
        raw = _divided(np.concatenate([of_sentences, parts]))
        raw[:count] += signs
        raw[count:] += signs.take(owners, axis=0)
        raw += self._of_cues(reading, clauses)
        chances = _chances(raw[:, :many])
        return chances[:count], raw[:count, many:], (owners, chances[count:], partial(reading.short_lacks, clauses))

    def _of_cues(self, reading: Reading, clauses: Clauses) -> Floats:
        """Return the sums of the weights of the cues of sentences and, behind them, of clauses kept; one told twice counts once."""
        told, firsts = reading.cues_of(clauses), clauses.firsts
        rows = [set().union(*told[first:end]) for first, end in zip(firsts, [*firsts[1:], None], strict=True)]
        rows += [told[clause] for clause in clauses.kept]
        nothing = len(self.cues)  # what weighs nothing: no row is empty
        weights = self._cues.take([column for row in rows for column in (nothing, *row)], axis=0)
        begins = [0, *accumulate(len(row) + 1 for row in rows)]
        sums: Floats = np.add.reduceat(weights, begins[:-1], axis=0)
        return sums


def _weights(weights: Floats, reading: Reading) -> Floats:
    """Return the weights of the character at each place with those of the pair that it opens."""
    of_places: Floats = weights.take(reading.characters, axis=0)
    of_places += weights.take(reading.pairs, axis=0)
    return of_places


def _of_signs(weights: Floats, intercepts: Floats) -> Floats:
    """Return what the signs of each kind and length of sentences weigh, with the intercepts; see `Reading.signs_at`."""
    kinds, lengths = SIGNS_OF_KIND @ weights + intercepts, SIGNS_OF_LENGTH @ weights
    return (kinds[:, None] + lengths).reshape(-1, weights.shape[1])


def _divided(sums: Floats) -> Floats:
    """Return sums of weights divided by the length of the vector, whose square is the last of them."""
    lengths: Floats = np.sqrt(np.maximum(sums[:, -1:], 1e-6))
    return sums[:, :-1] / lengths


def _softmax(raw: Floats) -> Floats:
    most: Floats = np.maximum.reduce(raw, axis=1, keepdims=True)
    powers: Floats = np.exp(raw - most)
    powers /= np.add.reduce(powers, axis=1, keepdims=True)
    return powers


def _chances(distances: Floats) -> Floats:
    """Return the probabilities of leaves by how far a sentence lies from their borders, less what the best of them claims."""
    best: Floats = np.maximum.reduce(distances, axis=1, keepdims=True)
    odds: Floats = OWN * distances
    odds -= BEST * best - OFFSET
    powers: Floats = np.exp(np.minimum(-odds, FARTHEST))
    powers += 1
    return np.reciprocal(powers, out=powers)


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
