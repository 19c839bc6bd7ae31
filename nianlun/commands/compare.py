"""`nianlun compare`: two years side by side."""

from __future__ import annotations

from typing import Any

import click

from nianlun import bilingual
from nianlun.bilingual import argument
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, Run, common, filters, left_out_lines, unread_lines, years_known
from nianlun.output import Row, cell, column

FEW = 5  # documents of a year
_WHAT = {"problem": Words("问题", "problem"), "activity": Words("活动", "activity"), "word": Words("用词", "word")}
_CHANGE = {
    "up": Words("增多", "up"),
    "down": Words("减少", "down"),
    "same": Words("持平", "same"),
    "new": Words("新出现", "new"),
    "gone": Words("不再提", "gone"),
    "kept": Words("延续", "kept"),
    "more": Words("更常用", "more"),
    "less": Words("更少用", "less"),
}


@bilingual.command(
    "compare",
    "比较两年:问题多了少了(按占当年报告的比例),哪些活动新出现、不再提、延续,哪些词更常用。",
    "Compare two years: problems up and down (by share of the year's reports), activities new, gone and kept, words.",
    ("nianlun compare 2010 2012", "2010 年与 2012 年", "2010 against 2012"),
    ("nianlun compare 2010 2012 --org 妇联", "只比妇联的报告", "only women's federations"),
)
@argument("first", type=click.IntRange(1900, 2100), zh="前一年", en="the first year", metavar="YEAR_A")
@argument("second", type=click.IntRange(1900, 2100), zh="后一年", en="the second year", metavar="YEAR_B")
@filters("org", "org_level", "region", "doc_type", "section", "undated")
@common()
def command(run: Run, first: int, second: int, filters: dict[str, Any]) -> int:
    from nianlun.empty import explain_empty
    from nianlun.rows import base_row, comparison_rows

    with run.index() as index:
        answer = index.compare(first, second, **filters)
        sides = ((first, answer.base_a), (second, answer.base_b))
        empty = [(year, base) for year, base in sides if base.documents == 0]
        rows = comparison_rows(answer)
        about = {
            "year_a": first,
            "year_b": second,
            "base_a": base_row(answer.base_a),
            "base_b": base_row(answer.base_b),
        }
        run.write(
            rows,
            [
                column("what", "项目", "what", lambda row: _WHAT[row["what"]].in_(run.lang)),
                column("zh", "名称", "name", lambda row: str(row["zh" if run.lang == "zh" else "en"]), ratio=2),
                column("change", "变化", "change", lambda row: _CHANGE[row["change"]].in_(run.lang)),
                column("count_a", str(first), str(first), lambda row: _count(row, "a"), right=True),
                column("count_b", str(second), str(second), lambda row: _count(row, "b"), right=True),
                column(
                    "documents",
                    "依据",
                    "evidence",
                    lambda row: " ".join(row.get("documents", ())),
                    ratio=2,
                    whole=True,
                    spare=1,
                ),
            ],
            about,
        )
        for year, base in sides:
            run.tell("compare_side", year=year, documents=base.documents, years=years_known(base, run.lang))
            for line in left_out_lines(base, run.lang):
                run.tell_text("  " + line)
        for year, base in empty:
            explain_empty(run, index, base, {**filters, "year": year})
        if not empty and min(base.documents for _, base in sides) < FEW:
            run.tell("compare_few")
        for line in unread_lines(answer.base_b, run.lang):
            run.tell_text(line)
    return OK if rows else NO_MATCH


def _count(row: Row, side: str) -> str:
    count = row.get(f"count_{side}")
    share = row.get(f"share_{side}")
    return "" if count is None else cell(count, "zh") + (f" ({share:.0%})" if share is not None else "")
