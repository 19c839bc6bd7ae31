"""What people type, read generously: codes by their Chinese names, days and years in any usual spelling.

Full-width and traditional characters are folded first. Errors say what would do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from operator import index as as_integer
from typing import SupportsIndex

from index.characters import fold, narrow
from index.errors import BadDay, BadYears
from ingest.script import to_simplified

_SPAN = re.compile(r"\s*(?:\.\.+|至|到|~|～|—+|–)\s*")
_DAY = re.compile(r"(\d{4})(?:[年./-](\d{1,2})(?:[月./-](\d{1,2})日?|月)?|年)?")
_YEARS = re.compile(r"(\d{4})?年?\s*(?:\.\.+|[-–—~～至到])\s*(?:(\d{4})年?)?")

Years = int | str | tuple[int | str | None, int | str | None]


def plain(text: str) -> str:
    """Return text in half-width, simplified, lower-case characters, to compare what was typed with what is known."""
    return to_simplified(fold(narrow(text))).strip().lower()


def named(text: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the codes that a text names: the one whose code or name it is, else those it begins, else those it is part of."""
    wanted = plain(text)
    known = {code: [plain(name) for name in (code, *given)] for code, given in names.items()}
    if not wanted:
        return []
    same = [code for code, given in known.items() if wanted in given]
    begun = [code for code, given in known.items() if any(name.startswith(wanted) for name in given)]
    if same or begun or wanted.isascii():  # a Latin word inside a name is too weak a sign
        return same[:1] or begun
    return [code for code, given in known.items() if any(wanted in name for name in given)]


def nearest(text: str, names: Mapping[str, Iterable[str]], most: int = 3) -> list[str]:
    """Return the codes whose names are most like a text, the nearest first; none where nothing is like it.

    Of Chinese names those count that share characters with it, the more the rarer these are among the names (the 不足 of
    many says little); of Latin ones those that are spelt alike.
    """
    wanted = plain(text)
    known = {code: [plain(name) for name in (code, *given)] for code, given in names.items()}
    if wanted.isascii():
        spelt = {name: code for code, given in known.items() for name in given}
        return list(dict.fromkeys(spelt[name] for name in get_close_matches(wanted, spelt, n=most)))
    held = Counter(letter for given in known.values() for letter in set("".join(given)))
    weights = {
        code: max(sum(1 / held[letter] for letter in set(wanted) & set(name)) for name in given)
        for code, given in known.items()
    }
    best = sorted((code for code in weights if weights[code]), key=lambda code: -weights[code])
    return [code for code in best[:most] if weights[code] >= weights[best[0]] / 2]


def parse_day(text: str) -> str:
    """Return an ISO day, month or year: 2012-03-18 for 2012年3月18日, 2012.3.18 or 2012/3/18. Raises BadDay."""
    match = _DAY.fullmatch(narrow(text).replace(" ", ""))
    if match is None:
        raise BadDay(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        raise BadDay(text) from None
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)])


def parse_days(text: str) -> str | tuple[str | None, str | None]:
    """Return a day, month or year, or the first and the last (2014-01..2014-06, either of them open). Raises BadDay."""
    parts = _SPAN.split(text.strip())
    if len(parts) == 1:
        return parse_day(text)
    if len(parts) > 2 or not any(parts):
        raise BadDay(text)
    first, last = (parse_day(part) if part else None for part in parts)
    if first is not None and last is not None and first[: len(last)] > last[: len(first)]:
        raise BadDay(text, reversed_=True)
    return first, last


def parse_years(years: Years | SupportsIndex | None) -> tuple[int | None, int | None]:
    """Return the first and the last year of 2012, "2012", "2004..2011" or (2004, None). Raises BadYears."""
    if years is None or years == "":
        return None, None
    if isinstance(years, str):
        text = narrow(years).strip()
        if re.fullmatch(r"\d{4}年?", text):
            return int(text[:4]), int(text[:4])
        span = _YEARS.fullmatch(text)
        if span is None or not any(span.groups()):
            raise BadYears(years)
        low, high = (int(year) if year else None for year in span.groups())
    elif isinstance(years, tuple | list):
        if len(years) != 2:
            raise BadYears(years)
        (low, _), (_, high) = (parse_years(year) for year in years)
    else:
        try:
            low = high = as_integer(years)
        except TypeError:
            raise BadYears(years) from None
    if low is not None and high is not None and low > high:
        raise BadYears(years, reversed_=True)
    return low, high
