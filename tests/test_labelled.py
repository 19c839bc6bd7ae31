"""The labelled sentences: valid, many enough for every leaf, and no two of them alike."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(path for folder in ("labelled", "kept_apart") for path in (ROOT / "corpus" / folder).glob("*.csv"))
COLUMNS = ["text", "categories", "polarity", "scope", "role", "org", "year", "register"]
POLARITIES = {"asserted", "negated", "solved", "measure_implied", "required_of_others", "hypothetical", "none"}
SCOPES = {"own_organisation", "lower_level", "leaders_above", "population", "society_law", ""}
ROLES = {"problems", "measures", "achievements", "plan", "background"}
REGISTERS = {"self_criticism", "survey", "speech", "plan", "briefing", "summary", "essay"}
MOST_SHARED = 0.6  # of the character 4-grams of the shorter of two sentences


@cache
def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        assert reader.fieldnames == COLUMNS, f"{path.name}: {reader.fieldnames}"
        return list(reader)


def leaves() -> set[str]:
    table = tomllib.loads((ROOT / "nlp/data/problems.toml").read_text("utf-8"))
    return {leaf["id"] for leaf in table["leaf"]}


def grams(text: str) -> set[str]:
    bare = re.sub(r"[\W_]", "", text)
    return {bare[at : at + 4] for at in range(len(bare) - 3)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_row_has_valid_values(path):
    known = leaves()
    for number, row in enumerate(rows(path), 2):
        where = f"{path.name}:{number}"
        assert None not in row and None not in row.values(), where
        categories = row["categories"].split()
        assert set(categories) <= known, where
        assert len(set(categories)) == len(categories), where
        assert row["polarity"] in POLARITIES, where
        assert row["scope"] in SCOPES, where
        assert row["role"] in ROLES, where
        assert row["register"] in REGISTERS, where
        assert (row["polarity"] == "none") == (not categories), where
        assert row["scope"] or not categories, where
        assert re.fullmatch(r"(?:19|20)\d\d", row["year"]), where
        assert grams(row["text"]), where


def test_every_leaf_has_enough_asserted_rows():
    everything = [row for path in FILES for row in rows(path)]
    asserted = Counter(
        leaf for row in everything if row["polarity"] == "asserted" for leaf in row["categories"].split()
    )
    assert sum(bool(row["categories"]) for row in everything) >= 1200
    assert {leaf: asserted[leaf] for leaf in leaves() if asserted[leaf] < 40} == {}


def test_every_misleading_wording_is_shown():
    kinds = Counter(row["polarity"] for path in FILES for row in rows(path))
    assert {kind: kinds[kind] for kind in POLARITIES if kinds[kind] < 40} == {}


def test_no_two_rows_share_most_of_their_wording():
    index: dict[str, list[int]] = defaultdict(list)
    seen: list[tuple[str, int, str]] = []
    clashes = []
    for path in FILES:
        for number, row in enumerate(rows(path), 2):
            own = grams(row["text"])
            shared = Counter(at for gram in own for at in index[gram])
            for at, count in shared.items():
                if count > MOST_SHARED * min(len(own), seen[at][1]):
                    clashes.append(f"{path.name}:{number} is like {seen[at][0]}: {row['text']} / {seen[at][2]}")
            for gram in own:
                index[gram].append(len(seen))
            seen.append((f"{path.name}:{number}", len(own), row["text"]))
    assert clashes == []
