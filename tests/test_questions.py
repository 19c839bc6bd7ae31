"""Questions about recurring problems, asked on the command line about real reports, with what was worked out by hand.

They need a folder of reports (NIANLUN_REPORTS, with seeds/, gold/ and questions.jsonl); without it they are skipped.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.links import read_structure
from index.rows import unpack_offsets
from index.store import Index
from nianlun.cli import cli
from nianlun.options import NO_MATCH
from nlp.links import find_links

REPORTS = os.environ.get("NIANLUN_REPORTS")
pytestmark = pytest.mark.skipif(not REPORTS, reason="NIANLUN_REPORTS names no folder of real reports")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments), "--lang", "zh"])


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "reports.db"
    assert run("ingest", Path(str(REPORTS)) / "seeds", "--db", path, "--quiet").exit_code == 0
    return path


def asked(db: Path, *words: str) -> dict:
    return json.loads(run(*words, "--format", "json", "--db", db).stdout)


def question(name: str) -> dict:
    lines = (Path(str(REPORTS)) / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return next(one["expected"] for one in map(json.loads, lines) if one["id"] == name)


def test_q01_lack_of_funds_by_year_says_which_are_undated(db: Path) -> None:
    answer = asked(db, "problems", "--leaf", "经费不足", "--by", "year")
    expected = question("q01")
    found = {ref: row["group"] for row in answer["rows"] for ref in row["documents"]}
    must_not = {one["doc"] for one in expected["must_not_count"]}
    assert not must_not & set(found)
    assert set(found) <= {one["doc"] for one in expected["docs"]} and {"003", "000#2", "000#3"} <= set(found)
    assert all(not str(year or "").isdigit() for year in found.values()), (
        "inferred, an interval or nothing: never stated"
    )
    assert "2007" in str(found["003"])
    assert sum(one["base"] for one in answer["groups"]) == answer["base"]["documents"] == 17


def test_q03_skill_panic_counts_a_document_once(db: Path) -> None:
    expected = question("q03")
    (row,) = asked(db, "problems", "--leaf", "本领恐慌")["rows"]
    assert set(expected["by_meaning_docs"]) <= set(row["documents"])
    assert Counter(row["documents"])["000#3"] == 1
    assert row["count"] == len(row["documents"]) and row["low"] < row["share"] < row["high"]


def test_q16_each_problem_has_its_measure_and_the_sure_ones_are_told(db: Path) -> None:
    rows = [
        row for row in asked(db, "problems", "--with-measures", "--document", "003")["rows"] if row["kind"] == "measure"
    ]
    linked: dict[str, set[str]] = {}
    sure: set[tuple[str, str]] = set()
    for row in rows:
        problem, measure = row["problem"].strip(), (row["target"] or " ").strip()
        if problem[0].isdigit():
            linked.setdefault(problem[0], set()).add(measure[0])
            if row["certain"]:
                sure.add((problem[0], measure[0]))
    for one in question("q16"):
        assert linked[str(one["problem"])] & {str(number) for number in one["measure"]}, one
    assert sure == {("3", "2"), ("4", "4"), ("5", "5"), ("6", "3")}


def test_q19_neglect_is_told_from_support(db: Path) -> None:
    expected = question("q19")
    (row,) = asked(db, "problems", "--leaf", "重视不够")["rows"]
    assert set(expected["neglect"]) <= set(row["documents"])
    assert not {"000#7", "004"} & set(row["documents"])
    praised = {row["ref"] for words in ("高度重视", "领导重视") for row in asked(db, "search", words)["rows"]}
    assert set(expected["support"]) <= praised


def test_q26_a_year_without_reports_says_so_and_shows_what_may_belong_to_it(db: Path) -> None:
    result = run("problems", "--year", "2018", "--db", db)
    assert result.exit_code == NO_MATCH
    assert "没有2018年的报告" in result.stderr and "000#3" in result.stderr
    assert asked(db, "problems", "--year", "2018")["rows"] == []


def test_q27_problems_of_the_people_served(db: Path) -> None:
    """They are those told of the population, and those of the leaves of the people served (family people)."""
    told = asked(db, "problems", "--scope", "population")["rows"]
    people = [row for row in asked(db, "problems")["rows"] if row["family"] == "people"]
    found = {ref for row in (*told, *people) for ref in row["documents"]}
    assert {one["doc"] for one in question("q27")} <= found
    assert {"000#2", "000#5", "000#8"} <= {ref for row in told for ref in row["documents"]}


def test_links_lead_to_the_measures_that_were_labelled(db: Path) -> None:
    linked = Counter({"gold": 0})
    for certain, right in links_and_labels(db):
        linked["certain" if certain else "guessed"] += 1
        linked["certain right" if certain else "guessed right"] += right
    assert linked["certain"] >= 20 and linked["guessed"] >= 10
    assert linked["certain right"] >= 0.85 * linked["certain"]
    assert linked["guessed right"] >= 0.6 * linked["guessed"]


def links_and_labels(db: Path) -> Iterator[tuple[bool, bool]]:
    """Yield of each link of a labelled problem whether it is certain and leads to a labelled measure."""
    gold = Path(str(REPORTS)) / "gold"
    labels: dict[str, dict[int, set[int]]] = {}
    for line in (gold / "seeds_links.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        labels.setdefault(one["file"][:3], {})[one["problem_unit"]] = set(one["measure_units"])
    units = {
        key: [json.loads(line) for line in (gold / f"{key}.problems.jsonl").read_text(encoding="utf-8").splitlines()]
        for key in labels
    }

    def at(key: str, start: int, end: int) -> set[int]:
        return {one["unit"] for one in units[key] if one["char_start"] < end and one["char_end"] > start}

    with Index.open(db, read_only=True) as index:
        for number, ref, text, packed in index.connection.execute("SELECT id, ref, text, offsets FROM documents"):
            key, offsets = ref[:3], unpack_offsets(packed)
            for link in find_links(text, *read_structure(index.connection, number)) if key in labels else ():
                for unit in at(key, *offsets.to_source(link.start, link.end)) & set(labels[key]):
                    if link.kind == "measure":
                        measures = at(key, *offsets.to_source(link.to_start, link.to_end))
                        yield link.certain, bool(measures & labels[key][unit])
