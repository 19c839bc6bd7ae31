"""PDF pages: order, paragraphs, tables, furniture, turned and hidden text, pictures, and what cannot be read."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import ingest.pdfium
from ingest import ocr, pdf
from ingest.errors import DamagedFile, IngestError, NoText, TooLarge
from ingest.layout import Piece
from ingest.pdf import read_pdf
from ingest.read import read, sources_in

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
LINES = [
    "县妇联坚持服务大局，扎实推进各项工作",
    "全年举办培训46期，培训妇女3420人次",
    "发放贷款1186万元，到期还款率99.2%",
]


def made(*pages, size=(595, 842), encrypt=None):
    """Return a PDF whose pages are drawn by functions of a canvas."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, encrypt=encrypt)
    for draw in pages:
        canvas.setFont(FONT, 14)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def plain(canvas):
    for at, line in enumerate(LINES):
        canvas.drawString(90, 700 - 24 * at, line)


def lines_of(*pages):
    return [line for line in read_pdf(made(*pages), "x.pdf").text.split("\n") if line]


def bare(text):
    return ["".join(line.split()) for line in text.split("\n") if line.strip() not in ("", "||")]


@pytest.mark.parametrize("name", ["pdf_browser.pdf", "pdf_office.pdf"])
def test_what_others_print_gives_the_paragraphs_of_its_original(name):
    (document,) = (source := read(FORMATS / name)).documents
    assert bare(document.text) == bare((FORMATS / "pdf.txt").read_text("utf-8"))
    assert "辅具适配（件）\t1800\t2013\t111.8%\n" in source.text
    assert {anchor.page for anchor in source.anchors} <= {1, 2}


def test_what_a_browser_prints_around_a_page_is_furniture():
    source = read(FORMATS / "pdf_browser.pdf")
    texts = [source.text[piece.start : piece.end] for piece in source.furniture if piece.kind == "running head"]
    assert texts[0].startswith("11/22/26, ")
    assert texts[1].startswith("file:///") and texts[1].endswith(" 1/1")


def turned(canvas):
    canvas.saveState()
    canvas.translate(300, 100)
    canvas.rotate(90)
    for at, line in enumerate(LINES):
        canvas.drawString(0, -24 * at, line)
    canvas.restoreState()


def rotated(canvas):
    canvas.setPageRotation(180)
    plain(canvas)


def vertical(canvas):
    for column, line in enumerate(LINES):
        for at, char in enumerate(line):
            canvas.drawString(500 - 30 * column, 780 - 16 * at, char)


@pytest.mark.parametrize("draw", [plain, turned, rotated, vertical])
def test_text_is_read_in_the_direction_in_which_it_runs(draw):
    assert lines_of(draw) == LINES


def test_boxes_of_turned_text_are_those_on_the_page():
    box = read_pdf(made(turned), "x.pdf").anchors[0].box
    assert box == pytest.approx((289, 490, 303, 742), abs=2)
    box = read_pdf(made(vertical), "x.pdf").anchors[0].box
    assert box == pytest.approx((500, 50, 515, 338), abs=2)


def raised(canvas):
    x = 90.0
    for size, up, text in ((14, 0, "培训妇女3420"), (8, 6, "1"), (14, 0, "人次，绿化20m"), (8, 6, "2"), (14, 0, "。")):
        canvas.setFont(FONT, size)
        canvas.drawString(x, 700 + up, text)
        x += pdfmetrics.stringWidth(text, FONT, size)


def bold(canvas):
    for shift in (0, 0.3, 0.6):
        canvas.drawString(200 + shift, 760, "工作总结")
    for at, char in enumerate("重点工作"):
        for shift in (0, 0.4):
            canvas.drawString(90 + 14 * at + shift, 700, char)


def wide(canvas):
    for at, char in enumerate("工作总结"):
        canvas.drawString(150 + at * 40, 760, char)
    canvas.drawString(90, 700, "单位：县妇联")
    canvas.drawString(350, 700, "时间：2011年")


def hidden(canvas):
    plain(canvas)
    text = canvas.beginText(90, 500)
    text.setTextRenderMode(3)
    text.textLine("看不见的字")
    canvas.drawText(text)


