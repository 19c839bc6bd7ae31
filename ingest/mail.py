"""Mail: .eml files as every program saves them, and .msg files of Outlook.

The text of a mail is its body; what hangs on it becomes members, a mail inside a mail too. Subject, sender and date are what
the mail says of itself. Names and headers are decoded as senders write them: encoded words cut inside a character, RFC 2231,
and bare GBK, which no standard allows.
"""

from __future__ import annotations

import base64
import binascii
import email
import email.message
import email.policy
import email.utils
import io
import mimetypes
import quopri
import re
import struct
import urllib.parse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, Message
from itertools import groupby
from typing import Any

from ingest.archive import MOST_MEMBERS, MOST_UNPACKED, harmless
from ingest.decode import decode
from ingest.errors import DamagedFile, EncryptedFile, IngestError, NoText, TooLarge
from ingest.quoted_mail import parts_of
from ingest.readers import Member, RawText, Stretch

HEADER = re.compile(rb"[!-9;-~]{2,60}:[ \t]?")
OF_MAIL = frozenset(
    b"from to cc subject date received message-id return-path delivered-to mime-version reply-to x-mailer".split()
)
OF_TRANSPORT = frozenset(b"to cc received message-id return-path delivered-to".split())
ENCODED_WORD = re.compile(r"=\?([^?\s]{2,40})\?([bBqQ])\?([^?]*)\?=")
BETWEEN_WORDS = re.compile(r"(?<=\?=)[ \t\r\n]+(?==\?)")
ANSWER = re.compile(r"^(?:(?:re|fw|fwd|回复|答复|转发|回覆|轉寄)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)
GB = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "ms936", "euc-cn", "hz-gb-2312"}
NOT_SHOWN = {"script", "style", "head", "title"}
BREAKS = dict.fromkeys(("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table"), "\n") | {"td": "\t", "th": "\t"}
NO_FILES = frozenset(
    (
        "text/vcard", "text/x-vcard", "text/directory", "text/calendar", "application/ics", "message/delivery-status",
        "message/disposition-notification", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
    )
)  # fmt: skip
LITTLE = 32_768  # bytes of a picture that stands in the text: a logo, a face
DEEPEST = 10  # mails inside mails of an Outlook file


class _AsItStands(email.policy.Compat32):
    """Hands out headers with their bytes as surrogates, where the library would put U+FFFD for bare GBK."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


POLICY = _AsItStands()


def is_eml(data: bytes) -> bool:
    """Tell a mail: it begins with header lines, two of them such as mails have. A saved web page (.mht) is none."""
    seen: set[bytes] = set()
    kind = b""
    for at, line in enumerate(data[:65536].lstrip(b"\r\n\xef\xbb\xbf").splitlines()):
        if not line.strip():
            break
        if line[:1] in b" \t" and at:
            kind += line.strip().lower() if kind and kind.endswith(b";") else b""
            continue
        if at == 0 and line.startswith(b"From "):
            continue
        if not HEADER.match(line):
            return False
        name, _, value = line.partition(b":")
        seen.add(name.lower())
        if name.lower() == b"content-type":
            kind = value.strip().lower()
    if kind.startswith(b"multipart/related") and not seen & OF_TRANSPORT:
        return False
    return len(seen & OF_MAIL) >= 2


def read_eml(data: bytes, path: str) -> RawText:
    """Read a mail: its body as the text, and as a report with the subject for a title; attachments as members.

    Of alternatives the plain text is read, the HTML only without one. `about` holds title, author (the sender) and
    date (ISO 8601) where the headers tell them. Raises DamagedFile, EncryptedFile, NoText.
    """
    try:
        mail = email.message_from_bytes(data.lstrip(b"\r\n\xef\xbb\xbf"), policy=POLICY)
        if not mail.keys():
            raise DamagedFile(path, "mail (.eml)", "no headers", "没有邮件头")
        _refuse_encrypted(mail, path)
        texts: list[str] = []
        members: list[Member] = []
        left_out: list[str] = []
        for part in _parts(mail):
            if _is_body(part):
                texts.append(_body_text(part, path))
            elif _is_beside(part):
                left_out.append(_file_name(part) or part.get_content_type())
            else:
                members.append(_attachment(part, len(members) + 1, path))
            if len(members) > MOST_MEMBERS:
                raise TooLarge(path, f"more than {MOST_MEMBERS:,} attachments", f"附件超过 {MOST_MEMBERS:,} 个")
        about = _about(_header(mail.get("Subject")), _header(mail.get("From")), _iso(_header(mail.get("Date"))))
        about += (("left out", ", ".join(left_out)),) if left_out else ()
    except IngestError:
        raise
    except Exception as error:  # the library lets many built-in exceptions through on broken mails
        raise DamagedFile(path, "mail (.eml)", type(error).__name__) from error
    return _raw("\n".join(text for text in texts if text.strip()), members, about, path)


def read_msg(data: bytes, path: str) -> RawText:
    """Read an Outlook message as `read_eml` reads a mail. A mail inside it becomes a member written as .eml.

    Raises DamagedFile, EncryptedFile, NoText.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            outlook = _Outlook(ole, path)
            if not ole.exists("__properties_version1.0"):
                raise DamagedFile(path, "Outlook (.msg)", "no message inside", "里面没有邮件")
            if "smime" in outlook.text("", 0x001A).lower():
                raise EncryptedFile(path, "Outlook (.msg)")
            text, members = outlook.body(""), list(outlook.members("", 0))
            about = outlook.about("")
            about += (("left out", ", ".join(outlook.left_out)),) if outlook.left_out else ()
    except IngestError:
        raise
    except Exception as error:  # olefile lets struct.error, IndexError, RecursionError and more through
        raise DamagedFile(path, "Outlook (.msg)", type(error).__name__) from error
    return _raw(text, members, about, path)


