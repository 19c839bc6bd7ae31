"""The records that an analysis is made of. Offsets are into Document.text: code points, end excluded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from ingest.records import Document

new_record = object.__new__  # with `setters_of` a record is made in a third of the time of its constructor

GUESS_BELOW = 0.5  # a leaf of a lower score is a guess: the likeliest one where none is likelier than not


def setters_of(record: type) -> tuple[Callable[[Any, Any], None], ...]:
    """Return what sets each field of a frozen record with slots, in their order."""
    return tuple(getattr(record, each.name).__set__ for each in fields(record))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of Document.text: text[start:end]."""

    start: int
    end: int
    text: str
    rule: str  # id of the pattern that found it, kept as provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Mention):
    """A number with its unit and what is counted. Masked and damaged numbers have no value."""

    value: Fraction | None
    value_max: Fraction | None = None  # of a range
    unit: str = ""  # as written, in simplified characters
    approx: str = "exact"  # exact, more, about or less
    of: str = ""  # what is counted, the shortest noun phrase
    state: str = "stated"  # stated, masked or damaged
    dimension: str = ""  # what may be added to what; from nlp/data/units.toml
    measure: str = ""  # what the number is of the thing: count, amount, share, growth … (nlp.measures.MEASURES)
    base: str = ""  # of a share or a growth, where it is said: 全村总人口 of 占全村总人口的三成
    modality: str = ""  # done, planned, demanded or proposed; "" where nothing tells
    whom: str = ""  # for whom it is, where that is said plainly: 留守儿童 of 为留守儿童送去书包80个


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Mention):
    """A point or stretch of the calendar, a deadline, a duration or a frequency.

    `date_start` and `date_end` are ISO days, both included; None where open or where the year is not known.
    """

    kind: str  # date, period, deadline, duration or frequency
    date_start: str | None = None
    date_end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Mention):
    """What is to be done by a deadline. text[start:end] holds the words of the task, and the deadline where they stand together.

    `basis` tells how sure it is: stated (in the sentence of the deadline, in its row or beside its label), heading (the head of
    the item), neighbour (another sentence or line of it); `who_basis` the same of who is to do it, empty where nobody is named.
    """

    task: str  # the noun or clause, without the deadline; empty where nothing says it
    basis: str
    who: str = ""
    who_basis: str = ""
    amounts: tuple[str, ...] = ()  # the quantities in the words of the task, as written
    due: str  # the words of the deadline, and where they stand
    due_start: int
    due_end: int
    date_end: str | None = None  # its last day
    modality: str = ""  # done (what is due is told as done, or as a state), planned, or "" where nothing tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Mention):
    """A named activity. `name` is canonical: no quotation marks, no trailing generic 活动."""

    name: str
    kind: str  # campaign, programme, brand, honour, event or body
    modality: str = ""  # done, planned, demanded or proposed; "" where nothing tells
    amounts: tuple[str, ...] = ()  # the numbers that belong to it, as written (nlp.activity_facts tells which)
    times: tuple[str, ...] = ()  # the times, likewise


def is_guess(score: float | None) -> bool:
    """Tell whether a leaf of this score is a guess; without a score, a person gave it."""
    return score is not None and score < GUESS_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A leaf of the taxonomy and the classifier's probability for it."""

    id: str
    score: float

    @property
    def guessed(self) -> bool:
        return is_guess(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Mention):
    """A sentence or clause that names a problem; only `polarity == "asserted"` reports it as existing."""

    categories: tuple[Label, ...]  # accepted leaves only, the main one first
    main: str
    polarity: str  # asserted, negated, solved, measure_implied, required_of_others or hypothetical
    scope: str  # own_organisation, lower_level, leaders_above, population or society_law
    strength: str = ""  # widespread, partial, mild or nothing
    score: float  # probability that a problem is reported


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered part of a document, from its heading to the next heading of its level or above."""

    start: int
    end: int
    level: int  # 1 for 一、, 2 for （一）, 3 for 1. … as the document itself nests them; 0 for what precedes
    marker: str  # 一、 or (二) or 三是, as written
    heading: str
    heading_end: int
    role: str  # problems, measures, achievements, plan or background
    parent: int | None  # index in Analysis.sections
    assumed: bool = False  # no heading tells the role: it is the usual one of the kind of document


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A unit cut at 。！？； and at line ends.

    `role` is that of its section, unless a lead-in nearer by changes it (…主要表现在：一是…).
    """

    start: int
    end: int
    section: int  # index in Analysis.sections
    role: str
    assumed: bool = False  # neither heading nor lead-in tells the role: it is the usual one of the kind of document


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words that date a document, and the years that they allow."""

    start: int
    end: int
    text: str
    low: int | None
    high: int | None
    why: str
    why_zh: str = ""
    weight: str = "stated"  # stated, firm, hint (supports only) or past (a look back, which bounds nothing)
    verified: bool | None = None  # of an event: whether its source was opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a document says of itself. None where it does not say."""

    title: str | None
    doc_type: str  # plan, summary, rectification, experience, research, speech, notice, news or other
    org: str | None
    org_level: str  # nation, province, city, county, township, village, enterprise or unknown
    region: str | None
    year: int | None
    year_low: int | None  # the years that the evidence allows; where the year is stated, that year
    year_high: int | None
    year_basis: str  # title, signature, body, inferred or none
    year_evidence: tuple[Evidence, ...]
    signed: str | None  # ISO day
    year_conflicts: tuple[Evidence, ...] = ()  # what contradicts the year: a stale template, a wrong title
    org_basis: str = "none"  # stated (a title, letterhead, signature or speaker settles it), inferred (the likeliest of candidates) or none
    region_basis: str = "none"  # stated (in the title), body (in the name of the body), inferred or none
    county: str | None = None  # what the region is and belongs to, where the table of divisions leaves one answer
    city: str | None = None
    province: str | None = None
    addressee: str | None = None  # 主送 or 称呼
    signer: str | None = None  # bodies joined by 、, or a person with office
    number: str | None = None  # of the document: ×妇〔2012〕3号


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that was read out of one document."""

    document: Document
    metadata: Metadata
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    activities: tuple[Activity, ...]
    tasks: tuple[Task, ...] = ()
    problems: tuple[Problem, ...]
