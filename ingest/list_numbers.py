"""The numbers that office programs show before the paragraphs of a list, in every form of East Asia that they know.

Forms are named as ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat) names them; OpenDocument's and Word 97's are led to these.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

DIGITS = "〇一二三四五六七八九"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
LEGAL = {
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "japaneseLegal": ("〇壱弐参四伍六七八九", "拾百阡"),
}
COUNTED = ("〇一二三四五六七八九", "十百千")
ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                  ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"], strict=True))  # fmt: skip
# The first character of a row in Unicode, and how many numbers the row goes up to.
ROWS = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3280, 10),
    "ideographParenthesized": (0x3220, 10),
}
FULL_WIDTH = str.maketrans("0123456789", "".join(chr(0xFF10 + figure) for figure in range(10)))
# Up to 99 in tens, from 100 on digit by digit; or in hundreds and thousands throughout.
IN_TENS = ("chineseCounting", "taiwaneseCounting")
IN_THOUSANDS = ("chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting")
BY_DIGIT = ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital")
PLACE = re.compile(r"%([1-9])")
# Before a digit a number that ends so would become another one: 1. and 5万元, 1 and 2023年.
JOINS = frozenset("0123456789.\uff0e")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of a list: where it begins, the form of its numbers, and the text before a paragraph with %1 to %9 in it.

    `legal` shows the numbers of the outer levels in figures; it begins anew behind any outer level, or only behind those
    below `restart`.
    """

    start: int
    form: str
    text: str
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class ListNumbers:
    """Counts the numbers of a file's lists, paragraph by paragraph."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # of a list, from 0
    series: dict[str, str] = field(default_factory=dict)  # of a list: the series in which it counts on with others
    starts: dict[tuple[str, int], int] = field(default_factory=dict)  # where a list begins a level of its series anew
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, name: str, at: int) -> str:
        """Return the number before the next paragraph of a list's level; none for a bullet or an unknown list."""
        levels = self.levels.get(name, {})
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts[self.series[name]]
        if (name, at) in self.starts:
            counts[at] = self.starts.pop((name, at))
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in [place for place in counts if place > at]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or at < restart:
                del counts[deeper]
        if level.form in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if place not in levels:
                return ""
            form = "decimal" if level.legal and place < at else levels[place].form
            return numeral(counts.get(place, levels[place].start), form)

        return PLACE.sub(shown, level.text) if "%" in level.text else ""


def numeral(number: int, form: str) -> str:
    """Return a number in a form; in figures where the form is unknown or has no sign for so large a number."""
    if number < 1:
        return DIGITS[0] if number == 0 and form in (*IN_TENS, *IN_THOUSANDS, *BY_DIGIT) else str(number)
    if form in ROWS and number <= ROWS[form][1]:
        return chr(ROWS[form][0] + number - 1)
    write = FORMS.get(form)
    return write(number) if write else str(number)


def labelled(label: str, text: str) -> str:
    """Return a list number such that text can follow it: with a blank where the two would run into one number."""
    if not label:
        return ""
    last = label[-1]
    runs_on = last in JOINS and text[:1].isdigit()
    return f"{label} " if runs_on or last.isalpha() or last.isdecimal() else label


def _counted(number: int, signs: tuple[str, str], *, one: bool) -> str:
    """Return a number up to 9999 with its hundreds and tens; `one` tells whether 100 is 一百 and 101 一百零一 (or 百, 百一)."""
    digits, units = signs
    if number >= 10_000:
        return "".join(digits[int(figure)] for figure in str(number))
    out, gap = "", False
    for place in (3, 2, 1, 0):
        figure = number // 10**place % 10
        if not figure:
            gap = bool(out)
            continue
        if gap and one:
            out += "零"
        gap = False
        bare = figure == 1 and place and (not one or (place == 1 and not out))
        out += ("" if bare else digits[figure]) + (units[place - 1] if place else "")
    return out


def _tens(number: int) -> str:
    return _counted(number, COUNTED, one=True) if number < 100 else _by_digit(number)


def _by_digit(number: int) -> str:
    return "".join(DIGITS[int(figure)] for figure in str(number))


def _legal(form: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        said = _counted(number, LEGAL[form], one=True)
        return ("壹" if form != "japaneseLegal" and 10 <= number < 20 else "") + said

    return write


def _roman(number: int) -> str:
    out = ""
    for value, sign in ROMAN:
        times, number = divmod(number, value)
        out += sign * min(times, 10)
    return out


def _letter(number: int) -> str:
    times, place = divmod(number - 1, 26)
    return chr(0x41 + place) * min(times + 1, 30)  # Word goes on from Z with AA, BB


FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "bullet": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "decimalFullWidth": lambda number: str(number).translate(FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(FULL_WIDTH),
    "numberInDash": lambda number: f"- {number} -",
    "ideographTraditional": lambda number: STEMS[(number - 1) % 10] if number <= 10 else str(number),
    "ideographZodiac": lambda number: BRANCHES[(number - 1) % 12] if number <= 12 else str(number),
    "ideographZodiacTraditional": lambda number: STEMS[(number - 1) % 10] + BRANCHES[(number - 1) % 12],
    **dict.fromkeys(IN_TENS, _tens),
    **{form: lambda number: _counted(number, COUNTED, one=True) for form in IN_THOUSANDS[:2]},
    **{form: lambda number: _counted(number, COUNTED, one=False) for form in IN_THOUSANDS[2:]},
    **dict.fromkeys(BY_DIGIT, _by_digit),
    **{form: _legal(form) for form in LEGAL},
}
