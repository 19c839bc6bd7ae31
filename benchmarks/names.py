"""What the classifiers of names add: `python benchmarks/names.py` reads corpus/gold by the rules alone, and with the judge of names.

Each report is read by a model of quoted words and a judge that were trained without a word of that report; the model of words without marks saw no report.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from nlp.activity_lexicon import Proposal
from nlp.evaluate import Scores, evaluate, label_name
from nlp.name_judge import Offer, Weights, judge, train_judge
from nlp.name_model import read_labelled_names, train_names
from nlp.train_names import labelled_proposals

CORPUS = Path(__file__).parent.parent / "corpus"


def rules_alone(text: str, offers: Sequence[Offer], *_: Any) -> list[Proposal]:
    """Return what rules propose."""
    return [offer.proposal for offer in offers if offer.sure is None]


def main() -> None:
    """Print precision, recall and F1 of both."""
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


if __name__ == "__main__":
    main()
