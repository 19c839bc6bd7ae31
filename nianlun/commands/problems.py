"""`nianlun problems`: which problems are reported, in how many documents."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, CodeType, Run, base_line, common, filters
from nianlun.output import Column, Row, cell, column
from nianlun.targets import Target
from nianlun.vocabulary import FIELDS, PICTURES, POLARITIES, SCOPES, VOTES, leaf_told

if TYPE_CHECKING:
    from index.problems import ProblemAnswer
    from index.scope import Base
    from index.store import Index

_HEADS = {"year": "年份", "org": "单位", "org_level": "层级", "region": "地区", "doc_type": "文种"}


@bilingual.command(
    "problems",
    "反映了哪些问题:每类问题有几篇报告反映(一篇只算一次)、占比及 95% 区间,独立文本几篇(照抄的只算一次),共几句。\n"
    "--trend 看历年:首次、末次见于哪年,最长连续几年,检验支持才说上升下降;--with-measures 看对应的措施和原因;"
    "--over-years 看同一单位后来的报告有没有再提。\n"
    "默认只算作为存在的问题写出来的;已解决、否定、要求他人等用 --polarity 看。",
    "Which problems are reported: by how many documents (each counts once), their share with its 95 % interval, in how many"
    " independent texts (copies count once), in how many sentences.\n--trend tells first and last year, longest run, and a trend"
    " where a test shows one; --with-measures the measures and causes; --over-years whether later reports of the body name it"
    " again.\nOnly problems asserted as existing count; --polarity shows the others.",
    ("nianlun problems", "各类问题的报告数", "documents for each kind of problem"),
    ("nianlun problems --leaf funding_gap --by year", "反映经费不足的报告,按年份", "lack of funds, by year"),
    ("nianlun problems --leaf 经费不足 --mentions", "逐句列出", "every sentence"),
    ("nianlun problems --by year --chart 历年.html", "热图,附数据表", "a heat map, with its table"),
    ("nianlun problems --trend --weight body", "历年趋势,每个单位一票", "trends, one vote for each body"),
    (
        "nianlun problems --with-measures --document 003",
        "一篇报告的问题和对应的措施",
        "the problems of a report and what answers them",
    ),
)
@option(
    "--leaf",
    metavar="LEAF",
    zh="只看一类问题(中文名、名称的一部分或代码)",
    en="one kind of problem, by id, name or part of it",
)
@option("--by", type=CodeType(FIELDS), metavar="FIELD",
        zh="按此项分组:" + "、".join(f"{code} {words.zh}" for code, words in FIELDS.items()) + "(也可写 level、body)",
        en=f"group by {', '.join(FIELDS)} (or level, body)")  # fmt: skip
@option("--document", "documents", multiple=True, metavar="REF", zh="只看这几篇(代号,如 003 或 000#2)",
        en="only these documents: 003, 000#2")  # fmt: skip
@option(
    "--trend",
    is_flag=True,
    zh="历年:首见、末见、最长连续、趋势及检验",
    en="over the years: first, last, longest run, trend and its test",
)
@option(
    "--with-measures",
    is_flag=True,
    zh="列出问题对应的措施和原因",
    en="list the measures that answer problems, and causes",
)
@option(
    "--over-years",
    is_flag=True,
    zh="同一单位:当年的问题、措施,后来是否再提",
    en="of each body: problem, measure, and whether it is named again later",
)
@option("--weight", type=CodeType(VOTES), metavar="body", zh="(与 --trend 同用)加权:body 每个单位一票",
        en="(with --trend) body: one vote for each body")  # fmt: skip
@option("--chart", type=Target(*PICTURES), metavar="FILE",
        zh="画成 .png、.svg 或 .html(可离线打开),旁附 CSV 数据;与 --by 或 --trend 同用",
        en="draw it as .png, .svg or .html (opens offline), its data as CSV beside it; with --by or --trend")  # fmt: skip
@option("--share", is_flag=True, zh="热图画百分比", en="per cent in the heat map")
@option("--polarity", type=CodeType({**POLARITIES, "all": Words("全部", "all")}), default="asserted", show_default=True,
        metavar="POLARITY", zh="肯否:" + "、".join(f"{code} {words.zh}" for code, words in POLARITIES.items()) + "、all 全部",
        en=f"{', '.join(POLARITIES)} or all")  # fmt: skip
@option("--scope", type=CodeType(SCOPES), metavar="SCOPE",
        zh="谁的问题:" + "、".join(f"{code} {words.zh}" for code, words in SCOPES.items()), en=f"whose: {', '.join(SCOPES)}")  # fmt: skip
@option("--mentions", is_flag=True, zh="逐句列出", en="list the sentences")
@filters()
@common()
def command(
    run: Run, mentions: bool, trend: bool, with_measures: bool, over_years: bool, documents: tuple[str, ...], **asked: Any
) -> int:  # fmt: skip
    if documents:
        asked["filters"]["ref"] = documents
    modes = {"--mentions": mentions, "--trend": trend, "--with-measures": with_measures, "--over-years": over_years}
    chosen = [name for name, wanted in modes.items() if wanted]
    if len(chosen) > 1:
        raise click.UsageError(run.words("one_mode", modes=" ".join(chosen)))
    if asked["chart"] is not None and not (trend or (asked["by"] and not chosen)):
        raise click.UsageError(run.words("chart_needs"))
    if asked["weight"] is not None and not trend:
        raise click.UsageError(run.words("weight_needs"))
    if trend:
        return _trends(run, **asked)
    if with_measures:
        return _measures(run, **asked)
    if over_years:
        return _over_years(run, **asked)
    return _counts(run, mentions, **asked)


def _counts(
    run: Run, mentions: bool, leaf: str | None, by: str | None, polarity: str, scope: str | None, chart: Path | None,
    share: bool, filters: dict[str, Any], **_: Any,
) -> int:  # fmt: skip
    from nianlun.comparing import compare_documents
    from nianlun.rows import base_row, problem_mention_row, problem_row

    with run.index(partial(compare_documents, run)) as index:
        answer = index.problems(leaf, by=by, polarity=polarity, problem_scope=scope, **filters)
        counted = [one for one in answer if one.documents]
        about = {
            "base": base_row(answer.base), "groups": [{"group": group, "base": base} for group, base in answer.groups],
            "apart": [problem_row(one) for one in answer.apart],
            "elsewhere": [
                {"leaf": one.leaf, "group": one.group, **problem_row(one)["elsewhere"]} for one in answer if one.elsewhere
            ],
        }  # fmt: skip
        if mentions:
            rows = [problem_mention_row(mention, one) for one in counted for mention in one.mentions]
            run.write(rows, _mention_columns(run, answer), about)
        else:
            run.write([problem_row(one) for one in counted], _columns(run, by), about)
        _tell(run, index, answer, leaf, by, polarity, filters)
        if chart is not None and by is not None:
            from nianlun.charts import heat_map

            rows = [problem_row(one) for one in counted]
            run.draw(
                heat_map(
                    rows, answer.groups, by=by, share=share, lang=run.lang, notes=base_line(answer.base, run.lang)
                ),
                chart,
            )
    return OK if counted else NO_MATCH


def _trends(
    run: Run, leaf: str | None, weight: str | None, polarity: str, scope: str | None, chart: Path | None,
    filters: dict[str, Any], **_: Any,
) -> int:  # fmt: skip
    from nianlun.rows import base_row, trend_row
    from nianlun.told import trend_lines_told

    with run.index() as index:
        answer = index.trends(leaf, weight=weight, polarity=polarity, problem_scope=scope, **filters)
        rows = [trend_row(one) for one in answer]
        about = {
            "base": base_row(answer.base), "years": [list(one) for one in answer.years], "undated": answer.undated,
            "weight": answer.weight,
        }  # fmt: skip
        run.write(rows, _trend_columns(run, answer.weight), about)
        for line in trend_lines_told(answer, run.lang):
            run.tell_text(line)
        if not rows:
            _tell_none(run, index, answer.base, polarity, filters)
        run.tell_base(answer.base)
        if chart is not None and rows:
            from nianlun.charts import trend_lines

            run.draw(trend_lines(rows, lang=run.lang, notes="\n".join(trend_lines_told(answer, run.lang))), chart)
    return OK if rows else NO_MATCH


def _measures(run: Run, leaf: str | None, scope: str | None, filters: dict[str, Any], **_: Any) -> int:
    from nianlun.rows import base_row, linked_row

    with run.index() as index:
        answer = index.linked_problems(leaf, problem_scope=scope, **filters)
        rows = [linked_row(one) for one in answer]
        about = {
            "base": base_row(answer.base), "problems": answer.problems, "answered": answer.answered, "certain": answer.certain,
            "apart": [linked_row(one) for one in answer.apart],
        }  # fmt: skip
        run.write(rows, _link_columns(run, _names(index, run.lang)), about)
        if rows:
            none = answer.problems - answer.answered
            run.tell(
                "links_told", problems=answer.problems, answered=answer.answered, certain=answer.certain, none=none
            )
        else:
            _tell_none(run, index, answer.base, "asserted", filters)
        run.tell_base(answer.base)
    return OK if rows else NO_MATCH


def _over_years(run: Run, leaf: str | None, filters: dict[str, Any], **_: Any) -> int:
    from nianlun.rows import base_row, pursued_row

    with run.index() as index:
        answer = index.pursued_problems(leaf, **filters)
        rows = [pursued_row(one) for one in answer]
        about = {
            "base": base_row(answer.base), "bodies": answer.bodies, "single": answer.single, "nameless": answer.nameless,
            "undated": answer.undated,
        }  # fmt: skip
        run.write(rows, _pursuit_columns(run), about)
        run.tell(
            "pursued_told", bodies=answer.bodies, single=answer.single, nameless=answer.nameless, undated=answer.undated
        )
        if rows:
            run.tell("pursued_mind")
        run.tell_base(answer.base)
    return OK if rows else NO_MATCH


def _names(index: Index, lang: str) -> dict[str, str]:
    from nianlun.taxonomy import leaf_names

    return leaf_names(index, lang)


def _tell_none(run: Run, index: Index, base: Base, polarity: str, filters: dict[str, Any]) -> None:
    from nianlun.empty import explain_empty

    if base.documents == 0:
        explain_empty(run, index, base, filters)
    else:
        run.tell("no_problems", base=base.documents)


def _short(text: str | None) -> str:
    return "" if text is None else cut_short(" ".join(text.split()))


def cut_short(text: str, most: int = 120) -> str:
    """Return a text, or its beginning where it is long."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _link_columns(run: Run, names: dict[str, str]) -> list[Column]:
    comma = run.words("comma")
    return [
        column("reference", "出处", "reference"),
        column("year_label", "年份", "year", lambda row: row["year_label"] or run.words("undated"), spare=2),
        column(
            "leaves", "类别", "problem", lambda row: comma.join(names.get(one, one) for one in row["leaves"]), spare=1
        ),
        column("problem", "问题", "sentence", lambda row: _short(row["problem"]), ratio=3),
        column("kind", "对应", "kind", lambda row: cell(row["kind"], run.lang, "link_kind")),
        column("basis", "依据", "basis", lambda row: cell(row["basis"], run.lang, "link_basis")),
        column("certain", "确定", "certain", lambda row: cell(row["certain"], run.lang)),
        column("target", "措施或原因", "measure or cause", lambda row: _short(row["target"]), ratio=3),
        column("target_reference", "措施出处", "its reference", spare=3),
    ]


