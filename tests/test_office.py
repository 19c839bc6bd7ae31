"""Word 97, WPS, OpenDocument and PowerPoint files: what they say, what they are told by, and what damaged ones give."""

from __future__ import annotations

import io
import re
import struct
import sys
import zipfile
from pathlib import Path

import olefile
import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.util import Cm

from ingest import office
from ingest.errors import DamagedFile, EncryptedFile, IngestError, NoText
from ingest.odf import is_odt, read_odt
from ingest.office import NeedsConverter, converters, ole_kind, read_doc
from ingest.packages import TooLarge
from ingest.rtf import read_rtf
from ingest.slides import read_pptx
from ingest.tables import read_csv, read_xls, read_xlsx
from ingest.word import read_docx
from ingest.word97 import Unreadable, _Reader

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
READERS = {
    "docx": read_docx,
    "doc": read_doc,
    "rtf": read_rtf,
    "odt": read_odt,
    "pptx": read_pptx,
    "xlsx": read_xlsx,
    "xls": read_xls,
    "csv": read_csv,
}
SAMPLES = sorted(path for path in FORMATS.glob("office_*") if path.suffix[1:] in READERS)
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


def sample(name):
    return (FORMATS / name).read_bytes()


def squeezed(text):
    return "".join(text.split())


def original(name):
    return squeezed((FORMATS / name).read_text("utf-8"))