def _raw(text: str, members: list[Member], about: tuple[tuple[str, str], ...], path: str) -> RawText:
    if not text.strip() and not members:
        raise NoText(path, "the mail is empty", "邮件没有正文,也没有附件")
    title = ANSWER.sub("", dict(about).get("title", "")).strip() or None
    parts, furniture = parts_of(text)
    reports = tuple(
        Stretch(start=part.start, end=part.end, title=ANSWER.sub("", part.title or "").strip() or title)
        for part in parts
    )
    return RawText(text=text, members=tuple(members), about=about, reports=reports, furniture=tuple(furniture))


def _about(title: str, author: str, date: str) -> tuple[tuple[str, str], ...]:
    pairs = (("title", title), ("author", author), ("date", date))
    return tuple((name, value) for name, value in pairs if value)


def _refuse_encrypted(mail: Message, path: str) -> None:
    kind = mail.get_content_type()
    enveloped = kind.endswith("pkcs7-mime") and "signed" not in str(mail.get("Content-Type")).lower()
    if enveloped or kind == "multipart/encrypted":
        raise EncryptedFile(path, "mail (.eml)")


def _parts(mail: Message) -> Iterator[Message]:
    """Yield the parts that matter: of alternatives the best one, of a mail inside the mail the whole."""
    if mail.get_content_type() == "message/rfc822" or not mail.is_multipart():
        yield mail
        return
    parts = [part for part in mail.get_payload() if isinstance(part, Message)]
    if mail.get_content_type() == "multipart/alternative":
        yield from _best(parts)
        return
    for part in parts:
        yield from _parts(part)


def _best(parts: list[Message]) -> Iterator[Message]:
    """Yield of alternatives the plain text if it says anything, else the last; attachments among them all."""
    leaves = [list(_parts(part)) for part in parts]
    plain = next((at for at, group in enumerate(leaves) if group and _says_something(group[0])), len(leaves) - 1)
    for at, group in enumerate(leaves):
        yield from (part for part in group if at == plain or not _is_body(part))


def _says_something(part: Message) -> bool:
    data = part.get_payload(decode=True) if part.get_content_type() == "text/plain" else None
    return isinstance(data, bytes) and bool(data.strip())


def _is_body(part: Message) -> bool:
    if part.get_content_type() not in ("text/plain", "text/html") or part.is_multipart():
        return False
    stated = _header(part.get("Content-Disposition")).lower()
    return not stated.startswith("attachment") and not _file_name(part)


def _is_beside(part: Message) -> bool:
    """Tell a part that is no file that anybody sent: cards, invitations, signatures, little pictures in the text."""
    kind = part.get_content_type()
    if kind in NO_FILES or part.is_multipart():
        return kind in NO_FILES
    if not kind.startswith("image/") or not part.get("Content-ID"):
        return False
    data = part.get_payload(decode=True)
    attached = _header(part.get("Content-Disposition")).lower().startswith("attachment")
    return isinstance(data, bytes) and len(data) < LITTLE and not attached


