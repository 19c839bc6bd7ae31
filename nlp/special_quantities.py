"""Quantities that are more than a numeral and its unit: halves, shares, tenths, ratios, multiples, masked and lost numbers."""

from __future__ import annotations

import re
from fractions import Fraction

from nlp.numerals import LONGEST, NumeralError, parse_numeral
from nlp.quantity_records import BOUND_WORDS, CHINESE, TAIL, Number, is_of_a_time, quantity_of, read_number
from nlp.records import Quantity
from nlp.units import Units

MASK = "*＊#＃×○xXｘＸ_＿"
_MASKED = re.compile(rf"[{MASK}0-9０-９.．]++[十百千万亿]*+[多余几]?[万亿]?+")
COMPARED = re.compile(  # one of these before a numeral, and it counts without a unit, too
    r"(?P<strong>[大小高低多少]于(?: ?(?:或者?)? ?等于)?)\Z|(?:超过了?|不足|不到|至少有?|最多有?|占|比|(?<=[人员户家年工生童女]数)[为是]|总数[为是]?) ?\Z"
)
ENDS = frozenset("，。；、？！,;?!）) \u3000\n\r")
_THAN = re.compile(r" ?(?:(?P<more>[高多大])|(?P<less>[低少小]))(?![于校中学])")
_HALF_LEAD = re.compile(r"(?:占|超过?|近|约|不到|不足|达到?|接近|过)了?\Z")
_HALF_ENDS = frozenset("，。；、的多")
_NO_PAIR_BEFORE = frozenset("第图表其章条款项注之见十百千万")
IN_TURN = re.compile(r"(?:分别|依次)[^。；\n]*\Z")
_COUNTED_SURELY = frozenset("人名户个间亩棵株件条项份次场元吨米台套头只处所座辆")
_TENTHS = re.compile(
    r"成(?:半|[一二三四五六七八九](?![十百千万亿个])| [一二三四五六七八九](?=[，。；、的以左]|\Z))?(?P<closed>(?=以[上下]|左右|多|的|[，。；、,;：）)\s]|(?:上)?升(?![学级国旗])|提[高升]|下?降|增[长加至到]|居民|村民|农户|群众|职工|员工|学生|家长|老人|妇女|青年|受访|干部|党员|企业|家庭|\Z))?"
)
_SHARE_LEAD = re.compile(r"(?<=[占近约超了降升增少掉减有])\Z|下降\Z|增长\Z")
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9]\Z")
_RATIO = re.compile(r"(?P<one>[0-9]++(?:\.[0-9]++)?)(?:[:：∶]|比)(?P<other>[0-9]++(?:\.[0-9]++)?)(?![0-9:：∶])")
_RATIO_LEAD = re.compile(r"(?:比|例|率|按|配)[^，。；\n]{0,6}\Z|[由为到达按以比]\Z")
AND_A_HALF = re.compile(r"半(?=[，。；、,;）)的大多左以\n]|\Z)")  # 54岁半
_ROUGHLY = {"强": "more", "弱": "less"}  # 三分之一强
_ROUGH_ENDS = re.compile(r"[，。；、！？）)的\n]|\Z")


def read_half(text: str, start: int, end: int) -> Quantity | None:
    """Read 一半以上, 超过半数, 过半 as a half; a half of something else (一半天) is none."""
    bounded = TAIL.match(text, end) or _HALF_LEAD.search(text, max(0, start - 3), start)
    if not bounded and text[end : end + 1] not in _HALF_ENDS:
        return None
    approx = "more" if text[start - 1 : start] == "过" else "exact"
    return quantity_of(text, Number(start, end, Fraction(1, 2), approx=approx), end, "", "percent", "half")


def read_few(text: str, pair: re.Match[str], units: Units) -> Quantity | None:
    """Read 五、六次 and 5、6户 within a clause as a span of neighbours; at its beginning the first may number a list."""
    before = text[pair.start() - 1 : pair.start()]
    low, high = parse_numeral(pair[1]), parse_numeral(pair[2])
    unit = units.match(text, pair.end())
    if high - low != 1 or unit is None or not CHINESE.match(before) or before in _NO_PAIR_BEFORE:
        return None
    if is_of_a_time(text, pair.end(), unit, units) or IN_TURN.search(
        text, max(0, pair.start() - 2 * LONGEST), pair.start()
    ):
        return None
    number = Number(pair.start(), pair.end(), low, high, "about", "stated", pair[1].isdecimal())
    return quantity_of(text, number, pair.end() + len(unit[0]), unit[0], unit[1].dimension, "few")


def read_compared(text: str, number: Number) -> Quantity | None:
    """Read a number without a unit behind a word of comparison: 大于20, 超过了80, 比170低, 各占30."""
    end = number.end
    surface = text[number.start : end]
    lead = COMPARED.search(text, max(0, number.start - 9), number.start)
    if lead is None or (len(surface) == 1 and not number.digits) or is_year(surface):
        return None
    if lead[0].startswith("比"):
        than = _THAN.match(text, end)
        return (
            quantity_of(text, number._replace(approx=than.lastgroup or "exact"), end, "", "", "compared")
            if than
            else None
        )
    behind = text[end : end + 1]
    if behind and not (behind in ENDS or (lead["strong"] and behind in "的小低少并且同而或")):
        return None
    return quantity_of(text, number, end, "", "", "compared")


def is_year(surface: str) -> bool:
    return len(surface) == 4 and surface.isdecimal() and surface.startswith(("19", "20"))


