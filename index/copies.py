"""Copies: a report that lies in several files is one document, and its other places are rows of `copies`.

Two things find a copy. The same bytes are known by their checksum, before a file is read. The same words in another file
are known by marks: a few hashes of each document (its text, its numbers, its longest sentences) name the documents that
may be the same report; `ingest.repeats.alike` decides. Which of the places is the document does not depend on the order
of reading: `Rank` decides, and a better place takes over. When a document goes, its copies are marked as lost, and are
read again.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from operator import itemgetter
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from index.characters import narrow
from index.errors import UnknownDocument
from index.references import Reference
from index.tables import TABLES
from ingest.formats import CONTAINERS
from ingest.repeats import FEWEST, Words, alike, words_of

if TYPE_CHECKING:
    from index.rows import Chunk, Head
    from nlp.records import Analysis

LOST = "copy_lost"  # why a file is to be read again: the report that it repeats is gone
LONGEST = 6  # sentences of a document that are marks of it
ENOUGH = 2  # marks in common, for a closer look
LOOKED_UP = 40  # documents with one mark in common; a form that thousands fill in has no more of them looked at
RARE = 8  # documents with a mark: it alone is enough
LOOKED_AT = 5  # documents compared word by word
_FEW_NUMBERS = 3  # fewer are no mark
_FREQUENT = "的工作人和在一"
_FORMATS = {"docx": 0, "odt": 1, "doc": 1, "rtf": 1, "text": 2, "html": 3, "mht": 3, "pdf": 5, "ofd": 5, "image": 6}
_OTHER_FORMAT = 4
_PLACES = {table.name: {column.name: at for at, column in enumerate(table.columns)} for table in TABLES}
_COMPARED = tuple(
    _PLACES["documents"][name] for name in ("ordinal", "title", "org", "year", "source_start", "source_end", "text")
)
_CONFIDENCE = _PLACES["anchors"]["confidence"]
_FIGURE = re.compile(r"[0-9]+(?= ?[^\W_0-9])")  # with a unit behind it: no list number, no page
_NO_WORD = re.compile(r"[\W_]+")
_LOST_REASON = (
    LOST, "the report in it was a copy of one that is no longer in the index.", "其中的报告与另一份相同,而那一份已不在索引中。",
    "Run `nianlun ingest` on it once more, so that it is read itself.", "请对它再运行一次 nianlun ingest,读入这一份。",
)  # fmt: skip


class Rank(NamedTuple):
    """How good a place is for a report, the best being the smallest: it becomes the document, others its copies."""

    recognised: bool  # by OCR
    damage: int
    form: int  # of the file: Word before plain text, pages of the web, PDF
    depth: int  # in containers
    length: int  # of the path: 要点.txt before 要点 (1).txt
    path: str


class Place(NamedTuple):
    """A document that a text was found to repeat."""

    rank: Rank
    document: int
    sha256: str | None
    ordinal: int


class Newcomer(NamedTuple):
    """A document that is about to be stored."""

    ordinal: int
    title: str | None
    org: str | None
    year: int | None
    start: int  # in the text of its source
    end: int
    text: str
    rank: Rank
    marks: list[int]


class CopyRow(NamedTuple):
    """A copy: where it stands, and the document that it repeats."""

    ref: str | None  # the name that it would have as a document; None in a container that was not opened again
    key: str  # short name of its file
    path: str
    kind: str  # file, text or repeat
    title: str | None
    document: str  # name of the document …
    original: str  # … and its file
    source_start: int
    source_end: int

    @property
    def place(self) -> str:
        """Return where it stands, in few words: its file, or the stretch of its file."""
        return self.path if self.kind != "repeat" else f"{self.ref}@{self.source_start}-{self.source_end}"


def marks_of(analysis: Analysis) -> list[int]:
    """Return the hashes by which copies of a document are looked for; none for a text too short to have any."""
    text = analysis.document.text
    whole = "".join(text.split())
    if len(whole) < FEWEST:
        return []
    parts = [whole]
    if len(analysis.quantities) >= _FEW_NUMBERS:
        parts.append("|".join(quantity.text for quantity in analysis.quantities))
    lengths = [sentence.end - sentence.start for sentence in analysis.sentences]
    longest = sorted(zip(lengths, analysis.sentences, strict=True), key=itemgetter(0), reverse=True)[:LONGEST]
    parts += (_NO_WORD.sub("", text[sentence.start : sentence.end]) for _, sentence in longest)
    hashes = (blake2b(part.encode(errors="replace"), digest_size=8).digest() for part in parts if part)
    return sorted({int.from_bytes(one, "big", signed=True) for one in hashes})


def newcomers(connection: sqlite3.Connection, head: Head, chunk: Chunk) -> list[Newcomer]:
    """Return what is compared of documents that are about to be stored."""
    marks: dict[int, list[int]] = {}
    for mark, document in chunk.rows.get("fingerprints", ()):
        marks.setdefault(document, []).append(mark)
    damage = Counter(row[1] for row in chunk.rows.get("damage", ()))
    scanned = [(row[2], row[3]) for row in head.rows.get("anchors", ()) if row[_CONFIDENCE] is not None]
    depth, form = _depth(connection, head.path), _FORMATS.get(head.media_type, _OTHER_FORMAT)
    found = []
    for at, row in enumerate(chunk.documents):
        ordinal, title, org, year, start, end, text = (row[place] for place in _COMPARED)
        recognised = head.media_type == "image" or any(first < end and last > start for first, last in scanned)
        rank = Rank(recognised, damage[at], form, depth, len(head.path), head.path)
        found.append(Newcomer(ordinal, title, org, year, start, end, text, rank, marks.get(at, [])))
    return found


def originals_of(connection: sqlite3.Connection, new: Newcomer, source_id: int) -> list[Place]:
    """Return the documents of other files that are the same report, the best first."""
    found: list[Place] = []
    words: Words | None = None
    candidates = _candidates(connection, new.marks)
    figures = frozenset(_FIGURE.findall(narrow(new.text))) if candidates else frozenset()
    query = """SELECT d.text, d.year, d.org, d.title, d.ordinal, s.sha256, s.id FROM documents AS d
