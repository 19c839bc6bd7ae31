"""`fingerprint()`: which program reads, told without loading it."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.metadata import version


@cache
def fingerprint(taxonomy: str = "") -> str:
    """Return a short hash of the code and data of reading: an index row made under another one is read again.

    `taxonomy` is the text of the one that an index has instead of the project's own.
    """
    digest = sha256()
    for package in ("ingest", "ingest.data", "nlp", "nlp.data"):
        for entry in sorted(resources.files(package).iterdir(), key=lambda item: item.name):
            if entry.is_file() and not entry.name.endswith(".pyc"):
                digest.update(entry.name.encode() + b"\0" + sha256(entry.read_bytes()).digest())
    libraries = {
        name: version(name)
        for name in ("ahocorasick_rs", "jieba", "lunardate", "opencc", "pdfplumber", "python-docx", "rjieba")
    }
    if taxonomy:
        digest.update(b"taxonomy\0" + sha256(taxonomy.encode()).digest())
    digest.update(json.dumps(libraries, sort_keys=True).encode())
    return digest.hexdigest()[:16]
