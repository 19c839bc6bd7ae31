"""Whose schooling is lacking: that of cadres or of the people served."""

import numpy as np
import pytest

from nlp.holders import FOR_A_JOB, OF_OFFICERS, OF_PEOPLE, is_of_people, with_holders
from nlp.model import load_model
from nlp.outline import find_sections
from nlp.records import Sentence

PLACE = {leaf: load_model().leaf_ids.index(leaf) for leaf in (OF_OFFICERS, OF_PEOPLE, FOR_A_JOB)}


@pytest.mark.parametrize(
    ("unit", "people"),
    [
        ("渔民识字少，看不懂潮汐表。", True),
        ("织网的妇女念书不多。", True),
        ("妇女干部念书不多。", False),
        ("渔民代表文化偏低。", False),
        ("文化偏低。", False),
    ],
)
def test_a_sentence_tells_who_lacks_schooling(unit, people):
    assert is_of_people(unit, 0, find_sections(unit, doc_type="research")) is people


@pytest.mark.parametrize(
    ("heading", "people"), [("一、渔民的困难", True), ("一、渔业干部的困难", False), ("一、困难", False)]
)
def test_headings_tell_it_where_a_sentence_names_nobody(heading, people):
    text = f"{heading}\n1、文化偏低。"
    sections = find_sections(text, doc_type="research")
    assert is_of_people("1、文化偏低。", len(sections) - 1, sections) is people


@pytest.mark.parametrize(
    ("unit", "told", "leaf"),
    [
        ("渔民识字少。", {OF_OFFICERS: 0.9}, OF_PEOPLE),
        ("渔民识字少，上不了远洋船。", {OF_OFFICERS: 0.9, FOR_A_JOB: 0.8}, FOR_A_JOB),
        ("船队会计识字少。", {OF_OFFICERS: 0.9}, OF_OFFICERS),
    ],
)
def test_schooling_moves_to_those_who_lack_it(unit, told, leaf):
    leaves = np.full((1, len(load_model().leaf_ids)), 0.02, dtype=np.float32)
    for name, probability in told.items():
        leaves[0, PLACE[name]] = probability
    sentence = Sentence(start=0, end=len(unit), section=0, role="problems")
    moved = with_holders(leaves, [sentence], [unit], find_sections(unit, doc_type="research"))
    assert [name for name in PLACE if moved[0, PLACE[name]] >= 0.5] == [leaf]
