"""Other spellings under which a term is found: simplified characters, Taiwan's words, frequent slips, other names, synonyms.

Taiwan's words answer to the mainland's only in documents whose script is traditional: there 檔案 stands for 文件, while
in a mainland report 档案 means archives. Slips of programme names answer everywhere, both ways. The table is
`nlp/data/variants.csv`; whoever uses a variant says so. Activities are found under the other forms of their names
(`nlp/data/activity_variants.csv`). Synonyms (`index.synonyms`) answer only where they are asked for.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from index.errors import BadVariants
from index.synonyms import DATA, Synonyms
from ingest.script import to_simplified
from nlp.activity_variants import load_variants as load_names

LABELS = ("taiwan", "typo")
NAME = 3  # characters of a name, at least
FIELDS = ("term", "variant", "label", "source", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """`variant` may stand where `term` is meant; label is taiwan or typo, both in simplified characters."""

    term: str
    variant: str
    label: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A spelling that a term is looked up under; `kind` is typed, simplified, taiwan, typo, alias (of an activity) or synonym."""

    text: str
    kind: str

    @property
    def only_traditional(self) -> bool:
        return self.kind == "taiwan"


@cache
def load_variants() -> tuple[Variant, ...]:
    """Return the table; raises BadVariants with the line that cannot be used."""
    text = (DATA / "variants.csv").read_text(encoding="utf-8")
    return tuple(parse_variants(text.splitlines(), "nlp/data/variants.csv"))


def parse_variants(lines: Iterable[str], name: str) -> list[Variant]:
    """Return the entries of a table `term,variant,label,source,note`."""
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != FIELDS:
        raise BadVariants(name, 1, f"the columns must be {','.join(FIELDS)}")
    entries: list[Variant] = []
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(reader, start=2):
        if not row["term"] or not row["variant"] or not row["source"] or row["term"] == row["variant"]:
            raise BadVariants(name, number, "term, variant (another one) and source must be filled in")
        if row["label"] not in LABELS:
            raise BadVariants(name, number, f"label {row['label']!r} is none of {', '.join(LABELS)}")
        if (row["term"], row["variant"]) in seen:
            raise BadVariants(name, number, f"{row['term']},{row['variant']} stands there twice")
        seen.add((row["term"], row["variant"]))
        entries.append(Variant(**{field: row[field] or "" for field in FIELDS}))
    return entries


def forms_of(term: str, variants: Sequence[Variant], synonyms: Synonyms | None = None) -> list[Form]:
    """Return the spellings of term, the typed one first. A variant inside a longer term is put in its place."""
    simplified = to_simplified(term)
    forms = [Form(text=term, kind="typed")]
    if simplified != term:
        forms.append(Form(text=simplified, kind="simplified"))
    for entry in variants:
        if entry.term in simplified:
            forms.append(Form(text=simplified.replace(entry.term, entry.variant), kind=entry.label))
        if entry.label == "typo" and entry.variant in simplified:
            forms.append(Form(text=simplified.replace(entry.variant, entry.term), kind=entry.label))
    for entry in variants:
        if entry.label == "typo":  # 春雷 begins 春雷计划, a slip for 春蕾计划
            forms += [Form(text=other, kind="typo") for other in _begun(simplified, entry)]
    if variants:
        forms += _other_names(simplified)
    if synonyms is not None:
        forms += [Form(text=other, kind="synonym") for other in synonyms.of(simplified)]
    unique: dict[str, Form] = {}
    for form in forms:
        unique.setdefault(form.text, form)
    return list(unique.values())


def _other_names(term: str) -> Iterable[Form]:
    """Yield the term with other forms of the names of activities in it; not one that is part of the other."""
    for entry in load_names().values():
        one, other = entry.variant, entry.name
        if one in other or other in one or min(len(one), len(other)) < NAME:
            continue
        for held, put in ((one, other), (other, one)):
            if held in term:
                yield Form(text=term.replace(held, put), kind="typo" if entry.suspect else "alias")


def _begun(term: str, entry: Variant) -> Iterable[str]:
    """Return the other spelling of a term that begins one side of an entry and differs there from the other side."""
    for one, other in ((entry.variant, entry.term), (entry.term, entry.variant)):
        short = other[: len(term)]
        if 2 <= len(term) < len(one) == len(other) and one.startswith(term) and short != term:
            yield short