def _pursuit_columns(run: Run) -> list[Column]:
    name = "zh" if run.lang == "zh" else "en"
    return [
        column("org", "单位", "body"),
        column(name, "问题", "problem"),
        column("year_label", "年份", "year"),
        column("reference", "出处", "reference", spare=3),
        column("problem", "当年写的", "as named", lambda row: _short(row["problem"]), ratio=2),
        column("measure", "措施", "measure", lambda row: _short(row["measure"]), ratio=2),
        column("certain", "确定", "certain", lambda row: cell(row["certain"], run.lang), spare=2),
        column("outcome", "后来", "since"),
        column("again_year", "再提年份", "again in"),
        column("again_reference", "再提出处", "its reference", spare=1),
    ]


def _trend_columns(run: Run, weight: str | None) -> list[Column]:
    name = column("zh", "问题", "问题") if run.lang == "zh" else column("en", "问题", "problem")
    named = [name, column("leaf", "代码", "leaf", spare=4)]
    if run.output_form == "tsv":
        named = [column("leaf", "代码", "leaf"), column("zh", "问题", "问题"), column("en", "问题", "problem")]
    columns = [
        *named,
        column("count", "反映的报告数", "documents", right=True),
        column("base", "报告总数", "of", right=True),
        column("share", "占比(95% 区间)", "share (95 %)", share_cell, right=True),
    ]
    if run.output_form == "tsv":
        columns += [column("low", "", ""), column("high", "", "")]
    if weight:
        columns.append(
            column("bodies", "单位", "bodies", lambda row: f"{row['bodies']}/{row['body_base']}", right=True)
        )
    return [
        *columns,
        column("independent", "独立文本", "independent", right=True, spare=3),
        column("undated", "年份不明", "no year", right=True, spare=2),
        column("first", "首见", "first"),
        column("last", "末见", "last"),
        column("run", "最长连续", "longest run", run_cell),
        column("trend", "趋势", "trend"),
        column("q", "q", "q", right=True, spare=1),
        *([] if run.output_form == "table" else [column("documents", "依据", "evidence", evidence)]),
    ]


