"""`nianlun doctor`: is everything there that nianlun needs, and which files were not read and why."""

from __future__ import annotations

import click

from nianlun import bilingual
from nianlun.options import OK, SOME_FAILED, TOO_NEW, USAGE, Run, common
from nianlun.output import column


@bilingual.command(
    "doctor",
    "自检:Python、SQLite(用两个字的词试一次全文检索)、词典与数据、程序库、各类文件用什么读(旧版 Word 的转换程序、文字识别)、中文字体、索引文件,以及没有读入的文件和原因。\n"
    "退出码:0 正常;2 索引或安装有问题;3 有文件没有读入;4 索引由更新版本写成。",
    "Check Python, SQLite (full-text search tried with a two-character word), lexicons and data, libraries,"
    " what each kind of file is read with (converters of old Word files, OCR), a Chinese font,"
    " the index, and the files that were not read, with reasons.\nExit codes: 0 all well; 2 index or installation; 3 some"
    " files were not read; 4 the index is newer than the program.",
    ("nianlun doctor", "检查安装和 reports.db", "check the installation and reports.db"),
)
@common()
def command(run: Run) -> int:
    from nianlun.health import check_all

    source = click.get_current_context().get_parameter_source("db")
    asked = source is not None and not source.name.startswith("DEFAULT")
    checks = check_all(run.db, run.lang, asked=asked)
    run.write(
        [{"status": one.status, "what": one.what, "finding": one.finding, "remedy": one.remedy} for one in checks],
        [
            column("status", "结果", "result"),
            column("what", "项目", "what", ratio=1),
            column("finding", "情况", "finding", ratio=2),
            column("remedy", "办法", "what would help", ratio=2),
        ],
    )
    if any(one.code == "too_new" for one in checks):
        return TOO_NEW
    if any(one.status == "error" for one in checks):
        return USAGE
    return SOME_FAILED if any(one.code == "unread" for one in checks) else OK
