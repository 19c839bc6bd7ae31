"""`nianlun corrections`: the log of what people corrected."""

from __future__ import annotations

from pathlib import Path

import click

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.options import NO_MATCH, OK, Run, common
from nianlun.targets import Target

STATES = ("placed", "lost", "undone")
_FILE = Target()


@bilingual.command(
    "corrections",
    "更正记录:谁、何时、为何、原为什么、更正为什么、现在是否找得到那句话(待对应的在原文读入后自动生效)。\n"
    "--export 写成训练用的 CSV(python -m nlp.train --more);--save 和 --load 把记录带到另一个索引。",
    "The log of corrections: who, when, why, before and after, and whether it finds its place now (else it waits for its words).\n"
    "--export writes a CSV to train with (python -m nlp.train --more); --save and --load take the log to another index.",
    ("nianlun corrections", "全部更正", "all of them"),
    ("nianlun corrections --undo 12 15", "撤销第 12、15 号", "take back numbers 12 and 15"),
    (
        "nianlun corrections --export labelled.csv",
        "更正过的句子,用来训练",
        "the sentences that were judged, to train with",
    ),
    ("nianlun corrections --save log.jsonl", "保存记录", "keep the log in a file"),
    ("nianlun corrections --load log.jsonl --db new.db", "读入另一个索引", "let it into another index"),
)
@argument(
    "more",
    nargs=-1,
    type=click.IntRange(1),
    zh="(与 --undo 同用)更多的号",
    en="(with --undo) more numbers",
    metavar="[N...]",
)
@option("--state", type=click.Choice(STATES), metavar="STATE",
        zh="只看:placed 有效的、lost 待对应的、undone 已撤销的", en="only placed, lost or undone ones")  # fmt: skip
@option(
    "--undo", "numbers", multiple=True, type=click.IntRange(1), metavar="N", zh="撤销这些号的更正", en="take these back"
)
@option(
    "--export",
    type=_FILE,
    metavar="CSV",
    zh="把判断过的句子写成训练用的 CSV",
    en="write the judged sentences as CSV to train with",
)
@option("--save", type=_FILE, metavar="JSONL", zh="保存全部记录", en="keep all of the log in a file")
@option("--load", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="JSONL",
        zh="读入保存的记录", en="let a log that was kept in")  # fmt: skip
@option("--by", metavar="NAME", zh="撤销人;默认登录名", en="who takes back; the login name by default")
@common()
def command(
    run: Run,
    more: tuple[int, ...],
    state: str | None,
    numbers: tuple[int, ...],
    export: Path | None,
    save: Path | None,
    load: Path | None,
    by: str | None,
) -> int:
    from index.corrections import saved_log
    from index.judged import judged
    from nianlun.corrections import correction_columns, correction_row
    from nianlun.labelled import write_labelled, write_log
    from nianlun.taxonomy import leaf_names

    if more and not numbers:
        raise click.UsageError(run.words("undo_numbers", numbers=" ".join(map(str, more))))
    if numbers:
        return _undo(run, (*numbers, *more), by)
    if load is not None:
        return _load(run, load)
    with run.index() as index:
        log = index.corrections
        if export is not None:
            run.tell("corrections_exported", count=write_labelled(export, judged(index.connection)), path=export)
            return OK
        if save is not None:
            run.tell("corrections_saved", count=write_log(save, saved_log(index.connection)), path=save)
            return OK
        names = leaf_names(index, run.lang)
    kept = [one for one in log if state in (None, one.state)]
    run.write([correction_row(one) for one in kept], correction_columns(run.lang, names))
    if not log:
        run.tell("corrections_none")
    else:
        states = [one.state for one in log]
        run.tell("corrections_count", count=len(log), **{name: states.count(name) for name in STATES})
    return OK if kept else NO_MATCH


def _undo(run: Run, numbers: tuple[int, ...], by: str | None) -> int:
    from index.errors import BadCorrection
    from nianlun.corrections import who, writing

    with writing(run.db) as index:
        made = [one.number for one in index.corrections if one.number in numbers and one.state != "undone"]
        if not made:
            raise BadCorrection("undo", value=" ".join(map(str, numbers)), known="")
        index.undo_corrections(made, by=who() if by is None else by)
    run.tell("corrections_undone", numbers=" ".join(map(str, made)))
    return OK


def _load(run: Run, path: Path) -> int:
    from nianlun.corrections import writing
    from nianlun.labelled import read_log

    with writing(run.db) as index:
        count = index.load_corrections(list(read_log(path)))
        lost = sum(one.state == "lost" for one in index.corrections)
    run.tell("corrections_loaded", count=count, lost=lost)
    return OK
