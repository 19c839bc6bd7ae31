"""Cleaning: what changes, what is dropped, what stays, and damage that is recorded."""

from __future__ import annotations

import pytest

from ingest.clean import clean, normalise
from ingest.damage import find_damage
from ingest.lines import split_lines
from ingest.script import is_traditional, to_simplified


def read(text):
    return clean(list(split_lines(text)), ordinal=1, title=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０１２年培训３６０人", "2012年培训360人"),
        ("完成率９８．５％", "完成率98.5%"),
        ("Ｑ Ｑ群", "Q Q群"),
        ("经费不足,人手紧张;怎么办?", "经费不足，人手紧张；怎么办？"),
        ("(一)抓培训", "（一）抓培训"),
        ("时间:上午", "时间：上午"),
        ('评选"好婆婆"和"好媳妇"', "评选“好婆婆”和“好媳妇”"),
        ("「春風」行動", "“春風”行動"),
        ("〝五好〞家庭", "“五好”家庭"),
        ("甲\t乙\xa0丙", "甲 乙 丙"),
    ],
)
def test_a_line_is_normalised_character_by_character(text, expected):
    assert normalise(text) == expected
    assert len(text) == len(expected)


@pytest.mark.parametrize(
    "text",
    [
        "发放12,500份",
        "上午9:30开会",
        "面积80㎡",
        "比例1:10",
        "3．建队伍",
        "see page 3, line 4",
        "http://a.cn",
        "①",
        "Ⅲ",
        "3～5户",
        "……",
    ],
)
def test_what_has_its_own_meaning_keeps_its_form(text):
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("妇\u200b联", "妇联"),
        ("2 0 0 8 年3 月5 日", "2008年3月5日"),
        ("1 2 月底", "12月底"),
        ("\ufeff总结", "总结"),
        ("甲\x00乙", "甲乙"),
        ("第 3 批 20 人", "第 3 批 20 人"),
        ("a<b", "a<b"),
    ],
)
def test_what_is_no_text_is_dropped(text, expected):
    assert read(text).text == expected


def test_a_quotation_that_stands_across_a_line_end_pairs():
    assert (
        read('各村广泛开展"美丽庭院、清洁家\n园"创建，参评家庭九百户；评出"示范户"八十户。').text
        == "各村广泛开展“美丽庭院、清洁家园”创建，参评家庭九百户；评出“示范户”八十户。"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("婦聯幹部學習檔案", "妇联干部学习档案"), ("後勤部門發揮作用", "后勤部门发挥作用"), ("乾部", "干部")],
)
def test_traditional_text_becomes_simplified_and_its_words_stay(text, expected):
    document = read(text)
    assert (document.text, document.script) == (expected, "traditional")


@pytest.mark.parametrize(
    "text", ["妇联干部学习档案", "参观鄒城碑林，走访农户三十余家，召开座谈会两次。", "", "report 2012"]
)
def test_a_simplified_text_with_a_rare_traditional_character_is_simplified(text):
    assert not is_traditional(text)


def test_a_conversion_that_changes_the_length_still_leads_back(monkeypatch):
    def longer(text):
        return to_simplified(text).replace("干部", "干部们")

    monkeypatch.setattr("ingest.clean.to_simplified", longer)
    source = "幹部學習\r\n　　發動婦女幹部，擴大會員"
    document = read(source)
    assert document.text == "干部们学习\n发动妇女干部们，扩大会员"
    for at, char in enumerate(document.text):
        start, end = document.to_source(at, at + 1)
        assert 0 <= start < end <= len(source)
        if char in "学习发动妇女扩大会员":
            assert char in to_simplified(source[start:end])


@pytest.mark.parametrize(
    ("text", "kind", "surface"),
    [
        ("##县妇联", "masked", "##"),
        ("20XX年工作", "masked", "20XX"),
        ("XX市总工会", "masked", "XX"),
        ("筹资**万余元", "masked", "**"),
        ("培训女农民00多人", "digits_lost", "00"),
        ("受益妇女达余人", "digits_lost", "余"),
        ("总产值8.亿元", "digits_lost", "8."),
        ("投入.6万元", "digits_lost", "."),
        ("着力解决“”难题", "words_removed", "“”"),
        ("印发《》一文", "words_removed", "《》"),
        ("工作锟斤拷总结", "mojibake", "锟斤拷"),
        ("工作\ufffd\ufffd总结", "mojibake", "\ufffd\ufffd"),
        ("工作\ue123\ue456\ue789总结", "mojibake", "\ue123\ue456\ue789"),
        ("各项工作完成。\n五、下步打算", "truncated", "五、下步打算"),
    ],
)
def test_damage_is_recorded_with_its_kind(text, kind, surface):
    assert [(text[d.start : d.end], d.kind) for d in find_damage(text)] == [(surface, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "培训3000多人",
        "占比0.5%",
        "100余人",
        "1.6亿元",
        "8.5万元",
        "零事故",
        "X光机一台",
        "3×4米",
        "余下的人",
        "剩余人员",
        "二○一二年",
        "各项工作完成。\n五、下步打算。",
        "一、标题",
        "零上20人",
        "事故0起",
        "李\ue7c7同志",
        "李锟、陈锟斤两位",
        "\uf0b7走访",
        "目录\uf02e\uf02e\uf02e\uf02e\uf02e3",
    ],
)
def test_what_only_looks_like_damage_is_none(text):
    assert list(find_damage(text)) == []
