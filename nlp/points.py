"""Points of the calendar as reports write them: 2012年3月30日, 3月底, 去年上半年, 三季度, 春节.

`point_at` reads a year (2012年, 去年, XX年), a part of one (3月底, 上半年), or both, where they stand; which days they are is
known once the year is. Words and festivals come from `nlp/data/times.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, cast

from lunardate import LunarDate

from nlp.numerals import NumeralError, parse_numeral
from nlp.word_places import WordFinder

Day = tuple[int, int, int]  # years from the point's own year, month, day; a day past the end of its month is the last

_TABLE = "nlp/data/times.toml"
OPEN = "“‘\"＂'‚「『"
CLOSE = "”’\"＂'‛」』"
HAN_DIGIT = "〇○零一二两三四五六七八九"
HAN = HAN_DIGIT + "十百千"
MASK = "*＊×xXＸ_＿#＃"
_SPACE = r"[ 　]?"
TO = rf"{_SPACE}[-–—―－~～〜至到]{{1,2}}{_SPACE}"
NOW = "(?:现在|目前|今(?![年天日晚早晨夜后明春夏秋冬]))"  # behind TO, the end of what still goes on
#: 低 for 底, typed by its sound (4月低前, 年低完成): before what closes it or is brought to an end; not 6月低保, 今年低于去年.
_LOW = (
    r"低(?=(?:[之以]?前|[ 　]?(?:$|[，,。；;、）)\n]))|(?![保收于温龄价息碳质风压迷位谷端空潮效能耗估俗级年产毒洼矮薄劣弱档调廉])"
    r"[\u4e00-\u9fff]{0,4}?(?:[完好成齐毕](?![善整全])|到位|结束|办结|竣工|交付|截止))"
)
NUMBERISH = frozenset(HAN + MASK + "0123456789０１２３４５６７８９.．几数多")


class TimesTableError(ValueError):
    """An entry of the table of times cannot be used."""

    def __init__(self, entry: dict[str, object], problem: str) -> None:
        self.entry = entry
        super().__init__(f"{_TABLE}: {problem} in {entry!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A form of the table and what it stands for; `role` is the name of its table."""

    form: str
    role: str
    entry: dict[str, object]
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()


class Point(NamedTuple):
    """A point or stretch of the calendar, as written: text[start:end].

    `base` says where the year comes from: `stated` (`years` is the year), `document` (`years` are counted from the
    document's), `sentence` (from the year last named), `told` (from it, else from the part's), `masked`, `unknown`, or `bare` (the words name no year).
    """

    start: int
    end: int
    base: str
    years: int = 0
    first: Day | None = None
    last: Day | None = None
    grain: str = "year"  # year, part, month, third or day
    edge: bool = False  # 底, 末: with a verb of finishing behind it a deadline
    feast: dict[str, object] | None = None  # a festival whose day depends on the year
    eve: bool = False
    months: int | None = None  # counted from the month of signature: 上个月 is -1
    quarters: int | None = None  # counted from the quarter of signature; `first` and `last` then count its months
    days: int | None = None  # counted from the day of signature: 昨天 is -1
    held: dict[int, tuple[date, date]] | None = None  # the days of what was held each year, by year
    lunar: tuple[int, int, int, bool] | None = None  # month, first and last day of the lunar calendar, and whether 闰
    rule: str = "time/year"


_BRACKETED_WORDS = tuple((word + bracket, "bracketed") for word in "今昨明本" for bracket in "（(")
_THIRD_WORDS = tuple((word, "third") for word in ("上旬", "中旬", "下旬", "上中旬", "中下旬"))
_LUNAR_WORDS = tuple((word, "lunar") for word in ("农历", "阴历", "正月", "腊月", "闰"))


@cache
def load_lexicon() -> tuple[tuple[Word, ...], WordFinder]:
    """Return the words of the table, with 每, and what finds them."""
    words = {word.form: word for word in reversed(_load_words())}
    for form, role in (
        ("每", "each"),
        ("上世纪", "century"),
        ("本世纪", "century"),
        ("元月", "month"),
        ("届时", "then"),
        ("同期", "same"),
        ("即日起", "now"),
        *_THIRD_WORDS,
        *_LUNAR_WORDS,
        *_BRACKETED_WORDS,
    ):
        words[form] = Word(form=form, role=role, entry={})
    kept = tuple(words.values())
    return kept, WordFinder([word.form for word in kept])


def _load_words() -> list[Word]:
    """Return every form of the table; raises TimesTableError for an entry that cannot be used."""
    table = tomllib.loads(files("nlp.data").joinpath("times.toml").read_text(encoding="utf-8"))
    words = []
    for role, entries in table.items():
        for entry in entries:
            _check(role, entry)
            for form in entry.get("forms") or [entry["name"]]:
                guards = {key: frozenset(entry.get(key, "")) for key in ("not_after", "not_before")}
                words.append(Word(form=form, role=role, entry=entry, **guards))
    return words


