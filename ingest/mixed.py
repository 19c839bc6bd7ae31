"""Files whose parts are in different encodings: pasted together, or continued by a program that writes another one.

The decision falls line by line, because parts begin at lines; inside a line it falls where UTF-8 begins or ends beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.decode import FREQUENT, MARKS, decode, reads

# Three characters of three bytes: hardly ever seen in another encoding. Written out, it is seven times as fast as counted.
SURE = re.compile(rb"[\xe2-\xef][\x80-\xbf][\x80-\xbf]" * 3)
OTHERS = ("gb18030", "big5")
# The same by kinds of bytes, which is searched three times as fast where such bytes are common: leads, continuations, others.
KINDS = bytes(0x6C if 0xE2 <= byte <= 0xEF else 0x63 if 0x80 <= byte <= 0xBF else 0x2E for byte in range(256))
SURE_KINDS = b"lcc" * 3
FEWEST = 3  # characters of another encoding inside a line; fewer are spoilt bytes
LONGEST = 200_000  # bytes of a line that are weighed at once
LARGEST = 20_000_000  # bytes of a file that is looked at line by line
MOST = 1_000_000  # bytes of such lines in a file, ten seconds' work; what comes after is read in the other encoding
CHANGE = (
    8.0  # the costs of a change of encoding and of a byte that belongs to nothing, in characters that are not frequent
)
UNREADABLE = 6.0
INFINITE = float("inf")
STEPS = ((1, 2, 3, 4), (1, 2, 4))  # bytes of a character, in UTF-8 and in the other encoding

Part = tuple[bytes, str]
Stretch = tuple[int, int, str]  # text[start:end] was in this encoding


def decode_mixed(data: bytes) -> tuple[str, str, list[Stretch]]:
    """Return (text, encoding, stretches): what most of the file is in, and where the text was in another encoding, and which.

    A file in one encoding comes back as from `ingest.decode.decode`. Line ends stay as they are, lone carriage returns too.
    """
    text, encoding = decode(data)
    if encoding.startswith("utf-16") or len(data) > LARGEST or not _may_be_mixed(data, text, encoding):
        return text, encoding, []
    mark = next((mark for mark, _ in MARKS if data.startswith(mark)), b"")
    lines = data[len(mark) :].splitlines(keepends=True)
    other = encoding if encoding != "utf-8" else _likelier_other(lines)
    parts = _joined(_of_lines(lines, other))
    sizes = {name: sum(_high(piece) for piece, its in parts if its == name) for name in ("utf-8", other)}
    main = max(sizes, key=lambda name: sizes[name])
    pieces: list[str] = []
    stretches: list[Stretch] = []
    length = 0
    for piece, its in parts:
        pieces.append(piece.decode(its, errors="replace"))
        if its != main:
            stretches.append((length, length + len(pieces[-1]), its))
        length += len(pieces[-1])
    return "".join(pieces), main, stretches


def _may_be_mixed(data: bytes, text: str, encoding: str) -> bool:
    if encoding == "utf-8":
        return "\ufffd" in text and not reads(data, "utf-8")  # the sign itself may stand in a file
    spoilt = text.find("\ufffd")  # at the very end a character was cut
    return 0 <= spoilt < len(text) - 1 or SURE_KINDS in data.translate(KINDS)


def _likelier_other(lines: list[bytes]) -> str:
    """Return the encoding that reads what is no UTF-8."""
    odd = SURE.sub(b"", b"".join(line for line in lines if not reads(line, "utf-8")))[:4000]
    return max(OTHERS, key=lambda name: _share(odd.decode(name, errors="replace")))


def _joined(parts: Iterator[Part]) -> list[Part]:
    """Return the parts with neighbours of one encoding put together; ASCII belongs to what stands before it."""
    joined: list[tuple[list[bytes], str]] = []
    for piece, its in parts:
        if joined and (its == joined[-1][1] or not its):
            joined[-1][0].append(piece)
        elif joined and not joined[-1][1]:
            joined[-1] = ([*joined[-1][0], piece], its)
        else:
            joined.append(([piece], its))
    return [(b"".join(pieces), its or "utf-8") for pieces, its in joined]


def _of_lines(lines: list[bytes], other: str) -> Iterator[Part]:
    left = MOST
    for line in lines:
        its = _of_line(line, other)
        if its is not None:
            yield line, its
        elif len(line) <= left:
            left -= len(line)
            yield from _inside_line(line, other)
        else:
            yield line, max(("utf-8", other), key=lambda name: _share(line.decode(name, errors="replace")))


def _of_line(line: bytes, other: str) -> str | None:
    """Return the encoding of a line, the empty one for ASCII, None for one that changes it."""
    if line.isascii():
        return ""
    as_utf8, as_other = reads(line, "utf-8"), reads(line, other)
    if as_utf8 and as_other:
        return "utf-8" if _share(line.decode("utf-8")) >= _share(line.decode(other)) else other
    if as_utf8:
        return "utf-8"
    return other if as_other and not SURE.search(line) else None


def _inside_line(line: bytes, other: str) -> Iterator[Part]:
    """Yield the parts of a line that changes its encoding, along the cheapest of all readings."""
    for at in range(0, len(line), LONGEST):
        yield from _without_strays(_cheapest(line[at : at + LONGEST], other), other)


def _cheapest(line: bytes, other: str) -> list[Part]:
    """Return the reading in which rare characters, unreadable bytes and changes of encoding cost least (Viterbi's way)."""
    cost = [[0.0], [0.0]]  # up to each place, ending in UTF-8 and in the other encoding
    back: list[list[tuple[int, int]]] = [[(0, 0)], [(0, 1)]]  # (bytes of the last character, encoding before it)
    for end in range(1, len(line) + 1):
        for now, (steps, read) in enumerate(((STEPS[0], _cost_utf8), (STEPS[1], _cost_other))):
            best, how = INFINITE, (1, now)
            for step in steps:
                if step > end:
                    continue
                own = read(line[end - step : end], other)
                if own >= INFINITE:
                    continue
                stay, change = cost[now][end - step] + own, cost[1 - now][end - step] + own + CHANGE
                if min(stay, change) < best:
                    best, how = min(stay, change), (step, now if stay <= change else 1 - now)
            cost[now].append(best)
            back[now].append(how)
    parts: list[Part] = []
    at, now = len(line), 0 if cost[0][-1] <= cost[1][-1] else 1
    end = at
    while at > 0:
        step, before = back[now][at]
        at -= step
        if before != now or at == 0:
            parts.append((line[at:end], other if now else "utf-8"))
            end, now = at, before
    return parts[::-1]


def _without_strays(parts: list[Part], other: str) -> Iterator[Part]:
    """Yield the parts; a few characters in the other encoding are spoilt bytes of UTF-8."""
    for piece, its in parts:
        few = its == other and sum(char > "\x7f" for char in piece.decode(other, errors="replace")) < FEWEST
        yield piece, "utf-8" if few else its


@lru_cache(maxsize=65536)
def _cost_utf8(piece: bytes, other: str) -> float:
    return _cost(piece, "utf-8")


@lru_cache(maxsize=65536)
def _cost_other(piece: bytes, other: str) -> float:
    return _cost(piece, other)


def _cost(piece: bytes, encoding: str) -> float:
    """Return what it costs to read the bytes as one character: nothing for a frequent one, little for a common one."""
    if len(piece) == 1:
        return 0.0 if piece[0] < 0x80 else UNREADABLE
    try:
        char = piece.decode(encoding)
    except UnicodeDecodeError:
        return INFINITE
    if len(char) != 1:
        return INFINITE
    if char in FREQUENT or char in "，。、；：“”（）《》！？—…\u3000":
        return 0.0
    if not "\u3400" <= char <= "\u9fff":
        return 3.0
    return 1.0 if _reads_as(char, "gb2312") or _reads_as(char, "big5") else 3.0


def _reads_as(char: str, encoding: str) -> bool:
    return char.encode(encoding, errors="ignore") != b""


def _high(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))


def _share(text: str) -> float:
    """Return how much of what is not ASCII consists of frequent characters."""
    signs = [char for char in text if char > "\x7f" and char not in "，。、；：“”（）《》\u3000"]
    return sum(map(FREQUENT.__contains__, signs)) / max(1, len(signs))
