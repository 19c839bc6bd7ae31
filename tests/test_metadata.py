"""Metadata: what a report says of itself by its title, its edges and its opening words, and what only looks like it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runaway import grows_in_proportion

from ingest.read import read, read_bytes
from ingest.records import Document, OffsetMap, Run
from nlp.bodies import find_regions, level_of, place_before
from nlp.divisions import load_divisions
from nlp.kinds import headline, kind_of_body, kind_of_title, load_kinds
from nlp.metadata import find_metadata
from nlp.records import Metadata
from nlp.writer_signs import own_level
from nlp.years import find_signature

BODY = "一是抓培训，办班六期。\n二是抓维权，调解纠纷十一件。\n三是抓阵地，新建活动室两处。"
CORPUS = Path(__file__).parent.parent / "corpus"


def document(text: str, title: str | None = None, title_source: str = "own") -> Document:
    offsets = OffsetMap((Run(0, len(text), 0, len(text)),))
    return Document(ordinal=1, title=title, text=text, offsets=offsets, title_source=title_source)


def metadata(text: str, title: str | None = None, title_source: str = "own") -> Metadata:
    return find_metadata(document(text, title, title_source))


@pytest.mark.parametrize(
    ("title", "org"),
    [
        ("2018年县农机推广站工作总结", "县农机推广站"),
        ("2018年度清河县文化馆工作总结", "清河县文化馆"),
        ("2019年妇产科上半年工作小结", "妇产科"),
        ("2017年第一小学教学工作计划", "第一小学"),
        ("2018年上半年工作总结", None),
        ("2018年安全生产工作总结", None),
        ("2018年趣味运动会工作总结", None),
        ("2019年平安校园工作总结", None),
        ("2019年后备干部工作计划", None),
        ("2016年农贸市场秩序整治总结", None),
    ],
)
def test_the_words_behind_the_year_of_a_title_name_the_body_where_they_are_one(title: str, org: str | None) -> None:
    assert metadata(f"{title}\n{BODY}", title).org == org


@pytest.mark.parametrize(
    ("table", "org", "signed"),
    [
        ("发文机关：清河县民政局　成文日期：2018年5月9日", "清河县民政局", "2018-05-09"),
        ("发文机关 | 清河县民政局 | 发文日期 | 2018-05-09", "清河县民政局", "2018-05-09"),
        ("发布单位\n清河县民政局\n发布日期\n2018年5月9日", "清河县民政局", "2018-05-09"),
        ("上传时间：2018年5月9日", None, None),
        ("发布日期：2018-05-09", None, None),
        ("发布单位要在5月9日前报送名单，逾期不候。", None, None),
    ],
)
def test_the_table_that_an_authority_sets_above_a_paper_tells_body_and_day(
    table: str, org: str | None, signed: str | None
) -> None:
    for source in (
        f"{table}\n走访情况\n{BODY}\n四是抓宣传，出墙报。",
        f"走访情况\n{table}\n{BODY}\n四是抓宣传，出墙报。",
    ):
        found = find_metadata(read_bytes(source.encode(), "a.txt").documents[0])
        assert (found.org, found.signed, found.year) == (org, signed, signed and 2018)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("（一）动员阶段（3月1日—3月15日）。召开会议。\n（二）走访阶段（3月16日至10月底）。逐户走访。", "plan"),
        ("1.摸底，3月底前建账。\n2.搬迁，6月底前住进周转房。\n3.施工，10月底前完工。", "plan"),
        ("动员阶段（书记带头），人人要参加。\n走访阶段（两人一组），户户要走到。\n总结阶段，要认真总结。", "other"),
        ("三月底的桥头，六月底的渡口，都有人值守。", "other"),
    ],
)
def test_stages_with_dates_and_rows_of_deadlines_are_plans(text: str, kind: str) -> None:
    assert metadata(text).doc_type == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("清溪县总工会2013年工作要点", "plan"),
        ("2019年妇女工作思路", "plan"),
        ("县残联二○一二年工作安排意见", "plan"),
        ("岭南镇“十三五”残疾人事业规划", "plan"),
        ("2012年工作总结暨2013年工作计划", "summary"),
        ("2016年上半年总结及下半年打算", "summary"),
        ("关于2015年工作情况的报告", "summary"),
        ("政府工作报告", "summary"),
        ("个人述职述廉报告", "summary"),
        ("领导班子对照检查材料", "rectification"),
        ("民主生活会整改方案", "rectification"),
        ("关于巡察反馈问题整改进展情况的通报", "rectification"),
        ("县卫生局关于群众评议意见的整改落实情况报告", "rectification"),
        ("夯实基层组织 激发妇联活力（典型发言材料）", "experience"),
        ("办好村级小院的做法与体会", "experience"),
        ("关于农村留守妇女生存状况的调查报告", "research"),
        ("浅谈如何做好职工维权工作", "research"),
        ("乡镇工会存在的问题及对策", "research"),
        ("在全县三八妇女节纪念大会上的讲话", "speech"),
        ("在残联代表大会上的致辞", "speech"),
        ("关于做好2014年“两节”送温暖工作的通知", "notice"),
        ("关于表彰先进集体的决定", "notice"),
        ("妇联工作动态（第6期）", "news"),
        ("县妇联举办家政培训班", "news"),
        ("致全县妇女姐妹的一封信", "other"),
        ("妇联会议纪要", "other"),
        ("学习党章心得体会", "other"),
    ],
)
def test_the_last_naming_word_of_a_title_tells_the_kind(title: str, kind: str) -> None:
    assert kind_of_title(title) == kind


def test_a_title_without_a_naming_word_tells_no_kind() -> None:
    assert kind_of_title("小院里的大文章") is None


def test_a_notice_that_issues_a_paper_is_of_the_kind_of_the_paper() -> None:
    assert metadata(BODY, "关于印发《县总工会2015年工作要点》的通知").doc_type == "plan"
    assert metadata(BODY, "关于印发2015年工作计划的通知").doc_type == "plan"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("同志们：\n今天的会很重要，我讲三点意见。\n大家知道，基层最辛苦。谢谢大家！", "speech"),
        ("本文就留守老人问题作一探讨。据调查，独居的占四成。对策与建议：一要建站，二要结对。", "research"),
        ("现将有关事项通知如下：请结合实际，认真贯彻执行。特此通知。", "notice"),
        ("今年以来，我局先后开展培训六期，累计发放资料千余份，取得明显成效，现将工作总结如下", "summary"),
        ("本报讯 日前，区残联走进社区，记者看到现场人头攒动。", "news"),
    ],
)
def test_a_text_without_a_title_tells_its_kind_by_its_language(text: str, kind: str) -> None:
    assert kind_of_body(text) == kind


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        ("本网讯 3月6日，清溪县人民检察院推进整改，听取工作报告，逐条自查存在的问题。", None, "news"),
        ("3月6日，清溪县人民检察院召开推进会。会议要求逐条整改，自查自纠。", "县检察院召开整改推进会", "news"),
        ("2018年9月10日下午，清溪职业大学举行例会，校长作工作报告。", None, "news"),
        ("3月6日，我局召开动员大会。一年来，我们办班九期，走访老人，现将情况汇报如下。", None, "summary"),
        (f"3月6日，我局召开了动员大会。{BODY}", "2013年工作总结", "summary"),
        (f"3月6日召开大会。{BODY}", "关于召开代表大会的通知", "notice"),
        (
            "时间：4月2日\n地点：村委会\n出席人员：周某、吴某\n议题：下一步工作安排\n要继续深入推进，力争完成。",
            None,
            "other",
        ),
        ("柳湾村会议纪要\n会议要求，要继续深入推进，力争完成。", None, "other"),
    ],
)
def test_news_and_minutes_are_told_by_their_form_whatever_they_tell_of(text: str, title: str | None, kind: str) -> None:
    assert metadata(text, title).doc_type == kind


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"{BODY}\n清溪县总工会\n2013年5月6日", "2013-05-06"),
        (f"{BODY}\n清溪县总工会\n二○一三年五月六日", "2013-05-06"),
        (f"{BODY}\n二〇一三年十二月二十一日", "2013-12-21"),
        (f"{BODY}\n2013.5.6", "2013-05-06"),
        (f"讲话稿\n（2013年5月6日）\n{BODY}", "2013-05-06"),
        (f"工会简报\n清溪县总工会办公室编          2013年5月6日\n{BODY}", "2013-05-06"),
        (f"2025年1月8日在清溪县第九届人民代表大会第四次会议上\n清溪县县长  周某\n{BODY}", "2025-01-08"),
        (f"{BODY}\n（2016年10月18日在全县现场会上的发言）", "2016-10-18"),
        (f"关于队伍建设的报告\n（2018年10月）\n{BODY}", "2018-10"),
        (f"{BODY}\n2013年2月28日", "2013-02-28"),
        (f"{BODY}\n2013年2月31日", "2013-02"),
        (f"{BODY}\n2013年2月29日", "2013-02"),
        (f"{BODY}\n二〇一二年二月二十九日", "2012-02-29"),
    ],
)
def test_a_date_on_a_line_of_its_own_is_the_signature(text: str, day: str) -> None:
    found = find_signature(text)
    assert found is not None and found[0] == day


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n2013年5月6日，我们召开了动员大会，会上布置了全年的工作。",
        f"{BODY}\n本方案自2013年5月6日起施行。",
        f"清府发〔2013〕5号\n{BODY}",
        BODY,
        "",
    ],
)
def test_a_date_inside_a_sentence_is_no_signature(text: str) -> None:
    assert find_signature(text) is None


@pytest.mark.parametrize(
    ("text", "title", "year", "basis"),
    [
        (BODY, "清溪县总工会2013年工作要点", 2013, "title"),
        (BODY, "二〇一三年工作要点", 2013, "title"),
        (BODY, "2009年—2013年工作总结", 2013, "title"),
        (BODY, "2013—2014学年度第一学期工作计划", 2013, "title"),
        (f"{BODY}\n2013年12月20日", "工作总结", 2013, "signature"),
        (f"一年来，我们忙而有序。{BODY}\n2013年1月20日", "工作总结", 2012, "signature"),
        (f"{BODY}\n2013年12月20日", "工作计划", 2014, "signature"),
        (f"二〇一二年，我县妇联忙而有序。{BODY}\n二〇一三年三月二十日", "工作总结", 2012, "signature"),
        (f"2013年，我局在县委领导下稳步前进。{BODY}", "工作总结", 2013, "body"),
        (f"2014年，恒远公司在董事会领导下完成技改。{BODY}", "工作总结", 2014, "body"),
        ("2020年4月2日，柳湾村召开大会。会议通过2018年度决算。2017年人均收入九千元。", None, 2020, "body"),
        ("本网讯 3月6日，县妇联召开会议。会议审议了《2020年度决算》。他指出，2021年要抓好三件事。", None, 2021, "body"),
        ("本报讯 4月2日，柳湾村召开大会。次日，村里公示。2020年4月9日，公示期满。", None, 2020, "body"),
        (f"五年来，我院案件不少。到2016年底，队伍已齐。2012年新建用房。{BODY}", "工作报告", 2016, "body"),
        (f"今年是“十二五”规划的开局之年，也是创先争优活动的第二年。{BODY}", "工作要点", 2011, "inferred"),
        (
            f"现在，我代表区人民政府，向大会报告工作。\n2013年，全区稳中有进。\n二、2014年主要任务\n{BODY}",
            None,
            2014,
            "body",
        ),
    ],
)
def test_a_year_that_is_stated_or_certain_is_told_with_its_basis(
    text: str, title: str | None, year: int, basis: str
) -> None:
    found = metadata(text, title)
    assert (found.year, found.year_basis) == (year, basis)
    assert (found.year_low, found.year_high) == (year, year)


def test_a_report_that_begins_with_since_a_year_and_tells_of_later_ones_is_not_of_that_year() -> None:
    assert metadata(f"2010年以来，我局建站三处。2012年又建两处。{BODY}", "工作汇报").year != 2010


def test_a_meeting_that_sums_up_a_year_may_be_of_the_next() -> None:
    assert metadata("本网讯 3月6日，县妇联召开会议。会议总结了2020年工作，部署了2021年工作。").year == 2021
    assert metadata("本网讯 12月6日，县妇联召开会议。会议总结了2020年工作，部署了2021年工作。").year == 2020
    assert metadata("本网讯 县妇联召开会议。会议总结了2020年工作，部署了2021年工作。").year is None


def test_the_title_of_a_page_says_nothing_of_the_year() -> None:
    found = metadata(BODY, "2016年妇联工作总结", "page")
    assert (found.year, found.year_basis) == (None, "none")


def test_an_uncertain_year_stays_an_interval_with_its_evidence() -> None:
    found = metadata(f"按照“学习实践科学发展观活动”的部署，现提出整改措施。{BODY}")
    assert (found.year, found.year_low, found.year_high, found.year_basis) == (None, 2008, 2010, "none")
    assert [piece.text for piece in found.year_evidence][:1] == ["学习实践科学发展观活动"]


@pytest.mark.parametrize(
    "text",
    [
        "到2020年，实现全覆盖。",
        "自2008年起施行。",
        "王某，1975年生。",
        "清办发〔2012〕6号",
        "XX年，我县",
        "《2012年度考核办法》",
        "2012年度决算",
        "2012年全村人均收入九千元",
        "比2012年增长一成",
    ],
)
def test_a_year_of_something_else_is_not_the_reports(text: str) -> None:
    assert metadata(f"{BODY}\n{text}\n{BODY}").year is None


@pytest.mark.parametrize(
    ("text", "title", "org", "level", "region"),
    [
        (BODY, "清溪县总工会2013年工作要点", "清溪县总工会", "county", "清溪县"),
        (f"{BODY}\n清溪县妇女联合会\n2013年1月6日", "清溪县妇联2012年工作总结", "清溪县妇联", "county", "清溪县"),
        (f"{BODY}\n清溪县妇女联合会\n2013年1月6日", "工作总结", "清溪县妇女联合会", "county", "清溪县"),
        (f"清溪县教育局文件\n清教〔2013〕5号\n{BODY}", "关于安全检查的通知", "清溪县教育局", "county", "清溪县"),
        (BODY, "共青团清溪县委2015年工作要点", "共青团清溪县委", "county", "清溪县"),
        (BODY, "昆山市残联2015年工作总结", "昆山市残联", "county", "昆山市"),
        (BODY, "苏州市残联2015年工作总结", "苏州市残联", "city", "苏州市"),
        (BODY, "重庆市妇联2015年工作总结", "重庆市妇联", "province", "重庆市"),
        (BODY, "2015年广西壮族自治区总工会工作要点", "广西壮族自治区总工会", "province", "广西壮族自治区"),
        (f"县妇联很重视，县妇联先后派出三个组。我县妇女勤劳。{BODY}", None, "县妇联", "county", None),
        (f"清溪县卫生局课题组\n{BODY}", "关于村医队伍的调研报告", "清溪县卫生局", "county", "清溪县"),
        (
            f"中共清溪县委副书记  周某\n（2013年3月7日）\n同志们：{BODY}",
            "在大会上的讲话",
            "中共清溪县委",
            "county",
            "清溪县",
        ),
        (BODY, "清溪县第二人民医院2013年工作总结", "清溪县第二人民医院", "county", "清溪县"),
        (f"我镇地处山区。{BODY}\n##镇妇联", "工作总结", "##镇妇联", "township", "##镇"),
        (f"受清溪县妇联委托。{BODY}\n白石镇妇联", "工作总结", "白石镇妇联", "township", "清溪县白石镇"),
        (f"{BODY}\n清溪县文明办\n清溪县妇联\n2013年3月7日", "倡议书", "清溪县文明办、清溪县妇联", "county", "清溪县"),
        (f"{BODY}\n中共清溪县委组织部\n2013年3月7日", "工作总结", "中共清溪县委组织部", "county", "清溪县"),
        (f"{BODY}\n中共清溪县民政局党组\n2013年3月7日", "关于整改的通报", "清溪县民政局党组", "county", "清溪县"),
        (f"下面我代表白石街道办事处汇报。{BODY}", None, "白石街道办事处", "township", "白石街道"),
        (BODY, "清河大学工会2014年工作要点", "清河大学工会", "enterprise", None),
        (f"{BODY}\n清溪县人民医院工会\n2014年2月", "工会工作计划", "清溪县人民医院工会", "county", "清溪县"),
        (f"为深入贯彻会议精神，清溪县检察院精心部署。{BODY}", None, "清溪县检察院", "county", "清溪县"),
        ("5月6日，白石镇党委召开例会。", None, "白石镇党委", "township", "白石镇"),
        (BODY, "柳湾村2019年工作总结", "柳湾村", "village", "柳湾村"),
        (f"{BODY}\n柳湾村村民委员会\n2019年12月1日", "工作总结", "柳湾村村民委员会", "village", "柳湾村"),
        ("3月6日，清溪县人民法院召开例会。会后分组讨论。", None, "清溪县人民法院", "county", "清溪县"),
        ("近日，清河职业大学在礼堂举行例会。", None, "清河职业大学", "enterprise", None),
        ("2020年4月2日，柳湾村召开大会。", None, "柳湾村", "village", "柳湾村"),
        (f"2014年，恒远公司在董事会领导下完成技改。{BODY}", "工作总结", "恒远公司", "enterprise", None),
        (BODY, "清溪县一中2014年工作总结", "清溪县一中", "county", "清溪县"),
        (BODY, "县一中工会2014年工作要点", "县一中工会", "county", None),
        (BODY, "清溪县教育局工会2014年工作要点", "清溪县教育局工会", "county", "清溪县"),
        (f"{BODY}\n县二中\n2014年1月6日", "工作总结", "县二中", "county", None),
        (BODY, "县中医院2014年工作总结", "县中医院", "county", None),
        (BODY, "清溪县供电公司2014年工作总结", "清溪县供电公司", "county", "清溪县"),
        (BODY, "农行清溪县支行2014年工作总结", "农行清溪县支行", "county", "清溪县"),
        (f"{BODY}\n清溪化肥厂工会\n2014年1月6日", "工作总结", "清溪化肥厂工会", "enterprise", None),
        (BODY, "清溪煤矿2014年工作总结", "清溪煤矿", "enterprise", None),
        (BODY, "XX中学2014年工作计划", "XX中学", "enterprise", None),
        (f"我代表市总工会讲几点。{BODY}", "在清溪市女职工大会上的讲话", "清溪市总工会", "city", "清溪市"),
    ],
)
def test_the_body_of_a_report_is_told_by_its_edges_its_title_or_its_mentions(
    text: str, title: str | None, org: str, level: str, region: str | None
) -> None:
    found = metadata(text, title)
    assert (found.org, found.org_level, found.region) == (org, level, region)


@pytest.mark.parametrize(
    "text",
    [
        "妇女工会意识不强",
        "各级工会要重视",
        "农村信用社贷款难",
        "乡镇妇联普遍缺人",
        "参加了市场管理",
        "驻村工作稳步推进",
        "近日，笔者到清溪县人民医院调研",
        "随着社区建设加快，居民多了",
        "广大中小学在暑期开展读书活动",
        "2013年，我院认真学习，队伍稳定",
        "全县一中一小搬迁在即",
        "走访工厂、煤矿和银行",
        "各医院、银行、书店都来了人",
    ],
)
def test_a_class_of_bodies_is_nobodys_name(text: str) -> None:
    assert metadata(f"{text}。{BODY}").org is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("我县共有妇女三万", "county"),
        ("全镇一盘棋", "township"),
        ("本区老龄化", "county"),
        ("全省上下", "province"),
        ("我校师生", "enterprise"),
    ],
)
def test_a_report_tells_its_own_level_by_what_it_calls_its_own(text: str, level: str) -> None:
    assert own_level(text) == level


@pytest.mark.parametrize("text", ["我县委", "全村级", "我们", "全面"])
def test_words_that_only_begin_like_our_county_tell_no_level(text: str) -> None:
    assert own_level(text) == "unknown"


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("昆山市", "county"),
        ("苏州市", "city"),
        ("天津市", "province"),
        ("苏州市吴中区", "county"),
        ("白石镇", "township"),
        ("锡林郭勒盟", "city"),
        ("清溪市", "city"),
        ("红星社区", "village"),
    ],
)
def test_the_table_of_regions_tells_a_city_of_county_rank(place: str, level: str) -> None:
    assert level_of(place) == level


def test_a_market_is_no_city() -> None:
    assert find_regions("走访吉林市场，又到吉林市走访") == ["吉林市"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("按照清溪县", "清溪县"),
        ("在苏州市吴中区", "苏州市吴中区"),
        ("由XX 镇", "XX 镇"),
        ("召集各乡镇", "乡镇"),
        ("大会上清溪县", "清溪县"),
        ("进城", ""),
    ],
)
def test_a_place_begins_where_its_name_does(text: str, place: str) -> None:
    assert place_before(text, len(text)) == place


@settings(deadline=None)  # the first reading loads the tables
@given(st.text(alphabet="XX##县妇联镇总工会2013年5月6日\n我全代表国务院（）： ，。关于印发的通知", max_size=80))
def test_no_text_breaks_the_reading_and_evidence_quotes_it(text: str) -> None:
    found = metadata(text, text.split("\n")[0] or None)
    for piece in found.year_evidence:
        assert piece.start == piece.end == 0 or text[piece.start : piece.end] == piece.text


@pytest.mark.parametrize(("year", "level"), [(2005, "city"), (2015, "county")])
def test_a_city_that_became_a_county_is_of_the_level_of_its_year(year: int, level: str) -> None:
    assert metadata(BODY, f"巢湖市妇联{year}年工作总结").org_level == level


def test_the_table_of_divisions_is_whole() -> None:
    lines = [line for many in load_divisions().values() for line in many]
    assert len(lines) > 7000 and {line.level for line in lines} == {"province", "city", "county"}
    provinces = {line.name for line in lines if line.level == "province"}
    assert len(provinces) == 34
    for line in lines:
        assert line.province in provinces and 1980 <= line.first <= line.last, line


def golds() -> list[tuple[Path, Path]]:
    pairs = [
        (report, CORPUS / "gold" / f"{report.stem}.documents.jsonl")
        for report in sorted((CORPUS / "reports").glob("*"))
    ]
    if "NIANLUN_REPORTS" in os.environ:
        root = Path(os.environ["NIANLUN_REPORTS"])
        pairs += [
            (seed, root / "gold" / f"{seed.name[:3]}.documents.jsonl")
            for seed in sorted((root / "seeds").glob("*.txt"))
        ]
    return [(report, gold) for report, gold in pairs if gold.exists()]


def test_the_sample_reports_are_described_as_their_gold_says() -> None:
    asked = right = 0
    wrong = []
    for report, gold in golds():
        read_in = {found.ordinal: find_metadata(found) for found in read(report).documents}
        for line in gold.read_text("utf-8").splitlines():
            row = json.loads(line)
            found = read_in.get(row["ordinal"])
            years = [row["year"], *(row.get("year_alt") or [])]
            for field in ("doc_type", "org_level", "year", "signed"):
                value = getattr(found, field, None)
                good = value in years if field == "year" else value == row[field]
                asked, right = asked + 1, right + good
                if not good:
                    wrong.append((report.name, row["ordinal"], field, value, row[field]))
            if found and found.year is None and row["year"]:
                assert (found.year_low or 0) <= row["year"] <= (found.year_high or 9999), (report.name, row["ordinal"])
            if found and found.year is not None:
                assert found.year in years, (report.name, row["ordinal"], found.year)
    assert asked and right / asked >= 0.9, wrong


@pytest.mark.parametrize(
    ("text", "title", "year", "conflict"),
    [
        (
            f"2011年全县妇联工作总体思路是稳中求进。\n2011年要抓好三件事。\n{BODY}",
            "清溪县妇联2012年工作要点",
            2012,
            2011,
        ),
        (f"今年是“十二五”规划的开局之年。\n{BODY}", "清溪县妇联2013年工作要点", 2013, 2011),
        (f"我们扎实开展党史学习教育。\n{BODY}", "清溪县妇联2012年工作总结", 2012, 2021),
        (f"{BODY}\n清溪县妇联\n2015年12月20日", "清溪县妇联2012年工作总结", 2012, 2015),
        (f"清妇〔2016〕4号\n{BODY}", "清溪县妇联2012年工作要点", 2012, 2016),
    ],
)
def test_what_contradicts_a_stated_year_is_shown_and_changes_nothing(
    text: str, title: str, year: int, conflict: int
) -> None:
    found = metadata(text, title)
    assert (found.year, found.year_low, found.year_high) == (year, year, year)
    assert [one.low for one in found.year_conflicts] == [conflict]
    for one in found.year_conflicts:
        assert one.weight == "conflict" and text[one.start : one.end] == one.text and one.why and one.why_zh


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"2011年，我们先后办班六期。2011年度考核获优。2012年要抓好三件事。\n{BODY}", "清溪县妇联2012年工作要点"),
        (f"2011年的工作已经收官，2011年成绩来之不易。\n{BODY}", "清溪县妇联2012年工作要点"),
        (f"2013年要抓好三件事，2013年是关键一年。2012年全年办班六期。\n{BODY}", "清溪县妇联2012年工作总结"),
        (f"{BODY}\n清溪县妇联\n2013年1月6日", "清溪县妇联2012年工作总结"),
        (f"清妇〔2013〕1号\n{BODY}", "清溪县妇联2012年工作总结"),
        (f"2008年是“十一五”规划的第三年。自汶川地震以来，队伍壮大。\n{BODY}", "清溪县妇联2012年工作要点"),
        (f"明年是“十二五”规划的开局之年。\n{BODY}", "清溪县妇联2010年工作总结"),
    ],
)
def test_a_look_back_or_ahead_contradicts_nothing(text: str, title: str) -> None:
    assert metadata(text, title).year_conflicts == ()


@pytest.mark.parametrize(
    ("text", "title", "place", "basis"),
    [
        (BODY, "昆山市残联2015年工作总结", ("昆山市", "苏州市", "江苏省"), "body"),
        (BODY, "沂南县妇联1990年工作总结", ("沂南县", "临沂地区", "山东省"), "body"),
        (BODY, "沂南县妇联2012年工作总结", ("沂南县", "临沂市", "山东省"), "body"),
        (BODY, "巢湖市妇联2005年工作总结", (None, "巢湖市", "安徽省"), "body"),
        (BODY, "鼓楼区妇联2012年工作总结", ("鼓楼区", None, None), "body"),
        (f"在福州市妇联指导下，工作有序。{BODY}", "鼓楼区妇联2012年工作总结", ("鼓楼区", "福州市", "福建省"), "body"),
        (f"县妇联主动作为，县妇联建站三处。{BODY}", "昆山市现场会上的发言", ("昆山市", "苏州市", "江苏省"), "stated"),
        (f"县妇联主动作为，县妇联建站三处。吉林省的经验我们都学。{BODY}", None, (None, None, "吉林省"), "inferred"),
        (BODY, "##县妇联2012年工作总结", (None, None, None), "stated"),
        (BODY, "四川省XX县妇联2012年工作总结", (None, None, "四川省"), "stated"),
        (BODY, "重庆市妇联2015年工作总结", (None, None, "重庆市"), "body"),
        (BODY, "清溪县妇联2015年工作总结", (None, None, None), "body"),
    ],
)
def test_a_region_tells_what_it_belongs_to_and_what_it_rests_on(
    text: str, title: str | None, place: tuple[str | None, str | None, str | None], basis: str
) -> None:
    found = metadata(text, title)
    assert ((found.county, found.city, found.province), found.region_basis) == (place, basis)


@pytest.mark.parametrize(
    ("title", "org", "level"),
    [
        ("云岭一中2015年工作总结", "云岭一中", "enterprise"),
        ("云岭海关2018年工作总结", "云岭海关", "unknown"),
        ("云岭市科学技术局2018年工作总结", "云岭市科学技术局", "city"),
        ("云岭市公安局交通警察支队2019年工作总结", "云岭市公安局交通警察支队", "city"),
        ("云岭县消防救援大队2021年工作总结", "云岭县消防救援大队", "county"),
        ("云电股份工会2014年工作总结", "云电股份工会", "enterprise"),
        ("华峰集团有限公司工会2012年工作要点", "华峰集团有限公司工会", "enterprise"),
        ("县人民医院护理部2018年工作计划", "县人民医院护理部", "county"),
        ("民政局上半年工作总结", "民政局", "unknown"),
        ("全局工作总结", None, "unknown"),
        ("柳湾村“两委”2021年工作总结", "柳湾村“两委”", "village"),
        ("浅析云岭县妇联在基层治理中的作用", "云岭县妇联", "county"),
        ("浅谈乡镇工会工作的现状与对策", None, "unknown"),
        ("平安建设2015年工作总结", None, "unknown"),
        ("全县农村党支部2015年工作总结", None, "county"),
    ],
)
def test_the_words_before_the_year_of_a_title_name_the_body_whatever_it_is(
    title: str, org: str | None, level: str
) -> None:
    found = metadata(f"{title}\n{BODY}", title)
    assert (found.org, found.org_level) == (org, level)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("为抓好今冬防火工作，结合我镇实际，制定本方案。", "plan"),
        ("新学期开始了，为使工作有序进行，特制定以下计划。", "plan"),
        ("根据县委巡察组反馈意见，我局逐条研究，现将整改情况报告如下。", "rectification"),
        ("5月3日至5日，县残联一行到桃源镇走访慰问残疾人。", "news"),
        ("一年来，在镇妇联的领导下，我们办班九期，走访老人，现述职如下。", "summary"),
        ("为了解留守儿童现状，我们走访三百户，现将调研情况报告如下。", "research"),
    ],
)
def test_the_opening_words_tell_the_kind_of_a_text_without_a_title(text: str, kind: str) -> None:
    assert metadata(f"{text}\n{BODY}").doc_type == kind


@pytest.mark.parametrize(("term", "year"), [("第一学期", 2014), ("第二学期", 2015), ("下学期", 2015)])
def test_the_second_term_of_a_school_year_is_of_the_later_year(term: str, year: int) -> None:
    assert metadata(BODY, f"云岭中学2014—2015学年度{term}教学工作总结").year == year


def test_the_wordings_of_a_kind_begin_with_what_the_table_says() -> None:
    kinds = load_kinds()
    begins = list(kinds.begun)
    assert {number for numbers in begins for number in numbers} == set(range(len(kinds.wordings)))


@pytest.mark.parametrize("unit", ["1", "年", "月", "一", "“", "县", "\n"])
def test_a_megabyte_of_one_character_takes_time_in_proportion_to_its_length(unit: str) -> None:
    assert grows_in_proportion(lambda text: metadata(text, text[:40]), unit)


@pytest.mark.parametrize("unit", ["妇联", "村委会", "全会", "十二五", "县委"])
def test_a_text_of_names_alone_takes_time_in_proportion_to_its_length(unit: str) -> None:
    assert grows_in_proportion(lambda text: metadata(text, text[:40]), unit, 200_000)


@settings(deadline=None)  # the first reading loads the tables
@given(st.text(max_size=80), st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Nd", "No"]), max_size=12))
def test_no_character_breaks_what_a_report_says_of_itself(text: str, odd: str) -> None:
    for body in (f"{text}{odd}", f"清溪县妇联{odd}2013年工作总结\n{text}年{odd}月5日\n{odd}周年"):
        found = metadata(body, body[:30])
        assert found.year_low is None or found.year_high is None or found.year_low <= found.year_high
        for piece in (*found.year_evidence, *found.year_conflicts):
            assert piece.start == piece.end == 0 or body[piece.start : piece.end] == piece.text


def test_the_last_cell_of_a_numbered_row_is_no_date_of_signature() -> None:
    assert find_signature("台账\n序号 问题 时限\n1 学习不够 2015年6月\n2 走访不够 2015年9月") is None
    assert find_signature("台账\n序号 问题\n1 学习不够\n清溪县总工会\n2015年9月2日") is not None


def test_the_years_of_a_plan_are_not_those_of_a_paper_on_how_it_is_kept() -> None:
    found = metadata(f"{BODY}\n2023年11月6日", "清溪县妇女发展规划（2021—2030年）实施情况")
    assert (found.year, found.year_basis, found.doc_type) == (2023, "signature", "summary")
    assert metadata(BODY, "清溪县妇女发展规划（2021—2030年）").year == 2030


@pytest.mark.parametrize(
    "text",
    [
        "（记者 王小川 通讯员 李晴）昨天，青石县为二十个没有动工的项目倒排工期。县交通局负责人坦言，征地遇到了难处。",
        "记者从市环保局获悉，督察组交办的28件信访件已办结19件，其余正在整改。",
        "据悉，清水河污染一案已立案。县环保部门负责人说，整改方案已经上报，九月底前完成。",
        "监察委员日前通过调查报告，对公园工程延宕一案提出纠正。委员指出，工务单位规划粗疏。",
        "6月2日，副县长林芳率县教育局负责人到三所小学检查。她强调，自查整改不能走过场。",
        "县交通局负责人介绍，全县改造危桥十二座。县交通局表示，年底前全部完工。",
        "云岭晚报记者 李想\n暴雨过后，三个社区忙着清淤，自查隐患。社区书记周全说，两天内恢复供水。",
        "（晨报 2018-04-20 讯）今年以来，河口镇志愿者清理河道12公里，清运垃圾90吨。",
        "新华社合肥2009年4月3日电 今年春耕备耕进展顺利，各地认真总结经验。",
    ],
)
def test_what_others_tell_of_a_body_is_news_whatever_it_is_about(text: str) -> None:
    assert metadata(text).doc_type == "news"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我局党组对照巡视反馈意见，逐项列出整改措施如下：\n一、学习不够的问题。", "rectification"),
        ("县委书记李明强调，安全重于泰山。县长王刚指出，责任要落实。我们开展了自查，自查情况如下。", "rectification"),
        ("有的村民说，干部下村少了。有的群众说，办事难。我们对照这些意见，制定如下整改措施。", "rectification"),
        (
            "走访中，老人说，儿女常年在外。干部介绍，青壮年外出七成。我们调研发现，老人孤单。对策与建议：结对。",
            "research",
        ),
        ("学校领导要求，教师要备好课。教研组长指出，批改要及时。我们制定如下计划。", "plan"),
        ("为开好民主生活会，我对照党章，作了自我剖析，现将对照检查情况汇报如下。", "rectification"),
        ("最近，县残联到三个乡走访残疾人，召开座谈会六次，了解到下面的情况。\n一、建议\n加大投入。", "research"),
    ],
)
def test_what_a_body_tells_of_itself_is_none_though_others_speak_in_it(text: str, kind: str) -> None:
    assert metadata(text).doc_type == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("“五四”系列活动方案", "plan"),
        ("防汛抢险应急预案", "plan"),
        ("个人剖析材料", "rectification"),
        ("党性分析报告", "rectification"),
        ("专题民主生活会发言提纲", "rectification"),
        ("县水利局2012年小结", "summary"),
        ("财政决算审计报告", "research"),
        ("关于农田水利的审议意见", "research"),
        ("运动会开幕词", "speech"),
        ("关于增加编制的请示", "notice"),
        ("对第12号提案的答复", "other"),
        ("关于提案办理情况的报告", "summary"),
        ("关于校车安全建议的复函", "other"),
    ],
)
def test_titles_of_papers_of_all_kinds(title: str, kind: str) -> None:
    assert kind_of_title(title) == kind


@pytest.mark.parametrize(
    ("page", "signed"),
    [
        ("养老院的春天\n2015-03-09 10:20 来源：云岭日报 作者：何田", "2015-03-09"),
        ("2016年11月20日 07:55 云湖晚报 记者 陈默\n供暖检查", "2016-11-20"),
        ("本报讯（2013-05-06 记者 吴佳）", "2013-05-06"),
        ("新华社合肥2009年4月3日电", "2009-04-03"),
    ],
)
def test_the_day_that_a_piece_of_news_bears_is_its_issue(page: str, signed: str) -> None:
    lines = "昨天，志愿者走进县福利院，为老人理发。\n老人们说，日子越过越好。\n县民政局负责人表示，活动还要办下去。"
    source = f"{page}{'' if page[-1] in '）电' else chr(10)}{lines}"
    found = find_metadata(read_bytes(source.encode(), "a.txt").documents[0])
    assert (found.doc_type, found.signed, found.year) == ("news", signed, int(signed[:4]))


def test_the_day_of_a_page_is_no_issue_of_what_is_no_news() -> None:
    source = f"工作总结\n2016-12-30 来源：文秘网 作者：佚名\n我办抓创建，取得了成绩。\n{BODY}"
    found = find_metadata(read_bytes(source.encode(), "a.txt").documents[0])
    assert (found.doc_type, found.signed, found.year) == ("summary", None, None)


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("8月12日，北屏林场召开推进会，下属各分场随后传达。", "北屏林场"),
        ("白塔镇召开整改推进会\n4月2日上午，会议通报了检查情况，各村作了汇报。", "白塔镇"),
        (
            "为防范火灾，桃源街道组织执法队员对沿街商铺进行检查。副主任王强说，隐患都要改。书记李明表示，逐户回访。",
            "桃源街道",
        ),
        ("审计处表示，该县三年来标案屡次流标。县府说明，已检讨改善。记者从会上获悉，还要追查。", "审计处"),
        ("6月2日，支部召开会议，听取汇报。记者从会上获悉，改选完成。", None),
        ("6月2日，各镇召开会议，听取汇报。", None),
    ],
)
def test_the_subject_of_a_piece_of_news_is_its_body(text: str, org: str | None) -> None:
    assert metadata(text).org == org


@pytest.mark.parametrize(
    ("title", "org"),
    [
        ("横山新兴示范区审计局工作总结", "横山新兴示范区审计局"),
        ("云屏经济技术开发区管委会工作要点", "云屏经济技术开发区管委会"),
        ("北屏林场关于防火工作的报告", "北屏林场"),
        ("##乡党委班子检视剖析材料", "##乡党委"),
        ("青石县水利站工作总结", "青石县水利站"),
        ("柳湾镇财政所自查报告", "柳湾镇财政所"),
        ("社区工作总结", None),
        ("农贸市场整治工作总结", None),
        ("关于防火工作的报告", None),
    ],
)
def test_a_title_without_a_year_names_the_body_that_leads_it(title: str, org: str | None) -> None:
    assert metadata(f"{title}\n{BODY}", title).org == org


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("县科协走访了四个镇，发现村科普组多为兼职，座谈了解到缺钱。\n一、建议\n加大投入。\n", "县科协"),
        ("最近，青石县残联到三个乡走访，召开座谈会六次。\n一、建议\n加大投入。\n", "青石县残联"),
        (f"工作总结\n{BODY}\n北屏林场\n2013年1月5日", "北屏林场"),
        (f"工作总结\n{BODY}\n全年培训农场\n职工六期", None),
        (f"工作总结\n{BODY}\n同心协力再创佳绩\n2013年1月5日", None),
    ],
)
def test_the_body_of_a_study_and_of_a_signature(text: str, org: str | None) -> None:
    assert metadata(text).org == org


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2014年度专题生活会个人对照检查材料\n按照安排，我查摆了问题。", 2014),
        ("云岭县残联2020年小结 青石县残联2015年小结\n去冬今春，开展康复服务。", 2015),
        ("某镇团支部联席会（2019年4月2日）\n为弄清团员底数，走访了八个村。", 2019),
        ("关于评选先进的通知\n各乡镇：\n报名截至2013年11月5日前，12月20日前审完。", 2013),
        ("关于评选先进的通知\n各乡镇：\n报名截至2013年11月5日前，2014年3月审完。", 2013),
        ("关于评选先进的通知\n各乡镇：\n2013年11月5日前报名，2014年1月9日前交材料。", 2013),
        ("关于评选先进的通知\n各乡镇：\n2012、2013两年度有功的可报，2013年11月5日前报名，2014年1月9日前交材料。", 2013),
        ("关于清理文件的通知\n各乡镇：\n2008年8月1日前的旧档和2013年11月5日前的新档都要交。", None),
        ("关于清理文件的通知\n各乡镇：\n2008年的旧档都要在2013年11月5日前交。", None),
    ],
)
def test_years_of_first_lines_and_of_the_days_of_notices(text: str, year: int | None) -> None:
    assert metadata(text).year == year


def test_the_body_that_issues_a_paper_by_a_notice_is_its_body() -> None:
    text = f"青石县委办公室关于印发《2014年督查工作要点》的通知\n{BODY}"
    found = metadata(text, text.partition("\n")[0])
    assert (found.org, found.doc_type, found.year) == ("青石县委办公室", "plan", 2014)


@pytest.mark.parametrize(
    ("text", "org"),
    [
        (
            "近年来，我区抓住机遇，深入实施“十百千惠民工程”，逐年增加送戏送书送电影的场次，多渠道筹钱办事，不断改善基层条件，累计支出2.1亿元，"
            "先后建成村级书屋86个，覆盖面逐年扩大。\n",
            None,
        ),
        ("柳湾村召开村民大会，讨论修路。\n", "柳湾村"),
    ],
)
def test_a_place_at_the_end_of_the_opening_is_none_that_was_cut_off(text: str, org: str | None) -> None:
    assert metadata(text).org == org


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("云岭县文广局“送戏下乡”经验材料：小剧场托起大民生", "experience"),
        ("民政科上半年工作小结及下半年安排", "summary"),
    ],
)
def test_a_motto_or_a_plan_behind_what_a_paper_is_called_leaves_its_kind(title: str, kind: str) -> None:
    assert metadata(f"{title}\n{BODY}").doc_type == kind


@pytest.mark.parametrize("line", ["加强培训计划：", "经验：一是早动手，二是抓得紧", "工作总结：3月办班"])
def test_a_heading_with_a_colon_is_no_title_with_a_motto(line: str) -> None:
    assert headline(f"{line}\n{BODY}") == ""


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("项目汇报\n今年6月启动拆迁，2016年3月底前完成主体，明年5月投用。", 2015),
        ("项目汇报\n水厂今年9月开工，力争2019年4月底通水。", 2018),
        ("项目汇报\n水厂今年3月开工，力争2019年9月底通水。", 2018),
        ("项目汇报\n水厂今年3月开工。\n污水厂力争2019年9月底通水。", None),  # of this year or of the next
        ("工作汇报\n截至2014年11月，今年共办班十期。\n一是教裁缝。", 2014),
        ("自查报告\n我镇对2013年1月至12月的账目作了自查。\n一是收支清楚。", 2013),
        ("自2017年6月起，我会分三批下乡。第一批2017年6月，第二批9月。\n效果好。", 2017),
        ("今年是2015年，也是收官之年。\n一是抓种桑。二是抓养蚕。", 2015),
        ("工作情况\n今年1—9月，接访六十起。明年2013年是收官之年，要早谋划。", 2012),
        ("工作打算\n明年（2018年）要抓三件事。今年剩下两个月收好尾。", 2017),
        ("与2014年相比，今年多收三成。去年受灾。", None),
        ("合作社2003年成立，2008年扩建，2013年获奖。今年，产量翻番。", None),
        ("合作社成立于2008年5月，有社员四十户。\n种桑养蚕，多收三成。", None),
        ("2016年9月印发的办法，各村都已学过。\n村村有公示栏。", None),
        ("工作情况\n今年的任务，到2022年10月要全部完成。", None),
    ],
)
def test_a_year_is_told_by_the_months_that_are_written_with_it(text: str, year: int | None) -> None:
    assert metadata(text).year == year


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"各村妇代会：\n妇女节的座谈会改在村小开，议程另行通知。\n{BODY}", "notice"),
        (f"各乡镇妇联：\n现将《云坪县妇联2013年工作要点》印发给你们。\n一、指导思想\n{BODY * 8}", "plan"),
        ("一、指导思想\n以质量求生存，以特色求发展。\n二、工作目标\n入园率达九成。", "plan"),
        ("现将2016年度云坪县档案局信息公开工作报告如下：\n共公开信息四十条。", "summary"),
        ("我代表县委向姐妹们致以节日的问候！\n去年，大家栽桑养蚕，增了收入。", "speech"),
        ("柳湾乡妇联圆满完成换届\n7月28日，全乡十四个村选出了新的执委，平均年龄小了六岁。", "news"),
        ("柳湾乡妇联圆满完成换届\n全乡十四个村选出了新的执委，现将情况总结如下。", "summary"),
    ],
)
def test_papers_without_a_title_are_told_by_whom_they_are_for_and_by_what_they_say_of_themselves(
    text: str, kind: str
) -> None:
    assert metadata(text).doc_type == kind


def test_a_title_that_tells_of_a_state_gives_way_to_what_the_text_says_that_it_is() -> None:
    survey = f"近来我们走了九个村，现将调研情况报告如下：\n{BODY}"
    assert metadata(survey, "云坪县妇联工作开展情况").doc_type == "research"
    assert metadata(survey, "云坪县妇联工作总结").doc_type == "summary"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("柳湾小学第二学期工作计划的范文", "柳湾小学第二学期工作计划的范文"),
        ("县妇代会上的领导讲话（一）：", "县妇代会上的领导讲话（一）："),
        ("县妇代会上的几点看法：", ""),
    ],
)
def test_what_a_site_adds_to_a_title_leaves_it_one(line: str, title: str) -> None:
    assert headline(f"{line}\n{BODY}") == title


@pytest.mark.parametrize(
    ("title", "text", "year"),
    [
        ("云坪县妇联工作总结及2013年工作计划", BODY, 2012),
        ("云坪县妇联2012年工作总结及2013年工作计划", BODY, 2012),
        ("云坪县妇联2013年工作总结及工作计划", BODY, 2013),
        (
            "在妇女节大会上的讲话",
            "同志们：\n刚才表彰了在2009年度做出成绩的姐妹。隆重纪念“三八”国际劳动妇女节100周年！",
            None,
        ),
        ("在妇女节大会上的讲话", "同志们：\n2009年我县妇女事业又进一步。", 2009),
    ],
)
def test_the_year_that_a_summary_plans_and_the_one_that_a_speech_praises_are_not_their_own(
    title: str, text: str, year: int | None
) -> None:
    assert metadata(text, title).year == year


def test_news_of_a_meeting_that_sums_up_a_year_is_of_the_day_that_the_page_bears() -> None:
    source = (
        f"云坪县妇联召开2014年工作总结会\n09.02.2015  11:55\n2月5日，云坪县妇联召开总结会。会上，各部汇报。\n{BODY}"
    )
    found = find_metadata(read_bytes(source.encode(), "a.txt").documents[0])
    assert (found.doc_type, found.signed, found.year, found.year_basis) == ("news", "2015-02-09", 2015, "signature")


@pytest.mark.parametrize(
    ("text", "org", "region"),
    [
        (f"2017年团市委工作计划\n{BODY}", "团市委", None),
        (f"关于表扬先进的通报\n各村：\n{BODY}\n云坪县人民政府办公室\n2009年3月2日", "云坪县人民政府办公室", "云坪县"),
    ],
)
def test_offices_and_leagues_of_a_place(text: str, org: str, region: str | None) -> None:
    found = metadata(text, text.partition("\n")[0])
    assert (found.org, found.region) == (org, region)


@pytest.mark.parametrize(
    ("text", "region", "level"),
    [
        (
            "县妇联走进课堂\n3月6日，府谷县召开妇女工作会，县妇联主席李小红到会讲话，县妇联办班九期。",
            "府谷县",
            "county",
        ),
        ("3月6日，柳湾乡妇联举办座谈会。柳湾乡共有女干部九名，乡妇联主席李小红讲话。", "柳湾乡", "township"),
        ("市妇联工作总结\n一年来，市妇联办班九期。武夷山市现有妇女三万人。", "武夷山市", "county"),
        ("县妇联工作总结\n一年来，县妇联争创文明县，办班九期，评出三八红旗手九名。", None, "county"),
        ("县妇联工作总结\n一年来，县妇联到府谷县、鱼台县学习，办班九期。", None, "county"),
    ],
)
def test_the_only_place_of_its_level_is_that_of_a_body_called_by_its_level(
    text: str, region: str | None, level: str
) -> None:
    found = find_metadata(read_bytes(text.encode(), "a.txt").documents[0])
    assert (found.region, found.org_level) == (region, level)
