"""Files that a command is to write or cannot use: what is wrong with a name or a place, told before anything is done."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from nianlun.bilingual import current_language
from nianlun.language import Words
from nianlun.messages import say

# What the system says of a file, and what would help.
SYSTEM: dict[int, tuple[Words, Words]] = {
    errno.ENOENT: (
        Words("没有这个文件或文件夹", "there is no such file or folder"),
        Words("请检查名称和所在的文件夹", "See to its name and its folder"),
    ),
    errno.EACCES: (
        Words("没有权限", "no permission"),
        Words("请换个位置,或请管理员给权限", "Take another place, or ask for the permission"),
    ),
    errno.EROFS: (Words("磁盘是只读的", "the disk is read-only"), Words("请换个位置", "Take another place")),
    errno.ENOSPC: (Words("磁盘满了", "the disk is full"), Words("请腾出空间后再运行", "Make room and run it again")),
    errno.EDQUOT: (
        Words("超过了磁盘配额", "the quota of the disk is used up"),
        Words("请腾出空间后再运行", "Make room and run it again"),
    ),
    errno.EFBIG: (
        Words("超过了文件大小的上限", "larger than a file may be"),
        Words("请缩小范围,或换个磁盘", "Ask for less, or take another disk"),
    ),
    errno.EISDIR: (Words("是文件夹,不是文件", "it is a folder"), Words("请写文件名", "Name a file")),
    errno.ENOTDIR: (
        Words("路径中有一段是文件,不是文件夹", "a part of the path is a file, no folder"),
        Words("请换个位置", "Take another place"),
    ),
    errno.ENAMETOOLONG: (Words("名称太长", "the name is too long"), Words("请起短一点的名字", "Take a shorter one")),
    errno.EMFILE: (
        Words("同时打开的文件太多", "too many files are open"),
        Words("请关闭别的程序后再运行", "Close other programs and run it again"),
    ),
    errno.EIO: (
        Words("磁盘读写出错", "the disk cannot be read or written"),
        Words("请检查磁盘,或换个位置", "See to the disk, or take another place"),
    ),
}
SYSTEM[errno.EPERM] = SYSTEM[errno.EACCES]


class Target(click.Path):
    """The name of a file to write: its folder is there and open to writing, its ending one of those that are known."""

    told = True  # what is wrong is said in full

    def __init__(self, *endings: str) -> None:
        super().__init__(path_type=Path)
        self.endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        wrong = fault_of(path, current_language(), self.endings)
        if wrong:
            self.fail(wrong, param, ctx)
        return path


def fault_of(path: Path, lang: str, endings: Iterable[str] = ()) -> str:
    """Return why a file of that name could not be written and what would help; nothing where it could, for all that can be told."""
    folder = path.parent
    known = " ".join(endings)
    if known and path.suffix.lower() not in known.split(" "):
        return say("target_ending", lang, path=path, known=known)
    if folder.exists() and not folder.is_dir():
        return say("target_in_file", lang, path=path, folder=folder)
    if not folder.exists():
        return say("target_no_folder", lang, path=path, folder=folder)
    if path.is_dir():
        return say("target_is_folder", lang, path=path)
    if path.exists() and not os.access(path, os.W_OK):
        return say("target_kept", lang, path=path)
    if not path.exists() and not os.access(folder, os.W_OK):
        return say("target_denied", lang, path=path, folder=folder.absolute())
    return ""


def system_words(error: OSError, lang: str) -> str:
    """Return what the system refused and what would help; in its own words where no others are known."""
    path = say("the_output", lang) if error.filename is None else os.fsdecode(error.filename)
    known = SYSTEM.get(error.errno or 0)
    if known is None:
        detail = error.strerror or str(error) or type(error).__name__
        return say("os_error", lang, path=path, detail=detail, remedy=say("os_remedy", lang))
    if error.errno == errno.ENOENT and error.filename is not None and not Path(path).parent.exists():
        return say("target_no_folder", lang, path=path, folder=Path(path).parent)
    why, remedy = known
    return say("os_error", lang, path=path, detail=why.in_(lang), remedy=remedy.in_(lang))
