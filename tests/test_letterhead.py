"""Letterheads: the number of a document, whom it is written to, who signed it, and what only looks like it."""

from __future__ import annotations

import time

import pytest

from nlp.letterhead import find_addressee, find_number, find_signer
from nlp.years import find_signature

BODY = "一是抓培训，办班六期。\n二是抓维权，调解纠纷十一件。\n三是抓阵地，新建活动室两处。\n四是抓队伍，选配专干九名。"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"清溪县妇女联合会文件\n清妇〔2012〕3号\n关于做好工作的通知\n{BODY}", "清妇〔2012〕3号"),
        (f"清妇字（2012） 6 号\n{BODY}", "清妇字（2012）6号"),
        (f"×妇发[2012]3号\n{BODY}", "×妇发[2012]3号"),
        (f"清工发〔20XX〕12号        签发人：周某\n{BODY}", "清工发〔20XX〕12号"),
        (f"（清残联【2015】8号）\n{BODY}", "清残联【2015】8号"),
    ],
)
def test_a_number_on_a_line_of_its_own_at_the_head_is_the_documents(text: str, number: str) -> None:
    assert find_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        f"根据清妇〔2012〕3号文件要求，现提出如下意见。\n{BODY}",
        f"根据清妇〔2012〕3号\n{BODY}",
        f"第十七号\n{BODY}",
        f"{BODY * 5}\n清妇〔2012〕3号",
        BODY,
        "",
    ],
)
def test_a_number_that_is_cited_is_not_the_documents(text: str) -> None:
    assert find_number(text) is None


@pytest.mark.parametrize(
    ("text", "to"),
    [
        (f"关于开展活动的通知\n各乡镇妇联、县直各妇委会：\n{BODY}", "各乡镇妇联、县直各妇委会"),
        (f"关于上报材料的报告\n市总工会：\n{BODY}", "市总工会"),
        (f"工作汇报\n尊敬的各位领导、同志们：\n大家好！{BODY}", "尊敬的各位领导、同志们"),
        (f"在大会上的讲话\n同志们：\n{BODY}", "同志们"),
        (f"同志们：今天的会很重要。{BODY}", "同志们"),
        (f"通知\n主送：各街道工会、区直各基层工会\n{BODY}", "各街道工会、区直各基层工会"),
        (f"倡议书\n全县妇女姐妹：\n{BODY}", "全县妇女姐妹"),
    ],
)
def test_the_line_before_the_first_sentence_says_whom_a_report_speaks_to(text: str, to: str) -> None:
    assert find_addressee(text) == to


@pytest.mark.parametrize(
    "text",
    [
        f"现将有关情况汇报如下：\n{BODY}",
        f"主要做法：\n{BODY}",
        f"责任单位：\n{BODY}",
        f"时间：3月6日\n地点：村委会\n{BODY}",
        f"一、各村要抓好以下工作：\n{BODY}",
        BODY,
    ],
)
def test_a_lead_in_speaks_to_nobody(text: str) -> None:
    assert find_addressee(text) is None


@pytest.mark.parametrize(
    ("text", "signer"),
    [
        (f"{BODY}\n清溪县妇女联合会\n2013年3月6日", "清溪县妇女联合会"),
        (f"{BODY}\n清溪县妇女联合会　2013年3月6日", "清溪县妇女联合会"),
        (f"{BODY}\n清溪县文明办\n清溪县妇女联合会\n2013年3月6日", "清溪县文明办、清溪县妇女联合会"),
        (f"{BODY}\n周　明\n2013年3月6日", "周明"),
        (f"{BODY}\n清溪县妇女联合会", "清溪县妇女联合会"),
        (f"{BODY}\n报告人：周明\n2013年3月6日", "周明"),
        (f"{BODY}\n倡议单位：清溪县文明办\n　　清溪县妇女联合会\n2013年3月6日", "清溪县文明办、清溪县妇女联合会"),
        (f"在大会上的讲话\n清溪县妇联主席  周明\n（2013年3月6日）\n同志们：{BODY}\n{BODY * 3}", "清溪县妇联主席 周明"),
        (f"调研报告\n清溪县总工会课题组\n（2013年3月）\n{BODY}\n{BODY}\n{BODY}", "清溪县总工会课题组"),
        (f"2013年3月6日在清溪县第九届人民代表大会第三次会议上县长周明作\n{BODY}", "县长周明"),
    ],
)
def test_the_lines_above_the_date_a_label_or_a_by_line_say_who_signed(text: str, signer: str) -> None:
    signed = find_signature(text)
    assert find_signer(text, signed[1:] if signed else None) == signer


@pytest.mark.parametrize("text", [BODY, f"工作总结\n（2013年3月6日）\n{BODY}", f"{BODY}\n谢谢大家！", ""])
def test_the_last_sentence_or_the_title_signs_nothing(text: str) -> None:
    signed = find_signature(text)
    assert find_signer(text, signed[1:] if signed else None) is None


@pytest.mark.parametrize("char", ["县", "一", "各", "：", "〔", "号", "　", "妇联", "各位", "2013年"])
def test_long_lines_are_read_at_once(char: str) -> None:
    text = "\n".join([char * 100_000] * 3 + [char * 40] * 20)
    started = time.process_time()
    find_number(text), find_addressee(text), find_signer(text, (0, 4))
    assert time.process_time() - started < 1
