"""The webhooks of one sandbox: what is to be sent, what was, and who waits for it.

This is the record of it. The sending is done in ``webhooks.py``, which takes what is pending in
order; nothing here touches a socket.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

import msgspec

from .bell import Bell
from .domain.recipients import WebhookPayload
from .domain.record import Record, replace
from .state import Ids

Status = Literal["PENDING", "DELIVERED", "FAILED", "COLLECTED", "CANCELLED"]
Cause = Literal["export", "duplicate", "redelivery", "fire"]


class Answer(msgspec.Struct, frozen=True, rename="camel"):
    """What a receiver answered: the first 64 KiB of its body, as text."""

    status: Annotated[int, msgspec.Meta(description="The HTTP status.", examples=[200])]
    headers: Annotated[
        dict[str, str], msgspec.Meta(description="Its headers, names in lower case.")
    ]
    body: Annotated[str, msgspec.Meta(description="Its body, up to 64 KiB, as text.")]


class Delivery(Record, frozen=True, kw_only=True, rename="camel"):
    """One webhook. ``cause`` says why it is sent; only an ``export`` can take reports back.
    ``due`` is when it may be sent, in seconds since 1970 by the sandbox's clock."""

    export_id: str
    organization_id: str
    cause: Cause
    url: str
    payload: WebhookPayload
    headers: dict[str, str]
    body: bytes
    date_created: str
    due: float = 0.0
    status: Status = "PENDING"
    answer: Answer | None = None
    error: str | None = None
    bounced: bool = False
    duration_ms: float | None = None

    @property
    def is_over(self) -> bool:
        return self.status != "PENDING"


class Deliveries:
    """The deliveries of a sandbox, oldest first, and the queue of those still to be sent.

    ``bell`` is rung when one is over, and when all are cleared.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.new_id = Ids(seed, stream="delivery ")
        self._rows: dict[str, Delivery] = {}
        self._over = 0
        self.queue: list[str] = []
        self._hurry: asyncio.Event | None = None
        self.sender: asyncio.Task[None] | None = None
        self.bell = Bell()

    def all(self) -> list[Delivery]:
        return list(self._rows.values())

    def get(self, delivery_id: str) -> Delivery | None:
        return self._rows.get(delivery_id)

    @property
    def over(self) -> int:
        """How many deliveries are over, whatever became of them."""
        return self._over

    @property
    def is_untouched(self) -> bool:
        """Whether there were none, and nobody waits for one."""
        return not self._rows and self.sender is None and self.bell.is_unheard

    def add(self, delivery: Delivery) -> None:
        """Note a delivery; a pending one queues up to be sent."""
        self._rows[delivery.id] = delivery
        if delivery.is_over:
            self._ended()
        else:
            self.queue.append(delivery.id)
            self.hurry()

    def next_due(self, now: float, *, newest: bool) -> Delivery | None:
        """Take the next delivery that may be sent out of the queue: the oldest, or the newest."""
        for delivery_id in reversed(self.queue) if newest else list(self.queue):
            if self._rows[delivery_id].due <= now:
                self.queue.remove(delivery_id)
                return self._rows[delivery_id]
        return None

    def first_due(self) -> float:
        """When the first of the queue may be sent."""
        return min(self._rows[delivery_id].due for delivery_id in self.queue)

    async def later(self, seconds: float | None) -> None:
        """Let so much time go by (for ever, if ``None``), or until ``hurry`` is called."""
        self._hurry = asyncio.Event()
        try:
            async with asyncio.timeout(seconds):
                await self._hurry.wait()
        except TimeoutError:
            pass
        finally:
            self._hurry = None

    def hurry(self) -> None:
        """The clock or the queue has changed: look again at what is due."""
        if self._hurry is not None:
            self._hurry.set()

    def finish(self, delivery: Delivery) -> None:
        """Note how a delivery that was sent ended."""
        self._rows[delivery.id] = delivery
        self._ended()

    def _ended(self) -> None:
        self._over += 1
        self.bell.ring()

    def drop_pending(self) -> None:
        """Stop sending; what was still to be sent never is."""
        self._stop()
        for delivery in self.all():
            if not delivery.is_over:
                self.finish(replace(delivery, status="CANCELLED", error="the state was put back"))
        self.queue.clear()

    def _stop(self) -> None:
        if self.sender is not None and not self.sender.get_loop().is_closed():
            self.sender.cancel()
        self.sender = None

    def clear(self) -> None:
        """Forget all, and stop sending."""
        self._stop()
        self.new_id = Ids(self._seed, stream="delivery ")
        self._rows.clear()
        self.queue.clear()
        self._over = 0
        self.bell.ring()
