"""What a report says of itself: kind, body, level, region, year with its basis, date of signature.

A year that is stated (title, signature, opening words) is a year; one that only follows from the events named is an
interval with its evidence (`nlp.chronology`), and a single year only where the evidence leaves no other.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingest.records import Document
from nlp.chronology import weigh
from nlp.records import Evidence, Metadata
from nlp.segment import load_segmenter

HEAD = 600  # characters in which a report introduces itself
EDGE_LINES = 4  # lines at the head and foot of a text where a signature or a letterhead stands
MASK = "XxＸ×*＊#○_"
CHINESE_DIGITS = {
    char: str(value)
    for value, chars in enumerate(("〇○零", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
YEAR = r"(?:19[5-9]\d|20[0-4]\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
SIGNED = re.compile(
    rf"(?P<year>{YEAR})\s*(?:年|[-./])\s*(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*(?:月|[-./])"
    r"\s*(?:(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|二十|[一二三四五六七八九])\s*[日号]?)?"
)
OCCASION = re.compile(
    rf"[—－（( -]*{YEAR}\s*年.{{3,8}}日?\s*(?:在|于|，).{{4,40}}(?:会|会议|大会|仪式|班|活动)[^。]{{0,12}}[）)]?$"
)
ISSUED_PAPER = re.compile(r"(?:印发|转发|下发)[《]?(?P<paper>.+?)[》]?的?通知")
SUMMARY_AND_PLAN = re.compile(r"总结.{0,8}(?:和|及|暨|与|以及|、).{0,12}(?:计划|打算|要点|安排|思路)")
OPENING_YEAR = re.compile(
    rf"(?P<year>{YEAR})年(?=[，,：]?(?:是|以来|度|上半年|下半年|全年|我|全|在|各|工作|的?工作|本|区|县|市|省|镇|乡|街道|校|公司|妇联|工会|团|[\u4e00-\u9fff]{{0,8}}(?:妇联|工会|团委|残联|政府|党委|局|院|校)))"
)
ANY_YEAR = re.compile(
    rf"(?<![\d〔（(【\[-])(?P<year>{YEAR})年(?!代|初|底|末|来|前|后|以前|之前|至|到|[—~-]|开始|起)(?P<scope>度|工作|全年|上半年)?"
)
FUTURE = re.compile(r"(?:到|至|截至|截止|力争|从|自|于|即|—|-|~|～)$")
BODY_TAIL = re.compile(r"^(?:系统|机关|干部|组织|工作|领导|班子)")
PLACE_STOP = frozenset(
    "个名支所批位次两二三四五六七八九十百千的在和与及对向由为是从到被把据按以各全我本了于经给让关该其并将会要受聘请报配"
)
PLACE_STOP_WORDS = re.compile(
    r"代表|指导|围绕|根据|领导|组织|邀请|深入|协助|配合|积极|通过|支持|参加|推动|以来|工作|成立|开展|加强|获得|荣获"
)
CLASS_PLACES = frozenset(
    (
        "乡镇",
        "农村",
        "县市",
        "区县",
        "市县",
        "县乡",
        "村镇",
        "市区",
        "城区",
        "省市",
        "省市县",
        "县区",
        "镇村",
        "村社区",
        "街道社区",
        "乡镇街道",
        "镇街道",
        "城市",
        "城乡",
        "地市",
        "市州",
        "盟市",
        "旗县",
        "盟市旗县",
    )
)
NO_PLACE_TAGS = frozenset(("v", "p", "c", "d", "u", "uj", "ul", "r", "f", "m", "q"))
ONLY_LEVELS = re.compile(
    r"(?:自治区|街道|社区|省|市|县|区|乡|镇|村|州|旗)*?(?P<last>自治区|街道|社区|省|市|县|区|乡|镇|村|州|旗)"
)
GENERIC_PLACE = frozenset(
    (
        "农村",
        "城乡",
        "乡村",
        "社区",
        "地区",
        "城市",
        "辖区",
        "园区",
        "山区",
        "街道",
        "乡镇",
        "村镇",
        "城区",
        "郊区",
        "校区",
        "小区",
        "行政村",
        "自然村",
        "景区",
        "片区",
        "县市",
    )
)


@dataclass(frozen=True, slots=True)
class Bodies:
    """Ends of the names of bodies, and the level that the word before them tells; from `nlp/data/bodies.toml`."""

    ends: re.Pattern[str]
    whole: tuple[re.Pattern[str], ...]
    levels: tuple[tuple[str, str], ...]  # (word, level), longest first


@cache
def load_bodies() -> Bodies:
    """Return the names of `nlp/data/bodies.toml`."""
    data = tomllib.loads(resources.files("nlp.data").joinpath("bodies.toml").read_text("utf-8"))
    ends = sorted(data["bodies"]["ends"], key=len, reverse=True)
    levels = [(word, level) for level, words in data["levels"].items() for word in words]
    whole = tuple(re.compile(pattern) for pattern in data["bodies"]["whole"])
    return Bodies(re.compile("|".join(ends)), whole, tuple(sorted(levels, key=lambda pair: -len(pair[0]))))


@cache
def load_kinds() -> tuple[tuple[str, re.Pattern[str], tuple[tuple[re.Pattern[str], float], ...]], ...]:
    """Return (kind, title words, weighted body patterns) of `nlp/data/kinds.toml`."""
    entries = tomllib.loads(resources.files("nlp.data").joinpath("kinds.toml").read_text("utf-8"))["kind"]
    return tuple(
        (
            e["name"],
            re.compile("|".join(sorted(e["title"], key=len, reverse=True))),
            tuple((re.compile(pattern, re.MULTILINE), weight) for pattern, weight in e["body"]),
        )
        for e in entries
    )


def find_metadata(document: Document) -> Metadata:
    """Return what the document says of itself; None and `unknown` where it does not say."""
    text, title = document.text, _paper(document.title or "")
    doc_type = kind_of_title(title) or kind_of_body(text)
    body = find_body(text, title, doc_type)
    signed = find_signature(text)
    year, basis, evidence = find_year(document, doc_type, signed)
    low, high = (year, year) if year else (None, None)
    if year is None:
        low, high, certain, evidence = weigh(text)
        if certain:
            year, basis = low, "inferred"
    return Metadata(
        title=document.title,
        doc_type=doc_type,
        org=body.name if body else None,
        org_level=body.level if body else _own_level(text),
        region=(body.place if body else None) or _region(text, title),
        year=year,
        year_low=low,
        year_high=high,
        year_basis=basis,
        year_evidence=tuple(evidence),
        signed=signed[0] if signed else None,
    )


def _paper(title: str) -> str:
    """Return the title of the paper that a notice issues (关于印发《…工作要点》的通知), else the title."""
    issued = ISSUED_PAPER.search(title)
    return issued["paper"].strip("《》") if issued else title


def kind_of_title(title: str) -> str | None:
    """Return the kind that the last naming word of a title tells, or None."""
    if SUMMARY_AND_PLAN.search(title):
        return "summary"
    best: tuple[int, int, str] | None = None
    for name, words, _ in load_kinds():
        for match in words.finditer(title):
            candidate = (match.end(), match.end() - match.start(), name)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    return best[2] if best else None


def kind_of_body(text: str) -> str:
    """Return the kind whose wordings weigh most in a text without a telling title."""
    length = max(1.0, (len(text) / 2000) ** 0.5)
    scores = {
        name: sum(weight * min(3.0 * length, len(pattern.findall(text))) for pattern, weight in patterns)
        for name, _, patterns in load_kinds()
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0 else "other"


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the text names it: `place` is the named place at its head, or None."""

    name: str
    place: str | None
    level: str


