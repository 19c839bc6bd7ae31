"""Text decoded by the wrong rule is found where it stands, taken back where that is exact, and right text is left alone."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import decode
from ingest.mojibake import find_mojibake
from ingest.word import read_docx

ROOT = Path(__file__).parent.parent
REPORTS = os.environ.get("NIANLUN_REPORTS")
PLAIN = "今年以来，区总工会走访企业，慰问困难职工。"
LONG = "区总工会坚持服务企业和职工，建立“四级”服务网络，调解劳动争议68件，涉及金额一百二十万元；最近开展技能竞赛。"


def as_gbk(text, lone="\ufffd"):
    """Return UTF-8 as a Windows program shows it that takes it for GBK: a sign for every pair, one for a byte alone."""
    data, shown, at = text.encode("utf-8"), [], 0
    while at < len(data):
        pair = data[at : at + 2]
        if data[at] < 0x80:
            shown.append(chr(data[at]))
        elif data[at] > 0x80 and len(pair) == 2 and pair[1] >= 0x40 and len(pair.decode("gb18030", "replace")) == 1:
            shown.append(pair.decode("gb18030", "replace"))
            at += 1
        else:
            shown.append(lone)
        at += 1
    return "".join(shown)


def restored(text):
    """Return the text as it was, with one sign for what cannot be taken back."""
    parts, at = [], 0
    for start, end, repair in find_mojibake(text):
        parts += [text[at:start], repair or "▒"]
        at = end
    return "".join([*parts, text[at:]])


@pytest.mark.parametrize(
    "text", ["最近开展技能竞赛", "妇联工作", "技能竞赛", "的是", "经费不足", "“四级”服务网络·职工之家"]
)
@pytest.mark.parametrize("lone", ["€", "\ufffd"])
def test_utf8_read_as_gbk_is_found_and_taken_back(text, lone):
    spoilt = PLAIN + "\n" + as_gbk(text + "。；", lone) + "\ue0c7" * (lone != "€")
    found = find_mojibake(spoilt)
    assert found[0][0] == len(PLAIN) + 1
    assert "".join(repair or "" for _, _, repair in found).startswith(text)


@pytest.mark.parametrize("text", [LONG, PLAIN, "妇联工作", "技能竞赛2012年", "经费不足"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_what_was_read_as_latin_letters_is_taken_back(text, codec):
    assert restored(PLAIN + "\n" + text.encode(codec).decode("latin-1")) == PLAIN + "\n" + text


@pytest.mark.parametrize("text", [LONG, "培训种养大户 120 人次，其中妇女 1 9 9 8 人，还有一些困难需要克服"])
def test_numbers_and_spaces_inside_the_damage_part_nothing(text):
    after = restored(PLAIN + "\n" + as_gbk(text, "€"))
    assert re.fullmatch(re.sub("▒", ".{1,2}", re.escape(after)), PLAIN + "\n" + text)
    assert after.count("▒") <= 4  # where the last byte of a character stood alone before a figure


def test_a_lost_byte_is_told_and_never_guessed():
    text = "总结了工作经验，\n工作计划和措施，\n总结报告，"
    spoilt = as_gbk(text, "?")
    assert "?" in spoilt
    for start, end, repair in find_mojibake(spoilt):
        assert repair is None or repair in text
        assert (repair is None) == ("?" in spoilt[start:end])


def test_a_reader_that_has_no_signs_for_private_use_leaves_its_losses_open():
    text = "培训学习论坛、理论学习中心组一次活动" * 5
    exact = [r for _, _, r in find_mojibake(text.encode("utf-8").decode("gbk", errors="replace")) if r]
    assert exact and all(repair in text for repair in exact)


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("总结\ufffd\ufffd材料", (2, 4)),
        ("主席锟斤拷锟斤拷讲话", (2, 8)),
        ("数据烫烫烫烫", (2, 6)),
        ("屯屯屯数据", (0, 3)),
    ],
)
def test_what_cannot_be_taken_back_is_told(text, stretch):
    assert find_mojibake(text) == [(*stretch, None)]


def test_a_quotation_mark_decoded_twice_is_taken_back():
    assert find_mojibake("the â€œDouble-learningâ€\x9d campaign") == [(4, 7, "“"), (22, 25, "”")]


@pytest.mark.parametrize(
    "text",
    [
        "鐨", "涓涓细流汇成江河", "鎏金鐘鏃", "銆", "锟", "锟斤", "公斤拷贝", "滚烫烫的", "屯垦", "烫烫", "王喆、赵堃、李锟、陈鑫淼、张鑫鑫",
        "关关雎鸠，在河之洲。窈窕淑女，君子好逑。", "郗敬堂、逄锦聚、亓官、缑氏", "Ça été naïve garçon", "ÄÖÜäöüß", "ÀÉÈÙÂÊÎÔÛ", "ÆØÅæøå",
        "kūn（鲲）ā á ǎ à", "hé……", "20°×30°", "5±0.2", "“à”", "Việt Nam Đảng", "½¼¾", "¥£¢€", "·……——“”", "100㎡、36.5℃、№5、①②③",
        "плановый отчёт", "年度総括報告書を作成した", "꿈",
    ],
)  # fmt: skip
def test_rare_but_right_text_raises_no_alarm(text):
    assert find_mojibake(text) == []
    assert find_mojibake(f"{PLAIN}{text}{PLAIN}") == []


@pytest.mark.parametrize(
    "leads", [range(0xB0, 0xF8), range(0xD8, 0xF8), range(0x81, 0xA1)], ids=["all", "rare", "rarest"]
)
def test_characters_in_any_order_raise_no_alarm(leads):
    chance = random.Random(11)
    pairs = (bytes((chance.choice(leads), chance.randrange(0xA1, 0xFF))) for _ in range(200_000))
    assert find_mojibake("".join(pair.decode("gbk", "ignore") for pair in pairs)) == []


@pytest.mark.parametrize("path", sorted((ROOT / "corpus" / "reports").glob("*")), ids=lambda path: path.name)
def test_the_samples_raise_no_alarm(path):
    data = path.read_bytes()
    text = read_docx(data, path.name).text if path.suffix == ".docx" else decode(data)[0]
    if path.suffix != ".pdf":
        assert find_mojibake(text) == []


@pytest.mark.skipif(not REPORTS, reason="NIANLUN_REPORTS names no folder with seeds/ and corpora/")
def test_real_reports_raise_no_alarm_but_where_they_turn():
    files = [
        *Path(REPORTS).glob("seeds/*.txt"),
        *Path(REPORTS).glob("corpora/*/*.txt"),
        *Path(REPORTS).glob("corpora/*/*.csv"),
    ]
    assert files
    for path in files:
        text = decode(path.read_bytes())[0]
        found = find_mojibake(text)
        if path.parent.name != "damaged":
            assert found == [], path.name
            continue
        assert text[found[0][0] - 40 : found[0][0]].endswith("\t")  # the last sound line ends here
        assert "\ufffd" not in text[: found[0][0]]
        assert found[-1][1] >= len(text) - 1
        assert sum(end - start for start, end, repair in found if repair) > 0.98 * (len(text) - found[0][0])


@given(st.text(max_size=200), st.text(alphabet="鐨勬槸銆�涓浗€?锟斤拷ÖÐ¹úä¸­å›½\ue0c7 1\n", max_size=60))
def test_stretches_are_in_order_and_inside_the_text(before, after):
    text, at = before + after, 0
    for start, end, repair in find_mojibake(text):
        assert at <= start < end <= len(text)
        assert repair is None or repair
        at = end
