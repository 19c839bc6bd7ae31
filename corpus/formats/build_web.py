"""Build the samples of web pages: one report in pages of the kinds that offices save, and in files of foreign producers.

    python corpus/formats/build_web.py [--into FOLDER]

`web.txt` is what every page says. The pages are written here, with what stands around a report and hides in it: menus, breadcrumbs,
lists of other articles, footers, styles that hide, white text, readings in brackets, entities, tables that lay out a page.
LibreOffice (`soffice`) makes web_word.html from the text, Chromium (`chromium`) saves web_site.html as web_saved.mht and
as the page it has in memory (web_saved.html); without them those three stay as they are. They differ in dates and ids when built
anew, so tests compare what they say.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).parent
TITLE = "苎塘镇2021年度工作总结"
TABLE = (("事项", "数量", "完成时限"), ("河道清淤", "4.2公里", "6月底前"), ("户厕改造", "180户", "9月底前"))
ABOVE = (
    TITLE,
    "今年以来，苎塘镇党委、政府团结带领全镇干部群众，新修机耕路6.8公里，培训种养大户120人次，走访慰问困难老人45户。",
    "一、主要工作",
    "（一）抓产业。引进加工企业2家，带动就业86人，户均增收3200元；“一村一品”初见成效。",
    "（二）抓民生。完成以下几件实事：",
)
BELOW = (
    "二、存在的问题",
    "一是经费不足，部分村的活动场地靠借。二是年轻干部少，有的同志身兼数职，工作难以做细。",
    "三、下步打算",
    "继续办好老年食堂，力争年底前覆盖所有行政村。",
    "苎塘镇人民政府",
    "2021年12月28日",
)
SITE = "瑀江市人民政府"
Page = Callable[[str, Sequence[str]], str]


def text() -> str:
    """Return what the pages say."""
    return "".join(line + "\n" for line in (*ABOVE, *("\t".join(row) for row in TABLE), *BELOW))


def table(attributes: str = "") -> str:
    """Return the table as HTML."""
    rows = "".join("<tr>" + "".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) + "</tr>\n" for row in TABLE)
    return f"<table {attributes}><tbody>{rows}</tbody></table>"


def site(title: str, blocks: Sequence[str]) -> str:
    """Return an article of a government site: named parts, declared facts, menus of links."""
    menu = "".join(
        f'<li><a href="/{n}/">{name}</a></li>' for n, name in enumerate(("首页", "政务公开", "办事服务", "互动交流"))
    )
    others = "".join(
        f'<li><a href="/a{n}.html">瑀江市{n}月份重点工作推进情况的通报</a><span>2021-0{n}-11</span></li>'
        for n in range(1, 6)
    )
    body = "\n".join(block if block.startswith("<") else f"<p>　　{escape(block)}</p>" for block in blocks)
    return f"""<!DOCTYPE html>
<html lang="zh"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{escape(title)}_{SITE}</title>
<meta name="SiteName" content="{SITE}"><meta name="ArticleTitle" content="{escape(title)}">
<meta name="PubDate" content="2022-01-05 10:22"><meta name="ContentSource" content="苎塘镇政府">
<style>.tip {{ display: none; }} @media print {{ .article {{ display: none }} }}</style>
<script>var words = "<p>脚本里的字不算正文。</p>";</script></head>
<body><div class="top"><h1>{SITE}</h1><p>今天是2022年3月1日 星期二 欢迎访问{SITE}门户网站</p></div>
<ul class="nav">{menu}</ul>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zj/">总结</a> &gt; 正文</div>
<div class="article"><h2>{escape(title)}</h2>
<div class="info">发布时间：2022-01-05 10:22　来源：苎塘镇政府　字体：[大 中 小]　浏览次数：1024</div>
<div id="zoom">{body}<p class="tip">转载请注明出处,否则将追究法律责任。</p></div>
<p><a href="javascript:print()">打印本页</a> <a href="javascript:close()">关闭窗口</a></p>
<p>上一篇：<a href="/a7.html">望澜区召开安全生产会议</a></p></div>
<div class="list"><h3>相关链接</h3><ul>{others}</ul></div>
<div class="footer"><p>主办：{SITE}办公室　承办：瑀江市大数据中心　技术支持电话：0000-1234567。</p><p>备案号：某ICP备00000000号</p></div>
</body></html>"""


def old(title: str, blocks: Sequence[str]) -> str:
    """Return a page laid out by tables and fonts, without a name on any part."""
    body = "<br>\n<br>\n".join(
        block if block.startswith("<") else "&nbsp;&nbsp;&nbsp;&nbsp;" + escape(block) for block in blocks
    )
    return f"""<html><head><title>{SITE}</title><meta http-equiv=Content-Type content="text/html; charset=gb2312"></head>
