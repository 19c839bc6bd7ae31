"""Answers: what is counted, on which base, and what is set apart or left out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from index_samples import LEAVES, analysis, cut, document, source

from index.errors import MixedUnits, NotAdditive, UnknownLeaf
from index.store import Index


@pytest.fixture
def index():
    with Index.open(cut=cut, leaves=LEAVES) as opened:
        for key, made in reports().items():
            opened.add(source(f"{key}.txt", made), [made])
        yield opened


def reports():
    """Return six reports: two of one text, one that solved its problem, one undated, one with an interval of years."""
    gap, solved = [("经费不足", "funding_gap", "asserted")], [("经费到位", "funding_gap", "solved")]
    return {
        "a": analysis(
            "1、经费不足,难以运转。经费不足。培训妇女约80人,受益120人次。“新苗计划”帮扶25人。6月底前完成整改。",
            problems=[*gap, ("难以运转", "staff_shortage", "asserted")],
            numbers=[("80人", 80, "人"), ("120人次", 120, "人次"), ("25人", 25, "人")],
            times=[("6月底前", "deadline", "2010-06-30")],
            activities=["“新苗计划”"],
            year=2010, year_basis="title", org="云溪县妇联", org_level="county",
        ),
        "b": analysis(
            "(二)经费不足，难以运转；发放物资XX份。“新苗计划”与“暖冬行动”同时开展。月底前报送。",
            problems=gap,
            numbers=[("XX份", None, "份")],
            activities=["“新苗计划”", "“暖冬行动”"],
            times=[("月底前", "deadline", None)],
            year=2012, year_basis="inferred", org="石桥镇妇联", org_level="township",
        ),
        "c": analysis("工作经费到位。", problems=solved, year=2012, year_basis="title", org_level="county"),
        "d": analysis("各村经费不足,缺口大。", problems=gap),
        "e": analysis("仍是经费不足。", problems=gap, year_low=2011, year_high=2013, year_basis="inferred"),
        "f": analysis("一切顺利。", year=2012, year_basis="title"),
    }  # fmt: skip


def test_documents_come_by_year_with_the_undated_last(index):
    rows = index.docs()
    assert [(row.ref, row.year_label) for row in rows] == [
        ("a", "2010"), ("e", "≈2011–2013"), ("b", "≈2012"), ("c", "2012"), ("f", "2012"), ("d", None),
    ]  # fmt: skip
    assert (rows.base.documents, rows.base.total, rows.base.undated) == (6, 6, 2)
    assert rows.base.interval == sum(row.undated and row.year_label is not None for row in rows) == 1
    assert index.docs(doc_type="summary", org="石桥镇").base.interval == 0


def test_a_problem_counts_once_for_a_document_and_shows_every_sentence(index):
    (row,) = index.problems("funding_gap")
    assert row.documents == ("a", "e", "b", "d")
    assert (row.base, row.zh) == (6, "经费不足")
    assert {mention.sentence for mention in row.mentions if mention.ref == "a"} == {"1、经费不足,难以运转。"}


def test_copied_sentences_are_one_text():
    with Index.open(cut=cut, leaves=LEAVES) as index:
        for key, text in {"a": "1、经费不足,难以运转。", "b": "(二)经费不足，难以运转；", "c": "经费不足。"}.items():
            one = analysis(text, problems=[("经费不足", "funding_gap", "asserted")])
            index.add(source(f"{key}.txt", one), [one])
        (row,) = index.problems("funding_gap")
        assert (len(row.documents), row.independent) == (3, 2)


def test_documents_that_name_a_problem_otherwise_stand_beside(index):
    (row,) = index.problems("funding_gap")
    assert row.elsewhere == (("solved", ("c",)),)
    (row,) = index.problems("funding_gap", polarity="solved")
    assert row.documents == ("c",)
    (row,) = index.problems("funding_gap", polarity="all")
    assert row.documents == ("a", "e", "b", "c", "d")


def test_problems_by_year_keep_the_undated_apart_and_know_every_base(index):
    answer = index.problems("funding_gap", by="year")
    assert [(row.group, row.documents, row.base, row.independent) for row in answer] == [
        ("2010", ("a",), 1, 1),
        ("≈2011–2013", ("e",), 1, 1),
        ("2012", (), 2, 0),
        ("≈2012", ("b",), 1, 1),
        (None, ("d",), 1, 1),
    ]
    assert dict(answer.groups) == {"2010": 1, "≈2011–2013": 1, "≈2012": 1, "2012": 2, None: 1}


def test_undated_documents_can_be_dropped_and_are_then_named(index):
    answer = index.problems("funding_gap", by="year", undated="drop")
    assert [row.group for row in answer] == ["2010", "2012", "≈2012"]
    assert answer.base.dropped == ("e", "d")


def test_a_year_sets_apart_what_may_fall_in_it(index):
    answer = index.problems("funding_gap", year=2012)
    assert [row.documents for row in answer] == [("b",)]
    assert [row.documents for row in answer.apart] == [("e",)]
    assert (answer.base.documents, answer.base.apart, answer.base.dropped) == (3, ("e",), ("d",))
    assert index.problems("funding_gap", year=2012, undated="infer")[0].documents == ("e", "b")


def test_every_list_sets_apart_what_may_fall_in_the_year():
    with Index.open(cut=cut) as index:
        one = analysis(
            "“新苗计划”帮扶25人,6月底前完成。",
            numbers=[("25人", 25, "人")], times=[("6月底前", "deadline", None)], activities=["“新苗计划”"],
            year_low=2011, year_high=2013,
        )  # fmt: skip
        index.add(source("a.txt", one), [one])
        for answer in (
            index.docs(year=2012),
            index.activities(year=2012),
            index.numbers(year=2012, total=True),
            index.deadlines(year=2012),
        ):
            assert (len(answer), len(answer.apart), answer.base.apart) == (0, 1, ("a",))
        assert len(index.numbers(year=(2011, 2013))) == 1


@pytest.mark.parametrize("by", ["org", "org_level", "doc_type", "region"])
def test_groups_hold_every_document_that_reports(index, by):
    answer = index.problems("funding_gap", by=by)
    assert sum(len(row.documents) for row in answer) == 4
    assert sum(count for _, count in answer.groups) == 6


def test_all_problems_come_with_the_most_reported_first(index):
    assert [row.leaf for row in index.problems()] == ["funding_gap", "staff_shortage"]
    assert index.problems("人手不足")[0].documents == ("a",)
    assert index.problems("other")[0].documents == ()
    with pytest.raises(UnknownLeaf, match="funding_gap"):
        index.problems("nothing_such")


def test_a_problem_without_any_report_still_answers_with_its_base():
    with Index.open(cut=cut, leaves=LEAVES) as index:
        one = analysis("一切顺利。")
        index.add(source("a.txt", one), [one])
        (row,) = index.problems("funding_gap")
        assert (row.documents, row.base, row.independent) == ((), 1, 0)


def test_activities_come_with_their_years_and_the_numbers_beside_them(index):
    rows = index.activities()
    assert [(row.name, row.documents, row.years) for row in rows] == [
        ("新苗计划", ("a", "b"), ("2010", "≈2012")),
        ("暖冬行动", ("b",), ("≈2012",)),
    ]
    assert rows[0].mentions[0].numbers == ("25人",)
    assert [row.name for row in index.activities("暖冬")] == ["暖冬行动"]
    assert len(index.activities(kind="honour")) == 0
    assert (rows[0].mentions[0].variant_of, rows[0].mentions[0].suspect) == (None, False)


def test_numbers_of_one_unit_add_up_and_say_what_is_left_out(index):
    answer = index.numbers(unit="人", total=True)
    assert [row.value for row in answer] == [80, 25]
    assert (answer.total.value, answer.total.unit, answer.total.counted) == (Fraction(105), "人", 2)
    assert index.numbers(unit="份", total=True).total.left_out[0].text == "XX份"
    assert [row.text for row in index.numbers(state="masked")] == ["XX份"]


def test_persons_and_attendances_are_not_added(index):
    with pytest.raises(MixedUnits, match="人 × 2, 人次 × 1"):
        index.numbers(total=True, factors={})
    with pytest.raises(MixedUnits):
        index.numbers(total=True, factors={"人": Fraction(1), "人次": Fraction(1)})


def test_units_of_one_dimension_add_up_by_their_factors():
    with Index.open(cut=cut) as index:
        one = analysis("栽树3亩,又栽2公顷。", numbers=[("3亩", 3, "亩"), ("2公顷", 2, "公顷")])
        index.add(source("a.txt", one), [one])
        index.connection.execute("UPDATE quantities SET dimension = 'area'")
        total = index.numbers(total=True, factors={"亩": Fraction(1), "公顷": Fraction(15)}).total
        assert (total.value, total.unit, total.bound) == (Fraction(33), "亩", "exact")


@pytest.mark.parametrize(
    ("numbers", "value", "unit"),
    [
        ([("2公顷", 2, "公顷"), ("3平方公里", 3, "平方公里"), ("1公顷", 1, "公顷")], 303, "公顷"),
        ([("2公顷", 2, "公顷")], 2, "公顷"),
        ([("3亩", 3, "亩"), ("2公顷", 2, "公顷"), ("4公顷", 4, "公顷")], 93, "亩"),
    ],
)
def test_a_sum_names_the_unit_that_it_is_in(numbers, value, unit):
    factors = {"亩": Fraction(1), "公顷": Fraction(15), "平方公里": Fraction(1500)}
    with Index.open(cut=cut) as index:
        one = analysis("、".join(text for text, _, _ in numbers), numbers=numbers)
        index.add(source("a.txt", one), [one])
        index.connection.execute("UPDATE quantities SET dimension = 'area'")
        total = index.numbers(total=True, factors=factors).total
        assert (total.value, total.unit) == (value, unit)


@pytest.mark.parametrize(
    ("unit", "count"), [("元", 2), ("万元", 2), ("亿元", 2), ("百万元", 2), ("千米", 2), ("米", 2), ("万", 0)]
)
def test_a_unit_is_asked_for_with_its_multiple_or_without(unit, count):
    with Index.open(cut=cut) as index:
        numbers = [("3万元", 30000, "元"), ("2亿元", 2 * 10**8, "元"), ("5千米", 5, "千米"), ("40米", 40, "米")]
        one = analysis("、".join(text for text, _, _ in numbers), numbers=numbers)
        index.add(source("a.txt", one), [one])
        assert len(index.numbers(unit=unit)) == count


@pytest.mark.parametrize(("unit", "dimension"), [("%", "percent"), ("岁", "years of age"), ("元/亩", "CNY /亩")])
def test_shares_ages_and_rates_are_not_added(unit, dimension):
    with Index.open(cut=cut) as index:
        one = analysis(f"前者40{unit}，后者50{unit}。", numbers=[(f"40{unit}", 40, unit), (f"50{unit}", 50, unit)])
        index.add(source("a.txt", one), [one])
        index.connection.execute("UPDATE quantities SET dimension = ?", (dimension,))
        assert len(index.numbers(unit=unit)) == 2
        with pytest.raises(NotAdditive, match=f"{unit} × 2"):
            index.numbers(unit=unit, total=True)


def test_words_that_no_encoding_knows_are_found_nowhere(index):
    assert len(index.numbers(unit="\udcff")) == 0
    assert index.search("\udcff经费").places == 0


@pytest.mark.parametrize(
    ("known", "label"),
    [
        ({"year": 2012, "year_basis": "title"}, "2012"),
        ({"year": 2012, "year_basis": "inferred"}, "≈2012"),
        ({"year_low": 2011, "year_high": 2013}, "≈2011–2013"),
        ({"year_low": 2011, "year_high": 2011}, "≈2011"),
        ({"year_low": 2011}, "≥2011"),
        ({"year_high": 2011}, "≤2011"),
        ({}, None),
    ],
)
def test_views_and_answers_label_a_year_alike(known, label):
    with Index.open(cut=cut) as index:
        one = analysis("一切顺利。", **known)
        index.add(source("a.txt", one), [one])
        assert index.docs()[0].year_label == label
        assert index.connection.execute("SELECT year FROM reports").fetchone() == (label,)


def test_deadlines_come_by_day_with_their_sentence(index):
    rows = index.deadlines()
    assert [(row.ref, row.date_end, row.sentence) for row in rows] == [
        ("a", "2010-06-30", "6月底前完成整改。"),
        ("b", None, "月底前报送。"),
    ]


@pytest.mark.parametrize(
    ("due", "overdue_at", "count"),
    [
        ("2010-06-30", None, 1),
        ("2010-06", None, 1),
        ("2010", None, 1),
        ("2011", None, 0),
        (("2010-01-01", "2010-06-30"), None, 1),
        (("2010-07-01", None), None, 0),
        ((None, "2010-06"), None, 1),
        (None, "2010-07-01", 1),
        (None, "2010-06-30", 0),
    ],
)
def test_deadlines_can_be_asked_for_by_day(index, due, overdue_at, count):
    assert len(index.deadlines(due=due, overdue_at=overdue_at)) == count


def test_two_years_are_compared_on_their_bases(index):
    result = index.compare(2010, 2012)
    assert (result.base_a.documents, result.base_b.documents) == (1, 3)
    (gap,) = [row for row in result.leaves if row.leaf == "funding_gap"]
    assert (gap.a.documents, gap.b.documents) == (("a",), ("b",))
    assert (gap.a.share.value, gap.b.share.value) == (1.0, pytest.approx(1 / 3))
    assert (gap.change, gap.test.verdict, gap.history.trend.verdict) == ("kept", "few_documents", "few_years")
    assert [name for name, _ in result.new] == ["暖冬行动"]
    assert [name for name, _ in result.kept] == ["新苗计划"]
    assert result.gone == ()


@pytest.mark.parametrize("flushed", [True, False])
def test_words_that_set_two_years_apart_are_named_with_their_year(flushed):
    with Index.open(cut=cut) as index:
        for key, word, year in (("a", "培训", 2010), ("b", "计划", 2011)):
            one = analysis(f"妇联{word}。" * 40, year=year, year_basis="title")
            index.add(source(f"{key}.txt", one), [one])
        if flushed:
            index.flush()
        words = [(row.word, row.year, row.count_a, row.count_b) for row in index.compare(2010, 2011).keywords]
        assert words == [("培训", 2010, 40, 0), ("计划", 2011, 0, 40)]


def test_a_document_is_shown_with_its_marks(index):
    shown = index.show("a")
    assert shown.text == shown.raw == reports()["a"].document.text
    layers = {mark.layer for mark in shown.marks}
    assert layers == {"problems", "numbers", "times", "activities"}
    assert all(shown.text[mark.start : mark.end] for mark in shown.marks)


def test_a_stretch_of_a_document_is_shown_with_the_marks_that_touch_it(index):
    place = index.deadlines()[0]
    shown = index.show(place.reference)
    assert (shown.text, shown.raw, shown.reference) == ("6月底前", "6月底前", place.reference)
    assert [mark.layer for mark in shown.marks] == ["times"]


def test_a_stretch_of_a_later_document_in_a_file_is_found():
    with Index.open(cut=cut) as index:
        one, two = analysis("第一份。"), analysis(document("第二份经费。", ordinal=2, at=4))
        index.add(source("x.txt", one, two), [one, two])
        assert index.show("x#2@7-9").text == "经费"
        assert index.show("x#2@0-2").text == ""


def test_the_overview_counts_everything_once(index):
    index.add_failure("坏.docx", "damaged")
    whole = index.overview(top=1)
    assert (whole.base.documents, whole.base.unread) == (6, 1)
    assert dict(whole.by_year) == {"2010": 1, "≈2011–2013": 1, "≈2012": 1, "2012": 2, None: 1}
    assert dict(whole.by_kind) == {"summary": 6}
    assert sum(count for *_, count in whole.by_year_and_kind) == 6
    assert [row.leaf for row in whole.problems] == ["funding_gap"]
    assert len(whole.deadlines) == 2
    assert [row.path for row in whole.unread] == ["坏.docx"]


def test_an_empty_index_answers_with_nothing():
    with Index.open(cut=cut, leaves=LEAVES) as index:
        assert index.overview().base.documents == 0
        assert len(index.docs()) == len(index.problems()) == len(index.deadlines()) == 0
        assert index.search("经费").places == 0
        assert index.compare(2010, 2011).keywords == ()
        assert index.numbers(total=True).total.counted == 0


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda index: index.docs(undated="maybe"), "undated"),
        (lambda index: index.problems(by="colour"), "by="),
    ],
)
def test_a_wrong_choice_is_refused_with_the_right_ones(index, call, reason):
    with pytest.raises(ValueError, match=reason):
        call(index)
