"""Sentences that name no problem, whatever words of lack stand in them: they announce, count, ask, or tell a rule or what is no fault.

The words stand in `nlp/data/passed_over.toml`; here they are composed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from ingest.titles import is_full_title
from nlp.features import LACK, LAST_OF_BARE_HEADING, MARK, is_bare_heading
from nlp.roles import is_lead_in, load_roles
from nlp.word_lists import any_of, read_lists

LONGEST_HEADING = 40  # characters of a heading, a point that names its topic, or what a page says of itself
DATE = r"[\d二〇○零一三四五六七八九十年月日\s.\-—/（）()]+$"
LISTED = MARK.removesuffix("?")
CONDITION = re.compile("[没未不][^，。；]{1,8}的")
NUMERAL = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千两]+(?=[个名人位家所户])")

Words: TypeAlias = re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """The wordings of `nlp/data/passed_over.toml`, composed. Plain characters and words beside a pattern tell where it may stand."""

    not_a_sentence: Words  # a date or a signature
    counts: Words
    cannot: Words  # what a sentence that counts says beside: 上不了船
    page: Words
    announcing: Words
    last_of_announcing: frozenset[str]
    mixed: Words
    two_parts: Words  # of a title, `of` what
    plain: Words  # words of lack that say none in a title
    topic: Words
    last_of_topic: frozenset[str]
    hints: Words  # at a lack, in a topic
    whose_topic: Words
    leads_in: Words
    bare_name: Words

    field: Words  # of what? 班子建设方面存在的问题；
    exhorts: Words
    ended: Words  # the lacks that it is to end
    seeks: Words  # 第三，查准短板
    last_of_fields: frozenset[str]

    rule: Words
    first_of_rule: frozenset[str]
    unruly: Words
    burdensome: Words
    by_the_book: Words
    whatever: Words
    first_of_whatever: frozenset[str]

    not_ours: Words
    no_fault: Words
    last_of_no_fault: frozenset[str]

    aside: Words  # one of these stands where others say it of us, and where a fault is answered or announced
    asks: Words
    following: Words
    answered: Words

    opens: Words
    some: Words
    last_of_cut_off: frozenset[str]


@cache
def load_passed_over() -> PassedOver:
    """Return the wordings of `nlp/data/passed_over.toml`."""
    data = read_lists("passed_over")
    return PassedOver(
        **_of_headings(data), **_of_exhortations(data), **_of_rules(data), **_of_faults(data), **_of_announced(data)
    )


def says_nothing(unit: str) -> bool:
    """Tell a heading or lead-in that announces problems without naming one, a title, a signature or a date, a rule, what is no fault.

    Of each kind what rules it out is asked first, here: most sentences need no more.
    """
    words = load_passed_over()
    first, ends = unit[0], unit[-2:]
    return (
        (first in words.first_of_rule and _tells_rule(unit, words))
        or (first in words.first_of_whatever and words.whatever.match(unit) is not None)
        or (not words.last_of_no_fault.isdisjoint(ends) and _is_no_fault(unit, words))
        or (words.aside.search(unit) is not None and _is_aside(unit, words))
        or (words.exhorts.match(unit) is not None and LACK.search(words.ended.sub("", unit)) is None)
        or (ends[-1] in "；。" and _names_its_field(unit, words))
        or ("？" in ends and words.asks.search(unit) is not None)
        or (len(unit) < LONGEST_HEADING and words.page.match(unit) is not None)
        or _is_heading(unit, words)
    )


def only_counts(unit: str) -> bool:
    """Tell a sentence that only counts or defines (全县共有村书记213名, 收入主要以种植为主), or names, with no word of a lack."""
    words = load_passed_over()
    if LACK.search(unit) is not None or words.cannot.search(unit) is not None:
        return False
    if words.counts.match(unit) is not None and len(NUMERAL.findall(unit)) < 2:
        return True
    return words.bare_name.match(unit) is not None or (
        words.by_the_book.match(unit) is not None and words.burdensome.search(unit) is None
    )


def is_cut_off(unit: str) -> bool:
    """Tell a sentence that breaks off before it says anything: 此外，有的社区; not 经费不足，也."""
    words = load_passed_over()
    if unit[-1] not in words.last_of_cut_off and not words.some.match(unit, words.opens.match(unit).end()):  # type: ignore[union-attr]
        return False
    return LACK.search(words.some.sub("", unit)) is None


def _tells_rule(unit: str, words: PassedOver) -> bool:
    """Tell what is asked (按新规，设站的须交费，没设的须交筹备费。), without a word of how far it is kept."""
    return words.rule.match(unit) is not None and words.unruly.search(CONDITION.sub("", unit)) is None


def _is_no_fault(unit: str, words: PassedOver) -> bool:
    return words.no_fault.search(unit) is not None and LACK.search(words.no_fault.sub("", unit)) is None


def _is_aside(unit: str, words: PassedOver) -> bool:
    return _takes_criticism(unit, words) or _only_answers(unit, words) or _only_announces(unit, words)


def _takes_criticism(unit: str, words: PassedOver) -> bool:
    if words.not_ours.search(unit) is None:
        return False
    return words.unruly.search(words.not_ours.sub("", CONDITION.sub("", unit))) is None


def _only_answers(unit: str, words: PassedOver) -> bool:
    if words.answered.search(unit) is None:
        return False
    return not load_roles().clear_lack.opens(words.answered.sub("", unit))


def _only_announces(unit: str, words: PassedOver) -> bool:
    if words.following.search(unit) is None:
        return False
    return LACK.search(words.following.sub("", unit).replace("问题", "")) is None


def _names_its_topic(unit: str, words: PassedOver) -> bool:
    return words.topic.match(unit) is not None and words.hints.search(words.whose_topic.sub("", unit)) is None


def _names_its_field(unit: str, words: PassedOver) -> bool:
    """Tell a member of a list that only names where problems are looked for: 班子建设方面存在的问题； 第三，查准短板。"""
    if unit.rstrip("；。等")[-1:] not in words.last_of_fields:
        return False
    match = words.field.match(unit)
    return (match is not None and LACK.search(match["of"]) is None) or words.seeks.match(unit) is not None


def _is_title_of_two_parts(unit: str, words: PassedOver) -> bool:
    match = words.two_parts.match(unit)
    return match is not None and LACK.search(words.plain.sub("", match["of"])) is None


def _is_heading(unit: str, words: PassedOver) -> bool:
    """Tell a heading, lead-in, title, signature or date, or what is cut off."""
    last, short = unit[-1], len(unit) < LONGEST_HEADING
    if last in "；！？":  # most sentences, and those in 。, are told by one look
        return False
    if short and not words.last_of_topic.isdisjoint(unit[-3:]) and _names_its_topic(unit, words):
        return True
    if last in "。：":
        if not short:
            return False
        if unit[-2:-1] in words.last_of_announcing and (is_bare_heading(unit) or words.announcing.match(unit)):
            return True
        if last == "：" and words.leads_in.match(unit):
            return True
        return unit.endswith(("：", "如下。")) and is_lead_in(unit)
    return bool(
        is_bare_heading(unit)
        or is_full_title(unit)
        or (short and (words.announcing.match(unit) or words.mixed.match(unit) or is_cut_off(unit)))
        or _is_title_of_two_parts(unit, words)
        or words.not_a_sentence.match(unit)
    )


def _firsts(forms: Iterable[str]) -> frozenset[str]:
    """Return the characters with which forms begin that open with a plain one."""
    return frozenset(form[0] for form in forms)


def _of_headings(data: dict[str, Any]) -> dict[str, Any]:
    faults, announcing, mixed, two_parts, bare_name = (
        data[name] for name in ("faults", "announcing", "mixed", "two_parts", "bare_name")
    )
    announced = any_of(faults, announcing["more"])
    return {
        "not_a_sentence": re.compile(rf"{DATE}|[^，。；：]{{2,20}}(?:{any_of(data['signature']['ends'])})$"),
        "counts": re.compile(rf"[^。；]{{0,24}}?(?:{any_of(data['counting']['forms'])})"),
        "cannot": re.compile(any_of(data["counting"]["cannot"])),
        "page": re.compile(any_of(data["page"]["forms"])),
        "announcing": re.compile(
            rf"{MARK}(?:[^，。；：]{{0,16}}(?:{any_of(announcing['verbs'], announcing['looks'])})"
            rf"|[^，。；：]{{0,30}}(?:{any_of(announcing['verbs'], announcing['named'])})的)(?:{any_of(announcing['kinds'])})*(?:{announced})"
            rf"(?:(?:和|与|及|以及|、)(?:主要)?(?:{announced}|{any_of(announcing['beside'])}))?[：。]?$"
        ),
        "last_of_announcing": LAST_OF_BARE_HEADING.union(form[-1] for form in faults + announcing["more"]),
        "mixed": re.compile(
            rf"{MARK}[^，。；：]{{0,10}}?(?:{any_of(mixed['firsts'])})(?:与|和|及其?|以及|、|暨)(?:存在的?)?"
            rf"(?:主要|突出)?(?:{any_of(faults, mixed['more'])})[。：]?$"
        ),
        "two_parts": re.compile(
            rf"(?P<of>[^。；！？]{{2,40}}?)(?:{any_of(faults, two_parts['firsts'])})(?:与|和|及其?|以及|、|暨)[^，。；]{{0,8}}"
            rf"(?:{any_of(two_parts['seconds'])})+$"
        ),
        "plain": re.compile(any_of(two_parts["plain"])),
        "hints": re.compile(any_of(data["topic"]["hints"], [LACK.pattern])),
        "whose_topic": re.compile(any_of(data["topic"]["whose"])),
        "topic": re.compile(rf"{LISTED}[^，。；：]{{4,20}}(?:{any_of(data['topic']['ends'])})[。：]?$"),
        "last_of_topic": frozenset(form[-1] for form in data["topic"]["ends"]),
        "leads_in": re.compile(rf"{MARK}(?:下面|这里|现|其)?(?:{any_of(data['leading_in']['words'])}){{1,8}}[：:]$"),
        "bare_name": re.compile(
            rf"{MARK}[^，。；：、{bare_name['unlike']}]{{2,8}}(?:{any_of(bare_name['ends'])})[。：:]?$"
        ),
    }


def _of_exhortations(data: dict[str, Any]) -> dict[str, Any]:
    faults, announcing, exhorting = (data[name] for name in ("faults", "announcing", "exhorting"))
    named = any_of(faults, announcing["more"], exhorting["places"])
    return {
        "field": re.compile(
            rf"{MARK}(?P<of>[^，。；：]{{2,30}}?)(?:{any_of(announcing['verbs'], announcing['named'])})(?:出来)?的"
            rf"(?:{any_of(announcing['kinds'])})*(?:{named})等?[；。]$"
        ),
        "exhorts": re.compile(
            rf"{MARK}[^，。；：]{{0,12}}?(?:{any_of(exhorting['asks'])})(?:{any_of(exhorting['does'])})"
        ),
        "ended": re.compile(
            rf"(?:{any_of(exhorting['ends'])})[^，。；]{{0,12}}?(?:{named})|困难(?=[职群党家户学妇])|突出重点"
        ),
        "last_of_fields": LAST_OF_BARE_HEADING.union(
            form[-1] for form in [*faults, *announcing["more"], *exhorting["places"], *exhorting["ills"]]
        ),
        "seeks": re.compile(
            rf"{MARK}(?:{any_of(exhorting['seeks'])})[^，。；：]{{0,6}}(?:{named}|{any_of(exhorting['ills'])})[；。]$"
        ),
    }


def _of_rules(data: dict[str, Any]) -> dict[str, Any]:
    rule, unruly, whatever = data["rule"], data["unruly"], data["whatever"]
    return {
        "rule": re.compile(
            rf"(?:{any_of(rule['by'])})[^，。；]{{0,20}}(?:{any_of(rule['of'])})[^，。；]{{0,8}}，(?:[^。；]{{0,30}}?[^必])?(?:{any_of(rule['asks'])})"
        ),
        "first_of_rule": _firsts(rule["by"]),
        "unruly": re.compile(any_of(unruly["words"])),
        "burdensome": re.compile(any_of(unruly["words"], unruly["burdens"])),
        "by_the_book": re.compile(any_of(data["by_the_book"]["forms"])),
        "whatever": re.compile(
            rf"(?:{any_of(whatever['opens'])})[^。；]{{1,30}}，[^，。；]{{0,12}}?(?:{any_of(whatever['still'])})"
            rf"(?:[一必]定|坚决|绝)?(?:{any_of(whatever['asks'])})[^。；]*[。！]?$"
        ),
        "first_of_whatever": _firsts(whatever["opens"]),
    }


def _of_faults(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "not_ours": re.compile(any_of(data["not_ours"]["forms"])),
        "no_fault": re.compile(any_of(data["no_fault"]["forms"])),
        "last_of_no_fault": frozenset(data["no_fault"]["holds"]),
    }


def _of_announced(data: dict[str, Any]) -> dict[str, Any]:
    faults, asked, following, answered, cut_off = (
        data[name] for name in ("faults", "asked", "following", "answered", "cut_off")
    )
    return {
        "aside": re.compile(any_of(data["not_ours"]["forms"], answered["opens"], following["words"])),
        "asks": re.compile(
            rf"(?:{any_of(faults, asked['more'])})[^，。；？]{{0,4}}(?:{any_of(asked['forms'])})[？?][”’」』]?$"
        ),
        "following": re.compile(
            rf"(?:^|，)[^，。；]{{0,8}}(?:{any_of(following['verbs'])})[^，。；]{{0,6}}(?:{any_of(following['words'])})"
            rf"[^，。；]{{0,16}}(?:{any_of(faults)})[。：]?$"
        ),
        "answered": re.compile(
            rf"(?:{any_of(answered['opens'])})(?:{any_of(answered['whose'])})*(?:{any_of(answered['how'])})的?"
            rf"(?:主要|突出|具体|各类)?的?(?:{any_of(faults)})"
        ),
        "opens": re.compile(rf"{MARK}(?:{any_of(cut_off['opens'])})?[，,]?"),
        "some": re.compile(any_of(cut_off["some"])),
        "last_of_cut_off": frozenset(cut_off["last"]),
    }
