"""What the classifier of writers is trained on: candidates of papers, each with what is seen of it and whether it wrote the paper.

corpus/labelled_bodies/papers.csv holds what was seen of candidates of real papers, heads.toml made-up papers with their words.
`python -m nlp.train_writers FOLDER …` makes papers.csv anew, of folders that hold texts (NAME.txt) and their labels (labels.jsonl: `file`,
`org`, `org_alt`): of each paper the candidates and the verdicts are written, none of its words.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from ingest.read import read, read_bytes
from ingest.records import Document
from nlp.evaluate import bare_name
from nlp.metadata import paper_of
from nlp.whose import candidates_of, decide, is_settled
from nlp.writer_model import MADE_UP_WEIGHT, Labelled, dump_rows, read_rows
from nlp.writer_signs import find_signs
from nlp.writers import Candidate, is_bare_kind

FOLDER = Path("corpus/labelled_bodies")


def labelled_candidates(folder: Path) -> list[Labelled]:
    """Return the candidates of papers.csv, and those of the made-up papers of heads.toml that their titles do not settle."""
    rows = read_rows((folder / "papers.csv").read_text("utf-8").splitlines())
    for number, head in enumerate(tomllib.loads((folder / "heads.toml").read_text("utf-8"))["head"]):
        if "org" in head:
            (document,) = read_bytes(head["text"].encode(), "head.txt").documents[:1]
            rows += with_verdicts(f"head {number}", open_candidates(document), head["org"], weight=MADE_UP_WEIGHT)
    return rows


def open_candidates(document: Document) -> list[Candidate]:
    """Return who may have written a document; nobody where its title or signature settles it."""
    paper = paper_of(document)
    signs = find_signs(paper)
    told = decide(paper, signs)
    return [] if told and is_settled(paper, told, signs) else candidates_of(paper, signs, told)


def with_verdicts(
    paper: str, candidates: Sequence[Candidate], right: Sequence[str], *, weight: float = 1.0
) -> Iterator[Labelled]:
    """Yield the candidates of a paper with verdicts, by the names that are right; no name, or an empty one: none of them wrote it."""
    names = {bare_name(name) for name in right}
    for one in candidates:
        yield Labelled(paper, one.seen, bare_name(one.body.name) in names, weight)


def real_papers(folder: Path) -> Iterator[Labelled]:
    """Yield the candidates of the papers of a folder, with verdicts; papers are called by the digest of their file."""
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        path = folder / f"{label['file']}.txt"
        document = max(read(path).documents, key=lambda document: len(document.text), default=None)
        if document and not label.get("also_in"):
            right = [name for name in (label["org"], *(label.get("org_alt") or ())) if name and not is_bare_kind(name)]
            digest = sha256(path.read_bytes()).hexdigest()[:12]
            yield from with_verdicts(digest, open_candidates(document), right)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write papers.csv of the labelled papers of folders."""
    parser = argparse.ArgumentParser(prog="python -m nlp.train_writers", description=main.__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    given = parser.parse_args(arguments)
    rows = [row for folder in given.folders for row in real_papers(folder)]
    (FOLDER / "papers.csv").write_text(dump_rows(rows), "utf-8")
    print(f"{len({row.paper for row in rows})} papers, {len(rows)} candidates: {FOLDER / 'papers.csv'}")


if __name__ == "__main__":
    main()
