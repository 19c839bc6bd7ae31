"""The fields of the query language: year:2004..2011, kind:summary, has:deadline, with Chinese names (年份: 文种: 含:).

A field of the document (year, kind, body, level, region, title, script, ref) says which documents are meant; a field of the
place (section, leaf, has, unit, is) says which places: those in a sentence that holds it, or, of `is`, those of which it is said.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from index.errors import BadQuery, BadYears, UnknownLeaf
from index.inputs import named, nearest, parse_years, plain

Codes = Mapping[str, tuple[str, ...]]

KINDS: Codes = {
    "plan": ("计划要点", "plan"),
    "summary": ("工作总结", "summary"),
    "rectification": ("整改措施", "rectification"),
    "experience": ("经验材料", "experience"),
    "research": ("调研报告", "research"),
    "speech": ("讲话", "speech"),
    "notice": ("通知", "notice"),
    "news": ("简讯", "news"),
    "other": ("其他", "other"),
}
LEVELS: Codes = {
    "nation": ("全国", "nation"),
    "province": ("省级", "province"),
    "city": ("市级", "city"),
    "county": ("县级", "county"),
    "township": ("乡镇级", "township"),
    "village": ("村级", "village"),
    "enterprise": ("企业", "enterprise"),
    "unknown": ("未知", "unknown"),
}
ROLES: Codes = {
    "problems": ("问题", "problems"),
    "measures": ("措施", "measures"),
    "achievements": ("成绩", "achievements"),
    "plan": ("打算", "plan"),
    "background": ("背景", "background"),
}
MODALITIES: Codes = {
    "done": ("已做", "done", "完成"),
    "planned": ("计划", "planned", "打算"),
    "demanded": ("要求", "demanded"),
    "proposed": ("建议", "proposed"),
}
THINGS: Codes = {
    "deadline": ("时限", "期限", "deadline"),
    "number": ("数字", "数量", "number", "quantity"),
    "money": ("金额", "款额", "money"),
    "time": ("时间", "time"),
    "task": ("任务", "task"),
    "activity": ("活动", "activity"),
    "problem": ("问题", "problem"),
    "damage": ("残损", "遮盖", "damage"),
}
SCRIPTS: Codes = {"simplified": ("简体", "simplified"), "traditional": ("繁体", "traditional")}

#: What finds the places of a thing in one document, or (`of` empty) the documents that have it.
WHERE_THINGS = {
    "deadline": "times WHERE kind = 'deadline'",
    "number": "quantities WHERE 1",
    "money": "quantities WHERE dimension = 'money'",
    "time": "times WHERE 1",
    "task": "tasks WHERE 1",
    "activity": "activities WHERE 1",
    "problem": "problems WHERE polarity = 'asserted'",
    "damage": "damage WHERE 1",
}


@dataclass(frozen=True, slots=True)
class FieldKind:
    """A field: its names, whether it tells of documents or places, its codes (none: words as they are), an example."""

    name: str
    names: tuple[str, ...]
    of_document: bool
    codes: Codes | None
    example: str
    filter: str | None = None  # the filter of index.scope that says the same


FIELDS = (
    FieldKind("year", ("年份", "年"), True, None, "year:2004..2011", "year"),
    FieldKind("kind", ("文种", "doc_type", "type"), True, KINDS, "kind:summary", "doc_type"),
    FieldKind("body", ("单位", "org"), True, None, "body:妇联", "org"),
    FieldKind("level", ("层级", "org_level"), True, LEVELS, "level:county", "org_level"),
    FieldKind("region", ("地区",), True, None, "region:云溪", "region"),
    FieldKind("title", ("标题", "题名"), True, None, "title:经验"),
    FieldKind("ref", ("代号", "报告"), True, None, "ref:003", "ref"),
    FieldKind("script", ("字体",), True, SCRIPTS, "script:traditional"),
    FieldKind("section", ("章节", "role"), False, ROLES, "section:problems", "section"),
    FieldKind("leaf", ("问题类别", "类别"), False, None, "leaf:funding_gap"),
    FieldKind("has", ("含", "有"), False, THINGS, "has:deadline"),
    FieldKind("unit", ("计量单位", "量词"), False, None, "unit:人次"),
    FieldKind("is", ("语气",), False, MODALITIES, "is:planned"),
)
_BY_NAME = {plain(name): one for one in FIELDS for name in (one.name, *one.names)}
UNDATED = ("none", "undated", "无", "未注明")


def field_called(name: str) -> FieldKind | None:
    """Return the field of that name, Chinese or English."""
    return _BY_NAME.get(plain(name))


def values_of(kind: FieldKind, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of a field as codes; raises ValueError with the known ones."""
    if kind.name == "year":
        return _years(values)
    if kind.codes is None:
        return values
    found = []
    for value in values:
        codes = named(value, kind.codes)
        if len(codes) != 1:
            raise ValueError(value, " ".join(f"{names[0]}({code})" for code, names in kind.codes.items()))
        found += codes
    return tuple(found)


def leaves_called(
    connection: sqlite3.Connection, values: tuple[str, ...], query: str, at: int, end: int
) -> tuple[str, ...]:
    """Return the leaves of the index that words name, by code, name or family; raises BadQuery."""
    rows = connection.execute("SELECT id, zh, en, family FROM leaves ORDER BY place").fetchall()
    known = {leaf: tuple(filter(None, (zh, en))) for leaf, zh, en, _ in rows}
    found: list[str] = []
    for value in values:
        of_family = [leaf for leaf, _, _, family in rows if family == value]
        same = named(value, known)
        if not (of_family or len(same) == 1):
            near = same or nearest(value, known)
            told = {leaf: f"{known[leaf][0] if known[leaf] else leaf}({leaf})" for leaf in [*near, *known]}
            if not end:  # it stands in no query: an option, or an argument
                raise UnknownLeaf(value, told.values(), [told[leaf] for leaf in near])
            detail = " ".join([told[leaf] for leaf in same] or list(told.values())[:60])
            raise BadQuery(query, "no such value of a field; known", at=at, end=end, detail=detail)
        found += of_family or same
    return tuple(dict.fromkeys(found))


def _years(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(values) == 1 and plain(values[0]) in UNDATED:
        return ("none",)
    try:
        low, high = parse_years("".join(values) if len(values) == 1 else "")
    except BadYears as error:
        raise ValueError(values[0], "2012, 2004..2011, 2004.., none") from error
    if low is None and high is None:
        raise ValueError(values[0] if values else "", "2012, 2004..2011, 2004.., none")
    return ("" if low is None else str(low), "" if high is None else str(high))
