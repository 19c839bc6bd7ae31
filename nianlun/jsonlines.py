"""The analysis of one file as JSON objects, one a line: the format of docs/jsonl.md, version 1.

Every function returns plain dicts. Offsets count code points, end excluded: `start` and `end` in the clean text of a
document, `source_start` and `source_end` in the decoded file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from ingest.records import Document, Source
from nlp.likely_years import likely_year
from nlp.records import Activity, Analysis, Evidence, Mention, Problem, Quantity, Section, Task, Time

FORMAT = "nianlun-analysis"
VERSION = 1
NEAR = 60  # characters between a number and what it counts

Item = dict[str, Any]


def items_of(source: Source, analyses: Iterable[Analysis]) -> Iterator[Item]:
    """Yield the line that names the format, then document after document with what stands in it."""
    yield {
        "type": "format",
        "version": VERSION,
        "format": FORMAT,
        "path": source.path,
        "sha256": source.sha256,
        "size": source.size,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "chars": len(source.text),
        "documents": len(source.documents),
    }
    for analysis in analyses:
        yield from items_of_document(analysis, source.text)


def items_of_document(analysis: Analysis, raw: str) -> Iterator[Item]:
    """Yield a document, its sections, and its mentions layer by layer, each in the order of the text.

    `raw` is the text of the source, which what is counted is quoted from, and names have their commas from.
    """
    document = analysis.document
    yield _document(analysis)
    for section in analysis.sections:
        yield _section(document, section)
    for quantity in analysis.quantities:
        yield _mention("quantity", document, quantity, _quantity(quantity, document, raw))
    for time in analysis.times:
        yield _mention("time", document, time, _time(time))
    for task in analysis.tasks:
        yield _mention("task", document, task, _task(task, document))
    for activity in analysis.activities:
        yield _mention("activity", document, activity, _activity(activity, document, raw))
    for problem in analysis.problems:
        yield _mention("problem", document, problem, _problem(problem))


def number(value: Fraction | None) -> int | float | None:
    """Return a value as a JSON number: whole where it is whole, the nearest double otherwise."""
    if value is None:
        return None
    if value.denominator == 1:
        return value.numerator
    try:
        return float(value)
    except OverflowError:
        return round(value)


def _place(document: Document, start: int, end: int) -> Item:
    source_start, source_end = document.to_source(start, end)
    return {"start": start, "end": end, "source_start": source_start, "source_end": source_end}


def _document(analysis: Analysis) -> Item:
    document, meta = analysis.document, analysis.metadata
    year = meta.year if meta.year is not None else likely_year(meta)
    return {
        "type": "document",
        "ordinal": document.ordinal,
        "title": meta.title,
        "doc_type": meta.doc_type,
        "org": meta.org,
        "org_level": meta.org_level,
        "region": meta.region,
        "year": year,
        "year_low": meta.year_low,
        "year_high": meta.year_high,
        "year_basis": "inferred" if year != meta.year else meta.year_basis,
        "year_evidence": [_evidence(document, one) for one in meta.year_evidence],
        "year_conflicts": [_evidence(document, one) for one in meta.year_conflicts],
        "org_basis": meta.org_basis,
        "region_basis": meta.region_basis,
        "county": meta.county,
        "city": meta.city,
        "province": meta.province,
        "addressee": meta.addressee,
        "signer": meta.signer,
        "number": meta.number,
        "signed": meta.signed,
        "script": document.script,
        "chars": len(document.text),
        "damage": [
            {"kind": one.kind, "text": document.text[one.start : one.end], **_place(document, one.start, one.end)}
            for one in document.damage
        ],
        "source_start": document.source_start,
        "source_end": document.source_end,
    }


def _evidence(document: Document, one: Evidence) -> Item:
    return {
        "text": one.text,
        "low": one.low,
        "high": one.high,
        "weight": one.weight,
        "verified": one.verified,
        "why": one.why,
        "why_zh": one.why_zh,
        **_place(document, one.start, one.end),
    }


def _section(document: Document, section: Section) -> Item:
    return {
        "type": "section",
        "document": document.ordinal,
        "level": section.level,
        "marker": section.marker,
        "heading": section.heading,
        "role": section.role,
        "parent": section.parent,
        **_place(document, section.start, section.end),
    }


def _mention(kind: str, document: Document, mention: Mention, own: Item) -> Item:
    return {
        "type": kind,
        "document": document.ordinal,
        "text": mention.text,
        **own,
        **_place(document, mention.start, mention.end),
        "rule": mention.rule,
    }


def _quantity(quantity: Quantity, document: Document, raw: str) -> Item:
    stated = quantity.state == "stated"
    return {
        "value": number(quantity.value) if stated else None,
        "value_max": number(quantity.value_max) if stated else None,
        "unit": quantity.unit,
        "approx": quantity.approx,
        "of": _as_written(quantity, document, raw),
        "state": quantity.state,
        "measure": quantity.measure,
        "base": quantity.base,
        "modality": quantity.modality,
        "whom": quantity.whom,
    }


def _as_written(quantity: Quantity, document: Document, raw: str) -> str:
    """Return what is counted in the characters of the file: 宣傳資料 of a report in traditional ones."""
    if document.script == "simplified" or not quantity.of:
        return quantity.of
    before = document.text.rfind(quantity.of, max(0, quantity.start - NEAR), quantity.start)
    behind = document.text.find(quantity.of, quantity.end, quantity.end + NEAR)
    at = behind if behind >= 0 else before
    if at < 0:
        return quantity.of
    start, end = document.to_source(at, at + len(quantity.of))
    return raw[start:end]


def _time(time: Time) -> Item:
    return {"kind": time.kind, "date_start": time.date_start, "date_end": time.date_end}


def _task(task: Task, document: Document) -> Item:
    due_start, due_end = document.to_source(task.due_start, task.due_end)
    return {
        "task": task.task,
        "basis": task.basis,
        "who": task.who,
        "who_basis": task.who_basis,
        "amounts": list(task.amounts),
        "due": task.due,
        "due_source_start": due_start,
        "due_source_end": due_end,
        "date_end": task.date_end,
        "modality": task.modality,
    }


def _activity(activity: Activity, document: Document, raw: str) -> Item:
    name = activity.name
    if "," in name and "，" in raw[slice(*document.to_source(activity.start, activity.end))]:
        name = name.replace(",", "，")  # as the file has it
    return {
        "name": name,
        "kind": activity.kind,
        "modality": activity.modality,
        "amounts": list(activity.amounts),
        "times": list(activity.times),
    }


def _problem(problem: Problem) -> Item:
    return {
        "categories": [
            {"id": label.id, "score": round(label.score, 4), "guessed": label.guessed} for label in problem.categories
        ],
        "main": problem.main or None,
        "polarity": problem.polarity,
        "scope": problem.scope,
        "strength": problem.strength,
        "score": round(problem.score, 4),
    }
