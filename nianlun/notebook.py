"""The notebook API: the answers of the command line as DataFrames, and documents with their marks as HTML."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from html import escape
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Unpack

import pandas as pd

from index.problems import GROUP_NAMES
from index.references import format_place, parse_ref
from index.scope import Base, Filtering
from index.show import Heading
from index.store import Index
from nianlun.corrections import CORRECTION_COLUMNS, correction_row, field_named, value_named, who, writing
from nianlun.language import language_of
from nianlun.marks import DEFAULT, as_html, as_text
from nianlun.messages import say
from nianlun.options import base_lines, left_out_lines, unread_lines, years_known
from nianlun.originals import original
from nianlun.pages import draw
from nianlun.places import (
    PLACE_COLUMNS,
    Located,
    confidence_words,
    locate,
    place_row,
    place_words,
    where_lines,
    where_row,
)
from nianlun.rows import (
    ACTIVITY_COLUMNS,
    ACTIVITY_MENTION_COLUMNS,
    COMPARISON_COLUMNS,
    DEADLINE_COLUMNS,
    DOCUMENT_COLUMNS,
    HIT_COLUMNS,
    LINK_COLUMNS,
    NUMBER_COLUMNS,
    PROBLEM_COLUMNS,
    PROBLEM_MENTION_COLUMNS,
    PURSUIT_COLUMNS,
    SIMILAR_COLUMNS,
    TREND_COLUMNS,
    activity_mention_row,
    activity_row,
    comparison_rows,
    deadline_row,
    document_row,
    hit_row,
    linked_row,
    number_row,
    part_row,
    problem_mention_row,
    problem_row,
    pursued_row,
    similar_row,
    total_row,
    trend_row,
)
from nianlun.taxonomy import leaf_names
from nianlun.told import comparison_told, trend_lines_told

if TYPE_CHECKING:
    from PIL.Image import Image

    from index.search import Explanation
    from index.show import Shown
    from index.sums import Total
    from nianlun.charts import Chart


def charts() -> ModuleType:
    """Return nianlun.charts, loaded when the first chart is drawn."""
    return import_module("nianlun.charts")


class Rows(pd.DataFrame):
    """A DataFrame that knows what it rests on: `base` and, in words, `about`. Slices of it are plain DataFrames."""

    _metadata = ["base", "about", "draw"]  # noqa: RUF012 (pandas reads it from the class)
    base: Base | None
    about: str
    draw: Callable[..., Chart] | None

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def chart(self, **options: Any) -> Chart:
        """Return the chart of these rows, as --chart draws it (nianlun.charts). Raises TypeError where there is none."""
        if getattr(self, "draw", None) is None:
            raise TypeError("these rows have no chart: ask problems(by=…), trends() or compare() for them")
        return self.draw(**options)  # type: ignore[misc]

    def _repr_html_(self) -> str | None:
        table = pd.DataFrame(self)._repr_html_()  # type: ignore[operator]
        return f"<p><small>{escape(self.about).replace(chr(10), '<br>')}</small></p>{table}"


class Where:
    """Where a stretch stands in its raw file; a notebook shows it in words, with the places as a table."""

    def __init__(self, located: Located, db: Path, lang: str) -> None:
        self.located = located
        self._db, self._lang = db, lang

    @property
    def places(self) -> pd.DataFrame:
        """A row for each place: page and box, paragraph and run, table and cell, slide, confidence; `words` says it."""
        kind = self.located.where.media_type
        rows = [{**place_row(one), "words": place_words(one, kind, self._lang)} for one in self.located.where.places]
        return pd.DataFrame(rows, columns=[*PLACE_COLUMNS, "unsure", "words"], dtype=object)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as `nianlun show --source --format json` prints it."""
        return where_row(self.located)

    def images(self) -> list[Image]:
        """Return its pages as pictures, the stretch boxed (PDF, OFD, scans).

        Raises index.errors.NoPage for a file without pages, FileGone and FileChanged where it is not the one that was read.
        """
        where = self.located.where
        return [picture for _, picture in draw(where, original(self._db, where))]

    def __str__(self) -> str:
        where = self.located.where
        told = [
            "  ".join(
                filter(
                    None, (place_words(one, where.media_type, self._lang), confidence_words(one, self._lang), one.text)
                )
            )
            for one in where.places
        ]
        return "\n".join([where.reference, *where_lines(self.located, self._lang), *told])

    def __repr__(self) -> str:
        return f"<{self.located.where.reference}: {self.located.where.path}>"

    def _repr_html_(self) -> str:
        head = "<br>".join(map(escape, where_lines(self.located, self._lang)))
        table = self.places.dropna(axis="columns", how="all")._repr_html_()  # type: ignore[operator]
        return f"<p><b>{escape(self.located.where.reference)}</b><br><small>{head}</small></p>{table}"


