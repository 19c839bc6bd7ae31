"""Pages of sites: how much of a line at the edge of a text is the site's and not the report's.

Nothing is told by a single wording. A sentence is weighed by the words in which a site speaks to its readers (of reading online,
of how such papers are written) against the voice of a report; a line of data by the cells that make it up (labels, times of day, sizes,
buttons). `ingest/data/site_words.toml` holds words and weights. Only lines at the edges are asked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

from ahocorasick_rs import AhoCorasick

from ingest.lines import EDGE, LIST_MARKS, PARAGRAPH, Line, as_written, in_simplified
from ingest.titles import KIND_WORD, is_addressee, is_signature, title_before_text

ENOUGH = 2.0  # weight of a sentence or line that is a site's
SURE = 3.0  # weight of a sentence that makes what stands before it at a head the site's too
SPOKEN = 1.0  # weight of a sentence that goes on with such talk
MEAN = 0.75  # weight of the sentences of a lead, each
SENTENCE_LENGTH = 60  # characters; a longer one counts as several
MOST_TOPICS = 1.5
MOST_ALIKE = 2  # words of one weight that count
LEAD = 400  # characters of a line that are looked at
COVERED = 0.6  # of a line of data are cells
LONGEST_DATA = 160  # characters
EDGE_LINES = 60  # of a text, at either end
PREVIEW_LINES = 8  # at the head of a text, in which its first words may stand before it
PREVIEW_BETWEEN = 4  # lines below a labelled one, within which the text begins
SHORTEST_PREVIEW = 40  # characters
NEUTRAL = 14  # lines in a row that say nothing of a site, in the midst of those that do
FEWEST_COLUMNS = 3
SHORT_COLUMN = 8  # characters
SENTENCE = re.compile(r"[^。！？!?]*(?:[。！!]|[？?](?![A-Za-z0-9_=]))+[”』」）)\]】]*。?|[^。！？!?]+$|.+$")
NOTE = re.compile(
    r"[【\[（(]?(?:编者按|编者的话|编者注|导语|导读|导言|前言|引言|摘要|提要|内容提要|简介)[】\]）)]?\s*[:：]"
)
HANDS_OVER = re.compile(
    r"(?:详见|如下|全文|原文|正文|内容|材料)[^，。；]{0,4}[:：]$"
)  # the end of an editor's words over a paper
SEPARATORS = re.compile(r"[\s|｜/／·•\-—_【】\[\]（）()>＞»：:,，、#…~*★☆►▼]+")
COLUMN = re.compile(r"\s*[|｜]\s*")
BRACKETED = re.compile(r"[【\[（(「『]\s*(.*?)\s*[】\]）)」』]\s*[:：]?$")
NAMED = re.compile(r"《([^》]{2,60})》")
NAME_ADDED = re.compile(r"(?:[（(][^（()）]{1,14}[)）]|\.(?i:docx?|pdf|wps|rtf|pptx?|xlsx?|txt))+$")
HAN = re.compile("[\u4e00-\u9fff]")
YEAR = re.compile(r"(?:19|20)\d\d年?")
OWN_FIGURES = re.compile(
    r"(?:19|20)\d\d\s?[-./．]\s?\d{1,2}(?:\s?[-./．]\s?\d{1,2})?$|[^|｜]*\d[^|｜]*[|｜].*\d"
)  # a date, a row
PAGE_MARK = re.compile(r"(\d{1,3})、")
PAGE = 100  # characters of a page, at least, whose mark stands at the head of its line
PAPER = re.compile(rf"(?:{KIND_WORD}|小结|年报|范文|心得|材料)(?:[（(][^（()）]{{1,14}}[)）])?$")
LONGEST_ALONE = 12
ALONE = re.compile(
    r".{0,6}(?:索\s*引\s*号|机构|机关|单位|日期|时间|分类|来源|名\s*称|文\s*号|字号|主题词|关键词|有\s*效\s*性|编号|责任人|公开(?:类别|方式|形式|属性|范围))\s*[:：]?$"
)
TWO_TITLES = re.compile(
    rf"(?P<page>[^，。；：\s]{{2,30}}(?P<kind>{KIND_WORD}|小结|年报))\s+(?P<own>[^，。；：\s]{{4,40}}(?:{KIND_WORD}|小结|年报|打算))(?=\s)"
)
CONTENTS = re.compile(r"(?:^|[\s）)】])目\s?[录錄][\s:：]+")
ENTRY = re.compile(
    r"(?P<number>\d{1,2})\s?[.．、]\s?(?P<title>[^\s，。；][^，。；]{3,60}?)[\s.…·]+(?P<page>\d{1,3})\s+"
)
FEWEST_ENTRIES = 2
SAMPLES = re.compile(
    r"(?P<title>[^，。；：\s]{4,40}?)(?:[（(][^（()）]{0,4}?[一二三四五六七八九十\d]{1,3}\s?篇[)）]\s*(?P=title))+(?:范文)?\s?(?:篇\s?[1一]|第\s?[1一]\s?篇|[1一](?![\d一二三四五六七八九十年月日、.．]))[:：、\s]*"
)
PAGE_WORDS = ("页共", "页 共", "欢迎", "精品", "精选")  # one of them stands in the head of a page
HEADING = re.compile(
    rf"[^，。；：\s]{{2,40}}?(?:{KIND_WORD}|小结|心得)(?:范文)?\s?[【（(\[]?(?:第\s?[一1]\s?篇|篇\s?[一1])[】）)\]]?\s?[:：]?\s*"
)
OF_TEXT = re.compile(r"(?:(?:本文|全文|正文)内容|正文|全文)\s*[:：]\s*")
GOES_ON = frozenset("的是在中和与及或》”、，。：:；了将要上下里")
LINE_MARK = (
    r"(?:[¶↵⏎]|(?<![Ѐ-ӿ])(?<![Ѐ-ӿ] )Р(?![Ѐ-ӿ.])|(?<=[\u4e00-\u9fff。！？；：，、”）)])(?:\\r\\n|\\n|\\r)(?![A-Za-z]))"
)
# What a converter wrote of the heads and feet of pages: 1、.页眉.TITLE页脚..
PAGE_FRAME = re.compile(r"(?:(?<!\d)\d{1,3}、[ \u3000]*)?(?:\.?页眉\.[^。，]{0,60}?页脚\.{1,2}[ \u3000]*)+")
LIST_BREAK = re.compile(r"(?<=[。！？；：])[ \u3000]*(?=(?P<mark>[●■◆□▲▪►➢])(?!(?P=mark))[ \u3000]?[^\s●■◆□▲▪►➢])")
FEWEST_LISTED = 2
LINE_MARKS = re.compile(LINE_MARK)
SURE_MARKS = re.compile(  # behind the end of a sentence, or before the mark of a list
    rf"(?<=[。！？；：”）)\s]){LINE_MARK}|{LINE_MARK}(?=[ \t\u3000]{{0,4}}(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[、.．)）]|第|$))"
)
FEWEST_MARKS = 3  # by which a text is told to have them everywhere


@dataclass(frozen=True, slots=True)
class Talk:
    """Words of one weight."""

    weight: float
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The words and cells of `site_words.toml`."""

    talk: tuple[Talk, ...]
    topics: re.Pattern[str]
    cells: re.Pattern[str]
    weights: dict[str, float]  # of a cell, by the name of its group
    head: re.Pattern[str]
    tail: re.Pattern[str]
    running: re.Pattern[str]  # head of a page, glued to its first words
    talk_hints: AhoCorasick  # finds one of the words that stand in whatever the patterns of talk find
    hints: AhoCorasick  # and in whatever any pattern finds


