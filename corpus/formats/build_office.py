"""Build the samples of Word 97, RTF, OpenDocument, PowerPoint, Excel and CSV files, with LibreOffice as their producer.

    python corpus/formats/build_office.py [--into FOLDER]

The originals are flat OpenDocument files written here, with features that readers stumble over: list numbers that stand
in no paragraph, merged cells, heads of two levels, a footnote, a text box, running heads, deleted text, notes of the
speaker, percentages, dates, formulas. LibreOffice (`soffice`) converts them. Beside the samples stands what they say,
checked by eye, as .txt. A sample built anew differs in dates and ids, so tests compare what it says, not its bytes.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES = {"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"}
PREFIXES |= {"fo": "xsl-fo-compatible", "svg": "svg-compatible", "number": "datastyle", "presentation": "presentation"}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document office:version="1.3" office:mimetype="{type}" '
    + " ".join(f'xmlns:{name}="{SPACE}{space}:1.0"' for name, space in PREFIXES.items())
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2">'
)
TYPE = "application/vnd.oasis.opendocument."
CSV = "csv:Text - txt - csv (StarCalc):44,34,{charset},1"  # comma, quotation mark, character set, from the first line
UTF8_MARK, GBK = b"\xef\xbb\xbf", "gbk"

LISTS = """
<text:list-style style:name="Parts"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
</text:list-style>
<text:list-style style:name="Steps"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>
"""
WORD_STYLES = f"""<office:styles>{LISTS}</office:styles>
<office:automatic-styles><style:page-layout style:name="Page"><style:header-style/><style:footer-style/></style:page-layout>
<style:style style:name="Box" style:family="graphic"><style:graphic-properties style:wrap="none"/></style:style></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">
<style:header><text:p>苎塘镇党政办公室编印</text:p></style:header>
<style:footer><text:p>第<text:page-number text:select-page="current">1</text:page-number>页</text:p></style:footer>
</style:master-page></office:master-styles>"""
DELETED = """<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>甲</dc:creator>
<dc:date>2022-01-04T09:00:00</dc:date></office:change-info><text:p>此句已经删去。</text:p></text:deletion></text:changed-region>
</text:tracked-changes>"""
TASKS = (
    ("事项", "数量", "完成时限"),
    ("河道清淤", "4.2公里", "6月底前"),
    ("户厕改造", "180户", "9月底前"),
    ("合计投入", "96.5万元"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=HERE)
    build(parser.parse_args().into)


def build(into: Path) -> None:
    """Write all samples and what they say."""
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, (kind, xml, forms) in samples().items():
            flat = folder / f"{name}.{kind}"
            flat.write_text(xml, encoding="utf-8")
            for form in forms:
                suffix, options = (
                    (form, form) if "." not in form else (form.split(".")[1], CSV.format(charset=form.split(".")[2]))
                )
                convert(flat, options, folder)
                made = (folder / f"{name}.{suffix}").read_bytes()
                target = into / (f"{name}.{suffix}" if "." not in form else f"{form.split('.')[0]}.{suffix}")
                if "csv" in suffix and "76" in form:
                    made = UTF8_MARK + made  # as Excel writes it
                target.write_bytes(made)


def convert(source: Path, options: str, folder: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SystemExit(
            "LibreOffice is needed: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
        )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [program, "--headless", profile, "--convert-to", options, "--outdir", str(folder), str(source)],
        check=True,
        timeout=180,
        stdout=subprocess.DEVNULL,
    )


def samples() -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Return name: (kind of flat file, its content, the forms into which it is converted)."""
    return {
        "office_word": ("fodt", word(), ("doc", "rtf", "odt")),
        "office_rich": ("fodt", rich(), ("docx", "doc", "rtf", "odt")),
        "office_slides": ("fodp", slides(), ("pptx",)),
        "office_figures": ("fods", figures(), ("xlsx", "xls")),
        "office_figures_plain": ("fods", figures(plain=True), ("office_figures_gbk.csv.67",)),
        "office_reports": ("fods", reports(), ("xlsx", "xls", "office_reports.csv.76")),
    }


