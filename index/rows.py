"""An analysis becomes rows: plain tuples in the order of the columns of `index.tables`.

Row numbers are given out here, so that everything of a source goes in with one executemany for each table.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple

from index.characters import PART, Cut, as_tokens, compressed, narrow, pack_lengths, parts_of, words_with_lengths
from index.copies import marks_of
from index.tables import TABLES
from ingest.decode import without_surrogates
from ingest.records import Document, OffsetMap, Run, Source
from nlp.records import Activity, Analysis, Mention, Problem, Quantity, Task, Time

Row = tuple[Any, ...]
_LIST_MARK = re.compile(
    r"^(?:[一二三四五六七八九十百\d]+|第[一二三四五六七八九十百\d]+|[一二三四五六七八九十]是)(?=[、.．)）,，:：\s])"
)
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Numbers:
    """The next free row number of each table."""

    next: dict[str, int]

    @classmethod
    def from_zero(cls) -> Numbers:
        return cls({table.name: 0 for table in TABLES})

    def take(self, table: str, count: int = 1) -> int:
        """Return the first of `count` new numbers."""
        first = self.next[table]
        self.next[table] = first + count
        return first


@dataclass(slots=True)
class Rows:
    """Rows by table, ready for executemany."""

    by_table: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, rows: Iterable[Row]) -> None:
        self.by_table.setdefault(table, []).extend(rows)


class Head(NamedTuple):
    """What stands in the row of a source, and the rows of its furniture and anchors, numbered from 0.

    Plain tuples, so that a process can hand it to another cheaply.
    """

    path: str
    sha256: str
    size: int
    media_type: str
    encoding: str | None
    text: str
    about: str | None
    documents: int
    repeats: list[tuple[int, int, str | None, int, int]]  # (ordinal, of, title, start, end) as in ingest.records.Repeat
    rows: dict[str, list[Row]]


class Chunk(NamedTuple):
    """Some documents of a source, with the rows of all that stands in them, numbered from 0, as the documents are."""

    documents: list[Row]
    words: list[tuple[bytes, str | None]]  # of each document the packed lengths of its words, and of a short one these
    # words as tokens; none where they were not cut yet
    rows: dict[str, list[Row]]


def head_of(source: Source, documents: int) -> Head:
    """Return the head of a source out of which so many documents were read."""
    about = without_surrogates(json.dumps(source.about, ensure_ascii=False)) if source.about else None
    return Head(
        source.path, source.sha256, source.size, source.media_type, source.encoding, without_surrogates(source.text), about, documents,
        [(one.ordinal, one.of, one.title and without_surrogates(one.title), one.start, one.end) for one in source.repeats],
        rows_of_source(0, source, Numbers.from_zero()).by_table,
    )  # fmt: skip


def chunk_of(analyses: Sequence[Analysis], cut: Cut | None = None) -> Chunk:
    """Return the rows of analyses; with `cut`, the words of their documents too."""
    rows, numbers = Rows(), Numbers.from_zero()
    documents, words = [], []
    for number, analysis in enumerate(analyses):
        documents.append(document_row(number, 0, "", analysis))
        add_analysis(rows, number, analysis, numbers)
        if cut is not None:
            words.append(_words(narrow(documents[-1][TEXT]), cut))
    return Chunk(documents, words, rows.by_table)


def _words(text: str, cut: Cut) -> tuple[bytes, str | None]:
    if len(text) < PART:
        words, lengths = words_with_lengths(text, cut)
        return pack_lengths(lengths), as_tokens(words)
    return pack_lengths(b"".join(words_with_lengths(part, cut)[1] for _, part, _ in parts_of(text))), None


# of each table the columns that hold the number of a row, and of which table: (place in the row, table)
_NUMBERS = {
    table.name: tuple(
        (at, column.references or table.name)
        for at, column in enumerate(table.columns)
        if column.references or (column.name == "id" and column.type is int)
    )
    for table in TABLES
}


# where the text stands in the row of a document
TEXT = next(
    at for table in TABLES if table.name == "documents" for at, one in enumerate(table.columns) if one.name == "text"
)


def without(rows: Mapping[str, Sequence[Row]], documents: Set[int]) -> dict[str, Sequence[Row]]:
    """Return rows that were numbered from 0 without those of some documents."""
    problems = {row[0] for row in rows.get("problems", ()) if row[1] in documents}
    left: dict[str, Sequence[Row]] = {}
    for table, many in rows.items():
        in_document = [at for at, of in _NUMBERS[table] if of == "documents"]
        if table == "problem_labels":
            left[table] = [row for row in many if row[0] not in problems]
        else:
            left[table] = [row for row in many if not any(row[at] in documents for at in in_document)]
    return left


def renumbered(
    table: str,
    rows: Sequence[Row],
    first: Mapping[str, int],
    documents: Sequence[int],
    source: int,
    rules: Mapping[str, int],
) -> list[Row]:
    """Return rows that were numbered from 0 as they stand in an index: `first` numbers, by table, those of documents and of rules."""
    return _renumberer(table)(rows, first, documents, source, rules)


Renumberer = Callable[[Sequence[Row], Mapping[str, int], Sequence[int], int, Mapping[str, int]], list[Row]]


@cache
def _renumberer(name: str) -> Renumberer:
    """Return the function that renumbers the rows of one table.

    It is put together from the columns, as namedtuple and dataclass are (measured: a quarter of the time of a loop over
    the places of the numbers). A column without a name of its own goes over as it stands, with those beside it.
    """
    table = next(one for one in TABLES if one.name == name)
    parts, plain = [], 0
    for at, of in _NUMBERS[name]:
        if plain < at:
            parts.append(f"*row[{plain}:{at}]")
        plain = at + 1
        column = table.columns[at]
        if of == "sources":
            parts.append("source")
        elif of == "documents":
            parts.append(f"documents[row[{at}]]")
        elif of == "leaves":
            parts.append(f"row[{at}]")
        elif of == "rules":
            parts.append(f"rules[row[{at}]]")
        elif column.name in _MAY_BE_EMPTY:
            parts.append(f"None if row[{at}] is None else row[{at}] + first_{of}")
        else:
            parts.append(f"row[{at}] + first_{of}")
    if plain < len(table.columns):
        parts.append(f"*row[{plain}:]")
    bases = {of for _, of in _NUMBERS[name] if of not in ("sources", "documents", "leaves", "rules")}
    head = "".join(f"    first_{of} = first.get('{of}', 0)\n" for of in sorted(bases))
    body = f"def renumber(rows, first, documents, source, rules):\n{head}    return [({', '.join(parts)},) for row in rows]\n"
    made: dict[str, Any] = {}
    exec(compile(body, f"<renumbering of {name}>", "exec"), made)
    renumber: Renumberer = made["renumber"]
    return renumber


_MAY_BE_EMPTY = ("sentence", "section", "parent")  # columns with the number of a row, or with nothing


def rows_of_source(source_id: int, source: Source, numbers: Numbers) -> Rows:
    """Return the rows of furniture and anchors."""
    rows = Rows()
    first = numbers.take("furniture", len(source.furniture))
    rows.add("furniture", ((first + i, source_id, f.start, f.end, f.kind) for i, f in enumerate(source.furniture)))
    first = numbers.take("anchors", len(source.anchors))
    rows.add(
        "anchors",
        (
            (
                first + i,
                source_id,
                a.start,
                a.end,
                a.page,
                *(a.box or (None,) * 4),
                a.paragraph,
                *(a.cell or (None,) * 3),
                a.run,
                a.sheet,
                a.slide,
                a.confidence,
            )
            for i, a in enumerate(source.anchors)
        ),
    )
    return rows


def add_analysis(rows: Rows, document_id: int, analysis: Analysis, numbers: Numbers) -> None:
    """Add everything that stands in one document, but for the row of the document itself."""
    document = analysis.document
    place = _places(document)
    rows.add("waiting", [(document_id,)])
    rows.add("fingerprints", ((mark, document_id) for mark in marks_of(analysis)))
    evidence = (*analysis.metadata.year_evidence, *analysis.metadata.year_conflicts)
    first = numbers.take("year_evidence", len(evidence))
    rows.add(
        "year_evidence",
        (
            (
                first + i, document_id, e.start, e.end, *place(e.start, e.end), without_surrogates(e.text), e.low, e.high, e.why,
                e.why_zh, e.weight, e.verified,
            )
            for i, e in enumerate(evidence)
        ),
    )  # fmt: skip
    first = numbers.take("damage", len(document.damage))
    rows.add(
        "damage",
        (
            (
                first + i,
                document_id,
                d.start,
                d.end,
                *place(d.start, d.end),
                without_surrogates(document.text[d.start : d.end]),
                d.kind,
            )
            for i, d in enumerate(document.damage)
        ),
    )
    first_section = numbers.take("sections", len(analysis.sections))
    rows.add(
        "sections",
        (
            (
                first_section + i, document_id, i, s.start, s.end, *place(s.start, s.end), s.level, s.marker, s.heading,
                s.heading_end, s.role, None if s.parent is None else first_section + s.parent,
            )
            for i, s in enumerate(analysis.sections)
        ),
    )  # fmt: skip
    sentences, known = analysis.sentences, len(analysis.sections)
    first = numbers.take("sentences", len(sentences))
    shift_of = _shifts(document)
    shifts = [shift_of(sentence.start, sentence.end) for sentence in sentences]
    rows.add(
        "sentences",
        [
            (
                number, document_id, first_section + s.section if 0 <= s.section < known else None, s.start, s.end,
                *(place(s.start, s.end) if shift is None else (s.start + shift, s.end + shift)), s.role,
            )
            for number, (s, shift) in enumerate(zip(sentences, shifts, strict=True), start=first)
        ],
    )  # fmt: skip
    _add_mentions(rows, document_id, analysis, first, shifts, numbers)


def document_row(document_id: int, source_id: int, ref: str, analysis: Analysis) -> Row:
    """Return the row of a document."""
    document, meta = analysis.document, analysis.metadata
    return (
        document_id, source_id, document.ordinal, ref, meta.title or document.title, meta.doc_type, meta.org, meta.org_level,
        meta.region, meta.year, meta.year_low, meta.year_high, meta.year_basis, meta.signed, document.script,
        len(document.text), document.source_start, document.source_end, pack_offsets(document.offsets),
        without_surrogates(document.text), meta.region_basis, meta.county, meta.city, meta.province, _storable(meta.addressee),
        _storable(meta.signer), _storable(meta.number), len(meta.year_conflicts), meta.org_basis,
    )  # fmt: skip


def _storable(text: str | None) -> str | None:
    return None if text is None else without_surrogates(text)


def pack_offsets(offsets: OffsetMap) -> bytes:
    """Return a map as bytes: for each run its gap and length on either side, as little-endian 64-bit, compressed."""
    numbers = array("q")
    clean = source = 0
    for run in offsets.runs:
        numbers.extend(
            (run.clean_start - clean, run.clean_end - run.clean_start, run.source_start - source, run.source_end - run.source_start)
        )  # fmt: skip
        clean, source = run.clean_end, run.source_end
    if sys.byteorder == "big":
        numbers.byteswap()
    return compressed(numbers.tobytes())


def unpack_offsets(packed: bytes) -> OffsetMap:
    """Return the map that pack_offsets packed."""
    numbers = array("q")
    numbers.frombytes(zlib.decompress(packed))
    if sys.byteorder == "big":
        numbers.byteswap()
    runs = []
    clean = source = 0
    for i in range(0, len(numbers), 4):
        clean_gap, clean_length, source_gap, source_length = numbers[i : i + 4]
        clean, source = clean + clean_gap, source + source_gap
        runs.append(Run(clean, clean + clean_length, source, source + source_length))
        clean, source = clean + clean_length, source + source_length
    return OffsetMap(tuple(runs))


def same_text(sentence: str) -> str:
    """Return a mark that is equal for sentences which differ in nothing but a list number, blanks and punctuation."""
    sentence = sentence.strip().lstrip("(（")
    mark = _LIST_MARK.match(sentence)
    bare = _NO_WORD.sub("", sentence[mark.end() :] if mark else sentence)
    return blake2b(bare.encode(errors="replace"), digest_size=8).hexdigest()


def _add_mentions(
    rows: Rows,
    document_id: int,
    analysis: Analysis,
    first_sentence: int,
    shifts: Sequence[int | None],
    numbers: Numbers,
) -> None:
    """Add the mentions; `shifts` tells of each sentence how far it is moved in the source, and what stands in it with it."""
    text, sentences = analysis.document.text, analysis.sentences
    place = _places(analysis.document)
    starts = [sentence.start for sentence in sentences]
    ends = [sentence.end for sentence in sentences]

    def common(number: int, mention: Mention) -> Row:
        start, end = mention.start, mention.end
        at = bisect_right(starts, start) - 1
        if at < 0 or start >= ends[at]:
            return (number, document_id, None, start, end, *place(start, end), mention.rule)
        shift = shifts[at]
        if shift is None or not start < end <= ends[at]:
            return (number, document_id, first_sentence + at, start, end, *place(start, end), mention.rule)
        return (number, document_id, first_sentence + at, start, end, start + shift, end + shift, mention.rule)

    def numbered(table: str, mentions: Sequence[Any]) -> Iterable[tuple[int, Any]]:
        return enumerate(mentions, start=numbers.take(table, len(mentions)))

    rows.add("quantities", [common(n, q) + _quantity(q) for n, q in numbered("quantities", analysis.quantities)])
    times = list(numbered("times", analysis.times))
    rows.add("times", [common(n, t) + _time(t) for n, t in times])
    at = {time.start: number for number, time in times}
    rows.add(
        "tasks",
        [
            (*common(n, t), at[t.due_start], *_task(t))
            for n, t in numbered("tasks", analysis.tasks)
            if t.due_start in at
        ],
    )
    rows.add("activities", [common(n, a) + _activity(a) for n, a in numbered("activities", analysis.activities)])
    problems: list[Row] = []
    labels: list[Row] = []
    for number, problem in numbered("problems", analysis.problems):
        row = common(number, problem)
        sentence = None if row[2] is None else sentences[row[2] - first_sentence]
        words = problem.text if sentence is None else text[sentence.start : max(sentence.end, problem.end)]
        problems.append(row + _problem(problem, words))
        labels += _labels(number, problem)
    rows.add("problems", problems)
    rows.add("problem_labels", labels)


def _shifts(document: Document) -> Callable[[int, int], int | None]:
    """Return what tells how far a stretch is moved in the source; None where it is not one piece of the same length there."""
    runs = document.offsets.runs
    starts = [run.clean_start for run in runs]
    ends = [
        run.clean_end if run.clean_end - run.clean_start == run.source_end - run.source_start else -1 for run in runs
    ]
    shifts = [run.source_start - run.clean_start for run in runs]

    def shift_of(start: int, end: int) -> int | None:
        at = bisect_right(starts, start) - 1
        return shifts[at] if at >= 0 and start < end <= ends[at] else None

    return shift_of


def _places(document: Document) -> Callable[[int, int], tuple[int, int]]:
    """Return document.to_source, faster where a stretch lies within one run that keeps its length (measured: 4 times)."""
    shift_of, to_source = _shifts(document), document.to_source

    def place(start: int, end: int) -> tuple[int, int]:
        shift = shift_of(start, end)
        return to_source(start, end) if shift is None else (start + shift, end + shift)

    return place


def _quantity(quantity: Quantity) -> Row:
    return (
        *_number(quantity.value), *_number(quantity.value_max), quantity.unit, quantity.dimension, quantity.approx,
        quantity.of, quantity.state, quantity.measure, quantity.base, quantity.modality,
        quantity.whom,
    )  # fmt: skip


def _number(value: Fraction | None) -> tuple[float | None, str | None]:
    """Return a value as REAL and as the exact text of its fraction; one too large for REAL has the text alone."""
    if value is None:
        return None, None
    above, below = value.numerator, value.denominator
    try:
        return above / below, str(above) if below == 1 else f"{above}/{below}"
    except OverflowError:
        return None, str(value)


def _time(time: Time) -> Row:
    return time.kind, time.date_start, time.date_end


def _task(task: Task) -> Row:
    amounts = "、".join(task.amounts)
    return (
        without_surrogates(task.task),
        task.basis,
        without_surrogates(task.who),
        task.who_basis,
        without_surrogates(amounts),
        task.modality,
    )


def _activity(activity: Activity) -> Row:
    amounts, times = "、".join(activity.amounts), "、".join(activity.times)
    return activity.name, activity.kind, activity.modality, without_surrogates(amounts), without_surrogates(times)


def _problem(problem: Problem, sentence: str) -> Row:
    return problem.main or None, problem.polarity, problem.scope, problem.strength, problem.score, same_text(sentence)


def _labels(number: int, problem: Problem) -> list[Row]:
    if len(problem.categories) == 1 and problem.main in ("", problem.categories[0].id):
        return [(number, problem.categories[0].id, 0, problem.categories[0].score)]
    scores: dict[str, float] = {}
    for label in problem.categories:
        scores.setdefault(label.id, label.score)
    if problem.main and problem.main not in scores:
        scores = {problem.main: problem.score, **scores}
    return [(number, leaf, place, score) for place, (leaf, score) in enumerate(scores.items())]
