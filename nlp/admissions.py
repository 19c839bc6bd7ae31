"""What a sentence owns by its own words, whatever its section tells: a lack told in passing, one that came to light, a work that is stuck.

And with which words a writer leaves a passage of shortcomings: works that are planned, promises, what gives heart, suggestions.
The words stand in `nlp/data/admissions.toml`; here they are composed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from nlp.marks import HAN_NUMBER
from nlp.roles import Roles
from nlp.word_lists import any_of, read_lists

ITEM = rf"(?:{HAN_NUMBER}[、是]|[（(]{HAN_NUMBER}[)）]|\d{{1,2}}[、.．])?"

# The lists one of whose words stands in every sentence that owns a lack: a search for them rules out most sentences.
OWNING = (
    ("against", "holds"), ("exposed", "shows"), ("exposed", "finds"), ("falls_short", "turns"), ("short_of_money", "money"),
    ("fades", "how"), ("misses", "holds"), ("suffers", "holds"), ("suffers", "phrases"), ("worn", "now"),
    ("awaits", "what"),
)  # fmt: skip

Words: TypeAlias = re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admissions:
    """The wordings of `nlp/data/admissions.toml`, composed. Words beside patterns stand in every match and are looked for first."""

    now: Words
    in_passing: Words
    not_got: Words  # 谈不拢
    stuck: Words
    owning: Words  # one of these stands in every sentence that owns a lack
    against: Words  # `lack` what
    exposed: Words  # `lack` what
    turns: Words
    falls_short: Words  # `lack` what, where some are told of
    short_of_money: Words
    no_shortage: Words
    fades: Words
    ought_to_fade: Words
    awaits: Words
    not_awaited: Words
    misses: Words
    suffers: Words
    eased: Words
    worn: Words

    first_of_ends: frozenset[str]  # with one of these a promise begins, and what gives heart
    promises: Words
    heartens: Words
    planned: Words
    suggests: Words
    hints: Words


@cache
def load_admissions() -> Admissions:
    """Return the wordings of `nlp/data/admissions.toml`."""
    data = read_lists("admissions")
    return Admissions(
        owning=re.compile(any_of(*(data[table][words] for table, words in OWNING))),
        **_of_hindrances(data),
        **_of_findings(data),
        **_of_money(data),
        **_of_suffering(data),
        **_of_ends(data),
    )


def owns_lack(unit: str, roles: Roles) -> bool:
    """Tell a sentence that owns a lack among measures, deeds or plans: one worked against, one that came to light, one of what ought to be."""
    words = load_admissions()
    if words.owning.search(unit) is None:
        return False
    if (match := words.against.search(unit)) and roles.admits.search(match["lack"] + "。"):
        return roles.resolved.search(unit) is None
    return (
        _comes_to_light(unit, words, roles)
        or _falls_short(unit, words, roles)
        or _is_short_of_money(unit, words, roles)
        or (words.fades.search(unit) is not None and words.ought_to_fade.search(unit) is None)
        or _awaits(unit, words)
        or _suffers(unit, words)
    )


def tells_in_passing(unit: str, roles: Roles) -> bool:
    """Tell a shortcoming of today told in passing: 目前到会率还不高; not what is to be done about it."""
    words = load_admissions()
    if words.now.search(unit) is None or words.in_passing.match(unit) is None:
        return False
    return roles.not_in_passing.search(unit) is None


def is_stuck(unit: str, roles: Roles) -> bool:
    """Tell a sentence of a work that is stuck: 可是补偿一直谈不拢."""
    words = load_admissions()
    if words.not_got.search(unit) is None or words.stuck.search(unit) is None:
        return False
    return roles.not_stuck.search(unit) is None


def tells_two_lacks(unit: str, roles: Roles) -> bool:
    """Tell a sentence of two lacks at once, what follows in its paragraph being facts that prove them: 机构残缺，人手单薄。"""
    return (
        roles.two_lacks.search(unit) is not None
        and not roles.no_proof.search(unit)
        and not roles.not_heading_lack.search(unit)
    )


def looks_into_faults(unit: str, roles: Roles) -> bool:
    """Tell a sentence of a meeting that looks into its own faults: 班子作了对照检查。"""
    some = "剖析" in unit or "自我" in unit or "对照" in unit or "分析" in unit
    return some and roles.looks_in.search(unit) is not None


def hints_at_lack(unit: str) -> bool:
    """Tell a sentence that may speak of a lack: without any such word it does not."""
    return load_admissions().hints.search(unit) is not None


def plans_works(unit: str) -> bool:
    """Tell a work that is planned: 某村计划清淤800米."""
    return load_admissions().planned.search(unit) is not None


def gives_heart(unit: str, roles: Roles) -> bool:
    """Tell a promise, or what gives heart, at the end of shortcomings: 我们必须正视这些问题，加以解决。"""
    words = load_admissions()
    if unit[0] not in words.first_of_ends:
        return False
    return bool(words.promises.match(unit) or words.heartens.match(unit)) and not roles.doubts.search(unit)


def suggests(unit: str) -> bool:
    """Tell a sentence that opens with a suggestion: 为此建议加快整治。"""
    return ("建议" in unit or "对策" in unit) and load_admissions().suggests.match(unit) is not None


def _comes_to_light(unit: str, words: Admissions, roles: Roles) -> bool:
    if (match := words.exposed.search(unit)) is None:
        return False
    return roles.admits.search(match["lack"]) is not None and not roles.set_right.search(unit)


def _awaits(unit: str, words: Admissions) -> bool:
    if (match := words.awaits.search(unit)) is None:
        return False
    at = match.start()
    clause = unit[max(unit.rfind("，", 0, at), unit.rfind("；", 0, at)) + 1 : at]
    return len(clause) > 1 and words.not_awaited.search(clause) is None


def _falls_short(unit: str, words: Admissions, roles: Roles) -> bool:
    if words.turns.search(unit) is None or (match := words.falls_short.search(unit)) is None:
        return False
    return match["lack"] is None or roles.admit(match["lack"] + "。")


def _is_short_of_money(unit: str, words: Admissions, roles: Roles) -> bool:
    if (match := words.short_of_money.search(unit)) is None:
        return False
    return words.no_shortage.search(unit) is None and roles.not_admitted.search(unit, 0, match.end()) is None


def _suffers(unit: str, words: Admissions) -> bool:
    """Tell what the people suffer, a mark missed or a thing worn out today, if it is not eased."""
    told = words.suffers.search(unit) is not None or words.misses.search(unit) is not None
    return (told and words.eased.search(unit) is None) or words.worn.search(unit) is not None


def _of_hindrances(data: dict[str, Any]) -> dict[str, Any]:
    passing, stuck, against = data["in_passing"], data["stuck"], data["against"]
    not_got = rf"不[{stuck['at']}]"
    return {
        "now": re.compile(any_of(passing["now"])),
        "in_passing": re.compile(
            rf"{ITEM}(?:{any_of(passing['opens'])})?(?:{any_of(passing['now'])})[^。；]{{0,40}}?"
            rf"(?:(?<!如果)(?:{any_of(passing['there'])})[^。；，]{{0,24}}?(?:{any_of(passing['faults'])})"
            rf"|(?:{any_of(passing['how'])})(?:{any_of(passing['lacks'])})(?!于|下))"
        ),
        "not_got": re.compile(not_got),
        "stuck": re.compile(
            rf"(?:{any_of(stuck['hindered'])})[^，。；]{{0,8}}?[{stuck['verbs']}]"
            rf"(?:{not_got}(?![{stuck['unlike']}])|不下[来去](?!的))"
        ),
        "against": re.compile(
            rf"针对(?!(?:{any_of(against['general'])}))(?P<lack>[^。；，]{{4,60}}(?:，[^。；，]{{2,20}}){{0,2}}?)(?:等|的)+"
            rf"(?:{any_of(against['kinds'])})*(?:{any_of(against['called'])})"
        ),
    }


def _of_findings(data: dict[str, Any]) -> dict[str, Any]:
    exposed, short, awaits = data["exposed"], data["falls_short"], data["awaits"]
    return {
        "exposed": re.compile(
            rf"(?:(?:{any_of(exposed['shows'])})(?:出|了)"
            rf"|[{exposed['looks']}][{exposed['into']}][^，。；]{{0,8}}?(?:{any_of(exposed['finds'])})，?)(?P<lack>[^。；]{{3,80}})"
        ),
        "turns": re.compile(any_of(short["turns"])),
        "falls_short": re.compile(
            rf"(?:^|[，；])(?:(?:{any_of(short['turns'])})[，]?[^，。；]{{0,8}}(?:{any_of(short['whose'])})"
            rf"[^，。；]{{0,8}}(?:{any_of(short['only'])})"
            rf"|(?:{any_of(short['turns_to_some'])})[，]?[^，。；]{{0,4}}?(?:{any_of(short['some'])})(?P<lack>[^。；]{{2,40}}))"
        ),
        "awaits": re.compile(
            rf"(?:{any_of(awaits['what'])})(?:{any_of(awaits['more'])})*[^，。；的]{{2,6}}，(?:{any_of(awaits['then'])})?(?:我们)?"
            rf"(?:{any_of(awaits['asks'])})"
        ),
        "not_awaited": re.compile(any_of(awaits["unlike"])),
    }


def _of_money(data: dict[str, Any]) -> dict[str, Any]:
    money, fades = data["short_of_money"], data["fades"]
    return {
        "short_of_money": re.compile(
            rf"(?:{any_of(money['money'])})(?!{any_of(money['no_money'])})[^，。；、]{{0,8}}?(?:{any_of(money['short'])})(?=[，。；]|$)"
        ),
        "no_shortage": re.compile(any_of(money["unless"])),
        "fades": re.compile(rf"(?:{any_of(fades['how'])})(?:地|在|被)?(?:{any_of(fades['does'])})"),
        "ought_to_fade": re.compile(any_of(fades["unless"])),
    }


def _of_suffering(data: dict[str, Any]) -> dict[str, Any]:
    misses, suffers, worn = data["misses"], data["suffers"], data["worn"]
    return {
        "misses": re.compile(
            rf"(?:(?:{any_of(misses['from'])})[^，。；]{{0,10}}(?:{any_of(misses['marks'])})[^，。；]{{0,8}}?(?:{any_of(misses['short'])})"
            rf"|(?:{any_of(misses['counted'])})(?:{any_of(misses['not_met'])}))(?!的)"
        ),
        "suffers": re.compile(
            rf"{any_of(suffers['phrases'])}"
            rf"|(?:{any_of(suffers['needs'])})困难(?:{any_of(suffers['who'])})?(?:{any_of(suffers['many'])})"
            rf"|(?:{any_of(suffers['cannot'])})(?:完全|充分|有效)?(?:满足|适应)?[^，。；]{{0,12}}(?:{any_of(suffers['of'])})"
            rf"[^，。；]{{0,6}}(?:{any_of(suffers['wants'])})(?=[，。；]|$)"
            rf"|给[^，。；]{{0,16}}(?:{any_of(suffers['burdened'])})[^，。；]{{0,6}}带来(?:了)?(?:{any_of(suffers['much'])})的?"
            rf"(?:{any_of(suffers['burdens'])})"
        ),
        "eased": re.compile(any_of(data["eased"]["words"])),
        "worn": re.compile(
            rf"(?:{any_of(worn['now'])})(?![，]?(?:解决|改变))[^，。；]{{0,14}}?(?:{any_of(worn['does'])})(?:不堪|严重)?(?=[，。；]|$)"
        ),
    }


def _of_ends(data: dict[str, Any]) -> dict[str, Any]:
    promises, heartens, planned, suggests = (data[name] for name in ("promises", "heartens", "planned", "suggests"))
    return {
        "first_of_ends": frozenset(promises["firsts"]),
        "promises": re.compile(
            rf"(?:但是?|因此|所以)?[，]?(?:{any_of(promises['who'])})(?:{any_of(promises['will'])})(?!.{{0,30}}(?:{any_of(promises['turns'])}))"
            rf"[^。；]{{0,40}}?(?:{any_of(promises['what'])})"
        ),
        "heartens": re.compile(
            rf"(?:{any_of(heartens['opens'])})?[，]?(?:(?:我们)?(?:也|更|还)(?:应该|应当|要|必须)?(?:清醒地?|充分)?(?:{any_of(heartens['sees'])})"
            rf"[^。；]{{0,40}}(?:{any_of(heartens['what'])})|我们?(?:{any_of(heartens['trusts'])})"
            rf"|[^，。；]{{0,16}}(?:{any_of(heartens['grounds'])})[^，。；]{{0,6}}(?:{any_of(heartens['good'])})|{any_of(heartens['ahead'])})"
        ),
        "planned": re.compile(
            rf"(?<![{planned['unlike']}])(?:{any_of(planned['will'])})[^，。；]{{0,20}}?(?:{any_of(planned['amount'], planned['works'])})"
        ),
        "suggests": re.compile(
            rf"(?:{HAN_NUMBER}是)?(?:{any_of(suggests['opens'])})?[，]?(?:{any_of(suggests['who'])})?"
            rf"(?:{any_of(suggests['how'])})?(?:{any_of(suggests['what'])})(?!{any_of(suggests['unlike'])})"
        ),
        "hints": re.compile(any_of(data["hints"]["words"])),
    }
