"""Answers as plain rows: one dict for each row, with values that JSON and a DataFrame can hold.

The command line and the notebook both show these rows, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING

from index.compare import Comparison
from index.copies import CopyRow
from index.counts import History, LeafTrend
from index.lists import ActivityMention, ActivityRow, DeadlineRow
from index.places import Recognised
from index.problems import ProblemCount, ProblemMention
from index.references import format_place
from index.scope import DocumentRow
from index.search import Hit
from index.shares import Outcome, Share, share_of
from index.show import YearEvidence
from index.similar import SimilarPassage
from index.sums import NumberRow, Part, Total
from nianlun.jsonlines import number
from nianlun.search_rows import Row, names_of, quoted
from nianlun.search_rows import base_row as base_row
from nianlun.search_rows import copy_row as copy_row
from nianlun.search_rows import count_rows as count_rows
from nianlun.search_rows import explanation_row as explanation_row
from nianlun.search_rows import facet_rows as facet_rows
from nianlun.search_rows import hit_row as hit_row
from nianlun.search_rows import result_row as result_row
from nlp.records import is_guess

if TYPE_CHECKING:
    from index.links import LinkedProblem, Pursued

MARK = "▒"  # stands before a value that is masked or damaged


def _quoted_columns(record: type) -> tuple[str, ...]:
    return (*(one.name for one in fields(record) if one.name not in ("same_text", "mark")), "reference")


# The keys of the rows below, in order: an answer without rows keeps its columns.
DOCUMENT_COLUMNS = (
    *(one.name for one in fields(DocumentRow) if one.name != "id"),
    "year_label",
    "org_label",
    "region_label",
    "also_in",
)
HIT_COLUMNS = _quoted_columns(Hit)
SIMILAR_COLUMNS = _quoted_columns(SimilarPassage)
PROBLEM_COLUMNS = (
    "leaf", "zh", "en", "family", "group", "count", "base", "share", "low", "high", "independent", "mentions", "documents",
    "elsewhere",
)  # fmt: skip
PROBLEM_MENTION_COLUMNS = ("leaf", "group", *_quoted_columns(ProblemMention))
ACTIVITY_COLUMNS = ("name", "variant_of", "suspect", "kind", "count", "mentions", "years", "documents", "reference")
ACTIVITY_MENTION_COLUMNS = _quoted_columns(ActivityMention)
NUMBER_COLUMNS = _quoted_columns(NumberRow)
DEADLINE_COLUMNS = _quoted_columns(DeadlineRow)
_SHARE = ("share", "low", "high")
HISTORY_COLUMNS = (
    "first", "last", "run", "run_years", "years", "yearly", "undated", "trend", "direction", "test", "p", "q",
)  # fmt: skip
TREND_COLUMNS = (
    "leaf", "zh", "en", "family", "count", "base", *_SHARE, "independent", "bodies", "body_base", *HISTORY_COLUMNS, "documents",
)  # fmt: skip
LINK_COLUMNS = (
    "ref", "year_label", "org", "leaves", "problem", "reference", "kind", "basis", "certain", "target", "target_reference",
    "shared",
)  # fmt: skip
PURSUIT_COLUMNS = (
    "org", "region", "leaf", "zh", "en", "year_label", "problem", "reference", "measure", "measure_reference", "basis",
    "certain", "outcome", "again_year", "again", "again_reference", "later",
)  # fmt: skip
COMPARISON_COLUMNS = (
    "what", "id", "zh", "en", "change", "count_a", "base_a", "count_b", "base_b", "share_a", "low_a", "high_a", "share_b",
    "low_b", "high_b", "independent_a", "independent_b", "bodies_a", "bodies_b", "difference_test", "difference_p", "difference_q",
    *HISTORY_COLUMNS, "documents", "likelihood",
)  # fmt: skip


def document_row(document: DocumentRow, also: Iterable[CopyRow] | None = None) -> Row:
    """Return a document; `year_label` is the year as people read it (≈ where inferred), `also_in` its copies, if they are given."""
    row = {name: getattr(document, name) for name in names_of(document) if name != "id"}
    row["year_label"] = document.year_label
    row["org_label"] = document.org_label
    row["region_label"] = document.region_label
    row["corrected"] = list(document.corrected)
    return row if also is None else {**row, "also_in": [copy_row(copy) for copy in also]}


def recognised_row(found: Recognised | None) -> Row:
    """Return how much of a document was recognised in pictures, and how much of that is unsure; None of what was written."""
    if found is None:
        return {"recognised": None, "unsure": None}
    return {"recognised": round(found.share, 4), "unsure": round(found.unsure, 4)}


def evidence_row(document: DocumentRow, found: YearEvidence | None) -> Row:
    """Return words that date a document and the years they allow; empty words where nothing dates it."""
    row: Row = {"year_label": document.year_label, "year_basis": document.year_basis}
    if found is None:
        nothing = {"low": None, "high": None, "why": None, "why_zh": None, "weight": None, "verified": None}
        return {"reference": document.ref, **row, "text": "", "span": "", **nothing}
    span = str(found.low or "") if found.low == found.high else f"{found.low or ''}–{found.high or ''}"
    place = format_place(document.ref, found.source_start, found.source_end)
    return {
        "reference": place,
        **row,
        "text": found.text,
        "span": span,
        "low": found.low,
        "high": found.high,
        "why": found.why,
        "why_zh": found.why_zh,
        "weight": found.weight,
        "verified": found.verified,
    }


def problem_row(count: ProblemCount) -> Row:
    """Return a leaf in a group: `documents` report it, of `base`; `elsewhere` name it under other polarities only."""
    return {
        "leaf": count.leaf,
        "zh": count.zh,
        "en": count.en,
        "family": count.family,
        "group": count.group,
        "count": len(count.documents),
        "base": count.base,
        **share_row(share_of(len(count.documents), count.base)),
        "independent": count.independent,
        "mentions": len(count.mentions),
        "documents": list(count.documents),
        "elsewhere": {polarity: list(refs) for polarity, refs in count.elsewhere},
    }


def problem_mention_row(mention: ProblemMention, counted: ProblemCount | None = None) -> Row:
    """Return a sentence that names a problem; `leaf` and `group` say under which count it stands."""
    row = quoted(mention)
    row["categories"] = [
        {"id": leaf, "score": round(score, 4), "guessed": is_guess(score)} for leaf, score in mention.categories
    ]
    row["score"] = round(mention.score, 4)
    return row if counted is None else {"leaf": counted.leaf, "group": counted.group, **row}


def activity_row(activity: ActivityRow) -> Row:
    """Return an activity with the documents that name it; `variant_of` and `suspect` are as of its mentions."""
    return {
        "name": activity.name,
        "variant_of": activity.mentions[0].variant_of,
        "suspect": activity.mentions[0].suspect,
        "kind": activity.kind,
        "count": len(activity.documents),
        "mentions": len(activity.mentions),
        "years": list(activity.years),
        "documents": list(activity.documents),
        "reference": activity.mentions[0].reference,
    }


def activity_mention_row(mention: ActivityMention) -> Row:
    """Return a place that names an activity, with the numbers of its sentence as written."""
    return quoted(mention)


def number_row(quantity: NumberRow) -> Row:
    """Return a number in its sentence; value is None where it is masked or damaged."""
    row = quoted(quantity)
    stated = quantity.state == "stated"
    row["value"] = number(quantity.value) if stated else None
    row["value_max"] = number(quantity.value_max) if stated else None
    return row


def total_row(total: Total) -> Row:
    """Return a sum, with the numbers that it leaves out."""
    return {
        "value": number(total.value),
        "value_max": number(total.value_max),
        "unit": total.unit,
        "bound": total.bound,
        "counted": total.counted,
        "left_out": [
            {"reference": one.reference, "text": MARK + one.text, "state": one.state} for one in total.left_out
        ],
        "limits": [{"reference": one.reference, "text": one.text} for one in total.limits],
        "repeated": [{"reference": one.reference, "text": one.text} for one in total.repeated],
        "stocks": [{"reference": one.reference, "text": one.text} for one in total.stocks],
        "changes": [{"reference": one.reference, "text": one.text} for one in total.changes],
    }


def part_row(part: Part) -> Row:
    """Return a part of a sum; `of` is what is counted where the unit does not say it, side is plan, done or other."""
    return {"of": part.of, "side": part.side, **total_row(part.total)}


def deadline_row(deadline: DeadlineRow) -> Row:
    """Return a deadline; `sentence` is the task."""
    return quoted(deadline)


def share_row(share: Share) -> Row:
    """Return a share with its interval of 95 %, from 0 to 1."""
    return {name: None if value is None else round(value, 4) for name, value in (
        ("share", share.value), ("low", share.low), ("high", share.high),
    )}  # fmt: skip


def trend_row(trend: LeafTrend) -> Row:
    """Return a leaf over the years; `years` are those in which it is reported, `yearly` [year, documents that report it, documents]."""
    return {
        "leaf": trend.leaf, "zh": trend.zh, "en": trend.en, "family": trend.family, "count": len(trend.documents),
        "base": trend.base, **share_row(trend.share), "independent": trend.independent, "bodies": trend.bodies,
        "body_base": trend.body_base, **history_row(trend.history), "documents": list(trend.documents),
    }  # fmt: skip


def history_row(history: History) -> Row:
    """Return what a leaf does over the years, and what the test of a trend says."""
    return {
        "first": history.first, "last": history.last, "run": list(history.run or ()), "run_years": history.run_years,
        "years": list(history.years), "yearly": [list(one) for one in history.yearly], "undated": history.undated,
        "trend": history.trend.verdict, **_outcome_row(history.trend),
    }  # fmt: skip


def linked_row(linked: LinkedProblem) -> Row:
    """Return a problem with a measure or a cause; without one, `basis` and what follows is empty."""
    target = linked.target
    return {
        "ref": linked.ref, "year_label": linked.year_label, "org": linked.org, "leaves": list(linked.leaves),
        "problem": linked.problem.text, "reference": linked.problem.reference, "kind": linked.kind, "basis": linked.basis,
        "certain": linked.certain if target else None, "target": target.text if target else None,
        "target_reference": target.reference if target else None, "shared": list(linked.shared),
    }  # fmt: skip


def pursued_row(pursued: Pursued) -> Row:
    """Return a problem that a body named, what it promised, and what became of it."""
    measure, again = pursued.measure, pursued.again
    return {
        "org": pursued.org, "region": pursued.region, "leaf": pursued.leaf, "zh": pursued.zh, "en": pursued.en,
        "year_label": pursued.year_label, "problem": pursued.problem.text, "reference": pursued.problem.reference,
        "measure": measure.text if measure else None, "measure_reference": measure.reference if measure else None,
        "basis": pursued.basis, "certain": pursued.certain if measure else None, "outcome": pursued.outcome,
        "again_year": pursued.again_year, "again": again.text if again else None,
        "again_reference": again.reference if again else None, "later": list(pursued.later),
    }  # fmt: skip


def _outcome_row(outcome: Outcome) -> Row:
    p, q = (None if value is None else float(f"{value:.3g}") for value in (outcome.p, outcome.q))
    return {"direction": outcome.direction, "test": outcome.name, "p": p, "q": q}


def comparison_rows(comparison: Comparison) -> list[Row]:
    """Return what differs between two years, `what` telling problem, activity and word apart.

    Nothing where one of the years has no document: every difference would only say that.
    """
    if not (comparison.base_a.documents and comparison.base_b.documents):
        return []
    rows: list[Row] = []
    for leaf in comparison.leaves:
        row: Row = {"what": "problem", "id": leaf.leaf, "zh": leaf.zh, "en": leaf.en, "change": leaf.change}
        for name, side in (("a", leaf.a), ("b", leaf.b)):
            row |= {f"{key}_{name}": value for key, value in share_row(side.share).items()}
            row |= {
                f"count_{name}": len(side.documents), f"base_{name}": side.base, f"independent_{name}": side.independent,
                f"bodies_{name}": side.bodies,
            }  # fmt: skip
        row |= {f"difference_{key}": value for key, value in _outcome_row(leaf.test).items() if key != "direction"}
        rows.append({**row, **history_row(leaf.history), "documents": [*leaf.a.documents, *leaf.b.documents]})
    for change, found in (("gone", comparison.gone), ("new", comparison.new), ("kept", comparison.kept)):
        rows += [
            {"what": "activity", "id": name, "zh": name, "en": name, "change": change, "documents": list(refs)}
            for name, refs in found
        ]
    rows += [
        {"what": "word", "id": one.word, "zh": one.word, "en": one.word,
         "change": "more" if one.year == comparison.year_b else "less", "count_a": one.count_a, "count_b": one.count_b,
         "likelihood": round(one.likelihood, 2)}
        for one in comparison.keywords
    ]  # fmt: skip
    return rows


def similar_row(passage: SimilarPassage) -> Row:
    """Return a passage like another; `score` is the cosine, `copies` are the places where it stands again."""
    return quoted(passage)