def find_body(text: str, title: str, doc_type: str) -> Body | None:
    """Return the body whose report this is.

    A signature or letterhead says it; else the title; else 我代表…; else the body named most, its named form before its
    generic one (沂南县妇联 before 县妇联), and of the level of which the report says 我县, 全镇. Party committees and
    governments are named in everybody's reports, so they need one of the first three.
    """
    scores: Counter[Body] = Counter()
    lines = text.split("\n")
    edges = {line.strip() for line in lines[:EDGE_LINES] + lines[-EDGE_LINES:]}
    for body in _bodies_in(title):
        scores[body] += 60
    own = _own_level(text)
    named: Counter[Body] = Counter()
    for body, start, end in _find_bodies(text):
        named[body] += 1
        line = text[text.rfind("\n", 0, start) + 1 : _line_end(text, end)].strip()
        if line in edges and (line == text[start:end] or line in (text[start:end] + "文件", text[start:end] + "：")):
            scores[body] += 20 if line.endswith("：") else 100
        if text[max(0, start - 3) : start].endswith("我代表"):
            scores[body] += 70
        if start < HEAD and text[end : end + 1] != "：" and body.place:
            scores[body] += 6
        if own != "unknown" and body.level == own:
            scores[body] += 2
    for body, count in named.items():
        weight = (
            0.3
            if body.name.endswith(
                (
                    "党委",
                    "政府",
                    "县委",
                    "市委",
                    "省委",
                    "区委",
                    "镇委",
                    "部",
                    "人大",
                    "政协",
                    "局",
                    "领导小组办公室",
                    "中心",
                    "公司",
                )
            )
            else 2
        )
        scores[body] += round(weight * min(count, 10))
    if not scores:
        return None
    best = max(scores, key=lambda body: (scores[body], -text.find(body.name)))
    rivals = [body for body in scores if body.name.endswith(best.name[-2:]) and body.place and body.place != best.place]
    if doc_type == "news" and scores[best] < 60 and len(rivals) > 1:
        return None
    if best.place is None and scores[best] < 60 and doc_type == "research" and own == "unknown":
        return None
    if best.place is None and scores[best] < 60:
        longer = [b for b in scores if b.place and b.name.endswith(best.name) and text.find(b.name) < HEAD]
        best = max(longer, key=lambda body: scores[body], default=best)
    return best if scores[best] >= 2 else None


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _bodies_in(text: str) -> list[Body]:
    return [body for body, _, _ in _find_bodies(text)]


