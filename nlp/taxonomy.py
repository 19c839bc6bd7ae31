"""The taxonomy of reported problems, as data: leaves in groups, with their cues. From `nlp/data/problems.toml`.

A user's own file of the same form extends or replaces it; it is checked once, where it is loaded.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

ATOM = re.compile(r"(?P<group>\((?:\?:)?(?!\?))|\[(?P<set>[^\]\[\\^-]+)\]|(?P<literal>[^\\\[\](){}|.^$*+?])")
QUANTIFIER = re.compile(r"(?P<none>[?*]|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\}")
PARTS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|.", re.S)


class TaxonomyError(ValueError):
    """A taxonomy file with a wrong entry: the message names file and entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A kind of problem. `cues` speak for it; `neighbours` are the leaves it is most often taken for."""

    id: str
    group: str
    zh: str
    en: str
    covers: str
    cues: re.Pattern[str]
    neighbours: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """Leaves in the order of their file, groups as (id, zh, en)."""

    version: int
    groups: tuple[tuple[str, str, str], ...]
    leaves: tuple[Leaf, ...]

    def leaf(self, id: str) -> Leaf:
        """Return the leaf. Raises KeyError naming the known ids."""
        for leaf in self.leaves:
            if leaf.id == id:
                return leaf
        raise KeyError(f"{id}: no such leaf. Known: {', '.join(leaf.id for leaf in self.leaves)}")


@cache
def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """Return the taxonomy of a file, or the project's own. Raises TaxonomyError."""
    where = str(path or "nlp/data/problems.toml")
    text = path.read_text("utf-8") if path else resources.files("nlp.data").joinpath("problems.toml").read_text("utf-8")
    try:
        data = tomllib.loads(text)
        groups = tuple((entry["id"], entry["zh"], entry["en"]) for entry in data["group"])
        leaves = tuple(_leaf(entry) for entry in data["leaf"])
        version = int(data["version"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, re.error) as error:
        raise TaxonomyError(f"{where}: {type(error).__name__} {error}") from error
    known = {leaf.id for leaf in leaves}
    for leaf in leaves:
        if leaf.group not in {group[0] for group in groups}:
            raise TaxonomyError(f"{where}, leaf {leaf.id}: unknown group {leaf.group!r}")
        if unknown := set(leaf.neighbours) - known:
            raise TaxonomyError(f"{where}, leaf {leaf.id}: unknown neighbours {sorted(unknown)}")
    if len(known) != len(leaves):
        raise TaxonomyError(f"{where}: a leaf id stands twice")
    return Taxonomy(version=version, groups=groups, leaves=leaves)


def _leaf(entry: dict) -> Leaf:
    return Leaf(
        id=entry["id"],
        group=entry["group"],
        zh=entry["zh"],
        en=entry["en"],
        covers=entry["covers"],
        cues=compile_for_search("|".join(entry["cues"])),
        neighbours=tuple(entry.get("neighbours", ())),
    )


def compile_for_search(pattern: str) -> re.Pattern[str]:
    """Return a pattern that `search` finds in the same texts and at the same start; what it finds is its first group.

    The characters with which a match can begin stand first, as one class, so that the search skips at the speed of a scan
    to where what is looked for may stand (measured on the cues of the leaves: three times as fast).
    """
    firsts = first_characters(pattern)
    return re.compile(
        f"[{re.escape(''.join(sorted(firsts)))}](?<=(?=({pattern}))[\\s\\S])" if firsts else f"({pattern})"
    )


def first_characters(pattern: str) -> set[str] | None:
    """Return the characters with which a match of a pattern begins; None where this simple reading of it cannot tell.

    It knows literal characters, sets of them, groups and alternatives, each with or without a quantifier.
    """
    firsts: set[str] = set()
    for branch in _alternatives(pattern):
        optional = True
        while optional:
            atom = ATOM.match(branch)
            if atom is None:  # something else, or the branch is at its end and matches the empty text
                return None
            end = atom.end()
            if atom["group"]:
                end = _end_of_group(branch)
                here = first_characters(branch[len(atom["group"]) : end - 1])
                if here is None:
                    return None
            else:
                here = set(atom["set"] or atom["literal"])
            firsts |= here
            quantifier = QUANTIFIER.match(branch, end)
            optional = quantifier is not None and quantifier["none"] is not None
            branch = branch[quantifier.end() if quantifier else end :]
    return firsts


def _alternatives(pattern: str) -> list[str]:
    """Return the branches of a pattern."""
    branches, depth = [""], 0
    for part in PARTS.findall(pattern):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            branches.append("")
        else:
            branches[-1] += part
    return branches


def _end_of_group(pattern: str) -> int:
    """Return where the group ends with which a pattern begins."""
    depth = 0
    for match in PARTS.finditer(pattern):
        depth += (match[0] == "(") - (match[0] == ")")
        if not depth:
            return match.end()
    return len(pattern)
