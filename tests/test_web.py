"""Web pages: the report and nothing around it, whatever the page is built of; hostile and broken pages end in an IngestError."""

from __future__ import annotations

import importlib.util
import io
import random
import zipfile
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runaway import no_runaway

from ingest.archive import read_zip
from ingest.errors import EmptyFile, IngestError, NoText
from ingest.read import read as read_file
from ingest.read import read_bytes
from ingest.web import decode_page, drop_pinyin, is_html, is_mht, read_html, read_mht
from nianlun.reading import find_files

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
SPEC = importlib.util.spec_from_file_location("build_web", FORMATS / "build_web.py")
BUILD = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(BUILD)
PAGES = sorted([*FORMATS.glob("web_*.html"), *FORMATS.glob("web_*.mht")])
SENTENCE = "今年以来，镇妇联走访困难母亲45户，培训妇女120人次。"


def bare(text):
    return "".join(text.split())


def text_of(body, head=""):
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "页.html").text


def reader(data):
    return read_mht if is_mht(data) else read_html


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_page_says_what_its_original_says(path):
    data = path.read_bytes()
    raw = reader(data)(data, path.name)
    assert bare(raw.text) == bare((FORMATS / "web.txt").read_text("utf-8"))
    assert "河道清淤\t4.2公里\t6月底前\n" in raw.text
    assert dict(raw.about)["title"] == BUILD.TITLE
    assert is_mht(data) == (path.suffix == ".mht")
    assert is_html(data) == (path.suffix == ".html")


def test_a_page_tells_its_date_source_and_address():
    data = (FORMATS / "web_saved.mht").read_bytes()
    assert dict(read_mht(data, "a").about) == {
        "title": BUILD.TITLE,
        "date": "2022-01-05",
        "source": "苎塘镇政府",
        "url": "http://www.example.cn/web_site.html",
    }
    old = dict(read_html((FORMATS / "web_old.html").read_bytes(), "a").about)
    assert (old["date"], old["source"]) == ("2022-01-05", "苎塘镇政府")


@pytest.mark.parametrize("name", sorted(BUILD.PAGES))
@pytest.mark.parametrize("report", ["02_", "03_", "04_", "05_", "07_", "08_", "09_", "10_", "13_", "15_", "16_"])
def test_every_sample_report_is_read_out_of_every_kind_of_page(name, report):
    (path,) = (FORMATS.parent / "reports").glob(f"{report}*.txt")
    title, *lines = (line.strip() for line in path.read_text("utf-8-sig").splitlines() if line.strip())
    half = len(lines) // 2
    data = BUILD.page(name, title, lines[:half], lines[half:])
    table = ["".join(row) for row in BUILD.TABLE]
    assert bare(read_html(data, "a").text) == bare("".join([title, *lines[:half], *table, *lines[half:]]))


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display:none">抄袭必究</span>', '<span style="DISPLAY: none;">抄袭必究</span>', '<i hidden>抄袭必究</i>',
        '<span style="visibility:hidden">抄袭必究</span>', '<span style="font-size:0px">抄袭必究</span>', "<!-- 抄袭必究 -->",
        '<span style="font-size:0">抄袭必究</span>', '<font color="#FFFFFF">抄袭必究</font>', '<span style="color: white">抄袭必究</span>',
        "<script>抄袭必究</script>", "<style>抄袭必究</style>", "<noscript>抄袭必究</noscript>", "<template>抄袭必究</template>",
        '<span style="position:absolute; left:-9999px">抄袭必究</span>', '<b style="text-indent:-999em">抄袭必究</b>', '<i style="visibility:collapse">抄袭必究</i>',
        '<span style="height:0;overflow:hidden;display:block">抄袭必究</span>', '<span style="font-size:1px">抄袭必究</span>', '<span style="clip:rect(0 0 0 0)">抄袭必究</span>',
        '<span class="x">抄袭必究</span>', '<b id="y">抄袭必究</b>', "<textarea>抄袭必究</textarea>", "<select><option>抄袭必究</select>",
    ],
)  # fmt: skip
def test_what_styles_hide_is_no_text(hidden):
    sheet = "<style>/* . */ .x, .z { display : none } #y{visibility:hidden} @media print { p { display:none } }</style>"
    assert (
        text_of(f"<p>镇妇联{hidden}走访困难母亲。</p><p>{SENTENCE}</p>", sheet) == f"镇妇联走访困难母亲。\n{SENTENCE}\n"
    )


