"""Why an answer is empty, and what would help."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianlun.options import Run

if TYPE_CHECKING:
    from index.scope import Base
    from index.store import Index

SHOWN = 12


def explain_empty(run: Run, index: Index, base: Base, filters: Mapping[str, Any]) -> bool:
    """Say why no document was asked; return whether that is why nothing was found."""
    if base.total == 0:
        run.tell("empty_while_writing" if is_written(run.db) else "empty_index", db=run.db)
        return True
    if base.documents:
        run.tell("nothing")
        return False
    from index.scope import label_key

    everything = index.docs()
    if filters.get("year"):
        years = sorted({one.year_label for one in everything if one.year_label}, key=label_key)
        known = " ".join(years) or run.words("none")
        run.tell(
            "nothing_in_years",
            years=years_text(filters["year"]),
            known=known,
            undated=sum(one.year_label is None for one in everything),
        )
    if set(filters) - {"year"}:
        orgs = list(dict.fromkeys(one.org for one in everything if one.org))
        listed = "、".join(orgs[:SHOWN]) + (" …" if len(orgs) > SHOWN else "")
        run.tell("nothing_left", total=base.total, orgs=listed or run.words("none"))
    return True


def is_written(db: Path) -> bool:
    """Tell whether another process seems to write an index now: what it wrote stands beside it until it closes it."""
    try:
        return os.stat(f"{db}-wal").st_size > 0
    except OSError:
        return False


def years_text(years: int | tuple[int | None, int | None]) -> str:
    """Return years as they are written on the command line."""
    if isinstance(years, int):
        return str(years)
    low, high = (str(year) if year is not None else "" for year in years)
    return f"{low}..{high}"
