"""Real reports of other producers: Word files, rows of tables, GBK texts, dumps of pages, texts without line ends."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ingest.read import read

REPORTS = os.environ.get("NIANLUN_REPORTS")
FOLDER = Path(REPORTS or ".") / "corpora"
FILES = sorted(path for path in FOLDER.glob("*/*") if path.suffix in (".txt", ".docx", ".csv")) if REPORTS else []
pytestmark = pytest.mark.skipif(not FILES, reason="NIANLUN_REPORTS names no folder with corpora/")

CHROME = re.compile(
    r"当前位置|字体：|责任编辑|上一页|下一页|function |打印本页|关闭窗口|^相关报道|^下载$|E-mail推荐|^来源：|^时间：\d",
    re.M,
)
REPEATED = {
    "1954.txt": 3,
    "1978.txt": 6,
    "1991.txt": 12,
    "2014.txt": 2,
}  # how often the body stands in the file, at least


def ids(path):
    return path.stem


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_a_file_with_one_report_gives_one_document_with_its_title(path):
    (document,) = read(path).documents
    assert document.title is not None
    assert re.fullmatch(r"[^。—-]{0,24}?(?:政府)?工作报告.{0,30}|关于.{4,50}报告", document.title)
    assert not re.search(r"[—-]{2}|会议上|市长|省长", document.title)
    year = re.search(r"\d{4}", path.stem)
    named = re.search(r"\d{4}", document.title)
    assert year is not None and (named is None or named[0] == year[0])


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_nothing_of_the_page_is_left_in_the_text(path):
    (document,) = read(path).documents
    assert CHROME.findall(document.text) == []


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_what_is_dropped_is_listed_and_is_no_text_of_the_report(path):
    source = read(path)
    (document,) = source.documents
    text = "".join(document.text.split())
    for piece in source.furniture:
        dropped = source.text[piece.start : piece.end]
        if piece.kind == "repeat" or len(dropped) < 60:
            continue
        assert not re.search(r"[。！？]", dropped) or "".join(dropped.split()) in text, (piece.kind, dropped[:100])
    repeated = sum(piece.end - piece.start for piece in source.furniture if piece.kind == "repeat")
    times = REPEATED.get(path.name, 1)
    assert repeated >= (times - 1) * len(text) * 0.9
    listed = [(piece.start, piece.end) for piece in source.furniture]
    kept = [(run.source_start, run.source_end) for run in document.offsets.runs]
    at, missing = 0, []
    for start, end in [*sorted(listed + kept), (len(source.text), len(source.text))]:
        stretch = re.sub(r"<U\+[0-9A-F]{4}>|[\s\u3000\xa0\ufeff]", "", source.text[at:start]) if start > at else ""
        if len(re.findall("[\u4e00-\u9fff]", stretch)) > 40:
            missing.append(stretch)
        at = max(at, end)
    head = 1 if path.suffix == ".csv" else 0  # the other fields of the row
    broken = path.parent.name == "damaged"  # what cannot be told is left out, and marked
    assert broken or len(missing) <= head


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name != "damaged"], ids=ids)
def test_no_line_is_longer_than_a_paragraph_and_none_is_cut_in_a_sentence(path):
    (document,) = read(path).documents
    lines = document.text.split("\n")
    cut = [a for a, b in zip(lines, lines[1:], strict=False) if a[-1] in "，、" or b[0] in "，。、；"]
    assert cut == []
