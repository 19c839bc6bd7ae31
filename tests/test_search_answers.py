"""What a search hands back: pages, documents with passages, concordances, facets, the first page of a large index."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_samples import LEAVES, analysis, cut, source

from index import search as searching
from index.listing import listing_of
from index.scope import scope_of
from index.store import Index

KINDS = ("plan", "summary", "notice")


def build(texts, **known):
    index = Index.open(cut=cut, leaves=LEAVES)
    for key, text in texts.items():
        one = analysis(
            text, **{name: value[key] if isinstance(value, dict) else value for name, value in known.items()}
        )
        index.add(source(f"{key}.txt", one), [one])
    index.flush()
    return index


@pytest.fixture(scope="module")
def index():
    texts = {
        f"d{number}": f"第{number}号。"
        + "".join(f"经费{word}。" for word in ("紧张", "到位", "安排")[: number % 3 + 1])
        for number in range(12)
    }
    opened = build(
        texts,
        year={f"d{number}": 2004 + number % 4 if number % 5 else None for number in range(12)},
        year_basis="title",
        doc_type={f"d{number}": KINDS[number % 3] for number in range(12)},
        org={f"d{number}": f"第{number % 2}县妇联" for number in range(12)},
    )
    yield opened
    opened.close()


@pytest.mark.parametrize("by", ["place", "document"])
def test_pages_put_together_are_the_whole(index, by):
    whole = index.search("经费", by=by)
    pages = [index.search("经费", by=by, limit=5, offset=offset) for offset in range(0, 30, 5)]
    assert sum((page.hits for page in pages), ()) == whole.hits
    assert {page.places for page in pages} == {whole.places}
    assert sum((page.results for page in pages), ()) == whole.results


def test_documents_are_listed_with_their_best_passages(index):
    results = index.search("经费 到位 OR 经费 安排", by="document").results
    assert [len(one.passages) <= searching.PASSAGES for one in results]
    for one in results:
        assert {hit.ref for hit in one.passages} == {one.row.ref}
        starts = [hit.sentence_start for hit in one.passages]
        assert starts == sorted(set(starts))
        assert one.places >= len(one.passages)


def test_a_concordance_is_sorted_by_what_stands_beside(index):
    right = [hit.right[:2] for hit in index.search("经费", sort="right").hits]
    assert right == sorted(right, key=lambda text: text.encode("gb18030"))
    assert list(dict.fromkeys(right)) == ["安排", "到位", "紧张"]  # ān, dào, jǐn
    assert len(right) == index.search("经费").places


def test_facets_are_exact(index):
    found = index.search("经费", facets=searching.FACETS)
    for name, values in found.facets.items():
        assert sum(places for places, _ in values.values()) == found.places, name
    assert found.facets["doc_type"] == {
        kind: (sum(n % 3 + 1 for n in range(12) if n % 3 == at), 4) for at, kind in enumerate(KINDS)
    }
    assert found.facets["year"][None] == (sum(n % 3 + 1 for n in (0, 5, 10)), 3)
    assert found.facets["section"] == {"problems": (found.places, 12)}
    assert index.search("经费").count_by("org") == found.count_by("org")


def test_the_facet_of_leaves_counts_sentences_that_report_them():
    one = analysis("经费不足。经费有保障。", problems=[("经费不足。", "funding_gap", "asserted")])
    with Index.open(cut=cut, leaves=LEAVES) as index:
        index.add(source("a.txt", one), [one])
        assert index.search("经费", facets=["leaf"]).facets["leaf"] == {"funding_gap": (1, 1), None: (1, 1)}


def test_titles_and_headings_weigh_more():
    texts = {"a": "经费一事另行通知,其他工作照常。" * 3, "b": "关于经费的通知\n经费一事另行安排,其他照常。没有别的事。"}
    with build(texts, title={"a": "关于会议的通知", "b": "关于经费的通知"}) as index:
        assert [row.ref for row, _ in index.search("经费").per_document] == ["b", "a"]


def test_recent_documents_may_come_first():
    texts = {"old": "落实经费。落实经费。", "new": "落实了经费。"}
    with build(texts, year={"old": 2001, "new": 2020}, year_basis="title") as index:
        assert [row.ref for row, _ in index.search("经费", sort="rank").per_document] == ["old", "new"]
        assert [row.ref for row, _ in index.search("经费", sort="recent").per_document] == ["new", "old"]


def test_of_a_large_index_the_first_page_is_made_of_some_documents_and_says_so(index, monkeypatch):
    monkeypatch.setattr(searching, "LARGE", 6)
    monkeypatch.setattr(searching, "WEIGHED", 5)
    first = index.search("经费", limit=3)
    assert not first.complete and len(first.hits) == 3 and first.documents == 5
    assert first.explanation.read == 5
    whole = index.search("经费", limit=3, count=True)
    assert whole.complete and whole.documents == 12
    found = [hit for offset in range(0, 40, 3) for hit in index.search("经费", limit=3, offset=offset).hits]
    assert {(hit.ref, hit.start) for hit in index.search("经费").hits} == {(hit.ref, hit.start) for hit in found}
    rare = index.search("第7号", limit=3)
    assert rare.complete and (rare.places, rare.documents) == (1, 1)
    assert index.search("经费 year:2005", limit=3).base.documents == 2


YEARS = st.none() | st.integers(2003, 2009)


@settings(deadline=None, max_examples=60)
@given(
    low=YEARS, high=YEARS, undated=st.sampled_from(["separate", "infer", "drop"]),
    kind=st.none() | st.sampled_from(KINDS), org=st.none() | st.sampled_from(["第1", "妇联", "工会"]),
)  # fmt: skip
def test_the_list_of_documents_chooses_as_the_filters_of_all_answers_do(low, high, undated, kind, org):
    if low is not None and high is not None and low > high:
        low, high = high, low
    with _mixed() as mixed:
        filters = {"undated": undated, "doc_type": kind, "org": org}
        if low is not None or high is not None:
            filters["year"] = (low, high)
        scope, listing = scope_of(mixed.connection, filters), listing_of(mixed.connection)
        chosen = listing.choose(filters)
        assert chosen.base == scope.base
        for mask, documents in ((chosen.counted, scope.documents), (chosen.apart, scope.apart)):
            assert [row.id for row, held in zip(listing.rows, mask, strict=True) if held] == list(documents)


def _mixed():
    index = Index.open(cut=cut)
    spans = [(2005, 2005), (2004, 2007), (None, 2006), (2008, None), (None, None)]
    for number, (low, high) in enumerate(spans * 2):
        one = analysis(
            f"第{number}篇报告。", year=2003 + number if number % 3 == 0 else None, year_low=low, year_high=high,
            year_basis=("inferred", "title")[number % 2], doc_type=KINDS[number % 3], org=f"第{number % 2}县妇联",
        )  # fmt: skip
        index.add(source(f"{number}.txt", one), [one])
    return index
