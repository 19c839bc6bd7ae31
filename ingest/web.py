"""Web pages: a saved page (.html) or a page with its pictures in one file (.mht) becomes the text that its reader saw.

What stands around a report (menus, breadcrumbs, lists of other articles, footers) is told by structure and by the share of links, not
by site: the smallest part of the page that holds its paragraphs, with the title above and the signature below them. Tags, scripts,
comments and what styles hide are no text. Offsets are those of the extracted text, since a page's source is no place to lead
a reader to; there are no anchors.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from email.message import Message
from typing import Any

from ingest.assembly import Assembly
from ingest.decode import decode
from ingest.errors import DamagedFile, EmptyFile, IngestError, NoText
from ingest.furniture import kind_of
from ingest.mixed import decode_mixed
from ingest.readers import RawText
from ingest.records import Furniture
from ingest.saved_pages import is_frameset

HEAD = 4_096  # bytes in which a page declares its encoding
DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,20})|<\?xml[^>]{0,80}?encoding=[\"']([A-Za-z0-9_.-]{2,20})",
    re.I,
)
CHINESE = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030", "csgb2312", "ms936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cp950"), "big5hkscs"),
    "hz-gb-2312": "hz",
}  # a page that says gb2312 is written in gbk or gb18030, as browsers know; one that says iso-8859-1 was never asked
PRIVATE, OUTSIDE = re.compile("[\ue000-\uf8ff]"), re.compile(r"[^\x00-\x7f]")
MOST_PRIVATE = 0.02  # of the characters: Big5 that is declared as gb2312 shows itself so
IS_PAGE = re.compile(
    r"(?:\ufeff|\s|<!--.{0,2000}?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|title|meta|body|script|style|link|base)\b",
    re.I | re.S,
)
IS_FRAGMENT = re.compile(r"\s*<(?:div|p|table|section|article|h[1-6]|center|span|font)\b[^>]*>", re.I)
CLOSED_BLOCK = re.compile(r"</(?:p|div|td|th|tr|li|h[1-6])>", re.I)
DEEPEST = 400  # nested elements; browsers stop at 512, and a parser's time grows with the square
NESTING = re.compile(
    r"<(/?)(?!/)(?!(?:p|li|td|th|tr|dd|dt|option|br|hr|img|input|meta|link|col|area|base|wbr|embed|param|source|track)\b)[a-zA-Z][^<>]*>"
)

NO_TEXT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "noframes",
        "frameset",
        "template",
        "head",
        "title",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "select",
        "textarea",
        "button",
        "rp",
        "rt",
        "rtc",
        "input",
        "nav",
        "datalist",
        "dialog",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "caption",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
CONTAINERS = frozenset(
    [
        "html",
        "body",
        "div",
        "section",
        "article",
        "main",
        "center",
        "form",
        "table",
        "tbody",
        "tr",
        "td",
        "fieldset",
        "details",
        "dl",
        "dd",
        "ul",
        "li",
    ]
)
HEADINGS = frozenset(("h1", "h2", "h3"))
LEVELS = {f"h{level}": level for level in range(1, 7)}
MOST_HEADINGS = 0.5  # of the lines: where more are marked up as headings, that is a matter of looks
LONGEST_HEADING = 60  # characters
CHROME_TAGS = frozenset(("nav", "footer", "aside", "menu"))
CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|foot|footer|copyright|crumbs?|breadcrumbs?|share|bdshare|sharing|comments?|related|recommend"
    r"|sidebar|aside|toolbar|login|search|banner|ads?|advert|pager|pagination|prevnext|qrcode|toplink|friendlink|hotnews|ranking)(?:$|[\s_\d-])",
    re.I,
)
NOT_AROUND = frozenset(("html", "body"))
LONGEST_TITLE = 300  # characters
MOST = 0.5  # of the page's paragraphs: a part that holds so much is no chrome and not hidden, whatever its name
NEARLY_ALL = 0.85  # of a part's paragraphs: where a child holds so much, the rest is looked at as what stands around it
LINKED = 0.6  # of the characters are links: a list of other pages
LINK_LINES = 3
PARAGRAPH = 18  # characters
INNER_STOP = re.compile("[，。；、]")
STOPPED = re.compile(r"[。！？；：…][”’》）)]?$")
HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
WIDE = rf"{HAN}\u3000-\u303f\uff00-\uffef“”‘’…—"
SPACE = re.compile(r"[ \t\n\r\f]+")
BROKEN = re.compile(rf"(?<=[{WIDE}])[ \t]*[\r\n][ \t\r\n\f]*(?=[{WIDE}])")
EDGE = " \t\r\n\f\xa0\u3000\u200b\ufeff"
SIGNED = re.compile(
    r"[二〇○零一\d]{2,4}\s*年[\s\d一二三四五六七八九十]{1,4}月(?:[\s\d一二三四五六七八九十]{1,4}[日号])?[）)]?$"
)

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
SYLLABLE = r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|i?ong|uang|[aeiu]ng|i?an|uan|üan|[eiuü]n|i?ao|[oi]u|u?ai|[ue]i|i[ae]|[uü]e|u[ao]|[aoeiuüv])|er)"
PLAIN_PINYIN = re.compile(rf"(?<=[{HAN}])[(（]({SYLLABLE})[)）]")
PLAIN_READINGS = 3  # a page that gives so many characters their readings without tones means them
PINYIN = re.compile(
    rf"(?<=[{HAN}])[(（]\s*(?=[^()（）]{{0,40}}[{TONED}])[a-zA-Z{TONED}üêɡ'’·\s-]{{1,40}}[)）]|(?<=[{HAN}])[(（]\s*(?:{SYLLABLE}[1-5]\s*)+[)）]|(?<=[{HAN}])[(（]\s*[\u3100-\u312f\u02c7\u02ca\u02cb\u02d9\s]{{1,12}}[)）]"
)

PUBLISHED = re.compile(
    r"(?:发布(?:时间|日期)|时间|日期|更新(?:时间|日期)|發布(?:時間|日期)|發佈日期|刊登日期|上传时间)\s*[:：]?\s*\[?\s*(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2})"
)
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
DATED = re.compile(
    r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2})\s*日?[\s\d:：]*(?:来源|來源|浏览|点击|阅读|作者|编辑|字体)"
)
LONE_DATE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?")
SOURCE = re.compile(r"(?:信息来源|文章来源|稿件来源|来源|來源|发布机构|发布单位)\s*[:：]\s*([^\s:：|｜【\[]{2,30})")
PAGE_LINE = re.compile(
    r"(?:发布(?:时间|日期)|發佈日期|更新(?:时间|日期)|(?:信息|文章|稿件)?来源|來源|浏览(?:次数|量)?|点击(?:数|率|次数)?|阅读(?:次数|量)?|字体|字号|作者|编辑|责任编辑|录入|打印)\s*[:：]"
    r"|【?\s*(?:打印|关闭|收藏|返回顶部|打印本页|关闭窗口)\s*】?|[\[【]\s*(?:字体|字号)|当前位置|您(?:现在)?的位置|您所在的位置|分享到|扫一扫|上一篇|下一篇|版权(?:所有|归)|转载请注明|备案(?:编|序)?号|ICP备?|网安备|由[^，。]{1,20}(?:网|站|库|编)[^，。]{0,6}(?:整理|收集|上传)|本文(?:来源|链接|地址)"
)
SITE_OF_TITLE = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]+\s|--+)\s*[^_|｜]{2,40}$|[-–—][^-–—]{2,20}(?:网|网站|政府|门户|频道)$"
)
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,500})\s*-->")
META_TITLES = ("articletitle", "og:title", "dc.title")
META_DATES = ("pubdate", "article:published_time", "publishdate", "dc.date", "og:release_date")
META_SOURCES = ("contentsource", "source", "og:site_name", "sitename")
META_AUTHORS = ("author", "article:author", "dc.creator")


def read_whole_html(data: bytes, path: str) -> RawText:
    """Return what read_html does, with the lines around the report too, in their places, as furniture. Raises the same errors."""
    return read_html(data, path, whole=True)


def read_whole_mht(data: bytes, path: str) -> RawText:
    """Return what read_mht does, with the lines around the report too, as furniture. Raises the same errors."""
    return read_mht(data, path, whole=True)


def read_html(data: bytes, path: str, *, charset: str | None = None, sheets: str = "", whole: bool = False) -> RawText:
    """Return the text of a page: a line a paragraph, heading or list item, table rows with tabs between cells, in reading order.

    `charset` is what a mail or an archive says of the part, `sheets` the style sheets that lie beside it. `about` tells title, date, source, author and url, as far as the page does.
    `text` is the extracted text, and so are all character ranges. Raises EmptyFile, NoText, DamagedFile.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise EmptyFile(path)
    source, encoding = decode_page(data, charset)
    try:
        page = _Page.parse(source, sheets)
        lines = page.main_lines()
        around = page.lines_around() if whole else {}
        about = page.about()
    except IngestError:
        raise
    except Exception as error:  # a C parser's own errors, and whatever a broken tree leads to
        raise DamagedFile(path, "HTML", type(error).__name__) from error
    text = "".join(line + "\n" for line in lines)
    if not text.strip(EDGE) and is_frameset(data):
        raise NoText(
            path,
            "the page only shows other pages in frames",
            "网页只是框架,正文在别的网页里",
            "Open the frame with the text in a browser and save that page.",
            "请在浏览器里单独打开正文所在的框架,再另存。",
        )
    if not text.strip(EDGE):
        raise NoText(
            path,
            "the page has no text of its own, perhaps only pictures or a script that fetches it",
            "网页里没有正文,可能只有图片,或正文由脚本另行载入",
            "Open it in a browser, wait until the text shows, and save it again as a complete page.",
            "请用浏览器打开,待正文显示后重新“另存为”完整网页。",
        )
    levels = page.levels()
    assembly = Assembly()
    furniture, headings = [], []
    own = dict(zip(page.chosen, lines, strict=True))
    for at in sorted({*own, *around}):
        if at in own:
            if at in levels:
                headings.append((assembly.length, levels[at]))
            assembly.line(own[at])
        else:
            start, end = assembly.put(around[at][0])
            furniture.append(Furniture(start=start, end=end, kind=around[at][1]))
            assembly.put("\n")
    return RawText(
        text=assembly.text, encoding=encoding, about=about, furniture=tuple(furniture), headings=tuple(headings)
    )


