"""`nianlun similar`: passages like the one at hand."""

from __future__ import annotations

import sys
from typing import Any

import click

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.options import NO_MATCH, OK, Run, common, filters
from nianlun.output import Column, Row, column

TOLD = 30  # characters of the passage that is given


@bilingual.command(
    "similar",
    "找与一段文字相近的段落:给一处出处(如 003@512-540),或直接写一段话(- 表示从标准输入读)。\n"
    "只有数字、标点不同的段落算作相同,只列一处,注明另有几处。",
    "Find passages like a passage: give a place (003@512-540) or some text (- reads standard input).\n"
    "Passages that differ in numbers and marks only are shown once, with the number of their copies.",
    ("nianlun similar 003@512-540", "与这一处相近的段落", "like this place"),
    (
        "nianlun similar 村里办起夜校,跟着学技术的妇女多了 --year ..2011",
        "2011 年以前类似的写法",
        "what was written until 2011",
    ),
    (
        "nianlun similar 000#2 --body 工会 --limit 5",
        "工会报告中与这篇相近的段落",
        "in reports of unions, like this report",
    ),
)
@argument("text", nargs=-1, required=True, zh="出处,或一段文字", en="a place, or some text", metavar="PLACE|TEXT...")
@filters("year", "org", "org_level", "region", "doc_type", "undated")
@option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, metavar="N", zh="最多列出 N 段",
        en="show at most N passages")  # fmt: skip
@common()
def command(run: Run, text: tuple[str, ...], filters: dict[str, Any], limit: int) -> int:
    from nianlun.rows import base_row, similar_row

    given = sys.stdin.read() if text == ("-",) else " ".join(text)
    with run.index() as index:
        found = index.similar(given, limit=limit, **filters)
        rows = [similar_row(one) for one in found.passages]
        run.write(rows, _columns(), {"text": found.text, "words": found.words, "base": base_row(found.base)})
        if not found.words:
            run.tell("similar_short")
        elif not rows:
            run.tell("similar_nothing", words=found.words)
        else:
            short = " ".join(found.text.split())
            short = short[:TOLD] + "…" if len(short) > TOLD else short
            run.tell("similar_to", text=short, count=len(rows), searched=found.base.documents)
            if copies := sum(len(one.copies) for one in found.passages):
                run.tell("similar_folded", count=copies)
        run.tell_base(found.base)
    return OK if rows else NO_MATCH


def _columns() -> list[Column]:
    def flat(row: Row) -> str:
        return " ".join(str(row["text"]).split())

    return [
        column("reference", "出处", "reference"),
        column("year_label", "年份", "year"),
        column("org", "单位", "body", ratio=1, spare=2),
        column("score", "相近", "score", lambda row: f"{row['score']:.2f}", right=True),
        column("copies", "同文", "copies", lambda row: str(len(row["copies"]) or ""), right=True),
        column("text", "段落", "passage", flat, ratio=4),
        column("shared", "共有的词", "shared words", lambda row: " ".join(row["shared"]), ratio=1, spare=1),
    ]
