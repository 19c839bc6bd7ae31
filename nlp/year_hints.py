"""Years that a paper tells without stating them: by its number, the span it reports on, the paper it answers, what it says of now.

Asked where neither title nor signature nor the first words state a year (`nlp.years`). Each hint is a wording that papers of other
years do not use; a year that is only named says no more than that the paper is not older (`nlp.years.last_past_year`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from nlp.edges import HEAD, YEAR
from nlp.letterhead import NUMBER
from nlp.news import opening_of
from nlp.records import Evidence
from nlp.years import (
    AHEAD_AFTER,
    AHEAD_BEFORE,
    ISSUED_AFTER,
    PLANNED_NEXT,
    REVIEW,
    YEAR_LENGTH,
    arabic,
    full_dates,
    is_cited,
    positions,
    years_in,
)
from nlp.years import evidence_of_year as evidence_of

TELLS_OF_WORK = frozenset(("summary", "plan", "rectification", "experience"))
TELLS_OF_DONE = frozenset(("summary", "rectification", "experience"))
NUMBERED = re.compile(r"[〔\[［（(【﹝]\s?(?P<year>(?:19[5-9]|20[0-4])\d)\s?[〕\]］）)】﹞]")
_MONTH = r"(?P<{0}>1[0-2]|0?[1-9])"
SPAN = re.compile(  # 2019年9月至2020年7月; 2009年1—9月
    rf"(?P<year>{YEAR})年{_MONTH.format('month')}月?(?:\d{{1,2}}日)?(?:份)?\s?(?:起|以来)?[-—–－~～至到]+\s?"
    rf"(?:(?P<later>{YEAR})年)?{_MONTH.format('last')}月(?!.{{0,14}}(?:任|担任|就读|学习班|服役|工作于|毕业))"
)
LONGEST_SPAN, SHORTEST_SPAN = 15, 3  # months
ANSWERED = re.compile(  # 根据《关于做好2016年…的通知》; 根据…通知（岚办发〔2015〕12号）
    r"(?:根据|按照|依据|遵照|依照|对照|接到?|收到)[^。《\n]{0,36}(?:《(?P<title>[^》\n]{6,60})》)?"
)
YEAR_OF_TITLE = re.compile(rf"(?<![-—–~～至到年版])(?P<year>{YEAR})年(?!修订|修正|版|[-—–~～至到]|以前|以来)")
OF_OTHERS = re.compile(
    "规划|纲要|条例|办法|决定|规定|准则|细则|规则|制度|法》|标准|规程|[若若]干意见|指导意见|实施意见"
)
SEASON = re.compile(
    rf"[\s\u3000]*(?P<year>{YEAR})年(?:[春夏秋冬](?:季|天|耕|收|训|种)?|汛期|入汛|入冬|入春|暑期|寒假|暑假|防火期)[^，。\n]{{0,6}}，"
)
ASKS_NOW = re.compile("通知|方案|要点|责任|目标|考核|安排|函|计划|任务|反馈|督查|督导|检查|自查|清单")
GONE_BEFORE = re.compile("(?:过去的|告别了?|走过了?|难忘的|不平凡的)$")  # 刚刚过去的2010年
GONE_AFTER = re.compile(  # 转眼2010年已过去一半
    "年(?:的工作)?(?:已经?|即将|就要|很快|马上|转眼|又将|将)(?:就|要)?(?:过去|结束|过半|接近尾声|成为过去)"
)
ONE_YEAR = re.compile(YEAR)
LAST_TWELVE = re.compile("一年来|过去的一年|过去一年|这一年|今年(?:以来|来|我|，)|全年|本年度")
PLANNED_AFTER = re.compile(
    r"[，,]?[^，。；\n]{0,10}?(?:将(?!军|近)|(?<![主重必需首纪摘])要(?!求|点|素)|打算|计划|拟|力争|争取|展望|工作(?:安排|思路|要点|打算|计划))"
)
PLANNED_BEFORE = re.compile(r"(?:展望|明年|力争|争取|打算|计划|到|迎接|对于|在|面向|面对|谋划|迎来)[^，。；\n]{0,4}$")
NOW = ("今年", "本年度", "一年来")
LAST_YEAR = re.compile(r"(?:去年|上年|前年|曾|早在)[^。；\n]{0,16}$")
FOUNDED = re.compile(
    r"[^。\n]{0,24}?(?:成立|组建|建成|创办|创建|出生|参加工作|入党|入职|任职|当选|换届|被评为|荣获|获得|授予|毕业|上任|开业|开馆|注册|登记)"
)
PERIOD_TITLE = re.compile(  # “十二五”期间残疾人工作总结
    r"[“\"]?(?P<plan>十[一二三四五六]?|[六七八九])五[”\"]?(?:规划|计划)?(?:期间|时期)?[^，。]{0,24}(?:总结|回顾|完成情况|汇报|情况报告|终期)"
)
NOT_OVER = re.compile("中期|开局|第[一二三四]年|前期|谋划|编制|启动|打算")
YEAR_OF_PLAN = re.compile(
    r"(?:今年|本年度?|今年以来|一年来)[^。；\n]{0,10}?(?P<words>[“\"]?(?P<plan>[三四五六七八九])五[”\"]?普法[^，。；\n]{0,8}?"
    r"(?:第(?P<nth>[一二三四五])个?年|(?P<first>(?:开局|起步|启动)之?年)|(?:最后一|收官之?|收官|验收之?)年))"
)
NTH_YEAR = re.compile("第[一二三四五]年")
LAW_BASE = 1980  # the n-th plan for law begins in 1981 + 5 n
COMPARED = re.compile(
    rf"(?:[比较]|[与和同](?={YEAR}年[^，。；\n]{{0,6}}相?比))(?P<year>{YEAR})年(?:同期|全年)?(?!代|[初底末])"
    r"(?=[^。；\n]{0,12}?(?:[多少增减升降]|翻|提高|下降|上升|相比|高|低|快|慢))"
)
COMPARES = frozenset("比较与和同")
OF_YEARS = re.compile("[两三四五]年(?:共|累计|间|下来)")
DUE_BEFORE = re.compile(r"(?:应当?|将|拟|要|计划|预计|力争|确保|争取|到|至|截止|[—－~～-])[于在]?$")
LEAST_DAYS = 2
SURVEYED = re.compile(r"[^。\n]{0,60}?(?:调研|调查|走访|考察|座谈|摸底)")
SURVEY_DAY = re.compile(r"(?:调查|时点|调研时间|调查时间)[^。\n]{0,6}[（(：:]?$")
HELD_AHEAD = re.compile(
    r"[^，。；\n]{0,20}?(?:前夕|前后|期间|到来之前)[^，。；\n]{0,6}(?:予以|进行|举行|举办|召开|揭晓|公布|表彰)"
)
PLAN_STEP, PLAN_BASE = 5, 1955  # the n-th plan ends in 1955 + 5 n
NUMERALS = "零一二三四五六七八九十"


def year_by_hint(text: str, title: str, doc_type: str, number: str | None) -> tuple[int | None, str, list[Evidence]]:
    """Return (year, basis, evidence) by the first hint that tells one; (None, "none", []) where none does."""
    for found in (
        _of_number(text, number),
        _of_span(text, doc_type),
        _of_turn(text, doc_type),
        _of_plan_period(text, title, doc_type),
        _of_answer(text, doc_type),
        _of_plan(text, doc_type),
        _of_season(text, doc_type),
        _of_now(text, doc_type),
        _of_year_of_a_plan(text),
        _of_comparison(text, doc_type),
        _of_row(text, title, doc_type),
        _of_days(text, doc_type),
        _of_visit(text, doc_type),
        _of_only_year(text, doc_type),
    ):
        if found is not None:
            return found.low, "signature" if found.why == "number of the document" else "body", [found]
    return None, "none", []


def _of_number(text: str, number: str | None) -> Evidence | None:
    """Return the year in the number that the paper bears, above its first sentence."""
    match = NUMBERED.search(number or "")
    at = text.find(match.group(), 0, HEAD) if match else -1
    if match is None or at < 0 or "。" in text[:at]:
        return None
    return evidence_of(at, at + len(match.group()), match.group(), int(match["year"]), "number of the document")


def _of_span(text: str, doc_type: str) -> Evidence | None:
    """Return the year of the months that a paper says at its head that it is about: of what was done the last, of what is planned the first."""
    if doc_type not in TELLS_OF_WORK:
        return None
    for match in SPAN.finditer(text, 0, HEAD):
        first, last = arabic(match["year"]), arabic(match["later"] or match["year"])
        months = 12 * (last - first) + int(match["last"]) - int(match["month"]) + 1
        if not SHORTEST_SPAN <= months <= LONGEST_SPAN or is_cited(text, match.start()):
            continue
        if any(arabic(one["year"]) > last and not _is_ahead(text, one) for one in years_in(text)):
            continue
        year = first if doc_type == "plan" else last
        return evidence_of(*match.span(), match.group(), year, "the year that the text speaks of")
    return None


def _of_turn(text: str, doc_type: str) -> Evidence | None:
    """Return the year that is said to be over, or nearly: of a plan the next."""
    if doc_type not in (*TELLS_OF_WORK, "speech"):
        return None
    for at in positions(text[: 2 * HEAD], "年"):
        if not (GONE_AFTER.match(text, at) or GONE_BEFORE.search(text, max(0, at - 9), at - 4)):
            continue
        match = ONE_YEAR.match(text, at - 4)
        if match is None or any(arabic(one["year"]) > arabic(match.group()) + 1 for one in years_in(text)):
            return None
        year = arabic(match.group()) + (doc_type == "plan")
        return evidence_of(*match.span(), match.group(), year, "the year that the text speaks of")
    return None


def _of_plan_period(text: str, title: str, doc_type: str) -> Evidence | None:
    """Return the last year of the plan that a summary is of by its title."""
    match = PERIOD_TITLE.search(title) if doc_type in TELLS_OF_DONE and not NOT_OVER.search(title) else None
    if match is None:
        return None
    count = sum(NUMERALS.index(char) for char in match["plan"])
    year = PLAN_BASE + PLAN_STEP * count
    if any(arabic(one["year"]) > year and not _is_ahead(text, one) for one in years_in(text)):
        return None
    return evidence_of(0, 0, title, year, "stated in the title")


def _of_plan(text: str, doc_type: str) -> Evidence | None:
    """Return the only year of which a plan says what is to be done in it."""
    planned = {arabic(match["year"]): match for match in PLANNED_NEXT.finditer(text)} if doc_type == "plan" else {}
    if len(planned) != 1 or any(arabic(one["year"]) > min(planned) for one in years_in(text)):
        return None
    year, match = planned.popitem()
    return evidence_of(*match.span(), match.group(), year, "the year that is planned")


def _of_season(text: str, doc_type: str) -> Evidence | None:
    """Return the year of the season that opens the first sentence: 2014年汛期，…."""
    opening = opening_of(text)
    match = SEASON.match(opening) if doc_type in TELLS_OF_WORK else None
    if match is None or any(arabic(one["year"]) != arabic(match["year"]) for one in years_in(text)):
        return None
    at = text.find(opening)
    span = at + match.start("year"), at + match.end("year")
    return evidence_of(*span, match["year"], arabic(match["year"]), "opening words")


def _of_answer(text: str, doc_type: str) -> Evidence | None:
    """Return the year of the notice, or of the year's tasks, that a paper says at its head that it answers."""
    if doc_type not in (*TELLS_OF_WORK, "other"):
        return None
    for match in ANSWERED.finditer(text, 0, HEAD):
        title = match["title"] or ""
        asks = ASKS_NOW.search(title) and not OF_OTHERS.search(title)
        if asks and (found := YEAR_OF_TITLE.search(title)):
            at = match.start("title")
            return _latest(text, at + found.start("year"), at + found.end("year"), arabic(found["year"]))
        clause = text[match.start() : match.end() + 36].partition("。")[0]
        number = NUMBER.search(text, match.start(), match.start() + len(clause)) if "号" in clause else None
        if number and number["year"].isdigit() and ASKS_NOW.search(clause) and not OF_OTHERS.search(clause):
            return _latest(text, *number.span("year"), int(number["year"]))
    return None


