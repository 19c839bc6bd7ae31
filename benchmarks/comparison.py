"""How long comparing takes over many reports: `python benchmarks/comparison.py [--documents 100000] [--db FILE]`.

The index is made of rows, not read from files: reports of fifteen years and a thousand bodies, with sentences, problems of the
project's own taxonomy (some of them copied), activities and text of the length that reports have. A question is timed in a fresh
process, as the command line asks it, and again in one that goes on (a notebook, a page).
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

from index.characters import pack_lengths  # noqa: E402
from index.store import Index  # noqa: E402
from index.tables import TABLES  # noqa: E402
from nlp.taxonomy import load_taxonomy  # noqa: E402

YEARS = range(2005, 2020)
SIGNS = "工作妇女群众组织干部学习调研服务基层经费培训发展活动维权创业社区村镇制度落实宣传教育全市各级广泛深入，。"
LEVELS = ("county", "township", "village", "city")
BATCH = 2_000
CHARS = 900  # of a report
WORDS = pack_lengths(bytes([2] * (CHARS // 2)))
QUESTIONS = (
    ("compare", "2010", "2012"),
    ("compare", "2010", "2012", "--weight", "body"),
    ("problems", "--trend"),
    ("problems", "--trend", "--weight", "body"),
)


def build(path: Path, documents: int) -> None:
    """Write an index of so many reports."""
    draw = random.Random(20)
    with Index.open(path, leaves=[(one.id, one.group, one.zh, one.en) for one in load_taxonomy().leaves]) as index:
        columns = {table.name: [column.name for column in table.columns] for table in TABLES}
        connection = index.connection
        connection.execute("PRAGMA synchronous = OFF")
        for first in range(0, documents, BATCH):
            rows: dict[str, list[dict[str, Any]]] = {}
            for table, row in _rows(range(first, min(first + BATCH, documents)), draw):
                rows.setdefault(table, []).append(row)
            connection.execute("BEGIN")
            for table, many in rows.items():
                names = [name for name in columns[table] if name in many[0]]
                listed = ", ".join(f'"{name}"' for name in names)
                marks = ", ".join(f":{name}" for name in names)
                connection.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", many)
            connection.execute("COMMIT")


def _rows(numbers: range, draw: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    leaves = [one.id for one in load_taxonomy().leaves]
    for number in numbers:
        year = draw.choice(YEARS)
        known = draw.random()  # one of ten without a year, one of ten inferred
        body = draw.randrange(1_000)
        ref = f"r{number:06d}"
        yield "source_keys", {"path": f"{ref}.txt", "key": ref}
        yield "sources", {"id": number, "key": ref, "path": f"{ref}.txt", "status": "read", "stale": 0, "text": ""}
        text = "".join(draw.choices(SIGNS, k=CHARS))
        yield (
            "documents",
            {
                "id": number, "source": number, "ordinal": 1, "ref": ref, "title": f"{year}年工作总结", "doc_type": "summary",
                "org": f"第{body}妇联", "org_level": LEVELS[body % 4], "region": f"第{body // 10}县", "script": "simplified",
                "year": None if known < 0.1 else year, "year_low": None if known < 0.1 else year, "chars": len(text),
                "year_high": None if known < 0.1 else year, "source_start": 0, "source_end": len(text), "text": text,
                "year_basis": "none" if known < 0.1 else "inferred" if known < 0.2 else "title", "offsets": b"", "year_conflicts": 0,
            },
        )  # fmt: skip
        yield "segmentations", {"document": number, "lengths": WORDS}
        for place in range(20):
            at = {"document": number, "start": 40 * place, "end": 40 * place + 40}
            at |= {"source_start": at["start"], "source_end": at["end"]}
            sentence = number * 20 + place
            yield "sentences", {"id": sentence, "role": "problems", **at}
            mention = {"id": sentence, "sentence": sentence, "text": text[:12], "rule": "made", **at}
            if place < 5:
                main = leaves[min(int(draw.expovariate(0.25)), len(leaves) - 1)]
                same = f"{draw.randrange(200_000):x}"
                polarity = "asserted" if draw.random() < 0.8 else "solved"
                yield (
                    "problems",
                    {**mention, "main": main, "polarity": polarity, "scope": "own_organisation", "score": 0.9, "same_text": same},
                )  # fmt: skip
                for where, leaf in enumerate(dict.fromkeys((main, *draw.sample(leaves, draw.random() < 0.2)))):
                    yield "problem_labels", {"problem": sentence, "leaf": leaf, "place": where, "score": 0.8}
            elif place < 9:
                yield "activities", {**mention, "name": f"第{int(draw.expovariate(0.02))}行动", "kind": "campaign"}


def measure(db: Path, words: tuple[str, ...], times: int) -> tuple[float, float, int]:
    """Return the median of the seconds by the clock and of the processor, and the peak of memory in MB."""
    clock, processor = [], []
    for _ in range(times):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [
            sys.executable,
            "-m",
            "nianlun.cli",
            *words,
            "--db",
            str(db),
            "--format",
            "tsv",
            "--lang",
            "zh",
            "-q",
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        clock.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return statistics.median(clock), statistics.median(processor), peak


def within(db: Path, times: int) -> tuple[float, float]:
    """Return the seconds of the processor that comparing two years takes in an open index, the first time and after it."""
    with Index.open(db, read_only=True) as index:
        seconds = []
        for _ in range(times):
            start = time.process_time()
            index.compare(2010, 2012)
            seconds.append(time.process_time() - start)
    return seconds[0], statistics.median(seconds[1:])


def main() -> None:
    """Print a table of what each question takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--db", type=Path, help="made where there is none, and kept")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = given.db or Path(folder) / "many.db"
        if not db.exists():
            build(db, given.documents)
        print(f"{given.documents:,} reports, index of {db.stat().st_size / 1e6:,.0f} MB\n")
        print("| question | seconds by the clock | of the processor | peak MB |\n|---|---|---|---|")
        for words in QUESTIONS:
            clock, processor, peak = measure(db, words, given.times)
            print(f"| `nianlun {' '.join(words)}` | {clock:.2f} | {processor:.2f} | {peak} |", flush=True)
        first, again = within(db, given.times)
        print(f"| `index.compare(2010, 2012)` in an open index | – | {first:.2f}, again {again:.2f} | – |")


if __name__ == "__main__":
    main()
