"""What ``serve`` and ``demo`` share: a bound socket, the application, the log of requests."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from .options import Problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


def bound(host: str, port: int, *, warn: bool = True) -> socket.socket:
    """A socket at an address. Raises ``Problem`` where it cannot be had; warns of public ones."""
    from ..server import listen

    try:
        listener = listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Problem(
                f"port {port} of {host} is taken. `--port 0` takes a free one; "
                f"`--port {port + 1 if port < 65535 else 4655}` may be free."
            ) from None
        raise Problem(f"cannot listen at {host}, port {port}: {error.strerror}.") from None
    if warn:
        _warn_if_public(listener.getsockname()[0])
    return listener


def _warn_if_public(address: str) -> None:
    if not ipaddress.ip_address(address).is_loopback:
        click.echo(
            f"Warning: other machines can reach {address}, and the control API asks for no key: "
            "--control-token TOKEN makes it ask.",
            err=True,
        )


class RequestLog:
    """An ASGI application in front of another: one line a request on stderr while it is ``on``.

    The path is shown as it was sent, percent-encoded and without its query: it may hold what a
    terminal would obey, or a secret.
    """

    def __init__(self, app: ASGIApp, on: bool) -> None:
        self.app, self.on = app, on

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self.on:
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            _log(scope, status, (time.perf_counter() - started) * 1000)


def _log(scope: Scope, status: int, milliseconds: float) -> None:
    raw = scope.get("raw_path") or scope["path"].encode("ascii", "backslashreplace")
    path = raw.partition(b"?")[0].decode("latin-1")
    colour = "green" if 200 <= status < 400 else "yellow" if 400 <= status < 500 else "red"
    shown = click.style(str(status or "---"), fg=colour)
    click.echo(f"{scope['method']} {path} {shown} {milliseconds:.1f} ms", err=True)


def wants_log(given: bool | None) -> bool:
    """Whether requests are logged: as told, or else on a terminal."""
    return (sys.stdout.isatty() and sys.stderr.isatty()) if given is None else given


def application(
    listener: socket.socket, *, base_url: str | None, log: bool, **more: Any
) -> RequestLog:
    """A whole mockfindity for a socket, with its log of requests."""
    from ..app import create_app
    from ..server import address

    return RequestLog(create_app(base_url=base_url or address(listener), **more), log)
