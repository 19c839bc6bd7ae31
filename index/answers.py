"""The questions an index answers, the same for the command line, the page and the notebook.

What answers a question is imported when it is first asked, so that a command starts soon.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, Unpack

from index.characters import Cut
from index.copies import CopyRow, copies_of
from index.corrections import Correction, corrections
from index.scope import Answer, Connection, DocumentRow, Filtering, scope_of

if TYPE_CHECKING:
    from index.compare import Comparison
    from index.counts import TrendAnswer
    from index.links import LinkAnswer, PursuitAnswer
    from index.lists import ActivityRow, DeadlineAnswer, NumberAnswer
    from index.passages import Link, Reuse, SideBySide
    from index.places import Recognised, Whereabouts
    from index.problems import ProblemAnswer, ProblemMention
    from index.references import Reference
    from index.reuse import Progress
    from index.search import Found
    from index.show import Overview, Shown, SourceRow, YearEvidence
    from index.similar import Similar


MANY = 20_000  # documents


class _Opened(Protocol):
    connection: Connection

    @property
    def cut(self) -> Cut: ...


class Answers:
    """Answers over an open connection. All take the filters of `index.scope.Filtering` as keywords."""

    connection: Connection

    def docs(self: _Opened, **filters: Unpack[Filtering]) -> Answer[DocumentRow]:
        """Return the documents, by year (the undated last) and name."""
        scope = scope_of(self.connection, filters)
        return Answer(rows=tuple(scope.documents.values()), base=scope.base, apart=tuple(scope.apart.values()))

    def sources(self: _Opened) -> list[SourceRow]:
        """Return every file, read or not, by path."""
        from index.show import sources

        return sources(self.connection)

    def source_at(self: _Opened, path: str) -> SourceRow | None:
        """Return the row of one file; None where it was never read."""
        from index.show import source_at

        return source_at(self.connection, path)

    def year_evidence(self: _Opened) -> dict[str, list[YearEvidence]]:
        """Return the words that date each document, by its name."""
        from index.show import year_evidence

        return year_evidence(self.connection)

    def digests(self: _Opened) -> dict[str, str | None]:
        """Return the SHA-256 of every file, by path; None of one that could never be read."""
        from index.show import digests

        return digests(self.connection)

    def copies(self: _Opened) -> dict[str, list[CopyRow]]:
        """Return the copies of each document that has some, by its name."""
        return copies_of(self.connection)

    @property
    def corrections(self: _Opened) -> list[Correction]:
        """The log of what people corrected, in order."""
        return corrections(self.connection)

    @property
    def is_large(self: _Opened) -> bool:
        """Whether counting every place of a frequent word takes more than a second or two."""
        (many,) = self.connection.execute("SELECT count(*) FROM documents").fetchone()
        return bool(many > MANY)

    def search(
        self: _Opened,
        query: str,
        *,
        synonyms: bool = False,
        limit: int | None = None,
        offset: int = 0,
        context: int = 20,
        within: str = "document",
        sort: str = "rank",
        by: str = "place",
        facets: Sequence[str] = (),
        count: bool | None = None,
        explain: bool = False,
        conditions: Mapping[str, Sequence[str]] | None = None,
        **filters: Unpack[Filtering],
    ) -> Found:
        """Return every place that a query finds (`index.search.search`)."""
        from index.search import search
        from index.synonyms import load_synonyms
        from index.variants import load_variants

        return search(
            self.connection, query, cut=lambda text: self.cut(text), variants=load_variants(),
            synonyms=load_synonyms() if synonyms else None, limit=limit, offset=offset, context=context, within=within,
            sort=sort, by=by, facets=facets, count=count, explain=explain, conditions=conditions, **filters,
        )  # fmt: skip

    def similar(self: _Opened, text: str, *, limit: int = 10, **filters: Unpack[Filtering]) -> Similar:
        """Return the passages like a text or a place (`index.similar.similar`)."""
        from index.similar import similar

        return similar(self.connection, text, cut=lambda words: self.cut(words), limit=limit, **filters)

    def problems(
        self: _Opened,
        leaf: str | None = None,
        *,
        by: str | None = None,
        polarity: str = "asserted",
        problem_scope: str | None = None,
        **filters: Unpack[Filtering],
    ) -> ProblemAnswer:
        """Return document × leaf (`index.problems.problems`)."""
        from index.problems import problems

        return problems(self.connection, leaf, by=by, polarity=polarity, problem_scope=problem_scope, **filters)

    def problem_mentions(
        self: _Opened, polarity: str | None = "asserted", **filters: Unpack[Filtering]
    ) -> Answer[ProblemMention]:
        """Return the sentences that name a problem."""
        from index.problems import problem_mentions

        return problem_mentions(self.connection, polarity, **filters)

    def activities(
        self: _Opened, name: str | None = None, *, kind: str | None = None, **filters: Unpack[Filtering]
    ) -> Answer[ActivityRow]:
        """Return named activities, those of most documents first."""
        from index.lists import activities

        return activities(self.connection, name, kind=kind, **filters)

    def numbers(
        self: _Opened,
        *,
        unit: str | None = None,
        state: str | None = None,
        of: str | None = None,
        total: bool = False,
        factors: Mapping[str, Fraction] | None = None,
        **filters: Unpack[Filtering],
    ) -> NumberAnswer:
        """Return numbers, converted into `unit`, and with `total` their sum; raises MixedUnits, NotAdditive.

        `factors` lead from a unit to the base of its dimension; by default those of `nlp/data/units.toml`.
        """
        from index.lists import numbers
        from nlp.units import load_units  # late: only a unit or a sum needs the table

        units = load_units().forms if total or unit is not None else None
        return numbers(
            self.connection, unit=unit, state=state, of=of, total=total, factors=factors, units=units, **filters
        )

    def deadlines(
        self: _Opened,
        *,
        due: str | tuple[str | None, str | None] | None = None,
        overdue_at: str | None = None,
        done: bool = False,
        **filters: Unpack[Filtering],
    ) -> DeadlineAnswer:
        """Return everything with a deadline, by last day; what is told as done only with `done`."""
        from index.lists import deadlines

        return deadlines(self.connection, due=due, overdue_at=overdue_at, done=done, **filters)

    def reuse(
        self: _Opened,
        *,
        min_chars: int | None = None,
        limit: int | None = None,
        progress: Progress | None = None,
        **filters: Unpack[Filtering],
    ) -> Reuse:
        """Return the passages that stand in several documents (`index.passages.clusters`)."""
        from index.passages import clusters  # late, as all that compares texts: it takes a tenth of a second
        from index.reuse import REUSED

        return clusters(self.connection, min_chars=min_chars or REUSED, limit=limit, progress=progress, **filters)

    def reuse_of(
        self: _Opened,
        document: str,
        *,
        min_chars: int | None = None,
        progress: Progress | None = None,
        **filters: Unpack[Filtering],
    ) -> list[Link]:
        """Return where the passages of a document stand, too; raises UnknownDocument."""
        from index.passages import links_of
        from index.reuse import REUSED

        return links_of(self.connection, document, min_chars=min_chars or REUSED, progress=progress, **filters)

    def reuse_pair(self: _Opened, one: str, other: str, *, min_chars: int | None = None) -> SideBySide:
        """Return the sentences that two documents have in common; raises UnknownDocument."""
        from index.passages import side_by_side
        from index.reuse import KEPT

        return side_by_side(self.connection, one, other, min_chars=min_chars or KEPT)

    def compare(
        self: _Opened,
        year_a: int,
        year_b: int,
        *,
        weight: str | None = None,
        all_words: bool = False,
        **filters: Unpack[Filtering],
    ) -> Comparison:
        """Return what differs between two years (`index.compare.compare`)."""
        from index.compare import compare

        return compare(
            self.connection, year_a, year_b, cut=lambda text: self.cut(text), weight=weight, all_words=all_words, **filters
        )  # fmt: skip

    def trends(
        self: _Opened,
        leaf: str | None = None,
        *,
        weight: str | None = None,
        polarity: str = "asserted",
        problem_scope: str | None = None,
        **filters: Unpack[Filtering],
    ) -> TrendAnswer:
        """Return problems over the years (`index.counts.trends`)."""
        from index.counts import trends

        return trends(
            self.connection, leaf, weight=weight, polarity=polarity, problem_scope=problem_scope, **filters
        )  # fmt: skip

    def linked_problems(
        self: _Opened,
        leaf: str | None = None,
        *,
        causes: bool = True,
        problem_scope: str | None = None,
        **filters: Unpack[Filtering],
    ) -> LinkAnswer:
        """Return problems with their measures and causes (`index.links.linked_problems`)."""
        from index.links import linked_problems

        return linked_problems(self.connection, leaf, causes=causes, problem_scope=problem_scope, **filters)

    def pursued_problems(self: _Opened, leaf: str | None = None, **filters: Unpack[Filtering]) -> PursuitAnswer:
        """Return what became of problems in later reports of the same body (`index.links.pursued_problems`)."""
        from index.links import pursued_problems

        return pursued_problems(self.connection, leaf, **filters)

    def show(self: _Opened, reference: str | Reference) -> Shown:
        """Return a document or a stretch of it with its marks."""
        from index.show import show

        return show(self.connection, reference)

    def where(self: _Opened, reference: str | Reference) -> Whereabouts:
        """Return where a document or a stretch of it stands in its raw file."""
        from index.places import where

        return where(self.connection, reference)

    def whole_text(self: _Opened, path: str) -> str:
        """Return the decoded text of a file, by its path in the index."""
        from index.places import whole_text

        return whole_text(self.connection, path)

    def recognised(self: _Opened, document: int | None = None) -> dict[str, Recognised]:
        """Return which documents hold recognised text, and how sure that is, by name."""
        from index.places import recognised

        return recognised(self.connection, document)

    def overview(self: _Opened, *, top: int = 5) -> Overview:
        """Return the index at a glance."""
        from index.show import overview

        return overview(self.connection, top=top)
