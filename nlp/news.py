"""News: what is told of a body by others, by its dateline, its reporter, those who speak in it, and the day of issue it bears."""

from __future__ import annotations

import re

HEAD = 600  # characters in which a piece of news shows that it is one
HEAD_LINES = 8
SHORTEST_OPENING = 12
DAMAGE = "?？●■◆▲★"  # at the head of a line: marks, and what is left of spaces
SPOKEN_HEAD = 1200  # characters in which people speak
HAN = "\u4e00-\u9fff"
YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
DAY_TOLD = (
    rf"(?:(?P<year>{YEAR})\s?年\s?)?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日(?:\s?[-—~至、]\s?(?:\d{{1,2}}月)?\d{{1,2}}日)?"
    r"(?:[上下中]午|晚上?|当天)?|(?:日前|近日|昨日|连日来)"
)
DATELINE = re.compile(
    rf"(?:本[网报刊站台]|[{HAN}]{{2,6}}[网报]|[{HAN}]{{2,10}}\d{{1,2}}日)讯|【(?:本[网报刊]|[{HAN}]{{2,8}}[网报社])讯】|讯[：:]"
    rf"|[（(【][^（()）】。\n]{{0,12}}{YEAR}[-./年][^（()）】。\n]{{0,16}}讯[)）】]|[{HAN}]{{1,6}}[网社][{HAN}]{{0,8}}(?:{YEAR}年)?\d{{1,2}}月\d{{1,2}}日[电讯]"
)
NEWS_OPENING = re.compile(
    rf"[\s\u3000]*(?:[^。\n]{{0,14}}讯(?:[（(][^）)\n]{{2,30}}[）)])?[\s\u3000:：]*)?(?:[（(][^（()）\n]{{2,24}}[）)])?(?:为(?:了)?[^，。\n]{{4,40}}[，。]|为(?:了)?[^。\n]{{4,120}}[，。](?=[^，。\n]{{0,24}}\d月)|(?:按照|根据)[^。，\n]{{4,60}}(?:要求|部署|安排|精神)，)?(?:{DAY_TOLD}|[{HAN}“”]{{2,20}}?(?<![定拟将])于\d{{1,2}}月\d{{1,2}}日(?:[上下中]午)?|[{HAN}]{{2,12}}?(?:于|，)?[昨今本]\s?[（(]\d{{1,2}}[）)]\s?日)"
    r"[，,\s]?(?P<told>(?!起|前|以前|至今|起至)[^。\n]{0,90}?(?:召开|举行|举办|开办|开讲|开会(?!讨论决定)|揭牌|开班|开幕|闭幕|启动仪式|圆满(?:结束|落幕)|走进|莅临|走访慰问|看望慰问|走访看望|一行(?:\d+人)?(?:先后|分别)?[到赴来深]|一行在[^，。\n]{2,40}陪同下|带领[^，。\n]{2,24}?(?:一行|赴|到|前往)"
    rf"|赴[{HAN}]{{2,12}}?(?:调研|考察|学习|慰问|督导)|带队|率队|率[{HAN}]{{2,20}}一行|展开调[查研]|(?:开展|组织)(?:了)?(?:“[^”\n我]{{2,30}}”)?[^，。\n我]{{2,30}}?(?:活动|调查|调研|宣讲|检查|培训|评审|交流会|学习)))"
)
REPORTS_ITSELF = re.compile(
    r"(?:汇报|报告|总结|通知|通报|安排|部署|公告|措施|方案)如下|(?:作|做)[^。，]{0,12}(?:汇报|报告|发言)(?:如下)?[：:]|同志们[！：，:]|各位(?:领导|代表|委员|同志)"
)
REPORTER = re.compile(
    rf"[（(【]\s*(?:本[报网台刊]|特约|见习|实习)?(?:记者|通讯员)\s?[:：]?\s?[{HAN}]{{2,4}}|^[\s　]*(?:本[报网台刊]|特约|见习)?(?:记者|通讯员)[\s　:：]+[{HAN}]"
    rf"|(?:记者|笔者)[^，。\n]{{0,6}}?(?:从|在)[^，。\n]{{2,24}}?(?:获悉|了解到|看到|见到|采访)|(?:来源|作者)\s?[:：].{{0,20}}(?:日报|晚报|晨报|都市报|新闻网|记者)"
    rf"|(?:日报|晚报|晨报|都市报|新闻网)[\s　]*(?:本报)?记者[\s　:：]",
    re.MULTILINE,
)
TELLS = re.compile(
    rf"[\s\u3000]*(?:[（(][^（()）\n]{{2,24}}[）)])?(?:{DAY_TOLD}|据悉|据了解|据介绍|昨天|今天|今日|当天|日前|眼下|[^，。\n]{{2,16}}?(?:日前|近日|昨日|昨天|今天[上下]午))"
)
QUOTATION = re.compile(  # “图已画好，下月动工。”3月7日上午，…说
    rf"[\s\u3000]*[“「][^”」\n]{{4,120}}[”」][，。]?(?:{DAY_TOLD})[^。\n]{{0,120}}(?:说|表示|介绍|坦言|指出|告诉|召开|举行|动员会|推进会|座谈会)"
)
SAID_ENDS = re.compile("[出调示言绍为说称露道求][，：“,:]")
SAID = re.compile(
    rf"(?:负责人|发言人|书记|主席|主任|[局县区市省镇乡部会院校厅处科站所队社园厂行]长|经理|工程师|委员|代表|专家|教授|律师|法官|检察官|民警|医生|居民|村民|群众|农[民户]|大[爷妈娘姐哥叔婶]|阿姨"
    rf"|老人|先生|女士|师傅|同学|学生|老师|家长|业主|商户|店主|工作人员|志愿者|人士|[他她]|审计[署处]|[{HAN}](?:局|处|署|厅|会|委|院|办|部门|公司|村|镇|社区))(?:们|一致|都|也|则)?(?:[{HAN}]{{2,3}})??"
    r"(?:则|还|同时|坦率地|特别|进一步|最后|并)?(?:指出|强调|表示|坦言|介绍|认为|说|称|透露|告诉记者|告诉笔者|要求|提出要求|通报指出)(?:说|道)?[，：“,:]$"
)
TOLD_HEAD = 300
ACTS = re.compile(  # 平山市妇联大力加强…, 棕树镇积极按照…
    rf"[{HAN}]{{1,8}}(?:[市县区镇乡村]|街道|公司|医院|学校|法院|集团)[{HAN}]{{0,7}}?(?:妇联|工会|团委|党委|支部|委员会)?(?:积极|大力|全面|扎实|精心|深入|认真|以[“《])"
    r"(?!贯彻|学习|做好|落实)"
)
ADDRESSED = re.compile(r"^[^，。\n]{2,30}[：:]$|申请|倡议|请示|一封信|制度|办法|职责|章程", re.MULTILINE)
FIRST_PERSON = re.compile(
    "我[们局院校会行厂司所站部队办处室科社店厅]|我(?:公司|单位|中心|支部|街道|社区|党)|本(?:局|院|会|公司|单位|人|处)|笔者认为"
)
QUOTED = re.compile("“[^”]{0,200}”?|「[^」]{0,200}」?")
ISSUED = re.compile(
    rf"(?P<year>{YEAR})\s?[-./年]\s?(?P<month>1[0-2]|0?[1-9])\s?[-./月]\s?(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s?日?"
)
DAY_FIRST = re.compile(  # 09.02.2015 11:55
    rf"(?<!\d)(?P<day>[0-3]\d)\.(?P<month>0[1-9]|1[0-2])\.(?P<year>{YEAR})(?=\s+\d{{1,2}}[:：]\d{{2}})"
)
OF_ISSUE = re.compile(
    r"刊[出发登载]|见报|出版日期|版次|[上下前后]一[版期]|往期|发布时间|发布日期|发表于|发表时间|浏览[次量]|点击[次数率量]|(?:时间|日期)[:：]|来源|作者|记者|编辑|通讯员|供稿|\d{1,2}[:：]\d{2}"
)
WIRE = re.compile(
    rf"[（(【][^（()）】。\n]{{0,12}}{YEAR}[^（()）】。\n]{{0,24}}[)）】]|[{HAN}]{{1,6}}[网社][{HAN}]{{0,8}}{YEAR}年\d{{1,2}}月\d{{1,2}}日[电讯]"
)
LONGEST_ISSUE = 60
OF_BODY = re.compile(  # above the papers of a body's own pages, and of newspapers
    r"(?:来源|作者|撰稿人?|供稿|发布(?:机构|单位|者))\s?[:：]\s?[^\n:：]{0,16}?(?:妇联|联合会|[日晚早晨时周商市女人年制]报(?!告)|政府|[局委厅院会镇乡]|法院|学校|工会|中心|办公室|研究室|街道|部"
    r"|(?:新闻|人民|新华|政协|妇女|中国|党建|文明|长安)[^\n:：]{0,4}网|网站)|浏览[次量]|点击[次数率量]|[\[【](?:关闭|打印)|字体|字号|信息公开"
)
OF_STOCK = re.compile("范文|文库|文档|素材|下载|小编|推荐|投诉|所属栏目|互联网|网络|原创|投稿|百科|公文|秘书|文秘")


