"""What has been read of a text so far, and the days that it gives a point: a bare 10月 has the year last named, its part's, the document's.

`Context` is what is known where a point stands; `span_of` returns the days of a point there, `remember` keeps what later points
go by, `time_of` makes the record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from nlp.points import HAN, MONTH, SMALL, TO, Day, Point, feast_day, lunar_days, month_length, number_of
from nlp.records import Time, new_record, setters_of

_STOP = re.compile("[。！？；\n]")
_HEADED = re.compile(r"\n[ 　]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章部])")
_TOLD_REACH = 600  # characters for which a full date lends its year to bare months


_DATED_MONTH = re.compile(rf"(?P<year>20\d\d)年(?P<month>{MONTH})月(?:(?P<day>{SMALL})日)?")
_BARE_MONTH = re.compile(rf"(?<![年{HAN}\d])(?P<month>{MONTH})月(?:(?:{SMALL})[日号]?{TO})?(?:(?P<day>{SMALL})[日号])?")
_CLOSING = 11  # first month of the signatures of plans for the next year
_OBSERVED = frozenset(((11, 25), (12, 1), (12, 3), (12, 4), (12, 5), (12, 13)))  # days that plans for a year name
_EARLY_IN_YEAR = 3  # the last month that a schedule from December runs on into
_IN_SCHEDULE = frozenset(("month", "third", "day", "range"))  # grains of points that it places


@dataclass(frozen=True, slots=True)
class Schedule:
    """The months of a plan that was signed at the end of one year and counts as the next one's: which of them still lie in the first."""

    written: tuple[int, int]  # year and month of signature
    dated: tuple[
        tuple[int, int, int], ...
    ]  # place, year and month of the dates that say their year, from the signature on
    until: int  # where the bare months from that of signature on cease to be those that follow it, 0 if they never are

    def year_of(self, month: int, at: int) -> int:
        """Return the year of a bare month: of the nearest date that names it, else of the first such month from the signature on."""
        first, signed = self.written
        if at >= self.until:
            return first + 1
        near = min(((abs(place - at), year) for place, year, one in self.dated if one == month), default=None)
        return near[1] if near else first + (month < signed)


def schedule_of(text: str, year: int | None, written: tuple[int, int, int] | None) -> Schedule | None:
    """Return the schedule of a plan whose year is the one after its signature in November or December; None of other papers.

    A day soon after the signature, before any earlier month, begins what follows it (12月6日动员 of a plan signed on 5 December);
    months in their order from January are those of the year planned, and its December comes last.
    """
    if written is None or year != written[0] + 1 or written[1] < _CLOSING:
        return None
    dated, until, begun = list[tuple[int, int, int]](), len(text), False
    for match in _DATED_MONTH.finditer(text):
        named = number_of(match["year"]), number_of(match["month"]), number_of(match["day"] or "31")
        if written < named and named[0] <= year:
            dated.append((match.start(), named[0], named[1]))
            begun = begun or named[0] == written[0]
    for match in _BARE_MONTH.finditer(text):
        month, day = number_of(match["month"]), number_of(match["day"] or "0")
        if month < written[1]:
            if begun and month <= _EARLY_IN_YEAR:
                continue  # 12月 to the next 2月
            until = match.start()
            break
        begun = begun or (day > 0 and (month, day) >= written[1:] and (month, day) not in _OBSERVED)
    return Schedule(written[:2], tuple(dated), until if begun else 0)


