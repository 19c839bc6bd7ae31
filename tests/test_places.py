"""Places where a pattern is tried: what the codes of characters rule out, no pattern would have found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.modality import CUE, CUES, alternatives, first_two, load_openings, places_of_cues
from nlp.places import codes_of, flags_of

OPENINGS = sorted(
    {"".join(pair) for words in CUES.values() for word in alternatives(words) for pair in first_two(word)}
)
PIECES = [*OPENINGS, *"的在于到抓了解望不要，。做好建设20年一两三有去上必须应当\n𠮷", "目标", "做好", "上", "得了"]


def test_a_code_stands_for_each_character_between_two_zeros():
    assert codes_of("三A").tolist() == [0, 0x4E09, 0x41, 0]
    assert codes_of("").tolist() == [0, 0]


def test_characters_beyond_the_basic_plane_shift_no_place():
    assert len(codes_of("𠮷三𠮷")) == 5
    assert codes_of("𠮷三")[2] == 0x4E09


def test_half_a_pair_of_surrogates_is_one_character():
    assert len(codes_of("\ud83d三")) == 4


def test_flags_tell_the_sets_of_each_character_and_none_of_the_zeros():
    flags = flags_of("[0-9三]", r"[^\n]")
    assert flags.take(codes_of("3三\nA")).tolist() == [0, 3, 3, 0, 2, 0]


def test_a_digit_beyond_the_basic_plane_is_a_digit():
    assert flags_of(r"\d", "[0-9]").take(codes_of("𝟘")).tolist() == [0, 1, 0]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_cue_is_found_by_its_first_two_characters(text):
    places, by_first = places_of_cues(text), load_openings().by_first
    for cue in CUE.finditer(text):
        assert cue.start() in places
        found = by_first[text[cue.start()]].match(text, cue.start())
        assert found is not None
        assert (found.span(), found.lastgroup) == (cue.span(), cue.lastgroup)
    for place in places:
        found, cue = by_first[text[place]].match(text, place), CUE.match(text, place)
        assert (found is None) == (cue is None)


def test_no_cue_begins_where_none_of_its_words_do():
    assert places_of_cues("全镇工业企业发展平稳，力量不足") == []
