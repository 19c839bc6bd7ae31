"""What a mail quotes of earlier mails: whose words begin where.

An earlier mail that stands below an answer or in a forward opens with lines of its own (发件人：, 主题： …), mostly under a
rule (-----原始邮件-----). It is a report of its own, under its own subject. Lines that begin with > are quoted out of it and
belong to no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.records import Furniture

HEAD_LINE = re.compile(
    r"[ \t*>]*(发件人|发送时间|发送日期|日期|时间|收件人|抄送|密送|主题|附件|寄件者|寄件人|收件者|主旨|From|Sent|Date|To|Cc|Bcc|Subject|Importance|Attachments?)"
    r"[* \t]*[:：][* \t]*([^\n]*)",
    re.IGNORECASE,
)
SENDER = frozenset(("发件人", "寄件者", "寄件人", "from"))
SUBJECT = frozenset(("主题", "主旨", "subject"))
RULE = re.compile(
    r"[ \t>]*[-—_=*]{2,}[ \t]*(?:原始邮件|原邮件|原始郵件|转发邮件(?:信息)?|轉寄郵件|转发的邮件|Original Message|Forwarded [Mm]essage)[ \t]*:?[ \t]*[-—_=*]{2,}[ \t]*"
)
WROTE = re.compile(
    r"[ \t>]*(?:(?:在|于|At|On)[ \t]?[^\n]{4,120}(?:写道|寫道|wrote)|[^\n]{4,80}\d{1,2}:\d{2}[^\n]{0,60}(?:写道|寫道))[ \t]*[:：][ \t]*"
)
SENT_FROM = re.compile(r"[ \t]*(?:发自我的|從我的|Sent from my )[^\n。]{1,30}")
FEWEST_HEADS = 3  # lines


@dataclass(frozen=True, slots=True)
class Part:
    """text[start:end] is what one person wrote; `title` is the subject that an earlier mail states."""

    start: int
    end: int
    title: str | None


def parts_of(text: str) -> tuple[list[Part], list[Furniture]]:
    """Return the mails in the text of a mail, the newest first, and what stands between and around them."""
    lines = list(_lines(text))
    borders: list[tuple[int, int, str | None]] = []  # where the head of an earlier mail begins and ends, its subject
    furniture: list[Furniture] = []
    at = 0
    while at < len(lines):
        start, end, line = lines[at]
        stop, subject = _head(lines, at)
        if stop > at:
            borders.append((start, lines[stop - 1][1], subject))
            at = stop
            continue
        kind = "quotation" if line.lstrip().startswith(">") or WROTE.fullmatch(line) else ""
        kind = kind or ("signature" if SENT_FROM.fullmatch(line) else "")
        if kind:
            furniture.append(Furniture(start=start, end=end, kind=kind))
        at += 1
    furniture += [Furniture(start=start, end=end, kind="mail header") for start, end, _ in borders]
    edges = [(0, None), *((end, subject) for _, end, subject in borders)]
    stops = [*(start for start, _, _ in borders), len(text)]
    parts = [Part(start, stop, title) for (start, title), stop in zip(edges, stops, strict=True)]
    furniture.sort(key=lambda piece: piece.start)
    return [part for part in parts if text[part.start : part.end].strip()], furniture


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line), line
        start += len(line) + 1


def _head(lines: list[tuple[int, int, str]], at: int) -> tuple[int, str | None]:
    """Return where the head of an earlier mail that begins here ends (`at` if none does), and the subject it states."""
    place = at
    ruled = RULE.fullmatch(lines[place][2]) is not None
    if ruled:
        place += 1
    found: dict[str, str] = {}
    seen = 0
    last = place
    while place < len(lines) and place - last <= 1:
        line = lines[place][2]
        match = HEAD_LINE.fullmatch(line)
        if match:
            found[match[1].lower()] = match[2].strip()
            seen += 1
            last = place = place + 1
        elif not line.strip() and (not seen or ruled):
            place += 1
        else:
            break
    sender = any(name in found for name in SENDER)
    if not ruled and not (seen >= FEWEST_HEADS and sender):
        return at, None
    subject = next((value for name, value in found.items() if name in SUBJECT and value), None)
    return max(last, at + 1), subject
