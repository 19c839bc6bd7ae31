"""What stands around a report as around a letter: its number (×妇〔2012〕3号), whom it is written to (主送, 称呼), who signed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, takewhile

from nlp.bodies import MASK, find_bodies, find_institutions

HEAD_LINES = 12  # of the beginning, in which a letterhead and the person spoken to stand
FOOT_LINES = 6
BY_LINES = 6  # of the head, in which the author of a speech or a study stands
LONGEST_LINE = 80
HAN = "\u4e00-\u9fff"
MASKED = re.escape(MASK)
NUMBER = re.compile(
    rf"(?P<series>[{HAN}{MASKED}A-Za-z]{{1,16}}?)\s?[〔\[［（(【﹝]\s?(?P<year>(?:19|20)[\d{MASKED}]{{2}}|[{MASKED}]{{2,4}})\s?[〕\]］）)】﹞]"
    rf"\s?第?\s?(?P<count>[\d{MASKED}]{{1,5}})\s?号"
)
BRACKETED = re.compile(rf"[〔\[［（(【﹝]\s?(?:(?:19|20)|[{MASKED}])")  # cheap: lines without it have no number
NO_SERIES = re.compile(r"^(?:根据|按照|依据|关于|转发|见|按|原|和|与|及|文件|以)|^[第字号]")
SIGNED_FOR = re.compile(r"[\s　]*(?:签发人?[：:].*)?")
LABELLED = re.compile(rf"^[\s　]*主\s?送(?:单位|机关)?[：:][\s　]*(?P<to>[{HAN}{MASKED}、，,（）()“”\s　]{{2,120}})")
PEOPLE = "同志们|同志|代表们|委员们|姐妹们|朋友们|同学们|老师们|同仁们|家长们|乡亲们|来宾|代表|委员|领导|嘉宾|朋友|姐妹|同胞|职工|群众|青年|团员|少先队员|家长|老师|学员"
UNITS = (
    "妇联|妇委会|妇女联合会|总工会|工会|团委|团工委|党委|党工委|党组|党总支|党支部|政府|人民政府|办事处|街道办|街道|管委会|委员会|常委会|联合会|"
    "[省市县区州旗]委|局|厅|处|科|科室|室|办公室|部|院|委|办|单位|部门|公司|集团|企业|学校|中学|小学|大学|学院|系|中心|中心校|园|站|所|组|村|社区|"
    "村委会|居委会|乡|镇|乡镇|组织|支部|协会|机构|检察院|法院|残联|科协|文联|工商联|红十字会|领导小组|组织部|宣传部|负责人|成员单位|医院|卫生院|银行"
)
CALLED = re.compile(
    rf"^[\s　]*(?P<to>(?:(?:尊敬|敬爱|亲爱)的|各位|各|全体|全省|全市|全县|全区|广大)[{HAN}、，,（）()\s　]{{0,90}}?(?:{PEOPLE}|{UNITS})(?:[、，,]\s?(?:各位)?(?:{PEOPLE}))*"
    rf"|(?:{PEOPLE})(?:[、，,]\s?(?:各位)?(?:{PEOPLE}))*)(?P<mark>[：:！])"
)
UNIT_LINE = re.compile(
    rf"^[\s　]*(?P<to>[{HAN}{MASKED}、，,（）()“”\s　]{{2,110}}?(?:{UNITS})(?:（[^）]{{1,20}}）)?)[：:][\s　]*$"
)
NO_ADDRESSEE = re.compile(
    r"如下|以下|要求|存在|汇报|情况|措施|问题|工作|原因|任务|目标|单位名称|责任|牵头|主办|承办|主管|编印|[时地]点|时间|部署|包括|分别|具体|其中|参加|出席|列席|主持|记录|抄送|抄报|报送|来源|作者|发布|印发|撰稿"
)
PERSON_LABEL = re.compile(
    r"^[\s　]*(?P<label>(?:报告|汇报|述职|总结|撰稿|签发|承诺|倡议|执笔|撰写|署名|演讲|发言|主讲|整理|撰文|申请)(?:人|单位)|作者|落款|执笔|撰稿)[：:]\s?(?P<who>[^\s　，。；：:（(][^，。；：:\n（(]{0,30})"
)
SIGNATURE = re.compile(rf"[{HAN}A-Za-z{MASKED}·、（）()\s　]{{2,48}}$")
NO_SIGNATURE = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十]+[）)]|附|附件|主题词|抄送|抄报|谢谢|特此|此致|敬礼|以上|联系|电话|附表|共印|第|目录|摘要|前言)|通知|报告$|总结$|要点$|计划$|方案$|意见$|讲话|情况$|谢谢"
)
PERSON = re.compile(rf"^[{HAN}](?:[\s　]?[{HAN}{MASKED}]|[{MASKED}]){{1,3}}$")
ROLE = re.compile(
    r"(?:总理|书记|主席|主任|局长|县长|区长|市长|省长|镇长|乡长|部长|会长|理事长|院长|校长|经理|站长|所长|股长|科长|秘书长|总经理|董事长|园长|常委)"
)
ROLE_LINE = re.compile(
    rf"^[\s　（(]*[{HAN}{MASKED}、]{{0,40}}?{ROLE.pattern}[\s　]+[{HAN}{MASKED}·]{{1,4}}(?:[\s　][{HAN}]{{1,2}})?[）)]?$"
)
SPEAKER = re.compile(
    rf"(?:会议|大会)上[\s　]?(?P<who>[{HAN}]{{0,24}}?{ROLE.pattern}[\s　]?[{HAN}]{{2,3}}?(?:[\s　][{HAN}])?)(?:同志)?(?:所?作|[\s　）)]*$)"
)
EDITED = re.compile(r"(?:主办|编印|编|印发|印)?[\s　]*$")  # 清溪县总工会办公室编    5月24日
OF_BODY = re.compile(r"(?<=.{4})(?:办公室|关工委|课题组|调研组)$")
SPACES = re.compile(r"[\s　]+")
# Cells of the table above a paper: 发文机关：…, 成文日期 | …, on one line or on two.
TABLE = re.compile(r"(?:发文|制发|印发|发布)(?:机关|单位|机构|部门|日期|字号|文号)|成文日期|索\s?引\s?号")
BETWEEN = r"[\s　]*[:：|｜]?[\s　|｜]*"
CELL = re.compile(
    rf"(?P<issuer>(?:发文|制发|印发|发布)(?:机关|单位|机构|部门)){BETWEEN}(?!发文|印发|发布|成文|索引|文号|主题)(?P<body>[{HAN}{MASKED}]{{3,30}}(?<!网站)(?<!网))(?=[\s　|｜]|$)"
    rf"|(?P<dated>(?:发文|印发|发布)日期|发布时间|成文日期){BETWEEN}(?P<day>(?:19|20)\d\d\s?[-./年]\s?\d{{1,2}}\s?[-./月]\s?\d{{1,2}}\s?日?)"
    rf"|(?P<other>发文字号|文\s?号|索\s?引\s?号|主题分类|主题词){BETWEEN}\S"
)
OFFICIAL = re.compile("发文|制发|成文|印发")
LONGEST_TABLE = 400  # characters
GREETINGS = re.compile(r"[\s　]*(?:谢谢(?:大家)?|此致|敬礼)[！!。]?[\s　]*$")


def find_table(text: str) -> tuple[tuple[str, int, int] | None, tuple[str, int, int] | None]:
    """Return (value, start, end) of the cells that say who issued a paper and when, in the table that authorities set above it.

    发布单位 and 发布日期 stand above many a page of a site: they count beside another cell of such a table.
    """
    cells = list(CELL.finditer(text, 0, LONGEST_TABLE)) if TABLE.search(text, 0, LONGEST_TABLE) else []
    labels = {cell["issuer"] or cell["dated"] or cell["other"] for cell in cells}
    if len(labels) < 2 and not any(map(OFFICIAL.match, labels)):
        return None, None
    # beside nothing but a day 发布部门 is the office that keeps the site
    numbered = any(cell["other"] for cell in cells)
    body = next((cell for cell in cells if cell["body"] and (numbered or cell["issuer"] != "发布部门")), None)
    day = next((cell for cell in cells if cell["day"]), None)
    return (
        (body["body"], *body.span("body")) if body else None,
        (day["day"], *day.span("day")) if day else None,
    )


def find_number(text: str) -> str | None:
    """Return the number of the document itself, which stands on a line of its own at its head; never one that a sentence cites."""
    for line in _head(text):
        match = NUMBER.search(line) if "号" in line and BRACKETED.search(line) else None
        if match is None:
            continue
        before, after = line[: match.start()].strip(" 　（("), line[match.end() :].strip(" 　）)")
        if not before and not NO_SERIES.search(match["series"]) and SIGNED_FOR.fullmatch(after):
            return SPACES.sub("", match.group())
    return None


def find_addressee(text: str) -> str | None:
    """Return whom a report is written to or spoken to: 各乡镇妇联、县直各妇委会; 同志们."""
    for line in _head(text):
        for pattern in (LABELLED, CALLED, UNIT_LINE):
            if pattern is UNIT_LINE and not line.rstrip().endswith(("：", ":")):
                continue
            match = pattern.match(line)
            if match and (pattern is LABELLED or not NO_ADDRESSEE.search(match["to"])):
                return _plain(match["to"])
    return None


def find_signer(text: str, signed: tuple[int, int] | None) -> str | None:
    """Return who signed: the lines above the date of signature (`signed` is where that stands), a label (报告人：), a by-line at the head.

    Several bodies that sign together are joined by 、.
    """
    foot = _foot(text)
    for at, line in enumerate(foot):
        if found := _labelled(line):
            others = takewhile(is_body, (one.strip(" 　") for one in foot[at + 1 :]))
            return "、".join((found, *others))
    if signed and (above := _above(text, *signed)):
        return above
    last = next((line.strip() for line in reversed(foot) if not GREETINGS.match(line)), "")
    if is_body(last):
        return _plain(last)
    for at, line in enumerate(_head(text)[:BY_LINES]):
        bare = line.strip("（）() 　")
        if found := _labelled(line):
            return found
        if len(bare) < LONGEST_LINE // 2 and (ROLE_LINE.match(line) or (at and is_body(bare))):
            return SPACES.sub(" ", bare)
        if ("会议上" in line or "大会上" in line) and (match := SPEAKER.search(line)):
            return SPACES.sub(" ", match["who"])
    return None


def _above(text: str, start: int, end: int) -> str | None:
    """Return the signature on the line of the date, or on the lines directly above it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    rest = text[first:start].strip(" 　（(")
    if rest:
        rest = EDITED.sub("", rest)
        return _plain(rest) if _signs(rest) else None
    lines = [line for line in text[:first].split("\n")[-FOOT_LINES:] if line.strip(" 　")]
    if last >= 0 and text.count("\n", 0, start) < HEAD_LINES and text.count("\n", last) > HEAD_LINES:
        lines = lines[1:]  # the title is no signature
    found: list[str] = []
    for line in reversed(lines):
        bare = line.strip(" 　（）()")
        if not _signs(bare) or (found and not is_body(bare)):
            break
        found.append(_plain(bare))
    return "、".join(reversed(found)) or None