def repacked(data, **changed):
    """Return a zip package with parts changed or added (part names with __ for / and _ for .)."""
    changed = {name.replace("__", "/").replace("_", "."): part for name, part in changed.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, part in changed.items():
            new.writestr(name, part)
    return buffer.getvalue()


def patched(data, stream, at, value):
    """Return an OLE2 file with the bytes of a stream changed at a place."""
    buffer = io.BytesIO(data)
    with olefile.OleFileIO(buffer, write_mode=True) as file:
        whole = bytearray(file.openstream(stream).read())
        whole[at : at + len(value)] = value
        file.write_stream(stream, bytes(whole))
        return buffer.getvalue()


@pytest.fixture
def alone(monkeypatch):
    """A machine without converters."""
    monkeypatch.setattr(office, "converters", lambda: dict.fromkeys(office.PROGRAMS))


def test_an_opendocument_text_says_what_its_original_says():
    raw = read_odt(sample("office_word.odt"), "a.odt")
    assert squeezed(raw.text) == original("office_word.txt")
    assert "此句已经删去" not in raw.text


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.txt"])
def test_a_word_97_file_says_what_its_original_says(name, alone):
    raw = read_doc(sample("office_word.doc"), name)
    assert squeezed(raw.text) == original("office_word.txt")
    assert {anchor.cell[0] for anchor in raw.anchors if anchor.cell} == {0}


RICH = tuple(
    (reader, f"office_rich.{suffix}")
    for suffix, reader in (("docx", read_docx), ("doc", read_doc), ("rtf", read_rtf), ("odt", read_odt))
)


def lines(text):
    """Return the lines without white space, those of nothing else left out."""
    return [line for line in map(squeezed, text.split("\n")) if line]


@pytest.mark.parametrize(("reader", "name"), RICH, ids=lambda value: str(value)[-4:])
def test_a_richer_report_says_the_same_in_every_form(reader, name, alone):
    raw = reader(sample(name), name)
    assert lines(raw.text) == lines((FORMATS / "office_rich.txt").read_text("utf-8"))
    assert raw.about == (("header", "芷屏乡党政综合办编"), ("footer", "第1页"))
    headings = [(raw.text[at : raw.text.index("\n", at)], level) for at, level in raw.headings]
    assert headings == [
        ("一、主要工作", 1),
        ("（一）守住粮食底线", 2),
        ("（二）办好民生实事", 2),
        ("二、存在问题", 1),
        ("三、明年打算", 1),
    ]


def test_a_word_97_file_in_many_pieces_says_the_same():
    """Word saves in haste by adding pieces; here every seven characters are one."""
    with olefile.OleFileIO(io.BytesIO(sample("office_rich.doc"))) as file:
        main, table = file.openstream("WordDocument").read(), file.openstream("1Table").read()
    start, size = struct.unpack_from("<II", main, 0x9A + 8 * 33)
    assert table[start] == 2
    first, last, code = struct.unpack("<II2xI2x", table[start + 5 : start + size])
    places = [first, *range(first + 7, last, 7), last]
    codes = [code + 2 * place for place in places[:-1]]
    pieces = struct.pack(f"<{len(places)}I", *places) + b"".join(struct.pack("<HIH", 0, at, 0) for at in codes)
    clx = b"\x01\x02\x00\x00\x00" + b"\x02" + struct.pack("<I", len(pieces)) + pieces
    changed = bytearray(main)
    struct.pack_into("<II", changed, 0x9A + 8 * 33, len(table), len(clx))
    whole, parts = _Reader(main, table), _Reader(bytes(changed), table + clx)
    length = whole.lengths["text"]
    assert len(parts._pieces) > 40
    assert parts.blocks("text", 0, length) == whole.blocks("text", 0, length)


def test_a_word_97_file_whose_structures_do_not_hold_is_not_guessed_at():
    with olefile.OleFileIO(io.BytesIO(sample("office_rich.doc"))) as file:
        main, table = file.openstream("WordDocument").read(), file.openstream("1Table").read()
    for changed in (
        (main, table[: len(table) // 2]),
        (main[:2000], table),
        (main[:0x4C] + struct.pack("<i", 10**6) + main[0x50:], table),
    ):
        with pytest.raises((Unreadable, struct.error, IndexError)):
            _Reader(*changed)


def test_slides_are_read_in_order_with_their_notes():
    raw = read_pptx(sample("office_slides.pptx"), "a.pptx")
    assert squeezed(raw.text) == original("office_slides.txt")
    notes = next(anchor for anchor in raw.anchors if raw.text[anchor.start :].startswith("讲到这里"))
    assert notes.slide == 2
    assert [anchor.slide for anchor in raw.anchors] == sorted(anchor.slide for anchor in raw.anchors)


def test_the_title_comes_first_and_chrome_of_slides_is_left_out():
    file = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[5])
    slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(5)).text_frame.text = "正文在前"
    slide.shapes.title.text = "标题"
    slide.shapes._spTree.append(slide.shapes.title._element)  # drawn last
    grouped = slide.shapes.add_group_shape().shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(5))
    grouped.text_frame.text = "组内\v换行"
    table = slide.shapes.add_table(2, 2, Cm(1), Cm(1), Cm(5), Cm(5)).table
    table.cell(0, 0).merge(table.cell(0, 1))
    for row, column, text in ((0, 0, "合计"), (1, 0, "东村"), (1, 1, "3人")):
        table.cell(row, column).text = text
    buffer = io.BytesIO()
    file.save(buffer)
    raw = read_pptx(buffer.getvalue(), "a.pptx")
    assert raw.text == "标题\n正文在前\n组内\n换行\n合计\t\n东村\t3人\t\n"


def test_hidden_slides_and_shapes_and_numbers_of_slides_are_left_out_and_automatic_numbers_read():
    file = pptx.Presentation()
    for at, words in enumerate((("第一张", "成绩", "2023年打算"), ("藏起来的", "不读"))):
        slide = file.slides.add_slide(file.slide_layouts[5])
        slide.shapes.title.text = words[0]
        frame = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(5)).text_frame
        frame.text = "\n".join(words[1:])
        for paragraph in frame.paragraphs:
            number = paragraph._p.get_or_add_pPr()
            number.append(number.makeelement(f"{{{MAIN}}}buAutoNum", {"type": "arabicPeriod"}))
        page = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(5)).text_frame.paragraphs[0]._p
        page.append(page.makeelement(f"{{{MAIN}}}fld", {"type": "slidenum", "id": "{1}"}))
        page[-1].append(page.makeelement(f"{{{MAIN}}}t", {}))
        page[-1][0].text = "7"
        unseen = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(5))
        unseen.text_frame.text = "看不见的形状"
        unseen._element.nvSpPr.cNvPr.set("hidden", "1")
        if at:
            slide._element.set("show", "0")
    buffer = io.BytesIO()
    file.save(buffer)
    raw = read_pptx(buffer.getvalue(), "a.pptx")
    assert raw.text == "第一张\n1.成绩\n2. 2023年打算\n"
    assert raw.about == (("hidden slides", "2"),)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("office_word.doc", "doc"), ("office_figures.xls", "xls"), ("office_word.odt", None), ("office_word.rtf", None)],
)
def test_old_office_files_are_told_apart_by_their_streams(name, kind):
    assert ole_kind(sample(name)) == kind


