"""What is counted: nouns that open with a character of another trade, pairs of households and people, bases of shares, sizes."""

from __future__ import annotations

import pytest

from nlp.quantities import find_quantities
from nlp.units import load_units


def counted(text: str) -> list[str]:
    return [quantity.of for quantity in find_quantities(text, load_units())]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("工作组有12名成员。", "成员"),
        ("腾出40套住房。", "住房"),
        ("评出18户和谐家庭。", "和谐家庭"),
        ("选出7件获奖作品。", "获奖作品"),
        ("配齐9名兼职调解员。", "兼职调解员"),
        ("开办2家超市。", "超市"),
        ("推广6个高效低毒农药品种。", "高效低毒农药品种"),
        ("走访16名高龄老人。", "高龄老人"),
        ("涌现20名能手。", "能手"),
        ("培训40名从业人员。", "从业人员"),
        ("征得33副对联。", "对联"),
        ("交流7篇经验材料。", "经验材料"),
        ("送去20床棉被。", "棉被"),
        ("查处14起违法行为。", "违法行为"),
        ("建成3个均衡发展示范县。", "均衡发展示范县"),
        ("会员中15人成为骨干。", "会员"),
        ("困难户中8户住进新房。", "困难户"),
        ("团员中30名高于平均水平。", "团员"),
        ("20户脱贫。", ""),
    ],
)
def test_a_noun_may_open_with_a_character_that_mostly_leads_on(text, noun):
    assert counted(text) == [noun]


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("下辖7个村民小组310户960人。", ["村民小组", "", ""]),
        ("来了20多个单位400多人。", ["单位", ""]),
        ("有渔户90户260人，低收入户6户15人。", ["渔户", "渔户", "低收入户", "低收入户"]),
        ("城市低保50户、120人；农村低保90户、200人。", ["城市低保"] * 2 + ["农村低保"] * 2),
        ("农村特困新增40户60人，退出10户15人。", ["农村特困"] * 4),
        ("为60户110人发放补贴3万元。", ["", "", "补贴"]),
        ("培训妇女2期120人。", ["培训", "妇女"]),
        ("开网店的乡亲多，养蜂的37户，开饭馆的52户。", ["养蜂", "开饭馆"]),
    ],
)
def test_households_and_people_side_by_side_are_of_one_noun_and_not_of_the_places_before(text, nouns):
    assert counted(text) == nouns


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("大豆总产3万吨，占粮油总产9万吨的33%。", ["大豆总产", "粮油总产", "大豆总产"]),
        ("大豆占粮油总产9万吨的三成。", ["粮油总产", "大豆"]),
        ("完成造林2万亩，占年度任务3万亩的66%。", ["造林", "年度任务", "造林"]),
        ("户均收入由搬迁前3000元增加到5000元。", ["户均收入"] * 2),
        ("茶叶收入20xx年达到60万元，今年达到90万元。", ["茶叶收入"] * 2),
        ("20xx年全州茶园面积60亩。", ["茶园面积"]),
        ("2014年底村集体收入6万元。", ["村集体收入"]),
        ("产量分别达到6吨、2吨，分别较上年增长3%、5%。", ["产量"] * 4),
        ("粮、油、菜面积分别为6亩、5亩、4亩。", ["粮", "油", "菜面积"]),
        ("学习班（参加人数83人）。", ["参加人数"]),
        ("新建5条10千伏线路。", ["线路", "线路"]),
        ("安装3座60KW光伏电站。", ["光伏电站"]),
        ("补助标准为人年3000元。", ["补助标准"]),
        ("表彰6户 “书香之家”。", ["书香之家"]),
        ("约有四成留守妇女受访。", ["留守妇女"]),
        ("录取率、回收率和合格率均达90%。", ["录取率、回收率和合格率"]),
        ("已有参保农户30户申请理赔。", ["参保农户"]),
        ("6名骨干从不同岗位返乡。", ["骨干"]),
        ("带动20户贫困户争取贷款。", ["贫困户"]),
    ],
)
def test_bases_sizes_years_and_what_is_done_are_passed_by(text, nouns):
    assert counted(text) == nouns
