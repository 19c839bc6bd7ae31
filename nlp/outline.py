"""The outline of a report: its sections with their roles.

The nesting is taken from the order in which the kinds of mark (`nlp.marks`) turn up in the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.marks import LEVEL, Start, find_starts, place_of
from nlp.records import Section
from nlp.roles import (
    DEFAULT_ROLE,
    LONGEST_ANNOUNCEMENT,
    MIXED,
    asks_to_search,
    is_aim,
    is_behind_lead_in,
    is_lack,
    load_roles,
    turns_to_shortcomings,
)

YEAR_OF_WORK = re.compile(
    r"(?:(?:19|20)\d\d|今|本)年(?:度)?的?(?:[市县区乡镇省]?政府|经济社会发展)?(?:主要|重点|总体)?(?:工作|任务)(?:总体)?(?:部署|安排|建议|要求|任务)?[？。]?$"
)
LOOKS_BACK = re.compile(r"(?:(?:19|20)\d\d|去|过去[一五])年.{0,10}回顾|关于过去.{1,3}年")


def find_sections(text: str, *, doc_type: str, headings: Sequence[tuple[int, int]] = ()) -> list[Section]:
    """Return the sections in order of their start; the first one, of level 0, is what precedes any mark.

    A section reaches to the next one of its level or above, so that sections nest. Its role is what its heading says, else
    what its row is (one behind a lead-in, or with a heading that is plainly a lack), else its parent's, else the usual one of
    the kind of document. `headings` are lines that the file's styles call so: (where the line begins, level from 1); those
    without a mark open sections too.
    """
    starts = find_starts(text, headings)
    default = DEFAULT_ROLE.get(doc_type, "background")
    parents, levels, ends = _nest(starts, len(text))
    told = _within(starts, parents, _years_ahead(starts, parents, _told(text, starts, default)))
    of_rows = _roles_of_rows(text, starts, parents, told)
    first = starts[0].at if starts else len(text)
    sections = [
        Section(
            start=0, end=first, level=0, marker="", heading="", heading_end=0, role=default, parent=None, assumed=True
        )
    ]
    for number, start in enumerate(starts):
        parent, role = parents[number], told[number]
        above = sections[0 if parent is None else parent]
        if role is None and (above.assumed or above.role in ("background", "problems")):
            role = of_rows.get(number)
        sections.append(
            Section(
                start=start.at,
                end=ends[number],
                level=levels[number],
                marker=start.marker,
                heading=start.heading,
                heading_end=start.heading_end,
                role=role or above.role,
                parent=parent,
                assumed=role is None and above.assumed,
            )
        )
    return sections


def _told(text: str, starts: Sequence[Start], default: str) -> list[str | None]:
    """Return the roles that headings announce; of one of two parts (成效与不足) the first, where it turns to the second later on.

    One that problems are to be looked for (查找问题) announces none, but a plan, where what is below it asks.
    """
    told = [_announced(start, default) for start in starts]
    enquires = load_roles().enquires
    for number, start in enumerate(starts):
        if told[number] != "problems":
            continue
        behind = start.heading_end, _next_start(starts, number, start.rank, len(text))
        if mixed := MIXED.search(start.heading):
            if turns_to_shortcomings(text, *behind):
                told[number] = mixed.lastgroup
        elif enquires.search(start.heading) and asks_to_search(text, *behind):
            told[number] = "plan"
    return told


def _announced(start: Start, default: str) -> str | None:
    """Return the role that a heading announces. Items and long sentences announce none, small numbers only two roles."""
    if start.kind in ("item", "word") or len(start.heading) > LONGEST_ANNOUNCEMENT:
        return None
    roles = load_roles()
    role = roles.of(start.heading)
    if role == "problems" and roles.works_on.match(start.heading):
        return None  # 抓好薄弱村组建设
    if role in ("plan", "background") and is_lack(start.heading):
        return None  # 任务推进不平衡
    if start.rank >= LEVEL["ordinal"] and role not in ("problems", "measures"):
        return None
    return (
        None if default == "plan" and role == "achievements" and not roles.looked_back.search(start.heading) else role
    )


def _next_start(starts: Sequence[Start], number: int, rank: float, end: int) -> int:
    """Return where the section of a start ends: at the next mark of its rank or above, else at the end."""
    return next((starts[at].at for at in range(number + 1, len(starts)) if starts[at].rank <= rank), end)


def _years_ahead(
    starts: Sequence[Start], parents: Sequence[int | None], told: Sequence[str | None]
) -> list[str | None]:
    """Return the roles told, and plan for the work of a year (三、2011年的工作) behind a heading that tells of what was done.

    What stands behind such a plan in the same row goes on with it; behind another one (明年打算) what opens with an aim does.
    """
    found = list(told)
    done: set[int | None] = set()
    ahead: dict[tuple[int | None, float], str] = {}
    for number, start in enumerate(starts):
        if not start.opens_line or start.rank >= LEVEL["item"]:
            continue
        above, row = parents[number], (parents[number], start.rank)
        of_year = above in done and YEAR_OF_WORK.match(start.heading) is not None
        if told[number] is None:
            behind = ahead.get(row)
            if of_year or (behind and (behind == "year" or is_aim(start.heading)) and not is_lack(start.heading)):
                found[number] = "plan"
        if found[number] == "achievements" or LOOKS_BACK.match(start.heading):
            done.add(above)
            ahead.pop(row, None)
        elif of_year:
            ahead[row] = "year"
        elif told[number] == "plan" and load_roles().ahead.search(start.heading):
            ahead.setdefault(row, "aims")
    return found


def _within(starts: Sequence[Start], parents: Sequence[int | None], told: Sequence[str | None]) -> list[str | None]:
    """Return the roles told, without those that only name a deed among plans (完成换届) or an aim among deeds (聚焦目标任务).

    Such a heading has its part's role, unless it plainly turns the other way: 上半年工作情况, 下一步打算.
    """
    found: list[str | None] = []
    roles = load_roles()
    around: list[str | None] = [None]  # the role told of each section or of what it is a part of
    for start, parent, role in zip(starts, parents, told, strict=True):
        above = around[parent or 0]
        deed = above == "plan" and role == "achievements" and not roles.deeds_in_plans.search(start.heading)
        aim = above == "achievements" and role == "plan" and not roles.plans_in_deeds.search(start.heading)
        found.append(None if deed or aim else role)
        around.append(found[-1] or above)
    return found


def _nest(starts: Sequence[Start], end: int) -> tuple[list[int | None], list[int], list[int]]:
    """Return, for each start, the index of its section's parent (the first start's section is 1), its level and its end."""
    parents: list[int | None] = []
    levels: list[int] = []
    ends = [end] * len(starts)
    stack: list[tuple[float, int, bool]] = []  # (rank of the mark, number of the start, does it stand inside a line)
    for number, start in enumerate(starts):
        while stack and (stack[-1][0] >= start.rank or (start.opens_line and stack[-1][2])):
            ends[stack.pop()[1]] = start.at
        parents.append(stack[-1][1] + 1 if stack else None)
        levels.append(len(stack) + 1)
        stack.append((start.rank, number, not start.opens_line))
    return parents, levels, ends


def _roles_of_rows(
    text: str, starts: Sequence[Start], parents: Sequence[int | None], told: Sequence[str | None]
) -> dict[int, str]:
    """Return {number of a start: problems} for the rows of headings that tell problems, as long as none announces another role.

    Such a row stands behind a lead-in (… 存在以下问题：), or has a heading that is plainly a lack (培训条件有待提高): then those
    before and behind it in its row are lacks too, but for those that open with an aim.
    """
    rows: dict[tuple[int | None, float], list[int]] = {}
    found: dict[int, str] = {}

    def close(row: Sequence[int]) -> None:
        if any(is_lack(starts[number].heading) for number in row if told[number] is None):
            mates = (number for number in row if told[number] is None and not is_aim(starts[number].heading))
            found.update(dict.fromkeys(mates, "problems"))

    for number, start in enumerate(starts):
        if not start.opens_line or start.rank >= LEVEL["item"]:
            continue
        key = (parents[number], start.rank)
        row = rows.get(key, [])
        if row and (told[number] or place_of(start.marker) <= place_of(starts[row[-1]].marker)):
            close(rows.pop(key))
            row = []
        if told[number]:
            continue
        if row[-1] in found if row else not is_aim(start.heading) and is_behind_lead_in(text, start.at):
            found[number] = "problems"
        rows.setdefault(key, []).append(number)
    for row in rows.values():
        close(row)
    return found
