"""What classifiers are stored as: weights of features as CSV, one feature a line, in `nlp/data`; and what was seen of a row, as one cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from importlib.resources import files
from io import StringIO
from itertools import product

LEAST_WEIGHT = 0.0005  # below which a weight is nothing


def dump_weights(weights: Mapping[str, float]) -> str:
    """Return weights as CSV, the features in order; what weighs nothing is left out."""
    told = StringIO()
    lines = csv.writer(told, lineterminator="\n")
    lines.writerow(["feature", "weight"])
    lines.writerows([name, f"{weight:.3f}"] for name, weight in sorted(weights.items()) if abs(weight) >= LEAST_WEIGHT)
    return told.getvalue()


def read_weights(lines: Iterable[str]) -> dict[str, float]:
    """Return the weights of CSV lines."""
    return {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines)}


def stored_lines(name: str) -> list[str]:
    """Return the lines of a file of `nlp/data`."""
    return files("nlp.data").joinpath(name).read_text(encoding="utf-8").splitlines()


def any_digit(weights: Mapping[str, float]) -> dict[str, float]:
    """Return weights of words in which every digit is told as 0, so that each digit weighs what 0 does."""
    found = dict(weights)
    for word, weight in weights.items():
        if "0" in word:
            found |= {
                "".join(one): weight for one in product(*("0123456789" if char == "0" else char for char in word))
            }
    return found


def dump_seen(seen: Mapping[str, float]) -> str:
    """Return what was seen of a row as `name=value`, joined by ; and without =1, in order."""
    return ";".join(name if value == 1 else f"{name}={value:.3g}" for name, value in sorted(seen.items()))


def read_seen(told: str) -> dict[str, float]:
    """Return what `dump_seen` wrote."""
    parts = (one.partition("=") for one in told.split(";") if one)
    return {name: float(value or 1) for name, _, value in parts}
