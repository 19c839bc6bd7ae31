"""`nianlun reuse` on a small pile: clusters, the links of a report, two reports side by side, and what is said beside."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from index_samples import LEAVES, analysis, cut, source
from test_cli import rows, run
from test_reuse import CHANGED, OTHER, PARAGRAPH

from index.reuse import ensure, is_current
from index.store import Index
from nianlun.options import NO_MATCH, OK, USAGE


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pile") / "reports.db"
    texts = {"甲": (PARAGRAPH, 2009), "乙": (OTHER + CHANGED, 2012), "丙": (OTHER[::-1] + "另有打算。", 2013)}
    lack = "山上几个村的活动经费十分紧缺,全年只拨付了36元,连电费都交不起。"
    with Index.open(path, cut=cut, leaves=LEAVES) as index:
        for name, (text, year) in texts.items():
            text += lack if name != "丙" else ""
            problems = [("经费十分紧缺", "funding_gap", "asserted")] if name != "丙" else []
            made = analysis(text, problems=problems, year=year, year_basis="title", org=f"{name}县妇联")
            index.add(source(f"{name}.txt", made), [made])
    return path


def test_clusters_name_documents_years_and_differences(pile: Path) -> None:
    result = run("reuse", "--db", pile, "--format", "json")
    assert result.exit_code == OK
    answer = json.loads(result.stdout)
    (row,) = answer["rows"]
    assert (row["documents"], row["first_year"], row["last_year"]) == (["甲", "乙"], 2009, 2012)
    assert {"kind": "number", "one": "36", "other": "51"} in row["differs"]
    assert (answer["compared"], answer["too_short"], answer["base"]["documents"]) == (3, 0, 3)
    assert "比较了索引中的 3 篇报告" in result.stderr and "统计范围:3 篇报告" in result.stderr


def test_links_of_a_report_lead_to_where_its_passages_stand_too(pile: Path) -> None:
    (link,) = rows("reuse", "--document", "乙", "--db", pile)
    assert (link["direction"], link["other_year"], str(link["other"]).partition("@")[0]) == ("from", "2009", "甲")
    assert "早见于" in run("reuse", "--document", "乙", "--db", pile, "--format", "table").stdout
    assert run("reuse", "--document", "丙", "--db", pile).exit_code == NO_MATCH


def test_every_reference_of_a_cluster_opens(pile: Path) -> None:
    (row,) = rows("reuse", "--db", pile)
    for place in row["places"]:  # type: ignore[attr-defined]
        shown = run("show", place["reference"], "--raw", "--quiet", "--db", pile)
        assert place["text"] in shown.stdout


def test_two_reports_stand_side_by_side_in_columns_of_equal_width(pile: Path) -> None:
    from rich.cells import cell_len

    shown = run("reuse", "--pair", "甲", "乙", "--db", pile, "--format", "table").stdout.splitlines()
    assert "甲 2009 甲县妇联" in shown[0] and "乙 2012 乙县妇联" in shown[0]
    edge = cell_len(shown[0][: shown[0].index("乙 2012")])
    for line in shown[2:]:
        assert any(cell_len(line[:at]) == edge for at in range(len(line) + 1)) or cell_len(line) < edge
    table = run("reuse", "--pair", "甲", "乙", "--db", pile, "--format", "csv", "--no-bom").stdout
    lines = list(csv.reader(io.StringIO(table)))
    assert len(lines) == 6 and lines[2][4].startswith("全年共办流动课堂51场")


def test_filters_a_limit_and_a_least_number_of_characters(pile: Path) -> None:
    assert run("reuse", "--year", "2010..2013", "--db", pile).exit_code == NO_MATCH
    assert run("reuse", "--min-chars", "400", "--db", pile).exit_code == NO_MATCH
    assert "没有2018年的报告" in run("reuse", "--year", "2018", "--db", pile).stderr
    assert len(rows("reuse", "--pair", "甲", "乙", "--limit", "2", "--db", pile)) == 2


def test_one_question_at_a_time_and_a_report_that_is_not_there(pile: Path) -> None:
    assert run("reuse", "--document", "甲", "--pair", "甲", "乙", "--db", pile).exit_code == USAGE
    assert run("reuse", "--document", "不存在的", "--db", pile).exit_code == NO_MATCH


def test_problems_count_copied_passages_once(pile: Path) -> None:
    (row,) = rows("problems", "--leaf", "funding_gap", "--db", pile)
    assert (row["count"], row["independent"]) == (2, 1)


def test_it_speaks_english(pile: Path) -> None:
    result = run("reuse", "--db", pile, "--format", "table", lang="en")
    assert "what differs" in result.stdout and "Compared: 3 documents" in result.stderr


def test_a_search_tells_independent_texts_where_some_are_copies(pile: Path) -> None:
    told = run("search", "流动课堂", "--db", pile).stderr
    assert "2 篇(共查 3 篇)" in told and "其中独立文本 1 篇" in told
    assert "独立文本" not in run("search", "编织袋", "--db", pile).stderr


def test_a_sum_names_numbers_that_were_copied_with_their_sentence(tmp_path: Path) -> None:
    texts = [PARAGRAPH, OTHER + PARAGRAPH.replace("36场", "51场")]
    with Index.open(tmp_path / "reports.db", cut=cut, leaves=LEAVES) as index:
        for number, text in enumerate(texts):
            shown = "36场" if number == 0 else "51场"
            figures = [(shown, int(shown[:2]), "场"), ("1280人次", 1280, "人次")]
            made = analysis(text, numbers=figures, year=2009 + number, year_basis="title")
            index.add(source(f"n{number}.txt", made), [made])
    told = run("numbers", "--unit", "人次", "--sum", "--db", tmp_path / "reports.db").stderr
    assert "1 个数字所在的句子" in told and "n1@" in told
    assert "照抄" not in run("numbers", "--unit", "场", "--sum", "--db", tmp_path / "reports.db").stderr


def test_a_notebook_gets_the_same_rows(pile: Path) -> None:
    import nianlun

    idx = nianlun.open(pile)
    try:
        frame = idx.reuse()
        assert frame[["count", "first_year", "last_year"]].values.tolist() == [[2, 2009, 2012]]
        assert "3" in frame.about
        assert list(idx.reuse("乙")["direction"]) == ["from"]
        side = idx.reuse(pair=("甲", "乙"))
        assert side["text"].iloc[1].startswith("全年共办流动课堂36场") and len(side) == 5
        assert list(idx.reuse(year=2013).columns) == list(frame.columns)
    finally:
        idx.close()


def test_the_first_search_stores_what_documents_share_and_waits_for_nobody(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("index.reuse.PATIENCE", 0.05)  # seconds, after which nothing is stored
    path = tmp_path / "reports.db"
    with Index.open(path, cut=cut, leaves=LEAVES) as index:
        for name in "甲乙":
            made = analysis(PARAGRAPH, org=f"{name}县妇联")
            index.add(source(f"{name}.txt", made), [made])
    assert run("search", PARAGRAPH[:6], "--db", path).exit_code == OK
    with Index.open(path, read_only=True) as index:
        assert is_current(index.connection)
        assert ensure(index.connection)["documents"] == 2


def test_inside_a_snapshot_documents_are_compared_without_a_second_connection(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "reports.db"
    with Index.open(path, cut=cut, leaves=LEAVES) as index:
        made = analysis(PARAGRAPH)
        index.add(source("a.txt", made), [made])
    with Index.open(path, read_only=True) as index, index.snapshot():
        index.connection.execute("SELECT count(*) FROM documents").fetchone()
        monkeypatch.setattr("index.reuse.sqlite3.connect", lambda *_, **__: pytest.fail("another connection"))
        assert ensure(index.connection)["documents"] == 1
