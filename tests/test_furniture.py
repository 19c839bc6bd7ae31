"""Furniture: what sites and page templates put around a report, and text that only resembles it."""

from __future__ import annotations

import pytest

from ingest.read import read_bytes

BODY = "\n".join(
    f"{number}、{text}" + "全乡上下齐心协力，经过一年努力，群众满意度明显提高，受到上级好评。" * 2
    for number, text in zip("一二三四", ["抓组织。", "抓培训。", "抓维权。", "抓宣传。"], strict=True)
)
TITLE = "桃峪乡妇联2010年工作总结"


def kinds(source):
    return {source.text[piece.start : piece.end]: piece.kind for piece in source.furniture}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("当前位置：首页 > 部门动态 > 总结计划", "breadcrumb"),
        ("文秘大全>工作总结>妇联", "breadcrumb"),
        ("时间：2019-04-02 10:12:33", "time"),
        ("发布时间：2019年4月2日", "time"),
        ("来源：桃峪乡政府　作者：李梅", "time"),
        ("【字体：大 中 小】", "page control"),
        ("导读：以下是小编整理的总结，供大家参考。", "foreword"),
    ],
)
def test_a_label_before_the_text_is_furniture(line, kind):
    source = read_bytes(f"{line}\n{TITLE}\n{BODY}".encode(), "a.txt")
    assert kinds(source)[line] == kind
    assert line not in source.documents[0].text
    assert source.documents[0].title == TITLE


@pytest.mark.parametrize(
    "line",
    [
        "相关文章：",
        "上一篇：某镇计划",
        "【返回顶部】",
        "责任编辑：王芳",
        "版权声明：本站所有文章来自网络",
        "点击下载文档",
        "本文共1200字，剩余部分请登录后阅读",
        "剩余60%未读，开通会员阅读全文",
        "【会员登录后可见】",
    ],
)
def test_the_tail_of_a_page_is_furniture(line):
    source = read_bytes(f"{TITLE}\n{BODY}\n{line}\n某县妇联工作计划\n某镇工会总结".encode(), "a.txt")
    assert source.documents[0].text.endswith("受到上级好评。")
    assert source.text[source.furniture[-1].start :] == "某镇工会总结"


@pytest.mark.parametrize(
    "line",
    [
        "来源于群众、服务于群众，是我们一贯的做法。",
        "上一篇总结里提到的问题已经解决。",
        "时间紧、任务重是今年的特点。",
        "相关文章在县报发表了三篇。",
        "文章共30篇，由会员单位撰写。",
        "会员登记后方可领取工会互助金。",
        "阅读全文并写出体会的干部有40人。",
    ],
)
def test_a_sentence_that_begins_like_a_label_stays_in_the_text(line):
    source = read_bytes(f"{TITLE}\n{BODY}\n{line}\n五、抓创新。".encode(), "a.txt")
    assert line in source.documents[0].text


def test_a_sites_name_after_the_last_stop_is_a_watermark_where_it_recurs():
    first, second = BODY.split("\n")[:2]
    source = read_bytes(f"{TITLE}\n{first}文苑网\n{second}文苑网\n三、抓落实。".encode(), "a.txt")
    assert [piece.kind for piece in source.furniture] == ["watermark"] * 2
    assert "文苑网" not in source.documents[0].text


def test_a_signature_after_the_last_stop_is_no_watermark():
    source = read_bytes(f"{TITLE}\n{BODY}桃峪乡妇联".encode(), "a.txt")
    assert source.documents[0].text.endswith("桃峪乡妇联")


def test_markup_is_dropped_wherever_it_stands():
    first, second = BODY.split("\n")[:2]
    source = read_bytes(f"{TITLE}\n{first}\n<!-- ad -->\n<U+00A0>\n{second}\n<br/>".encode(), "a.txt")
    assert source.documents[0].text == f"{TITLE}\n{first}\n{second}"


def test_a_report_below_the_tail_of_another_page_is_not_lost():
    other = BODY.replace("全乡", "全街道").replace("满意度", "参与率")
    text = f"{TITLE}\n{BODY * 2}\n相关文章：\n某镇计划\n下一篇：某镇总结\n槐荫街道工会2011年工作总结\n{other * 2}\n版权声明：转载请联系"
    source = read_bytes(text.encode(), "a.txt")
    assert [document.title for document in source.documents] == [TITLE, "槐荫街道工会2011年工作总结"]
    assert "全街道上下" in source.documents[1].text
    assert "相关文章" not in source.documents[0].text + source.documents[1].text


def test_a_page_that_repeats_its_report_gives_it_once():
    page = f"{TITLE}\n{BODY}\n责任编辑：王芳\n"
    source = read_bytes((page * 3).encode(), "a.txt")
    assert len(source.documents) == 1
