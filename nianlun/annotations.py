"""Sentences as other tools annotate them: Label Studio's JSON and doccano's JSON lines, out and in.

A task is a sentence that names a problem: what the program says of it goes out as a prediction, what a person said as an annotation, with
the numbers, times and activities in it as spans. What comes back are corrections. The forms are those of https://labelstud.io/guide/task_format
and of doccano's exports (a list of labels, spans as [start, end, label] or as `entities`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Unpack

from index.correction_values import CORRECTED, NO
from index.corrections import correctable, places_of_words, undone_by_reference
from index.errors import BadCorrection, BadReference, UnknownDocument, UnknownLeaf
from index.identity import same_words
from index.judged import NO_PROBLEM, judged
from index.problems import leaf_named, read_leaves
from index.references import format_place, parse_ref
from index.scope import Filtering, read_documents
from index.store import Index
from nianlun.language import Words
from nianlun.review import confidence, context_of
from nianlun.vocabulary import POLARITIES

FORMS = ("label-studio", "doccano", "doccano-spans")
MODEL = "nianlun"
NOTHING = Words("不是问题", "no problem")
SPANS = {
    "quantities": ("number", Words("数字", "number")),
    "times": ("time", Words("时间", "time")),
    "activities": ("activity", Words("活动", "activity")),
}
_CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Text name="where" value="$where"/>
  <Choices name="polarity" toName="text" choice="single" showInline="true">
{polarities}
  </Choices>
  <Choices name="leaves" toName="text" choice="multiple">
{leaves}
  </Choices>
  <Labels name="spans" toName="text">
{spans}
  </Labels>
</View>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A number, time or activity in a sentence; start and end count from its beginning."""

    start: int
    end: int
    text: str
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A sentence with what is said of it: `polarity` is none where it names no problem; `by_person` tells who said so."""

    reference: str
    text: str
    where: str
    polarity: str
    leaves: tuple[str, ...]
    score: float
    by_person: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What a file says of a sentence; `polarity` and `leaves` are None where it does not say, spans are (start, end, table)."""

    text: str
    reference: str | None
    by: str
    polarity: str | None
    leaves: tuple[str, ...] | None
    spans: tuple[tuple[int, int, str], ...]


@dataclass(slots=True)
class Outcome:
    """What became of the annotations of a file."""

    count: int = 0
    new: int = 0  # corrections
    same: int = 0  # sentences that were read so before
    empty: int = 0  # sentences that nobody annotated
    lost: list[str] = field(default_factory=list)  # texts that stand nowhere in the index


# ---- out


def tasks_of(
    index: Index,
    *,
    leaf: str | None = None,
    polarity: str = "asserted",
    limit: int | None = None,
    **filters: Unpack[Filtering],
) -> list[Task]:
    """Return the sentences to annotate, the least certain first, and those that a person said to be none. Raises UnknownLeaf."""
    wanted = None if leaf is None else leaf_named(leaf, read_leaves(index.connection))
    numbers = {row.ref: row.id for row in read_documents(index.connection)}
    answer = index.problem_mentions(polarity, **filters)
    found = []
    for mention in sorted(answer, key=lambda one: (confidence(one), one.reference)):
        if wanted in (None, *mention.leaves):
            around = context_of(index, mention)
            where = " ".join(filter(None, (mention.year_label, mention.title, around.heading)))
            first, last = _trimmed(mention.sentence, mention.sentence_start)
            found.append(
                Task(
                    reference=mention.reference, text=mention.sentence.strip(), where=where, polarity=mention.polarity,
                    leaves=tuple(one for one, _ in mention.categories), score=round(confidence(mention), 4),
                    by_person=mention.rule == CORRECTED, spans=_spans(index, numbers[mention.ref], first, last),
                )
            )  # fmt: skip
    if wanted is None:
        refs = {row.id: row for row in index.docs(**filters)}
        for one in judged(index.connection):
            if one.polarity == NO_PROBLEM and one.document in refs and one.start is not None and one.end is not None:
                row = refs[one.document]
                found.append(
                    Task(
                        reference=format_place(row.ref, one.start, one.end), text=one.text,
                        where=" ".join(filter(None, (row.year_label, row.title))), polarity=NO_PROBLEM, leaves=(),
                        score=1.0, by_person=True, spans=(),
                    )
                )  # fmt: skip
    return found[:limit]


