"""Ledgers into files: Excel, Word, CSV, JSON lines, Parquet, as the ending of the name says.

A file takes its name only when it is whole; until then what stood there stays.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import BadExport
from index.export import LEDGERS, SHOWN, Ledger, ledger, problem_sentence, problem_years, text_of
from nianlun.language import Words
from nianlun.ledgers import KINDS, NAMES, NUMBER, Kind, told
from nianlun.masked import Masker
from nianlun.output import BOM, as_json, harmless

if TYPE_CHECKING:
    from index.scope import Filtering
    from index.store import Index

ENDINGS = (".xlsx", ".docx", ".csv", ".jsonl", ".parquet")
SEVERAL = (".xlsx", ".docx")  # formats that hold several ledgers
BATCH = 5_000  # rows that Parquet is given at a time
_UNDATED = Words("未注明", "undated")
_TITLE = Words("工作报告台账", "Ledgers of work reports")
_YEARS = Words("问题对照表", "Problems and years")
_COUNTS = Words("问题统计", "Problems, counted")
_NOTES = Words("说明", "Notes")
_TOLD = {
    "counts": Words("反映每类问题的报告数;一篇只算一次,合计也是篇数。", "Documents that report each problem; a document counts once."),
    "made": Words("由 nianlun(年轮)导出,{day}。每行的“出处”可用 nianlun show 打开原文。", "Exported by nianlun, {day}. `nianlun show` opens the reference of a row."),
    "documents": Words("{documents}/{whole} 篇", "{documents} of {whole}"),
    "all": Words("全部报告", "all documents"),
    "problem": Words("问题", "problem"),
    "whole": Words("合计(篇)", "all"),
    "reports": Words("报告总数", "documents"),
    "more": Words("(共 {count} 篇反映)", "({count} documents)"),
    "years": Words("“篇”是反映该问题的报告数/当年报告总数,一篇只算一次;每格举 {shown} 句,全部句子见“{sheet}”。",
                   "Documents that report the problem, of those of the year; a document counts once. {shown} sentences a cell; all are in “{sheet}”."),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that was written: its ledgers with their rows, and how many cells had to be cut."""

    path: Path
    rows: dict[str, int]
    size: int
    cut: int


def ending_of(path: Path, what: str, *, force: bool) -> str:
    """Return the ending that tells the format; raises BadExport where it tells none, or the file may not be written."""
    ending = path.suffix.lower()
    if path.is_dir():
        raise BadExport(path, "folder")
    if ending not in ENDINGS:
        raise BadExport(path, "ending", " ".join(ENDINGS))
    if what == "all" and ending not in SEVERAL:
        raise BadExport(path, "one", "、".join(f"{NAMES[name].zh}({name})" for name in LEDGERS))
    if ending == ".parquet":
        try:
            import pyarrow.parquet  # noqa: F401
        except ImportError as error:
            raise BadExport(path, "package", "pyarrow") from error
    if path.exists() and not force:
        raise BadExport(path, "exists")
    return ending


def export(
    index: Index,
    what: str,
    path: Path,
    *,
    filters: Filtering,
    lang: str,
    masker: Masker | None,
    about: Sequence[str],
    bom: bool = True,
    force: bool = False,
) -> Exported:
    """Write a ledger (or all) into a file; `about` are lines that say what it rests on. Raises BadExport, OSError."""
    ending = ending_of(path, what, force=force)
    names = LEDGERS if what == "all" else (what,)
    clean: Callable[[Mapping[str, Any]], Mapping[str, Any]] = masker.row if masker is not None else dict
    made = {name: _with_rows(ledger(index.connection, name, **filters), clean) for name in names}
    counts: dict[str, int] = {}
    cut = 0
    with _named_when_whole(path) as partial:
        match ending:
            case ".xlsx":
                cut = _excel(index, partial, made, counts, filters, lang, masker, about)
            case ".docx":
                _word(partial, made, counts, lang, about)
            case ".csv":
                counts[what] = _csv(partial, KINDS[what], made[what], lang, bom)
            case ".jsonl":
                counts[what] = _jsonl(partial, KINDS[what], made[what])
            case _:
                counts[what] = _parquet(partial, KINDS[what], made[what])
    return Exported(path=path, rows=counts, size=path.stat().st_size, cut=cut)


def masker_of(index: Index) -> Masker:
    """Return a masker that reads the documents of an index."""
    return Masker(lambda document: text_of(index.connection, document))


