"""Lines of a source, and which of them belong together.

Reports come hard-wrapped, or with single paragraphs broken by a converter, sometimes with an empty line in between. A line
is joined to the next one where nothing closes it and something shows that it goes on: punctuation, the length of the
line, the width to which the text is wrapped, a word or a number that stands across the break. Where a wrapped text marks
its paragraphs (by indents or empty lines), the marks decide. A width may hold only about: where type is proportional, or a
converter counted otherwise, full lines differ by some characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

EDGE = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\u3000\xa0\ufeff\u200b\x00"
INNER_BREAK = re.compile(
    r"(?<=\S)\u3000{2,}[ \xa0\u3000]*(?=\S)|(?<=\S)\xa0[ \u3000]+(?=\S)|(?<=[。！？；：”])[ \xa0\u3000]{2,}(?=\S)"
)
_BLANK = re.compile("[\u3000\xa0 ]")
LONGEST_LINE = 300  # characters; a longer one holds paragraphs that lost their line ends
# A list mark at the start of a line, in the forms of the official format GB/T 9704 and the looser ones of practice.
MARK = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}(?:部分|[章节部篇条][^分])"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．:：)）]"
    r"|\d{1,2}[、．)）](?!\d)|\d{1,2}\.(?!\d)|[①-⑳]|[•●○■□◆◇★☆※▲▪►➢]"
    r"|[一二三四五六七八九十]{1,2}(?:是|要|方面)|其[一二三四五六七八九十]|第[一二三四五六七八九十]{1,2}[,，、:：]"
    r"|附件|抄送|主题词)"
)
MARK_STARTS = frozenset("第(（一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳•●○■□◆◇★☆※▲▪►➢其附抄主")  # or a digit
# Closed by a stop, which quotation marks or the writer's name in brackets may follow.
STOPS = "。！？!?；;：:…"
BRACKETS = "”’〞\"'》〉）)】」』]"
CLOSED = re.compile(rf"[{STOPS}][”’〞\"'》〉）)\]】」』]*(?:[（(][^（()）]{{1,20}}[)）])?$")
INNER_STOP = re.compile(r"[。！？；](?=.)")
CANNOT_START = frozenset("，。、；：！？”’》〉）〕】」』,;:!?)]}%％〔")
CANNOT_END = frozenset("，、（《〈〔【“‘「『([{,-—~～")
LIST_MARKS = "●■◆□▲▪►➢"  # that stand for a line end of their own behind the end of a sentence
SECTION = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}(?:部分|[章节篇])|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]"
)
HEADING_STARTS = frozenset("(（第一二三四五六七八九十")
CHUNK = 1_000_000  # characters
PARAGRAPH = 60  # characters: a longer line that nothing closes is a broken paragraph, no heading
SHORTEST_BROKEN = 10
SHORTEST_WRAPPED = 8
HANGING = "，。、；：！？”’》〉）〕】」』,;:!?)]}"
HANGS = frozenset(HANGING)
WRAPPED_SHARE = 0.4  # of the lines break where one width would break them
FEWEST_BROKEN = 4  # lines
BEYOND = 0.05  # of the lines may be longer than the width
UNBROKEN = 2  # times the width: a longer line is a paragraph that was not wrapped
HUNG = 3  # marks at the end of a line that may stand beyond the width
OPEN_SHARE = 0.5  # of the lines that break at the width end in the midst of a sentence: else they are verses or a list
PROSE_SHARE = 0.25  # of them have a comma or a stop inside
SAMPLED = 60  # breaks that are looked at
ACROSS_SHARE = 0.12  # of them go through a word
NARROWEST_WRAP = 16  # columns
WIDEST_WRAP = 120  # characters
WHOLE_SHARE = 0.3  # of the lines are longer: a text in whole paragraphs
SURE_SHARE = 0.6  # of the lines break at a width: no doubt of it
SLACK = 0.1  # of the width by which full lines may differ where they agree on none exactly
INDENT = 4  # columns by which the first line of a paragraph may be shorter: its indent was lost
NARROWEST_RAGGED = 20  # columns
RAGGED_ACROSS = 0.2  # of their breaks go through a word: lists of about one length have fewer
FEWEST_ACROSS = 2
BAND = 5  # lines before a break, among which its line is one of the longest where they are wrapped
FEWEST_CELLS = 3
NEAR = 40  # lines within which a list in a paragraph goes on
LISTED = re.compile(
    r"(?P<before>[（(第其]?)(?P<value>[一二三四五六七八九十]{1,2}|\d{1,2}|[①-⑳])(?P<behind>是|要|[)）]|[、.．]|[，,]|(?<=其.)|(?<=[①-⑳]))"
)
ORDERS = (("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), tuple("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"))
# A word at the end of a line that no heading and no item of a list ends with, and what none begins with.
OPEN_END = re.compile(
    r"(?:的|(?<![平缓温谐])和|(?<!参)与|(?<![普涉危顾提遍波触])及|或|(?<![存所潜现内实健])在|被|并|但|且|而|由于|对于|关于|通过|按照|根据|为了|其中|包括)$"
)
OPEN_ENDS = frozenset("的和与及或在被并但且而于过照据了中括")
OPEN_START = re.compile(r"(?:的(?!确)|们|以及|之(?:一|后|前|间|内|外)(?!，))")
OPEN_STARTS = frozenset("的们以之")
# A number that is cut from its unit, a year from 年, a month from its day: 投入18 / 万元, 2023 / 年6月, 6月 / 25日.
CUT_NUMBER = re.compile(r"(?P<before>[\u4e00-\u9fff，。；、：（“])[ \u3000]?[\d.]+$")
CUT_PART = re.compile(r"(?:年 ?[上下]半|\d ?月 ?[上中下]|[年第][一二三四]季)$")
CUT_DAY = re.compile(r"\d ?月$")
NUMBERED = re.compile(r"[表图号第件：录注页章节]$|电话|邮编|传真")  # what a number at the end of a line may belong to
PROSE = re.compile("[，；。](?=.)")
YEAR_ENDS = re.compile(r"(?:19|20)\d\d$")
UNIT_STARTS = re.compile(
    r"[年月日号时分秒%％‰]|[万亿千百]|[余多]|个(?!别|体|人)|名(?![单称誉牌])|人(?![口均员民大才事物力社们际身])|户(?!籍|外)|元(?!旦|宵)|[条场期届位家件篇处座台辆亩吨米级类种项岁度倍](?![别务会议庭长里面目头数线政])|[册本支只头株棵艘间栋幢套对斤克张份部笔起例宗批轮节班队](?=[，。、；的和与及（多余])|公[里斤顷]|平方|周岁|小时|人次"
)
CUT_DIGITS = re.compile(
    r"\d{1,3}(?:\.\d+)? ?[余多]?(?:[万亿千百个名人户元条场次届件篇家处项%％]|公里|平方)"
)  # 26 / 00余人次
ANEW = re.compile(r"(?:以上(?:报告|汇报|意见|情况)|特此|此致|敬礼|谢谢)")
ANEW_STARTS = frozenset("以特此敬谢")
DAY_STARTS = re.compile(r"\d{1,2} ?[日号](?!$)")
ENDS = "。！？!?：:…"
SCRIPT_SAMPLE = 2000  # characters by which the script is told
CLAUSE = re.compile("[，。；、：！？](?=.)")
TOKEN = re.compile(
    r"[（《“‘【〔「]*(?:[A-Za-z0-9.%]+|.)[，。、；：！？”’》〉）〕】」』,;:!?%％]*"
)  # what a line may not break
BEFORE_TOKEN, BEHIND_TOKEN = frozenset("（《“‘【〔「"), frozenset("，。、；：！？”’》〉）〕】」』,;:!?%％")
TABULAR = re.compile(r"\S[ \u3000]{2,}\S.*\S[ \u3000]{2,}\S")
DATE_LINE = re.compile(
    r"[二〇○零一三四五六七八九\dX×＊*]{2,4}\s*年[\s\dX×*一二三四五六七八九十]{1,4}月(?:[\s\dX×*一二三四五六七八九十]{1,4}[日号])?$"
)


@dataclass(slots=True)
class Line:
    """source[start:end] without the white space around it.

    `gap` counts the empty lines before it (-1: it is known to go on with the line above), `indent` the columns of white space at its head. Nothing changes a line; it is not frozen
    because a file has hundreds of thousands, and frozen ones take three times as long to make.
    """

    start: int
    end: int
    text: str
    gap: int
    indent: int = 0
    _columns: int = field(default=-1, init=False, repr=False, compare=False)
    _first_word: str = field(default="", init=False, repr=False, compare=False)

    @property
    def columns(self) -> int:
        """How wide the line is, its indent included."""
        if self._columns < 0:
            self._columns = columns(self.text) + self.indent
        return self._columns

    @property
    def first_word(self) -> str:
        """What a break before may not part: its first character or Latin word, with the marks around it."""
        if not self._first_word:
            self._first_word = _first_word(self.text)
        return self._first_word

    @property
    def is_marked(self) -> bool:
        first = self.text[0]
        return (first in MARK_STARTS or first.isdecimal()) and MARK.match(self.text) is not None

    @property
    def is_closed(self) -> bool:
        text = self.text
        # What was lost at the end of a line was most likely its stop.
        return (
            text[-1] in STOPS
            or text[-1] == "\ufffd"
            or (text[-1] in BRACKETS and CLOSED.search(text, max(0, len(text) - 40)) is not None)
        )


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a source is wrapped: at which width, and whether indents or empty lines mark its paragraphs.

    `gap` and `indent` are what stands before every line and marks nothing. The width counts columns, or characters. With `slack`, full
    lines may be so much shorter.
    """

    width: int
    marks_paragraphs: bool
    gap: int = 0
    indent: int = 0
    in_characters: bool = False
    slack: int = 0

    def is_full(self, line: Line, following: Line) -> bool:
        """Tell a line after which the text had to go on below: the first word there did not fit any more."""
        if not self.width:
            return True
        size = len(line.text) + line.indent // 2 if self.in_characters else line.columns
        if line.gap > self.gap and not line.indent:
            size += 2 if self.in_characters else 4  # a PDF's indent is told by an empty line
        if size > self.width + 2 * HUNG:
            return False  # a paragraph that was not wrapped
        if self.slack:
            return size >= self.width - self.slack
        word = following.first_word
        return size + (len(word) if self.in_characters else _columns_of_word(word)) > self.width

    def begins(self, line: Line) -> bool:
        """Tell a line that stands in, or below more empty lines than every line does."""
        return line.gap > self.gap or line.indent > self.indent


