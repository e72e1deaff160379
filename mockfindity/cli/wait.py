"""``mockfindity wait``: until a server is ready."""

from __future__ import annotations

import time

import click

from .control import Control
from .options import Problem, option, url_option

PAUSE = 0.1
"""Seconds between two attempts."""


@click.command()
@url_option
@option("--timeout", type=click.FloatRange(0), default=30.0, help="Seconds to wait at the most.")
def wait(url: str, timeout: float) -> None:
    """Wait until a server is ready."""
    end = time.monotonic() + timeout
    with Control(url) as control:
        while not _is_ready(control):
            if time.monotonic() >= end:
                raise Problem(f"no mockfindity was ready at {url} within {timeout:g} s.")
            time.sleep(min(PAUSE, max(end - time.monotonic(), 0)))
    click.echo(f"Ready. {url}")


def _is_ready(control: Control) -> bool:
    try:
        answer = control.send("GET", "/_mockfindity/readyz")
    except Problem:
        return False
    return bool(answer == {"status": "ok"})
