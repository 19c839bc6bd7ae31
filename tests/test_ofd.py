"""OFD: text in reading order with page and box; and the layout of pages, which scans share."""

import io
import re
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from PIL import Image
from spoilt import spoilt

from ingest import ocr
from ingest.errors import DamagedFile, EncryptedFile, IngestError, NoText, TooLarge
from ingest.layout import Piece, Rule, read_in_order
from ingest.ofd import is_ofd, read_ofd
from ingest.read import read

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
SAMPLE = (FORMATS / "report.ofd").read_bytes()
O = 'xmlns:ofd="http://www.ofdspec.org/2016"'  # noqa: E741
ROOT = f"<ofd:OFD {O}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"


def bare(text):
    return "".join(text.replace("||", "").split())


def own_text(raw):
    """Return the text without furniture."""
    text = list(raw.text)
    for piece in raw.furniture:
        text[piece.start : piece.end] = " " * (piece.end - piece.start)
    return "".join(text)


def package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def ofd(*pages, root=ROOT, more=None):
    """Return an OFD file whose pages hold the given objects."""
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    head = (
        "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
    )
    parts = {
        "OFD.xml": root,
        "Doc_0/Document.xml": f"<ofd:Document {O}>{head}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for at, objects in enumerate(pages):
        layer = f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
        parts[f"Doc_0/Pages/Page_{at}/Content.xml"] = f"<ofd:Page {O}>{layer}</ofd:Page>"
    return package(parts | (more or {}))


def text(words, x=20, y=20, more="", code=""):
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 6" Size="5" {more}><ofd:TextCode X="0" Y="4.3" {code}>{words}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def test_the_sample_gives_its_text_in_reading_order():
    raw = read_ofd(SAMPLE, "report.ofd")
    assert bare(own_text(raw)) == bare((FORMATS / "report.ofd.txt").read_text("utf-8"))
    assert dict(raw.about) == {"title": "共青团榆堰县委员会2015年工作总结", "date": "2016-01-09"}
    assert "植树（万株）\t3\t3.2\t茈河两岸\n" in raw.text
    assert "批注" not in raw.text
    assert not re.search(r"\d \d", raw.text)


def test_running_heads_page_numbers_and_watermarks_are_furniture():
    raw = read_ofd(SAMPLE, "report.ofd")
    assert [(raw.text[piece.start : piece.end], piece.kind) for piece in raw.furniture] == [
        piece
        for page in (1, 2, 3)
        for piece in (
            ("共青团榆堰县委文件汇编", "running head"),
            (f"—{page}—", "page number"),
            ("内部资料", "watermark"),
        )
    ]


def test_anchors_lead_to_page_and_box_and_cell():
    raw = read_ofd(SAMPLE, "report.ofd")
    found = {raw.text[anchor.start : anchor.end]: anchor for anchor in raw.anchors}
    title = found["共青团榆堰县委员会2015年工作总结"]
    assert title.page == 1
    left, top, right, bottom = title.box
    assert (left, right) == (pytest.approx(153.5, abs=1), pytest.approx(441.3, abs=2))
    assert top == pytest.approx(40 * 72 / 25.4, abs=1)
    assert bottom - top == pytest.approx(16, abs=0.5)
    assert found["1640"].cell == (0, 1, 2)


def test_what_another_program_converts_gives_the_paragraphs_of_its_original():
    raw = read_ofd((FORMATS / "ofd_converted.ofd").read_bytes(), "x.ofd")
    (document,) = read(FORMATS / "ofd_converted.ofd").documents
    lines = (FORMATS / "pdf.txt").read_text("utf-8").split("\n")
    original = ["".join(line.split()) for line in lines if line not in ("", "||") and "\t" not in line]
    assert ["".join(line.split()) for line in document.text.split("\n")][-len(original) :] == original
    assert [piece.kind for piece in raw.furniture] == ["page number"]


def scanned(boundary="0 0 210 297", more=""):
    picture = io.BytesIO()
    Image.new("L", (1050, 1485), 255).save(picture, "PNG")
    resources = '<ofd:MultiMedias><ofd:MultiMedia ID="9" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>'
    head = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    pages = '<ofd:Pages><ofd:Page BaseLoc="Pages/Page_0/Content.xml"/><ofd:Page BaseLoc="Pages/Page_1/Content.xml"/></ofd:Pages>'
    return ofd(
        text("第一页是文字，不是图片。"),
        f'<ofd:ImageObject Boundary="{boundary}" ResourceID="9" {more}/>',
        more={
            "Doc_0/Document.xml": f"<ofd:Document {O}><ofd:CommonData>{head}</ofd:CommonData>{pages}</ofd:Document>",
            "Doc_0/DocumentRes.xml": f'<ofd:Res {O} BaseLoc="Res">{resources}</ofd:Res>',
            "Doc_0/Res/a.png": picture.getvalue(),
        },
    )


@pytest.mark.parametrize("more", ["", 'CTM="210 0 0 297 0 0"'])
def test_a_scanned_page_is_recognised_and_its_boxes_are_those_of_the_page(monkeypatch, more):
    corners = ((105.0, 105.0), (525.0, 105.0), (525.0, 135.0), (105.0, 135.0))
    monkeypatch.setattr(ocr, "engine", lambda: "rapidocr")
    monkeypatch.setattr(ocr, "_by_rapidocr", lambda image: [("第二页是认出来的文字", corners, 0.9)])
    raw = read_ofd(scanned(more=more), "x.ofd")
    assert [line for line in raw.text.split("\n") if line] == ["第一页是文字，不是图片。", "第二页是认出来的文字"]
    anchor = raw.anchors[-1]
    assert (anchor.page, anchor.confidence) == (2, 0.9)
    assert anchor.box == pytest.approx((59.5, 59.5, 297.6, 76.5), abs=0.2)


def test_without_an_engine_the_scanned_pages_are_told(monkeypatch):
    monkeypatch.setattr(ocr, "engine", lambda: None)
    raw = read_ofd(scanned(), "x.ofd")
    assert raw.text.strip() == "第一页是文字，不是图片。"
    assert [member.name for member in raw.members] == ["p2"]
    small = read_ofd(scanned(boundary="10 10 20 20"), "x.ofd")
    assert small.members == ()


def test_an_independent_reader_finds_the_same_text():
    ofdkit = pytest.importorskip("ofdkit")
    with ofdkit.open(FORMATS / "report.ofd") as document:
        theirs = bare(document.text())
    ours = bare(read_ofd(SAMPLE, "report.ofd").text)
    assert sorted(theirs) == sorted(ours)


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        (text("下行", y=40) + text("上行", y=20), "上行\n下行\n"),
        (text("县", x=20) + text("联", x=30) + text("妇", x=25), "县妇联\n"),
        (text("总结", code='DeltaX="g 1 5"') * 2, "总结\n"),
        (text("见上"), "见上\n"),
        (text("隐去", more='Visible="false"') + text("可见", y=30), "可见\n"),
        (f"<ofd:PageBlock><ofd:PageBlock>{text('嵌套')}</ofd:PageBlock></ofd:PageBlock>", "嵌套\n"),
        (text("共1200人", code='DeltaX="5 2.5 2.5 2.5 2.5"'), "共1200人\n"),
        (text("WPS Office"), "WPS Office\n"),
        (text("甲&amp;乙"), "甲&乙\n"),
        (text("竖排字", code='DeltaX="0 0" DeltaY="6 6"'), "竖\n排\n字\n"),
    ],
)
def test_objects_become_lines(objects, expected):
    assert read_ofd(ofd(objects), "x.ofd").text.replace("\n\n", "\n").lstrip("\n") == expected