def test_the_kind_of_a_damaged_old_file_is_told_by_the_names_that_stand_in_it():
    data = sample("office_word.doc")
    assert ole_kind(office.SIGNATURE + bytes(512)) is None
    assert ole_kind(office.SIGNATURE + bytes(24) + data[512:]) == "doc"


def test_a_word_file_with_a_password_is_told(alone):
    flags = struct.unpack_from(
        "<H", olefile.OleFileIO(io.BytesIO(sample("office_word.doc"))).openstream("WordDocument").read(12), 10
    )[0]
    data = patched(sample("office_word.doc"), "WordDocument", 10, struct.pack("<H", flags | 0x0100))
    assert ole_kind(data) == "encrypted"
    with pytest.raises(EncryptedFile):
        read_doc(data, "a.doc")


def test_a_workbook_with_a_password_is_told():
    book = olefile.OleFileIO(io.BytesIO(sample("office_figures.xls"))).openstream("Workbook").read()
    at = 4 + struct.unpack_from("<H", book, 2)[0]
    data = patched(sample("office_figures.xls"), "Workbook", at, struct.pack("<H", 0x2F))
    assert ole_kind(data) == "encrypted"
    with pytest.raises(EncryptedFile):
        read_xls(data, "a.xls")


def test_an_older_word_file_needs_a_converter_and_says_which(alone):
    data = patched(sample("office_word.doc"), "WordDocument", 0, struct.pack("<H", 0xA5DC))  # Word 6 and 95
    with pytest.raises(NeedsConverter) as caught:
        read_doc(data, "a.doc")
    assert "LibreOffice" in caught.value.remedy
    assert "LibreOffice" in caught.value.remedy_zh


