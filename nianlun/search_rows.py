"""Answers of a search as plain rows, and what rows of all answers share; apart from `nianlun.rows`, so that a search starts soon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nianlun.jsonlines import number

if TYPE_CHECKING:
    from index.copies import CopyRow
    from index.scope import Base
    from index.search import Explanation, Found, Hit, Result

Row = dict[str, Any]


def base_row(base: Base) -> Row:
    """Return what an answer rests on."""
    return {name: _plain(getattr(base, name)) for name in names_of(base)}


def copy_row(copy: CopyRow) -> Row:
    """Return a copy: the name it would have, its file and place in it, how it was found, the document it repeats."""
    return {
        "ref": copy.ref, "kind": copy.kind, "document": copy.document, "original": copy.original, "path": copy.path, "title": copy.title,
        "source_start": copy.source_start, "source_end": copy.source_end,
    }  # fmt: skip


def hit_row(hit: Hit) -> Row:
    """Return a place that a search found."""
    return quoted(hit)


def result_row(result: Result) -> Row:
    """Return a document that a search found, with the passages that say most."""
    row = result.row
    return {
        "ref": row.ref, "title": row.title, "year_label": row.year_label, "org": row.org, "doc_type": row.doc_type,
        "places": result.places, "score": result.score, "passages": [_passage(one) for one in result.passages],
        "reference": result.passages[0].reference,
    }  # fmt: skip


def count_rows(found: Found, by: str) -> list[Row]:
    """Return places and documents of a search for each value of a field."""
    return [
        {"group": group, "places": places, "documents": documents}
        for group, (places, documents) in found.count_by(by).items()
    ]


def facet_rows(found: Found) -> list[Row]:
    """Return places and documents of a search for each value of the facets that were asked for."""
    return [
        {"facet": name, "value": value, "places": places, "documents": documents}
        for name, values in found.facets.items()
        for value, (places, documents) in values.items()
    ]


def explanation_row(explanation: Explanation) -> Row:
    """Return how a query was understood."""
    row = {name: _plain(getattr(explanation, name)) for name in names_of(explanation) if name != "spellings"}
    row["spellings"] = [
        {name: getattr(one, name) for name in names_of(one)}
        for one in explanation.spellings
        if one.kind == "typed" or one.places
    ]
    return row


def quoted(record: Any) -> Row:
    """Return a record that quotes a place, with its reference."""
    row = {name: _plain(getattr(record, name)) for name in names_of(record) if name not in ("same_text", "mark")}
    return {**row, "reference": record.reference}


def _passage(hit: Hit) -> Row:
    names = ("role", "start", "end", "text", "sentence", "sentence_start")
    return {"reference": hit.reference, **{name: getattr(hit, name) for name in names}}


def names_of(record: Any) -> Sequence[str]:
    """Return the names of the fields of a record."""
    return [one.name for one in fields(record)]


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value
