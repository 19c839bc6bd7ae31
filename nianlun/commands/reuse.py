"""`nianlun reuse`: passages that stand in several reports, and two reports side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, USAGE, Run, common, filters
from nianlun.output import Column, Row, column

if TYPE_CHECKING:
    from index.alignment import Difference
    from index.passages import Aligned, Cluster, Link, Place
    from index.store import Index

QUOTE = 80  # characters of a passage that are quoted in a table
CLUSTER_COLUMNS = ("count", "first_year", "last_year", "shared", "documents", "differs", "text", "places")
LINK_COLUMNS = (
    "reference", "direction", "other", "other_year", "other_org", "other_title", "shared", "differs", "text", "other_text",
)  # fmt: skip
ALIGNED_COLUMNS = ("passage", "shared", "reference", "text", "other", "other_text", "differs")
_DIRECTIONS = {
    "from": Words("早见于", "stands earlier in"),
    "to": Words("后见于", "stands later in"),
    "unknown": Words("又见于", "stands also in"),
}


@bilingual.command(
    "reuse",
    "哪些段落在几份报告里都有:整段照抄的,换了数字、年份、地名、单位的,调了句子次序的。\n"
    "口号和人人都写的套话不算。第一次用时比较全部报告,结果存在索引里;报告有变动,下次自动重新比较。",
    "Passages that stand in several reports: copied word for word, with other numbers, years, places and bodies, or in"
    " another order.\nSlogans and phrases that everybody writes do not count. The first time, all reports are compared;"
    " the result is kept until reports change.",
    ("nianlun reuse", "反复出现的段落,报告多的在前", "passages that recur, those of most reports first"),
    ("nianlun reuse --document 003", "003 的段落还见于哪些报告,从最早的起", "where passages of 003 stand, too"),
    ("nianlun reuse --pair 003 000#4", "两篇并排,逐句对照", "two reports side by side, sentence by sentence"),
    ("nianlun reuse --min-chars 200 --year 2008..2012", "只看长段落", "long passages only"),
)
@option(
    "--document", metavar="REF", zh="只看一篇报告的段落还见于哪里", en="where the passages of one report stand, too"
)
@option("--pair", nargs=2, metavar="REF REF", zh="两篇报告并排对照", en="two reports side by side")
@option(
    "--min-chars",
    type=click.IntRange(32),
    metavar="N",
    zh="至少有多少字相同(标点、口号、套话不计)[40;最少 32]",
    en="characters in common at least, without marks, slogans and phrases [40; at least 32]",
)
@option(
    "--limit", type=click.IntRange(1), metavar="N", zh="最多列出 N 条(总数照计)", en="list at most N; all are counted"
)
@filters("year", "org", "org_level", "region", "doc_type", "undated")
@common()
def command(
    run: Run,
    document: str | None,
    pair: tuple[str, str] | None,
    min_chars: int | None,
    limit: int | None,
    filters: dict[str, Any],
) -> int:
    if document and pair:
        run.tell("reuse_one_of")
        return USAGE
    from nianlun.comparing import compare_documents

    with run.index(None if pair else partial(compare_documents, run)) as index:
        if pair:
            return _side_by_side(run, index, pair, min_chars, limit)
        if document:
            return _links(run, index, document, min_chars, limit, filters)
        return _clusters(run, index, min_chars, limit, filters)


def cluster_row(cluster: Cluster) -> dict[str, Any]:
    """Return a cluster as a row."""
    known = sorted({place.document.year for place in cluster.places if place.document.year is not None})
    return {
        "count": cluster.documents,
        "first_year": known[0] if known else None,
        "last_year": known[-1] if known else None,
        "shared": cluster.shared,
        "documents": list(dict.fromkeys(place.document.ref for place in cluster.places)),
        "differs": [_difference_row(one) for one in cluster.differs],
        "text": cluster.places[0].text,
        "places": [_place_row(place) for place in cluster.places],
    }


def link_row(link: Link) -> dict[str, Any]:
    """Return a passage of a document and where it stands, too, as a row."""
    return {
        "reference": link.here.reference, "direction": link.direction, "other": link.there.reference,
        "other_year": link.there.document.year_label, "other_org": link.there.document.org,
        "other_title": link.there.document.title, "shared": link.shared,
        "differs": [_difference_row(one) for one in link.differs], "text": link.here.text,
        "other_text": link.there.text,
    }  # fmt: skip


def aligned_row(one: Aligned, shared: int) -> dict[str, Any]:
    """Return two sentences side by side as a row."""
    return {
        "passage": one.passage, "shared": shared, "reference": one.one.reference, "text": one.one.text,
        "other": one.other.reference, "other_text": one.other.text,
        "differs": [_difference_row(difference) for difference in one.differs],
    }  # fmt: skip


def _place_row(place: Place) -> dict[str, Any]:
    document = place.document
    return {
        "reference": place.reference, "year": document.year_label, "org": document.org, "title": document.title,
        "text": place.text,
    }  # fmt: skip


def _difference_row(one: Difference) -> dict[str, str]:
    return {"kind": one.kind, "one": one.one, "other": one.other}


def _clusters(run: Run, index: Index, min_chars: int | None, limit: int | None, filters: dict[str, Any]) -> int:
    from nianlun.rows import base_row

    answer = index.reuse(min_chars=min_chars, limit=limit, **filters)
    rows = [cluster_row(one) for one in answer]
    about = {
        "clusters": answer.clusters, "documents": answer.documents, "compared": answer.compared, "too_short": answer.short, "base": base_row(answer.base),
    }  # fmt: skip
    run.write(rows, _cluster_columns(), about)
    if not len(answer):
        _tell_none(run, index, answer.base, filters)
    else:
        run.tell("reuse_found", clusters=answer.clusters, documents=answer.documents)
        if limit and answer.clusters > limit:
            run.tell("shown_of", shown=limit)
    run.tell("reuse_compared", compared=answer.compared, short=answer.short)
    run.tell_base(answer.base)
    return OK if len(answer) else NO_MATCH


def _links(
    run: Run, index: Index, document: str, min_chars: int | None, limit: int | None, filters: dict[str, Any]
) -> int:
    from nianlun.rows import base_row

    found = index.reuse_of(document, min_chars=min_chars, **filters)
    base = index.docs(**filters).base
    run.write([link_row(one) for one in found[:limit]], _link_columns(run), {"base": base_row(base)})
    if found:
        others = {one.there.document.ref for one in found}
        passages = {(one.here.start, one.here.end) for one in found}
        run.tell("reuse_of", ref=document, passages=len(passages), documents=len(others))
        if limit and len(found) > limit:
            run.tell("shown_of", shown=limit)
    else:
        run.tell("reuse_of_none", ref=document)
    run.tell_base(base)
    return OK if found else NO_MATCH


def _side_by_side(run: Run, index: Index, pair: tuple[str, str], min_chars: int | None, limit: int | None) -> int:
    told = index.reuse_pair(*pair, min_chars=min_chars)
    rows = [aligned_row(one, told.shared[one.passage - 1]) for one in told.rows[:limit]]
    sides = [_head(one.ref, one.year_label, one.org) for one in (told.one, told.other)]
    about = {"one": told.one.ref, "other": told.other.ref, "passages": list(told.shared)}
    run.write(rows, _pair_columns(run, sides), about)
    if rows:
        run.tell("reuse_pair", passages=len(told.shared), sentences=len(told.rows), shared=sum(told.shared))
    else:
        run.tell("reuse_pair_none", one=told.one.ref, other=told.other.ref)
    return OK if rows else NO_MATCH


def _tell_none(run: Run, index: Index, base: Any, filters: dict[str, Any]) -> None:
    if base.documents == 0:
        from nianlun.empty import explain_empty

        explain_empty(run, index, base, filters)
    else:
        run.tell("reuse_none", base=base.documents)


def _head(ref: str, year: str | None, org: str | None) -> str:
    return " ".join(filter(None, (ref, year, org)))


def _differs(row: Row) -> str:
    return "  ".join(f"{one['one'] or '∅'}→{one['other'] or '∅'}" for one in row["differs"])


def _quote(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTE else flat[:QUOTE] + "…"


def _cluster_columns() -> list[Column]:
    def years(row: Row) -> str:
        first, last = row["first_year"], row["last_year"]
        return "" if first is None else str(first) if first == last else f"{first}–{last}"

    return [
        column("count", "报告数", "documents", right=True),
        column("years", "年份", "years", years),
        column("shared", "相同字数", "characters", right=True),
        column("text", "最早的一处", "the earliest", lambda row: _quote(row["text"]), ratio=3),
        column("differs", "各处的不同", "what differs", _differs, ratio=1, spare=2),
        column("places", "依据", "evidence", lambda row: " ".join(one["reference"] for one in row["places"]), ratio=2,
               whole=True, spare=1),
    ]  # fmt: skip


def _link_columns(run: Run) -> list[Column]:
    return [
        column("reference", "出处", "reference"),
        column("direction", "关系", "relation", lambda row: _DIRECTIONS[row["direction"]].in_(run.lang)),
        column("other", "另一处", "other place"),
        column("other_year", "年份", "year", lambda row: row["other_year"] or run.words("undated")),
        column("other_org", "单位", "body", ratio=1, spare=2),
        column("shared", "相同字数", "characters", right=True),
        column("differs", "不同", "what differs", _differs, ratio=1, spare=1),
        column("text", "段落", "passage", lambda row: _quote(row["text"]), ratio=3),
    ]


def _pair_columns(run: Run, sides: list[str]) -> list[Column]:
    def text(key: str) -> Any:
        return lambda row: " ".join(row[key].split())

    return [
        column("passage", "段", "passage", right=True),
        column("reference", "出处", "reference", spare=3),
        column("text", sides[0], sides[0], text("text"), ratio=3),
        column("other", "另一处", "other place", spare=2),
        column("other_text", sides[1], sides[1], text("other_text"), ratio=3),
        column("differs", "不同", "what differs", _differs, ratio=2, spare=1),
    ]
