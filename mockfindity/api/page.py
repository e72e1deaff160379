"""Lists as every v1 family and the control API give them: ``{"data": […], "meta": {…}}``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from ..call import Call
from ..query import Param, whole

if TYPE_CHECKING:
    from ..shapes.base import Page

T = TypeVar("T")
S = TypeVar("S")

MAX = Param("max", whole(), "How many to give at the most.", 100)
MAX_ALL = Param("max", whole(), "How many to give at the most; all, if not sent.")
OFFSET = Param("offset", whole(), "How many to pass over.", 0)
PAGED = (MAX, OFFSET)
PAGED_ALL = (MAX_ALL, OFFSET)


def window(items: Sequence[T], call: Call) -> Sequence[T]:
    """The part of ``items`` that ``max`` and ``offset`` ask for."""
    offset, most = call.query["offset"], call.query["max"]
    return items[offset:] if most is None else items[offset : offset + most]


def listed(items: Sequence[T], show: Callable[[T], S]) -> Page[S]:
    """The envelope of a list that is given whole."""
    data = [show(item) for item in items]
    return {"data": data, "meta": {"count": len(data), "total": len(data)}}


def page(items: Sequence[T], call: Call, show: Callable[[T], S]) -> Page[S]:
    """The envelope: ``count`` is what is given here, ``total`` what there is."""
    data = [show(item) for item in window(items, call)]
    return {"data": data, "meta": {"count": len(data), "total": len(items)}}
