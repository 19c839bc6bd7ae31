"""The index in Datasette: titles and descriptions in the user's language, and ready-made queries.

`metadata_for` is a pure function; `serve` opens the file read-only and serves it on one address, without a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.characters import PART_SHIFT
from index.schema import MIGRATION_TABLE, TABLES, VIEWS
from nianlun.language import Words

if TYPE_CHECKING:
    from datasette.app import Datasette  # type: ignore[import-untyped]

# Tables that make the index work and tell a reader nothing.
_HIDDEN = ("meta", "source_keys", "waiting", "segmentations", "characters", "words", "vocabulary", MIGRATION_TABLE)
_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")

_TITLE = Words("年轮:工作报告索引", "nianlun: an index of work reports")
_ABOUT = Words(
    "只读,只在本机,不联网。年份前的 ≈ 表示推断;没有数值的数字是被遮盖或残损的。",
    "Read-only, on this machine, without a network. ≈ before a year: inferred; numbers without a value are masked or damaged.",
)

# Of a very long report, every part is a row of its own in full text (index.characters.row_of).
ROW_OF_DOCUMENT = (1 << PART_SHIFT) - 1
_REFERENCE = "d.ref || '@' || m.source_start || '-' || m.source_end"
_FIRST = "coalesce(nianlun_start(:reference), d.source_start)"
_LAST = "coalesce(nianlun_end(:reference), d.source_end)"
_SENTENCE = 'substr(d.text, s.start + 1, s."end" - s.start)'

QUERIES: dict[str, tuple[Words, Words, str]] = {
    "problems_in_years": (
        Words("各年反映的问题", "Problems by year"),
        Words(
            "每类问题在各年有几篇报告反映;一篇只算一次,未注明年份的单列。",
            "Documents that report each problem, by year.",
        ),
        "SELECT coalesce(year, '未注明') AS 年份, zh AS 问题, documents AS 报告数,"
        " (SELECT count(*) FROM reports AS r WHERE r.year IS p.year) AS 当年报告总数, refs AS 依据 FROM problems_by_year AS p"
        " ORDER BY year IS NULL, replace(year, '≈', ''), documents DESC",
    ),
    "problem_sentences": (
        Words("某类问题的句子", "Sentences of a problem"),
        Words(
            "填问题的代码或中文名,如 funding_gap 或 经费不足。",
            "Give the id or the Chinese name of a problem, as funding_gap.",
        ),
        f"""SELECT {_REFERENCE} AS 出处, coalesce(r.year, '未注明') AS 年份, d.org AS 单位, m.polarity AS 肯否, {_SENTENCE} AS 句子
FROM problem_labels AS p JOIN problems AS m ON m.id = p.problem JOIN documents AS d ON d.id = m.document
JOIN reports AS r ON r.ref = d.ref LEFT JOIN sentences AS s ON s.id = m.sentence LEFT JOIN leaves AS l ON l.id = p.leaf
WHERE (p.leaf = :leaf OR l.zh = :leaf) AND m.polarity = 'asserted'
ORDER BY r.year IS NULL, replace(r.year, '≈', ''), d.ref, m.start""",
    ),
    "deadlines_by_day": (
        Words("时限", "Deadlines"),
        Words("写明时限的任务,按最后一天排列;推不出日期的在最后。", "Tasks with a deadline, by last day."),
        "SELECT coalesce(nullif(task, ''), sentence) AS 任务, who AS 责任单位, amounts AS 数量, date_end AS 最后一天, text AS 原话, org AS 单位,"
        " reference AS 出处 FROM deadlines WHERE coalesce(modality, '') <> 'done'"
        " ORDER BY date_end IS NULL, date_end, reference",
    ),
    "activities_by_frequency": (
        Words("活动", "Activities"),
        Words("有名称的活动,多篇报告提到的在前。", "Named activities, those of most documents first."),
        "SELECT name AS 名称, count(DISTINCT ref) AS 报告数, (SELECT count(*) FROM reports) AS 报告总数, count(*) AS 处数, group_concat(DISTINCT ref) AS 依据"
        " FROM named_activities GROUP BY name ORDER BY 报告数 DESC, 处数 DESC, name",
    ),
    "sentence_at": (
        Words("出处所在的句子", "The sentence of a reference"),
        Words("填出处,如 02@1067-1069,列出它所在的句子。", "Give a reference; lists the sentences it touches."),
        f"""SELECT d.ref || '@' || s.source_start || '-' || s.source_end AS 句子出处, d.title AS 标题, coalesce(r.year, '未注明') AS 年份,
d.org AS 单位, {_SENTENCE} AS 句子, d.ref || '@' || s.source_start || '-' || s.source_end AS 原件
FROM documents AS d JOIN sentences AS s ON s.document = d.id JOIN reports AS r ON r.ref = d.ref
WHERE d.ref = nianlun_ref(:reference) AND s.source_start < nianlun_end(:reference) AND s.source_end > nianlun_start(:reference)
ORDER BY s.start""",
    ),
    "place_at": (
        Words("出处在原件中的位置", "Where a reference stands in the raw file"),
        Words(
            "填出处,列出它在原件的哪一页(框以点计)、哪一段、哪一格(行列从 1 数)、哪张幻灯片;识别把握为 0 到 1。",
            "Give a reference; lists file, page and box (points), paragraph, sheet, row and column (from 1), slide, confidence.",
        ),
        f"""SELECT o.path AS 文件, a.page AS 页, a.box_left AS 左, a.box_top AS 上, a.box_right AS 右, a.box_bottom AS 下, a.paragraph + 1 AS 段,
