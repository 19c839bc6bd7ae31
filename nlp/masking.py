"""What a text says of private persons: names, telephones, identity numbers, addresses, bank cards; and how it is masked.

Numbers are told by their form, identity numbers and bank cards by their check digit too, or by the word before them; names by
`nlp.private_names`. Once told, a name is found wherever the text has it. Leaders, models and thinkers of the nation
(`nlp/data/public_names.csv`) are no private persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from nlp.private_names import find_names, stands_alone, surname_of

__all__ = [
    "KINDS",
    "Private",
    "find_contacts",
    "find_names",
    "find_private",
    "is_card",
    "is_identity",
    "mask",
    "mask_name",
]

KINDS = ("name", "mobile", "telephone", "identity", "email", "account", "messenger", "plate", "dwelling")
STAR = "*"
GIVEN = 2  # stars that stand for a given name, however long it is

_WIDE = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94)} | {"\u3000": " ", "—": "-", "–": "-", "―": "-"}
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_UNIT = r"(?!\d|[.,]\d|\s*(?:元|万|亿|人|户|个|次|吨|亩|公里|平方|字|件|%))"
_CONTACTS = re.compile(
    r"(?P<email>[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?:身份证(?:号码?|件号码)?|公民身份号码)[^\d\n]{0,6}(?P<identity>\d{15,17}[\dXx]?)(?!\d)"
    r"|(?:[账帐] *[号户]|卡 *号|银行卡)[^\d\n]{0,8}(?P<account>\d(?:[ -]?\d){8,24})(?!\d)"
    r"|(?:QQ|qq|微信|Q Q)(?:群|号|号码|群号)?\s*[:为是]?\s*(?P<messenger>[A-Za-z0-9_-]{5,20})"
    rf"|(?<![\d.])(?:\+?86[- ]?)?(?P<mobile>1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}}){_UNIT}"
    rf"|(?<![\d.])(?P<area>\(?0\d{{2,3}}\)?[- ]{{0,3}})(?P<landline>[2-9]\d{{6,7}}){_UNIT}"
    r"|(?:电 *话|热线|传 *真|座机|手机|Tel|TEL|tel)[^\d\n]{0,8}(?:\+?86[- ])?(?:0?\d{2,3}[- ])?(?P<telephone>\d{7,8}|\d{3,4}[- ]\d{4})(?!\d)"
    r"|(?:联 *系 *人|联络人|联络员|咨询)[:\s][^\d\n]{1,16}?(?P<reached>[2-9]\d{6,7})(?!\d|[.,]\d|年)"
    rf"|(?P<plate>[{_PROVINCES}][A-HJ-NP-Z][· ]?(?=[A-HJ-NP-Z]{{0,3}}\d)[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警])(?![A-Za-z0-9])"
    r"|(?:家住|住址|现住|家庭地址|住在|户籍地|居住地)[^\d\n,，。;；]{0,24}?(?P<dwelling>\d[\dA-Za-z]*(?:号楼?|栋|幢|座|单元|弄|组|室|户|房|楼|-)"
    r"(?:\d*[A-Za-z]?\d+(?:号楼?|栋|幢|座|单元|室|户|房|楼|-)?)*)"
    r"|(?P<flat>\d+(?:号楼?|栋|幢|座)\d+单元\d+(?:室|户|号|房)?)"
    r"|(?<!\d)(?P<digits>\d{17}[\dXx]|\d{15,19})(?!\d)"
)
_ANY_CONTACT = re.compile(
    rf"[\d０-９]{{4}}|[@＠]|QQ|qq|微信|[{_PROVINCES}][A-HJ-NP-Z]|\d单元|家住|住[址在]|现住|家庭地址|[户居]住?[籍地]"
)
_KIND_OF_GROUP = {"landline": "telephone", "reached": "telephone", "flat": "dwelling"}
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
    sure: bool = True  # told for sure, not only likely


def find_private(text: str, names: Mapping[str, bool] = MappingProxyType({})) -> list[Private]:
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
        kind = _KIND_OF_GROUP.get(kind, kind)
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


def mask_name(name: str) -> str:
    """Return a name as it may stand: its surname, and two stars whatever follows."""
    return surname_of(name) + STAR * GIVEN


def _places_of(names: Mapping[str, bool], text: str) -> Iterator[Private]:
    here = sorted((name for name in names if name in text), key=len, reverse=True)
    if here:
        for match in re.finditer("|".join(map(re.escape, here)), text):
            if stands_alone(match[0], text, match.start(), match.end()):
                yield Private(
                    start=match.start(),
                    end=match.end(),
                    text=match[0],
                    kind="name",
                    shown=mask_name(match[0]),
                    sure=names[match[0]],
                )


def _shown(kind: str, text: str) -> str:
    """Return what stands instead: of a number the first three digits at most, of an address its site."""
    if kind == "email":
        return STAR * 3 + text[re.search("[@＠]", text).start() :]  # type: ignore[union-attr]
    if kind == "mobile":
        return text[:3] + re.sub(r"[^\s-]", STAR, text[3:])
    if kind == "plate":
        return text[:2] + STAR * (len(text) - 2)
    if kind == "dwelling":
        return re.sub("[0-9０-９A-Za-z]", STAR, text)
    return re.sub(r"[^\s-]", STAR, text)


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= date.today().year
    except ValueError:
        return False
