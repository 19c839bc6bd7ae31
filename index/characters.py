"""What full-text search sees of a text: its characters as tokens, and the words that a segmenter cuts.

SQLite's tokenizers know no Chinese words, so a document goes in with a space between any two characters. Blanks, line
ends and NUL become control characters that are tokens too; a phrase of tokens is then exactly a substring, but for the
width of letters, digits and marks, the case of ASCII letters and the kind of quotation marks.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

Cut = Callable[[str], list[str]]

FORMAT = "1"  # of what full text holds; a change here makes every index let its documents in anew
PIECE = 100_000  # characters cut at a time …
PART = 500_000  # … and let into full text as one row, so that a file of one endless line stays within memory
PART_SHIFT = 40
PHRASE_LIMIT = 64  # characters of a term that full text looks at; the text decides the rest
LONGEST = 255  # characters of a word, so that a length is a byte
_SHORT = 4096  # bytes, for which zlib needs no more room than they take (measured: a quarter of the time)
_BLANKS = bytes.maketrans(b"\x00 \t\n\x0b\x0c\r", bytes(range(1, 8)))
_BLANK = " ".encode("utf-16-le")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "“”„″"), '"')
_FOLDED |= dict.fromkeys(map(ord, "‘’′"), "'")
_FOLDABLE = re.compile("[！-～“”„″‘’′]")
_COMMON_MARKS = [(mark, chr(ord(mark) - 0xFEE0)) for mark in "，；：（）！？"] + [("“", '"'), ("”", '"')]
_SPELLINGS: dict[str, str] = {}  # all characters that fold to one
for _code, _plain in _FOLDED.items():
    _one = _plain if isinstance(_plain, str) else chr(_plain)
    _SPELLINGS[_one] = _SPELLINGS.get(_one, _one) + chr(_code)


def spaced(text: str) -> str:
    """Return text as tokens, one for each character; the tokenizer folds the case of ASCII letters."""
    plain = fold(text).encode().translate(_BLANKS).decode()
    wide = plain.encode("utf-16-le")
    if len(wide) != 2 * len(plain) or not plain:  # characters beyond the first plane
        return " ".join(plain)
    tokens = bytearray(_BLANK * (2 * len(plain) - 1))  # measured: a fifth of the time of joining characters
    tokens[0::4], tokens[1::4] = wide[0::2], wide[1::2]
    return tokens.decode("utf-16-le")


def phrase(term: str) -> str:
    """Return term as an FTS5 phrase over single characters."""
    return '"' + spaced(term).replace('"', '""') + '"'


def narrow(text: str) -> str:
    """Return text with full-width digits and letters as ASCII ones; the length does not change."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


def fold(text: str) -> str:
    """Return text with half-width letters, digits and marks, and plain quotation marks; the length does not change."""
    for wide, plain in _COMMON_MARKS:
        text = text.replace(wide, plain)
    return _FOLDABLE.sub(lambda match: match[0].translate(_FOLDED), text)


@lru_cache(maxsize=256)
def pattern_for(term: str) -> re.Pattern[str]:
    """Return a pattern for term that overlooks width, the case of ASCII letters and the kind of quotation marks."""
    return re.compile("".join(_any_spelling(char) for char in fold(term)))


@lru_cache(maxsize=256)
def is_plain(term: str) -> bool:
    """Return whether no character of term has another spelling, so that str.find is enough."""
    return not any("!" <= char <= "~" for char in fold(term))


def parts_of(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (number, stretch, stretch with what follows it) of a text, so that no row of full text is too long.

    What follows makes every phrase of up to PHRASE_LIMIT characters stand whole in one part.
    """
    for number, start in enumerate(range(0, max(len(text), 1), PART)):
        yield number, text[start : start + PART], text[start : start + PART + PHRASE_LIMIT - 1]


def row_of(document: int, part: int) -> int:
    """Return the rowid of a part in the full-text tables; that of the first part is the document's number."""
    return document + (part << PART_SHIFT)


def document_of(row: int) -> int:
    """Return the number of the document that a row of the full-text tables belongs to."""
    return row & ((1 << PART_SHIFT) - 1)


def words_of(text: str, cut: Cut) -> list[str]:
    """Return the words of text, in order, without a gap; one of more than 255 characters comes as several."""
    return words_with_lengths(text, cut)[0]


def words_with_lengths(text: str, cut: Cut) -> tuple[list[str], bytes]:
    """Return `words_of` a text and `lengths_of` these; that a length is a byte is seen as it is made one."""
    if len(text) <= PIECE:
        words = cut(text) if text else []
    else:
        words = [word for start in range(0, len(text), PIECE) for word in cut(text[start : start + PIECE])]
    try:
        return words, lengths_of(words)
    except ValueError:
        words = [word[i : i + LONGEST] for word in words for i in range(0, len(word), LONGEST)]
        return words, lengths_of(words)


def lengths_of(words: list[str]) -> bytes:
    """Return the lengths of words, a byte each."""
    return bytes(map(len, words))


def pack_lengths(lengths: bytes | bytearray) -> bytes:
    """Return lengths, compressed to a third."""
    return compressed(lengths)


def compressed(data: bytes | bytearray) -> bytes:
    """Return what `zlib.decompress` makes into data again."""
    if len(data) > _SHORT:
        return zlib.compress(data, 1)
    packer = zlib.compressobj(1, zlib.DEFLATED, wbits=12, memLevel=4)
    return packer.compress(data) + packer.flush()


def unpack_words(packed: bytes, text: str) -> Iterator[str]:
    """Yield the words of text, whose lengths were packed."""
    start = 0
    for length in zlib.decompress(packed):
        yield text[start : start + length]
        start += length


def unpack_parts(packed: bytes, text: str) -> Iterator[list[str]]:
    """Yield the words of each part of text."""
    if len(text) < PART:
        ends = accumulate(zlib.decompress(packed), initial=0)
        yield [text[start:end] for start, end in pairwise(ends)]
        return
    words: list[str] = []
    chars, bound = 0, PART
    for word in unpack_words(packed, text):
        words.append(word)
        chars += len(word)
        if chars == bound:
            yield words
            words, bound = [], bound + PART
    if words or not chars:
        yield words


def as_tokens(words: Iterable[str]) -> str:
    """Return words as tokens for the table of words; blanks and marks are left out."""
    return " ".join(filter(str.isalnum, words))


def _any_spelling(char: str) -> str:
    if not "!" <= char <= "~":
        return re.escape(char)
    cases = {char.lower(), char.upper()}
    return "[" + re.escape("".join(sorted("".join(_SPELLINGS[case] for case in cases)))) + "]"
