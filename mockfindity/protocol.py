"""uvicorn's HTTP protocols, with the connection in the application's reach.

ASGI hides the socket, and a fault such as a connection reset is about nothing else. The protocol
that reads a connection puts its transport into the scope of every request on it, under
``mockfindity.transport``; whoever finds none there is being called in process.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

KEY = "mockfindity.transport"
WHOLE = "mockfindity.whole"
"""Under this stands what writes a whole answer at once, where the server has such a thing."""


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

    if not hasattr(plain, "on_message_begin"):
        return Protocol
    from .together import FINDITY, Together
    from .whole import write_whole

    together = Together()

    class Quick(plain):  # type: ignore[misc]
        """Of httptools: it makes the scope before it has an application to give it to."""

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self.scope[KEY] = self.transport
            self.scope[WHOLE] = write_whole

        def _start_asgi_task(self, cycle: Any, app: ASGIApp) -> None:
            if cycle.scope["raw_path"].startswith(FINDITY):
                together.add(self, cycle, app)
            else:
                super()._start_asgi_task(cycle, app)

    return Quick


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
