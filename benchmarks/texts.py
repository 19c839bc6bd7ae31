"""Texts to measure with: reports put together from the project's own sentences, none twice in a report, no two reports alike.

Sentences recur from report to report (there are some four thousand), numbers in them never do: no cache can help. A fifth of a
report tells problems, as in the real ones.
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
# Heading, share of the report, and whether its sentences name problems.
SECTIONS = (("一、主要工作情况", 0.6, False), ("二、存在的问题和不足", 0.2, True), ("三、下一步工作打算", 0.2, False))
SENTENCES_A_PARAGRAPH = 6


def sentences() -> tuple[list[str], list[str]]:
    """Return (ordinary sentences, sentences that name problems) of the sample reports and the labelled files, in order."""
    ordinary: dict[str, None] = {}
    problems: dict[str, None] = {}
    for path in sorted((ROOT / "corpus" / "reports").glob("*.txt")):
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("gb18030").replace("\r\n", "")
        ordinary.update(dict.fromkeys(SENTENCE.findall(text)))
    for path in sorted((ROOT / "corpus" / "labelled").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                (problems if row["categories"] else ordinary)[row["text"]] = None
    return list(ordinary), list(problems)


def reports(count: int, characters: int, seed: int = 2024) -> Iterator[str]:
    """Yield `count` reports of about `characters` characters each, at most what the sentences give."""
    draw = random.Random(seed)
    pools = sentences()
    for number in range(count):
        year = draw.randint(2004, 2024)
        parts = [f"样本{number}县妇联{year}年工作总结\n"]
        orders = [iter(draw.sample(pool, len(pool))) for pool in pools]
        for heading, share, tells_problems in SECTIONS:
            parts.append(f"\n{heading}\n")
            length = 0
            for at, sentence in enumerate(orders[tells_problems]):
                if length >= share * characters:
                    break
                if at and at % SENTENCES_A_PARAGRAPH == 0:
                    parts.append("\n")
                sentence = NUMBER.sub(lambda match: str(draw.randint(10, 10 ** len(match.group()))), sentence)
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
