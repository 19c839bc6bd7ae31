"""Shares and what may be concluded from them: intervals, trends over years, differences between two years.

Everything is a pure function over counts. The formulas are those of scipy.stats (`binomtest(…).proportion_ci("wilson")`,
`false_discovery_control`, `kendalltau`), which tests compare them with; loading scipy.stats takes a second, longer than
counting, so only the rank test imports it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import erfc, sqrt
from statistics import NormalDist

LEVEL = 0.95  # of intervals
ALPHA = 0.05  # of tests, after adjustment for the number of leaves
FEWEST_YEARS = 5  # with fewer, five ranks in a row included, chance cannot be told from a trend
FEWEST_REPORTS = 5  # documents that report a problem, and that do not: with fewer the normal approximation fails

COCHRAN_ARMITAGE, MANN_KENDALL, CHI_SQUARE = "Cochran–Armitage", "Mann–Kendall", "χ²"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole, with its Wilson interval of 95 %. `value`, `low` and `high` are from 0 to 1, None of an empty whole.

    `effective` is the number of observations behind it: documents, or with weights Kish's number of them.
    """

    value: float | None
    low: float | None
    high: float | None
    effective: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a test says: `verdict` is rising, falling, none (not shown), few_years or few_documents.

    `p` is two-sided; `q` is p adjusted for the number of problems that were tested together (Benjamini–Hochberg). Both are
    None where there is too little to test.
    """

    verdict: str
    name: str
    p: float | None = None
    q: float | None = None
    direction: int = 0  # 1: up, -1: down, whatever the test says of it


def share_of(count: int, base: int) -> Share:
    """Return count of base, with its Wilson interval."""
    return _share(count / base, base) if base else Share(value=None, low=None, high=None, effective=0)


def weighted_share(bodies: Mapping[Hashable, tuple[int, int]]) -> Share:
    """Return the mean over bodies of (documents that report, documents): each body has one vote, however much it writes.

    The interval rests on Kish's effective number of documents, (Σw)² / Σw² with w = 1 / documents of the body.
    """
    known = [(count, base) for count, base in bodies.values() if base]
    if not known:
        return share_of(0, 0)
    return _share(
        sum(count / base for count, base in known) / len(known), len(known) ** 2 / sum(1 / base for _, base in known)
    )


def trend(counts: Mapping[int, tuple[int, int]]) -> Outcome:
    """Return whether a share rises or falls over years, by Cochran–Armitage; `counts` are (documents that report, documents).

    Years without a document do not take part.
    """
    known = {year: pair for year, pair in sorted(counts.items()) if pair[1]}
    if len(known) < FEWEST_YEARS:
        return Outcome(verdict="few_years", name=COCHRAN_ARMITAGE)
    return _linear(known, COCHRAN_ARMITAGE)


def rank_trend(shares: Mapping[int, float | None]) -> Outcome:
    """Return whether yearly shares rise or fall, by Mann–Kendall (Kendall's tau of share and year, exact where possible)."""
    known = [(year, share) for year, share in sorted(shares.items()) if share is not None]
    if len(known) < FEWEST_YEARS:
        return Outcome(verdict="few_years", name=MANN_KENDALL)
    if len({share for _, share in known}) == 1:
        return Outcome(verdict="none", name=MANN_KENDALL, p=1.0)
    from scipy.stats import kendalltau  # late: a second

    found = kendalltau(*zip(*known, strict=True))
    return Outcome(verdict="none", name=MANN_KENDALL, p=float(found.pvalue), direction=_sign(float(found.statistic)))


def difference(a: tuple[float, float], b: tuple[float, float]) -> Outcome:
    """Return whether two shares differ, each as (documents that report, documents), by the χ² test of a fourfold table.

    Of (0, n) and others with an expected number below five it says few_documents.
    """
    return _linear({0: a, 1: b}, CHI_SQUARE)


def adjusted(tests: Mapping[str, Outcome]) -> dict[str, Outcome]:
    """Return tests with q, adjusted together (Benjamini–Hochberg), and the verdict that q allows."""
    known = sorted(((test.p, name) for name, test in tests.items() if test.p is not None), reverse=True)
    found, least = dict(tests), 1.0
    for place, (p, name) in enumerate(known):
        least = min(least, p * len(known) / (len(known) - place))
        test = tests[name]
        sure = "rising" if test.direction > 0 else "falling" if test.direction < 0 else "none"
        found[name] = replace(test, q=least, verdict=sure if least < ALPHA else "none")
    return found


def longest_run(years: Iterable[int]) -> tuple[int, int] | None:
    """Return the first and the last of the longest run of years without a gap, the latest of several; None of no year."""
    known = sorted(set(years))
    if not known:
        return None
    starts = [known[0], *(after for before, after in pairwise(known) if after > before + 1)]
    ends = [*(before for before, after in pairwise(known) if after > before + 1), known[-1]]
    return max(zip(starts, ends, strict=True), key=lambda run: (run[1] - run[0], run[1]))


def _share(value: float, number: float) -> Share:
    """Return a share with its Wilson interval; `number` need not be whole."""
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    middle = (value + z * z / (2 * number)) / (1 + z * z / number)
    half = z / (1 + z * z / number) * sqrt(value * (1 - value) / number + z * z / (4 * number * number))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Share(value=value, low=0.0 if value == 0 else low, high=1.0 if value == 1 else high, effective=number)


def _linear(counts: Mapping[int, tuple[float, float]], name: str) -> Outcome:
    """Return the test of a linear trend in proportions: n·r² is χ² with one degree of freedom."""
    total = sum(base for _, base in counts.values())
    reporting = sum(count for count, _ in counts.values())
    if min(reporting, total - reporting) < FEWEST_REPORTS or (
        name == CHI_SQUARE and _least(counts, reporting, total) < FEWEST_REPORTS
    ):
        return Outcome(verdict="few_documents", name=name)
    mean = sum(year * base for year, (_, base) in counts.items()) / total
    spread = sum(base * (year - mean) ** 2 for year, (_, base) in counts.items())
    slope = sum(count * (year - mean) for year, (count, _) in counts.items())
    share = reporting / total
    square = slope * slope / (spread * share * (1 - share))
    return Outcome(verdict="none", name=name, p=erfc(sqrt(square / 2)), direction=_sign(slope))


def _least(counts: Mapping[int, tuple[float, float]], reporting: float, total: float) -> float:
    """Return the least number that is expected in a cell of a table."""
    return min(base * side / total for _, base in counts.values() for side in (reporting, total - reporting))


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
