"""Every reader, given samples that are spoilt at random: only an IngestError leaves it, in bounded time, and what is read is whole.

A long run: `python tests/test_fuzz.py MINUTES [PART OF A NAME]`, which tells what it finds and keeps the files in a folder.
"""

from __future__ import annotations

import gzip
import io
import marshal
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from runaway import no_runaway
from spoilt import random_steps, spoil, spoil_member, spoilt, spoilt_members

from index.rows import chunk_of, head_of
from index.store import Index
from ingest import ocr
from ingest.errors import IngestError
from ingest.formats import READERS
from ingest.read import sources_in
from ingest.sniff import sniff
from nlp.analyse import analyse_all

FORMATS = Path(__file__).resolve().parent.parent / "corpus" / "formats"
SECONDS = 20.0  # of processor time for one file
LARGEST = 200_000  # bytes of a sample: larger ones only make it slower


def pdf_sample() -> bytes:
    """Return a small PDF whose streams are plain, so that damage falls on what a reader looks at."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=0)
    for page in range(3):
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(150, 780, "清溪镇工会2019年工作总结")
        canvas.setFont("STSong-Light", 12)
        for line in range(12):
            canvas.drawString(72, 740 - 20 * line, f"全年走访困难职工{page * 12 + line}人，发放慰问金3万元。")
        canvas.grid([72, 200, 300], [300, 320, 340])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def samples() -> dict[str, bytes]:
    """Return the samples of every format, a PDF, and the archive that is packed among them unpacked."""
    if not FORMATS.is_dir():
        return {}
    files = sorted(path for path in FORMATS.iterdir() if path.suffix not in (".py", ".txt"))
    found = {path.name: path.read_bytes() for path in files}
    made = {"made.pdf": pdf_sample(), "reports.tar": gzip.decompress(found["reports.tar.gz"])}
    return {name: data for name, data in found.items() if len(data) < LARGEST} | made


SAMPLES = samples()
PACKAGES = [name for name, data in SAMPLES.items() if zipfile.is_zipfile(io.BytesIO(data))]


@pytest.fixture(autouse=True)
def no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the recognition of characters, which takes a second a page and is no reader of ours."""
    monkeypatch.setattr(ocr, "engine", lambda: "none")
    monkeypatch.setattr(ocr, "recognise", _nothing)


def _nothing(*_: object, **__: object) -> ocr.Found:
    return []


def check(data: bytes, name: str, index: Index) -> None:
    """Read a file through to the rows; fail where anything but an IngestError comes, or a fault of our own in a member."""
    with no_runaway(SECONDS):
        try:
            for found in sources_in(data, name):
                if isinstance(found, IngestError):
                    assert found.code != "internal", found
                    continue
                for document in found.documents:
                    assert 0 <= document.source_start <= document.source_end <= len(found.text)
                analyses = analyse_all(found)
                marshal.dumps((tuple(head_of(found, len(analyses))), tuple(chunk_of(analyses))))
                index.add(found, analyses)
        except IngestError as error:
            assert error.reason and error.reason_zh


@pytest.mark.parametrize("name", SAMPLES)
def test_a_spoilt_file_is_read_or_refused(name: str) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(spoilt(SAMPLES[name]))
    def run(data: bytes) -> None:
        with Index.open() as index:
            check(data, name, index)

    run()


@pytest.mark.parametrize("name", PACKAGES)
def test_a_sound_package_with_a_spoilt_part_is_read_or_refused(name: str) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(spoilt_members(SAMPLES[name]))
    def run(data: bytes) -> None:
        with Index.open() as index:
            check(data, name, index)

    run()


def test_the_samples_are_of_every_kind_of_file() -> None:
    kinds = {sniff(data, name) for name, data in SAMPLES.items()}
    assert kinds >= READERS.keys() - {"text", "md"}, READERS.keys() - kinds


def main(minutes: float, part: str = "") -> None:
    """Spoil samples for so long; tell each new fault once and keep the file that showed it."""
    ocr.engine, ocr.recognise = lambda: "none", _nothing  # type: ignore[assignment]
    folder = Path(tempfile.mkdtemp(prefix="nianlun-fuzz-"))
    seed = int(time.time())
    source, seen, done = random.Random(seed), Counter[str](), 0
    print(f"seed {seed}, findings in {folder}", flush=True)
    names = [name for name in SAMPLES if part in name]
    until = time.monotonic() + minutes * 60
    index = Index.open()
    while time.monotonic() < until:
        name = source.choice(names)
        steps = random_steps(source)
        if name in PACKAGES and source.random() < 0.6:
            data = spoil_member(SAMPLES[name], source.randrange(50), steps)
        else:
            data = spoil(SAMPLES[name], steps)
        done += 1
        (folder / "last").write_bytes(data)  # should the process itself be brought down
        try:
            check(data, name, index)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__} {Path(where.filename).name}:{where.lineno}"
            if isinstance(error, AssertionError) and error.args:
                what = f"{name.rpartition('.')[2]}: {str(error)[:200]}".split(": ", 2)[-1]
            seen[what] += 1
            if seen[what] == 1:
                path = folder / f"{sha256(data).hexdigest()[:8]}-{name}"
                path.write_bytes(data)
                print(f"{name}: {what}: {error!s:.300} -> {path}", flush=True)
            index = Index.open()
        if done % 500 == 0:
            index = Index.open()
            print(f"{done} files, {len(seen)} findings", flush=True)
    print(f"{done} files; {seen.most_common()}")


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
