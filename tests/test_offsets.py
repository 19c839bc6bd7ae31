"""Every character of every document leads back to the source; no damage to a file breaks that, or anything else."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.clean import HALF_WIDTH, ONE_TO_ONE
from ingest.errors import IngestError
from ingest.radicals import CHARACTERS
from ingest.read import read, read_bytes
from ingest.script import to_simplified
from ingest.spelt import find_spelt

ROOT = Path(__file__).parent.parent
SAMPLES = sorted(path for path in (ROOT / "corpus/reports").iterdir() if path.suffix in {".txt", ".docx", ".pdf"})
REPORTS = os.environ.get("NIANLUN_REPORTS")
REAL = sorted((Path(REPORTS) / "seeds").glob("*.txt")) if REPORTS else []
PIECES = ["一、", "（二）", "工作总结", "学习，", "資料", "檔案", "  ", "\u3000\u3000", "\n", "\r\n", "\t", "2 0 1 2 年", "<U+00A0>", '"', "，", "。", "；", "３０％", "第一篇：", "第2篇", "相关文章：", "时间：", "2012年3月5日", "\u200b", "\ufeff", "某县妇联", "*", "<!--", "x" * 70]  # fmt: skip


def assert_leads_back(source):
    """Hold the invariant: monotone, inside the source, and the same character up to the normalisations."""
    assert source.documents
    ordinals = [document.ordinal for document in source.documents]
    assert ordinals == sorted(set(ordinals) - {repeat.ordinal for repeat in source.repeats})
    for document in source.documents:
        last = 0
        for at, char in enumerate(document.text):
            start, end = document.to_source(at, at + 1)
            assert last <= start < end <= len(source.text)
            last = start
            if char == "\ufffd" or any(
                damage.kind == "repaired" and damage.start <= at < damage.end for damage in document.damage
            ):
                continue
            original = source.text[start:end].replace("<U+00A0>", "\xa0")
            original += "".join(CHARACTERS.get(one, "") for one in original)
            original += "".join(spelt for *_, spelt in find_spelt(original))
            if char == "\n":
                assert (
                    not original.strip(
                        "\u3000 \t\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\xa0\x00\ufeff\u200b<>U+A0¶↵⏎Р\\rn"
                    )
                    or "\n" in original
                    or document.to_source(at + 1, at + 2)[0] == start  # made behind a title with which the text goes on
                )
            elif char not in original and char not in normalised(original):
                context = source.text[max(0, start - 4) : end + 4]  # 畫 is 划 in 計畫 and 画 elsewhere
                assert char in to_simplified(context.translate(ONE_TO_ONE)), (char, context)
        length = len(document.text)
        assert document.to_source(0, length) == (document.source_start, document.source_end)
        assert document.to_source(length, length)[0] <= len(source.text)
        for damage in document.damage:
            assert 0 <= damage.start < damage.end <= length
    for piece in (*source.furniture, *source.anchors):
        assert 0 <= piece.start < piece.end <= len(source.text)


def normalised(text):
    """Return what may stand in clean text for these characters."""
    one = text.translate(ONE_TO_ONE)
    return one + "".join(HALF_WIDTH.get(char, "") for char in one) + to_simplified(one) + to_simplified(text) + '“”."'


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:2])
def test_every_character_of_a_sample_leads_back(path):
    assert_leads_back(read(path))


@pytest.mark.skipif(not REAL, reason="NIANLUN_REPORTS names no folder with seeds/")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name[:3])
def test_every_character_of_a_real_report_leads_back(path):
    assert_leads_back(read(path))


@pytest.mark.parametrize("path", [path for path in SAMPLES if path.suffix == ".txt"], ids=lambda path: path.name[:2])
def test_the_text_of_a_source_is_the_decoded_file_unchanged(path):
    source = read(path)
    assert source.text.encode(source.encoding) == path.read_bytes()
    assert source.size == len(path.read_bytes())


@given(st.lists(st.sampled_from(PIECES), max_size=60))
@example(["第一篇：", "\n", "第2篇", "\n"])
@example(["一、", "一、", "工作总结", "一、", "x" * 70])
@settings(deadline=None)
def test_any_mixture_of_what_reports_hold_leads_back(pieces):
    try:
        source = read_bytes("".join(pieces).encode(), "a.txt")
    except IngestError:
        return
    assert_leads_back(source)


@given(st.text(max_size=120))
@example("\\u2000")
@example("a\\u2000b&#x4E2D;")
@settings(deadline=None)
def test_any_text_leads_back(text):
    try:
        source = read_bytes(text.encode("utf-8", "replace"), "a.txt")
    except IngestError:
        return
    assert_leads_back(source)


def damaged(data, seed):
    """Return the bytes with stretches deleted, doubled, swapped, and single bytes cut out or changed."""
    dice = random.Random(seed)
    for _ in range(dice.randint(1, 6)):
        a, b = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        b = min(b, a + len(data) // 3)
        kind = dice.choice(["delete", "double", "swap", "cut", "change", "half"])
        if kind == "delete":
            data = data[:a] + data[b:]
        elif kind == "double":
            data = data[:b] + data[a:]
        elif kind == "swap":
            data = data[a:b] + data[:a] + data[b:]
        elif kind == "cut":
            data = data[:a] + data[a + 1 :]
        elif kind == "change":
            data = data[:a] + dice.randbytes(3) + data[a + 3 :]
        elif dice.random() < 0.3:
            data = data[: max(1, len(data) // 2)]
        data = data or b"\n"
    return data


@pytest.mark.parametrize("path", SAMPLES + REAL, ids=lambda path: path.name[:3])
def test_a_damaged_file_is_read_or_refused_and_leads_back(path):
    data = path.read_bytes()
    rounds = 12 if path.suffix == ".txt" else 6
    for seed in range(rounds):
        try:
            source = read_bytes(damaged(data, seed), path.name)
        except IngestError as error:
            assert error.reason_zh
        else:
            assert_leads_back(source)
