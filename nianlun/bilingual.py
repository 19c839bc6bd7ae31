"""click in two languages: commands, options and usage errors that speak Chinese or English, aligned by display width.

A command is made by `command`, its options by `option` and `argument`; each takes its help as `Words`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import click
from rich.cells import cell_len, chop_cells

from nianlun.language import Words, language_in, language_of

Decorator = Callable[[Callable[..., Any]], Any]

LANG = "nianlun.lang"  # in Context.meta, which a command shares with its group
WIDTH = 100  # columns of a help page, at most

_HEADINGS = {
    "usage": Words("用法:", "Usage:"),
    "options": Words("选项", "Options"),
    "arguments": Words("参数", "Arguments"),
    "commands": Words("命令", "Commands"),
    "example": Words("例", "Examples"),
    "default": Words("默认", "default"),
    "variable": Words("环境变量", "env"),
    "required": Words("必填", "required"),
}
_SHORT = re.compile(r"[。:;\n]|[.:;](?=\s|$)")  # where the first clause of a help text ends
_MINUS = re.compile(
    r"^-(?=[^\x00-\x7f]|\")"
)  # -保证 leaves a word out of a search, no option; its wide form says the same
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_NEAR = 0.75  # how like an option must be to be offered beside a nearer one
_PATHS = {
    "does not exist": Words("请检查名称和位置。", "See to its name and place."),
    "is a directory": Words("是文件夹,这里要的是文件。", "A file is wanted."),
    "is a file": Words("是文件,这里要的是文件夹。", "A folder is wanted."),
    "is not readable": Words("没有读的权限。", "Ask for the permission to read it."),
    "is not writable": Words("没有写的权限。", "Ask for the permission to write it."),
}
_HANGING = frozenset("、。,;:?!)》”」』】")  # never at the beginning of a line
_HELP = Words("显示本说明", "show this page")


def current_language() -> str:
    """Return the language of the command that runs, or that of the environment."""
    context = click.get_current_context(silent=True)
    return str(context.meta[LANG]) if context and LANG in context.meta else language_of(os.environ)


class Formatter(click.HelpFormatter):
    """click's formatter, which knows that a Chinese character is two columns wide."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _HEADINGS["usage"].in_(current_language()) + " ")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for line in text.splitlines():
            for piece in fold(line, self.width - self.current_indent):
                self.write(f"{indent}{piece}".rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 34, col_spacing: int = 2) -> None:
        rows = list(rows)
        column = min(max((cell_len(term) for term, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in rows:
            lines = fold(text, max(20, self.width - self.current_indent - column))
            gap = column - cell_len(term)
            if gap >= col_spacing and lines:
                self.write(f"{indent}{term}{' ' * gap}{lines.pop(0)}\n")
            else:
                self.write(f"{indent}{term}\n")
            for line in lines:
                self.write(f"{indent}{' ' * column}{line}\n")


class Context(click.Context):
    """A context whose help pages are as wide as the terminal, up to WIDTH."""

    formatter_class = Formatter


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        lang = current_language()
        record = super().get_help_record(ctx)
        if record is None:
            return None
        notes = []
        if isinstance(self.envvar, str):
            notes.append(f"{_HEADINGS['variable'].in_(lang)} {self.envvar}")
        if self.show_default and self.default is not None:
            shown = self.show_default if isinstance(self.show_default, str) else self.default
            notes.append(f"{_HEADINGS['default'].in_(lang)} {shown}")
        if self.required:
            notes.append(_HEADINGS["required"].in_(lang))
        return record[0], self.words.in_(lang) + (f" [{'; '.join(notes)}]" if notes else "")


class Argument(click.Argument):
    """An argument with its help in both languages."""

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words


class Bilingual(click.Command):
    """A command or group whose help speaks the language of the run."""

    context_class = Context
    words: Words
    examples: Sequence[tuple[str, Words]]

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        extra.setdefault("max_content_width", WIDTH)
        extra.setdefault("help_option_names", ["--help", "-h"])
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta.setdefault(LANG, language_in(args) or language_of(os.environ))
        try:
            return super().parse_args(ctx, [_MINUS.sub("\uff0d", word) for word in args])
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click's parser forgets it
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _HELP.in_(current_language())
        return found

    def get_short_help_str(self, limit: int = 45) -> str:
        return _SHORT.split(self.words.in_(current_language()), maxsplit=1)[0]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = current_language()
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(self.words.in_(lang))
        if self.examples:
            with formatter.section(_HEADINGS["example"].in_(lang)):
                formatter.write_dl([(line, words.in_(lang)) for line, words in self.examples], col_max=48)
        arguments = [
            (_metavar(one, ctx), one.words.in_(lang)) for one in self.get_params(ctx) if isinstance(one, Argument)
        ]
        options = [record for one in self.get_params(ctx) if (record := _record(one, ctx)) is not None]
        for key, records in (("arguments", arguments), ("options", options)):
            if records:
                with formatter.section(_HEADINGS[key].in_(lang)):
                    formatter.write_dl(records)
        if isinstance(self, click.Group):
            names = [
                (name, one.get_short_help_str())
                for name in self.list_commands(ctx)
                if (one := self.get_command(ctx, name))
            ]
            with formatter.section(_HEADINGS["commands"].in_(lang)):
                formatter.write_dl(names)
        if self.epilog:
            formatter.write_paragraph()
            formatter.write_text(self.epilog)


class Command(Bilingual):
    """A command with its help in both languages and examples."""

    def __init__(self, *args: Any, words: Words, examples: Sequence[tuple[str, Words]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words, self.examples = words, examples


def command(name: str, zh: str, en: str, *examples: tuple[str, str, str]) -> Decorator:
    """Return a decorator that makes a command. An example is its line, what it does in Chinese, and in English."""
    told = [(line, Words(in_zh, in_en)) for line, in_zh, in_en in examples]
    return click.command(name, cls=Command, words=Words(zh, en), examples=told)


def option(*names: str, zh: str, en: str, **more: Any) -> Decorator:
    """Return a decorator that adds an option."""
    return click.option(*names, cls=Option, words=Words(zh, en), **more)


def argument(name: str, zh: str, en: str, **more: Any) -> Decorator:
    """Return a decorator that adds an argument."""
    return click.argument(name, cls=Argument, words=Words(zh, en), **more)


def fold(text: str, width: int) -> list[str]:
    """Return text in lines of at most `width` columns, broken at blanks or between wide characters."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(joined) <= width:
            lines[-1] = joined
            continue
        wide = cell_len(word) != len(word)
        if wide and cell_len(lines[-1]) < width - 10:
            lines[-1:] = chop_cells(joined, width)
        elif cell_len(word) > width:
            lines += chop_cells(word, width)
        else:
            lines.append(word)
    for at in range(1, len(lines)):
        while lines[at] and lines[at][0] in _HANGING:  # one column of punctuation may stand over the edge
            lines[at - 1] += lines[at][0]
            lines[at] = lines[at][1:].lstrip()
    return [line for line in lines if line] or [""]


class NoCommand(click.UsageError):
    """A command that does not exist, with those that its name comes near."""

    def __init__(self, name: str, known: Iterable[str], ctx: click.Context) -> None:
        super().__init__(f"No such command {name!r}.", ctx)
        self.command_name = name
        self.possibilities = get_close_matches(name.lower(), list(known))


def usage_message(error: click.ClickException, lang: str) -> str:
    """Return what is wrong with a command line, in the language of the run."""
    name, hint = _asked(error), _hint(error, lang)
    if isinstance(error, click.NoSuchOption):
        return Words(f"没有 {error.option_name} 这个选项。", f"No such option {error.option_name!r}.").in_(lang) + hint
    if hasattr(error, "command_name"):
        told = Words(f"没有 {error.command_name} 这个命令。", f"No such command {error.command_name!r}.")
        return told.in_(lang) + hint
    if isinstance(error, click.MissingParameter):
        return f"缺少 {name}。" if lang == "zh" else error.format_message()
    if isinstance(error, click.BadParameter):
        wrong = _value_words(error)
        if wrong is None:
            return error.format_message() if lang == "en" else f"{name} 的值不对:{error.message}"
        return Words(f"{name} 的值不对:{wrong.zh}", f"Invalid value for {name}: {wrong.en}").in_(lang)
    if isinstance(error, click.BadOptionUsage):
        return _option_words(error).in_(lang)
    said = error.format_message()
    extra = _EXTRA.match(said)
    if extra is not None:
        return Words(
            f"多出了 {extra[1]}。值里有空格的,请加引号。", f"{said}. Put a value with blanks into quotation marks."
        ).in_(lang)
    return said if lang == "en" or not said.isascii() else f"命令写法不对:{said}"


def _asked(error: click.ClickException) -> str:
    """Return the name of the parameter that an error is about, as it is written."""
    param = getattr(error, "param", None)
    if isinstance(error, click.UsageError) and error.ctx is not None and param is not None:
        return str(param.get_error_hint(error.ctx))
    return ""


def _hint(error: click.ClickException, lang: str) -> str:
    """Return which options or commands are near the one that does not exist; the nearest only, unless several are."""
    near = list(getattr(error, "possibilities", None) or ())
    if isinstance(error, click.NoSuchOption):
        near = get_close_matches(error.option_name, near, cutoff=_NEAR) or near[:1]
    if not near:
        return ""
    return Words(f"是不是想用 {'、'.join(near)}?", f" Did you mean {', '.join(near)}?").in_(lang)


def _value_words(error: click.BadParameter) -> Words | None:
    """Return what is wrong with a value and what would do; None where the message says it in the language of the run."""
    kind = getattr(error.param, "type", None)
    if getattr(kind, "told", False):
        return None
    if isinstance(kind, click.Choice):
        known = list(map(str, kind.choices))
        return Words(f"可选 {'、'.join(known)}。", error.message)
    if isinstance(kind, click.IntRange):
        return _range_words(kind, error.message)
    if isinstance(kind, click.types.IntParamType):
        return Words("应为整数。", error.message)
    if isinstance(kind, click.Path):
        return _path_words(error.message)
    return None


def _range_words(kind: click.IntRange, said: str) -> Words:
    low, high = kind.min, kind.max
    if high is None:
        span = Words(f"不小于 {low}", f"from {low} up")
    elif low is None:
        span = Words(f"不大于 {high}", f"up to {high}")
    else:
        span = Words(f"在 {low} 到 {high} 之间", f"from {low} to {high}")
    if "in the range" in said:
        return Words(f"应{span.zh}。", f"it must be a whole number {span.en}.")
    return Words(f"应为整数,{span.zh}。", f"{said} It must be a whole number {span.en}.")


def _path_words(said: str) -> Words:
    """Return what click says of a path that is to be read."""
    match = re.search(r"'(.+)' (does not exist|is a directory|is a file|is not readable|is not writable)", said)
    if match is None:
        return Words(f"不能使用。({said})", said)
    name, what = match.groups()
    zh, en = _PATHS[what]
    return Words(f"{name} {zh}", f"{name} {what}. {en}") if what != "does not exist" else Words(
        f"没有这个文件或文件夹:{name}。{zh}", f"{name} does not exist. {en}"
    )  # fmt: skip


def _option_words(error: click.BadOptionUsage) -> Words:
    """Return what an option lacks, or has too much, with how it is written."""
    said, name = error.format_message(), error.option_name
    params = [] if error.ctx is None else error.ctx.command.get_params(error.ctx)
    one = next((one for one in params if name in one.opts or name in one.secondary_opts), None)
    metavar = "" if one is None or error.ctx is None else _metavar(one, error.ctx)
    if "does not take" in said:
        return Words(f"选项 {name} 后面不跟值。", said)
    return Words(f"选项 {name} 后面缺少值。写作:{name} {metavar}", f"{said} Write: {name} {metavar}")


def _metavar(param: click.Parameter, ctx: click.Context) -> str:
    try:
        return param.make_metavar(ctx)
    except TypeError:  # click before 8.2
        return param.make_metavar()  # type: ignore[call-arg]


def _record(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    return None if isinstance(param, click.Argument) else param.get_help_record(ctx)
