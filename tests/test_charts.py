"""Charts say every number, draw Chinese without a network, and bring the table behind them along."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib import font_manager
from PIL import Image

from index.shares import share_of
from nianlun import fonts
from nianlun.charts import Chart, UnknownPicture, comparison_chart, heat_map, trend_lines
from nianlun.fonts import NoChineseFont, find_font
from nlp.taxonomy import load_taxonomy

GROUPS = [(None, 2), ("2011", 1), ("≈2011", 1), ("2012", 3)]

ROOT = Path(__file__).parent.parent


def counted(leaf: str, zh: str, en: str, group: str | None, count: int, base: int) -> dict[str, object]:
    share = share_of(count, base)
    told = {"leaf": leaf, "zh": zh, "en": en, "group": group, "count": count, "base": base}
    return {**told, "share": share.value, "low": share.low, "high": share.high}


PROBLEMS = [
    counted("funding_gap", "经费不足", "funding gap", "2011", 1, 1),
    counted("funding_gap", "经费不足", "funding gap", "2012", 3, 3),
    counted("funding_gap", "经费不足", "funding gap", None, 1, 2),
    counted("staff_shortage", "人手不足", "staff shortage", "≈2011", 1, 1),
]
TRENDS = [
    {
        "zh": "经费不足",
        "en": "funding gap",
        "years": ["2010", "≈2012"],
        "yearly": [[2010, 1, 4], [2011, 0, 2], [2012, 3, 3]],
    },
    {"zh": "人手不足", "en": "staff shortage", "years": ["2011"], "yearly": [[2010, 0, 4], [2011, 1, 2], [2012, 0, 3]]},
]
PAIR = [
    {
        "what": "problem", "zh": "经费不足", "en": "funding gap", "count_a": 1, "base_a": 4, "share_a": 0.25, "low_a": 0.05,
        "high_a": 0.7, "count_b": 3, "base_b": 5, "share_b": 0.6, "low_b": 0.23, "high_b": 0.88,
    },
    {"what": "activity", "zh": "暖冬行动", "en": "暖冬行动", "change": "new"},
]  # fmt: skip
CHARTS = {
    "heat map": lambda **more: heat_map(PROBLEMS, GROUPS, **more),
    "lines": lambda **more: trend_lines(TRENDS, **more),
    "two years": lambda **more: comparison_chart(PAIR, 2010, 2012, **more),
}


@pytest.fixture(autouse=True)
def fonts_looked_for_anew():
    find_font.cache_clear()
    yield
    find_font.cache_clear()


def texts(chart: Chart) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", chart.to_svg())


def test_a_heat_map_says_every_number_and_the_documents_available():
    found = texts(heat_map(PROBLEMS, GROUPS))
    for word in ("经费不足", "人手不足", "报告总数", "未注明", "2011", "≈2011", "2012"):
        assert word in found
    assert sorted(word for word in found if word.isdigit() and len(word) == 1) == sorted("2113" + "1311")
    assert found.index("未注明") < found.index("2011") < found.index("≈2011") < found.index("2012")
    assert found.index("报告总数") < found.index("经费不足") < found.index("人手不足")


def test_shares_rest_on_the_documents_of_their_group():
    assert {"100%", "50%"} <= set(texts(heat_map(PROBLEMS, GROUPS, share=True)))


def test_only_the_problems_of_most_documents_are_kept():
    chart = heat_map(PROBLEMS, GROUPS, top=1)
    assert "人手不足" not in texts(chart) and set(chart.table["问题"]) == {"经费不足"}


def test_groups_of_codes_are_named_in_words():
    rows = [counted("other", "其他", "other", "township", 1, 4)]
    assert "乡镇级" in texts(heat_map(rows, [("township", 4)], by="org_level"))
    assert "township" in texts(heat_map(rows, [("township", 4)], by="org_level", lang="en"))


def test_a_line_has_its_interval_and_marks_inferred_years():
    chart = trend_lines(TRENDS)
    assert list(chart.table["组"]) == ["2010", "2011", "≈2012", "2010", "2011", "2012"]
    assert list(chart.table["反映的报告数"])[:3] == [1, 0, 3] and list(chart.table["报告总数"])[:3] == [4, 2, 3]
    assert {"经费不足", "人手不足"} <= set(texts(chart))


def test_two_years_stand_side_by_side():
    chart = comparison_chart(PAIR, 2010, 2012)
    assert "经费不足" in texts(chart) and "暖冬行动" not in texts(chart)
    assert list(chart.table["占当年报告的比例"]) == [0.25, 0.6]


@pytest.mark.parametrize("name", CHARTS)
def test_english_heads_for_english_readers(name):
    found = texts(CHARTS[name](lang="en"))
    assert "funding gap" in found and not any("经" in word for word in found)


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_is_drawn_and_can_be_read_in_grey(name):
    picture = Image.open(io.BytesIO(CHARTS[name]().to_png())).convert("RGB")
    assert picture.width > 300
    red, green, blue = picture.split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_chinese_characters_are_drawn_not_boxes():
    pictures = {
        heat_map([counted("x", name, "x", "2011", 1, 1)], [("2011", 1)]).to_png()
        for name in ("经费不足", "人手短缺", "阵地落后")
    }
    assert len(pictures) == 3, "boxes would all look the same"


@pytest.mark.parametrize("suffix", [".png", ".svg", ".html"])
def test_the_table_goes_with_the_picture(tmp_path: Path, suffix: str):
    chart = heat_map(PROBLEMS, GROUPS, notes="统计范围:7 篇报告。")
    files = chart.save(tmp_path / f"问题{suffix}")
    assert [file.name for file in files] == [f"问题{suffix}", "问题.csv"]
    with files[1].open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 4 and rows[0]["问题"] == "经费不足" and rows[1]["反映的报告数"] == "3"


def test_a_page_needs_no_network(tmp_path: Path):
    path, _ = heat_map(PROBLEMS, GROUPS, notes="统计范围:<7> 篇报告。").save(tmp_path / "a.html")
    page = path.read_text(encoding="utf-8")
    assert not re.search(r"<(?:script|link)[^>]*(?:src|href)=", page)
    assert "<table" in page and "统计范围:&lt;7&gt; 篇报告。" in page and "经费不足" in page


def test_a_file_of_another_kind_is_refused(tmp_path: Path):
    with pytest.raises(UnknownPicture, match=r"\.png, \.svg, \.html"):
        heat_map(PROBLEMS, GROUPS).save(tmp_path / "a.bmp")
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_shows_it_and_goes_on_from_it():
    chart = heat_map(PROBLEMS, GROUPS)
    shown = chart._repr_mimebundle_()
    assert shown["image/svg+xml"].startswith("<svg") and shown["text/plain"] == chart.title
    assert chart.altair.properties(title="别的").to_dict()["title"] == "别的"


def test_an_empty_answer_still_shows_the_documents():
    found = texts(heat_map([], GROUPS))
    assert "报告总数" in found and "3" in found
    assert trend_lines([]).to_svg() and comparison_chart([], 2010, 2012).to_svg()


def test_every_leaf_has_room():
    rows = [
        counted(leaf.id, leaf.zh, leaf.en, str(year), 1, 1)
        for leaf in load_taxonomy().leaves
        for year in range(2000, 2025)
    ]
    found = texts(heat_map(rows, [(str(year), 1) for year in range(2000, 2025)], top=50))
    assert {leaf.zh for leaf in load_taxonomy().leaves} <= set(found)


def test_without_an_installed_font_the_packaged_one_is_used(monkeypatch):
    monkeypatch.setattr(fonts, "FONTS", ())
    assert find_font() == "Noto Sans SC"
    assert "Noto Sans SC" in heat_map(PROBLEMS, GROUPS).to_svg()


def test_an_installed_font_goes_first(monkeypatch):
    fonts._packaged_font()
    monkeypatch.setattr(fonts, "PACKAGED", ("no_such_package", "-"))
    assert find_font() in fonts.FONTS


def test_a_font_that_only_bears_a_chinese_name_is_passed_over(monkeypatch):
    latin = next(font for font in font_manager.fontManager.ttflist if font.name == "DejaVu Sans")
    monkeypatch.setattr(fonts, "FONTS", (latin.name,))
    assert find_font() == "Noto Sans SC"


@pytest.mark.parametrize("packaged", [("no_such_package", "font.ttf"), ("zhplot", "fonts/no_such_font.ttf")])
def test_without_any_font_the_message_says_what_would_help(monkeypatch, packaged):
    monkeypatch.setattr(fonts, "FONTS", ())
    monkeypatch.setattr(fonts, "PACKAGED", packaged)
    with pytest.raises(NoChineseFont, match="pip install"):
        find_font()


@pytest.mark.skipif(os.name == "nt", reason="folders of POSIX")
def test_where_no_folder_of_the_user_can_be_written_nothing_is_said_of_it(tmp_path: Path):
    (tmp_path / "file").touch()
    nowhere = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(tmp_path / "file" / "x"))
    done = subprocess.run(
        [sys.executable, "-c", "import nianlun.fonts"],
        capture_output=True,
        env={**os.environ, **nowhere},
        cwd=ROOT,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_broken_font_file_is_passed_over(tmp_path: Path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font at all")
    assert not fonts._draws_chinese(broken)
    assert not fonts._draws_chinese(tmp_path / "missing.ttf")
