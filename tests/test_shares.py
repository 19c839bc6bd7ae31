"""Intervals and tests agree with scipy, and nothing is concluded from too little."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from index.shares import adjusted, difference, longest_run, rank_trend, share_of, trend, weighted_share


@given(st.integers(1, 400).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_an_interval_is_that_of_wilson(counted):
    found = share_of(*counted)
    expected = stats.binomtest(*counted).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_nothing_is_a_share_of_nothing():
    assert share_of(0, 0).value is None and weighted_share({}).low is None


def test_each_body_has_one_vote():
    busy = {"甲县": (90, 100), "乙县": (0, 1), "丙县": (0, 1)}
    assert share_of(90, 102).value == pytest.approx(0.882, abs=0.001)
    weighted = weighted_share(busy)
    assert weighted.value == pytest.approx(0.3)
    assert weighted.effective == pytest.approx(9 / 2.01)
    assert weighted.high - weighted.low > 0.5, "three bodies say little, however much one of them writes"


def test_bodies_that_write_the_same_weigh_as_their_documents():
    even = weighted_share({number: (number % 2, 1) for number in range(40)})
    plain = share_of(20, 40)
    assert (even.value, even.low, even.high) == pytest.approx((plain.value, plain.low, plain.high))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_values_are_those_of_benjamini_and_hochberg(values):
    tests = {str(at): stats_outcome(p) for at, p in enumerate(values)}
    found = [one.q for one in adjusted(tests).values()]
    assert found == pytest.approx(list(stats.false_discovery_control(values)))


def stats_outcome(p: float):
    from index.shares import Outcome

    return Outcome(verdict="none", name="made", p=p, direction=1)


@pytest.mark.parametrize(("a", "b"), [((20, 100), (40, 100)), ((5, 60), (9, 40)), ((30, 31), (30, 60))])
def test_a_difference_is_that_of_chi_square(a, b):
    table = [[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]]
    expected = stats.chi2_contingency(table, correction=False)
    found = difference(a, b)
    if expected.expected_freq.min() < 5:
        assert found.verdict == "few_documents" and found.p is None
    else:
        assert found.p == pytest.approx(expected.pvalue)


def test_a_trend_of_many_documents_is_found_and_its_direction_told():
    rising = {2005 + at: (10 + 5 * at, 100) for at in range(8)}
    falling = {2005 + at: (60 - 5 * at, 100) for at in range(8)}
    level = {2005 + at: (30, 100) for at in range(8)}
    found = adjusted({"a": trend(rising), "b": trend(falling), "c": trend(level)})
    assert [found[name].verdict for name in "abc"] == ["rising", "falling", "none"]
    scores = [year for year, (count, base) in rising.items() for _ in range(base)]
    marks = [one for count, base in rising.values() for one in [1] * count + [0] * (base - count)]
    r = stats.pearsonr(scores, marks).statistic
    assert found["a"].p == pytest.approx(stats.chi2.sf(len(marks) * r * r, 1))
    assert found["a"].name == "Cochran–Armitage"


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ({2010: (1, 50), 2011: (9, 50), 2012: (20, 50), 2013: (40, 50)}, "few_years"),
        ({2010 + at: (1 if at == 5 else 0, 3) for at in range(6)}, "few_documents"),
        ({2010 + at: (3, 3) for at in range(6)}, "few_documents"),
        ({2010: (0, 0), 2011: (5, 9), 2012: (5, 9), 2013: (5, 9)}, "few_years"),
    ],
)
def test_too_little_tells_nothing(counts, verdict):
    assert (trend(counts).verdict, trend(counts).p) == (verdict, None)


def test_ranks_of_yearly_shares_are_tested_where_bodies_are_weighed():
    shares = {2010 + at: 0.1 * at for at in range(7)}
    found = adjusted({"one": rank_trend(shares)})["one"]
    assert (found.verdict, found.name) == ("rising", "Mann–Kendall")
    assert found.p == pytest.approx(stats.kendalltau(list(shares), list(shares.values())).pvalue)
    assert rank_trend({2010: 0.1, 2011: 0.2, 2012: None, 2013: 0.3}).verdict == "few_years"
    assert rank_trend(dict.fromkeys(range(2010, 2018), 0.5)).verdict == "none"


@pytest.mark.parametrize(
    ("years", "run"),
    [
        ([], None),
        ([2010], (2010, 2010)),
        ([2004, 2006, 2007, 2011], (2006, 2007)),
        ([2012, 2011, 2004, 2005], (2011, 2012)),
    ],
)
def test_the_longest_run_has_no_gap_and_is_the_latest_of_equals(years, run):
    assert longest_run(years) == run
