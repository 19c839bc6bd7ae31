"""Lines of a page: footnotes come behind the paragraph that names them, long cells of tables keep their paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.footnotes import mark_notes, name_of
from ingest.layout import PageLine, Piece, Rule, Table, join_pages, read_in_order
from ingest.read import read

NOTES = Path(__file__).parent.parent / "corpus" / "formats" / "pdf_notes.pdf"
SEPARATOR = Rule(x0=50, top=700, x1=150, bottom=700.5)


def line(text: str, top: float, *, size: float = 12, left: float = 50, width: float = 400) -> PageLine:
    return PageLine(parts=(Piece(text=text, x0=left, top=top, x1=left + width, bottom=top + size),), block=0)


def body(*texts: str) -> list[PageLine]:
    return [line(text, 100 + 20 * at) for at, text in enumerate(texts)]


def marked(lines: list[PageLine], *rules: Rule) -> list[str]:
    return [one.text for one in mark_notes(lines, rules) if one.is_note]


@pytest.mark.parametrize(
    "note", ["1 含复种面积。", "① 含复种面积。", "[1] 含复种面积。", "注：含复种面积。", "* 含复种面积。"]
)
def test_what_begins_with_a_number_below_a_short_rule_is_a_note(note):
    lines = [*body("全年播种2.36万亩，比上年增加", "840亩，总产9150吨。"), line(note, 710, size=10)]
    assert marked(lines, SEPARATOR) == [note]


@pytest.mark.parametrize(
    ("foot", "rule"),
    [
        ("12月底前完成。", SEPARATOR),
        ("3.6万人受益。", SEPARATOR),
        ("1、抓好春耕。", SEPARATOR),
        ("联系电话见附件。", SEPARATOR),
        (
            "1 含复种面积。",
            Rule(x0=50, top=700, x1=440, bottom=700.5),
        ),  # as wide as the text: below it stands another part
        ("1 含复种面积。", Rule(x0=300, top=700, x1=400, bottom=700.5)),  # far from the margin: a place for a signature
        ("1 含复种面积。", Rule(x0=50, top=110, x1=150, bottom=110.5)),  # an underlined word
    ],
)
def test_other_last_lines_are_no_notes(foot, rule):
    assert marked([*body("全年播种2.36万亩，比上年增加", "840亩，总产9150吨。"), line(foot, 710)], rule) == []


def test_small_type_at_the_foot_is_a_note_where_the_text_has_its_mark():
    named = body("全年播种②2.36万亩，比上年增加", *["840亩，总产9150吨。"] * 4)
    foot = [
        line("资料来源：年报", 660, size=9),
        line("② 含复种面积，数据取自", 710, size=9),
        line("农业年报。", 722, size=9),
    ]
    assert marked([*named, *foot]) == ["② 含复种面积，数据取自", "农业年报。"]
    assert marked([*body("全年播种2.36万亩，比上年增加", *["840亩，总产9150吨。"] * 4), *foot]) == []


def test_the_text_names_a_note_by_its_mark():
    assert [name_of(note) for note in ("12 注", "③注", "¹ 注", "* 注", "注：甲")] == ["¹²", "③", "¹", "*", None]


def test_a_note_stands_behind_the_paragraph_that_crosses_the_pages():
    first = [line("　播种¹2.36万亩，比上年增加，", 680), line("1 含复种面积。", 710)]
    pages = [
        (1, mark_notes(first, [SEPARATOR])),
        (2, [line("总产9150吨。", 100, width=100), line("新的一段。", 120, left=74)]),
    ]
    raw = join_pages(pages)
    assert [part for part in raw.text.split("\n") if part] == [
        "　播种¹2.36万亩，比上年增加，", "总产9150吨。", "1 含复种面积。", "新的一段。"
    ]  # fmt: skip
    assert [(raw.text[anchor.start : anchor.end], anchor.page) for anchor in raw.anchors][2] == ("1 含复种面积。", 1)


def test_notes_in_a_file_of_libreoffice_leave_its_paragraphs_whole():
    source = read(NOTES)
    (document,) = source.documents
    assert "没有拖欠一笔农民工工资³，群众满意率达到96.8%。工程完工以后，各村按照" in document.text
    at = source.text.index("3 数据由")
    page = {anchor.page for anchor in source.anchors if anchor.start == at}
    assert page == {next(anchor.page for anchor in source.anchors if "工资³" in source.text[anchor.start : anchor.end])}
    assert max(anchor.page or 0 for anchor in source.anchors) > 1


def cell_lines(count: int) -> list[PageLine]:
    cell = (60.0, 0.0, 460.0, 400.0)
    pieces = [Piece(text="内容", x0=10, top=100, x1=34, bottom=112)]
    for at in range(count):
        inset = 24 * (at % 3 == 0)  # every third line begins a paragraph
        pieces.append(
            Piece(
                text=f"{at}" + "高山村枯水期缺水仍有三个月左右" * 2,
                x0=62 + inset,
                top=10 + 20 * at,
                x1=458,
                bottom=22 + 20 * at,
            )
        )
    return read_in_order(pieces, tables=[Table((((0.0, 0.0, 60.0, 400.0), cell),))])


def test_a_long_cell_of_a_table_keeps_its_paragraphs_as_lines():
    (row,) = cell_lines(6)
    first, second = row.text.split("\t")[1].split("\n\n")
    assert first.startswith("0高山村") and second.startswith("3高山村") and "2高山村" in first
    assert row.cells == ((0, 0, 0), (0, 0, 1), (0, 0, 1))


def test_a_short_cell_is_one_line():
    (row,) = cell_lines(4)
    assert row.text.count("\n") == 0 and row.cells == ((0, 0, 0), (0, 0, 1))