@pytest.mark.parametrize(
    "shown",
    [
        '<span style="font-size:0.9em">抄袭必究</span>', '<span style="font-size:05px">抄袭必究</span>', '<b style="color:#fff;background:#900">抄袭必究</b>',
        '<span style="text-indent:-2em">抄袭必究</span>', '<span style="line-height:0.9;overflow:hidden">抄袭必究</span>', '<span style="font-size:1em">抄袭必究</span>',
        '<span style="height:0.5em;overflow:hidden">抄袭必究</span>', '<span style="color:#fffff0">抄袭必究</span>', '<span style="display:inline">抄袭必究</span>', '<span style="background-color:#ffffff">抄袭必究</span>',
    ],
)  # fmt: skip
def test_what_styles_only_change_is_text(shown):
    assert "抄袭必究" in text_of(f"<p>镇妇联{shown}走访困难母亲。</p><p>{SENTENCE}</p>")


def test_a_page_that_hides_its_text_until_a_script_has_run_is_read():
    assert (
        text_of(f'<div style="display:none"><p>{SENTENCE}</p><p>{SENTENCE}</p></div><p>请稍候</p>').count(SENTENCE) == 2
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("鄉(xiāng)鎮(zhèn)工作", "鄉鎮工作"), ("党委（dǎng wěi）书记", "党委书记"), ("镇(ㄓㄣˋ)村", "镇村"),
        ("走访(慰问)老人", "走访(慰问)老人"), ("卫生组织(WHO)", "卫生组织(WHO)"), ("软件(app)", "软件(app)"), ("（2012）", "（2012）"),
        ("(xiāng)鎮", "(xiāng)鎮"), ("规划（kuī huà 2012）", "规划（kuī huà 2012）"),
    ],
)  # fmt: skip
def test_readings_behind_characters_are_dropped_and_other_brackets_kept(text, left):
    assert drop_pinyin(text) == left


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("鄉(xiāng)鎮(zhèn)工(gong)作", "鄉鎮工作"),
        ("村(cun)庄(zhuang)路(lu)通", "村庄路通"),
        ("庄(zhuang1)稼(jia4)", "庄稼"),
        ("软件(he)好", "软件(he)好"),
        ("客户(app)村(cun)庄(zhuang)", "客户(app)村(cun)庄(zhuang)"),
        ("登录(OA)系统", "登录(OA)系统"),
    ],
)
def test_readings_without_tones_are_dropped_where_there_are_several(body, left):
    assert text_of(f"<p>{body}。{SENTENCE}</p>") == f"{left}。{SENTENCE}\n"


def test_a_page_of_frames_says_where_its_text_is():
    page = "<html><head><title>妇联</title></head><frameset cols='20%,80%'><frame src=a.htm><noframes><body>不支持框架</body></noframes></frameset></html>"
    with pytest.raises(NoText, match="frames"):
        read_html(page.encode(), "a.htm")


def test_big5_that_is_declared_as_gb2312_is_read_as_big5():
    text = "鎮婦聯走訪困難母親45戶，組織學習，發放補助金，培訓婦女幹部。"
    page = f"<html><head><meta charset=gb2312></head><body><p>{text}</p></body></html>"
    assert read_html(page.encode("big5"), "a").text == text + "\n"
    assert decode_page(page.replace("gb2312", "big5").encode("gb18030"))[0] == page.replace("gb2312", "big5")


def test_a_ruled_table_with_long_cells_is_a_table():
    table = (
        f"<table border=1><tr><td>问题</td><td>措施</td></tr><tr><td>经费不足</td><td>{SENTENCE * 30}</td></tr></table>"
    )
    assert text_of(f"<p>{SENTENCE}</p>{table}").splitlines()[1:] == ["问题\t措施", f"经费不足\t{SENTENCE * 30}"]
    assert "\t" not in text_of(f"<p>{SENTENCE}</p>{table.replace('border=1', '')}")


