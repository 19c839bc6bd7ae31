"""Sums: units are converted, shares refused, limits left out, plans kept apart, 个 added thing by thing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from index_samples import analysis, cut, source

from index.store import Index
from index.sums import NumberRow, add_up, is_limit, side_of, split_unit
from nlp.units import load_units


def row(sentence: str, text: str, **known: object) -> NumberRow:
    at = sentence.index(text)
    given = {
        "ref": "a", "title": None, "year_label": None, "org": None, "doc_type": "summary", "role": "achievements",
        "start": at, "end": at + len(text), "source_start": at, "source_end": at + len(text), "text": text, "rule": "",
        "sentence": sentence, "sentence_start": 0, "value": Fraction(1), "value_max": None, "unit": "人", "dimension": "persons",
        "approx": "exact", "of": "", "state": "stated", **known,
    }  # fmt: skip
    return NumberRow(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "text", "limit"),
    [
        ("全镇培训骨干80人。", "80人", False),
        ("全镇培训骨干80人以上。", "80人以上", False),
        ("50人以上企业都已建会。", "50人以上", True),
        ("职工50人以上的企业都已建会。", "50人", True),
        ("只招30人以下的小班。", "30人以下", True),
        ("每村配书3本。", "3本", True),
        ("每户补助不超过500元。", "500元", True),
        ("户均增收900元。", "900元", True),
        ("发放补助900元,户均不多。", "900元", False),
        ("每到冬天，送炭40袋。", "40袋", False),
    ],
)
def test_limits_rates_and_averages_are_no_amounts(sentence, text, limit):
    assert is_limit(row(sentence, text)) is limit


@pytest.mark.parametrize(
    ("things", "counted"),
    [
        (("石臼村培训人数", "苇田村培训人数", "合计培训人数"), 2),
        (("合计培训人数",), 1),
        (("合计培训人数", "合计走访人数"), 2),
        (("甲村男", "甲村女", "甲村合计", "乙村男", "乙村女", "乙村合计", "合计男", "合计女", "合计合计"), 4),
        (("甲村人数合计", "甲村人数其中女", "乙村人数合计", "乙村人数其中女", "合计人数合计", "合计人数其中女"), 2),
        (("甲村人数", "甲村其中女性", "乙村人数", "乙村其中女性"), 2),
        (("甲村其中女性", "乙村其中女性"), 2),
        (("东片甲村人数", "东片小计人数", "西片乙村人数", "西片小计人数", "总计人数"), 2),
        (("东片小计人数", "西片小计人数", "总计人数"), 2),
        (("合计收入", "甲村支出"), 2),
    ],
)
def test_totals_and_parts_of_a_table_are_not_added_to_what_they_hold(things, counted):
    rows = [row(f"{thing}：1人；", "1人", of=thing) for thing in things]
    total = add_up(rows, {"人": Fraction(1)})
    assert (total.value, len(total.repeated)) == (counted, len(things) - counted)


def test_totals_in_prose_and_of_other_reports_are_added():
    rows = [
        row("共计培训80人。", "80人", of="合计培训"),
        row("培训：2人；", "2人", of="培训"),
        row("合计：3人；", "3人", of="合计培训", ref="b"),
    ]
    assert add_up(rows, {"人": Fraction(1)}).repeated == ()


@pytest.mark.parametrize(
    ("role", "doc_type", "side"),
    [
        ("plan", "summary", "plan"), ("achievements", "summary", "done"), ("achievements", "plan", "done"),
        ("background", "plan", "plan"), ("problems", "summary", "other"), (None, "notice", "other"),
    ],
)  # fmt: skip
def test_a_section_tells_what_is_planned_from_what_is_done(role, doc_type, side):
    assert side_of(row("共3人。", "3人", role=role, doc_type=doc_type)) == side


@pytest.mark.parametrize(
    ("unit", "parts"),
    [("元", (1, "元")), ("万元", (10**4, "元")), ("千万元", (10**7, "元")), ("千米", (1, "千米")), ("万", (1, "万"))],
)
def test_a_unit_is_split_from_its_multiple(unit, parts):
    assert split_unit(unit) == parts


@pytest.fixture
def index():
    dimensions = {form: unit.dimension for form, unit in load_units().forms.items()}
    with Index.open(cut=cut) as opened:
        for key, doc_type, numbers in (
            ("a", "plan", [("3万元", 30000, "元"), ("2公里", 2, "公里"), ("4个", 4, "个"), ("5%", 5, "%")]),
            ("b", "summary", [("1亿元", 10**8, "元"), ("500米", 500, "米"), ("6个", 6, "个"), ("XX元", None, "元")]),
        ):
            one = analysis("。".join(text for text, _, _ in numbers) + "。", numbers=numbers, doc_type=doc_type)
            opened.add(source(f"{key}.txt", one), [one])
        for unit, dimension in dimensions.items():
            opened.connection.execute("UPDATE quantities SET dimension = ? WHERE unit = ?", (dimension, unit))
        opened.connection.execute("UPDATE quantities SET of = '阵地' WHERE value = 4")
        opened.connection.execute("UPDATE quantities SET of = '小组' WHERE value = 6")
        yield opened


@pytest.mark.parametrize(
    ("unit", "values"),
    [
        ("万元", [3, 10000, None]), ("亿元", [Fraction(3, 10000), 1, None]), ("公里", [2, Fraction(1, 2)]),
        ("米", [2000, 500]), ("个", [4, 6]), ("人", []),
    ],
)  # fmt: skip
def test_any_unit_of_the_kind_is_found_and_converted(index, unit, values):
    answer = index.numbers(unit=unit)
    assert [one.value for one in answer] == values
    assert {one.unit for one in answer} <= {unit}


def test_a_sum_in_a_unit_is_told_apart_by_plan_and_done(index):
    answer = index.numbers(unit="万元", total=True)
    assert (answer.total.value, answer.total.unit) == (10003, "万元")
    assert {(one.side, one.total.value) for one in answer.parts} >= {("plan", 3)}
    assert [one.text for one in answer.total.left_out] == ["XX元"]


def test_pieces_are_added_thing_by_thing_unless_a_thing_is_named(index):
    answer = index.numbers(unit="个", total=True)
    assert answer.total is None
    assert {(one.of, one.total.value) for one in answer.parts} == {("阵地", 4), ("小组", 6)}
    assert index.numbers(unit="个", of="阵地", total=True).total.value == 4
