"""`nianlun serve`: the index in a browser, through Datasette."""

from __future__ import annotations

import os

import click

from nianlun import bilingual
from nianlun.bilingual import option
from nianlun.options import OK, USAGE, Run, common

HOST = "127.0.0.1"


@bilingual.command(
    "serve",
    "在浏览器里查看索引(Datasette):只读,只限本机,不联网;表和列有中文名,附现成的查询。",
    "Look at the index in a browser (Datasette): read-only, this machine alone, no network; ready-made queries.",
    ("nianlun serve --open", "打开浏览器查看 reports.db", "open a browser on reports.db"),
    ("nianlun serve --db 妇联.db --port 8080", "换一个索引和端口", "another index, another port"),
)
@option(
    "--port", "-p", type=click.IntRange(1, 65535), default=8001, metavar="N", show_default=True, zh="端口", en="port"
)
@option("--open", "open_browser", is_flag=True, zh="同时打开浏览器", en="open the browser too")
@common(formats=("table",))
def command(run: Run, port: int, open_browser: bool) -> int:
    import socket

    with run.index():  # whatever is wrong with the file is told before a server starts
        pass
    with socket.socket() as probe:
        if os.name != "nt":  # there it would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            run.tell("serve_port", port=port, other=port % 65535 + 1)
            return USAGE
    from nianlun.serve import serve

    run.tell("serve_at", url=f"http://{HOST}:{port}/")
    serve(run.db, host=HOST, port=port, lang=run.lang, open_browser=open_browser)
    return OK