def read_mht(data: bytes, path: str, *, whole: bool = False) -> RawText:
    """Return the text of the page that a MIME archive (.mht, .mhtml) holds, as read_html does. Raises the same errors."""
    try:
        message = email.message_from_bytes(data.lstrip(b"\r\n\t \xef\xbb\xbf"))
        parts = [part for part in message.walk() if not part.is_multipart()]
        pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        bodies = [(_body(part), part.get_content_charset()) for part in _root_first(message, pages)]
        sheets = "\n".join(
            _body(part).decode("utf-8", "replace") for part in parts if part.get_content_type() == "text/css"
        )
        said = _about_archive(message)
    except Exception as error:  # the mail package lets many built-in exceptions through on damaged headers
        raise DamagedFile(path, "MHT", type(error).__name__) from error
    trouble: IngestError | None = None
    for body, charset in bodies:
        try:
            raw = read_html(body, path, charset=charset, sheets=sheets, whole=whole)
        except IngestError as error:
            trouble = trouble or error
        else:
            own = {name for name, _ in raw.about}
            about = raw.about + tuple((name, value) for name, value in said if name not in own)
            return replace(raw, about=about)
    raise trouble or DamagedFile(path, "MHT", "no page in it", "里面没有网页")


def is_html(data: bytes) -> bool:
    """Tell a page, or a fragment of one with several closed blocks, from a text that happens to hold a tag or a comment."""
    head = decode(data[:HEAD] if len(data) > HEAD else data)[0]
    if IS_PAGE.match(head):
        return True
    return bool(IS_FRAGMENT.match(head)) and len(CLOSED_BLOCK.findall(head)) >= 3


