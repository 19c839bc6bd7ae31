"""Years of the Republic of China in reports of Taiwan: which numbers are years, which are lengths of time, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read import read_bytes
from nlp.analyse import analyse
from nlp.republic import with_our_years

HEAD = "某縣政府教育局施政報告\n"


def times(sentence: str) -> list[tuple[str, str | None, str | None]]:
    document = read_bytes(f"{HEAD}本縣學校於{sentence}，辦理補強。".encode(), "a.txt").documents[0]
    found = analyse(document).times
    for one in found:
        assert document.text[one.start : one.end] == one.text
    return [(one.text, one.date_start, one.date_end) for one in found]


@pytest.mark.parametrize(
    ("sentence", "surface", "start", "end"),
    [
        ("110-11-30完工", "110-11-30", "2021-11-30", "2021-11-30"),
        ("110年3月1日完工", "110年3月1日", "2021-03-01", "2021-03-01"),
        ("109年度完工，經費110年撥付", "109年度", "2020-01-01", "2020-12-31"),
        ("民國98年完工", "民国98年", "2009-01-01", "2009-12-31"),
        ("107至109年度補助，110年結案", "107至109年度", "2018-01-01", "2020-12-31"),
        ("99年核定，110年完工", "99年", "2010-01-01", "2010-12-31"),
    ],
)
def test_a_year_of_the_republic_is_1911_less_than_ours(sentence: str, surface: str, start: str, end: str) -> None:
    assert (surface, start, end) in times(sentence)


@pytest.mark.parametrize(
    "sentence", ["110年來培育人才，109年度獲獎", "歷時12年，109年度獲獎", "近100年歷史，109年度獲獎"]
)
def test_a_length_of_time_is_no_year(sentence: str) -> None:
    assert [one[1] for one in times(sentence)] == [None, "2020-01-01"]


@pytest.mark.parametrize(
    ("text", "year", "org"),
    [
        (
            "110年度工作報告\n本處110年度辦理勞工教育32場次，參加人數2,300人次。\n預算執行情形：決算數3億元。",
            2021,
            None,
        ),
        (
            "鹿溪縣白楊鄉公所109年施政計畫\n一、民政業務：辦理里民大會。\n二、社會福利：照顧弱勢。",
            2020,
            "鹿溪县白杨乡公所",
        ),
        ("鹿溪縣婦聯工作總結\n縣委重視婦聯工作，110年來首次表彰。\n書記講話，婦聯發言，群眾讚許。", None, "鹿溪县妇联"),
    ],
)
def test_the_year_of_a_report_of_the_republic(text: str, year: int | None, org: str | None) -> None:
    document = read_bytes(text.encode(), "a.txt").documents[0]
    found = analyse(document).metadata
    assert (found.year, found.org) == (year, org)
    assert all(document.text[one.start : one.end] == one.text for one in found.year_evidence)


@given(st.text(alphabet="民国10929年度月日-至，了", max_size=30))
def test_places_lead_there_and_back(text: str) -> None:
    ours, places = with_our_years(text)
    assert places.back(len(ours)) == len(text) and places.forward(len(text)) == len(ours)
    backs = [places.back(at) for at in range(len(ours) + 1)]
    assert backs == sorted(backs)
