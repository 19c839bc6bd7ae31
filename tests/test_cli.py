"""The command line on a folder of small reports: what each command prints, where, and its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from index_samples import LEAVES, analysis, cut, source
from small_reports import PLAN, REPORTS, write_reports

from index.store import Index
from nianlun.bilingual import fold
from nianlun.cli import COMMANDS, cli
from nianlun.language import language_in, language_of
from nianlun.options import NO_MATCH, OK, SOME_FAILED, USAGE
from nianlun.output import column, write_rows
from nlp.model import load_model


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pile")
    write_reports(folder / "reports")
    result = run("ingest", folder / "reports", "--db", folder / "reports.db")
    assert result.exit_code == OK, result.output
    return folder / "reports.db"


def run(*words: object, lang: str = "zh") -> Result:
    """Run a command line as a user would, without a terminal."""
    environment = {"LC_ALL": "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8", "NIANLUN_DB": None, "COLUMNS": "140"}
    return CliRunner(env=environment).invoke(cli, [str(word) for word in words])


def rows(*words: object) -> list[dict[str, object]]:
    """Return the rows of a command as JSON lines."""
    return [json.loads(line) for line in run(*words, "--format", "jsonl").stdout.splitlines()]


def test_docs_lists_every_report_with_its_body_and_year(db: Path) -> None:
    listed = {row["ref"]: (str(row["org"])[:3], row["year"], row["doc_type"]) for row in rows("docs", "--db", db)}
    assert listed == {
        "要点": ("青岚县", 2011, "plan"),
        "总结": ("青岚县", 2012, "summary"),
        "工会": ("横塘镇", 2012, "summary"),
        "整改": ("横塘镇", None, "rectification"),
    }


@pytest.mark.parametrize(
    ("options", "refs"),
    [
        (["--year", "2011"], ["要点"]),
        (["--year", "2011..2012"], ["要点", "工会", "总结"]),
        (["--year", "..2011"], ["要点"]),
        (["--org", "工会"], ["工会", "整改"]),
        (["--doc-type", "summary"], ["工会", "总结"]),
        (["--only-undated"], ["整改"]),
        (["--damaged"], ["工会", "整改"]),
        (["--undated", "drop"], ["要点", "工会", "总结"]),
    ],
)
def test_filters_choose_documents(db: Path, options: list[str], refs: list[str]) -> None:
    assert [row["ref"] for row in rows("docs", "--db", db, *options)] == refs


def test_search_finds_every_place_and_says_its_base(db: Path) -> None:
    result = run("search", "经费", "--db", db)
    places = [text.count("经费") for text in REPORTS.values()]
    assert result.exit_code == OK
    assert f"查到“经费” {sum(places)} 处 / {sum(map(bool, places))} 篇(共查 4 篇)" in result.stderr
    assert "写明 3 篇、未注明 1 篇" in result.stderr
    assert len(result.stdout.splitlines()) == 1 + sum(places)


def test_a_reference_opens_the_raw_words_it_names(db: Path) -> None:
    for row in rows("search", "经费", "--db", db):
        shown = run("show", row["reference"], "--raw", "--quiet", "--db", db)
        assert shown.stdout.strip() == "经费"


def test_a_leading_minus_before_chinese_is_a_word_to_leave_out(db: Path) -> None:
    found = rows("search", "经费", "-来源", "--db", db)
    assert {row["ref"] for row in found} == {"总结"}


def test_a_search_that_finds_nothing_explains_itself(db: Path) -> None:
    result = run("search", "留守老人", "--db", db)
    assert result.exit_code == NO_MATCH
    assert "没有找到“留守老人”:查了 4 篇报告" in result.stderr
    assert "分词:" in result.stderr


def test_a_year_without_reports_names_the_years_there_are(db: Path) -> None:
    result = run("search", "经费", "--year", "2018", "--db", db)
    assert result.exit_code == NO_MATCH
    assert "没有2018年的报告。索引里有:2011 2012。未注明年份的有 1 篇。" in result.stderr


def test_counts_by_year_keep_the_undated_apart(db: Path) -> None:
    table = run("search", "经费", "--count-by", "year", "--format", "csv", "--no-bom", "--db", db).stdout
    assert list(csv.reader(io.StringIO(table)))[1:] == [["2012", "3", "1"], ["未注明", "3", "1"]]


def test_problems_count_documents_and_name_those_that_say_otherwise(db: Path) -> None:
    result = run("problems", "--leaf", "funding_gap", "--format", "json", "--db", db)
    answer = json.loads(result.stdout)
    assert [row["documents"] for row in answer["rows"]] == [["总结", "整改"]]
    assert answer["base"]["documents"] == 4
    assert "2 篇反映(共 4 篇)" in result.stderr


def test_problems_by_year_show_the_undated_in_a_row_of_their_own(db: Path) -> None:
    result = run("problems", "--leaf", "经费不足", "--by", "year", "--format", "csv", "--no-bom", "--db", db)
    table = list(csv.reader(io.StringIO(result.stdout)))
    assert [line[0] for line in table] == ["年份", "2012", "未注明"]


def test_every_sentence_behind_a_count_has_a_reference(db: Path) -> None:
    mentions = rows("problems", "--leaf", "funding_gap", "--mentions", "--db", db)
    assert {row["ref"] for row in mentions} == {"总结", "整改"}
    assert all("@" in str(row["reference"]) and row["sentence"] for row in mentions)


def test_a_masked_number_is_shown_as_written_and_never_as_a_number(db: Path) -> None:
    masked = rows("numbers", "--state", "masked", "--db", db)
    assert masked and all(row["value"] is None for row in masked)
    table = run("numbers", "--state", "masked", "--format", "csv", "--db", db).stdout
    assert "▒**" in table


def test_a_sum_says_what_it_counts_and_refuses_mixed_units(db: Path) -> None:
    summed = run("numbers", "--unit", "人次", "--sum", "--db", db)
    assert "合计 约 1120人次,由 2 个数字相加。" in summed.stderr
    mixed = run("numbers", "--sum", "--db", db)
    assert mixed.exit_code == 2
    assert "单位不同的数字不能相加" in mixed.stderr


def test_a_sum_stands_in_the_data_too(db: Path) -> None:
    table = run("numbers", "--unit", "人次", "--sum", "--format", "csv", "--no-bom", "--db", db).stdout
    last = list(csv.reader(io.StringIO(table)))[-1]
    assert (last[0], last[2], last[5]) == ("合计", "1120", "人次")
    whole = json.loads(run("numbers", "--unit", "人次", "--sum", "--format", "json", "--db", db).stdout)
    assert whole["total"]["value"] == 1120
    assert sum(part["value"] for part in whole["parts"]) == 1120
    assert all(row["state"] != "total" for row in whole["rows"])


def test_numbers_in_csv_are_numbers_with_their_bound_beside_them(db: Path) -> None:
    table = run("numbers", "--format", "csv", "--no-bom", "--db", db).stdout
    for row in csv.DictReader(io.StringIO(table)):
        assert re.fullmatch(r"[0-9.]*", row["数值"]) and (row["数值"] or "▒" in row["原文"])


def test_deadlines_are_found_by_day_month_and_past(db: Path) -> None:
    for options in ([], ["--due", "2011-06"], ["--due", "2011-06-01..2011-07-01"], ["--overdue-at", "2011-07-01"]):
        assert [row["date_end"] for row in rows("deadlines", "--db", db, *options)] == ["2011-06-30"]
    assert run("deadlines", "--due", "2019", "--db", db).exit_code == NO_MATCH


def test_activities_are_listed_once_with_their_years(db: Path) -> None:
    (row,) = [row for row in rows("activities", "--db", db) if row["name"] == "春蕾计划"]
    assert row["years"] == ["2011", "2012"]
    assert len(rows("activities", "--name", "春蕾", "--db", db)) == 2
    missing = run("activities", "--name", "春蕾女童班", "--db", db)
    assert missing.exit_code == NO_MATCH
    assert "春蕾计划" in missing.stderr


def test_compare_tells_both_bases(db: Path) -> None:
    result = run("compare", "2011", "2012", "--db", db)
    assert "2011 年:1 篇报告;" in result.stderr and "2012 年:2 篇报告;" in result.stderr
    assert "自己" in run("compare", "2011", "2011", "--db", db).stderr
    assert run("compare", "2011", "2031", "--db", db).exit_code == NO_MATCH


def test_show_marks_what_was_read_with_brackets(db: Path) -> None:
    text = run("show", "整改", "--marks", "problems,numbers", "--db", db).stdout
    assert "【2、深入基层不够,调查研究少。】(深入基层不够)" in text.replace("\uff0c", ",")
    assert "▒⟨**余人⟩" in text
    plain = run("show", "整改", "--db", db).stdout
    assert "【" not in plain


def test_overview_answers_the_five_questions(db: Path) -> None:
    result = run("overview", "--db", db)
    for title in ("4 个文件,4 篇报告", "各年各类报告", "反映最多的问题", "时限", "最常见的活动"):
        assert title in result.stdout
    assert "未注明" in result.stdout


def test_doctor_tries_a_word_of_two_characters(db: Path) -> None:
    result = run("doctor", "--db", db, "--format", "json")
    checks = json.loads(result.stdout)["rows"]
    assert result.exit_code == OK, checks
    assert any("经费" in check["finding"] and check["status"] == "ok" for check in checks)


def test_doctor_reads_a_line_and_says_what_keeps_it_from_reading(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert any(check["status"] == "ok" for check in rows("doctor", "--db", db) if check["what"] == "词典与数据")
    monkeypatch.setattr("nlp.model.MODEL_FILE", "gone.npz")
    load_model.cache_clear()
    try:
        result = run("doctor", "--db", db, "--format", "json")
    finally:
        load_model.cache_clear()
    assert result.exit_code == USAGE
    assert any("gone.npz" in check["finding"] for check in json.loads(result.stdout)["rows"])


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """An index of two reports of 2010, one of which solved its problem, and one of 2009 to 2011."""
    told = {"numbers": [("3万元", 30000, "元")], "activities": ["“新苗计划”"], "times": [("月底前", "deadline", None)]}
    text = "“新苗计划”月底前到账3万元。经费不足。"
    reports = {
        "a": analysis(text, **told, problems=[("经费不足。", "funding_gap", "asserted")], year=2010, year_basis="title"),
        "b": analysis("经费已有保证。", problems=[("经费已有保证。", "funding_gap", "solved")], year=2011, year_basis="title"),
        "c": analysis(text + "再议。", **told, problems=[("经费不足。", "funding_gap", "asserted")], year_low=2009, year_high=2011),
    }  # fmt: skip
    with Index.open(tmp_path / "dated.db", cut=cut, leaves=LEAVES) as index:
        for name, one in reports.items():
            index.add(source(f"{name}.txt", one), [one])
    return tmp_path / "dated.db"


@pytest.mark.parametrize("command", ["problems", "activities", "numbers", "deadlines", "search 经费", "docs"])
def test_json_holds_what_stands_in_documents_set_apart(dated: Path, command: str) -> None:
    answer = json.loads(run(*command.split(), "--year", 2010, "--db", dated, "--format", "json").stdout)
    assert len(answer["rows"]) == 1 and len(answer["apart"]) == 1
    assert answer["base"]["apart"] == ["c"]


def test_json_holds_other_polarities_group_by_group(dated: Path) -> None:
    words = ("problems", "--leaf", "funding_gap", "--by", "year", "--db", dated, "--format", "json")
    assert json.loads(run(*words).stdout)["elsewhere"] == [{"leaf": "funding_gap", "group": "2011", "solved": ["b"]}]


def test_files_with_the_very_same_bytes_are_read_once(tmp_path: Path) -> None:
    folder, db = write_reports(tmp_path / "reports"), tmp_path / "reports.db"
    assert "重复" not in run("ingest", folder, "--db", db).stderr
    (folder / "要点(副本).txt").write_bytes((folder / "要点.txt").read_bytes())
    told = run("ingest", folder, "--db", db)
    assert told.exit_code == OK and "重复件 1" in told.stderr and "reports/要点(副本).txt = 要点" in told.stderr
    docs = run("docs", "--db", db)
    assert "4 篇报告(索引共 4 篇)(另有重复 1 处,不重复计数)" in docs.stderr


@pytest.mark.parametrize(
    "words", [("problems",), ("problems", "--by", "year"), ("analyse", "FILE"), ("compare", "2011", "2012")]
)
def test_tab_separated_values_are_the_same_in_every_language(db: Path, words: tuple[str, ...]) -> None:
    asked = [str(db.parent / "reports" / "总结.txt") if word == "FILE" else word for word in words]
    where = [] if words[0] == "analyse" else ["--db", db]
    zh, en = (run(*asked, *where, "--format", "tsv", "--lang", lang).stdout for lang in ("zh", "en"))
    assert zh.splitlines()[0] == en.splitlines()[0]
    if words[0] != "analyse":
        assert zh == en
    assert not re.search("[\u4e00-\u9fff]", zh.splitlines()[0])


def test_ingest_again_changes_nothing_and_a_changed_file_is_replaced(tmp_path: Path) -> None:
    folder, db = write_reports(tmp_path / "reports"), tmp_path / "reports.db"
    run("ingest", folder, "--db", db)
    before = rows("search", "经费", "--db", db)
    again = run("ingest", folder, "--db", db, "--format", "jsonl")
    assert {json.loads(line)["status"] for line in again.stdout.splitlines()} == {"unchanged"}
    assert rows("search", "经费", "--db", db) == before
    (folder / "要点.txt").write_text(PLAN.replace("二、抓好培训", "二、经费安排"), encoding="utf-8")
    dry = rows("ingest", folder, "--db", db, "--dry-run")
    assert sorted(row["status"] for row in dry) == ["changed", "unchanged", "unchanged", "unchanged"]
    run("ingest", folder, "--db", db)
    assert len(rows("search", "经费", "--db", db)) == len(before) + 1


def test_one_bad_file_is_reported_and_the_rest_go_on(tmp_path: Path) -> None:
    folder, db = write_reports(tmp_path / "reports"), tmp_path / "reports.db"
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (folder / "half.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 400)
    (folder / ".hidden.txt").write_text(PLAN, encoding="utf-8")
    result = run("ingest", folder, "--db", db, "--format", "jsonl")
    outcomes = {Path(row["path"]).name: row for row in map(json.loads, result.stdout.splitlines())}
    assert result.exit_code == SOME_FAILED
    assert {name for name, row in outcomes.items() if row["status"] == "failed"} == {
        "empty.txt",
        "picture.txt",
        "half.docx",
    }
    assert all(row["reason"] for row in outcomes.values() if row["status"] == "failed")
    assert ".hidden.txt" not in outcomes
    assert len(rows("docs", "--db", db)) == 4
    doctor = run("doctor", "--db", db)
    assert doctor.exit_code == SOME_FAILED and "picture.txt" in doctor.stdout
    assert "有 3 个文件没有读入" in run("docs", "--db", db).stderr


def test_two_processes_make_the_same_index_as_one(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "reports")
    (folder / "empty.txt").write_bytes(b"")
    answers = []
    for jobs in ("1", "2"):
        db = tmp_path / f"{jobs}.db"
        assert run("ingest", folder, "--db", db, "--jobs", jobs).exit_code == SOME_FAILED
        answers.append(
            [rows(*words, "--db", db) for words in (["docs"], ["search", "经费"], ["problems"], ["numbers"])]
        )
    assert answers[0] == answers[1]


def test_a_file_keeps_its_name_wherever_the_program_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_reports(tmp_path / "reports")
    db = tmp_path / "reports.db"
    monkeypatch.chdir(tmp_path)
    run("ingest", "reports", "--db", "reports.db")
    monkeypatch.chdir(folder)
    run("ingest", ".", "--db", "../reports.db")
    assert len(rows("docs", "--db", db)) == 4


def test_a_dry_run_makes_no_database(tmp_path: Path) -> None:
    folder, db = write_reports(tmp_path / "reports"), tmp_path / "reports.db"
    assert {row["status"] for row in rows("ingest", folder, "--db", db, "--dry-run")} == {"new"}
    assert not db.exists()


def test_csv_begins_with_a_bom_when_asked_and_defuses_formulas(db: Path) -> None:
    assert run("docs", "--format", "csv", "--bom", "--db", db).stdout.startswith("\ufeff")
    assert not run("docs", "--format", "csv", "--no-bom", "--db", db).stdout.startswith("\ufeff")
    out = io.StringIO()
    write_rows(
        [{"a": "=1+1", "b": -3}], [column("a", "甲", "a"), column("b", "乙", "b")], form="csv", lang="zh", out=out
    )
    assert out.getvalue() == "甲,乙\r\n'=1+1,-3\r\n"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-cmd", "＝1＋1", "\t=1"])
def test_a_formula_is_defused_wherever_its_words_come_from(text: str) -> None:
    columns = [
        column("refs", "依据", "evidence", lambda row: " ".join(row["refs"])),
        column("none", "无", "none", lambda _: text),
    ]
    out = io.StringIO()
    write_rows([{"refs": [text], "none": None}], columns, form="csv", lang="zh", out=out)
    assert out.getvalue() == f"依据,无\r\n'{text},'{text}\r\n"


def test_machine_formats_keep_english_keys_and_people_read_their_language(db: Path) -> None:
    assert run("docs", "--db", db).stdout.splitlines()[0].split("\t")[0] == "ref"
    assert run("docs", "--format", "csv", "--no-bom", "--db", db).stdout.startswith("代号,年份")
    assert run("docs", "--format", "csv", "--no-bom", "--lang", "en", "--db", db).stdout.startswith("ref,year")
    assert "Base: 4 documents of 4" in run("docs", "--db", db, lang="en").stderr


def test_a_table_is_aligned_by_display_width(db: Path) -> None:
    from rich.cells import cell_len

    lines = run("problems", "--format", "table", "--db", db).stdout.splitlines()
    widths = {cell_len(line.rstrip("\n")) for line in lines if line.strip()}
    assert len(widths) == 1


def test_quiet_leaves_standard_error_empty(db: Path) -> None:
    assert run("search", "经费", "--quiet", "--db", db).stderr == ""


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_has_help_with_an_example_in_both_languages(name: str, lang: str) -> None:
    page = run(name, "--help", "--lang", lang).stdout
    assert f"nianlun {name}" in page
    assert ("用法:" in page and "例:" in page) if lang == "zh" else ("Usage:" in page and "Examples:" in page)


def test_help_of_the_program_documents_the_exit_codes() -> None:
    assert "退出码:0 正常;1 没有符合的内容;2" in run("--help").stdout.replace("\n", "")
    assert "Exit codes: 0 ok; 1 nothing matches; 2 usage" in run("--help", "--lang", "en").stdout.replace("\n", " ")
    assert run("--version").stdout.startswith("nianlun ")


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LC_ALL": "en_US", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language_comes_from_the_locale_chinese_first(environment: dict[str, str], lang: str) -> None:
    assert language_of(environment) == lang


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        (["docs", "--lang", "en"], "en"),
        (["--lang=zh", "docs"], "zh"),
        (["docs"], None),
        (["search", "--", "--lang", "en"], None),
    ],
)
def test_the_language_is_read_wherever_the_option_stands(words: list[str], lang: str | None) -> None:
    assert language_in(words) == lang


def test_text_is_folded_by_columns_and_no_line_begins_with_a_comma() -> None:
    lines = fold("各级妇联要加强学习,改进作风,深入基层,多做实事。", 20)
    assert "".join(lines) == "各级妇联要加强学习,改进作风,深入基层,多做实事。"
    assert not any(line[0] in ",。" for line in lines)


def nianlun(*words: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, whose streams have an encoding."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": encoding}
    return subprocess.run(
        [sys.executable, "-m", "nianlun.cli", *words], capture_output=True, text=True, encoding="utf-8", env=environment,
        check=False,
    )  # fmt: skip


def test_a_process_writes_data_to_stdout_and_talk_to_stderr(db: Path) -> None:
    done = nianlun("search", "经费", "--db", str(db))
    assert done.returncode == OK
    assert done.stdout.startswith("reference\t") and "查到" not in done.stdout
    assert "查到“经费”" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_output_is_utf8_whatever_the_streams_are(db: Path, encoding: str) -> None:
    assert "用法:" in nianlun("--help", "--lang", "zh", encoding=encoding).stdout
    assert "没有 serach 这个命令" in nianlun("serach", encoding=encoding).stderr
    assert "≈" in nianlun("docs", "--help", encoding=encoding).stdout
    assert nianlun("docs", "--db", str(db), encoding=encoding).stdout == nianlun("docs", "--db", str(db)).stdout


def test_a_reader_who_leaves_early_gets_no_traceback(db: Path) -> None:
    program = f"{sys.executable} -m nianlun.cli numbers --format json --db {db} | head -c 1"
    done = subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr and "Broken" not in done.stderr


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom nianlun.cli import cli\ncli.main(['--help'], standalone_mode=False)\n"
        "heavy = {'pandas', 'spacy', 'sklearn', 'jieba', 'rjieba', 'sqlite_utils', 'datasette', 'matplotlib', 'numpy'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