def _find_bodies(text: str) -> Iterator[tuple[Body, int, int]]:
    """Yield (body, start, end) of every name of a body that begins with a place or a word of level."""
    for match in load_bodies().ends.finditer(text):
        prefix = _place_before(text, match.start())
        if prefix and prefix not in CLASS_PLACES:
            if bare := ONLY_LEVELS.fullmatch(prefix):
                prefix = bare["last"]
            start = match.start() - len(prefix)
            yield Body(text[start : match.end()], _named_place(prefix), _level(prefix)), start, match.end()
    for pattern in load_bodies().whole:
        for match in pattern.finditer(text):
            start, prefix = match.start(), match["place"]
            if not match.group().startswith(("共青团", "中共", "团")):
                prefix = _place_before(text, match.end("place")) or prefix
                start = match.end("place") - len(prefix)
            if prefix:
                yield Body(text[start : match.end()], _named_place(prefix), _level(prefix)), start, match.end()


@cache
def _levels_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(re.escape(word) for word, level in load_bodies().levels if level != "enterprise")
    mask = f"[{re.escape(MASK)}]{{1,4}}\\s?"
    chunk = rf"(?:{mask}|[\u4e00-\u9fff]{{1,5}}?)?(?:{words})"
    return re.compile(rf"(?:{chunk})+"), re.compile(words)


def _place_before(text: str, at: int) -> str:
    """Return the places and words of level that directly precede a position: 沂南县, XX 镇, 县, 自治区."""
    window = text[max(0, at - 16) : at]
    run = re.search(rf"[\u4e00-\u9fff{re.escape(MASK)} ]*$", window)
    context = run.group().lstrip() if run else ""
    stops = [position + 1 for position, char in enumerate(context) if char in PLACE_STOP]
    stops += [match.end() for match in PLACE_STOP_WORDS.finditer(context)]
    context = context[max(stops, default=0) :]
    if not context:
        return ""
    whole, level = _levels_pattern()
    borders = _place_borders(context)
    for start in borders:
        if whole.fullmatch(context[start:]):
            return (
                context[start:] if not GENERIC_PLACE.intersection({context[start:]}) - {"街道", "社区", "乡镇"} else ""
            )
    last = None
    for last in level.finditer(context):
        pass
    return last.group() if last and last.end() == len(context) else ""


def _place_borders(context: str) -> list[int]:
    """Return the token borders at which a name of a place may begin, the leftmost first."""
    tagged: list[tuple[str, str]] = load_segmenter().tag(context)
    borders, at = [], len(context)
    for word, tag in reversed(tagged):
        if tag in NO_PLACE_TAGS:
            break
        at -= len(word)
        borders.append(at)
    return borders[::-1]


def _named_place(prefix: str) -> str | None:
    bare = prefix
    for word, _ in load_bodies().levels:
        if bare == word:
            return None
    place = prefix.removeprefix("共青团").removeprefix("中共")
    return None if place in GENERIC_PLACE or place in ("中华全国", "全国") else place


def _level(prefix: str) -> str:
    for word, level in load_bodies().levels:
        if prefix.endswith(word):
            return level
    return "unknown"


def _own_level(text: str) -> str:
    """Return the level of which a report speaks as its own: 我县, 全镇, 本区."""
    words = Counter(
        match.group(1)
        for match in re.finditer(r"(?:我|全|本)(省|自治区|市|州|县|区|旗|镇|乡|街道|村|社区|校|公司|院)(?!委|级)", text)
    )
    if not words:
        return "unknown"
    word = words.most_common(1)[0][0]
    if word in ("校", "公司", "院"):
        return "enterprise"
    return dict(load_bodies().levels)[word]


def _region(text: str, title: str) -> str | None:
    """Return the named place that the title or the text speaks of most."""
    for source in (title, text[: 2 * HEAD], text):
        places = Counter(
            match.group()
            for match in re.finditer(r"[\u4e00-\u9fff]{2,4}?(?:自治区|自治州|自治县|省|市|县|镇|乡|街道)", source)
            if not PLACE_STOP.intersection(match.group()) and _place_before(source, match.end()) == match.group()
        )
        named = [(place, count) for place, count in places.most_common() if place not in GENERIC_PLACE]
        if named and (source is title or named[0][1] > 1):
            return named[0][0]
    return None


