"""Files that mean harm, or came to it: each with what is to become of it. `make(folder)` writes them all.

What is expected is "read", or the codes one of which the file is refused with.
"""

from __future__ import annotations

import base64
import gzip
import io
import os
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

FORMATS = Path(__file__).resolve().parent.parent / "corpus" / "formats"
READ = "read"
REPORT = "清溪镇工会2019年工作总结\n全年慰问困难职工36人。\n存在问题：经费不足。\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
STRANGE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
MAIN = {
    "docx": "word/document.xml",
    "xlsx": "xl/sharedStrings.xml",
    "pptx": "ppt/slides/slide1.xml",
    "odt": "content.xml",
    "ofd": "Doc_0/Document.xml",
}
SAMPLE = {
    "docx": "office_rich.docx",
    "xlsx": "office_reports.xlsx",
    "pptx": "office_slides.pptx",
    "odt": "office_word.odt",
    "ofd": "report.ofd",
}


def pack(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def changed(sample: str, **parts: bytes) -> bytes:
    """Return a package with some parts exchanged or added."""
    with zipfile.ZipFile(FORMATS / sample) as package:
        old = {name: package.read(name) for name in package.namelist()}
    return pack(old | parts)


def with_entities(kind: str, declared: str, entity: str) -> bytes:
    """Return a package whose main part declares entities and uses one in its text."""
    with zipfile.ZipFile(FORMATS / SAMPLE[kind]) as package:
        names = package.namelist()
        main = next((name for name in names if name == MAIN[kind]), None) or next(
            name for name in names if name.endswith(MAIN[kind].rpartition("/")[2])
        )
        part = package.read(main).decode()
    body = part.partition("?>")[2] if part.startswith("<?xml") else part
    at = body.rindex("</")
    return changed(SAMPLE[kind], **{main: (declared + body[:at] + entity + body[at:]).encode()})


def locked(data: bytes) -> bytes:
    """Return a zip whose members say that they are encrypted."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        places = [info.header_offset for info in archive.infolist()]
        start = archive.start_dir
    changed = bytearray(data)
    for place in places:
        changed[place + 6] |= 1
    while changed[start : start + 4] == b"PK\x01\x02":
        changed[start + 8] |= 1
        start += 46 + sum(struct.unpack_from("<HHH", changed, start + 28))
    return bytes(changed)


def nested(depth: int, innermost: dict[str, bytes]) -> bytes:
    data = pack(innermost)
    for level in range(depth):
        data = pack({f"{level}.zip": data})
    return data


def overlapping(count: int, size: int) -> bytes:
    """Return a zip whose directory names one member many times over."""
    data = pack({"a.txt": "好".encode() * size})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.start_dir
    entry = data[start : data.index(b"PK\x05\x06")]
    entries = b"".join(entry.replace(b"a.txt", b"%05d" % number) for number in range(count))
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(entries), start, 0)
    return data[:start] + entries + tail


def pdf(objects: list[bytes], *, root: int = 1) -> bytes:
    """Return a PDF of objects, numbered from 1."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def page(contents: bytes = b"", box: bytes = b"0 0 595 842", extra: bytes = b"") -> list[bytes]:
    """Return the objects of a PDF of one page."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box + b"] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> "
        b">> " + extra + b">>",
        contents or stream(b"BT /F1 12 Tf 72 700 Td (annual report of the union of 2019, read me) Tj ET"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(count))
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [" + kids + b"] /Count %d /MediaBox [0 0 595 842] >>" % count,
            stream(b""),
            *[b"<< /Type /Page /Parent 2 0 R /Contents 3 0 R >>"] * count,
        ]
    )


def encrypted_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(90, 700, "annual report")
    canvas.save()
    return buffer.getvalue()


def png(width: int, height: int) -> bytes:
    """Return a PNG that declares a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10**6))) + chunk(b"IEND", b"")
    )


def gif(frames: int) -> bytes:
    frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
    return b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" + frame * frames + b"\x3b"


def tiff(pages: int) -> bytes:
    """Return a TIFF of many tiny pages."""
    out = bytearray(b"II*\x00\x08\x00\x00\x00")
    for number in range(pages):
        tags = [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 1), (279, 1)]
        after = len(out) + 2 + 12 * len(tags) + 4
        out += struct.pack("<H", len(tags))
        for tag, value in tags:
            out += struct.pack("<HHII", tag, 4, 1, value)
        out += struct.pack("<I", after if number < pages - 1 else 0)
    return bytes(out)


