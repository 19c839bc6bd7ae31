"""Files become rows of an index: finding them, having them read in other processes, and what became of each."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from ingest.errors import CannotOpen, IngestError, ReaderFailed
from ingest.formats import CONTAINERS
from ingest.saved_pages import HEAD, is_frameset, is_page, page_of
from nianlun.worker import Task, digest_of
from nianlun.workers import Reading, Workers

if TYPE_CHECKING:
    from index.show import SourceRow
    from index.store import Index, Known

TEMPORARY = ("~$", ".")  # what hidden files and those of an open Word begin with
_OF_THE_SYSTEM = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx"))  # left behind by Windows and macOS
TOGETHER_FILES = 64  # files that enter the index within one transaction …
TOGETHER_BYTES = 4_000_000  # … of so many bytes of rows …
TOGETHER_SECONDS = 0.5  # … and not later than so long after they were read
# what SQLite and Python raise for a value that no row can hold; a full or locked disk is another matter
_UNSTORABLE = (
    OverflowError, ValueError, TypeError, LookupError, sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.DataError,
    sqlite3.ProgrammingError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to read: where it is, and the name under which the index keeps it; why the system refuses it, if it does.

    `member` is the place of a file inside the container at `path`.
    """

    path: Path
    name: str
    size: int
    refused: str = ""
    member: str = ""

    @property
    def shown(self) -> str:
        """Return the file as it was named on the command line, with its place in its container."""
        return f"{self.path}/{self.member}" if self.member else str(self.path)

    def inside(self, name: str, size: int | None = None) -> File:
        """Return the file of that name in this container; the file itself by its own name."""
        member = name[len(self.name) + 1 :] if name.startswith(self.name + "/") else self.member
        return replace(self, name=name, member=member, size=self.size if size is None else size)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file cannot be read, in both languages, and what would help."""

    code: str
    reason: str
    reason_zh: str
    remedy: str = ""
    remedy_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a file: added, replaced, copy, moved, unchanged, skipped or failed; new or changed in a dry run."""

    file: File
    status: str
    documents: int = 0
    trouble: Trouble | None = None
    kept: bool = False  # it failed, and what was read out of it before still stands
    was: str | None = None  # the name under which a file that was moved stood before
    kind: str | None = None  # in a dry run: the kind of file, one of `ingest.formats.READERS`
    sha256: str | None = None  # of a file that holds the same bytes as another


def find_files(paths: Iterable[Path], db: Path) -> tuple[list[File], int]:
    """Return the files that paths name, folders searched through in order of names, and the number of hidden ones.

    The index itself is left out. A file named twice is read once.
    """
    files: dict[str, File] = {}
    hidden = 0
    own = {os.path.abspath(db) + tail for tail in ("", "-wal", "-shm", "-journal")}
    for path in paths:
        inside, left_out = _walk(path) if path.is_dir() else ([path], 0)
        hidden += left_out
        for one in inside:
            if os.path.abspath(one) in own:
                continue
            name = stored_name(one, db)
            if name not in files:
                files[name] = _look_at(one, name)
    return list(files.values()), hidden


def stored_name(path: Path, db: Path) -> str:
    """Return the name by which an index keeps a file: from the folder of the index where it lies below, else in full.

    So the name is the same from wherever the program is started, and a folder with its index may be moved.
    """
    full = Path(os.path.abspath(path))
    folder = Path(os.path.abspath(db)).parent
    return _readable(full.relative_to(folder).as_posix() if full.is_relative_to(folder) else full.as_posix())


def gone_files(known: Iterable[str], folders: Iterable[Path], files: Iterable[File], db: Path) -> list[str]:
    """Return which known files stood below folders and are gone; those inside a container go with it."""
    found = {file.name for file in files}
    home = Path(os.path.abspath(db)).parent
    roots = [Path(os.path.abspath(folder)) for folder in folders]
    gone: list[str] = []
    for name in sorted(known):
        full = home / name
        if name in found or not any(full.is_relative_to(root) for root in roots):
            continue
        if (gone and name.startswith(gone[-1] + "/")) or (
            not os.path.lexists(full) and not any(parent.is_file() for parent in full.parents)
        ):
            gone.append(name)
    return gone


