"""Requests that come together are begun together, without a task for each.

uvicorn makes a task of every request, which for most of them is done at its first step: a tenth of
the time of a small one. Here all that were read in one round of the event loop are begun one after
the other in its next; only one that has to wait for something then becomes a task.
"""

from __future__ import annotations

from collections.abc import Coroutine, Generator
from typing import Any

from starlette.types import ASGIApp

FINDITY = (b"/api/", b"/oauth/")
"""What the paths begin with whose operations may begin without a task: none of them asks for the
one that it runs in, as ``asyncio.timeout`` does."""


class Together:
    """Those who were read in this round of a server's event loop."""

    def __init__(self) -> None:
        self._read: list[tuple[Any, Any, ASGIApp]] = []

    def add(self, protocol: Any, cycle: Any, app: ASGIApp) -> None:
        """Begin a request in the next round; ``cycle`` is uvicorn's object of it."""
        if not self._read:
            protocol.loop.call_soon(self._begin)
        self._read.append((protocol, cycle, app))

    def _begin(self) -> None:
        read, self._read = self._read, []
        for protocol, cycle, app in read:
            running = cycle.run_asgi(app)
            try:
                waits_for = running.send(None)
            except StopIteration:
                continue
            task = protocol.loop.create_task(_rest(running, waits_for))
            protocol.tasks.add(task)
            task.add_done_callback(protocol.tasks.discard)


async def _rest(running: Coroutine[Any, Any, None], waits_for: Any) -> None:
    """What is left of a coroutine that was begun without a task, and waits for something."""
    await _Rest(running, waits_for)


class _Rest:
    def __init__(self, running: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self.running, self.waits_for = running, waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        waits_for = self.waits_for
        while True:
            try:
                try:
                    got = yield waits_for
                except BaseException as error:  # noqa: BLE001 - a task is cancelled by one of them
                    waits_for = self.running.throw(error)
                else:
                    waits_for = self.running.send(got)
            except StopIteration:
                return
