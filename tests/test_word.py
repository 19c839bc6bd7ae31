"""Word files (.docx): notes, text boxes, changes, fields, hidden text, list numbers, tables, kinds of package, anchors."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Pt

from ingest.errors import DamagedFile
from ingest.read import read_bytes
from ingest.word import drawn_by, read_docx

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
SPACES = " ".join(
    f'xmlns:{name}="http://schemas.openxmlformats.org/{space}"'
    for name, space in (
        ("w", "wordprocessingml/2006/main"),
        ("m", "officeDocument/2006/math"),
        ("mc", "markup-compatibility/2006"),
    )
)


def element(xml):
    return parse_xml(re.sub(r"(/?>)", rf" {SPACES}\1", xml, count=1))


def saved(file):
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def blocks(*xml):
    """Return what is read of a file whose body is the given WordprocessingML."""
    file = docx.Document()
    for at, block in enumerate(xml):
        file.element.body.insert(at, element(block))
    return read_docx(saved(file), "a.docx")


def repacked(data, change):
    """Return a package with every part of XML changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(name, part) if name.endswith((".xml", ".rels")) else part)
    return buffer.getvalue()


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def field(code, result=""):
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("共") + run("(内部)", "<w:vanish/>") + run("36人", '<w:vanish w:val="0"/>'), "共36人"),
        ("<w:ruby><w:rt>" + run("xiāng") + "</w:rt><w:rubyBase>" + run("乡") + "</w:rubyBase></w:ruby>", "乡"),
        ("<w:r><w:ruby><w:rt>" + run("xiāng") + "</w:rt><w:rubyBase>" + run("乡") + "</w:rubyBase></w:ruby></w:r>", "乡"),
        (run("妇") + "<w:r><w:softHyphen/></w:r>" + run("联"), "妇联"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>已办结</w:t></w:r>', "☑已办结"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F001"/><w:t>已办结</w:t></w:r>', "已办结"),
        ('<w:r><w:sym w:font="宋体" w:char="2103"/></w:r>' + run("以上"), "℃以上"),
        ("<m:oMath><m:r><m:t>a+</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>", "a+1/2"),
        (field("PAGEREF _Toc1 \\h", "3") + run("页"), "3页"),
        (field("DATE \\@ yyyy") + run("年度"), "年度"),
        (field('IF 1 = 1 "<w:t/>" ', "甲") + run("组"), "甲组"),
        (field(r" EQ \* jc0 \o\ad(\s\up 9(xiāng),乡)") + run("镇"), "乡镇"),
        (field(r"eq \o\ac(○,3)") + run("走访"), "③走访"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("丢了") , ""),
        ('<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>' + run("单击此处输入") + "</w:sdtContent></w:sdt>" + run("正文"), "正文"),
        ("<w:moveFrom>" + run("旧处") + "</w:moveFrom><w:moveTo>" + run("新处") + "</w:moveTo>", "新处"),
        (run("甲") + "<w:r><w:commentReference w:id='1'/></w:r>" + run("乙"), "甲乙"),
    ],
)  # fmt: skip
def test_what_a_paragraph_shows(inside, text):
    assert blocks(f"<w:p>{inside}</w:p>", "<w:p><w:r><w:t>完。</w:t></w:r></w:p>").text == f"{text}\n完。\n"


@pytest.mark.parametrize(
    ("code", "drawn"),
    [
        (r"EQ \o\ac(○,12)", "⑫"),
        (r"EQ \o\ac(○,密)", "密"),
        (r"EQ \f(1,3)", "1/3"),
        (r'EQ \* jc3 \* "Font:宋体" \o\al(\s\up 10(a(b)c),字)', "字"),
        (r"EQ \o\ad(", ""),
        ("PAGE", ""),
        ("REF \\o(x)", ""),
        ("", ""),
    ],
)
def test_what_the_fields_of_old_word_draw(code, drawn):
    assert drawn_by(code) == drawn


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next(mark):
    first = f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{run('培训12期，')}</w:p>"
    raw = blocks(first, f"<w:p>{run('350人次。')}</w:p>", f"<w:p>{run('完。')}</w:p>")
    assert raw.text == "培训12期，350人次。\n完。\n"
    assert [(anchor.paragraph, anchor.run) for anchor in raw.anchors] == [(0, 0), (1, 0), (2, 0)]


