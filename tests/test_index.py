"""Storing: sources in, the same things out, replaced without a trace, safe from a killed process."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_samples import LEAVES, analysis, cut, document, source

from index import characters, store
from index.characters import lengths_of, pack_lengths, unpack_parts, unpack_words, words_of
from index.errors import BadReference, UnknownDocument
from index.query import exact
from index.references import Reference, key_for, parse_ref
from index.rows import chunk_of, head_of, pack_offsets, same_text, unpack_offsets
from index.source_texts import read_text
from index.store import FLUSH_CHARS, Index
from index.tables import TABLES
from ingest.records import Anchor, Document, Furniture, OffsetMap, Run, Source
from nianlun import reading
from nianlun.worker import HEAD, PART, Task
from nianlun.workers import Reading

ROOT = Path(__file__).parent.parent
FIRST = "存在问题\n村级活动经费不足。全年培训妇女320人,发放资料XX份。“新苗计划”帮扶学生,6月底前完成。\n"
SECOND = "下一步打算\n争取经费,配齐专干2名。\n"


@pytest.fixture
def index():
    with Index.open(cut=cut, leaves=LEAVES) as opened:
        yield opened


def first_analysis(**known):
    return analysis(
        document(FIRST, damage=["XX"]),
        problems=[("村级活动经费不足", "funding_gap", "asserted")],
        numbers=[("320人", 320, "人"), ("XX份", None, "份")],
        times=[("6月底前", "deadline", "2011-06-30")],
        activities=["“新苗计划”"],
        evidence=["全年"],
        **{"year": 2011, "year_basis": "title", "org": "云溪县妇联", **known},
    )


def dump(index):
    """Return every row of every table, without the time of reading."""
    rows = {}
    for table in TABLES:
        found = index.connection.execute(f"SELECT * FROM {table.name}")
        names = [column[0] for column in found.description]
        rows[table.name] = [
            {name: value for name, value in zip(names, row, strict=True) if name != "ingested_at"} for row in found
        ]
    return rows


def test_every_mention_quotes_the_text_down_to_the_row(index):
    one = first_analysis()
    index.add(source("报告.txt", one), [one])
    views = {
        "quantities": "numbers",
        "times": "calendar",
        "activities": "named_activities",
        "problems": "reported_problems",
    }
    for table, view in views.items():
        told = index.connection.execute(f"SELECT text, reference FROM {view}").fetchall()
        rows = index.connection.execute(
            f'SELECT start, "end", source_start, source_end FROM {table} ORDER BY id'
        ).fetchall()
        assert (
            told == [(one.document.text[start:end], f"报告@{first}-{last}") for start, end, first, last in rows]
            and told
        )
    for table in ("damage", "year_evidence"):
        rows = index.connection.execute(
            f"""SELECT m.text, m.start, m."end", m.source_start, m.source_end, d.text, d.source FROM {table} AS m
