"""Marks in a text: brackets or HTML may cross and nest, and the text between them stays what it was."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from index.show import Mark, Shown
from nianlun.marks import DEFAULT, LAYERS, as_html, as_text

TEXT = "一是经费不足,全年培训**余人,6月底前办“双学双比”。\n二是<人员>少&忙。"
_BRACKETS = "".join(layer.opening + layer.closing for layer in LAYERS.values()) + "▒"


def shown(marks: list[Mark], start: int = 0, end: int = len(TEXT)) -> Shown:
    document = SimpleNamespace(title="总结", year_label=None, org=None)
    return cast(
        Any,
        SimpleNamespace(
            document=document, reference="a", start=start, end=end, text=TEXT[start:end], marks=tuple(marks)
        ),
    )


def mark(layer: str, start: int, end: int, label: str = "", detail: str = "stated") -> Mark:
    return Mark(layer=layer, start=start, end=end, source_start=start, source_end=end, label=label, detail=detail)


places = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(lambda pair: pair[0] < pair[1])
marks = st.lists(
    st.builds(lambda layer, place: mark(layer, *place), st.sampled_from(["problems", "numbers", "times", "activities", "damage"]), places),
    max_size=6,
)  # fmt: skip


@given(marks)
def test_taking_the_brackets_away_gives_the_text_back(found: list[Mark]) -> None:
    marked = re.sub(r"】\([^)]*\)", "】", as_text(shown(found), DEFAULT, "zh"))
    assert "".join(char for char in marked if char not in _BRACKETS) == "".join(
        char for char in TEXT if char not in _BRACKETS
    )


@given(marks, places)
def test_html_of_any_stretch_holds_its_text_and_nothing_unescaped(found: list[Mark], place: tuple[int, int]) -> None:
    html = as_html(shown(found, *place))
    body = html.rpartition("<div>")[2]
    text = unescape(re.sub(r"<[^>]*>", "", body.replace("<br>", "\n")))
    assert text == TEXT[place[0] : place[1]]


def test_marks_nest_and_an_illegible_number_is_hatched() -> None:
    found = [mark("problems", 0, 18, "funding_gap", "asserted"), mark("numbers", 11, 15, "人", "masked")]
    text = as_text(shown(found), DEFAULT, "zh", names={"funding_gap": "经费不足"})
    assert text.startswith("【一是经费不足,全年培训▒⟨**余人⟩,")
    assert "】(经费不足)" in text


def test_a_problem_of_another_polarity_says_so() -> None:
    text = as_text(
        shown([mark("problems", 0, 6, "funding_gap", "solved")]), DEFAULT, "zh", names={"funding_gap": "经费不足"}
    )
    assert "(经费不足 已解决)" in text


def test_only_the_layers_asked_for_are_marked() -> None:
    found = [mark("problems", 0, 6, "other", "asserted"), mark("numbers", 11, 15)]
    assert "【" not in as_text(shown(found), ("numbers",), "zh")


def test_what_is_lost_is_shown_as_a_hatched_place_and_what_was_repaired_as_it_reads() -> None:
    text = "走访\ufffd困难职工"
    lost = shown([mark("damage", 2, 3, "mojibake"), mark("damage", 4, 8, "repaired")], 0, len(text))
    cast(Any, lost).text = text
    assert as_text(lost, DEFAULT, "zh") == as_text(lost, (), "zh") == "走访▒困难职工"
    assert "\ufffd" not in as_html(lost)


def test_a_guessed_leaf_is_called_a_guess_in_both_languages() -> None:
    found = [replace(mark("problems", 0, 6, "funding_gap", "asserted"), guessed=True)]
    assert "】(猜:经费不足)" in as_text(shown(found), DEFAULT, "zh", names={"funding_gap": "经费不足"})
    assert "】(guess: funding gap)" in as_text(shown(found), DEFAULT, "en", names={"funding_gap": "funding gap"})
    sure = [mark("problems", 0, 6, "funding_gap", "asserted")]
    assert "】(funding_gap)" in as_text(shown(sure), DEFAULT, "en")
