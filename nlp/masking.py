"""What a text says of private persons: names, telephones, identity numbers, e-mail addresses, bank cards; and how it is masked.

Numbers are told by their form, identity numbers and bank cards by their check digit too, or by the word before them. A name is told by what stands beside
it (`nlp/data/masking.toml`), begins with a surname and is what jieba takes for one, or stands where nothing else can. Once told, it is
found wherever the text has it. Leaders, models and thinkers of the nation (`nlp/data/public_names.csv`) are no private persons.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.segment import load_segmenter

KINDS = ("name", "mobile", "telephone", "identity", "email", "account", "messenger")
STAR = "*"
GIVEN = 2  # stars that stand for a given name, however long it is
WINDOW = 8  # characters beside a word that are cut into words
LONGEST_LIST = 40  # names behind one label

_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")
_WIDE = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94)} | {"\u3000": " ", "—": "-", "–": "-", "―": "-"}
)
_UNIT = r"(?!\d|[.,]\d|\s*(?:元|万|亿|人|户|个|次|吨|亩|公里|平方|字|件|%))"
_CONTACTS = re.compile(
    r"(?P<email>[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?:身份证(?:号码?|件号码)?|公民身份号码)[^\d\n]{0,6}(?P<identity>\d{15,17}[\dXx]?)(?!\d)"
    r"|(?:账号|帐号|卡号|银行卡|账户|帐户)[^\d\n]{0,8}(?P<account>\d(?:[ -]?\d){8,24})(?!\d)"
    r"|(?:QQ|qq|微信|Q Q)(?:群|号|号码|群号)?\s*[:为是]?\s*(?P<messenger>[A-Za-z0-9_-]{5,20})"
    rf"|(?<![\d.])(?:\+?86[- ]?)?(?P<mobile>1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}}){_UNIT}"
    rf"|(?<![\d.])(?P<area>\(?0\d{{2,3}}\)?[- ]?)(?P<landline>[2-9]\d{{6,7}}){_UNIT}"
    r"|(?:电话|热线|传真|座机|手机|Tel|TEL|tel)[^\d\n]{0,8}(?P<telephone>\d{7,8}|\d{3,4}[- ]\d{4})(?!\d)"
    r"|(?<!\d)(?P<digits>\d{17}[\dXx]|\d{15,19})(?!\d)"
)
_ANY_CONTACT = re.compile(r"[\d０-９]{4}|[@＠]|QQ|qq|微信")
_BLANK = re.compile("[ \u3000]{0,4}")
_NO_SURNAME = frozenset(
    ("p", "c", "m", "d", "r", "u", "v", "f", "t", "k", "y")
)  # parts of speech of a character that is no surname where it stands alone
_VERBS = frozenset("作说带率讲到在对向等为")  # that jieba takes for the end of a name
_BEFORE = frozenset("由对请经让给向为是和与")  # a character that stands alone before a name
_SPLIT = re.compile(r"[\s、,，;；/]+")
_BEHIND_LABEL = re.compile(r"[:：]\s*|[ \t\u3000]+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """A stretch of text that is private: text[start:end], what it is (see KINDS), and what may stand instead."""

    start: int
    end: int
    text: str
    kind: str
    shown: str


def find_private(text: str, names: Iterable[str] = ()) -> list[Private]:
    """Return contacts, and names that are known (`find_names` of the whole text), in order and apart."""
    found = [*find_contacts(text), *_places_of(names, text)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Private] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def mask(text: str, found: Iterable[Private]) -> str:
    """Return a text with what was found in it masked."""
    pieces, at = [], 0
    for one in found:
        pieces += [text[at : one.start], one.shown]
        at = one.end
    return "".join([*pieces, text[at:]])


def find_contacts(text: str) -> Iterator[Private]:
    """Yield telephones, identity numbers, addresses, cards and accounts in a text, full-width digits too."""
    if not _ANY_CONTACT.search(text):
        return
    for match in _CONTACTS.finditer(text.translate(_WIDE)):
        kind, group = str(match.lastgroup), str(match.lastgroup)
        if kind == "digits":
            kind = "identity" if is_identity(match[group]) else "account" if is_card(match[group]) else ""
        kind = "telephone" if kind == "landline" else kind
        if kind:
            start, end = match.span(group)
            yield Private(start=start, end=end, text=text[start:end], kind=kind, shown=_shown(kind, text[start:end]))


def is_identity(number: str) -> bool:
    """Return whether 18 characters (or 15, as until 1999) can be an identity number: a day of birth, and the check digit."""
    if len(number) == 15 and number.isdigit():
        return number[0] in "123456" and _is_day("19" + number[6:12])
    if len(number) != 18 or not number[:17].isdigit() or number[0] not in "1234568":
        return False
    check = _CHECKS[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]
    return check == number[17].upper() and _is_day(number[6:14])


def is_card(number: str) -> bool:
    """Return whether 16 to 19 digits can be the number of a bank card: its first digit and Luhn's check digit."""
    if not (16 <= len(number) <= 19 and number.isdigit() and number[0] in "3456"):
        return False
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def find_names(text: str) -> set[str]:
    """Return the names of private persons that a text tells of, in full (surname and given name)."""
    words = _load_words()
    found: set[str] = set()
    for at, start, end in words.finder.find_matches_as_indexes(text):
        kind = words.kinds[at]
        if kind == "label":
            found.update(_names_of_label(text, end))
            continue
        blank = _BLANK.match(text, end).end()  # type: ignore[union-attr]
        if kind in ("office", "kind") and (
            name := _name_from(text, blank, alone=blank > end, expected=kind == "office")
        ):
            found.add(name)
            found.update(_names_of_list(text, blank + len(name)))
        if kind in ("office", "after"):
            found.update(_names_before(text, start))
    found.update(_lone_names(text))
    return {name for name in found if name not in words.public}


