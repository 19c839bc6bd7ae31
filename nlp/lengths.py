"""Lengths of time, rates and centuries: 16年之久, 三天内, 未来两个月, 每周四, 一年不少于两次, 20世纪80年代.

Each reader reads one sort of time where its numeral or 每 stands, or nothing; with 内 behind it a length is a deadline.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlp.points import (
    CLOSE,
    HAN,
    HAN_DIGIT,
    MONTH,
    OPEN,
    SMALL,
    TO,
    Point,
    count_of,
    month_length,
    number_of,
    word_at,
)
from nlp.records import Time
from nlp.time_context import (
    Context,
    day_in,
    span_of,
    time_of,
)

_COUNT = rf"(?:\d{{1,5}}(?:\.\d+)?[万亿]?|[{HAN}]{{1,6}}|[几数半])(?:{TO}(?:\d{{1,4}}|[{HAN}]{{1,3}}))?(?:[多余几来](?![自到源访信]))?"
_UNIT = (
    r"(?:周年(?!龄)|个(?:会计|财政|预算|完整|自然|执行)?年度(?![计规工预报总目任重])|个学年(?!度)|年半|年(?!级|龄|轻|头|鉴|货|会|画|纪|代|初|底|末|月|度|报|均)|个半(?:小时|钟头)|个半月|个多?月|个星期|星期(?![一二三四五六日天])|个?礼拜(?![一二三四五六日天])"
    r"|周(?![岁边围密到全转折口报刊末期一二三四五六日])|个?工作日|日(?![本报程志照均常前])|天(?![然津空河平下])|个?季度|个?学期|个?世纪"
    r"|个?小时(?![候代])|个?钟头|分钟)"
)
DURATION = re.compile(
    rf"(?P<count>{_COUNT})[ ]?(?P<unit>{_UNIT})(?:[多半零](?!数|年|月|边))?(?:(?:零|又)?\d{{1,2}}个月)?"
)
DURATION_TAIL = re.compile(
    r"(?:以上|以下|之久|左右|上下|之?内(?![部容外])|以内|以来|来(?![自源到临访信电函宾人者])|时间|期限|期满)"
)
LASTING = re.compile(
    r"(?:为期|长达|历时|跨度|时长|工期|持续|连续|用了?|近|约|达|超过|不少于|提前|经过|未来|今后|过去|这|共|[吃用干忙住等穿花过学](?:上|了|满|够|足))$"
)
_AROUND = re.compile(r"(?P<word>今后|未来|过去|最近|近|约|这|不到|不足|不满|不少于|不低于|至少)$")
_AGO = re.compile(r"[之以]?前(?![后夕期])")
_ORDERS = frozenset("第前上下")
_CLOSING = frozenset(CLOSE)
_IDIOM = re.compile(r"[一1][年天日月周](?![以之多左半内间来没就能可只仅])")
_NOT_DURATION = re.compile(
    rf"[{HAN_DIGIT}]{{3}}|0|一[年天周月]一|百[日年天]|千[年日]|[九五]年(?:制|义务|一贯)|三天两头|[十百]年[大老树]"
)


def read_duration(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read how long: 16年之久, 近1个月, 两天; with 内 behind it, a deadline."""
    match = DURATION.match(text, start)
    if match is None or (start and _is_part_of_more(text, start, match.end())):
        return None
    tail = DURATION_TAIL.match(text, match.end())
    within = tail is not None and "内" in tail[0]
    if near := _near(text, match, position, context):
        return near
    before = text[start - 1 : start]
    if tail and within and before == "后" and (counted := _behind(text, match, tail.end(), position, context)):
        return counted
    if not LASTING.search(text, max(0, start - 4), start):
        if before in _ORDERS or (before == "后" and not within):
            return None
        if not tail and _is_no_length(text, match):
            return None
    around = _AROUND.search(text, max(position, start - 3), start)
    begin, end = around.start() if around else start, tail.end() if tail else match.end()
    if tail and within and _is_term(text, begin, end, around["word"] if around else "", context):
        due = _counted(context.day, match) if _counts_from_writing(text, begin, match["unit"]) else None
        return time_of(text, begin, end, "deadline", "time/within", None, due)
    if around and (stretch := _around(text, match, around, end, context)):
        return stretch
    if not tail and (ago := _AGO.match(text, end)):
        day = _counted(context.day, match, -1) if match["unit"] in ("天", "日") else None
        return time_of(text, begin, ago.end(), "date" if day else "period", "time/ago", day, day)
    return time_of(text, begin, end, "duration", "time/duration")


def _is_part_of_more(text: str, start: int, end: int) -> bool:
    """Whether a Latin letter stands before a length of time, or a quotation opens there that goes on behind it."""
    before = text[start - 1]
    return (before.isascii() and before.isalpha()) or (before in OPEN and text[end : end + 1] not in _CLOSING)