def read_fraction(text: str, number: Number) -> Quantity | None:
    """Read 百分之八十 as 80 %, 千分之五 as 5 ‰ and 三分之一 as a third."""
    assert number.low is not None
    under = text[number.start : number.end].partition("分之")[0]
    sign, factor = {"百": ("%", 100), "千": ("‰", 1000)}.get(under, ("", 1))
    number = number._replace(low=number.low * factor)
    if text[number.end : number.end + 1] in _ROUGHLY and _ROUGH_ENDS.match(text, number.end + 1):
        number = number._replace(approx=_ROUGHLY[text[number.end]], end=number.end + 1)
    return quantity_of(text, number, number.end, sign, "percent", "fraction")


def read_tenths(text: str, number: Number, position: int) -> Quantity | None:
    """Read 八成, 三成半 and 七成六 as 8, 3.5 and 7.6 of the unit 成, a tenth."""
    tenths = _TENTHS.match(text, position)
    if not tenths or number.low is None or not 0 < number.low <= 10:
        return None
    led = BOUND_WORDS.search(text, max(0, number.start - 7), number.start) or _SHARE_LEAD.search(
        text, max(0, number.start - 2), number.start
    )
    if not (
        tenths["closed"] is not None or (led and text[tenths.end() : tenths.end() + 1] not in "立为员果效功绩本长就")
    ):
        return None
    if number.high is not None:  # 一两成
        return quantity_of(text, number, number.end + 1, "成", "percent", "tenths") if len(tenths[0]) == 1 else None
    try:
        value = parse_numeral(text[number.start : number.end] + tenths[0]) * 10
    except NumeralError:  # 近近十成
        return None
    return quantity_of(text, number._replace(low=value), tenths.end(), "成", "percent", "tenths")


def read_cents(text: str, number: Number, cents: re.Match[str]) -> Quantity | None:
    assert number.low is not None
    try:
        jiao, fen = parse_numeral(cents["jiao"]), parse_numeral(cents["fen"]) if cents["fen"] else Fraction(0)
    except NumeralError:
        return None
    whole = number._replace(low=number.low + jiao / 10 + fen / 100)
    return quantity_of(text, whole, cents.end(), "元", "CNY", "numeral-unit")


def read_ratio(text: str, start: int) -> Quantity | None:
    match = _RATIO.match(text, start)
    if match is None or match.end() - start > LONGEST:
        return None
    other = parse_numeral(match["other"])
    if not other or (_CLOCK.match(match[0]) and not _RATIO_LEAD.search(text, max(0, start - 10), start)):
        return None
    number = Number(start, match.end(), parse_numeral(match["one"]) / other)
    return quantity_of(text, number, match.end(), "比", "ratio", "ratio")


def read_doubling(text: str, start: int, end: int) -> Quantity | None:
    number = read_number(text, start, end)
    if number is None:
        return None
    number = number._replace(start=text.rindex("翻", 0, start))
    if (
        number.low is not None
        and number.high is None
        and text[end + 1 : end + 2] == "半"
        and AND_A_HALF.match(text, end + 1)
    ):
        half = number._replace(low=number.low + Fraction(1, 2))
        return quantity_of(text, half, end + 1, "番", "doublings", "doubling", half=True)
    return quantity_of(text, number, end + 1, "番", "doublings", "doubling")


def read_masked(text: str, match: re.Match[str], units: Units) -> Quantity | None:
    """Read a number with digits hidden: XX人, **万余元, 5**名; a mask that stands for a name is none."""
    start = match.start()
    while start > max(0, match.start() - 4) and text[start - 1].isdecimal():
        start -= 1
    whole = _MASKED.match(text, start, start + LONGEST + 2)
    before = text[start - 1 : start] if start else ""
    if whole is None or whole.end() - start > LONGEST or before == "第" or (before.isascii() and before.isalpha()):
        return None
    surface = whole[0]
    if match[0] in ("×", "x", "X", "○") and surface.strip(MASK).isdecimal() and not surface.endswith(match[0]):
        return None  # 3×5
    if (
        match[0] == "○"
        or _is_hidden_year(surface, text[whole.end() : whole.end() + 1])
        or units.times.match(text, whole.end())
    ):
        return None
    unit = units.match(text, whole.end())
    plain = all(char in MASK for char in surface)
    if unit is None and surface[-1] in "万亿" and (end_of_noun := units.people.match(text, whole.end())):
        number = Number(start, whole.end(), None, None, "exact", "masked")
        return quantity_of(text, number, end_of_noun.start(), "", "", "masked")
    if unit is None or (plain and not unit[1].maskable):
        return None
    approx = "more" if any(char in surface for char in "多余几") else "exact"
    number = Number(start, whole.end(), None, None, approx, "masked")
    return quantity_of(text, number, whole.end() + len(unit[0]), unit[0], unit[1].dimension, "masked")


def _is_hidden_year(surface: str, behind: str) -> bool:
    """Tell 20XX and 20__ from 20__间, a number that lost digits before what it counts."""
    return re.fullmatch(rf"(?:19|20)[{MASK}]+[0-9]?", surface) is not None and not (
        surface[-1] in "_xX" and behind in _COUNTED_SURELY
    )


def read_lost(text: str, start: int, units: Units) -> Quantity | None:
    """Read 达余人: the number itself is gone."""
    end = start + 1 + (text[start + 1] in "万千百")
    unit = units.match(text, end)
    if unit is None:
        return None
    number = Number(start, end, None, None, "more", "damaged")
    return quantity_of(text, number, end + len(unit[0]), unit[0], unit[1].dimension, "numeral-lost")
