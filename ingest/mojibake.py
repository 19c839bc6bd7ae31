"""Mojibake: text that was decoded by the wrong rule, and what can be taken back exactly.

UTF-8 read as GBK keeps a grammar: every character of three bytes gives one and a half, so that the pairs which the reader saw
stand in a fixed order (lead and continuation, continuation and lead, two continuations). Chinese as people write it breaks that
order within a few characters. UTF-8 or GBK read as Latin-1 leaves runs of accented letters. Each is taken back by encoding
again. Where a byte was lost (the reader wrote U+FFFD or a question mark), the place is told and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise

from ingest.decode import FREQUENT

Repair = tuple[int, int, str | None]

GAP = 40  # ASCII characters (numbers, spaces) between two stretches of one damage
ODD_GAP = 4  # characters of another kind: where bytes were lost, the grammar is broken for so long
PLAUSIBLE = 0.25  # of the repaired characters are frequent ones; reports have 0.45 and more, accidents under 0.1
ENOUGH = 6  # repaired characters that no accident gives
CONTINUATION = range(0x80, 0xC0)
LEADS = range(0xE2, 0xF0)  # of three bytes: U+2000 (quotation marks) to U+FFFF
SHORT_LEADS = range(0xC2, 0xE0)  # of two bytes: · × °
SPACE = "銆"  # what is left of U+3000 (E3 80 80): this character, and a lone byte 80
LONE = "€\ufffd"  # the lone byte 80 as Windows shows it, and as others do
PRIVATE = re.compile("[\ue000-\ue765]")  # what GBK leaves to users; readers without it write U+FFFD there
UNKNOWN = 0xFF  # stands for a lost byte; no valid UTF-8 holds it
SOUND = re.compile(
    rb"(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|[\xf1-\xf3][\x80-\xbf]{3})+"
)
ASCII_ONLY = re.compile(r"[\x00-\x7f\u3000]*")
# A U+FFFD that was saved as UTF-8 and read as GBK gives 锟斤拷.
# One class first, so that the search skips at the speed of a scan; what was met decides.
LOST = re.compile(
    r"[\ufffd锟斤烫屯](?:(?<=\ufffd)\ufffd*|(?<=锟)斤拷[锟斤拷\ufffd]*|(?<=斤)拷锟[锟斤拷\ufffd]*|(?<=烫)烫{2,}|(?<=屯)屯{2,})"
)
LOST_FIRST, LATIN_FIRST = "\ufffd锟斤烫屯", "\xa1-\xff"
LOST_ONLY = re.compile("[锟斤拷\ufffd]+")  # no damage of its own kind around it

# Latin-1, and the signs that Windows-1252 has in place of its control characters.
WINDOWS = dict(
    zip(
        "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ",
        b"\x80\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9e\x9f",
        strict=True,
    )
)
TAIL = "[\x80-\xbf" + "".join(WINDOWS) + "]"
LATIN = re.compile(r"[\xa1-\xff](?=[\x80-\xff" + "".join(WINDOWS) + "])(?<![\xad\xb7])")
LATIN_ONLY = re.compile("[\x00-\xff\ufffd" + "".join(WINDOWS) + "]*")
TWICE = re.compile(rf"(?:[\xc2-\xdf]{TAIL}|[\xe0-\xef]{TAIL}{{2}}|[\xf0-\xf4]{TAIL}{{3}})+")
QUOTE_TWICE = re.compile(r"â€[\x80-\xbf“”˜™¦¢\x9d]")  # “ ” ‘ ’ … •, which nothing else looks like
PAIRS = re.compile(r"(?:[\xa1-\xf7][\xa1-\xfe])+")


def find_mojibake(text: str, signs: str | None = None) -> list[Repair]:
    """Return (start, end, repair) of the damaged stretches, in order and without overlap.

    `signs` are those of `suspects` that the text has, where that is known: it saves looking for what cannot be there.
    `repair` is what the stretch was before, where encoding it again gives that without doubt; None where bytes were lost.
    """
    found: list[Repair] = []
    signs = text if signs is None else signs
    if any(char in signs for char in LOST_FIRST):
        found += [(match.start(), match.end(), None) for match in LOST.finditer(text)]
    if _first().search(signs):
        found += _utf8_as_gbk(text)
    if re.search(f"[{LATIN_FIRST}]", signs):
        found += _as_latin(text)
    return _without_overlap(found)


def aligned(damaged: str, repair: str) -> list[tuple[int, int]]:
    """Return steps (damaged characters, repaired characters) of the same bytes, as small as can be; their sums are the lengths."""
    latin = LATIN_ONLY.fullmatch(damaged) is not None
    before = list(accumulate(1 if latin or char < "\x80" or char in LONE else 2 for char in damaged))
    codec = "gb18030" if latin and len(repair.encode("utf-8")) != len(damaged) else "utf-8"
    after = list(accumulate(len(char.encode(codec, "replace")) for char in repair))
    if before[-1] != after[-1]:
        return [(len(damaged), len(repair))]
    places = {total: at for at, total in enumerate(before, 1)}
    borders = [(0, 0), *((places[total], at) for at, total in enumerate(after, 1) if total in places)]
    return [(end[0] - start[0], end[1] - start[1]) for start, end in pairwise(borders)]


def _without_overlap(found: list[Repair]) -> list[Repair]:
    """Return the stretches in order; of two that overlap the longer one, which knows more of its surroundings."""
    kept: list[Repair] = []
    taken: list[tuple[int, int]] = []
    whole = sorted(found, key=lambda piece: (piece[0], -piece[1]))
    for piece in whole:
        if taken and piece[0] < taken[-1][1]:
            if piece[1] - piece[0] <= taken[-1][1] - taken[-1][0]:
                continue
            kept.pop()
            taken.pop()
        kept.append(piece)
        taken.append(piece[:2])
    return kept


# UTF-8 read as GBK


def _images(leads: range, trails: range) -> str:
    """Return the inside of a character class: the characters whose code in GBK has such a first and second byte."""
    return re.escape(
        "".join(
            char
            for lead in leads
            for trail in trails
            if len(char := bytes((lead, trail)).decode("gb18030", errors="replace")) == 1 and char not in LONE
        )
    )


@cache
def suspects() -> str:
    """Return the inside of a character class: every stretch that `find_mojibake` finds begins with one of these characters."""
    return f"{LOST_FIRST}{LATIN_FIRST}{_images(LEADS, CONTINUATION)}"


@cache
def _first() -> re.Pattern[str]:
    return re.compile(f"[{_images(LEADS, CONTINUATION)}]")


@cache
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern that finds where UTF-8 read as GBK may begin, and one that matches as much of it as keeps the order."""
    first, last = _images(LEADS, CONTINUATION), _images(CONTINUATION, LEADS)
    inner = _images(CONTINUATION, CONTINUATION)
    short_first, short_last = _images(SHORT_LEADS, CONTINUATION), _images(CONTINUATION, SHORT_LEADS)
    begin = re.compile(rf"[{first}](?=[{last}{short_last}{LONE}?])")
    turn = rf"(?:[{short_last}]|[{last}][{LONE}])*(?:[{last}][{inner}]|[{LONE}?])"
    return begin, re.compile(rf"(?:[{first}]{turn}[{short_first}]*)+(?:[{first}][{last}]?)?")


