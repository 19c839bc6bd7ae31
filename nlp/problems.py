"""Problems: the sentences that report one, with leaves, polarity, scope and strength.

A sentence is judged by the linear models of `nlp.model` and then in its surroundings: in an enumeration or passage whose other
sentences report problems it is more likely to report one, and less where it stands alone. Sentences without any wording of
lack outside problem passages are passed over. Which sentences name none whatever they say is told in `nlp.passed_over`, how a sentence
says what it says in `nlp.wordings`, and which leaves a problem has in `nlp.leaves`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from math import exp, log
from typing import NamedTuple

from nlp.features import LACK, ROLES, Reading
from nlp.holders import with_holders
from nlp.leaves import find_labels, in_items
from nlp.listed import in_lists
from nlp.model import POLARITIES, SCOPES, load_model
from nlp.passed_over import only_counts, says_nothing
from nlp.records import Label, Problem, Section, Sentence, new_record, setters_of
from nlp.roles import load_roles
from nlp.senses import with_senses
from nlp.taxonomy import load_taxonomy
from nlp.wordings import SHORTEST, plainness, role_told, said, strength

ASSERTED, NONE = POLARITIES.index("asserted"), POLARITIES.index("none")
# Thresholds chosen on corpus/gold and on labelled sentences by hands not trained on; see docs/problems.md
ENOUGH = 0.55  # probability from which a problem counts as reported (docs/problems.md compares others) …
ENOUGH_BY_ROLE = {"plan": 0.85, "measures": 0.85, "achievements": 0.85, "background": 0.82}
# Where fewer of the sentences than this share report a problem, one in the background is reported from the higher probability.
RARE, ENOUGH_WHERE_RARE = 0.03, 0.85
ENOUGH_OTHERWISE = 0.5  # probability from which another polarity is told
NEIGHBOUR_WEIGHT = 0.35  # share of a neighbour's log odds that is added to a sentence's own
NEIGHBOUR_LIMIT = 2.5
OF_PEOPLE = ("population", "society_law")  # scopes of the leaves of the people served
PLACES_OF_PEOPLE = [SCOPES.index(scope) for scope in OF_PEOPLE]
RULE_IDS = {role: f"problem/{role}" for role in ROLES}
(
    _set_start, _set_end, _set_text, _set_rule, _set_categories,
    _set_main, _set_polarity, _set_scope, _set_strength, _set_score,
) = setters_of(Problem)  # fmt: skip


class Candidate(NamedTuple):
    """A sentence that may name a problem."""

    sentence: Sentence
    unit: str
    said: str  # behind its label or lead-in
    role: str  # that counts for it
    form: float  # log odds that its form adds


def find_problems(text: str, sentences: Sequence[Sentence], sections: Sequence[Section]) -> Iterator[Problem]:
    """Yield the sentences that name a problem, in order, of every polarity; `asserted` ones report it as existing.

    Where most items of a list report one, the heads of the others are read as items among problems, whatever the heading above it.
    """
    clear = load_roles().clear_lack.places(text)
    candidates = find_candidates(text, sentences, clear)
    if not candidates:
        return
    reading, judged = _judged(candidates, of=len(sentences))
    asserted = [
        one.sentence.start for one, (polarity, _) in zip(candidates, judged, strict=True) if polarity == "asserted"
    ]
    if changed := in_lists(sentences, sections, asserted):
        candidates = _in_place(candidates, find_candidates(text, changed, clear), changed)
        reading, judged = _judged(candidates, of=len(sentences))
    if told := [at for at, (polarity, _) in enumerate(judged) if polarity != "none"]:
        yield from _problems([candidates[at] for at in told], [judged[at] for at in told], reading.part(told), sections)


def find_candidates(text: str, sentences: Sequence[Sentence], clear: Sequence[int]) -> list[Candidate]:
    """Return the sentences that may name a problem, of sentences in order; clear wordings of lack stand where told."""
    found = []
    clear = [*clear, len(text)]
    at = 0  # of the clear wordings, the first that stands in the sentence or behind it
    for sentence in sentences:
        start, end, among_problems = sentence.start, sentence.end, sentence.role == "problems"
        if not among_problems:
            if clear[at] < start:
                at = bisect_left(clear, start, at)
            if clear[at] >= end:
                continue
        if end - start < SHORTEST or says_nothing(unit := text[start:end]):
            continue
        lacking = among_problems and LACK.search(unit) is not None
        if among_problems and not lacking and only_counts(unit):
            continue
        role = role_told(unit, sentence, lacking=lacking)
        found.append(Candidate(sentence, unit, said(unit), role, plainness(unit, role)))
    return found


def in_context(probabilities: Sequence[float], sentences: Sequence[Sentence], forms: Sequence[float]) -> list[float]:
    """Return the probabilities with each sentence's form and neighbours taken into account, where they follow on each other.

    `forms` are the log odds that the form of each sentence adds.
    """
    odds = [log((one + 1e-4) / (1 - one + 1e-4)) + form for one, form in zip(probabilities, forms, strict=True)]
    told = [NEIGHBOUR_WEIGHT * min(max(one, -NEIGHBOUR_LIMIT), NEIGHBOUR_LIMIT) for one in odds]
    for at, (before, sentence) in enumerate(zip(sentences, sentences[1:], strict=False)):
        if sentence.start - before.end <= 1 and sentence.role == before.role:
            odds[at] += told[at + 1]
            odds[at + 1] += told[at]
    return [1 / (1 + exp(-one)) for one in odds]


def _in_place(
    candidates: Sequence[Candidate], others: Sequence[Candidate], places: Sequence[Sentence]
) -> list[Candidate]:
    """Return the candidates with others in the places of some sentences, in order."""
    starts = {sentence.start for sentence in places}
    kept = [one for one in candidates if one.sentence.start not in starts]
    return sorted([*kept, *others], key=lambda one: one.sentence.start)


def _judged(candidates: Sequence[Candidate], *, of: int) -> tuple[Reading, list[tuple[str, float]]]:
    """Return the sentences as the models see them, and the polarity of each and its probability in its context.

    `of` counts all sentences of the document.
    """
    model = load_model()
    reading = model.read([(one.said, one.role) for one in candidates])
    polarities = model.polarities(reading).tolist()
    asserted = in_context(
        [one[ASSERTED] for one in polarities], [one.sentence for one in candidates], [one.form for one in candidates]
    )
    enough = [ENOUGH_BY_ROLE.get(one.role, ENOUGH) for one in candidates]
    if sum(asserted) < RARE * of:
        # long reports that tell few: what seems to be one in passing mostly is none
        enough = [
            ENOUGH_WHERE_RARE if one.role == "background" else bar for bar, one in zip(enough, candidates, strict=True)
        ]
    return reading, list(_polarities(polarities, asserted, enough))


def _polarities(
    polarities: Sequence[list[float]], asserted: Sequence[float], enough: Sequence[float]
) -> Iterator[tuple[str, float]]:
    """Yield the polarity of each sentence and its probability; `asserted` is that of a problem, in its context.

    A problem is reported from the probability that is `enough` for the sentence.
    """
    for problem, bar, others in zip(asserted, enough, polarities, strict=True):
        if problem >= bar:
            yield "asserted", problem
            continue
        others[ASSERTED] = 0.0
        score = max(others)
        if score >= ENOUGH_OTHERWISE and (other := others.index(score)) != NONE:
            yield POLARITIES[other], score
        else:
            yield "none", 0.0


def _problems(
    told: Sequence[Candidate], judged: Sequence[tuple[str, float]], reading: Reading, sections: Sequence[Section]
) -> Iterator[Problem]:
    """Yield the problems that sentences name, with leaves and scope."""
    leaves, scopes, of_clauses = load_model().leaves_and_scopes(reading)
    sentences, units = [one.sentence for one in told], [one.unit for one in told]
    leaves = with_senses(with_holders(in_items(leaves, sentences, units), sentences, units, sections), units)
    for one, labels, (polarity, score), row in zip(
        told, find_labels(leaves, of_clauses), judged, scopes.tolist(), strict=True
    ):
        fit = PLACES_OF_PEOPLE if labels[0].id in _of_people() else range(len(SCOPES))
        yield _problem(one, labels, polarity, score, SCOPES[max(fit, key=row.__getitem__)])


def _problem(one: Candidate, labels: tuple[Label, ...], polarity: str, probability: float, scope: str) -> Problem:
    """Return a record, made past its constructor."""
    found: Problem = new_record(Problem)
    _set_start(found, one.sentence.start)
    _set_end(found, one.sentence.end)
    _set_text(found, one.unit)
    _set_rule(found, RULE_IDS[one.role])
    _set_categories(found, labels)
    _set_main(found, labels[0].id)
    _set_polarity(found, polarity)
    _set_scope(found, scope)
    _set_strength(found, strength(one.unit))
    _set_score(found, round(1000 * probability) / 1000)  # as round(…, 3) does, and faster
    return found


@cache
def _of_people() -> frozenset[str]:
    """Return the leaves of the people served: what they suffer is theirs or society's, whoever tells it.

    19 in 20 of the labelled sentences whose main leaf is of that group are labelled so.
    """
    return frozenset(leaf.id for leaf in load_taxonomy().leaves if leaf.group == "people")
