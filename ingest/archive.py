"""Archives: a container becomes its members, each with a name that is harmless and readable.

Nothing is ever written to disk. A member that cannot be had (encrypted, damaged, a link, one that unpacks to too much) stands in
the list with its `trouble` instead of data; the whole is refused only when it cannot be opened. Directories and what
systems leave behind (`__MACOSX/`, `.DS_Store`, `Thumbs.db`, `desktop.ini`, Word's `~$` lock files) are left out.
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import IO

from ingest.decode import decode
from ingest.errors import DamagedFile, EncryptedFile, IngestError, TooLarge, UnsupportedFormat
from ingest.readers import Member, RawText
from ingest.saved_pages import is_page, page_of

MOST_MEMBERS = 10_000
MOST_UNPACKED = 200 * 2**20  # bytes, of all members together
MOST_RATIO = 200  # bytes unpacked from one packed; text and XML reach some 10 to 60
RATIO_FROM = 5 * 2**20  # bytes; below that a high ratio does no harm
MOST_ENTRIES = 200_000  # in the directory of a zip; looked at before it is read
CHUNK = 2**16  # bytes
LEFT_OUT = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini|~\$[^/]*)", re.IGNORECASE)
UNSAFE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
LONGEST_NAME = 200  # characters of one part of a path
UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
UNICODE_PATH = 0x7075  # the extra field in which some packers keep the name in UTF-8
AES = 99  # WinZip's compression type of encrypted members
DIRECTORY_ENTRY = b"PK\x01\x02"
PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}


def is_packed(data: bytes) -> bool:
    """Tell a gzip, bzip2 or xz file by its signature; a tar may be inside."""
    return data.startswith(tuple(PACKED))


def is_tar(data: bytes) -> bool:
    """Tell a tar archive, by the checksum of its first header (the old form has no signature)."""
    header = data[:512]
    if len(header) < 512 or not header[0]:
        return False
    try:
        stated = int(header[148:156].strip(b" \x00") or b"-", 8)
    except ValueError:
        return False
    return stated == sum(header[:148]) + 8 * 0x20 + sum(header[156:])


def read_zip(data: bytes, path: str, *, limit: int = MOST_UNPACKED) -> RawText:
    """Read a zip archive. Raises DamagedFile, TooLarge for a directory of absurd size.

    `limit` is how much all members together may unpack to: a caller that opens archives inside archives hands on the rest.
    """
    if data.count(DIRECTORY_ENTRY) > MOST_ENTRIES:
        raise TooLarge(path, f"more than {MOST_ENTRIES:,} entries", f"条目超过 {MOST_ENTRIES:,} 个")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in archive.infolist() if not info.is_dir()]
    except Exception as error:  # zipfile lets struct.error, NotImplementedError, UnicodeDecodeError and more through
        raise DamagedFile(path, "zip", str(error) or type(error).__name__) from error
    names = _zip_names(infos)
    entries = [
        (name, info.compress_size, _zip_opener(archive, info), _zip_trouble(info, f"{path}/{name}"))
        for info, name in zip(infos, names, strict=True)
    ]
    return RawText(text="", members=tuple(_members(entries, path, limit)))


def read_tar(data: bytes, path: str, *, limit: int = MOST_UNPACKED) -> RawText:
    """Read a tar archive that is not packed. Raises DamagedFile."""
    entries: list[Entry] = []
    try:
        archive = tarfile.TarFile(fileobj=io.BytesIO(data), encoding="utf-8", errors="surrogateescape")
        infos = [info for info in archive if not info.isdir()]
    except Exception as error:
        raise DamagedFile(path, "tar", str(error) or type(error).__name__) from error
    names = _decode_names([info.name.encode("utf-8", "surrogateescape") for info in infos])
    for info, name in zip(infos, names, strict=True):
        trouble = None if info.isreg() and not info.issparse() else _no_file(f"{path}/{name}")
        entries.append((name, info.size, _tar_opener(archive, info), trouble))
    return RawText(text="", members=tuple(_members(entries, path, limit)))


def read_packed(data: bytes, path: str, *, limit: int = MOST_UNPACKED) -> RawText:
    """Read a gzip, bzip2 or xz file: its one member, or the members of the tar inside. Raises DamagedFile, TooLarge."""
    kind = next((kind for signature, kind in PACKED.items() if data.startswith(signature)), "gzip")
    try:
        whole = _unpack(data, kind, limit)
    except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError, MemoryError) as error:
        raise DamagedFile(path, kind, str(error) or type(error).__name__) from error
    if len(whole) > limit or _is_bomb(len(whole), len(data)):
        raise _too_large(path, limit)
    if is_tar(whole):
        return read_tar(whole, path, limit=limit)
    name = re.sub(r"\.(?:gz|bz2|xz)$", "", path.replace("\\", "/").rpartition("/")[2], flags=re.IGNORECASE)
    return RawText(text="", members=(Member(name=harmless(name), data=whole),))


ARCHIVES = {"zip": read_zip, "tar": read_tar, "packed": read_packed}


def unpack(kind: str, data: bytes, path: str, *, limit: int) -> RawText:
    """Read an archive of any kind, whose members together may unpack to `limit` bytes."""
    return ARCHIVES[kind](data, path, limit=limit)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, *, limit: int = MOST_UNPACKED) -> bytes:
    """Return the bytes of a zip's member, unpacked under the limits. Raises an IngestError for every trouble."""
    trouble = _zip_trouble(info, path)
    if trouble:
        raise trouble
    return _read(_zip_opener(archive, info), info.compress_size, path, limit)


