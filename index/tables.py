"""What an index looks like: its tables, columns and views, each with a Chinese title and a word on what it holds.

From this description come the database (`index.schema`), docs/schema.md and the titles that Datasette shows.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `references` is the table whose id it holds, `indexed` asks for an index of its own."""

    name: str
    type: type
    zh: str
    says: str
    references: str | None = None
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `pk` is one column or several. With several its rows stand in the tree of the key, without one of their own."""

    name: str
    zh: str
    says: str
    columns: tuple[Column, ...]
    pk: str | tuple[str, ...] = "id"


@dataclass(frozen=True, slots=True)
class View:
    """A query that stands in the database under a name; `columns` are (name, Chinese title)."""

    name: str
    zh: str
    says: str
    columns: tuple[tuple[str, str], ...]
    sql: str


def _id(zh: str = "编号") -> Column:
    return Column("id", int, zh, "number of the row")


def _place(of: str = "documents.text") -> tuple[Column, ...]:
    return (
        Column("start", int, "起", f"first character, in {of}"),
        Column("end", int, "止", f"the character after the last, in {of}"),
    )


def _source_place() -> tuple[Column, ...]:
    return (
        Column("source_start", int, "原文起", "first character, in sources.text"),
        Column("source_end", int, "原文止", "the character after the last, in sources.text"),
    )


def _document() -> Column:
    return Column("document", int, "报告", "the document it stands in", references="documents", indexed=True)


def _mention() -> tuple[Column, ...]:
    return (
        _id(),
        _document(),
        Column("sentence", int, "句", "the sentence it begins in; empty where there is none", references="sentences"),
        *_place(),
        *_source_place(),
        Column("rule", int, "规则", "the pattern that found it", references="rules"),
    )


TABLES = (
    Table(
        "meta",
        "索引信息",
        "What the index knows of itself.",
        (Column("name", str, "名称", "what is known"), Column("value", str, "值", "what it is")),
        pk="name",
    ),
    Table(
        "source_keys",
        "文件代号",
        "The short name of every path ever read, kept so that a reference means the same file for ever.",
        (
            Column("path", str, "路径", "the file as it was given"),
            Column("key", str, "代号", "its short name, unique", indexed=True),
        ),
        pk="path",
    ),
    Table(
        "sources",
        "文件",
        "One row for every file, read or not.",
        (
            _id(),
            Column("key", str, "代号", "short name, from the name of the file", indexed=True),
            Column("path", str, "路径", "the file as it was given", indexed=True),
            Column("sha256", str, "校验值", "of its bytes; empty where they could not be read", indexed=True),
            Column("size", int, "字节数", "in bytes"),
            Column("media_type", str, "格式", "kind of file, as told by its content: text, docx, pdf, ofd …"),
            Column("encoding", str, "编码", "of a text file"),
            Column("status", str, "状态", "read, copy (all in it is in another file), skipped or failed", indexed=True),
            Column("code", str, "原因代码", "stable name of the reason"),
            Column("reason", str, "原因(英文)", "why it was skipped or failed, in English"),
            Column("reason_zh", str, "原因", "the same in Chinese"),
            Column("remedy", str, "办法(英文)", "what would help, in English"),
            Column("remedy_zh", str, "办法", "the same in Chinese"),
            Column("stale", int, "沿用旧内容", "1: the file fails now, its documents are those of an earlier reading"),
            Column("fingerprint", str, "程序指纹", "of the code and data that read it"),
            Column("ingested_at", str, "读入时间", "UTC, ISO 8601"),
            Column(
                "text",
                str,
                "原文",
                "the decoded file without what its documents hold of it (index.source_texts); of more than 300,000 characters as it is, of more than 16 million as bytes of UTF-8",
            ),
            Column("about", str, "自述", "JSON: what the file or page says of itself; never dates a report"),
        ),
    ),
    Table(
        "furniture",
        "网页杂项",
        "Stretches of a file that belong to the site or the page, to no document.",
        (
            _id(),
            Column("source", int, "文件", "the file", references="sources", indexed=True),
            *_place("sources.text"),
            Column("kind", str, "种类", "what it is"),
        ),
    ),
    Table(
        "anchors",
        "版面位置",
        "Where a stretch of a file that is not plain text stands: on its page, in its paragraphs, cells or slides.",
        (
            _id(),
            Column("source", int, "文件", "the file", references="sources", indexed=True),
            *_place("sources.text"),
            Column("page", int, "页", "from 1"),
            Column("box_left", float, "左", "in points from the left edge"),
            Column("box_top", float, "上", "in points from the top edge"),
            Column("box_right", float, "右", "in points from the left edge"),
            Column("box_bottom", float, "下", "in points from the top edge"),
            Column("paragraph", int, "段", "from 0"),
            Column("table_number", int, "表", "from 0"),
            Column("table_row", int, "行", "from 0"),
            Column("table_column", int, "列", "from 0"),
            Column("run", int, "文字块", "of a Word paragraph, from 0"),
            Column("sheet", str, "工作表", "name of the sheet; table_row and table_column count from 0 in it"),
            Column("slide", int, "幻灯片", "from 1"),
            Column("confidence", float, "识别把握", "how sure a recognition of characters (OCR) is, from 0 to 1"),
        ),
    ),
    Table(
        "documents",
        "报告",
        "One row for every report; a file may hold several.",
        (
            _id(),
            Column("source", int, "文件", "the file it stands in", references="sources", indexed=True),
            Column("ordinal", int, "序号", "place in the file, from 1"),
            Column("ref", str, "代号", "003, or 000#2 where the file holds several", indexed=True),
            Column("title", str, "标题", "as the report has it"),
            Column(
                "doc_type", str, "文种", "plan, summary, rectification, experience, research, speech …", indexed=True
            ),
            Column("org", str, "单位", "as the report names it", indexed=True),
            Column(
                "org_level", str, "层级", "nation, province, city, county, township, village, enterprise or unknown"
            ),
            Column("region", str, "地区", "as the report names it"),
            Column("year", int, "年份", "the year it is about; empty where it cannot be told", indexed=True),
            Column("year_low", int, "最早年份", "the first year that the evidence allows"),
            Column("year_high", int, "最晚年份", "the last year that the evidence allows"),
            Column("year_basis", str, "年份依据", "title, signature, body, inferred, none, or corrected by a person"),
            Column("signed", str, "落款日期", "ISO day"),
            Column("script", str, "字体", "simplified, or traditional (then text is converted)"),
            Column("chars", int, "字数", "characters of text"),
            Column("source_start", int, "原文起", "first character, in sources.text"),
            Column("source_end", int, "原文止", "the character after the last, in sources.text"),
            Column("offsets", bytes, "位置对照", "packed map from text to sources.text (index.rows)"),
            Column("text", str, "正文", "clean text"),
            Column("region_basis", str, "地区依据", "body (in its name), stated (in the title), inferred or none"),
            Column(
                "county", str, "县", "what the region is or lies in; empty where the table of divisions leaves several"
            ),
            Column("city", str, "市", "the city or prefecture it belongs to in that year"),
            Column("province", str, "省", "the province it belongs to in that year"),
            Column("addressee", str, "主送", "whom it is written or spoken to"),
            Column("signer", str, "署名", "who signed it: bodies, or a person with office"),
            Column("number", str, "文号", "number of the document: ×妇〔2012〕3号"),
            Column("year_conflicts", int, "年份矛盾", "how many words contradict the year that is stated"),
            Column(
                "org_basis",
                str,
                "单位依据",
                "stated (in title, letterhead or signature, or by the speaker), inferred (the likeliest of those named), none, or corrected by a person",
            ),
        ),
    ),
    Table(
        "copies",
        "重复",
        "Reports that repeat one of `documents` word for word: read once, counted once, recorded here.",
        (
            _id(),
            Column("source", int, "文件", "the file the copy stands in", references="sources", indexed=True),
            Column("document", int, "报告", "the document that it repeats", references="documents", indexed=True),
            Column("kind", str, "种类", "file (the same bytes), text (the same words) or repeat (again in one file)"),
            Column("ref", str, "代号", "the name that it would have as a document", indexed=True),
            Column("title", str, "标题", "as the copy has it"),
            *_source_place(),
        ),
    ),
    Table(
        "fingerprints",
        "指纹",
        "Hashes by which copies of a document are looked for: of its text, its numbers, its longest sentences.",
        (
            Column("hash", int, "散列值", "64 bits, with a sign"),
            Column("document", int, "报告", "the document", references="documents", indexed=True),
        ),
        pk=("hash", "document"),
    ),
    Table(
        "waiting",
        "待编入检索",
        "Documents that are not yet in the full-text tables; search reads them.",
        (Column("document", int, "报告", "the document", references="documents"),),
        pk="document",
    ),
    Table(
        "segmentations",
        "分词",
        "How documents in the full-text tables were cut into words.",
        (
            Column("document", int, "报告", "the document", references="documents"),
            Column("lengths", bytes, "词长", "lengths of the words of documents.text, packed (index.characters)"),
        ),
        pk="document",
    ),
    Table(
        "rules",
        "规则",
        "The patterns by which mentions are found.",
        (_id(), Column("name", str, "名称", "stable name; corrected where a person said it", indexed=True)),
    ),
    Table(
        "year_evidence",
        "年份依据",
        "The words that date a document.",
        (
            _id(),
            _document(),
            *_place(),
            *_source_place(),
            Column("text", str, "文字", "the words"),
            Column("low", int, "最早年份", "the first year they allow"),
            Column("high", int, "最晚年份", "the last year they allow"),
            Column("why", str, "理由(英文)", "how they date it"),
            Column("why_zh", str, "理由", "the same in Chinese"),
            Column(
                "weight",
                str,
                "分量",
                "stated, firm, hint (supports only), past (a look back) or conflict (with the year stated)",
            ),
            Column("verified", int, "出处核对", "of an event: 1 where its source was opened"),
        ),
    ),
    Table(
        "damage",
        "残损",
        "Stretches that are not what the author wrote: masked, digits_lost, words_removed, truncated, mojibake (lost) or repaired (mojibake that could be taken back).",
        (
            _id(),
            _document(),
            *_place(),
            *_source_place(),
            Column("text", str, "文字", "what stands there"),
            Column("kind", str, "种类", "what happened to it"),
        ),
    ),
    Table(
        "sections",
        "章节",
        "The numbered parts of a document.",
        (
            _id(),
            _document(),
            Column("ordinal", int, "序号", "from 0, in order"),
            *_place(),
            *_source_place(),
            Column("level", int, "级", "1 for 一、, 2 for (一) …; 0 for what precedes"),
            Column("marker", str, "编号文字", "as written"),
            Column("heading", str, "小标题", "as written"),
            Column("heading_end", int, "小标题止", "the character after the heading"),
            Column("role", str, "性质", "problems, measures, achievements, plan or background"),
            Column("parent", int, "上级", "the section around it", references="sections"),
        ),
    ),
    Table(
        "sentences",
        "句子",
        "Where the sentences stand; their words are in documents.text.",
        (
            _id(),
            _document(),
            Column("section", int, "章节", "the section it stands in", references="sections"),
            *_place(),
            *_source_place(),
            Column("role", str, "性质", "of the section, unless a lead-in nearer by changes it"),
        ),
    ),
    Table(
        "quantities",
        "数量",
        "Numbers with their units. Masked and damaged ones have no value.",
        (
            *_mention(),
            Column("value", float, "数值", "the number, 十百千万亿 multiplied out; of a range, the lower"),
            Column("value_exact", str, "精确值", "the same as a fraction"),
            Column("value_max", float, "上限", "the upper of a range"),
            Column("value_max_exact", str, "上限精确值", "the same as a fraction"),
            Column("unit", str, "单位", "as written, in simplified characters"),
            Column("dimension", str, "量纲", "what may be added to what"),
            Column("approx", str, "约数", "exact, more, about or less"),
            Column("of", str, "所指", "what is counted"),
            Column("state", str, "状态", "stated, masked or damaged"),
            Column(
                "measure", str, "量别", "count, amount, share, rate, growth, ratio, price, average, rank, age, score"
            ),
            Column("base", str, "基数", "of a share or a growth, where it is said"),
            Column("modality", str, "语气", "done, planned, demanded or proposed; empty where nothing tells"),
            Column("whom", str, "对象", "for whom it is, where that is said"),
        ),
    ),
    Table(
        "times",
        "时间",
        "Points and stretches of the calendar, deadlines, durations, frequencies.",
        (
            *_mention(),
            Column("kind", str, "种类", "date, period, deadline, duration or frequency"),
            Column("date_start", str, "始", "first ISO day; empty where open or unknown"),
            Column("date_end", str, "终", "last ISO day; empty where open or unknown"),
        ),
    ),
    Table(
        "tasks",
        "任务",
        "What is due by a deadline, who is to do it and how much; certain and guessed told apart.",
        (
            *_mention(),
            Column("time", int, "时限", "the deadline", references="times", indexed=True),
            Column("task", str, "任务", "the noun or clause, without the deadline; empty where nothing says it"),
            Column(
                "basis",
                str,
                "任务依据",
                "stated (with the deadline), heading (of its item) or neighbour (another line)",
            ),
            Column("who", str, "责任单位", "who is to do it; empty where nobody is named"),
            Column("who_basis", str, "责任依据", "stated, heading or neighbour, as of the task"),
            Column("amounts", str, "数量", "the numbers in the words of the task, between 、"),
            Column("modality", str, "语气", "done (told as done or as a state: no task any more), planned, or empty"),
        ),
    ),
    Table(
        "activities",
        "活动",
        "Named activities: campaigns, programmes, brands, honours, events, bodies.",
        (
            *_mention(),
            Column("name", str, "名称", "without quotation marks, without a trailing 活动", indexed=True),
            Column("kind", str, "种类", "campaign, programme, brand, honour, event or body"),
            Column("modality", str, "语气", "done, planned, demanded or proposed; empty where nothing tells"),
            Column(
                "amounts",
                str,
                "数量",
                "the numbers that belong to it, as written, between 、: those nearest in its clause",
            ),
            Column("times", str, "时间", "the times that belong to it, likewise"),
        ),
    ),
    Table(
        "leaves",
        "问题分类",
        "The taxonomy of problems.",
        (
            Column("id", str, "代码", "stable name"),
            Column("family", str, "大类", "the group of leaves it belongs to"),
            Column("zh", str, "类别", "Chinese name"),
            Column("en", str, "类别(英文)", "English name"),
            Column("place", int, "次序", "in the taxonomy"),
        ),
    ),
    Table(
        "problems",
        "问题",
        "Sentences that name a problem; only polarity asserted reports it as existing.",
        (
            *_mention(),
            Column("main", str, "主要类别", "the leading leaf", references="leaves"),
            Column(
                "polarity", str, "肯否", "asserted, negated, solved, measure_implied, required_of_others, hypothetical"
            ),
            Column("scope", str, "范围", "own_organisation, lower_level, leaders_above, population or society_law"),
            Column("strength", str, "程度", "widespread, partial, mild or nothing"),
            Column("score", float, "把握", "probability that a problem is reported"),
            Column("same_text", str, "同文标记", "equal where the sentence is the same but for marks"),
        ),
    ),
    Table(
        "problem_labels",
        "问题类别",
        "The leaves of a problem, the main one first.",
        (
            Column("problem", int, "问题", "the problem", references="problems"),
            Column("leaf", str, "类别", "the leaf", references="leaves", indexed=True),
            Column("place", int, "次序", "0 for the main one"),
            Column("score", float, "把握", "the classifier's probability"),
        ),
        pk=("problem", "leaf"),
    ),
    Table(
        "reuse_passages",
        "沿用段落",
        "Passages that two reports have in common; made when first asked for, emptied when a report comes, changes or goes.",
        (
            _id(),
            Column("document", int, "报告", "one of the two", references="documents", indexed=True),
            *_place(),
            Column("other", int, "另一报告", "the other", references="documents", indexed=True),
            Column("other_start", int, "另一处起", "first character, in its text"),
            Column("other_end", int, "另一处止", "the character after the last, in its text"),
            Column("shared", int, "相同字数", "characters that both have, without marks, slogans and standing phrases"),
            Column("sentences", int, "句数", "sentences of one that stand in the other"),
        ),
    ),
    Table(
        "reused_sentences",
        "沿用句子",
        "Sentences in passages that several reports share; those of one family are one text with other numbers and names.",
        (
            Column("document", int, "报告", "the report it stands in", references="documents", indexed=True),
            *_place(),
            Column("family", int, "文族", "the same for all sentences that are one text", indexed=True),
        ),
        pk=("document", "start"),
    ),
    Table(
        "corrected_documents",
        "更正所涉报告",
        "Reports that a person corrected something of, known by their words, wherever they lie now.",
        (
            _id(),
            Column(
                "document",
                int,
                "报告",
                "the document it is now; empty where none is",
                references="documents",
                indexed=True,
            ),
            Column("ref", str, "代号", "its name when it was last seen"),
            Column("path", str, "路径", "the file it stood in then"),
            Column("ordinal", int, "序号", "its place in the file then"),
            Column("title", str, "标题", "as the report had it then"),
            Column("sketch", str, "特征", "JSON: hashes and phrases by which it is found again (index.identity)"),
        ),
    ),
    Table(
        "corrections",
        "更正记录",
        "What people said against what was read: never deleted, applied to whatever is read later.",
        (
            _id(),
            Column("identity", int, "所涉报告", "the report", references="corrected_documents", indexed=True),
            Column("layer", str, "对象", "document, problem, number, time or activity"),
            Column("field", str, "项目", "what was corrected"),
            Column("value", str, "更正为", "the value; none where there is none"),
            Column("anchor", str, "定位", "JSON: the words it belongs to (index.identity); empty of a whole report"),
            Column("text", str, "文字", "these words as they were read; of a report its title"),
            Column("sentence", str, "句子", "their sentence"),
            Column("role", str, "性质", "of the sentence"),
            Column("made_at", str, "更正时间", "UTC, ISO 8601"),
            Column("made_by", str, "更正人", "who said so"),
            Column("why", str, "理由", "in their words"),
            Column("undone_at", str, "撤销时间", "UTC, ISO 8601; empty while it holds"),
            Column("undone_by", str, "撤销人", "who took it back"),
            Column("was", str, "原为", "what stood there when it was last applied"),
        ),
    ),
    Table(
        "corrected",
        "更正所改",
        "What each correction that holds changes in the rows of today, so that it can be taken back exactly.",
        (
            _id(),
            Column("correction", int, "更正", "the correction", references="corrections", indexed=True),
            _document(),
            *_source_place(),
            Column("was", str, "原为", "what stood in the field before"),
            Column("change", str, "改动", "JSON: steps, each with the values that it replaced"),
        ),
    ),
)

MENTIONS = ("quantities", "times", "tasks", "activities", "problems")
NUMBERED_OF_DOCUMENT = (
    "problems",
    "quantities",
    "tasks",
    "times",
    "activities",
    "sentences",
    "sections",
    "damage",
    "year_evidence",
)
OF_DOCUMENT = (*NUMBERED_OF_DOCUMENT, "waiting", "segmentations", "fingerprints")  # in order of deletion
OF_SOURCE = ("anchors", "furniture", "copies")

YEAR_LABEL = """CASE
    WHEN {d}.year IS NOT NULL AND {d}.year_basis = 'inferred' THEN '≈' || {d}.year
    WHEN {d}.year IS NOT NULL THEN CAST({d}.year AS TEXT)
    WHEN {d}.year_low = {d}.year_high THEN '≈' || {d}.year_low
    WHEN {d}.year_low IS NOT NULL AND {d}.year_high IS NOT NULL THEN '≈' || {d}.year_low || '–' || {d}.year_high
    WHEN {d}.year_low IS NOT NULL THEN '≥' || {d}.year_low
    WHEN {d}.year_high IS NOT NULL THEN '≤' || {d}.year_high
