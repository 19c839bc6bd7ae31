"""The sentences of a report, each with its section and the role in which it speaks.

A sentence speaks in the role of its section unless something nearer says otherwise. In the order in which they count: a suggestion, the
label of a line, a lead-in; what proves a lack told before; a lack that the sentence itself owns (`nlp.admissions`); and at last
what shows that a passage of shortcomings has not begun or is over.

Most sentences say nothing of the kind and stand where no earlier one says anything of them: they have the role of their section, and
are told from the others for the whole text at once (`nlp.clues`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from nlp.admissions import (
    gives_heart,
    hints_at_lack,
    is_stuck,
    looks_into_faults,
    owns_lack,
    plans_works,
    suggests,
    tells_in_passing,
    tells_two_lacks,
)
from nlp.clues import ANSWERS, LABELS, LEADS_IN, LISTS, OWNS, PASSES, PROVES, STICKS, SUGGESTS, load_clues
from nlp.marks import BREAKS, Numbers, all_sentence_bounds, enumerates, goes_on, line_end
from nlp.places import codes_of
from nlp.records import Section, Sentence, new_record, setters_of
from nlp.roles import MIXED, Roles, is_lack, is_lead_in, load_roles, opens_list, opens_search, tells_findings

_BREAKS = [0, *map(ord, BREAKS)]
FAR_BACK = 12  # sentences before an answer that may say what it answers

_ALWAYS = LABELS | SUGGESTS | LEADS_IN | OWNS | STICKS  # what changes a role under any heading
_SETTERS = setters_of(Sentence)


def find_sentences(text: str, sections: Sequence[Section]) -> list[Sentence]:
    """Return the sentences in order, each with its innermost section and the role in which it speaks."""
    starts, ends = all_sentence_bounds(text)
    may = load_clues().told(text, starts)
    places = _sections_of(starts, sections)
    bounds, at = list(zip(starts.tolist(), ends.tolist(), strict=True)), places.tolist()
    reader = _Reader(text, bounds, sections, load_roles())
    reader.answered = _answered(text, bounds, may, sections, reader.roles)
    asked = _asked(text, starts, ends, may, places, sections)
    for start in reader.answered:
        asked[int(starts.searchsorted(start))] = True
    outer = _outer_sections(sections)
    roles, assumed = [sections[one].role for one in at], [sections[one].assumed for one in at]
    told = may.tolist()
    for number, ask in enumerate(asked.tolist()):
        if ask or not reader.passes(bounds[number][0], outer[at[number]]):
            unit = reader.unit(number, told[number], sections[at[number]], outer[at[number]])
            roles[number], assumed[number] = reader.read(unit)
    return _records(starts, ends, at, roles, assumed)


@dataclass(slots=True)
class _Unit:
    """A sentence before its role is known."""

    number: int
    start: int
    end: int
    text: str
    may: int  # what it may do, by its words (`nlp.clues`)
    section: Section
    outer: int  # index of the section above the enumeration that it may stand in
    heads: bool  # its section begins with it


@dataclass(slots=True)
class _Label:
    """The role that a label set, until the next label or the next section of its level or above."""

    roles: Roles
    role: str | None = None
    level: int = 0

    def follow(self, unit: _Unit, text: str) -> None:
        if unit.heads and unit.section.level <= self.level:
            self.role = None
        if self.role == "problems" and text[unit.start - 1 : unit.start] == "\n" and self.roles.turn.match(unit.text):
            self.role = None
        if unit.may & LABELS and (role := self.roles.label_of(unit.text)):
            self.role, self.level = role, unit.section.level


@dataclass(slots=True)
class _LeadIn:
    """The role that a lead-in set, until the writer turns away, its section ends or the list behind it does."""

    roles: Roles
    role: str | None = None
    outer: int = -1  # the section that it holds in
    carried: bool = False  # it closed its line: the next one goes on with it

    def follow(self, unit: _Unit, text: str) -> None:
        if unit.outer != self.outer:
            self.role = None
        elif self.roles.turn.match(unit.text):
            self.role = "measures" if self.roles.turn_to_measures.match(unit.text) else None
        may_lead = unit.may & LEADS_IN and unit.section.role != "problems"
        if may_lead and (tells_findings(unit.text) or is_lead_in(unit.text)):
            goes_on = text.startswith("\n", unit.end) and self.roles.row_follows.search(unit.text) is not None
            self.to_problems(unit, carried=goes_on)
        elif self.carried and unit.start and text[unit.start - 1] == "\n":
            self.carried = False

    def to_problems(self, unit: _Unit, *, carried: bool) -> None:
        self.role, self.outer, self.carried = "problems", unit.outer, carried

    def close(self, unit: _Unit, text: str) -> None:
        """End what is told with the paragraph, unless it or an enumeration goes on."""
        if self.role != "problems" or self.carried or not text.startswith("\n", unit.end):
            return
        if not enumerates(text, unit.end + 1):
            self.role = None


@dataclass(slots=True)
class _Reader:
    """Reads sentence after sentence, and keeps what an earlier one says about later ones."""

    text: str
    bounds: Sequence[tuple[int, int]]
    sections: Sequence[Section]
    roles: Roles
    answered: set[int] = field(default_factory=set)  # where sentences begin that an answer says the fault of
    label: _Label = field(init=False)
    lead_in: _LeadIn = field(init=False)
    suggested: int = -1  # end of the line in which suggestions stand
    proving: int = -1  # end of the paragraph whose first sentence admits lacks
    listed: int = -1  # end of a list in the line whose first member names what it lists
    sought: int = -1  # end of a list in the line of what is to be looked for
    waiting: bool = False  # under a heading of two parts shortcomings have not begun
    planned: int = -1  # section in which a list of works that are planned has begun

    def __post_init__(self) -> None:
        self.label, self.lead_in = _Label(self.roles), _LeadIn(self.roles)

    def unit(self, number: int, may: int, section: Section, outer: int) -> _Unit:
        """Return a sentence, given what it may do and where it stands."""
        start, end = self.bounds[number]
        return _Unit(number, start, end, self.text[start:end], may, section, outer, section.start == start)

    def passes(self, start: int, outer: int) -> bool:
        """Pass over a sentence that does nothing by its words, if nothing before it says anything of it."""
        if (
            self.label.role
            or self.lead_in.role
            or self.lead_in.outer == outer
            or self.waiting
            or start < self.proving
            or start <= max(self.suggested, self.listed, self.sought)
        ):
            return False
        self.planned = -1
        return True

    def read(self, unit: _Unit) -> tuple[str, bool]:
        """Return the role of a sentence, those before it read or passed over, and whether it is the usual one of the kind of document."""
        self.label.follow(unit, self.text)
        self.lead_in.follow(unit, self.text)
        role = self._proof(unit, self._led(unit))
        if role != "problems":
            role = self._owned(unit, role)
        role = self._told(unit, role)
        role = self._after_first_part(unit, role)
        role = self._left(unit, role)
        told = role != unit.section.role or self.label.role or self.lead_in.role
        self.lead_in.close(unit, self.text)
        return role, unit.section.assumed and not told

    def _led(self, unit: _Unit) -> str:
        """Return the role that suggestions, a list in the line, a label, a lead-in or the section give."""
        if unit.may & SUGGESTS and unit.start > self.suggested and suggests(unit.text):
            self.suggested = line_end(self.text, unit.end)
        if unit.start <= self.suggested:
            return "measures"
        if unit.may & LISTS and unit.start > self.listed and opens_list(unit.text):
            self.listed = _list_end(self.text, unit.end)
        if unit.start <= self.listed:
            return "problems"
        if unit.may & LISTS and unit.start > self.sought and opens_search(unit.text):
            self.sought = _list_end(self.text, unit.end)
        if unit.start <= self.sought:
            return "plan"
        return self.label.role or self.lead_in.role or unit.section.role

    def _proof(self, unit: _Unit, role: str) -> str:
        """Return problems for two lacks at the head of a paragraph, and for the facts behind them that prove them."""
        if unit.start < self.proving:
            if self.roles.no_proof.search(unit.text):
                self.proving = -1
            elif role in ("background", "achievements"):
                return "problems"
        elif (
            unit.may & PROVES
            and unit.text[-1] == "。"
            and (unit.heads or self.text[unit.start - 1] in BREAKS)
            and (role == "background" or unit.section.assumed)
            and tells_two_lacks(unit.text, self.roles)
        ):
            self.proving = line_end(self.text, unit.end)
            return "problems"
        return role

    def _owned(self, unit: _Unit, role: str) -> str:
        """Return problems for a sentence that owns a lack, be it as the head of a point."""
        point = unit.heads and bool(unit.section.marker)
        if point and role == unit.section.role and _is_in_itself(unit.section):
            return "problems"
        if unit.start in self.answered or (point and self._admits(unit, role)):
            return "problems"
        if unit.may & OWNS and owns_lack(unit.text, self.roles):
            return "problems"
        if point and looks_into_faults(self._before(unit), self.roles) and _may_own(unit.text, self.roles):
            self.lead_in.to_problems(unit, carried=False)
            return "problems"
        return role

    def _before(self, unit: _Unit) -> str:
        """Return the sentence before."""
        start, end = self.bounds[unit.number - 1] if unit.number else (0, 0)
        return self.text[start:end]

    def _admits(self, unit: _Unit, role: str) -> bool:
        """Tell the head of a point that admits a lack, among measures or, where a heading tells so, deeds or plans."""
        if role == "measures" or (role in ("achievements", "plan") and not unit.section.assumed):
            return self.roles.admit(unit.text)
        return False

    def _told(self, unit: _Unit, role: str) -> str:
        """Return the role that the sentence tells by itself: what was done about a fault, a lack in passing, a work that is stuck."""
        if (
            role == "problems"
            and not unit.heads
            and self.roles.done.match(unit.text)
            and _is_in_measures(self.sections, unit.section)
        ):
            role = "measures"
        if role == "problems" and self.roles.once.match(unit.text) and self._was_before(unit):
            return "background"
        if unit.may & PASSES and role in ("plan", "measures") and tells_in_passing(unit.text, self.roles):
            return "problems"
        return "problems" if unit.may & STICKS and role != "problems" and is_stuck(unit.text, self.roles) else role

    def _was_before(self, unit: _Unit) -> bool:
        """Tell how things were, with no lack, before a sentence of how they are now: 从前，秸秆都还了田。现在，秸秆堆满路边。"""
        behind = unit.end + self.text.startswith("\n", unit.end)
        return self.roles.now.match(self.text, behind) is not None and not self.roles.clear_lack.opens(unit.text)

    def _after_first_part(self, unit: _Unit, role: str) -> str:
        """Return background for how things are under a heading of two parts (一、现状与问题), until something is lacking."""
        if unit.heads:
            self.waiting = role == "problems" and MIXED.search(unit.section.heading) is not None
        elif self.waiting:
            self.waiting = role == "problems" and not hints_at_lack(unit.text)
            return "background" if self.waiting else role
        return role

    def _left(self, unit: _Unit, role: str) -> str:
        """Return plan or measures where a passage of shortcomings goes over to works that are planned or to a promise."""
        if role != "problems":
            self.planned = -1
            return role
        if hints_at_lack(unit.text):
            self.planned = -1
        elif plans_works(unit.text):
            self.planned = unit.outer
        if self.planned == unit.outer:
            return "plan"
        return "measures" if gives_heart(unit.text, self.roles) else role


def _list_end(text: str, at: int) -> int:
    """Return where a list in the line ends: at the next full stop, else with the line."""
    end = line_end(text, at)
    stop = text.find("。", at, end)
    return end if stop < 0 else stop


def _sections_of(starts: Numbers, sections: Sequence[Section]) -> Numbers:
    """Return the index of the innermost section of each sentence."""
    places = np.searchsorted([section.start for section in sections], starts, "right") - 1
    np.maximum(places, 0, out=places)
    over = starts >= np.array([section.end for section in sections]).take(places)
    for number in over.nonzero()[0].tolist():
        at = int(places[number])
        while sections[at].end <= starts[number] and sections[at].parent is not None:
            at = sections[at].parent or 0
        places[number] = at
    return places


def _asked(
    text: str, starts: Numbers, ends: Numbers, may: Numbers, places: Numbers, sections: Sequence[Section]
) -> NDArray[np.bool_]:
    """Tell which sentences may have another role than their section, by their words, as the head of a point or among problems."""
    codes = codes_of(text)
    last, before = codes.take(ends), codes.take(starts)
    heads = starts == np.array([section.start for section in sections]).take(places)
    rules = np.array([_rules_in(section) for section in sections]).take(places)
    # two lacks stand at the head of a paragraph and end with a full stop, a list in the line goes on behind a semicolon
    proves = (last == ord("。")) & (heads | np.isin(before, _BREAKS))
    rules &= ~(PROVES * ~proves | LISTS * (last != ord("；")))
    points = np.array([bool(section.marker) for section in sections]).take(places)
    problems = np.array([section.role == "problems" for section in sections]).take(places)
    return ((rules & may) != 0) | (heads & points) | problems


def _rules_in(section: Section) -> int:
    """Return what changes the role of a sentence in a section."""
    rules = _ALWAYS | LISTS
    if section.role in ("plan", "measures"):
        rules |= PASSES
    if section.role == "background" or section.assumed:
        rules |= PROVES
    return rules


def _outer_sections(sections: Sequence[Section]) -> list[int]:
    """Return, for each section, the one above or before the enumeration (一是 …, 1、 …) that it belongs to, or its own index."""
    outer: list[int] = []
    for at, section in enumerate(sections):
        before = at - 1 if section.parent is None else section.parent
        outer.append(outer[before] if at and enumerates(section.marker) else at)
    return outer


def _records(starts: Numbers, ends: Numbers, at: list[int], roles: list[str], assumed: list[bool]) -> list[Sentence]:
    """Return the records, field after field: that takes half as long as one after the other."""
    sentences: list[Sentence] = list(map(new_record, repeat(Sentence, len(at))))
    for put, values in zip(_SETTERS, (starts.tolist(), ends.tolist(), at, roles, assumed), strict=True):
        deque(map(put, sentences, values), maxlen=0)
    return sentences


def _answered(
    text: str, bounds: Sequence[tuple[int, int]], may: Numbers, sections: Sequence[Section], roles: Roles
) -> set[int]:
    """Return where the sentences begin that say the fault of a point before what was done about it (… 整改情况：…)."""
    found: set[int] = set()
    if "整改" not in text and "责任" not in text:
        return found
    heads = {section.start: section.marker for section in sections if section.marker}
    behind = -1  # the last answer
    for number in (may & ANSWERS).nonzero()[0].tolist():
        if roles.answer.match(text, bounds[number][0]) is None:
            continue
        faults: list[int] = []
        for begin, end in reversed(bounds[max(behind + 1, number - FAR_BACK) : number]):
            if _may_own(text[begin:end], roles) and not roles.no_fault.match(text, begin):
                faults.append(begin)
            if (marker := heads.get(begin)) and not goes_on(marker):
                found.update(faults)
                break
        behind = number
    return found


def _may_own(unit: str, roles: Roles) -> bool:
    """Tell a sentence with a hint of a lack and no word of its remedy."""
    return hints_at_lack(unit) and not roles.not_admitted.search(unit)


def _is_in_measures(sections: Sequence[Section], section: Section) -> bool:
    """Tell a section right below one whose heading tells of measures or deeds."""
    above = sections[section.parent or 0]
    return above.role in ("measures", "achievements") and not above.assumed


def _is_in_itself(section: Section) -> bool:
    """Tell an item that is plainly a lack (二是设施简陋) where no heading says that something else is told."""
    return (section.assumed or section.role == "background") and is_lack(section.heading)