def word() -> str:
    def item(style: str, text: str, more: str = "") -> str:
        return f'<text:list text:style-name="{style}"{more}><text:list-item><text:p>{text}</text:p></text:list-item></text:list>'

    on = ' text:continue-list="{}"'
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>不含镇直单位自办的班次。</text:p>'
        "</text:note-body></text:note>"
    )
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row[:1]
        )
        + (
            "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                for cell in row[1:]
            )
            if len(row) == 3
            else f'<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>{row[1]}</text:p>'
            "</table:table-cell><table:covered-table-cell/>"
        )
        + "</table:table-row>"
        for row in TASKS
    )
    body = (
        DELETED
        + "<text:p>苎塘镇2022年上半年工作小结</text:p>"
        + item("Parts", "主要做法", ' xml:id="parts"')
        + f"<text:p>今年以来，共举办技能培训12期，培训群众1360人次{note}，走访困难户215户。"
        + '<text:change text:change-id="c1"/></text:p>'
        + item("Steps", "推进人居环境整治。清理垃圾86吨，𬒈石滩一带面貌改观。", ' xml:id="steps"')
        + item("Steps", "“三资”清理全部完成，收回欠款41.7万元。", on.format("steps"))
        + item("Parts", "存在问题", on.format("parts"))
        + "<text:p>一是干部力量薄弱，一人多岗；二是<text:span>村集体收入</text:span>偏低，<text:s/>3个村不足5万元。</text:p>"
        + item("Parts", "下一步打算", on.format("parts"))
        + '<table:table><table:table-column table:number-columns-repeated="3"/>'
        + rows
        + "</table:table>"
        + "<text:p>以上任务按月调度。</text:p>"
        + "<text:p>苎塘镇人民政府</text:p><text:p>2022年7月5日</text:p>"
    )
    return f"{HEAD.format(type=TYPE + 'text')}{WORD_STYLES}<office:body><office:text>{body}</office:text></office:body></office:document>"


RICH_STYLES = """<office:styles>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:parent-style-name="Heading" style:default-outline-level="1"/>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:parent-style-name="Heading" style:default-outline-level="2"/>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
<text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）"/>
<text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="."/></text:list-style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="Page"><style:header-style/><style:footer-style/></style:page-layout>
<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Ruby" style:family="ruby"><style:ruby-properties style:ruby-position="above"/></style:style>
<style:style style:name="Box" style:family="graphic"><style:graphic-properties style:wrap="none"/></style:style></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">
<style:header><text:p>芷屏乡党政综合办编</text:p></style:header>
<style:footer><text:p>第<text:page-number text:select-page="current">1</text:page-number>页</text:p></style:footer>
</style:master-page></office:master-styles>"""
CHANGE = "<office:change-info><dc:creator>甲</dc:creator><dc:date>2023-12-20T09:00:00</dc:date></office:change-info>"
CHANGES = f"""<text:tracked-changes>
<text:changed-region text:id="c1"><text:deletion>{CHANGE}<text:p>基本</text:p></text:deletion></text:changed-region>
<text:changed-region text:id="c2"><text:insertion>{CHANGE}</text:insertion></text:changed-region>
</text:tracked-changes>"""
PROJECTS = (
    ("序号", "项目", "进度", "投入（万元）"),
    ("1", "芷屏水库除险", "完工", "128.6"),
    ("2", "村道硬化", "在建", "74"),
    ("合计", "", "", "202.6"),
)


