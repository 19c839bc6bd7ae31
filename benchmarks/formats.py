"""Benchmarks of the readers: `python benchmarks/formats.py` measures every format beside the tools that a user would take instead.

The same reports (put together from the sentences of corpus/reports) are written in every format; each tool reads all files of a format in a fresh process, its
modules loaded and one file read before the clock starts. Seconds are those of the processor, those of programs that it
starts included. How right a reading is, is told by its characters without white space: the share of the original's that
stand in it in order, and the share of its own that the original has not (menus, marks, page numbers).
Peers come from the extra `bench`; another environment's Python may be named in NIANLUN_PEERS (docling's in NIANLUN_DOCLING).
A peer that is not installed is left out and named.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results.md"
HEADING = "## Formats"
PAGES_HEADING = "## Pages"
REPORTS, CHARACTERS = 16, 8_000
JUDGED = 4  # files of which it is told how right they are read
LEAST = 0.5  # seconds of the processor that a measurement lasts at least, files read again
ROUNDS = 3
BATCH = 8  # files that LibreOffice converts in one go
FORMATS = ("txt", "docx", "doc", "rtf", "odt", "pdf", "html", "xlsx", "csv", "pptx", "eml", "zip")
OURS, READER = "nianlun", "nianlun, the reader alone"
APART = ("markitdown", "trafilatura", "BeautifulSoup")  # may live in an environment of their own
SLOW = ("docling", "LibreOffice", "markitdown")  # read fewer files, once
Tool = Callable[[Path], str]


# What a user would take instead. Each returns the text of a file; what it imports is imported when it is named.


def ours() -> Tool:
    sys.path.insert(0, str(ROOT))
    from ingest.errors import IngestError
    from ingest.read import read_all

    def read(path: Path) -> str:
        texts = []
        for source in read_all(path):
            if isinstance(source, IngestError):
                raise source
            texts += [document.text for document in source.documents]
        return "\n".join(texts)

    return read


def reader_alone() -> Tool:
    sys.path.insert(0, str(ROOT))
    from ingest.formats import reader_of
    from ingest.sniff import sniff

    def read(path: Path) -> str:
        data = path.read_bytes()
        raw = reader_of(sniff(data, path.name))(data, path.name)
        members = (reader_of(sniff(one.data, one.name))(one.data, one.name).text for one in raw.members)
        return "\n".join([raw.text, *members])

    return read


def charset_normalizer() -> Tool:
    from charset_normalizer import from_bytes

    return lambda path: str(from_bytes(path.read_bytes()).best() or "")


def python_docx() -> Tool:
    from docx import Document

    def read(path: Path) -> str:
        file = Document(str(path))
        rows = ("\t".join(cell.text for cell in row.cells) for table in file.tables for row in table.rows)
        return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *rows])

    return read


def program(*command: str) -> Callable[[], Tool]:
    """Return the tool that a program is which prints the text of a file."""

    def make() -> Tool:
        import shutil

        if not shutil.which(command[0]):
            raise ImportError(command[0])
        return lambda path: subprocess.run([*command, str(path)], capture_output=True, check=True).stdout.decode()

    return make


def libreoffice() -> Tool:
    import shutil

    if not shutil.which("soffice"):
        raise ImportError("soffice")
    folder = tempfile.mkdtemp()

    made: dict[Path, str] = {}

    def read(path: Path) -> str:
        if path not in made:  # a folder at a time, as a user would have it
            together = sorted(path.parent.glob(f"*{path.suffix}"))[:BATCH]
            convert(together, "txt:Text (encoded):UTF8", Path(folder))
            made.update({one: (Path(folder) / f"{one.stem}.txt").read_text("utf-8-sig") for one in together})
        return made.pop(path)

    return read


def pypdfium2() -> Tool:
    import pypdfium2

    def read(path: Path) -> str:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))

    return read


def pdfplumber() -> Tool:
    import pdfplumber

    def read(path: Path) -> str:
        with pdfplumber.open(path) as file:
            return "\n".join(page.extract_text() or "" for page in file.pages)

    return read


def markitdown() -> Tool:
    import warnings

    from markitdown import MarkItDown

    warnings.simplefilter("ignore")
    tool = MarkItDown(enable_plugins=False)
    return lambda path: tool.convert(str(path)).text_content


def docling() -> Tool:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # what it downloads is no part of reading
    from docling.document_converter import DocumentConverter

    tool = DocumentConverter()
    return lambda path: tool.convert(path).document.export_to_markdown()


def trafilatura() -> Tool:
    from trafilatura import extract

    return lambda path: extract(path.read_bytes().decode("gb18030"), include_tables=True, favor_recall=True) or ""


def beautifulsoup() -> Tool:
    from bs4 import BeautifulSoup

    return lambda path: BeautifulSoup(path.read_bytes(), "lxml", from_encoding="gb18030").get_text("\n")


def openpyxl() -> Tool:
    from openpyxl import load_workbook

    def read(path: Path) -> str:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
        return "\n".join("\t".join(str(value) for value in row if value is not None) for row in rows)

    return read


def pandas() -> Tool:
    import pandas

    def read(path: Path) -> str:
        frame = pandas.read_excel(path) if path.suffix == ".xlsx" else pandas.read_csv(path, encoding="gb18030")
        return "\n".join("\t".join(map(str, row)) for row in frame.itertuples(index=False))

    return read


def python_pptx() -> Tool:
    from pptx import Presentation

    def read(path: Path) -> str:
        shapes = (shape for slide in Presentation(str(path)).slides for shape in slide.shapes)
        return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)

    return read


def email_package() -> Tool:
    import email
    import email.policy

    def read(path: Path) -> str:
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = mail.get_body(("plain", "html"))
        return body.get_content() if body else ""

    return read


def zipfile_package() -> Tool:
    from charset_normalizer import from_bytes

    def read(path: Path) -> str:
        with zipfile.ZipFile(path) as archive:
            return "\n".join(str(from_bytes(archive.read(name)).best() or "") for name in archive.namelist())

    return read


def rapidocr() -> Tool:
    from rapidocr import RapidOCR

    tool = RapidOCR(params={"Global.log_level": "critical"})
    return lambda path: "\n".join(getattr(tool(str(path)), "txts", None) or ())


def tesseract() -> Tool:
    import shutil

    if not shutil.which("tesseract"):
        raise ImportError("tesseract")
    options = ("stdout", "-l", "chi_sim", "--dpi", "300")

    def read(path: Path) -> str:
        return subprocess.run(["tesseract", str(path), *options], capture_output=True, check=True).stdout.decode()

    return read


TOOLS: dict[str, Callable[[], Tool]] = {
    OURS: ours,
    READER: reader_alone,
    "charset-normalizer": charset_normalizer,
    "python-docx": python_docx,
    "catdoc": program("catdoc", "-dutf-8", "-w"),
    "antiword": program("antiword", "-m", "UTF-8", "-w", "0"),
    "LibreOffice": libreoffice,
    "pypdfium2": pypdfium2,
    "pdfplumber": pdfplumber,
    "rapidocr": rapidocr,
    "tesseract": tesseract,
    "markitdown": markitdown,
    "docling": docling,
    "trafilatura": trafilatura,
    "BeautifulSoup": beautifulsoup,
    "openpyxl": openpyxl,
    "pandas": pandas,
    "python-pptx": python_pptx,
    "email (stdlib)": email_package,
    "zipfile + charset-normalizer": zipfile_package,
}
PAGES, SCANS = 6, 3  # pages of a PDF and pictures that are read for pages a second
PAGE_PEERS = {
    "pdf": ("pypdfium2", "pdfplumber", "markitdown"),
    "png": ("rapidocr", "tesseract"),
}
PEERS = {
    "txt": ("charset-normalizer", "markitdown"),
    "docx": ("python-docx", "markitdown", "docling"),
    "doc": ("antiword", "catdoc", "LibreOffice"),
    "rtf": ("LibreOffice",),
    "odt": ("LibreOffice",),
    "pdf": ("pypdfium2", "pdfplumber", "markitdown", "docling"),
    "html": ("trafilatura", "BeautifulSoup", "markitdown", "docling"),
    "xlsx": ("openpyxl", "pandas", "markitdown", "docling"),
    "csv": ("pandas", "markitdown"),
    "pptx": ("python-pptx", "markitdown", "docling"),
    "eml": ("email (stdlib)",),
    "zip": ("zipfile + charset-normalizer", "markitdown"),
}


# The files: the same reports in every format, beside each its original as `name.original`.


def write_files(folder: Path) -> dict[str, list[Path]]:
    """Write the reports in every format into a folder; return the files of each, as far as they can be made here."""
    sys.path.insert(0, str(ROOT))
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from texts import reports

    from ingest.read import read_bytes

    texts = []
    for text in reports(REPORTS, CHARACTERS, 2024):
        documents = read_bytes(text.encode(), "x.txt").documents  # what is spaced or spelt oddly is so in every format
        texts.append("\n".join(document.text for document in documents))
    makers = {
        "txt": _txt,
        "docx": _docx,
        "pdf": _pdf,
        "html": _html,
        "csv": _csv,
        "xlsx": _xlsx,
        "pptx": _pptx,
        "eml": _eml,
    }
    files: dict[str, list[Path]] = {}
    for kind, make in makers.items():
        files[kind] = []
        (folder / kind).mkdir()
        for at, text in enumerate(texts):
            path = folder / kind / f"{at:03}.{kind}"
            path.write_bytes(make(text))
            path.with_suffix(".original").write_text(text, "utf-8")
            files[kind].append(path)
    files["zip"] = [_zip(folder, files["txt"])]
    for kind in ("doc", "rtf", "odt"):
        (folder / kind).mkdir()
        made = convert(files["docx"], kind, folder / kind)
        for path in made:
            path.with_suffix(".original").write_text(
                (folder / "docx" / f"{path.stem}.original").read_text("utf-8"), "utf-8"
            )
        files[kind] = made
    return files


def convert(paths: Iterable[Path], form: str, into: Path) -> list[Path]:
    """Return what LibreOffice makes of files; nothing where it is not installed."""
    paths = list(paths)
    with tempfile.TemporaryDirectory() as profile:
        command = [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(into),
        ]
        try:
            subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=600)
        except OSError:
            return []
    return [made for path in paths if (made := into / f"{path.stem}.{form.split(':')[0]}").exists()]


def _txt(text: str) -> bytes:
    return text.encode("gb18030")


def _docx(text: str) -> bytes:
    from docx import Document

    file = Document()
    for line in text.split("\n"):
        file.add_paragraph(line)
    return _saved(file.save)


def _pdf(text: str) -> bytes:
    from importlib.util import find_spec

    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    found = find_spec("zhplot")
    assert found and found.submodule_search_locations
    font = next(Path(found.submodule_search_locations[0]).rglob("*.ttf"))
    if "Noto" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Noto", str(font)))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    y, page = 0.0, 0
    for number, paragraph in enumerate(text.split("\n")):
        indent = "" if number == 0 else "\u3000\u3000"
        line = indent + paragraph
        while line:
            if y < 90:
                if page:
                    canvas.drawCentredString(297, 50, f"— {page} —")
                    canvas.showPage()
                y, page = 760.0, page + 1
                canvas.setFont("Noto", 16)
            canvas.drawString(85, y, line[:26])
            line, y = line[26:], y - 28
    canvas.drawCentredString(297, 50, f"— {page} —")
    canvas.save()
    return out.getvalue()


def _html(text: str) -> bytes:
    import runpy

    page = runpy.run_path(str(ROOT / "corpus" / "formats" / "build_web.py"))["site"]
    title, *lines = text.split("\n")
    return page(title, [line for line in lines if line]).encode("gb18030", "xmlcharrefreplace")


def _csv(text: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([("标题", "正文"), (text.partition("\n")[0], text)])
    return out.getvalue().encode("gb18030")


def _xlsx(text: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["序号", "正文"])
    book.active.append([1, text])
    return _saved(book.save)


def _pptx(text: str) -> bytes:
    from pptx import Presentation
    from pptx.util import Cm

    file = Presentation()
    lines = text.split("\n")
    for at in range(0, len(lines), 6):
        slide = file.slides.add_slide(file.slide_layouts[6])
        slide.shapes.add_textbox(Cm(1), Cm(1), Cm(20), Cm(15)).text_frame.text = "\n".join(lines[at : at + 6])
    return _saved(file.save)


def _eml(text: str) -> bytes:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = text.partition("\n")[0], "a@example.cn", "b@example.cn"
    mail.set_content(text, charset="gb18030", cte="base64")
    return mail.as_bytes()


def _zip(folder: Path, files: Sequence[Path]) -> Path:
    path = folder / "zip" / "all.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    original = "\n".join(file.with_suffix(".original").read_text("utf-8") for file in files)
    path.with_suffix(".original").write_text(original, "utf-8")
    return path


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


# Measuring


def seconds() -> float:
    """Return the seconds of the processor that this process and those it started have used."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def peak() -> float:
    """Return the most memory that this process or one that it started held, in MB."""
    try:  # getrusage hands on what the parent held before this program began
        status = Path("/proc/self/status").read_text()
        own = float(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
    except OSError:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    held = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return held / (1024 if sys.platform != "darwin" else 1024**2)


def measure(tool: str, folder: Path, kind: str, most: int) -> dict[str, float]:
    """Time one tool on the files of a format; how right it reads is told by a few of them."""
    paths = sorted(folder.glob(f"*.{kind}"))[:most]
    read = TOOLS[tool]()
    read(paths[0])
    begun, passes = seconds(), 0
    while not passes or (seconds() - begun < LEAST and tool not in SLOW):
        for path in paths:
            read(path)
        passes += 1
    used = (seconds() - begun) / passes
    characters = size = kept = got = 0
    for path in paths:
        original = path.with_suffix(".original").read_text("utf-8")
        size += len(original.encode())
        if path in paths[:JUDGED]:
            same, whole, read_of = alike(original, read(path))
            kept, characters, got = kept + same, characters + whole, got + read_of
    return {
        "seconds": used, "size": size, "files": len(paths), "peak": peak(),
        "right": kept / max(1, characters), "added": 1 - kept / max(1, got),
    }  # fmt: skip


def alike(original: str, text: str) -> tuple[int, int, int]:
    """Return how many characters the two have in common in order, and how many each has; white space aside."""
    from difflib import SequenceMatcher

    one, two = "".join(original.split()), "".join(text.split())
    if len(one) > 20_000:
        return (len(one), len(one), len(two)) if one in two else (sum(map(len, _common(one, two))), len(one), len(two))
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks), len(one), len(two)