def _body_text(part: Message, path: str) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    stated = part.get_param("charset")
    charset = stated if isinstance(stated, str) else ""
    if part.get_content_type() == "text/html":
        return html_text(_decode(data, charset), path)
    text = _decode(data, charset).replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflow(text, drops_space=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def html_text(html: str, path: str) -> str:
    """Return the text of an HTML body, as `ingest.web` reads it; in full where that finds no text of a page in it."""
    from ingest.web import read_html

    try:
        return read_html(("\ufeff" + html).encode("utf-8", "replace"), path).text
    except IngestError:
        return _all_text(html)


def _all_text(html: str) -> str:
    """Return all that an HTML body shows, a line for each block."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    if root is None:
        return ""
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in NOT_SHOWN or any(above.tag in NOT_SHOWN for above in element.iterancestors()):
            parts.append((element.tail or "") if event == "end" and element.tag in NOT_SHOWN else "")
        elif event == "start":
            parts.append(BREAKS.get(element.tag, "") + (element.text or "").replace("\n", " "))
        else:
            parts.append(BREAKS.get(element.tag, "") + (element.tail or "").replace("\n", " "))
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _unflow(text: str, *, drops_space: bool) -> str:
    """Return flowed text (RFC 3676) with its lines joined to paragraphs."""
    parts: list[str] = []
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        flows = line.endswith(" ") and line != "-- "
        parts.append((line[:-1] if drops_space else line) if flows else line + "\n")
    return "".join(parts)


def _attachment(part: Message, number: int, path: str) -> Member:
    kind = part.get_content_type()
    name = _file_name(part)
    if kind == "message/rfc822":
        inner = part.get_payload()
        mail = inner[0] if isinstance(inner, list) and inner else part
        name = name or _header(mail.get("Subject") if isinstance(mail, Message) else "") or f"附件{number}"
        data = mail.as_bytes() if isinstance(mail, Message) else b""
        name = name if name.lower().endswith(".eml") else name.replace("/", "_") + ".eml"
    else:
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
    name = harmless(name or f"附件{number}{mimetypes.guess_extension(kind) or ''}")
    trouble = None if data else NoText(f"{path}/{name}", "the attachment is empty", "附件是空的")
    return Member(name=name, data=data, trouble=trouble)


def _file_name(part: Message) -> str:
    """Return an attachment's name, in whichever of its forms a program wrote it."""
    for header, key in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        found = part.get_param(key, header=header)
        if isinstance(found, tuple):
            charset, _, value = found
            return _decode(value.encode("latin-1", "surrogateescape"), charset or "")
        if found:
            name = _header(str(found))
            return urllib.parse.unquote(name) if re.search(r"(?:%[0-9A-Fa-f]{2}){2}", name) else name
    return ""


def _header(value: object) -> str:
    """Return a header decoded: encoded words, bytes of any encoding, folded lines."""
    text = re.sub(r"\r?\n[ \t]*", " ", str(value or ""))
    text = BETWEEN_WORDS.sub("", text)
    if "=?" in text:
        text = _decode_words(text)
    if any("\udc80" <= char <= "\udcff" for char in text):
        text = _decode(text.encode("utf-8", "surrogateescape"), "")
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def _decode_words(text: str) -> str:
    """Decode encoded words (RFC 2047). Those side by side are joined as bytes first: many programs cut inside a character."""
    parts: list[str] = []
    chain: list[tuple[str, bytes]] = []  # charset and bytes of words side by side
    end = 0
    for match in ENCODED_WORD.finditer(text):
        if match.start() != end:
            parts += [*_join_words(chain), text[end : match.start()]]
            chain = []
        chain.append((match[1].partition("*")[0].lower(), _word_bytes(match[2], match[3])))
        end = match.end()
    return "".join([*parts, *_join_words(chain), text[end:]])


def _join_words(chain: list[tuple[str, bytes]]) -> list[str]:
    return [
        _decode(b"".join(data for _, data in group), charset) for charset, group in groupby(chain, lambda word: word[0])
    ]


def _word_bytes(form: str, text: str) -> bytes:
    if form in "qQ":
        return quopri.decodestring(text.encode("utf-8", "surrogateescape"), header=True)
    try:
        return base64.b64decode(text.encode("ascii", "ignore") + b"=" * (-len(text) % 4))
    except binascii.Error:
        return b""


def _decode(data: bytes, charset: str) -> str:
    """Decode bytes of a stated charset; where that is wrong, unknown or missing, as the content suggests."""
    name = charset.strip("\"' ").lower()
    if name and name not in ("us-ascii", "ascii", "unknown-8bit", "default", "iso-8859-1"):
        try:
            return data.decode("gb18030" if name in GB else name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data)[0]


def _iso(date: str) -> str:
    try:
        return email.utils.parsedate_to_datetime(date).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return date


class _Outlook:
    """The streams of an Outlook file ([MS-OXMSG]): a property's number and type stand in the name of its stream."""

    def __init__(self, ole: Any, path: str) -> None:
        self._ole = ole
        self._path = path
        self._left = MOST_UNPACKED
        self.left_out: list[str] = []  # what is no file that anybody sent
        entries = ole.listdir(streams=True, storages=True)
        self._entries = {"/".join(entry) for entry in entries}

    def text(self, place: str, number: int) -> str:
        """Return a text property of the message (or attachment) at a place; empty where it has none."""
        name = f"{place}__substg1.0_{number:04X}"
        if f"{name}001F" in self._entries:
            return self._bytes(f"{name}001F").decode("utf-16-le", "replace").rstrip("\x00")
        if f"{name}001E" in self._entries:
            return _decode(self._bytes(f"{name}001E").rstrip(b"\x00"), self._charset(place))
        return ""

    def binary(self, place: str, number: int) -> bytes:
        name = f"{place}__substg1.0_{number:04X}0102"
        return self._bytes(name) if name in self._entries else b""

    def about(self, place: str) -> tuple[tuple[str, str], ...]:
        names = [self.text(place, number) for number in (0x0C1A, 0x0042)]
        addresses = [self.text(place, number) for number in (0x5D01, 0x0C1F)]
        name, address = next(filter(None, names), ""), next((a for a in addresses if "@" in a), "")
        sender = f"{name} <{address}>" if name and address and name != address else name or address
        sent = self._time(place, 0x0039) or self._time(place, 0x0E06)
        return _about(self.text(place, 0x0037), sender, sent)

    def body(self, place: str) -> str:
        """Return the body: plain, else from HTML."""
        plain = self.text(place, 0x1000).replace("\r\n", "\n")
        if plain.strip():
            return plain
        html = self.text(place, 0x1013)
        if not html:
            html = _decode_page(self.binary(place, 0x1013), self._charset(place))
        return html_text(html, self._path) if html else ""

    def members(self, place: str, depth: int) -> Iterator[Member]:
        """Yield the attachments; a body that stands in RTF alone is one of them."""
        if not self.body(place).strip() and (packed := self.binary(place, 0x1009)):
            yield self._rtf(packed)
        pattern = re.compile(re.escape(place) + r"__attach_version1\.0_#[0-9A-Fa-f]{8}")
        for number, name in enumerate(sorted(filter(pattern.fullmatch, self._entries)), 1):
            member = self._attachment(name + "/", number, depth)
            kind = self.text(name + "/", 0x370E).lower()
            little = kind.startswith("image/") and self.text(name + "/", 0x3712) and len(member.data) < LITTLE
            if kind in NO_FILES or (little and member.trouble is None):
                self.left_out.append(member.name)
            else:
                yield member

    def _attachment(self, place: str, number: int, depth: int) -> Member:
        name = next(filter(None, (self.text(place, key) for key in (0x3707, 0x3704, 0x3001))), f"附件{number}")
        inner = f"{place}__substg1.0_3701000D"
        try:
            if inner in self._entries:
                data = self._as_mail(inner + "/", depth + 1)
                name = name if name.lower().endswith(".eml") else name.replace("/", "_") + ".eml"
            else:
                data = self.binary(place, 0x3701)
        except IngestError as error:
            return Member(name=harmless(name), data=b"", trouble=error)
        trouble = None if data else NoText(f"{self._path}/{harmless(name)}", "the attachment is empty", "附件是空的")
        return Member(name=harmless(name), data=data, trouble=trouble)

    def _as_mail(self, place: str, depth: int) -> bytes:
        """Return a message inside the message as an .eml file."""
        if depth > DEEPEST:
            raise TooLarge(self._path, f"mails inside mails, {DEEPEST} deep", f"邮件套邮件超过 {DEEPEST} 层")
        mail = EmailMessage()
        about = dict(self.about(place))
        for name, value in (
            ("Subject", about.get("title")),
            ("From", about.get("author")),
            ("Date", self._mail_date(place)),
        ):
            if value:
                mail[name] = " ".join(value.split())
        mail.set_content(self.body(place), charset="utf-8", cte="base64")
        for member in self.members(place, depth):
            if member.trouble is None:
                name = member.name.replace("/", "_")
                mail.add_attachment(member.data, maintype="application", subtype="octet-stream", filename=name)
        return mail.as_bytes(policy=email.policy.SMTP)

    def _rtf(self, packed: bytes) -> Member:
        try:
            return Member(name="正文.rtf", data=unpack_rtf(packed, limit=self._left))
        except ValueError as error:
            return Member(name="正文.rtf", data=b"", trouble=DamagedFile(self._path, "RTF", str(error)))

    def _mail_date(self, place: str) -> str:
        sent = self._time(place, 0x0039) or self._time(place, 0x0E06)
        return email.utils.format_datetime(datetime.fromisoformat(sent)) if sent else ""

    def _charset(self, place: str) -> str:
        """Return the charset of 8-bit text: of the message that an attachment hangs on, too."""
        while True:
            for number in (0x3FFD, 0x3FDE):
                value = self._property(place, number, 0x0003)
                page = struct.unpack("<i", value[:4])[0] if value else 0
                if page:
                    return {936: "gb18030", 54936: "gb18030", 950: "big5", 65001: "utf-8", 20936: "gb18030"}.get(
                        page, f"cp{page}"
                    )
            if not place:
                return ""
            place = "/".join(place.rstrip("/").split("/")[:-1])
            place = f"{place}/" if place else ""

    def _time(self, place: str, number: int) -> str:
        value = self._property(place, number, 0x0040)
        ticks = struct.unpack("<Q", value)[0] if value else 0
        try:
            return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).isoformat() if ticks else ""
        except OverflowError:
            return ""

    def _property(self, place: str, number: int, kind: int) -> bytes:
        """Return the 8 bytes of a property of fixed size; empty where there is none."""
        name = f"{place}__properties_version1.0"
        if name not in self._entries:
            return b""
        data = self._bytes(name, counts=False)
        head = 32 if not place else (8 if "__attach" in place.rstrip("/").rpartition("/")[2] else 24)
        for at in range(head, len(data) - 15, 16):
            if struct.unpack_from("<HH", data, at) == (kind, number):
                return data[at + 8 : at + 16]
        return b""

    def _bytes(self, name: str, *, counts: bool = True) -> bytes:
        entry = name.split("/")
        size = self._ole.get_size(entry)
        if size > self._left:
            raise TooLarge(self._path, "the attachments are too large", "附件过大")
        with self._ole.openstream(entry) as stream:
            data: bytes = stream.read()
        if counts:
            self._left -= len(data)
        return data


