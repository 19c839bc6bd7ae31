"""Where a text tells names of persons: beside words, by a form of their own, in signatures, and by standing again.

Each finder yields names with whether they are told for sure. What looks like a name is decided in `nlp.person_looks`; lists, rows
and columns are read in `nlp.person_lists`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick

from nlp.person_lists import GLOSS, in_chains, in_columns, in_rows, of_list, of_run, without_blanks
from nlp.person_looks import (
    CLOSED,
    HAN,
    LIKELY,
    POSSIBLE,
    edge_at,
    is_word,
    likelihood,
    name_at_end,
    name_by_tags,
    name_from,
    name_until,
    sizes_at,
)
from nlp.person_words import load_words

_BEHIND_LABEL = re.compile(
    r"(?:\d{1,3}[名人位户])?(?:[(（][^()（）\n]{1,14}[)）])?[ \xa0\u3000]*[:：/／]\s*|[ \t\xa0\u3000]+"
)
_COLON = re.compile(r"(?:\d{1,3}[名人位户])?(?:[(（][^()（）\n]{1,14}[)）])?[ \xa0\u3000]*[:：/／]\s*")
_BLANK = re.compile("[ \xa0\u3000]{0,4}")
_SPACED_LABEL = re.compile(
    "(?<![\u4e00-\u9fff])((?:[\u4e00-\u9fff][ \xa0\u3000]{1,6}){1,3}[\u4e00-\u9fff])(?=[ \xa0\u3000]*[:：(（])"
)
_AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)余?(?:名|位|人)(?![次均])")
_LINE = re.compile(
    r"^[ \t\xa0\u3000]*([\u4e00-\u9fff](?:[ \xa0\u3000]{0,4}[\u4e00-\u9fff]){1,3})[ \t\xa0\u3000]*$", re.MULTILINE
)
_IN_BRACKETS = re.compile(
    r"[（(]([\u4e00-\u9fff]{2,12}(?:[ \xa0\u3000、]{1,2}[\u4e00-\u9fff]{2,4}){0,4})[)）][ \xa0\u3000]*$", re.MULTILINE
)
_SEX = re.compile(r"[,，、(（]\s*[男女](?=[,，、)）\s])")
_QUOTED = re.compile("[”」](?=[\u4e00-\u9fff]{2})")
_SHOT = re.compile(r"[摄文图](?=\s*(?:[/／)）\n]|$))")


def find_told(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the names that a text tells, some of them several times."""
    yield from _beside_words(text)
    yield from in_chains(text)
    yield from in_rows(text)
    yield from in_columns(text)
    yield from _by_form(text)
    yield from _lone_names(text)
    yield from _repeated(text)


def find_places(names: Iterable[str], text: str) -> Iterator[tuple[str, int, int]]:
    """Yield every place of names in a text, in one pass."""
    listed = list(names)
    if listed:
        for at, start, end in AhoCorasick(listed).find_matches_as_indexes(text, overlapping=True):
            yield listed[at], start, end


def _beside_words(text: str) -> Iterator[tuple[str, bool]]:
    """Yield names beside offices, forms of address, kinds of persons and labels."""
    words = load_words()
    for at, start, end in words.finder.find_matches_as_indexes(text):
        roles = words.roles[at]
        if "tibetan" in roles:
            both = words.tibetan.match(text, start)
            if both and len(both[0]) == 4 and not text.startswith("德勒", both.end()):
                yield both[0], False
            continue
        behind = (_BEHIND_LABEL if "label" in roles else _COLON).match(text, end) if roles != {"after"} else None
        if behind:
            yield from of_run(text, behind.end())
        elif {"label", "kind"} <= roles:
            yield from of_run(text, end)
        if "office" in roles or "kind" in roles:
            gloss = GLOSS.match(text, end)
            blank = _BLANK.match(text, gloss.end() if gloss else end).end()  # type: ignore[union-attr]
            least = POSSIBLE if "office" in roles or "label" in roles else LIKELY
            name, likely = name_from(text, blank, least=least if blank == end else POSSIBLE)
            if name:
                yield name, likely == LIKELY or "office" in roles
                yield from of_list(text, blank + len(name))
            elif blank == end:
                yield from name_by_tags(text, end, office="office" in roles)
        if "office" in roles or "after" in roles:
            yield from _before(text, start)