@dataclass(slots=True)
class Context:
    """What has been read so far: a bare 10月 belongs to the year last named in its sentence, else to the one that opened
    its paragraph (2012年，…), else to that of its part of the document, else to the document's."""

    year: int | None
    today: int | None = None
    years: Sequence[tuple[int, int, int]] = ()
    ahead: Sequence[tuple[int, int]] = ()
    written: tuple[int, int, int] | None = None
    day: date | None = None  # of signature, where it is said in full
    at: int = 0
    named: int | None = None
    topic: int | None = None
    month: int | None = None
    part: tuple[Day, Day] | None = None  # of the point last read on the line: 去年同期 is the same part of another year
    masked: bool = False
    review: int | None = None  # the year before the document's, where this paragraph or the one before opened with it
    review_at: int = 0
    told: int | None = None  # in a text that names no year of its own: that of the full date told last
    told_at: int = 0
    last: Time | None = None  # the time read last, for 届时
    turn: int = 0  # the last month that lies in the next year
    schedule: Schedule | None = None  # of a paper signed at the end of the year before the document's
    points: dict[int, Point | None] = field(default_factory=dict)
    figures: dict[tuple[Day, Day], int] = field(
        default_factory=dict
    )  # 2015年1-5月, in a text without a year of its own

    def move(self, text: str, position: int) -> None:
        """Go on to position; a sentence that ended on the way takes its year along, a line its month and topic."""
        far = position - self.at > 400
        if text.find("\n", self.at, position) >= 0:
            self.month, self.topic, self.part = None, None, None
        elif far:
            self.month = None
        if far or _STOP.search(text, self.at, position):
            self.named, self.masked = None, False
        if self.review and text.count("\n", self.review_at, position) > 1:
            self.review = None
        if (self.told or self.review) and _HEADED.search(text, self.at, position + 3):
            self.told = self.review = None
        if self.told and position - self.told_at > _TOLD_REACH:
            self.told = None
        self.at = position

    def part_year(self) -> int | None:
        """Return the year of the part of the document that has been reached."""
        while self.years and self.years[0][1] <= self.at:
            self.years = self.years[1:]
        return self.years[0][2] if self.years and self.years[0][0] <= self.at else self.year

    def is_ahead(self) -> bool:
        """Whether the document speaks here of what is to come."""
        while self.ahead and self.ahead[0][1] <= self.at:
            self.ahead = self.ahead[1:]
        return bool(self.ahead) and self.ahead[0][0] <= self.at


def signature_of(written: str | None) -> tuple[int, int, int] | None:
    """Return year, month and day of signature; a month alone ends with its 31st, whatever its length."""
    if written is None or "-" not in written:
        return None
    year, month, *day = (int(part) for part in written.split("-"))
    return year, month, day[0] if day else 31


def full_day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written is not None and written.count("-") == 2 else None


def last_day(day: tuple[int, int, int]) -> date:
    return date(day[0], day[1], min(day[2], month_length(day[0], day[1])))


# --- the days of a point, once its year is known ----------------------------------------------------------------------

_ASKED = re.compile(r"务必|必须|须|要|将|力争|争取|确保|拟|计划|赶在|不迟于")
_DONE_BEHIND = re.compile(r"[^，,。；;！？\n]{0,12}?(?:已(?!达)|了(?!解))")
DEMAND = re.compile(r"[^。；\n]{0,24}?(?:[要须]|必须|确保|力争|争取|务必|应当|将全面)")
PAST = re.compile(r"[^，,。；;！？\n]{0,24}?(?:已|曾|了(?!解)|过(?!程|渡|硬|关)|才[\u4e00-\u9fff]|共有|仍未|尚未)")


def joined(first: Point, second: Point | None, context: Context) -> Point:
    """Return the point that reaches from the first to the second."""
    if second is None:
        return first
    if second.base != "bare" or first.first is None or second.last is None:
        return first._replace(end=second.end, grain="range", edge=second.edge)
    turn = 1 if first.last and second.last[1:] < first.first[1:] else 0  # 11月至2月 reaches into the next year
    last = (second.last[0] + turn, *second.last[1:])
    return first._replace(end=second.end, last=last, grain="range", edge=second.edge)


def _base_year(point: Point, context: Context) -> int | None:
    """Return the year that a point's days are counted in, None where nobody can tell."""
    if point.base == "stated":
        return point.years
    if point.base == "document":
        if context.year is None:
            return None if context.told is None else context.told + point.years
        return _standpoint(point, context) + point.years
    if point.base == "sentence" and context.named is not None:
        return context.named + point.years
    if point.base == "sentence" and not point.years and point.grain in ("month", "third") and not context.masked:
        return context.part_year()  # 当年12月底前
    if point.base == "sentence" and point.years == 1 and context.is_ahead():  # 次年1月, in a plan
        year = context.part_year()
        return None if year is None else year + 1
    if point.base == "told":
        told = next((year for year in (context.named, context.topic) if year is not None), context.part_year())
        return None if told is None or context.masked else told + point.years
    if point.base == "bare" and not context.masked:
        review = context.review if point.grain == "part" and not point.edge and not context.is_ahead() else None
        same, told = (_same_figures(point, context), context.told) if context.year is None else (None, None)
        nearer = (context.named, context.topic, review, same, told)
        year = next((year for year in nearer if year is not None), None)
        return year if year is not None else _by_term(point, context)
    return None


def _same_figures(point: Point, context: Context) -> int | None:
    """Return the year of 1-5月份 or 前五个月 where those months were named before with one, always the same."""
    if not context.figures or point.first is None or point.last is None:
        return None
    return context.figures.get((point.first, point.last)) or None


