"""The one year that a report with an interval of years is most likely of: a guess, told beside the interval and never stored as its year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.chronology import ALWAYS, usual_years
from nlp.records import Evidence, Metadata

FEW_YEARS = 3  # between the first and the last year allowed
PAST = ("named as past", "number of a paper named")
PLENUM = "全会"
ANNIVERSARY = "counted from"
SUPPORTS = " (supports only)"  # behind the note of a hint
AHEAD = frozenset(("plan", "notice", "speech"))  # kinds of papers that stand at the beginning of what they tell of
LEAST_NAMED = 2000  # a text with no other evidence may look back on an earlier year from anywhere
UNNAMED = re.compile(r"of a congress that is not named: ([\d, ]+)")
NARROW = 5  # years that a hint may allow to date alone


def likely_year(meta: Metadata) -> int | None:
    """Return the likeliest year of a report by its interval, or None where that allows too many.

    It is the last year that the report names as past, where no event begins the interval later. Else the year of which most reports are
    that name the latest of its events (the year behind a congress, in news that of the congress). Else, of a few years: the first, where an
    event that lasts no longer (a plenum) begins the interval of a paper that looks back, or an anniversary does; of all others the middle,
    of two the later. Chosen on 450 papers of the web.
    """
    low, high = meta.year_low, meta.year_high
    if low is not None and low >= LEAST_NAMED and _is_past(meta, low):
        return low
    if usual := max((*_usual(meta, low, high), *_plenums(meta, low, high)), default=None):
        return usual[1]
    if low is None or high is None or high - low > FEW_YEARS:
        return None
    begins = [one for one in meta.year_evidence if one.weight in ("firm", "past") and _begins(one, low)]
    if any(one.why.startswith(ANNIVERSARY) for one in begins):
        return low
    short = any(
        one.high is not None and (one.high - one.low <= 1 or PLENUM in one.text)
        for one in begins
        if one.low is not None
    )
    if short and meta.doc_type not in AHEAD:
        return low
    return (low + high + 1) // 2


def _begins(one: Evidence, low: int) -> bool:
    """Tell an event of that year, or a plenum of the year before, after which a paper that tells of a day before its month was written."""
    return one.low == low or (one.low == low - 1 and PLENUM in one.text)


def _is_past(meta: Metadata, low: int) -> bool:
    return any(one.why in PAST and one.low == low for one in meta.year_evidence)


def _usual(meta: Metadata, low: int | None, high: int | None) -> Iterator[tuple[int, int]]:
    """Yield (when it began, its usual year) of the events whose usual year the interval allows; a hint of one year is of that."""
    for one in meta.year_evidence:
        if one.weight not in ("firm", "hint") or one.low is None:
            continue
        usual, kind = usual_years().get(one.why.removesuffix(SUPPORTS), (None, ""))
        if kind == "congress" and meta.doc_type == "news":
            usual = max(one.low, min(low or 0, one.low + 1))
        if one.weight == "hint" and one.low == one.high:
            usual = one.low
        if usual is None or not (low or 0) <= usual <= (high or ALWAYS) or (low is None and not _is_narrow(one)):
            continue
        yield one.low, usual


def _plenums(meta: Metadata, low: int | None, high: int | None) -> Iterator[tuple[int, int]]:
    """Yield (when it was held, the year told by it) of a plenum of an unnamed congress, where the other events leave one of them."""
    if low is None:
        return
    hints = [one for one in meta.year_evidence if one.weight == "hint" and one.low is not None and one.high is not None]
    for one in meta.year_evidence:
        if match := UNNAMED.search(one.why):
            years = [int(year) for year in match[1].split(",")]
            fit = [year for year in years if low <= year <= (high or ALWAYS)]
            fit = [year for year in fit if all((hint.low or 0) <= year <= (hint.high or ALWAYS) for hint in hints)]
            if len(fit) == 1:
                yield fit[0], fit[0] + (meta.doc_type in AHEAD and fit[0] < (high or ALWAYS))


def _is_narrow(one: Evidence) -> bool:
    return one.low is not None and one.high is not None and one.high - one.low <= NARROW
