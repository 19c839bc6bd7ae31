"""Search over real reports: every substring is found, and twelve questions have the answers that a reader works out.

The answers were counted in the texts with a plain scan, and read.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from index_samples import analysis

from index.query import exact
from index.store import Index
from ingest.read import read
from ingest.script import to_simplified

OWN = Path(__file__).parent.parent / "corpus" / "reports"
REPORTS = os.environ.get("NIANLUN_REPORTS")
SUFFIXES = (".txt", ".docx", ".csv", ".html", ".htm", ".md")
MANY, FEW = 10_000, 1_000  # substrings, with and without the real reports
LONGEST = 12

#: As search compares: width, ASCII letters in either case, quotation marks of either kind. Written apart from the program.
FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FOLD |= dict.fromkeys(map(ord, "“”„″"), '"') | dict.fromkeys(map(ord, "‘’′"), "'")
FOLD |= {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
FOLD |= {code: code - 0xFEE0 + 32 for code in range(ord("Ａ"), ord("Ｚ") + 1)}


@pytest.fixture(scope="module")
def corpora():
    """An index of all corpora, and the texts by name."""
    folders = [OWN, *([Path(REPORTS) / "seeds", Path(REPORTS) / "corpora"] if REPORTS else [])]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES]
    with Index.open(cut=list) as index:
        for path in files:
            made = read(path)
            index.add(made, [analysis(one) for one in made.documents])
        index.flush()
        yield index, dict(index.connection.execute("SELECT ref, text FROM documents ORDER BY ref"))


def test_every_substring_of_every_corpus_is_found_wherever_it_stands_and_nowhere_else(corpora):
    index, texts = corpora
    folded = {ref: text.translate(FOLD) for ref, text in texts.items()}
    draw = random.Random(6)
    refs, lengths = list(texts), [len(text) for text in texts.values()]
    wrong, told = [], 0
    for number in range(MANY if REPORTS else FEW):
        text = texts[draw.choices(refs, lengths)[0]]
        length = draw.randint(1, LONGEST)
        start = draw.randrange(max(1, len(text) - length))
        term = text[start : start + length]
        if to_simplified(term) != term:  # found under two spellings: the tests of variants
            continue
        told += 1
        plain = term.translate(FOLD)
        expected = {ref: count for ref, text in folded.items() if (count := text.count(plain))}
        found = index.search(exact(term), limit=0, sort="ref")
        if {row.ref: places for row, places in found.per_document} != expected or found.places != sum(
            expected.values()
        ):
            wrong.append(term)
        if number % 100 == 0:
            hits = index.search(exact(term)).hits
            assert all(texts[hit.ref][hit.start : hit.end].translate(FOLD) == plain for hit in hits)
            assert len(hits) == found.places
    assert wrong == []
    assert told > (MANY if REPORTS else FEW) * 0.95


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    if not REPORTS:
        pytest.skip("NIANLUN_REPORTS names no folder of real reports")
    from nianlun.reading import find_files, read_into
    from nianlun.taxonomy import leaves
    from nlp.analyse import fingerprint

    db = tmp_path_factory.mktemp("search") / "reports.db"
    with Index.open(db, leaves=leaves()) as index:
        files, _ = find_files([Path(REPORTS) / "seeds"], db)
        list(read_into(index, files, fingerprint=fingerprint()))
        index.flush()
        yield index


@pytest.mark.parametrize(
    ("question", "query", "places", "documents"),
    [
        ("Which reports speak of children left behind?", "留守儿童", 11, 5),
        ("Where does one character stand?", "童", 125, 16),
        ("Where is lack of funds named in so many words?", "经费 NEAR/10 不足", 1, 1),
        ("… in any words?", "(经费 OR 资金) NEAR/6 (不足 OR 缺乏 OR 紧张 OR 短缺 OR 困难)", 3, 3),
        ("How many were trained?", "培训*人", 11, 6),
        ("Which reports speak of training and never of funds?", "培训 -经费", 60, 9),
        ("Violence in families, under either name?", "家庭暴力 OR 家暴", 6, 5),
        ("Funds and means in one report?", "经费 资金", 7, 2),
        ("Archives, not what Taiwan calls documents?", "文件 -“档案”", 3, 3),
        ("What do plans say of training?", "kind:plan 培训", 28, 5),
        ("And of women, where the title says 要点?", "标题:要点 妇女", 193, 4),
        ("Funds, by any name?", "(经费 OR 资金 OR 款项 OR 费用)", 26, 12),
    ],
)
def test_twelve_questions_have_the_answers_that_a_reader_works_out(seeds, question, query, places, documents):
    found = seeds.search(query)
    assert (found.places, found.documents) == (places, documents), question


def test_synonyms_find_what_the_alternatives_find(seeds):
    assert seeds.search("经费", synonyms=True).places == 26


@pytest.mark.parametrize("query", ["檔案", "经费*不足", "培训 NEAR/5 妇女", "has:number 培训", "“两委”"])
def test_a_hit_leads_to_exactly_the_characters_of_the_file(seeds, query):
    hits = seeds.search(query).hits
    assert hits
    for hit in hits:
        there = seeds.show(hit.reference).raw
        same = "".join(to_simplified(there).split()).translate(FOLD)
        assert same == "".join(hit.text.split()).translate(FOLD), hit.reference
