"""The query language: what a query means, what fields and wildcards choose, and where a wrong one is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_samples import LEAVES, analysis, cut, source

from index.errors import BadQuery
from index.fields import KINDS, LEVELS, MODALITIES, ROLES, THINGS
from index.query import And, Field, Near, Not, Or, Term, Wild, parse_query
from index.store import Index
from index.synonyms import load_synonyms, parse_synonyms
from index.variants import forms_of, load_variants
from nianlun import vocabulary
from nianlun.search_messages import QUERY_REASONS, pointed

A, B, C = Term("甲"), Term("乙"), Term("丙")


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ("甲 AND 乙", And((A, B))),
        ("甲 & 乙", And((A, B))),
        ("甲 && 乙", And((A, B))),
        ("甲 | 乙", Or((A, B))),
        ("甲 || 乙", Or((A, B))),
        ("甲 NOT 乙", And((A, Not(B)))),
        ("甲 AND NOT 乙", And((A, Not(B)))),
        ("甲 !乙", And((A, Not(B)))),
        ("甲 -(乙 OR 丙)", And((A, Not(Or((B, C)))))),
        ("甲 乙 OR 丙", Or((And((A, B)), C))),
        ("甲 (乙 OR 丙)", And((A, Or((B, C))))),
        ("甲 NEAR/5 (乙 OR 丙)", Near(A, Or((B, C)), 5)),
        ("(甲 OR 乙) NEAR 丙", Near(Or((A, B)), C, 10)),
        ("甲 NEAR/2 乙 NEAR/3 丙", Near(Near(A, B, 2), C, 3)),
        ("NOT 甲 NEAR/2 乙 丙", And((Not(Near(A, B, 2)), C))),
        ("甲*乙", Wild("甲*乙")),
        ("甲?乙", Wild("甲?乙")),
        ("*甲*", A),
        ('"甲*乙"', Term("甲*乙")),
        ("甲＊乙", Term("甲＊乙")),
        ("甲？", Term("甲？")),
        ("and 甲 or", And((Term("and"), A, Term("or")))),
        ("甲 year:2004..2011", And((A, Field("year", ("2004", "2011"))))),
        ("甲 年份:2004年", And((A, Field("year", ("2004", "2004"))))),
        ("甲 year:2004..", And((A, Field("year", ("2004", ""))))),
        ("甲 年份:无", And((A, Field("year", ("none",))))),
        ("甲 文种:总结,要点", And((A, Field("kind", ("summary", "plan"))))),
        ("甲 kind:plan", And((A, Field("kind", ("plan",))))),
        ("甲 -层级：县级", And((A, Not(Field("level", ("county",)))))),
        ('甲 title:"三八 节"', And((A, Field("title", ("三八 节",))))),
        ("甲 含:时限 语气:计划", And((A, Field("has", ("deadline",)), Field("is", ("planned",))))),
        ("(kind:plan OR kind:summary) 甲", And((Or((Field("kind", ("plan",)), Field("kind", ("summary",)))), A))),
        ("标题： 甲", And((Term("标题："), A))),  # words of a report, not a field without a value
        ("单位：甲", Field("body", ("甲",))),
        ("时间：甲", Term("时间：甲")),
        ("9:30", Term("9:30")),
        ("http://甲", Term("http://甲")),
    ],
)
def test_a_query_is_read_as_it_is_meant(query, node):
    if isinstance(node, Field):
        query, node = f"{query} 乙", And((node, B))
    assert parse_query(query) == node


@pytest.mark.parametrize(
    ("query", "reason", "place"),
    [
        ("(甲 OR 乙", "an opening bracket", "("),
        ("甲 乙)", "a closing bracket", ")"),
        ("甲 OR", "a term is missing beside OR", "OR"),
        ("甲 AND", "a term is missing beside AND", "AND"),
        ("甲 AND AND 乙", "a term is missing beside AND", "AND"),
        ("甲 NEAR/x 乙", "NEAR takes", "NEAR/x"),
        ("甲 NEAR/99999 乙", "NEAR takes", "NEAR/99999"),
        ("甲 NEAR/3 (乙 丙)", "beside NEAR", "NEAR/3"),
        ("甲 NEAR/3 -乙", "NEAR stands", "NEAR/3"),
        ("甲 NOT", "NOT with nothing", "NOT"),
        ("甲 yaer:2010", "no such field", "yaer:"),
        ("甲 year:abc", "no such value", "abc"),
        ("甲 year:2011..2004", "no such value", "2011..2004"),
        ("甲 kind:foo", "no such value", "foo"),
        ("甲 has:", "a field without", "has:"),
        ("kind:plan", "nothing but documents", "kind:plan"),
        ("kind:plan OR 甲", "beside OR", "kind:plan"),
        ("is:done", "`is` tells", "is:done"),
        ("甲 *", "nothing but wildcards", "*"),
        ("-甲", "nothing but words", "-"),
        ("-kind:plan", "nothing but words", "-kind:plan"),
    ],
)
def test_a_wrong_query_is_refused_at_its_place(query, reason, place):
    with pytest.raises(BadQuery) as caught:
        parse_query(query)
    error = caught.value
    assert error.reason.startswith(reason)
    assert error.at is not None and query[error.at : error.end] == place
    assert any(error.reason.startswith(start) for start in QUERY_REASONS)


@pytest.mark.parametrize(
    ("query", "at", "end", "under"),
    [
        ("经费 yaer:2010", 3, 8, "         ^^^^^"),
        ("经费)", 2, 3, "        ^"),
        ("(经费", 0, 1, "    ^"),
        ("（经费）甲)", 5, 6, "              ^"),
    ],
)
def test_carets_stand_under_wide_characters(query, at, end, under):
    line, carets = pointed(query, at, end).splitlines()
    assert line == "    " + query
    assert carets == under


def test_a_long_query_is_cut_around_its_error():
    query = "经费 " * 60 + "yaer:2010"
    line, carets = pointed(query, 180, 185).splitlines()
    assert "yaer:" in line and line.startswith("    …")
    assert carets.endswith("^^^^^") and len(line) < 70


def test_codes_have_the_names_that_the_program_shows():
    for here, there in (
        (KINDS, vocabulary.DOC_TYPES), (LEVELS, vocabulary.ORG_LEVELS), (ROLES, vocabulary.ROLES),
        (MODALITIES, vocabulary.MODALITIES), (THINGS, vocabulary.THINGS),
    ):  # fmt: skip
        assert list(here) == list(there)
        assert all(there[code].zh in names for code, names in here.items())


TEXTS = {
    "a": "办公经费明显不足。县里经费充足,人手不足。",
    "b": "二是培训了妇女骨干80人次,计划6月底前再培训一期。",
    "c": "村妇代会主任共3人。妇代会活动经费短缺。",
}


@pytest.fixture(scope="module")
def index():
    with Index.open(cut=cut, leaves=LEAVES) as opened:
        made = {
            "a": analysis(
                TEXTS["a"], problems=[("办公经费明显不足。", "funding_gap", "asserted")], role="problems", year=2009,
                year_basis="title", title="云溪县妇联2009年工作总结", org="云溪县妇联", org_level="county", region="云溪县",
            ),
            "b": analysis(
                TEXTS["b"], numbers=[("80人次", 80, "人次")], times=[("6月底前", "deadline", "2012-06-30")], role="plan",
                doc_type="plan", year=2012, year_basis="title", title="工作要点", org="柳河市总工会", org_level="city",
            ),
            "c": analysis(TEXTS["c"], numbers=[("3人", 3, "人")], role="achievements"),
        }  # fmt: skip
        for key, one in made.items():
            opened.add(source(f"{key}.txt", one), [one])
        opened.flush()
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("经费*不足", ["经费明显不足", "经费充足,人手不足"]),
        ("经费*人手", ["经费充足,人手"]),
        ("不足*不足", []),
        ("妇?会", ["妇代会", "妇代会"]),
        ("妇??会", []),
        ("妇代?", ["妇代会", "妇代会"]),
        ("共?人", ["共3人"]),
        ("经费 NEAR/2 (不足 OR 短缺)", ["经费明显不足", "经费短缺"]),
        ("(经费 OR 人手) NEAR/0 (不足 OR 短缺)", ["人手不足", "经费短缺"]),
        ("经费 year:2009", ["经费", "经费"]),
        ("经费 年份:无", ["经费"]),
        ("经费 -year:2009", ["经费"]),
        ("经费 body:妇联", ["经费", "经费"]),
        ("经费 region:云溪", ["经费", "经费"]),
        ("经费 title:总结", ["经费", "经费"]),
        ("经费 -title:总结", ["经费"]),
        ("经费 leaf:funding_gap", ["经费"]),
        ("经费 类别:经费不足", ["经费"]),
        ("经费 leaf:resources", ["经费"]),
        ("经费 -leaf:funding_gap", ["经费", "经费"]),
        ("leaf:funding_gap", ["办公经费明显不足。"]),
        ("含:问题", ["办公经费明显不足。"]),
        ("has:number", ["80人次", "3人"]),
        ("unit:人次", ["80人次"]),
        ("培训 unit:人次", ["培训", "培训"]),
        ("培训 has:deadline kind:plan", ["培训", "培训"]),
        ("has:deadline unit:人次", ["6月底前"]),
        ("has:deadline unit:人", []),
        ("经费 section:成绩", ["经费"]),
        ("培训 section:打算", ["培训", "培训"]),
        ("经费 OR (培训 has:deadline)", ["经费", "经费", "培训", "培训", "经费"]),
        ("ref:a 经费", ["经费", "经费"]),
        ("培训 level:county", []),
    ],
)
def test_wildcards_groups_and_fields_choose_places(index, query, found):
    assert sorted(hit.text for hit in index.search(query).hits) == sorted(found)


def test_the_modality_of_a_place_can_be_asked_for():
    text = "去年已组织了两期培训。力争年内再组织一期培训。"
    with Index.open(cut=cut) as index:
        one = analysis(text, role="background")
        index.add(source("a.txt", one), [one])
        assert [hit.start for hit in index.search("培训 is:done").hits] == [text.index("培训")]
        assert [hit.start for hit in index.search("培训 语气:计划").hits] == [text.rindex("培训")]
        assert index.search("培训 is:proposed").places == 0


def test_conditions_are_fields_of_the_whole_query(index):
    assert index.search("经费 OR 培训", conditions={"has": ["deadline"]}).places == 2
    assert index.search("经费", conditions={"leaf": ["经费不足"], "title": ["总结"]}).places == 1
    with pytest.raises(BadQuery):
        index.search("经费", conditions={"has": ["nothing"]})


def test_years_in_a_query_rest_on_the_same_documents_as_the_filter(index):
    assert index.search("经费 year:2009").base == index.search("经费", year=2009).base


def test_an_answer_tells_all_fields_and_the_filters_that_it_rests_on(index):
    found = index.search("经费 year:1990 has:number body:妇联", section="problems")
    assert found.explanation.fields == ("year:1990", "has:number", "body:妇联", "section:problems")
    assert found.filters == {"year": 1990, "org": ("妇联",)}
    assert found.base.documents == 0


PIECES = (
    "经费", "不足", "*", "?", "(", ")", " ", " ", " OR ", " AND ", " NOT ", "-", " NEAR/3 ", "has:deadline", "unit:人", "is:done",
    "leaf:funding_gap", "章节:问题", "year:2009..", "年份:无", "kind:plan", '"', "“", "”", "\n", "\x00", "：", ":",
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["document", "sentence"]))
def test_any_query_is_answered_or_refused_with_a_reason_that_has_a_translation(index, pieces, within):
    try:
        found = index.search("".join(pieces), within=within, facets=["leaf", "section"])
    except BadQuery as error:
        assert any(error.reason.startswith(start) for start in QUERY_REASONS)
    else:
        assert found.places == len(found.hits) == sum(places for _, places in found.per_document)


def test_an_unknown_leaf_is_told_with_the_known_ones(index):
    with pytest.raises(BadQuery, match="funding_gap") as caught:
        index.search("经费 leaf:weather")
    assert (caught.value.at, caught.value.end) == (3, 15)


def test_words_in_quotation_marks_have_no_variants_or_synonyms(index):
    assert {form.kind for form in forms_of("文件", load_variants())} >= {"typed", "taiwan"}
    assert [one.text for one in index.search('"文件"', synonyms=True).explanation.spellings] == ["文件"]
    assert len(index.search("文件", synonyms=True).explanation.spellings) > 2


def test_synonyms_answer_where_they_are_asked_for_and_are_told(index):
    assert index.search("款项").places == 0
    found = index.search("款项", synonyms=True)
    assert [(hit.text, hit.kind) for hit in found.hits] == [("经费", "synonym")] * 3
    assert [(one.text, one.kind, one.places) for one in found.explanation.variants] == [("经费", "synonym", 3)]


def test_places_of_spellings_that_overlap_count_once():
    with Index.open(cut=cut) as index:
        one = analysis("经费紧张,资金紧张。")
        index.add(source("a.txt", one), [one])
        found = index.search("资金短缺", synonyms=True)
        assert [hit.text for hit in found.hits] == ["经费紧张", "资金紧张"]


def test_activities_are_found_under_their_other_names():
    kinds = {form.text: form.kind for form in forms_of("巾帼文明岗", load_variants())}
    assert kinds["巾帼文明示范岗"] == "alias" and kinds["巾国文明岗"] == "typo"
    assert "三八红旗手" not in {form.text for form in forms_of("红旗手", load_variants())}


def test_the_table_of_synonyms_is_large_sorted_and_sound():
    synonyms = load_synonyms()
    assert len(synonyms.groups) >= 150
    assert set(synonyms.of("经费")) >= {"资金", "款项"}
    assert synonyms.of("没有这个词") == []
    with pytest.raises(Exception, match="two different terms"):
        parse_synonyms(["terms,label,source,note", "经费,资源,x,"], "synonyms.csv")