def export(tasks: Sequence[Task], path: Path, form: str, names: Mapping[str, str], lang: str) -> None:
    """Write tasks in a form of `FORMS`; `names` are the names of leaves."""
    if form == "label-studio":
        text = json.dumps(
            [_studio(number, task, names, lang) for number, task in enumerate(tasks, 1)], ensure_ascii=False, indent=1
        )
    else:
        write = _doccano if form == "doccano" else _doccano_spans
        text = "".join(json.dumps(write(task, names, lang), ensure_ascii=False) + "\n" for task in tasks)
    path.write_text(text, encoding="utf-8")


def config(names: Mapping[str, str], lang: str) -> str:
    """Return the labelling interface for Label Studio."""
    polarities = [_polarity_name(one, lang) for one in (*POLARITIES, NO_PROBLEM)]
    return _CONFIG.format(
        polarities=_tags("Choice", polarities), leaves=_tags("Choice", names.values()),
        spans=_tags("Label", (words.in_(lang) for _, words in SPANS.values())),
    )  # fmt: skip


def _tags(tag: str, values: Iterable[str]) -> str:
    return "\n".join(f'    <{tag} value="{escape(value)}"/>' for value in values)


def _trimmed(sentence: str, start: int) -> tuple[int, int]:
    """Return where a sentence stands without the blanks around it."""
    first = start + len(sentence) - len(sentence.lstrip())
    return first, first + len(sentence.strip())


def _spans(index: Index, document: int, first: int, last: int) -> tuple[Span, ...]:
    found = []
    for table in SPANS:
        query = f"""SELECT m.start, m."end", substr(d.text, m.start + 1, m."end" - m.start) FROM {table} AS m
JOIN documents AS d ON d.id = m.document WHERE m.document = ? AND m.start >= ? AND m."end" <= ? ORDER BY m.start"""
        for start, end, text in index.connection.execute(query, (document, first, last)):
            found.append(Span(start=start - first, end=end - first, text=text, table=table))
    return tuple(sorted(found, key=lambda span: (span.start, span.end)))


def _polarity_name(polarity: str, lang: str) -> str:
    return NOTHING.in_(lang) if polarity == NO_PROBLEM else POLARITIES[polarity].in_(lang)


