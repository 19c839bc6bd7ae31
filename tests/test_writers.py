"""Who may have written a paper that no title settles: candidates, what is seen of them, and the classifier that chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read import read_bytes
from nlp.bodies import named_places
from nlp.metadata import find_metadata
from nlp.train_writers import labelled_candidates, with_verdicts
from nlp.weights import dump_weights
from nlp.writer_model import (
    Labelled,
    dump_rows,
    likeliest,
    load_writers,
    probabilities,
    read_rows,
    train_writers,
)
from nlp.writers import Body, Candidate, acting_bodies, called_bodies, candidates, guessed_level, is_bare_kind

LABELLED = Path(__file__).parent.parent / "corpus/labelled_bodies"


def org(text: str) -> str | None:
    return find_metadata(read_bytes(text.encode(), "a.txt").documents[0]).org


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一年来，柳湾社区妇联在街道党工委的领导下，办了六期班。", "柳湾社区妇联"),
        ("近年来，我乡完小教育工会坚持以教师为本。", "乡完小教育工会"),
        ("现将工作总结。总结柳湾社区妇联紧紧围绕中心，", "柳湾社区妇联"),
        ("2019年，公司工会认真落实要求，", "公司工会"),
        ("赵小川主席代表柳湾镇妇联举行了发布会。", "柳湾镇妇联"),
        ("活动由柳湾社区妇联举办，", "柳湾社区妇联"),
        ("今年以来，云坪县信用社认真清收旧账。", "云坪县信用社"),
        ("近日，于都县妇联召开会议。", "于都县妇联"),
    ],
)
def test_who_acts_at_the_head_may_have_written_it(text: str, name: str) -> None:
    assert name in acting_bodies("", text)


@pytest.mark.parametrize(
    "text",
    [
        "各级妇联组织在推进中出现了不平衡。",
        "要进一步加强基层工会在企业的作用。",
        "非公办中学两所，在校学生三百人。",
        "哪里有职工，哪里就有工会在说话。",
        "我局在年初召开了会议。",
        "会议由工会主持，由工会举办了三次比赛。",
        "要努力搞好工会自身的账目，",
        "县委第三巡察组对医院进行了巡察。",
    ],
)
def test_what_only_ends_as_a_body_does_is_no_candidate(text: str) -> None:
    assert not acting_bodies("", text)


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("妇联工作总结", "今年，我镇办班九期，妇联干部下村。全镇妇女养蚕。", "镇妇联"),
        ("共青团工作总结", "我县现有团员三千名，团委换届三个。", "团县委"),
        ("工会工作计划", "我校教师九十名，工会组织三次比赛。", "学校工会"),
        ("职工之家建设情况", "我市工会办了九所职工书屋。", "市总工会"),
        ("工作总结", "我街道在党工委、办事处的带领下抓了三件事。", "街道党工委、办事处"),
    ],
)
def test_a_paper_calls_its_body_by_level_and_kind(title: str, text: str, name: str) -> None:
    assert name in called_bodies(title, text)


def test_governments_and_party_groups_are_of_what_has_a_rank() -> None:
    called = called_bodies(
        "党建工作总结", "我局紧跟政府，党组抓九件事。我镇党组织换届，党组、党委、人大都下村。全县党委换届。"
    )
    assert not {"局政府", "局人大", "镇党组", "县党委"} & called.keys()
    assert {"局党组", "县委", "镇人大"} <= called.keys()


def test_who_begins_a_clause_whose_chief_acts_and_who_is_named_first_is_seen() -> None:
    text = "云坪县妇联办班九期。会上，云坪县妇联主席讲话，随后走访青石县总工会。"
    seen = {
        one.body.name: one.seen
        for one in candidates("", text, "news", own_level="county", weighed={}, told=None, is_above=lambda *_: False)
    }
    first, other = seen["云坪县妇联"], seen["青石县总工会"]
    assert first["begins clause"] and first["share of chief"] == 0.5 and first["first of all"]
    assert not {"begins clause", "chief", "first of all"} & other.keys() and other["order"] == 0.2


def test_a_body_of_the_nation_may_have_written_a_paper() -> None:
    assert org("【本网讯】全国妇联九届三次会议在柳湾举行。全国妇联主席到会讲话。") == "全国妇联"
    assert org("养蚕工作总结\n今年，柳湾镇妇联按照全国妇联的部署办班九期。全镇养蚕九百张。") == "柳湾镇妇联"


def test_a_county_or_a_town_is_no_branch() -> None:
    called = called_bodies("党建工作总结", "我县现有党支部三百个。全镇团支部九个。")
    assert not [name for name in called if name.endswith("支部")]
    assert "村党支部" in called_bodies("党建工作总结", "我村有党支部一个。")


def test_a_level_alone_calls_nobody() -> None:
    assert not called_bodies("防火工作总结", "全域旅游有起色，县长来过。")
    assert {"镇", "学校", "我局", "中心校", "第三支部"} == {
        name
        for name in ("镇", "学校", "我局", "中心校", "第三支部", "镇妇联", "南门小学", "县教育局")
        if is_bare_kind(name)
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("妇联工作汇报\n今年以来，在镇党委的领导下，我镇妇联办班九期，培训妇女三百人。妇女之家建了六个。", "镇妇联"),
        ("2018年工会工作总结\n一年来，在上级工会的指导下，我校工会围绕教学，组织教师开展活动。", "校工会"),
        ("半年总结\n上半年，总结柳湾社区妇联紧紧围绕中心工作，办班九期，走访困难妇女三十户。", "柳湾社区妇联"),
        ("关于防火的思考\n山林防火，事关千家万户。怎样防，各地有各地的办法。", None),
    ],
)
def test_the_likeliest_is_told(text: str, name: str | None) -> None:
    assert org(text) == name


def test_a_body_with_its_place_goes_before_the_same_without() -> None:
    weights = {"nobody": 0.0, "a": 1.0, "b": -0.2, "c": -3.0}
    bare, named, other = (
        Candidate(Body(name, place, "county"), {sign: 1.0})
        for name, place, sign in (("县妇联", None, "a"), ("青石县妇联", "青石县", "b"), ("云坪县妇联", "云坪县", "c"))
    )
    assert likeliest([bare, named], weights) is named
    assert likeliest([bare, other], weights) is bare
    assert likeliest([other], weights) is None
    assert likeliest([], weights) is None


def test_nobody_competes_with_the_candidates_of_a_paper() -> None:
    weights = {"acts": 2.0, "told": 1.0, "nobody": 0.5, "nobody, paper news": 1.0}
    one, other = {"acts": 1.0, "paper news": 1.0}, {"told": 1.0, "paper news": 1.0}
    first, second, nobody = probabilities([one, other], weights)
    assert first > nobody > second
    assert first + second + nobody == pytest.approx(1)
    assert probabilities([one, other], {}) == pytest.approx([1 / 3] * 3)


def test_of_a_paper_with_several_right_names_each_is_right() -> None:
    named, bare, wrong = (Candidate(Body(name, None, "county"), {}) for name in ("青石县妇联", "县妇联", "县教育局"))
    told = [one.right for one in with_verdicts("p", [named, bare, wrong], ["青石县妇联", "县妇联"])]
    assert told == [True, True, False]
    assert [one.right for one in with_verdicts("p", [bare, wrong], [])] == [False, False]


def test_rows_are_written_and_read_alike() -> None:
    rows = [Labelled("a", {"told": 1.0, "weight": 0.5}, True), Labelled("b", {"paper plan": 1.0}, False)]
    assert read_rows(dump_rows(rows).splitlines()) == rows


def test_the_weights_stored_are_those_of_the_labelled_papers() -> None:
    rows = labelled_candidates(LABELLED)
    fresh, stored = train_writers(rows), load_writers()
    assert {name for name, weight in fresh.items() if abs(weight) >= 0.0015} <= stored.keys()
    apart = [abs(fresh[name] - weight) for name, weight in stored.items()]
    assert max(apart) < 0.02
    assert len(dump_weights(fresh).splitlines()) > 150
    papers: dict[str, list[Labelled]] = {}
    for row in rows:
        papers.setdefault(row.paper, []).append(row)
    right = [
        sum(
            one
            for one, row in zip(probabilities([row.seen for row in of_one], stored), of_one, strict=False)
            if row.right
        )
        for of_one in papers.values()
        if any(row.right for row in of_one)
    ]
    assert sum(right) / len(right) > 0.75


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("安全自查报告\n我校高度重视。一是开会三次。二是我校清查楼道。", "学校"),
        ("述职报告\n过去一年，我局抓了三件事。我局还修了路。", "局"),
        ("防火小结\n我村山多。我村把防火放在前面，巡山九次。", "村"),
        ("关于留守儿童的调研报告\n我镇有儿童九百人。我镇外出的人多。", None),
        ("读书心得\n我校的樱花开了。", None),
    ],
)
def test_what_a_writer_calls_his_own_is_told_where_nothing_more_is(text: str, name: str | None) -> None:
    assert org(text) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("柳湾镇2019年妇联工作总结", "柳湾镇妇联"),
        ("云坪县第二中学上学期团委工作总结", "云坪县第二中学团委"),
        ("柳湾社区2018年度党支部工作计划", "柳湾社区党支部"),
        ("云坪县2018年工会工作要点", "云坪县总工会"),
        ("云坪县2018年共青团工作要点", "共青团云坪县委"),
        ("云坪县教育局2018年工会工作要点", "云坪县教育局工会"),
        ("柳湾镇2019年工作总结", "柳湾镇"),
    ],
)
def test_a_title_may_name_the_league_behind_the_year(title: str, name: str) -> None:
    assert org(f"{title}\n今年以来，在上级的领导下，办班九期，培训三百人。") == name


def test_of_a_title_of_a_visit_the_guest_is_not_the_writer() -> None:
    text = "云坪市人大常委会副主任王大有到市妇联开展调研\n3月6日，云坪市人大常委会副主任王大有到市妇联开展调研，市妇联主席李小红陪同。"
    assert org(text) == "云坪市妇联"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("我代表县委、县政府", "县委"),
        ("我谨代表县委、县政府", "县委"),
        ("受张书记委托，我代表县委、县政府", "县委"),
    ],
)
def test_he_speaks_in_the_name_of_a_body(words: str, name: str) -> None:
    text = f"各位代表：\n全县残疾人代表大会就要闭幕了。在此，{words}，向大会表示祝贺！县残联办了九件实事。"
    assert (org(text) or "").startswith(name)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("柳湾社区妇联", "village"),
        ("吉庆居委会", "village"),
        ("镇党委、政府", "township"),
        ("街道妇联", "township"),
        ("最高人民法院", "nation"),
        ("中国女画家协会", "nation"),
        ("高级人民法院", "province"),
        ("市中级人民法院", "city"),
        ("局工会", "unknown"),
        ("学校工会", "enterprise"),
    ],
)
def test_the_level_of_a_body_is_that_of_the_last_place_word_of_its_name(name: str, level: str) -> None:
    assert guessed_level(name) == level


@pytest.mark.parametrize(
    "text", ["三八红旗手", "全县特色强县", "争创文明镇", "分管副镇长", "美丽乡村", "全国文明县城", "两个先进县"]
)
def test_a_title_of_honour_is_no_place(text: str) -> None:
    assert named_places(text) == []
