"""The chronology: events and phrases that date a report, each with the years in which reports speak of it as current.

`nlp/data/chronology.csv` has a line for each: a pattern, the first and last year (either may be open), whether it dates firmly
or only hints, its source. A report that states no year is dated by what all of its events allow together.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from nlp.records import Evidence


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the chronology. `firm` events bound the year, the others only support it."""

    pattern: re.Pattern[str]
    low: int | None
    high: int | None
    firm: bool
    note: str


@cache
def load_chronology() -> tuple[Event, ...]:
    """Return the events of `nlp/data/chronology.csv`. Raises ValueError naming the line that is wrong."""
    events = []
    with resources.files("nlp.data").joinpath("chronology.csv").open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            try:
                low, high = (int(row[key]) if row[key] else None for key in ("low", "high"))
                events.append(Event(re.compile(row["pattern"]), low, high, row["weight"] == "firm", row["note"]))
            except (KeyError, TypeError, ValueError, re.error) as error:
                raise ValueError(f"nlp/data/chronology.csv, line {number}: {error}") from error
    return tuple(events)


def date_by_events(text: str) -> tuple[int | None, int | None, list[Evidence]]:
    """Return (low, high, evidence): the years that the events of a text allow together.

    Evidence that contradicts what most of the rest allows is kept and said to, never averaged. Only where some event gives
    both an earliest and a latest year is the interval closed; hints narrow nothing.
    """
    evidence: list[Evidence] = []
    bounds: list[Event] = []
    for event in load_chronology():
        if match := event.pattern.search(text):
            evidence.append(
                Evidence(
                    start=match.start(),
                    end=match.end(),
                    text=match.group(),
                    low=event.low,
                    high=event.high,
                    why=event.note,
                )
            )
            if event.firm:
                bounds.append(event)
    evidence.sort(key=lambda piece: piece.start)
    lows = [event.low for event in bounds if event.low is not None]
    highs = [event.high for event in bounds if event.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return min(highs), max(lows), evidence  # in conflict: all that any of it allows
    return low, high, evidence
