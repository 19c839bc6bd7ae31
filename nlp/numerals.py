"""Numerals: 3000, ３．５, 16.6亿, 一百二十余万, 壹拾贰, 三分之一, 八成 as exact numbers.

`NUMERAL` finds what may be a numeral, `parse_numeral` says how much it is. Both know half- and full-width digits,
Chinese numerals in simplified, traditional and formal characters, and mixtures of the two; neither knows units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

DIGITS = {
    char: value
    for value, chars in enumerate(
        ("零〇○", "一壹弌", "二两贰俩兩貳", "三叁參仨", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in chars
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
VAGUE = "多余餘几幾来数數"  # particles that blur a numeral; parse_numeral passes over them

LONGEST = 24  # characters of one numeral: a longer run of digits is no count, and must cost no time

_MULTIPLIER = "".join((*TENS, *MYRIADS))
_FORMAL = "壹弌贰貳叁參肆伍陆陸柒捌玖拾佰仟俩仨○"  # parts of common words too (队伍, 大陆): two in a row to count
_HAN = "".join(DIGITS) + _MULTIPLIER + "廿卅"
_ASCII = str.maketrans("０１２３４５６７８９．，／－−％：", "0123456789.,/--%:")

#: Thousands parted by a space or a full-width comma (缺口4 600公里, 津贴1，326人), behind a word and before a unit.
_PARTED = (
    r"(?<![第图表附页号式至到和为、])(?<=[\u4e00-\u9fff])[1-9][0-9]{0,2}(?:(?: [0-9]{3}){1,2}|，[0-9]{3})"
    r"(?= ?(?:[余多]?万?[人名户元亩吨斤米册株公千平家个件份场次条项张套台辆头只棵例宗起处间座栋]))"
)
ARABIC = (
    rf"(?:{_PARTED}|"
    r"[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[０-９]{1,3}(?:[，,][０-９]{3})++(?![０-９])|[0-9０-９]++)"
    r"(?:[.．][0-9０-９]++)?"
)
HAN = rf"(?![{_FORMAL}](?![{_HAN}]))[{_HAN}]++(?:[点點](?=[{_HAN}])[{''.join(DIGITS)}]++[{_MULTIPLIER}]*+)?"
MIXED = rf"{ARABIC}(?: (?=[万亿]))?(?:[{_MULTIPLIER}]++(?:[零〇]?(?:{ARABIC}|[{_HAN}]))?)*+"
_PART = rf"(?:[{_HAN}]++|{ARABIC})(?:又[{_HAN}]++)?分之(?:{HAN}|{MIXED})"
_COUNTING = "[人名位户家个件条项份次场亩元吨公米千万亿篇期间所座处辆台套棵株头只岁年天月]"
_BLUR = rf"(?:(?:(?:(?<=[0-9０-９]) (?=(?:余|多 ?{_COUNTING}|来{_COUNTING})))?[多余餘几幾]|(?<=[{_MULTIPLIER}0０])来)(?:[{_MULTIPLIER}]++)?)?"

#: The characters that a numeral begins with.
ANCHORS = f"{_HAN}0-9０-９数數几幾"
#: A stretch that looks like a numeral, blurring particles included; `parse_numeral` decides.
NUMERAL = re.compile(
    rf"(?=[{ANCHORS}])"  # looked at first: nine times as fast as trying each alternative everywhere
    rf"(?:(?>{MIXED}|{HAN})(?!又|分之){_BLUR}"  # nearly all of them, tried before the long way round
    rf"|{_PART}|(?:[数數几幾](?=[{_MULTIPLIER}]))?(?:{MIXED}|{HAN}){_BLUR})"
)

_GAP = "[ \u3000]"
#: A numeral written with spaces: its parts stand beside 十, 百, 千 …, so that two columns of digits are none.
_SPACED = re.compile(
    rf"(?:[{_HAN}]++|{ARABIC}(?={_GAP}?[{_MULTIPLIER}]))"
    rf"(?:{_GAP}{{0,2}}(?:[{_HAN}多余餘几幾]++|[0-9]++(?={_GAP}?[{_MULTIPLIER}])))++"
)
#: What `find_numerals` reads: also 半百, 一半, .5, 3/2 and the sign before.
_LOOSE = re.compile(
    rf"(?=[-－−负負.．半{ANCHORS}])"
    rf"(?P<sign>(?<![0-9０-９A-Za-z%％年月日\u4e00-\u9fff])[-－−]|[负負](?=[{_HAN}0-9０-９.]))?"
    rf"(?P<numeral>一半|半百|(?<![0-9０-９.．])[.．][0-9０-９]++|(?<![0-9/])[0-9]{{1,4}}/[1-9][0-9]{{0,3}}(?![0-9/])|{NUMERAL.pattern})"
)

_PARTED_PLAIN = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3}){1,2}[余多]?万?\Z")
_PLAIN = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]+)?|\.[0-9]+")
_TOKEN = re.compile(
    rf"([0-9][0-9,]*(?:\.[0-9]+)?)|([{''.join(DIGITS)}])|([{''.join(TENS)}])|([{''.join(MYRIADS)}])|(廿|卅)"
)
_ALL_DIGITS = re.compile(rf"[{''.join(DIGITS)}]+")
_NEIGHBOURS = re.compile(
    rf"(?P<head>[{_HAN}]*?)(?P<low>[一二两三四五六七八九])(?P<high>[二两三四五六七八九])(?P<tail>[{_MULTIPLIER}]*)"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral in a text: text[start:end]; `approx` is exact, or more where a particle blurs it."""

    start: int
    end: int
    value: Fraction
    approx: str