JOIN sources AS s ON s.id = d.source WHERE d.id = ? AND s.id <> ?"""
    for number in candidates:
        for text, year, org, title, ordinal, digest, source in connection.execute(
            query, (number, source_id)
        ).fetchall():
            if _conflict(new.year, year) or _conflict(new.org, org) or not _may_be_alike(new.text, figures, text):
                continue
            rank = _rank_of_document(connection, number, source)
            words = words or words_of(new.text)
            is_same_head = _is_same_head(new, year, org, title)
            if alike(words, words_of(text), misread=new.rank.recognised or rank.recognised, edges=is_same_head):
                found.append(Place(rank, number, digest, ordinal))
    return sorted(found)


def is_same_file(new: Newcomer, sha256: str, place: Place) -> bool:
    """Return whether a copy and its document stand at the same place of files with the same bytes."""
    return (sha256, new.ordinal, _suffix(new.rank.path)) == (place.sha256, place.ordinal, _suffix(place.rank.path))


def same_bytes(connection: sqlite3.Connection, path: str, sha256: str, fingerprint: str) -> int | None:
    """Return the file that holds these very bytes and was read by this very program, if what it holds need not be read again.

    A file of another kind by its name (.txt, .csv) is read by itself: the name may decide how it is read.
    """
    query = """SELECT id, path, status FROM sources WHERE sha256 = ? AND fingerprint = ? AND status IN ('read', 'copy')
AND path <> ? AND NOT stale ORDER BY status DESC, path"""
    for number, other, status in connection.execute(query, (sha256, fingerprint, path)).fetchall():
        if _suffix(other) != _suffix(path):
            continue
        if not _holds_something(connection, number, other):
            continue
        is_better = _name_rank(connection, path) < _name_rank(connection, other)
        if not is_better:
            return int(number)
        query = "SELECT 1 FROM copies WHERE source = ? AND kind <> 'repeat' LIMIT 1"
        if status == "read" and not connection.execute(query, (number,)).fetchone() and not _members(connection, other):
            return int(number)
    return None


def rows_of_file(connection: sqlite3.Connection, first: int, source_id: int) -> list[tuple[Any, ...]]:
    """Return the rows, without numbers, that make a file a copy of the file `first`, byte by byte."""
    (path, key) = connection.execute("SELECT path, key FROM sources WHERE id = ?", (first,)).fetchone()
    (own,) = connection.execute("SELECT key FROM sources WHERE id = ?", (source_id,)).fetchone()
    rows = []
    for one in (first, *_members(connection, path)):
        query = """SELECT id, 'file', ref, title, source_start, source_end FROM documents WHERE source = ?1
