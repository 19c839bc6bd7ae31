"""Markdown: the words without the marks, each where it stands in the file; masks of digits and names are no marks."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from runaway import no_runaway

from ingest.errors import EmptyFile, IngestError, NoText
from ingest.markdown import NOTHING, is_markdown, read_markdown, strip_marks
from ingest.read import read_bytes

ROOT = Path(__file__).parent.parent
FORMATS = ROOT / "corpus" / "formats"


def bare(text):
    return "".join(text.replace(NOTHING, "").split())


def words(source):
    return strip_marks(source).replace(NOTHING, "").strip()


def test_the_sample_says_what_its_original_says_at_the_places_of_the_file():
    data = (FORMATS / "web_notes.md").read_bytes()
    raw = read_markdown(data, "a.md")
    source = data.decode("utf-8")
    assert bare(raw.text) == bare((FORMATS / "web.txt").read_text("utf-8"))
    assert len(raw.text) == len(source)
    assert all(char == own or char in " \t" + NOTHING for char, own in zip(raw.text, source, strict=True))
    assert "河道清淤\t4.2公里\t6月底前" in raw.text.replace(NOTHING, "")
    assert dict(raw.about) == {"title": "苎塘镇2021年度工作总结", "date": "2022-01-05"}
    assert is_markdown(data)


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("# 一、主要工作 #", "一、主要工作"), ("###二、问题", "二、问题"), ("**（一）抓产业。**引进企业", "（一）抓产业。引进企业"),
        ("一是**经费不足**，二是", "一是经费不足，二是"), ("__粗体字__的", "粗体字的"), ("*斜体*和 _斜体_", "斜体和 斜体"), ("~~删去~~", "删去"),
        ("见[附件](http://a.cn/b(1).doc)。", "见附件。"), ("见[附件][1]。", "见附件。"), ("[1]: http://a.cn", ""), ("![图](a.png)走访", "走访"),
        ("- [x] 走访", "走访"), ("* 走访", "走访"), ("> 引文", "引文"), ("走访<br/>慰问<!-- 草稿 -->", "走访慰问"), ("`a*b*c`", "a*b*c"),
        ("\\*走访\\*", "*走访*"), ("经费[^1]不足", "经费不足"), ("***", ""), ("问题\n===", "问题"), ("```\n**a**\n```", "**a**"),
    ],
)  # fmt: skip
def test_marks_are_blanked(source, left):
    assert words(source) == left
    assert len(strip_marks(source)) == len(source)


@pytest.mark.parametrize(
    "source",
    [
        "20**年**月", "20**年，**县妇联培训**余人，投入**万元", "*县*镇", "**县妇联走访**户", "2*3*4", "a*b", "snake_case_name", "1. 走访", "一、工作",
        "20__年12月*日", "走访#农户", "A|B|C", "（1）走访[2012]6号", "<通知>", "1*年和2*年", "##县妇联",
    ],
)  # fmt: skip
def test_masks_numbers_and_brackets_stay(source):
    expected = "县妇联" if source == "##县妇联" else source
    assert words(source) == expected


@pytest.mark.parametrize(
    "path", [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name
)
def test_what_is_left_is_what_another_reader_shows(path):
    """markdown-it keeps the words of links, code and cells too; only white space, entities and tags differ."""
    source = path.read_text("utf-8")
    shown = []
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        if token.type in ("fence", "code_block"):
            shown.append(token.content)
        for inner in token.children or ():
            if inner.type in ("text", "code_inline"):
                shown.append(inner.content)
    ours, theirs = Counter(bare(strip_marks(source))), Counter(bare("".join(shown)))
    assert ((ours - theirs) + (theirs - ours)).total() <= theirs.total() * 0.01


@pytest.mark.parametrize(
    "text", ["镇妇联总结\n一、工作\n1. 走访\n2. 慰问", "# 注释\n走访", "20**年**县", "- 走访\n- 慰问", "A | B\n走访"]
)
def test_a_text_with_few_marks_is_no_markdown(text):
    assert not is_markdown(text.encode())


@pytest.mark.parametrize(
    ("data", "kind"), [(b"", EmptyFile), (b"\xef\xbb\xbf \n", EmptyFile), (b"---\n\n![a](b)\n", NoText)]
)
def test_a_file_without_words_gives_its_reason(data, kind):
    with pytest.raises(IngestError) as raised:
        read_markdown(data, "a.md")
    assert type(raised.value) is kind


@pytest.mark.parametrize(
    "part", ["**a ", "![a", "[", "[a](", "`a", "<a ", "*a", "_a ", "|-|-|\n", ">", "\\", "~~a", "[a][", "<!--", "```\n"]
)
def test_marks_without_end_take_no_endless_time(part):
    with no_runaway():
        strip_marks(part * 20_000)


@given(st.text(alphabet='*_`[]()<>!|-#\\~ \n\r\t:年人20一企业a"=>^', max_size=80))
def test_the_length_never_changes(source):
    assert len(strip_marks(source)) == len(source)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with suppress(IngestError):
        read_markdown(data, "a.md")


def test_a_file_is_read_as_markdown_by_its_name_or_by_its_marks():
    text = "# 苎塘镇总结\n\n今年**走访**企业30家。\n\n- 慰问老人45户\n- 培训120人次\n"
    assert [read_bytes(text.encode(), name).media_type for name in ("a.txt", "a.md", "A.MD")] == ["markdown"] * 3
    plain = read_bytes("苎塘镇总结\n\n今年*走访*企业30家。\n".encode(), "a.MARKDOWN")
    assert (plain.media_type, plain.documents[0].text) == ("markdown", "苎塘镇总结\n今年走访企业30家。")
    assert read_bytes("20**年**县妇联总结\n走访企业30家。\n".encode(), "a.txt").media_type == "text"


def test_what_is_read_of_markdown_leads_back_into_the_file():
    source = read_bytes((FORMATS / "web_notes.md").read_bytes(), "web_notes.md")
    decoded = (FORMATS / "web_notes.md").read_text("utf-8")
    assert len(source.text) == len(decoded)
    document = source.documents[0]
    at = document.text.index("培训种养大户")
    start, end = document.to_source(at, at + 6)
    assert decoded[start:end] == "培训种养大户"


def test_sharps_tell_headings_outside_of_code_and_front_matter():
    source = "---\ntitle: 总结\n# 不是\n---\n# 某乡总结 #\n正文。\n```\n# 命令\n```\n##**主要**做法\n####### 七级不是\n"
    raw = read_markdown(source.encode(), "a.md")
    assert [(raw.text[at : at + 4].strip("\u200b")[:2], level) for at, level in raw.headings] == [
        ("某乡", 1),
        ("主要", 2),
    ]
