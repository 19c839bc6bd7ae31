"""What runs in a process that reads files: reading under limits, and the messages to the process that writes the index.

A message is a HEAD (kind, time, and at the end of a file what it cost) and a marshalled value; rows travel as plain tuples (`index.rows`), which costs a
fraction of sending the records themselves.
"""

from __future__ import annotations

import gc
import marshal
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from struct import Struct
from typing import Any

from index.rows import TEXT, Head, chunk_of, head_of
from ingest import pace
from ingest.errors import CannotOpen, IngestError, TookTooLong, TookTooMuch
from ingest.records import Source

READY, PART, END, STEP, STARTED = b"r", b"p", b"e", b"s", b"c"  # the kinds of messages
HEAD = Struct("<cddQ")  # kind, when (monotonic), seconds of processor time, most memory ever held in bytes
PART_CHARS = 1_000_000  # characters of documents that are sent at a time
STEP_PAUSE = 0.5  # seconds between two messages on the pages of a file
WATCH = 0.2  # seconds between two looks at the memory, where the system has no limit of its own
OUT_OF_MEMORY = 137  # with what a process ends that took too much, where the system has no limit of its own
GARBAGE = 20_000  # new objects, after which those that refer to each other in a circle are looked for
ALONE = 600  # seconds beyond its time after which a process ends by itself, whoever started it is gone

Trouble = tuple[str, str, str, str, str]  # code, reason, in Chinese, remedy, in Chinese


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the reading of a file may take: seconds for a small one, or for a page or member; MB of memory."""

    seconds: float = 60
    megabytes: int = 2048

    @property
    def eased(self) -> frozenset[str]:
        """Return the codes of failures that may be none under these limits, for they are wider than usual."""
        usual = Limits()
        codes = [TookTooLong.code] * (self.seconds > usual.seconds)
        return frozenset((*codes, *[TookTooMuch.code] * (self.megabytes > usual.megabytes)))

    def time_for(self, size: int) -> float:
        """Return how many seconds a file of so many bytes may take, or each step of it."""
        return self.seconds * (1 + size / 2_000_000)  # measured: text takes 3 seconds a megabyte, on a slow machine 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file to read, or to look at only; and which of its members are to be left alone, with the trouble they made."""

    path: str
    name: str
    size: int
    look: bool = False
    refused: Mapping[str, Trouble] | None = None
    anew: bool = False  # members too, whose bytes were read before


def pack(tasks: Sequence[Task]) -> bytes:
    """Return tasks as bytes."""
    return marshal.dumps(
        [(task.path, task.name, task.size, task.look, dict(task.refused or {}), task.anew) for task in tasks]
    )


def serve(connection: Connection, limits: Limits, taxonomy: str = "") -> None:
    """Read files as they are asked for, until the other side is gone; `taxonomy` is the text of one, where not our own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the first one decides
    with suppress(OSError, AttributeError):
        os.setsid()  # so that it can be ended with all that it started
    limit_memory(limits.megabytes)
    import nianlun.warm  # noqa: F401  loads all that reading needs, where this is no copy of a process that has it

    gc.freeze()  # what is loaded stays, and need not be looked through again and again
    gc.set_threshold(GARBAGE, 20, 20)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)  # what libraries in C say of a damaged file helps nobody
    os.dup2(silence, 2)
    seen: set[tuple[str, str]] = set()
    speaker = _Speaker(connection)
    pace.listen(speaker.hear)
    try:
        speaker.say(READY, None)
        while True:
            for path, name, size, look, refused, anew in marshal.loads(connection.recv_bytes()):
                task = Task(path=path, name=name, size=size, look=look, refused=refused, anew=anew)
                begun = time.process_time()
                with _alarm(limits.time_for(size) * 20 + ALONE):
                    items, chars = [], 0
                    for item in _look(task) if look else read(task, seen, taxonomy):
                        items.append(item)
                        chars += _chars(item)
                        if chars >= PART_CHARS:
                            speaker.say(PART, items)
                            items, chars = [], 0
                    speaker.say(END, items, time.process_time() - begun)
                speaker.heard = 0.0
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def read(task: Task, seen: set[tuple[str, str]] | None = None, taxonomy: str = "") -> Iterator[tuple[Any, ...]]:
    """Yield what a file gives: ("source", *Head) and its ("chunk", *Chunk)s, ("trouble", name, *Trouble) where it cannot be read.

    A large text comes before its source, as ("text", name, piece)s.
    A member whose bytes this process read before gives ("same", name, hash, size); `seen` is what it read.
    """
    from ingest.read import Same, failure, sources_of

    refused = {name: _error(name, trouble) for name, trouble in (task.refused or {}).items()}
    name = task.name
    try:
        for found in sources_of(task.path, task.name, refused=refused, seen=None if task.anew else seen):
            if isinstance(found, Same):
                yield ("same", found.path, found.sha256, found.size)
                continue
            if isinstance(found, IngestError):
                yield ("trouble", found.path, *trouble_of(found))
                continue
            name = found.path
            sources = [found]
            del found  # a large one goes as its rows are made
            yield from _rows(sources.pop(), taxonomy)
            name = task.name
    except Exception as error:
        yield ("trouble", name, *trouble_of(failure(error, name)))


def trouble_of(error: IngestError) -> Trouble:
    """Return what is stored of an error."""
    return error.code, error.reason, error.reason_zh, error.remedy, error.remedy_zh


def limit_memory(megabytes: int) -> None:
    """Keep this process, and those that it starts, to so much memory: more raises MemoryError or ends it."""
    if sys.platform == "linux":
        import resource

        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        wanted = megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))
    else:  # macOS takes such limits and does not keep them, Windows has none
        threading.Thread(target=_watch, args=(megabytes * 2**20,), daemon=True).start()


@contextmanager
def limited(path: str, limits: Limits) -> Iterator[None]:
    """Read a file in this very process under limits, as far as the system has them. Raises TookTooLong, TookTooMuch."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    import resource

    seconds = limits.time_for(os.path.getsize(path))

    def stop(*_: object) -> None:
        raise TookTooLong(path, seconds)

    memory = resource.getrlimit(resource.RLIMIT_DATA)
    before = signal.signal(signal.SIGALRM, stop)
    if sys.platform == "linux":
        limit_memory(limits.megabytes + _data() // 2**20)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except MemoryError as error:
        raise TookTooMuch(path) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_DATA, memory)


