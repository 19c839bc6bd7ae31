"""Every span leads back to the raw file: the anchors of each format against another library, bytes and lines, pages drawn."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import sqlite3
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from index_samples import analysis, cut, source
from PIL import Image

from index.places import Place, cell_name, part_box
from index.store import Index
from ingest import ocr
from ingest.errors import IngestError
from ingest.read import read_all
from ingest.records import Anchor, Furniture
from nianlun.cli import cli
from nianlun.marks import as_html, as_text
from nianlun.markup import find_in_page
from nianlun.notebook import Reports
from nianlun.originals import bytes_in, bytes_of, lines_of, original
from nianlun.pages import FILL, LINE, draw
from nlp.analyse import analyse_all

FORMATS = Path(__file__).resolve().parent.parent / "corpus" / "formats"
A4, PIXELS = (595, 842), (1240, 1755)  # in points, and at 150 dpi
REPORT = (
    "苎塘镇妇联2019年工作总结\n\n一、主要工作\n全年举办家政培训12期，培训妇女530人次，发放资料2600余份。\n"
    "二、存在的问题\n一是经费不足，日常经费缺口较大。\n二是部分干部业务不熟，工作方法简单。\n苎塘镇妇女联合会\n2019年12月20日\n"
)
LONG = (FORMATS.parent / "reports" / "02_桐砚县妇联2011年工作总结.txt").read_text(encoding="utf-8")
SPANS = 20


def read_into(db: Path, *paths: Path, fingerprint: str = "") -> None:
    """Read files into an index beside them, without processes."""
    with Index.open(db) as index:
        for path in paths:
            for found in read_all(path):
                if not isinstance(found, IngestError):
                    name = found.path.removeprefix(f"{db.parent}/")
                    index.add(replace(found, path=name), analyse_all(found), fingerprint=fingerprint)


def run(*words: object, db: Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, words), "--db", str(db), "--lang", "zh"])


def bare(text: str) -> str:
    return "".join(text.split())


def docx_file(path: Path) -> Path:
    import docx

    word = docx.Document()
    for line in REPORT.splitlines():
        paragraph = word.add_paragraph()
        for at in range(0, len(line), 9):
            paragraph.add_run(line[at : at + 9]).bold = at % 2 == 1
    table = word.add_table(2, 3)
    for at, text in enumerate(("项目", "期数", "人次", "家政", "12期", "530人次")):
        table.cell(at // 3, at % 3).text = text
    word.save(str(path))
    return path


def pdf_file(path: Path, text: str = REPORT) -> Path:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=A4)
    y = 0
    for line in text.splitlines():
        for at in range(0, len(line), 30):
            if y < 60:
                if y:
                    canvas.showPage()
                canvas.setFont("STSong-Light", 14)
                y = 780
            canvas.drawString(70, y, line[at : at + 30])
            y -= 24
    canvas.save()
    return path


def check_docx(place: Place, path: Path) -> None:
    import docx

    word = docx.Document(str(path))
    if place.paragraph is None:
        assert place.table is not None and place.row is not None and place.column is not None
        assert place.line_text == word.tables[place.table].cell(place.row, place.column).text
        return
    paragraph = word.paragraphs[place.paragraph]
    if place.run is not None:
        assert bare(place.line_text).endswith(bare(paragraph.runs[place.run].text))  # before it perhaps a list number
    else:  # a note, a text box, an insertion: they hang on the paragraph
        with zipfile.ZipFile(path) as package:
            parts = [package.read(name).decode() for name in package.namelist() if re.match(r"word/\w+\.xml", name)]
        assert any(bare(place.text) in bare(re.sub("<[^>]*>", "", part)) for part in parts)


def check_odt(place: Place, path: Path) -> None:
    from lxml import etree

    if place.paragraph is None:
        assert place.table is not None
        return
    content = etree.fromstring(zipfile.ZipFile(path).read("content.xml"))
    apart = {"note", "table", "tracked-changes", "annotation", "text-box"}
    paragraphs = [
        element
        for element in content.iter("{*}p", "{*}h")
        if not apart & {etree.QName(above).localname for above in element.iterancestors()}
    ]
    element = paragraphs[place.paragraph]
    words = iter(
        bare("".join(element.itertext()))
    )  # notes, readings and hidden words stand between those that are read
    read = re.sub(r"^[一二三四五六七八九十\d（）()、.]+", "", bare(place.text))
    boxes = bare("".join("".join(box.itertext()) for box in content.iter("{*}text-box")))
    assert all(char in words for char in read) or bare(place.text) in boxes


def in_cell(value: object, line: str) -> bool:
    if isinstance(value, int | float):
        numbers = [float(number) for number in re.findall(r"[0-9]+(?:[.][0-9]+)?", line.replace(",", ""))]
        return any(abs(number - shown) < 0.051 for number in numbers for shown in (value, 100 * value))
    return bare(str(value)) in bare(line) if isinstance(value, str) else bool(line)


def check_xlsx(place: Place, path: Path) -> None:
    import openpyxl

    if place.cell is None:
        assert place.line_text == place.sheet
        return
    sheet, _, cell = place.cell.rpartition("!")
    assert in_cell(openpyxl.load_workbook(path, data_only=True)[sheet.strip("'")][cell].value, place.line_text)


def check_xls(place: Place, path: Path) -> None:
    import xlrd

    if place.row is None or place.column is None:
        assert place.line_text == place.sheet
        return
    book = xlrd.open_workbook(str(path))
    cell = book.sheet_by_name(place.sheet).cell(place.row, place.column)
    if cell.ctype == xlrd.XL_CELL_DATE:
        day = xlrd.xldate_as_datetime(cell.value, book.datemode)
        assert f"{day.year}年{day.month}月" in place.line_text
    else:
        assert in_cell(cell.value, place.line_text)


def check_csv(place: Place, path: Path) -> None:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    assert place.row is not None and place.column is not None
    value = list(csv.reader(io.StringIO(text, newline="")))[place.row][place.column]
    written = value.replace('"', '""')  # in a text that is the file, quotation marks stand as the file writes them
    assert any(bare(place.text) in bare(text) or bare(text) in bare(place.line_text) for text in (value, written))


def check_pptx(place: Place, path: Path) -> None:
    import pptx

    assert place.slide is not None
    slide = pptx.Presentation(str(path)).slides[place.slide - 1]
    words = [element.text or "" for element in slide._element.iter() if element.tag.endswith("}t")]
    if slide.has_notes_slide:
        words += [element.text or "" for element in slide.notes_slide._element.iter() if element.tag.endswith("}t")]
    with zipfile.ZipFile(path) as package:
        diagrams = "".join(package.read(name).decode() for name in package.namelist() if "diagrams/data" in name)
    assert bare(place.text) in bare("".join(words)) or bare(place.text) in bare(diagrams)


def check_pdf(place: Place, path: Path) -> None:
    import pdfplumber

    assert place.page is not None and place.line_box is not None and place.box is not None
    with pdfplumber.open(path) as pdf:
        page = pdf.pages[place.page - 1]
        left, top, right, bottom = place.line_box
        line = page.crop((left - 1, top - 1, right + 1, bottom + 1)).extract_text() or ""
        assert bare(place.text) in bare(line)
        left, top, right, bottom = place.box
        loose = page.crop((max(0, left - 16), top - 1, min(page.width, right + 16), bottom + 1)).extract_text() or ""
        assert bare(place.text) in bare(loose)


def check_ofd(place: Place, path: Path) -> None:
    import ofdkit

    assert place.page is not None and place.line_box is not None
    page = ofdkit.open(str(path)).pages[place.page - 1]
    assert bare(place.text) in bare(page.text())
    inside(place, A4)


def check_scan(place: Place, path: Path) -> None:
    assert place.page == 1 and place.confidence is not None and 0 < place.confidence <= 1
    with Image.open(path) as picture:
        scale = ocr.points_per_pixel(picture)
        inside(place, (picture.width * scale, picture.height * scale))


def check_text(place: Place, path: Path) -> None:
    assert place.paragraph is not None or place.row is not None


def inside(place: Place, size: tuple[float, float]) -> None:
    assert place.box is not None and place.line_box is not None
    for left, top, right, bottom in (place.box, place.line_box):
        assert 0 <= left <= right <= size[0] + 1 and 0 <= top <= bottom <= size[1] + 1
    assert place.line_box[0] <= place.box[0] <= place.box[2] <= place.line_box[2]


CHECKS: list[tuple[str, Callable[[Place, Path], None]]] = [
    ("office_figures.xlsx", check_xlsx), ("office_reports.xlsx", check_xlsx), ("office_figures.xls", check_xls),
    ("office_reports.xls", check_xls), ("office_reports.csv", check_csv), ("office_figures_gbk.csv", check_csv),
    ("office_slides.pptx", check_pptx), ("report.ofd", check_ofd), ("office_word.odt", check_odt),
    ("office_word.rtf", check_text), ("office_word.doc", check_text), ("office_rich.odt", check_odt), ("office_rich.docx", check_docx), ("tables_excel_gbk.csv", check_csv),
    ("tables_excel_95.xls", check_xls), ("word.docx", check_docx), ("page.pdf", check_pdf),
    ("scan.png", check_scan),
]  # fmt: skip


@pytest.mark.parametrize(("name", "check"), CHECKS, ids=[name for name, _ in CHECKS])
def test_twenty_spans_of_every_format_lead_to_anchors_that_hold_their_words(
    name: str, check: Callable[[Place, Path], None], tmp_path: Path
) -> None:
    if name == "scan.png" and ocr.engine() is None:
        pytest.skip("nothing here recognises characters")
    path = tmp_path / name
    if name == "word.docx":
        docx_file(path)
    elif name == "page.pdf":
        pdf_file(path, LONG)
    else:
        path.write_bytes((FORMATS / name).read_bytes())
    read_into(tmp_path / "reports.db", path)
    chance = random.Random(name)
    with Index.open(tmp_path / "reports.db", read_only=True) as index:
        documents = list(index.docs())
        assert documents
        found = 0
        for _ in range(SPANS):
            document = chance.choice(documents)
            start = chance.randrange(document.source_start, max(document.source_start + 1, document.source_end - 30))
            place = index.where(f"{document.ref}@{start}-{start + chance.randrange(1, 30)}")
            assert place.anchored
            covered = "".join(one.text for one in place.places)
            assert len(bare(covered)) >= 0.6 * len(bare(place.text)) - 3, (
                place
            )  # the rest: tabs, semicolons, list numbers
            for one in place.places:
                assert (
                    one.text == place.text[one.source_start - place.source_start : one.source_end - place.source_start]
                )
                check(one, path)
                found += 1
        assert found >= SPANS


def test_a_cell_is_named_as_a_spreadsheet_names_it() -> None:
    assert cell_name(4, 2, "表1") == "表1!C5"
    assert cell_name(0, 26) == "AA1" and cell_name(99, 701) == "ZZ100" and cell_name(0, 702) == "AAA1"
    assert cell_name(0, 0, "2019年") == "'2019年'!A1"
    assert cell_name(0, 0, "全 年") == "'全 年'!A1" and cell_name(0, 0, "o'k") == "'o''k'!A1"
    assert cell_name(0, 0, "AB12") == "'AB12'!A1"


def test_the_box_of_a_part_goes_by_the_widths_of_characters() -> None:
    assert part_box((0, 10, 100, 20), "培训12期", 2, 4) == (50, 10, 75, 20)
    assert part_box((0, 10, 100, 20), "培训", 0, 2) == (0, 10, 100, 20)
    assert part_box((0, 0, 10, 90), "竖排文", 1, 2) == (0, 30, 10, 60)


# ------------------------------------------------------------------ bytes, lines


TEXT = "第一行。\r\n二：经费3万元。\r第三行𠮷尾\n末"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gb18030", b""), ("big5", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"")],
)  # fmt: skip
def test_a_byte_range_holds_the_very_words(encoding: str, mark: bytes) -> None:
    text = TEXT.replace("𠮷", "") if encoding == "big5" else TEXT
    text = text if encoding != "big5" else text.replace("经费", "經費").replace("万", "萬")
    data = mark + text.encode(encoding)
    digest = sha256(data).hexdigest()
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            found = bytes_of(text, encoding, digest, start, end)
            assert found is not None and data[found[0] : found[1]].decode(encoding) == text[start:end]
            assert bytes_in(data, text, encoding, start, end) == found


def test_bytes_of_a_file_with_losses_are_counted_in_the_file_itself() -> None:
    data = "经费".encode("gb18030") + b"\xff" + "不足。培训".encode("gb18030") + b"\x81\x30" + "班".encode("gb18030")
    text = data.decode("gb18030", errors="replace")
    digest = sha256(data).hexdigest()
    start = text.index("不足")
    assert bytes_of(text, "gb18030", digest, start, start + 2) is None
    found = bytes_in(data, text, "gb18030", start, start + 2)
    assert found is not None and data[found[0] : found[1]].decode("gb18030") == "不足"
    assert bytes_in("另一个文件".encode("gb18030"), text, "gb18030", start, start + 2) is None
    assert bytes_in("不足，不足".encode("gb18030"), text, "gb18030", start, start + 2) is None


@given(st.text(alphabet="一二\r\n", max_size=30), st.data())
def test_lines_and_columns_are_those_of_an_editor(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    found = lines_of(text, start, start)
    if text[start - 1 : start + 1] != "\r\n":
        before = text[:start].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert (found.line, found.column) == (len(before), len(before[-1]) + 1)


def test_a_text_file_is_told_by_lines_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "总结.txt"
    path.write_bytes(REPORT.replace("\n", "\r\n").encode("gb18030"))
    db = tmp_path / "reports.db"
    read_into(db, path)
    start = REPORT.replace("\n", "\r\n").index("经费不足")
    told = json.loads(run("show", f"总结@{start}-{start + 4}", "--source", "--format", "json", db=db).stdout)
    assert (told["line"], told["column"], told["last_line"], told["last_column"]) == (6, 3, 6, 6)
    assert path.read_bytes()[told["byte_start"] : told["byte_end"]].decode("gb18030") == "经费不足" == told["text"]
    assert told["bytes_exact"] is True and told["places"] == [] and told["missing"] is None
    words = run("show", f"总结@{start}-{start + 4}", "--source", db=db).stdout
    assert "第 6 行第 3 列" in words and "gb18030" in words
    english = CliRunner().invoke(
        cli, ["show", f"总结@{start}-{start + 4}", "--source", "--db", str(db), "--lang", "en"]
    )
    assert "line 6, column 3" in english.stdout


PAGE = """<html><head><title>经费不足</title><style>.经费不足{}</style></head><body><p>菜单</p>
<p>一是经费&#x4E0D;足，<b>二是</b>人手&nbsp;不足。</p><script>var a = "经费不足"</script>
<p>三是经费不足&amp;三乡(xiāng)镇。</p></body></html>"""


@pytest.mark.parametrize(
    ("words", "at", "found"),
    [
        ("一是经费不足，", 0, "一是经费&#x4E0D;足，"),
        ("足，二是人手", 0, "足，<b>二是</b>人手"),
        ("人手不足", 0, "人手&nbsp;不足"),
        ("经费不足", 1, "经费不足"),
        ("足&三", 0, "足&amp;三"),
        ("三乡镇", 0, "三乡(xiāng)镇"),
    ],
)
def test_words_of_a_page_are_found_in_its_source(words: str, at: int, found: str) -> None:
    text = "一是经费不足，二是人手 不足。\n三是经费不足&三乡镇。"
    plain = text.replace(" ", "")
    start = plain.index(words) if not at else plain.rindex(words)
    spaced = [place for place, char in enumerate(text) if char != " "]
    place = find_in_page(PAGE, text, spaced[start], spaced[start + len(words) - 1] + 1)
    assert place is not None and PAGE[place[0] : place[1]] == found


def test_words_that_a_page_does_not_show_or_shows_twice_are_not_guessed() -> None:
    assert find_in_page("<p>经费不足</p><p>经费不足</p>", "经费不足", 0, 4) is None
    assert find_in_page("<p>别的</p>", "经费不足", 0, 4) is None


def test_a_page_is_told_by_the_lines_and_bytes_of_its_source(tmp_path: Path) -> None:
    path, db = tmp_path / "web_site.html", tmp_path / "reports.db"
    path.write_bytes((FORMATS / "web_site.html").read_bytes())
    read_into(db, path)
    with Index.open(db, read_only=True) as index:
        start = index.whole_text("web_site.html").index("经费不足")
    told = json.loads(run("show", f"web_site@{start}-{start + 4}", "--source", "--format", "json", db=db).stdout)
    data = path.read_bytes()
    assert data[told["byte_start"] : told["byte_end"]].decode("gb18030") == "经费不足"
    line = re.split(b"\r\n|\n|\r", data)[told["line"] - 1].decode("gb18030")
    assert line[told["column"] - 1 :].startswith("经费不足")


@pytest.mark.parametrize(
    ("name", "data", "words", "exact"),
    [
        (
            "a.md",
            "# 某县总结\n\n全年办班**12期**，训练[妇女](http://x)530人。\n\n- 经费不足\n- 人手不足\n".encode(),
            "经费不足",
            True,
        ),
        ("b.txt", REPORT.replace("家政", "家@政").encode("gb18030").replace(b"@", b"\xff"), "经费不足", True),
        ("c.txt", REPORT.replace("经费", "经@费").encode("gb18030").replace(b"@", b"\xff"), "经\ufffd费不足", False),
    ],
)
def test_a_file_that_does_not_come_back_byte_by_byte_is_counted_in_the_file(
    name: str, data: bytes, words: str, exact: bool, tmp_path: Path
) -> None:
    path, db = tmp_path / name, tmp_path / "reports.db"
    path.write_bytes(data)
    read_into(db, path)
    with Index.open(db, read_only=True) as index:
        ref, start = next(iter(index.docs())).ref, index.whole_text(name).index(words)
    reference = f"{ref}@{start}-{start + len(words)}"
    told = json.loads(run("show", reference, "--source", "--format", "json", db=db).stdout)
    found = data[told["byte_start"] : told["byte_end"]].decode("utf-8" if name == "a.md" else "gb18030", "replace")
    assert (found, told["bytes_exact"]) == (words, exact)
    assert ("不合" in run("show", reference, "--source", db=db).stdout) is not exact
    path.unlink()
    gone = run("show", reference, "--source", db=db)
    assert gone.exit_code == 0 and "说不出字节位置" in gone.stdout


def test_a_stretch_with_marks_of_markdown_is_counted_with_them() -> None:
    source = "# 某县总结\n全年办班**12期**，训练530人。\n"
    text = source.replace("#", " ").replace("**", "\u200b\u200b")
    data, start = source.encode(), text.index("全年")
    first, last = bytes_in(data, text, "utf-8", start, len(text) - 1) or (0, 0)
    assert data[first:last].decode() == "全年办班**12期**，训练530人。"
    assert bytes_in(data, text.replace("训练", "走访"), "utf-8", start, len(text) - 1) is None


def test_words_of_a_file_in_two_encodings_are_looked_up_in_both() -> None:
    first, second = "全年办班12期。\n", "经费不足，人手不足。\n"
    data = first.encode() + second.encode("gb18030")
    text = first + second
    for words, encoding in (("办班", "utf-8"), ("经费不足", "gb18030"), ("人手", "gb18030")):
        start = text.index(words)
        for main in ("utf-8", "gb18030"):
            found = bytes_in(data, text, main, start, start + len(words))
            assert found is not None and data[found[0] : found[1]] == words.encode(encoding)
    assert bytes_in("另一篇。".encode(), text, "utf-8", 0, 4) is None


# ------------------------------------------------------------------ containers


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_file_in_an_archive_in_an_archive_is_found_again(tmp_path: Path) -> None:
    inner = packed({"镇/总结.docx": docx_file(tmp_path / "x.docx").read_bytes(), "别的.txt": REPORT.encode()})
    path = tmp_path / "报送.zip"
    path.write_bytes(packed({"里/内.zip": inner}))
    db = tmp_path / "reports.db"
    read_into(db, path)
    with Index.open(db, read_only=True) as index:
        found = index.where("总结@20-30")
        assert (found.file, found.members, found.within) == ("报送.zip", ("里/内.zip", "镇/总结.docx"), "member")
        assert original(db, found) == (tmp_path / "x.docx").read_bytes()
    assert "报送.zip → 里/内.zip → 镇/总结.docx (压缩包内的文件)" in run("show", "总结@20-30", "--source", db=db).stdout


def test_a_mail_is_told_from_what_hangs_on_it(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes((FORMATS / "mail_2231.eml").read_bytes())
    db = tmp_path / "reports.db"
    read_into(db, path)
    with Index.open(db, read_only=True) as index:
        kinds = {one.path: index.where(one.ref) for one in index.docs()}
        assert kinds["mail.eml"].within == "body" and kinds["mail.eml"].members == ()
        (attached,) = [found for name, found in kinds.items() if name.endswith(".txt")]
        assert attached.within == "attachment" and attached.file == "mail.eml"
        assert original(db, attached) == (FORMATS / "attachment.txt").read_bytes()


# ------------------------------------------------------------------ pictures


def colored(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return the corners of what is boxed on a page, in pixels."""
    pixels = numpy.asarray(picture)
    ys, xs = numpy.nonzero((pixels == FILL).all(axis=2) | (pixels == LINE).all(axis=2))
    return int(xs.min()), int(ys.min()), int(xs.max()), int(ys.max())


