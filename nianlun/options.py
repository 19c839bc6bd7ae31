"""What all commands share: where the index is, in which format and language to answer, and how to talk."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianlun.bilingual import Decorator, current_language, option
from nianlun.interrupts import raise_them
from nianlun.language import LANGUAGES, Words
from nianlun.messages import say
from nianlun.output import FORMATS, Column, write_rows

if TYPE_CHECKING:
    from index.copies import CopyRow
    from index.scope import Base, Filtering
    from index.store import Index
    from nianlun.charts import Chart

DEFAULT_DB = "reports.db"
OK, NO_MATCH, USAGE, SOME_FAILED, TOO_NEW = 0, 1, 2, 3, 4
FILTERS = ("year", "org", "org_level", "region", "doc_type", "section", "undated")
DOCUMENTS_NAMED = 100  # that are left out, in a line; JSON has them all
COPIES_NAMED = 5  # places named where a document stands again


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the shared options of one run say."""

    db: Path
    form: str | None  # None: table on a terminal, TSV otherwise
    lang: str
    quiet: bool
    color: bool
    bom: bool

    @property
    def output_form(self) -> str:
        return self.form or ("table" if sys.stdout.isatty() else "tsv")

    def words(self, key: str, **values: Any) -> str:
        """Return a message of the catalogue in the language of the run."""
        return say(key, self.lang, **values)

    def tell(self, key: str, **values: Any) -> None:
        """Say a message of the catalogue on standard error, unless the run is quiet."""
        self.tell_text(self.words(key, **values))

    def tell_text(self, text: str) -> None:
        """Say something on standard error, unless the run is quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    @contextmanager
    def index(self, prepare: Callable[[Index], None] | None = None, *, one_state: bool = True) -> Iterator[Index]:
        """Open the index for reading: all is read from one state, whatever another process writes meanwhile.

        `prepare` is called before: what documents share can be stored only while no state is held.
        """
        from index.store import Index

        index = Index.open(self.db, read_only=True)
        try:
            if prepare is not None:
                prepare(index)
            with index.snapshot() if one_state else nullcontext():
                yield index
        finally:
            index.close()

    def write(
        self, rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], about: Mapping[str, Any] | None = None
    ) -> None:
        """Write rows on standard output in the format of the run."""
        narrow = write_rows(
            rows, columns, form=self.output_form, lang=self.lang, out=sys.stdout, color=self.color and sys.stdout.isatty(),
            bom=self.bom, about=about,
        )  # fmt: skip
        if narrow is not None:
            self.tell("narrow", columns=self.words("comma").join(narrow.left_out), width=narrow.width)

    def draw(self, chart: Chart, path: Path) -> None:
        """Write a chart with its table beside it, and say where; a kind of file that is not known is a wrong usage."""
        from nianlun.charts import UnknownPicture

        try:
            files = chart.save(path)
        except UnknownPicture as error:
            raise click.UsageError(str(error)) from error
        self.tell("chart_written", files=" ".join(map(str, files)))

    def tell_base(self, base: Base) -> None:
        """Say what an answer rests on and what it leaves out."""
        for line in base_lines(base, self.lang):
            self.tell_text(line)

    def tell_also(self, ref: str, copies: Sequence[CopyRow]) -> None:
        """Say where a document stands again, if it does."""
        if copies:
            more = " …" if len(copies) > COPIES_NAMED else ""
            self.tell("also_in", ref=ref, places="; ".join(one.place for one in copies[:COPIES_NAMED]) + more)


class YearsType(click.ParamType):
    """One year, or the first and the last: 2004, 2004..2011, 2004.., ..2011."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, tuple | int):
            return value
        from index.errors import BadYears
        from index.inputs import parse_years

        try:
            low, high = parse_years(str(value))
        except BadYears as error:
            key = "years_reversed" if error.reversed else "bad_years"
            self.fail(say(key, current_language(), value=value), param, ctx)
        return low if low == high else (low, high)


class CodeType(click.Choice):
    """A code of the vocabulary, by itself, its Chinese name, or a part of it that no other has: plan, 计划要点, 要点."""

    told = True  # what is wrong is said in full

    def __init__(self, codes: Mapping[str, Words]) -> None:
        super().__init__(list(codes))
        self.codes = codes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value in self.codes:
            return value
        from index.inputs import named

        found = named(str(value), self.codes)
        if len(found) != 1:
            known = " ".join(f"{self.codes[code].zh}({code})" for code in found or self.codes)
            self.fail(say("bad_code", current_language(), value=value, known=known), param, ctx)
        return found[0]


def common(*, db: bool = True, formats: Sequence[str] = FORMATS) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds the shared options and hands the command a Run as its first argument."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def with_run(**given: Any) -> Any:
            raise_them()
            run = Run(
                db=Path(given.pop("db", DEFAULT_DB)),
                form=given.pop("form"),
                lang=given.pop("lang") or current_language(),
                quiet=given.pop("quiet"),
                color=not given.pop("no_color") and not os.environ.get("NO_COLOR"),
                bom=given.pop("bom"),
            )
            return function(run, **given)

        result: Callable[..., Any] = with_run
        for add in reversed(_shared(db, formats)):
            result = add(result)
        return result

    return decorate


