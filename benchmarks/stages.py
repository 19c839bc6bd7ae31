"""Where the time of reading goes: `python benchmarks/stages.py FOLDER [FOLDER …]` prints the seconds of the processor of each stage, and as
a share of what `jieba.lcut` takes on the same clean texts.

Stages: files to documents (read), every step of the analysis (`nlp.analyse.STEPS`), words (cut), rows with words, and the index (rows
written, full text, commits). Everything is in one process and warm; the stages and jieba take turns, and the median of the rounds counts.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from index.rows import chunk_of, head_of  # noqa: E402
from index.store import Index  # noqa: E402
from ingest.read import read  # noqa: E402
from nlp.analyse import STEPS, analyse  # noqa: E402
from nlp.metadata import find_metadata  # noqa: E402
from nlp.segment import cut  # noqa: E402

ROUNDS = 3
COUNTED = ("sections", "sentences", "quantities", "times", "activities", "tasks", "problems")


def stages(files: Sequence[Path]) -> tuple[dict[str, float], list[Any]]:
    """Return the seconds of each stage, once, and the documents."""
    took: dict[str, float] = defaultdict(float)

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        took[name] += time.process_time() - begun

    with timed("read"):
        sources = [read(path) for path in files]
    documents = [one for source in sources for one in source.documents]
    for document in documents:
        parts: dict[str, Any] = {"document": document}
        with timed("metadata"):
            parts["metadata"] = find_metadata(document)
        for step in STEPS:
            with timed(step.name):
                parts[step.name] = tuple(step.read(*(parts[name] for name in step.needs)))
    with timed("words"):
        for document in documents:
            cut(document.text)
    analyses = [[analyse(document) for document in source.documents] for source in sources]
    with timed("rows, with words"):
        ready = [
            (head_of(source, len(many)), chunk_of(many, cut)) for source, many in zip(sources, analyses, strict=True)
        ]
    took["rows, with words"] -= took["words"]
    with tempfile.TemporaryDirectory() as scratch, timed("index"):
        index = Index.open(Path(scratch) / "stages.db", cut=cut)
        with index.together():
            for head, chunk in ready:
                index.add_rows(head, [chunk])
        index.close()
    return took, documents


def jieba_seconds(texts: Sequence[str]) -> float:
    """Return the seconds of `jieba.lcut` on texts, its dictionary loaded."""
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    begun = time.process_time()
    for text in texts:
        jieba.lcut(text)
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    for folder in parser.parse_args().folders:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        rounds, peer, documents = [], [], []
        stages(files)  # warm
        for _ in range(ROUNDS):
            gc.collect()
            took, documents = stages(files)
            rounds.append(took)
            peer.append(jieba_seconds([document.text for document in documents]))
        jieba = statistics.median(peer)
        characters = sum(len(document.text) for document in documents)
        print(f"\n{folder.name}: {len(documents)} documents, {characters:,} characters; jieba.lcut {jieba:.2f} s\n")
        print("| stage | seconds | share of jieba.lcut |\n|---|---|---|")
        middle = {name: statistics.median(took[name] for took in rounds) for name in rounds[0]}
        for name, seconds in (*middle.items(), ("all", sum(middle.values()))):
            print(f"| {name} | {seconds:.3f} | {seconds / jieba:.3f} |")
        found: Counter[str] = Counter()
        for document in documents:
            done = analyse(document)
            found.update({name: len(getattr(done, name)) for name in COUNTED})
        print(
            "\nIn 1,000 characters: " + ", ".join(f"{name} {found[name] / characters * 1000:.1f}" for name in COUNTED)
        )


if __name__ == "__main__":
    main()
