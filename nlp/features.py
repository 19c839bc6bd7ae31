"""What the problem classifier sees of a sentence: its characters and pairs of them, how it begins and ends, and where it stands.

Neither words nor patterns are needed for that (docs/problems.md tells what was compared), so many sentences are read in a few
passes over arrays. The wordings of leaves (`nlp/data/problems.toml`) are looked for only where a problem is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ingest.decode import without_surrogates
from nlp.lacks import load_lacks
from nlp.taxonomy import load_taxonomy

# Wordings of lack, and of what is only so far
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
# Characters and pairs that tell of a lack or of what is only so far: how many of them stand in a sentence is a feature of its own.
LACKS = (
    "不足|不够|不强|不高|不多|不深|不实|不广|不紧|不严|不细|不畅|不齐|不均|不平|不健|不完|不规|不到|不适|"
    "不理|不明|不突|不重|不愿|不会|不懂|不敢|不善|不熟|不稳|不新|不活|不大|不全|不清|不力|不及|不同|缺乏|"
    "缺少|欠缺|短缺|匮乏|紧缺|紧张|空白|滞后|落后|薄弱|偏低|偏少|偏大|偏高|偏弱|偏重|困难|难以|难于|难题|"
    "问题|差距|短板|瓶颈|制约|老化|少数|个别|有的|部分|一些|尚未|未能|没有|无法|无人|淡薄|单一|陈旧|简陋|"
    "流于|形式|敷衍|应付|推诿|拖沓|脱节|断层|青黄|流失|参差|失衡|矛盾|突出|有待|亟待|亟需|隐患|压力|影响|"
    "恐慌|尴尬|被动|松懈|涣散|空转|挂名|兼职|身兼|顾此|只有|仅有|拖欠|侵害|暴力|离婚|辍学|留守|空巢|仍|"
    "还|才|漏|坏"
)
MOST_LACKS = 6
ROLES = ("problems", "measures", "achievements", "plan", "background")
EDGES = 4  # how a sentence begins and ends: its first character and pair, its last ones
SIGNS = len(ROLES) * 5 + 4  # see `Reading.signs`
MARK = r"(?:[一二三四五六七八九十]{1,3}[、是要]|\d{1,2}[、.．]|[（(].{1,2}[）)]|第[一二三四五六七八九十][，、]|其[一二三四][，是]?|首先|其次|再次|最后)?"
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
# Characters by number: what no gram knows, what is left out, the line end between two sentences, and any run of digits
UNKNOWN, QUIET, LINE_END, NUMBER, FIRST = 0, 1, 2, 3, 4
QUIET_MARKS = "“”‘’《》（）()\t\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
PLANE = 0x10000  # characters beyond the first plane of Unicode are unknown
ENDS_CLAUSE = "，。；：、！？"
SHORTEST_CLAUSE = 4  # characters
TABLE_BITS, FACTOR, NO_PAIR = (
    18,
    2654435761,
    2**32 - 1,
)  # of the tables of pairs: their size, a multiplier, an empty place

Numbers = NDArray[np.int64]


def is_bare_heading(text: str) -> bool:
    """Tell a heading that only announces problems and names none."""
    return len(text) < 40 and text[-1:] in LAST_OF_BARE_HEADING and BARE_HEADING.match(text) is not None


def is_candidate(text: str, role: str) -> bool:
    """Tell whether a sentence can name a problem at all: it stands among problems, or a clear wording of lack is in it."""
    return role == "problems" or CLEAR_LACK.search(text) is not None


def cue_columns() -> tuple[int, int]:
    """Return how many columns of `Reading.cues` are those of leaves, and how many those of things and lacks."""
    return len(load_taxonomy().leaves), load_lacks().width


class Pairs:
    """The columns of pairs of characters, found by where their numbers lead in a table that is mostly empty.

    One table for each of some multipliers: a pair whose place is taken goes into the next table.
    """

    def __init__(self, first: NDArray[np.uint16], second: NDArray[np.uint16], column: int) -> None:
        codes = _pair_codes(first, second)
        values = np.arange(column, column + len(codes), dtype=np.int32)
        self.tables: list[tuple[np.uint32, NDArray[np.uint32], NDArray[np.int32]]] = []
        while len(codes):
            factor = np.uint32(FACTOR * (2 * len(self.tables) + 1) % 2**32)
            places = codes * factor >> np.uint32(32 - TABLE_BITS)
            firsts = np.unique(places, return_index=True)[1]
            table, held = np.full(1 << TABLE_BITS, NO_PAIR, dtype=np.uint32), np.zeros(1 << TABLE_BITS, dtype=np.int32)
            table[places[firsts]], held[places[firsts]] = codes[firsts], values[firsts]
            self.tables.append((factor, table, held))
            codes, values = np.delete(codes, firsts), np.delete(values, firsts)

    def of(self, first: NDArray[np.uint16], second: NDArray[np.uint16]) -> NDArray[np.int32]:
        """Return the column of each pair of characters, given by their numbers; UNKNOWN where there is none."""
        codes = _pair_codes(first, second)
        columns = np.zeros(len(codes), dtype=np.int32)
        for factor, table, held in self.tables:
            places = codes * factor >> np.uint32(32 - TABLE_BITS)
            columns += held[places] * (table[places] == codes)
        return columns


@dataclass(frozen=True, slots=True)
class Grams:
    """The columns of grams: of characters, whose column is their number, and of pairs after them."""

    names: tuple[str, ...]  # characters, then pairs
    numbers: NDArray[np.uint16] = field(init=False, repr=False, compare=False)  # of each character of the first plane
    pairs: Pairs = field(init=False, repr=False, compare=False)
    lacks: NDArray[np.int8] = field(init=False, repr=False, compare=False)
    stops: NDArray[np.bool_] = field(init=False, repr=False, compare=False)  # characters that end a clause, by number

    def __post_init__(self) -> None:
        numbers = np.zeros(PLANE, dtype=np.uint16)
        known = [name for name in self.names if len(name) == 1]
        numbers[[ord(name) for name in known]] = np.arange(FIRST, FIRST + len(known))
        numbers[[ord(mark) for mark in QUIET_MARKS]] = QUIET
        numbers[ord("\n")] = LINE_END
        numbers[ord("0") : ord("9") + 1] = NUMBER
        coded = numbers[np.frombuffer("".join(self.names[len(known) :]).encode("utf-32-le"), dtype=np.uint32)]
        stops = np.zeros(FIRST + len(known), dtype=bool)
        stops[numbers[[ord(mark) for mark in ENDS_CLAUSE + "\n"]]] = True
        stops[UNKNOWN] = False
        lacks = set(LACKS.split("|"))
        values = {
            "numbers": numbers,
            "pairs": Pairs(coded[::2], coded[1::2], FIRST + len(known)),
            "lacks": np.array([0] * FIRST + [name in lacks for name in self.names], dtype=np.int8),
            "stops": stops,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return FIRST + len(self.names)


class Reading:
    """Sentences as the models see them, all in one go: of each character its column and that of the pair it opens.

    A line end stands behind each sentence; quotation marks and blanks are left out, a run of digits is one.
    """

    def __init__(self, texts: Sequence[str], roles: Sequence[str], grams: Grams) -> None:
        lines = "\n".join(texts)
        if lines.count("\n") >= len(texts):
            texts = [text.replace("\n", " ") for text in texts]
            lines = "\n".join(texts)
        self.texts, self.grams = texts, grams
        numbers = grams.numbers[_codes(lines + "\n")]
        kept = numbers != QUIET
        kept[1:] &= (numbers[1:] != NUMBER) | (numbers[:-1] != NUMBER)
        numbers = numbers[kept]
        self.columns = np.empty((len(numbers), 2), dtype=np.int64)
        self.columns[:, 0] = numbers
        self.columns[:-1, 1] = grams.pairs.of(numbers[:-1], numbers[1:])
        self.columns[-1, 1] = UNKNOWN
        self.ends = np.flatnonzero(numbers == LINE_END)
        self.starts = np.append(0, self.ends[:-1] + 1)
        self.signs = self._signs([ROLES.index(role) for role in roles])

    def __len__(self) -> int:
        return len(self.texts)

    def edges(self) -> list[Numbers]:
        """Return the columns of the grams with which each sentence begins and ends; see EDGES."""
        last = self.ends - 1
        last = np.maximum(last - self.grams.stops[self.columns[last, 0]], self.starts)
        before = np.maximum(last - 1, self.starts)
        at = ((self.starts, 0), (self.starts, 1), (last, 0), (before, 1))
        return [self.columns[place, kind] for place, kind in at]

    def part(self, rows: Sequence[int]) -> Reading:
        """Return some of the sentences, in their order."""
        part = object.__new__(Reading)
        chosen = np.zeros(len(self), dtype=bool)
        chosen[rows] = True
        lengths = self.ends - self.starts + 1
        part.texts, part.grams, part.signs = [self.texts[row] for row in rows], self.grams, self.signs[chosen]
        part.columns = self.columns[np.repeat(chosen, lengths)]
        part.ends = np.cumsum(lengths[chosen]) - 1
        part.starts = np.append(0, part.ends[:-1] + 1)
        return part

    def clauses(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return of the clauses of sentences with several: their sentence, their place among all clauses, and their borders.

        Borders are where one begins and where it ends, one after the other.
        """
        ends = np.flatnonzero(self.grams.stops[self.columns[:, 0]])
        starts = np.append(0, ends[:-1] + 1)
        owners = np.searchsorted(self.ends, ends)
        long = ends - starts >= SHORTEST_CLAUSE
        kept = np.flatnonzero(long & (np.bincount(owners[long], minlength=len(self)) > 1)[owners])
        return owners[kept], kept, np.stack([starts[kept], ends[kept]], axis=1).ravel()

    def cues(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return where wordings of leaves stand, and things and lacks: each one's sentence, its clause (as in `clauses`), its column.

        The columns are those of the leaves and, behind them, those of `nlp.lacks`; see `cue_columns`.
        """
        text = "。".join(self.texts)  # beyond which no cue reaches
        found = [[match.start() for match in leaf.cues.finditer(text)] for leaf in load_taxonomy().leaves]
        places = np.fromiter(chain.from_iterable(found), dtype=np.int64)
        leaves: Numbers = np.repeat(np.arange(len(found)), [len(one) for one in found])
        sentences: Numbers = np.repeat(np.arange(len(self)), [len(one) + 1 for one in self.texts])
        clauses: Numbers = np.cumsum(self.grams.stops[self.grams.numbers[_codes(text)]], dtype=np.int64)
        more, columns = load_lacks().columns(without_surrogates(text), sentences, clauses)
        places, columns = np.append(places, more), np.append(leaves, len(found) + columns)
        return sentences[places], clauses[places], columns

    def _signs(self, roles: Sequence[int]) -> NDArray[np.float32]:
        """Return the role of each sentence, the role with how much of a lack is told, that alone, and the length (n × SIGNS)."""
        lacks = np.add.reduceat(self.grams.lacks[self.columns.ravel()], 2 * self.starts, dtype=np.int64)
        lengths = self.ends - self.starts
        signs = np.zeros((len(self), SIGNS), dtype=np.float32)
        rows, at = np.arange(len(self)), np.array(roles)
        signs[rows, at] = 1
        signs[rows, len(ROLES) + at * 4 + np.minimum(lacks, 3)] = 1
        signs[:, -4] = np.minimum(lacks, MOST_LACKS) / 3
        signs[:, -3] = lacks == 0
        signs[:, -2] = np.minimum(lengths, 100) / 100
        signs[:, -1] = lengths < 12
        return signs


def _pair_codes(first: NDArray[np.uint16], second: NDArray[np.uint16]) -> NDArray[np.uint32]:
    return first.astype(np.uint32) << np.uint32(16) | second


def _codes(text: str) -> NDArray[np.uint32]:
    """Return the characters of a text as numbers; those beyond the first plane as one that nothing knows."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(codes, PLANE - 1)
