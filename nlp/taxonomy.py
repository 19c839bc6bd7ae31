"""The taxonomy of reported problems, as data: leaves in groups, with their cues. From `nlp/data/problems.toml`.

A user's own file of the same form replaces it, or extends it where it says `extends = "problems"`; so does
`problems_government.toml`. A file is checked once, where it is loaded. `nlp.relabel` gives the leaves of such a file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation

ATOM = re.compile(r"(?P<group>\((?:\?:)?(?!\?))|\[(?P<set>[^\]\[\\^-]+)\]|(?P<literal>[^\\\[\](){}|.^$*+?])")
NONE = r"(?:[?*]|\{0?,\d*\}|\{0\})"  # a quantifier that allows none of what it stands behind
QUANTIFIER = re.compile(rf"(?P<none>{NONE})|\+|\{{\d+(?:,\d*)?\}}")
OPTIONAL = re.compile(
    rf"(?:(?:\\.|\[(?:\\.|[^\]\\])*\]|\([^()]*\)|[^\\\[\](){{}}|*+?]){NONE}[?+]?)*"
)  # atoms that may all be left out
PARTS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|.", re.S)
FILES = {"problems": "problems.toml", "government": "problems_government.toml"}  # taxonomies of the project, by name
MOST_BEGINNINGS = 400  # of an alternative of a cue
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
    patterns: tuple[str, ...]  # the cues as they are written
    cues: re.Pattern[str]
    neighbours: tuple[str, ...]
    covers_zh: str = ""  # a file of one's own may leave it out


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


class Cues:
    """The cues of leaves, found in one pass over a text: by what they begin with, and by the whole of them where that is not all."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        meant: dict[str, tuple[tuple[int, Callable[[str, int], object] | None], ...]] = {}
        for number, leaf in enumerate(leaves):
            for beginning, branches in _by_beginning(leaf).items():
                whole = "" in branches
                matches = None if whole else re.compile("|".join(branches)).match
                meant[beginning] = (*meant.get(beginning, ()), (number, matches))
        alike = {one: one for one in meant.values()}  # most are whole: the same few are looked at again and again
        # Of each beginning: leaves, and what tells whether the whole cue stands there
        self._meant = [alike[one] for one in meant.values()]
        self._finder = AhoCorasick(list(meant), implementation=Implementation.ContiguousNFA)

    def find(self, text: str) -> tuple[list[int], list[int]]:
        """Return where cues begin in a text without surrogates, and the number of the leaf of each."""
        places, leaves = [], []
        for beginning, start, _ in self._finder.find_matches_as_indexes(text, overlapping=True):
            for leaf, matches in self._meant[beginning]:
                if matches is None or matches(text, start):
                    places.append(start)
                    leaves.append(leaf)
        return places, leaves


def _by_beginning(leaf: Leaf) -> dict[str, list[str]]:
    """Return the alternatives of the cues of a leaf by what they begin with, "" for those that are no longer than that.

    Where one of these stands nothing else is looked for.
    """
    found: dict[str, list[str]] = {}
    for branch in _alternatives("|".join(leaf.patterns)):
        known = beginnings(branch)
        if known is None:
            raise TaxonomyError(f"leaf {leaf.id}: the cue {branch!r} can begin with anything")
        for beginning, whole in known.items():
            found.setdefault(beginning, []).append("" if whole else branch)
    done = {beginning for beginning, branches in found.items() if "" in branches}
    return {
        beginning: branches
        for beginning, branches in found.items()
        if not any(beginning[:cut] in done for cut in range(1, len(beginning)))
    }


@cache
def load_cues() -> Cues:
    """Return the cues of the project's own taxonomy."""
    return Cues(load_taxonomy().leaves)


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
        patterns=tuple(entry["cues"]),
        cues=compile_for_search("|".join(f"(?:{cue})" for cue in entry["cues"]) or r"(?!)"),
        neighbours=tuple(entry.get("neighbours", ())),
        covers_zh=str(entry.get("covers_zh", "")),
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
    """Return the characters with which a match of a pattern begins; None where `beginnings` cannot tell."""
    known = beginnings(pattern)
    return None if known is None else {beginning[0] for beginning in known}


def beginnings(pattern: str) -> dict[str, bool] | None:
    """Return with what a match of a pattern begins, and whether that alone is one; None where this simple reading cannot tell.

    It knows literal characters, sets of them, groups and alternatives, each with or without a quantifier, and reads on as far as
    it knows them: 人(?:员|手)[^，]{0,6}少 begins with 人员 or 人手, neither of which is a match by itself.
    """
    told: dict[str, bool] = {}
    for branch in _alternatives(pattern):
        known = dict(sorted(_beginnings(branch)))  # of one that is both a match and none, the match counts
        told |= {one: whole for one, whole in known.items() if not any(one[:cut] in known for cut in range(len(one)))}
    return None if "" in told else told


def _beginnings(branch: str, *, inside: bool = False) -> set[tuple[str, bool]]:
    """Return the beginnings of one alternative, and whether each is a match; the empty one among them where anything may begin it.

    Inside a group, behind which more may stand, what may be left out counts: 没 and 没有 of 没有?.
    """
    if branch and branch.isalnum():  # most are plain words
        return {(branch, True)}
    told: set[tuple[str, bool]] = set()
    ways, at = {""}, 0  # what may have been read so far
    while ways:
        if at == len(branch) or (not inside and OPTIONAL.fullmatch(branch, at)):
            told |= {(way, True) for way in ways}
            break
        parts, end = _atom(branch, at)
        quantifier = QUANTIFIER.match(branch, end)
        if not parts or len(ways) * len(parts) > MOST_BEGINNINGS:
            told |= {(way, False) for way in ways}
            break
        longer = {way + part for way in ways for part, whole in parts if whole}
        told |= {(way + part, False) for way in ways for part, whole in parts if not whole}
        if quantifier is None:
            ways = longer
        elif quantifier[0] == "?":
            ways |= longer
        else:  # it may stand there several times: nothing is told of what comes then
            told |= {(way, False) for way in longer}
            ways = ways if quantifier["none"] is not None else set()
        at = quantifier.end() if quantifier else end
    return told


def _atom(branch: str, at: int) -> tuple[set[tuple[str, bool]], int]:
    """Return the beginnings of what stands at a place of a branch, and where it ends; none of what is not known."""
    atom = ATOM.match(branch, at)
    if atom is None:
        return set(), at
    if not atom["group"]:
        return {(one, True) for one in atom["set"] or atom["literal"]}, atom.end()
    end = at + _end_of_group(branch[at:])
    inner = _alternatives(branch[at + len(atom["group"]) : end - 1])
    parts = {part for one in inner for part in _beginnings(one, inside=True)}
    return (set() if any(not part for part, _ in parts) else parts), end


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
