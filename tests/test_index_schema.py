"""The schema: its description, the database that comes from it, and databases of other versions."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from index_samples import analysis, source

from index import schema
from index.errors import DatabaseTooNew, NoSuchIndex, NotAnIndex
from index.store import Index
from index.tables import MENTIONS, TABLES, VIEWS

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


FORMER_MENTION = """"id" INTEGER PRIMARY KEY, "document" INTEGER, "sentence" INTEGER, "start" INTEGER, "end" INTEGER,
"source_start" INTEGER, "source_end" INTEGER, "text" TEXT, "rule" TEXT"""


def as_it_was_before_mentions_lost_their_words(connection):
    """Turn an index back: mentions with their words and the names of rules, keys of several columns twice, no rules."""
    for view in VIEWS:
        connection.execute(f"DROP VIEW {view.name}")
    for table in TABLES:
        own = "".join(f', "{column.name}"' for column in table.columns if f'"{column.name}"' not in FORMER_MENTION)
        if table.name in MENTIONS:
            connection.execute(f"ALTER TABLE {table.name} RENAME TO slim")
            connection.execute(f"CREATE TABLE {table.name} ({FORMER_MENTION}{own})")
            connection.execute(
                f"""INSERT INTO {table.name} SELECT m.id, m.document, m.sentence, m.start, m."end", m.source_start, m.source_end,
substr(d.text, m.start + 1, m."end" - m.start), (SELECT name FROM rules WHERE id = m.rule){own}
FROM slim AS m JOIN documents AS d ON d.id = m.document"""
            )
            connection.execute("DROP TABLE slim")
        elif isinstance(table.pk, tuple):
            (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()
            rows = connection.execute(f"SELECT * FROM {table.name}").fetchall()
            connection.execute(f"DROP TABLE {table.name}")
            connection.execute(made.removesuffix(" WITHOUT ROWID"))
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
    connection.execute("CREATE INDEX idx_problems_main ON problems (main)")
    connection.execute("DROP TABLE rules")
    connection.execute(f"DELETE FROM {schema.MIGRATION_TABLE} WHERE name = 'm016_slim'")


def told_by(index):
    """Return what an index tells: every row of every view, the leaves of problems, and the log of corrections."""
    views = {view.name: sorted(index.connection.execute(f"SELECT * FROM {view.name}"), key=repr) for view in VIEWS}
    labels = sorted(index.connection.execute("SELECT problem, leaf, place, score FROM problem_labels"))
    return views, labels, [(one.field, one.value, one.was, one.state) for one in index.corrections]


def test_an_index_whose_mentions_hold_their_words_tells_the_same_without_them(tmp_path):
    path, text = (
        tmp_path / "old.db",
        "存在问题\n文艺队没有排练场地。全年演出38场,观众6100人次。\n打算\n3月底前修好舞台。\n",
    )
    one = analysis(
        text, problems=[("文艺队没有排练场地。", "poor_facilities", "asserted")], activities=["文艺队"],
        numbers=[("38场", 38, "场"), ("6100人次", 6100, "人次")], times=[("3月底前", "deadline", "2013-03-31")],
        year=2013, org="白塔镇文化站",
    )  # fmt: skip
    with Index.open(path, cut=list) as index:
        index.add(source("小结.txt", one), [one])
        at = text.index("文艺队没")
        first = told_by(index)
        index.correct(f"小结@{at}-{at + 10}", "problem", "no", by="田")
        index.correct(f"小结@{text.index('38场')}-{text.index('38场') + 3}", "value", "83", by="田")
        before = told_by(index)
    with sqlite3.connect(path, isolation_level=None) as connection:
        as_it_was_before_mentions_lost_their_words(connection)
        was = "SELECT id, change FROM corrected"
        for number, change in connection.execute(was).fetchall():  # a row that was taken out held its words, too
            steps = json.loads(change)
            for step in steps:
                if "rule" in step.get("old", ()):
                    step["old"] |= {"rule": "problem/problems"} | ({"text": "x"} if "document" in step["old"] else {})
            connection.execute("UPDATE corrected SET change = ? WHERE id = ?", (json.dumps(steps), number))
    connection.close()
    with Index.open(path, cut=list) as index:
        assert "text" not in columns_of(index.connection, "quantities")
        assert index.check() == [] and told_by(index) == before != first
        index.undo_corrections([1, 2], by="田")
        assert told_by(index)[:2] == first[:2] and index.check() == []


def test_an_empty_database_is_made_at_once_as_the_steps_make_it(monkeypatch):
    def described(connection):
        query = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        return {(kind, name): " ".join(sql.split()) for kind, name, sql in connection.execute(query)}

    at_once, by_steps = (sqlite3.connect(":memory:", isolation_level=None) for _ in range(2))
    schema.migrate(at_once)
    monkeypatch.setattr(schema, "_make", lambda connection: False)
    schema.migrate(by_steps)
    one, other = described(at_once), described(by_steps)
    records = schema.MIGRATION_TABLE
    assert {key: sql for key, sql in one.items() if records not in key[1]} == {
        key: sql for key, sql in other.items() if records not in key[1]
    }
    assert schema.applied(at_once) == schema.applied(by_steps)
    assert columns_of(at_once, records) == columns_of(by_steps, records)
