"""Problems over the years: bases, runs, weights, what is new and what comes back, on an index in memory."""

from __future__ import annotations

import pytest
from index_samples import LEAVES, analysis, cut, source

from index.shares import share_of
from index.store import Index

GAP = [("经费紧张", "funding_gap", "asserted")]
STAFF = [("人手太少", "staff_shortage", "asserted")]


def report(index: Index, key: str, *, problems=(), text: str = "", **told) -> None:
    words = text or f"第{key}号材料。"
    words += "".join(
        f"{number}号文说{one[0]}。" if number else f"{one[0]}，{key}如此。" for number, one in enumerate(problems)
    )
    told = {"year_basis": "title", **told} if told.get("year") else told
    one = analysis(words, problems=problems, **told)
    index.add(source(f"{key}.txt", one), [one])


@pytest.fixture
def index():
    with Index.open(cut=cut, leaves=LEAVES) as index:
        for year in range(2008, 2014):
            for number in range(4):
                named = (number < year - 2008) if year != 2011 else False
                report(
                    index,
                    f"y{year}_{number}",
                    problems=GAP if named else (),
                    year=year,
                    org=f"{'甲乙丙丁'[number]}县妇联",
                )
        report(index, "inferred", problems=STAFF, year=2012, year_basis="inferred", org="戊县妇联")
        report(index, "interval", problems=GAP, year_low=2009, year_high=2010)
        report(index, "undated", problems=GAP)
        yield index


def row(answer, leaf):
    return next(one for one in answer if one.leaf == leaf)


def test_a_leaf_over_the_years_tells_first_last_run_and_every_base(index):
    answer = index.trends()
    gap = row(answer, "funding_gap")
    assert (gap.history.first, gap.history.last) == ("2009", "2013")
    assert (gap.history.run, gap.history.run_years) == (("2012", "2013"), 2)
    assert gap.history.yearly == ((2008, 0, 4), (2009, 1, 4), (2010, 2, 4), (2011, 0, 4), (2012, 4, 5), (2013, 4, 4))
    assert gap.history.undated == 2 and answer.undated == 2, "what has no year stands in none, and is told"
    assert (len(gap.documents), gap.base) == (13, 27)
    assert gap.share == share_of(13, 27)
    assert answer.years[4] == (2012, 5, 1)


def test_inferred_years_are_marked(index):
    staff = row(index.trends(), "staff_shortage")
    assert (staff.history.first, staff.history.years) == ("≈2012", ("≈2012",))
    assert staff.history.trend.verdict == "few_documents"


def test_one_leaf_is_adjusted_with_all_that_were_tested(index):
    alone, together = index.trends("funding_gap"), index.trends()
    assert [one.leaf for one in alone] == ["funding_gap"]
    assert alone[0].history.trend == row(together, "funding_gap").history.trend


def test_a_trend_names_its_test(index):
    gap = row(index.trends(), "funding_gap")
    assert (gap.history.trend.name, gap.history.trend.verdict) == ("Cochran–Armitage", "rising")
    weighted = row(index.trends(weight="body"), "funding_gap")
    assert weighted.history.trend.name == "Mann–Kendall"
    with pytest.raises(ValueError, match="weight="):
        index.trends(weight="region")


def test_two_years_tell_what_is_new_what_comes_back_and_what_is_gone(index):
    changes = {one.leaf: one.change for one in index.compare(2011, 2012).leaves}
    assert changes == {"funding_gap": "again", "staff_shortage": "new"}
    assert {one.leaf: one.change for one in index.compare(2012, 2013).leaves} == {
        "funding_gap": "kept",
        "staff_shortage": "gone",
    }
    assert {one.leaf: one.change for one in index.compare(2008, 2009).leaves} == {"funding_gap": "new"}


def test_each_side_has_its_base_its_interval_and_its_bodies(index):
    (gap,) = [one for one in index.compare(2010, 2012).leaves if one.leaf == "funding_gap"]
    assert (gap.a.documents, gap.a.base, gap.b.base) == (("y2010_0", "y2010_1"), 4, 5)
    assert gap.a.share == share_of(2, 4)
    assert (gap.a.bodies, gap.a.body_base) == (2, 4)
    assert gap.test.verdict == "few_documents", "four documents and five tell no difference"


