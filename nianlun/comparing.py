"""Documents are compared with one another when a question first needs it; a long comparison shows a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianlun.options import Run
from nianlun.progress import bar

if TYPE_CHECKING:
    from index.store import Index


def compare_few(index: Index) -> None:
    """Bring what the index knows of reuse up to date where that takes no time."""
    from index.independent import compare_few

    compare_few(index.connection)


def compare_documents(run: Run, index: Index) -> None:
    """Bring what the index knows of reuse up to date."""
    from index.reuse import ensure, is_current

    if is_current(index.connection):
        return
    (count,) = index.connection.execute("SELECT count(*) FROM documents").fetchone()
    with bar(run.words("reuse_comparing"), count, size=0, shown=not run.quiet) as one:
        ensure(index.connection, lambda done, _: one.set(done))
