"""Which sentences of many documents are nearly the same: shingles, MinHash signatures, bands.

A sentence is looked at without marks and blanks, every number in it being one sign, so that a changed figure, a changed
year or a masked name hides no copy. Its shingles are three characters long. `rensa` makes a MinHash of them (sixteen
slots); sentences that agree in all three slots of one of five bands become candidates. The bands are sorted arrays:
the library's own table keeps an object for every sentence, which fifteen million of them do not allow.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

SHINGLE = 3  # characters
LEAST = 10  # characters of a sentence that is compared
SLOTS = 16
BANDS, ROWS = 5, 3  # two sentences of which one word in twelve was replaced (.7 alike) meet in 88 of 100 cases
SEED = 20041
ALL_PAIRS = 12  # sentences in one band: of more, each is paired with its neighbours and the first
CROWD = 40  # sentences in one band, from which on one such sentence alone makes no candidates
BATCH = 400_000  # characters

_DROPPED, _BREAK, _NUMBER, _FIRST = 0, 1, 2, 3
_BREAKS = "。！？!?；;\n\r\x0b\x0c\u2028\u2029\x00"
_NUMERALS = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
_MASKS = "×✕╳○●□■▒＊*Ｘ"
_P = np.uint64(1_000_003)
_MIX = np.uint64(0x9E3779B97F4A7C15)

Codes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


class Unit(NamedTuple):
    """A sentence: its place in the text, and its characters as they are compared."""

    start: int
    end: int
    plain: str


class Reading(NamedTuple):
    """A text as it is compared: its characters, where each stands, and of each sentence the first and the length."""

    codes: Codes
    places: Numbers
    first: Numbers
    lengths: Numbers

    @property
    def plain(self) -> str:
        """Return the characters, without breaks."""
        return self.codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    @property
    def starts(self) -> list[int]:
        """Return with which of the characters each sentence begins that is long enough."""
        return self.first[self.lengths >= LEAST].tolist()

    def units(self) -> list[Unit]:
        """Return the sentences that are long enough to be compared, in order."""
        plain = self.plain
        long = self.lengths >= LEAST
        low = self.first[long]
        high = low + self.lengths[long]
        places = zip(self.places[low].tolist(), (self.places[high - 1] + 1).tolist(), strict=True)
        bounds = zip(low.tolist(), high.tolist(), strict=True)
        return [Unit(start, end, plain[first:last]) for (start, end), (first, last) in zip(places, bounds, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """The sentences of a collection that are long enough, in order: the place of each one's document, its length, its bands."""

    documents: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int32]
    bands: npt.NDArray[np.uint32]  # (BANDS, sentences)
    first: Numbers  # of each document the place of its first sentence, and one past the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs of sentences that may be alike, by document: (document, other, sentence, other sentence), sorted.

    Sentences are counted within their document, among those that are long enough.
    """

    documents: npt.NDArray[np.int32]
    others: npt.NDArray[np.int32]
    sentences: npt.NDArray[np.int32]
    other_sentences: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.documents)

    def by_pair(self) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
        """Yield (document, other, pairs of sentences) for every pair of documents."""
        if not len(self):
            return
        change = np.flatnonzero((np.diff(self.documents) != 0) | (np.diff(self.others) != 0)) + 1
        for low, high in pairwise([0, *change.tolist(), len(self)]):
            seeds = zip(self.sentences[low:high].tolist(), self.other_sentences[low:high].tolist(), strict=True)
            yield int(self.documents[low]), int(self.others[low]), list(seeds)


def units_of(text: str) -> list[Unit]:
    """Return the sentences of a text that are long enough to be compared, in order."""
    return read(text).units()


def grams_of(plain: str, size: int = SHINGLE) -> set[str]:
    """Return the shingles of a sentence."""
    return {plain[at : at + size] for at in range(len(plain) - size + 1)}


def frequent_grams(texts: Iterable[str], size: int, least: int) -> Hashes:
    """Return the hashes of stretches of `size` characters that stand in at least so many of the texts, sorted."""
    parts = [np.unique(gram_hashes(read(text).codes, size)) for text in texts]
    if not parts:
        return np.empty(0, np.uint64)
    hashes, counts = np.unique(np.concatenate(parts), return_counts=True)
    return hashes[counts >= least]


def gram_hashes(codes: Codes, size: int) -> Hashes:
    """Return the hashes of the stretches of `size` characters; they run over the marks between sentences."""
    count = len(codes) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    hashes = np.zeros(count, np.uint64)
    wide = codes.astype(np.uint64)
    for at in range(size):
        hashes *= _P
        hashes += wide[at : at + count]
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(32)
    return hashes


def bands_of(texts: Iterable[str]) -> Bands:
    """Return the bands of the sentences of documents."""
    documents: list[npt.NDArray[np.int32]] = []
    lengths: list[npt.NDArray[np.int32]] = []
    bands: list[npt.NDArray[np.uint32]] = []
    counts: list[Numbers] = []
    number = 0
    for batch in _batches(texts):
        of, long, made = _bands_of_batch(batch)
        documents.append(of + np.int32(number))
        lengths.append(long)
        bands.append(made)
        counts.append(np.bincount(of, minlength=len(batch)))
        number += len(batch)
    if not number:
        none = np.empty(0, np.int32)
        return Bands(documents=none, lengths=none, bands=np.empty((BANDS, 0), np.uint32), first=np.zeros(1, np.int64))
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(counts))])
    return Bands(
        documents=np.concatenate(documents),
        lengths=np.concatenate(lengths),
        bands=np.concatenate(bands, axis=1),
        first=first,
    )


def candidates(found: Bands, least: int) -> Candidates:
    """Return the pairs of sentences to be compared: of documents whose sentences in common have `least` characters.

    Where many sentences meet (a standing phrase, or a paper copied by many), a pair of documents must meet in two.
    """
    pairs, crowded = [], []
    for band in found.bands:
        one, other, is_crowd = _pairs(band)
        own = found.documents[one] != found.documents[other]
        pairs.append((one[own].astype(np.uint64) << np.uint64(32)) | other[own].astype(np.uint64))
        crowded.append(is_crowd[own])
    joined, at = np.unique(np.concatenate(pairs), return_index=True)
    is_crowd = np.concatenate(crowded)[at]
    one = (joined >> np.uint64(32)).astype(np.int64)
    other = (joined & np.uint64(0xFFFFFFFF)).astype(np.int64)
    of_one, of_other = found.documents[one], found.documents[other]
    order = np.lexsort((other, one, of_other, of_one))
    one, other = one[order], other[order]
    of_one, of_other, is_crowd = of_one[order], of_other[order], is_crowd[order]
    if not len(one):
        none = np.empty(0, np.int32)
        return Candidates(documents=none, others=none, sentences=none, other_sentences=none)
    starts = np.concatenate(([0], np.flatnonzero((np.diff(of_one) != 0) | (np.diff(of_other) != 0)) + 1))
    sizes = np.diff(np.concatenate((starts, [len(one)])))
    shared = np.add.reduceat(np.minimum(found.lengths[one], found.lengths[other]), starts)
    alone = np.add.reduceat((~is_crowd).astype(np.int64), starts)
    wanted = np.repeat((shared >= least) & ((alone > 0) | (sizes > 1)), sizes)
    one, other = one[wanted], other[wanted]
    return Candidates(
        documents=of_one[wanted],
        others=of_other[wanted],
        sentences=(one - found.first[of_one[wanted]]).astype(np.int32),
        other_sentences=(other - found.first[of_other[wanted]]).astype(np.int32),
    )


def read(text: str) -> Reading:
    """Return the characters of a text that count."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = _table()
    if len(raw) and raw.max() >= len(table):
        signs = np.where(raw < len(table), table[np.minimum(raw, len(table) - 1)], raw)
    else:
        signs = table[raw]
    places = np.flatnonzero(signs > _BREAK)
    codes = signs[places]
    sentence = np.cumsum(signs == _BREAK)[places]
    again = (codes[1:] == _NUMBER) & (codes[:-1] == _NUMBER) & (sentence[1:] == sentence[:-1])
    if again.any():
        kept = np.concatenate(([True], ~again))
        codes, places, sentence = codes[kept], places[kept], sentence[kept]
    if not len(codes):
        none = np.empty(0, np.int64)
        return Reading(codes, places, none, none)
    first = np.concatenate(([0], np.flatnonzero(np.diff(sentence)) + 1))
    lengths = np.diff(np.concatenate((first, [len(codes)])))
    return Reading(codes, places, first, lengths)


