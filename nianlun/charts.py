"""Charts of problems: a heat map of groups, lines over years, two years side by side; the same on the command line and in a notebook.

They are drawn by Altair and turned into PNG, SVG and HTML by vl-convert, without a network and without a browser. Everything
can be read in grey, every cell says its number, and the table behind a chart goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from index.scope import INFERRED, label_key
from nianlun.fonts import find_font, font_file
from nianlun.language import Words
from nianlun.vocabulary import CODES, FIELDS, PICTURES

Row = Mapping[str, Any]

SUFFIXES = PICTURES
TOP = 20  # problems of a heat map
LINES = 12  # problems of which a line is drawn
TICKS = 6  # years that an axis names
_SCALE = 2  # of a PNG: points to pixels
_CELL = (46, 22)
_FEW = 4.0  # documents: fewer than these never make a cell of the darkest grey
_DARK = 0.45  # share of black from which a cell's number is white
_WORDS = {
    "undated": Words("未注明", "undated"),
    "available": Words("报告总数", "documents available"),
    "heat": Words("反映各类问题的报告数,按{by}", "Documents that report each problem, by {by}"),
    "heat_share": Words("反映各类问题的报告占比(%),按{by}", "Share of documents that report each problem (%), by {by}"),
    "lines": Words("历年反映各类问题的报告占比(阴影为 95% 区间)", "Share of documents that report each problem, by year (band: 95 %)"),
    "pair": Words("{a} 年与 {b} 年:反映各类问题的报告占比及 95% 区间", "{a} and {b}: share of documents that report each problem, 95 % intervals"),
    "year": Words("年份(≈ 为推断)", "year (≈ inferred)"),
    "share": Words("占当年报告的比例", "share of the year's documents"),
    "leaf": Words("问题", "problem"),
    "group": Words("组", "group"),
    "count": Words("反映的报告数", "documents"),
    "base": Words("报告总数", "of"),
    "low": Words("区间下限", "low"),
    "high": Words("区间上限", "high"),
    "table": Words("图中数据", "Data of the chart"),
}  # fmt: skip


class UnknownPicture(ValueError):
    """A chart is to be written to a file of a kind that is not known."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path}: a chart is written as {', '.join(SUFFIXES)}")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the table behind it. A notebook shows it; `altair` is the chart itself, to go on from."""

    altair: alt.TopLevelMixin
    table: pd.DataFrame
    title: str
    notes: str = ""  # what it rests on
    lang: str = "zh"

    def save(self, path: str | Path) -> list[Path]:
        """Write it as .png, .svg or .html, with its table as .csv beside it (UTF-8 with a mark, so that Excel reads it).

        Return the files. Raises UnknownPicture for another ending.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            raise UnknownPicture(path)
        if suffix == ".png":
            path.write_bytes(self.to_png())
        else:
            path.write_text(self.to_svg() if suffix == ".svg" else self.to_html(), encoding="utf-8")
        table = path.with_suffix(".csv")
        self.table.to_csv(table, index=False, encoding="utf-8-sig")
        return [path, table]

    def to_svg(self) -> str:
        """Return it as SVG; its letters stay letters."""
        return _converter().vegalite_to_svg(self.spec())

    def to_png(self) -> bytes:
        """Return it as PNG."""
        return _converter().vegalite_to_png(self.spec(), scale=_SCALE)

    def to_html(self) -> str:
        """Return a page that needs nothing else: the chart, live, with the libraries it needs, and the table behind it."""
        live = _converter().vegalite_to_html(self.spec(), bundle=True)
        table = pd.DataFrame(self.table).to_html(index=False, na_rep="", border=0)
        below = (
            f"<p>{escape(self.notes).replace(chr(10), '<br>')}</p><h2>{_WORDS['table'].in_(self.lang)}</h2>{table}"
            "<style>body{font-family:sans-serif}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 8px}</style>"
        )
        head, body, rest = live.rpartition("</body>")
        return head + below + body + rest

    def spec(self) -> dict[str, Any]:
        """Return it as Vega-Lite, with the font that draws Chinese here first."""
        spec: dict[str, Any] = self.altair.to_dict()
        spec.setdefault("config", {})["font"] = f"{find_font()}, sans-serif"
        return spec

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"image/svg+xml": self.to_svg(), "text/plain": self.title}


