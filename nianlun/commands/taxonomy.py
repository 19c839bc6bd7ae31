"""`nianlun taxonomy`: the leaves of a taxonomy of problems, whether a file of one's own is right, and what its cues find."""

from __future__ import annotations

from collections.abc import Iterator

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, Run, common
from nianlun.output import Column, Row, column

_GIVEN_BY = {"model": Words("模型", "the model"), "cues": Words("提示词", "its cues")}


@bilingual.command(
    "taxonomy",
    "列出一套问题分类的各个类别;是自定义文件时先检查它写得对不对(不对则说明哪一条,退出码 2)。\n"
    "不写名称时列出索引所用的那一套。自定义文件的写法见 docs/taxonomy.md。",
    "List the leaves of a taxonomy of problems; a file of your own is checked first (what is wrong is named, exit code 2).\n"
    "Without a name, the one that the index uses. docs/taxonomy.md tells how to write one.",
    ("nianlun taxonomy government", "政府工作报告用的分类", "the one for government reports"),
    ("nianlun taxonomy 我的分类.toml", "检查并列出自己的分类", "check and list one of your own"),
    ("nianlun taxonomy government --try 部分行业产能过剩", "这句话会归到哪些类", "which leaves speak in a sentence"),
)
@argument("name", required=False, zh="government、problems 或文件", en="government, problems or a file", metavar="NAME")
@option(
    "--try", "sentence", metavar="TEXT", zh="看哪些类别的提示词见于这句话", en="leaves whose cues speak in a sentence"
)
@common()
def command(run: Run, name: str | None, sentence: str | None) -> int:
    from nianlun.taxonomy import chosen
    from nlp.taxonomy import load_taxonomy, parse_taxonomy

    text = chosen(run.db, name)
    taxonomy = parse_taxonomy(text) if text else load_taxonomy()
    groups = {group: (zh if run.lang == "zh" else en) for group, zh, en in taxonomy.groups}
    learned = {leaf.id for leaf in load_taxonomy().leaves}
    if sentence is not None:
        from nlp.relabel import speaking

        found = {leaf.id: leaf.cues.search(sentence) for _, leaf in speaking(sentence, taxonomy.leaves[:-1])}
    rows: list[Row] = [
        {
            "leaf": leaf.id, "name": leaf.zh if run.lang == "zh" else leaf.en, "group": leaf.group,
            "group_name": groups[leaf.group], "given_by": "model" if leaf.id in learned else "cues", "covers": leaf.covers_zh or leaf.covers if run.lang == "zh" else leaf.covers,
            **({} if sentence is None else {"found": match.group(1) if (match := found[leaf.id]) else ""}),
        }
        for leaf in (taxonomy.leaves if sentence is None else [taxonomy.leaf(id) for id in found])
    ]  # fmt: skip
    run.write(rows, list(_columns(run.lang, tried=sentence is not None)), {"version": taxonomy.version})
    return OK if rows else NO_MATCH


def _columns(lang: str, *, tried: bool) -> Iterator[Column]:
    yield column("leaf", "代码", "leaf")
    yield column("name", "类别", "name")
    yield column("group_name", "大类", "group")
    yield column("given_by", "由什么判断", "told by", lambda row: _GIVEN_BY[row["given_by"]].in_(lang))
    if tried:
        yield column("found", "找到", "found", ratio=1)
    yield column("covers", "说明", "covers", ratio=3)
