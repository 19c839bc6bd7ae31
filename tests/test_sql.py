"""`nianlun sql`: every view answers, in every tool alike; nothing can be changed; what takes too long is stopped."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import time
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from small_reports import write_reports

from index.errors import BadSql, ReadOnly, TooSlow
from index.sql import ask
from index.store import Index
from index.tables import VIEWS
from nianlun.cli import cli
from nianlun.options import NO_MATCH, OK, USAGE


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sql")
    write_reports(folder / "reports")
    result = run("ingest", folder / "reports", "--db", folder / "reports.db")
    assert result.exit_code == OK, result.output
    return folder / "reports.db"


def run(*words: object, lang: str = "zh", said: str | None = None) -> Result:
    environment = {"LC_ALL": "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8", "NIANLUN_DB": None, "COLUMNS": "140"}
    return CliRunner(env=environment).invoke(cli, [str(word) for word in words], input=said)


def rows(db: Path, sql: str, **values: str) -> list[dict[str, object]]:
    with Index.open(db, read_only=True) as index, ask(index.connection, sql, values) as result:
        return list(result.rows)


def test_a_query_is_answered_in_every_format(db: Path) -> None:
    sql = "SELECT ref, year FROM reports WHERE org LIKE '青岚县%' ORDER BY year"
    expected = [{"ref": "要点", "year": "2011"}, {"ref": "总结", "year": "2012"}]
    assert json.loads(run("sql", sql, "--db", db, "--format", "json").stdout)["rows"] == expected
    told = run("sql", sql, "--db", db, "--format", "jsonl")
    assert [json.loads(line) for line in told.stdout.splitlines()] == expected and "2 行" in told.stderr
    assert run("sql", sql, "--db", db, "--format", "tsv").stdout == "ref\tyear\n要点\t2011\n总结\t2012\n"
    assert run("sql", sql, "--db", db, "--format", "csv", "--bom").stdout == "\ufeffref,year\n要点,2011\n总结,2012\n"
    assert [line.split() for line in run("sql", sql, "--db", db, "--format", "table").stdout.splitlines()[2:]] == [
        ["要点", "2011"], ["总结", "2012"],
    ]  # fmt: skip


def test_a_query_comes_from_standard_input_and_takes_parameters(db: Path) -> None:
    told = run(
        "sql",
        "-",
        "-p",
        "leaf=funding_gap",
        "--db",
        db,
        "--format",
        "tsv",
        said="SELECT zh FROM leaves\nWHERE id = :leaf",
    )
    assert told.stdout == "zh\n经费不足\n"
    assert run("sql", "SELECT :a", "-p", "a", "--db", db).exit_code == USAGE


def test_an_empty_answer_keeps_its_head_and_says_so_by_its_exit_code(db: Path) -> None:
    told = run("sql", "SELECT ref FROM reports WHERE year = '1999'", "--db", db, "--format", "tsv")
    assert (told.exit_code, told.stdout) == (NO_MATCH, "ref\n")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM documents", "UPDATE meta SET value = ''", "INSERT INTO meta VALUES ('a', 'b')", "REPLACE INTO meta VALUES ('a', 'b')",
        "DROP VIEW numbers", "DROP TABLE times", "CREATE TABLE mine (a)", "CREATE TEMP TABLE mine (a)", "ALTER TABLE meta ADD COLUMN c",
        "ATTACH ':memory:' AS other", "VACUUM", "VACUUM INTO 'copy.db'", "BEGIN", "BEGIN IMMEDIATE", "SAVEPOINT s", "REINDEX", "ANALYZE",
        "PRAGMA user_version = 3", "PRAGMA query_only = OFF", "PRAGMA writable_schema = ON", "PRAGMA journal_mode = DELETE",
        "PRAGMA wal_checkpoint", "INSERT INTO characters (characters) VALUES ('optimize')", "WITH a AS (SELECT 1) DELETE FROM meta",
        "EXPLAIN DELETE FROM meta", "SELECT load_extension('x')", "/* SELECT */ DELETE FROM meta", "CREATE TABLE x AS SELECT * FROM meta",
    ],
)  # fmt: skip
def test_whatever_would_write_is_refused_in_words_and_changes_nothing(db: Path, sql: str) -> None:
    before = hashlib.sha256(db.read_bytes()).hexdigest()
    with pytest.raises((ReadOnly, BadSql)) as refused:
        rows(db, sql)
    if not sql.startswith("SELECT load"):  # SQLite itself may not know the function
        assert isinstance(refused.value, ReadOnly), refused.value
        told = run("sql", sql, "--db", db)
        assert told.exit_code == USAGE and "只能查询" in told.stderr and "Traceback" not in told.output
        assert "only read here" in run("sql", sql, "--db", db, lang="en").stderr
    assert hashlib.sha256(db.read_bytes()).hexdigest() == before and not (db.parent / "copy.db").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1", " -- a note\nSELECT 1", "VALUES (1), (2)", "WITH a AS (SELECT 1) SELECT * FROM a", "PRAGMA table_info(documents)",
        "SELECT name FROM pragma_table_info('meta')", "EXPLAIN QUERY PLAN SELECT * FROM numbers", "SELECT value FROM json_each('[1]')",
        "SELECT term FROM vocabulary", "SELECT 'DELETE FROM meta'", "PRAGMA integrity_check",
        "SELECT rowid FROM characters WHERE text MATCH nianlun_phrase('经费')", "SELECT nianlun_ref('总结@3-5')",
    ],
)  # fmt: skip
def test_whatever_only_asks_is_answered(db: Path, sql: str) -> None:
    assert rows(db, sql)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT * FROM number", "numbers"), ("SELECT refs FROM reports", "ref"), ("SELEC 1", "syntax"), ("", "没有写语句"),
        ("SELECT 1; SELECT 2", "一次只能执行一句"), ("SELECT :leaf", "-p"), ("SELECT zeroblob(999999999)", "太大"),
    ],
)  # fmt: skip
def test_a_wrong_query_gets_a_message_that_helps(db: Path, sql: str, told: str) -> None:
    result = run("sql", "--db", db, "--", sql)
    assert result.exit_code == USAGE and told in result.stderr and "Traceback" not in result.output


def test_a_query_that_takes_too_long_is_stopped(db: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    begun = time.monotonic()
    with (
        Index.open(db, read_only=True) as index,
        pytest.raises(TooSlow),
        ask(index.connection, endless, seconds=0.2) as result,
    ):
        list(result.rows)
    assert time.monotonic() - begun < 5
    assert "已停止" in run("sql", endless, "--timeout", "0.2", "--db", db).stderr


def test_columns_of_one_name_are_told_apart_and_bytes_are_shown_as_such(db: Path) -> None:
    (row,) = rows(
        db, "SELECT 1 AS a, 2 AS a, 3 AS a_2, x'00ff' AS few, zeroblob(99) AS many, 9e999 AS much, NULL AS empty"
    )
    assert row == {
        "a": 1, "a_2": 2, "a_2_2": 3, "few": "x'00ff'", "many": "[99 bytes]", "much": "inf", "empty": None,
    }  # fmt: skip


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_sqlite_pandas_datasette_and_the_command_give_the_same_rows_of_a_view(db: Path, view: str) -> None:
    from nianlun.serve import datasette_for

    ours = rows(db, f"SELECT * FROM {view}")
    assert [name for name, _ in next(one for one in VIEWS if one.name == view).columns] == list(
        ours[0] if ours else []
    ) or not ours
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        assert [dict(row) for row in connection.execute(f"SELECT * FROM {view}")] == ours
        frame = pd.read_sql_query(f"SELECT * FROM {view}", connection)
    assert json.loads(frame.to_json(orient="records", double_precision=15)) == json.loads(json.dumps(ours))
    served = datasette_for(db, "zh")
    page = asyncio.run(
        served.client.get(f"/{db.stem}.json", params={"sql": f"SELECT * FROM {view}", "_shape": "array"})
    )
    assert page.json() == ours


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_duckdb_gives_the_same_rows_of_a_view(db: Path, view: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    ours = rows(db, f"SELECT * FROM {view}")
    frame = pd.DataFrame(ours)  # noqa: F841 (DuckDB reads it by its name)
    if ours:
        told = duckdb.sql("SELECT * FROM frame").fetchall()
        assert [tuple(None if value != value else value for value in row) for row in told] == [
            tuple(row.values()) for row in ours
        ]
