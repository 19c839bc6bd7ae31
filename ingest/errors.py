"""What can go wrong with a file, told in its reader's words: what, where, and what would help."""

from __future__ import annotations

from collections.abc import Iterable

KINDS_ZH = {"image": "图片", "mail (.eml)": "邮件(.eml)", "old Office": "旧版 Office"}
UNPACK = "Unpack it, or pack it as zip.", "请先解压,或改用 zip 压缩。"
REPLACE_LINK = "Put the file itself in its place.", "请放入文件本身,不要放链接。"
EXTRAS = {"ocr": "rapidocr onnxruntime"}  # packages of an extra: these can be installed wherever nianlun came from
BINARY = "binary data"  # what is of no known kind
PICTURES = ("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp")
SPOILT = (
    "It is not what its name says, or it is damaged: see whether its own program opens it, or ask for it again.",
    "它不是文件名所说的那种文件,或已损坏:请看原来的程序能否打开,或重新索取。",
)
# What systems say when they refuse a file (the messages of POSIX), and what nianlun says of what is no file.
REFUSALS_ZH = {
    "No such file or directory": "没有这个文件",
    "Permission denied": "没有读取权限",
    "Operation not permitted": "没有读取权限",
    "Is a directory": "是文件夹",
    "Not a directory": "路径中有一段不是文件夹",
    "Too many levels of symbolic links": "链接绕成了圈",
    "File name too long": "文件名太长",
    "Input/output error": "磁盘读取出错",
    "Stale file handle": "共享文件夹已断开",
    "a folder that cannot be listed": "文件夹打不开",
    "not a regular file": "不是普通文件",
    "embedded null byte": "文件名中有空字符",
}


class IngestError(Exception):
    """A file that cannot be read. `reason_zh` and `remedy_zh` say so in Chinese; str() says it in English.

    `code` is a stable name for programs; `path` is the file as it was given.
    """

    code = "unreadable"

    def __init__(self, path: str, reason: str, reason_zh: str, remedy: str = "", remedy_zh: str = "") -> None:
        self.path = path
        self.reason, self.reason_zh = reason, reason_zh
        self.remedy, self.remedy_zh = remedy, remedy_zh
        super().__init__(f"{path}: {reason}" + (f" {remedy}" if remedy else ""))


class EmptyFile(IngestError):
    """A file of no bytes, or of nothing but white space."""

    code = "empty"

    def __init__(self, path: str) -> None:
        super().__init__(
            path, "the file is empty.", "文件是空的。", "Ask the sender for it again.", "请向来文单位重新索取。"
        )


class UnsupportedFormat(IngestError):
    """A file whose content is of a kind that no reader is registered for; an archive is to be unpacked, not saved anew.

    `known` are the formats to save it as; without any it is a link, which nothing can be made of.
    """

    code = "unsupported"

    def __init__(self, path: str, found: str, found_zh: str, known: Iterable[str], *, unpack: bool = False) -> None:
        names = ", ".join(known)
        suffix = path.rpartition(".")[2].lower()
        if unpack:
            remedy = UNPACK
        elif found == BINARY and suffix in (*names.split(", "), *PICTURES):  # nothing of what its name says is left
            remedy = SPOILT
        elif names:
            remedy = f"Save it as one of: {names}.", f"请另存为以下格式之一:{names}。"
        else:
            remedy = REPLACE_LINK
        super().__init__(
            path,
            f"the content is {found}, whatever the name says; no reader for it.",
            f"文件内容是{found_zh}(不论扩展名),暂不能读。",
            *remedy,
        )


class DamagedFile(IngestError):
    """A file that its own library cannot open. `detail` may be a library's own words; Chinese has them only where they are given."""

    code = "damaged"

    def __init__(self, path: str, kind: str, detail: str, detail_zh: str = "") -> None:
        super().__init__(
            path,
            f"the {kind} file is damaged or incomplete ({detail}).",
            f"{KINDS_ZH.get(kind, kind)} 文件已损坏或不完整" + (f"({detail_zh})。" if detail_zh else "。"),
            "Open it in its own program, save it again, or ask for a complete copy.",
            "请用原来的程序打开并另存,或重新索取完整的文件。",
        )


class EncryptedFile(IngestError):
    """A file that only opens with a password."""

    code = "encrypted"

    def __init__(self, path: str, kind: str) -> None:
        super().__init__(
            path,
            f"the {kind} file is protected by a password.",
            f"{KINDS_ZH.get(kind, kind)} 文件设有密码。",
            "Open it with the password and save a copy without.",
            "请用密码打开,另存为不加密的文件。",
        )


