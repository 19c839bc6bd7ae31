"""Furniture: what a site, a converter or a page template puts around and into a report.

Told by position (head, tail), by wording (`ingest/data/furniture.toml`) and by repetition (watermarks).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from string import ascii_letters

from ingest.lines import CLAUSE, PARAGRAPH, SHORTEST_BROKEN, STOPS, Line, in_simplified, is_cut
from ingest.numbered import number_of_paper
from ingest.pages import EDGE_LINES as FOOT_LINES
from ingest.pages import NEUTRAL, awaits_value, is_own, is_paper, page_kind
from ingest.titles import is_occasion, is_signature, parse_number

EDGE_LINES = 3  # at the head and the tail of a report, in which an editor speaks
HEAD_LINES = 14  # a report's own text begins within this many lines of a page
RESIDUE = re.compile(r"[。！？；!?](?P<mark>[\u4e00-\u9fffA-Za-z0-9.]{2,8})$")
OF_AUTHORITY = re.compile(r"(?:发文|制发|印发|发布)(?:机关|单位|机构|日期)|成文日期|发文字号|索\s*引\s*号")
OF_PAGE = re.compile(
    r"(?=.{0,60}(?:来源|作者|记者|编辑|供稿|刊[出发载登]|见报|出版|往期|[上下前后]一[版期]|发布时间|发布日期|发表于|发表时间|浏览[次量]|点击[次数率量]|字体|字号|(?:时间|日期)[:：](?!.{0,24}\d[:：]\d\d[:：]\d\d)))[^。]{0,40}(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}"
)
MINUTE = re.compile(
    r"(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}\s?日?\s*\d{1,2}\s?[:：]\s?\d{2}"
)  # of an upload
COLUMN = re.compile(  # of a site, by its name: 新闻动态; a bulletin bears one such line, never two
    r"[^，。；：\s\d]{2,6}(?:动态|要闻|新闻|资讯|公告|公开|传真|在线|之窗|风采|专栏|专题|导航)$"
)
NAME_OF_PAGE = re.compile(
    r"[^。，]{2,50}[_|｜\-–—][^。，_|｜–—]{2,24}(?:网站?|官网|[局院会联办委校]|街道|中学|小学|大学|政府|公司|中心)$"
)  # 窗口服务_清河县妇联网站
PATH = re.compile(r"[^。，]{1,30}[>＞»][^。，]{2,60}$")  # 首页 > 县直单位 > 县审计局 > 工作总结
NUMBER_OF_PAPER = re.compile(r"[〔\[【（(]\s?(?:19|20)\d\d\s?[〕\]】）)]\s?第?\s?\d{1,4}\s?号$")  # 某府发〔2016〕3号
REPRINT = re.compile(r"[（(【\[](?:本文)?(?:转载自|转自|本文来自)[^（）()【】。；]{2,40}[）)】\]]$")
BULLETS = frozenset("•·●▪◆■")
CLOSING_BRACKETS = frozenset("）)】]")
MEETING_LINES = 4
INTRODUCES = re.compile(
    r"[【\[]?(?:简介|摘要|正文(?!复制|打印|收藏|分享|朗读)|导读|全文|概述|介绍|描述|关\s?键\s?[词字])"
)  # of a page, below another label of its head
WHEN = re.compile(r"(?:会议)?(?:时间|日期)\s*[:：]")
MEETING = re.compile(r"(?:会议)?(?:时间.{0,30})?(?:地\s*点|主\s*持|出\s*席|参\s*加|参\s*会|列\s*席)\S{0,4}\s*[:：]")
LONGEST_LABEL = 120  # characters; a foreword may be longer than a heading, never longer than this
FRESH_TEXT = 1000  # characters of paragraphs below a tail that stand nowhere above it: another report, no teaser
MIDST = 30  # lines of a tail below which a report may go on
CONTROLS_IN_A_ROW = 3
LONGEST_BUTTON = 24  # characters
BEFORE = 6  # lines before a button, which show how the text is wrapped
BUTTON = re.compile(
    r"(?<![在可须需应并后])(?P<mark>(?:请先?(?:登录|登陆)|登[录陆]后)(?:后?(?:继续|免费)?(?:阅读|查看|浏览)(?:全文|更多|剩余内容)?)?|展开(?:阅读)?全文|点击(?:阅读|查看|展开)全文|继续(?:免费)?阅读(?:全文)?)$"
)
PROSE = re.compile("[，。；、](?=.)")
BUTTON_ENDS = frozenset("录陆文读看览容多")
SHORTEST_TITLE = 5
FIRST = re.compile(r"^[1一][、.．\s]?|\s*(?:[1一]|[（(][1一][)）])\s*$")  # before a title, or behind it
WORD = re.compile(r"\w")
BROKEN_OFF = re.compile(r"[^.…]\.{3}[\"”]?$")
CREDIT = re.compile(
    r"[（(【\[]?(?:供稿|撰稿|编辑|审核|审校|校对|图文|图片|(?:文字|图片)(?:报道)?|摄影|排版|作者|来源|[一二三初复终]审)\s*[:：]\s*"
    r"(?:\S{2,16}|[\u4e00-\u9fff·]{2,4}(?:[\s、]+[\u4e00-\u9fff·]{2,4})+)$"
)
CONTROL = re.compile(
    r"[【\[（(]?(?:下载|打印|全屏|收藏|分享|加大|还原|减小|放大|缩小|关闭|返回|纠错|微信|微博|字体|字号|[大中小]|打印本页|关闭窗口)?[】\]）):：]?$"
)
LEVELS = (
    ("一、", re.compile(r"([一二三四五六七八九十]{1,3})、")),
    ("（一）", re.compile(r"[（(]([一二三四五六七八九十]{1,3})[)）]")),
    ("1.", re.compile(r"(\d{1,2})[.．、](?!\d)")),
    ("一是", re.compile(r"([一二三四五六七八九十])是")),
)
MARKUP_STARTS = frozenset("<-" + ascii_letters)


@dataclass(frozen=True, slots=True)
class Kinds:
    """A pattern for each kind, and one for any of them, by which most lines are told to be none."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    any: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Labels:
    """The wordings of `furniture.toml`, composed into one pattern per kind."""

    head: Kinds
    tail: Kinds
    line: Kinds
    edge: Kinds
    within: Kinds