class NumeralError(ValueError):
    """A text is not a numeral."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"not a numeral: {text[:40]!r}. Known: 3000, 1.5万, 一百二十余万, 三分之一, 八成, 半")


def find_numerals(text: str) -> Iterator[Numeral]:
    """Yield every numeral of a text, whatever it numbers: counts, years, ordinals; signs and spaces within included."""
    done = 0
    for match in _LOOSE.finditer(text):
        start, end = match.span("numeral")
        if end <= done or start < done or end - start > LONGEST:
            continue
        end = end_of_spaced(text, start, end)
        try:
            value = parse_numeral(text[start:end])
        except NumeralError:
            continue
        sign = match["sign"]
        blurred = any(char in VAGUE for char in text[start:end])
        done = end
        yield Numeral(match.start(), end, -value if sign else value, "more" if blurred else "exact")


def end_of_spaced(text: str, start: int, end: int) -> int:
    """Return where a numeral ends that is written with spaces (一百 五 十 二, 7万 5千 4百), `end` where it is not."""
    if text[end : end + 1] not in (" ", "\u3000"):
        return end
    spaced = _SPACED.match(text, start, start + LONGEST)
    if spaced is None or spaced.end() <= end:
        return end
    try:
        parse_numeral(spaced[0])
    except NumeralError:
        return end
    return spaced.end() if any(char in _MULTIPLIER for char in spaced[0]) else end


@lru_cache(maxsize=4096)
def parse_numeral(text: str) -> Fraction:
    """Return the number that a numeral names, exactly; 百分之八十 and 八成 are 4/5.

    Particles that blur it (多, 余, 几, 数) are passed over: 一百二十余万 is 1200000. A run of bare digits is read by
    position, as in years: 二〇一二 is 2012. Raises NumeralError on anything that is not one numeral.
    """
    if text.isdecimal() and text.isascii() and len(text) <= LONGEST:
        return Fraction(int(text))  # nine numerals in ten
    plain = _tidy(text)
    if plain.startswith(("-", "负", "負")):
        if plain[1:2] in ("-", "负", "負"):
            raise NumeralError(text)
        return -parse_numeral(plain[1:])
    for separator in ("又", "分之", "/"):
        before, found, after = plain.partition(separator)
        if found:
            return _parse_fraction(text, before, separator, after)
    if plain.endswith("成") or "成" in plain[1:-1]:
        return _parse_tenths(text, plain)
    if plain in ("半", "一半"):
        return Fraction(1, 2)
    if plain.startswith("半"):
        return _parse_whole(text, "一" + plain[1:]) / 2
    whole, point, decimals = plain.replace("點", "点").partition("点")
    return _parse_decimal(text, whole, decimals) if point else _parse_whole(text, _unblur(text, plain))


def parse_neighbours(text: str) -> tuple[Fraction, Fraction] | None:
    """Return both ends of a span told by two neighbouring digits (十五六, 七八十, 三五百, 两三万), otherwise None."""
    if text == "三两":  # the one pair that is told downwards
        return Fraction(2), Fraction(3)
    match = _NEIGHBOURS.fullmatch(text)
    if match is None:
        return None
    low, high = DIGITS[match["low"]], DIGITS[match["high"]]
    if high - low != 1 and (low, high) != (3, 5):
        return None
    if match["head"] and match["head"][-1] in DIGITS:
        return None
    try:
        ends = [parse_numeral(match["head"] + match[side] + match["tail"]) for side in ("low", "high")]
    except NumeralError:
        return None
    if match["head"] and not match["tail"] and TENS.get(match["head"][-1]) != 10:
        return None  # 三百五六 is 350 to 360 in speech; reports do not write it
    return ends[0], ends[1]


def scale_of(text: str) -> int:
    """Return the factor that a numeral ends in (3-5万 → 10000, 2千 → 1000), 1 where it ends in a digit."""
    factor = 1
    for char in reversed(_tidy(text).rstrip(VAGUE)):
        step = TENS.get(char) or MYRIADS.get(char)
        if step is None:
            break
        factor *= step
    return factor


def _tidy(text: str) -> str:
    if not text or len(text) > LONGEST * 2:
        raise NumeralError(text)
    plain = text.translate(_ASCII)
    if " " in plain or "\u3000" in plain:
        if re.search(r"[0-9.,][ \u3000]+[0-9.,]", plain) and not _PARTED_PLAIN.match(plain):
            raise NumeralError(text)
        plain = plain.replace(" ", "").replace("\u3000", "")
    return plain


def _unblur(text: str, plain: str) -> str:
    if plain[:1] in "数數几幾":
        plain = plain[1:]
        if plain[:1] not in _MULTIPLIER:
            raise NumeralError(text)
    kept = [char for char in plain if char not in VAGUE]
    if len(plain) - len(kept) > 1 or plain[:1] in VAGUE:
        raise NumeralError(text)
    return "".join(kept)


def _parse_fraction(text: str, before: str, separator: str, after: str) -> Fraction:
    if separator == "又":
        part = parse_numeral(after)
        if part >= 1:
            raise NumeralError(text)
        return parse_numeral(before) + part
    if separator == "/" and not (before.isdigit() and after.isdigit()):
        raise NumeralError(text)
    over, under = (before, after) if separator == "/" else (after, before)
    denominator = parse_numeral(under)
    if not denominator:
        raise NumeralError(text)
    return parse_numeral(over) / denominator


def _parse_tenths(text: str, plain: str) -> Fraction:
    tenths, _, hundredths = plain.partition("成")
    more = Fraction(5) if hundredths == "半" else parse_numeral(hundredths) if hundredths else Fraction(0)
    if more >= 10:
        raise NumeralError(text)
    return parse_numeral(tenths) / 10 + more / 100


def _parse_decimal(text: str, whole: str, decimals: str) -> Fraction:
    digits = _ALL_DIGITS.match(decimals)
    if not digits or not whole:
        raise NumeralError(text)
    part = Fraction(int("".join(str(DIGITS[char]) for char in digits[0])), 10 ** len(digits[0]))
    factor = _parse_whole(text, "一" + rest) if (rest := decimals[digits.end() :]) else Fraction(1)
    return (_parse_whole(text, whole) + part) * factor


def _parse_whole(text: str, plain: str) -> Fraction:
    if len(plain) > LONGEST:
        raise NumeralError(text)
    if _PLAIN.fullmatch(plain):
        return Fraction(plain.replace(",", ""))
    if len(plain) > 1 and _ALL_DIGITS.fullmatch(plain):
        return Fraction(int("".join(str(DIGITS[char]) for char in plain)))
    return _add_up(text, plain)


def _add_up(text: str, plain: str) -> Fraction:
    """Read 三万五千六百二十, 7万5千4百, 一百二十万三: digits, powers of ten, and 万 or 亿 that close a section."""
    total: Fraction | int = 0
    section: Fraction | int = 0
    digit: Fraction | int | None = None
    last = 0  # the factor just read
    closed = 0  # the 万 or 亿 just read
    ceiling = 10**4  # within a section, factors fall
    gap = False  # 零 was read: what follows counts in ones
    position = 0
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        if match is None:
            raise NumeralError(text)
        position = match.end()
        arabic, han, ten, myriad, score = match.groups()
        if (arabic or han) and digit is not None:
            raise NumeralError(text)
        if arabic:
            if not _PLAIN.fullmatch(arabic):
                raise NumeralError(text)
            plain_digits = arabic.replace(",", "")
            digit = int(plain_digits) if plain_digits.isdecimal() else Fraction(plain_digits)
            gap = gap or len(arabic) > 1
        elif han and DIGITS[han] == 0 and (last or position < len(plain)):
            gap = True
        elif han:
            digit = DIGITS[han]
        elif score:
            if digit is not None or section or (last == 10 and not gap):
                raise NumeralError(text)
            section, last, ceiling = 20 if score == "廿" else 30, 10, 10
        elif ten:
            factor = TENS[ten]
            if factor >= ceiling or (digit is None and last and factor != 10 and not gap):
                raise NumeralError(text)
            section += (1 if digit is None else digit) * factor
            digit, last, ceiling, gap = None, factor, factor, False
        else:
            factor = MYRIADS[myriad]
            if closed and (factor == closed == 10**4 or (digit is None and not section and factor <= closed)):
                raise NumeralError(text)  # 亿万, 万万, 10万20万
            here = section + (digit or 0)
            if factor > closed and total:
                total = (total + here) * factor
            else:
                total += (here if here or digit is not None else 1) * factor
            section, digit, last, closed, ceiling, gap = 0, None, factor, factor, 10**4, False
    if digit is not None:
        section += digit * (last // 10) if last >= 10 and not gap else digit
    return Fraction(total + section)
