"""Short names of files and documents, and places in them: 003, 000#4, 000#4@512-540.

The range counts characters of the decoded file (`sources.text`), so a reference means the same words in the raw file,
on the command line, in a URL and in a notebook.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import PurePath, PureWindowsPath

from index.characters import narrow
from index.errors import BadReference

_HASH_TAIL = re.compile(r"_[0-9a-fA-F]{8,}$")
_UNSAFE = re.compile(r"[\s#@/\\]+")
_REFERENCE = re.compile(r"(?P<key>[^#@\s]+)(?:#(?P<ordinal>[0-9]+))?(?:@(?P<start>[0-9]+)-(?P<end>[0-9]+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document, and a range of its file's decoded text where one is named."""

    key: str
    ordinal: int | None = None
    start: int | None = None
    end: int | None = None

    @property
    def ref(self) -> str:
        return self.key if self.ordinal is None else f"{self.key}#{self.ordinal}"

    def __str__(self) -> str:
        return self.ref if self.start is None else f"{self.ref}@{self.start}-{self.end}"


def parse_ref(text: str) -> Reference:
    """Return the reference that text spells; raises BadReference."""
    match = _REFERENCE.fullmatch(_plain_marks(text.strip()))
    if match is None:
        raise BadReference(text)
    number = {name: int(digits) for name, digits in match.groupdict().items() if name != "key" and digits is not None}
    if "start" in number and number["end"] < number["start"]:
        raise BadReference(text)
    return Reference(key=match["key"], **number)


def _plain_marks(text: str) -> str:
    """Return text with a plain # and @, and plain digits behind them; the name of a file stays as it is."""
    text = text.replace("＃", "#").replace("＠", "@")
    key, mark, rest = text.partition("#") if "#" in text else text.partition("@")
    return key + mark + narrow(rest).replace("－", "-").replace("–", "-")


def format_place(ref: str, start: int, end: int) -> str:
    """Return `000#4@512-540`; start and end count characters of the decoded file."""
    return f"{ref}@{start}-{end}"


def document_ref(key: str, ordinal: int, of: int) -> str:
    """Return the name of a document: the file's own where the file holds no other."""
    return key if of == 1 else f"{key}#{ordinal}"


def key_for(path: str, taken: Container[str]) -> str:
    """Return a short name for a path: its stem without a trailing hash, made unique by ~2, ~3 …"""
    name = PureWindowsPath(path).name if "\\" in path else PurePath(path).name
    stem = _HASH_TAIL.sub("", name.rsplit(".", 1)[0] if "." in name.lstrip(".") else name)
    stem = _UNSAFE.sub("_", stem).strip("_") or "source"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}~{number}"
    return key