def latin(canvas):
    canvas.drawString(90, 700, "用 WPS Office 2019 办公")


def form(canvas):
    canvas.drawString(90, 700, "姓名：")
    canvas.acroForm.textfield(name="name", x=140, y=696, width=200, height=18, value="Zhang San")


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (raised, ["培训妇女3420¹人次，绿化20m²。"]),
        (bold, ["工作总结", "重点工作"]),
        (wide, ["工作总结", "单位：县妇联 时间：2011年"]),
        (hidden, LINES),
        (latin, ["用WPS Office 2019办公"]),
        (form, ["姓名：Zhang San"]),
    ],
)
def test_marks_bold_wide_hidden_and_typed_in_text_is_read_as_it_looks(draw, expected):
    assert lines_of(draw) == expected


def grid(canvas):
    xs, ys = [90, 190, 290, 450], [700, 670, 640, 610]
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    for x in (90, 190, 450):
        canvas.line(x, ys[0], x, ys[-1])
    canvas.line(290, ys[1], 290, ys[-1])  # the cell above spans two columns
    cells = [(95, 680, "项目"), (260, 680, "完成情况"), (95, 650, "培训"), (195, 650, "46期"), (295, 650, "3.2万元")]
    for x, y, text in [*cells, (95, 620, "慰问"), (295, 620, "5万元"), (118, 760, LINES[1]), (90, 560, LINES[0])]:
        canvas.drawString(x, y, text)


def three_rules(canvas):
    for y in (700, 675, 600):
        canvas.line(90, y, 450, y)
    for row, cells in enumerate([("指标", "2014年", "2015年"), ("培训期数", "12", "16"), ("参训人数", "860", "1240")]):
        for column, cell in enumerate(cells):
            canvas.drawString(95 + 120 * column, 682 - 25 * row, cell)


def test_the_rows_of_tables_are_lines_with_tabs():
    assert lines_of(grid) == [LINES[1], "项目\t完成情况", "培训\t46期\t3.2万元", "慰问\t\t5万元", LINES[0]]
    assert lines_of(three_rules) == ["指标\t2014年\t2015年", "培训期数\t12\t16", "参训人数\t860\t1240"]
    found = {anchor.cell for anchor in read_pdf(made(grid, grid), "x.pdf").anchors}
    assert {(0, 1, 2), (1, 2, 0)} <= found


def columns(canvas):
    for at in range(6):
        canvas.drawString(90, 700 - 24 * at, "左栏的文字一行共十四个字")
        canvas.drawString(300, 693 - 24 * at, "右栏的文字与左栏高低不一")


def test_columns_that_are_not_level_are_read_one_after_the_other():
    assert lines_of(columns) == ["左栏的文字一行共十四个字"] * 6 + ["右栏的文字与左栏高低不一"] * 6


def around(canvas):
    plain(canvas)
    canvas.saveState()
    canvas.translate(200, 400)
    canvas.rotate(45)
    canvas.setFont(FONT, 60)
    canvas.drawString(0, 0, "内部资料")
    canvas.restoreState()
    canvas.translate(40, 400)
    canvas.rotate(90)
    canvas.setFont(FONT, 10)
    canvas.drawString(0, 0, "装订线")


def test_watermarks_and_marks_in_the_margin_are_furniture():
    raw = read_pdf(made(around), "x.pdf")
    assert {(raw.text[piece.start : piece.end], piece.kind) for piece in raw.furniture} == {
        ("内部资料", "watermark"),
        ("装订线", "margin"),
    }
    assert raw.text.startswith("\n" + "\n".join(LINES))


def numbered(number, *, head="年鉴", last="本页的最后一行。"):
    def draw(canvas):
        canvas.setFont(FONT, 9)
        canvas.drawString(90, 800, head)
        canvas.drawString(280, 40, str(number))
        canvas.setFont(FONT, 14)
        for at in range(10):
            canvas.drawString(90, 740 - 24 * at, "甲乙丙丁"[number % 4] + LINES[at % 3])
        canvas.drawString(90, 740 - 240, last)

    return draw


