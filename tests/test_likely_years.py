"""The year that a report with an interval is most likely of, with the intervals that allow none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.read import read_bytes
from nlp.likely_years import likely_year
from nlp.metadata import find_metadata
from nlp.records import Metadata

BODY = "一是抓防火，巡山六次。\n二是抓修路，硬化三公里。\n三是抓种桑，新栽四百亩。"


def years(text: str) -> tuple[int | None, int | None, int | None, int | None]:
    meta = find_metadata(read_bytes(f"{text}\n{BODY}".encode(), "a.txt").documents[0])
    return meta.year, meta.year_low, meta.year_high, likely_year(meta)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("工作总结\n十七届六中全会开过了，村村种桑。", (None, 2011, 2012, 2011)),  # just held
        ("工作计划\n十七届六中全会开过了，村村种桑。", (None, 2011, 2012, 2012)),  # for the year behind it
        ("工作总结\n我们开展深入学习实践科学发展观活动，村村种桑。", (None, 2008, 2010, 2009)),  # a campaign of years
        ("工作总结\n我们学习贯彻党的十七大精神，村村种桑。", (None, 2007, 2013, None)),  # too many
        ("关于种桑的调研\n桑园2016年受灾，收成少了三成，农户不愿再种。", (None, 2016, None, 2016)),
        ("关于种桑的调研\n桑园1986年受灾，收成少了三成，农户不愿再种。", (None, 1986, None, None)),
        ("关于种桑的调研\n桑园受灾，收成少了三成，农户不愿再种。", (None, None, None, None)),
    ],
)
def test_the_likeliest_year_of_an_interval(text: str, told: tuple[int | None, ...]) -> None:
    assert years(text) == told


@pytest.mark.parametrize(
    ("low", "high", "year"),
    [
        (2008, 2008, 2008),
        (2008, 2009, 2009),
        (2008, 2010, 2009),
        (2008, 2011, None),
        (2008, None, None),
        (None, 2008, None),
    ],
)
def test_of_a_few_years_that_nothing_short_begins_the_middle_one_is_told(
    low: int | None, high: int | None, year: int | None
) -> None:
    nothing: Metadata = find_metadata(read_bytes(BODY.encode(), "a.txt").documents[0])
    assert likely_year(replace(nothing, year_low=low, year_high=high)) == year
