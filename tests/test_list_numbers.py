"""The forms of list numbers of East Asia, and what stands between a number and the text behind it."""

from __future__ import annotations

import pytest

from ingest.list_numbers import labelled, numeral
from ingest.odf import _numeral


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一〇〇"}),
        ("chineseCountingThousand", {19: "十九", 100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一", 2340: "二千三百四十"}),
        ("taiwaneseCountingThousand", {3: "三", 12: "十二", 105: "一百零五"}),
        ("japaneseCounting", {10: "十", 25: "二十五", 100: "百", 111: "百十一"}),
        ("ideographDigital", {9: "九", 10: "一〇", 25: "二五"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("ideographZodiacTraditional", {1: "甲子", 11: "甲戌", 60: "癸亥", 61: "甲子"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 25: "贰拾伍", 100: "壹佰"}),
        ("ideographLegalTraditional", {2: "貳", 30: "參拾"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("decimalEnclosedFullstop", {1: "⒈"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX"}),
        ("lowerRoman", {9: "ix"}),
        ("upperLetter", {26: "Z", 27: "AA"}),
        ("lowerLetter", {2: "b"}),
        ("decimalZero", {7: "07", 12: "12"}),
        ("bullet", {1: ""}),
        ("none", {1: ""}),
        ("of some other standard", {12: "12"}),
        ("chineseCounting ", {0: "0", -3: "-3"}),
        ("chineseCounting", {0: "〇"}),
    ],
)  # fmt: skip
def test_numbers_in_their_forms(form, numbers):
    assert {number: numeral(number, form) for number in numbers} == numbers


@pytest.mark.parametrize("form", ["upperRoman", "upperLetter", "chineseCountingThousand", "ideographTraditional"])
def test_absurd_numbers_are_short_all_the_same(form):
    assert len(numeral(2_000_000_000, form)) < 60


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [
        ("一, 二, 三, ...", 12, "十二"),
        ("甲, 乙, 丙, ...", 3, "丙"),
        ("壹, 贰, 叁, ...", 2, "贰"),
        ("①, ②, ③, ...", 4, "④"),
        ("1", 5, "5"),
        ("I", 5, "V"),
        ("?", 5, "5"),
    ],
)
def test_forms_of_opendocument(form, number, shown):
    assert _numeral(number, form) == shown


@pytest.mark.parametrize(
    ("label", "text", "joined"),
    [
        ("一、", "主要工作", "一、主要工作"),
        ("1.", "走访36户", "1.走访36户"),
        ("1.", "5万元到位", "1. 5万元到位"),
        ("3", "2023年", "3 2023年"),
        ("第一章", "总则", "第一章 总则"),
        ("①", "走访", "①走访"),
        ("（1）", "36户", "（1）36户"),
        ("", "正文", "正文"),
    ],
)
def test_a_number_does_not_run_into_the_text(label, text, joined):
    assert labelled(label, text) + text == joined
