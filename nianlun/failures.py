"""What went wrong, in the words of the user, and the exit code that tells it to programs."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from errno import ENOENT
from pathlib import Path
from typing import Any

from index.errors import (
    BadBackup,
    BadCorrection,
    BadDay,
    BadExport,
    BadPicture,
    BadQuery,
    BadReference,
    BadSql,
    BadYears,
    DatabaseTooNew,
    FileChanged,
    FileGone,
    MixedUnits,
    NoPage,
    NoSuchIndex,
    NotAdditive,
    NotAnIndex,
    ReadOnly,
    SameYear,
    StoreError,
    TooSlow,
    UnknownDocument,
    UnknownLeaf,
)
from ingest.errors import IngestError
from nianlun.messages import QUERY_REASONS, say
from nianlun.options import NO_MATCH, SOME_FAILED, TOO_NEW, USAGE
from nianlun.search_messages import echoed, pointed
from nianlun.store_messages import SQL_REASONS
from nlp.taxonomy import TaxonomyError

EXPECTED = (StoreError, IngestError, TaxonomyError, sqlite3.Error, OSError)


def explain(error: BaseException, lang: str, db: str = "") -> tuple[str, int]:
    """Return what to say about an error, and the exit code."""
    match error:
        case DatabaseTooNew():
            return say("too_new", lang, path=error.path, unknown=", ".join(error.unknown)), TOO_NEW
        case IngestError():
            return _unread(error, lang), SOME_FAILED
        case UnknownDocument() if error.near and all(ref.startswith(f"{error.ref}#") for ref in error.near):
            return say("show_several", lang, count=len(error.near), refs=" ".join(_in_order(error.near))), USAGE
        case UnknownDocument():
            near = say("unknown_document_near", lang, refs=" ".join(error.near)) if error.near else ""
            return say("unknown_document", lang, ref=error.ref, near=near).strip(), NO_MATCH
        case FileGone():
            return say("file_gone", lang, path=error.path), SOME_FAILED
        case FileChanged():
            return say("file_changed", lang, path=error.path), SOME_FAILED
        case StoreError():
            return _store(error, lang), USAGE
        case TaxonomyError() if isinstance(error.__cause__, OSError) and error.__cause__.errno == ENOENT:
            return say("no_taxonomy", lang, name=error.__cause__.filename), USAGE
        case TaxonomyError():
            return say("bad_taxonomy", lang, message=error), USAGE
        case sqlite3.Error():
            return _sqlite(error, lang, db), USAGE
        case OSError():
            from nianlun.targets import system_words

            return system_words(error, lang), USAGE
        case _:
            return str(error), USAGE


def _in_order(refs: Iterable[str]) -> list[str]:
    return sorted(refs, key=lambda ref: int(ref.rpartition("#")[2]))


def _unread(error: IngestError, lang: str) -> str:
    return (
        f"{error.path}: "
        + (f"{error.reason} {error.remedy}" if lang == "en" else f"{error.reason_zh}{error.remedy_zh}").strip()
    )


def _store(error: StoreError, lang: str) -> str:
    match error:
        case NoSuchIndex() | NotAnIndex():
            return _no_index(error, lang)
        case BadDay() | BadYears() | SameYear() | BadReference() | BadCorrection() | UnknownLeaf():
            return _wrong_value(error, lang)
        case MixedUnits():
            units = "、".join(f"{unit or '-'} × {count}" for unit, count in error.units.items())
            return say("mixed_units", lang, units=units)
        case NotAdditive():
            return say("not_additive", lang, units="、".join(error.units))
        case NoPage():
            return say("no_page_here" if error.paged else "no_page", lang, path=error.path, kind=error.media_type)
        case BadPicture():
            return say("bad_picture", lang, path=error.path, known=" ".join(error.known))
        case BadBackup():
            return say(f"backup_{error.why}", lang, path=error.path, detail=error.detail)
        case BadExport():
            return say(f"export_{error.why}", lang, path=error.path, detail=error.detail)
        case ReadOnly() | TooSlow() | BadSql():
            return _sql(error, lang)
        case BadQuery():
            return _query(error, lang)
    return str(error)


def _no_index(error: NoSuchIndex | NotAnIndex, lang: str) -> str:
    """Return why no index can be opened or made at a path."""
    path = Path(error.path)
    if isinstance(error, NoSuchIndex):
        return say("no_index", lang, path=error.path)
    if path.is_dir():
        return say("index_is_folder", lang, path=error.path)
    if not path.parent.is_dir():
        return say("no_folder", lang, path=error.path, folder=path.parent)
    if not path.exists():
        return say("cannot_write", lang, path=error.path, folder=path.absolute().parent)
    return say("not_an_index" if os.access(path, os.R_OK) else "cannot_read", lang, path=error.path)


def _wrong_value(error: BadDay | BadYears | SameYear | BadReference | BadCorrection | UnknownLeaf, lang: str) -> str:
    """Return why a day, year, reference, correction or leaf cannot be used."""
    match error:
        case BadDay():
            return say("days_reversed" if error.reversed else "bad_day", lang, value=error.text)
        case BadYears():
            return say("years_reversed" if error.reversed else "bad_years", lang, value=error.years)
        case SameYear():
            return say("same_year", lang, year=error.year)
        case BadReference():
            return say("bad_reference", lang, text=error.text)
        case BadCorrection():
            return say(f"correct_{error.reason}", lang, value=error.value, known=error.known)
        case UnknownLeaf():
            comma = say("comma", lang)
            near = say("unknown_leaf_near", lang, near=comma.join(error.near)) if error.near else ""
            return say("unknown_leaf", lang, leaf=error.leaf, near=near, known=comma.join(error.known))


def _sql(error: ReadOnly | TooSlow | BadSql, lang: str) -> str:
    """Return why a statement of SQL was not carried out."""
    match error:
        case ReadOnly():
            return say("sql_reads", lang, wanted=error.wanted)
        case TooSlow():
            return say("sql_slow", lang, seconds=error.seconds)
        case BadSql():
            near = say("sql_near", lang, names=" ".join(error.near)) if error.near else ""
            reason = error.reason.rstrip(".")
            if lang == "zh":
                reason = next((zh for start, zh in SQL_REASONS.items() if reason.startswith(start)), reason)
            return say("sql_bad", lang, reason=reason, near=near).strip()


def _query(error: BadQuery, lang: str) -> str:
    """Return why a query cannot be searched, and the query with its place marked."""
    reason = error.reason
    if lang == "zh":
        reason = next((zh for start, zh in QUERY_REASONS.items() if reason.startswith(start)), reason)
    if error.detail:
        reason += (": " if lang == "en" else ":") + error.detail
    query = error.query.replace("\uff0d", "-")  # as it was typed: see `nianlun.bilingual`
    if not query.strip():
        return say("empty_query", lang)
    told = say("bad_query", lang, query=echoed(query), reason=reason)
    return told if error.at is None else f"{told}\n{pointed(query, error.at, error.end)}"


def _sqlite(error: sqlite3.Error, lang: str, db: str) -> str:
    detail: Any = error
    if "locked" in str(error) or "busy" in str(error):
        return say("database_locked", lang, path=db)
    if "readonly" in str(error) or "unable to open" in str(error):
        return say("cannot_write", lang, path=db, folder=Path(db).absolute().parent)
    if "malformed" in str(error) or "not a database" in str(error) or "disk image" in str(error):
        return say("database_damaged", lang, path=db, detail=detail)
    if "full" in str(error) or "disk I/O" in str(error):
        return say("disk_full" if "full" in str(error) else "disk_io", lang, path=db)
    return say("database", lang, path=db, detail=detail)
