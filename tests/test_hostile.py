"""Two hundred files that mean harm, or came to it, read in one run: each is read or listed with its reason, all others too."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import hostile
import pytest
from click.testing import CliRunner

from index.store import Index
from nianlun import worker
from nianlun.cli import cli
from nianlun.reading import find_files, read_into
from nianlun.worker import Limits, Task
from nianlun.workers import Workers

SECONDS, MEGABYTES = 8, 1024
ALL_TOGETHER = 240  # seconds; some 30 on a quiet machine
ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(not hostile.FORMATS.is_dir(), reason="no samples beside the tests")
Row = dict[str, object]


class Run:
    """What one run over the whole folder gave."""

    def __init__(self, folder: Path) -> None:
        self.expected = hostile.make(folder / "pile")
        self.home = folder
        command = [
            *(sys.executable, "-m", "nianlun", "ingest", str(folder / "pile"), "--db", str(folder / "reports.db")),
            *("--time-limit", str(SECONDS), "--memory-limit", str(MEGABYTES), "--jobs", "2", "--lang", "zh"),
        ]
        begun = time.monotonic()
        self.done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=ALL_TOGETHER, check=False)
        self.seconds = time.monotonic() - begun
        connection = sqlite3.connect(folder / "reports.db")
        connection.row_factory = sqlite3.Row
        self.rows = {
            str(row["path"]).removeprefix("pile/"): dict(row) for row in connection.execute("SELECT * FROM sources")
        }
        connection.close()

    def members(self, name: str) -> Iterator[Row]:
        return (row for path, row in self.rows.items() if path.startswith(f"{name}/"))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(tmp_path_factory.mktemp("hostile"))


def test_the_run_ends_by_itself_with_the_code_of_files_that_failed(run: Run) -> None:
    assert run.done.returncode == 3, run.done.stderr[-2000:]
    assert "Traceback" not in run.done.stderr and "Error:" not in run.done.stderr
    assert len(run.expected) >= 200


def test_each_file_is_read_or_listed_with_reason_and_remedy(run: Run) -> None:
    wrong = []
    for name, outcome in run.expected.items():
        row = run.rows.get(name)
        if row is None:
            wrong.append((name, "no row"))
            continue
        whole, _, inside = outcome.partition("/")
        found = hostile.READ if row["status"] in ("read", "copy") else row["code"]
        if found == "internal" or (found not in whole.split() and "*" not in whole):
            wrong.append((name, row["status"], row["code"], row["reason"]))
        if found != hostile.READ and not (
            row["reason"] and row["reason_zh"] and (row["remedy_zh"] or found == "no_text")
        ):
            wrong.append((name, "without reason or remedy", row["code"]))
        codes = {member["code"] for member in run.members(name) if member["status"] == "failed"}
        if "internal" in codes or (inside and inside != "*" and not codes & set(inside.split())):
            wrong.append((name, "inside", codes))
    assert not wrong


def test_sound_files_beside_bad_ones_in_an_archive_are_read(run: Run) -> None:
    for name in ("bombs/zip_flat.zip/好.txt", "escapes/names.zip/etc/out.txt", "escapes/links.tar/out.txt"):
        assert run.rows[name]["status"] in ("read", "copy"), run.rows[name]


def test_members_keep_harmless_names_and_nothing_is_written_outside(run: Run) -> None:
    assert not any(".." in path or path.startswith("/") or "\u202e" in path for path in run.rows if "escapes" in path)
    assert sorted(path.name for path in run.home.iterdir()) == ["pile", "reports.db"]
    assert not Path("/tmp/out.txt").exists() and not Path("/etc/out.txt").exists()


def test_entities_are_neither_expanded_nor_fetched(run: Run) -> None:
    secret = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else "127.0.0.1"
    for name, row in run.rows.items():
        if "laughs" in name or "strange" in name:
            assert "哈" * 20 not in str(row["text"]) and (not secret or secret not in str(row["text"])), name


def test_links_that_lead_in_a_circle_end(run: Run) -> None:
    assert not any("loop/loop" in name for name in run.rows)


def test_the_index_is_whole_and_a_second_run_reads_none_of_the_read_files(run: Run) -> None:
    with Index.open(run.home / "reports.db") as index:
        assert index.check() == []
        assert all(known.is_current for known in index.known_files().values()) is False
    assert run.seconds < ALL_TOGETHER


def _pile(folder: Path) -> Path:
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(hostile.REPORT.replace("36", str(number + 3)), "utf-8")
    return folder


def _read(folder: Path, workers: Workers) -> dict[str, tuple[str, str | None]]:
    db = folder.parent / "reports.db"
    with Index.open(db) as index:
        files, _ = find_files([folder], db)
        outcomes = list(read_into(index, files, fingerprint="x", workers=workers))
    return {Path(one.file.name).name: (one.status, one.trouble and one.trouble.code) for one in outcomes}


def test_a_file_over_its_memory_is_listed_and_the_others_are_read(tmp_path: Path) -> None:
    folder = _pile(tmp_path / "pile")
    with (folder / "3_large.txt").open("wb") as file:
        file.truncate(900 * 2**20)
    with Workers(1, Limits(seconds=60, megabytes=600)) as workers:
        found = _read(folder, workers)
    assert found["3_large.txt"] == ("failed", "memory_limit")
    assert [status for status, code in found.values()].count("added") == 6
    assert workers.peak < 700 * 2**20


def test_a_file_over_its_time_is_listed_and_the_others_are_read(tmp_path: Path) -> None:
    folder = _pile(tmp_path / "pile")
    (folder / "3_long.txt").write_text((hostile.REPORT * 60_000), "utf-8")
    with Workers(1, Limits(seconds=0.3, megabytes=2048)) as workers:
        found = _read(folder, workers)
    assert found["3_long.txt"] == ("failed", "time_limit")
    assert [status for status, code in found.values()].count("added") == 6


def test_a_member_that_ends_its_reader_leaves_the_rest_of_the_archive(tmp_path: Path) -> None:
    folder = _pile(tmp_path / "pile")
    bad = next(data for name, data, _ in hostile.broken_pdfs() if name == "recursive.pdf")
    sound = hostile.REPORT.encode()
    (folder / "9.zip").write_bytes(hostile.pack({"a.txt": sound, "b.pdf": bad, "c.txt": sound.replace(b"36", b"48")}))
    with Workers(1, Limits(seconds=30, megabytes=1024)) as workers:
        found = _read(folder, workers)
    assert found["b.pdf"][0] in ("failed", "added", "copy")  # pdfium itself may learn to bear it
    assert found["9.zip"] == ("added", None) and found["c.txt"][0] in ("added", "copy")


@pytest.mark.parametrize("change", ["gone", "shorter", "longer"])
def test_a_file_that_changes_after_it_was_found_is_stored_as_it_was_read(tmp_path: Path, change: str) -> None:
    folder = _pile(tmp_path / "pile")
    db, path = tmp_path / "reports.db", folder / "2.txt"
    files, _ = find_files([folder], db)
    data = path.read_bytes()
    if change == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-30] if change == "shorter" else data * 2)
    with Index.open(db) as index:
        outcomes = {one.file.name: one for one in read_into(index, files, fingerprint="x")}
        row = index.known_files("x")["pile/2.txt"]
    if change == "gone":
        assert outcomes["pile/2.txt"].trouble is not None and outcomes["pile/2.txt"].trouble.code == "cannot_open"
    else:
        assert (row.sha256, row.size) == (sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
    assert sum(one.status in ("added", "copy") for one in outcomes.values()) == (5 if change == "gone" else 6)


def test_the_bytes_that_are_read_are_those_that_are_hashed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, times = Path.read_bytes, []

    def growing(one: Path) -> bytes:
        data = read(one)
        if one == path:
            times.append(one)
            one.write_bytes(data + "又一行。\n".encode())
        return data

    path = tmp_path / "总结.txt"
    path.write_text(hostile.REPORT, "utf-8")
    before = path.read_bytes()
    monkeypatch.setattr(Path, "read_bytes", growing)
    head = next(worker.read(Task(path=str(path), name="总结.txt", size=len(before))))
    assert len(times) == 1
    assert head[2:4] == (sha256(before).hexdigest(), len(before)) and head[6] == hostile.REPORT


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX")
def test_a_program_that_a_reader_started_ends_with_it(tmp_path: Path) -> None:
    script = f"""
