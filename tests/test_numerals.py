"""Numerals: what they are worth, exactly, and what is none."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runaway import grows_in_proportion, no_runaway

from nlp.numerals import NUMERAL, NumeralError, find_numerals, parse_neighbours, parse_numeral, scale_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("3000", "3000"),
        ("３０００", "3000"),
        ("12,600", "12600"),
        ("１２，６００", "12600"),
        ("97.7", "97.7"),
        ("９７．７", "97.7"),
        ("-2.5", "-2.5"),
        ("16.6亿", "1660000000"),
        ("1,100万", "11000000"),
        ("1.5 万", "15000"),
        ("3千", "3000"),
        ("7万5千4百", "75400"),
        ("1万600", "10600"),
        ("1万5", "15000"),
        ("2千零30万", "20300000"),
        ("零", "0"),
        ("十", "10"),
        ("十五", "15"),
        ("廿二", "22"),
        ("卅", "30"),
        ("一百零六", "106"),
        ("一百十五", "115"),
        ("四百五", "450"),
        ("一千零五十", "1050"),
        ("两万", "20000"),
        ("三万五", "35000"),
        ("一百二十万三", "1203000"),
        ("一百九十万零三千九百七十一", "1903971"),
        ("四十五亿四千零四万", "4540040000"),
        ("二十一万亿", "21000000000000"),
        ("壹拾贰万叁仟", "123000"),
        ("貳萬伍仟", "25000"),
        ("十五点七", "15.7"),
        ("三点五万", "35000"),
        ("二〇一二", "2012"),
        ("二零零八", "2008"),
        ("半", "0.5"),
        ("一半", "0.5"),
        ("半百", "50"),
    ],
)
def test_a_numeral_is_worth_its_number(text, value):
    assert parse_numeral(text) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3千多", 3000),
        ("一百二十余万", 1200000),
        ("万余", 10000),
        ("20多亿", 2 * 10**9),
        ("十几", 10),
        ("数十亿", 10**9),
    ],
)
def test_blurring_particles_do_not_change_the_number(text, value):
    assert parse_numeral(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三分之一", Fraction(1, 3)),
        ("百分之八十", Fraction(4, 5)),
        ("百分之56.2", Fraction(562, 1000)),
        ("千分之五", Fraction(1, 200)),
        ("万分之三", Fraction(3, 10000)),
        ("一又二分之一", Fraction(3, 2)),
        ("3/4", Fraction(3, 4)),
        ("八成", Fraction(4, 5)),
        ("三成半", Fraction(7, 20)),
        ("七成六", Fraction(19, 25)),
    ],
)
def test_fractions_and_tenths_stay_exact(text, value):
    assert parse_numeral(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "人",
        "多",
        "几",
        "三个",
        "第三",
        "十十",
        "万万",
        "亿万",
        "千百",
        "一万千",
        "1.2.3",
        "1,23",
        "12 13",
        "--3",
        "3/0",
        "成",
        "1" * 99,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(NumeralError):
        parse_numeral(text)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("三四", (3, 4)),
        ("一两", (1, 2)),
        ("十五六", (15, 16)),
        ("二十七八", (27, 28)),
        ("七八十", (70, 80)),
        ("三五百", (300, 500)),
        ("两三万", (20000, 30000)),
        ("五四", None),
        ("三八", None),
        ("十五", None),
        ("二〇一二", None),
    ],
)
def test_two_neighbouring_digits_tell_a_span(text, ends):
    assert parse_neighbours(text) == ends


@pytest.mark.parametrize(
    ("text", "factor"), [("5万", 10**4), ("3百万", 10**6), ("2千", 1000), ("20多亿", 10**8), ("35", 1)]
)
def test_the_scale_of_a_numeral_is_the_factor_it_ends_in(text, factor):
    assert scale_of(text) == factor


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共有一百二十余万人", ["一百二十余万"]),
        ("占三分之一，增长3.5%", ["三分之一", "3.5"]),
        ("队伍壮大，陆续到位", []),
        ("十来个村、3千多户", ["十来", "3千多"]),
        ("数百名、几十家", ["数百", "几十"]),
    ],
)
def test_the_pattern_finds_whole_numerals(text, found):
    assert [match[0] for match in NUMERAL.finditer(text)] == found


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_number_written_in_chinese_is_read_back(number):
    assert parse_numeral(write(number)) == number


def write(number: int) -> str:
    """Write a number as a report does: 10600 is 一万零六百."""
    if number == 0:
        return "零"
    out, rest = "", number
    for factor, char in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, rest = divmod(rest, factor)
        if not section:
            continue
        out += ("零" if out and section < 1000 else "") + write_section(section, alone=not out) + char
    return out


def write_section(number: int, *, alone: bool) -> str:
    out, gap = "", False
    for factor, char in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, factor)
        if digit:
            out += ("零" if gap else "") + "零一二三四五六七八九"[digit] + char
        gap = bool(out) and not digit
    return out


@given(st.text(alphabet="零一二两三十百千万亿半点分之成多余几数0123456789.,/-％ ", max_size=30))
def test_reading_ends_in_a_number_or_in_a_refusal(text):
    with contextlib.suppress(NumeralError):
        assert isinstance(parse_numeral(text), Fraction)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("一百 五 十 二", ["152"]),
        ("7万 5千 4百", ["75400"]),
        ("三十 五十", ["30", "50"]),
        ("10万 20 30", ["100000", "20", "30"]),
        ("-.5", ["-1/2"]),
        ("-3/2", ["-3/2"]),
        ("负三", ["-3"]),
        ("12-15", ["12", "15"]),
        ("十一又十四分之一", ["155/14"]),
        ("第七名", ["7"]),
        ("半百", ["50"]),
        ("一半", ["1/2"]),
    ],
)
def test_every_numeral_of_a_text_is_found(text, values):
    assert [str(one.value) for one in find_numerals(text)] == values


@pytest.mark.parametrize("run", ["一", "1", "万", "一 ", "7万 ", "半", "-", ".5", "1/", "又", "一又", "分之", "一百 "])
def test_a_long_run_of_numerals_does_not_run_away(run):
    with no_runaway():
        sum(1 for _ in find_numerals((run * 200_000)[:200_000]))


@pytest.mark.parametrize("piece", ["1", "一", "万", ",1", "1,", "1.", "一 ", "7万 ", "至", "1/", "一又", "一分之"])
def test_numerals_without_end_take_time_in_proportion_to_their_length(piece):
    assert grows_in_proportion(lambda text: sum(1 for _ in find_numerals(text)), piece, 80_000)


@given(st.text(max_size=40))
def test_every_numeral_of_any_string_lies_within_it(text):
    assert all(0 <= one.start < one.end <= len(text) for one in find_numerals(text))
