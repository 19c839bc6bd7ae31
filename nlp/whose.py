"""Whose paper it is: the body for which the signs weigh most (`nlp.writer_signs`), where a title, letterhead or signature names it; else the one
that a trained classifier chooses among all who may have written it (`nlp.writers`, `nlp.writer_model`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from nlp.bodies import RANKS, Body, is_core, level_of
from nlp.edges import HEAD, LONGEST_EDGE
from nlp.letterhead import is_body
from nlp.writer_model import likeliest, load_writers
from nlp.writer_signs import (
    BELOW,
    DATED,
    EDGES,
    MENTIONS_ALONE,
    SPACES,
    STATED,
    TOLD_BY_OTHERS,
    Paper,
    Sign,
    complete,
    find_signs,
    is_above,
    is_generic,
    own_level,
    own_word,
    whole_body,
)
from nlp.writer_words import load_words, plain
from nlp.writers import Candidate, candidates, load_patterns, name_of_own

LEAST_SAID = 20  # the weight of a body that more than mentions speak for
LEAST_NAMED = 2  # and that of a league or a union which is only named
LEAST_OF_PLACE = (
    60  # below it a body without its place gives way to the same with it, and one of several in the news to none
)
PARTS = re.compile("[ \u3000、]+")
OFFICE = re.compile(r"^[^，。；：、\s]{4,28}(?:办公室|委员会|联合会|总工会|局|(?<!干)部|协会|中心)$")
LEAST_OWN = 2  # times that a writer says 我校
SCHOOL = re.compile("小学|中学|(?<!家长)学校|幼儿园|中心校")
COURT = re.compile(
    "(?P<nation>最高(?:人民)?(?:法院|检察院))|(?P<province>高级(?:人民)?法院|高院)|(?P<city>中级(?:人民)?法院|中院)|法院|检察院"
)
INSPECTED = re.compile("巡[察视]")
SETTLED_UNPLACED = frozenset(
    ("page/issuer", "edge/alone", "edge/letterhead", "foot/above the date", "spoken/in its name")
)
SETTLED = SETTLED_UNPLACED | {"title/begins", "title/before its year or kind", "edge/by-line", "spoken/by its chief"}
TOLD_OF = frozenset(("opening/subject of what others tell", "head/named", "head/subject"))
DESCRIBED = TOLD_OF | {"own/described", "own/agrees", "opening/subject", "level/own"}
FIRST = frozenset(("opening/subject", "opening/subject of what others tell"))
ACTS = frozenset(("head/subject", "opening/speaker", "opening/subject", "opening/subject of what others tell"))


def find_body(paper: Paper) -> Body | None:
    """Return the body whose paper it is, or None where none is likely."""
    return find_writer(paper)[0]


def find_writer(paper: Paper) -> tuple[Body | None, str]:
    """Return the body whose paper it is, and what that rests on: stated, inferred, or none where no body is likely.

    A title, letterhead, signature or speaker that names it settles it; else the likeliest of the candidates is told (`nlp.writer_model`).
    """
    body, basis = _find(paper)
    return (with_level_of_its_sort(body) if body else None), basis


def with_level_of_its_sort(body: Body) -> Body:
    """Return a school, which is of no level whatever its place, and a court with the level that its name tells, that of a county where it tells none."""
    if SCHOOL.search(body.name):
        return Body(body.name, body.place, "enterprise")
    if (court := COURT.search(body.name)) and (court.lastgroup or body.level in ("enterprise", "unknown")):
        return Body(body.name, body.place, court.lastgroup or "county")
    return body


def _find(paper: Paper) -> tuple[Body | None, str]:
    signs = find_signs(paper)
    told = decide(paper, signs)
    if told and is_settled(paper, told, signs):
        return told, "stated"
    if told is None and tells_of_several(paper, signs):
        return None, "none"
    best = likeliest(candidates_of(paper, signs, told), load_writers())
    if best is None:
        return (own, "inferred") if (own := own_kind(paper)) else (None, "none")
    if told and best.body.name == told.name:
        return told, "inferred"
    return _with_its_party_group(complete(best.body, paper.title), paper), "inferred"


def candidates_of(paper: Paper, signs: Sequence[Sign], told: Body | None) -> list[Candidate]:
    """Return who may have written a paper, by its signs and beyond them; `told` is what the signs alone tell."""
    return candidates(
        paper.title,
        paper.text,
        paper.doc_type,
        own_level=own_level(paper.text),
        weighed=_weigh(signs),
        told=told,
        is_above=is_above,
    )


def is_settled(paper: Paper, told: Body, signs: Iterable[Sign]) -> bool:
    """Tell a body whose title, letterhead, signature or speaker names it, so that nothing else is asked."""
    if "、" in told.name and told == _joint_signer(paper):
        return True
    kinds = {sign.kind for sign in signs if plain(sign.body.name) in plain(told.name) or told.name in sign.body.name}
    return not SETTLED.isdisjoint(kinds) and (told.place is not None or not SETTLED_UNPLACED.isdisjoint(kinds))


def decide(paper: Paper, signs: Iterable[Sign]) -> Body | None:
    """Return the body for which the signs weigh most.

    Bodies that sign together are one. A named body goes before the same without its place (沂南县妇联 before 县妇联), and one below the
    level of which the report says 我县 needs more than mentions. News of several bodies of a kind that nothing tells apart has none.
    """
    if signed := _joint_signer(paper):
        return signed
    weighed = _weigh(signs)
    scores = {body: sum(kinds.values()) for body, kinds in weighed.items()}
    text = paper.text
    for body in [one for one in scores if one.place is None and scores[one] < LEAST_SAID]:
        if _is_below(body.level, own_level(text)):  # where a report says 全县, 村妇联 alone is whom it tells of
            del scores[body]
    if not scores:
        return None
    most = max(scores.values())
    best = max((body for body in scores if scores[body] == most), key=lambda body: -text.find(body.name))
    if is_generic(best):
        best = _of_its_kind(best, scores) or best
    if _has_rivals(best, weighed, paper):
        return None
    if best.place is None and scores[best] < LEAST_OF_PLACE:
        if paper.doc_type == "research" and own_level(text) == "unknown":
            return None
        longer = [
            body for body in scores if body.place and body.name.endswith(best.name) and text.find(body.name) < HEAD
        ]
        best = max(longer, key=lambda body: scores[body], default=best)
    if best.place is None:
        best = _fuller(best, weighed) or best
    if best.place is None:
        at_edge = (body for body, kinds in weighed.items() if body.place and any(kind in EDGES for kind in kinds))
        best = next((body for body in at_edge if body.name.endswith(best.name)), best)
    least, weight = (LEAST_NAMED, scores[best]) if is_core(best.name) else (LEAST_SAID, max(weighed[best].values()))
    if weight < least or (best.place is None and best.level in BELOW and MENTIONS_ALONE.issuperset(weighed[best])):
        return None  # 村妇联 is spoken of in everybody's papers
    best = _who_acts_there(best, weighed, scores, paper)
    if "notice/wants reports" not in weighed[best]:
        best = complete(best, paper.title)
    return _with_its_party_group(best, paper)


def own_kind(paper: Paper) -> Body | None:
    """Return what a paper calls its body where it tells no more of it: 学校 of 我校, 镇 of 我镇; a study speaks so of what it studies."""
    word = own_word(paper.text, at_least=LEAST_OWN) if paper.doc_type != "research" else ""
    name = name_of_own(word, paper.text) if word in load_patterns().own_kinds else ""
    if not name:
        return None
    level = level_of(name)
    return Body(name, None, own_level(paper.text) if level == "unknown" else level)


def tells_of_several(paper: Paper, signs: Iterable[Sign]) -> bool:
    """Tell news of several bodies of a kind that nothing tells apart."""
    weighed = _weigh(signs)
    best = max(weighed, key=lambda body: sum(weighed[body].values()), default=None)
    return best is not None and _has_rivals(best, weighed, paper)


def _has_rivals(best: Body, weighed: Mapping[Body, Mapping[str, float]], paper: Paper) -> bool:
    """Tell a body of news that tells of others of its kind too, elsewhere, and of none plainly."""
    if paper.doc_type != "news":
        return False
    rivals = [
        body for body in weighed if body.name.endswith(best.name[-2:]) and body.place and body.place != best.place
    ]
    briefs = sum(f"\n{body.name}" in paper.text for body in rivals)
    faint = sum(weighed[best].values()) < LEAST_OF_PLACE
    return len(rivals) > 1 and (faint or bool(briefs and not any(kind in STATED for kind in weighed[best])))


def _of_its_kind(generic: Body, scores: dict[Body, float]) -> Body | None:
    """Return the body with a name of its own that a generic name (企业工会, 村党支部) may stand for."""
    own = [
        body
        for body in scores
        if not is_generic(body) and scores[body] >= LEAST_SAID
        and (plain(body.name).endswith(generic.name[-2:]) or (generic.level == body.level in BELOW))
    ]  # fmt: skip
    return max(own, key=lambda body: scores[body], default=None)


def _fuller(bare: Body, weighed: dict[Body, dict[str, float]]) -> Body | None:
    """Return the body with its place, subject of the first sentence, that a title calls without it: 县总工会 for 云坪县总工会, 水务局."""
    acting = (body for body, kinds in weighed.items() if body.place and not FIRST.isdisjoint(kinds))
    name = plain(bare.name).replace("总工会", "工会")
    same = [body for body in acting if _without_place(body).endswith(name)]
    return max(same, key=lambda body: sum(weighed[body].values()), default=None)


def _without_place(body: Body) -> str:
    """Return a name with nothing of its place but the level: 县工会 for 云坪县总工会, 团县委 for 团**县委."""
    place = body.place or ""
    return plain(body.name.replace(place, place[-1:])).replace("总工会", "工会")


def _who_acts_there(best: Body, weighed: dict[Body, dict[str, float]], scores: dict[Body, float], paper: Paper) -> Body:
    """Return, in place of a mere place, the league or union of that place that acts: 清河县妇联召开培训会.

    So where others tell of the place in the first sentence, and where a paper on women or workers describes it (妇女工作情况. 白沙镇地处…).
    """
    if best.name != best.place:
        return best
    told = paper.doc_type in TOLD_BY_OTHERS and TOLD_OF.issuperset(weighed[best])
    described = DESCRIBED.issuperset(weighed[best]) and load_words().leagues.search(paper.title)
    if not told and not described:
        return best
    acting = [
        body
        for body, kinds in weighed.items()
        if is_core(body.name)
        and not ACTS.isdisjoint(kinds)
        and (body.place == best.place or (described and body.place is None and body.level == best.level))
    ]
    return max(acting, key=lambda body: scores[body], default=best)


def _with_its_party_group(best: Body, paper: Paper) -> Body:
    """Return the party group of a body where a paper about an inspection speaks of that more often: 县总工会党组."""
    groups = load_words().party_groups
    if not INSPECTED.search(paper.text[:HEAD] + paper.title) or best.name.endswith(groups):
        return best
    head = f"{paper.title}\n{paper.text[: 2 * HEAD]}"
    for group in groups:
        if (count := head.count(best.name + group)) and 2 * count >= head.count(best.name):
            return Body(best.name + group, best.place, best.level)
    return best


def _is_below(level: str, other: str) -> bool:
    return level in RANKS and other in RANKS and RANKS.index(level) > RANKS.index(other)


def _weigh(signs: Iterable[Sign]) -> dict[Body, dict[str, float]]:
    """Return the weight of each kind of sign for each body; forms of a name (妇联, 妇女联合会) are one body, called as its heaviest sign calls it."""
    evidence = load_words().evidence
    counts: dict[str, dict[str, int]] = {}
    called: dict[str, tuple[float, Body]] = {}
    for sign in signs:
        name, weight = plain(sign.body.name), evidence[sign.kind].weight
        kinds = counts.setdefault(name, {})
        kinds[sign.kind] = kinds.get(sign.kind, 0) + sign.count
        if name not in called or weight > called[name][0]:
            called[name] = weight, sign.body
    return {
        called[name][1]: {kind: evidence[kind].weight * min(evidence[kind].most, n) for kind, n in kinds.items()}
        for name, kinds in counts.items()
    }


def _joint_signer(paper: Paper) -> Body | None:
    """Return the bodies that sign or head a paper together as one, their names joined by 、; None where one does or none."""
    signing = paper.signer.split("、") if paper.signer and "、" in paper.signer else []
    first = paper.text[: 2 * LONGEST_EDGE].partition("\n")[0].strip(SPACES)
    head = PARTS.split(first) if len(first) < 2 * LONGEST_EDGE else []
    for names in (signing, head, _foot_of_bodies(paper.text)):
        if len(names) > 1 and all(is_body(name) or OFFICE.search(name) for name in names):
            known = next((body for name in names if (body := whole_body(name))), None)
            return Body("、".join(names), known.place, known.level) if known else None
    return None


def _foot_of_bodies(text: str) -> list[str]:
    """Return the lines that close a text above its date, as long as each is the name of a body."""
    lines = [line.strip(SPACES) for line in text[-4 * LONGEST_EDGE :].split("\n") if line.strip(SPACES)]
    if lines and DATED.match(lines[-1]):
        lines.pop()
    if any(len(line) > LONGEST_EDGE for line in lines[-2:]):
        return []
    return list(takewhile(is_body, reversed(lines)))[::-1]
