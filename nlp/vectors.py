"""Vectors of characters and pairs of characters: what words they are like. Used to train the problem classifier, not to read.

`python -m nlp.vectors words.vector` makes corpus/vectors/words.npz out of a file of word2vec; see corpus/vectors/README.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.train import FOLDER, VECTORS, count_grams, read_labelled

WORD = re.compile("[\u4e00-\u9fff]{1,2}")
FREQUENT = 40_000  # of the words, which stand in the order of their frequency


def main(arguments: Sequence[str] = sys.argv[1:]) -> None:
    """Write the vectors of the frequent words, and of those in labelled sentences, as small integers."""
    known = count_grams(read_labelled(FOLDER.glob("*.csv")))
    kept: dict[str, NDArray[np.float32]] = {}
    for at, (word, vector) in enumerate(read_word2vec(Path(arguments[0]).read_bytes())):
        if WORD.fullmatch(word) and word not in kept and (len(word) == 1 or at < FREQUENT or known[word]):
            kept[word] = vector
    words = sorted(kept)
    rows: Any = np.array([kept[word] for word in words])
    small = np.round(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)
    target = FOLDER.parent / VECTORS
    np.savez_compressed(target, words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8), vectors=small)
    print(f"{len(words)} words: {target}")


def read_word2vec(data: bytes) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield the words of a binary file of word2vec and their vectors, in its order."""
    end = data.index(b"\n")
    count, width = map(int, data[:end].split())
    at = end + 1
    for _ in range(count):
        space = data.index(b" ", at)
        yield data[at:space].decode("utf-8", "replace").strip("\n"), np.frombuffer(data, np.float32, width, space + 1)
        at = space + 1 + 4 * width


if __name__ == "__main__":
    main()
