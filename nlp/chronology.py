"""The chronology: events and phrases that date a report, each with the years in which reports speak of it as current.

`nlp/data/chronology.csv` has a line for each: a pattern, the first and last year (either may be open), whether it dates firmly
or only hints, what kind of event it is, its source (`unverified` where nothing was opened), a note in English and in Chinese, the months in
which it was held or carried out, the year of which most reports that name it are. `nlp/data/anniversaries.csv` has what is counted from a year: 建党九十周年,
第三十次全国助残日, 改革开放四十年来. A report that states no year is dated by what all of its events allow together.

A pattern is a list of alternatives parted by `|`, written without quotation marks, spaces, 、 and ，, which the search passes over;
`…` stands for up to eight characters of the same sentence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from operator import itemgetter
from typing import Any

import numpy as np

from nlp.bodies import MASK
from nlp.news import NEWS_OPENING, opening_of
from nlp.places import codes_of
from nlp.records import Evidence
from nlp.word_places import WordFinder

PASSED_OVER = "“”‘’「」『』\"'《》〈〉 　\t、，,·（）()"
SPECIAL = re.compile("[" + re.escape(PASSED_OVER) + "]+")
LAST_CODE = 0xFFFF
KEPT = np.ones(LAST_CODE + 1, dtype=bool)  # by code point
KEPT[[ord(char) for char in PASSED_OVER]] = False
WIDEST_GAP = 8
ALWAYS = 9999
YEARS_TOGETHER = 5  # share a pass over what may contradict them …
FIRST_APART = 2000  # … from here on; nearly all events may contradict what is older
GAP = f"[^。；;！!？?\n]{{0,{WIDEST_GAP}}}?"
NUMERAL = "零〇一二三四五六七八九十百"
WEIGHTS = ("firm", "hint")
MEETINGS = ("congress", "plenum")
OTHERS = ("共青团", "团的", "团", "工会", "妇女", "残联", "科协")  # whose congress is not that of the party
NARROW = 3  # a firm event that allows more years than these after its first supports no single year
RETROSPECT_BEFORE = re.compile(r"(?:自从?|从|继|早在|经历了?|回顾)(?:20\d\d年)?$")
RETROSPECT_AFTER = re.compile(r"^[^。；\n]{0,4}?(?:以来|以后|之后|过后|后的|至今|期间曾|(?:完成|结束|收官)后)")
AHEAD = re.compile(r"(?:明年|来年|下一?年|迎接|喜迎|筹备|筹办|备战)[^。；\n]{0,8}$")
AWAITED = re.compile(r"(?:迎接|喜迎|期盼|筹备)[^。；\n]{0,8}$|(?<![认成作称])[为向]$")  # 为党的十九大胜利召开作贡献
NOT_YET = re.compile(r"^的?(?:(?:胜利|顺利|成功)?召开(?!后|的|了|一周年)|到来|献礼)")
TO_COME = re.compile(r"(?:将迎来?|将是|将要|到时|届时|实现)[^。；\n]{0,8}$")
LAST_YEAR = re.compile(r"(?:去年|上年|上一年)[^。；\n]{0,12}$")
BEFORE_LAST = re.compile(r"前年[^。；\n]{0,8}$")
SAID_NOW = re.compile(r"(?:今年|本年度?|当前|目前)[^。；\n]{0,16}$")
THIS_IS = re.compile(r"(?:今年(?:是|正值|恰逢|适逢|正逢|迎来|既?是)|正值|恰逢|适逢|时值)[^。；\n]{0,8}$")
IN_ITS_YEAR = re.compile(  # 党的二十大召开之年, 疫情突如其来, 地震发生后迅速捐款
    r"^[^。；\n]{0,3}?(?:(?:胜利|即将)?召开(?:之年|之际|前夕)|突如其来|发生后[^。；\n]{0,10}?(?:立即|第一时间|迅速|发动|捐款|捐物|募捐))"
)
JUST_HELD = re.compile("^(?:胜利|隆重)?(?:开幕以来|闭幕后|闭幕以来)")
ON_A_DAY = re.compile(r"(?<![年\d])(?:1[0-2]|[1-9])月(?:[1-3]?\d日)?[^。；\n年]{0,6}$")
WIDEST_SENTENCE = 50  # characters around a campaign in which its month is looked for
SENTENCE_END = re.compile("[。；\n]")
MONTH_ALONE = re.compile(r"(?<![年\d])(?P<month>1[0-2]|[1-9])月(?!前)")
CARRIED_OUT = re.compile(
    r"开展|启动|动员|部署|党课|研讨|读书班|学习会|进入|查摆|民主生活会|举行|举办|召开|安排|实施|推进"
)
LOOKED_BACK = re.compile(r"成果|回头看|巩固|回顾|以来|曾")
HELD = re.compile(r"^[^。；\n]{0,8}?(?:召开|开幕|闭幕|举行)")
PLENUMS = re.compile(
    r"(?:(?P<congress>[十二]{1,2}[一二三四五六七八九]?)(?:届(?:中央委员会)?|大(?=[一二三四五六七]中))|(?P<mask>[十二]{0,2}["
    + re.escape(MASK)
    + r"]{1,3})届)?"
    r"(?P<which>(?:[一二三四五六七]中[和及与]?(?:全会)?[和及与]?){1,4})全会"
)
COUNT_REACH = 12  # characters around a literal in which its count stands
COUNT = rf"(?P<count>\d{{1,3}}|[{NUMERAL}]{{1,5}})"
ANNIVERSARY_AFTER = re.compile(rf"^[^。；\n]{{0,4}}?{COUNT}周年")
ANNIVERSARY_BEFORE = re.compile(rf"{COUNT}周年$")
SINCE_AFTER = re.compile(rf"^{COUNT}(?P<more>多|余|几)?年(?:来|以来|间|的?(?:光辉|伟大|辉煌)?(?:历程|历史|成就|实践))")
ORDINAL_BEFORE = re.compile(rf"第{COUNT}(?:个|次|届)(?:国际|全国|中国|全民|三八)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the chronology. `firm` events bound the year, the others only support it; `low` is when it began."""

    low: int | None
    high: int | None
    firm: bool
    kind: str
    verified: bool  # its source was opened
    note: str
    note_zh: str = ""
    held: tuple[str, str] | None = None  # ISO months in which it was held or carried out, the first and the last
    usual: int | None = None  # the year of which most reports that name it are


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """An event from which years are counted (its anniversaries), or a day of the year that is numbered from its first."""

    year: int
    ordinal: bool
    verified: bool
    note: str
    note_zh: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What the occurrence of a literal stretch means: an event, if `rest` follows, or a counted one."""

    rest: re.Pattern[str] | None
    entry: Event | Counted
    part: str = ""  # what `rest` begins with, behind a gap
    until: int = ALWAYS  # a report of a later year cannot contradict it


@dataclass(frozen=True, slots=True)
class Literals:
    """What each of some literals means, and all of them as one pass finds them."""

    keys: tuple[tuple[Key, ...], ...]
    parts: tuple[str, ...]  # what the rest of a pattern begins with, of a literal that means nothing else
    finder: WordFinder


@dataclass(frozen=True, slots=True)
class Chronology:
    """The events: plenums, and all others by their literals."""

    keys: dict[str, tuple[Key, ...]]
    plenums: dict[str, Event]  # by 十七届三中


@dataclass(frozen=True, slots=True)
class Sighting:
    """An event in a text. `candidates` are the plenums that a masked ordinal (十x届三中全会) may mean."""

    start: int
    end: int
    event: Event
    candidates: tuple[Event, ...] = ()


@cache
def load_chronology() -> Chronology:
    """Return the events of `nlp/data/chronology.csv` and `anniversaries.csv`. Raises ValueError naming a line that is wrong."""
    keys: dict[str, list[Key]] = {}
    plenums: dict[str, Event] = {}
    for pattern, event in read_events():
        for alternative in pattern.split("|"):
            literal, gap, rest = alternative.partition("…")
            follows = re.compile(GAP + GAP.join(re.escape(part) for part in rest.split("…"))) if gap else None
            if event.kind == "plenum":
                plenums[alternative] = event
            else:
                keys.setdefault(literal, []).append(Key(follows, event, rest.split("…")[0], _until(event)))
    for name, counted in read_anniversaries():
        keys.setdefault(name, []).append(Key(None, counted))
    return Chronology({literal: tuple(found) for literal, found in keys.items()}, plenums)


@cache
def _literals_since(year: int) -> Literals:
    """Return the literals of what can contradict reports of a year or of a later one; of all for year 0."""
    said = {
        literal: tuple(key for key in keys if key.until >= year) for literal, keys in load_chronology().keys.items()
    }
    said = {literal: keys for literal, keys in said.items() if keys}
    parts = tuple(keys[0].part if len(keys) == 1 else "" for keys in said.values())
    return Literals(tuple(said.values()), parts, WordFinder(list(said)))


def _until(event: Event) -> int:
    """Return the last year of reports that an event can contradict: its first (去年 and 前年 move it by up to two), of a plan's years any."""
    if event.kind == "plan year":
        return ALWAYS
    return event.low if event.firm and event.low is not None else 0


