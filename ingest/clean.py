"""Lines of a source become the clean text of a document, and a map that leads every character back.

Cleaning changes single characters to single characters (full-width digits, odd quotation marks, half-width punctuation
between Chinese words), drops what is no text (zero-width characters), joins broken lines, and turns traditional characters
into simplified ones. What was damaged on its way into the file has been mended before (`ingest.legible`). Never NFKC: it would turn ㎡ into m2 and ， into a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.damage import find_damage
from ingest.lines import LIST_MARKS, Line, Wrap, goes_on, is_running_text
from ingest.records import Document, OffsetMap, Run
from ingest.runs import RunsBuilder, part_of_run
from ingest.script import align, is_traditional, to_simplified

FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
ONE_TO_ONE = FULL_WIDTH | str.maketrans(
    {
        "％": "%", "＋": "+", "＝": "=", "＊": "*", "＃": "#", "\xa0": " ", "\t": " ",
        "‚": "“", "‛": "”", "„": "“", "‟": "”", "〝": "“", "〞": "”", "「": "“", "」": "”", "『": "‘", "』": "’",
        "﹐": "，", "﹑": "、", "﹒": ".", "﹔": "；", "﹕": "：", "﹖": "？", "﹗": "！", "﹙": "（", "﹚": "）",
    }
)  # fmt: skip
CHANGED = re.compile("[" + re.escape("".join(map(chr, ONE_TO_ONE))) + "]+")
HALF_WIDTH = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
# Punctuation inside a number, a time of day, an address or a path keeps its width.
PUNCTUATION = re.compile(
    r"[,:;!?()](?:(?<=[;!?()])|(?<=,)(?:(?<![0-9],)|(?![0-9]{3}))|(?<=:)(?![/\\])(?:(?<![0-9]:)|(?![0-9])))"
)
DIGIT_POINT = re.compile(r"．(?<=[0-9].)(?=[0-9])")
STRAIGHT_QUOTE = re.compile(r'["＂]')
HAN = re.compile(r"[\u4e00-\u9fff]")
INVISIBLE = r"\u200b-\u200f\u2060\ufeff\xad\x00-\x08\x0e-\x1f"
# One class first, so that the search skips at the speed of a scan; what was met decides.
DROPPED = re.compile(
    rf"[{INVISIBLE} \u3000](?:(?<=[{INVISIBLE}])"
    r"|(?<=[0-9０-９][ \u3000])(?=[0-9０-９](?:[ \u3000][0-9０-９])* ?[年月日]|[年月日]))"
)
MAY_BE_DROPPED = re.compile(rf"[{INVISIBLE} \u3000]")


def normalise(text: str) -> str:
    """Return the text with its characters normalised, of the same length. Quotation marks pair within a line."""
    text = CHANGED.sub(lambda match: match.group().translate(ONE_TO_ONE), text)
    text = DIGIT_POINT.sub(".", text) if "．" in text else text
    if '"' in text or "＂" in text:
        text = "\n".join(map(_paired, text.split("\n")))
    return PUNCTUATION.sub(_Widened(text), text)


def _paired(line: str) -> str:
    marks = iter("“”" * (len(line) // 2 + 1))
    return STRAIGHT_QUOTE.sub(lambda _: next(marks), line)


class _Widened:
    """The full-width form of a punctuation mark on a line with Chinese words, on others the mark itself."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = -1  # of the line that was looked at last
        self.is_chinese = False

    def __call__(self, match: re.Match[str]) -> str:
        at = match.start()
        if at > self.end:
            start, end = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
            self.end = len(self.text) if end < 0 else end
            self.is_chinese = HAN.search(self.text, start, self.end) is not None
        return HALF_WIDTH[match[0]] if self.is_chinese else match[0]


def clean(
    lines: Sequence[Line], *, ordinal: int, title: str | None, title_source: str = "own", wrap: Wrap | None = None
) -> Document:
    """Return the document that the lines make up. `wrap` tells how its source is wrapped, if it is."""
    builder = RunsBuilder()
    in_paragraph = False
    first = 0  # line of the paragraph
    drops = MAY_BE_DROPPED.search("".join([line.text for line in lines])) is not None
    for at_line, line in enumerate(lines):
        if at_line:
            previous = lines[at_line - 1]
            # A line in two pieces, of which neither was left out; or before each mark of a list that stood on it.
            is_cut = previous.end == line.start and line.gap <= 0 and line.text[0] not in LIST_MARKS
            if is_cut or goes_on(lines, at_line, wrap, in_paragraph=in_paragraph, first=first):
                in_paragraph = in_paragraph or is_running_text(previous.text)
            else:
                # A line end that nothing stands for, behind a title, leads to the character that follows it.
                made = previous.end == line.start
                builder.put("\n", previous.end, line.start + made)
                in_paragraph, first = False, at_line
        if not drops:
            builder.put(line.text, line.start, line.end)
            continue
        at = 0
        for match in DROPPED.finditer(line.text):
            builder.put(line.text[at : match.start()], line.start + at, line.start + match.start())
            at = match.end()
        builder.put(line.text[at:] if at else line.text, line.start + at, line.end)
    text, offsets = normalise("".join(builder.parts)), builder.offsets()
    del builder
    traditional = is_traditional(text)
    if traditional:
        text, offsets = _simplify(text, offsets)
    return Document(
        ordinal=ordinal,
        title=to_simplified(normalise(DROPPED.sub("", title))).strip() if title else None,
        title_source=title_source,
        text=text,
        offsets=offsets,
        script="traditional" if traditional else "simplified",
        damage=tuple(find_damage(text)),
    )


def _simplify(text: str, offsets: OffsetMap) -> tuple[str, OffsetMap]:
    """Return the text in simplified characters, and the map that leads from there."""
    after = to_simplified(text)
    if len(after) == len(text):
        return after, offsets
    builder = RunsBuilder()
    for before, line_runs in _lines_with_runs(text, offsets.runs):
        simple = to_simplified(before)
        builder.parts.append(simple)
        at = line_runs[0].clean_start
        for i1, i2, j1, j2 in align(before, simple):
            start, end = at + i1, at + i2
            if i1 == i2:  # characters that stand for nothing of their own lead to their neighbour
                start, end = (start - 1, end) if i1 else (start, end + 1)
            source = [piece for run in line_runs if (piece := part_of_run(run, start, end))]
            if i2 - i1 == j2 - j1:
                for length, start, end in source:
                    builder.add(length, start, end)
            elif j2 > j1:
                builder.add(j2 - j1, source[0][1], source[-1][2])
    return "".join(builder.parts), builder.offsets()


def _lines_with_runs(text: str, runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Yield each line, its end included, with the parts of the runs that make it up."""
    at, first = 0, 0
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        own = []
        while first < len(runs) and runs[first].clean_start < end:
            if piece := part_of_run(runs[first], at, end):
                start = max(at, runs[first].clean_start)
                own.append(Run(start, start + piece[0], piece[1], piece[2]))
            if runs[first].clean_end > end:
                break
            first += 1
        yield line, own
        at = end
