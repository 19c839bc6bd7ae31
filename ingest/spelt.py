"""Characters that a program spelt out instead of writing them: <U+3000>, &nbsp;, &#x4E2D;, \\u4e2d."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

SPELT = re.compile(
    r"[<&\\](?:(?<=<)U\+(?P<angle>[0-9A-Fa-f]{4,6})>"
    r"|(?<=&)(?:amp;)?(?P<entity>#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,30});"
    r"|(?<=\\)u(?P<escape>[0-9A-Fa-f]{4}))"
)


def find_spelt(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, character) of every character that is spelt out, from left to right.

    Entities escaped twice (&amp;nbsp;) count as one. Unknown names, surrogates and numbers that are no character are left alone;
    a backslash escape counts only for Chinese characters and full-width signs, since paths and formulas have backslashes too.
    """
    for match in SPELT.finditer(text):
        char = _character(match)
        if char:
            yield match.start(), match.end(), char


def _character(match: re.Match[str]) -> str | None:
    if entity := match["entity"]:
        if entity[0] != "#":
            return html5.get(entity + ";")
        char = unescape(f"&{entity};")
        return char if len(char) == 1 and char != "\ufffd" and (char.isprintable() or char.isspace()) else None
    code = int(match["angle"] or match["escape"], 16)
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF or code == 0:
        return None
    if match["escape"] and not (0x2000 <= code < 0xA000 or 0xFF00 <= code < 0xFFF0):
        return None
    return chr(code)
