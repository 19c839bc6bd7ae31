"""Where a reading stands, told to whoever watches over it.

A reader that takes long says so with `step` at each page or member, and names the programs it starts with `started`. A process
with a time limit (`nianlun.worker`) listens and gives each step a time of its own; without a listener nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[str, str | int], None]
_listener: Listener | None = None


def listen(listener: Listener | None) -> None:
    """Let a listener hear ("step", name) and ("started", number of the process) from now on; None ends that."""
    global _listener
    _listener = listener


def step(name: str = "") -> None:
    """Say that the next step begins; `name` is the member of a container that is read now, if it is one."""
    if _listener is not None:
        _listener("step", name)


def started(process: int) -> None:
    """Say that a program was started, which leads a process group of its own, so that it can be ended with its reader."""
    if _listener is not None:
        _listener("started", process)
