"""Spreadsheets and CSV files: rows that hold reports, rows of figures, and texts that only look like tables."""

from __future__ import annotations

import csv
import datetime
import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ingest.errors import DamagedFile, IngestError, NoText, UnsupportedFormat
from ingest.exported import read_ods, read_sheet_page, read_sheet_xml
from ingest.formats import reader_of
from ingest.packages import TooLarge
from ingest.read import read_bytes
from ingest.sniff import sniff
from ingest.tables import is_csv, parse_rows, read_csv, read_xls, read_xlsx, shown

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
REPORTS = os.environ.get("NIANLUN_REPORTS")
BODY = "今年以来，我镇举办培训3期，参训群众210人次。\n存在的问题是人手不足。" * 8


def book(*sheets, merged=(), state="visible"):
    file = openpyxl.Workbook()
    file.remove(file.active)
    for name, rows in sheets:
        sheet = file.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for span in merged:
        file.worksheets[0].merge_cells(span)
    file.worksheets[-1].sheet_state = state
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def lines(*rows, **more):
    return read_xlsx(book(("Sheet1", rows), **more), "a.xlsx").text.splitlines()


@pytest.mark.parametrize("reader, name", [(read_xlsx, "office_figures.xlsx"), (read_xls, "office_figures.xls")])
def test_workbooks_of_another_producer_say_what_their_original_says(reader, name):
    raw = reader((FORMATS / name).read_bytes(), name)
    assert raw.text == (FORMATS / "office_figures.txt").read_text("utf-8")
    anchor = next(anchor for anchor in raw.anchors if raw.text[anchor.start : anchor.end] == "技能培训人数：385人次")
    assert (anchor.sheet, anchor.cell) == ("培训情况", (0, 5, 3))
    assert raw.about == (("hidden sheet", "下拉选项"),)


@pytest.mark.parametrize(
    "reader, name",
    [(read_xlsx, "office_reports.xlsx"), (read_xls, "office_reports.xls"), (read_csv, "office_reports.csv")],
)
def test_each_row_of_a_sheet_of_reports_is_a_report(reader, name):
    raw = reader((FORMATS / name).read_bytes(), name)
    plain = list(csv.reader(io.StringIO((FORMATS / "office_reports.txt").read_text("utf-8"))))[1:]
    assert [report.title for report in raw.reports] == [row[2] for row in plain]
    assert [raw.text[report.start : report.end].replace('""', '"') for report in raw.reports] == [
        row[3] for row in plain
    ]
    anchor = next(anchor for anchor in raw.anchors if anchor.start == raw.reports[1].start)
    assert anchor.cell == (0, 2, 3)


def test_the_text_of_a_csv_file_of_reports_is_the_file():
    data = (FORMATS / "office_reports.csv").read_bytes()
    assert read_csv(data, "a.csv").text == data.decode("utf-8-sig")


def test_doubled_quotation_marks_in_a_report_are_read_as_one_and_lead_back():
    body = "今年评选“好婆媳”和「土专家」。" * 10 + '组织""老带新""活动3次。'
    (document,) = read_bytes(f'标题,正文\n甲村总结,"{body}"\n'.encode(), "a.csv").documents
    assert document.text.count("老带新") == 1 and '""' not in document.text and "“”" not in document.text
    at = document.text.index("活动3次")
    start, end = document.to_source(at, at + 4)
    assert f'标题,正文\n甲村总结,"{body}"\n'[start:end] == "活动3次"


def test_a_csv_file_of_figures_in_gbk_with_a_field_of_two_lines():
    data = (FORMATS / "office_figures_gbk.csv").read_bytes()
    raw = read_csv(data, "a.csv")
    assert is_csv(data)
    assert raw.encoding == "gb18030"
    assert raw.text == (FORMATS / "office_figures_gbk.txt").read_text("utf-8")


