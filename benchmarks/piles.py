"""Piles of reports to measure scale with: `python benchmarks/piles.py 10000 FOLDER` writes so many files.

They are put together from the project's own sentences (`texts.sentences`), varied as a province varies: bodies of counties of
`nlp/data/regions.csv`, eleven kinds of bodies, five kinds of reports, twenty years, lengths spread as real ones are (log-normal, about
1,000 characters on average, so 3 MB as UTF-8 for 1,000 reports). The sentences of the project are short, and dense in numbers and problems; they are
joined, and those with a numeral drawn less often, so that a report has about as many sentences (20 to 30), numbers (6 to 11), times (3 to 4) and
problems (1 to 3) in 1,000 characters as real ones have. A third of the sentences have the end of another one; numbers, years and names of counties are drawn anew. A tenth tells no year in its title, one in a hundred is in traditional characters, one in fifty repeats half of
an earlier report. The same number gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from texts import sentences  # noqa: E402

CHARACTERS = 850  # of a report; on average they become 1,000, for a sentence is not cut
SPREAD = 0.6  # of the logarithm of the length
IN_A_FOLDER = 1_000
NUMERAL = re.compile("[0-9０-９一二三四五六七八九十百千万两几年月日]")
NUMERALS_KEPT = 0.06  # of the sentences that have a numeral or a word of time
PROBLEMS_KEPT = 0.4  # of the sentences of a part that tells problems
JOINED = 0.5  # of the sentences go on with another one: those of the project are shorter than real ones
YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
COUNTY = re.compile(r"[\u4e00-\u9fff]{2}(?=县(?!委|级|城|域|乡|里|内|直|政|妇|总|处|人|长))")
BODIES = (
    "妇联",
    "总工会",
    "团委",
    "民政局",
    "残联",
    "教育局",
    "卫生局",
    "司法局",
    "农业局",
    "人民政府办公室",
    "文化馆",
)
# Kind of report, how often, and its parts: heading and whether its sentences name problems.
KINDS = (
    ("{year}年工作总结", 5, (("一、主要工作情况", 0.6, False), ("二、存在的问题和不足", 0.2, True), ("三、下一步工作打算", 0.2, False))),
    ("{year}年工作要点", 3, (("一、总体要求", 0.2, False), ("二、重点工作", 0.6, False), ("三、保障措施", 0.2, False))),
    ("{year}年作风建设整改措施", 2, (("一、存在的突出问题", 0.4, True), ("二、整改措施", 0.6, False))),
    ("{year}年基层队伍建设情况的调研报告", 1, (("一、基本情况", 0.3, False), ("二、存在问题", 0.4, True), ("三、对策建议", 0.3, False))),
    ("{year}年度经验交流材料", 1, (("一、主要做法", 0.7, False), ("二、几点体会", 0.3, False))),
)  # fmt: skip
PARAGRAPH = 5  # sentences


def pile(count: int, *, seed: int = 1) -> Iterator[str]:
    """Yield so many reports."""
    draw = random.Random(seed)
    pools = sentences()
    earlier: list[str] = []
    for number in range(count):
        text = _report(draw, pools, number, earlier)
        if number % 100 == 99:
            text = _traditional(text)
        elif number % 7 == 0:
            earlier = [*earlier[-200:], text]
        yield text


def write_pile(folder: Path, count: int, *, seed: int = 1) -> int:
    """Write so many reports as UTF-8 files, a thousand in a folder, and return their size in bytes."""
    size = 0
    for number, text in enumerate(pile(count, seed=seed)):
        place = folder / f"{number // IN_A_FOLDER:04}"
        if number % IN_A_FOLDER == 0:
            place.mkdir(parents=True, exist_ok=True)
        size += (place / f"{number:07}.txt").write_bytes(text.encode())
    return size


def _report(draw: random.Random, pools: Sequence[Sequence[str]], number: int, earlier: Sequence[str]) -> str:
    counties = _counties()
    county, body = draw.choice(counties), draw.choice(BODIES)
    year = draw.randint(2004, 2024)
    title, _, parts = draw.choices(KINDS, [kind[1] for kind in KINDS])[0]
    named = title.format(year=year) if number % 10 else title.replace("{year}年", "").replace("{year}年度", "")
    wanted = CHARACTERS * draw.lognormvariate(-(SPREAD**2) / 2, SPREAD)
    lines = [f"{county}{body}{named}\n"]
    if earlier and number % 50 == 49:
        lines.append(_half(draw.choice(earlier)))
        wanted /= 2
    for heading, share, tells_problems in parts:
        lines.append(f"\n{heading}\n")
        length, at = 0, 0
        while length < share * wanted:
            pool = pools[tells_problems and draw.random() < PROBLEMS_KEPT]
            sentence = _sentence(draw, pool, counties, year)
            while draw.random() < JOINED:
                sentence = sentence[:-1] + "，" + _sentence(draw, pool, counties, year)
            if at and at % PARAGRAPH == 0:
                lines.append("\n")
            lines.append(sentence)
            length, at = length + len(sentence), at + 1
    signed = f"{year}年12月{draw.randint(1, 28)}日" if number % 10 else ""
    return "".join(lines) + f"\n{county}{body}\n{signed}\n"


def _sentence(draw: random.Random, pool: Sequence[str], counties: Sequence[str], year: int) -> str:
    """Return a sentence with numbers of its own, a third of the time with the end of another."""
    sentence = _drawn(draw, pool)
    if draw.random() < 1 / 3:
        other = _drawn(draw, pool)
        start, end = sentence.rfind("，"), other.rfind("，")
        if start > 0 and end > 0:
            sentence = sentence[:start] + other[end:]
    sentence = COUNTY.sub(lambda _: draw.choice(counties)[:-1], sentence)
    if not any(map(str.isdigit, sentence)):
        return sentence
    years = {found: str(year + draw.choice((-1, 0, 0, 0, 1))) for found in YEAR.findall(sentence)}
    return NUMBER.sub(lambda match: years.get(match[0]) or _like(draw, match[0]), sentence)


def _drawn(draw: random.Random, pool: Sequence[str]) -> str:
    while NUMERAL.search(sentence := draw.choice(pool)) and draw.random() > NUMERALS_KEPT:
        pass
    return sentence


def _like(draw: random.Random, number: str) -> str:
    """Return another number with as many digits, one of a single digit as it is: it may be that of a month or an item."""
    if len(number) == 1 or number.startswith("0"):
        return number
    whole, point, rest = number.partition(".")
    return str(draw.randint(10 ** (len(whole) - 1), 10 ** len(whole) - 1)) + point + rest


def _half(text: str) -> str:
    """Return the second half of the lines of a report, without its end."""
    lines = text.split("\n")
    return "\n" + "\n".join(lines[len(lines) // 2 : -3])


@cache
def _counties() -> list[str]:
    with (ROOT / "nlp" / "data" / "regions.csv").open(encoding="utf-8", newline="") as rows:
        found = {row["name"] for row in csv.DictReader(rows) if row["level"] == "county" and not row["last"]}
    return sorted(name for name in found if len(name) == 3 and name.endswith("县"))


@cache
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("s2t")


def _traditional(text: str) -> str:
    return _converter().convert(text)  # type: ignore[attr-defined, no-any-return]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    print(f"{write_pile(chosen.folder, chosen.count) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
