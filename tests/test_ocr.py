"""Recognition of scans: how many characters are right, where they stand, and what is said without an engine."""

import difflib
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image
from spoilt import spoilt

from ingest import ocr
from ingest.errors import DamagedFile, IngestError, NeedsExtra, NoText, TooLarge
from ingest.ocr import is_image, read_image, read_scanned_pdf, tidy

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
needs_rapidocr = pytest.mark.skipif(ocr.engine() != "rapidocr", reason="the extra ocr is not installed")
needs_tesseract = pytest.mark.skipif(not ocr._has_chinese_tesseract(), reason="tesseract with chi_sim is not installed")


def right(raw, pages=None):
    """Return the share of the original's characters that were recognised; of its beginning, for a file of one page."""
    text = list(raw.text)
    for piece in raw.furniture:
        text[piece.start : piece.end] = " " * (piece.end - piece.start)
    found = "".join("".join(text).split())
    wanted = "".join((FORMATS / "scan.txt").read_text("utf-8").split())
    wanted = wanted[: len(found)] if pages else wanted
    return sum(
        block.size for block in difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    ) / len(wanted)


def sample(name):
    return (FORMATS / name).read_bytes()


@needs_rapidocr
def test_a_clean_page_is_read_with_at_least_98_of_100_characters_right():
    raw = read_image(sample("scan.png"), "scan.png")
    assert right(raw, pages=1) >= 0.98
    assert all(anchor.page == 1 and anchor.confidence > 0.8 for anchor in raw.anchors)
    assert raw.anchors[0].box == pytest.approx((193, 103, 375, 120), abs=6)
    assert [piece.kind for piece in raw.furniture] == ["page number"]


@needs_rapidocr
def test_a_page_askew_with_a_table_and_two_columns_is_read_in_order():
    raw = read_image(sample("scan_table.jpg"), "scan_table.jpg")
    assert "项目\t年初计划\t实际完成\t完成率\t备注\n辅具适配（件）\t1800\t2013\t111.8%\n" in raw.text
    found = "".join(raw.text.split())
    wanted = "".join((FORMATS / "pdf.txt").read_text("utf-8").replace("||", "").split())
    wanted = "芦皋县残联文件选编" + wanted[: wanted.index("三是基层")]
    same = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in same) >= 0.98 * len(wanted)
    assert {anchor.cell for anchor in raw.anchors} >= {(0, 0, 0), (0, 4, 4)}


@needs_rapidocr
def test_a_page_on_its_head_is_turned_and_its_boxes_are_those_of_the_picture():
    with Image.open(io.BytesIO(sample("scan_table.jpg"))) as page:
        out = io.BytesIO()
        page.rotate(180).crop((0, 900, page.width, page.height)).save(out, "PNG", dpi=(200, 200))
        height = page.height - 900
    raw = read_image(out.getvalue(), "x.png")
    title = next(anchor for anchor in raw.anchors if "助残工作总结" in raw.text[anchor.start : anchor.end])
    assert raw.text.index("芦皋县残联文件选编") < title.start
    assert title.box[1] > 0.6 * height * 72 / 200


@needs_rapidocr
def test_pages_of_a_scanned_pdf_are_read_by_number():
    raw = read_scanned_pdf(sample("scan.pdf"), "scan.pdf", [3, 99])
    assert {anchor.page for anchor in raw.anchors} == {3}
    assert (FORMATS / "scan.txt").read_text("utf-8").rstrip()[-8:] in "".join(raw.text.split())


@needs_tesseract
def test_tesseract_reads_a_clean_page_without_spaces_between_characters(monkeypatch):
    monkeypatch.setattr(ocr, "engine", lambda: "tesseract")
    raw = read_image(sample("scan.png"), "scan.png")
    assert right(raw, pages=1) >= 0.95
    assert "工作总结" in raw.text
    assert " " not in raw.text.split("\n")[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县 妇 联 工 作", "县妇联工作"),
        ("培训 46 期 ， 320 人次", "培训46期，320人次"),
        ("WPS Office 2019", "WPS Office 2019"),
        ("(一)服务发展", "（一）服务发展"),
        ("(2011年12月26日)", "（2011年12月26日）"),
        ("f(x) = 2", "f(x) = 2"),
        ("比例1:3", "比例1:3"),
        ("时间:3月", "时间：3月"),
    ],
)
def test_recognised_text_has_the_spaces_and_widths_of_chinese(text, expected):
    assert tidy(text) == expected


@pytest.mark.parametrize("reader", [read_image, read_scanned_pdf])
def test_without_an_engine_the_remedy_names_the_extra(monkeypatch, reader):
    monkeypatch.setattr(ocr, "engine", lambda: None)
    with pytest.raises(NeedsExtra) as caught:
        reader(sample("scan.png"), "scan.png")
    assert "pip install rapidocr onnxruntime" in caught.value.remedy
    assert "pip install rapidocr onnxruntime" in caught.value.remedy_zh


def picture(mode="L", size=(40, 40), form="PNG", **more):
    out = io.BytesIO()
    Image.new(mode, size, **more).save(out, form)
    return out.getvalue()


@pytest.fixture
def no_text_engine(monkeypatch):
    """Stand in for an engine that finds nothing, so that only the opening of files is tried."""
    monkeypatch.setattr(ocr, "engine", lambda: "rapidocr")
    monkeypatch.setattr(ocr, "_by_rapidocr", lambda image: [])


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (picture(), NoText),
        (picture("CMYK", form="JPEG"), NoText),
        (picture("I;16", form="TIFF"), NoText),
        (picture("RGBA"), NoText),
        (b"", DamagedFile),
        (sample("scan.png")[:5000], DamagedFile),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), DamagedFile),
        (picture("1", (9000, 9000)), TooLarge),
    ],
)
def test_what_cannot_be_recognised_is_told(no_text_engine, data, error):
    with pytest.raises(error):
        read_image(data, "x.png")


@pytest.mark.parametrize("data", [b"", sample("scan.pdf")[:300], b"%PDF-1.4\n%%EOF"])
def test_a_broken_pdf_is_told_as_damaged(no_text_engine, data):
    with pytest.raises(DamagedFile):
        read_scanned_pdf(data, "x.pdf")


def test_images_are_told_by_their_signatures():
    assert all(is_image(sample(name)) for name in ("scan.png", "scan.jpg", "scan.tif"))
    assert not any(map(is_image, (b"", b"BM plain text of a report", b"RIFF....WAVE", sample("scan.pdf"))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt(picture("RGB", (30, 30))), spoilt(picture("1", (30, 30), "TIFF")), spoilt(sample("scan.pdf")[:4000]))
def test_damage_raises_nothing_but_an_ingest_error(no_text_engine, png, tif, pdf):
    for data in (png, tif):
        with suppress(IngestError):
            read_image(data, "x")
    with suppress(IngestError):
        read_scanned_pdf(pdf, "x.pdf", [1])