def rich() -> str:
    """Return a report with all that a word processor keeps beside the words, and with numbers typed and automatic."""

    def item(level: int, text: str, name: str = "") -> str:
        inner = f"<text:list-item>{text if text.startswith('<text:h') else f'<text:p>{text}</text:p>'}</text:list-item>"
        for _ in range(level - 1):
            inner = f"<text:list-item><text:list>{inner}</text:list></text:list-item>"
        more = f' xml:id="{name}"' if name else ' text:continue-list="l1"'
        return f'<text:list text:style-name="Numbers"{more}>{inner}</text:list>'

    def heading(level: int, text: str, name: str = "") -> str:
        return item(
            level, f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{text}</text:h>', name
        )

    def note(kind: str, number: int, text: str) -> str:
        return (
            f'<text:note text:note-class="{kind}"><text:note-citation>{number}</text:note-citation>'
            f"<text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
        )

    def row(cells: tuple[str, ...]) -> str:
        def one(text: str, more: str = "") -> str:
            return f'<table:table-cell{more} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

        if cells[1]:
            return f"<table:table-row>{''.join(map(one, cells))}</table:table-row>"
        wide = one(cells[0], ' table:number-columns-spanned="3"') + "<table:covered-table-cell/>" * 2
        return f"<table:table-row>{wide}{one(cells[3])}</table:table-row>"

    box = (
        '<draw:frame draw:style-name="Box" text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm"><draw:text-box>'
        "<text:p>联系人：芷屏乡农业服务中心</text:p></draw:text-box></draw:frame>"
    )
    ruby = '<text:ruby text:style-name="Ruby"><text:ruby-base>芷屏</text:ruby-base><text:ruby-text>zhǐpíng</text:ruby-text></text:ruby>'
    body = (
        CHANGES
        + "<text:p>芷屏乡2023年农业农村工作总结</text:p>"
        + f"<text:p>一年来，{ruby}乡党委带领全乡干部群众抓粮食、兴产业，"
        + '<text:change text:change-id="c1"/>完成了各项任务。现总结如下。</text:p>'
        + heading(1, "主要工作", "l1")
        + heading(2, "守住粮食底线")
        + f"<text:p>全年播种{note('footnote', 1, '含复种面积，数据取自农业年报。')}2.36万亩，"
        + '<text:change-start text:change-id="c2"/>比上年增加840亩，<text:change-end text:change-id="c2"/>总产9150吨。</text:p>'
        + item(3, "2023年落实耕地地力补贴186万元；")
        + item(3, "撂荒地复耕320亩。")
        + heading(2, "办好民生实事")
        + f"<text:p>办结群众来信37件，{box}解决饮水困难212户。</text:p>"
        + f'<table:table><table:table-column table:number-columns-repeated="4"/>{"".join(map(row, PROJECTS))}</table:table>'
        + heading(1, "存在问题")
        + "<text:p>1、种粮大户偏少，机耕道损毁较多；</text:p><text:p>2、农技人员只有3名，"
        + '指导跟不上<text:span text:style-name="Hidden">（待核）</text:span>。</text:p>'
        + heading(1, "明年打算")
        + f"<text:p>新建高标准农田1500亩{note('endnote', 1, '以上级批复为准。')}，培训农机手60名。</text:p>"
        + "<text:p>芷屏乡人民政府</text:p><text:p>2023年12月25日</text:p>"
    )
    return f"{HEAD.format(type=TYPE + 'text')}{RICH_STYLES}<office:body><office:text>{body}</office:text></office:body></office:document>"


