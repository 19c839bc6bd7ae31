"""Bytes become text: each encoding of these reports, long and short, with a mark and without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import decode

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


@given(st.binary(max_size=300))
def test_any_bytes_become_some_text(data):
    text, encoding = decode(data)
    assert isinstance(text, str)
    assert encoding in {"utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"}