def mask_name(name: str) -> str:
    """Return a name as it may stand: its surname, and two stars whatever follows."""
    return name[: 2 if name[:2] in _load_words().compound else 1] + STAR * GIVEN


@dataclass(frozen=True, slots=True)
class _Words:
    finder: AhoCorasick
    kinds: tuple[str, ...]
    single: frozenset[str]
    compound: frozenset[str]
    public: frozenset[str]
    follows: tuple[str, ...]
    common: frozenset[str]
    forms: frozenset[str]  # all words beside which names stand
    not_names: frozenset[str]


@cache
def _load_words() -> _Words:
    data = resources.files("nlp.data")
    tables = tomllib.loads(data.joinpath("masking.toml").read_text("utf-8"))
    kinds = {
        form: kind for kind in ("kind", "label", "after", "office") for one in tables[kind] for form in one["forms"]
    }
    surnames = list(csv.DictReader(data.joinpath("surnames.csv").read_text("utf-8").splitlines()))
    public = csv.DictReader(data.joinpath("public_names.csv").read_text("utf-8").splitlines())
    return _Words(
        finder=AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest),
        kinds=tuple(kinds.values()),
        single=frozenset(row["term"] for row in surnames if row["label"] != "compound"),
        compound=frozenset(row["term"] for row in surnames if row["label"] == "compound"),
        public=frozenset(row["term"] for row in public),
        follows=tuple(sorted((form for one in tables["follows"] for form in one["forms"]), key=len, reverse=True)),
        common=frozenset(row["term"] for row in surnames if row["label"] == "common"),
        forms=frozenset(kinds),
        not_names=frozenset(form for one in tables["not_a_name"] for form in one["forms"]),
    )


def _places_of(names: Iterable[str], text: str) -> Iterator[Private]:
    here = sorted((name for name in names if name in text), key=len, reverse=True)
    if here:
        for match in re.finditer("|".join(map(re.escape, here)), text):
            yield Private(start=match.start(), end=match.end(), text=match[0], kind="name", shown=mask_name(match[0]))


