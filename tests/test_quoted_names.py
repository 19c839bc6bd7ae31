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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A known name that is the first or the last part of a quoted one.
        ("参观“妇女之家e站”。", [("妇女之家e站", "brand")]),
        ("为渔嫂购买“巾帼家政险”", [("巾帼家政险", "brand")]),
        ("成立“渔港双学双比活动领导小组”", [("双学双比", "campaign")]),
        # Single marks, in a speech that is quoted itself.
        (
            "他说：“去年的‘好渔嫂’‘好船长’评选活动共评选出十人，今年报名的人比去年多了一半，渔港里外都在谈论这件事情。”",
            [("好渔嫂", "honour"), ("好船长", "campaign")],
        ),
        ("他说“把‘小事’办好”就行。", []),
        # What is said of quoted words by 的活动.
        ("投入“修、补、护”、“四育船”的活动中", [("修、补、护", "campaign"), ("四育船", "campaign")]),
        ("达到了“强服务、办实事、求实效”的活动目的", []),
        # Who works under a name, and titles of units.
        ("组织“一港亲”等渔嫂服务队巡河", [("一港亲", "body")]),
        ("授予12家“船前三包”优秀门店荣誉称号", [("船前三包优秀门店", "honour")]),
        ("办起“渔”字号助困基地32个，", [("渔字号助困基地", "brand")]),
        # One meeting under two names; two names that a drive has.
        (
            "召开“一个好船长、平安一条船”暨“平安家庭”创建动员会",
            [("一个好船长、平安一条船暨平安家庭创建动员会", "event")],
        ),
        (
            "《关于开展“一个好船长、平安一条船”暨“平安家庭”创建活动的通知》",
            [("一个好船长、平安一条船", "honour"), ("平安家庭", "honour")],
        ),
        # Words before what says nothing alone.
        ("继续深入开展渔政服务“三农”活动。", [("渔政服务三农", "campaign")]),
        ("开展“三农”工作", []),
        # Columns in square marks, and projects in title marks.
        ("推出【渔港早知道】【渔家灯火】两个栏目", [("渔港早知道", "brand"), ("渔家灯火", "brand")]),
        ("【渔港早知道】今天有风", []),
        (
            "立项项目分别为渔业学院《船歌悠扬》，船舶学院《“同舟”女教师沙龙》，图书馆《灯塔夜读》。",
            [("船歌悠扬", "programme"), ("同舟女教师沙龙", "programme"), ("灯塔夜读", "programme")],
        ),
        ("学习了《渔业法》、《船员条例》和《港口法》。", []),
    ],
)
def test_names_in_other_marks_and_with_known_parts(text, found):
    assert read(text) == found


def test_quoted_words_that_a_text_comes_back_to_are_a_drive():
    text = "开展“五港联创”工作。我们把“五港联创”写进了章程，成立了“五港联创”办公室。参与五港联创工作的有12人。"
    assert read(text) == [("五港联创", "campaign")] * 4
    assert read("开展“五港联创”工作。") == read("把“五港联创”写进章程。") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # One quoted character, a play on words, is a part of the drive around it.
        ("开展平安渔港“益”起建志愿服务活动", [("平安渔港益起建志愿服务", "campaign")]),
        ("打造“农”字型服务活动", []),
        # Titles that are told by their own words, without anybody who gives them.
        ("一举创“海山省海岛和渔港依法管理示范乡镇”的目标", [("海山省海岛和渔港依法管理示范乡镇", "honour")]),
        ("他颁发的“渔港救助爱心奖”，", [("渔港救助爱心奖", "honour")]),
        (
            "分“爱港爱船星”“诚信守法星”“出航平安星”三方面",
            [("爱港爱船星", "honour"), ("诚信守法星", "honour"), ("出航平安星", "honour")],
        ),
        # Sorts of people are none, whatever is done for them.
        ("开展“留守儿童”普查，建立“留守儿童”档案", []),
        ("印发《“五净”模范机关建设活动方案》", [("五净模范机关建设", "campaign")]),
        ("召开“坚持依港兴渔，共建平安海岛”专题研讨会", [("坚持依港兴渔,共建平安海岛专题研讨会", "event")]),
        ("召开“渔业”专题研讨会", []),
        ("开展“先锋渔港”书记项目，", [("先锋渔港书记项目", "programme")]),
        ("开展“喜看渔港新貌”教育实践，", [("喜看渔港新貌教育实践", "campaign")]),
        ("开展“喜看渔港新貌”教育实践活动", [("喜看渔港新貌", "campaign")]),
    ],
)
def test_puns_titles_by_their_own_words_and_sorts_of_people(text, found):
    assert read(text) == found
