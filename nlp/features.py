"""What the problem classifier sees of a sentence: its characters and words, its cues, and where it stands.

Grams are characters, pairs of them, and jieba's words (triples and pairs of words added nothing to the leaves of sentences by
other hands; see docs/problems.md); cues count wordings of lack, of intent and of achievement, and tell which leaves' wordings stand in it; context is the role
of the section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from operator import add

import numpy as np
from numpy.typing import NDArray

from nlp.segment import cut
from nlp.taxonomy import load_taxonomy

DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
QUIET = re.compile(r"[“”‘’《》（）()\s]")
QUIET_IN_LINES = re.compile(  # the same without the line end
    r"[“”‘’《》（）()\t\x0b\x0c\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
LACK = re.compile(
    "不足|不够|不强|不高|不多|不深|不实|不广|不紧|不严|不细|不畅|不齐|不均|不平衡|不健全|不完善|不规范|不到位|不适应|不理想|不明显|不突出|不重视|"
    "不愿|不会|不懂|不敢|不善|不熟|不稳|不新|不活|不大|不全|不清|不力|不及|不同程度|缺乏|缺少|欠缺|欠|短缺|匮乏|紧缺|紧张|空白|滞后|落后|薄弱|偏低|偏少|偏大|偏高|"
    "偏弱|偏重|困难|难以|难于|难题|很难|较难|难度|难|问题|差距|短板|瓶颈|制约|老化|老龄化|弱|少数|个别|有的|部分|一些|尚未|未能|没有|没|无法|无人|仍|还|缺|"
    "差|低|少|慢|淡薄|单一|陈旧|简陋|流于|形式|敷衍|应付|推诿|拖沓|脱节|断层|青黄不接|流失|参差不齐|失衡|矛盾|突出|有待|亟待|亟需|隐患|压力|影响|恐慌|尴尬|"
    "被动|松懈|涣散|空转|挂名|兼职|身兼|顾此失彼|只有|仅有|仅|才|老|旧|漏|坏|拖欠|侵害|家庭暴力|离婚|辍学|留守|空巢"
)
# Wordings without which a sentence outside problem passages names none: three sentences in four are passed over by them.
CLEAR_LACK = re.compile(
    "不相适应|参差不齐|家庭暴力|青黄不接|顾此失彼|不健全|不到位|不完善|不平衡|不明显|不理想|不突出|不规范|不适应|不重视|老龄化|"
    "下降|不严|不会|不全|不到|不力|不及|不善|不均|不多|不够|不大|不实|不少|不广|不强|不愿|不懂|不敢|不新|不活|不深|不清|"
    "不熟|不畅|不稳|不紧|不细|不能|不足|不高|不齐|严峻|严重|亟待|亟需|侵害|偏低|偏大|偏少|偏弱|偏早|偏高|冲击|制约|匮乏|"
    "单一|危害|危机|困难|失衡|尚未|尴尬|差距|应付|弱势|很难|恐慌|拖欠|拖沓|损害|推诿|敷衍|断层|无人|无法|有待|未能|松懈|"
    "欠缺|没有|流于|流失|涣散|淡薄|滞后|瓶颈|留守|矛盾|短板|短缺|离婚|空巢|空白|空转|简陋|紧张|紧缺|缺乏|缺少|老化|脱节|"
    "落后|薄弱|衰退|负担|身兼|较难|辍学|问题|陈旧|隐患|难于|难以|难度|难题|风险|仅|弱|缺|难"
)
GOAL = re.compile(
    "要|将|着力|切实|努力|加强|提高|推进|深化|完善|健全|建立|确保|力争|争取|坚持|围绕|进一步|积极|大力|解决|克服|防止|避免|改变|破解|杜绝|消除"
)
DONE = re.compile("取得|完成|举办|开展了|荣获|召开|共|累计|先后|实现|达到|受到|得到|圆满|有效|明显|显著|成功")
NEGATED_LACK = re.compile(
    "不(?:存在|再|走过场|搞|留|图|怕)|没有(?:出现|发生|一)|未(?:发生|出现)|克服|战胜|解决了|扭转了|改变了|消除了|告别|摆脱"
)
MARK = r"(?:[一二三四五六七八九十]{1,3}[、是要]|\d{1,2}[、.．]|[（(].{1,2}[）)]|第[一二三四五六七八九十][，、]|其[一二三四][，是]?|首先|其次|再次|最后)?"
OPENS_WITH_GOAL = re.compile(
    MARK
    + "(?:要|加强|进一步|切实|着力|深化|推进|坚持|加大|强化|完善|建立|抓好|做好|积极|努力|大力|提高|开展|组织|围绕|深入|认真|充分|继续|不断|全面|严格|确保|争取|力争|突出|发挥|健全|落实|以)"
)
ENDS_IN_LACK = re.compile(
    r"(?:不足|不够|不强|不高|不多|不深|不实|不大|不到位|不健全|不平衡|困难|问题|差距|现象|薄弱|滞后|制约|缺乏|欠缺|偏低|偏大|偏少|老化|难|低|少|弱|差)[^，。；]{0,6}[。；]?$"
)
# A heading that only announces problems names none: 三、存在的问题和不足
GENERIC = "(?:当前|目前|现阶段|主要|存在|面临|遇到|工作|中|的|几个|几点|一些|突出|仍|还|有|方面|自身|我们|本|单位|及其?|原因|客观|具体|表现|查摆|查找|出|不容忽视|需要解决|亟待解决|以下|如下)*"
NOUN = "(?:问题|不足(?:之处)?|困难|差距|短板|原因|薄弱环节|弱项|困境)"
LAST_OF_BARE_HEADING = frozenset("题足处难距板因节项境划算施议策析路况：。\n")
BARE_HEADING = re.compile(
    MARK
    + GENERIC
    + NOUN
    + rf"(?:(?:和|与|及|以及|、){GENERIC}(?:{NOUN}|[^，。；：]{{0,8}}(?:计划|打算|措施|建议|对策|分析|思路|情况)))*[：。]?$"
)


def is_bare_heading(text: str) -> bool:
    """Tell a heading that only announces problems and names none."""
    return len(text) < 40 and text[-1:] in LAST_OF_BARE_HEADING and BARE_HEADING.match(text) is not None


def is_candidate(text: str, role: str) -> bool:
    """Tell whether a sentence can name a problem at all: it stands among problems, or a clear wording of lack is in it."""
    return role == "problems" or CLEAR_LACK.search(text) is not None


def grams(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the characters, their pairs and the words of each sentence, numbers made one and quotation marks left out."""
    plain = [quieten(text) for text in texts]
    words = iter(cut("\n".join(plain)))  # a line end stands in no word and no sentence: cut once for all of them
    for sentence in plain:
        pairs = list(map(add, sentence, sentence[1:]))
        yield [*sentence, *pairs] + ["w:" + word for word in iter(lambda: next(words, "\n"), "\n")]


