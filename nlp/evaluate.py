"""Evaluation: how an analysis compares with hand labels, layer by layer, as precision, recall and F1.

`python -m nlp.evaluate` scores the sample reports against corpus/gold and, where NIANLUN_REPORTS names a folder with seeds/
and gold/, the real ones too; where NIANLUN_HELDOUT names a folder, the reports in it to which corpus/heldout has labels (known by
their SHA-256). Labels are JSON lines, NAME.<layer>.jsonl, with character ranges in the decoded file.

A prediction answers the label that it overlaps most, one to one. Quantities are right when value, maximum and unit are; times
when kind of calendar expression and dates are; activities when the canonical name is; a document when it begins within
40 characters of the label's; a sentence unit when it is rightly told a problem or none. Labels marked optional count neither
way. A task is right when its words hold most of the label's and few others. Where a text does not give the year, a null date is right and so is a year next to the document's own.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from ingest.read import read
from ingest.script import to_simplified
from nlp.analyse import analyse
from nlp.records import Analysis, Mention

Row = Mapping[str, Any]
TEXTS = "texts.csv"  # name and SHA-256 of the texts that labels without texts belong to
NEAR = 40  # characters by which the bounds of a document may be off
QUOTES = frozenset("“”‘’\"'「」『』《》〈〉‚‛ 　·•")
LAYERS = ("documents", "quantities", "times", "activities", "problems")


@dataclass(slots=True)
class Tally:
    """Hits, misses and false alarms of a layer or field."""

    hits: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.spurious) if self.hits + self.spurious else 0.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hits / (2 * self.hits + self.missed + self.spurious) if self.hits else 0.0

    def judge(self, right: bool) -> None:
        """Count one label that was answered, rightly or not."""
        self.hits += right
        self.missed += not right
        self.spurious += not right


@dataclass(slots=True)
class Scores:
    """Tallies by the name of a layer or of one of its fields."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())

    def table(self) -> str:
        """Return the figures as aligned lines."""
        lines = [f"{'layer':<22}{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}"]
        for name, tally in self.tallies.items():
            gold = tally.hits + tally.missed
            lines.append(f"{name:<22}{tally.precision:>10.3f}{tally.recall:>8.3f}{tally.f1:>8.3f}{gold:>7}")
        return "\n".join(lines)


def evaluate(files: Iterable[Path], gold: Path) -> Scores:
    """Return the scores of all files that have labels in a folder. A label file is named after the file or its first part."""
    scores = Scores()
    for path in files:
        name = label_name(path, gold)
        if name is None:
            continue
        analyses = [analyse(document) for document in read(path).documents]
        for layer in LAYERS:
            labels = gold / f"{name}.{layer}.jsonl"
            if labels.exists():
                _score(layer, read_rows(labels), analyses, scores, gold / f"{name}.documents.jsonl")
        tasks = gold / f"{name}.tasks.jsonl"
        if tasks.exists():
            _score_tasks(read_rows(tasks), analyses, scores)
    return scores


def label_name(path: Path, gold: Path) -> str | None:
    """Return the name under which a file's labels stand: its stem, the part before the first underscore, or what its bytes tell.

    Labels of texts that are not here name them by their SHA-256, in `texts.csv`.
    """
    if (gold / TEXTS).exists():
        with (gold / TEXTS).open(encoding="utf-8", newline="") as lines:
            names = {row["sha256"]: row["name"] for row in csv.DictReader(lines)}
        return names.get(sha256(path.read_bytes()).hexdigest())
    for name in (path.stem, path.stem.partition("_")[0]):
        if (gold / f"{name}.documents.jsonl").exists():
            return name
    return None


