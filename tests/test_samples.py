"""Every kind of file that is read has a sample, a plain original, a foreign producer, and says what its original says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.formats import CONTAINERS, READERS
from ingest.read import read_all
from ingest.sniff import sniff

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
SAMPLES = tomllib.loads((FORMATS / "samples.toml").read_text("utf-8"))["sample"]
KINDS = {sample["kind"] for sample in SAMPLES}
OURS = "build script"
# Kinds of which no other program's file is to be had here, and why. Their samples are written after the specification.
ALONE = {
    "msg": "only Outlook writes it", "tnef": "only Outlook and Exchange write it", "eml": "mails are written as Foxmail and Thunderbird do",
    "xls-xml": "LibreOffice loses formats and hidden sheets in it", "xls-html": "written by web systems", "markdown": "typed by people",
    "packed": "gzip by the library, as every program packs", "zip": "names as Chinese Windows packs them, which no program here does",
    "image": "a scanner's picture is imitated",
}  # fmt: skip
ELSEWHERE = {
    "text": "corpus/reports",  # five encodings, by the build script of the reports
    "tar": "inside reports.tar.gz",
}


def said(path: Path) -> list[str]:
    """Return what the sources in a file say, white space and marks of columns in an original aside."""
    sources = list(read_all(path))
    assert not any(isinstance(source, IngestError) for source in sources), sources
    texts = ("".join(document.text for document in source.documents) for source in sources)
    return ["".join(text.split()).replace("||", "") for text in texts if text.strip()]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["file"])
def test_a_sample_is_of_its_kind_and_says_what_its_original_says(sample):
    path = FORMATS / sample["file"]
    assert sniff(path.read_bytes(), path.name) == sample["kind"]
    assert sample["says"] or "compared" in sample
    if "compared" in sample:  # with allowances of its own: pictures, parts of the original
        assert sample["file"].split(".")[0] in Path(__file__).with_name(sample["compared"]).read_text("utf-8")
        return
    texts = said(path)
    for name in sample["says"]:
        (original,) = said(FORMATS / name)
        assert original in texts
    if sample["kind"] not in CONTAINERS:
        assert len(texts) == 1 or sample["kind"] == "packed"


def test_every_sample_is_listed_and_every_listed_sample_is_there():
    originals = {name for sample in SAMPLES for name in sample["says"]}
    files = {path.name for path in FORMATS.iterdir() if path.suffix not in (".py", ".toml") and path.is_file()}
    assert {sample["file"] for sample in SAMPLES} | originals == files


@pytest.mark.parametrize("kind", sorted(set(READERS) - set(ELSEWHERE)))
def test_every_kind_has_a_sample_with_a_plain_original_and_one_of_a_foreign_producer(kind):
    samples = [sample for sample in SAMPLES if sample["kind"] == kind]
    assert samples, f"no sample of {kind} in corpus/formats/samples.toml"
    assert any(sample["says"] for sample in samples)
    foreign = [sample for sample in samples if not sample["producer"].startswith(OURS)]
    assert foreign or kind in ALONE, f"no sample of {kind} by a program that is not our own"
    assert not (foreign and kind in ALONE), f"{kind} has a foreign sample now: take it out of ALONE"


def test_nothing_is_excused_that_is_not_read():
    assert {*ALONE, *ELSEWHERE} <= set(READERS)
