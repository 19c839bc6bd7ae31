r"""Rich Text: code pages by font, \'xx and \u escapes, tables, footnotes, what is not text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import DamagedFile, NoText
from ingest.read import read
from ingest.rtf import is_rtf, read_rtf

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\froman\fcharset0 Times New Roman;}{\f2\fnil\fcharset136 MingLiU;}}"
)


def text_of(body, head=r"{\rtf1\ansi\ansicpg936\deff0" + FONTS):
    body = body if isinstance(body, bytes) else body.encode("latin-1")
    return read_rtf(head.encode() + body + b"}", "a.rtf").text.rstrip("\n")


def escaped(text, encoding="gbk"):
    return "".join(rf"\'{byte:02x}" for byte in text.encode(encoding))


def test_the_sample_of_another_producer_says_what_its_original_says():
    raw = read_rtf((FORMATS / "office_word.rtf").read_bytes(), "a.rtf")
    assert "".join(raw.text.split()) == "".join((FORMATS / "office_word.txt").read_text("utf-8").split())
    assert raw.text[raw.anchors[1].start : raw.anchors[1].end] == "一、主要做法"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (escaped("妇联工作"), "妇联工作"),
        (r"\f2 " + escaped("婦聯工作", "big5"), "婦聯工作"),
        (r"\f2 " + escaped("婦聯", "big5") + r"\f0 " + escaped("妇联"), "婦聯妇联"),
        (r"\f1 " + escaped("妇联"), "妇联"),  # a Western font over Chinese bytes
        (r"\f1 \'93GDP\'94", "“GDP”"),  # and Western quotation marks, which could be halves of characters
        (r"\'81A", "丄"),  # the second byte as a plain letter
        (r"\'90\{", b"\x90{".decode("gbk")),
        (r"\uc1\u24037?\u20316?", "工作"),
        (r"\uc1\u24037\'b9\u20316\'d7", "工作"),
        (r"\uc2\u24037\'b9\'a4\u20316\'d7\'f7", "工作"),
        (r"\uc0\u24037\u20316", "工作"),
        (r"\uc1\u-24231?", chr(65536 - 24231)),
        (r"\uc1\u-10180?\u-8704?", "\U0001f200"),  # a pair of surrogates
        (r"a\uc1\u-10180?", "a"),  # half a pair
        (r"350\~\'c8\'cb\line 120", "350\xa0人\n120"),
        (r"a\par b\par", "a\nb"),
        (r"\{a\\b\}", "{a\\b}"),
        (r'{\field{\*\fldinst HYPERLINK "http://example.cn"}{\fldrslt abc}}', "abc"),
        (r"{\listtext\pard 1.\tab}abc\par {\listtext\f3 \'b7\tab}def", "1.abc\ndef"),
        (r"a{\v hidden}{\deleted gone}b", "ab"),
        (r"a{\header head}{\footer foot}{\pict\wmetafile8 0102ff}b", "ab"),
        (r"{\*\unknown abc}d", "d"),
        (r"{\upr{abc}{\*\ud{\uc0\u24037}}}", "工"),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt abc}}{\shprslt abc}}d", "d\nabc"),
        (r"a{\field{\*\fldinst EQ \\o\\ad(\\s\\up 9(n),b)}{\fldrslt }}c", "abc"),  # how old Word keeps pronunciations
        (r"a{\field{\*\fldinst{ PAGE }}{\fldrslt 3}}b{\deleted c\par}d", "a3bd"),
        (r"a{\*\do\dobxpage\dptxbx{\dptxbxtext\pard box\par}\dpx0}b", "ab\nbox"),  # of Word 95
        (r"{\shp{\*\shpinst{\shptxt box}}{\shprslt{\*\do\dptxbx{\dptxbxtext box}}}}b", "b\nbox"),
        (r"{\listtext 1.\tab}2023", "1. 2023"),
        (r"{\listtext\'d2\'bb\'a1\'a2\tab}" + escaped("成绩"), "一、成绩"),
        (r"abc{\super\chftn{\*\footnote\pard note}}def\par ghi", "abcdef\nnote\nghi"),
        (r"\trowd\intbl a\par b\cell c\cell\row\pard d", "a b\tc\t\nd"),
    ],
)
def test_what_rich_text_says(body, text):
    assert text_of(body) == text


def test_binary_data_is_passed_over_whatever_stands_in_it():
    assert text_of(rb"a{\pict\bin5 }}{\x}b") == "ab"


def test_plain_bytes_beyond_ascii_are_read_in_the_code_page_of_the_font():
    assert text_of("妇联工作".encode("gbk")) == "妇联工作"


@pytest.mark.parametrize(
    "page", [r"\ansi\ansicpg936", r"\ansi\ansicpg99999", r"\mac", r"\pc", r"\ansi\ansicpg65001", r"\ansi\ansicpg-1"]
)
def test_any_code_page_leaves_ascii_alone(page):
    assert text_of("abc", r"{\rtf1" + page + " ") == "abc"


@pytest.mark.parametrize("data", [b"", b"rtf1", b"\\rtf1 abc", b"{\\rt", b"PK\x03\x04", "{妇联}".encode()])
def test_what_is_no_rich_text_is_not_taken_for_it(data):
    assert not is_rtf(data)
    with pytest.raises(DamagedFile):
        read_rtf(data, "a.rtf")


def test_a_file_that_ends_inside_its_text_is_damaged_but_for_the_last_brace():
    assert read_rtf(rb"{\rtf1 abc", "a.rtf").text == "abc\n"
    with pytest.raises(DamagedFile):
        read_rtf(rb"{\rtf1 {\b abc", "a.rtf")


@pytest.mark.parametrize("body", ["", r"\par\par", r"{\pict 0102}", r"{\v abc}"])
def test_a_file_without_text_says_so(body):
    with pytest.raises(NoText):
        text_of(body)


def test_groups_without_end_are_damage():
    with pytest.raises(DamagedFile):
        read_rtf(rb"{\rtf1" + b"{" * 200_000, "a.rtf")


def test_a_report_typed_into_a_cell_keeps_its_lines():
    long = escaped("走访慰问困难职工。" * 20)
    body = rf"\trowd\intbl a\cell {escaped('一、做法')}\par {long}\par {escaped('二、不足')}\cell\row\pard {{\outlinelevel0 d\par}}"
    data = ("{\\rtf1\\ansi\\ansicpg936 " + body + "}").encode()
    raw = read_rtf(data, "a.rtf")
    assert [line[:9] for line in raw.text.split("\n")] == ["a\t一、做法", "走访慰问困难职工。", "二、不足\t", "d", ""]
    assert [raw.text[at] for at, _ in raw.headings] == ["d"]


def test_headers_and_footers_are_told_apart_from_the_text():
    body = r"{\header\pard abc\par}{\footerf{\field{\*\fldinst PAGE}{\fldrslt 1}}}{\headerr abc}text\par"
    raw = read_rtf(rb"{\rtf1\ansi " + body.encode() + b"}", "a.rtf")
    assert raw.text == "text\n"
    assert raw.about == (("header", "abc"), ("footer", "1"))


def places(path):
    source = read(path)
    pairs = (
        (anchor.cell or anchor.paragraph, source.text[anchor.start : anchor.end].strip()) for anchor in source.anchors
    )
    return [(place, text) for place, text in pairs if text]


@pytest.mark.parametrize("name", ["office_rich", "office_word"])
def test_paragraphs_and_cells_are_counted_as_in_the_same_file_as_opendocument(name):
    assert places(FORMATS / f"{name}.rtf") == places(FORMATS / f"{name}.odt")


def test_a_cell_is_told_by_table_row_and_column_and_a_line_break_ends_no_paragraph():
    head = r"{\rtf1\ansi "
    row = r"\trowd\cellx100\cellx200\pard\intbl A\cell B\cell\row "
    merged = r"\trowd\cellx200\cellx300\pard\intbl C\cell D\cell\row "
    raw = read_rtf(f"{head}\\pard a\\line b\\par {row}{merged}\\pard c\\par {row}}}".encode(), "x.rtf")
    told = [(raw.text[anchor.start : anchor.end], anchor.paragraph, anchor.cell) for anchor in raw.anchors]
    assert told == [
        ("a", 0, None), ("b", 0, None), ("A", None, (0, 0, 0)), ("B", None, (0, 0, 1)), ("C", None, (0, 1, 0)), ("D", None, (0, 1, 2)),
        ("c", 1, None), ("A", None, (1, 0, 0)), ("B", None, (1, 0, 1)),
    ]  # fmt: skip
