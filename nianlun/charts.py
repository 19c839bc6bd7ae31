"""Charts with legible Chinese, drawn by matplotlib: axes are returned, so that a reader can go on from there.

Everything is readable in grey, and every cell says its number. Fonts: one that is installed, else Noto Sans SC out of the
package zhplot (SIL Open Font License 1.1). Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib import font_manager, pyplot, rcParams
from matplotlib.font_manager import FontProperties

from index.scope import label_key
from nianlun.language import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In the order of preference: sans serif before serif. Collections register under the name of their first face.
FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Noto Sans CJK JP", "Source Han Sans SC", "Source Han Sans CN",
    "Microsoft YaHei", "Microsoft YaHei UI", "PingFang SC", "Hiragino Sans GB", "HarmonyOS Sans SC", "MiSans",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "DengXian", "STHeiti", "Heiti SC", "Heiti TC",
    "Droid Sans Fallback", "Arial Unicode MS", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "FangSong",
    "KaiTi",
)  # fmt: skip
PACKAGED = ("zhplot", "fonts/NotoSansSC-Regular.ttf")
PROBE = "年报告问题经费不足，（）"  # characters that a font must have
MORE_CHARACTERS = "DejaVu Sans"  # comes with matplotlib; for ≈ and the like where a Chinese font lacks them

TITLE = Words("历年报告反映的问题", "Problems that the reports name, by year")
SHARE_TITLE = Words(
    "历年报告反映的问题（占当年报告的百分比）", "Problems that the reports name, % of the year's reports"
)
YEARS = Words("年份（≈ 为推断）", "year (≈ inferred)")
UNDATED = Words("未注明", "undated")
AVAILABLE = Words("报告总数", "documents available")

_CELL = (0.62, 0.36)  # inches
_FEW = 4.0  # documents: fewer than these never make a cell of the darkest grey
_DARKEST = 0.8  # share of black in the darkest cell
_DARK = 0.5  # share of black from which a cell's number is white
_LONG = 7  # characters from which years stand upright


class NoChineseFont(LookupError):
    """No font with Chinese characters is installed, and the package that ships one is missing."""

    def __init__(self) -> None:
        super().__init__(
            f"no font with Chinese characters found. Install one of {', '.join(FONTS[:6])} …, or: pip install {PACKAGED[0]}"
        )


@cache
def find_font() -> str:
    """Return the name of a font that draws Chinese: the first of FONTS that is installed, else the packaged one.

    Raises NoChineseFont.
    """
    installed: dict[str, str] = {font.name: font.fname for font in font_manager.fontManager.ttflist}
    for name in FONTS:
        if name in installed and _draws_chinese(installed[name]):
            return name
    return _packaged_font()


def use_chinese_font() -> str:
    """Make all charts of this session legible in Chinese; return the name of the font.

    This changes matplotlib's settings; the charts below do not need it.
    """
    name = find_font()
    rcParams["font.family"] = [name, MORE_CHARACTERS]
    rcParams["axes.unicode_minus"] = False  # the minus sign U+2212 is missing in many Chinese fonts
    return name


def problems_by_year(
    frame: pd.DataFrame, documents: pd.DataFrame, *, share: bool = False, top: int | None = None, lang: str = "zh",
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw leaf × year as a heat map and return its axes: in each cell the documents that report the problem.

    `frame` is `idx.problems(by="year")`, `documents` is `idx.docs`, both under the same filters. The undated stand in
    the first column, the documents available in the first row; years without a document have no column. With `share`,
    cells are per cent of the documents of the year. `top` keeps the problems of most documents.
    """
    base = count_by_year(documents)
    table = problem_table(frame, base, top=top)
    columns = list(base)
    available = np.array([base[column] for column in columns], dtype=float)
    values = table.to_numpy(dtype=float)
    if share:
        values = np.divide(100 * values, available, out=np.zeros_like(values), where=available > 0)
    names = dict(zip(frame["leaf"], frame["zh" if lang == "zh" else "en"], strict=True)) if len(frame) else {}
    rows = [AVAILABLE.in_(lang), *(str(names[leaf]) for leaf in table.index)]
    if ax is None:
        size = (2.6 + _CELL[0] * len(columns), 1.4 + _CELL[1] * len(rows))
        _, ax = pyplot.subplots(figsize=size, layout="constrained")
    shown = np.vstack([np.zeros((1, len(columns))), values])
    black = 100 / _DARKEST if share else max(_FEW, float(values.max(initial=0))) / _DARKEST
    ax.imshow(shown, cmap="Greys", vmin=0, vmax=black, aspect="auto")
    _write_cells(ax, available, values, black, share=share)
    _write_axes(ax, rows, [column if column is not None else UNDATED.in_(lang) for column in columns])
    ax.set_title((SHARE_TITLE if share else TITLE).in_(lang), fontproperties=_font("large"))
    ax.set_xlabel(YEARS.in_(lang), fontproperties=_font())
    return ax


