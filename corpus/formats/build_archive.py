"""Build reports.zip and reports.tar.gz from samples beside them.

    python corpus/formats/build_archive.py [FOLDER]

reports.zip has its names in GBK without a flag, as Chinese Windows writes them, backslashes for folders, an archive inside, and
what a Mac leaves behind. reports.tar.gz has its names in UTF-8.
"""

from __future__ import annotations

import gzip
import io
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
NAMES = {
    "2015年\\工作总结（送审稿）.txt": "attachment.txt",
    "2015年\\数据说明.txt": "mail.txt",
    "2015年\\总结.ofd": "report.ofd",
}
DAY = (2016, 1, 9, 9, 0, 0)


class GbkInfo(zipfile.ZipInfo):
    """A member whose name is written in GBK, without the flag of UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def member(name: str) -> GbkInfo:
    info = GbkInfo("x", DAY)
    info.filename, info.compress_type = name, zipfile.ZIP_DEFLATED
    return info


def pack(members: dict[str, bytes]) -> bytes:
    """Return a zip archive with names in GBK."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(member(name), data)
    return out.getvalue()


def pack_tar(members: dict[str, bytes]) -> bytes:
    """Return a gzipped tar archive, the same byte for byte each time."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name.replace("\\", "/"))
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0)


def main(folder: Path) -> None:
    members = {name: (HERE / source).read_bytes() for name, source in NAMES.items()}
    inner = pack({"榆堰县\\说明.txt": members["2015年\\数据说明.txt"]})
    more = {"2015年\\历年.zip": inner, "__MACOSX\\2015年\\._工作总结.txt": b"\0\5\26\7", "2015年\\Thumbs.db": b"\0"}
    (folder / "reports.zip").write_bytes(pack({**members, **more}))
    (folder / "reports.tar.gz").write_bytes(pack_tar(members))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