import os, subprocess, sys, time
from ingest import pace
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
pace.started(child.pid)
open({str(tmp_path / "child")!r}, "w").write(str(child.pid))
time.sleep(600)
"""
    code = f"""
import sys, nianlun.workers as workers
from nianlun.worker import Limits, Task
def stuck(data, path, **_):
    exec({script!r})
import nianlun.worker
with workers.Workers(1, Limits(seconds=1)) as pool:
    (found,) = [one for one in pool.read([Task(path=__file__, name="a", size=1)]) if one is not None]
    print([item[2] for item in found.items()])
"""
    place = tmp_path / "warm_and_stuck.py"  # what the processes are copies of, with a reader that does not come back
    place.write_text(f"import nianlun.warm, ingest.read\ndef stuck(data, path, **_):\n    exec({script!r})\n    yield\n"
                     "ingest.read.sources_in = stuck\n")  # fmt: skip
    code = code.replace("import nianlun.worker\n", "workers._PRELOAD = 'warm_and_stuck'\n")
    main = tmp_path / "main.py"
    main.write_text(code)
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, str(main)], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert "time_limit" in done.stdout, done.stderr
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split(")")[1][:3]:
            break
        time.sleep(0.1)
    else:
        pytest.fail("it lives on")


def test_analysing_one_file_keeps_the_same_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nianlun.worker.Limits.time_for", lambda self, size: 0.3)
    monkeypatch.setattr("nlp.analyse.find_problems", lambda *_: time.sleep(20) or ())
    path = tmp_path / "a.txt"
    path.write_text(hostile.REPORT, "utf-8")
    told = CliRunner().invoke(cli, ["analyse", str(path), "--lang", "zh"])
    assert "--time-limit" in told.stderr and "Traceback" not in told.stderr and told.exit_code == 3


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_ctrl_c_and_kill_leave_an_index_that_the_next_run_completes(tmp_path: Path) -> None:
    folder, db = tmp_path / "pile", tmp_path / "reports.db"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number:03d}.txt").write_text(hostile.REPORT.replace("36", str(number)) * 12, "utf-8")
    command = [sys.executable, "-m", "nianlun", "ingest", str(folder), "--db", str(db), "--jobs", "2", "--lang", "zh"]
    for number, code in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        until = time.monotonic() + 60
        while time.monotonic() < until and _count(db) < (5 if code == 130 else 60):
            time.sleep(0.02)
        process.send_signal(number)
        said = process.communicate(timeout=30)[1]
        if _count(db) < 150:
            assert process.returncode == code, said
            assert code != 130 or "已中断" in said
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    with Index.open(db) as index:
        assert index.check() == [] and len(index.known_files()) == 150


def _count(db: Path) -> int:
    try:
        with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM sources").fetchone()[0])
    except sqlite3.Error:
        return 0
