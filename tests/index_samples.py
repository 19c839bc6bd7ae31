"""Sources and analyses made from strings, for the tests of the index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256

from ingest.records import Damage, Document, Furniture, OffsetMap, Run, Source
from nlp.activity_facts import with_facts
from nlp.records import (
    Activity,
    Analysis,
    Evidence,
    Label,
    Metadata,
    Problem,
    Quantity,
    Section,
    Sentence,
    Task,
    Time,
)

LEAVES = (
    ("funding_gap", "resources", "经费不足", "funding gap"),
    ("staff_shortage", "cadres", "人手不足", "staff shortage"),
    ("other", "other", "其他", "other"),
)


def cut(text: str) -> list[str]:
    """Return the words of a tiny dictionary, everything else character by character."""
    return re.findall(r"经费|不足|资金|妇联|保证|培训|计划|[A-Za-z0-9]+|.", text, flags=re.DOTALL)


def document(
    text: str, *, ordinal: int = 1, at: int = 0, script: str = "simplified", damage: Sequence[str] = ()
) -> Document:
    """Return a document whose text stands in its source from `at` on, as it is."""
    runs = (Run(0, len(text), at, at + len(text)),) if text else ()
    return Document(
        ordinal=ordinal,
        title=None,
        text=text,
        offsets=OffsetMap(runs),
        script=script,
        damage=tuple(
            Damage(start=text.index(part), end=text.index(part) + len(part), kind="masked") for part in damage
        ),
    )


def metadata(**known: object) -> Metadata:
    """Return what a document says of itself; what is not given is unknown."""
    nothing = {
        "title": None, "doc_type": "summary", "org": None, "org_level": "unknown", "region": None, "year": None,
        "year_low": None, "year_high": None, "year_basis": "none", "year_evidence": (), "signed": None,
    }  # fmt: skip
    return Metadata(**{**nothing, **known})


def analysis(
    text: str | Document,
    *,
    problems: Sequence[tuple[str, str, str]] = (),
    numbers: Sequence[tuple[str, int | None, str]] = (),
    times: Sequence[tuple[str, str, str | None]] = (),
    activities: Sequence[str] = (),
    role: str = "problems",
    evidence: Sequence[str] = (),
    **known: object,
) -> Analysis:
    """Return an analysis of text, cut into sentences at 。 and line ends, within one section.

    problems are (words, leaf, polarity), numbers (words, value, unit), times (words, kind, last day); each stands where
    its words stand first.
    """
    made = text if isinstance(text, Document) else document(text)
    words = made.text

    def place(part: str) -> dict[str, object]:
        start = words.index(part)
        return {"start": start, "end": start + len(part), "text": part, "rule": "test"}

    sentences = tuple(
        Sentence(start=found.start(), end=found.end(), section=0, role=role)
        for found in re.finditer(r"[^。\n]+[。\n]*", words)
    )
    found = tuple(
        Evidence(
            start=words.index(part), end=words.index(part) + len(part), text=part, low=2004, high=2005, why="it says so"
        )
        for part in evidence
    )
    quantities = tuple(
        Quantity(
            **place(part), value=None if value is None else Fraction(value), unit=unit, dimension=unit,
            state="masked" if value is None else "stated",
        )
        for part, value, unit in numbers
    )  # fmt: skip
    dates = tuple(Time(**place(part), kind=kind, date_end=last) for part, kind, last in times)
    named = tuple(Activity(**place(part), name=part.strip("“”"), kind="programme") for part in activities)
    return Analysis(
        document=made,
        metadata=metadata(**{"year_evidence": found, **known}),
        sections=(
            Section(
                start=0, end=len(words), level=0, marker="", heading="", heading_end=0, role=role, parent=None
            ),
        ),
        sentences=sentences,
        quantities=quantities,
        times=dates,
        tasks=tuple(
            Task(
                **place(part), task=part, basis="stated", due=part, due_start=place(part)["start"],
                due_end=place(part)["end"], date_end=last,
            )
            for part, kind, last in times if kind == "deadline"
        ),
        activities=with_facts(named, words, sentences, quantities, dates),
        problems=tuple(
            Problem(
                **place(part), categories=(Label(id=leaf, score=0.9),), main=leaf, polarity=polarity,
                scope="own_organisation", score=0.9,
            )
            for part, leaf, polarity in problems
        ),
    )  # fmt: skip


def source(path: str, *analyses: Analysis, text: str | None = None, furniture: Sequence[Furniture] = ()) -> Source:
    """Return the file that holds the documents of the analyses."""
    raw = text if text is not None else "".join(one.document.text for one in analyses)
    return Source(
        path=path,
        sha256=sha256(raw.encode(errors="replace")).hexdigest(),
        size=len(raw.encode(errors="replace")),
        media_type="text",
        encoding="utf-8",
        text=raw,
        documents=tuple(one.document for one in analyses),
        furniture=tuple(furniture),
    )
