"""The taxonomy of problems, as an index wants it."""

from __future__ import annotations


def leaves() -> list[tuple[str, str, str, str]]:
    """Return (id, group, Chinese, English) of every leaf, in order."""
    from nlp.taxonomy import load_taxonomy

    return [(leaf.id, leaf.group, leaf.zh, leaf.en) for leaf in load_taxonomy().leaves]
