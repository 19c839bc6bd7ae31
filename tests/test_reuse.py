"""Reuse: copied passages are found whatever was changed in them, slogans and phrases are not, and no answer is stale."""

from __future__ import annotations

import random

import pytest
from index_samples import LEAVES, analysis, cut, source
from runaway import grows_in_proportion

from index import collate, reuse
from index.alignment import Profile, differences, pairs_of, passages
from index.errors import UnknownDocument
from index.shingles import bands_of, candidates, units_of
from index.store import Index

PARAGRAPH = (
    "桐砚县把活动阵地建到了集市边上,赶集的姐妹歇脚时就能听一堂普法课。"
    "全年共办流动课堂36场,听课的有1280人次,发放折页2400份。"
    "针对山上住户分散的实际,车队每月进沟两趟,把药箱、书箱和工具箱一并送到家门口。"
    "年底对三个片区逐户回访,九成以上的住户说得清求助该打哪个号码。"
)
CHANGED = PARAGRAPH.replace("桐砚县", "白楂镇").replace("36", "51").replace("1280", "2075").replace("2400", "3,100")
MASKED = PARAGRAPH.replace("桐砚县", "××县").replace("36", "**").replace("1280", "▒▒▒▒")
OTHER = (
    "今年的防汛物资比往年早到了半个月,仓库里的编织袋码得整整齐齐。"
    "镇里给每个村配了一台手摇报警器,夜里值班的人换成了两班倒。"
    "水位最高的那天,党员突击队在老闸口守了整整一宿。"
)
SLOGAN = "我们要以邓小平理论和“三个代表”重要思想为指导,深入贯彻落实科学发展观,全面建设小康社会。"


def split(text):
    parts = text.split("。")
    return [part + "。" for part in parts if part]


def shared(one, other):
    left, right = (Profile(text, None, collate.load_slogans()) for text in (one, other))
    return sum(passage.shared for passage in passages(left, right, pairs_of(left, right)))


def every_twelfth(text, word="某某"):
    """Return text in which two characters of twenty-four are others."""
    chars = list(text)
    for at in range(7, len(chars) - 2, 24):
        if "".join(chars[at : at + 2]).isalpha():
            chars[at : at + 2] = word
    return "".join(chars)


def index_of(*texts, years=None):
    index = Index.open(cut=cut, leaves=LEAVES)
    for number, text in enumerate(texts):
        year = {"year": years[number], "year_basis": "title"} if years else {}
        index.add(source(f"r{number}.txt", analysis(text, **year)), [analysis(text, **year)])
    return index


