"""A progress bar on standard error, which appears only when something takes longer than two seconds."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")
PATIENCE = 2.0  # seconds
STEP = 0.1  # seconds between two looks of the bar


class Bar:
    """Counts steps; draws itself once the work has taken PATIENCE, on a terminal only."""

    def __init__(self, title: str, total: int, *, size: int, shown: bool) -> None:
        self.title, self.total, self.size = title, total, size
        self.done = self.done_bytes = 0
        self._last = ""
        self._shown = shown and sys.stderr.isatty()
        self._begun = self._looked = monotonic()
        self._progress: Progress | None = None
        self._task = 0

    def step(self, count: int = 1) -> None:
        """Count steps that are done."""
        self.set(self.done + count)

    def set(self, done: int) -> None:
        """Say how many steps are done."""
        self.done = done
        now = monotonic()
        if not self._shown or now - self._looked < STEP:
            return
        self._looked = now
        if self._progress is None and now - self._begun >= PATIENCE:
            self._start()
        if self._progress is not None:
            rate = self._rate(now - self._begun)
            shown = self.done_bytes if self.size else done
            self._progress.update(self._task, completed=shown, rate=rate)  # type: ignore[arg-type]

    def done_with(self, name: str, size: int) -> None:
        """Count a file; the files in a container follow it and count with it."""
        if self._last and name.startswith(self._last + "/"):
            return
        self._last = name
        self.done_bytes += size
        self.step()

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()

    def _rate(self, seconds: float) -> str:
        """Return how much is done, and how fast: 120/1000 · 35/s · 1.2 MB/s."""
        words = f"{self.done}/{self.total} · {self.done / seconds:.3g}/s"
        return words + (f" · {self.done_bytes / 1e6 / seconds:.2g} MB/s" if self.size else "")

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
            console=Console(file=sys.stderr), transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task(self.title, total=self.size or self.total, rate="")
        self._progress.start()


@contextmanager
def bar(title: str, total: int, *, size: int = 0, shown: bool = True) -> Iterator[Bar]:
    """Give a bar for `total` steps; with their `size` in bytes it is that which fills it, and the time left follows it."""
    one = Bar(title, total, size=size, shown=shown)
    try:
        yield one
    finally:
        one.close()


def counted(items: Iterable[Item], one: Bar) -> Iterator[Item]:
    """Yield items, a step of the bar for each."""
    for item in items:
        one.step()
        yield item
