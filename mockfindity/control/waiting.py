"""Waiting over HTTP: until there are so many of something, or the time is out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ..api.page import listed
from ..bell import Bell
from ..call import Call
from ..errors import WaitTimeout
from ..query import Param, whole

if TYPE_CHECKING:
    from ..shapes.base import Page

T = TypeVar("T")
S = TypeVar("S")


def wait_params(what: str) -> tuple[Param, Param]:
    """The query of a wait: how many, and for how long at the most."""
    return (
        Param("count", whole(), f"How many {what} to wait for.", 1),
        Param("timeout", whole(0, 60, "seconds, 0 to 60"), "How long to wait at the most.", 10),
    )


async def waited(
    call: Call, bell: Bell, found: Callable[[], list[T]], show: Callable[[T], S], what: str
) -> Page[S]:
    """What ``found`` gives, listed, as soon as there is ``count`` of it; looked at after each ring.

    Raises ``WaitTimeout`` with what there is when the time is out.
    """
    count, seconds = call.query["count"], call.query["timeout"]
    end = time.monotonic() + seconds
    while len(there := found()) < count:
        try:
            async with asyncio.timeout(end - time.monotonic()):
                await bell.heard()
        except TimeoutError:
            message = f"{len(there)} of {count} {what} in {seconds} s."
            raise WaitTimeout(message, listed(there, show)) from None
    return listed(there, show)