def test_an_inserted_end_of_a_paragraph_parts_it():
    first = f"<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>{run('培训12期。')}</w:p>"
    assert blocks(first, f"<w:p>{run('完。')}</w:p>").text == "培训12期。\n完。\n"


def test_deleted_rows_and_cells_are_left_out_and_nested_tables_read():
    def cell(text, more=""):
        return f"<w:tc><w:tcPr>{more}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"

    inner = f"<w:tbl><w:tr>{cell('里一')}{cell('里二')}</w:tr></w:tbl>"
    table = (
        "<w:tbl>"
        f"<w:tr>{cell('村别')}{cell('人数')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('删去')}{cell('9')}</w:tr>"
        f"<w:tr>{cell('东村')}<w:tc>{inner}<w:p/></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('合计', '<w:gridSpan w:val=' + chr(39) + '2' + chr(39) + '/>')}{cell('8')}</w:tr>"
        "</w:tbl>"
    )
    raw = blocks(table)
    assert [line.split("\t") for line in raw.text.strip("\n").split("\n")] == [
        ["村别", "人数", ""], ["东村", "里一 里二", ""], ["合计", "8", ""]
    ]  # fmt: skip
    assert [anchor.cell for anchor in raw.anchors] == [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (0, 2, 0), (0, 2, 2)]


def test_a_report_typed_into_a_cell_keeps_its_lines():
    file = docx.Document()
    table = file.add_table(1, 2)
    table.cell(0, 0).text = "主要内容"
    table.cell(0, 1).text = (
        "一、主要工作\n" + "走访慰问困难职工家庭，帮助解决实际困难。" * 8 + "\n二、存在问题\n经费不足。"
    )
    lines = read_docx(saved(file), "a.docx").text.split("\n")
    assert lines[0] == "主要内容\t一、主要工作"
    assert lines[2:4] == ["二、存在问题", "经费不足。\t"]


def test_list_numbers_stand_in_cells_too():
    file = docx.Document()
    numbered(file, "1", [("decimal", "%1")])
    table = file.add_table(2, 2)
    for row, text in enumerate(("东村", "西村")):
        in_list(table.cell(row, 0).paragraphs[0], "1")
        table.cell(row, 0).paragraphs[0].add_run(text)
    assert read_docx(saved(file), "a.docx").text == "1 东村\t\t\n2 西村\t\t\n"


def numbered(file, name, levels, *, override="", number_only=False):
    """Add a list with levels of (form, text, more XML)."""
    numbering = file.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{"".join(more)}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text, *more) in enumerate(levels)
    )
    if not number_only:
        numbering.insert(0, element(f'<w:abstractNum w:abstractNumId="7{name}">{inner}</w:abstractNum>'))
    of = number_only or name
    numbering.append(element(f'<w:num w:numId="8{name}"><w:abstractNumId w:val="7{of}"/>{override}</w:num>'))


def in_list(paragraph, name, level=0):
    mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="8{name}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(element(mark))


def listed(file, *items):
    for name, level, text in items:
        in_list(file.add_paragraph(text), name, level)
    return read_docx(saved(file), "a.docx").text.split("\n")[:-1]


