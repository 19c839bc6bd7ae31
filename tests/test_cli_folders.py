"""Reading a folder again after files were deleted, renamed or damaged: nothing is lost, or kept, without a word."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from small_reports import write_reports

from nianlun.cli import cli


def run(*words: object) -> Result:
    environment = {"LC_ALL": "zh_CN.UTF-8", "NIANLUN_DB": None, "COLUMNS": "140"}
    return CliRunner(env=environment).invoke(cli, [str(word) for word in words])


def _ingest_pile(tmp_path: Path, *more: str) -> Result:
    return run("ingest", tmp_path / "pile", "--db", tmp_path / "reports.db", *more)


def _documents(pile: Path) -> list[dict[str, Any]]:
    listed = run("docs", "--db", pile / "reports.db", "--format", "jsonl").stdout
    return [json.loads(line) for line in listed.splitlines()]


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    write_reports(tmp_path / "pile")
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "~$总结.docx"):
        (tmp_path / "pile" / name).write_bytes(b"\x00")
    result = _ingest_pile(tmp_path)
    assert result.exit_code == 0, result.output
    assert "网页附带的文件 4 个" in result.stderr
    return tmp_path


def test_files_that_are_gone_stay_until_pruned_and_renamed_ones_are_followed(pile: Path) -> None:
    names = sorted(path.name for path in (pile / "pile").glob("*.txt"))
    (pile / "pile" / names[0]).unlink()
    (pile / "pile" / "深处").mkdir()
    (pile / "pile" / names[1]).rename(pile / "pile" / "深处" / "新名.txt")
    before = _documents(pile)
    tried = _ingest_pile(pile, "--dry-run")
    for told in (tried.stderr, _ingest_pile(pile).stderr):
        assert "索引里还有的文件 1 个" in told and f"pile/{names[0]}" in told and "--prune" in told
        assert f"pile/{names[1]} → pile/深处/新名.txt" in told
    assert "待读入 0," in tried.stderr and "改名或移动 1,重复件 0," in tried.stderr
    after = _documents(pile)
    assert {row["ref"] for row in after} == {row["ref"] for row in before}  # short names stay
    assert "pile/深处/新名.txt" in str(after) and f"pile/{names[1]}" not in str(after)
    pruned = _ingest_pile(pile, "--prune")
    assert "去掉这 1 个文件" in pruned.stderr
    assert f"pile/{names[0]}" not in str(_documents(pile)) and "新名.txt" in str(_documents(pile))
    assert "索引里还有" not in _ingest_pile(pile).stderr


def test_a_name_that_another_file_had_keeps_its_short_name(pile: Path) -> None:
    first, second = sorted((pile / "pile").glob("*.txt"))[:2]
    second.rename(first)
    told = _ingest_pile(pile).stderr
    assert "改名" not in told and "读入 1 个文件" in told and f"索引里还有的文件 1 个:pile/{second.name}" in told


def test_an_archive_that_is_moved_takes_its_files_along(pile: Path) -> None:
    with zipfile.ZipFile(pile / "pile" / "报送.zip", "w") as archive:
        archive.writestr("总结.txt", "旁边的一份总结。\n经费不足。\n")
    _ingest_pile(pile)
    (pile / "pile" / "报送.zip").rename(pile / "pile" / "移.zip")
    told = _ingest_pile(pile).stderr
    assert "pile/报送.zip → pile/移.zip" in told and "读入 0 个文件" in told and "索引里还有" not in told
    assert "pile/移.zip/总结.txt" in str(_documents(pile)) and "报送.zip" not in str(_documents(pile))


def test_a_file_that_was_changed_and_changed_back_is_told_apart(pile: Path) -> None:
    name = next((pile / "pile").glob("*.txt"))
    data = name.read_bytes()
    times = name.stat().st_atime_ns, name.stat().st_mtime_ns
    name.write_bytes(data.replace("经费".encode(), "场地".encode(), 1))
    os.utime(name, ns=times)  # same size and time: only the content tells
    assert len(name.read_bytes()) == len(data)
    assert "读入 1 个文件" in _ingest_pile(pile).stderr


def test_a_dry_run_tells_how_each_file_would_be_read(pile: Path) -> None:
    (pile / "pile" / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (pile / "pile" / "空.docx").write_bytes(b"")
    tried = _ingest_pile(pile, "--dry-run", "--format", "jsonl")
    rows = {Path(row["path"]).name: row for row in map(json.loads, tried.stdout.splitlines())}
    assert rows["图.txt"]["kind"] == "image" and "识别" in rows["图.txt"]["reader"] and rows["图.txt"]["bytes"] == 108
    assert rows["空.docx"]["status"] == "failed" and rows["空.docx"]["code"] == "empty"
    assert "待读入 1," in tried.stderr and tried.exit_code == 3


def test_files_beside_the_folder_are_never_pruned(pile: Path) -> None:
    (pile / "other").mkdir()
    (pile / "other" / "旁边.txt").write_text("旁边的一份总结。\n经费不足。\n", encoding="utf-8")
    run("ingest", pile / "other", "--db", pile / "reports.db")
    (pile / "other" / "旁边.txt").unlink()
    assert "旁边" not in _ingest_pile(pile, "--prune").stderr
    assert "旁边" in run("docs", "--db", pile / "reports.db", "--format", "jsonl").stdout


def test_a_failed_file_that_was_read_before_is_said_to_count_and_not_to_be_left_out(pile: Path) -> None:
    name = next((pile / "pile").glob("*.txt"))
    name.write_bytes(b"%PDF-1.4\nbroken")
    result = _ingest_pile(pile)
    assert result.exit_code == 3 and "沿用以前的内容" in result.stderr
    told = run("docs", "--db", pile / "reports.db").stderr
    assert "沿用的是以前读入的内容" in told and "没有读入" not in told