def is_news(text: str) -> bool:
    """Tell a piece of news by its dateline or reporter, by a meeting held on a day in its first sentence, or by those who speak in it."""
    opening = opening_of(text)
    told = DATELINE.match(opening.lstrip()) or NEWS_OPENING.match(opening)
    if not told and (quoted := QUOTATION.match(opening)) and not _tells_of_himself(text):
        told = quoted
    if not told and ("记者" in text[:HEAD] or "通讯员" in text[:HEAD] or "来源" in text[:HEAD]):
        told = REPORTER.search(text, 0, HEAD)
    if told is None and not _is_spoken(text, 1 if TELLS.match(opening) else 2):
        return False
    return not REPORTS_ITSELF.search(text, 0, HEAD)


def tells_of_a_body(text: str) -> bool:
    """Tell a text without other signs whose first lines say what a named body does, and whose writer says neither 我们 nor whom he addresses."""
    head = text[:TOLD_HEAD]
    return ACTS.search(head) is not None and ADDRESSED.search(head) is None and not _tells_of_himself(text)


def _is_spoken(text: str, least: int) -> bool:
    """Tell a text in which others speak as often as that, and its writer never of himself but between quotation marks."""
    spoken = 0
    for match in SAID_ENDS.finditer(text, 0, SPOKEN_HEAD):
        spoken += SAID.search(text[max(0, match.start() - 16) : match.end()]) is not None
    return spoken >= least and not _tells_of_himself(text)


