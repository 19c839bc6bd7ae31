"""The index: one SQLite file that sources are added to, and that answers.

A source goes in whole or not at all, several within one transaction where the caller asks for it (`Index.together`). Its documents enter the full-text tables a little later, many at a time
(measured: three times as fast); until then they are marked as waiting and searched by reading them. So a process that
is killed at any moment leaves a database that opens, answers rightly and completes on the next run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import quote

from index import applied, copies, corrections, schema
from index.answers import Answers
from index.characters import (
    FORMAT,
    Cut,
    as_tokens,
    lengths_of,
    narrow,
    pack_lengths,
    parts_of,
    row_of,
    spaced,
    unpack_parts,
    words_of,
)
from index.errors import NoSuchIndex, NotAnIndex
from index.references import document_ref, key_for
from index.rows import TEXT, Chunk, Head, Numbers, Row, chunk_of, head_of, renumbered, without
from index.rules import Rules
from index.scope import Connection
from index.source_texts import PACKED, Stored, read_text, write_text
from index.tables import NUMBERED_OF_DOCUMENT, OF_DOCUMENT, OF_SOURCE, TABLES
from ingest.formats import CONTAINERS
from ingest.records import Source
from ingest.tools import supplied
from nlp.records import Analysis

MEMORY = ":memory:"
FLUSH_CHARS = 1_000_000  # characters that wait for the full-text tables at most
PATIENCE = 30.0  # seconds to wait for another writer
AGAIN = 0.02  # seconds until the mode of the file is changed again
FLUSH_DOCUMENTS = 5_000
MERGE_DOCUMENTS = 1_000  # let in by one process, at least, and …
MERGE_SHARE = 0.25  # … of all documents, for the pieces of the full-text tables to be merged: so that it is paid for
MERGE_PAGES = 2_000  # written in one transaction: 0.4 seconds, for other writers to come between
LARGE_TEXT = (
    16_000_000  # characters of a source, from which on its text is written in pieces, and stands as bytes of UTF-8
)
TEXT_PIECE = 1_000_000  # characters
LATE_ROWS = 5_000  # of one table and some documents, that may wait for the rows of others
WAL_BYTES = 40_000_000  # before they are copied into the file
PAGE = 2_048  # bytes of a page of a new file: a text of one or two thousand characters leaves little of its pages empty
CACHE_KIB = 65_536

_COLUMNS = {table.name: len(table.columns) for table in TABLES}
_INSERT = {name: f"INSERT INTO {name} VALUES ({', '.join('?' * count)})" for name, count in _COLUMNS.items()}
_IN_ORDER = tuple(table.name for table in TABLES)  # what is referred to comes first
# what is written last, many files at a time, for nothing looks at it while files come in
_DEFERRED = tuple(
    table.name for table in TABLES if table.name in {*NUMBERED_OF_DOCUMENT, "problem_labels"} - {"damage"}
)
_SOURCE_START, _OFFSETS = (
    [one.name for table in TABLES if table.name == "documents" for one in table.columns].index(name)
    for name in ("source_start", "offsets")
)
_NUMBERED = (*NUMBERED_OF_DOCUMENT, *OF_SOURCE, "documents", "sources")
_Reason = tuple[
    str | None, str | None, str | None, str | None, str | None
]  # code, reason, in Chinese, remedy, in Chinese
_NO_REASON: _Reason = (None, None, None, None, None)
_NOTHING_FOUND: _Reason = (
    "no_document", "no report was found in it.", "没有找到报告正文。",
    "Look at it with `nianlun show`; if it holds a report, its form is one that nianlun does not know yet.",
    "请打开原文查看;如确有报告,则其格式暂不能识别。",
)  # fmt: skip


class Known(NamedTuple):
    """What an index knows of a file: its bytes, and whether this very program read them and found what there is."""

    sha256: str | None
    size: int | None
    is_current: bool


class Index(Answers):
    """An index of reports. Open one with `Index.open`; the questions it answers are those of `index.answers.Answers`."""

    def __init__(self, connection: Connection, *, path: str, cut: Cut | None, read_only: bool) -> None:
        self.connection = connection
        self.path = path
        self.read_only = read_only
        self._cut = cut
        self._waiting = 0  # characters
        self._let_in = 0  # documents, since the full-text tables were merged last
        self.eased: frozenset[str] = frozenset()  # codes of failures that may be none under the limits of today
        self._numbers: Numbers | None = None  # the free ones, within `together`
        self._leaves: set[str] = set()  # that are known to be in their table
        self._rules = Rules(connection)
        self._new: list[int] = []  # documents of this transaction, for corrections to be applied to
        self._late: dict[str, list[Row]] = {}  # rows that are written at the end of `together`
        self._words: dict[
            int, tuple[int, bytes, str | None]
        ] = {}  # of waiting documents: hash of the text, packed lengths of its words, these as tokens

    @classmethod
    def open(
        cls,
        path: str | Path = MEMORY,
        *,
        cut: Cut | None = None,
        leaves: Iterable[tuple[str, str, str, str]] = (),
        read_only: bool = False,
    ) -> Index:
        """Return the index in a file, which is made where there is none, and brought up to date where it is older.

        `cut` cuts text into words (default: `nlp.segment.cut`, loaded when first needed); `leaves` is the taxonomy as
        (id, group, Chinese, English). Raises NoSuchIndex (reading only), NotAnIndex, DatabaseTooNew.
        """
        path = str(path)
        if read_only and path != MEMORY and not Path(path).exists():
            raise NoSuchIndex(path)
        connection = connect(path, read_only=read_only)
        try:
            schema.check_version(connection, path)
            if read_only and not (schema.is_current(connection) and _is_format_current(connection)):
                connection.close()
                cls.open(path, cut=cut).close()
                connection = connect(path, read_only=True)
            if not read_only:
                connection.execute(f"PRAGMA page_size = {PAGE}")  # of a file that is empty; before it is written to
                _write_ahead(connection)
                connection.execute("PRAGMA synchronous = FULL")  # what is committed outlives a pulled plug
                connection.execute("PRAGMA fullfsync = ON")  # macOS: through the cache of the disk
                schema.migrate(connection)
                (page,) = connection.execute("PRAGMA page_size").fetchone()
                connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_BYTES // page}")
            index = cls(connection, path=path, cut=cut, read_only=read_only)
            if not read_only and not _is_format_current(connection):
                index.rebuild()
            if leaves:
                index.set_leaves(leaves_of(index.taxonomy) if index.taxonomy else leaves)
        except BaseException:
            connection.close()
            raise
        return index

    def close(self) -> None:
        """Let waiting documents into the full-text tables and leave one plain file behind."""
        try:
            if not self.read_only:
                self.flush()
                with suppress(sqlite3.OperationalError):  # another process reads: the last one to close tidies up
                    self.connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            self.connection.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def cut(self) -> Cut:
        """The segmenter; the project's own unless another was given."""
        if self._cut is None:
            from nlp.segment import cut  # late: loading its dictionary takes half a second

            self._cut = cut
        return self._cut

    def set_leaves(self, leaves: Iterable[tuple[str, str, str, str]]) -> None:
        """Make the taxonomy known: (id, group, Chinese, English), in order. Leaves that mentions use are kept."""
        statement = """INSERT INTO leaves (id, family, zh, en, place) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id)
DO UPDATE SET family = excluded.family, zh = excluded.zh, en = excluded.en, place = excluded.place"""
        rows = [(*leaf, place) for place, leaf in enumerate(leaves)]
        with self._transaction():
            self.connection.executemany(statement, rows)

    @property
    def taxonomy(self) -> str:
        """The text of the taxonomy by which this index tells problems; empty where it is the project's own."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = 'taxonomy'").fetchone()
        return str(row[0]) if row else ""

    def choose_taxonomy(self, text: str) -> None:
        """Let problems be told by the taxonomy of a text from now on, by the project's own where it is empty.

        What was read before keeps its leaves until it is read again. Raises nlp.taxonomy.TaxonomyError.
        """
        found = leaves_of(text)
        with self._transaction():
            if text:
                self.connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('taxonomy', ?)", (text,))
            else:
                self.connection.execute("DELETE FROM meta WHERE name = 'taxonomy'")
        self.set_leaves(found)

    def is_current(self, path: str, sha256: str, fingerprint: str = "") -> bool:
        """Return whether this very file was read by this very program, and no part of it waits for what is there now."""
        row = self.connection.execute(
            "SELECT sha256, fingerprint, status, code FROM sources WHERE path = ?", (str(path),)
        ).fetchone()
        if row is None or row[2] == "failed" or (row[2] == "skipped" and row[3] != _NOTHING_FOUND[0]):
            return False
        return bool(row[0] == sha256 and row[1] == fingerprint) and not self._may_succeed(f"{path}/", f"{path}0")

    def known_files(self, fingerprint: str = "") -> dict[str, Known]:
        """Return what is known of each file, by path."""
        query = """SELECT path, sha256, size, fingerprint = ? AND (status IN ('read', 'copy') OR (status = 'skipped' AND code = ?))