def test_the_page_of_a_pdf_is_drawn_with_a_box_that_hugs_the_words(tmp_path: Path) -> None:
    path, db = pdf_file(tmp_path / "page.pdf"), tmp_path / "reports.db"
    read_into(db, path)
    with Index.open(db, read_only=True) as index:
        text = index.whole_text("page.pdf")
        start = text.index("530人次")
        found = index.where(f"page@{start}-{start + 5}")
        ((number, picture),) = draw(found, path.read_bytes())
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        words = pdf.pages[0].search("530人次")[0]
    scale = picture.width / A4[0]
    left, top, right, bottom = (value / scale for value in colored(picture))
    assert number == 1 and picture.size == PIXELS
    assert left == pytest.approx(words["x0"], abs=5) and right == pytest.approx(words["x1"], abs=5)
    assert top < words["top"] + 3 and bottom > words["bottom"] - 3 and bottom - top < 26


@pytest.mark.parametrize("name", ["pdf_browser.pdf", "pdf_office.pdf"])
def test_the_boxes_drawn_hold_the_words_and_nothing_else(name: str, tmp_path: Path) -> None:
    if not (FORMATS / name).exists():
        pytest.skip("this sample is not here")
    import pdfplumber

    path = tmp_path / name
    path.write_bytes((FORMATS / name).read_bytes())
    read_into(tmp_path / "reports.db", path)
    chance = random.Random(name)
    with Index.open(tmp_path / "reports.db", read_only=True) as index, pdfplumber.open(path) as pdf:
        document = next(iter(index.docs()))
        lines = [place for place in index.where(document.ref).places if len(place.text) > 8 and place.page is not None]
        for _ in range(SPANS):
            line = chance.choice(lines)
            start = chance.randrange(1, len(line.text) - 4)
            found = index.where(f"{document.ref}@{line.source_start + start}-{line.source_start + start + 3}")
            ((number, picture),) = draw(found, path.read_bytes())
            scale = picture.width / float(pdf.pages[number - 1].width)
            left, top, right, bottom = (value / scale for value in colored(picture))
            shown = [
                char["text"] for char in pdf.pages[number - 1].chars
                if left <= (char["x0"] + char["x1"]) / 2 <= right and top <= (char["top"] + char["bottom"]) / 2 <= bottom
            ]  # fmt: skip
            words = unicodedata.normalize("NFKC", bare(found.text))
            assert sorted(unicodedata.normalize("NFKC", bare("".join(shown)))) == sorted(words)