def count_by_year(documents: pd.DataFrame) -> dict[str | None, int]:
    """Return how many documents there are of each year as people read it: the undated (None) first, then by year."""
    labels = [None if pd.isna(label) else str(label) for label in documents["year_label"]]
    years = sorted({label for label in labels if label is not None}, key=label_key)
    return {year: labels.count(year) for year in (None, *years)}


def problem_table(frame: pd.DataFrame, base: Mapping[str | None, int], *, top: int | None = None) -> pd.DataFrame:
    """Return leaf × year, the problems of most documents first; the columns are those of `base`.

    Raises ValueError where the frame is not by year, or counts documents that `base` does not know.
    """
    counts: dict[str, dict[str | None, int]] = {}
    for row in frame.to_dict("records"):
        year = None if pd.isna(row["group"]) else str(row["group"])
        if base.get(year) != row["base"]:
            raise ValueError(
                f"{row['leaf']}, {year}: the frame rests on {row['base']} documents, the list of documents has "
                f'{base.get(year, 0)}. Give problems(by="year") and docs of the same index under the same filters.'
            )
        counts.setdefault(str(row["leaf"]), {})[year] = int(row["count"])
    order = sorted(counts, key=lambda leaf: -sum(counts[leaf].values()))[:top]
    cells = [[counts[leaf].get(year, 0) for year in base] for leaf in order]
    return pd.DataFrame(cells, index=order, columns=[UNDATED.en if year is None else year for year in base], dtype=int)


def _write_cells(ax: Axes, available: np.ndarray, values: np.ndarray, black: float, *, share: bool) -> None:
    """Write the number into every cell that has one, in white where the cell is dark."""
    for column, count in enumerate(available):
        _write(ax, column, 0, f"{count:.0f}", "black")
    for (row, column), value in np.ndenumerate(values):
        if value:
            color = "white" if value > _DARK * black else "black"
            _write(ax, column, row + 1, f"{value:.0f}%" if share else f"{value:.0f}", color)
    ax.axhline(0.5, color="black", linewidth=1.2)
    ax.axvline(0.5, color="black", linewidth=1.2)


def _write(ax: Axes, x: int, y: int, text: str, color: str) -> None:
    ax.text(x, y, text, ha="center", va="center", color=color, fontproperties=_font("small"))


def _write_axes(ax: Axes, rows: Sequence[str], columns: Sequence[str]) -> None:
    ax.set_yticks(range(len(rows)), rows, fontproperties=_font())
    upright = 90 if max(map(len, columns)) > _LONG and len(columns) > 1 else 0
    ax.set_xticks(range(len(columns)), columns, fontproperties=_font("small"), rotation=upright)
    ax.tick_params(length=0)
    ax.set_xticks(np.arange(len(columns) + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(len(rows) + 1) - 0.5, minor=True)
    ax.grid(which="minor", color="0.85", linewidth=0.5)
    ax.tick_params(which="minor", length=0)


def _font(size: str = "medium") -> FontProperties:
    return FontProperties(family=[find_font(), MORE_CHARACTERS], size=size)


def _packaged_font() -> str:
    """Add the packaged font to those of matplotlib and return its name; the package itself is not imported."""
    package, name = PACKAGED
    spec = find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / name
        if path.is_file() and _draws_chinese(path):
            font_manager.fontManager.addfont(path)
            return font_manager.FontProperties(fname=path).get_name()
    raise NoChineseFont


def _draws_chinese(path: str | Path) -> bool:
    try:
        characters = font_manager.get_font(path).get_charmap()
    except (OSError, RuntimeError):
        return False
    return all(ord(character) in characters for character in PROBE)
