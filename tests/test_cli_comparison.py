"""Comparing problems over the years on the command line: every count with its base, charts with their tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from index_samples import LEAVES, analysis, cut, source

from index.store import Index
from nianlun.cli import cli
from nianlun.options import NO_MATCH, OK, USAGE

REPORT = "一、存在的问题\n1、{problem}\n二、整改措施\n1、向县财政申请专项经费，列入来年预算。\n"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("comparison") / "reports.db"
    with Index.open(path, cut=cut, leaves=LEAVES) as index:
        for year in range(2008, 2014):
            for number in range(3):
                told = {"year": year, "year_basis": "title", "org": f"{'甲乙丙'[number]}县妇联", "org_level": "county"}
                words = f"{year}年{number}号专项经费不足" if year != 2010 else f"{year}年{number}号工作平稳"
                stated = [(words, "funding_gap", "asserted")] if year != 2010 else []
                one = analysis(f"{words}，难以开展活动。", problems=stated, **told)
                index.add(source(f"r{year}_{number}.txt", one), [one])
        undated = analysis("经费不足多年。", problems=[("经费不足", "funding_gap", "asserted")])
        index.add(source("undated.txt", undated), [undated])
    return path


def run(*arguments: object, lang: str = "zh") -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments), "--lang", lang])


def asked(*arguments: object) -> dict:
    return json.loads(run(*arguments, "--format", "json").stdout)


def test_a_trend_says_its_base_its_test_and_what_stands_in_no_year(db: Path) -> None:
    answer = asked("problems", "--trend", "--db", db)
    (row,) = answer["rows"]
    assert (row["count"], row["base"], row["undated"]) == (16, 19, 1)
    assert (row["first"], row["last"], row["run"], row["run_years"]) == ("2008", "2013", ["2011", "2013"], 3)
    assert row["low"] < row["share"] < row["high"] and row["test"] == "Cochran–Armitage"
    assert row["trend"] == "few_documents", "three documents do not report it"
    assert answer["years"][2] == [2010, 3, 0] and answer["undated"] == 1
    told = run("problems", "--trend", "--db", db).stderr
    assert "2010 3" in told and "1 篇,另计,不摊入各年" in told and "Benjamini–Hochberg" in told
    assert "In no year, and counted in none: 1" in run("problems", "--trend", "--db", db, lang="en").stderr


def test_two_years_say_what_comes_back(db: Path) -> None:
    rows = {row["id"]: row for row in asked("compare", "2010", "2011", "--db", db)["rows"] if row["what"] == "problem"}
    gap = rows["funding_gap"]
    assert (gap["change"], gap["count_a"], gap["base_a"], gap["count_b"], gap["base_b"]) == ("again", 0, 3, 3, 3)
    table = run("compare", "2010", "2011", "--format", "table", "--db", db)
    assert "再现" in table.stdout and "3/3 100% (44%–100%)" in table.stdout
    assert "95% Wilson" in table.stderr and "1 篇不在任何一年里" in table.stderr
    assert "没有一类问题可以检验" in table.stderr, "three documents a year are too few"


def test_bodies_and_levels_are_filters_and_groups_by_either_name(db: Path) -> None:
    assert asked("compare", "2008", "2009", "--body", "甲县", "--db", db)["base_a"]["documents"] == 1
    assert asked("problems", "--level", "county", "--db", db)["base"]["documents"] == 18
    for by, same in (("level", "org_level"), ("body", "org"), ("层级", "org_level")):
        assert asked("problems", "--by", by, "--db", db) == asked("problems", "--by", same, "--db", db)


@pytest.mark.parametrize(
    "words",
    [
        ("problems", "--by", "year"),
        ("problems", "--by", "level", "--share"),
        ("problems", "--trend"),
        ("compare", "2009", "2010"),
    ],
)
@pytest.mark.parametrize("suffix", ["png", "svg", "html"])
def test_a_chart_is_written_with_its_table(db: Path, tmp_path: Path, words: tuple[str, ...], suffix: str) -> None:
    picture = tmp_path / f"图.{suffix}"
    result = run(*words, "--chart", picture, "--db", db)
    assert result.exit_code == OK and str(picture) in result.stderr
    assert picture.stat().st_size > 1_000
    with picture.with_suffix(".csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    assert rows and rows[0]["问题"] == "经费不足"
    if suffix == "svg":
        assert "经费不足" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("problems", "--trend", "--mentions"), "一次只能用一个"),
        (("problems", "--chart", "a.png"), "--by"),
        (("problems", "--weight", "body"), "--trend"),
        (("problems", "--by", "year", "--chart", "a.bmp"), ".png .svg .html"),
    ],
)
def test_what_does_not_go_together_is_said(db: Path, tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    result = run(*words, "--db", db)
    assert result.exit_code == USAGE and says in result.stderr
    assert not list(Path().glob("a.*"))


def test_measures_are_listed_with_how_that_is_known(tmp_path: Path) -> None:
    text = REPORT.format(problem="专项经费不足，下乡活动停了三次。")
    path = tmp_path / "整改.txt"
    path.write_text("青岚县妇联整改方案\n" + text, encoding="utf-8")
    db = tmp_path / "reports.db"
    assert run("ingest", path, "--db", db).exit_code == OK
    answer = asked("problems", "--with-measures", "--db", db)
    assert answer["problems"] >= answer["answered"] >= answer["certain"]
    linked = [row for row in answer["rows"] if row["target"]]
    assert all(row["basis"] in ("heading", "number", "named", "words", "topic") for row in linked)
    assert all(run("show", row["target_reference"], "--db", db).exit_code == OK for row in linked)
    assert "统计范围:1 篇报告" in run("problems", "--with-measures", "--db", db).stderr


def test_what_cannot_be_followed_is_counted(db: Path) -> None:
    answer = asked("problems", "--over-years", "--db", db)
    assert (answer["bodies"], answer["single"], answer["nameless"], answer["undated"]) == (3, 0, 1, 1)
    first = answer["rows"][0]
    assert (first["year_label"], first["outcome"], first["again_year"]) == ("2008", "again", "2009")
    told = run("problems", "--over-years", "--db", db).stderr
    assert "不等于已解决" in told
    assert run("problems", "--over-years", "--year", "2008", "--db", db).exit_code == NO_MATCH