def test_up_and_down_are_said_of_large_differences_only():
    with Index.open(cut=cut, leaves=LEAVES) as index:
        for number in range(60):
            for year, share in ((2010, 10), (2011, 40)):
                problems = [*(GAP if number < share else ()), *(STAFF if number < 20 else ())]
                report(index, f"{year}_{number}", problems=problems, year=year)
        answer = index.compare(2010, 2011)
        assert {one.leaf: one.change for one in answer.leaves} == {"funding_gap": "up", "staff_shortage": "kept"}
        assert {one.leaf: one.change for one in index.compare(2011, 2010).leaves}["funding_gap"] == "down"
        assert all(one.test.q >= one.test.p for one in answer.leaves)


def test_a_body_that_writes_much_does_not_speak_for_the_others():
    with Index.open(cut=cut, leaves=LEAVES) as index:
        for number in range(30):
            report(index, f"busy{number}", problems=GAP, year=2010, org="勤县妇联")
        for number in range(3):
            report(index, f"other{number}", year=2010, org=f"第{number}县妇联")
        plain, weighted = index.trends()[0], index.trends(weight="body")[0]
        assert plain.share.value == pytest.approx(30 / 33) and weighted.share.value == pytest.approx(1 / 4)
        assert (weighted.bodies, weighted.body_base) == (1, 4)


def test_counts_are_those_of_the_sentences_themselves(index):
    slow = {one.leaf: (one.documents, one.base, one.independent) for one in index.problems(year=2012)}
    fast = {one.leaf: (one.b.documents, one.b.base, one.b.independent) for one in index.compare(2011, 2012).leaves}
    assert {leaf: side for leaf, side in fast.items() if side[0]} == slow
    assert {one.leaf: one.independent for one in index.trends()} == {
        one.leaf: one.independent for one in index.problems()
    }


@pytest.mark.parametrize(("by", "same"), [("level", "org_level"), ("body", "org")])
def test_groups_have_the_names_that_people_use(index, by, same):
    assert index.problems("funding_gap", by=by) == index.problems("funding_gap", by=same)


def test_inferred_years_count_with_the_stated_where_that_is_asked(index):
    assert dict(index.problems(by="year").groups)["≈2012"] == 1
    merged = dict(index.problems(by="year", undated="infer").groups)
    assert merged["2012"] == 5 and "≈2012" not in merged
    assert merged["≈2009–2010"] == 1 and merged[None] == 1, "an interval is spread over no years"
    dropped = dict(index.problems(by="year", undated="drop").groups)
    assert "≈2009–2010" not in dropped and None not in dropped


def test_words_of_many_documents_are_drawn_by_lot_and_it_is_told(index, monkeypatch):
    monkeypatch.setattr("index.compare.WORD_CHARS", 10)
    drawn = index.compare(2010, 2012)
    assert (drawn.read_a, drawn.read_b) == (1, 1) == (index.compare(2010, 2012).read_a, 1)
    assert index.compare(2010, 2012, all_words=True).read_b == 5


PLAN = "一、存在问题\n{problem}\n二、整改措施\n1、向县里争取专项经费,列入预算。\n"


def test_a_problem_is_followed_through_later_reports_of_its_body():
    with Index.open(cut=cut, leaves=LEAVES) as index:
        for key, year, named, org in (
            ("first", 2010, True, "甲县妇联"), ("second", 2011, False, "甲县妇联"), ("third", 2012, True, "甲县妇联"),
            ("else", 2010, True, "乙县妇联"), ("later", 2013, False, "乙县妇联"), ("single", 2010, True, "丙县妇联"),
        ):  # fmt: skip
            report(index, key, problems=GAP if named else (), year=year, org=org)
        report(index, "nobody", problems=GAP, year=2010)
        answer = index.pursued_problems()
        told = [(one.org, one.year_label, one.outcome, one.again_year, one.later) for one in answer]
        assert told == [
            ("乙县妇联", "2010", "silent", None, ("later",)),
            ("甲县妇联", "2010", "again", "2012", ("second", "third")),
            ("甲县妇联", "2012", "last", None, ()),
        ]
        assert (answer.bodies, answer.single, answer.nameless) == (2, 1, 1)
