"""Problems told in another taxonomy than that of the model: `relabel` gives them the leaves of a user's own file.

A leaf that the model knows keeps what the model says of it. One that it does not know is given by its cues, with the score
`GUESSED`: it says that nothing was learned from examples. The first cue of a sentence leads, for what a report complains of
comes before what follows from it. Where nothing speaks the leaf is `other`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from nlp.records import Label, Problem
from nlp.taxonomy import OTHER, Leaf, Taxonomy, load_taxonomy

GUESSED = 0.3  # below what any leaf of the model needs in order to be accepted
SURE = 0.9  # a score at which a leaf of the model stands beside those of cues without a cue of its own
MOST = 3  # leaves of a sentence


def relabel(problems: Iterable[Problem], taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """Return the problems with the leaves of a taxonomy; all else of them stays."""
    own, known = _leaves(taxonomy)
    return tuple(_relabel(problem, own, known) for problem in problems)


def speaking(text: str, leaves: Iterable[Leaf]) -> list[tuple[int, Leaf]]:
    """Return the leaves whose cues speak in a text and where the first of them begins, in this order."""
    found = ((match.start(), leaf) for leaf in leaves if (match := leaf.cues.search(text)))
    return sorted(found, key=lambda place: place[0])


def _relabel(problem: Problem, own: tuple[Leaf, ...], known: dict[str, Leaf]) -> Problem:
    spoken = speaking(problem.text, own)
    learned = [label for label in problem.categories if label.id in known and label.id != OTHER]
    if not spoken:
        kept = tuple(learned) or (_other(problem),)
        return replace(problem, categories=kept, main=kept[0].id)
    places = [(place, 1, Label(id=leaf.id, score=GUESSED)) for place, leaf in spoken]
    for label in learned:
        match = known[label.id].cues.search(problem.text)
        if match:
            places.append((match.start(), 0, label))
        elif label.score >= SURE:
            places.append((len(problem.text), 0, label))
    labels = [label for *_, label in sorted(places, key=lambda place: place[:2])][:MOST]
    return replace(problem, categories=tuple(labels), main=labels[0].id)


def _other(problem: Problem) -> Label:
    return next((label for label in problem.categories if label.id == OTHER), Label(id=OTHER, score=GUESSED))


@cache
def _leaves(taxonomy: Taxonomy) -> tuple[tuple[Leaf, ...], dict[str, Leaf]]:
    """Return the leaves that the model does not know, and those that it does, by id."""
    learned = {leaf.id for leaf in load_taxonomy().leaves}
    own = tuple(leaf for leaf in taxonomy.leaves if leaf.id not in learned)
    return own, {leaf.id: leaf for leaf in taxonomy.leaves if leaf.id in learned}
