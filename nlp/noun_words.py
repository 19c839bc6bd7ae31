"""The words and marks by which `nlp.noun_behind` and `nlp.noun_before` cut out what a number counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nlp.word_lists import read_lists

REACH = 24  # characters looked at on either side
BREAKS = "，。；：！？、,;!?\n\r\t \u3000|\ufffd"
PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『", "‛": "‚", "》": "《", "〉": "〈", "）": "（", ")": "("}
EDGES = "“”‘’「」『』‚‛《》〈〉 \u3000·,，.:：0123456789%的和与及、"


def any_of(words: Iterable[str]) -> str:
    """Return the alternatives of a pattern, the longest first, each with what keeps it apart from other words."""
    return "|".join(word + NOT_WITHIN.get(word, "") for word in sorted(words, key=len, reverse=True))


WORDS = read_lists("counted")
NOT_WITHIN = {"共建": "(?![立成设有])", "价值": "(?<!经济价值)"}
DIGITS = frozenset("0123456789")
VERBS = any_of(WORDS["verbs"])
NOUNY = any_of(WORDS["deeds"])  # verbs that begin nouns, too: 培训班
ENDS_IN_DEED = re.compile(
    rf"(?:{VERBS}|{NOUNY}|[办建修设配装学拿领评组编印写作做种养住买卖送成通开积当交签挂涨用花换走跑打收发做入迁搬挤丢断停出解])\Z"
)
SHORTEST_NOUN = 2  # characters behind a verb that may be a part of a noun: not 栏 of 宣传栏
SCHOOLS = ("初中", "高中")
ASPECT = re.compile(r"了(?![解望])|[着过](?![望力重装眼程渡敏滤路冬])")
COMMAS = frozenset("，,")
