"""``create_app()``: where everything is put together."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from .endpoint import Road
from .route import Router
from .routes import ROUTES
from .sandbox import Sandboxes
from .webhooks import Webhooks


def create_app(
    *,
    base_url: str = "http://127.0.0.1:4655",
    seed: int = 0,
    allow_public_webhooks: bool = False,
) -> ASGIApp:
    """A whole mockfindity as an ASGI application, for any server or an in-process client.

    ``base_url`` is what the URLs it writes begin with, ``seed`` that of the sandbox ``default``;
    ``allow_public_webhooks`` lets webhooks go to public addresses.
    """
    return App(
        Sandboxes(base_url, seed=seed, allow_public_webhooks=allow_public_webhooks),
    )


class App:
    """The ASGI application: the road for requests, and the lifespan of what runs beside it."""

    def __init__(self, sandboxes: Sandboxes) -> None:
        self.sandboxes = sandboxes
        self.webhooks = Webhooks(sandboxes)
        self.road = Road(sandboxes, Router(ROUTES), self.webhooks.announce)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.road(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _live(self, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "lifespan.shutdown":
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
        await self.webhooks.aclose()
        await asyncio.sleep(0)
        await send({"type": "lifespan.shutdown.complete"})