def test_a_page_of_a_file_in_an_archive_is_drawn(tmp_path: Path) -> None:
    data = pdf_file(tmp_path / "x.pdf").read_bytes()
    (tmp_path / "收文.zip").write_bytes(packed({"镇/报送.pdf": data, "别的.txt": LONG.encode()}))
    db = tmp_path / "reports.db"
    read_into(db, tmp_path / "收文.zip")
    result = run("show", "报送@20-40", "--image", tmp_path / "out.png", db=db)
    assert result.exit_code == 0 and "收文.zip → 镇/报送.pdf" in result.stdout
    with Image.open(tmp_path / "out.png") as picture:
        assert picture.size == PIXELS
    (tmp_path / "收文.zip").write_bytes(packed({"别的.txt": LONG.encode()}))
    assert run("show", "报送@20-40", "--image", tmp_path / "out.png", db=db).exit_code == 3


def test_a_span_on_two_pages_writes_two_pictures(tmp_path: Path) -> None:
    path, db = pdf_file(tmp_path / "page.pdf", LONG), tmp_path / "reports.db"
    read_into(db, path)
    with Index.open(db, read_only=True) as index:
        pages = [(place.source_start, place.page) for place in index.where("page").places]
    first = next(start for start, page in pages if page == 2)
    out = tmp_path / "out.png"
    result = run("show", f"page@{first - 20}-{first + 20}", "--image", out, "--format", "json", db=db)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert [(Path(one["path"]).name, one["page"]) for one in told["images"]] == [("out.png", 1), ("out-2.png", 2)]
    for one in told["images"]:
        with Image.open(one["path"]) as picture:
            assert picture.size == PIXELS and FILL in [color for _, color in picture.getcolors(1 << 20)]


