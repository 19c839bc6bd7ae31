"""Compilations: several reports in one file, under numbered headings or glued without any.

Where a report begins is told by numbered headings (`ingest.numbered`), by a file that starts over, and by a title, an
addressee, a rule or a page's head together with something that shows that the report before it is at its end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ingest.furniture import (
    is_breadcrumb,
    is_page_head,
    is_tail_label,
    kind_of,
    label_edges,
    label_foot,
    label_head,
    label_tail,
    title_on_heading,
)
from ingest.lines import PARAGRAPH, Line, as_written, in_simplified
from ingest.numbered import LEADER, SHORTEST_REPORT, find_headings, names_paper
from ingest.pages import page_kind
from ingest.titles import (
    IMPRINT,
    LONGEST_TITLE,
    is_addressee,
    is_closing,
    is_full_title,
    is_signature,
    is_signed_by,
    is_spoken_to,
    is_title,
    parse_number,
    reads_like_title,
    title_before_occasion,
    title_ends,
)

__all__ = ["Group", "is_title", "split"]

ISSUES = re.compile(r"印发|转发|下发")
MASTHEAD = re.compile(r".{0,20}(?:简报|快报|信息|动态|通讯|情况反映)$|.{0,6}第\s*\d{1,4}\s*期")
MASTHEAD_END = re.compile(r".{0,60}共印\s*\d+\s*份|(?:报|送|发|抄报|抄送|报送)\s*[:：]")
ATTACHMENT = re.compile(r"附[件表录]?\s*[\d一二三四五六七八九十]{0,2}\s*[:：]?$")
ATTACHED = re.compile(r"附[件表]?\s*\d{0,2}\s*[:：]")
SUPERSCRIPTION = re.compile(r"(?!.*(?:文件|简报|目录|附件|公开)$)[\u4e00-\u9fff、·“”《》 \u3000]{2,40}$")
NUMBERED_SUPERSCRIPTION = re.compile(
    r"(?!.*(?:文件|简报|目录|附件|公开)$)(?:19|20)?[\dXx×*○]*[\u4e00-\u9fff][\u4e00-\u9fff\dXx×*○、·“”《》]{2,40}$"
)
SHORT_KIND = 6  # characters of a title that is the name of a kind of paper alone
DATED = re.compile(r"(?P<title>\S.{5,60}?)\s+(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}$")  # by a page
RULE = re.compile(
    r"(?:[=＝]\s*){3,}$|(?:[*＊]\s*){3,}$|(?:[-－—_＿]\s*){4,}$|(?:[~～]\s*){4,}$|(?:[#＃]\s*){3,}$|(?:[※◆★●■☆]\s*){3,}$"
)
RULE_MARKS = frozenset("=＝*＊-－—_＿~～#＃※◆★●■☆")
CONTENTS = re.compile(r"目\s*[录錄]$|contents$", re.I)
OUTLINE = re.compile(
    r"[【\[]?(?:(?:本文|文章|内容|报告)?(?:目\s*[录錄]|提\s*纲|大\s*纲|提\s*要|导航))(?:\s*[/／、|]\s*(?:目录|提纲|大纲|提要))?[】\]]?\s*[:：]?[\s.．…·]*$"
)
BEHIND_OUTLINE = 4  # short lines between an outline and the text: a title, a date, the first heading
FEWEST_HEADINGS = 3  # above a title, that come again below it
OUTLINE_LINES = 40  # at the head of a file, in which a site's outline of the report may stand
LEADER_ENDS = frozenset(".．。·… \t\u3000\xa0")
ENTRY_NUMBER = re.compile(r"[（(【\[]?[一二三四五六七八九十百\d]{0,4}[)）】\]]?[、.．:：\s]+(?=\S)")
PAGE_OF_ENTRY = re.compile(r"[\s.．。·…](\d{1,3})$")
COLLECTION = re.compile(r"汇编|合集|[一二三四五六七八九十\d]\s?篇")
FEWEST_PAPERS = 3
LONGEST_ENTRY = 100  # characters of an entry, its dots and page among them
CONTENTS_LINES = 200  # at the head of a file, in which a table of contents may stand
OPENING = 30  # lines of a file, one of which comes again where it starts over
STARTS_OVER = 1000  # characters that come again; or half of what stands before, in three lines at least
LONG_LINE = 8  # characters; shorter lines come again in any text
TEASERS = 30  # titles of other pages in a row, at most
GAP = 3  # empty lines that are no gap between paragraphs
SIGNATURE_LINES = 5  # below the last paragraph: body, date, imprint
SHORTEST_TITLE = 5
OF_SITES = re.compile(
    r"范文|模板|大全|精选|[一二三四五六七八九十\d]篇|文库|文秘|文档|小编|网友(?!评论)|上传|下载|推荐度|积分"
)
OF_PAPERS = re.compile(r"参考|借鉴|收集|搜集|整理|总结|报告|计划|方案|材料|文章|写")
SAMPLES = re.compile(r"范文|模板|大全|精选|通用|最新|[一二三四五六七八九十\d]篇")
UPLOADED = re.compile(  # cells of the box that sites set beside a file which somebody uploaded
    r"上传(?:人|用户|者|时间)|页数|共\s?\d+\s?页|(?:文档|资源)(?:介绍|预览|编号|格式|描述)|全文预览|预览全部|(?:下载|所需)积分|内容(?:提示|摘要)|\d\s?[KM]B"
)
PAGE_DATA = frozenset(("time", "page data", "page label", "page control"))
OF_PAGES = re.compile(
    r"来源|浏览|点击|阅读|访问|字体|字号|作者|编辑|记者|评论|发布|发表|关注|原创|打印|审核|原标题|帖子|版块|楼主"
)
OWN_HEAD = re.compile(
    r"(?:[^\d\s:：]{2,12}[\s|｜·●]+){0,2}[（(\[]?(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}"
    r"|.*(?:来源|发布机构|发布单位|供稿|作者)\s*[:：]\s*[\u4e00-\u9fff·]{2,20}(?:妇联|工会|团委|残联|联合会|协会|政府|办公室|[委局办镇乡村院校]|街道|社区|公司|中心|大学|中学|小学|日报|晚报)(?:[\s|｜】）)]|$)"
)
SPACES = re.compile(r"\s+")
BRACKET = re.compile(r"[（(][^（()）]{2,40}[)）]$")
BRACKETED = re.compile(
    r"^【[^【】]{2,12}】|[（(][^（()）]{2,14}[)）]$|【[^【】]{2,12}】$|\s?(?:范文|范本|范例|模板)$"
)  # what a page adds to a title
DASHES = frozenset("—–－-")
TITLE_LINES = 4  # on which a title stands at most
PICTURES = 6  # lines at the head of a report, among which a page sets a picture
TITLES = 8  # lines above a text, among which its title may stand several times
BETWEEN_TITLES = 2  # lines between a page's title and the same one again
LONGEST_HEADING = 40  # characters of a line of a title that stands on several
FIRST_LEVEL_STARTS = frozenset("一二三四五六七八九十")
FIRST_LEVEL = re.compile(r"([一二三四五六七八九十]{1,3})、")


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one report, with the title found for it and lines beside it that are furniture."""

    lines: tuple[Line, ...]
    title: str | None
    title_source: str
    furniture: tuple[tuple[Line, str], ...]