def evidence(row: Row) -> str:
    """Return the documents of a row, by name."""
    return " ".join(row["documents"])


def share_cell(row: Row) -> str:
    """Return a share with its interval: 25 % (9–53 %)."""
    return "" if row["share"] is None else f"{row['share']:.0%} ({row['low']:.0%}–{row['high']:.0%})"


def run_cell(row: Row) -> str:
    """Return the longest run of years: 2009–2012, or 2010 alone."""
    return "–".join(dict.fromkeys(row["run"]))


def _columns(run: Run, by: str | None) -> list[Column]:
    zh, en, leaf = (
        column("zh", "问题", "问题"),
        column("en", "问题", "problem"),
        column("leaf", "代码", "leaf", spare=3),
    )
    columns = [zh, leaf] if run.lang == "zh" else [leaf, en]
    if run.output_form == "tsv":  # for programs: the same in every language
        columns = [leaf, zh, en]
    if by:
        columns.insert(0, column("group", _HEADS[by], by, lambda row: _group(run, row, by)))
    return [
        *columns,
        column("count", "反映的报告数", "documents", right=True),
        column("base", "报告总数", "of", right=True),
        column("share", "占比(95% 区间)", "share (95 %)", share_cell, right=True, spare=4),
        column("independent", "独立文本", "independent", right=True, spare=2),
        column("mentions", "句子", "sentences", right=True),
        column("documents", "依据", "evidence", lambda row: " ".join(row["documents"]), ratio=2, whole=True, spare=1),
    ]


