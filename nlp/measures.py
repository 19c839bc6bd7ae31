"""What a number is of the thing that it counts: a count, an amount, a share, a growth, a rate …, and of what base.

`measure_of` decides by the dimension of the unit and by the words before the number; no other words are looked at, so that it
costs little. A share and a growth keep their base where it is said (占…的, 同比, 比上年).
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Protocol

COUNT, AMOUNT, SHARE, RATE, GROWTH, RATIO, PRICE, AVERAGE, RANK, AGE, SCORE = (
    "count",  # 46户
    "amount",  # 3.6亿元, 15亩
    "share",  # 占三成, 75%的受访职工
    "rate",  # 入会率93%, 每村3本
    "growth",  # 增长5%, 比上年多11件, 翻一番
    "ratio",  # 1:20, 是上年的2.5倍
    "price",  # 300元/亩, 每人50元
    "average",  # 人均2000元, 平均8人
    "rank",  # 上升3名次, 百强
    "age",  # 35岁以下
    "score",  # 92分
)
MEASURES = (COUNT, AMOUNT, SHARE, RATE, GROWTH, RATIO, PRICE, AVERAGE, RANK, AGE, SCORE)

LAST_YEAR, LAST_PERIOD = "上年同期", "上期"  # the bases of 同比 and 环比
_BY_DIMENSION = {
    "ratio": RATIO, "times as much": RATIO, "doublings": GROWTH, "percentage points": GROWTH, "percent": SHARE,
    "years of age": AGE, "score": SCORE, "ranks": RANK, "selections": RANK, "grades": RANK,
}  # fmt: skip
_AMOUNTS = frozenset(
    ("CNY", "USD", "HKD", "EUR", "JPY", "GBP", "TWD", "RUB", "area", "length", "volume", "mass", "energy", "power",
     "apparent power", "voltage", "temperature", "degrees", "bandwidth", "standard equivalents", "horsepower")
)  # fmt: skip
_MONEY = frozenset(("CNY", "USD", "HKD", "EUR", "JPY", "GBP", "TWD", "RUB"))
_NEAR = 12  # characters before a number in which a word may say what it is
_FAR = 40  # characters before a number in which its base may be said
_LAST_OF_GROWTH = frozenset("长加高升降低少多落浮缩减大涨跌幅达约近超过为了 点在")
_GROWTH = re.compile(
    r"(?:增长|增加|增速|增幅|降幅|涨幅|提高|提升|上升|下降|降低|减少|回落|上浮|下浮|上调|下调|压减|缩减|扩大|缩小|同比|环比|"
    r"增(?<!新增)(?![至到])|降(?<!下降)|比[^，。；比较]{1,14}[多少高低大小]|较[^，。；比较]{1,14}[多少高低大小])"
    r"(?:[了约近达为]|超过?|不到|不足|幅度|在| )*\Z"
)
_AVERAGE = re.compile(r"(?:平均|[人户村年月亩日校乡]均)(?!衡|等|可)[^，。；、]{0,8}\Z")
_EACH = re.compile(
    r"(?:每个?[村组班队所家期校店片人户亩名个吨斤公套场次件位頭头月年天辆平][^，。；、]{0,5}|单价[^，。；、]{0,3})\Z"
)
_DEGREES = ("满意度", "知晓度")
_BASE_OF_GROWTH = re.compile(
    r"(?P<year>同比)|(?P<period>环比)|"
    r"(?:(?<![对之评占例可无])[比较]|与)(?P<base>[^，。；、比较与占]{1,14}?)(?:相比)?[，,]?"
    r"(?=增|提高|提升|上升|下降|降|减|净|多|少|高|低|回落|扩大|缩小|翻|上浮|下浮)|"
    r"[高低多少]于(?P<mark>[^，。；、]{2,12})\Z"
)
_OF_A_PLAN = "(?=[^，。；]{0,10}(?:计划|任务|目标|预算|指标))"
_BASE_OF_SHARE = re.compile(
    rf"(?:占到?了?|完成{_OF_A_PLAN}|达到{_OF_A_PLAN}|相当于{_OF_A_PLAN})"
    r"(?P<base>[^，。；、：占]{1,24}?)的?(?:比例|比重)?(?:[为约近达超]|超过|达到|不到|不足|接近|将近| )*\Z"
)
_NO_BASE = frozenset(("比", "比例", "比重", "有", "到", "据", "用", "地", "领", "的比例", "的比重"))
_BASE_OF_MULTIPLE = re.compile(r"(?:是|为|相当于|达到?)(?P<base>[^，。；、：是为]{1,16}?)的\s*\Z")


class Numbered(Protocol):
    """A quantity, as far as its measure depends on it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def dimension(self) -> str: ...
    @property
    def of(self) -> str: ...
    @property
    def value(self) -> Fraction | None: ...
    @property
    def rule(self) -> str: ...


