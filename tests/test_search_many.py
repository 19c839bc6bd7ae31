"""Search of many documents: columns in place of rows, and full text that is asked for nearness, answer as a look into every text does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_samples import LEAVES, analysis, cut, source
from test_search_answers import build

from index import search as searching
from index.columns import fitted, read_columns
from index.listing import listing_of
from index.matching import expression
from index.query import parse_query, terms_of
from index.reuse import is_current
from index.scope import read_documents
from index.search import PerDocument
from index.store import Index
from index.variants import forms_of
from nianlun.comparing import compare_few
from nianlun.options import Run

TEXTS = st.lists(st.text(alphabet="甲乙丙丁，。\n", min_size=1, max_size=60), min_size=1, max_size=8)
PIECES = st.text(alphabet="甲乙丙", min_size=1, max_size=2)
QUERIES = st.one_of(
    st.builds("{} NEAR/{} {}".format, PIECES, st.integers(0, 6), PIECES),
    st.builds("({} OR {}) NEAR/{} {}".format, PIECES, PIECES, st.integers(0, 6), PIECES),
    st.builds("{}{}{}".format, PIECES, st.sampled_from(["?", "??", "*", "?*"]), PIECES),
    st.builds("{}?{}*{}".format, PIECES, PIECES, PIECES),
    st.builds("{} {}".format, PIECES, PIECES),
    st.builds("{}?{} NEAR/3 {}".format, PIECES, PIECES, PIECES),
)


def told(index, query, within, **how):
    found = index.search(query, within=within, **how)
    return sorted((hit.ref, hit.start, hit.end) for hit in found.hits)


@settings(deadline=None, max_examples=80)
@given(texts=TEXTS, query=QUERIES, within=st.sampled_from(["document", "sentence"]))
def test_full_text_that_is_asked_for_nearness_leaves_no_place_out(texts, query, within):
    with (
        build({f"r{number}": text for number, text in enumerate(texts)}) as index,
        pytest.MonkeyPatch.context() as patch,
    ):
        whole = told(index, query, within)  # so few documents are all read
        patch.setattr(searching, "WEIGHED", 1)
        assert told(index, query, within) == whole
        patch.setattr(searching, "LARGE", 0)
        assert told(index, query, within, limit=1_000, count=False) == whole


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("水渠 NEAR/4 失修", 'NEAR("水 渠" "失 修", 4)'),
        ("(水渠 OR 塘坝) NEAR/4 失修", '(NEAR("水 渠" "失 修", 4) OR NEAR("塘 坝" "失 修", 4))'),
        ("水渠 NEAR/4 失修 NEAR/2 严重", '(NEAR("水 渠" "失 修", 4) AND "严 重")'),
        ("水?失", 'NEAR("水" "失", 1)'),
        ("水*失", '("水" AND "失")'),
        ("水?*失", '("水" AND "失")'),
        ("渠?坝*修", '(NEAR("渠" "坝", 1) AND "修")'),
        ("水渠 失修", '("水 渠" AND "失 修")'),
        ("水?渠 NEAR/4 失修", '(NEAR("水" "渠", 1) AND "失 修")'),
        ("渠" * 65 + " NEAR/4 失修", '("' + " ".join("渠" * 64) + '" AND "失 修")'),
    ],
)
def test_full_text_is_asked_for_nearness_where_that_is_sure(query, asked):
    node = parse_query(query)
    assert (
        expression(node, {term: forms_of(term.text, (), None) for term in terms_of(node)}, traditional=False) == asked
    )


@pytest.mark.parametrize(
    "titles",
    [(None, None, "水利要点"), ("", " ", "水利要点"), ("水\n利", None, "水利要点"), ("\x1f", "\x1e", "水利要点")],
)
def test_blank_and_strange_titles_shift_no_other(titles):
    numbers = range(len(titles))
    with build({f"r{number}": "修渠。" for number in numbers}) as index:
        for number, title in zip(numbers, titles, strict=True):
            index.connection.execute("UPDATE documents SET title = ? WHERE ref = ?", (title, f"r{number}"))
        assert [hit.ref for hit in index.search("修渠 title:水利要点").hits] == ["r2"]
        listing = listing_of(index.connection)
        assert listing.words("title") == list(titles)
        assert [row.title for row in listing.rows] == list(titles)


def test_columns_hold_what_rows_hold_and_fit_documents_that_come_and_go():
    with build({"甲": "修渠。", "乙": "修路。"}, year={"甲": 2009, "乙": None}, year_basis="title") as index:
        known, (years, refs) = read_columns(index.connection, ("year", "ref"))
        assert years.tolist() == [2009, -1] and refs == ["甲", "乙"]
        assert fitted(known, years, np.array([2, 7])).tolist() == [-1, -1]
        assert fitted(known, refs, np.array([1, 7])) == ["甲", None]
    with build({}) as index:
        known, (years, refs) = read_columns(index.connection, ("year", "ref"))
        assert (known.tolist(), years.tolist(), refs) == ([], [], [])
        assert len(listing_of(index.connection)) == 0


def test_the_documents_of_an_answer_are_a_sequence():
    with build({"甲": "修渠。修渠。", "乙": "修渠。"}) as index:
        found = index.search("修渠").per_document
        assert isinstance(found, PerDocument) and len(found) == 2
        assert [(row.ref, places) for row, places in found] == [("甲", 2), ("乙", 1)]
        assert found[1][0].ref == "乙" and [places for _, places in found[:1]] == [2]


def test_documents_that_another_process_takes_out_during_a_search_are_answered_as_they_were(tmp_path, monkeypatch):
    path = tmp_path / "i.db"
    with Index.open(path, cut=cut, leaves=LEAVES) as writer:
        for key in ("a", "b", "c"):
            one = analysis(f"{key}村水渠失修。")
            writer.add(source(f"{key}.txt", one), [one])
        writer.flush()
        take = searching._page

        def taken_out_meanwhile(*args, **how):
            writer.forget("b.txt")
            writer.flush()
            return take(*args, **how)

        monkeypatch.setattr(searching, "_page", taken_out_meanwhile)
        with Index.open(path, read_only=True) as reader:
            with reader.snapshot():
                found = reader.search("水渠")
                assert [hit.ref for hit in found.hits] == [row.ref for row, _ in found.per_document] == ["a", "b", "c"]
            monkeypatch.undo()
            assert [hit.ref for hit in reader.search("水渠").hits] == ["a", "c"]


def test_a_run_reads_one_state_and_stores_what_documents_share_before(tmp_path):
    path = tmp_path / "i.db"
    with Index.open(path, cut=cut, leaves=LEAVES) as writer:
        for key in ("a", "b"):
            one = analysis(f"{key}村水渠失修。")
            writer.add(source(f"{key}.txt", one), [one])
        writer.flush()
        run = Run(db=path, form=None, lang="zh", quiet=True, color=False, bom=False)
        with run.index(compare_few) as index:
            assert is_current(index.connection)
            known = listing_of(index.connection), read_documents(index.connection)
            writer.forget("b.txt")
            assert [row.ref for row in index.docs()] == ["a", "b"]
            assert (listing_of(index.connection), read_documents(index.connection)) == known
            assert listing_of(index.connection) is known[0] and read_documents(index.connection) is known[1]  # kept
        with run.index() as index:
            assert [row.ref for row in index.docs()] == ["a"]


def test_what_is_undone_was_never_kept(tmp_path):
    with Index.open(tmp_path / "i.db", cut=cut, leaves=LEAVES) as index:
        one = analysis("甲村水渠失修。")
        index.add(source("a.txt", one), [one])
        assert [row.ref for row in index.docs()] == ["a"]
        with pytest.raises(ZeroDivisionError), index.together():
            index.forget("a.txt")
            assert not index.docs() and len(listing_of(index.connection)) == 0
            raise ZeroDivisionError
        assert [row.ref for row in index.docs()] == ["a"] and len(listing_of(index.connection)) == 1