FROM sources"""
        found = self.connection.execute(query, (fingerprint, _NOTHING_FOUND[0]))
        again = {
            part[:at] for part in self._may_succeed("", "\U0010ffff") for at, sign in enumerate(part) if sign == "/"
        }
        return {path: Known(sha256, size, bool(current) and path not in again) for path, sha256, size, current in found}

    def add(self, source: Source, analyses: Sequence[Analysis], *, fingerprint: str = "") -> str:
        """Put a source and what was read out of it in place of what stood under its path.

        Returns added, replaced, unchanged, or copy where all of its documents are in the index already. A source without
        documents is kept and listed as skipped.
        """
        return self.add_rows(head_of(source, len(analyses)), [chunk_of(analyses)], fingerprint=fingerprint)

    def add_rows(self, head: Head, chunks: Iterable[Chunk], *, fingerprint: str = "") -> str:
        """Do what `add` does, with rows that were made elsewhere (`index.rows.head_of`, `chunk_of`)."""
        if self.is_current(head.path, head.sha256, fingerprint):
            return "unchanged"
        with self._transaction():
            is_container = head.media_type in CONTAINERS
            is_empty = not head.documents and not is_container
            was_there = self.connection.execute("SELECT 1 FROM sources WHERE path = ?", (head.path,)).fetchone()
            numbers = self._free_numbers()
            self._hand_over(head.path, head.sha256)
            copied = copies.copied(self.connection, head.path)
            source_id, old = self._clear(head.path, numbers)
            key = self._key(head.path)
            self._insert_source(
                source_id, key, head.path, *(("skipped", _NOTHING_FOUND) if is_empty else ("read", _NO_REASON)),
                sha256=head.sha256, size=head.size, media_type=head.media_type, encoding=head.encoding,
                fingerprint=fingerprint, text=head.text if len(head.text) > PACKED else None, about=head.about,
            )  # fmt: skip
            self._insert(head.rows, numbers, [], source_id)
            places: dict[int, int] = {}
            stored: list[Stored] = []
            for chunk in chunks:
                places |= self._insert_documents(chunk, head, key, numbers, old, source_id, stored)
            if len(head.text) <= PACKED:
                write_text(self.connection, source_id, head.text, stored)
            self._insert_repeats(head, key, numbers, places, source_id)
            copies.settle(self.connection, copied)
            is_copy = not is_container and not stored and self._is_copy(source_id)
            if is_copy:
                self.connection.execute("UPDATE sources SET status = 'copy' WHERE id = ?", (source_id,))
            if self._numbers is None:
                self._correct_new()
        if self._numbers is None and self._waiting >= FLUSH_CHARS:
            self.flush()
        if is_copy:
            return "copy"
        return "replaced" if old or (was_there and is_container) else "added"

    def _may_succeed(self, first: str, last: str) -> list[str]:
        """Return the files between two names that failed for want of something that is there now (see `supplied`)."""
        query = "SELECT path, code FROM sources WHERE status = 'failed' AND path >= ? AND path < ?"
        failed = self.connection.execute(query, (first, last)).fetchall()
        codes = {*self.eased, *supplied()} if failed else ()
        return [path for path, code in failed if code in codes]

    def add_copy(self, path: str, sha256: str, size: int, *, fingerprint: str = "") -> bool:
        """List a file as a copy of one with the same bytes, without reading it; return whether there is such a file."""
        path = str(path)
        first = copies.same_bytes(self.connection, path, sha256, fingerprint)
        if first is None:
            return False
        with self._transaction():
            numbers = self._free_numbers()
            self._hand_over(path, sha256)
            copied = copies.copied(self.connection, path)
            for member in self.members(path):
                self.forget(member)
            source_id, _ = self._clear(path, numbers)
            query = "SELECT media_type, encoding FROM sources WHERE id = ?"
            media_type, encoding = self.connection.execute(query, (first,)).fetchone()
            self._insert_source(
                source_id, self._key(path), path, "copy", _NO_REASON, sha256=sha256, size=size, media_type=media_type,
                encoding=encoding, fingerprint=fingerprint,
            )  # fmt: skip
            rows = copies.rows_of_file(self.connection, first, source_id)
            self._insert_copies(rows, numbers)
            copies.settle(self.connection, copied)
            if copies.is_named_better(self.connection, path, first):
                copies.trade(self.connection, first, source_id)
        return True

    def count_documents(self, path: str) -> int:
        """Return how many documents stand in a file, without those in the files in it."""
        query = "SELECT count(*) FROM documents WHERE source = (SELECT id FROM sources WHERE path = ?)"
        return int(self.connection.execute(query, (path,)).fetchone()[0])

    def lost_copies(self) -> list[str]:
        """Return the files to be read again, because the report that they repeat is gone; of one in a container, that."""
        return copies.lost_files(self.connection)

    @contextmanager
    def together(self, *, late: bool = True) -> Iterator[None]:
        """Let all that is added in the body in within one transaction. What one file broke is undone for it alone.

        The many rows of what stands in documents are written at the end, a table at a time (measured: two thirds of the time); a
        value that cannot be stored is seen only then and undoes all, so that the files are to be added without `late`.
        """
        with self._transaction():
            self._numbers = self._free_numbers()
            self._late = {name: [] for name in _DEFERRED} if late else {}
            try:
                yield
                self._write_late()
                self._correct_new()
            finally:
                self._numbers, self._late, self._new = None, {}, []
        if self._waiting >= FLUSH_CHARS:
            self.flush()

    def add_failure(
        self,
        path: str,
        reason: str,
        remedy: str = "",
        *,
        reason_zh: str = "",
        remedy_zh: str = "",
        code: str = "unreadable",
        status: str = "failed",
    ) -> None:
        """List a file that could not be read (status failed) or was left out (skipped), with why and what would help.

        Documents from an earlier reading are kept, and the row says so (`stale`).
        """
        path = str(path)
        why: _Reason = (code, reason, reason_zh or None, remedy or None, remedy_zh or None)
        with self._transaction():
            found = self.connection.execute(
                "SELECT id, EXISTS (SELECT 1 FROM documents WHERE source = sources.id) FROM sources WHERE path = ?",
                (path,),
            ).fetchone()
            if found is None:
                self._insert_source(self._free_numbers().take("sources"), self._key(path), path, status, why)
                return
            self.connection.execute(
                """UPDATE sources SET status = ?, code = ?, reason = ?, reason_zh = ?, remedy = ?, remedy_zh = ?, stale = ?
