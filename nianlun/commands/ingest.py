"""`nianlun ingest`: files become an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from nianlun import bilingual
from nianlun.bilingual import argument, option
from nianlun.interrupts import INTERRUPTED
from nianlun.language import Words
from nianlun.options import NO_MATCH, OK, SOME_FAILED, Run, common
from nianlun.output import Column, column

if TYPE_CHECKING:
    from index.copies import CopyRow
    from nianlun.reading import File, Outcome
    from nianlun.workers import Workers

SHOWN = 5  # paths named for each reason

_COLUMNS: list[Column] = [
    column("status", "结果", "result"),
    column("path", "文件", "file"),
    column("documents", "报告数", "documents", right=True),
    column("reason", "原因", "reason", ratio=2),
    column("remedy", "办法", "what would help", ratio=2),
]


_DRY_COLUMNS: list[Column] = [
    column("status", "结果", "result"),
    column("path", "文件", "file"),
    column("kind", "格式", "kind"),
    column("bytes", "字节数", "bytes", right=True),
    column("reader", "怎样读", "how it is read", ratio=2),
    column("reason", "原因", "reason", ratio=2),
    column("remedy", "办法", "what would help", ratio=2),
]
_IN_INDEX = ("added", "replaced", "moved", "unchanged")


@bilingual.command(
    "ingest",
    "把文件读入索引;文件夹逐层读,没有变化的文件跳过,有改动的更新,改名的跟着改。\n"
    "读不了的文件列出原因和办法,不影响其余文件(退出码 3)。",
    "Read files into the index; folders are searched through, unchanged files skipped, changed ones replaced, moved ones followed.\n"
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
@option(
    "--time-limit",
    type=click.IntRange(1),
    metavar="SECONDS",
    default=60,
    show_default=True,
    zh="读一个文件(或其中一页、一个附件)最多用几秒;大文件按大小放宽",
    en="seconds that a file, a page or a member may take; large files more",
)
@option(
    "--memory-limit",
    type=click.IntRange(256),
    metavar="MB",
    default=2048,
    show_default=True,
    zh="读一个文件最多用多少内存(MB)",
    en="MB of memory that reading a file may take",
)
@option(
    "--dry-run",
    is_flag=True,
    zh="只列出将读哪些文件、怎样读,不写索引",
    en="tell what would be read and how, write nothing",
)
@option(
    "--prune", is_flag=True, zh="文件夹中已经没有的文件,从索引里去掉", en="remove files that are gone from their folder"
)
@option(
    "--taxonomy",
    metavar="government|problems|FILE",
    zh="按哪套问题分类(内置名称或自定义文件),此后沿用;见 nianlun taxonomy",
    en="the taxonomy of problems, by name or file; kept for this index; see nianlun taxonomy",
)
@common()
def command(
    run: Run, paths: tuple[Path, ...], jobs: int, time_limit: int, memory_limit: int, dry_run: bool, prune: bool,
    taxonomy: str | None,
) -> int:  # fmt: skip
    from nianlun.workers import get_ready

    get_ready()  # before the rest is loaded, which takes a while
    from nianlun.reading import find_files
    from nianlun.taxonomy import chosen
    from nianlun.worker import Limits
    from nianlun.workers import Workers

    files, hidden = find_files(paths, run.db)
    if hidden:
        run.tell("ingest_hidden", count=hidden)
    folders = [path for path in paths if path.is_dir()]
    if not files and not (prune and folders and run.db.exists()):
        run.tell("ingest_none", paths=" ".join(map(str, paths)))
        return NO_MATCH
    jobs = max(1, min(jobs, len(files)))
    text = chosen(run.db, taxonomy)
    with Workers(jobs, Limits(seconds=time_limit, megabytes=memory_limit), taxonomy=text) as workers:
        if dry_run:
            return _dry_run(run, files, folders, workers)
        return _ingest(run, files, folders, workers, prune=prune)


def _ingest(run: Run, files: Sequence[File], folders: Sequence[Path], workers: Workers, *, prune: bool) -> int:
    from index.store import Index
    from nianlun.progress import bar
    from nianlun.reading import gone_files, read_into, read_lost, settled
    from nianlun.taxonomy import leaves
    from nlp.fingerprint import fingerprint

    begun = perf_counter()
    outcomes: list[Outcome] = []
    index = Index.open(run.db, leaves=leaves())
    mark = fingerprint(workers.taxonomy)
    index.eased = workers.limits.eased
    try:
        if index.taxonomy != workers.taxonomy:
            index.choose_taxonomy(workers.taxonomy)
        gone = gone_files(index.known_files(), folders, files, run.db)
        size = sum(file.size for file in files)
        with bar(run.words("ingest_progress"), len(files), size=size, shown=not run.quiet) as progress:
            for outcome in read_into(index, files, fingerprint=mark, workers=workers, gone=gone):
                outcomes.append(outcome)
                progress.done_with(outcome.file.name, outcome.file.size)
        gone = gone_files(index.known_files(), folders, files, run.db) if gone else []
        if prune:
            for name in gone:
                index.forget(name)
            outcomes += read_lost(index, fingerprint=mark, workers=workers)
        waiting = sum(outcome.documents for outcome in outcomes)
        with bar(run.words("ingest_flush"), waiting, shown=not run.quiet) as progress:
            index.flush(progress.set)
            index.merge()
        outcomes, copies = settled(index, outcomes), index.copies()
        lost = sum(one.state == "lost" for one in index.corrections)
    except KeyboardInterrupt:
        workers.close()
        read = sum(one.status in _IN_INDEX for one in outcomes)
        run.tell("ingest_interrupted" if read else "ingest_interrupted_none", read=read)
        return INTERRUPTED
    finally:
        index.close()
    code = _report(run, outcomes, perf_counter() - begun)
    _tell_moved(run, outcomes)
    _tell_gone(run, gone, pruned=prune)
    _tell_copies(run, outcomes, copies)
    if lost:
        run.tell("corrections_lost", count=lost)
    return code


def _tell_moved(run: Run, outcomes: Sequence[Outcome]) -> None:
    """Name the files that were moved or renamed, whose rows went with them."""
    moved = [f"{one.was} → {one.file.name}" for one in outcomes if one.was is not None]
    if moved:
        run.tell(
            "ingest_moved", count=len(moved), paths="; ".join(moved[:SHOWN]) + (" …" if len(moved) > SHOWN else "")
        )


def _tell_copies(run: Run, outcomes: Sequence[Outcome], copies: Mapping[str, Sequence[CopyRow]]) -> None:
    """Name the copies that were met in this run: files with the same bytes or words as another, and repeats in a file."""
    read = {one.file.name for one in outcomes if one.status not in ("unchanged", "moved", "failed")}
    pairs = [
        f"{copy.place} = {ref}"
        for ref, many in copies.items() for copy in many if copy.path in read or copy.original in read
    ]  # fmt: skip
    if pairs:
        named = "; ".join(pairs[:SHOWN]) + (" …" if len(pairs) > SHOWN else "")
        run.tell("ingest_copies", count=len(pairs), pairs=named)


def _tell_gone(run: Run, gone: Sequence[str], *, pruned: bool) -> None:
    """Name the files of the index that are gone from their folder."""
    if gone:
        run.tell("ingest_gone", count=len(gone), paths="; ".join(gone[:SHOWN]) + (" …" if len(gone) > SHOWN else ""))
        run.tell("ingest_pruned" if pruned else "ingest_prune", count=len(gone))


def _dry_run(run: Run, files: Sequence[File], folders: Sequence[Path], workers: Workers) -> int:
    from contextlib import nullcontext

    from nianlun.reading import dry_run, gone_files
    from nlp.fingerprint import fingerprint

    with run.index() if run.db.exists() else nullcontext() as index:
        gone = []
        if index is not None:
            index.eased = workers.limits.eased
            gone = gone_files(index.known_files(), folders, files, run.db)
        outcomes = list(dry_run(index, files, fingerprint=fingerprint(workers.taxonomy), workers=workers, gone=gone))
    run.write([_row(run, one) | _how(run, one) for one in outcomes], _DRY_COLUMNS)
    counts = {
        status: sum(one.status == status for one in outcomes)
        for status in ("new", "changed", "unchanged", "moved", "copy", "failed")
    }
    size = sum(one.file.size for one in outcomes if one.status in ("new", "changed"))
    run.tell("ingest_dry", **counts, size=f"{size / 1e6:,.1f}")
    _tell_moved(run, outcomes)
    moved = {one.was for one in outcomes}
    _tell_gone(run, [name for name in gone if name not in moved], pruned=False)
    return SOME_FAILED if counts["failed"] else OK


def _how(run: Run, one: Outcome) -> dict[str, object]:
    """Return what kind of file it is, how large, and with what it would be read."""
    from nianlun.plan import reader_words

    how = None if one.kind is None else reader_words(one.kind).in_(run.lang)
    return {"kind": one.kind, "bytes": one.file.size, "reader": how, "was": one.was}


def _report(run: Run, outcomes: Sequence[Outcome], seconds: float) -> int:
    if run.output_form != "table":
        run.write([_row(run, one) for one in outcomes], _COLUMNS)
    unread: dict[tuple[str, str], list[str]] = {}
    for one in outcomes:
        if one.trouble is not None:
            trouble = one.trouble
            words = Words(trouble.reason_zh, trouble.reason), Words(trouble.remedy_zh, trouble.remedy)
            unread.setdefault((words[0].in_(run.lang), words[1].in_(run.lang)), []).append(one.file.shown)
    for (reason, remedy), paths in unread.items():
        named = " ".join(paths[:SHOWN])
        if len(paths) > SHOWN:
            named += " " + run.words("ingest_failed_more", db=run.db)
        run.tell("ingest_failed_group", reason=reason, count=len(paths), paths=named)
        if remedy:
            run.tell("ingest_remedy", remedy=remedy)
    kept = [one.file.shown for one in outcomes if one.kept]
    if kept:
        run.tell("ingest_kept", count=len(kept), paths=" ".join(kept[:SHOWN]) + (" …" if len(kept) > SHOWN else ""))
    counts = {status: sum(one.status == status for one in outcomes) for status in ("unchanged", "skipped", "failed")}
    counts["unchanged"] += sum(one.status == "moved" for one in outcomes)
    copies = sum(one.status == "copy" for one in outcomes)
    run.tell(
        "ingest_done", read=sum(one.status in ("added", "replaced") for one in outcomes),
        documents=sum(one.documents for one in outcomes), seconds=f"{seconds:.1f}",
        copies=run.words("ingest_done_copies", count=copies) if copies else "", **counts,
    )  # fmt: skip
    return SOME_FAILED if counts["failed"] else OK


def _row(run: Run, one: Outcome) -> dict[str, object]:
    trouble = one.trouble
    reason = None if trouble is None else Words(trouble.reason_zh, trouble.reason).in_(run.lang)
    remedy = None if trouble is None else Words(trouble.remedy_zh, trouble.remedy).in_(run.lang)
    return {
        "status": one.status,
        "path": one.file.shown,
        "documents": one.documents,
        "code": None if trouble is None else trouble.code,
        "reason": reason,
        "remedy": remedy or None,
    }
