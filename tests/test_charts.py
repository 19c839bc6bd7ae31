"""Charts draw every character, say every number, and can be read in grey."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import pandas as pd
import pytest
from matplotlib import font_manager, pyplot, rcParams
from matplotlib.axes import Axes

from nianlun import charts
from nianlun.charts import NoChineseFont, count_by_year, find_font, problem_table, problems_by_year, use_chinese_font
from nlp.taxonomy import load_taxonomy

DOCUMENTS = pd.DataFrame({"ref": list("abcdefg"), "year_label": ["2011", None, "2012", "≈2011", "2012", None, "2012"]})
PROBLEMS = pd.DataFrame(
    [
        ("funding_gap", "经费不足", "funding gap", "2011", 1, 1),
        ("funding_gap", "经费不足", "funding gap", "2012", 3, 3),
        ("funding_gap", "经费不足", "funding gap", None, 1, 2),
        ("staff_shortage", "人手不足", "staff shortage", "≈2011", 1, 1),
    ],
    columns=["leaf", "zh", "en", "group", "count", "base"],
)


@pytest.fixture(autouse=True)
def closed_figures():
    find_font.cache_clear()
    yield
    pyplot.close("all")
    find_font.cache_clear()


def draw(ax: Axes) -> bytes:
    """Render a chart as PNG; a missing glyph is an error."""
    picture = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax.figure.savefig(picture, format="png")
    return picture.getvalue()


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_years_stand_in_order_after_the_undated():
    assert count_by_year(DOCUMENTS) == {None: 2, "2011": 1, "≈2011": 1, "2012": 3}


def test_a_pile_without_undated_documents_says_zero():
    assert count_by_year(DOCUMENTS.dropna()) == {None: 0, "2011": 1, "≈2011": 1, "2012": 3}


def test_the_problem_of_most_documents_stands_first():
    table = problem_table(PROBLEMS, count_by_year(DOCUMENTS))
    assert list(table.index) == ["funding_gap", "staff_shortage"]
    assert table.to_numpy().tolist() == [[1, 1, 0, 3], [0, 0, 1, 0]]
    assert list(problem_table(PROBLEMS, count_by_year(DOCUMENTS), top=1).index) == ["funding_gap"]


@pytest.mark.parametrize(
    "documents", [DOCUMENTS.iloc[:3], DOCUMENTS[DOCUMENTS["year_label"] != "2012"], DOCUMENTS.iloc[:0]]
)
def test_documents_that_are_not_those_of_the_frame_are_refused(documents):
    with pytest.raises(ValueError, match="same filters"):
        problem_table(PROBLEMS, count_by_year(documents))


def test_the_chart_is_returned_and_says_every_number():
    ax = problems_by_year(PROBLEMS, DOCUMENTS)
    assert isinstance(ax, Axes)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["报告总数", "经费不足", "人手不足"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["未注明", "2011", "≈2011", "2012"]
    assert texts(ax) == ["2", "1", "1", "3", "1", "1", "3", "1"]


def test_a_share_rests_on_the_documents_of_its_year():
    ax = problems_by_year(PROBLEMS, DOCUMENTS, share=True)
    assert texts(ax)[4:] == ["50%", "100%", "100%", "100%"]


def test_english_heads_for_english_readers():
    ax = problems_by_year(PROBLEMS, DOCUMENTS, lang="en")
    assert [label.get_text() for label in ax.get_yticklabels()][1] == "funding gap"
    assert ax.get_xticklabels()[0].get_text() == "undated"


def test_a_chart_goes_where_it_is_told():
    _, (left, right) = pyplot.subplots(1, 2)
    assert problems_by_year(PROBLEMS, DOCUMENTS, ax=right) is right
    assert not left.texts


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("share", [False, True])
def test_no_character_is_missing(lang, share, caplog):
    assert len(draw(problems_by_year(PROBLEMS, DOCUMENTS, lang=lang, share=share))) > 5_000
    assert not caplog.records


def test_no_character_of_any_leaf_is_missing():
    years = [str(year) for year in range(2000, 2025)]
    documents = pd.DataFrame({"year_label": [*years, None]})
    rows = [(leaf.id, leaf.zh, leaf.en, year, 1, 1) for leaf in load_taxonomy().leaves for year in (*years, None)]
    draw(problems_by_year(pd.DataFrame(rows, columns=PROBLEMS.columns), documents))


def test_an_empty_answer_still_shows_the_documents():
    ax = problems_by_year(PROBLEMS.iloc[:0], DOCUMENTS)
    assert texts(ax) == ["2", "1", "1", "3"]
    draw(ax)


def test_an_empty_answer_without_columns_is_drawn_too():
    draw(problems_by_year(pd.DataFrame(), DOCUMENTS))
    draw(problems_by_year(pd.DataFrame(), DOCUMENTS.iloc[:0]))


def test_a_chart_can_be_read_in_grey():
    pixels = pyplot.imread(io.BytesIO(draw(problems_by_year(PROBLEMS, DOCUMENTS))))
    assert (pixels[..., 0] == pixels[..., 1]).all() and (pixels[..., 1] == pixels[..., 2]).all()


def test_a_chart_leaves_the_settings_of_matplotlib_alone():
    before = dict(rcParams)
    problems_by_year(PROBLEMS, DOCUMENTS)
    assert dict(rcParams) == before


def test_one_call_makes_other_charts_legible():
    with matplotlib.rc_context():
        use_chinese_font()
        _, ax = pyplot.subplots()
        ax.plot([-1, 1], [-1, 1])
        ax.set_title("各乡镇“妇女之家”数量 ≈ 2011 年")
        draw(ax)


def test_without_an_installed_font_the_packaged_one_is_used(monkeypatch):
    monkeypatch.setattr(charts, "FONTS", ())
    assert find_font() == "Noto Sans SC"
    draw(problems_by_year(PROBLEMS, DOCUMENTS))


def test_an_installed_font_goes_first(monkeypatch):
    charts._packaged_font()
    monkeypatch.setattr(charts, "PACKAGED", ("no_such_package", "-"))
    assert find_font() in charts.FONTS


def test_a_font_that_only_bears_a_chinese_name_is_passed_over(monkeypatch):
    latin = next(font for font in font_manager.fontManager.ttflist if font.name == "DejaVu Sans")
    monkeypatch.setattr(charts, "FONTS", (latin.name,))
    assert find_font() == "Noto Sans SC"


@pytest.mark.parametrize("packaged", [("no_such_package", "font.ttf"), ("zhplot", "fonts/no_such_font.ttf")])
def test_without_any_font_the_message_says_what_would_help(monkeypatch, packaged):
    monkeypatch.setattr(charts, "FONTS", ())
    monkeypatch.setattr(charts, "PACKAGED", packaged)
    with pytest.raises(NoChineseFont, match="pip install"):
        find_font()


def test_a_broken_font_file_is_passed_over(tmp_path: Path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font at all")
    assert not charts._draws_chinese(broken)
    assert not charts._draws_chinese(tmp_path / "missing.ttf")
