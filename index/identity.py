"""Where a word of a person belongs: in which document, and at which of its words, however both are stored today.

A correction outlives the rows that it was made on. So it is tied to the words: a place is a stretch of the letters, characters and digits of
a document (`Bare`), without blanks and marks, which another splitting, format or line width leaves as they are; a document is known by
hashes of its text and sentences (`index.copies.marks_of`), a sample of its runs of characters, and a few of its longest unbroken phrases.
All of it is pure; `index.corrections` stores it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from zlib import crc32

from index.characters import fold, narrow

AROUND = 24  # characters beside an anchor that tell equal ones apart
BESIDE = 6  # characters beside a mention by which it is found where the rest of its sentence is another
GRAM = 8  # characters of a run that is sampled
SAMPLE = 64  # runs that are kept of a document
ALIKE = 0.3  # share of common runs from which a text is the report that stood in the same file before, edited …
ALIKE_ELSEWHERE = 0.6  # … and from which one in another file is it: the next year's takes over much of it, too
PHRASES = 5  # of a document, for looking it up
LONGEST_PHRASE = 24
ENOUGH_PHRASES = 0.6  # share of the phrases that stand in a text of the same file which is the report, split otherwise
_LIST_MARK = re.compile(
    r"\s*(?:[(（]?(?:[一二三四五六七八九十百]{1,3}|\d{1,2}|第[一二三四五六七八九十百\d]{1,3}[条点项]?)[、.．)）,，:：]+\s*)+"
)
_NUMBER_SIGN = re.compile(r"[①-⑳⑴-⒛❶-❿➀-➓]\s*")
_PHRASE = re.compile(r"[\u4e00-\u9fff]{6,}")
_CAPITALS = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True)
class Bare:
    """The letters, characters and digits of a text, and where each stands in it."""

    text: str
    places: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the text that bare[start:end] stands in."""
        return self.places[start], self.places[end - 1] + 1

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of bare characters that stand in text[start:end]."""
        return bisect_left(self.places, start), bisect_left(self.places, end)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch by its words: `words` are those of its sentence, `start` and `end` its place in them."""

    words: str
    before: str
    after: str
    nth: int  # of equal words in the document, from 0
    start: int
    end: int

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of_json(cls, text: str) -> Anchor:
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a document is known by. `marks` are those of `index.copies.marks_of`."""

    marks: frozenset[int]
    sample: tuple[int, ...]
    phrases: tuple[str, ...]

    def as_json(self) -> str:
        return json.dumps([sorted(self.marks), self.sample, self.phrases], ensure_ascii=False)

    @classmethod
    def of_json(cls, text: str) -> Sketch:
        marks, sample, phrases = json.loads(text)
        return cls(frozenset(marks), tuple(sample), tuple(phrases))

    def likeness(self, other: Sketch, text: str, *, same_file: bool) -> float:
        """Return how alike the report with another sketch, that of `text`, is: from 0, it is another one, to 1, the very same."""
        share = _share(self.sample, other.sample)
        if share >= (ALIKE if same_file else ALIKE_ELSEWHERE):
            return share
        plain = narrow(text)
        found = sum(phrase in plain for phrase in self.phrases) / max(1, len(self.phrases))
        return ALIKE * found if same_file and len(self.phrases) > 1 and found >= ENOUGH_PHRASES else 0.0


def bare(text: str) -> Bare:
    """Return the letters, characters and digits of a text, in narrow, small forms."""
    plain = fold(narrow(text)).translate(_CAPITALS)
    places = tuple(at for at, char in enumerate(plain) if char.isalnum())
    return Bare("".join([plain[at] for at in places]), places)


def sketch_of(text: str, marks: Iterable[int], known: Bare | None = None) -> Sketch:
    """Return what a document with that text is known by; `known` is its `bare` text, where that was made already."""
    letters = (known or bare(text)).text
    grams = {letters[at : at + GRAM] for at in range(max(1, len(letters) - GRAM + 1))}
    hashes = sorted({crc32(gram.encode(errors="replace")) for gram in grams})
    longest = sorted(set(_PHRASE.findall(narrow(text))), key=lambda phrase: (-len(phrase), phrase))
    return Sketch(
        frozenset(marks), tuple(hashes[:SAMPLE]), tuple(phrase[:LONGEST_PHRASE] for phrase in longest[:PHRASES])
    )


def anchor_of(text: str, letters: Bare, sentence: tuple[int, int], start: int, end: int) -> Anchor | None:
    """Return the anchor of text[start:end], which stands in a sentence; None where it holds nothing but marks."""
    first, last = sentence
    if start == first or start >= (mark := _behind_list_mark(text, first, last)):
        first = _behind_list_mark(text, first, last)
    else:
        first = min(first, start, mark)
    low, high = letters.within(first, max(last, end))
    begin, stop = letters.within(max(start, first), end)
    if begin == stop:
        return None
    words = letters.text[low:high]
    return Anchor(
        words=words,
        before=letters.text[max(0, low - AROUND) : low],
        after=letters.text[high : high + AROUND],
        nth=_places_of(words, letters.text).index(low),
        start=begin - low,
        end=stop - low,
    )


def find_anchor(anchor: Anchor, letters: Bare) -> tuple[int, int] | None:
    """Return the stretch of the text that an anchor means; None where its words are gone.

    Of several places with its words, the one whose surroundings are most alike; of equal ones, the nearest in number.
    """
    found = _places_of(anchor.words, letters.text)
    if not found:
        return _find_near(anchor, letters)

    def rank(item: tuple[int, int]) -> tuple[int, int]:
        number, at = item
        before = letters.text[max(0, at - AROUND) : at]
        behind = at + len(anchor.words)
        after = letters.text[behind : behind + AROUND]
        alike = _common(before[::-1], anchor.before[::-1]) + _common(after, anchor.after)
        return -alike, abs(number - anchor.nth)

    _, at = min(enumerate(found), key=rank)
    return letters.place(at + anchor.start, at + anchor.end)


def _find_near(anchor: Anchor, letters: Bare) -> tuple[int, int] | None:
    """Return the stretch of a mention whose sentence was edited elsewhere: with the same words beside it, and once only."""
    first, last = max(0, anchor.start - BESIDE), min(len(anchor.words), anchor.end + BESIDE)
    if (first, last) == (0, len(anchor.words)) or last - first < anchor.end - anchor.start + BESIDE:
        return None
    found = _places_of(anchor.words[first:last], letters.text)
    if len(found) != 1:
        return None
    start = found[0] + anchor.start - first
    return letters.place(start, start + anchor.end - anchor.start)


def same_words(one: str, other: str) -> bool:
    """Return whether two sentences are the same but for blanks, marks and list numbers."""
    return _words(one) == _words(other)


def _words(sentence: str) -> str:
    return bare(sentence[_behind_list_mark(sentence, 0, len(sentence)) :]).text


def _behind_list_mark(text: str, start: int, end: int) -> int:
    match = _LIST_MARK.match(text, start, end) or _NUMBER_SIGN.match(text, start, end)
    return match.end() if match is not None and match.end() < end else start


def _places_of(words: str, letters: str) -> list[int]:
    found, at = [], letters.find(words)
    while at >= 0:
        found.append(at)
        at = letters.find(words, at + 1)
    return found


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _share(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the share of common runs of two samples, which are the smallest hashes of each (Broder 1997)."""
    size = min(len(one), len(other), SAMPLE)
    smallest = sorted({*one, *other})[: max(size, 1)]
    both = set(one) & set(other)
    return sum(number in both for number in smallest) / len(smallest) if smallest and size else 0.0
