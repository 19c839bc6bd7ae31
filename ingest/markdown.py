"""Markdown: the words without the marks, every character where it stands in the file.

Marks become spaces (or characters of no width, inside a line), so that the text has the length of the decoded file and a range of it
is a range of the file. Tables get tabs between cells; addresses of links, pictures, comments, tags and the heads that programs put before
a text are blanked; code stays as it is. A line that is indented is a paragraph with an indent, as office texts have it, never code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.decode import decode
from ingest.errors import EmptyFile, NoText
from ingest.mixed import decode_mixed
from ingest.readers import RawText

NOTHING = "\u200b"  # a space of no width, which cleaning drops: for marks between characters
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?:[^\r\n]*\r?\n){0,60}?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
NAMED = re.compile(r"^[A-Za-z_]+\s*:", re.M)
HEADING = re.compile(r"[ \t]{0,3}(#{1,6})(?=[ \t\u3000]|#*[^\s#])[ \t]*")
HEADING_END = re.compile(r"[ \t]+#+[ \t]*$")
RULE = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)$")
QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
DEFINITION = re.compile(r"[ \t]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+.*$")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]{0,500})?/?>")
IMAGE = re.compile(r"!\[[^\]\n]{0,300}\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])")
LINK = re.compile(r"\[(?P<text>[^\[\]\n]{0,500})\](?P<to>\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])")
NOTE = re.compile(r"\[\^[^\]\n]{1,40}\]:?")
CODE = re.compile(r"(`+)(?!`)(?P<text>[^\n]{0,400}?[^`\n])\1(?!`)")
ESCAPED = 0xF0000  # where escaped marks stay out of the way, in a plane that no text uses
UNESCAPED = {ESCAPED + code: code for code in range(0x80)}
ESCAPE = re.compile(r"\\([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
STRONG = re.compile(r"(?P<mark>\*\*|__)(?=[^\s*_])(?P<text>[^\n]{0,400}?[^\s*_])(?P=mark)(?![*_])")
EMPHASIS = re.compile(
    r"(?<![*A-Za-z0-9])(?P<mark>\*)(?=[^\s*])(?P<text>[^*\n]{1,400}?)(?<=[^\s*])\*(?![*A-Za-z0-9])"
    r"|(?<![_\w])_(?=[^\s_])(?P<under>[^_\n]{1,400}?)(?<=[^\s_])_(?![_\w])"
)
# Stars also mask what a report may not tell: 20**年, **县, **万元. Where a line has such, only what stands apart is emphasis.
UNITS = "年月日号届县市区镇乡村组社街路人名户次个家万亿元余多%"
MASKED = re.compile(rf"\d\*|\*[{UNITS}]")
APART = re.compile(r"[\s，。；：、！？（）“”《》(),.;:!?\u200b]")
STRUCK = re.compile(r"~~(?=\S)(?P<text>[^~\n]{1,400}?)~~")

# What stands in the bytes of each kind of marks below: most files are told from Markdown without decoding them.
SIGNS = ((b"#",), (b"```", b"~~~"), (b"](",), (b"---",), (b"**",), (b"\n-", b"\n*", b"\n+", b"\r-", b"\r*", b"\r+"))
SHARPS = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t\u3000]*(?=([^\r\n]+))", re.M)
BLANK = NOTHING + " \t\u3000"
LONGEST_OUTLINED = 10_000_000  # characters; a longer file is no report but a dump, and is read in blocks
KINDS = (
    re.compile(r"^#{1,6}[ \t]+\S", re.M),
    re.compile(r"^ {0,3}(?:`{3}|~{3})", re.M),
    re.compile(r"\[[^\]\n]+\]\((?:https?:|/|\.|#|mailto:)[^)\n]*\)"),
    re.compile(r"^\|?[ \t]*:?-{3,}:?[ \t]*\|[-| :\t]*$", re.M),
    re.compile(r"(?<![\d*])\*\*[^\s*][^*\n]{2,}[^\s*]\*\*(?!\*)"),
    re.compile(r"^[-*+][ \t]+\S.*\n[-*+][ \t]+\S", re.M),
)


def read_markdown(data: bytes, path: str) -> RawText:
    """Return the words of a Markdown file; `text` has the file's length, and ranges of it are ranges of the decoded file.

    The front matter's title and date go into `about`. Raises EmptyFile, NoText.
    """
    source, encoding, _ = decode_mixed(data)
    if not source.strip("\ufeff\x00 \t\r\n\u3000"):
        raise EmptyFile(path)
    text = strip_marks(source)
    if not text.replace(NOTHING, "").strip("\ufeff\x00 \t\r\n\u3000\xa0"):
        raise NoText(
            path,
            "nothing but marks and pictures",
            "只有标记和图片",
            "Check whether the right file was saved.",
            "请检查是否存错了文件。",
        )
    headings = tuple(_headings(source, text)) if len(text) <= LONGEST_OUTLINED else ()
    return RawText(text=text, encoding=encoding, about=tuple(_front_matter(source)), headings=headings)


def is_markdown(data: bytes) -> bool:
    """Tell Markdown from plain text: two kinds of its marks stand in the head of the file. A name that ends in .md says more."""
    start = data[:20_000]
    wide = b"\x00" in start
    kinds = [
        kind
        for kind, signs in zip(KINDS, SIGNS, strict=True)
        if wide or any(mark[-1:] in start and mark in start for mark in signs)  # a single byte is found much faster
    ]
    if len(kinds) < 2:
        return False
    head = decode(start)[0].replace("\r\n", "\n")
    return sum(kind.search(head) is not None for kind in kinds) >= 2


def strip_marks(source: str) -> str:
    """Return the text with its marks blanked, as long as before."""
    front = FRONT.match(source)
    head = _blank(front[0]) if front and NAMED.search(front[0]) else ""
    body = COMMENT.sub(lambda match: _blank(match[0]), source[len(head) :])
    return head + "".join(_lines(body))


def _headings(source: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where headings begin that # marks, and their levels; `text` is the source with its marks blanked."""
    for match in SHARPS.finditer(source):
        said = text[match.end() : match.end(2)]
        if text[match.start(1)] != "#" and said.strip(BLANK):
            yield match.end() + len(said) - len(said.lstrip(BLANK)), len(match[1])


