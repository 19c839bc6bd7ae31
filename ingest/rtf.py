r"""Rich Text files: control words, groups, and Chinese characters as \'xx escapes, \uN escapes or plain bytes.

Read in bytes, not in decoded characters: a two-byte character may be half an escape and half a letter
(\'81A is one character of GBK), and what code page its bytes belong to depends on the font in force.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from ingest.errors import DamagedFile, NoText
from ingest.list_numbers import labelled
from ingest.readers import RawText
from ingest.records import Anchor
from ingest.word import LONGEST_HEADER, drawn_by, join_cell, with_signs

KIND = "Rich Text (.rtf)"
TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|((?:\\'[0-9a-fA-F]{2})+)|\\([^a-zA-Z])|([{}])|[\r\n\x00]+|([^\\{}\r\n\x00]+)"
)
WESTERN = "cp1252"
# Many characters in a row as \uN, each with the characters (by \ucN: so many) for programs that do not know it.
CODES = {
    times: re.compile(rb"(?:\\u-?\d{1,5} ?%s)+" % stands_in)
    for times, stands_in in (
        (1, rb"(?:\\'[0-9a-fA-F]{2}|\?)"),
        (2, rb"(?:(?:\\'[0-9a-fA-F]{2}){2}|\?\?)"),
        (3, rb"(?:\\'[0-9a-fA-F]{2}){3}"),
    )
}
CODE = re.compile(rb"\\u(-?\d{1,5})")
NOT_WHOLE = re.compile("[\x00\ud800-\udfff]")
# Code pages of \fcharsetN, from the Rich Text Format Specification 1.9.1.
CHARSETS = {
    "0": WESTERN,
    "77": "mac_roman",
    "128": "cp932",
    "129": "cp949",
    "134": "gb18030",
    "136": "cp950",
    "161": "cp1253",
    "162": "cp1254",
    "177": "cp1255",
    "178": "cp1256",
    "186": "cp1257",
    "204": "cp1251",
    "222": "cp874",
    "238": "cp1250",
}
PAGES = {936: "gb18030", 54936: "gb18030", 65001: "utf-8", 10000: "mac_roman", 10008: "gb2312"}
DOUBLE = frozenset(("gb18030", "cp950", "cp932", "cp949", "gb2312"))
WESTERN_MARKS = (
    b"\x85\x91\x92\x93\x94\x95\x96\x97\xa0"  # quotes, dashes: in a Western font they are no halves of characters
)
BREAKS = frozenset((b"par", b"sect", b"page", b"line", b"softline", b"column"))
SOFT = frozenset((b"page", b"line", b"softline", b"column"))  # they end a line, and no paragraph
CHARACTERS = {
    b"tab": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
}
SYMBOLS = {b"~": "\xa0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
# Groups that hold no text of the page; those marked \* are passed over unless they stand in TEXT.
NO_TEXT = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl generator info pict object objdata nonshppict shprslt "
    b"fldinst header headerl headerr headerf footer footerl footerr footerf annotation atnid atnauthor atntime themedata "
    b"colorschememapping latentstyles datastore xmlnstbl filetbl template tc xe txe bkmkstart bkmkend sp pntxta pntxtb "
    b"formfield mmathPr ftnsep ftnsepc aftnsep aftnsepc private passwordhash userprops fontemb nonesttables".split()
)
TEXT = frozenset(b"footnote shptxt shpinst pntext listtext nesttableprops fldrslt do dptxbxtext shp".split())
HEADERS = {
    **dict.fromkeys((b"header", b"headerl", b"headerr", b"headerf"), "header"),
    **dict.fromkeys((b"footer", b"footerl", b"footerr", b"footerf"), "footer"),
}
LABELS = frozenset((b"listtext", b"pntext"))
# All words that say something of the text; the others, of its looks, are most.
SPEAKING = (
    frozenset(
        b"u uc f fcharset ansicpg mac pc pca deff plain v deleted upr ud fonttbl fldinst footnote shptxt dptxbxtext pard intbl outlinelevel "
        b"cell row nestcell nestrow trowd cellx".split()
    )
    | NO_TEXT
    | LABELS
    | BREAKS
    | CHARACTERS.keys()
    | HEADERS.keys()
)
# What words set in the state, whatever it was; those of VALUED by their value, or by the state before.
SETTINGS: dict[bytes, dict[str, Any]] = {
    **{key: {"silent": True, "place": ""} for key in NO_TEXT - {b"fldinst"}},
    **{key: {"note": True, "table": False} for key in (b"footnote", b"shptxt", b"dptxbxtext")},
    **{key: {"label": True} for key in LABELS},
    b"fonttbl": {"silent": True, "fonts": True},
    b"intbl": {"table": True},
    b"pard": {"table": False, "level": None},
    b"plain": {"hidden": False, "font": None},
    b"ud": {"silent": False},
    b"upr": {"silent": True},  # its \ud says the same in Unicode
}
VALUED = frozenset((b"uc", b"f", b"fldinst", b"outlinelevel", b"v", b"deleted"))
SYSTEMS = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
IN_CELL = "\x1e"  # between the paragraphs of a cell until it ends
BULLET = re.compile("[•·●○■□◆★▪➢\ue000-\uf8ff]|^o$")
DEEPEST = 2_000  # groups in groups


@dataclass(frozen=True, slots=True)
class _State:
    silent: bool = False
    hidden: bool = False
    fonts: bool = False  # inside the font table
    font: bytes | None = None
    skip: int = 1  # characters that stand after \uN for programs that do not know it
    starred: bool = False  # \* was just said
    note: bool = False  # inside a footnote or text box
    code: bool = False  # inside the code of a field
    level: int | None = None  # of a heading, from 1
    place: str = ""  # inside a header or footer
    label: bool = False  # inside the number of a list's paragraph
    table: bool = False  # the paragraph stands in a cell


Cell = tuple[int, int, int]
_Cell = tuple[int, int, Cell]  # which parts of `out` it takes, end excluded, and its table, row and column


@dataclass(slots=True)
class _Reading:
    page: str = WESTERN
    fonts: dict[bytes, str] = field(default_factory=dict)
    default: bytes | None = None
    out: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    label: str = ""  # the number of a list's paragraph, before its text
    code: list[str] = field(default_factory=list)  # of the field that is being read
    heads: list[tuple[int, int]] = field(default_factory=list)  # the line end of a heading in `out`, its level
    cells: list[_Cell] = field(default_factory=list)
    table: int = -1
    row: int = 0
    column: int = 0
    rights: list[int] = field(default_factory=list)  # where the cells of the row end that is defined
    edges: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)  # the same of each table and row
    is_outside: bool = True  # a paragraph outside of tables was ended since the last cell
    cell_from: int = 0  # where in `out` the cell begins that is read, at the earliest
    soft: set[int] = field(default_factory=set)  # line ends in `out` that end no paragraph
    asides: set[int] = field(default_factory=set)  # lines in `out` of notes and text boxes
    about: list[tuple[str, list[str]]] = field(default_factory=list)  # headers and footers
    pending: bytearray = field(default_factory=bytearray)  # bytes of characters, not yet decoded
    skip: int = 0
    high: int = 0  # the first half of a surrogate pair


def is_rtf(data: bytes) -> bool:
    r"""Tell a Rich Text file: {\rtf after white space or a byte order mark."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def read_rtf(data: bytes, path: str) -> RawText:
    r"""Read a Rich Text file: paragraphs as lines, cells of a row separated by tabs, anchors with the paragraph or cell.

    Field results, list numbers, text boxes and inserted text are read; field codes, deleted and hidden text, headers and
    footers (which are in `about`) are not. Notes and text boxes follow the paragraph that holds them. Raises DamagedFile and NoText.
    """
    if not is_rtf(data):
        raise DamagedFile(path, KIND, "no {\\rtf at its head", "开头没有 {\\rtf")
    reading, unclosed = _text(data)
    if unclosed > 1:  # some writers forget the last one
        raise DamagedFile(path, KIND, f"it ends inside {unclosed} groups", f"在 {unclosed} 层括号内中断")
    text = "".join(reading.out).replace(IN_CELL, " ").rstrip()
    if not text:
        raise NoText(
            path,
            "the Rich Text file has no text, perhaps only pictures",
            "RTF 文件里没有文字,可能只有图片",
            "Have the pictures recognised (OCR) first.",
            "请先对图片做文字识别(OCR)。",
        )
    return RawText(
        text=with_signs(text + "\n"),
        anchors=tuple(sorted(_anchors(reading, text), key=lambda anchor: anchor.start)),
        about=tuple(_about(reading)),
        headings=tuple(_headings(reading)),
    )


def _text(data: bytes) -> tuple[_Reading, int]:
    """Return what was read, and how many groups are still open where the file ends."""
    reading = _Reading()
    state = _State()
    stack: list[_State] = []
    at, end = 0, len(data)
    while at < end:
        at = _behind_codes(reading, state, data, at)
        match = TOKEN.match(data, at)
        if match is None:  # a lone backslash at the end
            break
        at = match.end()
        word, number, escape, symbol, brace, plain = match.groups()
        if plain is not None:
            _add_bytes(reading, state, plain)
        elif escape is not None:
            _add_bytes(reading, state, bytes.fromhex(escape.replace(b"\\'", b"").decode()))
        elif brace == b"{":
            _flush(reading, state)
            if len(stack) >= DEEPEST:
                break
            stack.append(state)
            if state.starred:
                state = replace(state, starred=False)
            reading.skip = 0
        elif brace == b"}":
            _flush(reading, state)
            reading.skip = 0
            if not stack:
                break
            state = _left(reading, state, stack.pop())
            if not stack:
                break  # what stands behind the document is none of it
        elif symbol is not None:
            state = _symbol(reading, state, symbol)
        elif word is not None:
            value = int(number) if number else None
            if word == b"bin" and value and value > 0:
                at += value
            else:
                state = _word(reading, state, word, value)
    _flush(reading, state)
    _put(reading, _State(), "\n")
    return reading, len(stack)


def _behind_codes(reading: _Reading, state: _State, data: bytes, at: int) -> int:
    """Read the characters told by number (\\u24180?) that stand at a place side by side; return where they end."""
    if state.skip not in CODES or reading.skip or not data.startswith(b"\\u", at):
        return at
    run = CODES[state.skip].match(data, at)
    if run is None:
        return at
    _flush(reading, state)
    _add_codes(reading, state, [int(code) % 0x10000 for code in CODE.findall(run[0])])
    return run.end()


def _left(reading: _Reading, inner: _State, outer: _State) -> _State:
    """Return the state behind a group: a note ends its line, the code of a field is drawn."""
    if inner.note and not outer.note:
        reading.note.append("\n")
    if inner.code and not outer.code:
        _put(reading, outer, drawn_by("".join(reading.code)))
        reading.code.clear()
    return outer


def _anchors(reading: _Reading, text: str) -> Iterator[Anchor]:
    """Yield the place of each cell, and of each line outside of tables: its paragraph, that of a note the one before."""
    ends = [0, *accumulate(map(len, reading.out))]
    columns = _columns(reading)
    cells = [
        (ends[first], ends[end], (table, row, columns.get((table, row), {}).get(column, column)))
        for first, end, (table, row, column) in reading.cells
    ]
    for start, end, cell in cells:
        if start < min(end, len(text)):
            yield Anchor(start=start, end=min(end, len(text)), cell=cell)
    soft, asides = ({ends[at + 1] - 1 for at in parts} for parts in (reading.soft, reading.asides))
    paragraph = start = at = 0
    for line in text.split("\n"):
        end = start + len(line)
        while at < len(cells) and cells[at][1] < start:
            at += 1
        if at == len(cells) or cells[at][0] > end:  # else a row of a table
            number = max(0, paragraph - 1) if end in asides else paragraph
            if line:
                yield Anchor(start=start, end=end, paragraph=number)
            paragraph += end not in asides and end not in soft
        start = end + 1


def _columns(reading: _Reading) -> dict[tuple[int, int], dict[int, int]]:
    """Return, for each row, which column of its table each cell begins in: a row with merged cells has fewer."""
    counts = Counter((table, row) for _, _, (table, row, _) in reading.cells)
    known = {place: rights for place, rights in reading.edges.items() if len(rights) == counts[place]}
    grids: dict[int, set[int]] = {}
    for (table, _), rights in known.items():
        grids.setdefault(table, set()).update(rights)
    places = {table: {right: at for at, right in enumerate(sorted(grid), 1)} for table, grid in grids.items()}
    return {
        (table, row): dict(enumerate([0, *(places[table][right] for right in rights[:-1])]))
        for (table, row), rights in known.items()
    }


def _headings(reading: _Reading) -> Iterator[tuple[int, int]]:
    """Yield where the lines of headings begin, and their levels."""
    ends = list(accumulate(map(len, reading.out)))
    text = "".join(reading.out)
    for at, level in reading.heads:
        end = ends[at] - 1
        start = text.rfind("\n", 0, end) + 1
        said = text[start:end]
        if said.strip():
            yield start + len(said) - len(said.lstrip()), level


def _about(reading: _Reading) -> Iterator[tuple[str, str]]:
    """Yield what stands at the head and foot of the pages, each text once."""
    seen = set()
    for place, parts in reading.about:
        text = " ".join("".join(parts).split())[:LONGEST_HEADER]
        if text and (place, text) not in seen:
            seen.add((place, text))
            yield place, text


def _symbol(reading: _Reading, state: _State, symbol: bytes) -> _State:
    if symbol in b"\\{}" and _waits(reading, state):
        _add_bytes(reading, state, symbol)  # the second half of a character that happens to look like a brace
        return state
    _flush(reading, state)
    if symbol == b"*":
        return replace(state, starred=True)
    if reading.skip:
        reading.skip -= 1
    elif symbol in b"\r\n":
        _put(reading, state, "\n")
    elif symbol in SYMBOLS:
        _put(reading, state, SYMBOLS[symbol])
    return state


def _word(reading: _Reading, state: _State, word: bytes, value: int | None) -> _State:
    """Return the state behind a control word, and write or note what the word says."""
    if word != b"u":
        _flush(reading, state)
    if state.starred:
        state = replace(
            state, starred=False, silent=state.silent or (word not in TEXT and word not in (b"ud", b"fldinst"))
        )
    if word not in SPEAKING:
        return state
    if word in HEADERS and not state.silent:
        reading.about.append((HEADERS[word], []))
        return replace(state, silent=True, place=HEADERS[word])
    if word in SETTINGS:
        return replace(state, **SETTINGS[word])
    if word in VALUED:
        return _with_value(state, word, value)
    if not _declares(reading, state, word, value):
        _write(reading, state, word, value)
    return state


def _with_value(state: _State, word: bytes, value: int | None) -> _State:
    """Return the state that the value of a word of `VALUED` asks for, or for a field's code the state before it."""
    if word == b"uc":
        return replace(state, skip=max(0, min(value or 0, 10)))
    if word == b"f":
        return replace(state, font=b"%d" % (value or 0))
    if word == b"fldinst":
        return replace(state, silent=True, code=not (state.silent or state.hidden), place="")
    if word == b"outlinelevel":
        return replace(state, level=value + 1 if value is not None and 0 <= value < 9 else None)
    return replace(state, hidden=value != 0)  # v, deleted


def _declares(reading: _Reading, state: _State, word: bytes, value: int | None) -> bool:
    """Note the fonts and code pages that a word declares, and the cells of a row; tell whether it is such a word."""
    if word == b"fcharset":
        if state.fonts and state.font is not None and str(value) in CHARSETS:
            reading.fonts[state.font] = CHARSETS[str(value)]
    elif word == b"ansicpg":
        reading.page = _page(value)
    elif word in SYSTEMS:
        reading.page = SYSTEMS[word]
    elif word == b"deff":
        reading.default = b"%d" % (value or 0)
    elif word == b"trowd":
        reading.rights.clear()
    elif word == b"cellx":
        reading.rights.append(value or 0)
    else:
        return False
    return True


def _write(reading: _Reading, state: _State, word: bytes, value: int | None) -> None:
    """Write the character that a word stands for, or the end of a line, cell or row."""
    if word == b"u":
        _add_code(reading, state, (value or 0) % 0x10000)
        reading.skip = state.skip
    elif word in BREAKS:
        _break(reading, state, word)
    elif word == b"cell":
        _close_cell(reading, is_counted=not (state.note or state.silent))
        _put(reading, state, "\t")
        reading.cell_from = len(reading.out)
    elif word == b"row":
        _put(reading, state, "\n")
        reading.edges[reading.table, reading.row] = tuple(reading.rights)
        reading.row, reading.column, reading.cell_from = reading.row + 1, 0, len(reading.out)
    elif word in (b"nestcell", b"nestrow"):
        _put(reading, state, IN_CELL)
    elif word in CHARACTERS:
        _put(reading, state, CHARACTERS[word])


def _break(reading: _Reading, state: _State, word: bytes) -> None:
    _put(reading, state, IN_CELL if state.table else "\n")
    if not (state.table or state.note or state.silent or state.hidden):
        reading.is_outside = True
        if word in SOFT:
            reading.soft.add(len(reading.out) - 1)


def _close_cell(reading: _Reading, *, is_counted: bool) -> None:
    """Make the paragraphs of the cell that ends here one line, or lines where they are long."""
    at = len(reading.out)
    while at > reading.cell_from and not reading.out[at - 1].endswith("\n"):
        at -= 1
    said = "".join(reading.out[at:])
    if IN_CELL in said:
        reading.out[at:] = [join_cell(said.split(IN_CELL))]
    if is_counted:
        if reading.is_outside:
            reading.table, reading.row, reading.column, reading.is_outside = reading.table + 1, 0, 0, False
        reading.cells.append((at, len(reading.out), (reading.table, reading.row, reading.column)))
        reading.column += 1


def _page(number: int | None) -> str:
    name = PAGES.get(number or 0, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return WESTERN
    return name


def _codec(reading: _Reading, state: _State) -> str:
    return reading.fonts.get(state.font or reading.default or b"", reading.page)


def _waits(reading: _Reading, state: _State) -> bool:
    """Tell whether the first half of a two-byte character stands without its second."""
    if not reading.pending or _codec(reading, state) not in DOUBLE:
        return False
    decoder = codecs.getincrementaldecoder(_codec(reading, state))(errors="replace")
    decoder.decode(bytes(reading.pending))
    return bool(decoder.getstate()[0])


def _add_bytes(reading: _Reading, state: _State, data: bytes) -> None:
    if reading.skip:
        passed = min(reading.skip, len(data))
        reading.skip -= passed
        data = data[passed:]
    if data and (not (state.silent or state.hidden) or state.code or state.place):
        plain = data.isascii() and _codec(reading, state) == WESTERN
        if plain:
            _flush(reading, state)
        reading.pending += data
        if plain:
            _flush(reading, state)


def _flush(reading: _Reading, state: _State) -> None:
    """Decode the bytes that have gathered, in the code page of the font; a curly quote of a Western font stays one."""
    if not reading.pending:
        return
    data = bytes(reading.pending)
    reading.pending.clear()
    own = _codec(reading, state)
    if own == WESTERN and data.strip(WESTERN_MARKS):
        own = reading.page  # a font for Western text over Chinese bytes: careless writers do that
    for codec in dict.fromkeys((own, reading.page, WESTERN)):
        try:
            _put(reading, state, data.decode(codec))
        except UnicodeDecodeError:
            continue
        return
    _put(reading, state, data.decode(own, errors="replace"))


def _add_code(reading: _Reading, state: _State, code: int) -> None:
    if 0xD800 <= code < 0xDC00:
        reading.high = code
        return
    if 0xDC00 <= code < 0xE000:
        high, reading.high = reading.high, 0
        code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
    if code:
        _put(reading, state, chr(code))


def _add_codes(reading: _Reading, state: _State, codes: list[int]) -> None:
    text = "".join(map(chr, codes))
    if not NOT_WHOLE.search(text):
        _put(reading, state, text)
        return
    for code in codes:
        _add_code(reading, state, code)


def _put(reading: _Reading, state: _State, text: str) -> None:
    if state.silent or state.hidden:
        if state.code:
            reading.code.append(text)
        elif state.place and not state.hidden and reading.about:
            reading.about[-1][1].append(text)
        return
    if state.label:
        reading.label += text
        return
    if reading.label:
        label, reading.label = BULLET.sub("", reading.label.strip()), ""
        text = text if text == "\n" else labelled(label, text) + text
    if state.note:
        reading.note.append(text)
        return
    reading.out.append(text)
    if text == "\n" and state.level:
        reading.heads.append((len(reading.out) - 1, state.level))
    if text == "\n" and reading.note:
        said = "".join(reading.note)
        reading.note.clear()
        for line in said.split("\n"):
            if line.strip():
                reading.asides.add(len(reading.out))
                reading.out.append(line.strip() + "\n")
