"""Zip packages of office programs, looked at before any library opens them.

What a package says of its size binds: zipfile never unpacks more of a part than the directory of the package declares.
Office programs write no document type declarations, so a part that has one is refused before a parser could expand it.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from ingest.errors import DamagedFile, EncryptedFile, IngestError

MOST_PARTS = 20_000
MOST_XML = 200_000_000  # bytes, unpacked, in all parts that are parsed
MOST_BYTES = 1_000_000_000  # bytes, unpacked, pictures and films included
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
PROLOGUE = 4_096  # bytes: a declaration stands before the root element


class TooLarge(IngestError):
    """A file that unpacks to more than any report needs, by accident or by design."""

    code = "too_large"

    def __init__(self, path: str, kind: str, detail: str, detail_zh: str) -> None:
        super().__init__(
            path,
            f"the {kind} file is larger inside than can be read ({detail}).",
            f"{kind} 文件展开后过大({detail_zh}),未予读取。",
            "Save the part that is needed as a file of its own.",
            "请把需要的部分另存为单独的文件。",
        )


def open_package(data: bytes, path: str, kind: str) -> zipfile.ZipFile:
    """Return the package, its size and declarations checked. Raises DamagedFile, EncryptedFile or TooLarge."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        _check(package, path, kind)
    except IngestError:
        raise
    except Exception as error:  # zipfile lets struct.error, NotImplementedError, zlib.error and more through
        raise DamagedFile(path, kind, str(error) or type(error).__name__) from error
    return package


def parse_xml(data: bytes) -> Any:
    """Return the root element of an XML part; no entities, no network, no more depth than lxml's own limit."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _check(package: zipfile.ZipFile, path: str, kind: str) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise TooLarge(path, kind, f"{len(parts):,} parts", f"含 {len(parts):,} 个部分")
    xml = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
    for sized, most in ((xml, MOST_XML), (parts, MOST_BYTES)):
        size = sum(part.file_size for part in sized)
        if size > most:
            raise TooLarge(path, kind, f"{size / 1e6:,.0f} MB", f"{size / 1e6:,.0f} MB")
    for part in xml:
        if part.flag_bits & 1:
            raise EncryptedFile(path, kind)
        with package.open(part) as file:
            head = file.read(PROLOGUE)
        if DECLARATION.search(head.replace(b"\x00", b"")):  # zero bytes: of UTF-16
            raise DamagedFile(
                path,
                kind,
                f"{part.filename} declares entities, as no office program does",
                f"{part.filename} 中声明了实体,办公软件不会这样写",
            )
