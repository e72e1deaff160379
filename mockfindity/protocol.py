"""uvicorn's HTTP protocols, with the connection in the application's reach.

ASGI hides the socket, and a fault such as a connection reset is about nothing else. The protocol
that reads a connection puts its transport into the scope of every request on it, under
``mockfindity.transport``; whoever finds none there is being called in process.
"""

from __future__ import annotations

import asyncio
import functools
import socket
import struct
from collections.abc import Sequence
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

KEY = "mockfindity.transport"

_CYCLES: list[type] = []
"""uvicorn's class of one request and its answer, where it is that of httptools."""


def in_reach(app: ASGIApp, transport: asyncio.Transport) -> ASGIApp:
    """``app``, which finds ``transport`` in the scope of every request."""

    async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
        scope[KEY] = transport
        await app(scope, receive, send)

    return with_transport


def http_protocol(base: Any = None) -> type[asyncio.Protocol]:
    """The protocol class to give to uvicorn, made from ``base``, which is one of uvicorn's own: by
    default that of httptools where it is installed, else that of h11."""
    from uvicorn.protocols.http.auto import AutoHTTPProtocol

    plain: Any = base or AutoHTTPProtocol

    class Protocol(plain):  # type: ignore[misc]
        app: ASGIApp

        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            self.app = in_reach(self.app, transport)

    class Quick(plain):  # type: ignore[misc]
        """Of httptools: it makes the scope before it has an application to give it to."""

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self.scope[KEY] = self.transport

    if not hasattr(plain, "on_message_begin"):
        return Protocol
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

    _CYCLES[:] = [RequestResponseCycle]
    return Quick


def write_whole(
    send: Send, status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes
) -> bool:
    """Write a whole answer at once, and say whether that could be done.

    It can where ``send`` is uvicorn's own, of httptools, and its client reads what is written.
    uvicorn would write the headers and the body one after the other, each by a call of the system,
    and look through each header by itself: a fifth of the time of a small request. ``headers``
    must say how long ``body`` is. Raises ``ValueError`` for a header with a line break in it.
    """
    cycle: Any = getattr(send, "__self__", None)
    if type(cycle) not in _CYCLES or cycle.flow.write_paused or cycle.response_started:
        return False
    if cycle.disconnected:
        return True
    head = b"".join([b"%b: %b\r\n" % header for header in headers])
    if head.count(b"\n") != len(headers) or head.count(b"\r") != len(headers):
        raise ValueError("a header has a line break in it")
    begun = _begun(status, *cycle.default_headers)
    end = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
    if cycle.scope["method"] == "HEAD":
        body = b""
    cycle.response_started = cycle.response_complete = True
    cycle.transport.write(b"".join((begun, head, end, body)))
    cycle.message_event.set()
    if not cycle.keep_alive:
        cycle.transport.close()
    cycle.on_response()
    return True


@functools.lru_cache(maxsize=64)
def _begun(status: int, *headers: tuple[bytes, bytes]) -> bytes:
    """The status, and the headers of all answers, which are the same for a second."""
    from uvicorn.protocols.http.httptools_impl import STATUS_LINE

    return STATUS_LINE[status] + b"".join(b"%b: %b\r\n" % header for header in headers)


def own_url(scope: Scope) -> str | None:
    """The URL of the socket a request came in by; ``None`` for one made in process."""
    if KEY not in scope or not scope.get("server"):
        return None
    host, port = scope["server"]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def reset(transport: asyncio.Transport) -> None:
    """End the connection as a crashed server does: RST, without a farewell."""
    connection: socket.socket | None = transport.get_extra_info("socket")
    if connection is not None:
        at_once = struct.pack("ii", 1, 0)  # linger on, for no time: close() sends RST
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
    transport.abort()