def quieten(text: str) -> str:
    """Return a sentence without blanks, line ends and quotation marks, all numbers made one."""
    return DIGITS.sub("0", QUIET.sub("", text))


def quieten_lines(text: str) -> str:
    """Return sentences, one a line, as `quieten` makes each."""
    return DIGITS.sub("0", QUIET_IN_LINES.sub("", text))


def context(text: str, role: str) -> Iterator[tuple[str, float]]:
    """Yield (name, value) of the cues in a sentence and of where it stands; values lie between 0 and 2."""
    lack = min(len(LACK.findall(text)), 6)
    yield "lack", lack / 3
    yield "no lack", float(lack == 0)
    yield "goal", min(len(GOAL.findall(text)), 5) / 3
    yield "done", min(len(DONE.findall(text)), 4) / 3
    yield "negated lack", float(NEGATED_LACK.search(text) is not None)
    yield "opens with goal", float(OPENS_WITH_GOAL.match(text) is not None)
    yield "ends in lack", float(ENDS_IN_LACK.search(text) is not None)
    yield "bare heading", float(is_bare_heading(text))
    yield "short", float(len(text) < 12)
    yield "length", min(len(text), 100) / 100
    yield f"role {role}", 1.0
    yield f"role {role}, lack {min(lack, 3)}", 1.0
    for leaf in load_taxonomy().leaves:
        if leaf.cues.search(text):
            yield f"cue {leaf.id}", 1.0