def measure_of(text: str, quantity: Numbered) -> tuple[str, str]:
    """Return what a number is of its thing, one of MEASURES, and its base, "" where it is not said."""
    start, dimension = quantity.start, quantity.dimension
    before = text[start - 1 : start]
    if before in _LAST_OF_GROWTH and dimension not in ("years of age", "score"):
        near = max(0, start - _NEAR - 8)
        if _GROWTH.search(text, near, start):
            return GROWTH, _base_of_growth(text, start)
    if "/" in quantity.unit:
        return (PRICE if quantity.dimension.split(" ")[0] in _MONEY else RATE), ""
    measure = _BY_DIMENSION.get(dimension)
    if measure is None:
        return _plain(text, start, dimension), ""
    if measure == SHARE:
        return _share(text, quantity)
    if measure == GROWTH:
        return GROWTH, _base_of_growth(text, start)
    if dimension == "times as much" and (found := _BASE_OF_MULTIPLE.search(text, max(0, start - _NEAR - 8), start)):
        return RATIO, found["base"]
    return measure, ""


def multiple_of(quantity: Numbered, measure: str) -> Fraction | None:
    """Return by how much something was multiplied, exactly: 翻两番 by 4, 增长1.5倍 by 5/2, 2.5倍 by 5/2, 增长5% by 21/20.

    None where the number tells no multiple. A fall is not told apart from a rise: the words before the number say it.
    """
    value = quantity.value
    if value is None:
        return None
    if quantity.dimension == "doublings":
        return Fraction(2) ** value.numerator if value.denominator == 1 and 0 < value < 64 else None
    if quantity.dimension == "times as much":
        return 1 + value if measure == GROWTH else value
    if quantity.dimension == "percent" and measure == GROWTH and quantity.unit == "%":
        return 1 + value / 100
    return None


def _plain(text: str, start: int, dimension: str) -> str:
    near = max(0, start - _NEAR)
    words = text[near:start]
    if "均" in words and _AVERAGE.search(text, near, start):
        return AVERAGE
    if ("每" in words or "单价" in words) and _EACH.search(text, near, start):
        return PRICE if dimension in _MONEY else RATE
    return AMOUNT if dimension in _AMOUNTS else COUNT


def _share(text: str, quantity: Numbered) -> tuple[str, str]:
    start = quantity.start
    if found := _BASE_OF_SHARE.search(text, max(0, start - _FAR), start):
        base = found["base"]
        return SHARE, "" if base in _NO_BASE else base
    if text.startswith("的", quantity.end):
        return SHARE, quantity.of
    near = text[start - 6 if start > 6 else 0 : start]
    if (
        "率" in near
        or near.endswith("度")
        or any(word in near for word in _DEGREES)
        or quantity.of.endswith(("率", "度"))
    ):
        return RATE, ""
    return SHARE, ""


def _base_of_growth(text: str, start: int) -> str:
    low = max(0, start - _FAR)
    near = text[low:start]
    if "比" not in near and "较" not in near and "与" not in near and "于" not in near:
        return ""
    low += max(near.rfind("。"), near.rfind("；"), near.rfind("\n")) + 1
    base = ""
    for found in _BASE_OF_GROWTH.finditer(text, low, start):
        base = LAST_YEAR if found["year"] else LAST_PERIOD if found["period"] else found["base"] or found["mark"]
    return base