def dry_run(
    index: Index | None, files: Iterable[File], *, fingerprint: str, workers: Workers, gone: Iterable[str] = ()
) -> Iterator[Outcome]:
    """Yield what reading would do, without doing it.

    Of files with the same bytes the first in the order of `index.copies.Rank` is told as the one that is read.
    """
    files = list(files)
    places = {file.name: at for at, file in enumerate(files)}
    best = sorted(files, key=lambda file: (len(file.name), file.name))
    plan = _Plan(index, fingerprint, gone, look=True)
    yield from sorted(_looked_at(plan, best, workers), key=lambda one: places[one.file.name])


def _looked_at(plan: _Plan, files: Iterable[File], workers: Workers) -> Iterator[Outcome]:
    for outcomes, reading in _go_through(plan, files, workers):
        yield from outcomes
        if reading is not None:
            file = plan.reading.popleft()
            (item,) = reading.items()
            reading.clear()
            if item[0] == "trouble":
                yield Outcome(file=file, status="failed", trouble=Trouble(*item[2:]))
            else:
                yield Outcome(file=file, status="changed" if file.name in plan.known else "new", kind=item[1])


def read_into(
    index: Index, files: Iterable[File], *, fingerprint: str, workers: Workers | None = None, gone: Iterable[str] = ()
) -> Iterator[Outcome]:
    """Read files into an index and yield what became of each, in order; a file that fails is listed, the rest go on.

    `gone` are names of files that are no longer there: one whose bytes now stand under another name is moved, not read.
    Without `workers` there is one, for as long as this takes.
    """
    if workers is None:
        with Workers() as own:
            yield from read_into(index, files, fingerprint=fingerprint, workers=own, gone=gone)
        return
    plan, store = _Plan(index, fingerprint, gone), _Store(index, fingerprint)
    yield from _read(plan, store, files, workers)
    if store.again:
        again = list({file.name: file for file in store.again}.values())
        yield from _read(_Plan(index, fingerprint, (), force=True), store, again, workers)
    yield from read_lost(index, fingerprint=fingerprint, workers=workers)


def read_lost(index: Index, *, fingerprint: str, workers: Workers) -> Iterator[Outcome]:
    """Read the files anew that hold copies of reports which are gone, and yield what became of each; one that is gone is skipped."""
    home = Path(os.path.abspath(index.path)).parent
    files = [_look_at(home / name, name) for name in index.lost_copies()]
    there = [file for file in files if not file.refused]
    yield from _read(_Plan(index, fingerprint, (), force=True), _Store(index, fingerprint), there, workers)
    for file in files:
        row = index.source_at(file.name) if file.refused else None
        if row is not None and row.status == "skipped":
            yield Outcome(file=file, status="skipped", trouble=_told(row))


