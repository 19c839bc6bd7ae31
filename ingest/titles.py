"""Lines by which a report is told to begin or to end: titles, those who are spoken to, signatures, closing words, numbers of headings."""

from __future__ import annotations

import re
from functools import cache

from ingest.lines import DATE_LINE, Line
from ingest.script import to_simplified, to_traditional

LONGEST_TITLE = 70
FIRM_KIND = (  # what closes a title and hardly ever a heading within a report
    "工作要点|要点|工作总结|总结|工作计划|计划|规划|工作安排|工作思路|工作打算|整改措施|整改方案|整改报告|整改清单|自查报告|调研报告|调查报告|"
    "汇报材料|经验材料|交流材料|事迹材料|汇报|工作报告|述职报告|报告|讲话稿?|讲话提纲|致辞|发言稿?|发言材料|"
    "实施方案|工作方案|方案|实施意见|通知|通报|简报|纪要|决定|倡议书|通告"
)
KIND_WORD = FIRM_KIND + "|整改情况|调查与思考|对策|思考|意见|信息|情况|体会|做法|经验|探索|启示|函"
QUOTED = re.compile(r"“[^”]{1,30}”|《[^》]{1,40}》")  # may hold commas, and so may a title in them
ADDED = r"(?:[（(].{1,14}[)）])?[》”]?$"
TITLE = re.compile(rf"(?!.*[。；！？，,;★])(?=.{{4,60}}$).*(?:{KIND_WORD}){ADDED}")
FIRM = re.compile(rf".*(?:{FIRM_KIND}){ADDED}")
NOT_TITLE = re.compile(
    r"^(?:【?[上下]一[篇条]|附件?[:：]|抄送|关键词|报送|主送|签发|报告人|汇报人|主讲|[^，]{0,8}同志|现将|以上|此|特此|各)|[:：]$"
)
# When and where a report was given, as it stands below the title: —— 2021年1月5日在…会议上(某某作政府工作报告).
OCCASION = re.compile(
    r"[—–－-]*\s*[（(]?\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{0,40}[在于].{2,60}(?:大会|会议|全会|会)上?.{0,24}$"
    r"|[—–－-]+\s*[（(]?\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{0,60}$"
)
BODY = re.compile(
    r".{0,30}?[\u4e00-\u9fff#*○×X](?:[省市县区州旗镇乡村局委会院校部处科所站厂办团]|妇联|残联|文联|科联|侨联|社联|街道|社区|政府|公司|大学|中学|小学|中心|工会|支部)"
)
GIVEN = re.compile(r"(?:.{0,20}在.{2,40}上的|.{0,30}关于.{2,50}的).{2,8}$")
ADDRESSEE = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的|各位|同志们|同学们|朋友们|代表们|委员们|姐妹们|乡亲们|老师们|职工们|主席团|领导)[^。；！？]{0,36}[:：]$"
    r"|(?:各|全[省市县区镇乡])[^。；！？]{2,60}[:：]$"
)
SPOKEN_TO = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的|各位|同志们|同学们|朋友们|代表们|委员们|姐妹们|乡亲们|老师们|职工们|主席团)"
)
CLOSING = re.compile(
    r"(?:谢谢(?:大家|各位|同志们)?|此致|敬礼|特此(?:报告|通知|函告|公告|说明|汇报|通报|倡议)|请(?:予)?批评指正|请(?:予)?审议"
    r"|祝[^，。]{2,24}|再见|完毕)[。！!]?$"
)
IMPRINT = re.compile(
    r"(?:抄\s*送|抄\s*报|报\s*送|主题词|报|送|发)\s*[:：]|.{0,60}(?:印发|共印\s*\d+\s*份)$|[（(][^（()）]{2,30}[)）]$|(?:联系人|联系电话|出席|列席|记录|审核|签发)[^。]{0,60}$"
)
SIGNED_BY = re.compile(r"[\u4e00-\u9fff#*·、“”\s]{2,30}(?:会|府|局|委|办|部|处|院|校|站|中心|联|团|组|公司|厅|室)$")
BEFORE_OCCASION = re.compile(
    r"(?:^|[电電。摄\s])(?P<title>[^。，；：！？\s—–－]{4,50})\s*[—–－-]{1,4}\s*[（(]?\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{0,12}在"
)
WIRED = re.compile(r".*\d{1,2}日[电電]")
SPACED = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]{1,2}[\u4e00-\u9fff]){3,}(?=\s|$)")
SPACES = re.compile(r"[ \u3000]")
# What a text begins with, right behind its title where a page lost the line end between them: …工作总结2015年，我乡…, …讲话同志们：.
TEXT_BEGINS = (
    r"(?:(?:19|20)\d\d|20[\dXx×*_○]{2}|[Xx×*_○]{2,4})\s?年(?!度?(?:工作|计划|总结))|今年|一年来|半年来|年初以来|近(?:几|两|三)?年来?|[一二三四五六七八九十两]年来"
    r"|(?:尊敬的)?各位|尊敬的|同志们|同学们|[一1]、|[（(]一[)）]|为(?:了|进一步|深入|认真|切实|全面|隆重|加强|做好|贯彻|落实|确保|推进)|按照|遵照|围绕|紧紧围绕"
    r"|在(?=[^，。]{2,40}(?:领导|指导|支持|关心|帮助|关怀|形势|背景|条件)(?:和|与|下|、))|我(?:[是叫于]|[局镇乡村校院县市区会所站]|社区|街道|公司|们)"
)
RUN_ON = re.compile(
    rf"(?:第\d{{1,3}}页[，,]?共\d{{1,3}}页[ \u3000]*|\d{{1,3}}、[ \u3000]*|[-—–]*\s?精[品选][^，。、]{{2,12}}?(?:推荐|奉上)[-—–]*[ \u3000]*)*"
    rf"(?P<title>(?:[^，。；：！？,;\s]|(?<=[Xx×*_]) (?=年)){{4,56}}?(?:{FIRM_KIND}|小结|剖析材料|检查材料|整改情况|情况总结)(?:[（(][^（()）]{{1,8}}[)）])?)[ \u3000]?(?={TEXT_BEGINS})"
)
NOT_RUN_ON = re.compile(  # a sentence that only speaks of such a paper
    "(?:按照|根据|为|在(?!.*上的)|对|从|把|将|我们|通过|落实|围绕|结合|现将|现就|随着|一是|今年|近年|首先|自|经|据|以)|.*(?:制[定订]了?|听取了?|审议了?|通过了?|印发了?|形成了?|撰写|下发了?|宣读了?|作了|做了)[^，。]{0,16}$"
)
SHORTEST_RUN_ON = 80  # characters of a line that a title and a text share
LONGEST_HEAD = 300  # characters of a text without line ends in which its title stands
DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九十")}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ROMAN = {numeral: value for value, numeral in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", 1)}
ROMAN_LETTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def is_title(line: Line) -> bool:
    """Tell a line that reads like a report's title: short, unmarked, closing with the name of a kind of paper."""
    if len(line.text) > LONGEST_TITLE or line.text[-1] not in title_ends() or line.is_marked:
        return False
    return reads_like_title(line.text)


