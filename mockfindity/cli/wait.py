"""``mockfindity wait``: until a server is ready."""

from __future__ import annotations

import time

import click

from .control import Control, with_server
from .options import Problem, timeout_option

PAUSE = 0.1
"""Seconds between two attempts."""


@click.command()
@with_server
@timeout_option
def wait(control: Control, timeout: float) -> None:
    """Wait until a server is ready."""
    end = time.monotonic() + timeout
    while not is_ready(control):
        if time.monotonic() >= end:
            raise Problem(f"no mockfindity was ready at {control.url} within {timeout:g} s.")
        time.sleep(min(PAUSE, max(end - time.monotonic(), 0)))
    click.echo(f"Ready. {control.url}")


def is_ready(control: Control, timeout: float = 30) -> bool:
    """Whether a server says so within ``timeout`` seconds."""
    try:
        answer = control.send("GET", "/_mockfindity/readyz", timeout=timeout)
    except Problem:
        return False
    return bool(answer == {"status": "ok"})