COUNTED = (LACK, GOAL, DONE, NEGATED_LACK)
MOST = np.array([6, 5, 4, 1])
SHARE = np.array([3, 3, 3, 1])
STANDING = (
    "lack",
    "no lack",
    "goal",
    "done",
    "negated lack",
    "opens with goal",
    "ends in lack",
    "bare heading",
    "short",
    "length",
)


class Cues:
    """Where the cues of many sentences stand, found in one pass over all of them: for the sentences and for their clauses.

    `text` holds the sentences one a line. No wording of lack, goal and the like holds a comma or a line end, and no cue looks
    beyond what it matches: so each is in a clause if it begins there and, for those of leaves, the clause alone has it too.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.leaves = [leaf.cues for leaf in load_taxonomy().leaves]
        found = [[match.span() for match in pattern.finditer(text)] for pattern in COUNTED]
        found += [[match.span(1) for match in pattern.finditer(text)] for pattern in self.leaves]
        spans = np.array(list(chain.from_iterable(found)), dtype=np.int64).reshape(-1, 2)
        self.places, self.ends = spans[:, 0], spans[:, 1]
        self.kinds = np.repeat(np.arange(len(found)), [len(one) for one in found])

    def context(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64], roles: Sequence[str], known: dict[str, int]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Return rows, columns and values of what `context` tells of stretches; `known` are the columns by name."""
        texts = [self.text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        of = np.searchsorted(starts, self.places, side="right") - 1
        inside = (of >= 0) & (self.places < np.append(ends, 0)[of])
        kinds = len(COUNTED) + len(self.leaves)
        cells = of * kinds + self.kinds
        whole = inside & (self.ends <= np.append(ends, 0)[of])
        counts = np.bincount(cells[whole], minlength=len(texts) * kinds)
        for cell in set(cells[inside & ~whole].tolist()):  # it goes on behind the stretch: a shorter one may be within
            if not counts[cell] and self.leaves[cell % kinds - len(COUNTED)].search(texts[cell // kinds]):
                counts[cell] = 1
        counts = counts.reshape(-1, kinds)
        counted = np.minimum(counts[:, : len(COUNTED)], MOST)
        lacks = counted[:, 0]
        lengths = ends - starts
        first_leaf = len(STANDING) + 2
        values = np.ones((len(texts), first_leaf + len(self.leaves)))
        values[:, [0, 2, 3, 4]] = counted / SHARE
        values[:, 1] = lacks == 0
        values[:, 5] = [OPENS_WITH_GOAL.match(text) is not None for text in texts]
        values[:, 6] = [ENDS_IN_LACK.search(text) is not None for text in texts]
        values[:, 7] = [is_bare_heading(text) for text in texts]
        values[:, 8] = lengths < 12
        values[:, 9] = np.minimum(lengths, 100) / 100
        values[:, first_leaf:] = counts[:, len(COUNTED) :] > 0
        columns = np.empty(values.shape, dtype=np.int64)
        columns[:] = [known.get(name, -1) for name in _names()]
        columns[:, first_leaf - 2] = [known.get(f"role {role}", -1) for role in roles]
        columns[:, first_leaf - 1] = [
            known.get(f"role {role}, lack {min(lack, 3)}", -1) for role, lack in zip(roles, lacks.tolist(), strict=True)
        ]
        rows, places = np.nonzero((values != 0) & (columns >= 0))
        return rows, columns[rows, places], values[rows, places]


@cache
def _names() -> tuple[str, ...]:
    """Return the names of what `context` tells, in its order; two that name a role are put in by the sentence."""
    return (*STANDING, "", "", *(f"cue {leaf.id}" for leaf in load_taxonomy().leaves))