END"""
_WHERE_FROM = """
FROM {table} AS m
JOIN documents AS d ON d.id = m.document
LEFT JOIN sentences AS s ON s.id = m.sentence"""
_CONTEXT = """d.ref AS ref, d.title AS title, d.org AS org, d.doc_type AS doc_type, {year} AS year, s.role AS role,
substr(d.text, m.start + 1, m."end" - m.start) AS text, {own}, substr(d.text, s.start + 1, s."end" - s.start) AS sentence,
d.ref || '@' || m.source_start || '-' || m.source_end AS reference"""
_CONTEXT_COLUMNS = (
    ("ref", "代号"),
    ("title", "标题"),
    ("org", "单位"),
    ("doc_type", "文种"),
    ("year", "年份"),
    ("role", "性质"),
    ("text", "文字"),
)
_CONTEXT_END = (("sentence", "句子"), ("reference", "出处"))


def _mention_view(
    name: str, zh: str, says: str, table: str, own: tuple[tuple[str, str], ...], where: str = "", more: str = ""
) -> View:
    listed = ", ".join(f'm."{column}" AS "{column}"' for column, _ in own if f"AS {column}" not in more)
    context = _CONTEXT.format(year=YEAR_LABEL.format(d="d"), own=listed + more)
    sql = f"SELECT {context}{_WHERE_FROM.format(table=table)}{where}"
    return View(name, zh, says, (*_CONTEXT_COLUMNS, *own, *_CONTEXT_END), sql)


_OF_TASK = (
    ("task", "任务", "what is due"),
    ("basis", "任务依据", "how that is known"),
    ("who", "责任单位", "who is to do it"),
    ("who_basis", "责任依据", "how that is known"),
    ("amounts", "数量", "how much"),
    ("modality", "语气", "done, planned, or empty"),
)

VIEWS = (
    View(
        "reports",
        "报告一览",
        "One row for every report, with its file and what was found in it.",
        (
            ("ref", "代号"),
            ("title", "标题"),
            ("doc_type", "文种"),
            ("org", "单位"),
            ("org_level", "层级"),
            ("region", "地区"),
            ("city", "市"),
            ("province", "省"),
            ("year", "年份"),
            ("year_basis", "年份依据"),
            ("signed", "落款日期"),
            ("number", "文号"),
            ("addressee", "主送"),
            ("signer", "署名"),
            ("chars", "字数"),
            ("year_conflicts", "年份矛盾"),
            ("damaged", "残损处"),
            ("problems", "问题句"),
            ("path", "文件"),
            ("stale", "沿用旧内容"),
        ),
        f"""SELECT d.ref AS ref, d.title AS title, d.doc_type AS doc_type, iif(d.org_basis = 'inferred', '≈', '') || d.org AS org, d.org_level AS org_level,