def is_mht(data: bytes) -> bool:
    """Tell a page saved as a MIME archive from a mail: the parts have places of their own, and nobody is written to."""
    head = data[:HEAD].lstrip(b"\r\n\t \xef\xbb\xbf").partition(b"\n\r\n")[0].partition(b"\n\n")[0].lower()
    if not re.search(rb"^content-type:\s*multipart/related", head, re.M):
        return False
    if re.search(rb"^(?:snapshot-content-location:|from:\s*[\"']?<saved by)", head, re.M):
        return True
    written = re.search(rb"^(?:to|received|message-id|delivered-to):", head, re.M)
    return not written and re.search(rb"^content-location:", data[: 64 * HEAD], re.M | re.I) is not None


def drop_pinyin(text: str) -> str:
    """Return the text without the readings (pinyin with tones, or bopomofo) that stand in brackets after characters."""
    return PINYIN.sub("", text)


def drop_readings(lines: Sequence[str]) -> list[str]:
    """Return the lines without readings; those without tones go too where the page gives several characters theirs."""
    plain = {match[1] for line in lines for match in PLAIN_PINYIN.finditer(line)}
    bare = [drop_pinyin(line) for line in lines]
    if len(plain) >= PLAIN_READINGS or (plain and bare != list(lines)):
        bare = [PLAIN_PINYIN.sub("", line) for line in bare]
    return bare


