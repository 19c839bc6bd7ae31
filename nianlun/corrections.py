"""Corrections as people write and read them: names of fields and values, rows, columns, and the index opened for writing."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.correction_values import CODES, FIELDS, NO, NONE, YES
from index.corrections import Correction
from index.errors import BadCorrection, NoSuchIndex
from index.inputs import named, plain
from nianlun.correction_messages import CORRECTION_FIELDS, CORRECTION_LAYERS, CORRECTION_STATES
from nianlun.language import Words
from nianlun.output import Column, column
from nianlun.vocabulary import (
    ACTIVITY_KINDS,
    APPROX,
    DOC_TYPES,
    ORG_LEVELS,
    POLARITIES,
    SCOPES,
    STRENGTHS,
    TIME_KINDS,
)

if TYPE_CHECKING:
    from index.store import Index

CORRECTION_COLUMNS = tuple(Correction.__dataclass_fields__)
_OTHER_NAMES = {
    "leaves": ("leaf", "问题类别"), "problem": ("问题",), "unit": ("单位",), "org": ("body",), "doc_type": ("kind",),
    "scope": ("范围",), "start": ("始", "开始"), "end": ("止", "终", "结束"),
}  # fmt: skip
_YES = ("yes", "y", "是", "有", "存在", "问题", "是问题", "a problem")
_NO = ("no", "n", "否", "非", "无", "没有", "不是", "不是问题", "no problem")
_NOTHING = ("none", "无", "没有", "不详", "不明", "空")
_VALUES = {
    "doc_type": DOC_TYPES, "org_level": ORG_LEVELS, "polarity": POLARITIES, "scope": SCOPES, "approx": APPROX,
    "strength": STRENGTHS, "kind": {**ACTIVITY_KINDS, **TIME_KINDS},
}  # fmt: skip


@contextmanager
def writing(path: Path) -> Iterator[Index]:
    """Open an index that is there for writing. Raises NoSuchIndex."""
    from index.store import Index
    from nianlun.taxonomy import leaves

    if not path.exists():
        raise NoSuchIndex(path)
    index = Index.open(path, leaves=leaves())
    try:
        yield index
    finally:
        index.close()


def who() -> str:
    """Return the name under which the user is logged in; empty where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def field_named(text: str, *, of_place: bool) -> str:
    """Return the field that a code or a Chinese name means, for a place in a document or for all of it. Raises BadCorrection."""
    mine = {field for field, layers in FIELDS.items() if (layers != ("document",)) == of_place}
    for fields in (mine, set(FIELDS) - mine):
        names = {
            field: (*CORRECTION_FIELDS[field], *_OTHER_NAMES.get(field, ())) for field in FIELDS if field in fields
        }
        found = named(text, names)
        if len(found) == 1:
            return found[0]
    raise BadCorrection(
        "field", value=text, known=" ".join(f"{CORRECTION_FIELDS[field].zh}({field})" for field in FIELDS)
    )


def value_named(field: str, text: str) -> str:
    """Return a value as the index keeps it: codes by their Chinese names, 无 as none. Raises BadCorrection for codes."""
    said = plain(text)
    if field in ("problem", "number", "time", "activity"):
        if said in _NO:
            return NO
        if said in _YES and YES in CODES[field]:
            return YES
        raise BadCorrection(
            "code", value=text, known=" ".join(f"{'是' if one == YES else '否'}({one})" for one in CODES[field])
        )
    if said in _NOTHING and (field not in CODES or NONE in CODES[field]):
        return NONE
    if field not in CODES:
        return text
    names: dict[str, Words] = {code: words for code, words in _VALUES[field].items() if code in CODES[field]}
    found = named(text, names)
    if len(found) == 1:
        return found[0]
    raise BadCorrection("code", value=text, known=" ".join(f"{names[code].zh}({code})" for code in found or names))


def correction_row(one: Correction) -> dict[str, Any]:
    """Return a line of the log as JSON and a DataFrame hold it."""
    return asdict(one)


def correction_columns(lang: str, leaves: dict[str, str]) -> list[Column]:
    """Return the columns of the log; `leaves` are the names of leaves in the language."""

    def told(key: str) -> Any:
        return lambda row: value_told(row["field"], row[key], lang, leaves)

    return [
        column("number", "编号", "number", right=True),
        column("state", "状态", "state", lambda row: CORRECTION_STATES[row["state"]].in_(lang)),
        column("reference", "出处", "reference"),
        column("layer", "对象", "of", lambda row: CORRECTION_LAYERS[row["layer"]].in_(lang), spare=5),
        column("field", "项目", "field", lambda row: CORRECTION_FIELDS[row["field"]].in_(lang)),
        column("was", "原为", "was", told("was"), ratio=1),
        column("value", "更正为", "now", told("value"), ratio=1),
        column("made_by", "更正人", "by", spare=3),
        column("made_at", "时间", "at", lambda row: row["made_at"][:10], spare=4),
        column("why", "理由", "why", ratio=1, spare=2),
        column("text", "文字", "text", lambda row: " ".join(row["text"].split()), ratio=2, spare=1),
    ]


def value_told(field: str, value: str, lang: str, leaves: dict[str, str]) -> str:
    """Return a value in words."""
    if value == NONE:
        return Words("无", "none").in_(lang)
    if field == "leaves" or (field == "problem" and value in leaves):
        return Words("、", ", ").in_(lang).join(leaves.get(leaf, leaf) for leaf in value.split())
    if field == "problem":
        words = {YES: Words("是问题", "a problem"), NO: Words("不是问题", "no problem"), **POLARITIES}
        return words[value].in_(lang) if value in words else value
    if value == NO and field in ("number", "time", "activity", "leaves", "polarity", "scope", "strength"):
        return Words("不是", "none").in_(lang)
    words = _VALUES.get(field, {})
    return words[value].in_(lang) if value in words else value