def test_an_ofd_page_is_drawn_from_what_its_reader_sees(tmp_path: Path) -> None:
    path, db = tmp_path / "report.ofd", tmp_path / "reports.db"
    path.write_bytes((FORMATS / "report.ofd").read_bytes())
    read_into(db, path)
    with Index.open(db, read_only=True) as index:
        ref = next(iter(index.docs())).ref
        found = index.where(f"{ref}@210-220")
        ((_, picture),) = draw(found, path.read_bytes())
        place = found.places[0]
    assert place.box is not None and place.line_box is not None
    assert sum(1 for value in picture.convert("L").histogram()[:100] if value) > 1  # there is ink on it
    left, top, right, bottom = (value * 595 / picture.width for value in colored(picture))
    assert place.line_box[0] - 5 < left and right < place.line_box[2] + 5
    assert abs(top - place.line_box[1]) < 6 and bottom >= place.line_box[3] - 6


def test_a_file_without_pages_is_refused_with_what_would_do(tmp_path: Path) -> None:
    path, db = docx_file(tmp_path / "word.docx"), tmp_path / "reports.db"
    read_into(db, path)
    result = run("show", "word@5-9", "--image", tmp_path / "out.png", db=db)
    assert result.exit_code == 2 and "--source" in result.stderr and not (tmp_path / "out.png").exists()


