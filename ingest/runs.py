"""Runs that lead back from a changed text, collected piece by piece."""

from __future__ import annotations

from array import array

from ingest.records import PLACES, OffsetMap, Places, Run


class RunsBuilder:
    """Collects pieces of text and the runs that lead back; contiguous runs become one."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._numbers: tuple[Places, ...] = tuple(array(PLACES) for _ in range(4))
        self._length = 0
        self._open = (0, 0, 0)  # clean start, source start and source end of a run that may still grow

    def put(self, text: str, source_start: int, source_end: int) -> None:
        """Add a text of the source's length, or one that stands for a stretch of another length."""
        if text:
            self.parts.append(text)
            self.add(len(text), source_start, source_end)

    def add(self, length: int, source_start: int, source_end: int) -> None:
        """Lead the next `length` characters back to the source's stretch."""
        clean_start, start, end = self._open
        if length != source_end - source_start:
            self._close()
            self._keep(self._length, self._length + length, source_start, source_end)
            self._open = (self._length + length, source_end, source_end)
        elif end == source_start and clean_start < self._length:
            self._open = (clean_start, start, source_end)
        else:
            self._close()
            self._open = (self._length, source_start, source_end)
        self._length += length

    def offsets(self) -> OffsetMap:
        """Return the map of all that was put; nothing may be put after it."""
        self._close()
        return OffsetMap.of_arrays(*self._numbers)

    def _keep(self, clean_start: int, clean_end: int, source_start: int, source_end: int) -> None:
        clean_starts, clean_ends, source_starts, source_ends = self._numbers
        clean_starts.append(clean_start)
        clean_ends.append(clean_end)
        source_starts.append(source_start)
        source_ends.append(source_end)

    def _close(self) -> None:
        clean_start, start, end = self._open
        if clean_start < self._length:
            self._keep(clean_start, self._length, start, end)
            self._open = (self._length, end, end)


def part_of_run(run: Run, start: int, end: int) -> tuple[int, int, int] | None:
    """Return (length, source start, source end) of what the run has of the clean stretch."""
    start, end = max(start, run.clean_start), min(end, run.clean_end)
    if start >= end:
        return None
    if run.clean_end - run.clean_start != run.source_end - run.source_start:
        return end - start, run.source_start, run.source_end
    shift = run.source_start - run.clean_start
    return end - start, start + shift, end + shift
