"""``create_app()``: where everything is put together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from .endpoint import Road
from .gate import Gate
from .route import Router
from .routes import ROUTES
from .sandboxes import Sandboxes
from .webhooks import Webhooks

if TYPE_CHECKING:
    from .store import Store


def create_app(
    *,
    base_url: str = "http://127.0.0.1:4655",
    seed: int = 0,
    allow_public_webhooks: bool = False,
    control_token: str | None = None,
    allowed_hosts: Sequence[str] = (),
    data_dir: Path | None = None,
    strict_documented: bool = False,
) -> App:
    """A whole mockfindity as an ASGI application, for any server or an in-process client.

    ``base_url`` is what the URLs it writes begin with, ``seed`` that of the sandbox ``default``;
    ``allow_public_webhooks`` lets webhooks go to public addresses. ``control_token`` is asked of
    every control call, ``allowed_hosts`` are names it may be called by beside local ones.
    ``data_dir`` keeps every sandbox over restarts; raises ``store.StoreError`` if it cannot.
    ``strict_documented`` refuses what of Findity's is only chosen.
    """
    sandboxes = Sandboxes(
        base_url,
        seed=seed,
        allow_public_webhooks=allow_public_webhooks,
        store=None if data_dir is None else _store(data_dir),
    )
    gate = Gate(control_token, tuple(allowed_hosts))
    return App(sandboxes, gate, strict=strict_documented)


def _store(directory: Path) -> Store:
    """The database of a data directory; what it needs is imported only where one is asked for."""
    from .store import Store

    return Store(directory)


@cache
def every_route() -> Router:
    """The routes of every application, put in order once."""
    return Router(ROUTES)


class App:
    """The ASGI application: the road for requests, and the lifespan of what runs beside it."""

    def __init__(
        self, sandboxes: Sandboxes, gate: Gate | None = None, *, strict: bool = False
    ) -> None:
        self.sandboxes = sandboxes
        self.webhooks = Webhooks(sandboxes)
        self.road = Road(
            sandboxes, every_route(), self.webhooks.announce, gate or Gate(), strict=strict
        )

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
        self.sandboxes.close()
        await asyncio.sleep(0)
        await send({"type": "lifespan.shutdown.complete"})
