"""What contradicts the year that a report states: the sign of a stale template, a wrong title, a paper dated long after.

Nothing is averaged: the year stays as it is stated, and what contradicts it is shown beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from nlp.chronology import Sighting, evidence_of
from nlp.records import Evidence

YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
OWN_YEAR = {
    "plan": re.compile(
        rf"(?P<year>{YEAR})年(?:的)?(?:[，,]?(?:要|将|力争|确保|计划)|[\u4e00-\u9fff]{{0,8}}?(?:工作(?:的)?)?(?:总体)?(?:要求|思路|目标|要点|计划|任务|安排|打算|重点)|是)"
    ),
    "summary": re.compile(
        rf"(?P<year>{YEAR})年(?:度|以来|，|,|全年|上半年|[\u4e00-\u9fff]{{0,8}}?工作(?:总结|回顾|情况)|是)"
    ),
}
LEAST = 2  # times that another year must be told as the report's own, while its own never is
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
NUMBERED = re.compile(r"(?:19|20)\d\d")
PRESENT = re.compile(r"(?:今年|本年度?|今年既?是)[^。；\n]{0,10}$")
SIGNED_IN = {"plan": (-1, 0), "summary": (0, 1)}  # years after the one reported on
QUOTED_BEFORE = re.compile(r"《[^》\n]{0,40}$")


def find_conflicts(
    text: str,
    year: int,
    doc_type: str,
    basis: str,
    signed: tuple[str, int, int] | None,
    number: str | None,
    sightings: list[Sighting],
) -> tuple[Evidence, ...]:
    """Return the words that do not go with a year that is stated: dates, events that came later, another year told as the report's own."""
    found = [*_of_signature(text, year, doc_type, basis, signed), *_of_number(text, year, doc_type, number)]
    found += _of_events(text, year, basis, sightings)
    if basis in ("title", "signature"):
        found += _of_own_year(text, year, doc_type)
    return tuple(sorted(found, key=lambda one: one.start))


def _of_signature(
    text: str, year: int, doc_type: str, basis: str, signed: tuple[str, int, int] | None
) -> Iterator[Evidence]:
    if signed is None or basis == "signature":
        return
    day, start, end = signed
    first, last = SIGNED_IN.get(doc_type, (-1, 1))
    if not first <= int(day[:4]) - year <= last:
        yield _conflict(text, start, end, int(day[:4]), "signed in another year", "落款年份不符")


def _of_number(text: str, year: int, doc_type: str, number: str | None) -> Iterator[Evidence]:
    match = NUMBERED.search(number or "")
    first, last = SIGNED_IN.get(doc_type, (-1, 1))
    if match and not first <= int(match.group()) - year <= last:
        at = text.find(match.group())
        yield _conflict(text, at, at + 4, int(match.group()), "year of the document number", "文号年份不符")


def _of_events(text: str, year: int, basis: str, sightings: list[Sighting]) -> Iterator[Evidence]:
    """Yield events that began after the year, and those said to be of this year (今年是“十二五”开局之年) that were not."""
    for sighting in sightings:
        event = sighting.event
        if not event.firm or event.low is None:
            continue
        one = evidence_of(text, sighting)
        stated_now = event.kind == "plan year" and PRESENT.search(text[max(0, one.start - 16) : one.start])
        if event.low > year + 1 or (stated_now and not event.low <= year <= (event.high or event.low)):
            yield Evidence(
                start=one.start, end=one.end, text=one.text, low=event.low, high=event.high, verified=event.verified, weight="conflict",
                why=f"does not go with {year}: {one.why}", why_zh=f"与{year}年不合：{one.why_zh}",
            )  # fmt: skip


def _of_own_year(text: str, year: int, doc_type: str) -> Iterator[Evidence]:
    pattern = OWN_YEAR.get(doc_type)
    if pattern is None:
        return
    first_line = text.find("\n") + 1
    begin = first_line if str(year) in text[:first_line] else 0  # a title in the text
    if str(year) in text[begin:] or str(year).translate(CHINESE) in text[begin:].replace("○", "〇"):
        return
    matches = [
        match
        for match in pattern.finditer(text, begin)
        if not QUOTED_BEFORE.search(text, max(0, match.start() - 44), match.start())
    ]
    if not matches:
        return
    told = Counter(int(match["year"]) for match in matches)
    other, count = told.most_common(1)[0]
    if count >= LEAST:
        first = next(match for match in matches if int(match["year"]) == other)
        yield _conflict(
            text, *first.span(), other, f"another year told as the report's own, {count} times", f"正文{count}次以此年为本年"
        )  # fmt: skip


def _conflict(text: str, start: int, end: int, year: int, why: str, why_zh: str) -> Evidence:
    return Evidence(
        start=start, end=end, text=text[start:end], low=year, high=year, why=why, why_zh=why_zh, weight="conflict"
    )
