"""The quality gate: readings of whole reports against hand labels, with pinned floors (corpus/floors.toml)."""

import csv
import json
import os
import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from nlp.activity_lexicon import KINDS
from nlp.evaluate import Scores, evaluate, is_right, label_name, read_rows, sets
from nlp.records import Activity

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


def test_labels_of_texts_that_are_not_here_are_found_by_their_sum(tmp_path: Path) -> None:
    text = "青岚县妇联2011年工作总结\n全年举办培训班18期。\n".encode()
    report, other, gold = tmp_path / "任意.txt", tmp_path / "01.txt", tmp_path / "gold"
    gold.mkdir()
    report.write_bytes(text)
    other.write_bytes(text + b"\n")
    (gold / "texts.csv").write_text(f"name,sha256,characters\n01,{sha256(text).hexdigest()},30\n", "utf-8")
    label = {"unit": "期", "of": "培训班", "approx": "exact", "value": 18.0, "char_start": 22, "char_end": 25}
    (gold / "01.quantities.jsonl").write_text(json.dumps(label) + "\n", "utf-8")
    assert label_name(report, gold) == "01" and label_name(other, gold) is None
    assert evaluate([report, other], gold)["quantities"].f1 == 1.0


def test_labels_kept_apart_hold_places_and_no_text() -> None:
    folder = Path(__file__).resolve().parent.parent / "corpus" / "heldout"
    named = {row.split(",")[0] for row in (folder / "texts.csv").read_text("utf-8").splitlines()[1:]}
    assert {path.name.split(".")[0] for path in folder.glob("*.jsonl")} == named
    rows = [row for path in folder.glob("*.jsonl") for row in read_rows(path)]
    assert len(rows) > 500 and not any({"surface", "text", "title", "first_line"} & set(row) for row in rows)
    assert all(row["char_start"] < row["char_end"] for row in rows)


def test_names_kept_apart_have_places_and_no_words() -> None:
    path = Path(__file__).resolve().parent.parent / "corpus" / "heldout" / "names.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    named = [row for row in rows if row["start"]]
    assert (
        len({row["text"] for row in rows}) > 1200
        and len(named) > 4000
        and set(rows[0]) == {"set", "text", "start", "end", "kind", "optional"}
    )
    assert all(
        int(row["start"]) < int(row["end"]) and row["kind"] in KINDS and row["optional"] in "01" for row in named
    )


@pytest.mark.parametrize(
    ("label", "right"), [("婦女之家", True), ("妇女之家", True), ("“婦女之家”", True), ("職工之家", False)]
)
def test_a_name_is_the_same_in_either_script(label: str, right: bool) -> None:
    found = Activity(start=0, end=4, text="妇女之家", rule="activity/lexicon", name="妇女之家", kind="brand")
    assert is_right("activities", {"name": label}, found) is right
