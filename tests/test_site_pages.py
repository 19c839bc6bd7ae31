"""Pages of sites: where the report begins in their heads, and where it ends in their feet."""

from __future__ import annotations

import pytest
from site_pages import BODY, FEET, HEADS, OWN_FEET, OWN_HEADS, TITLE

from ingest.clean import normalise
from ingest.pages import page_kind
from ingest.read import read_bytes
from ingest.script import to_traditional


def read_text(text):
    (document,) = read_bytes(text.encode(), "a.txt").documents
    return bare(document.text)


def bare(text):
    return "".join(normalise(text).split())


@pytest.mark.parametrize("name", HEADS)
def test_the_report_begins_below_the_head_of_a_page(name):
    check_head(HEADS[name])


@pytest.mark.parametrize("name", OWN_HEADS)
def test_what_only_looks_like_the_head_of_a_page_is_the_reports(name):
    check_head(OWN_HEADS[name])


def check_head(head):
    before, _, own = head.partition("⟦")
    kept, between, rest = own.partition("⟧")
    assert read_text(f"{before}{kept}{rest}\n{BODY}") == bare(kept if between else own) + bare(BODY)


@pytest.mark.parametrize("name", FEET)
def test_the_report_ends_above_the_foot_of_a_page(name):
    check_foot(FEET[name])


@pytest.mark.parametrize("name", OWN_FEET)
def test_what_only_looks_like_the_foot_of_a_page_is_the_reports(name):
    check_foot(OWN_FEET[name])


def check_foot(foot):
    own, _, after = foot.partition("⟧")
    text = f"{TITLE}\n{BODY}{own}"
    assert read_text(text + after) == bare(text)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("篇1", None),
        ("篇一：芦溪乡计划", "芦溪乡计划"),
        ("芦溪乡计划 篇1", "芦溪乡计划"),
        ("第1篇 芦溪乡计划 1850字", "芦溪乡计划"),
    ],
)
def test_the_heading_of_a_site_over_the_first_of_its_papers_tells_its_title(heading, title):
    text = f"下面是小编整理的计划，供大家参考。\n{heading}\n{BODY}"
    (document,) = read_bytes(text.encode(), "a.txt").documents
    assert (document.title, document.title_source) == (title, "heading" if title else "own")
    assert bare(document.text) == bare(BODY)


@pytest.mark.parametrize("name", [*HEADS, *FEET])
def test_what_is_left_out_of_a_page_is_kept_as_furniture(name):
    page = HEADS.get(name) or f"{TITLE}\n{BODY}{FEET[name]}"
    text = page.replace("⟦", "").replace("⟧", "") + (f"\n{BODY}" if name in HEADS else "")
    source = read_bytes(text.encode(), "a.txt")
    left = set(range(len(text)))
    for piece in source.furniture:
        left -= set(range(piece.start, piece.end))
    for document in source.documents:
        for run in document.offsets.runs:
            left -= set(range(run.source_start, run.source_end))
    assert not "".join(text[at] for at in sorted(left)).split()


@pytest.mark.parametrize("head", ["精品文档---下载后可任意编辑", "最新资料欢迎阅读{} ", "第{}页共2页"])
def test_what_a_library_prints_at_the_head_of_each_page_is_no_part_of_a_sentence(head):
    first, second = head.format(1), head.format(2)
    (document,) = read_bytes(f"{first}{BODY[:60]}{second}{BODY[60:]}".encode(), "a.txt").documents
    assert bare(document.text) == bare(BODY)


@pytest.mark.parametrize("told", ["站里的精品资料 修改了三遍才定稿。", "二十份精品文档，可编辑成册的有八份。"])
def test_a_sentence_that_tells_of_such_papers_stays(told):
    assert bare(told) in read_text(f"{TITLE}\n{BODY}\n{told}\n{BODY[:100]}")


@pytest.mark.parametrize("mark", ["Р ", "¶", "↵", "\\n", "\\r\\n", "Р"])
def test_a_mark_of_a_converter_ends_a_line(mark):
    lines = BODY.split("\n")
    (document,) = read_bytes((f"{TITLE}\n" + mark.join(lines)).encode(), "a.txt").documents
    assert document.text.split("\n") == [TITLE, *lines]


@pytest.mark.parametrize(
    "line", ["俄方代表Рябов到村里看过。", "见C:\\new目录。", "ГОСТ Р 2019标准有3项。", "音标\\r卷舌音要练。"]
)
def test_a_letter_or_path_that_only_looks_like_such_a_mark_stays(line):
    (document,) = read_bytes(f"{TITLE}\n{BODY}\n{line}".encode(), "a.txt").documents
    assert document.text.endswith(line)


def test_the_marks_of_the_pages_of_a_preview_are_left_out():
    one, two, three = (
        "文化站一年到头灯火不断" * 12,
        "读书会和锣鼓队各有各的去处" * 12,
        "老少都愿意来坐一坐" * 12 + "。",
    )
    text = f"《文化站总结.docx》由会员分享，可在线阅读，更多相关《文化站总结.docx》请在万卷文库上搜索。\n1、{one}\n2、{two}\n3、{three}"
    (document,) = read_bytes(text.encode(), "a.txt").documents
    assert document.text.replace("\n", "") == one + two + three


