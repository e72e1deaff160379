"""What is known of the requests to the server while a client works."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

ASIDE = b"x-mockfindity-aside"


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
        name == ASIDE for name, _ in scope["headers"]
    )
