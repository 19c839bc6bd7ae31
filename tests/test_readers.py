"""Word and PDF files: reading order, tables, running heads, paragraphs, and anchors into the file."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import NoText
from ingest.read import read_bytes

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def word(build):
    file = docx.Document()
    build(file)
    buffer = io.BytesIO()
    file.save(buffer)
    return read_bytes(buffer.getvalue(), "a.docx")


def pdf(pages, *, encrypt=None):
    """Return a source from pages of (x, y from the top, text)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), encrypt=encrypt)
    for page in pages:
        canvas.setFont(FONT, 14)
        for x, y, text in page:
            canvas.drawString(x, 842 - y, text)
        canvas.showPage()
    canvas.save()
    return read_bytes(buffer.getvalue(), "a.pdf")


def test_a_word_file_is_read_in_reading_order_with_its_tables():
    def build(file):
        file.add_paragraph("水口镇妇联工作计划")
        table = file.add_table(2, 3)
        for cell, text in zip(
            [*table.rows[0].cells, *table.rows[1].cells], ["任务", "数量", "时限", "培训", "3期", "六月底"], strict=True
        ):
            cell.text = text
        file.add_paragraph("以上任务按季检查。")

    source = word(build)
    assert source.media_type == "docx"
    assert source.documents[0].text == "水口镇妇联工作计划\n任务 数量 时限\n培训 3期 六月底\n以上任务按季检查。"


def test_merged_cells_are_read_once():
    def build(file):
        table = file.add_table(3, 3)
        for row, texts in zip(table.rows, (["合计", "", "9"], ["东村", "4", "5"], ["", "6", "7"]), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(1, 0).merge(table.cell(2, 0))

    assert [line.split() for line in word(build).documents[0].text.split("\n")] == [
        ["合计", "9"],
        ["东村", "4", "5"],
        ["6", "7"],
    ]


def test_a_long_table_loses_no_cell():
    def build(file):
        table = file.add_table(60, 4)
        for number, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                cell.text = f"{number}号{column}列"

    lines = word(build).documents[0].text.split("\n")
    assert lines == [" ".join(f"{number}号{column}列" for column in range(4)) for number in range(60)]


def test_anchors_of_a_word_file_lead_to_its_paragraphs_and_cells():
    def build(file):
        file.add_paragraph("水口镇妇联工作计划")
        file.add_paragraph("")
        file.add_table(1, 2).cell(0, 1).text = "王书记"
        file.add_paragraph("完。")

    source = word(build)
    found = {source.text[a.start : a.end]: (a.paragraph, a.cell) for a in source.anchors}
    assert found == {"水口镇妇联工作计划": (0, None), "王书记": (None, (0, 0, 1)), "完。": (2, None)}


NAMESPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def inserted(xml):
    """Return a source whose one block is the given WordprocessingML."""
    return word(lambda file: file.element.body.insert(0, parse_xml(xml.replace(">", f" {NAMESPACES}>", 1))))


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<w:p><w:r><w:t>截至</w:t></w:r><w:smartTag><w:r><w:t>2012年底</w:t></w:r></w:smartTag><w:r><w:t>。</w:t></w:r></w:p>", "截至2012年底。"),
        ("<w:p><w:r><w:t>共</w:t></w:r><w:ins><w:r><w:t>36</w:t></w:r></w:ins><w:del><w:r><w:delText>35</w:delText></w:r></w:del><w:r><w:t>人</w:t></w:r></w:p>", "共36人"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>工作总结</w:t></w:r></w:p></w:sdtContent></w:sdt>", "工作总结"),
        ("<w:p><w:hyperlink><w:r><w:t>县工会</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>", "县工会"),
        ("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>", "甲\n乙"),
        (
            "<w:p><w:r><w:t>正文。</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框内。</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
            "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框内。</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "正文。\n框内。",
        ),
    ],
)  # fmt: skip
def test_all_that_word_shows_is_read_and_nothing_else(xml, expected):
    assert inserted(xml).documents[0].text == expected


def test_automatic_numbers_are_read_as_word_shows_them():
    def build(file):
        numbering = file.part.numbering_part.element
        levels = (("0", "chineseCounting", "%1、"), ("1", "decimal", "%2."), ("2", "decimalEnclosedCircle", "%3"))
        inner = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, form, text in levels
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {NAMESPACES} w:abstractNumId="77">{inner}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {NAMESPACES} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for level, text in (
            (0, "成绩"),
            (1, "抓学习"),
            (1, "抓帮扶"),
            (2, "走访"),
            (0, "不足"),
            (1, "人少"),
            (None, "完。"),
        ):
            paragraph = file.add_paragraph(text)
            if level is not None:
                mark = f'<w:numPr {NAMESPACES}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
                paragraph._p.get_or_add_pPr().append(parse_xml(mark))

    expected = ["一、成绩", "1.抓学习", "2.抓帮扶", "①走访", "二、不足", "1.人少", "完。"]
    assert word(build).documents[0].text.split("\n") == expected


def test_a_word_file_without_text_tells_so():
    with pytest.raises(NoText):
        word(lambda file: file.add_paragraph("   "))


LINE = "区总工会坚持服务职工宗旨，扎实推进各项工作"  # fills a line of the pages below
LEFT, INDENT, TOP, STEP = 90, 118, 120, 24


