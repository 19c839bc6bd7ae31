"""`nianlun compare`: two years side by side."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, CodeType, Run, common, filters, left_out_lines, unread_lines, years_known
from nianlun.output import Column, Row, cell, column
from nianlun.targets import Target
from nianlun.vocabulary import PICTURES, VOTES

if TYPE_CHECKING:
    from index.compare import Comparison

FEW = 5  # documents of a year
_WHAT = {"problem": Words("问题", "problem"), "activity": Words("活动", "activity"), "word": Words("用词", "word")}


@bilingual.command(
    "compare",
    "比较两年:哪些问题新出现、再现、不再提,哪些延续(占当年报告的比例及 95% 区间,检验支持才说增多减少),\n"
    "各类问题首次、末次见于哪年、最长连续几年;哪些活动新出现、不再提、延续,哪些词更常用。",
    "Compare two years: problems new, again, gone and kept (share of the year's reports with its 95 % interval; up and down only"
    " where a test shows it), first and last year, longest run; activities new, gone and kept; words.",
    ("nianlun compare 2010 2012", "2010 年与 2012 年", "2010 against 2012"),
    ("nianlun compare 2010 2012 --body 妇联", "只比妇联的报告", "only women's federations"),
    ("nianlun compare 2010 2012 --weight body", "每个单位一票", "one vote for each body"),
    ("nianlun compare 2010 2012 --chart 对比.html", "画图,附数据表", "a chart, with its table"),
)
@argument("first", type=click.IntRange(1900, 2100), zh="前一年", en="the first year", metavar="YEAR_A")
@argument("second", type=click.IntRange(1900, 2100), zh="后一年", en="the second year", metavar="YEAR_B")
@option("--weight", type=CodeType(VOTES), metavar="body", zh="加权:body 每个单位一票,一个单位报告再多也不多算",
        en="body: one vote for each body, however much it writes")  # fmt: skip
@option(
    "--all-words",
    is_flag=True,
    zh="报告很多时也数全部用词(慢)",
    en="count the words of all documents, however many (slow)",
)
@option("--chart", type=Target(*PICTURES), metavar="FILE",
        zh="画成 .png、.svg 或 .html(可离线打开),旁附 CSV 数据", en="draw it as .png, .svg or .html (opens offline), its data as CSV beside it")  # fmt: skip
@filters("org", "org_level", "region", "doc_type", "section", "undated")
@common()
def command(
    run: Run, first: int, second: int, weight: str | None, all_words: bool, chart: Path | None, filters: dict[str, Any]
) -> int:
    from nianlun.comparing import compare_few
    from nianlun.empty import explain_empty
    from nianlun.rows import base_row, comparison_rows

    with _undisturbed(), run.index(compare_few) as index:
        answer = index.compare(first, second, weight=weight, all_words=all_words, **filters)
        sides = ((first, answer.base_a), (second, answer.base_b))
        empty = [(year, base) for year, base in sides if base.documents == 0]
        rows = comparison_rows(answer)
        about = {
            "year_a": first, "year_b": second, "base_a": base_row(answer.base_a), "base_b": base_row(answer.base_b),
            "weight": weight, "words_of_a": answer.read_a, "words_of_b": answer.read_b, "documents": answer.documents,
            "undated": answer.undated,
        }  # fmt: skip
        run.write(rows, _columns(first, second, run.lang), about)
        _tell(run, answer)
        for year, base in empty:
            explain_empty(run, index, base, {**filters, "year": year})
        if not empty and min(base.documents for _, base in sides) < FEW:
            run.tell("compare_few")
        for line in unread_lines(answer.base_b, run.lang):
            run.tell_text(line)
        if chart is not None and rows:
            from nianlun.charts import comparison_chart

            run.draw(comparison_chart(rows, first, second, lang=run.lang), chart)
    return OK if rows else NO_MATCH


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Look for no garbage: of many small objects all are kept, and looking takes a tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _columns(first: int, second: int, lang: str) -> list[Column]:
    def joined(row: Row) -> str:
        return " ".join(row.get("documents", ()))

    def run_of(row: Row) -> str:
        return "–".join(dict.fromkeys(row["run"])) if row.get("run") else ""

    return [
        column("what", "项目", "what", lambda row: _WHAT[row["what"]].in_(lang)),
        column("zh", "名称", "name", lambda row: str(row["zh" if lang == "zh" else "en"]), ratio=2),
        column("change", "变化", "change"),
        column("count_a", str(first), str(first), lambda row: _count(row, "a"), right=True),
        column("count_b", str(second), str(second), lambda row: _count(row, "b"), right=True),
        column("first", "首见", "first", spare=2),
        column("last", "末见", "last", spare=2),
        column("run", "最长连续", "longest run", run_of, spare=3),
        column("trend", "历年趋势", "trend", spare=4),
        column("documents", "依据", "evidence", joined, ratio=2, whole=True, spare=1),
    ]


def _tell(run: Run, answer: Comparison) -> None:
    from nianlun.told import comparison_told

    for year, base in ((answer.year_a, answer.base_a), (answer.year_b, answer.base_b)):
        run.tell("compare_side", year=year, documents=base.documents, years=years_known(base, run.lang))
        for line in left_out_lines(base, run.lang):
            run.tell_text("  " + line)
    for line in comparison_told(answer, run.lang):
        run.tell_text(line)


def _count(row: Row, side: str) -> str:
    count, base, share = (row.get(f"{name}_{side}") for name in ("count", "base", "share"))
    if count is None:
        return ""
    if share is None:
        return cell(count, "zh") + (f"/{base}" if base is not None else "")
    return f"{count}/{base} {share:.0%} ({row[f'low_{side}']:.0%}–{row[f'high_{side}']:.0%})"
