"""Which year a report is about, where its text states it, and the day on which it was signed.

A year stands in the title, in the date of the signature, in the opening words, in the day of what is told; `find_year` asks them in this order.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ingest.records import Document
from nlp.edges import DAY, EDGE_LINES, HEAD, LONGEST_EDGE, YEAR
from nlp.kinds import REPORTS_TO_CONGRESS, is_minutes
from nlp.news import NEWS_OPENING, find_page_day, is_of_body, opening_of
from nlp.records import Evidence

CHINESE_DIGITS = {
    char: str(value)
    for value, chars in enumerate(("〇○零OoＯ", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
SIGNED = re.compile(DAY)
NUMBERED_ROW = re.compile(r"[\s　]*\d{1,3}[\s　、.．][\s　]*(?!\d)")  # of a table, whose last cell may be a date
SESSION = re.compile(SIGNED.pattern + r"\s*在[^。\n]{4,40}(?:会议|大会)上")
OCCASION = re.compile(
    rf"[—－（( -]*{YEAR}\s*年.{{3,8}}日?\s*(?:在|于|，).{{4,40}}(?:会|会议|大会|仪式|班|活动)[^。]{{0,12}}[）)]?$"
)
MASTHEAD = re.compile(
    r"(?:编|编印|主办|印发|办公室)\s*$|[\s　]{3,}$"
)  # before the date of a brief: …办公室编    5月24日
OPENING_YEAR = re.compile(
    rf"(?P<year>{YEAR})年(?=[，,：]?(?:是|以来|度|上半年|下半年|全年|我|全|在|各|工作|的?工作|本|区|县|市|省|镇|乡|街道|校|公司|妇联|工会|团|[\u4e00-\u9fff]{{0,8}}(?:妇联|工会|团委|残联|政府|党委|局|院|校|公司|集团|村|社区|大学|中学|小学)))"
)
CLAUSE_YEAR = re.compile(rf"(?<=[\s\u3000\n。])(?P<year>{YEAR})年(?:以来|度)?(?=[，,])")
FIRST_YEAR = re.compile(rf"[\s\u3000]*(?P<year>{YEAR})年(?:以来|度)?(?=[，,])")  # with which the first sentence begins
ANY_YEAR = re.compile(
    rf"(?P<year>{YEAR})年(?!代|初|底|末|来|前|后|以前|之前|至|到|[—~-]|开始|起)(?P<scope>度|工作|全年|上半年|，?要(?!达|实现|基本|建成|全面))?"
)
YEAR_LENGTH = 4
BEGUN = re.compile(rf"[\s\u3000]*(?P<year>{YEAR})年起[，,]")  # at the head: what has been done since
SPAN_OF_YEARS = re.compile(rf"{YEAR}年?(?:[-—~～至到]+){YEAR}年(?!度?第|学)")
OF_A_PLAN = re.compile(  # a paper on how a plan of several years is kept: they are not its own
    rf"{YEAR}年?[-—~～至到]+{YEAR}年?[^，。]{{0,8}}(?:实施|落实|执行|推进|评估|监测)|(?:规划|纲要)[（(]{YEAR}年?[-—~～至到]+{YEAR}年?[）)].*(?:实施|落实|执行|推进|评估|监测)"
)
NAMES_PLAN = re.compile("规划|纲要|计划")
SCHOOL_YEAR = re.compile(  # 2021-2022学年度第一学期, 2015学年下学期
    rf"(?<!\d)(?P<year>{YEAR})年?(?:\s?[-—–－~～/／至]?\s?(?P<later>{YEAR}))?\s?学年度?(?:第?(?P<term>[一二上下12])(?:个|半)?学?期)?"
)
SPOKEN_YEAR = re.compile(  # 去年，即2016年; 今年（2017年）
    rf"(?P<word>今年|本年度?|去年|上年|明年)(?:[，,]?(?:即|也就是|就是|是)|[（(]|(?={YEAR}年(?!\d)))\s?(?P<year>{YEAR})(?:年|(?=[)）]))"
)
UNTIL = re.compile(rf"截[至止]到?(?P<year>{YEAR})年(?:\d{{1,2}}月(?!\d{{1,2}}日?[^，。]{{0,8}}(?:前|报)))")
OF_MONTH_DUE = re.compile(
    rf"(?:力争|预计|计划|确保|争取|拟于?|将[于在]|将)[^，。；\d]{{0,4}}(?P<year>{YEAR})年(?P<month>\d{{1,2}})月"
    rf"|(?P<by>{YEAR})年(?P<end>\d{{1,2}})月(?:\d{{1,2}}日|底|末)?(?:以|之)?前"
)
THIS_MONTH = re.compile(r"今年(?P<month>\d{1,2})月")
OF_MONTH = re.compile(rf"(?P<year>{YEAR})年\d{{1,2}}月")
RELATIVE_YEAR = re.compile("[今去明]年|上年|本年")
SPOKEN = {"今": 0, "本": 0, "去": 1, "上": 1, "明": -1}  # years from the one said to the report's own
PAST_YEAR = re.compile(rf"(?<![\d〔（(【\[-])(?P<year>{YEAR})年(?!代|[-—~～至到]|前|以前|之前|\s?{YEAR})")
AHEAD_BEFORE = re.compile(
    r"(?:到|至|截至|截止|力争|计划|规划|目标|预计|确保|争取|拟|将|将在|要|从|于|明年|迎接|喜迎|备战|—|-|~|～|——)[^，。；\n]{0,6}$|[—~～-]$"
)
AHEAD_AFTER = re.compile(
    r"[^，。；\n]{0,24}?(?:前|将|力争|计划|目标|预计|确保|争取|拟|规划|纲要|要(?!求|点|素)|[实试]行|届满)"
)
DECLARED_YEAR = re.compile(  # 现将我局2012年普法工作总结如下
    rf"现(?:就|将)[^。，；\n]{{0,16}}?(?P<year>{YEAR})年(?!以来|[前底末])[^。；\n]{{0,30}}?(?:总结|汇报|报告|小结|情况)[^。，；\n]{{0,8}}如下"
)
NUMBERED_PAPER = re.compile(r"[〔\[［【（(]\s?(?P<year>(?:199|20[0-4])\d)\s?[〕\]］】）)]\s?第?\s?\d{1,4}\s?号")
AWARDED = re.compile(  # 2002年11月荣获县级文明村
    r"\d{0,2}日?[^，。；\n]{0,6}?(?:荣?获|被[评授命确列]|授予|成立|组建|建成|创建|挂牌|改制|撤[并销乡县镇])"
)
NEXT_YEAR_TOO = re.compile(rf"[^。\n]{{0,40}}?(?P<year>{YEAR})年")
SECOND_TERM = re.compile(r"学年度?第?[二下](?:个)?学?期")  # of 2014—2015学年第二学期, the spring of the later year
NO_YEAR_AFTER = re.compile(r"[\d〔（(【\[-]")
FUTURE = re.compile(r"(?:早在|到|至|截至|截止|力争|从|自|于|即|—|-|~|～)$")
BIOGRAPHY = re.compile(
    "年[^，。；\n]{0,3}(?:任|担任|当选|参加工作|毕业|入党|入伍|参军|退伍|转业|下岗|回[村乡到]|返[村乡]|嫁|结婚|出生|承包|调|考入|退休|进入|来到)"
)  # 2009年任村主任
OF_A_LIST = re.compile("[年、我]$")  # 2010年、2011年我县; 我2009年任村主任
PLANNED_NEXT = re.compile(
    rf"(?P<year>{YEAR})年[，,]?[^，。；\n]{{0,10}}?(?:要(?!求|点|素)|将(?!军)|计划|拟|打算|的?工作(?:安排|任务|要点|思路))"
)
PLANNED_YEAR = re.compile(
    rf"(?P<year>{YEAR})年(?:的)?(?:[政府经济社会发展]{{0,6}})?(?:工作(?:的)?(?:总体)?(?:安排|要求|任务|部署|思路|建议|重点)|重点工作|主要(?:工作|任务|目标|预期目标)|总体要求)"
)
SUMMED_UP = re.compile("(?:总结|回顾|通报|听取|审议|通过)[^。，]{0,4}$")
CITED = re.compile(r"《[^》\n]{0,60}》")
FIGURE_AFTER = re.compile(
    r"年?(?:度|底|末)?(?:[^，。；、\d]{0,8}?(?:人均|总人口|常住人口|户籍|人口普查|覆盖率|出生率)|[，,]?[^，。；、\d]{0,12}?(?:可支配收入|集体经济[^，。；、\d]{0,4}?收入|生产总值)|[^，。；、]{0,12}?(?:决算|预算|结算)|(?:版|级|届))"
)
FIGURE_BEFORE = re.compile(r"(?:[比较同超]|相比|始于|成立于|建于|创建于|组建于|生于|于)$")
SINCE = re.compile(r"年[^，。；\n]{0,6}以来")  # 2018年驻村以来
FULL_DATE = re.compile(rf"(?P<year>{YEAR})年\d{{1,2}}月\d{{1,2}}(?:日|(?=[借贷还到立签召审止归结]))")
ISSUED_BEFORE = re.compile(r"(?:自|从|至|到|截至|截止|出生于?|建立于|成立于|始于)$")
ISSUED_AFTER = re.compile(r"[^。\n]{0,16}?(?:印发|发布|颁布|公布|出台|施行|实施|签发|成立|出生|批准|起施行)")
REVIEW = re.compile(
    r"[二两三四五六七八九十2-9](?<![近前第\d].)年(?:多?来|以来|的?工作(?:回顾|总结|情况)|间)|(?:过去|这|本届)(?:的)?[三四五]年"
)
REVIEW_END = re.compile(
    rf"(?:(?:到|至|截至|截止到?)(?P<end>{YEAR})年(?:底|末|年底|\d{{1,2}}月)|{YEAR}年?[-—~～至到]+(?P<last>{YEAR})年)(?!度?第|学)"
    r"(?![^。；]{0,16}?(?:力争|确保|争取|将|要|目标|规划))"
)
TOLD_DAY = re.compile(
    r"(?<![年\d])(?P<month>1[0-2]|[1-9])月\d{1,2}日[^。]{0,60}?(?:召开|举行|通报|听取|总结|分析|部署)"
)
OF_FIGURES = re.compile(
    rf"(?P<year>{YEAR})年(?:[1一元]月?份?[-—–－~～至到](?P<months>1[0-2]|[2-9]|十[一二]?|[二三四五六七八九])月|[前头](?P<first>1[01]|[2-9]|十一?|[二三四五六七八九])个月"
    r"|上半年|前?第?(?P<quarter>[一二三四1-4])季度|[前头](?P<quarters>[二两三23])个?季度)"
)
LONGEST_DELAY = 2  # months
MONTH_TOLD = re.compile(r"(?<![年\d])(?P<month>1[0-2]|[1-9])月\d{1,2}日")
SUMS_UP = re.compile("总结|回顾|充分肯定|取得|作出了")
SETS = re.compile("部署|安排|任务|重点|要求|提出")
NEW_YEAR = 3  # the last month in which the year before is spoken of as the last
LATE_MONTH = 10  # in which the tasks of the next year are set
HALF = 6
JUDGED_AFTER = re.compile(  # 2016年第四季度考评第一: told in the next year
    rf"(?P<year>{YEAR})年(?:度?(?:全年|年终)|第?[四4]季度)[^，。；\n\d]{{0,6}}?(?:考评|考核|评比|测评|评议|排名|排位)[^，。；\n]{{0,8}}?(?:第[一二三四五六七八九十\d]|获|被评|名列|位列|位居|优秀|优胜|先进)"
)
STOCK = re.compile(
    rf"(?:到|至|截至|截止|截止到)(?P<year>{YEAR})年(?:[底末]|年底|年末)，?[^。；\n\d]{{0,16}}?(?:共有|已有|现有|已达|达到?|拥有|建有|总数|共计|发展到|建立)"
)
EVERY_YEAR = re.compile(rf"(?<!\d){YEAR}(?=年)")
INCUMBENT = re.compile("现任|现有[^。；\n]{0,12}(?:干部|职工|人员|会员|工作人员|编制)")
WHY = {
    "stated in the title": "标题写明",
    "date of signature": "落款日期",
    "opening words": "开头的话",
    "day of the event told": "所记活动的日期",
    "day of the session": "会议日期",
    "end of the years reviewed": "回顾年份的最后一年",
    "the year that is planned": "所计划的年份",
    "the year that the text speaks of": "正文所说的年份",
    "term of a school year": "学年和学期",
    "this year or last, as the text says": "文中说明的今年、去年",
    "named as past": "文中已述及该年",
    "number of the document": "发文字号",
    "the year of what is answered": "所依据文件的年份",
    "title of the file that was uploaded": "所上传文件的标题",
    "date of the page": "网页日期",
    "number of a paper named": "文中所引文件的发文字号",
}
YEAR_BELOW = re.compile(rf"[^\n]{{2,50}}\n[\s\u3000]*[（(](?P<year>{YEAR})年?度?[)）][\s\u3000]*(?=\n)")  # （2012年）
TITLE_YEAR = re.compile(rf"(?P<year>{YEAR})(?=年|工作|度|[^\d号〕）)])")
PLANNED_IN_TITLE = re.compile(  # of a summary: …工作总结及2013年工作计划
    rf"(?!.*{YEAR}.*(?:总结|小结|完成情况|回顾)).*(?:总结|小结|完成情况|回顾)[^，。]{{0,6}}?(?:和|及|暨|与|、)(?P<year>{YEAR})年"
)
OF_MERIT = re.compile(
    r"年?度?[^，。；、]{0,6}?(?:做出|作出|涌现|受表彰|受到表彰|获得|先进|优秀)"
)  # what a speech praises
SHORT_YEAR = re.compile(
    r"^(?:1[1-9]|[〇○零0]\d|[〇○零][一二三四五六七八九])年(?=度|[上下]半年|工作|全年|第[一二三四]季度)"
)
SHORT_TERM = re.compile(r"^1[1-9]年工作")  # may be so many years
HEAD_DATED = re.compile(
    rf"[^。，；：（(\n]{{4,40}}[（(](?P<date>{YEAR}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日)[)）](?=\s|$)"
)


def find_signature(text: str) -> tuple[str, int, int] | None:
    """Return (ISO day or month, start, end) of the date that stands on a line of its own at the head or foot."""
    for start, line in _edge_lines(text):
        if NUMBERED_ROW.match(line):
            continue
        if (
            len(line) > LONGEST_EDGE
            and not OCCASION.match(line)
            and not SIGNED.search(line, len(line) - LONGEST_EDGE // 2)
        ):
            continue
        match = SIGNED.search(line)
        if match and OCCASION.match(line):
            return iso_day(match), start + match.start(), start + match.end()
        if match and MASTHEAD.search(line[: match.start()]) and len(line) - match.end() < 8:
            return iso_day(match), start + match.start(), start + match.end()
        if match and len(line.strip("（）() ")) - len(match.group()) <= 14 and not line.rstrip().endswith(("。", "；")):
            return iso_day(match), start + match.start(), start + match.end()
    head = text[: text.find("\n") if "\n" in text else LONGEST_EDGE][:LONGEST_EDGE]
    if match := HEAD_DATED.match(head):
        day = SIGNED.match(match["date"])
        if day and day["day"]:
            return iso_day(day), match.start("date"), match.end("date")
    if match := SESSION.search(text, 0, HEAD // 2):
        return iso_day(match), match.start(), match.end("day" if match["day"] else "month")
    return None


def find_year(
    document: Document, doc_type: str, signed: tuple[str, int, int] | None, *, by_page: bool = False
) -> tuple[int | None, str, list[Evidence]]:
    """Return (year, basis, evidence) where the text states the year; (None, "none", []) where it does not.

    A site's page title and upload date state nothing, but the day of issue of a piece of news (`by_page`), unless it tells its own.
    """
    text, title = document.text, document.title or ""
    if in_title := _year_in_title(document, doc_type, signed, by_page=by_page):
        return in_title
    if below := _year_at_title(title, text):
        return below
    session = title.endswith("政府工作报告") or REPORTS_TO_CONGRESS.search(text[: 2 * HEAD])
    if session and (of_session := _year_of_session(text, signed)):
        return of_session
    opening = _opening_year(text)
    if by_page and (event := _year_of_event(text, doc_type)):
        return event
    if signed and not (by_page and _is_of_before(text, opening, int(signed[0][:4]))):
        year = _year_of_signature(signed[0], doc_type, text, arabic(opening["year"]) if opening else None)
        return _signed(text, signed, year)
    if event := _year_of_event(text, doc_type):
        return event
    if review := _year_of_review(title, text):
        return review
    if school := SCHOOL_YEAR.search(text, 0, HEAD // 2):
        return _told_by(school, _year_of_school(school, doc_type), "term of a school year")
    if spoken := SPOKEN_YEAR.search(text, 0, HEAD):
        year = arabic(spoken["year"]) + SPOKEN[spoken["word"][0]]
        return _told_by(spoken, year, "this year or last, as the text says")
    if declared := DECLARED_YEAR.search(text, 0, 2 * HEAD):
        return _told_by(declared, arabic(declared["year"]), "opening words")
    if doc_type == "speech" and opening and (next_year := _next_year_too(text, opening)):
        return _told_by(next_year, arabic(next_year["year"]), "opening words")
    if opening and _tells_of_another(text, doc_type, opening):
        opening = None
    if opening and doc_type == "speech" and OF_MERIT.match(text, opening.end("year")):
        return None, "none", []  # the year praised is most often the one before
    if opened := _year_of_opening(text, doc_type, opening):
        return opened
    told = _year_in_body(text)
    if told[0] is None and doc_type in ("notice", "plan"):
        told = _year_of_dates(text)
    if told[0] is None:
        told = _year_of_months(text, doc_type)
    return told if told[0] is not None else _year_of_stock(text, doc_type)


def _told_by(match: re.Match[str], year: int, why: str) -> tuple[int, str, list[Evidence]]:
    """Return the year, told by words of the text, with its basis and evidence."""
    return year, "body", [evidence_of_year(*match.span(), match.group(), year, why)]


def _signed(text: str, signed: tuple[str, int, int], year: int) -> tuple[int, str, list[Evidence]]:
    """Return the year that the date of signature, given as its ISO day and its place, tells."""
    day, start, end = signed
    return year, "signature", [evidence_of_year(start, end, text[start:end] or day, year, "date of signature")]


def _is_of_before(text: str, opening: re.Match[str] | None, issued: int) -> bool:
    """Tell a text that speaks of its own year (2016年，…; 2012年度…) as one long before that in which its page bears it."""
    named = list(years_in(text))
    begins = opening is not None and text[max(0, opening.start() - 1) : opening.start()] in ("", "\n", "。")
    own = begins or any(match["scope"] in ("度", "全年", "上半年") for match in named)
    return own and max(arabic(match["year"]) for match in named) < issued - 1


def _year_in_title(
    document: Document, doc_type: str, signed: tuple[str, int, int] | None, *, by_page: bool
) -> tuple[int, str, list[Evidence]] | None:
    """Return the year that the title states; of several the first, or the last where it closes their span."""
    title, text = document.title, document.text
    if not title or document.title_source in ("page", "upload") or OF_A_PLAN.search(title):
        return None
    if doc_type == "news" and SPAN_OF_YEARS.search(title) and NAMES_PLAN.search(title):
        return None
    years = [arabic(match["year"]) for match in TITLE_YEAR.finditer(title)]
    if school := SCHOOL_YEAR.search(title):
        years = [_year_of_school(school, doc_type)]
    if not years:
        return None
    issued = int(signed[0][:4]) if signed else None
    if by_page and signed and issued is not None and 0 <= issued - max(years) <= 1:
        return _signed(text, signed, issued)  # news of a meeting that sums up a year
    year = years[0]
    if len(years) > 1 and (SPAN_OF_YEARS.search(title) or SECOND_TERM.search(title)):
        begins = doc_type == "plan" and issued is not None and years[0] - 1 <= issued < years[-1]
        year = (
            max(years[0], issued or 0) if begins else years[-1]
        )  # a plan of several years is of the one in which it is issued
    if doc_type == "summary" and PLANNED_IN_TITLE.match(title):
        year -= 1
    at = text.find(title)
    span = (at, at + len(title)) if at >= 0 else (0, 0)
    return year, "title", [evidence_of_year(*span, title, year, "stated in the title")]


def _opening_year(text: str) -> re.Match[str] | None:
    """Return the year with which a text begins to tell, if it is not of somebody's life."""
    opening = next((one for one in OPENING_YEAR.finditer(text, 0, HEAD // 2) if not _is_of_a_life(text, one)), None)
    if opening is None and (first := opening_of(text)) and (begins := FIRST_YEAR.match(first)):
        opening = None if _later_year(text, arabic(begins["year"])) else FIRST_YEAR.match(text, text.find(first))
    for clause in CLAUSE_YEAR.finditer(text, 0, HEAD // 2):
        if (
            opening
            and text.find(clause["year"]) < clause.start("year")
            and "\n" not in text[: clause.start("year") - 1]
        ):
            opening = clause  # of two titles on the first line the one that the first sentence repeats
    return opening


def _tells_of_another(text: str, doc_type: str, opening: re.Match[str]) -> bool:
    """Tell a year at the head that is of a figure, of a paper cited or, in news, of what was summed up at a meeting, perhaps in the next."""
    if FIGURE_AFTER.match(text, opening.end("year")) or is_cited(text, opening.start()):
        return True
    before = text[max(0, opening.start() - 8) : opening.start()]
    if doc_type == "news" and _is_of_new_year(text, opening.start()):
        return True
    return doc_type in ("news", "other") and SUMMED_UP.search(before) is not None


def _is_of_new_year(text: str, start: int) -> bool:
    """Tell news of a day in the first months of a year that is not named, which names one only further on: perhaps the year before."""
    told = NEWS_OPENING.match(sentence := opening_of(text))
    if told is None or told["year"] or (day := MONTH_TOLD.search(told.group())) is None:
        return False
    return int(day["month"]) <= NEW_YEAR and start > text.find(sentence) + len(sentence)


def _next_year_too(text: str, opening: re.Match[str]) -> re.Match[str] | None:
    """Return the year whose tasks a speech sets, in the sentence in which it sums up the year before: 总结2011年…，明确2012年…."""
    if SUMMED_UP.search(text[max(0, opening.start() - 8) : opening.start()]) is None:
        return None
    match = NEXT_YEAR_TOO.match(text, opening.end("year"))
    return match if match and arabic(match["year"]) == arabic(opening["year"]) + 1 else None


def _year_of_opening(text: str, doc_type: str, opening: re.Match[str] | None) -> tuple[int, str, list[Evidence]] | None:
    """Return the year with which a text begins to tell, or since which what it tells of has been done (2003年起，…)."""
    if opening and SINCE.match(text, opening.end("year")) and _later_year(text, arabic(opening["year"])):
        opening = None
    begun = BEGUN.match(text, max(0, text.find(opening_of(text))))
    if begun and _later_year(text, arabic(begun["year"])):
        begun = None
    if begun and opening and arabic(opening["year"]) < arabic(begun["year"]):
        opening = None  # given for comparison
    if opening and not FUTURE.search(text[max(0, opening.start() - 3) : opening.start()]):
        year = arabic(opening["year"])
        if doc_type == "plan" and (planned := _planned_next(text, year)):
            return year + 1, "body", [planned]
        return _told_by(opening, year, "opening words")
    return _told_by(begun, arabic(begun["year"]), "opening words") if begun else None


def _year_at_title(title: str, text: str) -> tuple[int, str, list[Evidence]] | None:
    """Return the year in brackets below a title, or the two digits that begin it: 15年上半年工作总结."""
    if below := YEAR_BELOW.match(text):
        return arabic(below["year"]), "title", [_stated(below.start("year"), below["year"], arabic(below["year"]))]
    short = SHORT_YEAR.match(title)
    if short is None or SHORT_TERM.match(title):
        return None
    year = 2000 + int("".join(CHINESE_DIGITS.get(char, char) for char in short.group()[:2]))
    return year, "title", [_stated(max(0, text.find(title)), short.group(), year)]


def _stated(start: int, words: str, year: int) -> Evidence:
    return evidence_of_year(start, start + len(words), words, year, "stated in the title")


def _is_of_a_life(text: str, match: re.Match[str]) -> bool:
    """Tell the year of somebody's life (我2009年任村主任), and the last of a list (2010年、2011年我县…)."""
    return bool(
        BIOGRAPHY.match(text, match.end("year")) or OF_A_LIST.search(text, max(0, match.start() - 1), match.start())
    )


def _planned_next(text: str, year: int) -> Evidence | None:
    """Return the words of a plan that begins with what was done in a year and goes on with what is to be done in the next."""
    planned = {arabic(match["year"]): match for match in PLANNED_NEXT.finditer(text)}
    if year in planned:
        return None
    match = planned.get(year + 1)
    return match and evidence_of_year(*match.span(), match.group(), year + 1, "the year that is planned")


def iso_day(match: re.Match[str]) -> str:
    """Return the day, or the month where no day is named or the calendar has none such (2月31日)."""
    year, month, day = arabic(match["year"]), _small(match["month"]), _small(match["day"]) if match["day"] else 0
    real = 1 <= day <= monthrange(year, month)[1]
    return f"{year}-{month:02d}-{day:02d}" if real else f"{year}-{month:02d}"


def _edge_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, line) of the last lines, from the end upwards, then of the first; a long text is not split for them."""
    stop = len(text)
    for _ in range(EDGE_LINES):
        start = text.rfind("\n", 0, stop) + 1
        yield start, text[start:stop]
        if not start:
            break
        stop = start - 1
    start = 0
    for _ in range(2 * EDGE_LINES):
        stop = text.find("\n", start)
        yield start, text[start : stop if stop >= 0 else len(text)]
        if stop < 0:
            break
        start = stop + 1


def arabic(year: str) -> int:
    """Return the number of a year, written as it may be: 2013, 二〇一三, 二O一三."""
    return int("".join(CHINESE_DIGITS.get(char, char) for char in year))


def _small(text: str) -> int:
    """Return the value of a day or month: 12, 十二, 二十一."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(CHINESE_DIGITS[text])
    return (int(CHINESE_DIGITS[tens]) if tens else 1) * 10 + (int(CHINESE_DIGITS[ones]) if ones else 0)


def year_of_upload(document: Document, low: int | None, high: int | None) -> tuple[int, Evidence] | None:
    """Return the year in the title of a file that was uploaded to a site, where the years named in it and its events allow that."""
    match = re.search(rf"(?<!\d){YEAR}(?!\d)", document.title or "") if document.title_source == "upload" else None
    if match is None:
        return None
    year = arabic(match.group())
    if (
        (low or 0) > year
        or (high or 9999) < year
        or any(arabic(one["year"]) >= year for one in years_in(document.text))
    ):
        return None
    return year, evidence_of_year(0, 0, document.title or "", year, "title of the file that was uploaded")


def year_of_page(document: Document, doc_type: str, low: int | None, high: int | None) -> tuple[int, Evidence] | None:
    """Return the year in which a body's own page, or a newspaper's, bears a paper, where the years named in it and its events allow that.

    Of any other page it is told where its events leave few years.
    """
    day = find_page_day(document.text, document.letterhead)
    bounded = low is not None and high is not None
    if day is None or not (bounded or is_of_body(document.letterhead)):
        return None
    text = document.text
    past = (one for one in years_in(text) if not AHEAD_BEFORE.search(text, max(0, one.start() - 12), one.start()))
    issued, named = int(day["year"]), [arabic(match["year"]) for match in past]
    if not (low or 0) <= issued <= (high or 9999) or (named and not 0 <= issued - max(named) <= 1):
        return None
    year = _year_of_signature(f"{issued}-{int(day['month']):02d}", doc_type, document.text, None)
    return year, evidence_of_year(0, 0, day.group(), year, "date of the page")


def last_past_year(text: str) -> Evidence | None:
    """Return the last year of which a text speaks as past: its own is that one or a later. What is cited or planned counts not."""
    best: re.Match[str] | None = None
    for at in positions(text, "年"):
        match = PAST_YEAR.match(text, at - YEAR_LENGTH)
        if match is None:
            continue
        if best and arabic(match["year"]) <= arabic(best["year"]):
            continue
        if AHEAD_BEFORE.search(text, max(0, match.start() - 12), match.start()) or AHEAD_AFTER.match(text, match.end()):
            continue
        if not is_cited(text, match.start()):
            best = match
    if best is None:
        return None
    year = arabic(best["year"])
    if judged := JUDGED_AFTER.search(text, best.start()):
        best, year = judged, max(year, arabic(judged["year"]) + 1)
    return replace(evidence_of_year(*best.span(), best.group(), year, "named as past"), high=None, weight="firm")


def last_numbered_year(text: str) -> Evidence | None:
    """Return the last year in the number of a paper that a text names (云发〔2018〕16号): its own is that one or a later."""
    last = max(NUMBERED_PAPER.finditer(text), key=lambda match: int(match["year"]), default=None)
    if last is None:
        return None
    found = evidence_of_year(*last.span(), last.group(), int(last["year"]), "number of a paper named")
    return replace(found, high=None, weight="firm")


def _year_of_school(match: re.Match[str], doc_type: str) -> int:
    """Return the year of a term; of a whole school year that in which it ends, for what is planned that in which it begins."""
    first = arabic(match["year"])
    later = arabic(match["later"]) if match["later"] else first + 1
    if match["term"]:
        return later if match["term"] in "二下2" else first
    return first if doc_type in ("plan", "notice") or not match["later"] else later


def _year_of_dates(text: str) -> tuple[int | None, str, list[Evidence]]:
    """Return the year of the first days by which a notice or a plan wants things done; what it wants last may be due in the next."""
    days = [
        match
        for match in full_dates(text)
        if not ISSUED_AFTER.match(text, match.end()) and not is_cited(text, match.start())
    ]
    years = {arabic(match["year"]) for match in days}
    if not years or max(years) > min(years) + 1:
        return None, "none", []
    only = min(years)
    if any(not only - 3 < arabic(match["year"]) <= only + 1 for match in years_in(text)):
        return None, "none", []
    days = [match for match in days if arabic(match["year"]) == only]
    return _told_by(days[0], only, "the year that the text speaks of")


def _year_of_months(text: str, doc_type: str) -> tuple[int | None, str, list[Evidence]]:
    """Return the year up to a month of which a text tells (截至2014年11月), that before the one in which things fall due, or the only one named."""
    every = [match for match in years_in(text) if not is_cited(text, match.start())]
    if not every:
        return None, "none", []
    last = max(arabic(match["year"]) for match in every)
    if (until := UNTIL.search(text)) and arabic(until["year"]) == last:
        return _told_by(until, last, "the year that the text speaks of")
    if RELATIVE_YEAR.search(text):
        return _year_before_due(text, last)
    months = [match for match in OF_MONTH.finditer(text) if not is_cited(text, match.start())]
    if doc_type == "research" or not months or any(arabic(match["year"]) != last for match in every):
        return None, "none", []
    if any(
        ISSUED_AFTER.match(text, match.end())
        or FIGURE_BEFORE.search(text[max(0, match.start() - 3) : match.start()])
        or AHEAD_AFTER.match(text, match.end())
        or AWARDED.match(text, match.end())
        for match in months
    ):
        return None, "none", []
    return _told_by(months[0], last, "the year that the text speaks of")


def _year_of_stock(text: str, doc_type: str) -> tuple[int | None, str, list[Evidence]]:
    """Return the year by whose end a body that describes itself, with those in office, counts what it has: 到2003年底，共有会员…, the last that it names."""
    if doc_type not in ("other", "experience") or not INCUMBENT.search(text):
        return None, "none", []
    stock = max(STOCK.finditer(text), key=lambda match: arabic(match["year"]), default=None)
    if stock is None or is_cited(text, stock.start()):
        return None, "none", []
    year = arabic(stock["year"])
    if any(arabic(match.group()) > year for match in EVERY_YEAR.finditer(text)):
        return None, "none", []
    return _told_by(stock, year, "end of the years reviewed")


def _year_before_due(text: str, last: int) -> tuple[int | None, str, list[Evidence]]:
    """Return the year before the one in which things fall due, where they begin later in the year, or this one is called so beside it.

    今年6月动工。力争2016年3月底完成; 今年动工，力争2016年底完成.
    """
    begun = [int(match["month"]) for match in THIS_MONTH.finditer(text)]
    for match in OF_MONTH_DUE.finditer(text):
        year, month = arabic(match["year"] or match["by"]), int(match["month"] or match["end"])
        sentence = text[text.rfind("。", 0, match.start()) + 1 : match.start()].rpartition("\n")[2]
        if year == last and ("今年" in sentence or (begun and month < max(begun))):
            evidence = evidence_of_year(*match.span(), match.group(), last - 1, "the year that is planned")
            return last - 1, "body", [evidence]
    return None, "none", []


def _later_day(text: str, year: int) -> bool:
    """Tell whether a text tells of a day of a later year."""
    return any(
        arabic(match["year"]) > year and not AHEAD_BEFORE.search(text, max(0, match.start() - 12), match.start())
        for match in full_dates(text)
    )


def years_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the years of a text, each of four characters before 年."""
    for at in positions(text, "年"):
        if match := ANY_YEAR.match(text, at - YEAR_LENGTH):
            yield match


def full_dates(text: str) -> Iterator[re.Match[str]]:
    """Yield the days of a text that are written with their year."""
    for at in positions(text, "年"):
        if match := FULL_DATE.match(text, at - YEAR_LENGTH):
            yield match


def positions(text: str, char: str) -> Iterator[int]:
    """Yield the places of a character that has room for a year before it."""
    at = text.find(char, YEAR_LENGTH)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)


def _later_year(text: str, year: int) -> bool:
    """Tell whether a text that begins with 某年以来 goes on to tell of later years."""
    return any(arabic(match["year"]) > year for match in years_in(text))


def _year_of_session(text: str, signed: tuple[str, int, int] | None) -> tuple[int | None, str, list[Evidence]] | None:
    """Return the year of a government's report to its congress: that of the session, in which it plans, not the one before."""
    if signed:
        year = int(signed[0][:4])
        evidence = evidence_of_year(signed[1], signed[2], text[signed[1] : signed[2]], year, "day of the session")
        return year, "signature", [evidence]
    planned = list(PLANNED_YEAR.finditer(text))
    if not planned:
        return None
    last = max(planned, key=lambda match: arabic(match["year"]))
    year = arabic(last["year"])
    return _told_by(last, year, "the year that is planned")


def _year_of_signature(signed: str, doc_type: str, text: str, opening: int | None) -> int:
    """Return the year reported on: a summary signed in the first months tells of the year before, a plan signed in the last of the next."""
    year, month = int(signed[:4]), int(signed[5:7])
    if opening is not None and (doc_type, opening - year) in (
        ("summary", -1),
        ("experience", -1),
        ("plan", 1),
        ("notice", 1),
    ):
        return opening
    if doc_type == "summary" and month <= 2 and re.search(r"(?:去年|一年来|全年)", text):
        return year - 1
    if doc_type == "plan" and month >= 11:
        return year + 1
    return year


def is_cited(text: str, at: int) -> bool:
    """Tell whether a place stands inside the title of another paper."""
    return any(match.start() < at < match.end() for match in CITED.finditer(text, max(0, at - LONGEST_EDGE)))


def _year_of_event(text: str, doc_type: str) -> tuple[int | None, str, list[Evidence]] | None:
    """Return the year of the day that a piece of news, or minutes, tells of: of its first sentence, or of all its full dates."""
    if doc_type not in ("news", "other"):
        return None
    opening = opening_of(text)
    told = NEWS_OPENING.match(opening) or FULL_DATE.match(opening.lstrip())
    if (
        told
        and told["year"]
        and told.re is FULL_DATE
        and doc_type == "other"
        and _later_day(text, arabic(told["year"]))
    ):
        return None  # a history, or a case
    if told and told["year"]:
        start = text.find(opening) + opening.find(told["year"])
        year = arabic(told["year"])
        return (
            year,
            "body",
            [evidence_of_year(start, start + len(told["year"]), told["year"], year, "day of the event told")],
        )
    days = [
        match
        for match in full_dates(text)
        if not ISSUED_BEFORE.search(text[max(0, match.start() - 3) : match.start()])
        and not ISSUED_AFTER.match(text, match.end())
        and not is_cited(text, match.start())
    ]
    years = {arabic(match["year"]) for match in days}
    if doc_type == "news" and not years and (heard := _year_of_figures(text) or _year_of_meeting(text)):
        return heard
    if len(years) != 1 or not (told or is_minutes(text) or len(days) > 1):
        return None
    year = years.pop()
    return _told_by(days[0], year, "day of the event told")


def _year_of_figures(text: str) -> tuple[int, str, list[Evidence]] | None:
    """Return the year of a meeting in June that hears of the first five months of the last year that its news names; in January, of the year before."""
    opening = opening_of(text)
    told = TOLD_DAY.search(opening[: opening.find("。") + 1])
    figures = OF_FIGURES.search(text) if told else None
    if told is None or figures is None or is_cited(text, figures.start()):
        return None
    year = arabic(figures["year"])
    if any(arabic(match.group()) > year for match in EVERY_YEAR.finditer(text)):
        return None
    months, quarters = figures["months"] or figures["first"], figures["quarter"] or figures["quarters"]
    last = _small(months) if months else 3 * _small(quarters.replace("两", "二")) if quarters else HALF
    delay = int(told["month"]) - last
    if 0 <= delay <= LONGEST_DELAY:
        return _told_by(figures, year, "day of the event told")
    return _told_by(figures, year + 1, "day of the event told") if 0 <= delay + 12 <= LONGEST_DELAY else None


def _year_of_meeting(text: str) -> tuple[int, str, list[Evidence]] | None:
    """Return the year of a meeting on a day of a month that sums up one year and sets the tasks of the next, the last two that its news names."""
    opening = opening_of(text)
    told = NEWS_OPENING.match(opening)
    month = MONTH_TOLD.search(opening) if told else None
    named = {arabic(match["year"]): match for match in years_in(text)}
    if month is None or not named or max(named) - 1 not in named or not (SUMS_UP.search(text) and SETS.search(text)):
        return None
    year = max(named) - (int(month["month"]) >= LATE_MONTH)
    return _told_by(named[max(named)], year, "day of the event told")


def _year_of_review(title: str, text: str) -> tuple[int | None, str, list[Evidence]] | None:
    """Return the last year of a review of several years: 五年来 … 到2016年底 …, 2012年至2016年."""
    if not REVIEW.search(title) and not REVIEW.search(text, 0, HEAD):
        return None
    ends = [match for match in REVIEW_END.finditer(text, 0, 4 * HEAD) if not is_cited(text, match.start())]
    if not ends:
        return None
    last = max(ends, key=lambda match: arabic(match["end"] or match["last"]))
    year = arabic(last["end"] or last["last"])
    return _told_by(last, year, "end of the years reviewed")


def _year_in_body(text: str) -> tuple[int | None, str, list[Evidence]]:
    """Return the one year of which a text speaks, where it speaks of it alone or marks it as its own (2011年度)."""
    found = [
        (match, arabic(match["year"]))
        for match in years_in(text)
        if not FUTURE.search(text[max(0, match.start() - 3) : match.start()])
        and not NO_YEAR_AFTER.match(text[max(0, match.start() - 1) : match.start()])
        and not FIGURE_AFTER.match(text, match.end("year"))
        and not FIGURE_BEFORE.search(text[max(0, match.start() - 3) : match.start()])
        and not is_cited(text, match.start())
    ]
    own = Counter(year for match, year in found if match["scope"])
    every = Counter(year for _, year in found)
    for counts, needed in ((own, 1), (every, 2)):
        if counts:
            year, count = counts.most_common(1)[0]
            if count >= needed and count > sum(every.values()) / 2 and year == max(every):
                match = next(match for match, value in found if value == year)
                return _told_by(match, year, "the year that the text speaks of")
    return None, "none", []


def evidence_of_year(start: int, end: int, text: str, year: int, why: str) -> Evidence:
    return Evidence(start=start, end=end, text=text, low=year, high=year, why=why, why_zh=WHY[why])
