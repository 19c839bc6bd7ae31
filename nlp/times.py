"""Times: dates, periods, deadlines, durations and frequencies, as in 2012年3月30日, 下半年, 3月18日前, 一周以上, 每周四.

`find_times` is a pure function over text. Its grammar is small: a year (2012年, 去年, XX年) and a part of a year (3月底,
上半年, 三季度, 春节) make a point; two points make a range; what stands before and behind (到…, …前, …以来) makes a deadline
or opens an end. Only then is anything counted out on the calendar. Words and days stand in `nlp/data/times.toml`.
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import cast

from ahocorasick_rs import AhoCorasick, MatchKind
from lunardate import LunarDate

from nlp.numerals import parse_numeral
from nlp.records import Time

Day = tuple[int, int, int]  # years from the point's own year, month, day; a day past the end of its month is the last

_TABLE = "nlp/data/times.toml"
_OPEN = "“‘\"＂'‚「『"
_CLOSE = "”’\"＂'‛」』"
_HAN_DIGIT = "〇○零一二两三四五六七八九"
_HAN = _HAN_DIGIT + "十百千"
_MASK = "*＊×xXＸ_＿#＃"
_SPACE = r"[ 　]?"
_TO = rf"{_SPACE}[-–—―－~～〜至到]{{1,2}}{_SPACE}"
_NUMBERISH = frozenset(_HAN + _MASK + "0123456789０１２３４５６７８９.．几数多")


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
    not_after: str
    not_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point or stretch of the calendar, as written: text[start:end].

    `base` says where the year comes from: `stated` (`years` is the year), `document` (`years` are counted from the
    document's), `sentence` (from the year last named), `masked`, `unknown`, or `bare` (the words name no year).
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
    rule: str = "time/year"


@dataclass(slots=True)
class Context:
    """What has been read so far: a bare 10月 belongs to the year last named in its sentence, else to the document's."""

    year: int | None
    at: int = 0
    named: int | None = None
    month: int | None = None
    masked: bool = False

    def move(self, text: str, position: int) -> None:
        """Go on to position; a sentence that ended on the way takes its year along, a line its month."""
        gap = text[self.at : position] if position - self.at < 400 else "\n"
        if "\n" in gap:
            self.month = None
        if any(stop in gap for stop in "。！？；\n"):
            self.named, self.masked = None, False
        self.at = position


def find_times(text: str, *, year: int | None = None) -> list[Time]:
    """Return the times in text, from left to right, without overlap.

    `year` is the year that the document is about; without it 今年 or 10月 have no dates, unless the sentence names a year.
    Dates are ISO days, both ends included: the end of 以来 and the start of a deadline are None. Days of festivals and
    plans come from `nlp/data/times.toml`, those of the lunar calendar from lunardate (1900 to 2099).
    """
    context, found, position = Context(year), list[Time](), 0
    for start, readers in _candidates(text):
        if start < position:
            continue
        context.move(text, start)
        for reader in readers:
            mention = reader(text, start, position, context)
            if mention is not None:
                found.append(mention)
                position = mention.end
                break
    return found


# --- where to look: numerals before a unit, and the words of the table ---------------------------------------------

_Reader = Callable[[str, int, int, Context], Time | None]

_LONGEST = 24  # characters of a numeral: a longer run is no time, and must cost none
_NUMERIC = re.compile(
    rf"(?<![\d{_HAN}几数半{_MASK}])(?P<ordinal>第|(?<![提之以目此会])前(?=[\d{_HAN}]{{1,2}}个?[季月]))?"
    rf"[\d{_HAN}几数半{_MASK}]{{1,{_LONGEST}}}+"
    r"(?=[.．/\-–—―－~～〜至到、年月日号天周星礼个小分钟季世工学多余来 　·)”’]|(?<=\d{4})[\u4e00-\u9fff])"
)


def _candidates(text: str) -> Iterator[tuple[int, tuple[_Reader, ...]]]:
    """Yield the places where a time may start, in order, and what may be read there."""
    words, automaton = _lexicon()
    places: dict[int, tuple[_Reader, ...]] = {}
    for match in _NUMERIC.finditer(text):
        places[match.start()] = _ORDINAL_READERS if match["ordinal"] else _NUMBER_READERS
    for index, start, _ in automaton.find_matches_as_indexes(text):
        if _stands(text, start, words[index]):
            reader = _WORD_READERS[words[index].role]
            places[start] = (reader, *(other for other in places.get(start, ()) if other is not reader))
    return iter(sorted(places.items()))


@cache
def _lexicon() -> tuple[tuple[Word, ...], AhoCorasick]:
    """Return the words of the table, with 每, and an automaton that finds them, the longest first."""
    words = {word.form: word for word in reversed(_load_words())}
    for form, role in (("每", "each"), ("上世纪", "century"), ("本世纪", "century"), ("元月", "month")):
        words[form] = Word(form=form, role=role, entry={}, not_after="", not_before="")
    kept = tuple(words.values())
    return kept, AhoCorasick([word.form for word in kept], matchkind=MatchKind.LeftmostLongest)


