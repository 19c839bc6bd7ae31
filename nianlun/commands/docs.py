"""`nianlun docs`: the reports of an index."""

from __future__ import annotations

from typing import Any

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.options import NO_MATCH, OK, Run, common, filters
from nianlun.output import column

_COLUMNS = [
    column("ref", "代号", "ref"),
    column("year_label", "年份", "year"),
    column("org", "单位", "body", ratio=2),
    column("org_level", "层级", "level", spare=3),
    column("doc_type", "文种", "kind"),
    column("title", "标题", "title", ratio=3),
    column("chars", "字数", "characters", right=True, spare=4),
    column("damage", "残损", "damage", right=True),
    column("problems", "问题句", "problems", right=True),
]


@bilingual.command(
    "docs",
    "列出报告:代号、年份(≈ 为推断)、单位、文种、标题、字数、残损处数、问题句数。",
    "List the reports: ref, year (≈ where inferred), body, kind, title, characters, damaged places, problem sentences.",
    ("nianlun docs --year 2004..2011", "2004 到 2011 年的报告", "reports of 2004 to 2011"),
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
@common()
def command(run: Run, filters: dict[str, Any], only_undated: bool, damaged: bool) -> int:
    from nianlun.empty import explain_empty
    from nianlun.rows import base_row, document_row

    with run.index() as index:
        answer = index.docs(**filters)
        kept = [one for one in answer if (not only_undated or one.undated) and (not damaged or one.damage)]
        about = {"base": base_row(answer.base), "apart": [document_row(one) for one in answer.apart]}
        run.write([document_row(one) for one in kept], _COLUMNS, about)
        run.tell_base(answer.base)
        if not kept:
            explain_empty(run, index, answer.base, filters)
    return OK if kept else NO_MATCH
