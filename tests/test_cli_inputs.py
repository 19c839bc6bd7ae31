"""What people do wrong on the command line: a message in their words that says what would help, never a traceback."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_reports import write_reports

from nianlun.cli import cli
from nianlun.options import NO_MATCH, OK, SOME_FAILED, TOO_NEW, USAGE
from nianlun.worker import Task, read
from nianlun.workers import Reading, Workers


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index and files that are none."""
    folder = tmp_path_factory.mktemp("inputs")
    write_reports(folder / "reports")
    (folder / "two.txt").write_text(
        "第1篇:青岚县妇联2011年工作总结\n\n一年来,县妇联做了以下工作。\n一、开展培训。\n二、服务群众。\n\n"
        "第2篇:青岚县妇联2012年工作总结\n\n一年来,县妇联做了以下工作。\n一、开展宣传。\n二、关爱儿童。\n",
        encoding="utf-8",
    )
    assert run(folder, "ingest reports two.txt --db HERE/ok.db").exit_code == OK
    (folder / "empty.db").write_bytes(b"")
    (folder / "text.db").write_text("这不是数据库", encoding="utf-8")
    (folder / "folder.db").mkdir()
    whole = (folder / "ok.db").read_bytes()
    (folder / "half.db").write_bytes(whole[: len(whole) // 3])
    (folder / "other.db").touch()
    with sqlite3.connect(folder / "other.db") as other:
        other.execute("CREATE TABLE cakes (name TEXT)")
    (folder / "newer.db").write_bytes(whole)
    with sqlite3.connect(folder / "newer.db") as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('nianlun', 'm999_later', '')"
        )
    (folder / "blank.txt").write_bytes(b"")
    return folder


def run(folder: Path, line: str, lang: str = "zh") -> Result:
    """Run a command line; names of files in it are taken from the folder."""
    names = {path.name: str(path) for path in folder.iterdir()}
    words = [names.get(word, word.replace("HERE", str(folder))) for word in line.split(" ")]
    environment = {"LC_ALL": "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8", "NIANLUN_DB": None}
    return CliRunner(env=environment).invoke(cli, words)


@pytest.mark.parametrize(
    ("line", "code", "zh", "en"),
    [
        # an index that cannot be used
        ("docs --db HERE/none.db", USAGE, "先建一个:nianlun ingest", "Make one: nianlun ingest"),
        ("docs --db text.db", USAGE, "不是年轮的索引", "is not an index of nianlun"),
        ("docs --db folder.db", USAGE, "是文件夹,不是索引文件", "is a folder, not an index"),
        ("ingest reports --db folder.db", USAGE, "是文件夹,不是索引文件", "is a folder, not an index"),
        ("ingest reports --db HERE/nowhere/a.db", USAGE, "nowhere 这个文件夹", "There is no folder"),
        ("docs --db other.db", USAGE, "不是年轮的索引", "is not an index of nianlun"),
        ("search 经费 --db half.db", USAGE, "损坏", "damaged"),
        ("docs --db newer.db", TOO_NEW, "由更新版本的年轮写成", "written by a newer nianlun"),
        ("ingest reports --db newer.db", TOO_NEW, "请升级年轮", "Update nianlun"),
        ("ingest reports --db text.db", USAGE, "不是年轮的索引", "is not an index of nianlun"),
        ("doctor --db newer.db", TOO_NEW, "", ""),
        ("serve --db HERE/none.db", USAGE, "没有索引文件", "There is no index"),
        # references
        ("show 不存在 --db ok.db", NO_MATCH, "索引里没有 不存在", "There is no 不存在"),
        ("show two --db ok.db", USAGE, "请选一篇:two#1 two#2", "choose one: two#1 two#2"),
        ("show two#7 --db ok.db", NO_MATCH, "索引里没有 two#7。有:two#1 two#2", "There are: two#1 two#2"),
        ("show two#x --db ok.db", USAGE, "不是出处", "is no reference"),
        ("show 要点@9-3 --db ok.db", USAGE, "不是出处", "is no reference"),
        ("show 要点@90000-90003 --db ok.db", NO_MATCH, "不在其中", "is outside"),
        ("show 要点 --marks colour --db ok.db", USAGE, "没有“colour”这种标记", "There is no mark colour"),
        # queries
        ("search (经费 --db ok.db", USAGE, "有左括号而没有右括号", "an opening bracket without a closing one"),
        ("search -经费 --db ok.db", USAGE, "只有要排除的词", "nothing but words to leave out"),
        ("search NEAR --db ok.db", USAGE, "NEAR 要放在两个词之间", "NEAR stands between two terms"),
        ("search --db ok.db", USAGE, "缺少 'QUERY...'", "Missing argument"),
        ("problems --leaf no_money --db ok.db", USAGE, "没有“no_money”这类问题", "There is no problem no_money"),
        ("numbers --unit 光年 --db ok.db", NO_MATCH, "出现过的单位", "Units in the index"),
        ("numbers --sum --db ok.db", USAGE, "不能相加", "cannot be added"),
        ("search  --db ok.db", USAGE, "没有写要查的词", "There is nothing to look for"),
        ("search 经费 --page 99 --db ok.db", NO_MATCH, "没有第 99 页", "There is no page 99"),
        ("search 经费 NEAR/2 女童 --db ok.db", NO_MATCH, "可放宽,如 NEAR/30", "try NEAR/30"),
        # empty answers that say what would help
        ("similar 火星移民 --db ok.db", NO_MATCH, "换个说法", "Put it otherwise"),
        ("numbers --unit 人次 --of 火星 --db ok.db", NO_MATCH, "这里数的有:", "What is counted here:"),
        ("activities 火星移民 --db ok.db", NO_MATCH, "全部列出:nianlun activities", "nianlun activities lists them"),
        ("reuse --pair 要点 工会 --db ok.db", NO_MATCH, "nianlun similar", "nianlun similar"),
        ("export tasks HERE/none.csv --force --year 1999 --db ok.db", NO_MATCH, "索引里有:", "There are reports of:"),
        ("doctor --db HERE/none.db", USAGE, "建一个:nianlun ingest", "Make one: nianlun ingest"),
        # years and days
        ("docs --year abc --db ok.db", USAGE, "“abc” 不是年份", "“abc” is no year"),
        ("docs --year 2012..2004 --db ok.db", USAGE, "颠倒", "ends before it begins"),
        ("docs --year 1999 --db ok.db", NO_MATCH, "没有1999年的报告", "No report of 1999"),
        ("docs --org 水利局 --db ok.db", NO_MATCH, "筛选条件之下没有报告", "The filters leave no document"),
        ("deadlines --due 明天 --db ok.db", USAGE, "“明天” 不是日期", "“明天” is no day"),
        ("deadlines --due 2014-13 --db ok.db", USAGE, "“2014-13” 不是日期", "“2014-13” is no day"),
        ("deadlines --due 2014-03-32 --db ok.db", USAGE, "不是日期", "is no day"),
        ("deadlines --overdue-at 2014-02-30 --db ok.db", USAGE, "不是日期", "is no day"),
        ("deadlines --due 2014-03..2013-03 --db ok.db", USAGE, "起止日期颠倒", "ends before it begins"),
        ("deadlines --overdue-at 2014-01..2014-02 --db ok.db", USAGE, "是一段时间,这里要写一天", "is a span; one day"),
        ("compare 2011 年 --db ok.db", USAGE, "应为整数,在 1900 到 2100 之间。", "not a valid integer"),
        # numbers out of their range
        ("search 经费 --limit 0 --db ok.db", USAGE, "应不小于 1。", "a whole number from 1 up"),
        ("search 经费 --kwic -5 --db ok.db", USAGE, "应在 1 到 200 之间。", "from 1 to 200"),
        ("search 经费 --page x --db ok.db", USAGE, "应为整数", "not a valid integer"),
        ("serve --port 99999 --db ok.db", USAGE, "应在 1 到 65535 之间", "from 1 to 65535"),
        # leaves
        ("search 培训 --leaf 没有的 --db ok.db", USAGE, "没有“没有的”这类问题", "There is no problem 没有的"),
        ("problems --leaf 本领不足 --db ok.db", USAGE, "是不是要:本领恐慌 skill_panic?", "Did you mean 本领恐慌"),
        ("problems --leaf fundinggap --db ok.db", USAGE, "是不是要:经费不足", "Did you mean 经费不足 funding_gap?"),
        ("taxonomy nope --db ok.db", USAGE, "没有“nope”这套问题分类", "There is no taxonomy nope"),
        # words that do not exist
        (
            "serach 经费",
            USAGE,
            "没有 serach 这个命令。是不是想用 search?",
            "No such command 'serach'. Did you mean search?",
        ),
        ("docs --formt json", USAGE, "是不是想用 --format?", "Did you mean --format?"),
        ("docs --db", USAGE, "选项 --db 后面缺少值。写作:--db FILE", "Write: --db FILE"),
        ("docs --quiet=1", USAGE, "选项 --quiet 后面不跟值", "does not take a value"),
        ("show 001 002", USAGE, "多出了 002", "unexpected extra argument (002)"),
        ("corrections 1 2", USAGE, "--undo 1 2", "--undo 1 2"),
        ("docs --yaer 2012 --db ok.db", USAGE, "没有 --yaer 这个选项", "No such option"),
        ("docs --format xls --db ok.db", USAGE, "可选 table、json、jsonl、csv、tsv", "is not one of"),
        # files
        ("ingest HERE/gone --db HERE/new.db", USAGE, "没有这个文件或文件夹", "does not exist"),
        ("ingest folder.db --db HERE/new.db", NO_MATCH, "这里没有文件", "There is no file in"),
        ("ingest blank.txt --db HERE/new.db", SOME_FAILED, "文件是空的", "the file is empty"),
        ("analyse blank.txt", SOME_FAILED, "文件是空的", "the file is empty"),
        ("analyse reports", USAGE, "这是文件夹", "it is a folder"),
        ("analyse reports", USAGE, "用 nianlun ingest", "To read all of it: nianlun ingest"),
        ("analyse HERE/gone.txt", USAGE, "gone.txt。请检查名称和位置", "gone.txt does not exist. See to its name"),
        # files to write, looked at before anything is done
        ("backup HERE/nowhere/b.db --db ok.db", USAGE, "nowhere 这个文件夹", "There is no folder"),
        ("backup HERE/blank.txt/b.db --db ok.db", USAGE, "是文件,不是文件夹", "is a file, no folder"),
        ("export tasks HERE/nowhere/a.xlsx --db ok.db", USAGE, "nowhere 这个文件夹", "There is no folder"),
        ("export tasks HERE/blank.txt/a.xlsx --db ok.db", USAGE, "是文件,不是文件夹", "is a file, no folder"),
        (
            "export tasks HERE/a.xlsx --mask-report HERE/nowhere/m.csv --db ok.db",
            USAGE,
            "nowhere 这个文件夹",
            "There is no folder",
        ),
        ("corrections --save HERE/nowhere/c.jsonl --db ok.db", USAGE, "nowhere 这个文件夹", "There is no folder"),
        ("annotations --export HERE/nowhere/a.json --db ok.db", USAGE, "nowhere 这个文件夹", "There is no folder"),
        ("show 要点@1-3 --image HERE/nowhere/a.png --db ok.db", USAGE, "nowhere 这个文件夹", "There is no folder"),
        ("problems --by year --chart HERE/nowhere/a.png --db ok.db", USAGE, "nowhere 这个文件夹", "There is no folder"),
        (
            "problems --by year --chart HERE/a.gif --db ok.db",
            USAGE,
            "文件名的结尾可用:.png .svg .html",
            "Known: .png .svg .html",
        ),
        ("compare 2011 2012 --chart HERE/a --db ok.db", USAGE, "文件名的结尾可用:.png", "Known: .png"),
        ("problems --by year --chart folder.db --db ok.db", USAGE, "文件名的结尾可用", "Known: .png"),
        ("export tasks folder.db --db ok.db", USAGE, "是文件夹,请写文件名", "is a folder. Name a file"),
    ],
)
def test_bad_input_is_told_in_the_users_words(place: Path, line: str, code: int, zh: str, en: str) -> None:
    for lang, words in (("zh", zh), ("en", en)):
        result = run(place, line, lang)
        assert result.exit_code == code, (line, result.output, result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert words in result.output, (line, lang, result.output)
        assert "Traceback" not in result.output


def test_a_query_is_shown_as_it_was_typed_and_not_at_full_length(place: Path) -> None:
    told = run(place, "search -经费 --db ok.db").stderr
    assert "“-经费”" in told and "\uff0d" not in told
    long = "，".join(["没有的词"] * 200)
    assert len(run(place, f"search {long} --db ok.db").stderr) < 600


@pytest.mark.parametrize("line", ["problems --by year --chart HERE/a.gif", "export tasks HERE/nowhere/a.xlsx"])
def test_what_cannot_be_written_is_told_before_anything_is_done(place: Path, line: str) -> None:
    assert run(place, line + " --db ok.db").stdout == ""


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (errno.ENOENT, "没有这个文件或文件夹", "no such file or folder"),
        (errno.EACCES, "没有权限。请换个位置", "no permission. Take another place"),
        (errno.ENOSPC, "磁盘满了。请腾出空间", "the disk is full. Make room"),
        (errno.ELOOP, "请检查磁盘和权限", "See to the disk"),
    ],
)
def test_what_the_system_refuses_is_told_with_its_file_and_a_remedy(
    tmp_path: Path, number: int, zh: str, en: str
) -> None:
    from nianlun.failures import explain

    for lang, words in (("zh", zh), ("en", en)):
        told, code = explain(OSError(number, os.strerror(number), str(tmp_path / "a.csv")), lang)
        assert code == USAGE and words in told and "a.csv" in told
    assert "写不出结果" in explain(OSError(number, os.strerror(number)), "zh")[0]


