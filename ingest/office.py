"""Office files of before 2007 (OLE2): what they are, and Word's and WPS's among them read.

A .doc is read from its own structures (`ingest.word97`), and so are the files of WPS, which writes Word's format under its
own suffix. One whose structures do not hold is rewritten as .docx by msdoc2docx, in this process; what that does not take
either (Word 6 and 95, Works) goes to the converters that are on the machine. Macros are data here: nothing runs them.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ingest.errors import DamagedFile, EncryptedFile, IngestError, NoText
from ingest.pace import started
from ingest.readers import RawText
from ingest.word import read_docx
from ingest.word97 import Unreadable, read_word97

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KIND = "Word (.doc)"
# The stream that makes a file what it is, from the formats' specifications ([MS-DOC], [MS-XLS], [MS-PPT], [MS-OXMSG]).
STREAMS = (
    ("encryptedpackage", "encrypted"),
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("powerpoint document", "ppt"),
    ("__properties_version1.0", "msg"),
    ("matost", "wps"),  # Microsoft Works
)
WPS = ("wps", "kso", "kingsoft")  # how the streams are called that WPS adds to Word's
ENCRYPTED_WORD = 0x0100  # of the flags at 0x0A in the file information block
ENCRYPTED_SLIDES = 0xF3D1C4DF  # headerToken of the stream Current User
FILEPASS, BOUNDSHEET = 0x2F, 0x85  # records of a workbook
TABLE_ROW = re.compile(r"^\|(.*?)\|? *$", re.MULTILINE)  # as antiword draws it
NOTE_MARK = re.compile(
    r"\[\?\]|^\[[0-9a-z]{1,5}\]\t", re.MULTILINE
)  # as antiword puts it into the sentence and before the note
LONGEST_CONVERSION = 120  # seconds
PROGRAMS = {
    "libreoffice": (
        "soffice",
        "libreoffice",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
    ),
    "antiword": ("antiword",),
    "catdoc": ("catdoc",),
}
# LibreOffice's settings for a file of strangers: no macros, nothing fetched from elsewhere.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


class NeedsConverter(IngestError):
    """A file that only another program can read, and none is on the machine."""

    code = "needs_converter"

    def __init__(self, path: str, found: str, found_zh: str) -> None:
        super().__init__(
            path,
            f"the content is {found}; to read it another program is needed, and none was found.",
            f"文件内容是{found_zh},需要借助其他程序才能读取,本机没有找到。",
            "Install LibreOffice (or antiword, or catdoc), or save the file as .docx.",
            "请安装 LibreOffice(或 antiword、catdoc),或将文件另存为 .docx。",
        )


def ole_kind(data: bytes) -> str | None:
    """Return doc, xls, ppt, msg, wps or encrypted, told by the streams of an OLE2 file; None for any other.

    wps is a file in which WPS left streams of its own, or one of Microsoft Works; `read_doc` takes both.
    """
    if not data.startswith(SIGNATURE):
        return None
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            names = {entry[0].lower() for entry in file.listdir(streams=True, storages=False) if len(entry) == 1}
            kind = next((kind for name, kind in STREAMS if name in names), None)
            if kind in ("doc", "xls", "ppt") and _is_encrypted(file, kind):
                return "encrypted"
    except Exception:  # olefile lets struct.error, IndexError and more through
        return _kind_of_ruins(data)
    if kind == "doc" and any(name.startswith(WPS) for name in names):
        return "wps"
    return kind


def read_doc(data: bytes, path: str) -> RawText:
    """Read a Word 97–2003 or WPS file: paragraphs, tables and list numbers as in `read_docx`, anchors too.

    Older ones and Works files go through a converter; without tables' cells and anchors when that is antiword or catdoc.
    Raises EncryptedFile, DamagedFile, NeedsConverter and NoText.
    """
    kind = ole_kind(data)
    if kind == "encrypted":
        raise EncryptedFile(path, "Word")
    with suppress(Unreadable, OSError, LookupError, ValueError, ArithmeticError, struct.error, RecursionError):
        return read_word97(data, path)
    try:
        rewritten = _as_docx(data)
    except Exception as error:  # msdoc2docx has its own errors and lets built-in ones through
        if type(error).__name__ == "EncryptedDocumentError":
            raise EncryptedFile(path, "Word") from error
        return _through_converters(data, path, kind, str(error) or type(error).__name__)
    try:
        return read_docx(rewritten, path)
    except DamagedFile:
        return _through_converters(data, path, kind, "cannot be rewritten as .docx")


def converters() -> dict[str, str | None]:
    """Return where the programs are that read old Word files: name, path or None; the best first."""
    return {name: next(filter(None, map(shutil.which, places)), None) for name, places in PROGRAMS.items()}


def _is_encrypted(file: object, kind: str) -> bool:
    def head(name: str, size: int) -> bytes:
        return file.openstream(name).read(size)  # type: ignore[attr-defined]

    if kind == "doc":
        block = head("WordDocument", 12)
        return len(block) == 12 and bool(struct.unpack_from("<H", block, 10)[0] & ENCRYPTED_WORD)
    if kind == "ppt":
        user = head("Current User", 16)
        return len(user) == 16 and struct.unpack_from("<I", user, 12)[0] == ENCRYPTED_SLIDES
    book = head("Workbook" if file.exists("Workbook") else "Book", 8_000)  # type: ignore[attr-defined]
    at = 0
    while at + 4 <= len(book):
        record, size = struct.unpack_from("<HH", book, at)
        if record in (FILEPASS, BOUNDSHEET):
            return bool(record == FILEPASS)
        at += 4 + size
    return False


def _kind_of_ruins(data: bytes) -> str | None:
    """Return the kind of a file whose directory is broken, by the names that still stand in it."""
    for name, kind in (("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt")):
        if name.encode("utf-16-le") in data:
            return kind
    return None


def _as_docx(data: bytes) -> bytes:
    from doc2docx import convert

    with tempfile.TemporaryDirectory(prefix="nianlun-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "in.doc"), Path(folder, "out.docx")
        source.write_bytes(data)
        convert(source, target)
        return target.read_bytes()


def _through_converters(data: bytes, path: str, kind: str | None, detail: str) -> RawText:
    found = {name: program for name, program in converters().items() if program}
    if not found:
        if kind is None:
            raise DamagedFile(path, KIND, detail)
        raise NeedsConverter(path, f"an old Word file ({detail})", "旧版 Word 文件")
    for name, program in found.items():
        try:
            raw = _convert(name, program, data, path)
        except (OSError, subprocess.SubprocessError, DamagedFile, NoText):
            continue
        if raw.text.strip():
            return raw
    raise DamagedFile(path, KIND, detail)


def _convert(name: str, program: str, data: bytes, path: str) -> RawText:
    with tempfile.TemporaryDirectory(prefix="nianlun-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        source = folder / "in.doc"
        source.write_bytes(data)
        if name == "libreoffice":
            profile = folder / "profile"
            (profile / "user").mkdir(parents=True)
            (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
            switches = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
            own = f"-env:UserInstallation={profile.as_uri()}"
            run([program, *switches, own, "--convert-to", "docx", "--outdir", str(folder), str(source)], folder)
            return read_docx((folder / "in.docx").read_bytes(), path)
        options = ["-w", "0", "-m", "UTF-8.txt"] if name == "antiword" else ["-w", "-d", "utf-8"]
        said = run([program, *options, str(source)], folder)
        text = said.decode("utf-8", errors="replace")
        if name == "antiword":
            text = NOTE_MARK.sub("", text)
        return RawText(text=TABLE_ROW.sub(lambda row: re.sub(r" *\| *", "\t", row[1].strip()), text))


def run(command: Sequence[str], folder: Path, seconds: float = LONGEST_CONVERSION) -> bytes:
    """Run a program in folder, which is its home too; return what it printed.

    Raises SubprocessError when it fails or takes longer than `seconds`: then it is ended with all that it started.
    """
    output = folder / "output"
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    if os.name == "nt":
        kept = ("SYSTEMROOT", "PATHEXT", "COMSPEC")
        environment |= {"TEMP": str(folder), **{key: os.environ[key] for key in kept if key in os.environ}}
    with output.open("wb") as file:  # a file, for a pipe stays open as long as any grandchild lives
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started(process.pid)
        try:
            code = process.wait(seconds)
        finally:
            _end(process)
    if code:
        raise subprocess.CalledProcessError(code, command)
    return output.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and, where the system has groups of them, all that it started."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
