"""The documented formats: docs/jsonl.md names every field that is printed, docs/commands.md every command and option."""

from __future__ import annotations

import json
import os
import re
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_reports import PLAN, RECTIFICATION, SUMMARY

from ingest.read import read_bytes
from nianlun.cli import cli
from nianlun.handbook import commands_as_markdown
from nianlun.jsonlines import VERSION, items_of, number
from nianlun.vocabulary import (
    ACTIVITY_KINDS,
    APPROX,
    DOC_TYPES,
    ORG_LEVELS,
    POLARITIES,
    ROLES,
    SCOPES,
    STATES,
    TIME_KINDS,
)
from nlp.analyse import analyse_all

DOCS = Path(__file__).parent.parent / "docs"
TEXTS = {
    "plan": PLAN,
    "summary": SUMMARY,
    "rectification": RECTIFICATION,
    "long": "\r\n".join([PLAN, SUMMARY, RECTIFICATION]),
}


def analysed(path: Path) -> list[dict[str, object]]:
    result = CliRunner().invoke(cli, ["analyse", str(path), "--format", "jsonl"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(params=TEXTS)
def report(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.txt"
    path.write_bytes(TEXTS[request.param].encode())
    return path


def documented(kind: str) -> set[str]:
    """Return the fields that docs/jsonl.md lists for a type."""
    page = (DOCS / "jsonl.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", page, flags=re.MULTILINE)
    (text,) = [part for part in section if part.startswith(f"{kind}\n")]
    cells = re.findall(r"^\| (`[^|]+`) \|", text, flags=re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def test_every_printed_field_is_documented_and_every_documented_one_printed(report: Path) -> None:
    places = {"start", "end", "source_start", "source_end"}
    for item in analysed(report):
        kind = str(item["type"])
        expected = documented(kind) | {"type"}
        if kind in ("quantity", "time", "task", "activity", "problem"):
            expected |= {"document", "rule", *places}
        assert set(item) == expected, kind


def test_the_first_line_names_the_format_and_its_version(report: Path) -> None:
    first = analysed(report)[0]
    assert (first["type"], first["version"]) == ("format", VERSION) and f"version {VERSION}" in (
        DOCS / "jsonl.md"
    ).read_text("utf-8")


def test_every_value_is_one_of_the_documented_ones(report: Path) -> None:
    values = {
        ("document", "doc_type"): DOC_TYPES, ("document", "org_level"): ORG_LEVELS, ("section", "role"): ROLES,
        ("quantity", "approx"): APPROX, ("quantity", "state"): STATES, ("time", "kind"): TIME_KINDS,
        ("activity", "kind"): ACTIVITY_KINDS, ("problem", "polarity"): POLARITIES, ("problem", "scope"): SCOPES,
    }  # fmt: skip
    for item in analysed(report):
        for (kind, field), known in values.items():
            assert item["type"] != kind or item[field] in known, item
        if item["type"] == "quantity" and item["state"] != "stated":
            assert item["value"] is None and item["value_max"] is None
        if item["type"] == "problem":
            assert all(set(label) == {"id", "score", "guessed"} for label in item["categories"])  # type: ignore[attr-defined]


def test_places_of_mentions_lead_to_their_words_in_the_file(report: Path) -> None:
    from ingest.read import read

    source = read(report)
    for item in analysed(report):
        if "text" in item:
            document = source.documents[int(str(item["document"])) - 1]
            assert document.text[item["start"] : item["end"]] == item["text"]  # type: ignore[misc]
            raw = source.text[item["source_start"] : item["source_end"]]  # type: ignore[misc]
            assert "".join(raw.split())[:1] in (str(item["text"])[:1], ",", "(", ":", ";")


@pytest.mark.parametrize(
    ("value", "printed"),
    [(None, "null"), (Fraction(120000), "120000"), (Fraction(3, 2), "1.5"), (Fraction(1, 3), "0.3333333333333333"),
     (Fraction(10**400), "1" + "0" * 400), (Fraction(10**400, 3), "3" * 400)],
)  # fmt: skip
def test_a_value_is_printed_as_a_json_number(value: Fraction | None, printed: str) -> None:
    assert json.dumps(number(value)) == printed


def test_the_command_reference_is_that_of_the_commands() -> None:
    written = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert written == commands_as_markdown(), "run: python -m nianlun.handbook > docs/commands.md"


def test_the_seeds_are_analysed_with_every_field() -> None:
    folder = os.environ.get("NIANLUN_REPORTS")
    if not folder:
        pytest.skip("NIANLUN_REPORTS names no folder of real reports")
    documents = [
        item
        for path in sorted(Path(folder, "seeds").glob("*.txt"))
        for item in analysed(path)
        if item["type"] == "document"
    ]
    assert len(documents) == 17


def test_what_is_counted_is_quoted_in_the_characters_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "舊稿.txt"
    text = "青嵐縣婦聯2011年工作總結\n一年來,縣婦聯開展維權宣傳,散發宣傳資料1200餘份,舉辦農村婦女培訓班18期,慰問貧困母親35人。\n"
    path.write_text(text, "utf-8")
    counted = [(item["text"], item["of"]) for item in analysed(path) if item["type"] == "quantity"]
    assert counted == [("1200余份", "宣傳資料"), ("18期", "農村婦女培訓班"), ("35人", "貧困母親")]
    assert all(str(of) in text for _, of in counted)


def test_the_name_of_an_activity_has_the_commas_of_the_file() -> None:
    for comma in ",，":
        source = read_bytes(f"各村开展“守渔港{comma}护清流”活动。".encode(), "a.txt")
        [analysis] = analyse_all(source)
        [name] = [item["name"] for item in items_of(source, [analysis]) if item["type"] == "activity"]
        assert name == f"守渔港{comma}护清流"
