"""Numbers whose digits stand apart are put together; columns and lists of single digits are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runaway import no_runaway

from ingest.spaced import find_spaced

PAGE = "全县共有党员4 0 8 3 人，比1 9 9 7 年增加2 1 7 人，占全县人口的6 ％，人均收入达到5 1 6 0 元。"


def together(text):
    parts, at = [], 0
    for start, end, new in find_spaced(text):
        assert at <= start < end and text[start:end] in (" ", "\u3000")
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("——1 9 9 8 年3月", "——1998年3月"),
        ("于1 2 月底", "于12月底"),
        ("投资２ ．５ 亿元", "投资２．５亿元"),
        ("装机2 ．5 亿千瓦", "装机2．5亿千瓦"),
        ("增长1 2 . 3 %，", "增长12.3%，"),
        ("增长12 ．5％", "增长12．5％"),
        ("共有１ ９ ９ ８ 人", "共有１９９８人"),
        ("共有１\u3000９\u3000８人", "共有１９８人"),
        (PAGE, "全县共有党员4083人，比1997年增加217人，占全县人口的6％，人均收入达到5160元。"),
    ],
)
def test_digits_that_stand_apart_are_one_number(text, expected):
    assert together(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "第 3 批 20 人", "合计 3 5 8 12", "女 3 5 8 2\n男 1 2 3 4", "女 3 5 8 人", "得分为3 5 8 2。", "1 . 抓培训", "3 5 8\n", "比分2 : 1",
        "一等奖1 2 等", "1\u3000 2 年级", "见第3 节", "12 34 56 人", "附件1 2 份", "序号 1 2 3 4 5", "电话0512 6 612", "1 000 000元", "3. 5 人",
    ],
)  # fmt: skip
def test_columns_and_lists_stay_apart(text):
    assert together(text) == text


def test_a_page_where_numbers_stand_together_proves_nothing():
    text = "2012年走访困难母亲120户，培训妇女300人次，筹资12万元，其中3 5 8 三个村各50人，4 6 两个村各60人，7 9 两个村各70人。"
    assert together(text) == text


def test_a_long_line_takes_no_endless_time():
    with no_runaway():
        for part in ("1 ", "1 . ", "3 5 8 12 ", "1 2 年", PAGE):
            list(find_spaced(part * 60_000))


@given(st.text(alphabet="1２３ \u3000.．年亿人%，\n", max_size=60))
def test_only_gaps_between_digits_go(text):
    after = together(text)
    assert [char for char in after if char not in " \u3000"] == [char for char in text if char not in " \u3000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关 于 文 化 站 搬 迁 的 函", "关于文化站搬迁的函"),
        ("全 乡 共 有 文 艺 队 1 4 支 ， 队 员 3 6 2 人 ， 常 年 下 村 演 出 。", "全乡共有文艺队14支，队员362人，常年下村演出。"),
        ("文化站全年组 织演出三十场，观 众近万人，队员 们起早摸 黑，没有一个叫 苦。", "文化站全年组织演出三十场，观众近万人，队员们起早摸黑，没有一个叫苦。"),
    ],
)  # fmt: skip
def test_characters_that_stand_apart_are_put_together(text, expected):
    assert together(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "周德顺 何永康 沈阿大 冯水根 蔡福生", "王芳 李梅 张兰 周英 陈凤", "一 二 三 四 五 六 日", "县妇联 县工会 县残联 县文联 团县委",
        "村名 队员 场地 队长 电话", "负 责 人：周德顺", "文化站 编印 二〇一五年 三月", "村委会 （盖章）",
    ],
)  # fmt: skip
def test_names_and_cells_stay_apart(text):
    assert together(text) == text