a.run + 1 AS 文字块, a.sheet AS 工作表, a.table_row + 1 AS 行, a.table_column + 1 AS 列, a.slide AS 幻灯片, a.confidence AS 识别把握,
substr(o.text, coalesce(a.start, {_FIRST}) + 1, coalesce(a."end", {_LAST}) - coalesce(a.start, {_FIRST})) AS 原文
FROM documents AS d JOIN sources AS o ON o.id = d.source
LEFT JOIN anchors AS a ON a.source = o.id AND a.start < {_LAST} AND a."end" > {_FIRST}
WHERE d.ref = nianlun_ref(:reference) ORDER BY a.start""",
    ),
    "search": (
        Words("全文检索", "Search"),
        Words(
            "填一个词(一个字也可以,繁体、全角也可以),列出含有它的句子。几个词、相距几字、异名异写,请用命令行的 nianlun search。",
            "Give a word of any length; lists the sentences that hold it. Several words, distances and variants: nianlun search.",
        ),
        f"""SELECT d.ref || '@' || s.source_start || '-' || s.source_end AS 出处, coalesce(r.year, '未注明') AS 年份,
d.org AS 单位, {_SENTENCE} AS 句子 FROM documents AS d JOIN sentences AS s ON s.document = d.id
JOIN reports AS r ON r.ref = d.ref
WHERE :q <> '' AND (d.id IN (SELECT rowid & {ROW_OF_DOCUMENT} FROM characters WHERE text MATCH nianlun_phrase(nianlun_plain(:q))) OR d.id IN (SELECT document FROM waiting))
AND instr({_SENTENCE}, nianlun_plain(:q)) ORDER BY d.id, s.start""",
    ),
}


def metadata_for(database: str, lang: str) -> dict[str, Any]:
    """Return Datasette's metadata for a database of that name: titles, columns, hidden tables, queries."""
    tables: dict[str, Any] = {}
    for table in TABLES:
        columns = {column.name: column.zh if lang == "zh" else column.says for column in table.columns}
        title = table.zh if lang == "zh" else table.name
        tables[table.name] = {
            "title": title,
            "description": table.says if lang == "en" else table.zh,
            "columns": columns,
        }
    for view in VIEWS:
        columns = {name: zh if lang == "zh" else name for name, zh in view.columns}
        title = view.zh if lang == "zh" else view.name
        tables[view.name] = {"title": title, "description": view.says if lang == "en" else view.zh, "columns": columns}
    for name in _HIDDEN:
        tables[name] = {**tables.get(name, {}), "hidden": True}
    for name in ("characters", "words"):
        for tail in _SHADOWS:
            tables[name + tail] = {"hidden": True}
    queries = {
        name: {"title": title.in_(lang), "description": about.in_(lang), "sql": sql}
        for name, (title, about, sql) in QUERIES.items()
    }
    return {
        "title": _TITLE.in_(lang),
        "description": _ABOUT.in_(lang),
        "databases": {
            database: {
                "title": _TITLE.in_(lang),
                "description_html": _contents(database, tables, lang),
                "tables": tables,
                "queries": queries,
            }
        },
    }


def _contents(database: str, tables: Mapping[str, Any], lang: str) -> str:
    """Return links to the views and tables under their titles; Datasette itself lists them by name only."""

    from datasette.utils import tilde_encode  # type: ignore[import-untyped]

    def links(names: Iterable[str]) -> str:
        return " · ".join(
            f'<a href="{tilde_encode(database)}/{name}">{escape(tables[name]["title"])}</a>' for name in names
        )

    shown = [table.name for table in TABLES if not tables[table.name].get("hidden")]
    views, rows = Words("一览", "Lists").in_(lang), Words("数据表", "Tables").in_(lang)
    return f"<p>{escape(_ABOUT.in_(lang))}</p><p>{views}: {links(view.name for view in VIEWS)}</p><p>{rows}: {links(shown)}</p>"


def datasette_for(db: Path, lang: str) -> Datasette:
    """Return Datasette over an index, opened with mode=ro; nothing it offers can write."""
    from datasette.app import Datasette
    from datasette.plugins import pm  # type: ignore[import-untyped]

    from nianlun import sql_functions

    # What is wrong is told on its page, not in the terminal with every local value; there rich fails on a wrong address.
    # Imported after the application: before it, Datasette would register the module without its handler.
    import_module("datasette.handle_exception").rich = None  # type: ignore[attr-defined]
    if not pm.has_plugin(sql_functions.NAME):
        pm.register(sql_functions, sql_functions.NAME)
    settings: Mapping[str, Any] = {
        "default_page_size": 50, "sql_time_limit_ms": 5000, "default_cache_ttl": 0, "allow_download": False,
        "truncate_cells_html": 300,
    }  # fmt: skip
    return Datasette([str(db)], metadata=metadata_for(db.stem, lang), settings=dict(settings))


def serve(db: Path, *, host: str, port: int, lang: str, open_browser: bool = False) -> None:
    """Serve an index until Ctrl-C; `host` is an address of this machine."""
    import uvicorn

    if open_browser:
        import threading
        import webbrowser

        threading.Timer(1.5, webbrowser.open, [f"http://{host}:{port}/"]).start()
    uvicorn.run(datasette_for(db, lang).app(), host=host, port=port, log_level="warning", lifespan="on")