def filters(*names: str) -> Decorator:
    """Return a decorator that adds the filters of the query layer, collected into one argument `filters`."""
    chosen = names or FILTERS

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def collected(*args: Any, **given: Any) -> Any:
            wanted: Filtering = {name: given.pop(name) for name in chosen}  # type: ignore[assignment]
            return function(*args, filters={name: value for name, value in wanted.items() if value}, **given)

        result: Callable[..., Any] = collected
        for name in reversed(chosen):
            result = _filter_option(name)(result)
        return result

    return decorate


def base_lines(base: Base, lang: str) -> list[str]:
    """Return what an answer rests on, as sentences: documents, undated, of an interval of years, set apart, dropped, unread, stale."""
    return [base_line(base, lang), *left_out_lines(base, lang), *unread_lines(base, lang)]


def base_line(base: Base, lang: str) -> str:
    """Return how many documents an answer rests on, and how their years are known."""
    copies = say("base_copies", lang, count=base.copies) if base.copies else ""
    return say("base", lang, documents=base.documents, total=base.total, copies=copies, years=years_known(base, lang))


def years_known(base: Base, lang: str) -> str:
    """Return how the years of documents are known: of how many they are stated, inferred, an interval, not known at all."""
    known = base.documents - base.undated - base.inferred
    ways = (
        ("stated", known), ("inferred", base.inferred), ("interval", base.interval),
        ("undated", base.undated - base.interval),
    )  # fmt: skip
    years = say("comma", lang).join(say(f"base_{way}", lang, count=count) for way, count in ways if count)
    return say("base_years", lang, years=years) if years else ""


def left_out_lines(base: Base, lang: str) -> list[str]:
    """Return what an answer leaves out because of its years."""
    lines = []
    if base.apart:
        lines.append(say("base_apart", lang, count=len(base.apart), refs=_named(base.apart)))
    if base.dropped:
        lines.append(say("base_dropped", lang, count=len(base.dropped), refs=_named(base.dropped)))
    return lines


def _named(refs: Sequence[str]) -> str:
    return " ".join(refs[:DOCUMENTS_NAMED]) + (" …" if len(refs) > DOCUMENTS_NAMED else "")


def unread_lines(base: Base, lang: str) -> list[str]:
    """Return what is said of files that could not be read."""
    lines = []
    if base.unread:
        lines.append(say("base_unread", lang, count=base.unread))
    if base.stale:
        lines.append(say("base_stale", lang, count=base.stale))
    return lines


def _shared(db: bool, formats: Sequence[str]) -> list[Decorator]:
    where = option(
        "--db", default=DEFAULT_DB, envvar="NIANLUN_DB", show_default=True, metavar="FILE", type=click.Path(),
        zh="索引文件", en="the index file",
    )  # fmt: skip
    rest = [
        option(
            "--format", "form", type=click.Choice(formats), metavar="|".join(formats),
            zh="输出格式;默认终端上用表格,重定向时用 tsv", en="output format; a table on a terminal, tsv otherwise",
        ),
        option("--bom/--no-bom", default=os.name == "nt", zh="CSV 开头加 BOM(Windows 上默认加,便于 Excel 打开)",
               en="begin CSV with a BOM, for Excel (default on Windows)"),
        option("--lang", type=click.Choice(LANGUAGES), metavar="zh|en", zh="界面语言;默认随系统", en="language; from the locale"),
        option("--quiet", "-q", is_flag=True, zh="不显示说明文字,只输出数据", en="data only, no talk on stderr"),
        option("--no-color", is_flag=True, zh="不用颜色", en="no colours"),
    ]  # fmt: skip
    return [where, *rest] if db else rest


_FILTER_WORDS = {
    "year": Words("年份,如 2012 或 2004..2011", "a year or a range: 2012, 2004..2011"),
    "org": Words("单位名称(可写一部分)", "body, or a part of its name"),
    "org_level": Words("单位层级", "level of the body"),
    "region": Words("地区(可写一部分)", "region, or a part of its name"),
    "doc_type": Words("文种", "kind of document"),
    "section": Words("所在章节的性质", "role of the section"),
    "undated": Words(
        "只有推断年份范围的报告:separate 另列,infer 计入,drop 不要(连同没有年份的)",
        "documents known by an interval only: listed apart, counted, or dropped (with the undated)",
    ),
}


_ALSO = {"org": ("--body",), "org_level": ("--level",)}


def _filter_option(name: str) -> Decorator:
    from nianlun.vocabulary import DOC_TYPES, ORG_LEVELS, ROLES, UNDATED

    choices = {"org_level": ORG_LEVELS, "doc_type": DOC_TYPES, "section": ROLES}
    words = _FILTER_WORDS[name]
    flag = "--" + name.replace("_", "-")
    flags = [flag, *_ALSO.get(name, ())]
    if name == "year":
        return option(flag, type=YearsType(), metavar="YEARS", zh=words.zh, en=words.en)
    if name == "undated":
        return option(flag, type=CodeType(UNDATED), zh=words.zh, en=words.en)
    if name in choices:
        kinds = CodeType(choices[name])
        return option(*flags, type=kinds, multiple=True, metavar="KIND", zh=_listed(words.zh, choices[name], "zh"),
                      en=_listed(words.en, choices[name], "en"))  # fmt: skip
    return option(*flags, multiple=True, metavar="TEXT", zh=words.zh, en=words.en)


def _listed(words: str, choices: Mapping[str, Words], lang: str) -> str:
    if lang == "en":
        return f"{words}: {', '.join(choices)}"
    return f"{words}:" + "、".join(f"{code} {names.zh}" for code, names in choices.items())
