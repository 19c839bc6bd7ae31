"""Furniture: what sites and page templates put around a report, and text that only resembles it."""

from __future__ import annotations

import pytest
from runaway import no_runaway

from ingest.furniture import kind_of
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


@pytest.mark.parametrize(
    "line",
    [
        "文档编号：WD20190302",
        "上传时间：2019-03-02 10:21",
        "上传人：小溪流　上传时间：2019-03-02　格式：DOC　页数：4　大小：35.5 KB　下载次数：12",
        "格式：DOCX",
        "页数：4页",
        "桃峪乡妇联存在问题整改报告.docx",
        "桃峪乡工会 2009.pdf (35KB)",
        "（转载自桃峪党建网）",
    ],
)
def test_what_a_site_for_sharing_files_says_of_a_file_is_furniture(line):
    for text in (f"{line}\n{TITLE}\n{BODY}", f"{TITLE}\n{line}\n{BODY}", f"{TITLE}\n{BODY}\n{line}"):
        source = read_bytes(text.encode(), "a.txt")
        assert source.documents[0].text == f"{TITLE}\n{BODY}"
        assert source.documents[0].title == TITLE
        assert line in kinds(source)


@pytest.mark.parametrize(
    "line",
    [
        "格式要统一，字号要一致",
        "页数：不限，图文并茂",
        "大小会议开了12次",
        "上传时间要赶在月底前",
        "报告存成report.docx，发到邮箱",
        "（转自兄弟单位的三名干部）均已到岗",
        "文件编号：桃妇〔2010〕3号",
    ],
)
def test_a_line_that_only_resembles_what_such_a_site_says_stays(line):
    assert line in read_bytes(f"{TITLE}\n{BODY}\n{line}\n五、抓创新。".encode(), "a.txt").documents[0].text


def test_what_invites_to_more_articles_begins_the_tail():
    invitation = "您可以访问总结频道查看更多与本文《桃峪乡总结》相关的文章。"
    source = read_bytes(f"{TITLE}\n{BODY}\n{invitation}\n某镇计划".encode(), "a.txt")
    assert source.documents[0].text == f"{TITLE}\n{BODY}"
    line = "群众可以访问服务中心查看更多办事指南，满意度提高了三成。"
    assert line in read_bytes(f"{TITLE}\n{BODY}\n{line}\n五、抓创新。".encode(), "a.txt").documents[0].text


def test_a_bracket_that_says_where_a_page_took_a_text_from_is_no_part_of_a_heading():
    source = read_bytes(f"{TITLE}\n{BODY}\n五、存在问题（转载自桃峪网）\n（转为专职的）有三人".encode(), "a.txt")
    assert source.documents[0].text.endswith("五、存在问题\n（转为专职的）有三人")


@pytest.mark.parametrize("title", [TITLE, "桃峪乡妇联上门慰问退休女工"])
@pytest.mark.parametrize(
    "head",
    [
        "2019-03-20 17:03 | 来源：桃峪乡",
        "发布时间：2019-03-20　来源：桃峪乡妇联　浏览：18",
        "发布时间：2019-03-20\n来源：桃峪日报",
    ],
)
def test_a_title_above_the_date_and_source_of_a_page_stays_the_start(title, head):
    source = read_bytes(f"首页 > 动态\n{title}\n{head}\n{BODY}".encode(), "a.txt")
    assert source.documents[0].text == f"{title}\n{BODY}"


@pytest.mark.parametrize(
    "head",
    [
        "最新乡镇总结三篇\n2019-03-20 17:03 | 来源：文库",
        "桃峪乡妇联2010年总结\n时间：2019-04-02\n导读：供大家参考。",
        "桃峪乡妇联2010年总结\n时间：2019-04-02　来源：文秘网",
    ],
)
def test_a_title_that_a_site_put_above_papers_does_not(head):
    source = read_bytes(f"{head}\n{BODY}".encode(), "a.txt")
    assert source.documents[0].text == BODY


def test_a_line_between_the_title_and_the_source_of_a_page_belongs_to_the_report():
    source = read_bytes(f"{TITLE}\n----2010年1月15日在桃峪乡\n来源：桃峪日报\n{BODY}".encode(), "a.txt")
    assert source.documents[0].text.endswith(BODY)


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


OPENING = "我站去年承担四项工程，修渠六公里，群众拍手叫好。"


