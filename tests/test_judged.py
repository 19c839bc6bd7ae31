"""The verdicts on flagged sentences: valid, and as many as the README of their folder counts."""

from __future__ import annotations

import csv
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from nlp.taxonomy import load_taxonomy, parse_taxonomy, text_of

FOLDER = Path(__file__).parent.parent / "corpus/judged"
FILES = sorted(FOLDER.glob("*.csv"))
COLUMNS = ["file", "start", "end", "verdict", "leaf", "government_leaf", "note"]
REPORTS = Path(os.environ.get("NIANLUN_REPORTS", ""), "corpora")


@cache
def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        assert reader.fieldnames == COLUMNS
        return list(reader)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_verdict_is_one_with_the_leaves_that_go_with_it(path):
    first = {leaf.id for leaf in load_taxonomy().leaves}
    second = {leaf.id for leaf in parse_taxonomy(text_of("government")).leaves}
    for row in rows(path):
        assert row["verdict"] in ("right", "wrong", "doubtful"), row
        assert int(row["start"]) < int(row["end"]), row
        assert set(row["leaf"].split()) <= first, row
        assert set(row["government_leaf"].split()) <= second, row
        assert bool(row["leaf"]) == bool(row["government_leaf"]) == (row["verdict"] != "wrong"), row
        assert row["note"] or row["verdict"] == "right", row


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_places_are_in_order_and_none_stands_twice(path):
    places = [(row["file"], int(row["start"])) for row in rows(path)]
    assert places == sorted(set(places))
    assert len(places) == 200


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_readme_counts_as_the_file_does(path):
    counts = Counter(row["verdict"] for row in rows(path))
    (line,) = [
        one for one in (FOLDER / "README.md").read_text("utf-8").splitlines() if one.startswith(f"| `{path.name}` |")
    ]
    assert f"{counts['right']} · {counts['wrong']} · {counts['doubtful']}" in line


@pytest.mark.skipif(not REPORTS.is_dir(), reason="needs NIANLUN_REPORTS with the public reports in corpora/")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_place_lies_in_its_report(path):
    from ingest.read import read

    lengths = {name: len(read(REPORTS / name).text) for name in {row["file"] for row in rows(path)}}
    assert all(int(row["end"]) <= lengths[row["file"]] for row in rows(path))
