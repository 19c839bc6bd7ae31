"""`nianlun docs`: the reports of an index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nianlun import bilingual
from nianlun.bilingual import current_language, option
from nianlun.correction_messages import CORRECTION_FIELDS
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, Run, common, filters
from nianlun.output import Column, Row, cell, column

_COLUMNS = [
    column("ref", "代号", "ref"),
    column("year_label", "年份", "year"),
    column("org_label", "单位", "body", ratio=2),
    column("org_level", "层级", "level", spare=3),
    column("region_label", "地区", "region", spare=3),
    column("doc_type", "文种", "kind"),
    column("title", "标题", "title", ratio=3),
    column("chars", "字数", "characters", right=True, spare=4),
    column("damage", "残损", "damage", right=True),
    column("copies", "重复", "copies", right=True, spare=2),
    column("problems", "问题句", "problems", right=True),
]
_COPY_COLUMNS = [
    column("document", "报告", "document"),
    column("original", "所在文件", "its file", ratio=2, spare=3),
    column("kind", "重复种类", "copy of", lambda row: cell(row["kind"], current_language(), "copy_kind")),
    column("ref", "代号", "ref", lambda row: row["ref"] or ""),
    column("path", "重复所在文件", "file of the copy", ratio=2),
    column("source_start", "起", "from", right=True, spare=2),
    column("source_end", "止", "to", right=True, spare=2),
    column("title", "标题", "title", ratio=1, spare=1),
]

_WHY = {
    "stated in the title": Words("标题写明", "stated in the title"),
    "date of signature": Words("落款日期", "date of signature"),
    "opening words": Words("开头的话", "opening words"),
    "day of the event told": Words("所记活动的日期", "day of the event told"),
    "day of the session": Words("会议日期", "day of the session"),
    "end of the years reviewed": Words("回顾年份的最后一年", "end of the years reviewed"),
    "the year that is planned": Words("所计划的年份", "the year that is planned"),
    "the year that the text speaks of": Words("正文所说的年份", "the year that the text speaks of"),
}
_EVENT = "文中提到的事件或用语"
_HINT = " (supports only)"


def _evidence_columns(run: Run) -> list[Column]:
    def why(row: Row) -> str:
        told = str(row["why"] or "")
        if not told:
            return run.words("none")
        if run.lang == "en":
            return told
        if row["why_zh"]:
            return f"{row['why_zh']}(仅供参考)" if row["weight"] == "hint" else str(row["why_zh"])
        known = _WHY[told].zh if told in _WHY else _EVENT
        return f"{known}(仅供参考)" if told.endswith(_HINT) else known

    return [
        column("reference", "出处", "reference"),
        column("year_label", "年份", "year", lambda row: row["year_label"] or run.words("undated")),
        column("year_basis", "年份依据", "basis", spare=1),
        column("text", "原话", "words", ratio=2),
        column("span", "可能的年份", "years allowed"),
        column("why", "理由", "reason", why, ratio=1),
    ]


def _corrected_columns(run: Run, rows: Sequence[Row]) -> list[Column]:
    """Return the column that tells which fields a person corrected; in a table none where nobody did."""
    if run.output_form != "tsv" and not any(row["corrected"] for row in rows):
        return []

    def told(row: Row) -> str:
        return run.words("comma").join(CORRECTION_FIELDS[field].in_(run.lang) for field in row["corrected"])

    return [column("corrected", "人工更正", "corrected", told, spare=5)]


def _recognised_columns(run: Run, some: bool) -> list[Column]:
    """Return the columns that tell what was recognised in pictures; in a table none where nothing was."""

    def told(row: Row) -> str:
        if row["recognised"] is None:
            return ""
        # late: it loads what reads files, and the help of all commands loads this module
        from nianlun.places import recognised_words

        return recognised_words(row["recognised"], row["unsure"], run.lang)

    if run.output_form == "tsv":
        return [column("recognised", "文字识别", "recognised"), column("unsure", "没有把握", "unsure")]
    if run.output_form == "table" and not some:
        return []
    return [column("recognised", "文字识别", "recognised (OCR)", told, spare=5)]


@bilingual.command(
    "docs",
    "列出报告:代号、年份(≈ 为推断)、单位、文种、标题、字数、残损处数、问题句数。",
    "List the reports: ref, year (≈ where inferred), body, kind, title, characters, damaged places, problem sentences.",
    ("nianlun docs --year 2004..2011", "2004 到 2011 年的报告", "reports of 2004 to 2011"),
    (
        "nianlun docs --evidence --year 2013",
        "2013 年的报告,年份是怎样定的",
        "how the year of the reports of 2013 is known",
    ),
    ("nianlun docs --copies", "重复的报告在哪里", "where reports stand again"),
    ("nianlun docs --only-undated --format csv", "没有年份的报告,存成 CSV", "the undated ones, as CSV"),
)
@filters("year", "org", "org_level", "region", "doc_type", "undated")
@option(
    "--only-undated",
    is_flag=True,
    zh="只列年份没有写明、也推不出哪一年的(含只知范围的)",
    en="only those without a year (an interval at most)",
)
@option("--damaged", is_flag=True, zh="只列有残损的", en="only damaged ones")
@option("--evidence", is_flag=True, zh="列出年份的依据:原话、可能的年份、理由", en="list the evidence of the year")
@option(
    "--copies",
    is_flag=True,
    zh="列出重复之处:哪一处、重复哪一篇、是文件相同还是文字相同",
    en="list the copies: where, of which document, of what kind",
)
@common()
def command(run: Run, filters: dict[str, Any], only_undated: bool, damaged: bool, evidence: bool, copies: bool) -> int:
    from nianlun.empty import explain_empty
    from nianlun.rows import base_row, copy_row, document_row, evidence_row, recognised_row

    with run.index() as index:
        answer = index.docs(**filters)
        kept = [one for one in answer if (not only_undated or one.undated) and (not damaged or one.damage)]
        about = {"base": base_row(answer.base), "apart": [document_row(one) for one in answer.apart]}
        also = index.copies()
        if copies:
            rows = [copy_row(copy) for one in kept for copy in also.get(one.ref, ())]
            run.write(rows, _COPY_COLUMNS, about)
        elif evidence:
            found = index.year_evidence()
            rows = [evidence_row(one, mark) for one in kept for mark in found.get(one.ref, (None,))]
            run.write(rows, _evidence_columns(run), about)
        else:
            seen = index.recognised()
            rows = [{**document_row(one, also.get(one.ref, ())), **recognised_row(seen.get(one.ref))} for one in kept]
            columns = [*_COLUMNS, *_corrected_columns(run, rows), *_recognised_columns(run, bool(seen))]
            run.write(rows, columns, about)
        run.tell_base(answer.base)
        if not kept:
            explain_empty(run, index, answer.base, filters)
    return OK if kept else NO_MATCH
