"""Damage: stretches of a text that are not what its author wrote. Recorded, never repaired by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.lines import CLOSED, MARK
from ingest.records import Damage

# What masks stand for is told by what follows: a calendar unit, a place, a body, a unit of counting.
AFTER_MASK = r"(?=\s?[年月日届省市县区乡镇村社街路局委办厅处所院校厂公司组个名人户万亿千百余多元号次期万〕\])）])"
PATTERNS = (
    ("masked", re.compile(r"[*＊#]+|_{2,}|(?:19|20)[xX×_○〇]{1,2}(?=年)|[XxＸ×✕╳]{1,4}" + AFTER_MASK + r"|[XＸ×]{2,4}|○{2,4}")),
    ("digits_lost", re.compile(r"(?<![\d.,])0{1,4}(?=[多余]|左右|人|万)|\d\.(?=[万亿])|(?<=[达超近约])[余多](?=[人万元份户名])|(?<![\d])\.(?=\d+[万亿%])")),
    ("words_removed", re.compile(r"“”|‘’|《》|〈〉|（）")),
    ("mojibake", re.compile(r"[\ufffd\ue000-\uf8ff]+|锟斤拷|烫烫烫")),
)  # fmt: skip


def find_damage(text: str) -> Iterator[Damage]:
    """Yield the damaged stretches of a clean text, kind by kind, in order within a kind."""
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            yield Damage(start=match.start(), end=match.end(), kind=kind)
    last = text.rfind("\n") + 1
    if last and MARK.match(text[last:]) and not CLOSED.search(text) and len(text) - last < 40:
        yield Damage(start=last, end=len(text), kind="truncated")
