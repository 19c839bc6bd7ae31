"""Lists in running text: 一是…。…二是…。… and 第一，…。第二，…。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.records import Sentence

NUMERALS = "一二三四五六七八九十"
LIST_MARK = re.compile(rf"(?P<item>[{NUMERALS}])是|第(?P<ordinal>[{NUMERALS}])[，、]")


def find_lists(text: str, sentences: Sequence[Sentence]) -> Iterator[list[tuple[int, int]]]:
    """Yield the items of each list (一是…。…二是…。…), as first sentence and the one behind the last; the last item ends with its line."""
    open_lists: dict[str, list[int]] = {}
    for at, sentence in enumerate(sentences):
        mark = LIST_MARK.match(text, sentence.start)
        if mark is None:
            continue
        kind = mark.lastgroup or ""
        number = NUMERALS.index(mark[kind]) + 1
        heads = open_lists.get(kind, [])
        if number == len(heads) + 1:
            heads.append(at)
            if number == 1:
                open_lists[kind] = heads
            continue
        if len(heads) >= 2:
            yield _items(text, sentences, heads)
        open_lists[kind] = [at] if number == 1 else []
    for heads in open_lists.values():
        if len(heads) >= 2:
            yield _items(text, sentences, heads)


def _items(text: str, sentences: Sequence[Sentence], heads: Sequence[int]) -> list[tuple[int, int]]:
    last = heads[-1] + 1
    while last < len(sentences) and "\n" not in text[sentences[heads[-1]].start : sentences[last].start]:
        last += 1
    return list(zip(heads, [*heads[1:], last], strict=True))
