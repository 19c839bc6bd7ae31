"""`nianlun export`: ledgers for the office, in Excel, Word and other formats, names and contacts masked."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.commands.backup import size
from nianlun.ledgers import NAMES
from nianlun.options import NO_MATCH, OK, CodeType, Run, base_lines, common, filters
from nianlun.targets import Target

if TYPE_CHECKING:
    from index.scope import Filtering
    from nianlun.masked import Masker

GUESSES = 5  # that are told one by one


@bilingual.command(
    "export",
    "导出台账:任务台账、数字和活动一览表、问题对照表、报告一览表。格式看文件名的结尾:.xlsx .docx .csv .jsonl .parquet。\n"
    "默认遮盖姓名和联系方式(姓名写作 姓**;电话、身份证号、邮箱、银行卡号、QQ、微信),并说明遮了什么;--no-mask 不遮。"
    "被遮盖的地名如能从同篇写明的地名推出,会提醒。",
    "Write ledgers of tasks, numbers, activities, problems by year, and reports. The ending of the name tells the format:"
    " .xlsx .docx .csv .jsonl .parquet.\nNames and contacts are masked (surname and **; telephones, identity numbers, e-mail"
    " addresses, bank cards, messengers) and the masked are counted; --no-mask leaves them. Where a masked place may be guessed from"
    " places that the report names, a note says so.",
    ("nianlun export tasks 任务台账.xlsx", "任务台账", "the ledger of tasks"),
    ("nianlun export problems 问题对照表.xlsx --year 2010..2015", "2010 至 2015 年的问题对照表", "problems by year"),
    ("nianlun export all 汇编.docx --org 妇联", "全部台账,附原句和出处", "everything, with quotations and sources"),
)
@argument("what", "台账", "ledger", metavar="WHAT", type=CodeType(NAMES))
@argument("path", "文件", "file", metavar="FILE", type=Target())
@option("--no-mask", is_flag=True, zh="不遮盖姓名和联系方式", en="leave names and contacts as they are")
@option("--mask-report", type=Target(), metavar="FILE",
        zh="把遮盖清单(种类、遮成什么、处数、出处、其中存疑)写进这个 CSV 文件", en="write what was masked (kind, how, how often, where, in doubt) into a CSV file")  # fmt: skip
@option("--force", is_flag=True, zh="覆盖已有的文件", en="replace a file that exists")
@filters()
@common(formats=("table", "json"))
def command(
    run: Run, what: str, path: Path, no_mask: bool, mask_report: Path | None, force: bool, filters: dict[str, Any]
) -> int:
    from nianlun.exports import ending_of, export, masker_of
    from nianlun.output import as_json

    ending_of(path, what, force=force)
    source = click.get_current_context().get_parameter_source("bom")
    bom = run.bom or source is None or source.name.startswith("DEFAULT")  # Excel takes a CSV without one for GBK
    with run.index() as index:
        base = index.docs(**filters).base
        masker = None if no_mask else masker_of(index)
        about = [*base_lines(base, run.lang), run.words("masked_not" if no_mask else "masked_note")]
        made = export(
            index,
            what,
            path,
            filters=cast("Filtering", filters),
            lang=run.lang,
            masker=masker,
            about=about,
            bom=bom,
            force=force,
        )
        rows = sum(made.rows.values())
        if run.form == "json":
            kinds = {} if masker is None else {kind: masker.counts[kind] for kind in sorted(masker.counts)}
            click.echo(as_json({"path": str(path), "rows": made.rows, "size": made.size, "masked": kinds}))
        run.tell("export_done", path=path, rows=rows, size=size(made.size))
        if made.cut:
            run.tell("export_cut", count=made.cut)
        if masker is None:
            run.tell("masked_not")
        else:
            _tell_masked(run, masker)
            if mask_report is not None:
                write_report(mask_report, masker, run.lang)
                run.tell("mask_report_written", path=mask_report)
        if not base.documents:
            from nianlun.empty import explain_empty

            explain_empty(run, index, base, filters)
        run.tell_base(base)
    return OK if rows else NO_MATCH


def _tell_masked(run: Run, masker: Masker) -> None:
    told = [
        run.words("masked_kind", kind=kind, count=count, distinct=distinct)
        for kind, count, distinct in masker.kinds(run.lang)
    ]
    if told:
        run.tell("masked", kinds=run.words("comma").join(told))
    else:
        run.tell("masked_none")
    guesses = list(masker.guesses.values())
    if guesses:
        items = [
            run.words("guessable_one", ref=one.ref, masked=one.masked, named=run.words("comma").join(one.named))
            for one in guesses[:GUESSES]
        ]
        more = run.words("guessable_more") if len(guesses) > GUESSES else ""
        run.tell("guessable", count=len(guesses), items="; ".join(items) + more)


def write_report(path: Path, masker: Masker, lang: str) -> None:
    """Write what was masked, as it stands now, with its places; then the masked places that may be guessed."""
    from nianlun.masked import KIND_WORDS
    from nianlun.output import BOM, harmless

    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(BOM)
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(
            ["种类", "遮成", "处数", "出处", "其中存疑"]
            if lang == "zh"
            else ["kind", "shown as", "places", "references", "of them in doubt"]
        )
        for (kind, shown), places in sorted(masker.places.items()):
            writer.writerow(
                [
                    KIND_WORDS[kind].in_(lang),
                    harmless(shown, shown),
                    sum(places.values()),
                    " ".join(places),
                    masker.doubtful[kind, shown],
                ]
            )
        for one in masker.guesses.values():
            name = "地名可推出" if lang == "zh" else "place may be guessed"
            writer.writerow(
                [name, harmless(one.masked, one.masked), len(one.named), f"{one.ref}: {' '.join(one.named)}"]
            )
