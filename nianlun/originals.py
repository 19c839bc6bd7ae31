"""The raw file that a stretch of an index leads to: its bytes, taken out of its container anew, and where in them the words stand.

The index keeps the SHA-256 of every file it read, so that a file which has changed since is never taken for the one that was read.
"""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import FileChanged, FileGone
from ingest.errors import IngestError
from ingest.formats import reader_of
from ingest.sniff import sniff

if TYPE_CHECKING:
    from index.places import Whereabouts

_MARKS = {
    "utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE, "gb18030": b"\x84\x31\x95\x33",
}  # fmt: skip
ENCODINGS = ("utf-8", "gb18030", "big5")  # of the parts of a file that is in several
CONTEXTS = (30, 10, 0)  # characters around the words that tell one place from another
BLANKED = " \t\u200b"  # what `ingest.markdown` puts in the place of marks
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Where a stretch of text begins and ends, as an editor counts: lines and columns from 1, columns in characters.

    `last_column` is that of the last character.
    """

    line: int
    column: int
    last_line: int
    last_column: int


def raw_path(db: str | Path, where: Whereabouts) -> Path:
    """Return the place of the file on the disk; names are kept from the folder of the index."""
    path = Path(os.path.abspath(db)).parent / where.file
    if path.exists():
        return path
    try:  # a name that was no UTF-8 is kept as it reads in GB18030
        other = path.parent / os.fsdecode(path.name.encode("gb18030"))
    except UnicodeError:
        return path
    return other if other.exists() else path


def original(db: str | Path, where: Whereabouts) -> bytes:
    """Return the bytes of the file that was read, out of its container where it lies in one.

    Raises FileGone where there is none, FileChanged where it is another than the one that was read.
    """
    path = raw_path(db, where)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileGone(str(path)) from error
    name = str(path)
    for member in where.members:
        data, name = _member(data, name, member), f"{name}/{member}"
    if where.sha256 and sha256(data).hexdigest() != where.sha256:
        raise FileChanged(name)
    return data


def _member(data: bytes, path: str, name: str) -> bytes:
    try:
        members = reader_of(sniff(data, path))(data, path).members
    except IngestError as error:
        raise FileChanged(path) from error
    for member in members:
        if member.name == name and member.trouble is None:
            return member.data
    raise FileGone(f"{path}/{name}")


def lines_of(text: str, start: int, end: int) -> Lines:
    """Return the lines and columns of text[start:end]; CR LF, LF and CR end a line."""

    def place(at: int) -> tuple[int, int]:
        count, last = 0, 0
        for match in _LINE_END.finditer(text, 0, at):
            if match.end() <= at:
                count, last = count + 1, match.end()
        return count + 1, at - last + 1

    line, column = place(start)
    last_line, last_column = place(max(start, end - 1))
    return Lines(line=line, column=column, last_line=last_line, last_column=last_column)


def bytes_of(text: str, encoding: str | None, digest: str | None, start: int, end: int) -> tuple[int, int] | None:
    """Return the byte range of text[start:end] in the file; None where that cannot be told from the text alone.

    The text, encoded again, must give the very bytes that were read (with a byte order mark before them or not): it does not
    where some were no characters of the encoding, or where parts are in different ones.
    """
    if encoding is None or digest is None:
        return None
    try:
        coded = text.encode(encoding)
        before, inside = text[:start].encode(encoding), text[start:end].encode(encoding)
    except (UnicodeError, LookupError):
        return None
    for mark in (b"", _MARKS.get(encoding, b"")):
        if sha256(mark + coded).hexdigest() == digest:
            first = len(mark) + len(before)
            return first, first + len(inside)
    return None


def bytes_in(data: bytes, text: str, encoding: str | None, start: int, end: int) -> tuple[int, int] | None:
    """Return the byte range of text[start:end] in the bytes of the file, where they decode to that text with losses.

    Of a file whose parts are in different encodings the words are looked for in each of them. None where nothing tells.
    """
    if encoding is None:
        return None
    return _counted(data, text, encoding, start, end) or _looked_up(data, text, encoding, start, end)


def _counted(data: bytes, text: str, encoding: str, start: int, end: int) -> tuple[int, int] | None:
    mark = _MARKS.get(encoding, b"")
    skipped = len(mark) if mark and data.startswith(mark) else 0
    try:
        decoded = data[skipped:].decode(encoding, errors="replace")
    except LookupError:
        return None
    if len(decoded) != len(text) or not _is_same(decoded[start:end], text[start:end]):
        return None
    return skipped + _bytes_before(data[skipped:], encoding, start), skipped + _bytes_before(
        data[skipped:], encoding, end
    )


def _is_same(decoded: str, text: str) -> bool:
    """Tell whether a stretch is that of the file, but for marks (of Markdown) in whose place a blank or nothing stands."""
    return decoded == text or all(one == two or two in BLANKED for one, two in zip(decoded, text, strict=True))


def _looked_up(data: bytes, text: str, encoding: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the words stand in one of the encodings of Chinese text, if that is in one place only."""
    for name in dict.fromkeys((encoding, *ENCODINGS)):
        for around in CONTEXTS:
            low = max(0, start - around)
            try:
                before, words = text[low:start].encode(name), text[start:end].encode(name)
                wanted = before + words + text[end : end + around].encode(name)
            except (UnicodeError, LookupError):
                continue
            at = data.find(wanted) if words else -1
            if at >= 0 and data.find(wanted, at + 1) < 0:
                return at + len(before), at + len(before) + len(words)
    return None


def _bytes_before(data: bytes, encoding: str, characters: int) -> int:
    """Return how many bytes precede a character of the decoded text, in which U+FFFD stands for what could not be read."""
    done = at = 0
    for start, end in [*_unreadable(data, encoding), (len(data), len(data))]:
        sound = data[at:start].decode(encoding)
        if done + len(sound) >= characters:
            return at + len(sound[: characters - done].encode(encoding))
        done, at = done + len(sound) + 1, end
    return len(data)


def _unreadable(data: bytes, encoding: str) -> list[tuple[int, int]]:
    """Return where bytes stand that are no characters of the encoding; each such stretch became one U+FFFD."""
    found: list[tuple[int, int]] = []

    def note(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        found.append((error.start, error.end))
        return "\ufffd", error.end

    codecs.register_error("nianlun_note", note)
    data.decode(encoding, errors="nianlun_note")
    return found
