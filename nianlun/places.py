"""Where a stretch stands in its raw file, as people read it and as a row: the same on the command line and in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import StoreError
from index.places import Place, Whereabouts, cell_name
from ingest.errors import IngestError
from nianlun.messages import say
from nianlun.originals import Lines, bytes_in, bytes_of, lines_of, original

if TYPE_CHECKING:
    from index.store import Index

# Kinds whose text is the file itself, so that lines and columns mean those of an editor.
WRITTEN = frozenset(("text", "markdown"))
# Kinds of which readers keep places. The others have the range of characters alone.
SHEETS = frozenset(("xlsx", "xls", "ods", "xls-xml", "xls-html"))
PLACED = frozenset(("docx", "doc", "rtf", "odt", "pdf", "ofd", "image", "pptx", "csv", *SHEETS))
PLACE_COLUMNS = tuple(
    one.name for one in fields(Place) if not one.name.startswith("line_t") and one.name != "line_start"
)
_NO_RANGE = (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Whereabouts with what only the whole text, or the file itself, can tell.

    `bytes` are the range in the raw file; `exact` tells that the words, encoded again, are those bytes, and is False where
    some of these are no characters of the encoding or where the range cannot be told. `missing` tells why there are no places: old (read by an
    older program), converter (that read the file without telling places), or inserted (words that stand nowhere in it).
    """

    where: Whereabouts
    lines: Lines | None = None
    bytes: tuple[int, int] | None = None
    exact: bool | None = None
    missing: str | None = None


def locate(index: Index, db: str | Path, reference: str) -> Located:
    """Return where a reference leads; raises BadReference, UnknownDocument. The raw file is read only where it must be."""
    where = index.where(reference)
    if where.places:
        return Located(where=where, **_in_text(index, db, where, written=False))
    return Located(
        where=where,
        missing=_missing(where, index.taxonomy),
        **_in_text(index, db, where, written=where.media_type in WRITTEN),
    )


def where_row(located: Located) -> dict[str, Any]:
    """Return where a stretch stands as a row that JSON can hold."""
    where, lines = located.where, located.lines
    first, last = located.bytes or _NO_RANGE
    return {
        "reference": where.reference, "file": where.file, "members": list(where.members), "within": where.within,
        "path": where.path, "media_type": where.media_type, "encoding": where.encoding, "sha256": where.sha256,
        "source_start": where.source_start, "source_end": where.source_end, "text": where.text,
        "line": lines and lines.line, "column": lines and lines.column, "last_line": lines and lines.last_line,
        "last_column": lines and lines.last_column, "byte_start": first, "byte_end": last, "bytes_exact": located.exact,
        "about": [list(pair) for pair in where.about], "missing": located.missing, "places": [place_row(place) for place in where.places],
    }  # fmt: skip


def place_row(place: Place) -> dict[str, Any]:
    """Return one place as a row; numbers count as in `index.places.Place`."""
    row = {name: getattr(place, name) for name in PLACE_COLUMNS}
    return {**row, **{name: row[name] and list(row[name]) for name in ("box", "line_box")}, "unsure": place.unsure}


def where_lines(located: Located, lang: str) -> list[str]:
    """Return where a stretch stands in words, without its places: the file, characters, lines, bytes."""
    where = located.where
    names = " → ".join((where.file, *where.members))
    within = f" ({say('where_' + where.within, lang)})" if where.within else ""
    told = [say("where_file", lang, names=names, within=within)]
    text = say("where_characters", lang, start=where.source_start, end=where.source_end)
    if located.lines:
        text += say("where_lines", lang, line=located.lines.line, column=located.lines.column,
                    last_line=located.lines.last_line, last_column=located.lines.last_column)  # fmt: skip
    if located.bytes:
        first, last = located.bytes
        text += say("where_bytes", lang, first=first, last=last, encoding=where.encoding)
    told.append(text)
    if located.exact is False:
        told.append(say("where_lossy" if located.bytes else "where_no_bytes", lang, encoding=where.encoding))
    if where.about:
        said = "; ".join(f"{name} {value}" for name, value in where.about)
        told.append(say("where_about", lang, said=said))
    if located.missing:
        told.append(say("where_" + located.missing, lang))
    return told


