"""What the classifiers of names add: `python benchmarks/names.py [FOLDER …]` reads corpus/gold by the rules alone, and with the judge of names.

Each report is read by a model of quoted words and a judge that were trained without a word of that report; the model of words without marks saw no report.
Texts in the folders that have labels in corpus/heldout/names.csv (known by their sums) are read, too, set by set, by a judge that saw nothing of their set.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ingest.read import read
from nlp.activities import find_activities
from nlp.activity_lexicon import Proposal, load_lexicon
from nlp.evaluate import Scores, evaluate, label_name
from nlp.name_judge import Labelled, Offer, Weights, judge, train_judge
from nlp.name_model import read_labelled_names, train_names
from nlp.train_names import labelled_proposals, names_of

CORPUS = Path(__file__).parent.parent / "corpus"


def rules_alone(text: str, offers: Sequence[Offer], *_: Any) -> list[Proposal]:
    """Return what rules propose."""
    return [offer.proposal for offer in offers if offer.sure is None]


def labelled_texts(folders: Sequence[Path]) -> dict[str, dict[Path, list[dict[str, Any]]]]:
    """Return the texts of folders that have labels, by set, each with its labels."""
    labels: defaultdict[str, defaultdict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in csv.DictReader((CORPUS / "heldout" / "names.csv").read_text("utf-8").splitlines()):
        labels[row["text"]][row["set"]] += [row] if row["start"] else []
    sets: defaultdict[str, dict[Path, list[dict[str, Any]]]] = defaultdict(dict)
    for path in sorted(path for folder in folders for path in folder.rglob("*.txt")):
        digest = sha256(path.read_bytes()).hexdigest()[:16]
        for called, rows in labels.get(digest, {}).items():
            sets[called][path] = rows
    return sets


def score(path: Path, labels: Sequence[dict[str, Any]]) -> Scores:
    """Return how many names of a text are found: those that meet a label and have its words; what meets an optional one counts neither way."""
    text = path.read_text("utf-8")
    told = [(int(row["start"]), int(row["end"]), row["optional"] == "1") for row in labels]
    total = Scores()
    tally, met = total["activities"], set()
    for document in read(path).documents:
        for found in find_activities(document.text, load_lexicon()):
            start, end = document.to_source(found.start, found.end)
            over = [label for label in told if label[0] < end and label[1] > start]
            right = [
                label
                for label in over
                if names_of({"surface": text[label[0] : label[1]]}) & names_of({"surface": found.name})
            ]
            if any(label[2] for label in over):
                met.update(over)
            elif right and right[0] not in met:
                tally.hits += 1
                met.add(right[0])
            else:
                tally.spurious += 1
    tally.missed += sum(not label[2] and label not in met for label in told)
    return total


def score_folders(folders: Sequence[Path], proposals: Sequence[Labelled]) -> None:
    """Print precision, recall and F1 of each set of labelled texts."""
    for called, texts in sorted(labelled_texts(folders).items()):
        digests = {sha256(path.read_bytes()).hexdigest()[:12] for path in texts}
        weights = Weights(train_judge([row for row in proposals if row.paper not in digests]))
        total = Scores()
        with patch("nlp.name_judge.load_judge", lambda weights=weights: weights):
            for path, labels in texts.items():
                tally = score(path, labels)["activities"]
                total["activities"].hits += tally.hits
                total["activities"].missed += tally.missed
                total["activities"].spurious += tally.spurious
        whole = total["activities"]
        print(
            f"{called:<16} {len(texts):>4} texts  precision {whole.precision:.3f} recall {whole.recall:.3f} F1 {whole.f1:.3f}"
        )


def main() -> None:
    """Print precision, recall and F1 of both, and of the sets of labelled texts in the folders named."""
    rows = read_labelled_names((CORPUS / "labelled_names").glob("*.csv"))
    proposals = labelled_proposals(CORPUS / "labelled_proposals")
    reports = [path for path in sorted((CORPUS / "reports").glob("*")) if label_name(path, CORPUS / "gold")]
    totals = {"rules alone": Scores(), "and the judge": Scores()}
    for path in reports:
        names = train_names([row for row in rows if row.source != path.name[:2]])
        digest = sha256(path.read_bytes()).hexdigest()[:12]
        weights = train_judge([row for row in proposals if row.paper != digest])
        for total, decide in zip(totals.values(), (rules_alone, judge), strict=True):
            with (
                patch("nlp.activities.judge", decide),
                patch("nlp.name_judge.load_judge", lambda weights=weights: Weights(weights)),
                patch("nlp.learned_names.load_name_model", lambda names=names: names),
            ):
                tally = evaluate([path], CORPUS / "gold")["activities"]
            total["activities"].hits += tally.hits
            total["activities"].missed += tally.missed
            total["activities"].spurious += tally.spurious
    for called, total in totals.items():
        whole = total["activities"]
        print(f"{called:<24} precision {whole.precision:.3f} recall {whole.recall:.3f} F1 {whole.f1:.3f}")
    score_folders([Path(folder) for folder in sys.argv[1:]], proposals)


if __name__ == "__main__":
    main()
