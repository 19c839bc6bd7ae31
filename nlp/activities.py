"""Named activities: campaigns, programmes, brands, honours, events and bodies, as in “双学双比”活动 or 乡村振兴巾帼行动.

`find_activities` is a pure function over text. Three readers propose: quoted words with what stands around them
(`nlp.quoted_names`), names of the lexicon, and unquoted names between a verb and a head noun (`nlp.bare_names`); where
proposals overlap, the longest stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.activity_lexicon import (
    KINDS,
    ORDINAL_END,
    Lexicon,
    LexiconError,
    Proposal,
    load_lexicon,
    make_lexicon,
    plain,
    spoilt,
)
from nlp.bare_names import read_bare
from nlp.quoted_names import find_quotes, read_again, read_quotes
from nlp.records import Activity

__all__ = ["KINDS", "Lexicon", "LexiconError", "find_activities", "load_lexicon", "make_lexicon"]


def find_activities(text: str, lexicon: Lexicon) -> list[Activity]:
    """Return the named activities in text, from left to right, without overlap.

    `name` is canonical: an alias is led back by the lexicon, quotation marks and a trailing generic 活动 are left out, and
    commas are half-width. `kind` is one of `KINDS`.
    """
    quotes = find_quotes(text)
    known = list(_read_known(text, lexicon))
    quoted = list(read_quotes(text, quotes, lexicon))
    quoted += read_again(quotes, quoted, lexicon)
    bare = read_bare(text, known + quoted, lexicon)
    return [
        Activity(start=p.start, end=p.end, text=text[p.start : p.end], rule=p.rule, name=p.name, kind=p.kind)
        for p in _longest(quoted + bare + known)
    ]


def _read_known(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    for number, start, end in lexicon.finder.find_matches_as_indexes(text):
        entry = lexicon.known[plain(lexicon.terms[number])] if "“" in lexicon.terms[number] else None
        entry = entry or lexicon.known[lexicon.terms[number]]
        if text[end - 1 : end + 1].isdigit():
            continue
        if entry.term in lexicon.ordinary and not _chosen(text, start, end, lexicon):
            continue
        name = entry.name
        if entry.kind in ("campaign", "programme", "brand"):
            for head in ("主题实践活动", "主题活动", "创建活动", "活动", "工程", "行动", "计划", "项目"):
                if text.startswith(head, end) and not spoilt(text, end + len(head), head, lexicon):
                    end += len(head)
                    name += "" if head.endswith("活动") or name.endswith(head) else head
                    break
        if entry.kind == "event" and (ordinal := ORDINAL_END.search(text, max(0, start - 8), start)):
            start, name = ordinal.start(), ordinal[0] + name
        yield Proposal(start=start, end=end, name=name, kind=entry.kind, rule="activity/lexicon")


def _chosen(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether words that are ordinary too are used as a name here: chosen, awarded or carried out."""
    if lexicon.chosen_behind.match(text, end):
        return True
    opener = lexicon.opener.search(text, max(0, start - 8), start)
    return opener is not None and lexicon.opener_kind[opener[1]] == "honour"


def _longest(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals without overlap: of those that meet, the longest; of equal ones, the first."""
    kept: list[Proposal] = []
    for proposal in sorted(proposals, key=lambda p: (p.start, -p.end)):
        if not kept or proposal.start >= kept[-1].end:
            kept.append(proposal)
        elif proposal.end - proposal.start > kept[-1].end - kept[-1].start:
            kept[-1] = proposal
    return kept