def _latest(text: str, start: int, end: int, year: int, why: str = "the year of what is answered") -> Evidence | None:
    """Return a year as evidence, unless the text names a later one."""
    if any(arabic(one["year"]) > year and not _is_ahead(text, one) for one in years_in(text)):
        return None
    return evidence_of(start, end, text[start:end], year, why)


def _of_now(text: str, doc_type: str) -> Evidence | None:
    """Return the year of the last full dates of a paper that tells of this year: 今年以来…. 2013年3月8日，召开…."""
    if doc_type not in TELLS_OF_WORK or not any(map(text.__contains__, NOW)):
        return None
    days = [match for match in full_dates(text) if _is_told(text, match)]
    if not days:
        return None
    last = max(days, key=lambda match: arabic(match["year"]))
    year = arabic(last["year"])
    if any(arabic(one["year"]) > year and not _is_ahead(text, one) for one in years_in(text)):
        return None
    return evidence_of(*last.span(), last.group(), year, "the year that the text speaks of")


def _of_year_of_a_plan(text: str) -> Evidence | None:
    """Return the year that is called one of a plan for law: 今年是“六五”普法的第二年."""
    found = list(YEAR_OF_PLAN.finditer(text, 0, 2 * HEAD)) if "普法" in text[: 2 * HEAD] else []
    if len(found) != 1 or NTH_YEAR.search(text, found[0].end(), found[0].end() + 30):
        return None
    match = found[0]
    nth = NUMERALS.index(match["nth"]) if match["nth"] else 1 if match["first"] else PLAN_STEP
    year = LAW_BASE + PLAN_STEP * NUMERALS.index(match["plan"]) + nth
    return _latest(text, match.start("words"), match.end(), year, "the year that the text speaks of")


