"""Named activities: which words name one, what it is called and of which kind it is."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runaway import grows_in_proportion, no_runaway

from nlp import train as training
from nlp.activities import KINDS, LexiconError, find_activities, load_lexicon, make_lexicon
from nlp.activity_variants import load_variants, variant_of
from nlp.model import load_model
from nlp.name_model import (
    REACH,
    digest,
    dump_names,
    features,
    load_name_model,
    load_names,
    read_labelled_names,
    train_names,
)

LEXICON = load_lexicon()
REPORTS = os.environ.get("NIANLUN_REPORTS")
LABELLED_NAMES = sorted((Path(__file__).parent.parent / "corpus/labelled_names").glob("*.csv"))


def read(text: str) -> list[tuple[str, str, str]]:
    """Return (text, name, kind) of every activity found."""
    return [(found.text, found.name, found.kind) for found in find_activities(text, LEXICON)]


@pytest.mark.parametrize(
    ("text", "surface", "name", "kind"),
    [
        ("全镇开展“书记面对面”活动，听民声。", "“书记面对面”活动", "书记面对面", "campaign"),
        ("开展了“我为企业找订单”主题实践活动。", "“我为企业找订单”主题实践活动", "我为企业找订单", "campaign"),
        ("组织“五进五访”调研活动", "“五进五访”调研活动", "五进五访调研", "campaign"),
        ("开展“学雷锋”志愿服务系列活动", "“学雷锋”志愿服务系列活动", "学雷锋志愿服务", "campaign"),
        ("推进“强村富民”工程。", "“强村富民”工程", "强村富民工程", "programme"),
        ("深化“青春扬帆”创业就业行动", "“青春扬帆”创业就业行动", "青春扬帆创业就业行动", "programme"),
        ("实施“千名工匠培育计划”，", "“千名工匠培育计划”", "千名工匠培育计划", "programme"),
        ("新建“蓝马甲”志愿者服务队3支", "“蓝马甲”志愿者服务队", "蓝马甲志愿者服务队", "body"),
        ("开办“河畔夜话”大讲堂12期", "“河畔夜话”大讲堂", "河畔夜话大讲堂", "brand"),
        ("做强“小石榴”志愿服务品牌。", "“小石榴”", "小石榴", "brand"),
        ("举办“丰收杯”职工篮球比赛", "“丰收杯”职工篮球比赛", "丰收杯职工篮球比赛", "event"),
        ("评出“最美河长”10名", "“最美河长”", "最美河长", "honour"),
        ("被授予“十佳网格员”称号", "“十佳网格员”", "十佳网格员", "honour"),
        ("创建“清风庭院”活动载体丰富", "“清风庭院”活动", "清风庭院", "campaign"),
        ("以“共护一江清水”为主题的宣传活动", "“共护一江清水”", "共护一江清水", "campaign"),
        ("村村争办“学政策，讲变化”活动", "“学政策，讲变化”活动", "学政策,讲变化", "campaign"),
    ],
)
def test_quoted_words_are_named_by_what_stands_behind_or_before_them(text, surface, name, kind):
    assert read(text) == [(surface, name, kind)]


@pytest.mark.parametrize(
    ("text", "surface", "name", "kind"),
    [
        ("庆“五一”职工歌咏比赛", "庆“五一”职工歌咏比赛", "庆五一职工歌咏比赛", "event"),
        ("实施农技推广“1+3”工程", "农技推广“1+3”工程", "农技推广1+3工程", "programme"),
        ("开展“12·4”宪法日宣传活动", "“12·4”宪法日宣传活动", "12·4宪法日宣传", "campaign"),
        ("开展“巧手生金”寻找“最美绣娘”特别行动", "“巧手生金”寻找“最美绣娘”特别行动", "巧手生金寻找最美绣娘特别行动", "programme"),
        ("举办“石桥杯”“唱支山歌给党听”合唱大赛活动", "“石桥杯”“唱支山歌给党听”合唱大赛活动", "石桥杯唱支山歌给党听合唱大赛", "event"),
        ("召开“四访四促”活动成果交流会", "“四访四促”活动成果交流会", "四访四促活动成果交流会", "event"),
    ],
)  # fmt: skip
def test_quotation_marks_inside_a_name_do_not_cut_it(text, surface, name, kind):
    assert read(text) == [(surface, name, kind)]


def test_quoted_words_side_by_side_are_each_a_name_and_share_the_head_behind_the_last():
    assert read("开展“进村串户”、“入厂问计”和“到校支教”活动") == [
        ("“进村串户”", "进村串户", "campaign"),
        ("“入厂问计”", "入厂问计", "campaign"),
        ("“到校支教”活动", "到校支教", "campaign"),
    ]
    assert read("荣获“红旗渠标兵班”、“铁军支队”等荣誉") == [
        ("“红旗渠标兵班”", "红旗渠标兵班", "honour"),
        ("“铁军支队”", "铁军支队", "honour"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "学习“三个代表”重要思想",
        "编制“十二五”规划",
        "“八五”计划圆满完成",
        "村“两委”换届，救助“两癌”妇女",
        "撑起“半边天”，打通“最后一公里”",
        "克服“等靠要”思想",
        "“三八”节期间，“六一”前夕",
        "开展“六一”慰问活动",
        "坚持“先急后缓、先易后难”的原则",
        "按照“一岗双责”要求",
        "发扬“老黄牛”精神",
        "形成“比学赶超”的局面",
        "成立“红枫叶种养专业合作社”",
        "粉碎“台独”分裂活动",
        "杜绝“形象工程”、“政绩工程”",
        "实施“五大战略”",
        "推进“平急两用”公共基础设施项目",
        "所谓“家长里短”",
        "每逢“周一”学习活动",
        "落实《妇女权益保障法》",
    ],
)
def test_slogans_policies_festivals_and_figures_of_speech_name_no_activity(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "name", "kind"),
    [
        ("大力实施残疾人安居托底工程。", "残疾人安居托底工程", "残疾人安居托底工程", "programme"),
        ("启动老旧厂房焕新行动，", "老旧厂房焕新行动", "老旧厂房焕新行动", "programme"),
        ("开展机关效能提升年活动。", "机关效能提升年活动", "机关效能提升年", "campaign"),
        ("扎实开展送法进工地活动", "送法进工地活动", "送法进工地", "campaign"),
        ("成立了女摄影师志愿者协会", "女摄影师志愿者协会", "女摄影师志愿者协会", "body"),
        ("举办首届乡村桃花节和第三届稻田文化节", "第三届稻田文化节", "第三届稻田文化节", "event"),
        ("喜迎第五届山城美食节", "第五届山城美食节", "第五届山城美食节", "event"),
        ("开设乡贤大讲堂", "乡贤大讲堂", "乡贤大讲堂", "brand"),
        ("表彰了十佳护林员、优秀河长", "十佳护林员", "十佳护林员", "honour"),
    ],
)
def test_a_name_without_quotation_marks_stands_between_a_verb_and_a_head(text, surface, name, kind):
    assert (surface, name, kind) in read(text)


def test_a_second_bare_name_follows_the_first():
    assert [name for _, name, _ in read("实施名师强校工程、乡医培优行动和农技入户计划")] == [
        "名师强校工程",
        "乡医培优行动",
        "农技入户计划",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "组织开展活动", "举办各类培训班和知识讲座", "召开座谈会", "这一活动深受欢迎", "开展形式多样的文体活动", "开展系列宣传教育活动",
        "抓好重点工程、民生工程", "开展专项行动", "制定年度工作计划", "加快水利工程建设", "今年活动很多", "开展春节慰问活动", "实施12项工程",
        "计划生育工作", "村级活动室", "签订工程款协议", "搞好道路改造工程", "参加上级组织的活动", "三个重点项目",
    ],
)  # fmt: skip
def test_generic_activities_have_no_name(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("春蕾计划", "春蕾计划", "programme"),
        ("“春蕾计划”", "春蕾计划", "programme"),
        ("三八红旗手", "三八红旗手", "honour"),
        ("“三八”红旗手", "三八红旗手", "honour"),
        ("青年文明号", "青年文明号", "honour"),
        ("工人先锋号", "工人先锋号", "honour"),
        ("“双学双比”竞赛活动", "双学双比", "campaign"),
        ("创先争优活动", "创先争优", "campaign"),
        ("“两学一做”学习教育", "两学一做", "campaign"),
        ("大学生志愿服务西部计划", "大学生志愿服务西部计划", "programme"),
        ("“五五”普法", "五五普法", "campaign"),
    ],
)
def test_known_names_count_with_and_without_quotation_marks(text, name, kind):
    assert [(n, k) for _, n, k in read(f"去年，{text}，成效明显")] == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("在河西新建“石榴籽驿亭”3座", ["石榴籽驿亭"]),
        ("要打造“石榴籽驿亭”", []),
        ("要打造“石榴籽驿亭”品牌", ["石榴籽驿亭"]),
        ("各村开办1期“巧娘夜校”", ["巧娘夜校"]),
        ("获评“最美护林员”2名、“五星养老院”1所", ["最美护林员", "五星养老院"]),
        ("开展“敲门问需”。后来，“敲门问需”成了习惯", ["敲门问需", "敲门问需"]),
        ("开展“敲门问需”专项治理", []),
        ("开展“人情名单”问题专项整治", ["人情名单问题专项整治"]),
        ("设立“扎根渔港奖”，鼓励新人", ["扎根渔港奖"]),
        ("开展“敲门问需”、“上门问效”等一系列服务活动", ["敲门问需", "上门问效"]),
    ],
)
def test_a_count_a_list_and_a_second_mention_are_evidence_of_a_name(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("荣获全市工艺创新奖、焊接标兵等称号", ["工艺创新奖", "焊接标兵"]),
        ("选树巡河标兵12名、护林先锋8名", ["巡河标兵", "护林先锋"]),
        ("获评省级养路先锋、最美班组长", ["养路先锋", "最美班组长"]),
        ("荣获青桐县教学能手、市造林标兵", ["教学能手", "造林标兵"]),
        ("被授予2019年度攀登示范班", ["攀登示范班"]),
        ("荣获团体一等奖、优秀奖3个", []),
        ("发挥护林先锋作用，举办两期培训班", []),
        ("获得了学生和家长的好评，办学习班", []),
    ],
)
def test_the_list_behind_an_award_names_honours_by_what_they_end_in(text, found):
    assert [name for _, name, kind in read(text) if kind == "honour"] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("设立“微光助学基金”", ["微光助学基金"]),
        ("探索“三色果”评价体系", ["三色果"]),
        ("开展“护苗”、“清源”专项行动", ["护苗", "清源专项行动"]),
        ("“护林示范岗”、“桥头卫士”都有了", ["护林示范岗", "桥头卫士"]),
        ("纠正“懒散拖”、“推诿躲”、“平安家庭”评选走过场", ["平安家庭"]),
        ("被“青桐之窗”栏目报道", []),
        ("在“青桐之窗”专栏刊发6篇", []),
        ("开设“青桐之窗”专栏", ["青桐之窗专栏"]),
    ],
)
def test_a_list_and_a_head_name_quoted_words_and_a_medium_does_not(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("青桐县第九届人民代表大会第三次会议召开", []),
        ("第四届职工代表大会第一次会议", []),
        ("政协青桐县第八届委员会第二次全体会议", []),
        ("召开柳湾村第五届村民代表大会第二次会议", []),
        ("第三次会议强调", []),
        ("青桐县第三届枇杷节上", ["青桐县第三届枇杷节"]),
        ("喜迎第三届枇杷节", ["第三届枇杷节"]),
        ("第二届会议的环节较多", []),
        ("第三届村委会注意节约", []),
        ("区第六次妇女代表大会", []),
        ("获第五届“青桐自强之星”提名", ["青桐自强之星"]),
        ("青桐县“妇女之家”和“青桐镇妇女之家”", ["妇女之家", "妇女之家"]),
    ],
)
def test_an_ordinal_opens_a_name_and_a_place_may_stand_before_it(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("按照“三严三实”要求改进作风", []),
        ("开展“三严三实”专题教育", ["三严三实专题教育"]),
        ("增强党员创先争优意识", []),
        ("推动创先争优活动再上台阶", ["创先争优"]),
        ("国际家庭日来临之际慰问老人", []),
        ("发放妇女小额担保贷款300万元", []),
        ("走访镇党群服务中心", []),
        ("召开党员大会暨支部换届选举大会", []),
        ("按照省委九次全会暨省委经济工作会议部署", []),
        ("举行“书香满园”读书会成立暨授牌大会", ["书香满园读书会成立暨授牌大会"]),
    ],
)  # fmt: skip
def test_a_view_a_day_a_service_and_a_statutory_meeting_are_no_activity(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开展“渔歌夜话“、“船娘课堂“等活动。", ["渔歌夜话", "船娘课堂"]),
        ("开展了“渔歌夜话迎丰收“等活动", ["渔歌夜话迎丰收"]),
        ("他说“夜话“两个字", []),
        ("“甲“乙“丙“丁", []),
    ],
)
def test_a_mark_that_opens_where_one_has_to_close_is_taken_for_that(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("成功召开全县工会第八次代表大会", []),
        ("筹备共青团柳川市第十二次代表大会", []),
        ("召开县第八次妇女代表大会", []),
        ("出席中国工会第十七次全国代表大会", []),
        ("学习党的第十八次全国代表大会精神", []),
        ("迎接中国共产党柳川县第十三次代表大会", []),
        ("举行镇茶叶协会成立暨首批会员授牌大会", [("镇茶叶协会成立暨首批会员授牌大会", "event")]),
        ("我县举行商会揭牌暨首次理事会会议", [("商会揭牌暨首次理事会会议", "event")]),
        ("3月召开年度总结暨表彰大会", []),
        ("举办第二届“金谷杯”农民篮球赛", [("第二届金谷杯农民篮球赛", "event")]),
        ("组织第九次“助残圆梦”主会场活动", [("第九次助残圆梦主会场", "event")]),
        ("评选第三届“最美河长”", [("最美河长", "honour")]),
    ],
)  # fmt: skip
def test_two_occasions_in_one_and_an_ordinal_before_marks_make_an_event_and_a_statutory_meeting_none(text, found):
    assert [(name, kind) for _, name, kind in read(text)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("“清源护苗”、“净网”和“秋风”活动同步推进", ["清源护苗", "净网", "秋风"]),
        ("开展“固本培元”示范创建活动", ["固本培元示范创建"]),
        ("实施山区饮水安全巩固提升工程", ["山区饮水安全巩固提升工程"]),
        ("开展大宣讲大服务活动", ["大宣讲大服务"]),
        ("成立古城艺术团、青年艺术团", ["古城艺术团"]),
        ("组织粮食安全宣传周和野生菌科普周活动", ["粮食安全宣传周", "野生菌科普周"]),
        ("集中宣传月期间、每年的宣传周", []),
        ("组建“小候鸟”宣讲团、护河志愿服务队", ["小候鸟宣讲团", "护河志愿服务队"]),
        ("承办第二届村级广播体操比赛", ["第二届村级广播体操比赛"]),
        ("第二届委员会组织比赛", []),
    ],
)
def test_short_items_of_a_list_and_verbs_that_belong_to_a_name(text, names):
    assert [name for _, name, _ in read(text)] == names


def test_an_honour_or_brand_with_a_head_of_its_own_makes_a_longer_name():
    assert read("打造“妇女之家”示范村5个") == [("“妇女之家”示范村", "妇女之家示范村", "honour")]
    assert read("推进“平安家庭”创建活动") == [("“平安家庭”", "平安家庭", "honour")]
    assert read("第十四届全国运动会") == [("第十四届全国运动会", "第十四届全国运动会", "event")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("石桥厂是两家全国文明单位之一", ["文明单位"]),
        ("巩固我校市级示范工会成果", ["示范工会"]),
        ("东坪镇助力文明城区创建", ["文明城区"]),
        ("涌现出绿色家庭50户", ["绿色家庭"]),
        ("渡口街创建文明小区的做法", ["文明小区"]),
        ("众人都夸‘文明家庭’", ["文明家庭"]),
        ("组织和美庭院建设", ["和美庭院"]),
        ("石桥街的四城同创工作", ["四城同创"]),
        ("他对文明村越来越有信心", []),
        ("大家共建和谐社区", []),
        ("做劳动模范的学生", []),
        ("科技示范户30户", []),  # whom one counts anyhow
        ("为渡口村建立了农家书屋", ["农家书屋"]),
        ("与农家书屋共用一间屋", []),
        ("创建和谐家庭靠大家", []),  # a household is made so in general
    ],
)
def test_titles_count_where_they_are_striven_for_counted_or_of_a_level(text, found):
    assert [name for _, name, _ in read(text)] == found


def test_known_names_that_are_ordinary_words_need_somebody_who_chooses():
    assert read("构建和谐家庭，夫妻互敬互爱") == []
    assert read("评选和谐家庭20户") == [("和谐家庭", "和谐家庭", "honour")]
    assert read("回头看，成绩不少") == []


def test_every_kind_is_one_of_the_six_and_every_name_of_the_lexicon_reads_back():
    for entry in LEXICON.known.values():
        assert entry.kind in KINDS
        if len(entry.term) >= 4 and entry.term not in LEXICON.ordinary:
            assert any(name.startswith(entry.name) for _, name, _ in read(f"，{entry.term}。")), entry.term


def test_the_lexicon_holds_bodies_of_every_sort():
    sponsors = {entry.sponsor for entry in LEXICON.known.values()}
    assert {"妇联", "工会", "共青团", "民政", "教育", "文明办", "卫健", "农业", "党建"} <= sponsors
    assert len(LEXICON.known) >= 350


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("term,name\n甲,乙\n", ":1:"),
        ("term,name,kind,sponsor,source,note\n春蕾计划,春蕾计划,plan,妇联,x,\n", ":2: kind 'plan'"),
        ("term,name,kind,sponsor,source,note\n春蕾计划,,brand,妇联,x,\n", ":2: term, name or source"),
        ("term,name,kind,sponsor,source,note\n甲乙丙,丁,brand,妇联,x\n", ":2: not 6 columns"),
        ("term,name,kind,sponsor,source,note\n甲乙丙,丁,brand,妇,x,\n甲乙丙,丁,brand,妇,x,\n", ":3: 甲乙丙 stands"),
    ],
)
def test_a_wrong_entry_of_the_lexicon_is_named_with_file_and_line(names, told):
    words = files("nlp.data").joinpath("activity_words.toml").read_text(encoding="utf-8")
    with pytest.raises(LexiconError, match=r"activities\.csv" + re.escape(told)):
        make_lexicon(names, words)


def test_a_wrong_table_of_words_is_named():
    names = "term,name,kind,sponsor,source,note\n"
    with pytest.raises(LexiconError, match=r"activity_words\.toml: table \[heads\] is missing"):
        make_lexicon(names, "")
    with pytest.raises(LexiconError, match=r"activity_words\.toml: kind 'plan' of \[heads\]"):
        make_lexicon(names, '[heads]\nplan = ["计划"]')


PIECES = ["“", "”", "‘", "’", "、", "，", "。", "\n", "开展", "实施", "活动", "工程", "和", "等", "第三届", "三八", "春蕾计划", "美", "红旗手", "为主题", "以", "的", "5"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_mention_quotes_its_text_and_none_overlaps_another(text):
    at = 0
    for found in find_activities(text, LEXICON):
        assert at <= found.start < found.end
        assert found.text == text[found.start : found.end]
        assert found.kind in KINDS and found.name and found.rule.startswith("activity/")
        assert not set(found.name) & set("“”‘’，")
        at = found.end


@pytest.mark.parametrize("text", ["“", "”", "“”", "‘", "实施", "“、"])
def test_a_megabyte_of_marks_takes_no_time(text):
    with no_runaway():
        find_activities(text * (10**6 // len(text)), LEXICON)


@pytest.mark.parametrize(
    "unit",
    ["《", "工程", "活动", "首届", "第", "百名", "暨", "十佳", "召开成立暨", "志愿者团队", "“大家学”、", "“甲”等活动", "“四好”党小组、", "开展“五型”班组创建活动", "如“甲”、", "争取标兵称号",
     "春蕾计划", "实施名师强校工程、", "名师强校工程和", "第九次妇女代表大会", "食品安全宣传周", "荣获标兵、"],
)  # fmt: skip
def test_time_grows_with_the_text_whatever_is_repeated(unit):
    with no_runaway():
        assert grows_in_proportion(lambda text: find_activities(text, LEXICON), unit, 80_000)


@given(
    st.text(max_size=60)
    | st.text(alphabet="“”《》‘、和第三届次暨荣获百名法官工程活动周月\ud800\u200f\x00\u0301 \n", max_size=60)
)
def test_no_text_is_too_odd_to_be_read(text):
    for found in find_activities(text, LEXICON):
        assert found.text == text[found.start : found.end]


@pytest.mark.skipif(not REPORTS, reason="NIANLUN_REPORTS names no folder of real reports")
def test_most_activities_of_real_reports_are_found_by_name():
    from ingest.read import read as read_file

    hits = said = there = 0
    for path in sorted((Path(REPORTS or "") / "seeds").glob("*.txt")):
        gold_file = Path(REPORTS or "") / "gold" / f"{path.name[:3]}.activities.jsonl"
        gold = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()]
        wanted = [row for row in gold if not row.get("optional")]
        there += len(wanted)
        for document in read_file(path).documents:
            for found in find_activities(document.text, LEXICON):
                start, end = document.to_source(found.start, found.end)
                meets = [row for row in gold if row["char_start"] < end and start < row["char_end"]]
                if not any(row.get("optional") for row in meets):
                    said += 1
                    hits += any(row["name"] == found.name for row in meets)
    assert hits / said > 0.9
    assert hits / there > 0.85


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三是成立“补锅阿哥”，队员9名", ["补锅阿哥"]),
        ("“磨剪刀日”来了260人，修具430件", ["磨剪刀日"]),
        ("坚持“宁慢勿乱”、“宁少勿滥”的原则", []),
        ("有的同志把下乡看成“走亲戚”，吃完就走", []),
        ("从“站着看”到“跟着干”", []),
        ("村民说，“那年头哪有水喝”", []),
        ("实行“当日受理、三日办结”制度", []),
    ],
)
def test_the_classifier_reads_quoted_words_of_which_no_rule_says_anything(text, found):
    assert [name for _, name, _ in read(text)] == found


def test_the_stored_classifier_was_trained_on_the_rows_that_stand_in_the_tree():
    rows = read_labelled_names(LABELLED_NAMES)
    model = train_names(rows)
    assert load_name_model().data == digest(rows), "run `make model`"
    assert dump_names(model) == dump_names(train_names(rows))
    assert load_names(dump_names(model)).columns == model.columns


@given(*[st.text(alphabet="“”《》大家学三八、，012 活动的在\n", max_size=14)] * 3)
def test_a_place_has_the_columns_of_its_features(before, words, after):
    model = load_name_model()
    named = [model.columns[name] for name in features(before, words, after) if name in model.columns]
    assert sorted(model.columns_of(before, words, after)) == sorted(named)


def test_at_least_fifteen_hundred_words_are_labelled_and_every_label_is_known():
    rows = read_labelled_names(LABELLED_NAMES)
    known = {*KINDS, "slogan", "generic", "law", "policy", "festival", "figure", "document"}
    assert len(rows) >= 1500
    assert {row.label for row in rows} == known
    assert all(row.words and len(row.before) <= REACH and len(row.after) <= REACH for row in rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("召开百名店主学手艺、万名学子帮农户、结对活动三个现场会", ["百名店主学手艺", "万名学子帮农户"]),
        ("上万名群众参与帮扶活动", []),
        ("共有百名群众参加送书活动", []),
        ("组织万名学生参观", []),
        ("为服务外来租客而成立的邻友家园，", ["邻友家园"]),
        ("建设美好家园", []),
        ("在晨露志愿者团队建立支部", ["晨露志愿者团队"]),
        ("在社区志愿者团队建立支部", []),
        ("由市农办主办的山地果园改造工程经验交流会在青桐县召开", ["山地果园改造工程经验交流会"]),
        ("经验交流会在县城召开", []),
        ("发放“山货温暖包”90个", ["山货温暖包"]),
        ("推进“青山巾帼心向党、绿水姐妹情”活动", ["青山巾帼心向党、绿水姐妹情"]),
        ("开展“洁美社区”创建活动", ["洁美社区创建"]),
    ],
)
def test_names_made_of_people_and_what_they_do_and_names_behind_a_clause(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("春雷计划资助了二十名女生。", ["春雷计划"]),
        ("镇里申报母亲水窑项目，各村双学赛活动办得红火。", ["母亲水窑项目", "双学赛"]),
        ("夜里春雷阵阵，计划改期。", []),
        ("大家争先创优，不甘落后。", []),
        ("红旗手在前面带路。", []),  # three characters could be anything
    ],
)
def test_other_forms_of_known_names_need_no_quotation_marks(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("石桥局开展学习实践科学发展观活动", ["学习实践科学发展观"]),
        ("学习实践活动转入下一步", ["学习实践"]),
        ("课堂教学与学习实践相结合", []),
        ("开展科技下乡活动", ["科技下乡"]),
        ("青年歌手心里唱着巾帼心向党", ["巾帼心向党"]),
        ("三下乡社会实践分队", ["三下乡社会实践"]),
        ("开展双学双比竞赛活动", ["双学双比"]),
    ],
)
def test_a_mention_keeps_the_name_that_stands_in_the_report(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("评出平安家庭示范村6个", ["平安家庭示范村"]),
        ("表彰双学双比活动先进集体", ["双学双比活动先进集体"]),
        ("全县的爱心妈妈帮帮团", ["爱心妈妈帮帮团"]),
        ("设置巾帼建功岗，成立巾帼建功队", ["巾帼建功岗", "巾帼建功队"]),
        ("巾帼建功岗位上的女工", ["巾帼建功"]),
        ("开展科普大篷车进乡镇活动", ["科普大篷车进乡镇"]),
        ("三月是学雷锋志愿服务月", ["学雷锋志愿服务月"]),
        ("学雷锋志愿服务月底总结", ["学雷锋志愿服务"]),
        ("成立春汛攻坚党员突击队", ["春汛攻坚党员突击队"]),
        ("成立石桥镇党员突击队", ["党员突击队"]),
        ("张桂兰获“苇州市三八红旗手”称号", ["苇州市三八红旗手"]),
        ("张桂兰获苇州市“三八红旗手”称号", ["三八红旗手"]),
        ("双学双比与示范村建设", ["双学双比"]),
        ("争创平安家庭、廉洁家庭和书香家庭", ["平安家庭", "廉洁家庭", "书香家庭"]),
    ],
)
def test_what_is_named_after_a_known_name_is_the_longer_name(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("深化助困先行、助学圆梦和助医暖心三大行动", ["助困先行", "助学圆梦", "助医暖心"]),
        ("深化助困先行、助学圆梦三大行动", []),  # one is wanting
        ("形成政府主导、部门联动、群众参加三个活动平台", []),
        ("推进女工创业行动、女工维权行动和女工关爱行动", ["女工创业行动", "女工维权行动", "女工关爱行动"]),
        ("是全省农村科普先进单位", ["农村科普先进单位"]),
        ("跻身市级双语教学示范学校行列", ["双语教学示范学校"]),
        ("在全县评选一批先进单位", []),
        ("全市各级优秀组织者", []),
    ],
)
def test_rows_that_a_number_closes_and_titles_of_a_level_are_names(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("name", "whole", "suspect"),
    [
        ("春雷计划", "春蕾计划", True),
        ("母亲水窑", "母亲水窖", True),
        ("母亲水窑项目", "母亲水窖", True),
        ("双学赛", "双学双比", False),
        ("双学双赛", "双学双比", False),
        ("五好家庭", "五好文明家庭", False),
        ("学习实践科学发展观", "深入学习实践科学发展观", False),
        ("学习实践", "深入学习实践科学发展观", False),
        ("大学生志愿服务西部计划", "西部计划", False),
        ("送书下乡", "送图书下乡", False),
    ],
)
def test_another_form_of_a_name_leads_back_and_a_slip_is_suspect(name, whole, suspect):
    found = variant_of(name)
    assert found is not None
    assert (found.name, found.suspect) == (whole, suspect)


def test_every_form_leads_to_a_name_that_is_no_form_of_another():
    for name in load_variants():
        found = variant_of(name)
        assert found is not None and variant_of(found.name) is None, name
    assert variant_of("春蕾计划") is None


def test_one_command_writes_all_models(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "__file__", str(tmp_path / "train.py"))
    monkeypatch.setattr(training, "train", lambda sentences: load_model())
    (tmp_path / "data").mkdir()
    training.main([str(LABELLED_NAMES[0].parent.parent / "labelled")])
    written = {path.name: path.stat().st_size for path in (tmp_path / "data").iterdir()}
    assert written.keys() == {
        "problems.npz",
        "names.npz",
        "bare_names.csv",
        "judged_names.csv",
        "writers.csv",
        "kinds.csv",
    }
    assert all(size > 3_000 for size in written.values())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("表彰三八红旗手6人、优秀妇联干部5人、优秀团务工作者4人。", ["三八红旗手", "优秀妇联干部", "优秀团务工作者"]),
        ("评选最美家庭、书香家庭、清廉家庭等26户。", ["最美家庭", "书香家庭", "清廉家庭"]),
        ("评选五好家庭、书卷家庭共18户。", ["五好家庭", "书卷家庭"]),
        ("评选清廉家庭、耕读家庭和最美家庭。", ["清廉家庭", "耕读家庭", "最美家庭"]),
        ("推荐三八红旗手和巧手能手3名。", ["三八红旗手", "巧手能手"]),
        ("评出三八红旗手2名、最美护渔员3名。", ["三八红旗手", "最美护渔员"]),
        ("推荐三八红旗手、河口市优秀护林员的评选材料。", ["三八红旗手", "优秀护林员"]),
        ("走访最美家庭、困难家庭和单亲家庭12户。", ["最美家庭"]),
        ("评选五好家庭，走访贫困家庭、独居家庭。", ["五好家庭"]),
        ("表彰优秀党务工作者9名、先进基层党组织6个。", ["优秀党务工作者", "先进基层党组织"]),
        ("评选最美家庭6户、文明楼院3个。", ["最美家庭", "文明楼院"]),
        ("评选最美家庭，整治特色街区、平安小区。", ["最美家庭"]),
        ("评选最美家庭、和困难家庭、其他家庭结对。", ["最美家庭"]),
        ("走访三八红旗手、优秀妇联干部家庭。", ["三八红旗手"]),
    ],
)
def test_what_stands_in_a_row_with_an_honour_that_is_awarded_is_one(text, found):
    assert [a.name for a in find_activities(text, load_lexicon())] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("启动支部“台账归位”、活动室“灯火归位”、干部“值守归位”三个专项行动。", ["台账归位", "灯火归位", "值守归位"]),
        ("开展账目“日清日结”、村务“月晒月评”两个专项行动。", ["日清日结", "月晒月评"]),
        ("开展账目“日清日结”、村务“月晒月评”三个专项行动。", []),
        ("强调账目“日清日结”、村务“月晒月评”两个要求。", []),
    ],
)
def test_quoted_names_behind_their_nouns_make_as_many_drives_as_are_counted(text, found):
    named = [a for a in find_activities(text, load_lexicon()) if a.rule == "activity/quoted-row"]
    assert [a.name for a in named] == found
    assert {a.kind for a in named} <= {"campaign"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("成功创建省级“稻渔双兴”示范基地。", "稻渔双兴示范基地", "honour"),
        ("合作社荣获“全县助残织绣示范基地”。", "全县助残织绣示范基地", "honour"),
        ("建立“稻渔双兴”示范基地。", "稻渔双兴示范基地", "brand"),
        ("荣获“全省三八红旗手”。", "全省三八红旗手", "honour"),
        ("荣获全省“三八红旗手”。", "三八红旗手", "honour"),
        ("开展“金秋助学”。", "金秋助学", "programme"),
        ("“橘子姐姐”结对帮扶孤残儿童活动", "橘子姐姐结对帮扶孤残儿童", "campaign"),
        ("开展“部门联村”结对帮扶活动", "部门联村", "campaign"),
        ("第三十次“全国助残日”主会场活动", "第三十次全国助残日主会场", "event"),
        ("开展“全国助残日”活动", "全国助残日", "campaign"),
        ("“小棉袄”会客厅议事", "小棉袄会客厅", "brand"),
    ],
)
def test_a_title_that_is_granted_is_an_honour_and_keeps_a_level_that_is_quoted(text, name, kind):
    assert [(a.name, a.kind) for a in find_activities(text, load_lexicon())] == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "主推革新创效工程、员工素养工程、会员维权工程及困难员工救助工程。",
            ["革新创效工程", "员工素养工程", "会员维权工程", "困难员工救助工程"],
        ),
        (
            "实施技能登高工程、女工素养工程、会员维权工程和特困会员帮助工程，转变方法。",
            ["技能登高工程", "女工素养工程", "会员维权工程", "特困会员帮助工程"],
        ),
        ("实施经济创新工程、维权工程和素质工程。", ["经济创新工程", "维权工程", "素质工程"]),
        ("着重抓好渔嫂创业工程、家风文明工程和维权暖心工程。", ["渔嫂创业工程", "家风文明工程", "维权暖心工程"]),
        ("推进强基工程、连心工程、头雁工程三项工程。", ["强基工程", "连心工程", "头雁工程"]),
        ("启动青工成才工程与暖蜂关爱工程", ["青工成才工程", "暖蜂关爱工程"]),
        ("狠抓廉洁工程和人才工程", ["廉洁工程", "人才工程"]),
        ("实施民生工程、惠民工程和素质工程", ["素质工程"]),
        ("实施道路硬化工程、管网改造工程和亮化工程。", []),
        ("实施民生工程、水利工程和交通工程。", []),
        ("完成主体工程、附属工程和装修工程", []),
        ("实施工程、素质工程师培训", []),
    ],
)
def test_a_row_of_programmes_is_read_whole_and_a_row_of_building_work_is_none(text, found):
    assert [a.name for a in find_activities(text, load_lexicon())] == found


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("按照市村容村貌整治秋季攻坚行动要求", "村容村貌整治秋季攻坚行动", "programme"),
        ("按照县春季灭蝗行动要求", "春季灭蝗行动", "programme"),
        ("根据省清河净水百日行动部署", "清河净水百日行动", "programme"),
        ("落实市乡村夜校计划", "乡村夜校计划", "programme"),
        ("今年继续推进“姐妹结对行动", "姐妹结对行动", "programme"),
        ("推出企业、职工“邻里同行行动\n第二段", "邻里同行行动", "programme"),
        ("按照“项目攻坚推进年”的总要求抓好任务", "项目攻坚推进年", "campaign"),
        ("围绕“作风建设深化年”部署", "作风建设深化年", "campaign"),
        ("举办“渔歌唱晚 海风传情”青年创客座谈会", "渔歌唱晚 海风传情青年创客座谈会", "event"),
        ("“渔光曲”海上音乐会", "渔光曲海上音乐会", "event"),
        ("一、举办云浦市第三届职工庆“七一”乒乓球赛", "云浦市第三届职工庆七一乒乓球赛", "event"),
        ("我局举办云浦市第三届职工庆七一歌咏比赛。", "云浦市第三届职工庆七一歌咏比赛", "event"),
        ("我局承办云浦市首届渔家文化节", "云浦市首届渔家文化节", "event"),
        ("县里组织三下乡、义诊等活动", "三下乡", "campaign"),
        ("安全隐患清零专项行动共排查420处", "安全隐患清零专项行动", "programme"),
        ("护渔百日专项行动期间", "护渔百日专项行动", "programme"),
        ("荣获平安渔区先进单位", "平安渔区先进单位", "honour"),
        ("被评为全县信访工作先进单位", "信访工作先进单位", "honour"),
    ],
)
def test_who_asks_for_it_and_what_is_cut_off_leave_a_name_whole(text, name, kind):
    assert [(a.name, a.kind) for a in find_activities(text, load_lexicon())] == [(name, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "按照市委行动要求",
        "“渔歌唱晚，一起向前，参加各项活动",
        "按照“三年”的要求",
        "召开“一老一小”工作座谈会",
        "召开“十四五”规划座谈会",
        "宣传“两个纲要”",
        "各专项行动稳步推进",
        "公安局打击偷渡专项行动取得实效",
        "荣获县直先进单位",
        "评出先进单位6个",
        "组织干部下乡三次",
    ],
)
def test_what_is_asked_for_met_about_or_won_by_many_has_no_name(text):
    assert find_activities(text, load_lexicon()) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("矿山劳模工作室带徒12人", "矿山劳模工作室"),
        ("今年，桥工潘某劳模创新工作室完成课题5项", "桥工潘某劳模创新工作室"),
        ("成立潘师傅劳模工作室", "潘师傅劳模工作室"),
        ("全县劳模工作室已达12个", "劳模工作室"),
        ("我镇劳模工作室带徒", "劳模工作室"),
        ("发挥劳模工作室作用", "劳模工作室"),
        ("今年新建劳模工作室3个", "劳模工作室"),
        ("支持劳模工作室攻关", "劳模工作室"),
    ],
)
def test_a_workshop_is_named_after_whose_it_is(text, name):
    assert [a.name for a in find_activities(text, load_lexicon())] == [name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“乡音”评弹社、“映山红”腰鼓队下村演出64场", ["乡音评弹社", "映山红腰鼓队"]),
        ("建立“蒲公英”图书角46个", ["蒲公英图书角"]),
        ("“三月三”山歌会、“六月六”晒衣节同日举行", ["三月三山歌会", "六月六晒衣节"]),
        ("首届“柳溪杯”象棋赛同日开赛", ["首届柳溪杯象棋赛"]),
        ("“黄丝带”帮教项目累计帮教63人次", ["黄丝带帮教项目"]),
        ("“青禾”厂房改造项目开工", []),
        ("以“乡村夜话”为平台，组织驻村干部拉家常", ["乡村夜话"]),
        ("以“人民满意”为标准，改进工作作风", []),
        ("大坪村“邻里互助会”调解纠纷47起", ["邻里互助会"]),
        ("申报的“莲花落进校园”获得立项", ["莲花落进校园"]),
        ("县法院设立“木兰法庭”，审结家事案件132件", ["木兰法庭"]),
        ("获县级“七星党支部”称号的有6个", ["七星党支部"]),
        ("与“青禾农场”签订合同", []),
        ("打造“云岭茶姑”、“青禾农场”等区域公用品牌", ["云岭茶姑", "青禾农场"]),
        ("县科协举办“科技之春”宣传月活动", ["科技之春宣传月"]),
        ("，依托刘桂芳劳模创新工作室完成技术革新14项", ["刘桂芳劳模创新工作室"]),
        ("，依托现有劳模创新工作室完成技术革新14项", ["劳模创新工作室"]),
    ],
)
def test_what_a_quoted_name_closes_with_may_be_any_troupe_feast_or_corner(text, found):
    assert [name for _, name, _ in read(text)] == found


def test_titles_keep_the_kind_that_is_said_of_them():
    assert read("学校获得“绿荫特色学校”、“市绿色学校”等荣誉")[0][2] == "honour"
    assert {kind for *_, kind in read("“溪口好人”评选活动已办八届，评出“溪口好人”96名")} == {"honour"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“邻里中秋”百家宴热热闹闹", ["邻里中秋百家宴"]),
        ("实施“领航雁”培育工程", ["领航雁培育工程"]),
        ("县残联“手语角”每月活动两次，“光影同行”无障碍观影惠及盲人310人次。", ["手语角", "光影同行"]),
        ("选树“新时代好少年”12名、“孝心少年”8名", ["新时代好少年", "孝心少年"]),
        ("“最强班组”评选出结果", ["最强班组"]),
        ("中国共产主义青年团柳溪县第十五次代表大会于6月召开", []),
        ("阳光助残志愿者服务队和吴秀英调解工作室都已挂牌", ["阳光助残志愿者服务队", "吴秀英调解工作室"]),
        ("建立张玉兰个人调解室，调处纠纷33件", ["张玉兰个人调解室"]),
        ("村里和镇上的个人调解室", []),
    ],
)
def test_teams_workshops_and_titles_beside_what_is_said_of_them(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("实施桃花街拓宽改造工程和渔家安居暖心工程", [("programme", "渔家安居暖心工程")]),
        ("加快推进柳河镇垃圾中转站提标改造工程", []),
        ("实施城北片区雨污分流管网新建工程", []),
        ("推进农村饮水安全巩固提升工程", [("programme", "农村饮水安全巩固提升工程")]),
        ("举办迎“七一”“钢城杯”职工羽毛球比赛", [("event", "钢城杯职工羽毛球比赛")]),
        ("庆“七一”职工羽毛球比赛", [("event", "庆七一职工羽毛球比赛")]),
        ("开设“职工心声”版块", [("brand", "职工心声版块")]),
        ("“北部”板块增速最快", []),
        ("启动“零工夜市”，提供岗位130个", [("brand", "零工夜市")]),
        ("金辉老年艺术团演出46场", [("body", "金辉老年艺术团")]),
        ("我区老年艺术团演出46场", [("body", "老年艺术团")]),
        ("举办“端阳诗会”、“丹桂书画展”", [("event", "端阳诗会"), ("event", "丹桂书画展")]),
        (
            "按照《湿地修复攻坚行动（2020至2022年）方案》《渔业转型行动(2021至2023)实施方案》",
            [("programme", "湿地修复攻坚行动"), ("programme", "渔业转型行动")],
        ),
        ("《2011—2015年发展规划》、《全市工作行动计划（2016年）》、《行动不便者服务办法（2019年）》", []),
    ],
)
def test_building_work_occasions_and_pages_beside_names(text, found):
    assert [(kind, name) for _, name, kind in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("贯彻中国妇女第七次全国代表大会精神", []),
        ("建立“保护母亲河志愿者联盟”", [("保护母亲河志愿者联盟", "body")]),
        ("成立了“少年星空研究院”", [("少年星空研究院", "body")]),
        ("娱乐项目——“欢乐接力赛”按时开场", [("欢乐接力赛", "event")]),
        ("今年是我县“基层管理年”", [("基层管理年", "campaign")]),
        ("开展“我替邻居做件事”志愿者服务活动", [("我替邻居做件事志愿者服务", "campaign")]),
        ("表彰3户“五好文明家庭”、9名“知心嫂子”", [("五好文明家庭", "honour"), ("知心嫂子", "honour")]),
        ("实施配电网示范工程", [("配电网示范工程", "programme")]),
        ("实施配电网改造工程", []),
        ("围绕“五水共治”中心工作开展活动", [("五水共治", "programme")]),
        ("号召大家创先争优秀", []),
        ("县工会共评选出先进9名", []),
        ("剩余12户30人计划在年底前搬迁", []),
        ("我乡被列为该项目示范县", []),
        ("本着“睦邻、互助、共享家园”的工作目标", []),
        ("走访了“留守妇女”，“初中及以下”的占多数", []),
        ("培树“石桥巧嫂”系列先进典型6人", [("石桥巧嫂", "honour")]),
        ("开展“活力小组”星级创建活动", [("活力小组", "campaign")]),
        ("举办“防灾知识”、家庭护理等讲座6场", []),
    ],
)  # fmt: skip
def test_what_is_chosen_founded_or_told_of_a_year_is_named_and_whom_a_count_is_of_is_not(text, found):
    assert [(name, kind) for _, name, kind in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("达到“洁净渠道”标准", [("洁净渠道", "honour")]),
        ("巩固“洁净渠道”长效机制", [("洁净渠道", "campaign")]),
        ("完善“首问负责”长效机制，达到“绿色”标准", []),
        ("所属“科技领航企业”“百强企业”逐一排查", [("科技领航企业", "honour"), ("百强企业", "honour")]),
        ("清理“僵尸企业”“空壳企业”，“小微企业”融资难", []),
        ("全乡要搞集中清查旧账活动。", [("集中清查旧账", "campaign")]),
        ("印发专项整治渡口活动方案", [("专项整治渡口", "campaign")]),
        ("对渔港集中检查活动，集中开展宣传活动", []),
        ("当前林场提质三年行动到了关键时候", [("林场提质三年行动", "programme")]),
        ("制定三年行动，实施五年行动", []),
        ("被省里列为12个生态宜居样板村", [("生态宜居样板村", "honour")]),
        ("建成示范村3个、生态宜居样板房", []),
        ("建成水乡风情示范村4个", [("水乡风情示范村", "honour")]),
        ("建成市级重点示范村4个，确定为首批示范村", []),
        ("曾被评为花园式单位", [("花园式单位", "honour")]),
        ("争创“平安渡口”活动，有的村平安渡口创建工作慢", [("平安渡口", "campaign")] * 2),
        ("争创“平安渡口”活动，平安渡口3个", [("平安渡口", "campaign")]),
        ("召开××镇残疾人第五次代表大会", []),
        ("召开学校教职工第三次代表大会", []),
        ("卫生所2所，一体式教学点1处", []),
    ],
)
def test_models_chosen_firms_and_drives_of_one_object_are_told_by_what_frames_them(text, found):
    assert [(name, kind) for _, name, kind in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("争创“五好”矿区团支部", [("五好矿区团支部", "honour")]),
        ("开展“五好”矿区团支部创建活动", [("五好矿区团支部", "campaign")]),
        ("命名“三优”示范窗口12个", [("三优示范窗口", "honour")]),
        ("全局有“六有”分会35个", [("六有分会", "honour")]),
        ("建成“四强”党支部和“四优”党员", [("四强党支部", "honour"), ("四优党员", "honour")]),
        ("评为“书香”宿舍", [("书香宿舍", "honour")]),
        ("三年办起“果”字号样板园圃30个", [("果字号样板园圃", "brand")]),
        ("“双超”企业审核完成，“三无”小区改造30个", []),
        ("按照“五有”标准建阵地，“两新”党组织覆盖率提高", []),
        ("评为“国家级”单位，“果”字号企业5家", [("国家级", "honour")]),
        ("推行“候鸟式”联护做法，开展“候鸟式”联护活动", [("候鸟式联护", "campaign")] * 2),
        ("推行“候鸟式”联护做法", []),
        (
            "“五好”团支部是特色，继续开展“五好”团支部创建活动",
            [("五好团支部", "honour"), ("五好团支部", "campaign")],
        ),
    ],
)
def test_a_name_of_which_only_the_grade_is_quoted_ends_in_the_noun_behind_it(text, found):
    assert [(name, kind) for _, name, kind in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开展各种主题班会，如“我给桥写信”、“村口一棵树”等，", ["我给桥写信", "村口一棵树"]),
        ("有不足，如“等靠要”、“一刀切”等问题", []),
        ("在活动中，如“走过场”、“凑人数”等现象仍在", []),
        ("开展“问计乡贤” 、“走读河史” 、“邻里一家”等主题队日活动", ["问计乡贤", "走读河史", "邻里一家"]),
        ("开展“进门听心声”“看望老矿工、关心小学徒”活动", ["进门听心声", "看望老矿工、关心小学徒"]),
        ("“渡口杯”“巧手绣家乡”活动", ["渡口杯巧手绣家乡"]),
        ("召开“家乡通车三十年”主题队会", ["家乡通车三十年主题队会"]),
        ("做了“感恩有你”专题讲座，办专题讲座3场", ["感恩有你专题讲座"]),
        ("“外婆的菜篮”重阳节主题活动", ["外婆的菜篮"]),
        ("“永远跟着党”活动", ["永远跟着党"]),
        ("“中国银行”“进出口公司”", []),
        ("开展“走读河史”活动。走读河史征文活动收稿20篇", ["走读河史", "走读河史征文"]),
        ("讲了“一条主线”、“两个抓手”、“三个突破”和“四个融合”", []),
        ("加强先进性教育和业务教育", []),
        ("开展先进性教育活动", ["先进性教育"]),
        ("力争建成县级“红旗少工委”", ["红旗少工委"]),
        ("并争取支教优秀小分队、先进书屋之家等称号", ["支教优秀小分队", "先进书屋之家"]),
        ("争取上级支持，积极争取更多荣誉称号", []),
    ],
)
def test_lists_instances_and_what_stands_behind_quoted_words_tell_where_names_end(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("举办“渔港开放日”活动", [("渔港开放日", "event")]),
        ("举办“元宵灯谜比赛”活动", [("元宵灯谜比赛", "event")]),
        ("“安康杯”竞赛活动", [("安康杯", "campaign")]),
        ("农博会期间设摊宣传", [("农博会", "event")]),
        ("获省农博会金穗奖", [("省农博会金穗奖", "honour")]),
    ],
)
def test_the_last_word_inside_tells_an_event_and_fairs_go_by_their_short_names(text, found):
    assert [(name, kind) for _, name, kind in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A known name grows into what stands behind it, and not into what is another word.
        ("推进文明村镇创建三年行动，", [("文明村镇创建三年行动", "programme")]),
        ("深化巾帼建功立业工程，", [("巾帼建功立业工程", "programme")]),
        ("评选三学三比能手8名", [("三学三比能手", "honour")]),
        ("双学双比工程师报名", [("双学双比", "campaign")]),
        # An honour that is quoted with more behind it; its place is no part of it.
        ("挂牌2个“青年文明号示范窗口”，", [("青年文明号示范窗口", "honour")]),
        ("获评云浦市三八红旗手3人", [("三八红旗手", "honour")]),
        ("被评为云浦市卫生系统巾帼文明岗，", [("巾帼文明岗", "honour")]),
        ("X个单位荣获X市三八红旗集体。", [("三八红旗集体", "honour")]),
        # What closes a list says how many there are and what all of them are.
        (
            "实施“稻穗”、“小燕子”、“晚霞敬老”三小兄弟救助项目",
            [("稻穗", "programme"), ("小燕子", "programme"), ("晚霞敬老", "programme")],
        ),
        (
            "启动“灯塔书房”“葵花计划”“远航同行”三个儿童关爱服务项目。",
            [("灯塔书房", "programme"), ("葵花计划", "programme"), ("远航同行", "programme")],
        ),
        # A place to learn, and what it is called beside its name; a brand of a party branch.
        ("观看由省妇联举办的“渔乡巾帼大讲堂”线上学堂", [("渔乡巾帼大讲堂", "brand")]),
        ("制定“田埂灯火”党建品牌建设计划，", [("田埂灯火", "brand")]),
        ("推进“新渔商”品牌行动计划，", [("新渔商品牌行动计划", "programme")]),
        ("为建设“和美云浦 幸福家园”作贡献。", []),
        # The short form of a known cup keeps what is said of it.
        ("开展“安康杯”技能竞赛活动，", [("安康杯技能竞赛", "event")]),
        # The theme of a year, told of a place whose name is masked.
        ("今年是__区“精细服务年”，", [("精细服务年", "campaign")]),
        ("开展“渔乡榜样”的推荐申报和表彰工作", [("渔乡榜样", "honour")]),
        ("组织“互动式”、“观摩式”等活动", []),
        ("举办“千帆竞发歌颂党”主题文艺汇演活动，", [("千帆竞发歌颂党主题文艺汇演", "event")]),
        ("开展“养蜂规划”宣传活动，", []),
        ("发展“农家乐”、“渔家乐”等项目", []),
        ("项目入选“云浦实践”湿地修复优秀案例。", [("云浦实践湿地修复优秀案例", "honour")]),
    ],
)
def test_a_name_ends_where_its_own_words_do(text, found):
    assert [(name, kind) for _, name, kind in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("荣获云浦市先进妇代会荣誉称号", [("先进妇代会", "honour")]),
        ("被评为2022年度全省示范性慈善基地；", [("示范性慈善基地", "honour")]),
        ("全年打造花香庭院示范村10个", [("花香庭院示范村", "honour")]),
        ("第二十届云浦民俗迎春会圆满举行", [("第二十届云浦民俗迎春会", "event")]),
        ("荣获云浦省首届养蜂行业技能竞赛一等奖", [("云浦省首届养蜂行业技能竞赛", "event")]),
        ("举办云浦市第五届渔嫂专场招聘会，", [("云浦市第五届渔嫂专场招聘会", "event")]),
        ("其中云浦镇文化艺术节等都派人指导", [("云浦镇文化艺术节", "event")]),
        ("以清网专项行动为总抓手，", [("清网专项行动", "programme")]),
        ("实施百万渔民培训计划，", []),
        ("实施百万农民培训计划，", [("百万农民培训计划", "programme")]),
        ("开展学先进、树新风活动100次", [("学先进、树新风", "campaign")]),
        ("开展学习、培训活动100次", []),
        ("由领导进社区互动学、支部共同学", []),
        ("并将此种简易课堂带进社区。", []),
        ("察看了妇女之家、留守儿童之家、卫生室", [("妇女之家", "brand"), ("留守儿童之家", "brand")]),
        ("看望了留守儿童之家的孩子", []),
        ("启动春风行动暨就业援助月活动", [("春风行动", "programme"), ("就业援助月", "campaign")]),
        ("依托区云岭红艺术团开展演出", [("云岭红艺术团", "body")]),
        ("此次亲子运动会为孩子们搭台。", []),
    ],
)
def test_a_name_without_marks_is_no_longer_and_no_shorter_than_it_is(text, found):
    assert [(name, kind) for _, name, kind in read(text)] == found


def test_a_place_that_was_quoted_once_needs_no_marks_and_a_title_that_was_is_won_without():
    text = "设立“渔嫂说事港湾”。云浦区渔嫂说事港湾接待400人次。开展“花香组室”创建活动，六年级组被评为花香组室。"
    assert [name for _, name, _ in read(text)] == ["渔嫂说事港湾", "渔嫂说事港湾", "花香组室", "花香组室"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Quoted names that touch are a list, whatever of them the head behind the last tells.
        (
            "开展“花香人家”“洁净灶台”“孝心门第”系列活动。",
            [("花香人家", "campaign"), ("洁净灶台", "campaign"), ("孝心门第", "campaign")],
        ),
        ("开展“云浦杯”“庆开渔万人健步”活动", [("云浦杯庆开渔万人健步", "campaign")]),
        # What was won goes on behind a place.
        (
            "荣获云浦省“计划用水先进村”、“水乡档案示范村”，石桥市“民主护渔村”。",
            [("计划用水先进村", "honour"), ("水乡档案示范村", "honour"), ("民主护渔村", "honour")],
        ),
        ("评出311名一星级“水乡巧妇”。", [("水乡巧妇", "honour")]),
        ("依托“全国巾帼科技示范基地”增收", [("全国巾帼科技示范基地", "honour")]),
        ("获评云浦市“三八”红旗手集体5个", [("三八红旗手集体", "honour")]),
        # A formula, a manner and a sort of economy name nothing; a ceremony does.
        ("形成“专职+兼职+渔嫂”服务梯队", []),
        ("召开“晨读+现场”调度会", []),
        ("以“菌菇经济”为载体，带领妇女增收", []),
        ("举行“渔灯下的宣誓仪式”，", [("渔灯下的宣誓仪式", "event")]),
        ("组建“6020”红帆教育联盟，", [("6020红帆教育联盟", "body")]),
        ("推动“千帆助读”社会实践项目提质", [("千帆助读社会实践项目", "programme")]),
        ("打造“渔歌文化艺术节”“草地音乐节”，", [("渔歌文化艺术节", "event"), ("草地音乐节", "event")]),
        ("人人争做“最美”，走进“第二课堂”。", []),
    ],
)
def test_quoted_names_that_touch_or_go_on_behind_a_place_are_each_one(text, found):
    assert [(name, kind) for _, name, kind in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "推送最美家庭2户，巾帼文明岗1个、最美护渔嫂3人，道德模范1人。",
            ["最美家庭", "巾帼文明岗", "最美护渔嫂", "道德模范"],
        ),
        ("创建“平安家庭”示范村1个，示范户2户。", ["平安家庭示范村"]),
        ("创建精致船家示范户613户", ["精致船家示范户"]),
        ("创建精致船家示范户的做法", []),
        ("表彰2015年度云浦巾帼文明岗8个", ["巾帼文明岗"]),
        ("推进云河源头综合治理工程。", []),
        ("积极协调小型基建工程，", []),
        ("组建46支稻田护林队伍，", []),
        ("开展美丽庭院创建公益行动。", ["美丽庭院创建公益行动"]),
        ("开展雏鹰争章活动，根据雏鹰行动的规定", ["雏鹰争章", "雏鹰行动"]),
        ("参观渔家成果展览馆", []),
    ],
)
def test_rows_of_counted_honours_and_what_is_built_are_told_apart(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A word in which a border seems to stand is not cut: 社会, 平等, 对外, 有效.
        ("实施渔村社会救助提升工程。", ["渔村社会救助提升工程"]),
        ("开展男女平等基本国策宣传月活动。", ["男女平等基本国策宣传月"]),
        ("深入开展扩大有效灌溉专项行动，", ["扩大有效灌溉专项行动"]),
        ("实施高等渔业教育引航行动，", ["高等渔业教育引航行动"]),
        ("加快对外承包工程转型升级", []),
        # What had its number stands once more without.
        ("出资举办首届云河文化节。渔会以云河文化节为载体，", ["首届云河文化节", "云河文化节"]),
        ("举办首届云河文化节。云河两岸", ["首届云河文化节"]),
        # A known drive in some way; a known name before a drive that only carries it out.
        ("开展“书香三八”读书征文活动", ["书香三八读书征文"]),
        ("开展“双学双比”表彰活动", ["双学双比"]),
        ("推动实现全国科普日活动的突破", ["全国科普日"]),
        ("表彰十佳巾帼建功标兵、“最美家庭”标兵户、", ["十佳巾帼建功标兵", "最美家庭标兵户"]),
        ("开展“请进来”“走出去”的对接活动", []),
        ("接过“渔民服务联络站”标识牌，打造“渔民服务联络站”5个", ["渔民服务联络站", "渔民服务联络站"]),
        ("评选出一等奖3篇，二等奖6篇。获奖征文将陆续刊登", []),
    ],
)
def test_words_are_not_cut_and_names_stand_with_and_without_what_goes_with_them(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("举办了云河采莲节，吸引游客", ["云河采莲节"]),
        ("举办春节、端午节活动", []),
        ("抓住举办季节，抓好关键环节", []),
        ("西气东输二线西段工程贯通", ["西气东输"]),
        ("实施巾帼扶贫脱贫行动，", ["巾帼扶贫脱贫行动"]),
        ("以“云浦杯”竞赛活动为载体", ["云浦杯竞赛"]),
        ("区“双学双比”各成员单位通过项目扶持妇女", ["双学双比"]),
        ("吸纳“致富能人”“土专家”等各类人才加入宣讲队伍", []),
        ("开展“渔村文明实践志愿服务活动”，每周五", ["渔村文明实践志愿服务"]),
        ("加入“云浦摄影协会”、“云浦船模俱乐部”等组织", ["云浦摄影协会", "云浦船模俱乐部"]),
        ("重点开展“廉洁用权”专题培训，", []),
    ],
)
def test_a_feast_that_is_held_a_cup_and_a_club_are_named_whole(text, found):
    assert [name for _, name, _ in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "创出了多个活动品牌：“爱我渔港，绿色出航”“渔灯暖夜”等。",
            [("爱我渔港,绿色出航", "brand"), ("渔灯暖夜", "brand")],
        ),
        ("打造渔民服务“同舟”品牌", [("同舟", "brand")]),
        ("举办“渔家奇迹”、“船上文化与妇女”等专题讲座。", []),
        ("开展以“节水护河”、“低碳捕捞”和“爱惜船网”为主题的宣传实践活动。", []),
        ("开展以“节水护河”为主题的宣传活动。", [("节水护河", "campaign")]),
        ("开展“树清廉家风·建廉洁家庭”征文活动。", [("树清廉家风·建廉洁家庭征文", "campaign")]),
        ("举办“美丽云浦、魅力渔嫂”风采展。", [("美丽云浦、魅力渔嫂风采展", "event")]),
        ("成功举办了第二届幼儿冬运会，", [("第二届幼儿冬运会", "event")]),
        ("启动了“四季·渔家”家风文明项目，", [("四季·渔家家风文明项目", "programme")]),
    ],
)
def test_what_leads_to_quoted_words_tells_them_and_topics_are_none(text, found):
    assert [(name, kind) for _, name, kind in read(text)] == found
