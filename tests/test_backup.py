"""Nothing committed is ever lost: backups beside a writer, two writers, a full disk, a killed process, a pulled plug."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from index_samples import LEAVES, analysis, cut, source

from index import store
from index.backup import backup
from index.errors import BadBackup, NoSuchIndex, NotAnIndex
from index.store import Index
from nianlun.cli import cli
from nianlun.failures import explain
from nianlun.options import OK, USAGE

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
    "LC_ALL": "C.UTF-8",
    "NIANLUN_LANG": "zh",
}

# Adds one report after another and writes into a file which of them is committed.
WRITER = """
import sys
from index_samples import analysis, cut, source
from index import store
store.FLUSH_CHARS, store.WAL_PAGES = 3_000, int(sys.argv[4])
index = store.Index.open(sys.argv[1], cut=cut)
said = open(sys.argv[2], "w")
for number in range(int(sys.argv[3])):
    one = analysis(f"第{number}号报告:经费不足,缺口{number}元。" * 20, numbers=[(f"{number}元", number, "元")])
    index.add(source(f"{number}.txt", one), [one])
    said.write(f"{number}\\n")
    said.flush()
index.close()
"""


def made(path: Path, count: int = 3) -> Path:
    with Index.open(path, cut=cut, leaves=LEAVES) as index:
        for number in range(count):
            one = analysis(f"第{number}份:经费不足,缺口{number}万元。")
            index.add(source(f"{number}.txt", one), [one])
    return path


@contextmanager
def writing(path: Path, count: int = 100_000, pages: int = 100) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run a process that adds reports, and wait until it has begun."""
    said = path.with_suffix(".said")
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(said), str(count), str(pages)], env=ENVIRONMENT
    )
    try:
        until = time.monotonic() + 30
        while committed(said) < 1 and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        yield process, said
    finally:
        process.kill()
        process.wait()


def committed(said: Path) -> int:
    """Return how many reports a writer says to be in."""
    return said.read_text().count("\n") if said.exists() else 0


def test_a_backup_answers_as_the_index_does_and_is_one_plain_file(tmp_path: Path) -> None:
    db = made(tmp_path / "a.db")
    told = backup(db, tmp_path / "b.db")
    assert (told.documents, told.sources, told.size) == (3, 3, (tmp_path / "b.db").stat().st_size)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.db", "b.db"]
    with Index.open(tmp_path / "b.db", cut=cut) as index:
        assert index.check() == [] and index.search("经费").documents == 3


def test_backups_are_taken_and_readers_answer_while_a_writer_writes(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with writing(db) as (process, said):
        seen = []
        for number in range(4):
            before = committed(said)
            backup(db, tmp_path / f"{number}.db")
            with Index.open(db, cut=cut, read_only=True) as index:
                begun = time.monotonic()
                count = len(index.docs())
                assert index.search("经费").documents >= count and time.monotonic() - begun < 5
            with Index.open(tmp_path / f"{number}.db", cut=cut) as copy:
                assert copy.check() == []
                found = len(copy.docs())
                assert before <= found <= count and copy.search("经费").documents == found
            seen.append(found)
            until = time.monotonic() + 10
            while committed(said) < seen[-1] + 5 and time.monotonic() < until:
                time.sleep(0.01)
        assert process.poll() is None and seen == sorted(set(seen))


def test_a_backup_never_overwrites_by_itself_and_leaves_nothing_behind_when_it_fails(tmp_path: Path) -> None:
    db, other = made(tmp_path / "a.db"), tmp_path / "b.db"
    other.write_text("mine")
    for target, why in ((other, "exists"), (db, "same"), (tmp_path, "folder")):
        with pytest.raises(BadBackup) as refused:
            backup(db, target)
        assert refused.value.why == why
    assert other.read_text() == "mine"
    with pytest.raises(NoSuchIndex):
        backup(tmp_path / "none.db", tmp_path / "c.db")
    with pytest.raises(NotAnIndex):
        backup(other, tmp_path / "c.db")
    assert backup(db, other, force=True).documents == 3
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.db", "b.db"]


def test_a_damaged_index_is_no_backup(tmp_path: Path) -> None:
    db = made(tmp_path / "a.db", count=40)
    with sqlite3.connect(db) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sentences'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data = bytearray(db.read_bytes())
    data[page * size - 400 : page * size] = b"\xee" * 400
    db.write_bytes(data)
    (tmp_path / "old.db").write_text("the last good one")
    with pytest.raises((BadBackup, sqlite3.DatabaseError)):
        backup(db, tmp_path / "old.db", force=True)
    assert (tmp_path / "old.db").read_text() == "the last good one"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.db", "old.db"]


def test_the_command_says_what_it_made_and_what_it_would_not(tmp_path: Path) -> None:
    db, run = made(tmp_path / "a.db"), CliRunner(env={"LC_ALL": "zh_CN.UTF-8"}).invoke
    told = run(cli, ["backup", str(tmp_path / "b.db"), "--db", str(db)])
    assert told.exit_code == OK and "3 篇报告" in told.stderr and "核对无误" in told.stderr
    assert "没有覆盖" in run(cli, ["backup", str(tmp_path / "b.db"), "--db", str(db)]).stderr
    told = run(cli, ["backup", str(tmp_path / "b.db"), "--db", str(db), "--force", "--format", "json", "--lang", "en"])
    assert json.loads(told.stdout)["documents"] == 3 and "nothing wrong" in told.stderr
    assert run(cli, ["backup", str(tmp_path), "--db", str(db)]).exit_code == USAGE


@pytest.mark.parametrize(("name", "why"), [("nowhere/b.db", "nowhere"), ("file/b.db", "nowhere")])
def test_a_place_that_is_none_is_not_blamed_on_the_index(tmp_path: Path, name: str, why: str) -> None:
    db = made(tmp_path / "a.db")
    (tmp_path / "file").touch()
    with pytest.raises(BadBackup) as error:
        backup(db, tmp_path / name)
    assert error.value.why == why and "a.db" not in str(error.value)


def test_a_place_where_nothing_may_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = made(tmp_path / "a.db")

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(BadBackup) as error:
        backup(db, tmp_path / "b.db")
    assert error.value.why == "refused"
    assert explain(error.value, "zh")[0].startswith(f"不能写 {tmp_path / 'b.db'}")


def test_two_writers_take_turns(tmp_path: Path) -> None:
    db = made(tmp_path / "a.db", count=0)
    processes = []
    for name in ("one", "two"):
        code = WRITER.replace('f"{number}.txt"', f'f"{name}{{number}}.txt"').replace(
            "第{number}号", f"第{{number}}号{name}"
        )
        said = tmp_path / f"{name}.said"
        processes.append(
            subprocess.Popen([sys.executable, "-c", code, str(db), str(said), "60", "100"], env=ENVIRONMENT)
        )
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    with Index.open(db, cut=cut) as index:
        assert index.check() == [] and len(index.docs()) == 120 and index.search("经费").documents == 120
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix == ".db") == ["a.db"]


