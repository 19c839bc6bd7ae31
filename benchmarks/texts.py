"""Texts to measure with: reports put together from the project's own sentences, none twice in a report, no two reports alike.

Sentences recur from report to report (there are some five thousand), numbers in them never do: no cache can help.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SENTENCE = re.compile(r"[^。！？；\n]{6,}[。！？；]")
NUMBER = re.compile(r"\d{2,}")
SECTIONS = ("一、主要工作情况", "二、存在的问题和不足", "三、下一步工作打算")
SENTENCES_A_PARAGRAPH = 6


def sentences() -> list[str]:
    """Return the sentences of the sample reports and of the labelled files, in order."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "corpus" / "reports").glob("*.txt")):
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("gb18030").replace("\r\n", "")
        found.update(dict.fromkeys(SENTENCE.findall(text)))
    for path in sorted((ROOT / "corpus" / "labelled").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found.update(dict.fromkeys(row["text"] for row in csv.DictReader(lines)))
    return list(found)


def reports(count: int, characters: int, seed: int = 2024) -> Iterator[str]:
    """Yield `count` reports of about `characters` characters each."""
    draw = random.Random(seed)
    pool = sentences()
    for number in range(count):
        year = draw.randint(2004, 2024)
        parts = [f"样本{number}县妇联{year}年工作总结\n"]
        length, told = 0, -1
        order = draw.sample(range(len(pool)), len(pool))
        for at, chosen in enumerate(order):
            if length >= characters:
                break
            share = length * len(SECTIONS) // characters
            if at % SENTENCES_A_PARAGRAPH == 0:
                parts.append("\n" + (SECTIONS[share] + "\n" if share != told else ""))
                told = share
            sentence = NUMBER.sub(lambda match: str(draw.randint(10, 10 ** len(match.group()))), pool[chosen])
            parts.append(sentence)
            length += len(sentence)
        yield "".join(parts) + f"\n样本{number}县妇联\n{year}年12月{draw.randint(1, 28)}日\n"


def write_reports(folder: Path, count: int, characters: int, seed: int = 2024) -> int:
    """Write reports as UTF-8 files into a folder and return their size in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for number, text in enumerate(reports(count, characters, seed)):
        data = text.encode()
        total += (folder / f"{number:05}.txt").write_bytes(data)
    return total
