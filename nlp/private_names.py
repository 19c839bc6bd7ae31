"""Names of private persons in a text: told by what stands beside them, by lists and by tables, and by what they look like.

A name is a surname (`nlp/data/surnames.csv`) and a given name of one or two characters. How far a stretch looks like one
(`likelihood`) is told by the dictionary and by the characters of given names (`nlp/data/given_names.csv`); how much of that is
asked for is told by the place: least behind a label or in a list, most within a sentence. Words: `nlp/data/masking.toml`.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.script import is_traditional, to_simplified
from nlp.segment import load_segmenter

NONE, WORD, POSSIBLE, LIKELY = range(
    4
)  # how far a stretch looks like a name: not at all, as a word does, somewhat, quite
OPEN, FOLLOWED, CLOSED = range(3)  # what stands behind a stretch: anything, a word that follows names, a mark
LONGEST_LIST = 60  # names behind one label
NEAREST = 2  # lines between two rows of one list of names

_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")
_RUN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]+")
_GLOSS = re.compile(r"[ ]?[(（][^()（）\n]{1,14}[)）]")
_BEHIND_LABEL = re.compile(
    r"(?:\d{1,3}[名人位户])?(?:[(（][^()（）\n]{1,14}[)）])?[ \xa0\u3000]*[:：/／]\s*|[ \t\xa0\u3000]+"
)
_COLON = re.compile(r"(?:\d{1,3}[名人位户])?(?:[(（][^()（）\n]{1,14}[)）])?[ \xa0\u3000]*[:：/／]\s*")
_BLANK = re.compile("[ \xa0\u3000]{0,4}")
_SPLIT = re.compile(r"[ \t\xa0\u3000]*[、,，;；/|][ \t\xa0\u3000]*\n?|[ \t\xa0\u3000]+")
_SPACED = re.compile("([\u4e00-\u9fff])[ \xa0\u3000]{1,4}([\u4e00-\u9fff])(?![\u4e00-\u9fff:：])")
_SPACED_LABEL = re.compile(
    "(?<![\u4e00-\u9fff])((?:[\u4e00-\u9fff][ \xa0\u3000]{1,6}){1,3}[\u4e00-\u9fff])(?=[ \xa0\u3000]*[:：(（])"
)
_LATIN = re.compile("[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,2}(?![A-Za-z])")
_CHAIN = re.compile(
    "[\u4e00-\u9fff]{2,}(?:[ ]?[(（][^()（）\n]{1,14}[)）])?(?:、[ ]?[\u4e00-\u9fff]{2,4}(?:[ ]?[(（][^()（）\n]{1,14}[)）])?(?![\u4e00-\u9fff])){1,60}(?:、[\u4e00-\u9fff]+)?"
)
_COUNTED = re.compile(
    r"\s?等?(?:同志|(?:\d+|[一二三四五六七八九十]+)余?(?:名|位|户|人|个家庭|同志|对))|等(?:人|同志|人员|家庭|先进|优秀|一批)"
)
_AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)余?(?:名|位|人)(?![次均])")
_LINE = re.compile(
    r"^[ \t\xa0\u3000]*([\u4e00-\u9fff](?:[ \xa0\u3000]{0,4}[\u4e00-\u9fff]){1,3})[ \t\xa0\u3000]*$", re.MULTILINE
)
_IN_BRACKETS = re.compile(
    r"[（(]([\u4e00-\u9fff]{2,12}(?:[ \xa0\u3000、]{1,2}[\u4e00-\u9fff]{2,4}){0,4})[)）][ \xa0\u3000]*$", re.MULTILINE
)
_ROW = re.compile(
    r"^[ \t\xa0\u3000]*(?:[(（]?\d{1,3}[)）]?[ \t\u3000.、．|]+)?([\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])|[\u4e00-\u9fff][ \xa0\u3000]{1,4}[\u4e00-\u9fff](?![\u4e00-\u9fff]))(?:[ \t\u3000|(（,，]+)(\S.*)$",
    re.MULTILINE,
)  # fmt: skip
_CELLS = re.compile(r"[ \xa0\u3000]*[\t|][ \xa0\u3000]*|[ \xa0\u3000]{2,}")
_SEX = re.compile(r"[,，、(（]\s*[男女](?=[,，、)）\s])")
_QUOTED = re.compile("[”」](?=[\u4e00-\u9fff]{2})")
_SHOT = re.compile(r"[摄文图](?=\s*(?:[/／)）\n]|$))")
_COUNTS = frozenset("余多几两半数每各")
_NUMERALS = frozenset("一二三四五六七八九十百千万亿")
_BEFORE = frozenset("由对请经让给向为是和与将把以及及在")  # a character that stands alone before a name
_NEVER_ALONE = frozenset("和")  # surnames that are told in lists and behind labels only
_MASKS = ("·", "•", "×", "X", "x", "*", "＊", "○", "□")
_BODIES = frozenset("县市区镇乡村组班校院部局队厂店司社")  # the last character of a body or a place, before a name
_LIST_MARKS = ("、", "和", "，", "及", "与")


def find_names(text: str) -> dict[str, bool]:
    """Return the names of private persons that a text tells of, as it writes them, and whether each is told for sure.

    Not sure are names that stand in a sentence where a word might, too. Texts in traditional characters are read as simplified ones.
    """
    if is_traditional(text):
        plain = to_simplified(text)
        if len(plain) == len(text):
            return _as_written(text, plain, _find(plain))
    return _find(text)


def stands_alone(name: str, text: str, start: int, end: int) -> bool:
    """Return whether a name that was told elsewhere may be one where it stands, and is not part of other words there.

    A name that is a word, too (高峰), must stand between marks or beside an office; of two characters it must not be cut out of two words (扩张地点).
    """
    looks = likelihood(name) or likelihood(to_simplified(name))
    if "·" in name or "•" in name:
        return True
    if len(name) == 3 and looks == WORD and not load_segmenter().knows(name):
        return True
    if len(name) > 2 and (looks > WORD or name[-1] == "氏" or not _HAN.match(name)):
        return True
    before, behind = text[start - 1 : start], text[end : end + 1]
    if not _HAN.match(before or " ") and not _HAN.match(behind or " "):
        return True
    if looks <= WORD:
        forms = _load_words().beside
        return text[max(0, start - 6) : start].endswith(forms) or text.startswith(forms, end)
    knows = load_segmenter().knows
    return not (len(name) == 2 and before and behind and knows(before + name[0]) and knows(name[1] + behind))


def surname_of(name: str) -> str:
    """Return what of a name may stand: its surname, the first character or the first word in Latin letters."""
    if name[:1].isascii():
        return re.split("[ -]", name)[0] + " "
    return name[: 2 if name[:2] in _load_words().compound else 1]


@lru_cache(maxsize=65_536)
def likelihood(name: str) -> int:
    """Return how far a stretch looks like a name (NONE, WORD, POSSIBLE, LIKELY), whatever stands around it."""
    words = _load_words()
    size = _surname(name)
    given = name[size:]
    if (
        not size
        or not given
        or len(given) > 3
        or name in words.not_names
        or name in words.forms
        or given in words.forms
    ):
        return NONE
    if "某" in given or (given[0] in _COUNTS and (len(given) == 1 or given[-1] not in words.given)):
        return NONE
    if len(given) > 1 and given[-1] in words.endings and name[-1] not in words.endings_of_names:
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
    if len(given) > 1 and size == 1 and (_is_word(name[:2]) or _is_word(given) or name[:2] in words.not_names):
        if name[0] in words.word_surnames:
            return POSSIBLE if whole else WORD
        if name[:2] in words.not_names:
            return POSSIBLE if whole and name[0] in words.common else WORD  # 王子彧, but 阳光家
        if _is_word(name[:2]) and not (whole and segmenter.tag(name[:2])[0][1] in ("ns", "nz", "nt")):
            return POSSIBLE if whole else WORD  # 巩固和, but 魏国华
        return LIKELY if whole else POSSIBLE if typical else WORD
    named = segmenter.tag(name)[0]
    if whole:
        return POSSIBLE if name[0] in words.word_surnames and len(given) == 1 else LIKELY
    if named == (name, "nr") or typical or size == 2 or (len(given) == 1 and name[0] not in words.word_surnames):
        return POSSIBLE
    return WORD


@dataclass(frozen=True, slots=True)
class _Words:
    finder: AhoCorasick
    roles: tuple[frozenset[str], ...]  # of the forms of the finder
    forms: frozenset[str]  # all words beside which names stand
    beside: tuple[str, ...]
    labels: frozenset[str]
    single: frozenset[str]
    rare: frozenset[str]
    compound: frozenset[str]
    common: frozenset[str]
    word_surnames: frozenset[str]
    given: frozenset[str]
    public: frozenset[str]
    public_things: tuple[str, ...]
    person_verbs: tuple[str, ...]
    follows: tuple[str, ...]
    not_names: frozenset[str]
    endings: frozenset[str]
    endings_of_names: frozenset[str]
    heads: re.Pattern[str]  # the beginning of a clause and a surname
    listed: re.Pattern[str]  # a mark of a list and a surname behind it
    sounds: re.Pattern[str]
    tibetan: re.Pattern[str]


@cache
def _load_words() -> _Words:
    data = resources.files("nlp.data")
    tables = tomllib.loads(data.joinpath("masking.toml").read_text("utf-8"))
    forms = {
        kind: tuple(dict.fromkeys(form for one in found for form in one["forms"])) for kind, found in tables.items()
    }
    roles: dict[str, set[str]] = {}
    for kind in ("tibetan", "kind", "label", "after", "office"):
        for form in forms[kind]:
            roles.setdefault(form, set()).add(kind)
    beside = [form for form, kinds in roles.items() if kinds != {"tibetan"}]
    surnames = _rows("surnames.csv")
    sound, tibetan = f"[{forms['sound'][0]}]", "|".join(forms["tibetan"])
    return _Words(
        finder=AhoCorasick(list(roles), matchkind=MatchKind.LeftmostLongest),
        roles=tuple(map(frozenset, roles.values())),
        forms=frozenset(beside),
        beside=tuple(sorted(beside, key=len, reverse=True)),
        labels=frozenset((*forms["label"], *forms["office"], *forms["kind"])),
        single=frozenset((*(row["term"] for row in surnames if row["label"] != "compound"), *forms["more_surname"])),
        rare=frozenset(forms["rare_surname"]),
        compound=frozenset(row["term"] for row in surnames if row["label"] == "compound"),
        common=frozenset(row["term"] for row in surnames if row["label"] == "common"),
        word_surnames=frozenset(forms["word_surname"]),
        given=frozenset(row["term"] for row in _rows("given_names.csv")),
        public=frozenset(row["term"] for row in _rows("public_names.csv")),
        public_things=forms["public_thing"],
        person_verbs=forms["person_verb"],
        follows=tuple(sorted(forms["follows"], key=len, reverse=True)),
        not_names=frozenset(forms["not_a_name"]),
        endings=frozenset(forms["ending"]),
        endings_of_names=frozenset(forms["ending_of_names"]),
        heads=re.compile(
            "(?:[，,。；;：:！!？?“\\n \\u3000]|岁的|像)["
            + "".join({row["term"][0] for row in surnames} | set(forms["more_surname"]))
            + "]"
        ),
        listed=re.compile(
            "、[ ]?["
            + "".join({row["term"][0] for row in surnames} | set(forms["rare_surname"]) | set(forms["more_surname"]))
            + "]"
        ),
        sounds=re.compile(f"{sound}{{2,9}}(?:[·•・]{sound}{{2,9}})+"),
        tibetan=re.compile(f"(?:{tibetan}){{1,2}}"),
    )


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(resources.files("nlp.data").joinpath(name).read_text("utf-8").splitlines()))


def _find(text: str) -> dict[str, bool]:
    public = _load_words().public
    found: dict[str, bool] = {}
    for name, sure in _tell(text):
        if len(name) > 1 and name not in public and re.split("[·•・]", name)[-1] not in public:
            found[name] = found.get(name, False) or sure
    things = _load_words().public_things
    named_after = {name for name, _, end in _places(found, text) if not found[name] and text.startswith(things, end)}
    return {name: sure for name, sure in found.items() if name not in named_after}


def _places(names: Iterable[str], text: str) -> Iterator[tuple[str, int, int]]:
    """Yield every place of names in a text, in one pass."""
    listed = list(names)
    if listed:
        for at, start, end in AhoCorasick(listed).find_matches_as_indexes(text, overlapping=True):
            yield listed[at], start, end


def _tell(text: str) -> Iterator[tuple[str, bool]]:
    yield from _beside_words(text)
    yield from _in_chains(text)
    yield from _in_rows(text)
    yield from _in_columns(text)
    yield from _by_form(text)
    yield from _lone_names(text)
    yield from _repeated(text)


def _as_written(text: str, plain: str, names: dict[str, bool]) -> dict[str, bool]:
    return {text[start:end]: names[name] for name, start, end in _places(names, plain)}


def _is_word(stretch: str) -> bool:
    """Return whether the dictionary has a stretch, and not as a name."""
    segmenter = load_segmenter()
    return segmenter.knows(stretch) and not segmenter.tag(stretch)[0][1].startswith("nr")


@lru_cache(maxsize=16_384)
def _is_verb(stretch: str) -> bool:
    segmenter = load_segmenter()
    return segmenter.knows(stretch) and segmenter.tag(stretch)[0][1] == "v"


def _surname(name: str, *, listed: bool = True) -> int:
    """Return how many characters of a stretch are its surname, two for two surnames of a married woman (陈李丽华); 0 without one."""
    words = _load_words()
    if name[:2] in words.compound and len(name) > 2:
        return 2
    if name[:1] in words.single or (listed and name[:1] in words.rare):
        return 2 if len(name) == 4 and name[1] in words.single and not _is_word(name[:2]) else 1
    return 1 if words.tibetan.fullmatch(name) else 0


def _sizes(text: str, at: int) -> tuple[int, ...]:
    """Return how long a name that begins at a place may be, the longer first; nothing where no surname stands there."""
    words = _load_words()
    if tibetan := words.tibetan.match(text, at):
        return (tibetan.end() - at,)
    if text[at : at + 2] in words.compound:
        return (4, 3)
    if text[at : at + 1] in words.single and text[at] not in _NEVER_ALONE:
        both = text[at] in words.common and text[at + 1 : at + 2] in words.common
        return (4, 3, 2) if both else (3, 2)
    return ()


def _edge(text: str, at: int) -> int:
    """Return what stands at a place behind a name: a mark, a word that follows names, or anything."""
    if at >= len(text) or not _HAN.match(text, at):
        return OPEN if text[at : at + 1] in _MASKS else CLOSED
    if text.startswith(_load_words().follows, at) or text.startswith(_load_words().beside, at):
        return FOLLOWED
    return FOLLOWED if _is_verb(text[at : at + 2]) else OPEN


def _cuts(text: str, at: int) -> bool:
    """Return whether a word of the dictionary stands across a place."""
    return at > 0 and load_segmenter().knows(text[at - 1 : at + 1])


def _name_from(text: str, at: int, *, least: int, closed: bool = False) -> tuple[str, int]:
    """Return the name that begins at a place and how far it looks like one: `least` before a mark, LIKELY before a word of a sentence."""
    words = _load_words()
    best, rank = "", (0, 0, 0)
    for size in _sizes(text, at):
        name = text[at : at + size]
        edge = _edge(text, at + size)
        if len(name) < size or not edge or (closed and edge != CLOSED) or not _RUN.fullmatch(name):
            continue
        likely = likelihood(name)
        if likely < LIKELY and size == 4 and name[:2] not in words.compound:
            continue
        if likely < least or (edge == FOLLOWED and _cuts(text, at + size)):
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


def _beside_words(text: str) -> Iterator[tuple[str, bool]]:
    """Yield names beside offices, forms of address, kinds of persons and labels."""
    words = _load_words()
    for at, start, end in words.finder.find_matches_as_indexes(text):
        roles = words.roles[at]
        if "tibetan" in roles:
            both = words.tibetan.match(text, start)
            if both and len(both[0]) == 4 and not text.startswith("德勒", both.end()):
                yield both[0], False
            continue
        behind = (_BEHIND_LABEL if "label" in roles else _COLON).match(text, end) if roles != {"after"} else None
        if behind:
            yield from _of_run(text, behind.end())
        elif {"label", "kind"} <= roles:
            yield from _of_run(text, end)
        if "office" in roles or "kind" in roles:
            gloss = _GLOSS.match(text, end)
            blank = _BLANK.match(text, gloss.end() if gloss else end).end()  # type: ignore[union-attr]
            least = POSSIBLE if "office" in roles or "label" in roles else LIKELY
            name, likely = _name_from(text, blank, least=least if blank == end else POSSIBLE)
            if name:
                yield name, likely == LIKELY or "office" in roles
                yield from _of_list(text, blank + len(name))
            elif blank == end:
                yield from _read_by_tags(text, end, office="office" in roles)
        if "office" in roles or "after" in roles:
            yield from _before(text, start)


def _read_by_tags(text: str, at: int, *, office: bool) -> Iterator[tuple[str, bool]]:
    """Yield the name that begins at a place within a sentence, where jieba takes the next words for one."""
    sizes = _sizes(text, at)
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
    if length in sizes and likelihood(name) == LIKELY and not _cuts(text, at + length):
        yield name, office


def _before(text: str, at: int) -> Iterator[tuple[str, bool]]:
    """Yield the names that stand before a word: one, or several parted by 、 or 和, with or without 等."""
    at -= text[max(0, at - 1) : at] == "等"
    while at > 0:
        name, likely = _name_until(text, at)
        if not name:
            return
        yield name, likely == LIKELY
        at -= len(name) + 1
        if at < 1 or text[at] not in "、和与":
            return


def _name_until(text: str, at: int) -> tuple[str, int]:
    """Return the name that ends at a place, and how far it looks like one: all since a mark, or the last words as jieba reads them."""
    best, rank, maybe = "", (0, 0), False
    for size in (4, 3, 2):
        start = at - size
        rare = size == 3 and text[start : start + 1] in _load_words().rare
        rare = rare or (size == 4 and set(text[start : start + 2]) <= _load_words().single)  # 陈李丽华
        if start < 0 or (size not in _sizes(text, start) and not rare) or not _RUN.fullmatch(text, start, at):
            continue
        name = text[start:at]
        if size == 2 and text[start] in _BEFORE and text[start + 1] in _load_words().single:
            continue  # 向李主席
        likely = likelihood(name)
        maybe = maybe or likely == LIKELY
        marked = start == 0 or not _HAN.match(text[start - 1])
        led = not marked and (
            text[start - 1] in _BEFORE
            or (text[start - 1] in _BODIES and likely == LIKELY)
            or text[max(0, start - 6) : start].endswith(_load_words().beside)
        )
        led = led and not _cuts(text, start)
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
        if tag.startswith("nr") and taken in _sizes(name, 0) and likelihood(name) == LIKELY:
            return ("", NONE) if _cuts(text, at - taken) else (name, POSSIBLE)
    return "", NONE


def _of_list(text: str, at: int) -> Iterator[tuple[str, bool]]:
    """Yield the names that follow a name after 、 or 和."""
    for _ in range(LONGEST_LIST):
        gloss = _GLOSS.match(text, at)
        at = gloss.end() if gloss else at
        if text[at : at + 1] not in _LIST_MARKS or at >= len(text):
            return
        name, likely = _name_from(text, at + 1, least=POSSIBLE if text[at] == "、" else LIKELY)
        if not name:
            return
        yield name, likely == LIKELY or text[at] == "、"
        at += 1 + len(name)


def _of_run(text: str, at: int) -> Iterator[tuple[str, bool]]:
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
        gloss = _GLOSS.match(text, at)
        at = gloss.end() if gloss else at
        mark = _SPLIT.match(text, at)
        if not mark:
            break
        at = mark.end()
    if told >= 2:
        yield from ((name, False) for name in doubtful if likelihood(name) == WORD)


def _item(text: str, at: int) -> tuple[str, str, int]:
    """Return what stands at a place of a list: as written, without blanks, and how far it looks like a name."""
    words = _load_words()
    if match := (words.sounds.match(text, at) or _LATIN.match(text, at)):
        return match[0], match[0], LIKELY
    run = _RUN.match(text, at)
    if run is None:
        return "", "", NONE
    if (2 <= len(run[0]) <= 4) and _edge(text, run.end()) == CLOSED:
        likely = likelihood(run[0])
        if likely and (len(run[0]) < 4 or likely >= POSSIBLE):
            return run[0], run[0], likely
        if likely or len(run[0]) < 4:
            return "", "", NONE
    if len(run[0]) == 1 and (spaced := _SPACED.match(text, at)) and likelihood(spaced[1] + spaced[2]) >= POSSIBLE:
        return spaced[0], spaced[1] + spaced[2], POSSIBLE
    name, likely = _name_from(text, at, least=LIKELY)
    return name, name, likely


def _in_chains(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the names of lists parted by 、, most of whose items look like names: 对林静、罗海明(女)、周敏等3名同志."""
    words = _load_words()
    surnames = words.single | words.rare
    done = 0
    for mark in words.listed.finditer(text):
        if mark.start() < done or (match := _CHAIN.match(text, _chain_start(text, mark.start()))) is None:
            continue
        done = match.end()
        items = [_GLOSS.sub("", item).strip() for item in match[0].split("、")]
        inner = items[1:-1]
        if sum(item[0] not in surnames for item in inner) * 6 > len(inner):
            continue
        counted = bool(_COUNTED.search(items[-1], 0, 12) or _COUNTED.match(text, match.end())) or items[-1].endswith(
            "等"
        )
        others = items[-1].find("等", 2, 5) + 1
        counted = counted or (others > 0 and items[-1].startswith(words.beside, others))
        first, first_likely = _name_until(text, match.start() + len(_RUN.match(match[0])[0]))  # type: ignore[index]
        last_at = match.end() - len(match[0].rsplit("、", 1)[1])
        last_at += text[last_at] == " "
        last, last_likely = _name_from(text, last_at, least=POSSIBLE)
        ranks = [likelihood(item) for item in inner]
        led = bool(first)
        if not first:
            first, first_likely = _tail(
                items[0], least=POSSIBLE if counted and ranks and min(ranks) >= POSSIBLE else LIKELY
            )
        ranks += [first_likely, last_likely]
        likely = sum(rank == LIKELY for rank in ranks)
        named = sum(rank >= POSSIBLE for rank in ranks)
        if sum(rank == NONE for rank in ranks[:-2]) * 6 > len(inner) or named < 2 or named * 5 < len(ranks) * 4:
            continue
        pair = len(ranks) == 2 and led and likely == 2 and len(first) == len(last) == 3
        pair = pair and _edge(text, last_at + 3) == FOLLOWED
        if (pair or likely >= (1 if counted else 2 if named == len(ranks) > 2 else 3)) and likely * 2 >= len(ranks):
            sure = counted or likely >= 3
            yield from ((item, sure and likelihood(item) > WORD) for item in inner if likelihood(item))
            yield from ((name, sure) for name in (first, last) if name)


