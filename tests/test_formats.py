"""Every format through the front door: sniffed by content, read, containers opened, in the index and out again."""

import zipfile
from pathlib import Path

import pytest

from index.store import Index
from ingest import ocr
from ingest.errors import IngestError, NestedTooDeep
from ingest.formats import CONTAINERS, READERS, reader_of
from ingest.read import DEEPEST, read, read_all, sources_in
from nianlun.reading import find_files, read_into

FORMATS = Path(__file__).resolve().parent.parent / "corpus" / "formats"
IMAGES = (".png", ".jpg", ".tif")
SAMPLES = sorted(path for path in FORMATS.iterdir() if path.suffix != ".py") if FORMATS.is_dir() else []
REPORT = "清溪镇工会2019年工作总结\n全年慰问困难职工36人。\n存在问题：经费不足。\n"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_is_known_by_its_content_whatever_its_name(path, tmp_path):
    needs_ocr = path.suffix in IMAGES or path.name == "scan.pdf"
    if needs_ocr and ocr.engine() is None:
        with pytest.raises(IngestError, match="nianlun\\[ocr\\]"):
            read(path)
        return
    renamed = tmp_path / "x.dat"
    renamed.write_bytes(path.read_bytes())
    found = list(read_all(renamed))
    assert found
    assert all(not isinstance(source, IngestError) for source in found)
    assert sum(len(source.documents) for source in found) >= 1


def test_every_kind_has_a_reader_that_can_be_loaded():
    assert all(callable(reader_of(kind)) for kind in READERS)
    assert READERS.keys() >= CONTAINERS


def pack(files):
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_one_bad_member_does_not_keep_the_others_from_being_read():
    data = pack(
        {
            "好.txt": REPORT.encode(),
            "空.txt": b"",
            "坏.docx": b"PK\x03\x04broken",
            "再一份.txt": REPORT.encode("gb18030"),
        }
    )
    found = list(sources_in(data, "报送.zip"))
    assert [source.path for source in found] == [
        "报送.zip",
        "报送.zip/好.txt",
        "报送.zip/空.txt",
        "报送.zip/坏.docx",
        "报送.zip/再一份.txt",
    ]
    assert [isinstance(source, IngestError) for source in found] == [False, False, True, True, False]
    assert found[1].text == found[4].text == REPORT


def test_archives_within_archives_are_opened_to_a_depth_and_no_further():
    data = REPORT.encode()
    for _ in range(DEEPEST + 1):
        data = pack({"里.zip" if data.startswith(b"PK") else "报告.txt": data})
    found = list(sources_in(data, "外.zip"))
    assert len(found) == DEEPEST + 2
    assert isinstance(found[-1], NestedTooDeep) or found[-1].path.endswith("报告.txt")
    deeper = list(sources_in(pack({"里.zip": data}), "外.zip"))
    assert isinstance(deeper[-1], NestedTooDeep)


def ingest(folder, index):
    files, _ = find_files([folder], folder / "reports.db")
    outcomes = list(read_into(index, files, fingerprint="f"))
    index.flush()
    return {outcome.file.name: outcome.status for outcome in outcomes}


def test_members_of_an_archive_stand_in_the_index_and_go_with_it(tmp_path):
    archive = tmp_path / "年报.zip"
    archive.write_bytes(pack({"一.txt": REPORT, "二.txt": REPORT.replace("2019", "2020"), "空.txt": ""}))
    with Index.open(tmp_path / "reports.db") as index:
        assert ingest(tmp_path, index) == {
            "年报.zip": "added", "年报.zip/一.txt": "added", "年报.zip/二.txt": "added", "年报.zip/空.txt": "failed"
        }  # fmt: skip
        assert [row.year for row in index.docs().rows] == [2019, 2020]
        assert ingest(tmp_path, index) == {"年报.zip": "unchanged"}
        archive.write_bytes(pack({"二.txt": REPORT.replace("2019", "2021")}))
        assert ingest(tmp_path, index) == {"年报.zip": "replaced", "年报.zip/二.txt": "replaced"}
        assert [row.year for row in index.docs().rows] == [2021]
        assert index.members("年报.zip") == ["年报.zip/二.txt"]


def test_a_report_in_a_field_of_a_table_begins_and_ends_at_the_borders_of_the_field():
    body = "".join(f"第{at}项工作：走访困难职工{at}户，送去慰问金。\n" for at in range(3, 40))
    rows = "".join(
        f'"{name}","首行：{name}总工会向大会报告。\n{body}末行：报告完毕。","办公室"\n' for name in ("清溪县", "石门县")
    )
    (source,) = sources_in(("标题,正文,来源\n" + rows).encode(), "报送.csv")
    assert [document.title for document in source.documents] == ["清溪县", "石门县"]
    for document in source.documents:
        assert document.text.startswith(f"首行：{document.title}总工会")
        assert document.text.endswith("末行：报告完毕。")
        start, end = document.to_source(0, len(document.text))
        assert source.text[start:end].endswith("末行：报告完毕。")