def place_words(place: Place, media_type: str, lang: str) -> str:
    """Return a place in words, everything counted from 1: page and box, paragraph and run, cell, slide."""
    told: list[str] = []
    if place.page is not None:
        told.append(say("where_page", lang, page=place.page))
    if place.slide is not None:
        told.append(say("where_slide", lang, slide=place.slide))
    told += _cell_words(place, media_type, lang)
    if place.paragraph is not None:
        told.append(say("where_paragraph", lang, paragraph=place.paragraph + 1))
    if place.run is not None:
        told.append(say("where_run", lang, run=place.run + 1))
    if place.box is not None:
        left, top, right, bottom = place.box
        told.append(say("where_box", lang, left=left, top=top, right=right, bottom=bottom))
    return say("comma", lang).join(told)


def confidence_words(place: Place, lang: str) -> str:
    """Return how sure a recognition is, in words; nothing for words that were not recognised."""
    if place.confidence is None:
        return ""
    return say("where_unsure" if place.unsure else "where_sure", lang, share=round(100 * place.confidence))


def recognised_words(share: float, unsure: float, lang: str) -> str:
    """Return how much was recognised and how sure that is, in words: OCR, 3 % unsure."""
    told = say("recognised_all" if share > 0.995 else "recognised_part", lang, share=_percent(share))
    return told + say("recognised_unsure", lang, share=_percent(unsure))


def _percent(share: float) -> str:
    return "0" if share == 0 else "<1" if share < 0.005 else f"{100 * share:.0f}"


def _cell_words(place: Place, media_type: str, lang: str) -> list[str]:
    if place.cell:
        return [place.cell]
    if place.row is None or place.column is None:
        return [say("where_sheet", lang, sheet=place.sheet)] if place.sheet else []
    cell = cell_name(place.row, place.column)
    if media_type == "csv":
        return [say("where_field", lang, row=place.row + 1, column=place.column + 1, cell=cell)]
    if media_type in SHEETS:  # of an index that did not keep the names of sheets
        return [say("where_sheet", lang, sheet=(place.table or 0) + 1) + " " + cell]
    return [say("where_cell", lang, table=(place.table or 0) + 1, row=place.row + 1, column=place.column + 1)]


def _in_text(index: Index, db: str | Path, where: Whereabouts, *, written: bool) -> dict[str, Any]:
    """Return lines, bytes and exact of a file that is text, or of a page's source; nothing of another one."""
    if where.media_type == "html":
        return _in_page(index, db, where)
    if not (written or (where.media_type == "csv" and where.encoding)):
        return {}
    text = index.whole_text(where.path)
    start, end = where.source_start, where.source_end
    found = bytes_of(text, where.encoding, where.sha256, start, end)
    exact: bool | None = True if found else None
    if found is None and written:
        try:
            data = original(db, where)
        except (StoreError, IngestError):
            data = b""
        found = bytes_in(data, text, where.encoding, start, end)
        exact = found is not None and "\ufffd" not in where.text
    lines = lines_of(text, start, end) if written or found else None
    return {"lines": lines, "bytes": found, "exact": exact}


def _in_page(index: Index, db: str | Path, where: Whereabouts) -> dict[str, Any]:
    """Return lines, bytes and exact of words in the source of a web page; nothing where the page is gone or does not show them."""
    from ingest.web import decode_page
    from nianlun.markup import find_in_page

    try:
        data = original(db, where)
    except (StoreError, IngestError):
        return {}
    page, encoding = decode_page(data)
    found = find_in_page(page, index.whole_text(where.path), where.source_start, where.source_end)
    if found is None:
        return {}
    counted = bytes_in(data, page, encoding, *found)
    return {"lines": lines_of(page, *found), "bytes": counted, "exact": True if counted else None}


def _missing(where: Whereabouts, taxonomy: str) -> str | None:
    if where.media_type not in PLACED:
        return None
    if where.anchored:
        return "inserted"
    from nlp.analyse import fingerprint

    return "converter" if where.fingerprint == fingerprint(taxonomy) else "old"
