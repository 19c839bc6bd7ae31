"""What a sentence owns by its own words, and with which words a writer leaves a passage of shortcomings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.admissions import (
    gives_heart,
    hints_at_lack,
    is_stuck,
    looks_into_faults,
    owns_lack,
    plans_works,
    suggests,
    tells_in_passing,
    tells_two_lacks,
)
from nlp.marks import enumerates, goes_on, line_end, place_of, sentence_bounds
from nlp.roles import is_behind_lead_in, load_roles, turns_to_shortcomings
from nlp.word_lists import read_lists

ROLES = load_roles()


@pytest.mark.parametrize(
    ("text", "owned"),
    [
        ("针对棋牌室设施陈旧、灯光偏暗的问题，社区添了灯。", True),
        ("针对棋牌室设施陈旧、灯光偏暗的问题，添了灯，现已得到解决。", False),
        ("夏季抽查中发现登记簿不规范。", True),
        ("夏季抽查中发现登记簿不规范，当场补齐。", False),
        ("但有的渡口救生衣陈旧。", True),
        ("但有的渡口救生衣陈旧，正着力更换。", False),
        ("可是我站至今只有两名电工。", True),
        ("我站有电工两名。", False),
        ("一是管好船队，新船员的识图水平有待提高，要结对带教。", True),
        ("近海航标亟待进一步加密，今后要逐年添设。", True),
        ("新船员的识图水平有待提高的，要结对带教。", False),
        ("对识图水平有待提高的船员，要结对带教。", False),
        ("对近海航标有待加密，要有计划。", False),
        ("要把有待提高的名单列出，要结对带教。", False),
        ("新船员的识图水平有待提高，要求很多。", False),
    ],
)
def test_a_lack_is_owned_where_it_came_to_light_or_falls_short_and_not_where_it_was_set_right(text, owned):
    assert owns_lack(text, ROLES) is owned


@pytest.mark.parametrize(
    ("tells", "hit", "miss"),
    [
        (tells_in_passing, "目前渔民参训意识还不强。", "目前要着力增强渔民参训意识。"),
        (is_stuck, "渡改桥的征地却始终谈不拢。", "渡改桥的征地原先始终谈不拢。"),
        (
            tells_two_lacks,
            "渔民识图能力不强、避险意识不强、互救办法不多。",
            "为此要改变识图能力不强、避险意识不强、办法不多的状况。",
        ),
        (tells_two_lacks, "站点设施陈旧，人手紧缺。", "因此要治理站点设施陈旧，人手紧缺。"),
        (looks_into_faults, "书记带头作自我批评。", "书记带头作业务分析。"),
        (gives_heart, "我们必须正视这些，加以改进。", "我们必须正视这些，但仍没有改进。"),
    ],
)
def test_a_sentence_tells_by_itself_and_not_where_it_says_the_contrary(tells, hit, miss):
    assert tells(hit, ROLES)
    assert not tells(miss, ROLES)


@pytest.mark.parametrize(
    ("tells", "hit", "miss"),
    [
        (plans_works, "北渠：拟清淤620米。", "北渠：草拟清淤办法。"),
        (suggests, "为此，建议尽早换网。", "村民建议尽早换网。"),
        (suggests, "建议换网。", "建议较少。"),
        (suggests, "鉴于上述渔情，建议换网。", "鉴于上述渔情，先换网。"),
        (hints_at_lack, "灯旧。", "灯亮。"),
    ],
)
def test_plans_suggestions_and_hints_are_told_by_their_words(tells, hit, miss):
    assert tells(hit)
    assert not tells(miss)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("存在问题2：渡口灯旧", "problems"),
        ("整改措施：换灯", "measures"),
        ("完成情况：已换", "achievements"),
        ("责任单位：航运站", "plan"),
        ("航运站：换灯", None),
        ("整改措施换灯", None),
    ],
)
def test_a_label_names_the_role_of_what_follows_it(text, role):
    assert ROLES.label_of(text) == role


@pytest.mark.parametrize(
    ("marker", "place", "enumerating", "further"),
    [
        ("一是", 1, True, False),
        ("二是", 2, True, True),
        ("①", 1, False, False),
        ("③", 3, False, True),
        ("4、", 4, True, False),
        ("（三）", 3, False, False),
        ("首先", 0, True, False),
    ],
)
def test_a_mark_has_a_place_in_its_row_and_may_stand_inside_a_point(marker, place, enumerating, further):
    assert (place_of(marker), enumerates(marker), goes_on(marker)) == (place, enumerating, further)


def test_a_row_stands_behind_a_lead_in_in_the_line_before_or_one_that_announces():
    for before, behind in (
        ("渡运工作还存在以下问题：\n", True),
        ("渡运工作还存在不少问题。主要有三个方面。\n", True),
        ("渡运工作还存在不少问题。换灯的事已办妥。\n", False),
        ("渡运工作还存在以下问题：\n航运站\n", False),
        ("", False),
    ):
        assert is_behind_lead_in(before + "1、灯旧。", len(before)) is behind


def test_a_stretch_turns_to_shortcomings_only_inside_its_bounds():
    text = "换灯40盏。\n渡运还存在以下不足：\n灯旧。"
    assert turns_to_shortcomings(text, 0, len(text))
    assert not turns_to_shortcomings(text, 0, text.index("渡运"))


@given(st.text(alphabet="渡口灯旧，。；！？”） \u3000\n", max_size=60))
def test_sentences_are_apart_in_order_and_leave_nothing_but_blanks(text):
    end = 0
    for start, after in sentence_bounds(text):
        assert not text[end:start].strip()
        assert start < after <= line_end(text, start)
        end = after
    assert not text[end:].strip()


@pytest.mark.parametrize("file", ["admissions", "passed_over", "roles", "wordings", "holders"])
def test_every_form_of_the_word_lists_is_a_pattern_and_stands_there_once(file):
    for path, forms in lists_in(read_lists(file)):
        assert len(forms) == len(set(forms)), path
        for form in forms:
            re.compile(form)


def lists_in(table, path=()):
    """Yield the lists of words below a table, each with the names that lead to it."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from lists_in(value, (*path, name))
        elif isinstance(value, list) and not isinstance(value[0], dict):
            yield (*path, name), value


def test_each_name_of_shortcomings_lets_a_lead_in_be_found():
    for form in read_lists("roles")["lead_in"]["always"]:
        assert ROLES.lead_in_name.search(form), form
