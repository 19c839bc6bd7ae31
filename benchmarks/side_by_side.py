"""Values side by side: `python benchmarks/side_by_side.py` reads quantities, times, deadlines and activities with nianlun, JioNLP,
Recognizers-Text and plain patterns, on the same labels and the same texts, and writes its part of benchmarks/results.md.

The sets are those of `python -m nlp.evaluate`: the samples, and the real and the kept-apart reports where NIANLUN_REPORTS and
NIANLUN_HELDOUT name them. How the peers are made to speak in our records, and what is done for them, stands in value_readers.py;
a peer that is not installed (`pip install '.[values]'`) is left out, and said so. Each tool runs in a process of its own; seconds are those
of the processor, in turn with jieba.lcut, dictionaries and models loaded on both sides, the median of several rounds.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from value_readers import CURRENCIES, TOOLS, Reading, Report, Tool  # noqa: E402

from ingest.read import read  # noqa: E402
from nlp.evaluate import (  # noqa: E402
    Placed,
    Row,
    Scores,
    is_right,
    label_name,
    pair,
    read_rows,
    score_mentions,
    sets,
    years_of,
)

HEADING = "## Values side by side"
RESULTS = ROOT / "benchmarks" / "results.md"
SETS = {"corpus": "samples", "reports": "real", "kept apart": "kept apart"}
LAYERS = ("quantities", "times", "activities")
# Key of the scores → what the table calls it.
COLUMNS = {
    "quantities": "quantities",
    "quantities.place": "place",
    "money": "money",
    "times": "times",
    "times.place": "place",
    "times.deadline": "deadlines",
    "activities": "activities",
    "activities.place": "place",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A file with its reports and its labels by layer."""

    reports: tuple[Report, ...]
    gold: Mapping[str, Sequence[Row]]
    years: Callable[[Row], frozenset[int]]


def load(name: str) -> list[Labelled]:
    """Return the files of a set, their reports told the year and the signature that the labels give."""
    files, folder = sets()[name]
    loaded = []
    for path in files:
        label = label_name(path, folder)
        if label is None:
            continue
        told = read_rows(folder / f"{label}.documents.jsonl")
        reports = tuple(
            Report(document=one, **_year_and_signature(told, one.source_start)) for one in read(path).documents
        )
        gold = {layer: read_rows(folder / f"{label}.{layer}.jsonl") for layer in LAYERS}
        loaded.append(Labelled(reports=reports, gold=gold, years=years_of(folder / f"{label}.documents.jsonl")))
    return loaded


def _year_and_signature(rows: Iterable[Row], at: int) -> dict[str, Any]:
    for row in rows:
        if row["char_start"] - 40 <= at < row["char_end"]:
            signed = row.get("signed") if len(row.get("signed") or "") == 10 else None  # some name the month alone
            return {"year": row.get("year"), "signed": date.fromisoformat(signed) if signed else None}
    return {}


def score(tool: Tool, files: Iterable[Labelled]) -> Scores:
    """Return the scores of a tool; layers that it does not read are missing."""
    scores = Scores()
    for one in files:
        found: dict[str, list[tuple[int, int, Reading]]] = {}
        for report in one.reports:
            for layer, readings in tool.tell(report, tool.find(report)).items():
                found.setdefault(layer, []).extend(
                    (*report.document.to_source(reading.start, reading.end), reading) for reading in readings
                )
        for layer, places in found.items():
            kindest = choose(layer, one.gold[layer], places, one.years)
            score_mentions(layer, one.gold[layer], kindest, scores, one.years)
            if layer == "quantities":
                money = Scores()
                sums = [row for row in one.gold[layer] if row.get("unit") in CURRENCIES]
                ours = [place for place in kindest if place[2].unit in CURRENCIES]
                score_mentions(layer, sums, ours, money, one.years)
                _add(scores, "money", money)
    return scores


def _add(scores: Scores, name: str, more: Scores) -> None:
    tally = more["quantities"]
    scores[name].hits += tally.hits
    scores[name].missed += tally.missed
    scores[name].spurious += tally.spurious


def choose(
    layer: str,
    gold: Sequence[Row],
    found: Sequence[tuple[int, int, Reading]],
    years: Callable[[Row], frozenset[int]] = lambda _: frozenset(),
) -> list[Placed]:
    """Return of each reading the option that is right for the label that it answers, else the first."""
    labels = {other: gold[at] for at, other in pair(gold, found).items()}
    chosen = []
    for at, (start, end, reading) in enumerate(found):
        options: Sequence[Any] = reading.options
        row = labels.get(at)
        if row is not None:
            options = sorted(
                options,
                key=lambda one: (not is_right(layer, row, one, years(row)), row.get("kind") != getattr(one, "kind", None)),
            )  # fmt: skip
        chosen.append((start, end, options[0]))
    return chosen