@pytest.mark.parametrize("folder", ["总结_files", "总结.files", "总结_FILES"])
def test_the_parts_of_a_saved_page_are_no_files_of_anybody(folder, tmp_path):
    page = (FORMATS / "web_site.html").read_bytes()
    for name, data in {
        "总结.html": page,
        f"{folder}/a.js": b"var x",
        f"{folder}/b.html": b"<html>x",
        "别的_files/c.txt": b"x",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    files, left_out = find_files([tmp_path], tmp_path / "reports.db")
    assert sorted(file.name for file in files) == sorted(["总结.html", "别的_files/c.txt"])
    assert left_out == 2
    (tmp_path / "总结.html").write_bytes(b"<html><frameset><frame src=b.html></frameset>")
    files, left_out = find_files([tmp_path], tmp_path / "reports.db")
    assert (f"{folder}/b.html" in [file.name for file in files], left_out) == (True, 1)


def test_the_parts_of_a_saved_page_in_an_archive_are_left_out():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("年/总结.htm", "年/总结.files/a.css", "年/总结.files/frame.htm", "年/图_files/a.txt"):
            archive.writestr(name, "x")
    assert [member.name for member in read_zip(out.getvalue(), "a.zip").members] == [
        "年/总结.htm",
        "年/总结.files/frame.htm",
        "年/图_files/a.txt",
    ]


@pytest.mark.parametrize(
    "last", ["整改情况报区纪委备案，接受群众监督。", "问题由各村汇总收集。", "每季度由办公室负责整理一次。"]
)
def test_a_last_paragraph_is_no_word_of_the_page(last):
    assert text_of(f"<h1>镇妇联整改措施</h1><p>{SENTENCE}</p><p>{SENTENCE}</p><p>{last}</p>").endswith(last + "\n")


def test_lists_breaks_and_verbatim_lines_become_lines():
    body = f"<p>{SENTENCE}</p><ol start=3><li>宣传</li><li>培训</li></ol><ul><li>检查</li></ul>走访<br/>慰问<pre>一\n二</pre>"
    assert text_of(body).splitlines() == [SENTENCE, "3. 宣传", "4. 培训", "检查", "走访", "慰问", "一", "二"]


def test_a_line_end_of_the_source_between_characters_is_no_space():
    assert text_of("<p>走访困难\n    母亲 45 户，\r\n慰问 A\nB 组。</p>") == "走访困难母亲 45 户，慰问 A B 组。\n"


def test_merged_cells_are_read_once_and_a_caption_stands_before_its_table():
    table = "<table><caption>培训情况</caption><tr><th rowspan=2>单位</th><th colspan=2>人数</th></tr><tr><td>男</td><td>女</td></tr></table>"
    assert text_of(f"<p>{SENTENCE}</p>{table}").splitlines()[1:] == ["培训情况", "单位\t人数", "男\t女"]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("gb2312", "gb18030"), ("GBK", "gb18030"), ("big5", "big5"), ("utf-8", "utf-8"), ("iso-8859-1", "gb18030"), ("utf-8", "gb18030"), ("gb2312", "utf-8"), ("", "gb18030"), ("", "utf-16")],
)  # fmt: skip
def test_the_encoding_is_what_the_page_declares_unless_its_bytes_say_otherwise(declared, codec):
    text = (
        "鎮婦聯走訪困難母親，組織學習，發放補助金。"
        if codec == "big5"
        else SENTENCE + "䶮、㙟二人。" * (codec == "gb18030")
    )
    source = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head><body><p>{text}</p></body></html>'
    assert text in decode_page(source.encode(codec))[0]
    assert read_html(source.encode(codec), "a").text == text + "\n"


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_a_page_in_a_mime_archive_is_decoded_as_its_part_says(transfer, charset):
    message = EmailMessage()
    message["Subject"] = "镇妇联总结"
    message.set_content(f"<html><body><p>{SENTENCE}</p></body></html>", subtype="html", charset=charset, cte=transfer)
    message.add_related(b"\x89PNG", "image", "png", cid="<a>")
    message.get_payload()[0]["Content-Location"] = "file:///C:/总结.htm"
    data = message.as_bytes()
    assert is_mht(data)
    raw = read_mht(data, "a.mht")
    assert raw.text == SENTENCE + "\n"
    assert dict(raw.about)["title"] == "镇妇联总结"


