"""`nianlun analyse`: the analysis of one file, without an index."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, Run, common
from nianlun.output import Column, Row, as_json, cell, column
from nianlun.vocabulary import leaf_told

_TYPES = {
    "document": Words("报告", "document"),
    "section": Words("章节", "section"),
    "quantity": Words("数字", "quantity"),
    "time": Words("时间", "time"),
    "activity": Words("活动", "activity"),
    "problem": Words("问题", "problem"),
}
_READINGS = {
    "document": ("year", "org", "doc_type"),
    "section": ("role",),
    "quantity": ("value", "value_max", "unit", "of"),
    "time": ("kind", "date_start", "date_end"),
    "activity": ("name", "kind"),
    "problem": ("main", "polarity", "scope"),
}


@bilingual.command(
    "analyse",
    "分析一个文件,不需要索引。--format jsonl 每行一个 JSON 对象(报告、章节、数字、时间、活动、问题),格式见 docs/jsonl.md。",
    "Analyse one file; no index is needed. --format jsonl prints one JSON object a line (document, section, quantity, time,"
    " activity, problem), as docs/jsonl.md tells.",
    ("nianlun analyse 总结.docx --format jsonl", "每行一个 JSON 对象", "one JSON object a line"),
    ("nianlun analyse 总结.docx", "在终端上用表格看", "a table on the terminal"),
)
@argument("file", type=click.Path(exists=True, path_type=Path), zh="要分析的文件", en="the file", metavar="FILE")
@option(
    "--taxonomy",
    metavar="government|problems|FILE",
    default="problems",
    zh="按哪套问题分类;见 nianlun taxonomy",
    en="the taxonomy of problems, by name or file; see nianlun taxonomy",
)
@common(db=False, formats=("table", "json", "jsonl", "csv", "tsv"))
def command(run: Run, file: Path, taxonomy: str) -> int:
    from ingest.read import read
    from nianlun.jsonlines import items_of
    from nianlun.taxonomy import chosen
    from nianlun.worker import Limits, limited
    from nlp.analyse import analyse_all
    from nlp.taxonomy import parse_taxonomy

    if file.is_dir():
        raise click.UsageError(run.words("analyse_folder", path=file))
    text = chosen(run.db, taxonomy)
    with limited(str(file), Limits()):
        source = read(file)
        items = list(items_of(source, analyse_all(source, parse_taxonomy(text) if text else None)))
    form = run.form or ("table" if sys.stdout.isatty() else "jsonl")
    if form == "jsonl":
        sys.stdout.writelines(as_json(item) + "\n" for item in items)
    elif form == "json":
        sys.stdout.write(as_json(items, indent=2) + "\n")
    else:
        shown = Run(db=run.db, form=form, lang=run.lang, quiet=run.quiet, color=run.color, bom=run.bom)
        shown.write([_row(item, run.lang) for item in items if item["type"] != "format"], _columns(run.lang))
    return OK if len(items) > 1 else NO_MATCH


def _columns(lang: str) -> list[Column]:
    return [
        column("document", "报告", "document", right=True),
        column("type", "类别", "type", lambda row: _TYPES[row["type"]].in_(lang)),
        column("place", "原文位置", "place"),
        column("text", "原文", "text", ratio=3),
        column("reading", "读作", "reading", ratio=3),
    ]


def _row(item: Row, lang: str) -> dict[str, Any]:
    kind = str(item["type"])
    text = item["text"] if "text" in item else item.get("heading") or item.get("title")
    if item.get("state", "stated") != "stated":
        text = f"▒{text}"
    return {
        "document": item["ordinal"] if kind == "document" else item["document"],
        "type": kind,
        "place": f"{item['source_start']}-{item['source_end']}",
        "text": " ".join(str(text or "").split()),
        "reading": " · ".join(filter(None, (_told(item, name, lang) for name in _READINGS[kind]))),
    }


def _told(item: Row, name: str, lang: str) -> str:
    told = cell(item[name], lang, name)
    if item["type"] == "problem" and name == "main":
        return leaf_told(told, any(one["id"] == item["main"] and one["guessed"] for one in item["categories"]), lang)
    return told
