"""Names in quotation marks: where they end, what is told of each of a list, and what they are called."""

from __future__ import annotations

import pytest

from nlp.activities import find_activities, load_lexicon

LEXICON = load_lexicon()


def read(text: str) -> list[tuple[str, str]]:
    """Return (name, kind) of every activity found."""
    return [(found.name, found.kind) for found in find_activities(text, LEXICON)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Names that touch are names of a list; a cup or a feast says of what follows when it is held.
        ("实施“千帆行动”“渔嫂助学行动”“灯塔·同舟”工程，", ["千帆行动", "渔嫂助学行动", "灯塔·同舟工程"]),
        ("选树“好船长”“好渔嫂”“好轮机手”活动", ["好船长", "好渔嫂", "好轮机手"]),
        ("举办“船歌进渔村”“渔村向党”主题读书会", ["船歌进渔村", "渔村向党主题读书会"]),
        ("开展“丰收杯”“渔嫂风采”书画大赛", ["丰收杯渔嫂风采书画大赛"]),
        ("举办庆“七一”“电缆杯”篮球比赛", ["电缆杯篮球比赛"]),
        # What is said behind the last of a list holds for each.
        ("在“大干60天”和“五赛一比”劳动竞赛活动中", ["大干60天", "五赛一比劳动竞赛"]),
        ("评选“魅力船长”、“活力船员”评选活动", ["魅力船长", "活力船员"]),
    ],
)
def test_names_that_touch_are_a_list(text, found):
    assert [name for name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("他被评为“云浦市巾帼建功标兵”。", [("云浦市巾帼建功标兵", "honour")]),
        ("荣获“海山省三八红旗手”称号", [("海山省三八红旗手", "honour")]),
        ("荣获海山省“三八红旗手”称号", [("三八红旗手", "honour")]),
        ("第六届全国“五好家庭”表彰大会召开", [("第六届全国五好家庭表彰大会", "event")]),
        ("第六届“丰收杯”球赛开赛", [("第六届丰收杯球赛", "event")]),
        ("全国“五好家庭”表彰大会召开", [("五好家庭表彰大会", "event")]),
    ],
)
def test_a_place_that_is_quoted_with_an_honour_belongs_to_it(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“渔火同心”志愿服务团队开展巡河", [("渔火同心志愿服务团队", "body")]),
        ("组建“浪花朵朵”家教志愿者团，", [("浪花朵朵家教志愿者团", "body")]),
        ("开通“云浦渔情”微信平台，", [("云浦渔情微信平台", "brand")]),
        ("搭建“三促”服务平台。", []),
        ("把“妇女之家”平台用好", [("妇女之家", "brand")]),
        ("开设“渔家课”频道，", [("渔家课频道", "brand")]),
        ("建设“五净”模范机关，", [("五净模范机关", "honour")]),
        ("召开“百日攻坚”誓师大会", [("百日攻坚誓师大会", "event")]),
        # A meeting about a drive that has its own name.
        ("召开“千帆行动”现场推进会", [("千帆行动", "programme")]),
        ("召开“问渔情、解渔忧”活动动员会", [("问渔情、解渔忧", "campaign")]),
        # Who is a model of a drive; what chooses one.
        ("命名10个“三净”活动示范家庭", [("三净活动示范家庭", "honour")]),
        ("开展“三净”活动，", [("三净", "campaign")]),
        ("开展“三净”美丽渔家评选表彰活动", [("三净美丽渔家", "campaign")]),
        # A verb between a name and the next head.
        ("设置“渔嫂公益项目”孵化志愿服务项目", [("渔嫂公益项目", "programme")]),
        ("启动“渔嫂”孵化项目", [("渔嫂孵化项目", "programme")]),
    ],
)
def test_a_name_goes_on_to_its_own_head_and_no_further(text, found):
    assert read(text) == found
