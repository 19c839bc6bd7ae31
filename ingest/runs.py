"""Runs that lead back from a changed text, collected piece by piece."""

from __future__ import annotations

from array import array

from ingest.records import PLACES, OffsetMap, Places, Run


class RunsBuilder:
    """Collects pieces of text and the runs that lead back; contiguous runs become one."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._numbers: Places = array(PLACES)  # clean start and end, source start and end of each run in turn
        self._length = 0
        self._clean_start = self._start = self._end = 0  # of a run that may still grow: in the text, and in the source

    def put(self, text: str, source_start: int, source_end: int) -> None:
        """Add a text of the source's length, or one that stands for a stretch of another length."""
        if not text:
            return
        self.parts.append(text)
        if source_start == self._end and len(text) == source_end - source_start and self._clean_start < self._length:
            self._length += len(text)
            self._end = source_end
        else:
            self.add(len(text), source_start, source_end)

    def add(self, length: int, source_start: int, source_end: int) -> None:
        """Lead the next `length` characters back to the source's stretch."""
        before = self._length
        self._length = after = before + length
        is_open = self._clean_start < before
        if length != source_end - source_start:
            if is_open:
                self._numbers.extend((self._clean_start, before, self._start, self._end))
            self._numbers.extend((before, after, source_start, source_end))
            self._clean_start, self._start = after, source_end
        elif not is_open or self._end != source_start:
            if is_open:
                self._numbers.extend((self._clean_start, before, self._start, self._end))
            self._clean_start, self._start = before, source_start
        self._end = source_end

    def offsets(self) -> OffsetMap:
        """Return the map of all that was put; nothing may be put after it."""
        if self._clean_start < self._length:
            self._numbers.extend((self._clean_start, self._length, self._start, self._end))
            self._clean_start = self._length
        numbers = self._numbers
        return OffsetMap.of_arrays(numbers[0::4], numbers[1::4], numbers[2::4], numbers[3::4])


def part_of_run(run: Run, start: int, end: int) -> tuple[int, int, int] | None:
    """Return (length, source start, source end) of what the run has of the clean stretch."""
    start, end = max(start, run.clean_start), min(end, run.clean_end)
    if start >= end:
        return None
    if run.clean_end - run.clean_start != run.source_end - run.source_start:
        return end - start, run.source_start, run.source_end
    shift = run.source_start - run.clean_start
    return end - start, start + shift, end + shift