@cache
def load_labels() -> Labels:
    """Return the patterns of `ingest/data/furniture.toml`."""
    entries = tomllib.loads(resources.files("ingest.data").joinpath("furniture.toml").read_text("utf-8"))["furniture"]
    composed = {}
    for where in ("head", "tail", "line", "edge", "within"):
        kinds = [(e["kind"], "|".join(e["patterns"])) for e in entries if e["where"] == where]
        patterns = tuple((kind, re.compile(wording)) for kind, wording in kinds)
        composed[where] = Kinds(patterns, re.compile("|".join(wording for _, wording in kinds)))
    return Labels(**composed)


def _kind(line: Line, kinds: Kinds) -> str | None:
    text = line.text
    if len(text) > LONGEST_LABEL:
        return None
    if kinds.any.match(text) is None:
        return None
    return next((kind for kind, pattern in kinds.patterns if pattern.match(text)), None)


def kind_of(text: str, *, above: bool) -> str | None:
    """Return the kind of a line that is known to stand around a report: above it, or below it."""
    labels, line = load_labels(), Line(0, len(text), text, 0)
    groups = (labels.line, labels.head, labels.tail) if above else (labels.line, labels.tail, labels.head)
    return next((kind for kinds in groups if (kind := _kind(line, kinds))), None)


def label_single_lines(lines: Sequence[Line]) -> dict[int, str]:
    """Return {index: kind} of lines that are furniture wherever they stand."""
    patterns, lines = load_labels().line, in_simplified(lines)
    found = {
        at: kind
        for at, line in enumerate(lines)
        if (line.text[-1] not in STOPS or line.text[0] in MARKUP_STARTS) and (kind := _kind(line, patterns))
    }
    if found.get(len(lines) - 1) == "running head":
        del found[len(lines) - 1]  # `label_foot` knows it, with what stands beside it
    return found | dict.fromkeys(_rows_of_controls(lines), "page control")


