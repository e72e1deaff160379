"""A bell: whoever waits for a change is woken by it, without having to look in between."""

from __future__ import annotations

import asyncio


class Bell:
    """Rung by what changes, heard by those who wait; it may be heard in any event loop."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def is_unheard(self) -> bool:
        """Whether nobody waits for it."""
        return not self._waiting

    def ring(self) -> None:
        """Wake whoever waits now."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def heard(self) -> None:
        """Return when the bell is rung the next time."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)
