"""What becomes of many reports: `python benchmarks/scale.py [--counts 1000,10000] [--jobs 2] [--keep FOLDER]` writes so many generated
reports (`benchmarks/piles.py`), reads them into an index and searches it, for each count in turn; docs/performance.md tells what came out.
`python benchmarks/scale.py --index FILE` searches an index that is there.

Told are the seconds of `nianlun ingest` by the clock, start-up included; the most memory that all its processes held together and that the
largest held; the size of the database against the text of its documents (UTF-8), and what each part of it takes; of a published mix of queries
(`mix`) the time of the first page of twenty, in milliseconds of the processor (so that other work on the machine does not count) and by the
clock, after one round that warms the index; of counts by facet their time, and
whether they are the same as SQL counts. Small counts come first and are answered by a small index: the curve is in the rows.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from piles import write_pile  # noqa: E402

PAGE = 20
ROUNDS = 3
COMMONEST = 100
DRAWN = 20  # substrings of each length
LENGTHS = (1, 2, 4, 8, 12)
WATCH = 0.5  # seconds
# Part of the database, and how its tables and indexes begin.
PARTS = (
    ("texts of documents, and what is known of them", ("documents",)),
    ("files: names, hashes, and what no document holds of their texts", ("sources", "source_keys", "idx_source", "sqlite_autoindex_source")),
    ("full text: characters and their places", ("characters",)),
    ("full text: words", ("words", "segmentations", "vocabulary")),
    ("sentences and sections", ("sentences", "sections")),
    ("quantities", ("quantities",)),
    ("times and tasks", ("times", "tasks")),
    ("activities", ("activities",)),
    ("problems", ("problem",)),
    ("marks by which copies are found", ("fingerprints", "copies")),
    ("evidence of years", ("year_evidence",)),
)  # fmt: skip
OTHER = "the rest"


def mix(connection: sqlite3.Connection, *, seed: int = 5) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Return the queries by kind, each with filters: the commonest words, substrings of texts, and every sign of the query language."""
    draw = random.Random(seed)
    found = connection.execute("SELECT term FROM vocabulary WHERE length(term) > 1 ORDER BY doc DESC, term LIMIT 1000")
    words = [term for (term,) in found if all("\u4e00" <= char <= "\u9fff" for char in term)]
    common, rare = words[:COMMONEST], words[COMMONEST:400]
    pairs = [(draw.choice(common), draw.choice(rare)) for _ in range(DRAWN)]
    drawn = {size: [_substring(connection, draw, size) for _ in range(DRAWN)] for size in LENGTHS}
    leaves = [
        row[0]
        for row in connection.execute("SELECT leaf FROM problem_labels GROUP BY 1 ORDER BY count(*) DESC LIMIT 3")
    ]
    filters = (
        "year:2010..2014",
        "kind:summary",
        "level:county",
        "body:妇联",
        "section:problems",
        "has:quantity",
        "unit:人次",
        "is:planned",
    )
    plain: dict[str, list[str]] = {
        "the hundred commonest words": common,
        **{f"substrings of {size}": drawn[size] for size in LENGTHS},
        "exact phrases": [f'"{text}"' for text in drawn[4]],
        "two words": [f"{one} {other}" for one, other in pairs],
        "one or the other": [f"{one} OR {other}" for one, other in pairs],
        "one without the other": [f"{one} -{other}" for one, other in pairs],
        "near": [f"{one} NEAR/10 {other}" for one, other in pairs],
        "wildcards": [f"{one}*{other}" for one, other in pairs] + [text[0] + "?" + text[2:] for text in drawn[4]],
        "words with a field": [f"{one} {name}" for name in filters for one in (draw.choice(common), draw.choice(rare))],
        "words of a problem": [f"{draw.choice(common)} leaf:{leaf}" for leaf in leaves],
        "nothing to be found": ["督办令牌" + text for text in drawn[2]],
    }  # fmt: skip
    queries: dict[str, list[tuple[str, dict[str, Any]]]] = {
        kind: [(query, {}) for query in many] for kind, many in plain.items()
    }
    queries["words with a filter"] = [
        (draw.choice(common), given)
        for given in ({"year": "2012"}, {"org": "总工会"}, {"doc_type": "plan"}, {"org_level": "county"}, {"year": "2004..2008", "doc_type": "summary"})
        for _ in range(3)
    ]  # fmt: skip
    return queries


