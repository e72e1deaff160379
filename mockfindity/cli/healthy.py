"""``mockfindity healthy``: the health check of a container."""

from __future__ import annotations

from pathlib import Path

import click

from .control import Control
from .demo import demo
from .options import Problem
from .serve import serve
from .wait import is_ready

LONGEST = 3.0
"""Seconds that a server has to answer."""
FIRST_PROCESS = Path("/proc/1/cmdline")
SERVERS = {"serve": serve, "demo": demo}
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where a server that listens at every address is reached."""


@click.command()
@click.pass_context
def healthy(ctx: click.Context) -> None:
    """Say whether the server of this container is ready.

    Looks for it where `mockfindity serve` listens by its options: those that the
    first process of the container was started with, or else this environment and
    the file in this folder. Exits with 1 unless it answers within 3 s.
    """
    url = _url(ctx.find_root())
    with Control(url) as control:
        if not is_ready(control, LONGEST):
            raise Problem(f"no mockfindity is ready at {url}.")
    click.echo(f"Ready. {url}")


def _url(root: click.Context) -> str:
    """Where the server listens. Raises ``Problem`` for a free port, which only the server knows."""
    name, *arguments = _first_process() or ["serve"]
    defaults = (root.default_map or {}).get(name)
    given = SERVERS[name].make_context(name, arguments, default_map=defaults).params
    host, port = EVERYWHERE.get(given["host"], given["host"]), given["port"]
    if port == 0:
        raise Problem("--port 0 took a free port, and only the server knows which.")
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _first_process() -> list[str]:
    try:
        return server_among(FIRST_PROCESS.read_bytes().decode(errors="replace").split("\0")[:-1])
    except OSError:  # there is no /proc here
        return []


def server_among(words: list[str]) -> list[str]:
    """The command of a process that is a server, or the init of one, with its arguments; nothing
    for any other process."""
    names = [Path(word).name for word in words]
    command = words[names.index("mockfindity") + 1 :] if "mockfindity" in names else []
    return command if command and command[0] in SERVERS else []
