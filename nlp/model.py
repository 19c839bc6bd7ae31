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
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.features import Cues, quieten_lines
from nlp.segment import cut

POLARITIES = ("asserted", "negated", "solved", "measure_implied", "required_of_others", "hypothetical", "none")
SCOPES = ("own_organisation", "lower_level", "leaders_above", "population", "society_law")
MODEL_FILE = "problems.npz"
UNKNOWN, BORDER = -1, -2
LINE_END = ord("\n")
ENDS_CLAUSE = np.zeros(0x10000, dtype=bool)
ENDS_CLAUSE[[ord(mark) for mark in "，。；：、！？\n"]] = True
SHORTEST_CLAUSE = 4  # characters

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
    _leaf_weights: NDArray[np.float32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        leaves = self.weights[:, len(POLARITIES) : len(POLARITIES) + len(self.leaf_ids)]
        object.__setattr__(self, "_leaf_weights", np.ascontiguousarray(leaves))
        object.__setattr__(self, "_places", Places.of(self.vocabulary))

    def scores(self, units: Sequence[Unit]) -> Scores:
        """Return the probabilities of sentences, given as (text, role)."""
        return self.scores_of(Reading(units, self._places))

    def scores_of(self, reading: Reading) -> Scores:
        """Return the probabilities of sentences that were read."""
        raw = reading.sentences(self.idf) @ self.weights + self.intercepts
        first, last = len(POLARITIES), len(POLARITIES) + len(self.leaf_ids)
        return Scores(
            polarity=_softmax(raw[:, :first]),
            leaves=1 / (1 + np.exp(-raw[:, first:last])),
            scope=_softmax(raw[:, last:]),
        )

    def read(self, units: Sequence[Unit]) -> Reading:
        """Return sentences, given as (text, role), as the models see them."""
        return Reading(units, self._places)

    def leaves_of_clauses(self, reading: Reading, told: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the clauses of some sentences, as the place of each one's sentence in `told`, and their leaves' probabilities."""
        owners, matrix = reading.clauses(told, self.idf)
        first, last = len(POLARITIES), len(POLARITIES) + len(self.leaf_ids)
        return owners, 1 / (1 + np.exp(-(matrix @ self._leaf_weights + self.intercepts[first:last])))


class Reading:
    """Sentences as the models see them, all in one go; their clauses are made of the same grams and cues.

    Counting the grams of each by name took three times as long, cutting the clauses once more a third of all.
    """

    def __init__(self, units: Sequence[Unit], places: Places) -> None:
        text = "\n".join([text.replace("\n", " ") for text, _ in units])
        quiet = quieten_lines(text)
        codes = np.frombuffer(quiet.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
        pairs = codes[:-1] << 21 | codes[1:]
        at = np.searchsorted(places.pairs[:-1], pairs)
        pair_columns = np.where(places.pairs[at] == pairs, places.pair_columns[at], UNKNOWN)
        words = cut(quiet)
        known = places.words.get
        word_columns = np.array(list(map(known, words, repeat(UNKNOWN))), dtype=np.int64)
        word_lengths = np.array(list(map(len, words)), dtype=np.int64)
        everywhere = np.arange(len(codes))
        columns = np.concatenate([places.characters[codes], pair_columns, word_columns])
        seen = columns >= 0
        self.columns = columns[seen]
        word_starts = np.cumsum(word_lengths) - word_lengths
        self.starts = np.concatenate([everywhere, everywhere[:-1], word_starts])[seen]  # of each gram, in `quiet`
        self.codes = codes
        self.pairs = (len(codes), len(codes) + len(pairs), seen)
        self.roles = [role for _, role in units]
        self.text, self.places, self.cues = text, places, Cues(text)

    def sentences(self, idf: NDArray[np.float32]) -> Any:
        """Return the matrix of the sentences; see `vectorise`."""
        borders = np.flatnonzero(_codes(self.text) == LINE_END)
        starts, ends = np.append(0, borders + 1), np.append(borders, len(self.text))
        rows = np.cumsum(self.codes == LINE_END)[self.starts] if len(self.codes) else self.starts
        context = self.cues.context(starts, ends, self.roles, self.places.context)
        return _matrix(len(self.roles), rows, self.columns, context, idf)

    def clauses(self, told: Sequence[int], idf: NDArray[np.float32]) -> tuple[NDArray[np.int64], Any]:
        """Return the clauses of sentences with several, as the place of each one's sentence in `told`, and their matrix."""
        codes = _codes(self.text)
        borders = np.flatnonzero(_parts(codes))
        starts, ends = np.append(0, borders + 1), np.append(borders, len(codes))
        sentence = np.cumsum(np.append(0, codes[borders] == LINE_END))
        place = np.full(len(self.roles), -1)
        place[told] = np.arange(len(told))
        long = (ends - starts >= SHORTEST_CLAUSE) & (place[sentence] >= 0)
        several = np.bincount(sentence[long], minlength=len(self.roles)) > 1
        kept = np.flatnonzero(long & several[sentence])
        number = np.full(len(starts), -1)
        number[kept] = np.arange(len(kept))
        parting = _parts(self.codes)
        clause = np.where(parting, -1, number[np.cumsum(parting)])  # of each character of the quiet text
        first, last, seen = self.pairs
        rows = clause[self.starts]
        crossing = np.zeros(len(seen), dtype=bool)
        crossing[first:last] = parting[1:]
        inside = (rows >= 0) & ~crossing[seen]
        owners = sentence[kept]
        roles = [self.roles[at] for at in owners.tolist()]
        context = self.cues.context(starts[kept], ends[kept], roles, self.places.context)
        return place[owners], _matrix(len(kept), rows[inside], self.columns[inside], context, idf)


def vectorise(units: Sequence[Unit], places: Places, idf: NDArray[np.float32]) -> Any:
    """Return a sparse matrix (n × features): grams as 1 + log tf times idf, of unit length; context as it is.

    Within a row, features stand from the last to the first: so sums come out the same, to the last digit, every time.
    """
    return Reading(units, places).sentences(idf)


def _matrix(
    count: int,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    context: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]],
    idf: NDArray[np.float32],
) -> Any:
    from scipy.sparse import csr_matrix

    grams = rows * len(idf) + columns
    order = np.argsort(grams, kind="stable")
    begins = np.flatnonzero(np.diff(grams[order], prepend=-1))
    counts = np.zeros(len(grams), dtype=np.float32)  # how often each stands in its row, where it does so first
    counts[order[begins]] = np.diff(begins, append=len(grams))
    firsts = np.flatnonzero(counts)
    firsts = firsts[np.argsort(rows[firsts], kind="stable")]
    rows, columns = rows[firsts], columns[firsts]
    weights = (1 + np.log(counts[firsts])) * idf[columns]
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=count))
    weights /= np.maximum(lengths, 1e-9).astype(np.float32)[rows]
    more_rows, more_columns, values = context
    of_row, more_of_row = np.bincount(rows, minlength=count), np.bincount(more_rows, minlength=count)
    borders = np.concatenate([[0], np.cumsum(of_row + more_of_row)])
    # a row is filled from its end: i-th gram, i-th feature of context behind them
    slots = (borders[1:] - 1 + np.cumsum(of_row) - of_row)[rows] - np.arange(len(rows))
    more = (borders[1:] - 1 - of_row + np.cumsum(more_of_row) - more_of_row)[more_rows] - np.arange(len(more_rows))
    data, indices = np.empty(borders[-1], dtype=np.float32), np.empty(borders[-1], dtype=np.int32)
    data[slots], data[more] = weights, values
    indices[slots], indices[more] = columns, more_columns
    return csr_matrix((data, indices, borders.astype(np.int32)), shape=(count, len(idf)))


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _parts(codes: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which characters end a clause."""
    return ENDS_CLAUSE[np.minimum(codes, len(ENDS_CLAUSE) - 1)]


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
