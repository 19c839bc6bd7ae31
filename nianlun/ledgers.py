"""The ledgers as offices know them: which columns they have, under which heads, and how wide these may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nianlun.language import Words
from nianlun.output import cell

TEXT, NUMBER, DAY = "text", "number", "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column: its key in a row, its head, what it holds, and the most columns (of half a Chinese character) that it is given."""

    key: str
    head: Words
    holds: str = TEXT
    widest: int = 24
    printed: bool = True  # the others stand behind, on the screen only


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of ledger; `lead` is the column that a Word document puts before the quotation."""

    name: str
    title: Words
    fields: tuple[Field, ...]
    lead: str

    @property
    def printed(self) -> int:
        """How many of the columns are printed: the first ones."""
        return sum(one.printed for one in self.fields)


def _field(key: str, zh: str, en: str, holds: str = TEXT, widest: int = 24, printed: bool = True) -> Field:
    return Field(key=key, head=Words(zh, en), holds=holds, widest=widest, printed=printed)


def _behind(key: str, zh: str, en: str, widest: int = 24) -> Field:
    return _field(key, zh, en, widest=widest, printed=False)


_SENTENCE = _field("sentence", "原句", "sentence", widest=42)
_SOURCE = (
    _SENTENCE,
    _field("org", "报告单位", "body", widest=18),
    _field("year_label", "年份", "year", widest=10),
    _field("reference", "出处", "reference", widest=22),
)
_REPORT = (_behind("title", "报告标题", "report", 36), _behind("file", "文件", "file", 24))

KINDS = {
    one.name: one
    for one in (
        Kind(
            name="tasks", title=Words("任务台账", "Ledger of tasks"), lead="task",
            fields=(
                _field("task", "任务", "task", widest=32), _field("who", "责任单位", "who", widest=16),
                _field("amounts", "数量指标", "how much", widest=16), _field("date_end", "完成时限", "due", DAY, 12), *_SOURCE,
                _behind("text", "时限原话", "words", 18), _behind("basis", "任务依据", "basis", 10), _behind("who_basis", "责任依据", "who from", 10),
                *_REPORT,
            ),
        ),
        Kind(
            name="numbers", title=Words("数字一览表", "List of numbers"), lead="text",
            fields=(
                _field("text", "原文", "as written", widest=16), _field("value", "数值", "value", NUMBER, 12),
                _field("value_max", "上限", "up to", NUMBER, 10), _field("unit", "单位", "unit", widest=8), _field("of", "所指", "of", widest=18),
                *_SOURCE, _behind("approx", "约数", "bound", 8), _behind("measure", "量别", "measure", 10), _behind("whom", "对象", "for whom", 16),
                _behind("modality", "语气", "modality", 8), _behind("state", "状态", "state", 8), *_REPORT,
            ),
        ),
        Kind(
            name="activities", title=Words("活动一览表", "List of activities"), lead="name",
            fields=(
                _field("name", "活动名称", "activity", widest=26), _field("activity_kind", "种类", "kind", widest=10),
                _field("modality", "语气", "modality", widest=8), _field("amounts", "数量", "numbers", widest=18), _field("times", "时间", "times", widest=14),
                *_SOURCE, *_REPORT,
            ),
        ),
        Kind(
            name="problems", title=Words("问题句", "Sentences of problems"), lead="main",
            fields=(
                _field("main", "问题", "problem", widest=16), _field("categories", "全部类别", "all labels", widest=20),
                _field("polarity", "肯否", "polarity", widest=10), _field("scope", "谁的问题", "whose", widest=10), *_SOURCE,
                _behind("strength", "程度", "strength", 8), *_REPORT,
            ),
        ),
        Kind(
            name="docs", title=Words("报告一览表", "List of reports"), lead="title",
            fields=(
                _field("reference", "代号", "ref", widest=14), _field("title", "标题", "title", widest=44),
                _field("org", "单位", "body", widest=26), _field("year_label", "年份", "year", widest=10), _field("doc_type", "文种", "kind", widest=10),
                _field("org_level", "层级", "level", widest=8), _field("region", "地区", "region", widest=14), _field("signed", "落款日期", "signed", DAY, 12),
                _field("number", "文号", "number", widest=18), _field("chars", "字数", "chars", NUMBER, 8), _field("problems", "问题句", "problems", NUMBER, 8),
                _field("damage", "残损处", "damaged", NUMBER, 8), _behind("city", "市", "city", 12), _behind("province", "省", "province", 12),
                _behind("addressee", "主送", "addressee", 20), _behind("signer", "署名", "signer", 20), _behind("file", "文件", "file", 24),
            ),
        ),
    )
}  # fmt: skip
WHOLE = Words("全部", "all")
NAMES = {name: one.title for name, one in KINDS.items()} | {"problems": Words("问题对照表", "problems"), "all": WHOLE}
MEASURES = {
    "count": Words("个数", "count"), "amount": Words("总量", "amount"), "share": Words("占比", "share"), "rate": Words("比率", "rate"),
    "growth": Words("增减", "growth"), "ratio": Words("倍比", "ratio"), "price": Words("单价", "price"), "average": Words("平均", "average"),
    "rank": Words("名次", "rank"), "age": Words("年龄", "age"), "score": Words("得分", "score"),
}  # fmt: skip


def told(row: Mapping[str, Any], field: Field, lang: str) -> str:
    """Return a value as people read it: codes in words, nothing for None."""
    value = row.get(field.key)
    if field.key == "measure" and value in MEASURES:
        return MEASURES[value].in_(lang)
    return cell(value, lang, field.key)
