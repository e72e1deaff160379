"""The webhooks of one sandbox: what is to be sent, what was, and who waits for it.

This is the record of it. The sending is done in ``webhooks.py``, which takes what is pending in
order; nothing here touches a socket.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Literal

import msgspec

from .domain.record import Record
from .state import Ids

Status = Literal["PENDING", "DELIVERED", "FAILED", "COLLECTED"]
Cause = Literal["export", "redelivery", "fire"]


class Answer(msgspec.Struct, frozen=True, rename="camel"):
    """What a receiver answered: the first 64 KiB of its body, as text."""

    status: int
    headers: dict[str, str]
    body: str


class Delivery(Record, frozen=True, kw_only=True, rename="camel"):
    """One webhook. ``cause`` says why it is sent; only an ``export`` can take reports back."""

    export_id: str
    organization_id: str
    cause: Cause
    url: str
    payload: str
    headers: dict[str, str]
    body: bytes
    date_created: str
    status: Status = "PENDING"
    answer: Answer | None = None
    error: str | None = None
    bounced: bool = False
    duration_ms: float | None = None

    @property
    def is_over(self) -> bool:
        return self.status != "PENDING"


class Deliveries:
    """The deliveries of a sandbox, oldest first, and the queue of those still to be sent."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.new_id = Ids(seed, stream="delivery ")
        self._rows: dict[str, Delivery] = {}
        self._over = 0
        self.queue: deque[str] = deque()
        self.sender: asyncio.Task[None] | None = None
        self._waiting: set[asyncio.Future[None]] = set()

    def all(self) -> list[Delivery]:
        return list(self._rows.values())

    def get(self, delivery_id: str) -> Delivery | None:
        return self._rows.get(delivery_id)

    @property
    def over(self) -> int:
        """How many deliveries are over, whatever became of them."""
        return self._over

    def add(self, delivery: Delivery) -> None:
        """Note a delivery; a pending one queues up to be sent."""
        self._rows[delivery.id] = delivery
        if delivery.is_over:
            self._ended()
        else:
            self.queue.append(delivery.id)

    def finish(self, delivery: Delivery) -> None:
        """Note how a delivery that was sent ended."""
        self._rows[delivery.id] = delivery
        self._ended()

    def _ended(self) -> None:
        self._over += 1
        self._wake()

    def _wake(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def changed(self) -> None:
        """Return when the next delivery is over, or all of them were cleared."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)

    def clear(self) -> None:
        """Forget all, and stop sending."""
        if self.sender is not None and not self.sender.get_loop().is_closed():
            self.sender.cancel()
        self.sender = None
        self.new_id = Ids(self._seed, stream="delivery ")
        self._rows.clear()
        self.queue.clear()
        self._over = 0
        self._wake()
