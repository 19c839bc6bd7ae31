"""The schema: its description, the database that comes from it, and databases of other versions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from index import schema
from index.errors import DatabaseTooNew, NoSuchIndex, NotAnIndex
from index.store import Index
from index.tables import TABLES, VIEWS

DOCS = Path(__file__).parent.parent / "docs" / "schema.md"


@pytest.fixture
def connection():
    with Index.open(cut=list) as index:
        yield index.connection


def columns_of(connection, name):
    return [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_new_database_has_every_table_as_described(connection, table):
    assert columns_of(connection, table.name) == [column.name for column in table.columns]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_new_database_has_every_view_as_described(connection, view):
    assert columns_of(connection, view.name) == [name for name, _ in view.columns]


def test_every_table_and_column_has_a_chinese_title():
    assert all(table.zh and all(column.zh and column.says for column in table.columns) for table in TABLES)
    assert all(view.zh and all(zh for _, zh in view.columns) for view in VIEWS)


def test_the_page_on_the_schema_is_the_one_that_the_schema_gives():
    assert DOCS.read_text(encoding="utf-8") == schema.schema_as_markdown(), "python -m index.schema > docs/schema.md"


def test_each_step_is_recorded_once(connection):
    assert schema.applied(connection) == [step.name for step in schema.MIGRATIONS]
    assert schema.migrate(connection) == []


def test_a_step_that_fails_leaves_neither_its_tables_nor_its_record(monkeypatch):
    def m999_fails(db):
        db.execute("CREATE TABLE half (id INTEGER)")
        raise RuntimeError("in the middle")

    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection)
    monkeypatch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, schema.Migration("m999_fails", m999_fails)])
    with pytest.raises(RuntimeError):
        schema.migrate(connection)
    assert "m999_fails" not in schema.applied(connection)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)


def test_an_older_database_is_brought_up_to_date_and_keeps_its_rows(tmp_path, monkeypatch):
    path = tmp_path / "old.db"
    Index.open(path, cut=list).close()

    def m999_adds(db):
        db.execute("CREATE TABLE later (id INTEGER)")

    monkeypatch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, schema.Migration("m999_adds", m999_adds)])
    with Index.open(path, cut=list, read_only=True) as index:
        assert schema.applied(index.connection)[-1] == "m999_adds"


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_database_is_refused_and_left_as_it_is(tmp_path, read_only):
    path = tmp_path / "new.db"
    Index.open(path, cut=list).close()
    with sqlite3.connect(path) as connection:
        record = f"INSERT INTO {schema.MIGRATION_TABLE} (migration_set, name, applied_at) VALUES (?, ?, '')"
        connection.execute(record, (schema.MIGRATION_SET, "m123_from_the_future"))
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew, match="m123_from_the_future"):
        Index.open(path, cut=list, read_only=read_only)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "总结.txt"
    path.write_text("本年度工作总结" * 100, encoding="utf-8")
    with pytest.raises(NotAnIndex):
        Index.open(path, cut=list)


def test_a_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE mine (id INTEGER)")
    with pytest.raises(NotAnIndex, match="another program"):
        Index.open(path, cut=list)


def test_reading_makes_no_file(tmp_path):
    with pytest.raises(NoSuchIndex):
        Index.open(tmp_path / "none.db", read_only=True)
    assert list(tmp_path.iterdir()) == []