def settled(index: Index, outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return outcomes as they stand at the end: what was read may have turned out to be a copy of what was read later."""
    end = []
    for one in outcomes:
        if one.documents or one.status == "copy":
            documents = index.count_documents(one.file.name)
            status = "copy" if not documents else "added" if one.status == "copy" else one.status
            one = replace(one, status=status, documents=documents)
        end.append(one)
    return end


def _read(plan: _Plan, store: _Store, files: Iterable[File], workers: Workers) -> Iterator[Outcome]:
    for outcomes, reading in _go_through(plan, files, workers):
        for outcome in outcomes:
            store.wait(outcome)
        if reading is not None:
            store.wait(plan.reading.popleft(), reading)
        if store.is_due():
            yield from store.write()
    yield from store.write()


class _Plan:
    """Which files are to be read, and what became of the others."""

    def __init__(
        self, index: Index | None, fingerprint: str, gone: Iterable[str], *, look: bool = False, force: bool = False
    ) -> None:
        self.index, self.look, self.force = index, look, force
        self.known: Mapping[str, Known] = index.known_files(fingerprint) if index is not None else {}
        self.gone: dict[tuple[int | None, str | None], list[str]] = {}
        for name in sorted(gone, reverse=True):
            one = self.known[name]
            if one.sha256 is not None and not _is_inside(name, self.known):
                self.gone.setdefault((one.size, one.sha256), []).append(name)
        self.sizes = {size for size, _ in self.gone}
        self.reading: deque[File] = deque()  # given to a process
        self.by_size: dict[int | None, list[_Seen]] = {}  # what is in the index, and what is going to be read
        for name, one in self.known.items():
            if one.is_current and one.sha256 is not None:
                self.by_size.setdefault(one.size, []).append(_Seen(name, None, one.sha256))

    def decide(self, file: File) -> Outcome | Task:
        """Return what became of a file, or the task of reading it."""
        try:
            if file.refused:
                raise CannotOpen(str(file.path), file.refused)
            known = None if self.force else self.known.get(file.name)
            was = None
            if known is None and file.size in self.sizes:
                was, known = self._moved(file)
            if known is not None and known.is_current and known.size == file.size:
                if was is not None:
                    return Outcome(file=file, status="moved", was=was)
                if digest_of(str(file.path)) == known.sha256:
                    return Outcome(file=file, status="unchanged")
            digest = None if self.force else self._same(file)
            if digest is not None:
                return Outcome(file=file, status="copy", sha256=digest)
        except OSError as error:
            return Outcome(file=file, status="failed", trouble=trouble_of(_cannot_open(file, error)))
        except IngestError as error:
            return Outcome(file=file, status="failed", trouble=trouble_of(error))
        self.reading.append(file)
        return Task(path=str(file.path), name=file.name, size=file.size, look=self.look, anew=self.force)

    def _same(self, file: File) -> str | None:
        """Return the hash of a file if one with the same bytes, and of the same kind by its name, came before it."""
        others = self.by_size.setdefault(file.size, [])
        digest, suffix = None, file.path.suffix.lower()
        for other in others:
            if file.size and other.name != file.name and Path(other.name).suffix.lower() == suffix:
                digest = digest or digest_of(str(file.path))
                if other.digest() == digest:
                    return digest
        others.append(_Seen(file.name, str(file.path), digest))
        return None

    def _moved(self, file: File) -> tuple[str | None, Known | None]:
        """Return the name that a file had before and what is known of it, if it is one of those that are gone."""
        names = self.gone.get((file.size, digest_of(str(file.path))))
        if not names or self.index is None:
            return None, None
        was = names[-1]
        if not self.look and not self.index.rename(was, file.name):
            return None, None
        names.pop()
        return was, self.known[was]


@dataclass(slots=True)
class _Seen:
    """A file that others may be copies of; its hash is taken when it is asked for."""

    name: str
    path: str | None
    sha256: str | None

    def digest(self) -> str | None:
        if self.sha256 is None and self.path is not None:
            with suppress(OSError):
                self.sha256 = digest_of(self.path)
        return self.sha256


def _go_through(plan: _Plan, files: Iterable[File], workers: Workers) -> Iterator[tuple[list[Outcome], Reading | None]]:
    """Yield what is known of files without reading them, and what reading gave, in the order of the files."""
    decided: deque[Outcome | None] = deque()  # None: this one is read

    def tasks() -> Iterator[Task | None]:
        for file in files:
            one = plan.decide(file)
            decided.append(one if isinstance(one, Outcome) else None)
            yield one if isinstance(one, Task) else None

    def known() -> list[Outcome]:
        outcomes = []
        while decided and (one := decided[0]) is not None:
            outcomes.append(one)
            decided.popleft()
        return outcomes

    for reading in workers.read(tasks()):
        before = known()
        if reading is not None:
            decided.popleft()
        yield before, reading
    yield known(), None


class _Store:
    """What was read, until it enters the index many files at a time."""

    def __init__(self, index: Index, fingerprint: str) -> None:
        self.index, self.fingerprint = index, fingerprint
        self.waiting: list[tuple[File | Outcome, Reading | None]] = []
        self.again: list[File] = []  # those whose copy was to be read first, and was not
        self.bytes = 0
        self.since = 0.0

    def wait(self, what: File | Outcome, reading: Reading | None = None) -> None:
        """Let something wait: a file that was read, or an outcome that is known without reading."""
        if not self.waiting:
            self.since = monotonic()
        self.waiting.append((what, reading))
        self.bytes += reading.size if reading is not None else 0

    def is_due(self) -> bool:
        late = monotonic() - self.since > TOGETHER_SECONDS
        return bool(self.waiting) and (late or len(self.waiting) >= TOGETHER_FILES or self.bytes >= TOGETHER_BYTES)

    def write(self) -> list[Outcome]:
        """Write all that waits, within one transaction; return what became of each file."""
        waiting, self.waiting, self.bytes = self.waiting, [], 0
        if all(isinstance(what, Outcome) and what.trouble is None and what.sha256 is None for what, _ in waiting):
            return [what for what, _ in waiting if isinstance(what, Outcome)]
        try:
            outcomes = self._write_all(waiting, late=True)
        except _UNSTORABLE:
            outcomes = self._write_all(waiting, late=False)
        for _, reading in waiting:
            if reading is not None:
                reading.clear()
        return outcomes

    def _write_all(self, waiting: Sequence[tuple[File | Outcome, Reading | None]], *, late: bool) -> list[Outcome]:
        outcomes: list[Outcome] = []
        with self.index.together(late=late):
            for what, reading in waiting:
                if isinstance(what, Outcome) and what.sha256 is not None:
                    outcomes += self._copy(what, what.sha256)
                elif isinstance(what, Outcome):
                    outcomes.append(what if what.trouble is None else self._fail(what.file, what.trouble))
                elif reading is not None:
                    outcomes += self._write_one(what, reading)
        return outcomes

    def _copy(self, outcome: Outcome, sha256: str, outermost: File | None = None) -> Iterator[Outcome]:
        """Note a copy; where the file that it repeats was not read after all, let it, or what it lies in, be read itself."""
        file = outcome.file
        if self.index.add_copy(file.name, sha256, file.size, fingerprint=self.fingerprint):
            yield outcome
        else:
            self.again.append(outermost or file)

    def _write_one(self, file: File, reading: Reading) -> Iterator[Outcome]:
        from index.rows import Head

        names = set()
        items = _Items(reading.items())
        pieces: list[str] = []
        while item := items.next():
            if item[0] == "text":
                pieces.append(item[2])
                continue
            if pieces:
                head = Head(*item[1:])._replace(text="".join(pieces))
                pieces, item = [], (item[0], *head)
                del head
            name = item[1]
            names.add(name)
            one = file.inside(name)
            if item[0] == "trouble":
                yield self._fail(one, Trouble(*item[2:]))
            elif item[0] == "same":
                same = Outcome(file=file.inside(name, item[3]), status="copy", sha256=item[2])
                yield from self._copy(same, item[2], file)
            else:
                yield self._add(one, item[1:], items.chunks())
        for member in self.index.members(file.name):
            if member not in names:
                self.index.forget(member)

    def _add(self, file: File, head: Sequence[Any], chunks: Iterator[Any]) -> Outcome:
        from index.rows import Head

        source = Head(*head)
        try:
            status = self.index.add_rows(source, chunks, fingerprint=self.fingerprint)
            for _ in chunks:  # of a file that is unchanged nothing was taken
                pass
        except _UNSTORABLE as error:
            for _ in chunks:
                pass
            return self._fail(file, trouble_of(ReaderFailed(file.name, f"{type(error).__name__}: {error}"[:200])))
        if not source.documents and source.media_type not in CONTAINERS:
            row = self.index.source_at(file.name)
            assert row is not None  # it was put there just now
            return Outcome(file=file, status="skipped", trouble=_told(row))
        # what was in the index already (another process read it meanwhile) is not counted as read
        documents = (
            source.documents if status in ("added", "replaced") else 0
        )  # too many where some are copies: see `settled`
        return Outcome(file=file, status=status, documents=documents)

    def _fail(self, file: File, trouble: Trouble) -> Outcome:
        self.index.add_failure(
            file.name, trouble.reason, trouble.remedy, reason_zh=trouble.reason_zh, remedy_zh=trouble.remedy_zh,
            code=trouble.code,
        )  # fmt: skip
        row = self.index.source_at(file.name)
        return Outcome(file=file, status="failed", trouble=trouble, kept=row is not None and row.stale)


class _Items:
    """The items of a file, with a look at the next one."""

    def __init__(self, items: Iterator[tuple[Any, ...]]) -> None:
        self.items = items
        self.ahead: tuple[Any, ...] | None = None

    def next(self) -> tuple[Any, ...] | None:
        item, self.ahead = self.ahead or next(self.items, None), None
        return item

    def chunks(self) -> Iterator[Any]:
        """Yield the chunks that come next."""
        from index.rows import Chunk

        while (item := self.next()) is not None:
            if item[0] != "chunk":
                self.ahead = item
                return
            yield Chunk(*item[1:])


def _told(row: SourceRow) -> Trouble:
    """Return what the index tells of a file that was skipped."""
    return Trouble(
        row.code or "no_document", row.reason or "", row.reason_zh or "", row.remedy or "", row.remedy_zh or ""
    )


def trouble_of(error: IngestError) -> Trouble:
    """Return what is told and stored of an error."""
    return Trouble(error.code, error.reason, error.reason_zh, error.remedy, error.remedy_zh)


def _look_at(path: Path, name: str) -> File:
    """Return a file with its size, or with why it is none."""
    refused, size = "", 0
    try:
        found = path.stat()
        size = found.st_size
        if stat.S_ISDIR(found.st_mode):
            os.listdir(path)  # a folder comes here only when it could not be listed: raises why
            refused = "a folder that cannot be listed"
        elif not stat.S_ISREG(found.st_mode):
            refused = "not a regular file"
    except OSError as error:
        refused = error.strerror or type(error).__name__
    except ValueError as error:  # a NUL in the name
        refused = str(error)
    return File(path=path, name=name, size=size, refused=refused)


def _cannot_open(file: File, error: OSError) -> CannotOpen:
    return CannotOpen(str(file.path), error.strerror or type(error).__name__)


def _is_inside(name: str, known: Mapping[str, object]) -> bool:
    """Tell whether a name is that of a file in a container that is known too."""
    return any(parent.as_posix() in known for parent in Path(name).parents)


def _walk(folder: Path) -> tuple[list[Path], int]:
    """Return the files below a folder, and the number of hidden ones. A folder that cannot be listed counts as a file."""
    files: list[Path] = []
    unlisted: list[Path] = []
    hidden = 0
    seen: set[str] = set()
    walk = os.walk(folder, followlinks=True, onerror=lambda error: unlisted.append(Path(error.filename)))
    for where, folders, names in walk:
        seen.add(os.path.realpath(where))
        hidden += sum(map(_is_temporary, names))
        folders[:] = sorted(
            name for name in folders
            if not name.startswith(".") and name.lower() not in _OF_THE_SYSTEM and os.path.realpath(os.path.join(where, name)) not in seen
        )  # fmt: skip
        files += [Path(where, name) for name in sorted(names) if not _is_temporary(name)]
        for name in [name for name in folders if page_of(name, names)]:
            folders.remove(name)  # the parts of a saved page
            shown, left_out = _parts(Path(where), name, str(page_of(name, names)))
            files += shown
            hidden += left_out
    return files + unlisted, hidden


def _parts(where: Path, folder: str, page: str) -> tuple[list[Path], int]:
    """Return the pages that a page of frames shows, out of the folder of its parts, and the number of other parts."""
    names: list[str] = []
    with suppress(OSError):
        names = sorted(os.listdir(where / folder))
        with (where / page).open("rb") as file:
            if not is_frameset(file.read(HEAD)):
                return [], len(names)
    shown = [where / folder / name for name in names if is_page(name)]
    return shown, len(names) - len(shown)


def _is_temporary(name: str) -> bool:
    return name.startswith(TEMPORARY) or name.lower() in _OF_THE_SYSTEM


def _readable(name: str) -> str:
    """Return the name of a file as text: one whose bytes are no UTF-8, as out of an old archive, is read as GB18030."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name