def _load_words() -> list[Word]:
    """Return every form of the table; raises TimesTableError for an entry that cannot be used."""
    table = tomllib.loads(files("nlp.data").joinpath("times.toml").read_text(encoding="utf-8"))
    words = []
    for role, entries in table.items():
        for entry in entries:
            _check(role, entry)
            for form in entry.get("forms") or [entry["name"]]:
                guards = {key: entry.get(key, "") for key in ("not_after", "not_before")}
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
def _words_by_start() -> dict[tuple[str, str], tuple[Word, ...]]:
    """Return the words of a table that start with a character, the longest first."""
    words: dict[tuple[str, str], list[Word]] = {}
    for word in sorted(_lexicon()[0], key=lambda word: -len(word.form)):
        words.setdefault((word.role, word.form[0]), []).append(word)
    return {key: tuple(value) for key, value in words.items()}


# --- points: a year and a part of it --------------------------------------------------------------------------------

_SMALL = r"\d{1,2}|十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十一?|[一二三四五六七八九]"
_MONTH = r"1[0-2]|0?[1-9]|１[０-２]|０?[１-９]|十[一二]?|[一二三四五六七八九]|元"
_HAN_YEAR = r"[一二][九〇○零][〇○零一二三四五六七八九]{2}"

_YEAR = re.compile(
    rf"(?P<full>(?:19|20|１９|２０)\d\d|{_HAN_YEAR}){_SPACE}年度?"
    rf"|(?P<short>\d\d(?: (?=年))?|[〇○零四五六七八九][〇○零一二三四五六七八九])年"
    rf"|(?P<masked>(?=\d{{0,3}}[{_MASK}])[\d{_MASK}]{{1,4}}|(?<=20)[{_MASK}]{{1,2}}){_SPACE}年度?"
)
_YEARS = re.compile(
    rf"(?P<first>(?:19|20)\d\d)(?:{_TO}|/)(?P<last>(?:19|20)\d\d|\d\d(?=年))(?:学?年度?|(?!\d))"
    rf"|(?P<one>(?:19|20)\d\d)年?、(?P<two>(?:19|20)\d\d)年度?"
)
_PART = re.compile(
    rf"(?:年?的?)(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度(?P<quarter_end>[末底初]?)"
    rf"|前(?P<quarters>[二两三23])个?季度|前(?P<months>1[01]|[2-9]|十一?|[二两三四五六七八九])个月"
    rf"|(?:年?)(?P<edge>[初底末])(?!级)|年(?P<inside>内)(?![部容外])|(?<=年)(?P<within>内)(?![部容外])"
    rf"|(?P<season>[春夏秋冬])[季天](?!学)"
    rf"|(?:(?P<from>{_MONTH})(?:月份?)?(?P<link>{_TO}|、))?(?P<month>{_MONTH})月(?P<tail>份?)"
    rf"|(?P<pair>[一二三四五六七八九]{{2}})月份?"
    rf"|(?P<hidden>[{_MASK}]{{1,2}})月份?(?:(?:[{_MASK}]{{1,2}}|\d{{1,2}})日)?"
)
_DAY = re.compile(rf"(?:(?P<first>{_SMALL})[日号]?(?:{_TO}|、))?(?P<day>{_SMALL})(?:日|号(?![文召令]))")
_MASKED_DAY = re.compile(rf"[{_MASK}]{{1,2}}日")
_THIRD = re.compile(r"月?(?P<third>初|上旬|中旬|下旬|底|末)")
_NUMERIC_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<gap>[-./．])(?P<m>\d{1,2})(?P=gap)(?P<d>\d{1,2})(?!\d)日?"
    rf"|(?P<y2>(?:19|20)\d\d)(?:-(?P<m2>0[1-9]|1[0-2])|\.(?P<m3>0?[1-9]|1[0-2]))(?=月|$|[\s)）」】》，。；、]|{_TO}\d{{4}})月?"
)
_CLOCK = re.compile(r"[ T]?(?:[上下]午)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_QUOTED_DAY = re.compile(rf"[{_OPEN}](?P<m>1[0-2]|0?[1-9])[.·．](?P<d>[0-3]?\d)[{_CLOSE}]")
_BARE_YEAR = re.compile(
    r"(?P<full>(?:19[4-9]|20[0-4])\d)(?=工作|开展|规划|计划|全国|中国|国际|全年|奥运|世博|亚运|幼儿|春季|秋季|春节|暑期"
    r"|上半年|下半年|第[一二三四]季度|[\u4e00-\u9fff]{2,8}(?:工作)?(?:总结|要点|计划|汇报|方案)(?:$|\n))"
)
_WEEKDAY = re.compile(r"[（(](?:星期|周)[一二三四五六日天][)）]")

_THIRDS = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (31, 31), "末": (31, 31)}
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
    "内": ((0, 1, 1), (0, 12, 31)),
}
_WHOLE: tuple[Day, Day] = ((0, 1, 1), (0, 12, 31))


def _point(text: str, start: int, previous: Point | None = None) -> Point | None:
    """Return the point that starts here; after a range's first point a lone 15日 belongs to that one's month."""
    if match := _NUMERIC_DATE.match(text, start):
        return _numeric_date(text, match)
    if match := _YEARS.match(text, start):
        return _years(match)
    point = _year(text, start)
    if point is None:
        return _part(text, start, None) or (_lone_day(text, start, previous) if previous else None)
    after = point.end
    while text[after : after + 1] in (" ", "　", "的"):
        after += 1
    return _part(text, after, point) or _feast_in(text, after, point) or point


