"""Times: dates, periods, deadlines, durations and frequencies, as in 2012年3月30日, 下半年, 3月18日前, 一周以上, 每周四.

`find_times` is a pure function over text. `nlp.points` reads a point of the calendar; two points make a range; what stands
before and behind (到…, …前, …以来) makes a deadline or opens an end. Only then are days counted out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from ingest.decode import without_surrogates
from nlp.places import codes_of, flags_of
from nlp.points import (
    BARE_YEAR,
    CLOSE,
    DAY,
    HAN,
    HAN_DIGIT,
    MASK,
    MONTH,
    NUMBERISH,
    OPEN,
    QUOTED_DAY,
    SMALL,
    STAGE_DAYS,
    TO,
    WEEKDAY,
    WHOLE,
    Day,
    Point,
    Word,
    count_of,
    days_at,
    feast_day,
    festival_at,
    load_lexicon,
    lunar_at,
    lunar_days,
    month_length,
    number_of,
    part_at,
    point_at,
    stands,
    third_at,
    with_days,
    word_at,
    words_by_start,
)
from nlp.records import Time, new_record, setters_of

_STOP = re.compile("[。！？；\n]")
_HEADED = re.compile(r"\n[ 　]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章部])")
_TOLD_REACH = 600  # characters for which a full date lends its year to bare months


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


def find_times(
    text: str,
    *,
    year: int | None = None,
    today: int | None = None,
    years: Sequence[tuple[int, int, int]] = (),
    ahead: Sequence[tuple[int, int]] = (),
    written: str | None = None,
    turn: int = 0,
) -> list[Time]:
    """Return the times in text, from left to right, without overlap.

    `year` is the year that the document is about; without it 今年 or 10月 have no dates, unless the sentence names a year.
    `today` is the year that 今年 means where it is another one: a report given in January tells of the year before.
    `years` are stretches (start, end, year) whose bare months belong to another year, `ahead` stretches (start, end) that
    speak of what is to come (`nlp.anchors` finds both); bare months up to the month `turn` are of the next year, as in the
    autumn term of a school; `written` is the ISO day or month of signature, for 上个月.
    Dates are ISO days, both ends included: the end of 以来 and the start of a deadline are None. Days of festivals and
    plans come from `nlp/data/times.toml`, those of the lunar calendar from lunardate (1900 to 2099).
    """
    context = Context(year, today or year, years, ahead, _signature(written), _full_day(written), turn=turn)
    found, position = list[Time](), 0
    for start, readers in _candidates(text):
        if start < position:
            continue
        context.move(text, start)
        for reader in readers:
            mention = reader(text, start, position, context)
            if mention is not None:
                found.append(mention)
                context.last = mention
                position = mention.end
                break
    return found


def _signature(written: str | None) -> tuple[int, int, int] | None:
    """Return year, month and day of signature; a month alone ends with its 31st, whatever its length."""
    if written is None or "-" not in written:
        return None
    year, month, *day = (int(part) for part in written.split("-"))
    return year, month, day[0] if day else 31


def _full_day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written is not None and written.count("-") == 2 else None


# --- where to look: numerals before a unit, and the words of the table ---------------------------------------------

_Reader = Callable[[str, int, int, Context], Time | None]

_LONGEST = 24  # characters of a numeral: a longer run is no time, and must cost none
NUMERALS = rf"\d{HAN}几数半{MASK}"
_AFTER_NUMERAL = r"[年月日号天周季]|星期|礼拜|小时|世纪|工作日|学[年期]|分钟|钟头"
_LINKS = r"\-–—―－~～〜至到"
# a numeral and what follows it in a time; runs are cut at _LONGEST, and what goes on behind a cut is left out
NUMERIC = re.compile(
    rf"[{NUMERALS}]{{1,{_LONGEST}}}+(?=[多余来]?(?:{_AFTER_NUMERAL}|个(?:{_AFTER_NUMERAL}|多?月|半月|半?小时|五年|(?:会计|财政|预算|完整|自然|执行)年度))"
    rf"|[{_LINKS}](?:(?<=(?:19|20)\d\d.)|[ 　{_LINKS}]{{0,2}}第?[{NUMERALS}]{{1,4}}(?:[多余来万亿个年月日号天周季]|{_AFTER_NUMERAL}))"
    rf"|[.．/](?<=(?:19|20)\d\d.)\d|[.．·](?:(?<=[{OPEN}（(]\d.)|(?<=[{OPEN}（(]\d\d.))|\.\d+[万亿]?[多余来]?[ 　]?(?:个|{_AFTER_NUMERAL}|[{_LINKS}])"
    rf"|、[{NUMERALS}]{{1,5}}[年月日号季]|[ 　](?:{_AFTER_NUMERAL}|个|[{_LINKS}])"
    rf"|[万亿][多余]?个?(?:小时|工作日|学时|分钟)|(?<=19[4-9]\d)[\u4e00-\u9fff]|(?<=20[0-4]\d)[\u4e00-\u9fff])"
)
_FOLLOWS = rf"[多余来年月日号天周季星礼小世工学分钟个{_LINKS}.．/·、 　万亿]"  # what the last of these looks ahead to begins with
_GOES_ON = frozenset(".．多个〔")  # before a numeral that began further left
_MONTH = re.compile("0?[1-9]|1[0-2]")
_ITEM_NUMBER = re.compile(r"(?:.*[\s。；;，,、：:|（(）)])?\d{1,2}", re.DOTALL)
_FRONT = frozenset("前头")
_OF_FRONT = re.compile(rf"(?<![提之以目此会])[前头](?=[\d{HAN}]{{1,2}}个?[季月])")


def _candidates(text: str) -> Iterator[tuple[int, tuple[_Reader, ...]]]:
    """Yield the places where a time may start, in order, and what may be read there."""
    words, automaton = load_lexicon()
    places: dict[int, tuple[_Reader, ...]] = {}
    for start, end in find_numerals(text):
        before = text[start - 1 : start]
        if _goes_on(text, start, before) and not _numbered_month(text, start, end):
            continue
        if text[end] == "、" and _numbers_an_item(text, start, end):
            continue
        if before in _JOINS and _FROM_JANUARY.match(text, start - 2):
            places[start - 2] = (_calendar,)
        if before == "第" or (before in _FRONT and _OF_FRONT.match(text, start - 1)):
            places[start - 1] = _ORDINAL_READERS
        else:
            readers = _READERS_BEFORE.get(text[end], _NUMBER_READERS)
            # a numeral of several characters is no rate, and tells a year, no decade, where it stands before 年
            places[start] = (
                _YEAR_READERS
                if end - start > 1 and readers is _BEFORE_YEAR and text[end + 1 : end + 2] != "代"
                else readers
            )
    for index, start, _ in automaton.find_matches_as_indexes(without_surrogates(text)):
        word = words[index]
        if stands(text, start, word):
            reader = _WORD_READERS[word.role]
            places[start] = (reader, *(other for other in places.get(start, ()) if other is not reader))
    return iter(sorted(places.items()))


def find_numerals(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the numerals that may be a part of a time: runs of their characters that `NUMERIC` finds.

    It is tried where such a run begins, if a character follows with which it can go on, or the run ends like a year.
    """
    flags, codes = flags_of(f"[{NUMERALS}]", _FOLLOWS), codes_of(text)
    told = flags.take(codes)
    in_run = (told & 1).view(np.bool_)
    edges = (in_run[1:] != in_run[:-1]).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]
    may_go_on = (told.take(ends + 1) & 2) != 0
    first = codes.take(ends - 3, mode="clip")  # of the last four
    may_go_on |= (ends - starts > 3) & ((first == ord("1")) | (first == ord("2")))
    may_go_on |= ends - starts > _LONGEST
    for start in starts[may_go_on].tolist():
        if match := NUMERIC.match(text, start):
            yield match.span()