def _check(role: str, entry: dict[str, object]) -> None:
    needed = {"year": "offset", "stretch": "forms", "festival": "name", "plan": "first", "phrase": "kind"}
    if role not in needed:
        raise TimesTableError(entry, f"unknown table {role!r}; known: {', '.join(needed)};")
    for key in (needed[role], "source"):
        if key not in entry:
            raise TimesTableError(entry, f"no {key!r}")
    if role == "festival" and sum(key in entry for key in ("day", "lunar", "weekday", "term")) != 1:
        raise TimesTableError(entry, "not just one of 'day', 'lunar', 'weekday', 'term'")
    if ("first" in entry) != ("last" in entry):
        raise TimesTableError(entry, "'first' without 'last' or the other way round")


@cache
def words_by_start(role: str) -> dict[str, tuple[Word, ...]]:
    """Return the words of a table by the character that they start with, the longest first."""
    words: dict[str, list[Word]] = {}
    for word in sorted(load_lexicon()[0], key=lambda word: -len(word.form)):
        if word.role == role:
            words.setdefault(word.form[0], []).append(word)
    return {key: tuple(value) for key, value in words.items()}


# --- points: a year and a part of it --------------------------------------------------------------------------------

SMALL = r"\d{1,2}|十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十一?|[一二三四五六七八九]"
MONTH = r"1[0-2]|0?[1-9]|１[０-２]|０?[１-９]|十[一二]?|[一二三四五六七八九]|元"
_HAN_YEAR = r"[一二][九〇○零0０][〇○零0０一二三四五六七八九]{2}"