def _before(text: str, at: int) -> Iterator[tuple[str, bool]]:
    """Yield the names that stand before a word: one, or several parted by 、 or 和, with or without 等."""
    at -= text[max(0, at - 1) : at] == "等"
    while at > 0:
        name, likely = name_until(text, at)
        if not name:
            return
        yield name, likely == LIKELY
        at -= len(name) + 1
        if at < 1 or text[at] not in "、和与":
            return


def _by_form(text: str) -> Iterator[tuple[str, bool]]:
    """Yield names that their own form or the next characters tell: 古丽·买买提, 扎西卓玛, 王李氏, 林静,女, 林静 摄, ”林静."""
    words = load_words()
    for match in words.sounds.finditer(text) if "·" in text or "•" in text or "・" in text else ():
        yield match[0], True
    yield from _married(text)
    for match in _SEX.finditer(text):
        name, likely = name_until(text, match.start())
        name, likely = (name, likely) if name else name_at_end(text[max(0, match.start() - 3) : match.start()])
        if name:
            yield name, likely == LIKELY
    for match in _SHOT.finditer(text):
        name, likely = name_until(text, match.start() - (text[match.start() - 1] in " \xa0\u3000"))
        if likely == LIKELY:
            yield name, True
    for match in _AND_OTHERS.finditer(text):
        yield from _before(text, match.start())
    for match in _QUOTED.finditer(text):
        name, likely = name_from(text, match.end(), least=LIKELY)
        if name and likely == LIKELY and len(name) > 2:
            yield name, False
    for match in _SPACED_LABEL.finditer(text):
        if without_blanks(match[1]) in words.labels and (colon := _COLON.match(text, match.end())):
            yield from of_run(text, colon.end())


def _married(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the names of married women that are told by two surnames: 王李氏."""
    words = load_words()
    for match in re.finditer("氏", text):
        both = text[max(0, match.start() - 2) : match.start()]
        if len(both) < 2 or both[0] not in words.single or both[1] not in words.single or is_word(both):
            continue
        if (
            text[max(0, match.start() - 8) : match.start() - 2].endswith(words.beside)
            or not HAN.match(text[match.start() - 3 : match.start() - 2] or " ")
            or edge_at(text, match.end()) == CLOSED
        ):
            yield both + "氏", False


def _repeated(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what looks quite like a name of three characters, begins a clause and stands twice or more in the text."""
    words = load_words()
    heads: set[str] = set()
    for match in words.heads.finditer(text):
        name, likely = name_from(text, match.end() - 1, least=LIKELY)
        if likely == LIKELY and len(name) == 3 and not is_word(name[:2]):
            heads.add(name)
            if text.startswith(words.person_verbs, match.end() + 2):
                yield name, False
    counts = Counter(name for name, _, _ in find_places(heads, text))
    for name, count in counts.items():
        if count >= (3 if name[0] in words.word_surnames else 2) and not is_word(name[1:]):
            yield name, False


def _lone_names(text: str) -> Iterator[tuple[str, bool]]:
    """Yield names that fill a line or the brackets at its end: signatures."""
    for match in _LINE.finditer(text):
        plain = without_blanks(match[1])
        if len(plain) in sizes_at(plain, 0) and likelihood(plain) == LIKELY:
            yield match[1], plain != match[1] or len(plain) > 2
            yield plain, len(plain) > 2
    for match in _IN_BRACKETS.finditer(text):
        names = re.split("[ \u3000、]+", match[1])
        while len(names) > 1 and likelihood(names[0]) < POSSIBLE:  # the body that wrote it
            del names[0]
        ranks = [likelihood(name) for name in names]
        if ranks[-1] == LIKELY or (len(ranks) > 1 and min(ranks) >= POSSIBLE):
            yield from ((name, True) for name, rank in zip(names, ranks, strict=True) if rank >= POSSIBLE)
        elif len(names) == 1 and len(names[0]) == 3 and ranks[0]:
            signed = text[match.start() - 1 : match.start()] in ("。", "!", "！", "”") and not is_word(names[0])
            if ranks[0] == POSSIBLE or signed:
                yield names[0], False