def _front_matter(source: str) -> Iterator[tuple[str, str]]:
    front = FRONT.match(source)
    for line in front[0].splitlines() if front else ():
        name, colon, value = line.partition(":")
        known = {"title": "title", "date": "date", "source": "source", "author": "author"}.get(name.strip().lower())
        if known and colon and value.strip(" \t\"'"):
            yield known, value.strip(" \t\"'")


def _lines(body: str) -> Iterator[str]:
    fence = ""
    lines = body.splitlines(keepends=True)
    tables = _tables(lines)
    for at, line in enumerate(lines):
        bare = line.rstrip("\r\n")
        end = line[len(bare) :]
        mark = FENCE.match(bare)
        if mark and (not fence or (mark[1].startswith(fence) and not bare[mark.end() :].strip())):
            fence = "" if fence else mark[1]
            yield _blank(line)
        elif fence:
            yield line
        elif RULE.match(bare) or DEFINITION.match(bare) or (at in tables and TABLE_RULE.match(bare)):
            yield _blank(line)
        else:
            yield _line(bare, in_table=at in tables) + end


def _tables(lines: list[str]) -> set[int]:
    """Return the lines of tables: around a rule of dashes, as long as there are bars."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if at and at not in found and "|" in line and "|" in lines[at - 1] and TABLE_RULE.match(line.rstrip("\r\n")):
            found |= {at - 1, at}
            below = at + 1
            while below < len(lines) and "|" in lines[below]:
                found.add(below)
                below += 1
    return found


def _line(line: str, *, in_table: bool) -> str:
    for pattern in (QUOTE, HEADING, BULLET):
        if match := pattern.match(line):
            line = " " * match.end() + line[match.end() :]
            if pattern is HEADING and (end := HEADING_END.search(line)):
                line = line[: end.start()] + " " * (len(line) - end.start())
    if in_table:
        line = _row(line)
    return _inline(line)


def _row(line: str) -> str:
    """Return a row of a table with a tab for each bar between cells, and nothing around it."""
    first = len(line) - len(line.lstrip(" \t"))
    last = len(line.rstrip(" \t"))
    chars = list(line)
    for at, char in enumerate(chars):
        if char == "|" and not (at and chars[at - 1] == "\\"):
            chars[at] = " " if at == first or at == last - 1 else "\t"
    return re.sub(r" +(?=\t)|(?<=\t) +", lambda match: NOTHING * len(match[0]), "".join(chars))


def _inline(line: str) -> str:
    """Return the line without the marks inside it; what is code keeps its characters."""
    if not any(mark in line for mark in "*_`[]<~\\"):
        return line
    parts: list[str] = []
    at = 0
    for match in CODE.finditer(line):
        mark = NOTHING * len(match[1])
        parts += [_marked(line[at : match.start()]), mark + match["text"] + mark]
        at = match.end()
    parts.append(_marked(line[at:]))
    return "".join(parts)


def _marked(text: str) -> str:
    for pattern in (IMAGE, NOTE, TAG):
        text = pattern.sub(lambda match: NOTHING * len(match[0]), text)
    text = ESCAPE.sub(lambda match: NOTHING + chr(ESCAPED + ord(match[1])), text)
    text = LINK.sub(lambda match: NOTHING + match["text"] + NOTHING * (1 + len(match["to"])), text)
    for pattern in (STRONG, EMPHASIS, STRUCK):
        text = pattern.sub(_unmarked, text)
    return text if text.isascii() else text.translate(UNESCAPED)


def _unmarked(match: re.Match[str]) -> str:
    """Return what stands between the marks, unless the marks mask something."""
    inner = match["text"] or match["under"]
    mark = (len(match[0]) - len(inner)) // 2
    if match[0][0] == "*" and MASKED.search(match.string):
        before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
        apart = all(not char or APART.match(char) for char in (before, after))
        if not apart or inner[0] in UNITS or len(inner) < 3:
            return match[0]
    return NOTHING * mark + inner + NOTHING * mark


def _blank(text: str) -> str:
    """Return spaces in the place of the text, its line ends kept."""
    return re.sub(r"[^\r\n]", " ", text)