def _year(text: str, start: int) -> Point | None:
    match = _YEAR.match(text, start)
    if match is None:
        return _year_word(text, start)
    if text[match.end() : match.end() + 1] in ("级", "龄", "代") and not match["full"]:
        return None
    whole = {"start": start, "end": match.end(), "first": _WHOLE[0], "last": _WHOLE[1]}
    if match["full"]:
        return Point(base="stated", years=_number(match["full"]), **whole)  # type: ignore[arg-type]
    if match["masked"]:
        return Point(base="masked", rule="time/masked", **whole)  # type: ignore[arg-type]
    number = _short_year(text, match)
    return None if number is None else Point(base="stated", years=number, **whole)  # type: ignore[arg-type]


def _short_year(text: str, match: re.Match[str]) -> int | None:
    """Return the year that two digits mean: 98年 before a month, 07年, 五三年, but not the 35 years of 35年."""
    written, before = match["short"].strip(), text[max(0, match.start() - 1) : match.start()]
    if before in _NUMBERISH or before == "第":
        return None
    number = _number("".join("零" if char in "〇○" else char for char in written))
    in_date = bool(
        re.compile(r"[初底末](?!级)|[上下]半年|\d{1,2}月|十[一二]?月|[一二三四五六七八九]月").match(text, match.end())
    )
    anchored = before in ("从", "自", "于", "到", "至") or text.startswith(("以来", "开始", "起"), match.end())
    if written[0] in "0０〇○零":
        return 2000 + number
    if written[0] in _HAN_DIGIT:  # 五三年 is 1953; 五六年 may be five or six years
        steps = _number(written[1]) - _number(written[0]) == 1
        return 1900 + number if in_date or not steps or anchored else None
    if not in_date and not (anchored and number >= 50):
        return None
    return (1900 if number >= 50 else 2000) + number


def _year_word(text: str, start: int) -> Point | None:
    word = _word_at(text, start, "year")
    if word is None:
        return None
    return Point(
        start=start,
        end=start + len(word.form),
        base=str(word.entry.get("of", "document")),
        years=int(str(word.entry["offset"])),
        first=_WHOLE[0],
        last=_WHOLE[1],
        rule="time/year-word",
    )


def _word_at(text: str, start: int, role: str) -> Word | None:
    """Return the longest word of a table that stands here, guards heeded."""
    for word in _words_by_start().get((role, text[start : start + 1]), ()):
        if text.startswith(word.form, start):
            return word if _stands(text, start, word) else None
    return None


def _stands(text: str, start: int, word: Word) -> bool:
    after = start + len(word.form)
    return not (start and text[start - 1] in word.not_after) and text[after : after + 1] not in tuple(word.not_before)


def _part(text: str, start: int, year: Point | None) -> Point | None:
    """Return the point of a part of a year that starts here, with its year before it or bare."""
    if (word := _word_at(text, start, "stretch")) is not None:
        return _stretch(word, start, year)
    match = _PART.match(text, start)
    if match is None:
        return None
    base = year or Point(start=start, end=start, base="bare")
    end, kind = match.end(), match.lastgroup
    if match["month"]:
        return _month(text, match, base)
    if match["pair"]:
        low, high = (_number(char) for char in match["pair"])
        return _with(base, end, (0, low, 1), (0, high, 31), "month", "time/month") if high == low + 1 else None
    if match["hidden"]:
        return replace(base, end=end, base="masked", grain="month", rule="time/masked")
    if match["half"]:
        return None if year is None else _with(base, end, *_half(match["half"]), "part", "time/half")
    if match["quarter"]:
        return _quarter(match, base)
    if match["quarters"]:
        return _with(base, end, (0, 1, 1), (0, _number(match["quarters"]) * 3, 31), "part", "time/quarter")
    if match["months"]:
        return _with(base, end, (0, 1, 1), (0, _number(match["months"]), 31), "part", "time/months")
    if year is None:
        return None
    if match["season"]:
        return _with(base, end, *_SEASONS[match["season"]], "part", "time/season")
    edge = match["edge"] or "内"
    first, last = _EDGES[edge]
    point = _with(base, end, first, last, "part", "time/year-edge")
    return replace(point, edge=edge in "底末内") if kind else None


def _half(which: str) -> tuple[Day, Day]:
    return ((0, 1, 1), (0, 6, 30)) if which == "上" else ((0, 7, 1), (0, 12, 31))


def _quarter(match: re.Match[str], base: Point) -> Point:
    last = _number(match["quarter"]) * 3
    first, tail = (
        (last if match["quarter_end"] in ("末", "底") and match["quarter_end"] else last - 2),
        match["quarter_end"],
    )
    if tail == "初":
        last = first
    return replace(
        _with(base, match.end(), (0, first, 1), (0, last, 31), "part", "time/quarter"), edge=tail in ("末", "底")
    )


