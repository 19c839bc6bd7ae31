"""Exported rows without the names and contacts of private persons, what was masked in them, and places that can be guessed.

Names are looked for in the whole report, so that one which is told by its office in the first line is masked in the last one, too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from nianlun.language import Words
from nlp.divisions import load_divisions
from nlp.masking import KINDS, Private, find_names, find_private, mask

KEPT = frozenset(
    {"reference", "ref", "path", "year_label", "leaf", "polarity", "basis", "who_basis"}
)  # no words of a report
KIND_WORDS = {
    "name": Words("姓名", "names"), "mobile": Words("手机号", "mobile numbers"), "telephone": Words("电话", "telephones"),
    "identity": Words("身份证号", "identity numbers"), "email": Words("邮箱", "e-mail addresses"),
    "account": Words("银行卡号、账号", "accounts"), "messenger": Words("QQ、微信", "messengers"), "plate": Words("车牌号", "licence plates"),
    "dwelling": Words("住址门牌", "house numbers"),
}  # fmt: skip
OWN = frozenset({"title", "org", "addressee", "signer", "file"})  # may hold names that the text of the report does not
NAMED = 5  # places that a warning names
_MASKED_PLACE = re.compile(r"[XxＸ×＊*#＃○]{1,4}(?:自治县|[市县区旗乡镇村]|街道|社区)")
_TOWN = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[在到对为由和与及赴如]|今年|去年|我[县市区])([\u4e00-\u9fff]{2,3}(?:[乡镇]|街道))(?!村|[乡镇])",
    re.MULTILINE,
)
_LEADING = "在到对为由和与及赴如辖向从"  # a character before the name of a town
_NO_TOWN = re.compile(
    r"^[各全本该每几两多些有某]|^.个|^(?:城乡|城区|社区|村镇|街道|重点|中心|所有|建制|特色|古)|乡[镇街]|镇街|区街"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A report whose masked places may be guessed: the first of these, and the places that it names."""

    ref: str
    masked: str
    named: tuple[str, ...]


class Masker:
    """Masks the texts of rows and counts what it masked; `text_of` gives the text of a document by its number."""

    def __init__(self, text_of: Callable[[int], str]) -> None:
        self._text_of = text_of
        self._names: dict[int, dict[str, bool]] = {}
        self.counts: Counter[str] = Counter()
        self.distinct: dict[str, set[int]] = defaultdict(set)  # hashes: what was masked is kept nowhere
        self.places: dict[tuple[str, str], dict[str, int]] = defaultdict(
            dict
        )  # of (kind, shown): references, with how often
        self.doubtful: Counter[tuple[str, str]] = Counter()  # of (kind, shown): places that may be no name
        self.guesses: dict[int, Guess] = {}
        self._last = -1
        self._known: dict[str, tuple[list[Private], str]] = {}

    def row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row with its texts masked."""
        document = row["document"]
        if document not in self._names:
            self._look_at(document, str(row["ref"]))
        reference = str(row.get("reference", ""))
        return {
            key: self.text(value, document, reference, own=key in OWN)
            if isinstance(value, str) and value and key not in KEPT
            else value
            for key, value in row.items()
        }

    def text(self, text: str, document: int, reference: str, *, own: bool = False) -> str:
        """Return a text of a document masked; `own`: names in it stand, perhaps, nowhere else in the document."""
        if document != self._last:  # one sentence stands in many rows
            self._last, self._known = document, {}
        if text not in self._known:
            names = self._names.get(document, {})
            found = find_private(text, {**find_names(text), **names} if own else names)
            self._known[text] = (found, mask(text, found) if found else text)
        found, masked = self._known[text]
        for one in found:
            self.counts[one.kind] += 1
            self.distinct[one.kind].add(hash(one.text))
            self.doubtful[one.kind, one.shown] += not one.sure
            places = self.places[one.kind, one.shown]
            places[reference] = places.get(reference, 0) + 1
        return masked

    def kinds(self, lang: str) -> list[tuple[str, int, int]]:
        """Return what was masked: kind, how often, how many different ones."""
        return [
            (KIND_WORDS[kind].in_(lang), self.counts[kind], len(self.distinct[kind]))
            for kind in KINDS
            if self.counts[kind]
        ]

    def _look_at(self, document: int, ref: str) -> None:
        text = self._text_of(document)
        self._names[document] = find_names(text)
        guess = guessable(text, ref)
        if guess is not None:
            self.guesses[document] = guess


def guessable(text: str, ref: str) -> Guess | None:
    """Return what gives a masked place of a text away: cities and counties that it names in full, and towns; None where nothing does.

    Provinces alone are no clue, and the masked place must be one (XX县, ##镇).
    """
    masked = _MASKED_PLACE.search(text)
    if masked is None:
        return None
    finder, names = _divisions()
    named = list(dict.fromkeys(names[at] for at, _, _ in finder.find_matches_as_indexes(text)))
    towns = (town[1:] if town[0] in _LEADING and len(town) > 3 else town for town in _TOWN.findall(text))
    named += list(dict.fromkeys(town for town in towns if not _NO_TOWN.search(town)))
    return Guess(ref=ref, masked=masked[0], named=tuple(named[:NAMED])) if named else None


@cache
def _divisions() -> tuple[AhoCorasick, tuple[str, ...]]:
    """Return a finder of cities and counties: names of three characters and more, two are words too easily (城区)."""
    names = tuple(
        name
        for name, lines in load_divisions().items()
        if len(name) > 2 and any(one.level in ("city", "county") for one in lines)
    )
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names
