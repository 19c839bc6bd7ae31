"""What each finder costs: `python benchmarks/finders.py [FOLDER …]` prints the time of every step of the analysis as a share of
what `jieba.lcut` takes on the same clean texts, and writes it into benchmarks/results.md (--dry: prints only).

The texts are the samples, the real files and the corpora where NIANLUN_REPORTS names a folder with seeds/ and corpora/, and the
folders named. Seconds of the processor in one process, all dictionaries and models loaded; jieba and the steps take turns, and the
median of the rounds counts. "finders together" are metadata, times, quantities, tasks and activities; sections and sentences are cut and problems
classified beside them.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from side_by_side import put_section  # noqa: E402

from ingest.read import read  # noqa: E402
from ingest.records import Document  # noqa: E402
from nlp.analyse import STEPS  # noqa: E402
from nlp.metadata import find_metadata  # noqa: E402

HEADING = "## Finders"
FINDERS = ("metadata", "times", "quantities", "tasks", "activities")
TOGETHER, WHOLE = "finders together", "whole analysis"
BAR = 1 / 6


def texts(folders: Sequence[Path]) -> dict[str, list[Document]]:
    """Return {name: documents} of the samples, of what NIANLUN_REPORTS holds, and of further folders."""
    places = {"samples": ROOT / "corpus" / "reports"}
    reports = os.environ.get("NIANLUN_REPORTS")
    if reports:
        places |= {"real": Path(reports) / "seeds"}
        places |= {folder.name: folder for folder in sorted((Path(reports) / "corpora").glob("*")) if folder.is_dir()}
    places |= {folder.name: folder for folder in folders}
    found = {}
    for name, place in places.items():
        files = sorted(path for path in place.rglob("*") if path.suffix in (".txt", ".docx", ".pdf", ".doc", ".html"))
        documents = [document for path in files for document in read(path).documents]
        if documents:
            found[name] = documents
    return found


def seconds(documents: Sequence[Document]) -> dict[str, float]:
    """Return the seconds of the processor that each step takes for the documents, and `jieba` what jieba.lcut takes."""
    import jieba

    spent: defaultdict[str, float] = defaultdict(float)
    clock = time.process_time
    for document in documents:
        begun = clock()
        parts: dict[str, Any] = {"document": document, "metadata": find_metadata(document)}
        spent["metadata"] += clock() - begun
        for step in STEPS:
            given = [parts[name] for name in step.needs]
            begun = clock()
            parts[step.name] = tuple(step.read(*given))
            spent[step.name] += clock() - begun
        begun = clock()
        jieba.lcut(document.text)
        spent["jieba"] += clock() - begun
    return spent


def shares(documents: Sequence[Document], rounds: int) -> dict[str, float]:
    """Return what each step takes as a share of jieba.lcut, the median of several rounds after one that warms up."""
    seconds(documents)
    runs = [seconds(documents) for _ in range(rounds)]
    return {name: statistics.median(run[name] / run["jieba"] for run in runs) for name in runs[0] if name != "jieba"}


def with_sums(one: Mapping[str, float]) -> dict[str, float]:
    """Return the shares: the finders, their sum, the other steps, and the whole."""
    finders = {name: one[name] for name in FINDERS}
    others = {name: share for name, share in one.items() if name not in FINDERS}
    return {**finders, TOGETHER: sum(finders.values()), **others, WHOLE: sum(one.values())}


def table(measured: Mapping[str, Mapping[str, float]], sizes: Mapping[str, int]) -> list[str]:
    """Return the lines of the table: a row for each step, a column for each set of texts."""
    columns = {name: with_sums(one) for name, one in measured.items()}
    lines = ["| time as a share of jieba.lcut | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines.append("| characters | " + " | ".join(f"{sizes[name]:,}" for name in columns) + " |")
    for row in next(iter(columns.values())):
        lines.append(f"| {row} | " + " | ".join(f"{one[row]:.3f}" for one in columns.values()) + " |")
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all sets, print the table and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dry", action="store_true", help="print, and leave results.md as it is")
    chosen = parser.parse_args(arguments)
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    found = texts(chosen.folders)
    measured = {name: shares(documents, chosen.rounds) for name, documents in found.items()}
    sizes = {name: sum(len(document.text) for document in documents) for name, documents in found.items()}
    lines = [
        HEADING,
        "",
        f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}. "
        f"The median of {chosen.rounds} rounds in one process, seconds of the processor. "
        f"Aim: finders together below {BAR:.3f}. Command: `python benchmarks/finders.py`.",
        "",
        *table(measured, sizes),
    ]
    print("\n".join(lines))
    if not chosen.dry:
        put_section(HEADING, "\n".join(lines))


if __name__ == "__main__":
    main()
