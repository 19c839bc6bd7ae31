"""What the classifiers of names add: `python benchmarks/names.py` reads corpus/gold by the rules alone, with that of quoted
words, and with that of words without marks too.

Each report is read by a model of quoted words that was trained without a word of that report; the other saw no report.
"""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from nlp.evaluate import Scores, evaluate, label_name
from nlp.learned_names import LEAST_SURE, LEAST_SURE_BARE
from nlp.name_model import read_labelled_names, train_names

CORPUS = Path(__file__).parent.parent / "corpus"
RULES_ALONE = 2.0  # a probability that no name has


def main() -> None:
    """Print precision, recall and F1 of both."""
    rows = read_labelled_names((CORPUS / "labelled_names").glob("*.csv"))
    reports = [path for path in sorted((CORPUS / "reports").glob("*")) if label_name(path, CORPUS / "gold")]
    apart = {path: train_names([row for row in rows if row.source != path.name[:2]]) for path in reports}
    for called, sure, bare in (
        ("rules alone", RULES_ALONE, RULES_ALONE),
        ("and quoted words", LEAST_SURE, RULES_ALONE),
        ("and words without marks", LEAST_SURE, LEAST_SURE_BARE),
    ):
        total = Scores()
        for path in reports:
            with (
                patch("nlp.learned_names.LEAST_SURE", sure),
                patch("nlp.learned_names.LEAST_SURE_BARE", bare),
                patch("nlp.learned_names.load_name_model", lambda path=path: apart[path]),
            ):
                tally = evaluate([path], CORPUS / "gold")["activities"]
            total["activities"].hits += tally.hits
            total["activities"].missed += tally.missed
            total["activities"].spurious += tally.spurious
        whole = total["activities"]
        print(f"{called:<24} precision {whole.precision:.3f} recall {whole.recall:.3f} F1 {whole.f1:.3f}")


if __name__ == "__main__":
    main()