@pytest.mark.parametrize("tag", ["http://www.ofdspec.org/2016", "http://www.ofdspec.org", "urn:other"])
def test_producers_differ_in_namespace(tag):
    parts = zipfile.ZipFile(io.BytesIO(ofd(text("总结"))))
    changed = {name: parts.read(name).decode().replace("http://www.ofdspec.org/2016", tag) for name in parts.namelist()}
    assert read_ofd(package(changed), "x.ofd").text.strip() == "总结"


def test_places_of_parts_may_be_absolute_or_differ_in_case():
    data = ofd(text("总结"), root=ROOT.replace("Doc_0/Document.xml", "/doc_0/Document.XML"))
    assert read_ofd(data, "x.ofd").text.strip() == "总结"


def test_ofd_is_told_by_its_parts():
    assert is_ofd(SAMPLE)
    assert not is_ofd(package({"word/document.xml": "<x/>"}))
    assert not is_ofd(package({"folder/OFD.xml": "<x/>"}))
    assert not is_ofd(SAMPLE[:3000])
    assert not is_ofd(b"OFD.xml")


ENTITIES = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", DamagedFile),
        (b"PK\x03\x04", DamagedFile),
        (SAMPLE[: len(SAMPLE) // 2], DamagedFile),
        (package({"OFD.xml": ROOT}), DamagedFile),
        (package({"OFD.xml": "<broken"}), DamagedFile),
        (package({"OFD.xml": f"<ofd:OFD {O}/>"}), DamagedFile),
        (package({"x.xml": "<x/>"}), DamagedFile),
        (package({"OFD.xml": ROOT, "Encryptions.xml": "<x/>"}), EncryptedFile),
        (ofd('<ofd:ImageObject Boundary="0 0 210 297" ResourceID="9"/>'), NoText),
        (ofd(""), NoText),
        (ofd(text("炸弹"), more={"Doc_0/Pages/Page_0/Content.xml": "<x>" + " " * 30_000_000 + "</x>"}), TooLarge),
    ],
)
def test_what_cannot_be_read_is_told(data, error):
    with pytest.raises(error):
        read_ofd(data, "x.ofd")


