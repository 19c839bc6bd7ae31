"""Radicals that PDFs have for characters are read as those; the source keeps what it says."""

import unicodedata

import pytest

from ingest.radicals import CHARACTERS, find_radicals
from ingest.read import read_bytes


def unified(text):
    for start, end, plain in reversed(list(find_radicals(text))):
        text = text[:start] + plain + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("⼯⼈⽂化宫", "工人文化宫"),
        ("⻓期⻅效，⻛清⽓正", "长期见效，风清气正"),
        ("⼀、⼆、⼗⼋⼤", "一、二、十八大"),
        ("⺠政局⻘年⻔诊", "民政局青年门诊"),
        ("樂山、ofﬁce", "樂山、office"),
        ("工人文化宫（㎡、①、〇）", "工人文化宫（㎡、①、〇）"),
    ],
)
def test_a_radical_becomes_its_character_and_nothing_else_changes(text, expected):
    assert unified(text) == expected


def test_each_stands_for_a_character_that_is_none_itself():
    assert all(len(key) == 1 and value not in CHARACTERS for key, value in CHARACTERS.items())
    assert all(unicodedata.category(char) in {"Lo", "Ll"} for value in CHARACTERS.values() for char in value)


def test_the_source_keeps_its_radicals_and_the_report_leads_back_to_them():
    (document,) = (
        source := read_bytes("⽔⼝镇⼯会2019年⼯作总结\n⼀、⻓期慰问困难职⼯36⼈。\n".encode(), "x.txt")
    ).documents
    assert document.text == "水口镇工会2019年工作总结\n一、长期慰问困难职工36人。"
    at = document.text.index("职工36人")
    start, end = document.to_source(at, at + 5)
    assert source.text[start:end] == "职⼯36⼈"