JOIN documents AS d ON d.id = m.document"""
        ).fetchall()
        assert rows
        for text, start, end, source_start, source_end, clean, number in rows:
            raw = read_text(index.connection, number)
            assert text == clean[start:end] == raw[source_start:source_end]


def test_views_quote_the_sentence_around_a_mention(index):
    one = first_analysis()
    index.add(source("报告.txt", one), [one])
    row = index.connection.execute("SELECT text, sentence, reference FROM numbers").fetchone()
    assert row == ("320人", "全年培训妇女320人,发放资料XX份。", "报告@20-24")


def test_adding_again_changes_nothing(index):
    one = first_analysis()
    assert index.add(source("a.txt", one), [one], fingerprint="1") == "added"
    index.flush()
    before = dump(index)
    assert index.add(source("a.txt", one), [one], fingerprint="1") == "unchanged"
    assert dump(index) == before
    assert index.add(source("a.txt", one), [one], fingerprint="2") == "replaced"
    index.flush()
    assert [row["start"] for row in dump(index)["quantities"]] == [row["start"] for row in before["quantities"]]
    assert index.search("经费").places == 1


def test_a_file_is_current_while_neither_it_nor_the_program_changes(index):
    one = first_analysis()
    made = source("a.txt", one)
    assert not index.is_current("a.txt", made.sha256, "1")
    index.add(made, [one], fingerprint="1")
    assert index.is_current("a.txt", made.sha256, "1")
    assert not index.is_current("a.txt", made.sha256, "2")
    assert not index.is_current("a.txt", "another", "1")
    assert not index.is_current("b.txt", made.sha256, "1")


def test_a_file_whose_part_wants_a_tool_that_is_there_now_is_read_again(index, monkeypatch):
    one, there = first_analysis(), []
    monkeypatch.setattr("ingest.ocr.engine", lambda: "rapidocr" if "ocr" in there else None)
    monkeypatch.setattr("ingest.office.converters", lambda: {"catdoc": "catdoc" if "catdoc" in there else None})
    for name in ("a.pdf", "b.zip", "a.pdf2", "c.zip"):
        index.add(source(name, one), [one], fingerprint="1")
    index.add_failure("a.pdf/p2", "pages 2 are pictures", code="needs_extra")
    index.add_failure("b.zip/里/old.doc", "an old Word file", code="needs_converter")
    index.add_failure("c.zip/bad.docx", "the file is damaged", code="damaged")

    def read_again() -> list[str]:
        digest = source("a.pdf", one).sha256
        again = [name for name, known in index.known_files("1").items() if known.sha256 and not known.is_current]
        assert again == [
            name for name in index.known_files("1") if "/" not in name and not index.is_current(name, digest, "1")
        ]
        return again

    assert read_again() == []
    there.append("ocr")
    assert read_again() == ["a.pdf"]
    assert index.add(source("a.pdf", one), [one], fingerprint="1") != "unchanged"
    there.append("catdoc")
    assert read_again() == ["a.pdf", "b.zip"]
    index.add_failure("c.zip/long.docx", "it took too long", code="time_limit")
    assert read_again() == ["a.pdf", "b.zip"]
    index.eased = frozenset(("time_limit",))
    assert read_again() == ["a.pdf", "b.zip", "c.zip"]


@pytest.mark.parametrize("flushed", [True, False])
def test_replacing_leaves_no_orphan_in_any_table(index, flushed):
    one, other = first_analysis(), analysis(SECOND, numbers=[("2名", 2, "名")])
    index.add(source("a.txt", one), [one])
    index.add(source("b.txt", other), [other])
    if flushed:
        index.flush()
    changed = analysis("今年没有新内容。")
    assert index.add(source("a.txt", changed), [changed]) == "replaced"
    index.flush()
    assert index.check() == []
    rows = dump(index)
    assert rows["problems"] == rows["problem_labels"] == rows["times"] == rows["damage"] == rows["waiting"] == []
    assert [row["value"] for row in rows["quantities"]] == [2]
    assert index.search("村级").places == 0
    assert index.connection.execute("SELECT count(*) FROM characters WHERE text MATCH '\"村\"'").fetchone() == (0,)
    terms = {term for (term,) in index.connection.execute("SELECT term FROM vocabulary")}
    assert terms == {word for text in ("今年没有新内容。", SECOND) for word in cut(text) if word.isalnum()}


def test_forgetting_removes_everything_but_keeps_the_name_taken(index):
    one = first_analysis()
    index.add(source("x/报告.txt", one), [one])
    index.flush()
    assert index.forget("x/报告.txt")
    assert not index.forget("x/报告.txt")
    rows = dump(index)
    kept = {name for name, found in rows.items() if found}
    assert kept == {"meta", "source_keys", "leaves", "rules"}
    assert list(index.connection.execute("SELECT term FROM vocabulary")) == []
    other = analysis(SECOND, year=2011)
    index.add(source("y/报告.txt", one), [one])
    index.add(source("x/报告.txt", other), [other])
    assert [row.ref for row in index.docs()] == ["报告", "报告~2"]


def test_a_document_keeps_its_number_when_its_file_is_read_again(index):
    one, other = first_analysis(), analysis(SECOND)
    for path, made in (("a.txt", one), ("b.txt", other)):
        index.add(source(path, made), [made], fingerprint="1")
    before = {row.ref: row.id for row in index.docs()}
    index.add(source("a.txt", one), [one], fingerprint="2")
    assert {row.ref: row.id for row in index.docs()} == before


def test_a_file_with_several_documents_names_them_by_place(index):
    one, two = analysis(FIRST), analysis(document(SECOND, ordinal=2, at=len(FIRST)))
    index.add(source("000_d9a4d161602ded72.txt", one, two), [one, two])
    assert [row.ref for row in index.docs()] == ["000#1", "000#2"]
    hit = index.search("争取").hits[0]
    assert (FIRST + SECOND)[hit.source_start : hit.source_end] == "争取"
    assert hit.reference == f"000#2@{len(FIRST) + 6}-{len(FIRST) + 8}"


def test_furniture_and_anchors_are_kept_with_their_file(index):
    one = analysis(SECOND)
    made = source("a.pdf", one, furniture=[Furniture(start=0, end=5, kind="heading")])
    fields = {name: getattr(made, name) for name in Source.__dataclass_fields__}
    anchor = Anchor(start=0, end=4, page=2, box=(1.0, 2.0, 3.0, 4.0), cell=(0, 1, 2))
    index.add(Source(**{**fields, "anchors": (anchor,)}), [one])
    rows = dump(index)
    assert [(row["start"], row["end"], row["kind"]) for row in rows["furniture"]] == [(0, 5, "heading")]
    assert list(rows["anchors"][0].values())[2:] == [0, 4, 2, 1.0, 2.0, 3.0, 4.0, None, 0, 1, 2, None, None, None, None]


def test_a_file_without_a_report_is_kept_and_listed(index):
    index.add(source("menu.txt", text="首页 | 联系我们"), [])
    (row,) = index.sources()
    assert (row.status, row.code, row.documents) == ("skipped", "no_document", ())
    assert index.overview().unread == (row,)
    assert index.source_at("menu.txt") == row
    assert index.source_at("another.txt") is None


def test_a_file_that_cannot_be_read_is_listed_with_what_would_help(index):
    index.add_failure("坏.docx", "damaged", "save it again", reason_zh="已损坏", remedy_zh="请另存", code="damaged")
    (row,) = index.sources()
    assert (row.status, row.reason, row.reason_zh, row.remedy, row.remedy_zh, row.stale) == (
        "failed", "damaged", "已损坏", "save it again", "请另存", False,
    )  # fmt: skip
    assert index.docs().base.unread == 1
    assert not index.is_current("坏.docx", "", "")


def test_a_file_that_fails_now_keeps_its_documents_and_says_that_they_are_old(index):
    one = first_analysis()
    index.add(source("a.txt", one), [one], fingerprint="1")
    index.add_failure("a.txt", "cannot be opened")
    (row,) = index.sources()
    assert (row.status, row.stale, row.documents) == ("failed", True, ("a",))
    assert index.docs()[0].stale
    assert index.search("经费").base.stale == 1
    assert not index.is_current("a.txt", source("a.txt", one).sha256, "1")
    index.add(source("a.txt", one), [one], fingerprint="1")
    assert not index.docs()[0].stale
    assert index.sources()[0].reason is None


def test_one_bad_analysis_leaves_the_index_as_it_was(index):
    one = first_analysis()
    index.add(source("a.txt", one), [one])
    before = dump(index)
    broken = analysis(document("坏的", ordinal=1)), analysis(document("也坏", ordinal=1))
    with pytest.raises(Exception, match="UNIQUE"):
        index.add(source("a.txt", *broken), list(broken))
    assert dump(index) == before


def test_files_added_together_leave_the_rows_that_they_leave_one_by_one():
    files = [("甲.txt", first_analysis()), ("乙.txt", analysis(SECOND)), ("甲.txt", analysis(SECOND + FIRST))]
    dumps = []
    for late in (True, False, None):
        with Index.open(cut=cut, leaves=LEAVES) as one:
            if late is None:
                for path, found in files:
                    one.add(source(path, found), [found])
            else:
                with one.together(late=late):
                    for path, found in files:
                        one.add(source(path, found), [found])
            one.flush()
            dumps.append(
                {table: [{**row, "id": 0} for row in rows] for table, rows in dump(one).items() if table != "leaves"}
            )
            assert one.check() == []
    for table in ("documents", "sources", "quantities", "problems", "times", "segmentations"):
        assert len(dumps[0][table]) == len(dumps[1][table]) == len(dumps[2][table])
    assert dumps[0] == dumps[1]


def test_a_file_that_breaks_among_others_is_undone_alone(index):
    good, bad = first_analysis(), analysis(SECOND, year=10**30)
    with index.together():
        index.add(source("甲.txt", good), [good])
        with pytest.raises(OverflowError):
            index.add(source("甲.txt", bad), [bad])
        assert index.connection.in_transaction
    kept = dump(index)
    assert [row["path"] for row in kept["sources"]] == ["甲.txt"]
    assert [row["value"] for row in kept["quantities"]] == [320, None]
    assert len(kept["problems"]) == 1 and index.check() == []


def test_a_row_that_cannot_be_stored_fails_its_file_and_no_other_of_its_batch(index):
    good, bad = first_analysis(), analysis(SECOND)
    (section,) = bad.sections
    bad = replace(bad, sections=(replace(section, level=10**30),))
    store = reading._Store(index, "fingerprint")
    for path, found in (("甲.txt", good), ("乙.txt", bad)):
        handed = Reading(task=Task(path=path, name=path, size=1))
        items = [("source", *head_of(source(path, found), 1)), ("chunk", *chunk_of([found]))]
        handed.add(HEAD.pack(PART, 0.0, 0.0, 0) + marshal.dumps(items))
        store.wait(reading.File(path=Path(path), name=path, size=1), handed)
    outcomes = store.write()
    assert [(one.file.name, one.status) for one in outcomes] == [("甲.txt", "added"), ("乙.txt", "failed")]
    assert [row["value"] for row in dump(index)["quantities"]] == [320, None]


def test_a_text_with_nul_and_lone_surrogates_is_stored(index):
    text = "经\x00费\ud800不足。"
    one = analysis(text, numbers=[("费\ud800", None, "")])
    index.add(source("a.txt", one), [one])
    index.flush()
    assert index.search("不足").hits[0].start == 4
    assert index.search('"经\x00费"').places == 1


def test_a_leaf_that_the_taxonomy_does_not_know_is_kept(index):
    one = analysis("土地纠纷较多。", problems=[("土地纠纷较多", "land_dispute", "asserted")])
    index.add(source("a.txt", one), [one])
    assert index.problems("land_dispute")[0].documents == ("a",)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(0, 9)).filter(lambda run: run[0] > 0), max_size=30
    )
)
def test_offset_maps_survive_the_round_trip(parts):
    runs, clean, at = [], 0, 0
    for length, gap, source_length in parts:
        runs.append(Run(clean, clean + length, at + gap, at + gap + source_length))
        clean, at = clean + length, at + gap + source_length
    assert unpack_offsets(pack_offsets(OffsetMap(tuple(runs)))) == OffsetMap(tuple(runs))


def test_source_ranges_cross_dropped_and_changed_stretches(index):
    raw = "经费\r\n不足，缺口較大。"
    text = "经费不足，缺口较大。"
    runs = (Run(0, 2, 0, 2), Run(2, 7, 4, 9), Run(7, 8, 9, 10), Run(8, 10, 10, 12))
    made = Document(ordinal=1, title=None, text=text, offsets=OffsetMap(runs), script="traditional")
    one = analysis(made, problems=[("经费不足", "funding_gap", "asserted")], numbers=[("缺口较大", None, "")])
    index.add(source("a.txt", one, text=raw), [one])
    for waiting in (True, False):
        if not waiting:
            index.flush()
        hit = index.search("费不足").hits[0]
        assert raw[hit.source_start : hit.source_end] == "费\r\n不足"
        place = index.problems("funding_gap")[0].mentions[0]
        assert raw[place.source_start : place.source_end] == "经费\r\n不足"
    assert index.show(f"a@{hit.source_start}-{hit.source_end}").text == "费不足"


@given(st.text(max_size=300))
def test_words_come_back_as_they_were_cut(text):
    words = words_of(text, cut)
    assert list(unpack_words(pack_lengths(lengths_of(words)), text)) == words
    assert "".join(words) == text


@pytest.mark.parametrize("length", [0, 1, 9, 10, 11, 20, 25])
def test_a_long_document_enters_full_text_in_parts_and_leaves_it_whole(index, monkeypatch, length):
    monkeypatch.setattr(characters, "PART", 10)
    monkeypatch.setattr(characters, "PIECE", 5)
    text = ("经费不足,缺口大。" * 3)[:length]
    one = analysis(text)
    index.add(source("a.txt", one), [one])
    index.flush()
    for size in (1, 2, 8):
        for at in range(length - size + 1):
            assert index.search(exact(text[at : at + size])).documents == 1
    index.forget("a.txt")
    assert list(index.connection.execute("SELECT term FROM vocabulary")) == []
    assert index.connection.execute("SELECT count(*) FROM characters WHERE text MATCH '\"费\"'").fetchone() == (0,)
    assert index.check() == []


def test_the_words_of_a_part_end_where_the_part_ends(monkeypatch):
    monkeypatch.setattr(characters, "PART", 4)
    words = ["经费", "不足", "资金", "到位", "了"]
    packed = pack_lengths(lengths_of(words))
    assert list(unpack_parts(packed, "".join(words))) == [["经费", "不足"], ["资金", "到位"], ["了"]]


def test_an_endless_word_is_kept_in_pieces():
    words = words_of("a" * 1000, cut)
    assert [len(word) for word in words] == [255, 255, 255, 235]
    assert list(unpack_words(pack_lengths(lengths_of(words)), "a" * 1000)) == words


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("seeds/000_d9a4d161602ded72.txt", "000"),
        ("2011年工作总结.docx", "2011年工作总结"),
        ("C:\\资料\\工作 要点(定稿).doc", "工作_要点(定稿)"),
        ("a/b#3@x.txt", "b_3_x"),
        ("report_2011.txt", "report_2011"),
        ("report_abcdef1.txt", "report_abcdef1"),
        (".hidden", ".hidden"),
        ("###.txt", "source"),
    ],
)
def test_the_name_of_a_file_gives_its_key(path, key):
    assert key_for(path, ()) == key


def test_keys_are_unique():
    assert key_for("b/总结.txt", {"总结", "总结~2"}) == "总结~3"


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("003", Reference(key="003")),
        ("000#4", Reference(key="000", ordinal=4)),
        ("000#4@512-540", Reference(key="000", ordinal=4, start=512, end=540)),
        ("总结~2@0-7", Reference(key="总结~2", start=0, end=7)),
    ],
)
def test_references_are_read_and_written_alike(text, reference):
    assert parse_ref(text) == reference
    assert str(reference) == text


@pytest.mark.parametrize("text", ["", "#4", "003@", "003@9", "003@9-3", "003#", "a b", "003@1-2-3"])
def test_what_is_no_reference_is_refused(text):
    with pytest.raises(BadReference):
        parse_ref(text)


def test_an_unknown_document_is_named_with_its_neighbours(index):
    one, two = analysis(FIRST), analysis(document(SECOND, ordinal=2))
    index.add(source("000.txt", one, two), [one, two])
    with pytest.raises(UnknownDocument, match="000#1, 000#2"):
        index.show("000")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1、村级经费不足。", "村级经费 不足", True),
        ("（一）村级经费不足;", "三是:村级经费不足", True),
        ("村级经费不足。", "镇级经费不足。", False),
        ("3个村没有专干。", "5个村没有专干。", False),
    ],
)
def test_sentences_are_alike_that_differ_in_marks_alone(one, other, same):
    assert (same_text(one) == same_text(other)) is same


def test_many_documents_are_let_in_on_the_way(index):
    for number in range(2):
        one = analysis("经费不足。" * (FLUSH_CHARS // 10) + f"第{number}份")
        index.add(source(f"{number}.txt", one), [one])
    assert index.connection.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
    assert index.search("经费").places == 2 * (FLUSH_CHARS // 10)


def test_closing_leaves_one_file(tmp_path):
    one = analysis(FIRST)
    with Index.open(tmp_path / "reports.db", cut=cut) as index:
        index.add(source("a.txt", one), [one])
    assert [path.name for path in tmp_path.iterdir()] == ["reports.db"]
    with Index.open(tmp_path / "reports.db", cut=cut, read_only=True) as index:
        assert index.search("经费").places == 1
        assert index.check() == []


@pytest.mark.parametrize("read_only", [True, False])
def test_an_index_whose_full_text_has_another_form_lets_its_documents_in_anew(tmp_path, monkeypatch, read_only):
    one = first_analysis()
    with Index.open(tmp_path / "a.db", cut=cut) as index:
        index.add(source("a.txt", one), [one])
    monkeypatch.setattr(store, "FORMAT", "another")
    with Index.open(tmp_path / "a.db", cut=cut, read_only=read_only) as index:
        assert index.search("经费").places == 1
    with Index.open(tmp_path / "a.db", cut=cut) as index:
        assert index.connection.execute("SELECT value FROM meta").fetchall() == [("another",)]
        assert index.connection.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
        assert index.check() == []


def test_the_form_of_full_text_is_the_one_that_its_number_stands_for():
    """Where this changes, characters.FORMAT must change with it."""
    tokens = "\x01 a 1 经 \x02 \x03 \x04 \x07 。 1 % , ! %"
    assert (characters.FORMAT, characters.spaced("\x00a１经 \t\n\r。1%，！％")) == ("1", tokens)
    assert characters.spaced("“说”‘好’") == "\" 说 \" ' 好 '"
    assert [characters.spaced(text) for text in ("", "会", "𠀀会😀")] == ["", "会", "𠀀 会 😀"]
    assert characters.as_tokens(["经费", "，", "3.5", "ABC", " ", "12"]) == "经费 ABC 12"


KILLED = """
import sys
from index_samples import analysis, cut, source
from index import store
store.FLUSH_CHARS = 2_000
index = store.Index.open(sys.argv[1], cut=cut)
for number in range(100_000):
    one = analysis(f"第{number}号报告:经费不足,缺口{number}元。" * 20, numbers=[(f"{number}元", number, "元")])
    index.add(source(f"{number}.txt", one), [one])
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [0, 1, 7, 30])
def test_a_killed_process_leaves_an_index_that_opens_answers_and_completes(tmp_path, after):
    path = tmp_path / "killed.db"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= after:
            break
    time.sleep(after % 4 * 0.003)
    process.kill()
    process.wait()
    process.stdout.close()
    with Index.open(path, cut=cut, read_only=True) as index:
        count = len(index.docs())
        assert count > after
        assert (index.search("经费").places, index.search("经费").documents) == (20 * count, count)
    with Index.open(path, cut=cut) as index:
        assert index.check() == []
        one = analysis("补记一篇:经费到位。")
        index.add(source("last.txt", one), [one])
        index.flush()
        assert index.search("经费").documents == count + 1
        assert index.connection.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
        assert index.check() == []