def test_a_scanned_ofd_tells_that_it_is_a_scan(monkeypatch):
    monkeypatch.setattr("ingest.ocr.engine", lambda: None)
    with pytest.raises(NoText, match="scan") as caught:
        read_ofd(ofd('<ofd:ImageObject Boundary="0 0 210 297" ResourceID="9"/>'), "x.ofd")
    assert "OCR" in caught.value.remedy


@pytest.mark.parametrize("entity", ['<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>', ENTITIES])
def test_entities_are_neither_fetched_nor_expanded(entity):
    page = f"{entity}<ofd:Page {O}><ofd:Content><ofd:Layer>{text('见&j;附')}</ofd:Layer></ofd:Content></ofd:Page>"
    with suppress(DamagedFile):
        found = read_ofd(ofd("", more={"Doc_0/Pages/Page_0/Content.xml": page}), "x.ofd").text
        assert "root" not in found
        assert len(found) < 20


@pytest.mark.parametrize(
    "objects",
    [
        text("总结", code='DeltaX="g 99999999999 5"'),
        text("总结", code='DeltaX="g g g"'),
        text("总结", code='DeltaX="nan inf 1e999"'),
        text("总结", more='CTM="x y z"'),
        text("总结", more='CTM="0 0 0 0 0 0"'),
        "<ofd:PageBlock>" * 200 + text("总结") + "</ofd:PageBlock>" * 200,
        '<ofd:PathObject Boundary="0 0 1 1"><ofd:AbbreviatedData>M 0 L B 1 2 3 M 1</ofd:AbbreviatedData></ofd:PathObject>',
    ],
)
def test_absurd_numbers_are_no_crash(objects):
    with suppress(IngestError):
        read_ofd(ofd(objects + text("正文", y=90)), "x.ofd")


