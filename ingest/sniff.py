"""What a file is, told by its content and never by its suffix."""

from __future__ import annotations

import io
import re
import zipfile

from ingest.errors import DamagedFile, EmptyFile, EncryptedFile, UnsupportedFormat

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")  # the stream in which a .docx with a password is kept
KNOWN = (
    "txt",
    "docx",
    "doc",
    "wps",
    "pdf",
    "ofd",
    "rtf",
    "odt",
    "xlsx",
    "xls",
    "ods",
    "csv",
    "pptx",
    "html",
    "eml",
    "zip",
)
MARKDOWN = (".md", ".markdown")
HAN_ROWS = bytes(range(0x4E, 0xA0))  # the upper bytes of U+4E00 to U+9FFF
CONTROL = bytes((*range(1, 9), *range(14, 32)))
# Signatures from the formats' own specifications, of what no reader takes.
SIGNATURES = (
    (b"Rar!", "a RAR archive", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "7z 压缩包"),
    (b"SQLite format 3\x00", "an SQLite database", "SQLite 数据库"),
    (b"\x7fELF", "a program", "可执行程序"),
    (b"MZ", "a program", "可执行程序"),
    (b"ID;P", "a SYLK sheet (.slk)", "SYLK 表格(.slk)"),
    (b"TABLE\r\n0,1\r\n", "a DIF sheet (.dif)", "DIF 表格(.dif)"),
    (b"TABLE\n0,1\n", "a DIF sheet (.dif)", "DIF 表格(.dif)"),
)
# Forms of text that carry a document, and no text to read: how they begin, what they are, how to save them.
WRAPPED = (
    (b'<?mso-application progid="Word.Document"', "Word saved as XML", "另存为 XML 的 Word 文件", ("docx",)),
    (b"<w:wordDocument", "Word saved as XML", "另存为 XML 的 Word 文件", ("docx",)),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "Word saved as XML", "另存为 XML 的 Word 文件", ("docx",)),
    (
        b"urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "OpenDocument in one XML file",
        "单一 XML 形式的 OpenDocument 文件",
        ("odt", "ods"),
    ),
    (b"http://schemas.uof.org/", "a UOF document", "标文通(UOF)文件", ("docx", "xlsx", "ofd")),
)
FOREIGN_PARTS = (
    ("xl/workbook.bin", "an Excel binary workbook (.xlsb)", "Excel 二进制工作簿(.xlsb)", ("xlsx",)),
    ("fixeddocumentsequence.fdseq", "an XPS document", "XPS 文档", ("pdf",)),
    ("meta-inf/container.xml", "an e-book (.epub)", "电子书(.epub)", ("docx", "html")),
    (
        "index/document.iwa",
        "a Pages, Numbers or Keynote file",
        "苹果 Pages/Numbers/Keynote 文件",
        ("docx", "xlsx", "pptx"),
    ),
    ("uof.xml", "a UOF document", "标文通(UOF)文件", ("docx", "xlsx", "ofd")),
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c")
ZIP_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"))
WORD_PART = re.compile(r"word/document\d*\.xml")  # some programs number it
OLE_KINDS = {"doc": "doc", "wps": "doc", "xls": "xls", "msg": "msg"}


def sniff(data: bytes, path: str) -> str:
    """Return the kind of a file, one of `ingest.formats.READERS`.

    Raises EmptyFile, DamagedFile for a broken zip container, EncryptedFile, UnsupportedFormat (naming what it is).
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise EmptyFile(path)
    if data[:1024].lstrip()[:5] == b"%PDF-":
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data, path)
    if data.startswith(OLE):
        return _ole_kind(data, path)
    for signature, found, found_zh in SIGNATURES:
        if data.startswith(signature):
            if signature in ARCHIVES:
                raise UnsupportedFormat(path, found, found_zh, ("zip",), unpack=True)
            raise UnsupportedFormat(path, found, found_zh, KNOWN)
    return _packed_or_image(data) or _marked_text(data, path) or _plain(data, path)


def _packed_or_image(data: bytes) -> str | None:
    from ingest.archive import is_packed, is_tar
    from ingest.ocr import is_image
    from ingest.tnef import is_tnef

    if is_tnef(data):
        return "tnef"
    if is_packed(data):
        return "packed"
    if is_tar(data):
        return "tar"
    return "image" if is_image(data) else None


def _marked_text(data: bytes, path: str) -> str | None:
    """Return the kind of a text with a form of its own: RTF, a web page, a mail, a table."""
    from ingest.exported import is_flat_ods, is_sheet_page, is_sheet_xml
    from ingest.mail import is_eml
    from ingest.rtf import is_rtf
    from ingest.tables import is_csv
    from ingest.web import is_html, is_mht

    if is_rtf(data):
        return "rtf"
    if is_mht(data):
        return "mht"
    if is_eml(data):
        return "eml"
    head = data[:4096]
    if b"<" in head:
        if is_flat_ods(head):
            return "ods"
        if is_sheet_xml(head):
            return "xls-xml"
        if is_html(data):
            return "xls-html" if is_sheet_page(data) else "html"
        _refuse_wrapped(head, path)
    if not _is_binary(data) and is_csv(data):
        return "csv"
    return None


def _refuse_wrapped(head: bytes, path: str) -> None:
    """Raise UnsupportedFormat for a document that is wrapped in XML: its marks are no text."""
    if not head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith((b"<?xml", b"<?mso", b"<office:", b"<w:", b"<pkg:")):
        return
    for mark, found, found_zh, known in WRAPPED:
        if mark in head:
            raise UnsupportedFormat(path, found, found_zh, known)


def _plain(data: bytes, path: str) -> str:
    from ingest.markdown import is_markdown

    if _is_binary(data):
        raise UnsupportedFormat(path, "binary data", "二进制数据", KNOWN)
    # Marks of Markdown are too few in some files to tell them by; blanking them does no harm to a plain text of that name.
    return "markdown" if path.lower().endswith(MARKDOWN) or is_markdown(data) else "text"


def _ole_kind(data: bytes, path: str) -> str:
    from ingest.office import ole_kind

    kind = ole_kind(data)
    if kind == "encrypted" or ENCRYPTED_OFFICE in data:
        raise EncryptedFile(path, "Office")
    if kind == "ppt":
        raise UnsupportedFormat(
            path, "an old PowerPoint presentation (.ppt)", "旧版 PowerPoint 演示文稿(.ppt)", ("pptx",)
        )
    if kind is None and int.from_bytes(data[0x30:0x34], "little") * 512 + 1024 > len(data):
        raise DamagedFile(path, "old Office", "cut short", "文件被截断")  # its directory lies behind the end
    if kind not in OLE_KINDS:
        raise UnsupportedFormat(path, "an old Office file of an unknown kind", "无法辨认的旧版 Office 文件", KNOWN)
    return OLE_KINDS[kind]


def _zip_kind(data: bytes, path: str) -> str:
    from ingest.exported import is_ods
    from ingest.odf import is_odt
    from ingest.ofd import holds_ofd

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            media_type = package.open("mimetype").read(200) if "mimetype" in names else b""
    except Exception as error:  # zipfile lets RuntimeError, NotImplementedError, struct.error and more through
        kind = "Word (.docx)" if b"word/" in data[:4000] or path.lower().endswith(".docx") else "zip"
        raise DamagedFile(path, kind, str(error) or type(error).__name__) from error
    for part, kind in ZIP_PARTS:
        if part in names:
            return kind
    if "[Content_Types].xml" in names and any(WORD_PART.fullmatch(name) for name in names):
        return "docx"
    if holds_ofd(names):
        return "ofd"
    if is_odt(names, media_type):
        return "odt"
    if is_ods(names, media_type):
        return "ods"
    _refuse_foreign(names, media_type, path)
    return "zip"


def _refuse_foreign(names: set[str], media_type: bytes, path: str) -> None:
    """Raise UnsupportedFormat for a package of another program, whose parts are no files of anybody."""
    small = {name.lstrip("/").lower() for name in names}
    for part, found, found_zh, known in FOREIGN_PARTS:
        if part in small:
            raise UnsupportedFormat(path, found, found_zh, known)
    if media_type.strip().startswith(OPEN_DOCUMENT):
        kind = media_type.strip().removeprefix(OPEN_DOCUMENT).decode("ascii", "replace")[:40]
        known = ("pptx",) if kind.startswith("presentation") else ("odt", "ods", "pdf")
        raise UnsupportedFormat(path, f"an OpenDocument file ({kind})", f"OpenDocument 文件({kind})", known)
    if "[content_types].xml" in small and "_rels/.rels" in small:
        raise UnsupportedFormat(path, "an Office package of an unknown kind", "无法辨认的 Office 文件", KNOWN)


def _is_binary(data: bytes) -> bool:
    """Tell data that no text encoding of these reports writes: control bytes, or mostly zeros."""
    sample = data[:8000]
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    if _count(sample, CONTROL) <= len(sample) * 0.05 and sample.count(0) <= len(sample) * 0.5:
        return False
    halves = sample[0::2], sample[1::2]
    # UTF-16: one byte of each pair is the row of a Han character
    return len(data) % 2 != 0 or all(_count(half, HAN_ROWS) <= len(half) * 0.4 for half in halves)


def _count(data: bytes, wanted: bytes) -> int:
    return len(data) - len(data.translate(None, wanted))  # measured: a hundred times as fast as looking at each byte
