"""A guard against patterns that backtrack without end: no measure of speed (benchmarks/ measures that)."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

LIMIT = (
    30.0  # seconds of processor time: a hundred times what is needed, a small part of what runaway backtracking takes
)


@contextmanager
def no_runaway(limit: float = LIMIT) -> Iterator[None]:
    """Fail where the body takes far longer than linear work can, and stop it there where the system can."""
    begun = process_time()
    with _alarm(limit):
        yield
    assert process_time() - begun < limit


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise AssertionError(f"more than {seconds} seconds of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