@settings(max_examples=120, deadline=None)
@given(spoilt(SAMPLE))
def test_damage_raises_nothing_but_an_ingest_error(data):
    with suppress(IngestError):
        read_ofd(data, "x.ofd")


@settings(max_examples=120, deadline=None)
@given(spoilt(zipfile.ZipFile(io.BytesIO(SAMPLE)).read("Doc_0/Pages/Page_1/Content.xml")))
def test_damage_inside_a_part_raises_nothing_but_an_ingest_error(page):
    with suppress(IngestError):
        read_ofd(ofd("", more={"Doc_0/Pages/Page_0/Content.xml": page}), "x.ofd")


def test_a_page_of_scattered_characters_is_laid_out_in_bearable_time():
    scattered = "".join(
        text("字", x=round(1.9 * column, 1), y=round(0.8 * row, 1), more='CTM="0.1 0 0 0.1 0 0"')
        for column in range(100)
        for row in range(350)
    )
    start = time.process_time()
    read_ofd(ofd(scattered), "x.ofd")
    assert time.process_time() - start < 20  # some two seconds; without bounds a minute


def piece(words, x, y, size=10.0):
    return Piece(text=words, x0=x, top=y, x1=x + len(words) * size, bottom=y + size)


def lines(pieces, rules=()):
    return [line.text for line in read_in_order(pieces, rules)]


def test_columns_of_prose_are_read_one_after_the_other():
    left = [piece("左栏正文一行十五个字左栏正文一", 50, 100 + 15 * at) for at in range(5)]
    right = [piece("右栏正文一行十五个字右栏正文一", 250, 100 + 15 * at) for at in range(5)]
    found = lines([piece("两栏之上的标题", 150, 60), *right, *left, piece("两栏之下的一行", 50, 250)])
    assert found == ["两栏之上的标题", *[left[0].text] * 5, *[right[0].text] * 5, "两栏之下的一行"]


def test_a_table_without_rules_is_read_row_by_row():
    rows = [("单位", "人数"), ("妇联", "36"), ("工会", "120")]
    pieces = [
        piece(cell, 50 + 200 * at, 100 + 15 * row) for row, cells in enumerate(rows) for at, cell in enumerate(cells)
    ]
    assert lines(pieces) == ["单位\t人数", "妇联\t36", "工会\t120"]


def test_a_title_set_wide_is_one_line():
    assert lines([piece(word, 100 + 40 * at, 50) for at, word in enumerate("工作总结")]) == ["工作总结"]


def test_a_frame_around_the_page_and_underlines_are_no_table():
    frame = [Rule(x0=10, top=y, x1=500, bottom=y) for y in (10, 700)] + [
        Rule(x0=x, top=10, x1=x, bottom=700) for x in (10, 500)
    ]
    underline = [Rule(x0=100, top=y, x1=200, bottom=y) for y in (62, 82)]
    found = read_in_order([piece("标题", 100, 50), piece("正文", 100, 70)], frame + underline)
    assert [(line.text, line.cells) for line in found] == [("标题", ()), ("正文", ())]


def test_cells_of_several_lines_are_read_whole():
    rules = [Rule(x0=50, top=y, x1=250, bottom=y) for y in (100, 140, 180)] + [
        Rule(x0=x, top=100, x1=x, bottom=180) for x in (50, 150, 250)
    ]
    pieces = [piece("项目", 60, 105), piece("经费不足", 160, 105), piece("人员偏少", 160, 122), piece("合计", 60, 150)]
    assert lines(pieces, rules) == ["项目\t经费不足人员偏少", "合计"]


@pytest.mark.parametrize("limit", ["MOST_PAGES", "MOST_CHARACTERS"])
def test_more_than_can_be_read_in_safety_is_refused_and_not_cut(monkeypatch, limit):
    monkeypatch.setattr(f"ingest.ofd.{limit}", 0)
    with pytest.raises(TooLarge):
        read_ofd(ofd(text("总结")), "x.ofd")
