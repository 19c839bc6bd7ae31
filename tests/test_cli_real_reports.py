"""The command line on real reports: the answers that were worked out by hand for them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nianlun.cli import cli

REPORTS = os.environ.get("NIANLUN_REPORTS")
pytestmark = pytest.mark.skipif(not REPORTS, reason="NIANLUN_REPORTS names no folder of real reports")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("real") / "reports.db"
    assert run("ingest", Path(str(REPORTS), "seeds"), "--db", path).exit_code == 0
    return path


def run(*words: object) -> Result:
    return CliRunner(env={"LC_ALL": "zh_CN.UTF-8", "NIANLUN_DB": None}).invoke(cli, [str(word) for word in words])


def rows(*words: object) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(*words, "--format", "jsonl").stdout.splitlines()]


def test_seventeen_documents_are_found_and_no_page_date_is_taken_for_a_year(db: Path) -> None:
    documents = {str(row["ref"]): row for row in rows("docs", "--db", db)}
    assert len(documents) == 17
    assert documents["002"]["year"] != 2016 and documents["003"]["year"] != 2022


def test_a_word_of_two_characters_is_found_at_every_place_and_each_reference_opens_it(db: Path) -> None:
    found = rows("search", "经费", "--db", db)
    assert (len(found), len({row["ref"] for row in found})) == (17, 8)
    for row in found:
        assert run("show", row["reference"], "--raw", "-q", "--db", db).stdout.strip() == "经费"
    assert "查到“经费” 17 处 / 8 篇(共查 17 篇)" in run("search", "经费", "--db", db).stderr


def test_a_variant_in_traditional_characters_is_found_and_told(db: Path) -> None:
    result = run("search", "文件", "--db", db)
    assert "写作“档案”" in result.stderr
    raw = {
        run("show", row["reference"], "--raw", "-q", "--db", db).stdout.strip()
        for row in rows("search", "文件", "--db", db)
    }
    assert raw == {"文件", "檔案"}


def test_a_term_is_found_across_a_broken_line(db: Path) -> None:
    (row,) = rows("search", "小额贷款工作", "--db", db)
    assert row["ref"] == "001#4"


def test_lack_of_funds_is_reported_by_four_documents(db: Path) -> None:
    (row,) = rows("problems", "--leaf", "funding_gap", "--db", db)
    assert sorted(str(ref) for ref in row["documents"]) == ["000#2", "000#3", "000#8", "003"]  # type: ignore[attr-defined]


def test_the_deadline_that_a_notice_sets_five_times_is_listed_five_times(db: Path) -> None:
    found = rows("deadlines", "--due", "2014-03-18", "--db", db)
    assert [row["ref"] for row in found] == ["001#3"] * 5
