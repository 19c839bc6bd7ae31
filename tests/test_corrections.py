"""Corrections in the index: what they change, what they outlive, and that they can be taken back exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_samples import analysis, cut, source

from index.correction_values import CODES, FIELDS
from index.errors import BadCorrection, BadReference, UnknownDocument, UnknownLeaf
from index.identity import Anchor, anchor_of, bare, find_anchor, sketch_of
from index.store import Index
from nianlun import vocabulary
from nianlun.taxonomy import leaves
from nlp.records import Analysis, Sentence

POOR = "1、活动室漏雨多年,修缮款至今没有着落。"
OLD = "2、村级骨干半数以上已过花甲之年。"
REST = "三是走访入户偏少,对独居老人的难处了解得不细。"
TEXT = f"""石桥乡老年协会年度小结

一、做过的事
全年组织登山、棋类比赛共14场次,参加老人920人次,定于6月底前建成图书角。
继续办好“银龄课堂”,请退休教师授课。
二、不足之处
{POOR}
{OLD}
{REST}
"""
MENTIONS = {
    "numbers": (("14场次", 14, "场次"), ("920人次", 920, "人次")),
    "times": (("6月底前", "deadline", "2012-06-30"),),
    "activities": ("“银龄课堂”",),
}
PROBLEMS = ((POOR, "funding_gap", "asserted"), (REST, "weak_outreach", "asserted"))
TABLES = ("documents", "problems", "problem_labels", "quantities", "times", "tasks", "activities")


@pytest.fixture
def index() -> Index:
    made = Index.open(cut=cut, leaves=leaves())
    made.add(*report())
    return made


def report(
    text: str = TEXT, path: str = "小结.txt", *, problems: Sequence[tuple[str, str, str]] = PROBLEMS, **known: object
) -> tuple[object, list[Analysis]]:
    """Return a file with one report and what was read out of it."""
    there = [one for one in problems if one[0] in text]
    mentions = {name: tuple(one for one in many if words(one) in text) for name, many in MENTIONS.items()}
    made = analysis(text, problems=there, **mentions, **known)
    return source(path, made), [made]


def words(mention: object) -> str:
    return mention if isinstance(mention, str) else mention[0]  # type: ignore[index]


def at(part: str, ref: str = "小结", text: str = TEXT) -> str:
    return f"{ref}@{text.index(part)}-{text.index(part) + len(part)}"


def rows_of(index: Index) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(index.connection.execute(f"SELECT * FROM {table}").fetchall(), key=str) for table in TABLES}


def leaves_of(index: Index, part: str) -> list[str]:
    query = """SELECT l.leaf FROM problems AS p JOIN problem_labels AS l ON l.problem = p.id