@cache
def _table() -> Codes:
    """Return for each character of the first plane what it counts as: nothing, a break, a number, or a character."""
    table = np.zeros(0x10000, np.uint32)
    for code in range(0x10000):
        char = chr(code)
        if char in _BREAKS:
            table[code] = _BREAK
        elif char in _MASKS:
            table[code] = _DROPPED
        elif char.isdigit() or char in _NUMERALS:
            table[code] = _NUMBER
        elif char.isalnum():
            plain = unicodedata.normalize("NFKC", char).lower() if code > 0xFEFF or code < 0x250 else char
            table[code] = ord(plain) if len(plain) == 1 else code
    return table


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch, size = [], 0
    for text in texts:
        batch.append(text)
        size += len(text) + 1
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _bands_of_batch(
    texts: Sequence[str],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint32]]:
    """Return for each sentence its document, its length and its bands."""
    from rensa import RMinHash  # late: only reuse needs it

    made = read("\n".join(texts))
    ends = np.cumsum([len(text) + 1 for text in texts])
    long = made.lengths >= LEAST
    lengths = made.lengths[long]
    if not len(lengths):
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty((BANDS, 0), np.uint32)
    documents = np.searchsorted(ends, made.places[made.first[long]], side="right")
    hashes = gram_hashes(made.codes, SHINGLE)
    counts = lengths - (SHINGLE - 1)
    offsets = np.concatenate(([0], np.cumsum(counts)))
    at = np.arange(offsets[-1]) + np.repeat(made.first[long] - offsets[:-1], counts)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        np.ascontiguousarray(hashes[at]), offsets.astype(np.uint64), SLOTS, SEED
    )
    rows = np.array(matrix.to_rows(), np.uint64)
    bands = np.empty((BANDS, len(lengths)), np.uint32)
    for band in range(BANDS):
        key = np.full(len(lengths), band + 1, np.uint64)
        for row in range(ROWS):
            key = (key ^ rows[:, band * ROWS + row]) * _MIX
            key ^= key >> np.uint64(31)
        bands[band] = (key >> np.uint64(32)).astype(np.uint32)
    return documents.astype(np.int32), lengths.astype(np.int32), bands


