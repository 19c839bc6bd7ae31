"""Rows on standard output: a table for people, JSON, JSON lines, CSV and TSV for programs.

Machine formats (json, jsonl, tsv) keep English keys and codes; table and csv, which people read, have heads and codes in
the language of the run.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from nianlun.language import Words
from nianlun.tables import Narrow, draw
from nianlun.vocabulary import CODES

FORMATS = ("table", "json", "jsonl", "csv", "tsv")
DEFAULT_WIDTH = 120  # columns of a table that is not shown on a terminal
BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")  # a Chinese Excel takes full-width ones, too

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that people see: its key in a row, its head, and how a value is written (default: as `cell` does)."""

    key: str
    head: Words
    write: Callable[[Row], str] | None = None
    right: bool = False
    ratio: int | None = None  # share of the width that is left; for long texts, the only ones that are folded
    whole: bool = False  # folded at blanks only: a list of references
    spare: int = 0  # left out where the width does not do, the highest first; 0: never


def column(key: str, zh: str, en: str, write: Callable[[Row], str] | None = None, **more: Any) -> Column:
    """Return a column with its head in both languages."""
    return Column(key=key, head=Words(zh, en), write=write, **more)


def cell(value: object, lang: str, key: str = "") -> str:
    """Return a value as people read it: nothing for None, codes in words, numbers without a needless fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return Words("是", "yes").in_(lang) if value else Words("否", "no").in_(lang)
    if isinstance(value, float) and 0 < abs(value) < 1e-4:
        return f"{value:.12f}".rstrip("0")
    if isinstance(value, float):
        return f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}" if value.is_integer() else str(value)
    if isinstance(value, list | tuple):
        return Words("、", ", ").in_(lang).join(cell(one, lang, key) for one in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    words = CODES.get(key, {}).get(str(value))
    return words.in_(lang) if words else str(value)


def write_rows(
    rows: Sequence[Row],
    columns: Sequence[Column],
    *,
    form: str,
    lang: str,
    out: IO[str],
    color: bool = False,
    bom: bool = False,
    about: Mapping[str, Any] | None = None,
) -> Narrow | None:
    """Write rows in a format. `about` (the base and such) goes along in json, which alone has room for it.

    Return what a table had to leave out for want of width; None where it left out nothing.
    """
    match form:
        case "json":
            whole = {**(about or {}), "rows": list(rows)}
            out.write(as_json(whole, indent=2) + "\n")
        case "jsonl":
            out.writelines(as_json(row) + "\n" for row in rows)
        case "csv":
            out.write(BOM if bom else "")
            writer = csv.writer(out, lineterminator="\r\n")
            writer.writerow([one.head.in_(lang) for one in columns])
            writer.writerows([harmless(_text(row, one, lang), row.get(one.key)) for one in columns] for row in rows)
        case "tsv":
            out.write("\t".join(one.key for one in columns) + "\n")
            out.writelines("\t".join(_plain(row.get(one.key)) for one in columns) + "\n" for row in rows)
        case _:
            return write_table(rows, columns, lang=lang, out=out, color=color)
    return None


def as_json(value: object, indent: int | None = None) -> str:
    """Return one value as JSON: Chinese as it is, lone surrogates escaped so that any text is valid UTF-8."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, indent=indent)
    return text


def terminal_width(out: IO[str]) -> int:
    """Return the columns of the terminal that `out` is, or of a table for a file."""
    try:
        return os.get_terminal_size(out.fileno()).columns
    except (OSError, ValueError, AttributeError):
        return int(columns) if (columns := os.environ.get("COLUMNS", "")).isdigit() else DEFAULT_WIDTH


def write_table(
    rows: Sequence[Row], columns: Sequence[Column], *, lang: str, out: IO[str], color: bool
) -> Narrow | None:
    """Write a table as wide as the terminal; return what it had to leave out (`nianlun.tables`)."""
    texts = [[_text(row, one, lang) for one in columns] for row in rows]
    lines, narrow = draw(texts, columns, [one.head.in_(lang) for one in columns], terminal_width(out), bold=color)
    out.writelines(line + "\n" for line in lines)
    return narrow


def use_utf8() -> None:
    """Make the standard streams UTF-8 with plain line ends: a redirected stream on Windows has the system's code page.

    What no encoding can hold (half a surrogate pair in a damaged file) is printed as a question mark.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n" if stream is sys.stdout else None)


def _text(row: Row, one: Column, lang: str) -> str:
    return one.write(row) if one.write else cell(row.get(one.key), lang, one.key)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return " ".join(map(_plain, value))
    return " ".join(as_json(value).split()) if isinstance(value, Mapping) else " ".join(str(value).split())


def harmless(text: str, value: object) -> str:
    """Return a cell that a spreadsheet takes for text, not for a formula; only a number may begin with its sign."""
    return "'" + text if text.startswith(_FORMULA) and not isinstance(value, int | float) else text
