"""Which year the parts of a document speak of, and which of them look ahead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.anchors import find_ahead, find_today, find_turn, find_years
from nlp.outline import find_sections
from nlp.records import Metadata
from nlp.sentences import find_sentences


def metadata(doc_type: str, signed: str | None = None) -> Metadata:
    return Metadata(
        title=None,
        doc_type=doc_type,
        org=None,
        org_level="unknown",
        region=None,
        year=2018,
        year_low=2018,
        year_high=2018,
        year_basis="title",
        year_evidence=(),
        signed=signed,
    )


def years(text: str, doc_type: str, signed: str | None = None) -> list[tuple[str, int]]:
    about = metadata(doc_type, signed)
    found = find_years(text, about, find_sections(text, doc_type=doc_type), year=2018)
    return [(text[start:end].strip(), year) for start, end, year in found]


@pytest.mark.parametrize(
    ("heading", "doc_type", "signed", "year"),
    [
        ("二、2019年工作打算", "summary", None, 2019),
        ("二、明年的工作安排", "summary", None, 2019),
        ("第二部分 来年重点任务", "summary", None, 2019),
        ("二、下一步工作打算", "summary", "2018-12-28", 2019),
        ("二、下一步工作打算", "summary", "2019-01-08", 2019),
        ("二、2017年工作回顾", "plan", None, 2017),
        ("二、去年工作回顾", "plan", None, 2017),
        ("二、过去一年工作回顾", "speech", None, 2017),
        ("二、工作回顾", "plan", None, 2017),
        ("二、工作回顾", "plan", "2017-12-28", 2017),
        ("二、工作回顾", "speech", "2018-02-10", 2017),
    ],
)
def test_a_heading_that_names_another_year_dates_its_part(
    heading: str, doc_type: str, signed: str | None, year: int
) -> None:
    part = f"{heading}\n3月办班。"
    assert years(f"年度材料\n一、基本情况\n队伍稳定。\n{part}", doc_type, signed) == [(part, year)]


@pytest.mark.parametrize(
    ("heading", "doc_type", "signed"),
    [
        ("二、下一步工作打算", "summary", "2018-06-28"),
        ("二、下一步工作打算", "summary", None),
        ("二、2018年工作回顾", "summary", None),
        ("二、过去一年工作回顾", "summary", None),
        ("二、工作回顾", "summary", None),
        ("二、工作回顾", "plan", "2018-07-02"),
        ("二、工作回顾", "speech", None),
        ("二、到2035年的远景目标", "plan", None),
        ("二、2018年总结和2019年打算", "summary", None),
        ("二、服务大局", "summary", None),
    ],
)
def test_a_heading_that_names_no_other_year_leaves_the_year_of_the_document(
    heading: str, doc_type: str, signed: str | None
) -> None:
    assert years(f"年度材料\n一、基本情况\n队伍稳定。\n{heading}\n3月办班。", doc_type, signed) == []


def test_a_short_line_without_a_mark_dates_what_follows_it() -> None:
    text = "年度材料\n一、队伍\n稳定。\n2019年工作计划\n一、队伍\n3月办班。"
    assert years(text, "summary") == [("2019年工作计划\n一、队伍\n3月办班。", 2019)]


@pytest.mark.parametrize(
    ("title", "opening", "signed", "today"),
    [
        ("某县2019年政府工作报告", "", None, 2019),
        ("工作报告", "——在某县第九次妇女代表大会上\n", "2019-01-12", 2019),
        ("2018年总结和2019年计划", "", "2019-01-12", 2018),
        ("2018年工作总结", "", "2019-01-12", 2018),
        ("2018年工作总结", "", None, 2018),
    ],
)
def test_a_report_given_in_the_next_year_says_this_year_of_that_one(
    title: str, opening: str, signed: str | None, today: int
) -> None:
    about = replace(metadata("summary", signed), title=title)
    assert find_today(f"{title}\n{opening}一、回顾\n", about, year=2018) == today


def test_a_heading_that_runs_on_into_its_text_still_names_its_year() -> None:
    text = (
        "材料\n一、基本情况\n稳定。\n二、2017年工作回顾一年来，大家克服雨水偏多、人手偏紧等不少困难，3月办班，4月换证。"
    )
    [(part, year)] = years(text, "summary")
    assert year == 2017 and part.startswith("二、2017年")


def ahead(text: str, doc_type: str) -> list[str]:
    sentences = find_sentences(text, find_sections(text, doc_type=doc_type))
    return [text[start:end] for start, end in find_ahead(text, metadata(doc_type), sentences)]


def test_plans_and_measures_look_ahead_and_accounts_do_not() -> None:
    text = "材料\n一、工作成效\n办班三期。\n二、明年打算\n年内办班四期。"
    assert ahead(text, "summary") == ["二、明年打算\n年内办班四期。"]


def test_a_label_inside_a_line_tells_what_follows_it() -> None:
    text = "问题1：台账不全。措施：年内补齐。"
    assert ahead(text, "rectification")[-1].endswith("年内补齐。")


def test_a_speech_does_not_say_which_part_looks_ahead() -> None:
    assert ahead("讲话\n一、今后任务\n年内办班四期。", "speech") == []


def test_what_a_summary_means_to_do_is_of_the_year_that_its_title_plans() -> None:
    text = "年度材料\n一、基本情况\n队伍稳定。\n二、下一步工作思路\n3月办班。"
    about = replace(metadata("summary"), title="2018年工作总结及2019年工作思路")
    found = find_years(text, about, find_sections(text, doc_type="summary"), year=2018)
    assert [year for *_, year in found] == [2019]


def test_a_review_in_a_plan_for_half_a_year_is_of_that_year() -> None:
    text = "材料\n一、基本情况\n队伍稳定。\n二、工作回顾\n3月办班。"
    about = replace(metadata("plan"), title="2018年下半年工作计划")
    assert find_years(text, about, find_sections(text, doc_type="plan"), year=2018) == ()


@pytest.mark.parametrize(
    ("text", "turn"),
    [
        ("9月：整队。\n10月：远足。\n11月：读书。\n12月：歌会。\n1月：小结。", 2),
        ("九月份\n整队。\n十二月份\n歌会。\n一月份\n小结。", 2),
        ("1月：整队。\n2月：远足。\n12月：歌会。", 0),
        ("3月：整队。\n12月：歌会。\n1月：小结。", 0),
        ("9月整队，12月歌会，1月小结。", 0),
    ],
)
def test_months_that_go_on_behind_december_are_those_of_the_next_year(text: str, turn: int) -> None:
    assert find_turn(metadata("plan"), text) == turn
    assert find_turn(metadata("summary"), text) == 0
