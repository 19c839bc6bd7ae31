"""Lines: which are joined into a paragraph, and which stand alone."""

from __future__ import annotations

import pytest

from ingest.clean import clean
from ingest.lines import MARK, columns, find_wrap, is_cut, split_lines

PARAGRAPHS = [
    "今年以来，渔港乡妇联把发动妇女参与环境整治作为头等大事，组织巾帼志愿者46人分片包干，先后清理河道12公里、房前屋后垃圾300余吨；动员家庭签订承诺书1800份。",
    "二、几点体会",
    "（一）领导要上心。乡党委两次听取汇报，解决办公用房3间，配备电脑、打印机各1台，把妇联干部的误工补贴由每月200元提高到350元，从根子上调动了大家的劲头。",
    "（二）载体要管用。2012年6月起推行“红黄榜”，每季评出洁净户60户、后进户15户，榜上有名的既有普通农家，也有村干部家庭，群众心服口服。",
    "渔港乡妇联",
    "2012年11月8日",
]


def wrap(paragraphs, *, width=40, indent="　　", end="\n", between=""):
    """Return the paragraphs broken at width columns."""
    out = []
    for paragraph in paragraphs:
        line = indent
        for char in paragraph:
            if columns(line + char) > width and char not in "，。；、”）":
                out.append(line)
                line = ""
            line += char
        out += [line, *([between] if between is not None and between != "" else [])]
    return end.join(out)


def read_lines(text):
    lines = list(split_lines(text))
    return clean(lines, ordinal=1, title=None, wrap=find_wrap(lines)).text.split("\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("indent", ["　　", "    "])
@pytest.mark.parametrize("width", [40, 56, 68, 76])
def test_a_wrapped_text_whose_paragraphs_are_indented_is_put_together_again(width, indent, end):
    assert read_lines(wrap(PARAGRAPHS, width=width, indent=indent, end=end)) == PARAGRAPHS


def test_a_full_line_goes_on_even_where_it_ends_with_a_stop():
    paragraphs = [
        "请各村各组加强协作配合务必按时到位；" + rest
        for rest in ("逾期不报的予以通报。", "每月底组织一次检查。", "遇到情况要及时上报。", "有关材料要做好归档。")
    ]
    text = wrap(paragraphs)
    assert text.count("；\n") == 4
    assert read_lines(text) == paragraphs


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("为了摸清底数，县妇联组织干部职工分赴十四个乡镇、六个街道开展了为期半个月的走访，发", "现了不少新情况。"),
        ("各单位要把培训列入年度计划，保证人员、时间，", "并且落实经费。"),
        ("一是抓宣传。利用板报、广播宣传", "政策，发放资料三千份。"),
        ("会议由王秀英主持（县妇联主席", "）并作总结讲话。"),
        ("全县共有农村留守妇女九千余人，其中大多数没有固定收入。她们既要照料老", "人，又要耕种土地。"),
        ("2021年上半", "年，协会新添了会员。"),
        ("截至2021", "年9月底，渔港乡共有文艺队14支。"),
        ("为迎接丰收节，文化站于9月", "22日办了一场赛歌会。"),
        ("这一年文化站添置图书 1300", "册，购买桌椅 24 套。"),
        ("文艺队下村演出，观众达到 36", "00 多人次，反响不错。"),
        ("全年经费只有 3", "万元，捉襟见肘。"),
        ("文化站办起了面向留守儿童的", "阅览室和手工坊。"),
        ("书画协会与老年学校以及", "文艺队合办了展览。"),
    ],
)
def test_a_broken_paragraph_is_joined(first, second):
    assert read_lines(f"{first}\n{second}") == [first + second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、主要成绩", "全年各项任务如期完成。"),
        ("存在问题", "工作中还有差距。"),
        ("各项任务如期完成。", "下半年继续努力。"),
        ("抓好以下几件事：", "1.建队伍。"),
        ("青坪县妇女联合会", "2013年12月20日"),
        ("2013年12月20日", "青坪县妇女联合会办公室印发"),
        ("全年共举办讲座十二场、参加的有四百余人次", "（二）帮扶工作"),
        ("第一部分  今年工作回顾", "第二部分  明年工作打算"),
        ("活动室面积，见附表3", "人员名单"),
        ("站内联系人：何水生，电话：4821763", "文化站办公室"),
        ("2021年工作回顾", "过去一年，文化站迈上新台阶。"),
        ("各村文艺队普遍缺少场地和参与", "二、下一步打算"),
        ("（一）以文化活动为抓手，在服务群众中彰显作为", "全年演出三十场。"),
    ],
)
def test_headings_signatures_and_closed_paragraphs_are_not_joined(first, second):
    assert read_lines(f"{first}\n{second}") == [first, second]