@pytest.mark.parametrize("name", ["out.txt", "out", "page.pdf"])
def test_a_picture_is_never_written_over_the_raw_file_or_in_an_unknown_format(name: str, tmp_path: Path) -> None:
    path, db = pdf_file(tmp_path / "page.pdf"), tmp_path / "reports.db"
    read_into(db, path)
    before = path.read_bytes()
    assert run("show", "page@5-9", "--image", tmp_path / name, db=db).exit_code == 2
    assert path.read_bytes() == before


def test_a_file_that_is_gone_or_has_changed_is_not_drawn(tmp_path: Path) -> None:
    path, db = pdf_file(tmp_path / "page.pdf"), tmp_path / "reports.db"
    read_into(db, path)
    path.write_bytes(path.read_bytes() + b"\n%")
    changed = run("show", "page@5-9", "--image", tmp_path / "out.png", db=db)
    assert changed.exit_code == 3 and "改动过" in changed.stderr
    path.unlink()
    gone = run("show", "page@5-9", "--image", tmp_path / "out.png", db=db)
    assert gone.exit_code == 3 and "不在" in gone.stderr and not (tmp_path / "out.png").exists()
    assert run("show", "page@5-9", "--source", db=db).exit_code == 0


# ------------------------------------------------------------------ what was recognised, what is not known


