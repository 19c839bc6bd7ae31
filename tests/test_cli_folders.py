"""Reading a folder again after files were deleted, renamed or damaged: nothing is lost, or kept, without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_reports import write_reports

from nianlun.cli import cli


def run(*words: object) -> Result:
    environment = {"LC_ALL": "zh_CN.UTF-8", "NIANLUN_DB": None, "COLUMNS": "140"}
    return CliRunner(env=environment).invoke(cli, [str(word) for word in words])


def _ingest_pile(tmp_path: Path, *more: str) -> Result:
    return run("ingest", tmp_path / "pile", "--db", tmp_path / "reports.db", *more)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    write_reports(tmp_path / "pile")
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "~$总结.docx"):
        (tmp_path / "pile" / name).write_bytes(b"\x00")
    result = _ingest_pile(tmp_path)
    assert result.exit_code == 0, result.output
    assert "临时文件 4 个" in result.stderr
    return tmp_path


def test_files_that_are_gone_or_renamed_are_told_and_stay_until_pruned(pile: Path) -> None:
    names = sorted(path.name for path in (pile / "pile").glob("*.txt"))
    (pile / "pile" / names[0]).unlink()
    (pile / "pile" / names[1]).rename(pile / "pile" / "新名.txt")
    assert "索引里还有的文件 2 个" in _ingest_pile(pile, "--dry-run").stderr
    told = _ingest_pile(pile).stderr
    assert "索引里还有的文件 1 个" in told and f"pile/{names[0]}" in told and "--prune" in told
    assert f"pile/{names[1]} → pile/新名.txt" in told
    pruned = _ingest_pile(pile, "--prune")
    assert "去掉这 2 个文件" in pruned.stderr
    listed = run("docs", "--db", pile / "reports.db", "--format", "jsonl").stdout
    assert names[0] not in listed and names[1] not in listed and "新名.txt" in listed
    assert "索引里还有" not in _ingest_pile(pile).stderr


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
