"""Which rules may hold of which sentences, told for all sentences of a text at once."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nlp.sentences
from ingest.read import read
from nlp.clues import ANSWERS, LABELS, LEADS_IN, LISTS, OWNS, PASSES, PROVES, STICKS, SUGGESTS, Clues
from nlp.marks import all_sentence_bounds, sentence_bounds
from nlp.outline import find_sections
from nlp.records import Sentence
from nlp.sentences import find_sentences

SAMPLES = sorted((Path(__file__).parent.parent / "corpus" / "reports").glob("*.txt"))
ALL = sum((LABELS, SUGGESTS, LEADS_IN, LISTS, PROVES, OWNS, PASSES, STICKS, ANSWERS))
WORDS = [
    "一、", "二、", "（一）", "1、", "一是", "二是", "成效", "存在", "以下", "问题", "如下", "不足", "困难", "主要", "表现在", "建议", "对策",
    "针对", "暴露出", "目前", "还不高", "谈不拢", "一直", "但有的", "经费", "紧缺", "没有", "达标", "渐渐", "减弱", "有待", "提高", "要", "查找",
    "整改情况", "责任人", "整改措施", "我们", "将", "加强", "计划", "新建", "3座", "船", "现状", "与", "从前", "现在", "下一步", "没着落", "简陋",
    "：", "，", "。", "；", "\n", "\n", "”", "。”", "\u3000", "。\n",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("渡口的船旧了。", 0),
        ("渡口的船短缺。", 1),
        ("渡口的票多。", 2),
        ("渡口的票没着落。", 2),
        ("渡口的船旧，票没有着落。", 3),
        ("", None),
    ],
)
def test_a_rule_may_hold_where_every_list_of_one_of_its_ways_has_a_word(text, told):
    clues = Clues([[[["短缺"]], [["船"], ["没有?着落"]]], [[["票"]], [["[没无]有"], ["船(?!的)"]]]])
    starts, _ = all_sentence_bounds(text)
    assert clues.told(text, starts).tolist() == ([] if told is None else [told])


def test_a_list_whose_words_open_with_anything_rules_nothing_out():
    starts = np.array([0])
    assert Clues([[[[".船"], ["票"]]]]).told("票", starts).tolist() == [1]
    assert Clues([[[[".船"], ["票"]]]]).told("船", starts).tolist() == [0]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="船票。！；？\n ”）〉\u3000\xa0\t\0\ud800\U00020000", max_size=30))
def test_all_sentences_at_once_are_those_of_one_after_the_other(text):
    starts, ends = all_sentence_bounds(text)
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == list(sentence_bounds(text))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["plan", "summary", "research"])
def test_sentences_passed_over_have_the_role_that_reading_them_gives(sample, kind, monkeypatch):
    for document in read(sample).documents:
        assert _passing_over(document.text, kind) == _reading_all(document.text, kind, monkeypatch)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map("".join), st.sampled_from(["plan", "summary", "research"]))
def test_sentences_of_any_words_passed_over_have_the_role_that_reading_them_gives(text, kind):
    with pytest.MonkeyPatch.context() as patch:
        assert _passing_over(text, kind) == _reading_all(text, kind, patch)


def _passing_over(text: str, kind: str) -> list[Sentence]:
    return find_sentences(text, find_sections(text, doc_type=kind))


def _reading_all(text: str, kind: str, patch: pytest.MonkeyPatch) -> list[Sentence]:
    class All(Clues):
        def told(self, _: str, starts: np.ndarray) -> np.ndarray:
            return np.full(len(starts), ALL)

    with patch.context() as once:
        once.setattr(nlp.sentences, "load_clues", lambda: All([]))
        once.setattr(nlp.sentences, "_asked", lambda text, starts, *_: np.ones(len(starts), bool))
        return find_sentences(text, find_sections(text, doc_type=kind))
