"""Compilations of the sample reports, glued in every manner that sites, offices and converters use, with the exact borders.

`MANNERS` maps a name to a function (reports, random) -> Compilation. `TOGETHER` maps a name to a text that is one report,
however much it looks like several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from ingest.read import read
from ingest.records import Document
from ingest.script import to_traditional

SAMPLES = Path(__file__).parent.parent / "corpus" / "reports"
NUMERALS = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    *(f"十{n}" for n in "一二三四五六七八九"),
    "二十",
]
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ROMAN = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "Ⅶ", "Ⅷ", "Ⅸ", "Ⅹ"]
DATE = re.compile(
    r"[二〇○零一三四五六七八九\d]{4}年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?$"
)
ADDRESSEE = re.compile(r"(?:尊敬的|各位|同志们|全市).{0,40}[：:]$")
EDITOR = (
    "小编为大家整理了这篇文章，希望对大家有所帮助，更多内容请继续关注本站。",
    "以上就是小编为您带来的全部内容，欢迎收藏本站，随时查阅最新范文。",
)


@dataclass(frozen=True, slots=True)
class Report:
    """A sample report: its title on one line, and the paragraphs below it."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def is_signed(self) -> bool:
        return DATE.fullmatch(self.paragraphs[-1]) is not None

    @property
    def addressee(self) -> int | None:
        """Return the place of the line that says who is spoken to."""
        return next((at for at, text in enumerate(self.paragraphs[:5]) if ADDRESSEE.fullmatch(text)), None)


@dataclass(frozen=True, slots=True)
class Compilation:
    """A text, and for each report in it the stretch in which it begins, and where it ends."""

    text: str
    borders: tuple[tuple[int, int, int], ...]

    def right(self, documents: Sequence[Document]) -> int:
        """Return how many of the documents are exactly a report: begin at its title or below it, end at its end."""
        found = {(document.source_start, document.source_end) for document in documents}
        return sum(
            any(first <= start <= last and end == stop for start, end in found) for first, last, stop in self.borders
        )


class Builder:
    """Puts a compilation together and keeps its borders."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.borders: list[tuple[int, int, int]] = []

    def put(self, text: str) -> None:
        """Add a text with its line end."""
        self.parts.append(text + "\n")
        self.length += len(text) + 1

    def report(self, lines: Sequence[str], *, between: str = "", heading: str | None = None) -> None:
        """Add a report; `heading`, if any, is a line of the compilation's above it."""
        first = self.length
        if heading is not None:
            self.put(heading)
        for number, line in enumerate(lines):
            if number:
                self.put_raw(between)
            if number == 1:
                last = self.length
            self.put(line)
        self.borders.append((first, last, self.length - 1))

    def put_raw(self, text: str) -> None:
        """Add a text as it is."""
        self.parts.append(text)
        self.length += len(text)

    def done(self) -> Compilation:
        """Return what was put together."""
        return Compilation("".join(self.parts), tuple(self.borders))


@cache
def reports() -> tuple[Report, ...]:
    """Return the sample reports, each with its own title."""
    found = []
    for path in sorted(SAMPLES.iterdir()):
        for document in read(path).documents:
            lines = [line for line in document.text.split("\n") if line.strip()]
            title = document.title or ""
            at = next((at for at, line in enumerate(lines[:6]) if line.strip("—") and title.endswith(line)), -1)
            found.append(Report(title, tuple(lines[at + 1 :])))
    return tuple(found)


def is_plain(report: Report) -> bool:
    """Tell a report with a title that can be told by itself: not the bulletin, whose parts have titles of their own."""
    return "简报" not in report.title


def _headed(form: str, *, titled: bool = True) -> Callable[[Sequence[Report], Random], Compilation]:
    """Return a manner: a numbered heading above each report, which bears its own title where the heading has none."""

    def glue(chosen: Sequence[Report], random: Random) -> Compilation:
        builder = Builder()
        for at, report in enumerate(chosen):
            heading = form.format(n=at + 1, c=NUMERALS[at], o=CIRCLED[at], r=ROMAN[at % 10], t=report.title)
            lines = report.paragraphs if titled else (report.title, *report.paragraphs)
            builder.report(lines, heading=heading, between=random.choice(["", "\n"]) if at == 0 else "")
        return builder.done()

    return glue