def _lengths(text: str, at: int) -> tuple[int, ...]:
    """Return how long a name that begins at a place may be, the likelier first; nothing where no surname stands there."""
    words = _load_words()
    if text[at : at + 2] in words.compound:
        return (4, 3)
    return (3, 2) if text[at : at + 1] in words.single else ()


def _name_from(text: str, at: int, *, alone: bool = False, expected: bool = False) -> str:
    """Return the name that begins at a place: what jieba takes for one, or what ends at a mark or before a word that follows names.

    `alone`: behind a label or in a list nothing but a name is expected, so that a mark must close it; `expected`: behind an office something else may stand, but hardly
    what begins with a common surname, is no word and ends at a mark.
    """
    lengths = _lengths(text, at)
    if not lengths:
        return ""
    tagged = _tagged(text[at : at + WINDOW])
    words = _load_words()
    run = _run(text, at)
    if run in lengths and _may_be_name(tagged, text[at : at + run]):
        return text[at : at + run]
    if (alone or expected) and run in (2, 3) and _is_unread_name(tagged, text[at : at + run]):
        return text[at : at + run]
    length = 0
    for word, tag in tagged:
        if not tag.startswith("nr") or length + len(word) > max(lengths):
            break
        length += len(word)
    name = text[at : at + length]
    if length == 3 and name[2] in _VERBS:  # 林静作 of 林静作报告
        name = name[:2]
    if length in lengths and name not in words.not_names:
        return name
    if alone:
        return ""
    for size in lengths:
        name = text[at : at + size]
        if size < run and text.startswith(words.follows, at + size) and _may_be_name(tagged, name):
            return name
    return ""


def _may_be_name(tagged: list[tuple[str, str]], name: str) -> bool:
    """Return whether a stretch may be a name: no word of the language, no part of one, no office behind a surname."""
    words = _load_words()
    if name in words.not_names or name[1:] in words.forms:
        return False
    pieces, length = [], 0
    for word, tag in tagged:
        pieces.append((word, tag))
        length += len(word)
        if length >= len(name):
            break
    if length != len(name):
        return False
    (first, tag), rest = pieces[0], pieces[1:]
    if len(first) > 1:
        if first[:2] in words.compound:
            return True
        named = tag.startswith("nr")
        return (named and all(len(word) == 1 and kind not in _NO_SURNAME for word, kind in rest)) or (
            not rest and tag in ("x", "nz")
        )
    if tag.startswith("nr") or (
        len(name) == 3 and first in words.common and rest[0][1].startswith("nr") and len(rest) == 1
    ):
        return True
    return tag not in _NO_SURNAME and (first in words.common or tag == "x")


def _is_unread_name(tagged: list[tuple[str, str]], name: str) -> bool:
    """Return whether a stretch begins with a common surname and is neither a word nor one with an office: 罗海明, of which jieba reads 罗海."""
    words = _load_words()
    return (
        name[0] in words.common
        and len(tagged[0][0]) < len(name)
        and name not in words.not_names
        and name[1:] not in words.forms
        and name[2:] not in words.forms
        and (len(tagged[0][0]) > 1 or tagged[0][1] not in _NO_SURNAME)
    )


def _run(text: str, at: int) -> int:
    """Return how many Han characters stand in a row from a place on, six at most."""
    end = at
    while end < min(len(text), at + 6) and _HAN.match(text[end]):
        end += 1
    return end - at