def read_events() -> Iterator[tuple[str, Event]]:
    """Yield (pattern, event) of `nlp/data/chronology.csv`. Raises ValueError naming a line that is wrong."""
    for number, row in _rows("chronology.csv"):
        try:
            low, high = (int(row[key]) if row[key] else None for key in ("low", "high"))
            if row["weight"] not in WEIGHTS or not row["pattern"] or SPECIAL.search(row["pattern"]):
                raise ValueError(f"weight {row['weight']!r} or pattern {row['pattern']!r}")
            if low is not None and high is not None and low > high:
                raise ValueError(f"{low} is after {high}")
            yield (
                row["pattern"],
                Event(
                    low=low,
                    high=high,
                    firm=row["weight"] == "firm",
                    kind=row["kind"],
                    verified=row["source"] != "unverified",
                    note=row["note"],
                    note_zh=row["note_zh"],
                    held=_months(row["held"] or ""),
                    usual=_usual(row, low, high),
                ),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"nlp/data/chronology.csv, line {number}: {error}") from error


def _usual(row: dict[str, str], low: int | None, high: int | None) -> int | None:
    """Return the year of which most reports are that name an event: of a congress of autumn the next. Raises ValueError for one outside its years."""
    if row["kind"] == "congress" and row["weight"] == "firm" and low is not None:
        if row["held"] and int(row["held"][5:7]) <= MIDYEAR:
            return low
        return low + 1 if high is None or high > low + 1 else low
    if not row["usual"]:
        return None
    usual = int(row["usual"])
    if not (low or 0) <= usual <= (high or ALWAYS):
        raise ValueError(f"usual {usual}")
    return usual


