"""`analyse(document)`: all that is read out of one document, in the order in which the finders need each other.

`STEPS` is that order; the spaCy pipeline (`nlp.pipeline`) makes one component of each step, so a step is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.records import Document, Source
from nlp.activities import find_activities, load_lexicon
from nlp.activity_facts import with_facts
from nlp.anchors import find_ahead, find_today, find_turn, find_years
from nlp.cells import with_cells
from nlp.due import with_told
from nlp.fingerprint import fingerprint
from nlp.metadata import find_metadata
from nlp.modality import with_modality
from nlp.outline import find_sections
from nlp.problems import find_problems
from nlp.quantities import find_quantities, load_units
from nlp.records import Activity, Analysis, Metadata, Problem, Quantity, Section, Sentence, Task, Time
from nlp.relabel import relabel
from nlp.republic import counts_so, with_our_years
from nlp.sentences import find_sentences
from nlp.tasks import find_tasks
from nlp.taxonomy import Taxonomy
from nlp.times import find_times

__all__ = ["STEPS", "analyse", "analyse_all", "fingerprint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A field of Analysis, the fields that it is read from, and the function that reads it, its arguments in that order."""

    name: str
    needs: tuple[str, ...]
    read: Callable[..., Iterable[Any]]


def analyse(document: Document, taxonomy: Taxonomy | None = None) -> Analysis:
    """Return the analysis of a document, its problems in the leaves of a taxonomy, by default the project's own.

    Never raises for a text, however damaged.
    """
    parts: dict[str, Any] = {"document": document, "metadata": find_metadata(document)}
    for step in STEPS:
        parts[step.name] = tuple(step.read(*(parts[name] for name in step.needs)))
    if taxonomy is not None:
        parts["problems"] = relabel(parts["problems"], taxonomy)
    return Analysis(**parts)


def analyse_all(source: Source, taxonomy: Taxonomy | None = None) -> list[Analysis]:
    """Return the analyses of a source's documents, in order."""
    return [analyse(document, taxonomy) for document in source.documents]


def _sections(document: Document, metadata: Metadata) -> Iterable[Section]:
    return find_sections(document.text, doc_type=metadata.doc_type, headings=document.headings)


def _sentences(document: Document, sections: Sequence[Section]) -> Iterable[Sentence]:
    return find_sentences(document.text, sections)


def _times(
    document: Document, metadata: Metadata, sections: Sequence[Section], sentences: Sequence[Sentence]
) -> Iterable[Time]:
    text = document.text
    year = metadata.year if metadata.year_basis != "inferred" else None
    today, turn = find_today(text, metadata, year=year), find_turn(metadata, text)
    years, ahead = find_years(text, metadata, sections, year=year), find_ahead(text, metadata, sentences)
    if not counts_so(document):
        return find_times(text, year=year, today=today, years=years, ahead=ahead, written=metadata.signed, turn=turn)
    ours, places = with_our_years(text)
    years = tuple((places.forward(start), places.forward(end), one) for start, end, one in years)
    ahead = tuple((places.forward(start), places.forward(end)) for start, end in ahead)
    found = find_times(ours, year=year, today=today, years=years, ahead=ahead, written=metadata.signed, turn=turn)
    return [
        replace(time, start=start, end=end, text=text[start:end])
        for time in found
        for start, end in ((places.back(time.start), places.back(time.end)),)
    ]


def _quantities(
    document: Document, metadata: Metadata, sentences: Sequence[Sentence], times: Iterable[Time]
) -> Iterable[Quantity]:
    taken = [(time.start, time.end) for time in times]
    found = with_cells(find_quantities(document.text, load_units(), taken=taken), document.text, load_units(), taken)
    return with_modality(found, document.text, sentences, metadata)


def _tasks(
    document: Document,
    metadata: Metadata,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    times: Sequence[Time],
    quantities: Sequence[Quantity],
) -> Iterable[Task]:
    found = find_tasks(document.text, sections, times, quantities)
    return with_told(found, document.text, times, sentences, metadata)


def _activities(
    document: Document,
    metadata: Metadata,
    sentences: Sequence[Sentence],
    times: Sequence[Time],
    quantities: Sequence[Quantity],
) -> Iterable[Activity]:
    text = document.text
    found = with_modality(find_activities(text, load_lexicon()), text, sentences, metadata)
    return with_facts(found, text, sentences, quantities, times)


def _problems(document: Document, sentences: Sequence[Sentence], sections: Sequence[Section]) -> Iterable[Problem]:
    return find_problems(document.text, sentences, sections)


STEPS = (
    Step(name="sections", needs=("document", "metadata"), read=_sections),
    Step(name="sentences", needs=("document", "sections"), read=_sentences),
    Step(name="times", needs=("document", "metadata", "sections", "sentences"), read=_times),
    Step(name="quantities", needs=("document", "metadata", "sentences", "times"), read=_quantities),
    Step(name="tasks", needs=("document", "metadata", "sections", "sentences", "times", "quantities"), read=_tasks),
    Step(name="activities", needs=("document", "metadata", "sentences", "times", "quantities"), read=_activities),
    Step(name="problems", needs=("document", "sentences", "sections"), read=_problems),
)
