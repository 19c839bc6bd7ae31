"""Things and lacks: which of them stand to each other in a clause, and whose they are."""

import pytest

from nlp.features import Reading, cue_columns
from nlp.lacks import load_lacks
from nlp.model import load_model


def told(text):
    """Return the features of a text by name: a thing, thing-lack, lack-thing, (thing)-lack, holder's-thing."""
    lacks = load_lacks()
    many, kinds = len(lacks.things), len(lacks.lacks)
    reading = Reading([text], ["problems"], load_model().grams)
    _, _, columns = reading.cues()
    names = set()
    for column in columns[columns >= cue_columns()[0]] - cue_columns()[0]:
        kind, rest = divmod(int(column) - many, many * kinds)
        if column < many:
            names.add(lacks.things[column])
        elif kind >= 3:
            rest = int(column) - many * (1 + 3 * kinds)
            names.add(f"{lacks.things[rest // many]}'s {lacks.things[rest % many]}")
        else:
            thing, lack = lacks.things[rest // kinds], lacks.lacks[rest % kinds]
            names.add((f"{thing} {lack}", f"{lack} of {thing}", f"({thing}) {lack}")[kind])
    return names


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("经费不足", "money few"),
        ("站里缺乏经费", "none of money"),
        ("村民的文化水平偏低", "people's quality"),
        ("村民的文化水平偏低", "quality low"),
        ("干部大多上了年纪，难", "(age) hard"),
        ("考核流于形式", "rule loose"),
        ("道路年久失修", "place old"),
    ],
)
def test_a_lack_belongs_to_the_thing_before_it_or_behind_it(text, feature):
    assert feature in told(text)


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("经费充足，人员不足", "money few"),
        ("经费有了保障。活动少", "(money) few"),
        ("不足的是大家都看得见的那个老问题里的经费", "few of money"),
        ("经费不足", "few of money"),
    ],
)
def test_a_lack_does_not_belong_to_what_stands_in_another_clause_or_far_away(text, feature):
    reading = told(text) if "。" not in text else told(text.split("。")[1])
    assert feature not in reading


def test_every_column_is_in_the_width():
    lacks = load_lacks()
    text = "".join(word for word in ("经费", "不足", "村民", "素质", "不高", "缺乏", "干部", "道路", "老化") * 3)
    columns = [column for _, column in lacks.find(text, [0] * len(text), [0])]
    assert max(columns) < lacks.width and min(columns) >= 0
    assert lacks.find("", [], []) == []


def test_the_file_names_what_each_class_covers():
    lacks = load_lacks()
    assert len(set(lacks.things)) == len(lacks.things) and len(set(lacks.lacks)) == len(lacks.lacks)
    assert {lack for lack, follows in zip(lacks.lacks, lacks.follows, strict=True) if follows} >= {"none", "few"}
