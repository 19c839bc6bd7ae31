"""A body that was guessed looks guessed, and what a person says of it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from nianlun.cli import cli

STATED = "青石县妇联2012年工作总结\n一年来，办班九期，走访老人三十户，调解纠纷六起。\n"
GUESSED = "妇联工作汇报\n2012年，在镇党委的领导下，我镇妇联办班九期，培训妇女三百人。妇女之家建了六个。\n"


def run(*arguments: str) -> str:
    result = CliRunner(env={"NIANLUN_LANG": "zh", "COLUMNS": "200"}).invoke(cli, arguments)
    assert result.exit_code in (0, 3), result.output
    return result.output


@pytest.fixture
def db(tmp_path: Path) -> str:
    for name, text in (("stated", STATED), ("guessed", GUESSED)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    run("ingest", str(tmp_path / "stated.txt"), str(tmp_path / "guessed.txt"), "--db", str(tmp_path / "a.db"))
    return str(tmp_path / "a.db")


def test_a_guessed_body_is_marked_until_a_person_corrects_it(db: str) -> None:
    listed = run("docs", "--db", db)
    assert "≈镇妇联" in listed
    assert "青石县妇联" in listed
    assert "≈青石县妇联" not in listed
    rows = run("docs", "--db", db, "--format", "jsonl")
    assert '"org": "镇妇联"' in rows
    assert '"org_basis": "inferred"' in rows
    run("correct", "guessed", "单位", "白沙镇妇联", "--db", db)
    assert "≈" not in run("docs", "--db", db)
