"""Bytes become text: each encoding of these reports, long and short, with a mark and without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import BIG5, decode
from ingest.read import read_bytes

SIMPLIFIED = "湖口镇妇联年底前走访困难母亲，慰问金由各村自筹。"
TRADITIONAL = "湖口鄉婦聯於年底前訪視貧困母親，慰問金由各村自行籌措。"
LONG = "今年以来，区总工会组织职工开展劳动竞赛和技能培训，推动企业建立集体协商制度。\r\n" * 40


@pytest.mark.parametrize("length", [4, 7, 12, 20])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_short_simplified_text_is_read_in_its_encoding(codec, length):
    text = SIMPLIFIED[:length]
    assert decode(text.encode(codec)) == (text, codec)


@pytest.mark.parametrize("length", [6, 10, 20])
@pytest.mark.parametrize("codec", ["utf-8", "big5", "utf-16-le"])
def test_a_short_traditional_text_is_read_in_its_encoding(codec, length):
    text = TRADITIONAL[:length]
    assert decode(text.encode(codec)) == (text, codec)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_long_text_is_read_in_its_encoding_with_its_line_ends(codec):
    assert decode(LONG.encode(codec)) == (LONG, codec)


@pytest.mark.parametrize(
    ("codec", "mark"), [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
)
def test_a_byte_order_mark_decides_and_is_left_out(codec, mark):
    assert decode(mark + SIMPLIFIED.encode(codec)) == (SIMPLIFIED, codec)


@pytest.mark.parametrize("rare", ["䶮", "𠮷", "㙟", "€"])
def test_characters_of_four_bytes_survive_gb18030(rare):
    text = f"走访{rare}家村，" + SIMPLIFIED
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_gb18030_that_happens_to_be_valid_utf8_is_told_by_its_characters():
    assert decode("联通".encode("gb18030")) == ("联通", "gb18030")


@pytest.mark.parametrize("text", ["plan 2012", "a\tb\r\n", ""])
def test_a_text_without_chinese_stays_what_it_is(text):
    assert decode(text.encode())[0] == text


def test_a_few_spoilt_bytes_do_not_change_the_encoding_and_are_marked():
    data = bytearray(LONG.encode("utf-8"))
    data[10] = 0xFF
    text, encoding = decode(bytes(data))
    assert encoding == "utf-8"
    assert 1 <= text.count("\ufffd") <= 3


def test_a_long_head_of_ascii_does_not_hide_the_encoding():
    text = "<!-- template -->\n" * 500 + SIMPLIFIED
    assert decode(text.encode("gb18030")) == (text, "gb18030")


REPORT = "白楂镇总工会工作总结\n今年以来，走访慰问困难职工四十五户。\n二、存在的问题\n经费不足，活动场地靠借。"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16", "gb18030", "utf-8", "utf-8-sig"])
def test_a_report_is_read_in_any_encoding_through_the_front_door(codec):
    for text in (REPORT, REPORT.replace("\n", "\r\n"), "2012,1-6\n" + REPORT):
        source = read_bytes(text.encode(codec), "a.txt")
        assert source.text == text
        assert source.documents[0].text.endswith(REPORT[-30:])


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("荃灣婦聯會走訪貧困母親，喺各村自行籌措經費，開展學習活動。", "big5hkscs"),
        ("婦聯走訪貧困母親，發放補助€500元，開展學習活動。", "cp950"),
        ("党员䶮㙟𠮷走访困难母亲，慰问金由各村自筹。", "gb18030"),
    ],
)
def test_the_rarer_characters_of_an_encoding_are_read(text, codec):
    source = read_bytes((text + "\n" + text[::-1]).encode(codec), "a.txt")
    assert (source.text, source.encoding) == (text + "\n" + text[::-1], codec)


@pytest.mark.parametrize(
    ("between", "lines"),
    [
        ("\r", 2), ("\r\n", 2), ("\u2028", 2), ("\u2029", 2), ("\x0b", 2), ("\x0c", 2), ("\x85", 2), ("\n\x00\n", 2), ("\x00", 1), ("\ufeff", 1),
        ("\n\ufeff", 2), ("\x00\x00", 1),
    ],
)  # fmt: skip
def test_odd_line_ends_part_lines_and_invisible_signs_do_not(between, lines):
    first, second = "今年走访困难职工四十五户。", "筹集慰问金一万二千元。"
    source = read_bytes((first + between + second).encode(), "a.txt")
    assert source.text == first + between + second
    assert source.documents[0].text == ("\n" if lines == 2 else "").join((first, second))


def test_files_that_were_pasted_together_with_their_marks_are_read():
    utf8, gbk = "\ufeff一、走访困难职工四十五户。\n".encode(), "二、开展劳动竞赛三次。\n".encode("gb18030")
    for data in (utf8 + utf8 + gbk, gbk + utf8, b"\xef\xbb\xbf" + gbk * 3):
        text = read_bytes(data, "a.txt").documents[0].text
        assert "\ufffd" not in text and "锘" not in text
        assert set(text.split("\n")) <= {"一、走访困难职工四十五户。", "二、开展劳动竞赛三次。"}


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "big5"])
@pytest.mark.parametrize("cut", [1, 2])
def test_a_file_that_begins_in_the_middle_of_a_character_is_read(codec, cut):
    text = TRADITIONAL if codec == "big5" else SIMPLIFIED
    got, encoding = decode(text.encode(codec)[cut:])
    assert encoding == codec
    assert got.endswith(text[2:]) and len(got) <= len(text) + 1


@given(st.binary(max_size=300))
def test_any_bytes_become_some_text(data):
    text, encoding = decode(data)
    assert isinstance(text, str)
    assert encoding in {"utf-8", "gb18030", *BIG5, "utf-16-le", "utf-16-be"}