@pytest.mark.parametrize(
    "data",
    [
        "镇妇联总结\n<p>走访</p>".encode(), b"<!--\n  \n-->\n\n<U+00A0>\n" + SENTENCE.encode(), "<通知>走访".encode(), b"<br/>\n",
        b"From: a@b.cn\r\nTo: c@d.cn\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Location: a\r\n\r\nx",
        b"%PDF-1.4", b"# head\n<div>x</div>", b"<?xml version='1.0'?><a>b</a>",
    ],
)  # fmt: skip
def test_what_only_holds_a_tag_is_no_page(data):
    assert not is_html(data) and not is_mht(data)


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html>",
        b"\xef\xbb\xbf\n<HTML>",
        b"<?xml version='1.0'?>\n<html xmlns='x'>",
        b"<!-- saved from url=(1)x -->\n<head>",
    ],
)
def test_a_page_is_told_by_how_it_begins(head):
    assert is_html(head + b"<body><p>x</p></body>")
    assert is_html(b"<div class=a><p>a</p><p>b</p><p>c</p></div>")
    assert is_html("<html><body>走访".encode("utf-16"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", EmptyFile),
        (b" \n\x00", EmptyFile),
        (b"<html></html>", NoText),
        (b"<html><body><img src=a><script>x</script>", NoText),
    ],
)
def test_a_page_without_text_gives_its_reason_in_two_languages(data, kind):
    with pytest.raises(IngestError) as raised:
        read_html(data, "页.html")
    assert type(raised.value) is kind and raised.value.remedy_zh


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000, "<b>" * 60_000, "<table><tr><td>" * 30_000, "<ul><li>" * 30_000, "<p><font>" * 20_000, "<a href=x>" * 40_000,
        "<style>" + ".a{display:none}" * 50_000 + "</style>", "<style>" + "@media x{" * 50_000 + "</style>", "<div hidden>x" * 20_000, "<" * 500_000,
        "<div " * 100_000, "<!--" * 100_000, "<p>中（" + "ā " * 100_000, "<title>" + "a_" * 50_000 + "</title>", "<td>" * 50_000, "<div class=nav>x" * 20_000,
    ],
    ids=lambda source: source[:20],
)  # fmt: skip
def test_a_hostile_page_is_read_in_bounded_time(source):
    with no_runaway():
        try:
            text = read_html(f"<html><body>{source}<p>{SENTENCE}".encode(), "a").text
        except IngestError:
            return
    assert text


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PAGES), st.integers(0, 2**32))
def test_damage_raises_nothing_but_ingest_errors(path, seed):
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.randrange(400))
        piece = data[start:end]
        to = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                del data[start:end]
            case 1:
                data[to:to] = piece
            case 2:
                data[start:end] = chance.randbytes(len(piece))
            case 3:
                data = data[:to] if to > 20 else data
    for read in (read_html, read_mht):
        with suppress(IngestError):
            assert read(bytes(data), "a").text.strip()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_stands_around_the_report_is_listed_as_furniture_in_its_place(path):
    source = read_file(path)
    (document,) = source.documents
    assert bare(document.text) == bare((FORMATS / "web.txt").read_text("utf-8"))
    listed = [source.text[piece.start : piece.end] for piece in source.furniture]
    assert len(listed) == len({(piece.start, piece.end) for piece in source.furniture})
    assert all(line in source.text for line in listed)
    runs = [
        run for run in document.offsets.runs if run.clean_end - run.clean_start == run.source_end - run.source_start
    ]
    kept = "".join(source.text[run.source_start : run.source_end] for run in runs)
    assert len(bare(source.text)) == len(bare("".join(listed))) + len(bare(kept))


def test_the_kind_of_what_stands_around_a_report_is_told():
    page = (
        "<title>东乡工会2012年工作总结_东乡网</title><div><a href=/>首页</a> &gt; <a href=/z>总结</a></div>"
        f"<h1>东乡工会2012年工作总结</h1><div>来源：东乡网　作者：林晓</div><p>{SENTENCE * 3}</p><p>{SENTENCE * 4}</p>"
        "<div>责任编辑：林晓</div><div>扫一扫在手机打开当前页</div><div>版权所有：东乡网</div>"
    )
    source = read_bytes(f"<html><body>{page}</body></html>".encode(), "a.html")
    kinds = {source.text[piece.start : piece.end]: piece.kind for piece in source.furniture}
    assert kinds["责任编辑：林晓"] == "page note"
    assert kinds["扫一扫在手机打开当前页"] == "qr code"
    assert kinds["版权所有：东乡网"] == "copyright"
    assert kinds["来源：东乡网　作者：林晓"] == "time"
    assert "首页 > 总结" in kinds


def test_elements_of_headings_open_sections_but_not_where_they_are_a_matter_of_looks():
    said = "<p>全年办结群众来信37件，解决饮水困难212户，培训农机手60名。</p>"
    page = f"<body><h1>某乡工作总结</h1>{said}<h2>主要做法</h2>{said}<h5>饮水</h5>{said}"
    raw = read_html(page.encode(), "a.html")
    assert [(raw.text[at:].split("\n")[0], level) for at, level in raw.headings] == [
        ("某乡工作总结", 1),
        ("主要做法", 2),
        ("饮水", 5),
    ]
    assert read_html(page.replace("p>", "h3>").encode(), "a.html").headings == ()