UNION ALL SELECT document, CASE kind WHEN 'text' THEN 'text' ELSE 'file' END, ref, title, source_start, source_end
FROM copies WHERE source = ?1"""
        for document, kind, ref, *rest in connection.execute(query, (one,)).fetchall():
            ref = own + ref.removeprefix(key) if one == first and ref is not None else None
            rows.append((source_id, document, kind, ref, *rest))
    return rows


def is_named_better(connection: sqlite3.Connection, path: str, first: int) -> bool:
    """Return whether of two equal files the one named `path` is to hold the documents."""
    (other,) = connection.execute("SELECT path FROM sources WHERE id = ?", (first,)).fetchone()
    return _name_rank(connection, path) < _name_rank(connection, other)


def trade(connection: sqlite3.Connection, one: int, other: int) -> None:
    """Let two files with the same bytes change places: what was read stays, under the other's name."""
    (path, key), (new_path, new_key) = (
        connection.execute("SELECT path, key FROM sources WHERE id = ?", (number,)).fetchone()
        for number in (one, other)
    )
    connection.execute("UPDATE sources SET path = ?, key = ? WHERE id = ?", (f"\x00{path}", f"\x00{key}", one))
    for number, its_path, its_key, before in ((other, path, key, new_key), (one, new_path, new_key, key)):
        connection.execute("UPDATE sources SET path = ?, key = ? WHERE id = ?", (its_path, its_key, number))
        for table in ("documents", "copies"):
            connection.execute(
                f"UPDATE {table} SET ref = ? || substr(ref, ?) WHERE source = ? AND ref IS NOT NULL",
                (its_key, len(before) + 1, number),
            )


def heir_of(connection: sqlite3.Connection, source_id: int) -> int | None:
    """Return the best named file that holds the same bytes as one whose documents are about to go."""
    (path, digest, kind) = connection.execute(
        "SELECT path, sha256, media_type FROM sources WHERE id = ?", (source_id,)
    ).fetchone()
    if digest is None or kind in CONTAINERS:
        return None
    if connection.execute("SELECT 1 FROM documents WHERE source = ? LIMIT 1", (source_id,)).fetchone() is None:
        return None
    query = "SELECT id, path FROM sources WHERE sha256 = ? AND status = 'copy' AND id <> ?"
    heirs = [
        (_name_rank(connection, other), number)
        for number, other in connection.execute(query, (digest, source_id)).fetchall()
        if _suffix(other) == _suffix(path)
    ]
    return min(heirs)[1] if heirs else None


