"""The spaCy pipeline: our tokens, and one component for each finder.

    from nlp.pipeline import make_language
    nlp = make_language()
    doc = nlp("全年举办培训班12期，培训妇女830人次。")
    [(span.text, span.label_, span._.record.value) for span in doc.spans["quantities"]]

Finders work on characters; a span is the stretch of whole tokens around a record, and `span._.record` keeps the exact
offsets. `doc.spans` holds sections, sentences, times, quantities, activities and problems; the label of a span is its
role, kind, dimension or leaf. `doc._.document` and `doc._.metadata` tell of the whole. `Doc.to_bytes` and a `DocBin` with
`store_user_data=True` keep all of it, for a reader that has imported this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import spacy
import srsly
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from ingest import records as ingest_records
from ingest.records import Document, OffsetMap, Run
from nlp import records as nlp_records
from nlp.analyse import STEPS, Step
from nlp.metadata import find_metadata
from nlp.records import Analysis, Mention, Section, Sentence
from nlp.segment import cut

Record: TypeAlias = Mention | Section | Sentence
Find: TypeAlias = Callable[[Doc], Iterable[Any]]  # of records: whatever has start and end, in characters

LONGEST = 1 << 40  # spaCy's limit of a million characters guards the memory of parsers, of which there is none here
_TYPE = "nianlun"  # key under which a packed record names its class


def make_language() -> Language:
    """Return a blank Chinese Language with our tokenizer and a component for each finder."""
    language = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "nianlun.Tokenizer.v1"}}})
    language.max_length = LONGEST
    language.add_pipe("nianlun_metadata", name="metadata")
    for finder in FINDERS:
        language.add_pipe(finder.factory, name=finder.name)
        if finder.name == "sentences":
            language.add_pipe("nianlun_sentence_starts", name="sentence_starts")
    return language


@cache
def load_language() -> Language:
    """Return the Language of `make_language`, made once."""
    return make_language()


def analyse_with_spacy(document: Document, language: Language | None = None) -> Analysis:
    """Return the analysis of a document, made by the pipeline; the same as that of `nlp.analyse.analyse`."""
    return analysis_of(read_document(document, language or load_language()))


def read_document(document: Document, language: Language) -> Doc:
    """Return a Doc of a document after all components."""
    doc = language.make_doc(document.text)
    doc._.document = document
    return language(doc)


def analysis_of(doc: Doc) -> Analysis:
    """Return what the components of `make_language` read, as one record."""
    return Analysis(
        document=doc._.document,
        metadata=doc._.metadata,
        **{finder.name: getattr(doc._, finder.name) for finder in FINDERS},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """A finder as a component: `find` reads records out of a Doc, `label` says what stands on their spans.

    Its records go to `doc._.NAME`, its spans to `doc.spans[NAME]`.
    """

    name: str
    find: Find
    label: Callable[[Any], str]
    requires: tuple[str, ...] = ()

    @property
    def factory(self) -> str:
        return f"nianlun_{self.name}"


def register_finder(finder: Finder) -> Finder:
    """Make a component of a finder, to be added by `language.add_pipe(finder.factory)`."""

    def component(doc: Doc) -> Doc:
        records = tuple(finder.find(doc))
        setattr(doc._, finder.name, records)
        doc.spans[finder.name] = align(doc, records, finder.name, finder.label)
        return doc

    if not Doc.has_extension(finder.name):
        Doc.set_extension(finder.name, default=())
    assigns = ("doc.spans", f"doc._.{finder.name}", "span._.record")
    Language.component(finder.factory, assigns=assigns, requires=finder.requires, func=component)
    return finder


def align(doc: Doc, records: Sequence[Any], name: str, label: Callable[[Any], str]) -> list[Span]:
    """Return the spans of whole tokens around records; a record without a character has none."""
    spans = []
    for place, record in enumerate(records):
        if record.start < record.end:
            span = doc.char_span(
                record.start, record.end, label=label(record), span_id=f"{name}/{place}", alignment_mode="expand"
            )
            if span is not None:
                spans.append(span)
    return spans


@registry.tokenizers("nianlun.Tokenizer.v1")
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return what makes our tokenizer for a Language, as a config names it."""
    return lambda language: Tokenizer(language.vocab)


