"""Quantities: what a report counts, in which unit, how surely, and what only looks like a count."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runaway import grows_in_proportion, no_runaway

from nlp import quantities
from nlp.modality import modalities
from nlp.quantities import UnitsError, find_quantities, load_units
from nlp.records import Sentence


@pytest.fixture(scope="module")
def units():
    return load_units()


def found(text, units):
    """Return (text, value, unit) of every quantity, a span as (text, low, high, unit)."""
    rows = []
    for q in find_quantities(text, units):
        value = None if q.value is None else float(q.value)
        rows.append((q.text, value, q.unit) if q.value_max is None else (q.text, value, float(q.value_max), q.unit))
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("走访困难职工46户", ("46户", 46, "户")),
        ("培训骨干1.2万人次", ("1.2万人次", 12000, "人次")),
        ("投入资金３．６亿元", ("３．６亿元", 360000000, "元")),
        ("发出倡议书12,500份", ("12,500份", 12500, "份")),
        ("植树 15 亩", ("15 亩", 15, "亩")),
        ("覆盖一百二十余万人", ("一百二十余万人", 1200000, "人")),
        ("建成十二个村级站点", ("十二个", 12, "个")),
        ("两名女工当选", ("两名", 2, "名")),
        ("受理来电壹佰贰拾件", ("壹佰贰拾件", 120, "件")),
        ("装机30千瓦", ("30千瓦", 30, "千瓦")),
        ("发电5万千瓦时", ("5万千瓦时", 50000, "千瓦时")),
        ("会费12元5角", ("12元5角", 12.5, "元")),
        ("补助标准为300元/亩", ("300元/亩", 300, "元/亩")),
        ("辖9乡4镇", ("9乡", 9, "乡")),
        ("惠及8万多女工", ("8万多", 80000, "")),
        ("捐款总额已突破千万。", ("千万", 10000000, "")),
        ("购置健身器材一套，", ("一套", 1, "套")),
        ("年满16周岁的", ("16周岁", 16, "周岁")),
        ("会费壹拾贰元叁角", ("壹拾贰元叁角", 12.3, "元")),
        ("供电40千伏安", ("40千伏安", 40, "千伏安")),
        ("资助６０ 亿元", ("６０ 亿元", 6000000000, "元")),
        ("建成公寓6套、", ("6套", 6, "套")),
        ("浓度降到38微克／立方米", ("38微克／立方米", 38, "微克/立方米")),
        ("会员减少40万，", ("40万", 400000, "")),
        ("只有9个人，", ("9个人", 9, "人")),
        ("平均年龄54岁半；", ("54岁半", 54.5, "岁")),
        ("阅读量10万+次", ("10万+次", 100000, "次")),
        ("开办大讲堂12讲", ("12讲", 12, "讲")),
        ("共开了三次会议", ("三次", 3, "次")),
        ("新开公交6条线路", ("6条", 6, "条")),
        ("收到12条线索", ("12条", 12, "条")),
        ("会上设二个分会场", ("二个", 2, "个")),
        ("二人参赛", ("二人", 2, "人")),
        ("气温降到-6℃", ("-6℃", -6, "℃")),
        ("产值翻一番", ("翻一番", 1, "番")),
        ("是上年的2.5倍", ("2.5倍", 2.5, "倍")),
        ("产量翻了两番", ("翻了两番", 2, "番")),
        ("增长1.5倍", ("1.5倍", 1.5, "倍")),
        ("利润为-10.1万元", ("-10.1万元", -101000, "元")),
        ("库内零下四摄氏度", ("零下四摄氏度", -4, "摄氏度")),
        ("每人分得3斤5两", ("3斤5两", 3.5, "斤")),
        ("白酒二两", ("二两", 2, "两")),
        ("两万两白银", ("两万两", 20000, "两")),
        ("午餐控制在323千卡", ("323千卡", 323, "千卡")),
        ("厂房2252平方英尺", ("2252平方英尺", 2252, "平方英尺")),
        ("捐款 7 万5 千4 百元", ("7 万5 千4 百元", 75400, "元")),
        ("十 余 万人", ("十 余 万人", 100000, "人")),
        ("共计一百二十 人", ("一百二十 人", 120, "人")),
        ("占七成 六。", ("七成 六", 7.6, "成")),
        ("产值增长一倍多", ("一倍多", 1, "倍")),
        ("提高一个百分点", ("一个百分点", 1, "个百分点")),
        ("一半以上的站点", ("一半以上", 0.5, "")),
        ("到会人数超过半数", ("半数", 0.5, "")),
        ("女代表过半，", ("半", 0.5, "")),
    ],
)
def test_a_numeral_and_its_unit_are_a_quantity(text, expected, units):
    assert found(text, units)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("入会率93.5%", ("93.5%", 93.5, "%")),
        ("入会率９３％", ("９３％", 93, "%")),
        ("占到百分之八十", ("百分之八十", 80, "%")),
        ("自然增长率为千分之五", ("千分之五", 5, "‰")),
        ("近百分之三十的会员", ("百分之三十", 30, "%")),
        ("总值增.百分之六左右", ("百分之六左右", 6, "%")),
        ("1/3以上的会员", ("1/3以上", pytest.approx(1 / 3), "")),
        ("利润增长-2.5%", ("-2.5%", -2.5, "%")),
        ("有八成以上的会员", ("八成以上", 8, "成")),
        ("近四成是新会员", ("四成", 4, "成")),
        ("办结的占九成三，", ("九成三", 9.3, "成")),
        ("提高2.3个百分点", ("2.3个百分点", 2.3, "个百分点")),
        ("三分之一的岗位", ("三分之一", pytest.approx(1 / 3), "")),
        ("按1:20的比例配备", ("1:20", 0.05, "比")),
    ],
)
def test_shares_are_numbers_as_shown(text, expected, units):
    assert found(text, units) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每组5—8户", ("5—8户", 5, 8, "户")),
        ("招收6至10名", ("6至10名", 6, 10, "名")),
        ("25周岁至40周岁", ("25周岁至40周岁", 25, 40, "周岁")),
        ("奖励2-3万元", ("2-3万元", 20000, 30000, "元")),
        ("1万元到5万元", ("1万元到5万元", 10000, 50000, "元")),
        ("贷款5万以上10万以下", ("5万以上10万以下", 50000, 100000, "")),
        ("占60%-70%", ("60%-70%", 60, 70, "%")),
        ("只有十五六人到场", ("十五六人", 15, 16, "人")),
        ("七八十个摊位", ("七八十个", 70, 80, "个")),
        ("先后有三五百人前来", ("三五百人", 300, 500, "人")),
        ("每队配一至两名队医", ("一至两名", 1, 2, "名")),
        ("每周轮训一到三个班组", ("一到三个", 1, 3, "个")),
        ("大于20岁小于35岁的", ("20岁小于35岁", 20, 35, "岁")),
        ("高于20的同时低于35", ("20的同时低于35", 20, 35, "")),
        ("得分在60和80之间", ("60和80", 60, 80, "")),
        ("每组20与30人之间", ("20与30人", 20, 30, "人")),
        ("下降了一两成。", ("一两成", 1, 2, "成")),
        ("每月去五、六次", ("五、六次", 5, 6, "次")),
        ("每片有5、6户", ("5、6户", 5, 6, "户")),
        ("找三两个人", ("三两个人", 2, 3, "人")),
    ],
)
def test_a_span_has_two_ends(text, expected, units):
    assert found(text, units) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三条路长度分别为3、5和8公里", [("3", 3, "公里"), ("5", 5, "公里"), ("8公里", 8, "公里")]),
        ("分别占20、30和50%", [("20", 20, "%"), ("30", 30, "%"), ("50%", 50, "%")]),
        ("依次是12,15,20户", [("12", 12, "户"), ("15", 15, "户"), ("20户", 20, "户")]),
        ("二者各占30，", [("30", 30, "")]),
        ("设4个, 7人值守", [("4个", 4, "个"), ("7人", 7, "人")]),
        ("见3、5和8页", [("8页", 8, "页")]),  # no 分别: the first two may number anything
        ("分别于3、5和8月", []),
    ],
)
def test_numbers_of_a_list_share_the_unit_behind_the_last(text, expected, units):
    assert found(text, units) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("得票超过了一千？", [("一千", 1000, "")]),
        ("指数大于50，", [("50", 50, "")]),
        ("比170低", [("170", 170, "")]),
        ("三十或者以上", [("三十或者以上", 30, "")]),
        ("比2012年低", []),
        ("不比6", []),
        ("大于一", []),
        ("由于三农工作", []),
    ],
)
def test_a_compared_number_counts_without_a_unit(text, expected, units):
    assert found(text, units) == expected


@pytest.mark.parametrize("text", ["共青团-3个支部", "第一-10.1万元", "10万 20 30", "三十 五十", "两会", "一 二 三"])
def test_dashes_and_columns_make_no_number_of_two(text, units):
    assert all(q.value is None or 0 < q.value <= 101000 for q in find_quantities(text, units))


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("参会60人", "exact"),
        ("参会60余人", "more"),
        ("参会60人以上", "more"),
        ("参会超过60人", "more"),
        ("参会不少于60人", "more"),
        ("上百人参会", "more"),
        ("数十人参会", "more"),
        ("参会约60人", "about"),
        ("参会60人左右", "about"),
        ("近百人参会", "about"),
        ("参会不足60人", "less"),
        ("60岁以下会员", "less"),
        ("节约60元", "exact"),
        ("附近60户", "exact"),
        ("高达60人", "exact"),
        ("参会不到 60 人", "less"),
        ("约60余人参会", "about"),  # the vaguest word holds
        ("超过60余人参会", "more"),
        ("全年至少组织60场", "more"),
        ("至少每人交6篇", "more"),
        ("最多安排60人", "less"),
        ("人数最多的有6个村", "exact"),
        ("至少，60人到了", "exact"),
    ],
)
def test_words_beside_a_number_bound_it(text, approx, units):
    assert [q.approx for q in find_quantities(text, units)] == [approx]


@pytest.mark.parametrize(
    ("text", "surface", "state"),
    [
        ("共投入**万元", "**万元", "masked"),
        ("表彰XX人", "XX人", "masked"),
        ("新建×个站点", "×个", "masked"),
        ("发放5##份", "5##份", "masked"),
        ("全县**万妇女", "**万", "masked"),
        ("物资折款__万元", "__万元", "masked"),
        ("参训骨干3余人", "3余人", "damaged"),
        ("到会人数000多人", "000多人", "damaged"),
        ("存栏肉牛3.万头", "3.万头", "damaged"),
        ("产蜜.5万公斤", ".5万公斤", "damaged"),
        ("受益群众达余人", "余人", "damaged"),
        ("募得善款1 2300元", "1 2300元", "damaged"),
        ("募得善款 1 2 3 0 0元", "1 2 3 0 0元", "damaged"),
        ("1 2 3 0元已入账", "1 2 3 0元", "damaged"),
        ("发放雨衣 1 200 件", "1 200 件", "damaged"),
    ],
)
def test_hidden_and_damaged_numbers_have_no_value(text, surface, state, units):
    assert [(q.text, q.value, q.state) for q in find_quantities(text, units)] == [(surface, None, state)]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("缺口1 230元", "1 230元", 1230),
        ("西坡村 5 6人 7户", "6人", 6),
        ("表1 20人", "20人", 20),
        ("第3 15户", "15户", 15),
        ("2019 35人", "35人", 35),
    ],
)
def test_numbers_side_by_side_are_not_torn(text, surface, value, units):
    assert (surface, value, "stated") in [(q.text, q.value, q.state) for q in find_quantities(text, units)]


@pytest.mark.parametrize(
    "text",
    [
        "万众一心", "一定要", "十分重视", "一些同志", "统一思想", "三令五申", "千方百计", "千家万户", "百花齐放",
        "“三个代表”重要思想", "双学双比", "“三八”节", "免费“两癌”检查", "村“两委”", "一号文件", "四个全面", "两手抓",
        "第二届", "第三次会议", "第12名", "〔2012〕6号", "电话：0543-3221234", "身份证号370101198001011234",
        "1、个别干部", "（二）条件", "一是部分单位", "二要", "十七届五中全会", "V2.0版", "A4纸", "5G网络",
        "开展一次活动", "一批骨干", "一系列措施", "一个目标", "三个方面的问题", "两个转变", "五个突出问题",
        "三年来", "两天", "16年之久", "2012年3月", "3个月", "10个工作日", "上午8:30", "3·15",
        "**镇妇联", "##县", "XX村", "20XX年", "3×5", "MAX人", "十佳母亲", "一期工程", "这两个层次",
        "二期工程", "二次会议", "城乡二元结构", "一到三年级学生", "其二项", "职教二中", "市人大三次会议",
        "机场三期扩建", "拨打12338妇女热线", "三门核电", "劣五类水体", "前三名", "A3张",
        "三条线工作齐头并进", "各条线干部", "一半天工夫", "半数码", "过半天", "2012个人总结", "3项目", "5体育", "1.条件", "有两成立项",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_count_is_none(text, units):
    assert found(text, units) == []


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("散发宣传单3000余份", "宣传单"),
        ("3000余份宣传单", "宣传单"),
        ("举办月嫂培训班35期，", "月嫂培训班"),
        ("走访慰问老党员46名。", "老党员"),
        ("印发《维权问答》200册", "维权问答"),
        ("申报“巾帼文明岗”3个", "巾帼文明岗"),
        ("群众满意率达98.6%", "群众满意率"),
        ("75%的受访职工", "受访职工"),
        ("85%以上村民参加", "村民"),
        ("8000人口的大镇", "人口"),
        ("全年实现利润 30 万元", "利润"),
        ("出栏山羊300头（只）", "出栏山羊"),
        ("参训学员120人（名单附后）", "参训学员"),
        ("筹措资金人民币12万元", "资金"),
        ("在排查中发现隐患12处", "隐患"),
        ("3户从事养殖的居民", "居民"),
        ("5名热爱学习的学生", "学生"),
        ("创建“暖心”驿站12个", "“暖心”驿站"),
        ("打造3间“小站”教室", "“小站”教室"),
        ("共有40个“四点半课堂”", "四点半课堂"),
        ("招商项目完成3亿元", "招商项目"),
        ("先后筹资12万元", "资金"),
        ("新创“巾帼示范岗”县级22个", "县级巾帼示范岗"),
        ("任职不满三届的占三成。", "任职不满三届"),
        ("结案率要达到95%", "结案率"),
        ("3户获得市级表彰的家庭", "家庭"),
        ("6种不和谐关系", "不和谐关系"),
        ("60名未就业青年", "未就业青年"),
        ("自来水普及率93%", "自来水普及率"),
        ("选派进城务工人员代表6名", "进城务工人员代表"),
        ("赠送文具、水杯各20套", "文具、水杯"),
        ("一是散发画册、挂历20套", "画册、挂历"),
        ("挑选好公公、好女婿20名", "挑选好公公、好女婿"),
        ("由工会、团委慰问老师20名", "老师"),
        ("挂牌站点、总数20家", "总数"),
        ("二是办班3期", "办班"),
        ("（三）慰问老师20名", "老师"),
        ("20个乡（镇、场）", "乡"),
        ("20名骨干当上了组长", "骨干"),
        ("20名骨干带领学员", "骨干"),
        ("帮20名孤老打扫了院子", "孤老"),
        ("新建苗木基地20个", "苗木基地"),
        ("市级以上示范站20个", "市级以上示范站"),
        ("监测对象20户", "监测对象"),
        ("网吧文明行为监督员20名", "网吧文明行为监督员"),
        ("制作宣传栏20块", "宣传栏"),
        ("总占地面积20亩", "总占地面积"),
        ("专干只有3人为专职", "专干"),
        ("走进3家乡镇企业", "乡镇企业"),
        ("共印20份", ""),
        ("比上年增加5户", ""),
        ("每人5本", ""),
    ],
)
def test_the_noun_behind_or_before_is_what_is_counted(text, counted, units):
    assert [q.of for q in find_quantities(text, units)] == [counted]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("接待来访群众32件，办结30件。", ["来访群众", "来访群众"]),
        ("接待来访群众32件次，办结30件。", ["来访群众", "来访群众"]),
        ("发展女党员20名，比上年多5人。", ["女党员", "女党员"]),
        ("建成示范点9个，其中3个在山区。", ["示范点", "示范点"]),
        ("新创“示范岗”县级9个、市级2个。", ["县级示范岗", "市级示范岗"]),
        ("走访老人5户。每人3斤。", ["老人", ""]),
        ("登记低保户18户40人。", ["低保户", "低保户"]),
        ("登记低保户18户、40人。", ["低保户", "低保户"]),
        ("慰问18户40名低保对象。", ["低保对象", "低保对象"]),
        ("40名网格员中有12名考了证。", ["网格员", "网格员"]),
        ("9个片区中6个装上了路灯。", ["片区", "片区"]),
        ("修订章程6项，废止2项。", ["章程", "章程"]),
        ("建成育苗基地一处，面积30亩。", ["育苗基地", "育苗基地面积"]),
        ("走访农户18户；面积30亩。", ["农户", "面积"]),
        ("小麦、油菜分别增产3吨和2吨。", ["小麦", "油菜"]),
        ("小麦、油菜、棉花播种面积分别达到30亩、20亩和10亩。", ["小麦", "油菜", "棉花播种面积"]),
        ("养老、工伤保险费分别下降5%和8%。", ["养老", "工伤保险费"]),
    ],
)
def test_what_is_not_named_again_is_what_was_counted_before(text, counted, units):
    assert [q.of for q in find_quantities(text, units)] == counted


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("为60名孤寡老人送去棉被80床、米油80份。", [("孤寡老人", ""), ("棉被", "孤寡老人"), ("米油", "孤寡老人")]),
        ("向20户困难职工发放米油40份。", [("困难职工", ""), ("米油", "困难职工")]),
        ("替农民工讨回工钱30万元。", [("工钱", "农民工")]),
        ("为山里的孩子家庭安装电灯80盏。", [("电灯", "孩子家庭")]),
        ("为群众办实事8件。", [("实事", "群众")]),
        ("对企业开展用工检查8次。", [("用工检查", "企业")]),
        ("培训妇女80人次。", [("妇女", "")]),
        ("认为干部开展活动8次。", [("活动", "")]),
        ("向上级争取资金8万元。", [("资金", "")]),
        ("为职工着想，举办招聘会8场。", [("招聘会", "")]),
        ("为职工送清凉，入会率达80%。", [("入会率", "")]),
    ],
)
def test_for_whom_a_number_is_where_its_clause_says_so(text, served, units):
    assert [(q.of, q.whom) for q in find_quantities(text, units)] == served


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("名词解释\n2.“三亮”:亮身份。\n3.5个重点镇:是指沿江各镇。\n4.12项制度:见附表。", ["5个", "12项"]),
        ("1.6个行动:是指下列行动。\n2.“两满意”:是指群众满意。", ["6个"]),
        ("建设用地\n3.5亩。\n4.2亩归村里。", ["3.5亩", "4.2亩"]),
        ("全年投入\n8.6万元。", ["8.6万元"]),
    ],
)
def test_the_number_of_a_line_in_a_list_is_no_part_of_the_number_behind_it(text, quantities, units):
    assert [row[0] for row in found(text, units)] == quantities


def test_a_span_taken_by_a_time_yields_no_quantity(units):
    text = "用3个晚上走访8户"
    assert [q.text for q in find_quantities(text, units, taken=[(1, 5)])] == ["8户"]
    assert [q.text for q in find_quantities(text, units, taken=[(7, 9), (1, 5)])] == []


def test_units_of_one_dimension_can_be_added_and_others_not(units):
    dimension = {q.text: q.dimension for q in find_quantities("5人，6名，7人次，8亩，9公顷", units)}
    assert dimension["5人"] == dimension["6名"] != dimension["7人次"]
    assert dimension["8亩"] == dimension["9公顷"]
    assert units.forms["公顷"].factor == 15 * units.forms["亩"].factor
    assert units.forms["斤"].factor == Fraction(1, 2)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('[[unit]]\nname = "x"\nforms = ["x"]\ndimension = "x"', "source is missing"),
        ('[[unit]]\nname = "x"\nforms = ["x"]\ndimension = "x"\nsource = "s"\nfactor = "many"', "no number"),
        ('[[unit]]\nname = "x"\nforms = ["x"]\ndimension = "x"\nsource = "s"\ncolour = "red"', "not known"),
        ('[[unit]]\nname = "x"\nforms = ["x", "x"]\ndimension = "x"\nsource = "s"', "already"),
    ],
)
def test_a_wrong_entry_stops_loading_and_is_named(entry, complaint, tmp_path):
    path = tmp_path / "units.toml"
    path.write_text(entry, encoding="utf-8")
    with pytest.raises(UnitsError, match=complaint) as error:
        load_units(path)
    assert "units.toml: x" in str(error.value)


ALPHABET = "共约近三万五千一两百余多人次户元个份，。、\n 40.%*X“”第-—至以上下成分之番翻比:的"


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_every_mention_quotes_the_text_it_points_to_in_order_and_without_overlap(text):
    last = 0
    for mention in find_quantities(text, load_units()):
        assert mention.text == text[mention.start : mention.end]
        assert last <= mention.start < mention.end
        assert (mention.value is None) == (mention.state != "stated")
        assert mention.value_max is None or mention.value < mention.value_max
        last = mention.end


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_a_glance_reads_what_a_closer_look_reads(text):
    at_a_glance = list(find_quantities(text, load_units()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quantities, "_read_plain", lambda *_: quantities._LOOK_CLOSER)
        assert list(find_quantities(text, load_units())) == at_a_glance


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("村：石臼村；培训人数：210人次；经费：1.5万元。\n", ["石臼村培训人数", "石臼村经费"]),
        ("序号：1；指标：走访困难户；单位：户；2020年走访困难户：198户；增长：3%。", ["走访困难户", "走访困难户增长"]),
        ("片：东片；村：甲村；面积：35亩；产量：2吨。", ["东片甲村面积", "东片甲村产量"]),
        ("项目：培训（期）；一季度培训：1期；合计：3期。", ["一季度培训", "培训合计"]),
        ("参会人数：35人。", ["参会人数"]),
        ("时间：3月，地点：礼堂；参会人数：35人；", ["参会人数"]),
        ("情况如下：一是走访困难户35户；二是办班：3期。", ["困难户", "办班"]),
    ],
)
def test_a_number_in_the_row_of_a_table_counts_what_its_row_and_column_say(text, counted, units):
    assert [q.of for q in find_quantities(text, units)] == counted


@given(st.text(alphabet=ALPHABET, max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=3))
def test_no_mention_touches_a_taken_span(text, places):
    taken = [(start, start + length) for start, length in places]
    for mention in find_quantities(text, load_units(), taken=taken):
        assert all(mention.end <= start or end <= mention.start for start, end in taken)


@pytest.mark.parametrize(
    "run", ["一", "1", "万", "亿", "零", "*", "X", ".", "几", "余", "1万", "一个", "百分之", "1-", "“1"]
)
def test_a_long_run_does_not_run_away(run, units):
    with no_runaway():
        sum(1 for _ in find_quantities((run * 200_000)[:200_000], units))


ONE_SENTENCE = [
    "1", "一", "万", "“", "“1", ",1", "1,", "至", "1至", "一至", "1*", "*", "1.", "5人、", "：1人；", "甲：1人；", "分别", "甲、乙分别",
    "为", "为人送1件", "《1人", "（1", "一分之", "达余人", "翻1番", "至少1", "了1人", "比1", "同比1%", "每1元", "的1", "1 ", "中有1个",
]  # fmt: skip


@pytest.mark.parametrize("piece", ONE_SENTENCE)
def test_a_sentence_without_end_takes_time_in_proportion_to_its_length(piece, units):
    def read_all(text):
        quantities = list(find_quantities(text, units))
        modalities(text, quantities, [Sentence(start=0, end=len(text), section=0, role="")])

    assert grows_in_proportion(read_all, piece, 40_000)


STRANGE = "\ud800\udfff\x00\x1b\u200b\u0301\u202e\u2067\ufeff\U0002a6d6א五5５٣百余人元%％，：；\n“”（分之*至"


@given(st.text(max_size=40) | st.text(alphabet=STRANGE, max_size=40))
def test_any_string_is_read_and_every_mention_quotes_it(text):
    found_here = list(find_quantities(text, load_units()))
    assert all(mention.text == text[mention.start : mention.end] for mention in found_here)
    assert len(modalities(text, found_here, ())) == len(found_here)


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit", "approx"),
    [
        ("新增会员600 余人", "600 余人", 600, "人", "more"),
        ("投入25 多万元", "25 多万元", 250000, "元", "more"),
        ("参训70 余人次", "70 余人次", 70, "人次", "more"),
        ("除3方面难题外", "3方面", 3, "方面", "exact"),
        ("全村青年数为4321", "4321", 4321, "", "exact"),
        ("不满800人", "800人", 800, "人", "less"),
        ("建房20__间", "20__间", None, "间", "exact"),
    ],
)
def test_spaces_before_vague_words_aspects_and_lost_digits(
    text: str, surface: str, value: int | None, unit: str, approx: str
) -> None:
    found = [(one.text, one.value, one.unit, one.approx) for one in find_quantities(text, load_units())]
    assert found == [(surface, value, unit, approx)]


@pytest.mark.parametrize("text", ["人大三次\n会议", "20__年", "20__", "建成2000 多功能厅", "三方面军", "学号数据4321"])
def test_what_only_resembles_them_yields_none(text: str) -> None:
    assert list(find_quantities(text, load_units())) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("管网缺口约4 600公里，", [("4 600公里", 4600.0, "公里")]),
        ("2023乡镇妇联的打算", []),
        ("走遍12乡镇。", [("12乡镇", 12.0, "乡镇")]),
        ("办培训班9期次，", [("9期次", 9.0, "期次")]),
        ("装机1.2吉瓦，", [("1.2吉瓦", 1.2, "吉瓦")]),
        ("9期次年开班", [("9期", 9.0, "期")]),
        ("亩均产粮1 050斤，", [("1 050斤", 1050.0, "斤")]),
        ("全市有分会2 315家，", [("2 315家", 2315.0, "家")]),
        ("见附表2 315家，", [("315家", 315.0, "家")]),
        ("腊八节前后送粥，", []),
        ("下拨抚恤款12，600元，", [("12，600元", 12600.0, "元")]),
        ("附表3 120人，", [("120人", 120.0, "人")]),
        ("报名的为85，326人入围，", [("326人", 326.0, "人")]),
        ("开支3l.5万元；", [("3l.5万元", None, "元")]),
        ("开支31.5万元；", [("31.5万元", 315000.0, "元")]),
        ("回填十二万立方米，", [("十二万立方米", 120000.0, "立方米")]),
        ("开挖三万方，", [("三万方", 30000.0, "方")]),
        ("心得写了一万来字。", [("一万来字", 10000.0, "字")]),
        ("八方支援，写出大字，", []),
        ("好评率由六成升至九成四，", [("六成", 6.0, "成"), ("九成四", 9.4, "成")]),
        ("大功一成升旗，", []),
    ],
)
def test_numbers_parted_garbled_or_in_characters_are_read_whole_or_not_at_all(text, told, units):
    assert found(text, units) == told


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("网格员签约3600人。", ["网格员签约"]),
        ("种植花椒约3600亩。", ["花椒"]),
        ("入夏以来已上劳力四千余人。", ["上劳力"]),
        ("自2016年以来台账缺失率达35%。", ["台账缺失率"]),
        ("刚才两个街道作了汇报。", ["街道"]),
        ("分3个小组赴8个镇。", ["小组", "镇"]),
        ("安全日（6月4日）请交警来校作法治讲座1场。", ["请交警来校作法治讲座"]),
        ("先后被广播站、《云岭晚报》报道7次。", ["报道"]),
        ("工会（分会）干部30人。", ["工会（分会）干部"]),
        ("奖补资金按每公里10万元。", ["奖补资金"]),
        ("千人以上企业建站率达96.5%。", ["企业建站率", "企业建站率"]),
        ("取消29户；临时救助126人次。", ["取消", "临时救助"]),
        ("参合率由去年的82%上升到97%，", ["参合率", "参合率"]),
        ("列入的50户目前只完成12户。", ["", ""]),
        ("岗位待遇低，半年走了4个。", [""]),
        ("目前药师34人。", ["药师"]),
        ("秋收前改造泵站1座。", ["改造泵站"]),
        ("筹措“春晖”救助款6万元。", ["“春晖”救助款"]),
        ("15个村民组中仍有3个不通水。", ["村民组", "村民组"]),
        ("20个社区中还有6个没有活动室。", ["社区", "社区"]),
        ("引进时尚4种。", ["时尚"]),
    ],
)
def test_what_only_leads_up_to_a_number_is_not_counted(text, counted, units):
    assert [q.of for q in find_quantities(text, units)] == counted


def test_for_whom_keeps_their_age(units):
    told = list(find_quantities("为65岁及以上老年人免费体检2.1万人。", units))
    assert told[1].whom == "65岁及以上老年人"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "油茶任务860.又栽桑树70亩、黄连55.明年再栽",
            [("860", "", "油茶任务"), ("70亩", "亩", "又栽桑树"), ("55", "", "黄连")],
        ),
        ("四户桥路面硬化3公里", [("3公里", "公里", "四户桥路面硬化")]),
        ("七角井至学校路面", []),
        ("九家湾至码头路面", []),
        ("六户沟、五家坪通水", []),
        ("走访特困户9户次", [("9户次", "户次", "特困户")]),
        ("走访企业12家次", [("12家次", "家次", "企业")]),
        ("灯管60瓦", [("60瓦", "瓦", "灯管")]),
        ("当前版：03版", []),
        ("给予政务处分0名", [("0名", "名", "政务处分")]),
        ("队伍建设2.加强学习", []),
        ("见附件12.关于人员", []),
        ("四户危房", [("四户", "户", "危房")]),
        ("七角钱", [("七角", "角", "钱")]),
        ("任务完成于2014.又", []),
    ],
)
def test_numbers_that_lost_their_unit_names_of_places_and_rarer_units(text, found, units):
    assert [(q.text, q.unit, q.of) for q in find_quantities(text, units)] == found


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("会员占适龄职工总数的7%", ["会员"]),
        ("女职工只占全厂职工总数的三成", ["女职工"]),
        ("完成全年任务的106%", ["全年任务"]),
        ("召开了恳谈会，共6场", ["恳谈会"]),
        ("选举产生了理事，共35名", ["理事"]),
        ("村团支书进“两委”93名，其中进村委52人", ["村团支书", "村团支书"]),
        ("“瓜棚夜谈”办了12期", ["“瓜棚夜谈”"]),
        ("全年办了6期", [""]),
        ("茶叶合作站建成9个，其余3个选址未定", ["茶叶合作站", "茶叶合作站"]),
        ("问卷回收740份", ["问卷"]),
        ("县科协先后举办9期", [""]),
        ("非公企业新建团组织31家", ["非公企业新建团组织"]),
        ("吸纳渔嫂60人务工", ["渔嫂"]),
        ("30名外出务工人员", ["外出务工人员"]),
        ("5名村里的老人", ["老人"]),
        ("12个乡镇的文联主席", ["乡镇"]),
        ("3名长期患病的渔民", ["渔民"]),
        ("20件群众反映强烈的事项", ["事项"]),
        ("5户职工人数在80人以上的纺织厂", ["纺织厂", "职工人数"]),
        ("与36名会计、15家用人单位座谈", ["会计", "用人单位"]),
        ("分会从60个发展到90个", ["分会", "分会"]),
        ("护理补贴标准提高到每人每月90元", ["护理补贴标准"]),
        ("国家补助按每亩100元", ["国家补助"]),
        ("争取救灾物资价值50万元", ["救灾物资"]),
        ("一是培训骨干60人；二是实有9人", ["骨干", ""]),
        ("医生42人，50岁以上的占三成", ["医生", "医生", "50岁以上的医生"]),
        ("3500亩受灾稻田中，绝收的620亩", ["受灾稻田", "受灾稻田"]),
    ],
)
def test_the_head_is_told_from_what_only_qualifies_it_or_is_said_of_it(text, counted, units):
    assert [q.of for q in find_quantities(text, units)] == counted


@pytest.mark.parametrize(
    ("text", "value", "approx", "surface"),
    [
        ("产值翻了一番半", Fraction(3, 2), "exact", "翻了一番半"),
        ("产量翻两番半。", Fraction(5, 2), "exact", "翻两番半"),
        ("收入翻一番，半数村达标", Fraction(1), "exact", "翻一番"),
        ("占三分之一强", Fraction(1, 3), "more", "三分之一强"),
        ("不到职工的五分之二弱。", Fraction(2, 5), "less", "五分之二弱"),
        ("三分之一强制拆除", Fraction(1, 3), "exact", "三分之一"),
        ("五分之一弱势群体", Fraction(1, 5), "exact", "五分之一"),
        ("百分之二十强，", Fraction(20), "more", "百分之二十强"),
    ],
)
def test_a_half_more_and_a_little_more_or_less_belong_to_the_number(text, value, approx, surface, units):
    found = next(iter(find_quantities(text, units)))
    assert (found.value, found.approx, found.text) == (value, approx, surface)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("外出渔工218人,在省内上船的占总数三成", ["外出渔工", "在省内上船的外出渔工"]),
        ("孩子在镇上念书的占总人数40%。", ["孩子在镇上念书"]),
        ("常回村的船员占31%,偶尔回的占44%,从不回的占25%", ["船员", "偶尔回的船员", "从不回的船员"]),
        ("护工中持证上岗的占20%;在学的占45%", ["护工中持证上岗", "在学的护工"]),
        (
            "独居老人子女半年探望一次的仅占5%,两年探望一次的占12%",
            ["独居老人子女半年探望一次", "两年探望一次的独居老人子女"],
        ),
        ("女焊工占焊工总数35%", ["女焊工"]),
        ("骑手208人,有社保的占40%", ["骑手", "有社保的骑手"]),
        ("退役军人占新增会员9%", ["退役军人"]),
        ("租户中满意的占81%，不满意的只占4%", ["租户中满意", "不满意的租户"]),
        ("不满3年的占52%，10年以上的占9%", ["不满3年", "10年以上"]),
        ("茶园绿化面积占地35%", ["茶园绿化面积占地"]),
    ],
)
def test_who_has_a_share_stands_before_it_or_was_named_before_and_is_not_its_base(text, counted, units):
    assert [q.of for q in find_quantities(text, units) if q.unit not in ("年", "岁")] == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("全垸共有渔民7200人,1900户", ["渔民", "渔民"]),
        ("登记商户310户，920人", ["商户", "商户"]),
        ("现有残疾人组织310个,其中镇里有14个", ["残疾人组织", "残疾人组织"]),
        ("成立志愿组织26个", ["志愿组织"]),
        ("县工会组织30人", [""]),
        ("由团委组织20个班", ["班"]),
        ("办起夜校30个渔家书屋5个", ["夜校", "渔家书屋"]),
        ("慰问护林员30名巡河员20名", ["护林员", "巡河员"]),
        ("城关镇30个村120户", ["村", ""]),
        ("走访30户群众120人", ["群众", "群众"]),
        ("争取坳上片12公里机耕路列入2031年计划", ["机耕路列入"]),
        ("户均收入超x万元的村仅x个", ["户均收入", "村"]),
        ("年产值达800万元的渔场有3家", ["年产值", "渔场"]),
        ("每年5万元的补贴", ["补贴"]),
        ("27名全国、省、县标兵", ["标兵"]),
        ("12个国家级、省级示范社", ["示范社"]),
        ("8名全国优秀护士", ["全国优秀护士"]),
        ("9名市县劳模", ["市县劳模"]),
        ("会计45人", ["会计"]),
        ("共计45人", [""]),
    ],
)
def test_organisations_pairs_without_a_comma_and_lists_of_levels_name_what_is_counted(text, counted, units):
    assert [q.of for q in find_quantities(text, units)] == counted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("抓好三类支部整顿。", []),
        ("对四类村逐个会诊。", []),
        ("五类水断面清零。", []),
        ("四类苗促弱转壮。", []),
        ("四类班子全部调整", []),
        ("三类村3个", ["3个"]),
        ("三类商户共46户", ["三类", "46户"]),
        ("整治五类场所", ["五类"]),
    ],
)
def test_a_grade_is_no_number(text, found, units):
    assert [q.text for q in find_quantities(text, units)] == found


@pytest.mark.parametrize("text", ["近近十成。", "约千百成。"])
def test_numerals_that_make_no_number_are_read_past(text):
    assert all(text[one.start : one.end] == one.text for one in find_quantities(text, load_units(), taken=[]))


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("经费不足，全年只到账三成。", ["经费"]),
        ("镇上的活动室经费紧张，今年只拨付了2万元。", ["活动室经费"]),
        ("师资力量薄弱，缺编11人。", ["师资力量"]),
        ("设备陈旧，三分之一已超过使用年限。", ["设备"]),
        ("专职干部被抽调3人，常年不在岗。", ["专职干部"]),
        ("问卷发出500份，收回478份，有效465份。", ["问卷", "问卷", "问卷"]),
        ("应收会费12万元，实收9.6万元。", ["应收会费", "应收会费"]),
        ("每人补助300元。", ["补助"]),
        ("每村新购图书200册。", ["图书"]),
        ("每人5本。", [""]),
        ("有三成学生近视。", ["学生"]),
        ("受访者中72%的人表示满意，20%表示基本满意。", ["受访者", "受访者"]),
        ("完成投资3亿元，占年度计划的78%。", ["投资", "年度计划"]),
        ("产值突破5亿元大关。", ["产值"]),
        ("走访企业62家，其中9家安排女工上夜班。", ["企业", "企业"]),
        ("走访企业62家，设立9家安置点。", ["企业", "安置点"]),
    ],
)
def test_who_is_short_of_what_and_what_each_gets_is_what_is_counted(text, counted, units):
    assert [q.of for q in find_quantities(text, units)] == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("1、全镇参加合作医疗的农户比例较高，占93%；", ["农户"]),
        ("社区工作者中男性仅4人，比例为8%。", ["社区工作者中男性"] * 2),
        ("女性村主任的比例是3%。", ["女性村主任"]),
        ("渔业产值占全县产值的比重为7%。", ["渔业产值"]),
        ("女厂长、女站长所占比例，无论局里还是乡里都显示为0；", ["女站长"]),
        ("念过高中的占21%，只上过夜校的有占33%。", ["念过高中", "只上过夜校"]),
        ("乡级仅占9%。", [""]),
        ("完成造林2.1万亩，占年度任务3万亩的70%。", ["造林", "年度任务", "造林"]),
        ("发放小额贷款3200万元，占全年任务4000万元的八成。", ["小额贷款", "任务", "小额贷款"]),
        ("完成年度任务的70%。", ["年度任务"]),
        ("并分三次组织了消防演练。", ["消防演练"]),
        ("每年专门安排1至2次编辑与读者参加的联谊活动。", ["联谊活动"]),
        ("校报拟改版至12版。", ["校报"]),
        ("涉及作坊14家。其中排污不达标的5家已停业。", ["作坊", "作坊"]),
        ("走访作坊14家。另有5家已停业。", ["作坊", ""]),
        ("人饮管道铺设4公里。", ["人饮管道"]),
        ("添置书架5组共15个，圆桌8张。", ["书架", "书架", "圆桌"]),
        ("编简讯24期、约8万字。", ["简讯", "简讯"]),
        ("在信用社借款3万元一笔。", ["信用社借款"]),
        ("苗木种植面积扩大到1.6万亩。", ["苗木种植面积"]),
        ("检查商铺320家次，关停2家。", ["检查商铺"] * 2),
        ("船员由改制前的460人减少到112人。", ["船员", "船员"]),
        ("对特困学生每人资助1500元。", ["资助"]),
        ("新发展党员14名，其中女性6名，30岁以下9名。", ["党员", "女性", "党员", "党员"]),
        ("清运垃圾37车、约110吨。", ["清运垃圾"] * 2),
        ("37车间", []),
        ("懂手语的不到10%。", ["懂手语"]),
        ("把八成以上的经费投向基层。", ["经费投向基层"]),
        ("议事会每月召开2次。", ["议事会"]),
        ("九成以上拿到证书。", [""]),
        ("筹建驿站2处，预算38万元，到位12万元。", ["驿站", "预算", "预算"]),
        ("走访中六成居民反映停车难。", ["居民"]),
        ("招收学徒66名，出师41名。", ["学徒", "学徒"]),
        ("招收学徒66名，上岗教师41名。", ["学徒", "上岗教师"]),
        ("文化站11个，4个无专职人员。", ["文化站", "文化站"]),
        ("编制被占用5个。", ["编制"]),
        ("争议调解成功84起。", ["争议"]),
        ("敬老示范户评出40户。", ["敬老示范户"]),
        ("宣讲分队6支，每支8人。", ["宣讲分队", "宣讲分队"]),
        ("工作经费2万元，人均3元。", ["工作经费", "工作经费"]),
        ("返乡青年中，养蜂的37户。", ["养蜂"]),
        ("代购260单，", ["代购"]),
        ("260单位", []),
    ],
)
def test_measures_targets_and_what_is_said_of_a_number_are_not_counted(text, counted, units):
    assert [q.of for q in find_quantities(text, units)] == counted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("办结率98.2，满意率97；", [("98.2", "办结率"), ("97", "满意率")]),
        ("全年安全事故为0。", [("0", "安全事故")]),
        ("千人参与的长跑", [("千人", "")]),
        ("合格率1. 一般情况", []),
        ("入学率2013年起", []),
        ("汇率6.9，期限三年", []),
        ("编号为0，", []),
        ("合格率1,200，", [("1,200", "合格率")]),
        ("“千人计划”稳步推进", []),
        ("千人一面的做法要改", []),
    ],
)
def test_rates_without_their_sign_none_at_all_and_round_crowds_are_counts(text, found, units):
    assert [(q.text, q.of) for q in find_quantities(text, units)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("死亡率为12.5/10万，", [("12.5/10万", "/10万")]),
        ("死亡率为 12.5/10 万 ，", [("12.5/10 万", "/10万")]),
        ("发生率控制在6/万以内", [("6/万以内", "/万")]),
        ("补贴6/万亩", []),
        ("位列第 15 位", []),
        ("共 15 位", [("15 位", "位")]),
        ("编号：20130415乡镇自查表", []),
        ("联系电话：6655443人", []),
        ("收入20130415元", [("20130415元", "元")]),
        ("长8000镇区", []),
        ("下降1.5个千分点", [("1.5个千分点", "个千分点")]),
    ],
)
def test_rates_of_so_many_are_read_and_codes_and_spaced_ordinals_are_none(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(one.text, one.unit) for one in find_quantities(text, load_units())] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("14周岁以上不满18周岁的少年", [("14周岁以上不满18周岁", 14, 18)]),
        ("14周岁以上不满。", [("14周岁以上", 14, None)]),
        ("受理申诉12 406件", [("12 406件", 12406, None)]),
        ("传达九届五次全委会精神", []),
        ("贯彻九届五次、六次全会精神", []),
        ("开了六次例会", [("六次", 6, None)]),
        ("A4纸正反两面复印", []),
        ("三次产业协调发展", []),
    ],
)
def test_ages_between_two_bounds_are_one_span_and_plenaries_count_nothing(text, found, units) -> None:
    assert [(one.text, one.value, one.value_max) for one in find_quantities(text, units)] == found


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("女干部不低于干部总数的25%", "more"),
        ("超时件不得超过总件数的3%", "less"),
        ("不低于上年，为干部总数的25%", "exact"),
    ],
)
def test_a_bound_before_the_base_of_a_share_bounds_the_share(text, approx, units) -> None:
    assert [one.approx for one in find_quantities(text, units)] == [approx]