def _stretch(word: Word, start: int, year: Point | None) -> Point | None:
    """Return the point of a word as 上半年 or 今冬明春; one that says its own year takes no other."""
    end, entry = start + len(word.form), word.entry
    if year is not None and word.form[0] in "今去明本上下昨前后次翌" and word.form not in ("上半年", "下半年"):
        return None
    base = year or Point(start=start, end=end, base="bare")
    if "first" not in entry:
        grain = "day" if entry.get("one_day") else "part"
        return replace(base, end=end, base="unknown", grain=grain, edge=bool(entry.get("edge")), rule="time/stretch")
    first, last = _table_day(entry["first"]), _table_day(entry["last"])
    if year is None and word.form[0] in "今去明上":
        base = replace(base, base="document" if word.form != "上半年" else "bare")
    return replace(_with(base, end, first, last, "part", "time/stretch"), edge=bool(entry.get("edge")))


def _table_day(value: object) -> Day:
    years, month, day = cast(list[int], value)
    return years, month, day


def _with(base: Point, end: int, first: Day, last: Day, grain: str, rule: str) -> Point:
    return replace(base, end=end, first=first, last=last, grain=grain, rule=rule)


_NOT_MONTH = re.compile(r"[报刊饼薪息球嫂光色亮]|革命|(?:开展|召开|举行|举办|组织|进行)?[一1][次评主报课讲查检会]")


def _month(text: str, match: re.Match[str], base: Point) -> Point | None:
    """Return the point of a month with what follows it: a day, two days, 上旬, 底."""
    end, last = match.end(), _number(match["month"])
    if not match["tail"] and _NOT_MONTH.match(text, end):
        return None
    first = last
    if match["from"]:
        first = _number(match["from"])
        if first == last or ("、" in match["link"] and first + 1 != last):
            return None
    turn = int(first > last)  # 11月至2月 reaches into the next year
    month = _with(base, end, (0, first, 1), (turn, last, 31), "month", "time/month")
    if match["tail"]:
        return month
    if day := _DAY.match(text, end + (text[end : end + 1] == " ")):
        return _days(month, day, last) or month
    if hidden := _MASKED_DAY.match(text, end):
        return replace(month, end=hidden.end(), base="masked", grain="day", rule="time/masked")
    if third := _THIRD.match(text, end):
        low, high = _THIRDS[third["third"]]
        return replace(
            _with(base, third.end(), (0, last, low), (0, last, high), "third", "time/month-part"),
            edge=third["third"] in ("底", "末"),
        )
    return month


def _days(month: Point, match: re.Match[str], number: int) -> Point | None:
    last = _number(match["day"])
    first = _number(match["first"]) if match["first"] else last
    if not 1 <= first <= last <= 31 or last > monthrange(2000, number)[1]:
        return None
    return _with(month, match.end(), (0, number, first), (0, number, last), "day", "time/day")


def _lone_day(text: str, start: int, previous: Point) -> Point | None:
    if previous.grain not in ("day", "third") or previous.last is None:
        return None
    match = _DAY.match(text, start)
    return _days(replace(previous, start=start), match, previous.last[1]) if match else None


def _numeric_date(text: str, match: re.Match[str]) -> Point | None:
    end = match.end()
    if match["y"]:
        year, month, day = (_number(match[key]) for key in "ymd")
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            return None
        if clock := _CLOCK.match(text, end):
            end = clock.end()
        first = last = (0, month, day)
    else:
        year, month = _number(match["y2"]), _number(match["m2"] or match["m3"])
        first, last = (0, month, 1), (0, month, 31)
    base = Point(start=match.start(), end=end, base="stated", years=year)
    return _with(base, end, first, last, "day" if match["y"] else "month", "time/numeric")


def _years(match: re.Match[str]) -> Point | None:
    first = _number(match["first"] or match["one"])
    last = _number(match["last"] or match["two"])
    if last < 100:
        last += first // 100 * 100
    if not first < last <= first + (100 if match["first"] else 1):
        return None
    base = Point(start=match.start(), end=match.end(), base="stated", years=first)
    return _with(base, match.end(), (0, 1, 1), (last - first, 12, 31), "years", "time/years")


# --- festivals and plans --------------------------------------------------------------------------------------------

_FEAST_TAIL = re.compile(
    rf"[{_CLOSE}]?(?:国际|劳动|妇女|儿童|青年|老人|传统|佳|维权)*[节日周]?[{_CLOSE}]?"
    r"(?P<tail>期间|前后|前夕|来临|到来|之际|之前|以前|前(?![后夕期])|之后|以后|当天|当日|假期|假日|长假|黄金周|小长假)"
)
_FEAST_BEFORE = re.compile(rf"(?:[在于自从至到趁值逢年]|利用)[{_OPEN}]?$")
_FEAST_NAMED = re.compile(rf"(?:[{_CLOSE}]?(?:妇女|儿童|青年|劳动)?节[{_CLOSE}]?|[{_CLOSE}])(?![日庆前])")