def _of_comparison(text: str, doc_type: str) -> Evidence | None:
    """Return the year after the one with which this year is compared: 今年…, 比2018年多三百亩; 同2015年相比, 2016年…."""
    if doc_type not in (*TELLS_OF_DONE, "other", "speech"):
        return None
    for at in positions(text, "年"):
        if text[at - YEAR_LENGTH - 1] not in COMPARES or (match := COMPARED.match(text, at - YEAR_LENGTH - 1)) is None:
            continue
        year = arabic(match["year"]) + 1
        named = {arabic(one["year"]) for one in years_in(text) if not _is_ahead(text, one)}
        clause = text[max(0, match.start() - 40) : match.start()].rpartition("。")[2].rpartition("\n")[2]
        if max(named, default=year) == year or ("今年" in clause and max(named, default=0) < year):
            return evidence_of(*match.span(), match.group(), year, "the year that the text speaks of")
    return None


def _of_row(text: str, title: str, doc_type: str) -> Evidence | None:
    """Return the last of the years of which a review of them tells one after the other: 2015年，…. 2016年，…. 2017年，…."""
    if doc_type not in TELLS_OF_DONE:
        return None
    if not (REVIEW.search(title) or REVIEW.search(text, 0, HEAD) or OF_YEARS.search(text)):
        return None
    told = [match for match in years_in(text) if not _is_ahead(text, match) and not is_cited(text, match.start())]
    years = sorted({arabic(match["year"]) for match in told})
    if len(years) < 2 or years[-1] - years[0] != len(years) - 1 or any(_is_ahead(text, one) for one in years_in(text)):
        return None
    last = next(match for match in told if arabic(match["year"]) == years[-1])
    return evidence_of(*last.span(), last.group(), years[-1], "end of the years reviewed")


