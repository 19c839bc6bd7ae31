"""The steps that make the database of an index, and docs/schema.md.

`index.tables` says what an index looks like now; `MIGRATIONS` are the steps that lead there from nothing. Each
runs in one transaction together with the record that it ran. A database that records a step which is not known here
was written by a later version, and `check_version` refuses it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from index.errors import DatabaseTooNew, NotAnIndex
from index.rules import number_of
from index.tables import MENTIONS, TABLES, VIEWS, Column, Table

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x4E69616E  # "Nian" in the header of the file
MIGRATION_SET = "nianlun"
CORRECTIONS = ("corrected_documents", "corrections", "corrected")
REUSE = ("reuse_passages", "reused_sentences")
MIGRATION_TABLE = "_sqlite_migrations"  # sqlite-utils keeps its records there
_RECORDS = (
    f'CREATE TABLE "{MIGRATION_TABLE}" ("id" INTEGER PRIMARY KEY, "migration_set" TEXT, "name" TEXT, "applied_at" TEXT)',
    f'CREATE UNIQUE INDEX "idx_{MIGRATION_TABLE}_migration_set_name" ON "{MIGRATION_TABLE}" ("migration_set", "name")',
)
_UNIQUE = {("source_keys", "key"), ("sources", "path"), ("documents", "ref"), ("rules", "name")}
_TYPES = {int: "INTEGER", float: "REAL", str: "TEXT", bytes: "BLOB"}


# Full text. Both tables hold no text of their own. The tokenizer leaves everything to index.characters:
# what stands between two spaces is a token, whatever it is.
_TOKEN_MARKS = "".join(chr(code) for code in range(1, 127) if not chr(code).isalnum() and chr(code) not in " '\"")
_TOKENIZER = f"ascii tokenchars '{_TOKEN_MARKS}''\"'".replace("'", "''")
FULL_TEXT = (
    f"CREATE VIRTUAL TABLE characters USING fts5(text, content='', tokenize='{_TOKENIZER}')",
    f"CREATE VIRTUAL TABLE words USING fts5(text, content='', detail='none', tokenize='{_TOKENIZER}')",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row')",
)


# A change of the documents empties what was told of all of them.
_EMPTIED = " ".join(f"DELETE FROM {name};" for name in REUSE)
REUSE_TRIGGERS = tuple(
    f"""CREATE TRIGGER IF NOT EXISTS reuse_{event.split()[0].lower()} AFTER {event} ON documents
WHEN EXISTS (SELECT 1 FROM meta WHERE name = 'reuse')
BEGIN {_EMPTIED} DELETE FROM meta WHERE name = 'reuse'; END"""
    for event in ("INSERT", "DELETE", "UPDATE OF text")
)
CORRECTIONS_TRIGGER = """CREATE TRIGGER IF NOT EXISTS corrections_lose AFTER DELETE ON documents
WHEN EXISTS (SELECT 1 FROM corrected_documents)
BEGIN
    DELETE FROM corrected WHERE document = OLD.id;
    UPDATE corrected_documents SET document = NULL, ref = OLD.ref, ordinal = OLD.ordinal,
    path = coalesce((SELECT path FROM sources WHERE id = OLD.source), path) WHERE document = OLD.id;
END"""
# Indexes over several columns, which hold all that counting reads.
BRIEF = (
    "id", "ref", "doc_type", "org", "org_level", "region", "year", "year_low", "year_high", "year_basis", "region_basis",
    "county", "city", "province",
)  # fmt: skip
COUNTED = ("polarity", "main", "document")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: `name` is recorded in the database when `run` has run."""

    name: str
    run: Callable[[Database], None]


MIGRATIONS: list[Migration] = []


def migration(run: Callable[[Database], None]) -> Callable[[Database], None]:
    """Register a step. Steps run in the order in which they stand here; one that was published is never edited."""
    MIGRATIONS.append(Migration(run.__name__, run))
    return run


@migration
def m001_tables(db: Database) -> None:
    """Make the tables and their indexes, as described now; a later step looks before it adds a column."""
    for table in TABLES:
        create_table(db, table)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@migration
def m002_full_text(db: Database) -> None:
    """Make the full-text tables."""
    for statement in FULL_TEXT:
        db.execute(statement)


@migration
def m003_views(db: Database) -> None:
    """Make the views."""
    for view in VIEWS:
        db.create_view(view.name, view.sql, replace=True)


@migration
def m004_open_years(db: Database) -> None:
    """Make the views anew: intervals of years that are open on one side have a label, too."""
    for view in VIEWS:
        db.create_view(view.name, view.sql, replace=True)