def _is_no_length(text: str, match: re.Match[str]) -> bool:
    """Whether words without 以上, 之久 or 为期 around them are no length of time: an idiom, or a day of a month."""
    start = match.start()
    if _IDIOM.match(text, start) or _NOT_DURATION.match(text, start):
        return True
    return match["unit"] == "日" and not _is_days(match["count"])


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
            low, _ = span_of(Point(start=begin, end=after, base="bare", feast=word.entry, grain="day"), context)
            return time_of(text, begin, end, "deadline", "time/behind-festival", None, _counted(low, match))
    event = _BEHIND_EVENT.search(text, max(position, start - 8), start)
    return time_of(text, event.start(), end, "deadline", "time/within") if event else None


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
    return time_of(text, around.start(), end, "period", "time/around", low, high)


_SIDE = frozenset("上下")
_NOT_SIDE = frozenset("以会路马晚早车床网台手地身山天乡不如之楼")


def _near(text: str, match: re.Match[str], position: int, context: Context) -> Time | None:
    """Read 上两个月, 下三年: whole months or years before or behind that of writing."""
    start = match.start()
    if start <= position or text[start - 1] not in _SIDE or text[start - 2 : start - 1] in _NOT_SIDE:
        return None
    count = match["count"]
    if match["unit"] not in ("个月", "年") or not (count.isdigit() or all(char in HAN for char in count)):
        return None
    number, back = count_of(count), text[start - 1] == "上"
    if number is None or not 2 <= number <= 12 or match.end() != match.end("unit"):
        return None
    if context.written is None:
        return time_of(text, start - 1, match.end(), "period", "time/near")
    months = number * (12 if match["unit"] == "年" else 1)
    now = context.written[0] * 12 + (context.written[1] - 1 if match["unit"] == "个月" else 0)
    first = now - months if back else now + (1 if match["unit"] == "个月" else 12)
    last = first + months - 1
    low, high = date(first // 12, first % 12 + 1, 1), day_in(last // 12, (0, last % 12 + 1, 31), "month")
    return time_of(text, start - 1, match.end(), "period", "time/near", low, high)


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


def read_each(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read how often, with 每: 每周四, 每年3月, 每季度不少于一次."""
    match = _EACH.match(text, start)
    return time_of(text, start, match.end(), "frequency", "time/each") if match else None


def read_rate(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read how often, without 每: 一年不少于两次."""
    if text[start - 1 : start] in ("第", "每", "这", "那"):
        return None
    match = _RATE.match(text, start)
    return time_of(text, start, match.end(), "frequency", "time/rate") if match else None


_CENTURY = re.compile(
    r"(?P<century>1[5-9]|2[01]|十[五六七八九]|二十一?|上|本)世纪(?:(?P<decade>[1-9]0|[一二三四五六七八九]十)年代)?"
    r"|(?P<alone>[1-9]0|[一二三四五六七八九]十)年代"
)
_PART_OF_AGE = re.compile(r"中后期|初(?![中级高步次])期?|早期|前期|中[期叶]|后期|末[期叶]?")
#: The years of a part within a decade, and within a century (general usage of reports and histories, unverified).
_YEARS_OF_PART = {
    "初": ((0, 3), (0, 19)), "早": ((0, 3), (0, 19)), "前": ((0, 4), (0, 49)), "中": ((4, 6), (40, 59)),
    "中后": ((4, 9), (40, 99)), "后": ((6, 9), (60, 99)), "末": ((7, 9), (80, 99)),
}  # fmt: skip


def read_century(text: str, start: int, position: int, context: Context) -> Time | None:
    """Read 20世纪, 上世纪九十年代, 80年代末."""
    match = _CENTURY.match(text, start)
    if match is None:
        return None
    part = _PART_OF_AGE.match(text, match.end())
    end = part.end() if part else match.end()
    decade = match["decade"] or match["alone"]
    own = (context.year - 1) // 100 + 1 if context.year else 21  # the century of the report
    century = {"上": own - 1, "本": own, None: 20}.get(match["century"]) or number_of(match["century"])
    first = (century - 1) * 100 + (number_of(decade) if decade else 1)
    if match["alone"] and number_of(match["alone"]) < 30:
        return time_of(text, start, end, "period", "time/decade")
    low, high = (0, 9) if decade else (0, 99)
    if part:
        low, high = _YEARS_OF_PART["中后" if part[0] == "中后期" else part[0][0]][not decade]
    rule = "time/decade" if decade else "time/century"
    return time_of(text, start, end, "period", rule, date(first + low, 1, 1), date(first + high, 12, 31))
