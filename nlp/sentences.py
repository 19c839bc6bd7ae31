"""The sentences of a report, each with its section and the role in which it speaks.

A sentence speaks in the role of its section unless something nearer says otherwise. In the order in which they count: a suggestion, the
label of a line, a lead-in; what proves a lack told before; a lack that the sentence itself owns (`nlp.admissions`); and at last
what shows that a passage of shortcomings has not begun or is over.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
from nlp.marks import BREAKS, enumerates, goes_on, line_end, sentence_bounds
from nlp.records import Section, Sentence, new_record, setters_of
from nlp.roles import MIXED, Roles, is_lack, is_lead_in, load_roles, opens_list, opens_search, tells_findings

FAR_BACK = 12  # sentences before an answer that may say what it answers

_set_start, _set_end, _set_section, _set_role, _set_assumed = setters_of(Sentence)


def find_sentences(text: str, sections: Sequence[Section]) -> list[Sentence]:
    """Return the sentences in order, each with its innermost section and the role in which it speaks."""
    bounds = list(sentence_bounds(text))
    roles = load_roles()
    reader = _Reader(text, sections, roles, _answered(text, bounds, sections, roles))
    return [reader.read(unit) for unit in _units(text, bounds, sections)]


@dataclass(slots=True)
class _Unit:
    """A sentence before its role is known."""

    start: int
    end: int
    text: str
    at: int  # index of its innermost section
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
        if role := self.roles.label_of(unit.text):
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
        if unit.section.role != "problems" and (tells_findings(unit.text) or is_lead_in(unit.text)):
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
    sections: Sequence[Section]
    roles: Roles
    answered: set[int]  # where sentences begin that an answer says the fault of
    label: _Label = field(init=False)
    lead_in: _LeadIn = field(init=False)
    suggested: int = -1  # end of the line in which suggestions stand
    proving: int = -1  # end of the paragraph whose first sentence admits lacks
    listed: int = -1  # end of a list in the line whose first member names what it lists
    sought: int = -1  # end of a list in the line of what is to be looked for
    before: str = ""  # the sentence before
    waiting: bool = False  # under a heading of two parts shortcomings have not begun
    planned: int = -1  # section in which a list of works that are planned has begun

    def __post_init__(self) -> None:
        self.label, self.lead_in = _Label(self.roles), _LeadIn(self.roles)

    def read(self, unit: _Unit) -> Sentence:
        """Return a sentence, those before it read."""
        self.label.follow(unit, self.text)
        self.lead_in.follow(unit, self.text)
        role = self._proof(unit, self._led(unit))
        if role != "problems":
            role = self._owned(unit, role)
        self.before = unit.text
        role = self._told(unit, role)
        role = self._after_first_part(unit, role)
        role = self._left(unit, role)
        told = role != unit.section.role or self.label.role or self.lead_in.role
        self.lead_in.close(unit, self.text)
        return _sentence(unit, role, assumed=unit.section.assumed and not told)

    def _led(self, unit: _Unit) -> str:
        """Return the role that suggestions, a list in the line, a label, a lead-in or the section give."""
        if unit.start > self.suggested and suggests(unit.text):
            self.suggested = line_end(self.text, unit.end)
        if unit.start <= self.suggested:
            return "measures"
        if unit.start > self.listed and opens_list(unit.text):
            self.listed = _list_end(self.text, unit.end)
        if unit.start <= self.listed:
            return "problems"
        if unit.start > self.sought and opens_search(unit.text):
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
            unit.text[-1] == "。"
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
        if unit.start in self.answered or (point and self._admits(unit, role)) or owns_lack(unit.text, self.roles):
            return "problems"
        if point and looks_into_faults(self.before, self.roles) and _may_own(unit.text, self.roles):
            self.lead_in.to_problems(unit, carried=False)
            return "problems"
        return role

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
        if role in ("plan", "measures") and tells_in_passing(unit.text, self.roles):
            return "problems"
        return "problems" if role != "problems" and is_stuck(unit.text, self.roles) else role

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


def _units(text: str, bounds: Sequence[tuple[int, int]], sections: Sequence[Section]) -> Iterator[_Unit]:
    """Yield the sentences with their innermost sections."""
    starts = [section.start for section in sections]
    outer = _outer_sections(sections)
    for start, end in bounds:
        at = max(0, bisect_right(starts, start) - 1)
        while sections[at].end <= start and sections[at].parent is not None:
            at = sections[at].parent or 0
        section = sections[at]
        yield _Unit(start, end, text[start:end], at, section, outer[at], section.start == start)


def _outer_sections(sections: Sequence[Section]) -> list[int]:
    """Return, for each section, the one above or before the enumeration (一是 …, 1、 …) that it belongs to, or its own index."""
    outer: list[int] = []
    for at, section in enumerate(sections):
        before = at - 1 if section.parent is None else section.parent
        outer.append(outer[before] if at and enumerates(section.marker) else at)
    return outer


def _sentence(unit: _Unit, role: str, *, assumed: bool) -> Sentence:
    sentence: Sentence = new_record(Sentence)
    _set_start(sentence, unit.start)
    _set_end(sentence, unit.end)
    _set_section(sentence, unit.at)
    _set_role(sentence, role)
    _set_assumed(sentence, assumed)
    return sentence


def _answered(text: str, bounds: Sequence[tuple[int, int]], sections: Sequence[Section], roles: Roles) -> set[int]:
    """Return where the sentences begin that say the fault of a point before what was done about it (… 整改情况：…)."""
    found: set[int] = set()
    if "整改" not in text and "责任" not in text:
        return found
    heads = {section.start: section.marker for section in sections if section.marker}
    behind = -1  # the last answer
    for number, (start, _) in enumerate(bounds):
        if roles.answer.match(text, start) is None:
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