@migration
def m005_places_and_copies(db: Database) -> None:
    """Add runs, sheets, slides and confidences of anchors, what a file says of itself, and the copies of reports."""
    for table in TABLES:
        if not db.table(table.name).exists():
            create_table(db, table)
        known = db.table(table.name).columns_dict
        for column in table.columns:
            if column.name not in known:
                db.table(table.name).add_column(column.name, column.type)
    db.table("sources").create_index(["sha256"], if_not_exists=True)
    for view in VIEWS:
        db.create_view(view.name, view.sql, replace=True)


@migration
def m006_measures(db: Database) -> None:
    """Add what a number is of its thing, its base, and whether it is done, planned, demanded or proposed."""
    for table in ("quantities", "activities"):
        known = db.table(table).columns_dict
        for column in next(one for one in TABLES if one.name == table).columns:
            if column.name not in known:
                db.table(table).add_column(column.name, column.type)
    for view in VIEWS:
        db.create_view(view.name, view.sql, replace=True)


@migration
def m007_tasks(db: Database) -> None:
    """Add what is due by each deadline, who is to do it and how much."""
    for table in TABLES:
        if table.name == "tasks" and not db.table(table.name).exists():
            create_table(db, table)
    for view in VIEWS:
        db.create_view(view.name, view.sql, replace=True)


@migration
def m008_who_and_when(db: Database) -> None:
    """Add where a region lies, addressee, signer and number of documents, and what weight the evidence of a year has."""
    for table in TABLES:
        if table.name in ("documents", "year_evidence"):
            known = db.table(table.name).columns_dict
            for column in table.columns:
                if column.name not in known:
                    db.table(table.name).add_column(column.name, column.type)
    for view in VIEWS:
        db.create_view(view.name, view.sql, replace=True)


@migration
def m009_activity_facts(db: Database) -> None:
    """Add the numbers and the times that belong to an activity; empty for reports that were read before."""
    known = db.table("activities").columns_dict
    for column in next(one for one in TABLES if one.name == "activities").columns:
        if column.name not in known:
            db.table("activities").add_column(column.name, column.type)
    for view in VIEWS:
        db.create_view(view.name, view.sql, replace=True)


@migration
def m010_for_whom(db: Database) -> None:
    """Add for whom a number is; empty for reports that were read before."""
    if "whom" not in db.table("quantities").columns_dict:
        db.table("quantities").add_column("whom", str)
    for view in VIEWS:
        db.create_view(view.name, view.sql, replace=True)


@migration
def m011_reuse(db: Database) -> None:
    """Make the tables of passages that several reports share, and the triggers that empty them when a report changes."""
    for table in TABLES:
        if table.name in REUSE and not db.table(table.name).exists():
            create_table(db, table)
    for statement in REUSE_TRIGGERS:
        db.execute(statement)


@migration
def m012_brief(db: Database) -> None:
    """Index what counting reads of a document: without it, columns behind the text cost a walk through the text."""
    db.execute(_index("documents_brief", "documents", BRIEF))


@migration
def m013_corrections(db: Database) -> None:
    """Make the log of corrections, and the trigger by which a correction outlives the document that it was made on."""
    for table in TABLES:
        if table.name in CORRECTIONS and not db.table(table.name).exists():
            create_table(db, table)
    db.execute(CORRECTIONS_TRIGGER)


@migration
def m014_counted(db: Database) -> None:
    """Index what counting reads of a problem: in which document it stands, and under which leaf."""
    db.execute(_index("problems_counted", "problems", COUNTED))


@migration
def m015_packed_texts(db: Database) -> None:
    """Change nothing: texts of files that are read from now on are kept beside those of their documents (`index.source_texts`)."""


@migration
def m016_slim(db: Database) -> None:
    """Take the words of mentions out of their rows, for they stand in the text, and put numbers for the names of rules.

    Tables with a key of several columns lose the second copy of it, problems the index of main leaves that nothing reads.
    """
    for view in VIEWS:
        db.execute(f'DROP VIEW IF EXISTS "{view.name}"')
    for table in TABLES:
        if not db.table(table.name).exists():
            create_table(db, table)
    for table in TABLES:
        known = db.table(table.name)
        if table.name in MENTIONS and "text" in known.columns_dict:
            _remake(db, table, renamed={"rule": "(SELECT id FROM rules WHERE name = rule)"})
        elif isinstance(table.pk, tuple) and not known.schema.rstrip().endswith("WITHOUT ROWID"):
            _remake(db, table)
    db.execute("DROP INDEX IF EXISTS idx_problems_main")
    db.execute(_index("problems_counted", "problems", COUNTED))
    for number, packed in db.execute("SELECT id, change FROM corrected").fetchall():
        steps = [_slim_step(db, step) for step in json.loads(packed)]
        db.execute("UPDATE corrected SET change = ? WHERE id = ?", (json.dumps(steps, ensure_ascii=False), number))
    for view in VIEWS:
        db.create_view(view.name, view.sql)


