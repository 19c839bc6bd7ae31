"""`analyse(document)`: all that is read out of one document, in the order in which the finders need each other."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.metadata import version

from ingest.records import Document, Source
from nlp.activities import find_activities, load_lexicon
from nlp.anchors import find_ahead, find_today, find_years
from nlp.metadata import find_metadata
from nlp.outline import find_sections, find_sentences
from nlp.problems import find_problems
from nlp.quantities import find_quantities, load_units
from nlp.records import Analysis
from nlp.times import find_times


def analyse(document: Document) -> Analysis:
    """Return the analysis of a document. Never raises for a text, however damaged."""
    text = document.text
    metadata = find_metadata(document)
    sections = tuple(find_sections(text, doc_type=metadata.doc_type))
    sentences = tuple(find_sentences(text, sections))
    stated = metadata.year if metadata.year_basis != "inferred" else None
    times = tuple(
        find_times(
            text,
            year=stated,
            today=find_today(text, metadata, year=stated),
            years=find_years(text, metadata, sections, year=stated),
            ahead=find_ahead(text, metadata, sentences),
            written=metadata.signed,
        )
    )
    quantities = tuple(find_quantities(text, load_units(), taken=[(time.start, time.end) for time in times]))
    return Analysis(
        document=document,
        metadata=metadata,
        sections=sections,
        sentences=sentences,
        quantities=quantities,
        times=times,
        activities=tuple(find_activities(text, load_lexicon())),
        problems=tuple(find_problems(text, sentences, sections)),
    )


def analyse_all(source: Source) -> list[Analysis]:
    """Return the analyses of a source's documents, in order."""
    return [analyse(document) for document in source.documents]


@cache
def fingerprint() -> str:
    """Return a short hash of the code and data of reading: an index row made under another one is read again."""
    digest = sha256()
    for package in ("ingest", "ingest.data", "nlp", "nlp.data"):
        for entry in sorted(resources.files(package).iterdir(), key=lambda item: item.name):
            if entry.is_file() and not entry.name.endswith(".pyc"):
                digest.update(entry.name.encode() + b"\0" + sha256(entry.read_bytes()).digest())
    libraries = {name: version(name) for name in ("jieba", "rjieba", "opencc", "pdfplumber", "python-docx")}
    digest.update(json.dumps(libraries, sort_keys=True).encode())
    return digest.hexdigest()[:16]
