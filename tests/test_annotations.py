"""Annotations out to Label Studio and doccano and back in, in files shaped as these tools write them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from small_reports import write_reports
from test_review import MONEY, SHORT, place, rows, run, sentences

from index.store import Index
from nianlun.annotations import read_annotations
from nianlun.options import NO_MATCH, OK, USAGE


@pytest.fixture
def db(tmp_path: Path) -> Path:
    write_reports(tmp_path / "reports")
    assert run("ingest", tmp_path / "reports", "--db", tmp_path / "reports.db").exit_code == OK
    return tmp_path / "reports.db"


def studio(text: str, reference: str | None, *results: list[dict[str, object]], **more: object) -> dict[str, object]:
    """Return a task as Label Studio exports it, an annotation for each result."""
    return {
        "id": 7,
        "annotations": [
            {
                "id": 20 + at, "completed_by": 10, "result": result, "was_cancelled": False, "ground_truth": False,
                "created_at": f"2024-03-0{at + 1}T21:48:49.513742Z", "updated_at": f"2024-03-0{at + 1}T22:16:08.746926Z",
                "lead_time": 8.2, "prediction": {}, "result_count": 0, "task": 7, **more,
            }
            for at, result in enumerate(results)
        ],
        "file_upload": "a1b2-tasks.json", "drafts": [], "predictions": [], "meta": {}, "inner_id": 1, "project": 83,
        "data": {"text": text, "reference": reference, "where": ""},
    }  # fmt: skip


def choice(of: str, *values: str) -> dict[str, object]:
    return {
        "value": {"choices": list(values)}, "id": "Dx_aB91ISN", "from_name": of, "to_name": "text", "type": "choices",
        "origin": "manual",
    }  # fmt: skip


def span(start: int, end: int, text: str, label: str) -> dict[str, object]:
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"value": value, "id": "Qx1", "from_name": "spans", "to_name": "text", "type": "labels", "origin": "manual"}


@pytest.mark.parametrize(
    ("item", "leaves"),
    [
        (studio(MONEY, place(MONEY), [choice("polarity", "存在"), choice("leaves", "重视不够", "经费不足")]), "low_attention"),
        (studio(MONEY, None, [choice("leaves", "low_attention")]), "low_attention"),
        (studio(MONEY, "别处@3-9", [choice("leaves", "重视不够")]), "low_attention"),
        (studio(MONEY, place(SHORT), [choice("leaves", "重视不够")]), "low_attention"),  # the reference is an old one
        (studio(MONEY, None, [choice("polarity", "不是问题")]), None),
        (studio(MONEY, None, [choice("polarity", "不是问题")], [choice("leaves", "重视不够")]), "low_attention"),
        ({"text": MONEY, "id": 7, "leaves": {"choices": ["重视不够", "经费不足"]}, "annotator": 3, "lead_time": 1.5}, "low_attention"),
        ({"text": MONEY, "id": 7, "leaves": "重视不够", "annotator": 3}, "low_attention"),
        ({"id": 1, "text": MONEY, "label": ["重视不够"], "Comments": []}, "low_attention"),
        ({"id": 1, "text": MONEY, "label": ["不是问题"]}, None),
        ({"id": 1, "text": MONEY.replace("较大", "极大"), "label": ["重视不够"]}, "funding_gap"),  # other words
    ],
)  # fmt: skip
def test_what_another_tool_says_of_a_sentence_becomes_a_correction(
    db: Path, tmp_path: Path, item: dict[str, object], leaves: str | None
) -> None:
    path = tmp_path / "export.json"
    whole = json.dumps([item], ensure_ascii=False) if "annotations" in item else json.dumps(item, ensure_ascii=False)
    path.write_text(whole, encoding="utf-8")
    result = run("annotations", "--import", path, "--db", db)
    found = sentences(db)
    assert (found[MONEY][0] if MONEY in found else None) == leaves, result.output
    if leaves == "funding_gap":
        assert result.exit_code == NO_MATCH and "找不到原句" in result.stderr
        return
    assert result.exit_code == OK
    made = rows("corrections", "--db", db)
    assert made and {row["state"] for row in made} == {"placed"}
    again = run("annotations", "--import", path, "--db", db)
    assert (
        "新的更正 0 条" in again.stderr and rows("corrections", "--db", db) == made
    )  # what was said is not said twice


@pytest.mark.parametrize(
    "item",
    [
        studio(MONEY, None),
        studio(MONEY, None, []),
        studio(MONEY, None, [choice("leaves", "重视不够")], was_cancelled=True),
        studio(MONEY, None, [choice("mood", "不错")]),
        {"id": 1, "text": MONEY, "label": [], "Comments": []},
        {"id": 1, "text": MONEY},
        {"id": 1, "text": MONEY, "entities": [], "relations": []},
    ],
)
def test_what_nobody_annotated_is_left_alone(db: Path, tmp_path: Path, item: dict[str, object]) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps([item], ensure_ascii=False), encoding="utf-8")
    before = sentences(db)
    run("annotations", "--import", path, "--db", db)
    assert sentences(db) == before and rows("corrections", "--db", db) == []


def test_who_annotated_stands_in_the_log(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    items = [studio(MONEY, None, [choice("leaves", "重视不够")], completed_by={"id": 4, "email": "lin@example.org"})]
    path.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    run("annotations", "--import", path, "--db", db)
    assert {row["made_by"] for row in rows("corrections", "--db", db)} == {"label-studio lin@example.org"}
    items = [studio(SHORT, None, [choice("polarity", "已解决")])]
    path.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    run("annotations", "--import", path, "--by", "周", "--db", db)
    assert rows("corrections", "--db", db)[-1]["made_by"] == "周"


@pytest.mark.parametrize("kind", ["label-studio", "doccano"])
def test_what_goes_out_comes_back_as_it_was(db: Path, tmp_path: Path, kind: str) -> None:
    run("correct", place(MONEY), "类别", "重视不够", "--db", db)
    run("correct", place(SHORT), "问题", "否", "--db", db)
    before, log = sentences(db), rows("corrections", "--db", db)
    path = tmp_path / "tasks.json"
    result = run("annotations", "--export", path, "--as", kind, "--db", db)
    assert result.exit_code == OK and "其中 2 句有人工更正" in result.stderr
    items = list(read_annotations(path))
    if kind == "label-studio":
        assert sum(one is None for one in items) == len(items) - 2  # a prediction is no annotation
        (first, *_) = json.loads(path.read_text(encoding="utf-8"))
        assert 0 <= first["predictions"][0]["score"] <= 1 and first["annotations"] == []
    run("annotations", "--import", path, "--db", db)
    after = sentences(db)
    assert {text: main for text, (main, _) in after.items()} == {text: main for text, (main, _) in before.items()}
    if kind == "label-studio":
        assert rows("corrections", "--db", db) == log


def test_spans_go_out_with_their_places_and_those_that_are_gone_are_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    text = "柳林街道团工委整改措施\n一、存在的问题\n1、缺少12名专职干部,团费只收上来3.6万元,经费紧张。\n"
    (folder / "整改.txt").write_text(text, encoding="utf-8")
    db = tmp_path / "reports.db"
    run("ingest", folder, "--db", db)
    path = tmp_path / "spans.jsonl"
    run("annotations", "--export", path, "--as", "doccano-spans", "--db", db)
    (item,) = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    named = [item["text"][start:end] for start, end, _ in item["label"]]
    assert named == ["12名", "3.6万元"]
    entities = [{"id": 1, "label": "数字", "start_offset": item["label"][1][0], "end_offset": item["label"][1][1]}]
    back = {
        "id": 9,
        "text": item["text"],
        "entities": entities,
        "relations": [],
        "Comments": [],
        "reference": item["reference"],
    }
    path.write_text(json.dumps(back, ensure_ascii=False) + "\n", encoding="utf-8")
    assert run("annotations", "--import", path, "--db", db).exit_code == OK
    with Index.open(db, read_only=True) as index:
        assert [one.text for one in index.numbers()] == ["3.6万元"]
    (made,) = rows("corrections", "--db", db)
    run("corrections", "--undo", made["number"], "--db", db)
    regions = [span(entities[0]["start_offset"], entities[0]["end_offset"], "3.6万元", "number")]
    path.write_text(
        json.dumps([studio(item["text"], item["reference"], regions)], ensure_ascii=False), encoding="utf-8"
    )
    assert run("annotations", "--import", path, "--db", db).exit_code == OK
    with Index.open(db, read_only=True) as index:
        assert [one.text for one in index.numbers()] == ["3.6万元"]


def test_the_labelling_interface_is_xml_with_every_leaf() -> None:
    for lang in ("zh", "en"):
        root = ElementTree.fromstring(run("annotations", "--config", lang=lang).stdout)
        values = {one.attrib["value"] for one in root.iter() if one.tag in ("Choice", "Label")}
        assert ("经费不足" in values) == (lang == "zh") and len(values) > 25


@pytest.mark.parametrize("content", ["[1, 2]", "{", "名称,值\n", '{"answer": 42}', '[{"data": {"text": "无"}}, "x"]'])
def test_a_file_of_another_kind_is_refused(db: Path, tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    result = run("annotations", "--import", path, "--db", db)
    assert result.exit_code == USAGE and "不是 Label Studio 或 doccano" in result.stderr
    assert run("annotations", "--db", db).exit_code == USAGE