def slides() -> str:
    def frame(kind: str, paragraphs: list[str], top: int) -> str:
        text = "".join(f"<text:p>{line}</text:p>" for line in paragraphs)
        return (
            f'<draw:frame presentation:class="{kind}" svg:x="2cm" svg:y="{top}cm" svg:width="20cm" svg:height="3cm">'
            f"<draw:text-box>{text}</draw:text-box></draw:frame>"
        )

    table = (
        '<draw:frame svg:x="2cm" svg:y="8cm" svg:width="20cm" svg:height="4cm"><table:table>'
        "<table:table-column/><table:table-column/><table:table-column/>"
        + "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
            + "</table:table-row>"
            for row in TASKS[:3]
        )
        + "</table:table></draw:frame>"
    )
    notes = (
        '<presentation:notes><draw:frame presentation:class="notes" svg:x="2cm" svg:y="14cm" svg:width="16cm" svg:height="10cm">'
        "<draw:text-box><text:p>讲到这里，请各村支部书记对照清单认领任务。</text:p></draw:text-box></draw:frame></presentation:notes>"
    )
    group = (
        "<draw:g>"
        + "".join(
            f'<draw:custom-shape svg:x="{x}cm" svg:y="10cm" svg:width="5cm" svg:height="2cm"><text:p>{text}</text:p></draw:custom-shape>'
            for x, text in ((2, "排查见底"), (8, "整改销号"), (14, "回访问效"))
        )
        + "</draw:g>"
    )
    pages = (
        frame("title", ["苎塘镇2022年下半年工作安排"], 2) + frame("subtitle", ["镇党政办公室", "2022年7月"], 6),
        frame("title", ["重点任务"], 1)
        + frame("outline", ["清理河道4.2公里，改造户厕180户。", "培训种养能手90名。"], 4)
        + table
        + notes,
        frame("title", ["工作步骤"], 1) + group,
    )
    body = "".join(f'<draw:page draw:name="page{at}">{page}</draw:page>' for at, page in enumerate(pages, 1))
    return f"{HEAD.format(type=TYPE + 'presentation')}<office:body><office:presentation>{body}</office:presentation></office:body></office:document>"


STYLES = """<office:automatic-styles>
<number:percentage-style style:name="N1"><number:number number:decimal-places="1" number:min-decimal-places="1" number:min-integer-digits="1"/>
<number:text>%</number:text></number:percentage-style>
<number:date-style style:name="N2"><number:year number:style="long"/><number:text>年</number:text><number:month/><number:text>月</number:text></number:date-style>
<number:number-style style:name="N3"><number:number number:decimal-places="1" number:min-decimal-places="1" number:min-integer-digits="1"/></number:number-style>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="tenth" style:family="table-cell" style:data-style-name="N3"/>
</office:automatic-styles>"""


def cell(value: object, *, style: str = "", across: int = 1, down: int = 1, formula: str = "") -> str:
    more = f' table:style-name="{style}"' if style else ""
    more += f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"' if across * down > 1 else ""
    more += f' table:formula="of:={formula}"' if formula else ""
    covered = "<table:covered-table-cell/>" * (across - 1)
    if value is None:
        return "<table:table-cell/>"
    if style == "month":
        return f'<table:table-cell{more} office:value-type="date" office:date-value="{value}"/>{covered}'
    if isinstance(value, int | float):
        kind = "percentage" if style == "percent" else "float"
        return f'<table:table-cell{more} office:value-type="{kind}" office:value="{value}"/>{covered}'
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell{more} office:value-type="string">{text}</table:table-cell>{covered}'


