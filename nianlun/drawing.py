"""What a picture needs, made ready while the question is answered: the converter takes longer to start than most answers.

Altair and pandas, which make the chart, are loaded by `nianlun.charts` when there is something to draw.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

_NOTHING = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "data": {"values": [{}]}, "mark": "point"}


def get_ready(path: Path | None) -> Thread | None:
    """Start the converter beside the rest for a picture of that name; without Python's lock it costs a second core, not time.

    It keeps what it made, so that the picture itself is drawn at once. What goes wrong is told where that is drawn. Nothing is
    done without a path.
    """
    if path is None:
        return None
    thread = Thread(target=_start, args=(path.suffix.lower(),))  # no daemon: Python must not end beneath it
    thread.start()
    return thread


def _start(suffix: str) -> None:
    with suppress(Exception):
        import vl_convert

        converter: Any = vl_convert
        if suffix == ".html":
            converter.javascript_bundle()  # two seconds of processor time, once in a process
        else:
            converter.vegalite_to_svg(_NOTHING)
