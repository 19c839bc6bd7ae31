"""Words of two senses: rain that falls unevenly, ranks, how rules are carried out."""

import csv
from pathlib import Path

import numpy as np
import pytest

from nlp.holders import tells_hardship
from nlp.model import load_model
from nlp.senses import load_senses, with_senses


def _leaf(unit):
    ids = load_model().leaf_ids
    leaves = np.full((1, len(ids)), 0.02, dtype=np.float32)
    leaves[0, ids.index("weak_institutions")] = leaves[0, ids.index("uneven_development")] = 0.8
    return ids[int(with_senses(leaves, [unit])[0].argmax())]


@pytest.mark.parametrize(
    ("unit", "leaf"),
    [
        ("海岛雨水分布不均。", "other"),
        ("与先进渔港相比还有差距。", "other"),
        ("巡海指标中有3项未达标。", "other"),
        ("巡海两项指标还没有达到。", "other"),
        ("其中四项与规划目标差得远。", "other"),
        ("渔政考核连年排在末位。", "work_style"),
        ("对休渔规定执行力度不足。", "work_style"),
        ("梨树多年管理粗放。", "employment_difficulty"),
        ("近海养殖尾水逐年增多。", "other"),
        ("废网产生量大，回用率不高。", "other"),
        ("从事拆船的公司不多，价格居高。", "other"),
        ("破网就地焚烧，没有分类。", "other"),
        ("护河员责任心较差，闸口没人看。", "work_style"),
        ("接待规范化水平有待提升。", "work_style"),
        ("巡海靠两条船，还需渔民和群众参与。", "low_participation"),
        ("护航工作在渔会里的分量太轻。", "low_attention"),
        ("人手、航标、油料样样跟不上。", "staff_shortage"),
        ("学员基础较差。", "low_participation"),
        ("节目雷同，会员不愿来。", "low_participation"),
    ],
)
def test_words_of_two_senses_tell_the_leaf_that_they_mean(unit, leaf):
    assert _leaf(unit) == leaf


@pytest.mark.parametrize(
    "unit",
    [
        "渔港之间发展不均。",
        "与先进渔港相比制度还有差距，台账不全。",
        "考核机制不健全。",
        "船队财务管理粗放。",
        "休渔规定不完善。",
        "码头利用率低，台账不全。",
        "尾水处理的制度增多，落实不平衡。",
        "从事渔政的干部年龄不匀，制度不全。",
        "破网就地焚烧，制度不健全。",
        "管理规范化程度不高。",
        "护河员的责任制度不健全。",
        "妇女在渔会中的地位不平衡。",
        "人员素质、制度执行跟不上。",
        "学习基础工作不平衡。",
        "节目雷同，会员不愿参加学习，制度不全。",
    ],
)
def test_words_of_one_sense_are_left_as_they_are(unit):
    assert not any(sense.words.search(unit) for sense in load_senses())
    assert _leaf(unit) in ("weak_institutions", "uneven_development")


def test_a_wording_may_tell_a_leaf_beside_another():
    ids = load_model().leaf_ids
    told = with_senses(np.full((1, len(ids)), 0.02, dtype=np.float32), ["破网一律填埋，没有防渗。"])[0]
    assert [ids[at] for at in np.flatnonzero(told > 0.5)] == ["weak_innovation", "other"]


@pytest.mark.parametrize(
    ("unit", "kept"), [("海岛雨水分布不均。", False), ("海岛雨水分布不均，村村发展不平衡。", True)]
)
def test_what_the_rest_of_the_sentence_says_stays(unit, kept):
    ids = load_model().leaf_ids
    leaves = np.full((1, len(ids)), 0.8, dtype=np.float32)
    assert bool(with_senses(leaves, [unit])[0, ids.index("uneven_development")] > 0.5) is kept


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("渔家生活拮据。", True),
        ("想养鱼，没有本钱。", True),
        ("丈夫出海受伤，欠下一笔外债。", True),
        ("船队办公经费拮据。", False),
        ("渔业干部收入微薄。", False),
        ("协会没有资金。", False),
        ("一家老小年年入不敷出。", True),
        ("灯塔管护经费入不敷出。", False),
    ],
)
def test_the_hardship_of_a_household_is_told_and_not_that_of_a_body(unit, told):
    assert tells_hardship(unit) is told


def test_without_a_sign_no_wording_of_a_sense_stands_in_a_sentence():
    corpus = Path(__file__).parent.parent / "corpus"
    paths = [*corpus.glob("labelled/*.csv"), *corpus.glob("kept_apart/*.csv")]
    units = [row["text"] for path in paths for row in csv.DictReader(path.open(encoding="utf-8")) if row.get("text")]
    assert len(units) > 10_000
    told = [(sense, unit) for sense in load_senses() for unit in units if sense.words.search(unit)]
    assert len(told) > 4
    assert all(any(sign in unit for sign in sense.signs) for sense, unit in told)