_YEAR = re.compile(
    rf"(?P<full>(?:19|20|１９|２０)\d\d|{_HAN_YEAR}|[两二]千(?=年(?:{SMALL})月)){_SPACE}年度?"
    rf"|(?P<short>\d\d(?: (?=年))?|[〇○零四五六七八九][〇○零一二三四五六七八九]|三[〇○零三六七八九])年"
    rf"|(?P<masked>(?=\d{{0,3}}[{MASK}])[\d{MASK}]{{1,4}}|(?<=20)[{MASK}]{{1,2}}){_SPACE}年度?"
)
_YEARS = re.compile(
    rf"(?P<first>(?:19|20)\d\d)(?:{TO}|/)(?P<last>(?:19|20)\d\d|\d\d(?=年))(?:学?年度?|[三四五六]年间?|(?!\d))"
    rf"|(?P<one>(?:19|20)\d\d)(?:年(?=、(?:19|20)\d\d(?:年度|年?[两二]年)))?、(?P<two>(?:19|20)\d\d)(?:年度?|两年)"
)
_SCHOOL_YEAR = re.compile(
    rf"(?P<first>(?:19|20)\d\d)(?:年?(?:{TO}|/)(?P<last>(?:19|20)?\d\d))?学年度?(?:第?(?P<term>[一二上下])个?学期)?"
)
_FEW = rf"的?(?P<few_from>[前头]|最后)(?P<few>{SMALL})天"
_FEW_DAYS = re.compile(_FEW)
_DAY_ALONE = re.compile(
    r"(?P<day>3[01]|[12]\d|0?[1-9]|(?:三十|二?十)[一二三四五六七八九]|[二三]十|十|(?<=\d月)[一二三四五六七八九])(?=$|[\s，,。；;）)]|[之以]?前(?![后夕]))"
)
_DAY_UNMARKED = re.compile(  # 2011年4月30借出: 日 left out behind a year and a month, before what was done; not 4月30人, 4月12起
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?=[贷借还归立签召举审竣缴取逾催被因由向从经在于与将受印批]|通[过报车]|[到止]期|止|起[至到止执施]|[到至](?![\d一二三四五六七八九十])"
    r"|结[案束清]|清偿|收[回到款]|报[案名送告]|发[放生布]|开[始工会办]|交[付款清]|付[清款]|完[工成]|办[理结]|入[职住]|成立|验收)"
)
PART = re.compile(
    rf"(?:年?的?)(?P<half>[上下])半年|(?:第?(?P<quarter_from>[一二三1-3])(?:季度)?[至到—-]|(?P<quarter_before>一(?=、?二)|二(?=、?三)|三(?=、?四))、?)?第?(?P<quarter>[一二三四1-4])季度(?P<quarter_end>[末底初]?)"
    rf"|[前头](?P<quarters>[二两三23])个?季度|[前头](?P<months>1[01]|[2-9]|十一?|[二两三四五六七八九])个月"
    rf"|第(?P<nth>1?\d|[一二三四五六七八九]|十[一二]?)个月|[后末](?P<tail_months>[2-9]|1[01]|[二两三四五六七八九])个?月(?!份)"
    rf"|{_FEW}|(?P<onset>伊始|之初|开年)"
    rf"|(?:年?)(?P<edge>[初底末](?!级)|{_LOW})|年(?P<inside>内)(?![部容外])|(?<=年)(?P<within>内)(?![部容外])"
    rf"|(?P<season>[春夏秋冬])(?:[季天](?!学)|(?=[，,、。；]))"
    rf"|(?:(?P<from>{MONTH})(?:月份?)?(?P<link>{TO}|、))?(?P<month>{MONTH})月(?P<tail>份?)"
    rf"|(?P<pair>[一二三四五六七八九]{{2}})月份?"
    rf"|(?P<hidden>[{MASK}]{{1,2}})月份?(?:(?:[{MASK}]{{1,2}}|\d{{1,2}})日|(?P<hidden_edge>[底末])|初|[上中下]旬)?"
)
#: What a part of a year begins with.
PART_OPENS = frozenset(
    f"年的上下第前头后末最伊之开初底低内春夏秋冬元0123456789０１２３４５６７８９一二三四五六七八九十{MASK}"
)
DAY = re.compile(rf"(?:(?P<first>{SMALL})[日号]?(?:{TO}|、))?(?P<day>{SMALL})(?:日|号(?![文召令]))")
_MASKED_DAY = re.compile(rf"[{MASK}]{{1,2}}日")
_THIRD = re.compile(rf"月?(?P<third>初(?![一二三四五六七八九十])|上中旬|中上旬|中下旬|上旬|中旬|下旬|底|末|{_LOW})")
_NUMERIC_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<gap>[-./．])(?P<m>\d{1,2})(?P=gap)(?P<d>\d{1,2})(?!\d)日?"
    rf"|(?P<y2>(?:19|20)\d\d)(?:-(?P<m2>0[1-9]|1[0-2])|\.(?P<m3>0?[1-9]|1[0-2]))(?=月|$|[\s)）」】》，。；、]|{TO}(?:\d{{4}}|{NOW}))月?"
)
_CLOCK = re.compile(r"[ T]?(?:[上下]午)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
STAGE_DAYS = re.compile(  # of 第一阶段（3.1—3.31）; elsewhere such numbers may be anything
    rf"(?P<m>1[0-2]|0?[1-9])[.．](?P<d>3[01]|[12]\d|0?[1-9])[日号]?{TO}(?P<m2>1[0-2]|0?[1-9])[.．](?P<d2>3[01]|[12]\d|0?[1-9])[日号]?(?=[)）])"
)
QUOTED_DAY = re.compile(rf"[{OPEN}](?P<m>1[0-2]|0?[1-9])[.·．](?P<d>[0-3]?\d)[{CLOSE}]")
BARE_YEAR = re.compile(
    r"(?P<full>(?:19[4-9]|20[0-4])\d)(?=工作|开展|规划|计划|全国|中国|国际|全年|奥运|世博|亚运|幼儿|春季|秋季|春节|暑期"
    r"|上半年|下半年|第[一二三四]季度|[\u4e00-\u9fff]{2,8}(?:工作)?(?:总结|要点|计划|汇报|方案)(?:$|\n))"
)
WEEKDAY = re.compile(r"[（(](?:星期|周)[一二三四五六日天][)）]")

_THIRDS = {
    "初": (1, 10),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "上中旬": (1, 20),
    "中上旬": (1, 20),
    "中下旬": (11, 31),
    "下旬": (21, 31),
    "底": (31, 31),
    "末": (31, 31),
    "低": (31, 31),
}
_SEASONS: dict[str, tuple[Day, Day]] = {
    "春": ((0, 3, 1), (0, 5, 31)),
    "夏": ((0, 6, 1), (0, 8, 31)),
    "秋": ((0, 9, 1), (0, 11, 30)),
    "冬": ((0, 12, 1), (1, 2, 31)),
}
_EDGES: dict[str, tuple[Day, Day]] = {
    "初": ((0, 1, 1), (0, 1, 31)),
    "底": ((0, 12, 1), (0, 12, 31)),
    "末": ((0, 12, 1), (0, 12, 31)),
    "低": ((0, 12, 1), (0, 12, 31)),
    "内": ((0, 1, 1), (0, 12, 31)),
}
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WHOLE: tuple[Day, Day] = ((0, 1, 1), (0, 12, 31))


def point_at(text: str, start: int, previous: Point | None = None) -> Point | None:
    """Return the point that starts here; after a range's first point a lone 15日 belongs to that one's month."""
    if text.startswith(("19", "20"), start):  # both of these begin so
        if match := _NUMERIC_DATE.match(text, start):
            return _numeric_date(text, match)
        if (match := _SCHOOL_YEAR.match(text, start)) and (school := _school_year(match)):
            return school
        if match := _YEARS.match(text, start):
            return _years(match)
    point = _year(text, start)
    if point is None:
        return part_at(text, start, None) or (_lone_day(text, start, previous) if previous else None)
    after = point.end
    while text[after : after + 1] in (" ", "　", "的"):
        after += 1
    return lunar_at(text, after, point) or part_at(text, after, point) or _feast_in(text, after, point) or point


def _year(text: str, start: int) -> Point | None:
    match = _YEAR.match(text, start)
    if match is None:
        return _year_word(text, start)
    if text[match.end() : match.end() + 1] in ("级", "龄", "代") and not match["full"]:
        return None
    if match["full"]:
        return Point(start, match.end(), "stated", number_of(match["full"]), *WHOLE)
    if match["masked"]:
        return Point(start, match.end(), "masked", 0, *WHOLE, rule="time/masked")
    number = _short_year(text, match)
    return None if number is None else Point(start, match.end(), "stated", number, *WHOLE)


def _short_year(text: str, match: re.Match[str]) -> int | None:
    """Return the year that two digits mean: 98年 before a month, 07年, 五三年, but not the 35 years of 35年."""
    written, before = match["short"].strip(), text[max(0, match.start() - 1) : match.start()]
    if before in NUMBERISH or before == "第":
        return None
    number = number_of("".join("零" if char in "〇○" else char for char in written))
    in_date = bool(
        re.compile(
            r"[初底末](?!级)|[上下]半年|第(?:1?\d|[一二三四五六七八九十]{1,2})个月|\d{1,2}月|十[一二]?月|[一二三四五六七八九]月"
        ).match(text, match.end())
    )
    anchored = before in ("从", "自", "于", "到", "至") or text.startswith(("以来", "开始", "起"), match.end())
    if written[0] in "0０〇○零":
        return 2000 + number
    if written[0] in HAN_DIGIT:  # 五三年 is 1953; 五六年 may be five or six years
        steps = number_of(written[1]) - number_of(written[0]) == 1
        return 1900 + number if in_date or not steps or anchored else None
    if not in_date and not (anchored and number >= 50):
        return None
    return (1900 if number >= 50 else 2000) + number


_THAT_YEARS = re.compile("计划|完成|实现|新增|预算|任务|目标|投资")  # 当年计划投资3亿元: of the year that is told of


def _year_word(text: str, start: int) -> Point | None:
    word = word_at(text, start, "year")
    if word is None:
        return None
    return Point(
        start=start,
        end=start + len(word.form),
        base="told"
        if word.form == "当年" and _THAT_YEARS.match(text, start + 2)
        else str(word.entry.get("of", "document")),
        years=int(str(word.entry["offset"])),
        first=WHOLE[0],
        last=WHOLE[1],
        rule="time/year-word",
    )


def word_at(text: str, start: int, role: str) -> Word | None:
    """Return the longest word of a table that stands here, guards heeded."""
    for word in words_by_start(role).get(text[start : start + 1], ()):
        if text.startswith(word.form, start):
            return word if stands(text, start, word) else None
    return None


def stands(text: str, start: int, word: Word) -> bool:
    if word.not_after and start and text[start - 1] in word.not_after:
        return False
    after = start + len(word.form)
    return not (word.not_before and text[after : after + 1] in word.not_before)


def part_at(text: str, start: int, year: Point | None) -> Point | None:
    """Return the point of a part of a year that starts here, with its year before it or bare."""
    if (word := word_at(text, start, "stretch")) is not None:
        return _stretch(text, word, start, year)
    match = PART.match(text, start) if text[start : start + 1] in PART_OPENS else None
    if match is None:
        return None
    base = year or Point(start, start, "bare")
    end, kind = match.end(), match.lastgroup
    if match["month"]:
        return _month(text, match, base)
    if match["pair"]:
        low, high = (number_of(char) for char in match["pair"])
        return with_days(base, end, (0, low, 1), (0, high, 31), "month", "time/month") if high == low + 1 else None
    if match["hidden"]:
        grain = "day" if text[end - 1] == "日" else "month"
        first = base.last if grain == "day" else base.first
        ends = match["hidden_edge"] is not None
        return base._replace(end=end, base="masked", grain=grain, first=first, edge=ends, rule="time/masked")
    if match["half"]:
        return None if year is None else with_days(base, end, *_half(match["half"]), "part", "time/half")
    if match["quarter"]:
        return _quarter(match, base)
    if match["quarters"]:
        return with_days(base, end, (0, 1, 1), (0, number_of(match["quarters"]) * 3, 31), "part", "time/quarter")
    if match["months"]:
        return with_days(base, end, (0, 1, 1), (0, number_of(match["months"]), 31), "part", "time/months")
    if year is None:
        return None
    if match["nth"] or match["tail_months"]:
        return _months_of(match, base)
    if match["few"]:
        return _few_days(match, base._replace(first=(0, 1, 1), last=(0, 12, 31)), 365)
    if match["season"]:
        return with_days(base, end, *_SEASONS[match["season"]], "part", "time/season")
    edge = "初" if match["onset"] else match["edge"] or "内"
    first, last = _EDGES[edge]
    point = with_days(base, end, first, last, "part", "time/year-edge")
    return point._replace(edge=edge in "底末低内") if kind else None


def _months_of(match: re.Match[str], base: Point) -> Point:
    """Return the point of 第九个月 or 后三个月 of a year."""
    last = number_of(match["nth"]) if match["nth"] else 12
    first = last if match["nth"] else 13 - number_of(match["tail_months"])
    return with_days(base, match.end(), (0, first, 1), (0, last, 31), "part", "time/months")


def _few_days(match: re.Match[str], base: Point, longest: int) -> Point | None:
    """Return the point of the first or last days of a year or month: 4月前4天, 上月最后五天."""
    number, first, last = number_of(match["few"]), base.first, base.last
    if first is None or last is None or not 1 <= number <= min(31, longest):
        return None
    if match["few_from"] == "最后":
        first = (last[0], last[1], -number)  # counted from the end of its month
    else:
        last = (first[0], first[1], number)
    return with_days(base, match.end(), first, last, "third", "time/few-days")


_WEEK = re.compile(
    r"的?(?:第(?P<nth>[一二三四1-4])个?|首个?|最后(?P<last>一)个?)(?:周(?![一二三四五六日天末岁年])|星期(?![一二三四五六日天]))"
)


def _week(match: re.Match[str], month: Point) -> Point:
    """Return the point of a week of a month, in days counted from its first, or back from its last: 9月第一周, 3月的最后一周."""
    if month.first is None:
        return month
    number = number_of(match["nth"] or "一")
    low, high = (-7, -1) if match["last"] else (7 * number - 6, 7 * number)
    years, name, _ = month.first
    return with_days(month, match.end(), (years, name, low), (years, name, high), "third", "time/week")


def _half(which: str) -> tuple[Day, Day]:
    return ((0, 1, 1), (0, 6, 30)) if which == "上" else ((0, 7, 1), (0, 12, 31))


def _quarter(match: re.Match[str], base: Point) -> Point:
    last = number_of(match["quarter"]) * 3
    first, tail = (
        (last if match["quarter_end"] in ("末", "底") and match["quarter_end"] else last - 2),
        match["quarter_end"],
    )
    if before := match["quarter_from"] or match["quarter_before"]:
        first = number_of(before) * 3 - 2
    if tail == "初":
        last = first
    return with_days(base, match.end(), (0, first, 1), (0, last, 31), "part", "time/quarter")._replace(
        edge=tail in ("末", "底")
    )


def _stretch(text: str, word: Word, start: int, year: Point | None) -> Point | None:
    """Return the point of a word as 上半年 or 今冬明春; one that says its own year takes no other."""
    end, entry = start + len(word.form), word.entry
    if year is None and entry.get("in_names") and not word.form.endswith("期间") and _NAME_BEHIND.match(text, end):
        return None
    if year is not None and word.form[0] in "今去明本上下昨前后次翌" and word.form not in ("上半年", "下半年"):
        return None
    base = year or Point(start, end, "bare")
    if "months" in entry:
        return _month_word(text, word, start)
    if "quarters" in entry:
        return _quarter_word(text, word, start)
    if "held" in entry:
        return base._replace(end=end, grain="part", held=_held(entry), rule="time/stretch")
    if word.form.endswith("周") and (weekday := _OF_WEEK.match(text, end)):
        return base._replace(end=weekday.end(), base="unknown", grain="day", rule="time/weekday")
    if "days" in entry:
        point = Point(start=start, end=end, base="unknown", days=int(str(entry["days"])), rule="time/day-word")
        return point._replace(first=(0, 1, 1), last=(0, 1, 1), grain="day")
    if "first" not in entry:
        grain = "day" if entry.get("one_day") else "part"
        return base._replace(end=end, base="unknown", grain=grain, edge=bool(entry.get("edge")), rule="time/stretch")
    first, last = _table_day(entry["first"]), _table_day(entry["last"])
    if year is None and word.form[0] in "今去明上":
        base = base._replace(base="document" if word.form != "上半年" else "bare")
    return with_days(base, end, first, last, "part", "time/stretch")._replace(edge=bool(entry.get("edge")))


#: 支教活动 behind 暑期: with it a name; not what is done then (暑期组织家访活动).
_NOT_IN_NAME = (
    "组织|开展|举办|举行|召开|进行|安排|参[加与]|招募|组建|组成|成立|利用|通过|结合|坚持|继续|推出|启动|集中|深入|前往|免费|分别|先后|接待"
    "|[到赴在对为给向把将被让与和及或各共已还也都就要可能请由从于以使是有的了里中内前后间来我本全每]"
)
_NAME_BEHIND = re.compile(
    rf"[{OPEN}]?(?:(?!{_NOT_IN_NAME})[\u4e00-\u9fff{CLOSE}、]){{0,8}}?"
    rf"(?:(?<=[\u4e00-\u9fff{CLOSE}]{{2}})(?<![暑寒][期假])活动(?!场|室|中心)|社会实践|[夏冬]令营|(?:优秀|先进)[\u4e00-\u9fff]{{0,4}}?(?:团[队体]|小?分?队|个人|队员|单位|集体|志愿者|工作者|学生|教师)"
    rf"|(?:小分|服务|支教|宣讲|实践|志愿|调研)[团队](?![员长伍])|团队|[托辅培兴补][管导训趣习]班)"
)
_OF_WEEK = re.compile(r"[一二三四五六日天末](?![次场期回个轮])(?:[上下]午|晚上?)?")


def _held(entry: dict[str, object]) -> dict[int, tuple[date, date]]:
    """Return the days by year of an entry with `held`: [year, first month, first day, last month, last day]."""
    rows = cast(list[list[int]], entry["held"])
    return {
        year: (date(year, *first), date(year, *last)) for year, *days in rows for first, last in [(days[:2], days[2:])]
    }


def _month_word(text: str, word: Word, start: int) -> Point:
    """Return the point of 本月 or 上个月, with a day or 底 behind it."""
    end = start + len(word.form)
    base = Point(start=start, end=end, base="unknown", months=int(str(word.entry["months"])))
    if day := DAY.match(text, end):
        return days_at(base, day, 1) or base
    if third := _THIRD.match(text, end):
        low, high = _THIRDS[third["third"]]
        point = with_days(base, third.end(), (0, 1, low), (0, 1, high), "third", "time/month-word")
        return point._replace(edge=third["third"] in ("底", "末", "低"))
    month = with_days(base, end, (0, 1, 1), (0, 1, 31), "part", "time/month-word")
    if few := _FEW_DAYS.match(text, end):
        return _few_days(few, month, 28) or month
    return month


_QUARTER_EDGE = re.compile("[初末底]")


def _quarter_word(text: str, word: Word, start: int) -> Point:
    """Return the point of 本季度 or 上季度末; its days are counted in months of that quarter."""
    end = start + len(word.form)
    base = Point(start=start, end=end, base="unknown", quarters=int(str(word.entry["quarters"])))
    edge = _QUARTER_EDGE.match(text, end)
    first, last = {"初": (1, 1)}.get(edge[0], (3, 3)) if edge else (1, 3)
    point = with_days(base, edge.end() if edge else end, (0, first, 1), (0, last, 31), "part", "time/quarter-word")
    return point._replace(edge=edge is not None and edge[0] != "初")


def _table_day(value: object) -> Day:
    years, month, day = cast(list[int], value)
    return years, month, day


def with_days(base: Point, end: int, first: Day, last: Day, grain: str, rule: str) -> Point:
    return Point(base.start, end, base.base, base.years, first, last, grain, *base[7:-1], rule)


_NOT_MONTH = re.compile(
    r"报(?!送|名|到|请|经|[省市县区镇乡局院校厅党]|上级)|[刊饼薪息球嫂光色亮]|革命|(?:开展|召开|举行|举办|组织|进行)?[一1][次评主报课讲查检会]"
)


_OPENING_DAY = re.compile(  # of 3月4-3月20日
    rf"{_SPACE}(?P<day>3[01]|[12]\d|0?[1-9])(?={TO}(?:{MONTH}){_SPACE}月{_SPACE}\d{{1,2}}{_SPACE}[日号])"
)
_MONTH_ALONE = re.compile(rf"(?:{MONTH})月份?(?=、)")


def _month(text: str, match: re.Match[str], base: Point) -> Point | None:
    """Return the point of a month with what follows it: a day, two days, 上旬, 底."""
    end, last = match.end(), number_of(match["month"])
    if not match["tail"] and _NOT_MONTH.match(text, end):
        return None
    first = last
    if match["from"]:
        first = number_of(match["from"])
        if "、" in match["link"] and first + 1 != last:  # 6月、9月 are two
            alone = _MONTH_ALONE.match(text, match.start())
            return with_days(base, alone.end(), (0, first, 1), (0, first, 31), "month", "time/month") if alone else None
        if first == last:
            return None
    turn = int(first > last)  # 11月至2月 reaches into the next year
    month = with_days(base, end, (0, first, 1), (turn, last, 31), "month", "time/month")
    if not match["from"] and (week := _WEEK.match(text, end)):
        return _week(week, month)
    if match["tail"]:
        return month
    stretches = match["from"] is not None and "、" not in match["link"]
    if day := DAY.match(text, end + (text[end : end + 1] == " ")):
        point = days_at(month, day, last)
        return _from_month(month, point) if point and stretches else point or month
    if not match["from"] and (opening := _OPENING_DAY.match(text, end)):
        return days_at(month, opening, last) or month
    if few := _FEW_DAYS.match(text, end):
        return _few_days(few, month, 28) or month
    alone = _DAY_ALONE.match(text, end) or (_DAY_UNMARKED.match(text, end) if base.base == "stated" else None)
    if alone and not match["from"]:
        return days_at(month, alone, last) or month
    if lunar := _LUNAR_DAY.match(text, end):
        return _lunar_at(base, lunar, last, leap=False) or month
    if hidden := _MASKED_DAY.match(text, end):
        return month._replace(end=hidden.end(), base="masked", grain="day", first=month.last, rule="time/masked")
    if third := _THIRD.match(text, end):
        point = _third_of(third, base, last)
        if stretches:
            return _from_month(month, point)
        return point._replace(edge=third["third"] in ("底", "末", "低"))
    return month


def _from_month(months: Point, end: Point) -> Point:
    """Return the point from the first of two months to a part of the second: 3月至5月底, 11月至1月8日."""
    if months.first is None or months.last is None or end.last is None:
        return end
    last = (months.last[0], *end.last[1:])
    return with_days(months, end.end, months.first, last, "range", end.rule)


def third_at(text: str, start: int, month: int) -> Point | None:
    """Return the point of 中旬 or 下旬, which belongs to a month named before."""
    match = _THIRD.match(text, start)
    if match is None:
        return None
    return _third_of(match, Point(start, start, "bare"), month)


def _third_of(match: re.Match[str], base: Point, month: int) -> Point:
    low, high = _THIRDS[match["third"]]
    return with_days(base, match.end(), (0, month, low), (0, month, high), "third", "time/month-part")


def days_at(month: Point, match: re.Match[str], number: int) -> Point | None:
    last = number_of(match["day"])
    first = number_of(match["first"]) if match.groupdict().get("first") else last
    if not 1 <= first <= last <= 31 or last > month_length(2000, number):
        return None
    return with_days(month, match.end(), (0, number, first), (0, number, last), "day", "time/day")


_LUNAR_DAY = re.compile(r"(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?)日?")
_LUNAR = re.compile(
    rf"(?P<said>农历|阴历)?年?(?P<leap>闰)?(?:(?P<named>[正腊])|(?P<month>{MONTH}))月"
    rf"(?:(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|三十)日?)?"
)


_LUNAR_OPENS = frozenset("农阴年闰正腊")  # where it is said that it is one


def lunar_at(text: str, start: int, year: Point | None = None) -> Point | None:
    """Return the point of a day or month that is said to be of the lunar calendar: 农历八月十五, 正月初五, 闰四月."""
    match = _LUNAR.match(text, start) if text[start : start + 1] in _LUNAR_OPENS else None
    if match is None or not (match["said"] or match["leap"] or match["named"]):
        return None
    month = {"正": 1, "腊": 12}.get(match["named"] or "") or number_of(match["month"])
    base = year or Point(start, start, "bare")
    return _lunar_at(base, match, month, leap=bool(match["leap"]))


def _lunar_at(base: Point, match: re.Match[str], month: int, *, leap: bool) -> Point | None:
    said = match["day"]
    day = number_of(said.lstrip("初").replace("廿", "二十")) if said else 0
    span = (month, day or 1, day or 30, leap)
    grain = "day" if day else "month"
    return base._replace(end=match.end(), first=None, last=None, lunar=span, grain=grain, rule="time/lunar")


def lunar_days(span: tuple[int, int, int, bool], year: int) -> tuple[date, date] | None:
    """Return the days of a lunar month, or of a day in it, in a year; None where that year has no such day or no such 闰月."""
    month, first, last, leap = span
    if not 1900 <= year < 2100 or (leap and LunarDate.leap_month_for_year(year) != month):
        return None
    for day in (last, last - 1) if last == 30 and first == 1 else (last,):
        try:
            low = LunarDate(year, month, first, int(leap)).to_solar_date()
            return low, LunarDate(year, month, day, int(leap)).to_solar_date()
        except ValueError:
            continue
    return None


def _lone_day(text: str, start: int, previous: Point) -> Point | None:
    if previous.grain not in ("day", "third") or previous.last is None:
        return None
    match = DAY.match(text, start)
    return days_at(previous._replace(start=start), match, previous.last[1]) if match else None


def _numeric_date(text: str, match: re.Match[str]) -> Point | None:
    end = match.end()
    if match["y"]:
        year, month, day = (number_of(match[key]) for key in "ymd")
        if not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
            return None
        if clock := _CLOCK.match(text, end):
            end = clock.end()
        first = last = (0, month, day)
    else:
        year, month = number_of(match["y2"]), number_of(match["m2"] or match["m3"])
        first, last = (0, month, 1), (0, month, 31)
    base = Point(start=match.start(), end=end, base="stated", years=year)
    return with_days(base, end, first, last, "day" if match["y"] else "month", "time/numeric")


def _years(match: re.Match[str]) -> Point | None:
    first = number_of(match["first"] or match["one"])
    last = number_of(match["last"] or match["two"])
    if last < 100:
        last += first // 100 * 100
    if not first < last <= first + (100 if match["first"] else 1):
        return None
    base = Point(start=match.start(), end=match.end(), base="stated", years=first)
    return with_days(base, match.end(), (0, 1, 1), (last - first, 12, 31), "years", "time/years")


def _school_year(match: re.Match[str]) -> Point | None:
    """Return the point of 2012学年 and 2012—2013学年第一学期: from September to August, its terms parted at the end of January."""
    first = number_of(match["first"])
    if match["last"] and (number_of(match["last"]) - first - 1) % 100:
        return None
    base = Point(start=match.start(), end=match.end(), base="stated", years=first)
    begin = (1, 2, 1) if match["term"] in ("二", "下") else (0, 9, 1)
    end = (1, 1, 31) if match["term"] in ("一", "上") else (1, 8, 31)
    return with_days(base, match.end(), begin, end, "years", "time/school-year")


# --- festivals and plans --------------------------------------------------------------------------------------------

_OPENING = frozenset(OPEN)
_FEAST_TAIL = re.compile(
    rf"[{CLOSE}]?(?:国际|劳动|妇女|儿童|青年|老人|传统|佳|维权)*[节日周]?[{CLOSE}]?(?:[（(][^（()）\n]{{2,10}}[)）])?"
    r"(?P<tail>期间|前后|前夕|来临|到来|之际|之前|以前|前(?![后夕期])|以来|之后|以后|当天|当日|假期|假日|长假|黄金周|小长假)"
)
_FEAST_BEFORE = re.compile(rf"(?:[在于自从至到趁值逢年]|利用)[{OPEN}]?$")
_FEAST_NAMED = re.compile(rf"(?:[{CLOSE}]?(?:妇女|儿童|青年|劳动)?节[{CLOSE}]?|[{CLOSE}])(?![日庆前])")


def festival_at(text: str, start: int, word: Word, year: Point | None = None) -> Point | None:
    """Return the point of a festival where the words say when; the name alone (庆“三八”晚会) is no time."""
    end = start + len(word.form)
    begin = start - 1 if start and text[start - 1] in OPEN and year is None else start
    quoted = start > 0 and text[start - 1] in OPEN
    number_like = all(char in HAN for char in word.form)
    if number_like and not quoted and ((start and text[start - 1] in HAN + "第") or text[end : end + 1] in tuple(HAN)):
        return None
    tail = _FEAST_TAIL.match(text, end)
    base = year or Point(start=begin, end=end, base="bare")
    if tail:
        # 前 and 以来 stay outside: they make a deadline or open an end, as behind any point
        stop = tail.start("tail") if tail["tail"] in ("前", "之前", "以前", "以来") else tail.end()
        return base._replace(end=stop, feast=word.entry, grain="day", eve=tail["tail"] == "前夕", rule="time/festival")
    named = _FEAST_NAMED.match(text, end) if not word.form.endswith(("节", "日")) else None
    if number_like and not named:
        return None
    if not _FEAST_BEFORE.search(text, max(0, start - 4), start) and year is None:
        return None
    stop = named.end() if named else end
    if number_like and text[stop - 1] != "节" and text[stop - 2 : stop - 1] != "节":
        return None
    return base._replace(end=stop, feast=word.entry, grain="day", rule="time/festival")


def _feast_in(text: str, start: int, year: Point) -> Point | None:
    """Return the point of a festival behind its year: 2012年春节, 今年“三八”期间."""
    inner = start + (text[start : start + 1] in _OPENING)
    word = word_at(text, inner, "festival")
    return festival_at(text, inner, word, year) if word else None


def feast_day(entry: dict[str, object], year: int) -> date | None:
    """Return the day of a festival in a year; None outside the years that its calendar is known for."""
    if "day" in entry:
        month, day = _pair(entry["day"])
        return date(year, month, day)
    if "weekday" in entry:
        month, nth, weekday = (int(part) for part in str(entry["weekday"]).split("-"))
        first = date(year, month, 1)
        return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    if "lunar" in entry:
        month, day = _pair(entry["lunar"])
        if not 1900 < year < 2100:
            return None
        return LunarDate(year - (month == 12), month, day).to_solar_date()  # the last lunar month ends in the new year
    return _clear_and_bright(year)


def _clear_and_bright(year: int) -> date | None:
    """Return the day of 清明, by the usual interpolation of its mean day within a century."""
    if not 1900 <= year < 2100:
        return None
    place = year % 100
    return date(year, 4, int(place * 0.2422 + (5.59 if year < 2000 else 4.81)) - place // 4)


def _pair(value: object) -> tuple[int, int]:
    month, day = (int(part) for part in str(value).split("-"))
    return month, day


def month_length(year: int, month: int) -> int:
    """Return the days of a month."""
    return 29 if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else _LENGTHS[month]


@lru_cache(maxsize=1024)
def number_of(text: str) -> int:
    if text == "元":
        return 1
    if len(text) == 4 and text[0] in HAN_DIGIT:  # 二0一二, 一九九○
        text = re.sub("[0０○〇]", "零", text)
    if not text.isascii():  # \d is a digit of any script
        text = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    return int(parse_numeral(text))


def count_of(text: str) -> int | None:
    """Return a whole number, or None where the characters make none: 千百 of 头上千百年."""
    try:
        return number_of(text)
    except NumeralError:
        return None
