"""`nianlun serve`: the page and its ready-made queries answer from the index, read-only, without a network."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

import pytest
from click.testing import CliRunner
from datasette.utils import tilde_encode
from index_samples import analysis, cut, source
from small_reports import write_reports

from index.characters import PART
from index.schema import TABLES, VIEWS
from index.store import Index
from nianlun.cli import cli
from nianlun.serve import QUERIES, datasette_for, metadata_for


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pile")
    write_reports(folder / "reports")
    result = CliRunner().invoke(cli, ["ingest", str(folder / "reports"), "--db", str(folder / "reports.db")])
    assert result.exit_code == 0, result.output
    return folder / "reports.db"


def get(db: Path, path: str) -> Any:
    """Ask the page in this very process."""

    async def ask() -> Any:
        served = datasette_for(db, "zh")
        await served.invoke_startup()
        return await served.client.get(path)

    return asyncio.run(ask())


def rows(db: Path, query: str, **values: str) -> list[dict[str, Any]]:
    given = "&".join(f"{name}={quote(value)}" for name, value in values.items())
    answer = get(db, f"/reports/{query}.json?_shape=array&{given}")
    assert answer.status_code == 200, answer.text
    return list(answer.json())


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_answers_with_chinese_heads(db: Path, query: str) -> None:
    found = rows(db, query, q="经费", leaf="funding_gap", reference=rows(db, "search", q="经费")[0]["出处"])
    assert found and all(re.search("[一-鿿]", head) for head in found[0])


def test_queries_are_not_named_like_tables_or_views() -> None:
    assert not set(QUERIES) & {one.name for one in (*TABLES, *VIEWS)}


@pytest.mark.parametrize("word", ["经费", "费", "日常经费缺口较大", "女童"])
def test_search_finds_words_of_any_length(db: Path, word: str) -> None:
    sentences = [row["句子"] for row in rows(db, "search", q=word)]
    assert sentences and all(word in sentence for sentence in sentences)


def test_search_finds_what_stands_far_inside_a_very_long_report(tmp_path: Path) -> None:
    long = analysis("一" * (PART + 10) + "。\n村里缺经费。\n")
    with Index.open(tmp_path / "reports.db", cut=cut) as index:
        index.add(source("long.txt", long), [long])
    assert [row["句子"].strip() for row in rows(tmp_path / "reports.db", "search", q="缺经费")] == ["村里缺经费。"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/reports/nothing", "/reports/documents/1/x", "/reports/documents/9999", "/a/b/c"]
)
def test_a_wrong_address_is_not_found(db: Path, path: str) -> None:
    assert get(db, path).status_code == 404


def test_search_folds_traditional_and_full_width_characters(db: Path) -> None:
    assert rows(db, "search", q="經費") == rows(db, "search", q="经费") != []


def test_a_reference_leads_to_its_sentence(db: Path) -> None:
    (first, *_) = rows(db, "search", q="女童")
    page = get(db, "/reports/search?q=" + quote("女童")).text
    links = re.findall(r'href="(/reports/sentence_at\?reference=[^"]+)"', page)
    assert links and first["句子"].strip() in get(db, links[0]).text
    assert rows(db, "sentence_at", reference="@") == []


def test_counts_stand_beside_their_base(db: Path) -> None:
    assert all(row["报告数"] <= row["当年报告总数"] for row in rows(db, "problems_in_years"))
    assert all(row["报告数"] <= row["报告总数"] == 4 for row in rows(db, "activities_by_frequency"))


def test_search_takes_no_word_for_a_query_language(db: Path) -> None:
    for word in ('"', "经费' OR 1", "NEAR(", "费*", ""):
        assert rows(db, "search", q=word) == []


def test_sentences_of_a_problem_are_found_by_id_and_by_name(db: Path) -> None:
    by_id, by_name = rows(db, "problem_sentences", leaf="funding_gap"), rows(db, "problem_sentences", leaf="经费不足")
    assert by_id == by_name and {row["年份"] for row in by_id} == {"2012", "未注明"}


def test_nothing_can_be_written(db: Path) -> None:
    before = db.read_bytes()
    answer = get(db, "/reports.json?sql=" + quote("DELETE FROM documents"))
    assert answer.status_code == 400
    assert get(db, "/reports.db").status_code == 403
    assert db.read_bytes() == before


def test_pages_name_tables_in_chinese_and_load_nothing_from_elsewhere(db: Path) -> None:
    for path in ("/", "/reports", "/reports/reports", "/reports/search?q=" + quote("经费")):
        page = get(db, path).text
        loaded = re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=\"([^\"]+)\"", page)
        assert not [url for url in loaded if url.startswith(("http:", "https:", "//")) and "localhost" not in url]
    assert "报告一览" in get(db, "/reports").text


@pytest.mark.parametrize("name", ["reports", "往年", "往年.2012", "a b"])
def test_links_of_the_page_lead_to_lists_whatever_the_index_is_called(db: Path, tmp_path: Path, name: str) -> None:
    copied = tmp_path / f"{name}.db"
    copied.write_bytes(db.read_bytes())
    page = f"/{tilde_encode(name)}"
    links = re.findall(r'href="([^"/:]+/(?:reports|deadlines|sentences))"', get(copied, page).text)
    assert len(links) == 3
    assert {get(copied, urljoin(page, link)).status_code for link in links} == {200}


def test_every_table_and_column_has_a_title_in_both_languages() -> None:
    for lang in ("zh", "en"):
        tables = metadata_for("reports", lang)["databases"]["reports"]["tables"]
        for one in (*TABLES, *VIEWS):
            assert tables[one.name]["title"]
            assert all(tables[one.name]["columns"].values())