@pytest.fixture
def scanned(tmp_path: Path) -> Iterator[Path]:
    """Yield an index with one report, half of it recognised with little confidence."""
    text = "扫描件总结\n全年办班。\n经费不足。\n"
    report = analysis(text)
    anchors = (
        Anchor(start=0, end=5, page=1, box=(10, 10, 60, 20), confidence=0.99),
        Anchor(start=6, end=11, page=1, box=(10, 30, 60, 40), confidence=0.955),
        Anchor(start=12, end=17, page=1, box=(10, 50, 60, 60), confidence=0.61),
    )
    made = replace(source("scan.png", report, text=text), media_type="image", encoding=None, anchors=anchors)
    with Index.open(tmp_path / "reports.db", cut=cut) as index:
        index.add(made, [report])
    yield tmp_path / "reports.db"


def test_what_was_guessed_looks_guessed(scanned: Path) -> None:
    with Index.open(scanned, read_only=True, cut=cut) as index:
        shown = index.show("scan")
        assert as_text(shown, ("guessed",), "zh").endswith("⁇经费不足。⁇\n")
        assert 'title="识别没有把握: 61 %"' in as_html(shown, ("guessed",))
        assert [place.unsure for place in index.where("scan").places] == [False, False, True]
    told = run("show", "scan@12-16", "--source", db=scanned).stdout
    assert "只有 61% 把握" in told and "第 1 页" in told
    assert "33% 没有把握" in run("show", "scan", db=scanned).stderr