@pytest.mark.skipif(not REPORTS, reason="NIANLUN_REPORTS is not set: no real reports to read")
def test_real_csv_files_hold_one_report_each_with_its_title():
    paths = sorted(Path(REPORTS, "corpora", "provincial_2026_csv").glob("*.csv"))
    for path in paths:
        data = path.read_bytes()
        row = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        raw = read_csv(data, str(path))
        assert is_csv(data)
        assert [(report.title, raw.text[report.start : report.end].replace('""', '"')) for report in raw.reports] == [
            (row["title"], row["full_text"])
        ]
        assert dict(raw.about)["publish_date"] == row["publish_date"]


@pytest.mark.skipif(not REPORTS, reason="NIANLUN_REPORTS is not set: no real reports to read")
def test_no_real_report_is_taken_for_a_table():
    assert not [path for path in Path(REPORTS).rglob("*.txt") if is_csv(path.read_bytes())]


def test_no_sample_report_is_taken_for_a_table():
    assert not [
        path
        for path in FORMATS.parent.rglob("*.txt")
        if is_csv(path.read_bytes()) and path.name not in ("office_reports.txt", "tables_excel_unicode.txt")
    ]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([["村", "人数（人）"], ["东村", 5]], "村：东村；人数：5人。"),
        (
            [["指标", "单位", 2012, "2013年"], ["培训", "人次", 350, 420]],
            "指标：培训；单位：人次；2012年培训：350人次；2013年培训：420人次。",
        ),
        ([["指标", "上半年", "一季度"], ["走访", 12, 5]], "指标：走访；上半年走访：12；一季度走访：5。"),
        ([["村", "经费/万元", "占比（%）"], ["东村", 1.5, 30]], "村：东村；经费：1.5万元；占比：30%。"),
        ([["问题", "整改措施"], ["培训少。", "多办班；\n勤走访。"]], "问题：培训少。整改措施：多办班； 勤走访。"),
        ([["单位", "人数"], ["县妇联", 9]], "单位：县妇联；人数：9人。"),  # an organisation, no unit of measure
        ([["姓名", "电话"], ["甲", "013900000000"]], "姓名：甲；电话：013900000000。"),
        ([["名次", "得分"], [1, 98.5]], "名次：1；得分：98.5。"),
        ([["项目", "一季度", "合计"], ["培训（期）", 1, 3]], "项目：培训（期）；一季度培训：1期；合计：3期。"),
        (
            [["村", "户数", "其中：低保户数", "户均人口"], ["东村", 90, 7, 3.2]],
            "村：东村；户数：90户；其中低保户数：7户；户均人口：3.2。",
        ),
        ([["村", "人数", "其中：女性", "年龄"], ["甲", 10, 4, 35]], "村：甲；人数：10人；其中女性：4人；年龄：35岁。"),
        ([["姓名", "次数", "参训人数占比"], ["甲", 3, "40%"]], "姓名：甲；次数：3次；参训人数占比：40%。"),
    ],
)
def test_a_row_of_figures_can_be_read_alone(rows, text):
    assert lines(*rows)[-1] == text


def test_the_unit_above_a_table_goes_to_its_bare_numbers():
    assert lines(["收支情况表"], ["（单位：万元）"], ["年份", "收入", "增幅"], [2012, 35.5, "8.1%"]) == [
        "收支情况表",
        "（单位：万元）",
        "年份：2012；收入：35.5万元；增幅：8.1%。",
    ]


def test_heads_of_two_levels_run_together_and_merged_labels_are_repeated():
    rows = [
        ["片", "村", "培训", None],
        [None, None, "期数（期）", "人数（人）"],
        ["东片", "甲村", 1, 30],
        [None, "乙村", 2, 50],
    ]
    assert lines(*rows, merged=["A1:A2", "B1:B2", "C1:D1", "A3:A4"]) == [
        "片：东片；村：甲村；培训期数：1期；培训人数：30人。",
        "片：东片；村：乙村；培训期数：2期；培训人数：50人。",
    ]


def test_a_unit_behind_the_upper_level_of_a_head_goes_to_the_numbers_below():
    rows = [
        ["村", "人数（人）", None, None],
        [None, "合计", "其中：妇女", "占比"],
        ["甲村", 30, 12, "40%"],
        ["合计", 30, 12, "40%"],
    ]
    assert lines(*rows, merged=["A1:A2", "B1:D1"])[0] == "村：甲村；人数合计：30人；人数其中妇女：12人；人数占比：40%。"