@cache
def usual_years() -> dict[str, tuple[int, str]]:
    """Return the usual year of an event, and its kind, by its note."""
    return {event.note: (event.usual, event.kind) for _, event in read_events() if event.usual is not None}


def _months(held: str) -> tuple[str, str] | None:
    """Return the months of 2015-04/2015-12. Raises ValueError for what is none."""
    if not held:
        return None
    match = re.fullmatch(r"(\d{4}-\d\d)/(\d{4}-\d\d)", held)
    if match is None or match[1] > match[2]:
        raise ValueError(f"held {held!r}")
    return match[1], match[2]


def read_anniversaries() -> Iterator[tuple[str, Counted]]:
    """Yield (name, what is counted) of `nlp/data/anniversaries.csv`. Raises ValueError naming a line that is wrong."""
    for number, row in _rows("anniversaries.csv"):
        try:
            if row["form"] not in ("anniversary", "ordinal"):
                raise ValueError(f"form {row['form']!r}")
            verified = row["source"] != "unverified"
            yield (
                row["name"],
                Counted(
                    year=int(row["year"]),
                    ordinal=row["form"] == "ordinal",
                    verified=verified,
                    note=row["note"],
                    note_zh=row["note_zh"],
                ),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"nlp/data/anniversaries.csv, line {number}: {error}") from error


def _rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    text = resources.files("nlp.data").joinpath(name).read_text("utf-8")
    yield from enumerate(csv.DictReader(text.splitlines()), 2)