def time_searches(path: Path, rounds: int) -> dict[str, Any]:
    """Return the milliseconds of each kind of query, of all of them, and of counts by facet."""
    from index.store import Index

    by_kind: dict[str, list[float]] = defaultdict(list)
    slow: list[tuple[float, str]] = []
    clock: list[float] = []
    with closing(Index.open(path, read_only=True)) as index:
        queries = mix(index.connection)
        begun = time.process_time()
        index.search("督查", limit=PAGE)
        first = (time.process_time() - begun) * 1000
        gc.collect()
        for turn in range(rounds + 1):
            for kind, many in queries.items():
                for query, given in many:
                    begun, clocked = time.process_time(), time.perf_counter()
                    index.search(query, limit=PAGE, **given)
                    took = (time.process_time() - begun) * 1000
                    if turn:
                        clock.append((time.perf_counter() - clocked) * 1000)
                        by_kind[kind].append(took)
                        slow.append((took, query))
        facets = list(_time_facets(index, [query for query, _ in queries["the hundred commonest words"][:5]]))
    clock.sort()
    every = sorted(took for many in by_kind.values() for took in many)
    return {
        "first": first, "rounds": rounds, "queries": sum(map(len, queries.values())), "p50": statistics.median(every), "p95": _at(every, 0.95),
        "p99": _at(every, 0.99), "clock": (statistics.median(clock), _at(clock, 0.95)), "load": os.getloadavg()[0], "slowest": sorted(slow)[-5:], "facets": facets,
        "kinds": {kind: (statistics.median(many), _at(sorted(many), 0.95)) for kind, many in by_kind.items()},
    }  # fmt: skip


def read(folder: Path, db: Path, jobs: int) -> dict[str, float]:
    """Run `nianlun ingest` and return its seconds by the clock and the most memory, in MB, of all its processes and of the largest."""
    command = [
        sys.executable,
        "-m",
        "nianlun.cli",
        "ingest",
        str(folder),
        "--db",
        str(db),
        "--jobs",
        str(jobs),
        "--quiet",
    ]
    begun = time.perf_counter()
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    together = largest = 0
    while running.poll() is None:
        held = list(_held(running.pid))
        together, largest = max(together, sum(held)), max(largest, *held, 0)
        time.sleep(WATCH)
    if running.returncode:
        raise SystemExit(f"nianlun ingest ended with {running.returncode}")
    return {"seconds": time.perf_counter() - begun, "memory": together / 2**20, "largest": largest / 2**20}


def sizes(db: Path) -> dict[str, Any]:
    """Return the bytes of the database, of the texts of its documents, and of each part."""
    with closing(sqlite3.connect(db)) as connection:
        pages = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
        text, documents = connection.execute(
            "SELECT sum(length(CAST(text AS BLOB))), count(*) FROM documents"
        ).fetchone()
    parts: dict[str, int] = defaultdict(int)
    for name, size in pages:
        parts[_part(name)] += size
    return {"database": db.stat().st_size, "text": text, "documents": documents, "parts": dict(parts)}