MARKED = Wrap(0, True)  # of a source whose reader saw where each paragraph begins: any line may be a full one


def columns(text: str) -> int:
    """Return the width of the text, a full-width character counting two.

    In UTF-8 those have three bytes and ASCII one, which is told a dozen times faster than by looking at each.
    """
    return len(text) + (len(text.encode("utf-8", "replace")) - len(text)) // 2


_columns_of_word = lru_cache(maxsize=4096)(columns)


def _first_word(text: str) -> str:
    first = text[0]
    if first >= "\u3400" and first not in BEFORE_TOKEN and text[1:2] not in BEHIND_TOKEN:
        return first
    match = TOKEN.match(text)
    return match[0] if match else first


def split_lines(text: str) -> Iterator[Line]:
    """Yield the lines that are not empty. Two ideographic spaces inside a very long line start a new one."""
    at, gap = 0, 0
    for piece in _pieces(text):
        bare = piece.strip(EDGE)
        if not bare:
            gap += 1
            at += len(piece)
            continue
        if len(bare) > LONGEST_LINE and _BLANK.search(bare) and INNER_BREAK.search(bare):
            for start, end in _inner(piece):
                if line := _line(text, at + start, at + end, gap):
                    yield line
                    gap = 0
        else:
            start, indent = at, 0
            if piece[0] != bare[0]:
                head = piece[: len(piece) - len(piece.lstrip(EDGE))]
                start, indent = at + len(head), columns(head)
            yield Line(start, start + len(bare), bare, gap, indent)
        at += len(piece)
        gap = 0