JOIN documents AS d ON d.id = p.document WHERE instr(substr(d.text, p.start + 1, p."end" - p.start), ?) ORDER BY l.place"""
    return [leaf for (leaf,) in index.connection.execute(query, (part,))]


def one(index: Index, query: str) -> object:
    (found,) = index.connection.execute(query).fetchall()
    return found[0] if len(found) == 1 else found


@pytest.mark.parametrize(
    ("part", "field", "value", "query", "found"),
    [
        (None, "year", "2011", "SELECT year, year_low, year_high, year_basis FROM documents", (2011, 2011, 2011, "corrected")),
        (None, "year", "none", "SELECT year, year_basis FROM documents", (None, "corrected")),
        (None, "org", "石桥乡老年协会", "SELECT org FROM documents", "石桥乡老年协会"),
        (None, "doc_type", "plan", "SELECT doc_type FROM documents", "plan"),
        (None, "region", "邛崃市", "SELECT region_basis, province FROM documents", ("corrected", "四川省")),
        (None, "title", "小结", "SELECT title FROM documents", "小结"),
        (POOR, "leaves", "poor_facilities 经费不足", "SELECT p.main, r.name FROM problems AS p JOIN rules AS r ON r.id = p.rule WHERE p.sentence = (SELECT sentence FROM problems ORDER BY start LIMIT 1)", ("poor_facilities", "corrected")),
        (POOR, "polarity", "solved", "SELECT polarity, score FROM reported_problems WHERE text LIKE '1%'", ("solved", 1.0)),
        (POOR, "scope", "lower_level", "SELECT scope FROM reported_problems WHERE text LIKE '1%'", "lower_level"),
        (POOR, "strength", "widespread", "SELECT strength FROM reported_problems WHERE text LIKE '1%'", "widespread"),
        (POOR, "problem", "no", "SELECT count(*) FROM problems", 1),
        (OLD, "problem", "yes", "SELECT polarity, main FROM reported_problems WHERE text LIKE '2%'", ("asserted", "other")),
        (OLD, "leaves", "staff_shortage", "SELECT polarity, main FROM reported_problems WHERE text LIKE '2%'", ("asserted", "staff_shortage")),
        ("14场次", "value", "1.5万", "SELECT q.value, q.value_exact, r.name FROM quantities AS q JOIN rules AS r ON r.id = q.rule WHERE q.value = 15000", (15000.0, "15000", "corrected")),
        ("14场次", "value", "12..15", "SELECT value, value_max FROM numbers WHERE text = '14场次'", (12.0, 15.0)),
        ("14场次", "value", "none", "SELECT value, state FROM numbers WHERE text = '14场次'", (None, "masked")),
        ("14场次", "unit", "亿元", "SELECT unit, dimension FROM quantities ORDER BY start LIMIT 1", ("亿元", "CNY")),
        ("14场次", "of", "比赛", "SELECT of FROM numbers WHERE text = '14场次'", "比赛"),
        ("14场次", "number", "no", "SELECT text FROM numbers", "920人次"),
        ("6月底前", "end", "2011-06", "SELECT date_end FROM times", "2011-06-30"),
        ("6月底前", "date", "2011-01..2011-06", "SELECT date_start, date_end FROM times", ("2011-01-01", "2011-06-30")),
        ("6月底前", "kind", "period", "SELECT kind FROM times", "period"),
        ("6月底前", "time", "no", "SELECT count(*) FROM tasks", 0),
        ("“银龄课堂”", "name", "银龄大课堂", "SELECT name FROM activities", "银龄大课堂"),
        ("“银龄课堂”", "kind", "brand", "SELECT kind FROM activities", "brand"),
        ("“银龄课堂”", "activity", "no", "SELECT count(*) FROM activities", 0),
    ],
)  # fmt: skip
def test_a_correction_changes_the_rows_at_once_and_is_taken_back_exactly(
    index: Index, part: str | None, field: str, value: str, query: str, found: object
) -> None:
    before = rows_of(index)
    made = index.correct("小结" if part is None else at(part), field, value, by="林", why="核对过原件")
    assert (made.state, made.made_by, made.why) == ("placed", "林", "核对过原件")
    assert one(index, query) == found
    assert index.check() == []
    (undone,) = index.undo_corrections([made.number], by="林")
    assert (undone.state, undone.undone_by) == ("undone", "林")
    assert rows_of(index) == before
    assert len(index.corrections) == 1  # the log keeps it


def test_of_several_corrections_of_one_place_the_last_holds_and_each_can_be_taken_back(index: Index) -> None:
    before = rows_of(index)
    first = index.correct(at(POOR), "leaves", "poor_facilities")
    removed = index.correct(at(POOR), "problem", "no")
    assert leaves_of(index, "漏雨") == []
    again = index.correct(at(POOR), "leaves", "staff_shortage")
    assert leaves_of(index, "漏雨") == ["staff_shortage"]
    assert one(index, "SELECT scope FROM reported_problems WHERE text LIKE '1%'") == "own_organisation"
    index.undo_corrections([again.number])
    assert leaves_of(index, "漏雨") == []
    index.undo_corrections([removed.number])
    assert leaves_of(index, "漏雨") == ["poor_facilities"]
    index.undo_corrections([first.number])
    assert rows_of(index) == before


@pytest.mark.parametrize(
    ("part", "field", "value", "error"),
    [
        (None, "yaer", "2011", BadCorrection),
        (None, "year", "去年", BadCorrection),
        (None, "year", "20111", BadCorrection),
        (None, "year", "2011-05", BadCorrection),
        (None, "org", " ", BadCorrection),
        (None, "doc_type", "novel", BadCorrection),
        (None, "leaves", "funding_gap", BadCorrection),
        (POOR, "leaves", "no_such_leaf", UnknownLeaf),
        (POOR, "problem", "maybe", BadCorrection),
        (POOR, "name", "银龄", BadCorrection),
        ("14场次", "value", "很多", BadCorrection),
        ("14场次", "value", "5..3", BadCorrection),
        ("14场次、920人次"[:3], "value", "5..3", BadCorrection),
        ("6月底前", "end", "2011-13", BadCorrection),
        ("“银龄课堂”", "kind", "deadline", BadCorrection),
    ],
)
def test_what_cannot_be_a_value_is_refused_and_leaves_no_trace(
    index: Index, part: str | None, field: str, value: str, error: type[Exception]
) -> None:
    before = rows_of(index)
    with pytest.raises(error):
        index.correct("小结" if part is None else at(part), field, value)
    assert index.corrections == [] and rows_of(index) == before


def test_a_reference_to_several_numbers_names_them(index: Index) -> None:
    with pytest.raises(BadCorrection) as raised:
        index.correct(at("14场次,参加老人920人次"), "value", "3")
    assert "14场次" in str(raised.value) and "920人次" in str(raised.value)
    with pytest.raises(UnknownDocument):
        index.correct("别的", "year", "2011")
    with pytest.raises(BadReference):
        index.correct("小结@a", "year", "2011")


def other_sentences(made: Analysis, *cuts: str) -> Analysis:
    """Return an analysis whose sentences end behind the words given, too."""
    ends = sorted({one.end for one in made.sentences} | {made.document.text.index(part) + len(part) for part in cuts})
    starts = [0, *ends]
    sentences = tuple(
        Sentence(start=start, end=end, section=0, role="problems") for start, end in zip(starts, ends, strict=False)
    )
    return replace(made, sentences=sentences)


WRAPPED = TEXT.replace("修缮款至今", "修缮款\n至今").replace("1、", "(一) ").replace(",", ",")
EDITED = TEXT.replace("共14场次", "共15场次").replace("退休教师", "退休的老师")
AGAIN = (("漏雨", ["poor_facilities"]), ("花甲", ["staff_shortage"]), ("走访入户", []))


@pytest.mark.parametrize(
    "comes",
    [
        pytest.param([("add", report(doc_type="plan"))], id="read again"),
        pytest.param([("add", report(problems=((OLD, "funding_gap", "solved"), (REST, "funding_gap", "asserted"))))], id="trained again"),
        pytest.param([("add", (report()[0], [other_sentences(report()[1][0], "活动室漏雨多年,", "半数以上")]))], id="split otherwise"),
        pytest.param([("add", report(path="归档/2011.txt")), ("forget", "小结.txt")], id="copied, then removed"),
        pytest.param([("forget", "小结.txt"), ("add", report(path="归档/2011.txt"))], id="removed, then put elsewhere"),
        pytest.param([("add", report(EDITED))], id="edited in place"),
        pytest.param([("forget", "小结.txt"), ("add", report(WRAPPED, "小结.docx"))], id="converted"),
        pytest.param([("rename", "小结.txt"), ("add", report(EDITED, "总结.txt"))], id="renamed, then edited"),
        pytest.param([("add", report("纪念品采购清单见附件。\n" + TEXT))], id="something put before it"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("together", [True, False])
def test_corrections_outlive(comes: list[tuple[str, object]], together: bool, index: Index) -> None:
    index.flush()
    index.correct("小结", "year", "2011")
    index.correct(at(POOR), "leaves", "poor_facilities")
    index.correct(at(OLD), "leaves", "staff_shortage")
    index.correct(at(REST), "problem", "no")
    index.correct(at("920人次"), "value", "902")
    for number, (what, item) in enumerate(comes):
        if what == "forget":
            index.forget(str(item))
            index.flush()
            continue
        if what == "rename":
            index.rename(str(item), "总结.txt")
            continue
        found, analyses = item  # type: ignore[misc]
        if together:
            with index.together():
                index.add(found, analyses, fingerprint=str(number))
        else:
            index.add(found, analyses, fingerprint=str(number))
    index.flush()
    assert [(row.year, row.year_label, row.year_basis) for row in index.docs()] == [(2011, "2011", "corrected")]
    assert {part: leaves_of(index, part) for part, _ in AGAIN} == dict(AGAIN)
    assert one(index, "SELECT value FROM numbers WHERE text = '920人次'") == 902
    assert {made.state for made in index.corrections} == {"placed"}
    assert index.check() == []
    index.undo_corrections([made.number for made in index.corrections])
    assert index.connection.execute("SELECT count(*) FROM problems WHERE rule = 'corrected'").fetchone() == (0,)
    assert index.check() == []


def test_what_finds_no_place_is_kept_and_listed_until_its_words_are_back(index: Index) -> None:
    index.correct("小结", "year", "2011")
    index.correct(at(POOR), "leaves", "poor_facilities")
    index.add(*report(TEXT.replace(POOR + "\n", "")), fingerprint="1")
    assert [made.state for made in index.corrections] == ["placed", "lost"]
    index.forget("小结.txt")
    assert [(made.state, made.value) for made in index.corrections] == [("lost", "2011"), ("lost", "poor_facilities")]
    index.add(*report(path="找回.txt"), fingerprint="2")
    assert [(made.state, made.reference.partition("@")[0]) for made in index.corrections] == [("placed", "找回")] * 2


def test_the_report_of_the_next_year_takes_over_words_but_no_corrections(index: Index) -> None:
    index.correct("小结", "year", "2011")
    changed = "\n".join(
        f"{line}又过了{number}个多月,情形各有不同,分述于后。" for number, line in enumerate(TEXT.splitlines()[2:])
    )
    index.add(*report(changed, "又一年.txt"))
    index.forget("小结.txt")
    index.flush()
    assert [row.year for row in index.docs()] == [None]
    assert [made.state for made in index.corrections] == ["lost"]


def test_equal_sentences_are_told_apart_by_what_stands_around_them() -> None:
    text = "甲村:人手不够。\n乙村:人手不够。\n丙村:人手不够。\n"
    second = text.index("人手", 10)
    anchor = anchor_of(text, bare(text), (second, second + 5), second, second + 5)
    assert anchor is not None
    moved = "乙村:人手 不够。\n丙村:人手不够。\n甲村:人手不够。\n"
    found = find_anchor(anchor, bare(moved))
    assert found is not None and moved[found[0] : found[1]] == "人手 不够" and found[0] == 3
    assert find_anchor(anchor, bare("丁村:人手充足。")) is None


def test_an_anchor_overlooks_list_numbers_width_and_blanks() -> None:
    text = "3、12月底前完成A类房改造。\n"
    anchor = anchor_of(text, bare(text), (0, len(text)), text.index("12"), text.index("12") + 3)
    assert anchor is not None and anchor.words == "12月底前完成a类房改造"
    other = "(三)12月底 前完成\na类房改造。"
    found = find_anchor(anchor, bare(other))
    assert found is not None and other[slice(*found)] == "12月"


@given(
    st.text(alphabet="经费不足够1、)(一二①.。\n A\ud800", max_size=40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_an_anchor_finds_its_own_words_in_its_own_text(text: str, first: int, start: int, end: int) -> None:
    first, start, end = (min(at, len(text)) for at in sorted((first, start, end)))
    letters = bare(text)
    anchor = anchor_of(text, letters, (first, end), start, end)
    if anchor is None:
        return
    found = find_anchor(Anchor.of_json(anchor.as_json()), letters)
    assert found is not None
    assert bare(text[slice(*found)]).text == anchor.words[anchor.start : anchor.end]
    assert bare(text[slice(*found)]).text in bare(text[start:end]).text


def test_texts_without_any_words_have_a_sketch_too() -> None:
    empty = sketch_of("", [])
    assert empty.likeness(sketch_of(TEXT, []), TEXT, same_file=True) == 0
    assert sketch_of(TEXT, []).likeness(sketch_of(TEXT, []), TEXT, same_file=False) == 1
    assert sketch_of("。。", []).likeness(empty, "", same_file=True) in (0, 1)


def test_the_codes_are_those_of_the_vocabulary() -> None:
    known = {
        "org_level": vocabulary.ORG_LEVELS, "doc_type": vocabulary.DOC_TYPES, "polarity": vocabulary.POLARITIES,
        "scope": vocabulary.SCOPES, "approx": vocabulary.APPROX,
        "kind": {**vocabulary.ACTIVITY_KINDS, **vocabulary.TIME_KINDS},
        "strength": {**vocabulary.STRENGTHS, "none": ""},
    }  # fmt: skip
    assert {field: set(codes) for field, codes in CODES.items() if field in known} == {
        field: set(codes) for field, codes in known.items()
    }
    assert set(CODES) <= set(FIELDS)