class Page:
    """A document or a stretch of it; a notebook shows it with its marks, print() with brackets."""

    def __init__(
        self, shown: Shown, lang: str, marks: Collection[str], names: dict[str, str], find: Callable[[str], Where]
    ) -> None:
        self.shown = shown
        self._lang, self._marks, self._names, self._find = lang, marks, names, find

    def where(self, start: int | None = None, end: int | None = None) -> Where:
        """Return where it stands in its raw file; with `start` and `end`, where those characters of the file's text stand
        (`source_start` and `source_end` of a row)."""
        if start is None or end is None:
            return self._find(self.shown.reference)
        return self._find(format_place(self.shown.document.ref, start, end))

    @property
    def text(self) -> str:
        """The clean text."""
        return self.shown.text

    @property
    def raw(self) -> str:
        """The same stretch of the file, as it stands there."""
        return self.shown.raw

    @property
    def outline(self) -> pd.DataFrame:
        """The headings: level, marker, heading, role, and where they stand."""
        names = [one.name for one in fields(Heading)]
        return pd.DataFrame([{name: getattr(one, name) for name in names} for one in self.shown.outline], columns=names)

    def __str__(self) -> str:
        return as_text(self.shown, self._marks, self._lang, names=self._names)

    def __repr__(self) -> str:
        return f"<{self.shown.reference}: {self.shown.document.title or ''}>"

    def _repr_html_(self) -> str:
        return as_html(self.shown, self._marks, self._lang, self._names)


