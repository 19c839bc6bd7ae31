"""The words by which names of persons are told: surnames, characters of given names, and what stands beside a name.

Surnames stand in `nlp/data/surnames.csv`, given names in `nlp/data/given_names.csv`, names that no one hides in
`nlp/data/public_names.csv`, all other words in `nlp/data/masking.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.surnames import load_surnames, read_terms
from nlp.word_lists import any_of, read_lists


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the lists, ready to be looked up and looked for."""

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
    bodies: re.Pattern[str]  # how a cell ends that tells a body
    sounds: re.Pattern[str]
    tibetan: re.Pattern[str]


@cache
def load_words() -> Words:
    """Return the words of `nlp/data/masking.toml`, with surnames and names."""
    forms = {
        kind: tuple(dict.fromkeys(form for one in found for form in one["forms"]))
        for kind, found in read_lists("masking").items()
    }
    roles: dict[str, set[str]] = {}
    for kind in ("tibetan", "kind", "label", "after", "office"):
        for form in forms[kind]:
            roles.setdefault(form, set()).add(kind)
    beside = [form for form, kinds in roles.items() if kinds != {"tibetan"}]
    surnames, compound = load_surnames(), load_surnames("compound")
    rare, more = frozenset(forms["rare_surname"]), frozenset(forms["more_surname"])
    firsts = {surname[0] for surname in surnames} | more
    sound, tibetan = f"[{forms['sound'][0]}]", any_of(forms["tibetan"])
    return Words(
        finder=AhoCorasick(list(roles), matchkind=MatchKind.LeftmostLongest),
        roles=tuple(map(frozenset, roles.values())),
        forms=frozenset(beside),
        beside=tuple(sorted(beside, key=len, reverse=True)),
        labels=frozenset((*forms["label"], *forms["office"], *forms["kind"])),
        single=(surnames - compound) | more,
        rare=rare,
        compound=compound,
        common=load_surnames("common"),
        word_surnames=frozenset(forms["word_surname"]),
        given=frozenset(term for term, _ in read_terms("given_names.csv")),
        public=frozenset(term for term, _ in read_terms("public_names.csv")),
        public_things=forms["public_thing"],
        person_verbs=forms["person_verb"],
        follows=tuple(sorted(forms["follows"], key=len, reverse=True)),
        not_names=frozenset(forms["not_a_name"]),
        endings=frozenset(forms["ending"]),
        endings_of_names=frozenset(forms["ending_of_names"]),
        heads=re.compile(rf"(?:[，,。；;：:！!？?“\n \u3000]|岁的|像)[{''.join(firsts)}]"),
        listed=re.compile(f"、[ ]?[{''.join(firsts | rare)}]"),
        bodies=re.compile(rf"(?:{any_of(forms['body'])})(?:$|[ \t\u3000|(（,，、;；])"),
        sounds=re.compile(f"{sound}{{2,9}}(?:[·•・]{sound}{{2,9}})+"),
        tibetan=re.compile(f"(?:{tibetan}){{1,2}}"),
    )
