"""A folder of small reports, written for the tests of the command line and the notebook API."""

from __future__ import annotations

from pathlib import Path

PLAN = """青岚县妇联2011年工作要点

2011年,县妇联将围绕中心,服务大局。
一、实施“春蕾计划”
募集助学资金12万元,资助女童60名,6月30日前发放到位。
二、抓好培训
举办家政培训班8期,培训妇女约500人次。
青岚县妇女联合会
2011年2月18日
"""

SUMMARY = """青岚县妇联2012年工作总结

一、主要成绩
2012年,共举办家政培训班9期,培训妇女620人次。“春蕾计划”资助女童72名,经费有保证。
二、存在的问题
一是经费不足,日常经费缺口较大。
二是部分干部业务不熟,能力不足。
青岚县妇女联合会
2012年12月20日
"""

RECTIFICATION = """横塘镇工会整改措施

一、存在的问题
1、经费不足,缺少稳定的经费来源。
2、深入基层不够,调查研究少。
二、整改措施
1、积极争取经费。培训人数**余人。
"""

UNION = """横塘镇工会2012年工作总结

一、工作开展情况
全年帮扶困难职工**户,发放慰问金3.5万元,职工满意。
"""

REPORTS = {
    "要点.txt": PLAN,
    "总结.txt": SUMMARY,
    "整改.txt": RECTIFICATION,
    "工会.txt": UNION,
}


def write_reports(folder: Path) -> Path:
    """Write the small reports into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
