"""Lists as every v1 family and the control API give them: ``{"data": […], "meta": {…}}``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ..call import Call
from ..wire import Param, whole

T = TypeVar("T")

A_COUNT = "a whole number from 0"
MAX = Param("max", whole(), A_COUNT, "How many to give at the most.", 100)
MAX_ALL = Param("max", whole(), A_COUNT, "How many to give at the most; all, if not sent.")
OFFSET = Param("offset", whole(), A_COUNT, "How many to pass over.", 0)
PAGED = (MAX, OFFSET)
PAGED_ALL = (MAX_ALL, OFFSET)


def window(items: Sequence[T], call: Call) -> Sequence[T]:
    """The part of ``items`` that ``max`` and ``offset`` ask for."""
    offset, most = call.query["offset"], call.query["max"]
    return items[offset:] if most is None else items[offset : offset + most]


def listed(items: Sequence[T], show: Callable[[T], Any]) -> dict[str, Any]:
    """The envelope of a list that is given whole."""
    data = [show(item) for item in items]
    return {"data": data, "meta": {"count": len(data), "total": len(data)}}


def page(items: Sequence[T], call: Call, show: Callable[[T], Any]) -> dict[str, Any]:
    """The envelope: ``count`` is what is given here, ``total`` what there is."""
    data = [show(item) for item in window(items, call)]
    return {"data": data, "meta": {"count": len(data), "total": len(items)}}
