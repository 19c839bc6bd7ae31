"""Words of a list are found wherever they stand, as a search for each of them finds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.word_places import WordFinder, apart

WORDS = ("每", "果", "果园", "果园会", "果园会堂", "果园会堂前", "园会", "堂前", "每年", "A级果", "𝟎果", "果园")


def one_by_one(text: str) -> list[tuple[int, int, int]]:
    found = [
        (number, start, start + len(word))
        for number, word in enumerate(WORDS)
        for start in range(len(text))
        if text.startswith(word, start)
    ]
    return sorted(found, key=lambda entry: (*entry[1:], entry[0]))


@given(st.text(alphabet="每果园会堂前年A级𝟎，\n\ud800", max_size=40))
def test_every_word_is_found_wherever_it_stands(text: str) -> None:
    assert WordFinder(WORDS).find(text) == one_by_one(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("果园会堂前", ["果园会堂前"]),
        ("果园会堂", ["果园会堂"]),
        ("果园会", ["果园会"]),
        ("每果园会每", ["每", "果园会", "每"]),
        ("", []),
    ],
)
def test_of_words_that_overlap_the_longest_of_the_first_counts(text: str, expected: list[str]) -> None:
    finder = WordFinder(WORDS[:-1])
    assert [text[start:end] for _, start, end in apart(finder.find(text))] == expected
