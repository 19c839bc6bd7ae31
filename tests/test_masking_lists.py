"""Names in lists, tables, minutes and briefs: made-up texts whose names are marked, and what only looks like names."""

from __future__ import annotations

import re

import pytest

from nlp.masking import find_contacts, find_names, find_private, mask
from nlp.person_looks import LIKELY, NONE, WORD, likelihood

FLOOR = 0.95  # of the names of TEXTS

# Names stand in ⟦⟧.
TEXTS = (
    "清溪县妇联关于表彰的决定\n附件:先进个人名单\n⟦柳红梅⟧ 三岔镇人民政府 科员\n⟦高 洁⟧ 清溪县第二小学 教师\n⟦秦月娥⟧ 岩下村妇联 主席\n⟦欧阳雪⟧ 县人民医院 护士长\n⟦贺小兰⟧ 青岚食品有限公司 总经理\n⟦覃桂花⟧ 河口社区 网格员",
    "出席:⟦石建军⟧、⟦韦丽萍⟧、⟦陆文斌⟧、⟦凌雪芳⟧、⟦霍建军⟧、⟦包玉婷⟧、⟦龙海燕⟧\n列席:⟦农秀英⟧ ⟦蒙志刚⟧\n缺席:⟦班春艳⟧(因病)\n记录人:⟦黎小凤⟧",
    "组 长:⟦周国栋⟧ 县委副书记\n副组长:⟦魏淑芬⟧ 县妇联主席\n成  员:⟦罗永强⟧ 县教育局副局长\n⟦江玉莲⟧ 县民政局副局长\n⟦毕春晖⟧ 县财政局局长\n⟦管秀文⟧ 县文旅局副局长\n⟦谭 静⟧ 县司法局副局长\n⟦施晓东⟧ 团县委副书记",
    "本报讯(记者 ⟦方雨桐⟧ 通讯员 ⟦苏志远⟧ ⟦白雪⟧)近日,三岔镇办了一期家教课。镇妇联主席⟦乔丽华⟧主持,讲师⟦彭慧敏⟧授课。\n编辑:⟦田思雨⟧",
    "走访慰问了岩下村⟦牛桂芝⟧、⟦马金凤⟧、⟦赖秀珍⟧、⟦钟水莲⟧等4户困难母亲,给⟦牛桂芝⟧的女儿⟦牛小雨⟧送去书包。",
    "经过投票,⟦杜鹃⟧(女)、⟦邓明辉⟧、⟦曾丽娜⟧(女,壮族)、⟦喻文博⟧、⟦殷小芹⟧(女)、⟦董海波⟧、⟦袁思琪⟧(女)等7名同志当选为代表。⟦邓明辉⟧作表态发言。",
    "序号\t姓名\t学校\t奖项\n1\t⟦崔晨曦⟧\t河口小学\t一等奖\n2\t⟦尹子涵⟧、⟦段雅婷⟧\t三岔中学\t二等奖\n3\t⟦孟佳怡⟧(指导教师:⟦韩素琴⟧)\t清溪一中\t三等奖",
    "序号：1；姓名：⟦夏春兰⟧；单位：清溪县妇联。\n序号：2；姓名：⟦申长林⟧；单位：三岔镇。\n序号：3；姓名：⟦关秀梅⟧；单位：河口社区。\n联系人：⟦戴晓琳⟧",
    "“好媳妇”⟦严翠萍⟧照顾婆婆十二年。⟦严翠萍⟧说,这是应该的。邻居⟦倪淑珍⟧常来帮忙,社区主任⟦康建华⟧也多次上门。(供稿:⟦葛文静⟧)",
    "民宿负责人⟦阿依古丽·买买提⟧告诉来访的同志,⟦阿依古丽·买买提⟧去年带动八户就业。合作社理事⟦吐尔逊·艾合买提⟧介绍了做法。驻村干部⟦扎西卓玛⟧陪同。",
    "述职人:⟦柯文娟⟧\n一年来,在县妇联的指导下完成了各项任务。\n三岔镇妇联\n⟦柯文娟⟧\n2023年1月5日",
    "来信人⟦侯玉芬⟧反映丈夫⟦石大勇⟧实施家庭暴力。调解员⟦汤丽君⟧、民警⟦章伟⟧上门调解,律师⟦毛建平⟧提供帮助。",
    "授予⟦雷淑云⟧等10人“巾帼标兵”称号,授予⟦顾秋菊⟧等5名同志“优秀志愿者”称号,授予⟦万丽⟧同志“最美执委”称号。",
    "值班表\n1月1日 带班领导:⟦范志宏⟧ 值班人员:⟦贾春梅⟧、⟦金小玉⟧\n1月2日 带班领导:⟦薛丽红⟧ 值班人员:⟦郝建英⟧、⟦常玉洁⟧",
    "监票人:⟦武晓燕⟧\n计票人:⟦樊丽丽⟧、⟦温志强⟧\n总监票人:⟦焦艳芳⟧\n候选人:⟦鲁秀丽⟧、⟦冼月明⟧、⟦屈志华⟧、⟦左明珠⟧、⟦童欣⟧",
    "市级“最美家庭”\n⟦安淑敏⟧家庭 南街社区\n⟦时光明⟧家庭 东街社区\n⟦裴丽荣⟧家庭 西街社区\n⟦史海霞⟧家庭 河口社区\n⟦龚志勇⟧家庭 岩下社区\n⟦尤美玲⟧家庭 三岔社区\n⟦祝春生⟧家庭 北街社区",
    "村民⟦郭大山⟧和妻子⟦吕春花⟧种了八亩果园。⟦郭大山⟧回到家乡时,第一书记⟦邱海涛⟧帮他办了贷款。户主:⟦郭大山⟧",
    "县委常委、宣传部长⟦洪亚楠⟧,县政协副主席⟦易建国⟧,县妇联主席⟦沈玉兰⟧、副主席⟦成秀云⟧、⟦甘露⟧出席会议。会议由⟦沈玉兰⟧主持。",
    "公司女职工⟦向晓蓉⟧、⟦邹丽娟⟧、⟦阮红英⟧、⟦丁小燕⟧、⟦廖芳⟧在技能竞赛中获奖。工会主席⟦莫志鹏⟧颁奖。\n(文/⟦卢晓雯⟧ 图/⟦涂建新⟧)",
    "会议由村妇联主席⟦陈李丽华⟧主持,执委⟦宋佳⟧、⟦司马青⟧、⟦诸葛云⟧参加。⟦陈李丽华⟧总结了全年工作。网格员⟦华秀峰⟧汇报。",
)  # fmt: skip


