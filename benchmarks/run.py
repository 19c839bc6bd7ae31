"""Benchmarks: `python benchmarks/run.py` measures the pipeline, memory and search, and writes benchmarks/results.md.

Every measurement is a fresh process; the median of five counts. The peer is `jieba.lcut` alone, on the clean text of the same
reports, its dictionary loaded; the pipeline reads, cleans, splits, segments, finds, classifies, writes every row, fills the
search index and commits, its dictionaries and model loaded too. Both run pinned to one core in turn, and so do searches; their
seconds are those of the processor, so that other work on the machine does not count. Then the pipeline runs with one and two
processes on all cores, by the clock, start-up included.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from texts import write_reports  # noqa: E402

ROUNDS = 5
QUERIES = (
    "经费",
    "妇联",
    "本领恐慌",
    "经费不足",
    "培训",
    "家庭",
    "难",
    "工作作风不实",
    "留守儿童",
    "村",
    "经费 NEAR/10 不足",
    "活动 -培训",
)


def pin() -> None:
    """Keep this process to one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def measure_jieba(folder: str) -> dict[str, float]:
    """Time the processor on jieba.lcut on the clean text of the reports in a folder."""
    pin()
    import jieba

    from ingest.read import read

    texts = [document.text for path in sorted(Path(folder).iterdir()) for document in read(path).documents]
    jieba.initialize()
    jieba.lcut("预热")
    begun = time.process_time()
    for text in texts:
        jieba.lcut(text)
    return {"seconds": time.process_time() - begun, "characters": sum(map(len, texts)), "documents": len(texts)}


def _texts(folder: str) -> list[str]:
    from ingest.read import read

    return [document.text for path in sorted(Path(folder).iterdir()) for document in read(path).documents]


def measure_spacy(folder: str) -> dict[str, float]:
    """Time the processor on spaCy's pipeline for Chinese without a model: words by jieba, sentences by marks. It finds nothing else."""
    pin()
    import spacy

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.add_pipe("sentencizer", config={"punct_chars": ["。", "！", "？", "；"]})
    texts = _texts(folder)
    nlp("预热")
    begun = time.process_time()
    for text in texts:
        nlp(text)
    return {"seconds": time.process_time() - begun}


def measure_jionlp(folder: str) -> dict[str, float]:
    """Time the processor on what JioNLP finds of times and money, line by line; nothing where it is not installed."""
    pin()
    try:
        import jionlp
    except ImportError:
        return {"seconds": 0.0}
    texts = _texts(folder)
    jionlp.ner.extract_time("2011年3月", time_base={"year": 2012})
    begun = time.process_time()
    for text in texts:
        for line in text.split("\n"):
            jionlp.ner.extract_money(line)
            jionlp.ner.extract_time(line, time_base={"year": 2012})
    return {"seconds": time.process_time() - begun}


def measure_pipeline(folder: str) -> dict[str, float]:
    """Time the processor on files → index, in this process and the one that reads, pinned to one core, model and all warm."""
    pin()
    from index.store import Index
    from nianlun.reading import find_files, read_into
    from nianlun.taxonomy import leaves
    from nianlun.workers import Workers
    from nlp.analyse import fingerprint

    with Workers() as workers, tempfile.TemporaryDirectory() as scratch:
        db = Path(scratch) / "reports.db"
        index = Index.open(db, leaves=leaves())
        begun = time.process_time()
        files, _ = find_files([Path(folder)], db)
        outcomes = list(read_into(index, files, fingerprint=fingerprint(), workers=workers))
        index.flush()
        index.close()
        seconds = time.process_time() - begun + workers.seconds
        size = db.stat().st_size
    documents = sum(outcome.documents for outcome in outcomes)
    return {"seconds": seconds, "documents": documents, "database": size, "worker_mb": workers.peak / 2**20}