def _festival(text: str, start: int, word: Word, year: Point | None = None) -> Point | None:
    """Return the point of a festival where the words say when; the name alone (庆“三八”晚会) is no time."""
    end = start + len(word.form)
    begin = start - 1 if start and text[start - 1] in _OPEN and year is None else start
    quoted = start > 0 and text[start - 1] in _OPEN
    number_like = all(char in _HAN for char in word.form)
    if (
        number_like
        and not quoted
        and ((start and text[start - 1] in _HAN + "第") or text[end : end + 1] in tuple(_HAN))
    ):
        return None
    tail = _FEAST_TAIL.match(text, end)
    base = year or Point(start=begin, end=end, base="bare")
    if tail:
        # 前 and 之前 stay outside: they make a deadline, as behind any point
        stop = tail.start("tail") if tail["tail"] in ("前", "之前", "以前") else tail.end()
        return replace(base, end=stop, feast=word.entry, grain="day", eve=tail["tail"] == "前夕", rule="time/festival")
    named = _FEAST_NAMED.match(text, end) if not word.form.endswith(("节", "日")) else None
    if number_like and not named:
        return None
    if not _FEAST_BEFORE.search(text, max(0, start - 4), start) and year is None:
        return None
    stop = named.end() if named else end
    if number_like and text[stop - 1] != "节" and text[stop - 2 : stop - 1] != "节":
        return None
    return replace(base, end=stop, feast=word.entry, grain="day", rule="time/festival")


def _feast_in(text: str, start: int, year: Point) -> Point | None:
    """Return the point of a festival behind its year: 2012年春节, 今年“三八”期间."""
    inner = start + (text[start : start + 1] in tuple(_OPEN))
    word = _word_at(text, inner, "festival")
    return _festival(text, inner, word, year) if word else None


_PLAN_TAIL = re.compile(rf"[{_CLOSE}]?(?P<tail>期间|时期|期末|末期|末|初期|中期|(?=以来)|规划期?|计划|开局|收官)")
_NOT_PLAN = re.compile(rf"[{_CLOSE}]?(?:普法|法制|法治|运动)")  # a campaign for law, and history, of the same name


_PLAN_NUMBER = re.compile(rf"第(?P<number>[{_HAN}]{{1,2}})个五年(?:计划|规划)(?P<tail>期间|时期|期末|末期|末)?")


