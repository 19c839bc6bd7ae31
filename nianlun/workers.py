"""Processes that read files, each file under limits of its own, so that none can stop, slow or kill the rest.

A process reads many files, one after the other. One whose file exceeds its limit is ended with all that it started, and another
takes its place; the file is listed as failed. What a process hands over stays packed until it is wanted, on disk if it is much.
"""

from __future__ import annotations

import marshal
import os
import selectors
import signal
import sys
import tempfile
import types
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import IO, Any

from ingest.errors import IngestError, ReaderDied, TookTooLong
from nianlun.worker import END, HEAD, PART, READY, STARTED, STEP, Limits, Task, Trouble, pack, serve, trouble_of

AHEAD_FILES = 8  # files that wait in a process while it reads another
AHEAD_BYTES = 2_000_000
WINDOW_FILES = 500  # files that were read or are being read while the first of them is not finished
WINDOW_BYTES = 200_000_000  # of messages that wait
IN_MEMORY = 32_000_000  # bytes of messages of one file; more are kept on disk
LOOK = 0.25  # seconds between two looks at the clock
LONGEST = 20  # times what a file may take, of all its steps together
RETIRE = 0.5  # of the memory that a process may have: one that took more ends when it has nothing to read
TRIES = 4  # times that a container is read whose members end their processes
WHOLE = 1.0  # seconds to wait for an ended process
_PRELOAD = "nianlun.warm"  # what is loaded once for all processes


@dataclass(slots=True)
class Reading:
    """What a file gave: items as `nianlun.worker.read` yields them."""

    task: Task
    done: bool = False
    size: int = 0
    _messages: list[bytes] = field(default_factory=list)
    _kept: IO[bytes] | None = None

    def add(self, message: bytes) -> None:
        self.size += len(message)
        self._messages.append(message)
        if self.size > IN_MEMORY:
            if self._kept is None:
                self._kept = tempfile.TemporaryFile(prefix="nianlun-")  # noqa: SIM115  closed in clear
            for one in self._messages:
                self._kept.write(len(one).to_bytes(8, "little") + one)
            self._messages.clear()

    def clear(self) -> None:
        """Let go of all that came."""
        self._messages.clear()
        self.size = 0
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def items(self) -> Iterator[tuple[Any, ...]]:
        """Yield the items; they stay until `clear`."""
        if self._kept is not None:
            self._kept.seek(0)
            while length := self._kept.read(8):
                yield from _items(self._kept.read(int.from_bytes(length, "little")))
        for message in self._messages:
            yield from _items(message)

    def fail(self, trouble: Trouble) -> None:
        """Let the file have failed, whatever came before."""
        self.clear()
        items = [("trouble", self.task.name, *trouble)]
        self.add(HEAD.pack(PART, 0.0, 0.0, 0) + marshal.dumps(items))
        self.done = True


def _items(message: bytes) -> list[tuple[Any, ...]]:
    items: list[tuple[Any, ...]] = marshal.loads(memoryview(message)[HEAD.size :])
    return items


class _Worker:
    """A process that reads, as seen from the one that writes."""

    def __init__(self, context: BaseContext, limits: Limits, taxonomy: str) -> None:
        self.limits = limits
        self.connection: Connection
        self.connection, far = context.Pipe()
        self.process: BaseProcess = context.Process(target=serve, args=(far, limits, taxonomy), daemon=True)  # type: ignore[attr-defined]
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")  # or the process runs the caller's script once more
        get_ready()
        try:
            self.process.start()  # waits until the process that it is a copy of is warm; Ctrl-C ends that
        finally:
            sys.modules["__main__"] = main
        far.close()
        self.is_ready = False
        self.readings: deque[Reading] = deque()  # the first of them is being read
        self.begun = self.stepped = 0.0
        self.member = ""
        self.children: list[int] = []

    def has_room(self) -> bool:
        waiting = sum(reading.task.size for reading in self.readings)
        return not self.readings or (len(self.readings) < AHEAD_FILES and waiting < AHEAD_BYTES)

    def give(self, reading: Reading) -> None:
        if not self.readings:
            self._begin(monotonic())
        self.readings.append(reading)
        with suppress(OSError):  # it died: its end is seen where its messages are read
            self.connection.send_bytes(pack([reading.task]))

    def listen(self) -> tuple[float, int]:
        """Take a message; return what a file cost that is finished now, in seconds, and the memory of the process, in bytes.

        Raises EOFError when the process is gone.
        """
        try:
            message = self.connection.recv_bytes()
        except OSError as error:
            raise EOFError from error
        kind, when, cost, peak = HEAD.unpack_from(message)
        if kind in (PART, END):
            self.readings[0].add(message)
            self.stepped = when
            if kind == END:
                self.readings.popleft().done = True
                self._begin(when)
        elif kind == READY:
            self.is_ready = True
            self._begin(when)
        elif kind == STARTED:
            self.children.append(marshal.loads(message[HEAD.size :]))
        elif kind == STEP:
            self.stepped = when
            self.member = marshal.loads(message[HEAD.size :]) or self.member
        return cost, peak

    def is_late(self, now: float) -> bool:
        """Tell whether the file that is read now has had its time."""
        if not self.is_ready or not self.readings:
            return False
        allowed = self.limits.time_for(self.readings[0].task.size)
        return now - self.stepped > allowed or now - self.begun > LONGEST * allowed

    def end(self) -> None:
        """End the process and all that it started."""
        self.connection.close()
        if os.name == "posix" and self.process.pid:
            for group in (self.process.pid, *self.children) if self.is_ready else ():
                with suppress(OSError):
                    os.killpg(group, signal.SIGKILL)
        self.process.kill()
        self.process.join(WHOLE)

    def _begin(self, when: float) -> None:
        self.begun = self.stepped = when
        self.member = ""
        self.children.clear()