def test_an_empty_row_ends_a_table_and_rows_without_heads_stay_as_they_are():
    assert lines(["村", "人"], ["甲", 3], [], ["乡", "户"], ["乙", 4], [], [1, 2], [3, 4]) == [
        "村：甲；人：3。",
        "乡：乙；户：4。",
        "1\t2",
        "3\t4",
    ]


def test_sheets_beside_one_of_reports_are_reports_too():
    data = book(
        ("稿件", [["标题", "正文"], ["甲村总结", BODY], ["乙村总结", BODY]]),
        ("统计", [["村", "篇数（篇）"], ["甲", 3]]),
    )
    raw = read_xlsx(data, "a.xlsx")
    assert [report.title for report in raw.reports] == ["甲村总结", "乙村总结", "统计"]
    assert "篇数：3篇" in raw.text[raw.reports[2].start : raw.reports[2].end]


def test_short_rows_in_a_column_of_reports_are_none():
    raw = read_xlsx(book(("Sheet1", [["标题", "正文"], ["甲", BODY], ["乙", "(略)"], ["丙", BODY]])), "a.xlsx")
    assert [report.title for report in raw.reports] == ["甲", "丙"]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (350.0, "General", "350"),
        (0.1 + 0.2, "General", "0.3"),
        (0.9625, "0.0%", "96.3%"),
        (1.25, "0.0", "1.3"),
        (1234567.891, "#,##0.00", "1234567.89"),
        (12, '0"人次"', "12人次"),
        (12, "0_ ", "12"),
        (3.5, "0.##", "3.5"),
        (1e-7, "General", "0.0000001"),
        (True, "General", "TRUE"),
        (datetime.datetime(2012, 3, 5), 'yyyy"年"m"月"d"日"', "2012年3月5日"),
        (datetime.datetime(2012, 3, 5), 'yyyy"年"m"月"', "2012年3月"),
        (datetime.datetime(2012, 3, 5), "yyyy-mm-dd", "2012-03-05"),
        (datetime.time(9, 30), "h:mm", "09:30"),
        (float("inf"), "0.0", "inf"),
        ("文字", "@", "文字"),
    ],
)
def test_values_are_read_as_the_program_shows_them(value, form, text):
    assert shown(value, form) == text


TABLES = [
    "标题,正文\n甲,今年以来，工作有进展。\n",
    "村名,人数\n东村,35\n西村,40\n",
    "村名;人数\n东村;35\n西村;40\n",
    "村名\t人数\t经费\n东村\t35\t1.5\n西村\t40\t2\n",
    '村名,说明\n东村,"一行,\n又一行"\n',
    "统计表,,\n村名,人数,户数\n东村,35,12\n西村,40,15\n",
    "name,text\r\na,b\r\n",
    "sep=;\r\n村名;人数\r\n甲;3\r\n乙;4\r\n",
    "村名,培训人数,经费\n甲村,12,3.5\n乙村,7\n丙村,9,2\n丁村,1,2\n",
    '序号,标题,日期,正文\n1,甲,2021-01-02,"今年以来，我村办班。\n走访5户。"\n2,乙,2021-01-03\n3,丙,2021-01-04,办班\n4,丁,2021-01-05,办班\n5,戊,2021-01-06,办班,多一列\n',
    "村,组长,副组长,会计\n东,甲,乙,丙\n西,丁,戊,己\n南,庚,辛,壬\n",
]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (text, encoding)
        for text in TABLES
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16")
        if encoding != "gb18030" or len(text.encode("gb18030")) >= 30  # shorter ones do not tell their encoding
    ],
)
def test_tables_are_told(text, encoding):
    assert is_csv(text.encode(encoding))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "工作总结",
        "桐花镇妇联工作总结\n今年以来,我镇妇联认真履职,成效明显。\n下一步,继续努力。\n",
        "坚定信心,砥砺前行\n再接再厉,继续奋斗\n",
        "春来早播种,秋到喜丰收。\n人勤地不懒,日子有奔头。\n",
        "今年以来,举办培训3期\n下半年来,走访群众5户\n",
        "第一章 总则\t1\n第二章 任务\t5\n第三章 附则\t9\n",
        "\t一、主要工作\n\t举办培训\n\t走访群众\n",
        "联系人：甲,电话：0000\n联系人：乙,电话：0001\n",
        "2012年,2013年\n完成较好,完成一般\n",
        "通知\n村名,人数\n东村,35\n西村,40\n",
        "村名,人数\n东村,35\n西村,40\n以上情况,请审阅,如有不妥,请指正。\n",
        "一,二,三\n甲,乙\n丙,丁,戊,己\n",
        "村名,人数\n",
        "标题,正文\n甲,今年以来,工作有进展。\n乙,明年,再努力。\n",
        "时间,地点,人数\n三月,礼堂\n四月\n五月,礼堂,35,全到\n",
    ],
)
def test_prose_with_commas_is_no_table(text):
    assert not is_csv(text.encode())


