"""A page of a list that an API gives, in the API's order or the newest entry first.

``asked`` takes ``offset`` and ``max`` and answers ``{"data": […], "meta": {"count", "total"}}``, as
every list of the control API does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .rendering import PAGE_SIZE

Json = dict[str, Any]
Asked = Callable[..., Json]


def in_order(asked: Asked, offset: int) -> Json:
    """A page in the order in which the API gives the list."""
    return asked(offset=offset, max=PAGE_SIZE)


def newest(asked: Asked, offset: int, size: int = PAGE_SIZE) -> Json:
    """A page with the newest entry first, of a list that the API gives oldest first. ``offset`` is
    how many of the newest are passed over, ``size`` how many are given at most."""
    total = asked(offset=0, max=0)["meta"]["total"]
    end = max(total - offset, 0)
    start = max(end - size, 0)
    found = asked(offset=start, max=end - start)["data"]
    return {"data": found[::-1], "meta": {"count": len(found), "total": total}}


def of(entries: Sequence[Any], offset: int) -> Json:
    """A page of a list that was given whole."""
    found = list(entries[offset : offset + PAGE_SIZE])
    return {"data": found, "meta": {"count": len(found), "total": len(entries)}}