def _chain_start(text: str, mark: int) -> int:
    """Return where the item before a 、 begins, which may have a note in brackets behind it."""
    at = mark
    if text[at - 1 : at] in (")", "）"):
        opened = max(text.rfind("(", max(0, at - 18), at), text.rfind("（", max(0, at - 18), at))
        at = opened - (text[opened - 1 : opened] == " ") if opened > 0 else at
    while at > 0 and mark - at < 40 and _HAN.match(text[at - 1]):
        at -= 1
    return at


def _tail(item: str, *, least: int = LIKELY) -> tuple[str, int]:
    """Return the name at the end of the first item of a list, whatever stands before it, where it looks quite like one."""
    for size in (3, 2):
        name = item[-size:]
        told = len(name) == size and name[0] not in _NEVER_ALONE and _surname(name, listed=False)
        if told and likelihood(name) >= least and not _cuts(item, len(item) - size):
            return name, likelihood(name)
    return "", NONE


def _in_rows(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the names at the beginning of lines that tell bodies or offices behind them, where such lines follow each other."""
    surnames = _load_words().single | _load_words().rare
    rows = [match for match in _ROW.finditer(text) if match[1][0] in surnames]
    before = -1
    for number, match in enumerate(rows):
        plain = re.sub(r"\s", "", match[1])
        likely = likelihood(plain)
        office = any(form in match[2] for form in _offices()) or bool(_BODY.search(match[2]))
        near = before >= 0 and text.count("\n", before, match.start()) <= NEAREST + 1
        ahead = number + 1 < len(rows) and text.count("\n", match.end(), rows[number + 1].start()) <= NEAREST + 1
        least = LIKELY if not (near or ahead) else WORD if plain != match[1] else POSSIBLE
        if office and likely >= least:
            before = match.end()
            yield match[1], near or ahead
            yield plain, near or ahead
            yield from _of_list(text, match.end(1))


_BODY = re.compile(
    "(?:公司|学校|小学|中学|大学|学院|医院|幼儿园|委员会|[县市区镇乡村社局部委会所站]|街道|社区|合作社|集团|[一二三四五六七八九\\d]等奖|班|年级|组)(?:$|[ \t\u3000|(（,，、;；])"
)


@cache
def _offices() -> tuple[str, ...]:
    words = _load_words()
    return tuple(form for form in words.beside if len(form) > 1 and form in words.labels)


def _in_columns(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the names of the column 姓名 of a table whose cells are parted by |, tabs or wide blanks."""
    done = 0
    for head in re.finditer("姓[ \u3000]?名", text):
        if head.start() < done:
            continue
        first = text.rfind("\n", 0, head.start()) + 1
        last = text.find("\n", head.end())
        last = last if last >= 0 else len(text)
        cells = _CELLS.split(text[first:last].strip(" \u3000"))
        columns = [at for at, cell in enumerate(cells) if re.fullmatch(r"(?:.{0,6}姓[ \xa0\u3000]*名)", cell)]
        at = last + 1
        while columns and at < len(text):
            end = text.find("\n", at)
            line = text[at : end if end >= 0 else len(text)]
            row = _CELLS.split(line.strip(" \u3000"))
            if len(row) < 2 or len(row) <= columns[0]:
                break
            for column in columns:
                if column < len(row):
                    yield from _of_run(row[column], 0)
            at += len(line) + 1
        done = at


def _by_form(text: str) -> Iterator[tuple[str, bool]]:
    """Yield names that their own form or the next characters tell: 古丽·买买提, 扎西卓玛, 王李氏, 林静,女, 林静 摄, ”林静."""
    words = _load_words()
    for match in words.sounds.finditer(text) if "·" in text or "•" in text or "・" in text else ():
        yield match[0], True
    for match in re.finditer("氏", text):
        both = text[max(0, match.start() - 2) : match.start()]
        open_ = (
            text[max(0, match.start() - 8) : match.start() - 2].endswith(words.beside)
            or not _HAN.match(text[match.start() - 3 : match.start() - 2] or " ")
            or _edge(text, match.end()) == CLOSED
        )
        if len(both) == 2 and both[0] in words.single and both[1] in words.single and not _is_word(both) and open_:
            yield both + "氏", False
    for match in _SEX.finditer(text):
        name, likely = _name_until(text, match.start())
        name, likely = (name, likely) if name else _tail(text[max(0, match.start() - 3) : match.start()])
        if name:
            yield name, likely == LIKELY
    for match in _SHOT.finditer(text):
        name, likely = _name_until(text, match.start() - (text[match.start() - 1] in " \xa0\u3000"))
        if likely == LIKELY:
            yield name, True
    for match in _AND_OTHERS.finditer(text):
        yield from _before(text, match.start())
    for match in _QUOTED.finditer(text):
        name, likely = _name_from(text, match.end(), least=LIKELY)
        if name and likely == LIKELY and len(name) > 2:
            yield name, False
    for match in _SPACED_LABEL.finditer(text):
        if re.sub(r"\s", "", match[1]) in words.labels and (colon := _COLON.match(text, match.end())):
            yield from _of_run(text, colon.end())


def _repeated(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what looks quite like a name of three characters, begins a clause and stands twice or more in the text."""
    words = _load_words()
    heads: set[str] = set()
    for match in words.heads.finditer(text):
        name, likely = _name_from(text, match.end() - 1, least=LIKELY)
        if likely == LIKELY and len(name) == 3 and not _is_word(name[:2]):
            heads.add(name)
            if text.startswith(words.person_verbs, match.end() + 2):
                yield name, False
    counts = Counter(name for name, _, _ in _places(heads, text))
    for name, count in counts.items():
        if count >= (3 if name[0] in words.word_surnames else 2) and not _is_word(name[1:]):
            yield name, False


def _lone_names(text: str) -> Iterator[tuple[str, bool]]:
    """Yield names that fill a line or the brackets at its end: signatures."""
    for match in _LINE.finditer(text):
        plain = re.sub(r"\s", "", match[1])
        if len(plain) in _sizes(plain, 0) and likelihood(plain) == LIKELY:
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
            signed = text[match.start() - 1 : match.start()] in ("。", "!", "！", "”") and not _is_word(names[0])
            if ranks[0] == POSSIBLE or signed:
                yield names[0], False