def figures(*, plain: bool = False) -> str:
    """Return a workbook of figures: heads of two levels, a merged label, formulas; a list of indicators; a hidden sheet."""
    hidden = "<table:covered-table-cell/>"
    first = [
        [cell("苎塘镇2022年培训情况统计表", across=6)],
        [cell("填报单位：镇党政办"), *[cell(None)] * 4, cell("2022年7月制")],
        [
            cell("片区", down=2),
            cell("村别", down=2),
            cell("技能培训", across=2),
            cell("经费（万元）", down=2),
            cell("到课率", down=2),
        ],
        [hidden, hidden, cell("期数（期）"), cell("人数（人次）"), hidden, hidden],
        [
            cell("东片", down=2),
            cell("石臼村"),
            cell(3),
            cell(210),
            cell(1.25, style="tenth"),
            cell(0.9625, style="percent"),
        ],
        [hidden, cell("苇田村"), cell(5), cell(385), cell(2.5, style="tenth"), cell(0.884, style="percent")],
        [cell("西片"), cell("汤坳村"), cell(4), cell(765), cell(3), cell(1, style="percent")],
        [
            cell("合计"),
            cell(None),
            cell(12, formula="SUM([.C5:.C7])"),
            cell(1360, formula="SUM([.D5:.D7])"),
            cell(6.75, formula="SUM([.E5:.E7])"),
        ],
        [cell("注：到课率按签到册计算。")],
    ]
    second = [
        [cell("序号"), cell("指标"), cell("单位"), cell(2020), cell("2021年"), cell("统计时间")],
        [cell(1), cell("走访困难户"), cell("户"), cell(198), cell(215), cell("2022-01-01", style="month")],
        [cell(2), cell("化解矛盾纠纷"), cell("件"), cell(64), cell(57), cell("2022-01-01", style="month")],
        [cell(3), cell("村集体经营性收入"), cell("万元"), cell(38.2), cell(51.6), cell("2022-01-01", style="month")],
    ]
    if plain:
        rows = [[cell("村名"), cell("培训人数（人次）"), cell("主要问题")]]
        rows += [
            [cell("石臼村"), cell(210), cell("场地小,\n设备旧")],
            [cell("苇田村"), cell(385), cell("“老师”难请")],
            [cell("汤坳村"), cell(765), cell(None)],
        ]
        return workbook([("Sheet1", rows, "")])
    third = [[cell("选项")], [cell("不应读到的一行")]]
    return workbook([("培训情况", first, ""), ("主要指标", second, ""), ("下拉选项", third, "hidden")])


def reports() -> str:
    """Return a workbook whose rows each hold a report."""
    head = [cell(text) for text in ("单位", "年份", "标题", "正文", "来源")]
    rows = [
        [cell("石臼村"), cell(2021), cell("石臼村2021年工作总结"), cell(REPORT_A), cell("村委会")],
        [cell("苇田村"), cell(2021), cell("苇田村2021年工作总结"), cell(REPORT_B), cell("村委会")],
    ]
    return workbook([("Sheet1", [head, *rows], "")])


def workbook(sheets: list[tuple[str, list[list[str]], str]]) -> str:
    hide = '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>'
    tables = "".join(
        f'<table:table table:name="{name}"'
        + (f' table:style-name="{style}"' if style else "")
        + ">"
        + "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows, style in sheets
    )
    styles = STYLES.replace("</office:automatic-styles>", f"{hide}</office:automatic-styles>")
    return f"{HEAD.format(type=TYPE + 'spreadsheet')}{styles}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"


REPORT_A = (
    "石臼村2021年工作总结\n2021年，村两委围绕“一村一品”做了几件实事，现总结如下。\n一、主要工作\n"
    "全年举办培训3期、210人次，新建柑橘大棚26座，带动42户就业，户均增收6800元。修通机耕路1.3公里，安装路灯58盏，群众反映较好。\n"
    "二、存在问题\n一是青壮年外出多，农忙时请不到人；二是集体账上只有4.6万元，办事缺钱；三是部分党员带头作用不明显，会议到会率不足六成。\n"
    "三、下步打算\n2022年争取引进加工企业1家，建成冷库2座，完善“积分超市”，把村规民约落到实处。"
)
REPORT_B = (
    "苇田村2021年工作总结\n一年来，我村坚持边学边干，各项工作有了起色。\n一、做了哪些事\n"
    '开展技能培训5期、385人次，组织"好婆媳"评选2次；清理沟渠4.8公里，改厕63户；为80岁以上老人送餐1900余份，受到老人欢迎。\n'
    "二、还差在哪里\n村级活动场所,面积只有45平方米;垃圾清运不及时，夏季尤其突出;个别小组长作风浮躁、推诿拖拉，群众有意见。\n"
    "三、明年怎么干\n一手抓产业，力争油茶面积扩大到600亩；一手抓治理，年底前完成网格重新划分，做到小事不出组、大事不出村。"
)

if __name__ == "__main__":
    main()
