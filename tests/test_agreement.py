"""The second labels: valid, and agreeing with the first as far as the README of their folder says."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score

from nlp.taxonomy import load_taxonomy

CORPUS = Path(__file__).parent.parent / "corpus"
FOLDER = CORPUS / "agreement"
POLARITIES = ["asserted", "negated", "solved", "measure_implied", "required_of_others", "hypothetical", "none"]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def pairs() -> list[tuple[dict[str, str], dict[str, str]]]:
    second = table(FOLDER / "labels.csv")
    first = {name: table(CORPUS / "labelled" / name) for name in {row["file"] for row in second}}
    return [(first[row["file"]][int(row["row"]) - 1], row) for row in second]


def polarities() -> list[tuple[str, str]]:
    return [(one["polarity"], two["polarity"]) for one, two in pairs()]


def leaves(asserted: bool = False) -> list[tuple[list[str], list[str]]]:
    """The leaves of both readers where both name a problem, or both say that there is one."""
    both = [
        (one["categories"].split(), two["categories"].split())
        for one, two in pairs()
        if not asserted or one["polarity"] == two["polarity"] == "asserted"
    ]
    return [(one, two) for one, two in both if one and two]


def short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def agreement(what: str, told: list[tuple[object, object]]) -> str:
    same = sum(one == two for one, two in told)
    kappa = cohen_kappa_score([str(one) for one, _ in told], [str(two) for _, two in told])
    return f"| {what} | {len(told)} | {same} ({short(same / len(told))}) | {short(kappa)} |"


def micro(told: list[tuple[list[str], list[str]]]) -> tuple[int, int, int, str]:
    common = sum(len(set(one) & set(two)) for one, two in told)
    first, second = sum(len(one) for one, _ in told), sum(len(two) for _, two in told)
    return common, first, second, short(2 * common / (first + second))


def readme() -> str:
    return (FOLDER / "README.md").read_text("utf-8")


def test_every_label_is_one_and_none_stands_twice():
    known = {leaf.id for leaf in load_taxonomy().leaves}
    rows = table(FOLDER / "labels.csv")
    for row in rows:
        assert list(row) == ["file", "row", "polarity", "categories"]
        assert row["polarity"] in POLARITIES, row
        assert set(row["categories"].split()) <= known, row
        assert bool(row["categories"]) == (row["polarity"] != "none"), row
    places = [(row["file"], int(row["row"])) for row in rows]
    assert places == sorted(set(places))
    assert len(places) == 300


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("polarity, seven kinds", polarities),
        ("asserted or not", lambda: [(a == "asserted", b == "asserted") for a, b in polarities()]),
        ("polarity where neither says asserted", lambda: [p for p in polarities() if "asserted" not in p]),
        ("a problem named or not", lambda: [(bool(a["categories"]), bool(b["categories"])) for a, b in pairs()]),
        ("main leaf, where both name a problem", lambda: [(a[0], b[0]) for a, b in leaves()]),
        ("main leaf, where both say asserted", lambda: [(a[0], b[0]) for a, b in leaves(asserted=True)]),
    ],
    ids=lambda one: one.replace(" ", "_") if isinstance(one, str) else "",
)
def test_the_readme_tells_how_far_they_agree(what, told):
    assert agreement(what, told()) in readme().splitlines()


def test_the_readme_tells_the_f1():
    told = polarities()
    first, second = (sum(pair[place] == "asserted" for pair in told) for place in (0, 1))
    f1 = 2 * told.count(("asserted", "asserted")) / (first + second)
    assert f"F1 of asserted {short(f1)} ({first} and {second}" in readme()
    common, one, two, share = micro(leaves())
    assert f"where both name a problem {share} ({common} in common of {one} and {two})" in readme()
    assert f"say asserted {micro(leaves(asserted=True))[3]};" in readme()
    same = sum(set(a) == set(b) for a, b in leaves())
    assert f"the same set of leaves in {same} of {len(leaves())}" in readme()


def test_the_readme_tells_the_commonest_disagreements():
    kinds = Counter((a, b) for a, b in polarities() if a != b)
    kinds.update(tuple(sorted((a[0], b[0]))) for a, b in leaves() if a[0] != b[0])
    most = [f"| {a} | {b} | {count} |" for (a, b), count in kinds.most_common(6)]
    assert kinds.most_common(7)[6][1] < kinds.most_common(6)[5][1]
    lines = readme().splitlines()
    start = lines.index("| first | second | sentences |") + 2
    assert sorted(lines[start : start + 6]) == sorted(most)


def test_the_readme_tells_what_the_role_alone_would():
    told = [(one["role"] == "problems", one["polarity"] == "asserted") for one, _ in pairs()]
    same = sum(a == b for a, b in told)
    kappa = cohen_kappa_score([a for a, _ in told], [b for _, b in told])
    assert f"in {same} of 300\n  sentences, kappa {short(kappa)}." in readme()