def test_the_rows_of_a_table_are_never_joined():
    row = "1\t组织全县妇联干部开展业务培训，重点是信访接待、法律知识、心理疏导，做到人人过关、个个达标，全年不少于两期\t组宣部和各乡镇妇联\t十月底前"
    following = "2\t清点阵地\t办公室\t年底"
    assert read_lines(f"{row}\n{following}") == [row.replace("\t", " "), following.replace("\t", " ")]


@pytest.mark.parametrize("text", ["一\n二\n三", "甲乡\n乙镇\n丙街道\n丁村\n戊社区\n己村\n庚村\n辛村"])
def test_a_list_of_short_lines_is_no_wrapped_text(text):
    assert find_wrap(list(split_lines(text))) is None


@pytest.mark.parametrize(
    ("text", "gaps", "indents"),
    [("甲\n\n\n　　乙", [0, 2], [0, 4]), ("  甲\r\n乙", [0, 0], [2, 0]), ("\n甲\u2028乙\x0c丙", [1, 0, 0], [0, 0, 0])],
)
def test_gaps_and_indents_are_counted(text, gaps, indents):
    lines = list(split_lines(text))
    assert [line.gap for line in lines] == gaps
    assert [line.indent for line in lines] == indents
    assert all(text[line.start : line.end] == line.text for line in lines)


def test_a_text_that_lost_its_line_ends_is_cut_at_double_ideographic_spaces():
    paragraph = "各级组织要切实负起责任。" * 30
    lines = list(split_lines(f"{paragraph}　　{paragraph}　　{paragraph}"))
    assert [line.text for line in lines] == [paragraph] * 3


def test_ideographic_spaces_inside_a_short_line_stay():
    assert [line.text for line in split_lines("县工会办公室　　　2010年3月5日印发")] == [
        "县工会办公室　　　2010年3月5日印发"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一、总则",
        "（三）做法",
        "(2)措施",
        "3.安排",
        "3、安排",
        "①起步",
        "二是抓建设",
        "第一章 总则",
        "第二部分 打算",
        "第一，学习",
    ],
)
def test_list_marks_are_known(text):
    assert MARK.match(text)


@pytest.mark.parametrize(
    "text", ["3.5万元投入", "一个中心", "第三者插足", "十分重视", "2012年", "是全县", "第二届运动会"]
)
def test_what_only_looks_like_a_list_mark_is_none(text):
    assert not MARK.match(text)


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("妇联", 4), ("共3人，", 7), ("“好”", 6)])
def test_a_full_width_character_counts_two_columns(text, width):
    assert columns(text) == width


RAGGED = [
    "文化站现有专干2名、业余骨干35名，分属锣鼓、",
    "书法、舞蹈3个门类，平均年龄58岁，会用电脑剪",
    "辑视频的一个也没有。演出服装还是2009年置办的，",
    "破的破、小的小，借来借去；音响设备用了11年，一",
    "到雨天就不响，观众意见很大。",
]


def test_lines_of_about_one_length_go_on():
    assert read_lines("\n".join(RAGGED)) == ["".join(RAGGED)]
    assert find_wrap(list(split_lines("\n".join(RAGGED)))).slack


def test_a_heading_among_lines_of_about_one_length_stands_alone():
    headings = ["（一）围绕队伍抓培训，在老带新中补齐短板", "（二）围绕阵地抓改造，在腾挪间中挤出场地"]
    text = "\n".join([headings[0], *RAGGED, headings[1], *RAGGED])
    assert read_lines(text) == [headings[0], "".join(RAGGED), headings[1], "".join(RAGGED)]


@pytest.mark.parametrize(
    "lines",
    [
        ["举办村歌比赛，参赛队伍不少于20支", "建好农家书屋，每周开放三天以上", "整理民间谚语，编印小册子一本", "修缮古戏台，国庆节前恢复演出", "培训业余骨干，人均不少于4天", "组织书画下乡，走遍十二个村"],
        ["村名 队员数 场地 队长", "石湾村 312人 160平方米 周德顺", "柳坪村 287人 95平方米 何永康", "东岙村 198人 60平方米 沈阿大", "西岙村 405人 210平方米 冯水根", "合计 1202人 525平方米"],
    ],
)  # fmt: skip
def test_items_and_rows_of_about_one_length_stay_apart(lines):
    assert read_lines("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("lines", "at", "cut"),
    [
        (["文化站的经费，一半来自乡里，一半来自门", "票收入，年年不够花。"], 1, True),
        (["文化站的经费，一半来自乡里，", "一半来自门票。"], 1, True),
        (["渔港乡文化站办公室", "2012年11月8日"], 1, False),
        (["文化站的经费，年年不够花。", "关注我们，了解更多。"], 1, False),
    ],
)
def test_a_sentence_cut_by_a_line_end_is_known(lines, at, cut):
    assert is_cut(list(split_lines("\n".join(lines))), at) is cut
