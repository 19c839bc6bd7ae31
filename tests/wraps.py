"""Paragraphs set as lines of a width, in the manners of old word processors, mailers and converters."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.lines import columns

NO_START = "，。、；：！？”’）》】%"
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