def _utf8_as_gbk(text: str) -> Iterator[Repair]:
    begin, stretch = _grammar()
    spans: list[tuple[int, int]] = []
    at = 0
    while match := begin.search(text, at):
        whole = stretch.match(text, match.start())
        if whole and not LOST_ONLY.fullmatch(whole[0]):
            spans.append(whole.span())
        at = whole.end() if whole else match.end()
    told = bool(spans) and PRIVATE.search(text) is not None
    for start, end in _merge(text, spans):
        pieces = list(_pieces(text, start, end, told=told))
        repaired = "".join(repair for _, _, repair in pieces if repair)
        if _is_plausible(repaired, text[start:end]):
            yield from pieces


def _merge(text: str, spans: list[tuple[int, int]], filling: re.Pattern[str] = ASCII_ONLY) -> Iterator[tuple[int, int]]:
    """Yield the spans, with those that only a short gap parts put together. `filling` matches what long gaps may hold."""
    if not spans:
        return
    start, end = spans[0]
    for following, its_end in spans[1:]:
        gap = following - end
        if gap <= ODD_GAP or (gap <= GAP and filling.fullmatch(text, end, following)):
            end = its_end
        else:
            yield start, end
            start, end = following, its_end
    yield start, end


def _is_plausible(repaired: str, before: str) -> bool:
    """Tell a repair that gives Chinese as it is written from an accident of rare characters."""
    signs = [char for char in repaired if char > "\xff"]
    han = [char for char in signs if "\u3400" <= char <= "\u9fff"]
    if len(signs) < 2 or any("\ue000" <= char <= "\uf8ff" for char in signs):
        return False
    frequent = sum(map(FREQUENT.__contains__, han))
    if len(han) >= ENOUGH:
        return frequent >= len(han) * PLAUSIBLE
    rare = any(not _in_gb2312(char) for char in before if char > "\x7f")
    if len(han) >= 3 and all(map(_is_common, han)):
        return rare
    return rare and len(han) >= 2 and frequent >= len(han) * 0.5


