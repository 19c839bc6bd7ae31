"""The formats that are read, and the reader of each, loaded when a file of its kind turns up."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ingest.readers import RawText

Reader = Callable[[bytes, str], RawText]

# kind: (module, function), as `ingest.sniff` names kinds
READERS = {
    "text": ("ingest.readers", "read_text"),
    "docx": ("ingest.readers", "read_docx"),
    "pdf": ("ingest.readers", "read_pdf"),
}


def reader_of(kind: str) -> Reader:
    """Return the reader of a kind of file."""
    module, function = READERS[kind]
    reader: Reader = getattr(import_module(module), function)
    return reader
