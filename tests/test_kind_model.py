"""The kind of papers whose title and form tell none: what is seen of them, and the weights of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.kind_model import (
    ALWAYS,
    Paper,
    dump_kinds,
    dump_papers,
    likeliest_kind,
    load_kind_weights,
    read_papers,
    train_kinds,
)
from nlp.kind_signs import signs_of
from nlp.kinds import find_kind, seen_of
from nlp.train_kinds import all_papers, labelled_papers

LABELLED = Path(__file__).parent.parent / "corpus/labelled_kinds"


@pytest.mark.parametrize(
    ("text", "sign", "shown"),
    [
        ("我们种桑，我镇修路。", "we", True),
        ("大家说“我们种桑”，路也修了。", "we", False),
        ("我种桑，路也修了。", "I", True),
        ("我国的桑园多，路也修了。", "I", False),
        ("桑园要护好，路要修好。", "to do", True),
        ("主要的桑园绿了，路重要。", "to do", False),
        ("近日，村里修路。", "lately", True),
        (f"{'村里修路。' * 80}近日", "lately", False),
        ("一、修路\n二、种桑", "headings", True),
        ("3月6日，村里修路。", "a day", True),
        ("2月的桑园绿了。", "a day", False),
        ("种桑九户，修路三里。", "short", True),
    ],
)
def test_signs_are_words_of_the_head_outside_quotation_marks(text: str, sign: str, shown: bool) -> None:
    assert (sign in signs_of(text)) is shown


def test_a_sign_counts_by_its_share_of_the_marks() -> None:
    assert signs_of("桑园绿了，" * 2 + "路，" * 38)["done"] == pytest.approx(0.5)
    assert signs_of("桑园绿了，" * 30)["done"] == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("阳春三月，县林场女职工来到白石村种桑。女职工们挖坑、浇水，种桑九十株。村民王林说，路好走了。", "news"),
        ("一、工作目标\n力争修路九里，确保桑园不减。\n二、工作措施\n要加强护林，要做好防火，要抓好种桑。", "plan"),
        ("留守老人缺乏照料，困难不少。应当建立食堂，政府应加大投入，应完善制度。", "research"),
        ("同志们，今天的会很重要。我讲三点意见。大家要认真护林。", "speech"),
    ],
)
def test_who_speaks_of_what_tells_the_kind(text: str, kind: str) -> None:
    assert find_kind(text, "") == kind


def test_the_kind_whose_weights_add_up_to_most_is_likeliest() -> None:
    weights = {ALWAYS: {"news": 0.5, "plan": 0.0}, "we": {"news": -1.0, "plan": 0.25}}
    assert likeliest_kind({}, weights) == "news"
    assert likeliest_kind({"we": 1.0, "unknown": 1.0}, weights) == "plan"


def test_papers_are_written_and_read_alike() -> None:
    papers = [Paper("a", "plan", {"we": 1.0, "words of plan": 0.5}), Paper("b", "news", {})]
    assert read_papers(dump_papers(papers).splitlines()) == papers


def test_labelled_papers_are_told_without_their_words(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("近日，村里种桑，我们修路九里。", encoding="utf-8")
    labels = [{"file": "1", "doc_type": "news"}, {"file": "1", "doc_type": "?"}, {"file": "1", "doc_type": "news", "also_in": "x"}]  # fmt: skip
    (tmp_path / "labels.jsonl").write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
    (paper,) = labelled_papers(tmp_path)
    assert paper.kind == "news"
    assert paper.seen == seen_of("近日，村里种桑，我们修路九里。")


def test_the_weights_stored_are_those_of_the_labelled_papers() -> None:
    papers = all_papers(LABELLED)
    fresh, stored = train_kinds(papers), load_kind_weights()
    assert dump_kinds(fresh).splitlines()[0] == dump_kinds(stored).splitlines()[0]
    assert max(abs(fresh[name][kind] - weight) for name, row in stored.items() for kind, weight in row.items()) < 0.02
    assert sum(likeliest_kind(paper.seen, stored) == paper.kind for paper in papers) / len(papers) > 0.75