def _name_until(text: str, at: int) -> str:
    """Return the name that ends at a place: the last words before it, where jieba takes them for one, or all since a mark."""
    first = max(0, at - WINDOW)
    tagged = _tagged(text[first:at])
    taken = 0
    for word, tag in reversed(tagged):
        if (
            not (tag.startswith("nr") or (len(word) <= 2 and tag in ("a", "n", "ns", "nz", "x", "ng")))
            or taken + len(word) > 4
        ):
            break
        taken += len(word)
        name = text[at - taken : at]
        if tag.startswith("nr") and taken in _lengths(name, 0) and name not in _load_words().not_names:
            return name
    for size in (3, 2, 4):
        start = at - size
        open_ = start == 0 or (start > 0 and (not _HAN.match(text[start - 1]) or text[start - 1] in _BEFORE))
        if open_ and size in _lengths(text, start) and _run(text, start) >= size:
            name = text[start:at]
            tagged = _tagged(name)
            if _may_be_name(tagged, name) or (size == 3 and _is_unread_name(tagged, name)):
                return name
    return ""


def _names_of_label(text: str, at: int) -> Iterator[str]:
    """Yield the names behind a label: its colon or blank, then names parted by marks or blanks, to the end of the line."""
    behind = _BEHIND_LABEL.match(text, at)
    if behind:
        yield from _names_of_run(text, behind.end())


def _names_of_list(text: str, at: int) -> Iterator[str]:
    """Yield the names that follow a name after 、 or 和."""
    while text[at : at + 1] in ("、", "和", "，") and at < len(text):
        name = _name_from(text, at + 1, expected=text[at] == "、")
        if not name:
            return
        yield name
        at += 1 + len(name)


def _names_before(text: str, at: int) -> Iterator[str]:
    """Yield the names that stand before a word: one, or several parted by 、 or 和, with or without 等."""
    at -= text[max(0, at - 1) : at] == "等"
    while name := _name_until(text, at):
        yield name
        at -= len(name) + 1
        if at < 1 or text[at] not in "、和与":
            return


def _names_of_run(text: str, at: int) -> Iterator[str]:
    for _ in range(LONGEST_LIST):
        spaced = re.compile(r"([\u4e00-\u9fff])[ \u3000]{1,4}([\u4e00-\u9fff])(?![\u4e00-\u9fff])").match(text, at)
        if spaced and spaced[1] in _load_words().single:  # 王　芳: a name of two characters, as wide as one of three
            yield spaced[0]
            at = spaced.end()
        else:
            name = _name_from(text, at, alone=True)
            if not name:
                return
            yield name
            at += len(name)
        mark = _SPLIT.match(text, at)
        if not mark or "\n" in mark[0]:
            return
        at = mark.end()


_LINE = re.compile(r"^[ \t\u3000]*([\u4e00-\u9fff](?:[ \u3000]{0,4}[\u4e00-\u9fff]){1,3})[ \t\u3000]*$", re.MULTILINE)
_IN_BRACKETS = re.compile(r"[（(](?:\S{2,12}[ \u3000]+)?([\u4e00-\u9fff]{2,4})[)）][ \u3000]*$", re.MULTILINE)


def _lone_names(text: str) -> Iterator[str]:
    """Yield names that fill a line or the brackets at its end: signatures."""
    for pattern in (_LINE, _IN_BRACKETS):
        for match in pattern.finditer(text):
            plain = re.sub(r"\s", "", match[1])
            if (
                len(plain) in _lengths(plain, 0)
                and plain == _name_from(plain, 0)
                and _tagged(plain)[0][1].startswith("nr")
            ):
                yield match[1]
                yield plain


def _tagged(text: str) -> list[tuple[str, str]]:
    return load_segmenter().tag(text)


def _shown(kind: str, text: str) -> str:
    """Return what stands instead: of a number the first three digits at most, of an address its site."""
    if kind == "email":
        return STAR * 3 + text[re.search("[@＠]", text).start() :]  # type: ignore[union-attr]
    if kind == "mobile":
        return text[:3] + re.sub(r"[^\s-]", STAR, text[3:])
    return re.sub(r"[^\s-]", STAR, text)


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= date.today().year
    except ValueError:
        return False
