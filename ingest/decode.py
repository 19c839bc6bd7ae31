"""Bytes become text: the byte order mark first, then strict UTF-8, then the Chinese encodings.

Strict UTF-8 hardly ever accepts another encoding's Chinese. The others are told apart by how much of a sample, decoded,
consists of frequent characters: measured on report text, that is right for GB18030 and Big5 from a dozen bytes on.
"""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("gb18030", "big5", "utf-16-le", "utf-16-be", "utf-8")  # of equals, the first
SAMPLE = 4_000  # bytes, from the first one that is not ASCII
SHORT = 200  # bytes; so short a text may be valid UTF-8 by chance
HIGH = re.compile(rb"[\x80-\xff]")
HAN = re.compile(r"[\u3400-\u9fff]")
# The most frequent characters of modern written Chinese and of work reports, simplified and traditional.
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五"
    "工作組織領導幹部婦聯群眾積極開展進一步加強發揮縣鄉鎮村總結計畫學習問題單位機關會議為國與個時來們對動發業過後經種產實現當點關"
    "组织领导干部妇联群众积极开展进步加强挥县乡镇村总结计划习问题单位会议"
)


def decode(data: bytes) -> tuple[str, str]:
    """Return (text, encoding) of the bytes; line ends stay as they are, a byte order mark is left out.

    Bytes that the encoding does not know become U+FFFD, which later stages record as damage.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\x00" not in text and (len(data) > SHORT or text.isascii() or HAN.search(text)):
            return text, "utf-8"
    best = _most_plausible(data)
    return data.decode(best, errors="replace"), best


def _most_plausible(data: bytes) -> str:
    high = HIGH.search(data)
    start = (high.start() if high else 0) & ~1  # UTF-16 goes by pairs
    sample = data[start : start + SAMPLE]
    return max(CANDIDATES, key=lambda name: _plausibility(sample.decode(name, errors="replace")))


def _plausibility(text: str) -> float:
    """Return the share of frequent characters, less that of characters which reports do not write."""
    good = sum(map(FREQUENT.__contains__, text))
    bad = sum(char in "\ufffd\x00" or "\ue000" <= char <= "\uf8ff" for char in text)
    return (good - 3 * bad) / max(1, len(text))
