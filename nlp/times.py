"""Times: dates, periods, deadlines, durations and frequencies, as in 2012年3月30日, 下半年, 3月18日前, 一周以上, 每周四.

`find_times` is a pure function over text. `nlp.points` reads a point of the calendar; two points make a range; what stands
before and behind (到…, …前, …以来) makes a deadline or opens an end. Only then are days counted out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from nlp.lengths import (
    DURATION,
    DURATION_TAIL,
    LASTING,
    read_century,
    read_duration,
    read_each,
    read_rate,
)
from nlp.places import codes_of, flags_of
from nlp.points import (
    BARE_YEAR,
    CLOSE,
    DAY,
    HAN,
    MASK,
    MONTH,
    NOW,
    NUMBERISH,
    OPEN,
    QUOTED_DAY,
    SMALL,
    STAGE_DAYS,
    TO,
    WEEKDAY,
    WHOLE,
    Point,
    Word,
    count_of,
    days_at,
    festival_at,
    load_lexicon,
    lunar_at,
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
from nlp.records import Time
from nlp.time_context import (
    DEMAND,
    PAST,
    Context,
    by_signature,
    carry,
    day_in,
    full_day,
    joined,
    last_day,
    remember,
    schedule_of,
    signature_of,
    span_of,
    time_of,
)
from nlp.word_places import apart


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
    context = Context(year, today or year, years, ahead, signature_of(written), full_day(written), turn=turn)
    context.schedule = schedule_of(text, year, context.written)
    candidates = _candidates(text)
    context.points = _points(text, candidates)
    found, position = list[Time](), 0
    for start, readers in candidates:
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


def _points(text: str, candidates: Sequence[tuple[int, tuple[_Reader, ...]]]) -> dict[int, Point | None]:
    """Return the points of the calendar at the places where one may start, but for those within another."""
    points: dict[int, Point | None] = {}
    done = 0
    for start, readers in candidates:
        if start >= done and _calendar in readers:
            point = points[start] = point_at(text, start)
            if point is not None:
                done = point.end
    return points


def _candidates(text: str) -> list[tuple[int, tuple[_Reader, ...]]]:
    """Return the places where a time may start, in order, and what may be read there."""
    words, finder = load_lexicon()
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
    for index, start, _ in apart(finder.find(text)):
        word = words[index]
        if stands(text, start, word):
            readers = _WORD_READERS[word.role]
            if others := places.get(start):
                readers += tuple(other for other in others if other is not readers[0])
            places[start] = readers
    return sorted(places.items())


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
        if text[start] == "数" and text[start + 1].isascii():
            start += 1  # 小时数120个小时
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
_HOUR = r"\d{1,2}(?:[:：]\d{2}|[时点](?!候)(?:\d{1,2}分|整|半)?)"
_AT_DAY = re.compile(
    r"(?:当天|当日)?(?:上午|下午|中午|晚上|晚间|傍晚|凌晨|早上|早晨|当晚|晚)?"
    rf"(?:{_HOUR}(?:{TO}(?:次日|上午|下午|晚上?)?{_HOUR})?)?"
    r"(?:[下上]班(?=[之以]?前))?"
)
_DAY_NAMED = re.compile(rf"[{OPEN}]?[\u4e00-\u9fff]{{2,8}}?[日节][{CLOSE}]?(?=[之以]?前(?![后夕期]))")
_EVENT_BEFORE = re.compile(
    r"(?:新?学期)?(?:开学|入学|放假|入冬|入汛|进汛|汛期|雨季|上冻|封冻|换届)(?=[之以]?前(?![后夕期]))"
)  # 9月份开学前
_DAYS_BEFORE = re.compile(r"(?P<days>[一二两三四五六七八九十]|\d{1,2})[天日](?!内)")  # 国庆节前三天
_WITHIN_TAIL = re.compile(r"之?内(?![部容外])")
_SINCE_TAIL = re.compile(
    rf"年?(?:以来|来(?![自源到临访信电函宾人者]))|(?:以后|之后|起)?(?:至今|[到至]现在|{TO}{NOW})|(?!特别|尤其|是|的|和|与|后)[\u4e00-\u9fff]{{2,8}}?以来"
)
_AFTER_TAIL = re.compile("(?P<with>[或及]之后|[或及]?以后)|之后")
_AFTER_DAY = re.compile(r"后(?![天来续勤期方备台盾半几\d一二两三四五六七八九十])")
_DURING_TAIL = re.compile(r"期间|间(?=[，,])|前后")
_AROUND_TAIL = re.compile(rf"{_DURING_TAIL.pattern}|{_WITHIN_TAIL.pattern}")
_BEGINS_AROUND = frozenset("期间前之内")
_BRACKET = frozenset("（(")
_BEHIND = 13  # characters behind a point that the tails above read
_BEGINS_BEFORE = frozenset("及或之以前为止截（(")
_FROM_TAIL = re.compile(r"起(?![草点步义飞诉来伏源码因始止降用身火跑带到至])")
_FROM = re.compile(r"(?:自从|自|从)$")
_SINCE = frozenset("自从")
_START_TAIL = re.compile("开始")
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
    "快得达受收看见感遇提接找想听了来去回走拿学用碰说推转调改延迟直周不签从由在加高升降长展扩大少低虑谈意识悟追轮"
)
_BEGINNING = re.compile(
    "(?:份|期间)?(?:正式|全面|开始)?(?:动工|开工|启动|召开|举行|举办|开班|开业|开馆|奠基|开始|进场|挂牌|出台|发布)"
)  # 争取7月中旬动工
_LABELLED = re.compile(
    r"(?:时限|期限|(?:完成|整改|办结|落实|解决|销号|截止)(?:时间|日期|节点)|时间节点)(?:要求|安排)?(?:[：:]|[为是])?[ 　\t]{0,3}(?:力争|在)?$"
)
_LIMITED = re.compile("限期[（(：:]?[从自在于]?$")  # 限期（从3月上旬到5月底）整改
_LIMIT_ENDS = frozenset("期（(：:从自在于")
_LABEL_ENDS = frozenset("：: 　\t争在为是")
_MEETING = re.compile(
    r"[^，,。；;！？\n]{0,12}?(?:召开|举办|举行|组织|开展|进行|考核|考评|评比|评选|表彰|总结|检查|督查|评一评|慰问|述职|测评|评议)"
)
_RELATIVE = re.compile(r"[\u4e00-\u9fff]{1,8}?的")


def _finish(text: str, first: Point, second: Point | None, position: int, context: Context) -> Time:
    """Return the time of a point or range with the words around it."""
    point = joined(first, second, context)
    start, end = first.start, (second or first).end
    if text[end : end + 1] in _BRACKET and (weekday := WEEKDAY.match(text, end)):
        end = weekday.end()
    if point.grain == "year" and text.startswith("同期", end):
        end += 2
        if context.part is not None:
            point = point._replace(first=context.part[0], last=context.part[1], grain="part")
    low, high = span_of(point, context)
    if low is None and point.grain == "day" and point.rule == "time/stretch":
        low = high = _day_told(text, start, end, context)
    if second is None and point.base == "bare" and context.written is not None and low is not None:
        low, high = by_signature(text, point, end, low, high, context)
    if not _in_title(text, end):
        remember(text, point if second is None else second, low, context)
        carry(text, first, end, context)
    if point.grain == "day":
        end = _hour(text, end)
    elif point.grain in ("month", "third") and (event := _EVENT_BEFORE.match(text, end)):
        end = event.end()
    placed = _Placed(text, point, start, end, position, low, high, context)
    return _led(placed, alone=second is None) or _as_it_stands(placed)


class _Placed(NamedTuple):
    """A point of a text with its days there: what the words around it are read by."""

    text: str
    point: Point
    start: int
    end: int  # of the point, its hour and its weekday
    position: int  # where the time before it ended
    low: date | None
    high: date | None
    context: Context


def _led(placed: _Placed, *, alone: bool) -> Time | None:
    """Return the deadline, or the stretch without end, that the words around a point make of it; `alone` of one that is no range."""
    text, point, start, end, position, low, high, _ = placed
    behind = text[end : end + _BEHIND]  # what none of its characters begins is not tried
    if behind[:1] in _BEGINS_BEFORE:
        by_day = point.grain in ("day", "third", "range") or point.edge
        if tail := (_BEFORE_DAY if by_day else _BEFORE_TAIL).match(text, end):
            return _before(placed, tail)
    by_word = point.grain == "day" and point.rule == "time/stretch"  # 当天来了九百人
    may_last = not by_word and ("来" in behind or "今" in behind or "现在" in behind or "目前" in behind)
    if may_last and (since := _SINCE_TAIL.match(text, end)):
        return time_of(text, start, since.end(), "period", "time/since", low, None)
    if "后" in behind and point.feast is None:
        after = _AFTER_TAIL.match(text, end)
        if after is None and alone and behind[0] == "后" and point.grain in ("day", "third") and not by_word:
            after = _AFTER_DAY.match(text, end)
    else:
        after = None
    if after:
        opens = low if after.lastgroup else high and high + timedelta(1)
        return time_of(text, start, after.end(), "period", "time/after", opens, None)
    limited = text[start - 1 : start] in _LIMIT_ENDS and (not alone or point.grain == "range")
    if limited and _LIMITED.search(text, max(0, start - 5), start):
        return time_of(text, start, end, "deadline", "time/limited", None, high)
    if not alone:
        return None
    if text[start - 1 : start] in _SINCE and point.grain != "year" and _START_TAIL.match(text, end):
        return _as_it_stands(placed)  # 从5月开始 names the month in which it begins, 从今年开始 what lasts
    if opened := _from(text, start, end, position):
        return time_of(text, opened[0], opened[1], "period", "time/from", low, None)
    return _due(placed)


def _as_it_stands(placed: _Placed) -> Time:
    """Return the date or period of a point, with 期间, 前后 or 之内 behind it."""
    text, point, start, end, _, low, high, _ = placed
    if text[end : end + 1] in _BEGINS_AROUND and (tail := _AROUND_TAIL.match(text, end)):
        end = tail.end()
    one_day = point.grain in ("day", "third") and point.first == point.last and not point.eve
    lasts = point.feast is not None and text[end - 1] in "间后夕际临来假期周"
    return time_of(text, start, end, "date" if one_day and not lasts else "period", point.rule, low, high)


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


def _before(placed: _Placed, tail: re.Match[str]) -> Time:
    """Return what 前 and 以前 make of a point: a deadline, or of a year gone by an open period (2006年以前命名的)."""
    text, point, start, _, position, low, high, context = placed
    if point.feast is not None and high is not None:
        high -= timedelta(1)
    if "前" in tail[0] and low is not None and high is not None and context.year and point.feast is None:
        whole, relative = point.grain in ("year", "month") and not point.edge, _RELATIVE.match(text, tail.end())
        if low.year < context.year and (relative or (whole and not _DONE_TAIL.match(text, tail.end()))):
            return time_of(
                text, start, tail.end(), "period", "time/gone-by", None, low - timedelta(1) if whole else high
            )
        if low.year == context.year and point.grain == "year" and relative:
            return time_of(text, start, tail.end(), "period", "time/gone-by", None, low - timedelta(1))
    begin, end = _by(text, start, position, point)[0], tail.end()
    if point.feast is not None and tail[0] == "前" and (days := _DAYS_BEFORE.match(text, end)):
        end, count = days.end(), count_of(days["days"])
        high = high - timedelta(count - 1) if high and count else high
    return time_of(text, begin, end, "deadline", "time/before", None, high)


def _from(text: str, start: int, end: int, position: int) -> tuple[int, int] | None:
    """Return the place of a point that opens a stretch without end: 7月起, 从明年起, 自2010年开始."""
    prefix = _FROM.search(text, max(position, start - 2), start) if text[start - 1 : start] in _SINCE else None
    tail = None
    if text[end : end + 1] in ("起", "开"):
        tail = _FROM_TAIL.match(text, end) or (_START_TAIL if prefix else _STARTS).match(text, end)
    return (prefix.start() if prefix else start, tail.end()) if tail else None


def _due(placed: _Placed) -> Time | None:
    """Return the deadline that a point makes with the words around it, or the day up to which is counted (截至8月底)."""
    text, point, start, end, position, _, high, context = placed
    begin, by = _by(text, start, position, point)
    if by.startswith("截") and _is_state(text, begin, end, by):
        return time_of(text, begin, end, "date", "time/as-of", high, high)
    if by:
        return time_of(text, begin, end, "deadline", "time/by", None, high)
    before = text[start - 1 : start]
    labelled = before in _LABEL_ENDS and _LABELLED.search(text, max(position, start - 14), start)
    if labelled and before in _IS and text.startswith("的", end):
        labelled = None  # 期限为7月的合同
    if labelled or _is_due_column(text, start) or (text[end : end + 1] in _IS and _IS_THE_LAST.match(text, end)):
        return time_of(text, start, end, "deadline", "time/labelled", None, high)
    rule = _to_be_done(placed)
    gone = rule and context.written is not None and high is not None and high < last_day(context.written)
    return time_of(text, start, end, "deadline", rule, None, high) if rule and not gone else None


def _to_be_done(placed: _Placed) -> str | None:
    """Return the rule by which what follows a point says that it is to be done by then; None where it does not."""
    text, point, start, end, _, _, _, context = placed
    if point.edge:
        if _DONE_TAIL.match(text, end):
            return "time/done-by"
        if _lists(text, start, context) or not context.is_ahead() or PAST.match(text, end):
            return None
        return "time/planned-by" if text[end - 1] == "内" or not _MEETING.match(text, end) else None
    if point.grain not in ("month", "third", "day"):
        return None
    if _CAN.match(text, end) or (text[start - 1 : start] == "在" and _BROUGHT_TO_AN_END.match(text, end)):
        return "time/planned-done"  # 11月初能做完
    done = _DONE_TAIL.match(text, end)
    if done is None or text.startswith("了", done.end()):
        return None
    planned = context.is_ahead() or _PLANNED.search(text, max(0, start - _PLAN_REACH), start)
    return "time/planned-done" if planned else None


_ALSO = frozenset("、和及与")


def _lists(text: str, start: int, context: Context) -> bool:
    """Whether a point goes on with a list of times that are no deadlines: 分别在3月、6月、9月和12月底."""
    last = context.last
    return last is not None and last.end == start - 1 and text[last.end] in _ALSO and last.kind != "deadline"


_IS = frozenset("为是")
_IS_THE_LAST = re.compile(
    "[为是](?:最后|最终|截止)(?:的?(?:期限|时限|日期|时间|一天|日))|[为是]限(?=[，,。；;、\n]|$)"
)  # 10月8日为最后期限


def _is_state(text: str, begin: int, end: int, word: str) -> bool:
    """Whether 截至 tells how far things are, not when something closes (报名截止9月5日)."""
    before = text[begin - 1 : begin]
    opens = not before or before in "，,。；;：:、！？（( 　\n\t"
    return (opens or word == "截至") and not DEMAND.match(text, end)


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


# --- readers: each reads one sort of time at a place, or nothing ----------------------------------------------------


def _calendar(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a point or a range of the calendar."""
    first = context.points[start] if start in context.points else point_at(text, start)
    if first is None or (first.grain == "month" and first.base == "bare" and _is_named(text, start, first.end)):
        return None
    follows = text[first.end : first.end + 1]
    if first.grain == "year" and (before := _before_event(text, first)):
        return before
    reach = first.end
    if first.grain == "day" and follows in _HOUR_OPENS:
        reach = _hour(text, reach)  # 3月4日8:30至3月6日
    if text[reach : reach + 1] in _CONNECTS and (connect := _CONNECT.match(text, reach)):
        second = point_at(text, connect.end(), first)
        if second is not None and first.grain != "years" and _ordered(first, second, context):
            return _range(text, first, second, position, context)
    if first.grain == "third" and follows in _NUMBERISH and (second := _next_third(text, first)):
        return _range(text, first, second, position, context)
    if follows in ("和", "与") and (between := _between(text, first, context)):
        return between
    return _finish(text, first, None, position, context)