def test_heads_of_chapters_and_numbers_that_begin_later_are_furniture():
    raw = read_pdf(made(*(numbered(at - 2, head="上篇" if at < 8 else "下篇") for at in range(3, 13))), "x.pdf")
    kinds = [(raw.text[piece.start : piece.end], piece.kind) for piece in raw.furniture]
    assert [text for text, kind in kinds if kind == "running head"] == ["上篇"] * 5 + ["下篇"] * 5
    assert [text for text, kind in kinds if kind == "page number"] == [str(number) for number in range(1, 11)]


def test_the_last_line_of_a_page_is_no_running_head_for_having_a_like():
    raw = read_pdf(made(*(numbered(at, last="12月31日") for at in (1, 2, 3))), "x.pdf")
    assert all(raw.text[piece.start : piece.end] != "12月31日" for piece in raw.furniture)


def scan(canvas):
    canvas.drawImage(ImageReader(Image.new("L", (600, 840), 255)), 0, 0, 595, 842)
    canvas.setFont(FONT, 8)
    canvas.drawString(450, 20, "扫描软件 创建")


def under_scan(canvas):
    text = canvas.beginText(90, 500)
    text.setTextRenderMode(3)
    for line in LINES:
        text.textLine(line)
    canvas.drawText(text)
    canvas.drawImage(ImageReader(Image.new("L", (600, 840), 255)), 0, 0, 595, 842)


@pytest.fixture
def without_engine(monkeypatch):
    monkeypatch.setattr(ocr, "engine", lambda: None)


@pytest.fixture
def with_engine(monkeypatch):
    """Stand in for an engine that reads the same line on every page."""
    monkeypatch.setattr(ocr, "engine", lambda: "rapidocr")
    corners = ((300.0, 300.0), (1200.0, 300.0), (1200.0, 360.0), (300.0, 360.0))
    monkeypatch.setattr(ocr, "_by_rapidocr", lambda image: [("扫描页上认出的一行文字", corners, 0.9)])


def test_pages_of_both_kinds_are_read_page_by_page(with_engine):
    raw = read_pdf(made(plain, scan, plain), "x.pdf")
    assert [line for line in raw.text.split("\n") if line] == [*LINES, "扫描页上认出的一行文字", *LINES]
    assert {(anchor.page, anchor.confidence) for anchor in raw.anchors} == {(1, None), (2, 0.9), (3, None)}
    assert dict(raw.about)["recognised_pages"] == "2"
    assert raw.members == ()


def test_without_an_engine_the_pages_that_are_missing_are_told(without_engine):
    read_one, missing = sources_in(made(plain, scan, plain, scan, scan), "x.pdf")
    assert not isinstance(read_one, IngestError)
    assert "".join(bare(read_one.documents[0].text)) == "".join([*LINES, *LINES])
    assert isinstance(missing, NoText)
    assert missing.path == "x.pdf/p2,4-5"
    assert (
        "2,4-5" in missing.reason
        and "2,4-5" in missing.reason_zh
        and "pip install rapidocr onnxruntime" in missing.remedy
    )


def test_a_file_of_nothing_but_pictures_is_refused_whatever_is_stamped_on_them(without_engine):
    with pytest.raises(NoText, match="scan"):
        read_pdf(made(scan, scan), "x.pdf")


def test_the_text_layer_of_a_scanner_is_taken(without_engine):
    assert lines_of(under_scan) == LINES


def mute(data):
    """Take the tables out of a PDF that tell what its characters are."""
    return data.replace(b"/ToUnicode", b"/NoUnicode")


@pytest.mark.parametrize(("name", "pages"), [("pdf_office.pdf", "1-2"), ("pdf_browser.pdf", "1")])
def test_fonts_that_do_not_tell_their_characters_want_recognition(with_engine, name, pages):
    raw = read_pdf(mute((FORMATS / name).read_bytes()), "x.pdf")
    assert "扫描页上认出的一行文字" in raw.text
    assert dict(raw.about)["recognised_pages"] == pages


@pytest.mark.parametrize("name", ["pdf_office.pdf", "pdf_browser.pdf"])
def test_fonts_that_do_not_tell_their_characters_are_told_of(without_engine, name):
    with pytest.raises(NoText):
        read_pdf(mute((FORMATS / name).read_bytes()), "x.pdf")


