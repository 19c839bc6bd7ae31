"""Build the sample mails and the Outlook message from mail.txt.

    python corpus/formats/build_mail.py [FOLDER]

mail_gbk.eml is written as Foxmail and QQ write (GBK in base64, names as encoded words cut inside a character), mail_bare.eml
as old web mail did (bare GBK in headers and names, 8-bit body), mail_2231.eml as Thunderbird does (flowed text, RFC 2231
names, HTML beside it, a mail inside). mail.msg follows [MS-CFB] and [MS-OXMSG], with an attachment and a message inside;
mail_winmail.dat follows [MS-OXTNEF], as Outlook packs a mail for Outlook alone.
Each carries attachment.txt; the body of each is mail.txt.
"""

from __future__ import annotations

import base64
import quopri
import struct
import sys
import urllib.parse
from pathlib import Path

HERE = Path(__file__).parent
SUBJECT = "关于报送2015年团务数据和工作总结的说明"
SENDER = "榆堰县团委办公室"
ATTACHMENT = "榆堰团县委2015年工作总结（报送稿）.txt"
DATE = "Thu, 31 Dec 2015 16:40:00 +0800"
Tree = dict[str, "bytes | Tree"]


def words(text: str, charset: str, size: int) -> str:
    """Return encoded words of `size` bytes each, cut wherever that falls."""
    data = text.encode(charset)
    parts = [base64.b64encode(data[at : at + size]).decode() for at in range(0, len(data), size)]
    return "\r\n ".join(f"=?{charset}?B?{part}?=" for part in parts)


def wrap64(data: bytes) -> str:
    text = base64.b64encode(data).decode()
    return "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))


def gbk_mail(body: str, attached: bytes) -> bytes:
    return (
        f"""Date: {DATE}
From: {words(SENDER, "gb2312", 7)} <tuanwei@example.cn>
To: <dangzhengban@example.cn>
Subject: {words(SUBJECT, "gb2312", 15)}
Message-ID: <201512311640000001@example.cn>
X-Mailer: Foxmail 7.2
Mime-Version: 1.0
Content-Type: multipart/mixed;
	boundary="----=_001_NextPart"

This is a multi-part message in MIME format.

------=_001_NextPart
Content-Type: text/plain;
	charset="gb2312"
Content-Transfer-Encoding: base64

{wrap64(body.encode("gbk"))}

------=_001_NextPart
Content-Type: application/octet-stream;
	name="{words(ATTACHMENT, "gb2312", 13)}"
Content-Transfer-Encoding: base64
Content-Disposition: attachment;
	filename="{words(ATTACHMENT, "gb2312", 13)}"

{wrap64(attached)}

------=_001_NextPart--
""".replace("\r\n", "\n")
        .replace("\n", "\r\n")
        .encode("ascii")
    )


def bare_mail(body: str, attached: bytes) -> bytes:
    return (
        f"""From: {SENDER} <tuanwei@example.cn>
To: dangzhengban@example.cn
Subject: {SUBJECT}
Date: {DATE}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=====003_Dragon"

--=====003_Dragon
Content-Type: text/plain
Content-Transfer-Encoding: 8bit

{body}
--=====003_Dragon
Content-Type: application/octet-stream; name="{ATTACHMENT}"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="{ATTACHMENT}"

{wrap64(attached)}
--=====003_Dragon--
""".replace("\r\n", "\n")
        .replace("\n", "\r\n")
        .encode("gbk")
    )