def _plan_number(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read 第十二个五年规划期间: the years of a plan by its number."""
    match = _PLAN_NUMBER.match(text, start)
    plans = _words_by_start().get(("plan", match["number"][0]), ()) if match else ()
    word = next((plan for plan in plans if match and plan.form == match["number"] + "五"), None)
    if match is None or word is None:
        return None
    return _plan_years(text, word, start, match.end(), match["tail"], position, context)


def _plan(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read “十二五”, 十二五期间, “六五”普法: the years of a plan."""
    word = _word_at(text, start, "plan")
    if word is None or (start and text[start - 1] in _HAN + "第"):
        return None
    end = start + len(word.form)
    quoted = start > position and text[start - 1] in _OPEN and text[end : end + 1] in tuple(_CLOSE)
    tail = _PLAN_TAIL.match(text, end)
    if not (quoted or tail) or _NOT_PLAN.match(text, end):
        return None
    timely = tail is not None and tail["tail"] not in ("规划", "规划期", "计划", "开局", "收官")
    stop = tail.end() if tail and timely else end + quoted
    return _plan_years(text, word, start - quoted, stop, tail["tail"] if tail else "", position, context)


def _plan_years(text: str, word: Word, start: int, end: int, tail: str | None, position: int, context: Context) -> Time:
    """Return the years of a plan, or its last year for its end (期末)."""
    first, last = int(str(word.entry["first"])), int(str(word.entry["last"]))
    ends = tail in ("期末", "末期", "末")
    base = Point(start=start, end=end, base="stated", years=last if ends else first)
    point = _with(base, end, (0, 1, 1), (0 if ends else last - first, 12, 31), "years", "time/plan")
    return _finish(text, replace(point, edge=ends), None, position, context)


def _feast_day(entry: dict[str, object], year: int) -> date | None:
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
        return LunarDate(year, month, day).to_solar_date() if 1900 <= year < 2100 else None
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


# --- what stands around a point: to, since, before, at the latest ---------------------------------------------------

_CONNECT = re.compile(_TO)
_BEFORE_TAIL = re.compile(
    r"(?:(?:之|以)?前(?![后夕期往来进提任列述景头面排置瞻一二两三四五六七八九十几半\d])|以前(?!年)|为止|止(?![血痛损])|截止)"
)
_WITHIN_TAIL = re.compile(r"之?内(?![部容外])")
_SINCE_TAIL = re.compile(r"年?(?:以来|来(?![自源到临访信电函宾人者]))|(?:以后|之后)?至今|起至今")
_DURING_TAIL = re.compile(r"期间|间(?=[，,])")
_DONE_TAIL = re.compile(
    r"[^，。；、！？：\s\d已]{0,3}?(?:完毕|完成|结束|到位|竣工|建成|办结|截止|销号|完工|投产|交付|交工|见效|实现)"
)
_BY = re.compile(r"(?P<word>截止到|截至到|截止至|截至|截止|直到|到|至)$")
_BY_MARK = re.compile(
    r"(?:不迟于|不晚于|最迟在?|最晚在?|务必[于在]|必须[于在]|须[于在]|赶在|限[于在]?"
    r"|(?:力争|争取|确保|务求|保证|计划|预计)(?P<at>[于在到])?)$"
)
_NOT_BY = frozenset("得达受收看见感遇提接找想听了来去回走拿学用碰说推转延迟直周不签从由在加高升降长展扩大少低")


def _finish(text: str, first: Point, second: Point | None, position: int, context: Context) -> Time:
    """Return the time of a point or range with the words around it."""
    point = _joined(first, second, context)
    end = (second or first).end
    if weekday := _WEEKDAY.match(text, end):
        end = weekday.end()
    start, low, high = first.start, *_span(point, context)
    if not _in_title(text, end):
        _remember(point if second is None else second, low, context)
    if tail := _BEFORE_TAIL.match(text, end):
        begin, _ = _by(text, start, position, point)
        return _time(text, begin, tail.end(), "deadline", "time/before", None, high)
    if tail := _SINCE_TAIL.match(text, end):
        return _time(text, start, tail.end(), "period", "time/since", low, None)
    if second is None:
        begin, by = _by(text, start, position, point)
        if by:
            return _time(text, begin, end, "deadline", "time/by", None, high)
        if point.edge and _DONE_TAIL.match(text, end):
            return _time(text, start, end, "deadline", "time/done-by", None, high)
    if tail := _DURING_TAIL.match(text, end) or _WITHIN_TAIL.match(text, end):
        end = tail.end()
    kind = "date" if point.grain in ("day", "third") and point.first == point.last and not point.eve else "period"
    if point.feast is not None and text[end - 1] in "间后夕际临来":
        kind = "period"
    return _time(text, start, end, kind, point.rule, low, high)


def _by(text: str, start: int, position: int, point: Point) -> tuple[int, bool]:
    """Return where a deadline starts and whether the words before the point make it one."""
    floor = max(position, start - 8)
    if match := _BY.search(text, floor, start):
        before = text[match.start() - 1 : match.start()] if match.start() > position else ""
        by = len(match["word"]) > 1 or (before not in _NOT_BY and not text.startswith("的", point.end))
        return (match.start(), True) if by else (start, False)
    mark = _BY_MARK.search(text, floor, start)
    if mark is None:
        return start, False
    hoped = mark[0].startswith(("力争", "争取", "确保", "务求", "保证", "计划", "预计"))
    return start, not hoped or (mark["at"] == "到") or (
        (point.edge or point.grain in ("month", "third", "day") or bool(mark["at"]))
        and not mark[0].startswith(("计划", "预计", "保证"))
    )


def _in_title(text: str, end: int) -> bool:
    """Whether a title 《…》 closes behind: its years date the paper, not the sentence."""
    ahead = text[end : end + 30]
    closing = ahead.find("》")
    return closing >= 0 and "《" not in ahead[:closing]


def _joined(first: Point, second: Point | None, context: Context) -> Point:
    """Return the point that reaches from the first to the second."""
    if second is None:
        return first
    if second.base != "bare" or first.first is None or second.last is None:
        return replace(first, end=second.end, grain="range", edge=second.edge)
    turn = 1 if first.last and second.last[1:] < first.first[1:] else 0  # 11月至2月 reaches into the next year
    last = (second.last[0] + turn, *second.last[1:])
    return replace(first, end=second.end, last=last, grain="range", edge=second.edge)


def _base_year(point: Point, context: Context) -> int | None:
    """Return the year that a point's days are counted in, None where nobody can tell."""
    if point.base == "stated":
        return point.years
    if point.base == "document":
        return None if context.year is None else context.year + point.years
    if point.base == "sentence" and context.named is not None:
        return context.named + point.years
    if point.base == "bare" and not context.masked:
        return context.named if context.named is not None else context.year
    return None


def _span(point: Point, context: Context) -> tuple[date | None, date | None]:
    year = _base_year(point, context)
    if year is None or not 1000 < year < 2200:
        return None, None
    if point.feast is not None:
        day = _feast_day(point.feast, year)
        if day is not None and point.eve:
            day -= timedelta(1)
        return day, day
    if point.first is None or point.last is None:
        return None, None
    return _day(year, point.first, point.grain), _day(year, point.last, point.grain)


def _day(year: int, day: Day, grain: str) -> date | None:
    """Return the day in that year; past the end of a month it is the last one, but a 29 February that was not is none."""
    last = monthrange(year + day[0], day[1])[1]
    if grain == "day" and day[2] > last:
        return None
    return date(year + day[0], day[1], min(day[2], last))


def _remember(point: Point, low: date | None, context: Context) -> None:
    """Keep the year and month that a later bare month or day belongs to."""
    if point.base == "masked":
        context.masked, context.named = True, None
    elif point.base in ("stated", "document", "sentence") and low is not None and point.grain != "years":
        context.named, context.masked = low.year, False
    if point.last is not None and point.grain in ("month", "third", "day"):
        context.month = point.last[1]


def _time(
    text: str, start: int, end: int, kind: str, rule: str, low: date | None = None, high: date | None = None
) -> Time:
    return Time(
        start=start,
        end=end,
        text=text[start:end],
        rule=rule,
        kind=kind,
        date_start=low.isoformat() if low else None,
        date_end=high.isoformat() if high else None,
    )


# --- readers: each reads one sort of time at a place, or nothing ----------------------------------------------------


def _calendar(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a point or a range of the calendar."""
    if _continues_number(text, start):
        return None
    first = _point(text, start)
    if first is None:
        return None
    if connect := _CONNECT.match(text, first.end):
        second = _point(text, connect.end(), first)
        if second is not None and first.grain != "years" and _ordered(first, second, context):
            return _range(text, first, second, position, context)
    return _finish(text, first, None, position, context)


def _ordered(first: Point, second: Point, context: Context) -> bool:
    """Whether two points can be the ends of one range."""
    if first.feast is not None or second.feast is not None:
        return False
    if second.base == "bare" and first.grain == "year":
        return False
    lows, highs = _span(first, context), _span(second, context)
    return second.base == "bare" or None in (lows[0], highs[1]) or str(lows[0]) <= str(highs[1])


def _range(text: str, first: Point, second: Point, position: int, context: Context) -> Time:
    if second.base == "bare":
        return _finish(text, first, second, position, context)
    low, high = _span(first, context)[0], _span(second, context)[1]
    _remember(second, _span(second, context)[0], context)
    end = second.end
    if tail := _BEFORE_TAIL.match(text, end) or _DURING_TAIL.match(text, end):
        end = tail.end()
    return _time(text, first.start, end, "period", "time/range", low, high)


def _continues_number(text: str, start: int) -> bool:
    """Whether a numeral or an ordinal goes on here that began further left."""
    before = text[start - 1 : start]
    if not before or text[start] not in _NUMBERISH:
        return False
    return before in _NUMBERISH or before in "第个〔" or (before == " " and text[start - 2 : start - 1].isdigit())


_LONE_DAY = re.compile(r"日(?![本报程志常])")


def _lone(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a day without a month (26日): in the month last named on the line."""
    match = _DAY.match(text, start)
    if (
        match is None
        or not _LONE_DAY.match(text, match.end() - 1)
        or not text[start].isdigit()
        or _continues_number(text, start)
    ):
        return None
    if _DURATION_TAIL.match(text, match.end()) or _LASTING.search(text, max(0, start - 4), start):
        return None
    base = Point(start=start, end=match.end(), base="bare" if context.month else "unknown")
    point = _days(base, match, context.month or 1)
    return _finish(text, replace(point, rule="time/lone-day"), None, position, context) if point else None


def _bare_year(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a year without 年 before words that follow years: 2014工作要点."""
    match = _BARE_YEAR.match(text, start)
    if match is None or _continues_number(text, start) or text[start - 1 : start] in ("〔", "[", "［"):
        return None
    point = Point(start=start, end=match.end("full"), base="stated", years=_number(match["full"]))
    point = _with(point, point.end, *_WHOLE, "year", "time/bare-year")
    after = _part(text, point.end, point) if text[point.end] in "上下第春秋" else None
    return _finish(text, after or point, None, position, context)


def _quoted_day(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a day in quotation marks: “12.4”."""
    match = _QUOTED_DAY.match(text, start - 1) if start > position else None
    if match is None or not 1 <= _number(match["d"]) <= monthrange(2000, _number(match["m"]))[1]:
        return None
    day = (0, _number(match["m"]), _number(match["d"]))
    point = Point(start=start - 1, end=match.end(), base="bare")
    return _finish(text, _with(point, match.end(), day, day, "day", "time/quoted-day"), None, position, context)


def _feast(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a festival with words that make it a time: “六一”期间, 春节前."""
    word = _word_at(text, start, "festival")
    point = _festival(text, start, word) if word else None
    if point is None or point.start < position:
        return None
    return _finish(text, point, None, position, context)


_STRETCH_TAIL = re.compile("(?:一个|一段)时[期间]")


def _phrase(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a fixed expression without days: 目前, 近年来, 逐年."""
    word = _word_at(text, start, "phrase")
    if word is None or (word.form == "今后" and _DURATION.match(text, start + 2)):
        return None
    end = start + len(word.form)
    if stretch := _STRETCH_TAIL.match(text, end):
        end = stretch.end()
    return _time(text, start, end, str(word.entry["kind"]), f"time/phrase-{word.entry['kind']}")


_COUNT = rf"(?:\d{{1,5}}(?:\.\d+)?|[{_HAN}]{{1,6}}|[几数半])(?:{_TO}(?:\d{{1,4}}|[{_HAN}]{{1,3}}))?(?:[多余几来](?![自到源访信]))?"
_UNIT = (
    r"(?:周年(?!龄)|年半|年(?!级|龄|轻|头|鉴|货|会|画|纪|代|初|底|末|月|度|报)|个半月|个多?月|个星期|星期(?![一二三四五六日天])|个?礼拜(?![一二三四五六日天])"
    r"|周(?![岁边围密到全转折口报刊末期一二三四五六日])|个?工作日|日(?![本报程志照均常前])|天(?![然津空河平下])|个?季度|个?学期|个?世纪"
    r"|个?小时(?![候代])|个?钟头|分钟)"
)
_DURATION = re.compile(
    rf"(?P<count>{_COUNT})[ ]?(?P<unit>{_UNIT})(?:[多半零](?!数|年|月|边))?(?:(?:零|又)?\d{{1,2}}个月)?"
)
_DURATION_TAIL = re.compile(
    r"(?:以上|以下|之久|左右|上下|之?内(?![部容外])|以内|以来|来(?![自源到临访信电函宾人者])|时间|期限|期满)"
)
_LASTING = re.compile(r"(?:为期|长达|历时|持续|连续|用了?|近|约|达|超过|不少于|提前|经过|未来|今后|过去|这|共)$")
_AROUND = re.compile(r"(?P<word>今后|未来|过去|近|约|这)$")
_IDIOM = re.compile(r"[一1][年天日月周](?![以之多左半内间来])")
_NOT_DURATION = re.compile(
    rf"[{_HAN_DIGIT}]{{3}}|0|一[年天周月]一|百[日年天]|千[年日]|[九五]年(?:制|义务|一贯)|三天两头|[十百]年[大老树]|\d{1, 2}日"
)


def _duration(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read how long: 16年之久, 近1个月, 两天; with 内 behind it, a deadline."""
    match = _DURATION.match(text, start)
    if (
        match is None
        or _continues_number(text, start)
        or (start and text[start - 1] in _OPEN and text[match.end() : match.end() + 1] not in tuple(_CLOSE))
    ):
        return None
    tail = _DURATION_TAIL.match(text, match.end())
    lasting = _LASTING.search(text, max(0, start - 4), start)
    if text[start - 1 : start] in ("第", "前", "后", "上", "下") and not lasting:
        return None
    if not tail and not lasting and (_IDIOM.match(text, start) or _NOT_DURATION.match(text, start)):
        return None
    if (match["unit"] == "日" and not tail and not lasting) or (match["unit"].endswith("月") and match["unit"] == "月"):
        return None
    begin, around = start, _AROUND.search(text, max(position, start - 2), start)
    if around:
        begin = around.start()
    end = tail.end() if tail else match.end()
    if tail and "内" in tail[0] and not (around and around["word"] in ("过去", "近", "这")):
        return _time(text, begin, end, "deadline", "time/within")
    if not tail and (ago := re.compile(r"[之以]?前(?![后夕期])").match(text, end)):
        return _time(text, begin, ago.end(), "period", "time/ago")
    return _time(text, begin, end, "duration", "time/duration")


_TIMES_COUNT = r"(?:不少于|不得少于|不低于|至少|最少|各|要|召开|举办|组织|开展)?(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?:[-—~至](?:\d|[一二三四五六]))?[次场期回遍趟]"
_EACH = re.compile(
    rf"每隔?(?:(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,2}}|半)个?)?"
    rf"(?:学年|年度|年(?!级|龄|轻)|季度?(?!节)|个?月|个?工作日|个?星期|个?礼拜|周|旬|天|日|学期|半年|小时|晚|逢周末)"
    rf"(?:(?<=[周期拜逢])[一二三四五六日天](?![次场期回遍个讲课评会检名节]))?"
    rf"(?:的?(?:[上下]半年|[初底末](?![级])|[上中下]旬|(?:{_MONTH})月(?:(?:{_SMALL})[日号]|[初底末]|[上中下]旬)?份?|(?:{_SMALL})[日号]))?"
    rf"(?:之?前|期间)?(?:{_TIMES_COUNT})?"
)
_RATE = re.compile(
    rf"(?:[一1两半]|\d)个?(?:年|学年|季度?|月|周|星期|天|日|学期|旬)(?:{_TIMES_COUNT}|一[度检评报讲课督查调通晒考更][^\u4e00-\u9fff]?)"
)


def _each(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read how often, with 每: 每周四, 每年3月, 每季度不少于一次."""
    match = _EACH.match(text, start)
    return _time(text, start, match.end(), "frequency", "time/each") if match else None


def _rate(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read how often, without 每: 一年不少于两次."""
    if _continues_number(text, start) or text[start - 1 : start] in ("第", "每", "这", "那"):
        return None
    match = _RATE.match(text, start)
    return _time(text, start, match.end(), "frequency", "time/rate") if match else None


_CENTURY = re.compile(
    r"(?P<century>1[5-9]|2[01]|十[五六七八九]|二十一?|上|本)世纪(?:(?P<decade>[1-9]0|[一二三四五六七八九]十)年代)?"
    r"|(?P<alone>[1-9]0|[一二三四五六七八九]十)年代"
)


def _century(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read 20世纪, 上世纪九十年代, 80年代."""
    match = _CENTURY.match(text, start)
    if match is None or _continues_number(text, start):
        return None
    decade = match["decade"] or match["alone"]
    century = {"上": 20, "本": 21, None: 20}.get(match["century"]) or _number(match["century"])
    first = (century - 1) * 100 + (_number(decade) if decade else 1)
    if match["alone"] and _number(match["alone"]) < 30:
        return _time(text, start, match.end(), "period", "time/decade")
    last = first + (9 if decade else 99)
    rule = "time/decade" if decade else "time/century"
    return _time(text, start, match.end(), "period", rule, date(first, 1, 1), date(last, 12, 31))


def _number(text: str) -> int:
    return 1 if text == "元" else int(parse_numeral(text))


_NUMBER_READERS: tuple[_Reader, ...] = (
    _century,
    _rate,
    _calendar,
    _quoted_day,
    _lone,
    _bare_year,
    _duration,
)
_ORDINAL_READERS: tuple[_Reader, ...] = (_plan_number, _calendar)
_WORD_READERS: dict[str, _Reader] = {
    "year": _calendar,
    "stretch": _calendar,
    "month": _calendar,
    "festival": _feast,
    "plan": _plan,
    "phrase": _phrase,
    "each": _each,
    "century": _century,
}
