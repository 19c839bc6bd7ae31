"""Files that cannot be read: each gives its reason and what would help, in English and Chinese, at once."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from runaway import no_runaway

from ingest.errors import CannotOpen, DamagedFile, EmptyFile, EncryptedFile, IngestError, NoText, UnsupportedFormat
from ingest.read import read, read_bytes


def word_bytes():
    buffer = io.BytesIO()
    file = docx.Document()
    for _ in range(50):
        file.add_paragraph("水口镇工会全年走访困难职工，发放慰问品。")
    file.save(buffer)
    return buffer.getvalue()


def pdf_bytes(encrypt=None):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt)
    for _ in range(5):
        canvas.drawString(90, 700, "annual report of the union")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def zip_bytes(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return buffer.getvalue()


def random_bytes(size):
    return random.Random(7).randbytes(size)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CASES = {
    "no bytes": (b"", EmptyFile, "empty"),
    "a byte order mark alone": (b"\xef\xbb\xbf", EmptyFile, "empty"),
    "white space alone": (b" \r\n\t\r\n", EmptyFile, "empty"),
    "ideographic spaces alone": ("\u3000\u3000\n\u3000".encode(), EmptyFile, "empty"),
    "zeros alone": (b"\x00" * 500, EmptyFile, "empty"),
    "an old Office file in ruins": (OLE + random_bytes(900), DamagedFile, "old Office"),
    "a RAR archive": (b"Rar!\x1a\x07\x00" + random_bytes(300), UnsupportedFormat, "RAR"),
    "a Word file with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900) + "EncryptedPackage".encode("utf-16-le"),
        EncryptedFile,
        "password",
    ),
    "markup alone": (b"<!-- nothing -->\n<br/>\n", NoText, "markup"),
    "rich text without words": (b"{\\rtf1\\ansi}", NoText, "Rich Text"),
    "a workbook without its parts": (zip_bytes("xl/workbook.xml"), DamagedFile, "Excel"),
    "random bytes": (random_bytes(3000), UnsupportedFormat, "binary"),
    "half a Word file": (word_bytes()[: len(word_bytes()) // 2], DamagedFile, "damaged"),
    "a Word file without its parts": (zip_bytes("word/document.xml"), DamagedFile, "damaged"),
    "half a PDF": (pdf_bytes()[:700], DamagedFile, "damaged"),
    "the head of a PDF": (b"%PDF-1.4\n", DamagedFile, "damaged"),
    "an encrypted PDF": (pdf_bytes(StandardEncryption("secret", canPrint=0)), EncryptedFile, "password"),
    "one character over and over": (("好" * 1_700_000).encode(), NoText, "different"),
    "two characters over and over": (b"- " * 2_500_000, NoText, "different"),
}


@pytest.mark.parametrize("case", CASES)
def test_each_bad_file_gives_its_reason_and_a_remedy_in_two_languages(case):
    data, kind, reason = CASES[case]
    with no_runaway(), pytest.raises(IngestError) as raised:
        read_bytes(data, "报告.txt")
    error = raised.value
    assert type(error) is kind
    assert reason in str(error)
    assert str(error).startswith("报告.txt: ")
    assert error.reason_zh and error.remedy and error.remedy_zh
    assert any("\u4e00" <= char <= "\u9fff" for char in error.reason_zh + error.remedy_zh)


@pytest.mark.parametrize(
    "failure", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error"), OSError("odd")]
)
def test_a_file_that_the_system_refuses_says_why(tmp_path, monkeypatch, failure):
    def refuse(self):
        raise failure

    path = tmp_path / "总结.txt"
    path.write_text("总结", "utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(CannotOpen) as raised:
        read(path)
    assert (failure.strerror or "OSError") in str(raised.value)
    assert raised.value.remedy_zh


def test_a_folder_and_a_missing_file_cannot_be_opened(tmp_path):
    for path in (tmp_path, tmp_path / "缺.txt"):
        with pytest.raises(CannotOpen):
            read(path)


def test_a_name_with_a_line_end_is_kept_as_it_is(tmp_path):
    path = tmp_path / "总\n结.txt"
    path.write_text("水口镇工会总结", "utf-8")
    assert read(path).path == str(path)


@pytest.mark.parametrize(
    ("name", "spoilt"), [("a.pdf", True), ("a.JPG", True), ("a.docx", True), ("a.xyz", False), ("a", False)]
)
def test_a_file_of_no_kind_is_not_to_be_saved_as_what_its_name_says(name, spoilt):
    with pytest.raises(UnsupportedFormat) as raised:
        read_bytes(random_bytes(3000), name)
    assert ("文件名所说" in raised.value.remedy_zh) == spoilt == ("what its name says" in raised.value.remedy)
    assert ("另存为以下格式" in raised.value.remedy_zh) != spoilt


def test_zeros_inside_a_text_are_dropped_and_nothing_else():
    source = read_bytes("水口镇\x00\x00工会总结。\x00".encode(), "a.txt")
    assert source.documents[0].text == "水口镇工会总结。"


def test_a_text_with_spoilt_bytes_is_read_and_its_damage_told():
    data = bytearray(("水口镇工会全年走访困难职工。" * 20).encode())
    data[100] = 0xFF
    (document,) = read_bytes(bytes(data), "a.txt").documents
    assert {damage.kind for damage in document.damage} == {"mojibake"}


def test_a_short_line_of_one_character_is_a_text():
    assert read_bytes("好好好".encode(), "a.txt").documents[0].text == "好好好"


def test_an_image_without_means_to_recognise_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("ingest.ocr.engine", lambda: None)
    with pytest.raises(IngestError) as raised:
        read_bytes(b"\x89PNG\r\n\x1a\n" + random_bytes(500), "照片.txt")
    assert (
        "pip install rapidocr onnxruntime" in str(raised.value)
        and "pip install rapidocr onnxruntime" in raised.value.remedy_zh
    )