@cache
def load_site_words() -> SiteWords:
    """Return the words of `ingest/data/site_words.toml`."""
    data = tomllib.loads(resources.files("ingest.data").joinpath("site_words.toml").read_text("utf-8"))
    talk = tuple(
        Talk(entry["weight"], re.compile("|".join(entry["patterns"]))) for entry in data["talk"] if "topic" not in entry
    )
    topics = "|".join(pattern for entry in data["talk"] if "topic" in entry for pattern in entry["patterns"])
    cells = {f"c{at}": entry for at, entry in enumerate(data["cell"])}
    labels = {
        where: "|".join(p for entry in data["label"] if entry["where"] == where for p in entry["patterns"])
        for where in ("head", "tail")
    }
    return SiteWords(
        talk=talk,
        topics=re.compile(topics),
        cells=re.compile("|".join(f"(?P<{name}>{'|'.join(entry['patterns'])})" for name, entry in cells.items())),
        weights={name: entry["weight"] for name, entry in cells.items()},
        head=re.compile(f"(?:{labels['head']})$"),
        tail=re.compile(f"(?:{labels['tail']})$"),
        running=re.compile("|".join(data["running"]["patterns"])),
        talk_hints=AhoCorasick(data["hints"]["talk"]),
        hints=AhoCorasick([*data["hints"]["talk"], *data["hints"]["data"]]),
    )


