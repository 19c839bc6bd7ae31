"""`nianlun search`: every place that a query finds, as sentences, documents, concordance lines or counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import argument, current_language, option
from nianlun.messages import say
from nianlun.options import NO_MATCH, OK, CodeType, Run, common, filters
from nianlun.output import Column, Row, column
from nianlun.search_messages import echoed
from nianlun.vocabulary import FACETS, FIELDS, LISTED, MODALITIES, ORDERS, SIDES, THINGS, WITHIN

if TYPE_CHECKING:
    from index.search import Found
    from index.store import Index

PAGE = 20  # hits of a page where nothing else is said
WIDE = 20  # characters beside a place
QUOTE = 40  # characters of a long sentence shown before a place, and half of those behind it
LONG = 150  # characters
_NEAR = re.compile(r"(?<!\S)NEAR(?:/\d+)?(?!\S)", re.IGNORECASE)
MOST_ALSO = 10  # documents of which it is told where they stand again


@bilingual.command(
    "search",
    "查词句,列出每一处所在的句子。几个词默认要同在一篇报告里。\n"
    "写法:经费 · 经费 不足 · “经费不足”(原样)· 经费 NEAR/10 (不足 OR 短缺) · 经费*不足(同句,? 代一字)· 经费 -保证 · 经费 OR 资金\n"
    "条件:年份:2004..2011 文种:总结 单位:妇联 层级:县级 地区:… 标题:… 章节:问题 类别:经费不足 含:时限 计量单位:人次 语气:计划\n"
    "繁体与简体、全角与半角都能查到;繁体文本中的异名(档案 = 文件)也会查到并注明。各种写法见 docs/search.md。",
    "Find words; every place is shown in its sentence. Several words must stand in one document.\n"
    'Queries: 经费 · 经费 不足 · "经费不足" (exact) · 经费 NEAR/10 (不足 OR 短缺) · 经费*不足 (in one sentence; ? is one character)'
    " · 经费 -保证 · 经费 OR 资金\n"
    "Fields: year:2004..2011 kind:summary body:妇联 level:county region:… title:… section:problems leaf:funding_gap"
    " has:deadline unit:人次 is:planned\n"
    "Traditional and simplified, full-width and half-width are the same; variants are found too, and said so (docs/search.md).",
    ("nianlun search 经费", "每一处“经费”", "every place of 经费"),
    ("nianlun search '经费 NEAR/10 (没有 OR 预算)' --year 2004..2015", "相距十字以内", "within ten characters"),
    ("nianlun search '培训 含:时限 语气:计划' --by document", "逐篇列出,每篇几段", "documents with passages"),
    (
        "nianlun search 留守儿童 --kwic 20 --kwic-sort right",
        "关键词居中,按右侧文字排序",
        "in context, sorted by what follows",
    ),
    (
        "nianlun search 经费 --synonyms --facets 年份,文种",
        "连同近义词,分项计数",
        "with synonyms, counted by year and kind",
    ),
    ("nianlun search 春蕾计划 --count-by year", "按年份计数", "counts by year"),
)
@argument("query", nargs=-1, required=True, zh="要查的词", en="what to find", metavar="QUERY...")
@filters()
@option("--has", type=CodeType(THINGS), multiple=True, zh="所在句子里有:时限、数字、金额、时间、任务、活动、问题、残损",
        en="with one of these in the sentence")  # fmt: skip
@option("--unit", multiple=True, metavar="UNIT", zh="所在句子里有以此为单位的数字,如 人次",
        en="with a number of this unit in the sentence")  # fmt: skip
@option("--is", "said", type=CodeType(MODALITIES), multiple=True, zh="此处说的是已做、计划、要求还是建议的事",
        en="what the place tells of is done, planned, demanded or proposed")  # fmt: skip
@option("--leaf", multiple=True, metavar="LEAF", zh="所在句子反映这类问题(代码、名称或大类)",
        en="in a sentence that reports this problem (code, name or family)")  # fmt: skip
@option("--title", multiple=True, metavar="TEXT", zh="标题里有这些字", en="with this in the title")
@option("--synonyms", is_flag=True, zh="连同近义词一起查(会一一注明)", en="look for synonyms too (and say which)")
@option("--by", type=CodeType(LISTED), default="place", show_default=True, zh="逐处列出,或逐篇列出(每篇几段)",
        en="list places, or documents with passages")  # fmt: skip
@option(
    "--kwic",
    type=click.IntRange(1, 200),
    metavar="N",
    zh="关键词居中,两边各 N 字",
    en="keyword in context, N characters each side",
)
@option("--kwic-sort", type=CodeType(SIDES), zh="关键词居中,按左边或右边的文字排序(大致按拼音)",
        en="keyword in context, sorted by what stands left or right")  # fmt: skip
@option("--count-by", type=CodeType(FIELDS), zh="只按此项计数", en="count instead of listing")
@option("--facets", metavar="FIELDS", zh="只计数,可多项,如 年份,文种;all 为全部:年份、单位、层级、地区、文种、章节、问题类别",
        en="count only, by several: year,kind; all: year, body, level, region, kind, section, leaf")  # fmt: skip
@option("--within", type=CodeType(WITHIN), default="document", show_default=True,
        zh="几个词须同在一篇或一句", en="where several words must stand together")  # fmt: skip
@option("--sort", type=CodeType(ORDERS), default="rank", show_default=True, zh="排列次序", en="order")
@option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    zh="最多列出 N 处(总数照计;逐篇时 N 篇)",
    en="list at most N places (documents with --by document); all are counted",
)
@option("--page", type=click.IntRange(1), metavar="N", zh="第 N 页(每页 --limit 条,默认 20)",
        en="page N (of --limit, 20 where it is not given)")  # fmt: skip
@option(
    "--count",
    "count_all",
    is_flag=True,
    zh="索引很大时也数全部(慢)",
    en="count all places, however large the index (slow)",
)
@option("--explain", is_flag=True, zh="说明查询是怎样理解的", en="tell how the query was understood")
@common()
def command(
    run: Run, query: tuple[str, ...], filters: dict[str, Any], has: tuple[str, ...], unit: tuple[str, ...],
    said: tuple[str, ...], leaf: tuple[str, ...], title: tuple[str, ...], synonyms: bool, by: str, kwic: int | None,
    kwic_sort: str | None, count_by: str | None, facets: str | None, within: str, sort: str, limit: int | None, page: int | None,
    count_all: bool, explain: bool,
) -> int:  # fmt: skip
    from nianlun.comparing import compare_few
    from nianlun.search_rows import base_row, copy_row, count_rows, explanation_row, facet_rows, hit_row, result_row

    if page is not None and limit is None:
        limit = PAGE
    names = _facet_names(facets) if facets else ()
    conditions = {"has": has, "unit": unit, "is": said, "leaf": leaf, "title": title}
    with run.index(compare_few) as index:
        found = index.search(
            " ".join(query), limit=0 if names or count_by else limit, offset=(limit or 0) * ((page or 1) - 1),
            context=kwic or WIDE, within=within, sort=kwic_sort or sort, by=by, synonyms=synonyms, explain=explain,
            facets=names, count=True if count_all or count_by or names or not index.is_large else None, conditions=conditions,
            **filters,
        )  # fmt: skip
        all_copies = index.copies()
        also = {row.ref: all_copies[row.ref] for row, _ in found.per_document if row.ref in all_copies}
        about = {
            "query": found.query, "places": found.places, "documents": found.documents, "complete": found.complete,
            "page": page or 1, "base": base_row(found.base), "explanation": explanation_row(found.explanation),
            "apart": [hit_row(one) for one in found.apart],
            "also_in": [copy_row(copy) for copies in also.values() for copy in copies],
        }  # fmt: skip
        if names:
            run.write(facet_rows(found), _facet_columns(run, index), about)
        elif count_by:
            run.write(count_rows(found, count_by), _count_columns(run, count_by), about)
        elif by == "document":
            run.write([result_row(one) for one in found.results], _document_columns(), about)
        else:
            columns = _concordance_columns() if kwic or kwic_sort else _columns()
            run.write([hit_row(one) for one in found.hits], columns, about)
        for ref in list(dict.fromkeys(hit.ref for hit in found.hits))[:MOST_ALSO]:
            if not count_by:
                run.tell_also(ref, also.get(ref, ()))
        _tell(run, index, found, explain, synonyms)
        if not (names or count_by):
            _tell_page(run, found, by, limit, page)
    if not (names or count_by or found.hits or found.results or found.apart):
        return NO_MATCH  # nothing at all, or a page behind the last
    return OK if found.places or found.apart else NO_MATCH


def _facet_names(text: str) -> list[str]:
    from index.inputs import named

    if text.strip() in ("all", "全部"):
        return list(FACETS)
    names: list[str] = []
    for part in filter(None, re.split(r"[,，、\s]+", text)):
        found = named(part, FACETS)
        if len(found) != 1:
            known = " ".join(f"{words.zh}({code})" for code, words in FACETS.items())
            raise click.BadParameter(
                say("bad_code", current_language(), value=part, known=known), param_hint="--facets"
            )
        names += found
    return list(dict.fromkeys(names))


def _columns() -> list[Column]:
    return [
        column("reference", "出处", "reference"),
        column("year_label", "年份", "year"),
        column("org", "单位", "body", ratio=1, spare=2),
        column("role", "章节", "section", spare=1),
        column("sentence", "句子", "sentence", _sentence, ratio=4),
    ]


def _document_columns() -> list[Column]:
    return [
        column("reference", "出处", "reference"),
        column("year_label", "年份", "year"),
        column("title", "标题", "title", ratio=2),
        column("org", "单位", "body", ratio=1, spare=2),
        column("places", "处数", "places", right=True),
        column("passages", "段落", "passages", lambda row: " / ".join(map(_sentence, row["passages"])), ratio=4),
    ]


def _facet_columns(run: Run, index: Index) -> list[Column]:
    from nianlun.output import cell
    from nianlun.taxonomy import leaf_names

    leaves = leaf_names(index, run.lang)

    def value(row: Row) -> str:
        facet = str(row["facet"])
        if facet == "leaf":
            return leaves.get(row["value"], row["value"] or run.words("none"))
        undated = run.words("undated" if facet == "year" else "none")
        return cell(row["value"], run.lang, "role" if facet == "section" else facet) or undated

    return [
        column("facet", "项目", "facet", lambda row: FACETS[row["facet"]].in_(run.lang)),
        column("value", "值", "value", value),
        column("places", "处数", "places", right=True),
        column("documents", "报告数", "documents", right=True),
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


def _tell(run: Run, index: Index, found: Found, explain: bool, synonyms: bool) -> None:
    told = found.explanation
    if found.places:
        run.tell(
            "found" if found.complete else "found_some", query=echoed(found.query), places=found.places, documents=found.documents,
            searched=found.base.documents, read=told.read,
        )  # fmt: skip
        _tell_texts(run, index, found)
    if synonyms:
        for term in told.terms:
            words = " ".join(one.text for one in told.spellings if one.term == term and one.kind == "synonym")
            run.tell("synonyms_used" if words else "synonyms_none", term=term, words=words)
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
        _tell_nothing(run, index, found, synonyms)
    run.tell_base(found.base)


def _tell_texts(run: Run, index: Index, found: Found) -> None:
    """Say how many of the documents are texts of their own, where all places are at hand and that takes no time."""
    from index.independent import count_independent, is_cheap

    if found.documents < 2 or len(found.hits) < found.places or not is_cheap(index.connection):
        return
    independent = count_independent(index.connection, found.hits)
    if independent < found.documents:
        run.tell("search_texts", independent=independent)


def _tell_page(run: Run, found: Found, by: str, limit: int | None, page: int | None) -> None:
    total, shown = (found.documents, len(found.results)) if by == "document" else (found.places, len(found.hits))
    if limit is None or not total:
        return
    pages = -(-total // limit)
    if not shown:
        run.tell("page_past", page=page, pages=pages)
    elif not found.complete:
        run.tell("page_some", page=page or 1, shown=shown)
    elif page is not None:
        run.tell("page_of_documents" if by == "document" else "page_of", page=page, shown=shown, pages=pages)
    elif shown < total:
        run.tell("shown_of_documents" if by == "document" else "shown_of", shown=shown)


def _tell_nothing(run: Run, index: Index, found: Found, synonyms: bool) -> None:
    from nianlun.empty import explain_empty

    told = found.explanation
    if found.base.documents == 0:
        explain_empty(run, index, found.base, found.filters)
        return
    run.tell("not_found", query=echoed(found.query), documents=found.base.documents)
    if told.segmented:
        run.tell("segmented", words=echoed(" · ".join("/".join(words) for words in told.segmented)))
    if told.nearest:
        run.tell("nearest", words=" ".join(told.nearest))
    else:
        run.tell("no_nearest")
    if _NEAR.search(found.query):
        run.tell("hint_near")
    elif len(told.terms) > 1:
        run.tell("hint_or", query=echoed(" OR ".join(told.terms)))
    if not synonyms:
        from index.synonyms import load_synonyms

        near = [word for term in told.terms for word in load_synonyms().of(term)]
        if near:
            run.tell("hint_synonyms", words=" ".join(near))


def _explain(run: Run, found: Found) -> None:
    told = found.explanation
    run.tell(
        "explain_terms", terms="、".join(told.terms), without="、".join(told.without) or run.words("none"),
        within=run.words(f"within_{told.within}"),
    )  # fmt: skip
    if told.fields:
        run.tell("explain_fields", fields=" ".join(told.fields))
    if told.segmented:
        run.tell("segmented", words=" · ".join("/".join(words) for words in told.segmented))
    run.tell("explain_full_text", match=told.full_text or run.words("none"), read=told.read)
    for one in told.spellings:
        if one.places or one.kind == "typed":
            run.tell(
                "explain_spelling", term=one.term, text=one.text, kind=run.words(f"kind_{one.kind}"), places=one.places,
                documents=one.documents,
            )  # fmt: skip
    if told.excluded:
        run.tell("explain_excluded", count=told.excluded)