@migration
def m017_told(db: Database) -> None:
    """Add whether what a deadline tells of is done; empty for reports that were read before."""
    if "modality" not in db.table("tasks").columns_dict:
        db.table("tasks").add_column("modality", str)
    for view in VIEWS:
        db.create_view(view.name, view.sql, replace=True)


@migration
def m018_org_basis(db: Database) -> None:
    """Add what the body of a report rests on; empty for reports that were read before."""
    if "org_basis" not in db.table("documents").columns_dict:
        db.table("documents").add_column("org_basis", str)
    for view in VIEWS:
        db.create_view(view.name, view.sql, replace=True)


def _remake(db: Database, table: Table, renamed: dict[str, str] | None = None) -> None:
    """Make a table anew as described, with the rows that it had."""
    if renamed and "rule" in renamed:
        db.execute(
            f"INSERT INTO rules (name) SELECT DISTINCT rule FROM {table.name} WHERE rule NOT IN (SELECT name FROM rules)"
        )
    db.execute(f"CREATE TEMP TABLE remade AS SELECT * FROM {table.name}")
    db.execute(f"DROP TABLE {table.name}")
    create_table(db, table)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join((renamed or {}).get(column.name, f'"{column.name}"') for column in table.columns)
    key = ", ".join((table.pk,) if isinstance(table.pk, str) else table.pk)
    db.execute(f"INSERT INTO {table.name} ({names}) SELECT {values} FROM temp.remade ORDER BY {key}")
    db.execute("DROP TABLE temp.remade")


def _slim_step(db: Database, step: dict[str, Any]) -> dict[str, Any]:
    """Return a step of a correction with the columns that its table has now."""
    old = step.get("old")
    if step.get("table") not in MENTIONS or not isinstance(old, dict):
        return step
    kept = {name: value for name, value in old.items() if name != "text"}
    if isinstance(kept.get("rule"), str):
        kept["rule"] = number_of(db.conn, kept["rule"])
    return {**step, "old": kept}


def create_table(db: Database, table: Table) -> None:
    """Create a table as described, with an index for each column that asks for one."""
    for statement in _statements(table):
        db.execute(statement)


def _statements(table: Table) -> Iterator[str]:
    """Yield the statements that make a table and its indexes."""
    several = isinstance(table.pk, tuple)
    parts = [_column(column, is_key=column.name == table.pk) for column in table.columns]
    if several:
        parts.append(f"PRIMARY KEY ({', '.join(table.pk)})")
    yield f'CREATE TABLE "{table.name}" (\n   {f",{chr(10)}   ".join(parts)}\n){" WITHOUT ROWID" if several else ""}'
    for column in table.columns:
        if column.indexed:
            unique = (table.name, column.name) in _UNIQUE
            yield _index(f"idx_{table.name}_{column.name}", table.name, (column.name,), unique=unique)


def _column(column: Column, *, is_key: bool) -> str:
    key = " PRIMARY KEY" if is_key else ""
    reference = f' REFERENCES "{column.references}"("id")' if column.references else ""
    return f'"{column.name}" {_TYPES[column.type]}{key}{reference}'


def _index(name: str, table: str, columns: tuple[str, ...], *, unique: bool = False) -> str:
    listed = ", ".join(f'"{column}"' for column in columns)
    return f'CREATE {"UNIQUE " if unique else ""}INDEX IF NOT EXISTS "{name}" ON "{table}" ({listed})'


def migrate(connection: sqlite3.Connection) -> list[str]:
    """Bring a database up to date and return the names of the steps that ran; an empty one is made as described, at once."""
    if _make(connection):
        return [step.name for step in MIGRATIONS]
    pending = [step for step in MIGRATIONS if step.name not in applied(connection)]
    if not pending:
        return []
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations  # late: it imports pandas where that is installed

    steps = Migrations(MIGRATION_SET)
    for step in MIGRATIONS:
        steps(name=step.name)(step.run)
    steps.apply(Database(connection))
    return [step.name for step in pending]


