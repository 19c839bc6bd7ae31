"""Copies: the same report is read once, and a report that differs in one figure is another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from index_samples import LEAVES, analysis, cut, document, source

from index.errors import UnknownDocument
from index.rows import Chunk, chunk_of, head_of
from index.store import Index
from ingest.records import Repeat, Source
from ingest.repeats import alike, words_of
from nianlun.cli import cli
from nlp.records import Analysis

SECOND = "下一步打算\n争取经费,配齐专干2名,办好各类培训班,力争年内全面铺开。\n"
BODY = (
    "平川县妇联2012年工作总结\n"
    "2012年,县妇联围绕中心、服务大局,各项工作取得了新的成绩。现将全年工作总结如下:\n"
    "一、主要工作\n"
    "(一)抓好培训。全年举办家政培训班12期,培训妇女1,560人次,比上年增长3.5%。\n"
    "(二)关爱儿童。资助女童36名,发放助学金4.2万元,由张秀兰同志负责落实。\n"
    "二、存在的问题\n"
    "1.部分村妇代会主任待遇偏低,工作积极性不高。\n"
    "2.活动经费不足,全县24个乡镇中有7个没有专项经费。\n"
    "三、下一步打算\n"
    "继续办好培训班,争取经费列入财政预算,力争覆盖全部24个乡镇。\n"
    "平川县妇女联合会\n"
    "2012年12月20日\n"
)


def same(one: str, other: str, *, misread: bool = False) -> bool:
    return alike(words_of(one), words_of(other), misread=misread)


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("blanks and line ends", BODY.replace("\n", "\n\n  ").replace("、", "、 ")),
        ("wide characters", BODY.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789,.%()"}).replace("\uff11\uff0c\uff15\uff16\uff10", "1560")),
        ("other marks", BODY.replace("、服务", ",服务").replace("。", ".")),
        ("list numbers lost", BODY.replace("1.部分", "部分").replace("2.活动", "活动").replace("(一)抓", "抓")),
        ("page numbers", BODY.replace("二、存在", "- 1 -\n二、存在") + "- 2 -\n"),
        ("page numbers in words", BODY.replace("二、存在", "第 1 页 共 2 页\n二、存在") + "第 2 页 共 2 页\n"),
        ("the lines of a site", "首页 > 工作总结\n来源:平川县政府网 发布时间:2013-01-04\n" + BODY + "【打印本页】 【关闭窗口】\n责任编辑:王某\n"),
    ],
)  # fmt: skip
def test_what_a_format_adds_or_loses_makes_no_other_report(what: str, other: str) -> None:
    assert same(BODY, other), what
    assert same(other, BODY), what


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("one digit", BODY.replace("36名", "38名")),
        ("a point", BODY.replace("4.2万元", "42万元")),
        ("a share", BODY.replace("3.5%", "3.5")),
        ("a year", BODY.replace("2012", "2013")),
        ("one numeral in words", BODY.replace("全部24个", "全部二十四个")),
        ("one name", BODY.replace("张秀兰", "李秀兰")),
        ("a body", BODY.replace("平川县", "平江县")),
        ("one sentence more", BODY.replace("三、下", "3.阵地建设滞后。\n三、下")),
        ("one sentence less", BODY.replace("各项工作取得了新的成绩。", "")),
        ("not", BODY.replace("积极性不高", "积极性高")),
        ("two sentences in another order", BODY.replace("2.活动", "0.活动").replace("1.部分", "2.部分")),
        ("a number alone on a line", BODY + "57\n"),
        ("list numbers in another order", BODY.replace("1.部分", "9.部分").replace("2.活动", "1.活动")),
    ],
)
def test_a_report_that_differs_in_one_thing_is_another(what: str, other: str) -> None:
    assert not same(BODY, other), what
    assert not same(other, BODY), what


def test_figures_alone_on_their_lines_are_told_apart() -> None:
    table = BODY + "乡镇\n人数\n城关镇\n{}\n河口镇\n31\n合计\n{}\n"
    assert same(table.format(12, 43), table.format(12, 43))
    assert not same(table.format(12, 43), table.format(13, 44))


def test_a_short_text_must_agree_in_everything() -> None:
    assert same("通知\n1.明日上午九时开会,请准时参加。", "通知 1、明日上午九时开会,请准时参加。\n".replace(" ", "\n"))
    assert not same("通知\n1.明日上午九时开会,请准时参加。", "通知\n明日上午九时开会,请准时参加。")
    assert not same("无", "无")


def test_a_scan_may_misread_single_characters_but_no_figure() -> None:
    scan = (BODY * 2).replace("待遇偏低", "待週偏低", 1)
    assert same(BODY * 2, scan, misread=True)
    assert not same(BODY * 2, scan)
    assert not same(BODY * 2, scan.replace("36名", "86名"), misread=True)
    assert not same(BODY * 2, scan.replace("张秀兰", "李玉兰"), misread=True)
    assert not same(BODY * 2, scan.replace("覆盖全部", "覆盖"), misread=True)


SAME = BODY.replace("1.部分", "部分").replace("2.活动", "活动")  # its list numbers lost
OTHER = BODY.replace("36名", "38名")


@pytest.fixture
def index() -> Iterator[Index]:
    with Index.open(cut=cut, leaves=LEAVES) as opened:
        yield opened


def made(path: str, *texts: str, kind: str = "text", **known: Any) -> tuple[Source, list[Analysis]]:
    """Return a file that holds reports, and what was read out of them."""
    at, analyses = 0, []
    for ordinal, text in enumerate(texts, start=1):
        analyses.append(analysis(document(text, ordinal=ordinal, at=at), **known))
        at += len(text)
    return replace(source(path, *analyses), media_type=kind), analyses


def add(index: Index, path: str, *texts: str, **known: Any) -> str:
    return index.add(*made(path, *texts, **known), fingerprint="1")


def add_bytes(index: Index, path: str, *texts: str) -> bool:
    """Add a file by its bytes alone."""
    one, _ = made(path, *texts)
    return index.add_copy(path, one.sha256, one.size, fingerprint="1")


def state(index: Index) -> tuple[list[str], set[tuple[str, str, str]]]:
    """Return the names of the documents, and of the copies with their files and their documents."""
    query = """SELECT s.path, c.kind, d.ref FROM copies AS c JOIN sources AS s ON s.id = c.source
