"""Sums: units are converted, shares refused, limits left out, plans kept apart, 个 added thing by thing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from index_samples import analysis, cut, source

from index.store import Index
from index.sums import NumberRow, add_up, changes_in, is_limit, is_stock, side_of, split_unit
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
    ("sentence", "text", "of", "stock"),
    [
        ("年末贷款余额3200万元。", "3200万元", "贷款余额", True),
        ("全镇生猪存栏4.2万头。", "4.2万头", "生猪存栏", True),
        ("会员发展到260人。", "260人", "会员", True),
        ("合作社由3家壮大到12家。", "12家", "合作社", True),
        ("志愿者队伍达到了90支。", "90支", "志愿者队伍", True),
        ("覆盖面扩大到目前的48个村。", "48个", "村", True),
        ("在校生稳定在900人。", "900人", "在校生", True),
        ("全年接待来访达到310人。", "310人", "来访", False),
        ("新增会员达到260人。", "260人", "会员", False),
        ("发放贷款3200万元。", "3200万元", "贷款", False),
        ("春联送到120户。", "120户", "春联", False),
        ("培训骨干80人。", "80人", "骨干", False),
    ],
)
def test_how_much_there_is_at_a_time_is_told_from_what_was_done(sentence, text, of, stock):
    assert is_stock(row(sentence, text, of=of)) is stock


@pytest.mark.parametrize(
    ("sentence", "numbers", "found"),
    [
        ("会员从80人增加到260人。", ("80人", "260人"), 2),
        ("合作社由2018年的3家发展到2021年的12家。", ("3家", "12家"), 2),
        ("返贫户由40户降为2户。", ("40户", "2户"), 2),
        ("从80人中选出12人。", ("80人", "12人"), 0),
        ("由妇联培训80人，工会培训到12人。", ("80人", "12人"), 0),
        ("培训80人，增加到岗12人。", ("80人", "12人"), 0),
    ],
)
def test_both_sides_of_a_change_are_told(sentence, numbers, found):
    rows = [row(sentence, text, unit=text[-1]) for text in numbers]
    assert len(changes_in(rows)) == found


def test_stocks_and_changes_are_listed_apart_from_what_was_done():
    rows = [
        row("发放贷款3万元。", "3万元", of="贷款", unit="万元", value=Fraction(3)),
        row("年末贷款余额9万元。", "9万元", of="贷款余额", unit="万元", value=Fraction(9)),
        row("贷款从4万元增加到7万元。", "4万元", ref="b", of="贷款", unit="万元", value=Fraction(4)),
        row("贷款从4万元增加到7万元。", "7万元", ref="b", of="贷款", unit="万元", value=Fraction(7)),
    ]
    total = add_up(rows, {"万元": Fraction(1)})
    assert (total.value, total.counted, len(total.stocks), len(total.changes)) == (3, 1, 1, 2)


@pytest.mark.parametrize(
    ("told", "added"),
    [
        ((("甲县", "2019"), ("乙县", "2019")), 2),
        ((("甲县", "2018"), ("甲县", "2019")), 1),
        ((("甲县", "2018"), ("乙县", "2019")), 0),
        ((("甲县", "2019"), ("甲县", "2019")), 0),
    ],
)
def test_stocks_of_several_bodies_are_added_for_one_year_only(told, added):
    rows = [
        row("年末贷款余额9万元。", "9万元", ref=f"{org}{at}", org=org, year_label=year, of="贷款余额", unit="万元")
        for at, (org, year) in enumerate(told)
    ]
    total = add_up(rows, {"万元": Fraction(1)})
    assert (total.counted, len(total.stocks)) == (added, len(rows) - added)


def test_running_totals_of_several_reports_are_not_added():
    rows = [
        row("全年培训骨干80人。", "80人", of="骨干", value=Fraction(80)),
        row("截至目前累计培训骨干300人。", "300人", ref="b", of="骨干", value=Fraction(300)),
        row("截至目前累计培训骨干420人。", "420人", ref="c", of="骨干", value=Fraction(420)),
    ]
    assert [add_up(some, {"人": Fraction(1)}).value for some in (rows, rows[:2])] == [80, 380]


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


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (12199836000, "万元", "12199836000万元(约 121.9984万亿元)"), (3250000, "元", "3250000元(即 325万元)"),
        (200, "万元", "200万元"), (1234567, "人", "1234567人(即 123.4567万人)"), (4000000, "亿元", "4000000亿元(即 400万亿元)"),
    ],
)  # fmt: skip
def test_a_long_sum_is_read_in_large_units(value, unit, told):
    from types import SimpleNamespace

    from nianlun.commands.numbers import _large

    assert _large(SimpleNamespace(lang="zh"), Fraction(value), unit) == told  # type: ignore[arg-type]
