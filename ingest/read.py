"""`read(path)`: a file becomes a Source with its Documents; `read_all(path)` opens containers too."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from ingest.archive import ARCHIVES, MOST_UNPACKED, unpack
from ingest.clean import clean
from ingest.decode import Pieces, without_surrogates
from ingest.errors import CannotOpen, EmptyFile, IngestError, NestedTooDeep, NoText, ReaderFailed, TookTooMuch
from ingest.formats import reader_of
from ingest.furniture import cut_watermarks, is_letterhead, label_single_lines, label_within
from ingest.legible import make_legible
from ingest.lines import EDGE, MARKED, Line, find_wrap, split_lines
from ingest.pace import step
from ingest.pages import has_marks, split_at_heads, split_at_marks, unglue
from ingest.readers import DISTINCT_CHARACTERS as FEWEST_KINDS
from ingest.readers import RawText, Stretch
from ingest.records import Document, Furniture, Source
from ingest.repeats import drop_repeats
from ingest.running import label_running, pages_of
from ingest.sniff import sniff
from ingest.split import Group, split

DEEPEST = 3  # containers within containers
TURNS_A_PAGE = frozenset(("page number", "running head"))
PIECE = 1_000_000  # characters looked at a time
HUGE = 16_000_000  # characters; no report is so long, and hardly a compilation
BLOCK = 2_000_000  # characters of a huge text that are read at once
LARGE = 32_000_000  # bytes of a file of plain text, from which on it is decoded as it is read
GLANCE = 8_000_000  # bytes of it that tell what it is
MOST_OF_FILE = 0.8  # of the lines: what wraps them wraps the report
LONGEST_CELL = 12  # characters of a label without its value
DIGIT = re.compile(r"\d")
INSIDE = "/"  # between the name of a container and that of a file in it


def read(path: Path | str) -> Source:
    """Read a file of any known format. Raises an IngestError, which tells what is wrong and what would help."""
    return read_bytes(_bytes(path), str(path))


def read_bytes(data: bytes, path: str) -> Source:
    """Read the bytes of a file; `path` is kept as its name. Of a container, what it says itself. Raises an IngestError."""
    kind = sniff(data, path)
    raw = reader_of(kind)(data, path)
    digest, size = sha256(data).hexdigest(), len(data)
    del data  # a large file need not lie beside its text
    return _source(raw, path, kind=kind, digest=digest, size=size)


def read_all(path: Path | str) -> Iterator[Source | IngestError]:
    """Yield the sources in a file: itself and, where it is a container, the files in it, named `archive.zip/file.docx`.

    A file in a container that cannot be read is yielded as its IngestError; the rest go on. Raises for the file itself.
    """
    for found in sources_in(_bytes(path), str(path)):
        if not isinstance(found, Same):
            yield found


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """A file in a container that holds the bytes of another, which was read before."""

    path: str
    sha256: str
    size: int  # bytes


@dataclass(slots=True)
class Room:
    """What archives may still unpack to, all together that lie in one file."""

    left: int = MOST_UNPACKED  # bytes


def sources_in(
    data: bytes,
    path: str,
    *,
    refused: Mapping[str, IngestError] | None = None,
    depth: int = 0,
    room: Room | None = None,
    seen: set[tuple[str, str]] | None = None,
) -> Iterator[Source | IngestError | Same]:
    """Yield what `read_all` does, of bytes. Raises an IngestError when the outermost file cannot be read.

    Members named in `refused` are not read; what stands there is yielded instead. With `seen`, neither are those whose bytes
    and suffix are in it, and those that are read enter it.
    """
    room = room or Room()
    kind = sniff(data, path)
    if kind in ARCHIVES:
        raw = unpack(kind, data, path, limit=room.left)
        room.left -= sum(len(member.data) for member in raw.members)
    else:
        raw = reader_of(kind)(data, path)
    digest, size = sha256(data).hexdigest(), len(data)
    del data
    members = raw.members
    made = [_source(raw, path, kind=kind, digest=digest, size=size)]
    del raw
    yield made.pop()  # so that whoever takes the source can let go of it
    for member in members:
        name = f"{path}{INSIDE}{member.name}"
        trouble = member.trouble or (refused or {}).get(name)
        if trouble is not None:
            yield trouble
            continue
        step(name)
        mark = ("", "") if seen is None else (sha256(member.data).hexdigest(), Path(name).suffix.lower())
        if seen and mark in seen and member.data:
            yield Same(path=name, sha256=mark[0], size=len(member.data))
            continue
        try:
            if depth >= DEEPEST:
                raise NestedTooDeep(name, DEEPEST)
            yield from sources_in(member.data, name, refused=refused, depth=depth + 1, room=room, seen=seen)
            if seen is not None:
                seen.add(mark)
        except Exception as error:
            yield failure(error, name)


def sources_of(
    path: Path | str,
    name: str,
    *,
    refused: Mapping[str, IngestError] | None = None,
    seen: set[tuple[str, str]] | None = None,
) -> Iterator[Source | IngestError | Same]:
    """Yield what `sources_in` does, of a file: the bytes of a large text never lie beside its characters."""
    large = _large_text(path, name)
    if large is None:
        yield from sources_in(_bytes(path), name, refused=refused, seen=seen)
        return
    made = [_source(large[0], name, kind="text", digest=large[1], size=large[2])]
    del large
    yield made.pop()  # so that whoever takes the source can let go of it


def _large_text(path: Path | str, name: str) -> tuple[RawText, str, int] | None:
    """Return a large plain text in one encoding, with the hash and the size of its file; None of any other file."""
    try:
        with open(path, "rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            head = file.read(GLANCE - size % 2) if size >= LARGE else b""  # even or odd as the whole is
            if not head or _kind_of(head, name) != "text":
                return None
            pieces, digest = Pieces(head), sha256()
            file.seek(0)
            text = ""
            for data in iter(
                partial(file.read, PIECE), b""
            ):  # in a while loop CPython 3.11 would copy the text each time
                digest.update(data)
                text += pieces.decode(data)  # grows where it stands
            text += pieces.decode(b"", final=True)
    except (OSError, UnicodeDecodeError):
        return None  # whoever reads it as a whole tells what is wrong
    if len(set(text[:PIECE])) < FEWEST_KINDS or (
        pieces.encoding == "utf-8" and not pieces.is_marked and "\x00" in text
    ):
        return None
    return RawText(text=text, encoding=pieces.encoding), digest.hexdigest(), size


def _kind_of(data: bytes, name: str) -> str | None:
    try:
        return sniff(data, name)
    except IngestError:
        return None


def failure(error: Exception, path: str) -> IngestError:
    """Return what is to be said of an exception that came out of the reading of a file."""
    if isinstance(error, IngestError):
        return error
    if isinstance(error, MemoryError):
        return TookTooMuch(path)
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f", {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}"
    return ReaderFailed(path, f"{type(error).__name__}: {error}"[:200] + where)


def _source(raw: RawText, path: str, *, kind: str, digest: str, size: int) -> Source:
    """Return the source of a text; of a container without words of its own, one without documents."""
    text = without_surrogates(raw.text)
    raw = raw if text is raw.text else replace(raw, text=text)
    legible = make_legible(raw.text, raw.marks)
    read_as = legible.raw(raw)
    documents, furniture = _documents(read_as)
    if documents is None and not raw.members:
        raise _nothing(raw, path)
    documents = [with_headings(legible.document(document), raw.headings) for document in documents or ()]
    documents, repeats = drop_repeats(documents)
    said_again = [Furniture(start=repeat.start, end=repeat.end, kind="repeat") for repeat in repeats]
    return Source(
        path=path,
        sha256=digest,
        size=size,
        media_type=kind,
        encoding=raw.encoding,
        text=raw.text,
        documents=tuple(documents),
        furniture=tuple(sorted([*legible.furniture(furniture), *said_again], key=lambda piece: piece.start)),
        anchors=raw.anchors,
        about=raw.about,
        repeats=tuple(repeats),
    )


def _documents(raw: RawText) -> tuple[list[Document] | None, list[Furniture]]:
    """Return the documents of a text, None where it has no line, and what stands around them, in places of the text.

    A huge text is read block by block, each from the report that the one before left unfinished: the lines of all of it at once would
    take ten times its room. A report longer than a block goes on as another document.
    """
    if len(raw.text) <= HUGE or raw.reports or raw.furniture or raw.headings:
        return _of_block(raw, first=1, is_last=True)[:2]
    documents: list[Document] | None = None
    furniture: list[Furniture] = []
    start = 0
    while start < len(raw.text):
        end = _end_of_block(raw.text, start)
        block = replace(raw, text=raw.text[start:end])
        found, beside, read = _of_block(block, first=len(documents or ()) + 1, is_last=end == len(raw.text))
        if found is not None:
            shifted = [replace(document, offsets=document.offsets.shifted(start)) for document in found]
            documents = [*(documents or ()), *shifted]
        furniture += [replace(piece, start=piece.start + start, end=piece.end + start) for piece in beside]
        start += read
    return documents, furniture


def _end_of_block(text: str, start: int) -> int:
    if len(text) - start < BLOCK * 2:
        return len(text)
    return text.find("\n", start + BLOCK) + 1 or len(text)


def _of_block(raw: RawText, *, first: int, is_last: bool) -> tuple[list[Document] | None, list[Furniture], int]:
    """Return the documents of a block, what stands around them, and how far it was read: without its last report, if others follow."""
    lines, furniture = _lines_and_furniture(raw)
    if not lines:
        return None, furniture, len(raw.text)
    groups = _groups(raw, lines)
    read = len(raw.text)
    if not is_last and len(groups) > 1:
        last = groups.pop()
        done = groups[-1].lines[-1].end
        read = min(line.start for line in (last.lines[0], *(line for line, _ in last.furniture)) if line.start >= done)
        furniture = [piece for piece in furniture if piece.start < read]
    wraps = [MARKED if raw.marked else find_wrap(group.lines) for group in groups]
    alone = len(groups) == 1 and len(groups[0].lines) > len(lines) * MOST_OF_FILE
    whole = find_wrap(lines) if None in wraps and not alone else None
    lines.clear()  # a hundred megabytes of short lines weigh more than all that is made of them
    groups.reverse()
    documents: list[Document] = []
    while groups:
        group = groups.pop()
        furniture += [Furniture(start=line.start, end=line.end, kind=kind) for line, kind in group.furniture]
        document = clean(
            group.lines,
            ordinal=first + len(documents),
            title=group.title,
            title_source=group.title_source,
            wrap=wraps[len(documents)] or whole,
        )
        table = "\n".join(_letterhead([line.text for line, _ in group.furniture]))
        documents.append(replace(document, letterhead=table) if table else document)
    return documents, furniture, read


def _letterhead(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines around a report with cells of an authority's table, and the values that stand below their labels."""
    above = ""
    for text in lines:
        of_label = is_letterhead(above) and len(above) <= LONGEST_CELL and not DIGIT.search(above)
        if is_letterhead(text) or (of_label and len(text) <= LONGEST_CELL * 2):
            yield text
        above = text