def _pairs(band: npt.NDArray[np.uint32]) -> tuple[Numbers, Numbers, npt.NDArray[np.bool_]]:
    """Return the pairs of sentences, the first before the second, that meet in a band, and whether many meet there."""
    order = np.argsort(band, kind="stable")
    values = band[order]
    starts = np.concatenate(([0], np.flatnonzero(np.diff(values)) + 1)) if len(values) else np.empty(0, np.int64)
    sizes = np.diff(np.concatenate((starts, [len(values)])))
    ones, others, crowds = [], [], []
    for size in range(2, ALL_PAIRS + 1):
        groups = starts[sizes == size]
        low, high = np.triu_indices(size, 1)
        ones.append(order[(groups[:, None] + low).ravel()])
        others.append(order[(groups[:, None] + high).ravel()])
        crowds.append(np.zeros(len(ones[-1]), bool))
    large = sizes > ALL_PAIRS
    first = np.repeat(starts[large], sizes[large])
    count = np.repeat(sizes[large], sizes[large])
    within = np.arange(len(first)) - np.repeat(np.cumsum(sizes[large]) - sizes[large], sizes[large])
    for step in (1, 2):
        has = within + step < count
        ones.append(order[(first + within)[has]])
        others.append(order[(first + within + step)[has]])
        crowds.append(count[has] >= CROWD)
    has = within > 2
    ones.append(order[first[has]])
    others.append(order[(first + within)[has]])
    crowds.append(count[has] >= CROWD)
    return np.concatenate(ones), np.concatenate(others), np.concatenate(crowds)