iif(d.region_basis = 'inferred', '≈', '') || d.region AS region, d.city AS city, d.province AS province,
{YEAR_LABEL.format(d="d")} AS year, d.year_basis AS year_basis, d.signed AS signed, d.number AS number,
d.addressee AS addressee, d.signer AS signer, d.chars AS chars, d.year_conflicts AS year_conflicts, (SELECT count(*) FROM damage WHERE document = d.id) AS damaged,
(SELECT count(*) FROM problems WHERE document = d.id AND polarity = 'asserted') AS problems,
s.path AS path, s.stale AS stale FROM documents AS d JOIN sources AS s ON s.id = d.source""",
    ),
    View(
        "unread_files",
        "未读入的文件",
        "Files that were skipped or failed, with the reason and what would help.",
        (("path", "文件"), ("status", "状态"), ("reason_zh", "原因"), ("remedy_zh", "办法"), ("stale", "沿用旧内容")),
        """SELECT path, status, coalesce(reason_zh, reason) AS reason_zh, coalesce(remedy_zh, remedy) AS remedy_zh, stale
FROM sources WHERE status NOT IN ('read', 'copy')""",
    ),
    _mention_view(
        "numbers",
        "数量一览",
        "Every number in its sentence.",
        "quantities",
        (
            ("value", "数值"),
            ("value_max", "上限"),
            ("unit", "单位"),
            ("approx", "约数"),
            ("of", "所指"),
            ("state", "状态"),
            ("measure", "量别"),
            ("base", "基数"),
            ("modality", "语气"),
            ("whom", "对象"),
        ),
    ),
    _mention_view(
        "deadlines",
        "时限一览",
        "Everything with a deadline, in its sentence.",
        "times",
        (("date_start", "始"), ("date_end", "终"), *((name, zh) for name, zh, _ in _OF_TASK)),
        " WHERE (m.kind = 'deadline' OR m.id IN (SELECT time FROM tasks))",
        more="".join(f", (SELECT k.{name} FROM tasks AS k WHERE k.time = m.id) AS {name}" for name, *_ in _OF_TASK),
    ),
    _mention_view(
        "calendar",
        "时间一览",
        "Every time in its sentence.",
        "times",
        (("kind", "种类"), ("date_start", "始"), ("date_end", "终")),
    ),
    _mention_view(
        "named_activities",
        "活动一览",
        "Every named activity in its sentence.",
        "activities",
        (("name", "名称"), ("kind", "种类"), ("modality", "语气"), ("amounts", "数量"), ("times", "时间")),
    ),
    _mention_view(
        "reported_problems",
        "问题一览",
        "Every sentence that names a problem, whatever its polarity.",
        "problems",
        (
            ("main", "主要类别"),
            ("polarity", "肯否"),
            ("scope", "范围"),
            ("strength", "程度"),
            ("score", "把握"),
            ("categories", "类别"),
        ),
        more=""", (SELECT group_concat(coalesce(l.zh, p.leaf), '、') FROM problem_labels AS p
LEFT JOIN leaves AS l ON l.id = p.leaf WHERE p.problem = m.id) AS categories""",
    ),
    View(
        "problems_by_year",
        "问题与年份",
        "In how many documents each problem is reported as existing, by year; a document counts once for a leaf.",
        (("leaf", "代码"), ("zh", "类别"), ("year", "年份"), ("documents", "报告数"), ("refs", "代号")),
        f"""SELECT leaf, zh, year, count(*) AS documents, group_concat(ref, ' ') AS refs FROM (
SELECT DISTINCT p.leaf AS leaf, coalesce(l.zh, p.leaf) AS zh, {YEAR_LABEL.format(d="d")} AS year, d.ref AS ref
FROM problem_labels AS p JOIN problems AS m ON m.id = p.problem JOIN documents AS d ON d.id = m.document
LEFT JOIN leaves AS l ON l.id = p.leaf WHERE m.polarity = 'asserted' ORDER BY d.ref) GROUP BY leaf, zh, year""",
    ),
)
