"""What happens in a sandbox, as a stream of events that a page or a script can follow.

Each event has a number that counts up; the last thousand are kept, so that a reader who lost the
connection goes on where it was (``Last-Event-ID``).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from typing import Literal, NamedTuple

from .jsons import encode

KEPT = 1000
HEARTBEAT = 15.0
"""Seconds without an event after which a comment is sent, so that a dead reader is noticed."""

Kind = Literal["request", "webhook", "state", "lost"]


Data = dict[str, object]


class Happening(NamedTuple):
    """One event. ``data`` is what is written as JSON, or what makes that when somebody reads."""

    number: int
    kind: Kind
    data: Data | Callable[[], Data]

    def wire(self) -> bytes:
        """As server-sent events have it."""
        head = f"id: {self.number}\nevent: {self.kind}\ndata: ".encode()
        data = self.data() if callable(self.data) else self.data
        return head + encode(data) + b"\n\n"


class Events:
    """The events of one sandbox."""

    def __init__(self) -> None:
        self._kept: deque[tuple[int, Kind, Data | Callable[[], Data]]] = deque(maxlen=KEPT)
        self._last = 0
        self._readers: set[asyncio.Event] = set()

    def publish(self, kind: Kind, data: Data | Callable[[], Data]) -> None:
        """Add an event and wake whoever reads."""
        self._last += 1
        self._kept.append((self._last, kind, data))
        for reader in self._readers:
            reader.set()

    async def follow(self, after: int | None) -> AsyncGenerator[bytes]:
        """Events with a number above ``after``, for ever; only new ones, if that is ``None``.

        One that is no longer kept is told by an event ``lost`` with how many there were.
        """
        seen = self._last if after is None or after > self._last else after
        news = asyncio.Event()
        self._readers.add(news)
        try:
            yield b": mockfindity\n\n"
            while True:
                news.clear()
                for happening in self._after(seen):
                    yield happening.wire()
                    seen = happening.number  # more may have come while this one was sent
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        await news.wait()
                except TimeoutError:
                    yield b": still here\n\n"
        finally:
            self._readers.discard(news)

    def _after(self, seen: int) -> list[Happening]:
        kept = [Happening(*one) for one in self._kept if one[0] > seen]
        missing = self._last - seen - len(kept)
        if missing <= 0:
            return kept
        return [Happening(seen + missing, "lost", {"count": missing}), *kept]
