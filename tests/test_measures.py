"""Measures: whether a number is a count, an amount, a share, a growth …, and of what base."""

from __future__ import annotations

from fractions import Fraction

import pytest

from nlp.measures import MEASURES, multiple_of
from nlp.quantities import find_quantities, load_units


@pytest.mark.parametrize(
    ("text", "measure", "base"),
    [
        ("走访困难户46户", "count", ""),
        ("新增会员500名", "count", ""),
        ("增加到14个", "count", ""),
        ("多办了3期", "count", ""),
        ("投入3万元", "amount", ""),
        ("占地30亩", "amount", ""),
        ("占全镇总户数的30%", "share", "全镇总户数"),
        ("占比达30%", "share", ""),
        ("75%的受访会员", "share", "受访会员"),
        ("完成年初计划的82%", "share", "年初计划"),
        ("入会率93%", "rate", ""),
        ("群众满意度达98%", "rate", ""),
        ("产值同比增长5.3%", "growth", "上年同期"),
        ("环比下降2%", "growth", "上期"),
        ("比上年增长12%", "growth", "上年"),
        ("比前年同期多11件", "growth", "前年同期"),
        ("较2010年提高2.3个百分点", "growth", "2010年"),
        ("高于预定目标0.6个百分点", "growth", "预定目标"),
        ("与上年相比，减少3户", "growth", "上年"),
        ("产量翻一番", "growth", ""),
        ("增长1.5倍", "growth", ""),
        ("是前年的2.5倍", "ratio", "前年"),
        ("按1:20配备", "ratio", ""),
        ("补助300元/亩", "price", ""),
        ("每人50元", "price", ""),
        ("每村3本", "rate", ""),
        ("人均纯收入2000元", "average", ""),
        ("35岁以下", "age", ""),
        ("得分92分，", "score", ""),
    ],
)
def test_dimension_and_words_before_a_number_tell_what_it_is(text, measure, base):
    (quantity,) = find_quantities(text, load_units())
    assert quantity.measure in MEASURES
    assert (quantity.measure, quantity.base) == (measure, base)


@pytest.mark.parametrize(
    ("text", "multiple"),
    [
        ("翻一番", 2),
        ("翻两番", 4),
        ("增长1.5倍", Fraction(5, 2)),
        ("增长两倍", 3),
        ("是前年的2.5倍", Fraction(5, 2)),
        ("增长5%", Fraction(21, 20)),
        ("占5%", None),
        ("增长5户", None),
    ],
)
def test_doublings_and_times_are_exact_multiples(text, multiple):
    (quantity,) = find_quantities(text, load_units())
    assert multiple_of(quantity, quantity.measure) == multiple
