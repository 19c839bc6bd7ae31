"""What a number in its sentence is an amount of, with near misses beside the hits."""

from __future__ import annotations

import pytest

from nlp.amounts import are_change, tells_limit, tells_running_total, tells_stock


@pytest.mark.parametrize(
    ("before", "of", "dimension", "stock"),
    [
        ("年末", "贷款余额", "money", True),
        ("会员由去年的3户发展到", "会员", "households", True),
        ("会员达到", "会员", "persons", True),
        ("全年培训达到", "培训", "persons", False),
        ("培训达到", "培训", "attendances", False),
        ("发放", "贷款", "money", False),
    ],
)
def test_a_stock_is_told_from_what_was_done(before: str, of: str, dimension: str, stock: bool) -> None:
    assert tells_stock(before, of, dimension) is stock


@pytest.mark.parametrize(
    ("before", "done", "running"),
    [
        ("累计发放宣传资料", False, True),
        ("截至目前，共建成", False, True),
        ("今年以来，在三个乡建成", True, True),
        ("今年以来，在三个乡建成", False, False),
        ("全年发放宣传资料", True, False),
    ],
)
def test_a_running_total_is_told_by_the_words_before_it(before: str, done: bool, running: bool) -> None:
    assert tells_running_total(before, done=done) is running


@pytest.mark.parametrize(
    ("before", "between", "change"),
    [
        ("养殖户从", "增加到", True),
        ("养殖户由", "发展到今年的", True),
        ("自", "增加到", False),
        ("服从安排的", "增加到", False),
        ("养殖户从", "搬到河东，又搬了", False),
    ],
)
def test_two_numbers_are_a_change_by_what_leads_from_one_to_the_other(before: str, between: str, change: bool) -> None:
    assert are_change(before, between) is change


@pytest.mark.parametrize(
    ("before", "number", "after", "limit"),
    [
        ("会期", "3天以内", "", True),
        ("对", "200亩以上", "大户给予补助", True),
        ("种植面积", "200亩以上", "，", False),
        ("每村", "3本", "", True),
        ("经费不超过", "500元", "", True),
        ("发放", "500元", "", False),
    ],
)
def test_a_limit_is_no_amount(before: str, number: str, after: str, limit: bool) -> None:
    assert tells_limit(before, number, after) is limit
