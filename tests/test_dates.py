"""`nianlun dates`: how a year is known, shown as a table, and what contradicts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nianlun.cli import cli

BODY = "一是抓培训，办班六期。\n二是抓维权，调解纠纷十一件。\n三是抓阵地，新建活动室两处。"
REPORTS = {
    "stated.txt": f"昆山市妇联2012年工作总结\n{BODY}\n昆山市妇联\n2012年12月20日",
    "stale.txt": f"清溪县妇联2013年工作要点\n今年是“十二五”规划的开局之年。\n2011年要抓好三件事。\n{BODY}",
    "inferred.txt": f"整改措施\n按照“学习实践科学发展观活动”的部署，学习十x届四中全会精神，推进干部作风建设年，现提出整改措施。\n{BODY}",
    "silent.txt": f"妇联工作汇报\n{BODY}",
}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "reports.db"
    assert CliRunner().invoke(cli, ["ingest", str(folder), "--db", str(path), "-q"]).exit_code == 0
    return path


def dates(db: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["dates", "--db", str(db), "--lang", "en", *words])


def rows(db: Path, *words: str) -> list[dict[str, object]]:
    return list(json.loads(dates(db, *words, "--format", "json").stdout)["rows"])


def test_every_report_is_listed_with_its_year_its_basis_and_the_years_allowed(db: Path) -> None:
    told = {row["ref"]: (row["year_label"], row["year_basis"], row["span"]) for row in rows(db)}
    assert told == {
        "stated": ("2012", "title", "2012"),
        "stale": ("2013", "title", "2013"),
        "inferred": ("≈2009–2010", "none", "2009–2010"),
        "silent": (None, "none", ""),
    }


def test_only_those_that_contradict_themselves_are_listed(db: Path) -> None:
    (row,) = rows(db, "--conflicts")
    assert row["ref"] == "stale" and "“十二五”规划的开局之年" in row["conflicts"]


def test_the_evidence_of_one_report_is_a_table(db: Path) -> None:
    found = rows(db, "--explain", "inferred")
    told = {(row["text"], row["span"], row["weight"]) for row in found}
    assert {("学习实践科学发展观活动", "2008–2010", "firm"), ("十x届四中全会", "2009–2011", "firm")} <= told
    assert {row["weight"] for row in found} == {"firm", "hint"}
    assert all(row["why"] and row["why_zh"] and row["verified"] in (True, False) for row in found)
    assert "2009–2010" in dates(db, "--explain", "inferred", "--format", "csv").stderr


def test_a_contradiction_is_told_beside_the_year(db: Path) -> None:
    found = rows(db, "--explain", "stale")
    assert [row["weight"] for row in found].count("conflict") >= 1
    told = dates(db, "--explain", "stale", "--format", "csv").stderr
    assert "2013, stated" in told and "contradict" in told


def test_nothing_that_dates_a_report_is_said_so(db: Path) -> None:
    result = dates(db, "--explain", "silent", "--format", "csv")
    assert result.exit_code == 1 and "nothing in it dates it" in result.stderr


def test_explain_takes_no_other_condition(db: Path) -> None:
    assert dates(db, "--explain", "stale", "--conflicts").exit_code == 2


def test_a_region_is_found_by_the_province_it_lies_in(db: Path) -> None:
    result = CliRunner().invoke(cli, ["docs", "--db", str(db), "--region", "江苏省", "--format", "json"])
    (row,) = json.loads(result.stdout)["rows"]
    assert (row["county"], row["city"], row["province"]) == ("昆山市", "苏州市", "江苏省")
    assert (row["region_label"], row["signer"]) == ("昆山市", "昆山市妇联")
