"""``mockfindity serve``: run a server until it is told to stop."""

from __future__ import annotations

import gc
import signal
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Any, cast

import click

from .options import Problem, Url, option, server_options
from .running import RequestLog, application, bound, wants_log

if TYPE_CHECKING:
    from ..app import App
    from ..server import Server


class Told(SystemExit):
    """A signal has told the server to end before it served."""


@click.command()
@server_options
@option(
    "--load",
    "loads",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Begin with a state document (.json), a scenario (.py) or a folder of them; may be given "
    "again.",
)
@option(
    "--base-url",
    type=Url(),
    help="What the URLs in answers begin with, if not the address listened at.",
)
@option(
    "--allow-public-webhooks",
    is_flag=True,
    help="Let webhooks go to addresses that are neither loopback nor private.",
)
@option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep every sandbox in this folder over restarts.",
)
@option("--control-token", help="What X-Mockfindity-Token must be in every control call.")
@option(
    "--allowed-host",
    "allowed_hosts",
    multiple=True,
    help="Another name control calls may use for this server; may be given again.",
)
@option(
    "--strict-documented",
    is_flag=True,
    help="Refuse, with 501, what of Findity's API is only mockfindity's choice.",
)
def serve(
    host: str, port: int, log_requests: bool | None, loads: tuple[Path, ...], **more: Any
) -> None:
    """Run a server until Ctrl-C.

    Prints one line, "Ready." and the address, as soon as it serves.
    """
    server: Server | None = None

    def stop(number: int, frame: object) -> None:
        """While it serves, uvicorn catches the signal; afterwards it raises it again here."""
        if server is None or not server.started:
            raise Told(0)

    # First of all: to the first process of a container a signal means nothing of itself.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    gc.disable()  # nothing that is imported is rubbish
    from ..server import Server, address, calm_collector

    with bound(host, port, warn=more["control_token"] is None) as listener:
        app = _application(listener, log=wants_log(log_requests), **more)
        if loads:
            from .loading import load

            load(loads, cast("App", app.app).sandboxes)
        url = address(listener)
        # Nobody reads a log that is off, so nothing stands in the way of requests then.
        asked = app if app.on else app.app
        server = Server(asked, listener, lambda: click.echo(f"Ready. {url}"), warms_up=True)
        calm_collector()
        server.serve_forever()


def _application(listener: socket, **more: Any) -> RequestLog:
    """The application; what is wrong with the data directory is said in one line."""
    if more["data_dir"] is None:
        return application(listener, **more)
    from ..store import StoreError

    try:
        return application(listener, **more)
    except StoreError as error:
        raise Problem(str(error)) from None
