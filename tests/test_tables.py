"""Tables for people: folded where that harms nothing, never at a number or a reference."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from nianlun.output import Column, column, write_rows
from nianlun.tables import wrap, wrap_whole

LONG = "各乡镇要在月底前把名单交到办公室,逐户核对,不漏一人,并留好照片备查。"
REFERENCE = "02_清溪县妇联工作总结@1067-1069"
COLUMNS = [
    column("reference", "出处", "reference"),
    column("value", "数值", "value", right=True),
    column("level", "层级", "level", spare=1),
    column("chars", "字数", "characters", right=True, spare=2),
    column("sentence", "句子", "sentence", ratio=3),
]
ROW = {"reference": REFERENCE, "value": 1234567890, "level": "乡镇级", "chars": 4321, "sentence": LONG}


def table(rows: list[dict[str, object]], width: int, monkeypatch: pytest.MonkeyPatch, columns: list[Column] = COLUMNS):
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()
    narrow = write_rows(rows, columns, form="table", lang="zh", out=out)
    return out.getvalue().splitlines(), narrow


@pytest.mark.parametrize("width", [20, 40, 60, 79, 80, 81, 90, 100, 120, 200])
def test_numbers_and_references_are_never_cut(width, monkeypatch):
    lines, _ = table([ROW, ROW], width, monkeypatch)
    whole = "\n".join(lines)
    assert whole.count(REFERENCE) == 2 and whole.count("1234567890") == 2
    letters = re.sub(r"\s", "", whole)
    assert all(char in letters for char in set(LONG))


def test_columns_left_out_are_named_with_the_width_that_shows_them(monkeypatch):
    lines, narrow = table([ROW], 85, monkeypatch)
    assert narrow is not None and narrow.left_out == ("字数",)
    assert "字数" not in lines[0] and "层级" in lines[0]
    _, wide = table([ROW], narrow.width, monkeypatch)
    assert wide is None


def test_rows_become_blocks_where_no_table_fits_and_nothing_is_left_out(monkeypatch):
    lines, narrow = table([ROW, ROW], 50, monkeypatch)
    assert narrow is None
    assert lines[0] == f"出处  {REFERENCE}" and "字数  4321" in lines and lines.count("") == 1


@pytest.mark.parametrize("width", [85, 100, 140])
def test_all_lines_of_a_table_are_equally_wide_and_fit(width, monkeypatch):
    lines, _ = table([ROW, {**ROW, "sentence": "短"}], width, monkeypatch)
    assert len({cell_len(line) for line in lines}) == 1 and cell_len(lines[0]) <= width


def test_lists_of_references_are_folded_between_references_only(monkeypatch):
    refs = ["03_松岭镇整改措施", "11_杨柳街道年度总结", "a"]
    columns = [column("zh", "问题", "problem"), column("refs", "依据", "evidence", ratio=1, whole=True)]
    lines, _ = table([{"zh": "人手", "refs": " ".join(refs)}], 30, monkeypatch, columns)
    assert all(any(ref in line for line in lines) for ref in refs)


def test_control_characters_do_not_reach_the_terminal(monkeypatch):
    lines, _ = table([{**ROW, "sentence": "红\x1b[31m字\x07"}], 120, monkeypatch)
    assert not re.search(r"[\x00-\x1f\x7f]", "".join(lines))


@given(st.text(alphabet="一二三，。、 12.%ab@#(", max_size=60), st.integers(4, 30))
def test_wrapping_loses_no_character_and_cuts_no_number_that_fits(text, width):
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for number in re.findall(r"[0-9A-Za-z.,%@#_+~≈–/-]+", text):
        assert cell_len(number) > width or any(number in line for line in lines)
    assert " ".join(wrap_whole(text, width)).split() == text.split()