def decode_page(data: bytes, charset: str | None = None) -> tuple[str, str]:
    """Return (source, encoding) of a page: byte order mark, UTF-8 beyond doubt, what the page declares, what it looks like."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decode(data)
    try:
        text = data.decode("utf-8")
        if "\x00" not in text:
            return text, "utf-8"
    except UnicodeDecodeError:
        pass
    declared = DECLARED.search(data[:HEAD])
    names = [charset or "", ((declared[1] or declared[2]).decode("ascii") if declared else "")]
    for name in names:
        codec = CHINESE.get(name.strip("\"' ").lower())
        if codec:
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if len(PRIVATE.findall(text)) <= len(OUTSIDE.findall(text)) * MOST_PRIVATE:
                return text, "big5" if codec == "big5hkscs" else codec
    text, encoding, _ = decode_mixed(data)
    return text, encoding


def _body(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _root_first(message: Message, pages: list[Message]) -> list[Message]:
    """Return the pages of an archive, the one it shows first; the larger of others before the smaller (frames)."""
    start = (message.get_param("start") or "") if message.is_multipart() else ""
    return sorted(
        pages,
        key=lambda part: (
            str(part.get("Content-ID", "")) != start or not start,
            part is not pages[0] and -len(str(part.get_payload())),
        ),
    )


def _about_archive(message: Message) -> tuple[tuple[str, str], ...]:
    from email.header import decode_header, make_header

    url = message.get("Snapshot-Content-Location") or message.get("Content-Location")
    title = str(make_header(decode_header(message["Subject"]))) if message["Subject"] else None
    return tuple((name, str(value).strip()) for name, value in (("title", title), ("url", url)) if value)


@dataclass(slots=True)
class _Line:
    """A line of the page as read: its text, how much of it is links, and the elements it stands in."""

    text: str
    linked: int  # characters
    weight: int = 0  # characters, if it is a paragraph
    is_heading: bool = False
    level: int | None = None  # of a heading that an element h1 to h6 makes
    in_table: bool = False
    chrome: bool = False
    path: tuple[int, ...] = field(default=())  # the identities of the elements it stands in, outermost first


@dataclass(slots=True)
class _Page:
    """A parsed page: its tree, and its lines in reading order."""

    source: str
    tree: Any
    lines: list[_Line]
    title: str | None  # what the head calls the page, without the site's name
    head: str | None = None  # the first line of the report, if it is no paragraph
    chosen: list[int] = field(default_factory=list)  # the lines of the report, once they are told

    @classmethod
    def parse(cls, source: str, sheets: str = "") -> _Page:
        """Return the page with everything on it that shows."""
        from selectolax.lexbor import LexborHTMLParser

        tree = LexborHTMLParser(_flattened(source))
        return cls(source=source, tree=tree, lines=list(_Reading(tree, sheets).lines()), title=_title(tree))

    def meta(self, names: tuple[str, ...]) -> str | None:
        """Return what the page's head says under one of these names."""
        return _meta(self.tree, names)

    def about(self) -> tuple[tuple[str, str], ...]:
        """Return ("title", …), ("date", year-month-day), ("source", …), ("author", …), ("url", …), as far as the page tells them."""
        around = [line.text for line in self.lines if not line.weight][:200]
        lone = (text for text in around if LONE_DATE.fullmatch(text) and not text.endswith("日"))
        said = (
            self.meta(META_DATES),
            *(found[1] for text in around if (found := PUBLISHED.search(text) or DATED.match(text))),
            *lone,
        )
        published = next((date for text in said if text and (date := _iso(text))), None)
        source = self.meta(META_SOURCES[:2]) or next(
            (found[1] for text in around if (found := SOURCE.search(text))), None
        )
        saved = SAVED_FROM.search(self.source[:HEAD])
        canonical = self.tree.css_first("link[rel=canonical]")
        url = saved[1] if saved else (canonical.attributes.get("href") if canonical else self.meta(("og:url", "url")))
        shown = any(self._is_title(line) for line in self.lines if not line.chrome)
        pairs = (
            ("title", (self.title if shown or self.meta(META_TITLES) else None) or self.head or self.title),
            ("date", published),
            ("source", source or self.meta(META_SOURCES)),
            ("author", self.meta(META_AUTHORS)),
            ("url", url),
        )
        return tuple((name, drop_pinyin(value)) for name, value in pairs if value)

    def levels(self) -> dict[int, int]:
        """Return which lines of the report are headings by their elements, and of which level; none where too many are."""
        told = {
            at: level
            for at in self.chosen
            if (level := self.lines[at].level) and len(self.lines[at].text) <= LONGEST_HEADING
        }
        return told if len(told) <= MOST_HEADINGS * len(self.chosen) else {}

    def main_lines(self) -> list[str]:
        """Return the lines of the report: of the smallest part that holds nearly all paragraphs, and what belongs to it."""
        lines = self.lines
        inside = [at for at, line in enumerate(lines) if not line.chrome]
        if not sum(lines[at].weight for at in inside):
            inside = list(range(len(lines)))
        depth, extra = 0, set[int]()
        while True:
            total = sum(lines[at].weight for at in inside)
            weights: dict[int, int] = {}
            for at in inside:
                if len(lines[at].path) > depth:
                    part = lines[at].path[depth]
                    weights[part] = weights.get(part, 0) + lines[at].weight
            best = max(weights, key=lambda part: weights[part], default=0)
            if not best or not total or weights[best] < total * NEARLY_ALL:
                break
            child = [at for at in inside if lines[at].path[depth : depth + 1] == (best,)]
            rest = [at for at in inside if lines[at].path[depth : depth + 1] != (best,)]
            if len(child) < 3 and any(not lines[at].linked and len(lines[at].text) < PARAGRAPH for at in rest):
                break
            extra |= {at for at in rest if self._belongs(at, child[0], child[-1])}
            inside, depth = child, depth + 1
        chosen = list(self._without_chrome(sorted({*inside, *extra})))
        titled = any(self._is_title(lines[at]) for at in chosen)
        if chosen and not titled and (title := self._title_above(chosen[0])) is not None:
            chosen.insert(0, title)
        if chosen and not lines[chosen[0]].weight and len(lines[chosen[0]].text) >= 4:
            self.head = lines[chosen[0]].text
        self.chosen = chosen
        return drop_readings([lines[at].text for at in chosen])

    def lines_around(self) -> dict[int, tuple[str, str]]:
        """Return {place: (text, kind of furniture)} of the lines that show and are not the report's; after `main_lines`."""
        own = set(self.chosen)
        first = self.chosen[0] if self.chosen else len(self.lines)
        found = {}
        for at, line in enumerate(self.lines):
            text = line.text.replace("\t", " ").strip(EDGE)
            if at in own or not text:
                continue
            kind = kind_of(text, above=at < first)
            if kind is None and line.linked > len(line.text) * LINKED:
                kind = "links"
            found[at] = text, kind or "page chrome"
        return found

    def _title_above(self, first: int) -> int | None:
        """Return the line that heads a text without a title of its own: the nearest above that says nothing of the page.

        A text that begins with a short line has its title already, unless what the page says of itself stands before it.
        """
        passed = False
        for at in range(first - 1, max(-1, first - 5), -1):
            line = self.lines[at]
            if PAGE_LINE.search(line.text) or (DATE.search(line.text) and len(line.text) < PARAGRAPH):
                passed = True
                continue
            titled = 4 <= len(line.text) <= 4 * PARAGRAPH and not line.linked and not STOPPED.search(line.text)
            return at if titled and not line.chrome and (passed or self.lines[first].weight) else None
        return None

    def _belongs(self, at: int, first: int, last: int) -> bool:
        """Tell whether a line outside the part that holds the paragraphs is the report's: its title, a paragraph, its signature."""
        line = self.lines[at]
        if PAGE_LINE.search(line.text) or line.linked > len(line.text) * LINKED:
            return False
        if line.weight >= 2 * PARAGRAPH and STOPPED.search(line.text):
            return True
        if at < first:
            return self._is_title(line)
        below = self.lines[last + 1 : last + 5]
        signed = next((last + 1 + n for n, near in enumerate(below) if SIGNED.search(near.text)), 0)
        return last < at <= signed

    def _is_title(self, line: _Line) -> bool:
        title = re.sub(r"\s", "", self.title or "")
        text = re.sub(r"\s", "", line.text)
        return len(text) >= 4 and len(title) / 2 <= len(text) <= len(title) * 2 and (text in title or title in text)

    def _without_chrome(self, chosen: list[int]) -> Iterator[int]:
        """Yield the lines but for lists of links, what the page says of itself, and what stands above the title."""
        lines = self.lines
        heavy = [at for at in chosen if lines[at].weight]
        first, last = (heavy[0], heavy[-1]) if heavy else (len(lines), -1)
        title = next((at for at in chosen if at < first and self._is_title(lines[at])), -1)
        links = _runs_of_links(lines, chosen)
        for at in chosen:
            line = lines[at]
            around = at < first or at > last
            attached = line.text.startswith("附") or re.search(r"\.(?:docx?|xlsx?|pdf|wps|ofd|zip|rar)$", line.text)
            if (line.chrome and heavy) or (at in links and not attached):
                continue
            if around and heavy and not line.in_table:
                if PAGE_LINE.search(line.text) and len(line.text) < 5 * PARAGRAPH:
                    continue
                if at < first and LONE_DATE.fullmatch(line.text) and not line.text.endswith(("日", "月")):
                    continue
                if at > last and line.linked > len(line.text) * LINKED and not attached:
                    continue
                if at < title:
                    continue
            yield at


