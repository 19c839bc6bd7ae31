"""What people type: codes by their Chinese names, days and years in any usual spelling, references as they remember them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from index_samples import analysis, cut, document, source

from index.errors import BadDay, BadYears, UnknownDocument
from index.inputs import named, parse_day, parse_days, parse_years
from index.store import Index
from nianlun.cli import cli
from nianlun.options import NO_MATCH, OK, USAGE
from nianlun.taxonomy import leaves
from nianlun.vocabulary import DOC_TYPES, ORG_LEVELS, POLARITIES, STATES


@pytest.mark.parametrize(
    ("text", "codes", "found"),
    [
        ("工作总结", DOC_TYPES, ["summary"]), ("总结", DOC_TYPES, ["summary"]), ("summary", DOC_TYPES, ["summary"]),
        ("工作總結", DOC_TYPES, ["summary"]), ("ＰＬＡＮ", DOC_TYPES, ["plan"]), ("县", ORG_LEVELS, ["county"]),
        ("縣級", ORG_LEVELS, ["county"]), ("残损", STATES, ["damaged"]), ("否定", POLARITIES, ["negated"]),
        ("级", ORG_LEVELS, ["province", "city", "county", "township", "village"]), ("蛋糕", DOC_TYPES, []), ("", DOC_TYPES, []),
    ],
)  # fmt: skip
def test_a_code_is_named_by_its_name_or_a_part_of_it(text, codes, found):
    assert named(text, codes) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2012-03-18", "2012-03-18"), ("2012年3月18日", "2012-03-18"), ("2012.3.18", "2012-03-18"), ("2012/3/18", "2012-03-18"),
        ("2014年3月", "2014-03"), ("2014年", "2014"), ("２０１４", "2014"), ("2014-3", "2014-03"),
    ],
)  # fmt: skip
def test_a_day_may_be_written_in_any_usual_way(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["2012-13-40", "2013-02-29", "12-03-18", "三月", "", "..", "2014-06..2014-01"])
def test_a_day_that_no_calendar_has_is_refused(text):
    with pytest.raises(BadDay):
        parse_days(text)


@pytest.mark.parametrize(
    ("years", "span"),
    [
        (2011, (2011, 2011)), ("2011", (2011, 2011)), ("2011年", (2011, 2011)), ("2004..2011", (2004, 2011)),
        ("2004-2011", (2004, 2011)), ((2004, None), (2004, None)), (("2004", "2011"), (2004, 2011)), (None, (None, None)),
        ("..2011", (None, 2011)),
    ],
)  # fmt: skip
def test_years_may_be_numbers_or_words(years, span):
    assert parse_years(years) == span


@pytest.mark.parametrize("years", [(2011, 2004), "2011..2004", "去年", 2011.5, (2004, 2005, 2006), "11"])
def test_what_names_no_years_is_refused_with_what_would_do(years):
    with pytest.raises(BadYears, match="Write 2012"):
        parse_years(years)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    with Index.open(tmp_path / "reports.db", cut=cut, leaves=leaves()) as index:
        times = [("3月18日前", "deadline", "2012-03-18")]
        funds = [("经费不足", "funding_gap", "asserted")]
        one, other = (
            analysis(text, year=2012, year_basis="title", times=times, problems=funds, org_level="county")
            for text in ("经费不足。3月18日前报送。", "经费不足。3月18日前报送名册。")
        )
        index.add(source("01_清溪縣总结.txt", one), [one])
        index.add(source("02_要点.docx", other), [other])
        two = [analysis(document(f"第{number}篇，一切顺利。", ordinal=number), year_low=2015) for number in (1, 2)]
        index.add(source("10_汇编.txt", *two), two)
    return tmp_path / "reports.db"


def run(db: Path, *words: str) -> Result:
    environment = {"LC_ALL": "zh_CN.UTF-8", "NIANLUN_DB": None, "COLUMNS": "140"}
    return CliRunner(env=environment).invoke(cli, [*words, "--db", str(db)])


@pytest.mark.parametrize(
    ("reference", "ref"),
    [
        ("02", "02_要点"), ("02_要点.docx", "02_要点"), ("０２", "02_要点"), ("01_清溪县总结", "01_清溪縣总结"),
        ("01＠0－4", "01_清溪縣总结@0-4"), ("10#2", "10_汇编#2"), ("10＃２", "10_汇编#2"),
    ],
)  # fmt: skip
def test_a_reference_may_be_a_beginning_or_the_name_of_the_file(db, reference, ref):
    with Index.open(db, read_only=True) as index:
        assert index.show(reference).reference == ref


@pytest.mark.parametrize(
    ("reference", "near"),
    [("0", ("01_清溪縣总结", "02_要点")), ("10", ("10_汇编#1", "10_汇编#2")), ("10#3", ("10_汇编#1", "10_汇编#2"))],
)
def test_a_reference_that_means_several_names_them(db, reference, near):
    with Index.open(db, read_only=True) as index, pytest.raises(UnknownDocument) as error:
        index.show(reference)
    assert set(error.value.near) == set(near)


def test_a_range_beyond_the_end_is_told(db):
    assert "超出了" in run(db, "show", "02@0-999").stderr
    assert run(db, "show", "02@500-999").exit_code == NO_MATCH
    assert "超出" not in run(db, "show", "02@0-4").stderr


@pytest.mark.parametrize(
    "words",
    [
        "docs --doc-type 工作总结", "docs --org-level 县级", "problems --by 年份", "problems --polarity 全部", "problems --leaf 经费",
        "problems --leaf 經費", "search 经费 --count-by 层级", "deadlines --due 2012年3月18日", "deadlines --due 2012.3",
        "deadlines --due 2012/3/1至2012/3/31", "deadlines --overdue-at 2012年4月", "search 经费 --within 一句 --sort 年份",
    ],
)  # fmt: skip
def test_chinese_words_are_taken_as_values(db, words):
    assert run(db, *words.split()).exit_code == OK


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("docs --doc-type 蛋糕", "工作总结(summary)"), ("problems --leaf problem", "经费不足 funding_gap"),
        ("problems --leaf background", "经费不足 funding_gap"), ("deadlines --due 2012-13-40", "没有这一天"),
    ],
)  # fmt: skip
def test_what_names_nothing_is_answered_with_the_names_there_are(db, words, told):
    result = run(db, *words.split())
    assert result.exit_code == USAGE and told in result.stderr


def test_open_intervals_are_shown_as_such_and_counted_as_intervals(db):
    result = run(db, "docs", "--format", "jsonl")
    assert {json.loads(line)["year_label"] for line in result.stdout.splitlines()} == {"2012", "≥2015"}
    assert "写明 2 篇、只知范围(≈起–止、≥、≤)2 篇。" in result.stderr
