"""What is known of the requests to the server while a client works."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from ..testing.line import ASIDE
from ..testing.running import RemoteServer, serving

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_ASIDE = frozenset(name.encode() for name in ASIDE)


class Counted:
    """An ASGI application in front of another: counts what the client asks, and nothing of what
    the kit itself does."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._under_way = 0
        self._last = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_the_kits(scope):
            await self.app(scope, receive, send)
            return
        self._under_way += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._under_way -= 1
            self._last = time.monotonic()

    def under_way(self) -> int:
        """How many requests are being answered now."""
        return self._under_way

    def last(self) -> float:
        """When the last answer ended, in seconds of ``time.monotonic``; 0 before any."""
        return self._last


def _is_the_kits(scope: Scope) -> bool:
    return scope["path"].startswith("/_mockfindity") or any(
        name in _ASIDE for name, _ in scope["headers"]
    )


class Watched(NamedTuple):
    """A server that is played to clients, and what is known of the requests to it."""

    server: RemoteServer
    traffic: Counted


@contextmanager
def watched(**settings: Any) -> Iterator[Watched]:
    """A server whose requests are counted, while the block runs; ``settings`` are those of
    ``serving``."""
    counted: list[Counted] = []

    def wrapped(app: ASGIApp) -> Counted:
        counted.append(Counted(app))
        return counted[0]

    with serving(wrap=wrapped, **settings) as server:
        yield Watched(server, counted[0])