def mail_in_mail(depth: int) -> bytes:
    data = b"Subject: innermost\nFrom: a@example.org\nContent-Type: text/plain; charset=utf-8\n\n" + REPORT.encode()
    for level in range(depth):
        data = b"Subject: %d\nFrom: a@example.org\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" % level + data
    return data


def sheet_of(dimension: str, cells: str) -> bytes:
    """Return a workbook whose first sheet declares a size."""
    sheet = (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'
    )
    return changed("office_reports.xlsx", **{"xl/worksheets/sheet1.xml": sheet.encode()})


def tar_of(*infos: tuple[tarfile.TarInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for info, data in infos:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


def bombs() -> Iterator[tuple[str, bytes, str]]:
    """Yield files that would unpack, expand or count without end."""
    zeros = bytes(60 * 2**20)
    yield "zip_flat.zip", pack({"炸.txt": zeros, "好.txt": REPORT.encode()}), "read/too_large"
    yield "zip_nested.zip", nested(1, {f"{n}.txt": zeros[: 30 * 2**20] for n in range(8)}), "read/too_large"
    yield "zip_deep.zip", nested(6, {"好.txt": REPORT.encode()}), "read/nested"
    yield "zip_wide.zip", pack({f"{n}.zip": nested(0, {"a.txt": os.urandom(64)}) for n in range(200)}), "read/*"
    yield "zip_overlap.zip", overlapping(300, 200_000), "read/too_large damaged"
    yield "zip_entries.zip", pack({"a.txt": b"PK\x01\x02" * 200_001}, zipfile.ZIP_STORED), "too_large"
    yield "zip_of_itself.zip", pack({"zip_of_itself.zip": pack({"zip_of_itself.zip": b"PK\x03\x04"})}), "read/damaged"
    yield "gzip.gz", gzip.compress(bytes(210 * 2**20), 1), "too_large"
    yield "tar_in_gzip.tar.gz", gzip.compress(tar_of((tarfile.TarInfo("a.txt"), zeros)), 1), "too_large"
    yield (
        "word_bomb.docx",
        changed("office_rich.docx", **{"word/document.xml": zeros * 4}),
        "too_large damaged memory_limit",
    )
    for kind in MAIN:
        yield f"laughs.{kind}", with_entities(kind, LAUGHS, "&a9;"), "damaged"
        yield f"strange.{kind}", with_entities(kind, STRANGE, "&secret;"), "damaged read"
    yield "laughs.html", (LAUGHS + f"<html><body><p>{REPORT}&a9;</p></body></html>").encode(), READ
    yield "strange.html", (STRANGE + f"<html><body><p>{REPORT}&secret;</p></body></html>").encode(), READ
    mht = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    body = (LAUGHS + f"<html><body><p>{REPORT}&a9;&secret;</p></body></html>").encode()
    yield "laughs.mht", mht.encode() + base64.encodebytes(body), READ
    yield "divs.html", ("<html><body>" + "<div>" * 100_000 + REPORT + "</div>" * 100_000).encode(), "* read"
    yield "groups.rtf", b"{\\rtf1\\ansi " + b"{" * 500_000 + b"read me" + b"}" * 500_000 + b"}", "* read"
    yield "columns.csv", ("单位," * 500_000 + "\n" + "1," * 500_000).encode(), "* read"
    cell = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>清溪镇工会</t></is></c></row>'
    yield "cells.xlsx", sheet_of("A1:XFD1048576", cell), "* read"
    yield "repeated.xlsx", sheet_of("A1:A9", '<row r="1"><c r="A1"><v>1</v></c></row>' * 300_000), "* read"
    yield "mail_deep.eml", mail_in_mail(1000), "* read"
    yield "declared.png", png(100_000, 100_000), "too_large damaged needs_extra"
    yield "frames.gif", gif(6000), "too_large no_text needs_extra damaged"
    yield "pages.tif", tiff(6000), "too_large no_text needs_extra damaged"


def broken_pdfs() -> Iterator[tuple[str, bytes, str]]:
    yield "pages_100000.pdf", many_pages(100_000), "no_text too_large damaged time_limit needs_extra"
    loop = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 9 >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 9 >>",
    ]
    yield "page_loop.pdf", pdf(loop), "damaged no_text"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    recursive = page(stream(b"/X Do BT /F1 12 Tf 72 700 Td (annual report of 2019) Tj ET"))
    recursive[2] = recursive[2].replace(b"/Font << /F1 5 0 R >>", b"/XObject << /X 5 0 R >> /Font << /F1 6 0 R >>")
    recursive[4:] = [stream(b"/X Do /X Do", form), b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    yield "recursive.pdf", pdf(recursive), "* read"
    yield "endless_reference.pdf", pdf([*page()[:3], b"4 0 R", page()[4]]), "no_text damaged needs_extra"
    yield "large_page.pdf", pdf(page(box=b"0 0 99999999 99999999")), "* read"
    yield "not_a_box.pdf", pdf(page(box=b"-1e38 nan 0")), "* read"
    squeezed = zlib.compress(b"BT /F1 12 Tf (x) Tj ET " * 2_000_000, 1)
    yield "stream_bomb.pdf", pdf(page(stream(squeezed, b"/Filter /FlateDecode"))), "* read"
    twice = zlib.compress(zlib.compress(bytes(400 * 2**20), 1), 9)
    yield "stream_bomb_twice.pdf", pdf(page(stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))), "* read"
    yield "encrypted.pdf", encrypted_pdf(), "encrypted"
    script = b"/OpenAction << /S /JavaScript /JS (app.launchURL('http://example.invalid')) >>"
    yield "script.pdf", pdf([page()[0].replace(b">>", script + b">>", 1), *page()[1:]]), READ


def locked_files() -> Iterator[tuple[str, bytes, str]]:
    for name in ("office_rich.docx", "office_reports.xlsx", "report.ofd", "office_word.odt", "office_slides.pptx"):
        yield f"locked_{name}", locked((FORMATS / name).read_bytes()), "encrypted damaged"
    yield "locked.zip", locked(pack({"总结.txt": REPORT.encode()})), "read/encrypted"
    yield "password.docx", OLE + bytes(900) + "EncryptedPackage".encode("utf-16-le"), "encrypted"
    word = bytearray((FORMATS / "office_rich.doc").read_bytes())
    at = word.index(b"\xec\xa5")  # the head of the Word stream; bit 8 of its flags says that the text is encrypted
    word[at + 11] |= 1
    yield "password.doc", bytes(word), "encrypted damaged"


def escapes() -> Iterator[tuple[str, bytes, str]]:
    """Yield archives whose members would be written elsewhere, were they written."""
    names = (
        "../../../tmp/out.txt",
        "/etc/out.txt",
        "C:\\Windows\\out.txt",
        "..\\..\\out.txt",
        "a\nb\x07.txt",
        "\u202etxt.exe",
    )
    yield "names.zip", pack({name: REPORT.encode() for name in names}), READ
    absolute = [(tarfile.TarInfo(name), REPORT.encode()) for name in ("/etc/out.txt", "../out.txt")]
    yield "links.tar", tar_of(link("a.txt", "/etc/passwd"), link("b", "/dev/zero"), *absolute), "read/unsupported"
    yield (
        "devices.tar",
        tar_of(link("null", "", tarfile.CHRTYPE), link("pipe", "", tarfile.FIFOTYPE)),
        "read/unsupported",
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    yield "link.zip", buffer.getvalue(), "read/unsupported"


def macros() -> Iterator[tuple[str, bytes, str]]:
    for name, folder in (("office_rich.docx", "word"), ("office_reports.xlsx", "xl")):
        kind = {"word": "docm", "xl": "xlsm"}[folder]
        yield f"macros.{kind}", changed(name, **{f"{folder}/vbaProject.bin": OLE + os.urandom(900)}), READ


def odd_texts() -> Iterator[tuple[str, bytes, str]]:
    yield "empty.txt", b"", "empty"
    yield "empty.docx", b"", "empty"
    yield "one_byte.txt", b"x", READ
    yield "mark.txt", b"\xef\xbb\xbf", "empty"
    yield "mark16.txt", b"\xff\xfe", "empty unsupported"
    yield "one_line.txt", (REPORT.replace("\n", "") * 90_000)[:400_000].encode(), READ
    yield "digits.txt", b"0123456789" * 100_000, "* read"
    yield "one.txt", ("一" * 330_000).encode(), "no_text"
    yield "quotes.txt", ("“”" * 160_000).encode(), "no_text"
    yield "opening.txt", ("“《（一、" * 70_000).encode(), "* read"
    yield "zeros.txt", bytes(10**6), "empty"
    yield "binary.txt", bytes(range(256)) * 4000, "unsupported"
    yield "garbage.msg", OLE + os.urandom(5000), "damaged unsupported"
    yield "program.doc", b"MZ" + os.urandom(3000), "unsupported"
    yield "rar.zip", b"Rar!\x1a\x07\x01\x00" + os.urandom(300), "unsupported"


def wrong_suffixes() -> Iterator[tuple[str, bytes, str]]:
    for name, suffix in (
        ("office_rich.docx", "doc"), ("office_rich.doc", "docx"), ("office_reports.xlsx", "pdf"), ("report.ofd", "zip"),
        ("office_rich.rtf", "txt"), ("mail_gbk.eml", "txt"), ("reports.zip", "docx"), ("web_site.html", "doc"),
    ):  # fmt: skip
        yield f"{name.replace('.', '_')}.{suffix}", (FORMATS / name).read_bytes(), READ
    yield "text.docx", REPORT.encode(), READ
    yield "text.pdf", REPORT.encode("gb18030"), READ


def cut_short() -> Iterator[tuple[str, bytes, str]]:
    """Yield each sample cut at 10, 50 and 90 %."""
    for path in sorted(FORMATS.iterdir()):
        if path.suffix in (".py", ".txt", ".md"):
            continue
        data = path.read_bytes()
        for share in (10, 50, 90):
            yield f"{path.stem}_{share}{path.suffix}", data[: len(data) * share // 100], "* read"


GROUPS = (bombs, broken_pdfs, locked_files, escapes, macros, odd_texts, wrong_suffixes, cut_short)


def make(folder: Path) -> dict[str, str]:
    """Write all files into folder, a subfolder for each group; return what is expected of each, by its name from there."""
    expected: dict[str, str] = {}
    for group in GROUPS:
        inside = folder / group.__name__
        inside.mkdir(parents=True)
        for name, data, outcome in group():
            (inside / name).write_bytes(data)
            expected[f"{group.__name__}/{name}"] = outcome
    return expected | _system(folder / "system")


def _system(folder: Path) -> dict[str, str]:
    """Make what only a file system can hold."""
    folder.mkdir()
    expected = {}
    for name in ("a\nb\tc.txt", "总结\u202etxt.exe.txt", "报" * 83 + ".txt"):
        (folder / name).write_text(REPORT, "utf-8")
        expected[name] = READ
    if os.name == "posix":
        (folder / os.fsdecode("年终总结.txt".encode("gb18030"))).write_text(REPORT, "utf-8")
        expected["年终总结.txt"] = READ
        (folder / "loop").symlink_to(folder)
        (folder / "self.txt").symlink_to("self.txt")
        (folder / "nowhere.txt").symlink_to("nothing.txt")
        (folder / "zero.txt").symlink_to("/dev/zero")
        (folder / "random.docx").symlink_to("/dev/urandom")
        os.mkfifo(folder / "pipe.txt")
        with socket.socket(socket.AF_UNIX) as one:
            here = os.getcwd()
            os.chdir(folder)  # the name of a socket may have a hundred bytes
            one.bind("socket.txt")
            os.chdir(here)
        expected |= dict.fromkeys(
            ("self.txt", "nowhere.txt", "zero.txt", "random.docx", "pipe.txt", "socket.txt"), "cannot_open"
        )
    if os.name == "posix" and os.geteuid():
        (folder / "locked.txt").write_text(REPORT, "utf-8")
        (folder / "locked.txt").chmod(0)
        (folder / "closed").mkdir(mode=0)
        expected |= dict.fromkeys(("locked.txt", "closed"), "cannot_open")
    return {f"system/{name}": outcome for name, outcome in expected.items()}
