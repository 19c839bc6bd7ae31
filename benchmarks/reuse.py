"""Reuse: `python benchmarks/reuse.py [10000 100000]` plants copies in made-up reports and tells how many are found, in which time.

The reports are walks over the words of the project's own sentences (`texts.sentences`), each word followed by one that
follows it there, or in one case of five by any other: as many different sentences as are wanted, with the short runs that
real ones share. Each has a county of its own and some of forty slogans, frequent and rare. One report in five copies from
an earlier one, in one of the six ways of `KINDS` (short: sixty characters, numbers and names changed); three in a thousand share a paragraph with thirty others. A pair that
is found counts as right when copying leads from one to the other, over others too.

Seconds are those of the processor and of the clock; a fresh process measures each size, so that its memory is its own.
"""

from __future__ import annotations

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from texts import sentences  # noqa: E402

KINDS = ("whole", "moved", "changed", "reordered", "words", "short")
WORDS = 1_500  # of a report
COPIED = 0.2  # of the reports
SHARED, SHARERS = 1e-4, 30  # a paragraph that thirty reports share, for each ten thousand
JUMP = 0.2
SLOGANS = 40
PARAGRAPH = 6  # sentences
REPLACED = 12  # words, of which one is replaced
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]?")
_DIGITS = re.compile(r"[0-9]+")


class Chain:
    """Words and what follows them."""

    def __init__(self) -> None:
        from nlp.segment import cut

        ordinary, problems = sentences()
        follows: dict[str, list[str]] = defaultdict(list)
        for sentence in (*ordinary, *problems):
            words = cut(sentence if sentence[-1] in "。！？；" else sentence + "。")
            for one, other in zip(["。", *words], words, strict=False):
                follows[one].append(other)
        self.words = sorted(follows)
        place = {word: at for at, word in enumerate(self.words)}
        lists = [[place[word] for word in follows[one] if word in place] or [place["。"]] for one in self.words]
        self.counts = np.array([len(one) for one in lists])
        self.starts = np.cumsum(self.counts) - self.counts
        self.next = np.concatenate([np.array(one) for one in lists])
        self.first = place["。"]

    def walks(self, count: int, length: int, draw: np.random.Generator) -> list[list[str]]:
        """Return so many texts of so many words."""
        state = np.full(count, self.first)
        steps = np.empty((length, count), np.int32)
        for step in range(length):
            chosen = self.next[self.starts[state] + (draw.random(count) * self.counts[state]).astype(np.int64)]
            state = np.where(draw.random(count) < JUMP, draw.integers(0, len(self.words), count), chosen)
            steps[step] = state
        return [[self.words[at] for at in column] for column in steps.T.tolist()]


def reports(count: int, seed: int = 2024) -> Iterator[tuple[str, tuple[int, str] | None]]:
    """Yield texts with (the earlier report they copy, the way they do it) or None."""
    chain, draw, many = Chain(), random.Random(seed), np.random.default_rng(seed)
    slogans = ["".join(words) for words in chain.walks(SLOGANS, 18, many)]
    shared = ["".join(words) for words in chain.walks(max(1, int(count * SHARED)), 140, many)]
    kept: list[str] = []
    batch: list[list[str]] = []
    sharing: list[int] = []
    for number in range(count):
        if not batch:
            batch = chain.walks(min(2_000, count - number), WORDS, many)
        words, county = batch.pop(), f"{_name(draw)}县"
        text = _filled("".join(words), county, slogans, draw)
        truth = None
        if number and draw.random() < COPIED:
            source, kind = draw.randrange(number), draw.choice(KINDS)
            truth = source, kind
            text = _copied(text, kept[source], kind, county, chain.words, draw)
        elif len(sharing) < len(shared) * SHARERS and draw.random() < 2 * len(shared) * SHARERS / count:
            at = len(sharing) // SHARERS
            if len(sharing) % SHARERS:
                truth = sharing[at * SHARERS], "shared"
            sharing.append(number)
            text = _inserted(text, shared[at], draw)
        kept.append(text)
        yield text, truth


def measure(count: int) -> dict[str, object]:
    """Return what was found in `count` reports, and the time and the memory it took."""
    from index import collate, passages, reuse
    from index.store import Index

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "reports.db"
        truth = _store(path, count)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        connection = Index.open(path).connection
        connection.execute("PRAGMA cache_size = -65536")
        begun, clock = time.process_time(), time.perf_counter()
        collate.refresh(connection)
        seconds, passed = time.process_time() - begun, time.perf_counter() - clock
        query = "SELECT document, other, max(shared) FROM reuse_passages WHERE shared >= ? GROUP BY document, other"
        found = {(one - 1, other - 1) for one, other, _ in connection.execute(query, (reuse.REUSED,))}
        size, chars = connection.execute(
            "SELECT (SELECT count(*) FROM reuse_passages), (SELECT sum(chars) FROM documents)"
        ).fetchone()
        begun = time.process_time()
        clusters = passages.clusters(connection, limit=100).clusters
        asked = time.process_time() - begun
    union = collate.Union(count)
    for at, (source, _) in truth.items():
        union.join(at, source)
    right = sum(union.root(one) == union.root(other) for one, other in found)
    kinds = Counter(kind for _, kind in truth.values())
    hits = Counter(kind for at, (source, kind) in truth.items() if {(at, source), (source, at)} & found)
    return {
        "documents": count, "characters": chars, "seconds": seconds, "clock": passed, "memory_before": before,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "passages": size, "pairs": len(found),
        "precision": right / max(1, len(found)), "clusters": clusters, "cluster_seconds": asked,
        "recall": {kind: hits[kind] / kinds[kind] for kind in (*KINDS, "shared") if kind in kinds},
        "wrong": [pair for pair in sorted(found) if union.root(pair[0]) != union.root(pair[1])][:5],
    }  # fmt: skip


