"""Files of corrections: judged sentences in the form of corpus/labelled, and the log as JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import BadCorrection
from index.judged import Judged
from nianlun.output import as_json

COLUMNS = ("text", "categories", "polarity", "scope", "role", "org", "year", "register")  # as nlp.train reads them


def write_labelled(path: Path, sentences: Iterable[Judged]) -> int:
    """Write judged sentences as `python -m nlp.train --more` reads them; return how many. The same sentence stands once."""
    rows = {}
    for one in sentences:
        year = "" if one.year is None else str(one.year)
        rows[one.text] = (one.text, " ".join(one.leaves), one.polarity, one.scope, one.role, one.org, year, "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows.values()))
    return len(rows)


def write_log(path: Path, items: Iterable[Mapping[str, Any]]) -> int:
    """Write the log, a correction a line; return how many."""
    lines = [as_json(item) for item in items]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return len(lines)


def read_log(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the corrections of a file that `write_log` wrote. Raises BadCorrection."""
    for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines():
        if line.strip():
            try:
                item = json.loads(line)
            except ValueError:
                raise BadCorrection("form", value=path.name, known="") from None
            if not isinstance(item, dict):
                raise BadCorrection("form", value=path.name, known="")
            yield item
