"""Names of persons in lists, rows and columns: parted by marks or blanks, or at the head of lines that follow each other.

Each finder yields names with whether they are told for sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.marks import line_end
from nlp.person_looks import (
    CLOSED,
    FOLLOWED,
    HAN,
    LIKELY,
    NONE,
    POSSIBLE,
    RUN,
    WORD,
    edge_at,
    likelihood,
    name_at_end,
    name_from,
    name_until,
)
from nlp.person_words import load_words

LONGEST_LIST = 60  # names behind one label
NEAREST = 2  # lines between two rows of one list of names

GLOSS = re.compile(r"[ ]?[(（][^()（）\n]{1,14}[)）]")
_SPLIT = re.compile(r"[ \t\xa0\u3000]*[、,，;；/|][ \t\xa0\u3000]*\n?|[ \t\xa0\u3000]+")
_SPACED = re.compile("([\u4e00-\u9fff])[ \xa0\u3000]{1,4}([\u4e00-\u9fff])(?![\u4e00-\u9fff:：])")
_LATIN = re.compile("[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,2}(?![A-Za-z])")
_CHAIN = re.compile(
    "[\u4e00-\u9fff]{2,}(?:[ ]?[(（][^()（）\n]{1,14}[)）])?(?:、[ ]?[\u4e00-\u9fff]{2,4}(?:[ ]?[(（][^()（）\n]{1,14}[)）])?(?![\u4e00-\u9fff])){1,60}(?:、[\u4e00-\u9fff]+)?"
)
_COUNTED = re.compile(
    r"\s?等?(?:同志|(?:\d+|[一二三四五六七八九十]+)余?(?:名|位|户|人|个家庭|同志|对))|等(?:人|同志|人员|家庭|先进|优秀|一批)"
)
_ROW = re.compile(
    r"^[ \t\xa0\u3000]*(?:[(（]?\d{1,3}[)）]?[ \t\u3000.、．|]+)?([\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])|[\u4e00-\u9fff][ \xa0\u3000]{1,4}[\u4e00-\u9fff](?![\u4e00-\u9fff]))(?:[ \t\u3000|(（,，]+)(\S.*)$",
    re.MULTILINE,
)  # fmt: skip
_CELLS = re.compile(r"[ \xa0\u3000]*[\t|][ \xa0\u3000]*|[ \xa0\u3000]{2,}")
_COLUMN = re.compile("姓[ \u3000]?名")
_OF_NAMES = re.compile(r".{0,6}姓[ \xa0\u3000]*名")  # the head of such a column
_LIST_MARKS = ("、", "和", "，", "及", "与")


def of_list(text: str, at: int) -> Iterator[tuple[str, bool]]:
    """Yield the names that follow a name after 、 or 和."""
    for _ in range(LONGEST_LIST):
        gloss = GLOSS.match(text, at)
        at = gloss.end() if gloss else at
        if text[at : at + 1] not in _LIST_MARKS or at >= len(text):
            return
        name, likely = name_from(text, at + 1, least=POSSIBLE if text[at] == "、" else LIKELY)
        if not name:
            return
        yield name, likely == LIKELY or text[at] == "、"
        at += 1 + len(name)


def of_run(text: str, at: int) -> Iterator[tuple[str, bool]]:
    """Yield the names from a place on, parted by marks or blanks, to the end of the line: what stands behind a label or in a cell."""
    told, doubtful = 0, []
    for _ in range(LONGEST_LIST):
        name, plain, likely = _item(text, at)
        if not name:
            break
        if likely >= POSSIBLE:
            told += 1
            yield name, True
            if plain != name:
                yield plain, True
        else:
            doubtful.append(plain)
        at += len(name)
        gloss = GLOSS.match(text, at)
        at = gloss.end() if gloss else at
        mark = _SPLIT.match(text, at)
        if not mark:
            break
        at = mark.end()
    if told >= 2:
        yield from ((name, False) for name in doubtful if likelihood(name) == WORD)


def in_chains(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the names of lists parted by 、, most of whose items look like names: 对林静、罗海明(女)、周敏等3名同志."""
    done = 0
    for mark in load_words().listed.finditer(text):
        if mark.start() >= done and (chain := _CHAIN.match(text, _chain_start(text, mark.start()))):
            done = chain.end()
            yield from _of_chain(text, chain)