<body bgcolor=#ffffff><table width=760><tr><td background=bar.gif><a href=index.asp>首页</a> | <a href=a.asp>概况</a> | <a href=b.asp>公告</a></td></tr></table>
<table width=760><tr><td width=160 valign=top><table><tr><td><a href=1.asp>机构设置</a></td></tr><tr><td><a href=2.asp>政策法规</a></td></tr>
<tr><td><a href=3.asp>工作动态</a></td></tr></table></td>
<td width=600><table width=100%><tr><td align=center><font size=4><b>{escape(title)}</b></font></td></tr>
<tr><td align=center>2022-1-5 9:05:33　来源：苎塘镇政府　点击：35</td></tr>
<tr><td><font size=3>{body}</font></td></tr><tr><td align=right>【<a href=#>打印</a>】【<a href=#>关闭</a>】</td></tr></table></td></tr></table>
<table width=760><tr><td align=center>版权所有：{SITE}　地址：瑀江市人民路1号　邮编：000000</td></tr></table></body></html>"""


def account(title: str, blocks: Sequence[str]) -> str:
    """Return an article of a public account: parts nested without meaning, hidden until a script has run."""
    body = "\n".join(
        f"<section>{block}</section>"
        if block.startswith("<")
        else f'<section><section style="margin:8px"><p><span style="font-size:16px">{escape(block[:9])}</span><span>{escape(block[9:])}</span></p></section></section>'
        for block in blocks
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{escape(title)}"><title></title></head>
<body><div id="page"><h1 class="rich_title">{escape(title)}</h1>
<div id="meta"><span>原创</span> <a href="#">苎塘发布</a> <em>2022-01-05 18:30</em></div>
<div class="rich_content" style="visibility: hidden; opacity: 0;">{body}</div>
<div class="share-bar"><a href="#">分享</a><a href="#">收藏</a><a href="#">点赞</a></div></div>
<p style="display:none">预览时标签不可点</p></body></html>"""


def sharing(title: str, blocks: Sequence[str]) -> str:
    """Return a page of a site for sharing texts: white text and hidden words in the paragraphs, lists on both sides."""
    body = "\n".join(
        block
        if block.startswith("<")
        else f'<div class="para">{escape(block[:7])}<span style="font-size:0">抄袭必究</span><font color="#ffffff">www.wenku.example</font>{escape(block[7:])}</div>'
        for block in blocks
    )
    links = "".join(
        f'<li><a href="{n}.html">{name}</a></li>'
        for n, name in enumerate(("乡镇工作总结范文", "妇联工作计划", "个人述职报告", "会议讲话稿") * 3)
    )
    return f"""<!DOCTYPE html><html><head><meta charset="gbk"><title>{escape(title)} - 范文大全网</title></head><body>
<div class="wrap"><div class="left"><h3>热门范文</h3><ul>{links}</ul></div>
<div class="mid"><div class="where"><a href="/">首页</a> &raquo; <a href="/z/">总结</a></div><h1>{escape(title)}</h1>
<p class="note">作者：佚名　更新时间：2022-01-06 08:00</p><div class="body">{body}</div>
<p>《{escape(title)}》由范文大全网整理，版权归原作者所有。</p></div>
<div class="right"><h3>猜你喜欢</h3><ul>{links}</ul></div></div></body></html>"""


def form(title: str, blocks: Sequence[str]) -> str:
    """Return a page of an office system: all of it inside one form, paragraphs as parts, line ends inside the source."""
    body = "\n".join(
        block if block.startswith("<") else f"<div>{escape(block[:20])}\n        {escape(block[20:])}</div>"
        for block in blocks
    )
    return f"""<html><head><title>公文查看</title></head><body><form action="view.aspx"><input type="hidden" value="dDwtMTA4">
<div><button>返回</button><input type="text" value="关键字"><select><option>全部</option><option>收文</option></select></div>
<table border="0"><tr><td><table><tr><td><div style="text-align:center;font-size:22px">{escape(title)}</div>{body}</td></tr></table></td></tr></table>
</form></body></html>"""


def readings(title: str, blocks: Sequence[str]) -> str:
    """Return a page for learners: readings above and behind characters, characters by number."""
    body = "\n".join(
        block
        if block.startswith("<")
        else "<p>"
        + "".join(f"&#x{ord(char):X};" if n % 5 == 0 else escape(char) for n, char in enumerate(block))
        .replace("工作", "<ruby>工<rp>(</rp><rt>gōng</rt><rp>)</rp>作<rp>(</rp><rt>zuò</rt><rp>)</rp></ruby>")
        .replace("经费", "经(jīng)费（fèi）")
        .replace("老人", "老人(lǎo rén)")
        + "</p>"
        for block in blocks
    )
    return f"<!-- saved from url=(0029)http://www.example.cn/a/1.htm --><html><body><main><h1>{escape(title)}</h1>{body}</main></body></html>"