class Workers:
    """Up to so many processes that read. They start when there is something to read, and end with `close` or the block.

    `taxonomy` is the text of the one by which they tell problems, where it is not the project's own.
    """

    def __init__(self, jobs: int = 1, limits: Limits | None = None, *, taxonomy: str = "") -> None:
        self.limits = limits or Limits()
        self.taxonomy = taxonomy
        self.seconds = 0.0  # of processor time, that the reading of files took
        self.peak = 0  # bytes, the most memory that one of the processes held
        self._jobs = jobs
        self._context = _context()
        # one that is kept, where it can be (measured: a third of the time of `wait`, which makes one each time)
        self._selector = selectors.PollSelector() if os.name == "posix" else None
        self._workers: list[_Worker] = []
        self._readings: deque[Reading] = deque()  # in order, until they are handed on
        self._waiting: deque[Reading] = deque()  # to be given to a process

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they do."""
        for worker in self._workers:
            self._leave(worker)
        for reading in self._readings:
            reading.clear()
        self._workers, self._readings, self._waiting = [], deque(), deque()

    def read(self, tasks: Iterable[Task | None]) -> Iterator[Reading | None]:
        """Yield what files gave, in their order; None while nothing is finished, every quarter of a second and for each None."""
        rest = iter(tasks)
        more = True
        while more or self._readings:
            while more and self._has_room():
                task = next(rest, self)
                if task is self:
                    more = False
                    break
                if not isinstance(task, Task):
                    yield None
                    continue
                reading = Reading(task=task)
                self._readings.append(reading)
                self._waiting.append(reading)
                self._hand_out()
                self._listen(0)
            self._hand_out()
            while self._readings and self._readings[0].done:
                yield self._readings.popleft()
                self._listen(0)
                self._hand_out()
            if self._readings and not self._readings[0].done and not (more and self._has_room()):
                self._listen(LOOK)
                if not self._readings[0].done:
                    yield None

    def _has_room(self) -> bool:
        if len(self._waiting) > 1 or len(self._readings) >= WINDOW_FILES:
            return False
        return sum(reading.size for reading in self._readings) < WINDOW_BYTES

    def _hand_out(self) -> None:
        while self._waiting:
            if len(self._workers) < self._jobs and all(worker.readings for worker in self._workers):
                self._workers.append(_Worker(self._context, self.limits, self.taxonomy))
                if self._selector is not None:
                    self._selector.register(self._workers[-1].connection, selectors.EVENT_READ, self._workers[-1])
            free = [worker for worker in self._workers if worker.has_room()]
            if not free:
                return
            min(free, key=lambda worker: len(worker.readings)).give(self._waiting.popleft())

    def _listen(self, seconds: float) -> None:
        """Take the messages that are there, waiting for the first; end what takes too long."""
        while speaking := self._speaking(seconds):
            for worker in speaking:
                try:
                    cost, peak = worker.listen()
                except EOFError:
                    self._died(worker)
                    continue
                self.seconds += cost
                self.peak = max(self.peak, peak)
                if peak > RETIRE * self.limits.megabytes * 2**20 and not worker.readings:
                    self._end(worker)
            seconds = 0.0
        now = monotonic()
        for worker in list(self._workers):
            if worker.is_late(now) and not worker.connection.poll():
                name = worker.readings[0].task.name
                seconds = self.limits.time_for(worker.readings[0].task.size)
                self._give_up(worker, TookTooLong(worker.member or name, seconds))

    def _speaking(self, seconds: float) -> list[_Worker]:
        """Return the processes that have said something, waiting for the first."""
        if self._selector is None:
            by_connection: dict[Any, _Worker] = {worker.connection: worker for worker in self._workers}
            return [by_connection[connection] for connection in wait(list(by_connection), seconds)]
        return [key.data for key, _ in self._selector.select(seconds)]

    def _died(self, worker: _Worker) -> None:
        if not worker.is_ready:
            self.close()
            raise ChildProcessError("a process that reads files could not start")
        if worker.readings:
            self._give_up(worker, ReaderDied(worker.member or worker.readings[0].task.name))
        else:
            self._end(worker)

    def _give_up(self, worker: _Worker, error: IngestError) -> None:
        """List the file that a process ended with as failed; of a container its member, and read the others once more."""
        reading, *rest = worker.readings
        refused = dict(reading.task.refused or {})
        if worker.member and len(refused) < TRIES - 1:
            reading.clear()
            reading.task = replace(reading.task, refused=refused | {worker.member: trouble_of(error)})
            self._waiting.appendleft(reading)
        else:
            reading.fail(trouble_of(error))
        for one in reversed(rest):
            one.clear()
            self._waiting.appendleft(one)
        self._end(worker)

    def _end(self, worker: _Worker) -> None:
        """End a process; another takes its place when there is something to read."""
        self._leave(worker)
        self._workers.remove(worker)
        self._hand_out()

    def _leave(self, worker: _Worker) -> None:
        if self._selector is not None:
            self._selector.unregister(worker.connection)
        worker.end()


def get_ready() -> None:
    """Let the process that others are copied from begin to load, while this one does something else."""
    if _context().get_start_method() == "forkserver":
        from multiprocessing import forkserver

        with unheard():
            forkserver.ensure_running()


@contextmanager
def unheard() -> Iterator[None]:
    """Let Ctrl-C, which a terminal sends to all, reach no process that starts in this block, while it loads or later.

    This process hears it when the block ends.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # else it starts within the block, and ends the deafness with it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> BaseContext:
    """Return how processes start: as copies of one that is warm, where the system can; else each by itself."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")  # Windows
    context = get_context("forkserver")
    context.set_forkserver_preload([_PRELOAD])
    return context