def test_a_converter_reads_what_is_not_read_here(monkeypatch, tmp_path):
    program = tmp_path / "antiword"
    program.write_text(f"#!{sys.executable}\nprint('妇联[?]工作\\n|培训 |350人 |\\n[1]\\t注一')\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "converters", lambda: {"antiword": str(program)})
    monkeypatch.setattr(office, "read_word97", lambda data, path: 1 / 0)
    monkeypatch.setattr(office, "_as_docx", lambda data: 1 / 0)
    assert read_doc(sample("office_word.doc"), "a.doc").text == "妇联工作\n培训\t350人\n注一\n"


@pytest.mark.skipif(not converters()["libreoffice"], reason="LibreOffice is not on this machine")
def test_libreoffice_reads_the_same(monkeypatch):
    monkeypatch.setattr(office, "read_word97", lambda data, path: 1 / 0)
    monkeypatch.setattr(office, "_as_docx", lambda data: 1 / 0)
    assert "举办技能培训12期" in read_doc(sample("office_word.doc"), "a.doc").text


def test_a_converter_that_never_ends_is_ended(tmp_path):
    with pytest.raises(office.subprocess.TimeoutExpired):
        office.run([sys.executable, "-c", "import time; time.sleep(600)"], tmp_path, seconds=0.5)


@pytest.mark.parametrize(
    ("reader", "name"),
    [(read_odt, "office_word.odt"), (read_pptx, "office_slides.pptx"), (read_xlsx, "office_figures.xlsx")],
)
@pytest.mark.parametrize("part", ["content.xml", "ppt/slides/slide1.xml", "xl/sharedStrings.xml", "word.xml"])
def test_packages_with_entities_are_refused(reader, name, part):
    data = sample(name)
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(part, f'<?xml version="1.0"?>{ENTITIES}<x>&b;&c;</x>')
    with pytest.raises(DamagedFile) as caught:
        reader(buffer.getvalue(), name)
    assert "entities" in caught.value.reason


@pytest.mark.parametrize(
    ("reader", "name"),
    [(read_odt, "office_word.odt"), (read_pptx, "office_slides.pptx"), (read_xlsx, "office_figures.xlsx")],
)
def test_packages_that_unpack_without_end_are_refused(reader, name):
    bomb = zipfile.ZipFile(buffer := io.BytesIO(), "w", zipfile.ZIP_DEFLATED)
    with bomb, bomb.open("content.xml", "w", force_zip64=True) as part:
        for _ in range(250):
            part.write(b" " * 1_000_000)
    with pytest.raises(TooLarge):
        reader(buffer.getvalue(), name)


def test_an_encrypted_opendocument_text_is_told():
    manifest = '<manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></manifest>'
    with pytest.raises(EncryptedFile):
        read_odt(repacked(sample("office_word.odt"), **{"META-INF__manifest_xml": manifest}), "a.odt")


def test_an_opendocument_text_is_told_by_its_media_type():
    assert is_odt({"content.xml", "mimetype"}, b"application/vnd.oasis.opendocument.text")
    assert not is_odt({"content.xml", "mimetype"}, b"application/vnd.oasis.opendocument.spreadsheet")
    assert not is_odt({"document.xml"}, b"application/vnd.oasis.opendocument.text")


def test_hidden_sections_paragraphs_and_spans_of_an_opendocument_text_are_left_out():
    content = zipfile.ZipFile(io.BytesIO(sample("office_rich.odt"))).read("content.xml").decode()
    assert 'text:display="none"' in content
    start, end = content.index("<text:p", content.index("</text:tracked-changes>")), content.index("</office:text>")
    style = re.search(r'style:name="(\w+)" style:family="text"><style:text-properties text:display="none"', content)[1]
    body = (
        f'<text:p>上<text:span text:style-name="{style}">藏</text:span>下</text:p><text:section text:display="none"><text:p>藏</text:p>'
        "</text:section><text:section><text:p>完。</text:p></text:section>"
    )
    raw = read_odt(repacked(sample("office_rich.odt"), content_xml=content[:start] + body + content[end:]), "a.odt")
    assert raw.text == "上下\n完。\n"


def test_repetitions_in_an_opendocument_text_are_bounded():
    content = zipfile.ZipFile(io.BytesIO(sample("office_word.odt"))).read("content.xml").decode()
    content = content.replace("<text:s/>", '<text:s text:c="999999999999"/>')
    content = content.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="999999999" ', 1)
    assert len(read_odt(repacked(sample("office_word.odt"), content_xml=content), "a.odt").text) < 20_000


@pytest.mark.parametrize("reader", [read_odt, read_pptx])
def test_files_without_text_say_so(reader):
    if reader is read_pptx:
        file = pptx.Presentation()
        file.slides.add_slide(file.slide_layouts[6])
        buffer = io.BytesIO()
        file.save(buffer)
        data = buffer.getvalue()
    else:
        content = zipfile.ZipFile(io.BytesIO(sample("office_word.odt"))).read("content.xml").decode()
        data = repacked(
            sample("office_word.odt"),
            content_xml=re.sub(r"(<office:text).*(</office:text>)", r"\1>\2", content, flags=re.S),
        )
    with pytest.raises(NoText):
        reader(data, "a")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@settings(max_examples=25, deadline=None)
@given(seed=st.data())
def test_damage_gives_text_or_a_reason_and_nothing_else(path, seed):
    data = bytearray(path.read_bytes())
    for _ in range(seed.draw(st.integers(1, 3))):
        at = seed.draw(st.integers(0, max(0, len(data) - 1)))
        size = seed.draw(st.sampled_from([1, 4, 64, 2_000]))
        match seed.draw(st.sampled_from(["cut", "double", "swap", "end", "set"])):
            case "cut":
                del data[at : at + size]
            case "double":
                data[at:at] = data[at : at + size]
            case "swap":
                data[at : at + size], data[-size:] = data[-size:], data[at : at + size]
            case "end":
                del data[at:]
            case "set" if data:
                data[at] = seed.draw(st.integers(0, 255))
    before, office.converters = office.converters, dict
    try:
        raw = READERS[path.suffix[1:]](bytes(data), path.name)
    except IngestError as error:
        assert error.reason
        assert error.reason_zh
        return
    finally:
        office.converters = before
    assert all(0 <= piece.start < piece.end <= len(raw.text) for piece in (*raw.anchors, *raw.reports))
