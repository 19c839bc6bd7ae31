"""Tasks: what is due by a deadline, who is to do it and how much, as in 各村9月底前上报名册3份.

`find_tasks` is a pure function over text and what was read before. A row of a table is read by its columns, a list by its labels
(责任单位：… 完成时限：…), running text by its clauses. A clause that says only that something is finished (要求3月18日前完成)
refers back: to the words before it, to the head of its item, to the sentence that opens it. `basis` tells which.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.records import Quantity, Section, Task, Time

Span = tuple[int, int]

LONGEST_TASK = 120  # characters
LONGEST_TABLE = 200  # rows between a row and the head of its table
MOST_BLANKS = 60  # in a row of a table
REACH = 500  # characters on either side of a deadline in which its task is looked for
_STOPS = "。！？；;!?\n"
_STOP = re.compile(f"[{_STOPS}]")
_TO_LAST_STOP = re.compile(f".*[{_STOPS}]", re.DOTALL)
_MARK = re.compile(
    r"[ 　]*(?:第[一二三四五六七八九十]{1,3}[，、：,]|[一二三四五六七八九十]{1,3}(?:、|[是要](?!求))|[（(][一二三四五六七八九十\d]{1,3}[)）]、?"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳])[ 　]*"
)
_LEAD = re.compile(
    r"(?:(?:同时|另外|并且?|而且|还|再|也|务必|必须|确保|力争|争取|力求|保证|计划|预计|按照?规划|按照?计划|原则上|要求?|需要?|须|应当?|将|拟(?![定订])|请|责成|建议(?![书案稿])|负责(?!人)|限|最迟|不迟于|其中|即|全部|均|都|已)[，,]?)+"
)
_BRIDGE = re.compile(
    r"[，,、 ]?(?:请(?![示假]))?(?:(?:要|必须|务必|须|应当?|将|力争|争取|确保|就)(?=[\u4e00-\u9fff]))?"
)  # between the deadline and what is due
_ADVERB = r"(?:全部|全面|基本|一律|均|都|就|已|只|再|一次性|一次|逐一|如期|按时|按期|正式|集中|统一|要|须|必须|应|力争|确保|争取|可|能)*"
_COUNT = r"(?:\d[\d.,万千百]*|[一二三四五六七八九十两几百]+)[余多]?[个所家户名人处条项份套台件场期批次讲篇株亩座对公里间本张册幢栋支队片辆头只吨米元]*"
_FINISHED = (
    r"(?:完成(?!率)(?:[\u4e00-\u9fff]{2}(?=$|[，,）)”]))?|办结|结束|完毕|到位|建成(?:投用|投产|投入使用|开放|运行)?|建好|竣工|完工|开工|动工|启动|开放|通水|通车|通电|投产|投用|交付使用|投入使用|投入运行"
    r"|见效|销号|“?清零”?|交稿|交齐|上报|报送|报出|兑现|拨付|发放|实施|出台|[印下]发(?:执行|实施)?|执行|装机|一遍|全?覆盖|开通|挂牌|见底|收尾|验收|成立|落地|答复|反馈|回复|整改|达标)"
)
_BARE = re.compile(
    rf"(?:{_ADVERB}[\u4e00-\u9fff]{{0,4}}?{_FINISHED}了?(?:{_COUNT})?[”]?|{_ADVERB}(?P<bound>不少于|不低于|达到?|超过|突破|至少|累计)?(?:{_COUNT}(?:以上)?)?)[）)]?$"
)
_ASIDE = re.compile(
    r"(?:[该本](?:项目|工程))?(?:因|由于|目前|现已?|截[至止]|覆盖|涉及|惠及|带动|全[县市区镇乡][\d一二三四五六七八九十]|每[人户个所名家间场期亩位村镇校次]|人均|户均|面积|占地|其中|平均|共计?|合计|总[投金面]|[\d.]+"
    r"|(?:计划|预计|拟|已)?[于在]?(?:今年|明年|[\dxX×*]{1,4}[年月])[^，]{0,8}(?:开工|动工|启动|开始|进场|奠基)(?:建设)?(?=[，,]))"
)
_REST = re.compile(r"(?:其余|剩余|余下|其他|上述|以上)[的]?")
_BREAK = re.compile(
    r"(?:防止|目前已?|现已|现有|决不|绝不|坚决|切实|不得|不让|不留|逾期|凡|否则|以便|以免|让|满意率|缺一|考核[得结]|确保不|不断|进一步|为[^，]{2,12}(?:打|提供|奠定))"
)
_VERB = re.compile(
    r"(?:认真|切实|扎实|深入|全面|积极|大力|继续|进一步|努力|着力)*(?:做好|抓好|搞好|办好|抓紧|组织开展|组织|开展|推进|落实|加强|完成|实施|进行)(?![的了])"
)

# --- bodies and persons -------------------------------------------------------------------------------------------

_BODY = (
    r"(?:财政|妇联|妇女联合会|总工会|工会|团委|团县委|团市委|团省委|团工委|工委|工商联|残联|科协|文联|侨联|政府|办事处|党委|党工委|委员会|管委会|居委会|村委会|纪委|监委|支部|党组(?!织)|[党团]组织|基层组织|总支|巡察办|"
    r"领导小组|专班|工作组|团（工）委|食堂|几家|[\u4e00-\u9fff](?:(?![对把将])[\u4e00-\u9fff]){0,5}(?:局|办公室|(?<![举承主开兴经交督领创筹试协联查])办|股|科|处|室|中心|所|站|院|队|厅|署|公司|集团|企业|学校|中学|小学|幼儿园|协会|学会|基地|系统|开发区|园区|高新区|管理区|林场|农场|(?<![全内干外中上下东西南北])部(?![分门署委队落件位])|机关|单位|部门|敬老院|医院|银行|信用社|合作社|组(?![织成建合长员装]))"
    r"|乡镇(?:[（(]街道[)）])?|镇街|街道|社区|县区|县市区|县（市、区）|各地|(?<=各)(?:单位|部门|机关|学校|企业|片区|院系|系部?(?![统列])|班级?(?![子组次])|年级|科室|支部)|(?<=各)[县市区旗村乡镇](?:[（(][县市区旗村居社街道乡镇、]{1,6}[)）])?"
    r"|主任|主席|书记|干部|负责人|人员|领导|组长|成员|委员|队长|局长|院长|校长|科长|所长|站长|志愿者|党员|团员|教师|医生|会员|家长|执委|联络员|网格员)"
)
_NOT_NAME = r"(?!围绕|服务|聚焦|依托|通过|加强|深入|建立|组织|开展|推动|推进|抓|对|向|为|以|把|从|在|按|会同|联合|结合|根据|针对|利用|动员|发动|号召|做|坚持|强化|完善|健全|实施|落实|选派|培训|新|配齐|邀请)"
_BODIES = rf"{_NOT_NAME}(?:[省市区县乡镇村]、){{0,3}}(?:[\u4e00-\u9fff“”（）()]{{0,14}}?{_BODY}(?:[、和及与]|以及)){{0,8}}[\u4e00-\u9fff“”（）()]{{0,12}}?{_BODY}(?:几家)?"
_NAMES = rf"(?:(?:[\u4e00-\u9fff]{{2,6}}、){{1,6}}[\u4e00-\u9fff]{{2,6}}(?:几家|等(?:部门|单位))|{_BODIES})"
_SUBJECT = re.compile(
    rf"(?P<who>{_NAMES}|我们|我[县市区镇乡局会校院委])(?P<aside>[（(][^（）()\n]{{1,12}}[)）])?"
    r"(?P<then>(?:也|还|都|均)?(?:要|须|应当?|必须|务必|将|请|于|在|至|到|最迟|计划|负责|牵头|力争|每人|已|表示|针对|对照|根据|按照)|(?=\d{1,2}月|\d{4}年|[一二三四]季度)|(?<=几家)[，,])"
    rf"|(?P<all>(?:各|每[名位]){_NAMES}(?:(?:(?![对把将向为])[\u4e00-\u9fff]){{0,3}}(?![对把将向为]){_BODY})?)(?=[，,\u4e00-\u9fff\d])"
)
_AFTER = re.compile(
    rf"(?P<who>各{_NAMES}|{_NAMES}(?=负责|牵头|要(?!求)|须|务必)|每[名位个][\u4e00-\u9fff]{{2,6}}|每人|我们)(?=要|须|应|必须|务必|将|对照|按照?|根据|负责|至少|撰写|完成|把|开展|组织|上报|制定|报送?|提交|上交|交|召开|建立|填报|汇总|领办|计划)"
)
_BY_BODY = re.compile(
    rf"(?P<who>{_NOT_NAME}(?:[\u4e00-\u9fff]{{1,8}}?(?:局|委|办|办公室|妇联|总工会|团委|政府|办事处|党委|村委会|居委会))(?:[、和及](?:[\u4e00-\u9fff]{{1,8}}?(?:局|委|办|办公室|妇联|总工会|团委|政府|办事处|党委)))*)"
    r"(?=(?:完成|制定|组织|开展|报送|提交|上报|拨付|出台|召开|举办|印发|会同|联合)(?!的))"
)
_DUE_ITSELF = re.compile(
    "[日底末月周一二三四五六年][之以]?前$"
)  # a clause that tells no more than a deadline of its own
#: What is due by a day that is said to be its time: 推荐时间为5月8日前.
_TIME_OF_IT = re.compile(r"(?<!的)(?:截止|起止)?(?:时间|时限|期限|日期)(?:定)?[为是]?$")
_LABEL = re.compile(
    r"(?P<name>责任单位|责任部门|责任科室|责任主体|牵头单位|牵头部门|承办单位|主办单位|实施单位|责任人|具体责任人|责任领导|牵头领导|分管领导|负责人|配合单位)[：:][ 　]*(?P<who>[^ 　\t\n；;。）)】]{2,50}(?:[（(][^（）()\n]{1,12}[)）])?)"
)
_RANK = (
    "单位",
    "部门",
    "科室",
    "主体",
    "责任人",
    "负责人",
    "领导",
)  # a body answers before a person, and who does before who leads
_BY_WHOM = re.compile(rf"由(?P<who>{_NAMES}|[\u4e00-\u9fff]{{2,16}}?)(?:负责|牵头|承办|组织|会同|具体)")
_DUTY = re.compile(r"[（(](?P<who>[^（）()\n，。]{2,30}?)(?:负责|牵头|承办)(?:[，、；][^（）()\n]{1,30})?[)）]")
_ONLY_DUTY = re.compile(rf"由?(?P<who>{_NAMES})(?:具体|全面)?(?:负责|牵头|承办)(?:落实|实施)?")
#: Whom to call, or who does it, in a bracket or behind a comma: no part of what is due.
_CONTACT = re.compile(
    r"[（(](?=(?:联系|咨询|电话|传真|邮箱|责任|牵头|负责|承办|配合)[^（）()]{0,6}[：:])|[，,]?(?:联系人|联系电话|咨询电话|电话|传真|邮箱|电子邮箱)(?:[：:]|(?=[0-9（(]))"
    r"|[，,]由[^，。；、（）()\n]{2,16}?(?:具体|全面)?(?:负责|牵头|承办)(?:落实|实施)?(?=[，。；;]|$)"
)
#: To whom a paper is written, and the words by which it asks them.
_ADDRESSED = re.compile(r"(?:^|\n)[ 　]*(?P<who>(?:各|[\u4e00-\u9fff]{2,8}各)[^：:\n。；]{1,60}?)[：:][ 　]*\n")
_LONGEST_OPENING = 600  # characters from the beginning in which that stands
_ASKS = re.compile("(?:请|望|务必|要求)(?:[你贵]们?[单会局校]?[位]?)?[于在]?$")
_ASKED = re.compile("[，,]?(?:请|务请|务必)(?!示|假)")
_TO_AN_END = re.compile(r"[至到—~-].*[底末]$")  # a stretch that is told by its end
_ONLY_DONE = re.compile("(?:全部|按时|按期|如期)?(?:完成|办结|落实到?位?|结束|完毕)")
_HANDED_IN = re.compile(rf"(?:提交|上报|报送|呈报|报){_NAMES}?(?:会议)?(?:研究|审议|审定|审批|备案|审核)?")
_DEMANDS = re.compile("要|须|应|务必|必须|负责|牵头")
_DEMANDED_OF = re.compile("[要须应必负牵各每]")  # without one of these nothing is demanded of anybody

# --- labels and tables --------------------------------------------------------------------------------------------

_DUE_LABEL = re.compile(
    r"(?:时限|期限|(?:完成|整改|办结|落实|解决|销号|截止)(?:时间|日期|节点)|时间节点)(?:要求|安排)?[：:][ 　\t]{0,3}"
    r"(?:(?:立[行即整]立?改|即[知行整]即改|边[查学]边改|长期坚持|持续推进)[，,、；;。]?)?(?:[并且][，,]?)?(?:力争|[在于])?$"
)
_TASK_LABEL = re.compile(
    r"(?:整改|改进|主要|工作|具体|下一步|重点)?(?P<rank>措施|举措|任务|内容|事项|目标|项目|问题)[一二三四五六七八九十\d]{0,3}[：:]"
)
_ANY_LABEL = re.compile(
    r"[（(【]?(?:具体|主要|牵头|分管|配合|协办|责任|承办|主办|实施|完成|整改|办结|落实|解决|销号|截止|工作)?"
    r"(?:责任)?(?:单位|部门|科室|主体|人|领导|负责人|时限|期限|时间|日期|节点)(?:及责任人)?(?:要求|安排)?[：:]"
)
_LONGEST_DUE_LABEL = 24  # characters, with what is said of it before the day: 整改时限：立行立改，并于
_MOST_LABELS = 4  # lines of them below an item
_NEXT_LABEL = re.compile("[，,](?=[\u4e00-\u9fff]{2,8}[：:])")
_EMPTY = re.compile("[（(](?:完成|办结)?[)）]")  # what is left of the bracket in 自查阶段（5月8日前）
_NEXT_FIELD = re.compile(r"；[\u4e00-\u9fff]{2,8}：")
_TASK_COLUMN = re.compile(r"任务|事项|内容|措施|举措|项目|工作|目标")
_NEARER = (("措施", "举措", "内容"), ("任务", "事项", "项目"), ("工作",), ("目标",))
_NO_TASK = re.compile(r"责任|牵头|单位|部门|负责|领导|时限|期限|时间|日期|情况|进展|成效|备注|依据")
_NO_DUTY = re.compile(r"配合|协助|参与|时限|期限|时间|日期|报送|填报|情况")
_WHO_COLUMN = re.compile(r"责任|牵头|承办|实施单位|负责|落实单位|单位|部门")
_DUE_COLUMN = re.compile(r"时限|期限|(?:完成|整改|办结|截止|落实|工作)?(?:时间|日期|节点)(?:安排|要求)?")


class _Who(NamedTuple):
    """Who is to do it, and how that is known: stated, heading or neighbour."""

    text: str = ""
    basis: str = ""


class _Due(NamedTuple):
    """What is due: the stretches of text that say it, and how that is known."""

    parts: tuple[Span, ...]
    basis: str
    rule: str
    who: _Who = _Who()


def find_tasks(
    text: str, sections: Sequence[Section], times: Sequence[Time], quantities: Sequence[Quantity]
) -> Iterator[Task]:
    """Yield a task for every deadline among the times, and for every month to month of a plan (2月底至5月底), in their order.

    `task` is empty where nothing says what is due. Amounts are the quantities in the words of the task, as written.
    """
    section_starts = [section.start for section in sections]

    def is_planned(time: Time) -> bool:
        if time.kind != "period" or not _TO_AN_END.search(time.text) or time.date_end is None or not sections:
            return False
        return sections[bisect_right(section_starts, time.start) - 1].role in ("plan", "measures")

    deadlines = [time for time in times if time.kind == "deadline" or is_planned(time)]
    if not deadlines:
        return
    starts = [quantity.start for quantity in quantities]
    turns = [time.start for time in times if time.kind == "deadline" or _opens_a_clause(text, time)]
    heads: dict[int, list[str]] = {}
    for at, time in enumerate(deadlines):
        before = deadlines[at - 1] if at else None
        behind = next(iter(turns[bisect_right(turns, time.start) :]), len(text))
        due = _in_table(text, time, heads) or _labelled(text, time) or _in_clauses(text, time, before, behind)
        section = sections[bisect_right(section_starts, time.start) - 1] if sections else None
        who = due.who
        if not who.text or who.text == "每人":
            around = _who_around(text, time, section)
            who = around if around.text else who
        yield _task(text, time, due, who, quantities, starts)


def _opens_a_clause(text: str, time: Time) -> bool:
    """Tell whether a time within a year opens a clause, which tells of another thing: …，6月上旬启动运动会."""
    return (
        time.kind == "period"
        and text[time.start - 1 : time.start] in _COMMAS
        and _WITHIN_A_YEAR.search(time.text) is not None
    )


def _amounts(due: _Due, quantities: Sequence[Quantity], starts: Sequence[int], time: Time) -> Iterator[str]:
    """Yield the quantities in the words of the task; where its own clause counts (…12所，6月前开放6所) only those of that clause."""
    found = [
        (part, quantity.text)
        for part in due.parts
        for quantity in quantities[bisect_left(starts, part[0]) : bisect_left(starts, part[1])]
        if not time.start <= quantity.start < time.end
    ]
    refers = due.rule in ("task/clauses-before", "task/item")
    own = [amount for part, amount in found if part != due.parts[0]]
    rest = len(due.parts) > 2  # …12所，其余10月底前建成
    yield from own if refers and (own or rest) else (amount for _, amount in found)


def _task(text: str, time: Time, due: _Due, who: _Who, quantities: Sequence[Quantity], starts: Sequence[int]) -> Task:
    words = _words(text, due.parts)
    together = due.basis == "stated" and all(abs(low - time.start) < LONGEST_TASK * 2 for low, _ in due.parts)
    ends = [*due.parts, (time.start, time.end)] if together or not due.parts else list(due.parts[:1])
    start, end = min(low for low, _ in ends), max(high for _, high in ends)
    return Task(
        start=start, end=end, text=text[start:end], rule=due.rule, task=words, basis=due.basis if words else "",
        who=who.text, who_basis=who.basis, amounts=tuple(_amounts(due, quantities, starts, time)),
        due=time.text, due_start=time.start, due_end=time.end, date_end=time.date_end,
    )  # fmt: skip


def _words(text: str, parts: Sequence[Span]) -> str:
    """Return the words of all parts; between parts of different clauses stands a comma."""
    words = ""
    for at, (low, high) in enumerate(parts):
        piece = " ".join(text[low:high].split()).strip("，,、；;。：: ")
        if words and piece and any(stop in text[parts[at - 1][1] : low] for stop in "，,。；：\n"):
            words += "，"
        words += piece
    return _EMPTY.sub("", words) if "）" in words or ")" in words else words


# --- tables ---------------------------------------------------------------------------------------------------------


def _in_table(text: str, time: Time, heads: dict[int, list[str]]) -> _Due | None:
    """Return what the columns of a table row say (cells parted by tabs, else by blanks), None outside a table.

    `heads` keeps the head of the table (empty: none) for every line that was asked for, by its start.
    """
    low, high = _line(text, time.start)
    row = _cells(text, low, high)
    if len(row) < 3 or not any(start <= time.start < end for start, end in row):
        return None
    head = _head_above(text, low, heads)
    return _of_columns(text, row, head, time) if head else None


def _head_above(text: str, line: int, heads: dict[int, list[str]]) -> list[str]:
    """Return the cells of the line above that heads the table of a line; empty where there is none."""
    passed: list[int] = []
    head: list[str] = []
    for _ in range(LONGEST_TABLE):
        if line in heads:
            head = heads[line]
            break
        passed.append(line)
        if line == 0:
            break
        low, high = _line(text, line - 1)
        cells = [text[start:end] for start, end in _cells(text, low, high)]
        if len(cells) > 2 and max(map(len, cells)) < 14 and any(_DUE_COLUMN.search(cell) for cell in cells):
            head = cells
            break
        if (len(cells) < 2 and high > low) or low == line:
            break
        line = low
    heads.update(dict.fromkeys(passed, head))
    return head


def _of_columns(text: str, row: Sequence[Span], head: Sequence[str], time: Time) -> _Due | None:
    offset = len(row) - len(head) if len(row) < len(head) else 0  # a merged cell to the left is left out in the row
    task = min(
        (at for at, cell in enumerate(head) if _TASK_COLUMN.search(cell) and not _NO_TASK.search(cell)),
        key=lambda at: _nearness(head[at]),
        default=None,
    )
    who = min(
        (at for at, cell in enumerate(head) if _WHO_COLUMN.search(cell) and not _NO_DUTY.search(cell)),
        key=lambda at: _rank(head[at]),
        default=None,
    )
    if task is None or not 0 <= task + offset < len(row):
        return None
    names = ""
    if who is not None and 0 <= who + offset < len(row):
        low, high = row[who + offset]
        names = text[low:high] if not low <= time.start < high else ""
    return _Due((row[task + offset],), "stated", "task/table", _Who(names, "stated" if names else ""))


def _nearness(head: str) -> int:
    """Return how near the head of a column or a label is to the deed: measures before tasks before aims and problems."""
    return next((at for at, words in enumerate(_NEARER) if any(word in head for word in words)), len(_NEARER))


def _rank(name: str) -> int:
    """Return the place of 责任单位, 责任人 … among those who answer for a task."""
    return next((at for at, end in enumerate(_RANK) if name.endswith(end)), len(_RANK))


_BETWEEN_TABS, _BETWEEN_BLANKS = re.compile(r"[^\t]+"), re.compile(r"[^ 　]+")


def _cells(text: str, low: int, high: int) -> list[Span]:
    """Return the cells of a line: parted by tabs where it has some, else by white space."""
    if sum(text.count(blank, low, high) for blank in " 　\t") > MOST_BLANKS:
        return []
    parted = _BETWEEN_TABS if text.find("\t", low, high) >= 0 else _BETWEEN_BLANKS
    return [cell.span() for cell in parted.finditer(text, low, high)]


# --- labels ---------------------------------------------------------------------------------------------------------


def _labelled(text: str, time: Time) -> _Due | None:
    """Return what the label before 完成时限：… belongs to: the measures or tasks named on its line or those above, else its item."""
    if not _DUE_LABEL.search(text, max(0, time.start - _LONGEST_DUE_LABEL), time.start):
        return None
    low, high = _line(text, time.start)
    own, who = (low, high), _of_labels(text, low, high)
    who = who if who.text else _labelled_below(text, high)
    for above in range(_MOST_LABELS):
        labels = list(_TASK_LABEL.finditer(text, low, min(high, time.start)))
        labels.sort(key=lambda match: _nearness(match["rank"]))
        if labels:
            start = labels[0].end()
            follows = [
                match.start()
                for match in (*_TASK_LABEL.finditer(text, start, high), *_LABEL.finditer(text, start, high))
            ]
            if field := _NEXT_FIELD.search(text, start, high):
                follows.append(field.start())
            end = min([high, time.start if above == 0 else high, *follows])
            if above == 0 and end == time.start:
                end = max(start, text.rfind(" ", start, end))
            return _Due(((start, end),), "stated" if above == 0 else "neighbour", "task/label", who)
        if low == 0:
            break
        low, high = _line(text, low - 1)
        who = who if who.text else _of_labels(text, low, high)
    return _before_labels(text, own, time, who)


def _labelled_below(text: str, end: int) -> _Who:
    """Return who the labels on the lines right below one name, where each of these lines is a label: 责任科室：人事股."""
    first, last = end + 1, end
    for _ in range(_MOST_LABELS):
        low, high = _line(text, last + 1) if last + 1 < len(text) else (0, 0)
        if not _ANY_LABEL.match(text, low, high):
            break
        last = high
    return _of_labels(text, first, last)


def _before_labels(text: str, line: Span, time: Time, who: _Who) -> _Due:
    """Return what the labels of an item follow: 健全巡河制度。（责任单位：水利所，完成时限：6月底）; on a line of their own, the line above."""
    low, high = _item(text, line[0], time.start)
    if low < high:
        return _Due(((low, high),), "stated", "task/labelled-item", who)
    for _ in range(_MOST_LABELS):
        if line[0] == 0:
            break
        line = _line(text, line[0] - 1)
        who = who if who.text else _of_labels(text, *line)
        low, high = _item(text, *line)
        if low < high:
            return _Due(((low, high),), "neighbour", "task/labelled-item", who)
    return _Due((), "", "task/labelled-item", who)


def _item(text: str, low: int, high: int) -> Span:
    """Return the words of an item up to its labels; of more than one sentence that together are long, the first."""
    labelled = _ANY_LABEL.search(text, low, high)
    end = labelled.start() if labelled else high
    if mark := _MARK.match(text, low, end):
        low = mark.end()
    while low < end and text[end - 1] in "（(【[，,。；; 　\t":
        end -= 1
    if end - low > LONGEST_TASK:
        stop = _STOP.search(text, low, end)
        end = min(stop.start() if stop else end, low + LONGEST_TASK)
    return low, end


def _of_labels(text: str, low: int, high: int) -> _Who:
    """Return who stands behind 责任单位：…, else behind 责任人：…, else behind 责任领导：…."""
    found = list(_LABEL.finditer(text, low, high))
    found = [match for match in found if match["name"] != "配合单位"]
    if not found:
        return _Who()
    best = min(found, key=lambda match: _rank(match["name"]))
    return _Who(_NEXT_LABEL.split(best["who"], maxsplit=1)[0].rstrip("，、"), "stated")


# --- running text ---------------------------------------------------------------------------------------------------


def _who(subject: re.Match[str]) -> str:
    name = subject["who"] or subject["all"]
    return name.removesuffix("负责人") if subject["then"] == "表示" else name


def _who_end(subject: re.Match[str]) -> int:
    return subject.end("all" if subject["all"] else "aside" if subject["aside"] else "who")


def _in_clauses(text: str, time: Time, before: Time | None, behind: int) -> _Due:
    """Return what the clauses around a deadline say is due; `behind` is where the next time begins that has a thing of its own."""
    low, high = _unit(text, time.start, time.end)
    first = before.end if before and before.start >= low else low
    clause = max((text.rfind(stop, first, time.start) for stop in "，,：:"), default=-1) + 1 or first
    end = _stop_before(text, time.end, min(behind, high))
    if (
        text[time.start - 1] in "（("
        and text[time.end : time.end + 1] in ("）", ")")
        and time.start - first < LONGEST_TASK
    ):
        clause = first  # 摸清底数，建好台账（5月底前）
    own = _trim(text, clause, time.start)
    who = _Who()
    reach = 5 if text[time.start].isdecimal() else 2  # 2014年 or 10月 shows that the names end before it
    subject = _SUBJECT.match(text, own[0], min(len(text), time.start + reach)) if own[0] < own[1] else None
    if subject and _who_end(subject) <= time.start and subject.end() >= time.start - 3:
        who, own = (
            _Who(_who(subject), "stated"),
            _trim(text, _who_end(subject), time.start),
        )
    elif own[0] < own[1] and (actor := _BY_BODY.match(text, *own)):
        who, own = _Who(actor["who"], "stated"), (actor.end(), own[1])
    after = _after(text, time.end, end)
    if actor := _AFTER.match(text, after[0], after[1]):
        who = who if who.text else _Who(actor["who"], "stated")
        if not actor["who"].startswith("每"):
            after = (actor.end(), after[1])
    elif not who.text and (actor := _BY_BODY.match(text, *after)):
        who, after = _Who(actor["who"], "stated"), (actor.end(), after[1])
    if own[0] < own[1] and (told := _TIME_OF_IT.search(text, own[0], own[1])) and told.start() > own[0] + 1:
        return _Due(((own[0], told.start()),), "stated", "task/subject", who)
    first_clause = _COMMA.split(text[after[0] : after[1]], maxsplit=1)[0]
    bare = _BARE.fullmatch(first_clause) or _HANDED_IN.fullmatch(first_clause)
    if bare and not bare.groupdict().get("bound"):
        after = (after[0], after[0] + len(first_clause))
    if not bare:
        parts = (own, after) if own[0] < own[1] else (after,)
        return _Due(parts, "stated", "task/clause", who)
    return _refer_back(text, low, clause, own, after, before if before and before.start >= low else None, who)


def _refer_back(text: str, low: int, clause: int, own: Span, after: Span, before: Time | None, who: _Who) -> _Due:
    """Return what a clause that only says 完成 refers to: its own subject, the clauses before, the head of the item."""
    rest = _REST.match(text, own[0], own[1]) if own[0] < own[1] else None
    alone = rest is not None and own[1] - own[0] <= 4
    if own[0] < own[1] and not alone:
        return _Due((own, after), "stated", "task/subject", who)
    tail = (own, after) if own[0] < own[1] else (after,)
    until = before.start if before else clause
    earlier = [span for span in _clauses(text, low, until) if not _ASIDE.match(text, span[0])]
    earlier = [span for span in earlier if span[1] - span[0] > 2]
    for span in earlier:
        if duty := _ONLY_DUTY.fullmatch(text, *span):  # 家长课开两次，教导处负责，20日前完成
            who = who if who.text else _Who(duty["who"], "stated")
    earlier = [span for span in earlier if not _ONLY_DUTY.fullmatch(text, *span)]
    if earlier:
        subject = _SUBJECT.match(text, earlier[0][0], earlier[0][1])
        if subject and not who.text:
            who = _Who(_who(subject), "stated")
        head = earlier[0] if before or alone else earlier[-1]
        if subject and head == earlier[0] and _who_end(subject) < head[1] - 3:
            head = _trim(text, _who_end(subject), head[1])
        return _Due((head, *tail), "stated", "task/clauses-before", who)
    return _from_item(text, low, tail, who, alone=before is not None)


def _from_item(text: str, low: int, tail: tuple[Span, ...], who: _Who, *, alone: bool) -> _Due:
    """Return what the head of the item or the sentence that opens it names; with `alone` the clause stands for itself."""
    line, end = _line(text, low)
    if alone:
        return _Due(tail, "stated", "task/clause", who)
    opening = _MARK.match(text, line)
    start = opening.end() if opening else line
    if start >= low:
        return _Due(tail, "stated", "task/clause", who)
    stop = next((at for at in range(start, min(low, end)) if text[at] in _STOPS), low)
    clauses = _clauses(text, start, stop)
    if not clauses:
        return _Due(tail, "stated", "task/clause", who)
    head = clauses[0]
    if _DUE_ITSELF.search(text, *head):
        return _Due(tail, "stated", "task/clause", who)
    is_heading = stop - start <= 24 and len(clauses) == 1 and text[stop : stop + 1] == "。"
    if subject := _SUBJECT.match(text, head[0], head[1]):
        who = who if who.text else _Who(_who(subject), "neighbour")
        head = _trim(text, _who_end(subject), head[1])
    if verb := _VERB.match(text, head[0], head[1]):
        head = (verb.end(), head[1]) if head[1] - verb.end() >= 4 else head
    if _ONLY_DONE.fullmatch(_words(text, tail)):
        tail = ()
    return _Due((head, *tail), "heading" if is_heading else "neighbour", "task/item", who)


def _clauses(text: str, low: int, high: int) -> list[Span]:
    """Return the clauses of a stretch, without list marks and words of demand; empty ones are left out."""
    if mark := _MARK.match(text, low, high):
        low = mark.end()
    spans = []
    start = low
    inside = 0  # of a bracket: its commas part no clauses
    for at in (*(mark.start() for mark in _CLAUSE_MARK.finditer(text, low, high)), max(low, high)):
        if at < high and text[at] in "（(）)":
            inside = max(0, inside + (1 if text[at] in "（(" else -1))
        elif at == high or not (inside and _CLOSED.search(text, at, high)):
            span = _trim(text, start, at)
            if span[0] < span[1]:
                spans.append(span)
            start = at + 1
    return spans


_CLAUSE_MARK = re.compile("[（(）)，,：:]")
_CLOSED = re.compile("[）)]")


def _trim(text: str, low: int, high: int) -> Span:
    """Return a stretch without a list mark, and without words of demand at its ends."""
    if mark := _MARK.match(text, low, high):
        low = mark.end()
    while low < high and text[low] in "，,、 　\t“" and text[low] != "“":
        low += 1
    if lead := _LEAD.match(text, low, high):
        low = lead.end()
    while low < high and (tail := _TAIL_WORDS.search(text, max(low, high - _LONGEST_TAIL), high)):
        high = tail.start()
    return low, high


_LONGEST_TAIL = 3  # characters, with the end of the line behind
_TAIL_WORDS = re.compile(
    r"(?:务必|必须|确保|力争|争取|力求|保证|计划|预计|要求?|需|须|应|将|拟|限|最迟|于|在|到|至|其中|全部|均|都|[，,、 　])$"
)


def _after(text: str, low: int, high: int) -> Span:
    """Return what stands behind a deadline, up to the clause that turns to something else."""
    bridge = _BRIDGE.match(text, low, high)
    low = bridge.end() if bridge else low
    contact = _CONTACT.search(text, low, high)
    high = _before_open(text, low, contact.start()) if contact else high
    end = low
    for start, stop in _pieces(text, low, high):
        if end > low and (_BREAK.match(text, start) or stop - low > LONGEST_TASK):
            break
        end = stop
    return low, min(end, low + LONGEST_TASK * 2)


def _before_open(text: str, low: int, high: int) -> int:
    """Return where a stretch ends that is cut off inside a bracket: before the bracket."""
    opened = max(text.rfind("（", low, high), text.rfind("(", low, high))
    return opened if opened > max(text.rfind("）", low, high), text.rfind(")", low, high)) else high


_COMMA = re.compile("[，,]")
_COMMAS = ("，", ",")
_WITHIN_A_YEAR = re.compile(r"\d月|[一二三四五六七八九十]月|季度|[上中下]旬|[上下]半年|\d日")


def _pieces(text: str, low: int, high: int) -> Iterator[Span]:
    start = low
    for comma in _COMMA.finditer(text, low, high):
        yield start, comma.start()
        start = comma.end()
    if low <= high:
        yield start, high


def _stop_before(text: str, low: int, high: int) -> int:
    """Return where the clauses behind a deadline end: at the end of its unit, or before the clause of the next deadline."""
    if high >= len(text) or text[high] in _STOPS:
        return high
    comma = max(text.rfind(stop, low, high) for stop in "，,")
    return comma if comma >= low else high


def _unit(text: str, start: int, end: int) -> Span:
    """Return the stretch around a deadline between 。！？； and line ends."""
    before = _TO_LAST_STOP.match(text, max(0, start - REACH), start)
    stop = _STOP.search(text, end, end + REACH)
    return before.end() if before else max(0, start - REACH), stop.start() if stop else min(len(text), end + REACH)


def _line(text: str, at: int) -> Span:
    """Return the line of a place, as far as it can be reached from there."""
    low = text.rfind("\n", max(0, at - 2 * REACH), at) + 1
    high = text.find("\n", at, at + 2 * REACH)
    return low or max(0, at - 2 * REACH), min(len(text), at + 2 * REACH) if high < 0 else high


# --- who ------------------------------------------------------------------------------------------------------------


def _who_around(text: str, time: Time, section: Section | None) -> _Who:
    """Return who the sentence, the line, the heading or an earlier item of the section names."""
    low, high = _unit(text, time.start, time.end)
    for pattern in (_BY_WHOM, _DUTY):
        if match := pattern.search(text, low, high):
            return _Who(match["who"], "stated")
    for start, end in reversed(_clauses(text, low, time.start)):
        subject = _SUBJECT.match(text, start, min(end + 1, time.start))
        if subject:
            return _Who(_who(subject), "stated")
    line, end = _line(text, time.start)
    if (labelled := _of_labels(text, line, end)).text:
        return labelled
    if (labelled := _labelled_below(text, end)).text:
        return _Who(labelled.text, "neighbour")  # who answers for the item answers for what is due within it
    if section is None:
        return _Who()
    head = _of_labels(text, section.start, section.heading_end)
    if head.text:
        return _Who(head.text, "heading")
    near = _from_neighbours(text, line, time) if section.role in ("plan", "measures") else _Who()
    return near if near.text else _asked(text, low, time)


def _asked(text: str, low: int, time: Time) -> _Who:
    """Return those to whom a paper is addressed (各乡镇妇联：) where a deadline asks them without naming them: 请于5月8日前报送."""
    if not _ASKS.search(text, max(low, time.start - 8), time.start) and not _ASKED.match(text, time.end):
        return _Who()
    addressed = _ADDRESSED.search(text, 0, min(low, _LONGEST_OPENING))
    return _Who(addressed["who"].strip(), "neighbour") if addressed else _Who()


def _from_neighbours(text: str, line: int, time: Time) -> _Who:
    """Return the last subject of a demand in the lines of the list before this one: 各村要… binds the items behind it."""
    low = max(0, line - 1500)
    at = line
    mark = _MARK.match(text, line)
    if mark is None:
        return _Who()
    for start, end in _clauses(text, mark.end(), min(time.start, line + 2 * REACH)):
        subject = _SUBJECT.match(text, start, end) if text[start] in "各每" else None
        if subject and subject["all"]:
            return _Who(subject["all"], "neighbour")
    while at > low:
        start, end = _line(text, at - 1)
        begin = _trim(text, start, end)[0]
        subject = _SUBJECT.match(text, begin, end) if _DEMANDED_OF.search(text, begin, end) else None
        if subject and _DEMANDS.search(subject["then"] or "要" * bool(subject["all"])):
            return _Who(_who(subject), "neighbour")
        if _MARK.match(text, start) is None:
            break
        at = start
    return _Who()
