"""Files whose parts are in different encodings, line by line and inside a line; files in one encoding are read as ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runaway import no_runaway

from ingest.decode import decode
from ingest.mixed import decode_mixed
from ingest.read import read_bytes

LINES = (
    "水口镇妇联2012年工作总结\r\n",
    "一、主要工作\r\n",
    "今年以来，镇妇联走访困难母亲45户，培训妇女120人次。\r\n",
    "\r\n",
    "二、存在的问题\r\n",
    "经费不足，活动场地靠借。\r\n",
    "2012年6月9日\r\n",
)


@pytest.mark.parametrize(("main", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 3), (4, 6), (6, 7)])
def test_lines_in_another_encoding_are_read_in_theirs(main, other, first, last):
    lines = LINES * 4
    data = b"".join(line.encode(other if first <= at < last else main) for at, line in enumerate(lines))
    text, encoding, stretches = decode_mixed(data)
    assert text == "".join(lines)
    assert encoding == main
    (stretch,) = stretches
    start, end, its = stretch
    assert "".join(lines[first:last]).strip() in text[start:end]
    assert its == other


@pytest.mark.parametrize(("main", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-8", "big5")])
def test_a_change_inside_a_line_is_found(main, other):
    before, inside = "今年以来，我們在工作中認真學習，" * 8, "組織婦女開展活動，取得好成績，" * 3
    data = before.encode(main) + inside.encode(other) + before.encode(main)
    assert decode_mixed(data)[0] == before + inside + before


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16", "big5"])
def test_a_file_in_one_encoding_is_read_as_ever(codec):
    data = ("年度工作總結：走訪農戶，幫扶學生。\r\n" * 20).encode(codec)
    text, encoding, stretches = decode_mixed(data)
    assert (text, encoding) == decode(data)
    assert stretches == []


def test_a_mark_at_the_head_is_left_out_and_lone_carriage_returns_stay():
    data = b"\xef\xbb\xbf" + "总结\r报告\r\r\n".encode() + "走访困难职工，发放慰问金。\n".encode("gb18030")
    assert decode_mixed(data)[0] == "总结\r报告\r\r\n走访困难职工，发放慰问金。\n"


def test_a_few_spoilt_bytes_are_no_other_encoding():
    data = bytearray(("水口镇工会全年走访困难职工。\n" * 20).encode())
    data[100], data[101] = 0xB8, 0xFF
    text, encoding, stretches = decode_mixed(bytes(data))
    assert (encoding, stretches) == ("utf-8", [])
    assert "\ufffd" in text and len(text) > 270


def test_a_long_line_of_changes_takes_no_endless_time():
    part = "组织妇女开展活动。".encode() + "组织妇女开展活动。".encode("gb18030")
    with no_runaway():
        decode_mixed(part * 60_000)


@given(st.binary(max_size=300))
def test_any_bytes_become_some_text(data):
    text, _, stretches = decode_mixed(data)
    assert all(0 <= start < end <= len(text) for start, end, _ in stretches)


def test_a_file_read_through_the_front_door_tells_what_was_in_another_encoding():
    lines = LINES * 6
    source = read_bytes(
        b"".join(line.encode("gb18030" if 14 <= at < 21 else "utf-8") for at, line in enumerate(lines)), "a.txt"
    )
    assert source.text == "".join(lines)
    assert source.encoding == "utf-8"
    ((name, value),) = source.about
    encoding, _, place = value.partition(" ")
    start, end = map(int, place.split("-"))
    assert (name, encoding) == ("encoding", "gb18030")
    assert source.text[start:end].startswith("水口镇妇联") and source.text[start:end].strip().endswith("2012年6月9日")


def test_the_sign_of_a_lost_character_in_sound_utf8_is_no_other_encoding():
    data = ("水口镇工会走访困难职工，发放慰问金\ufffd\ufffd。\n" * 30).encode()
    assert decode_mixed(data) == (data.decode(), "utf-8", [])
