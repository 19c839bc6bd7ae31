"""What comparisons over the years rest on, as sentences: for the command line and the notebook alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.shares import FEWEST_REPORTS, FEWEST_YEARS
from nianlun.messages import say

if TYPE_CHECKING:
    from index.compare import Comparison
    from index.counts import TrendAnswer


def trend_lines_told(answer: TrendAnswer, lang: str) -> list[str]:
    """Return what trends rest on: documents of each year, the test and how many problems it was used on, weights."""
    years = say("comma", lang).join(
        f"{year} {count}" + (f" (≈{inferred})" if inferred else "") for year, count, inferred in answer.years
    )
    lines = [say("trend_years", lang, years=years or "-", undated=answer.undated)]
    if answer.rows:
        test = answer.rows[0].history.trend.name
        told = say("trend_test", lang, test=test, tested=answer.tested, least=FEWEST_YEARS, fewest=FEWEST_REPORTS)
        lines.append(told)
    if answer.weight:
        lines.append(say("weight_body", lang))
    return lines


def comparison_told(answer: Comparison, lang: str) -> list[str]:
    """Return what a comparison of two years rests on: weights, the test, words that were drawn by lot, the undated."""
    lines = [
        say("compare_words", lang, year=year, read=read)
        for year, base, read in (
            (answer.year_a, answer.base_a, answer.read_a),
            (answer.year_b, answer.base_b, answer.read_b),
        )
        if read < base.documents
    ]
    if answer.weight:
        lines.append(say("weight_body", lang))
    if answer.leaves and answer.base_a.documents and answer.base_b.documents:
        tested = sum(leaf.test.p is not None for leaf in answer.leaves)
        told = "compare_test" if tested else "compare_untested"
        lines.append(say(told, lang, test=answer.leaves[0].test.name, tested=tested))
    if answer.undated:
        lines.append(say("compare_undated", lang, undated=answer.undated))
    return lines