JOIN documents AS d ON d.id = c.document"""
    assert index.check() == []
    return sorted(row.ref for row in index.docs()), set(map(tuple, index.connection.execute(query)))


def status(index: Index, path: str) -> str:
    row = index.source_at(path)
    assert row is not None
    return row.status


def test_the_same_words_in_another_file_are_a_copy(index: Index) -> None:
    assert add(index, "a.txt", BODY) == "added"
    assert add(index, "b.txt", SAME) == "copy"
    assert add(index, "c.txt", OTHER) == "added"
    index.flush()
    assert state(index) == (["a", "c"], {("b.txt", "text", "a")})
    assert status(index, "b.txt") == "copy"
    assert index.search("家政培训班").documents == 2
    assert add(index, "b.txt", SAME) == "unchanged"


def test_the_same_bytes_are_not_read_again(index: Index) -> None:
    add(index, "a.txt", BODY, SECOND)
    assert add_bytes(index, "b.txt", BODY, SECOND)
    assert not add_bytes(index, "c.txt", OTHER)
    assert not add_bytes(index, "b.csv", BODY, SECOND), "the name may decide how a file is read"
    assert state(index) == (["a#1", "a#2"], {("b.txt", "file", "a#1"), ("b.txt", "file", "a#2")})
    query = "SELECT ref, source_start FROM copies ORDER BY ref"
    assert list(map(tuple, index.connection.execute(query))) == [("b#1", 0), ("b#2", len(BODY))]


def test_another_year_or_body_in_the_title_makes_another_report(index: Index) -> None:
    add(index, "a.txt", BODY, year=2012)
    assert add(index, "b.txt", SAME, year=2013) == "added"
    assert add(index, "c.txt", SAME + "\n", org="平江县妇联", year=2012) == "copy"
    add(index, "d.txt", "关于培训的几点体会和下一步的考虑,供参考。", org="甲县")
    assert add(index, "e.txt", "关于培训的几点体会和下一步的考虑,供参考。", org="乙县") == "added"


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_reading_makes_no_difference(index: Index, order: tuple[int, ...]) -> None:
    files = [("d.pdf", SAME, "pdf"), ("c.docx", BODY, "docx"), ("a.txt", BODY + "\n", "text"), ("e.docx", BODY, "docx")]
    for at in order:
        path, text, kind = files[at]
        one, analyses = made(path, text, kind=kind)
        if not index.add_copy(path, one.sha256, one.size, fingerprint="1"):
            index.add(one, analyses, fingerprint="1")
    index.flush()
    documents, copies = state(index)
    assert documents == ["c"]
    assert copies == {("d.pdf", "text", "c"), ("a.txt", "text", "c"), ("e.docx", "file", "c")}
    assert index.lost_copies() == []
    assert index.search("家政培训班").places == 1


def test_the_undamaged_text_is_the_document(index: Index) -> None:
    broken = analysis(document(BODY.replace("王某", "**"), damage=["张秀兰"]))
    index.add(replace(source("a.docx", broken), media_type="docx"), [broken], fingerprint="1")
    assert add(index, "b.txt", BODY + "\n") == "added"
    assert state(index) == (["b"], {("a.docx", "text", "b")})


def test_a_file_with_the_same_bytes_inherits_what_was_read(index: Index) -> None:
    add(index, "a.txt", BODY, SECOND)
    add_bytes(index, "c.txt", BODY, SECOND)
    add_bytes(index, "b.txt", BODY, SECOND)
    index.flush()
    index.forget("a.txt")
    assert state(index) == (["b#1", "b#2"], {("c.txt", "file", "b#1"), ("c.txt", "file", "b#2")})
    assert index.search("家政培训班").hits[0].ref == "b#1"
    add(index, "b.txt", OTHER)
    assert state(index) == (["b", "c#1", "c#2"], set())
    assert index.lost_copies() == []


@pytest.mark.parametrize("change", ["forget", "other"])
def test_a_copy_whose_document_is_gone_is_read_again(index: Index, change: str) -> None:
    add(index, "a.docx", BODY, kind="docx")
    add(index, "b.pdf", SAME, SECOND, kind="pdf")
    add(index, "z.zip", kind="zip")
    add(index, "z.zip/c.txt", BODY + "\n")
    assert state(index)[0] == ["a", "b#2"]
    if change == "forget":
        index.forget("a.docx")
    else:
        add(index, "a.docx", OTHER, kind="docx")
    assert index.lost_copies() == ["b.pdf", "z.zip"]
    assert status(index, "z.zip/c.txt") == "skipped" and not index.known_files("1")["b.pdf"].is_current
    add(index, "b.pdf", SAME, SECOND, kind="pdf")
    add(index, "z.zip/c.txt", BODY + "\n")
    index.flush()
    assert index.lost_copies() == []
    documents, copies = state(index)
    left = [] if change == "forget" else ["a"]
    assert (documents, copies) == ([*left, "b#2", "c"], {("b.pdf", "text", "c")})


def test_copies_stay_when_the_document_is_read_again_by_another_program(index: Index) -> None:
    add(index, "a.docx", BODY, kind="docx")
    add(index, "b.pdf", SAME, kind="pdf")
    assert index.add(*made("a.docx", BODY, kind="docx"), fingerprint="2") == "replaced"
    assert index.lost_copies() == [] and state(index) == (["a"], {("b.pdf", "text", "a")})


def test_what_breaks_in_the_middle_leaves_copies_as_they_were(index: Index) -> None:
    add(index, "a.docx", BODY, kind="docx")
    add(index, "b.pdf", SAME, kind="pdf")
    before = state(index)
    with pytest.raises(RuntimeError), index.together():
        add(index, "a.docx", OTHER, kind="docx")
        add(index, "c.docx", BODY, kind="docx")
        raise RuntimeError
    assert state(index) == before and index.lost_copies() == []

    def broken() -> Iterator[Chunk]:
        yield chunk_of(made("c.docx", BODY)[1])
        raise ValueError

    with index.together():
        with pytest.raises(ValueError):
            index.add_rows(head_of(made("a", BODY, kind="docx")[0], 2), broken())
        add(index, "d.txt", SAME)
    assert state(index) == (["a"], before[1] | {("d.txt", "text", "a")})


def test_a_report_that_stands_twice_in_a_file_keeps_the_numbers_of_the_others(index: Index) -> None:
    one, analyses = made("a.txt", BODY, SECOND)
    third = replace(analyses[1], document=replace(analyses[1].document, ordinal=3))
    one = replace(one, documents=(analyses[0].document, third.document), repeats=(
        Repeat(ordinal=2, of=1, title="平川", start=5, end=9),
    ))  # fmt: skip
    index.add(one, [analyses[0], third], fingerprint="1")
    assert state(index) == (["a#1", "a#3"], {("a.txt", "repeat", "a#1")})
    assert index.connection.execute("SELECT ref, title, source_start FROM copies").fetchone() == ("a#2", "平川", 5)


def test_a_form_that_many_fill_in_stays_cheap_and_each_is_a_report(index: Index) -> None:
    for number in range(150):
        assert add(index, f"{number:03}.txt", BODY.replace("1,560", str(1000 + number))) == "added"
    assert add(index, "zz.pdf", SAME.replace("1,560", "1077"), kind="pdf") == "copy"
    assert state(index)[1] == {("zz.pdf", "text", "077")}


def test_the_name_of_a_copy_leads_to_its_document(index: Index) -> None:
    add(index, "in/a.docx", BODY, SECOND, kind="docx")
    add(index, "in/b.pdf", SAME, kind="pdf")
    one, _ = made("in/c.docx", BODY, SECOND)
    index.add_copy("in/c.docx", one.sha256, one.size, fingerprint="1")
    for name in ("b", "in/b.pdf", "b.pdf", "b@10-20"):
        shown = index.show(name)
        assert (shown.reference, shown.text) == ("a#1", BODY) and shown.copy is not None and shown.copy.kind == "text"
    assert index.show("c#2@1503-1507").copy is not None
    start = len(BODY)
    assert index.show(f"c#2@{start}-{start + 5}").text == "下一步打算"
    assert index.show("a#1").copy is None
    with pytest.raises(UnknownDocument) as error:
        index.show("c")
    assert list(error.value.near) == ["c#1", "c#2"]


def test_counts_tell_how_many_copies_were_not_counted(index: Index) -> None:
    add(index, "a.txt", BODY, year=2012)
    add(index, "b.txt", SAME, year=2012)
    add(index, "c.txt", OTHER, year=2011)
    assert [(row.ref, row.copies) for row in index.docs()] == [("c", 0), ("a", 1)]
    assert index.docs().base.copies == 1
    assert index.docs(year=2011).base.copies == 0
    (copy,) = index.copies()["a"]
    assert (copy.ref, copy.path, copy.kind, copy.place) == ("b", "b.txt", "text", "b.txt")
    assert index.overview().unread == ()


LONG = BODY + "".join(f"{n}.第{n}个乡镇建立了妇女之家,配备图书{100 + n}册,组织活动{n}次。\n" for n in range(1, 99))


def test_long_reports_of_one_body_and_year_may_stand_under_other_lines(index: Index) -> None:
    known = {"org": "平川县妇联", "year": 2012, "title": "平川县妇联2012年工作总结"}
    page = "新华社平川12月28日电\n图为会议现场,本报记者摄\n" + LONG.replace(
        "平川县妇联2012年工作总结\n", "2012年工作总结\n", 1
    )
    add(index, "a.txt", LONG, **known)
    assert add(index, "page.html", page, kind="html", **known | {"title": "2012年工作总结"}) == "copy"
    assert add(index, "other_year.html", page, kind="html", **known | {"year": 2013}) == "added"
    assert add(index, "village.html", page + "河口", kind="html", **known | {"title": "甲村2012年工作总结"}) == "added"
    assert add(index, "no_body.html", page + "城关", kind="html", **known | {"org": None}) == "added"
    assert add(index, "figure.html", page.replace("188册", "189册"), kind="html", **known) == "added"


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("a sentence in the middle", LONG.replace("三、下一步", "全面完成任务。\n三、下一步")),
        ("a figure", LONG.replace("图书150册", "图书151册")),
        ("another day", "(2012年12月8日)\n" + LONG.replace("工作总结\n", "工作总结\n(2012年12月9日)\n", 1)),
        ("a page more at the head", "县委办公室转发以下材料,请认真学习。" * 20 + LONG),
        ("half of it", LONG[: len(LONG) // 2]),
    ],
)
def test_only_the_head_and_the_end_may_differ(what: str, other: str) -> None:
    dated = LONG.replace("工作总结\n", "工作总结\n(2012年12月6日)\n", 1)
    assert not alike(words_of(dated), words_of(other), edges=True), what
    assert not alike(words_of(other), words_of(dated), edges=True), what


def run(*words: object) -> Result:
    environment = {"LC_ALL": "zh_CN.UTF-8", "NIANLUN_DB": None, "COLUMNS": "140"}
    return CliRunner(env=environment).invoke(cli, list(map(str, words)))


def docs(db: Path) -> tuple[set[str], set[tuple[str, str, str]]]:
    """Return the files of the documents, and (file, kind, file of its document) of the copies."""
    rows = json.loads(run("docs", "--db", db, "--format", "json").stdout)["rows"]
    copies = {(copy["path"], copy["kind"], copy["original"]) for row in rows for copy in row["also_in"]}
    assert all(row["copies"] == len(row["also_in"]) for row in rows)
    return {row["path"] for row in rows}, copies


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with a report, the same bytes, the same words, another report, and mails with the report attached."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "总结.txt").write_text(BODY, encoding="utf-8")
    (folder / "总结 (1).txt").write_text(BODY, encoding="utf-8")
    (folder / "总结旧编码.txt").write_text(SAME, encoding="gb18030")
    (folder / "另一份.txt").write_text(OTHER, encoding="utf-8")
    for number in range(3):
        mail = EmailMessage()
        mail["Subject"] = "报送"
        mail.set_content(f"现报送第{number}份工作总结,请予审阅,有何意见请函告。")
        mail.add_attachment((BODY + "\n").encode(), maintype="text", subtype="plain", filename="附件.txt")
        (folder / f"{number}.eml").write_bytes(mail.as_bytes())
    return folder


DOCUMENTS = {f"pile/{name}" for name in ("总结.txt", "另一份.txt", "0.eml", "1.eml", "2.eml")}
COPIES = {
    ("pile/总结 (1).txt", "file", "pile/总结.txt"),
    ("pile/总结旧编码.txt", "text", "pile/总结.txt"),
    *((f"pile/{number}.eml/附件.txt", "text", "pile/总结.txt") for number in range(3)),
}


@pytest.mark.parametrize("order", [0, 1, 2])
def test_a_folder_in_any_order_in_one_run_or_many_gives_one_index(pile: Path, order: int) -> None:
    db, files = pile.parent / "reports.db", sorted(pile.iterdir())
    if order == 0:
        told = run("ingest", pile, "--db", db)
        assert told.exit_code == 0 and "(5 篇报告),重复件 5" in told.stderr
    for file in reversed(files) if order == 1 else files if order == 2 else ():
        assert run("ingest", file, "--db", db).exit_code == 0
    assert docs(db) == (DOCUMENTS, COPIES)
    assert run("doctor", "--db", db).exit_code == 0
    again = run("ingest", pile, "--db", db)
    assert "读入 0 个文件" in again.stderr and docs(db) == (DOCUMENTS, COPIES)
    told = run("docs", "--copies", "--db", db, "--format", "csv").stdout
    assert "文件相同" in told and "文字相同" in told


def test_what_was_a_copy_is_read_when_its_document_is_gone(pile: Path) -> None:
    db = pile.parent / "reports.db"
    run("ingest", pile, "--db", db)
    for name in ("总结.txt", "总结 (1).txt"):
        (pile / name).unlink()
    told = run("ingest", pile, "--db", db, "--prune")
    assert told.exit_code == 0, told.output
    documents, copies = docs(db)
    assert documents == DOCUMENTS - {"pile/总结.txt"} | {"pile/总结旧编码.txt"}
    assert copies == {(f"pile/{number}.eml/附件.txt", "text", "pile/总结旧编码.txt") for number in range(3)}
    (pile / "总结旧编码.txt").write_text(SECOND * 3, encoding="utf-8")
    run("ingest", pile, "--db", db)
    documents, copies = docs(db)
    assert "pile/0.eml/附件.txt" in documents
    assert copies == {(f"pile/{number}.eml/附件.txt", "file", "pile/0.eml/附件.txt") for number in (1, 2)}


def test_where_a_copy_stands_is_told_before_where_its_document_stands(pile: Path) -> None:
    db = pile.parent / "reports.db"
    assert "重复件 1," in run("ingest", pile, "--db", db, "--dry-run").stderr  # that of the bytes; words are not read
    run("ingest", pile, "--db", db)
    told = run("show", "总结旧编码", "--source", "--db", db)
    assert (
        f"在 pile/总结旧编码.txt(原文第 0-{len(SAME.rstrip())} 字)" in told.stderr
        and "文件:pile/总结.txt" in told.stdout
    )
    copy = json.loads(run("show", "总结_(1)@10-20", "--source", "--format", "json", "--db", db).stdout)["copy"]
    assert (copy["path"], copy["kind"]) == ("pile/总结 (1).txt", "file")
    assert json.loads(run("show", "总结", "--source", "--format", "json", "--db", db).stdout)["copy"] is None


def test_a_copy_that_cannot_be_read_again_is_told(pile: Path) -> None:
    db = pile.parent / "reports.db"
    (pile / "总结 (1).txt").unlink()
    run("ingest", pile, "--db", db)
    other = pile.parent / "other"
    other.mkdir()
    for name in ("总结旧编码.txt", "0.eml", "1.eml", "2.eml"):
        (pile / name).rename(other / name)
    (pile / "总结.txt").write_text(OTHER, encoding="utf-8")
    told = run("ingest", pile, "--db", db)
    assert "已不在索引中" in told.stderr
    assert "pile/总结旧编码.txt" in run("doctor", "--db", db).stdout