def label_within(lines: Sequence[Line]) -> dict[int, str]:
    """Return {index: kind} of a page's buttons in the midst of a sentence, or of a numbered list: 请先登录, 继续阅读, 展开全文."""
    patterns, lines = load_labels().within, in_simplified(lines)
    short = [at for at, line in enumerate(lines) if len(line.text) <= LONGEST_BUTTON]
    buttons = {at: kind for at in short if (kind := _kind(lines[at], patterns))}
    found: dict[int, str] = {}
    end = 0
    for at in buttons:
        if at < max(1, end):
            continue
        end = next(place for place in range(at, len(lines) + 1) if place not in buttons)
        if end < len(lines) and (
            _goes_on_behind(lines[max(0, at - BEFORE) : at], lines[end]) or _resumes(lines, end - 1) == end
        ):
            found |= {place: buttons[place] for place in range(at, end)}
    return found


def _goes_on_behind(above: Sequence[Line], below: Line) -> bool:
    """Tell a sentence that goes on behind what stands in its midst."""
    if is_cut([*above, below], len(above)):
        return True
    line = above[-1]
    if line.is_closed or below.is_marked or len(line.text) < 2 * SHORTEST_BROKEN or CLAUSE.search(line.text) is None:
        return False
    return below.is_closed and CLAUSE.search(below.text) is not None


