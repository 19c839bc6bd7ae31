"""`read(path)`: a file becomes a Source with its Documents."""

from __future__ import annotations

from bisect import bisect_right
from hashlib import sha256
from pathlib import Path

from ingest.clean import clean
from ingest.errors import CannotOpen, EmptyFile, NoText
from ingest.furniture import cut_watermarks, label_single_lines
from ingest.lines import EDGE, Line, find_wrap, split_lines
from ingest.readers import RawText, read_docx, read_pdf, read_text
from ingest.records import Document, Furniture, Source
from ingest.sniff import sniff
from ingest.split import split

READERS = {"text": read_text, "docx": read_docx, "pdf": read_pdf}


def read(path: Path | str) -> Source:
    """Read a file of any known format. Raises an IngestError, which tells what is wrong and what would help."""
    return read_bytes(_bytes(path), str(path))


def read_bytes(data: bytes, path: str) -> Source:
    """Read the bytes of a file; `path` is kept as its name. Raises an IngestError."""
    kind = sniff(data, path)
    raw = READERS[kind](data, path)
    digest, size = sha256(data).hexdigest(), len(data)
    del data  # a large file need not lie beside its text
    lines, furniture = _lines_and_furniture(raw)
    if not lines:
        if not raw.text.strip(EDGE):
            raise EmptyFile(path)
        raise NoText(
            path,
            "nothing but page numbers, markup and the like",
            "只有页码、网页标记之类的内容",
            "Check whether the right file was saved.",
            "请检查是否存错了文件。",
        )
    wrap = find_wrap(lines)
    groups = split(lines)
    documents: list[Document] = []
    lines.clear()  # a hundred megabytes of short lines weigh more than all that is made of them
    groups.reverse()
    while groups:
        group = groups.pop()
        furniture += [Furniture(start=line.start, end=line.end, kind=kind) for line, kind in group.furniture]
        documents.append(
            clean(
                group.lines,
                ordinal=len(documents) + 1,
                title=group.title,
                title_source=group.title_source,
                wrap=find_wrap(group.lines) or wrap,
            )
        )
    return Source(
        path=path,
        sha256=digest,
        size=size,
        media_type=kind,
        encoding=raw.encoding,
        text=raw.text,
        documents=tuple(documents),
        furniture=tuple(sorted(furniture, key=lambda piece: piece.start)),
        anchors=raw.anchors,
    )


def _bytes(path: Path | str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CannotOpen(str(path), error.strerror or type(error).__name__) from error


def _lines_and_furniture(raw: RawText) -> tuple[list[Line], list[Furniture]]:
    lines = list(split_lines(raw.text))
    furniture = list(raw.furniture)
    starts = [piece.start for piece in furniture]
    labelled = label_single_lines(lines)
    kept = []
    for at, line in enumerate(lines):
        inside = bisect_right(starts, line.start) - 1
        if inside >= 0 and furniture[inside].end >= line.end:
            continue
        if at in labelled:
            continue
        kept.append(line)
    furniture += [Furniture(start=lines[at].start, end=lines[at].end, kind=kind) for at, kind in labelled.items()]
    kept, cut = cut_watermarks(kept)
    return kept, furniture + [Furniture(start=start, end=end, kind="watermark") for start, end in cut]