def _with_rows(one: Ledger, clean: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return map(clean, one.rows)


@contextmanager
def _named_when_whole(path: Path) -> Iterator[Path]:
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        os.replace(partial, path)
    finally:
        with suppress(OSError):
            partial.unlink()


def _excel(
    index: Index, path: Path, made: Mapping[str, Iterable[Mapping[str, Any]]], counts: dict[str, int], filters: Filtering,
    lang: str, masker: Masker | None, about: Sequence[str],
) -> int:  # fmt: skip
    from nianlun.workbook import Workbook

    with Workbook(path, lang) as book:
        for name, rows in made.items():
            if name == "problems":
                _add_years(index, book, filters, lang, masker)
            counts[name] = book.add(KINDS[name], rows, about[0] if about else "")
        lines = [(_NOTES.in_(lang), _told("made", lang, day=date.today().isoformat())), *(("", line) for line in about)]
        if masker is not None:
            lines += [(kind, str(count)) for kind, count, _ in masker.kinds(lang)]
        book.add_notes(_NOTES.in_(lang), lines)
    return book.cut


def _add_years(index: Index, book: Any, filters: Filtering, lang: str, masker: Masker | None) -> None:
    """Add problems and years twice: with sentences, and as numbers for a chart."""
    found = problem_years(index.connection, **filters)
    years = [label or _UNDATED.in_(lang) for label, _ in found.years]
    problem, whole = _told("problem", lang), _told("whole", lang)
    number = Words("序号", "no.").in_(lang)

    def sentences() -> Iterator[list[str | int]]:
        for at, (leaf, zh, en) in enumerate(found.leaves, start=1):
            line: list[str | int] = [at, zh if lang == "zh" else en]
            for label, count in found.years:
                documents = found.documents.get((leaf, label), set())
                if not documents:
                    line.append("")
                    continue
                quoted = [_told("documents", lang, documents=len(documents), whole=count)]
                for one in found.sentences[leaf, label][:SHOWN]:
                    row = problem_sentence(index.connection, one)
                    row = masker.row(row) if masker is not None else row
                    quoted.append(f"“{row['sentence']}”({row['reference']})")
                line.append("\n".join(quoted))
            yield line

    def numbers() -> Iterator[list[str | int]]:
        yield ["", _told("reports", lang), *(count for _, count in found.years), sum(count for _, count in found.years)]
        for at, (leaf, zh, en) in enumerate(found.leaves, start=1):
            each = [len(found.documents.get((leaf, label), ())) for label, _ in found.years]
            yield [at, zh if lang == "zh" else en, *each, sum(each)]

    note = _told("years", lang, shown=SHOWN, sheet=KINDS["problems"].title.in_(lang))
    book.add_years(_YEARS.in_(lang), [number, problem, *years], sentences(), note, widths=[6, 18, *(34 for _ in years)])
    book.add_years(
        _COUNTS.in_(lang),
        [number, problem, *years, whole],
        numbers(),
        _told("counts", lang),
        widths=[6, 20, *(10 for _ in years), 10],
    )


def _word(
    path: Path, made: Mapping[str, Iterable[Mapping[str, Any]]], counts: dict[str, int], lang: str, about: Sequence[str]
) -> None:
    from nianlun.wordfile import paragraphs, write_word

    counted: dict[str, list[int]] = {name: [] for name in made}
    head = [
        ("title", _TITLE.in_(lang)),
        ("note", _told("made", lang, day=date.today().isoformat())),
        *(("note", line) for line in about),
    ]
    write_word(path, [head, *(paragraphs(KINDS[name], rows, lang, counted[name]) for name, rows in made.items())])
    counts.update({name: one[0] for name, one in counted.items()})


def _csv(path: Path, kind: Kind, rows: Iterable[Mapping[str, Any]], lang: str, bom: bool) -> int:
    count = 0
    with path.open("w", encoding="utf-8", errors="replace", newline="") as out:
        out.write(BOM if bom else "")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([field.head.in_(lang) for field in kind.fields])
        for row in rows:
            count += 1
            writer.writerow([harmless(told(row, field, lang), row.get(field.key)) for field in kind.fields])
    return count


def _jsonl(path: Path, kind: Kind, rows: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    keys = _keys(kind)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            count += 1
            out.write(as_json({key: row.get(key) for key in keys}) + "\n")
    return count


def _parquet(path: Path, kind: Kind, rows: Iterable[Mapping[str, Any]]) -> int:
    import pyarrow
    import pyarrow.parquet

    numeric = {field.key for field in kind.fields if field.holds == NUMBER} | {"score"}
    schema = pyarrow.schema(
        [(key, pyarrow.float64() if key in numeric else pyarrow.string()) for key in _keys(kind)]
    )  # fmt: skip
    count, rows = 0, iter(rows)
    with pyarrow.parquet.ParquetWriter(path, schema) as out:
        while batch := list(islice(rows, BATCH)):
            count += len(batch)
            columns = {name: [_valid(row.get(name), numeric=name in numeric) for row in batch] for name in schema.names}
            out.write_table(pyarrow.table(columns, schema=schema))
    return count


def _keys(kind: Kind) -> list[str]:
    """Return the keys of a row for programs: those of the columns, and the codes that these put in words."""
    more = {"tasks": ["date_start"], "problems": ["leaf", "score"]}.get(kind.name, [])
    common = [] if kind.name == "docs" else ["doc_type", "role"]
    return list(dict.fromkeys([field.key for field in kind.fields] + more + common))


def _valid(value: Any, *, numeric: bool) -> Any:
    if value is None:
        return None
    return float(value) if numeric else str(value).encode("utf-8", "replace").decode()


def _told(key: str, lang: str, **values: Any) -> str:
    return _TOLD[key].in_(lang).format(**values)
