"""Compilations: where one report ends and the next begins, and papers that only look like several."""

from __future__ import annotations

import pytest
from compilations import MANNERS, TOGETHER, compilations
from runaway import no_runaway

from ingest.lines import Line
from ingest.read import read_bytes
from ingest.split import is_title

FILLING = "各级组织认真谋划、精心组织，做了大量富有成效的工作，也存在人手偏紧、经费偏少的困难。"


def body(*headings):
    return "\n".join(f"{heading}\n{FILLING * 3}" for heading in headings)


def reports(text):
    return read_bytes(text.encode(), "a.txt").documents


BODIES = [
    body(f"一、{a}", f"二、{b}")
    for a, b in (("学习情况", "活动情况"), ("主要成绩", "主要差距"), ("总体要求", "重点任务"))
]


@pytest.mark.parametrize(
    "form",
    [
        "第{n}篇", "第{n}篇：{t}", "第{c}篇:{t}", "第{c}篇 {t}", "篇{c}：{t}", "篇{n}:{t}", "【篇{n}】{t}", "【篇{c}】", "范文{c}",
        "范文{n}：{t}", "例文{c}：{t}", "（第{c}篇）", "★第{n}篇：{t}", "范文篇{c}：{t}", "工会总结篇{c}", "工会工作总结（篇{n}）",
    ],
)  # fmt: skip
def test_numbered_headings_part_a_compilation(form):
    titles = ["东乡工会总结", "西镇工会计划", "南区工会方案"]
    text = "\n".join(
        form.format(n=at, c="一二三"[at - 1], t=title) + "\n" + text
        for at, (title, text) in enumerate(zip(titles, BODIES, strict=True), 1)
    )
    documents = reports(text)
    assert [document.text for document in documents] == BODIES
    assert [document.ordinal for document in documents] == [1, 2, 3]
    if "{t}" in form:
        assert [(document.title, document.title_source) for document in documents] == [(t, "heading") for t in titles]


def test_more_than_ten_reports_are_counted_in_chinese():
    numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    assert len(reports("\n".join(f"第{n}篇：{n}号总结\n{BODIES[0]}" + f"{n}组供稿。" for n in numerals))) == 12


def test_a_table_of_contents_is_not_taken_for_the_reports():
    contents = "第一篇：东乡工会总结\n第二篇：西镇工会计划\n"
    text = contents + f"第一篇：东乡工会总结\n{BODIES[0]}\n第二篇：西镇工会计划\n{BODIES[1]}"
    assert [document.text for document in reports(text)] == BODIES[:2]


@pytest.mark.parametrize(
    "heading",
    [
        "第{c}篇章 奋进",
        "第{c}，抓学习",
        "{c}、抓学习",
        "第{c}章 总则",
        "第{c}部分 措施",
        "{n}.抓学习",
        "（{c}）抓学习",
        "第{c}季度",
    ],
)
def test_the_parts_of_one_report_stay_together(heading):
    text = "东乡工会2012年工作总结\n" + "\n".join(
        heading.format(n=at, c="一二三"[at - 1]) + "\n" + FILLING * 4 for at in (1, 2, 3)
    )
    assert len(reports(text)) == 1


def test_a_heading_without_a_second_one_parts_nothing():
    assert len(reports(f"第一篇：东乡工会总结\n{BODIES[0]}\n{BODIES[1]}")) == 1


def test_a_title_below_a_signature_begins_another_report():
    text = f"东乡工会2012年工作总结\n{BODIES[0]}\n东乡工会\n2012年12月3日\n西镇工会2013年工作计划\n{BODIES[2]}"
    assert [document.title for document in reports(text)] == ["东乡工会2012年工作总结", "西镇工会2013年工作计划"]


def test_numbering_that_starts_again_below_a_title_begins_another_report():
    text = f"东乡工会2012年工作总结\n{BODIES[0]}\n西镇团委2013年工作要点\n{BODIES[2]}"
    assert [document.title for document in reports(text)] == ["东乡工会2012年工作总结", "西镇团委2013年工作要点"]