def page_kind(text: str, *, above: bool, beside: bool = False) -> str | None:
    """Return what a line at the edge of a text is if it is a site's: "page data", "foreword" or "page label"; else None.

    `above`: it stands before the report, not behind it. `beside`: the line next to it, away from the report or not, is a site's.
    """
    if beside and not HAN.search(text) and (above or not OWN_FIGURES.match(text)):
        return "page label"
    if not _may_speak(text):
        return None
    if _weigh_data(text) >= (SPOKEN if beside else ENOUGH):
        return "page data"
    if _is_label(text, above=above):
        return "page label"
    if above and _lead(text) == len(text):
        return "foreword"
    if not above and _foot(text) == 0:
        return "editor's note"
    return None


def unglue(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[Line, str]]]:
    """Return the lines, those cut in two at the edges in which a site and the report stand one behind the other, and what was cut out.

    A title with which the text goes on is a line of its own, too. Cut out are the marks of pages and the titles of uploads; the words of a site stay, as lines of their own.
    """
    plain = in_simplified(lines)
    kept, preview = _cut_preview(list(plain))
    kept, beside = _cut_head(kept)
    kept, before = _cut_title(kept)
    kept = _cut_foot(kept)
    return (kept if plain is lines else as_written(kept, lines)), [*preview, *beside, *before]


def split_at_marks(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, int]]]:
    """Return the lines cut where a mark stands for a line end, and the places of the marks.

    Such marks are ¶, ↵, \\n written out, a Cyrillic Р, the names of a page's head and foot, and those of a list behind the end of a sentence,
    which stay.
    """
    many = sum(1 for line in lines for _ in LINE_MARKS.finditer(line.text)) >= FEWEST_MARKS
    kept, marks = _split_at(lines, LINE_MARKS if many else SURE_MARKS)
    kept, frames = _split_at(kept, PAGE_FRAME)
    if sum(1 for line in kept for _ in LIST_BREAK.finditer(line.text)) >= FEWEST_LISTED:
        kept, _ = _split_at(kept, LIST_BREAK)
    return kept, [*marks, *frames]


def split_at_heads(lines: Sequence[Line], text: str) -> tuple[list[Line], list[tuple[int, int]]]:
    """Return the lines cut where what a library of papers prints at the head or foot of each page is glued to the words around, and its places."""
    if not any(word in text for word in PAGE_WORDS) or load_site_words().running.search(text) is None:
        return list(lines), []
    return _split_at(lines, load_site_words().running, glued=True)


def _split_at(
    lines: Sequence[Line], pattern: re.Pattern[str], *, glued: bool = False
) -> tuple[list[Line], list[tuple[int, int]]]:
    """Cut the lines at what the pattern finds, and it out; `glued`: not where it is the whole line."""
    kept: list[Line] = []
    marks: list[tuple[int, int]] = []
    for line in lines:
        if glued and pattern.fullmatch(line.text):
            kept.append(line)
            continue
        at, gap = 0, line.gap
        for match in pattern.finditer(line.text):
            marks.append((line.start + match.start(), line.start + match.end()))
            if (piece := _part(line, at, match.start(), gap=gap)).text:
                kept.append(piece)
                gap = 0
            at = match.end()
        if (piece := _part(line, at, len(line.text), gap=gap) if at else line).text:
            kept.append(piece)
    return kept, marks


def has_marks(text: str) -> bool:
    """Tell whether `split_at_marks` may find any."""
    return any(mark in text for mark in ("Р", "¶", "↵", "⏎", "\\n", "\\r", "眉", *LIST_MARKS))


def paper_on(text: str) -> str:
    """Return the title of a paper that a line of a site bears (in 《》, with a suffix of a file, or alone); "" for none."""
    text = text[:LEAD]
    match = NAMED.search(text)
    name = NAME_ADDED.sub("", match[1] if match else text.partition("_")[0]).strip()
    return name if 4 <= len(name) <= PARAGRAPH and (match or PAPER.search(name)) else ""