def split(lines: Sequence[Line], *, pages: frozenset[int] = frozenset()) -> list[Group]:
    """Return the reports of a file; a file with a single report gives one group.

    `pages` are the starts of the lines before which a page ends (a form feed).
    """
    plain = in_simplified(lines)
    passes = _passes(plain)
    groups = [group for block in passes for group in _split_once(block, pages)]
    groups = _without_parts(groups) if len(passes) > 1 else groups
    return (
        groups if plain is lines else [replace(group, lines=tuple(as_written(group.lines, lines))) for group in groups]
    )


def _split_once(lines: Sequence[Line], pages: frozenset[int]) -> list[Group]:
    lines, contents = _without_contents(lines)
    lines, outline = _without_outline(lines)
    beside = (*contents, *outline)
    headings = find_headings(lines)
    if not headings:
        groups = [group for block in _unglue(lines, pages) for group in _trim(block, None)]
        return [replace(groups[0], furniture=(*beside, *groups[0].furniture)), *groups[1:]]
    repeated = Counter(heading.title for heading in headings)
    bounds = [heading.at for heading in headings] + [len(lines)]
    groups = []
    lead = (*beside, *((line, "page head") for line in lines[: bounds[0]]))
    for heading, end in zip(headings, bounds[1:], strict=True):
        title = heading.title if repeated[heading.title] == 1 and heading.title else None
        block = lines[heading.at + 1 : end]
        beside = ((lines[heading.at], "separator heading"), *(lead if not groups else ()))
        if block:
            groups += _trim(block, title, furniture=beside)
        lead = () if block else (*lead, *beside)
    return groups


