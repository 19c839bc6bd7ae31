"""Places where a pattern is tried: what the codes of characters rule out, no pattern would have found."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp.anchors import places_of_labels
from nlp.modality import CUE, CUES, alternatives, first_two, load_openings, places_of_cues
from nlp.numerals import NUMERAL
from nlp.places import codes_of, flags_of
from nlp.points import PART, PART_OPENS
from nlp.quantities import candidates, find_candidates, load_units
from nlp.times import NUMERALS, NUMERIC, find_numerals

OPENINGS = sorted(
    {"".join(pair) for words in CUES.values() for word in alternatives(words) for pair in first_two(word)}
)
PIECES = [*OPENINGS, *"的在于到抓了解望不要，。做好建设20年一两三有去上必须应当\n𠮷", "目标", "做好", "上", "得了"]


def test_a_code_stands_for_each_character_between_two_zeros():
    assert codes_of("三A").tolist() == [0, 0x4E09, 0x41, 0]
    assert codes_of("").tolist() == [0, 0]


def test_characters_beyond_the_basic_plane_shift_no_place():
    assert len(codes_of("𠮷三𠮷")) == 5
    assert codes_of("𠮷三")[2] == 0x4E09


def test_half_a_pair_of_surrogates_is_one_character():
    assert len(codes_of("\ud83d三")) == 4


def test_flags_tell_the_sets_of_each_character_and_none_of_the_zeros():
    flags = flags_of("[0-9三]", r"[^\n]")
    assert flags.take(codes_of("3三\nA")).tolist() == [0, 3, 3, 0, 2, 0]


def test_a_digit_beyond_the_basic_plane_is_a_digit():
    assert flags_of(r"\d", "[0-9]").take(codes_of("𝟘")).tolist() == [0, 1, 0]


@settings(deadline=None)  # the first one loads the tables
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_cue_is_found_by_its_first_two_characters(text):
    places, by_first = places_of_cues(text), load_openings().by_first
    for cue in CUE.finditer(text):
        assert cue.start() in places
        found = by_first[text[cue.start()]].match(text, cue.start())
        assert found is not None
        assert (found.span(), found.lastgroup) == (cue.span(), cue.lastgroup)
    for place in places:
        found, cue = by_first[text[place]].match(text, place), CUE.match(text, place)
        assert (found is None) == (cue is None)


def test_no_cue_begins_where_none_of_its_words_do():
    assert places_of_cues("全镇工业企业发展平稳，力量不足") == []


TIMELY = [
    *"01234567890119200１５.．/·“、 　一二三十百千万亿○几数半多余来年月日号天周季星期小时个至到-—~第*×_学分钟世纪五会𝟎\n了。的工作",
    "一" * 30,
    "2015" * 7,
]


@settings(deadline=None)  # the first one loads the tables
@example("数0年")
@example("天数12天，数十天，数数5年")
@given(st.lists(st.sampled_from(TIMELY), max_size=16).map("".join))
def test_every_numeral_of_a_time_is_found_where_its_run_begins(text):
    parted = re.sub(rf"(?<![{NUMERALS}])数(?=[\x00-\x7f])", "量", text)  # 小时数120: 数 before a digit ends a noun
    found = [match.span() for match in NUMERIC.finditer(parted)]
    inside = {match.start() + at for match in re.finditer(f"[{NUMERALS}]+", parted) for at in range(1, len(match[0]))}
    assert list(find_numerals(text)) == [(start, end) for start, end in found if start not in inside]


@pytest.mark.parametrize("text", ["第3名的2件", "同比增长12.5%，达46户", "三农和一带一路", "3000人次"])
def test_numerals_that_begin_no_time_are_not_tried(text):
    assert list(find_numerals(text)) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("整改措施：甲。存在问题2：乙。", [15, 12, 4]),
        ("落实情况:", [5, 4]),
        ("地址：城北，时间：春天，名单：", [15]),
        ("", [0]),
    ],
)
def test_only_colons_that_may_close_a_label_are_looked_at(text, places):
    assert places_of_labels(text) == places


PARTS = [
    *"年的上下半第一二三四1234季度至到初末底前后头个月伊始之开内春夏秋冬天份元低级 ，完成XX*0十日",
    "最后",
    "季度",
    "月份",
]


@settings(deadline=None)  # the first one loads the tables
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=8).map("".join))
def test_a_part_of_a_year_begins_with_one_of_its_characters(text):
    if PART.match(text) is not None:
        assert text[0] in PART_OPENS


COUNTING = [
    *"0123456789０１５.．,， 　、一二三十百千万亿壹拾○〇两几数多余来半又分之点人名户元年第约超*×xX_#-至～：:/%％比占达𝟎\n了。",
    "分之",
    " 600",
    ",000",
]


@settings(deadline=None)  # the first one loads the tables
@given(st.lists(st.sampled_from(COUNTING), max_size=14).map("".join))
def test_every_numeral_that_may_count_is_found_where_one_may_begin(text):
    firsts = load_units().firsts
    pattern, _ = candidates(firsts)
    assert [match.span() for match in find_candidates(text, firsts)] == [
        match.span() for match in pattern.finditer(text)
    ]


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("三又五分之二", "三又五分之二"),
        ("2.5分之一", "2.5分之一"),
        ("3万分之一", "3万"),
        ("壹分之一", "壹分之一"),
        ("数百分之一", "数百"),
        ("1,234分之一", "1,234分之一"),
        ("12又", "12"),
    ],
)
def test_a_fraction_is_read_whole_though_its_first_number_would_do(text, numeral):
    assert NUMERAL.match(text)[0] == numeral
