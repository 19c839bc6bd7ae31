"""Where a text says a lack in clear words."""

import pytest

from nlp.gate import SPELLED, Gate
from nlp.roles import load_roles
from nlp.word_lists import read_lists


@pytest.mark.parametrize(
    ("text", "places"),
    [("经费不足，人手不够", [2, 7]), ("作用重大", []), ("重业务轻学习", [0]), ("标准过高，过于松散", [2]), ("", [])],
)
def test_words_choices_and_patterns_are_found_where_they_begin(text, places):
    gate = Gate(["不足", "不够", "过[高低]", "重[^，]{1,6}轻"])
    assert gate.places(text) == places
    assert gate.opens(text) == bool(places)


@pytest.mark.parametrize(
    "text",
    [
        "便民代办点形同虚设",
        "有的挂牌了事",
        "抓落实时冷时热",
        "村里只剩空架子",
        "队伍出现断档",
        "学习浅尝辄止",
        "照抄照搬的不在少数",
        "阅览室长年上着锁",
        "坡地大片撂荒",
    ],
)
def test_set_phrases_open_the_gate(text):
    assert load_roles().clear_lack.opens(text)


@pytest.mark.parametrize("text", ["全年举办讲座十二场", "骨干带头，群众参与", "制度上墙，责任到人"])
def test_what_says_no_lack_does_not(text):
    assert not load_roles().clear_lack.opens(text)


def test_no_phrase_holds_a_shorter_wording_that_opens_the_gate_by_itself():
    lists = read_lists("roles")["lack"]
    words = {form for form in lists["clear"] + lists["phrases"] if SPELLED.fullmatch(form)}
    assert not {form for form in lists["phrases"] if any(word != form and word in form for word in words)}