def test_processes_open_an_index_at_the_same_moment(tmp_path: Path) -> None:
    db = made(tmp_path / "a.db")
    code = """
import sys
from index_samples import cut
from index.store import Index
for _ in range(600):
    Index.open(sys.argv[1], cut=cut).close()
"""
    processes = [subprocess.Popen([sys.executable, "-c", code, str(db)], env=ENVIRONMENT) for _ in range(3)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    with Index.open(db, cut=cut) as index:
        assert index.check() == [] and index.search("经费").documents == 3


def test_a_writer_who_waits_in_vain_says_so_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.3)
    db = made(tmp_path / "a.db")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "新.txt").write_text("青岚县妇联2012年工作总结\n\n一、存在的问题\n经费不足。\n", "utf-8")
    other = Index.open(db, cut=cut)
    other.connection.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    told = CliRunner(env={"LC_ALL": "zh_CN.UTF-8"}).invoke(cli, ["ingest", str(tmp_path / "new"), "--db", str(db)])
    assert told.exit_code == USAGE and "另一个程序" in told.stderr and 0.2 < time.monotonic() - begun < 20, told.output
    other.connection.execute("ROLLBACK")
    other.close()
    with Index.open(db, cut=cut, read_only=True) as index:
        assert len(index.docs()) == 3


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_process_stopped_at_any_moment_leaves_all_that_it_committed(tmp_path: Path) -> None:
    """The process is halted thirty times; what then stands on the disk is what a kill would leave."""
    db, by_chance = tmp_path / "a.db", random.Random(30)
    states = []
    with writing(db) as (process, said):
        for number in range(30):
            time.sleep(by_chance.random() * 0.02)
            process.send_signal(signal.SIGSTOP)
            os.waitpid(process.pid, os.WUNTRACED)
            copy = tmp_path / f"state{number}.db"
            for tail in ("", "-wal"):
                if Path(f"{db}{tail}").exists():
                    shutil.copyfile(f"{db}{tail}", f"{copy}{tail}")
            states.append((copy, committed(said)))
            process.send_signal(signal.SIGCONT)
    assert len({count for _, count in states}) > 5
    for copy, count in states:
        with Index.open(copy, cut=cut) as index:
            found = len(index.docs())
            assert count <= found <= count + 1 and index.check() == []
            index.flush()
            assert index.search("经费").documents == found


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_pulled_plug_loses_nothing_that_was_brought_to_the_disk(tmp_path: Path) -> None:
    """Of the log, what was not brought to the disk may be missing, old or torn: everything before it stays, and nothing half."""
    db, by_chance = tmp_path / "a.db", random.Random(7)
    with writing(db, pages=1_000_000) as (
        process,
        said,
    ):  # all stays in the log, which alone is not brought to the disk at once
        while committed(said) < 40 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGSTOP)
        os.waitpid(process.pid, os.WUNTRACED)
        base, log = db.read_bytes(), Path(f"{db}-wal").read_bytes()
        count = committed(said)
    found = []
    for number in range(25):
        copy = tmp_path / f"torn{number}.db"
        copy.write_bytes(base)
        at = by_chance.randrange(32, len(log))
        tail = (b"", b"\0" * (len(log) - at), by_chance.randbytes(len(log) - at))[number % 3]
        Path(f"{copy}-wal").write_bytes(log[:at] + tail)
        with Index.open(copy, cut=cut) as index:
            assert index.check() == []
            texts = [row[0] for row in index.connection.execute("SELECT text FROM documents ORDER BY id")]
            assert texts == [f"第{one}号报告:经费不足,缺口{one}元。" * 20 for one in range(len(texts))]
            found.append(len(texts))
    assert max(found) <= count + 1 and len(set(found)) > 1


