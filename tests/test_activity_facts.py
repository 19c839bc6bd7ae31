"""What belongs to an activity: the numbers and times nearest to it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from runaway import grows_in_proportion, no_runaway

from ingest.records import Document, OffsetMap, Run
from nlp.activity_facts import with_facts
from nlp.analyse import analyse
from nlp.records import Activity, Quantity, Sentence


def facts(text: str) -> dict[str, tuple[str, str]]:
    """Return {name: (amounts, times)} of a text, each with blanks between."""
    runs = (Run(0, len(text), 0, len(text)),)
    document = Document(ordinal=1, title=None, text=text, offsets=OffsetMap(runs))
    return {one.name: (" ".join(one.amounts), " ".join(one.times)) for one in analyse(document).activities}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2012年5月，开展“银杏课堂”活动12场，听众900人次。", {"银杏课堂": ("12场 900人次", "2012年5月")}),
        (
            "2012年开展“银杏课堂”活动12场，听众900人次，举办3期“田头夜校”，学员70人。",
            {"银杏课堂": ("12场 900人次", "2012年"), "田头夜校": ("3期 70人", "")},
        ),
        (
            "2012年3月，开展“银杏课堂”活动，2012年6月，评选“最美河长”10名。",
            {"银杏课堂": ("", "2012年3月"), "最美河长": ("10名", "2012年6月")},
        ),
        (
            "开展“清河”、“护林”和“净土”行动共60次。",
            {"清河": ("60次", ""), "护林": ("60次", ""), "净土行动": ("60次", "")},
        ),
        ("开展“银杏课堂”活动。听众900人次。", {"银杏课堂": ("", "")}),
        ("全年举办讲座8场，并开展“银杏课堂”活动。", {"银杏课堂": ("8场", "全年")}),
    ],
)
def test_numbers_and_times_belong_to_the_activity_nearest_to_them(text, found):
    assert facts(text) == found


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("培训女职工90人次，建成“书香驿站”3个。", "3个"),
        ("全年走访困难户46户，开展“银杏课堂”活动12场。", "12场"),
        ("投入资金30万元，建成“书香驿站”3个。", "30万元 3个"),
        ("组织女职工90人次，参加“银杏课堂”。", "90人次"),
    ],
)
def test_people_of_a_clause_before_are_not_those_of_an_activity_with_a_number_of_its_own(text, amounts):
    [(found, _)] = facts(text).values()
    assert found == amounts


def test_numbers_of_the_name_itself_are_none_of_its_own():
    assert facts("实施“5+2”工程，投入80万元。") == {"5+2工程": ("80万元", "")}


def test_time_grows_with_a_sentence_of_a_hundred_thousand_names():
    def read(text: str) -> None:
        found = [
            Activity(start=at, end=at + 3, text="“甲”", rule="test", name="甲", kind="campaign")
            for at in range(0, len(text) - 6, 6)
        ]
        numbers = [
            Quantity(start=one.end, end=one.end + 2, text="5场", rule="test", value=Fraction(5)) for one in found
        ]
        sentence = Sentence(start=0, end=len(text), section=0, role="plan")
        with_facts(found, text, [sentence], numbers, [])

    with no_runaway():
        assert grows_in_proportion(read, "“甲”5场、", 600_000)