def seconds(tool: Tool, reports: Sequence[Report], rounds: int) -> dict[str, float]:
    """Return the seconds of the processor that a tool and jieba.lcut take for the reports, both warm: the median of rounds."""
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    for report in reports[:2]:
        tool.find(report)
    runs = []
    for _ in range(rounds):
        begun = time.process_time()
        for report in reports:
            tool.find(report)
        between = time.process_time()
        for report in reports:
            jieba.lcut(report.document.text)
        runs.append((between - begun, time.process_time() - between))
    own, peer = sorted(runs, key=lambda run: run[0] / run[1])[len(runs) // 2]
    return {"seconds": own, "jieba": peer, "characters": sum(len(report.document.text) for report in reports)}


def measure(tool: Tool, rounds: int) -> dict[str, Any]:
    """Return the scores of a tool on every set at hand, and its time on all their texts."""
    files = {name: load(name) for name in sets()}
    scores = {}
    for name, one in files.items():
        tallies = score(tool, one).tallies
        scores[name] = {key: [tally.hits, tally.missed, tally.spurious] for key, tally in tallies.items()}
    reports = [report for one in files.values() for file in one for report in file.reports]
    return {"scores": scores, "reports": len(reports), **seconds(tool, reports, rounds)}


def fresh(tool: Tool, rounds: int) -> dict[str, Any]:
    """Measure a tool in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--tool", tool.name, "--rounds", str(rounds)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def f1(hits: int, missed: int, spurious: int) -> str:
    """Return F1 with three places."""
    return f"{2 * hits / (2 * hits + missed + spurious):.3f}" if hits else "0"


def tables(measured: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the lines of the tables: for each set the F1 of each tool, then the speed."""
    lines = []
    scored = {tool: run for tool, run in measured.items() if tool != VALUES_ALONE}
    timed = {tool: run for tool, run in measured.items() if tool != KINDLY}
    for name in dict.fromkeys(name for run in measured.values() for name in run["scores"]):
        counts = next(iter(measured.values()))["scores"][name]
        labels = ", ".join(
            f"{sum(counts[key][:2])} {COLUMNS[key] if key != 'money' else 'sums of money'}"
            for key in ("quantities", "money", "times", "times.deadline", "activities")
        )
        lines += [
            f"### {SETS[name].capitalize()}",
            "",
            f"Labels: {labels}.",
            "",
            "| F1 | " + " | ".join(COLUMNS.values()) + " |",
        ]
        lines.append("|---" * (len(COLUMNS) + 1) + "|")
        for tool, run in scored.items():
            figures = (f1(*run["scores"][name][key]) if key in run["scores"][name] else "–" for key in COLUMNS)
            lines.append(f"| {tool.removesuffix(ALL)} | " + " | ".join(figures) + " |")
        lines.append("")
    lines += ["### Speed", "", "| tool | characters/s | time as a share of jieba.lcut |", "|---|---|---|"]
    for tool, run in timed.items():
        lines.append(f"| {tool} | {run['characters'] / run['seconds']:,.0f} | {run['seconds'] / run['jieba']:.2f} |")
    return lines


ALL = ", all that it reads"
KINDLY, VALUES_ALONE = TOOLS[1].name, TOOLS[2].name
ABOUT = """\
Quantities, times, deadlines and activities on the same labels (`nlp/evaluate.py` tells what is right: place and value, unit, days or name;
"place" asks for the place alone; "money" counts the quantities in a currency alone). `–`: the tool has no such layer. What is done for
the peers is told in `benchmarks/value_readers.py`: they are given the year of each report, which nianlun finds itself; each of several
guesses counts; the lengths of 月底 and 年底 are forgiven; a stretch that ends on the right day is right for a deadline; "with units" joins
their numbers with our units and classifiers. "nianlun" is judged as everywhere, "nianlun, told and judged as the peers" is given the year
and forgiven what they are. JioNLP reads money and times; it has no other quantities and no activities. Recognizers-Text reads
money, ages, measures, shares and times; it has no classifiers (400多人, 13处), no ranges in Chinese, no open numbers (余, 多), no deadlines but in the words
themselves, no activities. Neither knows masked numbers. The plain
patterns are ours, what an afternoon gives, with our units; their activities are what stands in quotation marks, with the head noun behind."""


def section(measured: Mapping[str, Mapping[str, Any]], missing: Sequence[str], rounds: int) -> str:
    """Return the part of results.md."""
    packages = ["jieba", *(name for tool in TOOLS if tool.name in measured for name in tool.packages)]
    head = (
        f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in packages)
        + f"; a process for each tool, seconds of the processor, the median of {rounds} rounds. Command: `python benchmarks/side_by_side.py`."
    )
    lines = [HEADING, "", head, "", ABOUT, "", *tables(measured)]
    if missing:
        lines += ["", f"Not measured, since not installed: {', '.join(missing)}."]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure one tool (for the fresh processes) or all, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    by_name = {tool.name: tool for tool in TOOLS}
    parser.add_argument("--tool", choices=by_name)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dry", action="store_true", help="print, and leave results.md as it is")
    chosen = parser.parse_args(arguments)
    if chosen.tool:
        with contextlib.redirect_stdout(io.StringIO()):  # JioNLP greets
            measured = measure(by_name[chosen.tool], chosen.rounds)
        print(json.dumps(measured))
        return
    here = [tool for tool in TOOLS if tool.is_here]
    text = section(
        {tool.name: fresh(tool, chosen.rounds) for tool in here},
        [tool.name for tool in TOOLS if not tool.is_here],
        chosen.rounds,
    )
    print(text)
    if not chosen.dry:
        put_section(HEADING, text)


def put_section(heading: str, text: str, path: Path = RESULTS) -> None:
    """Write a section of a Markdown file in the place of the one with the same heading, else behind all."""
    whole = path.read_text("utf-8") if path.exists() else "# Benchmark results\n"
    before, found, rest = whole.partition(f"\n{heading}\n")
    after = rest.partition("\n## ")[1:] if found else ("", "")
    path.write_text(before.rstrip("\n") + "\n\n" + text.rstrip("\n") + "\n" + "".join(after), encoding="utf-8")


if __name__ == "__main__":
    main()