def test_a_list_that_is_told_to_begin_anew_does_and_one_that_shares_its_form_goes_on():
    file = docx.Document()
    numbered(file, "1", [("chineseCountingThousand", "%1、"), ("decimal", "%1.%2 ", "<w:isLgl/>")])
    numbered(file, "2", [], number_only="1")
    numbered(
        file,
        "3",
        [],
        number_only="1",
        override='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
    )
    found = listed(file, ("1", 0, "甲"), ("1", 1, "乙"), ("2", 0, "丙"), ("2", 1, "丁"), ("3", 0, "戊"), ("3", 0, "己"))
    assert found == ["一、甲", "1.1 乙", "二、丙", "2.1 丁", "一、戊", "二、己"]


@pytest.mark.parametrize(("restart", "third"), [("", "1.丁"), ('<w:lvlRestart w:val="0"/>', "2.丁")])
def test_a_level_begins_anew_below_its_next_parent_unless_it_is_told_not_to(restart, third):
    file = docx.Document()
    numbered(file, "1", [("upperRoman", "%1、"), ("decimal", "%2.", restart)])
    assert listed(file, ("1", 0, "甲"), ("1", 1, "乙"), ("1", 0, "丙"), ("1", 1, "丁")) == [
        "I、甲",
        "1.乙",
        "II、丙",
        third,
    ]


def test_numbers_are_taken_from_styles_and_those_they_are_based_on():
    file = docx.Document()
    numbered(
        file,
        "1",
        [("taiwaneseCountingThousand", "第%1章"), ("japaneseCounting", "(%2)", '<w:pStyle w:val="Heading2"/>')],
    )
    mark = '<w:numPr><w:numId w:val="81"/></w:numPr>'
    for name in ("Heading 1", "Heading 2"):
        file.styles[name].element.get_or_add_pPr().append(element(mark))
    own = file.styles.add_style("县里的标题", 1)
    own.base_style = file.styles["Heading 1"]
    file.add_paragraph("总结", style="县里的标题")
    file.add_paragraph("做法", style="Heading 2")
    file.add_paragraph("打算", style="Heading 1")
    plain = file.add_paragraph("附记", style="Heading 1")
    plain._p.get_or_add_pPr().append(element('<w:numPr><w:numId w:val="0"/></w:numPr>'))
    raw = read_docx(saved(file), "a.docx")
    assert raw.text.split("\n")[:-1] == ["第一章 总结", "(一)做法", "第二章 打算", "附记"]
    assert [level for _, level in raw.headings] == [1, 2, 1, 1]


def test_a_number_and_the_figure_behind_it_stay_two():
    file = docx.Document()
    numbered(file, "1", [("decimal", "%1.")])
    assert listed(file, ("1", 0, "2023年争取资金5万元"), ("1", 0, "走访12户")) == [
        "1. 2023年争取资金5万元",
        "2.走访12户",
    ]


def test_anchors_lead_to_the_paragraphs_and_runs_of_python_docx():
    file = docx.Document()
    paragraph = file.add_paragraph("今年")
    paragraph._p.append(element(f"<w:hyperlink>{run('县妇联')}</w:hyperlink>"))
    paragraph.add_run("")
    paragraph.add_run("走访36户").bold = True
    file.add_paragraph().add_run("完。").font.size = Pt(9)
    data = saved(file)
    raw = read_docx(data, "a.docx")
    opened = docx.Document(io.BytesIO(data))
    found = [(raw.text[a.start : a.end], a.paragraph, a.run) for a in raw.anchors]
    assert found == [("今年", 0, 0), ("县妇联", 0, None), ("走访36户", 0, 2), ("完。", 1, 0)]
    assert all(opened.paragraphs[at].runs[number].text == text for text, at, number in found if number is not None)


def test_signs_that_stand_in_the_range_of_each_font_are_read_as_those_of_wingdings():
    signs = run("\uf0fe已办结 \uf0a8未办结 \uf02a")
    assert blocks(f"<w:p>{signs}</w:p>").text == "☑已办结 □未办结 \uf02a\n"