COPIES = {
    "word for word": PARAGRAPH,
    "numbers and places changed": CHANGED,
    "names and numbers masked": MASKED,
    "sentences in another order": "".join(split(PARAGRAPH)[at] for at in (2, 0, 3, 1)),
    "one word in twelve replaced": every_twelfth(PARAGRAPH),
    "a sentence put in": "".join([*split(PARAGRAPH)[:2], "这是后来补写的一句话。", *split(PARAGRAPH)[2:]]),
    "wrapped into lines": "\n".join(PARAGRAPH[at : at + 31] for at in range(0, len(PARAGRAPH), 31)).replace("\n", ""),
    "half-width marks and wide digits": PARAGRAPH.replace("，", ",").replace("36", "３６"),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_copied_paragraph_is_found_in_another_report(copy):
    with index_of(OTHER + "\n" + PARAGRAPH, "开头另有一段。\n" + copy + "\n" + OTHER[::-1]) as index:
        (cluster,) = index.reuse().rows
        assert [place.document.ref for place in cluster.places] == ["r0", "r1"]
        assert cluster.shared >= 80


@pytest.mark.parametrize(
    "text",
    [
        OTHER,
        "桐砚县今年的工作有了新的进展,干部群众都很满意,大家对来年充满信心和期待。",
        "全年共办培训班12期,参加的有900人次,发放资料1500份。",
        SLOGAN,
        "流动课堂、药箱和书箱。" * 3,
    ],
)
def test_other_texts_slogans_and_single_phrases_are_no_copies(text):
    with index_of(PARAGRAPH + SLOGAN, text + "这一份报告自己还写了些别的事情,和前面那份毫不相干。") as index:
        assert len(index.reuse()) == 0


def test_a_slogan_in_a_copied_passage_adds_nothing_to_it():
    assert shared(PARAGRAPH + SLOGAN, PARAGRAPH + SLOGAN) == pytest.approx(
        shared(PARAGRAPH, PARAGRAPH), abs=12
    )  # 我们要 and 全面建设小康社会 are left
    assert shared(SLOGAN, SLOGAN) < reuse.REUSED


def test_what_very_many_unrelated_reports_say_once_is_nobodys_own():
    phrase = "经过大家一年来起早贪黑地跑村入户该办的事情件件都办了该记的账目也都一笔笔记清楚了。"
    draw = random.Random(7)
    chars = [chr(code) for code in range(0x4E00, 0x5E00)]
    texts = ["".join(draw.choices(chars, k=60)) + "。" + phrase for _ in range(30)]
    with index_of(*texts) as index:
        assert len(index.reuse()) == 0
    with index_of(*texts[:3]) as index:
        assert [cluster.documents for cluster in index.reuse()] == [3]


def test_a_paragraph_that_very_many_reports_share_is_one_text():
    draw = random.Random(8)
    chars = [chr(code) for code in range(0x4E00, 0x5E00)]
    texts = ["".join(draw.choices(chars, k=400)) + "。" + PARAGRAPH for _ in range(60)]
    with index_of(*texts) as index:
        assert [cluster.documents for cluster in index.reuse()] == [60]


def test_differences_tell_years_numbers_and_words():
    one, other = "2011年举办讲座36场,受益1,280人次。", "2012年举办讲座51场,惠及1,280人次。"
    assert [(found.kind, found.one, found.other) for found in differences(one, other)] == [
        ("year", "2011", "2012"), ("number", "36", "51"), ("words", "受益", "惠及"),
    ]  # fmt: skip
    assert differences("同样的话,没有差别。", "同样的话没有差别") == []


def test_a_cluster_names_its_places_from_the_earliest_and_what_was_changed():
    with index_of(CHANGED, PARAGRAPH, years=(2012, 2009)) as index:
        (cluster,) = index.reuse()
        assert [(place.document.ref, place.document.year) for place in cluster.places] == [("r1", 2009), ("r0", 2012)]
        assert {(one.one, one.other) for one in cluster.differs} >= {("36", "51"), ("1280", "2075")}


def test_places_quote_the_text_and_the_source():
    with index_of(OTHER + PARAGRAPH, CHANGED) as index:
        for place in index.reuse().rows[0].places:
            (text,) = index.connection.execute(
                "SELECT text FROM documents WHERE ref = ?", (place.document.ref,)
            ).fetchone()
            assert place.text == text[place.start : place.end]
            assert index.show(place.reference).document.ref == place.document.ref


def test_links_of_a_document_tell_from_where_and_to_where():
    with index_of(PARAGRAPH, CHANGED, MASKED, years=(2009, 2011, 2013)) as index:
        told = [(link.there.document.ref, link.direction) for link in index.reuse_of("r1")]
        assert told == [("r0", "from"), ("r2", "to")]
        assert index.reuse_of("r1", year=2013)[0].direction == "to"
        with pytest.raises(UnknownDocument):
            index.reuse_of("r9")


def test_filters_leave_passages_between_the_reports_they_leave():
    with index_of(PARAGRAPH, CHANGED, MASKED, years=(2009, 2011, 2013)) as index:
        answer = index.reuse(year=(2010, 2013))
        assert [len(cluster.places) for cluster in answer] == [2]
        assert answer.base.documents == 2 and answer.compared == 3
        assert len(index.reuse(min_chars=500)) == 0


def test_two_documents_side_by_side():
    with index_of(PARAGRAPH + OTHER, OTHER + CHANGED) as index:
        told = index.reuse_pair("r0", "r1")
        assert [(row.passage, row.one.text[:4], row.other.text[:4]) for row in told.rows[:2]] == [
            (1, "桐砚县把", "白楂镇把"), (1, "全年共办", "全年共办"),
        ]  # fmt: skip
        assert len(told.rows) == 7 and len(told.shared) >= 1


def test_no_answer_is_stale():
    with index_of(PARAGRAPH, OTHER) as index:
        assert len(index.reuse()) == 0 and reuse.is_current(index.connection)
        index.add(source("late.txt", analysis(CHANGED)), [analysis(CHANGED)])
        assert not reuse.is_current(index.connection)
        assert [cluster.documents for cluster in index.reuse()] == [2]
        index.forget("r0.txt")
        assert index.connection.execute("SELECT count(*) FROM reuse_passages").fetchone() == (0,)
        assert len(index.reuse()) == 0
        assert index.check() == []


def test_a_changed_document_is_compared_anew():
    with index_of(PARAGRAPH, OTHER) as index:
        index.reuse()
        index.add(source("r1.txt", analysis(CHANGED)), [analysis(CHANGED)])
        assert len(index.reuse()) == 1


def test_an_index_that_is_read_only_is_compared_and_keeps_what_was_found(tmp_path):
    path = tmp_path / "reports.db"
    with Index.open(path, cut=cut) as index:
        for number, text in enumerate((PARAGRAPH, CHANGED)):
            index.add(source(f"r{number}.txt", analysis(text)), [analysis(text)])
    with Index.open(path, cut=cut, read_only=True) as index:
        assert len(index.reuse()) == 1
    with Index.open(path, cut=cut, read_only=True) as index:
        assert reuse.is_current(index.connection)


def test_a_file_that_cannot_be_written_is_answered_from_temporary_tables(tmp_path, monkeypatch):
    path = tmp_path / "reports.db"
    with Index.open(path, cut=cut) as index:
        for number, text in enumerate((PARAGRAPH, CHANGED)):
            index.add(source(f"r{number}.txt", analysis(text)), [analysis(text)])
    monkeypatch.setattr(reuse, "_write_elsewhere", lambda connection, progress: False)
    with Index.open(path, cut=cut, read_only=True) as index:
        assert len(index.reuse()) == 1
        assert len(index.reuse_of("r0")) == 1
        assert index.connection.execute("SELECT count(*) FROM main.reuse_passages").fetchone() == (0,)
        with Index.open(path, cut=cut) as other:
            other.forget("r1.txt")
        assert len(index.reuse()) == 0


def test_a_problem_in_a_copied_passage_is_no_text_of_its_own():
    lack = "山上几个村的活动经费十分紧缺,全年只拨付了36元,连电费都交不起。"
    first, second = PARAGRAPH + lack, CHANGED + lack.replace("36", "42")
    own = OTHER + "办公经费至今没有列入预算,买一盒粉笔也要四处化缘。"
    with Index.open(cut=cut, leaves=LEAVES) as index:
        for number, (text, words) in enumerate(
            ((first, "经费十分紧缺"), (second, "经费十分紧缺"), (own, "办公经费至今"))
        ):
            made = analysis(text, problems=[(words, "funding_gap", "asserted")], year=2009 + number, year_basis="title")
            index.add(source(f"p{number}.txt", made), [made])
        (count,) = index.problems("funding_gap")
        assert (len(count.documents), count.independent) == (3, 2)


def test_the_order_of_reading_changes_nothing():
    texts = [PARAGRAPH, CHANGED, OTHER + MASKED, OTHER]

    def told(order):
        with Index.open(cut=cut) as index:
            for number in order:
                index.add(source(f"r{number}.txt", analysis(texts[number])), [analysis(texts[number])])
            return [[place.reference for place in cluster.places] for cluster in index.reuse()]

    assert told(range(4)) == told((3, 1, 0, 2))


@pytest.mark.parametrize("text", ["", "。。。", "\ud800" * 30 + "。", "短句。", "一" * 5000, "\x00\x00", "𠀀" * 40])
def test_any_text_has_sentences_and_bands(text):
    units = units_of(text)
    assert all(0 <= unit.start < unit.end <= len(text) for unit in units)
    found = bands_of([text, text, PARAGRAPH])
    assert len(found.lengths) == 2 * len(units) + len(units_of(PARAGRAPH))
    candidates(found, 24)


def test_signatures_bring_together_what_alignment_accepts():
    found = bands_of([PARAGRAPH, CHANGED, every_twelfth(PARAGRAPH), OTHER])
    pairs = {(one, other) for one, other, _ in candidates(found, 24).by_pair()}
    assert pairs == {(0, 1), (0, 2), (1, 2)}


def test_forms_of_equal_lines_are_compared_in_time_in_proportion_to_their_length():
    line = "是否按期完成整改并报送佐证材料:已完成。"

    def compare(lines):
        with index_of(PARAGRAPH + "\n" + lines, lines + "\n" + CHANGED) as index:
            assert index.reuse().rows
            index.reuse_pair("r0", "r1")

    assert grows_in_proportion(compare, line, 800 * len(line))
