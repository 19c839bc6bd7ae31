"""Archives: members with readable, harmless names; what is refused is told and stops nothing."""

import gzip
import io
import struct
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from spoilt import spoilt

from ingest import archive
from ingest.archive import harmless, is_packed, is_tar, read_packed, read_tar, read_zip
from ingest.errors import DamagedFile, EncryptedFile, IngestError, TooLarge, UnsupportedFormat

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
SAMPLE = (FORMATS / "reports.zip").read_bytes()


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members:
            file.writestr(name, data)
    return out.getvalue()


def tarred(*infos):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        for info, data in infos:
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return out.getvalue()


def troubles(raw):
    return {member.name: type(member.trouble) for member in raw.members}


def test_names_in_gbk_are_read_and_what_systems_leave_behind_is_left_out():
    members = {member.name: member.data for member in read_zip(SAMPLE, "reports.zip").members}
    assert list(members) == [
        "2015年/工作总结（送审稿）.txt",
        "2015年/数据说明.txt",
        "2015年/总结.ofd",
        "2015年/历年.zip",
    ]
    assert members["2015年/数据说明.txt"] == (FORMATS / "mail.txt").read_bytes()
    inner = read_zip(members["2015年/历年.zip"], "reports.zip/2015年/历年.zip")
    assert [member.name for member in inner.members] == ["榆堰县/说明.txt"]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "big5"])
def test_names_without_a_flag_are_decoded_by_their_looks(encoding):
    names = ["婦聯工作總結.txt", "鄉鎮計畫.txt"] if encoding == "big5" else ["妇联工作总结.txt", "乡镇计划.txt"]
    data = zipped([("a" * len(name.encode(encoding)), b"1") for name in names])
    for name in names:
        stand_in = b"a" * len(name.encode(encoding))
        data = data.replace(stand_in, name.encode(encoding), 1)[:]
    at = data.index(b"PK\x01\x02")
    tail = data[at:]
    for name in names:
        tail = tail.replace(b"a" * len(name.encode(encoding)), name.encode(encoding), 1)
    assert [member.name for member in read_zip(data[:at] + tail, "x.zip").members] == names


def test_names_with_the_flag_of_utf8_are_read_as_such():
    assert [m.name for m in read_zip(zipped([("调研报告.txt", b"1")]), "x.zip").members] == ["调研报告.txt"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\win.ini", "Windows/win.ini"),
        ("..\\..\\总结.txt", "总结.txt"),
        ("a/./b/../c.txt", "a/b/c.txt"),
        ("两行\n名字.txt", "两行_名字.txt"),
        ("\u202etxt.exe", "_txt.exe"),
        ("", "_"),
        ("..", "_"),
        ("长" * 500 + ".docx", "长" * 195 + ".docx"),
        ("2015年总结.docx", "2015年总结.docx"),
        ("第1..2季度.txt", "第1..2季度.txt"),
    ],
)
def test_names_are_made_harmless(name, expected):
    assert harmless(name) == expected


def test_members_of_one_name_are_told_apart():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([("总结.txt", b"1"), ("总结.txt", b"2"), ("../总结.txt", b"3")])
    found = [(member.name, member.data) for member in read_zip(data, "x.zip").members]
    assert found == [("总结.txt", b"1"), ("总结 (2).txt", b"2"), ("总结 (3).txt", b"3")]


