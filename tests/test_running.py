"""Page numbers, running heads and what sites set into the midst of a plain text."""

from __future__ import annotations

import pytest
from compilations import reports
from wraps import wrap

from ingest.read import read_bytes

REPORT = reports()[3]
LINES = wrap((REPORT.title, *REPORT.paragraphs), 60, indent="　　").split("\n")
PLAIN = read_bytes("\n".join(LINES).encode(), "a.txt").documents[0].text.split("\n")


def pages(turn, size=12):
    """Return the report's lines with what `turn(page)` sets at the end of each page."""
    out = []
    for page, at in enumerate(range(0, len(LINES), size), 1):
        out += [*LINES[at : at + size], *turn(page)]
    return "\n".join(out)


def read(text):
    source = read_bytes(text.encode(), "a.txt")
    (document,) = source.documents
    return document.text.split("\n"), [(source.text[piece.start : piece.end], piece.kind) for piece in source.furniture]


@pytest.mark.parametrize(
    "form",
    [
        "- {n} -",
        "— {n} —",
        "第 {n} 页",
        "第{n}页 共12页",
        "第 {n} 页，共 12 页",
        "{n}",
        "{n} / 12",
        "·{n}·",
        "Page {n} of 12",
        "－{n}－",
    ],
)
@pytest.mark.parametrize("around", [0, 1])
def test_page_numbers_are_taken_out_and_the_paragraph_goes_on(form, around):
    text, furniture = read(pages(lambda page: [""] * around + [form.format(n=page)] + [""] * around))
    assert text == PLAIN
    assert {kind for _, kind in furniture} == {"page number"}


@pytest.mark.parametrize("head", ["岚川市总工会调研报告汇编", "基层工会干部队伍建设情况调研　第{n}页"])
def test_running_heads_beside_page_numbers_are_taken_out(head):
    text, furniture = read(pages(lambda page: [f"- {page} -", head.format(n=page)]))
    assert text == PLAIN
    assert {kind for _, kind in furniture} == {"page number", "running head"}


def test_running_heads_below_a_form_feed_are_taken_out():
    text, furniture = read(pages(lambda page: ["\f岚川市总工会调研报告汇编"]))
    assert text == PLAIN
    assert {kind for _, kind in furniture} == {"running head"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("打印本页 关闭窗口", "page control"),
        ("【打印本页】【关闭窗口】【加入收藏】", "page control"),
        ("上一页 1 2 3 4 5 下一页", "page control"),
        ("首页 上一页 下一页 尾页", "page control"),
        ("扫一扫在手机打开当前页", "qr code"),
        ("长按识别二维码关注我们", "qr code"),
        ("【广告】", "advertisement"),
        ("点击查看更多精彩内容>>", "advertisement"),
        ("展开阅读全文", "advertisement"),
        ("http://www.example.com/a/12.html", "site"),
        ("文秘资料网 www.example.com", "site"),
        ("function turn(page){ show(page);}", "script"),
        ("document.write(adsense);", "script"),
    ],
)
@pytest.mark.parametrize("place", [0.3, 0.6, 1.0])
def test_a_line_of_the_page_in_the_midst_is_taken_out_alone(line, kind, place):
    at = int(len(PLAIN) * place)
    text, furniture = read("\n".join([*PLAIN[:at], line, *PLAIN[at:]]))
    assert text == PLAIN
    assert furniture == [(line, kind)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Copyright © 2012 岚川资料网", "copyright"),
        ("版权所有：岚川市总工会办公室", "copyright"),
        ("岚ICP备12345678号", "copyright"),
        ("（责任编辑：林晓）", "page note"),
        ("相关报道：", "related articles"),
        ("延伸阅读", "related articles"),
        ("点击下载文档", "download"),
    ],
)
def test_the_tail_of_a_page_has_a_fitting_kind(line, kind):
    text, furniture = read("\n".join([*PLAIN, line]))
    assert text == PLAIN
    assert furniture == [(line, kind)]


@pytest.mark.parametrize(
    "line",
    [
        "12",
        "下载",
        "打印了宣传单三千份",
        "扫一扫二维码即可报名，方便了职工。",
        "点击率达到三万次。",
        "关闭窗口式服务点两个",
        "第3页的数据有误，已经更正。",
    ],
)
def test_what_only_looks_like_a_line_of_the_page_stays(line):
    at = len(PLAIN) - 5
    text, _ = read("\n".join([*PLAIN[:at], line, *PLAIN[at:]]))
    assert line in "\n".join(text)


def test_links_in_the_midst_of_a_report_are_taken_out_where_its_numbering_goes_on():
    body = ["、".join((number, "抓好工作。" + REPORT.paragraphs[4])) for number in "一二三四"]
    links = ["推荐阅读：", "东乡工会工作总结", "西镇工会工作计划"]
    text, furniture = read("\n".join(["南区工会2012年工作总结", *body[:2], *links, *body[2:]]))
    assert text == ["南区工会2012年工作总结", *body]
    assert furniture == [(line, "related articles") for line in links]


def test_words_to_press_in_a_row_are_furniture_and_one_alone_is_none():
    text, furniture = read("\n".join(["下载", "打印", "收藏", "【字号：", "大", "中", "小", "】", *PLAIN]))
    assert text == PLAIN
    assert {kind for _, kind in furniture} == {"page control"}


def test_a_line_that_comes_again_between_paragraphs_is_no_running_head():
    body = [line for paragraph in PLAIN[3:12] for line in (paragraph, "责任单位：各基层工会")]
    text, furniture = read("\n".join([PLAIN[0], *body]))
    assert text == [PLAIN[0], *body]
    assert furniture == []


def test_a_body_that_comes_again_in_a_file_is_listed_as_a_repeat():
    once = "\n".join(PLAIN) + "\n"
    source = read_bytes((once * 3).encode(), "a.txt")
    assert len(source.documents) == 1
    assert [piece.kind for piece in source.furniture] == ["repeat"] * 2
    assert sum(piece.end - piece.start for piece in source.furniture) == 2 * len(once) - 2