def heat_map(
    rows: Iterable[Row], groups: Sequence[tuple[str | None, int]], *, by: str = "year", share: bool = False, top: int = TOP,
    lang: str = "zh", notes: str = "",
) -> Chart:  # fmt: skip
    """Return leaf × group: in each cell the documents that report the problem, or their share in per cent.

    `rows` are those of `problems --by`, `groups` all groups with their documents. The undated (or unnamed) stand first, the
    documents available in a row of their own; problems of most documents come first, `top` of them.
    """
    rows = list(rows)
    base = dict(sorted(groups, key=lambda one: (one[0] is not None, label_key(one[0]))))
    order = sorted(
        {row["leaf"]: -sum(one["count"] for one in rows if one["leaf"] == row["leaf"]) for row in rows}.items(),
        key=lambda one: one[1],
    )
    kept = [leaf for leaf, _ in order][:top]
    names = {row["leaf"]: str(row["zh" if lang == "zh" else "en"]) for row in rows}
    available = _word("available", lang)
    cells = [
        {"leaf": names[row["leaf"]], "group": _group(row["group"], by, lang), "count": row["count"], "base": row["base"],
         "share": row["share"], "low": row["low"], "high": row["high"]}
        for row in rows if row["leaf"] in kept
    ]  # fmt: skip
    shown = [{**one, "text": f"{one['share']:.0%}" if share else str(one["count"]),
              "black": _black(one, cells, share)} for one in cells]  # fmt: skip
    shown += [{"leaf": available, "group": _group(group, by, lang), "count": count, "base": count, "text": str(count), "black": 0.0}
              for group, count in base.items()]  # fmt: skip
    title = _word("heat_share" if share else "heat", lang).format(by=FIELDS[by].in_(lang))
    axis = alt.Axis(
        labelAngle=-90 if len(base) > 8 else 0, title=_word("year", lang) if by == "year" else FIELDS[by].in_(lang)
    )
    x = alt.X("group:N", sort=[_group(group, by, lang) for group in base], axis=axis)
    y = alt.Y("leaf:N", sort=[available, *(names[leaf] for leaf in kept)], title=None, axis=alt.Axis(labelLimit=260))
    whole = alt.Chart(
        pd.DataFrame(shown, columns=["leaf", "group", "count", "base", "share", "low", "high", "text", "black"])
    )
    told = [
        alt.Tooltip(f"{name}:{kind}", title=_word(name, lang))
        for name, kind in (("leaf", "N"), ("group", "N"), ("count", "Q"), ("base", "Q"))
    ]
    cell = whole.mark_rect(stroke="#ddd").encode(
        x=x, y=y, color=alt.Color("black:Q", scale=alt.Scale(domain=[0, 1], range=["#ffffff", "#000000"]), legend=None), tooltip=told
    )  # fmt: skip
    text = whole.mark_text(fontSize=11).encode(
        x=x, y=y, text="text:N", color=alt.condition(f"datum.black > {_DARK}", alt.value("white"), alt.value("black"))
    )
    drawn = (cell + text).properties(
        width=max(_CELL[0] * len(base), 120), height=_CELL[1] * (len(kept) + 1), title=title
    )  # fmt: skip
    table = pd.DataFrame(cells, columns=["leaf", "group", "count", "base", "share", "low", "high"])
    return Chart(drawn, _headed(table, lang), title, notes, lang)