def test_what_hangs_on_a_paragraph_follows_it_and_is_anchored_to_it():
    raw = read_docx((FORMATS / "office_rich.docx").read_bytes(), "a.docx")
    note = raw.text.index("含复种面积")
    body = raw.text.index("全年播种")
    assert raw.text[body:note] == "全年播种2.36万亩，比上年增加840亩，总产9150吨。\n"
    at = {a.start: a.paragraph for a in raw.anchors}
    assert at[note] == at[body]
    assert raw.about == (("header", "芷屏乡党政综合办编"), ("footer", "第1页"))


STRICT = ((b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/"),
          (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
          (b"http://schemas.openxmlformats.org/drawingml/2006/", b"http://purl.oclc.org/ooxml/drawingml/"))  # fmt: skip


def strict(name, part):
    for usual, other in STRICT:
        part = part.replace(usual, other)
    return part


def of_kind(kind):
    def change(name, part):
        usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return part.replace(usual, kind) if name == "[Content_Types].xml" else part

    return change


@pytest.mark.parametrize(
    "change",
    [
        strict,
        of_kind(b"application/vnd.ms-word.document.macroEnabled.main+xml"),
        of_kind(b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        of_kind(b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    ],
    ids=["strict", "docm", "dotm", "dotx"],
)
def test_strict_files_templates_and_those_with_macros_say_the_same(change):
    data = (FORMATS / "office_rich.docx").read_bytes()
    assert read_bytes(repacked(data, change), "a").text == read_bytes(data, "a").text


def test_a_package_whose_main_part_is_numbered_is_known():
    buffer = io.BytesIO()
    with zipfile.ZipFile(FORMATS / "office_rich.docx") as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in ("[Content_Types].xml", "_rels/.rels"):
                part = part.replace(b"word/document.xml", b"word/document2.xml")
            new.writestr(
                name.replace("word/document.xml", "word/document2.xml").replace(
                    "/document.xml.rels", "/document2.xml.rels"
                ),
                part,
            )
    assert read_bytes(buffer.getvalue(), "a").text.startswith("芷屏乡2023年")


def test_a_file_that_declares_entities_is_refused():
    data = repacked(
        (FORMATS / "office_rich.docx").read_bytes(),
        lambda name, part: part.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1),
    )
    with pytest.raises(DamagedFile, match="entities"):
        read_docx(data, "a.docx")


def with_chunk(blob, name="chunk1.html"):
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    file = docx.Document()
    file.add_paragraph("某乡2015年工作总结")
    part = Part(PackURI(f"/word/{name}"), "text/html", blob, file.part.package)
    number = file.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk")
    chunk = element('<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>')
    chunk.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", number)
    file.element.body.insert(1, chunk)
    file.add_paragraph("某乡人民政府")
    return saved(file)


def inner_file():
    file = docx.Document()
    file.add_paragraph("培训农机手60名。")
    return saved(file)


@pytest.mark.parametrize(
    "blob",
    [
        "<html><body><p>培训农机手60名。</p></body></html>".encode(),
        rb"{\rtf1\ansi\uc0\u22521\u-29779\u20892\u26426\u25163 60\u21517\u12290\par}",
        "培训农机手60名。".encode(),
        inner_file(),
    ],
)
def test_a_file_that_stands_in_the_text_is_read_where_it_stands(blob):
    raw = read_docx(with_chunk(blob), "a.docx")
    assert [line for line in raw.text.split("\n") if line.strip()] == [
        "某乡2015年工作总结",
        "培训农机手60名。",
        "某乡人民政府",
    ]
    assert not dict(raw.about).get("left out")


@pytest.mark.parametrize(
    ("blob", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.4 x", "unsupported"),
        (b"{\\rtf1 {{{", "damaged"),
        (with_chunk(inner_file()), "nested"),
    ],
)
def test_a_file_in_the_text_that_cannot_be_read_is_told(blob, code):
    raw = read_docx(with_chunk(blob), "a.docx")
    assert raw.text.split() == ["某乡2015年工作总结", "某乡人民政府"]
    assert dict(raw.about)["left out"] == f"word/chunk1.html ({code})"