def _before_event(text: str, year: Point) -> Time | None:
    """Read 明年汛期前, 2012年入冬前: a deadline in a year, its day not known."""
    event = word_at(text, year.end, "phrase") if "前" in text[year.end : year.end + _BEHIND] else None
    if event is None or event.entry["kind"] != "deadline" or not event.form.endswith("前"):
        return None
    return time_of(text, year.start, year.end + len(event.form), "deadline", "time/before")


_HOUR_OPENS = frozenset("0123456789上下中晚早凌傍")
_NUMBERISH = frozenset(f"{HAN}0123456789")


def _next_third(text: str, first: Point) -> Point | None:
    """Return the beginning of the next month right behind the end of one: 5月初 in 4月底5月初."""
    second = point_at(text, first.end)
    if second is None or second.grain != "third" or second.base != "bare" or first.last is None or second.first is None:
        return None
    return second if first.last[2] > 20 and second.first[1] == first.last[1] % 12 + 1 else None


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
        low, high = span_of(joined(first, second, context), context)
    else:
        low, high = span_of(first, context)[0], span_of(second, context)[1]
    return time_of(text, first.start, tail.end(), "period", "time/between", low, high)


def _ordered(first: Point, second: Point, context: Context) -> bool:
    """Whether two points can be the ends of one range."""
    if first.feast is not None or second.feast is not None:
        return False
    if (second.base == "bare" and first.grain == "year") or first.lunar or second.lunar:
        return False
    lows, highs = span_of(first, context), span_of(second, context)
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
        return time_of(text, start, match.end(), kind, "time/bracketed")
    first, last = (1, month_length(year, month)) if kind == "period" else (number, number)
    return time_of(text, start, match.end(), kind, "time/bracketed", date(year, month, first), date(year, month, last))


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
    return time_of(text, start, start + 2, "period", "time/then", low, high)


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
        low, high = day_in(year - 1, part[0], "part"), day_in(year - 1, part[1], "part")
    return time_of(text, start, start + 2, "period", "time/same-part", low, high)