def _is_common(char: str) -> bool:
    """Tell a character of the first level of GB2312, the 3,755 in common use."""
    return b"\xb0\xa1" <= char.encode("gb2312", errors="ignore") <= b"\xd7\xf9"


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _pieces(text: str, start: int, end: int, *, told: bool) -> Iterator[Repair]:
    """Yield what the stretch was, in pieces as long as can be; those in which a byte was lost have no repair.

    `told`: the reader had a sign for every pair, those of private use too, so that its U+FFFD is the lone byte 80.
    """
    codes = [_code(text, at, end, told=told) for at in range(start, end)]
    data = b"".join(codes)
    offsets = [0, *accumulate(map(len, codes))]
    borders = {offset: start + at for at, offset in enumerate(offsets)}
    at = start
    for match in SOUND.finditer(data):
        inside = [place for place in range(match.start(), match.end() + 1) if place in borders and _begins(data, place)]
        if len(inside) < 2:
            continue
        first, last = borders[inside[0]], borders[inside[-1]]
        while first > at and text[first : first + 1] == "?":  # the mark that stands for the lost byte
            first += 1
            inside[0] += 1
        if first >= last:
            continue
        if first > at:
            yield at, first, None
        yield first, last, data[inside[0] : inside[-1]].decode("utf-8")
        at = last
    if at < end:
        yield at, end, None


def _begins(data: bytes, place: int) -> bool:
    """Tell whether a character of UTF-8 may begin at this place."""
    return place == len(data) or not 0x80 <= data[place] < 0xC0


def _code(text: str, at: int, end: int, *, told: bool) -> bytes:
    """Return the bytes that the reader took for text[at]."""
    char = text[at]
    if char in LONE:
        return b"\x80" if (told or char != "\ufffd") and _is_certain(text, at, end) else bytes((UNKNOWN,))
    code = char.encode("gb18030", errors="replace")
    return code if len(code) <= 2 else bytes((UNKNOWN,))


def _is_certain(text: str, at: int, end: int) -> bool:
    """Tell a lone 80, which cannot be the first of a pair, from a byte that lost its partner.

    Any byte is alone before a line end or ASCII. Where line ends were dropped, an ideographic space shows that one stood there,
    unless the sign in question belongs to the spaces itself.
    """
    if at + 1 >= end or text[at + 1].isascii() or text[at + 1] in LONE:
        return False
    if text[at] == "€":
        return True
    if text[at + 1] == SPACE and text[at + 2 : at + 3] and text[at + 2] in LONE:
        before = text[at - 2 : at - 1]
        return text[at - 1] == SPACE and (not before or before.isascii() or before in LONE)
    return True


# UTF-8 or GBK read as Latin-1


def _as_latin(text: str) -> Iterator[Repair]:
    spots = [match.start() for match in LATIN.finditer(text)]
    if not spots:
        return
    for pattern, codec in ((TWICE, "utf-8"), (PAIRS, "gb18030")):
        spans = [match.span() for match in _matches(pattern, text, spots)]
        for start, end in _merge(text, spans, LATIN_ONLY):
            own = [span for span in spans if start <= span[0] < end]
            repairs = [_taken_back(text[a:b], codec) for a, b in own]
            told = codec == "utf-8" and QUOTE_TWICE.search(text, start, end)
            if told or _is_chinese("".join(repair or "" for repair in repairs)):
                yield from _with_gaps(text, [(a, b, repair) for (a, b), repair in zip(own, repairs, strict=True)])
                spots = [spot for spot in spots if not start - ODD_GAP <= spot < end + ODD_GAP]


def _with_gaps(text: str, pieces: list[Repair]) -> Iterator[Repair]:
    """Yield the pieces, and between them what belongs to the damage but cannot be taken back."""
    at = pieces[0][0]
    for piece in pieces:
        if not ASCII_ONLY.fullmatch(text, at, piece[0]):
            yield at, piece[0], None
        yield piece
        at = piece[1]


def _matches(pattern: re.Pattern[str], text: str, spots: list[int]) -> Iterator[re.Match[str]]:
    at = 0
    for spot in spots:
        if spot >= at and (match := pattern.match(text, spot)):
            yield match
            at = match.end()


def _taken_back(piece: str, codec: str) -> str | None:
    try:
        return bytes(WINDOWS.get(char) or ord(char) for char in piece).decode(codec)
    except (UnicodeDecodeError, ValueError):
        return None


def _is_chinese(repaired: str) -> bool:
    """Tell whether the repair of accented letters is Chinese: two characters of the common ones, or more with some of them."""
    han = [char for char in repaired if "\u3400" <= char <= "\u9fff"]
    signs = [char for char in repaired if char > "\x7f" and char not in "“”‘’…—"]
    frequent = sum(map(FREQUENT.__contains__, han))
    return len(han) >= 2 and len(han) >= len(signs) * 0.6 and frequent >= max(1, len(han) * PLAUSIBLE)