class Tokenizer:
    """Cuts a text by `nlp.segment.cut`: the tokens of jieba, white space among them, so that no space is lost."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = cut(text)
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: dictionary and rules stand in `nlp/data`."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Write nothing, for the same reason."""

    def from_disk(self, _path: str | Path, **_: Any) -> Tokenizer:
        return self


def record_of(span: Span) -> Record | None:
    """Return the record that a span was made from: `span._.record`; None for spans of others."""
    name, _, place = span.id_.partition("/")
    if not place.isdecimal() or not Doc.has_extension(name):
        return None
    records = getattr(span.doc._, name)
    return records[int(place)] if int(place) < len(records) else None


def set_metadata(doc: Doc) -> Doc:
    """Component: what the document says of itself. A Doc made from plain text becomes a document of its own."""
    if doc._.document is None:
        text = doc.text
        runs = (Run(0, len(text), 0, len(text)),) if text else ()
        doc._.document = Document(ordinal=1, title=None, text=text, offsets=OffsetMap(runs))
    doc._.metadata = find_metadata(doc._.document)
    return doc


def set_sentence_starts(doc: Doc) -> Doc:
    """Component: a sentence of spaCy begins where one of ours does; line ends and spaces between belong to the one before."""
    # As an array: setting `token.is_sent_start` looks through the whole Doc for every token.
    starts = np.full((len(doc), 1), -1, dtype=np.int64)
    starts[[0, *(span.start for span in doc.spans["sentences"])] if len(doc) else []] = 1
    values: Any = starts.astype(np.uint64)
    return doc.from_array([SENT_START], values)


def _finder_of(step: Step) -> Finder:
    """Return a step of `nlp.analyse` as a finder: what it needs stands in the attributes of the Doc."""
    return Finder(
        name=step.name,
        find=lambda doc: step.read(*(getattr(doc._, name) for name in step.needs)),
        label=_LABELS[step.name],
        requires=tuple(f"doc._.{name}" for name in step.needs),
    )


def _pack(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Turn a record into what msgpack can write; anything else is handed on."""
    if isinstance(value, Fraction):
        return {_TYPE: "Fraction", "value": str(value)}
    if isinstance(value, OffsetMap):
        return {_TYPE: "OffsetMap", "runs": value.runs}
    if type(value) in _RECORDS.values():
        state = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        return {_TYPE: type(value).__name__, **state}
    return value if chain is None else chain(value)


def _unpack(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Turn what `_pack` wrote into a record again."""
    match value:
        case {"nianlun": "Fraction", "value": str(ratio)}:
            return Fraction(ratio)
        case {"nianlun": str(name)} if name in _RECORDS:
            state = {key: tuple(one) if isinstance(one, list) else one for key, one in value.items() if key != _TYPE}
            return _RECORDS[name](**state)
    return value if chain is None else chain(value)


# A record is packed under the name of its class.
_RECORDS: dict[str, type[Any]] = {
    name: value
    for module in (ingest_records, nlp_records)
    for name, value in vars(module).items()
    if isinstance(value, type) and value.__module__ == module.__name__
}

_LABELS: dict[str, Callable[[Any], str]] = {
    "sections": lambda section: section.role,
    "sentences": lambda sentence: sentence.role,
    "times": lambda time: time.kind,
    "quantities": lambda quantity: quantity.dimension or "number",
    "tasks": lambda task: task.basis or "none",
    "activities": lambda activity: activity.kind,
    "problems": lambda problem: problem.main,
}
FINDERS = tuple(map(_finder_of, STEPS))

for _name in ("document", "metadata"):
    Doc.set_extension(_name, default=None, force=True)
Span.set_extension("record", getter=record_of, force=True)
Language.component("nianlun_metadata", assigns=("doc._.document", "doc._.metadata"), func=set_metadata)
Language.component(
    "nianlun_sentence_starts",
    assigns=("token.is_sent_start", "doc.sents"),
    requires=("doc.spans", "doc._.sentences"),
    func=set_sentence_starts,
)
for _finder in FINDERS:
    register_finder(_finder)
srsly.msgpack_encoders.register("nianlun", func=_pack)
srsly.msgpack_decoders.register("nianlun", func=_unpack)