PAGES: dict[str, tuple[Page, str]] = {
    "web_site": (site, "gb18030"),
    "web_old": (old, "gb18030"),
    "web_account": (account, "utf-8"),
    "web_sharing": (sharing, "gbk"),
    "web_form": (form, "utf-16"),
    "web_readings": (readings, "utf-8-sig"),
}


def page(name: str, title: str, above: Sequence[str], below: Sequence[str]) -> bytes:
    """Return a page of that kind around these paragraphs, with the table between them."""
    make, encoding = PAGES[name]
    return make(title, (*above, table('border="1"'), *below)).encode(encoding, "xmlcharrefreplace")


def markdown() -> str:
    """Return the report in Markdown, as an editor that keeps notes writes it."""
    rows = "\n".join("| " + " | ".join(row) + " |" for row in (TABLE[0], ("---", ":---:", "---"), *TABLE[1:]))
    above = "\n\n".join(
        line.replace("（一）抓产业。", "**（一）抓产业。**").replace("120人次", "*120人次*") for line in ABOVE[1:]
    ).replace("一、", "## 一、")
    below = "\n\n".join(("## " if line[1] == "、" else "") + line for line in BELOW)
    below = below.replace("老年食堂", "[老年食堂](https://example.cn/a_(1).html)").replace(
        "苎塘镇人民政府", "***\n\n苎塘镇人民政府"
    )
    head = f"---\ntitle: {TITLE}\ndate: 2022-01-05\n---\n\n<!-- 草稿 -->\n# {TITLE} #\n\n"
    return f"{head}{above}\n\n{rows}\n\n![清淤现场](img/1.jpg)\n\n{below}\n"


def build(into: Path) -> None:
    """Write web.txt, the pages, the report in Markdown, and what the foreign producers make of them where they are installed."""
    (into / "web.txt").write_text(text(), "utf-8")
    (into / "web_notes.md").write_text(markdown(), "utf-8")
    for name in PAGES:
        (into / f"{name}.html").write_bytes(page(name, TITLE, ABOVE[1:], BELOW))
    with tempfile.TemporaryDirectory() as folder:
        if shutil.which("soffice"):
            _by_libreoffice(Path(folder), into)
        if shutil.which("chromium"):
            _by_chromium(Path(folder), into)


def _by_libreoffice(folder: Path, into: Path) -> None:
    paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in ABOVE[1:])
    below = "\n".join(f"<p>{escape(line)}</p>" for line in BELOW)
    master = folder / "web_word.html"
    head = f'<meta charset="utf-8"><title>{TITLE}</title>'
    master.write_text(
        f"<html><head>{head}</head><body><h1>{TITLE}</h1>{paragraphs}{table()}{below}</body></html>", "utf-8"
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "html:HTML (StarWriter)",
        "--outdir",
        str(into),
        str(master),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def _by_chromium(folder: Path, into: Path) -> None:
    serve = partial(SimpleHTTPRequestHandler, directory=str(into))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        options = [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
            f"--host-resolver-rules=MAP www.example.cn 127.0.0.1:{server.server_port}",
        ]
        source = "http://www.example.cn/web_site.html"
        command = [*options, f"--user-data-dir={folder / 'browser'}", "--dump-dom", source]
        shown = subprocess.run(command, check=True, capture_output=True, timeout=120)
        (into / "web_saved.html").write_bytes(shown.stdout)
        (into / "web_saved.mht").write_bytes(_archive(source, [*options, f"--user-data-dir={folder / 'piped'}"]))
        server.shutdown()


def _archive(source: str, command: list[str]) -> bytes:
    """Return the page as Chromium saves it in one file, asked for over its pipe."""
    to_read, to_write = os.pipe(), os.pipe()
    os.set_inheritable(to_read[0], True)
    os.set_inheritable(to_write[1], True)

    def take_places() -> None:
        os.dup2(to_read[0], 3)
        os.dup2(to_write[1], 4)

    browser = subprocess.Popen(
        [*command, "--remote-debugging-pipe", "about:blank"],
        preexec_fn=take_places,
        close_fds=False,
        stderr=subprocess.DEVNULL,
    )
    waiting = b""
    count = 0

    def ask(method: str, session: str = "", **params: object) -> dict:
        nonlocal waiting, count
        count += 1
        message = {"id": count, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(to_read[1], json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in waiting:
                waiting += os.read(to_write[0], 65536)
            answer, _, waiting = waiting.partition(b"\0")
            said = json.loads(answer)
            if said.get("id") == count:
                return said.get("result", {})

    try:
        target = ask("Target.createTarget", url=source)["targetId"]
        session = ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        ask("Page.enable", session)
        ask("Runtime.evaluate", session, expression="new Promise(done => setTimeout(done, 1500))", awaitPromise=True)
        return ask("Page.captureSnapshot", session, format="mhtml").get("data", "").encode("utf-8")
    finally:
        browser.terminate()
        browser.wait(20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=HERE)
    build(parser.parse_args().into)


if __name__ == "__main__":
    main()
