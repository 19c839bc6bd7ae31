"""What a report says of itself: kind, body, level, region, year with its basis, date of signature.

A year that is stated (title, signature, opening words) is a year; one that only follows from the events named is an
interval with its evidence (`nlp.chronology`), and a single year only where the evidence leaves no other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from ingest.decode import without_surrogates
from ingest.records import Document
from nlp.bodies import HAN, MASK, RANKS, Body, find_regions, is_place, level_of, load_regions, named_places
from nlp.chronology import sight, weigh
from nlp.conflicts import find_conflicts
from nlp.divisions import divide
from nlp.edges import HEAD
from nlp.kinds import find_kind, headline
from nlp.letterhead import find_addressee, find_number, find_signer, find_table
from nlp.news import find_issue
from nlp.records import Evidence, Metadata
from nlp.republic import Places, counts_so, with_our_years
from nlp.whose import find_writer
from nlp.writer_signs import LEVEL_CHARS, Paper, own_level
from nlp.year_hints import before_planned, year_by_hint
from nlp.years import (
    SIGNED,
    find_signature,
    find_year,
    iso_day,
    last_numbered_year,
    last_past_year,
    year_of_page,
    year_of_upload,
)

MASK_CHARS = frozenset(MASK)
LARGER = re.compile(r"[市县区旗州]")
MASKED_PLACE = re.compile(rf"[{re.escape(MASK)}]{{1,4}}[省市县区]")
ISSUED_PAPER = re.compile(r"(?:印发|转发|下发)[《]?(?P<paper>.+?)[》]?的?通知")
ISSUER = re.compile(  # 清河县委办公室关于印发…的通知
    rf"(?P<body>[{HAN}]{{3,28}}?(?:办公室|委员会|政府|联合会|妇联|工会|[局委办处院部厅]|公司|学校|中学|小学|大学))关于(?:印发|转发|下发)"
)


def find_metadata(document: Document) -> Metadata:
    """Return what the document says of itself; None and `unknown` where it does not say."""
    if not counts_so(document):
        return _find_metadata(document)
    text, places = with_our_years(document.text)
    title = with_our_years(document.title)[0] if document.title else None
    found = _find_metadata(replace(document, text=text, title=title))
    evidence, conflicts = (
        tuple(_as_written(document.text, one, places) for one in pieces)
        for pieces in (found.year_evidence, found.year_conflicts)
    )
    return replace(found, title=document.title, year_evidence=evidence, year_conflicts=conflicts)


def _as_written(text: str, evidence: Evidence, places: Places) -> Evidence:
    """Return evidence from a text with our years in its place in the text as written."""
    if evidence.start == evidence.end:
        return evidence
    start, end = places.back(evidence.start), places.back(evidence.end)
    return replace(evidence, start=start, end=end, text=text[start:end])


def paper_of(document: Document) -> Paper:
    """Return what is looked at to tell whose paper a document is."""
    return _looked_at(_headed(document))[0]


def _headed(document: Document) -> Document:
    """Return the document with its first line as title where it has none and that line is one."""
    if not document.title and (first := headline(without_surrogates(document.text))):
        return replace(document, title=first, title_source="own")
    return document


def _looked_at(document: Document) -> tuple[Paper, tuple[str, int, int] | None, bool]:
    """Return the paper, the day on which it was signed with its place, and whether its page tells that."""
    text = without_surrogates(document.text)
    title = _paper(without_surrogates(document.title or ""))
    doc_type = find_kind(text, title, issues=title != (document.title or ""))
    issuer, issued = _table(text, document.letterhead)
    if issuer is None and (issues := ISSUER.match(document.title or "")):
        issuer = issues["body"]
    signed, by_page = find_signature(text) or issued, False
    if doc_type == "news" and signed is None and (issue := find_issue(text, document.letterhead)):
        signed, by_page = (iso_day(issue[0]), *issue[1:]), True
    signer = find_signer(text, signed[1:] if signed else None)
    above = without_surrogates(f"{document.title or ''}\n{document.letterhead}")
    paper = Paper(text=text, title=title, doc_type=doc_type, issuer=issuer, signer=signer, above=above)
    return paper, signed, by_page


def _find_metadata(document: Document) -> Metadata:
    titled = document.title
    document = _headed(document)
    paper, signed, by_page = _looked_at(document)
    text, title, doc_type, signer = paper.text, paper.title, paper.doc_type, paper.signer
    body, org_basis = find_writer(paper)
    number = find_number(text)
    year, basis, evidence = find_year(document, doc_type, signed, by_page=by_page)
    if year and basis == "body" and before_planned(text, doc_type, year):
        year -= 1
    if year is None:
        year, basis, evidence = year_by_hint(text, title, doc_type, number)
    low, high = (year, year) if year else (None, None)
    sightings = sight(text, year)
    conflicts: tuple[Evidence, ...] = ()
    if year is None:
        low, high, certain, evidence = weigh(text, sightings)
        past = last_past_year(text)
        if past and past.low is not None and past.low == low and doc_type != "plan":
            evidence = [*evidence, past]
        elif past and past.low is not None and past.low > (low or 0):
            low = past.low
            # an event of two years, of which the first is past: the awaited congress of the second
            bounds = (one for one in evidence if one.verified and one.weight == "firm")
            certain = any(one.high == low == (one.low or 0) + 1 for one in bounds)
            high = None if high is not None and high < low else high
            evidence = [*evidence, past]
        if (numbered := last_numbered_year(text)) and numbered.low is not None and numbered.low > (low or 0):
            low, certain = numbered.low, False
            high = None if high is not None and high < low else high
            evidence = [*evidence, numbered]
        if certain:
            year, basis = low, "inferred"
        elif uploaded := year_of_upload(document, low, high):
            year, low, high, basis = uploaded[0], uploaded[0], uploaded[0], "title"
            evidence = [*evidence, uploaded[1]]
        elif paged := year_of_page(document, doc_type, low, high):
            year, low, high, basis = paged[0], paged[0], paged[0], "signature"
            evidence = [*evidence, paged[1]]
    else:
        conflicts = find_conflicts(text, year, doc_type, basis, signed, number, sightings)
    named = cache(lambda: find_regions(text))  # asked for seldom, but then by both
    region, region_basis = find_region(text, title, body, doc_type, named)
    place = divide(region, year or high, named, text=text)
    level = body.level if body else own_level(text)
    if level == "county" and region and body and region == body.place == place.city:
        level = "city"  # 巢湖市 of 2005, a county since 2011
    if (
        level == "city"
        and region
        and body
        and body.place is None
        and region.endswith("市")
        and level_of(region) == "county"
    ):
        level = "county"  # 市妇联 of 松滋市
    return Metadata(
        title=titled,
        doc_type=doc_type,
        org=body.name if body else None,
        org_basis=org_basis,
        org_level=level,
        region=region,
        year=year,
        year_low=low,
        year_high=high,
        year_basis=basis,
        year_evidence=tuple(evidence),
        signed=signed[0] if signed else None,
        year_conflicts=conflicts,
        region_basis=region_basis,
        county=place.county,
        city=place.city,
        province=place.province,
        addressee=find_addressee(text),
        signer=signer,
        number=number,
    )


def _table(text: str, letterhead: str) -> tuple[str | None, tuple[str, int, int] | None]:
    """Return who issued the paper and the day, with its place, by the table above it: in the text, or furniture of the page (place 0, 0)."""
    issuer, issued = find_table(text)
    if letterhead and not (issuer and issued):
        above, day = find_table(letterhead)
        issuer, issued = issuer or above, issued or (day and (day[0], 0, 0))
    date = SIGNED.match(issued[0]) if issued else None
    return issuer and issuer[0], (iso_day(date), *issued[1:]) if issued and date else None


def _paper(title: str) -> str:
    """Return the title of the paper that a notice issues (关于印发《…工作要点》的通知), else the title."""
    issued = ISSUED_PAPER.search(title)
    return issued["paper"].strip("《》") if issued else title


def _place_of(body: Body, text: str) -> str | None:
    """Return the place of a body called by its level (县妇联, 镇妇联): the only one of that level that the head names."""
    if body.level not in ("city", "county", "township"):
        return None
    char = body.name[0] if body.name[0] in LEVEL_CHARS else ""
    named = (name for name in named_places(text[:HEAD]) if name.endswith(char) and not MASK_CHARS.intersection(name))
    known = load_regions().levels
    own = {
        name for name in named if body.level == "township" or name in known or name[-3:] in known or name[-4:] in known
    }
    own = {
        name
        for name in own
        if (is_place(name) and level_of(name) == body.level) or (char == "市" and name.endswith("市"))
    }
    return own.pop() if len(own) == 1 else None


def find_region(
    text: str, title: str, body: Body | None, doc_type: str, named: Callable[[], list[str]]
) -> tuple[str | None, str]:
    """Return the region and what it rests on: `body`, `stated`, `inferred` or `none`.

    It is the named place of the body, below its county where the text names only one; else the place that the title, or the text,
    speaks of (`named` gives the regions that it names). A masked place (##县) gives way to a named one. News of several places has none.
    """
    place = body.place if body else None
    if place and not MASK_CHARS.intersection(place):
        if body and body.level in ("township", "village") and not LARGER.search(place[:-1]):
            above = {other for other in named_places(text[:HEAD]) if level_of(other) == "county"}
            if len(above) == 1:
                return above.pop() + place, "body"
        return place, "body"
    if titled := named_places(title):
        return titled[0], "stated"
    if body and (of_level := _place_of(body, text)):
        return of_level, "inferred"
    masked_basis = "body" if place else "none"
    if doc_type == "news":
        return place, masked_basis
    rank = RANKS.index(body.level) if body and body.level in RANKS else len(RANKS)
    known = {name for name in named() if RANKS.index(level_of(name)) <= rank} if rank else set[str]()
    if len(known) == 1:
        return known.pop(), "inferred"
    if place:
        return place, masked_basis
    if body is None or body.level not in ("township", "village"):
        return None, "none"
    own = (name for name in named_places(text) if level_of(name) == body.level)
    most = Counter(name for name in own if not MASK_CHARS.intersection(name)).most_common(2)
    if most and (most[0][1] > 1 or len(most) == 1):
        return most[0][0], "inferred"
    masked = MASKED_PLACE.search(text)
    return (masked.group(), "inferred") if masked else (None, "none")
