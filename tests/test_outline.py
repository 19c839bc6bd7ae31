"""Outlines: sections with their nesting and role, sentences with the role in which they speak."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runaway import no_runaway

from nlp.outline import find_sections
from nlp.roles import is_lead_in, load_roles
from nlp.sentences import find_sentences

NESTED = """全年工作完成得较好。
一、主要成效
（一）培训工作。1、办班12期。2、下乡授课40场。
（二）维权工作。一是接访及时。二是调解得力。
二、存在的问题
一是经费没有着落。二是人手紧。
三、明年打算
1.抓培训。
2.抓阵地。"""


def test_headings_that_only_have_a_style_open_sections():
    text = "水口镇妇联2020年工作总结\n主要做法\n慰问36户。\n抓帮扶\n走访到户。\n存在问题\n经费不足。\n1.人少\n2.钱少\n"
    places = [(text.index(line), level) for line, level in (("水口", 1), ("主要", 2), ("抓帮", 3), ("存在", 2))]
    found = find_sections(text, doc_type="summary", headings=places)
    assert [(s.level, s.heading, s.role) for s in found] == [
        (0, "", "achievements"),
        (1, "主要做法", "achievements"),
        (2, "抓帮扶", "achievements"),
        (1, "存在问题", "problems"),
        (2, "人少", "problems"),
        (2, "钱少", "problems"),
    ]


def test_a_styled_heading_without_a_number_stands_beside_the_numbered_ones_of_its_level():
    text = "一、主要做法\n抓学习\n学了36次。\n二、存在问题\n经费不足。\n下一步打算\n争取经费。\n"
    places = [(text.index(line), level) for line, level in (("一、", 1), ("抓学", 2), ("二、", 1), ("下一", 1))]
    found = find_sections(text, doc_type="summary", headings=places)
    assert [(s.level, s.marker, s.heading) for s in found] == [
        (0, "", ""), (1, "一、", "主要做法"), (2, "", "抓学习"), (1, "二、", "存在问题"), (1, "", "下一步打算")
    ]  # fmt: skip


def outline(text, doc_type="summary"):
    return [(s.level, s.marker, s.heading, s.role) for s in find_sections(text, doc_type=doc_type)]


def test_marks_nest_in_the_order_in_which_the_document_uses_them():
    assert outline(NESTED) == [
        (0, "", "", "achievements"),
        (1, "一、", "主要成效", "achievements"),
        (2, "（一）", "培训工作", "achievements"),
        (3, "1、", "办班12期", "achievements"),
        (3, "2、", "下乡授课40场", "achievements"),
        (2, "（二）", "维权工作", "achievements"),
        (3, "一是", "接访及时", "achievements"),
        (3, "二是", "调解得力", "achievements"),
        (1, "二、", "存在的问题", "problems"),
        (2, "一是", "经费没有着落", "problems"),
        (2, "二是", "人手紧", "problems"),
        (1, "三、", "明年打算", "plan"),
        (2, "1.", "抓培训", "plan"),
        (2, "2.", "抓阵地", "plan"),
    ]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("一、存在的主要问题", "problems"),
        ("二、困难与不足", "problems"),
        ("三、制约发展的因素及原因", "problems"),
        ("二、整改措施", "measures"),
        ("三、对策与建议", "measures"),
        ("一、主要做法和成效", "achievements"),
        ("一、上半年工作完成情况", "achievements"),
        ("四、下一步工作打算", "plan"),
        ("一、指导思想", "plan"),
        ("一、基本情况", "background"),
        ("五、关于渔民转产中存在的问题", "problems"),
        ("三、当前工作的几个问题", "problems"),
        ("二、护林员队伍老化问题", "problems"),
    ],
)
def test_a_heading_announces_the_role_of_its_section(heading, role):
    assert find_sections(f"{heading}\n正文一句。", doc_type="other")[1].role == role


@pytest.mark.parametrize(
    "heading",
    [
        "一、着力解决群众反映的突出问题",
        "二、关爱困难职工家庭",
        "三、切实为困境儿童办实事",
        "一、聚焦难点，攻坚克难",
        "二、化解信访矛盾问题",
        "三、渔业增殖的若干问题",
        "第二，堤防标准和水库规模的大小问题",
        "四、需要把握的几个问题",
        "五、关于渔民转产的问题",
    ],
)
def test_a_heading_that_only_names_problems_announces_none(heading):
    assert find_sections(f"{heading}\n正文一句。", doc_type="summary")[1].role != "problems"


@pytest.mark.parametrize(
    "sentence",
    [
        "但工作中还存在不少问题，主要表现在以下几个方面：",
        "与先进县区相比，我们的工作仍有较大差距。",
        "总的看，还存在以下亟待解决的问题。",
        "座谈中也反映出一些薄弱环节，主要是：",
        "但工作中还存在一些问题，如兼职过多。",
        "合作社的主要问题是：账目不清，",
        "各组说法不一，但突出问题集中在两个方面：一是缺船，",
        "暴露的主要问题一是船旧网破，",
    ],
)
def test_a_sentence_that_turns_to_shortcomings_is_a_lead_in(sentence):
    assert is_lead_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "着力解决群众最关心的问题。",
        "针对这些问题制定了三条措施。",
        "全年没有发现违纪问题。",
        "要认真研究存在的问题。",
        "先后化解矛盾困难40起。",
        "要着力解决的突出问题是：渔港淤积，",
        "研究的主要问题一是分红，",
    ],
)
def test_a_sentence_that_works_on_problems_is_no_lead_in(sentence):
    assert not is_lead_in(sentence)


def roles(text, doc_type="summary"):
    sections = find_sections(text, doc_type=doc_type)
    return [(text[s.start : s.end], s.role) for s in find_sentences(text, sections)]


def test_what_follows_a_lead_in_speaks_of_problems_until_the_writer_turns_away():
    text = "全年工作成绩不小。但也存在一些不足：一是下去得少。二是办法不多。\n针对以上不足，我们将改进。\n二、其他\n另有一事。"
    assert roles(text) == [
        ("全年工作成绩不小。", "achievements"),
        ("但也存在一些不足：一是下去得少。", "problems"),
        ("二是办法不多。", "problems"),
        ("针对以上不足，我们将改进。", "measures"),
        ("二、其他", "achievements"),
        ("另有一事。", "achievements"),
    ]


def test_a_section_of_two_parts_begins_as_its_first_and_turns_at_the_lead_in():
    text = (
        "一、工作成效与不足\n全年办班六期。\n同时也看到工作中的不足：一是下去得少。二是办法不多。\n二、其他\n另有一事。"
    )
    assert [role for _, role in roles(text)] == ["achievements"] * 2 + ["problems"] * 2 + ["achievements"] * 2
    text = "一、现状与问题\n全镇有站九个。\n调查反映出以下问题：一是兼职多。"
    assert [role for _, role in roles(text, "research")] == ["background", "background", "problems"]


@pytest.mark.parametrize(
    "text", ["一、工作情况及存在问题\n1、台账不全。\n2、例会开得少。", "一、问题与不足\n工作中还存在不足：下去得少。"]
)
def test_a_section_of_shortcomings_that_never_turns_to_them_tells_them_from_its_start(text):
    assert {role for _, role in roles(text)} == {"problems"}


@pytest.mark.parametrize(
    "sentence", ["目前知名度还不高。", "1、当前仍存在人岗不匹配现象。", "但目前力量薄弱，人手偏少。"]
)
def test_a_shortcoming_told_in_passing_is_one_in_a_plan_too(sentence):
    text = f"一、下步打算\n{sentence}\n今后继续努力。"
    assert [role for _, role in roles(text)] == ["plan", "problems", "plan"]


@pytest.mark.parametrize(
    "sentence",
    ["目前存在的问题要尽快解决。", "当前形势下，抓好落实。", "目前已建站九个。", "针对目前各方的需求，增配人手。"],
)
def test_a_plan_that_names_a_shortcoming_to_mend_stays_a_plan(sentence):
    text = f"一、下步打算\n{sentence}\n今后继续努力。"
    assert {role for _, role in roles(text)} == {"plan"}


def test_labels_of_a_list_put_into_lines_name_the_role_of_each_line():
    text = "问题1：台账不全，缺了三个月。\n整改措施：补齐台账。\n整改情况：已经补齐。\n完成时限：6月底前。"
    assert [role for _, role in roles(text, "rectification")] == ["problems", "measures", "achievements", "plan"]


def test_a_role_that_only_the_kind_of_the_paper_tells_is_assumed():
    text = "全年办班六期。\n一、走访情况\n走访到户。\n但还存在以下问题：一是路远。\n（一）山区\n二、慰问\n慰问36户。"
    sentences = find_sentences(text, find_sections(text, doc_type="summary"))
    assert {text[s.start : s.end]: s.assumed for s in sentences} == {
        "全年办班六期。": True,
        "一、走访情况": False,
        "走访到户。": False,
        "但还存在以下问题：一是路远。": False,
        "（一）山区": False,
        "二、慰问": True,
        "慰问36户。": True,
    }


@given(st.text(alphabet="一二三、（）1.是要问题不足。；：\n经费 ", max_size=120))
def test_sections_nest_and_sentences_cover_the_text_in_order(text):
    sections = find_sections(text, doc_type="summary")
    assert sections[0].start == 0
    for section in sections[1:]:
        assert 0 <= section.start <= section.heading_end <= len(text)
        assert section.start <= section.end <= len(text)
        if section.parent is not None:
            parent = sections[section.parent]
            assert parent.start <= section.start <= section.end <= parent.end
    at = 0
    for sentence in find_sentences(text, sections):
        assert at <= sentence.start < sentence.end <= len(text)
        assert text[at : sentence.start].strip(" \n\u3000") == ""
        assert 0 <= sentence.section < len(sections)
        at = sentence.end
    assert text[at:].strip(" \n\u3000") == ""


def test_items_of_an_enumeration_share_the_lead_in_before_it():
    text = "一、基本情况\n工作中还存在以下问题：\n1、台账更新偏慢。\n2、例会开得偏少。\n二、下半年打算\n1、按月更新台账。\n"
    sentences = find_sentences(text, find_sections(text, doc_type="summary"))
    roles = {text[sentence.start : sentence.end]: sentence.role for sentence in sentences}
    assert (roles["1、台账更新偏慢。"], roles["2、例会开得偏少。"]) == ("problems", "problems")
    assert roles["1、按月更新台账。"] == "plan"


@pytest.mark.parametrize("item", ["1、按月更新台账。\n", "一是按月更新台账；", "第一，按月更新台账。\n"])
def test_a_very_long_enumeration_is_read_in_time_that_grows_with_it(item):
    text = item * 20_000
    with no_runaway():  # it takes less than a second; looking back through all items took minutes
        assert len(find_sentences(text, find_sections(text, doc_type="plan"))) == 20_000


def test_labels_inside_a_line_name_the_role_of_what_follows_them():
    text = "问题2：走访少，台账缺。措施：每月走访两次。责任人：办公室主任。"
    assert [role for _, role in roles(text, "rectification")] == ["problems", "measures", "plan"]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("一、2015年工作回顾过去一年面临的困难不少", "achievements"),
        ("三、存在问题及下一步打算", "problems"),
        ("三、原因分析和今后的打算", "problems"),
    ],
)
def test_of_several_roles_in_a_heading_one_is_chosen(heading, role):
    assert find_sections(f"{heading}\n正文一句。", doc_type="summary")[1].role == role


@pytest.mark.parametrize(
    "text",
    [
        "（二）培训条件有待提高\n教室借用礼堂。\n（三）阅览室的用处\n来人稀稀拉拉。\n",
        "（一）会员的分布\n住得散，叫不齐。\n（二）场地简陋\n下雨就停课。\n（三）骨干队伍\n能讲课的走了两个。\n",
        "1.缺少懂法律的人\n案卷压着。\n2.窗口\n排队两小时。\n",
        "（一）供需矛盾突出\n一张床三家等。\n（二）护工\n夜里没人应。\n",
    ],
)
def test_headings_of_a_row_with_a_plain_lack_share_its_role(text):
    assert {role for _, role in roles(text, "rectification")} == {"problems"}


def test_a_row_of_lacks_ends_where_a_heading_above_it_begins():
    text = "（二）培训条件有待提高\n教室借用礼堂。\n二、办好讲习所\n（一）选址\n选在桥头。\n（二）配人\n配两名。"
    assert [role for _, role in roles(text, "plan")] == ["problems"] * 2 + ["plan"] * 5


@pytest.mark.parametrize(
    "text",
    [
        "（一）解决经费不足\n拨款两万元。\n（二）添置桌椅\n添了四十套。",
        "（一）克服人手紧缺的困难\n轮班值守。\n（二）关爱困难群众\n送米送油。",
        "一、主要做法\n（一）办班\n办班六期。\n（二）补齐设施陈旧的短板\n换了门窗。",
    ],
)
def test_headings_that_mend_a_lack_make_no_row_of_problems(text):
    assert {role for _, role in roles(text, "summary")} == {"achievements"}


def test_a_heading_with_an_aim_is_no_lack_beside_others():
    text = "（一）场地简陋\n下雨就停课。\n（二）加强管理\n钥匙专人保管。"
    assert [role for _, role in roles(text, "research")] == ["problems"] * 2 + ["background"] * 2


@pytest.mark.parametrize("mark", ["；", "：", "。", ""])
def test_a_lead_in_opens_a_row_of_problems_whatever_closes_it(mark):
    text = f"全年办班六期，下乡四十场，接访及时。但工作中仍存在着不少的困难和问题{mark}\n（一）路远的村\n去得少。\n（二）夜校\n开了又停。\n二、慰问\n慰问36户。"
    assert [role for _, role in roles(text)][1:] == ["problems"] * 5 + ["achievements", "achievements"]


def test_a_row_behind_a_lead_in_is_new_even_if_another_stood_before_it():
    text = "今年的工作，一是办班六期。二是下乡四十场。三是接访及时。但仍存在不少的困难和问题；\n一是路远的村去得少。\n二是夜校开了又停。\n"
    assert [role for _, role in roles(text)] == ["achievements"] * 3 + ["problems"] * 3


def test_a_lead_in_that_announces_goes_on_in_the_next_line():
    text = "一、走访\n走访中看到以下几个方面的问题：\n路远的村去得少。夜校开了又停。\n村里修了桥。\n"
    assert [role for _, role in roles(text, "news")] == ["achievements"] + ["problems"] * 3 + ["achievements"]


def test_a_row_that_tells_how_well_it_went_is_none_of_problems():
    text = (
        "总的看，全年任务完成得好。主要表现在以下几个方面：\n（一）粮食丰收\n增产一成。\n（二）物价平稳\n涨幅回落。\n"
    )
    assert "problems" not in {role for _, role in roles(text)}


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("因此建议财政安排专款。", "measures"),
        ("建议给每村配一名专干。", "measures"),
        ("对策是每村配一名专干。", "measures"),
        ("建议多而办理少。", "problems"),
        ("建设用地批不下来。", "problems"),
    ],
)
def test_suggestions_under_a_heading_of_problems_are_none(sentence, role):
    text = f"二、存在的问题\n人手不够。{sentence}\n门窗坏了。"
    assert [found for _, found in roles(text, "research")] == ["problems", "problems", role, "problems"]


@pytest.mark.parametrize("item", ["二是设施简陋，漏雨。", "二是电脑不足。", "2、经费缺乏。", "（二）活动形式单一。"])
def test_an_item_that_is_plainly_a_lack_is_one_without_a_heading(item):
    assert roles(f"走访了六个村。\n{item}\n")[1] == (item, "problems")


@pytest.mark.parametrize("item", ["二是解决设施简陋。", "二是电脑添足。", "2、补齐经费缺口。", "（二）不怕困难。"])
def test_an_item_that_mends_a_lack_is_none(item):
    assert roles(f"走访了六个村。\n{item}\n")[1] == (item, "achievements")


def test_a_lead_in_before_a_row_of_aims_makes_none_of_problems():
    text = "但我们的工作还有不小的差距。\n一、抓培训\n办班六期。\n二、抓阵地\n修缮门窗。"
    assert [role for _, role in roles(text, "plan")] == ["problems"] + ["plan"] * 4


def test_a_label_counts_for_the_items_below_it():
    text = "（一）台账不全\n整改措施：\n1.补齐台账。\n2.每月核对。\n（二）走访少\n门坏了。"
    assert [role for _, role in roles(text, "rectification")] == ["problems"] + ["measures"] * 3 + ["problems"] * 2


PLANNED = [
    "1.石拱桥：上坪拟修桥两座，下坪拟修桥一座。",
    "2.沟渠：后垄计划清淤700米；",
    "（三）路灯：拟在主街安装路灯60盏。",
    "村口计划栽桂花400棵。",
    "三是蓄水池，预计新建5口。",
    "茶园：打算改种新苗90亩。",
    "文化广场将新建一处。",
    "另拟购置垃圾车3辆。",
    "校舍：计划加固两栋。",
    "水厂到坳背拟铺设水管1.2公里。",
]


@pytest.mark.parametrize("item", PLANNED)
def test_works_that_are_planned_are_none_of_the_shortcomings_before_them(item):
    text = f"三、存在的不足\n资金不够，有些活没干完。\n{item}\n"
    assert [role for _, role in roles(text, "summary")] == ["problems", "problems", "plan"]


@pytest.mark.parametrize(
    "item",
    [
        "原计划修桥两座，只修成一座。",
        "计划培训6期，至今没有开班。",
        "拟建的水池迟迟没有动工。",
        "计划内的经费拖欠三个月。",
        "将近四成的站点缺人。",
        "计划性不强。",
        "规划滞后，年年返工。",
        "打算来听课的人少。",
        "预计收入难以兑现。",
        "虚拟课堂用不起来。",
    ],
)
def test_a_plan_that_failed_stays_a_shortcoming(item):
    assert roles(f"三、存在的不足\n资金不够，有些活没干完。\n{item}\n")[-1] == (item, "problems")


def test_a_list_of_planned_works_ends_with_a_hint_of_a_lack_or_its_section():
    text = "但还存在以下问题：\n一是资金不够。\n二是拟建水池3口。\n三是地点在后垄。\n四是人手少。\n"
    assert [role for _, role in roles(text)] == ["problems"] * 2 + ["plan"] * 2 + ["problems"]


@pytest.mark.parametrize(
    "sentence",
    [
        "对于这些问题，要逐条研究。",
        "我们必须正视这些问题，拿出办法加以解决。",
        "我们一定下更大气力改进作风，不辜负群众期待。",
        "我局将逐项整改。",
        "我们要补齐这些短板。",
        "全镇上下务必直面矛盾，逐个化解。",
        "同时，我们也要看到难得的机遇和有利的条件。",
        "我们坚信，全县的明天会更好。",
        "我县区位优势明显，产业基础较好。",
        "我们有信心把工作做好。",
    ],
)
def test_promises_and_words_that_give_heart_are_no_shortcomings(sentence):
    text = f"一、回顾\n全年办班六期。\n还存在一些问题：一是路远的村去得少。二是夜校开了又停。{sentence}\n"
    assert roles(text)[-1][1] != "problems"


@pytest.mark.parametrize(
    "sentence",
    [
        "我们要解决的难题还有很多，人手不够。",
        "我们的优势发挥不够。",
        "产业基础条件不好。",
        "我们有的同志不懂业务。",
        "也看到人手基础薄弱。",
    ],
)
def test_what_is_lacking_in_such_words_is_a_shortcoming(sentence):
    text = f"二、存在的问题\n一是路远的村去得少。{sentence}\n"
    assert roles(text)[-1] == (sentence, "problems")


PROVEN = [
    "全县畜牧站普遍房屋破旧，人手单薄。",
    "村里的文化室设备陈旧、图书短缺。",
    "站里经费微薄，队伍不稳，办公条件简陋。",
    "基层调解员待遇偏低，力量薄弱。",
    "目前农机站人员老化，技术落后。",
    "各村卫生室药品不全，医生青黄不接。",
    "支部组织涣散，党员年龄偏大。",
    "残联专干经费没有着落，人员太少。",
    "图书室书籍单一、管理人员缺乏。",
    "合作社账目不规范，而且管理松散。",
]


@pytest.mark.parametrize("first", PROVEN)
def test_the_facts_behind_a_sentence_of_two_lacks_prove_them(first):
    text = f"{first}\n" if first.endswith("\n") else f"{first}前坪的老周干了十一年，身份还是聘用。\n后坪修了桥。\n"
    assert [role for _, role in roles(text, "research")][:2] == ["problems", "problems"]
    assert roles(text, "research")[-1] == ("后坪修了桥。", "background")


@pytest.mark.parametrize(
    "first",
    [
        "针对设备陈旧、图书短缺的情况，添了书架。",
        "为解决经费不足，人手单薄的问题，多方筹款。",
        "过去设备陈旧，人手单薄，如今大有改观。",
        "全县畜牧站人手单薄。",
        "着力改变经费不足，人手单薄的面貌。",
        "克服了设备陈旧，经费不足等困难。",
        "关爱收入偏低、劳力缺乏的家庭。",
    ],
)
def test_lacks_that_are_mended_or_stand_alone_prove_nothing(first):
    text = f"{first}前坪的老周干了十一年。\n"
    assert roles(text, "summary")[-1] == ("前坪的老周干了十一年。", "achievements")


def test_facts_that_prove_lacks_end_where_the_writer_turns():
    text = "畜牧站房屋破旧，人手单薄。老周干了十一年。为此，镇里腾出两间屋。老周搬了进去。\n"
    assert [role for _, role in roles(text, "research")] == ["problems"] * 2 + ["background"] * 2


@pytest.mark.parametrize(
    "sentence",
    [
        "图纸批了，可补偿一直谈不拢，我们将尽快商量。",
        "因征地推不动，路只修了一半，力争明春复工。",
        "管子到了，但便道又进不去，正在协调。",
        "手续迟迟批不下来，镇里已去催办。",
        "老渠年年修，却还是通不了水，准备再查一遍。",
        "款子至今拿不到，我们会继续跟进。",
    ],
)
@pytest.mark.parametrize("doc_type", ["plan", "summary", "news"])
def test_what_a_work_is_stuck_at_is_a_shortcoming_whatever_is_promised(sentence, doc_type):
    assert roles(f"一、工程进展\n{sentence}\n", doc_type)[-1][1] == "problems"


@pytest.mark.parametrize(
    "sentence",
    [
        "一直批不下来的手续，终于办妥。",
        "我们帮谈不拢的两家坐到一起。",
        "干部们不怕路远走不动。",
        "一直谈不拢的补偿问题得到解决。",
        "发展离不开大家，也少不了老同志。",
        "过去老渠通不了水，现已修好。",
    ],
)
def test_what_was_stuck_and_is_no_more_is_none(sentence):
    assert roles(f"一、工程进展\n{sentence}\n", "summary")[-1][1] == "achievements"


@pytest.mark.parametrize(
    "heading",
    ["现状与问题", "现状及存在问题", "情况和困难", "成绩与不足", "基本概况及主要困难", "工作进展和存在的短板"],
)
def test_under_a_heading_of_two_parts_shortcomings_begin_with_the_first_item_or_hint(heading):
    text = f"一、{heading}\n全镇有站九个。\n闸门都在河边。\n1、老渠有十来公里跑水。\n2、闸门锈死。\n"
    assert [role for _, role in roles(text, "summary")][1:] == ["background"] * 2 + ["problems"] * 2
    text = f"一、{heading}\n全镇有站九个。\n闸门不严。\n有十来公里跑水。\n"
    assert [role for _, role in roles(text, "summary")][1:] == ["background"] + ["problems"] * 2


@pytest.mark.parametrize("blank", ["\u2003\u2003", "\u3000\u3000", "  ", "\t", "\u00a0\u2002"])
def test_a_line_may_be_indented(blank):
    text = "\n".join(blank + line for line in NESTED.split("\n"))
    assert outline(text) == outline(NESTED)
    assert [(part, role) for part, role in roles(text)] == roles(NESTED)
    places = [(text.index(blank + "二、"), 1), (text.index(blank + "全年"), 1)]
    assert [s.marker for s in find_sections(text, doc_type="summary", headings=places)].count("二、") == 1


def test_the_work_of_a_year_behind_what_was_done_is_a_plan_and_so_is_what_follows():
    text = (
        "一、2018年工作回顾\n办班六期。\n二、2019年工作总体部署\n路子。\n三、产业这一块\n建园。\n四、存在问题\n路远。\n"
    )
    assert [(s.heading, s.role) for s in find_sections(text, doc_type="summary")][1:] == [
        ("2018年工作回顾", "achievements"), ("2019年工作总体部署", "plan"), ("产业这一块", "plan"), ("存在问题", "problems")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("一、2019年工作\n办班。\n二、党建工作\n走访。\n", ["achievements", "achievements"]),
        ("一、主要成效\n办班。\n二、明年打算\n路子。\n三、加强培训\n办班。\n", ["achievements", "plan", "plan"]),
        (
            "一、主要成效\n办班。\n二、明年打算\n路子。\n三、附带一事\n修桥。\n",
            ["achievements", "plan", "achievements"],
        ),
        ("一、指导思想\n路子。\n二、加强培训\n办班。\n", ["plan", "achievements"]),
    ],
)
def test_without_a_look_back_the_work_of_a_year_is_what_the_paper_is(text, told):
    assert [s.role for s in find_sections(text, doc_type="summary")][1:] == told


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("任务分解不平衡", "problems"),
        ("目标管理不到位", "problems"),
        ("排水设施欠账较多", "problems"),
        ("推进速度有差距", "problems"),
        ("任务分解", "plan"),
        ("下步任务", "plan"),
    ],
)
def test_a_lack_below_problems_is_one_whatever_it_lacks_in(heading, role):
    text = f"一、主要问题\n（一）{heading}。有三处拖着。\n（二）账目不实。\n二、要求\n抓紧。\n"
    assert find_sections(text, doc_type="notice")[2].role == role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("肯定成绩，坚定信心", "achievements"),
        ("成绩来之不易", "achievements"),
        ("总体情况", "background"),
        ("争取更好成绩", "plan"),
        ("掌握情况", "plan"),
    ],
)
def test_speeches_and_notices_look_back_where_their_heading_says_so(heading, role):
    assert find_sections(f"一、{heading}\n建站六处。\n二、抓好落实\n抓紧。\n", doc_type="speech")[1].role == role


def test_a_label_of_two_words_opens_shortcomings_and_a_turn_at_a_line_closes_them():
    text = "问题和困难：1、名册更新慢。2、修缮进展慢。\n下半年，要抓紧修缮。\n另有一事。"
    assert [role for _, role in roles(text, "plan")] == ["problems", "problems", "plan", "plan"]
    text = "问题与建议：名册要早更新。\n另有一事。"
    assert [role for _, role in roles(text, "plan")] == ["plan", "plan"]


@pytest.mark.parametrize(
    "fault",
    [
        "（一）理论学习不够系统深入。",
        "1.渠道管护责任落实不到位。",
        "2、入户走访频次不足，底数不清。",
        "一是值班人员脱岗现象时有发生。",
        "（3）合同管理存在漏洞。",
        "3.公益岗位管理较为松散。",
        "（二）固定资产账实不符，处置手续不全。",
        "4.档案归集滞后。",
        "5.康复服务覆盖面窄。",
        "二是对村卫生室督促不够。",
    ],
)
@pytest.mark.parametrize(
    "answer", ["整改情况：已签订协议。", "整改措施：逐户上门。", "责任单位：办公室", "已派专人上门。"]
)
def test_a_point_of_what_was_set_right_says_its_fault_first(fault, answer):
    told = roles(f"二、整改落实情况\n{fault}\n{answer}", "rectification")
    assert [role == "problems" for _, role in told] == [False, True, False]


def test_all_faults_before_an_answer_are_told_and_nothing_behind_it():
    text = (
        "二、整改措施\n1.理论武装有欠缺。一是学得浅。二是不联系实际。\n"
        "整改措施：①补足课时不少于三十讲。②改掉不记笔记的习惯。\n责任人：甲某\n2.民主评议走过场。"
    )
    told = [role == "problems" for _, role in roles(text, "rectification")]
    assert told == [False, True, True, True, False, False, False, True]


@pytest.mark.parametrize(
    "point",
    [
        "1.解决责任落实不到位的问题。",
        "2.克服等靠要思想，不搞一刀切。",
        "3.健全台账，确保不漏一户。",
        "4.工程进展缓慢的局面得到扭转。",
        "5.杜绝脱岗现象。",
        "6.服务意识明显增强，投诉越来越少。",
        "7.对推诿扯皮的严肃问责。",
        "8.全年没有发生安全事故。",
        "9.责任不清的环节已逐一明确。",
        "10.每月走访不少于两次。",
    ],
)
def test_a_point_that_tells_what_was_done_about_a_fault_stays_a_measure(point):
    assert "problems" not in {role for _, role in roles(f"二、整改措施\n{point}\n整改时限：年底。", "rectification")}


@pytest.mark.parametrize(
    "sentence",
    [
        "针对骨干年龄偏大、覆盖面窄的问题，抓紧选配新人。",
        "要针对经费少、设备旧的困难，多方争取。",
        "会议要求，针对部分代表热情不高、活动偏少的情况，完善激励办法。",
        "针对山区看病难的实际问题，组织巡诊。",
        "社区团建也暴露出活动老套、骨干流失等新问题。",
        "工作中也显露出进度不一、服务针对性弱等新情况。",
        "督查发现，部分村垃圾清运不及时。",
        "巡查中发现有的工地围挡破损、扬尘控制不到位。",
        "考核显示，设备全部接入，但有的点位长期无人值守。",
        "编制应有八名，可我镇至今只有三名。",
    ],
)
def test_what_is_worked_against_and_what_came_to_light_is_there_in_any_section(sentence):
    assert roles(f"一、工作安排\n{sentence}", "plan")[1][1] == "problems"


@pytest.mark.parametrize(
    "sentence",
    [
        "针对存在的问题，制定方案。",
        "针对青年的特点，开展活动。",
        "针对可能出现的险情不明的情况，制定预案。",
        "坚持问题导向，针对查找出的不足逐项销号。",
        "针对前期责任不清的问题，已全部整改。",
        "对检查中反映出的问题，逐条落实专人办理。",
        "检查发现的台账不全等问题已整改到位。",
        "各科室履职较好，反映出队伍素质较高。",
        "但有的村早已走在前面，收入翻番。",
        "而且部分村率先办起了食堂。",
    ],
)
def test_what_is_met_or_set_right_is_none_in_a_plan(sentence):
    assert roles(f"一、工作安排\n{sentence}", "plan")[1][1] == "plan"


def test_what_a_meeting_finds_when_it_looks_into_itself_is_told_by_its_list():
    text = "会上，班子成员对照检查，开展自我批评。一是调查浮在面上，社情掌握不透。二是遇到矛盾绕着走，缺少担当。"
    assert [role for _, role in roles(text, "news")][1:] == ["problems", "problems"]
    text = "会上，班子成员开展自我批评。一是加强学习，不走过场。二是深入一线。"
    assert "problems" not in {role for _, role in roles(text, "news")}


@pytest.mark.parametrize(
    "heading", ["抓好薄弱村组建设", "推进薄弱学校改造", "着力补齐养老短板", "整顿软弱涣散支部，补强薄弱环节"]
)
def test_a_heading_of_works_on_what_is_weak_announces_no_problems(heading):
    assert "problems" not in {role for _, role in roles(f"二、{heading}\n逐村定方案。", "plan")}


@pytest.mark.parametrize("heading", ["推进中存在的困难", "组织薄弱，力量分散", "加强管理面临的难题"])
def test_a_heading_of_what_is_weak_in_works_announces_problems(heading):
    assert roles(f"二、{heading}\n人手少。", "plan")[1][1] == "problems"


def test_a_mark_behind_a_closing_quotation_mark_begins_an_item():
    text = "在全县防汛会议上的讲话\n一是巡查太少。村民问：“堤谁来看？”二是沙袋不够。只有三百只。三是通信不畅。\n"
    assert [one.marker for one in find_sections(text, doc_type="speech")][1:] == ["一是", "二是", "三是"]


def test_scattered_papers_are_a_lack_and_no_deaths_are_none():
    assert load_roles().admit("台账零散不规范。")
    assert not load_roles().admit("力求事故零发生、台账不规范零容忍。")


@pytest.mark.parametrize(
    "heading",
    ["3月底前完成换届", "争创省级文明单位取得实效", "推广枫林村经验", "让职工技能得到明显提高", "总结老典型的经验"],
)
@pytest.mark.parametrize("above", ["三、明年打算", "二、2026年工作", "四、下一步工作思路"])
def test_a_deed_named_under_plans_is_planned(above, heading):
    text = f"一、主要成绩\n办班6期。\n{above}\n（一）{heading}。全年办班9期。（二）建站30个。\n"
    found = {section.heading: section.role for section in find_sections(text, doc_type="summary")}
    assert found[heading] == "plan"


@pytest.mark.parametrize(
    "heading", ["上半年工作情况", "已经完成的项目", "今年以来的主要成效", "去年工作回顾", "试点村的主要做法"]
)
def test_a_look_back_under_plans_stays_one(heading):
    text = f"一、2021年工作安排\n（一）{heading}\n办班6期。\n（二）下一步打算\n办班9期。\n"
    roles = [section.role for section in find_sections(text, doc_type="other")][1:]
    assert roles == ["plan", "achievements", "plan"]


@pytest.mark.parametrize(
    "heading", ["紧扣目标任务，工会组织不断壮大", "圆满完成年度目标任务", "聚焦重点任务抓攻坚", "围绕规划办实事"]
)
def test_an_aim_named_under_deeds_was_reached(heading):
    text = f"一、2020年工作回顾\n（一）{heading}。建会36家。（二）帮扶职工。慰问40户。\n"
    found = {section.heading: section.role for section in find_sections(text, doc_type="speech")}
    assert found[heading] == "achievements"


@pytest.mark.parametrize(
    "heading",
    ["下一步打算", "明年工作思路", "2026年主要目标任务", "重点工作安排", "今后努力方向", "“十四五”时期目标任务"],
)
def test_a_plan_under_deeds_stays_one(heading):
    text = f"一、2020年工作情况\n（一）主要成效\n建会36家。\n（二）{heading}\n建会9家。\n"
    found = {section.heading: section.role for section in find_sections(text, doc_type="summary")}
    assert found[heading] == "plan"


@pytest.mark.parametrize(
    "text",
    [
        "二、查找不足\n自查要触及思想。互评必须见筋见骨。作风漂浮的根子务必挖出来。",
        "三、剖析评议阶段\n材料由本人写，不得请人代笔。",
        "（二）深入查找问题\n听意见须当面听。差距要一条条列。",
    ],
)
def test_a_heading_of_a_search_for_faults_is_a_plan_where_it_is_asked_what_to_do(text):
    assert {role for _, role in roles(f"渔政站党员教育方案\n{text}", "plan")[2:]} == {"plan"}


@pytest.mark.parametrize(
    "text",
    [
        "二、查找不足\n船员自救能力不强。值班记录不完善。",
        "二、查摆出的问题\n要求不严，登船检查少。",
        "二、查找问题\n巡航要求不严，走过场。值守时紧时松，没有记录。制度不健全。各船必须警醒。",
    ],
)
def test_what_a_search_for_faults_found_stays_a_problem(text):
    assert {role for _, role in roles(f"渔政站情况\n{text}", "plan")[1:]} == {"problems"}


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("要着重查找值班中存在的疏漏；靠港秩序上的漏洞；船员反映的难点。靠港秩序很乱。", "plan"),
        ("大家要求查找值班出的疏漏；靠港秩序上的漏洞；船员反映的难点。靠港秩序很乱。", "problems"),
    ],
)
def test_a_list_of_what_to_look_for_ends_with_its_full_stop(sentence, role):
    assert [told for _, told in roles(f"二、存在的问题\n{sentence}")] == ["problems", role, role, role, "problems"]


@pytest.mark.parametrize(
    ("first", "role"),
    [
        ("从前，渔网破了各家自己补。", "background"),
        ("2、早年间渔家吃的是井水。", "background"),
        ("以往，渔网没有地方晒。", "problems"),
        ("过去一年，渔网晒在堤上。", "problems"),
        ("渔网破了各家自己补。", "problems"),
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_how_it_once_was_is_none_of_what_is_lacking_now(first, role, gap):
    assert roles(f"二、存在的问题\n{first}{gap}如今，破网扔了一滩。")[1:] == [
        (first, role),
        ("如今，破网扔了一滩。", "problems"),
    ]


def test_how_it_once_was_counts_only_right_before_how_it_is():
    assert roles("二、存在的问题\n从前，渔网各家自己补。码头很挤。如今，破网扔了一滩。")[1][1] == "problems"