def _rows(source: Source, taxonomy: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a source, the documents of a large one by and by."""
    from nlp.analyse import analyse
    from nlp.segment import cut
    from nlp.taxonomy import parse_taxonomy

    chosen = parse_taxonomy(taxonomy) if taxonomy else None
    head = head_of(source, len(source.documents))
    documents = list(reversed(source.documents))
    del source
    if len(head.text) > PART_CHARS:  # a piece at a time, since a message lies in memory several times
        text = head.text
        head = head._replace(text="")
        for at in range(0, len(text), PART_CHARS):
            yield "text", head.path, text[at : at + PART_CHARS]
        del text
    sent = False
    while documents or not sent:
        analyses, chars = [], 0
        while documents and chars < PART_CHARS:
            document = documents.pop()
            chars += len(document.text)
            analyses.append(analyse(document, chosen))
        chunk = chunk_of(analyses, cut)
        if not sent:  # after the first analyses: a fault in them leaves no source without documents
            yield ("source", *head)
            sent = True
        if analyses:
            yield ("chunk", *chunk)


def _chars(item: tuple[Any, ...]) -> int:
    if item[0] == "text":
        return len(item[2])
    if item[0] == "source":
        return len(Head(*item[1:]).text)
    return sum(len(row[TEXT]) for row in item[1]) if item[0] == "chunk" else 100


def _look(task: Task) -> Iterator[tuple[Any, ...]]:
    """Yield what kind of file it is, without reading it."""
    from ingest.read import failure
    from ingest.sniff import sniff

    try:
        yield "kind", sniff(_bytes(task.path), task.name)
    except Exception as error:
        yield ("trouble", task.name, *trouble_of(failure(error, task.name)))


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CannotOpen(path, error.strerror or type(error).__name__) from error


def _error(name: str, trouble: Trouble) -> IngestError:
    error = IngestError(name, *trouble[1:])
    error.code = trouble[0]
    return error


class _Speaker:
    """Sends messages; of the pages of a file not more than two a second."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.heard = 0.0

    def say(self, kind: bytes, value: Any, cost: float = 0.0) -> None:
        self.connection.send_bytes(HEAD.pack(kind, time.monotonic(), cost, _peak()) + marshal.dumps(value))

    def hear(self, what: str, value: str | int) -> None:
        if what == "started":
            self.say(STARTED, value)
        elif value or time.monotonic() - self.heard >= STEP_PAUSE:
            self.heard = time.monotonic()
            self.say(STEP, value)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """End this process after so long, should nobody else do it: whoever started it may have been killed."""
    if not hasattr(signal, "alarm"):
        yield
        return
    signal.alarm(int(seconds) + 1)
    yield
    signal.alarm(0)


def _peak() -> int:
    """Return the most memory that this process ever held, in bytes; 0 where that cannot be told."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _data() -> int:
    """Return the memory for data that this process holds on Linux, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[5]) * os.sysconf("SC_PAGE_SIZE")


def _watch(most: int) -> None:
    """End this process when it holds more memory than it may."""
    while True:
        time.sleep(WATCH)
        if (_held_on_windows() if sys.platform == "win32" else _peak()) > most:
            os._exit(OUT_OF_MEMORY)


def _held_on_windows() -> int:
    """Return the memory that this process holds, in bytes, by GetProcessMemoryInfo of the Windows API."""
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", ctypes.c_uint32), ("page_faults", ctypes.c_uint32), ("peak", ctypes.c_size_t), ("held", ctypes.c_size_t),
            *((f"pool{number}", ctypes.c_size_t) for number in range(6)),
        )  # fmt: skip

    counters = Counters(cb=ctypes.sizeof(Counters))
    windows: Any = ctypes
    kernel = windows.windll.kernel32
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    call = kernel.K32GetProcessMemoryInfo
    call.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32)
    return int(counters.held) if call(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb) else 0


def digest_of(path: str) -> str:
    """Return the SHA-256 of a file, read piece by piece. Raises OSError."""
    digest = sha256()
    with open(path, "rb", buffering=0) as file:
        while piece := file.read(2**20):
            digest.update(piece)
    return digest.hexdigest()