def _pieces(text: str) -> Iterator[str]:
    """Yield the lines with their ends, a chunk at a time: all at once would hold the text twice."""
    at = 0
    while at < len(text):
        end = text.find("\n", at + CHUNK) + 1 or len(text)
        yield from text[at:end].splitlines(keepends=True)
        at = end


def _inner(piece: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in INNER_BREAK.finditer(piece):
        yield at, match.start()
        at = match.start()
    yield at, len(piece)


def _line(text: str, start: int, end: int, gap: int) -> Line | None:
    piece = text[start:end]
    bare = piece.strip(EDGE)
    if not bare:
        return None
    head = len(piece) - len(piece.lstrip(EDGE))
    return Line(start + head, start + head + len(bare), bare, gap, columns(piece[:head]))


def find_wrap(lines: Sequence[Line]) -> Wrap | None:
    """Return how the lines are wrapped, or None for text in whole paragraphs.

    Each line tells between which widths it would have been broken where it is: it fits, and with the first word of the next
    it would not. The width on which most lines agree is the one, if it is many lines, few are longer, and they are prose.
    """
    if len(lines) <= FEWEST_BROKEN or sum(len(line.text) > WIDEST_WRAP for line in lines) > len(lines) * WHOLE_SHARE:
        return None
    wrap = _exact(lines)
    if wrap is None or (not wrap.marks_paragraphs and _is_inexact(lines, wrap)):
        return _ragged(lines) or wrap
    return wrap


def _exact(lines: Sequence[Line]) -> Wrap | None:
    """Return the one width at which the lines break."""
    width, broken, in_characters = _agreed(lines, in_characters=False)
    if len(broken) < len(lines) * SURE_SHARE:
        width, broken, in_characters = max(
            (width, broken, in_characters), _agreed(lines, in_characters=True), key=lambda one: len(one[1])
        )
    if len(broken) < FEWEST_BROKEN:
        return None
    below = [lines[at + 1] for at in broken]
    gap = Counter(line.gap for line in below).most_common(1)[0][0]
    indent = Counter(line.indent for line in below).most_common(1)[0][0]
    wrap = Wrap(width, False, gap, indent, in_characters)
    if _marks_paragraphs(lines, wrap):
        return replace(wrap, marks_paragraphs=True)
    open_ended = sum(lines[at].text[-1] not in ENDS for at in broken)
    prose = sum(CLAUSE.search(lines[at].text) is not None for at in broken)
    if open_ended < len(broken) * OPEN_SHARE or prose < len(broken) * PROSE_SHARE:
        return None
    sample = broken[:: max(1, len(broken) // SAMPLED)]
    wanted = max(1, len(sample) * ACROSS_SHARE)
    across = 0
    for at in sample:
        across += word_across(lines[at].text, lines[at + 1].text)
        if across >= wanted:
            return wrap
    return None


def _ragged(lines: Sequence[Line]) -> Wrap | None:
    """Return the width about which the lines break: most are nearly as long as the longest, and end in the midst of words."""
    sizes = sorted(line.columns for line in lines)
    best, width = FEWEST_BROKEN - 1, 0
    for above, size in enumerate(sizes, 1):
        if not NARROWEST_RAGGED <= size <= 2 * WIDEST_WRAP:
            continue
        full = above - bisect_left(sizes, size - _slack(size))
        if full > best:
            wrapped = bisect_right(sizes, size * UNBROKEN)
            if full >= wrapped * WRAPPED_SHARE and wrapped - above <= wrapped * BEYOND:
                best, width = full, size
    if not width:
        return None
    wrap = Wrap(width, False, slack=_slack(width))
    full_lines = [at for at in range(len(lines) - 1) if width - wrap.slack <= lines[at].columns <= width]
    broken = [at for at in full_lines if not lines[at].is_closed and "\t" not in lines[at].text]
    if len(broken) < max(FEWEST_BROKEN - 1, len(full_lines) * OPEN_SHARE):
        return None
    if sum(CLAUSE.search(lines[at].text) is not None for at in broken) < len(broken) * OPEN_SHARE:
        return None
    sample = broken[:: max(1, len(broken) // SAMPLED)]
    across = sum(_shows_on(lines[at].text, lines[at + 1].text) for at in sample)
    if across < max(FEWEST_ACROSS, len(sample) * RAGGED_ACROSS):
        return None
    below = [lines[at + 1] for at in broken]
    gap = Counter(line.gap for line in below).most_common(1)[0][0]
    indent = Counter(line.indent for line in below).most_common(1)[0][0]
    wrap = replace(wrap, gap=gap, indent=indent)
    return replace(wrap, marks_paragraphs=_marks_paragraphs(lines, wrap))


def _is_inexact(lines: Sequence[Line], wrap: Wrap) -> bool:
    """Tell a width that only many lines keep: others, a little shorter, end in the midst of a word too."""
    if wrap.in_characters:
        return False
    least = wrap.width - _slack(wrap.width)
    short = sum(
        line.columns >= least
        and not line.is_closed
        and not wrap.is_full(line, following)
        and word_across(line.text, following.text)
        for line, following in pairwise(lines)
    )
    return short >= FEWEST_ACROSS


def _slack(width: int) -> int:
    return int(width * SLACK) + INDENT


def _agreed(lines: Sequence[Line], *, in_characters: bool) -> tuple[int, list[int], bool]:
    """Return the width on which most lines agree, and the lines that break at it."""
    widest = WIDEST_WRAP if in_characters else 2 * WIDEST_WRAP
    one, narrowest = (1, NARROWEST_WRAP // 2) if in_characters else (2, NARROWEST_WRAP)
    counts = [0] * (widest + 2)
    sizes: list[int] = []
    spans: list[tuple[int, int, int]] = []
    last = len(lines) - 1
    for at, line in enumerate(lines):
        text = line.text
        least = size = len(text) + line.indent // 2 if in_characters else line.columns
        if text[-1] in HANGS:
            least -= min(len(text) - len(text.rstrip(HANGING)), HUNG) * one
        sizes.append(least)
        if at == last or least > widest or len(text) < SHORTEST_WRAPPED or "\t" in text:
            continue
        word = lines[at + 1].first_word
        most = size - 1 + (len(word) if in_characters else _columns_of_word(word))
        if least < narrowest:
            least = narrowest
        if most > widest:
            most = widest
        if least <= most:
            counts[least] += 1
            counts[most + 1] -= 1
            spans.append((least, most, at))
    sizes.sort()
    best, width, agreeing = 0, 0, 0
    for size, change in enumerate(counts):
        agreeing += change
        if agreeing > best and agreeing >= FEWEST_BROKEN:
            wrapped = bisect_right(sizes, size * UNBROKEN)
            beyond = wrapped - bisect_right(sizes, size)
            few = beyond <= wrapped * BEYOND or (beyond <= wrapped * WHOLE_SHARE and agreeing >= wrapped * SURE_SHARE)
            if agreeing >= wrapped * WRAPPED_SHARE and few:
                best, width = agreeing, size
    return width, [at for least, most, at in spans if least <= width <= most], in_characters


def _marks_paragraphs(lines: Sequence[Line], wrap: Wrap) -> bool:
    """Tell whether what follows a short line (the end of a paragraph) is nearly always marked, and most else is not."""
    after_short = after_full = short = full = 0
    for line, following in pairwise(lines):
        marked = following.gap > wrap.gap or following.indent > wrap.indent
        if wrap.is_full(line, following):
            full += 1
            after_full += marked
        else:
            short += 1
            after_short += marked
    return short > 2 and after_short > short * 0.8 and after_full < full * 0.5


def goes_on(lines: Sequence[Line], at: int, wrap: Wrap | None, *, in_paragraph: bool = False, first: int = 0) -> bool:
    """Tell whether lines[at] continues the paragraph of the line before.

    `in_paragraph`: what stands before that line in its paragraph shows already that it is running text, no heading.
    `first` is where the paragraph begins; a list may have begun in it (一是 …) that goes on at the start of a line (二是).
    """
    line, following = lines[at - 1], lines[at]
    head, tail = following.text, line.text
    if following.gap < 0:
        return True
    full = wrap is not None and wrap.is_full(line, following)
    if wrap is not None and wrap.marks_paragraphs and "\t" not in tail:
        if wrap.begins(following):
            return head[0] in CANNOT_START and not line.is_closed and len(tail) >= SHORTEST_BROKEN
        if full:
            return True
    if "\t" in tail or "\t" in head:
        return False
    if _are_rows(tail, head):
        return False
    if _is_number_cut(tail, head):
        return True
    if _is_date(tail) or _is_date(head):
        return False
    if wrap is not None and not wrap.marks_paragraphs and full and not wrap.begins(following):
        return _goes_on_behind_full(lines, at, wrap, first=first)
    if line.is_closed or _is_tabular(tail) or _is_tabular(head):
        return False
    if len(tail) < SHORTEST_BROKEN:
        return False
    if head[0] in CANNOT_START:
        return True
    if following.is_marked:
        return full and word_across(tail, head)
    return in_paragraph or is_running_text(tail) or _shows_on(tail, head)


def _goes_on_behind_full(lines: Sequence[Line], at: int, wrap: Wrap, *, first: int) -> bool:
    """Tell whether lines[at] continues the paragraph of a full line, where nothing marks paragraphs."""
    line, following = lines[at - 1], lines[at]
    head, tail = following.text, line.text
    if _is_tabular(tail) or _is_tabular(head):
        return False
    if line.is_closed and _begins_anew(lines, at):
        return False
    if wrap.slack and (line.is_closed or _is_heading(line)):
        return not line.is_closed and not following.is_marked and _shows_on(tail, head)
    if not following.is_marked:
        return True
    return _lists_within(lines[max(first, at - NEAR) : at], head) or (not line.is_closed and word_across(tail, head))


def _begins_anew(lines: Sequence[Line], at: int) -> bool:
    """Tell closing words or a signature, behind the end of a sentence."""
    text = lines[at].text
    if text[0] in ANEW_STARTS and ANEW.match(text):
        return True
    if len(text) > PARAGRAPH / 2 or CLAUSE.search(text) or lines[at].is_closed:
        return False
    return at + 1 == len(lines) or (at + 2 >= len(lines) - 1 and _is_date(lines[at + 1].text))


def is_cut(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a sentence goes on from lines[at - 1] to lines[at], as far as the lines just above show."""
    line, following = lines[at - 1], lines[at]
    tail, head = line.text, following.text
    if line.is_closed or following.is_marked or len(tail) < SHORTEST_BROKEN or _is_date(tail):
        return False
    if is_running_text(tail) or _is_number_cut(tail, head) or _shows_on(tail, head):
        return True
    if CLAUSE.search(tail) is None:
        return False
    band = [one.columns for one in lines[max(0, at - BAND) : at] if not one.is_closed]
    return len(band) > FEWEST_ACROSS and band[-1] >= max(band) - _slack(max(band))


def _shows_on(tail: str, head: str) -> bool:
    """Tell whether what stands at the break itself shows that a sentence goes on over it."""
    return head[0] in CANNOT_START or tail[-1] in CANNOT_END or _is_open(tail, head) or word_across(tail, head)


def _is_open(tail: str, head: str) -> bool:
    """Tell a break behind a word that nothing ends with (…的, …以及), or before one that nothing begins with."""
    if tail[-1] in OPEN_ENDS and OPEN_END.search(tail, max(0, len(tail) - 4)):
        return True
    return head[0] in OPEN_STARTS and OPEN_START.match(head) is not None


def _is_number_cut(tail: str, head: str) -> bool:
    """Tell a number that stands before the break and its unit behind it, or a month and its day."""
    if tail[-1] == "月":
        return CUT_DAY.search(tail, max(0, len(tail) - 4)) is not None and DAY_STARTS.match(head) is not None
    if head[0] in "年度旬" and CUT_PART.search(tail, max(0, len(tail) - 5)) is not None:
        return True
    if not tail[-1].isdecimal():
        return False
    if head[0].isdecimal():
        if CLAUSE.search(tail) is None or CUT_DIGITS.match(head) is None or MARK.match(head) is not None:
            return False
        return CUT_NUMBER.search(tail, max(0, len(tail) - 12)) is not None
    if not "\u4e00" <= head[0] <= "\u9fff" and head[0] not in "%％‰":
        return False
    match = CUT_NUMBER.search(tail, max(0, len(tail) - 12))
    if match is None or _is_tabular(tail) or _is_tabular(head):
        return head[0] == "年" and YEAR_ENDS.match(tail) is not None
    if UNIT_STARTS.match(head) is None:
        return (
            not NUMBERED.search(tail, 0, match.start() + 1) and PROSE.search(tail) is not None and not MARK.match(head)
        )
    return head[0] == "年" or CLAUSE.search(tail) is not None or CLAUSE.search(head) is not None or head[-1] in STOPS


def _is_heading(line: Line) -> bool:
    """Tell a line with the mark of a section (一、 or （一）) that may be its heading: without a full stop inside."""
    text = line.text
    return text[0] in HEADING_STARTS and SECTION.match(text) is not None and INNER_STOP.search(text) is None


def _is_date(text: str) -> bool:
    return text[-1] in "月日号" and DATE_LINE.match(text) is not None


def _is_tabular(text: str) -> bool:
    return ("  " in text or "\u3000\u3000" in text) and TABULAR.search(text) is not None


def _are_rows(tail: str, head: str) -> bool:
    """Tell two lines of as many cells, a blank between each two, and no sentence among them."""
    cells = tail.count(" ") + tail.count("\u3000")
    if cells < FEWEST_CELLS - 1 or cells != head.count(" ") + head.count("\u3000"):
        return False
    return CLAUSE.search(tail) is None and CLAUSE.search(head) is None and tail[-1] not in STOPS


def _lists_within(paragraph: Sequence[Line], head: str) -> bool:
    """Tell a line that goes on with a list within a paragraph: its mark follows one that stands in the midst of it."""
    match = LISTED.match(head)
    if match is None or not paragraph:
        return False
    value = match["value"]
    order = next((order for order in ORDERS if value in order[1:]), None)
    number = (
        str(int(value) - 1) if value.isdecimal() and int(value) > 1 else order[order.index(value) - 1] if order else ""
    )
    if not number:
        return False
    mark = match["before"] + number + match["behind"]
    return "".join(line.text for line in paragraph).find(mark) > 0


def in_simplified(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines in simplified characters, in which the words of sites are known: the same lines where they are written so."""
    from ingest.script import is_traditional

    size, sample = 0, []
    for line in lines:
        sample.append(line.text)
        size += len(line.text)
        if size >= SCRIPT_SAMPLE:
            break
    if not is_traditional("\n".join(sample)):
        return lines
    simple = [_simple(line.text) for line in lines]
    return [
        replace(line, text=text) if len(text) == len(line.text) else line
        for line, text in zip(lines, simple, strict=True)
    ]


@lru_cache(maxsize=2048)
def _simple(text: str) -> str:
    """Return the text in simplified characters; a reading asks for most of its lines several times."""
    from ingest.script import to_simplified

    return to_simplified(text)


def as_written(lines: Sequence[Line], written: Sequence[Line]) -> list[Line]:
    """Return lines that `in_simplified` made, or pieces of them, in the characters of the lines as written."""
    starts = [line.start for line in written]
    found = []
    for line in lines:
        whole = written[bisect_right(starts, line.start) - 1]
        found.append(replace(line, text=whole.text[line.start - whole.start : line.end - whole.start]))
    return found


def is_running_text(text: str) -> bool:
    """Tell a (broken) paragraph from a heading: a full stop inside, or too long for a heading."""
    return len(text) > PARAGRAPH or INNER_STOP.search(text) is not None


def word_across(tail: str, head: str) -> bool:
    """Tell whether a dictionary word of two or more Han characters stands across the break; 5月24日 and 本期 are no 日本."""
    if tail[-1] in "年月日" and tail[-2:-1].isdigit():
        return False
    left, right = tail[-6:], head[:6]
    at = 0
    for word in _words(left + right):
        if at < len(left) < at + len(word):
            return len(word) > 1 and all("\u4e00" <= char <= "\u9fff" for char in word)
        at += len(word)
    return False


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    import rjieba

    from ingest.script import to_simplified

    simple = to_simplified(text)
    return tuple(rjieba.cut(simple if len(simple) == len(text) else text, False))
