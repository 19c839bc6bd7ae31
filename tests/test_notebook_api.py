"""The notebook API: the same answers as the command line, as DataFrames, and documents as HTML."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from small_reports import write_reports

import nianlun
from index.errors import MixedUnits, NoSuchIndex
from nianlun.cli import cli
from nianlun.notebook import Page, Reports, Rows


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pile")
    write_reports(folder / "reports")
    assert run("ingest", folder / "reports", "--db", folder / "reports.db").exit_code == 0
    return folder / "reports.db"


@pytest.fixture
def idx(db: Path) -> Iterator[Reports]:
    with nianlun.open(db, lang="zh") as opened:
        yield opened


def run(*words: object):  # type: ignore[no-untyped-def]
    return CliRunner(env={"LC_ALL": "zh_CN.UTF-8", "NIANLUN_DB": None}).invoke(cli, [str(word) for word in words])


def asked(idx: Reports, words: list[str]) -> Rows:
    """Put the question of a command line to the notebook API."""
    answers = {
        "docs": lambda: idx.docs,
        "search 经费": lambda: idx.search("经费"),
        "search 培训 --year 2011..2012": lambda: idx.search("培训", year=(2011, 2012)),
        "problems": lambda: idx.problems(),
        "problems --leaf funding_gap --by year": lambda: idx.problems(leaf="funding_gap", by="year"),
        "problems --leaf funding_gap --mentions": lambda: idx.problems("funding_gap", mentions=True),
        "problems --polarity all --org 工会": lambda: idx.problems(polarity="all", org="工会"),
        "activities": lambda: idx.activities(),
        "activities --name 春蕾": lambda: idx.activities("春蕾"),
        "numbers": lambda: idx.numbers(),
        "numbers --unit 人次 --sum": lambda: idx.numbers("人次", total=True),
        "deadlines": lambda: idx.deadlines(),
        "deadlines --due 2011-06": lambda: idx.deadlines(due="2011-06"),
        "compare 2011 2012": lambda: idx.compare(2011, 2012),
    }
    return answers[" ".join(words)]()


@pytest.mark.parametrize(
    "question",
    [
        "docs",
        "search 经费",
        "search 培训 --year 2011..2012",
        "problems",
        "problems --leaf funding_gap --by year",
        "problems --leaf funding_gap --mentions",
        "problems --polarity all --org 工会",
        "activities",
        "activities --name 春蕾",
        "numbers",
        "numbers --unit 人次 --sum",
        "deadlines",
        "deadlines --due 2011-06",
        "compare 2011 2012",
    ],
)
def test_notebook_and_command_line_give_the_same_rows(idx: Reports, db: Path, question: str) -> None:
    words = question.split(" ")
    lines = run(*words, "--db", db, "--format", "jsonl").stdout.splitlines()
    frame = asked(idx, words)
    rows = [{key: value for key, value in row.items() if _known(value)} for row in frame.to_dict("records")]
    told = [row for row in map(json.loads, lines) if row.get("state") != "total"]
    assert rows == [{key: value for key, value in row.items() if value is not None} for row in told]
    assert rows


EMPTY = {
    "search": lambda idx: (idx.search("经费"), idx.search("没有这个词")),
    "problems": lambda idx: (idx.problems(), idx.problems(year=1999)),
    "sentences of a problem": lambda idx: (idx.problems(mentions=True), idx.problems(mentions=True, year=1999)),
    "activities": lambda idx: (idx.activities(), idx.activities(year=1999)),
    "places of an activity": lambda idx: (idx.activities("春蕾"), idx.activities("没有这个名称")),
    "numbers": lambda idx: (idx.numbers(), idx.numbers("光年")),
    "deadlines": lambda idx: (idx.deadlines(), idx.deadlines(due="1999")),
    "compare": lambda idx: (idx.compare(2011, 2012), idx.compare(1998, 1999)),
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_answer_without_rows_keeps_its_columns(idx: Reports, name: str) -> None:
    filled, empty = EMPTY[name](idx)
    assert len(filled) and not len(empty)
    assert list(empty.columns) == list(filled.columns)


def test_a_year_without_a_report_is_compared_with_nothing(idx: Reports) -> None:
    assert len(idx.compare(2011, 1999)) == 0 and "1999 年:0 篇报告" in idx.compare(2011, 1999).about


def test_an_outline_without_headings_keeps_its_columns(idx: Reports) -> None:
    page = idx.show("整改")
    bare = Page(replace(page.shown, outline=()), "zh", (), {}, idx.where)
    assert list(bare.outline.columns) == list(page.outline.columns)


def _known(value: object) -> bool:
    return isinstance(value, list | dict | tuple) or bool(pd.notna(value))


def test_an_answer_knows_its_base(idx: Reports) -> None:
    frame = idx.search("经费")
    assert frame.base is not None and frame.base.documents == 4
    assert "统计范围:4 篇报告" in frame.about and "未注明 1 篇" in frame.about
    assert "统计范围" in (frame._repr_html_() or "")
    assert frame.attrs["places"] == len(frame)


def test_a_slice_of_an_answer_is_a_plain_dataframe(idx: Reports) -> None:
    assert type(idx.docs[["ref", "year"]]) is pd.DataFrame
    assert type(idx.docs.query("year == 2012")) is pd.DataFrame


def test_repr_tells_documents_years_undated_and_damaged(idx: Reports, db: Path) -> None:
    assert repr(idx) == f"{db}:4 篇报告,2011–2012,未注明年份 1 篇,有残损 2 篇"


def test_a_sum_lists_what_it_leaves_out_and_refuses_mixed_units(idx: Reports) -> None:
    total = idx.numbers("户", total=True).attrs["total"]
    assert total["counted"] == 0 and total["left_out"][0]["text"] == "▒**户"
    with pytest.raises(MixedUnits):
        idx.numbers(total=True)


def test_show_is_html_with_marks_that_say_what_they_are(idx: Reports) -> None:
    page = idx.show("整改")
    html = page._repr_html_()
    assert 'class="problems"' in html and "经费不足" in html and "<script" not in html
    assert "【" in str(page)
    assert list(page.outline["marker"])[1:] == ["一、", "1、", "2、", "二、", "1、"]
    assert idx["整改@0-9"].raw == page.shown.raw[:9]


def test_html_of_a_report_escapes_what_the_report_says(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        "青岚县妇联2011年工作总结\n\n培训<script>alert(1)</script>妇女80人次。\n", encoding="utf-8"
    )
    assert run("ingest", tmp_path / "x.txt", "--db", tmp_path / "x.db").exit_code == 0
    with nianlun.open(tmp_path / "x.db") as opened:
        assert "<script" not in opened.show("x")._repr_html_()


def test_sql_reads_and_cannot_write(idx: Reports) -> None:
    assert idx.sql("SELECT count(*) AS n FROM documents WHERE org LIKE ?", ["%工会%"])["n"][0] == 2
    with pytest.raises(Exception, match="readonly"):
        idx.sql("DELETE FROM documents")
    assert len(idx.docs) == 4


def test_a_missing_index_is_an_error_that_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoSuchIndex, match="nianlun ingest"):
        nianlun.open(tmp_path / "none.db")


def test_importing_nianlun_loads_nothing_heavy() -> None:
    code = "import sys, nianlun; sys.exit(', '.join({'pandas', 'numpy', 'spacy', 'sqlite_utils', 'click'} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