def _by_term(point: Point, context: Context) -> int | None:
    """Return the year of the part of the document, and the next for January and February in the autumn term of a school."""
    year, first = context.part_year(), point.first
    if context.schedule and year == context.year and first is not None and point.grain in _IN_SCHEDULE:
        return context.schedule.year_of(first[1], point.start)
    turned = context.turn and year == context.year and first is not None and first[1] <= context.turn
    return year + 1 if turned and year is not None and point.grain in ("month", "third", "day") else year


def _standpoint(point: Point, context: Context) -> int:
    """Return the year that 今年 means: the document's; in a part about the next year that year, once it has begun."""
    part, year = context.part_year(), context.today or context.year or 0
    return part if part and part > year and context.written and context.written[0] == part else year


def span_of(point: Point, context: Context) -> tuple[date | None, date | None]:
    if point.months is not None or point.quarters is not None:
        return _month_by_date(point, context)
    if point.days is not None:
        day = context.day + timedelta(point.days) if context.day else None
        return day, day
    year = _base_year(point, context)
    if year is None or not 1000 < year < 2200:
        return None, None
    if point.feast is not None:
        day = feast_day(point.feast, year)
        if day is not None and point.eve:
            day -= timedelta(1)
        return day, day
    if point.held is not None:
        return point.held.get(year, (None, None))
    if point.lunar is not None:
        return lunar_days(point.lunar, year) or (None, None)
    if point.first is None or point.last is None:
        return None, None
    return day_in(year, point.first, point.grain), day_in(year, point.last, point.grain)


_EARLY = 2  # last month of the festivals that the next year brings
_LATE = 11  # first month of the signatures of papers that close a year


def by_signature(
    text: str, point: Point, end: int, low: date, high: date | None, context: Context
) -> tuple[date | None, date | None]:
    """Return the days of a bare month or festival, moved by a year where the day of writing rules theirs out.

    What is done cannot lie behind it (已于11月完成, written in January), and what a paper of the end of the year means to do, or
    what is asked for before a festival of the new year (春节前), not before it.
    """
    if context.named is not None or context.topic is not None or high is None or context.written is None:
        return low, high
    signed, clause = last_day(context.written), text[max(0, point.start - 12) : point.start]
    if low > signed and point.feast is None and low.year == signed.year and not context.is_ahead():
        done = clause.endswith(("已于", "已在", "已经于", "已")) or _DONE_BEHIND.match(text, end)
        return _years_on(low, high, point, -1) if done else (low, high)
    if high >= signed or low.year != high.year or clause.endswith(("截至", "截止", "截止到")):
        return low, high
    to_do = context.is_ahead() or bool(
        _ASKED.search(clause[max(map(clause.rfind, "，。；\n")) + 1 :]) or DEMAND.match(text, end)
    )
    if not to_do or PAST.match(text, end):
        return low, high
    if point.feast is not None:
        return _years_on(low, high, point, 1) if high.month <= _EARLY else (low, high)
    closing = context.is_ahead() and signed.month >= _LATE and signed.year == low.year and high.month < _LATE
    return _years_on(low, high, point, 1) if closing and point.grain in ("month", "third", "day") else (low, high)


def _years_on(low: date, high: date, point: Point, years: int) -> tuple[date | None, date | None]:
    """Return the days of a point in the year before or after."""
    if point.feast is not None:
        day = feast_day(point.feast, low.year + years)
        return (day, day) if day is None or not point.eve else (day - timedelta(1), day - timedelta(1))
    if point.first is None or point.last is None:
        return low, high
    return day_in(low.year + years, point.first, point.grain), day_in(high.year + years, point.last, point.grain)