def awaits_value(text: str) -> bool:
    """Tell a label whose value stands on the line below (索引号：, 发布日期)."""
    return len(text) <= LONGEST_ALONE and ALONE.match(text) is not None


def is_paper(text: str) -> bool:
    """Tell a text that ends with the name of a kind of paper."""
    return len(text) <= PARAGRAPH and PAPER.search(text) is not None


def _part(line: Line, start: int, end: int, *, gap: int | None = None) -> Line:
    """Return a piece of a line without the white space around it."""
    piece = line.text[start:end]
    text = piece.strip(EDGE)
    start += len(piece) - len(piece.lstrip(EDGE))
    begin = line.start + start
    return replace(line, start=begin, end=begin + len(text), text=text, gap=line.gap if gap is None else gap)


@lru_cache(maxsize=256)
def _may_speak(text: str) -> bool:
    words = load_site_words()
    hints = words.hints if len(text) <= LONGEST_DATA else words.talk_hints
    return bool(hints.find_matches_as_indexes(text))


def _is_label(text: str, *, above: bool) -> bool:
    if len(text) > PARAGRAPH:
        return False
    bare = text.strip("-— ").rstrip(":： >＞»▼…")
    match = BRACKETED.match(bare)
    pattern = load_site_words().head if above else load_site_words().tail
    return bool(pattern.match(match[1] if match else bare) if bare else not above and text in ">＞»")


def _weigh_data(text: str) -> float:
    """Return the weight of a line of data: that of the cells that make up most of it; 0 for a line that is something else."""
    if len(text) > LONGEST_DATA or "。" in text:
        return 0.0
    words = load_site_words()
    weight, covered = 0.0, 0
    for match in words.cells.finditer(text):
        if match.group():
            weight += words.weights[match.lastgroup or ""]
            covered += len(SEPARATORS.sub("", match.group()))
    columns = COLUMN.split(text)
    if weight >= SPOKEN and len(columns) >= FEWEST_COLUMNS and max(map(len, columns)) <= SHORT_COLUMN:
        return max(weight, ENOUGH)  # a menu; a row of a table has none of a page's words
    return weight if covered and covered >= COVERED * len(SEPARATORS.sub("", text)) else 0.0


def _weigh_talk(sentence: str) -> float:
    """Return how much of a site's talk to its readers is in a sentence, less what is in the voice of a report."""
    words = load_site_words()
    if not words.talk_hints.find_matches_as_indexes(sentence):
        return 0.0
    weight = 0.0
    for talk in words.talk:
        found = {match.group() for match in talk.pattern.finditer(sentence)}
        weight += talk.weight * min(len(found), MOST_ALIKE)
    topics = {match.group() for match in words.topics.finditer(sentence)}
    return weight + min(len(topics), MOST_TOPICS)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the end of each sentence and the sentence."""
    for match in SENTENCE.finditer(text):
        yield match.end(), match.group()


def _lead(text: str) -> int:
    """Return how many characters at the head of a line are a site's: up to its last sentence of such talk."""
    end, total = 0, 0.0
    for number, (at, sentence) in enumerate(_sentences(text[:LEAD]), 1):
        weight = max(_weigh_talk(sentence), _weigh_data(sentence))
        total += weight
        said = max(number, at / SENTENCE_LENGTH)
        if weight >= SURE or (weight >= SPOKEN and total >= ENOUGH and total >= MEAN * said):
            end = at
    return len(text) if end and NOTE.match(text) and HANDS_OVER.search(text) else end


def _foot(text: str) -> int:
    """Return where in a line the words of a site begin that go on to its end: its length where there are none."""
    skipped = max(0, len(text) - LEAD)
    pieces = [(at + skipped, sentence) for at, sentence in _sentences(text[skipped:])]
    begin, total = len(text), 0.0
    for number, (at, sentence) in enumerate(reversed(pieces), 1):
        weight = max(_weigh_talk(sentence), _weigh_data(sentence.strip(EDGE)))
        if weight < ENOUGH and _is_label(sentence.strip(EDGE), above=False):
            weight = ENOUGH
        total += weight
        if weight >= SPOKEN and total >= ENOUGH and total >= MEAN * number:
            begin = at - len(sentence)
    return begin