def _store(path: Path, count: int) -> dict[int, tuple[int, str]]:
    """Let another process write reports into an index, without what is read out of them, and return the truth."""
    truth = {}
    script = f"import sys; sys.path[:0] = {sys.path[:2]!r}; import reuse; reuse.write({str(path)!r}, {count})"
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    for line in told.stdout.splitlines():
        at, source, kind = line.split()
        truth[int(at)] = int(source), kind
    return truth


def write(path: str, count: int) -> None:
    """Write reports into an index and print the truth."""
    from index.rows import pack_offsets
    from index.store import Index
    from ingest.records import OffsetMap, Run

    with Index.open(path) as index:
        index.connection.execute("BEGIN")
        index.connection.execute("INSERT INTO sources (id, key, path, status) VALUES (1, 'a', 'a', 'read')")
        statement = """INSERT INTO documents (id, source, ordinal, ref, doc_type, org_level, year_basis, script, chars,
source_start, source_end, offsets, text) VALUES (?, 1, ?, ?, 'summary', 'county', 'none', 'simplified', ?, 0, ?, ?, ?)"""
        for number, (text, truth) in enumerate(reports(count)):
            if truth is not None:
                print(number, *truth)
            size = len(text)
            offsets = pack_offsets(OffsetMap((Run(0, size, 0, size),)))
            values = (number + 1, number + 1, f"a#{number + 1:06}", size, size, offsets, text)
            index.connection.execute(statement, values)
        index.connection.execute("COMMIT")


def _name(draw: random.Random) -> str:
    return draw.choice("桐白榆汶芦篁棠苎清云石青") + draw.choice("砚楂堰阳皋川梨塘溪岭桥河")


def _filled(text: str, county: str, slogans: Sequence[str], draw: random.Random) -> str:
    """Return a text with its county in one sentence of four, in paragraphs, and with some slogans."""
    parts = []
    for at, sentence in enumerate(_SENTENCE.findall(text)):
        if draw.random() < 0.25:
            sentence = county + sentence
        if draw.random() < 0.03:
            sentence = slogans[int(len(slogans) * draw.random() ** 2)] + "，" + sentence
        parts.append(sentence + ("\n" if at % PARAGRAPH == PARAGRAPH - 1 else ""))
    return "".join(parts)


def _copied(text: str, source: str, kind: str, county: str, words: Sequence[str], draw: random.Random) -> str:
    if kind == "whole":
        return f"{county}工作总结\n{source}"
    there = _SENTENCE.findall(source)
    at = draw.randrange(max(1, len(there) - PARAGRAPH))
    part = there[at : at + (1 if kind == "short" else PARAGRAPH)]
    least = 60 if kind == "short" else 120
    while sum(map(len, part)) < least and at + len(part) < len(there):  # a paragraph, not four words
        part.append(there[at + len(part)])
    if kind == "reordered":
        draw.shuffle(part)
    paragraph = "".join(part)
    if kind in ("changed", "short"):
        paragraph = _DIGITS.sub(lambda match: str(draw.randrange(10 ** len(match[0]))), paragraph)
        paragraph = re.sub("[桐白榆汶芦篁棠苎清云石青][砚楂堰阳皋川梨塘溪岭桥河]县", county, paragraph)
    if kind == "words":
        from nlp.segment import cut

        cuts = cut(paragraph)
        for place in range(draw.randrange(REPLACED), len(cuts), REPLACED):
            if cuts[place][-1].isalnum():
                cuts[place] = draw.choice(words)
        paragraph = "".join(cuts)
    return _inserted(text, paragraph, draw)


def _inserted(text: str, paragraph: str, draw: random.Random) -> str:
    paragraphs = text.split("\n")
    paragraphs.insert(draw.randrange(len(paragraphs)), paragraph)
    return "\n".join(paragraphs)


def main() -> None:
    for count in map(int, sys.argv[1:] or ["10000", "100000"]):
        script = f"import sys, json; sys.path[:0] = {sys.path[:2]!r}; import reuse; print(json.dumps(reuse.measure({count})))"
        told = subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.PIPE, text=True)
        print(json.dumps(json.loads(told.stdout), indent=2), flush=True)


if __name__ == "__main__":
    main()
