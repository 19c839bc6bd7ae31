"""The quality gate: readings of whole reports against hand labels, with pinned floors (corpus/floors.toml)."""

import os
import tomllib
from functools import cache
from pathlib import Path

import pytest

from nlp.evaluate import Scores, evaluate, label_name, read_rows, sets

ROOT = Path(__file__).resolve().parent.parent
FLOORS = tomllib.loads((ROOT / "corpus" / "floors.toml").read_text("utf-8"))


@cache
def scores_of(name: str) -> Scores:
    files, gold = sets()[name]
    return evaluate(files, gold)


def cases():
    return [(name, layer, floor) for name, floors in FLOORS.items() for layer, floor in floors.items()]


@pytest.mark.parametrize(("name", "layer", "floor"), cases())
def test_no_layer_sinks_below_its_floor(name, layer, floor):
    if name not in sets():
        pytest.skip("NIANLUN_REPORTS does not name a folder with seeds/ and gold/: the real reports are not scored")
    tally = scores_of(name)[layer]
    assert tally.f1 >= floor, f"{name} {layer}: F1 {tally.f1:.4f} is under the floor {floor}"


def test_the_real_reports_are_there_when_they_are_promised():
    if "NIANLUN_REPORTS" not in os.environ:
        pytest.skip("NIANLUN_REPORTS is not set")
    assert "reports" in sets()


def test_every_sample_report_has_labels_of_every_layer():
    files, gold = sets()["corpus"]
    for path in files:
        name = label_name(path, gold)
        assert name, f"no labels for {path.name}"
        for layer in ("documents", "quantities", "times", "activities", "problems"):
            assert (gold / f"{name}.{layer}.jsonl").exists(), f"{name}: no {layer}"


def test_every_kind_of_report_and_at_least_twelve_samples_are_labelled():
    files, gold = sets()["corpus"]
    kinds = {row["doc_type"] for path in gold.glob("*.documents.jsonl") for row in read_rows(path)}
    assert len(files) >= 12
    assert kinds == {"plan", "summary", "rectification", "experience", "research", "speech", "notice", "news", "other"}