def test_docs_tell_what_was_recognised_and_how_sure_that_is(scanned: Path) -> None:
    row = json.loads(run("docs", "--format", "jsonl", db=scanned).stdout.splitlines()[0])
    assert (row["recognised"], row["unsure"]) == (1.0, pytest.approx(0.3333, abs=1e-3))
    table = CliRunner().invoke(cli, ["docs", "--format", "csv", "--lang", "en", "--db", str(scanned)]).stdout
    assert "OCR, 33 % unsure" in table


def test_an_index_of_before_says_that_its_places_are_missing(tmp_path: Path) -> None:
    path, db = docx_file(tmp_path / "word.docx"), tmp_path / "reports.db"
    read_into(db, path, fingerprint="of an older program")
    with sqlite3.connect(db) as connection:
        connection.execute("DELETE FROM anchors")
    told = run("show", "word@5-9", "--source", db=db)
    assert told.exit_code == 0 and "nianlun ingest" in told.stdout
    about = json.loads(run("show", "word@5-9", "--source", "--format", "jsonl", db=db).stdout)
    assert about["missing"] == "old" and about["places"] == []


def test_words_that_stand_nowhere_in_the_file_are_told_as_such(tmp_path: Path) -> None:
    path, db = docx_file(tmp_path / "word.docx"), tmp_path / "reports.db"
    read_into(db, path)
    with Index.open(db, read_only=True) as index:
        tab = index.whole_text("word.docx").index("\t")
    about = json.loads(run("show", f"word@{tab}-{tab + 1}", "--source", "--format", "jsonl", db=db).stdout)
    assert about["missing"] == "inserted"


