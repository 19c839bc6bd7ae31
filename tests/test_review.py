"""Corrections from the command line: one by one, in a queue, the log, and files of judged sentences."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_reports import SUMMARY, write_reports

from index.characters import fold
from index.store import Index
from nianlun import review
from nianlun.cli import cli
from nianlun.interrupts import INTERRUPTED
from nianlun.labelled import COLUMNS
from nianlun.options import NO_MATCH, OK, USAGE
from nlp import train

SHORT, MONEY = (fold(next(line for line in SUMMARY.splitlines() if word in line)) for word in ("业务不熟", "缺口"))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    write_reports(tmp_path / "reports")
    assert run("ingest", tmp_path / "reports", "--db", tmp_path / "reports.db").exit_code == OK
    return tmp_path / "reports.db"


def run(*words: object, keys: str = "", lang: str = "zh") -> Result:
    environment = {"LC_ALL": "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8", "NIANLUN_DB": None, "COLUMNS": "160"}
    return CliRunner(env=environment).invoke(cli, [str(word) for word in words], input=keys)


def rows(*words: object, keys: str = "") -> list[dict[str, object]]:
    return [json.loads(line) for line in run(*words, "--format", "jsonl", keys=keys).stdout.splitlines()]


def place(words: str, ref: str = "总结", text: str = SUMMARY) -> str:
    at = fold(text).index(words)
    return f"{ref}@{at}-{at + len(words)}"


def sentences(db: Path) -> dict[str, tuple[str, str]]:
    with Index.open(db, read_only=True) as index:
        return {fold(one.sentence.strip()): (one.main, one.rule) for one in index.problem_mentions(None)}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (("年份", "2011"), "2011", "总结 的年份,2012 → 2011"),
        (("year", "无"), None, "2012 → 无"),
        (("文种", "调研"), "research", "工作总结 → 调研报告"),
        (("单位", "青岚县总工会"), "青岚县总工会", "的单位"),
    ],
)
def test_a_report_is_corrected_in_words_of_the_user(db: Path, field: tuple[str, str], value: object, told: str) -> None:
    result = run("correct", "总结", *field, "--by", "林", "--why", "看过原件", "--db", db)
    assert result.exit_code == OK and told in result.stderr, result.stderr
    key = {"年份": "year_label", "year": "year_label", "文种": "doc_type", "单位": "org"}[field[0]]
    (row,) = [row for row in rows("docs", "--db", db) if row["ref"] == "总结"]
    assert row[key] == value and len(row["corrected"]) == 1
    assert "人工更正" in run("docs", "--db", db, "--format", "csv").stdout
    (logged,) = rows("corrections", "--db", db)
    assert (logged["made_by"], logged["why"], logged["state"]) == ("林", "看过原件", "placed")
    assert run("correct", "总结", field[0], "--undo", "--db", db).exit_code == OK
    (row,) = [row for row in rows("docs", "--db", db) if row["ref"] == "总结"]
    assert row["corrected"] == [] and (row["year"], row["org"], row["doc_type"]) == (2012, "青岚县妇联", "summary")


@pytest.mark.parametrize(
    ("words", "field", "value", "leaf"),
    [
        (MONEY, "类别", "重视不够,经费", "low_attention"),
        (MONEY, "leaf", "funding_gap", "funding_gap"),
        (MONEY, "问题", "不是", None),
        ("经费有保证", "问题", "是", "other"),
    ],
)
def test_a_sentence_is_corrected_in_words_of_the_user(
    db: Path, words: str, field: str, value: str, leaf: str | None
) -> None:
    assert run("correct", place(words), field, value, "--db", db).exit_code == OK
    found = {main for sentence, (main, rule) in sentences(db).items() if words in sentence and rule == "corrected"}
    assert found == ({leaf} if leaf else set())
    assert (words in "".join(sentences(db))) == (leaf is not None)
    shown = run("show", "总结", "--db", db, "--format", "json").stdout
    assert (leaf is None) != ('"label": "' + str(leaf) in shown)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("总结", "年份", "明年"), USAGE, "“明年”不是年份"),
        (("总结", "颜色", "红"), USAGE, "没有“颜色”这一项"),
        (("总结", "类别", "经费"), USAGE, "要写出处,如 总结@512-540"),
        (("总结@1-3", "类别", "什么都不是"), USAGE, "没有“什么都不是”这类问题"),
        (("总结@5-9", "数值", "3"), USAGE, "没有可更正的内容"),
        (("总结", "文种", "诗"), USAGE, "可选:计划要点(plan)"),
        (("总结", "年份"), USAGE, "--undo"),
        (("总结", "年份", "2011", "--undo"), USAGE, "--undo"),
        (("总结", "--undo"), USAGE, "没有可撤销的更正"),
        (("总决", "年份", "2011"), NO_MATCH, "总决"),
    ],
)
def test_a_wrong_correction_is_told_in_both_languages(db: Path, words: tuple[str, ...], code: int, told: str) -> None:
    result = run("correct", *words, "--db", db)
    assert (result.exit_code, result.stdout) == (code, "") and told in result.stderr
    english = run("correct", *words, "--db", db, "--lang", "en")
    assert english.exit_code == code and english.stderr != result.stderr
    assert rows("corrections", "--db", db) == []


def test_nothing_is_made_where_there_is_no_index(tmp_path: Path) -> None:
    for words in (("correct", "总结", "year", "2011"), ("review",), ("corrections",)):
        assert run(*words, "--db", tmp_path / "none.db").exit_code == USAGE
        assert not (tmp_path / "none.db").exists()


def test_a_review_goes_from_the_least_certain_on_and_keeps_every_key(db: Path) -> None:
    before = sentences(db)
    with Index.open(db, read_only=True) as index:
        items, base = review.queue(index)
    sure = [item.confidence for item in items]
    assert sure == sorted(sure) and base == len(before) == len(items) >= 3
    result = run("review", "--db", db, "--by", "林", "--format", "jsonl", keys="y\nn\nl 经费 3\n")
    assert result.exit_code == OK
    first, second, third = (fold(item.mention.sentence.strip()) for item in items[:3])
    after = sentences(db)
    assert after[first] == (before[first][0], "corrected")
    assert second not in after
    assert after[third] == ("funding_gap", "corrected")
    assert "第 1/" in result.stderr and "看了 3 句:对 1,不是问题 1,换类别 1" in result.stderr
    made = [json.loads(line) for line in result.stdout.splitlines()]
    assert {(row["field"], row["made_by"]) for row in made} == {("polarity", "林"), ("leaves", "林"), ("problem", "林")}
    with Index.open(db, read_only=True) as index:
        assert len(review.queue(index)[0]) == base - 3  # what was judged does not come again
        assert len(review.queue(index, leaf="经费不足", limit=1)[0]) <= 1


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ("n\nu\nq\n", 0),
        ("n\nn\nu\nq\n", 1),
        ("u\nx\n\ns\ns\nu\nq\n", 0),
        ("l\n没有这类\nq\n", 0),
        ("l\n6\n", 2),
        ("l 999\nq\n", 0),
        ("Y\n", 2),
        ("", 0),
    ],
)
def test_keys_of_a_review_can_be_taken_back(db: Path, keys: str, left: int) -> None:
    before = sentences(db)
    result = run("review", "--db", db, "--format", "jsonl", keys=keys)
    assert result.exit_code == OK, result.output
    assert len(result.stdout.splitlines()) == left
    if not left:
        assert sentences(db) == before


def test_a_review_that_is_broken_off_keeps_what_was_decided(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter("yn")

    def key(self: object, prompt: str) -> str:
        try:
            return next(given)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(review.LineKeys, "key", key)
    result = run("review", "--db", db)
    assert result.exit_code == INTERRUPTED and "看了 2 句" in result.stderr
    assert len(rows("corrections", "--db", db)) == 3


def test_equal_sentences_are_judged_together(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "reports")
    (folder / "另一乡.txt").write_text(f"柳林乡妇联2010年工作总结\n一、存在的问题\n{MONEY}\n", encoding="utf-8")
    db = tmp_path / "reports.db"
    run("ingest", folder, "--db", db)
    result = run("review", "--leaf", "经费不足", "--db", db, keys="n\n" * 9)
    assert "另有 1 处同样的句子" in result.stderr
    assert not any("日常经费缺口" in sentence for sentence in sentences(db))
    run("review", "--db", db, keys="q")
    assert run("review", "--leaf", "经费不足", "--db", db).exit_code == NO_MATCH


def test_corrections_outlive_another_file_format_and_another_index(db: Path, tmp_path: Path) -> None:
    run("correct", place(MONEY), "类别", "重视不够", "--db", db)
    run("correct", "总结", "year", "2011", "--db", db)
    assert run("corrections", "--save", tmp_path / "log.jsonl", "--db", db).exit_code == OK
    old, new = tmp_path / "reports" / "总结.txt", tmp_path / "reports" / "年度总结.html"
    lines = "".join(f"<p>{line}</p>" for line in SUMMARY.splitlines())
    new.write_text(f"<html><body><article>{lines}</article></body></html>", encoding="utf-8")
    old.unlink()
    assert run("ingest", tmp_path / "reports", "--prune", "--db", db).exit_code == OK
    assert [(row["state"], row["value"]) for row in rows("corrections", "--db", db)] == [
        ("placed", "low_attention"), ("placed", "2011"),
    ]  # fmt: skip
    other = tmp_path / "other.db"
    run("ingest", tmp_path / "reports", "--db", other)
    for count in (2, 0):  # a second time brings nothing new
        result = run("corrections", "--load", tmp_path / "log.jsonl", "--db", other)
        assert result.exit_code == OK and f"读入 {count} 条" in result.stderr
    assert sentences(other) == sentences(db)
    assert [row["year_label"] for row in rows("docs", "--year", "2011", "--db", other)] == ["2011", "2011"]
    assert run("corrections", "--load", db, "--db", other).exit_code == USAGE


def test_judged_sentences_are_written_in_the_form_that_training_reads(db: Path, tmp_path: Path) -> None:
    assert COLUMNS == train.COLUMNS
    run("correct", place(MONEY), "类别", "重视不够 经费", "--db", db)
    run("correct", place(SHORT), "问题", "否", "--db", db)
    run("correct", place("经费有保证"), "肯否", "否定", "--db", db)
    path = tmp_path / "labelled.csv"
    assert run("corrections", "--export", path, "--db", db).exit_code == OK
    (tmp_path / "reports" / "总结.txt").unlink()
    run("ingest", tmp_path / "reports", "--prune", "--db", db)
    for again in (False, True):
        if again:  # the report is gone from the index: what was said of it is still learned from
            assert run("corrections", "--export", path, "--db", db).exit_code == OK
        with path.open(encoding="utf-8", newline="") as file:
            found = {fold(row["text"]): (row["categories"], row["polarity"]) for row in csv.DictReader(file)}
        assert found[MONEY] == ("low_attention funding_gap", "asserted")
        assert found[SHORT] == ("", "none")
        assert [value for text, value in found.items() if "保证" in text] == [("other", "negated")]
        assert {fold(one.text) for one in train.read_labelled([path])} == set(found)


def test_training_counts_a_judged_sentence_several_times_and_takes_it_for_the_truth() -> None:
    def labelled(text: str, leaf: str) -> train.Labelled:
        return train.Labelled(
            text=text, categories=(leaf,), polarity="asserted", scope="own_organisation", role="problems"
        )

    own = [labelled("账上见底。", "funding_gap"), labelled("人走房空。", "staff_shortage")]
    judged = [labelled("人走房空。", "left_behind")]
    both = train.with_judged(own, judged, 3)
    assert [(one.text, one.categories[0]) for one in both] == [("人走房空。", "left_behind")] * 3 + [
        ("账上见底。", "funding_gap")
    ]
    assert train.with_judged(own, []) == sorted(own, key=lambda one: one.text)
    train.check(both, "labelled.csv")
    with pytest.raises(ValueError, match=r"labelled\.csv: 账上见底"):
        train.check([labelled("账上见底。", "no_such_leaf")], "labelled.csv")


def test_a_notebook_corrects_and_sees_it_at_once(db: Path) -> None:
    from nianlun.notebook import Reports

    with Reports(db, lang="zh") as reports:
        made = reports.correct("总结", "年份", 2011, by="林", why="落款有误")
        assert (made["was"], made["value"], made["state"]) == ("2012", "2011", "placed")
        document = reports.docs.set_index("ref").loc["总结"]
        assert (document["year_label"], document["year_basis"], document["corrected"]) == (
            "2011",
            "corrected",
            ["year"],
        )
        reports.correct(place(MONEY), "类别", "重视不够")
        assert reports.problems("重视不够", mentions=True)["rule"].tolist() == ["corrected"]
        assert "(重视不够 ✓)" in str(reports["总结"])
        reports.correct("总结", "year", None)
        reports.undo(*reports.corrections["number"])
        assert reports.corrections["state"].tolist() == ["undone"] * 3
        assert "✓" not in str(reports["总结"])


def test_reading_again_says_which_corrections_have_lost_their_words(db: Path, tmp_path: Path) -> None:
    run("correct", place(MONEY), "类别", "重视不够", "--db", db)
    changed = (
        (tmp_path / "reports" / "总结.txt").read_text(encoding="utf-8").replace("日常经费缺口较大", "两年没有拨款")
    )
    (tmp_path / "reports" / "总结.txt").write_text(changed, encoding="utf-8")
    assert "有 1 条更正现在找不到原句" in run("ingest", tmp_path / "reports", "--db", db).stderr
    (row,) = rows("corrections", "--state", "lost", "--db", db)
    assert row["reference"] == "总结" and row["sentence"]
    (tmp_path / "reports" / "总结.txt").write_text(SUMMARY, encoding="utf-8")
    assert "更正" not in run("ingest", tmp_path / "reports", "--db", db).stderr
    assert sentences(db)[MONEY] == ("low_attention", "corrected")
