"""A guard against patterns that backtrack without end: no measure of speed (benchmarks/ measures that)."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time

LIMIT = (
    30.0  # seconds of processor time: a hundred times what is needed, a small part of what runaway backtracking takes
)

NOTHING = 0.5  # seconds of processor time in which growth cannot be told from noise


@contextmanager
def no_runaway(limit: float = LIMIT) -> Iterator[None]:
    """Fail where the body takes far longer than linear work can, and stop it there where the system can."""
    begun = process_time()
    with _alarm(limit):
        yield
    assert process_time() - begun < limit


def growth(read: Callable[[str], object], unit: str, length: int = 250_000) -> float:
    """Return how many times the processor time of a text of one repeated piece grows where the text grows fourfold.

    About 4 for linear work and 16 for quadratic; the best of three, and 0 where even the long text takes next to none.
    """
    short, long = (unit * (size // len(unit) + 1) for size in (length, 4 * length))
    ratios = []
    for _ in range(3):
        taken = []
        for text in (short, long):
            begun = process_time()
            read(text)
            taken.append(process_time() - begun)
        if taken[1] < NOTHING:
            return 0.0
        ratios.append(taken[1] / max(taken[0], 1e-4))
        if ratios[-1] < 6:
            break
    return min(ratios)


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
