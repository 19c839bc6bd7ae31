"""Tables in running text: a number has its unit in its head, and counts what head and label say."""

from __future__ import annotations

from fractions import Fraction

import pytest
from index_samples import document
from runaway import grows_in_proportion

from index.sums import NumberRow, add_up
from ingest.read import read
from nlp.analyse import analyse, analyse_all
from nlp.cells import with_cells
from nlp.units import load_units


def found(text: str) -> list[tuple[str, str, str]]:
    return [(one.text, one.unit, one.of) for one in analyse(document(text)).quantities]


TABLE = "青槐县妇联2021年工作情况表\n乡镇 培训人次 贷款（万元） 开班数\n桥头镇 900 32.5 4期\n河西乡 1,200 18 6期\n"


def test_a_number_has_the_unit_of_its_head_and_counts_what_head_and_label_say():
    assert found(TABLE) == [
        ("900", "人次", "桥头镇培训人次"), ("32.5", "元", "桥头镇贷款"), ("4期", "期", "桥头镇开班数"),
        ("1,200", "人次", "河西乡培训人次"), ("18", "元", "河西乡贷款"), ("6期", "期", "河西乡开班数"),
    ]  # fmt: skip
    values = [one.value for one in analyse(document(TABLE)).quantities]
    assert values == [900, 325000, 4, 1200, 180000, 6]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("序号 项目 单位 数量\n1 送春联 副 300\n2 办讲座 场 12\n", [("12", "场", "办讲座数量")]),
        ("单位：万元\n项目 预算 支出\n慰问 30 28\n", [("30", "元", "慰问预算"), ("28", "元", "慰问支出")]),
        (
            "村名 走访户数 满意率（%）\n石臼村 46 98.5\n",
            [("46", "户", "石臼村走访户数"), ("98.5", "%", "石臼村满意率")],
        ),
        ("年份\t建会（家）\n2019\t36\n2020\t41\n", [("36", "家", "建会"), ("41", "家", "建会")]),
    ],
)
def test_units_stand_in_heads_in_a_column_or_above(text, numbers):
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "姓名 年龄段 编号\n甲 3 12\n",
        "培训（人次） 走访 慰问\n桥头镇 900 60\n河西乡\n",  # one cell less: nobody knows which
        "全年办班（期）。\n桥头镇 900\n",
        "乡镇 名次（位） 电话（个）\n桥头镇第二 83212345\n",
        "截至 12 月 共有 30 名 学员\n参加 了 6 次 考试 合格\n",
        "得分率 排名\n98 3\n",
    ],
)
def test_numbers_without_a_unit_in_a_head_stay_bare(text):
    assert [one for one in analyse(document(text)).quantities if one.rule == "quantity/table-head"] == []


def test_word_tables_read_as_spreadsheets_do(tmp_path):
    from docx import Document
    from openpyxl import Workbook

    rows = [
        ["单位名称", "培训人次", "扶持资金（万元）", "走访户数"],
        ["水口镇", "310", "12", "45"],
        ["苇田乡", "290", "8", "60"],
    ]
    paper = Document()
    paper.add_paragraph("青槐县总工会2021年工作情况")
    table = paper.add_table(rows=3, cols=4)
    book = Workbook()
    for at, row in enumerate(rows):
        book.active.append([int(one) if one.isdigit() else one for one in row])
        for column, one in enumerate(row):
            table.cell(at, column).text = one
    paper.save(str(tmp_path / "a.docx"))
    book.save(tmp_path / "a.xlsx")
    word, sheet = (
        [(one.value, one.unit, one.of) for one in analyse_all(read(tmp_path / name))[0].quantities]
        for name in ("a.docx", "a.xlsx")
    )
    assert word == sheet and len(word) == 6


def test_the_last_row_of_totals_is_not_added():
    text = "乡镇 培训（人次）\n桥头镇 900\n河西乡 600\n合计 1500\n"
    rows = [
        NumberRow(
            ref="a", title=None, year_label=None, org=None, doc_type="summary", role="achievements", start=one.start, end=one.end,
            source_start=one.start, source_end=one.end, text=one.text, rule=one.rule, sentence=text, sentence_start=0,
            value=one.value, value_max=None, unit=one.unit, dimension=one.dimension, approx=one.approx, of=one.of, state=one.state,
        )
        for one in analyse(document(text)).quantities
    ]  # fmt: skip
    assert add_up(rows, {"人次": Fraction(1)}).value == 1500


@pytest.mark.parametrize("piece", ["甲 3 ", "甲 3\n", "培训（人次） 走访\n甲 30\n", " 3", "\t3人"])
def test_a_long_table_is_read_in_time_that_grows_with_it(piece):
    assert grows_in_proportion(lambda text: with_cells([], text, load_units()), piece)