def _meta(tree: Any, names: tuple[str, ...]) -> str | None:
    said: dict[str, str] = {}
    for node in tree.css("meta"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        value = (node.attributes.get("content") or "").strip(EDGE)
        if name and value:
            said.setdefault(name, value)
    return next((said[name] for name in names if name in said), None)


def _title(tree: Any) -> str | None:
    node = tree.css_first("title")
    title = _meta(tree, META_TITLES) or (node.text()[:LONGEST_TITLE] if node else "")
    title = SPACE.sub(" ", title).strip(EDGE)
    while (shorter := SITE_OF_TITLE.sub("", title).strip(EDGE)) != title and len(shorter) >= 4:
        title = shorter
    return title or None


def _runs_of_links(lines: list[_Line], chosen: list[int]) -> set[int]:
    """Return the lines that stand in a list of links."""
    found: set[int] = set()
    run: list[int] = []
    for at in [*chosen, -1]:
        if at >= 0 and lines[at].linked > len(lines[at].text) * LINKED:
            run.append(at)
            continue
        if len(run) >= LINK_LINES:
            found.update(run)
            above = max((place for place in chosen if place < run[0]), default=-1)
            if above >= 0 and not lines[above].weight and len(lines[above].text) < PARAGRAPH:
                found.add(above)  # what the list is called
        run = []
    return found


def _iso(text: str) -> str | None:
    match = DATE.search(text)
    if not match or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
        return None
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _flattened(source: str) -> str:
    """Return the source without the tags that are nested deeper than browsers go."""
    depth = deepest = 0
    for match in NESTING.finditer(source):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest <= DEEPEST:
        return source
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match[1]:
            depth = max(0, depth - 1)
            return match[0] if depth < DEEPEST else ""
        depth += 1
        return match[0] if depth <= DEEPEST else ""

    return NESTING.sub(keep, source)


HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|visibility\s*:\s*collapse|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)|font-size\s*:\s*1p[xt]\s*(?:;|!|$)"
    r"|(?:left|right|top|text-indent)\s*:\s*-\d{3,}(?:\.\d+)?(?:px|pt|em|rem)|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]"
    r"|(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*0(?:px|pt)?\s*(?:;|$)(?=.*overflow\s*:\s*hidden)"
    r"|overflow\s*:\s*hidden.*(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*0(?:px|pt)?\s*(?:;|$)",
    re.I,
)
WHITE = re.compile(r"(?:^|[;\s])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))", re.I)
WHITE_NAMES = ("#fff", "#ffffff", "white")
AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
RULE = re.compile(r"([^{}]{1,500})\{([^{}]*)\}")
MOST_SELECTORS = 500
LONGEST_RULE = 2_000  # characters
LONGEST_CELL_RULED = 5_000
LONGEST_CELL = 600  # characters; a longer one is a column of a page's layout


