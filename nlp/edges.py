"""The head and the foot of a text: how far they reach, and the dates that stand there."""

from __future__ import annotations

HEAD = 600  # characters in which a report introduces itself
LONGEST_EDGE = 60
EDGE_LINES = 4  # lines at the head and foot of a text where a signature or a letterhead stands
YEAR = r"(?:19[5-9]\d|20[0-4]\d|[一二][九〇○零OoＯ0][〇○零OoＯ0一二三四五六七八九]{2})"
DAY = (
    rf"(?P<year>{YEAR})\s*(?:年|[-./])\s*(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*(?:月|[-./])"
    r"\s*(?:(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|二十|[一二三四五六七八九])\s*[日号]?)?"
)
