"""What the problem classifier sees of a sentence: its characters and pairs of them, how it begins and ends, and where it stands.

Neither words nor patterns are needed for that (docs/problems.md tells what was compared), so many sentences are read in a few
passes over arrays. The wordings of leaves (`nlp/data/problems.toml`) are looked for only where a problem is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.decode import without_surrogates
from nlp.lacks import load_lacks
from nlp.taxonomy import load_cues, load_taxonomy

# Wordings of lack, and of what is only so far
LACK = re.compile(
    "不足|不够|不强|不高|不多|不深|不实|不广|不紧|不严|不细|不畅|不齐|不均|不平衡|不健全|不完善|不规范|不到位|不适应|不理想|不明显|不突出|不重视|"
    "不愿|不会|不懂|不敢|不善|不熟|不稳|不新|不活|不大|不全|不清|不力|不及|不同程度|缺乏|缺少|欠缺|欠|短缺|匮乏|紧缺|紧张|空白|滞后|落后|薄弱|偏低|偏少|偏大|偏高|"
    "偏弱|偏重|困难|难以|难于|难题|很难|较难|难度|难|问题|差距|短板|瓶颈|制约|老化|老龄化|弱|少数|个别|有的|部分|一些|尚未|未能|没有|没|无法|无人|仍|还|缺|"
    "差|低|少|慢|淡薄|单一|陈旧|简陋|流于|形式|敷衍|应付|推诿|拖沓|脱节|断层|青黄不接|流失|参差不齐|失衡|矛盾|突出|有待|亟待|亟需|隐患|压力|影响|恐慌|尴尬|"
    "被动|松懈|涣散|空转|挂名|兼职|身兼|顾此失彼|只有|仅有|仅|才|老|旧|漏|坏|拖欠|侵害|家庭暴力|离婚|辍学|留守|空巢"
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
MOST_LACKS, LONGEST = 6, 100  # more lacks and longer sentences count as so many and as so long
ROLES = ("problems", "measures", "achievements", "plan", "background")
FIRST_OF_ROLE = {
    role: place * (MOST_LACKS + 1) for place, role in enumerate(ROLES)
}  # its first kind; see `Reading.signs`
EDGES = 4  # how a sentence begins and ends: its first character and pair, its last ones
SIGNS = len(ROLES) * 5 + 4  # see `Reading.signs`
MARK = r"(?:[一二三四五六七八九十]{1,3}[、是要]|\d{1,2}[、.．]|[（(].{1,2}[）)]|第[一二三四五六七八九十][，、]|其[一二三四][，是]?|首先|其次|再次|最后)?"
# A heading that only announces problems names none: 三、存在的问题和不足
GENERIC = "(?:当前|目前|现阶段|主要|存在|面临|遇到|工作|中|的|几个|几点|一些|突出|仍|还|有|方面|自身|我们|本|单位|及其?|原因|客观|具体|表现|查摆|查找|出|不容忽视|需要解决|亟待解决|以下|如下)*"
NOUN = "(?:问题|不足(?:之处)?|困难|差距|短板|原因|薄弱环节|弱项|困境)"
# What a list puts before its item says nothing of the item: 问题3：, （二）, 4、
LABEL = re.compile(
    r"^(?:(?:问题|不足|短板|差距)之?[一二三四五六七八九十\d]{1,3}[：:、.．,，]?|[一二三四五六七八九十\d]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)])(?=.)"
)
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
# What is left out of a line: quiet marks, and of digits in a row all but the first
LEFT_OUT = re.compile(f"[{QUIET_MARKS}0-9](?:(?<=[{QUIET_MARKS}])|(?<=[0-9][0-9]))")
PLANE = 0x10000  # characters beyond the first plane of Unicode are unknown
ENDS_CLAUSE = "，。；：、！？"
SHORTEST_CLAUSE, SHORT_CLAUSE = 4, 10  # characters

Numbers = NDArray[np.int64]


def is_bare_heading(text: str) -> bool:
    """Tell a heading that only announces problems and names none."""
    return len(text) < 40 and text[-1:] in LAST_OF_BARE_HEADING and BARE_HEADING.match(text) is not None


def cue_columns() -> tuple[int, int]:
    """Return how many columns of `Reading.cues` are those of leaves, and how many those of things and lacks."""
    return len(load_taxonomy().leaves), load_lacks().width


class Pairs:
    """The columns of pairs of characters, in one table: where the entries of the first character begin, and the second from there.

    The entries of different characters are pushed into each other, and an entry tells whose it is.
    """

    def __init__(self, first: Numbers, second: Numbers, column: int) -> None:
        entries: dict[int, list[int]] = {}
        for one, other in zip(first.tolist(), second.tolist(), strict=True):
            entries.setdefault(one, []).append(other)
        self.begins = np.zeros(column, dtype=np.int64)  # of each character; behind their columns those of pairs begin
        taken = 0  # which places are, as the bits of a number
        low, width = 0, 4 * column  # where room is looked for at a time
        mask = (1 << width) - 1
        for one, others in sorted(entries.items(), key=lambda entry: -len(entry[1])):
            bits, most = sum(1 << other for other in others), max(others)
            while True:
                window, clashes = taken >> low & mask, 0
                for other in others:
                    clashes |= window >> other
                room = (~clashes & (clashes + 1)).bit_length() - 1  # the first place from which none clashes
                if room + most < width:
                    break
                low += width // 8
            self.begins[one] = low + room
            taken |= bits << low + room
        places = self.begins[first] + second
        self.entries = np.zeros(int(self.begins.max()) + column, dtype=np.int64)  # the column, and in 16 bits whose
        self.entries[places] = np.arange(column, column + len(first)) << 16 | first

    def of(self, first: Numbers, second: Numbers) -> Numbers:
        """Return the column of each pair of characters, given by their numbers; UNKNOWN where there is none."""
        places = self.begins.take(first)
        places += second
        found = self.entries.take(places)
        found ^= first
        own = found & 0xFFFF == 0
        found >>= 16
        found *= own
        return found


@dataclass(frozen=True, slots=True)
class Grams:
    """The columns of grams: of characters, whose column is their number, and of pairs after them."""

    names: tuple[str, ...]  # characters, then pairs
    numbers: Numbers = field(init=False, repr=False, compare=False)  # of each character of the first plane
    pairs: Pairs = field(init=False, repr=False, compare=False)
    lacks: NDArray[np.int8] = field(init=False, repr=False, compare=False)
    stops: NDArray[np.bool_] = field(init=False, repr=False, compare=False)  # characters that end a clause, by number

    def __post_init__(self) -> None:
        numbers = np.zeros(PLANE, dtype=np.int64)
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

    def numbers_of(self, text: str) -> Numbers:
        """Return the number of each character of a text; nothing is known of one beyond the first plane."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self.numbers.take(codes, mode="clip")