def _goes_on(text: str, start: int, before: str) -> bool:
    """Whether a numeral or an ordinal goes on here that began further left."""
    if before in _GOES_ON:
        return text[start] in NUMBERISH
    return before == " " and text[start - 2 : start - 1].isdigit()


def _numbered_month(text: str, start: int, end: int) -> bool:
    """Whether a month stands right behind the number of its item: 1.4月底前; there are no tenths of a calendar month."""
    if text[end] != "月" or text[start - 1] not in ".．" or not _MONTH.fullmatch(text, start, end):
        return False
    return _ITEM_NUMBER.fullmatch(text, max(start - 4, 0), start - 1) is not None


_JOINS = frozenset("-–—―－~～〜至到")
_FROM_JANUARY = re.compile(rf"(?<![\d{HAN}万亿单美日欧港公状])元[{_LINKS}](?:{MONTH})月")  # 元至3月份; not 300元至3月
_NUMBERS = "一二三四五六七八九"
_DAY_OF_ITEM = re.compile(rf"、(?:{MONTH})月(?:{SMALL})[日号]")
_ITEM_REACH = 1000  # characters between the numbers of a list


def _numbers_an_item(text: str, start: int, end: int) -> bool:
    """Whether a numeral before 、 at the beginning of a line is the mark of a list, and no part of a time: 2、3月4日, 二、三季度打算.

    A day behind it tells so, or that the number before it, or the one behind, opens another line.
    """
    if start and text[start - 1] not in "\n 　":
        return False
    low = text.rfind("\n", 0, start) + 1
    if text[low:start].strip(" 　"):
        return False
    number = text[start:end]
    place = _NUMBERS.find(number) + 1 if len(number) == 1 else 0
    value = int(number) if number.isdecimal() else place
    if not value:
        return False
    if _DAY_OF_ITEM.match(text, end):
        return True
    before, behind = (_NUMBERS[value - 2], _NUMBERS[value % 9]) if place else (str(value - 1), str(value + 1))
    if value > 1:
        earlier = max(0, low - _ITEM_REACH)
        return text.startswith(f"{before}、") or text.find(f"\n{before}、", earlier, low) >= 0
    return text.find(f"\n{behind}、", end, end + _ITEM_REACH) >= 0


# --- plans --------------------------------------------------------------------------------------------------------

_PLAN_TAIL = re.compile(rf"[{CLOSE}]?(?P<tail>期间|时期|期末|末期|末|初期|中期|(?=以来)|规划期?|计划|开局|收官)")
_NOT_PLAN = re.compile(rf"[{CLOSE}]?(?:普法|法制|法治|运动)")  # a campaign for law, and history, of the same name


_PLAN_NUMBER = re.compile(rf"第(?P<number>[{HAN}]{{1,2}})个五年(?:计划|规划)(?P<tail>期间|时期|期末|末期|末)?")