def _month_by_date(point: Point, context: Context) -> tuple[date | None, date | None]:
    """Return the days of 本月, 上个月 or 本月25日, counted from the month of signature."""
    if context.written is None or point.first is None or point.last is None:
        return None, None
    month = context.written[0] * 12 + context.written[1] - 1 + (point.months or 0)
    if point.quarters is not None:
        month = month // 3 * 3 + point.quarters * 3
    first, last = (
        day_in((month + day[1] - 1) // 12, (0, (month + day[1] - 1) % 12 + 1, day[2]), point.grain)
        for day in (point.first, point.last)
    )
    return first, last


@lru_cache(maxsize=1024)
def day_in(year: int, day: Day, grain: str) -> date | None:
    """Return the day in that year; past the end of a month it is the last one, but a 29 February that was not is none."""
    last = month_length(year + day[0], day[1])
    if grain == "day" and day[2] > last:
        return None
    if day[2] < 0:  # from the end of the month
        return date(year + day[0], day[1], last + 1 + day[2])
    return date(year + day[0], day[1], min(day[2], last))


_COMPARES = frozenset("比较与同超")
_OPENS = re.compile(
    rf"(?:^|[。；：\n])[ 　]*(?:[{HAN}\d]{{1,3}}[、.．]|[（(][{HAN}\d]{{1,2}}[)）])?[ 　]*"
    r"(?:到|在|截至|回顾|总结|(?:回顾|总结)?(?:刚刚|已经)?过去的)?$"
)
_TOPIC_TAIL = re.compile(
    r"[ ]?(?:[，,]|(?:的?工作[中里]?|里|中)[，,]|我[们国省市州县区镇乡村街院校局会]|全[国省市州县区镇乡村街院校局会])"
)


_TOPIC_OPENS = frozenset(" ，,的工里中我全")


def remember(text: str, point: Point, low: date | None, context: Context) -> None:
    """Keep the year and month that a later bare month or day belongs to."""
    if point.base == "masked":
        context.masked, context.named = True, None
    elif point.base in ("stated", "document", "sentence", "told") and low is not None and point.grain != "years":
        since = point.grain == "year" and text.startswith("以来", point.end)
        beside = point.base == "told" or text[point.start - 1 : point.start] in _COMPARES  # 2006年（含上年结转）
        if not (since or (point.grain == "year" and beside)):
            context.named, context.masked = low.year, False
        behind = text[point.end : point.end + 1]
        if (
            behind in _TOPIC_OPENS
            and _TOPIC_TAIL.match(text, point.end)
            and _OPENS.search(text, max(0, point.start - 12), point.start)
        ):
            context.topic = low.year
            before = low.year == (context.year or 0) - 1 and _opens_line(text, point.start)
            context.review, context.review_at = (low.year if before else None), point.end
    if (
        context.year is None
        and point.base == "stated"
        and point.grain in ("month", "part")
        and point.first
        and point.last
    ):
        key = point.first, point.last
        if point.first[1] != point.last[1]:
            context.figures[key] = point.years if context.figures.get(key, point.years) == point.years else 0
    if point.last is not None and point.grain in ("month", "third", "day"):
        context.month = point.last[1]
    if point.first is not None and point.last is not None and point.grain in ("part", "month", "range"):
        context.part = (point.first, point.last)


def _opens_line(text: str, start: int) -> bool:
    opening = text[text.rfind("\n", max(0, start - 12), start) + 1 : start]
    return len(opening) < 12 and not _STOP.search(opening)


_NOT_TOLD_BEFORE = re.compile(r"(?:自|从|自从|截[至止]|截止到|到|至|比|较|与|同|[〔（(《“])$")
_NOT_TOLD_AFTER = re.compile(
    r"(?:[之以]?前|以来|起|止|至今|以后)|[^。\n]{0,16}?(?:印发|发布|颁布|公布|出台|施行|实施|签发|成立|组建|出生|批准|建[成校院厂村站])"
)


def carry(text: str, point: Point, end: int, context: Context) -> None:
    """Keep the year of a full date (2021年5月12日，…) in a text without a year of its own: what is told next is of it.

    A day that opens or closes a stretch, on which something was issued or founded, or to which is compared, lends nothing.
    """
    if context.year is not None or point.base != "stated" or point.grain != "day":
        return
    if _NOT_TOLD_BEFORE.search(text, max(0, point.start - 3), point.start) or _NOT_TOLD_AFTER.match(text, end):
        return
    context.told, context.told_at = point.years, end


(
    _set_start, _set_end, _set_text, _set_rule, _set_kind, _set_date_start, _set_date_end,
) = setters_of(Time)  # fmt: skip


iso_of = lru_cache(maxsize=1024)(date.isoformat)  # a text names the same days again and again


def time_of(
    text: str, start: int, end: int, kind: str, rule: str, low: date | None = None, high: date | None = None
) -> Time:
    # made by its slots: in a third of the time of its constructor
    time: Time = new_record(Time)
    _set_start(time, start)
    _set_end(time, end)
    _set_text(time, text[start:end])
    _set_rule(time, rule)
    _set_kind(time, kind)
    _set_date_start(time, iso_of(low) if low else None)
    _set_date_end(time, iso_of(high) if high else None)
    return time
