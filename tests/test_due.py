"""Whether what a deadline tells of is still to be done."""

from __future__ import annotations

import sqlite3

import pytest
from index_samples import document

from nlp.analyse import analyse

HEAD = "青槐县总工会{year}年工作{kind}\n\n"


def told(body: str, *, year: int = 2019, kind: str = "总结") -> list[str]:
    """Return the modality of each task of a report."""
    return [task.modality for task in analyse(document(HEAD.format(year=year, kind=kind) + body)).tasks]


@pytest.mark.parametrize(
    "sentence",
    [
        "到9月底，已有31家企业签了合同。",
        "到去年底，全县只有4个村有活动室。",
        "到10月下旬，各镇换届才全部结束。",
        "到8月中旬，共有会员2600名。",
        "到今年6月底，仍未建起一处驿站。",
        "到5月底为止，共募集善款12万元。",
        "到2017年底，建成了职工书屋8家。",
        "到6月底，还没有一个镇完成登记。",
        "5月底前，企业建会已全部完成。",
    ],
)
@pytest.mark.parametrize("kind", ["总结", "汇报"])
def test_what_is_told_as_done_or_as_a_state_is_no_task(sentence, kind):
    found = told(f"一、工作回顾\n{sentence}\n", kind=kind)
    assert set(found) <= {"done"}


@pytest.mark.parametrize(
    "sentence",
    [
        "到9月底，要有31家企业签合同。",
        "到明年底，力争全县只有4个村没有活动室。",
        "10月底前，对已建成的书屋复查一遍。",
        "6月底前完成已立项项目的招标。",
        "11月底前，将已收的会费上缴。",
        "12月20日前，务必把才艺大赛的名单报来。",
        "年底前，为了方便职工，增设窗口3个。",
        "到2025年，会员达到5万名。",
        "3月底前了解各企业用工情况。",
        "9月底前仍未整改的，予以通报。",
    ],
)
def test_what_is_to_be_done_stays_a_task(sentence):
    [found] = told(f"二、明年打算\n{sentence}\n")
    assert found != "done"


def test_numbers_by_a_day_that_had_gone_by_are_those_of_that_day():
    assert told("一、主要成绩\n到8月底，发展会员1200名，建会46家。\n") == ["done"]
    assert told("一、主要成绩\n6月底前，为58名劳模体检。\n") == ["done"]
    assert told("二、下一步打算\n到8月底，发展会员1200名，建会46家。\n") != ["done"]
    assert told("一、主要成绩\n按照三年规划，到2018年底，发展会员1200名。\n") != ["done"]


def test_a_limit_in_a_list_of_what_is_set_right_stays_a_task():
    body = "一、存在问题\n1.台账不全。整改措施：补齐台账。责任单位：办公室。完成时限：2018年6月底。\n"
    assert "done" not in told(body, kind="整改方案")


def test_the_ledger_leaves_out_what_is_done_and_says_so(tmp_path):
    from click.testing import CliRunner

    from nianlun.cli import cli

    (tmp_path / "a.txt").write_text(
        HEAD.format(year=2019, kind="总结")
        + "一、工作回顾\n到9月底，已有31家企业签了合同。\n二、明年打算\n3月底前建书屋5家。\n",
        "utf-8",
    )
    base = str(tmp_path / "r.db")
    assert CliRunner().invoke(cli, ["ingest", str(tmp_path / "a.txt"), "--db", base]).exit_code == 0
    listed = CliRunner().invoke(cli, ["deadlines", "--db", base, "--format", "tsv"])
    assert "书屋" in listed.stdout and "31家" not in listed.stdout
    assert "另有 1 条不是任务" in listed.stderr and "a@" in listed.stderr
    whole = CliRunner().invoke(cli, ["deadlines", "--done", "--db", base, "--format", "tsv"])
    assert "31家" in whole.stdout and "另有" not in whole.stderr
    overdue = CliRunner().invoke(cli, ["deadlines", "--overdue-at", "2020-01-01", "--db", base, "--format", "tsv"])
    assert overdue.exit_code == 1 and "另有 1 条不是任务" in overdue.stderr
    with sqlite3.connect(base) as connection:
        assert [told for (told,) in connection.execute("SELECT modality FROM deadlines ORDER BY date_end")] == [
            "done",
            "",
        ]
    ledger = tmp_path / "tasks.csv"
    assert CliRunner().invoke(cli, ["export", "tasks", str(ledger), "--db", base]).exit_code == 0
    assert "31家" not in ledger.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("body", "due"),
    [
        ("二、明年打算\n1.入户走访。2020年2月底至5月底，走访困难职工。\n", ["2020-05-31"]),
        ("二、明年打算\n1.入户走访。2020年2月至5月，走访困难职工。\n", []),
        ("一、工作回顾\n1.入户走访。2019年2月底至5月底，走访困难职工。\n", []),
    ],
)
def test_a_stretch_of_a_plan_that_is_told_by_its_end_stands_in_the_ledger(body, due):
    found = analyse(document(HEAD.format(year=2019, kind="总结") + body))
    assert [task.date_end for task in found.tasks] == due
    assert all(time.kind == "period" for time in found.times if "底至" in time.text)
