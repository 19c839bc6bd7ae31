"""docs/commands.md, from the commands themselves: `python -m nianlun.handbook > docs/commands.md`."""

from __future__ import annotations

import click

from nianlun.bilingual import LANG, Argument, Bilingual, Option
from nianlun.cli import COMMANDS, cli

_INTRODUCTION = """# Commands

This page is generated from the commands (`python -m nianlun.handbook > docs/commands.md`); a test keeps it current.
`nianlun COMMAND --help` prints the same in Chinese or English.

- **Index.** `--db FILE` or `$NIANLUN_DB`; `reports.db` where neither is given. It is one SQLite file ([schema](schema.md)).
- **Streams.** Data goes to standard output, everything else to standard error; `--quiet` leaves the data alone.
- **Formats.** `--format table|json|jsonl|csv|tsv`: a table on a terminal, TSV otherwise. JSON, JSON lines and TSV have English keys and
  codes, which stay the same; table and CSV have heads and words in the language of the run. JSON is an object with `rows`
  and, beside them, the base of the count. Output is always UTF-8; CSV begins with a BOM on Windows (`--bom`, `--no-bom`), and
  a text that a spreadsheet would take for a formula gets a `'` before it.
- **Language.** `--lang zh|en`, otherwise from the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`); Chinese where that says nothing.
- **References.** `003` is a document, `000#4` the fourth document of a file, `000#4@512-540` characters 512 to 540 of the decoded
  file; every row has one, and `nianlun show` opens it. `nianlun show REF --source` tells where that is in the raw file (page and box,
  paragraph, cell, line, bytes), `--image out.png` draws its page ([how](formats.md#where-a-span-stands-in-the-file)).
- **Years.** `≈2007` is inferred, `≈2004–2005` an interval. With `--year`, a document of which only an interval is known is listed
  apart and not counted; `--undated infer` counts it, `--undated drop` leaves it out.
- **Damage.** A masked or damaged number stands as it is written, with `▒` before it; its value is null in JSON and empty in TSV.

| exit code | meaning |
|---|---|
| 0 | ok |
| 1 | nothing matches; standard error says what was searched and what would help |
| 2 | usage: a wrong option, query or reference, or an index that is missing or cannot be used |
| 3 | some files failed; they are listed with their reasons. `show --image`: the raw file is gone or has changed since it was read |
| 4 | the index was written by a newer nianlun |
| 130 | interrupted by Ctrl-C; what was read so far is in the index |
"""


def commands_as_markdown() -> str:
    """Return docs/commands.md: every command with its help in Chinese and English, its examples and options."""
    context = click.Context(cli, info_name="nianlun")
    context.meta[LANG] = "en"
    parts = [_INTRODUCTION]
    with context:
        for name in COMMANDS:
            command = cli.get_command(context, name)
            assert isinstance(command, Bilingual)
            parts.append(_section(name, command, context))
    return "\n".join(parts)


def _section(name: str, command: Bilingual, parent: click.Context) -> str:
    context = click.Context(command, info_name=name, parent=parent)
    pieces = " ".join(command.collect_usage_pieces(context))
    lines = [
        f"## {name}",
        "",
        f"`nianlun {name} {pieces}`",
        "",
        *command.words.zh.splitlines(),
        "",
        *command.words.en.splitlines(),
    ]
    lines += ["", "```sh", *(f"{line}  # {words.zh} · {words.en}" for line, words in command.examples), "```", ""]
    lines += ["| | 中文 | |", "|---|---|---|"]
    for param in command.params:
        if isinstance(param, Argument):
            lines.append(_row(str(param.metavar or param.name), param.words.zh, param.words.en))
        elif isinstance(param, Option):
            names = ", ".join((*param.opts, *param.secondary_opts))
            metavar = "" if param.is_flag else f" {param.make_metavar(context)}"
            default = f" [{param.default}]" if param.show_default and not param.is_flag else ""
            lines.append(_row(names + metavar, param.words.zh + default, param.words.en + default))
    return "\n".join([*lines, ""])


def _row(name: str, zh: str, en: str) -> str:
    cells = (f"`{name}`", zh, en)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    print(commands_as_markdown(), end="")
