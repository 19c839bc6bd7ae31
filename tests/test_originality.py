"""Nothing here was copied out of the real reports that the project is measured on."""

from __future__ import annotations

import csv
import os
import re
from functools import cache
from pathlib import Path

import pytest

from ingest.errors import NoText
from ingest.read import read
from ingest.script import to_simplified

ROOT = Path(__file__).parent.parent
REPORTS = os.environ.get("NIANLUN_REPORTS")
FOLDERS = ("ingest", "nlp", "index", "nianlun", "corpus", "docs", "notebooks", "benchmarks", "tests")
SUFFIXES = {".py", ".toml", ".csv", ".txt", ".md", ".json", ".jsonl", ".ipynb", ".html", ".css", ".js", ".docx", ".pdf"}
RUN = 8  # Han characters
HAN = re.compile(rf"[\u3400-\u9fff]{{{RUN},}}")
# Public facts: programmes, bodies, laws, papers and offices that anybody writes with these characters.
PUBLIC_NAMES = (
    "中国特色社会主义",
    "社会主义核心价值观",
    "群众路线教育实践活动",
    "男女平等基本国策",
    "妇女儿童发展规划",
    "妇女儿童工作委员会",
    "全面建设小康社会",
    "推进社会主义新农村建设的",
    "建设社会主义新农村",
    "深入学习实践科学发展观活动",
    "学习实践活动领导小组",
    "开展创先争优活动",
    "开展干部作风建设年活动",
    "又好又快发展大讨论",
    "城乡环境综合治理",
    "消除婴幼儿贫血行动",
    "妇女创业就业促进行动",
    "妇女小额担保贷款",
    "实施妇女儿童发展纲要",
    "维护妇女儿童权益",
    "维护妇女儿童合法权益",
    "妇女儿童事业发展",
    "巾帼志愿者服务队",
    "巾帼科技致富工程",
    "巾帼科技致富带头人",
    "巾帼科技致富能手",
    "坚强阵地和温暖之家",
    "诸葛亮文化旅游节",
    "第八次村委会换届",
    "非公企业工会主席",
    "基层妇联组织建设",
    "县妇儿工委办公室",
)


def runs(text):
    """Yield every run of eight Han characters, in simplified form."""
    for match in HAN.finditer(to_simplified(text)):
        yield from (match.group()[at : at + RUN] for at in range(len(match.group()) - RUN + 1))


@cache
def real():
    return frozenset(
        run for path in (Path(REPORTS) / "seeds").glob("*.txt") for run in runs(path.read_text("utf-8-sig"))
    )


def text_of(path):
    if path.suffix not in {".docx", ".pdf"}:
        return path.read_text("utf-8", errors="replace")
    try:
        return read(path).text
    except NoText:  # a scan: what it shows stands in a text file beside it
        return ""


def slogans():
    """Return the slogans and formulas that everybody writes: nobody's own words, listed so that they count as such."""
    with (ROOT / "index/data/slogans.csv").open(encoding="utf-8", newline="") as lines:
        return [row["term"] for row in csv.DictReader(lines)]


def files():
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES)


@pytest.mark.skipif(not REPORTS, reason="NIANLUN_REPORTS names no folder with seeds/")
def test_no_run_of_eight_characters_of_a_real_report_stands_here():
    public = {run for name in (*PUBLIC_NAMES, *slogans()) for run in runs(name)}
    copied = {
        str(path.relative_to(ROOT)): hits
        for path in files()
        if (hits := sorted({run for run in runs(text_of(path)) if run in real()} - public))
    }
    assert copied == {}


def test_the_names_excepted_are_few_and_short():
    assert len(PUBLIC_NAMES) <= 40
    assert max(map(len, PUBLIC_NAMES)) <= 16