def modern_mail(body: str, attached: bytes) -> bytes:
    flowed = "".join(f"{line}\n" if len(line) < 40 else f"{line[:34]} \n{line[34:]}\n" for line in body.split("\n"))
    html = "<html><body>" + "".join(f"<p>{line}</p>" for line in body.split("\n") if line) + "</body></html>"
    quoted = urllib.parse.quote(ATTACHMENT)
    cut = 61  # between two bytes of a character
    inner = f"""Subject: {words("转来的通知", "utf-8", 9)}
From: <xianwei@example.cn>
Date: {DATE}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

{wrap64("请各单位于1月8日前报送数据。".encode())}
"""
    return (
        f"""Message-ID: <5684E2A0.1080@example.cn>
Date: {DATE}
From: =?UTF-8?B?{base64.b64encode(SENDER.encode()).decode()}?= <tuanwei@example.cn>
MIME-Version: 1.0
To: dangzhengban@example.cn
Subject: =?UTF-8?Q?{quopri.encodestring(SUBJECT.encode(), header=True).decode().replace("=" + chr(10), "")}?=
Content-Type: multipart/mixed; boundary="------------0403"

--------------0403
Content-Type: multipart/alternative; boundary="------------0404"

--------------0404
Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes
Content-Transfer-Encoding: base64

{wrap64(flowed.replace(chr(10), chr(13) + chr(10)).encode())}
--------------0404
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

{wrap64(html.encode())}
--------------0404--

--------------0403
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: base64
Content-Disposition: attachment;
 filename*0*=UTF-8''{quoted[:cut]};
 filename*1*={quoted[cut:]}

{wrap64(attached)}
--------------0403
Content-Type: message/rfc822

{inner}
--------------0403--
""".replace("\r\n", "\n")
        .replace("\n", "\r\n")
        .encode("ascii")
    )


def finish(head: int, fixed: list[tuple[int, int, bytes]], streams: Tree) -> Tree:
    """Return the streams with their property stream: a head, then 16 bytes for each property, of fixed size or not."""
    entries = [struct.pack("<HHI", kind, number, 6) + value.ljust(8, b"\0") for number, kind, value in fixed]
    for name, data in streams.items():
        if name.startswith("__substg1.0_"):
            number, kind = int(name[12:16], 16), int(name[16:20], 16)
            size = 0xFFFFFFFF if isinstance(data, dict) else len(data) + {0x1F: 2, 0x1E: 1}.get(kind, 0)
            entries.append(struct.pack("<HHIII", kind, number, 6, size, 1 if isinstance(data, dict) else 0))
    return {**streams, "__properties_version1.0": bytes(head) + b"".join(sorted(entries))}


def filetime(seconds: int) -> bytes:
    return struct.pack("<Q", (seconds + 11644473600) * 10_000_000)


def outlook(body: str, attached: bytes, *, is_unicode: bool) -> Tree:
    """Return the streams of a message with an attachment and a message inside."""
    kind, encoding = ("001F", "utf-16-le") if is_unicode else ("001E", "gbk")
    sent = (0x0039, 0x0040, filetime(1451551200))
    page = (0x3FFD, 0x0003, struct.pack("<i", 936))

    def string(number: int, text: str) -> tuple[str, bytes]:
        return f"__substg1.0_{number:04X}{kind}", text.encode(encoding)

    def attachment(name: Tree, method: int, content: Tree) -> Tree:
        return finish(8, [(0x3705, 0x0003, struct.pack("<i", method))], {**name, **content})

    inside = finish(
        24,
        [sent, page],
        dict([string(0x0037, "转来的通知"), string(0x1000, "请各单位于1月8日前报送数据。"), string(0x0C1A, "县委办")]),
    )
    message = finish(
        32,
        [sent, page],
        dict(
            [string(0x0037, SUBJECT), string(0x0C1A, SENDER), string(0x5D01, "tuanwei@example.cn"),
             string(0x1000, body.replace("\n", "\r\n")), string(0x001A, "IPM.Note")]
        ),
    )  # fmt: skip
    names = dict([string(0x3707, ATTACHMENT), string(0x3704, "YUYAN~1.TXT")])
    return {
        **message,
        "__nameid_version1.0": {"__substg1.0_00020102": b"", "__substg1.0_00030102": b"", "__substg1.0_00040102": b""},
        "__attach_version1.0_#00000000": attachment(names, 1, {"__substg1.0_37010102": attached}),
        "__attach_version1.0_#00000001": attachment(
            dict([string(0x3001, "转来的通知")]), 5, {"__substg1.0_3701000D": inside}
        ),
    }


FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, MINI, CUTOFF = 512, 64, 4096


