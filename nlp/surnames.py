"""Surnames of `nlp/data/surnames.csv`: the common ones, the rarer ones and those of two characters."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources


@cache
def load_surnames(label: str = "") -> frozenset[str]:
    """Return the surnames, or those of a label (common, compound …)."""
    return frozenset(term for term, kind in read_terms("surnames.csv") if label in ("", kind))


def read_terms(name: str) -> Iterator[tuple[str, str]]:
    """Yield the terms of a list in `nlp/data`, each with its label."""
    lines = resources.files("nlp.data").joinpath(name).read_text("utf-8").splitlines()
    for row in csv.DictReader(lines):
        yield row["term"], row["label"]