def _plan_number(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read 第十二个五年规划期间: the years of a plan by its number."""
    match = _PLAN_NUMBER.match(text, start)
    plans = words_by_start("plan").get(match["number"][0], ()) if match else ()
    word = next((plan for plan in plans if match and plan.form == match["number"] + "五"), None)
    if match is None or word is None:
        return None
    return _plan_years(text, word, start, match.end(), match["tail"], position, context)


def _plan(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read “十二五”, 十二五期间, “六五”普法: the years of a plan."""
    word = word_at(text, start, "plan")
    if word is None or (start and text[start - 1] in HAN + "第"):
        return None
    end = start + len(word.form)
    quoted = start > position and text[start - 1] in OPEN and text[end : end + 1] in tuple(CLOSE)
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
    point = with_days(base, end, (0, 1, 1), (0 if ends else last - first, 12, 31), "years", "time/plan")
    return _finish(text, point._replace(edge=ends), None, position, context)


# --- what stands around a point: to, since, before, at the latest ---------------------------------------------------

_CONNECT = re.compile(rf"(?:起|开始)?{TO}")
_CONNECTS = frozenset("起开 　-–—―－~～〜至到")  # what it begins with
_BEFORE_TAIL = re.compile(
    r"(?:(?:之|以)?前(?![后夕期往来进提任列述景头面排置瞻一二两三四五六七八九十几半\d])|以前(?!年)|为止|止(?![血痛损])|截止)"
)
# behind 18日 or 3月底 hardly a word starts with 前
_BEFORE_DAY = re.compile(
    r"(?:[（(]含[^（()）\n]{0,4}[)）])?(?:[及或]?(?:之|以)?前(?![后夕]|期(?!满))|为止|止(?![血痛损])|截止)"
)
_AT_DAY = re.compile(
    r"(?:当天|当日)?(?:上午|下午|中午|晚上|晚间|傍晚|凌晨|早上|早晨|当晚|晚)?(?:\d{1,2}(?:[:：]\d{2}|[时点](?!候)(?:\d{1,2}分|整|半)?))?"
    r"(?:[下上]班(?=[之以]?前))?"
)
_DAY_NAMED = re.compile(rf"[{OPEN}]?[\u4e00-\u9fff]{{2,8}}?[日节][{CLOSE}]?(?=[之以]?前(?![后夕期]))")
_EVENT_BEFORE = re.compile(
    r"(?:新?学期)?(?:开学|入学|放假|入冬|入汛|进汛|汛期|雨季|上冻|封冻|换届)(?=[之以]?前(?![后夕期]))"
)  # 9月份开学前
_DAYS_BEFORE = re.compile(r"(?P<days>[一二两三四五六七八九十]|\d{1,2})[天日](?!内)")  # 国庆节前三天
_WITHIN_TAIL = re.compile(r"之?内(?![部容外])")
_SINCE_TAIL = re.compile(
    r"年?(?:以来|来(?![自源到临访信电函宾人者]))|(?:以后|之后|起)?(?:至今|[到至]现在)|(?!特别|尤其|是|的|和|与|后)[\u4e00-\u9fff]{2,8}?以来"
)
_AFTER_TAIL = re.compile("(?P<with>[或及]之后|[或及]?以后)|之后")
_DURING_TAIL = re.compile(r"期间|间(?=[，,])|前后")
_AROUND_TAIL = re.compile(rf"{_DURING_TAIL.pattern}|{_WITHIN_TAIL.pattern}")
_BEGINS_AROUND = frozenset("期间前之内")
_BRACKET = frozenset("（(")
_BEHIND = 13  # characters behind a point that the tails above read
_BEGINS_BEFORE = frozenset("及或之以前为止截（(")
_FROM_TAIL = re.compile(r"起(?![草点步义飞诉来伏源码因始止降用身火跑带到至])")
_FROM = re.compile(r"(?:自从|自|从)$")
_START_TAIL = re.compile(r"开始")
_STARTS = re.compile(r"开始(?=$|[，,。；;、\n])")
_DONE_TAIL = re.compile(
    r"[^，。；、！？：\s\d已]{0,3}?(?:完毕|完成|结束|到位|竣工|建成|办结|截止|销号|完工|投产|交付|交工|见效|实现"
    r"|(?:[办装修改换建配补交清缴还做栽种铺迁搬]|安装|更换|修缮)[好完齐清](?=$|[，,。；;、\n])|收尾(?=$|[，,。；;、\n])|还清)"
)
# 计划4月完成, 预计6月份开工、9月竣工; not 原计划4月完成, 计划…已于4月完成
_CAN = re.compile(
    r"(?:前后)?[^，。；！？\s\d已]{0,3}?(?:可|能够?)[\u4e00-\u9fff]{0,3}?(?:[办装修改建做栽种铺迁搬交]完|完[成工]|竣工|建成|投[用产]|投入[使生运]|交付|到位|办结|启用|入住|开[业园放馆通]|通[车水电气])(?!了)"
)
_BROUGHT_TO_AN_END = re.compile(
    r"[\u4e00-\u9fff]{0,2}?[办做修建改搬装清还补]完(?!了|后|毕)(?![^。；\n]*(?:已|了(?!解)))"
)  # 在10月上旬办完
_PLAN_REACH = 18  # characters
_PLANNED = re.compile(r"(?<!原)(?:计划(?!生育)|预计|预期|拟定?|力争|争取)(?:(?![已实原])[^。；！？\n]){0,16}$")
_BY = re.compile(r"(?P<word>截止到|截至到|截止至|截至|截止|直到|到|至)$")
_BY_MARK = re.compile(
    r"(?:不得?[迟晚]于|不[迟晚]于|最[迟晚](?:不得?(?:超过|[迟晚]于)|[于在])?|务必[于在]|必须[于在]|须[于在]|赶在|限[于在]?"
    r"|(?:力争|争取|确保|务求|保证|计划|预计)(?P<at>[于在到])?)$"
)
_BY_ENDS, _BY_MARK_ENDS = frozenset("到至截止"), frozenset("于迟在晚限争取保求证划计到过")
_NOT_BY = frozenset(
    "快得达受收看见感遇提接找想听了来去回走拿学用碰说推转延迟直周不签从由在加高升降长展扩大少低虑谈意识悟追轮"
)
_BEGINNING = re.compile(
    "(?:份|期间)?(?:正式|全面|开始)?(?:动工|开工|启动|召开|举行|举办|开班|开业|开馆|奠基|开始|进场|挂牌|出台|发布)"
)  # 争取7月中旬动工
_LABELLED = re.compile(
    r"(?:时限|期限|(?:完成|整改|办结|落实|解决|销号|截止)(?:时间|日期|节点)|时间节点)(?:要求|安排)?(?:[：:]|[为是])?[ 　\t]{0,3}(?:力争|在)?$"
)
_ASKED = re.compile(r"务必|必须|须|要|将|力争|争取|确保|拟|计划|赶在|不迟于")
_DONE_BEHIND = re.compile(r"[^，,。；;！？\n]{0,12}?(?:已(?!达)|了(?!解))")
_LIMITED = re.compile("限期[（(：:]?[从自在于]?$")  # 限期（从3月上旬到5月底）整改
_LIMIT_ENDS = frozenset("期（(：:从自在于")
_LABEL_ENDS = frozenset("：: 　\t争在为是")
_DEMAND = re.compile(r"[^。；\n]{0,24}?(?:[要须]|必须|确保|力争|争取|务必|应当|将全面)")
_PAST = re.compile(r"[^，,。；;！？\n]{0,24}?(?:已|曾|了(?!解)|过(?!程|渡|硬|关)|才[\u4e00-\u9fff]|共有|仍未|尚未)")
_MEETING = re.compile(
    r"[^，,。；;！？\n]{0,12}?(?:召开|举办|举行|组织|开展|进行|考核|考评|评比|评选|表彰|总结|检查|督查|评一评|慰问|述职|测评|评议)"
)
_RELATIVE = re.compile(r"[\u4e00-\u9fff]{1,8}?的")


def _finish(text: str, first: Point, second: Point | None, position: int, context: Context) -> Time:
    """Return the time of a point or range with the words around it."""
    point = _joined(first, second, context)
    end = (second or first).end
    if text[end : end + 1] in _BRACKET and (weekday := WEEKDAY.match(text, end)):
        end = weekday.end()
    if point.grain == "year" and text.startswith("同期", end):
        end += 2
        if context.part is not None:
            point = point._replace(first=context.part[0], last=context.part[1], grain="part")
    start, low, high = first.start, *_span(point, context)
    if low is None and point.grain == "day" and point.rule == "time/stretch":
        low = high = _day_told(text, start, end, context)
    if second is None and point.base == "bare" and context.written is not None and low is not None:
        low, high = _by_signature(text, point, end, low, high, context)
    if not _in_title(text, end):
        _remember(text, point if second is None else second, low, context)
        _carry(text, first, end, context)
    if point.grain == "day":
        end = _hour(text, end)
    elif point.grain in ("month", "third") and (event := _EVENT_BEFORE.match(text, end)):
        end = event.end()
    behind = text[end : end + _BEHIND]  # what none of its characters begins is not tried
    follows = behind[:1]
    if follows in _BEGINS_BEFORE:
        by_day = point.grain in ("day", "third", "range") or point.edge
        if tail := (_BEFORE_DAY if by_day else _BEFORE_TAIL).match(text, end):
            return _before(text, point, start, tail, position, low, high, context)
    by_word = point.grain == "day" and point.rule == "time/stretch"  # 当天来了九百人
    if (
        ("来" in behind or "今" in behind or "现在" in behind)
        and not by_word
        and (tail := _SINCE_TAIL.match(text, end))
    ):
        return _time(text, start, tail.end(), "period", "time/since", low, None)
    if "后" in behind and point.feast is None and (after := _AFTER_TAIL.match(text, end)):
        opens = low if after["with"] else high and high + timedelta(1)
        return _time(text, start, after.end(), "period", "time/after", opens, None)
    if (
        (second is not None or point.grain == "range")
        and text[start - 1 : start] in _LIMIT_ENDS
        and _LIMITED.search(text, max(0, start - 5), start)
    ):
        return _time(text, start, end, "deadline", "time/limited", None, high)
    if second is None:
        if since := _from(text, start, end, position):
            return _time(text, since[0], since[1], "period", "time/from", low, None)
        if due := _due(text, point, start, end, position, low, high, context):
            return due
    if follows in _BEGINS_AROUND and (tail := _AROUND_TAIL.match(text, end)):
        end = tail.end()
    kind = "date" if point.grain in ("day", "third") and point.first == point.last and not point.eve else "period"
    if point.feast is not None and text[end - 1] in "间后夕际临来假期周":
        kind = "period"
    return _time(text, start, end, kind, point.rule, low, high)


def _day_told(text: str, start: int, end: int, context: Context) -> date | None:
    """Return the day of 当天 and 同日, that told last in the same paragraph, or of 次日, the one after."""
    last = context.last
    if last is None or last.date_start is None or last.date_start != last.date_end or "\n" in text[last.end : start]:
        return None
    return date.fromisoformat(last.date_start) + timedelta(text[start] in _NEXT)


_NEXT = frozenset("次翌")


def _hour(text: str, end: int) -> int:
    """Return where a day ends with its hour (上午, 17时, 下班前) or the name of that day (…日前) behind it."""
    if "前" in text[end : end + _BEHIND] and (named := _DAY_NAMED.match(text, end)):
        return named.end()
    hour = _AT_DAY.match(text, end)
    return hour.end() if hour else end


def _before(
    text: str,
    point: Point,
    start: int,
    tail: re.Match[str],
    position: int,
    low: date | None,
    high: date | None,
    context: Context,
) -> Time:
    """Return what 前 and 以前 make of a point: a deadline, or of a year gone by an open period (2006年以前命名的)."""
    if point.feast is not None and high is not None:
        high -= timedelta(1)
    if "前" in tail[0] and low is not None and high is not None and context.year and point.feast is None:
        whole, relative = point.grain in ("year", "month") and not point.edge, _RELATIVE.match(text, tail.end())
        if low.year < context.year and (relative or (whole and not _DONE_TAIL.match(text, tail.end()))):
            return _time(text, start, tail.end(), "period", "time/gone-by", None, low - timedelta(1) if whole else high)
        if low.year == context.year and point.grain == "year" and relative:
            return _time(text, start, tail.end(), "period", "time/gone-by", None, low - timedelta(1))
    begin, end = _by(text, start, position, point)[0], tail.end()
    if point.feast is not None and tail[0] == "前" and (days := _DAYS_BEFORE.match(text, end)):
        end, count = days.end(), count_of(days["days"])
        high = high - timedelta(count - 1) if high and count else high
    return _time(text, begin, end, "deadline", "time/before", None, high)


def _from(text: str, start: int, end: int, position: int) -> tuple[int, int] | None:
    """Return the place of a point that opens a stretch without end: 7月起, 从明年起, 自2010年开始."""
    prefix = _FROM.search(text, max(position, start - 2), start) if text[start - 1 : start] in ("自", "从") else None
    tail = None
    if text[end : end + 1] in ("起", "开"):
        tail = _FROM_TAIL.match(text, end) or (_START_TAIL if prefix else _STARTS).match(text, end)
    return (prefix.start() if prefix else start, tail.end()) if tail else None


def _due(
    text: str,
    point: Point,
    start: int,
    end: int,
    position: int,
    low: date | None,
    high: date | None,
    context: Context,
) -> Time | None:
    """Return the deadline that a point makes with the words around it, or the day up to which is counted (截至8月底)."""
    begin, by = _by(text, start, position, point)
    if by.startswith("截") and _is_state(text, begin, end, by):
        return _time(text, begin, end, "date", "time/as-of", high, high)
    if by:
        return _time(text, begin, end, "deadline", "time/by", None, high)
    labelled = text[start - 1 : start] in _LABEL_ENDS and _LABELLED.search(text, max(position, start - 14), start)
    if text.startswith("的", end) and text[start - 1 : start] in ("为", "是"):
        labelled = None  # 期限为7月的合同
    if labelled or _is_due_column(text, start) or (text[end : end + 1] in _IS and _IS_THE_LAST.match(text, end)):
        return _time(text, start, end, "deadline", "time/labelled", None, high)
    gone = context.written is not None and high is not None and high < _last_day(context.written)
    if not point.edge:
        done = None if gone or point.grain not in ("month", "third", "day") else _DONE_TAIL.match(text, end)
        planned = done and not text.startswith("了", done.end())
        if (
            not gone
            and point.grain in ("month", "third", "day")
            and (_CAN.match(text, end) or (text[start - 1 : start] == "在" and _BROUGHT_TO_AN_END.match(text, end)))
        ):
            return _time(text, start, end, "deadline", "time/planned-done", None, high)  # 11月初能做完
        if planned and (context.is_ahead() or _PLANNED.search(text, max(0, start - _PLAN_REACH), start)):
            return _time(text, start, end, "deadline", "time/planned-done", None, high)
        return None
    if _DONE_TAIL.match(text, end) and not gone:
        return _time(text, start, end, "deadline", "time/done-by", None, high)
    whole = text[end - 1] == "内"
    if _lists(text, start, context):
        return None
    if context.is_ahead() and not gone and not _PAST.match(text, end) and (whole or not _MEETING.match(text, end)):
        return _time(text, start, end, "deadline", "time/planned-by", None, high)
    return None


_ALSO = frozenset("、和及与")


def _lists(text: str, start: int, context: Context) -> bool:
    """Whether a point goes on with a list of times that are no deadlines: 分别在3月、6月、9月和12月底."""
    last = context.last
    return last is not None and last.end == start - 1 and text[last.end] in _ALSO and last.kind != "deadline"


_IS = frozenset("为是")
_IS_THE_LAST = re.compile(
    "[为是](?:最后|最终|截止)(?:的?(?:期限|时限|日期|时间|一天|日))|[为是]限(?=[，,。；;、\n]|$)"
)  # 10月8日为最后期限


def _last_day(day: tuple[int, int, int]) -> date:
    return date(day[0], day[1], min(day[2], month_length(day[0], day[1])))


def _is_state(text: str, begin: int, end: int, word: str) -> bool:
    """Whether 截至 tells how far things are, not when something closes (报名截止9月5日)."""
    before = text[begin - 1 : begin]
    opens = not before or before in "，,。；;：:、！？（( 　\n\t"
    return (opens or word == "截至") and not _DEMAND.match(text, end)


_DUE_HEAD = re.compile("时限|期限|(?:完成|整改|办结|截止|落实)(?:时间|日期)|时间节点|完成节点")


_LONGEST_TABLE = 80  # rows
_LONGEST_ROW = 1000  # characters


def _is_due_column(text: str, start: int) -> bool:
    """Whether a point opens a cell of a table (white space between cells) whose column is headed 完成时限."""
    if text[start - 1 : start] not in (" ", "\t", "　"):
        return False
    line = text.rfind("\n", max(0, start - _LONGEST_ROW), start) + 1
    end = text.find("\n", start, start + _LONGEST_ROW)
    if (line == 0 and start > _LONGEST_ROW) or (end < 0 and len(text) - start > _LONGEST_ROW):
        return False
    row = text[line : end if end >= 0 else len(text)].split()
    column = len(text[line:start].split())
    for _ in range(_LONGEST_TABLE):
        if len(row) < 2 or line == 0:
            return False
        above = text.rfind("\n", 0, line - 1) + 1
        head = text[above : line - 1].split()
        if any(_DUE_HEAD.search(cell) for cell in head) and max(map(len, head)) < 12:
            place = column if len(head) > column else -1
            return bool(_DUE_HEAD.search(head[place]))
        line, row = above, head
    return False


def _by(text: str, start: int, position: int, point: Point) -> tuple[int, str]:
    """Return where a deadline starts and the words before the point that make it one, "" for none."""
    edge = start - 1 if text[start - 1 : start] == " " else start  # 到 2017年, on pages that set numbers apart
    floor, last = max(position, edge - 8), text[edge - 1 : edge]
    if last in _BY_ENDS and (match := _BY.search(text, floor, edge)):
        before = text[match.start() - 1 : match.start()] if match.start() > position else ""
        by = len(match["word"]) > 1 or (before not in _NOT_BY and not text.startswith("的", point.end))
        return (match.start(), match["word"]) if by else (start, "")
    mark = _BY_MARK.search(text, floor, edge) if last in _BY_MARK_ENDS else None
    if mark is None:
        return start, ""
    hoped = mark[0].startswith(("力争", "争取", "确保", "务求", "保证", "计划", "预计"))
    if hoped and not mark["at"] and not point.edge and _BEGINNING.match(text, point.end):
        return start, ""
    fit = (
        point.edge
        or point.grain in ("month", "third", "day")
        or (point.grain == "part" and point.rule in ("time/half", "time/stretch"))
        or bool(mark["at"])
    )
    is_due = not hoped or mark["at"] == "到" or (fit and not mark[0].startswith(("计划", "预计", "保证")))
    return start, mark[0] if is_due else ""


def _in_title(text: str, end: int) -> bool:
    """Whether a title 《…》 closes behind: its years date the paper, not the sentence."""
    closing = text.find("》", end, end + 30)
    return closing >= 0 and text.find("《", end, closing) < 0


def _joined(first: Point, second: Point | None, context: Context) -> Point:
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
        nearer = (context.named, context.topic, review, context.told if context.year is None else None)
        year = next((year for year in nearer if year is not None), None)
        return year if year is not None else _by_term(point, context)
    return None


def _by_term(point: Point, context: Context) -> int | None:
    """Return the year of the part of the document, and the next for January and February in the autumn term of a school."""
    year, first = context.part_year(), point.first
    turned = context.turn and year == context.year and first is not None and first[1] <= context.turn
    return year + 1 if turned and year is not None and point.grain in ("month", "third", "day") else year


def _standpoint(point: Point, context: Context) -> int:
    """Return the year that 今年 means: the document's; in a part about the next year that year, once it has begun."""
    part, year = context.part_year(), context.today or context.year or 0
    return part if part and part > year and context.written and context.written[0] == part else year


def _span(point: Point, context: Context) -> tuple[date | None, date | None]:
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
    return _day(year, point.first, point.grain), _day(year, point.last, point.grain)


_EARLY, _LATE = (
    2,
    11,
)  # months of the festivals that the next year brings, and of the signatures of papers that close a year


def _by_signature(
    text: str, point: Point, end: int, low: date, high: date | None, context: Context
) -> tuple[date | None, date | None]:
    """Return the days of a bare month or festival, moved by a year where the day of writing rules theirs out.

    What is done cannot lie behind it (已于11月完成, written in January), and what a paper of the end of the year means to do, or
    what is asked for before a festival of the new year (春节前), not before it.
    """
    if context.named is not None or context.topic is not None or high is None or context.written is None:
        return low, high
    signed, clause = _last_day(context.written), text[max(0, point.start - 12) : point.start]
    if low > signed and point.feast is None and low.year == signed.year and not context.is_ahead():
        done = clause.endswith(("已于", "已在", "已经于", "已")) or _DONE_BEHIND.match(text, end)
        return _years_on(low, high, point, -1) if done else (low, high)
    if high >= signed or low.year != high.year or clause.endswith(("截至", "截止", "截止到")):
        return low, high
    to_do = context.is_ahead() or bool(
        _ASKED.search(clause[max(map(clause.rfind, "，。；\n")) + 1 :]) or _DEMAND.match(text, end)
    )
    if not to_do or _PAST.match(text, end):
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
    return _day(low.year + years, point.first, point.grain), _day(high.year + years, point.last, point.grain)


def _month_by_date(point: Point, context: Context) -> tuple[date | None, date | None]:
    """Return the days of 本月, 上个月 or 本月25日, counted from the month of signature."""
    if context.written is None or point.first is None or point.last is None:
        return None, None
    month = context.written[0] * 12 + context.written[1] - 1 + (point.months or 0)
    if point.quarters is not None:
        month = month // 3 * 3 + point.quarters * 3
    first, last = (
        _day((month + day[1] - 1) // 12, (0, (month + day[1] - 1) % 12 + 1, day[2]), point.grain)
        for day in (point.first, point.last)
    )
    return first, last


@lru_cache(maxsize=1024)
def _day(year: int, day: Day, grain: str) -> date | None:
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


def _remember(text: str, point: Point, low: date | None, context: Context) -> None:
    """Keep the year and month that a later bare month or day belongs to."""
    if point.base == "masked":
        context.masked, context.named = True, None
    elif point.base in ("stated", "document", "sentence", "told") and low is not None and point.grain != "years":
        since = point.grain == "year" and text.startswith("以来", point.end)
        if not (since or (point.grain == "year" and text[point.start - 1 : point.start] in _COMPARES)):
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


def _carry(text: str, point: Point, end: int, context: Context) -> None:
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


def _time(
    text: str, start: int, end: int, kind: str, rule: str, low: date | None = None, high: date | None = None
) -> Time:
    # made by its slots: in a third of the time of its constructor
    time: Time = new_record(Time)
    _set_start(time, start)
    _set_end(time, end)
    _set_text(time, text[start:end])
    _set_rule(time, rule)
    _set_kind(time, kind)
    _set_date_start(time, low.isoformat() if low else None)
    _set_date_end(time, high.isoformat() if high else None)
    return time


# --- readers: each reads one sort of time at a place, or nothing ----------------------------------------------------


def _calendar(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a point or a range of the calendar."""
    first = point_at(text, start)
    if first is None or (first.grain == "month" and first.base == "bare" and _is_named(text, start, first.end)):
        return None
    follows = text[first.end : first.end + 1]
    if first.grain == "year" and (before := _before_event(text, first)):
        return before
    if follows in _CONNECTS and (connect := _CONNECT.match(text, first.end)):
        second = point_at(text, connect.end(), first)
        if second is not None and first.grain != "years" and _ordered(first, second, context):
            return _range(text, first, second, position, context)
    if follows in ("和", "与") and (between := _between(text, first, context)):
        return between
    return _finish(text, first, None, position, context)


def _before_event(text: str, year: Point) -> Time | None:
    """Read 明年汛期前, 2012年入冬前: a deadline in a year, its day not known."""
    event = word_at(text, year.end, "phrase")
    if event is None or event.entry["kind"] != "deadline" or not event.form.endswith("前"):
        return None
    return _time(text, year.start, year.end + len(event.form), "deadline", "time/before")


_NAMED = re.compile(
    rf"(?!月?份|[底初末]|[上中下]旬|[之以]?前|[至到]|内)(?![\u4e00-\u9fff]*(?:完成|召开|举[行办]|进行|实施|结束|之前|以前|到位))[\u4e00-\u9fff]{{2,8}}[{CLOSE}]"
)


def _is_named(text: str, start: int, end: int) -> bool:
    """Whether a month is the head of a name in quotation marks (“三月春风”活动), which is no time."""
    return start > 0 and text[start - 1] in OPEN and _NAMED.match(text, end) is not None


_AND = re.compile("[和与]")
_BETWEEN = re.compile("之?间(?!断|接|歇|隙)")


def _between(text: str, first: Point, context: Context) -> Time | None:
    """Read 2007年与2009年间, 三月和九月之间: from the first day of one to the last of the other."""
    link = _AND.match(text, first.end)
    second = point_at(text, link.end(), first) if link else None
    tail = _BETWEEN.match(text, second.end) if second else None
    if second is None or tail is None or not _ordered(first, second, context):
        return None
    if second.base == "bare":
        low, high = _span(_joined(first, second, context), context)
    else:
        low, high = _span(first, context)[0], _span(second, context)[1]
    return _time(text, first.start, tail.end(), "period", "time/between", low, high)


def _ordered(first: Point, second: Point, context: Context) -> bool:
    """Whether two points can be the ends of one range."""
    if first.feast is not None or second.feast is not None:
        return False
    if (second.base == "bare" and first.grain == "year") or first.lunar or second.lunar:
        return False
    lows, highs = _span(first, context), _span(second, context)
    return second.base == "bare" or None in (lows[0], highs[1]) or str(lows[0]) <= str(highs[1])


_BRACKETED = re.compile(r"(?P<word>[今昨明本])[（(](?P<number>\d{1,2})[)）](?P<unit>[日天月])(?P<hour>[上下]午|晚上?)?")


def _bracketed(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read 今（8）日, 昨（30）日上午, 本（3）月: the day, or the month, nearest to that of writing."""
    match = _BRACKETED.match(text, start)
    if match is None or (match["unit"] == "月") != (match["word"] == "本"):
        return None
    number, kind = int(match["number"]), "period" if match["unit"] == "月" else "date"
    year, month, day = context.written or (context.part_year(), context.month, number)
    if kind == "period":
        month, day = number, 0
    elif context.written and match["word"] == "昨" and number > day and month:
        year, month = (year, month - 1) if month > 1 and year else (year and year - 1, 12)
    elif context.written and match["word"] == "明" and number < day and month:
        year, month = (year, month + 1) if month < 12 and year else (year and year + 1, 1)
    if not year or not month or month > 12 or (kind == "date" and not 1 <= number <= month_length(year, month)):
        return _time(text, start, match.end(), kind, "time/bracketed")
    first, last = (1, month_length(year, month)) if kind == "period" else (number, number)
    return _time(text, start, match.end(), kind, "time/bracketed", date(year, month, first), date(year, month, last))


def _then(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read 届时: the days of the time named last in the same paragraph."""
    last = context.last
    if (
        last is None
        or last.date_end is None
        or "\n" in text[last.end : start]
        or last.kind in ("duration", "frequency")
    ):
        return None
    low, high = date.fromisoformat(last.date_start or last.date_end), date.fromisoformat(last.date_end)
    return _time(text, start, start + 2, "period", "time/then", low, high)


_THAN, _WITH = frozenset("比较"), frozenset("与和同")
_DIFFERS, _LIKENED = (
    re.compile("有所|略|大幅|净?[增减]|[上下][升降]|提[高升前]|降|多|少|高|低|翻|[，,]"),
    re.compile("相?比|对比|持平"),
)


def _same_part(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read 比同期, where no year is said: the part of the year before that answers to the one read last on the line."""
    before = text[start - 1 : start]
    fits = _DIFFERS if before in _THAN else _LIKENED if before in _WITH else None
    if fits is None or not fits.match(text, start + 2):
        return None
    part, year = context.part, next((year for year in (context.named, context.part_year()) if year is not None), None)
    low = high = None
    if part is not None and year is not None:
        low, high = _day(year - 1, part[0], "part"), _day(year - 1, part[1], "part")
    return _time(text, start, start + 2, "period", "time/same-part", low, high)


def _lunar(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a day of the lunar calendar: 正月初五, 农历八月十五, 闰四月."""
    point = lunar_at(text, start)
    return _finish(text, point, None, position, context) if point else None


def _range(text: str, first: Point, second: Point, position: int, context: Context) -> Time:
    if second.base == "bare":
        return _finish(text, first, second, position, context)
    low = _span(first, context)[0]
    if second.base == "sentence" and low is not None:  # 12月至次年2月
        context.named = low.year
    high = _span(second, context)[1]
    _remember(text, second, _span(second, context)[0], context)
    end = second.end
    if tail := _BEFORE_TAIL.match(text, end) or _DURING_TAIL.match(text, end):
        end = tail.end()
    return _time(text, first.start, end, "period", "time/range", low, high)


_LONE_DAY = re.compile(r"日(?![本报程志常])")


def _lone(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a day without a month (26日): in the month last named on the line."""
    match = DAY.match(text, start)
    if match is None or not _LONE_DAY.match(text, match.end() - 1) or not text[start].isdigit():
        return None
    if _DURATION_TAIL.match(text, match.end()) or _LASTING.search(text, max(0, start - 4), start):
        return None
    base = Point(start=start, end=match.end(), base="bare" if context.month else "unknown")
    point = days_at(base, match, context.month or 1)
    return _finish(text, point._replace(rule="time/lone-day"), None, position, context) if point else None


def _bare_year(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a year without 年 before words that follow years: 2014工作要点."""
    match = BARE_YEAR.match(text, start)
    if match is None or text[start - 1 : start] in ("〔", "[", "［"):
        return None
    point = Point(start=start, end=match.end("full"), base="stated", years=number_of(match["full"]))
    point = with_days(point, point.end, *WHOLE, "year", "time/bare-year")
    after = part_at(text, point.end, point) if text[point.end] in "上下第春秋" else None
    return _finish(text, after or point, None, position, context)


def _quoted_day(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a day in quotation marks: “12.4”."""
    match = QUOTED_DAY.match(text, start - 1) if start > position else None
    if match is None or not 1 <= number_of(match["d"]) <= month_length(2000, number_of(match["m"])):
        return None
    day = (0, number_of(match["m"]), number_of(match["d"]))
    point = Point(start=start - 1, end=match.end(), base="bare")
    return _finish(text, with_days(point, match.end(), day, day, "day", "time/quoted-day"), None, position, context)


_STAGE = re.compile("(?:阶段|步骤?|时间|[期周月天])[（(]$")


def _stage_days(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read the days of a stage in brackets: 宣传发动阶段（3.1—3.31）."""
    match = STAGE_DAYS.match(text, start) if text[start - 1 : start] in _BRACKET else None
    if match is None or not _STAGE.search(text, max(0, start - 4), start):
        return None
    month, day, last_month, last_day = (number_of(match[key]) for key in ("m", "d", "m2", "d2"))
    turn = int((last_month, last_day) < (month, day))
    if day > month_length(2000, month) or last_day > month_length(2000, last_month):
        return None
    point = Point(start=start, end=match.end(), base="bare")
    first, last = (0, month, day), (turn, last_month, last_day)
    return _finish(
        text, with_days(point, match.end(), first, last, "range", "time/stage-days"), None, position, context
    )


def _third(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read 中旬 and 下旬 behind a month named in the same line: 3月上旬动员，中旬自查，下旬总结."""
    if context.month is None or text[start - 1 : start] in _OF_A_MONTH:
        return None
    point = third_at(text, start, context.month)
    return _finish(text, point, None, position, context) if point else None


_OF_A_MONTH = frozenset("月份每各本当上下底个")


def _now(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read 即日起至6月30日: from the day of writing to that day."""
    link = _CONNECT.match(text, start + len("即日起"))
    last = point_at(text, link.end()) if link else None
    if last is None or _BEFORE_DAY.match(text, last.end):
        return None
    begin = start - 1 if start > position and text[start - 1] in "自从" else start
    return _time(text, begin, last.end, "period", "time/from-now", context.day, _span(last, context)[1])


def _feast(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a festival with words that make it a time: “六一”期间, 春节前."""
    word = word_at(text, start, "festival")
    point = festival_at(text, start, word) if word else None
    if word is None or point is None or point.start < position:
        return None
    if point.end == start + len(word.form) and _opens_two(text, point.end):
        return None
    time = _finish(text, point, None, position, context)
    first = _feast_before(text, point.start, position)
    return time if first is None else _from_the_first(text, first, time, context)


_AND_FEAST = re.compile(rf"[{CLOSE}]?(?:(?:国际|劳动|妇女|儿童|青年){{0,3}}节)?[{CLOSE}]?[、和及与]?$")
_TO_FEAST = re.compile(rf"[{CLOSE}]?[、和及与]?[{OPEN}]?")
_LONGEST_FEAST = 14  # characters of its name with what joins it to the next


def _opens_two(text: str, end: int) -> bool:
    """Whether a second festival follows whose words say when: 在元旦、春节期间 is one time."""
    link = _TO_FEAST.match(text, end)
    word = word_at(text, link.end(), "festival") if link else None
    return link is not None and word is not None and festival_at(text, link.end(), word) is not None


def _feast_before(text: str, start: int, position: int) -> Point | None:
    """Return the festival that opens a stretch of two: 元旦 of 元旦、春节期间."""
    for begin in range(max(position, start - _LONGEST_FEAST), start - 1):
        word = word_at(text, begin, "festival")
        end = begin + len(word.form) if word else 0
        if word is None or end > start or _AND_FEAST.match(text, end, start) is None:
            continue
        quoted = begin > position and text[begin - 1] in OPEN
        if quoted or not all(char in HAN for char in word.form):
            return Point(start=begin - quoted, end=end, base="bare", feast=word.entry, grain="day")
    return None


def _from_the_first(text: str, first: Point, time: Time, context: Context) -> Time:
    """Return the time of two festivals; what is due before the second is due before the first that comes."""
    low = _span(first, context)[0]
    if low is None or time.date_end is None:
        return _time(text, first.start, time.end, time.kind, time.rule)
    high = date.fromisoformat(time.date_end)
    if time.kind == "deadline":
        return _time(text, first.start, time.end, time.kind, time.rule, None, min(low - timedelta(1), high))
    begin = date.fromisoformat(time.date_start) if time.date_start else high
    return _time(text, first.start, time.end, "period", time.rule, min(low, begin), max(low, high))


_STRETCH_TAIL = re.compile("(?:一个|一段)时[期间]")


def _phrase(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a fixed expression without days: 目前, 近年来, 逐年."""
    word = word_at(text, start, "phrase")
    if word is None or (word.form in ("今后", "最近") and _DURATION.match(text, start + 2)):
        return None
    end = start + len(word.form)
    if stretch := _STRETCH_TAIL.match(text, end):
        end = stretch.end()
    return _time(text, start, end, str(word.entry["kind"]), f"time/phrase-{word.entry['kind']}")


_COUNT = rf"(?:\d{{1,5}}(?:\.\d+)?[万亿]?|[{HAN}]{{1,6}}|[几数半])(?:{TO}(?:\d{{1,4}}|[{HAN}]{{1,3}}))?(?:[多余几来](?![自到源访信]))?"
_UNIT = (
    r"(?:周年(?!龄)|个(?:会计|财政|预算|完整|自然|执行)?年度(?![计规工预报总目任重])|个学年(?!度)|年半|年(?!级|龄|轻|头|鉴|货|会|画|纪|代|初|底|末|月|度|报|均)|个半(?:小时|钟头)|个半月|个多?月|个星期|星期(?![一二三四五六日天])|个?礼拜(?![一二三四五六日天])"
    r"|周(?![岁边围密到全转折口报刊末期一二三四五六日])|个?工作日|日(?![本报程志照均常前])|天(?![然津空河平下])|个?季度|个?学期|个?世纪"
    r"|个?小时(?![候代])|个?钟头|分钟)"
)
_DURATION = re.compile(
    rf"(?P<count>{_COUNT})[ ]?(?P<unit>{_UNIT})(?:[多半零](?!数|年|月|边))?(?:(?:零|又)?\d{{1,2}}个月)?"
)
_DURATION_TAIL = re.compile(
    r"(?:以上|以下|之久|左右|上下|之?内(?![部容外])|以内|以来|来(?![自源到临访信电函宾人者])|时间|期限|期满)"
)
_LASTING = re.compile(
    r"(?:为期|长达|历时|持续|连续|用了?|近|约|达|超过|不少于|提前|经过|未来|今后|过去|这|共|[吃用干忙住等穿花过学](?:上|了|满|够|足))$"
)
_AROUND = re.compile(r"(?P<word>今后|未来|过去|最近|近|约|这|不到|不足|不满|不少于|不低于|至少)$")
_IDIOM = re.compile(r"[一1][年天日月周](?![以之多左半内间来没就能可只仅])")
_NOT_DURATION = re.compile(
    rf"[{HAN_DIGIT}]{{3}}|0|一[年天周月]一|百[日年天]|千[年日]|[九五]年(?:制|义务|一贯)|三天两头|[十百]年[大老树]|\d{1, 2}日"
)


def _duration(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read how long: 16年之久, 近1个月, 两天; with 内 behind it, a deadline."""
    match = _DURATION.match(text, start)
    if (
        match is None
        or (start and text[start - 1].isascii() and text[start - 1].isalpha())
        or (start and text[start - 1] in OPEN and text[match.end() : match.end() + 1] not in tuple(CLOSE))
    ):
        return None
    tail = _DURATION_TAIL.match(text, match.end())
    lasting = _LASTING.search(text, max(0, start - 4), start)
    within = tail is not None and "内" in tail[0]
    if near := _near(text, match, position, context):
        return near
    if (
        within
        and tail
        and text[start - 1 : start] == "后"
        and (counted := _behind(text, match, tail.end(), position, context))
    ):
        return counted
    if text[start - 1 : start] in ("第", "前", "上", "下", "" if within else "后") and start and not lasting:
        return None
    if not tail and not lasting and (_IDIOM.match(text, start) or _NOT_DURATION.match(text, start)):
        return None
    if (match["unit"] == "日" and not tail and not lasting and not _is_days(match["count"])) or (
        match["unit"].endswith("月") and match["unit"] == "月"
    ):
        return None
    begin, around = start, _AROUND.search(text, max(position, start - 3), start)
    if around:
        begin = around.start()
    end = tail.end() if tail else match.end()
    if tail and within and _is_term(text, begin, end, around["word"] if around else "", context):
        due = _counted(context.day, match) if _counts_from_writing(text, begin, match["unit"]) else None
        return _time(text, begin, end, "deadline", "time/within", None, due)
    if around and (stretch := _around(text, match, around, end, context)):
        return stretch
    if not tail and (ago := re.compile(r"[之以]?前(?![后夕期])").match(text, end)):
        day = _counted(context.day, match, -1) if match["unit"] in ("天", "日") else None
        return _time(text, begin, ago.end(), "date" if day else "period", "time/ago", day, day)
    return _time(text, begin, end, "duration", "time/duration")


_BEHIND_EVENT = re.compile(  # 会后三天内, 开学后两周内
    r"(?:(?<![\u4e00-\u9fff])[会节假汛年]|开学|放假|收假|节假日|返岗|返校|入汛|发文|接文|换届|任职|收到通知|接到通知)[之以]?后$"
)


def _behind(text: str, match: re.Match[str], end: int, position: int, context: Context) -> Time | None:
    """Read 春节后十天内: a deadline counted from a festival; 会后三天内: one counted from what has no day here."""
    start = match.start()
    after = start - 2 if text[start - 2 : start - 1] in ("之", "以") else start - 1
    for length in range(2, 5):
        begin = after - length
        word = word_at(text, begin, "festival") if begin >= position else None
        if word is not None and len(word.form) == length:
            low, _ = _span(Point(start=begin, end=after, base="bare", feast=word.entry, grain="day"), context)
            return _time(text, begin, end, "deadline", "time/behind-festival", None, _counted(low, match))
    event = _BEHIND_EVENT.search(text, max(position, start - 8), start)
    return _time(text, event.start(), end, "deadline", "time/within") if event else None


_MANY_DAYS = re.compile(r"[两数几]|(?:\d+\D+)?(?:3[2-9]|[4-9]\d|\d{3,})")
_STEP = {"天": (0, 1), "日": (0, 1), "周": (0, 7), "星期": (0, 7), "个星期": (0, 7), "礼拜": (0, 7), "个礼拜": (0, 7), "个月": (1, 0), "个半月": (1, 0), "年": (12, 0)}  # fmt: skip


def _is_days(count: str) -> bool:
    """Whether 两日 or 90日 can be no day of a month."""
    return _MANY_DAYS.fullmatch(count) is not None


def _counted(day: date | None, match: re.Match[str], sign: int = 1) -> date | None:
    """Return the day that lies a length of time after (or before) a day; months end with the corresponding day."""
    step, count = _STEP.get(match["unit"]), match["count"]
    if day is None or step is None or not (count.isdigit() or all(char in HAN for char in count)):
        return None
    number = count_of(count)
    if number is None:
        return None
    number *= sign
    if abs(number) > 3000 or match.end() - match.end("unit") > 0:
        return None
    month = day.year * 12 + day.month - 1 + number * step[0]
    days = number * step[1] + (15 * sign if match["unit"] == "个半月" else 0)
    if not 1000 * 12 < month < 3000 * 12:
        return None
    moved = date(month // 12, month % 12 + 1, min(day.day, month_length(month // 12, month % 12 + 1)))
    return moved + timedelta(days)


_FROM_NOW = re.compile(
    r"(?P<opens>(?:^|[。；;！？\n])[ 　]*(?:[一二三四五六七八九十\d]{1,3}[、.．])?(?:限|要求?|请|须|务必|必须)?[于在用]?)$"
    r"|(?:从|自)?即日起[，,]?[于在用]?$|本[通方意办公规条决][知案见法告定例](?:印发|下发|发布|公布|施行|实施)?(?:之日)?[起后][，,]?[于在]?$"
    r"|(?:未来|今后)$"
)


def _counts_from_writing(text: str, begin: int, unit: str) -> bool:
    """Whether 60日内 counts from the day of writing: the words before say so, or it opens its sentence (not 三年内)."""
    match = _FROM_NOW.search(text, max(0, begin - 24), begin)
    return match is not None and (match["opens"] is None or not unit.startswith("年"))


def _around(text: str, match: re.Match[str], around: re.Match[str], end: int, context: Context) -> Time | None:
    """Read 未来两个月, 近30天: days counted from the day of writing; a number of years is a length of time."""
    if match["unit"] not in ("天", "日", "周", "个月", "个星期", "星期") or end > match.end():
        return None
    before, sign = text[around.start() - 1 : around.start()], 1 if around["word"] == "未来" else -1
    if around["word"] not in ("未来", "近", "最近", "过去") or (
        around["word"] == "近" and before and before not in "最在，,。；\n"
    ):
        return None
    day = _counted(context.day, match, sign)
    if day is None or context.day is None:
        return None
    low, high = sorted((day, context.day))
    return _time(text, around.start(), end, "period", "time/around", low, high)


_SIDE = frozenset("上下")
_NOT_SIDE = frozenset("以会路马晚早车床网台手地身山天乡不如之楼")


def _near(text: str, match: re.Match[str], position: int, context: Context) -> Time | None:
    """Read 上两个月, 下三年: whole months or years before or behind that of writing."""
    start = match.start()
    if start <= position or text[start - 1] not in _SIDE or text[start - 2 : start - 1] in tuple(_NOT_SIDE):
        return None
    count = match["count"]
    if match["unit"] not in ("个月", "年") or not (count.isdigit() or all(char in HAN for char in count)):
        return None
    number, back = count_of(count), text[start - 1] == "上"
    if number is None or not 2 <= number <= 12 or match.end() != match.end("unit"):
        return None
    if context.written is None:
        return _time(text, start - 1, match.end(), "period", "time/near")
    months = number * (12 if match["unit"] == "年" else 1)
    now = context.written[0] * 12 + (context.written[1] - 1 if match["unit"] == "个月" else 0)
    first = now - months if back else now + (1 if match["unit"] == "个月" else 12)
    last = first + months - 1
    low, high = date(first // 12, first % 12 + 1, 1), _day(last // 12, (0, last % 12 + 1, 31), "month")
    return _time(text, start - 1, match.end(), "period", "time/near", low, high)


_DEMANDED = re.compile(
    r"要|须|应|将|务必|力争|争取|确保|计划|拟|限|规定|期限|不得|收到|接到|之日|自[^，。]{1,12}起|未来|今后"
)
_TO_DO = re.compile(
    r"[^，,。；;！？\n]{0,16}?(?:要|须|应|必|将|力争|确保|完成|办[结完理]|实现|达到|到位|解决|整改|答复|反馈|上?报|建[成设立]|缴|付|提[交出]|作出|处[理置]|送|回复|整治|"
    r"消除|清[理零]|销号|培养|培训|全部|每|基本|力求|不得|不准|争)"
)
_LOOKS_BACK = re.compile(
    r"[，,]?[^，,。；;！？\n]{0,14}?(?:由于|因|没有|未|曾|共|已|先后|累计|一直|连续|了|过(?!程|渡|硬|关|去)|仅|只有|多次|屡|始终)"
)


def _is_term(text: str, start: int, end: int, around: str, context: Context) -> bool:
    """Whether N年内 says by when something is to be done; looking back (改制后的两年内由于…) it only says how long."""
    if around in ("过去", "近", "这") or text[max(0, start - 2) : start] == "后的":
        return False
    if _LOOKS_BACK.match(text, end):
        clause = text[max(0, start - 12) : start]
        return _DEMANDED.search(clause[max(map(clause.rfind, "，。；\n")) + 1 :]) is not None
    if end == len(text) or text[end] in "。；\n）)" or context.is_ahead() or _TO_DO.match(text, end):
        return True
    clause = text[max(0, start - 16) : start]
    return clause.endswith("后") or _DEMANDED.search(clause[max(map(clause.rfind, "。；\n")) + 1 :]) is not None


_TIMES_COUNT = r"(?:不少于|不得少于|不低于|至少|最少|各|要|召开|举办|组织|开展)?(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?:[-—~至](?:\d|[一二三四五六]))?[次场期回遍趟]"
_EACH = re.compile(
    rf"每隔?(?:(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,2}}|半)个?)?"
    rf"(?:学年|年度|年(?!级|龄|轻)|季度?(?!节)|个?月|个?工作日|个?星期|个?礼拜|周|旬|天|日|学期|半年|小时|晚|逢周末)"
    rf"(?:(?<=[周期拜逢])[一二三四五六日天](?:(?:[、和及]|[至到—-]周?)[一二三四五六日天](?![次场期回遍个讲课评会检名节]))*"
    rf"(?![次场期回遍个讲课评会检名节])(?:[上下]午|晚上?)?)?"
    rf"(?:的?(?:[上下]半年|[初底末](?![级月])|[上中下]旬|(?:{MONTH})月(?:(?:{SMALL})[日号]|[初底末]|[上中下]旬)?份?(?:{TO}(?:{MONTH})月(?:(?:{SMALL})[日号]|[初底末]|[上中下]旬)?份?)?|(?:{SMALL})[日号](?:[、和及](?:{SMALL})[日号])*))?"
    rf"(?:第?[一二三四1-4]个?(?:周|星期)[一二三四五六日天]?|[末首]月(?:(?:{SMALL})[日号])?)?(?:(?:[上下]班)?之?前|期间)?(?:{_TIMES_COUNT})?"
    rf"|每逢(?:(?:(?:{SMALL})、)*(?:{SMALL})(?:[赶逢]?[集圩墟场]日?|日)|(?:[\u4e00-\u9fff]{{0,4}}(?:节假日|双休日|节日|假日|佳节|周末|集日|寒暑假)))"
)
_RATE = re.compile(
    rf"(?:[一1两半]|\d)个?(?:年|学年|季度?|月|周|星期|天|日|学期|旬)(?:{_TIMES_COUNT}|一(?![日号天年月周季个些批种定直样般])[\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff]))"
    r"|(?:[一1两二三半]|\d)(?:年|个月|个?星期|周|个?学期)(?:来(?=一)|(?![来内里以中共已间后前多时的要度])[\u4e00-\u9fff]{1,3}?)[一两](?:次|遍|趟)(?!性)"
    r"|一季度[\u4e00-\u9fff]一次(?!性)"
)


def _each(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read how often, with 每: 每周四, 每年3月, 每季度不少于一次."""
    match = _EACH.match(text, start)
    return _time(text, start, match.end(), "frequency", "time/each") if match else None


def _rate(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read how often, without 每: 一年不少于两次."""
    if text[start - 1 : start] in ("第", "每", "这", "那"):
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
    if match is None:
        return None
    decade = match["decade"] or match["alone"]
    century = {"上": 20, "本": 21, None: 20}.get(match["century"]) or number_of(match["century"])
    first = (century - 1) * 100 + (number_of(decade) if decade else 1)
    if match["alone"] and number_of(match["alone"]) < 30:
        return _time(text, start, match.end(), "period", "time/decade")
    last = first + (9 if decade else 99)
    rule = "time/decade" if decade else "time/century"
    return _time(text, start, match.end(), "period", rule, date(first, 1, 1), date(last, 12, 31))


_NUMBER_READERS: tuple[_Reader, ...] = (
    _century,
    _rate,
    _calendar,
    _quoted_day,
    _stage_days,
    _lone,
    _bare_year,
    _duration,
)
_ORDINAL_READERS: tuple[_Reader, ...] = (_plan_number, _calendar)
_BEFORE_YEAR: tuple[_Reader, ...] = (_century, _rate, _calendar, _duration)
_YEAR_READERS: tuple[_Reader, ...] = (_calendar, _duration)
_READERS_BEFORE: dict[str, tuple[_Reader, ...]] = {
    "年": _BEFORE_YEAR,
    "月": (_rate, _calendar),
    "个": (_rate, _duration),
    "季": (_rate, _calendar, _bare_year, _duration),
    "世": (_century, _duration),
    **dict.fromkeys("日号", (_rate, _lone, _bare_year, _duration)),
    **dict.fromkeys("天周星", (_rate, _bare_year, _duration)),
    "学": (_rate, _calendar, _bare_year, _duration),
    **dict.fromkeys("小分钟礼多余来", (_bare_year, _duration)),
}  # by the character behind the numeral; with any other, all of _NUMBER_READERS
_WORD_READERS: dict[str, _Reader] = {
    "year": _calendar,
    "stretch": _calendar,
    "month": _calendar,
    "festival": _feast,
    "plan": _plan,
    "phrase": _phrase,
    "each": _each,
    "century": _century,
    "lunar": _lunar,
    "then": _then,
    "bracketed": _bracketed,
    "same": _same_part,
    "third": _third,
    "now": _now,
}