def read_rows(path: Path) -> list[Row]:
    """Return the objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _score(layer: str, gold: Sequence[Row], analyses: Sequence[Analysis], scores: Scores, documents: Path) -> None:
    if layer == "documents":
        _score_documents(gold, analyses, scores)
    elif layer == "problems":
        _score_problems(gold, analyses, scores)
    else:
        score_mentions(layer, gold, placed(analyses, layer), scores, years_of(documents))


def _score_documents(gold: Sequence[Row], analyses: Sequence[Analysis], scores: Scores) -> None:
    left = list(analyses)
    for row in gold:
        found = next((one for one in left if abs(one.document.source_start - row["char_start"]) <= NEAR), None)
        if found is None:
            scores["documents"].missed += 1
            continue
        left.remove(found)
        scores["documents"].hits += 1
        scores["documents.end"].judge(abs(found.document.source_end - row["char_end"]) <= NEAR)
        scores["documents.org"].judge(bare_name(found.metadata.org) == bare_name(row["org"]))
        for name in ("doc_type", "year"):
            allowed = [row.get(name), *(row.get(f"{name}_alt") or [])]
            scores[f"documents.{name}"].judge(getattr(found.metadata, name) in allowed)
    scores["documents"].spurious += len(left)


Placed = tuple[int, int, Any]  # source start, source end, mention


def placed(analyses: Sequence[Analysis], layer: str) -> list[Placed]:
    """Return the mentions of a layer with their places in the decoded file."""
    return [
        (*one.document.to_source(mention.start, mention.end), mention)
        for one in analyses
        for mention in getattr(one, layer)
    ]


def score_mentions(
    layer: str,
    gold: Sequence[Row],
    found: Sequence[Placed],
    scores: Scores,
    years: Callable[[Row], frozenset[int]],
) -> None:
    """Add to the scores how the mentions found in one file answer its labels."""
    pairs = pair(gold, found)
    exact, place = scores[layer], scores[f"{layer}.place"]
    answered = set(pairs.values())
    for at, row in enumerate(gold):
        if row.get("optional"):
            continue
        if at not in pairs:
            exact.missed += 1
            place.missed += 1
            if layer == "times" and row["kind"] == "deadline":
                scores["times.deadline"].missed += 1
            continue
        place.hits += 1
        mention = found[pairs[at]][2]
        right = is_right(layer, row, mention, years(row))
        exact.judge(right)
        if layer == "times" and row["kind"] == "deadline":
            scores["times.deadline"].judge(right and mention.kind == "deadline")
        if right:
            for name, equal in _FIELDS.get(layer, {}).items():
                scores[f"{layer}.{name}"].judge(equal(row, mention))
    for at, (start, end, _) in enumerate(found):
        excused = any(
            row.get("optional") and _overlap((row["char_start"], row["char_end"]), (start, end)) > 0 for row in gold
        )
        if at not in answered and not excused:
            exact.spurious += 1
            place.spurious += 1


def pair(gold: Sequence[Row], found: Sequence[Placed]) -> dict[int, int]:
    """Return {label: prediction}, one to one, the largest overlaps first."""
    overlaps = sorted(
        (
            (_overlap((row["char_start"], row["char_end"]), place[:2]), at, other)
            for at, row in enumerate(gold)
            for other, place in enumerate(found)
            if place[0] < row["char_end"] and row["char_start"] < place[1]
        ),
        key=lambda hit: (-hit[0], hit[1], hit[2]),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, other in overlaps:
        if at not in pairs and other not in taken:
            pairs[at] = other
            taken.add(other)
    return pairs


def _overlap(one: Sequence[int], other: Sequence[int]) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def is_right(layer: str, row: Row, mention: Any, years: frozenset[int] = frozenset()) -> bool:
    """Return whether a mention says what a label says: value and unit, kind and dates, or name."""
    return _EQUAL[layer](row, mention, years)


def _quantity(row: Row, mention: Any, _: frozenset[int]) -> bool:
    value = None if row.get("masked") else row.get("value")
    return (
        _close(value, mention.value)
        and _close(row.get("value_max"), mention.value_max)
        and (row.get("unit") or "") == mention.unit
    )


def _close(label: float | None, value: Any) -> bool:
    if label is None or value is None:
        return label is None and value is None
    return abs(label - float(value)) <= 1e-6 * max(1.0, abs(label))


def _time(row: Row, mention: Any, years: frozenset[int]) -> bool:
    if row["kind"] in ("duration", "frequency"):
        return bool(mention.kind == row["kind"])
    said = {int(day[:4]) for day in (mention.date_start, mention.date_end) if day}
    if row.get("start") is None and row.get("end") is None:
        return not years or all(any(abs(year - own) <= 1 for own in years) for year in said)
    return (row.get("start"), row.get("end")) == (mention.date_start, mention.date_end)


def years_of(labels: Path) -> Callable[[Row], frozenset[int]]:
    """Return the function from a label to the years that the document labels of its file allow; none without such labels."""
    documents = read_rows(labels) if labels.exists() else []

    def of(row: Row) -> frozenset[int]:
        for one in documents:
            if one["char_start"] <= row["char_start"] < one["char_end"]:
                return frozenset(year for year in (one.get("year"), *(one.get("year_alt") or ())) if year)
        return frozenset()

    return of


def bare_name(name: str | None) -> str:
    """Return a name without marks, in simplified characters: labels of a traditional text may be in either."""
    return to_simplified("".join(char for char in name or "" if char not in QUOTES))


def _same_thing(row: Row, mention: Any) -> bool:
    label, said = bare_name(row.get("of")), bare_name(mention.of)
    return not label or (bool(said) and (label in said or said in label))


_EQUAL: dict[str, Callable[[Row, Any, frozenset[int]], bool]] = {
    "quantities": _quantity,
    "times": _time,
    "activities": lambda row, mention, _: bare_name(row["name"]) == bare_name(mention.name),
}
_FIELDS: dict[str, dict[str, Callable[[Row, Any], bool]]] = {
    "quantities": {"approx": lambda row, mention: (row.get("approx") or "exact") == mention.approx, "of": _same_thing},
    "activities": {"kind": lambda row, mention: row.get("kind") == mention.kind},
}


def _score_problems(gold: Sequence[Row], analyses: Sequence[Analysis], scores: Scores) -> None:
    found = [place for place in placed(analyses, "problems") if place[2].polarity == "asserted"]
    for row in gold:
        if row.get("optional"):
            continue
        over = list(_covering((row["char_start"], row["char_end"]), found))
        true = set(row["categories"])
        said = {label.id for problem in over for label in problem.categories}
        detected = scores["problems"]
        detected.hits += bool(true and over)
        detected.missed += bool(true and not over)
        detected.spurious += bool(over and not true)
        leaves = scores["problems.categories"]
        leaves.hits += len(true & said)
        leaves.missed += len(true - said)
        leaves.spurious += len(said - true)
        if true and over:
            scores["problems.main"].judge(row.get("main") in {problem.main for problem in over})


def _score_tasks(gold: Sequence[Row], analyses: Sequence[Analysis], scores: Scores) -> None:
    """Judge the task of each labelled deadline: its words hold most of the label's pairs of characters and few others."""
    found = {
        analysis.document.to_source(task.due_start, task.due_end)[0]: task
        for analysis in analyses
        for task in analysis.tasks
    }
    for row in gold:
        task = found.get(row["char_start"])
        if task is None:
            scores["tasks"].missed += 1
            continue
        label, said = _pairs_of(row["task"]), _pairs_of(task.task)
        common = sum((label & said).values())
        scores["tasks"].judge(common >= 0.6 * label.total() and 3 * common >= said.total())
        scores["tasks.who"].judge(row["who"] == task.who)
        scores["tasks.amounts"].judge(set(row["amounts"]) == set(task.amounts))