def test_an_encrypted_member_is_listed_and_the_others_are_read():
    data = bytearray(zipped([("密.txt", b"secret"), ("明.txt", b"plain")]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    raw = read_zip(bytes(data), "x.zip")
    assert troubles(raw) == {"密.txt": EncryptedFile, "明.txt": type(None)}
    assert [member.data for member in raw.members] == [b"", b"plain"]
    assert "x.zip/密.txt" in str(raw.members[0].trouble)


def test_a_bomb_is_refused_and_the_others_are_read():
    raw = read_zip(zipped([("弹.txt", bytes(20 * 2**20)), ("总结.txt", b"text")]), "x.zip")
    assert troubles(raw) == {"弹.txt": TooLarge, "总结.txt": type(None)}


def test_text_that_packs_well_is_no_bomb():
    text = "".join(f"第{number}项，走访{number % 97}户。" for number in range(300_000)).encode()
    assert read_zip(zipped([("总结.txt", text)]), "x.zip").members[0].data == text


def test_members_together_keep_within_the_limit():
    raw = read_zip(zipped([(f"{at}.txt", bytes(range(256)) * 4) for at in range(5)]), "x.zip", limit=3_000)
    assert [member.trouble is None for member in raw.members] == [True, True, False, False, False]


def test_a_header_that_lies_about_the_size_is_not_believed():
    data = bytearray(zipped([("弹.txt", bytes(20 * 2**20))]))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    assert read_zip(bytes(data), "x.zip").members[0].trouble is not None


def test_of_too_many_members_the_rest_is_told(monkeypatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 10)
    raw = read_zip(zipped([(f"{at}.txt", b"1") for at in range(12)]), "x.zip")
    assert len(raw.members) == 11
    assert "12 members" in str(raw.members[-1].trouble)


def test_a_directory_of_absurd_size_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(archive, "MOST_ENTRIES", 10)
    with pytest.raises(TooLarge):
        read_zip(zipped([(f"{at}.txt", b"1") for at in range(12)]), "x.zip")


def test_links_are_no_files():
    link = zipfile.ZipInfo("密码")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert troubles(read_zip(zipped([(link, "/etc/passwd")]), "x.zip")) == {"密码": UnsupportedFormat}
    info = tarfile.TarInfo("密码")
    info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
    assert troubles(read_tar(tarred((info, b"")), "x.tar")) == {"密码": UnsupportedFormat}


def test_a_packed_tar_gives_its_members_and_a_packed_file_itself():
    data = (FORMATS / "reports.tar.gz").read_bytes()
    assert is_packed(data) and is_tar(gzip.decompress(data))
    assert read_packed(data, "x.tar.gz").members[0].name == "2015年/工作总结（送审稿）.txt"
    (only,) = read_packed(gzip.compress(b"text"), "往年/总结.txt.gz").members
    assert (only.name, only.data) == ("总结.txt", b"text")


def test_a_packed_bomb_is_refused():
    with pytest.raises(TooLarge):
        read_packed(gzip.compress(bytes(50 * 2**20)), "x.gz")


@pytest.mark.parametrize("text", ["总结".encode(), bytes(512), b"a" * 600, "工作要点".encode() * 100])
def test_what_is_no_tar_is_not_taken_for_one(text):
    assert not is_tar(text)


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        (read_zip, SAMPLE[: len(SAMPLE) // 2]),
        (read_zip, b"PK\x03\x04"),
        (read_zip, b""),
        (read_tar, bytes(100)),
        (read_packed, gzip.compress(b"text" * 100)[:-12]),
        (read_packed, b"\x1f\x8b" + bytes(30)),
    ],
)
def test_a_broken_archive_is_told_as_spoilt(reader, data):
    with pytest.raises(DamagedFile):
        reader(data, "x")


@settings(max_examples=150, deadline=None)
@given(spoilt(SAMPLE))
def test_damage_to_a_zip_raises_nothing_but_an_ingest_error(data):
    with suppress(IngestError):
        for member in read_zip(data, "x.zip").members:
            assert member.trouble is None or isinstance(member.trouble, IngestError)


@settings(max_examples=100, deadline=None)
@given(
    spoilt((FORMATS / "reports.tar.gz").read_bytes()),
    spoilt(gzip.decompress((FORMATS / "reports.tar.gz").read_bytes())),
)
def test_damage_to_a_tar_raises_nothing_but_an_ingest_error(packed, plain):
    for reader, data in ((read_packed, packed), (read_tar, plain)):
        with suppress(IngestError):
            reader(data, "x")