def test_most_names_of_lists_and_briefs_are_masked_and_nothing_else() -> None:
    told = found = 0
    for text in TEXTS:
        plain, names = unmarked(text)
        masked = {(one.start, one.end) for one in find_private(plain, find_names(plain)) if one.kind == "name"}
        assert masked <= names, [plain[start:end] for start, end in masked - names]
        told, found = told + len(names), found + len(masked & names)
    assert told >= 120 and found >= FLOOR * told


def unmarked(text: str) -> tuple[str, set[tuple[int, int]]]:
    plain, places = "", set()
    for piece in re.split("(⟦[^⟧]*⟧)", text):
        if piece.startswith("⟦"):
            places.add((len(plain), len(plain) + len(piece) - 2))
        plain += piece.strip("⟦⟧")
    return plain, places


@pytest.mark.parametrize(
    "text",
    [
        "坚持毛泽东思想、邓小平理论,弘扬焦裕禄精神,开展学雷锋活动", "参观陶行知学校、秋瑾故居,购买王老吉凉茶", "发展黄瓜、白菜、马铃薯、花生等产业", "到张家口、石家庄、马鞍山、黄石等地考察",
        "中山村、何桥村、石岭村、金山社区", "成员:县教育局、安监局、文化局、水利局、农业局、高新区", "推进高水平对外开放,加快西部陆海新通道建设", "书记高度重视,主任安排部署,局长全程参与",
        "妇女和儿童、职工和群众、流动儿童和留守儿童", "强国·复兴有我,品牌重庆·味道,两岸青山·千里林带", "安全、文明、和谐、幸福、美满", "巩固和发展成果,巩固和扩大覆盖面,巩固和加强农业",
        "由于双方代表的努力,占全体代表的三成", "“春蕾女童”助学,“阳光家庭”创建,“巾帼红”行动", "谭某、李某某、张×、王*已到场", "向李主席、王书记、张大姐、陈老师请教",
        "组长:党委书记\n成员:各科室、全体干部、文明办", "等5户家庭,等3名同志,等10人", "崇阳溪、敖江流域,木兰溪、万木林", "当事人双方和好,申请人应当到场", "扎西德勒", "编辑:\n作者:\n",
        "有关部门、时任领导、全体成员", "金秋时节,安居乐业,成效明显,温暖人心", "王府井、李家沟、钱塘江、洪湖",
    ],
)  # fmt: skip
def test_places_bodies_programmes_and_persons_of_history_stay(text: str) -> None:
    assert mask(text, find_private(text, find_names(text))) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("車間主任張麗華說,縣婦聯主席趙國珍來過,這裡學習氣氛濃厚。張麗華帶頭學習。", "車間主任張**說,縣婦聯主席趙**來過,這裡學習氣氛濃厚。張**帶頭學習。"),
        ("困难职工王李氏家,联系人:Zhang Wei", "困难职工王**家,联系人:Zhang **"),
        ("成员:温暖、林静、罗海明\n送去温暖", "成员:温**、林**、罗**\n送去温暖"),
        ("66岁的周素娥每天值守。周素娥从不叫苦", "66岁的周**每天值守。周**从不叫苦"),
        ("副主席(兼职)熊桂芬出席", "副主席(兼职)熊**出席"),
        ("图文:林静;一审:罗海明;二审:周敏", "图文:林**;一审:罗**;二审:周**"),
    ],
)  # fmt: skip
def test_a_name_is_masked_in_other_characters_and_where_it_is_a_word(text: str, told: str) -> None:
    assert mask(text, find_private(text, find_names(text))) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("车牌号桂A·6B123的车", "车牌号桂A******的车"), ("家住北街路12号3单元401室", "家住北街路**号*单元***室"), ("现住河口社区5栋2单元302", "现住河口社区*栋*单元***"),
        ("联系人:林静 83952271", "联系人:林静 ********"), ("账  号:1202022509014400731", "账  号:*******************"), ("电话:86-771-5881234", "电话:86-771-*******"),
    ],
)  # fmt: skip
def test_plates_dwellings_and_numbers_behind_a_name_are_masked(text: str, told: str) -> None:
    assert mask(text, list(find_contacts(text))) == told


@pytest.mark.parametrize(
    "text", ["沪A股上涨", "地址:文化路359号", "新建5栋楼", "川A级景区", "联系人:2人,2012年填报", "住在县城"]
)
def test_addresses_of_bodies_and_letters_beside_a_province_stay(text: str) -> None:
    assert list(find_contacts(text)) == []


def test_a_name_is_told_for_sure_or_with_doubt() -> None:
    names = find_names("主席林静到会。柳秀芳早起做饭。柳秀芳从不叫苦。")
    assert names == {"林静": True, "柳秀芳": False}


def test_the_dictionary_and_the_characters_of_given_names_tell_how_far_a_stretch_looks_like_a_name() -> None:
    assert (likelihood("林秀芳"), likelihood("常年"), likelihood("财政局"), likelihood("石桥村")) == (
        LIKELY,
        WORD,
        NONE,
        NONE,
    )
