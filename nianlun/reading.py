"""Files become rows of an index: finding them, reading them in this process or in several, and what became of each."""

from __future__ import annotations

import os
import signal
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from hashlib import sha256
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import CannotOpen, IngestError
from ingest.formats import CONTAINERS
from nianlun.messages import say

if TYPE_CHECKING:
    from index.store import Index
    from ingest.records import Source
    from nlp.records import Analysis

BATCH_FILES = 8  # files handed to another process at a time
BATCH_BYTES = 2_000_000
TEMPORARY = ("~$", ".")  # what hidden files and those of an open Word begin with
_OF_THE_SYSTEM = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx"))  # left behind by Windows and macOS


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to read: where it is, and the name under which the index keeps it."""

    path: Path
    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a file cannot be read, in both languages, and what would help."""

    code: str
    reason: str
    reason_zh: str
    remedy: str = ""
    remedy_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a file: added, replaced, unchanged, skipped or failed; new or changed in a dry run."""

    file: File
    status: str
    documents: int = 0
    trouble: Trouble | None = None
    kept: bool = False  # it failed, and what was read out of it before still stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A file of the index that is no longer there, and under which name the same bytes were read now, if they were."""

    name: str
    renamed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """What a process hands back for a file, or for a file in a container: source and analyses, or why there are none."""

    name: str
    source: Source | None = None
    analyses: Sequence[Analysis] = ()
    trouble: Trouble | None = None


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
            try:
                size = one.stat().st_size
            except OSError:
                size = 0
            files.setdefault(name, File(path=one, name=name, size=size))
    return list(files.values()), hidden


def stored_name(path: Path, db: Path) -> str:
    """Return the name by which an index keeps a file: from the folder of the index where it lies below, else in full.

    So the name is the same from wherever the program is started, and a folder with its index may be moved.
    """
    full = Path(os.path.abspath(path))
    folder = Path(os.path.abspath(db)).parent
    return _readable(full.relative_to(folder).as_posix() if full.is_relative_to(folder) else full.as_posix())


def gone_files(index: Index, folders: Iterable[Path], files: Iterable[File], db: Path) -> list[Gone]:
    """Return the files of an index that stood below folders and are gone, among them those that only changed their name."""
    found = {file.name for file in files}
    home = Path(os.path.abspath(db)).parent
    roots = [Path(os.path.abspath(folder)) for folder in folders]
    digests = index.digests()
    present = {digest: name for name, digest in digests.items() if digest and name in found}
    gone = []
    for name, digest in digests.items():
        full = home / name
        if name in found or not any(full.is_relative_to(root) for root in roots) or full.exists():
            continue
        if not any(parent.is_file() for parent in full.parents):
            gone.append(Gone(name=name, renamed=present.get(digest) if digest else None))
    return gone


def dry_run(index: Index | None, files: Iterable[File], fingerprint: str) -> Iterator[Outcome]:
    """Yield what reading would do, without doing it."""
    known = {source.path for source in index.sources()} if index is not None else set()
    for file in files:
        data = _bytes_of(file)
        if isinstance(data, Trouble):
            yield Outcome(file=file, status="failed", trouble=data)
        elif index is not None and index.is_current(file.name, sha256(data).hexdigest(), fingerprint):
            yield Outcome(file=file, status="unchanged")
        else:
            yield Outcome(file=file, status="changed" if file.name in known else "new")


def read_into(index: Index, files: Iterable[File], *, fingerprint: str, jobs: int = 1) -> Iterator[Outcome]:
    """Read files into an index and yield what became of each, in order; a file that fails is listed, the rest go on."""
    waiting: list[File] = []
    results = _in_processes(jobs) if jobs > 1 else _Here()
    try:
        for file in files:
            data = _bytes_of(file)
            if isinstance(data, Trouble):
                yield from _store(index, results.finish(waiting), fingerprint)
                waiting = []
                yield _keep(index, file, _Result(name=file.name, trouble=data), fingerprint)
            elif index.is_current(file.name, sha256(data).hexdigest(), fingerprint):
                yield Outcome(file=file, status="unchanged")
            else:
                waiting.append(file)
                if results.is_full(waiting):
                    yield from _store(index, results.add(waiting), fingerprint)
                    waiting = []
        yield from _store(index, results.finish(waiting), fingerprint)
    finally:
        results.close()


def read_one(path: Path, name: str) -> list[_Result]:
    """Read and analyse a file and, where it is a container, the files in it; what goes wrong comes back as trouble."""
    from ingest.read import read_all
    from nlp.analyse import analyse_all

    results: list[_Result] = []
    try:
        for found in read_all(path):
            inside = name + str(found.path).removeprefix(str(path))
            if isinstance(found, IngestError):
                results.append(_Result(name=inside, trouble=_trouble(found)))
            else:
                source = replace(found, path=inside)
                results.append(_Result(name=inside, source=source, analyses=analyse_all(source)))
    except IngestError as error:
        results.append(_Result(name=name, trouble=_trouble(error)))
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"[:200] + _where(error)
        trouble = _both("internal", "internal", "internal_remedy", detail=detail)
        results = [result for result in results if result.name != name] + [_Result(name=name, trouble=trouble)]
    return results


_Results = Iterator[tuple[File, list[_Result]]]


class _Here:
    """Reading in this very process, one file after the other."""

    def is_full(self, waiting: Sequence[File]) -> bool:
        return True

    def add(self, files: Sequence[File]) -> _Results:
        return ((file, read_one(file.path, file.name)) for file in files)

    finish = add

    def close(self) -> None:
        pass


