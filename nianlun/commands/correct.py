"""`nianlun correct`: what was read wrongly is put right, once and for all."""

from __future__ import annotations

import click

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.options import NO_MATCH, OK, Run, common


@bilingual.command(
    "correct",
    "更正读错的一处:报告的年份、单位、层级、地区、文种、标题;句子是不是问题、类别、肯否、谁的问题、程度;数字的数值、单位、所指;时间;活动的名称、种类。\n"
    "更正记在索引里(谁、何时、为何),以后重读、重新训练、换格式、改名都不丢,各处都按更正后的显示,不带 ≈。\n"
    "项目和值可写中文名或代码;值确实没有的写“无”。项目为 数字、时间、活动 而值为“不是”的,去掉这一处。",
    "Put right what was read wrongly: year, body, level, region, kind and title of a report; whether a sentence is a problem, its leaves,"
    " polarity, scope and strength; value, unit and thing of a number; days; name and kind of an activity.\n"
    "A correction is logged (who, when, why), outlives reading again, training, another format or name, and is shown everywhere, without ≈.\n"
    "Fields and values by code or Chinese name; none where there is none. number, time or activity with no takes a mention away.",
    ("nianlun correct 003 年份 2012", "这篇是 2012 年的", "this report is of 2012"),
    (
        "nianlun correct 003@512-540 类别 经费不足,人手不足",
        "这一句反映的是这两类,主要的在前",
        "the leaves of a sentence, the main one first",
    ),
    ('nianlun correct 003@512-540 问题 否 --why "是成绩"', "这一句不是问题", "this sentence reports no problem"),
    ("nianlun correct 003@612-617 value 1.5万", "这个数字是一万五", "the value of a number"),
    ("nianlun correct 003@512-540 --undo", "撤销这一处的更正", "take back what was corrected there"),
)
@argument("reference", zh="出处", en="the reference", metavar="REF")
@argument("field", zh="项目:年份、单位、类别……", en="the field: year, org, leaves …", metavar="[FIELD]", required=False)
@argument("value", zh="值", en="the value", metavar="[VALUE]", required=False)
@option("--by", metavar="NAME", zh="更正人;默认登录名", en="who says so; the login name by default")
@option("--why", metavar="TEXT", default="", zh="理由", en="the reason")
@option("--undo", is_flag=True, zh="撤销这一处(这一项)的更正", en="take back what was corrected there (of that field)")
@common()
def command(
    run: Run, reference: str, field: str | None, value: str | None, by: str | None, why: str, undo: bool
) -> int:
    from index.corrections import undone_by_reference
    from index.errors import BadCorrection
    from index.references import parse_ref
    from nianlun.correction_messages import CORRECTION_FIELDS
    from nianlun.corrections import (
        correction_columns,
        correction_row,
        field_named,
        value_named,
        value_told,
        who,
        writing,
    )
    from nianlun.taxonomy import leaf_names

    if undo == (value is not None) or (field is None and not undo):
        raise click.UsageError(run.words("correct_needs"))
    of_place = parse_ref(reference).start is not None
    wanted = None if field is None else field_named(field, of_place=of_place)
    name = who() if by is None else by
    with writing(run.db) as index:
        names = leaf_names(index, run.lang)
        if undo:
            numbers = undone_by_reference(index.connection, reference, wanted)
            if not numbers:
                raise BadCorrection("undo", value=reference, known="")
            made = index.undo_corrections(numbers, by=name)
        else:
            assert wanted is not None and value is not None
            made = [index.correct(reference, wanted, value_named(wanted, value), by=name, why=why)]
    run.write([correction_row(one) for one in made], correction_columns(run.lang, names))
    if undo:
        run.tell("corrections_undone", numbers=" ".join(str(one.number) for one in made))
        return OK
    one = made[0]
    if one.state != "placed":
        run.tell("corrected_lost", number=one.number)
        return NO_MATCH
    run.tell(
        "corrected", number=one.number, reference=one.reference, field=CORRECTION_FIELDS[one.field].in_(run.lang),
        was=value_told(one.field, one.was, run.lang, names), value=value_told(one.field, one.value, run.lang, names),
    )  # fmt: skip
    return OK