def _mention_columns(run: Run, answer: ProblemAnswer) -> list[Column]:
    names = {one.leaf: one.zh if run.lang == "zh" else one.en for one in answer}
    return [
        column("reference", "出处", "reference"),
        column("year_label", "年份", "year", lambda row: row["year_label"] or run.words("undated")),
        column("leaf", "问题", "leaf", lambda row: _leaf(row, names, run)),
        column("polarity", "肯否", "polarity"),
        column("scope", "谁的", "scope", spare=2),
        column("strength", "程度", "strength", spare=3),
        column("sentence", "句子", "sentence", lambda row: " ".join(row["sentence"].split()), ratio=4),
    ]


def _leaf(row: Row, names: dict[str, str], run: Run) -> str:
    leaf = str(row["leaf"])
    guessed = any(one["id"] == leaf and one["guessed"] for one in row["categories"])
    return leaf_told(names.get(leaf, leaf), guessed, run.lang)


def _group(run: Run, row: Row, by: str | None) -> str:
    return cell(row["group"], run.lang, by or "") or run.words("undated" if by == "year" else "unnamed")


def _tell(
    run: Run,
    index: Index,
    answer: ProblemAnswer,
    leaf: str | None,
    by: str | None,
    polarity: str,
    filters: dict[str, Any],
) -> None:
    counted = [one for one in answer if one.documents]
    if not counted:
        from nianlun.empty import explain_empty

        if answer.base.documents == 0:
            explain_empty(run, index, answer.base, filters)
        elif leaf and len(answer):
            run.tell("no_problem", zh=answer[0].zh, en=answer[0].en, leaf=answer[0].leaf, base=answer.base.documents)
        else:
            if polarity == "asserted":
                run.tell("no_problems", base=answer.base.documents)
            else:
                told = cell(polarity, run.lang, "polarity")
                run.tell("no_problems_of", base=answer.base.documents, polarity=told)
    if leaf and counted:
        documents = {ref for one in counted for ref in one.documents}
        run.tell(
            "problem_total", zh=counted[0].zh, leaf=counted[0].leaf, documents=len(documents), base=answer.base.documents,
            independent=sum(one.independent for one in counted), mentions=sum(len(one.mentions) for one in counted),
        )  # fmt: skip
    if by and leaf:
        reporting = {one.group for one in counted}
        rest = [base for group, base in answer.groups if group not in reporting]
        if rest:
            run.tell("other_groups", groups=len(rest), base=sum(rest))
    if leaf:
        _tell_elsewhere(run, answer)
    if answer.apart:
        items = "; ".join(
            f"{one.zh if run.lang == 'zh' else one.leaf} {' '.join(one.documents)}" for one in answer.apart
        )
        run.tell("apart_problems", items=items)
    run.tell_base(answer.base)


def _tell_elsewhere(run: Run, answer: ProblemAnswer) -> None:
    """Name the documents that mention the problem under other polarities only, whichever group they stand in."""
    reporting = {ref for one in answer for ref in one.documents}
    kinds: dict[str, list[str]] = {}
    for one in answer:
        for polarity, refs in one.elsewhere:
            kinds.setdefault(polarity, []).extend(ref for ref in refs if ref not in reporting)
    kinds = {polarity: list(dict.fromkeys(refs)) for polarity, refs in kinds.items() if refs}
    if kinds:
        listed = "; ".join(
            f"{cell(polarity, run.lang, 'polarity')} {' '.join(refs)}" for polarity, refs in kinds.items()
        )
        count = len({ref for refs in kinds.values() for ref in refs})
        run.tell("elsewhere", zh=answer[0].zh, leaf=answer[0].leaf, count=count, kinds=listed)
