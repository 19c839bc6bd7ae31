"""The steps that make the database of an index, and docs/schema.md.

`index.tables` says what an index looks like now; `MIGRATIONS` are the steps that lead there from nothing. Each
runs in one transaction together with the record that it ran. A database that records a step which is not known here
was written by a later version, and `check_version` refuses it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import DatabaseTooNew, NotAnIndex
from index.tables import TABLES, VIEWS, Column, Table

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x4E69616E  # "Nian" in the header of the file
MIGRATION_SET = "nianlun"
CORRECTIONS = ("corrected_documents", "corrections", "corrected")
REUSE = ("reuse_passages", "reused_sentences")
MIGRATION_TABLE = "_sqlite_migrations"  # sqlite-utils keeps its records there


# Full text. Both tables hold no text of their own. The tokenizer leaves everything to index.characters:
# what stands between two spaces is a token, whatever it is.
_TOKEN_MARKS = "".join(chr(code) for code in range(1, 127) if not chr(code).isalnum() and chr(code) not in " '\"")
_TOKENIZER = f"ascii tokenchars '{_TOKEN_MARKS}''\"'".replace("'", "''")
FULL_TEXT = (
    f"CREATE VIRTUAL TABLE characters USING fts5(text, content='', tokenize='{_TOKENIZER}')",
    f"CREATE VIRTUAL TABLE words USING fts5(text, content='', detail='none', tokenize='{_TOKENIZER}')",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row')",
)


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
    for event in ("INSERT", "DELETE", "UPDATE OF text"):
        emptied = " ".join(f"DELETE FROM {name};" for name in REUSE)
        db.execute(
            f"""CREATE TRIGGER IF NOT EXISTS reuse_{event.split()[0].lower()} AFTER {event} ON documents
WHEN EXISTS (SELECT 1 FROM meta WHERE name = 'reuse')
BEGIN {emptied} DELETE FROM meta WHERE name = 'reuse'; END"""
        )


@migration
def m012_brief(db: Database) -> None:
    """Index what counting reads of a document: without it, columns behind the text cost a walk through the text."""
    columns = (
        "id", "ref", "doc_type", "org", "org_level", "region", "year", "year_low", "year_high", "year_basis", "region_basis",
        "county", "city", "province",
    )  # fmt: skip
    db.table("documents").create_index(columns, index_name="documents_brief", if_not_exists=True)


@migration
def m013_corrections(db: Database) -> None:
    """Make the log of corrections, and the trigger by which a correction outlives the document that it was made on."""
    for table in TABLES:
        if table.name in CORRECTIONS and not db.table(table.name).exists():
            create_table(db, table)
    db.execute(
        """CREATE TRIGGER IF NOT EXISTS corrections_lose AFTER DELETE ON documents
WHEN EXISTS (SELECT 1 FROM corrected_documents)
BEGIN
    DELETE FROM corrected WHERE document = OLD.id;
    UPDATE corrected_documents SET document = NULL, ref = OLD.ref, ordinal = OLD.ordinal,
    path = coalesce((SELECT path FROM sources WHERE id = OLD.source), path) WHERE document = OLD.id;
END"""
    )


@migration
def m014_counted(db: Database) -> None:
    """Index what counting reads of a problem: in which document it stands, and under which leaf."""
    columns = ("polarity", "main", "document")
    db.table("problems").create_index(columns, index_name="problems_counted", if_not_exists=True)


@migration
def m015_packed_texts(db: Database) -> None:
    """Change nothing: texts of files that are read from now on are kept beside those of their documents (`index.source_texts`)."""


def create_table(db: Database, table: Table) -> None:
    """Create a table as described, with an index for each column that asks for one."""
    db.table(table.name).create(
        {column.name: column.type for column in table.columns},
        pk=table.pk,
        foreign_keys=[
            (column.name, column.references, "id") for column in table.columns if column.references is not None
        ],
    )
    for column in table.columns:
        if column.indexed:
            unique = (table.name, column.name) in {("source_keys", "key"), ("sources", "path"), ("documents", "ref")}
            db.table(table.name).create_index([column.name], unique=unique)


def migrate(connection: sqlite3.Connection) -> list[str]:
    """Bring a database up to date and return the names of the steps that ran."""
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
    kind = {int: "INTEGER", float: "REAL", str: "TEXT", bytes: "BLOB"}[column.type]
    target = f" → `{column.references}`" if column.references else ""
    return f"| `{column.name}` | {kind} | {column.zh} | {column.says}{target} |"


def _only_migration_table(connection: sqlite3.Connection) -> bool:
    """A first run that was killed before its first step leaves nothing but the table of records."""
    query = "SELECT count(*) FROM sqlite_master WHERE tbl_name <> ?"
    return bool(connection.execute(query, (MIGRATION_TABLE,)).fetchone()[0] == 0)


if __name__ == "__main__":
    print(schema_as_markdown(), end="")
