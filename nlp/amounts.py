"""What a number in its sentence is an amount of: what was done, how much there is at a time, a running total, one side of a change, a limit.

A sum may add what was done; it must not add the others (`index.sums`). Asked of the few numbers of a question and not of every number
read, so nothing of it is stored. Source of the words: the language of reports (unverified where no other is named).
"""

from __future__ import annotations

import re

GAUGES = frozenset(("growth", "average", "price", "rate"))  # measures that are no amount of their thing

_UPPER = "以下|以内|之内|以里"
_ENDS_AS_LIMIT = re.compile(rf"(?:{_UPPER})$")
_FOLLOWED_BY_LIMIT = re.compile(rf"(?:{_UPPER})|及?以上(?=[\w“])")
_FOLLOWED_BY_NOUN = re.compile(r"[\w“]")
_PRECEDED = re.compile(
    r"(?:不超过|不高于|不多于|低于|控制在|最多|至多"
    r"|每[^，。；、,;：:！？]{0,8}|(?:人均|户均|村均|平均|年均|月均|日均)[^，。；、,;：:！？]{0,8})$"
)

#: What a number is of that tells how much there is at one time, and none of which may be added to what was done in a year.
_STOCK = re.compile("余额|存量|总量|结余|保有量|储量|库存|存栏|总资产|资产总额|净资产|总人口|常住人口|户籍人口|总规模")
#: Before a number: how far something has come, 由3户发展到12户; a running total, if another one of the same thing is told elsewhere.
_LEVEL = re.compile(
    r"(?:(?:增加|增长|上升|提高|扩大|发展|壮大|拓展|扩展|升|增|减少|下降|降低|压缩|缩小|降|减|稳定|保持|维持)(?:到了?|至|为|在)|(?P<reached>达到了?))"
    r"(?:(?:19|20)\d\d年[末底初]?的|目前的|现在的|如今的|上?[近约])?$"
)
_OF_A_YEAR = re.compile("全年|今年|去年|新增|本年|年内|当年|一年|完成|[上下]半年|季度")
_RUNNING = re.compile(
    r"(?:累计|历年|总共|(?:截至|截止|至今|目前|以来)[^，。；、]{0,8}[，,]?(?:共|已))[^，。；、0-9]{0,12}$"
)
_SINCE = re.compile(r"(?:截至|截止|历年|至今|以来|目前为止)[^。；]{0,40}$")
_LONGEST_CHANGE = 30  # characters between the two numbers of a change
_FROM = re.compile(r"(?:(?<![服听顺跟])从(?![事业])|(?<![自理缘事])由(?![于衷]))[^，。；！？]{0,24}$")
_TO = re.compile(
    r"[^，。；！？\d]{0,6}?(?:增|提高|扩大|发展|壮大|上升|升|下降|减少|降|减|缩|压|回落|调整|变|改)[^，。；！？\d]{0,8}?[到至为](?P<then>[^，。；！？]{0,14}?)$"
)
_CLAUSE_MARKS = re.compile("[，。；：,;]")


def tells_stock(before: str, of: str, dimension: str) -> bool:
    """Return whether a number tells how much there is at a time, by what it is of and the words before it in its sentence.

    贷款余额3亿元, 会员达到260人, 由3户发展到12户; not 全年达到300人次, which was done. `dimension` is that of its unit.
    """
    if _STOCK.search(of):
        return True
    if level := _LEVEL.search(before):
        clause = _CLAUSE_MARKS.split(before)[-1]
        return not (level["reached"] and (dimension == "attendances" or _OF_A_YEAR.search(clause)))
    return False


def tells_running_total(before: str, *, done: bool) -> bool:
    """Return whether the words before a number make it a total of all that was done by then: 累计发放, 截至目前已建成.

    `done` says that the number tells of what was done; then a date or 以来 anywhere before it in the sentence is enough.
    """
    return _RUNNING.search(before) is not None or (done and _SINCE.search(before) is not None)


def are_change(before: str, between: str) -> bool:
    """Return whether two numbers are the sides of a change (从3户增加到12户), by the words before the first and between both."""
    return len(between) <= _LONGEST_CHANGE and bool(_FROM.search(before) and _TO.fullmatch(between))


def tells_limit(before: str, number: str, after: str) -> bool:
    """Return whether a number as written states a limit or a rate and no amount: 50人以下, 200亩以上大户, 每村3本, 不超过5个."""
    if _ENDS_AS_LIMIT.search(number) or _FOLLOWED_BY_LIMIT.match(after):
        return True
    if number.endswith("以上") and _FOLLOWED_BY_NOUN.match(after):
        return True
    return _PRECEDED.search(before) is not None or number.startswith(("不超过", "不高于", "低于", "最多", "至多", "每"))
