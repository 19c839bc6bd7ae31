"""The text of a file is kept beside those of its documents, and comes back character by character."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_samples import LEAVES, analysis, cut, source
from test_copies import add

from index.source_texts import BLOCK, pack_text, read_stretch, read_text, unpack_text
from index.store import Index
from ingest.records import OffsetMap, Run

LETTERS = "调研 督导\r\n１２。，\ufeff𠀀"


@pytest.fixture
def index() -> Iterator[Index]:
    with Index.open(cut=cut, leaves=LEAVES) as made:
        yield made


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[tuple[OffsetMap, str]]]:
    """A text and documents that have stretches of it, some changed, some with what follows dropped."""
    text = draw(st.text(alphabet=LETTERS, max_size=40)) * draw(st.integers(1, 2 * BLOCK))
    documents, at = [], 0
    for _ in range(draw(st.integers(0, 2))):
        runs, clean = [], ""
        for _ in range(draw(st.integers(0, 3))):
            start = draw(st.integers(at, len(text)))
            end = draw(st.integers(start, len(text)))
            words = text[start:end]
            if draw(st.booleans()):
                words = words.replace("１", "1") if draw(st.booleans()) else words.replace("\r\n", "")
            runs.append(Run(len(clean), len(clean) + len(words), start, end))
            clean, at = clean + words, end
        documents.append((OffsetMap(runs), clean))
    return text, documents


@given(files())
def test_a_packed_text_comes_back_whole(file: tuple[str, list[tuple[OffsetMap, str]]]) -> None:
    text, documents = file
    assert unpack_text(pack_text(text, documents), documents) == text


def test_what_the_documents_hold_is_not_kept_twice() -> None:
    text = "".join(f"第{number}项督办清单已经报送，" for number in range(900))
    held = [(OffsetMap([Run(0, len(text), 6, 6 + len(text))]), text)]
    assert len(pack_text("页眉乙丙丁\n" + text, held)) < 100 < len(pack_text(text))


def test_the_text_of_a_file_outlives_the_document_that_held_it(index: Index) -> None:
    text = "柏舟县2016年督查通报\n" + "全年督查四轮，印发通报十九期，约谈两个单位。\n" * 9
    add(index, "副本/较长的文件名.txt", text)
    (number,) = index.connection.execute("SELECT id FROM sources").fetchone()
    before = read_text(index.connection, number)
    add(index, "通报.txt", text + "\n")  # the better name: it holds the document now
    assert index.connection.execute("SELECT source FROM documents").fetchall() != [(number,)]
    assert read_text(index.connection, number) == before == text
    assert read_stretch(index.connection, number, 3, 9) == text[3:9]


def test_a_long_text_and_one_of_an_older_index_stay_as_they_are(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.PACKED", 5)
    one = analysis("督查室设在办公室。")
    index.add(source("长.txt", one), [one])
    ((number, stored),) = index.connection.execute("SELECT id, text FROM sources").fetchall()
    assert stored == read_text(index.connection, number) == one.document.text
    assert read_stretch(index.connection, number, 2, 4) == stored[2:4]
    assert read_stretch(index.connection, 999, 0, 4) == read_text(index.connection, 999) == ""
