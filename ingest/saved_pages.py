"""Pages saved with their parts: `总结.html` and the folder `总结_files` (or `总结.files`) that a browser or Word puts beside it.

The parts (scripts, styles, pictures, advertisements in frames) are no files of anybody; only where the page is nothing but a
frameset does its text lie in them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

PARTS = re.compile(r"(.+)(?:_files|\.files|_文件|_archivos)", re.IGNORECASE | re.DOTALL)
PAGES = (".html", ".htm", ".mht", ".mhtml", ".xls", ".doc")
FRAMES = re.compile(rb"<frameset\b", re.IGNORECASE)
HEAD = 65_536  # bytes in which a page of frames says so


def page_of(folder: str, names: Collection[str]) -> str | None:
    """Return which of the files beside a folder is the page whose parts lie in it; None for a folder like any other."""
    match = PARTS.fullmatch(folder)
    if not match:
        return None
    return next((match[1] + suffix for suffix in PAGES if match[1] + suffix in names), None)


def is_frameset(page: bytes) -> bool:
    """Tell a page that shows other pages and has no text of its own."""
    return FRAMES.search(page[:HEAD].replace(b"\x00", b"")) is not None


def is_page(name: str) -> bool:
    """Tell a file that may be a page by its name: a part of a page of frames."""
    return name.lower().endswith((".html", ".htm"))