def _parted(rule: str, *, titled: bool = True) -> Callable[[Sequence[Report], Random], Compilation]:
    """Return a manner: a rule between the reports."""

    def glue(chosen: Sequence[Report], random: Random) -> Compilation:
        builder = Builder()
        for at, report in enumerate(chosen):
            if at:
                builder.put(rule)
            builder.report((report.title, *report.paragraphs) if titled else report.paragraphs)
        return builder.done()

    return glue


def signed(chosen: Sequence[Report], random: Random) -> Compilation:
    """Titles, and a signature with a date below each report; no other mark."""
    builder = Builder()
    for report in chosen:
        signature = () if report.is_signed else ("竹溪县妇女联合会", "2013年12月20日")
        builder.report((report.title, *report.paragraphs, *signature))
    return builder.done()


def titles_only(chosen: Sequence[Report], random: Random) -> Compilation:
    """Titles alone tell the reports apart."""
    builder = Builder()
    for report in chosen:
        builder.report((report.title, *(text for text in report.paragraphs if not DATE.fullmatch(text))))
    return builder.done()


def spaced(chosen: Sequence[Report], random: Random) -> Compilation:
    """Empty lines between the reports."""
    builder = Builder()
    for report in chosen:
        builder.report((report.title, *report.paragraphs))
        builder.put_raw("\n" * 4)
    return builder.done()


def contents(chosen: Sequence[Report], random: Random) -> Compilation:
    """A table of contents at the head, then the same numbered headings."""
    builder = Builder()
    builder.put("目录")
    for at, report in enumerate(chosen):
        builder.put(f"{at + 1}. {report.title}……{at * 3 + 1}")
    for at, report in enumerate(chosen):
        builder.report(report.paragraphs, heading=f"{at + 1}. {report.title}")
    return builder.done()


def contents_unnumbered(chosen: Sequence[Report], random: Random) -> Compilation:
    """A table of contents of titles alone, then the reports under their titles."""
    builder = Builder()
    builder.put("目　录")
    for report in chosen:
        builder.put(report.title)
    for report in chosen:
        builder.report((report.title, *report.paragraphs))
    return builder.done()


def edited(chosen: Sequence[Report], random: Random) -> Compilation:
    """An editor's notes at the head and between the reports."""
    builder = Builder()
    builder.put(f"年终工作总结范文{NUMERALS[len(chosen) - 1]}篇")
    builder.put("导语：以下是小编为大家收集的范文，欢迎阅读与借鉴。")
    for at, report in enumerate(chosen):
        builder.report((report.title, *report.paragraphs), heading=f"篇{NUMERALS[at]}：{report.title}")
        builder.put(EDITOR[at % 2])
    return builder.done()


def read_on(chosen: Sequence[Report], random: Random) -> Compilation:
    """Other reports follow as further reading."""
    builder = Builder()
    for at, report in enumerate(chosen):
        if at:
            builder.put("延伸阅读：")
        builder.report((report.title, *report.paragraphs))
    return builder.done()


def spoken(chosen: Sequence[Report], random: Random) -> Compilation:
    """Speeches without titles: each begins with those who are spoken to and ends with thanks."""
    builder = Builder()
    for report in chosen:
        body = report.paragraphs if report.addressee is None else report.paragraphs[report.addressee + 1 :]
        body = tuple(text for text in body if not DATE.fullmatch(text) and not text.startswith(("（2", "祝")))
        builder.report((random.choice(["各位代表：", "同志们：", "各位领导、同志们："]), *body, "谢谢大家！"))
    return builder.done()


def mixed_scripts(chosen: Sequence[Report], random: Random) -> Compilation:
    """Every second report in traditional characters, signed."""
    builder = Builder()
    for at, report in enumerate(chosen):
        signature = () if report.is_signed else ("竹溪县妇女联合会", "2013年12月20日")
        lines = (report.title, *report.paragraphs, *signature)
        builder.report([to_traditional(line) for line in lines] if at % 2 else lines)
    return builder.done()


def minuted(chosen: Sequence[Report], random: Random) -> Compilation:
    """The minutes of a meeting before a report."""
    builder = Builder()
    builder.report(MINUTES)
    for report in chosen[:1]:
        builder.report((report.title, *report.paragraphs))
    return builder.done()


def paged(chosen: Sequence[Report], random: Random) -> Compilation:
    """Dumped pages: breadcrumb, title, date and source above, a tail below each report."""
    builder = Builder()
    for report in chosen:
        builder.put("当前位置：首页 > 工作总结 > 妇联工作总结")
        builder.put(report.title)
        builder.put("时间：2016-03-02 10:11:12　来源：网络整理")
        builder.report((report.title, *report.paragraphs))
        builder.put("责任编辑：林晓")
        builder.put("上一篇：没有了")
        builder.put("下一篇：街道工会2013年工作打算")
    return builder.done()