def harmless(name: str) -> str:
    """Return a member's name as a relative path of plain characters: no root, drive, `..` or control characters."""
    parts = [UNSAFE.sub("_", part).strip() for part in re.split(r"[/\\]+", name)]
    kept = [part for part in parts if part not in ("", ".", "..") and not re.fullmatch(r"[A-Za-z]:", part)]
    return "/".join(_cut(part) for part in kept) or "_"


def _cut(part: str) -> str:
    stem, dot, suffix = part.rpartition(".")
    if len(part) <= LONGEST_NAME:
        return part
    return stem[: LONGEST_NAME - len(suffix) - 1] + "." + suffix if dot and len(suffix) < 10 else part[:LONGEST_NAME]


Entry = tuple[str, int, Callable[[], IO[bytes]], IngestError | None]  # name, bytes packed, how to open it, its trouble


def _members(entries: Sequence[Entry], path: str, limit: int) -> Iterator[Member]:
    left = limit
    seen: set[str] = set()
    named = [(harmless(name), packed, opener, trouble) for name, packed, opener, trouble in entries]
    kept = [entry for entry in named if not LEFT_OUT.fullmatch(entry[0])]
    parts = _parts_of_pages([entry[0] for entry in kept])
    kept = [entry for entry in kept if entry[0] not in parts]
    for plain, packed, opener, trouble in kept[:MOST_MEMBERS]:
        name = _distinct(plain, seen)
        if trouble:
            yield Member(name=name, data=b"", trouble=trouble)
            continue
        try:
            data = _read(opener, packed, f"{path}/{name}", left)
        except IngestError as error:
            yield Member(name=name, data=b"", trouble=error)
            continue
        left -= len(data)
        yield Member(name=name, data=data)
    if len(kept) > MOST_MEMBERS:
        found = f"the archive has {len(kept):,} members, only the first {MOST_MEMBERS:,} are read"
        found_zh = f"压缩包内有 {len(kept):,} 个文件,只读前 {MOST_MEMBERS:,} 个"
        yield Member(name="…", data=b"", trouble=TooLarge(path, found, found_zh))


def _parts_of_pages(names: Sequence[str]) -> set[str]:
    """Return the members that are parts of saved pages beside them; pages stay, for a page of frames shows them."""
    folders: dict[str, list[str]] = {}
    for name in names:
        where, _, last = name.rpartition("/")
        folders.setdefault(where, []).append(last)
    found: set[str] = set()
    for where, inside in folders.items():
        above, _, folder = where.rpartition("/")
        if page_of(folder, folders.get(above, ())):
            found |= {f"{where}/{last}" for last in inside if not is_page(last)}
    return found


def _distinct(name: str, seen: set[str]) -> str:
    """Return the name, numbered if a member before it has the same one."""
    stem, dot, suffix = name.rpartition(".") if "." in name.rpartition("/")[2] else (name, "", "")
    found, number = name, 1
    while found in seen:
        number += 1
        found = f"{stem} ({number}){dot}{suffix}"
    seen.add(found)
    return found