def _of_days(text: str, doc_type: str) -> Evidence | None:
    """Return the year of most of the days of which a paper tells, if no later one is named."""
    if doc_type not in (*TELLS_OF_DONE, "other", "research"):
        return None
    days = [
        match
        for match in full_dates(text)
        if not (ISSUED_AFTER.match(text, match.end()) or FOUNDED.match(text, match.end()))
        and not DUE_BEFORE.search(text, max(0, match.start() - 8), match.start())
        and not is_cited(text, match.start())
    ]
    (year, count), *_ = Counter(arabic(match["year"]) for match in days).most_common(1) or [(0, 0)]
    if count < LEAST_DAYS or 2 * count <= len(days):
        return None
    if any(arabic(match["year"]) > year for match in days):
        return None
    later = (match for match in years_in(text) if arabic(match["year"]) > year and not _is_ahead(text, match))
    if any(not DUE_BEFORE.search(text, max(0, match.start() - 8), match.start()) for match in later):
        return None
    first = next(match for match in days if arabic(match["year"]) == year)
    return evidence_of(*first.span(), first.group(), year, "the year that the text speaks of")


def _of_visit(text: str, doc_type: str) -> Evidence | None:
    """Return the year of the day on which a survey says at its head that it was made: 于2008年8月14日至17日…进行调研."""
    if doc_type != "research":
        return None
    for match in full_dates(text[: 2 * HEAD]):
        if match.start() > HEAD or is_cited(text, match.start()):
            continue
        if not (
            SURVEYED.match(text, match.end()) or SURVEY_DAY.search(text, max(0, match.start() - 12), match.start())
        ):
            continue
        return _latest(text, *match.span(), arabic(match["year"]), "the year that the text speaks of")
    return None


