"""Word lists of `nlp/data` as TOML: read in one place, and their entries, which are regular expressions, composed as alternatives."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Any


def read_lists(name: str) -> dict[str, Any]:
    """Return the tables of a file, given by its name without `.toml`."""
    return tomllib.loads(resources.files("nlp.data").joinpath(f"{name}.toml").read_text("utf-8"))


def any_of(*lists: Iterable[str]) -> str:
    """Return the source of a pattern that any entry of the lists matches; inside a longer one it needs brackets around it."""
    return "|".join(form for forms in lists for form in forms)