WHERE id = ?""",
                (status, *why, found[1], found[0]),
            )

    def forget(self, path: str) -> bool:
        """Remove a file and everything read out of it; return whether it was there. Its short name stays taken."""
        with self._transaction():
            there = self.connection.execute("SELECT 1 FROM sources WHERE path = ?", (str(path),)).fetchone() is not None
            self._hand_over(str(path), None)
            copied = copies.copied(self.connection, str(path))
            self._clear(str(path), self._free_numbers())
            copies.settle(self.connection, copied)
        return there

    def rename(self, old: str, new: str) -> bool:
        """Let a file that was moved keep its rows, its short name and those of its members; return whether it could.

        It cannot where another file was ever read under the new name, which keeps that one's short name.
        """
        paths = [old, *self.members(old)]
        moved = [(new + path.removeprefix(old), path) for path in paths]
        taken = "SELECT 1 FROM source_keys WHERE path = ?"
        if any(self.connection.execute(taken, (path,)).fetchone() for path, _ in moved):
            return False
        with self._transaction():
            self.connection.executemany("UPDATE sources SET path = ? WHERE path = ?", moved)
            self.connection.executemany("UPDATE source_keys SET path = ? WHERE path = ?", moved)
        return True

    def correct(self, reference: str, field: str, value: str, *, by: str = "", why: str = "") -> corrections.Correction:
        """Log what a person says against what was read, and let the rows say it from now on (`index.corrections.correct`)."""
        with self._transaction():
            return corrections.correct(self.connection, reference, field, value, by=by, why=why)

    def correct_together(
        self, items: Iterable[tuple[str, str, str]], *, by: str = "", why: str = ""
    ) -> list[corrections.Correction]:
        """Make several corrections (reference, field, value), all or none of them."""
        with self._transaction():
            return [
                corrections.correct(self.connection, reference, field, value, by=by, why=why)
                for reference, field, value in items
            ]

    def undo_corrections(self, numbers: Iterable[int], *, by: str = "") -> list[corrections.Correction]:
        """Take corrections back, by their numbers; the rows are again as the program reads them."""
        with self._transaction():
            return corrections.undo(self.connection, numbers, by=by)

    def load_corrections(self, items: Iterable[Mapping[str, Any]]) -> int:
        """Let the log of another index in (`index.corrections.load_log`); return how many of its corrections are new."""
        with self._transaction():
            return corrections.load_log(self.connection, items)

    def members(self, path: str) -> list[str]:
        """Return the names of the files that were read out of a container."""
        inside = path + "/"
        query = "SELECT path FROM sources WHERE path > ? AND path < ? ORDER BY path"
        return [row[0] for row in self.connection.execute(query, (inside, path + "0"))]  # 0 follows /

    def flush(self, progress: Callable[[int], None] | None = None) -> int:
        """Let waiting documents into the full-text tables; return their number. `progress` gets the count so far."""
        done = 0
        while self.connection.execute("SELECT 1 FROM waiting").fetchone():
            with self._transaction():
                batch = self._waiting_batch()  # within: another writer may let them in meanwhile
                self._index_texts(batch)
            done += len(batch)
            self._let_in += len(batch)
            if progress is not None:
                progress(done)
        self._waiting = 0
        self._words.clear()
        if done and applied.has_any(self.connection):
            with self._transaction():
                applied.place_lost(self.connection)
        return done

    def merge(self) -> None:
        """Merge the pieces in which the full-text tables were written into one each, where this process wrote much of them.

        Measured on 100,000 documents: 6.6 seconds, a fifth less at the 95th percentile of searches, the file 0.4 % larger.
        """
        (documents,) = self.connection.execute("SELECT count(*) FROM documents").fetchone()
        if self._let_in < max(MERGE_DOCUMENTS, documents * MERGE_SHARE):
            return
        for table in ("characters", "words"):
            pages = -MERGE_PAGES  # negative: pieces of all sizes are to be merged
            while self._merge_some(table, pages):
                pages = MERGE_PAGES
        self._let_in = 0

    def _merge_some(self, table: str, pages: int) -> bool:
        """Write some pages of merged full text; return whether there were any (<https://www.sqlite.org/fts5.html#the_merge_command>)."""
        before = self.connection.total_changes
        with self._transaction():
            self.connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
        return self.connection.total_changes - before > 1

    def rebuild(self) -> None:
        """Empty the full-text tables; the next flush lets every document in anew."""
        with self._transaction():
            for table in ("characters", "words"):
                self.connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
            self.connection.execute("DELETE FROM segmentations")
            self.connection.execute("INSERT OR IGNORE INTO waiting (document) SELECT id FROM documents")
            self.connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('full_text', ?)", (FORMAT,))

    def check(self) -> list[str]:
        """Return what is wrong with the file, in SQLite's words; an empty list when nothing is."""
        wrong = [row[0] for row in self.connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        wrong += [f"dangling row: {tuple(row)}" for row in self.connection.execute("PRAGMA foreign_key_check")]
        if not self.read_only:
            for table in ("characters", "words"):
                try:
                    self.connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
                except sqlite3.DatabaseError as error:
                    wrong.append(f"{table}: {error}")
        return wrong

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that the body reads come from one state of the index, whatever another process writes meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        self.connection.in_snapshot = True
        try:
            yield
        finally:
            self.connection.in_snapshot = False
            if self.connection.in_transaction:
                self.connection.execute("COMMIT")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Do all of the body or nothing; within another transaction, as a part of it."""
        inner = self.connection.in_transaction
        late = [(name, rows, len(rows)) for name, rows in self._late.items()]
        self.connection.execute("SAVEPOINT one" if inner else "BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("RELEASE one" if inner else "COMMIT")  # inside: a full disk must not leave it open
        except BaseException:
            self._words.clear()
            self._leaves.clear()
            self._rules.clear()
            for name, rows, count in late:
                del rows[count:]
                self._late[name] = rows
            if self.connection.in_transaction:  # SQLite itself ends it when the disk is full
                self.connection.execute("ROLLBACK TO one" if inner else "ROLLBACK")
                if inner:
                    self.connection.execute("RELEASE one")
            raise

    def _key(self, path: str) -> str:
        found = self.connection.execute("SELECT key FROM source_keys WHERE path = ?", (path,)).fetchone()
        if found is not None:
            return str(found[0])
        key = key_for(path, _Taken(self.connection))
        self.connection.execute(_INSERT["source_keys"], (path, key))
        return key

    def _free_numbers(self) -> Numbers:
        """Return the next free number of each table."""
        if self._numbers is not None:
            return self._numbers
        query = "SELECT coalesce(max(id), 0) + 1 FROM {}"
        return Numbers({table: self.connection.execute(query.format(table)).fetchone()[0] for table in _NUMBERED})

    def _clear(self, path: str, numbers: Numbers) -> tuple[int, dict[int, int]]:
        """Delete what stands under a path; return the number of its source, a new one if need be, and the documents' numbers."""
        found = self.connection.execute("SELECT id FROM sources WHERE path = ?", (path,)).fetchone()
        old: dict[int, int] = {}
        if found is not None:
            query = "SELECT id, ordinal FROM documents WHERE source = ?"
            for number, ordinal in self.connection.execute(query, found).fetchall():
                old[ordinal] = number
                self._clear_document(number)
            for table in (*OF_SOURCE, "documents"):
                self.connection.execute(f"DELETE FROM {table} WHERE source = ?", found)
            self.connection.execute("DELETE FROM sources WHERE id = ?", found)
        return (found[0] if found is not None else numbers.take("sources")), old

    def _clear_document(self, number: int) -> None:
        self._words.pop(number, None)
        self._late = _without_document(self._late, number)
        query = (
            "SELECT s.lengths, d.text FROM segmentations AS s JOIN documents AS d ON d.id = s.document WHERE d.id = ?"
        )
        if found := self.connection.execute(query, (number,)).fetchone():
            lengths, text = found
            statement = "INSERT INTO {0} ({0}, rowid, text) VALUES ('delete', ?, ?)"
            plain = narrow(text)
            for (part, _, longer), words in zip(parts_of(plain), unpack_parts(lengths, plain), strict=True):
                row = row_of(number, part)
                self.connection.execute(statement.format("characters"), (row, spaced(longer)))
                self.connection.execute(statement.format("words"), (row, as_tokens(words)))
        self.connection.execute(
            "DELETE FROM problem_labels WHERE problem IN (SELECT id FROM problems WHERE document = ?)", (number,)
        )
        for table in OF_DOCUMENT:
            self.connection.execute(f"DELETE FROM {table} WHERE document = ?", (number,))

    def _insert_source(self, number: int, key: str, path: str, status: str, why: _Reason, **known: Any) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        text = known.get("text")
        large = text if text is not None and len(text) > LARGE_TEXT else None
        row = (
            number, key, path, known.get("sha256"), known.get("size"), known.get("media_type"), known.get("encoding"), status,
            *why, 0, known.get("fingerprint"), now, text if large is None else None, known.get("about"),
        )  # fmt: skip
        self.connection.execute(_INSERT["sources"], row)
        if large is not None:
            self._write_in_pieces(number, large)

    def _write_in_pieces(self, number: int, text: str) -> None:
        """Write the text of a source as bytes of UTF-8, piece by piece: SQLite and its binding copy a value four times."""
        places = range(0, len(text), TEXT_PIECE)
        size = sum(len(text[at : at + TEXT_PIECE].encode()) for at in places)
        self.connection.execute("UPDATE sources SET text = zeroblob(?) WHERE id = ?", (size, number))
        with self.connection.blobopen("sources", "text", number) as blob:
            for at in places:
                blob.write(text[at : at + TEXT_PIECE].encode())

    def _insert_documents(
        self,
        chunk: Chunk,
        head: Head,
        key: str,
        numbers: Numbers,
        old: Mapping[int, int],
        source: int,
        stored: list[Stored],
    ) -> dict[int, int]:
        """Let some documents of a source in; `old` are the numbers that they had, by ordinal; `stored` gets those that stay.

        One that is in the index already becomes a copy, or takes the place of the other. Returns for each ordinal the
        document that holds its text.
        """
        known: list[int] = []
        dropped: set[int] = set()
        for at, new in enumerate(copies.newcomers(self.connection, head, chunk)):
            others = copies.originals_of(self.connection, new, source)
            ref = document_ref(key, new.ordinal, head.documents)
            if others and others[0].rank < new.rank:
                kind = "file" if copies.is_same_file(new, head.sha256, others[0]) else "text"
                self._insert_copies([(source, others[0].document, kind, ref, new.title, new.start, new.end)], numbers)
                known.append(others[0].document)
                dropped.add(at)
                continue
            number = old.get(new.ordinal) or numbers.take("documents")
            known.append(number)
            self._new.append(number)
            row = chunk.documents[at]
            self.connection.execute(_INSERT["documents"], (number, source, row[2], ref, *row[4:]))
            for other in others:
                self._replace_document(other, number, numbers)
            stored.append((row[_SOURCE_START], number, row[_OFFSETS], row[TEXT]))
            self._waiting += len(row[TEXT])
            if at < len(chunk.words):
                lengths, tokens = chunk.words[at]
                self._words[number] = hash(row[TEXT]), lengths, tokens if self._waiting < FLUSH_CHARS else None
        self._insert(chunk.rows, numbers, known, source, dropped)
        return {row[2]: number for row, number in zip(chunk.documents, known, strict=True)}

    def _insert_repeats(self, head: Head, key: str, numbers: Numbers, places: Mapping[int, int], source: int) -> None:
        """Record what stands again within a file; `places` leads from an ordinal to the document."""
        self._insert_copies(
            [
                (source, places[of], "repeat", document_ref(key, ordinal, 2), title, start, end)
                for ordinal, of, title, start, end in head.repeats if of in places
            ],
            numbers,
        )  # fmt: skip

    def _insert_copies(self, rows: Sequence[Row], numbers: Numbers) -> None:
        if not rows:
            return
        first = numbers.take("copies", len(rows))
        self.connection.executemany(_INSERT["copies"], [(first + at, *row) for at, row in enumerate(rows)])

    def _replace_document(self, old: copies.Place, new: int, numbers: Numbers) -> None:
        """Let a document take the place of another, which becomes a copy of it."""
        query = "SELECT source, ref, title, source_start, source_end FROM documents WHERE id = ?"
        source, *row = self.connection.execute(query, (old.document,)).fetchone()
        its_text = read_text(self.connection, source)  # while the document is there that holds most of it
        self._insert_copies([(source, old.document, "repeat", *row)], numbers)
        copies.point(self.connection, old.document, new)
        self._clear_document(old.document)
        self.connection.execute("DELETE FROM documents WHERE id = ?", (old.document,))
        if len(its_text) <= PACKED:
            write_text(self.connection, source, its_text)
        if self._is_copy(source):
            statement = "UPDATE sources SET status = 'copy' WHERE id = ? AND status = 'read' AND media_type NOT IN ({})"
            marks = ", ".join("?" * len(CONTAINERS))
            self.connection.execute(statement.format(marks), (source, *sorted(CONTAINERS)))

    def _is_copy(self, source: int) -> bool:
        """Return whether all that a source holds stands in other files."""
        query = """SELECT EXISTS (SELECT 1 FROM copies WHERE source = ?1)
AND NOT EXISTS (SELECT 1 FROM documents WHERE source = ?1)"""
        return bool(self.connection.execute(query, (source,)).fetchone()[0])

    def _hand_over(self, path: str, sha256: str | None) -> None:
        """Let a file with the same bytes keep what was read out of a file that changed or goes."""
        found = self.connection.execute("SELECT id, sha256 FROM sources WHERE path = ?", (path,)).fetchone()
        if found is None or found[1] == sha256:
            return
        heir = copies.heir_of(self.connection, found[0])
        if heir is not None:
            copies.trade(self.connection, found[0], heir)

    def _insert(
        self,
        rows: Mapping[str, Sequence[Row]],
        numbers: Numbers,
        documents: Sequence[int],
        source: int,
        dropped: Set[int] = frozenset(),
    ) -> None:
        leaves = {row[1] for row in rows.get("problem_labels", ())} - self._leaves
        if leaves:
            unknown = "INSERT OR IGNORE INTO leaves (id, family, zh, en, place) VALUES (?, NULL, ?, ?, 1000)"
            self.connection.executemany(unknown, [(leaf, leaf, leaf) for leaf in sorted(leaves)])
            self._leaves |= leaves
        first = {name: numbers.take(name, len(many)) for name, many in rows.items() if name in numbers.next}
        if dropped:
            rows = without(rows, dropped)
        for name in _IN_ORDER:
            if many := rows.get(name):
                many = renumbered(name, many, first, documents, source, self._rules)
                if name in self._late and len(many) <= LATE_ROWS:
                    self._late[name] += many
                else:
                    self.connection.executemany(_INSERT[name], many)

    def _correct_new(self) -> None:
        """Apply the log of corrections to the documents that were stored in this transaction."""
        new, self._new = self._new, []
        if new and applied.has_any(self.connection):
            applied.place_new(self.connection, new)

    def _write_late(self) -> None:
        """Write the rows that wait for the end of `together`."""
        for name, rows in self._late.items():
            if rows:
                self.connection.executemany(_INSERT[name], rows)

    def _waiting_batch(self) -> list[tuple[int, str]]:
        query = "SELECT d.id, d.text FROM waiting AS w JOIN documents AS d ON d.id = w.document ORDER BY w.document"
        batch, chars = [], 0
        for number, text in self.connection.execute(query):
            batch.append((number, text))
            chars += len(text)
            if chars >= FLUSH_CHARS or len(batch) >= FLUSH_DOCUMENTS:
                break
        return batch

    def _index_texts(self, batch: Sequence[tuple[int, str]]) -> None:
        """Let documents into the full-text tables, a table at a time."""
        plain = [(number, narrow(text)) for number, text in batch]
        statement = "INSERT INTO {} (rowid, text) VALUES (?, ?)"
        characters = (
            (row_of(number, part), spaced(longer)) for number, text in plain for part, _, longer in parts_of(text)
        )
        self.connection.executemany(statement.format("characters"), characters)
        packed: list[tuple[int, bytes]] = []
        words = (row for one, (_, text) in zip(plain, batch, strict=True) for row in self._words_of(*one, text, packed))
        self.connection.executemany(statement.format("words"), words)
        self.connection.executemany(_INSERT["segmentations"], packed)
        self.connection.executemany("DELETE FROM waiting WHERE document = ?", [(number,) for number, _ in batch])

    def _words_of(
        self, number: int, plain: str, text: str, packed: list[tuple[int, bytes]]
    ) -> Iterator[tuple[int, str]]:
        """Yield a document's rows of the table of words; its number and the packed lengths of its words are added to `packed`."""
        known = self._words.get(number)
        ready, tokens = known[1:] if known is not None and known[0] == hash(text) else (None, None)
        if ready is not None and tokens is not None:
            packed.append((number, ready))
            yield row_of(number, 0), tokens
            return
        cut = unpack_parts(ready, plain) if ready is not None else None
        lengths = bytearray()
        for part, stretch, _ in parts_of(plain):
            words = next(cut) if cut is not None else words_of(stretch, self.cut)
            lengths += lengths_of(words)
            yield row_of(number, part), as_tokens(words)
        packed.append((number, pack_lengths(lengths) if ready is None else ready))


def _without_document(late: dict[str, list[Row]], number: int) -> dict[str, list[Row]]:
    """Return rows that wait without those of a document; lists that hold none of them stay the same ones."""
    problems = {row[0] for row in late.get("problems", ()) if row[1] == number}
    left = {}
    for name, rows in late.items():
        kept = [row for row in rows if (row[0] not in problems if name == "problem_labels" else row[1] != number)]
        left[name] = rows if len(kept) == len(rows) else kept
    return left


class _Taken:
    """The keys that are in use, asked for one by one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __contains__(self, key: object) -> bool:
        return self.connection.execute("SELECT 1 FROM source_keys WHERE key = ?", (key,)).fetchone() is not None


def connect(path: str, *, read_only: bool) -> Connection:
    """Return a connection to a file; raises NotAnIndex where SQLite cannot open it."""
    try:
        if read_only and path != MEMORY:
            # not as_uri(): SQLite refuses the host of a Windows share (file://server/…)
            uri = "file:" + quote(Path(path).resolve().as_posix()) + "?mode=ro"
            connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE, factory=Connection)
        else:
            connection = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE, factory=Connection)
        connection.execute("PRAGMA schema_version")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    except sqlite3.DatabaseError as error:
        raise NotAnIndex(path, f"cannot be opened ({error})") from error
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers go on while this connection writes (WAL).

    SQLite refuses at once where another process changes the mode at the same moment, whatever its timeout: it is tried again.
    """
    end = monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
            sleep(AGAIN)
        else:
            return


def leaves_of(taxonomy: str) -> list[tuple[str, str, str, str]]:
    """Return (id, group, Chinese, English) of the leaves of a taxonomy, told by its text; the project's own where it is empty."""
    from nlp.taxonomy import load_taxonomy, parse_taxonomy

    found = parse_taxonomy(taxonomy) if taxonomy else load_taxonomy()
    return [(leaf.id, leaf.group, leaf.zh, leaf.en) for leaf in found.leaves]


def _is_format_current(connection: sqlite3.Connection) -> bool:
    """Return whether the full-text tables hold what this version puts into them."""
    found = connection.execute("SELECT value FROM meta WHERE name = 'full_text'").fetchone()
    return found is not None and found[0] == FORMAT