def _of_only_year(text: str, doc_type: str) -> Evidence | None:
    """Return the only year that a piece of news names, if it speaks of it as one to come."""
    if doc_type != "news":
        return None
    named = list(years_in(text))
    if not named or {arabic(match["year"]) for match in named} != {arabic(named[0]["year"])}:
        return None
    ahead = next((match for match in named if HELD_AHEAD.match(text, match.end())), None)
    if ahead is None:
        return None
    return evidence_of(*ahead.span(), ahead.group(), arabic(ahead["year"]), "the year that the text speaks of")


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Tell the day of something done from one on which something was issued or founded, that is cited, or that opens a stretch."""
    before = text[max(0, match.start() - 20) : match.start()]
    return not (
        ISSUED_AFTER.match(text, match.end())
        or FOUNDED.match(text, match.end())
        or LAST_YEAR.search(before)
        or before.endswith(("自", "从", "于", "自从", "至", "到"))
        or is_cited(text, match.start())
        or _is_ahead(text, match)
    )


def _is_ahead(text: str, match: re.Match[str]) -> bool:
    return bool(
        AHEAD_BEFORE.search(text, max(0, match.start() - 12), match.start()) or AHEAD_AFTER.match(text, match.end())
    )


def before_planned(text: str, doc_type: str, year: int) -> bool:
    """Tell a report of work done that names a year only as the one that it plans (2020年，我们将…), and tells of the twelve months before."""
    if doc_type not in TELLS_OF_DONE or not LAST_TWELVE.search(text, 0, HEAD):
        return False
    named = list(_namings(text, year))
    return bool(named) and all(
        PLANNED_AFTER.match(text, match.end()) or PLANNED_BEFORE.search(text, max(0, match.start() - 8), match.start())
        for match in named
    )


def _namings(text: str, year: int) -> Iterator[re.Match[str]]:
    return (match for match in years_in(text) if arabic(match["year"]) == year)
