"""What a place belongs to: county → city → province, by the table of administrative divisions since 1980.

`nlp/data/regions.csv` (made by `nlp.regions_table`, which names its sources) lists each name with the years in which it was in use. A place
is filled in only where one answer is left: by what stands before it (苏州市吴中区), by the year, by the cities and provinces that the text names.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

SHORTEST, LONGEST = 2, 15  # characters of a name
FOREVER = 9999


@dataclass(frozen=True, slots=True)
class Division:
    """A line of the table: `city` is "" for a county under the province itself; `last` is FOREVER where the name is in use."""

    name: str
    level: str
    city: str
    province: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Place:
    """The county, the city and the province of a report; None where it has none or the text does not tell which."""

    county: str | None = None
    city: str | None = None
    province: str | None = None


@cache
def load_divisions() -> dict[str, tuple[Division, ...]]:
    """Return the lines of `nlp/data/regions.csv` by name, those in use now first."""
    found: dict[str, list[Division]] = {}
    text = resources.files("nlp.data").joinpath("regions.csv").read_text("utf-8")
    for name, level, city, province, first, last, _ in list(csv.reader(text.splitlines()))[1:]:
        division = Division(name, level, city, province, int(first), int(last) if last else FOREVER)
        found.setdefault(name, []).append(division)
    return {name: tuple(sorted(lines, key=lambda one: -one.last)) for name, lines in found.items()}


def divide(
    region: str | None, year: int | None, named: Callable[[], Iterable[str]] = tuple, *, text: str | None = None
) -> Place:
    """Return what a region belongs to in a year; `named` gives the places that the text names, which decide between several of a name.

    Where the text is given, `named` is asked only if one of the cities and provinces in question stands in it.
    """
    names = _names_in(region) if region else ()
    if not names:
        return Place()
    lines = [one for one in load_divisions()[names[-1]] if all(name in (one.city, one.province) for name in names[:-1])]
    lines = [one for one in lines if one.first <= (year or FOREVER) <= one.last] or lines
    if len(lines) > 1 and (
        text is None or any(above and above in text for one in lines for above in (one.city, one.province))
    ):
        here = set(named())
        lines = [one for one in lines if one.province in here or one.city in here] or lines
        lines = [one for one in lines if one.city in here] or lines
    return Place(
        county=_only(one.name if one.level == "county" else "" for one in lines),
        city=_only(one.city for one in lines),
        province=_only(one.province for one in lines),
    )


def _only(names: Iterable[str]) -> str | None:
    """Return the one name that all lines agree on; None where they differ or it is empty."""
    found = set(names)
    return found.pop() or None if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _names_in(region: str) -> tuple[str, ...]:
    """Return the divisions that a name of a place is made of, from its beginning: 四川省成都市邛崃市临邛镇 → the first three."""
    divisions, found, at = load_divisions(), [], 0
    while at < len(region):
        ends = range(min(len(region), at + LONGEST), at + SHORTEST - 1, -1)
        end = next((end for end in ends if region[at:end] in divisions), None)
        if end is None:
            break
        found.append(region[at:end])
        at = end
    return tuple(found)
