"""What the classifier of kinds is trained on: papers, each with its kind and what is seen of it.

`python -m nlp.train_kinds FOLDER …` makes corpus/labelled_kinds/papers.csv anew, of folders that hold texts (NAME.txt) and their labels
(labels.jsonl: `file`, `doc_type`): of each paper what is seen and its kind are written, none of its words.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from ingest.read import read, read_bytes
from nlp.kind_model import MADE_UP_WEIGHT, Paper, dump_papers, read_papers
from nlp.kinds import load_kinds, seen_of
from nlp.metadata import paper_of

FOLDER = Path("corpus/labelled_kinds")
MADE_UP = Path("labelled_bodies/heads.toml")  # beside it


def all_papers(folder: Path) -> list[Paper]:
    """Return the papers of papers.csv, and the made-up ones without a telling title whose kind is told."""
    papers = read_papers((folder / "papers.csv").read_text("utf-8").splitlines())
    for number, head in enumerate(tomllib.loads((folder.parent / MADE_UP).read_text("utf-8"))["head"]):
        if "kind" in head:
            (document,) = read_bytes(head["text"].encode(), "head.txt").documents[:1]
            seen = seen_of(paper_of(document).text)
            papers.append(Paper(f"head {number}", head["kind"][0], seen, MADE_UP_WEIGHT))
    return papers


def labelled_papers(folder: Path) -> Iterator[Paper]:
    """Yield the papers of a folder that have a label; they are called by the digest of their file."""
    kinds = {name for name, _ in load_kinds().titles}
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        path = folder / f"{label['file']}.txt"
        document = max(read(path).documents, key=lambda document: len(document.text), default=None)
        if document and label["doc_type"] in kinds and not label.get("also_in"):
            yield Paper(sha256(path.read_bytes()).hexdigest()[:12], label["doc_type"], seen_of(paper_of(document).text))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write papers.csv of the labelled papers of folders."""
    parser = argparse.ArgumentParser(prog="python -m nlp.train_kinds", description=main.__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    given = parser.parse_args(arguments)
    papers = [paper for folder in given.folders for paper in labelled_papers(folder)]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "papers.csv").write_text(dump_papers(papers), "utf-8")
    print(f"{len(papers)} papers: {FOLDER / 'papers.csv'}")


if __name__ == "__main__":
    main()
