"""Lines of a source become the clean text of a document, and a map that leads every character back.

Cleaning changes single characters to single characters (full-width digits, odd quotation marks, half-width punctuation
between Chinese words), drops what is no text (zero-width characters, spelt-out no-break spaces), joins broken lines, and
turns traditional characters into simplified ones. Never NFKC: it would turn ㎡ into m2 and ， into a comma.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.damage import find_damage
from ingest.lines import Line, goes_on, is_running_text
from ingest.records import Document, OffsetMap, Run
from ingest.script import align, is_traditional, to_simplified

FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
ONE_TO_ONE = FULL_WIDTH | str.maketrans(
    {
        "％": "%", "＋": "+", "＝": "=", "＊": "*", "＃": "#", "\xa0": " ", "\t": " ",
        "‚": "“", "‛": "”", "„": "“", "‟": "”", "〝": "“", "〞": "”", "「": "“", "」": "”", "『": "‘", "』": "’",
        "﹐": "，", "﹑": "、", "﹒": ".", "﹔": "；", "﹕": "：", "﹖": "？", "﹗": "！", "﹙": "（", "﹚": "）",
    }
)  # fmt: skip
HALF_WIDTH = str.maketrans({",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"})
# Punctuation inside a number, a time of day or an address keeps its width.
PUNCTUATION = re.compile(r"(?<![0-9]),|,(?![0-9]{3})|(?<![0-9]):|:(?![0-9/])|[;!?()]")
DIGIT_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")
STRAIGHT_QUOTE = re.compile(r'["＂]')
HAN = re.compile(r"[\u4e00-\u9fff]")
DROPPED = re.compile(
    r"[\u200b-\u200f\u2060\ufeff\xad\x00-\x08\x0e-\x1f]|<U\+[0-9A-Fa-f]{4}>"
    r"|(?<=[0-9０-９])[ \u3000](?=[0-9０-９](?:[ \u3000][0-9０-９])* ?[年月日])|(?<=[0-9０-９])[ \u3000](?=[年月日])"
)


def normalise_line(text: str) -> str:
    """Return the line with its characters normalised, of the same length."""
    text = text.translate(ONE_TO_ONE)
    if HAN.search(text):
        text = PUNCTUATION.sub(lambda match: match.group().translate(HALF_WIDTH), text)
    text = DIGIT_POINT.sub(".", text)
    if '"' in text or "＂" in text:
        marks = iter("“”" * (len(text) // 2 + 1))
        text = STRAIGHT_QUOTE.sub(lambda _: next(marks), text)
    return text


def clean(
    lines: Sequence[Line], *, ordinal: int, title: str | None, title_source: str = "own", width: int | None = None
) -> Document:
    """Return the document that the lines make up. `width` is the column to which its source is wrapped, if it is."""
    traditional = is_traditional("".join(line.text for line in lines[:200]))
    builder = _Builder(traditional)
    previous: Line | None = None
    in_paragraph = False
    for line in lines:
        if previous is not None:
            if goes_on(previous, line, width, in_paragraph=in_paragraph):
                in_paragraph = in_paragraph or is_running_text(previous.text)
            else:
                builder.put("\n", previous.end, line.start)
                in_paragraph = False
        at = 0
        for match in DROPPED.finditer(line.text):
            builder.put(normalise_line(line.text[at : match.start()]), line.start + at, line.start + match.start())
            at = match.end()
        builder.put(normalise_line(line.text[at:]) if at else normalise_line(line.text), line.start + at, line.end)
        previous = line
    text = "".join(builder.parts)
    return Document(
        ordinal=ordinal,
        title=to_simplified(normalise_line(title)) if title else None,
        title_source=title_source,
        text=text,
        offsets=OffsetMap(tuple(builder.runs)),
        script="traditional" if traditional else "simplified",
        damage=tuple(find_damage(text)),
    )


class _Builder:
    """Collects pieces of clean text and the runs that lead back; contiguous runs become one."""

    def __init__(self, traditional: bool) -> None:
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self._traditional = traditional
        self._length = 0

    def put(self, text: str, source_start: int, source_end: int) -> None:
        if not text:
            return
        after = to_simplified(text) if self._traditional else text
        if len(text) != source_end - source_start:
            self._add(self._length + len(after), source_start, source_end)
        else:
            base = self._length
            for i1, i2, j1, j2 in align(text, after):
                if j2 > j1:
                    self._add(base + j2, source_start + i1, source_start + i2)
        self.parts.append(after)

    def _add(self, clean_end: int, source_start: int, source_end: int) -> None:
        start = self._length
        self._length = clean_end
        last = self.runs[-1] if self.runs else None
        if (
            last
            and clean_end - start == source_end - source_start
            and last.source_end == source_start
            and last.clean_end - last.clean_start == last.source_end - last.source_start
        ):
            self.runs[-1] = Run(last.clean_start, clean_end, last.source_start, source_end)
        else:
            self.runs.append(Run(start, clean_end, source_start, source_end))
