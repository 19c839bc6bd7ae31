"""What the judge of names is trained on: proposals of papers, each with what is seen of it and whether it is a name.

corpus/labelled_proposals holds what was seen of the proposals of real papers: features.txt names it, a line a feature, and papers.csv has a
row a proposal, its features by their lines. `python -m nlp.train_names FOLDER …` makes both anew, of folders that hold texts (NAME.txt)
and their labels (NAME.activities.jsonl: `surface`, `char_start`, `char_end`, `optional`, and `name` if it is not in the surface): no text
is written, and of what is seen of a proposal only what several have. The sample reports are read from corpus/reports and corpus/gold.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from ingest.read import read
from nlp.activities import find_offers
from nlp.activity_lexicon import KINDS, Lexicon, Proposal, load_lexicon
from nlp.bare_candidates import MOSTLY_PLAIN
from nlp.bare_model import NEAR, head_of, sure, train_bare
from nlp.evaluate import bare_name
from nlp.name_judge import LEAST_ROWS, Labelled, Offer, Sight
from nlp.name_model import NO_NAME, OUTPUTS, read_labelled_names, train_names
from nlp.name_model import Labelled as Row
from nlp.quoted_names import find_quotes, modifies, not_named

FOLDER = Path("corpus/labelled_proposals")
QUOTED_WEIGHT, BARE_WEIGHT = 0.1, 0.8  # of words written for the classifiers; those of a real paper count 1
_FOLDS = 3
# What a name may go without, in one report or another: labels differ in it.
_GENERIC = re.compile("(?:主题|系列|实践|竞赛|创建|评选|宣传|公益|大型|专题|教育|群众性|品牌)*活动$|品牌$")


def labelled_proposals(folder: Path) -> list[Labelled]:
    """Return the proposals of papers.csv and those of the sample reports."""
    names = (folder / "features.txt").read_text("utf-8").splitlines()
    rows = [
        Labelled(row["paper"], row["verdict"], [names[int(at)] for at in row["seen"].split()])
        for row in csv.DictReader((folder / "papers.csv").read_text("utf-8").splitlines())
    ]
    gold = folder.parent / "gold"
    samples = sorted((folder.parent / "reports").iterdir())
    made_up = made_up_proposals(folder.parent / "labelled_names")
    return [*rows, *made_up, *with_verdicts((path, gold / f"{path.stem}.activities.jsonl") for path in samples)]


def made_up_proposals(folder: Path) -> Iterator[Labelled]:
    """Yield the rows of corpus/labelled_names as proposals, each with what a classifier says that was trained on other rows.

    Those that a reader asks no classifier about, as something around them speaks against them, are left out.
    """
    lexicon = load_lexicon()
    quoted = [row for row in read_labelled_names(folder.glob("*.csv")) if row.words.startswith("“")]
    bare = read_labelled_names([folder / "bare.csv"])
    none = OUTPUTS.index(NO_NAME)
    for fold in range(_FOLDS):
        names = train_names([row for at, row in enumerate(quoted) if at % _FOLDS != fold])
        tested = [row for row in quoted[fold::_FOLDS] if not _is_barred(row, lexicon)]
        scores = names.scores([(row.before, row.words, row.after) for row in tested])
        for row, score in zip(tested, scores, strict=True):
            proposal = _proposal(row, OUTPUTS[int(score[:none].argmax())], "activity/learned")
            yield _made_up(row, Offer(proposal, 1 - float(score[none])), lexicon, QUOTED_WEIGHT)
        weights = train_bare([row for at, row in enumerate(bare) if at % _FOLDS != fold], lexicon)
        for row in bare[fold::_FOLDS]:
            kind = head_of(row.words, lexicon)[1]
            likely = sure(row.before[-NEAR:], row.words, row.after[:NEAR], weights, lexicon)
            offer = Offer(_proposal(row, kind, "activity/weighed"), likely, kind in MOSTLY_PLAIN)
            yield _made_up(row, offer, lexicon, BARE_WEIGHT)


def _is_barred(row: Row, lexicon: Lexicon) -> bool:
    text, start = _text(row), len(row.before)
    here = next((quote for quote in find_quotes(text) if quote.start == start), None)
    return here is not None and (not_named(text, here, lexicon) or modifies(text, here))


def _text(row: Row) -> str:
    return row.before + row.words + row.after


def _proposal(row: Row, kind: str, rule: str) -> Proposal:
    return Proposal(len(row.before), len(row.before) + len(row.words), row.words, kind, rule)


def _made_up(row: Row, offer: Offer, lexicon: Lexicon, weight: float) -> Labelled:
    text = _text(row)
    seen = Sight(text, [offer], find_quotes(text), lexicon).of(offer)
    return Labelled("", "yes" if row.label in KINDS else "no", seen, weight)


def with_verdicts(papers: Iterable[tuple[Path, Path]]) -> Iterator[Labelled]:
    """Yield the proposals of papers that have labels, each with its verdict; those that meet an optional label are left out."""
    lexicon = load_lexicon()
    for path, told in papers:
        if not told.exists():
            continue
        labels = [json.loads(line) for line in told.read_text("utf-8").splitlines() if line]
        digest = sha256(path.read_bytes()).hexdigest()[:12]
        for document in read(path).documents:
            quotes = find_quotes(document.text)
            offers = find_offers(document.text, quotes, lexicon)
            sight = Sight(document.text, offers, quotes, lexicon)
            for offer in offers:
                start, end = document.to_source(offer.proposal.start, offer.proposal.end)
                over = [one for one in labels if one["char_start"] < end and one["char_end"] > start]
                if verdict := _verdict(offer.proposal, over):
                    yield Labelled(digest, verdict, sight.of(offer))


def _verdict(proposal: Proposal, over: Sequence[dict[str, Any]]) -> str | None:
    """Return yes, no or span, by the labels that a proposal meets; None where one of them is optional."""
    if any(one.get("optional") for one in over):
        return None
    if not over:
        return "no"
    name = bare_name(proposal.name)
    return "yes" if any(name in names_of(one) for one in over) else "span"


def names_of(label: dict[str, Any]) -> set[str]:
    """Return the names that a label may mean: as it says, and without a generic word at the end, in simplified characters and without marks."""
    said = {bare_name(label["surface"]).replace("，", ","), bare_name(label.get("name")).replace("，", ",")} - {""}
    return said | {_GENERIC.sub("", name) for name in said}


def dump_rows(rows: Sequence[Labelled]) -> tuple[str, str]:
    """Return features.txt and papers.csv: the features of LEAST_ROWS proposals and more, and for each proposal which of them are seen."""
    counts = Counter(name for row in rows for name in row.seen)
    names = sorted(name for name, count in counts.items() if count >= LEAST_ROWS and name == name.strip("\n\r"))
    at = {name: number for number, name in enumerate(names)}
    told = StringIO()
    lines = csv.writer(told, lineterminator="\n")
    lines.writerow(["paper", "verdict", "seen"])
    for row in rows:
        lines.writerow(
            [row.paper, row.verdict, " ".join(str(n) for n in sorted(at[name] for name in row.seen if name in at))]
        )
    return "".join(f"{name}\n" for name in names), told.getvalue()


def main(arguments: Sequence[str] | None = None) -> None:
    """Write corpus/labelled_proposals of the labelled papers of folders."""
    parser = argparse.ArgumentParser(prog="python -m nlp.train_names", description=main.__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    given = parser.parse_args(arguments)
    papers = (
        (path, path.with_name(f"{path.stem}.activities.jsonl"))
        for folder in given.folders
        for path in sorted(folder.glob("*.txt"))
    )
    rows = sorted(with_verdicts(papers), key=lambda row: row.paper)
    FOLDER.mkdir(exist_ok=True)
    features, table = dump_rows(rows)
    (FOLDER / "features.txt").write_text(features, "utf-8")
    (FOLDER / "papers.csv").write_text(table, "utf-8")
    print(
        f"{len({row.paper for row in rows})} papers, {len(rows)} proposals, {features.count(chr(10))} features: {FOLDER}"
    )


if __name__ == "__main__":
    main()
