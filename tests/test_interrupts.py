"""Ctrl-C at any moment: while modules load, while processes that read start, in a command; always in words, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from small_reports import write_reports

from nianlun.interrupts import INTERRUPTED

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


def script(text: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run some Python as a program with a terminal's answer to Ctrl-C."""
    environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(text), *words], capture_output=True, env=environment, encoding="utf-8",
        timeout=300, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


@pytest.mark.parametrize("module", ["click", "nianlun.cli", "nianlun.commands.search", "index.store"])
@pytest.mark.parametrize(("lang", "told"), [("zh_CN.UTF-8", "已中断。"), ("en_GB.UTF-8", "Interrupted.")])
def test_ctrl_c_while_modules_load_is_answered_in_a_word(tmp_path: Path, module: str, lang: str, told: str) -> None:
    (tmp_path / "reports.db").touch()
    done = script(
        """
        import os, signal, sys

        class Stop:
            def find_spec(self, name, path=None, target=None):
                if name == os.environ["STOPPED_IN"]:
                    signal.raise_signal(signal.SIGINT)

        sys.meta_path.insert(0, Stop())
        from nianlun.__main__ import main
        main()
        """,
        "search", "经费", "--db", str(tmp_path / "reports.db"), LC_ALL=lang, STOPPED_IN=module,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.strip()) == (INTERRUPTED, "", told)


def test_ctrl_c_in_the_end_of_an_object_is_answered_too() -> None:
    done = script(
        """
        import signal
        from nianlun.interrupts import leave_at_once, raise_them

        class Last:
            def __del__(self):
                signal.raise_signal(signal.SIGINT)

        leave_at_once()
        raise_them()
        Last()
        print("went on")
        """
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (INTERRUPTED, "", "已中断。")


def test_processes_that_read_do_not_hear_ctrl_c_while_they_load(tmp_path: Path) -> None:
    path = write_reports(tmp_path) / "总结.txt"
    done = script(
        """
        import os, signal, sys
        from multiprocessing import forkserver
        from nianlun.worker import Task
        from nianlun.workers import Workers, get_ready

        get_ready()
        os.kill(forkserver._forkserver._forkserver_pid, signal.SIGINT)
        with Workers() as workers:
            (reading,) = [one for one in workers.read([Task(path=sys.argv[1], name="a.txt", size=1)]) if one]
            print([item[0] for item in reading.items()])
        assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
        """,
        str(path),
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "['source', 'chunk']", "")


def test_what_a_library_imports_leaves_ctrl_c_alone() -> None:
    done = script("import signal, nianlun.cli; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)")
    assert done.stdout.strip() == "True"
