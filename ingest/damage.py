"""Damage: stretches of a text that are not what its author wrote. Recorded, never repaired by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.lines import CLOSED, MARK
from ingest.records import Damage
from ingest.symbols import is_unreadable

# What masks stand for is told by what follows: a calendar unit, a place, a body, a unit of counting.
AFTER_MASK = r"(?=\s?[年月日届省市县区乡镇村社街路局委办厅处所院校厂公司组个名人户万亿千百余多元号次期万〕\])）])"
MASKS = re.compile(r"[*＊#_xXＸ×✕╳○〇]+")
MASKED = re.compile(r"[*＊#]+|_{2,}|[XxＸ×✕╳]{1,4}" + AFTER_MASK + r"|[XＸ×]{2,4}|○{2,4}")
MASKED_YEAR = re.compile(r"(?:19|20)[xX×_○〇]{1,2}(?=年)")
# One class first, so that the search skips at the speed of a scan; what was met decides.
DIGITS_LOST = re.compile(
    r"[0余多.](?:(?<=0)(?<![\d.,]0)(?:0{0,3}(?=[多余]|.?左右)|0{1,3}(?=[人万]))|(?<=[0-9]\.)(?=[万亿])"
    r"|(?<=[达超近约][余多])(?=[人万元份户名])|(?<=\.)(?<![\d*]\.)(?=\d+[万亿%]))"
)
EMPTY_PAIRS = ("“”", "‘’", "《》", "〈〉", "（）")
WORDS_REMOVED = re.compile("|".join(EMPTY_PAIRS))
SIGNS = re.compile("[*＊#_xXＸ×✕╳○〇\ufffd\ue000-\uf8ff锟烫]")  # without one of them, nothing is masked and no mojibake
MOJIBAKE = re.compile(
    r"[\ufffd\ue000-\uf8ff锟烫](?:(?<=\ufffd)[\ufffd\ue000-\uf8ff]*|(?<=[\ue000-\uf8ff])[\ue000-\uf8ff]{2,}|(?<=锟)斤拷|(?<=烫)烫烫)"
)


def find_damage(text: str) -> Iterator[Damage]:
    """Yield the damaged stretches of a clean text, kind by kind, in order within a kind."""
    signs = SIGNS.search(text) is not None
    for start, end in _masked(text) if signs else ():
        yield Damage(start=start, end=end, kind="masked")
    patterns = [("digits_lost", DIGITS_LOST), ("mojibake", MOJIBAKE)] if signs else [("digits_lost", DIGITS_LOST)]
    if any(pair in text for pair in EMPTY_PAIRS):
        patterns.append(("words_removed", WORDS_REMOVED))
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            if "\ue000" <= match[0][0] <= "\uf8ff" and not is_unreadable(match[0]):
                continue
            start, end = match.span()
            if kind == "digits_lost" and match[0] == "." and text[end] in "万亿":
                start -= 1  # 5.万: the digit before the point, by which such places need not be sought, belongs to it
            yield Damage(start=start, end=end, kind=kind)
    last = text.rfind("\n") + 1
    if last and len(text) - last < 40 and MARK.match(text[last:]) and not CLOSED.search(text, last):
        yield Damage(start=last, end=len(text), kind="truncated")


def _masked(text: str) -> Iterator[tuple[int, int]]:
    for marks in MASKS.finditer(text):
        at, end = marks.span()
        if year := MASKED_YEAR.match(text, max(0, at - 2)):
            yield year.span()
            at = year.end()
        while at < end:
            match = MASKED.match(text, at)
            if match:
                yield match.span()
            at = match.end() if match else at + 1
