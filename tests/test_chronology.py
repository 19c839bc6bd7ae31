"""Chronology: the years that the events of a report allow, what is counted from a year, and what only looks back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.chronology import load_chronology, read_anniversaries, read_events, weigh

FILLER = "各村要把这项工作排上日程，责任到人，每月汇报一次进度。"


def years(text: str) -> tuple[int | None, int | None]:
    return weigh(text)[:2]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("认真学习党的十六届四中全会决定", 2004, 2006),
        ("传达十七届五中全会公报", 2010, 2012),
        ("学习十六届三中、四中全会文件", 2004, 2006),
        ("学习十八届三中、四中、五中全会文件", 2015, 2017),
        ("组织收看中国妇女第十二次全国代表大会", 2018, 2023),
        ("宣讲工会十六大报告", 2013, 2018),
        ("全体党员参加了保持共产党员先进性教育活动", 2004, 2006),
        ("我局“学习实践科学发展观活动”转入整改阶段", 2008, 2010),
        ("“群众路线教育实践活动”第二批单位", 2013, 2014),
        ("党史学习教育办了二十件实事", 2021, 2022),
        ("今年是“十一五”规划的开局之年", 2006, 2006),
        ("今年是“十三五”规划收官之年", 2020, 2020),
        ("“十四五”规划的开局之年", 2021, 2021),
        ("十五五开局之年", 2026, 2026),
        ("做好“五五”普法宣传", 2006, 2011),
        ("成立防治“非典”领导小组", 2003, 2004),
        ("为汶川地震募集善款3万元", 2008, 2010),
        ("以“关注妇女、抗击艾滋”为题办黑板报", 2004, 2004),
        ("以“关注妇女，抗击艾滋”为题办黑板报", 2004, 2004),
        ("开展“牵手残疾人，走进残奥会”宣传", 2008, 2008),
        ("落实“互联网+”行动", 2015, None),
        ("开通微信公众号", 2012, None),
        ("庆祝建党90周年", 2011, 2012),
        ("纪念中国共产党成立九十周年", 2011, 2012),
        ("迎接新中国成立60周年", 2008, 2010),
        ("为党的十九大召开作贡献", 2016, 2017),
        ("为党的十八大胜利召开营造氛围", 2011, 2012),
        ("向党的二十大献礼", 2021, 2022),
        ("向党的二十大献礼，宣讲二十大精神", 2022, 2028),
        ("党的十九大胜利召开后", 2017, 2023),
        ("认为党的十九大胜利召开", 2017, 2023),
        ("妇联改革完成后首次换届", 2015, None),
        ("纪念“三八”国际劳动妇女节100周年", 2010, 2011),
        ("纪念改革开放30周年", 2008, 2009),
        ("改革开放四十年来的变化", 2018, 2019),
        ("第33个教师节", 2017, 2017),
        ("第三十三次全国助残日", 2023, 2023),
        ("第十个国家宪法日", 2023, 2023),
    ],
)
def test_an_event_allows_the_years_in_which_reports_speak_of_it(text: str, low: int | None, high: int | None) -> None:
    assert years(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("自汶川地震以来，应急队伍不断壮大", 2008, None),
        ("十七届三中全会以来", 2008, None),
        ("党的十八大以来的五年", 2012, None),
        ("去年的党史学习教育", 2022, 2023),
        ("10月30日，中国妇女第十二次全国代表大会召开", 2018, 2018),
        ("收听收看妇女十一大精神宣讲", 2013, 2018),
    ],
)
def test_the_words_around_an_event_say_whether_it_is_present(text: str, low: int | None, high: int | None) -> None:
    assert years(text) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "八十五期间的老房子",
        "村里有二十五户人家",
        "五年来成绩明显",
        "第33个小组",
        "评选十大杰出母亲",
        "受东南亚金融危机影响",
        "改革开放的前沿",
        "改革开放35年级",
        "建党事业",
        "打好实现建军一百年奋斗目标攻坚战",
        "将迎来香港回归30周年",
        "十一届三中全会",
        "学习*届三中全会精神",
        "三中全会精神",
        FILLER,
    ],
)
def test_words_that_only_look_like_events_bound_nothing(text: str) -> None:
    assert years(text) == (None, None)


def test_events_together_allow_what_all_of_them_allow() -> None:
    text = f"学习十七届四中全会精神。{FILLER}创先争优活动有声势。{FILLER}"
    assert years(text) == (2010, 2011)


def test_an_event_of_the_past_gives_way_to_a_later_one() -> None:
    low, high, certain, evidence = weigh("回望过去，我们战胜了非典疫情，抗击汶川地震。今年开展“三严三实”专题教育。")
    assert (low, high, certain) == (2015, 2016, False)
    assert len(evidence) == 4  # 三严三实 is a phrase and, with 专题教育, a campaign


def test_one_event_whose_source_was_opened_makes_a_year_certain_and_one_other_does_not() -> None:
    assert weigh("以“关注妇女、抗击艾滋”为题")[:3] == (2004, 2004, True)
    assert weigh("世界艾滋病日以“社会共治终结艾滋”为题")[:3] == (2024, 2024, False)


def test_two_independent_events_that_agree_make_a_year_certain() -> None:
    assert weigh("以“社会共治终结艾滋”为题，以“科技助残共享美好生活”为题")[:3] == (2024, 2024, True)


def test_hints_are_evidence_and_bound_nothing() -> None:
    low, high, certain, evidence = weigh("推进干部作风建设年")
    assert (low, high, certain) == (None, None, False)
    assert evidence and all("supports only" in piece.why for piece in evidence)


def test_every_pattern_finds_itself() -> None:
    missing = []
    for pattern, event in read_events():
        for alternative in pattern.split("|"):
            text = alternative.replace("…", "") + ("全会" if event.kind == "plenum" else "")
            if not weigh(text)[3]:
                missing.append(alternative)
    assert missing == []


def test_the_tables_hold_each_pattern_once_with_a_source() -> None:
    patterns = [alternative for pattern, _ in read_events() for alternative in pattern.split("|")]
    assert len(patterns) == len(set(patterns))
    assert len(load_chronology().keys) > 400
    names = [(name, counted.ordinal) for name, counted in read_anniversaries()]
    assert len(names) == len(set(names))


@given(st.text(alphabet="第三十七届中全会“”十一五、规划建党9周年去迎接 。\n来以自", max_size=60))
def test_every_piece_of_evidence_quotes_the_text_it_points_to(text: str) -> None:
    low, high, _, evidence = weigh(text)
    assert low is None or high is None or low <= high
    for piece in evidence:
        assert text[piece.start : piece.end] == piece.text


def test_an_unverified_entry_alone_makes_no_year_certain() -> None:
    wrong = []
    for pattern, event in read_events():
        for alternative in pattern.split("|"):
            text = alternative.replace("…", "") + ("全会" if event.kind == "plenum" else "")
            low, high, certain, evidence = weigh(text)
            if certain and not any(one.verified for one in evidence if one.low == low and one.high == high):
                wrong.append(alternative)
    assert wrong == []


def test_words_within_words_are_no_second_witness() -> None:
    assert weigh("开展“三严三实”专题教育试点")[2] is False


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("学习十x届三中全会精神，创先争优活动有声势，今年是“十二五”规划的开局之年", 2011, 2011),
        ("学习十Ｘ届四中全会精神，学习实践科学发展观活动转入整改", 2009, 2010),
        ("学习**届六中全会精神，“六五”普法启动", 2011, 2012),
        ("学习三中全会精神，“六五”普法启动", 2011, 2012),
    ],
)
def test_a_plenum_of_a_masked_congress_is_the_one_that_the_other_clues_leave(text: str, low: int, high: int) -> None:
    assert years(text) == (low, high)


def test_a_masked_plenum_that_could_be_two_bounds_nothing() -> None:
    assert years("学习十x届三中全会精神，开通微信公众号") == (2012, None)


def test_every_entry_has_its_note_in_both_languages() -> None:
    notes = [(event.note, event.note_zh) for _, event in read_events()]
    notes += [(counted.note, counted.note_zh) for _, counted in read_anniversaries()]
    assert len(notes) > 600
    assert [note for note, zh in notes if not note or not any("\u4e00" <= char <= "\u9fff" for char in zh)] == []


def test_evidence_says_what_weight_it_has() -> None:
    evidence = weigh("回望过去，我们战胜了非典疫情。今年开展“三严三实”专题教育，推进干部作风建设年。")[3]
    assert {one.weight for one in evidence} == {"past", "firm", "hint"}
    assert all(one.why_zh for one in evidence)


def test_the_first_year_of_a_plan_makes_a_year_certain_only_where_it_is_said_of_now() -> None:
    assert weigh("今年是“十二五”规划的开局之年")[:3] == (2011, 2011, True)
    assert weigh("××年是“十二五”规划的开局之年")[:3] == (2011, 2011, False)


@pytest.mark.parametrize(
    "text", ["措施有五：其五，六，保证供应。", "一是稳岗，六稳妥推进。", "做到四、个别谈话，意识到位。"]
)
def test_a_short_word_does_not_run_across_a_mark(text):
    assert not any("，" in one.text or "、" in one.text for one in weigh(text)[3])


def test_a_long_word_may_be_written_with_a_mark_and_a_short_one_with_quotation_marks():
    assert weigh("做好“六稳”“六保”工作")[:2] == (2020, 2023)
    assert weigh("以“关注妇女，抗击艾滋”为题")[:3] == (2004, 2004, True)
