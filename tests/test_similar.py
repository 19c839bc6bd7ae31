"""More like this: passages of other reports that say what a passage says."""

from __future__ import annotations

import pytest
from index_samples import analysis, source

from index.errors import UnknownDocument
from index.store import Index
from nlp.segment import cut

TEXTS = {
    "去年": "去年工作\n举办村级妇女干部培训班3期,参训120人,基层干部素质有了提高。\n走访慰问困难老人15户,送去棉被和大米。",
    "今年": "今年打算\n举办村级妇女干部培训班5期,参训300人,基层干部素质有了提高。\n绿化村道两公里,栽种柳树四百棵。",
    "邻县": "邻县情况\n组织妇女干部参加培训,提升村级干部的素质和能力。\n修建水渠两条,受益农田三百亩。",
    "无关": "无关材料\n召开防汛会议,检查水库大坝,备足编织袋和铁锹等物资。",
}


@pytest.fixture(params=["waiting", "indexed"])
def index(request):
    with Index.open(cut=cut) as opened:
        for number, (key, text) in enumerate(TEXTS.items()):
            one = analysis(text, year=2008 + number, year_basis="title")
            opened.add(source(f"{key}.txt", one), [one])
        if request.param == "indexed":
            opened.flush()
        yield opened


def test_the_most_similar_passage_comes_first_and_copies_are_folded(index):
    found = index.similar("举办培训班,提高村级妇女干部素质").passages
    assert [one.ref for one in found[:2]] == ["今年", "邻县"]
    assert [place.partition("@")[0] for place in found[0].copies] == ["去年"]
    assert "无关" not in {one.ref for one in found}
    assert "培训班" in found[0].shared and 0 < found[1].score < found[0].score <= 1


def test_a_place_finds_passages_of_other_documents(index):
    (hit,) = index.search("参训120人").hits
    start = hit.sentence_start
    answer = index.similar(f"去年@{start}-{start + len(hit.sentence)}")
    assert answer.text == hit.sentence
    assert [one.ref for one in answer.passages] == ["今年", "邻县"]


def test_a_passage_quotes_its_place(index):
    for one in index.similar("组织妇女干部培训").passages:
        assert TEXTS[one.ref][one.start : one.end] == one.text
        assert TEXTS[one.ref][one.source_start : one.source_end] == one.text
        assert one.reference == f"{one.ref}@{one.source_start}-{one.source_end}"


def test_filters_choose_where_to_look(index):
    answer = index.similar("组织妇女干部培训", year=(2010, None))
    assert {one.ref for one in answer.passages} == {"邻县"} and answer.base.documents == 2


def test_nothing_like_it_is_no_error_but_a_place_that_is_none_is(index):
    assert index.similar("卫星发射升空").passages == ()
    assert index.similar("2012").words == 0
    assert index.similar("今年").text == TEXTS["今年"]
    with pytest.raises(UnknownDocument):
        index.similar("没有这篇@1-5")