def test_a_text_that_is_no_table_is_read_as_a_text():
    assert (
        read_csv("桐花镇妇联工作总结\n今年以来,成效明显。".encode(), "a.csv").text
        == "桐花镇妇联工作总结\n今年以来,成效明显。"
    )


def test_a_csv_file_that_ends_inside_a_field_is_damaged():
    with pytest.raises(DamagedFile):
        read_csv(f'标题,正文\n甲,"{BODY}'.encode(), "a.csv")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
        ('"a ""b""",c\n', [['a "b"', "c"]]),
        ('"a\nb",\n', [["a\nb", ""]]),
        ("a,,c\n\n,,\n", [["a", "", "c"], ["", "", ""]]),
        ('a,"b"c,d', [["a", "b", "d"]]),
        ('a "b",c', [['a "b"', "c"]]),
    ],
)
def test_fields_are_cut_as_programs_write_them_and_stand_where_they_say(text, rows):
    fields = list(parse_rows(text, ","))
    assert [[field.text for field in row] for row in fields] == rows
    assert all(text[field.start : field.end].replace('""', '"') == field.text for row in fields for field in row)


def test_empty_and_hidden_sheets_are_no_text():
    with pytest.raises(NoText):
        read_xlsx(book(("Sheet1", [])), "a.xlsx")


def test_a_sheet_that_claims_to_be_endless_is_read_by_what_it_holds():
    file = openpyxl.load_workbook(io.BytesIO(book(("Sheet1", [["村", "人"], ["甲", 3]]))))
    file.active["XFD1048576"] = "远处"
    buffer = io.BytesIO()
    file.save(buffer)
    assert "村：甲；人：3。" in read_xlsx(buffer.getvalue(), "a.xlsx").text


def test_a_workbook_with_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr("ingest.tables.MOST_CELLS", 3)
    with pytest.raises(TooLarge):
        read_xlsx(book(("Sheet1", [["村", "人"], ["甲", 3]])), "a.xlsx")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"abc" * 500, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)])
@pytest.mark.parametrize("reader", [read_xlsx, read_xls])
def test_what_is_no_workbook_is_damaged(reader, data):
    with pytest.raises(DamagedFile):
        reader(data, "a")


@pytest.mark.parametrize("path", sorted(FORMATS.glob("tables_*")), ids=lambda path: path.name)
def test_sheets_in_other_clothes_say_what_their_original_says(path):
    data = path.read_bytes()
    raw = reader_of(sniff(data, path.name))(data, path.name)
    plain = FORMATS / ("office_figures.txt" if "figures" in path.name else "tables.txt")
    assert raw.text == plain.read_text("utf-8")
    assert all(anchor.cell is not None or anchor.sheet for anchor in raw.anchors)
    if path.suffix in (".ods", ".xml"):
        assert raw.about == (("hidden sheet", "下拉选项"),)


