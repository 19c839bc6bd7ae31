"""The taxonomy of reported problems, as data: leaves in groups, with their cues. From `nlp/data/problems.toml`.

A user's own file of the same form replaces it, or extends it where it says `extends = "problems"`; so does
`problems_government.toml`. A file is checked once, where it is loaded. `nlp.relabel` gives the leaves of such a file.
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
FILES = {"problems": "problems.toml", "government": "problems_government.toml"}  # taxonomies of the project, by name
OTHER = "other"


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
    if path is None:
        return parse_taxonomy(text_of("problems"), "nlp/data/problems.toml")
    return parse_taxonomy(text_of(str(path)), str(path))


def text_of(name: str) -> str:
    """Return the text of a taxonomy: of one of the project's by its name (`FILES`), else of a file. Raises TaxonomyError."""
    if name in FILES:
        return resources.files("nlp.data").joinpath(FILES[name]).read_text("utf-8")
    try:
        return Path(name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise TaxonomyError(f"{name}: {why}. Known by name: {', '.join(FILES)}") from error


@cache
def parse_taxonomy(text: str, where: str = "taxonomy") -> Taxonomy:
    """Return the taxonomy that a text in TOML describes; `where` names it in errors. Raises TaxonomyError.

    With `extends`, the name of one of the project's, its groups and leaves come first; an entry with the id of one of them is
    put in its place. `other` is the last leaf, and there where a file has none.
    """
    try:
        data = tomllib.loads(text)
        base = _base(data, where)
        groups = {group[0]: group for group in base.groups} if base else {}
        groups |= {entry["id"]: (entry["id"], entry["zh"], entry["en"]) for entry in data.get("group", ())}
        own = [_leaf(entry, f"{where}, leaf {entry['id']}") for entry in data["leaf"]]
        version = int(data["version"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, re.error) as error:
        if isinstance(error, TaxonomyError):
            raise
        raise TaxonomyError(f"{where}: {type(error).__name__} {error}") from error
    if len({leaf.id for leaf in own}) != len(own):
        raise TaxonomyError(f"{where}: a leaf id stands twice")
    leaves = ({leaf.id: leaf for leaf in base.leaves} if base else {}) | {leaf.id: leaf for leaf in own}
    for leaf in own:
        if leaf.group not in groups:
            raise TaxonomyError(f"{where}, leaf {leaf.id}: unknown group {leaf.group!r}")
        if unknown := set(leaf.neighbours) - set(leaves) - {OTHER}:
            raise TaxonomyError(f"{where}, leaf {leaf.id}: unknown neighbours {sorted(unknown)}")
    last = leaves.pop(OTHER, None) or next(leaf for leaf in load_taxonomy().leaves if leaf.id == OTHER)
    if last.group not in groups:
        groups[last.group] = next(group for group in load_taxonomy().groups if group[0] == last.group)
    return Taxonomy(version=version, groups=tuple(groups.values()), leaves=(*leaves.values(), last))


def _base(data: dict, where: str) -> Taxonomy | None:
    name = data.get("extends")
    if name is None:
        return None
    if name not in FILES:
        raise TaxonomyError(f"{where}: extends {name!r}, which is not known. Known: {', '.join(FILES)}")
    if name == "problems":
        return load_taxonomy()
    return parse_taxonomy(text_of(name), f"nlp/data/{FILES[name]}")


def _leaf(entry: dict, where: str) -> Leaf:
    for name in ("id", "group", "zh", "en", "covers"):
        if not isinstance(entry[name], str) or not entry[name].strip():
            raise TaxonomyError(f"{where}: {name} is not a text")
    if not isinstance(entry["cues"], list) or not all(isinstance(cue, str) and cue for cue in entry["cues"]):
        raise TaxonomyError(f"{where}: cues is not a list of regular expressions")
    for cue in entry["cues"]:
        if re.compile(cue).match(""):
            raise TaxonomyError(f"{where}: the cue {cue!r} matches where nothing stands")
    return Leaf(
        id=entry["id"],
        group=entry["group"],
        zh=entry["zh"],
        en=entry["en"],
        covers=entry["covers"],
        cues=compile_for_search("|".join(f"(?:{cue})" for cue in entry["cues"]) or r"(?!)"),
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