def compound(tree: Tree) -> bytes:
    """Return an OLE2 compound file (version 3) of storages and streams."""
    names, kinds, datas, children = ["Root Entry"], [5], [b""], {0: tree}
    links: list[list[int]] = [[FREE, FREE, FREE]]
    for at in iter(lambda: next(iter(children), None), None):
        branch = children.pop(at)
        first = len(names)
        keys = sorted(branch, key=lambda name: (len(name), name.upper()))
        for offset, key in enumerate(keys):
            value = branch[key]
            names.append(key)
            kinds.append(1 if isinstance(value, dict) else 2)
            datas.append(b"" if isinstance(value, dict) else value)
            links.append([FREE, FREE, FREE])
            if isinstance(value, dict):
                children[first + offset] = value
        links[at][2] = _balance(links, first, first + len(keys))
    fat: list[int] = []
    body = bytearray()

    def store(data: bytes) -> int:
        if not data:
            return END
        start, count = len(fat), -(-len(data) // SECTOR)
        body.extend(data.ljust(count * SECTOR, b"\0"))
        fat.extend([*range(start + 1, start + count), END])
        return start

    mini, mini_fat = bytearray(), []
    starts = [END] * len(names)
    for at, data in enumerate(datas):
        if len(data) >= CUTOFF:
            starts[at] = store(data)
        elif data:
            starts[at], count = len(mini_fat), -(-len(data) // MINI)
            mini.extend(data.ljust(count * MINI, b"\0"))
            mini_fat.extend([*range(starts[at] + 1, starts[at] + count), END])
    starts[0], sizes = store(bytes(mini)), [len(data) for data in datas]
    sizes[0] = len(mini)
    mini_start = store(
        b"".join(struct.pack("<I", link) for link in mini_fat).ljust(-(-len(mini_fat) * 4 // SECTOR) * SECTOR, b"\xff")
    )
    entries = b"".join(map(_entry, names, kinds, links, starts, sizes))
    directory = store(entries.ljust(-(-len(entries) // SECTOR) * SECTOR, b"\0"))
    count = 1
    while count * SECTOR // 4 < len(fat) + count:
        count += 1
    first_fat = len(fat)
    table = fat + [FAT] * count
    body.extend(b"".join(struct.pack("<I", link) for link in table).ljust(count * SECTOR, b"\xff"))
    head = struct.pack("<8s16xHHHHH6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory,
                       0, CUTOFF, mini_start, -(-len(mini_fat) * 4 // SECTOR), END, 0)  # fmt: skip
    places = [*range(first_fat, first_fat + count)]
    head += b"".join(struct.pack("<I", place) for place in places + [FREE] * (109 - count))
    return head + bytes(body)


def _balance(links: list[list[int]], start: int, end: int) -> int:
    if start >= end:
        return FREE
    middle = (start + end) // 2
    links[middle][:2] = _balance(links, start, middle), _balance(links, middle + 1, end)
    return middle


def _entry(name: str, kind: int, link: list[int], start: int, size: int) -> bytes:
    title = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII16xI16xIQ", title, len(title), kind, 1, *link, 0, start, size)


def winmail(body: str, attached: bytes) -> bytes:
    """Return a winmail.dat with a plain body and an attachment, text in code page 936."""

    def attribute(level: int, number: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    def text(number: int, value: str) -> bytes:
        data = (value + "\0").encode("utf-16-le")
        return struct.pack("<HHII", 0x1F, number, 1, len(data)) + data.ljust(-(-len(data) // 4) * 4, b"\0")

    properties = struct.pack("<I", 2) + struct.pack("<HHI", 0x03, 0x3705, 1) + text(0x3707, ATTACHMENT)
    return (
        b"\x78\x9f\x3e\x22\x01\x00"
        + attribute(1, 0x00089006, struct.pack("<I", 0x10000))
        + attribute(1, 0x00069007, struct.pack("<II", 936, 0))
        + attribute(1, 0x00018004, SUBJECT.encode("gbk") + b"\0")
        + attribute(1, 0x0002800C, body.replace("\n", "\r\n").encode("gbk") + b"\0")
        + attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x0006800F, attached)
        + attribute(2, 0x00018010, b"YUYAN~1.TXT\0")
        + attribute(2, 0x00069005, properties)
    )


def main(folder: Path) -> None:
    body = (HERE / "mail.txt").read_text("utf-8").rstrip("\n")
    attached = (HERE / "attachment.txt").read_bytes()
    for name, make in (("mail_gbk", gbk_mail), ("mail_bare", bare_mail), ("mail_2231", modern_mail)):
        (folder / f"{name}.eml").write_bytes(make(body, attached))
    (folder / "mail_winmail.dat").write_bytes(winmail(body, attached))
    (folder / "mail.msg").write_bytes(compound(outlook(body, attached, is_unicode=True)))
    (folder / "mail_gbk.msg").write_bytes(compound(outlook(body, attached, is_unicode=False)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
