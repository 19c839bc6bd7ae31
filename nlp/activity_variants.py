"""Other forms of the names of activities: short ones, other wordings, and slips of the pen (春雷计划 for 春蕾计划).

A mention keeps the name that stands in the report; the variant tells which activity it is. Entries stand in
`nlp/data/activity_variants.csv`.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "activity_variants.csv"
REASONS = ("short", "form", "typo")
TAIL = re.compile("(?:项目|活动|工程)$")  # may stand behind any form: 母亲水窑项目


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A form of a name: `why` is short, form (another wording) or typo (a slip, to be checked in the report)."""

    variant: str
    name: str
    why: str
    source: str

    @property
    def suspect(self) -> bool:
        return self.why == "typo"


@cache
def load_variants() -> dict[str, Variant]:
    """Return the variants by form; raises ValueError where an entry has another reason, or stands twice."""
    found: dict[str, Variant] = {}
    text = DATA.read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        one = Variant(**row)
        if one.why not in REASONS or one.variant in found or one.variant == one.name or not one.source:
            raise ValueError(f"nlp/data/activity_variants.csv: {one.variant} cannot be used")
        found[one.variant] = one
    return found


def variant_of(name: str) -> Variant | None:
    """Return the entry by which a name is a form of another, the last of a chain (双学赛 is 双学双赛 is 双学双比), or None.

    What stands behind a form is no part of it: 母亲水窑项目 is 母亲水窖.
    """
    variants = load_variants()
    one = variants.get(name) or variants.get(TAIL.sub("", name))
    seen = {name}
    while one is not None and one.name in variants and one.name not in seen:
        seen.add(one.name)
        last = variants[one.name]
        one = Variant(variant=name, name=last.name, why=one.why, source=one.source)
    return one
