"""Tasks: what is due by a deadline, who is to do it, how much, and how surely that is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runaway import no_runaway

from nlp.outline import find_sections
from nlp.quantities import find_quantities, load_units
from nlp.records import Task
from nlp.tasks import find_tasks
from nlp.times import find_times


def read(text: str, year: int | None = 2012) -> list[Task]:
    times = find_times(text, year=year)
    taken = [(time.start, time.end) for time in times]
    quantities = list(find_quantities(text, load_units(), taken=taken))
    return list(find_tasks(text, list(find_sections(text, doc_type="plan")), times, quantities))


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("2. 4月底前选定场地，5月中旬开工。", "选定场地"),
        ("2. 年底前覆盖率达到九成，目前已有六个村。", "覆盖率达到九成"),
        ("2. 4月底前选定场地，上年遗留的手续一并补齐。", "选定场地，上年遗留的手续一并补齐"),
    ],
)
def test_a_clause_with_a_time_of_its_own_or_of_what_is_so_far_is_no_part_of_what_is_due(text: str, task: str) -> None:
    assert read(text)[0].task == task


@pytest.mark.parametrize(
    ("text", "task", "amounts"),
    [
        ("5月底前，在东片新建2所幸福院，每所床位不少于20张。", "在东片新建2所幸福院，每所床位不少于20张", ("2所", "20张")),
        ("8月10日前完成水渠清淤，不留死角。", "完成水渠清淤", ()),
        ("力争年底前合作社入社率达到60%。", "合作社入社率达到60%", ("60%",)),
        ("其中灌渠7月底前全线贯通验收。", "灌渠全线贯通验收", ()),
        ("筹资8万元，资助贫困学生40名，9月1日前发放到位。", "资助贫困学生40名，发放到位", ("40名",)),
        ("新建书屋10间，每间藏书不少于500册，6月底前建成4间。", "新建书屋10间，建成4间", ("4间",)),
        ("组织骨干下乡宣讲，年底前不少于6场。", "组织骨干下乡宣讲，不少于6场", ("6场",)),
        ("梳理出意见15条，6月10日前提交县政府研究。", "梳理出意见15条，提交县政府研究", ("15条",)),
    ],
)  # fmt: skip
def test_what_is_due_stands_in_the_clauses_around_the_deadline(text: str, task: str, amounts: tuple[str, ...]) -> None:
    [found] = read(text)
    assert (found.task, found.basis, found.amounts) == (task, "stated", amounts)


@pytest.mark.parametrize(
    ("text", "task", "basis"),
    [
        ("3、做好孤寡老人信息核对，核对到户到人。要求4月20日前完成。", "孤寡老人信息核对", "neighbour"),
        ("新辟果园一处，面积30亩，目前树坑已挖好，要求4月20日前完成。", "新辟果园一处", "stated"),
        ("2．“爱心书包”行动。4月20日前发放到位。", "“爱心书包”行动", "heading"),
    ],
)
def test_a_bare_completion_refers_back_to_its_item(text: str, task: str, basis: str) -> None:
    [found] = read(text)
    assert found.task.startswith(task)
    assert found.basis == basis
    assert found.text in text


@pytest.mark.parametrize(
    ("text", "who", "basis"),
    [
        ("各乡镇妇联要于4月5日前上报名册。", "各乡镇妇联", "stated"),
        ("4月5日前，各村委会对照清单自查一遍。", "各村委会", "stated"),
        ("县总工会4月督查一次，12月5日前完成考核。", "县总工会", "stated"),
        ("由县妇联牵头，4月5日前建成站点3个。", "县妇联", "stated"),
        ("4月5日前建成站点3个。（责任单位：县民政局、县残联）", "县民政局、县残联", "stated"),
        ("公安、民政、卫生几家，4月5日之前碰一次头。", "公安、民政、卫生几家", "stated"),
        ("1、各村妇联主席要建好台账。\n2、做好孤儿信息登记。要求4月5日前完成。", "各村妇联主席", "neighbour"),
        ("3、开展助残活动，各村妇代会主任选择参加。要求4月5日前完成。", "各村妇代会主任", "neighbour"),
        ("4月5日前建成站点3个。", "", ""),
        ("围绕中心，服务大局，4月5日前建成站点3个。", "", ""),
        ("二季度举办1期培训班，6月底前轮训一遍。", "", ""),
    ],
)
def test_who_is_to_do_it_is_named_with_how_that_is_known(text: str, who: str, basis: str) -> None:
    found = read(text)[-1]
    assert (found.who, found.who_basis) == (who, basis)


@pytest.mark.parametrize("gap", ["\t", " "])
def test_a_row_of_a_table_is_read_by_its_columns(gap: str) -> None:
    rows = [
        ["序号", "任务", "责任单位", "完成时限"],
        ["1", "制定方案，印发到村", "各镇人民政府", "9月30日前"],
        ["2", "3所学校食堂改造", "教育股、基建办", "11月20日前"],
    ]
    found = read("\n".join(gap.join(row) for row in rows))
    assert [(one.task, one.who, one.amounts, one.date_end) for one in found] == [
        ("制定方案，印发到村", "各镇人民政府", (), "2012-09-30"),
        ("3所学校食堂改造", "教育股、基建办", ("3所",), "2012-11-20"),
    ]


def test_the_columns_may_stand_in_another_order_and_some_be_missing() -> None:
    [found] = read("时间节点\t工作内容\t备注\n9月30日前\t换发证件200本\t略")
    assert (found.task, found.who, found.amounts) == ("换发证件200本", "", ("200本",))


def test_measures_come_before_problems_and_bodies_before_leaders_in_a_table() -> None:
    [found] = read("存在问题\t整改措施\t责任领导\t责任部门\t整改时限\n场地小\t扩建2间\t甲某\t组宣部\t6月30日前")
    assert (found.task, found.who, found.amounts) == ("扩建2间", "组宣部", ("2间",))


def test_a_row_spelt_out_by_its_labels_is_read_by_them() -> None:
    text = "序号：2；重点任务：养老；具体内容：培训护理员80人次；牵头单位：县人社局；配合单位：县民政局；完成时限：11月底前。"
    [found] = read(text)
    assert (found.task, found.who, found.amounts) == ("培训护理员80人次", "县人社局", ("80人次",))


def test_labels_of_a_list_name_task_and_person() -> None:
    text = (
        "问题1：台账不全。\n整改措施：①补齐台账；②专人保管。\n责任领导：甲某 责任人：科长乙某 完成时限：2012年6月30日"
    )
    [found] = read(text)
    assert found.task == "①补齐台账；②专人保管"
    assert (found.basis, found.who, found.who_basis) == ("neighbour", "科长乙某", "stated")


def test_every_deadline_has_one_task_and_other_times_have_none() -> None:
    text = "3月5日开会。5月底前换届，10月底前验收；每月10日接访。"
    assert [(one.due, one.task) for one in read(text)] == [("5月底前", "换届"), ("10月底前", "验收")]
    assert read("3月5日开会，每月10日接访。") == []


def test_the_ledger_shows_task_who_and_amounts(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from nianlun.cli import cli

    report = tmp_path / "a.txt"
    report.write_text("青岚县妇联2012年工作要点\n一、各乡镇妇联要于4月5日前上报名册3份。\n", "utf-8")
    db = str(tmp_path / "a.db")
    assert CliRunner().invoke(cli, ["ingest", str(report), "--db", db]).exit_code == 0
    shown = CliRunner().invoke(cli, ["deadlines", "--db", db, "--format", "csv"]).stdout.splitlines()
    assert shown[0].lstrip("\ufeff").startswith("序号,任务,责任单位,数量,时限")
    assert shown[1].startswith("1,上报名册3份,各乡镇妇联,3份,2012-04-05")


PIECES = st.sampled_from(
    ["完成", "各村", "妇联", "要", "6月底前", "责任单位：", "完成时限：", "措施：", "年底前", "一、", "其余", "10个", *"，。；\n\t 其中于在（）“”"]
)  # fmt: skip


@settings(deadline=None)  # the first one loads the tables
@given(st.lists(PIECES, max_size=16).map("".join))
def test_every_task_quotes_the_text(text: str) -> None:
    found = read(text)
    assert len(found) == sum(time.kind == "deadline" for time in find_times(text, year=2012))
    for task in found:
        assert task.text == text[task.start : task.end]
        assert text[task.due_start : task.due_end] == task.due
        assert bool(task.task) == bool(task.basis)
        assert bool(task.who) == bool(task.who_basis)


@pytest.mark.parametrize(
    "unit", ["6月底前", "，", "各村、", "局", "责任单位：", "6月底前 ", "6月底前\t甲\t乙\n", "6月底前完成，"]
)
def test_a_long_run_costs_no_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    with no_runaway():
        read(text)


@pytest.mark.parametrize(
    ("text", "task", "who"),
    [
        ("家长课开两次，每次一小时，教务处负责，11月20日前完成。", "家长课开两次，完成", "教务处"),
        ("锅炉无安全阀，责成设备部7月5日前加装完毕。", "锅炉无安全阀，加装完毕", "设备部"),
        ("人力资源部负责7月底前全部送培。", "全部送培", "人力资源部"),
        ("建议县财政局6月底前拨付配套资金。", "拨付配套资金", "县财政局"),
        ("各单位10月20日前将方案报县局（联系人：张云，电话62210）。", "方案报县局", "各单位"),
        ("县直各团委11月15日前将总结报办公室，联系电话：62210。", "总结报办公室", "县直各团委"),
        ("9月底前建成阅览角20个，由各乡镇文化站负责。", "建成阅览角20个", "各乡镇文化站"),
        ("9月底前查清旧账，由负责人签字后上报。", "查清旧账，由负责人签字后上报", ""),
        ("资助新生12名，8月底前发放到位（责任单位：学少部）。", "资助新生12名，发放到位", "学少部"),
        ("接地电阻超标（实测16，标准10），7月10日前整改。", "接地电阻超标（实测16，标准10），整改", ""),
        ("全部9月底前建成联系点。", "建成联系点", ""),
        ("上级建议书6月底前送到。", "上级建议书送到", ""),
    ],
)
def test_who_is_named_beside_the_deadline_and_no_contact_belongs_to_the_task(text: str, task: str, who: str) -> None:
    (found,) = read(text)
    assert (found.task, found.who) == (task, who)


@pytest.mark.parametrize(
    ("text", "task", "who"),
    [
        ("修好机耕桥，清完淤泥。（责任单位：农技站，完成时限：7月底前）", "修好机耕桥，清完淤泥", "农技站"),
        ("2.补齐应急物资。\n责任领导：赵某\n责任部门：后勤科\n完成时限：7月底", "补齐应急物资", "后勤科"),
        ("（责任单位：农技站；完成时限：7月底）", "", "农技站"),
        ("（二）摸底阶段（7月8日前）。", "摸底阶段", ""),
        ("抢收早稻（7月8日前完成）", "抢收早稻", ""),
        (
            "各县（区）、西岭开发区（详见分工）要拟定方案，7月8日前报市科协。",
            "拟定方案，报市科协",
            "各县（区）、西岭开发区",
        ),
        ("区、县残联和受检系统应于7月8日前将小结上报市残联。", "小结上报市残联", "区、县残联和受检系统"),
        ("7月底前，村妇联负责摸清孤寡老人底数。", "负责摸清孤寡老人底数", "村妇联"),
        ("各片区要备好表册，7月8日前报督查组（设在政府办，电话：5550000）。", "备好表册，报督查组", "各片区"),
        ("新村卫生室，计划于今年3月开工，年底建成。", "新村卫生室，建成", ""),
        ("新村卫生室，该项目占地2亩，年底建成。", "新村卫生室，建成", ""),
    ],
)
def test_labels_and_brackets_belong_to_the_item_before_them(text: str, task: str, who: str) -> None:
    found = read(text)[-1]
    assert (found.task, found.who) == (task, who)


BELOW = """整改措施：清点全部公房，5月10日前登记造册。
完成期限：立行立改，6月20日前完成。
责任科室：房管站
责任人：周某

