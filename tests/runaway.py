"""A guard against patterns that backtrack without end: no measure of speed (benchmarks/ measures that)."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

LIMIT = (
    30.0  # seconds of processor time: a hundred times what is needed, a small part of what runaway backtracking takes
)


@contextmanager
def no_runaway() -> Iterator[None]:
    """Fail where the body takes far longer than linear work can."""
    begun = process_time()
    yield
    assert process_time() - begun < LIMIT
