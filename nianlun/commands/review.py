"""`nianlun review`: the sentences that the program is least sure of, one after the other."""

from __future__ import annotations

import sys
from typing import Any

import click

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.interrupts import INTERRUPTED
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, CodeType, Run, common, filters
from nianlun.vocabulary import POLARITIES, SCOPES


@bilingual.command(
    "review",
    "逐句核对反映问题的句子,把握小的在前,连同前后句和小标题一起看;相同的句子一并处理。\n"
    "按键:y 对,n 不是问题,l 换类别(编号或名称的一部分),s 跳过,u 撤销上一条,q 结束。每一下都马上记下,中断不丢。",
    "Judge the sentences that name a problem, the least certain first, with their neighbours and heading; equal sentences go together.\n"
    "Keys: y right, n no problem, l other leaf (number or part of its name), s skip, u undo the last, q quit. Each is kept at once.",
    ("nianlun review --leaf 经费不足", "核对归入经费不足的句子", "those of one leaf"),
    ("nianlun review --limit 50 --year 2012 --by 林", "2012 年的,看 50 句", "fifty of 2012"),
    (
        "nianlun review < keys.txt",
        "按键写在文件里,一行一个:y、n、l 3、l 经费",
        "keys from a file, one a line: y, n, l 3, l 经费",
    ),
)
@option(
    "--leaf",
    metavar="LEAF",
    zh="只看一类问题(中文名、名称的一部分或代码)",
    en="one kind of problem, by id, name or part of it",
)
@option("--polarity", type=CodeType({**POLARITIES, "all": Words("全部", "all")}), default="asserted", show_default=True,
        metavar="POLARITY", zh="肯否:" + "、".join(f"{code} {words.zh}" for code, words in POLARITIES.items()) + "、all 全部",
        en=f"{', '.join(POLARITIES)} or all")  # fmt: skip
@option("--scope", type=CodeType(SCOPES), metavar="SCOPE",
        zh="谁的问题:" + "、".join(f"{code} {words.zh}" for code, words in SCOPES.items()), en=f"whose: {', '.join(SCOPES)}")  # fmt: skip
@option("--limit", type=click.IntRange(1), metavar="N", zh="最多看几句", en="so many sentences at most")
@option("--by", metavar="NAME", zh="核对人;默认登录名", en="who judges; the login name by default")
@filters()
@common()
def command(
    run: Run,
    leaf: str | None,
    polarity: str,
    scope: str | None,
    limit: int | None,
    by: str | None,
    filters: dict[str, Any],
) -> int:
    from nianlun.corrections import correction_columns, correction_row, who, writing
    from nianlun.review import LineKeys, Review, TerminalKeys, queue
    from nianlun.taxonomy import leaf_names

    with writing(run.db) as index:
        items, base = queue(index, leaf=leaf, scope=scope, polarity=polarity, limit=limit, **filters)
        if not items:
            run.tell("review_nothing", base=base)
            return NO_MATCH
        run.tell("review_head", count=len(items), keys=run.words("review_keys"))
        names = leaf_names(index, run.lang)
        review = Review(
            index, items, by=who() if by is None else by, names=names, show=run.tell_text, say=run.words
        )  # fmt: skip
        code = OK
        try:
            review.run(TerminalKeys() if sys.stdin.isatty() else LineKeys(sys.stdin))
        except (KeyboardInterrupt, click.Abort):
            code = INTERRUPTED
        made = [one for one in index.corrections if one.number in set(review.tally.numbers)]
    if run.form is not None or not sys.stdout.isatty():
        run.write([correction_row(one) for one in made], correction_columns(run.lang, names))
    tally = review.tally
    run.tell(
        "review_done", done=tally.done, yes=tally.yes, no=tally.no, leaf=tally.leaf, skip=tally.skip,
        left=len(items) - tally.done - tally.skip,
    )  # fmt: skip
    return code