def _signs(line: str) -> bool:
    return (
        bool(SIGNATURE.match(line))
        and not NO_SIGNATURE.search(line)
        and (
            is_body(line)
            or bool(PERSON.match(line))
            or bool(ROLE.search(line))
            or line.endswith(("组", "人", "办公室", "部", "班子"))
            or all(map(is_body, line.split()))
        )
    )


@lru_cache(maxsize=4096)
def is_body(line: str) -> bool:
    """Tell whether a line is the name of a body and nothing else."""
    bare = SPACES.sub("", line)
    if not 2 < len(bare) < 40 or NO_SIGNATURE.search(bare):
        return False
    bare = OF_BODY.sub("", bare)
    return any(
        end == len(bare) and not bare[:start].strip("中共")
        for _, start, end in (*find_bodies(bare), *find_institutions(bare))
    )


def _labelled(line: str) -> str | None:
    match = PERSON_LABEL.match(line)
    return _plain(match["who"]) if match else None


def _plain(words: str) -> str:
    """Return a signature without the spaces that set it (张　三), those between bodies as 、."""
    bare = words.strip(" 　、，,（(）)")
    parts = SPACES.split(bare)
    if len(parts) > 1 and all(is_body(part) for part in parts):
        return "、".join(parts)
    return " ".join(parts) if ROLE.search(bare) and len(parts) > 1 else "".join(parts)


@lru_cache(maxsize=1)  # asked three times of a text
def _head(text: str) -> tuple[str, ...]:
    return tuple(islice(_lines(text.split("\n", 2 * HEAD_LINES)[: 2 * HEAD_LINES]), HEAD_LINES))


def _foot(text: str) -> list[str]:
    return list(_lines(text[-600:].split("\n")))[-FOOT_LINES:]


def _lines(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.strip(" 　\r"):
            yield line[: 2 * LONGEST_LINE]
