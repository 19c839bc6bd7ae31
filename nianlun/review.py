"""The queue of `nianlun review`: sentences that name a problem, the least certain first, each with what stands around it.

A decision is stored at once, so nothing is lost when a review is broken off. Keys come from a terminal one by one, from anything else as
lines (`y`, `n`, `l 3`, `l 经费 人手`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Protocol, Unpack

import click

from index.correction_values import CORRECTED, NO
from index.errors import UnknownLeaf
from index.problems import ProblemMention, leaf_named, read_leaves
from index.scope import Filtering
from index.store import Index
from nlp.records import is_guess

Lines = Callable[[str], None]
Say = Callable[..., str]
SIMILAR_NAMED = 3  # places of similar sentences that are named
KEYS = ("y", "n", "l", "s", "u", "q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A sentence to judge, with all sentences of the same words."""

    mention: ProblemMention
    similar: tuple[ProblemMention, ...]

    @property
    def all(self) -> tuple[ProblemMention, ...]:
        return (self.mention, *self.similar)

    @property
    def confidence(self) -> float:
        return min(map(confidence, self.all))


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands around a sentence: its heading, the sentence before and the one behind, empty where there is none."""

    heading: str
    before: str
    after: str


@dataclass(slots=True)
class Tally:
    """What became of the sentences that were shown; `numbers` are those of the corrections that were made."""

    yes: int = 0
    no: int = 0
    leaf: int = 0
    skip: int = 0
    numbers: list[int] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.yes + self.no + self.leaf


class Keys(Protocol):
    """Where decisions come from."""

    def key(self, prompt: str) -> str | None:
        """Return the next key, with what follows it on a line; None at the end."""

    def line(self, prompt: str) -> str | None:
        """Return the next line; None at the end."""


class TerminalKeys:
    """Keys of a terminal, one by one."""

    def key(self, prompt: str) -> str | None:
        click.echo(prompt, nl=False, err=True)
        pressed = click.getchar()
        click.echo(pressed if pressed.isprintable() else "", err=True)
        return None if pressed in ("\x04", "\x1a") else pressed

    def line(self, prompt: str) -> str | None:
        click.echo(prompt, nl=False, err=True)
        try:
            return input()
        except EOFError:
            return None


class LineKeys:
    """Lines of a file or a pipe."""

    def __init__(self, lines: IO[str]) -> None:
        self.lines = lines

    def key(self, prompt: str) -> str | None:
        while (line := self.lines.readline()) and not line.strip():
            pass
        return line.strip() or None

    def line(self, prompt: str) -> str | None:
        line = self.lines.readline()
        return line.strip() if line else None


def confidence(mention: ProblemMention) -> float:
    """Return how sure the program is of a sentence: of the problem, and of its main leaf, whichever is less."""
    return min([mention.score, *(score for leaf, score in mention.categories if leaf == mention.main)])


def queue(
    index: Index,
    *,
    leaf: str | None = None,
    scope: str | None = None,
    polarity: str = "asserted",
    limit: int | None = None,
    **filters: Unpack[Filtering],
) -> tuple[list[Item], int]:
    """Return the sentences to judge, the least certain first, and how many match, judged ones too. Raises UnknownLeaf."""
    wanted = None if leaf is None else leaf_named(leaf, read_leaves(index.connection))
    found = [
        mention
        for mention in index.problem_mentions(polarity, **filters)
        if wanted in (None, *mention.leaves) and scope in (None, mention.scope)
    ]
    groups: dict[tuple[str, str], list[ProblemMention]] = {}
    for mention in found:
        if mention.rule != CORRECTED:
            groups.setdefault((mention.same_text, mention.polarity), []).append(mention)
    items = [Item(mention=first, similar=tuple(rest)) for first, *rest in groups.values()]
    items.sort(key=lambda item: (item.confidence, item.mention.reference))
    return items[:limit], len(found)


def context_of(index: Index, mention: ProblemMention) -> Context:
    """Return what stands around a sentence."""
    (document,) = index.connection.execute("SELECT id FROM documents WHERE ref = ?", (mention.ref,)).fetchone()
    heading = index.connection.execute(
        """SELECT marker || heading FROM sections WHERE document = ? AND start <= ? AND "end" > ? AND level > 0
ORDER BY level DESC, start DESC LIMIT 1""",
        (document, mention.start, mention.start),
    ).fetchone()
    beside = []
    for where, order in (('"end" <= ?', "start DESC"), ("start >= ?", "start")):
        query = f"""SELECT substr(d.text, s.start + 1, s."end" - s.start) FROM sentences AS s JOIN documents AS d ON d.id = s.document
