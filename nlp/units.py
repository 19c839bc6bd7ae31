"""Units: the table of units and classifiers in nlp/data/units.toml, checked and ready to match.

`load_units` reads it once; `Units` answers whether a unit, a time unit or a fixed name stands at a place in a text.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "units.toml"

_UNIT_KEYS = {
    "name": str,
    "forms": list,
    "dimension": str,
    "source": str,
    "factor": str,
    "not_before": list,
    "only_before": list,
    "digits": bool,
    "blurred": bool,
    "maskable": bool,
}
_UNIT_REQUIRED = ("name", "forms", "dimension", "source")
_LISTS = ("times", "discourse", "people")


class UnitsError(ValueError):
    """The table of units has a wrong entry."""

    def __init__(self, path: Path, entry: str, why: str) -> None:
        self.path, self.entry = path, entry
        super().__init__(f"{path}: {entry}: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit or classifier. `factor` leads to the base of its dimension; the flags say where it counts as a unit."""

    name: str
    forms: tuple[str, ...]
    dimension: str
    factor: Fraction
    source: str
    digits: bool = False
    blurred: bool = False
    maskable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The table of units; patterns are kept by the first character of their forms, for speed."""

    units: tuple[Unit, ...]
    forms: Mapping[str, Unit]
    patterns: Mapping[str, re.Pattern[str]]
    plain: Mapping[
        str, tuple[tuple[str, Unit], frozenset[str]]
    ]  # forms of one character, and before which they may be none
    firsts: str  # the first characters of all forms
    times: re.Pattern[str]
    names: re.Pattern[str]
    discourse: re.Pattern[str]
    discourse_classifiers: frozenset[str]
    people: re.Pattern[str]
    opens_times: frozenset[str]  # the units of time of one character, and the first two characters of the longer ones
    opens_names: frozenset[str]  # first two characters of the names: most numerals need no pattern to be no name

    def match(self, text: str, position: int) -> tuple[str, Unit] | None:
        """Return the longest form that stands at the position, with its unit."""
        first = text[position : position + 1]
        plain = self.plain.get(first)
        if plain and text[position + 1 : position + 2] not in plain[1]:
            return plain[0]
        pattern = self.patterns.get(first)
        found = pattern.match(text, position) if pattern else None
        return (found[0], self.forms[found[0]]) if found else None


@cache
def load_units(path: Path | None = None) -> Units:
    """Return the table of units (nlp/data/units.toml unless another file is named), read once.

    Raises UnitsError, naming file and entry, where a key is unknown or missing or a form stands twice.
    """
    where = path or DATA
    data = tomllib.loads(where.read_text(encoding="utf-8"))
    units: list[Unit] = []
    forms: dict[str, Unit] = {}
    alternatives: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    alone: dict[str, Unit] = {}
    spoilt: defaultdict[str, set[str]] = defaultdict(set)
    for entry in data.get("unit", []):
        unit = _read_unit(where, entry)
        units.append(unit)
        for form in unit.forms:
            if form in forms:
                raise UnitsError(where, unit.name, f"the form {form!r} belongs to {forms[form].name!r} already")
            forms[form] = unit
            alternatives[form[0]].append((form, _guard(entry)))
            if len(form) > 1:
                spoilt[form[0]].add(form[1])
            elif not entry.get("only_before"):
                alone[form] = unit
                spoilt[form].update(word[0] for word in entry.get("not_before", ()))
    for key in _LISTS:
        if not data.get(key, {}).get("source"):
            raise UnitsError(where, f"[{key}]", "missing, or without its source")
    return Units(
        units=tuple(units),
        forms=forms,
        patterns={first: _alternation(pairs) for first, pairs in alternatives.items()},
        plain={form: ((form, unit), frozenset(spoilt[form])) for form, unit in alone.items()},
        firsts="".join(sorted(alternatives)),
        times=_words(data["times"]["units"]),
        names=_words(word for entry in data.get("name", []) for word in _read_name(where, entry)),
        discourse=_words(data["discourse"]["words"]),
        discourse_classifiers=frozenset(data["discourse"]["classifiers"]),
        people=_words(data["people"]["words"]),
        opens_times=frozenset(word[:2] for word in data["times"]["units"]),
        opens_names=frozenset(word[:2] for entry in data.get("name", []) for word in _read_name(where, entry)),
    )


def _read_unit(path: Path, entry: dict[str, Any]) -> Unit:
    label = str(entry.get("name", entry.get("forms", "?")))
    for key in _UNIT_REQUIRED:
        if not entry.get(key):
            raise UnitsError(path, label, f"{key} is missing")
    for key, value in entry.items():
        if key not in _UNIT_KEYS or not isinstance(value, _UNIT_KEYS[key]):
            raise UnitsError(path, label, f"{key} = {value!r} is not known. Known: {', '.join(_UNIT_KEYS)}")
    try:
        factor = Fraction(entry.get("factor", "1"))
    except (ValueError, ZeroDivisionError):
        raise UnitsError(path, label, f"factor {entry['factor']!r} is no number such as 15 or 1/2") from None
    return Unit(
        name=entry["name"],
        forms=tuple(entry["forms"]),
        dimension=entry["dimension"],
        factor=factor,
        source=entry["source"],
        digits=entry.get("digits", False),
        blurred=entry.get("blurred", False),
        maskable=entry.get("maskable", False),
    )


def _read_name(path: Path, entry: dict[str, Any]) -> list[str]:
    if not entry.get("words") or not entry.get("source"):
        raise UnitsError(path, f"[[name]] {entry}", "words or source is missing")
    return list(entry["words"])


def _guard(entry: dict[str, Any]) -> str:
    guard = ""
    if entry.get("not_before"):
        guard += f"(?!{_either(entry['not_before'])})"
    if entry.get("only_before"):
        guard += rf"(?={_either(entry['only_before'])}|\Z)"
    return guard


def _alternation(pairs: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    longest_first = sorted(pairs, key=lambda pair: -len(pair[0]))
    return re.compile("|".join(re.escape(form) + guard for form, guard in longest_first))


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: -len(word)))


def _words(words: Iterable[str]) -> re.Pattern[str]:
    words = list(words)
    firsts = "".join(sorted({re.escape(word[0]) for word in words}))
    return re.compile(
        f"(?=[{firsts}])(?:{_either(words)})"
    )  # the first character decides: faster than each word in turn
