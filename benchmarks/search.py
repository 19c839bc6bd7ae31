"""Search beside what else would be taken: `python benchmarks/search.py [--documents 2000]` prints, for nianlun, tantivy, SQLite's FTS5 with its
trigram and its unicode61 tokenizer, DuckDB's LIKE and a plain scan, how many of the documents that hold a substring each finds (recall), how
many of those that it names hold it (precision), and the milliseconds of a query.

The texts are those of an index of generated reports (`benchmarks/piles.py`); the queries are substrings of one to eight Chinese characters drawn
from them, whose documents a scan knows. tantivy has no tokenizer for Chinese: once it gets the text as it is, once with the words that jieba
cuts, between blanks, and so the query, as a phrase. All name every document that answers. nianlun is asked twice: for all places, counted, and for
the first page of twenty, which of a large index is made of some documents (its recall is then no measure). Milliseconds of the processor, on one
core, median and 95th percentile; the build is that of the index of texts alone, for nianlun that of reading the reports with all that is found in them.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from piles import write_pile  # noqa: E402

from index.store import Index  # noqa: E402
from nlp.segment import cut  # noqa: E402

LENGTHS = (1, 2, 3, 4, 8)
DRAWN = 40  # of each length
Texts = list[tuple[int, str]]
Ask = Callable[[str], set[int]]


def nianlun_all(index: Index) -> Ask:
    """Return what counts all places."""
    ids = {row.ref: row.id for row in index.docs()}
    return lambda query: {ids[row.ref] for row, _ in index.search(f'"{query}"', limit=20, count=True).per_document}


def nianlun_page(index: Index) -> Ask:
    """Return what makes the first page."""
    ids = {row.ref: row.id for row in index.docs()}
    return lambda query: {ids[row.ref] for row, _ in index.search(f'"{query}"', limit=20, count=False).per_document}


def full_text(texts: Texts, tokenizer: str) -> Ask:
    """Return FTS5 with a tokenizer; it cannot look for less than three characters with trigrams."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(text, tokenize='{tokenizer}')")
    connection.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)", texts)
    query = "SELECT rowid FROM t WHERE t MATCH ?"
    return lambda words: {row[0] for row in connection.execute(query, ('"' + words + '"',))}


def duck(texts: Texts) -> Ask:
    """Return DuckDB's LIKE, on one thread."""
    import duckdb
    import pandas

    connection = duckdb.connect(config={"threads": 1})
    frame = pandas.DataFrame(texts, columns=["id", "text"])
    connection.register("frame", frame)
    connection.execute("CREATE TABLE t AS SELECT * FROM frame")
    query = "SELECT id FROM t WHERE text LIKE ?"
    return lambda words: {row[0] for row in connection.execute(query, [f"%{words}%"]).fetchall()}


def tantivy(texts: Texts, *, cut_words: bool) -> Ask:
    """Return tantivy's phrases over its default tokenizer, of the text or of jieba's words between blanks."""
    import tantivy as library

    made = library.SchemaBuilder()
    made.add_integer_field("id", stored=True)
    made.add_text_field("text")
    index = library.Index(made.build())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for number, text in texts:
        writer.add_document(library.Document(id=number, text=" ".join(cut(text)) if cut_words else text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(words: str) -> set[int]:
        query = index.parse_query('"' + (" ".join(cut(words)) if cut_words else words) + '"', ["text"])
        return {searcher.doc(address)["id"][0] for _, address in searcher.search(query, limit=len(texts)).hits}

    return ask


def scan(texts: Texts) -> Ask:
    """Return a look into every text."""
    return lambda words: {number for number, text in texts if words in text}


def queries_of(texts: Texts, seed: int = 3) -> dict[int, list[str]]:
    """Return substrings of the texts by length, of Chinese characters alone."""
    draw = random.Random(seed)
    found: dict[int, list[str]] = {}
    for size in LENGTHS:
        found[size] = []
        while len(found[size]) < DRAWN:
            text = draw.choice(texts)[1]
            at = draw.randrange(max(1, len(text) - size))
            if len(piece := text[at : at + size]) == size and all("\u4e00" <= char <= "\u9fff" for char in piece):
                found[size].append(piece)
    return found


def row(name: str, build: float, ask: Ask, queries: dict[int, list[str]], truth: dict[str, set[int]]) -> str:
    """Return a line of the table."""
    times: list[float] = []
    recalls: dict[int, float] = {}
    named = right = 0
    for size, many in queries.items():
        got = wanted = 0
        for query in many:
            begun = time.process_time()
            found = ask(query)
            times.append((time.process_time() - begun) * 1000)
            got += len(found & truth[query])
            wanted += len(truth[query])
            named += len(found)
            right += len(found & truth[query])
        recalls[size] = got / wanted
    times.sort()
    cells = " | ".join(f"{recalls[size]:.3f}" for size in LENGTHS)
    precision = f"{right / named:.3f}" if named else "–"
    return f"| {name} | {cells} | {precision} | {statistics.median(times):.2f} | {times[int(len(times) * 0.95)]:.2f} | {build:.1f} |"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--index", type=Path, help="an index that is there, in place of a new one")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        begun = time.perf_counter()
        path = chosen.index or _index(Path(scratch), chosen.documents)
        build = 0.0 if chosen.index else time.perf_counter() - begun
        with closing(Index.open(path, read_only=True)) as index:
            texts: Texts = index.connection.execute("SELECT id, text FROM documents").fetchall()
            queries = queries_of(texts)
            plain = scan(texts)
            truth = {query: plain(query) for many in queries.values() for query in many}
            print(
                f"{len(texts):,} documents, {sum(len(text) for _, text in texts):,} characters, {len(truth)} queries\n"
            )
            print(
                "| tool | "
                + " | ".join(f"recall, {size}" for size in LENGTHS)
                + " | precision | p50 ms | p95 ms | build s |"
            )
            print("|---" * (len(LENGTHS) + 5) + "|")
            print(row("nianlun, all places counted", build, nianlun_all(index), queries, truth))
            print(row("nianlun, the first page", build, nianlun_page(index), queries, truth))
            makers: dict[str, tuple[str, Callable[[], Ask]]] = {
                "tantivy": ("tantivy", lambda: tantivy(texts, cut_words=False)),
                "tantivy, words cut by jieba": ("tantivy", lambda: tantivy(texts, cut_words=True)),
                "FTS5 trigram": ("sqlite3", lambda: full_text(texts, "trigram")),
                "FTS5 unicode61": ("sqlite3", lambda: full_text(texts, "unicode61")),
                "DuckDB LIKE": ("duckdb", lambda: duck(texts)),
                "plain scan in Python": ("sqlite3", lambda: plain),
            }
            for name, (package, make) in makers.items():
                if find_spec(package) is None:
                    print(f"| {name} | not installed |")
                    continue
                begun_cpu = time.process_time()
                ask = make()
                print(row(name, time.process_time() - begun_cpu, ask, queries, truth), flush=True)


def _index(scratch: Path, documents: int) -> Path:
    from nianlun.reading import find_files, read_into
    from nianlun.taxonomy import leaves
    from nlp.fingerprint import fingerprint

    write_pile(scratch / "reports", documents)
    path = scratch / "reports.db"
    with Index.open(path, leaves=leaves()) as index:
        files, _ = find_files([scratch / "reports"], path)
        for _outcome in read_into(index, files, fingerprint=fingerprint()):
            pass
    return path


if __name__ == "__main__":
    main()