WHERE s.document = ? AND s.{where} ORDER BY s.{order} LIMIT 1"""
        at = mention.start if "end" in where else mention.end
        found = index.connection.execute(query, (document, at)).fetchone()
        beside.append(" ".join(found[0].split()) if found else "")
    return Context(heading="" if heading is None else heading[0].strip(), before=beside[0], after=beside[1])


class Review:
    """A review of a queue. `show` prints a line for people, `say` finds the words."""

    def __init__(
        self, index: Index, items: Sequence[Item], *, by: str, names: Mapping[str, str], show: Lines, say: Say
    ) -> None:
        self.index, self.items, self.by, self.names = index, items, by, names
        self.show, self.say = show, say
        self.tally = Tally()
        self.leaves = [leaf for leaf, (family, *_) in read_leaves(index.connection).items() if family is not None]
        self._last: list[tuple[str, list[int]]] = []  # what was decided, with the numbers of the corrections

    def run(self, keys: Keys) -> None:
        """Ask for one sentence after the other, until the end of the queue or of the keys."""
        at = 0
        shown = -1
        while at < len(self.items):
            item = self.items[at]
            if shown != at:
                self._tell(item, at)
                shown = at
            given = keys.key(self.say("review_ask"))
            if given is None:
                return
            key, rest = given[:1].lower(), given[1:].strip()
            if key == "q":
                return
            if key == "u":
                at, shown = self._undo(at), -1
            elif key in KEYS and self._decide(item, key, rest, keys):
                at += 1
            elif key not in KEYS:
                self.show(self.say("review_key", pressed=given, keys=self.say("review_keys")))

    def _decide(self, item: Item, key: str, rest: str, keys: Keys) -> bool:
        """Store a decision; return whether there is one."""
        said: list[tuple[str, str, str]] = []
        if key == "y":
            for one in item.all:
                said.append((one.reference, "polarity", one.polarity))
                said.append((one.reference, "leaves", " ".join(leaf for leaf, _ in one.categories) or "other"))
        elif key == "n":
            said = [(one.reference, "problem", NO) for one in item.all]
        elif key == "l":
            leaves = self._asked(rest, keys)
            if not leaves:
                return False
            for one in item.all:
                said.append((one.reference, "leaves", " ".join(leaves)))
                said.append((one.reference, "polarity", "asserted"))
        numbers = [made.number for made in self.index.correct_together(said, by=self.by)]
        self._last.append((key, numbers))
        self.tally.numbers += numbers
        self._count(key, 1)
        return True

    def _undo(self, at: int) -> int:
        """Take the last decision back; return the place of its sentence."""
        if not self._last:
            self.show(self.say("review_no_undo"))
            return at
        key, numbers = self._last.pop()
        if numbers:
            self.index.undo_corrections(numbers, by=self.by)
            self.tally.numbers = [number for number in self.tally.numbers if number not in numbers]
        self._count(key, -1)
        self.show(self.say("review_undone", reference=self.items[at - 1].mention.reference))
        return at - 1

    def _count(self, key: str, by: int) -> None:
        name = {"y": "yes", "n": "no", "l": "leaf", "s": "skip"}[key]
        setattr(self.tally, name, getattr(self.tally, name) + by)

    def _asked(self, rest: str, keys: Keys) -> list[str]:
        """Return the leaves that numbers or names mean; asks for them where nothing follows the key."""
        if not rest:
            for line in self._menu():
                self.show(line)
            rest = keys.line(self.say("review_leaf")) or ""
        known = read_leaves(self.index.connection)
        found = []
        for part in rest.replace("、", " ").replace(",", " ").replace(",", " ").split():
            if part.isdigit() and 1 <= int(part) <= len(self.leaves):
                found.append(self.leaves[int(part) - 1])
                continue
            try:
                found.append(leaf_named(part, known))
            except UnknownLeaf as error:
                near = self.say("unknown_leaf_near", near=" ".join(error.near)) if error.near else ""
                self.show(self.say("unknown_leaf", leaf=part, near=near, known=" ".join(error.known)))
                return []
        return list(dict.fromkeys(found))

    def _menu(self) -> Iterator[str]:
        for number, leaf in enumerate(self.leaves, start=1):
            yield f"  {number:>3} {self.names.get(leaf, leaf)}"

    def _tell(self, item: Item, at: int) -> None:
        mention = item.mention
        around = context_of(self.index, mention)
        leaves = " ".join(
            self.say("review_guess", leaf=self.names.get(leaf, leaf)) if is_guess(score) else self.names.get(leaf, leaf)
            for leaf, score in mention.categories
        )
        self.show("")
        self.show(
            self.say(
                "review_item", at=at + 1, count=len(self.items), score=round(100 * item.confidence), leaves=leaves,
                reference=mention.reference,
            )
        )  # fmt: skip
        where = self.say(
            "review_where", year=mention.year_label or "", title=mention.title or "", heading=around.heading
        ).strip()
        if where:
            self.show("  " + " ".join(where.split()))
        for mark, text in (("   ", around.before), (" » ", " ".join(mention.sentence.split())), ("   ", around.after)):
            if text:
                self.show(mark + text)
        if item.similar:
            places = " ".join(one.reference for one in item.similar[:SIMILAR_NAMED])
            more = " …" if len(item.similar) > SIMILAR_NAMED else ""
            self.show("  " + self.say("review_same", count=len(item.similar), places=places + more))
