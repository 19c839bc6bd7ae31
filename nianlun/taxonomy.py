"""The taxonomy of problems, as an index wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.store import Index


def leaves() -> list[tuple[str, str, str, str]]:
    """Return (id, group, Chinese, English) of every leaf, in order."""
    from nlp.taxonomy import load_taxonomy

    return [(leaf.id, leaf.group, leaf.zh, leaf.en) for leaf in load_taxonomy().leaves]


def leaf_names(index: Index, lang: str) -> dict[str, str]:
    """Return what the leaves that an index knows are called."""
    from index.problems import read_leaves

    return {leaf: zh if lang == "zh" else en for leaf, (_, zh, en, _) in read_leaves(index.connection).items()}