def _common(one: str, two: str, step: int = 200) -> Iterable[str]:
    """Yield the pieces of a long text that stand in another."""
    return (one[at : at + step] for at in range(0, len(one), step) if one[at : at + step] in two)


def fresh(tool: str, folder: Path, kind: str, most: int = 10_000, timeout: int = 300) -> dict[str, float] | str:
    """Run a measurement in a process of its own; a string says why there is none."""
    pythons = {
        OURS: sys.executable,
        READER: sys.executable,
        "docling": os.environ.get("NIANLUN_DOCLING", sys.executable),
    }
    python = pythons.get(tool) or (os.environ.get("NIANLUN_PEERS") if tool in APART else None) or sys.executable
    command = [python, __file__, "--measure", tool, "--folder", str(folder), "--kind", kind, "--most", str(most)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return f"more than {timeout} s"
    if done.returncode == 0:
        return dict(json.loads(done.stdout.strip().splitlines()[-1]))
    last = (done.stderr.strip().splitlines() or ["failed"])[-1]
    if "LocalEntryNotFound" in last:
        return "its models are not on this machine"
    return "not installed" if "ModuleNotFoundError" in last or "ImportError" in last else last[:120]


def report(rounds: int, most: int, large: bool) -> str:
    """Measure everything and return the section of the results."""
    lines = [
        HEADING,
        "",
        "Every format beside what a user would take instead, on the same files (`benchmarks/formats.py`): MB of text (UTF-8) a second of the "
        f"processor, the best of {rounds} fresh processes; nianlun tells what the file is, splits it into reports, cleans them and keeps the way back; its reader alone stops at the text, as the peers do. Right: characters of the "
        "original in order; added: characters that the original has not. Peak: memory of the process in MB.",
        "",
        "| format | tool | MB/s | nianlun is | right | added | peak |",
        "|---|---|---|---|---|---|---|",
    ]
    missing: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        files = write_files(Path(scratch))
        for kind in FORMATS:
            if not files[kind]:
                missing.setdefault("LibreOffice is not installed", []).append(kind)
                continue
            own = 0.0
            for tool in (OURS, READER, *PEERS[kind]):
                slow = tool in SLOW
                runs = [
                    fresh(tool, Path(scratch) / kind, kind, most if slow else 10_000)
                    for _ in range(1 if slow else rounds)
                ]
                good = [run for run in runs if not isinstance(run, str)]
                if not good:
                    missing.setdefault(f"{tool}: {runs[0]}", []).append(kind)
                    continue
                best = min(good, key=lambda run: run["seconds"] / run["size"])
                rate = best["size"] / best["seconds"] / 1e6
                own = rate if tool == OURS else own
                lines.append(
                    f"| {kind if tool == OURS else ''} | {tool} | {rate:.2f} | {'' if tool in (OURS, READER) else f'{own / rate:.1f} × as fast'} | "
                    f"{best['right']:.1%} | {best['added']:.1%} | {best['peak']:.0f} |"
                )
        lines += ["", *(f"Not measured: {why} ({', '.join(kinds)})." for why, kinds in missing.items())]
        if large:
            lines += ["", *_large(Path(scratch))]
    return "\n".join(lines) + "\n"


def pages_section(rounds: int) -> str:
    """Return how many pages of PDF and of scans are read in a second of the processor."""
    lines = [
        PAGES_HEADING,
        "",
        f"The same pages (A4, {PAGES} of a PDF; {SCANS} of them drawn at 300 dpi, a picture each), pages a second of the processor, the best of {rounds} "
        "fresh processes. OCR engines alone give lines without order, tables or furniture.",
        "",
        "| pages | tool | pages/s | right | added | peak |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _write_pages(folder)
        for kind, peers in PAGE_PEERS.items():
            for tool in (OURS, *peers):
                runs = [fresh(tool, folder, kind) for _ in range(1 if kind == "png" else rounds)]
                good = [run for run in runs if not isinstance(run, str)]
                if not good:
                    lines.append(f"| {kind if tool == OURS else ''} | {tool} | {runs[0]} | | | |")
                    continue
                best = min(good, key=lambda run: run["seconds"])
                rate = (PAGES if kind == "pdf" else best["files"]) / best["seconds"]
                lines.append(
                    f"| {kind if tool == OURS else ''} | {tool} | {rate:.2f} | {best['right']:.1%} | {best['added']:.1%} | {best['peak']:.0f} |"
                )
    return "\n".join(lines) + "\n"


def _write_pages(folder: Path) -> None:
    """Write a PDF, its pages as pictures of 300 dpi, and the original of each."""
    import pypdfium2

    sys.path.insert(0, str(ROOT))
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from texts import reports

    from ingest.read import read_bytes

    read = (read_bytes(text.encode(), "x.txt").documents for text in reports(2, 3_000, 2024))
    text = "\n".join(document.text for documents in read for document in documents)
    lines = [("" if at == 0 else "\u3000\u3000") + part for at, part in enumerate(text.split("\n"))]
    rows = [line[at : at + 26] for line in lines for at in range(0, len(line), 26)][: PAGES * 24]
    whole = _pdf(text)
    pdf = pypdfium2.PdfDocument(whole)
    cut = pypdfium2.PdfDocument.new()
    cut.import_pages(pdf, list(range(PAGES)))
    cut.save(str(folder / "0.pdf"))
    (folder / "0.original").write_text("\n".join(rows), "utf-8")
    for at in range(SCANS):
        picture = pdf[at].render(scale=300 / 72).to_pil().convert("L")
        picture.save(folder / f"p{at}.png", dpi=(300, 300))
        (folder / f"p{at}.original").write_text("\n".join(rows[at * 24 : (at + 1) * 24]), "utf-8")


def _large(scratch: Path) -> list[str]:
    """Return what large files cost: a PDF of 1,000 pages, 200 MB of text, as paragraphs and broken at 40 columns."""
    folder = scratch / "large"
    text = "\n".join(path.read_text("utf-8") for path in sorted((scratch / "txt").glob("*.original")))
    lines = ["| large file | tool | seconds | peak MB |", "|---|---|---|---|"]
    for name, kind, make, tools in (
        ("PDF of 1,000 pages", "pdf", lambda: _pdf(_pages(text, 1_000)), (OURS, "pypdfium2", "pdfplumber")),
        ("200 MB of text", "txt", lambda: _times(text, 200).encode(), (OURS, "charset-normalizer")),
        ("200 MB of text, broken at 40 columns", "txt", lambda: _times(_broken(text), 200).encode(), (OURS,)),
    ):
        folder.mkdir(exist_ok=True)
        path = folder / f"0.{kind}"
        path.write_bytes(make())
        path.with_suffix(".original").write_text("", "utf-8")
        for tool in tools:
            run = fresh(f"{tool}", folder, kind, -1, timeout=900)
            told = f"{run['seconds']:.1f} | {run['peak']:.0f}" if not isinstance(run, str) else f"{run} | "
            lines.append(f"| {name} | {tool} | {told} |")
        for old in folder.iterdir():
            old.unlink()
    return lines


def _pages(text: str, pages: int) -> str:
    """Return text that fills so many pages: 24 lines of 26 characters."""
    lines: list[str] = []
    count = 0
    source = text.split("\n")
    while count < pages * 24:
        line = source[len(lines) % len(source)]
        lines.append(line)
        count += max(1, -(-(len(line) + 2) // 26)) if line else 0
    return "\n".join(lines)


def _times(text: str, megabytes: int) -> str:
    return (text + "\n") * (megabytes * 1_000_000 // len(text.encode()))


def _broken(text: str) -> str:
    return "\n".join(line[at : at + 40] for line in text.split("\n") for at in range(0, len(line), 40))


def measure_once(tool: str, folder: Path, kind: str) -> dict[str, float]:
    """Time one reading of one large file."""
    read = TOOLS[tool]()
    begun = seconds()
    read(next(folder.glob(f"*.{kind}")))
    return {"seconds": seconds() - begun, "peak": peak()}


def put_section(results: str, section: str) -> str:
    """Return the results with the section of formats in its place: at the end, in place of the one before."""
    head = results.partition(f"\n{HEADING}")[0].rstrip("\n")
    return f"{head}\n\n{section}" if head else section


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one measurement (for the fresh processes) or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", choices=TOOLS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--kind", default="")
    parser.add_argument("--most", type=int, default=BATCH, help="files of a format that slow tools read")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--large", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--pages", action="store_true", help="measure pages of PDF and of scans alone")
    chosen = parser.parse_args(arguments)
    if chosen.measure:
        once = chosen.most < 0
        told = measure_once(chosen.measure, chosen.folder, chosen.kind) if once else measure(chosen.measure, chosen.folder, chosen.kind, chosen.most)  # fmt: skip
        print(json.dumps(told))
        return
    begun = time.perf_counter()
    if chosen.pages:
        section = pages_section(chosen.rounds)
        results = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
        RESULTS.write_text(results.partition(f"\n{PAGES_HEADING}")[0].rstrip("\n") + f"\n\n{section}", "utf-8")
        print(section)
        return
    section = report(chosen.rounds, chosen.most, chosen.large) + "\n" + pages_section(chosen.rounds)
    RESULTS.write_text(put_section(RESULTS.read_text("utf-8") if RESULTS.exists() else "", section), "utf-8")
    print(section, f"{time.perf_counter() - begun:.0f} s", sep="\n")


if __name__ == "__main__":
    main()