def with_headings(document: Document, headings: Sequence[tuple[int, int]]) -> Document:
    """Return the document with those headings of its source that open a line of it."""
    if not headings:
        return document
    runs = document.offsets.runs
    found = []
    for at, level in headings[bisect_left(headings, (document.source_start, 0)) :] if runs else ():
        if at >= document.source_end:
            break
        run = runs[max(0, bisect_right(runs, at, key=lambda run: run.source_start) - 1)]
        place = run.clean_start + at - run.source_start
        if at < run.source_end and place < run.clean_end and (not place or document.text[place - 1] == "\n"):
            found.append((place, level))
    return replace(document, headings=tuple(found)) if found else document


def _nothing(raw: RawText, path: str) -> IngestError:
    if not raw.text.strip(EDGE):
        return EmptyFile(path)
    return NoText(
        path,
        "nothing but page numbers, markup and the like",
        "只有页码、网页标记之类的内容",
        "Check whether the right file was saved.",
        "请检查是否存错了文件。",
    )


def _groups(raw: RawText, lines: Sequence[Line]) -> list[Group]:
    """Return the reports: where the format tells them apart, by that; else by the looks of the text."""
    if not raw.reports:
        return split(lines, pages=pages_of(raw.text, lines))
    groups = []
    for stretch in raw.reports:
        inside = list(_clipped(lines, stretch))
        for at, group in enumerate(split(inside) if inside else []):
            named = at == 0 and stretch.title
            groups.append(replace(group, title=stretch.title, title_source="heading") if named else group)
    return groups