@pytest.mark.parametrize(
    "head",
    [
        "报告的用途越来越广，其实写报告并没有那么难。下面是小编为大家收集的水利报告，供大家参考，希望能帮到有需要的朋友。\n水利工作报告 篇1",
        "时光飞逝，又到岁末，不如好好写一份总结吧。工作总结到底该怎么写呢？以下是范文网整理的医生总结，仅供参考。\n医生工作总结1",
        "【导语】计划能让人有条不紊。下面是本站为您整理的水站计划，欢迎阅读。\n第一篇：水站计划",
        "水站总结范文\n发布：2023-05-06 10:00:00\n导语：怎样写出一份好总结？本站整理了八篇供您参考。\n篇1",
        "水利心得体会范文5篇\n水利心得体会1",
        "预览全部\n2016年水站小结\n上传用户：某某 | 类型：doc | 共9页 | 55KB\n简介",
    ],
)
def test_what_a_site_says_before_its_papers_and_the_heading_over_the_first_are_no_part_of_it(head):
    assert read_bytes(f"{head}\n{OPENING}\n{BODY}".encode(), "a.txt").documents[0].text.startswith(OPENING)


@pytest.mark.parametrize(
    "opening",
    [
        "怎样把水送到村民家门口呢？这是今年想得最多的事。下面汇报三点做法，请大家参考。",
        "如何写好调研报告呢？一要深入，二要动脑。",
        "我们整理了去年的台账，大家一起复核，下面报告如下：",
        "桃峪水站总结1\n今年修渠三公里，人人出力。",
        "简介\n桃峪村在县城西北，有四百户人家。",
    ],
)
def test_an_opening_that_only_resembles_what_a_site_says_stays(opening):
    assert read_bytes(f"{opening}\n{BODY}".encode(), "a.txt").documents[0].text.startswith(opening.split("\n")[0])


@pytest.mark.parametrize(
    "head",
    [
        "《桃峪水站小结(精)》由会员分享，可在线阅读，更多相关《桃峪水站小结(精)》请在文库上搜索。\n1、桃峪水站小结 ",
        "返回\n桃峪水站情况报告\n日期：2012-3-4 09:08:07  [下载]  [注册]\n2012桃峪水站情况报告",
    ],
)
def test_the_title_of_an_upload_that_is_glued_to_the_text_is_cut_off(head):
    assert read_bytes(f"{head}{OPENING}\n{BODY}".encode(), "a.txt").documents[0].text.startswith(OPENING)


@pytest.mark.parametrize(
    "line",
    [
        "（编辑：赵敏）",
        "（校对：林 初审：王立 终审：张军）",
        "首页 | 版权说明 | 投稿",
        "关于我们 | 联系我们 | 网站声明 | 使用帮助",
        "主办：桃峪县政府办公室  技术支持：桃峪信息中心",
        "友情链接：桃峪县教育局",
        "请先登录",
    ],
)
def test_the_foot_of_a_site_is_furniture(line):
    source = read_bytes(f"{TITLE}\n{BODY}\n{line}\n某县工作计划".encode(), "a.txt")
    assert source.documents[0].text == f"{TITLE}\n{BODY}"


@pytest.mark.parametrize(
    "line", ["主办单位：团县委 承办单位：县一中", "（编辑部 张三）", "网站设首页、政务、互动三栏，请各单位供稿"]
)
def test_a_line_that_only_resembles_the_foot_of_a_site_stays(line):
    assert (
        read_bytes(f"{TITLE}\n{BODY}\n{line}\n五、抓创新。".encode(), "a.txt")
        .documents[0]
        .text.endswith("五、抓创新。")
    )


@pytest.mark.parametrize("run", ["-", "- ", " ", "／", "首页 ", "甲乙|", "[1] ", "、甲乙", "2016-12-28 "])
def test_a_line_that_begins_like_links_and_is_none_takes_no_time_without_end(run):
    for begun in ("首页", "投稿", "来源：", "（编辑：甲乙"):
        with no_runaway():
            kind_of(f"{begun}{(run * 100)[:100]}，写到这里。", above=False)


BROKEN = "乡里的茶园有两千多亩，可是采茶季一到，手脚麻利的妇女大多在外打工，雇不到人；加工作坊设备旧、销路窄，茶叶多半当原料贱卖。"