def _passes(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Cut where the file starts over: where its opening lines come again, one after the other.

    What stands below a title or a numbered heading of its own is another paper, though it begins with the same words.
    """
    cuts = [0]
    opening: set[str] = set()  # of all passes
    met: dict[str, int] = {}  # lines of the opening in this pass
    size = 0  # characters since the last cut
    for at, line in enumerate(lines):
        if at - cuts[-1] < OPENING:
            opening.add(line.text)
        text = line.text
        if text in opening:
            first = met.setdefault(text, at)
            again = first < at and len(text) >= LONG_LINE and size >= SHORTEST_REPORT
            if again and _comes_again(lines, first, at, size):
                begin = at
                while _is_head(lines[begin - 1]) and met.get(lines[begin - 1].text, first) < first:
                    begin -= 1
                above = lines[begin - 1].text
                if not (reads_like_title(above) or names_paper(above)):
                    cuts.append(begin)
                    size = _size(lines[begin:at])
                    met = {line.text: place for place, line in enumerate(lines[begin : at + 1], begin)}
        size += len(text)
    return [lines[a:b] for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True)]


def _is_head(line: Line) -> bool:
    return len(line.text) <= PARAGRAPH and (not line.is_closed or line.text[-1] in ":：")


def _without_parts(groups: list[Group]) -> list[Group]:
    """Return the groups without those of which every line stands in a longer one before: a part of a page dumped again.

    A group of the same lines is a copy, which `ingest.repeats` tells.
    """
    kept: list[Group] = []
    beside: list[list[tuple[Line, str]]] = []
    first: dict[str, int] = {}  # the group in which a line is met first
    for group in groups:
        places = {first.get(line.text, -1) for line in group.lines}
        place = places.pop() if len(places) == 1 else -1
        if place >= 0 and len(group.lines) < len(kept[place].lines) and _size(group.lines) >= SHORTEST_REPORT:
            known = {line.text for line in kept[place].lines} | {kept[place].title}
            if not group.title or group.title_source in ("page", "upload") or group.title in known:
                beside[place] += [*group.furniture, *((line, "repeat") for line in group.lines)]
                continue
        for line in group.lines:
            first.setdefault(line.text, len(kept))
        kept.append(group)
        beside.append(list(group.furniture))
    return [replace(group, furniture=tuple(pieces)) for group, pieces in zip(kept, beside, strict=True)]


def _comes_again(lines: Sequence[Line], first: int, again: int, size: int) -> bool:
    wanted, found = min(STARTS_OVER, size // 2), 0
    for offset in range(min(again - first, len(lines) - again)):
        if lines[first + offset].text != lines[again + offset].text:
            return False
        found += len(lines[again + offset].text)
        if found >= wanted and (offset >= 2 or found >= STARTS_OVER):
            return True
    return False


def _without_contents(lines: Sequence[Line]) -> tuple[Sequence[Line], tuple[tuple[Line, str], ...]]:
    """Return the lines without a table of contents: titles in a row that come again below, one by one."""
    entries: list[int] = []
    start = 0
    for at, line in enumerate(lines[:CONTENTS_LINES]):
        if line.is_closed or len(line.text) > LONGEST_ENTRY:
            break
        if CONTENTS.match(line.text):
            start, entries = at, []
        elif (entry := _entry(line.text)) and entry[-1] in title_ends() and reads_like_title(entry):
            entries.append(at)
    if len(entries) < 2:
        return lines, ()
    if end := _end_of_papers(lines, start) if CONTENTS.match(lines[start].text) else 0:
        first = 0 if any(COLLECTION.search(line.text) for line in lines[:start]) else start
        kinds = ["page head"] * (start - first) + ["contents"] * (end - start)
        return [*lines[:first], *lines[end:]], tuple(zip(lines[first:end], kinds, strict=True))
    below: dict[str, int] = {}
    wanted = {_entry(lines[at].text) for at in entries}
    for at in range(entries[0] + 1, len(lines)):
        text = lines[at].text
        if len(text) <= PARAGRAPH + 10 and any(entry in text for entry in wanted):
            below[_entry(text)] = at
    listed = [at for at in entries if below.get(_entry(lines[at].text), at) > at]
    if len(listed) < 2 or len({_entry(lines[at].text) for at in listed}) < 2:
        return lines, ()
    places = [below[_entry(lines[at].text)] for at in listed]
    if places != sorted(places) or _size(lines[places[0] : places[-1]]) < SHORTEST_REPORT * (len(places) - 1):
        return lines, ()
    dropped = set(listed) | ({start} if CONTENTS.match(lines[start].text) else set())
    kept = [line for at, line in enumerate(lines) if at not in dropped]
    return kept, tuple((lines[at], "contents") for at in sorted(dropped))


def _end_of_papers(lines: Sequence[Line], start: int) -> int:
    """Return where the list of papers ends that follows `start`, one a line with the number of its page; 0 if the first does not begin there."""
    page, end = 0, start + 1
    while end < len(lines) and (match := PAGE_OF_ENTRY.search(lines[end].text)) and int(match[1]) > page:
        page, end = int(match[1]), end + 1
    if end - start - 1 < FEWEST_PAPERS or end == len(lines) or not reads_like_title(lines[end].text):
        return 0
    return end if lines[end].text == _entry(lines[start + 1].text) else 0


def _without_outline(lines: Sequence[Line]) -> tuple[Sequence[Line], tuple[tuple[Line, str], ...]]:
    """Return the lines without the outline that a site sets before a report: 目录/提纲 and headings that come again below.

    A table of contents below the report's own title is its own.
    """
    start = next((at for at, line in enumerate(lines[:OUTLINE_LINES]) if OUTLINE.match(line.text)), None)
    if start is None and len(lines) > FEWEST_HEADINGS and lines[0].text.startswith("一、"):
        return _without_headings(lines)
    if start is None or any(is_title(line) for line in lines[:start]):
        return lines, ()
    entries: list[str] = []
    for line in lines[start + 1 : start + CONTENTS_LINES]:
        entry = LEADER.sub("", line.text)
        if len(line.text) > LONGEST_ENTRY or not entry or line.text[len(entry) :] in ("。", "．"):
            break
        entries.append(entry)
    end = start + 1 + _returning(entries, [line.text for line in lines[start + 1 :]])
    if end < start + 3:
        return lines, ()
    while end < len(lines) and not LEADER.sub("", lines[end].text):
        end += 1
    return [*lines[:start], *lines[end:]], tuple((line, "contents") for line in lines[start:end])


def _without_headings(lines: Sequence[Line]) -> tuple[Sequence[Line], tuple[tuple[Line, str], ...]]:
    """Return the lines without the headings of a report that a site sets above its title, where they come again below it."""
    end = next((at for at, line in enumerate(lines[:OUTLINE_LINES]) if not line.is_marked), 0)
    if end < FEWEST_HEADINGS or any(line.is_closed or len(line.text) > PARAGRAPH for line in lines[: end + 1]):
        return lines, ()
    below = {line.text for line in lines[end:]}
    if not all(line.text in below for line in lines[: FEWEST_HEADINGS - 1]):
        return lines, ()
    return lines[end:], tuple((line, "contents") for line in lines[:end])


def _returning(entries: Sequence[str], texts: Sequence[str]) -> int:
    """Return how many of the entries, from the first on, come again below them one after the other as the beginnings of lines."""
    last = {text[:SHORTEST_TITLE]: at for at, text in enumerate(texts)}
    most = next((at for at, entry in enumerate(entries) if last.get(entry[:SHORTEST_TITLE], 0) <= at), len(entries))
    for count in range(most, max(1, most - BEHIND_OUTLINE), -1):
        at = count
        for entry in entries[:count]:
            at = next((place for place in range(at, len(texts)) if texts[place].startswith(entry)), len(texts)) + 1
        if at <= len(texts):
            return count
    return 0


def _entry(text: str) -> str:
    """Return the title in an entry of a table of contents: without its number, dots and page."""
    bare = LEADER.sub("", text) if text[-1] in LEADER_ENDS or text[-1].isdecimal() else text
    match = ENTRY_NUMBER.match(bare)
    return bare[match.end() :] if match else bare


def _unglue(lines: Sequence[Line], pages: frozenset[int]) -> list[Sequence[Line]]:
    """Cut where a title or an addressee stands and something shows that a report is at its end, or another begins.

    A notice that issues a paper (关于印发…的通知) and the paper itself stay together; so do a paper and its attachments,
    the two halves of a paper whose title names them both, and the pieces of a bulletin.
    """
    candidates = [at for at in range(2, len(lines) - 1) if _may_begin(lines, at)]
    if not candidates:
        return [lines]
    sizes = [0, *accumulate(len(line.text) for line in lines)]
    levels = [
        (at, parse_number(match[1]))
        for at, line in enumerate(lines)
        if line.text[0] in FIRST_LEVEL_STARTS and (match := FIRST_LEVEL.match(line.text))
    ]
    places = [at for at, _ in levels]
    lists = [at for at, line in enumerate(lines) if line.text[0] == "附" and ATTACHED.match(line.text)]
    cuts = [0]
    for at in candidates:
        start = cuts[-1]
        begin = _beginning(lines, start, at)
        if sizes[begin] - sizes[start] < SHORTEST_REPORT or sizes[-1] - sizes[at] < SHORTEST_REPORT:
            continue
        here = bisect_left(places, at)
        earlier = [level for _, level in levels[bisect_left(places, start) : here]]
        later = levels[here][1] if here < len(levels) and places[here] < at + 40 else None
        opening = lines[start : start + 8]
        if is_breadcrumb(lines[at]):
            cuts.append(at)
            continue
        if later and earlier and later == earlier[-1] + 1:
            continue  # the numbering goes on, and with it the report
        if not earlier and any(ISSUES.search(line.text) for line in opening):
            continue
        if _in_bulletin(lines, start, begin) or _is_attached(lines, start, at, lists):
            continue
        if _is_teaser(lines, at) or any(_names(line, lines[at]) for line in opening):
            continue
        restarts = later == 1 and earlier[:1] == [1] and max(earlier) > 1
        parted = _is_parted(lines, start, begin, pages)
        if _begins(lines, at, begin, restarts=restarts, parted=parted) and not (
            start == 0 and _is_all_head(lines[:begin])
        ):
            cuts.append(begin)
    return [lines[a:b] for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True)]


def _is_all_head(lines: Sequence[Line]) -> bool:
    """Tell lines that are a page's to the last."""
    return max(label_head(lines), default=-1) == len(lines) - 1


def _may_begin(lines: Sequence[Line], at: int) -> bool:
    """Tell the first title in a row of titles, an addressee, or the head of a page."""
    line = lines[at]
    last = line.text[-1]
    if last in ":：":
        return is_spoken_to(line.text)
    if is_title(line):
        return not is_title(lines[at - 1])
    return is_breadcrumb(line) and not is_breadcrumb(lines[at - 1])


def _beginning(lines: Sequence[Line], start: int, at: int) -> int:
    """Return where the paper begins whose title or addressee stands at `at`: with the lines of the title above."""
    first = at
    while first > start + 1 and at - first < 3:
        above = lines[first - 1]
        if _is_rule(above) or above.is_closed or above.is_marked or len(above.text) > LONGEST_HEADING:
            break
        if is_signature(above.text) or IMPRINT.match(above.text) or is_tail_label(above):
            break
        if is_signed_by(above.text) and (is_full_title(lines[at].text) or is_addressee(lines[at].text)):
            break
        first -= 1
    return first if first == at or _ends(lines, first) else at


def _begins(lines: Sequence[Line], at: int, begin: int, *, restarts: bool, parted: bool) -> bool:
    """Tell whether enough shows that a paper begins at `begin`, whose title or addressee is at `at`."""
    ended = _ends(lines, begin)
    if lines[at].text[-1] in ":：":
        return parted or ended == "signed" or (restarts and bool(ended))
    if parted or restarts or ended == "signed":
        return True
    if not ended:
        return False
    below = lines[at + 1 : at + 4]
    if any(is_addressee(line.text) or is_page_head(line) for line in below):
        return True
    return is_full_title(lines[at].text) and not any(is_title(line) for line in below)


def _ends(lines: Sequence[Line], at: int) -> str:
    """Return "signed" for a report that ends above `at` with a date or with closing words, "closed" for one that ends a sentence."""
    above = at - 1
    while above > max(0, at - SIGNATURE_LINES) and (IMPRINT.match(lines[above].text) or is_tail_label(lines[above])):
        above -= 1
    line = lines[above]
    if is_signature(line.text) or is_closing(line.text) or above < at - 1:
        return "signed"
    if line.is_closed and line.text[-1] not in ":：":
        return "closed"
    return "closed" if above and is_signed_by(line.text) and lines[above - 1].is_closed else ""


def _is_parted(lines: Sequence[Line], start: int, begin: int, pages: frozenset[int]) -> bool:
    """Tell a place with a rule, the end of a page or an unusual gap before it."""
    if begin and _is_rule(lines[begin - 1]):
        return True
    if lines[begin].start in pages:
        return True
    usual = max((line.gap for line in lines[start + 4 : start + 12]), default=0)
    return lines[begin].gap >= GAP and lines[begin].gap > 2 * usual


def _is_rule(line: Line) -> bool:
    return line.text[0] in RULE_MARKS and bool(RULE.match(line.text))


def _in_bulletin(lines: Sequence[Line], start: int, at: int) -> bool:
    """Tell a place within a bulletin: below its masthead, above its imprint."""
    if not any(MASTHEAD.match(line.text) for line in lines[start : start + 4]):
        return False
    return not any(MASTHEAD_END.match(line.text) for line in lines[max(start, at - SIGNATURE_LINES) : at])


def _is_teaser(lines: Sequence[Line], title: int) -> bool:
    """Tell a title in the tail of a page: a label of the tail follows it before a report's worth of text does."""
    size = 0
    for line in lines[title + 1 : title + TEASERS]:
        if is_tail_label(line):
            return True
        size += len(line.text)
        if size >= SHORTEST_REPORT:
            return False
    return False


def _is_attached(lines: Sequence[Line], start: int, title: int, lists: list[int]) -> bool:
    """Tell the title of an attachment: below a line 附件1, or listed as one earlier in the paper."""
    if any(ATTACHMENT.match(line.text) for line in lines[max(start, title - 3) : title]):
        return True
    name = lines[title].text
    listed = lists[bisect_left(lists, start) : bisect_left(lists, title)]
    return any(name in line.text for at in listed for line in lines[at : at + 8] if line is not lines[title])


def _names(line: Line, title: Line) -> bool:
    """Tell a title (of a summary and a plan in one) that contains the title of its second half."""
    return is_title(line) and len(line.text) > len(title.text) and title.text in line.text


def _size(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _trim(block: Sequence[Line], heading: str | None, *, furniture: tuple[tuple[Line, str], ...] = ()) -> list[Group]:
    """Return the report in the block without what stands around it; two, where another report follows its tail."""
    head = label_head(block)
    tail, end = label_tail(block, first=max(head, default=-1) + 1)
    if heading is None and (own := _own_above_data(block, head)) is not None:
        first = _first_of_title(block, head, own)
        head = {at: kind for at, kind in head.items() if not first <= at <= own}
    if heading is None:
        over = (block[at].text for at, kind in head.items() if kind == "separator heading")
        heading = title_on_heading(next(over, "")) or None
    block, rest = block[:end], block[end:]
    if len(head) + len(tail) >= len(block):
        head = tail = {}
    dropped = head | tail
    rules = {at: "separator" for at in (0, len(block) - 1) if _is_rule(block[at])}
    dropped |= rules if len(rules) < len(block) else {}
    edges = label_edges([line for at, line in enumerate(block) if at not in dropped])
    places = [at for at in range(len(block)) if at not in dropped]
    dropped |= {places[at]: kind for at, kind in edges.items()}
    places = [at for at in range(len(block)) if at not in dropped]
    foot = label_foot([block[at] for at in places], above_tail=places[-1] + 1 in tail)
    dropped |= {places[at]: kind for at, kind in foot.items()} if len(foot) < len(places) else {}
    kept = [line for at, line in enumerate(block) if at not in dropped]
    beside = [*furniture, *((block[at], kind) for at, kind in sorted(dropped.items()))]
    again = _said_again(kept)
    beside += [(line, "page title") for line in kept[:again]]
    kept = kept[again:]
    if pictures := _titles_of_pictures(kept, {line.text for line, kind in beside if kind == "page title"}):
        beside += [(kept[at], "page title") for at in pictures]
        kept = [line for at, line in enumerate(kept) if at not in pictures]
    page = next((block[at].text for at in reversed(head) if head[at] == "page title" and is_title(block[at])), None)
    above = [line.text for line, _ in beside if line.start < kept[0].start]
    of_upload = any(map(UPLOADED.search, above))
    of_upload = of_upload and not (page and SAMPLES.search(page))
    found = ((_own_title(kept), "own"), (heading, "heading"), (page, "upload" if of_upload else "page"))
    title, source = next(((title, source) for title, source in found if title), (None, "own"))
    return [Group(tuple(kept), title, source, tuple(beside)), *(_trim(rest, None) if rest else ())]


def _own_above_data(block: Sequence[Line], head: dict[int, str]) -> int | None:
    """Return the line of the report's own title right above the data of its page (2019-03-20 17:03 | 来源：…); None where there is none.

    A page of an authority or of news has no other title; one of a site for papers repeats the title below, or sets one of its own.
    """
    last = first = max(head, default=-1) + 1
    while first and (above := _data_above(block, head, first)):
        first -= above
    at = next(
        (at for at in range(first - 1, max(-1, first - 4), -1) if head.get(at) == "page title" and is_title(block[at])),
        first - 1,
    )
    if first == last or head.get(at) != "page title" or first - at > 3:
        return None
    title, beside = block[at], [*block[:at], *block[at + 1 : last]]
    if any(OF_SITES.search(line.text) for line in beside):
        return None
    if any(kind == "foreword" and OF_PAPERS.search(block[at].text) for at, kind in head.items()):
        return None
    if not any(OF_PAGES.search(line.text) or OWN_HEAD.match(line.text) for line in block[first:last]):
        return None
    if (
        title.is_closed
        or title.is_marked
        or OF_SITES.search(title.text)
        or not SHORTEST_TITLE <= len(title.text) <= PARAGRAPH
        or kind_of(title.text, above=True)
        or page_kind(title.text, above=True, beside=True)
    ):
        return None
    below = block[last : last + 3]
    repeated = any(
        is_title(line) or _says_again(title.text, line.text) or title_before_occasion(line.text) for line in below
    )
    return None if repeated or _stands_below(title.text, block[last : last + TITLE_LINES]) else at


def _first_of_title(block: Sequence[Line], head: dict[int, str], own: int) -> int:
    """Return the first line of the title whose last one is `own`: above a dash, or where it says what the paper is about (某办 / 关于… / …的通知)."""
    above = block[own - 1].text if own and head.get(own - 1) == "page title" else ""
    if above and block[own].text[0] in DASHES:
        return own - 1
    if "关于" not in above or "关于" in block[own].text or is_title(block[own - 1]) or block[own - 1].is_closed:
        return own
    body = block[own - 2].text if own > 1 and head.get(own - 2) == "page title" else ""
    return own - 2 if above.startswith("关于") and body and is_signed_by(body) else own - 1


def _data_above(block: Sequence[Line], head: dict[int, str], first: int) -> int:
    """Return how many lines right above `first` go on with the data of a page: one, or two with the name of a column in their midst."""
    if head.get(first - 1) in PAGE_DATA:
        return 1
    within = first < len(block) and head.get(first) in PAGE_DATA and head.get(first - 2) in PAGE_DATA
    return 2 if within and len(block[first - 1].text) < SHORTEST_TITLE and not is_title(block[first - 1]) else 0


def _titles_of_pictures(lines: Sequence[Line], titles: set[str]) -> list[int]:
    """Return where, among the first paragraphs, the page's title comes again: the text that stands for a picture set there."""
    return [
        at
        for at, line in enumerate(lines[1:PICTURES], 1)
        if line.text in titles and len(line.text) > SHORTEST_TITLE and _is_paragraph(lines[at - 1])
    ]


def _is_paragraph(line: Line) -> bool:
    return len(line.text) > PARAGRAPH or (line.is_closed and len(line.text) > LONGEST_HEADING)


def _says_again(page: str, own: str) -> bool:
    """Tell a page's title that is the own one, or has the name of a column before it (要闻：…)."""
    return page == own or (len(own) > SHORTEST_TITLE and page.endswith(own) and page[-len(own) - 1] in "：:】")


def _own_title(lines: Sequence[Line]) -> str | None:
    """Return the first title among the opening lines, with the line above or below where the title stands on two, without the date of a page."""
    at = next((at for at, line in enumerate(lines[:6]) if is_title(line)), None)
    run_on = [(place, title) for place, line in enumerate(lines[:6]) if (title := title_before_occasion(line.text))]
    if run_on and (at is None or run_on[0][0] <= at):
        return run_on[0][1]
    if lines and at != 0 and (dated := DATED.match(lines[0].text)) and reads_like_title(dated["title"]):
        return dated["title"]
    if at is None:
        return None
    title = lines[at].text
    above = lines[at - 1] if at else None
    if above and at < 3 and not above.is_marked and not above.is_closed and _is_superscription(above.text, title):
        return above.text + title
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below and below.text[0] == "的" and len(below.text) <= SHORT_KIND + 4 and is_title(below):
        return title + below.text
    return title.lstrip("—-－ ")


def _is_superscription(text: str, title: str) -> bool:
    """Tell the line above a title that belongs to it; above the name of a kind alone (工作总结) it may have figures."""
    if SUPERSCRIPTION.match(text):
        return True
    return len(title) <= SHORT_KIND and NUMBERED_SUPERSCRIPTION.match(text) is not None and not is_signature(text)


def _said_again(lines: Sequence[Line]) -> int:
    """Return how many lines above the report's own title are a page's, which says that title before: 0 where none does.

    The own one may stand on several lines (某县人民政府 / 关于…的报告), and the page may name who wrote between the two.
    """
    if len(lines) <= 2:
        return 0
    if again := _last_of_titles(lines):
        return again
    page = lines[0]
    if is_title(page) and is_title(lines[1]) and _same_paper(page.text, lines[1].text):
        return 1
    bare = BRACKETED.sub("", page.text)
    named = bare != page.text and len(lines[1].text) > SHORTEST_TITLE
    if named and (bare.endswith(lines[1].text) or _stands_below(bare, lines[1:])):
        return 1
    if page.is_closed or page.is_marked or len(page.text) > LONGEST_TITLE:
        return 0
    if _stands_below(page.text, lines[1:]):
        return 1
    for at, line in enumerate(lines[1:-1], 1):
        if line.text == page.text:
            return at if is_title(page) or (at == 1 and len(page.text) > SHORTEST_TITLE) else 0
        if at > BETWEEN_TITLES or len(line.text) > SHORTEST_TITLE * 2 or line.is_closed or is_signed_by(line.text):
            break
    return 0


def _last_of_titles(lines: Sequence[Line]) -> int:
    """Return where a title stands the last time among the short lines above the text; 0 where none comes again there."""
    head = lines[: min(TITLES, len(lines) - 1)]
    if len({line.text for line in head}) == len(head):
        return 0
    last = 0
    for at, line in enumerate(head):
        if line.is_closed or line.is_marked or len(line.text) > LONGEST_TITLE:
            break
        if is_signed_by(line.text) or is_signature(line.text) or is_addressee(line.text):
            break
        if any(line.text == above.text for above in head[:at]) and is_title(line):
            last = at
    return last


def _stands_below(title: str, lines: Sequence[Line]) -> bool:
    """Tell a title that comes again below on two lines or more."""
    rest = SPACES.sub("", title)
    for at, line in enumerate(lines[:TITLE_LINES]):
        piece = SPACES.sub("", line.text)
        if not rest.startswith(piece):
            return False
        rest = rest[len(piece) :]
        if not rest:
            return at > 0
    return False


def _same_paper(page: str, own: str) -> bool:
    """Tell whether a site's title repeats the report's own, as it is or with a year, a kind of place, 范文 or a bracket added."""
    rest = iter(page)
    if page.startswith(own) and BRACKET.match(page, len(own)):
        return True
    return page.endswith(own) or (own[-4:] == page[-4:] and all(char in rest for char in own))