@pytest.mark.parametrize(
    "lines",
    [
        "亲，该文件总共4页，已经全部看完，喜欢就下载吧！\n资源描述",
        "如需帮助请看以下说明：\n1、部分文件要用积分\n2、买过的文件不再扣分\n3、压缩包先解压",
        "朗读",
    ],
)
def test_help_with_a_download_and_what_reads_aloud_stand_before_a_report(lines):
    assert bare(read_text(f"{lines}\n{TITLE}\n{BODY}")) == bare(read_text(f"{TITLE}\n{BODY}"))


@pytest.mark.parametrize(
    "lines",
    [
        "END\n来源 | 红石妇联\n编辑 | 小王",
        "— THE END —\n红石县妇女联合会",
        "特别声明：以上内容为自媒体平台用户上传并发布，本平台仅提供信息存储服务。\nNotice: The content above is uploaded by a user.",
        "ID：hongshifulian\n长按关注",
    ],
)
def test_the_end_of_a_post_on_a_platform_closes_a_report(lines):
    assert bare(read_text(f"{TITLE}\n{BODY}\n{lines}")) == bare(read_text(f"{TITLE}\n{BODY}"))


@pytest.mark.parametrize(
    "line",
    ["亲，是网店的称呼，窗口人员不宜多用。", "朗读比赛办了三场。", "IDC机房建成。"],
)
def test_a_line_with_such_words_in_a_sentence_stays(line):
    text = read_text(f"{TITLE}\n{line}\n{BODY}\n{line}")
    assert text.count(line) == 2


GOES_ON = "，全乡妇女在上级的指导下种桑养蚕、办班识字、调解邻里口角，又把旧仓库修成了活动室，添了书架和桌椅，请县里的老师来讲了四回课，听课的人坐满了三间屋子，比前年多出一半。"


@pytest.mark.parametrize(
    ("before", "title", "text"),
    [
        ("", "芦溪乡妇联二〇〇九年工作总结", "一年来"),
        ("", "芦溪乡妇联工作总结（2）", "2011年"),
        ("", "在芦溪乡妇代会上的讲话", "各位代表、姐妹们：今天"),
        ("1、", "某县妇联2014年工作总结", "今年以来"),
        ("第1页共6页", "芦溪乡安全生产自查报告", "按照县里的布置"),
        ("精选优质文档-倾情为你奉上 ", "芦溪乡团委工作计划", "20XX年"),
    ],
)
def test_a_title_with_which_the_text_goes_on_is_a_line_of_its_own(before, title, text):
    file = f"{before}{title}{text}{GOES_ON}\n{BODY}"
    (document,) = read_bytes(file.encode(), "a.txt").documents
    assert (document.title, document.text.partition("\n")[0]) == (title, title)
    assert document.text.split("\n")[1].startswith(text)
    place = document.text.index("种桑养蚕")
    assert file[slice(*document.to_source(place, place + 4))] == "种桑养蚕"


@pytest.mark.parametrize(
    "text",
    [
        "按照年初的工作计划今年芦溪乡妇联",
        "芦溪乡妇联制订了工作计划为做好各项准备",
        "芦溪乡妇联听取了各村的工作总结根据各村的情况",
        "芦溪乡妇联的工作计划在三月里印发",
    ],
)
def test_a_sentence_that_speaks_of_such_a_paper_is_not_cut(text):
    assert read_text(f"{TITLE}\n{text}{GOES_ON}\n{BODY}") == bare(f"{TITLE}{text}{GOES_ON}{BODY}")
    (document,) = read_bytes(f"{text}{GOES_ON}\n{BODY}".encode(), "a.txt").documents
    assert document.text.startswith(text)


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("您的位置：首页 >> 要闻 >> 正文", "责任编辑：黎明"),
        ("来源：芦溪网 发布时间：2017-01-09 浏览量：331", "注：转载该文请注明来源：芦溪网"),
        ("下面是小编为大家整理的总结，欢迎阅读与收藏。", "相关阅读：\n乡镇团委总结"),
        ("清泉范文站", "【关闭窗口】"),
    ],
)
def test_a_page_in_traditional_characters_is_read_like_any_other(head, foot):
    text = to_traditional(f"{head}\n{TITLE}\n{BODY}\n{foot}")
    (document,) = read_bytes(text.encode(), "a.txt").documents
    assert bare(document.text) == bare(f"{TITLE}{BODY}")
    assert document.script == "traditional"
    written = text[document.source_start : document.source_end]
    assert written == to_traditional(f"{TITLE}\n{BODY}")


def test_every_word_by_which_a_line_is_told_is_looked_for():
    for line in ("详细信息", "公开具体内容", "置顶", "今日热点"):
        assert page_kind(line, above=True) == "page label"
    for line in ("最新资讯", "热门排行", "[总结.wps]"):
        assert page_kind(line, above=False) == "page label"
