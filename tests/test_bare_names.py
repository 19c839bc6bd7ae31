"""Names without quotation marks of which no rule says anything: what a classifier takes for one, and what it does not."""

from __future__ import annotations

from math import exp
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runaway import grows_in_proportion

from nlp.activities import find_activities, load_lexicon
from nlp.activity_lexicon import KINDS
from nlp.bare_model import features, head_of, load_bare_model, sure, train_bare
from nlp.name_model import read_labelled_names
from nlp.weights import dump_weights, read_weights

LEXICON = load_lexicon()
ROWS = read_labelled_names([Path(__file__).parent.parent / "corpus/labelled_names/bare.csv"])

UNSURE = pytest.mark.xfail(
    strict=True, reason="the judge, trained on more papers, finds a name and none equally likely"
)


def read(text: str) -> list[tuple[str, str]]:
    """Return (name, kind) of every activity found."""
    return [(found.name, found.kind) for found in find_activities(text, LEXICON)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("实施了千顷莲塘增收项目，新挖塘埂9公里", "千顷莲塘增收项目", "programme"),
        ("生态滞洪区示范乡项目投入150万元", "生态滞洪区示范乡项目", "programme"),
        ("缆车更新计划于97年送审", "缆车更新计划", "programme"),
        ("青年店主转型促进行动初见成效", "青年店主转型促进行动", "programme"),
        ("在老码头挂牌渔歌共护传习基地", "渔歌共护传习基地", "brand"),
        ("建起货郎歇脚驿站6处", "货郎歇脚驿站", "brand"),
        ("率先设立果农纠纷老支书调解室", "果农纠纷老支书调解室", "body"),
        ("入选全省十大护林案例", "十大护林案例", "honour"),
        ("推荐金梧桐奖（集体）1个", "金梧桐奖", "honour"),
        ("第四届某市银梭奖的名单另发", "银梭奖", "honour"),
        ("在全市窗口服务技能竞赛中夺冠", "全市窗口服务技能竞赛", "event"),
    ],
)
def test_a_name_without_marks_is_told_by_its_verb_its_words_and_its_head(text, name, kind):
    assert read(text) == [(name, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "抓好项目建设，落实各项计划和整改计划",
        "建立工作基地，打造生产基地",
        "建成老年活动中心，设立便民服务中心",
        "三条村道改造工程全部竣工",
        "年产2万吨饲料项目投产",
        "二期扩能项目开工，污水管网项目完成过半",
        "荣获县直先进单位，获得奖励资金20万元",
        "获奖人数逐年增加，年终奖及时发放",
        "评出优秀组织单位4个",
        "各股室工作没有计划",
        "扣住重点项目干，围着项目转",
        "组织职工参加篮球比赛",
        "以奖代补资金到位",
    ],
)
def test_plain_descriptions_of_plans_works_and_places_name_nothing(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("银龄顾问工作室接待职工60人次", "银龄顾问工作室", "brand"),
        ("石桥路警务室调处纠纷33起。", "石桥路警务室", "brand"),
        ("上半年，桂花巷会客厅议事21次", "桂花巷会客厅", "brand"),
        ("桑梓护河队巡河300次", "桑梓护河队", "body"),
        ("老街坊合唱团演出12场，", "老街坊合唱团", "body"),
        ("建渔歌书屋12家", "渔歌书屋", "brand"),
        pytest.param("推出养蜂贷，放款60万元", "养蜂贷", "programme", marks=UNSURE),
        ("微灯助学资助新生22名", "微灯助学", "programme"),
        ("组织急救知识进工地16场", "急救知识进工地", "campaign"),
        ("2017-2019年度小水电样板县项目", "小水电样板县项目", "programme"),
        ("申请第六届某市银锚奖", "银锚奖", "honour"),
        ("荣获全国矿山救护先进单位", "矿山救护先进单位", "honour"),
        ("评出贴心好护士9名", "贴心好护士", "honour"),
        ("云口市知心好班长名单由各厂报送", "知心好班长", "honour"),
        ("（个人）、云口市知心好班长经推荐后公示", "知心好班长", "honour"),
        ("参加第三届云口市知心好班长的评选", "知心好班长", "honour"),
        ("举办感动梅河人物颁奖礼", "感动梅河人物", "honour"),
        ("被评为省劳动模范", "劳动模范", "honour"),
        ("创建节约型机关26家", "节约型机关", "honour"),
        ("创建省级生态乡镇2个", "生态乡镇", "honour"),
        ("开展读经典诵经典活动", "读经典诵经典", "campaign"),
        ("开展企业评警活动", "企业评警", "campaign"),
        ("开展敬业奉献感恩主题教育活动", "敬业奉献感恩主题教育", "campaign"),
        ("爱耳日期间义诊60人", "爱耳日", "campaign"),
    ],
)
def test_a_name_may_open_its_clause_and_need_no_verb_before_it(text, name, kind):
    assert read(text) == [(name, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "综合服务中心接待群众900人次",
        "市残疾人联合会走访企业30家",
        "机关食堂就餐600人",
        "建设施大棚40亩，办培训班6期",
        "优化信贷结构，消费信贷增长",
        "着力推进农村改革，促进企业发展",
        "建设美丽河湖，文明单位工作有序开展",
        "群众说他是个好支书",
        "让人感动的人物故事很多",
        "开展建房审批活动，组织外出参观活动",
        "护坡工程用石4000方，修路项目修路8公里",
        "校合唱团排练20次，工作队驻村60天",
        "清查行动出动300人次",
        "演讲比赛参赛40人，歌咏比赛参赛18队",
    ],
)
def test_what_opens_a_clause_and_only_says_what_it_is_names_nothing(text):
    assert read(text) == []