def _pairs_of(words: str) -> Counter[str]:
    bare = "".join(char for char in words if char.isalnum())
    return Counter(map("".join, zip(bare, bare[1:], strict=False)))


def _covering(unit: tuple[int, int], found: Sequence[Placed]) -> Iterator[Any]:
    """Yield the problems that lie in a unit, or cover it, by half."""
    for start, end, problem in found:
        if 2 * _overlap(unit, (start, end)) >= min(unit[1] - unit[0], end - start):
            yield problem


def mentions(analysis: Analysis) -> Iterator[Mention]:
    """Yield every mention of an analysis."""
    for layer in LAYERS[1:]:
        yield from getattr(analysis, layer)


def sets(environment: Mapping[str, str] = os.environ) -> dict[str, tuple[list[Path], Path]]:
    """Return {name: (files, gold)} of the labelled sets at hand: the samples of the project, and the real reports."""
    corpus = Path(__file__).resolve().parent.parent / "corpus"
    found = {}
    if (corpus / "gold").is_dir():
        found["corpus"] = (sorted((corpus / "reports").iterdir()), corpus / "gold")
    reports = environment.get("NIANLUN_REPORTS")
    if reports and (Path(reports) / "gold").is_dir():
        found["reports"] = (sorted((Path(reports) / "seeds").iterdir()), Path(reports) / "gold")
    kept_apart = environment.get("NIANLUN_HELDOUT")
    if kept_apart and (corpus / "heldout").is_dir():
        found["kept apart"] = (
            sorted(path for path in Path(kept_apart).iterdir() if path.is_file()),
            corpus / "heldout",
        )
    return found


def main() -> None:
    """Print the scores of the sets at hand."""
    at_hand = sets()
    for name, (files, gold) in at_hand.items():
        print(f"{name} ({gold})\n{evaluate(files, gold).table()}\n")
    if "reports" not in at_hand:
        print("NIANLUN_REPORTS is not set: the real reports were not scored.", file=sys.stderr)


if __name__ == "__main__":
    main()