def point(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Let the copies of one document be those of another, which took its place."""
    whole = "SELECT s.path, s.sha256, d.ordinal FROM documents AS d JOIN sources AS s ON s.id = d.source WHERE d.id = ?"
    path, digest, ordinal = connection.execute(whole, (new,)).fetchone()
    rows = """SELECT c.id, c.ref, s.path, s.sha256 FROM copies AS c JOIN sources AS s ON s.id = c.source
WHERE c.document = ?"""
    for number, ref, other, sha256 in connection.execute(rows, (old,)).fetchall():
        at = int(ref.rpartition("#")[2]) if ref is not None and "#" in ref else 1
        is_same = (sha256, _suffix(other), at) == (digest, _suffix(path), ordinal)
        connection.execute(
            "UPDATE copies SET document = ?, kind = ? WHERE id = ?", (new, "file" if is_same else "text", number)
        )


def lose(connection: sqlite3.Connection, document: int) -> None:
    """Mark the files that hold copies of a document which is gone: they are to be read again."""
    found = connection.execute("SELECT DISTINCT source FROM copies WHERE document = ?", (document,)).fetchall()
    connection.execute("DELETE FROM copies WHERE document = ?", (document,))
    for (source,) in found:
        connection.execute("UPDATE sources SET fingerprint = NULL WHERE id = ? AND status = 'read'", (source,))
        connection.execute(
            """UPDATE sources SET status = 'skipped', fingerprint = NULL, code = ?, reason = ?, reason_zh = ?, remedy = ?,
remedy_zh = ? WHERE id = ? AND status = 'copy'""",
            (*_LOST_REASON, source),
        )


def lost_files(connection: sqlite3.Connection) -> list[str]:
    """Return the files that hold copies of documents that are gone: of one in a container, the container."""
    query = "SELECT path FROM sources WHERE code = ? OR (status = 'read' AND fingerprint IS NULL) ORDER BY path"
    outermost = []
    for (path,) in connection.execute(query, (LOST,)).fetchall():
        around = _containers(connection, path)
        outermost.append(min(around, key=len) if around else path)
    return list(dict.fromkeys(outermost))


def copied(connection: sqlite3.Connection, path: str) -> dict[int, str]:
    """Return the documents of a file that have copies elsewhere, with their texts."""
    query = """SELECT DISTINCT d.id, d.text FROM sources AS s JOIN documents AS d ON d.source = s.id
JOIN copies AS c ON c.document = d.id WHERE s.path = ? AND c.source <> s.id"""
    return dict(connection.execute(query, (path,)).fetchall())


def settle(connection: sqlite3.Connection, before: Mapping[int, str]) -> None:
    """Mark the copies of documents that are gone, or are other reports now, as lost; `before` is what `copied` returned."""
    for number, text in before.items():
        found = connection.execute("SELECT text FROM documents WHERE id = ?", (number,)).fetchone()
        if found is None or (found[0] != text and not alike(words_of(found[0]), words_of(text))):
            lose(connection, number)


def copies_of(connection: sqlite3.Connection) -> dict[str, list[CopyRow]]:
    """Return the copies of each document that has some, by its name."""
    found: dict[str, list[CopyRow]] = {}
    for row in _read_copies(connection):
        found.setdefault(row.document, []).append(row)
    return found


def copies_named(connection: sqlite3.Connection, name: str) -> list[CopyRow]:
    """Return the copies that a name means: one by its own, all of a file by the short name, the path or the last of it."""
    key = name.partition("#")[0]
    rows = _read_copies(connection, "WHERE c.ref = ? OR s.key = ? OR s.path LIKE ?", (name, key, f"%{key}"))
    exact = [row for row in rows if row.ref == name]
    named = [row for row in rows if name in (row.key, row.path, row.path.rpartition("/")[2])]
    return exact or [row for row in named if row.kind != "repeat"]


def document_of(connection: sqlite3.Connection, place: Reference) -> tuple[Reference, CopyRow | None]:
    """Return a reference as it stands in a document, and the copy that it named, if it did.

    A range is the same in a file with the same bytes; else it falls away. Raises UnknownDocument where a file holds
    copies of several documents.
    """
    if connection.execute("SELECT 1 FROM documents WHERE ref = ?", (place.ref,)).fetchone():
        return place, None
    found = copies_named(connection, place.ref)
    if len({row.document for row in found}) > 1:
        raise UnknownDocument(place.ref, list(dict.fromkeys(row.ref or row.document for row in found)))
    if not found:
        return place, None
    copy = found[0]
    is_same = copy.kind == "file"
    start, end = (place.start, place.end) if is_same else (None, None)
    return Reference(key=copy.document, start=start, end=end), copy


def _read_copies(connection: sqlite3.Connection, which: str = "", values: Sequence[str] = ()) -> list[CopyRow]:
    query = f"""SELECT c.ref, s.key, s.path, c.kind, c.title, d.ref, o.path, c.source_start, c.source_end FROM copies AS c
JOIN sources AS s ON s.id = c.source JOIN documents AS d ON d.id = c.document JOIN sources AS o ON o.id = d.source {which} ORDER BY s.path, c.source_start, c.id"""
    return [CopyRow(*row) for row in connection.execute(query, values)]


def _candidates(connection: sqlite3.Connection, marks: Sequence[int]) -> list[int]:
    """Return the documents that share marks, those that share most first."""
    shared: Counter[int] = Counter()
    for holders in _holders(connection, marks):
        weight = LONGEST + 2 if len(holders) <= RARE else 1  # as much as all others together
        shared.update(dict.fromkeys(holders, weight))
    enough = min(ENOUGH, len(marks))
    most = shared.most_common(LOOKED_AT)
    return [number for number, count in most if count >= enough]


def _holders(connection: sqlite3.Connection, marks: Sequence[int]) -> Iterable[list[int]]:
    """Return for each mark that some have the documents that have it, the first `LOOKED_UP` of them."""
    query = f"SELECT hash, document FROM fingerprints WHERE hash IN ({', '.join('?' * len(marks))}) LIMIT ?"
    found = connection.execute(query, (*marks, LOOKED_UP)).fetchall()
    if len(found) == LOOKED_UP:  # perhaps not all
        query = "SELECT hash, document FROM fingerprints WHERE hash = ? LIMIT ?"
        found = [row for mark in marks for row in connection.execute(query, (mark, LOOKED_UP))]
    holders: dict[int, list[int]] = {}
    for mark, document in found:
        holders.setdefault(mark, []).append(document)
    return holders.values()


def _is_same_head(new: Newcomer, year: int | None, org: str | None, title: str | None) -> bool:
    """Return whether two documents name the same body, the same year and titles of which one is a part of the other."""
    if None in (new.year, new.org) or (new.year, new.org) != (year, org):
        return False
    one, other = (_NO_WORD.sub("", words or "") for words in (new.title, title))
    return one in other or other in one


def _may_be_alike(one: str, figures: frozenset[str], other: str) -> bool:
    """Return whether two texts hold frequent characters and figures about equally often: most that are not the same do not."""
    if any(abs(one.count(char) - other.count(char)) > 8 + one.count(char) // 50 for char in _FREQUENT):
        return False
    return len(figures.symmetric_difference(_FIGURE.findall(narrow(other)))) <= 4 + len(figures) // 20


def _rank_of_document(connection: sqlite3.Connection, document: int, source: int) -> Rank:
    query = """SELECT s.path, s.media_type, (SELECT count(*) FROM damage WHERE document = d.id), EXISTS (
SELECT 1 FROM anchors AS a WHERE a.source = s.id AND a.confidence IS NOT NULL AND a.start < d.source_end
AND a."end" > d.source_start) FROM documents AS d JOIN sources AS s ON s.id = ? WHERE d.id = ?"""
    path, kind, damage, recognised = connection.execute(query, (source, document)).fetchone()
    form = _FORMATS.get(kind, _OTHER_FORMAT)
    return Rank(bool(recognised) or kind == "image", damage, form, *_name_rank(connection, path))


def _name_rank(connection: sqlite3.Connection, path: str) -> tuple[int, int, str]:
    return _depth(connection, path), len(path), path


def _depth(connection: sqlite3.Connection, path: str) -> int:
    return len(_containers(connection, path))


def _containers(connection: sqlite3.Connection, path: str) -> list[str]:
    """Return the files of the index that a file lies in."""
    parts = path.split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts))]
    if not above:
        return []
    query = f"SELECT path FROM sources WHERE path IN ({', '.join('?' * len(above))})"
    return [one for (one,) in connection.execute(query, above)]


def _members(connection: sqlite3.Connection, path: str) -> list[int]:
    """Return the files that were read out of a file."""
    inside = path + "/"
    query = "SELECT id FROM sources WHERE path > ? AND path < ? ORDER BY path"
    return [
        number for (number,) in connection.execute(query, (inside, path + "0"))
    ]  # 0 follows / in the order of characters


def _holds_something(connection: sqlite3.Connection, number: int, path: str) -> bool:
    """Return whether documents or copies were read out of a file or its members."""
    query = """SELECT EXISTS (SELECT 1 FROM documents WHERE source = ?1) OR EXISTS (SELECT 1 FROM copies WHERE source = ?1)"""
    return any(connection.execute(query, (one,)).fetchone()[0] for one in (number, *_members(connection, path)))


def _suffix(path: str) -> str:
    return PurePath(path).suffix.lower()


def _conflict(one: Any, other: Any) -> bool:
    return one is not None and other is not None and one != other