def weigh(text: str, sightings: list[Sighting] | None = None) -> tuple[int | None, int | None, bool, list[Evidence]]:
    """Return (low, high, whether they are one year that may be told, evidence): the years that the events of a text allow.

    An event that contradicts a later one is a look back: it is kept as evidence and bounds nothing. Hints narrow nothing.
    A single year may be told where events bound it whose source was opened, or where two independent ones agree on it that allow few years.
    """
    found = sight(text) if sightings is None else sightings
    low, high, _ = _combine(found)
    found = [_unmask(sighting, low, high) for sighting in found]
    low, high, confident = _combine(found)
    if low is not None and (high is None or high > low) and _is_of_next(text, found, low):
        low, confident = low + 1, False
    return low, high, confident, [evidence_of(text, sighting, low) for sighting in found]


def _is_of_next(text: str, sightings: list[Sighting], low: int) -> bool:
    """Tell a report on half a year, or news of a day, that names what was held later in a year: it is of the next or a later one."""
    held = [
        int(one.event.held[0][5:])
        for one in sightings
        if one.event.firm and one.event.low == low and one.event.kind in MEETINGS
        if one.event.held and int(one.event.held[0][:4]) == low
    ]
    if not held:
        return False
    if told := NEWS_OPENING.match(opening_of(text)):
        day = MONTH_ALONE.search(told.group())
        return day is not None and int(day["month"]) < max(held)
    return max(held) >= LATE and bool(OF_HALF.search(text, 0, OPENING)) and not OF_WHOLE.search(text, 0, OPENING)


def sight(text: str, year: int | None = None) -> list[Sighting]:
    """Return the events that a text names, in its order; of a report whose year is stated, those that may contradict it."""
    squeezed, kept = _squeeze(text)

    def crosses(start: int, end: int) -> bool:
        """Whether a short word runs across a mark: 六保 in 六，保证. A longer one may be written with it: 解放思想，实事求是."""
        low, high = int(kept[start]), int(kept[end - 1]) + 1
        if high - low == end - start or end - start > _LONGEST_SHORT:
            return False
        return any(mark in text[low:high] for mark in (",，" if end - start == _LONGEST_SHORT else ",，、（）()"))

    found = []
    for sighting in sorted(find_events(squeezed, year or 0, crosses), key=lambda one: one.start):
        start, end = _with_quotes(text, int(kept[sighting.start]), int(kept[sighting.end - 1]) + 1)
        found.append(Sighting(start, end, sighting.event, sighting.candidates))
    return found


def evidence_of(text: str, sighting: Sighting, low: int | None = None) -> Evidence:
    """Return a sighting as evidence; one that ended before `low` is a look back."""
    event = sighting.event
    past = event.firm and low is not None and event.high is not None and event.high < low
    return Evidence(
        start=sighting.start, end=sighting.end, text=text[sighting.start : sighting.end], low=event.low, high=event.high,
        why=event.note if event.firm else f"{event.note} (supports only)", why_zh=event.note_zh,
        weight="past" if past else "firm" if event.firm else "hint", verified=event.verified,
    )  # fmt: skip


def _unmask(sighting: Sighting, low: int | None, high: int | None) -> Sighting:
    """Return a plenum of a masked congress as the one that the other clues leave, where they leave one; it stays unverified."""
    if low is None or high is None:
        return sighting
    fit = [one for one in sighting.candidates if (one.low or 0) <= high and (one.high or 9999) >= low]
    if len(fit) != 1:
        return sighting
    note, note_zh = (
        f"{fit[0].note}: the only one that goes with the other clues",
        f"{fit[0].note_zh}：其他线索只容这一次",
    )
    return replace(sighting, event=replace(fit[0], verified=False, note=note, note_zh=note_zh))


def _squeeze(text: str) -> tuple[str, Any]:
    """Return the text without what is passed over, and where each kept character stands in the text."""
    codes = codes_of(text)[1:-1]
    kept = np.flatnonzero(KEPT.take(codes))
    if not (codes == LAST_CODE).any():
        return codes.take(kept).tobytes().decode("utf-16-le", "surrogatepass"), kept
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)  # it has characters of two units
    return wide[kept].tobytes().decode("utf-32-le", "surrogatepass"), kept


