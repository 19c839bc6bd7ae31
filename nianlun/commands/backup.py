"""`nianlun backup`: a checked copy of the index, while others use it."""

from __future__ import annotations

from pathlib import Path

import click

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.options import OK, Run, common
from nianlun.targets import Target


@bilingual.command(
    "backup",
    "备份索引:别的程序正在读写时也可以;备份完即整库核对,核对无误才算数。已有的文件不覆盖,除非加 --force。",
    "Copy the index into a file of its own, also while others read and write it; the copy is checked from end to end before it"
    " counts. A file that exists is left alone unless --force is given.",
    ("nianlun backup 备份/reports-0331.db", "备份 reports.db", "a copy of reports.db"),
    ("nianlun docs --db 备份/reports-0331.db", "备份可以直接查", "a backup answers as it is"),
)
@argument("target", "备份成的文件", "the file to make", metavar="FILE", type=Target())
@option("--force", is_flag=True, zh="覆盖已有的文件", en="replace a file that exists")
@common(formats=("table", "json"))
def command(run: Run, target: Path, force: bool) -> int:
    from index.backup import backup
    from nianlun.output import as_json

    made = backup(run.db, target, force=force)
    if run.form == "json":
        row = {
            "path": str(made.path),
            "size": made.size,
            "documents": made.documents,
            "sources": made.sources,
            "checked": True,
        }
        click.echo(as_json(row))
    run.tell("backup_done", path=made.path, documents=made.documents, sources=made.sources, size=size(made.size))
    return OK


def size(count: int) -> str:
    """Return a number of bytes as people read it."""
    for unit, of in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if count >= of:
            return f"{count / of:.1f} {unit}"
    return f"{count} B"