def block(top, number):
    """Return the three lines of a paragraph, the first one indented."""
    texts = [f"{number}要重落实。" + LINE[:-7], LINE[:21], "年底见效。"]
    return [(LEFT if at else INDENT, top + at * STEP, text) for at, text in enumerate(texts)]


def test_the_lines_of_a_pdf_are_joined_into_its_paragraphs():
    page = [line for at, number in enumerate("一二三四五六") for line in block(TOP + 3 * STEP * at, number)]
    source = pdf([[(200, 90, "区总工会工作总结"), *page]])
    expected = [f"{number}要重落实。{LINE[:-7]}{LINE[:21]}年底见效。" for number in "一二三四五六"]
    assert source.documents[0].text.split("\n") == ["区总工会工作总结", *expected]


def test_a_paragraph_goes_on_across_pages():
    pages = [[*block(TOP, "一"), *block(TOP + 3 * STEP, "二"), *block(TOP + 6 * STEP, "三")[:2], (280, 810, "- 1 -")]]
    pages += [[(LEFT, TOP, "年底见效。"), *block(TOP + STEP, "四"), *block(TOP + 4 * STEP, "五"), (280, 810, "- 2 -")]]
    expected = [f"{number}要重落实。{LINE[:-7]}{LINE[:21]}年底见效。" for number in "一二三四五"]
    assert pdf(pages).documents[0].text.split("\n") == expected


def test_running_heads_and_page_numbers_are_furniture():
    pages = [
        [(200, 40, "区总工会文件汇编"), *block(TOP, "一二三四"[number - 1]), (280, 810, f"— {number} —")]
        for number in range(1, 5)
    ]
    source = pdf(pages)
    assert {(source.text[p.start : p.end], p.kind) for p in source.furniture} == {
        ("区总工会文件汇编", "running head"),
        *((f"— {number} —", "page number") for number in range(1, 5)),
    }
    assert "汇编" not in source.documents[0].text
    assert "—" not in source.documents[0].text


def test_numbers_and_lines_of_the_body_at_a_pages_foot_are_kept():
    pages = [
        [(90, 120 + 10 * number, "共收到捐款"), (90, 160 + 10 * number, "2000"), (90, 200 + 10 * number, "全部发放。")]
        for number in range(4)
    ]
    source = pdf(pages)
    assert source.furniture == ()
    assert source.documents[0].text.count("2000") == 4


def test_anchors_of_a_pdf_lead_to_page_and_box():
    source = pdf([[(90, 120, "第一页的话。")], [(90, 400, "第二页的话。")]])
    anchors = [(source.text[a.start : a.end], a.page, a.box) for a in source.anchors]
    assert [(text, page) for text, page, _ in anchors] == [("第一页的话。", 1), ("第二页的话。", 2)]
    left, top, right, bottom = anchors[1][2]
    assert 88 <= left < right <= 180 and 380 <= top < bottom <= 410


def test_a_pdf_without_text_tells_that_it_is_like_a_scan(monkeypatch):
    monkeypatch.setattr("ingest.ocr.engine", lambda: None)
    with pytest.raises(NoText, match="text layer"):
        pdf([[], []])


def test_the_kind_is_told_by_content_and_never_by_suffix():
    buffer = io.BytesIO()
    file = docx.Document()
    file.add_paragraph("水口镇工会简报")
    file.save(buffer)
    assert read_bytes(buffer.getvalue(), "a.txt").media_type == "docx"
    assert read_bytes("水口镇工会简报".encode(), "a.docx").media_type == "text"


def test_a_huge_text_is_read_block_by_block_with_the_same_reports(monkeypatch):
    body = "今年以来，各级工会组织走访慰问困难职工，开展劳动竞赛和技能培训，推动企业建立集体协商制度。"
    text = "".join(
        f"第{at}篇：{name}总工会工作总结\n" + "".join(f"{name}第{n}次：{body}\n" for n in range(1, 9))
        for at, name in enumerate(("青溪县", "白楂镇", "苎塘镇", "榆堰县", "桐砚县", "芦皋县", "瑀江市", "篁川县"), 1)
    )
    whole = read_bytes(text.encode(), "a.txt")
    monkeypatch.setattr("ingest.read.HUGE", 100)
    monkeypatch.setattr("ingest.read.BLOCK", len(text) // 2)
    blocks = read_bytes(text.encode(), "a.txt")
    assert [one.text for one in blocks.documents][:3] == [one.text for one in whole.documents][:3]
    monkeypatch.setattr("ingest.read.BLOCK", len(text) // 3)
    kept = read_bytes(text.encode(), "a.txt")
    assert [one.ordinal for one in kept.documents] == list(range(1, len(kept.documents) + 1))
    for document in kept.documents:
        for at in range(0, len(document.text), 50):
            start, end = document.to_source(at, at + 1)
            assert kept.text[start:end] == document.text[at]
    read = sum(len(one.text) for one in kept.documents)
    assert read >= 0.95 * sum(len(one.text) for one in whole.documents)


def test_a_report_longer_than_a_block_goes_on_as_another(monkeypatch):
    text = "".join(f"在第{n}个村，走访慰问困难职工{n}户，发放慰问金。\n" for n in range(400))
    monkeypatch.setattr("ingest.read.HUGE", 1000)
    monkeypatch.setattr("ingest.read.BLOCK", 2000)
    source = read_bytes(text.encode(), "a.txt")
    assert len(source.documents) > 2
    assert "\n".join(one.text for one in source.documents) == text.strip()
