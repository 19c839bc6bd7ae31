"""winmail.dat: the body and the attachments of a mail as Outlook packs them for Outlook alone (TNEF, [MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.archive import MOST_MEMBERS, harmless
from ingest.decode import decode
from ingest.errors import DamagedFile, IngestError, NoText
from ingest.readers import Member, RawText

SIGNATURE = b"\x78\x9f\x3e\x22"
KIND = "winmail.dat (TNEF)"
BEGINS_ATTACHMENT, TITLE, DATA, ATTACHMENT = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
SUBJECT, BODY, MESSAGE, CODE_PAGE = 0x00018004, 0x0002800C, 0x00069003, 0x00069007
LONG_NAME, PLAIN, HTML, PACKED_RTF = 0x3707, 0x1000, 0x1013, 0x1009
SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
VARIABLE = (0x1E, 0x1F, 0x0D, 0x102)


def is_tnef(data: bytes) -> bool:
    """Tell a winmail.dat by its signature."""
    return data.startswith(SIGNATURE)


def read_tnef(data: bytes, path: str) -> RawText:
    """Read a winmail.dat: its plain body as the text, attachments and a body in RTF as members.

    `about` holds the title. Raises DamagedFile, NoText.
    """
    mail = _Mail(path)
    try:
        for number, value in _attributes(data):
            mail.take(number, value)
        mail.close_attachment()
    except IngestError:
        raise
    except Exception as error:  # struct.error, IndexError, ValueError of damaged data
        raise DamagedFile(path, KIND, type(error).__name__) from error
    if not mail.text.strip() and not mail.members:
        raise NoText(path, "the mail is empty", "邮件没有正文,也没有附件")
    about = (("title", mail.title),) if mail.title else ()
    return RawText(text=mail.text.replace("\r\n", "\n"), members=tuple(mail.members[:MOST_MEMBERS]), about=about)


@dataclass(slots=True)
class _Mail:
    """What was read of a mail: its text, and its attachments, the last of which may still be open."""

    path: str
    title: str = ""
    text: str = ""
    charset: str = ""
    members: list[Member] = field(default_factory=list)
    is_open: bool = False
    name: str = ""  # of the open attachment
    content: bytes = b""

    def take(self, number: int, value: bytes) -> None:
        """Read an attribute."""
        if number == CODE_PAGE and len(value) >= 4:
            self.charset = f"cp{struct.unpack('<I', value[:4])[0]}"
        elif number == SUBJECT:
            self.title = _text(value, self.charset)
        elif number == BODY:
            self.text = _text(value, self.charset)
        elif number == MESSAGE:
            self._take_message(dict(_properties(value)))
        elif number == BEGINS_ATTACHMENT:
            self.close_attachment()
            self.is_open, self.name, self.content = True, "", b""
        elif number == TITLE:
            self.name = self.name or _text(value, self.charset)
        elif number == DATA:
            self.content = value
        elif number == ATTACHMENT:
            self.name = _text(dict(_properties(value)).get(LONG_NAME, b""), self.charset) or self.name

    def close_attachment(self) -> None:
        """Make the open attachment a member."""
        if self.is_open:
            self.members.append(_member(self.name, self.content, len(self.members) + 1, self.path))
            self.is_open = False

    def _take_message(self, properties: dict[int, bytes]) -> None:
        """Read the body in the plainest form that has text."""
        from ingest.mail import html_text, unpack_rtf

        self.text = self.text or _text(properties.get(PLAIN, b""), self.charset)
        if not self.text.strip() and (html := properties.get(HTML, b"")):
            self.text = html_text(_text(html, self.charset), self.path)
        if not self.text.strip() and (packed := properties.get(PACKED_RTF, b"")):
            self.members.append(Member(name="正文.rtf", data=unpack_rtf(packed)))


def _member(name: str, data: bytes, number: int, path: str) -> Member:
    name = harmless(name or f"附件{number}")
    trouble = None if data else NoText(f"{path}/{name}", "the attachment is empty", "附件是空的")
    return Member(name=name, data=data, trouble=trouble)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        _, number, size = struct.unpack_from("<BII", data, at)
        if at + 9 + size > len(data):
            raise ValueError("cut short")
        yield number, data[at + 9 : at + 9 + size]
        at += 9 + size + 2  # the checksum


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the properties of a message or attachment: their numbers and values, strings as the bytes of their form."""
    (count,) = struct.unpack_from("<I", data, 0)
    at = 4
    for _ in range(min(count, 10_000)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= 0x8000:  # a named property
            at += 16
            (form,) = struct.unpack_from("<I", data, at)
            at += 4
            if form == 1:
                (size,) = struct.unpack_from("<I", data, at)
                at += 4 + -(-size // 4) * 4
            else:
                at += 4
        many, kind = kind & 0x1000, kind & 0x0FFF
        if kind in VARIABLE or many:
            (values,) = struct.unpack_from("<I", data, at)
            at += 4
            for _ in range(min(values, 10_000)):
                if kind in VARIABLE:
                    (size,) = struct.unpack_from("<I", data, at)
                    at += 4
                else:
                    size = SIZES[kind]
                value = data[at : at + size]
                at += -(-size // 4) * 4
                yield number, b"\xff\xfe" + value if kind == 0x1F else value
        else:
            size = SIZES[kind]
            yield number, data[at : at + size]
            at += size


def _text(data: bytes, charset: str) -> str:
    if data.startswith(b"\xff\xfe"):
        return data[2:].decode("utf-16-le", "replace").rstrip("\x00")
    data = data.rstrip(b"\x00")
    if not data:
        return ""
    if charset == "cp936":
        charset = "gb18030"
    try:
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return decode(data)[0]
