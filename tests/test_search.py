"""Search: every occurrence of every term, what stands around it, and what is said when there is none."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from index_samples import analysis, cut, document, source

from index.characters import fold
from index.errors import BadQuery, BadVariants
from index.query import And, Near, Not, Or, Term, exact, parse_query
from index.source_texts import read_text
from index.store import Index
from index.variants import forms_of, load_variants, parse_variants
from ingest.read import read
from ingest.script import to_simplified

TEXTS = {
    "山南": "山南县妇联2009年总结。工作经费不足,人手也不足。村级经费有保证。",
    "河东": "河东镇妇联计划\n争取资金,解决经费难题。开展“春雷计划”。网络宣传ABC平台。",
    "海口": "各单位重视，资金到位。",
}


def fill(index, texts, **known):
    for key, text in texts.items():
        one = analysis(text, **known)
        index.add(source(f"{key}.txt", one), [one])
    return index


@pytest.fixture(params=["waiting", "indexed"])
def index(request):
    with Index.open(cut=cut) as opened:
        fill(opened, TEXTS)
        if request.param == "indexed":
            opened.flush()
        yield opened


@pytest.mark.parametrize(
    ("query", "places", "documents"),
    [
        ("经费", 3, 2),
        ("费", 3, 2),
        ("不足", 2, 1),
        ("工作经费不足,人手", 1, 1),
        ("，", 3, 3),
        (",", 3, 3),
        ("工作经费不足，人手", 1, 1),
        ("各单位重视,资金", 1, 1),
        ("计划\n争取", 3, 1),  # a blank or a line end parts two terms …
        ('"计划\n争取"', 1, 1),  # … but not between quotation marks
        ("经费 资金", 2, 1),
        ("经费 OR 资金", 5, 3),
        ("经费 -资金", 2, 1),
        ("资金 -经费", 1, 1),
        ("(经费 OR 资金) 保证", 3, 1),
        ("经费 NEAR/0 不足", 1, 1),
        ("经费 NEAR/2 不足", 1, 1),
        ("经费 NEAR/3 不足", 2, 1),
        ("不足 NEAR/10 工作", 2, 1),
        ("经费 NEAR 到位", 0, 0),
        ("“经费不足”", 1, 1),
        ("「经费不足」", 1, 1),
        ("２００９", 1, 1),
        ("2009", 1, 1),
        ("abc", 1, 1),
        ("ＡＢＣ", 1, 1),
        ("經費", 3, 2),
        ("網絡", 1, 1),
        ("不存在", 0, 0),
    ],
)
def test_a_query_finds_its_places(index, query, places, documents):
    found = index.search(query)
    assert (found.places, found.documents) == (places, documents)
    assert len(found.hits) == places
    assert found.base.documents == found.base.total == 3


def test_a_hit_shows_its_sentence_its_surroundings_and_its_place_in_the_file(index):
    (hit,) = index.search("人手", context=3).hits
    raw = TEXTS["山南"]
    assert (hit.left, hit.text, hit.right) == ("不足,", "人手", "也不足")
    assert hit.sentence == "工作经费不足,人手也不足。"
    assert raw[hit.source_start : hit.source_end] == raw[hit.start : hit.end] == "人手"
    assert hit.reference == f"山南@{hit.source_start}-{hit.source_end}"


@pytest.mark.parametrize(
    ("query", "places"), [("经费 -保证", 2), ("经费 不足", 3), ("经费 人手", 2), ("经费 争取", 2), ("经费 妇联", 0)]
)
def test_terms_may_be_asked_to_meet_in_one_sentence(index, query, places):
    assert index.search(query, within="sentence").places == places


def test_what_a_hyphen_left_out_is_counted(index):
    assert index.search("经费 -资金").explanation.excluded == 1
    assert index.search("经费 -资金").explanation.without == ("资金",)


def test_an_empty_answer_says_how_it_was_cut_and_what_is_near(index):
    index.flush()
    explanation = index.search("妇联经贵不足费").explanation
    assert explanation.segmented == (("妇联", "经", "贵", "不足", "费"),)
    assert set(explanation.nearest) & {"妇联", "不足"}


def test_places_where_the_term_is_a_word_come_first():
    with Index.open(cut=_pieces) as index:
        fill(index, {"a": "已经费了不少功夫。" * 3, "b": "落实经费。其他事项另行安排,不在此列。"})
        index.flush()
        assert [row.ref for row, _ in index.search("经费").per_document] == ["b", "a"]


def _pieces(text):
    return re.findall("已经|落实|经费|.", text)


def test_a_limit_spells_out_fewer_hits_but_counts_all(index):
    found = index.search("经费", limit=1)
    assert (len(found.hits), found.places, found.documents) == (1, 3, 2)


def test_counts_can_be_split_by_a_field():
    with Index.open(cut=cut) as index:
        fill(index, {"a": "经费。经费。"}, year=2010, year_basis="title")
        fill(index, {"b": "经费。"}, year=2009, year_basis="inferred")
        fill(index, {"c": "经费。"})
        assert index.search("经费").count_by("year") == {"≈2009": (1, 1), "2010": (2, 1), None: (1, 1)}


def test_taiwans_word_answers_in_traditional_documents_alone_and_says_so():
    with Index.open(cut=cut) as index:
        for key, script in (("old", "simplified"), ("new", "traditional")):
            one = analysis(document("印发1号档案。", script=script))
            index.add(source(f"{key}.txt", one), [one])
        found = index.search("文件")
        assert [(hit.ref, hit.text, hit.kind) for hit in found.hits] == [("new", "档案", "taiwan")]
        (variant,) = found.explanation.variants
        assert (variant.text, variant.places, variant.documents) == ("档案", 1, 1)
        assert index.search("档案").documents == 2


def test_slips_in_the_name_of_a_programme_answer_both_ways_and_say_so(index):
    assert [(hit.text, hit.kind) for hit in index.search("春蕾计划").hits] == [("春雷计划", "typo")]
    assert [(hit.text, hit.kind) for hit in index.search("春雷计划").hits] == [("春雷计划", "typed")]
    assert {form.text for form in forms_of("春雷计划", load_variants())} >= {"春蕾计划"}


def test_filters_leave_out_documents_and_set_apart_what_may_fall_in_the_years():
    with Index.open(cut=cut) as index:
        fill(index, {"a": "经费。"}, year=2010, year_basis="title", org="云溪县妇联", org_level="county")
        fill(index, {"b": "经费。"}, year_low=2009, year_high=2012, year_basis="inferred")
        fill(index, {"c": "经费。"})
        fill(index, {"d": "经费。"}, year=2015, year_basis="title", doc_type="plan")
        found = index.search("经费", year=(2008, 2010))
        assert [hit.ref for hit in found.hits] == ["a"]
        assert [hit.ref for hit in found.apart] == ["b"]
        assert (found.base.documents, found.base.total, found.base.apart, found.base.dropped) == (1, 4, ("b",), ("c",))
        assert {hit.ref for hit in index.search("经费", year=(2008, 2010), undated="infer").hits} == {"a", "b"}
        assert {hit.ref for hit in index.search("经费", year=(None, 2012)).hits} == {"a", "b"}
        assert {hit.ref for hit in index.search("经费", doc_type="plan").hits} == {"d"}
        assert {hit.ref for hit in index.search("经费", org="云溪").hits} == {"a"}
        assert {hit.ref for hit in index.search("经费", org_level=["county", "city"]).hits} == {"a"}
        assert {hit.ref for hit in index.search("经费", undated="drop").hits} == {"a", "d"}
        with pytest.raises(TypeError, match="doctype"):
            index.search("经费", doctype="plan")


def test_places_can_be_asked_for_by_the_role_of_their_sentence():
    with Index.open(cut=cut) as index:
        fill(index, {"a": "经费不足。"}, role="problems")
        fill(index, {"b": "经费到位。"}, role="achievements")
        assert [hit.ref for hit in index.search("经费", section="problems").hits] == ["a"]
        assert index.search("经费", section=["problems", "plan", "achievements"]).places == 2


@pytest.fixture(scope="module")
def seeds():
    folder = os.environ.get("NIANLUN_REPORTS")
    if not folder:
        pytest.skip("NIANLUN_REPORTS names no folder of real reports")
    with Index.open(cut=cut) as index:
        for path in sorted((Path(folder) / "seeds").glob("*.txt")):
            made = read(path)
            index.add(made, [analysis(one) for one in made.documents])
        index.flush()
        yield index


@pytest.mark.parametrize(
    ("query", "places", "documents"),
    [("经费", 17, 8), ("小额贷款工作", 1, 1), ("文件", 11, 4), ("檔案", 10, 2), ("不存在的词", 0, 0)],
)
def test_real_reports_are_searched_to_the_last_place(seeds, query, places, documents):
    found = seeds.search(query)
    assert (found.places, found.documents, found.base.documents) == (places, documents, 17)


@pytest.mark.parametrize("query", ["经费", "的", "小额贷款工作", "文件", "妇女 OR 家庭", "，", "1"])
def test_hits_in_real_reports_lead_back_to_the_characters_of_the_file(seeds, query):
    files = seeds.connection.execute("SELECT ref, source FROM documents").fetchall()
    texts = {ref: read_text(seeds.connection, number) for ref, number in files}
    hits = seeds.search(query).hits
    assert hits
    for hit in hits:
        raw = texts[hit.ref][hit.source_start : hit.source_end]
        assert re.sub(r"\s", "", fold(to_simplified(raw))) == re.sub(r"\s", "", fold(hit.text))


ALPHABET = "经费不足,。“”A a1１\n 網网*-()\"'\x00𠀀"
ONE = st.text(alphabet=ALPHABET, min_size=1, max_size=1)
TWO = st.text(alphabet=ALPHABET, min_size=2, max_size=2)
EIGHT = st.text(alphabet="经费不足,A1", min_size=1, max_size=8)


def folded(text):
    wide = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("“"): '"', ord("”"): '"'}
    return text.translate(wide).lower()


@settings(deadline=None, max_examples=60)
@given(texts=st.lists(st.text(alphabet=ALPHABET, max_size=60), min_size=1, max_size=6), data=st.data())
def test_terms_of_one_two_and_eight_characters_are_found_as_often_as_the_text_holds_them(texts, data):
    with Index.open(cut=list) as index:
        fill(index, {str(number): text for number, text in enumerate(texts)})
        assume(len(index.docs()) == len(texts))  # the same text again is a copy
        if data.draw(st.booleans()):
            index.flush()
        pieces = [text[at : at + 8] for text in texts for at in range(max(1, len(text) - 7)) if text[at : at + 8]]
        term = data.draw(st.one_of(ONE, TWO, EIGHT, *([st.sampled_from(pieces)] if pieces else [])))
        found = index.search(exact(term))
        spellings = {term, term.replace("網", "网")}
        places = {number: _count(folded(text), [folded(one) for one in spellings]) for number, text in enumerate(texts)}
        assert found.documents == sum(count > 0 for count in places.values())
        if len(spellings) == 1:
            assert found.places == sum(folded(text).count(folded(term)) for text in texts)
        for hit in found.hits:
            assert folded(texts[int(hit.ref)][hit.start : hit.end]) in {folded(one) for one in spellings}


def _count(text, spellings):
    return sum(text.count(spelling) for spelling in spellings)


@settings(deadline=None)
@given(st.text(alphabet='经费 NEAR/0OR|-()"“”', max_size=20))
def test_any_query_is_answered_or_refused_with_a_reason(query):
    with Index.open(cut=list) as index:
        try:
            index.search(query)
        except BadQuery as error:
            assert str(error)


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ("经费", Term("经费")),
        ("经费　不足", And((Term("经费"), Term("不足")))),
        ("经费 OR 资金 款项", Or((Term("经费"), And((Term("资金"), Term("款项")))))),
        ("经费 NEAR/3 不足", Near(Term("经费"), Term("不足"), 3)),
        ("经费 NEAR 不足", Near(Term("经费"), Term("不足"), 10)),
        ("经费 -保证", And((Term("经费"), Not(Term("保证"))))),
        ("经费 －保证", And((Term("经费"), Not(Term("保证"))))),
        ("经费-保证", Term("经费-保证")),
        ('"经费 不足"', Term("经费 不足")),
        ('"他说""好"""', Term('他说"好"')),
        ('"没有另一半', Term("没有另一半")),
        ("（二）", Term("（二）")),
        ("- 经费", And((Term("-"), Term("经费")))),
    ],
)
def test_a_query_is_read_as_it_is_meant(query, node):
    assert parse_query(query) == node


