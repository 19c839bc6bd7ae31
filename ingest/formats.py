"""The formats that are read, and the reader of each, loaded when a file of its kind turns up."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ingest.readers import RawText

Reader = Callable[[bytes, str], RawText]

# kind: (module, function), as `ingest.sniff` names kinds
READERS = {
    "text": ("ingest.readers", "read_text"),
    "markdown": ("ingest.markdown", "read_markdown"),
    "docx": ("ingest.word", "read_docx"),
    "pdf": ("ingest.pdf", "read_pdf"),
    "doc": ("ingest.office", "read_doc"),
    "rtf": ("ingest.rtf", "read_rtf"),
    "odt": ("ingest.odf", "read_odt"),
    "ofd": ("ingest.ofd", "read_ofd"),
    "pptx": ("ingest.slides", "read_pptx"),
    "xlsx": ("ingest.tables", "read_xlsx"),
    "xls": ("ingest.tables", "read_xls"),
    "ods": ("ingest.exported", "read_ods"),
    "xls-xml": ("ingest.exported", "read_sheet_xml"),
    "xls-html": ("ingest.exported", "read_sheet_page"),
    "csv": ("ingest.tables", "read_csv"),
    "html": ("ingest.web", "read_whole_html"),
    "mht": ("ingest.web", "read_whole_mht"),
    "eml": ("ingest.mail", "read_eml"),
    "msg": ("ingest.mail", "read_msg"),
    "tnef": ("ingest.tnef", "read_tnef"),
    "zip": ("ingest.archive", "read_zip"),
    "tar": ("ingest.archive", "read_tar"),
    "packed": ("ingest.archive", "read_packed"),
    "image": ("ingest.ocr", "read_image"),
}

CONTAINERS = frozenset(("zip", "tar", "packed", "eml", "msg", "tnef"))  # they may hold no words of their own


def reader_of(kind: str) -> Reader:
    """Return the reader of a kind of file."""
    module, function = READERS[kind]
    reader: Reader = getattr(import_module(module), function)
    return reader