def _make(connection: sqlite3.Connection) -> bool:
    """Make an empty database as described, and record every step; return whether it was empty.

    The steps one by one come to the same (measured: in four times the time, and sqlite-utils takes as long to load).
    """
    is_empty = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_master)"
    if not connection.execute(is_empty).fetchone()[0]:
        return False
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute(is_empty).fetchone()[0]:  # another process was first
            connection.execute("ROLLBACK")
            return False
        for statement in _everything():
            connection.execute(statement)
        now = datetime.now(UTC).isoformat(sep=" ")
        record = f"INSERT INTO {MIGRATION_TABLE} (migration_set, name, applied_at) VALUES (?, ?, ?)"
        connection.executemany(record, [(MIGRATION_SET, step.name, now) for step in MIGRATIONS])
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return True


def _everything() -> Iterator[str]:
    """Yield the statements that make a database as described."""
    yield f"PRAGMA application_id = {APPLICATION_ID}"
    yield from _RECORDS
    for table in TABLES:
        yield from _statements(table)
    yield from FULL_TEXT
    yield _index("documents_brief", "documents", BRIEF)
    yield _index("problems_counted", "problems", COUNTED)
    yield from REUSE_TRIGGERS
    yield CORRECTIONS_TRIGGER
    for view in VIEWS:
        yield f'CREATE VIEW "{view.name}" AS {view.sql}'


def applied(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the steps that a database records, in the order in which they ran."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (MIGRATION_TABLE,)).fetchone()
    if not known:
        return []
    query = f"SELECT name FROM {MIGRATION_TABLE} WHERE migration_set = ? ORDER BY rowid"
    return [name for (name,) in connection.execute(query, (MIGRATION_SET,))]


def check_version(connection: sqlite3.Connection, path: str) -> None:
    """Refuse a database of a later version (DatabaseTooNew) and a file that is no index (NotAnIndex)."""
    try:
        steps = applied(connection)
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise NotAnIndex(path, f"not a readable SQLite database ({error})") from error
    unknown = [name for name in steps if name not in {step.name for step in MIGRATIONS}]
    if unknown:
        raise DatabaseTooNew(path, unknown)
    if tables and not steps:
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        if mark != APPLICATION_ID and not _only_migration_table(connection):
            raise NotAnIndex(path, "a database of another program")


def is_current(connection: sqlite3.Connection) -> bool:
    """Return whether every step has run."""
    return set(applied(connection)) == {step.name for step in MIGRATIONS}


def schema_as_markdown() -> str:
    """Return docs/schema.md."""
    lines = [
        "# Schema of an index",
        "",
        "An index is one SQLite file. This page is generated from `index/tables.py`"
        " (`python -m index.schema > docs/schema.md`); a test keeps it current.",
        "Offsets count Unicode code points from 0; `end` is the character after the last.",
        "",
        f"Steps that lead here: {', '.join(f'`{step.name}`' for step in MIGRATIONS)}.",
        "",
        "## Tables",
    ]
    for table in TABLES:
        lines += [
            "",
            f"### {table.name} · {table.zh}",
            "",
            table.says,
            "",
            "| column | type | 中文 | |",
            "|---|---|---|---|",
        ]
        lines += [_markdown_row(column) for column in table.columns]
    lines += [
        "",
        "## Full text",
        "",
        "`characters` (FTS5, without content) holds one token for each character of a document, so a phrase is a"
        " substring; `words` (FTS5, without content or positions) holds the words that jieba cuts; `vocabulary` lists them"
        " with the number of documents. The rowid is `documents.id` (of a document of more than 500,000 characters, that of its first part). Use `nianlun search`; plain MATCH needs spaces between"
        " the characters: `SELECT ref FROM documents WHERE id IN (SELECT rowid FROM characters WHERE text MATCH '\"经 费\"')`.",
        "",
        "## Views",
    ]
    for view in VIEWS:
        lines += ["", f"### {view.name} · {view.zh}", "", view.says, ""]
        lines.append(" · ".join(f"`{name}` {zh}" for name, zh in view.columns))
    return "\n".join(lines) + "\n"


def _markdown_row(column: Column) -> str:
    kind = _TYPES[column.type]
    target = f" → `{column.references}`" if column.references else ""
    return f"| `{column.name}` | {kind} | {column.zh} | {column.says}{target} |"


def _only_migration_table(connection: sqlite3.Connection) -> bool:
    """A first run that was killed before its first step leaves nothing but the table of records."""
    query = "SELECT count(*) FROM sqlite_master WHERE tbl_name <> ?"
    return bool(connection.execute(query, (MIGRATION_TABLE,)).fetchone()[0] == 0)


if __name__ == "__main__":
    print(schema_as_markdown(), end="")
