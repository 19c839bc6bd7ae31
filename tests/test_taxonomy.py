"""Taxonomies of one's own: what a file may say, what it does to problems, and how an index keeps it."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from click.testing import CliRunner, Result

from index.store import Index
from ingest.read import read_bytes
from nianlun.cli import cli
from nlp.analyse import analyse_all
from nlp.fingerprint import fingerprint
from nlp.records import Label, Problem
from nlp.relabel import GUESSED, relabel
from nlp.taxonomy import FILES, Taxonomy, TaxonomyError, load_taxonomy, parse_taxonomy, text_of

OWN = """version = 3
[[group]]
id = "club"
zh = "社团"
en = "clubs"
[[leaf]]
id = "no_ball"
group = "club"
zh = "没有球"
en = "no ball"
covers = "Nothing to play with."
cues = ['(?:缺|没有)[^，。]{0,3}球', '球[^，。]{0,3}破']
"""
LEAF = OWN[OWN.index("[[leaf]]") :]
REPORT = "二、存在的问题\n一是部分行业产能过剩，投资结构不合理。\n二是经费不足，没有列入预算。\n"


@cache
def government() -> Taxonomy:
    return parse_taxonomy(text_of("government"))


def problem(text: str, *labels: tuple[str, float]) -> Problem:
    found = tuple(Label(id=id, score=score) for id, score in labels)
    return Problem(
        start=0, end=len(text), text=text, rule="r", categories=found, main=found[0].id, polarity="asserted",
        scope="own_organisation", score=0.9,
    )  # fmt: skip


def leaves(text: str, taxonomy: Taxonomy, *labels: tuple[str, float]) -> list[str]:
    (found,) = relabel([problem(text, *labels)], taxonomy)
    assert found.main == found.categories[0].id
    return [label.id for label in found.categories]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_a_file_replaces_the_taxonomy_and_has_other_at_its_end():
    taxonomy = parse_taxonomy(OWN)
    assert [leaf.id for leaf in taxonomy.leaves] == ["no_ball", "other"]
    assert [group[0] for group in taxonomy.groups] == ["club", "other"]
    assert taxonomy.version == 3


def test_a_file_that_extends_a_taxonomy_adds_its_leaves_before_other():
    taxonomy = parse_taxonomy('extends = "problems"\n' + OWN)
    assert [leaf.id for leaf in taxonomy.leaves[-2:]] == ["no_ball", "other"]
    assert len(taxonomy.leaves) == len(load_taxonomy().leaves) + 1
    assert taxonomy.leaf("funding_gap") == load_taxonomy().leaf("funding_gap")


def test_a_leaf_with_the_id_of_one_that_is_extended_takes_its_place():
    entry = LEAF.replace("no_ball", "funding_gap").replace("没有球", "缺钱")
    taxonomy = parse_taxonomy('extends = "problems"\n' + OWN + entry)
    assert taxonomy.leaf("funding_gap").zh == "缺钱"
    assert len(taxonomy.leaves) == len(load_taxonomy().leaves) + 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("version = 3\n" + LEAF, "leaf no_ball: unknown group 'club'"),
        (OWN + LEAF, "stands twice"),
        ('extends = "villages"\n' + OWN, "extends 'villages'.*Known: problems, government"),
        (OWN.replace("covers =", "about ="), "'covers'"),
        (OWN.replace('zh = "没有球"', "zh = 7"), "leaf no_ball: zh is not a text"),
        (OWN.replace("'球[^，。]{0,3}破'", "'球*'"), "'球\\*' matches where nothing stands"),
        (OWN.replace("'球[^，。]{0,3}破'", "'球('"), "missing \\)|unterminated"),
        (re.sub(r"cues = .*", "cues = '球'", OWN), "leaf no_ball: cues is not a list"),
        (OWN + 'neighbours = ["no_net"]\n', "unknown neighbours \\['no_net'\\]"),
        ("[[leaf]", "TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(text, named):
    with pytest.raises(TaxonomyError, match=named):
        parse_taxonomy(text, "我的.toml")


def test_every_taxonomy_of_the_project_loads_and_names_neighbours_and_examples_of_groups():
    for name in FILES:
        taxonomy = parse_taxonomy(text_of(name))
        assert {leaf.group for leaf in taxonomy.leaves} == {group[0] for group in taxonomy.groups}
        assert len({leaf.zh for leaf in taxonomy.leaves}) == len(taxonomy.leaves)
        assert all(leaf.covers.endswith(".") for leaf in taxonomy.leaves)
        assert all(leaf.covers_zh.endswith("。") and not leaf.covers_zh.isascii() for leaf in taxonomy.leaves)


@pytest.mark.parametrize(("lang", "told"), [("zh", "缺钱"), ("en", "Money is missing")])
def test_what_a_leaf_covers_is_told_in_the_language_of_the_run(lang, told):
    listed = CliRunner().invoke(cli, ["taxonomy", "problems", "--lang", lang, "--format", "csv"]).stdout
    assert told in listed and ("Money is missing" in listed) == (lang == "en")


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ("县级税收来源单一，保工资的压力逐月加大。", "fiscal_strain"),
        ("几家平台公司资金链紧绷，到期债务集中。", "debt_risk"),
        ("居民消费偏弱，商场空了一半。", "weak_demand"),
        ("基建规模过大，钢材连月涨价。", "overinvestment"),
        ("水泥产能严重过剩，窑停了三成。", "industrial_structure"),
        ("不少小厂停产，老板靠贷款发工资。", "enterprise_difficulty"),
        ("核心芯片受制于人，整机只能等货。", "weak_technology"),
        ("猪肉价格暴涨，食堂难以为继。", "price_pressure"),
        ("两个楼盘烂尾，业主年年来讨说法。", "property_market"),
        ("渠道失修，三成农田靠天吃饭。", "weak_agriculture"),
        ("海外订单因贸易摩擦丢了一半。", "external_pressure"),
        ("电力供应紧张，工厂一周停两天。", "supply_shortage"),
        ("集市上假冒种子屡禁不绝。", "market_order"),
        ("乱收费名目繁多，客商掉头就走。", "business_environment"),
        ("国企改革仍需深化，大锅饭没有打破。", "reform_lag"),
        ("冬季雾霾天数不降反升。", "pollution"),
        ("工业用水紧缺，单位能耗偏高。", "resource_strain"),
        ("看病难、入园难还没有缓解。", "public_services"),
        ("两个乡的返贫人数比上年多。", "poverty"),
        ("出生人口连年减少，村小只剩六个学生。", "population_ageing"),
        ("烟花厂接连发生爆炸事故。", "safety_hazards"),
        ("电信诈骗案值上升，追回的钱不到一成。", "public_order"),
        ("老城一下雨就内涝，早晚高峰拥堵。", "urban_governance"),
        ("机构重叠、人浮于事的情况没有改观。", "government_functions"),
        ("两名局长受贿被查。", "corruption"),
        ("买来的机器积压在库，白白浪费。", "waste"),
        ("招商任务只完成六成。", "missed_targets"),
    ],
)
def test_every_leaf_for_governments_speaks_in_its_kind_of_sentence(text, leaf):
    assert leaves(text, government(), ("other", 0.7))[0] == leaf


def test_the_table_above_has_every_leaf_for_governments():
    known = {leaf.id for leaf in load_taxonomy().leaves}
    (table,) = [
        mark.args[1]
        for mark in test_every_leaf_for_governments_speaks_in_its_kind_of_sentence.pytestmark
        if mark.name == "parametrize"
    ]
    assert [leaf for _, leaf in table] == [leaf.id for leaf in government().leaves if leaf.id not in known]


def test_the_leaf_of_the_first_cue_leads_and_what_cues_give_looks_guessed():
    (found,) = relabel([problem("经费不足，看病难也没有缓解。", ("funding_gap", 0.93))], government())
    assert [(label.id, label.score) for label in found.categories] == [
        ("funding_gap", 0.93),
        ("public_services", GUESSED),
    ]
    assert [label.guessed for label in found.categories] == [False, True]
    assert leaves("看病难没有缓解，卫生站经费不足。", government(), ("funding_gap", 0.93)) == [
        "public_services",
        "funding_gap",
    ]


def test_a_leaf_of_the_model_that_nothing_speaks_for_yields_to_one_that_a_cue_gives():
    assert leaves("产能过剩没有缓解。", government(), ("staff_shortage", 0.5)) == ["industrial_structure"]
    assert leaves("产能过剩没有缓解。", government(), ("staff_shortage", 0.97)) == [
        "industrial_structure",
        "staff_shortage",
    ]


def test_where_no_cue_speaks_the_model_has_its_say():
    assert leaves("支部三年没有开过会。", government(), ("hollow_role", 0.6)) == ["hollow_role"]


def test_leaves_that_a_file_does_not_have_become_other():
    taxonomy = parse_taxonomy(OWN)
    assert leaves("经费不足。", taxonomy, ("funding_gap", 0.99)) == ["other"]
    assert leaves("场上没有球，经费不足。", taxonomy, ("funding_gap", 0.99)) == ["no_ball"]
    assert leaves("球网都在，人来得不齐。", taxonomy, ("other", 0.9)) == ["other"]


def test_a_report_is_analysed_in_a_taxonomy():
    source = read_bytes(REPORT.encode(), "a.txt")
    (plain,), (own,) = analyse_all(source), analyse_all(source, government())
    assert [one.text for one in own.problems] == [one.text for one in plain.problems]
    assert [one.main for one in own.problems if "产能" in one.text] == ["industrial_structure"]
    assert [one.main for one in own.problems if "预算" in one.text] == ["funding_gap"]


def test_an_index_keeps_its_taxonomy_until_another_is_chosen(tmp_path):
    path = tmp_path / "a.db"
    with Index.open(path) as index:
        assert index.taxonomy == ""
        index.choose_taxonomy(OWN)
    with Index.open(path, leaves=[("funding_gap", "resources", "经费不足", "funding gap")]) as index:
        assert index.taxonomy == OWN
        assert [id for (id,) in index.connection.execute("SELECT id FROM leaves ORDER BY place")] == [
            "no_ball",
            "other",
        ]
        with pytest.raises(TaxonomyError):
            index.choose_taxonomy("version = 1")
        assert index.taxonomy == OWN
        index.choose_taxonomy("")
        assert index.taxonomy == ""


def test_a_taxonomy_is_part_of_the_fingerprint():
    assert len({fingerprint(), fingerprint(OWN), fingerprint(OWN.replace("缺", "少"))}) == 3


def test_ingest_reads_by_the_taxonomy_that_was_chosen_and_goes_on_with_it(tmp_path):
    db, report = tmp_path / "a.db", tmp_path / "a.txt"
    report.write_text(REPORT, "utf-8")

    def ingest(*more: str) -> str:
        result = run("ingest", report, "--db", db, "--format", "json", "--lang", "en", *more)
        assert result.exit_code == 0, result.output
        with Index.open(db, read_only=True) as index:
            counted = {row[0] for row in index.connection.execute("SELECT leaf FROM problem_labels")}
        return f"{json.loads(result.stdout)['rows'][0]['status']} {'industrial_structure' in counted}"

    assert ingest() == "added False"
    assert ingest("--taxonomy", "government") == "replaced True"
    assert ingest() == "unchanged True"
    assert ingest("--taxonomy", "problems") == "replaced False"


def test_the_command_lists_a_taxonomy_and_tries_a_sentence(tmp_path):
    listed = json.loads(run("taxonomy", "government", "--format", "json", "--db", tmp_path / "a.db").stdout)
    assert {row["given_by"] for row in listed["rows"]} == {"model", "cues"}
    assert listed["version"] == government().version
    result = run("taxonomy", "government", "--try", "产能过剩，入园难", "--format", "json", "--db", tmp_path / "a.db")
    assert [row["leaf"] for row in json.loads(result.stdout)["rows"]] == ["industrial_structure", "public_services"]
    assert run("taxonomy", "--try", "开会", "--db", tmp_path / "a.db").exit_code == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_file_is_told_and_nothing_is_read(tmp_path, lang):
    wrong, report, db = tmp_path / "我的.toml", tmp_path / "a.txt", tmp_path / "a.db"
    wrong.write_text(OWN.replace('group = "club"', 'group = "glee"'), "utf-8")
    report.write_text(REPORT, "utf-8")
    for arguments in (("taxonomy", wrong), ("ingest", report, "--taxonomy", wrong)):
        result = run(*arguments, "--db", db, "--lang", lang)
        assert result.exit_code == 2, result.output
        assert "我的.toml, leaf no_ball: unknown group 'glee'" in result.output
    assert not db.exists()


def test_analyse_tells_problems_in_a_taxonomy(tmp_path):
    report = tmp_path / "a.txt"
    report.write_text(REPORT, "utf-8")
    result = run("analyse", report, "--taxonomy", "government", "--format", "jsonl")
    mains = [json.loads(line).get("main") for line in result.stdout.splitlines()]
    assert "industrial_structure" in mains
