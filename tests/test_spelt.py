"""Characters that a program spelt out are told by what they stand for; what only looks so is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.spelt import find_spelt


@pytest.mark.parametrize(
    ("text", "char"),
    [
        ("<U+3000>", "\u3000"), ("<U+00A0>", "\xa0"), ("<U+4E2D>", "中"), ("<U+200B>", "\u200b"), ("<U+2000B>", "𠀋"),
        ("&nbsp;", "\xa0"), ("&#x4E2D;", "中"), ("&#20013;", "中"), ("&ldquo;", "“"), ("&amp;nbsp;", "\xa0"), ("&amp;", "&"),
        ("&middot;", "·"), ("&#147;", "“"), ("\\u4e2d", "中"), ("\\uff0c", "，"),
    ],
)  # fmt: skip
def test_a_character_that_is_spelt_out_is_read(text, char):
    assert list(find_spelt(f"走访{text}农户")) == [(2, 2 + len(text), char)]


@pytest.mark.parametrize(
    "text",
    [
        "R&D; ",
        "AT&T",
        "&nbsp",
        "&foo;",
        "&#0;",
        "&#xD800;",
        "<U+D800>",
        "<U+30>",
        "C:\\users\\u0041",
        "U+3000",
        "a<b>c",
    ],
)
def test_what_only_looks_so_is_left_alone(text):
    assert list(find_spelt(text)) == []


@given(st.text(alphabet="<U+3000>&#x;nbsp\\u4e2d中", max_size=40))
def test_places_are_in_order_and_quote_what_they_replace(text):
    at = 0
    for start, end, char in find_spelt(text):
        assert at <= start < end and len(char) >= 1 and text[start] in "<&\\"
        at = end