@pytest.mark.parametrize(
    "button", ["请先登录", "继续阅读", "展开全文", "登录后继续阅读", "余下全文 ∨", "剩余40%未读", "（接下页）"]
)
@pytest.mark.parametrize("at", [18, 33, 46])
def test_a_button_in_the_midst_of_a_sentence_is_taken_out(button, at):
    source = read_bytes(f"{TITLE}\n{BODY}\n{BROKEN[:at]}\n\n{button}\n\n{BROKEN[at:]}\n五、抓创新。".encode(), "a.txt")
    assert source.documents[0].text == f"{TITLE}\n{BODY}\n{BROKEN}\n五、抓创新。"


def test_a_button_between_the_items_of_a_list_is_taken_out():
    half = BODY.split("\n")
    text = "\n".join([TITLE, *half[:2], "继续阅读", *half[2:]])
    assert read_bytes(text.encode(), "a.txt").documents[0].text == f"{TITLE}\n{BODY}"


def test_a_button_behind_the_last_words_of_an_excerpt_is_taken_out():
    source = read_bytes(f"{TITLE}\n{BODY}\n{BROKEN[:40]}请先登录".encode(), "a.txt")
    assert source.documents[0].text.endswith(BROKEN[:40])


@pytest.mark.parametrize(
    "line", ["精品文档", "-----精选资料，欢迎下载-----", "word可编辑", "此文档仅供收集于网络，如有侵权请联系网站删除"]
)
def test_what_a_library_prints_on_each_page_is_taken_out_of_a_sentence(line):
    source = read_bytes(f"{TITLE}\n{BODY}\n{BROKEN[:33]}\n\n{line}\n\n{BROKEN[33:]}".encode(), "a.txt")
    assert source.documents[0].text == f"{TITLE}\n{BODY}\n{BROKEN}"


@pytest.mark.parametrize("line", ["学习资料不足", "精品课程", "欢迎下载使用手机应用", "资料", "阅读", "登录"])
def test_a_heading_that_only_resembles_them_stays(line):
    assert line in read_bytes(f"{TITLE}\n{BODY}\n五、{line}\n{BROKEN}".encode(), "a.txt").documents[0].text


def test_the_last_words_of_a_sentence_are_no_foot_of_a_page():
    own = "开通便民热线，村民有事打个电话，或者用手机扫码，站里半小时内回话。"
    text = f"{TITLE}\n{BODY}\n五、抓创新。今年茶乡文化站{own[:11]}\n{own[11:]}"
    assert read_bytes(text.encode(), "a.txt").documents[0].text.endswith(own)


def test_the_names_of_a_pages_head_and_foot_are_taken_out():
    frame = ".页眉.桃峪乡总结页脚..页眉.桃峪乡总结页脚.."
    source = read_bytes(f"资源描述：\n1、{frame}{TITLE}\n{BODY}\n{BROKEN[:33]}{frame}{BROKEN[33:]}".encode(), "a.txt")
    assert source.documents[0].text == f"{TITLE}\n{BODY}\n{BROKEN}"


@pytest.mark.parametrize("mark", ["●", "■", "□", "➢"])
def test_marks_of_a_list_within_a_line_begin_lines(mark):
    items = [mark + item for item in BROKEN.rstrip("。").split("，")[1:]]
    source = read_bytes(f"{TITLE}\n{BODY}\n{'。'.join(items)}。".encode(), "a.txt")
    assert source.documents[0].text == "\n".join([TITLE, BODY, *(f"{item}。" for item in items)])


@pytest.mark.parametrize("label", ["目录/提纲：……", "目录", "内容提要", "本文提纲："])
@pytest.mark.parametrize("end", ["", "\n……"])
def test_the_outline_that_a_site_sets_above_is_taken_out(label, end):
    sections = "一、一年的做法\n" + "全站上下一条心，演出下乡三十场。" * 4 + "\n二、短处和难处\n" + BROKEN
    outline = f"{label}\n一、一年的做法\n二、短处和难处{end}"
    assert read_bytes(f"{outline}\n{TITLE}\n{sections}".encode(), "a.txt").documents[0].text == f"{TITLE}\n{sections}"


def test_a_list_below_the_word_contents_that_does_not_come_again_stays():
    text = f"目录\n一、账册\n二、票据\n{TITLE}\n{BODY}"
    assert "一、账册" in read_bytes(text.encode(), "a.txt").documents[0].text