class _Processes:
    """Reading in several processes; results come back in the order of the files."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.pool = self._open()
        self.running: deque[tuple[list[File], Future[list[list[_Result]]]]] = deque()

    def is_full(self, waiting: Sequence[File]) -> bool:
        return len(waiting) >= BATCH_FILES or sum(file.size for file in waiting) >= BATCH_BYTES

    def add(self, files: Sequence[File]) -> _Results:
        self._submit(list(files))
        while self.running and (len(self.running) > 2 * self.jobs or self.running[0][1].done()):
            yield from self._next()

    def finish(self, files: Sequence[File]) -> _Results:
        if files:
            self._submit(list(files))
        while self.running:
            yield from self._next()

    def close(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.jobs, mp_context=_context(), initializer=_ignore_interrupt)

    def _submit(self, files: list[File]) -> None:
        self.running.append((files, self.pool.submit(_read_many, [(file.path, file.name) for file in files])))

    def _next(self) -> _Results:
        files, future = self.running.popleft()
        try:
            results = future.result()
        except BrokenProcessPool:
            yield from self._one_by_one(files)
            return
        yield from zip(files, results, strict=True)

    def _one_by_one(self, files: Sequence[File]) -> _Results:
        """Read files again, each in a process of its own, to find the one that ended its process."""
        rest, self.running = [batch for batch, _ in self.running], deque()
        for file in files:
            with ProcessPoolExecutor(1, mp_context=_context(), initializer=_ignore_interrupt) as alone:
                try:
                    (result,) = alone.submit(_read_many, [(file.path, file.name)]).result()
                except BrokenProcessPool:
                    result = [
                        _Result(name=file.name, trouble=_both("worker_died", "worker_died", "worker_died_remedy"))
                    ]
            yield file, result
        self.pool.shutdown(wait=True)
        self.pool = self._open()
        for batch in rest:
            self._submit(batch)


def get_ready(jobs: int) -> None:
    """Let the process that others are copied from begin to load, while this one opens the index."""
    if jobs > 1 and _context().get_start_method() == "forkserver":
        from multiprocessing import forkserver

        forkserver.ensure_running()


def _context() -> BaseContext:
    """Return how processes start: as copies of one that is warm, where the system can; else each by itself."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")  # Windows
    context = get_context("forkserver")
    context.set_forkserver_preload(["nianlun.warm"])
    return context


def _in_processes(jobs: int) -> _Processes:
    return _Processes(jobs)


def _read_many(files: Sequence[tuple[Path, str]]) -> list[list[_Result]]:
    return [read_one(path, name) for path, name in files]


def _ignore_interrupt() -> None:
    """Ctrl-C reaches every process of a terminal; the first one decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _store(index: Index, results: _Results, fingerprint: str) -> Iterator[Outcome]:
    for file, found in results:
        names = {result.name for result in found}
        for member in index.members(file.name):
            if member not in names:
                index.forget(member)
        for result in found:
            yield _keep(index, replace(file, name=result.name), result, fingerprint)


def _keep(index: Index, file: File, result: _Result, fingerprint: str) -> Outcome:
    if result.source is None or result.trouble is not None:
        trouble = result.trouble or _both("internal", "internal", "internal_remedy", detail="-")
        index.add_failure(
            file.name, trouble.reason, trouble.remedy, reason_zh=trouble.reason_zh, remedy_zh=trouble.remedy_zh,
            code=trouble.code,
        )  # fmt: skip
        row = index.source_at(file.name)
        return Outcome(file=file, status="failed", trouble=trouble, kept=row is not None and row.stale)
    status = index.add(result.source, result.analyses, fingerprint=fingerprint)
    if not result.analyses and result.source.media_type not in CONTAINERS:
        row = index.source_at(file.name)
        assert row is not None  # it was put there just now
        trouble = Trouble(
            code=row.code or "no_document", reason=row.reason or "", reason_zh=row.reason_zh or "", remedy=row.remedy or "",
            remedy_zh=row.remedy_zh or "",
        )  # fmt: skip
        return Outcome(file=file, status="skipped", trouble=trouble)
    return Outcome(file=file, status=status, documents=len(result.analyses))


def _bytes_of(file: File) -> bytes | Trouble:
    try:
        if not stat.S_ISREG(file.path.stat().st_mode) and not file.path.is_dir():
            return _trouble(CannotOpen(str(file.path), "not a regular file"))
        return file.path.read_bytes()
    except OSError as error:
        return _trouble(CannotOpen(str(file.path), error.strerror or type(error).__name__))


def _trouble(error: IngestError) -> Trouble:
    return Trouble(
        code=error.code, reason=error.reason, reason_zh=error.reason_zh, remedy=error.remedy, remedy_zh=error.remedy_zh
    )


def _where(error: BaseException) -> str:
    """Return in which file of the program, and in which line of it, an error arose."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return "" if place is None else f", {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}"


def _both(code: str, reason: str, remedy: str, **values: str) -> Trouble:
    return Trouble(
        code=code, reason=say(reason, "en", **values), reason_zh=say(reason, "zh", **values), remedy=say(remedy, "en"),
        remedy_zh=say(remedy, "zh"),
    )  # fmt: skip


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
    return files + unlisted, hidden


def _is_temporary(name: str) -> bool:
    return name.startswith(TEMPORARY) or name.lower() in _OF_THE_SYSTEM


def _readable(name: str) -> str:
    """Return the name of a file as text: one whose bytes are no UTF-8, as out of an old archive, is read as GB18030."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name
