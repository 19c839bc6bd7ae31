"""`nianlun sql`: any question, in SQL, over the documented views; nothing is ever changed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from nianlun import bilingual
from nianlun.bilingual import argument, current_language, option
from nianlun.messages import say
from nianlun.options import NO_MATCH, OK, Run, common
from nianlun.output import Column, Row, column

PATIENCE = 60.0  # seconds
LONG = 24  # columns of a text, from which on it may be folded


@bilingual.command(
    "sql",
    "用 SQL 查索引:只读,什么都改不了。表和一览(numbers、deadlines、reported_problems 等)见 docs/schema.md。\n"
    "QUERY 为 - 时从标准输入读。",
    "Ask the index in SQL: read-only, nothing can be changed. Tables and views (numbers, deadlines, reported_problems …) are"
    " described in docs/schema.md.\nWith - the query is read from standard input.",
    ('nianlun sql "SELECT year, count(*) FROM reports GROUP BY year"', "各年报告数", "reports by year"),
    ('nianlun sql "SELECT * FROM deadlines WHERE date_end < :day" -p day=2014-04-01', "带参数", "with a parameter"),
    ('nianlun sql "SELECT name, zh FROM leaves" --format csv > 分类.csv', "存成 CSV", "as CSV"),
)
@argument("query", "SQL 语句,一句;- 从标准输入读", "one statement of SQL; - reads standard input", metavar="QUERY")
@option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE",
        zh="语句中 :NAME 的值", en="a value for :NAME in the query")  # fmt: skip
@option("--timeout", type=click.FloatRange(min=0, min_open=True), default=PATIENCE, show_default=True, metavar="SECONDS",
        zh="最多几秒", en="seconds that it may take")  # fmt: skip
@common()
def command(run: Run, query: str, params: tuple[str, ...], timeout: float) -> int:
    from index.sql import ask

    values = _values(params)
    query = sys.stdin.read() if query == "-" else query
    with run.index(one_state=False) as index, ask(index.connection, query, values, seconds=timeout) as result:
        counted = _Counted(result.rows)
        if run.output_form in ("table", "json"):
            rows = list(counted)
            run.write(rows, _columns(result.columns, rows))
        else:  # row by row: an answer may be larger than the memory
            run.write(counted, _columns(result.columns, ()))  # type: ignore[arg-type]
        run.tell("sql_rows", count=counted.count)
    return OK if counted.count else NO_MATCH


class _Counted:
    def __init__(self, rows: Iterator[dict[str, Any]]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            self.count += 1
            yield row


def _values(params: Iterable[str]) -> Mapping[str, str]:
    pairs = [one.partition("=") for one in params]
    if any(not name or not sign for name, sign, _ in pairs):
        raise click.BadParameter(say("sql_parameter", current_language()), param_hint="--param")
    return {name.lstrip(":@$"): value for name, _, value in pairs}


def _columns(names: Iterable[str], rows: Iterable[Row]) -> list[Column]:
    """Return columns under the names that the query gives them: numbers to the right, long texts folded."""
    told = []
    rows = list(rows)
    for name in names:
        values = [row[name] for row in rows if row[name] is not None]
        numbers = bool(values) and all(isinstance(value, int | float) for value in values)
        longest = max((len(str(value)) for value in values if isinstance(value, str)), default=0)
        ratio = None if longest <= LONG else 1 if longest <= 4 * LONG else 3
        told.append(column(name, name, name, lambda row, name=name: _text(row[name]), right=numbers, ratio=ratio))  # type: ignore[misc]
    return told


def _text(value: object) -> str:
    """Return a value as SQL gives it: codes stay codes."""
    return "" if value is None else " ".join(value.split()) if isinstance(value, str) else str(value)
