"""`nianlun problems`: which problems are reported, in how many documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, CodeType, Run, common, filters
from nianlun.output import Column, Row, cell, column
from nianlun.vocabulary import FIELDS, POLARITIES, SCOPES

if TYPE_CHECKING:
    from index.problems import ProblemAnswer
    from index.store import Index

_HEADS = {"year": "年份", "org": "单位", "org_level": "层级", "region": "地区", "doc_type": "文种"}


@bilingual.command(
    "problems",
    "反映了哪些问题:每类问题有几篇报告反映(一篇只算一次),独立文本几篇(照抄的只算一次),共几句。\n"
    "默认只算作为存在的问题写出来的;已解决、否定、要求他人等用 --polarity 看。",
    "Which problems are reported: by how many documents (each counts once), in how many independent texts (copies count"
    " once), in how many sentences.\nOnly problems asserted as existing count; --polarity shows the others.",
    ("nianlun problems", "各类问题的报告数", "documents for each kind of problem"),
    ("nianlun problems --leaf funding_gap --by year", "反映经费不足的报告,按年份", "lack of funds, by year"),
    ("nianlun problems --leaf 经费不足 --mentions", "逐句列出", "every sentence"),
)
@option(
    "--leaf",
    metavar="LEAF",
    zh="只看一类问题(中文名、名称的一部分或代码)",
    en="one kind of problem, by id, name or part of it",
)
@option("--by", type=CodeType(FIELDS), zh="按此项分组", en="group by")
@option("--polarity", type=CodeType({**POLARITIES, "all": Words("全部", "all")}), default="asserted", show_default=True,
        metavar="POLARITY", zh="肯否:" + "、".join(f"{code} {words.zh}" for code, words in POLARITIES.items()) + "、all 全部",
        en=f"{', '.join(POLARITIES)} or all")  # fmt: skip
@option("--scope", type=CodeType(SCOPES), metavar="SCOPE",
        zh="谁的问题:" + "、".join(f"{code} {words.zh}" for code, words in SCOPES.items()), en=f"whose: {', '.join(SCOPES)}")  # fmt: skip
@option("--mentions", is_flag=True, zh="逐句列出", en="list the sentences")
@filters()
@common()
def command(
    run: Run,
    leaf: str | None,
    by: str | None,
    polarity: str,
    scope: str | None,
    mentions: bool,
    filters: dict[str, Any],
) -> int:
    from nianlun.rows import base_row, problem_mention_row, problem_row

    with run.index() as index:
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
    return OK if counted else NO_MATCH


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
        column("independent", "独立文本", "independent", right=True, spare=2),
        column("mentions", "句子", "sentences", right=True),
        column("documents", "依据", "evidence", lambda row: " ".join(row["documents"]), ratio=2, whole=True, spare=1),
    ]


def _mention_columns(run: Run, answer: ProblemAnswer) -> list[Column]:
    names = {one.leaf: one.zh if run.lang == "zh" else one.en for one in answer}
    return [
        column("reference", "出处", "reference"),
        column("year_label", "年份", "year", lambda row: row["year_label"] or run.words("undated")),
        column("leaf", "问题", "leaf", lambda row: names.get(str(row["leaf"]), str(row["leaf"]))),
        column("polarity", "肯否", "polarity"),
        column("scope", "谁的", "scope", spare=2),
        column("strength", "程度", "strength", spare=3),
        column("sentence", "句子", "sentence", lambda row: " ".join(row["sentence"].split()), ratio=4),
    ]


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
