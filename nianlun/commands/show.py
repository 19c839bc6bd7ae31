"""`nianlun show`: one report, or a stretch of it, with its marks."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import argument, current_language, option
from nianlun.messages import say
from nianlun.options import NO_MATCH, OK, Run, common
from nianlun.output import as_json, cell, column

if TYPE_CHECKING:
    from index.show import Shown
    from index.store import Index

MARKS = ("problems", "numbers", "times", "names", "damage")


class MarksType(click.ParamType):
    """Names of layers with commas between them, all, or none."""

    name = "marks"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, tuple):
            return value
        if value in ("all", "none"):
            return MARKS if value == "all" else ()
        chosen = tuple(part.strip() for part in str(value).replace(",", ",").split(",") if part.strip())
        for part in chosen:
            if part not in MARKS:
                self.fail(
                    say("bad_marks", current_language(), value=part, known=", ".join((*MARKS, "all", "none"))),
                    param,
                    ctx,
                )
        return chosen


@bilingual.command(
    "show",
    "看一篇报告或其中一段,标出读到的内容:【问题】⟨数字⟩〔时间〕「活动」▒残损。\n"
    "出处的写法:003、000#4、000#4@512-540(原文第 512 到 540 字)。",
    "Show a report or a stretch of it, with what was read marked: 【problem】⟨number⟩〔time〕「activity」▒damage.\n"
    "References: 003, 000#4, 000#4@512-540 (characters 512 to 540 of the file).",
    ("nianlun show 003", "整篇", "all of it"),
    ("nianlun show 000#4@512-540 --context 60", "一段,前后各多看 60 字", "a stretch with 60 characters on either side"),
    ("nianlun show 003 --marks problems", "只标问题", "only the problems"),
    ("nianlun show 003 --raw", "文件原文", "the file's own text"),
)
@argument("reference", zh="出处", en="the reference", metavar="REF")
@option("--marks", type=MarksType(), metavar="LAYERS", zh="标出哪些(逗号分开):problems,numbers,times,names,damage,all,none;默认终端上全标",
        en="what to mark, with commas: problems,numbers,times,names,damage,all,none; all on a terminal")  # fmt: skip
@option("--raw", is_flag=True, zh="显示文件原文,不做清理", en="the file's own text, not the clean one")
@option(
    "--context",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    zh="前后各多看 N 字",
    en="N characters more on either side",
)
@common(formats=("table", "json", "jsonl", "csv", "tsv"))
def command(run: Run, reference: str, marks: tuple[str, ...] | None, raw: bool, context: int) -> int:
    from nianlun.taxonomy import leaf_names

    with run.index() as index:
        shown = _shown(index, reference, context)
        names = leaf_names(index, run.lang)
    document = shown.document
    if not (shown.raw if raw else shown.text).strip():
        if not document.source_start <= shown.source_start < document.source_end:
            run.tell(
                "show_range", ref=document.ref, first=document.source_start, last=document.source_end,
                start=shown.source_start, end=shown.source_end,
            )  # fmt: skip
        else:
            run.tell("show_empty")
        return NO_MATCH
    if run.form in ("json", "jsonl", "csv", "tsv"):
        _write(run, shown, marks or MARKS)
        return OK
    if shown.source_start < document.source_start or shown.source_end > document.source_end:
        run.tell(
            "show_clipped", ref=document.ref, first=document.source_start, last=document.source_end,
            start=shown.source_start, end=shown.source_end,
        )  # fmt: skip
    title = document.title or ""
    run.tell(
        "show_head", title=title, ref=shown.reference, year=document.year_label or run.words("undated"),
        org=document.org or "", doc_type=cell(document.doc_type, run.lang, "doc_type"),
    )  # fmt: skip
    if raw:
        sys.stdout.write(shown.raw if shown.raw.endswith("\n") else shown.raw + "\n")
        return OK
    from nianlun.marks import LAYERS, as_text

    on_terminal = sys.stdout.isatty()
    chosen = marks if marks is not None else MARKS if on_terminal else ()
    if chosen:
        legend = " ".join(
            f"{LAYERS[one].opening}{LAYERS[one].words.in_(run.lang)}{LAYERS[one].closing}" for one in chosen
        )
        run.tell("show_legend", marks=legend)
    sys.stdout.write(as_text(shown, chosen, run.lang, color=run.color and on_terminal, names=names) + "\n")
    return OK


def _shown(index: Index, reference: str, context: int) -> Shown:
    from index.references import parse_ref

    place = parse_ref(reference)
    if place.start is None or place.end is None or not context:
        return index.show(place)
    whole = index.show(replace(place, start=None, end=None)).document
    return index.show(
        replace(
            place, start=max(whole.source_start, place.start - context), end=min(whole.source_end, place.end + context)
        )
    )


def _write(run: Run, shown: Shown, marks: tuple[str, ...]) -> None:
    from nianlun.marks import marks_of
    from nianlun.rows import document_row

    found = [asdict(mark) for mark in marks_of(shown, marks)]
    about = {
        "reference": shown.reference, "document": document_row(shown.document), "start": shown.start, "end": shown.end,
        "source_start": shown.source_start, "source_end": shown.source_end, "text": shown.text, "raw": shown.raw,
        "outline": [asdict(one) for one in shown.outline], "marks": found,
    }  # fmt: skip
    if run.form == "json":
        sys.stdout.write(as_json(about, indent=2) + "\n")
    elif run.form == "jsonl":
        sys.stdout.write(as_json(about) + "\n")
    else:
        rows = [
            {**mark, "text": shown.text[max(0, mark["start"] - shown.start) : mark["end"] - shown.start]}
            for mark in found
        ]
        names = (
            ("layer", "类别", "layer"),
            ("text", "原文", "text"),
            ("label", "读作", "label"),
            ("detail", "说明", "detail"),
        )
        places = ("source_start", "起", "start"), ("source_end", "止", "end")
        run.write(rows, [column(*one) for one in (*names, *places)])
