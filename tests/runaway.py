"""A guard against patterns that backtrack without end: no measure of speed (benchmarks/ measures that)."""

import gc
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time

LIMIT = (
    30.0  # seconds of processor time: a hundred times what is needed, a small part of what runaway backtracking takes
)

NOTHING = 0.5  # seconds of processor time in which growth cannot be told from noise
LONGER = 16  # times that the long text is longer than the short one
TRIES = 5  # of which the fastest of each length counts: a busy machine makes work slower, never faster


@contextmanager
def no_runaway(limit: float = LIMIT) -> Iterator[None]:
    """Fail where the body takes far longer than linear work can, and stop it there where the system can."""
    begun = process_time()
    with _alarm(limit):
        yield
    assert process_time() - begun < limit


def grows_in_proportion(read: Callable[[str], object], unit: str, length: int = 1_000_000) -> bool:
    """Return whether the processor time of a text of one repeated piece grows as its length does, sixteenfold.

    `length` is that of the longer text, in characters. Sixteen times the text takes about 16 times as long where the
    work is linear and 256 where it is quadratic: what lies below 64 counts as linear, and so does next to no time.
    """
    short, long = (unit * (size // len(unit) + 1) for size in (length // LONGER, length))
    fastest = {short: float("inf"), long: float("inf")}
    for _ in range(TRIES):
        for text in (short, long):
            with _uncollected():
                begun = process_time()
                read(text)
                fastest[text] = min(fastest[text], process_time() - begun)
        if fastest[long] < max(NOTHING, LONGER**1.5 * fastest[short]):
            return True
    return False


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector out: many objects of a long text let it walk through all that other tests have left."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


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
