"""The year a report is about: terms of schools, campaigns in a month, files that were uploaded, years that are only past."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ingest.read import read_bytes
from nlp.metadata import find_metadata
from nlp.records import Metadata

BODY = "一是抓防火，巡山六次。\n二是抓修路，硬化三公里。\n三是抓种桑，新栽四百亩。"


def read(text: str) -> Metadata:
    return find_metadata(read_bytes(f"{text}\n{BODY}".encode(), "a.txt").documents[0])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2021-2022学年度第一学期工作总结", 2021),
        ("2021-2022学年第一学期少先队工作计划", 2021),
        ("2021-2022学年度第二学期德育工作总结", 2022),
        ("2021－2022学年度上学期教研组总结", 2021),
        ("2018—2019学年下学期班级工作计划", 2019),
        ("2020～2021学年工会工作总结", 2021),
        ("2020～2021学年工会工作计划", 2020),
        ("2019/2020学年第二学期工会计划", 2020),
        ("2015学年第二学期工作计划", 2016),
        ("2015学年第一学期工作计划", 2015),
        ("2015学年工作计划", 2015),
        ("工会工作总结\n2021-2022学年第一学期，校工会办了三场比赛。", 2021),
        ("工会工作总结\n2021-2022学年度第二学期，校工会办了三场比赛。", 2022),
        ("2016—2020年工作总结", 2020),
        ("2015年第二学期工作计划", 2015),
    ],
)
def test_a_term_belongs_to_one_year_of_its_school_year(text: str, year: int) -> None:
    assert read(text).year == year


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("6月8日，县委召开专题党课，开展“三严三实”专题教育。", 2015),
        ("5月下旬，全镇启动“三严三实”专题教育，镇党委书记带头讲课。", 2015),
        ("根据县委“三严三实”专题教育安排，9月10日召开研讨会。", 2015),
        ("7月5日，“不忘初心、牢记使命”主题教育动员会召开，我局查摆问题九个。", 2019),
        ("1月4日，我局举行“不忘初心、牢记使命”主题教育总结会。", 2020),
        ("4月20日，党史学习教育读书班开班，局党组成员参加，举办读书会。", 2021),
        ("5月6日，全镇启动党纪学习教育，逐章领读。", 2024),
        ("11月，群众路线教育实践活动进入查摆问题阶段，征求意见三十条。", 2013),
        ("3月，群众路线教育实践活动动员会召开，征求意见三十条。", 2014),
        ("10月，深入学习实践科学发展观活动启动，征求意见三十条。", None),
        ("8月，群众路线教育实践活动进入查摆问题阶段，征求意见三十条。", None),
        ("今年5月，我镇对“三严三实”专题教育开展回头看。", None),
        ("“三严三实”专题教育让干部受益。", None),
        ("1月8日，我镇召开“三严三实”专题教育会。", None),
    ],
)
def test_a_campaign_that_is_carried_out_in_a_month_is_of_the_only_year_that_has_it(
    sentence: str, year: int | None
) -> None:
    found = read(sentence)
    assert (found.year, found.year_basis) == (year, "inferred" if year else "none")


@pytest.mark.parametrize(
    ("page", "year"),
    [
        ("全文预览\n2016残联换届工作总结\n上传人：某某 | 类型 doc | 共9页\n文档介绍\n换届后，我们走访六十户。", 2016),
        ("预览\n2019年团建小结\n上传用户：小林\n简介\n团员们种树三百棵。", 2019),
        ("全文预览\n工作总结范文\n上传人：某某 | 上传时间：2018-05-06\n文档介绍\n换届后，我们走访六十户。", None),
        (
            "全文预览\n2016残联工作总结\n上传人：某某 | 类型 doc | 共9页\n文档介绍\n2014年，县残联走访六十户。",
            2014,
        ),
        ("2018最新团支部工作总结范文大全\n下载文档\n我们走访六十户。", None),
    ],
)
def test_the_title_of_an_uploaded_file_tells_the_year_where_nothing_in_it_does(page: str, year: int | None) -> None:
    assert read(page).year == year


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("工作汇报\n村里2012年修路三公里，2013年修桥两座，2014年建校一所。如今路桥都好。", 2014),
        ("情况汇报\n2009年以来，先后建站六处。2011年又建一处。", 2011),
        ("公司简介\n公司成立于2003年，2008年改制。我们抓三件事。", 2008),
        ("情况汇报\n早在2010年，村里就通了水；2013年6月通了气。", 2013),
        ("情况汇报\n2011年底建成的站，2012年用上了电。", 2012),
        ("情况汇报\n村里2012年修路，力争2020年通车。", 2012),
        ("情况汇报\n村里2012年修路，到2020年要通车。", 2012),
        ("情况汇报\n村里2012年修路，按照《2030年规划》办。", 2012),
        ("情况汇报\n村里2012年修路，2025年前通车。", 2012),
        ("情况汇报\n村里计划2020年修路。", None),
    ],
)
def test_a_report_is_no_older_than_the_last_year_of_which_it_speaks_as_past(text: str, low: int | None) -> None:
    found = read(text)
    assert found.year_low == low
    assert found.year is not None or any(piece.low == low for piece in found.year_evidence) or low is None


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("去年，即2016年，我们修路三公里。今年接着干。", 2017),
        ("今年（2017年）我们修路三公里。", 2017),
        ("明年（2018年）我们要修路三公里。", 2017),
        ("去年（2016）我们修路三公里。", 2017),
        ("今年我们修路三公里，2016年修了两公里。", None),
    ],
)
def test_this_year_and_last_are_those_that_the_text_says(sentence: str, year: int | None) -> None:
    assert read(f"工作总结\n{sentence}").year == year


TOLD = tomllib.loads(Path(__file__).with_name("years.toml").read_text("utf-8"))["paper"]


@pytest.mark.parametrize("paper", TOLD, ids=lambda paper: paper["text"].strip().splitlines()[0])
def test_a_year_that_is_told_is_the_papers_and_one_that_is_only_named_is_not(paper: dict[str, Any]) -> None:
    assert find_metadata(read_bytes(paper["text"].encode(), "a.txt").documents[0]).year == paper.get("year")


@pytest.mark.parametrize(
    ("opening", "figures", "year"),
    [
        ("8月12日，某厂召开职工大会。", "会上通报了2014年1-7月产量。", 2014),
        ("某厂职工大会于7月3日上午召开。", "会上听取了2014年上半年产量，比2013年同期多。", 2014),
        ("1月9日，某厂召开职工大会。", "会上通报了2014年第四季度产量。", 2015),
        ("11月9日，某厂召开职工大会。", "会上通报了2014年一季度产量。", None),
        ("8月12日，某厂召开职工大会。", "会上通报了2014年1-7月产量，2015年底投产。", None),
    ],
)
def test_a_meeting_hears_of_the_months_just_over(opening: str, figures: str, year: int | None) -> None:
    assert read(f"某厂职工大会侧记\n本报讯　{opening}{figures}").year == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("某县工会简介\n现任主席二人。到2004年底，全县共有会员900人。", 2004),
        ("某县工会简介\n现任主席二人。到2004年底，全县共有会员900人。2006年获奖。", None),
        ("某县工会简介\n到2004年底，全县共有会员900人。", None),
    ],
)
def test_a_body_that_describes_itself_counts_what_it_has_by_the_end_of_a_year(text: str, year: int | None) -> None:
    assert read(text).year == year


def test_the_last_quarter_judged_before_a_congress_still_to_come_tells_the_year() -> None:
    told = "我们为党的十九大胜利召开作贡献。"
    assert read(f"某站工会做法\n{told}2016年第四季度考评第一。").year == 2017
    assert read(f"某站工会做法\n{told}2016年三季度考评第一。").year is None
