"""The taxonomy of problems, as an index wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from index.store import Index


def leaves() -> list[tuple[str, str, str, str]]:
    """Return (id, group, Chinese, English) of every leaf, in order."""
    from index.store import leaves_of

    return leaves_of("")


def chosen(db: Path, wanted: str | None) -> str:
    """Return the text of the taxonomy that is wanted, by name or file, else of that of an index; empty for our own.

    Raises nlp.taxonomy.TaxonomyError.
    """
    from index.store import Index
    from nlp.taxonomy import parse_taxonomy, text_of

    if wanted == "problems":
        return ""
    if wanted is not None:
        text = text_of(wanted)
        parse_taxonomy(text, wanted)
        return text
    if not db.exists():
        return ""
    with Index.open(db, read_only=True) as index:
        return index.taxonomy


def leaf_names(index: Index, lang: str) -> dict[str, str]:
    """Return what the leaves that an index knows are called."""
    from index.problems import read_leaves

    return {leaf: zh if lang == "zh" else en for leaf, (_, zh, en, _) in read_leaves(index.connection).items()}