class _Reading:
    """Walks a page's tree in reading order and collects its lines."""

    def __init__(self, tree: Any, sheets: str) -> None:
        self.root = tree.body or tree.root
        self.size = max(1, len(SPACE.sub("", self.root.text()))) if self.root is not None else 1
        self.hidden = {node.mem_id for node in self._hidden_by_sheet(tree, sheets)}
        self.levels: list[int] = []  # of the open headings
        self.pieces: list[tuple[str, bool, bool]] = []  # text, whether linked, whether white
        self.open: list[tuple[Any, str]] = []
        self.path: list[int] = []
        self.counts: list[int] = []  # of the list items in each open list; -1 for lists without numbers
        self.links = self.chrome = self.white = self.headings = self.verbatim = 0

    def lines(self) -> Iterator[_Line]:
        """Yield the lines that show, empty ones left out."""
        node = self.root
        while node is not None:
            below = None
            if node.is_text_node:
                yield from self._text(node.text_content or "")
            elif node.is_element_node:
                tag = (node.tag or "").lower()
                if tag in ("br", "hr"):
                    yield from self._flush()
                elif tag == "table" and (rows := self._data_table(node)):
                    yield from self._flush()
                    for row in rows:
                        yield self._line(row, 0, in_table=True)
                elif not self._skips(node, tag):
                    if tag in BLOCKS:
                        yield from self._flush()
                    below = node.child
                    if below is not None:
                        self._enter(node, tag)
            if below is not None:
                node = below
                continue
            while node is not None and node.next is None:
                if not self.open:
                    node = None
                    break
                node, tag = self.open.pop()
                if tag in BLOCKS:
                    yield from self._flush()
                self._leave(node, tag)
            node = node.next if node is not None and self.open else None
        yield from self._flush()

    def _enter(self, node: Any, tag: str) -> None:
        self.open.append((node, tag))
        if tag in CONTAINERS:
            self.path.append(node.mem_id)
        if tag in ("ol", "ul"):
            start = node.attributes.get("start") or "1"
            self.counts.append((int(start) if start.isdecimal() and len(start) < 6 else 1) - 1 if tag == "ol" else -1)
        if tag == "li" and self.counts and self.counts[-1] >= 0:
            self.counts[-1] += 1
            self.pieces.append((f"{self.counts[-1]}. ", False, False))
        self._count(node, tag, 1)

    def _leave(self, node: Any, tag: str) -> None:
        if tag in CONTAINERS:
            self.path.pop()
        if tag in ("ol", "ul"):
            self.counts.pop()
        self._count(node, tag, -1)

    def _count(self, node: Any, tag: str, by: int) -> None:
        if tag == "a" and node.attributes.get("href"):
            self.links += by
        if tag in HEADINGS:
            self.headings += by
        if tag in LEVELS and by > 0:
            self.levels.append(LEVELS[tag])
        elif tag in LEVELS and self.levels:
            self.levels.pop()
        if tag == "pre":
            self.verbatim += by
        if self._is_white(node, tag):
            self.white += by
        if self._is_chrome(node, tag):
            self.chrome += by

    def _text(self, text: str) -> Iterator[_Line]:
        if self.verbatim:
            for at, piece in enumerate(text.split("\n")):
                if at:
                    yield from self._flush()
                self.pieces.append((piece, bool(self.links), bool(self.white)))
        elif text:
            self.pieces.append((text, bool(self.links), bool(self.white)))

    def _flush(self) -> Iterator[_Line]:
        pieces, self.pieces = self.pieces, []
        if any(white and text.strip(EDGE) for text, _, white in pieces) and any(
            not white and text.strip(EDGE) for text, _, white in pieces
        ):
            pieces = [piece for piece in pieces if not piece[2]]  # white among black, on the same ground
        text = _spaced("".join(text for text, _, _ in pieces))
        if text:
            yield self._line(text, sum(len(_spaced(piece)) for piece, linked, _ in pieces if linked))

    def _line(self, text: str, linked: int, *, in_table: bool = False) -> _Line:
        own = len(text) - linked
        heavy = linked <= len(text) * LINKED and (
            STOPPED.search(text) or (own >= PARAGRAPH and INNER_STOP.search(text)) or own >= 3 * PARAGRAPH
        )
        about = len(text) < 5 * PARAGRAPH and PAGE_LINE.search(text)
        return _Line(
            text=text,
            linked=linked,
            weight=own if heavy and not self.headings and not about else 0,
            is_heading=self.headings > 0,
            level=self.levels[-1] if self.levels and not in_table else None,
            in_table=in_table,
            chrome=self.chrome > 0,
            path=tuple(self.path),
        )

    def _skips(self, node: Any, tag: str) -> bool:
        if tag in NO_TEXT and not (tag == "nav" and self._holds_most(node)):
            return True
        style = node.attributes.get("style") or ""
        hidden = "hidden" in node.attributes or node.mem_id in self.hidden or (style and HIDING.search(style))
        return bool(hidden) and not self._holds_most(node)

    def _is_chrome(self, node: Any, tag: str) -> bool:
        if tag in NOT_AROUND or tag not in BLOCKS:
            return False
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        role = node.attributes.get("role") or ""
        named = tag in CHROME_TAGS or role in ("navigation", "contentinfo", "complementary", "search", "banner")
        return (named or CHROME_NAMES.search(names) is not None) and not self._holds_most(node)

    def _is_white(self, node: Any, tag: str) -> bool:
        if tag in BLOCKS:
            return False
        style = node.attributes.get("style") or ""
        if "background" in style:
            return False
        named = tag == "font" and (node.attributes.get("color") or "").lower() in WHITE_NAMES
        return named or WHITE.search(style) is not None

    def _holds_most(self, node: Any) -> bool:
        return len(SPACE.sub("", node.text())) > self.size * MOST

    def _hidden_by_sheet(self, tree: Any, sheets: str) -> Iterator[Any]:
        sheets += " ".join(node.text() for node in tree.css("style"))
        seen = 0
        for match in RULE.finditer(
            AT_RULE.sub(" ", CSS_COMMENT.sub(" ", sheets.replace("<!--", " ").replace("-->", " ")))
        ):
            if not HIDING.search(match[2][:LONGEST_RULE]):
                continue
            for selector in match[1].split(","):
                seen += 1
                if seen > MOST_SELECTORS or ":" in selector:
                    continue
                try:
                    yield from tree.css(selector.strip())
                except Exception:  # a selector that the parser does not know hides nothing
                    continue

    def _data_table(self, table: Any) -> list[str]:
        """Return the rows of a table of data, cells between tabs; nothing for one that lays out a page. A merged cell is read once."""
        style = table.attributes.get("style") or ""
        if (
            any(inner.mem_id != table.mem_id for inner in table.css("table"))
            or table.css_first("h1, h2, form, iframe")
            or HIDING.search(style)
        ):
            return []
        rows: list[list[str]] = []
        for row in table.css("tr"):
            cells = [
                cell for cell in row.iter() if (cell.tag or "") in ("td", "th") and not self._skips(cell, cell.tag)
            ]
            rows.append([self._cell(cell) for cell in cells])
        filled = [row for row in rows if any(row)]
        columns = [sum(map(bool, row)) for row in filled]
        if len(filled) < 2 or sum(count > 1 for count in columns) < 2:
            return []
        ruled = (table.attributes.get("border") or "0") not in ("", "0") or table.css_first("th") is not None
        if max(len(cell) for row in filled for cell in row) > (LONGEST_CELL_RULED if ruled else LONGEST_CELL):
            return []
        caption = table.css_first("caption")
        head = [text] if caption is not None and (text := self._cell(caption)) else []
        return head + ["\t".join(row).rstrip("\t") for row in filled]

    def _cell(self, cell: Any) -> str:
        """Return the text of a cell on one line, its paragraphs parted by a space."""
        inner = _Reading.__new__(_Reading)
        inner.root, inner.size, inner.hidden = cell, self.size, self.hidden
        inner.pieces, inner.open, inner.path, inner.counts, inner.levels = [], [], [], [], []
        inner.links = inner.chrome = inner.white = inner.headings = inner.verbatim = 0
        return " ".join(line.text for line in inner.lines())


def _spaced(text: str) -> str:
    """Return the text as a browser spaces it; a line end between two Chinese characters of the source is no space."""
    text = BROKEN.sub("", text)
    return SPACE.sub(" ", text.replace("\xa0", " ")).strip(EDGE)
