"""Times: what a phrase of a report says, once its document's year is known, and what only looks like a time."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runaway import grows_in_proportion, no_runaway

from nlp.times import find_times

YEAR = 2012


def read(text: str, year: int | None = YEAR) -> list[tuple[str, str, str | None, str | None]]:
    return [(time.text, time.kind, time.date_start, time.date_end) for time in find_times(text, year=year)]


@pytest.mark.parametrize(
    ("text", "surface", "start", "end"),
    [
        ("会议于2011年9月8日召开", "2011年9月8日", "2011-09-08", "2011-09-08"),
        ("二〇一三年五月六日印发", "二〇一三年五月六日", "2013-05-06", "2013-05-06"),
        ("一九九○年十月，", "一九九○年十月", "1990-10-01", "1990-10-31"),
        ("二○一○年二月", "二○一○年二月", "2010-02-01", "2010-02-28"),
        ("（2013.5.6）", "2013.5.6", "2013-05-06", "2013-05-06"),
        ("日期：2013-05-06", "2013-05-06", "2013-05-06", "2013-05-06"),
        ("录于2013-05-06 08:15:30", "2013-05-06 08:15:30", "2013-05-06", "2013-05-06"),
        ("２０１３年５月６日", "２０１３年５月６日", "2013-05-06", "2013-05-06"),
        ("1.4月中旬选址；", "4月中旬", "2012-04-11", "2012-04-20"),
        ("3．11月中旬验收", "11月中旬", "2012-11-11", "2012-11-20"),
        ("98年4月成立", "98年4月", "1998-04-01", "1998-04-30"),
        ("07年第三季度", "07年第三季度", "2007-07-01", "2007-09-30"),
        ("5月6日上午", "5月6日上午", "2012-05-06", "2012-05-06"),
        ("5月6日-9日", "5月6日-9日", "2012-05-06", "2012-05-09"),
        ("5月6—9日", "5月6—9日", "2012-05-06", "2012-05-09"),
        ("2月28日至3月2日", "2月28日至3月2日", "2012-02-28", "2012-03-02"),
        ("2013年1-9月", "2013年1-9月", "2013-01-01", "2013-09-30"),
        ("七八月份", "七八月份", "2012-07-01", "2012-08-31"),
        ("3、4月份", "3、4月份", "2012-03-01", "2012-04-30"),
        ("2011年11月至2月", "2011年11月至2月", "2011-11-01", "2012-02-29"),
        ("2013年2月底至6月底", "2013年2月底至6月底", "2013-02-28", "2013-06-30"),
        ("2011年10月至2013年3月", "2011年10月至2013年3月", "2011-10-01", "2013-03-31"),
        ("九月上旬", "九月上旬", "2012-09-01", "2012-09-10"),
        ("9月下旬", "9月下旬", "2012-09-21", "2012-09-30"),
        ("二0一二年三月五日", "二0一二年三月五日", "2012-03-05", "2012-03-05"),
        ("9月中下旬", "9月中下旬", "2012-09-11", "2012-09-30"),
        ("今年头八个月", "今年头八个月", "2012-01-01", "2012-08-31"),
        ("3月至5月底", "3月至5月底", "2012-03-01", "2012-05-31"),
        ("2013年11月至12月上旬", "2013年11月至12月上旬", "2013-11-01", "2013-12-10"),
        ("11月至1月中旬", "11月至1月中旬", "2012-11-01", "2013-01-20"),
        ("3月至5月8日", "3月至5月8日", "2012-03-01", "2012-05-08"),
        ("从5月6日起至9月3日", "5月6日起至9月3日", "2012-05-06", "2012-09-03"),
        ("一至三季度", "一至三季度", "2012-01-01", "2012-09-30"),
        ("元月份", "元月份", "2012-01-01", "2012-01-31"),
        ("今年", "今年", "2012-01-01", "2012-12-31"),
        ("去年12月", "去年12月", "2011-12-01", "2011-12-31"),
        ("前年", "前年", "2010-01-01", "2010-12-31"),
        ("明年上半年", "明年上半年", "2013-01-01", "2013-06-30"),
        ("下半年", "下半年", "2012-07-01", "2012-12-31"),
        ("今年前三季度", "今年前三季度", "2012-01-01", "2012-09-30"),
        ("前五个月", "前五个月", "2012-01-01", "2012-05-31"),
        ("一季度", "一季度", "2012-01-01", "2012-03-31"),
        ("年初", "年初", "2012-01-01", "2012-01-31"),
        ("今年底", "今年底", "2012-12-01", "2012-12-31"),
        ("2013年年底", "2013年年底", "2013-12-01", "2013-12-31"),
        ("今冬明春", "今冬明春", "2012-12-01", "2013-05-31"),
        ("去冬今春", "去冬今春", "2011-12-01", "2012-05-31"),
        ("今年夏季", "今年夏季", "2012-06-01", "2012-08-31"),
        ("2011-2020年", "2011-2020年", "2011-01-01", "2020-12-31"),
        ("1987～1990年", "1987～1990年", "1987-01-01", "1990-12-31"),
        ("《规划（2016—2020）》", "2016—2020", "2016-01-01", "2020-12-31"),
        ("“十三五”规划", "“十三五”", "2016-01-01", "2020-12-31"),
        ("十三五期间", "十三五期间", "2016-01-01", "2020-12-31"),
        ("“十五”计划", "“十五”", "2001-01-01", "2005-12-31"),
        ("“十三五”末", "“十三五”末", "2020-01-01", "2020-12-31"),
        ("第十三个五年规划时期", "第十三个五年规划时期", "2016-01-01", "2020-12-31"),
        ("二十世纪八十年代", "二十世纪八十年代", "1980-01-01", "1989-12-31"),
        ("21世纪", "21世纪", "2001-01-01", "2100-12-31"),
        ("上世纪90年代初", "上世纪90年代初", "1990-01-01", "1993-12-31"),
        ("80年代末期", "80年代末期", "1987-01-01", "1989-12-31"),
        ("20世纪七十年代中后期", "20世纪七十年代中后期", "1974-01-01", "1979-12-31"),
        ("20世纪中叶", "20世纪中叶", "1941-01-01", "1960-12-31"),
        ("90年代初中毕业", "90年代", "1990-01-01", "1999-12-31"),
        ("“六一”期间", "“六一”期间", "2012-06-01", "2012-06-01"),
        ("国庆节期间", "国庆节期间", "2012-10-01", "2012-10-01"),
        ("“十一”黄金周", "“十一”黄金周", "2012-10-01", "2012-10-01"),
        ("国庆前夕", "国庆前夕", "2012-09-30", "2012-09-30"),
        ("2013年春节期间", "2013年春节期间", "2013-02-10", "2013-02-10"),
        ("春节前后", "春节前后", "2012-01-23", "2012-01-23"),
        ("中秋节来临", "中秋节来临", "2012-09-30", "2012-09-30"),
        ("端午期间", "端午期间", "2012-06-23", "2012-06-23"),
        ("清明期间", "清明期间", "2012-04-04", "2012-04-04"),
        ("元宵节当天", "元宵节当天", "2012-02-06", "2012-02-06"),
        ("“母亲节”前后", "“母亲节”前后", "2012-05-13", "2012-05-13"),
        ("助残日前后", "助残日前后", "2012-05-20", "2012-05-20"),
        ("开展“12.4”宣传", "“12.4”", "2012-12-04", "2012-12-04"),
        ("2014年工作要点", "2014年", "2014-01-01", "2014-12-31"),
        ("2014工作要点", "2014", "2014-01-01", "2014-12-31"),
    ],
)
def test_points_and_stretches_of_the_calendar_get_their_days(text: str, surface: str, start: str, end: str) -> None:
    [(said, kind, low, high)] = read(text)
    assert (said, low, high) == (surface, start, end)
    assert kind in ("date", "period")


@pytest.mark.parametrize(
    ("text", "surface", "end"),
    [
        ("请于6月20日前报送", "6月20日前", "2012-06-20"),
        ("请于6月20日（星期三）前报送", "6月20日（星期三）前", "2012-06-20"),
        ("6月底之前办完", "6月底之前", "2012-06-30"),
        ("年底前全部建好", "年底前", "2012-12-31"),
        ("2013年以前", "2013年以前", "2013-12-31"),
        ("“十三五”期末前", "“十三五”期末前", "2020-12-31"),
        ("春节前发放", "春节前", "2012-01-22"),
        ("“五四”前换好", "“五四”前", "2012-05-03"),
        ("到明年国庆节以前", "到明年国庆节以前", "2013-09-30"),
        ("9月5日下班前交齐", "9月5日下班前", "2012-09-05"),
        ("9月5日17:00前交齐", "9月5日17:00前", "2012-09-05"),
        ("9月5日及以前登记的", "9月5日及以前", "2012-09-05"),
        ("9月5日前提交名册", "9月5日前", "2012-09-05"),
        ("在6月5日世界环境日前，", "6月5日世界环境日前", "2012-06-05"),
        ("力争上半年开园", "上半年", "2012-06-30"),
        ("完成时限：2012年7月31日", "2012年7月31日", "2012-07-31"),
        ("序号 事项 完成时限\n1 修缮屋顶 9月上旬\n2 验收 略", "9月上旬", "2012-09-10"),
        ("报名截止9月5日", "截止9月5日", "2012-09-05"),
        ("截至年底要全部挂牌", "截至年底", "2012-12-31"),
        ("到2015年，培训面过半", "到2015年", "2015-12-31"),
        ("至2011年末，", "至2011年末", "2011-12-31"),
        ("11月底结束", "11月底", "2012-11-30"),
        ("年底资金到位", "年底", "2012-12-31"),
        ("今冬明春建成", "今冬明春", "2013-05-31"),
        ("8月15日截止", "8月15日截止", "2012-08-15"),
        ("务必于8月15日报出", "8月15日", "2012-08-15"),
        ("不迟于9月上旬", "9月上旬", "2012-09-10"),
        ("力争在10月开园", "10月", "2012-10-31"),
        ("到2013年6月底为止", "到2013年6月底为止", "2013-06-30"),
        ("两周内答复", "两周内", None),
        ("在9月上旬办完手续", "9月上旬", "2012-09-10"),
        ("屋顶9月底能修完", "9月底", "2012-09-30"),
        ("新校舍明年8月可交付使用", "明年8月", "2013-08-31"),
        ("国庆节前三天挂好灯笼", "国庆节前三天", "2012-09-28"),
        ("8月份开学前备齐课本", "8月份开学前", "2012-08-31"),
        ("在汛期到来之前修好堤坝", "汛期到来之前", None),
        ("整改期限为2012年7月底", "2012年7月底", "2012-07-31"),
        ("整改时限是6月底", "6月底", "2012-06-30"),
        ("当年12月底前挂牌", "当年12月底前", "2012-12-31"),
        ("15个工作日内办结", "15个工作日内", None),
        ("三年之内", "三年之内", None),
        ("力争三年内翻番", "三年内", None),
        ("接到申请后10日内答复", "10日内", None),
        ("三年内要培养骨干", "三年内", None),
        ("会后立即布置", "会后立即", None),
    ],
)
def test_words_that_say_by_when_make_a_deadline_with_an_open_start(text: str, surface: str, end: str | None) -> None:
    assert read(text) == [(surface, "deadline", None, end)]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("收入增加到2011年的三万元", "2011年"),
        ("得到2011年表彰", "2011年"),
        ("国庆前夕慰问", "国庆前夕"),
        ("在9月上旬办完了手续", "9月上旬"),
        ("在9月上旬办完手续后投用，已有九户入住", "9月上旬"),
        ("9月底可见红叶", "9月底"),
        ("以期限为2012年7月的合同为准", "2012年7月"),
        ("国庆前后慰问", "国庆前后"),
        ("2011年前三季度", "2011年前三季度"),
        ("年底已达到八成", "年底"),
        ("5月6日完成改选", "5月6日"),
        ("三年前迁入", "三年前"),
    ],
)
def test_near_misses_of_deadlines_are_dates_or_periods(text: str, surface: str) -> None:
    [(said, kind, _, _)] = read(text)
    assert said == surface
    assert kind in ("date", "period")


@pytest.mark.parametrize(
    ("text", "surface", "start"),
    [
        ("今年以来", "今年以来", "2012-01-01"),
        ("今年来", "今年来", "2012-01-01"),
        ("3月份以来", "3月份以来", "2012-03-01"),
        ("2008年至今", "2008年至今", "2008-01-01"),
        ("“十三五”以来", "“十三五”以来", "2016-01-01"),
    ],
)
def test_since_leaves_the_end_open(text: str, surface: str, start: str) -> None:
    assert read(text) == [(surface, "period", start, None)]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("蹲点一周以上", "一周以上"),
        ("为期两天的培训", "两天"),
        ("播出近2个月", "近2个月"),
        ("长达12年之久", "12年之久"),
        ("三年来，", "三年来"),
        ("今后五年的任务", "今后五年"),
        ("历时一年", "一年"),
        ("满两个半月", "两个半月"),
        ("建会60周年", "60周年"),
        ("30多年的经验", "30多年"),
        ("学习一小时", "一小时"),
        ("制定3年规划", "3年"),
    ],
)
def test_lengths_of_time_are_durations_without_dates(text: str, surface: str) -> None:
    assert read(text) == [(surface, "duration", None, None)]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("坚持每周五例会", "每周五"),
        ("每周一次例会", "每周一次"),
        ("每年3月宣传", "每年3月"),
        ("每季度不少于一次", "每季度不少于一次"),
        ("每两年评选", "每两年"),
        ("一年不少于三次", "一年不少于三次"),
        ("半年一次", "半年一次"),
        ("一季度一次", "一季度一次"),
        ("每年4月到6月集中换证", "每年4月到6月"),
        ("每月8日、18日接待", "每月8日、18日"),
        ("每周一至周四晚开放", "每周一至周四晚"),
        ("每逢节假日走访", "每逢节假日"),
        ("一季一通报，", "一季一通报"),
        ("每个月走访", "每个月"),
        ("逐年提高", "逐年"),
        ("不定期走访", "不定期"),
    ],
)
def test_how_often_is_a_frequency(text: str, surface: str) -> None:
    assert read(text) == [(surface, "frequency", None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "十一届三次全会", "第十一项任务", "六一班", "八一路", "“三八”红旗手", "庆“三八”晚会", "三八红旗集体", "“五四”普法",
        "〔2011〕6号", "20号文件", "五年级学生", "三年级", "18周岁", "月报制度", "一时间", "同时", "及时", "随时", "新时期",
        "十八大", "第三年", "第一天", "第二个月", "精神文明年", "以前年度", "同年龄", "相当年轻", "中青年干部", "老年活动",
        "周边", "日常", "定期存款", "2000人", "2010余份", "2013个", "1990万元", "3.5", "十月革命", "一天天", "两年制学校"[2:],
        "贯彻上周密部署", "一日三餐", "一年四季", "九年义务教育", "“三年大变样”行动", "立足当地", "未来", "十分重视",
        "用时1.5月", "1.13月", "附近期刊", "多日来往"[2:], "健全年报", "基本年报",
    ],
)  # fmt: skip
def test_words_that_only_look_like_times_yield_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["XX年", "20**年", "20×× 年", "20*年*月", "**月", "20XX年11月", "__年以来", "2月30日"])
def test_masked_and_impossible_times_have_no_dates(text: str) -> None:
    assert all(low is None and high is None for _, _, low, high in read(text) if "30" not in text)
    if "30" not in text:
        assert len(read(text)) == 1


@pytest.mark.parametrize(
    "text", ["今年", "10月", "上半年", "“六一”期间", "年底前", "全年", "3月8日", "去年同期", "前天"]
)
def test_without_the_year_of_the_document_nothing_is_dated(text: str) -> None:
    [(_, _, low, high)] = read(text, None)
    assert low is high is None


def test_a_bare_month_belongs_to_the_year_last_named_in_its_sentence() -> None:
    assert [row[2] for row in read("项目2009年3月立项，10月开工。11月竣工。")] == [
        "2009-03-01",
        "2009-10-01",
        "2012-11-01",
    ]
    assert [row[2] for row in read("去年3月立项，10月开工。")] == ["2011-03-01", "2011-10-01"]
    assert [row[2] for row in read("2009年3月建站，当年见效，次年扩建。")] == ["2009-03-01", "2009-01-01", "2010-01-01"]
    assert [row[2] for row in read("按照《纲要（2001—2010年）》，4月起试点。")] == ["2001-01-01", "2012-04-01"]


def test_a_year_since_which_something_goes_on_lends_no_year_to_a_deadline() -> None:
    assert [row[3] for row in read("2010年以来台账缺失多，三季度末之前补齐。")] == [None, "2012-09-30"]
    assert [row[3] for row in read("2010年台账缺失多，三季度末之前补齐。")] == ["2010-12-31", "2010-09-30"]


def test_the_year_after_is_counted_from_the_plan_itself_where_no_other_is_named() -> None:
    text = "次年1月表彰。"
    (time,) = find_times(text, year=2012, ahead=((0, len(text)),))
    assert (time.date_start, time.date_end) == ("2013-01-01", "2013-01-31")
    assert read(text)[0][2] is None  # of a look back nobody knows


def test_a_lone_day_belongs_to_the_month_last_named_on_its_line() -> None:
    assert read("5月6日开班，9日结业")[1] == ("9日", "date", "2012-05-09", "2012-05-09")
    assert read("9日结业") == [("9日", "date", None, None)]


@pytest.mark.parametrize(
    ("text", "surface", "end"),
    [
        ("截至11月底，全镇已建站", "截至11月底", "2012-11-30"),
        ("截止到9月，共发放", "截止到9月", "2012-09-30"),
        ("据统计，截至2011年，", "截至2011年", "2011-12-31"),
    ],
)
def test_the_day_up_to_which_is_counted_is_a_date(text: str, surface: str, end: str) -> None:
    assert read(text) == [(surface, "date", end, end)]


@pytest.mark.parametrize(
    ("text", "surface", "start"),
    [
        ("自2013年3月起执行", "自2013年3月起", "2013-03-01"),
        ("8月起推广", "8月起", "2012-08-01"),
        ("2009年换届以来", "2009年换届以来", "2009-01-01"),
        ("从明年起拨付", "从明年起", "2013-01-01"),
        ("从2010年开始试行", "从2010年开始", "2010-01-01"),
        ("自2010年创办以来", "2010年创办以来", "2010-01-01"),
    ],
)
def test_words_that_open_a_stretch_leave_its_end_open(text: str, surface: str, start: str) -> None:
    assert read(text) == [(surface, "period", start, None)]


@pytest.mark.parametrize("text", ["8月起草方案", "9月起飞", "2011年开始摸底"])
def test_words_that_only_start_like_an_opening_leave_the_point_closed(text: str) -> None:
    [(_, kind, start, end)] = read(text)
    assert kind == "period" and start and end


@pytest.mark.parametrize(
    ("text", "surface", "end"),
    [
        ("2005年以前挂牌的站点", "2005年以前", "2004-12-31"),
        ("对2012年以前建成的危房", "2012年以前", "2011-12-31"),
        ("2009年3月以前入会的", "2009年3月以前", "2009-02-28"),
        ("2009年底前入会的", "2009年底前", "2009-12-31"),
    ],
)
def test_before_a_year_gone_by_is_an_open_period(text: str, surface: str, end: str) -> None:
    assert read(text) == [(surface, "period", None, end)]


@pytest.mark.parametrize(
    ("text", "surface"),
    [("年内走访40户", "年内"), ("年底参保人数达到9万", "年底"), ("每户年底交一份账单", "年底")],
)
def test_the_end_of_the_year_is_a_deadline_where_the_text_looks_ahead(text: str, surface: str) -> None:
    [time] = find_times(text, year=YEAR, ahead=[(0, len(text))])
    assert (time.text, time.kind, time.date_start, time.date_end) == (surface, "deadline", None, "2012-12-31")
    [time] = find_times(text, year=YEAR)
    assert time.kind == "period"


@pytest.mark.parametrize("text", ["年底召开茶话会", "年底进行考评", "年内已走访40户", "上半年走访40户"])
def test_meetings_and_things_done_are_no_deadlines_where_the_text_looks_ahead(text: str) -> None:
    assert [time.kind for time in find_times(text, year=YEAR, ahead=[(0, len(text))])] == ["period"]


def test_the_end_of_a_month_gone_by_when_the_paper_was_signed_is_a_date() -> None:
    [time] = find_times("园区9月底投产，招工60人", year=YEAR, written="2012-12-20")
    assert (time.kind, time.date_start, time.date_end) == ("date", "2012-09-30", "2012-09-30")


@pytest.mark.parametrize(
    ("text", "surface", "start", "end"),
    [
        ("上个月", "上个月", "2011-12-01", "2011-12-31"),
        ("本月", "本月", "2012-01-01", "2012-01-31"),
        ("下月8日", "下月8日", "2012-02-08", "2012-02-08"),
    ],
)
def test_this_month_is_the_month_of_signature(text: str, surface: str, start: str, end: str) -> None:
    [time] = find_times(text, year=2011, written="2012-01-05")
    assert (time.text, time.date_start, time.date_end) == (surface, start, end)
    [time] = find_times(text, year=2011)
    assert (time.text, time.date_start, time.date_end) == (surface, None, None)


WRITTEN = "2012-11-20"


def dated(text: str, written: str | None = WRITTEN) -> list[tuple[str, str, str | None, str | None]]:
    times = find_times(text, year=YEAR, written=written)
    return [(time.text, time.kind, time.date_start, time.date_end) for time in times]


@pytest.mark.parametrize(
    ("text", "surface", "kind", "start", "end"),
    [
        ("昨日开班", "昨日", "date", "2012-11-19", "2012-11-19"),
        ("今日上墙", "今日", "date", "2012-11-20", "2012-11-20"),
        ("5天前走访", "5天前", "date", "2012-11-15", "2012-11-15"),
        ("上两个月来访", "上两个月", "period", "2012-09-01", "2012-10-31"),
        ("下三年再建", "下三年", "period", "2013-01-01", "2015-12-31"),
        ("最近三个月来访", "最近三个月", "period", "2012-08-20", "2012-11-20"),
        ("未来两个月抓紧", "未来两个月", "period", "2012-11-20", "2013-01-20"),
        ("上季度末", "上季度末", "period", "2012-09-01", "2012-09-30"),
        ("本季度", "本季度", "period", "2012-10-01", "2012-12-31"),
        ("上一个月", "上一个月", "period", "2012-10-01", "2012-10-31"),
        ("上月最后三天", "上月最后三天", "period", "2012-10-29", "2012-10-31"),
        ("十日内报送", "十日内", "deadline", None, "2012-11-30"),
        ("一周内上报", "一周内", "deadline", None, "2012-11-27"),
        ("自即日起两个半月以内", "两个半月以内", "deadline", None, "2013-02-04"),
        ("本通知印发后30日内报送", "30日内", "deadline", None, "2012-12-20"),
    ],
)
def test_what_counts_from_the_day_of_writing_has_days_where_that_is_known(
    text: str, surface: str, kind: str, start: str | None, end: str
) -> None:
    assert (surface, kind, start, end) in dated(text)
    assert all(low is high is None for _, _, low, high in dated(text, None))


@pytest.mark.parametrize(
    "text", ["接到投诉后，5日内办结", "10个工作日内办结", "三年内办成", "播出近2个月", "5年前迁入", "以上两个月的", "会上三个月的", "今日头条"]
)  # fmt: skip
def test_what_counts_from_another_day_or_vaguely_has_none(text: str) -> None:
    assert all(low is high is None for _, _, low, high in dated(text))


@pytest.mark.parametrize(
    ("text", "surface", "start", "end"),
    [
        ("正月初八开工", "正月初八", "2012-01-30", "2012-01-30"),
        ("今年正月十五", "今年正月十五", "2012-02-06", "2012-02-06"),
        ("农历八月十五赏月", "农历八月十五", "2012-09-30", "2012-09-30"),
        ("三月初三歌圩", "三月初三", "2012-03-24", "2012-03-24"),
        ("闰四月", "闰四月", "2012-05-21", "2012-06-18"),
        ("闰五月", "闰五月", None, None),
        ("八月十五，", "八月十五", "2012-08-15", "2012-08-15"),
        ("10月31，", "10月31", "2012-10-31", "2012-10-31"),
        ("10月31人", "10月", "2012-10-01", "2012-10-31"),
        ("4月前4天", "4月前4天", "2012-04-01", "2012-04-04"),
        ("2011年的前10天", "2011年的前10天", "2011-01-01", "2011-01-10"),
        ("明年第九个月", "明年第九个月", "2013-09-01", "2013-09-30"),
        ("2011年后三个月", "2011年后三个月", "2011-10-01", "2011-12-31"),
        ("2011年伊始", "2011年伊始", "2011-01-01", "2011-01-31"),
        ("2009年与2011年间", "2009年与2011年间", "2009-01-01", "2011-12-31"),
        ("三月和九月之间", "三月和九月之间", "2012-03-01", "2012-09-30"),
        ("12月至次年2月", "12月至次年2月", "2012-12-01", "2013-02-28"),
        ("2010年之后", "2010年之后", "2011-01-01", None),
        ("2010年以后", "2010年以后", "2010-01-01", None),
        ("2010年5月6日或之后", "2010年5月6日或之后", "2010-05-06", None),
        ("2011年开始，", "2011年开始", "2011-01-01", None),
        ("2011年开始摸底", "2011年", "2011-01-01", "2011-12-31"),
        ("去年到现在", "去年到现在", "2011-01-01", None),
        ("本届内建成", "本届内", None, None),
    ],
)
def test_less_usual_points_and_stretches_get_their_days(
    text: str, surface: str, start: str | None, end: str | None
) -> None:
    [(said, kind, low, high)] = read(text)
    assert (said, low, high) == (surface, start, end)
    assert kind in ("date", "period")


def test_at_that_time_is_the_time_named_last_in_the_paragraph() -> None:
    assert read("定于9月5日开班，届时请到会")[1] == ("届时", "period", "2012-09-05", "2012-09-05")
    assert read("9月5日开班。\n届时请到会")[1:] == []


def test_two_years_compared_are_no_stretch_between_them() -> None:
    assert [said for said, *_ in read("2008年与2009年相比")] == ["2008年", "2009年"]


@pytest.mark.parametrize(("text", "surface"), [("家访两日", "两日"), ("培训30~90日", "30~90日"), ("公示45日", "45日")])
def test_days_that_can_be_no_day_of_a_month_are_a_duration(text: str, surface: str) -> None:
    assert read(text) == [(surface, "duration", None, None)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("今年前八个月来访62件，比去年同期少4件", ("2011-01-01", "2011-08-31")),
        ("全镇来访62件，比上年同期少4件", ("2011-01-01", "2011-12-31")),
    ],
)
def test_the_same_stretch_of_another_year_has_the_days_of_the_one_before_it(text: str, days: tuple[str, str]) -> None:
    assert read(text)[-1][2:] == days


def test_a_bare_month_belongs_to_the_year_that_opens_its_paragraph() -> None:
    text = "2014年，我们打算做两件事。一是4月底前换届；二是9月办班。\n10月总结。"
    assert [end for *_, end in read(text)] == ["2014-12-31", "2014-04-30", "2014-09-30", "2012-10-31"]


def test_a_year_compared_with_dates_no_month() -> None:
    assert read("会员比2009年多三成，3月换证")[1][2:] == ("2012-03-01", "2012-03-31")


@pytest.mark.parametrize(
    "text", ["改制后的两年内由于缺钱", "搬迁后两年内没有添置设备", "两年内先后换了站长", "合同期两年内免租金"]
)
def test_a_term_that_looks_back_or_demands_nothing_is_a_duration(text: str) -> None:
    assert [(said, kind) for said, kind, *_ in read(text)] == [("两年内", "duration")]


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("2021年5月12日，村里开会。\n8月9日，又开会。", "2021-08-09"),
        ("2021年5月12日至14日，村里开会。\n今年8月9日，又开会。", "2021-08-09"),
        ("2019年3月5日，开会。2021年5月12日，又开会。\n8月9日，再开会。", "2021-08-09"),
        ("2021年，人均收入9000元。\n8月9日，开会。", None),
        ("比2021年5月12日多30户。\n8月9日，开会。", None),
        ("自2021年5月12日起施行。\n8月9日，开会。", None),
        ("办法于2021年5月12日印发。\n8月9日，开会。", None),
        ("2021年5月12日前完成。\n8月9日，开会。", None),
        ("根据《2021年5月12日会议纪要》办理。\n8月9日，开会。", None),
        ("2021年5月12日，村里开会。\n二、其他\n8月9日，开会。", None),
        ("2021年5月12日，村里开会。\n" + "大家畅所欲言。\n" * 90 + "8月9日，又开会。", None),
    ],
)
def test_without_a_year_of_its_own_a_text_lends_that_of_the_full_date_told_last(text: str, low: str | None) -> None:
    assert find_times(text)[-1].date_start == low


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("2020年，全县稳步前进。\n上半年办班。", "2020-01-01"),
        ("回顾2020年工作，成绩不少。\n下半年办班。", "2020-07-01"),
        ("2020年，全县稳步前进。\n队伍稳定。\n上半年办班。", "2021-01-01"),
        ("2020年，全县稳步前进。\n二、今后打算\n上半年办班。", "2021-01-01"),
        ("形势不错。2020年，全县稳步前进。\n上半年办班。", "2021-01-01"),
        ("2021年，全县稳步前进。\n上半年办班。", "2021-01-01"),
    ],
)
def test_a_half_year_behind_a_paragraph_that_looks_back_a_year_is_of_that_year(text: str, low: str) -> None:
    assert find_times(text, year=2021)[-1].date_start == low


def test_a_part_of_the_document_dates_its_bare_months() -> None:
    text = "3月慰问。明年再说。3月慰问，年底前挂牌。"
    times = find_times(text, year=YEAR, years=[(10, len(text), 2013)])
    assert [time.date_end for time in times] == ["2012-03-31", "2013-12-31", "2013-03-31", "2013-12-31"]


def test_a_report_of_january_says_last_year_of_the_year_that_it_tells_of() -> None:
    text = "去年新建9所，比上年多2所。今年再建6所。"
    times = find_times(text, year=2017, today=2018)
    assert [str(time.date_start)[:4] for time in times] == ["2017", "2016", "2018"]


def test_two_months_that_do_not_follow_each_other_are_two() -> None:
    assert [(said, low) for said, _, low, _ in read("4月、11月各办一期")] == [
        ("4月", "2012-04-01"),
        ("11月", "2012-11-01"),
    ]


@pytest.mark.parametrize("text", ["目前", "当前", "近年来", "近期", "最近", "下一步", "当前及今后一段时期"])
def test_vague_expressions_are_periods_without_dates(text: str) -> None:
    assert read(f"{text}，要抓好落实") == [(text, "period", None, None)]


def test_a_29_february_that_was_not_has_no_date() -> None:
    assert read("2月29日", 2013) == [("2月29日", "date", None, None)]
    assert read("2月29日", 2012) == [("2月29日", "date", "2012-02-29", "2012-02-29")]


WORDS = [
    "2012",
    "12",
    "31",
    "20",
    "XX",
    "季度",
    "期间",
    "春节",
    "中秋",
    "国庆",
    "上半年",
    "世纪",
    "年代",
    "完成",
    "逐年",
    "同期",
    "正月",
    "初五",
    "之间",
    "以后",
    "届时",
    "昨日",
    "上两个月",
]
PIECES = st.sampled_from([*WORDS, *"今去明年月日底前初末至到以来内每第半个周一二三十五〇30-—、。\n“”八六节*."])


@settings(deadline=None)  # the first reading loads the tables
@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from([None, 1900, 1955, 2012, 2099]))
def test_every_time_quotes_its_text_and_its_days_are_days_in_order(text: str, year: int | None) -> None:
    end = 0
    for time in find_times(text, year=year, written=f"{year}-02-28" if year else None):
        assert time.text == text[time.start : time.end] != ""
        assert time.start >= end
        end = time.end
        days = [date.fromisoformat(day) for day in (time.date_start, time.date_end) if day]
        assert days == sorted(days)
        assert time.kind in ("date", "period", "deadline", "duration", "frequency")
        if time.kind in ("duration", "frequency"):
            assert not days
        if time.kind == "deadline":
            assert time.date_start is None


@pytest.mark.parametrize("unit", ["一", "1", "0", "年", "月", "日", "十", "*", "到", "“"])
def test_a_long_run_of_one_character_costs_no_time(unit: str) -> None:
    with no_runaway():
        find_times(unit * 200_000, year=YEAR)


def test_the_times_of_real_reports_are_found() -> None:
    folder = os.environ.get("NIANLUN_REPORTS")
    if not folder:
        pytest.skip("NIANLUN_REPORTS names no folder with seeds/ and gold/")
    hit = missed = 0
    for gold_file in sorted(Path(folder, "gold").glob("*.times.jsonl")):
        name = gold_file.name.split(".")[0]
        [source] = Path(folder, "seeds").glob(f"{name}*.txt")
        text = _decoded(source)
        for row in map(json.loads, gold_file.read_text(encoding="utf-8").splitlines()):
            if row.get("optional") or _traditional(text):
                continue
            start, end = row["char_start"], row["char_end"]
            line = text[max(text.rfind("\n", 0, start), start - 60) + 1 : end + 30]
            found = any(row["surface"] in time.text or time.text in row["surface"] for time in find_times(line))
            hit, missed = hit + found, missed + (not found)
    assert hit / (hit + missed) > 0.95


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _traditional(text: str) -> bool:
    return text.count("個") + text.count("業") > 20


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("危桥改造计划4月完成。", ["deadline"]),
        ("新校舍预计8月竣工。", ["deadline"]),
        ("活动室计划6月份动工、9月完成。", ["period", "deadline"]),
        ("计划投资30万元,10月建成。", ["deadline"]),
        ("原计划4月完成,实际6月完成。", ["period", "period"]),
        ("计划内的项目已于6月完成。", ["period"]),
        ("计划生育普查5月完成。", ["period"]),
        ("拟定的方案5月完成了修订。", ["period"]),
        ("拟于5月举办培训班。", ["period"]),
    ],
)
def test_what_is_planned_to_be_done_in_a_month_is_due_in_it(text: str, kinds: list[str]) -> None:
    assert [time.kind for time in find_times(text, year=2012)] == kinds


@pytest.mark.parametrize(
    ("text", "written", "surface", "start", "end"),
    [
        ("务必于春节前完成慰问。", "2013-01-06", "春节前", None, "2013-02-09"),
        ("元旦前要送到困难户手中。", "2012-12-20", "元旦前", None, "2012-12-31"),
        ("春节前，慰问了困难户。", "2013-01-06", "春节前", None, "2012-01-22"),
        ("登记已于11月完成。", "2012-03-06", "11月", "2011-11-01", "2011-11-30"),
        ("登记11月完成。", "2012-03-06", "11月", "2012-11-01", "2012-11-30"),
        ("登记已于2月完成。", "2012-03-06", "2月", "2012-02-01", "2012-02-29"),
        ("截至6月底，建站两处。", "2012-12-06", "截至6月底", "2012-06-30", "2012-06-30"),
    ],
)
def test_the_day_of_writing_tells_the_year_of_what_is_done_and_of_the_festivals_to_come(
    text: str, written: str, surface: str, start: str | None, end: str
) -> None:
    [time] = find_times(text, year=2012, written=written)
    assert (time.text, time.date_start, time.date_end) == (surface, start, end)


def test_what_a_paper_of_december_means_to_do_in_march_is_due_in_the_next_year() -> None:
    text = "3月底前完成登记。"
    for ahead, year in (([(0, 9)], 2013), ((), 2012)):
        [time] = find_times(text, year=2012, written="2012-12-20", ahead=ahead)
        assert time.date_end == f"{year}-03-31"


@pytest.mark.parametrize(("year", "last"), [(1986, "2000-12-31"), (2012, "2100-12-31"), (None, "2100-12-31")])
def test_this_century_is_that_of_the_report(year: int | None, last: str) -> None:
    [time] = find_times("要在本世纪内做到。", year=year)
    assert (time.text, time.date_end) == ("本世纪", last)


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ("腊八节前后送粥到户。", "腊八节前后", "2012-01-01"),  # the last lunar month ends in the new year
        ("世界水日期间发放传单。", "世界水日期间", "2012-03-22"),
        ("国际志愿者日当天上街服务。", "国际志愿者日当天", "2012-12-05"),
    ],
)
def test_a_festival_has_its_day_in_the_year_of_the_report(text: str, surface: str, day: str) -> None:
    [time] = find_times(text, year=2012)
    assert (time.text, time.date_start) == (surface, day)


def test_volunteers_are_no_day() -> None:
    assert [time.text for time in find_times("志愿者日前走进敬老院。", year=2012)] == ["日前"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开展“三月春风”活动", []),
        ("“六月安全生产月”活动", []),
        ("要求“3月底前完成整改”", ["3月底前"]),
        ("“5月份完成”", ["5月份"]),
        ("“六月召开会议”", ["六月"]),
        ("一季度办案三件，比同期增长5%", ["一季度", "同期"]),
        ("与同期相比", ["同期"]),
        ("速度高于同期全国水平", []),
        ("与同期开工的项目", []),
        ("全国两会期间", ["全国两会期间"]),
        ("下周五前上报，本周三开会", ["下周五前", "本周三"]),
        ("本周三次会议", ["本周"]),
        ("培训一个半小时", ["一个半小时"]),
        ("本学期末完成，岁末年初慰问", ["本学期", "岁末年初"]),
    ],
)
def test_names_and_comparisons_hold_a_time_only_where_they_tell_one(text: str, found: list[str]) -> None:
    assert [time.text for time in find_times(text, year=2012)] == found


def test_the_same_part_of_the_year_before_is_meant_by_a_comparison() -> None:
    *_, time = find_times("一季度办案三件，比同期增长5%", year=2012)
    assert (time.date_start, time.date_end) == ("2011-01-01", "2011-03-31")


def test_the_sessions_of_the_national_congress_have_their_days_of_the_year() -> None:
    days = [(time.date_start, time.date_end) for time in find_times("全国两会期间", year=2020)]
    assert days == [("2020-05-21", "2020-05-28")]
    assert find_times("全国两会期间", year=1990)[0].date_start is None


@pytest.mark.parametrize("unit", ["1", "年", "月", "一", "“", "\n"])
def test_a_megabyte_of_one_character_takes_time_in_proportion_to_its_length(unit: str) -> None:
    assert grows_in_proportion(lambda text: find_times(text, year=YEAR), unit)


@pytest.mark.parametrize("unit", ["每", "今年", "2012年", "1月1日前", "“十二五”"])
def test_a_text_of_times_alone_takes_time_in_proportion_to_its_length(unit: str) -> None:
    assert grows_in_proportion(lambda text: find_times(text, year=YEAR), unit, 100_000)


@settings(deadline=None)  # the first reading loads the tables
@given(
    st.text(max_size=60), PIECES, st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Nd", "No"]), max_size=8)
)
def test_no_character_breaks_the_reading(before: str, piece: str, after: str) -> None:
    text = f"{before}{piece}{after}{piece}"
    for time in find_times(text, year=YEAR, written="2013-01-31"):
        assert time.text == text[time.start : time.end] != ""


def test_what_is_to_be_finished_in_a_month_is_due_in_it_where_the_paper_plans() -> None:
    text = "8月下旬完成登记，9月开展检查。"
    assert [time.kind for time in find_times(text, year=2012, ahead=[(0, len(text))])] == ["deadline", "period"]
    assert [time.kind for time in find_times(text, year=2012)] == ["period", "period"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("入汛前完成加固。", ["入汛前"]),
        ("开学前发放到位。", ["开学前"]),
        ("开学前夕走访。", []),
        ("春耕前期准备。", []),
    ],
)
def test_a_season_may_be_what_something_is_due_before(text: str, found: list[str]) -> None:
    times = find_times(text, year=2012)
    assert [time.text for time in times] == found
    assert all(time.kind == "deadline" and time.date_end is None for time in times)


@pytest.mark.parametrize(
    ("text", "surface", "kind", "start", "end"),
    [
        ("今（8）日开会", "今（8）日", "date", "2014-03-08", "2014-03-08"),
        ("昨(30)日上午开会", "昨(30)日上午", "date", "2014-02-30", None),
        ("昨（7）日下午开会", "昨（7）日下午", "date", "2014-03-07", "2014-03-07"),
        ("明（9）日开会", "明（9）日", "date", "2014-03-09", "2014-03-09"),
        ("本（3）月开会", "本（3）月", "period", "2014-03-01", "2014-03-31"),
        ("3月4-3月20日", "3月4-3月20日", "period", "2014-03-04", "2014-03-20"),
        ("3月 4-3月 20日", "3月 4-3月 20日", "period", "2014-03-04", "2014-03-20"),
        ("5月28-6月3日", "5月28-6月3日", "period", "2014-05-28", "2014-06-03"),
        ("连续4个年度盈余", "4个年度", "duration", None, None),
        ("近三个会计年度都有盈余", "近三个会计年度", "duration", None, None),
        ("历时两个学年", "两个学年", "duration", None, None),
        ("争取7月中旬动工", "7月中旬", "period", "2014-07-11", "2014-07-20"),
        ("力争10月召开", "10月", "period", "2014-10-01", "2014-10-31"),
        ("力争7月中旬完成", "7月中旬", "deadline", None, "2014-07-20"),
        ("争取7月中旬前动工", "7月中旬前", "deadline", None, "2014-07-20"),
        ("最迟8月动工", "8月", "deadline", None, "2014-08-31"),
        ("争取2015年前改完", "2015年前", "deadline", None, "2015-12-31"),
        ("2015年底前改完", "2015年底前", "deadline", None, "2015-12-31"),
    ],
)
def test_days_in_brackets_spans_of_days_years_of_books_and_hopes(
    text: str, surface: str, kind: str, start: str | None, end: str | None
) -> None:
    found = find_times(text, year=2014, written="2014-03-08")
    assert [(one.text, one.kind) for one in found] == [(surface, kind)]
    if start != "2014-02-30":  # a day that is none has no dates
        assert (found[0].date_start, found[0].date_end) == (start, end)
    else:
        assert found[0].date_start is None


@pytest.mark.parametrize(
    ("text", "surface", "kind", "end"),
    [
        ("走廊灯具2014年4月低换完；", "2014年4月低", "deadline", "2014-04-30"),
        ("窗台5月低装好。", "5月低", "deadline", "2014-05-31"),
        ("3月低以前报送名单", "3月低以前", "deadline", "2014-03-31"),
        ("9月低前粉刷", "9月低前", "deadline", "2014-09-30"),
        ("2014年6月低,收尾;", "2014年6月低", "deadline", "2014-06-30"),
        ("年低前补栽", "年低前", "deadline", "2014-12-31"),
        ("今年低全部完成", "今年低", "deadline", "2014-12-31"),
        ("旧账8月底还清", "8月底", "deadline", "2014-08-31"),
        ("到 2015年 6月修通", "到 2015年 6月", "deadline", "2015-06-30"),
        ("6月低保金已发", "6月", "period", "2014-06-30"),
        ("3月低收入户回访完成", "3月", "period", "2014-03-31"),
        ("1月低温冻坏水管", "1月", "period", "2014-01-31"),
        ("今年低于往常", "今年", "period", "2014-12-31"),
    ],
)
def test_low_is_written_for_the_end_of_a_month_or_year(text: str, surface: str, kind: str, end: str) -> None:
    assert [(one.text, one.kind, one.date_end) for one in find_times(text, year=2014)] == [(surface, kind, end)]


@pytest.mark.parametrize("text", ["当前版：04版", "当前位置：首页", "当前页：2"])
def test_words_of_a_page_that_say_where_it_stands_are_no_times(text: str) -> None:
    assert find_times(text, year=2014) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("3月8日，召开大会。当天，走访三户。次日公示。", [("当天", "2015-03-08"), ("次日", "2015-03-09")]),
        ("5月20日上午开会，同日下午发文。当晚值班。", [("同日下午", "2015-05-20"), ("当晚", "2015-05-20")]),
        ("3月31日交卷，翌日公布。", [("翌日", "2015-04-01")]),
        ("3月办班。当天，走访三户。", [("当天", None)]),
        ("3月8日办班。\n当天，走访三户。", [("当天", None)]),
        ("活动当天来了九百人。", [("当天", None)]),
        ("3月8日当天办会。", []),
        ("相当天真，担当日重，争当天山脚下的标兵，应当日清日结。", []),
        ("不同日期，同日本交流，与当天津港。", []),
    ],
)
def test_the_same_day_and_the_next_are_counted_from_the_day_told_last(
    text: str, times: list[tuple[str, str | None]]
) -> None:
    found = [
        (one.text, one.date_start) for one in find_times(text, year=2015) if not one.text.startswith(("3月", "5月"))
    ]
    assert found == times


@pytest.mark.parametrize(
    ("text", "surface", "end"),
    [
        ("春节后十天内报送名单。", "春节后十天内", "2015-03-01"),
        ("清明节后一周内巡山。", "清明节后一周内", "2015-04-12"),
        ("中秋节后三日内交清。", "中秋节后三日内", "2015-09-30"),
        ("元旦后两周内办结。", "元旦后两周内", "2015-01-15"),
        ("节后一周内完成整改。", "节后一周内", None),
        ("会后三天内上报。", "会后三天内", None),
        ("开学后两周内摸清底数。", "开学后两周内", None),
        ("收到通知后五个工作日内办结。", "收到通知后五个工作日内", None),
        ("大会后三天内上报。", "三天内", None),
        ("课后三小时内交。", "三小时内", None),
    ],
)
def test_so_many_days_behind_a_festival_or_a_meeting_are_a_deadline(text: str, surface: str, end: str | None) -> None:
    (found,) = find_times(text, year=2015)
    assert (found.text, found.kind, found.date_end) == (surface, "deadline", end)


@pytest.mark.parametrize(
    ("text", "surface", "start"),
    [
        ("入冬以来，无火情。", "入冬以来", None),
        ("自入汛以来，巡堤九次。", "自入汛以来", None),
        ("开春以来，植树两千棵。", "开春以来", None),
        ("今年以来，办班六期。", "今年以来", "2015-01-01"),
        ("春节以来，走访九户。", "春节以来", "2015-02-19"),
        ("清明以来，走访九户。", "清明以来", "2015-04-05"),
        ("5月份以来，办班六期。", "5月份以来", "2015-05-01"),
    ],
)
def test_since_a_season_or_a_festival_is_a_period_without_end(text: str, surface: str, start: str | None) -> None:
    (found,) = find_times(text, year=2015)
    assert (found.text, found.kind, found.date_start, found.date_end) == (surface, "period", start, None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("父亲两个月回来一次。", "两个月回来一次"),
        ("老人和儿女半年见面一次。", "半年见面一次"),
        ("镇里一个月碰一次头。", "一个月碰一次"),
        ("骨干三年轮训一遍。", "三年轮训一遍"),
        ("子女一季度来一次。", "一季度来一次"),
    ],
)
def test_a_stretch_with_a_verb_and_once_tells_how_often(text, found):
    assert [(time.text, time.kind) for time in find_times(text)] == [(found, "frequency")]


@pytest.mark.parametrize(
    "text",
    [
        "两年内轮训一遍。",
        "三年来集中清理一次性餐具。",
        "上半年见面一次。",
        "两个月后复查一次。",
        "一季度收一次性餐具。",
    ],
)
def test_a_stretch_in_which_a_thing_was_done_once_is_no_frequency(text):
    assert all(time.kind != "frequency" for time in find_times(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [("2016年春，全镇种树。", "2016年春"), ("2016年秋、冬两季防火。", "2016年秋"), ("2016年春晚很好看。", "2016年")],
)
def test_a_season_behind_a_year_needs_no_second_character(text, found):
    assert find_times(text)[0].text == found


NUMERALS_AND_WORDS = st.text(
    "上下千百十万亿一两半三几0零元五廿年个月天日周旬内前后以第世纪末季度来多近至到、，。春节初底每次正腊", max_size=40
)


@pytest.mark.parametrize("text", ["山区头上千百年的贫困。", "以上百千年。", "之后千百天内。"])
def test_numerals_that_make_no_number_are_read_past(text: str) -> None:
    assert all(text[time.start : time.end] == time.text for time in find_times(text, year=2011, written=(2011, 5, 3)))


@settings(deadline=None, max_examples=300)
@given(text=NUMERALS_AND_WORDS)
def test_numerals_and_words_of_time_in_any_order_stop_nothing(text: str) -> None:
    for time in find_times(text, year=2011, written=(2011, 5, 3)):
        assert text[time.start : time.end] == time.text


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ("李某2011年4月30贷款8万元。", "2011年4月30", 30),
        ("2011年4月30归还。", "2011年4月30", 30),
        ("欠款2011年4月18到期。", "2011年4月18", 18),
        ("于2011年4月15到社里结清。", "2011年4月15", 15),
        ("2011年4月10签订合同。", "2011年4月10", 10),
        ("2011年4月2结案。", "2011年4月2", 2),
        ("2011年4月30人参加培训。", "2011年4月", None),
        ("2011年4月30余户搬迁。", "2011年4月", None),
        ("2011年4月12起事故。", "2011年4月", None),
        ("2011年4月3至5人一组。", "2011年4月", None),
        ("2011年4月45借户还清。", "2011年4月", None),
    ],
)
def test_a_day_may_stand_without_its_mark_before_what_was_done(text: str, surface: str, day: int | None) -> None:
    first, last = (f"2011-04-{day:02d}",) * 2 if day else ("2011-04-01", "2011-04-30")
    assert read(text) == [(surface, "date" if day else "period", first, last)]


@pytest.mark.parametrize(
    ("text", "surface", "end"),
    [
        ("要求限期（从4月上旬到6月底）整改。", "4月上旬到6月底", "2012-06-30"),
        ("限期3月10日至4月底整改到位。", "3月10日至4月底", "2012-04-30"),
        ("限期从7月到9月底修好。", "7月到9月底", "2012-09-30"),
        ("开放时间为3月上旬到5月底。", "3月上旬到5月底", None),
        ("施工期（3月上旬到5月底）封路。", "3月上旬到5月底", None),
    ],
)
def test_a_term_behind_within_a_limit_is_a_deadline(text: str, surface: str, end: str | None) -> None:
    assert [(time.text, time.kind == "deadline") for time in find_times(text, year=YEAR)] == [
        (surface, end is not None)
    ]
    assert end is None or read(text)[0][3] == end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("元至3月份新增会员", [("元至3月份", "period", "2012-01-01", "2012-03-31")]),
        ("元—九月，接访", [("元—九月", "period", "2012-01-01", "2012-09-30")]),
        ("每户补助300元，3月兑现", [("3月", "period", "2012-03-01", "2012-03-31")]),
        ("二、三季度走访", [("二、三季度", "period", "2012-04-01", "2012-09-30")]),
        ("三四季度走访", [("三四季度", "period", "2012-07-01", "2012-12-31")]),
        ("4月最后一周评比", [("4月最后一周", "period", "2012-04-24", "2012-04-30")]),
        ("4月份第二周开班", [("4月份第二周", "period", "2012-04-08", "2012-04-14")]),
        ("4月第一周岁儿童", [("4月", "period", "2012-04-01", "2012-04-30")]),
        ("到XX月底前", [("到XX月底前", "deadline", None, None)]),
        ("2013、2014两年", [("2013、2014两年", "period", "2013-01-01", "2014-12-31")]),
        ("国庆长假值班", [("国庆长假", "period", "2012-10-01", "2012-10-01")]),
        ("在元旦、春节期间走访", [("元旦、春节期间", "period", "2012-01-01", "2012-01-23")]),
        ("中秋、国庆节前走访", [("中秋、国庆节前", "deadline", None, "2012-09-29")]),
        ("即日起至5月8日", [("即日起至5月8日", "period", None, "2012-05-08")]),
        ("每月第一个星期三学习", [("每月第一个星期三", "frequency", None, None)]),
        ("每季度末月20日前报", [("每季度末月20日前", "frequency", None, None)]),
        ("摸底阶段（4.6—5.12）", [("4.6—5.12", "period", "2012-04-06", "2012-05-12")]),
        ("含量（4.6—5.12）", []),
    ],
)
def test_stretches_joined_or_counted_within_others_are_one(
    text: str, found: list[tuple[str, str, str | None, str | None]]
) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "surface", "end"),
    [
        ("5月8前报区妇联", "5月8前", "2012-05-08"),
        ("5月8以前报区妇联", "5月8以前", "2012-05-08"),
        ("5月8日（含）前报名", "5月8日（含）前", "2012-05-08"),
        ("最迟于5月8日上报", "5月8日", "2012-05-08"),
        ("不得晚于5月8日", "5月8日", "2012-05-08"),
        ("5月8日为最后期限", "5月8日", "2012-05-08"),
        ("明年汛期前加固", "明年汛期前", None),
        ("老人年前可入住", "年前", None),
    ],
)
def test_more_words_that_say_by_when(text: str, surface: str, end: str | None) -> None:
    assert read(text) == [(surface, "deadline", None, end)]


@pytest.mark.parametrize("text", ["多年前后", "青年前来", "百年前夕"])
def test_before_within_other_words_is_no_deadline(text: str) -> None:
    assert all(kind != "deadline" for _, kind, *_ in read(text))


def test_a_third_of_a_month_belongs_to_the_month_named_in_its_line() -> None:
    assert read("6月上旬动员，中旬自查，下旬前上报。\n中旬总结")[1:] == [
        ("中旬", "period", "2012-06-11", "2012-06-20"),
        ("下旬前", "deadline", None, "2012-06-30"),
    ]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("2、5月6日开会", "5月6日"),
        ("1、摸底。\n2、5月份开会", "5月份"),
        ("一、上半年\n二、三季度打算", "三季度"),
    ],
)
def test_the_number_of_an_item_is_no_part_of_the_time_behind_it(text: str, surface: str) -> None:
    assert read(text)[-1][0] == surface


def test_a_list_of_times_is_of_one_kind_where_the_text_looks_ahead() -> None:
    text = "分别在3月、7月和11月底抽查"
    kinds = [time.kind for time in find_times(text, year=YEAR, ahead=((0, len(text)),))]
    assert kinds == ["period", "period", "date"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2012学年度工作", "2012-09-01", "2013-08-31"),
        ("2012—2013学年第一学期", "2012-09-01", "2013-01-31"),
        ("2012-2013学年度第二学期", "2013-02-01", "2013-08-31"),
    ],
)
def test_a_school_year_begins_in_september(text: str, start: str, end: str) -> None:
    assert [found[2:] for found in read(text)] == [(start, end)]


def test_january_of_an_autumn_term_is_of_the_next_year() -> None:
    text = "12月排练，1月8日前考评，3月回访"
    ends = [time.date_end for time in find_times(text, year=YEAR, turn=2)]
    assert ends == ["2012-12-31", "2013-01-08", "2012-03-31"]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("2010年、2011年退出8户", ["2010年", "2011年"]),
        ("2008年、2011年退出8户", ["2008年", "2011年"]),
        ("2010、2011年退出8户", ["2010、2011年"]),
        ("2010年、2011年度预算", ["2010年、2011年度"]),
    ],
)
def test_two_years_each_with_its_own_word_are_two(text, surfaces):
    assert [surface for surface, *_ in read(text)] == surfaces


SCHEDULE = """第一阶段（12月8日-12月14日）动员。
第二阶段（2016年12月15日-2017年1月20日）自查。展板于12月下旬换好。
请于12月10日前报名单。2月中旬验收。"""
MONTHS = "1月，慰问老劳模。3月上旬，开表彰会。6月，办运动会。12月4日，办法律讲座。12月底前，报总结。"


@pytest.mark.parametrize(
    ("text", "year", "written", "spans"),
    [
        (SCHEDULE, 2017, "2016-12-07", ["12-08 12-14", "12-15 01-20", "12-21 12-31", "None 12-10", "02-11 02-20"]),
        ("摸排（11月28日至12月6日），整治（12月7日至1月15日），回访（2月）。", 2019, "2018-11-26",
         ["11-28 12-06", "12-07 01-15", "02-01 02-28"]),
    ],
)  # fmt: skip
def test_bare_months_behind_the_signature_of_a_schedule_are_of_its_year(
    text: str, year: int, written: str, spans: list[str]
) -> None:
    found = find_times(text, year=year, written=written)
    assert [f"{(time.date_start or 'None')[-5:].lstrip('-')} {(time.date_end or '')[5:]}" for time in found] == spans
    for day in (day for time in found for day in (time.date_start, time.date_end) if day):
        assert day[:4] == str(year - (day[5:7] >= written[5:7]))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (MONTHS, "2016-12-20"),
        ("请各站报名单。" + MONTHS, "2016-12-20"),
        ("12月4日，办法律讲座。12月底，办年会。", "2016-11-22"),
        ("12月8日动员，12月20日总结。", "2017-01-05"),
        ("12月8日动员，12月20日总结。", "2016-10-05"),
    ],
)
def test_the_months_of_a_whole_year_stay_in_the_year_planned(text: str, written: str) -> None:
    assert {(time.date_end or "")[:4] for time in find_times(text, year=2017, written=written)} == {"2017"}


def test_december_of_a_list_of_months_is_of_the_year_planned_though_names_are_due_before_it() -> None:
    first, *rest = find_times("请于12月25日前报名单。" + MONTHS, year=2017, written="2016-12-20")
    assert first.date_end == "2016-12-25"
    assert {(time.date_end or "")[:4] for time in rest} == {"2017"}


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2014年1-8月接待60人。1-8月份的来访，前八个月共结案", ["2014-01-01", "2014-01-01", "2014-01-01"]),
        ("2014年一季度接待60人。一季度的来访", ["2014-01-01", "2014-01-01"]),
        ("2014年1-8月比2013年1-8月多。1-8月份的来访", ["2014-01-01", "2013-01-01", None]),
        ("2014年1-8月接待60人。\n1-9月份的来访", ["2014-01-01", None]),
        ("2014年8月接待60人。\n8月份的来访", ["2014-08-01", None]),
    ],
)
def test_months_named_once_with_their_year_keep_it_in_a_text_without_one(text: str, dates: list[str | None]) -> None:
    assert [start for _, _, start, _ in read(text, None)] == dates


@pytest.mark.parametrize(
    ("text", "said", "start", "end"),
    [
        ("从2011年7月开始试点", "2011年7月", "2011-07-01", "2011-07-31"),
        ("自今年10月开始，", "今年10月", "2012-10-01", "2012-10-31"),
        ("从5月中旬开始走访", "5月中旬", "2012-05-11", "2012-05-20"),
        ("从5月20日开始走访", "5月20日", "2012-05-20", "2012-05-20"),
        ("从5月20日起走访", "从5月20日起", "2012-05-20", None),
        ("从今年开始，每季走访", "从今年开始", "2012-01-01", None),
    ],
)
def test_the_month_in_which_something_begins_is_that_month(text: str, said: str, start: str, end: str | None) -> None:
    [(surface, _, low, high), *_] = read(text)
    assert (surface, low, high) == (said, start, end)


@pytest.mark.parametrize(
    "text",
    ["寒、暑期家教活动", "争创暑期宣讲优秀小分队", "暑假送教活动三次", "寒假留校生慰问活动", "暑期“三下乡”社会实践", "暑期夏令营开营", "暑期大学生志愿团队"],
)  # fmt: skip
def test_a_season_within_a_name_is_no_time(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "暑期走访三户",
        "暑期组织送教活动",
        "暑期在活动室值班",
        "暑期，团队活动停办",
        "今年暑期送教活动",
        "暑期期间活动多",
    ],
)
def test_a_season_in_which_something_is_done_is_a_time(text: str) -> None:
    assert len(read(text)) == 1


@pytest.mark.parametrize(
    ("text", "said", "start"),
    [
        ("主任（2009.6-现在）", "2009.6-现在", "2009-06-01"),
        ("2010.03—至今任主任", "2010.03—至今", "2010-03-01"),
        ("2010.11－今，", "2010.11－今", "2010-11-01"),
        ("2008年9月—目前任站长", "2008年9月—目前", "2008-09-01"),
    ],
)
def test_a_month_that_goes_on_until_now_has_no_end(text: str, said: str, start: str) -> None:
    assert read(text) == [(said, "period", start, None)]


def test_until_this_year_is_no_stretch_without_end() -> None:
    assert read("2009.6-今年6月")[0][2:] != ("2009-06-01", None)


@pytest.mark.parametrize("text", ["第三届内黄红枣节", "第八届内蒙古", "第12届内江"])
def test_a_place_behind_an_ordinal_is_no_term_of_office(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "said", "start", "end"),
    [
        ("5月6日8:30—11:30，", "5月6日8:30—11:30", "2012-05-06", "2012-05-06"),
        ("5月6日下午2时至4时半，", "5月6日下午2时至4时半", "2012-05-06", "2012-05-06"),
        ("5月6日8:30至5月9日17:00", "5月6日8:30至5月9日", "2012-05-06", "2012-05-09"),
        ("拟在3月底4月上旬补种", "3月底4月上旬", "2012-03-31", "2012-04-10"),
        ("12月下旬1月初入户", "12月下旬1月初", "2012-12-21", "2013-01-10"),
        ("今年8月报区残联", "今年8月", "2012-08-01", "2012-08-31"),
        ("9月6日后另行通知", "9月6日后", "2012-09-07", None),
        ("补课调到9月6日进行", "9月6日", "2012-09-06", "2012-09-06"),
    ],
)
def test_a_time_takes_its_hours_and_the_month_that_follows_it(
    text: str, said: str, start: str, end: str | None
) -> None:
    assert [(found[0], *found[2:]) for found in read(text)] == [(said, start, end)]


@pytest.mark.parametrize("text", ["3月上旬3月底", "办好8月报一期", "5月6日后两周"])
def test_what_only_looks_like_such_a_time_is_read_as_it_was(text: str) -> None:
    assert all("后" not in found[0] and len(found[0]) < 6 for found in read(text))


def test_the_year_before_is_that_before_the_one_told_however_often_it_is_said() -> None:
    found = read("2010年，接访90件（含上年结转5件），比上年少一成。")
    assert [row[2] for row in found] == ["2010-01-01", "2009-01-01", "2009-01-01"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("周五前报名，", [("周五前", "deadline")]),
        ("每周五前报名，", [("每周五前", "frequency")]),
        ("星期三之前交齐，", [("星期三之前", "deadline")]),
        ("三周五前夕", []),
        ("服务小时数1240个小时。", [("1240个小时", "duration")]),
        ("平均审理天数12.5天。", [("12.5天", "duration")]),
    ],
)
def test_days_of_the_week_are_deadlines_and_a_count_of_hours_lasts(text: str, found: list[tuple[str, str]]) -> None:
    assert [row[:2] for row in read(text)] == found


def test_the_first_two_thirds_of_a_month_are_told_either_way() -> None:
    assert read("8月中上旬下种")[0][2:] == read("8月上中旬下种")[0][2:] == ("2012-08-01", "2012-08-20")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2010年，完工3处。当年计划投资5万元。", "2010"),
        ("完工3处。当年新增学员40人。", "2012"),
    ],
)
def test_what_was_done_that_year_was_done_in_the_year_told_of(text: str, year: str) -> None:
    assert read(text)[-1][2] == f"{year}-01-01"


def test_that_year_by_itself_is_no_year_that_is_known() -> None:
    assert read("当年我在村里。")[-1][2] is None
