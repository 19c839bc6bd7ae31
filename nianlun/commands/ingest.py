"""`nianlun ingest`: files become an index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.language import Words
from nianlun.options import INTERRUPTED, NO_MATCH, OK, SOME_FAILED, Run, common
from nianlun.output import Column, column

if TYPE_CHECKING:
    from nianlun.reading import File, Gone, Outcome

SHOWN = 5  # paths named for each reason

_COLUMNS: list[Column] = [
    column("status", "结果", "result"),
    column("path", "文件", "file"),
    column("documents", "报告数", "documents", right=True),
    column("reason", "原因", "reason", ratio=2),
    column("remedy", "办法", "what would help", ratio=2),
]


@bilingual.command(
    "ingest",
    "把文件读入索引;文件夹逐层读,没有变化的文件跳过,有改动的更新。\n"
    "读不了的文件列出原因和办法,不影响其余文件(退出码 3)。",
    "Read files into the index; folders are searched through, unchanged files skipped, changed ones replaced.\n"
    "A file that cannot be read is listed with the reason and what would help, and the rest go on (exit code 3).",
    ("nianlun ingest 往年材料/", "读入文件夹,写进 reports.db", "read a folder into reports.db"),
    ("nianlun ingest a.docx b.pdf --db 妇联.db", "读入两个文件,写进指定的索引", "read two files into another index"),
    ("nianlun ingest 往年材料/ --prune", "同时去掉已删除的文件", "and remove what was deleted from the folder"),
    ("nianlun ingest 往年材料/ --dry-run", "只看会读哪些文件", "only tell what would be read"),
)
@argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path),
    zh="文件或文件夹", en="files or folders", metavar="PATH...",
)  # fmt: skip
@option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 64),
    metavar="N",
    default=1,
    show_default=True,
    zh="同时使用的进程数",
    en="processes at work",
)
@option("--dry-run", is_flag=True, zh="只列出将读入的文件,不写索引", en="tell what would be read, write nothing")
@option(
    "--prune", is_flag=True, zh="文件夹中已经没有的文件,从索引里去掉", en="remove files that are gone from their folder"
)
@common()
def command(run: Run, paths: tuple[Path, ...], jobs: int, dry_run: bool, prune: bool) -> int:
    from nianlun.reading import find_files

    files, hidden = find_files(paths, run.db)
    if hidden:
        run.tell("ingest_hidden", count=hidden)
    folders = [path for path in paths if path.is_dir()]
    if not files and not (prune and folders and run.db.exists()):
        run.tell("ingest_none", paths=" ".join(map(str, paths)))
        return NO_MATCH
    return _dry_run(run, files, folders) if dry_run else _ingest(run, files, folders, jobs, prune=prune)


def _ingest(run: Run, files: Sequence[File], folders: Sequence[Path], jobs: int, *, prune: bool) -> int:
    from nianlun.reading import get_ready

    get_ready(jobs)  # before the imports below, which take half a second
    from index.store import Index
    from nianlun.progress import bar
    from nianlun.reading import gone_files, read_into
    from nianlun.taxonomy import leaves
    from nlp.fingerprint import fingerprint

    begun = perf_counter()
    outcomes: list[Outcome] = []
    index = Index.open(run.db, leaves=leaves())
    try:
        with bar(run.words("ingest_progress"), len(files), shown=not run.quiet) as progress:
            for outcome in read_into(index, files, fingerprint=fingerprint(), jobs=jobs):
                outcomes.append(outcome)
                progress.step()
        waiting = sum(outcome.documents for outcome in outcomes)
        with bar(run.words("ingest_flush"), waiting, shown=not run.quiet) as progress:
            index.flush(progress.set)
        gone = gone_files(index, folders, files, run.db)
        if prune:
            for one in gone:
                index.forget(one.name)
        same = index.same_files()
    except KeyboardInterrupt:
        run.tell("ingest_interrupted", read=sum(one.status in ("added", "replaced", "unchanged") for one in outcomes))
        return INTERRUPTED
    finally:
        index.close()
    code = _report(run, outcomes, perf_counter() - begun)
    _tell_gone(run, gone, pruned=prune)
    if same:
        groups = "; ".join(" = ".join(paths) for paths in same[:SHOWN]) + (" …" if len(same) > SHOWN else "")
        run.tell("ingest_same", count=len(same), paths=groups)
    return code


def _tell_gone(run: Run, gone: Sequence[Gone], *, pruned: bool) -> None:
    """Name the files of the index that are gone from their folder, and those that only changed their name."""
    renamed = [f"{one.name} → {one.renamed}" for one in gone if one.renamed]
    lost = [one.name for one in gone if not one.renamed]
    for key, names in (("ingest_renamed", renamed), ("ingest_gone", lost)):
        if names:
            run.tell(key, count=len(names), paths="; ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else ""))
    if gone:
        run.tell("ingest_pruned" if pruned else "ingest_prune", count=len(gone))


def _dry_run(run: Run, files: Sequence[File], folders: Sequence[Path]) -> int:
    from contextlib import nullcontext

    from nianlun.reading import dry_run, gone_files
    from nlp.fingerprint import fingerprint

    with run.index() if run.db.exists() else nullcontext() as index:
        outcomes = list(dry_run(index, files, fingerprint()))
        gone = [] if index is None else gone_files(index, folders, files, run.db)
    run.write([_row(run, one) for one in outcomes], _COLUMNS)
    counts = {status: sum(one.status == status for one in outcomes) for status in ("new", "changed", "unchanged")}
    run.tell("ingest_dry", **counts)
    _tell_gone(run, gone, pruned=False)
    return SOME_FAILED if any(one.status == "failed" for one in outcomes) else OK


def _report(run: Run, outcomes: Sequence[Outcome], seconds: float) -> int:
    if run.output_form != "table":
        run.write([_row(run, one) for one in outcomes], _COLUMNS)
    unread: dict[tuple[str, str], list[str]] = {}
    for one in outcomes:
        if one.trouble is not None:
            trouble = one.trouble
            words = Words(trouble.reason_zh, trouble.reason), Words(trouble.remedy_zh, trouble.remedy)
            unread.setdefault((words[0].in_(run.lang), words[1].in_(run.lang)), []).append(str(one.file.path))
    for (reason, remedy), paths in unread.items():
        named = " ".join(paths[:SHOWN])
        if len(paths) > SHOWN:
            named += " " + run.words("ingest_failed_more", db=run.db)
        run.tell("ingest_failed_group", reason=reason, count=len(paths), paths=named)
        if remedy:
            run.tell("ingest_remedy", remedy=remedy)
    kept = [str(one.file.path) for one in outcomes if one.kept]
    if kept:
        run.tell("ingest_kept", count=len(kept), paths=" ".join(kept[:SHOWN]) + (" …" if len(kept) > SHOWN else ""))
    counts = {status: sum(one.status == status for one in outcomes) for status in ("unchanged", "skipped", "failed")}
    run.tell(
        "ingest_done", read=sum(one.status in ("added", "replaced") for one in outcomes),
        documents=sum(one.documents for one in outcomes), seconds=f"{seconds:.1f}", **counts,
    )  # fmt: skip
    return SOME_FAILED if counts["failed"] else OK


def _row(run: Run, one: Outcome) -> dict[str, object]:
    trouble = one.trouble
    reason = None if trouble is None else Words(trouble.reason_zh, trouble.reason).in_(run.lang)
    remedy = None if trouble is None else Words(trouble.remedy_zh, trouble.remedy).in_(run.lang)
    return {
        "status": one.status,
        "path": str(one.file.path),
        "documents": one.documents,
        "code": None if trouble is None else trouble.code,
        "reason": reason,
        "remedy": remedy or None,
    }
