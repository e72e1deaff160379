"""Work of an operation that takes long, such as a bulk send of thousands of expenses.

It is done in slices, between which other requests have their turn. They see the state as it was
before: what comes of the work is written at its end, all at once. Whoever wants to write meanwhile,
or to copy the state, first has the work done to its end (``Sandbox.settle``), so that everything
happens in one order, and ids are given in that order too.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from .domain.slices import Slices
from .errors import Refusal

R = TypeVar("R")
T = TypeVar("T")

SLICE = 0.004
"""Seconds after which others have their turn."""


class Work(Generic[T]):
    """``slices`` of work that write nothing. ``write`` writes what comes of them, ``undo`` is
    called where they are refused, and ``answer`` makes the ``T`` that the operation answers."""

    def __init__(
        self,
        slices: Slices[R],
        *,
        write: Callable[[R], None],
        undo: Callable[[], None],
        answer: Callable[[R], T | Awaitable[T]],
    ) -> None:
        self._slices: Slices[Any] = slices
        self._write: Callable[[Any], None] = write
        self._undo = undo
        self._answer: Callable[[Any], T | Awaitable[T]] = answer
        self._made: list[Any] = []
        self._refusal: Refusal | None = None

    @property
    def is_done(self) -> bool:
        return bool(self._made) or self._refusal is not None

    def finish(self, seconds: float = float("inf")) -> None:
        """Go on with it for some time, or to its end."""
        until = time.monotonic() + seconds
        try:
            while not self.is_done:
                next(self._slices)
                if time.monotonic() > until:
                    return
        except StopIteration as end:
            self._write(end.value)
            self._made.append(end.value)
        except Refusal as refusal:
            self._undo()
            self._refusal = refusal

    async def answer(self) -> T | Awaitable[T]:
        """What the operation answers, once it is done; others have their turn in between. Raises
        the ``Refusal`` that the work ended with."""
        while not self.is_done:
            self.finish(SLICE)
            await asyncio.sleep(0)
        if self._refusal is not None:
            raise self._refusal
        return self._answer(self._made[0])