def test_a_notice_stays_with_the_paper_that_it_issues():
    notice = f"关于印发东乡工会工作方案的通知\n各基层工会：\n{FILLING * 7}\n东乡工会\n2012年3月1日\n"
    assert len(reports(notice + f"东乡工会工作方案\n{BODIES[0]}")) == 1


@pytest.mark.parametrize("mark", ["附件：", "附件1", "附：", "附件1："])
def test_an_attachment_stays_with_its_paper(mark):
    text = f"东乡工会关于开展评比的通知\n{BODIES[0]}\n东乡工会\n2012年3月1日\n{mark}\n评比活动实施方案\n{BODIES[1]}"
    assert len(reports(text)) == 1


def test_an_attachment_that_the_paper_lists_stays_with_it():
    text = f"东乡工会关于开展评比的通知\n{BODIES[0]}\n附件：1.评比活动实施方案\n2.报名表\n东乡工会\n2012年3月1日\n评比活动实施方案\n{BODIES[1]}"
    assert len(reports(text)) == 1


def test_a_summary_and_plan_whose_title_names_both_is_one_paper():
    text = f"东乡工会2012年工作总结和2013年工作计划\n{BODIES[0]}\n2013年工作计划\n{BODIES[2]}"
    assert len(reports(text)) == 1


def test_a_short_text_below_a_title_is_a_part():
    assert len(reports(f"东乡工会2012年工作总结\n{BODIES[0]}\n获奖情况\n一、市级先进。\n完毕。")) == 1


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("东乡工会2012年工作总结", "东乡工会2012年工作总结"),
        ("东乡工会关于开展“比学赶帮”活动\n自查自纠的整改报告", "东乡工会关于开展“比学赶帮”活动自查自纠的整改报告"),
        ("东乡总工会\n2012年工作要点", "东乡总工会2012年工作要点"),
        ("东乡总工会文件\n东工〔2012〕3号\n关于开展普查的通知", "关于开展普查的通知"),
        ("“学技能，强素质”倡议书", "“学技能，强素质”倡议书"),
        ("东乡工会2012年工作总结和2013年工作安排 2013-03-07", "东乡工会2012年工作总结和2013年工作安排"),
        ("东乡工会2012年“匠心课堂”活动\n工作总结", "东乡工会2012年“匠心课堂”活动工作总结"),
        ("2012年12月\n工作总结", "工作总结"),
        ("东乡工会关于职工培训情况\n的调研报告", "东乡工会关于职工培训情况的调研报告"),
        ("東鄉工會工作總結", "东乡工会工作总结"),
        ("“匠心”课堂\n——东乡工会技能培训经验材料", "“匠心”课堂——东乡工会技能培训经验材料"),
    ],
)
def test_the_title_of_a_report_is_found(head, title):
    (document,) = reports(f"{head}\n{BODIES[0]}")
    assert (document.title, document.title_source) == (title, "own")


@pytest.mark.parametrize(
    "text",
    [
        "一、工作总结",
        "现将情况汇报",
        "各单位要抓好总结。",
        "附件：实施方案",
        "王芳同志的事迹材料",
        "工作总结：",
        "关键词：职工 培训 思考",
        "抓计划；抓总结",
    ],
)
def test_what_only_looks_like_a_title_is_none(text):
    assert not is_title(Line(0, len(text), text, 0))


def test_a_thousand_glued_reports_do_not_run_away():
    text = "".join(f"{at}村工会工作总结\n上一篇：{at}号计划\n{BODIES[at % 3]}\n" for at in range(3000)).encode()
    with no_runaway():
        read_bytes(text, "a.txt")


@pytest.mark.parametrize("seed", [1, 2])
def test_sample_reports_glued_in_every_manner_are_told_apart(seed):
    wrong = {}
    for manner, compilation in compilations(seed, rounds=4):
        documents = read_bytes(compilation.text.encode(), "a.txt").documents
        if compilation.right(documents) < max(len(documents), len(compilation.borders)):
            wrong.setdefault(manner, []).append([document.title for document in documents])
    assert len(MANNERS) > 30
    assert wrong == {}


@pytest.mark.parametrize("name", TOGETHER)
def test_one_report_that_looks_like_several_stays_together(name):
    (document,) = reports(TOGETHER[name])
    assert document.source_end == len(TOGETHER[name].rstrip())
