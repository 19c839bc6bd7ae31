"""A copy of an index, made while others read and write it, and checked before it takes its name.

SQLite's own backup copies what was committed when it began; a writer goes on meanwhile. The copy is written beside its
place, checked from end to end, brought to the disk and only then named, so that a name never stands for half a copy.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from index.errors import BadBackup, NoSuchIndex
from index.schema import check_version
from index.store import connect

PAGES = 2_048  # that are copied at a time
Progress = Callable[[int, int], None]  # pages that are left, and all


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy that was made and checked; `size` in bytes."""

    path: Path
    size: int
    documents: int
    sources: int


def backup(index: str | Path, target: str | Path, *, force: bool = False, progress: Progress | None = None) -> Backup:
    """Copy an index into a file of its own and check the copy; return what it holds.

    An index of an earlier version is copied as it is. Raises NoSuchIndex, NotAnIndex, DatabaseTooNew, and BadBackup where the file
    exists (unless `force`), is the index itself or a folder, cannot be made in its place, or where the copy is damaged; then nothing stands
    there but what stood before.
    """
    source, target = Path(index), Path(target)
    if not source.exists():
        raise NoSuchIndex(source)
    if target.is_dir():
        raise BadBackup(target, "folder")
    if target.exists() and target.samefile(source):
        raise BadBackup(target, "same")
    if target.exists() and not force:
        raise BadBackup(target, "exists")
    if not target.parent.is_dir():
        raise BadBackup(target, "nowhere", str(target.parent))
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        _begin(partial, target)
        with closing(connect(str(source), read_only=True)) as one:
            check_version(one, str(source))
            _copy(one, partial, progress)
        made = _checked(partial, target)
        _to_disk(partial)
        if force:
            os.replace(partial, target)
        else:
            _name(partial, target)
        _to_disk(target.absolute().parent)
    except (sqlite3.OperationalError, OSError) as error:
        if (
            "full" in str(error)
            or "disk I/O" in str(error)
            or getattr(error, "errno", None) in (errno.ENOSPC, errno.EFBIG)
        ):
            raise BadBackup(target, "full") from error
        raise
    finally:
        for tail in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                os.unlink(f"{partial}{tail}")
    return made


def _begin(partial: Path, target: Path) -> None:
    """Make an empty file, so that a place where none can be made is not taken for a fault of the index."""
    try:
        partial.touch()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise BadBackup(target, "refused", error.strerror or type(error).__name__) from error


def _copy(one: sqlite3.Connection, partial: Path, progress: Progress | None) -> None:
    """Copy what is committed now, within one reading: pages that a writer changes meanwhile do not make it begin anew."""
    with closing(sqlite3.connect(partial, isolation_level=None)) as other:
        one.execute("BEGIN")
        one.execute("SELECT count(*) FROM sqlite_master").fetchone()
        one.backup(
            other, pages=PAGES, progress=None if progress is None else lambda _, left, all_: progress(left, all_)
        )
        one.execute("COMMIT")
        other.execute("PRAGMA journal_mode = DELETE")  # of a copy made while a writer writes: one plain file


def _checked(partial: Path, target: Path) -> Backup:
    """Return what a copy holds; raises BadBackup where SQLite finds anything wrong with it."""
    with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
        try:
            wrong = [str(row[0]) for row in copy.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            wrong += [f"dangling row {tuple(row)}" for row in copy.execute("PRAGMA foreign_key_check").fetchmany(5)]
            documents, sources = (
                int(copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in ("documents", "sources")
            )
        except sqlite3.DatabaseError as error:
            raise BadBackup(target, "damaged", str(error)) from error
    if wrong:
        raise BadBackup(target, "damaged", "; ".join(wrong))
    return Backup(path=target, size=partial.stat().st_size, documents=documents, sources=sources)


def _name(partial: Path, target: Path) -> None:
    """Give a file its name unless another has taken it meanwhile."""
    try:
        os.link(partial, target)
    except FileExistsError as error:
        raise BadBackup(target, "exists") from error
    except OSError:  # a file system without links
        if target.exists():
            raise BadBackup(target, "exists") from None
        os.replace(partial, target)


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk; a folder only where the system knows how."""
    if path.is_dir() and os.name != "posix":
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() or os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)