class Reports:
    """An index of reports, opened for reading. Every question takes the filters year, org, org_level, region, doc_type,
    section and undated; `year` is one year or (first, last)."""

    def __init__(self, path: str | Path, *, lang: str | None = None) -> None:
        self.path = Path(path)
        self.lang = lang or language_of(os.environ)
        self._index = Index.open(path, read_only=True)

    def __repr__(self) -> str:
        documents = list(self._index.docs())
        years = sorted(one.year for one in documents if one.year is not None)
        span = say("no_years", self.lang) if not years else f"{years[0]}–{years[-1]}"
        return say(
            "repr", self.lang, path=self.path, documents=len(documents), years=span,
            undated=sum(one.year_label is None for one in documents), damaged=sum(bool(one.damage) for one in documents),
        )  # fmt: skip

    def __getitem__(self, ref: str) -> Page:
        return self.show(ref)

    def close(self) -> None:
        """Close the file."""
        self._index.close()

    def __enter__(self) -> Reports:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def docs(self) -> Rows:
        """The documents, by year (the undated last) and name."""
        answer, also = self._index.docs(), self._index.copies()
        rows = (document_row(one, also.get(one.ref, ())) for one in answer)
        return self._frame(rows, DOCUMENT_COLUMNS, answer.base)

    def search(
        self, query: str, *, limit: int | None = None, context: int = 20, within: str = "document", sort: str = "rank",
        synonyms: bool = False, facets: Sequence[str] = (), **filters: Unpack[Filtering],
    ) -> Rows:  # fmt: skip
        """Return a row for every place that a query finds (docs/search.md); `attrs` holds places, documents, the explanation,
        the facets, and the places in documents that are set apart (`base.apart`)."""
        with self._index.snapshot():
            found = self._index.search(
                query, limit=limit, context=context, within=within, sort=sort, synonyms=synonyms, facets=facets, count=True,
                **filters,
            )  # fmt: skip
            told = say(
                "found",
                self.lang,
                query=query,
                places=found.places,
                documents=found.documents,
                searched=found.base.documents,
            )
            explanation: Explanation = found.explanation
            more = [
                say(f"variant_{one.kind}", self.lang, places=one.places, text=one.text, term=one.term)
                for one in explanation.variants
            ]
            frame = self._frame(map(hit_row, found.hits), HIT_COLUMNS, found.base, told, *more)
            frame.attrs = {
                "places": found.places, "documents": found.documents, "explanation": explanation,
                "apart": [hit_row(one) for one in found.apart], "facets": found.facets,
            }  # fmt: skip
        return frame

    def similar(self, text: str, *, limit: int = 10, **filters: Unpack[Filtering]) -> Rows:
        """Return the passages of other documents that are like a text or a place (`003@512-540`), the best first."""
        found = self._index.similar(text, limit=limit, **filters)
        return self._frame(map(similar_row, found.passages), SIMILAR_COLUMNS, found.base)

    @property
    def corrections(self) -> pd.DataFrame:
        """The log of corrections: who, when, why, before and after, and whether each finds its place (state)."""
        rows = [correction_row(one) for one in self._index.corrections]
        return pd.DataFrame(rows, columns=list(CORRECTION_COLUMNS), dtype=object)

    def correct(
        self, reference: str, field: str, value: object, *, by: str | None = None, why: str = ""
    ) -> dict[str, Any]:
        """Put right what was read wrongly and return the line of the log; fields and values as `nianlun correct` takes them.

        Raises index.errors.BadCorrection, which says what would do.
        """
        name = field_named(field, of_place=parse_ref(reference).start is not None)
        with writing(self.path) as index:
            said = value_named(name, "none" if value is None else str(value))
            return correction_row(index.correct(reference, name, said, by=who() if by is None else by, why=why))

    def undo(self, *numbers: int, by: str | None = None) -> None:
        """Take corrections back, by their numbers in the log."""
        with writing(self.path) as index:
            index.undo_corrections(numbers, by=who() if by is None else by)

    def problems(
        self, leaf: str | None = None, *, by: str | None = None, polarity: str = "asserted", scope: str | None = None,
        mentions: bool = False, **filters: Unpack[Filtering],
    ) -> Rows:  # fmt: skip
        """Return how many documents report each problem, group by group with `by`; the sentences with `mentions`.

        With `by`, `.chart()` draws a heat map; `.chart(share=True)` in per cent.
        """
        answer = self._index.problems(leaf, by=by, polarity=polarity, problem_scope=scope, **filters)
        counted = [one for one in answer if one.documents]
        if mentions:
            rows = (problem_mention_row(mention, one) for one in counted for mention in one.mentions)
            return self._frame(rows, PROBLEM_MENTION_COLUMNS, answer.base)
        found = [problem_row(one) for one in counted]
        frame = self._frame(found, PROBLEM_COLUMNS, answer.base)
        if by is not None:
            frame.draw = lambda **more: charts().heat_map(
                found, answer.groups, by=GROUP_NAMES.get(by, by), lang=self.lang, notes=frame.about, **more
            )
        return frame

    def trends(
        self, leaf: str | None = None, *, weight: str | None = None, polarity: str = "asserted", scope: str | None = None,
        **filters: Unpack[Filtering],
    ) -> Rows:  # fmt: skip
        """Return each problem over the years: share, first and last year, longest run, a trend where a test shows one.

        `weight="body"` gives each body one vote. `.chart()` draws a line for each problem.
        """
        answer = self._index.trends(leaf, weight=weight, polarity=polarity, problem_scope=scope, **filters)
        rows = [trend_row(one) for one in answer]
        frame = self._frame(rows, TREND_COLUMNS, answer.base, *trend_lines_told(answer, self.lang))
        frame.draw = lambda **more: charts().trend_lines(rows, lang=self.lang, notes=frame.about, **more)
        return frame

    def measures(
        self, leaf: str | None = None, *, causes: bool = True, scope: str | None = None, **filters: Unpack[Filtering]
    ) -> Rows:
        """Return problems with the measures that answer them and the causes that are given; `certain` or guessed."""
        answer = self._index.linked_problems(leaf, causes=causes, problem_scope=scope, **filters)
        told = say(
            "links_told", self.lang, problems=answer.problems, answered=answer.answered, certain=answer.certain,
            none=answer.problems - answer.answered,
        )  # fmt: skip
        return self._frame(map(linked_row, answer), LINK_COLUMNS, answer.base, told)

    def over_years(self, leaf: str | None = None, **filters: Unpack[Filtering]) -> Rows:
        """Return what became of the problems that a body named: the measure it promised, and whether later reports name them."""
        answer = self._index.pursued_problems(leaf, **filters)
        told = say(
            "pursued_told", self.lang, bodies=answer.bodies, single=answer.single, nameless=answer.nameless,
            undated=answer.undated,
        )  # fmt: skip
        return self._frame(map(pursued_row, answer), PURSUIT_COLUMNS, answer.base, told, say("pursued_mind", self.lang))

    def activities(self, name: str | None = None, *, kind: str | None = None, **filters: Unpack[Filtering]) -> Rows:
        """Return named activities; with `name`, every place that names it."""
        answer = self._index.activities(name, kind=kind, **filters)
        if name:
            rows = (activity_mention_row(mention) for one in answer for mention in one.mentions)
            return self._frame(rows, ACTIVITY_MENTION_COLUMNS, answer.base)
        return self._frame(map(activity_row, answer), ACTIVITY_COLUMNS, answer.base)

    def numbers(
        self, unit: str | None = None, *, of: str | None = None, state: str | None = None, total: bool = False,
        **filters: Unpack[Filtering],
    ) -> Rows:  # fmt: skip
        """Return numbers in their sentences, converted into `unit`; with `total`, `attrs["total"]` is their sum and what it
        leaves out, `attrs["parts"]` the sums of plans and of what was done, thing by thing for 个 and the like.

        Raises index.errors.MixedUnits where units cannot be added, NotAdditive for shares, rates, ages and ranks.
        """
        answer = self._index.numbers(unit=unit, of=of, state=state, total=total, **filters)
        unclear = sum(one.state != "stated" for one in answer)
        told = [say("damaged_numbers", self.lang, count=unclear)] if unclear else []
        frame = self._frame(map(number_row, answer), NUMBER_COLUMNS, answer.base, *told)
        summed: Total | None = answer.total
        frame.attrs = {
            "total": None if summed is None else total_row(summed), "parts": [part_row(one) for one in answer.parts],
        }  # fmt: skip
        return frame

    def deadlines(
        self, *, due: str | tuple[str | None, str | None] | None = None, overdue_at: str | None = None,
        done: bool = False, **filters: Unpack[Filtering],
    ) -> Rows:  # fmt: skip
        """Return tasks with a deadline, by last day; those that are told as done only with `done`."""
        answer = self._index.deadlines(due=due, overdue_at=overdue_at, done=done, **filters)
        return self._frame(map(deadline_row, answer), DEADLINE_COLUMNS, answer.base)

    def compare(
        self, year_a: int, year_b: int, *, weight: str | None = None, all_words: bool = False, **filters: Unpack[Filtering]
    ) -> Rows:  # fmt: skip
        """Return what differs between two years: problems, activities, words; `.chart()` draws the problems.

        `weight="body"` gives each body one vote.
        """
        answer = self._index.compare(year_a, year_b, weight=weight, all_words=all_words, **filters)
        told: list[str] = []
        for year, base in ((year_a, answer.base_a), (year_b, answer.base_b)):
            years = years_known(base, self.lang)
            told.append(say("compare_side", self.lang, year=year, documents=base.documents, years=years))
            told += left_out_lines(base, self.lang)
        told += comparison_told(answer, self.lang)
        rows = comparison_rows(answer)
        frame = self._frame(rows, COMPARISON_COLUMNS, answer.base_b)
        frame.about = "\n".join([*told, *unread_lines(answer.base_b, self.lang)])
        frame.draw = lambda **more: charts().comparison_chart(
            rows, year_a, year_b, lang=self.lang, notes=frame.about, **more
        )
        return frame

    def reuse(
        self, document: str | None = None, *, pair: tuple[str, str] | None = None, min_chars: int | None = None,
        **filters: Unpack[Filtering],
    ) -> Rows:  # fmt: skip
        """Return passages that stand in several documents; with `document`, where its passages stand, too.

        With `pair`, two documents side by side, a row for each sentence that both have.
        """
        from nianlun.commands import reuse as told

        if pair is not None:
            both = self._index.reuse_pair(*pair, min_chars=min_chars)
            rows = [told.aligned_row(one, both.shared[one.passage - 1]) for one in both.rows]
            return self._frame(rows, told.ALIGNED_COLUMNS, self._index.docs(ref=(both.one.ref, both.other.ref)).base)
        if document is not None:
            links = self._index.reuse_of(document, min_chars=min_chars, **filters)
            return self._frame(map(told.link_row, links), told.LINK_COLUMNS, self._index.docs(**filters).base)
        answer = self._index.reuse(min_chars=min_chars, **filters)
        compared = say("reuse_compared", self.lang, compared=answer.compared, short=answer.short)
        return self._frame(map(told.cluster_row, answer), told.CLUSTER_COLUMNS, answer.base, compared)

    def show(self, reference: str, *, marks: Collection[str] = DEFAULT) -> Page:
        """Return a document or a stretch of it: 003, 000#4, 000#4@512-540."""
        return Page(self._index.show(reference), self.lang, marks, leaf_names(self._index, self.lang), self.where)

    def where(self, reference: str) -> Where:
        """Return where a reference leads in the raw file: `row.reference` of any answer, 003, 000#4@512-540."""
        return Where(locate(self._index, self.path, reference), self.path, self.lang)

    def sql(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> pd.DataFrame:
        """Return what a SQL query selects; the index is open for reading only. Tables: docs/schema.md."""
        return pd.read_sql_query(query, self._index.connection, params=parameters)

    def _frame(self, rows: Iterable[Mapping[str, Any]], columns: Sequence[str], base: Base, *told: str) -> Rows:
        frame = Rows(list(rows), columns=list(columns))
        frame.base = base
        frame.about = "\n".join([*told, *base_lines(base, self.lang)])
        return frame