def test_furniture_between_two_words_is_no_place_of_theirs() -> None:
    text = "总结\n全年办班。\n- 1 -\n经费不足。\n"
    report = analysis(text)
    anchors = tuple(
        Anchor(start=start, end=end, page=1, box=(0, 0, 9, 9)) for start, end in ((0, 2), (3, 8), (9, 14), (15, 20))
    )
    furniture = [Furniture(start=9, end=14, kind="page number")]
    made = replace(source("a.pdf", report, text=text, furniture=furniture), media_type="pdf", anchors=anchors)
    with Index.open(cut=cut) as index:
        index.add(made, [report])
        assert [place.text for place in index.where("a@5-18").places] == ["办班。", "经费不"]


def test_csv_and_tsv_have_a_row_for_each_place(tmp_path: Path) -> None:
    path, db = docx_file(tmp_path / "word.docx"), tmp_path / "reports.db"
    read_into(db, path)
    rows = list(
        csv.DictReader(
            io.StringIO(run("show", "word@0-30", "--source", "--format", "tsv", db=db).stdout), delimiter="\t"
        )
    )
    assert len(rows) > 2 and {row["path"] for row in rows} == {"word.docx"} and all(row["place"] for row in rows)


def test_the_notebook_leads_from_a_row_to_its_place(tmp_path: Path) -> None:
    path, db = pdf_file(tmp_path / "page.pdf"), tmp_path / "reports.db"
    read_into(db, path)
    with Reports(db, lang="zh") as reports:
        reference = reports.search("经费").iloc[0]["reference"]
        found = reports.where(reference)
        assert found.places.iloc[0]["page"] == 1 and "经费" in found.places.iloc[0]["text"]
        assert [picture.size for picture in found.images()] == [PIXELS]
        again = reports[reference].where()
        assert again.to_dict() == found.to_dict() and "第 1 页" in str(again) and "第 1 页" in again._repr_html_()
        shown = reports[reference].shown
        part = reports["page"].where(shown.source_start, shown.source_end)
        assert part.to_dict()["places"] == found.to_dict()["places"]


def test_what_a_page_says_of_itself_is_told_with_its_place_and_dates_nothing(tmp_path):
    page = tmp_path / "总结.html"
    page.write_bytes((FORMATS / "web_site.html").read_bytes())
    db = tmp_path / "reports.db"
    read_into(db, page)
    told = run("show", "总结", "--source", db=db)
    assert "文件自述" in told.output and "date 2022-01-05" in told.output
    row = json.loads(run("show", "总结", "--source", "--format", "json", db=db).stdout)
    assert ["source", "苎塘镇政府"] in row["about"]
    listed = json.loads(run("docs", "--format", "json", db=db).stdout)
    assert [one["year"] for one in (listed["rows"] if isinstance(listed, dict) else listed)] == [2021]
