"""Checks of an installation and of an index, as `nianlun doctor` lists them."""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

from nianlun.messages import say

if TYPE_CHECKING:
    from index.store import Index

LIBRARIES = (
    "jieba",
    "scikit-learn",
    "spacy",
    "pdfplumber",
    "python-docx",
    "python-pptx",
    "lxml",
    "olefile",
    "msdoc2docx",
    "openpyxl",
    "xlrd",
    "pypdfium2",
    "selectolax",
    "sqlite-utils",
    "pandas",
    "datasette",
    "matplotlib",
)
# Kinds of file and the library that reads them; "" for nianlun's own readers.
READ_WITH = (
    (".txt .md .csv", ""),
    (".docx .docm .dotx", "python-docx"),
    (".rtf .odt", ""),
    (".pptx", "python-pptx"),
    (".xlsx", "openpyxl"),
    (".xls", "xlrd"),
    (".ods", ""),
    (".pdf", "pypdfium2, pdfplumber"),
    (".ofd", ""),
    (".html .mht", "selectolax"),
    (".eml .msg", ""),
    (".zip .tar .gz .bz2 .xz", ""),
)
PACKAGES_OF_DATA = ("ingest.data", "nlp.data")
TEST_TEXT, TEST_WORD, TEST_COUNT = "工作经费不足,经费没有着落。", "经费", 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was looked at and what was found; status is ok, warning or error, `code` a stable name for programs."""

    code: str
    status: str
    what: str
    finding: str
    remedy: str = ""


def check_all(db: Path, lang: str, *, asked: bool = False) -> list[Check]:
    """Return every check, those of the installation first; an index that was `asked` for has to be there."""
    return [
        Check(code="program", status="ok", what=say("doctor_program", lang), finding=metadata.version("nianlun")),
        Check(code="python", status="ok", what=say("doctor_python", lang), finding=platform.python_version()),
        Check(code="sqlite", status="ok", what=say("doctor_sqlite", lang), finding=sqlite3.sqlite_version),
        check_full_text(lang),
        *check_data(lang),
        *check_libraries(lang),
        *check_readers(lang),
        check_fonts(lang),
        Check(code="encoding", status="ok", what=say("doctor_encoding", lang), finding=str(sys.stdout.encoding)),
        *check_index(db, lang, asked=asked),
    ]


def check_full_text(lang: str) -> Check:
    """Return whether a word of two characters is found in full text: SQLite's own tokenizers fail there."""
    from index.characters import phrase, spaced
    from index.schema import FULL_TEXT

    what = say("doctor_fts", lang)
    try:
        connection = sqlite3.connect(":memory:")
        for statement in FULL_TEXT:
            connection.execute(statement)
        connection.execute("INSERT INTO characters (rowid, text) VALUES (1, ?)", (spaced(TEST_TEXT),))
        rows = connection.execute(
            "SELECT rowid FROM characters WHERE characters MATCH ?", (phrase(TEST_WORD),)
        ).fetchall()
        connection.close()
    except sqlite3.Error as error:
        return Check(code="full_text", status="error", what=what, finding=str(error))
    found = TEST_TEXT.count(TEST_WORD) if rows == [(1,)] else 0
    if found != TEST_COUNT:
        return Check(
            code="full_text",
            status="error",
            what=what,
            finding=say("doctor_fts_bad", lang, found=found, count=TEST_COUNT),
        )
    return Check(code="full_text", status="ok", what=what, finding=say("doctor_fts_ok", lang, count=TEST_COUNT))


def check_data(lang: str) -> Iterator[Check]:
    """Yield whether lexicons, tables and the model are there and load."""
    what = say("doctor_data", lang)
    for package in PACKAGES_OF_DATA:
        files = [
            one.name
            for one in resources.files(package).iterdir()
            if one.is_file() and not one.name.endswith((".py", ".pyc"))
        ]
        yield Check(code="data", status="ok" if files else "error", what=f"{what} {package}",
                    finding=say("doctor_files", lang, count=len(files)))  # fmt: skip
    try:
        _read_something()
        from nlp.fingerprint import fingerprint

        yield Check(code="model", status="ok", what=what, finding=fingerprint())
    except Exception as error:
        yield Check(code="model", status="error", what=what, finding=f"{type(error).__name__}: {error}",
                    remedy=say("doctor_missing", lang))  # fmt: skip


def _read_something() -> None:
    """Read a line, so that every lexicon, table and the model are loaded; raises whatever is wrong with them."""
    from ingest.read import read_bytes
    from nianlun.taxonomy import leaves
    from nlp.analyse import analyse_all

    leaves()
    (analysis,) = analyse_all(read_bytes(TEST_TEXT.encode(), "test.txt"))
    if not analysis.problems:
        raise LookupError(f"no problem read in {TEST_TEXT}")


