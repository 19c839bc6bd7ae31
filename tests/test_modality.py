"""Modality: done, planned, demanded or proposed; by cue words, the role of the sentence and the kind of document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.read import read
from nlp.analyse import analyse_all
from nlp.modality import MODALITIES, modalities
from nlp.quantities import find_quantities, load_units
from nlp.records import Sentence

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "corpus" / "gold" / "modality.jsonl"
LEAST = 0.9


def read_modalities(text, *, role="background", doc_type="summary", title=None):
    sentence = Sentence(start=0, end=len(text), section=0, role=role)
    return modalities(text, find_quantities(text, load_units()), [sentence], doc_type=doc_type, title=title)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("累计走访困难户46户", "done"),
        ("先后办了5期", "done"),
        ("全镇共成立巾帼小组12个", "done"),
        ("明年将培训骨干300名", "planned"),
        ("力争发展会员500名", "planned"),
        ("拟建站点8个", "planned"),
        ("各村要建站点8个", "demanded"),
        ("今年要建站点8个", "planned"),
        ("每场不得少于30人", "demanded"),
        ("必须配备2名专职人员", "demanded"),
        ("建议增加编制3名", "proposed"),
        ("恳请拨付经费5万元", "proposed"),
        ("去年办了6期，今年计划在各片举办9期", ["done", "planned"]),
        ("5个站点已建成", "done"),
        ("12个村将于年内建成站点", "planned"),
        ("实施“春蕾计划”资助女童9名", "done"),  # the plan is a name
        ("主要走访了4户", "done"),
        ("现将9个问题公布如下", "done"),
        ("重要岗位3个", "done"),
        ("力争累计达到500户", "planned"),
        ("确保圆满完成3项任务", "planned"),
        ("年度目标：培训800人", "planned"),
        ("新建公共食堂5个", "done"),
        ("企业应缴保险费20万元", "done"),
        ("应收学费6万元，实收5万元", ["done", "done"]),
        ("应到代表90人，实到87人", ["done", "done"]),
        ("应参保职工600人", "done"),
        ("应退税款3万元", "done"),
        ("应制定制度12项，实制定9项", ["done", "done"]),
        ("应建工会30家，已建28家", ["done", "done"]),
        ("应整改问题16个，尚有2个没有整改", ["done", "done"]),
        ("各村应制定制度12项", "demanded"),
        ("各村应建站点3个，力争全部达标", "demanded"),
        ("应配备干部2名", "planned"),
        ("应交流经验3次", "planned"),
    ],
)
def test_the_nearest_cue_tells(text, modality):
    expected = modality if isinstance(modality, list) else [modality]
    assert read_modalities(text) == expected


@pytest.mark.parametrize(
    ("role", "doc_type", "title", "modality"),
    [
        ("achievements", "summary", None, "done"),
        ("problems", "research", None, "done"),
        ("plan", "summary", None, "planned"),
        ("measures", "rectification", None, "planned"),
        ("plan", "notice", None, "demanded"),
        ("plan", "other", "节俭办席倡议书", "proposed"),
        ("background", "plan", None, "planned"),
    ],
)
def test_without_a_cue_role_and_kind_of_document_tell(role, doc_type, title, modality):
    assert read_modalities("走访困难户46户", role=role, doc_type=doc_type, title=title) == [modality]


@pytest.mark.parametrize("text", ["新建公共食堂5个", "根据需要新建食堂5个", "完善数据库2个"])
def test_cue_words_within_other_words_tell_nothing(text):
    assert read_modalities(text, role="plan", doc_type="plan") == ["planned"]


def test_a_plan_tells_of_what_was_before():
    assert read_modalities("去年走访46户", role="plan", doc_type="plan") == ["done"]


def test_labelled_quantities_have_their_modality():
    labels = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert row["modality"] in MODALITIES
        labels.setdefault(row["file"], {})[row["char_start"], row["char_end"]] = row["modality"]
    right = total = 0
    for name, wanted in labels.items():
        for analysis in analyse_all(read(ROOT / "corpus" / "reports" / name)):
            for quantity in analysis.quantities:
                place = analysis.document.to_source(quantity.start, quantity.end)
                if place in wanted:
                    total += 1
                    right += quantity.modality == wanted[place]
    assert total > 0.9 * sum(len(wanted) for wanted in labels.values())
    assert right / total >= LEAST