def test_a_commit_waits_until_it_is_on_the_disk(tmp_path: Path) -> None:
    with Index.open(tmp_path / "a.db", cut=cut) as index:
        asked = {
            name: index.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2}  # FULL


def small_reports(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        lines = "\n".join(
            f"第{number}村第{line}次走访困难妇女{number + line}人次,发放慰问金{line}万元。" for line in range(60)
        )
        (folder / f"{number:02d}.txt").write_text(f"青岚县妇联2012年工作总结\n\n一、主要成绩\n{lines}\n", "utf-8")
    return folder


# Both run the command that follows on a disk too small for it, then (the second disk only) on one with room.
LIMITED = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (500_000,) * 2); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
MOUNTED = """mount -t tmpfs -o size=700k none "$1" || exit 99
cd "$2"; shift 2
"$@" > ../said 2>&1; echo $? > ../code
mount -o remount,size=60m none "$(dirname "$DB")" && "$@" > ../said2 2>&1; echo $? > ../code2; cp "$DB" ../after.db"""


@pytest.mark.skipif(os.name != "posix", reason="limits are POSIX")
def test_a_full_disk_is_told_and_the_next_run_completes(tmp_path: Path) -> None:
    folder, db = small_reports(tmp_path / "pile", 25), tmp_path / "a.db"
    command = ["-m", "nianlun", "ingest", str(folder), "--db", str(db), "--jobs", "1", "--lang", "zh"]
    full = subprocess.run(
        [sys.executable, "-c", LIMITED, *command],
        env=ENVIRONMENT,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert full.returncode == USAGE and "磁盘" in full.stderr and "Traceback" not in full.stderr, full.stderr
    with Index.open(db, cut=cut) as index:
        assert index.check() == [] and len(index.docs()) < 25
    again = subprocess.run(
        [sys.executable, *command], env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert again.returncode == OK, again.stderr
    with Index.open(db, cut=cut) as index:
        assert index.check() == [] and len(index.docs()) == 25


@pytest.mark.skipif(sys.platform != "linux", reason="the small file system is Linux's")
def test_a_small_file_system_that_fills_up_loses_nothing(tmp_path: Path) -> None:
    """On a tmpfs of 0.7 MB, which is given room later; where none may be mounted, the limit of files above stands for it."""
    folder, small, work = small_reports(tmp_path / "pile", 25), tmp_path / "small", tmp_path / "work"
    small.mkdir()
    work.mkdir()
    db = small / "a.db"
    command = [sys.executable, "-m", "nianlun", "ingest", str(folder), "--db", str(db), "--jobs", "1", "--lang", "zh"]
    inside = ["unshare", "-rm", "sh", "-c", MOUNTED, "sh", str(small), str(work), *command]
    if shutil.which("unshare") is None:
        return
    done = subprocess.run(
        inside, env={**ENVIRONMENT, "DB": str(db)}, capture_output=True, text=True, timeout=180, check=False
    )
    if not (tmp_path / "code").exists():
        assert "mount" in done.stderr or "unshare" in done.stderr, done.stderr  # not allowed here
        return
    assert (tmp_path / "code").read_text().strip() == str(USAGE) and "磁盘满了" in (tmp_path / "said").read_text()
    assert (tmp_path / "code2").read_text().strip() == str(OK), (tmp_path / "said2").read_text()
    with Index.open(tmp_path / "after.db", cut=cut) as index:
        assert index.check() == [] and len(index.docs()) == 25


@pytest.mark.skipif(os.name != "posix", reason="limits are POSIX")
def test_a_backup_for_which_there_is_no_room_leaves_the_old_one(tmp_path: Path) -> None:
    db = made(tmp_path / "a.db", count=60)
    (tmp_path / "b.db").write_text("the last good one")
    limit = LIMITED.replace("500_000", "60_000")
    command = ["-m", "nianlun", "backup", str(tmp_path / "b.db"), "--force", "--db", str(db), "--lang", "zh"]
    told = subprocess.run(
        [sys.executable, "-c", limit, *command],
        env=ENVIRONMENT,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == USAGE and "没有备份成" in told.stderr, told.stderr
    assert (tmp_path / "b.db").read_text() == "the last good one" and len(list(tmp_path.iterdir())) == 2
