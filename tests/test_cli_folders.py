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


def _rows(*words: object) -> dict[str, dict[str, Any]]:
    return {
        row["path"]: row for line in run(*words, "--format", "jsonl").stdout.splitlines() if (row := json.loads(line))
    }


def test_a_dry_run_names_the_same_copies_as_reading_and_the_same_remedies(tmp_path: Path) -> None:
    write_reports(tmp_path / "pile")
    text = (tmp_path / "pile" / "总结.txt").read_bytes()
    (tmp_path / "pile" / "a 总结的又一份.txt").write_bytes(text)
    (tmp_path / "pile" / "空.txt").touch()
    told = ("ingest", tmp_path / "pile", "--db", tmp_path / "reports.db")
    tried, read = _rows(*told, "--dry-run"), _rows(*told)
    assert {name: row["status"].replace("new", "added") for name, row in tried.items()} == {
        name: row["status"] for name, row in read.items()
    }
    assert list(tried) == list(read)
    (empty,) = (name for name in tried if name.endswith("空.txt"))
    assert tried[empty]["remedy"] == read[empty]["remedy"] == "请向来文单位重新索取。"
    assert "请向来文单位重新索取" in run(*told, "--dry-run", "--format", "tsv").stdout


def test_a_file_in_an_archive_is_listed_under_its_own_name(tmp_path: Path) -> None:
    write_reports(tmp_path / "pile")
    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as archive:
        archive.writestr("里面/空.txt", b"")
        archive.write(tmp_path / "pile" / "总结.txt", "里面/总结.txt")
    told = ("ingest", tmp_path / "报送.zip", "--db", tmp_path / "reports.db")
    rows = _rows(*told)
    assert {Path(path).relative_to(tmp_path).as_posix(): row["status"] for path, row in rows.items()} == {
        "报送.zip": "added", "报送.zip/里面/空.txt": "failed", "报送.zip/里面/总结.txt": "added",
    }  # fmt: skip
    other = ("--db", tmp_path / "other.db", "--format", "table")
    assert "报送.zip/里面/空.txt" in run("ingest", tmp_path / "报送.zip", *other).stderr


def test_what_another_process_read_meanwhile_is_not_counted_as_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(tmp_path / "pile")
    assert _ingest_pile(tmp_path).exit_code == 0
    monkeypatch.setattr("index.store.Index.known_files", lambda self, *_: {})  # as it was when the other one began
    assert "读入 0 个文件(0 篇报告),未变 4" in _ingest_pile(tmp_path).stderr


def test_an_empty_index_that_is_being_written_says_so(tmp_path: Path) -> None:
    from index.store import Index

    with Index.open(tmp_path / "reports.db"):
        told = run("search", "经费", "--db", tmp_path / "reports.db").stderr
    assert "另一个程序正在写" in told and "过一会儿再查" in told
    told = run("search", "经费", "--db", tmp_path / "reports.db").stderr
    assert "先运行:nianlun ingest" in told
