"""The sample files: listed, built again from their masters to the same text, their labels in place."""

from __future__ import annotations

import json
import runpy
import tomllib
from pathlib import Path

import pytest

from ingest.read import read

CORPUS = Path(__file__).parent.parent / "corpus"
MANIFEST = tomllib.loads((CORPUS / "manifest.toml").read_text("utf-8"))["report"]
LAYERS = ("documents", "quantities", "times", "activities", "problems")
KINDS = {"plan", "summary", "rectification", "experience", "research", "speech", "notice", "news", "other"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    runpy.run_path(str(CORPUS / "build.py"))["build"](folder)
    return folder


def test_the_manifest_lists_every_file():
    assert [entry["file"] for entry in MANIFEST] == sorted(
        path.name for path in (CORPUS / "reports").iterdir() if not path.name.startswith(".")
    )
    assert {entry["kind"] for entry in MANIFEST} == KINDS
    assert sum("built" in entry for entry in MANIFEST) == 3


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"][:2])
def test_a_sample_is_read_as_the_manifest_says(entry):
    source = read(CORPUS / "reports" / entry["file"])
    assert source.encoding == entry.get("encoding")
    assert source.media_type == {"docx": "docx", "pdf": "pdf"}.get(entry.get("built"), "text")


@pytest.mark.parametrize("entry", [entry for entry in MANIFEST if "built" in entry], ids=lambda entry: entry["built"])
def test_a_built_sample_is_built_again_the_same(entry, built):
    again, here = built / "reports" / entry["file"], CORPUS / "reports" / entry["file"]
    if entry["built"] == "wrapped":
        assert again.read_bytes() == here.read_bytes()
    assert read(again).text == read(here).text
    for layer in LAYERS:
        name = f"{here.name[: -len(here.suffix)]}.{layer}.jsonl"
        assert (built / "gold" / name).read_text("utf-8") == (CORPUS / "gold" / name).read_text("utf-8")


@pytest.mark.parametrize("entry", [entry for entry in MANIFEST if "built" in entry], ids=lambda entry: entry["built"])
def test_a_built_sample_reads_as_its_master(entry):
    (document,) = read(CORPUS / "reports" / entry["file"]).documents
    stem = entry["file"].rsplit(".", 1)[0]
    (master,) = read(CORPUS / "masters" / f"{stem}.txt").documents
    assert document.title == master.title
    assert ["".join(line.split()) for line in document.text.split("\n")] == [
        "".join(line.split()) for line in master.text.split("\n")
    ]


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"][:2])
def test_every_label_quotes_the_text_it_points_to(entry):
    path = CORPUS / "reports" / entry["file"]
    source = read(path)
    for layer in LAYERS:
        last = 0
        for line in (CORPUS / "gold" / f"{path.name[: -len(path.suffix)]}.{layer}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            if "surface" in row:
                assert source.text[row["char_start"] : row["char_end"]] == row["surface"]
            assert row["char_start"] >= last
            last = row["char_start"]


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"][:2])
def test_the_documents_of_a_sample_begin_and_end_where_the_gold_says(entry):
    path = CORPUS / "reports" / entry["file"]
    gold = [
        json.loads(line)
        for line in (CORPUS / "gold" / f"{path.name[: -len(path.suffix)]}.documents.jsonl").open(encoding="utf-8")
    ]
    documents = read(path).documents
    assert len(documents) == len(gold)
    for document, row in zip(documents, gold, strict=True):
        assert abs(document.source_start - row["char_start"]) <= 40
        assert abs(document.source_end - row["char_end"]) <= 40
        assert document.title and row["title"].startswith(document.title)  # a bulletin's number may be counted in
