"""`nianlun search`: every place that a query finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.options import NO_MATCH, OK, CodeType, Run, common, filters
from nianlun.output import Column, Row, column
from nianlun.vocabulary import FIELDS, ORDERS, WITHIN

if TYPE_CHECKING:
    from index.search import Found
    from index.store import Index

QUOTE = 40  # characters of a long sentence shown before a place, and half of those behind it
LONG = 150  # characters
MOST_ALSO = 10  # documents of which it is told where they stand again


@bilingual.command(
    "search",
    "查词句,列出每一处所在的句子。几个词默认要同在一篇报告里。\n"
    "写法:经费 · 经费 不足 · “经费不足”(原样)· 经费 NEAR/10 不足 · 经费 -保证 · 经费 OR 资金\n"
    "繁体与简体、全角与半角都能查到;繁体文本中的异名(档案 = 文件)也会查到并注明。",
    "Find words; every place is shown in its sentence. Several words must stand in one document.\n"
    'Queries: 经费 · 经费 不足 · "经费不足" (exact) · 经费 NEAR/10 不足 · 经费 -保证 · 经费 OR 资金\n'
    "Traditional and simplified, full-width and half-width are the same; variants are found too, and said so.",
    ("nianlun search 经费", "每一处“经费”", "every place of 经费"),
    ("nianlun search '经费 NEAR/10 不足' --year 2004..2011", "相距十字以内", "within ten characters"),
    ("nianlun search 留守儿童 --kwic 20", "关键词居中排列", "keyword in context"),
    ("nianlun search 春蕾计划 --count-by year", "按年份计数", "counts by year"),
)
@argument("query", nargs=-1, required=True, zh="要查的词", en="what to find", metavar="QUERY...")
@filters()
@option(
    "--kwic",
    type=click.IntRange(1, 200),
    metavar="N",
    zh="关键词居中,两边各 N 字",
    en="keyword in context, N characters each side",
)
@option("--count-by", type=CodeType(FIELDS), zh="只按此项计数", en="count instead of listing")
@option("--within", type=CodeType(WITHIN), default="document", show_default=True,
        zh="几个词须同在一篇或一句", en="where several words must stand together")  # fmt: skip
@option("--sort", type=CodeType(ORDERS), default="rank", show_default=True, zh="排列次序", en="order")
@option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    zh="最多列出 N 处(总数照计)",
    en="list at most N places; all are counted",
)
@option("--explain", is_flag=True, zh="说明查询是怎样理解的", en="tell how the query was understood")
@common()
def command(
    run: Run, query: tuple[str, ...], filters: dict[str, Any], kwic: int | None, count_by: str | None, within: str, sort: str,
    limit: int | None, explain: bool,
) -> int:  # fmt: skip
    from nianlun.rows import base_row, copy_row, count_rows, explanation_row, hit_row

    with run.index() as index:
        found = index.search(
            " ".join(query), limit=limit, context=kwic or 20, within=within, sort=sort, explain=explain, **filters
        )
        all_copies = index.copies()
        also = {row.ref: all_copies[row.ref] for row, _ in found.per_document if row.ref in all_copies}
        about = {
            "query": found.query, "places": found.places, "documents": found.documents, "base": base_row(found.base),
            "explanation": explanation_row(found.explanation), "apart": [hit_row(one) for one in found.apart],
            "also_in": [copy_row(copy) for copies in also.values() for copy in copies],
        }  # fmt: skip
        if count_by:
            run.write(count_rows(found, count_by), _count_columns(run, count_by), about)
        else:
            columns = _concordance_columns() if kwic else _columns()
            run.write([hit_row(one) for one in found.hits], columns, about)
        for ref in list(dict.fromkeys(hit.ref for hit in found.hits))[:MOST_ALSO]:
            if not count_by:
                run.tell_also(ref, also.get(ref, ()))
        _tell(run, index, found, filters, explain)
    return OK if found.places or found.apart else NO_MATCH


def _columns() -> list[Column]:
    return [
        column("reference", "出处", "reference"),
        column("year_label", "年份", "year"),
        column("org", "单位", "body", ratio=1, spare=2),
        column("role", "章节", "section", spare=1),
        column("sentence", "句子", "sentence", _sentence, ratio=4),
    ]


def _concordance_columns() -> list[Column]:
    return [
        column("reference", "出处", "reference"),
        column("left", "左", "left", right=True),
        column("text", "词", "text"),
        column("right", "右", "right"),
    ]


def _count_columns(run: Run, by: str) -> list[Column]:
    def group(row: Row) -> str:
        from nianlun.output import cell

        return cell(row["group"], run.lang, by) or run.words("undated")

    return [
        column("group", "分组", by, group),
        column("places", "处数", "places", right=True),
        column("documents", "报告数", "documents", right=True),
    ]


def _sentence(row: Row) -> str:
    """Return the sentence with the place in brackets, a long one cut around it."""
    sentence, first = str(row["sentence"]), row["start"] - row["sentence_start"]
    last = first + len(str(row["text"]))
    left, right = sentence[:first], sentence[last:]
    if len(sentence) > LONG:
        left = "…" + left[-QUOTE:] if len(left) > QUOTE else left
        right = right[: 2 * QUOTE] + "…" if len(right) > 2 * QUOTE else right
    return " ".join(f"{left}【{sentence[first:last]}】{right}".split())


def _tell(run: Run, index: Index, found: Found, filters: dict[str, Any], explain: bool) -> None:
    told = found.explanation
    if found.places:
        run.tell(
            "found", query=found.query, places=found.places, documents=found.documents, searched=found.base.documents
        )
        _tell_texts(run, index, found)
        if len(found.hits) < found.places:
            run.tell("shown_of", shown=len(found.hits))
    for one in told.variants:
        run.tell(f"variant_{one.kind}", places=one.places, text=one.text, term=one.term)
    if found.apart:
        run.tell("apart_hits", count=len(found.apart))
        for hit in found.apart:
            run.tell_text(
                f"  {hit.reference} {hit.year_label or ''} {hit.left}{hit.text}{hit.right}".replace("\n", " ")
            )
    if explain:
        _explain(run, found)
    if not found.places:
        _tell_nothing(run, index, found, filters)
    run.tell_base(found.base)


def _tell_texts(run: Run, index: Index, found: Found) -> None:
    """Say how many of the documents are texts of their own, where all places are at hand and that takes no time."""
    from index.independent import count_independent, is_cheap

    if found.documents < 2 or len(found.hits) < found.places or not is_cheap(index.connection):
        return
    independent = count_independent(index.connection, found.hits)
    if independent < found.documents:
        run.tell("search_texts", independent=independent)


def _tell_nothing(run: Run, index: Index, found: Found, filters: dict[str, Any]) -> None:
    from nianlun.empty import explain_empty

    told = found.explanation
    if found.base.documents == 0:
        explain_empty(run, index, found.base, filters)
        return
    run.tell("not_found", query=found.query, documents=found.base.documents)
    plain = re.sub("[*?＊？]", "", found.query).strip()
    if plain and plain != found.query.strip():
        run.tell("hint_star", query=plain)
    if told.segmented:
        run.tell("segmented", words=" · ".join("/".join(words) for words in told.segmented))
    if told.nearest:
        run.tell("nearest", words=" ".join(told.nearest))
    else:
        run.tell("no_nearest")
    if len(told.terms) > 1:
        run.tell("hint_or", query=" OR ".join(told.terms))


def _explain(run: Run, found: Found) -> None:
    told = found.explanation
    run.tell(
        "explain_terms", terms="、".join(told.terms), without="、".join(told.without) or run.words("none"),
        within=run.words(f"within_{told.within}"),
    )  # fmt: skip
    if told.segmented:
        run.tell("segmented", words=" · ".join("/".join(words) for words in told.segmented))
    for one in told.spellings:
        if one.places or one.kind == "typed":
            run.tell(
                "explain_spelling", term=one.term, text=one.text, kind=run.words(f"kind_{one.kind}"), places=one.places,
                documents=one.documents,
            )  # fmt: skip
    if told.excluded:
        run.tell("explain_excluded", count=told.excluded)
