"""`nianlun annotations`: sentences out to Label Studio or doccano, and back in as corrections."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, CodeType, Run, common, filters
from nianlun.targets import Target
from nianlun.vocabulary import POLARITIES

_FORMS = {
    "label-studio": Words("Label Studio", "Label Studio"),
    "doccano": Words("doccano 分类", "doccano, classification"),
    "doccano-spans": Words("doccano 序列标注", "doccano, spans"),
}
TEXTS_NAMED, TEXT_NAMED = 5, 30  # sentences that are named, and characters of each


@bilingual.command(
    "annotations",
    "把反映问题的句子交给 Label Studio 或 doccano 标注(程序的读法作预标注,附把握),标完读回来,成为更正。\n"
    "读回时按出处对应,出处变了就按原句找;没有标注的不算,已有同样更正的不重复。",
    "Sentences that name a problem for Label Studio or doccano, the program's reading as predictions with scores; and back in, as corrections.\n"
    "They are matched by reference, or by their words where that has changed; what nobody annotated is left alone.",
    ("nianlun annotations --export tasks.json", "给 Label Studio", "for Label Studio"),
    ("nianlun annotations --config", "Label Studio 的标注界面", "its labelling interface"),
    (
        "nianlun annotations --export tasks.jsonl --as doccano --leaf 经费不足",
        "给 doccano,只要一类",
        "for doccano, one leaf",
    ),
    ("nianlun annotations --import export.json --by 林", "读回标注", "let annotations in"),
)
@option(
    "--export",
    "out",
    type=Target(),
    metavar="FILE",
    zh="写出待标注的句子",
    en="write sentences",
)
@option("--import", "given", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
        zh="读入标注(Label Studio 的 JSON、JSON-MIN,doccano 的 JSONL)", en="annotations: Label Studio's JSON or JSON-MIN, doccano's JSONL")  # fmt: skip
@option(
    "--config",
    "config",
    is_flag=True,
    zh="打印 Label Studio 的标注界面设置",
    en="print the labelling interface for Label Studio",
)
@option("--as", "kind", type=CodeType(_FORMS), default="label-studio", show_default=True, metavar="KIND",
        zh="写成:label-studio、doccano(分类)、doccano-spans(数字、时间、活动的位置)",
        en="label-studio, doccano (classification) or doccano-spans (numbers, times, activities)")  # fmt: skip
@option("--leaf", metavar="LEAF", zh="只要一类问题", en="one kind of problem")
@option("--polarity", type=CodeType({**POLARITIES, "all": Words("全部", "all")}), default="asserted", show_default=True,
        metavar="POLARITY", zh="肯否:" + "、".join(f"{code} {words.zh}" for code, words in POLARITIES.items()) + "、all 全部",
        en=f"{', '.join(POLARITIES)} or all")  # fmt: skip
@option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    zh="最多几句(把握小的在前)",
    en="so many at most, the least certain first",
)
@option(
    "--by",
    metavar="NAME",
    zh="标注人;默认用文件里的,没有则用登录名",
    en="who annotated; by default as the file says, or the login name",
)
@filters()
@common()
def command(
    run: Run,
    out: Path | None,
    given: Path | None,
    config: bool,
    kind: str,
    leaf: str | None,
    polarity: str,
    limit: int | None,
    by: str | None,
    filters: dict[str, Any],
) -> int:
    from nianlun.annotations import config as interface
    from nianlun.annotations import export, tasks_of
    from nianlun.taxonomy import leaf_names, leaves

    if (out is not None) + (given is not None) + config != 1:
        raise click.UsageError(run.words("annotations_one"))
    if config:
        names = {leaf: zh if run.lang == "zh" else leaf for leaf, _, zh, _ in leaves()}
        sys.stdout.write(interface(names, run.lang))
        return OK
    if given is not None:
        return _import(run, given, by)
    assert out is not None
    with run.index() as index:
        tasks = tasks_of(index, leaf=leaf, polarity=polarity, limit=limit, **filters)
        names = leaf_names(index, "zh") if run.lang == "zh" else {}
    export(tasks, out, kind, names, run.lang)
    judged = sum(task.by_person for task in tasks)
    run.tell("annotations_exported", count=len(tasks), form=_FORMS[kind].in_(run.lang), path=out, judged=judged)
    return OK if tasks else NO_MATCH


def _import(run: Run, path: Path, by: str | None) -> int:
    from nianlun.annotations import apply, read_annotations
    from nianlun.corrections import who, writing

    annotations = list(read_annotations(path))
    with writing(run.db) as index:
        outcome = apply(index, annotations, by=by, default=who())
    run.tell(
        "annotations_imported", count=outcome.count, new=outcome.new, same=outcome.same, empty=outcome.empty,
        lost=len(outcome.lost),
    )  # fmt: skip
    if outcome.lost:
        texts = "; ".join(text[:TEXT_NAMED] for text in outcome.lost[:TEXTS_NAMED])
        run.tell("annotations_lost", texts=texts + (" …" if len(outcome.lost) > TEXTS_NAMED else ""))
    return OK if outcome.new or outcome.same else NO_MATCH