def is_own(line: Line) -> bool:
    """Tell a line of the report itself, at which the words of a site end: a list mark, an addressee, a whole sentence, running text."""
    text = line.text
    if len(text) > PARAGRAPH and ("，" in text or "," in text or "。" in text):
        return True
    if text[-1] in ":：":
        return line.is_marked or is_addressee(text)
    return (len(text) > SHORT_COLUMN * 2 and line.is_closed and text[-1] != "…") or line.is_marked


def _cut_preview(lines: list[Line]) -> tuple[list[Line], list[tuple[Line, str]]]:
    """Return the lines without the first words of the text that a page sets above it, and the title that stands over them."""
    for at, line in enumerate(lines[: min(PREVIEW_LINES, len(lines) - 1)]):
        if (label := NOTE.match(line.text)) and len(line.text) - label.end() >= SHORTEST_PREVIEW:
            shown = line.text[label.end() :].lstrip()[:SHORTEST_PREVIEW]
            near = range(at + 1, min(at + PREVIEW_BETWEEN, len(lines)))
            begin = next((place for place in near if lines[place].text.startswith(shown)), 0)
            if begin:
                between = [(one, "page title") for one in lines[at + 1 : begin]]
                return [*lines[:at], *lines[begin:]], [(line, "foreword"), *between]
        if line.text[0] != lines[at + 1].text[0] or len(line.text) < SHORTEST_PREVIEW:
            continue
        words = _squeezed(line.text).rstrip(".．…")
        if len(words) < SHORTEST_PREVIEW:
            continue
        below = ""
        for following in lines[at + 1 : at + 1 + PREVIEW_LINES]:
            below += _squeezed(following.text)
            if len(below) > len(words) or not words.startswith(below):
                break
        if len(below) <= len(words) or not below.startswith(words):
            continue
        first = at
        while (
            first
            and len(lines[first - 1].text) > SHORT_COLUMN / 2
            and below.startswith(_squeezed(lines[first - 1].text))
        ):
            first -= 1
        named = [(title, "page title") for title in lines[first:at]]
        return [*lines[:first], *lines[at + 1 :]], [*named, (line, "foreword")]
    return lines, []


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _cut_head(lines: list[Line]) -> tuple[list[Line], list[tuple[Line, str]]]:
    """Return the lines, the first of them cut: behind the words of a site, behind the mark of a page, behind a title said before."""
    above: list[str] = []
    shared = told = False  # a line named the upload; some line was a site's
    last = at = -1
    while (at := at + 1) < min(len(lines), EDGE_LINES) and at - last <= NEUTRAL:
        line = lines[at]
        names = [name for text in above if (name := paper_on(text))] if shared or told else []
        begin = _behind_samples(line.text) or _behind_contents(line.text) or _behind_introduction(line.text)
        begin = begin or (_behind_heading(line.text) if told else 0)
        begin = begin or (_behind_page_mark(line.text, names, shared=shared) if shared or names else 0)
        begin = begin or (_behind_page_title(line.text) if at <= 1 or told else 0)
        if begin:
            title, rest = _halves(line, begin)
            lines[at : at + 1] = [rest] if rest.text else []
            return lines, [(title, "page title"), *(_cut_pages(lines, at + 1) if shared else ())]
        speaks = _may_speak(line.text[:LEAD])
        end = _lead(line.text) if speaks else 0
        if 0 < end < len(line.text):
            lines[at : at + 1] = _halves(line, end)
            line = lines[at]
        if end or (speaks and page_kind(line.text, above=True)):
            last, told = at, True
            shared = shared or (bool(end) and "》" in line.text)
        elif is_own(line):
            break
        above.append(line.text)
    return lines, []


def _cut_title(lines: list[Line]) -> tuple[list[Line], list[tuple[Line, str]]]:
    """Return the lines, the first long one of them cut behind a title with which it begins, and what a page set before that."""
    at = next((at for at, line in enumerate(lines[:EDGE_LINES]) if is_own(line)), None)
    begin, end = title_before_text(lines[at].text) if at is not None else (0, 0)
    if at is None or not end:
        return lines, []
    whole = lines[at]
    lines[at : at + 1] = [_part(whole, begin, end), _part(whole, end, len(whole.text), gap=1)]  # as below a title
    return lines, [(_part(whole, 0, begin), "page number")] if begin else []