def as_lines(told: dict[str, Any]) -> Iterator[str]:
    """Yield what was measured, as Markdown."""
    if "seconds" in told:
        yield f"{told['documents']:,} documents, {told['text'] / 1e6:.1f} MB of text: {told['seconds']:.0f} s by the clock; "
        yield f"memory {told['memory']:.0f} MB together, {told['largest']:.0f} MB the largest process.\n"
    yield f"Database {told['database'] / 1e6:.1f} MB, {told['database'] / told['text']:.2f} x the text.\n"
    yield "| part | MB | x the text |\n|---|---|---|"
    for part, size in sorted(told["parts"].items(), key=lambda item: -item[1]):
        yield f"| {part} | {size / 1e6:.1f} | {size / told['text']:.2f} |"
    yield f"\nSearch, {told['queries']} queries x {told['rounds']}: p50 {told['p50']:.1f} ms, p95 {told['p95']:.1f}, p99 {told['p99']:.1f} of the processor; by the clock p50 {told['clock'][0]:.1f}, p95 {told['clock'][1]:.1f} at a load of {told['load']:.1f}; the very first {told['first']:.0f} ms.\n"
    yield "| queries | p50 ms | p95 ms |\n|---|---|---|"
    for kind, (middle, high) in told["kinds"].items():
        yield f"| {kind} | {middle:.1f} | {high:.1f} |"
    yield "\nSlowest: " + ", ".join(f"{query} {took:.0f} ms" for took, query in told["slowest"])
    for query, took, places, documents, exact in told["facets"]:
        yield f"Facets of {query}: {took:.0f} ms, {places} places in {documents} documents, {'as SQL counts' if exact else 'NOT AS SQL COUNTS'}"


def _time_facets(index: Any, queries: Sequence[str]) -> Iterator[tuple[str, float, int, int, bool]]:
    from index.characters import phrase

    for query in queries:
        begun = time.process_time()
        found = index.search(f'"{query}"', limit=PAGE, facets=("year", "doc_type"))
        took = (time.process_time() - begun) * 1000
        by_kind = dict(
            index.connection.execute(
                """SELECT doc_type, count(*) FROM documents WHERE id IN (SELECT rowid FROM characters WHERE text MATCH ?) GROUP BY 1""",
                (phrase(query),),
            )
        )
        told = {kind: documents for kind, (_, documents) in found.count_by("doc_type").items()}
        yield query, took, found.places, found.documents, told == by_kind


def _substring(connection: sqlite3.Connection, draw: random.Random, size: int) -> str:
    (last,) = connection.execute("SELECT max(id) FROM documents").fetchone()
    while True:
        row = connection.execute("SELECT text FROM documents WHERE id = ?", (draw.randint(1, last),)).fetchone()
        if row and len(row[0]) > size:
            at = draw.randrange(len(row[0]) - size)
            text = row[0][at : at + size]
            if all("\u4e00" <= char <= "\u9fff" for char in text):
                return text


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _part(name: str) -> str:
    bare = name.removeprefix("idx_").removeprefix("sqlite_autoindex_")
    return next((part for part, begins in PARTS if name.startswith(begins) or bare.startswith(begins)), OTHER)


def _held(process: int) -> Iterator[int]:
    """Yield the resident bytes of a process and of those it started, on Linux."""
    try:
        held = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        children = [
            child
            for task in Path(f"/proc/{process}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):
        return
    yield held
    for child in children:
        yield from _held(int(child))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", default="1000,10000", help="documents, with commas between")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for reports and indexes; without it they are thrown away")
    parser.add_argument("--index", type=Path, help="measure this index alone")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of the queries, after one that does not count")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    for told in _measured(chosen):
        print(json.dumps(told, ensure_ascii=False) if chosen.json else "\n".join(as_lines(told)) + "\n", flush=True)


def _measured(chosen: argparse.Namespace) -> Iterator[dict[str, Any]]:
    if chosen.index is not None:
        yield {**sizes(chosen.index), **time_searches(chosen.index, chosen.rounds)}
        return
    with tempfile.TemporaryDirectory() as scratch:
        for count in map(int, chosen.counts.split(",")):
            place = chosen.keep or Path(scratch)
            folder, db = place / f"reports-{count}", place / f"{count}.db"
            if not folder.exists():
                write_pile(folder, count)
            db.unlink(missing_ok=True)
            told = read(folder, db, chosen.jobs)
            yield {**told, **sizes(db), **time_searches(db, chosen.rounds)}


if __name__ == "__main__":
    main()
