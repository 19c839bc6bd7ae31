"""Ledgers in files: what stands in them, how they print, what is masked, and how much memory they take."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from docx import Document
from index_samples import LEAVES, analysis, cut, source
from small_reports import write_reports

from index.export import LEDGERS, ledger, problem_years
from index.store import Index
from nianlun.cli import cli
from nianlun.exports import export, masker_of
from nianlun.ledgers import KINDS
from nianlun.masked import guessable
from nianlun.options import NO_MATCH, OK, USAGE

ROOT = Path(__file__).parent.parent
PRIVATE = """清溪县妇联2013年工作总结

一、主要成绩
县妇联主席林静带队走访困难母亲赵桂兰家,送去慰问金2000元。今年河口镇建成妇女之家12个。
二、存在的问题
一是经费不足,日常工作经费没有列入预算。林静说,村里缺人手。
三、2014年打算
6月30日前,XX县妇联完成家政培训8期,培训妇女500人次。
联系人:周敏 电话:0771-5881234,手机13800138000
清溪县妇女联合会
2013年12月20日
"""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    write_reports(folder / "reports")
    (folder / "reports" / "清溪.txt").write_text(PRIVATE, "utf-8")
    result = run("ingest", folder / "reports", "--db", folder / "reports.db")
    assert result.exit_code == OK, result.output
    return folder / "reports.db"


def run(*words: object, lang: str = "zh") -> Result:
    environment = {"LC_ALL": "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8", "NIANLUN_DB": None}
    return CliRunner(env=environment).invoke(cli, [str(word) for word in words])


def sheet(path: Path, title: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[title].iter_rows(min_row=3, values_only=True))


def test_a_workbook_holds_every_ledger_with_its_source_column(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    told = run("export", "all", path, "--db", db)
    assert told.exit_code == OK, told.output
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "任务台账",
        "数字一览表",
        "活动一览表",
        "问题对照表",
        "问题统计",
        "问题句",
        "报告一览表",
        "说明",
    ]
    with Index.open(db, read_only=True) as index:
        for name in LEDGERS:
            rows = list(ledger(index.connection, name).rows)
            listed = sheet(path, KINDS[name].title.zh)
            assert len(listed) == len(rows) + 1
            heads = [str(head) for head in listed[0]]
            at = heads.index("代号" if name == "docs" else "出处")
            assert [line[at] for line in listed[1:]] == [row["reference"] for row in rows]
            assert run("show", listed[1][at], "--db", db).exit_code == OK


def test_tasks_stand_by_their_day_which_is_a_date_and_numbers_are_numbers(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert run("export", "任务台账", path, "--db", db).exit_code == OK
    head, *lines = sheet(path, "任务台账")
    due = [line[head.index("完成时限")] for line in lines]
    assert due == sorted(due) and due[0] == datetime(2011, 6, 30) and isinstance(lines[0][0], int)
    assert run("export", "numbers", path, "--db", db, "--force").exit_code == OK
    head, *lines = sheet(path, "数字一览表")
    assert {line[head.index("数值")] for line in lines} >= {12, 60, 620} and None in {
        line[head.index("数值")] for line in lines
    }


def test_a_sheet_is_set_up_to_be_read_filtered_and_printed(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    run("export", "tasks", path, "--db", db)
    one = openpyxl.load_workbook(path)["任务台账"]
    assert one.freeze_panes == "C4" and one.auto_filter.ref.startswith("A3:")
    assert one.page_setup.paperSize == 9 and one.page_setup.orientation == "landscape"
    assert (
        one.print_title_rows == "$3:$3"
        and one.page_setup.fitToHeight == 0
        and one.sheet_properties.pageSetUpPr.fitToPage
    )
    assert "&P" in str(one.oddFooter.center.text) and one.print_area
    wide, narrow = one.column_dimensions["B"].width, one.column_dimensions["A"].width
    assert 20 < wide <= 40 and narrow < 10
    assert all(one.row_dimensions[line].height for line in range(4, one.max_row + 1))


def test_problems_stand_against_years_with_their_sentences(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert run("export", "问题对照表", path, "--db", db).exit_code == OK
    head, *lines = sheet(path, "问题对照表")
    assert head[2:] == ("2011", "2012", "2013", "未注明")
    (funds,) = [line for line in lines if line[1] == "经费不足"]
    assert funds[2] is None and str(funds[3]).startswith("1/2 篇\n“一是经费不足") and "(总结@" in str(funds[3])
    head, reports, *lines = sheet(path, "问题统计")
    assert reports[2:] == (1, 2, 1, 1, 5)
    assert next(line for line in lines if line[1] == "经费不足")[2:] == (0, 1, 1, 1, 3)
    with Index.open(db, read_only=True) as index:
        found = problem_years(index.connection, year=2012)
    assert found.years == (("2012", 2),) and {year for _, year in found.documents} == {"2012"}


@pytest.mark.parametrize("ending", ["xlsx", "docx", "csv", "jsonl"])
def test_names_and_contacts_are_masked_unless_asked_for(db: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    what = "all" if ending in ("xlsx", "docx") else "problems"
    told = run("export", what, path, "--db", db)
    assert told.exit_code == OK and "已遮盖" in told.stderr and "姓名" in told.stderr
    text = everything(path)
    assert "林**说" in text and not any(name in text for name in ("林静", "赵桂兰", "周敏", "5881234", "13800138000"))
    told = run("export", what, path, "--db", db, "--force", "--no-mask")
    assert "林静说" in everything(path) and "没有遮盖" in told.stderr


def everything(path: Path) -> str:
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as file:
            return "\n".join(
                file.read(name).decode("utf-8", "replace") for name in file.namelist() if name.endswith(".xml")
            )
    return path.read_text("utf-8-sig")


def test_what_was_masked_is_reported_and_a_place_that_can_be_guessed_is_told(db: Path, tmp_path: Path) -> None:
    told = run(
        "export", "all", tmp_path / "a.xlsx", "--db", db, "--mask-report", tmp_path / "r.csv", "--format", "json"
    )
    assert json.loads(told.stdout)["masked"]["name"] >= 3
    assert "XX县" in told.stderr and "河口镇" in told.stderr
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert ["姓名", "林**"] in [row[:2] for row in rows] and not any("林静" in cell for row in rows for cell in row)
    assert "masked" in run("export", "all", tmp_path / "b.xlsx", "--db", db, lang="en").stderr.lower()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("XX县位于桂林市,辖河口镇。", ("桂林市", "河口镇")), ("##镇今年在三岔镇召开现场会", ("三岔镇",)), ("XX县各乡镇", None), ("清溪县在桂林市", None),
        ("XX县全县乡镇、城区街道", None), ("培训XX人,桂林市", None),
    ],
)  # fmt: skip
def test_a_masked_place_is_guessed_from_cities_and_towns(text: str, named: tuple[str, ...] | None) -> None:
    found = guessable(text, "a")
    assert (found.named if found else None) == named


def test_a_word_document_quotes_with_sources_and_numbers_its_pages(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    assert run("export", "problems", path, "--db", db).exit_code == OK
    made = Document(str(path))
    texts = [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs]
    at = next(at for at, (_, text) in enumerate(texts) if text.startswith("一是经费不足") and "日常经费" in text)
    assert texts[at][0] == "Nianlun Quote" and texts[at + 1][0] == "Nianlun Source"
    assert texts[at + 1][1].startswith("—— 青岚县妇") and "总结@" in texts[at + 1][1] and "总结.txt" in texts[at + 1][1]
    assert "PAGE" in made.sections[0].footer._element.xml and round(made.sections[0].page_width.mm) == 210


def test_csv_opens_in_excel_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    with Index.open(tmp_path / "a.db", cut=cut, leaves=LEAVES) as index:
        one = analysis(
            "=HYPERLINK(1)经费不足。\n+1经费不足。",
            problems=[("=HYPERLINK", "funding_gap", "asserted"), ("+1", "funding_gap", "asserted")],
        )
        index.add(source("=a.txt", one), [one])
        for ending in ("csv", "xlsx"):
            export(
                index, "problems", tmp_path / f"a.{ending}", filters={}, lang="zh", masker=masker_of(index), about=[]
            )
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b",'=HYPERLINK" in data and b",'+1" in data
    cells = [
        cell for line in openpyxl.load_workbook(tmp_path / "a.xlsx")["问题句"].iter_rows(min_row=4) for cell in line
    ]
    assert {cell.data_type for cell in cells if str(cell.value).startswith(("=", "+"))} == {"s"}
    assert not any(cell.data_type == "f" for cell in cells)


def test_json_lines_keep_codes_and_keys(db: Path, tmp_path: Path) -> None:
    run("export", "numbers", tmp_path / "a.jsonl", "--db", db)
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    (masked,) = [row for row in rows if row["state"] == "masked" and row["unit"] == "户"]
    assert masked["value"] is None and masked["org"].startswith("横塘镇") and masked["reference"].startswith("工会@")


def test_parquet_has_types(db: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run("export", "numbers", tmp_path / "a.parquet", "--db", db).exit_code == OK
    table = parquet.read_table(tmp_path / "a.parquet")
    assert str(table.schema.field("value").type) == "double" and 620.0 in table.column("value").to_pylist()


def test_parquet_without_its_package_says_what_to_install(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    told = run("export", "numbers", tmp_path / "a.parquet", "--db", db)
    assert told.exit_code == USAGE and "pip install" in told.stderr and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tasks", "a.pdf"), ".xlsx"),
        (("all", "a.csv"), "任务台账"),
        (("tasks", "."), "文件夹"),
        (("nothing", "a.xlsx"), "任务台账"),
    ],
)
def test_a_wrong_name_gets_a_message_that_helps(db: Path, tmp_path: Path, words: tuple[str, str], said: str) -> None:
    told = run("export", words[0], tmp_path / words[1], "--db", db)
    assert told.exit_code == USAGE and said in told.stderr and "Traceback" not in told.output


def test_a_file_that_exists_is_left_alone(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")
    assert run("export", "tasks", path, "--db", db).exit_code == USAGE and path.read_text() == "mine"
    assert run("export", "tasks", path, "--db", db, "--force").exit_code == OK and path.read_text() != "mine"
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_an_empty_ledger_is_a_file_with_its_head(db: Path, tmp_path: Path) -> None:
    for ending in ("xlsx", "docx", "csv", "jsonl"):
        told = run("export", "tasks", tmp_path / f"a.{ending}", "--db", db, "--year", "1999")
        assert told.exit_code == NO_MATCH and (tmp_path / f"a.{ending}").exists(), told.output
    assert sheet(tmp_path / "a.xlsx", "任务台账")[0][1] == "任务"


@pytest.mark.parametrize("ending", ["xlsx", "docx", "csv", "jsonl"])
def test_rows_are_written_one_by_one(tmp_path: Path, ending: str) -> None:
    """Six thousand rows take hardly more memory than six hundred."""
    peaks = []
    for reports in (12, 120):
        with Index.open(tmp_path / f"{reports}.db", cut=cut, leaves=LEAVES) as index:
            with index.together():
                for number in range(reports):
                    lines = [
                        f"第{number}村第{line}组慰问妇女{line}人次,群众反映很好,下一步继续做好各项工作。"
                        for line in range(50)
                    ]
                    one = analysis("\n".join(lines), numbers=[(f"{line}人次", line, "人次") for line in range(50)])
                    index.add(source(f"{number}.txt", one), [one])
            index.docs()
            export(
                index,
                "docs",
                tmp_path / f"first.{ending}",
                filters={},
                lang="zh",
                masker=masker_of(index),
                about=[],
                force=True,
            )
            tracemalloc.start()
            export(
                index,
                "numbers",
                tmp_path / f"{reports}.{ending}",
                filters={},
                lang="zh",
                masker=masker_of(index),
                about=[],
            )
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 4_000_000, peaks


@pytest.mark.skipif(os.name != "posix", reason="limits are POSIX")
def test_a_full_disk_leaves_no_half_file(db: Path, tmp_path: Path) -> None:
    limit = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (600,) * 2); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    for ending in ("csv", "xlsx"):
        command = ["-m", "nianlun", "export", "numbers", str(tmp_path / f"a.{ending}"), "--db", str(db), "--lang", "zh"]
        done = subprocess.run(
            [sys.executable, "-c", limit, *command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == USAGE and "Traceback" not in done.stderr, done.stderr
        assert list(tmp_path.iterdir()) == []
