"""`nianlun activities`: named activities and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.options import NO_MATCH, OK, CodeType, Run, common, filters
from nianlun.output import cell, column
from nianlun.vocabulary import ACTIVITY_KINDS

NEAR = 5


@bilingual.command(
    "activities",
    "有名称的活动:主题活动、项目工程、品牌阵地、荣誉称号、节会赛事、队伍组织,多篇报告提到的在前。",
    "Named activities: campaigns, programmes, brands, honours, events, bodies; those of most documents first.",
    ("nianlun activities", "所有活动", "all of them"),
    (
        "nianlun activities 春蕾",
        "名称含“春蕾”的每一处(写作“春雷”的也在内),是已做还是计划,连同属于它的数字和时间",
        "every place, slips of the pen too: done or planned, with the numbers and times that belong to it",
    ),
)
@argument("called", zh="名称(可写一部分),同 --name", en="name or a part of it, as with --name", required=False,
          metavar="[NAME]")  # fmt: skip
@option("--name", metavar="TEXT", zh="名称(可写一部分);列出每一处", en="name or a part of it; lists every place")
@option("--kind", type=CodeType(ACTIVITY_KINDS), metavar="KIND",
        zh="种类:" + "、".join(f"{code} {words.zh}" for code, words in ACTIVITY_KINDS.items()),
        en=f"kind: {', '.join(ACTIVITY_KINDS)}")  # fmt: skip
@filters()
@common()
def command(run: Run, called: str | None, name: str | None, kind: str | None, filters: dict[str, Any]) -> int:
    from nianlun.empty import explain_empty
    from nianlun.rows import activity_mention_row, activity_row, base_row

    name = name or called
    with run.index() as index:
        answer = index.activities(name, kind=kind, **filters)
        about: dict[str, Any] = {"base": base_row(answer.base), "apart": [activity_row(one) for one in answer.apart]}
        if name:
            mentions = [mention for one in answer for mention in one.mentions]
            about["activities"] = [activity_row(one) for one in answer]
            run.write(
                [activity_mention_row(one) for one in mentions],
                [
                    column("name", "名称", "name", _called),
                    column("year_label", "年份", "year", lambda row: row["year_label"] or run.words("undated")),
                    column("reference", "出处", "reference"),
                    column("org", "单位", "body", ratio=1, spare=2),
                    column("modality", "语气", "said as", lambda row: cell(row["modality"], run.lang, "modality")),
                    column("numbers", "数字", "numbers", ratio=1, spare=1),
                    column("times", "时间", "times", ratio=1, spare=3),
                    column("sentence", "句子", "sentence", lambda row: " ".join(row["sentence"].split()), ratio=4),
                ],
                about,
            )
        else:
            run.write(
                [activity_row(one) for one in answer],
                [
                    column("name", "名称", "name", _called, ratio=2),
                    column("kind", "种类", "kind", lambda row: cell(row["kind"], run.lang, "activity_kind")),
                    column("count", "报告数", "documents", right=True),
                    column("mentions", "处数", "places", right=True),
                    column("years", "年份", "years",
                           lambda row: " ".join(year or run.words("undated") for year in row["years"]), ratio=1, whole=True),
                    column("documents", "依据", "evidence", lambda row: " ".join(row["documents"]), ratio=2, whole=True, spare=1),
                ],
                about,
            )  # fmt: skip
        if not answer and not (answer.base.documents == 0 and explain_empty(run, index, answer.base, filters)):
            if name:
                run.tell("no_activity", name=name)
                known = [one.name for one in index.activities()]
                if near := _near(name, known):
                    run.tell("near_activities", names="、".join(near))
                elif known:
                    run.tell("all_activities", count=len(known))
            else:
                run.tell("nothing")
        run.tell_base(answer.base)
    return OK if answer else NO_MATCH


def _called(row: Mapping[str, Any]) -> str:
    """Return the name, with the activity that it is another form of; a question mark tells of a slip."""
    if row["variant_of"] is None:
        return str(row["name"])
    return f"{row['name']}→{row['variant_of']}{'?' if row['suspect'] else ''}"


def _near(name: str, names: list[str]) -> list[str]:
    """Return names that share most characters with a name."""
    shared = {one: len(set(one) & set(name)) for one in names}
    close = [one for one in names if shared[one] >= max(2, len(set(name)) // 2)]
    return sorted(close, key=lambda one: (-shared[one], len(one)))[:NEAR]
