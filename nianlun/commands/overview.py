"""`nianlun overview`: the whole index at a glance."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.options import NO_MATCH, OK, Run, common
from nianlun.output import Column, Row, as_json, cell, column, write_rows

if TYPE_CHECKING:
    from index.problems import ProblemCount, ProblemMention
    from index.show import Overview

DEADLINES = 12
LONG = 90  # characters of a sentence
EASY = 30  # characters of a sentence that reads well in a table


@bilingual.command(
    "overview",
    "索引总览:读了什么、没读成什么及原因、各年各类报告、反映最多的问题(各附一句)、时限、最常见的活动。",
    "The index at a glance: what was read, what was not and why, documents by year and kind, the most reported problems with"
    " a sentence each, deadlines, the most frequent activities.",
    ("nianlun overview", "看 reports.db", "of reports.db"),
)
@option(
    "--top",
    type=click.IntRange(1, 50),
    default=5,
    metavar="N",
    show_default=True,
    zh="列出几类问题(活动为其两倍)",
    en="problems (twice as many activities)",
)
@common(formats=("table", "json"))
def command(run: Run, top: int) -> int:
    with run.index() as index:
        seen = index.overview(top=top)
    if run.form == "json":
        sys.stdout.write(as_json(_as_row(seen), indent=2) + "\n")
    else:
        _print(run, seen)
    return OK if seen.base.total else NO_MATCH


def _print(run: Run, seen: Overview) -> None:
    click.echo(
        run.words(
            "overview_read",
            db=run.db,
            sources=len(seen.sources),
            documents=seen.base.total,
            characters=f"{seen.characters:,}",
        )
    )
    if seen.base.copies:
        files = sum(one.status == "copy" for one in seen.sources)
        click.echo(run.words("overview_copies", files=files, count=seen.base.copies))
    if seen.unread:
        rows = [
            {
                "status": one.status,
                "path": one.path,
                "reason": (one.reason_zh if run.lang == "zh" else one.reason) or one.reason,
            }
            for one in seen.unread[:DEADLINES]
        ]
        columns = [
            column("status", "结果", "result"),
            column("path", "文件", "file"),
            column("reason", "原因", "reason", ratio=1),
        ]
        _section(run, "overview_unread", rows, columns, more=len(seen.unread), command="doctor")
    else:
        click.echo(run.words("overview_all_read"))
    if not seen.base.total:
        run.tell("empty_index", db=run.db)
        return
    _section(run, "overview_years", *_years(run, seen))
    problems = [
        {"problem": run.words("overview_problem", zh=one.zh, en=one.en, documents=len(one.documents), base=one.base),
         "sentence": _short(typical(one).sentence), "reference": typical(one).reference}
        for one in seen.problems if one.documents
    ]  # fmt: skip
    _section(
        run, "overview_problems", problems,
        [column("problem", "问题", "problem", ratio=1), column("sentence", "如", "for example", ratio=2), column("reference", "出处", "reference")],
    )  # fmt: skip
    deadlines = [
        {"date_end": one.date_end, "sentence": _short(one.task or one.sentence), "reference": one.reference}
        for one in seen.deadlines.rows[:DEADLINES]
    ]
    _section(
        run, "overview_deadlines", deadlines,
        [column("date_end", "最后一天", "last day", lambda row: row["date_end"] or "?"),
         column("sentence", "任务", "task", ratio=1), column("reference", "出处", "reference")],
        more=len(seen.deadlines), command="deadlines",
    )  # fmt: skip
    activities = [
        {"name": one.name, "count": len(one.documents), "kind": cell(one.kind, run.lang, "activity_kind"), "documents": list(one.documents)}
        for one in seen.activities
    ]  # fmt: skip
    _section(
        run, "overview_activities", activities,
        [column("name", "名称", "name"), column("kind", "种类", "kind"), column("count", "报告数", "documents", right=True),
         column("documents", "依据", "evidence", lambda row: " ".join(row["documents"]), ratio=1, whole=True)],
    )  # fmt: skip
    run.tell_base(seen.base)


def _years(run: Run, seen: Overview) -> tuple[list[Row], list[Column]]:
    """Return the table of years (the undated last) and kinds, with its margins."""
    kinds = [kind for kind, _ in seen.by_kind]
    counts = {(year, kind): count for year, kind, count in seen.by_year_and_kind}
    total = run.words("total")
    rows: list[Row] = [
        {"year": year or run.words("undated"), **{kind: counts.get((year, kind)) for kind in kinds}, "total": count}
        for year, count in seen.by_year
    ]
    rows.append({"year": total, **dict(seen.by_kind), "total": seen.base.total})
    columns = [column("year", "年份", "year")]
    columns += [column(kind, cell(kind, "zh", "doc_type"), cell(kind, "en", "doc_type"), right=True) for kind in kinds]
    return rows, [*columns, column("total", "合计", "total", right=True)]


def _section(
    run: Run, title: str, rows: Sequence[Row], columns: Sequence[Column], *, more: int = 0, command: str = ""
) -> None:
    click.echo()
    click.echo(click.style(run.words(title), bold=run.color and sys.stdout.isatty()))
    if not rows:
        click.echo(run.words("none"))
        return
    color = run.color and sys.stdout.isatty()
    write_rows(rows, columns, form="table", lang=run.lang, out=sys.stdout, color=color)
    if more > len(rows):
        click.echo(run.words("overview_more", count=more - len(rows), command=command))


def typical(count: ProblemCount) -> ProblemMention:
    """Return the sentence that says a problem most clearly: mainly about it, surest, easiest to read; there must be one."""

    def clarity(mention: ProblemMention) -> tuple[bool, float, int]:
        return (
            mention.main == count.leaf,
            round(dict(mention.categories).get(count.leaf, 0.0), 1),
            -abs(len(mention.sentence) - EASY),
        )

    return max(count.mentions, key=clarity)


def _short(sentence: str) -> str:
    text = " ".join(sentence.split())
    return text if len(text) <= LONG else text[: LONG - 1] + "…"


def _as_row(seen: Overview) -> dict[str, Any]:
    from nianlun.rows import activity_row, base_row, deadline_row, problem_row

    return {
        "base": base_row(seen.base),
        "characters": seen.characters,
        "sources": [asdict(one) for one in seen.sources],
        "by_year_and_kind": [{"year": year, "doc_type": kind, "count": count} for year, kind, count in seen.by_year_and_kind],
        "problems": [
            {**problem_row(one), "sentence": typical(one).sentence, "reference": typical(one).reference}
            for one in seen.problems if one.mentions
        ],
        "deadlines": [deadline_row(one) for one in seen.deadlines],
        "activities": [activity_row(one) for one in seen.activities],
    }  # fmt: skip
