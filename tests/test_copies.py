"""Copies: the same report is read once, and a report that differs in one figure is another."""

from __future__ import annotations

import pytest

from ingest.repeats import alike, words_of

BODY = (
    "平川县妇联2012年工作总结\n"
    "2012年,县妇联围绕中心、服务大局,各项工作取得了新的成绩。现将全年工作总结如下:\n"
    "一、主要工作\n"
    "(一)抓好培训。全年举办家政培训班12期,培训妇女1,560人次,比上年增长3.5%。\n"
    "(二)关爱儿童。资助女童36名,发放助学金4.2万元,由张秀兰同志负责落实。\n"
    "二、存在的问题\n"
    "1.部分村妇代会主任待遇偏低,工作积极性不高。\n"
    "2.活动经费不足,全县24个乡镇中有7个没有专项经费。\n"
    "三、下一步打算\n"
    "继续办好培训班,争取经费列入财政预算,力争覆盖全部24个乡镇。\n"
    "平川县妇女联合会\n"
    "2012年12月20日\n"
)


def same(one: str, other: str, *, misread: bool = False) -> bool:
    return alike(words_of(one), words_of(other), misread=misread)


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("blanks and line ends", BODY.replace("\n", "\n\n  ").replace("、", "、 ")),
        ("wide characters", BODY.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789,.%()"}).replace("\uff11\uff0c\uff15\uff16\uff10", "1560")),
        ("other marks", BODY.replace("、服务", ",服务").replace("。", ".")),
        ("list numbers lost", BODY.replace("1.部分", "部分").replace("2.活动", "活动").replace("(一)抓", "抓")),
        ("page numbers", BODY.replace("二、存在", "- 1 -\n二、存在") + "- 2 -\n"),
        ("page numbers in words", BODY.replace("二、存在", "第 1 页 共 2 页\n二、存在") + "第 2 页 共 2 页\n"),
        ("the lines of a site", "首页 > 工作总结\n来源:平川县政府网 发布时间:2013-01-04\n" + BODY + "【打印本页】 【关闭窗口】\n责任编辑:王某\n"),
    ],
)  # fmt: skip
def test_what_a_format_adds_or_loses_makes_no_other_report(what: str, other: str) -> None:
    assert same(BODY, other), what
    assert same(other, BODY), what


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("one digit", BODY.replace("36名", "38名")),
        ("a point", BODY.replace("4.2万元", "42万元")),
        ("a share", BODY.replace("3.5%", "3.5")),
        ("a year", BODY.replace("2012", "2013")),
        ("one numeral in words", BODY.replace("全部24个", "全部二十四个")),
        ("one name", BODY.replace("张秀兰", "李秀兰")),
        ("a body", BODY.replace("平川县", "平江县")),
        ("one sentence more", BODY.replace("三、下", "3.阵地建设滞后。\n三、下")),
        ("one sentence less", BODY.replace("各项工作取得了新的成绩。", "")),
        ("not", BODY.replace("积极性不高", "积极性高")),
        ("two sentences in another order", BODY.replace("2.活动", "0.活动").replace("1.部分", "2.部分")),
        ("a number alone on a line", BODY + "57\n"),
        ("list numbers in another order", BODY.replace("1.部分", "9.部分").replace("2.活动", "1.活动")),
    ],
)
def test_a_report_that_differs_in_one_thing_is_another(what: str, other: str) -> None:
    assert not same(BODY, other), what
    assert not same(other, BODY), what


def test_figures_alone_on_their_lines_are_told_apart() -> None:
    table = BODY + "乡镇\n人数\n城关镇\n{}\n河口镇\n31\n合计\n{}\n"
    assert same(table.format(12, 43), table.format(12, 43))
    assert not same(table.format(12, 43), table.format(13, 44))


def test_a_short_text_must_agree_in_everything() -> None:
    assert same("通知\n1.明日上午九时开会,请准时参加。", "通知 1、明日上午九时开会,请准时参加。\n".replace(" ", "\n"))
    assert not same("通知\n1.明日上午九时开会,请准时参加。", "通知\n明日上午九时开会,请准时参加。")
    assert not same("无", "无")


def test_a_scan_may_misread_single_characters_but_no_figure() -> None:
    scan = (BODY * 2).replace("待遇偏低", "待週偏低", 1)
    assert same(BODY * 2, scan, misread=True)
    assert not same(BODY * 2, scan)
    assert not same(BODY * 2, scan.replace("36名", "86名"), misread=True)
    assert not same(BODY * 2, scan.replace("张秀兰", "李玉兰"), misread=True)
    assert not same(BODY * 2, scan.replace("覆盖全部", "覆盖"), misread=True)
