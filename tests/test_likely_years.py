"""The year that a report with an interval is most likely of, with the intervals that allow none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.read import read_bytes
from nlp.chronology import read_events
from nlp.likely_years import likely_year
from nlp.metadata import find_metadata
from nlp.records import Metadata

BODY = "一是抓防火，巡山六次。\n二是抓修路，硬化三公里。\n三是抓种桑，新栽四百亩。"


def years(text: str) -> tuple[int | None, int | None, int | None, int | None]:
    meta = find_metadata(read_bytes(f"{text}\n{BODY}".encode(), "a.txt").documents[0])
    return meta.year, meta.year_low, meta.year_high, likely_year(meta)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("工作总结\n十七届六中全会开过了，村村种桑。", (None, 2011, 2012, 2011)),  # just held
        ("工作计划\n十七届六中全会开过了，村村种桑。", (None, 2011, 2012, 2012)),  # for the year behind it
        ("工作总结\n我们开展深入学习实践科学发展观活动，村村种桑。", (None, 2008, 2010, 2009)),  # a campaign of years
        ("工作总结\n我们学习贯彻党的十七大精神，村村种桑。", (None, 2007, 2013, 2008)),  # the year behind a congress
        ("县妇联学习党的十八大精神\n12月6日，县妇联召开会议，学习党的十八大精神。", (None, 2012, 2018, 2012)),  # news
        ("工作总结\n我们开展“不忘初心、牢记使命”主题教育，种桑。", (None, 2017, 2020, 2019)),
        ("工作总结\n我们抓好群众路线教育活动，村村种桑。", (None, 2013, 2014, 2014)),
        ("工作总结\n我们抓好会改联，学习党的十九大精神，村村种桑。", (None, 2017, 2020, 2018)),  # the later event
        ("工作总结\n三万活动中，村村种桑。", (None, None, None, 2011)),  # a hint that allows few years
        ("工作总结\n在五好文明家庭中，村村种桑。", (None, None, None, None)),  # one that allows many
        ("工作总结\n开展创先争优活动，迎接基层组织建设年检查，种桑。", (None, 2010, 2012, 2012)),  # a hint of one year
        ("工作计划\n纪念“三八”国际劳动妇女节101周年，村村种桑。", (None, 2011, 2012, 2011)),
        ("工作总结\n庆祝第102个“三八”国际劳动妇女节，村村种桑。", (None, 2012, 2012, 2012)),
        ("工作总结\n学习党的十六大和五中全会精神，村村种桑。", (None, 2002, 2008, 2005)),  # the only plenum that fits
        ("工作计划\n学习党的十六大和五中全会精神，村村种桑。", (None, 2002, 2008, 2006)),
        ("上半年工作总结\n十七届六中全会开过了，村村种桑。", (None, 2012, 2012, 2012)),  # held in autumn
        ("工作总结\n一年来，上半年种桑，学习十七届六中全会精神。", (None, 2011, 2012, 2011)),
        ("工作总结\n以党的十六大三中全会精神为指导，村村种桑。", (None, 2003, 2005, 2003)),
        ("工作总结\n我镇圆满完成了“十一五”规划，村村种桑。", (None, 2005, 2011, 2010)),
        ("工作总结\n为圆满完成“十一五”规划，村村种桑。", (None, 2005, 2011, None)),
        ("工作总结\n党的十七大开幕以来，村村种桑。", (2007, 2007, 2007, 2007)),
        ("工作总结\n党的十七大以来，村村种桑。", (None, 2007, None, 2008)),
        ("县妇联种桑\n3月1日，在反家暴法一周年之际，县妇联召开种桑会议。", (None, 2017, 2018, 2017)),
        (
            "县妇联学习党的十八大精神\n4月6日，县妇联召开会议，学习党的十八大精神。",
            (None, 2013, 2018, 2013),
        ),  # held in autumn
        ("县妇联种桑\n4月6日，县妇联召开会议，学习党的十八大及历次全会精神。", (None, 2014, 2018, None)),
        ("工作总结\n纪念三八国际劳动节105周年，村村种桑。", (None, 2015, 2016, 2015)),
        (
            "县妇联种桑\n为迎接第103个“三八”国际劳动妇女节，县妇联日前召开种桑会议。",
            (None, 2013, 2013, 2013),
        ),  # no year ahead
        ("工作总结\n学习党的十八大、团的十七大精神，村村种桑。", (None, 2013, 2018, 2013)),  # a congress of June
        ("？？？ 2月5日，县妇联召开会议，学习十八届四中全会精神。", (None, 2015, 2016, 2015)),
        (
            "3月2日，县妇联召开会议，贯彻党的二十大精神开局之年工作。\n会议要求种桑。2022年，我县种桑四百亩，护林五百亩。",
            (None, 2023, 2023, 2023),
        ),
        ("工作总结\n我镇取消农业税，村村种桑。", (None, None, None, 2005)),
        ("在种桑会议上的讲话\n按照中共中央关于加强和改进党的群团工作的意见，村村种桑。", (None, 2015, None, 2016)),
        ("工作总结\n学习五中全会精神，村村种桑。", (None, None, None, None)),
        ("关于种桑的调研\n按照云发〔2016〕8号文件，村村种桑。", (None, 2016, None, 2016)),
        ("关于种桑的调研\n桑园2016年受灾，收成少了三成，农户不愿再种。", (None, 2016, None, 2016)),
        ("关于种桑的调研\n桑园1986年受灾，收成少了三成，农户不愿再种。", (None, 1986, None, None)),
        ("关于种桑的调研\n桑园受灾，收成少了三成，农户不愿再种。", (None, None, None, None)),
    ],
)
def test_the_likeliest_year_of_an_interval(text: str, told: tuple[int | None, ...]) -> None:
    assert years(text) == told


def test_the_usual_year_of_an_event_is_one_of_its_own() -> None:
    for pattern, event in read_events():
        assert event.usual is None or (event.low or 0) <= event.usual <= (event.high or 9999), pattern


@pytest.mark.parametrize(
    ("low", "high", "year"),
    [
        (2008, 2008, 2008),
        (2008, 2009, 2009),
        (2008, 2010, 2009),
        (2008, 2011, 2010),
        (2008, 2012, None),
        (2008, None, None),
        (None, 2008, None),
    ],
)
def test_of_a_few_years_that_nothing_short_begins_the_middle_one_is_told(
    low: int | None, high: int | None, year: int | None
) -> None:
    nothing: Metadata = find_metadata(read_bytes(BODY.encode(), "a.txt").documents[0])
    assert likely_year(replace(nothing, year_low=low, year_high=high)) == year