@pytest.mark.parametrize(
    "query", ["", "  ", '""', "-经费", "经费 OR", "OR", "NEAR/3 不足", "经费 NEAR/3", "(经费", "经费)", "x" * 2000]
)
def test_a_query_that_asks_for_nothing_is_refused(query):
    with pytest.raises(BadQuery):
        parse_query(query)


def test_the_table_of_variants_is_sound_and_sorted():
    entries = load_variants()
    assert sum(entry.label == "taiwan" for entry in entries) >= 120
    assert [(entry.label, entry.term, entry.variant) for entry in entries] == sorted(
        (entry.label, entry.term, entry.variant) for entry in entries
    )


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["term,variant"], "columns"),
        (["term,variant,label,source,note", "文件,,taiwan,unverified,"], "filled in"),
        (["term,variant,label,source,note", "文件,文件,taiwan,unverified,"], "another one"),
        (["term,variant,label,source,note", "文件,档案,tw,unverified,"], "tw"),
        (["term,variant,label,source,note", "文件,档案,taiwan,x,", "文件,档案,taiwan,x,"], "twice"),
    ],
)
def test_a_wrong_line_in_the_table_of_variants_is_named(lines, reason):
    with pytest.raises(BadVariants, match=reason):
        parse_variants(lines, "variants.csv")