def reads_like_title(text: str) -> bool:
    """Tell `is_title` of a text without a mark."""
    text = to_simplified(text).lstrip("—-－– ")
    return bool(TITLE.match(QUOTED.sub("“”", text))) and not NOT_TITLE.search(text) and not OCCASION.match(text)


def title_before_occasion(text: str) -> str | None:
    """Return the title on a line that goes on with the occasion (政府工作报告——2016年3月5日在…会议上), or is set with spaces."""
    spaced = SPACED.match(text)
    if spaced:
        text = SPACES.sub("", spaced[0]) + text[spaced.end() :]
    head = text[:LONGEST_HEAD]
    match = BEFORE_OCCASION.search(head) if "日" in head and "在" in head else None
    title = WIRED.sub("", match["title"]) if match else ""
    if title and reads_like_title(title):
        return title
    whole = spaced and spaced.end() >= len(spaced.string.rstrip())
    return text if whole and reads_like_title(text) else None


def title_before_text(text: str) -> tuple[int, int]:
    """Return where a title begins and ends behind which the text goes on, on the same line (…工作总结一年来，…); (0, 0) where none does.

    What pages of sites set before it (1、, 第1页共9页) is no part of it.
    """
    match = RUN_ON.match(text) if len(text) >= SHORTEST_RUN_ON else None
    if match is None or NOT_RUN_ON.match(match["title"]) or not reads_like_title(match["title"]):
        return 0, 0
    return match.start("title"), match.end()


def is_full_title(text: str) -> bool:
    """Tell a title that can stand for a report: it names a body, a subject or an occasion, and a firm kind of paper."""
    text = to_simplified(text).lstrip("—-－– ")
    bare = QUOTED.sub("“”", text)
    if len(text) < 6 or not FIRM.match(bare):
        return False
    return bool(BODY.match(bare) or GIVEN.match(bare) or bare.endswith("倡议书"))


@cache
def title_ends() -> frozenset[str]:
    """Return the last characters of titles, simplified and traditional, so that most lines are told by one look."""
    ends = {char for word in KIND_WORD.split("|") for char in (word[-3:-1] if word.endswith("?") else word[-1])}
    return frozenset(ends | set(to_traditional("".join(ends))) | set(")）》〉”」』"))


def is_occasion(text: str) -> bool:
    """Tell a line that says when and where a report was given; it stands below the title."""
    return text[0] in "—–－-（(0123456789" and bool(OCCASION.match(text))


def is_addressee(text: str) -> bool:
    """Tell a line that says who is spoken or written to, and nothing else."""
    return len(text) <= LONGEST_TITLE and text[-1] in ":：" and bool(ADDRESSEE.match(to_simplified(text)))


def is_spoken_to(text: str) -> bool:
    """Tell an addressee of a speech."""
    return is_addressee(text) and bool(SPOKEN_TO.match(to_simplified(text)))


def is_signature(text: str) -> bool:
    """Tell the date below a report, with or without its day."""
    text = text.strip("（()）")
    return bool(DATE_LINE.match(text)) or (len(text) < 25 and text.endswith(("年", "月", "日")))


def is_closing(text: str) -> bool:
    """Tell a line that ends with the words that end a speech or a paper."""
    return bool(CLOSING.search(to_simplified(text[-30:])))


def is_signed_by(text: str) -> bool:
    """Tell the name of a body on a line of its own, as it stands below a report without a date."""
    return len(text) <= 40 and bool(SIGNED_BY.match(to_simplified(text)))


def parse_number(text: str) -> int:
    """Return the number of a heading: 12, 十二, ⑫, Ⅻ, XII; 0 for what is none."""
    if text.isdecimal():
        return int(text)
    if text in CIRCLED:
        return CIRCLED.index(text) + 1
    if text in ROMAN:
        return ROMAN[text]
    if text in ROMAN_LETTERS:
        return ROMAN_LETTERS[text]
    if "百" in text:
        head, _, tail = text.partition("百")
        tail = tail.lstrip("零〇")
        return parse_number(head or "一") * 100 + (parse_number(tail) if tail else 0)
    if "十" in text:
        head, _, tail = text.partition("十")
        return (DIGITS.get(head, 1) if head else 1) * 10 + (DIGITS.get(tail, 0) if tail else 0)
    value = 0
    for char in text:
        value = value * 10 + DIGITS.get(char, 0)
    return value
