"""Ctrl-C from the first moment: answered in a word while the program loads, raised as KeyboardInterrupt once a command runs."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from nianlun.language import Words, language_in, language_of

INTERRUPTED = 130  # the exit code of a program that Ctrl-C ended
WORDS = Words("已中断。", "Interrupted.")


def leave_at_once() -> None:
    """Let Ctrl-C end the process in a word, as long as it has begun nothing: for the time in which modules are loaded."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
        sys.unraisablehook = _told(sys.unraisablehook)


def raise_them() -> None:
    """Let Ctrl-C raise KeyboardInterrupt from now on: what a command has begun, it also ends."""
    if signal.getsignal(signal.SIGINT) is _leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _leave(*_: object) -> None:
    lang = language_in(sys.argv[1:]) or language_of(os.environ)
    os.write(2, f"\n{WORDS.in_(lang)}\n".encode())
    os._exit(INTERRUPTED)


def _told(before: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a hook that leaves where Ctrl-C came in a place from which Python raises nothing, as in the end of an object."""

    def hook(told: Any) -> None:
        if isinstance(told.exc_value, KeyboardInterrupt):
            _leave()
        before(told)

    return hook