def _clipped(lines: Sequence[Line], stretch: Stretch) -> Iterator[Line]:
    """Yield the lines of a stretch; one that begins before it or ends behind it is cut at its border."""
    first = bisect_right(lines, stretch.start, key=lambda line: line.end)
    for line in lines[first:]:
        if line.start >= stretch.end:
            return
        low, high = max(line.start, stretch.start), min(line.end, stretch.end)
        piece = line.text[low - line.start : high - line.start]
        text = piece.strip(EDGE)
        if text:
            low += len(piece) - len(piece.lstrip(EDGE))
            yield replace(line, start=low, end=low + len(text), text=text)


def _bytes(path: Path | str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CannotOpen(str(path), error.strerror or type(error).__name__) from error


def _lines_and_furniture(raw: RawText) -> tuple[list[Line], list[Furniture]]:
    lines = list(split_lines(raw.text))
    furniture = sorted(raw.furniture, key=lambda piece: piece.start)
    beside: list[Furniture] = []
    if has_marks(raw.text):
        lines, marks = split_at_marks(lines)
        beside += [Furniture(start=start, end=end, kind="line end") for start, end in marks]
    lines, heads = split_at_heads(lines, raw.text)
    beside += [Furniture(start=start, end=end, kind="running head") for start, end in heads]
    if lines:
        lines, cut_out = unglue(lines)
        beside += [Furniture(start=line.start, end=line.end, kind=kind) for line, kind in cut_out]
    starts = [piece.start for piece in furniture]
    within = label_within(lines)
    labelled = within | label_single_lines(lines) | label_running(lines, pages_of(raw.text, lines))
    kept: list[Line] = []
    turned = False  # a page was turned since the last line
    for at, line in enumerate(lines if furniture or labelled else ()):
        inside = bisect_right(starts, line.start) - 1 if starts else -1
        known = furniture[inside].kind if inside >= 0 and furniture[inside].end >= line.end else None
        if known is not None:
            labelled.pop(at, None)
        if known is None and at not in labelled:
            if at - 1 in within and not kept[-1].is_closed:
                kept.append(replace(line, gap=-1))
            else:
                goes_on = turned and kept and line.gap and not raw.marked and not kept[-1].is_closed
                kept.append(replace(line, gap=0) if goes_on else line)
            turned = False
        else:
            turned = turned or (known or labelled[at]) in TURNS_A_PAGE
    kept = kept if furniture or labelled else lines
    furniture += [Furniture(start=lines[at].start, end=lines[at].end, kind=kind) for at, kind in labelled.items()]
    furniture += beside
    kept, cut = cut_watermarks(kept)
    return kept, furniture + [Furniture(start=start, end=end, kind="watermark") for start, end in cut]