def _with_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch with the quotation marks that it cuts through."""
    for opening, closing in ("“”", "‘’", "《》"):
        balance = text.count(opening, start, end) - text.count(closing, start, end)
        if balance < 0 and text[max(0, start - 1) : start] == opening:
            start -= 1
        elif balance > 0 and text[end : end + 1] == closing:
            end += 1
    return start, end


_LONGEST_SHORT = 4  # characters
OPENING = 200  # characters
OF_HALF = re.compile(r"上半年|半年来|半年(?:工作)?(?:总结|小结|汇报)|[一二]季度|1\s?[-—－~～至]\s?6月")
OF_WHOLE = re.compile("一年来|全年|年度|年终|下半年以来|五年来|几年来")
LATE = 9
MIDYEAR = 7


def find_events(squeezed: str, year: int = 0, crosses: Callable[[int, int], bool] | None = None) -> Iterator[Sighting]:
    """Yield the events that a text names, each once: its occurrence that bounds the year most. `year` is as in `sight`.

    `crosses` tells a word that runs across a mark of the text that was squeezed out; it names nothing.
    """
    best: dict[tuple[str, int | None], Sighting] = {}
    for sighting in (*_find_literals(squeezed, year, crosses), *_find_plenums(squeezed)):
        name = (sighting.event.note, sighting.event.low)
        if name not in best or _width(sighting.event) < _width(best[name].event):
            best[name] = sighting
    yield from best.values()


def _width(event: Event) -> int:
    return 200 if event.low is None or event.high is None else event.high - event.low


_BY_END = itemgetter(2, 1)  # of those that end together, the longest first


def _find_literals(squeezed: str, year: int, crosses: Callable[[int, int], bool] | None = None) -> Iterator[Sighting]:
    literals = _literals_since(year // YEARS_TOGETHER * YEARS_TOGETHER if year >= FIRST_APART else 0)
    settled: set[int] = set()  # events met in a context that changes nothing: no later occurrence says more
    for index, start, end in sorted(literals.finder.find(squeezed), key=_BY_END):
        part = literals.parts[index]
        if part and squeezed.find(part, end, end + WIDEST_GAP + len(part)) < 0:
            continue
        named: bool | None = None  # asked only of what may stand beside its count, or the rest of its pattern
        for key in literals.keys[index]:
            entry, stop = key.entry, end
            if key.until < year or id(entry) in settled or not _may_follow(squeezed, start, end, key):
                continue
            if named is None:
                named = not _inside_numeral(squeezed, start, end) and (crosses is None or not crosses(start, end))
            if not named:
                break
            if isinstance(entry, Counted):
                yield from _count(squeezed, start, end, entry)
                continue
            if entry.kind == "congress" and squeezed.endswith(OTHERS, 0, start):
                continue  # 十七大精神 of 团的十七大精神
            if key.rest:
                match = key.rest.match(squeezed, end)
                if match is None:
                    continue
                stop = match.end()
            sighting = _in_context(squeezed, start, stop, entry)
            if sighting.event is entry:
                settled.add(id(entry))
            yield sighting


def _may_follow(squeezed: str, start: int, end: int, key: Key) -> bool:
    """Tell, cheaply, a literal that the rest of its pattern, or a count, may stand beside."""
    if key.rest:
        return squeezed.find(key.part, end, end + WIDEST_GAP + len(key.part)) >= 0
    if not isinstance(key.entry, Counted):
        return True
    if key.entry.ordinal:
        return squeezed.find("第", max(0, start - COUNT_REACH), start) >= 0
    return squeezed.find("年", end, end + COUNT_REACH) >= 0 or squeezed.endswith("周年", 0, start)


def _inside_numeral(squeezed: str, start: int, end: int) -> bool:
    """Tell 十五 in 十五五 and 二十五, or 五年 in 十五年."""
    if start and squeezed[start] in NUMERAL and squeezed[start - 1] in NUMERAL:
        return True
    return squeezed[end - 1] in NUMERAL and squeezed[end : end + 1] != "" and squeezed[end] in NUMERAL


def _count(squeezed: str, start: int, end: int, counted: Counted) -> Iterator[Sighting]:
    """Yield the year that a count from a known year gives: 第33个教师节, 建党90周年, 改革开放40年来."""
    before, after = squeezed[max(0, start - COUNT_REACH) : start], squeezed[end : end + COUNT_REACH]
    if counted.ordinal:
        if "第" in before and (match := ORDINAL_BEFORE.search(before)):
            yield _counted(squeezed, start - len(before) + match.start(), end, counted, _number(match["count"]) - 1, 0)
        return
    if "周年" in after and (match := ANNIVERSARY_AFTER.search(after)):
        yield _counted(squeezed, start, end + match.end(), counted, _number(match["count"]), 1)
    elif before.endswith("周年") and (match := ANNIVERSARY_BEFORE.search(before)):
        yield _counted(squeezed, start - len(before) + match.start(), end, counted, _number(match["count"]), 1)
    elif match := SINCE_AFTER.search(after):
        number = _number(match["count"])
        if not match["more"]:
            yield _counted(squeezed, start, end + match.end(), counted, number, 1)
        elif number % 10 == 0:
            event = _event_of(counted, counted.year + number, counted.year + number + 10)
            yield Sighting(start, end + match.end(), replace(event, firm=False))


def _counted(squeezed: str, start: int, end: int, counted: Counted, number: int, slack: int) -> Sighting:
    year = counted.year + number
    return _in_context(squeezed, start, end, _event_of(counted, year, year + slack))


def _event_of(counted: Counted, low: int, high: int) -> Event:
    note, note_zh = f"counted from {counted.year}: {counted.note}", f"自{counted.year}年起数：{counted.note_zh}"
    kind = "day" if counted.ordinal else "anniversary"  # who prepares a day of the year does so in that year
    return Event(low=low, high=high, firm=True, kind=kind, verified=counted.verified, note=note, note_zh=note_zh)


def _find_plenums(squeezed: str) -> Iterator[Sighting]:
    """Yield the last plenum of each list (十六届三中、四中全会); one whose congress is not named or masked only hints."""
    plenums = load_chronology().plenums
    for at in _positions(squeezed, "全会"):
        match = next((m for m in PLENUMS.finditer(squeezed, max(0, at - 24), at + 2) if m.end() == at + 2), None)
        if match is None:
            continue
        last = re.findall(r"[一二三四五六七]中", match["which"])[-1]
        if match["congress"]:
            if event := plenums.get(f"{match['congress']}届{last}"):
                yield _in_context(squeezed, match.start(), match.end(), event)
        else:
            mask = match["mask"] or ""
            event, candidates = _unnamed(last, mask.rstrip(MASK))
            yield Sighting(match.start(), match.end(), event, candidates if mask else ())


@lru_cache(maxsize=256)
def _unnamed(last: str, known: str) -> tuple[Event, tuple[Event, ...]]:
    """Return the plenum of a congress that is not named, and those it may be: all 三中 of congresses that begin with `known` (十x届)."""
    plenums = load_chronology().plenums
    fit = [event for name, event in plenums.items() if name.startswith(known) and name.endswith("届" + last)]
    fit.sort(key=lambda event: event.low or 0)
    years = ", ".join(str(event.low) for event in fit)
    event = Event(
        low=None, high=None, firm=False, kind="plenum", verified=False,
        note=f"{last}全会 of a congress that is not named: {years}", note_zh=f"未写明哪一届的{last}全会：{years}",
    )  # fmt: skip
    return event, tuple(fit)


def _positions(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _in_context(squeezed: str, start: int, end: int, event: Event) -> Sighting:
    """Return the sighting with the years that the words around it allow.

    自…以来 looks back, so the event gives no last year; 去年 puts it a year later, 明年 or 迎接 a year earlier; a meeting on a day
    of a month without a year was held in the report's own year.
    """
    before, after = squeezed[max(0, start - 20) : start], squeezed[end : end + 12]
    low, high = event.low, event.high
    if low is not None and event.firm:
        if event.kind == "congress" and JUST_HELD.search(after):
            high = low
        elif RETROSPECT_AFTER.search(after) or RETROSPECT_BEFORE.search(before):
            high = None
        elif event.held and event.kind not in MEETINGS and (year := _year_held(squeezed, start, end, event.held)):
            low = high = year + (1 if LAST_YEAR.search(before) else 0)
        elif LAST_YEAR.search(before):
            low, high = low + 1, None if high is None else high + 1
        elif BEFORE_LAST.search(before):
            low, high = low + 2, None if high is None else high + 2
        elif event.kind == "anniversary" and TO_COME.search(before):
            return Sighting(start, end, replace(event, firm=False))
        elif event.kind == "congress" and _is_awaited(squeezed, start, end, before, after):
            low, high = low - 1, low
        elif AHEAD.search(before) and event.kind not in ("slogan", "event", "day"):
            low -= 1
        elif event.kind == "plan year" and not SAID_NOW.search(before):
            return Sighting(start, end, replace(event, verified=False))  # 2011年是“十二五”的开局之年 may be a look back
        elif _in_its_year(event.kind, before, after):
            high = low
    return Sighting(start, end, event if (low, high) == (event.low, event.high) else replace(event, low=low, high=high))


def _is_awaited(squeezed: str, start: int, end: int, before: str, after: str) -> bool:
    """Tell a congress still to come: 迎接党的二十大胜利召开, 向党的二十大献礼; a text that has its spirit or report too was written after it."""
    if not AWAITED.search(before) or not NOT_YET.search(after):
        return False
    name = squeezed[start:end].removeprefix("党的")
    return all(squeezed.find(name + word) < 0 for word in ("精神", "报告", "以来"))


def _in_its_year(kind: str, before: str, after: str) -> bool:
    """Tell an event of which a report speaks in the year in which it began: 今年是…周年, …召开之年, 9月6日…召开."""
    if kind in ("anniversary", "day"):
        return THIS_IS.search(before) is not None
    if kind in ("congress", "event") and IN_ITS_YEAR.search(after):
        return True
    return kind in ("congress", "plenum") and bool(ON_A_DAY.search(before) and HELD.search(after))


def _year_held(squeezed: str, start: int, end: int, held: tuple[str, str]) -> int | None:
    """Return the only year in which a campaign was carried out in a month that its sentence names without a year: 6月…“三严三实”专题教育."""
    first = max(squeezed.rfind(stop, max(0, start - WIDEST_SENTENCE), start) for stop in "。；\n")
    around = squeezed[max(first + 1, start - WIDEST_SENTENCE) : end + WIDEST_SENTENCE]
    around = (
        around[: stop.start()]
        if (stop := SENTENCE_END.search(around, start - max(first + 1, start - WIDEST_SENTENCE)))
        else around
    )
    if not CARRIED_OUT.search(around) or LOOKED_BACK.search(around):
        return None
    months = {int(match["month"]) for match in MONTH_ALONE.finditer(around)}
    years = range(int(held[0][:4]), int(held[1][:4]) + 1)
    fit = {year for year in years if months and all(held[0] <= f"{year}-{month:02d}" <= held[1] for month in months)}
    return fit.pop() if len(fit) == 1 else None


def _combine(sightings: list[Sighting]) -> tuple[int | None, int | None, bool]:
    """Return (low, high, certain) of the firm events together.

    A report speaks of the past more than of the future: where two contradict each other, the last year of the earlier one gives way.
    """
    own = [sighting for sighting in sightings if sighting.event.firm]
    firm = [sighting.event for sighting in own]
    low = max((event.low for event in firm if event.low is not None), default=None)
    highs = [event.high for event in firm if event.high is not None and (low is None or event.high >= low)]
    high = min(highs, default=None)
    if low is None or low != high:
        return low, high, False
    bounding = {event.note: event for event in firm if low in (event.low, event.high)}.values()
    by_source = any(event.verified and event.low == low for event in bounding) and any(
        event.verified and event.high == low for event in bounding
    )
    looks_back = any(event.high is not None and event.high < low for event in firm)
    return low, high, by_source or (_agree(own, low) and not looks_back)


def _agree(sightings: list[Sighting], year: int) -> bool:
    """Tell whether two events that allow few years agree on one; of words within words (三严三实专题教育) only the outer count."""
    narrow = [
        one
        for one in sightings
        if one.event.low is not None
        and one.event.high is not None
        and one.event.low <= year <= one.event.high
        and one.event.high - one.event.low <= NARROW
    ]
    outer = [
        one
        for one in narrow
        if not any(
            other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start
            for other in narrow
        )
    ]
    return min(len({one.event.note for one in outer}), len({(one.start, one.end) for one in outer})) > 1


def _number(text: str) -> int:
    """Return the value of a count up to 999: 90, 九十, 一百, 一百零五."""
    if text.isdigit():
        return int(text)
    value = digit = 0
    for char in text:
        if char in "十百":
            value += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = max(0, "零一二三四五六七八九".find(char))
    return value + digit
