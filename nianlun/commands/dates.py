"""`nianlun dates`: how the year of each report is known, and what contradicts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.options import NO_MATCH, OK, Run, common, filters
from nianlun.output import Column, Row, column

if TYPE_CHECKING:
    from index.scope import DocumentRow
    from index.show import YearEvidence
    from index.store import Index

_DOCUMENT_COLUMNS = [
    column("ref", "代号", "ref"),
    column("year_label", "年份", "year"),
    column("year_basis", "年份依据", "basis"),
    column("span", "可能的年份", "years allowed"),
    column("signed", "落款日期", "signed", spare=2),
    column("words", "依据", "evidence", lambda row: "、".join(row["words"]), ratio=2),
    column("conflicts", "矛盾", "contradicts", lambda row: "、".join(row["conflicts"]), ratio=1),
    column("title", "标题", "title", ratio=2, spare=1),
]


def _evidence_columns(run: Run) -> list[Column]:
    def why(row: Row) -> str:
        return str((row["why_zh"] if run.lang == "zh" else None) or row["why"] or "")

    def verified(row: Row) -> str:
        return "" if row["verified"] is None else run.words("dates_verified" if row["verified"] else "dates_unverified")

    return [
        column("text", "原话", "words", ratio=2),
        column("span", "可能的年份", "years allowed"),
        column("weight", "分量", "weight"),
        column("verified", "出处核对", "source", verified),
        column("why", "理由", "reason", why, ratio=2),
        column("reference", "出处", "reference"),
    ]


@bilingual.command(
    "dates",
    "每篇报告的年份是怎样定的:写明的、由文中事件推断的,与写明的年份相矛盾的话。--explain 列出一篇的全部依据和所得的年份范围。",
    "How the year of each report is known: stated, or inferred from events that it names, and what contradicts it."
    " --explain lists all the evidence of one report and the years that it leaves.",
    ("nianlun dates", "每篇报告的年份和依据", "the year of each report with its evidence"),
    ("nianlun dates --explain 003", "这一篇的年份是怎样定的", "how the year of one report is known"),
    ("nianlun dates --conflicts", "年份自相矛盾的(套用旧稿、标题有误)", "those that contradict themselves"),
)
@option("--explain", "explained", metavar="DOC", zh="逐条列出这一篇的依据", en="list the evidence of one report")
@option("--conflicts", is_flag=True, zh="只列有矛盾的", en="only those that contradict themselves")
@filters("year", "org", "org_level", "region", "doc_type", "undated")
@common()
def command(run: Run, explained: str | None, conflicts: bool, filters: dict[str, Any]) -> int:
    from nianlun.empty import explain_empty
    from nianlun.rows import base_row

    if explained and (conflicts or filters):
        raise click.UsageError(run.words("dates_alone"))
    with run.index() as index:
        if explained:
            return _explain(run, index, explained)
        evidence = index.year_evidence()
        answer = index.docs(**filters)
        rows = [_document_row(one, evidence.get(one.ref, [])) for one in answer]
        kept = [row for row in rows if row["conflicts"] or not conflicts]
        apart = [_document_row(one, evidence.get(one.ref, [])) for one in answer.apart]
        run.write(kept, _DOCUMENT_COLUMNS, {"base": base_row(answer.base), "apart": apart})
        run.tell_base(answer.base)
        if not kept and not conflicts:
            explain_empty(run, index, answer.base, filters)
    return OK if kept else NO_MATCH


def _explain(run: Run, index: Index, ref: str) -> int:
    from index.references import parse_ref
    from nianlun.rows import document_row, evidence_row

    document = index.show(parse_ref(ref).ref).document
    found = index.year_evidence().get(document.ref, [])
    rows = [evidence_row(document, one) for one in found]
    span = _span(document)
    about = {"document": document_row(document), "span": span, "year": document.year, "year_basis": document.year_basis}
    run.write(rows, _evidence_columns(run), about)
    key = {
        "none": "dates_interval" if span else "dates_unknown", "inferred": "dates_inferred",
        "corrected": "dates_corrected_none" if document.year is None else "dates_corrected",
    }  # fmt: skip
    conflicts = sum(one.weight == "conflict" for one in found)
    run.tell(key.get(document.year_basis, "dates_stated"), ref=document.ref, year=document.year_label, span=span)
    if conflicts:
        run.tell("dates_conflicts", count=conflicts)
    return OK if rows else NO_MATCH


def _document_row(document: DocumentRow, evidence: list[YearEvidence]) -> Row:
    """Return a document with the words that date it and those that contradict its year."""
    bounding = [
        one
        for one in evidence
        if one.weight == "stated"
        or (one.weight == "firm" and (one.low, one.high) != (None, None) and _bounds(one, document))
    ]
    return {
        "ref": document.ref,
        "year": document.year,
        "year_label": document.year_label,
        "year_low": document.year_low,
        "year_high": document.year_high,
        "span": _span(document),
        "year_basis": document.year_basis,
        "signed": document.signed,
        "words": list(dict.fromkeys(one.text for one in bounding)),
        "conflicts": [one.text for one in evidence if one.weight == "conflict"],
        "title": document.title,
    }


def _bounds(one: YearEvidence, document: DocumentRow) -> bool:
    """Tell whether words give the first or the last year that is left."""
    first, last = document.year_low, document.year_high
    return (first is not None and one.low == first) or (last is not None and one.high == last)


def _span(document: DocumentRow) -> str:
    """Return the years allowed: 2012, 2004–2005, 2015– or nothing."""
    low, high = document.year_low, document.year_high
    if low is None and high is None:
        return ""
    return str(low) if low == high else f"{low or ''}–{high or ''}"