class NoText(IngestError):
    """A file that opens but holds no readable text: a scan, or one character over and over."""

    code = "no_text"

    def __init__(self, path: str, found: str, found_zh: str, remedy: str = "", remedy_zh: str = "") -> None:
        super().__init__(path, f"no text to read: {found}.", f"没有可读的正文:{found_zh}。", remedy, remedy_zh)


class NeedsRecognition(NoText):
    """Pages that are pictures, or whose fonts do not tell their characters, and nothing here that recognises them."""

    code = "needs_extra"

    def __init__(self, path: str, found: str, found_zh: str) -> None:
        super().__init__(
            path,
            found,
            found_zh,
            "Have it recognised (OCR) first, or `pip install rapidocr onnxruntime` and read it again.",
            "请先做文字识别(OCR),或运行 pip install rapidocr onnxruntime 后重新读入。",
        )


class CannotOpen(IngestError):
    """The operating system refuses the file."""

    code = "cannot_open"

    def __init__(self, path: str, detail: str, detail_zh: str = "") -> None:
        said = detail_zh or REFUSALS_ZH.get(detail, "")
        super().__init__(
            path,
            f"the file cannot be opened ({detail}).",
            "文件打不开" + (f"({said})。" if said else "。"),
            "Check that it exists, that you may read it and that the disk is sound.",
            "请检查文件是否存在、有无读取权限、磁盘是否正常。",
        )


class TooLarge(IngestError):
    """A file that would unpack to more than can be read in safety: an archive bomb, or a very large archive."""

    code = "too_large"

    def __init__(self, path: str, found: str, found_zh: str) -> None:
        super().__init__(
            path,
            f"refused for its size: {found}.",
            f"因过大而拒读:{found_zh}。",
            "If it is what it should be, unpack it and read the folder.",
            "如确认无误,请先解压,再读解压后的文件夹。",
        )


class NeedsExtra(IngestError):
    """A file that only an extra of the installation can read."""

    code = "needs_extra"

    def __init__(self, path: str, extra: str, purpose: str, purpose_zh: str) -> None:
        super().__init__(
            path,
            f"{purpose} is not installed.",
            f"未安装{purpose_zh}。",
            f"Install it: pip install {EXTRAS[extra]}",
            f"请安装:pip install {EXTRAS[extra]}",
        )


class NestedTooDeep(IngestError):
    """A file inside a container inside a container and so on, beyond what is opened."""

    code = "nested"

    def __init__(self, path: str, deepest: int) -> None:
        super().__init__(
            path,
            f"it lies more than {deepest} containers deep.",
            f"文件套在 {deepest} 层以上的压缩包或邮件里。",
            "Unpack the outer containers first.",
            "请先解开外层的压缩包。",
        )


class TookTooLong(IngestError):
    """A file whose reading was ended, for it took longer than a file of its size may."""

    code = "time_limit"

    def __init__(self, path: str, seconds: float) -> None:
        super().__init__(
            path,
            f"reading it took longer than {seconds:.0f} s and was ended.",
            f"读了 {seconds:.0f} 秒还没有读完,已中止。",
            "If the file is sound, allow more time (--time-limit), or save the part that is needed as a file of its own.",
            "如文件确实无误,可用 --time-limit 放宽时间,或把需要的部分另存为单独的文件。",
        )


class TookTooMuch(IngestError):
    """A file whose reading was ended, for it took more memory than a file may."""

    code = "memory_limit"

    def __init__(self, path: str) -> None:
        super().__init__(
            path,
            "reading it takes more memory than a file may have.",
            "读它需要的内存超过单个文件的上限。",
            "If the file is sound, allow more memory (--memory-limit), or split it into smaller files.",
            "如文件确实无误,可用 --memory-limit 放宽内存,或把它拆成几个小文件。",
        )


class ReaderDied(IngestError):
    """A file at which the process that read it came to a sudden end: a fault in a library, or no memory left."""

    code = "worker_died"

    def __init__(self, path: str) -> None:
        super().__init__(
            path,
            "the process that read it died (a damaged file, or no memory left).",
            "读它的进程意外终止(文件可能已损坏,或内存不足)。",
            "Open it in its own program and save it again; close other programs and try once more.",
            "请用原来的程序打开并另存;或关闭其他程序后再试。",
        )


class ReaderFailed(IngestError):
    """A file at which nianlun itself has a fault; `detail` tells where."""

    code = "internal"

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(
            path,
            f"nianlun itself failed on this file ({detail}).",
            f"程序处理这个文件时出错({detail})。",
            "The other files are not affected; please report the file and this line.",
            "其余文件不受影响;请把这个文件和这行提示报告给开发者。",
        )
