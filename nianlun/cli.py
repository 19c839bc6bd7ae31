"""The command `nianlun`: its group, its exit codes, and how errors are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from nianlun.bilingual import Bilingual, Command, NoCommand, option, usage_message
from nianlun.interrupts import INTERRUPTED
from nianlun.language import LANGUAGES, Words, language_in, language_of
from nianlun.messages import say
from nianlun.options import USAGE
from nianlun.output import use_utf8

COMMANDS = (
    "ingest", "overview", "docs", "show", "search", "similar", "problems", "activities", "numbers", "deadlines", "dates",
    "compare", "reuse", "correct", "corrections", "review", "annotations",
    "taxonomy", "analyse", "sql", "export", "backup", "serve", "doctor",
)  # fmt: skip

_WORDS = Words(
    "年轮:读懂成堆的工作报告(工作要点、总结、整改措施、调研报告……),建立索引,回答问题。\n"
    "数据写到标准输出,说明写到标准错误;索引是一个 SQLite 文件,不联网。\n"
    "退出码:0 正常;1 没有符合的内容;2 用法或索引有误;3 有文件读不了(会列出原因);4 索引由更新版本写成。",
    "nianlun reads piles of Chinese work reports, indexes them and answers about them.\n"
    "Data goes to standard output, talk to standard error; the index is one SQLite file; nothing is sent anywhere.\n"
    "Exit codes: 0 ok; 1 nothing matches; 2 usage, or an index that cannot be used; 3 some files failed (listed, with"
    " reasons); 4 the index is newer than the program.",
)
_EXAMPLES = (
    ("nianlun ingest 往年材料/", Words("读入一个文件夹,写进 reports.db", "read a folder into reports.db")),
    ("nianlun search 经费", Words("找出提到“经费”的每一处", "every place that names 经费")),
    ("nianlun problems --by year", Words("各年反映了哪些问题", "which problems are reported, year by year")),
    ("nianlun show 003", Words("看一篇报告", "one report with its marks")),
)


class Group(Bilingual, click.Group):
    """The group of commands; a command's module is imported when it is first asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words, self.examples = _WORDS, _EXAMPLES

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.add_command(import_module(f"nianlun.commands.{cmd_name}").command, cmd_name)
        return self.commands[cmd_name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise NoCommand(args[0], COMMANDS, ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # click would call it a failure
            _leave_quietly()
        return code

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "nianlun",
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, tell errors in the language of the run, and leave with the exit code of the documentation."""
        use_utf8()
        given = list(sys.argv[1:] if args is None else args)
        lang = language_in(given) or language_of(os.environ)
        if not standalone_mode:
            return super().main(args, prog_name, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, standalone_mode=False, **extra)
            sys.stdout.flush()
        except BrokenPipeError:
            _leave_quietly()
        except click.Abort:
            _fail(say("aborted", lang), INTERRUPTED)
        except click.ClickException as error:
            _usage(error, lang)
        except Exception as error:
            from nianlun.failures import EXPECTED, explain

            if not isinstance(error, EXPECTED):
                raise
            message, code = explain(error, lang, _database(given))
            _fail(say("error", lang, message=message), code)
        sys.exit(code if isinstance(code, int) else 0)


@click.group("nianlun", cls=Group, invoke_without_command=True)
@option("--version", is_flag=True, zh="显示版本", en="show the version")
@option(
    "--lang", type=click.Choice(LANGUAGES), metavar="zh|en", zh="界面语言;默认随系统", en="language; from the locale"
)
@click.pass_context
def cli(ctx: click.Context, version: bool, lang: str | None) -> None:
    if version:
        from importlib import metadata

        click.echo(f"nianlun {metadata.version('nianlun')}")
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run the command line; where the locale knows ASCII only, in a Python that takes files and words for UTF-8."""
    if os.name == "posix" and not sys.flags.utf8_mode and sys.getfilesystemencoding() == "ascii":
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "PYTHONUTF8": "1"})
    cli.main()


def _database(given: Sequence[str]) -> str:
    for at, word in enumerate(given):
        if word.startswith("--db="):
            return word[5:]
        if word == "--db" and at + 1 < len(given):
            return given[at + 1]
    return os.environ.get("NIANLUN_DB", "reports.db")


def _usage(error: click.ClickException, lang: str) -> NoReturn:
    context = getattr(error, "ctx", None)
    message = say("error", lang, message=usage_message(error, lang))
    if context is not None:
        message += "\n" + say("help_hint", lang, command=context.command_path)
    _fail(message, USAGE)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


def _leave_quietly() -> NoReturn:
    """Leave when the reader of our output has gone, as `head` does."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


__all__ = ["Command", "cli", "main"]

if __name__ == "__main__":
    main()