def check_libraries(lang: str) -> Iterator[Check]:
    """Yield the version of every library that reading and showing need."""
    for name in LIBRARIES:
        what = say("doctor_library", lang, name=name)
        try:
            yield Check(code="library", status="ok", what=what, finding=metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(code="library", status="error", what=what, finding=say("doctor_missing", lang))


def check_readers(lang: str) -> Iterator[Check]:
    """Yield which kinds of file are read, with what; where the converters of old Word files are; which OCR there is."""
    from ingest.ocr import engine
    from ingest.office import converters

    def reads(files: str, finding: str) -> Check:
        return Check(code="reader", status="ok", what=say("doctor_reads", lang, files=files), finding=finding)

    for files, library in READ_WITH:
        yield reads(files, library or say("doctor_itself", lang))
    found = converters()
    programs = ", ".join(name for name, program in found.items() if program) or say("doctor_nothing", lang)
    yield reads(".doc .wps", say("doctor_older", lang, programs=programs))
    for name, program in found.items():
        finding = program or say("doctor_no_converter", lang)
        yield Check(code="converter", status="ok", what=say("doctor_converter", lang, name=name), finding=finding)
    by = engine()
    what = say("doctor_ocr", lang)
    if by is None:
        yield Check(code="ocr", status="warning", what=what, finding=say("doctor_no_ocr", lang),
                    remedy=say("doctor_ocr_remedy", lang))  # fmt: skip
    else:
        yield Check(code="ocr", status="ok", what=what, finding=f"{by} (.png .jpg .tif, .pdf)")


def check_fonts(lang: str) -> Check:
    """Return which font charts will draw Chinese with."""
    from nianlun.fonts import NoChineseFont, find_font

    what = say("doctor_fonts", lang)
    try:
        return Check(code="fonts", status="ok", what=what, finding=find_font())
    except NoChineseFont as error:
        return Check(code="fonts", status="warning", what=what, finding=say("doctor_no_font", lang), remedy=str(error))


def check_index(db: Path, lang: str, *, asked: bool = False) -> Iterator[Check]:
    """Yield whether the index is sound, and every file that was not read."""
    from index.errors import DatabaseTooNew, StoreError
    from index.store import Index
    from nianlun.failures import explain

    what = say("doctor_database", lang)
    if not db.exists():
        yield Check(
            code="database",
            status="error" if asked else "warning",
            what=what,
            finding=say("doctor_no_database", lang, path=db),
            remedy=say("doctor_no_database_remedy", lang, path=db),
        )
        return
    try:
        index = Index.open(db, read_only=True)
    except (StoreError, sqlite3.Error) as error:
        code = "too_new" if isinstance(error, DatabaseTooNew) else "database"
        yield Check(code=code, status="error", what=what, finding=explain(error, lang, str(db))[0])
        return
    try:
        yield from _open_index(index, db, lang)
    except sqlite3.Error as error:
        yield Check(code="database", status="error", what=what, finding=explain(error, lang, str(db))[0])
    finally:
        index.close()


def _open_index(index: Index, db: Path, lang: str) -> Iterator[Check]:
    from nlp.fingerprint import fingerprint

    what = say("doctor_database", lang)
    wrong = index.check()
    files = index.sources()
    if wrong:
        yield Check(code="database", status="error", what=what, finding="; ".join(wrong[:5]))
    else:
        size = f"{db.stat().st_size / 1e6:.1f}"
        documents = sum(len(one.documents) for one in files)
        finding = say("doctor_database_ok", lang, path=db, size=size, sources=len(files), documents=documents)
        yield Check(code="database", status="ok", what=what, finding=finding)
    query = "SELECT count(*) FROM sources WHERE status IN ('read', 'copy') AND fingerprint IS NOT ?"
    (old,) = index.connection.execute(query, (fingerprint(index.taxonomy),)).fetchone()
    if old:
        yield Check(
            code="outdated",
            status="warning",
            what=say("doctor_outdated", lang),
            finding=say("doctor_old", lang, count=old),
        )
    for one in files:
        if one.status not in ("read", "copy"):
            reason = (one.reason_zh if lang == "zh" else one.reason) or one.reason or ""
            remedy = (one.remedy_zh if lang == "zh" else one.remedy) or one.remedy or ""
            yield Check(
                code="unread",
                status="warning",
                what=say("doctor_unread", lang, path=one.path),
                finding=reason,
                remedy=remedy,
            )