其他事项：另行安排。"""


def test_labels_below_a_deadline_tell_who_and_what_is_said_of_it_does_not_hide_the_label() -> None:
    inner, labelled = read(BELOW)
    assert (inner.task, inner.who) == ("登记造册", "房管站")
    assert (labelled.task, labelled.who, labelled.date_end) == (
        "清点全部公房，5月10日前登记造册",
        "房管站",
        "2012-06-20",
    )


def test_labels_behind_a_line_that_is_none_belong_to_another_item() -> None:
    [task] = read("5月10日前报送名单。\n各村照此办理。\n责任科室：房管站")
    assert task.who == ""


def test_what_is_issued_by_a_day_stands_before_it() -> None:
    [task] = read("修订考勤办法，5月10日前印发执行。")
    assert task.task == "修订考勤办法，印发执行"


@pytest.mark.parametrize(
    ("text", "task", "who"),
    [
        ("7月8日前，各单位报送名册。", "报送名册", "各单位"),
        ("各班级于7月8日前上交手册。", "上交手册", "各班级"),
        ("7月8日前，各系将照片发到邮箱。", "将照片发到邮箱", "各系"),
        ("各系统于7月8日前自查。", "自查", "各系统"),
        ("参评单位请于7月8日前将名册寄出。", "名册寄出", "参评单位"),
        ("各教研组于7月8日前写好小结。", "写好小结", "各教研组"),
        ("各村妇联：\n请于7月8日前将名册寄出。", "名册寄出", "各村妇联"),
        ("各村妇联：\n7月8日前，请寄出名册。", "寄出名册", "各村妇联"),
        ("各村妇联：\n镇里7月8日前印好名册。", "镇里印好名册", ""),
        ("分工如下：\n请于7月8日前将名册寄出。", "名册寄出", ""),
    ],
)
def test_who_is_asked_is_named_in_the_clause_or_is_addressed_above(text: str, task: str, who: str) -> None:
    found = read(text)[-1]
    assert (found.task, found.who) == (task, who)


@pytest.mark.parametrize(
    ("text", "task", "who"),
    [
        ("7月8日前，县农机局完成检修。", "完成检修", "县农机局"),
        ("7月8日前，县农机局、县供销社联合社完成检修。", "县农机局、县供销社联合社完成检修", ""),
        ("7月8日前，推动县农机局完成检修。", "推动县农机局完成检修", ""),
        ("各中心学校对所属中小学开展检查，7月8日前报送汇总表。", "报送汇总表", "各中心学校"),
        ("“书香之家”推荐时间为7月8日前（表格另发）。", "“书香之家”推荐", ""),
        ("6月底前，理清台账。7月8日前，敬老院建成投用。", "敬老院建成投用", ""),
        ("各班周五前报名。", "报名", "各班"),
    ],
)
def test_a_body_behind_the_deadline_does_it_and_a_label_of_time_is_no_part_of_it(
    text: str, task: str, who: str
) -> None:
    found = read(text)[-1]
    assert (found.task, found.who) == (task, who)


@pytest.mark.parametrize(
    ("text", "task", "who"),
    [
        ("县档案局、县供销社办制定目录（7月8日前）。", "制定目录", "县档案局、县供销社办"),
        ("查清底数，并列出清单（7月8日前）。", "查清底数，并列出清单", ""),
        ("各基层团组织7月8日前报送名册。", "报送名册", "各基层团组织"),
        ("县妇联开展的展览7月8日前撤展。", "县妇联开展的展览撤展", ""),
    ],
)
def test_a_deadline_in_brackets_is_that_of_the_whole_sentence(text: str, task: str, who: str) -> None:
    [found] = read(text)
    assert (found.task, found.who) == (task, who)