def copied(chosen: Sequence[Report], random: Random) -> Compilation:
    """The same compilation many times over: each report counts once."""
    once = _headed("第{c}篇：{t}")(chosen, random)
    return Compilation(once.text * 20, once.borders)


MINUTES = (
    "竹溪县妇联主席办公会议纪要",
    "时间：2013年3月4日上午",
    "地点：县妇联三楼会议室",
    "主持人：林桂芳",
    "会议听取了各部室一季度工作进展的汇报，研究了“三八”节表彰活动的方案，讨论了全年培训计划和经费安排。",
    "会议议定，表彰活动由办公室牵头，宣传部配合，3月6日前把场地、奖牌和证书准备到位；受表彰的30名妇女典型由各乡镇推荐，不搞平均分配。"
    "会议指出，去年培训经费结余较多，说明计划安排不够周密，今年要提前对接县职教中心，分两批办完家政班和电商班。",
    "会议强调，下乡调研要轻车简从，不给基层添负担，调研报告要在4月底前交到办公室汇总。会议还传达了市妇联关于做好信访维稳工作的要求，"
    "要求各部室把排查出来的矛盾纠纷逐件登记，落实到人，能当场解决的不拖延，一时解决不了的讲明政策、做好解释，每周五下午汇总一次进展情况。",
    "出席：林桂芳、赵玉梅、吴秀珍",
    "记录：周小燕",
)

MANNERS: dict[str, Callable[[Sequence[Report], Random], Compilation]] = {
    "第X篇：title": _headed("第{c}篇：{t}"),
    "第N篇": _headed("第{n}篇", titled=False),
    "篇一：title": _headed("篇{c}：{t}"),
    "【篇1】title": _headed("【篇{n}】{t}"),
    "【第1篇】": _headed("【第{n}篇】", titled=False),
    "范文一": _headed("范文{c}", titled=False),
    "范文一：title": _headed("范文{c}：{t}"),
    "(第2篇)": _headed("（第{n}篇）", titled=False),
    "title（第2篇）": _headed("{t}（第{n}篇）"),
    "工作总结1": _headed("工作总结{n}", titled=False),
    "妇联工作总结（一）": _headed("妇联工作总结（{c}）", titled=False),
    "单位工作总结 篇1": _headed("单位工作总结 篇{n}", titled=False),
    "1. title": _headed("{n}. {t}"),
    "1、title": _headed("{n}、{t}"),
    "(1) title": _headed("({n}) {t}"),
    "（一）title": _headed("（{c}）{t}"),
    "一、title": _headed("{c}、{t}"),
    "Ⅰ. title": _headed("{r}. {t}"),
    "① title": _headed("{o} {t}"),
    "材料一：title": _headed("材料{c}：{t}"),
    "===": _parted("=" * 30),
    "***": _parted("* * * * *"),
    "---": _parted("-" * 20),
    "※※※": _parted("※※※※※"),
    "page break": _parted("\f"),
    "signed": signed,
    "titles only": titles_only,
    "empty lines": spaced,
    "contents": contents,
    "contents, no numbers": contents_unnumbered,
    "editor's notes": edited,
    "further reading": read_on,
    "spoken": spoken,
    "mixed scripts": mixed_scripts,
    "minutes": minuted,
    "dumped pages": paged,
    "copied": copied,
}


PARTS = (
    "各级组织认真谋划、精心组织，做了大量富有成效的工作。全年召开专题会议12次，走访群众1300余户，收集意见建议240条，"
    "解决实际困难86件，群众满意度比上年提高了5个百分点。但也要看到，少数单位思想认识不到位，工作推进不平衡，经费投入不足，"
    "干部队伍老化，服务手段单一，与群众的期盼还有不小差距。下一步要突出重点、抓住关键，逐项研究、逐项落实，务求取得实实在在的成效。"
    "各级组织要把这项工作列入重要议事日程，主要领导亲自抓，分管领导具体抓，一级抓一级，层层抓落实，确保各项任务如期完成。"
)


def _in_parts(title: str, headings: Sequence[str]) -> str:
    parts = [
        PARTS.replace("1300", str(1300 + 7 * len(heading + title) + at)) for at, heading in enumerate(("", *headings))
    ]
    lines = [line for pair in zip(headings, parts[1:], strict=True) for line in pair]
    return "\n".join([title, parts[0], *lines]) + "\n"