def find_signature(text: str) -> tuple[str, int, int] | None:
    """Return (ISO day or month, start, end) of the date that stands on a line of its own at the head or foot."""
    lines = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    for start, line in lines[-EDGE_LINES:][::-1] + lines[: 2 * EDGE_LINES]:
        match = SIGNED.search(line)
        if match and OCCASION.match(line):
            return _iso(match), start + match.start(), start + match.end()
        if match and len(line.strip("（）() ")) - len(match.group()) <= 14 and not line.rstrip().endswith(("。", "；")):
            return _iso(match), start + match.start(), start + match.end()
    return None


def _iso(match: re.Match[str]) -> str:
    day = match["day"]
    text = f"{_arabic(match['year'])}-{_small(match['month']):02d}"
    return f"{text}-{_small(day):02d}" if day else text


def _arabic(year: str) -> int:
    return int("".join(CHINESE_DIGITS.get(char, char) for char in year))


def _small(text: str) -> int:
    """Return the value of a day or month: 12, 十二, 二十一."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(CHINESE_DIGITS[text])
    return (int(CHINESE_DIGITS[tens]) if tens else 1) * 10 + (int(CHINESE_DIGITS[ones]) if ones else 0)


def find_year(
    document: Document, doc_type: str, signed: tuple[str, int, int] | None
) -> tuple[int | None, str, list[Evidence]]:
    """Return (year, basis, evidence) where the text states the year; (None, "none", []) where it does not.

    A site's page title and upload date state nothing.
    """
    text = document.text
    if document.title and document.title_source != "page":
        years = [
            _arabic(match["year"])
            for match in re.finditer(rf"(?P<year>{YEAR})(?=年|工作|度|[^\d号〕）)])", document.title)
        ]
        if years:
            year = years[0]
            at = max(0, text.find(document.title))
            found = text[at : at + len(document.title)] == document.title
            span = (at, at + len(document.title)) if found else (0, 0)
            return year, "title", [_evidence(*span, document.title, year, "stated in the title")]
    opening = OPENING_YEAR.search(text, 0, HEAD // 2)
    if signed:
        year = _year_of_signature(
            signed[0], doc_type, text, int(opening["year"]) if opening and opening["year"].isdigit() else None
        )
        return (
            year,
            "signature",
            [_evidence(signed[1], signed[2], text[signed[1] : signed[2]], year, "date of signature")],
        )
    if opening and not FUTURE.search(text[max(0, opening.start() - 3) : opening.start()]):
        year = _arabic(opening["year"])
        return year, "body", [_evidence(*opening.span(), opening.group(), year, "opening words")]
    return _year_in_body(text)


def _year_of_signature(signed: str, doc_type: str, text: str, opening: int | None) -> int:
    """Return the year reported on: a summary signed in the first months tells of the year before, a plan signed in the last of the next."""
    year, month = int(signed[:4]), int(signed[5:7])
    if opening is not None and (doc_type, opening - year) in (
        ("summary", -1),
        ("experience", -1),
        ("plan", 1),
        ("notice", 1),
    ):
        return opening
    if doc_type == "summary" and month <= 2 and re.search(r"(?:去年|一年来|全年)", text):
        return year - 1
    if doc_type == "plan" and month >= 11:
        return year + 1
    return year


def _year_in_body(text: str) -> tuple[int | None, str, list[Evidence]]:
    """Return the one year of which a text speaks, where it speaks of it alone or marks it as its own (2011年度)."""
    found = [
        (match, _arabic(match["year"]))
        for match in ANY_YEAR.finditer(text)
        if not FUTURE.search(text[max(0, match.start() - 3) : match.start()])
    ]
    own = Counter(year for match, year in found if match["scope"])
    every = Counter(year for _, year in found)
    for counts, needed in ((own, 1), (every, 2)):
        if counts:
            year, count = counts.most_common(1)[0]
            if count >= needed and count > sum(every.values()) / 2 and year == max(every):
                match = next(match for match, value in found if value == year)
                return year, "body", [_evidence(*match.span(), match.group(), year, "the year that the text speaks of")]
    return None, "none", []


def _evidence(start: int, end: int, text: str, year: int, why: str) -> Evidence:
    return Evidence(start=start, end=end, text=text, low=year, high=year, why=why)


def signature_spans(values: Sequence[Evidence]) -> list[tuple[int, int]]:
    """Return the spans of evidence that stands in the text."""
    return [(value.start, value.end) for value in values if value.end > value.start]
