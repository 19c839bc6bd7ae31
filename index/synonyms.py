"""Words of reports that mean nearly the same (经费 资金 款项): search looks for all of a group where it is asked to, and says so."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nlp.data
from index.errors import BadVariants

DATA = Path(nlp.data.__path__[0])
COLUMNS = ("terms", "label", "source", "note")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of words; a word may stand in several."""

    groups: tuple[tuple[str, ...], ...]
    _by_word: dict[str, list[int]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for number, group in enumerate(self.groups):
            for word in group:
                self._by_word.setdefault(word, []).append(number)

    def of(self, term: str) -> list[str]:
        """Return the words that mean nearly the same as a term, itself left out."""
        found = dict.fromkeys(word for number in self._by_word.get(term, ()) for word in self.groups[number])
        return [word for word in found if word != term]


@cache
def load_synonyms() -> Synonyms:
    """Return the table `nlp/data/synonyms.csv`; raises BadVariants with the line that cannot be used."""
    text = (DATA / "synonyms.csv").read_text(encoding="utf-8")
    return parse_synonyms(text.splitlines(), "nlp/data/synonyms.csv")


def parse_synonyms(lines: Iterable[str], name: str) -> Synonyms:
    """Return the groups of a table `terms,label,source,note`; the words of a group stand between blanks."""
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise BadVariants(name, 1, f"the columns must be {','.join(COLUMNS)}")
    groups: list[tuple[str, ...]] = []
    for number, row in enumerate(reader, start=2):
        words = tuple((row["terms"] or "").split())
        if len(words) < 2 or len(set(words)) < len(words) or not row["label"] or not row["source"]:
            raise BadVariants(name, number, "two different terms at least, label and source must be filled in")
        if any(set(words) <= set(group) or set(group) <= set(words) for group in groups):
            raise BadVariants(name, number, f"{row['terms']} stands there already")
        groups.append(words)
    return Synonyms(tuple(groups))
