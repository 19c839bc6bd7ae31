"""Build the samples of tables: sheets of other programs than Excel, and text files as Excel writes them.

    python corpus/formats/build_tables.py [--into FOLDER]

LibreOffice (`soffice`) makes tables_figures.ods of office_figures.xlsx; it says what office_figures.txt says. (Its XML of Excel 2003
loses number formats and hidden sheets, so tables_excel_2003.xml is written here.) Excel itself is not at hand: tables_excel_*.csv and tables_excel_unicode.txt have the bytes that it
writes under "CSV", "CSV UTF-8" and "Unicode text" on Chinese Windows (code page 936, byte order marks, CR LF between rows, LF inside a
cell, quotation marks only where they must be), tables_excel_95.xls is a workbook of Excel 95 after [MS-XLS] and the notes of OpenOffice.org
on it, tables_page.xls a web page as systems export it under that name. They say what tables.txt says.
"""

from __future__ import annotations

import argparse
import runpy
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
Rows = Sequence[Sequence[str | int | float]]
ROWS: Rows = (
    ("村名", "培训人数（人次）", "经费（万元）", "主要问题"),
    ("石臼村", 210, 1.25, "场地小,\n设备旧"),
    ("苇田村", 385, 2.5, '“老师”难请,"土专家"少'),
    ("汤坳村", 765, 3, "路远"),
)
TEXT = """村名：石臼村；培训人数：210人次；经费：1.25万元；主要问题：场地小, 设备旧。
村名：苇田村；培训人数：385人次；经费：2.5万元；主要问题：“老师”难请,"土专家"少。
村名：汤坳村；培训人数：765人次；经费：3万元；主要问题：路远。
"""


def excel_text(delimiter: str) -> str:
    """Return the rows as Excel saves them as text."""

    def field(value: object) -> str:
        text = str(value)
        return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in f'{delimiter}"\n') else text

    return "".join(delimiter.join(map(field, row)) + "\r\n" for row in ROWS)


def page() -> bytes:
    """Return the rows as a web page that calls itself a sheet, in GBK."""
    head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"></head>'
    rows = "".join(
        "<tr>" + "".join(f"<td x:str>{escape(str(value)).replace(chr(10), '<br>')}</td>" for value in row) + "</tr>\r\n"
        for row in ROWS
    )
    return f"{head}<body><table border=1>\r\n{rows}</table></body></html>".encode("gbk")


def excel_95() -> bytes:
    """Return the stream of a workbook of Excel 95: text in code page 936, no shared strings."""

    def record(number: int, data: bytes) -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    page = record(0x42, struct.pack("<H", 936))
    font = record(0x31, struct.pack("<HHHHHBBBx", 200, 0, 0x7FFF, 400, 0, 0, 0, 134) + bytes([5]) + b"Arial")
    form = record(0xE0, struct.pack("<HHHHHHHH", 0, 0, 0xFFF5, 0x20, 0x20C0, 0, 0, 0))
    cells = b"".join(
        record(0x204, struct.pack("<HHHH", at, column, 0, len(data)) + data)
        if isinstance(value, str) and (data := value.encode("gbk"))
        else record(0x203, struct.pack("<HHHd", at, column, 0, value))
        for at, row in enumerate(ROWS)
        for column, value in enumerate(row)
    )
    sheet = record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0)) + cells + record(0x0A, b"")
    name = b"Sheet1"
    start = record(0x809, struct.pack("<HHHH", 0x500, 0x05, 0, 0)) + page + font * 4 + form * 16
    bound = 4 + 6 + 1 + len(name) + 4  # bytes of the record that says where the sheet begins, and of the end
    return (
        start + record(0x85, struct.pack("<IHB", len(start) + bound, 0, len(name)) + name) + record(0x0A, b"") + sheet
    )


def excel_2003() -> str:
    """Return the rows as Excel 2003 saves a workbook in XML, with a hidden sheet beside them."""

    def cell(value: str | int | float) -> str:
        kind = "String" if isinstance(value, str) else "Number"
        return f'    <Cell><Data ss:Type="{kind}">{escape(str(value), quote=False)}</Data></Cell>\n'.replace(
            "\n设", "&#10;设"
        )

    rows = "".join("   <Row>\n" + "".join(map(cell, row)) + "   </Row>\n" for row in ROWS)
    space = "urn:schemas-microsoft-com:office:"
    return f"""<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="{space}spreadsheet"
 xmlns:o="{space}office"
 xmlns:x="{space}excel"
 xmlns:ss="{space}spreadsheet"
 xmlns:html="http://www.w3.org/TR/REC-html40">
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"><NumberFormat/></Style>
 </Styles>
 <Worksheet ss:Name="Sheet1">
  <Table ss:ExpandedColumnCount="4" ss:ExpandedRowCount="4" x:FullColumns="1" x:FullRows="1">
{rows}  </Table>
  <WorksheetOptions xmlns="{space}excel"><Selected/></WorksheetOptions>
 </Worksheet>
 <Worksheet ss:Name="下拉选项">
  <Table><Row><Cell><Data ss:Type="String">不应读到的一行</Data></Cell></Row></Table>
  <WorksheetOptions xmlns="{space}excel"><Visible>SheetHidden</Visible></WorksheetOptions>
 </Worksheet>
</Workbook>
"""


def convert(source: Path, options: str, into: Path) -> Path:
    """Return the file that LibreOffice makes of a source."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SystemExit("LibreOffice is needed: apt-get install libreoffice-calc-nogui")
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", options, "--outdir", str(into), str(source)]
    subprocess.run(command, check=True, timeout=180, stdout=subprocess.DEVNULL)
    return into / f"{source.stem}.{options.split(':')[0]}"


def build(into: Path) -> None:
    """Write all samples and what they say."""
    compound: Callable[..., bytes] = runpy.run_path(str(HERE / "build_mail.py"))["compound"]
    (into / "tables.txt").write_text(TEXT, "utf-8")
    (into / "tables_excel_gbk.csv").write_bytes(excel_text(",").encode("gbk"))
    (into / "tables_excel_utf8.csv").write_bytes(excel_text(",").encode("utf-8-sig"))
    (into / "tables_excel_unicode.txt").write_bytes(b"\xff\xfe" + excel_text("\t").encode("utf-16-le"))
    (into / "tables_excel_95.xls").write_bytes(compound({"Book": excel_95().ljust(4096, b"\0")}))
    (into / "tables_page.xls").write_bytes(page())
    (into / "tables_excel_2003.xml").write_text(excel_2003(), "utf-8", newline="\r\n")
    with tempfile.TemporaryDirectory() as temporary:
        made = convert(HERE / "office_figures.xlsx", "ods", Path(temporary))
        (into / "tables_figures.ods").write_bytes(made.read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=HERE)
    build(parser.parse_args().into)


if __name__ == "__main__":
    main()
