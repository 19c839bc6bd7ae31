"""The fast segmenter gives exactly the tokens of jieba 0.42.1 with the project's dictionary."""

from __future__ import annotations

import csv
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import read
from nlp.segment import cut, load_segmenter, load_words, reference_tokenizer

CORPUS = Path(__file__).parents[1] / "corpus"


def expected(text: str) -> list[str]:
    return reference_tokenizer().lcut(text)


HARD_CASES = [
    "",
    " ",
    "\n",
    "\r\n",
    "\t \u3000\n",
    "办公室电话0539-2251234转8012。",
    "2019-2021年、2019—2021年、2019～2021年",
    "3.5万元，3．5万元，3.5%，3.5％，1,234.56元",
    "12.5.3版",
    "1.1.1",
    ".5",
    "5.",
    "A4纸、A-B-C、a_b、C++、C#、R&D、AT&T、Wi-Fi、O2O、互联网+",
    "x+y=z-1",
    "妇女之家-示范点",
    "“妇女之家”+“儿童之家”",
    "##县、20**年、XX年、□□元",
    "user@example.com、http://www.example.com/a-b_c.html?x=1&y=2#top",
    "100%的村、90.5%以上、5%-8%",
    "-5℃、+3、±0.5",
    "①②③、㎡、㎏、№1",
    "１２期、ＡＢＣ、％",
    "𠮷野家、㑇、龦、鿏、䶮",
    "一行普通的话\n𠮷字在这一行-1.5\n又一行-2.5普通的话",
    "\ufa0e\ufa0f",
    "\u9fd5\u9fd6",
    "😀👩‍👩‍👧‍👦🇨🇳",
    "带𠮷字的一行\r\n下一行\r\n",
    "\u200b零宽\ufeff字符\u00a0空格",
    "〇、二〇一二年、○三年",
    "é、ü、ñandú、Привет、こんにちは、안녕하세요",
    "……——《〈〉》【】「」",
    "工会·妇联・团委",
    "1/3、１/３、3∶1、3:1",
    "T恤衫、B超、卡拉OK、AA制",
    "AAA",
    "阿q",
    "%%%",
    "---",
    "...",
    "0.0.0.0",
    "1e-5",
    "第3-5条",
    "\x00\x01",
    "\x85\u2028\u2029\x0b\x0c",
]


@pytest.mark.parametrize("text", HARD_CASES)
def test_hard_cases_are_cut_as_jieba_cuts_them(text):
    assert cut(text) == expected(text)


@pytest.mark.parametrize("path", sorted((CORPUS / "reports").iterdir()), ids=lambda path: path.stem)
def test_sample_reports_are_cut_as_jieba_cuts_them(path):
    source = read(path)
    for text in [source.text, *(document.text for document in source.documents)]:
        assert cut(text) == expected(text)


@pytest.mark.parametrize("path", sorted((CORPUS / "labelled").glob("*.csv")), ids=lambda path: path.stem)
def test_labelled_sentences_are_cut_as_jieba_cuts_them(path):
    with path.open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines)]
    different = [text for text in texts if cut(text) != expected(text)]
    assert texts and different == []


@pytest.mark.skipif("NIANLUN_REPORTS" not in os.environ, reason="NIANLUN_REPORTS names no folder with real reports")
def test_real_reports_are_cut_as_jieba_cuts_them():
    for path in sorted((Path(os.environ["NIANLUN_REPORTS"]) / "seeds").iterdir()):
        source = read(path)
        for text in [source.text, *(document.text for document in source.documents)]:
            assert cut(text) == expected(text)


PIECES = [
    "妇联", "工作", "经费", "不足", "一", "十", "万元", "年", "的", "了", "，", "。", "、", "“", "”", "（", "）", "—", "——",
    "-", ".", "_", "+", "#", "&", "%", "％", "·", "/", "@", "*", "=", ":", "0", "1", "23", "2012", "a", "B", "XX", "１",
    " ", "\u3000", "\t", "\n", "\r\n", "𠮷", "㑇", "鿏", "龥", "〇", "😀", "\u200d", "é", "あ", "\ufeff", "▒", "□",
]  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_mixtures_of_digits_marks_and_rare_characters_are_cut_as_jieba_cuts_them(pieces):
    text = "".join(pieces)
    assert cut(text) == expected(text)


@settings(deadline=None, max_examples=400)
@given(st.text(max_size=30))
def test_any_text_is_cut_as_jieba_cuts_it(text):
    assert cut(text) == expected(text)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(sorted(load_words())), max_size=8), st.sampled_from(["", "-", "的", "1", "．"]))
def test_words_of_our_own_dictionary_are_cut_as_jieba_cuts_them(words, glue):
    text = glue.join(words)
    assert cut(text) == expected(text)


def test_shuffled_sentences_are_cut_as_jieba_cuts_them():
    """Characters torn out of their words meet jieba's model for unknown words, where rounding could differ."""
    chance = random.Random(7)
    characters = [
        c for path in sorted((CORPUS / "reports").glob("*.txt")) for d in read(path).documents for c in d.text
    ]
    for _ in range(400):
        text = "".join(chance.choices(characters, k=60))
        assert cut(text) == expected(text)


def test_no_character_is_taken_for_han_that_jieba_takes_for_a_mark():
    for point in [*range(0x20, 0x3500), *range(0x9FC0, 0xD800), *range(0xE000, 0x20010), *range(0x2F800, 0x2FA20)]:
        assert cut(chr(point) * 2) == expected(chr(point) * 2), hex(point)


@given(st.text(max_size=60))
def test_tokens_make_up_the_text(text):
    assert "".join(cut(text)) == text


def test_words_of_our_own_dictionary_are_tokens():
    assert "双学双比" in load_words()
    assert cut("开展双学双比活动")[1] == "双学双比"


def test_tags_stand_beside_the_tokens_of_a_common_text():
    text = "全县妇女干部年龄偏大"
    assert [token for token, _ in load_segmenter().tag(text)] == cut(text)


def test_jieba_s_own_process_wide_tokenizer_is_neither_loaded_nor_changed():
    import jieba

    reference_tokenizer()
    assert not jieba.dt.user_word_tag_tab
