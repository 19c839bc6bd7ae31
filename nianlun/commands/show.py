"""`nianlun show`: one report, or a stretch of it, with its marks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianlun import bilingual
from nianlun.bilingual import argument, current_language, option
from nianlun.messages import say
from nianlun.options import NO_MATCH, OK, Run, common
from nianlun.output import as_json, cell, column
from nianlun.targets import Target

if TYPE_CHECKING:
    from index.copies import CopyRow
    from index.places import Whereabouts
    from index.show import Shown
    from index.store import Index
    from nianlun.places import Located

MARKS = ("problems", "numbers", "times", "names", "damage", "guessed")
MOST_LINES = 40  # of places, for people to read


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
    "看一篇报告或其中一段,标出读到的内容:【问题】⟨数字⟩〔时间〕「活动」▒残损 ⁇识别没有把握⁇ ✓人工更正。\n"
    "出处的写法:003、000#4、000#4@512-540(原文第 512 到 540 字)。\n"
    "--source 说明这一段在原件的哪一页、哪一段、哪一格;--image 把所在的页画出来,框出这一段(PDF、OFD、扫描件)。",
    "Show a report or a stretch of it, with what was read marked: 【problem】⟨number⟩〔time〕「activity」▒damage ⁇unsure⁇ ✓corrected.\n"
    "References: 003, 000#4, 000#4@512-540 (characters 512 to 540 of the file).\n"
    "--source tells on which page, in which paragraph or cell of the raw file it stands; --image draws its pages with it boxed.",
    ("nianlun show 003", "整篇", "all of it"),
    ("nianlun show 000#4@512-540 --context 60", "一段,前后各多看 60 字", "a stretch with 60 characters on either side"),
    ("nianlun show 003 --marks problems", "只标问题", "only the problems"),
    ("nianlun show 003 --raw", "文件原文", "the file's own text"),
    ("nianlun show 003@512-540 --source", "在原件的什么位置", "where it stands in the raw file"),
    (
        "nianlun show 003@512-540 --image page.png",
        "画出所在的页,框出这一段",
        "its page as a picture, with the stretch boxed",
    ),
)
@argument("reference", zh="出处", en="the reference", metavar="REF")
@option("--marks", type=MarksType(), metavar="LAYERS", zh="标出哪些(逗号分开):problems,numbers,times,names,damage,guessed,all,none;默认终端上全标",
        en="what to mark, with commas: problems,numbers,times,names,damage,guessed,all,none; all on a terminal")  # fmt: skip
@option("--raw", is_flag=True, zh="显示文件原文,不做清理", en="the file's own text, not the clean one")
@option(
    "--context",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    zh="前后各多看 N 字",
    en="N characters more on either side",
)
@option(
    "--source",
    is_flag=True,
    zh="说明在原件中的位置:文件、页和框、段、表格、工作表和单元格、行和字节",
    en="tell where it stands in the raw file: page and box, paragraph, table, sheet and cell, line and bytes",
)
@option(
    "--image",
    type=Target(),
    metavar="PNG",
    zh="把所在的页画成图片,框出这一段(PDF、OFD、扫描件);几页就写几个文件:out.png、out-2.png",
    en="draw its pages with the stretch boxed (PDF, OFD, scans); several pages: out.png, out-2.png",
)
@common(formats=("table", "json", "jsonl", "csv", "tsv"))
def command(
    run: Run, reference: str, marks: tuple[str, ...] | None, raw: bool, context: int, source: bool, image: Path | None
) -> int:
    from nianlun.places import recognised_words
    from nianlun.taxonomy import leaf_names

    if source or image is not None:
        return _tell_source(run, reference, image)
    with run.index() as index:
        shown = _shown(index, reference, context)
        names = leaf_names(index, run.lang)
        seen = index.recognised(shown.document.id)
        also = index.copies().get(shown.document.ref, [])
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
    if shown.copy is not None:
        _tell_copy(run, reference, shown)
    if run.form in ("json", "jsonl", "csv", "tsv"):
        _write(run, shown, marks or MARKS, also)
        return OK
    if shown.source_start < document.source_start or shown.source_end > document.source_end:
        run.tell(
            "show_clipped", ref=document.ref, first=document.source_start, last=document.source_end,
            start=shown.source_start, end=shown.source_end,
        )  # fmt: skip
    title = document.title or ""
    run.tell(
        "show_head", title=title, ref=shown.reference, year=document.year_label or run.words("undated"),
        org=document.org_label or "", doc_type=cell(document.doc_type, run.lang, "doc_type"),
    )  # fmt: skip
    run.tell_also(document.ref, also)
    for found in seen.values():
        run.tell("show_recognised", words=recognised_words(found.share, found.unsure, run.lang))
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


def _tell_source(run: Run, reference: str, image: Path | None) -> int:
    """Print where a reference stands in its raw file, and draw its pages where a picture is asked for."""
    from nianlun.places import locate, where_row
    from nianlun.rows import copy_row

    with run.index() as index:
        located = locate(index, run.db, reference)
        shown = index.show(reference)
    where = located.where
    if (copy := shown.copy) is not None:
        _tell_copy(run, reference, shown)
        start, end = copy.source_start, copy.source_end
        if copy.kind == "file" and "@" in reference:
            start, end = where.source_start, where.source_end
        run.tell("show_copy_where", asked=reference, path=copy.path, start=start, end=end, ref=where.reference)
    drawn = _draw(run, where, image) if image is not None else []
    about = where_row(located) | {"copy": None if copy is None else copy_row(copy)}
    if image is not None:
        about["images"] = [{"path": str(path), "page": page} for path, page in drawn]
    if run.form == "json":
        sys.stdout.write(as_json(about, indent=2) + "\n")
    elif run.form == "jsonl":
        sys.stdout.write(as_json(about) + "\n")
    elif run.form in ("csv", "tsv"):
        _write_places(run, located)
    else:
        _write_words(run, located)
    for path, page in drawn:
        run.tell("image_written", path=path, page=page)
    return OK if where.source_end > where.source_start else NO_MATCH


def _draw(run: Run, where: Whereabouts, image: Path) -> list[tuple[Path, int]]:
    from nianlun.originals import original, raw_path
    from nianlun.pages import check_name, draw, pages_of, save

    wanted = pages_of(where)
    check_name(image, raw_path(run.db, where))
    pages = len({place.page for place in where.places if place.page is not None})
    if pages > len(wanted):
        run.tell("image_first", pages=pages, drawn=len(wanted))
    return save(draw(where, original(run.db, where)), image)


def _write_words(run: Run, located: Located) -> None:
    from nianlun.places import confidence_words, place_words, where_lines

    where = located.where
    lines = [run.words("where_head", ref=where.reference), *where_lines(located, run.lang)]
    for place in where.places[:MOST_LINES]:
        told = [place_words(place, where.media_type, run.lang), confidence_words(place, run.lang)]
        lines.append("  " + run.words("comma").join(filter(None, told)) + "  " + " ".join(place.text.split()))
    if len(where.places) > MOST_LINES:
        lines.append("  " + run.words("where_more", count=len(where.places) - MOST_LINES))
    sys.stdout.write("\n".join(lines) + "\n")


def _write_places(run: Run, located: Located) -> None:
    from nianlun.places import place_words, where_row

    about = where_row(located)
    whole = {key: about[key] for key in ("reference", "path", "media_type", "line", "column", "byte_start", "byte_end")}
    rows = [{**whole, **row} for row in about["places"]]
    if not rows:
        rows = [{**whole, **{key: about[key] for key in ("source_start", "source_end", "text")}}]
    else:
        for row, place in zip(rows, located.where.places, strict=True):
            row["place"] = place_words(place, located.where.media_type, run.lang)
    heads = (
        ("reference", "出处", "reference"), ("path", "文件", "file"), ("media_type", "格式", "kind"), ("text", "原文", "text"),
        ("source_start", "起", "start"), ("source_end", "止", "end"), ("place", "位置", "place"), ("line", "行", "line"),
        ("byte_start", "字节起", "first byte"), ("byte_end", "字节止", "byte behind"), ("page", "页", "page"), ("box", "框", "box"),
        ("paragraph", "段(从 0)", "paragraph"), ("run", "文字块(从 0)", "run"), ("table", "表(从 0)", "table"),
        ("row", "表行(从 0)", "row"), ("column", "表列(从 0)", "column"), ("sheet", "工作表", "sheet"), ("cell", "单元格", "cell"),
        ("slide", "幻灯片", "slide"), ("confidence", "识别把握", "confidence"),
    )  # fmt: skip
    if not located.where.places and located.lines:
        rows[0]["place"] = None
    run.write(rows, [column(*one) for one in heads])


def _tell_copy(run: Run, asked: str, shown: Shown) -> None:
    assert shown.copy is not None
    run.tell(f"show_copy_{shown.copy.kind}", asked=asked, ref=shown.reference)
    if "@" in asked and shown.copy.kind != "file":
        run.tell("show_copy_range")


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


def _write(run: Run, shown: Shown, marks: tuple[str, ...], also: Sequence[CopyRow]) -> None:
    from nianlun.marks import marks_of
    from nianlun.rows import copy_row, document_row

    found = [asdict(mark) for mark in marks_of(shown, marks)]
    about = {
        "reference": shown.reference, "document": document_row(shown.document), "start": shown.start, "end": shown.end,
        "source_start": shown.source_start, "source_end": shown.source_end, "text": shown.text, "raw": shown.raw,
        "outline": [asdict(one) for one in shown.outline], "marks": found,
        "copy": None if shown.copy is None else copy_row(shown.copy), "also_in": [copy_row(one) for one in also],
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