def _lunar(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a day of the lunar calendar: 正月初五, 农历八月十五, 闰四月."""
    point = lunar_at(text, start)
    return _finish(text, point, None, position, context) if point else None


def _range(text: str, first: Point, second: Point, position: int, context: Context) -> Time:
    if second.base == "bare":
        return _finish(text, first, second, position, context)
    low = span_of(first, context)[0]
    if second.base == "sentence" and low is not None:  # 12月至次年2月
        context.named = low.year
    high = span_of(second, context)[1]
    remember(text, second, span_of(second, context)[0], context)
    end = second.end
    if tail := _BEFORE_TAIL.match(text, end) or _DURING_TAIL.match(text, end):
        end = tail.end()
    return time_of(text, first.start, end, "period", "time/range", low, high)


_LONE_DAY = re.compile(r"日(?![本报程志常])")


def _lone(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a day without a month (26日): in the month last named on the line."""
    match = DAY.match(text, start)
    if match is None or not _LONE_DAY.match(text, match.end() - 1) or not text[start].isdigit():
        return None
    if DURATION_TAIL.match(text, match.end()) or LASTING.search(text, max(0, start - 4), start):
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
    return time_of(text, begin, last.end, "period", "time/from-now", context.day, span_of(last, context)[1])


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
    low = span_of(first, context)[0]
    if low is None or time.date_end is None:
        return time_of(text, first.start, time.end, time.kind, time.rule)
    high = date.fromisoformat(time.date_end)
    if time.kind == "deadline":
        return time_of(text, first.start, time.end, time.kind, time.rule, None, min(low - timedelta(1), high))
    begin = date.fromisoformat(time.date_start) if time.date_start else high
    return time_of(text, first.start, time.end, "period", time.rule, min(low, begin), max(low, high))


_STRETCH_TAIL = re.compile("(?:一个|一段)时[期间]")


def _phrase(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read a fixed expression without days: 目前, 近年来, 逐年."""
    word = word_at(text, start, "phrase")
    if word is None or (word.form in ("今后", "最近") and DURATION.match(text, start + 2)):
        return None
    end = start + len(word.form)
    if stretch := _STRETCH_TAIL.match(text, end):
        end = stretch.end()
    return time_of(text, start, end, str(word.entry["kind"]), f"time/phrase-{word.entry['kind']}")


_NUMBER_READERS: tuple[_Reader, ...] = (
    read_century,
    read_rate,
    _calendar,
    _quoted_day,
    _stage_days,
    _lone,
    _bare_year,
    read_duration,
)
_ORDINAL_READERS: tuple[_Reader, ...] = (_plan_number, _calendar)
_BEFORE_YEAR: tuple[_Reader, ...] = (read_century, read_rate, _calendar, read_duration)
_YEAR_READERS: tuple[_Reader, ...] = (_calendar, read_duration)
_READERS_BEFORE: dict[str, tuple[_Reader, ...]] = {
    "年": _BEFORE_YEAR,
    "月": (read_rate, _calendar),
    "个": (read_rate, read_duration),
    "季": (read_rate, _calendar, _bare_year, read_duration),
    "世": (read_century, read_duration),
    **dict.fromkeys("日号", (read_rate, _lone, _bare_year, read_duration)),
    **dict.fromkeys("天周星", (read_rate, _bare_year, read_duration)),
    "学": (read_rate, _calendar, _bare_year, read_duration),
    **dict.fromkeys("小分钟礼多余来", (_bare_year, read_duration)),
}  # by the character behind the numeral; with any other, all of _NUMBER_READERS
_WORD_READERS: dict[str, tuple[_Reader, ...]] = {
    "year": (_calendar,),
    "stretch": (_calendar,),
    "month": (_calendar,),
    "festival": (_feast,),
    "plan": (_plan,),
    "phrase": (_phrase,),
    "each": (read_each,),
    "century": (read_century,),
    "lunar": (_lunar,),
    "then": (_then,),
    "bracketed": (_bracketed,),
    "same": (_same_part,),
    "third": (_third,),
    "now": (_now,),
}
