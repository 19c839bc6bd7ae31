"""Paragraphs set as lines of a width, in the manners of old word processors, mailers and converters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import columns

NO_START = "，。、；：！？”’）》】%"
WORD = re.compile(r"[A-Za-z0-9.]+|.")
NO_END = "（《“‘【"


def set_lines(paragraph: str, width: int, *, indent: str = "", kept: bool = True) -> list[str]:
    """Return the lines of a paragraph at so many columns; `kept`: no mark begins a line that may not."""
    lines, line = [], indent
    for char in paragraph:
        if columns(line + char) > width and line.strip("　 "):
            if kept and char in NO_START:
                line += char
                continue
            if kept and line[-1] in NO_END and len(line) > 1:
                line, char = line[:-1], line[-1] + char
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line else lines


def wrap(
    paragraphs: Sequence[str],
    width: int,
    *,
    indent: str = "",
    hang: str = "",
    between: int = 0,
    kept: bool = True,
    every: int = 0,
) -> str:
    """Return the paragraphs set at `width`: `between` empty lines between them, `every` after each line, `hang` before each."""
    lines = []
    for paragraph in paragraphs:
        lines += set_lines(paragraph, width, indent=indent, kept=kept)
        lines += [""] * between
    return ("\n" + "\n" * every).join(hang + line if line else line for line in lines)


def set_proportional(paragraph: str, width: float) -> list[str]:
    """Return the lines of a paragraph in type of which figures, letters and marks are narrower, words of them kept together.

    The width counts full characters; the indent of the first line takes two of them and is lost.
    """
    lines, line, taken = [], "", 2.0
    for word in WORD.findall(paragraph):
        needed = sum(map(_breadth, word))
        if line and taken + needed > width and word not in NO_START:
            lines.append(line)
            line, taken = "", 0.0
        line += word
        taken += needed
    return [*lines, line]


def _breadth(char: str) -> float:
    if char in NO_START + NO_END:
        return 0.62
    if char.isascii():
        return 0.52
    return 1.0