def test_hidden_rows_and_columns_are_left_out_and_told_and_so_are_formulas_never_calculated():
    file = openpyxl.load_workbook(
        io.BytesIO(
            book(
                (
                    "统计",
                    [["村", "户数", "备注", "人数"], ["甲", 3, "x", "=B2*4"], ["乙", 4, "y", 5], ["丙", 6, "z", 7]],
                )
            )
        )
    )
    file.active.row_dimensions[3].hidden = True
    file.active.column_dimensions["C"].hidden = True
    buffer = io.BytesIO()
    file.save(buffer)
    raw = read_xlsx(buffer.getvalue(), "a.xlsx")
    assert raw.text.splitlines()[1:] == ["村：甲；户数：3户。", "村：丙；户数：6户；人数：7人。"]
    assert raw.about == (
        ("hidden rows", "统计: 1"),
        ("hidden columns", "统计: C"),
        ("formulas without a result", "统计: 1"),
    )


def test_the_first_line_of_a_sheet_is_its_title_unless_its_name_says_more():
    rows = [["苎塘镇培训情况表"], ["村", "户数"], ["甲", 3]]
    assert read_xlsx(book(("统计", rows)), "a.xlsx").text.startswith("苎塘镇")
    assert read_xlsx(book(("培训情况", rows), ("x", rows)), "a.xlsx").text.startswith("苎塘镇")
    assert read_xlsx(book(("统计", rows), ("x", rows)), "a.xlsx").text.startswith("统计\n苎塘镇")
    assert read_xlsx(book(("各村户数", rows[1:])), "a.xlsx").text.startswith("各村户数\n村：甲")


PAGE_SHEETS = [
    ("<table><tr><th>村</th><th>户数</th></tr><tr><td>甲</td><td>3</td></tr></table>", "村：甲；户数：3户。\n"),
    (
        "<html><head><title>x</title><style>td{a:b}</style></head><body><table border=1><tr><td rowspan=2>村<td colspan=2>人数</tr>"
        "<tr><td>男</td><td>女</td></tr><tr style='display:none'><td>x</td></tr><tr><td>甲</td><td>3</td><td>4</td></tr></table></body></html>",
        "村：甲；人数男：3人；人数女：4人。\n",
    ),
]


@pytest.mark.parametrize(("page", "text"), PAGE_SHEETS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_a_page_that_is_nothing_but_a_table_is_a_sheet(page, text, encoding):
    data = page.encode(encoding)
    assert sniff(data, "表.xls") == "xls-html"
    assert read_sheet_page(data, "表.xls").text == text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>各村户数如下，请核对。</p><table><tr><td>甲</td><td>3</td></tr></table></body></html>",
        "<html><body><table><tr><td>甲</td><td>3</td></tr></table><p>以上。</p></body></html>",
        "<html><body><table><tr><td><table><tr><td>走访</td></tr></table></td></tr></table></body></html>",
    ],
)
def test_a_page_with_a_table_among_other_text_is_a_page(page):
    assert sniff(page.encode(), "a.xls") == "html"


@pytest.mark.parametrize(
    "data",
    [
        b"ID;PCALCOOO32\r\nC;X1;Y1;K3\r\n",
        b'TABLE\r\n0,1\r\n"x"\r\n',
        b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument>',
        b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
    ],
)
def test_forms_that_nobody_reads_are_refused_with_what_to_save_instead(data):
    with pytest.raises(UnsupportedFormat) as raised:
        sniff(data, "a")
    assert raised.value.remedy_zh


@pytest.mark.parametrize("part", ["xl/workbook.bin", "META-INF/container.xml", "Index/Document.iwa"])
def test_packages_of_other_programs_are_no_archives(part):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(part, "x")
    with pytest.raises(UnsupportedFormat):
        sniff(buffer.getvalue(), "a")


@pytest.mark.parametrize("reader", [read_ods, read_sheet_xml, read_sheet_page])
@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"<Workbook", b"\x00" * 500, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"]
)
def test_what_is_no_sheet_raises_an_ingest_error(reader, data):
    with pytest.raises(IngestError):
        reader(data, "a")
