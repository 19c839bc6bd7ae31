"""Wrapped texts: paragraphs set at a width are put together again, and what only looks wrapped stays as it is."""

from __future__ import annotations

from functools import cache

import pytest
from compilations import reports
from wraps import set_proportional, wrap

from ingest.lines import find_wrap, split_lines
from ingest.read import read_bytes

MANNERS = {
    "no marks": {},
    "indents": {"indent": "　　"},
    "indents of blanks": {"indent": "    "},
    "an empty line between": {"between": 1},
    "a margin": {"hang": "  ", "indent": "　　"},
    "an empty line after every line": {"every": 1},
    "an empty line after every line, indents": {"every": 1, "indent": "　　"},
    "marks at the start of a line": {"kept": False},
}
FLOORS = {
    False: (0.97, 0.96, 0.50),
    True: (0.97, 0.99, 0.85),
}  # paragraphs marked or not: precision, recall, equal reports


def paragraphs(text):
    return [line for document in read_bytes(text.encode(), "a.txt").documents for line in document.text.split("\n")]


@cache
def originals():
    return [paragraphs("\n".join((report.title, *report.paragraphs))) for report in reports()]


def borders(lines):
    places, at = set(), 0
    for line in lines:
        at += len("".join(line.split()))
        places.add(at)
    return places


@pytest.mark.parametrize("manner", MANNERS)
def test_reports_set_at_any_width_have_their_paragraphs_again(manner):
    right = found = wanted = equal = 0
    for width in range(32, 81, 8):
        for original in originals():
            read = paragraphs(wrap(original, width, **MANNERS[manner]))
            equal += ["".join(line.split()) for line in read] == ["".join(line.split()) for line in original]
            right += len(borders(read) & borders(original))
            found += len(borders(read))
            wanted += len(borders(original))
    marked = "indent" in MANNERS[manner] or "between" in MANNERS[manner]
    precision, recall, share = FLOORS[marked]
    assert right / found >= precision
    assert right / wanted >= recall
    assert equal / (7 * len(originals())) >= share


@pytest.mark.parametrize(("between", "before"), [("", ""), ("\n", ""), ("", "\n"), ("", "　　")])
def test_reports_whose_full_lines_differ_in_length_have_their_sentences_again(between, before):
    cut = joined = wanted = 0
    for width in (19, 24, 29, 34, 40):
        for original in originals():
            text = "\n".join(
                before + f"\n{between}".join(set_proportional(paragraph, width)) + between for paragraph in original
            )
            read = paragraphs(text)
            ends = {
                sum(len("".join(line.split())) for line in read[:at]): read[at - 1] for at in range(1, len(read) + 1)
            }
            cut += sum(at not in borders(original) and line[-1] not in "。；！？：”" for at, line in ends.items())
            joined += len(borders(original) - ends.keys())
            wanted += len(original)
    assert cut <= wanted * 0.02
    assert joined <= wanted * 0.02


@pytest.mark.parametrize(
    "text",
    [
        "春风又到柳溪东，\n万户千家笑语中。\n巾帼争先齐奋进，\n山乡处处映霞红。\n同心共筑小康路，\n携手同描锦绣容。\n",
        "青坪乡妇联主席林秀兰\n白石镇妇联主席周桂英\n柳溪镇妇联主席吴玉珍\n石桥乡妇联主席陈春梅\n双河镇妇联主席郑凤仙\n东湾乡妇联主席何美玲\n",
        "序号    项目        完成情况    责任单位\n1       家政培训    已完成      县妇联\n2       电商培训    正在推进    县人社局\n3       法律讲座    尚未开始    县司法局\n4       健康义诊    已经完成    县卫生局\n",
        "抓学习，提素质，强本领\n抓组织，打基础，添活力\n抓维权，促和谐，保平安\n抓创业，带就业，促增收\n抓自身，树形象，作表率\n抓宣传，造声势，聚人心\n",
    ],
)
def test_verses_lists_and_tables_set_with_blanks_are_not_joined(text):
    lines = list(split_lines(text))
    assert paragraphs(text) == [line.text for line in lines]


def test_the_width_may_count_characters():
    text = "".join(
        f"第{n}组走访了{n * 37}户群众，发放宣传单{n * 1050}份，登记诉求{n * 12}条，其中已办结{n * 9}条，正在办理的明确了责任人和完成时间。"
        for n in range(11, 40)
    )
    lines = [text[at : at + 36] for at in range(0, len(text), 36)]
    wrapped = find_wrap(list(split_lines("\n".join(lines))))
    assert (wrapped.width, wrapped.in_characters) == (36, True)
    assert paragraphs("\n".join(lines)) == [text]


def test_a_paragraph_that_was_never_wrapped_stays_one_beside_wrapped_ones():
    original = originals()[0]
    half = len(original) // 2
    text = wrap(original[:half], 40, indent="　　") + "\n" + "\n".join("　　" + line for line in original[half:])
    assert paragraphs(text) == original


def test_a_list_within_a_paragraph_goes_on_at_the_start_of_a_line():
    text = "存在的不足主要有三个方面。一是经费紧张，全年只有两万元，难以满足工作需要和群众期盼。"
    more = "二是力量薄弱，专职干部只有一名，还要兼任其他工作。三是方法陈旧，习惯于发通知、开会议、要报表。"
    around = [line for line in originals()[3] if len(line) > 60]
    wrapped = wrap([*around, text + more, *around[:1]], 2 * len(text), indent="")
    assert "\n二是力量薄弱" in wrapped
    assert text + more in paragraphs(wrapped)


def test_a_date_at_the_end_of_a_line_makes_no_word_with_the_next():
    assert paragraphs("青坪县妇女联合会办公室编　　　　2023年5月24日\n本期要目\n抓好培训。\n做好宣传。") == [
        "青坪县妇女联合会办公室编　　　　2023年5月24日", "本期要目", "抓好培训。", "做好宣传。",
    ]  # fmt: skip
