"""Which measure answers which problem: tied together by the report itself, or guessed, or nothing."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.links import BASES, find_links, load_remedies
from nlp.outline import find_sections
from nlp.records import Label, Problem
from nlp.sentences import find_sentences
from nlp.taxonomy import load_taxonomy


def links(text: str, *problems: tuple[str, str], doc_type: str = "rectification", polarity: str = "asserted"):
    """Return (problem, measure, basis, certain) of a text in which these words state problems of these leaves."""
    sections = find_sections(text, doc_type=doc_type)
    sentences = find_sentences(text, sections)
    stated = []
    for words, leaf in problems:
        at = text.index(words)
        stated.append(
            Problem(start=at, end=at + len(words), text=words, rule="made", main=leaf, polarity=polarity,
                    scope="own_organisation", strength="", score=0.9, categories=(Label(id=leaf, score=0.9),))
        )  # fmt: skip
    return find_links(text, sections, sentences, stated)


def told(text: str, found, kind: str = "measure"):
    return [
        (text[one.start : one.end].strip()[:8], text[one.to_start : one.to_end].strip()[:8], one.basis, one.certain)
        for one in found
        if one.kind == kind
    ]


TWO_LISTS = """一、存在的主要问题
1、学习抓得不紧。政治理论学习时断时续。
2、下乡次数偏少。蹲点调研坐在办公室里听汇报。
3、台账管理混乱。收支台账半年没有核对。
二、整改措施
1、每周五下午组织政治理论学习，学习情况每月通报。
2、班子成员每月下乡蹲点调研不少于五天。
3、收支台账由专人登记，每季度核对一次。
"""


def test_equal_lists_that_speak_of_the_same_answer_number_by_number():
    found = links(
        TWO_LISTS,
        ("学习抓得不紧", "weak_learning"),
        ("下乡次数偏少", "weak_outreach"),
        ("台账管理混乱", "weak_institutions"),
    )
    pairs = {(problem[:2], measure[:2]) for problem, measure, basis, certain in told(TWO_LISTS, found) if certain}
    assert {("1、", "1、"), ("2、", "2、"), ("3、", "3、")} <= pairs
    assert {basis for _, _, basis, certain in told(TWO_LISTS, found) if certain} == {"number"}


def test_an_item_without_a_recognised_problem_is_answered_too():
    found = links(TWO_LISTS, ("学习抓得不紧", "weak_learning"))
    assert {problem[:2] for problem, *_ in told(TWO_LISTS, found)} == {"1、", "2、", "3、"}


UNEQUAL = """一、存在的问题
1、服务窗口办事拖拉，群众排队等候时间过长。
2、乡村文化广场年久失修，健身器材锈蚀。
3、年轻教师流失，山区小学缺少音乐课老师。
二、改进措施
1、筹措资金更换健身器材，修缮乡村文化广场。
2、推行预约叫号，缩短群众排队等候时间。
"""


def test_lists_of_other_lengths_are_told_by_the_words_that_both_have():
    found = links(
        UNEQUAL, ("服务窗口办事拖拉", "work_style"), ("乡村文化广场年久失修", "poor_facilities"),
        ("年轻教师流失", "staff_shortage"),
    )  # fmt: skip
    sure = [(problem[:2], measure[:2]) for problem, measure, basis, certain in told(UNEQUAL, found) if certain]
    assert sure == [("1、", "2、"), ("2、", "1、")]
    assert not any(problem.startswith("3、") and certain for problem, _, _, certain in told(UNEQUAL, found))
    shared = {word for one in found if one.certain for word in one.shared}
    assert {"健身器材", "群众排队等候时间"} <= shared


ITEMS = """一、学习方面
存在问题：理论学习不够系统，缺少计划。
整改措施：制定年度读书计划，每月交流一次。
二、作风方面
存在问题：走访企业次数少，帮扶停留在电话里。
整改措施：每名干部联系两家企业，每季度上门一次。
"""


def test_problem_and_measure_under_one_heading_belong_together():
    found = links(ITEMS, ("理论学习不够系统", "weak_learning"), ("走访企业次数少", "weak_outreach"))
    assert [(measure, basis, certain) for _, measure, basis, certain in told(ITEMS, found)] == [
        ("整改措施：制定年", "heading", True),
        ("整改措施：每名干", "heading", True),
    ]


@pytest.mark.parametrize(
    ("text", "problem", "measure"),
    [
        ("针对水渠淤塞的问题，村里将组织劳力清淤三公里。", "水渠淤塞", "村里将组织劳力清"),
        ("为解决老人就餐不便的实际困难，街道新开六家助餐点并延长供应时间。", "老人就餐不便", "街道新开六家助餐"),
        ("会议记录不全，签到表缺页。对此，办公室已明确专人记录并补齐材料。", "会议记录不全", "对此，办公室已明"),
        ("宣传栏三年未换，字迹难辨。这些问题都要在年底前逐项解决到位。", "宣传栏三年未换", "这些问题都要在年"),
    ],
)
def test_what_says_that_it_is_against_a_problem_answers_it(text, problem, measure):
    (found,) = told(text, links(text, (problem, "other"), doc_type="summary"))
    assert found[1:] == (measure, "named", True)


@pytest.mark.parametrize(
    "text",
    [
        "会议记录不全，签到表缺页。下午召开了迎新晚会，演出节目十二个。",
        "针对性不强，培训内容与岗位脱节。",
        "为解决而解决的做法不少，效果不好。",
    ],
)
def test_near_misses_answer_nothing(text):
    assert told(text, links(text, (text[:6], "other"), doc_type="summary")) == []


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("由于村级收入来源单一，日常开支难以维持。", "由于村级收入来源"),
        ("日常开支难以维持。究其原因，是集体收入来源单一。", "究其原因，是集体"),
    ],
)
def test_causes_are_told_where_they_are_given(text, cause):
    sections = "一、存在问题\n（一）" + text
    (found,) = told(sections, links(sections, ("日常开支难以维持", "funding_gap")), kind="cause")
    assert (found[1], found[3]) == (cause, True)


@pytest.mark.parametrize("polarity", ["negated", "solved", "required_of_others", "hypothetical"])
def test_only_problems_that_exist_are_answered(polarity):
    assert links(UNEQUAL, ("服务窗口办事拖拉", "work_style"), polarity=polarity) == []


def test_no_problem_no_link():
    assert find_links("", [], [], []) == [] and links(TWO_LISTS) == []


@given(st.text(alphabet="一二1、2（）\n。，问题措施整改针对经费由于学习", max_size=120))
def test_links_quote_stretches_of_the_text(text):
    at = max(text.find("经费"), 0)
    words = text[at : at + 4]
    for one in links(text, (words, "funding_gap")) if words.strip() else []:
        assert 0 <= one.start < one.end <= len(text) and 0 <= one.to_start < one.to_end <= len(text)
        assert one.basis in BASES and one.kind in ("measure", "cause")
        assert all(word in text[one.start : one.end] and word in text[one.to_start : one.to_end] for word in one.shared)


def test_every_leaf_has_its_remedies_and_no_other_has():
    known = {leaf.id for leaf in load_taxonomy().leaves} - {"other"}
    assert set(load_remedies()) == known
    with (files("nlp.data") / "remedies.csv").open(encoding="utf-8") as lines:
        rows = [(row["label"], row["term"]) for row in csv.DictReader(lines)]
    assert rows == sorted(set(rows))