def measure_jobs(folder: str, jobs: int = 2) -> dict[str, float]:
    """Time `nianlun ingest --jobs N` by the clock, from the start of the program."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [
            sys.executable,
            "-m",
            "nianlun.cli",
            "ingest",
            folder,
            "--db",
            f"{scratch}/reports.db",
            "--jobs",
            str(jobs),
            "--quiet",
        ]
        begun = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        return {"seconds": time.perf_counter() - begun}


def measure_memory(folder: str) -> dict[str, float]:
    """Return the peak resident memory in MB of reading a folder into an index, of the larger of both processes."""
    told = measure_pipeline(folder)
    return {**told, "peak_mb": max(told["worker_mb"], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


def measure_search(folder: str) -> dict[str, float]:
    """Return p50 and p95 in milliseconds of queries over an index of a folder, answers made in full."""
    from index.store import Index
    from nianlun.reading import find_files, read_into
    from nianlun.taxonomy import leaves
    from nlp.analyse import fingerprint

    with tempfile.TemporaryDirectory() as scratch:
        db = Path(scratch) / "reports.db"
        index = Index.open(db, leaves=leaves())
        files, _ = find_files([Path(folder)], db)
        list(read_into(index, files, fingerprint=fingerprint()))
        index.flush()
        index.close()
        index = Index.open(db, read_only=True)
        times, hits = [], 0
        for _ in range(3):
            for query in QUERIES:
                begun = time.process_time()
                hits += len(index.search(query, limit=20).hits)
                times.append((time.process_time() - begun) * 1000)
        index.close()
    times.sort()
    return {
        "p50_ms": statistics.median(times),
        "p95_ms": times[int(len(times) * 0.95)],
        "hits": hits,
        "documents": len(files),
    }


MEASURES: dict[str, Callable[[str], dict[str, float]]] = {
    "jieba": measure_jieba,
    "spacy": measure_spacy,
    "jionlp": measure_jionlp,
    "pipeline": measure_pipeline,
    "one-job": partial(measure_jobs, jobs=1),
    "jobs": measure_jobs,
    "memory": measure_memory,
    "search": measure_search,
}


def fresh(measure: str, folder: str) -> dict[str, float]:
    """Run a measurement in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--measure", measure, "--folder", folder],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def median(measure: str, folder: str, rounds: int) -> dict[str, float]:
    """Return the run of median time out of several fresh ones."""
    runs = sorted((fresh(measure, folder) for _ in range(rounds)), key=lambda run: run["seconds"])
    return runs[len(runs) // 2]


def report(documents: int, characters: int, large_mb: int, rounds: int) -> str:
    """Measure everything and return the results as Markdown."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "reports"
        size = write_reports(folder, documents, characters)
        jieba = median("jieba", str(folder), rounds)
        peers = {
            name: median(measure, str(folder), rounds)["seconds"]
            for measure, name in (
                ("spacy", "spaCy, words by jieba and sentences"),
                ("jionlp", "JioNLP, times and money"),
            )
        }
        pipeline = median("pipeline", str(folder), rounds)
        one_job = median("one-job", str(folder), rounds)
        jobs = median("jobs", str(folder), rounds)
        many = Path(scratch) / "many"
        write_reports(many, 2000, 2000, seed=7)
        search = fresh("search", str(many))
        large = Path(scratch) / "large"
        large_size = write_reports(large, large_mb * 5, 69_000, seed=11) if large_mb else 0
        memory = fresh("memory", str(large)) if large_mb else {}
    mb = size / 1e6
    rate = jieba["characters"] / jieba["seconds"]
    lines = [
        "# Benchmark results",
        "",
        f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        + ", ".join(
            f"{name} {version(name)}"
            for name in ("jieba", "rjieba", "scikit-learn", "spacy", "sqlite-utils", "pdfplumber")
        )
        + f". Median of {rounds} fresh processes; seconds of the processor but where the clock is named. Command: `make bench`.",
        "",
        f"Texts: {documents} reports put together from the project's own sentences, {mb:.1f} MB as UTF-8.",
        "",
        "| what | seconds | documents/s | MB/s | × jieba.lcut |",
        "|---|---|---|---|---|",
        f"| `jieba.lcut` alone, one core ({rate:,.0f} characters/s) | {jieba['seconds']:.2f} | {documents / jieba['seconds']:.0f} | {mb / jieba['seconds']:.2f} | 1 |",
        *(
            f"| {name}, one core | {seconds:.2f} | {documents / seconds:.0f} | {mb / seconds:.2f} | {jieba['seconds'] / seconds:.2f} |"
            for name, seconds in peers.items()
            if seconds
        ),
        f"| files → index, one core | {pipeline['seconds']:.2f} | {documents / pipeline['seconds']:.0f} | {mb / pipeline['seconds']:.2f} | {jieba['seconds'] / pipeline['seconds']:.2f} |",
        f"| `nianlun ingest`, start-up included, by the clock | {one_job['seconds']:.2f} | {documents / one_job['seconds']:.0f} | {mb / one_job['seconds']:.2f} | – |",
        f"| `nianlun ingest --jobs 2`, start-up included, by the clock | {jobs['seconds']:.2f} | {documents / jobs['seconds']:.0f} | {mb / jobs['seconds']:.2f} | – |",
        "",
        f"Search over {search['documents']:.0f} reports, {len(QUERIES)} queries of one to six characters, NEAR and exclusion: "
        f"p50 {search['p50_ms']:.1f} ms, p95 {search['p95_ms']:.1f} ms.",
    ]
    if memory:
        lines.append(
            f"\nMemory: {large_size / 1e6:.0f} MB of text in {large_mb * 5} files, peak {memory['peak_mb']:.0f} MB resident, "
            f"{memory['seconds']:.0f} s; database {memory['database'] / 1e6:.0f} MB."
        )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one measurement (for the fresh processes) or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", choices=MEASURES)
    parser.add_argument("--folder", default="")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--characters", type=int, default=2500, help="of a report")
    parser.add_argument("--large", type=int, default=100, help="MB of text for the memory figure; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args(arguments)
    if chosen.measure:
        print(json.dumps(MEASURES[chosen.measure](chosen.folder)))
        return
    text = report(chosen.documents, chosen.characters, chosen.large, chosen.rounds)
    results = ROOT / "benchmarks" / "results.md"
    rest = results.read_text("utf-8").partition("\n## ")[1:] if results.exists() else ("", "")
    results.write_text(text + "".join(rest), encoding="utf-8")  # the sections of other benchmarks stay
    print(text)


if __name__ == "__main__":
    main()