def _halves(line: Line, at: int) -> tuple[Line, Line]:
    return _part(line, 0, at), _part(line, at, len(line.text), gap=0)


def _behind_page_mark(text: str, names: Sequence[str], *, shared: bool) -> int:
    """Return where a line goes on behind what a page set before the report: the mark of a page, the title of the upload; 0 for neither."""
    mark = PAGE_MARK.match(text) if shared else None
    begin = mark.end() if mark else 0
    if (year := YEAR.match(text, begin)) and any(text.startswith(name, year.end()) for name in names):
        begin, mark = year.end(), None
    name = next((name for name in names if text.startswith(name, begin) and PAPER.search(name)), "")
    behind = begin + len(name)
    if name and (mark if behind == len(text) else text[behind] not in GOES_ON and len(text) - behind > SHORT_COLUMN):
        return behind
    return begin if mark and len(text) > PAGE / 2 else 0


def _behind_page_title(text: str) -> int:
    """Return where the report's own title begins on a line that bears a site's title of the same kind of paper before it; 0 for none."""
    match = TWO_TITLES.match(text[:LEAD]) if " " in text or "\u3000" in text else None
    if match is None:
        return 0
    page, own = match["page"], match["own"]
    bare = page.lstrip("×xX*#＊某○")
    alike = own.startswith(bare[:2]) or page.startswith(own[:3])
    return match.start("own") if alike and match["kind"] in own and page != own else 0


def _behind_contents(text: str) -> int:
    """Return where the first of several papers begins behind the list of them all on its line (目录 1.甲 2 2.乙 9 甲…); 0 for none."""
    label = CONTENTS.search(text, 0, LEAD) if "目" in text[:LEAD] else None
    first, end, number, page = "", 0, 0, 0
    while label and (entry := ENTRY.match(text, end or label.end())):
        if int(entry["number"]) != number + 1 or int(entry["page"]) < page:
            break
        first = first or entry["title"]
        end, number, page = entry.end(), number + 1, int(entry["page"])
    return end if number >= FEWEST_ENTRIES and text.startswith(first, end) else 0


def _behind_samples(text: str) -> int:
    """Return where the first of several papers begins behind the title of them all and its own heading (甲(8篇)甲(精选8篇)甲篇1…); 0 for none."""
    match = SAMPLES.match(text) if "篇" in text[:LONGEST_DATA] and len(text) > LONGEST_DATA else None
    return match.end() if match else 0


def _behind_heading(text: str) -> int:
    """Return where the first of several papers begins behind its heading on its own line (…总结【第一篇】今年以来，…); 0 for none."""
    match = HEADING.match(text) if "篇" in text[:PARAGRAPH] and len(text) > LONGEST_DATA else None
    return match.end() if match else 0


def _behind_introduction(text: str) -> int:
    """Return where the text begins behind its first words, which a site sets before it on the same line (简介：… 正文：…); 0 for none."""
    head = text[: 2 * LEAD]
    for match in OF_TEXT.finditer(head) if "：" in head or ":" in head else ():
        first = text[match.end() : match.end() + SHORTEST_PREVIEW]
        if len(first) == SHORTEST_PREVIEW and first in text[: match.start()]:
            return match.end()
    return 0


def _cut_pages(lines: list[Line], first: int) -> list[tuple[Line, str]]:
    """Cut the marks of further pages (2、, 3、 …) off the lines that go on with the text of the page before, and return them."""
    marks: list[tuple[Line, str]] = []
    for at in range(first, len(lines)):
        mark = PAGE_MARK.match(lines[at].text)
        if mark and int(mark[1]) == len(marks) + 2 and len(lines[at].text) >= PAGE and not lines[at - 1].is_closed:
            number, lines[at] = _halves(lines[at], mark.end())
            marks.append((number, "page number"))
    return marks


def _cut_foot(lines: list[Line]) -> list[Line]:
    for at in range(len(lines) - 1, max(0, len(lines) - EDGE_LINES), -1):
        line = lines[at]
        if not _may_speak(line.text[-LEAD:]):
            if is_own(line) or is_signature(line.text):
                return lines
            continue
        begin = _foot(line.text)
        if 0 < begin < len(line.text):
            lines[at : at + 1] = [_part(line, 0, begin), _part(line, begin, len(line.text), gap=0)]
            return lines
        if begin and (is_own(line) or is_signature(line.text)):
            return lines
    return lines