class Clauses(NamedTuple):
    """Where clauses begin and end, whose they are, which is the first of each sentence, and which are those of sentences with several."""

    starts: list[int]
    ends: list[int]
    whose: list[int]
    firsts: list[int]
    kept: list[int]


class Reading:
    """Sentences as the models see them, all in one go: of each character its column and that of the pair it opens.

    A line end stands behind each sentence; quotation marks and blanks are left out, a run of digits is one.
    """

    def __init__(self, texts: Sequence[str], roles: Sequence[str], grams: Grams) -> None:
        texts = [text[label.end() :] if (label := LABEL.match(text)) else text for text in texts]
        lines = "\n".join(texts)
        if lines.count("\n") >= len(texts):
            texts = [text.replace("\n", " ") for text in texts]
            lines = "\n".join(texts)
        self.texts, self.grams = texts, grams
        numbers = grams.numbers_of(LEFT_OUT.sub("", lines) + "\n\0")  # the last line end opens no pair
        self.characters, self.pairs = numbers[:-1], grams.pairs.of(numbers[:-1], numbers[1:])
        self.ends = (self.characters == LINE_END).nonzero()[0]
        self.starts = _starts(self.ends)
        lacks = grams.lacks.take(self.characters)
        lacks += grams.lacks.take(self.pairs)
        self.signs_at = np.minimum(np.add.reduceat(lacks, self.starts, dtype=np.int64), MOST_LACKS)
        self.signs_at += [FIRST_OF_ROLE[role] for role in roles]
        self.signs_at *= LONGEST + 1
        self.signs_at += np.minimum(self.ends - self.starts, LONGEST)

    def __len__(self) -> int:
        return len(self.texts)

    def edges(self) -> Numbers:
        """Return the columns of the grams with which each sentence begins and ends (EDGES × n)."""
        last = self.ends - 1
        last -= self.grams.stops.take(self.characters.take(last))
        last = np.maximum(last, self.starts)
        before = np.maximum(last - 1, self.starts)
        characters, pairs = self.characters, self.pairs
        edges = characters.take(self.starts), pairs.take(self.starts), characters.take(last), pairs.take(before)
        return np.concatenate(edges).reshape(EDGES, -1)

    def part(self, rows: Sequence[int]) -> Reading:
        """Return some of the sentences, in their order."""
        part = object.__new__(Reading)
        bounds = [(start, end + 1) for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]
        chosen = [slice(*bounds[row]) for row in rows]
        part.texts, part.grams = [self.texts[row] for row in rows], self.grams
        part.signs_at = self.signs_at.take(rows)
        part.characters = np.concatenate([self.characters[one] for one in chosen])
        part.pairs = np.concatenate([self.pairs[one] for one in chosen])
        part.ends = (part.characters == LINE_END).nonzero()[0]
        part.starts = _starts(part.ends)
        return part

    def clauses(self) -> Clauses:
        """Return the clauses, and which of them are those of sentences with several."""
        ends = self.grams.stops.take(self.characters).nonzero()[0].tolist()
        starts = [0, *[end + 1 for end in ends[:-1]]]
        whose: list[int] = []
        firsts, kept = [], []
        at = 0
        for row, last in enumerate(self.ends.tolist()):
            first, at = at, ends.index(last, at) + 1
            firsts.append(first)
            whose += [row] * (at - first)
            long = [clause for clause in range(first, at) if ends[clause] - starts[clause] >= SHORTEST_CLAUSE]
            if len(long) > 1:
                kept += long
        return Clauses(starts, ends, whose, firsts, kept)

    def short_lacks(self, clauses: Clauses) -> list[bool]:
        """Tell which of the clauses kept are short and say a lack: 本领不强 in a row of such."""
        lacks = np.add.reduceat(self.grams.lacks.take(self.pairs), clauses.starts, dtype=np.int64).tolist()
        starts, ends = clauses.starts, clauses.ends
        return [lacks[one] > 0 and ends[one] - starts[one] <= SHORT_CLAUSE for one in clauses.kept]

    def cues_of(self, clauses: Clauses) -> list[set[int]]:
        """Return for each clause the columns of the wordings of leaves, and of the things and lacks, that stand in it.

        The columns are those of the leaves and, behind them, those of `nlp.lacks`; see `cue_columns`.
        """
        text = without_surrogates("。".join(self.texts))  # beyond which no cue reaches
        at = self.grams.stops.take(self.grams.numbers_of(text)).cumsum().tolist()  # the clause of each character
        told: list[set[int]] = [set() for _ in range(len(clauses.starts))]
        for place, leaf in zip(*load_cues().find(text), strict=True):
            told[at[place]].add(leaf)
        behind = len(load_taxonomy().leaves)
        for clause, column in load_lacks().find(text, at, clauses.whose):
            told[clause].add(behind + column)
        return told

    def cues(self) -> Numbers:
        """Return the sentence, the clause and the column of each cue (3 × n)."""
        clauses = self.clauses()
        found = [(clauses.whose[at], at, column) for at, told in enumerate(self.cues_of(clauses)) for column in told]
        return np.array(found, dtype=np.int64).reshape(-1, 3).T

    @property
    def columns(self) -> Numbers:
        """Return the column of each character and that of the pair it opens (n × 2)."""
        return np.stack([self.characters, self.pairs], axis=1)

    @property
    def signs(self) -> NDArray[np.float32]:
        """Return the role of each sentence, the role with how much of a lack is told, that alone, and the length (n × SIGNS)."""
        kinds, lengths = np.divmod(self.signs_at, LONGEST + 1)
        return SIGNS_OF_KIND[kinds] + SIGNS_OF_LENGTH[lengths]


def _signs_of_kinds() -> NDArray[np.float32]:
    """Return the signs of each role with each number of lacks."""
    signs = np.zeros((len(ROLES), MOST_LACKS + 1, SIGNS), dtype=np.float32)
    for role in range(len(ROLES)):
        for lacks in range(MOST_LACKS + 1):
            signs[role, lacks, [role, len(ROLES) + role * 4 + min(lacks, 3)]] = 1
            signs[role, lacks, [-4, -3]] = lacks / 3, lacks == 0
    return signs.reshape(-1, SIGNS)


def _signs_of_lengths() -> NDArray[np.float32]:
    """Return the signs of each length."""
    signs = np.zeros((LONGEST + 1, SIGNS), dtype=np.float32)
    lengths = np.arange(LONGEST + 1)
    signs[:, -2], signs[:, -1] = lengths / 100, lengths < 12
    return signs


SIGNS_OF_KIND, SIGNS_OF_LENGTH = _signs_of_kinds(), _signs_of_lengths()


def _starts(ends: Numbers) -> Numbers:
    """Return where what ends there begins, one behind the other."""
    starts = np.zeros(len(ends), dtype=np.int64)
    np.add(ends[:-1], 1, out=starts[1:])
    return starts