def test_a_name_found_once_counts_wherever_it_stands():
    text = "县里设立金谷穗风尚奖，每年评一次。\n本届的金谷穗风尚奖由各乡推选。"
    assert read(text) == [("金谷穗风尚奖", "honour")] * 2


def test_what_stands_before_and_behind_和_is_read_apart():
    assert [name for name, _ in read("打造渔光夜读驿站和船嫂绣坊小院")] == ["渔光夜读驿站", "船嫂绣坊小院"]


def test_words_in_which_a_border_seems_to_stand_are_not_cut():
    assert [name for name, _ in read("建起侨嫂有约夜话驿站")] == ["侨嫂有约夜话驿站"]


def test_rows_are_of_many_hands_and_every_label_is_known():
    assert len(ROWS) >= 1500
    assert len({row.source for row in ROWS}) >= 30
    assert {row.label for row in ROWS} <= {*KINDS, "generic"}
    assert sum(row.label == "generic" for row in ROWS) >= 550


def test_the_stored_weights_are_those_of_the_rows_in_the_tree():
    fresh, stored = train_bare(ROWS, LEXICON), load_bare_model()
    apart = [
        abs(
            sure(row.before, row.words, row.after, fresh, LEXICON)
            - sure(row.before, row.words, row.after, stored, LEXICON)
        )
        for row in ROWS
    ]
    assert max(apart) < 0.02, "run `make model`"
    assert read_weights(dump_weights(stored.by_name).splitlines()) == stored.by_name


def test_a_model_that_saw_nothing_of_a_hand_reads_that_hand():
    hits = said = there = 0
    for hand in ("xiangzhen", "taiwan", "fayuan", "shengfu", "laogan"):
        weights = train_bare([row for row in ROWS if row.source != hand], LEXICON)
        for row in ROWS:
            if row.source == hand:
                found = sure(row.before, row.words, row.after, weights, LEXICON) >= 0.6
                said += found
                there += row.label in KINDS
                hits += found and row.label in KINDS
    assert hits / said > 0.75
    assert hits / there > 0.85


@given(*[st.text(alphabet="实施千亩油茶提质项目行动奖，012 了的\n", max_size=10)] * 3)
def test_the_sum_of_weights_is_that_of_the_features(before, words, after):
    weights = load_bare_model()
    raw = sum(weights.by_name.get(name, 0.0) for name in features(before, words, after, LEXICON))
    assert sure(before, words, after, weights, LEXICON) == pytest.approx(1 / (1 + exp(-raw)))


@pytest.mark.parametrize(
    ("words", "head"),
    [("木兰助梦行动", ("行动", "programme")), ("银梭奖", ("奖", "honour")), ("全省十大护林案例", ("", "honour"))],
)
def test_the_head_is_the_longest_that_words_end_in(words, head):
    assert head_of(words, LEXICON) == head


@pytest.mark.parametrize(
    "unit", ["实施了千亩油茶提质项目", "获评十佳、", "设立和", "项目", "金梭奖。", "推荐金谷穗风尚奖，"]
)
def test_time_grows_with_the_text_whatever_is_repeated(unit):
    assert grows_in_proportion(lambda text: find_activities(text, LEXICON), unit, 80_000)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("林场干部职业精神教育实践活动启动后，", [("林场干部职业精神教育实践", "campaign")]),
        ("双联双促活动深入开展", [("双联双促", "campaign")]),
        ("双比双学活动深入开展", [("双比双学", "campaign")]),
        (
            "河口市第二纺织厂团委第四次代表大会暨第五届青工代表会议第二次会议召开",
            [],
        ),
        ("召开石桥商会成立暨第一次会员大会", [("石桥商会成立暨第一次会员大会", "event")]),
        ("在全县作风整顿年活动动员阶段总结暨查摆阶段动员会上的讲话", [("作风整顿年", "campaign")]),
        ("三年来全县乡镇工会共评选“模范车间”20个", [("模范车间", "honour")]),
        ("把村民请进课堂，让他们学技术", []),
    ],
)
def test_clauses_are_no_names_and_of_two_meetings_each_has_its_own(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("办好采莲节、龙舟赛和水乡美食季等节会，", ["采莲节", "龙舟赛", "水乡美食季"]),
        ("承办省运会、水乡马拉松等重大赛事", ["省运会", "水乡马拉松"]),
        ("举办乐购消费月、河鲜美食文化节等主题消费活动", ["乐购消费月", "河鲜美食文化节"]),
        ("举办知识竞赛、书法展、读书月等活动", []),
        ("办好和美渔村节、龙舟赛等节会", ["和美渔村节", "龙舟赛"]),
        ("举办培训班、座谈会等活动", []),
        ("办好12项赛事、8个展会等盛事", []),
    ],
)
def test_a_word_for_events_closes_a_list_of_them(text: str, found: list[str]) -> None:
    assert [name for name, _ in read(text)] == found
