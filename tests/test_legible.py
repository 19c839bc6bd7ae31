"""What went wrong on the way into a file is undone before it is read, and every character leads back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_mojibake import LONG, PLAIN, as_gbk

from ingest.errors import IngestError
from ingest.legible import make_legible
from ingest.read import read, read_bytes

REPORTS = os.environ.get("NIANLUN_REPORTS")
HEAD = "白楂镇工会2012年工作总结\n" + PLAIN * 3 + "\n"


def only(text, name="a.txt"):
    source = read_bytes(text.encode(), name)
    assert source.text == text
    (document,) = source.documents
    return source, document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<U+00A0><U+00A0>各位代表", "各位代表"),
        ("走访<U+4E2D>小企业", "走访中小企业"),
        ("走访&#x4E2D;&#23567;企业", "走访中小企业"),
        ("走访\\u4e2d\\u5c0f企业", "走访中小企业"),
        ("经费&nbsp;&nbsp;不足", "经费  不足"),
        ("&ldquo;两学&rdquo;", "“两学”"),
        ("研发（R&D）与AT&T，C:\\users", "研发（R&D）与AT&T，C:\\users"),
        ("出席 1 9 9 8 年3 月5 日会议", "出席 1998年3月5日会议"),
        ("完成２ ．５ 亿元", "完成2.5亿元"),
    ],
)
def test_a_word_is_read_as_it_was_meant(text, expected):
    source, document = only(PLAIN + "\n" + text)
    assert document.text.split("\n")[1] == expected
    start = document.text.index(expected[2:4], len(PLAIN))
    assert source.text.find(text) <= document.to_source(start, start + 2)[0] < len(source.text)


def test_what_was_decoded_wrongly_is_read_repaired_and_leads_back():
    source, document = only(HEAD + as_gbk(LONG, "€"))
    assert "调解劳动争议68件" in document.text
    at = document.text.index("劳动争议")
    start, end = document.to_source(at, at + 4)
    whole = source.text[start:end]
    assert as_gbk("劳动争议") in whole and len(whole) <= len(as_gbk("劳动争议")) + 4
    (repaired,) = [damage for damage in document.damage if damage.kind == "repaired"]
    assert document.text[repaired.start :].startswith("区总工会") and repaired.end >= len(document.text) - 1


def test_what_is_lost_is_one_sign_and_marked():
    _, document = only(HEAD + "今年共走访锟斤拷锟斤拷困难职工，发放慰问金。")
    (damage,) = document.damage
    assert damage.kind == "mojibake"
    assert document.text[damage.start - 2 : damage.end + 2] == "走访\ufffd困难"


def test_lines_headings_and_reports_are_told_after_the_repair():
    first = "第一篇：镇工会总结\n" + "".join(f"在{n}村，{PLAIN}\n" for n in "甲乙丙丁戊己庚辛壬癸")
    second = "第二篇：村妇联总结\n" + "".join(f"在{n}村，{LONG}\n" for n in "甲乙丙丁戊己庚辛壬癸")
    whole = read_bytes((first + second).encode(), "a.txt")
    spoilt = read_bytes((first + as_gbk(second, "€")).encode(), "a.txt")
    assert [one.title for one in spoilt.documents] == [one.title for one in whole.documents]
    start = spoilt.documents[-1].source_start
    assert abs(start - len(first)) < 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\uf0b7 走访困难职工", "• 走访困难职工"),
        ("\u3000\u3000\uf06c走访困难职工", "●走访困难职工"),
        ("\uf0d8\t走访困难职工", "▲ 走访困难职工"),
        ("\uf045走访困难职工", "•走访困难职工"),
        ("党员（\uf0fe）群众（\uf0a8）", "党员（√）群众（□）"),
        ("李\ue7c7同志\uf045走访", "李\ue7c7同志\uf045走访"),
    ],
)
def test_signs_of_symbol_fonts_are_marks_of_lists_and_no_damage(text, expected):
    _, document = only(PLAIN + "\n" + text)
    assert document.text.split("\n")[1] == expected
    assert all(damage.kind == "truncated" for damage in document.damage)


def test_text_in_the_code_of_a_font_is_damage():
    _, document = only(PLAIN + "\n\uf0b7\uf0c1\uf0e5\uf0a9走访")
    assert [damage.kind for damage in document.damage] == ["mojibake"]


def test_a_clean_text_is_handed_on_as_it_is():
    text = HEAD * 3
    legible = make_legible(text)
    assert legible.text is text and legible.offsets is None


def test_a_field_of_a_table_is_mended_too():
    body = (PLAIN + "发放&ldquo;慰问金&rdquo;。") * 20
    data = f"标题,正文\n白楂镇&middot;总结,{body}\n苎塘镇总结,{body.replace('区', '县')}\n".encode()
    documents = read_bytes(data, "a.csv").documents
    assert [one.title for one in documents] == ["白楂镇·总结", "苎塘镇总结"]
    assert all("“慰问金”" in one.text and "&" not in one.text for one in documents)


PIECES = [PLAIN, as_gbk(LONG, "€"), as_gbk(LONG, "?"), LONG.encode().decode("latin-1"), "锟斤拷锟斤拷", "<U+4E2D>", "&nbsp;", "&amp;lt;",
          "1 9 9 8 年3 月5 日，", "\n", "\u3000\u3000", "一、", "\ufffd\ufffd", "第一篇：总结\n", "資料檔案，", "1&nbsp;9 ．5 亿"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(deadline=None)
def test_every_character_leads_back_inside_the_source_and_in_order(pieces):
    text = "".join(pieces)
    try:
        source = read_bytes(text.encode("utf-8"), "a.txt")
    except IngestError:
        return
    for document in source.documents:
        last = (0, 0)
        for at in range(len(document.text)):
            start, end = document.to_source(at, at + 1)
            assert last[0] <= start < end <= len(source.text) and last[1] <= end
            last = (start, end)
        for damage in document.damage:
            assert 0 <= damage.start < damage.end <= len(document.text)


@pytest.mark.skipif(not REPORTS, reason="NIANLUN_REPORTS names no folder with corpora/")
@pytest.mark.parametrize(("year", "share"), [(1955, 0.99), (1986, 0.99), (1998, 0.99)])
def test_damaged_national_reports_read_as_chinese_to_their_end(year, share):
    source = read(Path(REPORTS) / f"corpora/damaged/{year}年_no_line_breaks.txt")
    (document,) = source.documents
    text = document.text
    (repaired,) = [damage for damage in document.damage if damage.kind == "repaired"]
    later = text[repaired.start : repaired.end]
    good = sum(char in "，。、；：“”（）《》！？\n\u3000" or "\u4e00" <= char <= "\u9fa5" for char in later)
    assert good + sum(char.isascii() for char in later) > share * len(later)
    common = "的国和发展年人经济工作一是在了" + "们会大为主"
    shares = [sum(part.count(char) for char in common) / len(part) for part in (text[: repaired.start], later)]
    assert shares[1] > shares[0] * 0.7  # other chapters, other words
    lost = [damage for damage in document.damage if damage.kind == "mojibake"]
    assert len(lost) == text.count("\ufffd") and 50 < len(lost) < len(later) / 100
