"""The judge of names: what it sees of a proposal, what it is trained on, and that the tree's weights are the ones its rows give."""

from pathlib import Path

import pytest

from nlp.activities import find_activities, find_offers, load_lexicon
from nlp.activity_lexicon import Proposal
from nlp.name_judge import LEAST_ROWS, Labelled, Offer, Sight, judge, load_judge, train_judge
from nlp.quoted_names import find_quotes
from nlp.train_names import dump_rows, labelled_proposals, with_verdicts
from nlp.weights import dump_weights

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def sight_of(text):
    quotes = find_quotes(text)
    offers = find_offers(text, quotes, load_lexicon())
    return offers, Sight(text, offers, quotes, load_lexicon())


def test_what_a_rule_proposes_is_kept_and_the_judge_is_asked_about_the_rest():
    text = "开展“河畔夜话”活动，组建“蓑衣帮”。"
    offers, _ = sight_of(text)
    assert [(o.proposal.name, o.sure is None) for o in offers] == [("河畔夜话", True), ("蓑衣帮", False)]
    assert "河畔夜话" in [p.name for p in judge(text, offers, find_quotes(text), load_lexicon())]


def test_of_two_that_meet_the_likelier_stays():
    text = "石桥老街坊合唱团演出"
    words = [Proposal(at, 8, text[at:8], "body", "activity/weighed") for at in (0, 2)]
    offers = [Offer(one, 0.95) for one in words]
    assert len(judge(text, offers, [], load_lexicon())) == 1


def test_what_nobody_believes_is_not_looked_at():
    text = "石桥老街坊合唱团演出"
    offer = Offer(Proposal(2, 8, text[2:8], "body", "activity/weighed"), 0.001)
    assert judge(text, [offer], [], load_lexicon()) == []


@pytest.mark.parametrize(
    ("text", "seen", "unseen"),
    [
        ("推进“南塘说事”、“北塘议事”", {"before none", "long quoted 4", "a1 、"}, {"head ", "numeral"}),
        ("3月“1米菜园”开张", {"numeral", "b1 月", "b2 0月", "tail "}, {"before none"}),
        ("组建老街坊合唱团，演出9场", {"head 合唱团", "b1 建", "a1 ，"}, {"tail ", "long quoted 6"}),
    ],
)
def test_what_is_seen_of_an_offer(text, seen, unseen):
    offers, sight = sight_of(text)
    names = set(sight.of(offers[0]))
    assert seen <= names, seen - names
    assert not unseen & names


def test_numbers_around_words_are_not_told_apart():
    march, august = (sight_of(f"{number}月“田埂夜校”开课") for number in (3, 8))
    assert march[1].of(march[0][0]) == august[1].of(august[0][0])


@pytest.mark.parametrize(
    "text",
    [
        "推进“南塘说事”、“北塘议事”",
        "3月“1米菜园”开张，",
        "组建老街坊合唱团，演出9场\n打造7号“田埂法庭”、“蓑衣帮”服务队28支",
        "村里建起老杨调解室化解纠纷12件",
    ],
)
def test_the_sum_of_weights_is_that_of_the_names_of_what_is_seen(text):
    weights = load_judge()
    offers, sight = sight_of(text)
    named = [sum(weights.by_name.get(name, 0.0) for name in sight.of(offer)) for offer in offers]
    assert weights.sums_of(offers, sight) == pytest.approx(named)


def test_a_paper_gives_verdicts_and_none_of_its_words(tmp_path):
    paper = tmp_path / "a.txt"
    paper.write_text("组建“蓑衣帮”。大家的“心里话”不少。培育“田埂法庭”调解队。\n", encoding="utf-8")
    text = paper.read_text(encoding="utf-8")
    told = tmp_path / "a.activities.jsonl"
    told.write_text(
        "".join(
            f'{{"surface": "{s}", "char_start": {text.find(s)}, "char_end": {text.find(s) + len(s)}, "optional": {o}}}\n'
            for s, o in (("“蓑衣帮”", "false"), ("“田埂法庭”调解队", "true"))
        ),
        encoding="utf-8",
    )
    rows = list(with_verdicts([(paper, told)]))
    assert sorted(row.verdict for row in rows) == ["no", "yes"]  # what meets an optional label is left out
    features, table = dump_rows(rows * LEAST_ROWS)
    assert features == "".join(f"{name}\n" for name in sorted({name for row in rows for name in row.seen}))
    assert "蓑衣帮" not in features + table
    assert len(table.splitlines()) == 1 + len(rows) * LEAST_ROWS


def test_features_hold_no_more_than_two_characters_of_a_text():
    lines = (CORPUS / "labelled_proposals" / "features.txt").read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines)) and lines == sorted(lines)
    longest = {line for line in lines if len(line.rpartition(" ")[2]) > 2 and line.split(" ")[0] in ("g", "u", "b1", "b2", "a1", "a2", "i1", "i2", "e1", "e2", "tail")}  # fmt: skip
    assert not longest


def test_training_learns_what_names_have_and_the_same_rows_give_the_same_weights():
    rows = [Labelled(str(n), "yes" if n % 2 else "no", ["always", "u 节" if n % 2 else "u 精"]) for n in range(12)]
    weights = train_judge(rows)
    assert weights["u 节"] > 0 > weights["u 精"]
    assert dump_weights(weights) == dump_weights(train_judge(rows))


def test_the_weights_of_the_tree_are_those_of_its_rows():
    told = dump_weights(train_judge(labelled_proposals(CORPUS / "labelled_proposals"))).splitlines()[1:]
    known = load_judge().by_name
    made = {line.rpartition(",")[0].strip('"'): float(line.rpartition(",")[2]) for line in told}
    shared = made.keys() & known.keys()
    assert len(shared) > 0.95 * max(len(made), len(known))
    assert all(abs(made[name] - known[name]) < 0.05 for name in shared)


@pytest.mark.parametrize("name", ["蓑衣帮", "田埂法庭", "石榴籽驿亭"])
def test_names_of_which_no_rule_says_anything_are_read(name):
    found = find_activities(f"村里组建“{name}”，“{name}”已办事31件。", load_lexicon())
    assert {one.name for one in found} == {name}