TOGETHER = {
    "fifteen parts": _in_parts(
        "竹溪县妇联2013年工作总结", [f"{c}、抓好第{n}项重点任务" for n, c in enumerate(NUMERALS[:15], 1)]
    ),
    "many numbered points": _in_parts("竹溪县妇联2013年工作要点", [f"{n}. 抓好重点任务" for n in range(1, 21)]),
    "summary and plan in parts": _in_parts(
        "竹溪县妇联工作汇报",
        [
            "第一部分 2012年工作总结",
            "一、主要成绩",
            "二、存在问题",
            "第二部分 2013年工作计划",
            "一、总体要求",
            "二、重点工作",
        ],
    ),
    "summary and plan as sections": _in_parts("竹溪县妇联工作汇报", ["一、2012年工作总结", "二、2013年工作计划"]),
    "sections in brackets": _in_parts("竹溪县妇联工作汇报", ["（一）2012年工作总结", "（二）2013年工作打算"]),
    "cases": _in_parts("竹溪县妇联维权工作汇报", ["典型案例1", "典型案例2", "典型案例3"]),
    "experiences": _in_parts("竹溪县妇联维权工作汇报", ["经验一", "经验二", "做法一", "做法二"]),
    "problems": _in_parts("竹溪县妇联整改报告", ["问题1：学习不够", "问题2：调研不深", "问题3：作风不实"]),
    "dated sections": _in_parts("竹溪县妇联大事记汇报", ["2012年3月5日", "2012年6月1日", "2012年12月20日"]),
    "rules between parts": _in_parts(
        "竹溪县妇联2013年工作总结", ["一、主要工作", "-" * 20, "二、存在问题", "-" * 20, "三、下步打算"]
    ),
    "the addressee again and again": _in_parts(
        "在竹溪县第十次妇女代表大会上的报告",
        ["各位代表！", "一、工作回顾", "各位代表！", "二、主要任务", "各位代表、同志们："],
    ),
    "titles of others": _in_parts("竹溪县妇联2013年制度建设工作汇报", ["一、建章立制"])
    + "一年来先后制定了以下文件：\n竹溪县妇联信访工作方案\n竹溪县妇联干部培训计划\n竹溪县妇联机关财务管理实施意见\n"
    + _in_parts("", ["二、抓好落实"]).lstrip(),
    "sections in the same words": "竹溪县妇联2013年工作总结\n"
    + "".join(f"{c}、第{n}项工作\n{PARTS}\n" for n, c in enumerate(NUMERALS[:6], 1)),
    "own contents": "竹溪县妇联2013年工作总结\n目录\n一、主要工作\n二、存在问题\n三、下步打算\n"
    + _in_parts("", ["一、主要工作", "二、存在问题", "三、下步打算"]).lstrip(),
    "a notice and its attachment": _in_parts("竹溪县妇联关于开展评选活动的通知", ["一、评选范围", "二、评选条件"])
    + "竹溪县妇女联合会\n2013年3月1日\n附件1\n竹溪县“最美家庭”评选活动实施方案\n"
    + _in_parts("", ["一、指导思想", "二、活动安排"]).lstrip(),
    "a report and its attachment": _in_parts("竹溪县妇联2013年工作总结", ["一、主要工作", "二、存在问题"])
    + "附件：竹溪县妇联2013年获奖情况统计表\n竹溪县妇女联合会\n2013年12月20日\n竹溪县妇联2013年获奖情况统计表\n"
    + PARTS * 2,
    "a speech in a bulletin": "妇联工作简报\n第7期\n竹溪县妇女联合会编　　　2013年3月9日\n"
    + _in_parts(
        "全县“三八”表彰大会隆重召开",
        ["在全县“三八”表彰大会上的讲话", "（2013年3月8日）", "同志们：", "一、成绩来之不易", "二、任务更加繁重"],
    )
    + "报：市妇联，县委、县政府领导。\n",
}


def compilations(seed: int, *, rounds: int) -> Iterator[tuple[str, Compilation]]:
    """Yield (manner, compilation) of two to six sample reports, `rounds` of each manner."""
    random = Random(seed)
    usable = [report for report in reports() if is_plain(report)]
    for name, glue in MANNERS.items():
        for _ in range(rounds):
            yield name, glue(random.sample(usable, random.randint(2, 6)), random)