def _studio(number: int, task: Task, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    result: list[dict[str, Any]] = [_choices(f"{number}p", "polarity", [_polarity_name(task.polarity, lang)])]
    if task.leaves:
        result.append(_choices(f"{number}l", "leaves", [names.get(leaf, leaf) for leaf in task.leaves]))
    for at, span in enumerate(task.spans):
        label = SPANS[span.table][1].in_(lang)
        value = {"start": span.start, "end": span.end, "text": span.text, "labels": [label]}
        result.append(
            {"id": f"{number}s{at}", "from_name": "spans", "to_name": "text", "type": "labels", "value": value}
        )
    made: dict[str, Any] = {
        "id": number,
        "data": {"text": task.text, "reference": task.reference, "where": task.where},
        "annotations": [],
        "predictions": [],
    }
    if task.by_person:
        made["annotations"] = [{"result": result, "was_cancelled": False, "ground_truth": True}]
    else:
        made["predictions"] = [{"model_version": MODEL, "score": task.score, "result": result}]
    return made


def _choices(name: str, of: str, values: Sequence[str]) -> dict[str, Any]:
    return {"id": name, "from_name": of, "to_name": "text", "type": "choices", "value": {"choices": list(values)}}


def _doccano(task: Task, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    labels = [names.get(leaf, leaf) for leaf in task.leaves]
    if task.polarity != "asserted":
        labels.insert(0, _polarity_name(task.polarity, lang))
    return {"text": task.text, "label": labels, "reference": task.reference, "where": task.where, "score": task.score}


def _doccano_spans(task: Task, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    labels = [[span.start, span.end, SPANS[span.table][1].in_(lang)] for span in task.spans]
    return {"text": task.text, "label": labels, "reference": task.reference, "where": task.where}


# ---- in


def read_annotations(path: Path) -> Iterator[Annotation | None]:
    """Yield what a file of Label Studio or doccano says; None for a sentence that nobody annotated. Raises BadCorrection."""
    for item in _items(path):
        if isinstance(item.get("data"), dict) and ("annotations" in item or "completions" in item):
            yield _of_studio(item)
        elif isinstance(item.get("text"), str) and {"polarity", "leaves"} & set(item):
            yield _of_columns(item)
        elif isinstance(item.get("text"), str) and {"label", "labels", "entities"} & set(item):
            yield _of_doccano(item)
        elif "text" in item or "data" in item:
            yield None
        else:
            raise BadCorrection("form", value=path.name, known="")


def apply(index: Index, annotations: Iterable[Annotation | None], *, by: str | None, default: str) -> Outcome:
    """Make corrections of annotations. What a sentence says already by a person's word is not said twice."""
    outcome, known = Outcome(), read_leaves(index.connection)
    for one in annotations:
        outcome.count += 1
        leaves = () if one is None else _known(one.leaves or (), known)
        if one is None or (one.polarity is None and not leaves and not one.spans):
            outcome.empty += 1
            continue
        places = _places(index, one)
        if not places:
            outcome.lost.append(one.text)
        for place in places:
            said = [*_said(index, place, one, leaves), *_removed(index, place, one)]
            made = index.correct_together(said, by=by or one.by or default)
            if said and all(correction.was == correction.value for correction in made):
                outcome.same += 1
            else:
                outcome.new += len(made)
    return outcome


def _items(path: Path) -> Iterator[dict[str, Any]]:
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    try:
        try:
            found = json.loads(text)
        except ValueError:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        raise BadCorrection("form", value=path.name, known="") from None
    for item in found if isinstance(found, list) else [found]:
        if not isinstance(item, dict):
            raise BadCorrection("form", value=path.name, known="")
        yield item


def _of_studio(item: Mapping[str, Any]) -> Annotation | None:
    done = [one for one in item.get("annotations") or item.get("completions") or () if not one.get("was_cancelled")]
    if not done:
        return None
    last = max(
        done, key=lambda one: (bool(one.get("ground_truth")), str(one.get("updated_at") or one.get("created_at") or ""))
    )
    choices: dict[str, list[str]] = {}
    spans = []
    for region in last.get("result") or ():
        value = region.get("value") or {}
        if "choices" in value:
            choices.setdefault(str(region.get("from_name")), []).extend(map(str, value["choices"]))
        for label in value.get("labels") or ():
            if (table := _table_of(str(label))) is not None and "start" in value and "end" in value:
                spans.append((int(value["start"]), int(value["end"]), table))
    who = last.get("completed_by")
    name = who.get("email") or who.get("id") if isinstance(who, dict) else who
    text, reference = item["data"].get("text"), item["data"].get("reference")
    polarity, leaves = _sorted_out([label for many in choices.values() for label in many])
    by = "" if name is None else f"label-studio {name}"
    return Annotation(
        text=str(text or ""), reference=reference, by=by, polarity=polarity, leaves=leaves, spans=tuple(spans)
    )


def _of_columns(item: Mapping[str, Any]) -> Annotation | None:
    """Return what stands in Label Studio's short form (JSON-MIN), where each control is a column."""
    labels: list[str] = []
    for name in ("polarity", "leaves"):
        value = item.get(name)
        value = value.get("choices") if isinstance(value, dict) else value
        labels += [value] if isinstance(value, str) else value or []
    polarity, leaves = _sorted_out(labels)
    who = item.get("annotator")
    return Annotation(
        text=item["text"], reference=item.get("reference"), by="" if who is None else f"label-studio {who}",
        polarity=polarity, leaves=leaves, spans=(),
    )  # fmt: skip


def _of_doccano(item: Mapping[str, Any]) -> Annotation | None:
    labels: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for one in item.get("label") or item.get("labels") or ():
        if isinstance(one, str):
            labels.append(one)
        elif isinstance(one, list | tuple) and len(one) == 3 and (table := _table_of(str(one[2]))) is not None:
            spans.append((int(one[0]), int(one[1]), table))
    for one in item.get("entities") or ():
        if (table := _table_of(str(one.get("label")))) is not None:
            spans.append((int(one["start_offset"]), int(one["end_offset"]), table))
    if not labels and not spans:
        return None
    polarity, leaves = _sorted_out(labels)
    return Annotation(
        text=item["text"], reference=item.get("reference"), by="", polarity=polarity, leaves=leaves, spans=tuple(spans)
    )


def _sorted_out(labels: Iterable[str]) -> tuple[str | None, tuple[str, ...] | None]:
    """Return the polarity and the leaves among labels, leaves by whatever name they have."""
    polarities = {name: code for code, words in POLARITIES.items() for name in (code, *words)}
    polarities |= dict.fromkeys((NO_PROBLEM, *NOTHING), NO_PROBLEM)
    polarity, leaves = None, []
    for label in labels:
        if label in polarities:
            polarity = polarities[label]
        else:
            leaves.append(label)
    return polarity, tuple(leaves) or None


def _table_of(label: str) -> str | None:
    return next((table for table, (code, words) in SPANS.items() if label in (code, *words)), None)


def _places(index: Index, one: Annotation) -> list[str]:
    """Return where a sentence stands: at its reference if its words still do, else wherever they stand."""
    if one.reference:
        try:
            place = parse_ref(one.reference)
            if place.start is not None and same_words(index.show(place).text, one.text):
                return [one.reference]
        except (BadReference, UnknownDocument):
            pass
    return places_of_words(index.connection, one.text)


def _said(index: Index, place: str, one: Annotation, leaves: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Return the corrections that make a sentence what an annotation says; none where a person said just that before."""
    now = correctable(index.connection, place)
    if one.polarity == NO_PROBLEM:
        told = now is None and undone_by_reference(index.connection, place, "problem")
        return [] if told else [(place, "problem", NO)]
    polarity = one.polarity or ("asserted" if leaves else None)
    if polarity is None or (now is not None and now == (polarity, leaves or now[1], CORRECTED)):
        return []
    said = [(place, "leaves", " ".join(leaves))] if leaves else []
    return [*said, (place, "polarity", polarity)]


def _known(names: Iterable[str], known: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the leaves among labels; one of another purpose is left out."""
    leaves = []
    for name in names:
        with suppress(UnknownLeaf):
            leaves.append(leaf_named(name, known))
    return tuple(leaves)


def _removed(index: Index, place: str, one: Annotation) -> list[tuple[str, str, str]]:
    """Return the corrections that take away the spans which an annotation does not have; none where it has no span at all."""
    if not one.spans:
        return []
    shown = index.show(place)
    lead = len(shown.text) - len(shown.text.lstrip()) + shown.start
    kept = {(start, end) for start, end, _ in one.spans}
    layers = {"numbers": "number", "times": "time", "activities": "activity"}
    return [
        (format_place(shown.document.ref, mark.source_start, mark.source_end), layers[mark.layer], NO)
        for mark in shown.marks
        if mark.layer in layers
        and shown.start <= mark.start
        and mark.end <= shown.end
        and not any(mark.start - lead < end and start < mark.end - lead for start, end in kept)
    ]