def _read(opener: Callable[[], IO[bytes]], packed: int, path: str, limit: int) -> bytes:
    """Return the unpacked bytes, counting them as they come: what a header states of a size is not believed."""
    chunks: list[bytes] = []
    length = 0
    try:
        with opener() as stream:
            while chunk := stream.read(CHUNK):
                chunks.append(chunk)
                length += len(chunk)
                if length > limit or _is_bomb(length, packed):
                    raise _too_large(path, limit)
    except IngestError:
        raise
    except NotImplementedError as error:
        raise UnsupportedFormat(
            path, "packed in an unusual way", "以不常用的方式压缩的数据", ("zip (deflate)",)
        ) from error
    except Exception as error:  # zipfile, zlib, lzma and tarfile let their own and built-in exceptions through
        if "encrypted" in str(error) or "password" in str(error):
            raise EncryptedFile(path, "zip") from error
        raise DamagedFile(path, "zip", str(error) or type(error).__name__) from error
    return b"".join(chunks)


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(1, packed)


def _too_large(path: str, limit: int) -> TooLarge:
    whole = f"{MOST_UNPACKED // 2**20} MB"
    return TooLarge(
        path,
        f"it unpacks to more than {MOST_RATIO} times its size, or the archive to more than {whole}",
        f"解压后超过原大小的 {MOST_RATIO} 倍,或整个压缩包超过 {whole}",
    )


def _no_file(path: str) -> UnsupportedFormat:
    return UnsupportedFormat(path, "a link or device, no file", "链接或设备,不是文件", ())


def _zip_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _tar_opener(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.extractfile(info) or io.BytesIO()


def _zip_trouble(info: zipfile.ZipInfo, path: str) -> IngestError | None:
    if info.flag_bits & ENCRYPTED_FLAG or info.compress_type == AES:
        return EncryptedFile(path, "zip")
    if stat.S_ISLNK(info.external_attr >> 16):
        return _no_file(path)
    return None


def _zip_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the members' names: from UTF-8 where a packer says so, else decoded together, so that short ones help each other."""
    names: list[str] = []
    raw: list[bytes] = []
    for info in infos:
        unicode = info.flag_bits & UTF8_FLAG or _unicode_path(info.extra)
        stored = getattr(info, "orig_filename", info.filename)
        names.append(_unicode_path(info.extra) or stored if unicode else "")
        raw.append(b"" if unicode else stored.encode("cp437", "replace"))
    return [name or old for name, old in zip(names, _decode_names(raw), strict=True)]


def _unicode_path(extra: bytes) -> str:
    at = 0
    while at + 4 <= len(extra):
        kind, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return ""


def _decode_names(raw: Sequence[bytes]) -> list[str]:
    """Decode names of one archive: each as UTF-8 if it is that, the others in the encoding that suits them together."""
    others = [name for name in raw if not _is_utf8(name)]
    encoding = decode(b"\n".join(others))[1] if others else "utf-8"
    if encoding.startswith("utf"):
        encoding = "gb18030"
    return [name.decode("utf-8" if _is_utf8(name) else encoding, "replace") for name in raw]


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unpack(data: bytes, kind: str, limit: int) -> bytes:
    """Return the unpacked bytes, up to one more than the limit; concatenated streams are read on."""
    makers: dict[str, Callable[[], zlib._Decompress | bz2.BZ2Decompressor | lzma.LZMADecompressor]] = {
        "gzip": lambda: zlib.decompressobj(wbits=31),
        "bzip2": bz2.BZ2Decompressor,
        "xz": lambda: lzma.LZMADecompressor(memlimit=MOST_UNPACKED),
    }
    most = min(limit, max(RATIO_FROM, MOST_RATIO * len(data))) + 1
    chunks: list[bytes] = []
    length = 0
    rest = data
    while rest and length < most and (not chunks or rest.startswith(tuple(PACKED))):
        stream = makers[kind]()
        chunk = stream.decompress(rest, most - length)
        if not stream.eof and length + len(chunk) < most:
            raise EOFError("cut short")
        chunks.append(chunk)
        length += len(chunk)
        rest = stream.unused_data
    return b"".join(chunks)
