"""How the side-by-side benchmark takes what other readers say: made-up outputs, so that none of them need be installed."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ingest.records import Document, OffsetMap, Run
from nlp.evaluate import is_right

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"


def _load(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


readers = _load("value_readers")
side_by_side = _load("side_by_side")
finders = _load("finders")


def _report(text: str, **told: Any) -> Any:
    return SimpleNamespace(document=SimpleNamespace(text=text), year=2016, signed=None, **told)


def _any_right(layer: str, label: dict[str, Any], reading: Any) -> bool:
    return any(is_right(layer, label, one) for one in reading.options)


@pytest.mark.parametrize(
    ("detail", "label"),
    [
        ({"num": "35000.00", "case": "元", "definition": "accurate"}, {"value": 35000, "unit": "元"}),
        ({"num": ["30000.00", "40000.00"], "case": "元", "definition": "blur"}, {"value": 30000, "unit": "元"}),
        (
            {"num": ["200.00", "300.00"], "case": "元", "definition": "blur"},
            {"value": 200, "value_max": 300, "unit": "元"},
        ),
        ({"num": "12.00", "case": "美元", "definition": "accurate"}, {"value": 12, "unit": "美元"}),
    ],
)
def test_money_of_jionlp_becomes_value_and_unit(detail, label):
    found = [(5, "补助3万多元", [{"text": "3万多元", "offset": [2, 6], "detail": detail}], [])]
    [reading] = readers.tell_jionlp(_report(""), found)["quantities"]
    assert (reading.start, reading.end) == (7, 11)
    assert _any_right("quantities", label, reading)
    assert not _any_right("quantities", {**label, "value": 7}, reading)


@pytest.mark.parametrize(
    ("text", "kind", "moments", "label"),
    [
        ("5月20日前", "time_span", ["-inf", "2016-05-20 23:59:59"], {"kind": "deadline", "start": None, "end": "2016-05-20"}),
        ("8月底", "time_span", ["2016-08-25 00:00:00", "2016-08-31 23:59:59"], {"kind": "date", "start": "2016-08-31", "end": "2016-08-31"}),
        ("年底", "time_span", ["2016-11-01 00:00:00", "2016-12-31 23:59:59"], {"kind": "period", "start": "2016-12-01", "end": "2016-12-31"}),
        ("年初", "time_span", ["2016-01-01 00:00:00", "2016-02-29 23:59:59"], {"kind": "period", "start": "2016-01-01", "end": "2016-01-31"}),
        ("今年以来", "time_span", ["2016-01-01 00:00:00", "inf"], {"kind": "period", "start": "2016-01-01", "end": None}),
        ("9月", "time_point", ["2016-09-01 00:00:00", "2016-09-30 23:59:59"], {"kind": "deadline", "start": None, "end": "2016-09-30"}),
        ("四天", "time_delta", {"day": 4}, {"kind": "duration"}),
        ("每月", "time_period", {"delta": {"month": 1}}, {"kind": "frequency"}),
    ],
)  # fmt: skip
def test_times_of_jionlp_are_right_where_they_end_on_the_right_day(text, kind, moments, label):
    found = [(0, text, [], [{"text": text, "offset": [0, len(text)], "type": kind, "detail": {"time": moments}}])]
    [reading] = readers.tell_jionlp(_report(text), found)["times"]
    assert _any_right("times", label, reading)
    if label.get("end"):
        assert not _any_right("times", {**label, "start": None, "end": "2015-07-09"}, reading)


def _recognized(line: str, text: str, type_name: str, resolution: Any) -> Any:
    start = line.index(text)
    return SimpleNamespace(
        start=start, end=start + len(text) - 1, text=text, type_name=type_name, resolution=resolution
    )


@pytest.mark.parametrize(
    ("text", "kind", "resolution", "label"),
    [
        ("42万元", "currency", {"value": "420000", "unit": "Chinese yuan"}, {"value": 420000, "unit": "元"}),
        ("15亩", "dimension", {"value": "15", "unit": "Mu"}, {"value": 15, "unit": "亩"}),
        ("七成", "percentage", {"value": "70%"}, {"value": 7, "unit": "成"}),
        ("36%", "percentage", {"value": "36%"}, {"value": 36, "unit": "%"}),
        ("2.5个百分点", "percentage", {"value": "2.5%"}, {"value": 2.5, "unit": "个百分点"}),
    ],
)
def test_units_of_recognizers_are_those_of_the_text(text, kind, resolution, label):
    line = f"达到{text}。"
    found = [(0, line, {kind: [_recognized(line, text, kind, resolution)]}, [])]
    [reading] = readers.tell_recognizers(_report(line), found)["quantities"]
    assert _any_right("quantities", label, reading)


def test_a_unit_of_recognizers_without_a_number_is_no_quantity():
    line = "几百元不等"
    found = [
        (0, line, {"currency": [_recognized(line, "百元", "currency", {"value": None, "unit": "Chinese yuan"})]}, [])
    ]
    assert readers.tell_recognizers(_report(line), found)["quantities"] == []


def test_each_guess_of_recognizers_counts():
    line = "10月验收"
    guesses = [
        {"type": "daterange", "start": "2015-10-01", "end": "2015-11-01"},
        {"type": "daterange", "start": "2016-10-01", "end": "2016-11-01"},
    ]
    found = [(0, line, {}, [_recognized(line, "10月", "datetimeV2.daterange", {"values": guesses})])]
    [reading] = readers.tell_recognizers(_report(line), found)["times"]
    for year in ("2015", "2016"):
        assert _any_right("times", {"kind": "period", "start": f"{year}-10-01", "end": f"{year}-10-31"}, reading)


def test_hours_of_the_day_are_passed_over():
    line = "上午9:30集合"
    found = [
        (
            0,
            line,
            {},
            [_recognized(line, "9:30", "datetimeV2.time", {"values": [{"type": "time", "value": "09:30:00"}]})],
        )
    ]
    assert readers.tell_recognizers(_report(line), found)["times"] == []


@pytest.mark.parametrize(
    ("line", "numbers", "expected"),
    [
        ("走访60余户", [(2, 4, "60")], [("60余户", 60, None, "户")]),
        ("惠及2多万人", [(2, 3, "2")], [("2多万人", 20000, None, "人")]),
        ("每村6—8名", [(2, 3, "6"), (4, 5, "8")], [("6—8名", 6, 8, "名")]),
        ("第四届", [(1, 2, "4")], []),
        ("一个平台", [(0, 1, "1")], []),
        ("三个方面", [(0, 1, "3")], []),
        ("21号", [(0, 2, "21")], []),
    ],
)
def test_numbers_join_with_our_units(line, numbers, expected):
    joined = list(readers.join_units(line, 0, numbers, []))
    options = [next(iter(reading.options)) for reading in joined]
    assert [(one.text, one.value, one.value_max, one.unit) for one in options] == expected


def test_of_a_range_the_scale_may_stand_behind_the_second_number():
    [reading] = readers.join_units("每户3至5万元", 0, [(2, 3, "3"), (4, 6, "50000")], [])
    assert _any_right("quantities", {"value": 30000, "value_max": 50000, "unit": "元"}, reading)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("今年6月底前完成", [("deadline", None, "2016-06-30")]),
        ("4月至9月", [("period", "2016-04-01", "2016-09-30")]),
        ("5月11日至13日", [("period", "2016-05-11", "2016-05-13")]),
        ("下半年", [("period", "2016-07-01", "2016-12-31")]),
        ("去年", [("period", "2015-01-01", "2015-12-31")]),
        ("2014年", [("period", "2014-01-01", "2014-12-31")]),
        ("为期3天", [("duration", None, None)]),
        ("每季度检查", [("frequency", None, None)]),
        ("一起努力", []),
    ],
)
def test_the_plain_patterns_read_plain_times(text, said):
    times = readers._find_plain(_report(text))["times"]
    assert [(one.options[0].kind, one.options[0].date_start, one.options[0].date_end) for one in times] == said


@pytest.mark.parametrize(
    ("numeral", "value"), [("1,250", 1250), ("十七", 17), ("二十", 20), ("一百零五", 105), ("3.6", 3.6), ("二〇", 20)]
)
def test_plain_numerals(numeral, value):
    assert float(readers.plain_number(numeral)) == value


def test_of_overlapping_readings_the_longest_stays():
    short, long = readers.quantity("5万", 3, (50000, None, "")), readers.quantity("5万元", 3, (50000, None, "元"))
    assert readers.apart([short, long]) == [long]


def test_the_option_that_is_right_counts_and_none_where_none_is():
    reading = readers.quantity("3万多元", 0, (30000, 40000, "元"), (30000, None, "元"))
    label = {"char_start": 0, "char_end": 4, "value": 30000, "unit": "元"}
    [(_, _, chosen)] = side_by_side.choose("quantities", [label], [(0, 4, reading)])
    assert chosen.value_max is None
    [(_, _, chosen)] = side_by_side.choose("quantities", [{**label, "value": 9}], [(0, 4, reading)])
    assert chosen.value_max == 40000


def test_a_tool_is_scored_in_the_places_of_the_file():
    text = "发放手册400册。"
    document = Document(ordinal=1, text=text, offsets=OffsetMap([Run(0, len(text), 10, 10 + len(text))]), title=None)
    label = {"char_start": 14, "char_end": 18, "value": 400, "unit": "册"}
    file = side_by_side.Labelled(
        reports=(readers.Report(document=document, year=2016, signed=date(2016, 12, 1)),),
        gold={"quantities": [label], "times": [], "activities": []},
        years=lambda _: frozenset(),
    )
    plain = next(tool for tool in readers.TOOLS if tool.name == "plain patterns")
    scores = side_by_side.score(plain, [file])
    assert scores["quantities"].f1 == 1
    assert scores["money"].f1 == 0


def test_a_section_is_written_in_its_place(tmp_path):
    path = tmp_path / "results.md"
    path.write_text("# Results\n\nfirst\n\n## One\n\nold\n\n## Two\n\nkept\n", encoding="utf-8")
    side_by_side.put_section("## One", "## One\n\nnew\n", path)
    side_by_side.put_section("## Three", "## Three\n\nmore\n", path)
    assert path.read_text("utf-8") == "# Results\n\nfirst\n\n## One\n\nnew\n\n## Two\n\nkept\n\n## Three\n\nmore\n"


def test_the_sum_of_the_finders_leaves_out_what_only_cuts_and_classifies():
    one = dict.fromkeys((*finders.FINDERS, "sections", "sentences", "problems"), 0.01)
    sums = finders.with_sums(one)
    assert sums[finders.TOGETHER] == pytest.approx(0.05)
    assert sums[finders.WHOLE] == pytest.approx(0.08)
