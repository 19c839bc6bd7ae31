"""With what a kind of file would be read, in words, as `nianlun ingest --dry-run` tells it."""

from __future__ import annotations

from functools import cache

from nianlun.language import Words

_READERS = {
    "text": Words("文本,自动辨认编码", "text, its encoding recognised"),
    "docx": Words("Word", "Word"),
    "doc": Words("旧版 Word", "old Word"),
    "pdf": Words("PDF 文字", "text of the PDF"),
    "ofd": Words("OFD 文字", "text of the OFD"),
    "markdown": Words("Markdown 文本", "Markdown"),
    **dict.fromkeys(("html", "mht"), Words("网页,只取正文", "web page, without what stands around the text")),
    **dict.fromkeys(("xlsx", "xls", "ods", "xls-xml", "xls-html"), Words("电子表格", "spreadsheet")),
    "csv": Words("表格,自动辨认编码", "table, its encoding recognised"),
    "zip": Words("压缩包,逐个读里面的文件", "archive, the files in it one by one"),
    "tar": Words("压缩包,逐个读里面的文件", "archive, the files in it one by one"),
    "packed": Words("压缩包,逐个读里面的文件", "archive, the files in it one by one"),
    "eml": Words("邮件,连同附件", "mail with its attachments"),
    "msg": Words("邮件,连同附件", "mail with its attachments"),
    "tnef": Words("邮件,连同附件", "mail with its attachments"),
}


@cache
def reader_words(kind: str) -> Words:
    """Return how a kind of file is read, with the programs that this machine has for it."""
    words = _READERS.get(kind, Words(kind, kind))
    if kind in ("image", "pdf", "ofd"):
        return _with_recognition(kind, words)
    if kind == "doc":
        from ingest.office import converters

        found = ", ".join(name for name, program in converters().items() if program)
        return Words(f"{words.zh}(后备:{found})", f"{words.en} (else by {found})") if found else words
    return words


def _with_recognition(kind: str, words: Words) -> Words:
    from ingest.ocr import engine

    name = engine()
    if kind == "image":
        return Words(f"文字识别({name})", f"recognition of characters ({name})") if name else Words(
            "需要文字识别:pip install rapidocr onnxruntime",
            "needs recognition of characters: pip install rapidocr onnxruntime",
        )  # fmt: skip
    if name is None:
        return Words(f"{words.zh};扫描页读不了", f"{words.en}; scanned pages cannot be read")
    return Words(f"{words.zh};扫描页文字识别({name})", f"{words.en}; scanned pages by recognition ({name})")