def test_a_pdf_with_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    with pytest.raises(TooLarge, match="5 pages"):
        read_pdf(made(*[plain] * 5), "x.pdf")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_pdf_cut_off_is_told_as_damaged(share):
    data = made(plain, plain)
    with pytest.raises(DamagedFile):
        read_pdf(data[: int(len(data) * share)], "x.pdf")


def test_about_tells_title_author_and_date():
    def draw(canvas):
        canvas.setTitle("县妇联总结")
        plain(canvas)

    about = dict(read_pdf(made(draw), "x.pdf").about)
    assert about["title"] == "县妇联总结"
    assert "author" not in about  # what a program sets for want of one
    assert len(about["date"]) == 10


def test_scanned_pages_that_lie_on_their_sides_are_turned(monkeypatch):
    picture = Image.new("RGB", (400, 1000), "white")
    across = ((100.0, 50.0), (700.0, 50.0), (700.0, 80.0), (100.0, 80.0))
    down = ((50.0, 100.0), (80.0, 100.0), (80.0, 700.0), (50.0, 700.0))

    def engine(image):
        return [("横放的一页扫描件文字", across, 0.95)] if image.width > image.height else [("乱码乱码乱码", down, 0.5)]

    monkeypatch.setattr(ocr, "engine", lambda: "rapidocr")
    monkeypatch.setattr(ocr, "_by_rapidocr", engine)
    ((part,),) = [line.parts for line in ocr.lines_of(picture, "x.png", 1.0)]
    assert part.text == "横放的一页扫描件文字"
    assert part.place == (320.0, 100.0, 350.0, 700.0)


def test_the_rules_of_a_scanned_table_part_its_cells(monkeypatch):
    pytest.importorskip("cv2")
    from PIL import ImageDraw

    picture = Image.new("L", (1200, 900), 255)
    pen = ImageDraw.Draw(picture)
    for y in (100, 200, 300):
        pen.line((100, y, 1000, y), fill=0, width=3)
    for x in (100, 400, 1000):
        pen.line((x, 100, x, 300), fill=0, width=3)
    cells = [("培训期数", 120, 130), ("46期", 420, 130), ("慰问户数", 120, 230), ("320户", 420, 230)]
    found = [
        (text, ((x, y), (x + 40.0 * len(text), y), (x + 40.0 * len(text), y + 40.0), (x, y + 40.0)), 0.99)
        for text, x, y in cells
    ]
    monkeypatch.setattr(ocr, "engine", lambda: "rapidocr")
    monkeypatch.setattr(ocr, "_by_rapidocr", lambda image: found)
    assert [line.text for line in ocr.lines_of(picture, "x.png", 0.5)] == ["培训期数\t46期", "慰问户数\t320户"]


def test_a_piece_keeps_its_place_when_pieces_are_joined():
    from ingest.layout import gather

    place = (1.0, 2.0, 3.0, 4.0)
    parts = [
        Piece(text=char, x0=10.0 * at, top=0, x1=10.0 * at + 10, bottom=10, place=place)
        for at, char in enumerate("总结")
    ]
    assert [(piece.text, piece.place) for piece in gather(parts)] == [("总结", place)]


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere pdfium asks the system, which has Chinese fonts"
)
def test_chinese_fonts_that_a_file_only_names_are_known_where_the_machine_has_none(monkeypatch):
    monkeypatch.setattr(ingest.pdfium, "PLACES", ())
    ingest.pdfium.load_pdfium.cache_clear()
    try:
        assert lines_of(turned) == LINES
        assert lines_of(bold) == ["工作总结", "重点工作"]
        ingest.pdfium.load_pdfium.cache_clear()
        monkeypatch.setattr(ingest.pdfium, "PACKAGED", ("zhplot", "no fonts here"))
        assert lines_of(turned) != LINES  # so pdfium reads without any
    finally:
        monkeypatch.undo()
        ingest.pdfium.load_pdfium.cache_clear()
        ingest.pdfium.load_pdfium()
