"""How far a stretch looks like the name of a person, and which name begins or ends at a place.

A name is a surname and a given name of one or two characters; the dictionary and the characters of given names tell how
likely it is one. Words: `nlp.person_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nlp.person_words import load_words
from nlp.segment import load_segmenter

# How far a stretch looks like a name: not at all, as a word does, somewhat, quite
NONE, WORD, POSSIBLE, LIKELY = range(4)
OPEN, FOLLOWED, CLOSED = range(3)  # what stands behind a stretch: anything, a word that follows names, a mark

HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")
RUN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]+")
NEVER_ALONE = frozenset("和")  # surnames that are told in lists and behind labels only
_MASKS = ("·", "•", "×", "X", "x", "*", "＊", "○", "□")
_COUNTS = frozenset("余多几两半数每各")
_NUMERALS = frozenset("一二三四五六七八九十百千万亿")
_BEFORE = frozenset("由对请经让给向为是和与将把以及及在")  # a character that stands alone before a name
_BODIES = frozenset("县市区镇乡村组班校院部局队厂店司社")  # the last character of a body or a place, before a name


@lru_cache(maxsize=65_536)
def likelihood(name: str) -> int:
    """Return how far a stretch looks like a name (NONE, WORD, POSSIBLE, LIKELY), whatever stands around it."""
    words = load_words()
    size = surname_length(name)
    given = name[size:]
    if not size or not given or len(given) > 3 or _is_none(name, given):
        return NONE
    if words.tibetan.fullmatch(name):
        return POSSIBLE
    if given[0] in _NUMERALS and given[-1] not in words.given:
        return WORD
    segmenter = load_segmenter()
    typical = sum(character in words.given for character in given)
    whole = typical == len(given)
    if segmenter.knows(name):
        tag = segmenter.tag(name)[0][1]
        if not tag.startswith("nr"):
            return WORD
        return LIKELY if whole and (len(given) > 1 or name[0] not in words.word_surnames) else POSSIBLE
    if len(given) > 2:
        return POSSIBLE if whole and given[-1] not in words.follows else WORD
    if len(given) > 1 and size == 1 and (is_word(name[:2]) or is_word(given) or name[:2] in words.not_names):
        return _beside_word(name, typical=typical, whole=whole)
    named = segmenter.tag(name)[0]
    if whole:
        return POSSIBLE if name[0] in words.word_surnames and len(given) == 1 else LIKELY
    if named == (name, "nr") or typical or size == 2 or (len(given) == 1 and name[0] not in words.word_surnames):
        return POSSIBLE
    return WORD


def _is_none(name: str, given: str) -> bool:
    """Return whether a stretch is known to be no name, or is one masked (张某), a count or the name of a thing."""
    words = load_words()
    if name in words.not_names or name in words.forms or given in words.forms or "某" in given:
        return True
    if given[0] in _COUNTS and (len(given) == 1 or given[-1] not in words.given):
        return True
    return len(given) > 1 and given[-1] in words.endings and name[-1] not in words.endings_of_names


def _beside_word(name: str, *, typical: int, whole: bool) -> int:
    """Return how far a stretch looks like a name that begins with a word or ends in one; `typical` characters are those of given names."""
    words = load_words()
    if name[0] in words.word_surnames:
        return POSSIBLE if whole else WORD
    if name[:2] in words.not_names:
        return POSSIBLE if whole and name[0] in words.common else WORD  # 王子彧, but 阳光家
    if is_word(name[:2]) and not (whole and load_segmenter().tag(name[:2])[0][1] in ("ns", "nz", "nt")):
        return POSSIBLE if whole else WORD  # 巩固和, but 魏国华
    return LIKELY if whole else POSSIBLE if typical else WORD


def is_word(stretch: str) -> bool:
    """Return whether the dictionary has a stretch, and not as a name."""
    segmenter = load_segmenter()
    return segmenter.knows(stretch) and not segmenter.tag(stretch)[0][1].startswith("nr")


def sizes_at(text: str, at: int) -> tuple[int, ...]:
    """Return how long a name that begins at a place may be, the longer first; nothing where no surname stands there."""
    words = load_words()
    if tibetan := words.tibetan.match(text, at):
        return (tibetan.end() - at,)
    if text[at : at + 2] in words.compound:
        return (4, 3)
    if text[at : at + 1] in words.single and text[at] not in NEVER_ALONE:
        both = text[at] in words.common and text[at + 1 : at + 2] in words.common
        return (4, 3, 2) if both else (3, 2)
    return ()


def edge_at(text: str, at: int) -> int:
    """Return what stands at a place behind a name: a mark, a word that follows names, or anything."""
    if at >= len(text) or not HAN.match(text, at):
        return OPEN if text[at : at + 1] in _MASKS else CLOSED
    if text.startswith(load_words().follows, at) or text.startswith(load_words().beside, at):
        return FOLLOWED
    return FOLLOWED if _is_verb(text[at : at + 2]) else OPEN


def cuts(text: str, at: int) -> bool:
    """Return whether a word of the dictionary stands across a place."""
    return at > 0 and load_segmenter().knows(text[at - 1 : at + 1])


def name_from(text: str, at: int, *, least: int) -> tuple[str, int]:
    """Return the name that begins at a place and how far it looks like one: `least` before a mark, LIKELY before a word of a sentence."""
    words = load_words()
    best, rank = "", (0, 0, 0)
    for size in sizes_at(text, at):
        name = text[at : at + size]
        edge = edge_at(text, at + size)
        if len(name) < size or not edge or not RUN.fullmatch(name):
            continue
        likely = likelihood(name)
        if likely < LIKELY and size == 4 and name[:2] not in words.compound:
            continue
        if likely < least or (edge == FOLLOWED and cuts(text, at + size)):
            continue
        if (
            size == 3
            and name[2] in words.follows
            and (name[2] not in words.given or name[2] == "和")
            and likelihood(name[:2]) >= POSSIBLE
        ):
            continue  # 陈刚在 of 陈刚在会上
        if (likely, edge, size) > rank:
            best, rank = name, (likely, edge, size)
    return best, rank[0]


def name_until(text: str, at: int) -> tuple[str, int]:
    """Return the name that ends at a place, and how far it looks like one: all since a mark, or the last words as jieba reads them."""
    best, rank, maybe = "", (0, 0), False
    for size in (4, 3, 2):
        start = at - size
        rare = size == 3 and text[start : start + 1] in load_words().rare
        rare = rare or (size == 4 and set(text[start : start + 2]) <= load_words().single)  # 陈李丽华
        if start < 0 or (size not in sizes_at(text, start) and not rare) or not RUN.fullmatch(text, start, at):
            continue
        name = text[start:at]
        if size == 2 and text[start] in _BEFORE and text[start + 1] in load_words().single:
            continue  # 向李主席
        likely = likelihood(name)
        maybe = maybe or likely == LIKELY
        marked = start == 0 or not HAN.match(text[start - 1])
        led = not marked and (
            text[start - 1] in _BEFORE
            or (text[start - 1] in _BODIES and likely == LIKELY)
            or text[max(0, start - 6) : start].endswith(load_words().beside)
        )
        led = led and not cuts(text, start)
        if likely >= (LIKELY if rare else POSSIBLE) and (marked or led) and (likely, size) > rank:
            best, rank = name, (likely, size)
    if best or not maybe:
        return best, rank[0]
    taken = 0
    for word, tag in reversed(load_segmenter().tag(text[max(0, at - 8) : at])):
        taken += len(word)
        name = text[at - taken : at]
        if taken > 4 or not (tag.startswith("nr") or len(word) <= 2):
            break
        if tag.startswith("nr") and taken in sizes_at(name, 0) and likelihood(name) == LIKELY:
            return ("", NONE) if cuts(text, at - taken) else (name, POSSIBLE)
    return "", NONE


def name_at_end(item: str, *, least: int = LIKELY) -> tuple[str, int]:
    """Return the name at the end of the first item of a list, whatever stands before it, where it looks quite like one."""
    for size in (3, 2):
        name = item[-size:]
        told = len(name) == size and name[0] not in NEVER_ALONE and surname_length(name, listed=False)
        if told and likelihood(name) >= least and not cuts(item, len(item) - size):
            return name, likelihood(name)
    return "", NONE


def name_by_tags(text: str, at: int, *, office: bool) -> Iterator[tuple[str, bool]]:
    """Yield the name that begins at a place within a sentence, where jieba takes the next words for one."""
    sizes = sizes_at(text, at)
    if not sizes:
        return
    if not any(likelihood(text[at : at + size]) == LIKELY for size in sizes):
        return
    length = 0
    for word, tag in load_segmenter().tag(text[at : at + 8]):
        if not tag.startswith("nr") or length + len(word) > max(sizes):
            break
        length += len(word)
    name = text[at : at + length]
    if length in sizes and likelihood(name) == LIKELY and not cuts(text, at + length):
        yield name, office


def surname_length(name: str, *, listed: bool = True) -> int:
    """Return how many characters of a stretch are its surname, two for two surnames of a married woman (陈李丽华); 0 without one."""
    words = load_words()
    if name[:2] in words.compound and len(name) > 2:
        return 2
    if name[:1] in words.single or (listed and name[:1] in words.rare):
        return 2 if len(name) == 4 and name[1] in words.single and not is_word(name[:2]) else 1
    return 1 if words.tibetan.fullmatch(name) else 0


@lru_cache(maxsize=16_384)
def _is_verb(stretch: str) -> bool:
    segmenter = load_segmenter()
    return segmenter.knows(stretch) and segmenter.tag(stretch)[0][1] == "v"
