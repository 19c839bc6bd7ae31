"""What is private in a text, and what only looks so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.masking import find_contacts, find_names, find_private, is_card, is_identity, mask, mask_name


def masked(text: str) -> str:
    return mask(text, find_private(text, find_names(text)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("县妇联主席林静到三岔镇调研", "县妇联主席林**到三岔镇调研"),
        ("副县长罗海明、周立新出席", "副县长罗**、周**出席"),
        ("由罗海明局长牵头", "由罗**局长牵头"),
        ("李明、王强、赵敏等同志参加", "李**、王**、赵**等同志参加"),
        ("成员:张伟 刘建国、欧阳明月", "成员:张** 刘**、欧阳**"),
        ("联系人:周敏", "联系人:周**"),
        ("组长:县委副书记 陈国华\n副组长:县妇联主席 林静", "组长:县委副书记 陈**\n副组长:县妇联主席 林**"),
        ("慰问困难母亲赵桂兰家", "慰问困难母亲赵**家"),
        ("曾志强老师讲课", "曾**老师讲课"),
        ("“林静工作室”挂牌,主席林静讲话", "“林**工作室”挂牌,主席林**讲话"),
        ("清溪县妇联\n林　静\n2012年12月1日", "清溪县妇联\n林**\n2012年12月1日"),
        ("林静说要抓实。会上,县妇联主席林静作报告。", "林**说要抓实。会上,县妇联主席林**作报告。"),
        ("电话:0771-5881234,手机13800138000", "电话:0771-*******,手机138********"),
        ("热线 5881234", "热线 *******"),
        ("手机:１３８００１３８０００", "手机:１３８********"),
        ("邮箱 xiaozhou@example.com", "邮箱 ***@example.com"),
        ("QQ:12345678,微信号 abc_12345", "QQ:********,微信号 *********"),
        ("身份证号 110101194910011234", "身份证号 ******************"),
        ("11010519491231002X 登记", "****************** 登记"),
        ("账号 6222 0212 3456 7890 123", "账号 **** **** **** **** ***"),
        ("卡 6222021234567894 退回", "卡 **************** 退回"),
    ],
)
def test_names_and_contacts_are_masked(text: str, told: str) -> None:
    assert masked(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "县长高度重视,主任会议研究", "书记、主席、主任等参加", "村民马上行动,妇女高兴地说", "职工方案通过,党员干部带头", "妇女常年在外,群众安全感提高",
        "青年文明号、妇女向上", "向王书记汇报,由王大姐负责", "党员任组长,群众何去何从,职工万余人", "学生成长,儿童方面,居民金额",
        "学习习近平总书记重要讲话,高举邓小平理论,学雷锋", "委员会主任何时到位", "局长,张贴标语", "代表:高校学生", "张某、李××、王*已签收",
        "拨付13800138000元", "拨付资金 138001380000 元", "第 110105194912310021 号", "文号〔2012〕138号", "比上年增长0.7715881234", "维权热线12338",
        "编号 1234567890123456", "2012-2013年培训 5881234 人次",
    ],
)  # fmt: skip
def test_what_only_looks_private_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("11010519491231002X", True), ("11010519491231002x", True), ("110105194912310021", False), ("110105194913310021", False),
        ("110105491231002", True), ("110105491331002", False), ("01010519491231002X", False), ("1101051949123100", False),
    ],
)  # fmt: skip
def test_an_identity_number_is_told_by_its_day_and_its_check_digit(number: str, right: bool) -> None:
    assert is_identity(number) is right


@pytest.mark.parametrize(
    ("number", "right"), [("6222021234567894", True), ("6222021234567890", False), ("1222021234567890", False)]
)
def test_a_card_is_told_by_its_check_digit(number: str, right: bool) -> None:
    assert is_card(number) is right


def test_a_surname_of_two_characters_stays_whole() -> None:
    assert (mask_name("欧阳明月"), mask_name("林静"), mask_name("罗海明")) == ("欧阳**", "林**", "罗**")


@settings(deadline=None)
@given(st.text(alphabet="主席书记林静王强欧阳明月、:: \n1380013800015X@.abQ(（", max_size=60))
def test_any_text_is_masked_without_error_and_nothing_but_the_found_changes(text: str) -> None:
    found = find_private(text, find_names(text))
    assert all(one.text == text[one.start : one.end] for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.text not in mask_name(one.text) for one in found if one.kind == "name")
    list(find_contacts(text))