def test_a_folder_without_permission_is_told_before_anything_is_done(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nianlun.targets.os.access", lambda path, mode: mode == os.R_OK)
    for line in ("backup HERE/b.db", "export tasks HERE/a.xlsx"):
        assert "没有在" in run(place, line + " --db ok.db").stderr
    assert "改写它的权限" in run(place, "export tasks blank.txt --db ok.db").stderr


def test_an_empty_file_as_index_is_an_empty_index(place: Path) -> None:
    result = run(place, "docs --db empty.db")
    assert result.exit_code == NO_MATCH
    assert "索引里还没有报告" in result.stderr


def test_an_index_that_another_program_holds_is_told(place: Path) -> None:
    from nianlun.failures import explain

    message, code = explain(sqlite3.OperationalError("database is locked"), "zh", "a.db")
    assert (message, code) == ("索引 a.db 正被另一个程序写入,稍后再试。", USAGE)


def test_a_fault_of_the_program_itself_fails_one_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nlp.analyse

    def fail(document: object, *_: object) -> object:
        raise KeyError("somewhere")

    path = write_reports(tmp_path / "reports") / "总结.txt"
    task = Task(path=str(path), name="reports/总结.txt", size=1)
    assert [item[0] for item in read(task)] == ["source", "chunk"]
    monkeypatch.setattr(nlp.analyse, "analyse", fail)
    (found,) = read(task)
    assert found[:3] == ("trouble", "reports/总结.txt", "internal")
    assert "程序处理这个文件时出错(KeyError: 'somewhere', test_cli_inputs.py:" in found[4]


def test_ctrl_c_leaves_an_index_that_the_next_run_completes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_all = Workers.read

    def interrupted(self: Workers, tasks: Iterable[Task | None]) -> Iterator[Reading | None]:
        for number, reading in enumerate(one for one in read_all(self, tasks) if one is not None):
            if number == 2:
                raise KeyboardInterrupt
            yield reading

    write_reports(tmp_path / "reports")
    monkeypatch.setattr("nianlun.reading.TOGETHER_SECONDS", -1)  # each file goes in at once
    monkeypatch.setattr(Workers, "read", interrupted)
    stopped = run(tmp_path, "ingest reports --db HERE/reports.db")
    assert stopped.exit_code == 130
    assert "已读入的 2 个文件都在索引里" in stopped.stderr
    monkeypatch.setattr(Workers, "read", read_all)
    again = run(tmp_path, "ingest reports --db HERE/reports.db")
    assert "读入 2 个文件" in again.stderr and "未变 2" in again.stderr


def test_a_folder_that_cannot_be_listed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = write_reports(tmp_path / "reports")
    (reports / "locked").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = run(tmp_path, "ingest reports --db HERE/reports.db")
    assert result.exit_code == SOME_FAILED
    assert "locked" in result.stderr and "读入 4 个文件" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_file_with_a_name_in_gbk_is_read_under_its_chinese_name(tmp_path: Path) -> None:
    write_reports(tmp_path / "reports")
    odd = os.path.join(os.fsencode(tmp_path / "reports"), "年终总结.txt".encode("gbk"))
    os.rename(tmp_path / "reports" / "总结.txt", odd)
    assert run(tmp_path, "ingest reports --db HERE/reports.db --format jsonl").exit_code == OK
    assert "年终总结" in run(tmp_path, "docs --db HERE/reports.db").stdout


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes in folders there")
def test_a_pipe_in_a_folder_is_reported_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(write_reports(tmp_path / "reports") / "pipe.txt")
    result = run(tmp_path, "ingest reports --db HERE/reports.db")
    assert result.exit_code == SOME_FAILED and "pipe.txt" in result.stderr


def test_a_link_that_leads_in_a_circle_ends(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "reports")
    try:
        (reports / "again").symlink_to(reports, target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed here")
    assert "读入 4 个文件" in run(tmp_path, "ingest reports --db HERE/reports.db").stderr
