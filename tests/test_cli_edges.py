"""Pipes, full disks, bare locales, the examples of the readme: what a command does at the edges of its surroundings."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.errors import NotAnIndex
from nianlun.cli import cli
from nianlun.failures import explain
from nianlun.options import NO_MATCH, OK, USAGE

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "reports"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("samples") / "reports.db"
    result = run("ingest", str(SAMPLES), db=path)
    assert result.exit_code == OK, result.output
    return path


def run(*words: str, db: Path) -> Result:
    environment = {"LC_ALL": "zh_CN.UTF-8", "NIANLUN_DB": str(db), "COLUMNS": "140"}
    return CliRunner(env=environment).invoke(cli, list(words))


def shell(line: str, db: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NIANLUN_DB": str(db), "LC_ALL": "C.UTF-8", **more}
    command = line.replace("nianlun", f"{shlex.quote(sys.executable)} -m nianlun")
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, cwd=ROOT, env=environment, encoding="utf-8"
    )


def readme_lines() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^(nianlun .*?)(?:\s+#.*)?$", text, re.MULTILINE) + re.findall(r"`(nianlun [^`]+)`", text)
    return [line for line in lines if not re.search("nianlun (serve|ingest|COMMAND)", line) and "FOLDER" not in line]


@pytest.mark.parametrize("line", readme_lines())
def test_the_examples_of_the_readme_answer_on_the_samples(line: str, db: Path) -> None:
    words = shlex.split(re.sub(r" --db \S+", "", line))[1:]
    expanded = [str(next(ROOT.glob(word))) if "*" in word else word for word in words]
    result = run(*expanded, db=db)
    assert result.exit_code == OK and result.stdout, result.stderr


@pytest.mark.skipif(os.name == "nt", reason="bash")
def test_a_reader_that_goes_away_is_no_failure(db: Path) -> None:
    assert shell("nianlun numbers -q | head -1", db).returncode == OK


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_blames_the_output_and_not_the_index(db: Path) -> None:
    done = shell("nianlun docs --lang zh > /dev/full", db)
    assert done.returncode == USAGE
    assert "写不出结果" in done.stderr and "reports.db" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX locales")
def test_a_bare_locale_reads_and_writes_chinese(db: Path) -> None:
    done = shell("nianlun search 经费 -q", db, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == OK and "经费" in done.stdout and "Traceback" not in done.stderr


def test_a_place_that_cannot_be_written_is_named_as_such(tmp_path: Path) -> None:
    message, code = explain(NotAnIndex(tmp_path / "new.db", "cannot be opened"), "zh")
    assert "不能在" in message and "不是年轮的索引" not in message and code == USAGE


@pytest.mark.parametrize(
    ("query", "told"),
    [("经费 near/10 保障", "查到"), ("春雷", "异写"), ("经费*保", "查到"), ("經費", "按简体")],
)
def test_searches_are_understood_and_hints_given(query: str, told: str, db: Path) -> None:
    assert told in run("search", query, db=db).stderr


def test_a_year_without_reports_is_named_and_nothing_matches(db: Path) -> None:
    result = run("search", "经费", "--year", "2017", db=db)
    assert result.exit_code == NO_MATCH and "没有2017年的报告" in result.stderr


def test_no_sentence_of_a_polarity_is_told_in_its_words(db: Path) -> None:
    result = run("problems", "--polarity", "否定", "--leaf", "其他", "--year", "2006", db=db)
    assert "反映问题的句子" not in result.stderr


def test_the_evidence_of_a_year_is_told_in_chinese(db: Path) -> None:
    result = run("docs", "--evidence", "--format", "csv", "--no-bom", db=db)
    assert "标题写明" in result.stdout and "落款日期" in result.stdout and "stated" not in result.stdout
    rows = [json.loads(line) for line in run("docs", "--evidence", "--format", "jsonl", db=db).stdout.splitlines()]
    assert all(row["text"] or row["year_label"] is None for row in rows)


@pytest.mark.skipif(shutil.which("make") is None or os.name == "nt", reason="no make")
def test_make_demo_takes_a_folder_with_brackets_and_blanks(tmp_path: Path) -> None:
    (tmp_path / "nianlun").write_text('#!/bin/sh\nfor word in "$@"; do echo "[$word]"; done\n', encoding="utf-8")
    (tmp_path / "nianlun").chmod(0o755)
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / ".nianlun").touch()
    folder = "往年 总结 (旧)"
    command = ["make", "-o", f"{tmp_path}/venv/.nianlun", "demo", f"BIN={tmp_path}", f"VENV={tmp_path}/venv"]
    done = subprocess.run([*command, f"REPORTS={folder}"], capture_output=True, cwd=ROOT, encoding="utf-8")
    assert done.returncode == 0 and f"[{folder}]" in done.stdout, done.stderr
    assert "[]" not in subprocess.run(command, capture_output=True, cwd=ROOT, encoding="utf-8").stdout