def trend_lines(rows: Iterable[Row], *, top: int = LINES, lang: str = "zh", notes: str = "") -> Chart:
    """Return a line for each problem: the share of each year's documents that report it, with its interval of 95 %.

    `rows` are those of `problems --trend`; years without a document break a line. A cross marks the years in which only
    documents of inferred years report it.
    """
    from index.shares import share_of

    points = []
    for row in list(rows)[:top]:
        marked = {year.lstrip(INFERRED) for year in row["years"] if year.startswith(INFERRED)}
        for year, count, base in row["yearly"]:
            share = share_of(count, base)
            points.append(
                {"leaf": row["zh" if lang == "zh" else "en"], "year": year, "group": f"{INFERRED if str(year) in marked else ''}{year}",
                 "count": count, "base": base, "share": share.value, "low": share.low, "high": share.high,
                 "inferred": str(year) in marked}
            )  # fmt: skip
    columns = ["leaf", "year", "group", "count", "base", "share", "low", "high", "inferred"]
    frame = pd.DataFrame(points, columns=columns)
    title = _word("lines", lang)
    years = range(min(frame["year"], default=0), max(frame["year"], default=-1) + 1)
    ticks = list(years)[:: -(-len(years) // TICKS) or 1]
    gaps = [
        {"leaf": leaf, "year": year}
        for leaf in dict.fromkeys(frame["leaf"])
        for year in set(years) - set(frame["year"])
    ]
    x = alt.X(
        "year:Q",
        axis=alt.Axis(format="d", title=None, values=ticks),
        scale=alt.Scale(zero=False, nice=False, padding=8),
    )
    axis = alt.Axis(format="%", title=None, tickCount=4)
    told = [
        alt.Tooltip(f"{name}:{kind}", title=_word(name, lang))
        for name, kind in (("group", "N"), ("count", "Q"), ("base", "Q"))
    ]
    whole = alt.Chart(pd.DataFrame([*points, *gaps], columns=columns)).encode(x=x)
    layers = alt.layer(
        whole.mark_area(color="#ddd").encode(y=alt.Y("low:Q", axis=axis), y2="high:Q"),
        whole.mark_line(color="black").encode(y=alt.Y("share:Q", axis=axis)),
        whole.mark_point(filled=True, color="black", size=40).encode(
            y="share:Q", shape=alt.condition("datum.inferred", alt.value("cross"), alt.value("circle")), tooltip=told
        ),
    ).properties(width=210, height=110)
    order = list(dict.fromkeys(one["leaf"] for one in points))
    drawn = layers.facet(
        facet=alt.Facet("leaf:N", sort=order, title=None, header=alt.Header(labelFontSize=12)), columns=3
    ).properties(title=title) if points else alt.Chart(frame).mark_point().properties(title=title)  # fmt: skip
    return Chart(drawn, _headed(frame.drop(columns=["year", "inferred"]), lang), title, notes, lang)


def comparison_chart(rows: Iterable[Row], first: int, second: int, *, lang: str = "zh", notes: str = "") -> Chart:
    """Return two years side by side: of each problem the share and its interval of 95 %; `rows` are those of `compare`."""
    points = [
        {"leaf": row["zh" if lang == "zh" else "en"], "group": str(year), "count": row[f"count_{side}"], "base": row[f"base_{side}"],
         "share": row[f"share_{side}"], "low": row[f"low_{side}"], "high": row[f"high_{side}"]}
        for row in rows if row["what"] == "problem" for side, year in (("a", first), ("b", second))
    ]  # fmt: skip
    frame = pd.DataFrame(points, columns=["leaf", "group", "count", "base", "share", "low", "high"])
    title = _word("pair", lang).format(a=first, b=second)
    order = list(dict.fromkeys(one["leaf"] for one in points))
    years = [str(first), str(second)]
    y = alt.Y("leaf:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, grid=True))
    shift = alt.YOffset("group:N", sort=years)
    told = [
        alt.Tooltip(f"{name}:{kind}", title=_word(name, lang))
        for name, kind in (("leaf", "N"), ("group", "N"), ("count", "Q"), ("base", "Q"))
    ]
    axis = alt.Axis(format="%", title=_word("share", lang))
    whole = alt.Chart(frame).encode(y=y, yOffset=shift)
    drawn = (
        whole.mark_rule(color="#777").encode(x=alt.X("low:Q", axis=axis, scale=alt.Scale(domainMin=0)), x2="high:Q")
        + whole.mark_point(size=60, color="black").encode(
            x=alt.X("share:Q", axis=axis), tooltip=told,
            shape=alt.Shape("group:N", sort=years, title=None),
            fill=alt.Fill("group:N", sort=years, title=None, scale=alt.Scale(domain=years, range=["white", "black"]), legend=None),
        )
    ).properties(width=420, height=max(_CELL[1] * len(order), 60), title=title)  # fmt: skip
    return Chart(drawn, _headed(frame, lang), title, notes, lang)


def _black(one: Row, cells: Sequence[Row], share: bool) -> float:
    """Return how dark a cell is, from 0 to 1."""
    if share:
        return 0.85 * float(one["share"] or 0)
    return float(0.85 * one["count"] / max(_FEW, *(cell["count"] for cell in cells)))


def _group(group: str | None, by: str, lang: str) -> str:
    if group is None:
        return _word("undated", lang)
    words = CODES.get(by, {}).get(group)
    return words.in_(lang) if words else group


def _headed(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    return frame.rename(columns={name: _word(name, lang) for name in frame.columns if name in _WORDS})


def _word(key: str, lang: str) -> str:
    return _WORDS[key].in_(lang)


def _converter() -> Any:
    """Return vl-convert, which knows the font that draws Chinese."""
    import vl_convert

    folder = str(font_file().parent)
    if folder not in _registered:
        vl_convert.register_font_directory(folder)
        _registered.add(folder)
    return vl_convert


_registered: set[str] = set()
