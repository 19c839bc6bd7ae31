"""Kinds of papers without a title of their own: titles that run into the text, first words, visits; near misses beside hits."""

from __future__ import annotations

import pytest

from ingest.read import read_bytes
from nlp.kinds import find_kind, headline, kind_of_run_in_title
from nlp.metadata import find_metadata


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第1页共6页区工会工作报告材料2013年，区工会在区委领导下办班九期。", "summary"),
        ("怎样办好村图书室的调研报告村图书室是农民读书的地方，管得好不好要看人。", "research"),
        ("青石县关于举办“五一”职工运动会的通知 各乡镇工会、县直机关工会：请报名。", "notice"),
        ("2016年度护林工作计划（草案）2016年护林工作要早动手，早安排。", "plan"),
        ("现将2016年护林工作总结汇报如下，请审议。", None),
        ("今天召开年度工作总结大会，到会九十人。", None),
        ("如何做好村图书室的调研报告村图书室是农民读书的地方，管得好不好要看人。", "research"),
        ("听取了各组的工作报告后，大家讨论了两天。", None),
        ("我们要做好今年的护林工作计划，早动手。", None),
        ("护林工作总结", None),
    ],
)
def test_a_title_may_run_into_the_text(text: str, kind: str | None) -> None:
    assert kind_of_run_in_title(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("一年来，林场职工在镇党委的正确领导下，办班九期，走访老人。一是开会五次。二是修路三里。", "summary"),
        ("护林的指导思想和总体要求是：早动手，早安排，早见效。", "plan"),
        ("摘要：随着人口外出，村里老人多了。本文谈养老。", "research"),
        ("为表彰护林先进，县林场决定召开护林工作会。各乡镇派一人到会。", "notice"),
        ("为了解果农收成，近日，县总工会对果园展开调查，走访农户九十户。", "news"),
        ("青石县团委于10月13日组织开展青年文明号评审，九个集体到会。", "news"),
        ("为加强学习，做到两不误。11月20日下午第四支部全体党员开展了“三查一看”主题活动。", "news"),
        ("为护林，为种桑，为修路，村支部于12月4日下午组织党员到林场考察学习。", "news"),
        (
            "为办好节日，我校拟于6月1日组织开展文艺活动，请认真准备。\n一、时间\n6月1日。\n二、要求\n要抓好排练。",
            "plan",
        ),
        ("为全面掌握桑园的底数，县林场对九个村进行了摸底调查，情况都清楚了。", "research"),
        ("【青石网讯】县里的会开了，县长说，路要修。到会六十人，讲了三件事。", "news"),
        ("按照县里学习活动的要求，5月12日下午，县林场领导召开民主生活会，查摆问题九条。", "news"),
        ("根据护林的要求，我场查摆问题九条，整改了九条。", "rectification"),
        ("平山市妇联大力种桑，桑园绿了，蚕也肥了。", "news"),
        ("今年以来，平山市妇联大力种桑，我们的桑园绿了。一是我们办班九期。二是我们修路三里。", "summary"),
        ("全市姐妹：\n平山市妇联倡议大家种桑。", "notice"),
        ("7月1日，市代表、县护林会王林率县护林会部分会员一行，赴白石看林。", "news"),
        ("现将征求到的意见建议梳理如下：一是种桑少。二是路难走。", "rectification"),
        ("今年以来，我们于10月13日完成了桑园改造。一是村里的路修了九里。二是我们办班三期。", "summary"),
    ],
)
def test_a_text_without_title_is_of_the_kind_that_its_words_tell(text: str, kind: str) -> None:
    assert find_kind(text, "") == kind


def test_a_visit_to_see_how_things_stand_is_news() -> None:
    text = "市妇联到青石县调研志愿服务情况\n9月12日下午，市妇联副主席一行到青石县调研，看了三个村，召开了座谈会。"
    assert find_metadata(read_bytes(text.encode(), "a.txt").documents[0]).doc_type == "news"
    text = "市人大代表到市妇联调研\n3月27日上午，市人大代表王林带领三名代表一行，就种桑开展调研，听取了汇报。"
    assert find_metadata(read_bytes(text.encode(), "a.txt").documents[0]).doc_type == "news"
    text = "到林场调研\n我们看了三个林场，问了九十户。现状是树老，对策是换苗。"
    assert find_metadata(read_bytes(text.encode(), "a.txt").documents[0]).doc_type == "research"
    text = "志愿服务开展情况\n9月以来，我县办班九期，志愿者到三个村，看望老人九十名。"
    assert find_metadata(read_bytes(text.encode(), "a.txt").documents[0]).doc_type == "summary"


def test_a_first_line_of_numbers_is_no_title() -> None:
    assert headline("（一）" * 3000 + "x\n护林") == ""
    assert headline("2016年护林工作总结（一）\n护林要早。") == "2016年护林工作总结（一）"
