"""The classifier of quoted words: is “田埂法庭” a name, and of what kind, or a slogan, a policy, a figure of speech?

It sees the words, what stands around them and nothing else, and is asked only where the rules of `nlp.quoted_names` say
nothing. Trained on corpus/labelled_names (`make model`), stored as plain arrays.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import resources
from io import BytesIO
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

NO_NAME = "none"
OUTPUTS = ("campaign", "programme", "brand", "honour", "event", "body", NO_NAME)
MODEL_FILE = "names.npz"
COLUMNS = ["source", "before", "words", "after", "label"]
REACH = 12  # characters before and behind that count
LEAST_ROWS = 2  # a feature of fewer rows says nothing
INVERSE_REGULARISATION = 3.0
_DIGITS = re.compile(r"[0-9]+")
_NUMERALS = frozenset("0123456789")
_MARKS = "“”《》"
_SORTS = (
    "bx",
    "ax",
    "g",
    "u",
    "b1",
    "b2",
    "b3",
    "b4",
    "a1",
    "a2",
    "a3",
    "i1",
    "i2",
    "e1",
    "e2",
    "e3",
    "open",
    "long",
    "comma",
)
_LENGTHS = tuple(map(str, range(13)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Quoted words in their surroundings; `label` is a kind of activity, or what else they are (slogan, policy, figure …)."""

    source: str
    before: str
    words: str
    after: str
    label: str

    @property
    def output(self) -> str:
        return self.label if self.label in OUTPUTS else NO_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class NameModel:
    """The columns of the features, their weights for each of OUTPUTS, and a digest of the rows they were made from."""

    columns: dict[str, int]
    weights: NDArray[np.float32]  # (features + 1) × outputs, the intercepts last
    data: str
    _column: tuple[Callable[[str], int | None], ...] = field(init=False, repr=False)  # of a name, by its first word

    def __post_init__(self) -> None:
        by_sort: dict[str, dict[str, int]] = {sort: {} for sort in _SORTS}
        for name, column in self.columns.items():
            sort, _, rest = name.partition(" ")
            by_sort.setdefault(sort, {})[rest] = column
        object.__setattr__(self, "_column", tuple(by_sort[sort].get for sort in _SORTS))

    def scores(self, places: Sequence[tuple[str, str, str]]) -> NDArray[np.float32]:
        """Return the probabilities (n × outputs) of words, each given as (before, words, after)."""
        if not places:
            return np.empty((0, len(OUTPUTS)), dtype=np.float32)
        columns: list[int] = []
        starts = []
        for place in places:
            starts.append(len(columns))
            columns.append(len(self.columns))
            columns += self.columns_of(*place)
        raw = np.add.reduceat(self.weights.take(columns, axis=0), starts)
        powers: NDArray[np.float32] = np.exp(raw - raw.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def columns_of(self, before: str, words: str, after: str) -> list[int]:
        """Return the columns of the features of a place: those of `features`, without making their names."""
        before, after, inner = _cut(before, words, after)
        near = before[-8:]
        (
            bx, ax, g, u, b1, b2, b3, b4, a1, a2, a3, i1, i2, e1, e2, e3, opens, long, comma,
        ) = self._column  # fmt: skip
        found: dict[Any, None] = dict.fromkeys((
            *map(bx, map(add, near, near[1:])),
            *map(ax, map(add, after, after[1:])),
            *map(g, map(add, inner, inner[1:])),
            *map(u, inner),
            b1(before[-1:]),
            b2(before[-2:]),  # of fewer characters, there is none of that name; so of the next two
            b3(before[-3:]),
            b4(before[-4:]),
            a1(after[:1]),
            a2(after[:2]),
            a3(after[:3]),
            i1(inner[:1]),
            i2(inner[:2]),
            e1(inner[-1:]),
            e2(inner[-2:]),
            e3(inner[-3:]),
            opens(words[:1]),
            long(_LENGTHS[min(len(inner), 12)]),
            comma("") if "、" in inner or "，" in inner else None,
        ))  # fmt: skip
        found.pop(None, None)
        return list(found)  # each once, in order


def features(before: str, words: str, after: str) -> set[str]:
    """Return the names of what the classifier sees: edges and pairs of characters inside, before and behind."""
    before, after, inner = _cut(before, words, after)
    near = before[-8:]
    seen = {"bx " + near[at : at + 2] for at in range(len(near) - 1)}
    seen.update(["ax " + after[at : at + 2] for at in range(len(after) - 1)])
    seen.update(["g " + inner[at : at + 2] for at in range(len(inner) - 1)])
    seen.update(["u " + one for one in inner])
    seen.update([f"b{n} {before[-n:]}" for n in (1, 2, 3, 4) if len(before) >= n])
    seen.update(
        (
            "open " + words[:1],
            f"long {min(len(inner), 12)}",
            "a1 " + after[:1],
            "a2 " + after[:2],
            "a3 " + after[:3],
            "i1 " + inner[:1],
            "i2 " + inner[:2],
            "e1 " + inner[-1:],
            "e2 " + inner[-2:],
            "e3 " + inner[-3:],
        )
    )
    if "、" in inner or "，" in inner:
        seen.add("comma")
    return seen


def _cut(before: str, words: str, after: str) -> tuple[str, str, str]:
    """Return what counts before and behind, numbers as 0, and the words without their marks."""
    before, after = before[-REACH:], after[:REACH]
    if not _NUMERALS.isdisjoint(before):
        before = _DIGITS.sub("0", before)
    if not _NUMERALS.isdisjoint(after):
        after = _DIGITS.sub("0", after)
    return before, after, words.strip(_MARKS)


def read_labelled_names(paths: Iterable[Path]) -> list[Labelled]:
    """Return the rows of CSV files with the columns source, before, words, after, label, in order of their words."""
    found = []
    for path in sorted(paths):
        with path.open(encoding="utf-8", newline="") as lines:
            found += [Labelled(**row) for row in csv.DictReader(lines)]
    return sorted(found, key=lambda row: (row.words, row.before, row.after, row.source))


def digest(rows: Iterable[Labelled]) -> str:
    """Return the sha256 of rows and labels."""
    return sha256("\n".join(map(repr, rows)).encode()).hexdigest()


def train_names(rows: Sequence[Labelled]) -> NameModel:
    """Return the model of the quoted rows: one multinomial regression; the same rows give the same model."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    quoted = [row for row in rows if row.words.startswith("“")]
    seen = [sorted(features(row.before, row.words, row.after)) for row in quoted]
    counts = Counter(name for names in seen for name in names)
    columns = {name: at for at, name in enumerate(sorted(n for n, count in counts.items() if count >= LEAST_ROWS))}
    places = list(_places(seen, columns))
    shape = (len(quoted), len(columns))
    matrix = csr_matrix(([1.0] * len(places), tuple(zip(*places, strict=True))), shape=shape)
    labels = [OUTPUTS.index(row.output) for row in quoted]
    model: Any = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000, tol=1e-3).fit(matrix, labels)
    weights = np.full((len(columns) + 1, len(OUTPUTS)), 0, dtype=np.float32)
    weights[-1] = -20  # of an output that no row has
    weights[:-1, model.classes_] = model.coef_.T
    weights[-1, model.classes_] = model.intercept_
    return NameModel(columns=columns, weights=weights, data=digest(rows))


def _places(seen: Sequence[Sequence[str]], columns: dict[str, int]) -> Iterator[tuple[int, int]]:
    for row, names in enumerate(seen):
        yield from ((row, columns[name]) for name in names if name in columns)


def dump_names(model: NameModel) -> bytes:
    """Return the model as the bytes of an .npz file, the same for the same model."""
    buffer = BytesIO()
    told = json.dumps({"columns": list(model.columns), "data": model.data}, ensure_ascii=False).encode()
    np.savez_compressed(buffer, told=np.frombuffer(told, dtype=np.uint8), weights=model.weights.astype(np.float16))
    return buffer.getvalue()


def load_names(data: bytes) -> NameModel:
    """Return the model of an .npz file."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        told = json.loads(stored["told"].tobytes())
        columns = {name: at for at, name in enumerate(told["columns"])}
        return NameModel(columns=columns, weights=stored["weights"].astype(np.float32), data=told["data"])


@cache
def load_name_model() -> NameModel:
    """Return the project's own model, `nlp/data/names.npz`; `make model` makes it anew."""
    return load_names(resources.files("nlp.data").joinpath(MODEL_FILE).read_bytes())