def _tells_of_himself(text: str) -> bool:
    """Tell a writer who says 我们 or 我局 outside quotation marks."""
    return FIRST_PERSON.search(QUOTED.sub("", text[:SPOKEN_HEAD])) is not None


def find_issue(text: str, above: str) -> tuple[re.Match[str], int, int] | None:
    """Return the date of issue of a piece of news and its place: in its dateline, on a line of its head with source or hour, or above it.

    `above` are the lines that a page sets around the text; a date there has the place (0, 0).
    """
    opening = opening_of(text)
    if opening and (wire := WIRE.search(opening, 0, LONGEST_ISSUE)) and (day := ISSUED.search(opening, *wire.span())):
        at = text.find(opening)
        return day, at + day.start(), at + day.end()
    at = 0
    for line in text[: 2 * HEAD].split("\n")[:HEAD_LINES]:
        if len(line) <= LONGEST_ISSUE and OF_ISSUE.search(line) and (day := _issued(line)):
            return day, at + day.start(), at + day.end()
        at += len(line) + 1
    day = _issued(above) if above and OF_ISSUE.search(above) else None
    return (day, 0, 0) if day else None


def find_page_day(text: str, above: str) -> re.Match[str] | None:
    """Return the date that a page bears above a paper; of a site that collects papers, which dates its upload, None."""
    if not above or OF_STOCK.search(above):
        return None
    found = find_issue(text, above)
    return found[0] if found else None


def is_of_body(above: str) -> bool:
    """Tell the lines above a paper on a page of a body or a newspaper: its source, its counter, what closes or prints it."""
    return OF_BODY.search(above) is not None


def _issued(line: str) -> re.Match[str] | None:
    return ISSUED.search(line) or DAY_FIRST.search(line)


def opening_of(text: str) -> str:
    """Return the first line that is a sentence, not a title, a by-line or a date."""
    for line in text[: 2 * HEAD].split("\n")[:HEAD_LINES]:
        if len(line) > SHORTEST_OPENING and ("，" in line or "。" in line):
            return line.lstrip(DAMAGE) if line[0] in DAMAGE else line
    return ""
