"""What `nianlun search` and `nianlun similar` say, and why a query cannot be searched."""

from __future__ import annotations

import unicodedata

from nianlun.language import Words

SHOWN = 60  # columns of a long query
_WIDE_MINUS = "\uff0d"

SEARCH_MESSAGES: dict[str, Words] = {
    "found_some": Words(
        "查到“{query}”至少 {places} 处 / {documents} 篇(共 {searched} 篇;为排出这一页读了 {read} 篇,--count 数全部)。",
        "“{query}”: at least {places} places in {documents} documents, of {searched} ({read} were read for this page; --count"
        " counts all).",
    ),
    "page_of": Words("第 {page} 页,本页 {shown} 处;共 {pages} 页。", "Page {page}, {shown} places; {pages} pages."),
    "page_of_documents": Words("第 {page} 页,本页 {shown} 篇;共 {pages} 页。", "Page {page}, {shown} documents; {pages} pages."),
    "shown_of_documents": Words("以下只列出前 {shown} 篇(--limit 可改)。", "Only the first {shown} documents are shown (--limit)."),
    "page_some": Words("第 {page} 页,本页 {shown} 条;还有后页。", "Page {page}, {shown} shown; there are more."),
    "page_past": Words("没有第 {page} 页:共 {pages} 页。", "There is no page {page}: {pages} pages."),
    "variant_alias": Words(
        "其中 {places} 处写作“{text}”(“{term}”的另一名称)。", "{places} of them read “{text}”, another name of “{term}”."
    ),
    "variant_synonym": Words(
        "其中 {places} 处是近义词“{text}”(“{term}”,--synonyms)。", "{places} of them read “{text}”, a synonym of “{term}” (--synonyms)."
    ),
    "kind_alias": Words("异名", "another name"),
    "kind_synonym": Words("近义词", "synonym"),
    "synonyms_used": Words("“{term}”连同近义词一起查:{words}", "“{term}” was looked for with its synonyms: {words}"),
    "synonyms_none": Words("近义词表里没有“{term}”。", "The table of synonyms does not have “{term}”."),
    "explain_fields": Words("条件:{fields}", "Fields: {fields}"),
    "explain_full_text": Words(
        "全文索引先找:{match};读了 {read} 篇正文,逐处核对。", "Full text was asked for: {match}; {read} texts were read, each place checked."
    ),
    "hint_near": Words(
        "NEAR 只算相距在这个字数以内的;可放宽,如 NEAR/30,或去掉 NEAR,只要求同在一篇。",
        "NEAR asks for so many characters at most between them; try NEAR/30, or leave it out to have them in one document.",
    ),
    "hint_synonyms": Words("近义词里有:{words}(加 --synonyms 一起查)", "Synonyms: {words} (--synonyms looks for them too)"),
    "similar_to": Words("与“{text}”相近的段落 {count} 处(共比 {searched} 篇;词的 TF-IDF 余弦)。",
                        "{count} passages like “{text}”, of {searched} documents (cosine of TF-IDF over words)."),
    "similar_folded": Words("相同的段落只列一处,另有 {count} 处相同。", "Copies are shown once; {count} more places say the same."),
    "similar_nothing": Words(
        "没有相近的段落:没有哪一段和它有几个共同的词(它能比的词有 {words} 个)。可以换个说法,或用 nianlun search 查其中的词。",
        "There is no passage like it: none shares several of its words ({words} to compare by). Put it otherwise, or look for its words with nianlun search.",
    ),
    "similar_short": Words("这段文字里没有可比的词,请给长一点的。", "There are no words to compare by; give a longer text."),
}  # fmt: skip

# The reasons of index.query in Chinese, by how they begin.
QUERY_REASONS: dict[str, str] = {
    "longer than": "太长,最多 1000 字",
    "a closing bracket": "有右括号而没有左括号",
    "an opening bracket": "有左括号而没有右括号",
    "nothing to look for": "没有要找的词",
    "a term is missing beside OR": "OR 旁边或括号里缺一个词",
    "a term is missing beside AND": "AND 旁边缺一个词",
    "nothing but words": "只有要排除的词,请再写一个要找的词",
    "nothing but documents": "只有挑选报告的条件,请再写一个要找的词;只列报告用 nianlun docs",
    "nothing but wildcards": '只有通配符;要查 * 或 ? 本身,加引号:"*"',
    "`is` tells": "语气(is:)说的是某一处,请再写一个要找的词或另一个条件",
    "a hyphen": "减号后面没有词",
    "NOT with nothing": "NOT 后面没有词",
    "NEAR stands": "NEAR 要放在两个词之间,如:经费 NEAR/10 不足",
    "NEAR takes": "NEAR/ 后面要写一个数,如:经费 NEAR/10 不足",
    "beside NEAR": "NEAR 两边只能是词,或括号里用 OR 连接的几个词,如:经费 NEAR/10 (不足 OR 短缺)",
    "beside OR": "OR 的一边只有挑选报告的条件,没有词",
    "no such field": "没有这个字段。可用的",
    "no such value": "这个字段没有这个值。可用的",
    "a field without": "字段后面没有值,如",
    "within=": "within 只能是 document 或 sentence,sort 只能是 rank、recent、ref、year、left 或 right",
}


def echoed(query: str) -> str:
    """Return a query as it was typed (the command line takes -保证 in its wide form), a long one cut."""
    typed = " ".join(query.replace(_WIDE_MINUS, "-").split())
    return typed if _columns(typed) <= 2 * SHOWN else typed[:SHOWN] + "…"


def pointed(query: str, at: int, end: int) -> str:
    """Return a query with a line of carets under the characters from `at` to `end`; a long one is cut around them."""
    line = "".join(" " if unicodedata.category(char)[0] in "CZ" and char != "　" else char for char in query)
    first = 0
    while first < at and _columns(line[first:end]) > SHOWN:
        first += 1
    left = "…" if first else ""
    shown = line[first:]
    while len(shown) > end - first and _columns(shown) > SHOWN + 10:
        shown = shown[:-1]
    right = "…" if first + len(shown) < len(line) else ""
    before = _columns(left + line[first:at])
    under = max(1, _columns(line[at:end]))
    return f"    {left}{shown}{right}\n    {' ' * before}{'^' * under}"


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