def _rows_of_controls(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines of what a page offers to press, one word each, where several stand in a row."""
    row: list[int] = []
    for at in [at for at, line in enumerate(lines) if len(line.text) <= 8]:
        if not CONTROL.match(lines[at].text):
            continue
        if row and at > row[-1] + 1:
            yield from _controls(lines, row)
            row = []
        row.append(at)
    yield from _controls(lines, row)


def _controls(lines: Sequence[Line], row: list[int]) -> list[int]:
    return row if sum(len(lines[at].text) > 1 for at in row) >= CONTROLS_IN_A_ROW else []


def label_head(lines: Sequence[Line]) -> dict[int, str]:
    """Return {index: kind} of the lines before the report's own text: up to the last labelled one."""
    found: dict[int, str] = {}
    occasions: set[int] = set()  # the report's own, though a site sets them above the date of its page
    last = -1
    columns = next((at for at, line in enumerate(lines) if not COLUMN.match(line.text)), 0)
    if columns > 1:
        found, last = dict.fromkeys(range(columns), "breadcrumb"), columns - 1
    for at, line in enumerate(lines[:FOOT_LINES]):
        if at < columns > 1:
            continue
        if at - last > HEAD_LINES:
            break
        if line.text[:1] in BULLETS:  # of a list of cells: • 公开类别：
            line = replace(line, text=line.text[1:].lstrip(" \u3000"))
        kind = _kind(line, load_labels().head)
        if kind == "site header" and MINUTE.search(line.text):
            kind = "time"
        kind = kind or page_kind(line.text, above=True, beside=0 <= last == at - 1)
        if kind and last < 0 and INTRODUCES.match(line.text) and kind == "page label":
            kind = None
        if kind is None and 0 <= last == at - 1 and len(line.text) <= PARAGRAPH / 2 and not is_paper(line.text):
            fits = "号" in lines[last].text or NUMBER_OF_PAPER.search(line.text) is None
            kind = "page data" if fits and awaits_value(lines[last].text) else None
        if (
            kind is None
            and (last >= 0 or not at or _is_numbered_again(lines[:2], at))
            and _is_first_heading(lines, at, led="foreword" in found.values())
        ):
            kind = "separator heading"
        if kind and not (kind in ("time", "page data") and _is_of_meeting(lines[at : at + MEETING_LINES])):
            found[at] = kind
            last = at
        elif is_occasion(line.text):
            occasions.add(at)
        elif is_own(line):
            break
    return {
        at: found.get(at, "page title" if WORD.search(lines[at].text) else "page label")
        for at in range(last + 1)
        if at not in occasions
    }


def _is_first_heading(lines: Sequence[Line], at: int, *, led: bool) -> bool:
    """Tell the heading of the first of several papers, of which the others are not here: 篇1, or the title of the page with a 1."""
    text = lines[at].text
    number, title = number_of_paper(text)
    if number == 1 or (title and any(line.text.startswith(title) for line in lines[:at])):
        return True
    bare = FIRST.sub("", text)
    if len(bare) == len(text) or len(bare) < SHORTEST_TITLE or lines[at].is_closed:
        return False
    sectioned = text[0] == "一"  # 一、 as a section of the paper itself has it
    return (led and not sectioned and is_paper(bare)) or any(line.text.startswith(bare) for line in lines[:at])


def _is_numbered_again(lines: Sequence[Line], at: int) -> bool:
    """Tell the second line of a page that says the first again, with a 1: a site's title and its heading over the first paper."""
    text = lines[1].text if at == 1 else ""
    return bool(text) and text != lines[0].text and FIRST.sub("", text) == lines[0].text and is_paper(lines[0].text)


def title_on_heading(text: str) -> str:
    """Return the title on a heading of the first of several papers; "" where it is a number alone."""
    number, title = number_of_paper(text)
    return title if number else FIRST.sub("", text)


def _is_of_meeting(lines: Sequence[Line]) -> bool:
    """Tell the time of a meeting, which is the report's own: place, chair or those present are named beside it."""
    return bool(WHEN.match(lines[0].text)) and any(MEETING.match(line.text) for line in lines)


def is_letterhead(text: str) -> bool:
    """Tell a line of furniture with a cell of the table that an authority sets above its papers (发文机关：…, 成文日期：…), the day and source of a page, its name or the path to it."""
    return any((OF_AUTHORITY.search(text), OF_PAGE.match(text), NAME_OF_PAGE.match(text), PATH.match(text)))


def is_tail_label(line: Line) -> bool:
    """Tell a line that begins the tail of a page."""
    return _kind(line, load_labels().tail) is not None


def is_breadcrumb(line: Line) -> bool:
    """Tell a line that says where on a site a page stands; it begins the page."""
    text = line.text
    return (">" in text or "＞" in text or "»" in text) and _kind(line, load_labels().head) == "breadcrumb"


def is_page_head(line: Line) -> bool:
    """Tell a line that stands between a page's title and its text: date, source, size of type."""
    return _kind(line, load_labels().head) == "time"


def label_edges(lines: Sequence[Line]) -> dict[int, str]:
    """Return {index: kind} of the words of an editor in the first and last lines of a report, from the edge inwards."""
    patterns = load_labels().edge
    found: dict[int, str] = {}
    if len(lines) <= 2 * EDGE_LINES:
        return found
    for way in (range(EDGE_LINES), range(len(lines) - 1, len(lines) - 1 - EDGE_LINES, -1)):
        for at in way:
            if kind := _kind(lines[at], patterns):
                found[at] = kind
    return found


def label_foot(lines: Sequence[Line], *, above_tail: bool = False) -> dict[int, str]:
    """Return {index: kind} of the last lines that are a site's: from the first of them that no line of the report follows.

    `above_tail`: the tail of the page stood below them, which begins where the first of its labels does.
    """
    found: dict[int, str] = {}
    first = len(lines)
    for at in range(len(lines) - 1, max(0, len(lines) - FOOT_LINES), -1):
        line = lines[at]
        last = at + 1 == len(lines)
        alone = above_tail or (line.text[0] in "（(【[" and line.text[-1] in CLOSING_BRACKETS)
        credited = _are_credits(lines[at - 1 :]) or (alone and _are_credits(lines[at:])) if last else True
        beside = first == at + 1 and credited
        kind = _kind(line, load_labels().tail) or page_kind(line.text, above=False, beside=beside)
        teaser = kind is None and _is_teaser(line) and any(map(_is_teaser, (lines[at - 1], *lines[at + 1 : at + 2])))
        kind = "related articles" if teaser else kind
        if kind is None and last and above_tail and COLUMN.match(line.text):
            kind = "page label"
        speaks = line.text[-1] not in ":：" and (line.is_closed or PROSE.search(line.text))
        if kind and not teaser and at and speaks and is_cut(lines, at):
            break  # the end of the report's own sentence
        if kind:
            found[at], first = kind, at
        elif first - at > NEUTRAL or is_own(line) or is_signature(line.text):
            break
    return {at: found.get(at, "page note") for at in range(first, len(lines))}


def _is_teaser(line: Line) -> bool:
    """Tell the first words of another page, which a site breaks off with three dots."""
    return len(line.text) <= LONGEST_LABEL and BROKEN_OFF.search(line.text) is not None


def _are_credits(lines: Sequence[Line]) -> bool:
    """Tell lines that each say who wrote, edited or checked."""
    return all(CREDIT.match(line.text) for line in lines)


def label_tail(lines: Sequence[Line], *, first: int = 0) -> tuple[dict[int, str], int]:
    """Return {index: kind} of the tail of a page, and where another report begins below it, if one does.

    No line above `first` begins it: those are the head's.

    The tail goes from a tail label that has a quarter of the text before it to where a report's worth of text begins that
    does not repeat what stands above. Where the report's own numbering goes on below, the tail was only a piece in its midst.
    """
    patterns = load_labels().tail
    before, total = 0, sum(len(line.text) for line in lines)
    found: dict[int, str] = {}
    end = 0
    for at, line in enumerate(lines):
        if at < end:
            continue
        if at >= first and before > total / 4 and (kind := _kind(line, patterns)):
            end = _resumes(lines, at)
            if not end:
                end = _tail_end(lines, at)
                return found | dict.fromkeys(range(at, end), kind), end
            found |= dict.fromkeys(range(at, end), kind)
        before += len(line.text)
    return found, len(lines)


def _resumes(lines: Sequence[Line], tail: int) -> int:
    """Return where the report goes on below a tail label: at the mark that follows the last one above; 0 if it does not."""
    last = {form: number for line in lines[:tail] if (mark := _mark(line)) for form, number in [mark]}
    for at in range(tail + 1, min(len(lines), tail + MIDST)):
        mark = _mark(lines[at])
        if mark and mark[1] > 1 and last.get(mark[0]) == mark[1] - 1:
            return at
        if mark:
            return 0
    return 0


def _mark(line: Line) -> tuple[str, int] | None:
    for form, pattern in LEVELS:
        if match := pattern.match(line.text):
            return form, parse_number(match[1])
    return None


def _tail_end(lines: Sequence[Line], tail: int) -> int:
    above = {line.text for line in lines[:tail]}
    fresh = [
        at
        for at in range(tail, len(lines))
        if len(lines[at].text) > PARAGRAPH and lines[at].is_closed and lines[at].text not in above
    ]
    if sum(len(lines[at].text) for at in fresh) < FRESH_TEXT:
        return len(lines)
    labelled = (at for at in range(fresh[0] - 1, tail, -1) if _kind(lines[at], load_labels().tail))
    return next(labelled, tail) + 1


def cut_watermarks(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, int]]]:
    """Return the lines without the site's name after their last full stop, where it recurs, and the places cut out.

    A bracket at the end of a line that says where a page took its text from (（转载自…）) goes too, once as often as it stands, and so does a button (请先登录) behind the last words.
    """
    residues = {
        at: match["mark"]
        for at, line in enumerate(lines)
        if line.text[-1] not in STOPS and (match := RESIDUE.search(line.text, max(0, len(line.text) - 9)))
    }
    reprints = {
        at: match.group()
        for at, line in enumerate(lines)
        if line.text[-1] in CLOSING_BRACKETS and (match := REPRINT.search(line.text, 1))
    }
    buttons = {
        at: match["mark"]
        for at, line in enumerate(lines)
        if line.text[-1] in BUTTON_ENDS
        and (match := BUTTON.search(line.text, max(0, len(line.text) - LONGEST_BUTTON)))
        and match.start() >= 2 * SHORTEST_BROKEN
        and CLAUSE.search(line.text, 0, match.start())
    }
    residues |= reprints | buttons
    recurring = {mark for mark, count in Counter(residues.values()).items() if count > 1}
    recurring |= {*reprints.values(), *buttons.values()}
    kept, cut = list(lines), []
    for at, mark in residues.items():
        if mark in recurring:
            line = lines[at]
            kept[at] = replace(line, end=line.end - len(mark), text=line.text[: -len(mark)])
            cut.append((line.end - len(mark), line.end))
    return kept, cut