def test_an_index_names_the_leaves_of_the_taxonomy_and_no_others(tmp_path):
    from ingest.read import read_bytes
    from nlp.analyse import analyse_all

    source = read_bytes("二、存在的问题\n一是经费不足，没有列入预算。\n二是干部年龄偏大。".encode(), "a.txt")
    leaves = [
        ("funding_gap", "resources", "经费不足", "funding gap"),
        ("ageing_cadres", "cadres", "干部老化", "ageing"),
    ]
    with Index.open(tmp_path / "a.db", leaves=leaves) as index:
        index.add(source, analyse_all(source))
        found = {row[0] for row in index.connection.execute("SELECT id FROM leaves")}
    assert not [leaf for leaf in found if "/" in leaf]


def test_the_text_of_a_large_source_is_written_in_pieces_and_read_as_ever(index, monkeypatch):
    monkeypatch.setattr("index.store.PACKED", 5)
    monkeypatch.setattr("index.store.LARGE_TEXT", 10)
    monkeypatch.setattr("index.store.TEXT_PIECE", 3)
    one = analysis(SECOND)
    index.add(source("大.txt", one), [one])
    (stored,) = index.connection.execute("SELECT text FROM sources").fetchone()
    assert isinstance(stored, bytes) and stored.decode() == SECOND
    shown = index.show("大")
    assert shown.raw == SECOND and shown.text == SECOND
    assert index.check() == []


def test_pieces_of_the_full_text_are_merged_where_one_process_wrote_much_of_it(index, monkeypatch):
    monkeypatch.setattr(store, "MERGE_DOCUMENTS", 3)
    monkeypatch.setattr(store, "MERGE_PAGES", 1)

    def add(key):
        one = analysis(f"{key}村水渠失修。")
        index.add(source(f"{key}.txt", one), [one])
        index.flush()

    def pieces():
        query = "SELECT count(DISTINCT id >> 37) FROM {}_data WHERE id > 10"  # the number of its piece begins the number of a page
        return [index.connection.execute(query.format(table)).fetchone()[0] for table in ("characters", "words")]

    add("甲")
    add("乙")
    index.merge()
    assert pieces() == [2, 2]  # too few
    add("丙")
    index.merge()
    assert pieces() == [1, 1]
    assert index.search("水渠").places == 3 and not index.check()
    add("丁")
    index.merge()
    assert pieces() == [2, 2]  # little of what is there
    index.forget("甲.txt")
    assert {hit.ref for hit in index.search("水渠").hits} == {"乙", "丙", "丁"} and not index.check()