def _decode_page(data: bytes, charset: str) -> str:
    stated = re.search(rb"charset=[\"']?([\w-]{3,20})", data[:2000])
    return _decode(data, stated[1].decode("ascii", "replace") if stated else charset) if data else ""


RTF_WORDS = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)  # what every packed RTF may refer back to, as [MS-OXRTFCP] gives it


def unpack_rtf(data: bytes, *, limit: int = MOST_UNPACKED) -> bytes:
    """Return the RTF of an Outlook body, which is kept packed ([MS-OXRTFCP]). Raises ValueError."""
    if len(data) < 16:
        raise ValueError("cut short")
    size, form = struct.unpack_from("<I4s", data, 4)
    if form == b"MELA":
        return data[16 : 16 + size]
    if form != b"LZFu" or size > limit:
        raise ValueError("unknown form")
    window = bytearray(RTF_WORDS.ljust(4096, b"\x00"))
    write, at = len(RTF_WORDS), 16
    out = bytearray()
    while at < len(data) and len(out) < size:
        control = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data) or len(out) >= size:
                break
            if control >> bit & 1:
                pair = int.from_bytes(data[at : at + 2], "big")
                at += 2
                offset, length = pair >> 4, (pair & 15) + 2
                if offset == write:
                    return bytes(out)
                run = range(offset, offset + length)
            else:
                window[write], run = data[at], range(write, write + 1)
                at += 1
            for place in run:
                byte = window[place % 4096]
                window[write] = byte
                write = (write + 1) % 4096
                out.append(byte)
    return bytes(out)