def in_rows(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the names at the beginning of lines that tell bodies or offices behind them, where such lines follow each other."""
    surnames = load_words().single | load_words().rare
    rows = [match for match in _ROW.finditer(text) if match[1][0] in surnames]
    before = -1
    for number, match in enumerate(rows):
        plain = without_blanks(match[1])
        likely = likelihood(plain)
        office = any(form in match[2] for form in _offices()) or load_words().bodies.search(match[2]) is not None
        near = before >= 0 and text.count("\n", before, match.start()) <= NEAREST + 1
        ahead = number + 1 < len(rows) and text.count("\n", match.end(), rows[number + 1].start()) <= NEAREST + 1
        least = LIKELY if not (near or ahead) else WORD if plain != match[1] else POSSIBLE
        if office and likely >= least:
            before = match.end()
            yield match[1], near or ahead
            yield plain, near or ahead
            yield from of_list(text, match.end(1))


def in_columns(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the names of the column 姓名 of a table whose cells are parted by |, tabs or wide blanks."""
    done = 0
    for head in _COLUMN.finditer(text):
        if head.start() < done:
            continue
        first = text.rfind("\n", 0, head.start()) + 1
        last = line_end(text, head.end())
        cells = _CELLS.split(text[first:last].strip(" \u3000"))
        columns = [at for at, cell in enumerate(cells) if _OF_NAMES.fullmatch(cell)]
        done = last + 1
        while columns and done < len(text):
            end = line_end(text, done)
            row = _CELLS.split(text[done:end].strip(" \u3000"))
            if len(row) < 2 or len(row) <= columns[0]:
                break
            for column in columns:
                if column < len(row):
                    yield from of_run(row[column], 0)
            done = end + 1


def without_blanks(stretch: str) -> str:
    """Return a stretch without the blanks that set its characters apart: 林　静."""
    return re.sub(r"\s", "", stretch)


def _item(text: str, at: int) -> tuple[str, str, int]:
    """Return what stands at a place of a list: as written, without blanks, and how far it looks like a name."""
    words = load_words()
    if match := (words.sounds.match(text, at) or _LATIN.match(text, at)):
        return match[0], match[0], LIKELY
    run = RUN.match(text, at)
    if run is None:
        return "", "", NONE
    if (2 <= len(run[0]) <= 4) and edge_at(text, run.end()) == CLOSED:
        likely = likelihood(run[0])
        if likely and (len(run[0]) < 4 or likely >= POSSIBLE):
            return run[0], run[0], likely
        if likely or len(run[0]) < 4:
            return "", "", NONE
    if len(run[0]) == 1 and (spaced := _SPACED.match(text, at)) and likelihood(spaced[1] + spaced[2]) >= POSSIBLE:
        return spaced[0], spaced[1] + spaced[2], POSSIBLE
    name, likely = name_from(text, at, least=LIKELY)
    return name, name, likely


def _of_chain(text: str, chain: re.Match[str]) -> Iterator[tuple[str, bool]]:
    """Yield the names of a list, where enough of its items look like some: one where people are counted behind it, else two or three."""
    items = [GLOSS.sub("", item).strip() for item in chain[0].split("、")]
    inner = items[1:-1]
    if sum(not _opens_name(item) for item in inner) * 6 > len(inner):
        return
    ranks = [likelihood(item) for item in inner]
    counted = _counts_people(text, chain.end(), items[-1])
    first, first_likely = name_until(text, chain.start() + len(RUN.match(chain[0])[0]))  # type: ignore[index]
    led = bool(first)
    if not led:
        sure_of_inner = counted and ranks and min(ranks) >= POSSIBLE
        first, first_likely = name_at_end(items[0], least=POSSIBLE if sure_of_inner else LIKELY)
    last_at = chain.end() - len(chain[0].rsplit("、", 1)[1])
    last_at += text[last_at] == " "
    last, last_likely = name_from(text, last_at, least=POSSIBLE)
    ranks += [first_likely, last_likely]
    likely, named = sum(rank == LIKELY for rank in ranks), sum(rank >= POSSIBLE for rank in ranks)
    if sum(rank == NONE for rank in ranks[:-2]) * 6 > len(inner) or named < 2 or named * 5 < len(ranks) * 4:
        return
    pair = len(ranks) == 2 and led and likely == 2 and len(first) == len(last) == 3
    pair = pair and edge_at(text, last_at + 3) == FOLLOWED
    enough = 1 if counted else 2 if named == len(ranks) > 2 else 3
    if (pair or likely >= enough) and likely * 2 >= len(ranks):
        sure = counted or likely >= 3
        yield from ((item, sure and likelihood(item) > WORD) for item in inner if likelihood(item))
        yield from ((name, sure) for name in (first, last) if name)


def _opens_name(item: str) -> bool:
    words = load_words()
    return item[0] in words.single or item[0] in words.rare


def _counts_people(text: str, end: int, last: str) -> bool:
    """Return whether the last item of a list, or what stands behind it, counts or calls the people listed: 等3名同志, 等代表."""
    if _COUNTED.search(last, 0, 12) or _COUNTED.match(text, end) or last.endswith("等"):
        return True
    others = last.find("等", 2, 5) + 1
    return others > 0 and last.startswith(load_words().beside, others)


def _chain_start(text: str, mark: int) -> int:
    """Return where the item before a 、 begins, which may have a note in brackets behind it."""
    at = mark
    if text[at - 1 : at] in (")", "）"):
        opened = max(text.rfind("(", max(0, at - 18), at), text.rfind("（", max(0, at - 18), at))
        at = opened - (text[opened - 1 : opened] == " ") if opened > 0 else at
    while at > 0 and mark - at < 40 and HAN.match(text[at - 1]):
        at -= 1
    return at


@cache
def _offices() -> tuple[str, ...]:
    words = load_words()
    return tuple(form for form in words.beside if len(form) > 1 and form in words.labels)
